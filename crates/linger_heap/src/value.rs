//! The eight-byte value: a float, a small integer, a constant, or a counted reference to an object.
//!
//! Encoding (a NaN box): floats are stored with 2^49 added to their bits, small integers have all of the top 16 bits set and
//! 48 bits of payload, and everything whose top 16 bits are zero is a constant (below 256) or the address of a [`Header`].
//! Knows nothing of what the objects mean.
#![expect(
    unsafe_code,
    reason = "reference counts are kept behind raw addresses; a measurement asked for 8-byte values"
)]

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::barrier::{last_or_lost, may_be_unseen};
use crate::incremental::moved_away;
use crate::object::{Block, Header, Object, Ref, flag};

const FLOAT_OFFSET: u64 = 2 << 48;
const INT_TAG: u64 = 0xFFFF << 48;
const SIGN: u64 = 1 << 63;
/// The bits of a NaN that the encoding leaves free.
const NAN_PAYLOAD: u64 = (1 << 48) - 1;
const FIRST_ADDRESS: u64 = 0x100;

/// The bits of a quiet NaN of the sign and the low payload of the given ones.
#[inline]
const fn quiet_nan(bits: u64) -> u64 {
    0x7FF8_0000_0000_0000 | bits & (SIGN | NAN_PAYLOAD)
}

/// A value of a script. Cloning and dropping keep the count of the object it refers to.
pub struct Value {
    bits: u64,
    // The owner of a heap is one thread: a value must not leave it.
    _not_send: PhantomData<*mut ()>,
}

/// What a [`Value`] holds, for code that wants to match on it.
#[derive(Debug, Clone, Copy)]
pub enum Unpacked<'a> {
    /// No value: an unbound variable.
    Empty,
    /// The constant `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer of at most 48 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// The constant `NotImplemented`.
    NotImplemented,
    /// The constant `...`.
    Ellipsis,
    /// A reference to an object.
    Object(&'a Header),
}

impl Value {
    /// No value at all: an unbound variable or an absent entry.
    pub const EMPTY: Value = Value::constant(0);
    /// `None`.
    pub const NONE: Value = Value::constant(2);
    /// `False`.
    pub const FALSE: Value = Value::constant(6);
    /// `True`.
    pub const TRUE: Value = Value::constant(7);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Value = Value::constant(10);
    /// `...`.
    pub const ELLIPSIS: Value = Value::constant(14);
    /// The largest integer that needs no object.
    pub const MAX_INT: i64 = (1 << 47) - 1;
    /// The smallest integer that needs no object.
    pub const MIN_INT: i64 = -(1 << 47);

    const fn constant(bits: u64) -> Value {
        Value { bits, _not_send: PhantomData }
    }

    /// A float.
    #[inline(always)]
    pub fn float(value: f64) -> Value {
        // The upper bits of a NaN's payload could collide with the integer tag.
        let bits = if value.is_nan() { quiet_nan(value.to_bits()) } else { value.to_bits() };
        Value::constant(bits.wrapping_add(FLOAT_OFFSET))
    }

    /// A NaN that is another value than those of other numbers: its payload tells them apart.
    pub fn numbered_nan(like: f64, number: u64) -> Value {
        Value::constant(quiet_nan(like.to_bits() & SIGN | number & NAN_PAYLOAD).wrapping_add(FLOAT_OFFSET))
    }

