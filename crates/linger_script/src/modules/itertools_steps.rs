//! The next step of an iterator of `itertools`, out of its state alone: the item, or what has to be called for it.
//!
//! Runs no script: the state is borrowed.

use linger_heap::Value;

use super::itertools::Lazy;
use crate::objects::{IterState, List, Tuple};
use crate::vm::{Vm, handed_out, has_ended};

/// What a step has to do, with what it needs taken out of the state.
pub(super) enum Step {
    Done,
    Item(Value),
    Accumulate { iterator: Value, function: Value, total: Option<Value>, item: Option<Value> },
    Chain { outer: Value, inner: Option<Value>, next: Option<Value> },
    Compress { data: Value, selectors: Value, item: Option<Value>, selector: Option<Value> },
    Count { next: Value, step: Value },
    Save { iterator: Value },
    Pass { iterator: Value },
    Skip { iterator: Value, items: u64 },
    Pairwise { iterator: Value, previous: Option<Value> },
    ZipLongest { iterators: Vec<Value>, fill: Value, active: usize, items: Vec<Value> },
}

/// The next item of an iterator, if it is there.
#[inline]
pub(super) fn ready(vm: &Vm, state: &mut Lazy, levels: u8) -> Option<Value> {
    match state {
        Lazy::Accumulate { iterator, function, total: Some(total), started: true, read } if function.is_none() => {
            accumulated(vm, iterator, total, read, levels)
        }
        Lazy::Chain { outer, inner, read } => chained(vm, outer, inner, read, levels),
        Lazy::Compress { .. } => compressed(vm, state, levels),
        Lazy::Count { next, step } => counted(next, step),
        Lazy::Cycle { iterator: None, saved, position } => cycled(saved, position),
        Lazy::DropWhile { iterator, dropping: false, .. } => vm.next_ready_within(iterator, levels),
        Lazy::Islice { iterator, next, stop, step, position } => {
            if stop.is_some_and(|stop| *next >= stop) {
                return None;
            }
            sliced(vm, iterator, next, *step, position, levels)
        }
        Lazy::Pairwise { iterator, previous: Some(previous) } => paired(vm, iterator, previous, levels),
        Lazy::Repeat { item, left } => {
            if let Some(left) = left {
                *left = left.checked_sub(1).filter(|left| *left >= 0)?;
            }
            Some(item.clone())
        }
        Lazy::ZipLongest { iterators, fill, active: 1.., read } if read.is_empty() => {
            zipped(vm, iterators, fill, read, levels)
        }
        _ => None,
    }
}

// Each of these is a function of its own, so that to find it takes a jump and no more.

#[inline(never)]
fn compressed(vm: &Vm, state: &mut Lazy, levels: u8) -> Option<Value> {
    let Lazy::Compress { data, selectors, item: None, selector: None } = state else { return None };
    for _ in 0..MOST_ENDED {
        let item = vm.next_ready_within(data, levels)?;
        let selector = vm.next_ready_within(selectors, levels);
        match selector.as_ref().and_then(Value::plain_truth) {
            Some(true) => return Some(item),
            Some(false) => {}
            None => {
                if let Lazy::Compress { item: place, selector: of_selector, .. } = state {
                    *place = Some(item);
                    *of_selector = selector;
                }
                return None;
            }
        }
    }
    None
}

#[inline(never)]
fn counted(next: &mut Value, step: &Value) -> Option<Value> {
    let following = plain_sum(next, step)?;
    Some(std::mem::replace(next, following))
}

#[inline(never)]
fn cycled(saved: &[Value], position: &mut usize) -> Option<Value> {
    let item = saved.get(*position)?.clone();
    *position = if *position + 1 == saved.len() { 0 } else { *position + 1 };
    Some(item)
}

#[inline(never)]
fn sliced(vm: &Vm, iterator: &Value, next: &mut u64, step: u64, position: &mut u64, levels: u8) -> Option<Value> {
    if *next - *position > MOST_SKIPPED {
        return None;
    }
    while *position < *next {
        vm.next_ready_within(iterator, levels)?;
        *position += 1;
    }
    let item = vm.next_ready_within(iterator, levels)?;
    *position += 1;
    *next = next.saturating_add(step);
    Some(item)
}

#[inline(never)]
fn paired(vm: &Vm, iterator: &Value, previous: &mut Value, levels: u8) -> Option<Value> {
    let item = vm.next_ready_within(iterator, levels)?;
    let before = std::mem::replace(previous, item.clone());
    Some(vm.pair(handed_out(before), item))
}

