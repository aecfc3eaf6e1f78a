//! The stack of registers and the frames on it.
//!
//! Registers never move: a frame's window may be pointed into while calls are made above it. Every register above the windows in
//! use holds no object.
#![expect(
    unsafe_code,
    reason = "windows of frames overlap: arguments become the callee's first registers without a copy"
)]

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::ptr::NonNull;

use linger_heap::Value;

use crate::bytecode::Instr;
use crate::objects::{Code, Function};

/// Registers of a stack. The memory is touched only as deep as scripts go.
const REGISTERS: usize = 1 << 20;
/// Room left at the end for the windows of native calls.
const MARGIN: usize = 1 << 12;

/// What happens when a frame returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The run of the virtual machine ends.
    Entry,
    /// The result goes to the caller's register.
    Call,
    /// The result must be `None`; the new instance goes to the caller's register.
    Init,
    /// A generator in a `for` loop: what it yields goes to the caller's register, and its end ends the loop.
    ForNext,
    /// A generator in a `yield from`: what it yields goes to the caller's register, and its end ends the delegation.
    Send,
}

/// A call of a script's function.
pub(super) struct Frame {
    /// The function, counted.
    pub function: Value,
    /// The new instance of a constructor, the namespace of a class body, or the generator.
    pub held: Value,
    pub code: NonNull<Code>,
    pub base: NonNull<Value>,
    /// The next instruction, as of the last call made.
    pub next: *const Instr,
    /// The caller's register for the result.
    pub dest: u16,
    pub kind: FrameKind,
    /// Whether `held` is a generator.
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

    pub fn function(&self) -> &Function {
        match self.function.downcast::<Function>() {
            Some(function) => function,
            None => unreachable!("frames are made for functions only"),
        }
    }

    /// The index of the instruction that the frame is at: the one before the next.
    pub fn instr(&self) -> u32 {
        let start = self.code().instrs.as_ptr();
        ((self.next as usize - start as usize) / size_of::<Instr>()).saturating_sub(1) as u32
    }

    /// The first register behind the frame's window.
    #[inline(always)]
    pub fn end(&self) -> *mut Value {
        // SAFETY: windows lie inside of the stack (see `Stack::has_room`).
        unsafe { self.base.as_ptr().add(self.code().register_count as usize) }
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

    /// Moves values into registers that hold no objects; `values` is empty then, and keeps its buffer.
    pub fn put_all(self, values: &mut Vec<Value>) {
        // SAFETY: as in `put`; the values are moved, so the vector forgets them.
        unsafe {
            std::ptr::copy_nonoverlapping(values.as_ptr(), self.0, values.len());
            values.set_len(0);
        }
    }

    /// Moves `count` registers into an empty vector, and leaves them empty.
    pub fn take_all(self, values: &mut Vec<Value>, count: usize) {
        values.reserve_exact(count);
        // SAFETY: the registers are initialized and the vector has room; all zeros are empty values.
        unsafe {
            std::ptr::copy_nonoverlapping(self.0, values.as_mut_ptr(), count);
            values.set_len(count);
            std::ptr::write_bytes(self.0, 0, count);
        }
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
    pub frames: Vec<Frame>,
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
        Stack { first, frames: Vec::with_capacity(64) }
    }

    /// Whether a window that starts at `base` may have `registers` registers.
    #[inline(always)]
    pub fn has_room(&self, base: *const Value, registers: usize) -> bool {
        let used = (base as usize - self.first.as_ptr() as usize) / size_of::<Value>();
        used + registers + MARGIN < REGISTERS
    }

    /// The first register that nobody uses.
    #[inline]
    pub fn top(&self) -> *mut Value {
        match self.frames.last() {
            Some(frame) => frame.end(),
            None => self.first.as_ptr(),
        }
    }

    /// Calls `visit` for every register in use and every value that frames hold.
    pub fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for frame in &self.frames {
            visit(&frame.function);
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
        self.frames.clear();
        // SAFETY: no frame is left, and frames empty their registers when they end.
        unsafe {
            dealloc(self.first.as_ptr().cast(), LAYOUT);
        }
    }
}
