//! What the handlers of instructions share: the state of the frame on top, the operand rules, and how one handler goes on to
//! the next.
//!
//! Knows no instruction. Each function whose name ends in `next` ends an instruction.

use std::hint::cold_path;

use linger_heap::Value;

use super::{End, Handler, elsewhere};
use crate::bytecode::Instr;
use crate::objects::{Cache, Code, Function, Instance};
use crate::vm::{Raise, Result, Vm};

/// The frame on top of the stack, as the instruction at `pc` sees it. Handlers hand it on in registers of the processor.
pub(super) struct State<'vm> {
    pub vm: &'vm mut Vm,
    /// The instruction.
    pub pc: *const Instr,
    /// The frame's registers.
    pub base: *mut Value,
    pub code: *const Code,
    pub function: *const Function,
}

// SAFETY (of all functions below): see the head of the folder.
impl<'vm> State<'vm> {
    /// The frame on top of the stack, at the instruction before the one that it goes on with.
    #[inline(always)]
    pub unsafe fn on_top(vm: &'vm mut Vm) -> State<'vm> {
        // SAFETY: see above.
        unsafe {
            let frame = vm.stack.frames.top();
            State {
                vm,
                pc: (*frame).next.wrapping_sub(1),
                base: (*frame).base.as_ptr(),
                code: (*frame).code.as_ptr(),
                function: (*frame).function.as_ptr(),
            }
        }
    }

    // ---- operands ----

    #[inline(always)]
    pub fn a(&self) -> u16 {
        // SAFETY: see above.
        unsafe { (*self.pc).a }
    }

    #[inline(always)]
    pub fn b(&self) -> u16 {
        // SAFETY: see above.
        unsafe { (*self.pc).b }
    }

    #[inline(always)]
    pub fn c(&self) -> u16 {
        // SAFETY: see above.
        unsafe { (*self.pc).c }
    }

    #[inline(always)]
    pub fn x(&self) -> u8 {
        // SAFETY: see above.
        unsafe { (*self.pc).x }
    }

    #[inline(always)]
    pub fn instr(&self) -> Instr {
        // SAFETY: see above.
        unsafe { *self.pc }
    }

    /// The address of a register.
    #[inline(always)]
    pub fn reg(&self, index: u16) -> *mut Value {
        // SAFETY: see above.
        unsafe { self.base.add(index.into()) }
    }

    #[inline(always)]
    pub unsafe fn constant(&self, index: u32) -> *const Value {
        // SAFETY: see above.
        unsafe { (&raw const *(*self.code).consts).cast::<Value>().add(index as usize) }
    }

    #[inline(always)]
    pub unsafe fn cache(&self, index: u16) -> &'vm Cache {
        // SAFETY: see above.
        unsafe { &*(&raw const *(*self.code).caches).cast::<Cache>().add(index.into()) }
    }

    /// Whether what `cache` notes of a shape holds of an instance.
    #[inline(always)]
    pub fn is_known(&self, cache: &Cache, instance: &Instance) -> bool {
        cache.key.get() == u64::from(instance.shape.get()) | self.vm.epoch_key
    }

    /// How many registers are locals: the first ones.
    #[inline(always)]
    pub fn locals(&self) -> u16 {
        // SAFETY: see above.
        unsafe { (*self.code).local_count }
    }

    #[inline(always)]
    pub fn is_local(&self, index: u16) -> bool {
        index < self.locals()
    }

    /// The value of an operand, to be kept.
    #[inline(always)]
    pub unsafe fn take(&self, index: u16) -> Value {
        // SAFETY: see above.
        unsafe { if self.is_local(index) { (*self.reg(index)).clone() } else { self.consume(index) } }
    }

    /// The value of a temporary.
    #[inline(always)]
    pub unsafe fn consume(&self, index: u16) -> Value {
        // SAFETY: see above.
        unsafe { std::mem::take(&mut *self.reg(index)) }
    }

    /// Ends the reading of an operand, if that takes no more than counting down; else it stays, and the answer is no.
    #[inline(always)]
    pub unsafe fn done(&self, index: u16) -> bool {
        if self.is_local(index) {
            return true;
        }
        // SAFETY: see above. The temporary is empty while the value is looked at.
        unsafe {
            let Some(last) = self.consume(index).drop_quickly() else { return true };
            self.reg(index).write(last);
        }
        false
    }

    /// Writes a temporary, which holds no object.
    #[inline(always)]
    pub unsafe fn put(&self, index: u16, value: Value) {
        // SAFETY: see above.
        unsafe {
            let place = self.reg(index);
            debug_assert!(!self.is_local(index) && !(*place).is_object());
            place.write(value);
        }
    }

    // ---- going on ----

    /// Tells the frame that it is at this instruction.
    #[inline(always)]
    pub unsafe fn save(&mut self) {
        // SAFETY: see above.
        unsafe { (*self.vm.stack.frames.top()).next = self.pc.add(1) }
    }

    /// Has `handler` go on with the same instruction.
    #[inline(always)]
    pub unsafe fn hand_to(self, handler: Handler) -> End {
        // SAFETY: see above.
        unsafe { handler(self.vm, self.pc, self.base, self.code, self.function) }
    }

    /// Carries out the instruction behind this one, and those that follow it as far as they are threaded.
    #[inline(always)]
    pub unsafe fn enter(mut self) -> End {
        self.pc = self.pc.wrapping_add(1);
        // SAFETY: see above.
        unsafe {
            let handler = self.vm.handlers[(*self.pc).op as usize];
            self.hand_to(handler)
        }
    }

