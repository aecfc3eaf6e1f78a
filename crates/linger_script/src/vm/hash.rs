//! Hashes, equal to CPython's for numbers, tuples and frozen sets: sets print in the order that they give.

use super::numbers::Number;
use super::{Result, Vm};
use crate::objects::*;
use crate::pure::float_num;
use linger_heap::{Unpacked, Value};

impl Vm {
    /// The hash of a value.
    #[inline]
    pub fn hash(&mut self, value: &Value) -> Result<u64> {
        if value.is_kind::<Str>() {
            return Ok(self.hash_str(value));
        }
        if let Some(int) = value.as_small_int() {
            return Ok(int_text_hash(int));
        }
        match value.downcast::<Tuple>() {
            Some(tuple) => self.hash_tuple(tuple),
            None => self.hash_other(value),
        }
    }

    /// The hash as a script sees it.
    pub fn hash_i64(&mut self, value: &Value) -> Result<i64> {
        Ok(self.hash(value)? as i64)
    }

    /// The hash of a small integer.
    #[inline(always)]
    pub(crate) fn hash_small(&self, value: &Value) -> Option<u64> {
        value.as_small_int().map(int_text_hash)
    }

    /// The hash of what needs no script for it: a text, a small integer, or a tuple of such.
    #[inline]
    pub(crate) fn hash_simple(&self, value: &Value) -> Option<u64> {
        let plain = |value: &Value| {
            if value.is_kind::<Str>() { Some(self.hash_str(value)) } else { self.hash_small(value) }
        };
        let Some(tuple) = value.downcast::<Tuple>() else { return plain(value) };
        let mut hash = TupleHash::default();
        for item in tuple.items.iter() {
            hash.add(plain(item)?);
        }
        Some(hash.finish(tuple.items.len()))
    }

    fn hash_other(&mut self, value: &Value) -> Result<u64> {
        let header = match value.unpack() {
            Unpacked::Float(float) => {
                // NaNs are told apart, in a dict as elsewhere.
                let hash = float_num::hash_f64(float).unwrap_or_else(|| value.bits().wrapping_mul(0x9E37_79B9) as i64);
                return Ok(hash as u64);
            }
            Unpacked::Bool(truth) => return Ok(u64::from(truth)),
            Unpacked::Int(int) => return Ok(int_text_hash(int)),
            Unpacked::Object(header) => header,
            _ => return Ok(value.bits().wrapping_mul(0x9E37_79B9)),
        };
        if let Some(big) = value.downcast::<BigInt>() {
            return Ok(match big.as_wide() {
                Some(wide) => float_num::hash_i128(wide) as u64,
                None => float_num_hash_big(&big.to_big()),
            });
        }
        if let Some(number) = value.downcast::<Complex>() {
            let part = |part: f64| float_num::hash_f64(part).unwrap_or(0) as u64;
            let hash = part(number.0.real).wrapping_add(part(number.0.imag).wrapping_mul(1_000_003));
            return Ok(if hash == u64::MAX { hash - 1 } else { hash });
        }
        if let Some(bytes) = value.downcast::<Bytes>() {
            let text: String = bytes.0.iter().map(|byte| char::from(*byte)).collect();
            let text = self.str(&text);
            return Ok(self.hash_str(&text));
        }
        if let Some(set) = value.downcast::<Set>()
            && set.frozen
        {
            return Ok(hash_frozen_set(set));
        }
        if self.has_script_class(value) {
            return self.hash_scripted(value);
        }
        if let Some(method) = value.downcast::<BoundMethod>() {
            let function = self.hash(&method.function.get())?;
            return Ok(function ^ (method.receiver.get().bits() >> 4));
        }
        if let Some(range) = value.downcast::<Range>() {
            let len = self.range_len(range);
            let first = if len > 0.into() { range.start.clone() } else { Value::NONE };
            let step = if len > 1.into() { range.step.clone() } else { Value::NONE };
            let len = self.big(len);
            let tuple = self.tuple(vec![len, first, step]);
            return self.hash(&tuple);
        }
        if let Some(view) = value.downcast::<DictView>()
            && view.kind != ViewKind::Values
        {
            return Err(self.unhashable(value));
        }
        if value.is_kind::<List>()
            || value.is_kind::<Dict>()
            || value.is_kind::<Set>()
            || value.is_kind::<ByteArray>()
            || value.is_kind::<Slice>()
        {
            return Err(self.unhashable(value));
        }
        Ok(address_hash(header))
    }

