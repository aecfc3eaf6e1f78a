//! Items that are there: what an iterator gives next, where that takes no script, no error and no end. Iterators inside of iterators
//! find theirs here as well, without leaving the state that they are asked from.
//!
//! Whoever is told nothing asks `iterator_steps`, which knows the rest; nothing was taken from the iterator then.

use linger_heap::Value;

use super::Vm;
use super::iterator_steps::{DICT_LEN, DICT_SHOWN};
use crate::objects::*;

/// So many iterators inside of one another are asked on the native stack that is there.
pub(crate) const READY_LEVELS: u8 = 16;

impl Vm {
    /// The next item of an iterator.
    #[inline]
    pub(crate) fn next_ready(&self, iterator: &Value) -> Option<Value> {
        self.next_ready_within(iterator, READY_LEVELS)
    }

    /// The next item of an iterator inside of another, which was told how many levels there are left.
    #[inline]
    pub(crate) fn next_ready_within(&self, iterator: &Value, levels: u8) -> Option<Value> {
        match iterator.downcast::<Iter>() {
            Some(iter) => self.next_ready_iter(iter, levels),
            None => self.next_ready_native(iterator.downcast::<NativeObject>()?, levels),
        }
    }

    /// The next item of an iterator of the runtime.
    #[inline(never)]
    fn next_ready_iter(&self, iter: &Iter, levels: u8) -> Option<Value> {
        match self.next_ready_one(iter) {
            Some(item) => Some(item),
            None => self.next_as_tuple(iter, levels),
        }
    }

    /// The next item of an iterator over one of the commonest containers.
    #[inline(always)]
    pub(super) fn next_ready_one(&self, iter: &Iter) -> Option<Value> {
        self.next_of_container(&mut *iter.state.try_borrow_mut().ok()?)
    }

    /// The two items of the next pair that an iterator of the runtime makes.
    #[inline(always)]
    pub(super) fn next_ready_pair(&self, iter: &Iter) -> Option<(Value, Value)> {
        self.next_pair(&mut *iter.state.try_borrow_mut().ok()?, READY_LEVELS)
    }

    /// Whether the class of an iterator of a module is known to have the runtime's own `__next__`.
    #[inline(always)]
    fn has_known_next(&self, iterator: &NativeObject) -> bool {
        iterator.class.next_epoch.get() == self.epoch && iterator.class.next.get().is_some()
    }

    /// The next item of an iterator of a module of the runtime, unless a script has its own way for the class.
    #[inline]
    pub(crate) fn next_ready_native(&self, iterator: &NativeObject, levels: u8) -> Option<Value> {
        if !self.has_known_next(iterator) {
            return None;
        }
        iterator.data.try_borrow_mut().ok()?.next_ready(self, levels.checked_sub(1)?)
    }

    /// The same at the outermost level.
    #[inline]
    pub(super) fn next_of_native(&self, iterator: &NativeObject) -> Option<Value> {
        self.next_ready_native(iterator, READY_LEVELS)
    }

    /// The two items of the next pair of such an iterator.
    pub(super) fn next_pair_of_native(&self, this: &Value) -> Option<(Value, Value)> {
        let iterator = this.downcast::<NativeObject>()?;
        if !self.has_known_next(iterator) {
            return None;
        }
        iterator.data.try_borrow_mut().ok()?.next_pair_ready(this, self, READY_LEVELS)
    }

    /// The next item of an iterator over one of the commonest containers.
    #[inline(always)]
    pub(super) fn next_of_container(&self, state: &mut IterState) -> Option<Value> {
        match state {
            IterState::List(list, index) => {
                let item = list.downcast::<List>()?.items.borrow().get(*index)?.clone();
                *index += 1;
                Some(item)
            }
            IterState::Tuple(tuple, index) => {
                let item = tuple.downcast::<Tuple>()?.items.get(*index)?.clone();
                *index += 1;
                Some(item)
            }
            IterState::Range(next, left @ 1.., step) => {
                // Nothing is called here, so that whoever asks need not save registers.
                let item = Value::small_int(*next)?;
                *left -= 1;
                *next = next.wrapping_add(*step);
                Some(item)
            }
            IterState::Str(text, offset) => {
                let text = text.downcast::<Str>().filter(|text| text.is_ascii())?;
                let byte = *text.text.as_bytes().get(*offset)?;
                *offset += 1;
                Some(self.characters[usize::from(byte)].clone())
            }
            IterState::DictKeys(dict, position, len) => next_entry(dict, position, len, |entry| entry.key.clone()),
            IterState::DictValues(dict, position, len) => next_entry(dict, position, len, |entry| entry.value.clone()),
            IterState::Set(set, position, len) => {
                let table = set.downcast::<Set>()?.table.borrow();
                if table.len() != *len {
                    return None;
                }
                let (at, key) = table.next_from(*position)?;
                *position = at + 1;
                Some(key.clone())
            }
            IterState::ListReversed(list, index) => {
                let at = index.checked_sub(1)?;
                let item = list.downcast::<List>()?.items.borrow().get(at)?.clone();
                *index = at;
                Some(item)
            }
            _ => None,
        }
    }

