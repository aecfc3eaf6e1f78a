//! The stack of registers and the frames on it.
//!
//! Neither registers nor frames ever move: a frame's window may be pointed into while calls are made above it. Every register
//! above the windows in use holds no object.
#![expect(
    unsafe_code,
    reason = "windows of frames overlap: arguments become the callee's first registers without a copy"
)]

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, handle_alloc_error};
use std::ptr::NonNull;

use linger_heap::{Ref, Value};

use super::folds::Fold;
use crate::bytecode::Instr;
use crate::objects::{Cache, Code, Function, Generator};

/// Registers of a stack. The memory is touched only as deep as scripts go.
const REGISTERS: usize = 1 << 20;
/// Room left at the end for the last window, however large, and those of native calls.
const MARGIN: usize = 1 << 17;
/// Frames of a stack, touched as the registers are.
const FRAMES: usize = 1 << 16;

/// What happens when a frame returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The run of the virtual machine ends.
    Entry,
    /// The result goes to the caller's register.
    Call,
    /// The method of an operator or a comparison, which may leave the answer to the other operand; else the result goes to the
    /// caller's register.
    Operator,
    /// The same, of an operand that ends with it.
    OperatorOfTemporaries,
    /// The result must be `None`; the new instance goes to the caller's register.
    Init,
    /// A generator in a `for` loop: what it yields goes to the caller's register, and its end ends the loop.
    ForNext,
    /// A generator in a call of `next` or `send`: what it yields goes to the caller's register, and its end is a `StopIteration`.
    Next,
    /// A generator in a `yield from`: what it yields goes to the caller's register, and its end ends the delegation.
    Send,
    /// A generator that a function of the runtime goes over: what it yields goes into the total that the frame holds.
    Fold(Fold),
}

/// A call of a script's function.
#[repr(align(64))]
pub(super) struct Frame {
    /// What keeps the function alive: the function itself, or the generator that runs it.
    pub keeper: Value,
    /// The new instance of a constructor, the namespace of a class body, or the total of a fold.
    pub held: Value,
    pub function: NonNull<Function>,
    pub code: NonNull<Code>,
    pub base: NonNull<Value>,
    /// The first register behind the window; of a generator, whose window lies elsewhere, where the next window may start.
    pub end: *mut Value,
    /// The next instruction, as of the last call made.
    pub next: *const Instr,
    /// The caller's register for the result.
    pub dest: u16,
    pub kind: FrameKind,
    /// Whether the keeper is a generator.
    pub is_generator: bool,
}

/// What can be told of a frame on the stack.
#[derive(Debug, Clone)]
pub struct FrameView {
    /// Its function.
    pub function: Value,
    /// The instruction that it is at.
    pub instr: u32,
}

impl Frame {
    #[inline(always)]
    pub fn code(&self) -> &Code {
        // SAFETY: the frame's function keeps the code alive.
        unsafe { self.code.as_ref() }
    }

    #[inline(always)]
    pub fn function(&self) -> &Function {
        // SAFETY: the keeper keeps it alive: a generator lets go of its function when it has ended, after its frame.
        unsafe { self.function.as_ref() }
    }

    /// The function as a value.
    pub fn function_value(&self) -> Value {
        match self.keeper.downcast::<Generator>() {
            Some(generator) => generator.function.borrow().as_ref().map_or(Value::NONE, Ref::to_value),
            None => self.keeper.clone(),
        }
    }

    /// The index of the instruction that the frame is at: the one before the next.
    pub fn instr(&self) -> u32 {
        let start = self.code().instrs.as_ptr();
        ((self.next as usize - start as usize) / size_of::<Instr>()).saturating_sub(1) as u32
    }

    /// Goes on at another instruction.
    pub fn go_to(&mut self, instr: u32) {
        // The compiler's checker proves jumps and handlers inside of the code; one behind its end would stop here.
        let target = &self.code().instrs[instr as usize];
        self.next = target;
    }

    /// The frame as the instruction that it is at sees it.
    #[inline(always)]
    pub fn here(&self) -> Here {
        Here { base: self.base.as_ptr(), code: self.code, locals: self.code().local_count }
    }
}

/// The frames, the innermost last.
pub(super) struct Frames {
    first: NonNull<Frame>,
    /// Behind the last.
    end: NonNull<Frame>,
    /// Where the next call fails.
    limit: *const Frame,
}

const FRAME_LAYOUT: Layout = match Layout::array::<Frame>(FRAMES) {
    Ok(layout) => layout,
    Err(_) => panic!("the frames fit in memory"),
};

