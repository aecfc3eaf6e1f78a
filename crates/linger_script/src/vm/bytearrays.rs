//! Writing to parts of a bytearray: as a list of small integers would be written to.

use linger_heap::{Ref, Value};

use super::numbers::Number;
use super::{Result, Vm};
use crate::objects::*;

/// The bytes of a bytes object or bytearray, copied.
pub(super) fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    let bytes = value.downcast::<Bytes>().map(|bytes| bytes.0.to_vec());
    bytes.or_else(|| value.downcast::<ByteArray>().map(|bytes| bytes.0.borrow().clone()))
}

/// As [`bytes_of`], of any object with a buffer.
pub(super) fn buffer_of(vm: &Vm, value: &Value) -> Option<Vec<u8>> {
    bytes_of(value).or_else(|| crate::builtins::buffers::foreign_bytes(vm, value))
}

impl Vm {
    /// The byte that a value means.
    fn byte_of(&mut self, value: &Value) -> Result<u8> {
        let index = self.index(value)?;
        match self.number(&index) {
            Some(Number::Int(byte @ 0..=255)) => Ok(byte as u8),
            _ => Err(self.value_error("byte must be in range(0, 256)")),
        }
    }

    fn bytes_to_store(&mut self, value: &Value) -> Result<Vec<u8>> {
        if let Some(bytes) = self.native::<Bytes>(value) {
            return Ok(bytes.0.to_vec());
        }
        if let Some(bytes) = self.native::<ByteArray>(value) {
            return Ok(bytes.0.borrow().clone());
        }
        if let Some(bytes) = crate::builtins::buffers::foreign_bytes(self, value) {
            return Ok(bytes);
        }
        let names_number = [Special::Index, Special::Int, Special::Float];
        if self.is_str(value) || names_number.into_iter().any(|special| self.special(value, special).is_some()) {
            return Err(self.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
        }
        if self.special(value, Special::Iter).is_none() && self.special(value, Special::GetItem).is_none() {
            return Err(self.type_error(format!("cannot convert '{}' object to bytearray", self.type_name(value))));
        }
        self.items(value)?.iter().map(|item| self.byte_of(item)).collect()
    }

    fn place_in(&mut self, array: &ByteArray, key: &Value) -> Result<usize> {
        self.check_byte_index(key)?;
        let index = self.index_i64(key)?;
        self.place_at(array, index)
    }

    fn check_byte_index(&mut self, key: &Value) -> Result<()> {
        if !self.is_int(key) && self.special(key, Special::Index).is_none() {
            return Err(
                self.type_error(format!("bytearray indices must be integers or slices, not {}", self.type_name(key)))
            );
        }
        Ok(())
    }

    fn place_at(&mut self, array: &ByteArray, index: i64) -> Result<usize> {
        let len = array.0.borrow().len() as i64;
        let place = if index < 0 { index + len } else { index };
        if (0..len).contains(&place) {
            Ok(place as usize)
        } else {
            Err(self.index_error("bytearray index out of range"))
        }
    }

    /// An array that a view shows keeps its length.
    pub(crate) fn check_resizable(&self, array: &ByteArray) -> Result<()> {
        if array.is_held() {
            return Err(self.buffer_error("Existing exports of data: object cannot be re-sized"));
        }
        Ok(())
    }

    /// `bytearray[key] = value`
    pub(super) fn bytearray_set_item(&mut self, array: &Ref<ByteArray>, key: &Value, value: &Value) -> Result<()> {
        let Some(slice) = key.to_ref::<Slice>() else {
            self.check_byte_index(key)?;
            let index = self.index_i64(key)?;
            // The value is asked for its number first: that may change the array's length.
            let byte = self.byte_of(value)?;
            let place = self.place_at(array, index)?;
            if let Some(target) = array.0.borrow_mut().get_mut(place) {
                *target = byte;
            }
            return Ok(());
        };
        // A step of zero is told before what is wrong with the bytes.
        self.slice_bounds(&slice, array.0.borrow().len())?;
        let bytes = self.bytes_to_store(value)?;
        let len = array.0.borrow().len();
        let (start, stop, step, count) = self.slice_bounds(&slice, len)?;
        if step == 1 {
            if bytes.len() != stop.max(start) as usize - start as usize {
                self.check_resizable(array)?;
            }
            self.mutate(array, |array| {
                array.0.borrow_mut().splice(start as usize..stop.max(start) as usize, bytes);
            });
            return Ok(());
        }
        if bytes.is_empty() {
            return self.remove_slice(array, start, step, count);
        }
        if bytes.len() != count {
            return Err(self.value_error(format!(
                "attempt to assign bytes of size {} to extended slice of size {count}",
                bytes.len()
            )));
        }
        let mut target = array.0.borrow_mut();
        for (number, byte) in bytes.into_iter().enumerate() {
            target[(start + number as i64 * step) as usize] = byte;
        }
        Ok(())
    }

    /// `del bytearray[key]`
    pub(super) fn bytearray_delete_item(&mut self, array: &Ref<ByteArray>, key: &Value) -> Result<()> {
        let Some(slice) = key.to_ref::<Slice>() else {
            let place = self.place_in(array, key)?;
            self.check_resizable(array)?;
            array.0.borrow_mut().remove(place);
            return Ok(());
        };
        let len = array.0.borrow().len();
        let (start, _, step, count) = self.slice_bounds(&slice, len)?;
        self.remove_slice(array, start, step, count)
    }

    fn remove_slice(&mut self, array: &Ref<ByteArray>, start: i64, step: i64, count: usize) -> Result<()> {
        let mut doomed: Vec<usize> = (0..count as i64).map(|number| (start + number * step) as usize).collect();
        doomed.sort_unstable();
        if !doomed.is_empty() {
            self.check_resizable(array)?;
        }
        let mut target = array.0.borrow_mut();
        for place in doomed.into_iter().rev() {
            target.remove(place);
        }
        Ok(())
    }
}
