//! Subscripts and slices: reading, writing and deleting items of every kind of container. Does not iterate.

use super::truth::small_range_len;
use super::{Result, Vm};
use crate::objects::*;
use linger_heap::{Ref, Value, clones};
use num_traits::{Signed, ToPrimitive};

/// The item of a tuple with a small index.
#[inline]
pub(super) fn tuple_item(tuple: &Value, index: &Value) -> Option<Value> {
    let (tuple, index) = (tuple.downcast::<Tuple>()?, index.as_small_int()?);
    let index = if index < 0 { index + tuple.items.len() as i64 } else { index };
    tuple.items.get(usize::try_from(index).ok()?).cloned()
}

impl Vm {
    /// Start, stop, step and length of a slice of a sequence, as CPython's `PySlice_AdjustIndices`.
    pub fn slice_bounds(&mut self, slice: &Slice, len: usize) -> Result<(i64, i64, i64, usize)> {
        let len = len as i64;
        let step = if slice.step.is_none() { 1 } else { self.slice_index(&slice.step)? };
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let step = step.max(-i64::MAX);
        let clamp = |index: i64| {
            let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
            if index < 0 { (index.saturating_add(len)).max(low) } else { index.min(high) }
        };
        let start = match slice.start.is_none() {
            true if step < 0 => len - 1,
            true => 0,
            false => clamp(self.slice_index(&slice.start)?),
        };
        let stop = match slice.stop.is_none() {
            true if step < 0 => -1,
            true => len,
            false => clamp(self.slice_index(&slice.stop)?),
        };
        Ok((start, stop, step, small_range_len(start, stop, step) as usize))
    }

