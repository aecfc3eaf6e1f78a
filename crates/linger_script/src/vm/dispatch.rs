//! The interpreter's loop: one `match` over eight-byte instructions.
//!
//! Every operand rule of `bytecode` is kept here: a local is borrowed, a temporary consumed. What a quick path can't do is handed
//! to the methods of the machine in the other files, which know nothing of registers.
#![expect(
    unsafe_code,
    reason = "registers, constants and caches are reached by index without checks: the compiler made the indices"
)]

use linger_heap::{Object, Ref, Value, ValueCell};

use super::attributes::Found;
use super::borrow::Borrowed;
use super::call::Entered;
use super::compare::CompareOp;
use super::operators::{BinaryOp, UnaryOp};
use super::stack::{Frame, FrameKind, Window};
use super::{Raise, Result, Vm};
use crate::bytecode::{Instr, Op};
use crate::objects::*;

/// How a run of the machine ended.
#[derive(Debug)]
pub(super) enum Exit {
    /// The function returned.
    Returned(Value),
    /// The generator yielded.
    Yielded(Value),
}

/// What the loop needs of the frame that runs, kept out of memory.
struct Running {
    pc: *const Instr,
    base: *mut Value,
    /// Borrowed for as long as the frame is on the stack, whose function keeps the code alive.
    code: &'static Code,
    /// As `code`.
    function: &'static Function,
    consts: *const Value,
    locals: u16,
}

impl Running {
    fn of(frame: &Frame) -> Running {
        // SAFETY: the frame's function keeps the code alive, and a `Running` is replaced when another frame comes on top.
        let (code, function): (&'static Code, &'static Function) =
            unsafe { (frame.code.as_ref(), &*std::ptr::from_ref(frame.function())) };
        Running {
            pc: frame.next,
            base: frame.base.as_ptr(),
            code,
            function,
            consts: code.consts.as_ptr(),
            locals: code.local_names.len() as u16,
        }
    }
}

impl Vm {
    /// Runs the frame on top of the stack until it ends. `raised` is raised in it first, if given.
    pub(super) fn run(&mut self, raised: Option<Raise>) -> Result<Exit> {
        let depth = self.stack.frames.len();
        let mut pending = raised;
        loop {
            if let Some(raised) = pending.take() {
                self.unwind(raised, depth)?;
            }
            match self.execute() {
                Ok(exit) => return Ok(exit),
                Err(raised) => pending = Some(raised),
            }
        }
    }

    /// Finds the handler of an exception in the frames down to `depth`, and sets the frame to go on there.
    fn unwind(&mut self, raised: Raise, depth: usize) -> Result<()> {
        let mut origin = true;
        let mut raised = raised;
        loop {
            let Some(frame) = self.stack.frames.last() else { return Err(raised) };
            let code = frame.code.as_ptr();
            let instr = frame.instr();
            // SAFETY: the frame's function keeps the code alive while the frame is on the stack.
            let code: &Code = unsafe { &*code };
            let op = code.instrs[instr as usize].op;
            if let Some(data) = self.exception_data(&raised.0) {
                if origin && (data.trace.borrow().is_empty() || op == Op::Raise) {
                    self.chain(&raised);
                }
                let again = origin && matches!(op, Op::Reraise | Op::RaiseAgain);
                if !again {
                    let code = match self.stack.frames.last().and_then(|frame| frame.function.downcast::<Function>()) {
                        Some(function) => function.code.clone(),
                        None => return Err(raised),
                    };
                    self.mutate(&data, |data| data.trace.borrow_mut().push(TraceEntry { code, instr }));
                }
            }
            origin = false;
            let Some(frame) = self.stack.frames.last_mut() else { return Err(raised) };
            let base = frame.base.as_ptr();
            let handler = code.handlers.iter().find(|entry| entry.start <= instr && instr < entry.end);
            if let Some(entry) = handler {
                // SAFETY: the handler lies inside of the code, and the registers inside of the frame's window.
                unsafe {
                    frame.next = code.instrs.as_ptr().add(entry.handler as usize);
                    for index in entry.depth..code.register_count {
                        drop(std::mem::take(&mut *base.add(index as usize)));
                    }
                    base.add(entry.depth as usize).write(raised.0);
                }
                return Ok(());
            }
            let Some(frame) = self.leave_frame() else { return Err(raised) };
            if frame.is_generator {
                self.end_generator(&frame.held);
                raised = self.generator_error(&frame.held, raised);
            }
            if self.stack.frames.len() < depth {
                return Err(raised);
            }
        }
    }

    /// Takes the top frame off the stack and empties its registers.
    fn leave_frame(&mut self) -> Option<Frame> {
        let frame = self.stack.frames.pop()?;
        let window = Window(frame.base.as_ptr());
        for index in 0..frame.code().register_count as usize {
            drop(window.take(index));
        }
        Some(frame)
    }

    /// The loop. Returns when the entry frame ends or yields, or an exception needs a handler; the frame on top is then the one
    /// that raised, with its `next` behind the instruction.
    #[allow(clippy::cognitive_complexity, reason = "one arm an instruction")]
    fn execute(&mut self) -> Result<Exit> {
        let Some(frame) = self.stack.frames.last() else { return Ok(Exit::Returned(Value::NONE)) };
        let mut at = Running::of(frame);

        // SAFETY: (of this whole function) `at` describes the frame on top of the stack, whose function keeps the code alive.
        // The compiler's checker (compile/check.rs) proves for every unit that register, constant, name and cache operands
        // are in range, jumps stay inside, and temporaries are written before they are read and read once. Windows of frames
        // never move. So every pointer below is in bounds, and a register is dropped or overwritten exactly once.
        unsafe {
            macro_rules! reg {
                ($index:expr) => {
                    &mut *at.base.add($index as usize)
                };
            }
            macro_rules! save {
                () => {
                    if let Some(frame) = self.stack.frames.last_mut() {
                        frame.next = at.pc;
                    }
                };
            }
            macro_rules! reload {
                () => {
                    match self.stack.frames.last() {
                        Some(frame) => at = Running::of(frame),
                        None => return Ok(Exit::Returned(Value::NONE)),
                    }
                };
            }
            // Drops a value, and runs the finalizers that this asks for.
            macro_rules! discard {
                ($value:expr) => {{
                    let value = $value;
                    if value.is_object() {
                        drop(value);
                        if self.heap.has_pending() {
                            save!();
                            self.run_pending();
                        }
                    }
                }};
            }
            macro_rules! set {
                ($index:expr, $value:expr) => {{
                    let value = $value;
                    let old = std::mem::replace(reg!($index), value);
                    discard!(old);
                }};
            }
            // Ends the reading of an operand: a temporary is consumed.
            macro_rules! done {
                ($index:expr) => {
                    if $index >= at.locals {
                        discard!(std::mem::take(reg!($index)));
                    }
                };
            }
            // The value of an operand, to be kept.
            macro_rules! take {
                ($index:expr) => {
                    if $index >= at.locals { std::mem::take(reg!($index)) } else { (*reg!($index)).clone() }
                };
            }
            macro_rules! check {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(raised) => {
                            save!();
                            return Err(raised);
                        }
                    }
                };
            }
            macro_rules! constant {
                ($index:expr) => {
                    &*at.consts.add($index as usize)
                };
            }
            macro_rules! name {
                ($index:expr) => {
                    at.code.names.get_unchecked($index as usize)
                };
            }
            macro_rules! cache {
                ($index:expr) => {
                    at.code.caches.get_unchecked($index as usize)
                };
            }
            // Notes the allocation site of the instruction.
            macro_rules! site {
                () => {{
                    let index = at.pc.offset_from(at.code.instrs.as_ptr()) as usize - 1;
                    self.heap.set_site(*at.code.sites.get_unchecked(index));
                }};
            }
            macro_rules! jump {
                ($instr:expr) => {
                    at.pc = at.pc.offset($instr.offset() as isize)
                };
            }
            // Takes or skips the jump word behind the instruction.
            macro_rules! jump_if {
                ($taken:expr) => {{
                    let word = *at.pc;
                    at.pc = at.pc.add(1);
                    if $taken {
                        jump!(word);
                    }
                }};
            }
            macro_rules! function {
                () => {
                    at.function
                };
            }
            macro_rules! arithmetic {
                ($i:expr, $b:expr, $c:expr, $constant:expr, int($x:ident, $y:ident) $int:expr, float($p:ident, $q:ident) $float:expr) => {{
                    let (left, right): (&Value, &Value) = ($b, $c);
                    if Value::both_small(left, right) {
                        let ($x, $y) = (left.shifted(), right.shifted());
                        if let Some(value) = $int {
                            let old = std::mem::replace(reg!($i.a), value);
                            discard!(old);
                            continue;
                        }
                    } else if left.is_float() && right.is_float() {
                        let ($p, $q) = (left.float_unchecked(), right.float_unchecked());
                        if let Some(value) = $float {
                            let old = std::mem::replace(reg!($i.a), value);
                            discard!(old);
                            continue;
                        }
                    }
                    binary!($i, left, right, $constant);
                }};
            }
            macro_rules! binary {
                ($i:expr, $left:expr, $right:expr, $constant:expr) => {{
                    site!();
                    save!();
                    let op = if $constant { BinaryOp::of_constant($i.op) } else { BinaryOp::of($i.op) };
                    let result = match quick_float(op, $left, $right) {
                        Some(value) => value,
                        None => {
                            if !$constant && self.enter_binary(op, $left, $right, $i.a, $i.x == 1)? {
                                done!($i.b);
                                done!($i.c);
                                reload!();
                                continue;
                            }
                            self.binary_with(op, $left, $right, $i.x == 1)?
                        }
                    };
                    done!($i.b);
                    if !$constant {
                        done!($i.c);
                    }
                    set!($i.a, result);
                }};
            }
            // A comparison of two operands: quick for numbers, else by the machine.
            macro_rules! compare {
                ($op:expr, $left:expr, $right:expr, $int:tt) => {{
                    let (left, right): (&Value, &Value) = ($left, $right);
                    if Value::both_small(left, right) {
                        Some(left.shifted() $int right.shifted())
                    } else if left.is_float() && right.is_float() {
                        Some(left.float_unchecked() $int right.float_unchecked())
                    } else {
                        None
                    }
                }};
            }
            macro_rules! comparison {
                ($i:expr, $op:expr, $int:tt) => {{
                    match compare!($op, reg!($i.b), reg!($i.c), $int) {
                        Some(truth) => set!($i.a, Value::bool(truth)),
                        None => {
                            save!();
                            let result = self.compare($op, reg!($i.b), reg!($i.c))?;
                            done!($i.b);
                            done!($i.c);
                            set!($i.a, result);
                        }
                    }
                }};
            }
            macro_rules! test {
                ($i:expr, $op:expr, $right:expr, $constant:expr, $int:tt) => {{
                    let truth = match compare!($op, reg!($i.a), $right, $int) {
                        Some(truth) => truth,
                        None => {
                            save!();
                            let truth = self.compare_truth($op, reg!($i.a), $right)?;
                            done!($i.a);
                            if !$constant {
                                done!($i.b);
                            }
                            truth
                        }
                    };
                    jump_if!(truth as u8 == $i.x);
                }};
            }

