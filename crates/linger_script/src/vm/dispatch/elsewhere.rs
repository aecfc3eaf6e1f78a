//! Handlers that have a method of the machine carry out their instruction, and those that do what a quick one can't.
//!
//! Kept apart from the quick handlers, which call nothing and so need not save what they have in registers of the processor.

use linger_heap::Value;

use super::state::State;
use super::{End, Exit, handlers};
use crate::bytecode::{Instr, Op, YIELD_ONLY};
use crate::objects::*;
use crate::vm::stack::FrameKind;
use crate::vm::{Result, Vm};

/// Handlers that leave all to a method.
macro_rules! methods {
    ($($name:ident => $method:ident),* $(,)?) => {
        handlers! {
            $($name(state) {
                state.elsewhere(Vm::$method)
            })*
        }
    };
}

methods! {
    binary => op_binary, unary => op_unary, not => op_not, compare => op_compare, test => op_test,
    contains => op_contains, test_contains => op_test_contains,
    jump_by_truth => op_jump_by_truth, jump_or_keep => op_jump_or_keep,
    unbound => op_unbound, make_cell => op_make_cell, delete_cell => op_delete_cell, delete_free => op_delete_free,
    load_free_cell => op_load_free_cell, load_global => op_load_global, store_global => op_store_global,
    delete_global => op_delete_global, load_name => op_load_name, store_name => op_store_name,
    delete_name => op_delete_name, load_name_or_free => op_load_name_or_free,
    setup_annotations => op_setup_annotations,
    load_attr => op_load_attr, store_attr => op_store_attr, delete_attr => op_delete_attr,
    load_method => op_load_method, load_super => op_load_super,
    get_item => op_get_item, get_item_int => op_get_item_int, set_item => op_set_item, delete_item => op_delete_item,
    build_slice => op_build_slice, build_tuple => op_build_tuple, build_list => op_build_list, build_set => op_build_set,
    build_dict => op_build_dict, build_string => op_build_string, list_append => op_list_append,
    list_extend => op_list_extend, list_to_tuple => op_list_to_tuple, set_add => op_set_add,
    set_update => op_set_update, dict_set => op_dict_set, dict_update => op_dict_update, format => op_format,
    unpack_sequence => op_unpack_sequence, unpack_star => op_unpack_star,
    for_prepare => op_for_prepare, for_next => op_for_next, for_called => op_for_called, for_unready => op_for_unready,
    for_pair => op_for_pair, get_iter => op_get_iter,
    make_function => op_make_function, load_build_class => op_load_build_class,
    call_native => op_call_native, call_class => op_call_class, call_spread => op_call_spread,
    raise => op_raise, raise_again => op_raise_again, reraise => op_reraise, enter_handler => op_enter_handler,
    leave_handler => op_leave_handler, match_exception => op_match_exception,
    match_exception_group => op_match_exception_group, reraise_star => op_reraise_star,
    with_setup => op_with_setup, exception_info => op_exception_info,
    load_assertion_error => op_load_assertion_error,
    import => op_import, import_from => op_import_from, import_star => op_import_star,
    send => op_send, get_yield_from_iter => op_get_yield_from_iter, get_awaitable => op_get_awaitable,
    get_aiter => op_get_aiter, get_anext => op_get_anext, end_async_for => op_end_async_for,
    match_shape => op_match_shape, get_len => op_get_len, match_keys => op_match_keys,
    match_class => op_match_class, match_rest => op_match_rest, tuple_item => op_tuple_item,
}

