//! The iterators of `itertools` that call a function for each item: what is called is taken out of the state, which is not borrowed
//! meanwhile.

use linger_heap::Value;

use super::itertools::{Lazy, finish};
use super::support::with;
use crate::objects::Tuple;
use crate::vm::{Result, Vm};

/// What is called for the next item, and the iterator that gives what it is called with.
pub(super) struct Calling {
    what: What,
    function: Value,
    iterator: Value,
}

enum What {
    /// Sums up from a total.
    Accumulate(Value),
    DropWhile,
    FilterFalse,
    Starmap,
    TakeWhile,
}

impl Calling {
    /// That of a state, if it has such a function.
    pub fn of(state: &mut Lazy) -> Option<Calling> {
        let (what, function, iterator) = match state {
            Lazy::Accumulate { iterator, function, total: Some(total), started: true, read: None }
                if !function.is_none() =>
            {
                (What::Accumulate(total.clone()), function, iterator)
            }
            Lazy::DropWhile { predicate, iterator, dropping: true } => (What::DropWhile, predicate, iterator),
            Lazy::FilterFalse { predicate, iterator } => (What::FilterFalse, predicate, iterator),
            Lazy::Starmap { function, iterator } => (What::Starmap, function, iterator),
            Lazy::TakeWhile { predicate, iterator } => (What::TakeWhile, predicate, iterator),
            _ => return None,
        };
        Some(Calling { what, function: function.clone(), iterator: iterator.clone() })
    }

    /// The next item of the iterator `this`, whose state it was taken from.
    pub fn next(self, vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
        while let Some(item) = vm.next(&self.iterator)? {
            match &self.what {
                What::Accumulate(total) => {
                    let sum = vm.call_inside(&self.function, &[total.clone(), item])?;
                    let old = with(vm, this, |state: &mut Lazy| match state {
                        Lazy::Accumulate { total, .. } => total.replace(sum.clone()),
                        _ => None,
                    })?;
                    drop(old);
                    return Ok(Some(sum));
                }
                What::Starmap => {
                    if let Some(tuple) = item.downcast::<Tuple>() {
                        return vm.call_inside(&self.function, &tuple.items).map(Some);
                    }
                    let arguments = vm.items(&item)?;
                    return vm.call_inside(&self.function, &arguments).map(Some);
                }
                What::TakeWhile => {
                    if self.holds(vm, &item)? {
                        return Ok(Some(item));
                    }
                    finish(vm, this)?;
                    return Ok(None);
                }
                What::DropWhile => {
                    if !self.holds(vm, &item)? {
                        with(vm, this, |state: &mut Lazy| {
                            if let Lazy::DropWhile { dropping, .. } = state {
                                *dropping = false;
                            }
                        })?;
                        return Ok(Some(item));
                    }
                }
                What::FilterFalse => {
                    let holds = if self.function.is_none() { vm.truth(&item)? } else { self.holds(vm, &item)? };
                    if !holds {
                        return Ok(Some(item));
                    }
                }
            }
            vm.burn()?;
        }
        Ok(None)
    }

    /// Whether the predicate holds of an item.
    fn holds(&self, vm: &mut Vm, item: &Value) -> Result<bool> {
        let answer = vm.call_inside(&self.function, std::slice::from_ref(item))?;
        vm.truth(&answer)
    }
}
