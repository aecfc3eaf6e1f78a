//! The iterators of `itertools` that share what they have read: `groupby` with its groups, `tee` with its copies.

use std::collections::VecDeque;

use linger_heap::{Edge, Value};

use super::itertools::iterator_class;
use super::support::{between, itself, method, named, or_none, registered, resize, with};
use crate::objects::{Args, Class, NativeData, NativeObject, same_or_equal};
use crate::vm::{READY_LEVELS, Result, Vm, handed_out};

/// So many items of a group that nobody asked for are passed over in one go.
const MOST_PASSED: usize = 64;

/// Adds the classes and functions to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    iterator_class(vm, module, "groupby", &[("__new__", groupby), ("__iter__", itself)], Some(groupby_next));
    iterator_class(vm, module, "_grouper", &[("__iter__", itself)], Some(grouper_next));
    let methods = &[("__new__", tee_new as crate::objects::NativeFn), ("__iter__", itself), ("__copy__", tee_copy)];
    iterator_class(vm, module, "_tee", methods, Some(tee_next));
    iterator_class(vm, module, "_tee_dataobject", &[], None);
    let function = vm.native_function("itertools", "tee", tee);
    vm.module_set(module, "tee", function);
}

/// The state of `groupby`. A value is empty while it is not known.
struct GroupBy {
    iterator: Value,
    key: Value,
    /// The class of its groups.
    groups: Value,
    /// The key of the group shown last.
    target: Value,
    /// The key and item read last.
    current_key: Value,
    current: Value,
    /// Which group is the current one: older ones show nothing more.
    serial: u64,
}

impl NativeData for GroupBy {
    fn next_pair_ready(&mut self, this: &Value, vm: &Vm, _levels: u8) -> Option<(Value, Value)> {
        self.serial += 1;
        self.pass_group(vm);
        let is_new = !self.current_key.is_empty()
            && (self.target.is_empty() || same_or_equal(&self.target, &self.current_key) == Some(false));
        if !is_new {
            return None;
        }
        let class = self.groups.to_ref::<Class>()?;
        self.target = self.current_key.clone();
        let group = Grouper { parent: this.clone(), key: self.target.clone(), serial: self.serial };
        Some((self.target.clone(), vm.native_object(&class, Box::new(group))))
    }
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for value in [&self.iterator, &self.key, &self.groups, &self.target, &self.current_key, &self.current] {
            visit(Edge::Part("iterated"), value);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        [&mut self.iterator, &mut self.key, &mut self.target, &mut self.current_key, &mut self.current]
            .map(std::mem::take)
            .to_vec()
    }
    fn heap_bytes(&self) -> usize {
        size_of::<GroupBy>()
    }
}

impl GroupBy {
    /// Reads one more item, if it is ready and its own key.
    fn read_ready(&mut self, vm: &Vm, levels: u8) -> Option<()> {
        if !self.key.is_none() {
            return None;
        }
        let item = vm.next_ready_within(&self.iterator, levels)?;
        self.current_key = item.clone();
        self.current = item;
        Some(())
    }

    /// Passes over what is left of the group shown last, as far as that is ready.
    fn pass_group(&mut self, vm: &Vm) {
        for _ in 0..MOST_PASSED {
            let passes = self.current_key.is_empty()
                || !self.target.is_empty() && same_or_equal(&self.target, &self.current_key) == Some(true);
            if !passes || self.read_ready(vm, READY_LEVELS).is_none() {
                return;
            }
        }
    }
}

/// The state of one group.
struct Grouper {
    parent: Value,
    key: Value,
    serial: u64,
}

impl NativeData for Grouper {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("parent"), &self.parent);
        visit(Edge::Part("key"), &self.key);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![std::mem::take(&mut self.parent), std::mem::take(&mut self.key)]
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Grouper>()
    }
    fn next_ready(&mut self, vm: &Vm, levels: u8) -> Option<Value> {
        let parent = self.parent.downcast::<NativeObject>()?;
        let mut body = parent.data.try_borrow_mut().ok()?;
        let any: &mut dyn std::any::Any = &mut **body;
        let groups = any.downcast_mut::<GroupBy>().filter(|groups| groups.serial == self.serial)?;
        if groups.current.is_empty() {
            groups.read_ready(vm, levels)?;
        }
        if same_or_equal(&self.key, &groups.current_key) != Some(true) {
            return None;
        }
        Some(handed_out(std::mem::take(&mut groups.current)))
    }
}

