//! What iterators tell of where they stand, and how they are copied: `__length_hint__`, `__reduce__` and `__setstate__`.
//!
//! Taking the next item is the virtual machine's (`vm::iterate`).

use linger_heap::{Ref, Value};

use super::checks::{receiver, special_takes, takes_none, takes_one};
use crate::objects::{Args, ByteArray, Bytes, Dict, Iter, IterState, List, NativeFn, Set, Special, Str, Tuple, Zipped};
use crate::vm::{DICT_LEN, DICT_SHOWN, Result, Vm};

/// Of iterators that know how many items are left.
pub(super) const HINT: &[(&str, NativeFn)] = &[("__length_hint__", length_hint)];
/// Of all iterators of the runtime.
pub(super) const REDUCE: &[(&str, NativeFn)] = &[("__reduce__", reduce)];
/// Of iterators that can be set to a place.
pub(super) const SET_STATE: &[(&str, NativeFn)] = &[("__setstate__", set_state)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Iter>> {
    receiver::<Iter>(vm, args, method, "iterator")
}

fn length_hint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let iterator = this(vm, &args, "__length_hint__")?;
    special_takes(vm, &args, 0)?;
    let (sequence, index) = match &*iterator.state.borrow() {
        IterState::Sequence(sequence, index) => (sequence.clone(), *index),
        IterState::SequenceReversed(_, index) => return Ok(vm.int(index + 1)),
        IterState::BigRange(next, stop, step) => {
            let big = |value: &Value| vm.to_bigint(value).unwrap_or_default();
            let (next, stop, step) = (big(next), big(stop), big(step));
            let left = (stop - next + &step - num_traits::Signed::signum(&step)) / step;
            return Ok(vm.big(left));
        }
        state => return Ok(vm.size(items_left(state))),
    };
    if vm.special(&sequence, Special::Len).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let len = vm.len(&sequence)?;
    Ok(vm.size(len.saturating_sub(index.max(0) as usize)))
}

/// How many items a container has left behind the place where an iterator stands.
fn items_left(state: &IterState) -> usize {
    match state {
        IterState::List(list, index) => {
            list.downcast::<List>().map_or(0, |list| list.items.borrow().len()).saturating_sub(*index)
        }
        IterState::Tuple(tuple, index) => {
            tuple.downcast::<Tuple>().map_or(0, |tuple| tuple.items.len()).saturating_sub(*index)
        }
        IterState::Str(text, offset) => text.downcast::<Str>().map_or(0, |text| text.text[*offset..].chars().count()),
        IterState::Bytes(bytes, index) => match bytes.downcast::<Bytes>() {
            Some(bytes) => bytes.0.len(),
            None => bytes.downcast::<ByteArray>().map_or(0, |bytes| bytes.0.borrow().len()),
        }
        .saturating_sub(*index),
        IterState::ListReversed(_, index) => *index,
        IterState::Range(_, left, _) => *left as usize,
        // A container that has changed since gives nothing more.
        IterState::DictKeys(dict, _, len)
        | IterState::DictValues(dict, _, len)
        | IterState::DictItems(dict, _, len) => {
            let same = dict.downcast::<Dict>().is_some_and(|dict| dict.table.borrow().len() == len & DICT_LEN);
            if same { (len & DICT_LEN).saturating_sub(len >> DICT_SHOWN) } else { 0 }
        }
        IterState::DictReversed(dict, position, len, _) => dict.downcast::<Dict>().map_or(0, |dict| {
            let table = dict.table.borrow();
            if table.len() != *len {
                return 0;
            }
            std::iter::successors(table.previous_position(*position), |at| table.previous_position(*at)).count()
        }),
        IterState::Set(set, position, len) => set.downcast::<Set>().map_or(0, |set| {
            let table = set.table.borrow();
            if table.len() != *len {
                return 0;
            }
            std::iter::successors(table.next_from(*position), |(at, _)| table.next_from(at + 1)).count()
        }),
        _ => 0,
    }
}

/// A function that makes the iterator anew, its arguments, and the place to set it to if that takes more than the first two.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let iterator = this(vm, &args, "__reduce__")?;
    takes_none(vm, &args, "__reduce__")?;
    let builtins = vm.builtins.clone();
    let iter = vm.dict_get_str(&builtins, "iter").unwrap_or(Value::NONE);
    let class = vm.class_of(&args.values[0]).into_value();
    let mut place = None;
    let (function, given) = match &*iterator.state.borrow() {
        IterState::Done => {
            let empty =
                if class.is(&vm.classes.list_iterator.to_value()) { vm.list(Vec::new()) } else { vm.tuple(Vec::new()) };
            (iter, vec![empty])
        }
        IterState::List(items, index) | IterState::Tuple(items, index) | IterState::Bytes(items, index) => {
            place = Some(vm.size(*index));
            (iter, vec![items.clone()])
        }
        IterState::Str(text, offset) => {
            let passed = text.downcast::<Str>().map_or(0, |text| text.text[..*offset].chars().count());
            place = Some(vm.size(passed));
            (iter, vec![text.clone()])
        }
        IterState::ListReversed(list, index) => {
            place = Some(vm.int(*index as i64 - 1));
            let reversed = vm.classes.reversed.to_value();
            (reversed, vec![list.clone()])
        }
        IterState::SequenceReversed(sequence, index) => {
            place = Some(vm.int(*index));
            (class, vec![sequence.clone()])
        }
        IterState::Sequence(sequence, index) => {
            place = Some(vm.int(*index));
            (iter, vec![sequence.clone()])
        }
        IterState::Range(next, left, step) => {
            let stop = i128::from(*next) + i128::from(*step) * i128::from(*left);
            let ends = [vm.int(*next), vm.big(stop.into()), vm.int(*step)];
            let range = vm.classes.range.to_value();
            place = Some(vm.int(0));
            (iter, vec![vm.call(&range, &ends)?])
        }
        IterState::BigRange(next, stop, step) => {
            let ends = [next.clone(), stop.clone(), step.clone()];
            let range = vm.classes.range.to_value();
            place = Some(vm.int(0));
            (iter, vec![vm.call(&range, &ends)?])
        }
        IterState::Call(function, sentinel) => (iter, vec![function.clone(), sentinel.clone()]),
        IterState::Enumerate(inner, count) => (class, vec![inner.clone(), count.clone()]),
        IterState::Filter(function, inner) => (class, vec![function.clone(), inner.clone()]),
        IterState::Map(function, inner) => {
            (class, std::iter::once(function.clone()).chain(inner.iter().cloned()).collect())
        }
        IterState::ZipTwo { first, second, .. } => (class, vec![first.clone(), second.clone()]),
        IterState::Zip(zip) => {
            place = zip.strict.then_some(Value::TRUE);
            (class, zip.iterators.clone())
        }
        state => (iter, vec![vm.list(entries_left(vm, state))]),
    };
    let given = vm.tuple(given);
    Ok(vm.tuple([function, given].into_iter().chain(place).collect()))
}