    /// A bound of a slice: too large an int is cut off.
    fn slice_index(&mut self, value: &Value) -> Result<i64> {
        if let Some(int) = value.as_small_int() {
            return Ok(int);
        }
        if !self.is_int(value) && self.special(value, Special::Index).is_none() {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        let index = self.index(value)?;
        let big = self.to_bigint(&index).unwrap_or_default();
        Ok(big.to_i64().unwrap_or(if big.is_negative() { i64::MIN } else { i64::MAX }))
    }

    /// The index of a sequence of `len` items that `key` means; `what` names it in errors.
    fn sequence_index(&mut self, key: &Value, len: usize, what: &str) -> Result<usize> {
        let index = match key.as_small_int() {
            Some(index) => index,
            None => {
                let index = self.index(key)?;
                match self.to_i64(&index) {
                    Some(index) => index,
                    None => {
                        return Err(self
                            .index_error(format!("cannot fit '{}' into an index-sized integer", self.type_name(key))));
                    }
                }
            }
        };
        let place = if index < 0 { index + len as i64 } else { index };
        if place < 0 || place >= len as i64 {
            return Err(self.index_error(format!("{what} index out of range")));
        }
        Ok(place as usize)
    }

    fn is_index(&mut self, key: &Value) -> bool {
        self.is_int(key) || (self.has_script_class(key) && self.special(key, Special::Index).is_some())
    }

    /// `object[key]`
    pub fn get_item(&mut self, object: &Value, key: &Value) -> Result<Value> {
        if let Some(slice) = key.downcast::<Slice>()
            && slice.step.is_none()
            && let Some(part) = self.plain_slice(object, &slice.start, &slice.stop)
        {
            return Ok(part);
        }
        if self.has_script_class(object) {
            if let Some(class) = object.to_ref::<Class>() {
                return self.class_item(&class, key);
            }
            if let Some(method) = self.special(object, Special::GetItem)
                && !(method.is_kind::<Native>() && object.is_kind::<Instance>())
            {
                return self.call_found(&method, &[object.clone(), key.clone()]);
            }
            if let Some(payload) = object.downcast::<Instance>().and_then(Instance::payload) {
                if let Some(dict) = payload.to_ref::<Dict>() {
                    return match self.dict_get(&dict, key)? {
                        Some(value) => Ok(value),
                        None => match self.call_special(object, Special::Missing, std::slice::from_ref(key))? {
                            Some(value) => Ok(value),
                            None => Err(self.key_error(key)),
                        },
                    };
                }
                if let Some(item) = tuple_item(&payload, key) {
                    return Ok(item);
                }
                if payload.is_kind::<DictView>() || self.native_len(&payload).is_some() && !payload.is_kind::<Set>() {
                    return self.get_item(&payload, key);
                }
            }
            return Err(self.type_error(format!("'{}' object is not subscriptable", self.type_name(object))));
        }
        if let Some(dict) = object.downcast::<Dict>() {
            return match self.dict_get(dict, key)? {
                Some(value) => Ok(value),
                None => Err(self.key_error(key)),
            };
        }
        if let Some(slice) = key.to_ref::<Slice>()
            && let Some(result) = self.get_slice(object, &slice)?
        {
            return Ok(result);
        }
        self.get_index(object, key)
    }

    fn get_index(&mut self, object: &Value, key: &Value) -> Result<Value> {
        let (what, len) = if let Some(list) = object.downcast::<List>() {
            ("list", list.items.borrow().len())
        } else if let Some(tuple) = object.downcast::<Tuple>() {
            ("tuple", tuple.items.len())
        } else if let Some(text) = object.downcast::<Str>() {
            ("string", text.chars())
        } else if let Some(bytes) = object.downcast::<Bytes>() {
            ("bytes", bytes.0.len())
        } else if let Some(bytes) = object.downcast::<ByteArray>() {
            ("bytearray", bytes.0.borrow().len())
        } else if let Some(range) = object.to_ref::<Range>() {
            return self.range_item(&range, key);
        } else if let Some(view) = object.downcast::<DictView>()
            && view.kind == ViewKind::Proxy
        {
            let mapping = view.dict.get();
            return self.get_item(&mapping, key);
        } else {
            return Err(self.type_error(format!("'{}' object is not subscriptable", self.type_name(object))));
        };
        if !self.is_index(key) {
            let kind = match what {
                "bytes" => "byte",
                other => other,
            };
            let quoted = if what == "string" {
                format!(", not '{}'", self.type_name(key))
            } else {
                format!(", not {}", self.type_name(key))
            };
            return Err(self.type_error(if what == "string" {
                format!("string indices must be integers{quoted}")
            } else {
                format!("{kind} indices must be integers or slices{quoted}")
            }));
        }
        let index = self.sequence_index(key, len, if what == "bytes" { "index" } else { what });
        let index =
            index.map_err(|raised| if what == "bytes" { self.index_error("index out of range") } else { raised })?;
        // A script's `__index__` may have changed the list meanwhile.
        let item = if let Some(list) = object.downcast::<List>() {
            list.items.borrow().get(index).cloned()
        } else if let Some(tuple) = object.downcast::<Tuple>() {
            tuple.items.get(index).cloned()
        } else if let Some(text) = object.to_ref::<Str>() {
            let at = self.text_places.offset(&text, index);
            text.text[at..].chars().next().map(|character| self.char(character))
        } else if let Some(bytes) = object.downcast::<Bytes>() {
            bytes.0.get(index).map(|byte| self.int(i64::from(*byte)))
        } else {
            object
                .downcast::<ByteArray>()
                .and_then(|bytes| bytes.0.borrow().get(index).map(|byte| self.int(i64::from(*byte))))
        };
        item.ok_or_else(|| self.index_error(format!("{what} index out of range")))
    }

    fn range_item(&mut self, range: &Range, key: &Value) -> Result<Value> {
        if !self.is_index(key) {
            return Err(
                self.type_error(format!("range indices must be integers or slices, not {}", self.type_name(key)))
            );
        }
        let key = self.index(key)?;
        let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
        let (len, mut index) = (self.range_len(range), big(&key));
        if index.is_negative() {
            index += &len;
        }
        if index.is_negative() || index >= len {
            return Err(self.index_error("range object index out of range"));
        }
        Ok(self.big(big(&range.start) + index * big(&range.step)))
    }

    /// A slice without a step of a list or an ASCII string, with bounds that are small integers or left out.
    pub(super) fn plain_slice(&self, object: &Value, start: &Value, stop: &Value) -> Option<Value> {
        let place = |bound: &Value, absent: usize, len: usize| match bound.as_small_int() {
            Some(index) if index < 0 => Some(len.saturating_sub(index.unsigned_abs() as usize)),
            Some(index) => Some(len.min(index as usize)),
            None => bound.is_none().then_some(absent),
        };
        let bounds = |len: usize| {
            let (start, stop) = (place(start, 0, len)?, place(stop, len, len)?);
            Some(start..stop.max(start))
        };
        if let Some(list) = object.downcast::<List>() {
            let items = list.items.borrow();
            let part = clones(items.get(bounds(items.len())?)?);
            return Some(self.list(part));
        }
        if let Some(tuple) = object.downcast::<Tuple>() {
            let part = tuple.items.get(bounds(tuple.items.len())?)?;
            let is_whole = part.len() == tuple.items.len();
            return Some(if is_whole { object.clone() } else { self.tuple_of_clones(part) });
        }
        let text = object.downcast::<Str>().filter(|text| text.is_ascii())?;
        let part = text.text.get(bounds(text.text.len())?)?;
        Some(if part.len() == text.text.len() { object.clone() } else { self.str(part) })
    }

    /// A part of a range that has more numbers than a length can tell.
    fn long_range_slice(&mut self, range: &Range, slice: &Ref<Slice>) -> Result<Value> {
        let len = self.big(self.range_len(range));
        let bounds = self.call_method(&slice.to_value(), "indices", &[len])?;
        let bounds = self.items(&bounds)?;
        let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
        let (first, by) = (big(&range.start), big(&range.step));
        let [start, stop, step] = [0, 1, 2].map(|at| bounds.get(at).map(big).unwrap_or_default());
        let (start, stop, step) = (self.big(&first + &by * start), self.big(&first + &by * stop), self.big(by * step));
        let class = self.classes.range.clone();
        Ok(self.object(&class, Range { start, stop, step }).into_value())
    }

    fn get_slice(&mut self, object: &Value, slice: &Ref<Slice>) -> Result<Option<Value>> {
        let Some(len) = self.native_len(object) else {
            return match object.to_ref::<Range>() {
                Some(range) => self.long_range_slice(&range, slice).map(Some),
                None => Ok(None),
            };
        };
        if object.is_kind::<DictView>() || object.is_kind::<Dict>() || object.is_kind::<Set>() {
            return Ok(None);
        }
        if let Some(range) = object.to_ref::<Range>() {
            let (start, stop, step, _) = self.slice_bounds(slice, len)?;
            let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
            let (first, by) = (big(&range.start), big(&range.step));
            let at = |vm: &Vm, index: i64| vm.big(&first + &by * index);
            let (start, stop) = (at(self, start), at(self, stop));
            let step = self.big(&by * step);
            let class = self.classes.range.clone();
            return Ok(Some(self.object(&class, Range { start, stop, step }).into_value()));
        }
        let (start, _, step, count) = self.slice_bounds(slice, len)?;
        let indices = (0..count as i64).map(|number| (start + number * step) as usize);
        if let Some(list) = object.downcast::<List>() {
            let items = {
                let items = list.items.borrow();
                if step == 1 {
                    items.get(start as usize..start as usize + count).map(clones).unwrap_or_default()
                } else if items.len() == len {
                    indices.map(|index| items[index].clone()).collect()
                } else {
                    indices.filter_map(|index| items.get(index).cloned()).collect()
                }
            };
            return Ok(Some(self.list(items)));
        }
        if let Some(tuple) = object.downcast::<Tuple>() {
            if step == 1 && count == len {
                return Ok(Some(object.clone()));
            }
            let start = start as isize;
            let items =
                (0..count).map(|number| tuple.items[(start + number as isize * step as isize) as usize].clone());
            return Ok(Some(self.tuple_from(items)));
        }
        if let Some(text) = object.to_ref::<Str>() {
            if step == 1 && count == len {
                return Ok(Some(object.clone()));
            }
            if step == 1 {
                let part = self.text_places.part(&text, start as usize, start as usize + count);
                return Ok(Some(self.str(part)));
            }
            let part = if text.is_ascii() {
                let bytes = text.text.as_bytes();
                let part: Vec<u8> = match step {
                    -1 if count > 0 => {
                        bytes[start as usize + 1 - count..=start as usize].iter().rev().copied().collect()
                    }
                    _ => indices.map(|index| bytes[index]).collect(),
                };
                String::from_utf8(part).unwrap_or_default()
            } else {
                let characters: Vec<char> = text.text.chars().collect();
                indices.map(|index| characters[index]).collect()
            };
            return Ok(Some(self.str(&part)));
        }
        if let Some(bytes) = object.downcast::<Bytes>() {
            let part: Vec<u8> = match step {
                1 => bytes.0[start as usize..start as usize + count].to_vec(),
                _ => indices.map(|index| bytes.0[index]).collect(),
            };
            return Ok(Some(self.bytes(part)));
        }
        if let Some(bytes) = object.downcast::<ByteArray>() {
            let bytes = bytes.0.borrow();
            let part: Vec<u8> = match bytes.get(start as usize..start as usize + count) {
                Some(part) if step == 1 => part.to_vec(),
                _ => indices.filter_map(|index| bytes.get(index).copied()).collect(),
            };
            let class = self.classes.bytearray.clone();
            return Ok(Some(self.object(&class, ByteArray::new(part)).into_value()));
        }
        Ok(None)
    }

    /// `object[key] = value`
    pub fn set_item(&mut self, object: &Value, key: &Value, value: Value) -> Result<()> {
        if self.has_script_class(object) {
            if let Some(method) = self.special(object, Special::SetItem)
                && !(method.is_kind::<Native>() && object.is_kind::<Instance>())
            {
                return self.call_found(&method, &[object.clone(), key.clone(), value]).map(drop);
            }
            if let Some(payload) = object.downcast::<Instance>().and_then(Instance::payload)
                && (payload.is_kind::<Dict>() || payload.is_kind::<List>() || payload.is_kind::<ByteArray>())
            {
                return self.set_item(&payload, key, value);
            }
            // One slot stands for both methods: whoever has the other one lacks this one by name.
            if self.special(object, Special::DelItem).is_some_and(|method| !method.is_kind::<Native>()) {
                return Err(self.attribute_error("__setitem__"));
            }
        }
        if let Some(dict) = object.to_ref::<Dict>() {
            return self.dict_set(&dict, key.clone(), value);
        }
        if let Some(list) = object.to_ref::<List>() {
            if let Some(slice) = key.to_ref::<Slice>() {
                return self.set_list_slice(&list, &slice, &value);
            }
            if !self.is_index(key) {
                return Err(
                    self.type_error(format!("list indices must be integers or slices, not {}", self.type_name(key)))
                );
            }
            let len = list.items.borrow().len();
            let index = self.sequence_index(key, len, "list assignment")?;
            let old = list.items.borrow_mut().get_mut(index).map(|place| std::mem::replace(place, value));
            drop(old);
            return Ok(());
        }
        if let Some(array) = object.to_ref::<ByteArray>() {
            return self.bytearray_set_item(&array, key, &value);
        }
        Err(self.type_error(format!("'{}' object does not support item assignment", self.type_name(object))))
    }

    fn set_list_slice(&mut self, list: &Ref<List>, slice: &Ref<Slice>, value: &Value) -> Result<()> {
        let is_plain = slice.step.is_none() || slice.step.as_small_int() == Some(1);
        if slice.step.as_small_int() == Some(0) {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let len = list.items.borrow().len();
        let (start, stop, step, count) = self.slice_bounds(slice, len)?;
        let source = match self.iter(value) {
            Err(raised) if self.is_exception(&raised, &self.classes.type_error) => {
                return Err(self.type_error(if is_plain {
                    "can only assign an iterable"
                } else {
                    "must assign iterable to extended slice"
                }));
            }
            other => other?,
        };
        let items = self.items(&source)?;
        // What the items come from may have changed the list.
        let len = list.items.borrow().len();
        if step == 1 {
            let (start, stop) = (start as usize, stop.max(start) as usize);
            let fewer = (stop.min(len) - start.min(len)).saturating_sub(items.len());
            self.heap.before_shift(list.header(), start.min(len), fewer);
            let old: Vec<Value> = self.mutate(list, |list| {
                let mut target = list.items.borrow_mut();
                let len = target.len();
                target.splice(start.min(len)..stop.min(len), items).collect()
            });
            self.drop_items(old);
            return Ok(());
        }
        if items.len() != count {
            return Err(self.value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {count}",
                items.len()
            )));
        }
        let mut old = Vec::with_capacity(count);
        for (number, item) in items.into_iter().enumerate() {
            let index = (start + number as i64 * step) as usize;
            if let Some(place) = list.items.borrow_mut().get_mut(index) {
                old.push(std::mem::replace(place, item));
            }
        }
        drop(old);
        Ok(())
    }