            loop {
                let i = *at.pc;
                at.pc = at.pc.add(1);
                match i.op {
                    Op::Nop | Op::Extra => {}
                    Op::Move => {
                        let value = take!(i.b);
                        set!(i.a, value);
                    }
                    Op::Copy => {
                        let value = (*reg!(i.b)).clone();
                        set!(i.a, value);
                    }
                    Op::LoadConst => {
                        let value = (*constant!(i.wide_operand())).clone();
                        set!(i.a, value);
                    }
                    Op::LoadInt => set!(i.a, Value::from_shifted(i64::from(i.offset()) << 16)),
                    Op::Drop => discard!(std::mem::take(reg!(i.a))),
                    Op::CheckLocal => {
                        if (*reg!(i.a)).is_empty() {
                            check!(Err(self.unbound(at.code, i.a, i.x)));
                        }
                    }
                    Op::MakeCell => {
                        site!();
                        let contents = std::mem::take(reg!(i.a));
                        let cell = Cell {
                            contents: ValueCell::new(contents),
                            name: ValueCell::new((&at.code.local_names)[i.a as usize].clone()),
                        };
                        let cell = self.heap.alloc(self.classes.cell.type_id.get(), cell);
                        *reg!(i.a) = cell.into_value();
                    }
                    Op::LoadCell => {
                        let value = match (*reg!(i.b)).downcast::<Cell>() {
                            Some(cell) => cell.contents.get(),
                            None => Value::EMPTY,
                        };
                        if value.is_empty() {
                            check!(Err(self.unbound(at.code, i.b, i.x)));
                        }
                        set!(i.a, value);
                    }
                    Op::StoreCell => {
                        let value = take!(i.b);
                        if let Some(cell) = (*reg!(i.a)).downcast::<Cell>() {
                            discard!(cell.contents.replace(value));
                        }
                    }
                    Op::DeleteCell => {
                        let old = match (*reg!(i.a)).downcast::<Cell>() {
                            Some(cell) => cell.contents.take(),
                            None => Value::EMPTY,
                        };
                        if old.is_empty() {
                            check!(Err(self.unbound_local(at.code, i.a)));
                        }
                        discard!(old);
                    }
                    Op::LoadFree | Op::StoreFree | Op::DeleteFree | Op::LoadFreeCell => {
                        let index = if matches!(i.op, Op::LoadFree | Op::LoadFreeCell) { i.b } else { i.a };
                        let closure = function!().closure.as_ref();
                        let cell = match closure.and_then(|closure| closure.items.get(index as usize)) {
                            Some(cell) => cell,
                            None => {
                                check!(Err(self.system_error("closure is too short")));
                                continue;
                            }
                        };
                        if i.op == Op::LoadFreeCell {
                            let cell = cell.clone();
                            set!(i.a, cell);
                            continue;
                        }
                        let Some(body) = cell.downcast::<Cell>() else { continue };
                        match i.op {
                            Op::LoadFree => {
                                let value = body.contents.get();
                                if value.is_empty() {
                                    check!(Err(self.unbound_free(at.code, index)));
                                }
                                set!(i.a, value);
                            }
                            Op::StoreFree => {
                                let value = take!(i.b);
                                discard!(body.contents.replace(value));
                            }
                            _ => {
                                let old = body.contents.take();
                                if old.is_empty() {
                                    check!(Err(self.unbound_free(at.code, index)));
                                }
                                discard!(old);
                            }
                        }
                    }
                    Op::LoadGlobal => {
                        let cache = cache!(i.c);
                        let globals = &function!().globals;
                        let table = &*globals.table.as_ptr();
                        let version = table.current_version();
                        if version != 0 && version == cache.shape.get() {
                            if cache.kind.get() == CacheKind::Global {
                                let value = table.value(cache.slot.get() as usize).clone();
                                set!(i.a, value);
                                continue;
                            }
                            let builtins = &*self.builtins.table.as_ptr();
                            if builtins.current_version() == cache.epoch.get() {
                                let value = builtins.value(cache.slot.get() as usize).clone();
                                set!(i.a, value);
                                continue;
                            }
                        }
                        let globals = globals.clone();
                        let value = check!(self.load_global(&globals, cache));
                        set!(i.a, value);
                    }
                    Op::StoreGlobal => {
                        let value = take!(i.a);
                        let globals = &function!().globals;
                        let hint = at.code.global_hints.get_unchecked(i.b as usize);
                        let name = name!(i.b);
                        let table = &mut *globals.table.as_ptr();
                        let position = hint.get() as usize;
                        if table.entry(position).is_some_and(|entry| entry.key.is(name)) {
                            discard!(table.replace_value(position, value));
                        } else {
                            let globals = globals.clone();
                            self.dict_set_name(&globals, name, value);
                            let hash = self.hash_str(name);
                            let position = globals.table.borrow().find_str(hash, name);
                            hint.set(position.map_or(u32::MAX, |position| position as u32));
                        }
                    }
                    Op::DeleteGlobal => {
                        let globals = function!().globals.clone();
                        if !self.dict_remove_name(&globals, name!(i.b)) {
                            check!(Err(self.undefined_name(name!(i.b))));
                        }
                        if self.heap.has_pending() {
                            save!();
                            self.run_pending();
                        }
                    }
                    Op::LoadName => {
                        save!();
                        let value = self.load_name(name!(i.b))?;
                        set!(i.a, value);
                    }
                    Op::StoreName => {
                        let value = take!(i.a);
                        save!();
                        self.store_name(name!(i.b), value)?;
                    }
                    Op::DeleteName => {
                        save!();
                        self.delete_name(name!(i.b))?;
                    }
                    Op::LoadNameOrFree => {
                        save!();
                        let value = self.load_name_or_free(name!(i.b), i.c)?;
                        set!(i.a, value);
                    }
                    Op::LoadAttr => {
                        let cache = cache!(i.c);
                        let object: *const Value = reg!(i.b);
                        if let Some(instance) = (*object).downcast::<Instance>()
                            && instance.shape.get() == cache.shape.get()
                            && cache.epoch.get() == self.epoch
                        {
                            match cache.kind.get() {
                                CacheKind::Slot => {
                                    let value = (*instance.slots.as_ptr().add(cache.slot.get() as usize)).clone();
                                    if !value.is_empty() {
                                        done!(i.b);
                                        set!(i.a, value);
                                        continue;
                                    }
                                }
                                CacheKind::ClassValue => {
                                    let value = Borrowed::from_bits(cache.value_bits.get()).get();
                                    done!(i.b);
                                    set!(i.a, value);
                                    continue;
                                }
                                _ => {}
                            }
                        } else if let Some(module) = (*object).downcast::<Module>() {
                            let table = &*module.dict.table.as_ptr();
                            if cache.kind.get() == CacheKind::Global
                                && table.current_version() == cache.shape.get()
                                && cache.shape.get() != 0
                            {
                                let value = table.value(cache.slot.get() as usize).clone();
                                done!(i.b);
                                set!(i.a, value);
                                continue;
                            }
                        }
                        site!();
                        save!();
                        let value = self.load_attr(&*object, cache)?;
                        done!(i.b);
                        set!(i.a, value);
                    }
                    Op::StoreAttr => {
                        let cache = cache!(i.c);
                        if let Some(instance) = (*reg!(i.a)).downcast::<Instance>()
                            && instance.shape.get() == cache.shape.get()
                            && cache.epoch.get() == self.epoch
                        {
                            match cache.kind.get() {
                                CacheKind::Slot => {
                                    let value = take!(i.b);
                                    let slot = &mut *instance.slots.as_ptr().add(cache.slot.get() as usize);
                                    discard!(std::mem::replace(slot, value));
                                    done!(i.a);
                                    continue;
                                }
                                CacheKind::AddSlot => {
                                    let value = take!(i.b);
                                    let grown = instance.slots.push(value);
                                    instance.shape.set(cache.slot.get());
                                    if grown > 0 {
                                        self.slots_grew(reg!(i.a), grown);
                                    }
                                    done!(i.a);
                                    continue;
                                }
                                _ => {}
                            }
                        }
                        save!();
                        let value = take!(i.b);
                        self.store_attr(reg!(i.a), value, cache)?;
                        if self.heap.has_pending() {
                            self.run_pending();
                        }
                        done!(i.a);
                    }
                    Op::DeleteAttr => {
                        save!();
                        self.delete_attr(reg!(i.a), &cache!(i.c).name)?;
                        done!(i.a);
                        if self.heap.has_pending() {
                            self.run_pending();
                        }
                    }
                    Op::LoadMethod => {
                        let cache = cache!(i.c);
                        let object: *const Value = reg!(i.b);
                        if let Some(header) = (*object).header() {
                            let hit = if header.kind() == Instance::KIND {
                                cache.kind.get() == CacheKind::Method
                                    && cache.epoch.get() == self.epoch
                                    && (*object)
                                        .downcast::<Instance>()
                                        .is_some_and(|instance| instance.shape.get() == cache.shape.get())
                            } else {
                                cache.kind.get() == CacheKind::KindMethod
                                    && cache.shape.get() == u32::from(header.kind().0)
                            };
                            if hit {
                                let method = Borrowed::from_bits(cache.value_bits.get()).get();
                                let object = take!(i.b);
                                *reg!(i.a) = method;
                                *reg!(i.a + 1) = object;
                                continue;
                            }
                        }
                        site!();
                        save!();
                        let (callable, bound) = self.load_method(&*object, cache)?;
                        let object = take!(i.b);
                        *reg!(i.a) = callable;
                        if bound {
                            *reg!(i.a + 1) = object;
                        } else {
                            *reg!(i.a + 1) = Value::EMPTY;
                            discard!(object);
                        }
                    }
                    Op::LoadSuperMethod | Op::LoadSuperAttr => {
                        site!();
                        save!();
                        let class = std::mem::take(reg!(i.b));
                        let receiver = std::mem::take(reg!(i.b + 1));
                        let (callable, bound) =
                            self.load_super(&class, &receiver, &cache!(i.c).name, i.op == Op::LoadSuperMethod)?;
                        drop(class);
                        if i.op == Op::LoadSuperAttr {
                            set!(i.a, callable);
                            continue;
                        }
                        *reg!(i.a) = callable;
                        *reg!(i.a + 1) = if bound { receiver } else { Value::EMPTY };
                    }
                    Op::GetItem => {
                        let (object, key): (*const Value, *const Value) = (reg!(i.b), reg!(i.c));
                        if let Some(index) = (*key).as_small_int() {
                            if let Some(list) = (*object).downcast::<List>() {
                                let items = &*list.items.as_ptr();
                                let index = if index < 0 { index + items.len() as i64 } else { index };
                                if let Some(item) = items.get(index as usize) {
                                    let item = item.clone();
                                    done!(i.b);
                                    set!(i.a, item);
                                    continue;
                                }
                            } else if let Some(tuple) = (*object).downcast::<Tuple>() {
                                let index = if index < 0 { index + tuple.items.len() as i64 } else { index };
                                if let Some(item) = tuple.items.get(index as usize) {
                                    let item = item.clone();
                                    done!(i.b);
                                    set!(i.a, item);
                                    continue;
                                }
                            }
                        }
                        site!();
                        save!();
                        let value = self.get_item(&*object, &*key)?;
                        done!(i.b);
                        done!(i.c);
                        set!(i.a, value);
                    }
                    Op::GetItemInt => {
                        let object: *const Value = reg!(i.b);
                        let key = i64::from(i.c as i16);
                        let items: Option<&[Value]> = match (*object).downcast::<List>() {
                            Some(list) => Some(&*list.items.as_ptr()),
                            None => (*object).downcast::<Tuple>().map(|tuple| &*tuple.items),
                        };
                        if let Some(items) = items {
                            let index = if key < 0 { key + items.len() as i64 } else { key };
                            if let Some(item) = items.get(index as usize) {
                                let item = item.clone();
                                done!(i.b);
                                set!(i.a, item);
                                continue;
                            }
                        }
                        site!();
                        save!();
                        let key = Value::from_shifted(key << 16);
                        let value = self.get_item(&*object, &key)?;
                        done!(i.b);
                        set!(i.a, value);
                    }
                    Op::SetItem => {
                        let (object, key): (*const Value, *const Value) = (reg!(i.a), reg!(i.b));
                        if let Some(list) = (*object).downcast::<List>()
                            && let Some(index) = (*key).as_small_int()
                        {
                            let items = &mut *list.items.as_ptr();
                            let index = if index < 0 { index + items.len() as i64 } else { index };
                            if let Some(place) = items.get_mut(index as usize) {
                                let value = take!(i.c);
                                discard!(std::mem::replace(place, value));
                                done!(i.a);
                                continue;
                            }
                        }
                        save!();
                        let value = take!(i.c);
                        self.set_item(&*object, &*key, value)?;
                        done!(i.a);
                        done!(i.b);
                        if self.heap.has_pending() {
                            self.run_pending();
                        }
                    }
                    Op::DeleteItem => {
                        save!();
                        self.delete_item(reg!(i.a), reg!(i.b))?;
                        done!(i.a);
                        done!(i.b);
                        if self.heap.has_pending() {
                            self.run_pending();
                        }
                    }
                    Op::BuildSlice => {
                        site!();
                        let [start, stop, step] = [take!(i.b), take!(i.b + 1), take!(i.b + 2)];
                        let slice = self.heap.alloc(self.classes.slice.type_id.get(), Slice { start, stop, step });
                        set!(i.a, slice.into_value());
                    }

                    Op::Add => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Some(Value::float(p + q))),
                    Op::Sub => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Some(Value::float(p - q))),
                    Op::Mul => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Some(Value::float(p * q))),
                    Op::Div => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) if y == 0 { None } else { Some(Value::float((x >> 16) as f64 / (y >> 16) as f64)) },
                        float(p, q) if q == 0.0 { None } else { Some(Value::float(p / q)) }),
                    Op::FloorDiv => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) floor_div(x >> 16, y >> 16), float(_p, _q) None::<Value>),
                    Op::Mod => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) floor_mod(x >> 16, y >> 16), float(_p, _q) None::<Value>),
                    Op::And => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) Some(Value::from_shifted(x & y)), float(_p, _q) None::<Value>),
                    Op::Or => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) Some(Value::from_shifted(x | y)), float(_p, _q) None::<Value>),
                    Op::Xor => arithmetic!(i, reg!(i.b), reg!(i.c), false,
                        int(x, y) Some(Value::from_shifted(x ^ y)), float(_p, _q) None::<Value>),
                    Op::LShift | Op::RShift | Op::Pow | Op::MatMul => {
                        let (left, right): (*const Value, *const Value) = (reg!(i.b), reg!(i.c));
                        if let Some(value) = quick_shift(i.op == Op::LShift, i.op == Op::RShift, &*left, &*right) {
                            set!(i.a, value);
                            continue;
                        }
                        binary!(i, &*left, &*right, false);
                    }
                    Op::AddK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Some(Value::float(p + q))),
                    Op::SubK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Some(Value::float(p - q))),
                    Op::MulK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Some(Value::float(p * q))),
                    Op::DivK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) if y == 0 { None } else { Some(Value::float((x >> 16) as f64 / (y >> 16) as f64)) },
                        float(p, q) if q == 0.0 { None } else { Some(Value::float(p / q)) }),
                    Op::FloorDivK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) floor_div(x >> 16, y >> 16), float(_p, _q) None::<Value>),
                    Op::ModK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) floor_mod(x >> 16, y >> 16), float(_p, _q) None::<Value>),
                    Op::AndK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) Some(Value::from_shifted(x & y)), float(_p, _q) None::<Value>),
                    Op::OrK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) Some(Value::from_shifted(x | y)), float(_p, _q) None::<Value>),
                    Op::XorK => arithmetic!(i, reg!(i.b), constant!(i.c), true,
                        int(x, y) Some(Value::from_shifted(x ^ y)), float(_p, _q) None::<Value>),
                    Op::LShiftK | Op::RShiftK | Op::PowK => {
                        let (left, right): (*const Value, *const Value) = (reg!(i.b), constant!(i.c));
                        if let Some(value) = quick_shift(i.op == Op::LShiftK, i.op == Op::RShiftK, &*left, &*right) {
                            set!(i.a, value);
                            continue;
                        }
                        binary!(i, &*left, &*right, true);
                    }
                    Op::Neg | Op::Pos | Op::Invert => {
                        let operand: *const Value = reg!(i.b);
                        if i.op == Op::Neg && (*operand).is_float() {
                            set!(i.a, Value::float(-(*operand).float_unchecked()));
                            continue;
                        }
                        save!();
                        let op = match i.op {
                            Op::Neg => UnaryOp::Neg,
                            Op::Pos => UnaryOp::Pos,
                            _ => UnaryOp::Invert,
                        };
                        let value = self.unary(op, &*operand)?;
                        done!(i.b);
                        set!(i.a, value);
                    }
                    Op::Not => {
                        save!();
                        let truth = self.truth(reg!(i.b))?;
                        done!(i.b);
                        set!(i.a, Value::bool(!truth));
                    }
                    Op::Lt => comparison!(i, CompareOp::Lt, <),
                    Op::Le => comparison!(i, CompareOp::Le, <=),
                    Op::Gt => comparison!(i, CompareOp::Gt, >),
                    Op::Ge => comparison!(i, CompareOp::Ge, >=),
                    Op::Eq => comparison!(i, CompareOp::Eq, ==),
                    Op::Ne => comparison!(i, CompareOp::Ne, !=),
                    Op::Is | Op::IsNot => {
                        let same = (*reg!(i.b)).is(reg!(i.c));
                        done!(i.b);
                        done!(i.c);
                        set!(i.a, Value::bool(same == (i.op == Op::Is)));
                    }
                    Op::In | Op::NotIn => {
                        save!();
                        let inside = self.contains(reg!(i.c), reg!(i.b))?;
                        done!(i.b);
                        done!(i.c);
                        set!(i.a, Value::bool(inside == (i.op == Op::In)));
                    }
                    Op::TestLt => test!(i, CompareOp::Lt, reg!(i.b), false, <),
                    Op::TestLe => test!(i, CompareOp::Le, reg!(i.b), false, <=),
                    Op::TestGt => test!(i, CompareOp::Gt, reg!(i.b), false, >),
                    Op::TestGe => test!(i, CompareOp::Ge, reg!(i.b), false, >=),
                    Op::TestEq => test!(i, CompareOp::Eq, reg!(i.b), false, ==),
                    Op::TestNe => test!(i, CompareOp::Ne, reg!(i.b), false, !=),
                    Op::TestLtK => test!(i, CompareOp::Lt, constant!(i.b), true, <),
                    Op::TestLeK => test!(i, CompareOp::Le, constant!(i.b), true, <=),
                    Op::TestGtK => test!(i, CompareOp::Gt, constant!(i.b), true, >),
                    Op::TestGeK => test!(i, CompareOp::Ge, constant!(i.b), true, >=),
                    Op::TestEqK => test!(i, CompareOp::Eq, constant!(i.b), true, ==),
                    Op::TestNeK => test!(i, CompareOp::Ne, constant!(i.b), true, !=),
                    Op::TestIs => {
                        let same = (*reg!(i.a)).is(reg!(i.b));
                        done!(i.a);
                        done!(i.b);
                        jump_if!(same as u8 == i.x);
                    }
                    Op::TestIn => {
                        save!();
                        let inside = self.contains(reg!(i.b), reg!(i.a))?;
                        done!(i.a);
                        done!(i.b);
                        jump_if!(inside as u8 == i.x);
                    }
                    Op::Jump => jump!(i),
                    Op::Loop => {
                        self.until_poll -= 1;
                        if self.until_poll < 0 {
                            save!();
                            self.poll()?;
                        }
                        jump!(i);
                    }
                    Op::JumpIfTrue | Op::JumpIfFalse => {
                        let value: *const Value = reg!(i.a);
                        let truth = match (*value).as_bool() {
                            Some(truth) => truth,
                            None => {
                                save!();
                                let truth = self.truth(&*value)?;
                                done!(i.a);
                                truth
                            }
                        };
                        if truth == (i.op == Op::JumpIfTrue) {
                            jump!(i);
                        }
                    }
                    Op::JumpIfTrueKeep | Op::JumpIfFalseKeep => {
                        save!();
                        let truth = self.truth(reg!(i.a))?;
                        if truth == (i.op == Op::JumpIfTrueKeep) {
                            jump!(i);
                        } else {
                            discard!(std::mem::take(reg!(i.a)));
                        }
                    }
                    Op::JumpIfNone | Op::JumpIfNotNone => {
                        let none = (*reg!(i.a)).is_none();
                        done!(i.a);
                        if none == (i.op == Op::JumpIfNone) {
                            jump!(i);
                        }
                    }
                    Op::ForPrepare => {
                        let value = take!(i.b);
                        if value.is_kind::<List>() || value.is_kind::<Tuple>() {
                            *reg!(i.a) = value;
                            *reg!(i.a + 1) = Value::from_shifted(0);
                            continue;
                        }
                        if let Some(range) = value.downcast::<Range>()
                            && range.start.is_small_int()
                            && range.stop.is_small_int()
                            && range.step.is_small_int()
                        {
                            // The step stands where the iterator would: an iterator is never an int.
                            *reg!(i.a + 1) = range.start.clone();
                            *reg!(i.a + 2) = range.stop.clone();
                            let step = range.step.clone();
                            *reg!(i.a) = step;
                            discard!(value);
                            continue;
                        }
                        site!();
                        save!();
                        let iterator = self.iter(&value)?;
                        discard!(value);
                        *reg!(i.a) = iterator;
                    }
                    Op::ForNext => {
                        let iterator: *mut Value = reg!(i.b);
                        if (*iterator).is_small_int() {
                            let (next, stop, step) =
                                ((*reg!(i.b + 1)).shifted(), (*reg!(i.b + 2)).shifted(), (*iterator).shifted());
                            let more = if step > 0 { next < stop } else { next > stop };
                            if more {
                                // Past the largest integer, any value beyond `stop` ends the loop. Ints need no drop.
                                let following = next.checked_add(step).unwrap_or((*reg!(i.b + 2)).shifted());
                                std::ptr::write(reg!(i.b + 1), Value::from_shifted(following));
                                set!(i.a, Value::from_shifted(next));
                                at.pc = at.pc.add(1);
                                continue;
                            }
                            *iterator = Value::EMPTY;
                            jump_if!(true);
                            continue;
                        }
                        if let Some(list) = (*iterator).downcast::<List>() {
                            let index = (*reg!(i.b + 1)).shifted() >> 16;
                            if let Some(item) = (&*list.items.as_ptr()).get(index as usize) {
                                let item = item.clone();
                                std::ptr::write(reg!(i.b + 1), Value::from_shifted((index + 1) << 16));
                                set!(i.a, item);
                                at.pc = at.pc.add(1);
                                continue;
                            }
                            discard!(std::mem::take(&mut *iterator));
                            jump_if!(true);
                            continue;
                        }
                        if let Some(tuple) = (*iterator).downcast::<Tuple>() {
                            let index = (*reg!(i.b + 1)).shifted() >> 16;
                            if let Some(item) = tuple.items.get(index as usize) {
                                let item = item.clone();
                                std::ptr::write(reg!(i.b + 1), Value::from_shifted((index + 1) << 16));
                                set!(i.a, item);
                                at.pc = at.pc.add(1);
                                continue;
                            }
                            discard!(std::mem::take(&mut *iterator));
                            jump_if!(true);
                            continue;
                        }
                        save!();
                        if let Some(generator) = (*iterator).to_ref::<Generator>() {
                            match generator.state.get() {
                                GeneratorState::Created | GeneratorState::Suspended => {
                                    self.push_generator(&generator, FrameKind::ForNext, i.a, Value::NONE)?;
                                    drop(generator);
                                    reload!();
                                    continue;
                                }
                                GeneratorState::Closed => {
                                    drop(generator);
                                    discard!(std::mem::take(&mut *iterator));
                                    jump_if!(true);
                                    continue;
                                }
                                GeneratorState::Running => {}
                            }
                        }
                        site!();
                        match self.next(&*iterator)? {
                            Some(item) => {
                                set!(i.a, item);
                                at.pc = at.pc.add(1);
                            }
                            None => {
                                discard!(std::mem::take(&mut *iterator));
                                jump_if!(true);
                            }
                        }
                    }
                    Op::GetIter => {
                        site!();
                        save!();
                        let iterator = self.iter(reg!(i.b))?;
                        done!(i.b);
                        set!(i.a, iterator);
                    }
                    Op::UnpackSequence => {
                        save!();
                        let source = take!(i.b);
                        let count = i.c as usize;
                        if let Some(tuple) = source.downcast::<Tuple>()
                            && tuple.items.len() == count
                        {
                            for (index, item) in tuple.items.iter().enumerate() {
                                *reg!(i.a as usize + index) = item.clone();
                            }
                        } else {
                            let items = self.unpack(&source, count)?;
                            for (index, item) in items.into_iter().enumerate() {
                                *reg!(i.a as usize + index) = item;
                            }
                        }
                        discard!(source);
                    }
                    Op::UnpackStar => {
                        save!();
                        let source = take!(i.b);
                        let items = self.unpack_star(&source, (i.c & 0xff) as usize, (i.c >> 8) as usize)?;
                        for (index, item) in items.into_iter().enumerate() {
                            *reg!(i.a as usize + index) = item;
                        }
                        discard!(source);
                    }
                    Op::BuildTuple => {
                        site!();
                        let window = Window(reg!(i.b));
                        let locals = at.locals;
                        let first = i.b;
                        let items = (0..i.c as usize).map(|index| {
                            if first >= locals { window.take(index) } else { (*window.0.add(index)).clone() }
                        });
                        let tuple = self.tuple_from(items);
                        set!(i.a, tuple);
                    }
                    Op::BuildList => {
                        site!();
                        let window = Window(reg!(i.b));
                        let items = (0..i.c as usize).map(|index| window.take(index)).collect();
                        let list = self.list(items);
                        set!(i.a, list);
                    }
                    Op::BuildSet => {
                        site!();
                        save!();
                        let set = self.set(SetTable::default(), false);
                        if let Some(body) = set.to_ref::<Set>() {
                            for index in 0..i.c {
                                let item = std::mem::take(reg!(i.b + index));
                                self.set_add(&body, item)?;
                            }
                        }
                        set!(i.a, set);
                    }
                    Op::BuildDict => {
                        site!();
                        save!();
                        let dict = self.dict();
                        if i.c > 0 {
                            self.mutate(&dict, |dict| dict.table.borrow_mut().reserve(i.c as usize));
                        }
                        for index in 0..i.c {
                            let key = std::mem::take(reg!(i.b + 2 * index));
                            let value = std::mem::take(reg!(i.b + 2 * index + 1));
                            self.dict_set(&dict, key, value)?;
                        }
                        set!(i.a, dict.into_value());
                    }
                    Op::BuildString => {
                        site!();
                        let mut joined = String::new();
                        for index in 0..i.c {
                            joined.push_str(super::text(reg!(i.b + index)));
                        }
                        for index in 0..i.c {
                            discard!(std::mem::take(reg!(i.b + index)));
                        }
                        let value = self.str(&joined);
                        set!(i.a, value);
                    }
                    Op::ListAppend => {
                        let item = take!(i.b);
                        if let Some(list) = (*reg!(i.a)).to_ref::<List>() {
                            self.list_push(&list, item);
                        }
                    }
                    Op::ListExtend => {
                        save!();
                        let source = take!(i.b);
                        let items = self.spread(&source)?;
                        if let Some(list) = (*reg!(i.a)).to_ref::<List>() {
                            self.mutate(&list, |list| list.items.borrow_mut().extend(items));
                        }
                        discard!(source);
                    }
                    Op::ListToTuple => {
                        site!();
                        let list = take!(i.b);
                        let items = match list.to_ref::<List>() {
                            Some(body) => {
                                self.heap.before_resume(body.header());
                                self.mutate(&body, |body| body.items.take())
                            }
                            None => Vec::new(),
                        };
                        discard!(list);
                        let tuple = self.tuple(items);
                        set!(i.a, tuple);
                    }
                    Op::SetAdd => {
                        save!();
                        let item = take!(i.b);
                        if let Some(set) = (*reg!(i.a)).to_ref::<Set>() {
                            self.set_add(&set, item)?;
                        }
                    }
                    Op::SetUpdate => {
                        save!();
                        let source = take!(i.b);
                        if let Some(set) = (*reg!(i.a)).to_ref::<Set>() {
                            crate::builtins::set_add_all(self, &set, &source)?;
                        }
                        discard!(source);
                    }
                    Op::DictSet => {
                        save!();
                        let (key, value) = (take!(i.b), take!(i.c));
                        if let Some(dict) = (*reg!(i.a)).to_ref::<Dict>() {
                            self.dict_set(&dict, key, value)?;
                        }
                    }
                    Op::DictUpdate | Op::DictMerge => {
                        save!();
                        let source = take!(i.b);
                        if let Some(dict) = (*reg!(i.a)).to_ref::<Dict>() {
                            if i.op == Op::DictMerge {
                                let callable = (*reg!(i.c)).clone();
                                self.merge_keywords(&dict, &source, &callable)?;
                            } else {
                                self.update_mapping(&dict, &source)?;
                            }
                        }
                        discard!(source);
                    }
                    Op::Format => {
                        site!();
                        save!();
                        let value = take!(i.b);
                        let spec = if i.c == 0xffff { Value::EMPTY } else { take!(i.c) };
                        let text = self.format_field(&value, i.x, &spec)?;
                        discard!(value);
                        set!(i.a, text);
                    }
                    Op::MakeFunction => {
                        site!();
                        let code = (*constant!(i.b)).to_ref::<Code>();
                        let closure = if i.x & 8 != 0 { std::mem::take(reg!(i.c + 3)).to_ref::<Tuple>() } else { None };
                        let globals = function!().globals.clone();
                        let Some(code) = code else { continue };
                        let function = self.make_function(&code, &globals, closure);
                        if i.x & 1 != 0 {
                            function.defaults.set(std::mem::take(reg!(i.c)));
                        }
                        if i.x & 2 != 0 {
                            function.keyword_defaults.set(std::mem::take(reg!(i.c + 1)));
                        }
                        if i.x & 4 != 0 {
                            function.annotations.set(std::mem::take(reg!(i.c + 2)));
                        }
                        set!(i.a, function.into_value());
                    }
                    Op::LoadBuildClass => {
                        let build = self.registry.get("__build_class__").cloned().unwrap_or(Value::NONE);
                        set!(i.a, build);
                    }
                    Op::Call | Op::CallMethod | Op::CallKeywords | Op::CallMethodKeywords => {
                        site!();
                        self.until_poll -= 1;
                        if self.until_poll < 0 {
                            save!();
                            self.poll()?;
                        }
                        let mut first = reg!(i.b) as *mut Value;
                        let mut count = i.c as usize;
                        let callee;
                        if matches!(i.op, Op::CallMethod | Op::CallMethodKeywords) {
                            callee = std::mem::take(&mut *first);
                            first = first.add(1);
                            if (*first).is_empty() {
                                first = first.add(1);
                            } else {
                                count += 1;
                            }
                        } else {
                            callee = std::mem::take(&mut *first);
                            first = first.add(1);
                        }
                        let mut names: &[Value] = &[];
                        if matches!(i.op, Op::CallKeywords | Op::CallMethodKeywords) {
                            let extra = *at.pc;
                            at.pc = at.pc.add(1);
                            if let Some(tuple) = (*constant!(extra.wide_operand())).downcast::<Tuple>() {
                                names = &tuple.items;
                            }
                        }
                        save!();
                        if let Some(function) = callee.downcast::<Function>() {
                            let code = &*function.code;
                            if code.is_simple && names.is_empty() && count == code.positional_count as usize {
                                // The arguments lie where the callee's first registers are.
                                let registers = code.register_count as usize;
                                if self.stack.frames.len() + self.native_depth < self.config.recursion_limit
                                    && self.stack.has_room(first, registers)
                                {
                                    let locals = code.local_names.len();
                                    for index in count..locals {
                                        first.add(index).write(Value::EMPTY);
                                    }
                                    let code = std::ptr::NonNull::from(code);
                                    at = Running {
                                        pc: code.as_ref().instrs.as_ptr(),
                                        base: first,
                                        code: code.as_ref(),
                                        function: &*std::ptr::from_ref(function),
                                        consts: code.as_ref().consts.as_ptr(),
                                        locals: locals as u16,
                                    };
                                    self.stack.frames.push(Frame {
                                        code,
                                        next: at.pc,
                                        base: std::ptr::NonNull::new_unchecked(first),
                                        function: callee,
                                        held: Value::EMPTY,
                                        dest: i.a,
                                        kind: FrameKind::Call,
                                        is_generator: false,
                                    });
                                    continue;
                                }
                            }
                            match self.enter(callee, Window(first), count, names, FrameKind::Call, i.a, Value::EMPTY)? {
                                Entered::Frame => reload!(),
                                Entered::Value(value) => set!(i.a, value),
                            }
                            continue;
                        }
                        if let Some(native) = callee.downcast::<Native>() {
                            let args = Args { values: std::slice::from_raw_parts(first, count), names };
                            let result = match (&native.call, native.receiver.is_empty()) {
                                (NativeCall::Function(function), true) => function(self, args),
                                _ => self.call_native(native, args),
                            };
                            for index in 0..count {
                                discard!(std::mem::take(&mut *first.add(index)));
                            }
                            let value = result?;
                            discard!(callee);
                            set!(i.a, value);
                            continue;
                        }
                        if let Some(class) = callee.to_ref::<Class>() {
                            match self.plan_of(&class) {
                                Plan::Init(init) => {
                                    let instance = self.new_instance(&class);
                                    let init = Borrowed::from_bits(init).get();
                                    // The instance goes where the callee was, in front of the arguments.
                                    let window = first.sub(1);
                                    window.write(instance.clone());
                                    drop(callee);
                                    match self.enter(
                                        init,
                                        Window(window),
                                        count + 1,
                                        names,
                                        FrameKind::Init,
                                        i.a,
                                        instance,
                                    )? {
                                        Entered::Frame => reload!(),
                                        Entered::Value(value) => set!(i.a, value),
                                    }
                                    continue;
                                }
                                Plan::Native(new, init) => {
                                    let window = first.sub(1);
                                    window.write(callee);
                                    let values = std::slice::from_raw_parts_mut(window, count + 1);
                                    let result = self.make_native(new, init, values, names);
                                    for index in 0..=count {
                                        discard!(std::mem::take(&mut *window.add(index)));
                                    }
                                    let value = result?;
                                    set!(i.a, value);
                                    continue;
                                }
                                _ => {}
                            }
                        }
                        if let Some(method) = callee.downcast::<BoundMethod>()
                            && method.function.get().is_kind::<Function>()
                        {
                            let window = first.sub(1);
                            window.write(method.receiver.get());
                            let function = method.function.get();
                            drop(callee);
                            match self.enter(
                                function,
                                Window(window),
                                count + 1,
                                names,
                                FrameKind::Call,
                                i.a,
                                Value::EMPTY,
                            )? {
                                Entered::Frame => reload!(),
                                Entered::Value(value) => set!(i.a, value),
                            }
                            continue;
                        }
                        let args = Args { values: std::slice::from_raw_parts(first, count), names };
                        let result = self.call_args(&callee, args);
                        for index in 0..count {
                            discard!(std::mem::take(&mut *first.add(index)));
                        }
                        let value = result?;
                        discard!(callee);
                        set!(i.a, value);
                    }
                    Op::CallSpread => {
                        site!();
                        check!(self.burn());
                        save!();
                        let callee = std::mem::take(reg!(i.b));
                        let args = std::mem::take(reg!(i.b + 1));
                        let keywords = if i.x == 1 { std::mem::take(reg!(i.b + 2)) } else { Value::EMPTY };
                        let value = self.call_spread(&callee, &args, &keywords)?;
                        discard!(callee);
                        discard!(args);
                        discard!(keywords);
                        set!(i.a, value);
                    }
                    Op::Return => {
                        let mut result = std::mem::take(reg!(i.a));
                        for index in 0..at.locals {
                            let register = reg!(index);
                            if (*register).is_object() {
                                drop(std::mem::take(&mut *register));
                            }
                        }
                        let Some(frame) = self.stack.frames.pop() else { return Ok(Exit::Returned(result)) };
                        if frame.kind == FrameKind::Call && !frame.is_generator {
                            let Frame { function, held, dest, .. } = frame;
                            reload!();
                            discard!(function);
                            if held.is_object() {
                                discard!(held);
                            }
                            set!(dest, result);
                            if self.heap.has_pending() {
                                self.run_pending();
                            }
                            continue;
                        }
                        let Frame { function, held, dest, kind, is_generator, .. } = frame;
                        if is_generator {
                            self.end_generator(&held);
                        }
                        drop(function);
                        match kind {
                            FrameKind::Entry | FrameKind::Call => {
                                drop(held);
                                if self.heap.has_pending() {
                                    self.run_pending();
                                }
                                return Ok(Exit::Returned(result));
                            }
                            FrameKind::Init => {
                                reload!();
                                if !result.is_none() {
                                    let name = self.type_name(&result);
                                    drop(result);
                                    return Err(self.type_error(format!("__init__() should return None, not '{name}'")));
                                }
                                set!(dest, held);
                                if self.heap.has_pending() {
                                    self.run_pending();
                                }
                            }
                            FrameKind::ForNext => {
                                reload!();
                                // `at.pc` is at the jump word behind `ForNext`.
                                let for_next = *at.pc.sub(1);
                                drop(held);
                                discard!(result);
                                discard!(std::mem::take(reg!(for_next.b)));
                                jump_if!(true);
                            }
                            FrameKind::Send => {
                                reload!();
                                let send = *at.pc.sub(1);
                                drop(held);
                                std::mem::swap(reg!(send.a), &mut result);
                                discard!(result);
                                discard!(std::mem::take(reg!(send.b)));
                                jump_if!(true);
                            }
                        }
                    }
                    Op::Raise => {
                        let value = take!(i.a);
                        let cause = if i.b == 0xffff { Value::EMPTY } else { take!(i.b) };
                        save!();
                        return Err(self.raise(&value, cause));
                    }
                    Op::RaiseAgain => {
                        if self.handled.is_empty() {
                            check!(Err(self.runtime_error("No active exception to reraise")));
                        }
                        save!();
                        return Err(Raise(self.handled.clone()));
                    }
                    Op::Reraise => {
                        let exception = take!(i.a);
                        save!();
                        return Err(Raise(exception));
                    }
                    Op::EnterHandler => {
                        let exception = (*reg!(i.a)).clone();
                        *reg!(i.a + 1) = std::mem::replace(&mut self.handled, exception);
                    }
                    Op::LeaveHandler => {
                        let before = std::mem::take(reg!(i.a + 1));
                        let handled = std::mem::replace(&mut self.handled, before);
                        drop(std::mem::take(reg!(i.a)));
                        discard!(handled);
                    }
                    Op::MatchException => {
                        save!();
                        let classes = take!(i.c);
                        let matches = self.matches_exception(reg!(i.b), &classes)?;
                        discard!(classes);
                        set!(i.a, Value::bool(matches));
                    }
                    Op::MatchExceptionGroup => {
                        save!();
                        let classes = take!(i.c);
                        let exception = (*reg!(i.b)).clone();
                        let (matched, rest) = self.split_exception(&exception, &classes)?;
                        set!(i.a, matched);
                        set!(i.a + 1, rest);
                    }
                    Op::ReraiseStar => {
                        save!();
                        let list = take!(i.b);
                        let original = (*reg!(i.c)).clone();
                        let value = self.combine_exceptions(&list, &original)?;
                        set!(i.a, value);
                    }
                    Op::WithSetup => {
                        site!();
                        save!();
                        let manager = take!(i.b);
                        let (enter, exit) = self.with_methods(&manager, i.x == 1)?;
                        set!(i.a, exit);
                        set!(i.a + 1, enter);
                        discard!(manager);
                    }
                    Op::ExceptionInfo => {
                        let exception = (*reg!(i.b)).clone();
                        let class = self.class_of(&exception).into_value();
                        let traceback = self.traceback_of(&exception);
                        *reg!(i.a) = class;
                        *reg!(i.a + 1) = exception;
                        *reg!(i.a + 2) = traceback;
                    }
                    Op::LoadAssertionError => {
                        let class = self.classes.assertion_error.to_value();
                        set!(i.a, class);
                    }
                    Op::Import => {
                        let extra = *at.pc;
                        at.pc = at.pc.add(1);
                        save!();
                        let wanted = (*constant!(extra.wide_operand())).clone();
                        let module = self.import(name!(i.b), u32::from(extra.a), &wanted)?;
                        set!(i.a, module);
                    }
                    Op::ImportFrom => {
                        save!();
                        let module = (*reg!(i.b)).clone();
                        let value = self.import_from(&module, name!(i.c))?;
                        set!(i.a, value);
                    }
                    Op::ImportStar => {
                        save!();
                        let module = take!(i.a);
                        self.import_star(&module)?;
                    }
                    Op::Yield => {
                        let value = take!(i.b);
                        save!();
                        let Some(frame) = self.suspend_generator(i.a) else { return Ok(Exit::Yielded(value)) };
                        let Frame { function, held, dest, kind, .. } = frame;
                        drop(function);
                        match kind {
                            // Either goes on behind its jump word.
                            FrameKind::ForNext | FrameKind::Send => {
                                reload!();
                                drop(held);
                                set!(dest, value);
                                at.pc = at.pc.add(1);
                            }
                            _ => {
                                drop(held);
                                return Ok(Exit::Yielded(value));
                            }
                        }
                    }
                    Op::Send => {
                        save!();
                        let iterator: *mut Value = reg!(i.b);
                        let value = std::mem::take(reg!(i.a));
                        if let Some(generator) = (*iterator).to_ref::<Generator>()
                            && (generator.state.get() == GeneratorState::Suspended
                                || generator.state.get() == GeneratorState::Created && value.is_none())
                        {
                            self.push_generator(&generator, FrameKind::Send, i.a, value)?;
                            drop(generator);
                            reload!();
                            continue;
                        }
                        match self.send_to(&(*iterator).clone(), value)? {
                            Exit::Yielded(value) => {
                                set!(i.a, value);
                                at.pc = at.pc.add(1);
                            }
                            Exit::Returned(value) => {
                                set!(i.a, value);
                                discard!(std::mem::take(&mut *iterator));
                                jump_if!(true);
                            }
                        }
                    }
                    Op::GetYieldFromIter => {
                        save!();
                        let value = take!(i.b);
                        let is_coroutine = value
                            .downcast::<Generator>()
                            .is_some_and(|generator| generator.kind == GeneratorKind::Coroutine);
                        let iterator = if is_coroutine {
                            if !at.code.is_coroutine {
                                return Err(self.type_error(
                                    "cannot 'yield from' a coroutine object in a non-coroutine generator",
                                ));
                            }
                            value
                        } else {
                            self.iter(&value)?
                        };
                        set!(i.a, iterator);
                    }
                    Op::GetAwaitable => {
                        save!();
                        let value = take!(i.b);
                        let iterator = self.awaitable(&value, i.x)?;
                        set!(i.a, iterator);
                    }
                    Op::GetAIter => {
                        save!();
                        let value = take!(i.b);
                        let iterator = self.async_iter(&value)?;
                        set!(i.a, iterator);
                    }
                    Op::GetANext => {
                        save!();
                        let iterator = (*reg!(i.b)).clone();
                        let awaitable = self.async_next(&iterator)?;
                        set!(i.a, awaitable);
                    }
                    Op::EndAsyncFor => {
                        let exception = std::mem::take(reg!(i.a));
                        if self.is_instance(&exception, &self.classes.stop_async_iteration) {
                            discard!(exception);
                            discard!(std::mem::take(reg!(i.b)));
                            jump_if!(true);
                        } else {
                            save!();
                            return Err(Raise(exception));
                        }
                    }
                    Op::MatchSequence | Op::MatchMapping => {
                        let subject = (*reg!(i.a)).clone();
                        let matches = if i.op == Op::MatchSequence {
                            self.is_pattern_sequence(&subject)
                        } else {
                            self.is_pattern_mapping(&subject)
                        };
                        jump_if!(!matches);
                    }
                    Op::GetLen => {
                        save!();
                        let subject = (*reg!(i.b)).clone();
                        let len = self.len(&subject)?;
                        set!(i.a, Value::from_shifted((len as i64) << 16));
                    }
                    Op::MatchKeys => {
                        save!();
                        let (subject, keys) = ((*reg!(i.b)).clone(), (*reg!(i.c)).clone());
                        let values = self.match_keys(&subject, &keys)?;
                        set!(i.a, values);
                    }
                    Op::MatchClass => {
                        let extra = *at.pc;
                        at.pc = at.pc.add(1);
                        save!();
                        let subject = (*reg!(i.b)).clone();
                        let class = take!(i.c);
                        let names = (*constant!(extra.wide_operand())).clone();
                        let values = self.match_class(&subject, &class, extra.a as usize, &names)?;
                        set!(i.a, values);
                    }
                    Op::MatchRest => {
                        save!();
                        let subject = (*reg!(i.b)).clone();
                        let keys = take!(i.c);
                        let rest = self.match_rest(&subject, &keys)?;
                        set!(i.a, rest);
                    }
                    Op::TupleItem => {
                        let value =
                            (*reg!(i.b)).downcast::<Tuple>().and_then(|tuple| tuple.items.get(i.c as usize).cloned());
                        set!(i.a, value.unwrap_or(Value::NONE));
                    }
                    Op::SetupAnnotations => {
                        save!();
                        self.setup_annotations()?;
                    }
                }
            }
        }
    }

    // ---- what the loop's quick paths leave out ----

    /// Starts a script's method for a binary operator, if that is all that the operator means here.
    fn enter_binary(&mut self, op: BinaryOp, left: &Value, right: &Value, dest: u16, in_place: bool) -> Result<bool> {
        if in_place || !left.is_kind::<Instance>() {
            return Ok(false);
        }
        let (forward, _, _) = op.specials();
        let Some(method) = self.special(left, forward) else { return Ok(false) };
        let Some(function) = method.downcast::<Function>() else { return Ok(false) };
        let code = &function.code;
        if !code.is_simple || code.positional_count != 2 {
            return Ok(false);
        }
        // A right operand of a subclass may go first, and a method that declines needs the other side asked.
        if right.is_kind::<Instance>() && !self.class_of(left).is(&self.class_of(right)) {
            return Ok(false);
        }
        let declines = self.special_declines(code);
        if declines {
            return Ok(false);
        }
        let window = Window(self.stack.top());
        if !self.stack.has_room(window.0, 2) {
            return Ok(false);
        }
        window.put(0, left.clone());
        window.put(1, right.clone());
        self.enter(method.clone(), window, 2, &[], FrameKind::Call, dest, Value::EMPTY).map(|_| true)
    }

    /// Whether a method's code mentions `NotImplemented`.
    fn special_declines(&mut self, code: &Code) -> bool {
        let name = self.intern("NotImplemented");
        code.names.iter().any(|other| other.is(&name))
    }

    fn compare_truth(&mut self, op: CompareOp, left: &Value, right: &Value) -> Result<bool> {
        if let (CompareOp::Eq | CompareOp::Ne, Some(left), Some(right)) =
            (op, left.downcast::<Str>(), right.downcast::<Str>())
        {
            return Ok((std::ptr::eq(left, right) || *left.text == *right.text) == (op == CompareOp::Eq));
        }
        let result = self.compare(op, left, right)?;
        self.truth(&result)
    }

    #[cold]
    fn slots_grew(&mut self, object: &Value, grown: usize) {
        if let Some(instance) = object.to_ref::<Instance>() {
            self.heap.resized(instance.header(), grown as isize);
            let class = self.class_of(object);
            class.slot_hint.set(instance.slots.len().min(40) as u8);
        }
    }

    #[inline(never)]
    fn load_global(&mut self, globals: &Ref<Dict>, cache: &Cache) -> Result<Value> {
        let hash = self.hash_str(&cache.name);
        let position = globals.table.borrow().find_str(hash, &cache.name);
        if let Some(position) = position {
            cache.shape.set(self.keys_version(globals));
            cache.kind.set(CacheKind::Global);
            cache.slot.set(position as u32);
            return Ok(globals.table.borrow().value(position).clone());
        }
        let builtins = self.builtins.clone();
        let position = builtins.table.borrow().find_str(hash, &cache.name);
        match position {
            Some(position) => {
                cache.shape.set(self.keys_version(globals));
                cache.epoch.set(self.keys_version(&builtins));
                cache.kind.set(CacheKind::Builtin);
                cache.slot.set(position as u32);
                Ok(builtins.table.borrow().value(position).clone())
            }
            None => Err(self.undefined_name(&cache.name)),
        }
    }

    #[inline(never)]
    fn load_attr(&mut self, object: &Value, cache: &Cache) -> Result<Value> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            match self.find_cacheable(&instance, &class, &cache.name) {
                Some(Found::Slot(slot)) => {
                    note(cache, CacheKind::Slot, instance.shape.get(), self.epoch, slot as u32, 0);
                    return Ok(instance.slots.get(slot));
                }
                Some(Found::Value(value)) => {
                    note(cache, CacheKind::ClassValue, instance.shape.get(), self.epoch, 0, value.bits());
                    return Ok(value);
                }
                Some(Found::Method(method)) => return self.bind(&method, object, &class),
                None => {}
            }
        } else if let Some(module) = object.downcast::<Module>() {
            let dict = module.dict.clone();
            let hash = self.hash_str(&cache.name);
            let position = dict.table.borrow().find_str(hash, &cache.name);
            if let Some(position) = position {
                note(cache, CacheKind::Global, self.keys_version(&dict), 0, position as u32, 0);
                return Ok(dict.table.borrow().value(position).clone());
            }
        }
        self.get_attr(object, &cache.name)
    }

    #[inline(never)]
    fn load_method(&mut self, object: &Value, cache: &Cache) -> Result<(Value, bool)> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            match self.find_cacheable(&instance, &class, &cache.name) {
                Some(Found::Method(method)) => {
                    note(cache, CacheKind::Method, instance.shape.get(), self.epoch, 0, method.bits());
                    return Ok((method, true));
                }
                Some(Found::Slot(slot)) => return Ok((instance.slots.get(slot), false)),
                Some(Found::Value(value)) => return Ok((value, false)),
                None => {}
            }
            // Instances whose attributes are in a dict.
            if !class.flags.get().has_getattribute
                && let Some(found) = self.lookup(&class, &cache.name)
                && found.is_kind::<Function>()
                && self.instance_load(&instance, &class, &cache.name).is_none()
            {
                return Ok((found, true));
            }
        } else if let Some(header) = object.header() {
            let kind = header.kind();
            let by_kind = [
                Str::KIND,
                BigInt::KIND,
                Bytes::KIND,
                ByteArray::KIND,
                List::KIND,
                Tuple::KIND,
                Dict::KIND,
                Range::KIND,
            ];
            if by_kind.contains(&kind) {
                let class = self.class_of(object);
                if let Some(found) = self.lookup(&class, &cache.name)
                    && found
                        .downcast::<Native>()
                        .is_some_and(|native| native.binds && native.owner != super::attributes::GETTER)
                {
                    note(cache, CacheKind::KindMethod, u32::from(kind.0), 0, 0, found.bits());
                    return Ok((found, true));
                }
            } else if !object.is_kind::<Class>() && !object.is_kind::<Module>() && !object.is_kind::<Super>() {
                let class = self.class_of(object);
                if let Some(found) = self.lookup(&class, &cache.name)
                    && found
                        .downcast::<Native>()
                        .is_some_and(|native| native.binds && native.owner != super::attributes::GETTER)
                    && !object.is_kind::<Function>()
                    && !object.downcast::<NativeObject>().is_some_and(|native| !native.attributes.is_empty())
                {
                    return Ok((found, true));
                }
            }
        }
        Ok((self.load_attr(object, cache)?, false))
    }

    fn load_super(&mut self, class: &Value, receiver: &Value, name: &Value, as_method: bool) -> Result<(Value, bool)> {
        let Some(class) = class.to_ref::<Class>() else {
            return Err(self.runtime_error("super(): empty __class__ cell"));
        };
        let own = match receiver.to_ref::<Class>() {
            Some(given) if given.is_subclass_of(&class) => given,
            _ => self.class_of(receiver),
        };
        if !own.is_subclass_of(&class) {
            return Err(self.type_error("super(type, obj): obj must be an instance or subtype of type"));
        }
        if as_method
            && !receiver.is_kind::<Class>()
            && let Some(found) = self.lookup_behind(&class, &own, name)
            && (found.is_kind::<Function>()
                || found
                    .downcast::<Native>()
                    .is_some_and(|native| native.binds && native.owner != super::attributes::GETTER))
        {
            return Ok((found, true));
        }
        let super_class = self.classes.super_.clone();
        let object = self.object(&super_class, Super { class, start: own, receiver: ValueCell::new(receiver.clone()) });
        Ok((self.get_attr(&object.into_value(), name)?, false))
    }

    #[inline(never)]
    fn store_attr(&mut self, object: &Value, value: Value, cache: &Cache) -> Result<()> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            let before = instance.shape.get();
            let on_class = self.lookup(&class, &cache.name);
            let plain = match &on_class {
                None => !class.flags.get().no_dict,
                Some(found) if found.is_kind::<SlotMember>() => {
                    !cache.name.is(self.special_name(Special::Dict))
                        && !cache.name.is(self.special_name(Special::WeakRef))
                }
                Some(found) => !class.flags.get().no_dict && !self.is_data_descriptor(found),
            };
            if before != 0
                && plain
                && !class.flags.get().has_setattr
                && !cache.name.is(self.special_name(Special::Class))
            {
                let slot = class.shapes.borrow().slot_of(before, &cache.name);
                self.instance_store(object, &cache.name, value);
                match slot {
                    Some(slot) => note(cache, CacheKind::Slot, before, self.epoch, slot as u32, 0),
                    None => note(cache, CacheKind::AddSlot, before, self.epoch, instance.shape.get(), 0),
                }
                return Ok(());
            }
        }
        self.set_attr(object, &cache.name, value)
    }

    /// A local that is not bound; to an inlined comprehension (`x` = 1) it is a free variable.
    #[cold]
    fn unbound(&self, code: &Code, index: u16, x: u8) -> Raise {
        if x == 0 {
            return self.unbound_local(code, index);
        }
        self.name_error(format!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            super::text(&code.local_names[index as usize])
        ))
    }

    #[cold]
    fn unbound_local(&self, code: &Code, index: u16) -> Raise {
        self.unbound_local_error(format!(
            "cannot access local variable '{}' where it is not associated with a value",
            super::text(&code.local_names[index as usize])
        ))
    }

    #[cold]
    fn unbound_free(&self, code: &Code, index: u16) -> Raise {
        self.name_error(format!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            super::text(&code.free_names[index as usize])
        ))
    }

    #[cold]
    pub(super) fn undefined_name(&mut self, name: &Value) -> Raise {
        let raised = self.name_error(format!("name '{}' is not defined", super::text(name)));
        let attribute = self.intern("name");
        self.instance_store(&raised.0, &attribute, name.clone());
        raised
    }
}