/// What an iterator over a dict or a set would still give.
fn entries_left(vm: &Vm, state: &IterState) -> Vec<Value> {
    let pair = |entry: &crate::objects::Entry| vm.tuple(vec![entry.key.clone(), entry.value.clone()]);
    let forward = |dict: &Value, from: usize, show: &dyn Fn(&crate::objects::Entry) -> Value| {
        let Some(dict) = dict.downcast::<Dict>() else { return Vec::new() };
        let table = dict.table.borrow();
        let places = std::iter::successors(table.next_position(from), |at| table.next_position(at + 1));
        places.filter_map(|at| table.entry(at)).map(show).collect()
    };
    match state {
        IterState::DictKeys(dict, from, _) => forward(dict, *from, &|entry| entry.key.clone()),
        IterState::DictValues(dict, from, _) => forward(dict, *from, &|entry| entry.value.clone()),
        IterState::DictItems(dict, from, _) => forward(dict, *from, &pair),
        IterState::DictReversed(dict, from, _, shows) => {
            let Some(dict) = dict.downcast::<Dict>() else { return Vec::new() };
            let table = dict.table.borrow();
            let places = std::iter::successors(table.previous_position(*from), |at| table.previous_position(*at));
            let show = |entry: &crate::objects::Entry| match shows {
                0 => entry.key.clone(),
                1 => entry.value.clone(),
                _ => pair(entry),
            };
            places.filter_map(|at| table.entry(at)).map(show).collect()
        }
        IterState::Set(set, from, _) => {
            let Some(set) = set.downcast::<Set>() else { return Vec::new() };
            let table = set.table.borrow();
            let places = std::iter::successors(table.next_from(*from), |(at, _)| table.next_from(at + 1));
            places.map(|(_, key)| key.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Goes to a place, or to the nearest that there is. An iterator that has ended stays so.
fn set_state(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let iterator = this(vm, &args, "__setstate__")?;
    let value = takes_one(vm, &args, "__setstate__")?;
    let zipped = match &*iterator.state.borrow() {
        IterState::ZipTwo { first, second, .. } => Some(vec![first.clone(), second.clone()]),
        IterState::Zip(zip) => Some(zip.iterators.clone()),
        _ => None,
    };
    if let Some(inner) = zipped {
        let strict = vm.truth(value)?;
        drop(iterator.state.replace(IterState::Zip(Zipped::new(inner, strict))));
        return Ok(Value::NONE);
    }
    let place = vm.index(value)?;
    let Some(place) = vm.to_i64(&place) else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    let within = |len: usize| usize::try_from(place).unwrap_or(0).min(len);
    let reversed_len = match &*iterator.state.borrow() {
        IterState::SequenceReversed(sequence, _) => Some(sequence.clone()),
        _ => None,
    };
    let reversed_len = match reversed_len {
        Some(sequence) => vm.len(&sequence)? as i64,
        None => 0,
    };
    match &mut *iterator.state.borrow_mut() {
        IterState::List(list, index) => {
            *index = within(list.downcast::<List>().map_or(0, |list| list.items.borrow().len()));
        }
        IterState::ListReversed(list, index) => {
            let len = list.downcast::<List>().map_or(0, |list| list.items.borrow().len());
            *index = usize::try_from(place.saturating_add(1)).unwrap_or(0).min(len);
        }
        IterState::Tuple(tuple, index) => {
            *index = within(tuple.downcast::<Tuple>().map_or(0, |tuple| tuple.items.len()))
        }
        IterState::Bytes(bytes, index) => {
            *index = within(match bytes.downcast::<Bytes>() {
                Some(bytes) => bytes.0.len(),
                None => bytes.downcast::<ByteArray>().map_or(0, |bytes| bytes.0.borrow().len()),
            });
        }
        IterState::Str(text, offset) => {
            let Some(text) = text.downcast::<Str>() else { return Ok(Value::NONE) };
            let passed = text.text.chars().take(usize::try_from(place).unwrap_or(0));
            *offset = passed.map(char::len_utf8).sum();
        }
        IterState::Range(next, left, step) => {
            let skipped = u64::try_from(place).unwrap_or(0).min(*left);
            *next = next.wrapping_add(step.wrapping_mul(skipped as i64));
            *left -= skipped;
        }
        IterState::Sequence(_, index) => *index = place.max(0),
        IterState::SequenceReversed(_, index) => *index = place.clamp(-1, reversed_len - 1),
        _ => {}
    }
    Ok(Value::NONE)
}
