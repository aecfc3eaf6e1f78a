//! Handlers of `for` loops: over ranges, lists, tuples and generators where they lie, over everything else elsewhere.

use std::ptr::NonNull;

use linger_heap::Value;

use super::state::State;
use super::{End, elsewhere, handlers};
use crate::bytecode::{Instr, Op, YIELD_ONLY};
use crate::objects::*;
use crate::vm::Vm;
use crate::vm::stack::{Frame, FrameKind};

handlers! {
    for_next(state) {
        let loops = state.reg(state.b());
        if !(*loops).is_small_int() {
            return state.hand_to(for_next_of_sequence);
        }
        match next_of_range(loops) {
            Some(next) => {
                let a = state.a();
                state.behind_word(false).set_next(a, next)
            }
            None => state.behind_word(true).next(),
        }
    }

    /// `ForNext` over what is no range.
    for_next_of_sequence(state) {
        let loops = state.reg(state.b());
        match next_of_sequence(&state, loops) {
            Some(item) => {
                let a = state.a();
                state.behind_word(false).set_next(a, item)
            }
            None => state.hand_to(for_other),
        }
    }

    for_loop(state) {
        state.vm.until_poll -= 1;
        if state.vm.until_poll < 0 {
            return state.hand_to(elsewhere::poll);
        }
        let loops = state.reg(state.b());
        if !(*loops).is_small_int() {
            return state.hand_to(for_loop_of_sequence);
        }
        match next_of_range(loops) {
            Some(next) => {
                let a = state.a();
                state.behind_word(true).set_next(a, next)
            }
            None => state.behind_word(false).next(),
        }
    }

    /// `ForLoop` over what is no range.
    for_loop_of_sequence(state) {
        let loops = state.reg(state.b());
        if !(*loops).is_kind::<List>() && (*loops).is_kind::<Generator>() {
            return state.hand_to(for_resumed);
        }
        match next_of_sequence(&state, loops) {
            Some(item) => {
                let a = state.a();
                state.behind_word(true).set_next(a, item)
            }
            None => state.hand_to(for_other),
        }
    }

    /// `ForNext` and `ForLoop` over what is no range and no sequence, or has ended.
    for_other(state) {
        let loops = state.reg(state.b());
        if let Some(iter) = (*loops).downcast::<Iter>() {
            if iter.feed == Feed::Container {
                return state.hand_to(for_iterator);
            }
            return if iter.feed == Feed::Calls { state.hand_to(elsewhere::for_called) } else { state.hand_to(for_pairs) };
        }
        if (*loops).is_kind::<Generator>() {
            return state.hand_to(for_resumed);
        }
        state.hand_to(elsewhere::for_native)
    }

    /// `ForNext` and `ForLoop` over an iterator of the runtime: those over the commonest containers are done with here.
    for_iterator(state) {
        let (a, loops) = (state.a(), state.reg(state.b()));
        match (*loops).downcast::<Iter>().and_then(|iter| state.vm.next_ready_one(iter)) {
            Some(item) => {
                let back = (*state.pc).op == Op::ForLoop;
                state.behind_word(back).set_next(a, item)
            }
            None => state.hand_to(elsewhere::for_next),
        }
    }

    /// The same over one that makes pairs: where the next instruction takes a pair apart that is there, no tuple is made.
    for_pairs(state) {
        let (a, loops, back) = (state.a(), state.reg(state.b()), (*state.pc).op == Op::ForLoop);
        let unpack = state.behind_word_instr(back);
        if unpack.op == Op::UnpackSequence
            && unpack.b == a
            && unpack.c == 2
            && !state.is_local(a)
            && let Some(iter) = (*loops).downcast::<Iter>()
            && iter.shows.get()
            && let Some(first) = state.vm.next_pair_aside(iter)
        {
            let second = state.vm.take_aside();
            let mut state = state.behind_word(back);
            state.pc = state.pc.add(1);
            return state.set_pair_next(unpack.a, first, second);
        }
        state.hand_to(elsewhere::for_pair)
    }

    /// `ForNext` and `ForLoop` over a generator.
    for_resumed(state) {
        let (a, loops) = (state.a(), state.reg(state.b()));
        if let Some(generator) = (*loops).downcast::<Generator>()
            && generator.state.get() == GeneratorState::Suspended
            && state.vm.is_handling_nothing(generator)
            && let Some(resumed) = &*generator.function.as_ptr()
        {
            let end = (*state.vm.stack.frames.top()).end;
            if state.vm.may_go_deeper()
                && state.vm.stack.has_room(end)
                && (*loops).header().is_some_and(|header| !state.vm.heap.hears_of_resume(header))
            {
                state.save();
                generator.state.set(GeneratorState::Running);
                let function = &raw const **resumed;
                let code = &raw const *resumed.code;
                let base = generator.registers.as_ptr();
                let instrs = (&raw const *(*code).instrs).cast::<Instr>();
                let pc = instrs.add(generator.next_instr.get()).sub(1);
                let wants = (*pc).x != YIELD_ONLY;
                let sent_to = (*pc).a;
                state.vm.stack.frames.push(Frame {
                    keeper: (*loops).clone(),
                    held: Value::EMPTY,
                    function: NonNull::from(&*function),
                    code: NonNull::from(&*code),
                    base: NonNull::new_unchecked(base),
                    end,
                    next: pc,
                    dest: a,
                    kind: FrameKind::ForNext,
                    is_generator: true,
                });
                let state = State { vm: state.vm, pc, base, code, function };
                if wants {
                    return state.set_next(sent_to, Value::NONE);
                }
                return state.next();
            }
        }
        state.hand_to(elsewhere::for_next)
    }

    yield_(state) {
        let frame = state.vm.stack.frames.top();
        if (*frame).kind == FrameKind::ForNext
            && let Some(generator) = (*frame).keeper.downcast::<Generator>()
            && state.vm.is_handling_nothing(generator)
        {
            // The loop keeps the generator as well, as a rule. The collector hears of the drop, and so need not be told that a
            // value was moved into the generator.
            if let Some(last) = (&raw const (*frame).keeper).read().drop_quickly() {
                (&raw mut (*frame).keeper).write(last);
                return state.hand_to(elsewhere::yield_);
            }
            let value = state.take(state.b());
            state.suspend(generator);
            // It holds nothing but its keeper.
            state.vm.stack.frames.leave();
            let state = State::on_top(state.vm);
            let (a, back) = (state.a(), (*state.pc).op == Op::ForLoop);
            return state.behind_word(back).set_next(a, value);
        }
        state.hand_to(elsewhere::yield_)
    }
}