fn note(cache: &Cache, kind: CacheKind, shape: u32, epoch: u32, slot: u32, value_bits: u64) {
    cache.kind.set(kind);
    cache.shape.set(shape);
    cache.epoch.set(epoch);
    cache.slot.set(slot);
    cache.value_bits.set(value_bits);
}

#[inline(always)]
fn floor_div(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let quotient = a / b;
    Value::small_int(if (a % b != 0) && ((a < 0) != (b < 0)) { quotient - 1 } else { quotient })
}

#[inline(always)]
fn floor_mod(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let rest = a % b;
    Value::small_int(if rest != 0 && ((rest < 0) != (b < 0)) { rest + b } else { rest })
}

#[inline(always)]
fn quick_shift(left_shift: bool, right_shift: bool, a: &Value, b: &Value) -> Option<Value> {
    let (a, b) = (a.as_small_int()?, b.as_small_int()?);
    if right_shift && b >= 0 {
        return Value::small_int(a >> b.min(63));
    }
    if left_shift && (0..16).contains(&b) && a.unsigned_abs() < 1 << 31 {
        return Value::small_int(a << b);
    }
    None
}

/// An int and a float, for the four operations that need no check.
#[inline(always)]
fn quick_float(op: BinaryOp, a: &Value, b: &Value) -> Option<Value> {
    let number = |value: &Value| value.as_float().or_else(|| value.as_small_int().map(|int| int as f64));
    if !(a.is_float() || b.is_float()) {
        return None;
    }
    let (a, b) = (number(a)?, number(b)?);
    Some(Value::float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if b != 0.0 => a / b,
        _ => return None,
    }))
}
