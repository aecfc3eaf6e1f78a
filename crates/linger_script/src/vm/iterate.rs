//! Iteration and membership: what a value gives one after another, and whether something is among it.
//!
//! How an iterator of the runtime finds its next item is in `iterator_steps`.

use linger_heap::{Ref, Value, clones};
use num_traits::Signed;

use super::iterator_steps::Item;
use super::sequences::items_of;
use super::truth::small_range_len;
use super::{Result, Vm};
use crate::objects::*;

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
        match self.next_ready(iterator) {
            Some(item) => Ok(Some(item)),
            None => self.next_elsewhere(iterator),
        }
    }

    /// The same, where nothing is ready.
    pub(super) fn next_elsewhere(&mut self, iterator: &Value) -> Result<Option<Value>> {
        if let Some(iter) = iterator.downcast::<Iter>() {
            return Ok(self.next_of(iter)?.map(|item| self.whole(item)));
        }
        if let Some(generator) = iterator.to_ref::<Generator>() {
            return self.generator_next(&generator);
        }
        if let Some(native) = iterator.downcast::<NativeObject>()
            && let Some(next) = self.native_next(&native.class)
        {
            return next(self, iterator);
        }
        self.next_by_method(iterator)
    }

    /// The next item of an iterator; a pair that it makes is no tuple yet.
    pub(crate) fn next_item(&mut self, iterator: &Value) -> Result<Option<Item>> {
        let Some(iter) = iterator.downcast::<Iter>() else { return Ok(self.next(iterator)?.map(Item::One)) };
        if let Some((first, second)) = self.next_ready_pair(iter) {
            return Ok(Some(Item::Pair(first, second)));
        }
        match self.next_ready(iterator) {
            Some(item) => Ok(Some(Item::One(item))),
            None => self.next_of(iter),
        }
    }

    /// The next item of an iterator that a script made, or one of the runtime that knows no other way.
    fn next_by_method(&mut self, iterator: &Value) -> Result<Option<Value>> {
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

    /// Whether a value is an iterator of a module of the runtime, whose `__next__` no script has replaced.
    pub(crate) fn has_native_next(&mut self, value: &Value) -> bool {
        value.downcast::<NativeObject>().is_some_and(|object| self.native_next(&object.class).is_some())
    }

    /// What gives the next item of a class's objects, if that is a function of the runtime; found out once an epoch.
    #[inline]
    fn native_next(&mut self, class: &Ref<Class>) -> Option<NextFn> {
        if class.next_epoch.get() != self.epoch {
            self.find_native_next(class);
        }
        class.next.get()
    }

    #[cold]
    fn find_native_next(&mut self, class: &Ref<Class>) {
        let name = self.special_name(Special::Next).clone();
        let found = self.lookup(class, &name);
        let next = match found.as_ref().and_then(Value::downcast::<Native>).map(|native| &native.call) {
            Some(NativeCall::Next(next)) => Some(*next),
            _ => None,
        };
        class.next.set(next);
        class.next_epoch.set(self.epoch);
    }

    /// As [`Vm::next`] of an iterator of the runtime; the end is an exception if something inside ended with a value.
    pub(crate) fn next_or_value(&mut self, iterator: &Value) -> Result<Option<Value>> {
        self.stopped = Value::NONE;
        let next = self.next(iterator)?;
        let value = std::mem::replace(&mut self.stopped, Value::NONE);
        if next.is_none() && !value.is_none() { Err(self.stop_iteration(value)) } else { Ok(next) }
    }

    /// Everything that an iterable gives.
    pub fn items(&mut self, iterable: &Value) -> Result<Vec<Value>> {
        if let Some(items) = items_of(iterable) {
            return Ok(clones(&items));
        }
        if let Some(characters) = self.characters_of(iterable)? {
            return Ok(characters);
        }
        if let Some(members) = self.members(iterable) {
            self.check_memory(members.len() * size_of::<Value>())?;
            return Ok(members);
        }
        if let Some(generator) = iterable.to_ref::<Generator>()
            && generator.kind == GeneratorKind::Generator
        {
            let collected = self.list(Vec::new());
            let Some(list) = collected.to_ref::<List>() else { return Ok(Vec::new()) };
            self.collect_generator(&generator, &list)?;
            return Ok(self.mutate(&list, |list| list.items.take()));
        }
        let iterator = self.iter(iterable)?;
        self.ask_length(iterable)?;
        self.items_left(&iterator)
    }

    /// Everything that an iterator still gives.
    pub(super) fn items_left(&mut self, iterator: &Value) -> Result<Vec<Value>> {
        if let Some(ready) = self.ready(iterator)? {
            return Ok(ready);
        }
        let mut items = Vec::new();
        self.exhaust(iterator, |vm, item| vm.collect_item(&mut items, item))?;
        Ok(items)
    }

    /// The characters of a text that is ASCII.
    pub(crate) fn characters_of(&self, iterable: &Value) -> Result<Option<Vec<Value>>> {
        let Some(text) = iterable.downcast::<Str>().filter(|text| text.is_ascii()) else { return Ok(None) };
        self.check_memory(text.text.len() * size_of::<Value>())?;
        let characters = text.text.bytes().map(|byte| self.characters[usize::from(byte)].clone());
        Ok(Some(characters.collect()))
    }

    /// The members of a set, or the keys or values of a dict.
    pub(crate) fn members(&self, iterable: &Value) -> Option<Vec<Value>> {
        if let Some(set) = iterable.downcast::<Set>() {
            let table = set.table.borrow();
            let mut members = Vec::with_capacity(table.len());
            table.iter().for_each(|key| members.push(key.clone()));
            return Some(members);
        }
        let (mapping, kind) = match iterable.downcast::<DictView>() {
            Some(view) => (view.dict.get(), view.kind),
            None => (iterable.clone(), ViewKind::Keys),
        };
        let table = mapping.downcast::<Dict>()?.table.borrow();
        let mut members = Vec::with_capacity(table.len());
        match kind {
            ViewKind::Keys => table.iter().for_each(|entry| members.push(entry.key.clone())),
            ViewKind::Values => table.iter().for_each(|entry| members.push(entry.value.clone())),
            ViewKind::Items | ViewKind::Proxy => return None,
        }
        Some(members)
    }

    /// What is left of an iterator over what lies ready, which ends by it; nothing of others.
    pub(crate) fn ready(&self, iterator: &Value) -> Result<Option<Vec<Value>>> {
        let Some(iter) = iterator.downcast::<Iter>() else { return Ok(None) };
        let items = match &*iter.state.borrow() {
            IterState::List(run, from) | IterState::Tuple(run, from) => {
                let run = items_of(run);
                clones(run.as_deref().and_then(|run| run.get(*from..)).unwrap_or_default())
            }
            IterState::ListReversed(run, end) => {
                let run = items_of(run);
                let run = run.as_deref().unwrap_or_default();
                run[..(*end).min(run.len())].iter().rev().cloned().collect()
            }
            IterState::Range(next, left, step) => {
                self.check_memory((*left as usize).saturating_mul(size_of::<Value>()))?;
                (0..*left as i64).map(|round| self.int(next + round * step)).collect()
            }
            _ => return Ok(None),
        };
        let ended = iter.state.replace(IterState::Done);
        drop((ended, iter.owner.take()));
        Ok(Some(items))
    }

    /// A tuple of everything that an iterable gives.
    pub(crate) fn tuple_of(&mut self, iterable: &Value) -> Result<Value> {
        if let Some(items) = items_of(iterable) {
            return Ok(self.tuple_of_clones(&items));
        }
        let items = self.items(iterable)?;
        Ok(self.tuple(items))
    }

    /// Calls `act` for everything that an iterable gives.
    pub fn for_each(&mut self, iterable: &Value, mut act: impl FnMut(&mut Vm, Value) -> Result<()>) -> Result<()> {
        self.walk(iterable, |vm, item| act(vm, item).map(|()| true))
    }

    /// Calls `act` for what an iterable gives until it says false.
    pub(crate) fn walk(&mut self, iterable: &Value, act: impl FnMut(&mut Vm, Value) -> Result<bool>) -> Result<()> {
        let iterator = self.iter(iterable)?;
        self.walk_iterator(&iterator, act)
    }

    /// Calls `act` for everything that an iterator still gives. It is not asked for an iterator: it need not have `__iter__`.
    pub(crate) fn exhaust(
        &mut self,
        iterator: &Value,
        mut act: impl FnMut(&mut Vm, Value) -> Result<()>,
    ) -> Result<()> {
        self.walk_iterator(iterator, |vm, item| act(vm, item).map(|()| true))
    }

    /// Whether `test` holds for something that an iterable gives; what comes after that is not asked for.
    pub(crate) fn any_item(
        &mut self,
        iterable: &Value,
        mut test: impl FnMut(&mut Vm, Value) -> Result<bool>,
    ) -> Result<bool> {
        let mut found = false;
        self.walk(iterable, |vm, item| {
            found = test(vm, item)?;
            Ok(!found)
        })?;
        Ok(found)
    }

    /// As [`Vm::walk`], of an iterator: what tells how its next item is found is asked once.
    pub(crate) fn walk_iterator(
        &mut self,
        iterator: &Value,
        mut act: impl FnMut(&mut Vm, Value) -> Result<bool>,
    ) -> Result<()> {
        if let Some(generator) = iterator.to_ref::<Generator>() {
            while let Some(item) = self.generator_next(&generator)? {
                if !act(self, item)? {
                    return Ok(());
                }
                self.burn()?;
            }
            return Ok(());
        }
        if let Some((function, inner)) = mapped(iterator)
            && (function.is_kind::<Native>()
                || function.downcast::<Class>().is_some_and(|class| class.flags.get().builtin))
        {
            return self.with_recursion("", |vm| vm.walk_mapped(&function, &inner, &mut act));
        }
        while let Some(item) = self.next(iterator)? {
            if !act(self, item)? {
                return Ok(());
            }
            self.burn()?;
        }
        Ok(())
    }

    /// Goes over a `map` of a function or class of the runtime over one iterator.
    fn walk_mapped(
        &mut self,
        function: &Value,
        inner: &Value,
        act: &mut dyn FnMut(&mut Vm, Value) -> Result<bool>,
    ) -> Result<()> {
        while let Some(item) = self.next(inner)? {
            let args = Args { values: std::slice::from_ref(&item), names: &[] };
            let result = match (function.downcast::<Native>(), function.to_ref::<Class>()) {
                (Some(native), _) => self.call_native(native, args),
                (_, Some(class)) => self.call_class(&class, args),
                _ => self.call_args(function, args),
            };
            let Some(result) = self.unless_ended(result)? else { return Ok(()) };
            if !act(self, result)? {
                return Ok(());
            }
            self.burn()?;
        }
        Ok(())
    }

    /// `item in container`
    pub fn contains(&mut self, container: &Value, item: &Value) -> Result<bool> {
        if (container.is_kind::<Dict>() || container.is_kind::<Set>())
            && let Some(hash) = self.hash_simple(item)
        {
            if let Some(dict) = container.downcast::<Dict>() {
                match dict.table.borrow().seek(hash, item) {
                    MISSING => return Ok(false),
                    UNSURE => {}
                    _ => return Ok(true),
                }
            } else if let Some(set) = container.downcast::<Set>() {
                match set.table.borrow().probe(hash, item, 0) {
                    Probe::Found(_) => return Ok(true),
                    Probe::Missing => return Ok(false),
                    Probe::Ask { .. } => {}
                }
            }
        }
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
        let mut found = false;
        self.walk_iterator(&iterator, |vm, other| {
            found = vm.equal(&other, item)?;
            Ok(!found)
        })?;
        Ok(found)
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
            if let Some([byte]) = item.downcast::<Str>().map(|part| part.text.as_bytes()) {
                return Ok(Some(text.text.as_bytes().contains(byte)));
            }
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
            && !item.is_kind::<Instance>()
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
            Some(super::numbers::Number::Int(byte @ 0..=255)) => Ok(whole.contains(&(byte as u8))),
            Some(super::numbers::Number::Int(_) | super::numbers::Number::Big(_)) => {
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

/// The function and the iterator of a `map` over one.
fn mapped(iterator: &Value) -> Option<(Value, Value)> {
    match &*iterator.downcast::<Iter>()?.state.borrow() {
        IterState::Map(function, inner) => match &inner[..] {
            [one] => Some((function.clone(), one.clone())),
            _ => None,
        },
        _ => None,
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
