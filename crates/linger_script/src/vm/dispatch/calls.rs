//! Handlers of calls of scripts' functions and of returns from them.

use std::ptr::NonNull;

use linger_heap::{Object, Value};

use super::state::State;
use super::{End, elsewhere, handlers};
use crate::bytecode::Instr;
use crate::objects::*;
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

    /// A call of what is no function of a script.
    call_other(state) {
        match (*state.reg(state.b())).header().map(linger_heap::Header::kind) {
            Some(<Native as Object>::KIND) => state.hand_to(elsewhere::call_native),
            Some(<Class as Object>::KIND) => state.hand_to(elsewhere::call_class),
            _ => state.hand_to(elsewhere::call),
        }
    }

    return_(state) {
        let frame = state.vm.stack.frames.top();
        let a = state.a();
        // One comparison each: a `match` would take the kind apart first.
        let is_constructor = (*frame).kind == FrameKind::Init;
        let answers = (*frame).kind == FrameKind::Operator && !(*state.reg(a)).is(&Value::NOT_IMPLEMENTED);
        let result = if (*frame).kind == FrameKind::Call || answers {
            state.consume(a)
        } else if is_constructor && (*state.reg(a)).is_none() {
            // A constructor returns nothing, and the new instance is the result.
            std::mem::take(&mut (*frame).held)
        } else {
            return state.hand_to(elsewhere::return_);
        };
        // Where something is in the way, the state is taken from the frame anew: to keep all of it would need more registers than
        // there are.
        state.save();
        let mut register = state.base;
        let end = register.add(state.locals().into());
        while register < end {
            if (*register).is_object()
                && let Some(last) = std::mem::take(&mut *register).drop_quickly()
            {
                // All is put back where it was: what was dropped already is empty.
                register.write(last);
                if is_constructor {
                    (&raw mut (*frame).held).write(result);
                } else {
                    state.reg(a).write(result);
                }
                return State::on_top(state.vm).hand_to(elsewhere::return_);
            }
            register = register.add(1);
        }
        // What it held is the result, or was nothing.
        let left = state.vm.stack.frames.leave();
        let (ended, dest) = ((&raw const (*left).keeper).read(), (*left).dest);
        let state = State::on_top(state.vm);
        if let Some(last) = ended.drop_quickly() {
            return state.set_and_drop_next(dest, result, last);
        }
        state.set_next(dest, result)
    }
}

impl State<'_> {
    /// Starts a function whose arguments lie from `first` on, where its first registers are.
    #[inline(always)]
    unsafe fn start(mut self, callee: *mut Value, first: *mut Value, count: usize) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            let Some(called) = (*callee).downcast::<Function>() else { return self.hand_to(call_other) };
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
                keeper: std::mem::take(&mut *callee),
                held: Value::EMPTY,
                function: NonNull::from(called),
                code: NonNull::from(&*code),
                base: NonNull::new_unchecked(first),
                end: first.add((*code).register_count.into()),
                next: pc,
                dest,
                kind: FrameKind::Call,
                is_generator: false,
            });
            State { vm: self.vm, pc, base: first, code, function: called }.next()
        }
    }
}