    fn unhashable(&self, value: &Value) -> super::Raise {
        self.type_error(format!("unhashable type: '{}'", self.type_name(value)))
    }

    fn hash_scripted(&mut self, value: &Value) -> Result<u64> {
        let name = self.special_name(Special::Hash).clone();
        let class = self.class_of(value);
        if let Some(method) = self.lookup(&class, &name) {
            if method.is_none() {
                return Err(self.unhashable(value));
            }
            if !method.is_kind::<Native>() || value.is_kind::<NativeObject>() || value.is_kind::<linger_heap::WeakRef>()
            {
                let result = self.call_found(&method, std::slice::from_ref(value))?;
                return match self.number(&result) {
                    // What fits a machine's word is the hash itself; -1 says that there was an error.
                    Some(Number::Int(int)) => Ok(if int == -1 { -2_i64 as u64 } else { int as u64 }),
                    Some(Number::Big(big)) => Ok(float_num_hash_big(&big)),
                    _ => Err(self.type_error("__hash__ method should return an integer")),
                };
            }
        }
        match value.downcast::<Instance>().and_then(Instance::payload) {
            Some(payload) if !payload.is_kind::<ExceptionData>() && !payload.is_kind::<Property>() => {
                self.hash(&payload)
            }
            _ => Ok(value.header().map_or(0, address_hash)),
        }
    }

    /// CPython's hash of a tuple (Objects/tupleobject.c, after xxHash): sets of tuples print in the order that it gives.
    fn hash_tuple(&mut self, tuple: &Tuple) -> Result<u64> {
        let mut hash = TupleHash::default();
        for item in tuple.items.iter() {
            let lane = if let Some(hash) = self.hash_small(item) {
                hash
            } else if item.is_kind::<Tuple>() {
                self.with_recursion(" while hashing", |vm| vm.hash(item))?
            } else {
                self.hash(item)?
            };
            hash.add(lane);
        }
        Ok(hash.finish(tuple.items.len()))
    }
}

/// CPython's hash of a tuple, of the hashes of its items.
struct TupleHash(u64);

impl Default for TupleHash {
    fn default() -> TupleHash {
        TupleHash(PRIME_5)
    }
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

impl TupleHash {
    #[inline(always)]
    fn add(&mut self, lane: u64) {
        self.0 = self.0.wrapping_add(lane.wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1);
    }

    #[inline(always)]
    fn finish(self, len: usize) -> u64 {
        let hash = self.0.wrapping_add(len as u64 ^ (PRIME_5 ^ 3_527_539));
        if hash == u64::MAX { 1_546_275_796 } else { hash }
    }
}

/// The hash of an int: itself modulo 2^61 - 1, which 48 bits need not compute.
#[inline(always)]
fn int_text_hash(int: i64) -> u64 {
    if int == -1 {
        return -2_i64 as u64;
    }
    if (Value::MIN_INT..=Value::MAX_INT).contains(&int) { int as u64 } else { float_num::hash_i64(int) as u64 }
}

fn float_num_hash_big(big: &num_bigint::BigInt) -> u64 {
    float_num::hash_bigint(big) as u64
}

/// Addresses are multiples of 16: their low bits say nothing.
fn address_hash(header: &linger_heap::Header) -> u64 {
    (std::ptr::from_ref(header) as u64).rotate_right(4)
}

/// CPython's hash of a frozen set (Objects/setobject.c): does not depend on the order.
fn hash_frozen_set(set: &Set) -> u64 {
    if let Some(known) = set.hash.get() {
        return known;
    }
    let shuffle = |hash: u64| ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
    let table = set.table.borrow();
    let mut hash = table.hashed().fold(0, |sum, (hash, _)| sum ^ shuffle(hash));
    hash ^= (table.len() as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX {
        hash = 590_923_713;
    }
    set.hash.set(Some(hash));
    hash
}
