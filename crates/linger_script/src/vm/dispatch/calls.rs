//! Handlers of calls of scripts' functions and of returns from them.

use std::ptr::NonNull;

use linger_heap::Value;

use super::state::State;
use super::{End, elsewhere, handlers, natives};
use crate::bytecode::Instr;
use crate::objects::*;
use crate::vm::operators::BinaryOp;
use crate::vm::stack::{Frame, FrameKind};

handlers! {
    call(state) {
        let callee = state.reg(state.b());
        let count = state.c().into();
        state.start(callee, callee.add(1), count)
    }

    call_method(state) {
        // Without a receiver, the arguments start one register later.
        let callee = state.reg(state.b());
        let lone = (*callee.add(1)).is_empty() as usize;
        let count = usize::from(state.c()) + 1 - lone;
        state.start(callee, callee.add(1 + lone), count)
    }

    /// An operator that a script defines for its instances, where it is all that the operator means: the right operand has no say.
    operator(state) {
        let left = state.reg(state.b());
        let Some(instance) = (*left).downcast::<Instance>() else { return state.hand_to(elsewhere::binary) };
        let op = (*state.pc).op;
        let (operator, right): (BinaryOp, *const Value) = match BinaryOp::of_constant(op) {
            Some(operator) => (operator, state.constant(state.c().into())),
            None => (BinaryOp::of(op.general()), state.reg(state.c())),
        };
        let (special, _, in_place) = operator.specials();
        let uid = instance.class.with(|class| class.downcast::<Class>().map_or(0, |class| class.uid));
        // A right operand of a subclass may go first.
        let is_alone = match (*right).downcast::<Instance>() {
            Some(right) => instance.class.with(|own| right.class.with(|class| class.is(own))),
            None => true,
        };
        let vm = &*state.vm;
        let is_plain = state.x() == 0 || vm.class_cache.is_missing(uid, vm.special_name(in_place), vm.epoch);
        if is_alone
            && is_plain
            && let Some(method) = vm.class_cache.function(uid, vm.special_name(special), vm.epoch)
        {
            let called = method.function();
            let code: *const Code = &raw const **(&(*called).code);
            let first = (*vm.stack.frames.top()).end;
            // What is said if both decline differs for an assignment.
            if (*code).simple_count == 2
                && !((*code).declines && state.x() != 0)
                && vm.until_poll > 0
                && vm.stack.has_room(first)
                && vm.may_go_deeper()
            {
                state.vm.until_poll -= 1;
                state.save();
                let (b, c) = (state.b(), state.c());
                let is_constant = !std::ptr::eq(right, state.reg(c));
                if !(*code).declines {
                    first.write(state.take(b));
                    first.add(1).write(if is_constant { (*right).clone() } else { state.take(c) });
                    return state.push(method.get(), called, first, 2, FrameKind::Call);
                }
                // The other operand is asked if it declines, so both stay.
                first.write((*left).clone());
                first.add(1).write((*right).clone());
                let all_stay = state.is_local(b) && (is_constant || state.is_local(c));
                let kind = if all_stay { FrameKind::Operator } else { FrameKind::OperatorOfTemporaries };
                return state.push(method.get(), called, first, 2, kind);
            }
        }
        state.hand_to(elsewhere::binary)
    }

    return_(state) {
        let (frame, a) = (state.vm.stack.frames.top(), state.a());
        // One comparison each: a `match` would take the kind apart first. Told apart at run time, both ways out share their end: with
        // literals there would be two, of more instructions each.
        let is_constructor = (*frame).kind == FrameKind::Init;
        if (*frame).kind == FrameKind::Call {
            let result = state.consume(a);
            return state.leave(result, is_constructor, false);
        }
        if is_constructor && (*state.reg(a)).is_none() {
            // A constructor returns nothing, and the new instance is the result.
            let result = std::mem::take(&mut (*frame).held);
            return state.leave(result, is_constructor, false);
        }
        state.hand_to(return_of_operator)
    }

    /// `Return` of an operator's method, if that is what the frame runs.
    return_of_operator(state) {
        let (kind, a) = ((*state.vm.stack.frames.top()).kind, state.a());
        let has_temporaries = kind == FrameKind::OperatorOfTemporaries;
        if (!has_temporaries && kind != FrameKind::Operator) || (*state.reg(a)).is(&Value::NOT_IMPLEMENTED) {
            return state.hand_to(elsewhere::return_);
        }
        let result = state.consume(a);
        state.leave(result, false, has_temporaries)
    }
}

