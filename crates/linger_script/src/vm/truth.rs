//! Whether a value counts as true, and how long it is.

use linger_heap::{Unpacked, Value};
use num_traits::{Signed, ToPrimitive};

use super::{Result, Vm};
use crate::objects::*;

impl Vm {
    /// Whether a value counts as true.
    #[inline]
    pub fn truth(&mut self, value: &Value) -> Result<bool> {
        match value.unpack() {
            Unpacked::Bool(truth) => Ok(truth),
            Unpacked::None | Unpacked::Empty => Ok(false),
            Unpacked::Int(int) => Ok(int != 0),
            Unpacked::Float(float) => Ok(float != 0.0),
            Unpacked::Ellipsis => Ok(true),
            Unpacked::NotImplemented => {
                self.warn_deprecated("NotImplemented should not be used in a boolean context")?;
                Ok(true)
            }
            Unpacked::Object(_) => self.object_truth(value),
        }
    }

    fn object_truth(&mut self, value: &Value) -> Result<bool> {
        if let Some(instance) = value.downcast::<Instance>()
            && instance
                .class
                .with(|class| class.downcast::<Class>().is_some_and(|class| class.true_epoch.get() == self.epoch))
        {
            return Ok(true);
        }
        if let Some(len) = self.native_len(value) {
            return Ok(len != 0);
        }
        if value.is_kind::<Range>() {
            // Longer than a length can tell.
            return Ok(true);
        }
        if let Some(number) = value.downcast::<Complex>() {
            return Ok(number.0.real != 0.0 || number.0.imag != 0.0);
        }
        if !self.has_script_class(value) {
            return Ok(true);
        }
        if let Some(result) = self.call_special(value, Special::Bool, &[])? {
            return match result.as_bool() {
                Some(truth) => Ok(truth),
                None => {
                    Err(self.type_error(format!("__bool__ should return bool, returned {}", self.type_name(&result))))
                }
            };
        }
        if self.special(value, Special::Len).is_some() {
            return Ok(self.len(value)? != 0);
        }
        match value.downcast::<Instance>().and_then(Instance::payload) {
            Some(payload) if !payload.is_kind::<ExceptionData>() => self.truth(&payload),
            _ => {
                let class = self.class_of(value);
                if class.layout == Layout::Object {
                    class.true_epoch.set(self.epoch);
                }
                Ok(true)
            }
        }
    }

    /// `len()`
    pub fn len(&mut self, value: &Value) -> Result<usize> {
        if let Some(len) = self.native_len(value) {
            return Ok(len);
        }
        if let Some(result) = self.call_special(value, Special::Len, &[])? {
            let index = self.index(&result)?;
            return match self.to_i64(&index) {
                Some(len) if len >= 0 => Ok(len as usize),
                Some(_) => Err(self.value_error("__len__() should return >= 0")),
                None if self.to_bigint(&index).is_some_and(|index| index.is_negative()) => {
                    Err(self.value_error("__len__() should return >= 0"))
                }
                None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
            };
        }
        match value.downcast::<Instance>().and_then(Instance::payload).and_then(|payload| self.native_len(&payload)) {
            Some(len) => Ok(len),
            None if value.is_kind::<Range>() => {
                Err(self.overflow_error("Python int too large to convert to C ssize_t"))
            }
            None => Err(self.type_error(format!("object of type '{}' has no len()", self.type_name(value)))),
        }
    }

    /// The length of a builtin container.
    #[inline]
    pub(crate) fn native_len(&self, value: &Value) -> Option<usize> {
        if let Some(list) = value.downcast::<List>() {
            return Some(list.items.borrow().len());
        }
        if let Some(text) = value.downcast::<Str>() {
            return Some(text.chars());
        }
        if let Some(dict) = value.downcast::<Dict>() {
            return Some(dict.table.borrow().len());
        }
        if let Some(tuple) = value.downcast::<Tuple>() {
            return Some(tuple.items.len());
        }
        if let Some(set) = value.downcast::<Set>() {
            return Some(set.table.borrow().len());
        }
        if let Some(bytes) = value.downcast::<Bytes>() {
            return Some(bytes.0.len());
        }
        if let Some(bytes) = value.downcast::<ByteArray>() {
            return Some(bytes.0.borrow().len());
        }
        if let Some(range) = value.downcast::<Range>() {
            return self.range_len(range).to_i64().map(|len| len as usize);
        }
        if let Some(view) = value.downcast::<DictView>() {
            return self.native_len(&view.dict.get());
        }
        value.downcast::<NativeObject>()?.data.borrow().len()
    }

    /// The number of integers in a range.
    pub(crate) fn range_len(&self, range: &Range) -> num_bigint::BigInt {
        let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
        if let (Some(start), Some(stop), Some(step)) =
            (range.start.as_small_int(), range.stop.as_small_int(), range.step.as_small_int())
        {
            return small_range_len(start, stop, step).into();
        }
        let (start, stop, step) = (big(&range.start), big(&range.stop), big(&range.step));
        let zero = num_bigint::BigInt::from(0);
        if step > zero && start < stop {
            (stop - start - 1) / step + 1
        } else if step < zero && start > stop {
            (start - stop - 1) / -step + 1
        } else {
            zero
        }
    }
}

/// The number of integers from `start` up (or down) to `stop`.
pub(crate) fn small_range_len(start: i64, stop: i64, step: i64) -> i64 {
    if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else if step < 0 && start > stop {
        (start - stop - 1) / -step + 1
    } else {
        0
    }
}
