//! The steps of the runtime's iterators: from each state that one can be in to its next item.
//!
//! Knows neither where an iterator comes from (`iterate`) nor what is done with its items.

use linger_heap::Value;
use num_traits::Signed;

use super::called_items::Calling;
use super::tables::handed_out;
use super::{Result, Vm};
use crate::objects::*;

/// An iterator over a dict keeps the dict's length in the low half of a word (a table has fewer than 2^32 entries)...
pub(crate) const DICT_LEN: usize = 0xFFFF_FFFF;
/// ...and in the high half how many entries it has shown.
pub(crate) const DICT_SHOWN: u32 = 32;

/// What an iterator of the runtime gives. A tuple of two is made only for who wants one: most are unpacked at once.
pub(crate) enum Item {
    /// A value.
    One(Value),
    /// The tuple of two values.
    Pair(Value, Value),
}

impl Vm {
    /// The next item of an iterator of the runtime.
    #[inline]
    pub(super) fn next_of(&mut self, iter: &Iter) -> Result<Option<Item>> {
        match iter.feed {
            Feed::Container | Feed::Pairs => self.next_plain(iter).map_err(|what| self.runtime_error(what)),
            Feed::Iterators => match self.with_native_stack(|vm| vm.next_scripted(iter)) {
                Ok(item) => Ok(item),
                result => self.unless_ended(result).map(Option::flatten),
            },
            Feed::Calls => Ok(self.next_called(iter)?.map(Item::One)),
        }
    }

    /// The same of an iterator that calls something.
    #[inline]
    pub(super) fn next_called(&mut self, iter: &Iter) -> Result<Option<Value>> {
        let calling = Calling::of(&iter.state.borrow());
        let result = self.with_native_stack(|vm| match calling {
            Some(calling) => vm.next_by_call(&calling),
            None => Ok(vm.next_scripted(iter)?.map(|item| vm.whole(item))),
        });
        match result {
            Ok(item) => Ok(item),
            result => self.unless_ended(result).map(Option::flatten),
        }
    }

    /// A pair as the tuple that it is.
    pub(super) fn whole(&self, item: Item) -> Value {
        match item {
            Item::One(item) => item,
            Item::Pair(first, second) => self.pair(first, second),
        }
    }

    /// What was given for an iterator, or nothing if that is a `StopIteration`: a function given to `map` ends it by this.
    pub(super) fn unless_ended<T>(&mut self, result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(item) => Ok(Some(item)),
            Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                self.stopped = self.stop_value(&raised);
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    /// The next item of an iterator that needs no script for it.
    pub(super) fn next_plain(&self, iter: &Iter) -> Result<Option<Item>, &'static str> {
        let mut state = iter.state.borrow_mut();
        let item = match &mut *state {
            IterState::Done => return Ok(None),
            IterState::List(list, index) => {
                let item = list.downcast::<List>().and_then(|list| list.items.borrow().get(*index).cloned());
                *index += 1;
                item
            }
            IterState::ListReversed(list, index) => index.checked_sub(1).and_then(|at| {
                *index = at;
                list.downcast::<List>().and_then(|list| list.items.borrow().get(at).cloned())
            }),
            IterState::Tuple(tuple, index) => {
                let item = tuple.downcast::<Tuple>().and_then(|tuple| tuple.items.get(*index).cloned());
                *index += 1;
                item
            }
            IterState::Str(text, offset) => {
                let Some(body) = text.downcast::<Str>() else { return Ok(None) };
                if body.is_ascii() {
                    let byte = body.text.as_bytes().get(*offset);
                    *offset += 1;
                    byte.map(|byte| self.characters[usize::from(*byte)].clone())
                } else {
                    let next = body.text[*offset..].chars().next();
                    next.map(|character| {
                        *offset += character.len_utf8();
                        self.char(character)
                    })
                }
            }
            IterState::Bytes(bytes, index) => {
                let byte = match bytes.downcast::<Bytes>() {
                    Some(bytes) => bytes.0.get(*index).copied(),
                    None => bytes.downcast::<ByteArray>().and_then(|bytes| bytes.0.borrow().get(*index).copied()),
                };
                *index += 1;
                byte.map(|byte| self.int(i64::from(byte)))
            }
            IterState::Range(next, left, step) => left.checked_sub(1).map(|fewer| {
                *left = fewer;
                let item = self.int(*next);
                *next = next.wrapping_add(*step);
                item
            }),
            IterState::BigRange(next, stop, step) => {
                let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
                let (at, end, by) = (big(next), big(stop), big(step));
                let more = if by.is_positive() { at < end } else { at > end };
                more.then(|| std::mem::replace(next, self.big(at + by)))
            }
            state => match self.next_entry(state)? {
                Some(item) => return Ok(Some(item)),
                None => None,
            },
        };
        if item.is_none() {
            let old = std::mem::replace(&mut *state, IterState::Done);
            drop(state);
            drop((old, iter.owner.take()));
        }
        Ok(item.map(Item::One))
    }

