//! Integers that need an object. Up to 128 bits they are two words in it, as the products and hashes of most scripts are; longer
//! ones have their digits elsewhere. Does not know what scripts do with them.

use std::borrow::Cow;

use linger_heap::{Edge, Value};

/// An integer that needs more than 48 bits. Smaller ones are never objects: integers have one form each.
#[derive(Debug, Clone, PartialEq)]
pub struct BigInt(Digits);

/// One form each here as well: what fits in words is never `Many`.
#[derive(Debug, Clone, PartialEq)]
enum Digits {
    /// The low and the high half of an `i128`, which as such would have every object lie at a multiple of sixteen.
    Words(u64, i64),
    Many(num_bigint::BigInt),
}

impl BigInt {
    /// An integer of any size.
    pub fn new(value: num_bigint::BigInt) -> BigInt {
        match i128::try_from(&value) {
            Ok(wide) => BigInt::wide(wide),
            Err(_) => BigInt(Digits::Many(value)),
        }
    }

    /// An integer of two words.
    #[inline(always)]
    pub fn wide(value: i128) -> BigInt {
        BigInt(Digits::Words(value as u64, (value >> 64) as i64))
    }

    /// The integer, if it is one of two words.
    #[inline(always)]
    pub fn as_wide(&self) -> Option<i128> {
        match self.0 {
            Digits::Words(low, high) => Some(i128::from(high) << 64 | i128::from(low)),
            Digits::Many(_) => None,
        }
    }

    /// The integer with its digits.
    pub fn to_big(&self) -> Cow<'_, num_bigint::BigInt> {
        match &self.0 {
            Digits::Words(..) => Cow::Owned(self.as_wide().unwrap_or_default().into()),
            Digits::Many(big) => Cow::Borrowed(big),
        }
    }

    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(std::mem::replace(&mut self.0, Digits::Words(0, 0))))
    }
    pub(super) fn extra_bytes(&self) -> usize {
        match &self.0 {
            Digits::Words(..) => 0,
            Digits::Many(big) => big.bits() as usize / 8,
        }
    }
}