/// The two items of the next pair of an iterator that makes pairs.
pub(super) fn ready_pair(vm: &Vm, state: &mut Lazy, levels: u8) -> Option<(Value, Value)> {
    match state {
        Lazy::Pairwise { iterator, previous: Some(previous) } => {
            let item = vm.next_ready_within(iterator, levels)?;
            let before = std::mem::replace(previous, item.clone());
            Some((handed_out(before), item))
        }
        Lazy::ZipLongest { iterators, fill, active: 1.., read } if read.is_empty() => {
            let [first, second] = &iterators[..] else { return None };
            let next = |iterator: &Value| match iterator.is_empty() {
                true => Some(fill.clone()),
                false => vm.next_ready_within(iterator, levels),
            };
            let first = next(first)?;
            match next(second) {
                Some(second) => Some((first, second)),
                None => {
                    read.push(first);
                    None
                }
            }
        }
        _ => None,
    }
}

/// The next sum of `accumulate`, of numbers of the machine's own.
#[inline(never)]
fn accumulated(vm: &Vm, iterator: &Value, total: &mut Value, read: &mut Option<Value>, levels: u8) -> Option<Value> {
    if read.is_some() || !is_number(total) {
        return None;
    }
    let item = vm.next_ready_within(iterator, levels)?;
    match plain_sum(total, &item) {
        Some(sum) => {
            *total = sum.clone();
            Some(sum)
        }
        None => {
            *read = Some(item);
            None
        }
    }
}

/// The next item of `chain`: lists and tuples follow each other without more ado.
#[inline(never)]
fn chained(vm: &Vm, outer: &Value, inner: &mut Option<Value>, read: &mut Option<Value>, levels: u8) -> Option<Value> {
    for _ in 0..MOST_ENDED {
        if let Some(inner) = inner {
            let item = vm.next_ready_within(inner, levels);
            if item.is_some() || !has_ended(inner) {
                return item;
            }
        }
        if read.is_some() {
            return None;
        }
        let next = vm.next_ready_within(outer, levels)?;
        let state = if next.is_kind::<List>() {
            IterState::List(next, 0)
        } else if next.is_kind::<Tuple>() {
            IterState::Tuple(next, 0)
        } else {
            *read = Some(next);
            return None;
        };
        *inner = Some(vm.iterator(state));
    }
    None
}

/// The next tuple of `zip_longest`.
#[inline(never)]
fn zipped(vm: &Vm, iterators: &[Value], fill: &Value, read: &mut Vec<Value>, levels: u8) -> Option<Value> {
    for iterator in iterators {
        let item = if iterator.is_empty() { fill.clone() } else { vm.next_ready_within(iterator, levels)? };
        read.push(item);
    }
    let tuple = vm.tuple_taken(read);
    read.clear();
    Some(tuple)
}

/// So many items are skipped in one go.
const MOST_SKIPPED: u64 = 64;

/// So many lists that have ended are passed over in one go.
const MOST_ENDED: usize = 8;

/// The next step from a state, where no item is ready.
pub(super) fn plan(state: &mut Lazy) -> Step {
    match state {
        Lazy::Done => Step::Done,
        Lazy::Accumulate { iterator, function, total, started, read } => {
            if !std::mem::replace(started, true)
                && let Some(total) = total
            {
                return Step::Item(total.clone());
            }
            let (iterator, function, total) = (iterator.clone(), function.clone(), total.clone());
            Step::Accumulate { iterator, function, total, item: read.take().map(handed_out) }
        }
        Lazy::Chain { outer, inner, read } => {
            Step::Chain { outer: outer.clone(), inner: inner.clone(), next: read.take().map(handed_out) }
        }
        Lazy::Compress { data, selectors, item, selector } => Step::Compress {
            data: data.clone(),
            selectors: selectors.clone(),
            item: item.take().map(handed_out),
            selector: selector.take().map(handed_out),
        },
        Lazy::Count { next, step } => Step::Count { next: next.clone(), step: step.clone() },
        Lazy::Cycle { iterator: Some(iterator), .. } => Step::Save { iterator: iterator.clone() },
        Lazy::Cycle { iterator: None, .. } | Lazy::Repeat { .. } => Step::Done,
        // Those are carried out by `itertools_calls`.
        Lazy::FilterFalse { .. } | Lazy::Starmap { .. } | Lazy::TakeWhile { .. } => Step::Done,
        Lazy::DropWhile { iterator, .. } => Step::Pass { iterator: iterator.clone() },
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
                Step::Skip { iterator: iterator.clone(), items: items + (1 << 63) }
            }
        },
        Lazy::Pairwise { iterator, previous } => {
            Step::Pairwise { iterator: iterator.clone(), previous: previous.clone() }
        }
        Lazy::ZipLongest { iterators, fill, active, read } => Step::ZipLongest {
            iterators: iterators.clone(),
            fill: fill.clone(),
            active: *active,
            items: std::mem::take(read),
        },
    }
}

fn is_number(value: &Value) -> bool {
    value.is_small_int() || value.is_float()
}

/// The sum of two numbers of the machine's own.
fn plain_sum(a: &Value, b: &Value) -> Option<Value> {
    match (a.as_small_int(), b.as_small_int()) {
        (Some(a), Some(b)) => Value::small_int(a + b),
        _ => Some(Value::float(a.as_float()? + b.as_float()?)),
    }
}