    #[inline(always)]
    fn next_entry(&self, state: &mut IterState) -> Result<Option<Item>, &'static str> {
        match state {
            IterState::Set(set, position, len) => {
                let Some(set) = set.downcast::<Set>() else { return Ok(None) };
                let table = set.table.borrow();
                if table.len() != *len {
                    return Err("Set changed size during iteration");
                }
                Ok(table.next_from(*position).map(|(at, key)| {
                    *position = at + 1;
                    Item::One(key.clone())
                }))
            }
            IterState::DictReversed(dict, position, len, shows) => {
                let Some(dict) = dict.downcast::<Dict>() else { return Ok(None) };
                let table = dict.table.borrow();
                if table.len() != *len {
                    return Err(DICT_CHANGED);
                }
                let Some(at) = table.previous_position(*position) else { return Ok(None) };
                *position = at;
                let Some(entry) = table.entry(at) else { return Ok(None) };
                Ok(Some(match shows {
                    0 => Item::One(entry.key.clone()),
                    1 => Item::One(entry.value.clone()),
                    _ => Item::Pair(entry.key.clone(), entry.value.clone()),
                }))
            }
            IterState::DictKeys(dict, position, len) => {
                next_of_dict(dict, position, len, |entry| Item::One(entry.key.clone()))
            }
            IterState::DictValues(dict, position, len) => {
                next_of_dict(dict, position, len, |entry| Item::One(entry.value.clone()))
            }
            IterState::DictItems(dict, position, len) => {
                next_of_dict(dict, position, len, |entry| Item::Pair(entry.key.clone(), entry.value.clone()))
            }
            _ => Ok(None),
        }
    }

    /// Iterators whose next item takes running a script.
    fn next_scripted(&mut self, iter: &Iter) -> Result<Option<Item>> {
        enum Step {
            Item(Value, i64),
            Back(Value, i64),
            Call(Value, Value),
            Enumerate(Value, Value),
            ZipTwo(Value, Value, Value),
            Zip(Vec<Value>, bool, Vec<Value>),
            Map(Value, Vec<Value>),
        }
        let step = match &mut *iter.state.borrow_mut() {
            IterState::Sequence(value, index) => Step::Item(value.clone(), *index),
            IterState::SequenceReversed(value, index) => Step::Back(value.clone(), *index),
            IterState::Call(function, sentinel) => Step::Call(function.clone(), sentinel.clone()),
            IterState::Enumerate(inner, count) => Step::Enumerate(inner.clone(), count.clone()),
            IterState::ZipTwo { first, second, read } => {
                Step::ZipTwo(first.clone(), second.clone(), std::mem::take(read))
            }
            IterState::Zip(zip) => Step::Zip(zip.iterators.clone(), zip.strict, std::mem::take(&mut zip.read)),
            IterState::Map(function, inner) => Step::Map(function.clone(), inner.clone()),
            _ => return Ok(None),
        };
        let done = || drop(iter.state.replace(IterState::Done));
        match step {
            Step::Item(value, index) => {
                let key = self.int(index);
                match self.get_item(&value, &key) {
                    Ok(item) => {
                        if let IterState::Sequence(_, index) = &mut *iter.state.borrow_mut() {
                            *index += 1;
                        }
                        Ok(Some(Item::One(item)))
                    }
                    Err(raised)
                        if self.is_exception(&raised, &self.classes.index_error)
                            || self.is_exception(&raised, &self.classes.stop_iteration) =>
                    {
                        done();
                        Ok(None)
                    }
                    Err(raised) => Err(raised),
                }
            }
            Step::Back(value, index) => {
                if index < 0 {
                    done();
                    return Ok(None);
                }
                let key = self.int(index);
                let item = self.get_item(&value, &key)?;
                if let IterState::SequenceReversed(_, index) = &mut *iter.state.borrow_mut() {
                    *index -= 1;
                }
                Ok(Some(Item::One(item)))
            }
            Step::Call(function, sentinel) => {
                let item = match self.call(&function, &[]) {
                    Ok(item) => item,
                    Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                        done();
                        return Ok(None);
                    }
                    Err(raised) => return Err(raised),
                };
                if self.equal(&item, &sentinel)? {
                    done();
                    return Ok(None);
                }
                Ok(Some(Item::One(item)))
            }
            Step::Enumerate(inner, count) => {
                let Some(item) = self.next(&inner)? else { return Ok(None) };
                let following = match count.as_small_int() {
                    Some(count) => self.int(count + 1),
                    None => self.binary(super::operators::BinaryOp::Add, &count, &self.int(1))?,
                };
                if let IterState::Enumerate(_, count) = &mut *iter.state.borrow_mut() {
                    *count = following;
                }
                Ok(Some(Item::Pair(count, item)))
            }
            Step::ZipTwo(first, second, read) => {
                let first = if read.is_empty() { self.next(&first)? } else { Some(handed_out(read)) };
                let Some(first) = first else { return Ok(None) };
                let Some(second) = self.next(&second)? else { return Ok(None) };
                Ok(Some(Item::Pair(first, second)))
            }
            Step::Zip(inner, strict, mut items) => {
                for (position, iterator) in inner.iter().enumerate().skip(items.len()) {
                    match self.next(iterator)? {
                        Some(item) => items.push(item),
                        None if strict => return self.end_of_strict_zip(&inner, position).map(|()| None),
                        None => return Ok(None),
                    }
                }
                Ok(if inner.is_empty() { None } else { Some(Item::One(self.tuple(items))) })
            }
            Step::Map(function, inner) => {
                let mut items = Vec::with_capacity(inner.len());
                for iterator in &inner {
                    match self.next(iterator)? {
                        Some(item) => items.push(item),
                        None => return Ok(None),
                    }
                }
                self.call(&function, &items).map(|item| Some(Item::One(item)))
            }
        }
    }

    fn end_of_strict_zip(&mut self, inner: &[Value], position: usize) -> Result<()> {
        let which = |position: usize| match position {
            1 => "argument 1".to_owned(),
            _ => format!("arguments 1-{position}"),
        };
        if position > 0 {
            return Err(self.value_error(format!(
                "zip() argument {} is shorter than {}",
                position + 1,
                which(position)
            )));
        }
        for (other, iterator) in inner.iter().enumerate().skip(1) {
            if self.next(iterator)?.is_some() {
                return Err(self.value_error(format!("zip() argument {} is longer than {}", other + 1, which(other))));
            }
        }
        Ok(())
    }
}

