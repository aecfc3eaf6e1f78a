//! The items of `map` and `filter`: a function is called for each.
//!
//! Does not know where the iterators stand that give what it is called with.

use linger_heap::Value;

use super::{Result, Vm};
use crate::objects::*;

/// What is called with what, taken out of the state of an iterator.
pub(super) enum Calling {
    /// `map` over one iterator.
    Map(Value, Value),
    /// `map` over two.
    MapTwo(Value, Value, Value),
    /// `filter`
    Filter(Value, Value),
}

impl Calling {
    /// That of the commonest iterators that call something.
    #[inline]
    pub fn of(state: &IterState) -> Option<Calling> {
        match state {
            IterState::Map(function, inner) => match &inner[..] {
                [one] => Some(Calling::Map(function.clone(), one.clone())),
                [one, two] => Some(Calling::MapTwo(function.clone(), one.clone(), two.clone())),
                _ => None,
            },
            IterState::Filter(function, inner) => Some(Calling::Filter(function.clone(), inner.clone())),
            _ => None,
        }
    }
}

impl Vm {
    /// The next item of such an iterator.
    pub(super) fn next_by_call(&mut self, calling: &Calling) -> Result<Option<Value>> {
        match calling {
            Calling::Map(function, inner) => {
                let Some(item) = self.next(inner)? else { return Ok(None) };
                self.call_for_item(function, &[item]).map(Some)
            }
            Calling::MapTwo(function, one, two) => {
                let Some(one) = self.next(one)? else { return Ok(None) };
                let Some(two) = self.next(two)? else { return Ok(None) };
                self.call_for_item(function, &[one, two]).map(Some)
            }
            Calling::Filter(function, inner) => {
                let by_truth = function.is_none() || function.is(&self.classes.bool.to_value());
                while let Some(item) = self.next(inner)? {
                    let keep = if by_truth {
                        self.truth(&item)?
                    } else {
                        let answer = self.call_for_item(function, std::slice::from_ref(&item))?;
                        self.truth(&answer)?
                    };
                    if keep {
                        return Ok(Some(item));
                    }
                    self.burn()?;
                }
                Ok(None)
            }
        }
    }

    /// As [`Vm::call`], of a function that is held meanwhile.
    #[inline]
    fn call_for_item(&mut self, function: &Value, args: &[Value]) -> Result<Value> {
        match function.downcast::<Native>() {
            Some(native) => self.with_recursion("", |vm| vm.call_native(native, Args { values: args, names: &[] })),
            None => self.call(function, args),
        }
    }

    /// As [`Vm::call`], where the level that a function of the runtime takes was counted before.
    #[inline]
    pub(crate) fn call_inside(&mut self, callable: &Value, args: &[Value]) -> Result<Value> {
        match callable.downcast::<Native>() {
            Some(native) => self.call_native(native, Args { values: args, names: &[] }),
            None => self.call(callable, args),
        }
    }
}
