//! Handlers of jumps.

use super::state::State;
use super::{End, elsewhere, handlers};
use crate::bytecode::Op;

handlers! {
    jump(state) {
        state.jump_next()
    }

    loop_(state) {
        state.vm.until_poll -= 1;
        if state.vm.until_poll < 0 {
            return state.hand_to(elsewhere::poll);
        }
        state.jump_next()
    }
}

/// Jumps by the truth of a plain value. What needs no drop may stay in a temporary that is not read any more.
macro_rules! by_truth {
    ($($name:ident: $truth:literal, $otherwise:ident;)*) => {
        handlers! {
            $($name(state) {
                match (*state.reg(state.a())).plain_truth() {
                    Some($truth) => state.jump_next(),
                    Some(_) => state.next(),
                    None => state.hand_to(elsewhere::$otherwise),
                }
            })*
        }
    };
}

by_truth! {
    jump_if_true: true, jump_by_truth;
    jump_if_false: false, jump_by_truth;
    jump_if_true_keep: true, jump_or_keep;
    jump_if_false_keep: false, jump_or_keep;
}

handlers! {
    jump_if_none(state) {
        let a = state.a();
        let is_none = (*state.reg(a)).is_none();
        if !state.done(a) {
            return state.hand_to(elsewhere::jump_if_not_none);
        }
        if is_none == ((*state.pc).op == Op::JumpIfNone) { state.jump_next() } else { state.next() }
    }
}