impl Frames {
    fn new() -> Frames {
        // SAFETY: the layout has a size.
        let memory = unsafe { alloc(FRAME_LAYOUT) };
        let Some(first) = NonNull::new(memory.cast::<Frame>()) else { handle_alloc_error(FRAME_LAYOUT) };
        Frames { first, end: first, limit: first.as_ptr() }
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        (self.end.as_ptr() as usize - self.first.as_ptr() as usize) / size_of::<Frame>()
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.end == self.first
    }

    /// Has calls fail that would make more than `count` frames.
    #[inline(always)]
    pub fn allow(&mut self, count: usize) {
        self.limit = self.first.as_ptr().wrapping_add(count.min(FRAMES));
    }

    /// Whether one more call is allowed.
    #[inline(always)]
    pub fn has_room(&self) -> bool {
        self.end.as_ptr().cast_const() < self.limit
    }

    /// Whether two more calls are allowed.
    #[inline(always)]
    pub fn has_room_for_two(&self) -> bool {
        self.end.as_ptr().cast_const().wrapping_add(1) < self.limit
    }

    /// Puts a frame on top; the caller has asked [`Frames::has_room`].
    #[inline(always)]
    pub fn push(&mut self, frame: Frame) {
        debug_assert!(self.has_room());
        // SAFETY: there is room behind the last frame.
        unsafe {
            self.end.write(frame);
            self.end = self.end.add(1);
        }
    }

    /// The generator whose frame is on top, if it is one's.
    pub fn running_generator(&self) -> Option<&Generator> {
        self.last().filter(|frame| frame.is_generator).and_then(|frame| frame.keeper.downcast())
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<Frame> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: there is a last frame, and it is moved out of the frames that count.
        unsafe {
            self.end = self.end.sub(1);
            Some(self.end.read())
        }
    }

    /// Takes the frame on top off the stack and leaves it where it is, for a caller that moves what it holds out of it at once.
    ///
    /// # Safety
    /// There is a frame, and the caller takes its `keeper` and `held`.
    #[inline(always)]
    pub unsafe fn leave(&mut self) -> *mut Frame {
        debug_assert!(!self.is_empty());
        // SAFETY: as in `pop`.
        self.end = unsafe { self.end.sub(1) };
        self.end.as_ptr()
    }

    /// The address of the innermost frame, if there is one.
    #[inline(always)]
    pub fn top(&self) -> *mut Frame {
        self.end.as_ptr().wrapping_sub(1)
    }

    #[inline(always)]
    pub fn last(&self) -> Option<&Frame> {
        // SAFETY: as in `as_slice`.
        if self.is_empty() { None } else { Some(unsafe { &*self.top() }) }
    }

    pub fn last_mut(&mut self) -> Option<&mut Frame> {
        // SAFETY: as in `as_slice`, and `self` is borrowed for as long as the frame.
        if self.is_empty() { None } else { Some(unsafe { &mut *self.top() }) }
    }

    /// All frames, the outermost first.
    #[inline(always)]
    pub fn as_slice(&self) -> &[Frame] {
        // SAFETY: the frames up to `end` are written.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.len()) }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        while self.pop().is_some() {}
        // SAFETY: made with this layout.
        unsafe { dealloc(self.first.as_ptr().cast(), FRAME_LAYOUT) }
    }
}

/// The registers and the code of a frame, for an instruction that is carried out by a method. The operand rules are those
/// of [`crate::bytecode`]: a local is borrowed, a temporary consumed.
#[derive(Clone, Copy)]
pub(super) struct Here {
    base: *mut Value,
    code: NonNull<Code>,
    locals: u16,
}

impl Here {
    #[inline(always)]
    pub fn code(&self) -> &Code {
        // SAFETY: the frame's function keeps the code alive, and an instruction ends before its frame does.
        unsafe { self.code.as_ref() }
    }

    /// The value of a register, to be looked at.
    #[inline(always)]
    pub fn get(&self, index: u16) -> &Value {
        // SAFETY: the compiler's checker proves registers in range; no instruction writes a register that it still looks at.
        unsafe { &*self.base.add(index as usize) }
    }

    /// Moves the value out of a register.
    #[inline(always)]
    pub fn take(&self, index: u16) -> Value {
        // SAFETY: as above; the register is left empty.
        unsafe { std::mem::take(&mut *self.base.add(index as usize)) }
    }

    /// The value of an operand, to be kept.
    #[inline(always)]
    pub fn keep(&self, index: u16) -> Value {
        if index >= self.locals { self.take(index) } else { self.get(index).clone() }
    }

    /// Ends the reading of an operand.
    #[inline(always)]
    pub fn done(&self, index: u16) {
        if index >= self.locals {
            drop(self.take(index));
        }
    }