fn groupby(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let [iterable, key] = named(vm, &rest, "groupby", ["iterable", "key"], 1)?;
    let iterator = vm.iter(&or_none(iterable))?;
    let state = GroupBy {
        iterator,
        key: or_none(key),
        groups: registered(vm, "itertools._grouper")?.into_value(),
        target: Value::EMPTY,
        current_key: Value::EMPTY,
        current: Value::EMPTY,
        serial: 0,
    };
    Ok(vm.native_object(&class, Box::new(state)))
}

/// Reads one more item and its key; false at the end.
fn groupby_read(vm: &mut Vm, this: &Value) -> Result<bool> {
    let (iterator, key) = with(vm, this, |state: &mut GroupBy| (state.iterator.clone(), state.key.clone()))?;
    if iterator.is_empty() {
        return Ok(false);
    }
    let read = |vm: &mut Vm| {
        let Some(item) = vm.next(&iterator)? else { return Ok(None) };
        let item_key = if key.is_none() { item.clone() } else { vm.call(&key, std::slice::from_ref(&item))? };
        Ok(Some((item, item_key)))
    };
    let Some((item, item_key)) = vm.with_recursion("", read)? else { return Ok(false) };
    let old = with(vm, this, |state: &mut GroupBy| {
        (std::mem::replace(&mut state.current, item), std::mem::replace(&mut state.current_key, item_key))
    })?;
    drop(old);
    Ok(true)
}

fn groupby_next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let begin = |state: &mut GroupBy| {
        state.serial += 1;
        state.pass_group(vm)
    };
    this.downcast::<NativeObject>().and_then(|object| object.with(begin));
    loop {
        let (current, target) =
            with(vm, this, |state: &mut GroupBy| (state.current_key.clone(), state.target.clone()))?;
        if !current.is_empty() && (target.is_empty() || !vm.equal(&target, &current)?) {
            break;
        }
        if !groupby_read(vm, this)? {
            return Ok(None);
        }
        vm.burn()?;
    }
    let (old, key, serial, class) = with(vm, this, |state: &mut GroupBy| {
        let old = std::mem::replace(&mut state.target, state.current_key.clone());
        (old, state.current_key.clone(), state.serial, state.groups.clone())
    })?;
    drop(old);
    let class = super::support::class_argument(vm, &class)?;
    let group = vm.native_object(&class, Box::new(Grouper { parent: this.clone(), key: key.clone(), serial }));
    Ok(Some(vm.pair(key, group)))
}

fn grouper_next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let (parent, key, serial) =
        with(vm, this, |state: &mut Grouper| (state.parent.clone(), state.key.clone(), state.serial))?;
    let (is_current, is_read) =
        with(vm, &parent, |state: &mut GroupBy| (state.serial == serial, !state.current.is_empty()))?;
    if !is_current || !is_read && !groupby_read(vm, &parent)? {
        return Ok(None);
    }
    let current_key = with(vm, &parent, |state: &mut GroupBy| state.current_key.clone())?;
    if !vm.equal(&key, &current_key)? {
        return Ok(None);
    }
    let item = with(vm, &parent, |state: &mut GroupBy| std::mem::take(&mut state.current))?;
    Ok(Some(handed_out(item)))
}

/// What the copies of one iterator share, an object of its own: what some have read and others not.
struct Source {
    iterator: Value,
    /// Items from number `first` on.
    items: VecDeque<Value>,
    first: u64,
    /// How many copies stand at which item would be needed to drop items exactly; the positions of all copies tell it.
    positions: Vec<(u64, u64)>,
    next_copy: u64,
    reading: bool,
}

impl Source {
    /// Drops the items that every copy has read.
    fn trim(&mut self) -> Vec<Value> {
        let least = self.positions.iter().map(|(_, position)| *position).min().unwrap_or(u64::MAX);
        let count = (least.saturating_sub(self.first)).min(self.items.len() as u64);
        self.first += count;
        self.items.drain(..count as usize).collect()
    }

    fn position_of(&self, copy: u64) -> u64 {
        self.positions.iter().find(|(other, _)| *other == copy).map_or(0, |(_, position)| *position)
    }

    /// The next item of a copy, if it was read before, and what every copy has read with it.
    fn advance(&mut self, copy: u64) -> Option<(Value, Option<Value>)> {
        let (_, position) = self.positions.iter_mut().find(|(other, _)| *other == copy)?;
        let at = *position - self.first;
        let item = self.items.get(at as usize)?.clone();
        *position += 1;
        if at > 0 || self.positions.iter().any(|(_, position)| *position == self.first) {
            return Some((item, None));
        }
        self.first += 1;
        Some((item, self.items.pop_front()))
    }
}