    /// The next item of an iterator inside of one that makes pairs: most are over containers, which need no call.
    #[inline(always)]
    fn next_inside(&self, iterator: &Value, levels: u8) -> Option<Value> {
        match iterator.downcast::<Iter>().and_then(|iter| self.next_ready_one(iter)) {
            Some(item) => Some(item),
            None => self.next_ready_within(iterator, levels),
        }
    }

    /// The two items of the next pair of a dict's items, an `enumerate`, or a `zip` of two iterators.
    #[inline(always)]
    pub(super) fn next_pair(&self, state: &mut IterState, levels: u8) -> Option<(Value, Value)> {
        match state {
            IterState::DictItems(dict, position, len) => {
                next_entry(dict, position, len, |entry| (entry.key.clone(), entry.value.clone()))
            }
            IterState::Enumerate(inner, count) => {
                let following = Value::small_int(count.as_small_int()? + 1)?;
                let item = self.next_inside(inner, levels.checked_sub(1)?)?;
                Some((std::mem::replace(count, following), item))
            }
            IterState::ZipTwo { first, second, read } if read.is_empty() => {
                let levels = levels.checked_sub(1)?;
                let item = self.next_inside(first, levels)?;
                match self.next_inside(second, levels) {
                    Some(other) => Some((item, other)),
                    None => {
                        *read = item;
                        None
                    }
                }
            }
            _ => None,
        }
    }

    /// The next item of an iterator that is none over one of the commonest containers; a pair as a tuple.
    #[inline(never)]
    fn next_as_tuple(&self, iter: &Iter, levels: u8) -> Option<Value> {
        let mut state = iter.state.try_borrow_mut().ok()?;
        if let Some((first, second)) = self.next_pair(&mut state, levels) {
            return Some(self.pair(first, second));
        }
        let IterState::Zip(zip) = &mut *state else { return None };
        self.next_row(zip, levels)?;
        let row = self.tuple_taken(&mut zip.read);
        zip.read.clear();
        Some(row)
    }

    /// Reads the next item of each of a `zip`'s iterators. If one can't tell its, those of the others before it stay read.
    pub(super) fn next_row(&self, zip: &mut Zipped, levels: u8) -> Option<()> {
        let levels = levels.checked_sub(1)?;
        if zip.iterators.is_empty() || !zip.read.is_empty() {
            return None;
        }
        for iterator in &zip.iterators {
            zip.read.push(self.next_inside(iterator, levels)?);
        }
        Some(())
    }
}

/// Whether an iterator is over a list, tuple or range and at its end, or one of the runtime's that has been.
pub(crate) fn has_ended(iterator: &Value) -> bool {
    iterator.downcast::<Iter>().is_some_and(|iter| left_in_run(&iter.state.borrow()) == Some(0))
}

/// How many items a list, tuple or range has left for an iterator.
fn left_in_run(state: &IterState) -> Option<usize> {
    match state {
        IterState::List(list, index) => Some(list.downcast::<List>()?.items.borrow().len().saturating_sub(*index)),
        IterState::Tuple(tuple, index) => Some(tuple.downcast::<Tuple>()?.items.len().saturating_sub(*index)),
        IterState::Range(_, left, _) => Some(*left as usize),
        IterState::Done => Some(0),
        _ => None,
    }
}

/// What an iterator over a dict shows next, unless it is at its end or the dict was changed.
#[inline(always)]
fn next_entry<T>(dict: &Value, position: &mut usize, len: &mut usize, show: impl FnOnce(&Entry) -> T) -> Option<T> {
    let table = dict.downcast::<Dict>()?.table.borrow();
    let (expected, shown) = (*len & DICT_LEN, *len >> DICT_SHOWN);
    if table.len() != expected || shown == expected {
        return None;
    }
    let at = table.next_position(*position)?;
    *len += 1 << DICT_SHOWN;
    *position = at + 1;
    table.entry(at).map(show)
}