    /// `del object[key]`
    pub fn delete_item(&mut self, object: &Value, key: &Value) -> Result<()> {
        if self.has_script_class(object) {
            if let Some(method) = self.special(object, Special::DelItem)
                && !(method.is_kind::<Native>() && object.is_kind::<Instance>())
            {
                return self.call_found(&method, &[object.clone(), key.clone()]).map(drop);
            }
            if let Some(payload) = object.downcast::<Instance>().and_then(Instance::payload)
                && (payload.is_kind::<Dict>() || payload.is_kind::<List>() || payload.is_kind::<ByteArray>())
            {
                return self.delete_item(&payload, key);
            }
            if self.special(object, Special::SetItem).is_some_and(|method| !method.is_kind::<Native>()) {
                return Err(self.attribute_error("__delitem__"));
            }
        }
        if let Some(dict) = object.to_ref::<Dict>() {
            return match self.dict_remove(&dict, key)? {
                Some(_) => Ok(()),
                None => Err(self.key_error(key)),
            };
        }
        if let Some(list) = object.to_ref::<List>() {
            let len = list.items.borrow().len();
            if let Some(slice) = key.to_ref::<Slice>() {
                let (start, _, step, count) = self.slice_bounds(&slice, len)?;
                self.heap.before_shift(list.header(), 0, count);
                let mut doomed = vec![false; len];
                for number in 0..count as i64 {
                    doomed[(start + number * step) as usize] = true;
                }
                let old: Vec<Value> = self.mutate(&list, |list| {
                    let items = list.items.take();
                    let mut kept = Vec::with_capacity(items.len() - count);
                    let mut old = Vec::with_capacity(count);
                    for (index, item) in items.into_iter().enumerate() {
                        if doomed.get(index).copied().unwrap_or(false) { old.push(item) } else { kept.push(item) }
                    }
                    list.items.replace(kept);
                    old
                });
                if step == 1 {
                    self.drop_items(old)
                } else {
                    drop(old)
                }
                return Ok(());
            }
            if !self.is_index(key) {
                return Err(
                    self.type_error(format!("list indices must be integers or slices, not {}", self.type_name(key)))
                );
            }
            let index = self.sequence_index(key, len, "list assignment")?;
            self.heap.before_shift(list.header(), index, 1);
            let old = {
                let mut items = list.items.borrow_mut();
                (index < items.len()).then(|| items.remove(index))
            };
            drop(old);
            return Ok(());
        }
        if let Some(array) = object.to_ref::<ByteArray>() {
            return self.bytearray_delete_item(&array, key);
        }
        // What CPython has a sequence's methods for is told so in other words.
        let sequence = self.native_len(object).is_some()
            || object.is_kind::<Instance>() && !self.class_of(object).flags.get().builtin;
        let does_not = if sequence && self.is_index(key) { "doesn't" } else { "does not" };
        Err(self.type_error(format!("'{}' object {does_not} support item deletion", self.type_name(object))))
    }
}
