//! Assigning and deleting items and slices of a `bytearray`.

use linger_heap::{Ref, Value};

use super::bytes_type::{byte_item, contents, octets_of};
use crate::objects::{ByteArray, Slice, Special};
use crate::vm::{Result, Vm};

impl Vm {
    /// `object[key] = value` of a `bytearray`.
    pub(crate) fn bytearray_set_item(&mut self, object: &Value, key: &Value, value: &Value) -> Result<()> {
        let Some(array) = self.native::<ByteArray>(object) else { return Ok(()) };
        if let Some(slice) = key.to_ref::<Slice>() {
            return self.set_bytes(&array, &slice, value);
        }
        self.byte_place(&array, key)?;
        let byte = byte_item(self, value, "byte must be in range(0, 256)")?;
        // The value's `__index__` may have shortened the array.
        let place = self.byte_place(&array, key)?;
        array.0.borrow_mut()[place] = byte;
        Ok(())
    }

    /// `del object[key]` of a `bytearray`.
    pub(crate) fn bytearray_delete_item(&mut self, object: &Value, key: &Value) -> Result<()> {
        let Some(array) = self.native::<ByteArray>(object) else { return Ok(()) };
        if let Some(slice) = key.to_ref::<Slice>() {
            let length = array.0.borrow().len();
            let (start, _, step, count) = self.slice_bounds(&slice, length)?;
            let places = places(start, step, count);
            self.mutate(&array, |array| {
                let mut index = 0;
                array.0.borrow_mut().retain(|_| {
                    index += 1;
                    places.binary_search(&(index - 1)).is_err()
                });
            });
            return Ok(());
        }
        let place = self.byte_place(&array, key)?;
        self.mutate(&array, |array| array.0.borrow_mut().remove(place));
        Ok(())
    }

    /// The place that an index means.
    fn byte_place(&mut self, array: &Ref<ByteArray>, key: &Value) -> Result<usize> {
        if !self.is_int(key) && self.special(key, Special::Index).is_none() {
            let found = self.type_name(key);
            return Err(self.type_error(format!("bytearray indices must be integers or slices, not {found}")));
        }
        let index = self.index_i64(key)?;
        let length = array.0.borrow().len();
        let index = if index < 0 { index.saturating_add(length as i64) } else { index };
        match usize::try_from(index) {
            Ok(index) if index < length => Ok(index),
            _ => Err(self.index_error("bytearray index out of range")),
        }
    }

    fn set_bytes(&mut self, array: &Ref<ByteArray>, slice: &Slice, value: &Value) -> Result<()> {
        let bytes = match octets_of(self, value) {
            Some(octets) => octets.to_vec(),
            None if self.is_str(value) || self.is_int(value) || value.is_float() => {
                return Err(self.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
            }
            None => contents(self, "bytearray", Some(value.clone()), None, None)?,
        };
        let length = array.0.borrow().len();
        let (start, stop, step, count) = self.slice_bounds(slice, length)?;
        if step == 1 {
            self.check_memory(bytes.len())?;
            let start = start as usize;
            let stop = (stop.max(start as i64)) as usize;
            self.mutate(array, |array| drop(array.0.borrow_mut().splice(start..stop, bytes)));
            return Ok(());
        }
        if bytes.len() != count {
            let given = bytes.len();
            let message = format!("attempt to assign bytes of size {given} to extended slice of size {count}");
            return Err(self.value_error(message));
        }
        let mut target = array.0.borrow_mut();
        for (index, byte) in bytes.into_iter().enumerate() {
            target[(start + step * index as i64) as usize] = byte;
        }
        Ok(())
    }
}

/// The places of a slice, in rising order.
fn places(start: i64, step: i64, count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count as i64).map(|index| (start + step * index) as usize).collect();
    places.sort_unstable();
    places
}