    /// The result of arithmetic on what [`Value::float_or_nan`] gives, if it is a number. So one look at the result tells that
    /// both operands were floats; a NaN says that they may not have been.
    #[inline(always)]
    pub fn float_unless_nan(result: f64) -> Option<Value> {
        if result.is_nan() { None } else { Some(Value::constant(result.to_bits().wrapping_add(FLOAT_OFFSET))) }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(value: bool) -> Value {
        Value::constant(6 | value as u64)
    }

    /// A small integer, or nothing if `value` needs more than 48 bits.
    #[inline(always)]
    pub fn small_int(value: i64) -> Option<Value> {
        let shifted = value << 16;
        if shifted >> 16 == value { Some(Value::from_shifted(shifted)) } else { None }
    }

    /// A small integer from its payload in the upper 48 bits; the low 16 bits are dropped.
    #[inline(always)]
    pub const fn from_shifted(shifted: i64) -> Value {
        Value::constant((shifted as u64 >> 16) | INT_TAG)
    }

    /// The payload of a small integer in the upper 48 bits: sums and comparisons of such payloads need no masking.
    #[inline(always)]
    pub fn shifted(&self) -> i64 {
        (self.bits << 16) as i64
    }

    /// The sum of two small integers, in 48 bits: what does not fit wraps around.
    #[inline(always)]
    pub fn wrapping_sum(a: &Value, b: &Value) -> Value {
        debug_assert!(Value::both_small(a, b));
        // What the payloads carry into the tag, or borrow from it, is written over.
        Value::constant(a.bits.wrapping_add(b.bits) | INT_TAG)
    }

    /// A small integer above zero, less one.
    #[inline(always)]
    pub fn one_less(value: &Value) -> Value {
        debug_assert!(value.shifted() > 0);
        // Nothing is borrowed from the tag.
        Value::constant(value.bits - 1)
    }

    /// The bits of the encoding.
    #[inline(always)]
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// Whether both are small integers.
    #[inline(always)]
    pub fn both_small(a: &Value, b: &Value) -> bool {
        (a.bits & b.bits) >= INT_TAG
    }

    /// Whether this is a small integer.
    #[inline(always)]
    pub fn is_small_int(&self) -> bool {
        self.bits >= INT_TAG
    }

    /// Whether this is a float.
    #[inline(always)]
    pub fn is_float(&self) -> bool {
        self.bits.wrapping_sub(FLOAT_OFFSET) < INT_TAG - FLOAT_OFFSET
    }

    /// Whether this refers to an object.
    #[inline(always)]
    pub fn is_object(&self) -> bool {
        self.bits.wrapping_sub(FIRST_ADDRESS) < 1 << 48
    }

    /// Whether one of these refers to an object. No branch for each: many are looked at in the time of one.
    pub(crate) fn any_object<const COUNT: usize>(values: &[Value; COUNT]) -> bool {
        // As in `is_object`: of an address, nothing is left by the shift, and taking one away from that sets the top bit.
        let tops = values.iter().map(|value| (value.bits.wrapping_sub(FIRST_ADDRESS) >> 48).wrapping_sub(1));
        tops.fold(0, |all, top| all | top) >> 63 != 0
    }

    /// Whether this is no value at all.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.bits == 0
    }

