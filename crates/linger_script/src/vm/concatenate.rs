//! `+` and `*` of sequences.

use linger_heap::{Value, append_again, append_clones};

use super::{Result, Vm};
use crate::objects::*;
use crate::pure::str_text::push_repeated;

impl Vm {
    /// `a + b`; `shown` is what messages tell the class of, where `b` is inside of it.
    pub(crate) fn concatenate(&mut self, a: &Value, b: &Value, shown: &Value, in_place: bool) -> Result<Option<Value>> {
        if let (Some(x), Some(y)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
            if y.text.is_empty() {
                return Ok(Some(a.clone()));
            }
            if x.text.is_empty() {
                return Ok(Some(b.clone()));
            }
            self.check_text(x.text.len() + y.text.len())?;
            let mut text = String::with_capacity(x.text.len() + y.text.len());
            text.push_str(&x.text);
            text.push_str(&y.text);
            return Ok(Some(self.string(text)));
        }
        if let Some(list) = a.to_ref::<List>() {
            if in_place {
                crate::builtins::extend_list(self, &list, b)?;
                return Ok(Some(a.clone()));
            }
            if let Some(other) = b.downcast::<List>() {
                self.check_memory((list.items.borrow().len() + other.items.borrow().len()) * size_of::<Value>())?;
                let mut items = Vec::with_capacity(list.items.borrow().len() + other.items.borrow().len());
                append_clones(&mut items, &list.items.borrow());
                append_clones(&mut items, &other.items.borrow());
                return Ok(Some(self.list(items)));
            }
            return Err(
                self.type_error(format!("can only concatenate list (not \"{}\") to list", self.type_name(shown)))
            );
        }
        if let Some(x) = a.downcast::<Tuple>() {
            let Some(y) = self.native::<Tuple>(b) else {
                return Err(
                    self.type_error(format!("can only concatenate tuple (not \"{}\") to tuple", self.type_name(shown)))
                );
            };
            let items: Vec<Value> = x.items.iter().chain(y.items.iter()).cloned().collect();
            return Ok(Some(self.tuple(items)));
        }
        if a.is_kind::<Str>() {
            return Err(self.type_error(format!("can only concatenate str (not \"{}\") to str", self.type_name(shown))));
        }
        self.concatenate_bytes(a, b, shown, in_place)
    }

    fn concatenate_bytes(&mut self, a: &Value, b: &Value, shown: &Value, in_place: bool) -> Result<Option<Value>> {
        let Some(mut left) = super::bytearrays::bytes_of(a) else { return Ok(None) };
        let Some(right) = super::bytearrays::buffer_of(self, b) else {
            return Err(self.type_error(format!("can't concat {} to {}", self.type_name(shown), self.type_name(a))));
        };
        if let Some(array) = a.to_ref::<ByteArray>() {
            if in_place {
                if a.is(b) && !right.is_empty() {
                    return Err(self.buffer_error("Existing exports of data: object cannot be re-sized"));
                }
                self.check_resizable(&array)?;
                self.mutate(&array, |array| array.0.borrow_mut().extend_from_slice(&right));
                return Ok(Some(a.clone()));
            }
            left.extend_from_slice(&right);
            let class = self.classes.bytearray.clone();
            return Ok(Some(self.object(&class, ByteArray::new(left)).into_value()));
        }
        left.extend_from_slice(&right);
        Ok(Some(self.bytes(left)))
    }

    /// A sequence, as often as the other operand of `*` says.
    pub(in crate::vm) fn repeat_by(&mut self, sequence: &Value, count: &Value, in_place: bool) -> Result<Value> {
        if !count.is_small_int() && !self.may_index(count) {
            let found = self.type_name(count);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{found}'")));
        }
        let times = match count.as_small_int() {
            Some(times) => times,
            None => {
                let index = self.index(count)?;
                let Some(times) = self.to_i64(&index) else {
                    let found = self.type_name(count);
                    return Err(self.overflow_error(format!("cannot fit '{found}' into an index-sized integer")));
                };
                times
            }
        };
        let result = self.repeat(sequence, times, in_place)?;
        Ok(result.unwrap_or(Value::NONE))
    }

    fn may_index(&mut self, value: &Value) -> bool {
        self.is_int(value) || self.special(value, Special::Index).is_some()
    }

    fn repeat(&mut self, value: &Value, count: i64, in_place: bool) -> Result<Option<Value>> {
        let len = self.native_len(value).unwrap_or(0);
        // Nothing is nothing however often.
        let count = if len == 0 { 0 } else { usize::try_from(count).unwrap_or(0) };
        if len.checked_mul(count).is_none_or(|total| isize::try_from(total).is_err()) {
            if value.is_kind::<Str>() {
                return Err(self.overflow_error("repeated string is too long"));
            }
            if value.is_kind::<Bytes>() {
                return Err(self.overflow_error("repeated bytes are too long"));
            }
        }
        let unit = if value.is_kind::<List>() || value.is_kind::<Tuple>() { size_of::<Value>() } else { 1 };
        let bytes = len.saturating_mul(count).saturating_mul(unit);
        match value.downcast::<Str>() {
            Some(text) => self.check_text(text.text.len().saturating_mul(count))?,
            None => self.check_memory(bytes)?,
        }
        if let Some(list) = value.to_ref::<List>() {
            let items = repeated(&list.items.borrow(), count);
            if in_place {
                let old = self.mutate(&list, |list| list.items.replace(items));
                drop(old);
                return Ok(Some(value.clone()));
            }
            return Ok(Some(self.list(items)));
        }
        if let Some(tuple) = value.downcast::<Tuple>() {
            return Ok(Some(if count == 1 { value.clone() } else { self.tuple(repeated(&tuple.items, count)) }));
        }
        if let Some(text) = value.downcast::<Str>() {
            return Ok(Some(match *text.text.as_bytes() {
                [byte] => self.written(|out| push_repeated(out, char::from(byte), count)),
                _ => self.written(|out| (0..count).for_each(|_| out.push_str(&text.text))),
            }));
        }
        if let Some(bytes) = value.downcast::<Bytes>() {
            return Ok(Some(self.bytes(bytes.0.repeat(count))));
        }
        if let Some(array) = value.to_ref::<ByteArray>() {
            let repeated = array.0.borrow().repeat(count);
            if in_place {
                self.check_resizable(&array)?;
                self.mutate(&array, |array| array.0.replace(repeated));
                return Ok(Some(value.clone()));
            }
            let class = self.classes.bytearray.clone();
            return Ok(Some(self.object(&class, ByteArray::new(repeated)).into_value()));
        }
        Ok(None)
    }

    pub(super) fn is_sequence_kind(&self, value: &Value) -> bool {
        value.is_kind::<List>()
            || value.is_kind::<Tuple>()
            || value.is_kind::<Str>()
            || value.is_kind::<Bytes>()
            || value.is_kind::<ByteArray>()
    }
}

fn repeated(items: &[Value], count: usize) -> Vec<Value> {
    let mut repeated = Vec::with_capacity(items.len() * count);
    let total = items.len() * count;
    if count > 0 {
        append_clones(&mut repeated, items);
    }
    // What there is already is appended again, so that a short run takes few rounds.
    while repeated.len() < total {
        let left = total - repeated.len();
        append_again(&mut repeated, left);
    }
    repeated
}