    /// Writes a register.
    #[inline(always)]
    pub fn set(&self, index: u16, value: Value) {
        // SAFETY: as above; what was there is dropped after the write.
        drop(unsafe { std::mem::replace(&mut *self.base.add(index as usize), value) });
    }

    /// The registers from one on.
    #[inline(always)]
    pub fn window(&self, index: u16) -> Window {
        // SAFETY: as above.
        Window(unsafe { self.base.add(index as usize) })
    }

    /// Empties the locals.
    pub fn drop_locals(&self) {
        for index in 0..self.locals {
            drop(self.take(index));
        }
    }

    /// Whether a register is a temporary.
    pub fn is_temporary(&self, index: u16) -> bool {
        index >= self.locals
    }

    pub fn constant(&self, index: u32) -> &Value {
        &self.code().consts[index as usize]
    }

    pub fn name(&self, index: u16) -> &Value {
        &self.code().names[index as usize]
    }

    pub fn cache(&self, index: u16) -> &Cache {
        &self.code().caches[index as usize]
    }
}

/// The registers of a frame that is being made, from its first one on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window(pub *mut Value);

impl Window {
    /// Puts a value into a register that holds no object.
    #[inline(always)]
    pub fn put(self, index: usize, value: Value) {
        // SAFETY: windows are made below the end of the stack with a margin (see `Stack::has_room`), which no frame's
        // parameters exceed.
        unsafe { self.0.add(index).write(value) }
    }

    /// The address of a register, or of the first one behind the window.
    pub fn at(self, index: usize) -> *mut Value {
        // SAFETY: as above.
        unsafe { self.0.add(index) }
    }

    /// The first register.
    pub fn non_null(self) -> NonNull<Value> {
        // SAFETY: a window points into the stack.
        unsafe { NonNull::new_unchecked(self.0) }
    }

    /// Takes the value out of a register.
    #[inline(always)]
    pub fn take(self, index: usize) -> Value {
        // SAFETY: as above; the register is left empty.
        unsafe { std::mem::take(&mut *self.0.add(index)) }
    }

    /// Drops the values of the first registers.
    #[inline(always)]
    pub fn clear(self, count: usize) {
        for index in 0..count {
            drop(self.take(index));
        }
    }

    /// The window that starts one register earlier.
    pub fn before(self) -> Window {
        // SAFETY: asked only for windows of arguments, in front of which the callee lay (see also `Stack::settle`).
        Window(unsafe { self.0.sub(1) })
    }

    /// Moves the values out, which are temporaries.
    pub fn take_all(self, count: usize) -> Vec<Value> {
        let mut values = Vec::with_capacity(count);
        // SAFETY: as in `slice`. What was moved out is empty afterwards, and written over without being dropped.
        unsafe {
            std::ptr::copy_nonoverlapping(self.0, values.as_mut_ptr(), count);
            for index in 0..count {
                self.0.add(index).write(Value::EMPTY);
            }
            values.set_len(count);
        }
        values
    }

    /// As `slice`, to be written: for a call of the runtime that replaces its first argument.
    pub fn slice_mut<'a>(self, count: usize) -> &'a mut [Value] {
        // SAFETY: as in `slice`, and nothing else looks at the arguments of the call meanwhile.
        unsafe { std::slice::from_raw_parts_mut(self.0, count) }
    }

    /// The registers as a slice, for a call of the runtime.
    pub fn slice<'a>(self, count: usize) -> &'a [Value] {
        // SAFETY: the caller reads it before the registers are written again: a frame's temporaries stay as they are while
        // a function of the runtime that was given them runs.
        unsafe { std::slice::from_raw_parts(self.0, count) }
    }
}

/// The register stack.
pub(super) struct Stack {
    first: NonNull<Value>,
    pub frames: Frames,
}

const LAYOUT: Layout = match Layout::array::<Value>(REGISTERS) {
    Ok(layout) => layout,
    Err(_) => panic!("the stack fits in memory"),
};

impl Stack {
    pub fn new() -> Stack {
        // SAFETY: the layout has a size. All zeros are empty values.
        let memory = unsafe { alloc_zeroed(LAYOUT) };
        let Some(first) = NonNull::new(memory.cast::<Value>()) else { handle_alloc_error(LAYOUT) };
        Stack { first, frames: Frames::new() }
    }

    /// Whether a window may start at `base`. False too for a place outside of the stack, such as a generator's registers.
    #[inline(always)]
    pub fn has_room(&self, base: *const Value) -> bool {
        let used = (base as usize).wrapping_sub(self.first.as_ptr() as usize);
        used < (REGISTERS - MARGIN) * size_of::<Value>()
    }

