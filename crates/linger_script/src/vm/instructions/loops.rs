//! `for` loops over what is neither a range of small integers nor a list.

use linger_heap::Value;

use crate::bytecode::{Instr, Op};
use crate::objects::{Generator, GeneratorState, Instance, Iter, IterState, List, NativeObject, Range, Str, Tuple};
use crate::vm::iterator_steps::Item;
use crate::vm::stack::FrameKind;
use crate::vm::{READY_LEVELS, Result, Vm};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_for_prepare(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = at.keep(i.b);
        let is_ascii = value.downcast::<Str>().is_some_and(Str::is_ascii);
        if is_ascii || value.is_kind::<List>() || value.is_kind::<Tuple>() {
            at.set(i.a, value);
            at.set(i.a + 1, Value::from_shifted(0));
            return Ok(());
        }
        if let Some(range) = value.downcast::<Range>()
            && let Some(count) = small_count(range)
        {
            // The count stands where the iterator would: an iterator is never an int.
            at.set(i.a, count);
            at.set(i.a + 1, range.start.clone());
            at.set(i.a + 2, range.step.clone());
            return Ok(());
        }
        // A script's iterator is not asked for itself a second time.
        if i.x != 0 && value.is_kind::<Instance>() {
            at.set(i.a, value);
            return Ok(());
        }
        self.note_site();
        let iterator = self.iter(&value)?;
        at.set(i.a, iterator);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_for_next(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let iterator = at.get(i.b);
        if let Some(iter) = iterator.downcast::<Iter>() {
            // Of these, those that make an object for each item are the ones that the site matters to.
            if !iter.shows.get() {
                self.note_site();
            }
            if self.loop_zip(i, iter).is_some() {
                return Ok(());
            }
            let item = self.next_item(iterator)?;
            match item {
                Some(Item::One(item)) => self.loop_item(i, Some(item)),
                Some(Item::Pair(first, second)) => self.loop_pair(i, first, second),
                None => self.loop_item(i, None),
            }
            return Ok(());
        }
        if let Some(generator) = iterator.to_ref::<Generator>() {
            match generator.state.get() {
                GeneratorState::Created | GeneratorState::Suspended => {
                    self.push_generator(generator, FrameKind::ForNext, i.a, Value::NONE)?;
                    return Ok(());
                }
                GeneratorState::Closed => {
                    self.loop_item(i, None);
                    return Ok(());
                }
                GeneratorState::Running => {}
            }
        }
        if iterator.is_kind::<NativeObject>() {
            self.note_site();
            if self.wants_pair(i)
                && let Some((first, second)) = self.next_pair_of_native(iterator)
            {
                self.loop_pair(i, first, second);
                return Ok(());
            }
            let item = self.next(iterator)?;
            self.loop_item(i, item);
            return Ok(());
        }
        if let Some(tuple) = iterator.downcast::<Tuple>() {
            let index = at.get(i.b + 1).as_small_int().unwrap_or(0);
            let item = tuple.items.get(index as usize).cloned();
            at.set(i.b + 1, Value::from_shifted((index + 1) << 16));
            self.loop_item(i, item);
            return Ok(());
        }
        if iterator.is_kind::<List>() || iterator.is_kind::<Str>() {
            self.loop_item(i, None);
            return Ok(());
        }
        self.op_for_unready(i)
    }

    /// A loop over an iterator of the runtime that has to call something for its next item.
    #[inline(never)]
    pub(in crate::vm) fn op_for_called(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let Some(iter) = at.get(i.b).downcast::<Iter>() else { return self.op_for_unready(i) };
        let item = self.next_called(iter)?;
        self.loop_item(i, item);
        Ok(())
    }

    /// A loop over an iterator whose next item is not there.
    #[inline(never)]
    pub(in crate::vm) fn op_for_unready(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let item = self.next_elsewhere(at.get(i.b))?;
        self.loop_item(i, item);
        Ok(())
    }

    /// A loop over an iterator that makes pairs: no tuple is made where the next instruction takes it apart.
    #[inline(never)]
    pub(in crate::vm) fn op_for_pair(&mut self, i: Instr) -> Result<()> {
        if !self.wants_pair(i) {
            return self.op_for_next(i);
        }
        let at = self.stack.here();
        let loops = at.get(i.b);
        let pair = match loops.downcast::<Iter>() {
            Some(iter) => {
                if !iter.shows.get() {
                    self.note_site();
                }
                self.next_ready_pair(iter)
            }
            None => {
                self.note_site();
                self.next_pair_of_native(loops)
            }
        };
        let Some((first, second)) = pair else { return self.op_for_next(i) };
        self.unpack_pair(i, first, second);
        Ok(())
    }

    /// Whether the instruction that follows the loop's takes a pair apart.
    #[inline(always)]
    fn wants_pair(&self, i: Instr) -> bool {
        let next = self.stack.instr_behind_word(i.op == Op::ForLoop);
        next.op == Op::UnpackSequence && next.b == i.a && next.c == 2 && self.stack.here().is_temporary(i.a)
    }

    /// Goes on behind the instruction that takes a pair apart, as if it had been carried out.
    #[inline(always)]
    fn unpack_pair(&mut self, i: Instr, first: Value, second: Value) {
        let at = self.stack.here();
        let back = i.op == Op::ForLoop;
        let next = self.stack.instr_behind_word(back);
        at.set(next.a, first);
        at.set(next.a + 1, second);
        self.stack.jump_word(back);
        self.stack.extra_word();
    }

    /// Goes on with a pair: without making a tuple of it if the next instruction unpacks that.
    fn loop_pair(&mut self, i: Instr, first: Value, second: Value) {
        if self.wants_pair(i) {
            return self.unpack_pair(i, first, second);
        }
        self.note_site();
        let pair = self.pair(first, second);
        self.loop_item(i, Some(pair));
    }

    /// Goes on with what a `zip` gives, if the next instruction unpacks it: without a tuple.
    fn loop_zip(&mut self, i: Instr, iter: &Iter) -> Option<()> {
        let at = self.stack.here();
        let back = i.op == Op::ForLoop;
        let next = self.stack.instr_behind_word(back);
        if next.op != Op::UnpackSequence || next.b != i.a || !at.is_temporary(i.a) {
            return None;
        }
        let mut state = iter.state.try_borrow_mut().ok()?;
        let IterState::Zip(zip) = &mut *state else { return None };
        if usize::from(next.c) != zip.iterators.len() {
            return None;
        }
        self.next_row(zip, READY_LEVELS)?;
        for (place, item) in (next.a..).zip(&mut zip.read) {
            at.set(place, std::mem::take(item));
        }
        zip.read.clear();
        self.stack.jump_word(back);
        self.stack.extra_word();
        Some(())
    }

    /// Goes on with the next item, or behind the loop.
    #[inline]
    pub(super) fn loop_item(&mut self, i: Instr, item: Option<Value>) {
        let at = self.stack.here();
        let is_end = item.is_none();
        match item {
            Some(item) => at.set(i.a, item),
            None => drop(at.take(i.b)),
        }
        self.stack.jump_word(is_end == (i.op == Op::ForNext));
    }

    /// What a generator expression goes over. The iterators of these containers look at them only when the expression runs: its
    /// own loop does as well with the container itself.
    #[inline(never)]
    pub(in crate::vm) fn op_get_iter(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let iterable = at.get(i.b);
        let iterator = if iterable.is_kind::<List>() || iterable.is_kind::<Tuple>() || iterable.is_kind::<Range>() {
            iterable.clone()
        } else {
            self.iter(iterable)?
        };
        at.done(i.b);
        at.set(i.a, iterator);
        Ok(())
    }
}

/// How many integers a range has, if they and their number are small.
fn small_count(range: &Range) -> Option<Value> {
    let (start, stop, step) = (range.start.as_small_int()?, range.stop.as_small_int()?, range.step.as_small_int()?);
    let span = if step > 0 { stop - start } else { start - stop };
    Value::small_int(if span > 0 { (span - 1) / step.abs() + 1 } else { 0 })
}
