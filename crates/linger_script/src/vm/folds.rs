//! Going over an iterable to make one value of its items: a sum, a list, the least. What numbers and containers of the runtime
//! take is done item by item without leaving the loop that gives them: a generator's `yield` hands its item to the fold and goes on
//! at once. Only an item that the fold can't take, because a script may have a say, goes to the function that asked.
//!
//! Does not know which functions those are.

use linger_heap::{Ref, Value};

use super::dispatch::Exit;
use super::stack::FrameKind;
use super::{Result, Vm};
use crate::objects::*;

/// What is made of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// The total is a list, to which they are appended.
    Collect,
    /// The total is their sum.
    Sum,
    /// Those that are false are passed over.
    Any,
    /// Those that are true are passed over.
    All,
    /// The total is the least, the first of equal ones; empty before the first.
    Least,
    /// The total is the greatest.
    Greatest,
}

impl Fold {
    /// Takes an item, if that needs no script and no more memory; says whether it did.
    #[inline(always)]
    fn take(self, total: &mut Value, item: &Value) -> bool {
        match self {
            Fold::Collect => append_within_room(total, item.clone()).is_none(),
            Fold::Sum => plain_sum(total, item).is_some_and(|sum| {
                *total = sum;
                true
            }),
            Fold::Any => item.plain_truth() == Some(false),
            Fold::All => item.plain_truth() == Some(true),
            Fold::Least | Fold::Greatest => {
                let (low, high) = if self == Fold::Least { (item, &*total) } else { (&*total, item) };
                let wins = match (low.as_small_int(), high.as_small_int()) {
                    (Some(low), Some(high)) => low < high,
                    _ => match (low.as_float(), high.as_float()) {
                        (Some(low), Some(high)) => low < high,
                        _ => return false,
                    },
                };
                if wins {
                    *total = item.clone();
                }
                true
            }
        }
    }
}

#[inline(always)]
fn plain_sum(total: &Value, item: &Value) -> Option<Value> {
    let whole = item.as_small_int().or_else(|| item.as_bool().map(i64::from));
    match (total.as_small_int(), total.as_float()) {
        (Some(total), _) => Value::small_int(total + whole?),
        (_, Some(total)) => Some(Value::float(total + item.as_float().or(whole.map(|whole| whole as f64))?)),
        _ => None,
    }
}

/// Hands the item back if the list would have to grow.
#[inline(always)]
fn append_within_room(list: &Value, item: Value) -> Option<Value> {
    let Some(list) = list.downcast::<List>() else { return Some(item) };
    let mut items = list.items.borrow_mut();
    if items.len() == items.capacity() {
        return Some(item);
    }
    items.push(item);
    None
}

impl Vm {
    /// Goes over an iterable: the items that `fold` does not take go to `act`, with the total, which says whether to go on.
    pub(crate) fn fold(
        &mut self,
        fold: Fold,
        iterable: &Value,
        mut total: Value,
        mut act: impl FnMut(&mut Vm, &mut Value, Value) -> Result<bool>,
    ) -> Result<Value> {
        if iterable.is_kind::<List>() || iterable.is_kind::<Tuple>() {
            // By index: the list may change wherever a script runs.
            let mut index = 0;
            loop {
                let Some(items) = super::items_of(iterable) else { return Ok(total) };
                let taken = items.get(index..).unwrap_or_default().iter();
                let taken = taken.take(BURST).take_while(|item| fold.take(&mut total, item)).count();
                index += taken;
                let item = if taken < BURST { items.get(index).cloned() } else { None };
                let is_end = index >= items.len();
                drop(items);
                self.burn_many(taken as i64 + 1)?;
                index += 1;
                match item {
                    Some(item) => {
                        if !act(self, &mut total, item)? {
                            return Ok(total);
                        }
                    }
                    None if is_end => return Ok(total),
                    None => index -= 1,
                }
            }
        }
        let iterator = self.iter(iterable)?;
        self.fold_iterator(fold, &iterator, total, act)
    }

    /// The same of what an iterator still gives.
    pub(crate) fn fold_iterator(
        &mut self,
        fold: Fold,
        iterator: &Value,
        mut total: Value,
        mut act: impl FnMut(&mut Vm, &mut Value, Value) -> Result<bool>,
    ) -> Result<Value> {
        if let Some(generator) = iterator.to_ref::<Generator>() {
            loop {
                let (folded, item) = self.fold_generator(&generator, fold, total)?;
                total = folded;
                let Some(item) = item else { return Ok(total) };
                if !act(self, &mut total, item)? {
                    return Ok(total);
                }
                self.burn()?;
            }
        }
        self.walk_iterator(
            iterator,
            |vm, item| if fold.take(&mut total, &item) { Ok(true) } else { act(vm, &mut total, item) },
        )?;
        Ok(total)
    }

    /// Runs a generator until it ends or yields what `fold` does not take; that item comes with the total.
    pub(crate) fn fold_generator(
        &mut self,
        generator: &Ref<Generator>,
        fold: Fold,
        total: Value,
    ) -> Result<(Value, Option<Value>)> {
        let is_ready = matches!(generator.state.get(), GeneratorState::Suspended | GeneratorState::Created);
        if !is_ready || !self.may_reenter() {
            return Ok((total, self.generator_next(generator)?));
        }
        self.push_generator(generator.clone(), FrameKind::Fold(fold), 0, Value::NONE)?;
        if let Some(frame) = self.stack.frames.last_mut() {
            frame.held = total;
        }
        let exit = self.run_entered()?;
        let total = std::mem::take(&mut self.folded);
        match exit {
            Exit::Yielded(item) => Ok((total, Some(item))),
            Exit::Returned(_) => Ok((total, None)),
        }
    }

    /// What the running generator yields, on its way into the total that its frame holds. Handed back if the fold can't take it.
    #[inline(never)]
    pub(super) fn fold_in(&self, fold: Fold, total: &mut Value, item: Value) -> Option<Value> {
        match fold {
            Fold::Collect => append_within_room(total, item),
            _ if fold.take(total, &item) => None,
            _ => Some(item),
        }
    }

    /// Suspends the running generator with an item that its fold can't take.
    #[inline(never)]
    pub(super) fn end_fold(&mut self, item: Value) -> Exit {
        if let Some(frame) = self.suspend_generator() {
            self.folded = frame.held;
        }
        Exit::Yielded(item)
    }

    /// A list of what a generator yields from here on, appended to `list`.
    pub(crate) fn collect_generator(&mut self, generator: &Ref<Generator>, list: &Ref<List>) -> Result<()> {
        let mut total = list.to_value();
        loop {
            let (folded, item) = self.fold_generator(generator, Fold::Collect, total)?;
            total = folded;
            let Some(item) = item else { return Ok(()) };
            let bytes = list.items.borrow().len() * size_of::<Value>();
            self.check_memory(bytes)?;
            self.list_push(list, item);
        }
    }
}

/// Items taken in one go before the limits are looked at.
const BURST: usize = 64;