    /// Whether this is `None`.
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.bits == 2
    }

    /// The small integer.
    #[inline(always)]
    pub fn as_small_int(&self) -> Option<i64> {
        if self.is_small_int() { Some(self.shifted() >> 16) } else { None }
    }

    /// The float.
    #[inline(always)]
    pub fn as_float(&self) -> Option<f64> {
        if self.is_float() { Some(self.float_or_nan()) } else { None }
    }

    /// The float; any other value gives a NaN, since the encoding puts them where the bits of NaNs would be.
    #[inline(always)]
    pub fn float_or_nan(&self) -> f64 {
        f64::from_bits(self.bits.wrapping_sub(FLOAT_OFFSET))
    }

    /// The truth constant.
    #[inline(always)]
    pub fn as_bool(&self) -> Option<bool> {
        if self.bits & !1 == 6 { Some(self.bits == 7) } else { None }
    }

    /// The truth of `True`, `False`, `None` or a small integer.
    #[inline(always)]
    pub fn plain_truth(&self) -> Option<bool> {
        if let Some(truth) = self.as_bool() {
            return Some(truth);
        }
        if self.is_small_int() {
            return Some(self.bits != INT_TAG);
        }
        if self.is_none() { Some(false) } else { None }
    }

    /// Whether two values are the same constant, number of the same type, or object.
    #[inline(always)]
    pub fn is(&self, other: &Value) -> bool {
        self.bits == other.bits
    }

    /// The header of the object.
    #[inline(always)]
    pub fn header(&self) -> Option<&Header> {
        if self.is_object() {
            // SAFETY: an address in a value is that of a live object, which this value's count keeps alive. Invariant
            // checked by `Heap::verify`: every count equals the number of values that refer to the object.
            Some(unsafe { &*(self.bits as *const Header) })
        } else {
            None
        }
    }

    /// The object, if it is of kind `T`.
    #[inline(always)]
    pub fn downcast<T: Object>(&self) -> Option<&T> {
        let header = self.header()?;
        if header.kind() == T::KIND {
            // SAFETY: `kinds!` gives each Rust type a kind of its own, and the heap writes `T::KIND` only for a `Block<T>`.
            Some(unsafe { &(*(self.bits as *const Block<T>)).body })
        } else {
            None
        }
    }

    /// The object to be changed, if it is of kind `T` and nothing else refers to it. Whoever changes its size tells the heap.
    pub fn get_mut<T: Object>(&mut self) -> Option<&mut T> {
        if !self.is_kind::<T>() || self.header()?.count() != 1 || self.header()?.has(flag::WEAKLY_REFERENCED) {
            return None;
        }
        // SAFETY: the kind was checked as in `downcast`; this value is the only one that refers to the object, and is borrowed.
        Some(unsafe { &mut (*(self.bits as *mut Block<T>)).body })
    }

    /// Whether the object is of kind `T`.
    #[inline(always)]
    pub fn is_kind<T: Object>(&self) -> bool {
        self.header().is_some_and(|header| header.kind() == T::KIND)
    }

    /// A counted reference to the object, if it is of kind `T`.
    pub fn to_ref<T: Object>(&self) -> Option<Ref<T>> {
        if self.is_kind::<T>() {
            let kept = ManuallyDrop::new(self.clone());
            // SAFETY: the kind was checked, and the clone's count goes over to the `Ref`.
            Some(unsafe { Ref::from_counted(NonNull::new_unchecked(kept.bits as *mut Block<T>)) })
        } else {
            None
        }
    }

    /// What this holds.
    pub fn unpack(&self) -> Unpacked<'_> {
        if let Some(header) = self.header() {
            return Unpacked::Object(header);
        }
        if let Some(value) = self.as_small_int() {
            return Unpacked::Int(value);
        }
        if let Some(value) = self.as_float() {
            return Unpacked::Float(value);
        }
        match self.bits {
            2 => Unpacked::None,
            6 => Unpacked::Bool(false),
            7 => Unpacked::Bool(true),
            10 => Unpacked::NotImplemented,
            14 => Unpacked::Ellipsis,
            _ => Unpacked::Empty,
        }
    }

    /// A value that takes over one count of the object at `header`.
    ///
    /// # Safety
    /// `header` is the address of a live object, one of whose counts nobody else owns.
    #[inline(always)]
    pub(crate) unsafe fn from_counted(header: NonNull<Header>) -> Value {
        Value::constant(header.as_ptr() as u64)
    }

    /// A value for an object that is alive for some other reason: counts it once more.
    #[inline(always)]
    pub fn from_header(header: &Header) -> Value {
        header.increment();
        Value::constant(std::ptr::from_ref(header) as u64)
    }

    /// Drops the value without telling the log of candidates or a running pass: for one that was made only to look.
    pub(crate) fn drop_quietly(self) {
        let kept = ManuallyDrop::new(self);
        if let Some(header) = kept.header()
            && header.decrement()
            && header.count() == 0
        {
            // SAFETY: as in `drop`.
            unsafe { last_or_lost(NonNull::from(header)) }
        }
    }

    /// Drops the value if that takes no more than counting down; hands it back if somebody must hear of it or the object goes.
    #[inline(always)]
    pub fn drop_quickly(self) -> Option<Value> {
        let kept = ManuallyDrop::new(self);
        if let Some(header) = kept.header() {
            if header.is_last_or_armed() {
                return Some(ManuallyDrop::into_inner(kept));
            }
            header.decrement();
        }
        None
    }

    /// The same value without a count of its own, for a borrow that ends before the owner does.
    ///
    /// # Safety
    /// The result must not outlive this value, and the caller must not drop it.
    #[inline(always)]
    pub unsafe fn alias(&self) -> ManuallyDrop<Value> {
        ManuallyDrop::new(Value::constant(self.bits))
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(header) = self.header() {
            header.increment();
        }
        Value::constant(self.bits)
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(header) = self.header()
            && header.decrement()
        {
            // SAFETY: the count was ours; if it was the last one, nothing refers to the object any more.
            unsafe { last_or_lost(NonNull::from(header)) }
        }
    }
}

impl Default for Value {
    fn default() -> Value {
        Value::EMPTY
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::bool(value)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unpack() {
            Unpacked::Object(header) => write!(f, "<{} at {:p}>", header.info().name, header),
            other => write!(f, "{other:?}"),
        }
    }
}