impl State<'_> {
    /// Starts a function whose arguments lie from `first` on, where its first registers are.
    #[inline(always)]
    unsafe fn start(mut self, callee: *mut Value, first: *mut Value, count: usize) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            let Some(called) = (*callee).downcast::<Function>() else { return self.hand_to(natives::call_native) };
            let code: *const Code = &raw const *called.code;
            self.vm.until_poll -= 1;
            if (*code).simple_count as usize != count
                || self.vm.until_poll < 0
                || !self.vm.stack.has_room(first)
                || !self.vm.may_go_deeper()
            {
                return self.hand_to(elsewhere::call);
            }
            self.save();
            let keeper = std::mem::take(&mut *callee);
            self.push(keeper, called, first, count, FrameKind::Call)
        }
    }

    /// Leaves the frame with its result, of a constructor or an operator with temporaries or neither.
    #[inline(always)]
    unsafe fn leave(mut self, result: Value, is_constructor: bool, has_temporaries: bool) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            let (frame, a) = (self.vm.stack.frames.top(), self.a());
            // Where something is in the way, the state is taken from the frame anew: to keep all of it would need more registers
            // than there are.
            self.save();
            let mut register = self.base;
            let end = register.add(self.locals().into());
            while register < end {
                if (*register).is_object()
                    && let Some(last) = std::mem::take(&mut *register).drop_quickly()
                {
                    // All is put back where it was: what was dropped already is empty.
                    register.write(last);
                    if is_constructor {
                        (&raw mut (*frame).held).write(result);
                    } else {
                        self.reg(a).write(result);
                    }
                    return State::on_top(self.vm).hand_to(elsewhere::return_);
                }
                register = register.add(1);
            }
            // What it held is the result, or was nothing.
            let left = self.vm.stack.frames.leave();
            let (ended, dest) = ((&raw const (*left).keeper).read(), (*left).dest);
            let state = State::on_top(self.vm);
            if let Some(last) = ended.drop_quickly() {
                return state.set_and_drop_next(dest, result, last);
            }
            if has_temporaries {
                return state.end_operands_next(dest, result);
            }
            state.set_next(dest, result)
        }
    }

    /// Drops the operands that a method was given as well, of which one is a temporary, and writes the method's result.
    #[inline(always)]
    unsafe fn end_operands_next(self, dest: u16, result: Value) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            let (b, c) = (self.b(), self.c());
            let is_constant = BinaryOp::of_constant((*self.pc).op).is_some();
            if !self.done(b) {
                let left = self.consume(b);
                self.vm.lay_aside(left);
            }
            if !is_constant && !self.done(c) {
                let right = self.consume(c);
                self.vm.lay_aside_at::<1>(right);
            }
            let old = if self.is_local(dest) {
                std::mem::replace(&mut *self.reg(dest), result)
            } else {
                self.put(dest, result);
                Value::EMPTY
            };
            if !self.vm.aside[0].is_empty() || !self.vm.aside[1].is_empty() {
                self.vm.lay_aside_at::<2>(old);
                return self.hand_to(elsewhere::drop_aside);
            }
            self.drop_next(old)
        }
    }

    /// Goes on in a frame of a function, whose first `count` registers are filled. It has been asked whether there is room, and the
    /// caller's frame knows where it is.
    #[inline(always)]
    unsafe fn push(
        self,
        keeper: Value,
        called: *const Function,
        first: *mut Value,
        count: usize,
        kind: FrameKind,
    ) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            let code: *const Code = &raw const **(&(*called).code);
            let dest = self.a();
            let pc = (&raw const *(*code).instrs).cast::<Instr>().wrapping_sub(1);
            let mut empty = first.add(count);
            let end = first.add((*code).local_count.into());
            while empty < end {
                // Volatile, or this becomes a call for what is seldom more than a few registers.
                empty.write_volatile(Value::EMPTY);
                empty = empty.add(1);
            }
            self.vm.stack.frames.push(Frame {
                keeper,
                held: Value::EMPTY,
                function: NonNull::from(&*called),
                code: NonNull::from(&*code),
                base: NonNull::new_unchecked(first),
                end: first.add((*code).register_count.into()),
                next: pc,
                dest,
                kind,
                is_generator: false,
            });
            State { vm: self.vm, pc, base: first, code, function: called }.next()
        }
    }
}