const DICT_CHANGED: &str = "dictionary changed size during iteration";

/// What an iterator over a dict shows next.
#[inline(always)]
fn next_of_dict(
    dict: &Value,
    position: &mut usize,
    len: &mut usize,
    show: impl FnOnce(&Entry) -> Item,
) -> Result<Option<Item>, &'static str> {
    let Some(body) = dict.downcast::<Dict>() else { return Ok(None) };
    let table = body.table.borrow();
    let (expected, shown) = (*len & DICT_LEN, *len >> DICT_SHOWN);
    if table.len() != expected {
        return Err(DICT_CHANGED);
    }
    let Some(at) = table.next_position(*position) else { return Ok(None) };
    if shown == expected {
        return Err("dictionary keys changed during iteration");
    }
    *len += 1 << DICT_SHOWN;
    *position = at + 1;
    Ok(table.entry(at).map(show))
}

/// Whether an iterator makes no object for its next item. A pair is made by who asks, if at all.
pub(super) fn only_shows(state: &IterState) -> bool {
    match state {
        IterState::Str(text, _) => text.downcast::<Str>().is_some_and(Str::is_ascii),
        IterState::Enumerate(inner, _) => inner.downcast::<Iter>().is_some_and(|iter| iter.shows.get()),
        IterState::ZipTwo { first, second, .. } => {
            [first, second].iter().all(|one| one.downcast::<Iter>().is_some_and(|iter| iter.shows.get()))
        }
        IterState::List(..)
        | IterState::ListReversed(..)
        | IterState::Tuple(..)
        | IterState::Bytes(..)
        | IterState::Range(..)
        | IterState::DictKeys(..)
        | IterState::DictValues(..)
        | IterState::DictItems(..)
        | IterState::DictReversed(..)
        | IterState::Set(..) => true,
        _ => false,
    }
}

/// Where the items of an iterator come from.
pub(super) fn feed_of(state: &IterState) -> Feed {
    match state {
        IterState::Enumerate(..) | IterState::ZipTwo { .. } | IterState::Zip(..) => Feed::Iterators,
        IterState::Sequence(..)
        | IterState::SequenceReversed(..)
        | IterState::Call(..)
        | IterState::Map(..)
        | IterState::Filter(..) => Feed::Calls,
        IterState::DictItems(..) => Feed::Pairs,
        _ => Feed::Container,
    }
}