/// A place inside an object that holds a value and can be written through a shared reference.
#[derive(Default)]
pub struct ValueCell(UnsafeCell<Value>);

impl ValueCell {
    /// A cell that holds `value`.
    pub const fn new(value: Value) -> ValueCell {
        ValueCell(UnsafeCell::new(value))
    }

    /// A clone of what the cell holds.
    #[inline(always)]
    pub fn get(&self) -> Value {
        // SAFETY: the cell is not `Sync`, and cloning a value runs no code that could write to the cell meanwhile.
        unsafe { (*self.0.get()).clone() }
    }

    /// Puts `value` in and hands out what was there; a running pass hears of it.
    #[inline(always)]
    pub fn replace(&self, value: Value) -> Value {
        let old = self.swap(value);
        if may_be_unseen(&old) {
            moved_away(&old);
        }
        old
    }

    /// Puts `value` in and hands out what was there, which the caller drops at once: a running pass hears of the drop.
    #[inline(always)]
    pub fn replace_to_drop(&self, value: Value) -> Value {
        self.swap(value)
    }

    /// Puts `value` in. What was there is dropped after the write, so that code run by the drop sees the new value.
    #[inline(always)]
    pub fn set(&self, value: Value) {
        drop(self.swap(value));
    }

    #[inline(always)]
    fn swap(&self, value: Value) -> Value {
        // SAFETY: the cell is not `Sync`, and no reference to its inside is ever handed out.
        unsafe { std::mem::replace(&mut *self.0.get(), value) }
    }

    /// Empties the cell.
    pub fn take(&self) -> Value {
        self.replace(Value::EMPTY)
    }

    /// What the cell holds, without a count of its own: for traversals, where a clone and its drop would be news to the
    /// collector. `look` must not write to the cell.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&Value) -> R) -> R {
        // SAFETY: the cell is not `Sync`; the copy is not dropped, since its count is the cell's, which nobody takes away
        // while it is looked at.
        let copy = ManuallyDrop::new(Value::constant(unsafe { (*self.0.get()).bits }));
        look(&copy)
    }

    /// Whether the cell holds no value.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        // SAFETY: as in `get`; only the bits are read.
        unsafe { (*self.0.get()).is_empty() }
    }

    /// The address of the value inside, for a caller that may use `unsafe`.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Value {
        self.0.get()
    }
}

impl fmt::Debug for ValueCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_survive_the_encoding() {
        for value in [0.0, -0.0, 1.5, -1e300, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE] {
            assert_eq!(Value::float(value).as_float().map(f64::to_bits), Some(value.to_bits()));
        }
        let nan = Value::float(-f64::NAN);
        assert!(nan.is_float() && !nan.is_small_int() && !nan.is_object());
    }

    #[test]
    fn sums_wrap_around_in_forty_eight_bits() {
        let int = |value: i64| Value::from_shifted(value << 16);
        for a in [0, 1, -1, 12345, -12345, Value::MAX_INT, Value::MIN_INT] {
            for b in [0, 1, -1, 7, -7, Value::MAX_INT, Value::MIN_INT] {
                assert!(Value::wrapping_sum(&int(a), &int(b)).is(&int(a + b)), "{a} + {b}");
            }
        }
    }

    #[test]
    fn integers_have_forty_eight_bits() {
        for value in [0, 1, -1, Value::MAX_INT, Value::MIN_INT] {
            let encoded = Value::small_int(value).expect("fits");
            assert_eq!(encoded.as_small_int(), Some(value));
            assert!(!encoded.is_float() && !encoded.is_object());
        }
        assert!(Value::small_int(Value::MAX_INT + 1).is_none());
        assert!(Value::small_int(Value::MIN_INT - 1).is_none());
    }

    #[test]
    fn constants_are_none_of_the_rest() {
        for value in [Value::EMPTY, Value::NONE, Value::TRUE, Value::FALSE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS] {
            assert!(!value.is_object() && !value.is_float() && !value.is_small_int());
        }
        assert_eq!(Value::TRUE.as_bool(), Some(true));
        assert_eq!(Value::FALSE.as_bool(), Some(false));
        assert_eq!(Value::NONE.as_bool(), None);
    }
}
