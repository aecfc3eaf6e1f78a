//! Arithmetic on integers of two words: those that are no small integers, but mostly what scripts mean by large ones (hashes,
//! random numbers, times in nanoseconds). What overflows two words is left to the general way.

use std::cmp::Ordering;

use linger_heap::Value;

use super::Vm;
use super::operators::BinaryOp;
use crate::objects::BigInt;

/// An integer of at most two words; truth values and instances of subclasses are left to the general way.
#[inline(always)]
pub(super) fn wide_int(value: &Value) -> Option<i128> {
    match value.as_small_int() {
        Some(int) => Some(i128::from(int)),
        None => value.downcast::<BigInt>()?.as_wide(),
    }
}

/// The order of two such integers.
#[inline]
pub(super) fn wide_order(a: &Value, b: &Value) -> Option<Ordering> {
    Some(wide_int(a)?.cmp(&wide_int(b)?))
}

/// The result of an operator, if it is such an integer as well and needs no message.
#[inline]
pub(super) fn wide_arithmetic(op: BinaryOp, a: i128, b: i128) -> Option<i128> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => multiply(a, b),
        BinaryOp::And => Some(a & b),
        BinaryOp::Or => Some(a | b),
        BinaryOp::Xor => Some(a ^ b),
        BinaryOp::LShift => shift_left(a, b),
        BinaryOp::RShift => (b >= 0).then(|| a >> b.min(127)),
        BinaryOp::FloorDiv => Some(divide(a, b)?.0),
        BinaryOp::Mod => Some(divide(a, b)?.1),
        BinaryOp::Pow => a.checked_pow(u32::try_from(b).ok()?),
        BinaryOp::Div | BinaryOp::MatMul => None,
    }
}

fn multiply(a: i128, b: i128) -> Option<i128> {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => i128::try_from(u128::from(a) * u128::from(b)).ok(),
        _ => a.checked_mul(b),
    }
}

fn shift_left(a: i128, count: i128) -> Option<i128> {
    let bits = 128 - (if a < 0 { !a } else { a }).leading_zeros();
    ((0..128).contains(&count) && count + i128::from(bits) < 128).then(|| a << count)
}

/// Quotient and remainder rounded down. Division of single words is many times quicker.
fn divide(a: i128, b: i128) -> Option<(i128, i128)> {
    if let (Ok(a), Ok(b @ 1..)) = (u64::try_from(a), u64::try_from(b)) {
        return Some((i128::from(a / b), i128::from(a % b)));
    }
    let (quotient, remainder) = (a.checked_div(b)?, a.checked_rem(b)?);
    Some(if remainder != 0 && (remainder < 0) != (b < 0) {
        (quotient - 1, remainder + b)
    } else {
        (quotient, remainder)
    })
}

impl Vm {
    /// An integer of two words, in its one form.
    #[inline]
    pub fn wide(&self, value: i128) -> Value {
        match i64::try_from(value).ok().and_then(Value::small_int) {
            Some(small) => small,
            None => self.heap.alloc(self.classes.int.type_id.get(), BigInt::wide(value)).into_value(),
        }
    }

    /// The same in the object of a value that is given up for it, if nobody else refers to that.
    #[inline]
    pub(super) fn wide_in_place(&self, mut given_up: Value, value: i128) -> Value {
        let is_small = i64::try_from(value).ok().and_then(Value::small_int).is_some();
        if !is_small
            && let Some(big) = given_up.get_mut::<BigInt>()
            && big.as_wide().is_some()
        {
            *big = BigInt::wide(value);
            return given_up;
        }
        self.wide(value)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt as Big;
    use num_integer::Integer;

    use super::*;

    const NUMBERS: [i128; 18] = [
        0,
        1,
        -1,
        31,
        -31,
        63,
        64,
        126,
        127,
        1 << 47,
        (1 << 63) - 1,
        -(1 << 63),
        1 << 64,
        6364136223846793005,
        -14695981039346656037,
        i128::MAX / 3,
        i128::MAX,
        i128::MIN,
    ];

    #[test]
    fn agrees_with_long_integers() {
        for a in NUMBERS {
            for b in NUMBERS {
                let (x, y) = (Big::from(a), Big::from(b));
                let count = u32::try_from(b).ok().filter(|count| *count < 200);
                let rows = [
                    (BinaryOp::Add, Some(&x + &y)),
                    (BinaryOp::Sub, Some(&x - &y)),
                    (BinaryOp::Mul, Some(&x * &y)),
                    (BinaryOp::And, Some(&x & &y)),
                    (BinaryOp::Or, Some(&x | &y)),
                    (BinaryOp::Xor, Some(&x ^ &y)),
                    (BinaryOp::LShift, count.map(|count| &x << count)),
                    (BinaryOp::RShift, count.map(|count| &x >> count)),
                    (BinaryOp::FloorDiv, (b != 0).then(|| x.div_floor(&y))),
                    (BinaryOp::Mod, (b != 0).then(|| x.mod_floor(&y))),
                    (BinaryOp::Pow, count.map(|count| x.pow(count))),
                ];
                for (op, expected) in rows {
                    let fits = expected.as_ref().and_then(|value| i128::try_from(value).ok());
                    match wide_arithmetic(op, a, b) {
                        Some(result) if op == BinaryOp::RShift && count.is_none() => {
                            assert_eq!(result, if a < 0 { -1 } else { 0 }, "{a} {op:?} {b}");
                        }
                        Some(result) if op == BinaryOp::Pow && count.is_none() => {
                            assert_eq!(result, a.checked_pow(b as u32).unwrap_or_default());
                        }
                        Some(result) => assert_eq!(Some(result), fits, "{a} {op:?} {b}"),
                        // Left to the general way: results that do not fit, and the one division that overflows.
                        None => assert!(fits.is_none() || a == i128::MIN && b == -1, "{a} {op:?} {b}"),
                    }
                }
            }
        }
    }
}