impl Vm {
    /// The first of the next pair of an iterator, if that is there; the second is laid aside. Not a part of its handler, see
    /// `natives`.
    #[inline(never)]
    fn next_pair_aside(&mut self, iter: &Iter) -> Option<Value> {
        let (first, second) = self.next_ready_pair(iter)?;
        self.lay_aside(second);
        Some(first)
    }
}

/// The next integer of a loop over a range: its registers hold how many are left, the next one and the step. Emptied at the end.
///
/// # Safety
/// The three registers from `loops` on are those of such a loop.
#[inline(always)]
unsafe fn next_of_range(loops: *mut Value) -> Option<Value> {
    const ZERO: Value = Value::from_shifted(0);
    // SAFETY: by the caller's word. Integers need no drop.
    unsafe {
        if (*loops).is(&ZERO) {
            loops.write(Value::EMPTY);
            return None;
        }
        loops.write(Value::one_less(&*loops));
        let next = loops.add(1).read();
        // What follows the last one may be anything.
        loops.add(1).write(Value::wrapping_sum(&next, &*loops.add(2)));
        Some(next)
    }
}

/// The next item of a loop over a list, a tuple or an ASCII text: its registers hold the container and the next index. Nothing at
/// the end, or if it is a loop over something else.
///
/// # Safety
/// The registers from `loops` on are those of a loop.
#[inline(always)]
unsafe fn next_of_sequence(state: &State<'_>, loops: *mut Value) -> Option<Value> {
    // SAFETY: by the caller's word; nothing else writes to the list meanwhile.
    unsafe {
        const ONE: Value = Value::from_shifted(1 << 16);
        let index = (*loops.add(1)).shifted() >> 16;
        let item = if let Some(list) = (*loops).downcast::<List>() {
            (&*list.items.as_ptr()).get(index as usize)?.clone()
        } else if let Some(tuple) = (*loops).downcast::<Tuple>() {
            tuple.items.get(index as usize)?.clone()
        } else {
            let byte = *(*loops).downcast::<Str>()?.text.as_bytes().get(index as usize)?;
            state.vm.characters.get(usize::from(byte))?.clone()
        };
        loops.add(1).write(Value::wrapping_sum(&*loops.add(1), &ONE));
        Some(item)
    }
}
