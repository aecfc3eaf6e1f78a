//! The order of values of builtin kinds, as far as it can be told without running a script: what sorting, heaps and comparisons of
//! tuples ask most.
//!
//! Knows no error: whatever has no such order (a NaN, values of different kinds) is left to the comparison in general.

use std::cmp::Ordering;

use linger_heap::Value;

use super::containers::{List, Tuple};
use super::table::plain_number;
use super::text::Str;

/// Lists and tuples within one another are followed so far, which no native stack minds.
const NESTING: u32 = 8;

/// The order of two values, if both are numbers, both texts, or both lists or tuples of what has such an order.
#[inline]
pub fn simple_order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a.as_float(), b.as_float()) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        _ => order_within(a, b, NESTING),
    }
}

#[inline]
fn order_within(a: &Value, b: &Value, nesting: u32) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int()) {
        return Some(a.cmp(&b));
    }
    if !a.is_object() || !b.is_object() {
        return plain_number(a)?.partial_cmp(&plain_number(b)?);
    }
    if let (Some(a), Some(b)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
        return Some((*a.text).cmp(&*b.text));
    }
    let nesting = nesting.checked_sub(1)?;
    if let (Some(a), Some(b)) = (a.downcast::<Tuple>(), b.downcast::<Tuple>()) {
        return order_of_items(&a.items, &b.items, nesting);
    }
    let (a, b) = (a.downcast::<List>()?, b.downcast::<List>()?);
    order_of_items(&a.items.borrow(), &b.items.borrow(), nesting)
}

fn order_of_items(a: &[Value], b: &[Value], nesting: u32) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        // The same object counts as equal, whatever it says of itself.
        if !a.is(b) {
            match order_within(a, b, nesting)? {
                Ordering::Equal => {}
                order => return Some(order),
            }
        }
    }
    Some(a.len().cmp(&b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_and_a_nan_is_not() {
        let (one, half) = (Value::small_int(1).unwrap_or_default(), Value::float(0.5));
        assert_eq!(simple_order(&one, &half), Some(Ordering::Greater));
        assert_eq!(simple_order(&half, &one), Some(Ordering::Less));
        assert_eq!(simple_order(&one, &Value::float(f64::NAN)), None);
        assert_eq!(simple_order(&one, &Value::NONE), None);
    }
}
