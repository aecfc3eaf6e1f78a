//! Iteration, membership and subscripts.

use linger_heap::{Ref, Value};
use num_traits::Signed;

use super::compare::small_range_len;
use super::sequences::items_of;
use super::{Result, Vm};
use crate::objects::*;

/// An iterator over a dict keeps the dict's length in the low half of a word (a table has fewer than 2^32 entries)...
pub(crate) const DICT_LEN: usize = 0xFFFF_FFFF;
/// ...and in the high half how many entries it has shown.
pub(crate) const DICT_SHOWN: u32 = 32;

/// What an iterator of the runtime gives. A tuple of two is made only for who wants one: most are unpacked at once.
pub(crate) enum Item {
    /// A value.
    One(Value),
    /// The tuple of two values.
    Pair(Value, Value),
}

impl Vm {
    /// `iter(value)`
    pub fn iter(&mut self, value: &Value) -> Result<Value> {
        if let Some(iterator) = self.native_iter(value) {
            return Ok(iterator);
        }
        let name = self.special_name(Special::Iter).clone();
        let class = self.class_of(value);
        if let Some(method) = self.lookup(&class, &name) {
            if method.is_none() {
                return Err(self.not_iterable(value));
            }
            if !(method.is_kind::<Native>() && value.is_kind::<Instance>()) {
                let iterator = self.call_found(&method, std::slice::from_ref(value))?;
                if self.is_iterator(&iterator) {
                    return Ok(iterator);
                }
                return Err(
                    self.type_error(format!("iter() returned non-iterator of type '{}'", self.type_name(&iterator)))
                );
            }
        }
        if let Some(payload) = value.downcast::<Instance>().and_then(Instance::payload)
            && payload.is_kind::<Iter>()
        {
            return Ok(value.clone());
        }
        if let Some(payload) = value.downcast::<Instance>().and_then(Instance::payload)
            && let Some(iterator) = self.native_iter(&payload)
        {
            return Ok(owned_by(iterator, value));
        }
        if self.has_script_class(value)
            && let Some(method) = self.special(value, Special::GetItem)
            && (!value.is_kind::<Class>() || method.is_kind::<Function>())
        {
            return Ok(self.iterator(IterState::Sequence(value.clone(), 0)));
        }
        Err(self.not_iterable(value))
    }

    fn not_iterable(&self, value: &Value) -> super::Raise {
        self.type_error(format!("'{}' object is not iterable", self.type_name(value)))
    }

    /// Whether `next()` works on a value.
    pub(crate) fn is_iterator(&mut self, value: &Value) -> bool {
        value.is_kind::<Iter>() || value.is_kind::<Generator>() || self.special(value, Special::Next).is_some()
    }

    fn native_iter(&mut self, value: &Value) -> Option<Value> {
        if value.is_kind::<Iter>() {
            return Some(value.clone());
        }
        if let Some(generator) = value.downcast::<Generator>() {
            return (generator.kind == GeneratorKind::Generator).then(|| value.clone());
        }
        let state = if value.is_kind::<List>() {
            IterState::List(value.clone(), 0)
        } else if value.is_kind::<Tuple>() {
            IterState::Tuple(value.clone(), 0)
        } else if let Some(dict) = value.downcast::<Dict>() {
            IterState::DictKeys(value.clone(), 0, dict.table.borrow().len())
        } else if value.is_kind::<Str>() {
            IterState::Str(value.clone(), 0)
        } else if let Some(range) = value.downcast::<Range>() {
            let big = || IterState::BigRange(range.start.clone(), range.stop.clone(), range.step.clone());
            small_range(range).unwrap_or_else(big)
        } else if let Some(set) = value.downcast::<Set>() {
            IterState::Set(value.clone(), 0, set.table.borrow().len())
        } else if let Some(view) = value.downcast::<DictView>() {
            let mapping = view.dict.get();
            if view.kind == ViewKind::Proxy {
                return self.iter(&mapping).ok();
            }
            let dict = self.native::<Dict>(&mapping)?;
            let len = dict.table.borrow().len();
            let state = match view.kind {
                ViewKind::Keys | ViewKind::Proxy => IterState::DictKeys(dict.into_value(), 0, len),
                ViewKind::Values => IterState::DictValues(dict.into_value(), 0, len),
                ViewKind::Items => IterState::DictItems(dict.into_value(), 0, len),
            };
            return Some(owned_by(self.iterator(state), &mapping));
        } else if value.is_kind::<Bytes>() || value.is_kind::<ByteArray>() {
            IterState::Bytes(value.clone(), 0)
        } else {
            return None;
        };
        Some(self.iterator(state))
    }

