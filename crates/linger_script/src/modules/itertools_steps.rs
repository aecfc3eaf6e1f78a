//! The next step of an iterator of `itertools`, out of its state alone: the item where only containers of the runtime have to be asked
//! for it, or what has to be called.
//!
//! Runs no script: the state is borrowed.

use linger_heap::Value;

use super::itertools::Lazy;
use crate::objects::{Iter, IterState, List, NativeObject, Tuple};
use crate::vm::Vm;

/// What a step has to do, with what it needs taken out of the state.
pub(super) enum Step {
    Done,
    Item(Value),
    Fail(&'static str),
    Accumulate { iterator: Value, function: Value, total: Option<Value>, item: Option<Value> },
    Chain { outer: Value, inner: Option<Value>, next: Option<Value> },
    Compress { data: Value, selectors: Value },
    Count { next: Value, step: Value },
    Save { iterator: Value },
    DropWhile { predicate: Value, iterator: Value },
    Pass { iterator: Value },
    FilterFalse { predicate: Value, iterator: Value },
    Skip { iterator: Value, items: u64 },
    Pairwise { iterator: Value, previous: Option<Value> },
    Starmap { function: Value, iterator: Value },
    TakeWhile { predicate: Value, iterator: Value },
    ZipLongest { iterators: Vec<Value>, fill: Value, active: usize },
}

/// The next step from a state: the item itself where nothing but containers of the runtime has to be asked for it.
pub(super) fn plan(vm: &Vm, state: &mut Lazy) -> Step {
    match state {
        Lazy::Done => Step::Done,
        Lazy::Accumulate { iterator, function, total, started } => {
            if !std::mem::replace(started, true)
                && let Some(total) = total
            {
                return Step::Item(total.clone());
            }
            let item = vm.next_if_plain(iterator);
            if function.is_none()
                && let (Some(total), Some(item)) = (total.as_mut(), &item)
                && let Some(sum) = plain_sum(total, item)
            {
                *total = sum.clone();
                return Step::Item(sum);
            }
            let (iterator, function, total) = (iterator.clone(), function.clone(), total.clone());
            Step::Accumulate { iterator, function, total, item }
        }
        Lazy::Chain { outer, inner } => loop {
            if let Some(item) = inner.as_ref().and_then(|inner| vm.next_if_plain(inner)) {
                return Step::Item(item);
            }
            let (outer_too, inner_too) = (outer.clone(), inner.clone());
            if !inner.as_ref().is_none_or(has_ended) {
                return Step::Chain { outer: outer_too, inner: inner_too, next: None };
            }
            // Lists and tuples that lie in one follow each other without more ado.
            let next = vm.next_if_plain(outer);
            let state = match &next {
                Some(list) if list.is_kind::<List>() => IterState::List(list.clone(), 0),
                Some(tuple) if tuple.is_kind::<Tuple>() => IterState::Tuple(tuple.clone(), 0),
                _ => return Step::Chain { outer: outer_too, inner: None, next },
            };
            *inner = Some(vm.iterator(state));
        },
        Lazy::Compress { data, selectors } => Step::Compress { data: data.clone(), selectors: selectors.clone() },
        Lazy::Count { next, step } => match plain_sum(next, step) {
            Some(following) => Step::Item(std::mem::replace(next, following)),
            None => Step::Count { next: next.clone(), step: step.clone() },
        },
        Lazy::Cycle { iterator: Some(iterator), .. } => Step::Save { iterator: iterator.clone() },
        Lazy::Cycle { iterator: None, saved, position } => match saved.get(*position) {
            Some(item) => {
                *position = if *position + 1 == saved.len() { 0 } else { *position + 1 };
                Step::Item(item.clone())
            }
            None => Step::Done,
        },
        Lazy::DropWhile { predicate, iterator, dropping: true } => {
            Step::DropWhile { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::DropWhile { iterator, dropping: false, .. } => match vm.next_if_plain(iterator) {
            Some(item) => Step::Item(item),
            None => Step::Pass { iterator: iterator.clone() },
        },
        Lazy::FilterFalse { predicate, iterator } => {
            Step::FilterFalse { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::Islice { iterator, next, stop, step, position } => match stop {
            // Items up to the end are taken even if they are not shown.
            Some(stop) if *next >= *stop => {
                // A first item behind the end is still gone to.
                let end = if *position == 0 { *next } else { *stop };
                let items = end.saturating_sub(*position);
                *position = (*position).max(end);
                if items == 0 { Step::Done } else { Step::Skip { iterator: iterator.clone(), items } }
            }
            _ => {
                let items = *next - *position;
                *position = *next + 1;
                *next = next.saturating_add(*step);
                match items {
                    0 => match of_other(vm, iterator) {
                        Some(item) => Step::Item(item),
                        None => Step::Skip { iterator: iterator.clone(), items: 1 << 63 },
                    },
                    _ => Step::Skip { iterator: iterator.clone(), items: items + (1 << 63) },
                }
            }
        },
        Lazy::Pairwise { iterator, previous } => {
            if let Some(previous) = previous
                && let Some(item) = vm.next_if_plain(iterator)
            {
                let pair = vm.tuple_from([previous.clone(), item.clone()].into_iter());
                *previous = item;
                return Step::Item(pair);
            }
            Step::Pairwise { iterator: iterator.clone(), previous: previous.clone() }
        }
        Lazy::Repeat { item, left } => match left {
            Some(0) => Step::Done,
            Some(left) => {
                *left -= 1;
                Step::Item(item.clone())
            }
            None => Step::Item(item.clone()),
        },
        Lazy::Starmap { function, iterator } => {
            Step::Starmap { function: function.clone(), iterator: iterator.clone() }
        }
        Lazy::TakeWhile { predicate, iterator } => {
            Step::TakeWhile { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::ZipLongest { iterators, fill, active } => {
            if iterators.iter().all(|iterator| iterator.is_empty() || vm.is_plain(iterator)) {
                return zip_plain(vm, iterators, fill, active);
            }
            Step::ZipLongest { iterators: iterators.clone(), fill: fill.clone(), active: *active }
        }
    }
}

/// Whether an iterator is one of the runtime's that has come to its end.
fn has_ended(iterator: &Value) -> bool {
    iterator.downcast::<Iter>().is_some_and(|iter| matches!(&*iter.state.borrow(), IterState::Done))
}

/// The sum of two numbers of the machine's own.
fn plain_sum(a: &Value, b: &Value) -> Option<Value> {
    match (a.as_small_int(), b.as_small_int()) {
        (Some(a), Some(b)) => Value::small_int(a + b),
        _ => Some(Value::float(a.as_float()? + b.as_float()?)),
    }
}

/// The next item of another iterator, if that is over a container, or endless.
fn of_other(vm: &Vm, iterator: &Value) -> Option<Value> {
    let Some(other) = iterator.downcast::<NativeObject>() else { return vm.next_if_plain(iterator) };
    other.with(|state: &mut Lazy| match state {
        Lazy::Count { next, step } => plain_sum(next, step).map(|following| std::mem::replace(next, following)),
        Lazy::Repeat { left: None, .. } | Lazy::Cycle { iterator: None, .. } => match plan(vm, state) {
            Step::Item(item) => Some(item),
            _ => None,
        },
        _ => None,
    })?
}

/// A step of `zip_longest` over containers alone.
fn zip_plain(vm: &Vm, iterators: &mut [Value], fill: &Value, active: &mut usize) -> Step {
    if *active == 0 {
        return Step::Done;
    }
    let mut items = Vec::with_capacity(iterators.len());
    for iterator in iterators {
        let item = match vm.plain_value(iterator) {
            Ok(item) => item,
            Err(what) => return Step::Fail(what),
        };
        if item.is_none() && !iterator.is_empty() {
            *iterator = Value::EMPTY;
            *active -= 1;
            if *active == 0 {
                return Step::Done;
            }
        }
        items.push(item.unwrap_or_else(|| fill.clone()));
    }
    Step::Item(vm.tuple(items))
}