impl NativeData for Source {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("iterator"), &self.iterator);
        for item in &self.items {
            visit(Edge::Part("item"), item);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        let mut references: Vec<Value> = self.items.drain(..).collect();
        references.push(std::mem::take(&mut self.iterator));
        references
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Source>() + self.items.capacity() * size_of::<Value>()
    }
}

/// One copy.
struct Tee {
    source: Value,
    copy: u64,
}

impl NativeData for Tee {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("source"), &self.source);
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Tee>()
    }
    fn next_ready(&mut self, vm: &Vm, levels: u8) -> Option<Value> {
        let mut body = self.source.downcast::<NativeObject>()?.data.try_borrow_mut().ok()?;
        let any: &mut dyn std::any::Any = &mut **body;
        let source = any.downcast_mut::<Source>()?;
        if let Some((item, read_by_all)) = source.advance(self.copy) {
            drop(body);
            drop(read_by_all);
            return Some(item);
        }
        // The heap hears of the room for one more elsewhere.
        if source.reading || source.items.len() == source.items.capacity() {
            return None;
        }
        let item = vm.next_ready_within(&source.iterator, levels)?;
        source.items.push_back(item);
        source.advance(self.copy).map(|(item, _)| item)
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        let copy = self.copy;
        let unread = self.source.downcast::<NativeObject>().and_then(|source| {
            source.with(|source: &mut Source| {
                source.positions.retain(|(other, _)| *other != copy);
                source.trim()
            })
        });
        drop(unread);
    }
}

/// A new copy that stands at `position`.
fn copy_of(vm: &mut Vm, source: &Value, position: u64) -> Result<Tee> {
    let copy = resize(vm, source, |body: &mut Source| {
        let copy = body.next_copy;
        body.next_copy += 1;
        body.positions.push((copy, position));
        copy
    })?;
    Ok(Tee { source: source.clone(), copy })
}

fn tee(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "tee", 1, 2)?;
    let count = match values.get(1) {
        Some(count) => vm.index_i64(count)?,
        None => 2,
    };
    if count < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let class = registered(vm, "itertools._tee")?;
    let iterator = vm.iter(&values[0])?;
    let (source, position) = source_of(vm, &iterator)?;
    let mut copies = Vec::new();
    for _ in 0..count {
        let copy = copy_of(vm, &source, position)?;
        copies.push(vm.native_object(&class, Box::new(copy)));
    }
    Ok(vm.tuple(copies))
}

/// What a copy of `iterator` shares: with `iterator` itself if that is a copy already.
fn source_of(vm: &mut Vm, iterator: &Value) -> Result<(Value, u64)> {
    if super::support::is::<Tee>(iterator) {
        let (source, copy) = with(vm, iterator, |tee: &mut Tee| (tee.source.clone(), tee.copy))?;
        let position = with(vm, &source, |source: &mut Source| source.position_of(copy))?;
        return Ok((source, position));
    }
    let source = Source {
        iterator: iterator.clone(),
        items: VecDeque::new(),
        first: 0,
        positions: Vec::new(),
        next_copy: 0,
        reading: false,
    };
    let class = registered(vm, "itertools._tee_dataobject")?;
    Ok((vm.native_object(&class, Box::new(source)), 0))
}

fn tee_new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let [iterable] = super::support::exactly::<1>(vm, &rest, "_tee")?;
    let iterator = vm.iter(iterable)?;
    let (source, position) = source_of(vm, &iterator)?;
    let copy = copy_of(vm, &source, position)?;
    Ok(vm.native_object(&class, Box::new(copy)))
}

fn tee_copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__copy__")?;
    let class = vm.class_of(this);
    let (source, position) = source_of(vm, this)?;
    let copy = copy_of(vm, &source, position)?;
    Ok(vm.native_object(&class, Box::new(copy)))
}

fn tee_next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let (source, copy) = with(vm, this, |tee: &mut Tee| (tee.source.clone(), tee.copy))?;
    loop {
        let advanced = with(vm, &source, |body: &mut Source| body.advance(copy))?;
        if let Some((item, read_by_all)) = advanced {
            drop(read_by_all);
            return Ok(Some(item));
        }
        let (iterator, reading) =
            with(vm, &source, |body: &mut Source| (body.iterator.clone(), std::mem::replace(&mut body.reading, true)))?;
        if reading {
            return Err(vm.runtime_error("tee() iterator is being advanced already"));
        }
        let item = if iterator.is_empty() { Ok(None) } else { vm.with_recursion("", |vm| vm.next(&iterator)) };
        with(vm, &source, |body: &mut Source| body.reading = false)?;
        let Some(item) = item? else { return Ok(None) };
        resize(vm, &source, |body: &mut Source| body.items.push_back(item))?;
    }
}
