//! Lists and tuples as they lie: their items while no script runs, searched and compared as far as that needs none. Where only a
//! script can tell, it is asked with nothing borrowed, and the search goes on with what is there then.

use std::ops::Deref;

use linger_heap::Value;

use super::compare::CompareOp;
use super::{Result, Vm};
use crate::objects::{List, Tuple, simple_equal};

/// The items of a list or tuple, borrowed.
pub(crate) enum Items<'a> {
    List(std::cell::Ref<'a, Vec<Value>>),
    Tuple(&'a [Value]),
}

impl Deref for Items<'_> {
    type Target = [Value];
    #[inline(always)]
    fn deref(&self) -> &[Value] {
        match self {
            Items::List(items) => items,
            Items::Tuple(items) => items,
        }
    }
}

/// The items of a list or tuple; nothing of anything else.
#[inline]
pub(crate) fn items_of(value: &Value) -> Option<Items<'_>> {
    match value.downcast::<List>() {
        Some(list) => Some(Items::List(list.items.borrow())),
        None => value.downcast::<Tuple>().map(|tuple| Items::Tuple(&tuple.items)),
    }
}

/// Where a search or a comparison came to.
enum Stop {
    /// To the item at this position.
    At(usize),
    /// To the end.
    End,
    /// To an item of which only a script can say whether it is equal.
    Ask(usize),
}

/// Whether two items are the same or equal, if that takes no script.
#[inline(always)]
fn same(a: &Value, b: &Value) -> Option<bool> {
    if a.is(b) {
        Some(true)
    } else if Value::both_small(a, b) {
        Some(false)
    } else {
        simple_equal(a, b)
    }
}

/// The first position from `from` on where two runs differ.
fn first_difference(a: &[Value], b: &[Value], from: usize) -> Stop {
    let (Some(a), Some(b)) = (a.get(from..), b.get(from..)) else { return Stop::End };
    for (index, (a, b)) in a.iter().zip(b).enumerate() {
        match same(a, b) {
            Some(true) => {}
            Some(false) => return Stop::At(from + index),
            None => return Stop::Ask(from + index),
        }
    }
    Stop::End
}

/// The first position of an item equal to `wanted`.
fn first_equal(items: &[Value], wanted: &Value) -> Stop {
    for (index, item) in items.iter().enumerate() {
        match same(item, wanted) {
            Some(true) => return Stop::At(index),
            Some(false) => {}
            None => return Stop::Ask(index),
        }
    }
    Stop::End
}

impl Vm {
    /// The first position in `start..end` of a list or tuple whose item is `wanted` or equal to it.
    pub(crate) fn position_of(
        &mut self,
        sequence: &Value,
        wanted: &Value,
        start: usize,
        end: usize,
    ) -> Result<Option<usize>> {
        let mut from = start;
        loop {
            let (position, item) = {
                let Some(items) = items_of(sequence) else { return Ok(None) };
                let Some(rest) = items.get(from..end.min(items.len())) else { return Ok(None) };
                match first_equal(rest, wanted) {
                    Stop::At(index) => return Ok(Some(from + index)),
                    Stop::End => return Ok(None),
                    Stop::Ask(index) => (from + index, rest[index].clone()),
                }
            };
            if self.equal(&item, wanted)? {
                return Ok(Some(position));
            }
            from = position + 1;
        }
    }

    /// Compares two lists, or two tuples.
    pub(super) fn compare_runs(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<bool> {
        let by_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        let mut from = 0;
        let (a, b) = loop {
            let (position, one, other, known) = {
                let (Some(a), Some(b)) = (items_of(a), items_of(b)) else { return Ok(false) };
                if by_equality && from == 0 && a.len() != b.len() {
                    return Ok(op == CompareOp::Ne);
                }
                match first_difference(&a, &b, from) {
                    Stop::End => return Ok(op.holds(Some(a.len().cmp(&b.len())))),
                    Stop::At(_) if by_equality => return Ok(op == CompareOp::Ne),
                    Stop::At(index) => (index, a[index].clone(), b[index].clone(), true),
                    Stop::Ask(index) => (index, a[index].clone(), b[index].clone(), false),
                }
            };
            if known {
                break (one, other);
            }
            if self.equal(&one, &other)? {
                from = position + 1;
                continue;
            }
            // Where the comparison took the items away, the lengths decide.
            let is_there = |run: &Value| items_of(run).is_some_and(|items| position < items.len());
            if is_there(a) && is_there(b) {
                break (one, other);
            }
            from = position;
        };
        if by_equality {
            return Ok(op == CompareOp::Ne);
        }
        let result = self.compare(op, &a, &b)?;
        self.truth(&result)
    }
}