    /// Goes on with the instruction behind this one.
    #[inline(always)]
    pub unsafe fn next(mut self) -> End {
        // SAFETY: see above.
        unsafe {
            if cfg!(threaded) {
                self.enter()
            } else {
                self.save();
                End::Resting
            }
        }
    }

    /// Goes on where the frame on top says, once an instruction was carried out elsewhere.
    #[inline(always)]
    pub unsafe fn resume(vm: &mut Vm) -> End {
        State::rest(vm);
        // SAFETY: see above.
        unsafe { State::on_top(vm).next() }
    }

    /// As [`State::resume`], by a handler that is called and not jumped to.
    #[inline(always)]
    pub fn rest(vm: &mut Vm) -> End {
        if vm.pending.get() {
            cold_path();
            vm.run_pending();
        }
        End::Resting
    }

    /// Goes on where the instruction's jump leads.
    #[inline(always)]
    pub unsafe fn jump_next(mut self) -> End {
        // SAFETY: see above.
        unsafe {
            self.pc = self.pc.offset((*self.pc).offset() as isize);
            self.next()
        }
    }

    /// The state at the jump word behind the instruction, or where that leads.
    #[inline(always)]
    pub unsafe fn behind_word(mut self, taken: bool) -> State<'vm> {
        // SAFETY: see above.
        unsafe {
            self.pc = self.pc.add(1);
            if taken {
                self.pc = self.pc.offset((*self.pc).offset() as isize);
            }
        }
        self
    }

    /// The instruction that follows the jump word behind this one, or where that leads.
    #[inline(always)]
    pub unsafe fn behind_word_instr(&self, taken: bool) -> Instr {
        // SAFETY: see above; no unit of code ends with a jump word.
        unsafe {
            let word = self.pc.add(1);
            *word.offset(1 + if taken { (*word).offset() as isize } else { 0 })
        }
    }

    /// Drops `old` and goes on.
    #[inline(always)]
    pub unsafe fn drop_next(self, old: Value) -> End {
        // SAFETY: see above.
        unsafe {
            if let Some(last) = old.drop_quickly() {
                cold_path();
                self.vm.lay_aside(last);
                return self.hand_to(elsewhere::drop_one_aside);
            }
            self.next()
        }
    }

    /// Writes a temporary, which holds no object, and goes on.
    #[inline(always)]
    pub unsafe fn put_next(self, index: u16, value: Value) -> End {
        // SAFETY: see above.
        unsafe {
            self.put(index, value);
            self.next()
        }
    }

    /// Writes a register and goes on.
    #[inline(always)]
    pub unsafe fn set_next(self, index: u16, value: Value) -> End {
        // SAFETY: see above.
        unsafe {
            if self.is_local(index) {
                let old = std::mem::replace(&mut *self.reg(index), value);
                return self.drop_next(old);
            }
            self.put_next(index, value)
        }
    }

    /// Writes two registers that follow each other and goes on.
    #[inline(always)]
    pub unsafe fn set_pair_next(self, index: u16, first: Value, second: Value) -> End {
        // SAFETY: see above.
        unsafe {
            let place = self.reg(index);
            let one = std::mem::replace(&mut *place, first).drop_quickly();
            let other = std::mem::replace(&mut *place.add(1), second).drop_quickly();
            let is_over = one.is_none() && other.is_none();
            // Laid aside in any case, so that nothing is left to be dropped here.
            self.vm.lay_aside(one.unwrap_or_default());
            self.vm.lay_aside_at::<1>(other.unwrap_or_default());
            if is_over {
                return self.next();
            }
            cold_path();
            self.hand_to(elsewhere::drop_aside)
        }
    }

    /// The same for the result of arithmetic, which seldom replaces an object.
    #[inline(always)]
    pub unsafe fn set_number_next(self, index: u16, value: Value) -> End {
        // SAFETY: see above.
        unsafe {
            let place = self.reg(index);
            if (*place).is_object() {
                cold_path();
                let old = std::mem::replace(&mut *place, value);
                return self.drop_next(old);
            }
            place.write(value);
            self.next()
        }
    }

    /// Writes a register, drops `last`, which may be the last reference to its object, and goes on.
    #[inline(always)]
    pub unsafe fn set_and_drop_next(self, index: u16, value: Value, last: Value) -> End {
        cold_path();
        // SAFETY: see above.
        unsafe {
            let old = std::mem::replace(&mut *self.reg(index), value);
            self.vm.lay_aside(last);
            self.vm.lay_aside_at::<1>(old);
            self.hand_to(elsewhere::drop_aside)
        }
    }

    /// Writes a register, ends the reading of the operand that the value was found in, and goes on.
    #[inline(always)]
    pub unsafe fn set_and_done_next(self, index: u16, value: Value, operand: u16) -> End {
        // SAFETY: see above.
        unsafe {
            if self.done(operand) {
                return self.set_next(index, value);
            }
            // The object goes with this, and the value must outlive it.
            let last = self.consume(operand);
            self.set_and_drop_next(index, value, last)
        }
    }

    /// Has a method of the machine carry out the instruction, and goes on.
    #[inline(always)]
    pub unsafe fn elsewhere(mut self, method: impl FnOnce(&mut Vm, Instr) -> Result<()>) -> End {
        // SAFETY: see above.
        unsafe {
            self.save();
            match method(self.vm, *self.pc) {
                Ok(()) => State::resume(self.vm),
                Err(raised) => State::raise(self.vm, raised),
            }
        }
    }

    /// Ends the run with an exception.
    #[inline(always)]
    pub fn raise(vm: &mut Vm, raised: Raise) -> End {
        cold_path();
        vm.lay_aside(raised.0);
        End::Raised
    }
}