    /// The first register that nobody uses.
    #[inline]
    pub fn top(&self) -> *mut Value {
        match self.frames.last() {
            Some(frame) => frame.end,
            None => self.first.as_ptr(),
        }
    }

    /// The frame on top as its instruction sees it.
    #[inline(always)]
    pub fn here(&self) -> Here {
        debug_assert!(!self.frames.is_empty());
        // SAFETY: asked only while an instruction is carried out, which is one of the frame on top.
        unsafe { (*self.frames.top()).here() }
    }

    /// The allocation site of the instruction that the frame on top is at.
    #[inline(always)]
    pub fn current_site(&self) -> u32 {
        debug_assert!(!self.frames.is_empty());
        // SAFETY: as in `here`.
        let (code, next) = unsafe { ((*self.frames.top()).code(), (*self.frames.top()).next) };
        let index = (next as usize).wrapping_sub(code.instrs.as_ptr() as usize) / size_of::<Instr>();
        code.sites.get(index.wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// The instruction that the frame on top is at.
    pub fn current_instr(&self) -> Instr {
        debug_assert!(!self.frames.is_empty());
        // SAFETY: as in `here`; `next` is behind the instruction.
        unsafe { *(*self.frames.top()).next.sub(1) }
    }

    /// Takes or skips the jump word behind the instruction.
    #[inline(always)]
    pub fn jump_word(&mut self, taken: bool) {
        // SAFETY: as in `here`; the compiler's checker proves that the word is there and its jump inside of the code.
        unsafe {
            let frame = &mut *self.frames.top();
            let word = *frame.next;
            frame.next = frame.next.add(1);
            if taken {
                frame.next = frame.next.offset(word.offset() as isize);
            }
        }
    }

    /// The instruction that the frame on top goes on with if the jump word behind its instruction is taken, or is not.
    pub fn instr_behind_word(&self, taken: bool) -> Instr {
        // SAFETY: as in `jump_word`; no unit of code ends with a jump word.
        unsafe {
            let word = (*self.frames.top()).next;
            *word.offset(1 + if taken { (*word).offset() as isize } else { 0 })
        }
    }

    /// The instruction that the frame on top goes on with: no unit of code ends with one that asks.
    pub fn next_instr(&self) -> Instr {
        // SAFETY: as in `here`; `next` is an instruction of the frame's code.
        unsafe { *(*self.frames.top()).next }
    }

    /// The instruction in front of the one that a suspended generator goes on with.
    pub fn instr_before(&self, next: *const Instr) -> Instr {
        // SAFETY: it stopped behind a `Yield`.
        unsafe { *next.sub(1) }
    }

    /// Takes the jump of an instruction.
    #[inline(always)]
    pub fn jump(&mut self, instr: Instr) {
        // SAFETY: as in `jump_word`.
        unsafe {
            let frame = &mut *self.frames.top();
            frame.next = frame.next.offset(instr.offset() as isize);
        }
    }

    /// The word of operands behind the instruction, which is passed by.
    pub fn extra_word(&mut self) -> Instr {
        // SAFETY: as in `jump_word`.
        unsafe {
            let frame = &mut *self.frames.top();
            frame.next = frame.next.add(1);
            *frame.next.sub(1)
        }
    }

    /// A window for a script's function: that of its arguments, or, where they lie in a generator, one on the stack that they are
    /// moved to, with a register in front. A frame must be put there next: until then the stack takes the place for free.
    #[inline(always)]
    pub fn settle(&self, arguments: Window, count: usize) -> Window {
        if self.has_room(arguments.0) { arguments } else { self.settle_slowly(arguments, count) }
    }

    #[cold]
    fn settle_slowly(&self, arguments: Window, count: usize) -> Window {
        let top = self.top();
        // Without room the call fails where it is entered, and drops the arguments.
        if !self.has_room(top) {
            return arguments;
        }
        // SAFETY: there is room behind the top, as in `has_room`.
        let window = Window(unsafe { top.add(1) });
        Window(top).put(0, Value::EMPTY);
        for index in 0..count {
            window.put(index, arguments.take(index));
        }
        window
    }

    /// Calls `visit` for every register in use and every value that frames hold.
    pub fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for frame in self.frames.as_slice() {
            visit(&frame.keeper);
            visit(&frame.held);
        }
        let used = (self.top() as usize - self.first.as_ptr() as usize) / size_of::<Value>();
        for index in 0..used {
            // SAFETY: registers below the top are initialized, by zeros at least.
            visit(unsafe { &*self.first.as_ptr().add(index) });
        }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: frames empty their registers when they end, so that none holds an object.
        unsafe {
            dealloc(self.first.as_ptr().cast(), LAYOUT);
        }
    }
}