    /// The next item of an iterator, or nothing at its end.
    #[inline]
    pub fn next(&mut self, iterator: &Value) -> Result<Option<Value>> {
        if let Some(iter) = iterator.downcast::<Iter>() {
            return Ok(match self.next_of(iter)? {
                Some(Item::One(item)) => Some(item),
                Some(Item::Pair(first, second)) => Some(self.tuple_from([first, second].into_iter())),
                None => None,
            });
        }
        if let Some(generator) = iterator.to_ref::<Generator>() {
            return self.generator_next(&generator);
        }
        let next = iterator.downcast::<NativeObject>().and_then(|native| self.native_next(&native.class));
        if let Some(next) = next {
            let args = Args { values: std::slice::from_ref(iterator), names: &[] };
            return match self.with_recursion("", |vm| next(vm, args)) {
                Ok(item) => Ok(Some(item)),
                Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                    self.stopped = self.stop_value(&raised);
                    Ok(None)
                }
                Err(raised) => Err(raised),
            };
        }
        match self.special(iterator, Special::Next) {
            Some(method) => match self.call_found(&method, std::slice::from_ref(iterator)) {
                Ok(item) => Ok(Some(item)),
                Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                    self.stopped = self.stop_value(&raised);
                    Ok(None)
                }
                Err(raised) => Err(raised),
            },
            None => Err(self.type_error(format!("'{}' object is not an iterator", self.type_name(iterator)))),
        }
    }

    /// The function of the runtime that gives the next item of a class's objects; found out once an epoch.
    fn native_next(&mut self, class: &Ref<Class>) -> Option<NativeFn> {
        if class.next_epoch.get() != self.epoch {
            let name = self.special_name(Special::Next).clone();
            let next = self.lookup(class, &name);
            class.next.set(next.as_ref().and_then(super::call::native_function_of));
            class.next_epoch.set(self.epoch);
        }
        class.next.get()
    }

    /// As [`Vm::next`] of an iterator of the runtime; the end is an exception if something inside ended with a value.
    pub(crate) fn next_or_value(&mut self, iterator: &Value) -> Result<Option<Value>> {
        self.stopped = Value::NONE;
        let next = self.next(iterator)?;
        let value = std::mem::replace(&mut self.stopped, Value::NONE);
        if next.is_none() && !value.is_none() { Err(self.stop_iteration(value)) } else { Ok(next) }
    }

    /// The next item of an iterator of the runtime.
    pub(super) fn next_of(&mut self, iter: &Iter) -> Result<Option<Item>> {
        match self.next_native(iter) {
            // A function given to `map` ends it by this.
            Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                self.stopped = self.stop_value(&raised);
                Ok(None)
            }
            result => result,
        }
    }

    fn next_native(&mut self, iter: &Iter) -> Result<Option<Item>> {
        if !iter.plain.get() {
            return self.next_scripted(iter);
        }
        self.next_plain(iter).map_err(|what| self.runtime_error(what))
    }

    /// The next item of an iterator that needs no script for it.
    fn next_plain(&self, iter: &Iter) -> Result<Option<Item>, &'static str> {
        let mut state = iter.state.borrow_mut();
        let item = match &mut *state {
            IterState::Done => return Ok(None),
            IterState::List(list, index) => {
                let item = list.downcast::<List>().and_then(|list| list.items.borrow().get(*index).cloned());
                *index += 1;
                item
            }
            IterState::ListReversed(list, index) => {
                let item = index.checked_sub(1).and_then(|at| {
                    *index = at;
                    list.downcast::<List>().and_then(|list| list.items.borrow().get(at).cloned())
                });
                item
            }
            IterState::Tuple(tuple, index) => {
                let item = tuple.downcast::<Tuple>().and_then(|tuple| tuple.items.get(*index).cloned());
                *index += 1;
                item
            }
            IterState::Str(text, offset) => {
                let Some(body) = text.downcast::<Str>() else { return Ok(None) };
                if body.is_ascii() {
                    let byte = body.text.as_bytes().get(*offset);
                    *offset += 1;
                    byte.map(|byte| self.characters[usize::from(*byte)].clone())
                } else {
                    let next = body.text[*offset..].chars().next();
                    next.map(|character| {
                        *offset += character.len_utf8();
                        self.char(character)
                    })
                }
            }
            IterState::Bytes(bytes, index) => {
                let byte = match bytes.downcast::<Bytes>() {
                    Some(bytes) => bytes.0.get(*index).copied(),
                    None => bytes.downcast::<ByteArray>().and_then(|bytes| bytes.0.borrow().get(*index).copied()),
                };
                *index += 1;
                byte.map(|byte| self.int(i64::from(byte)))
            }
            IterState::Range(next, left, step) => left.checked_sub(1).map(|fewer| {
                *left = fewer;
                let item = self.int(*next);
                *next = next.wrapping_add(*step);
                item
            }),
            IterState::BigRange(next, stop, step) => {
                let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
                let (at, end, by) = (big(next), big(stop), big(step));
                let more = if by.is_positive() { at < end } else { at > end };
                more.then(|| std::mem::replace(next, self.big(at + by)))
            }
            IterState::Enumerate(inner, count) => {
                let Some(item) = self.plain_value(inner)? else { return Ok(None) };
                let following = match count.as_small_int() {
                    Some(count) => self.int(count + 1),
                    None => self.big(self.to_bigint(count).unwrap_or_default() + 1),
                };
                return Ok(Some(Item::Pair(std::mem::replace(count, following), item)));
            }
            IterState::Zip(inner, _) => {
                if let [first, second] = &inner[..] {
                    let Some(first) = self.plain_value(first)? else { return Ok(None) };
                    let Some(second) = self.plain_value(second)? else { return Ok(None) };
                    return Ok(Some(Item::Pair(first, second)));
                }
                let mut items = Vec::with_capacity(inner.len());
                for iterator in inner {
                    let Some(item) = self.plain_value(iterator)? else { return Ok(None) };
                    items.push(item);
                }
                return Ok(if items.is_empty() { None } else { Some(Item::One(self.tuple(items))) });
            }
            state => match self.next_entry(state)? {
                Some(item) => return Ok(Some(item)),
                None => None,
            },
        };
        if item.is_none() {
            let old = std::mem::replace(&mut *state, IterState::Done);
            drop(state);
            drop((old, iter.owner.take()));
        }
        Ok(item.map(Item::One))
    }

    /// The next item of a plain iterator inside of another.
    #[inline]
    fn plain_value(&self, iterator: &Value) -> Result<Option<Value>, &'static str> {
        let Some(iter) = iterator.downcast::<Iter>() else { return Ok(None) };
        // Most are lists: their items are taken here.
        if let IterState::List(list, index) = &mut *iter.state.borrow_mut()
            && let Some(item) = list.downcast::<List>().and_then(|list| list.items.borrow().get(*index).cloned())
        {
            *index += 1;
            return Ok(Some(item));
        }
        Ok(match self.next_plain(iter)? {
            Some(Item::One(item)) => Some(item),
            Some(Item::Pair(first, second)) => Some(self.tuple_from([first, second].into_iter())),
            None => None,
        })
    }

    /// The next item of an iterator over a container, if it has not come to its end. It may be asked again then.
    pub(crate) fn next_if_plain(&self, iterator: &Value) -> Option<Value> {
        let iter = iterator.downcast::<Iter>().filter(|iter| iter.plain.get())?;
        let goes_on = matches!(&*iter.state.borrow(), IterState::Zip(..) | IterState::Enumerate(..));
        if goes_on { None } else { self.plain_value(iterator).ok().flatten() }
    }

    fn next_entry(&self, state: &mut IterState) -> Result<Option<Item>, &'static str> {
        const DICT_CHANGED: &str = "dictionary changed size during iteration";
        let (keys, values) = (matches!(state, IterState::DictKeys(..)), matches!(state, IterState::DictValues(..)));
        match state {
            IterState::Set(set, position, len) => {
                let Some(set) = set.downcast::<Set>() else { return Ok(None) };
                let table = set.table.borrow();
                if table.len() != *len {
                    return Err("Set changed size during iteration");
                }
                Ok(table.next_from(*position).map(|(at, key)| {
                    *position = at + 1;
                    Item::One(key.clone())
                }))
            }
            IterState::DictReversed(dict, position, len, shows) => {
                let Some(dict) = dict.downcast::<Dict>() else { return Ok(None) };
                let table = dict.table.borrow();
                if table.len() != *len {
                    return Err(DICT_CHANGED);
                }
                let Some(at) = table.previous_position(*position) else { return Ok(None) };
                *position = at;
                let Some(entry) = table.entry(at) else { return Ok(None) };
                Ok(Some(match shows {
                    0 => Item::One(entry.key.clone()),
                    1 => Item::One(entry.value.clone()),
                    _ => Item::Pair(entry.key.clone(), entry.value.clone()),
                }))
            }
            IterState::DictKeys(dict, position, len)
            | IterState::DictValues(dict, position, len)
            | IterState::DictItems(dict, position, len) => {
                let Some(body) = dict.downcast::<Dict>() else { return Ok(None) };
                let table = body.table.borrow();
                let (expected, shown) = (*len & DICT_LEN, *len >> DICT_SHOWN);
                if table.len() != expected {
                    return Err(DICT_CHANGED);
                }
                let Some(at) = table.next_position(*position) else { return Ok(None) };
                if shown == expected {
                    return Err("dictionary keys changed during iteration");
                }
                *len += 1 << DICT_SHOWN;
                *position = at + 1;
                let Some(entry) = table.entry(at) else { return Ok(None) };
                Ok(Some(match (keys, values) {
                    (true, _) => Item::One(entry.key.clone()),
                    (_, true) => Item::One(entry.value.clone()),
                    _ => Item::Pair(entry.key.clone(), entry.value.clone()),
                }))
            }
            _ => Ok(None),
        }
    }

    /// Iterators whose next item takes running a script.
    fn next_scripted(&mut self, iter: &Iter) -> Result<Option<Item>> {
        enum Step {
            Item(Value, i64),
            Back(Value, i64),
            Call(Value, Value),
            Enumerate(Value, Value),
            ZipTwo(Value, Value),
            Zip(Vec<Value>, bool),
            MapOne(Value, Value),
            Map(Value, Vec<Value>),
            Filter(Value, Value),
        }
        let step = match &*iter.state.borrow() {
            IterState::Sequence(value, index) => Step::Item(value.clone(), *index),
            IterState::SequenceReversed(value, index) => Step::Back(value.clone(), *index),
            IterState::Call(function, sentinel) => Step::Call(function.clone(), sentinel.clone()),
            IterState::Enumerate(inner, count) => Step::Enumerate(inner.clone(), count.clone()),
            IterState::Zip(inner, strict) => match &inner[..] {
                [first, second] if !strict => Step::ZipTwo(first.clone(), second.clone()),
                _ => Step::Zip(inner.clone(), *strict),
            },
            IterState::Map(function, inner) if inner.len() == 1 => Step::MapOne(function.clone(), inner[0].clone()),
            IterState::Map(function, inner) => Step::Map(function.clone(), inner.clone()),
            IterState::Filter(function, inner) => Step::Filter(function.clone(), inner.clone()),
            _ => return Ok(None),
        };
        let done = || drop(iter.state.replace(IterState::Done));
        match step {
            Step::Item(value, index) => {
                let key = self.int(index);
                match self.get_item(&value, &key) {
                    Ok(item) => {
                        if let IterState::Sequence(_, index) = &mut *iter.state.borrow_mut() {
                            *index += 1;
                        }
                        Ok(Some(Item::One(item)))
                    }
                    Err(raised)
                        if self.is_exception(&raised, &self.classes.index_error)
                            || self.is_exception(&raised, &self.classes.stop_iteration) =>
                    {
                        done();
                        Ok(None)
                    }
                    Err(raised) => Err(raised),
                }
            }
            Step::Back(value, index) => {
                if index < 0 {
                    done();
                    return Ok(None);
                }
                let key = self.int(index);
                let item = self.get_item(&value, &key)?;
                if let IterState::SequenceReversed(_, index) = &mut *iter.state.borrow_mut() {
                    *index -= 1;
                }
                Ok(Some(Item::One(item)))
            }
            Step::Call(function, sentinel) => {
                let item = match self.call(&function, &[]) {
                    Ok(item) => item,
                    Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                        done();
                        return Ok(None);
                    }
                    Err(raised) => return Err(raised),
                };
                if self.equal(&item, &sentinel)? {
                    done();
                    return Ok(None);
                }
                Ok(Some(Item::One(item)))
            }
            Step::Enumerate(inner, count) => {
                let Some(item) = self.next(&inner)? else { return Ok(None) };
                let following = match count.as_small_int() {
                    Some(count) => self.int(count + 1),
                    None => self.binary(super::operators::BinaryOp::Add, &count, &self.int(1))?,
                };
                if let IterState::Enumerate(_, count) = &mut *iter.state.borrow_mut() {
                    *count = following;
                }
                Ok(Some(Item::Pair(count, item)))
            }
            Step::ZipTwo(first, second) => {
                let Some(first) = self.next(&first)? else { return Ok(None) };
                let Some(second) = self.next(&second)? else { return Ok(None) };
                Ok(Some(Item::Pair(first, second)))
            }
            Step::Zip(inner, strict) => {
                let mut items = Vec::with_capacity(inner.len());
                for (position, iterator) in inner.iter().enumerate() {
                    match self.next(iterator)? {
                        Some(item) => items.push(item),
                        None if strict => return self.end_of_strict_zip(&inner, position).map(|()| None),
                        None => return Ok(None),
                    }
                }
                Ok(if inner.is_empty() { None } else { Some(Item::One(self.tuple(items))) })
            }
            Step::MapOne(function, inner) => match self.next(&inner)? {
                Some(item) => self.call(&function, &[item]).map(|item| Some(Item::One(item))),
                None => Ok(None),
            },
            Step::Map(function, inner) => {
                let mut items = Vec::with_capacity(inner.len());
                for iterator in &inner {
                    match self.next(iterator)? {
                        Some(item) => items.push(item),
                        None => return Ok(None),
                    }
                }
                self.call(&function, &items).map(|item| Some(Item::One(item)))
            }
            Step::Filter(function, inner) => loop {
                let Some(item) = self.next(&inner)? else { return Ok(None) };
                let keep = if function.is_none() || function.is(&self.classes.bool.to_value()) {
                    self.truth(&item)?
                } else {
                    let answer = self.call(&function, std::slice::from_ref(&item))?;
                    self.truth(&answer)?
                };
                if keep {
                    return Ok(Some(Item::One(item)));
                }
            },
        }
    }

    fn end_of_strict_zip(&mut self, inner: &[Value], position: usize) -> Result<()> {
        let which = |position: usize| match position {
            1 => "argument 1".to_owned(),
            _ => format!("arguments 1-{position}"),
        };
        if position > 0 {
            return Err(self.value_error(format!(
                "zip() argument {} is shorter than {}",
                position + 1,
                which(position)
            )));
        }
        for (other, iterator) in inner.iter().enumerate().skip(1) {
            if self.next(iterator)?.is_some() {
                return Err(self.value_error(format!("zip() argument {} is longer than {}", other + 1, which(other))));
            }
        }
        Ok(())
    }

    /// Everything that an iterable gives.
    pub fn items(&mut self, iterable: &Value) -> Result<Vec<Value>> {
        if let Some(items) = items_of(iterable) {
            return Ok(items.to_vec());
        }
        let mut items = Vec::new();
        if let Some(iter) = iterable.downcast::<Iter>() {
            self.take_ready(iter, &mut items)?;
        } else if let Some(range) = iterable.downcast::<Range>()
            && let Some(state) = small_range(range)
        {
            self.take_run(&state, &mut items)?;
            return Ok(items);
        }
        self.for_each(iterable, |vm, item| {
            if items.len() == items.capacity() {
                vm.check_memory(items.len() * size_of::<Value>())?;
            }
            items.push(item);
            Ok(())
        })?;
        Ok(items)
    }

    /// Takes what is left of an iterator over what lies ready; nothing of others.
    fn take_ready(&self, iter: &Iter, items: &mut Vec<Value>) -> Result<()> {
        let ready = matches!(
            &*iter.state.borrow(),
            IterState::List(..) | IterState::ListReversed(..) | IterState::Tuple(..) | IterState::Range(..)
        );
        if !ready {
            return Ok(());
        }
        let state = iter.state.replace(IterState::Done);
        let owner = iter.owner.take();
        self.take_run(&state, items)?;
        drop((state, owner));
        Ok(())
    }

    fn take_run(&self, state: &IterState, items: &mut Vec<Value>) -> Result<()> {
        match state {
            IterState::List(run, from) | IterState::Tuple(run, from) => {
                let run = items_of(run);
                items.extend_from_slice(run.as_deref().and_then(|run| run.get(*from..)).unwrap_or_default());
            }
            IterState::ListReversed(run, end) => {
                let run = items_of(run);
                let run = run.as_deref().unwrap_or_default();
                items.extend(run[..(*end).min(run.len())].iter().rev().cloned());
            }
            IterState::Range(next, left, step) => {
                self.check_memory((*left as usize).saturating_mul(size_of::<Value>()))?;
                items.extend((0..*left as i64).map(|round| self.int(next + round * step)));
            }
            _ => {}
        }
        Ok(())
    }

    /// A tuple of everything that an iterable gives.
    pub(crate) fn tuple_of(&mut self, iterable: &Value) -> Result<Value> {
        if let Some(items) = items_of(iterable) {
            return Ok(self.tuple_from(items.iter().cloned()));
        }
        let items = self.items(iterable)?;
        Ok(self.tuple(items))
    }

    /// Calls `act` for everything that an iterable gives.
    pub fn for_each(&mut self, iterable: &Value, mut act: impl FnMut(&mut Vm, Value) -> Result<()>) -> Result<()> {
        let iterator = self.iter(iterable)?;
        while iterator.downcast::<Iter>().is_some_and(|iter| iter.plain.get()) {
            let Some(item) = self.plain_value(&iterator).map_err(|what| self.runtime_error(what))? else {
                return Ok(());
            };
            self.burn()?;
            act(self, item)?;
        }
        while let Some(item) = self.next(&iterator)? {
            self.burn()?;
            act(self, item)?;
        }
        Ok(())
    }

    /// `item in container`
    pub fn contains(&mut self, container: &Value, item: &Value) -> Result<bool> {
        if self.has_script_class(container) {
            let name = self.special_name(Special::Contains).clone();
            let class = self.class_of(container);
            if let Some(method) = self.lookup(&class, &name)
                && !(method.is_kind::<Native>() && container.is_kind::<Instance>())
            {
                if method.is_none() {
                    return Err(self.type_error(format!("'{}' object is not a container", self.type_name(container))));
                }
                let answer = self.call_found(&method, &[container.clone(), item.clone()])?;
                return self.truth(&answer);
            }
        }
        let payload = container.downcast::<Instance>().and_then(Instance::payload);
        let native = payload.as_ref().unwrap_or(container);
        // A subclass that redefines iteration decides by it.
        if let Some(answer) = self.contains_native(native, item)? {
            return Ok(answer);
        }
        let iterator = match self.iter(container) {
            Ok(iterator) => iterator,
            Err(raised) if self.is_exception(&raised, &self.classes.type_error) => {
                return Err(
                    self.type_error(format!("argument of type '{}' is not iterable", self.type_name(container)))
                );
            }
            Err(raised) => return Err(raised),
        };
        while let Some(other) = self.next(&iterator)? {
            if self.equal(&other, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What is looked for among the members of a set: a set that has no hash of its own by its members.
    pub(crate) fn set_key(&mut self, item: &Value) -> Value {
        match self.native::<Set>(item) {
            Some(inner) if !inner.frozen => {
                let own =
                    item.is_kind::<Instance>() && self.special(item, Special::Hash).is_some_and(|hash| !hash.is_none());
                if own { item.clone() } else { self.set(inner.table.borrow().duplicate(), true) }
            }
            _ => item.clone(),
        }
    }

    fn contains_native(&mut self, container: &Value, item: &Value) -> Result<Option<bool>> {
        if let Some(dict) = container.to_ref::<Dict>() {
            let hash = self.hash(item)?;
            return Ok(Some(self.dict_find(&dict, hash, item)?.is_some()));
        }
        if let Some(set) = container.to_ref::<Set>() {
            let key = self.set_key(item);
            return self.set_contains(&set, &key).map(Some);
        }
        if let Some(text) = container.downcast::<Str>() {
            return match self.text_of(item) {
                Some(part) => Ok(Some(text.text.contains(&*part.text))),
                None => Err(self.type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    self.type_name(item)
                ))),
            };
        }
        if container.is_kind::<List>() || container.is_kind::<Tuple>() {
            let found = self.position_of(container, item, 0, usize::MAX)?;
            return Ok(Some(found.is_some()));
        }
        if let Some(range) = container.downcast::<Range>()
            && let Some(number) = self.to_bigint(item)
        {
            let big = |value: &Value| self.to_bigint(value).unwrap_or_default();
            let (start, stop, step) = (big(&range.start), big(&range.stop), big(&range.step));
            let inside =
                if step.is_positive() { start <= number && number < stop } else { stop < number && number <= start };
            return Ok(Some(inside && (number - start) % step == 0.into()));
        }
        if let Some(view) = container.downcast::<DictView>() {
            let mapping = view.dict.get();
            match view.kind {
                ViewKind::Keys | ViewKind::Proxy => return self.contains(&mapping, item).map(Some),
                ViewKind::Items => {
                    let pair =
                        item.downcast::<Tuple>().filter(|pair| pair.items.len() == 2).map(|pair| pair.items.to_vec());
                    let (Some(pair), Some(dict)) = (pair, self.native::<Dict>(&mapping)) else {
                        return Ok(Some(false));
                    };
                    return match self.dict_get(&dict, &pair[0])? {
                        Some(value) => self.equal(&value, &pair[1]).map(Some),
                        None => Ok(Some(false)),
                    };
                }
                ViewKind::Values => return Ok(None),
            }
        }
        if container.is_kind::<Bytes>() || container.is_kind::<ByteArray>() {
            return self.bytes_contain(container, item).map(Some);
        }
        Ok(None)
    }

    fn bytes_contain(&mut self, container: &Value, item: &Value) -> Result<bool> {
        let whole = super::bytearrays::bytes_of(container).unwrap_or_default();
        if let Some(part) = super::bytearrays::buffer_of(self, item) {
            return Ok(part.is_empty() || whole.windows(part.len()).any(|window| window == part));
        }
        match self.number(item) {
            Some(super::compare::Number::Int(byte @ 0..=255)) => Ok(whole.contains(&(byte as u8))),
            Some(super::compare::Number::Int(_) | super::compare::Number::Big(_)) => {
                Err(self.value_error("byte must be in range(0, 256)"))
            }
            _ => Err(self.type_error(format!("a bytes-like object is required, not '{}'", self.type_name(item)))),
        }
    }
}