handlers! {
    /// Drops the one value that was laid aside, and goes on behind the instruction.
    #[cold]
    drop_one_aside(state) {
        state.save();
        drop(state.vm.take_aside());
        State::resume(state.vm)
    }

    /// Drops what was laid aside at any place, and goes on behind the instruction.
    #[cold]
    drop_aside(state) {
        state.save();
        for place in 0..state.vm.aside.len() {
            drop(std::mem::take(&mut state.vm.aside[place]));
        }
        State::resume(state.vm)
    }

    /// `Loop` and `ForLoop` when limits are to be looked at. The same instruction is carried out after it, by a handler that is called
    /// and not jumped to: what handlers may have left on the native stack, which is nothing if all their last calls were made
    /// jumps, is gone then.
    #[cold]
    poll(state) {
        state.save();
        if let Err(raised) = state.vm.poll() {
            return State::raise(state.vm, raised);
        }
        (*state.vm.stack.frames.top()).next = state.pc;
        state.vm.until_poll = state.vm.until_poll.max(1);
        End::Resting
    }

    /// `ForNext` and `ForLoop` over an iterator of a module of the runtime whose next item is there.
    for_native(state) {
        let back = (*state.pc).op == Op::ForLoop;
        let loops = state.reg(state.b());
        let Some(native) = (*loops).downcast::<NativeObject>() else { return state.hand_to(for_next) };
        if state.behind_word_instr(back).op == Op::UnpackSequence {
            return state.hand_to(for_pair);
        }
        state.save();
        let vm = state.vm;
        vm.note_site();
        let item = vm.next_of_native(native);
        // Found again rather than kept over the call: less is saved for it.
        let state = State::on_top(vm);
        match item {
            Some(item) => {
                let a = state.a();
                state.behind_word(back).set_next(a, item)
            }
            None => state.hand_to(for_unready),
        }
    }

    /// A call that is not simple, or for which limits are looked at: then it rests as `poll` does, which recursion need not come by.
    call(state) {
        let is_looked_at = state.vm.until_poll < 0;
        state.save();
        match state.vm.op_call(*state.pc) {
            Ok(()) if is_looked_at => State::rest(state.vm),
            Ok(()) => State::resume(state.vm),
            Err(raised) => State::raise(state.vm, raised),
        }
    }

    /// The end of a call whose result was laid aside.
    #[cold]
    end_call(state) {
        let result = state.vm.take_aside();
        state.elsewhere(|vm, i| vm.end_call(i, result))
    }

    /// `Is` and `IsNot` of temporaries.
    is(state) {
        let (a, b, c) = (state.a(), state.b(), state.c());
        let same = (*state.reg(b)).is(&*state.reg(c));
        let is = (*state.pc).op == Op::Is;
        state.save();
        finish(state.vm, state.operand(b));
        finish(state.vm, state.operand(c));
        state.set_next(a, Value::bool(same == is))
    }

    /// `TestIs` of temporaries.
    test_is(state) {
        let (a, b) = (state.a(), state.b());
        let same = (*state.reg(a)).is(&*state.reg(b));
        let taken = same as u8 == state.x();
        state.save();
        finish(state.vm, state.operand(a));
        finish(state.vm, state.operand(b));
        state.behind_word(taken).next()
    }

    /// `JumpIfNone` and `JumpIfNotNone` of a temporary that is not `None`.
    #[cold]
    jump_if_not_none(state) {
        let a = state.a();
        state.save();
        finish(state.vm, state.operand(a));
        if (*state.pc).op == Op::JumpIfNotNone { state.jump_next() } else { state.next() }
    }

    /// `Return` of any frame.
    return_(state) {
        let frame = state.vm.stack.frames.top();
        let a = state.a();
        let result = match (*frame).kind {
            FrameKind::Call => state.consume(a),
            // A constructor returns nothing, and the new instance is the result.
            FrameKind::Init if (*state.reg(a)).is_none() => std::mem::take(&mut (*frame).held),
            FrameKind::Entry if !(*frame).is_generator => {
                let result = state.consume(a);
                for index in 0..state.locals() {
                    drop(state.consume(index));
                }
                let left = state.vm.stack.frames.leave();
                drop(((&raw const (*left).keeper).read(), (&raw const (*left).held).read()));
                state.vm.lay_aside(result);
                return End::Returned;
            }
            _ => {
                state.save();
                let end = state.vm.op_return(*state.pc);
                return exit(state.vm, end);
            }
        };
        for index in 0..state.locals() {
            drop(state.consume(index));
        }
        // What it held is the result, or was nothing.
        let left = state.vm.stack.frames.leave();
        let (ended, dest) = ((&raw const (*left).keeper).read(), (*left).dest);
        drop(ended);
        let state = State::on_top(state.vm);
        if state.is_local(dest) {
            drop(std::mem::replace(&mut *state.reg(dest), result));
        } else {
            state.put(dest, result);
        }
        State::resume(state.vm)
    }

    /// `Yield` of any frame.
    yield_(state) {
        let frame = state.vm.stack.frames.top();
        if let FrameKind::Fold(fold) = (*frame).kind {
            let value = state.take(state.b());
            if let Some(value) = state.vm.fold_in(fold, &mut (*frame).held, value) {
                state.save();
                let exit = state.vm.end_fold(value);
                return leave(state.vm, exit);
            }
            if state.x() != YIELD_ONLY {
                let a = state.a();
                return state.set_next(a, Value::NONE);
            }
            return state.next();
        }
        if (*frame).kind == FrameKind::Entry
            && let Some(generator) = (*frame).keeper.downcast::<Generator>()
            && state.vm.is_handling_nothing(generator)
        {
            let value = state.take(state.b());
            state.suspend(generator);
            let left = state.vm.stack.frames.leave();
            drop((&raw const (*left).keeper).read());
            state.vm.lay_aside(value);
            return End::Yielded;
        }
        state.save();
        let end = state.vm.op_yield(*state.pc);
        exit(state.vm, end)
    }
}

impl State<'_> {
    /// The value of an operand that is not read again: nothing of a local.
    unsafe fn operand(&self, index: u16) -> Value {
        // SAFETY: see the head of the folder.
        if self.is_local(index) { Value::EMPTY } else { unsafe { self.consume(index) } }
    }

    /// Notes in a generator where it goes on; it runs no more.
    #[inline(always)]
    pub unsafe fn suspend(&self, generator: &Generator) {
        // SAFETY: see the head of the folder.
        let index = unsafe { self.pc.offset_from((&raw const *(*self.code).instrs).cast::<Instr>()) };
        generator.next_instr.set(index as usize + 1);
        generator.state.set(GeneratorState::Suspended);
    }
}

/// Drops an operand, and runs the finalizers that this asks for. It gets no state: a state that a function has the address of
/// lies on the native stack, and what is called then is no jump.
fn finish(vm: &mut Vm, operand: Value) {
    drop(operand);
    if vm.pending.get() {
        vm.run_pending();
    }
}

/// Ends the run, goes on in the frame below, or raises.
///
/// # Safety
/// See the head of the folder.
#[inline(always)]
unsafe fn exit(vm: &mut Vm, end: Result<Option<Exit>>) -> End {
    match end {
        Ok(Some(exit)) => leave(vm, exit),
        // SAFETY: by the caller's word.
        Ok(None) => unsafe { State::resume(vm) },
        Err(raised) => State::raise(vm, raised),
    }
}

fn leave(vm: &mut Vm, exit: Exit) -> End {
    let (end, value) = match exit {
        Exit::Returned(value) => (End::Returned, value),
        Exit::Yielded(value) => (End::Yielded, value),
    };
    vm.lay_aside(value);
    end
}