/// How an iterator over a range of small integers begins.
fn small_range(range: &Range) -> Option<IterState> {
    let (start, stop, step) = (range.start.as_small_int()?, range.stop.as_small_int()?, range.step.as_small_int()?);
    Some(IterState::Range(start, small_range_len(start, stop, step) as u64, step))
}

/// Whether an iterator needs no script for its next item, from its beginning to its end.
#[inline]
pub(super) fn is_plain(state: &IterState) -> bool {
    let is_plain = |value: &Value| value.downcast::<Iter>().is_some_and(|iter| iter.plain.get());
    match state {
        IterState::Sequence(..)
        | IterState::SequenceReversed(..)
        | IterState::Call(..)
        | IterState::Map(..)
        | IterState::Filter(..) => false,
        IterState::Enumerate(inner, _) => is_plain(inner),
        IterState::Zip(inner, strict) => !strict && inner.iter().all(is_plain),
        _ => true,
    }
}

/// An iterator over the inside of an instance keeps the instance: what is inside belongs to it.
pub(crate) fn owned_by(iterator: Value, owner: &Value) -> Value {
    if owner.is_kind::<Instance>()
        && let Some(iter) = iterator.downcast::<Iter>()
    {
        iter.owner.set(owner.clone());
    }
    iterator
}
