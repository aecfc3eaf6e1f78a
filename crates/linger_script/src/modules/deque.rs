//! `collections.deque`: a list that grows and shrinks at both ends, of bounded length if asked for.

use std::collections::VecDeque;

use linger_heap::{Edge, Emptied, Ref, Value};

use super::deque_sequence as sequence;
use super::support::{Table, between, exactly, given, itself, method, named, none, one, registered, resize, with};
use crate::objects::{Args, Class, Layout, NativeData, NativeObject};
use crate::vm::{Result, Vm};

/// The body of a deque.
#[derive(Default)]
pub(super) struct Deque {
    /// The items.
    pub items: VecDeque<Value>,
    /// The bound.
    pub limit: Option<usize>,
    /// Changes with every change of length, so that iterators notice.
    pub version: u64,
}

impl NativeData for Deque {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    fn traverse_piece(&self, from: usize, limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        let end = from.saturating_add(limit).min(self.items.len());
        for index in from..end {
            visit(Edge::Index(index), &self.items[index]);
        }
        (end < self.items.len()).then_some(end)
    }
    fn take_references(&mut self) -> Vec<Value> {
        self.version += 1;
        std::mem::take(&mut self.items).into()
    }
    fn take_some(&mut self, limit: usize) -> (Vec<Value>, bool) {
        self.version += 1;
        let rest = self.items.split_off(self.items.len().saturating_sub(limit));
        (rest.into(), !self.items.is_empty())
    }
    fn len(&self) -> Option<usize> {
        Some(self.items.len())
    }
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(Emptied::<Value>::from(Vec::from(std::mem::take(&mut self.items)))))
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Deque>() + self.items.capacity() * size_of::<Value>()
    }
}

/// An iterator over a deque. The deque is empty once it has ended.
struct DequeIter {
    deque: Value,
    position: usize,
    version: u64,
    reversed: bool,
}

/// The deque's length has changed since the iterator was made.
struct Mutated;

impl DequeIter {
    fn next(&mut self) -> Result<Option<Value>, Mutated> {
        let Some(object) = self.deque.downcast::<NativeObject>() else { return Ok(None) };
        let found = object.with(|deque: &mut Deque| {
            if deque.version != self.version {
                return Err(Mutated);
            }
            let place =
                if self.reversed { deque.items.len().checked_sub(self.position + 1) } else { Some(self.position) };
            Ok(place.and_then(|place| deque.items.get(place).cloned()))
        });
        let item = found.unwrap_or(Ok(None))?;
        if item.is_some() {
            self.position += 1;
        } else {
            drop(std::mem::take(&mut self.deque));
        }
        Ok(item)
    }
}

impl NativeData for DequeIter {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("iterated"), &self.deque);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![std::mem::take(&mut self.deque)]
    }
    fn heap_bytes(&self) -> usize {
        size_of::<DequeIter>()
    }
    fn next_ready(&mut self, _vm: &Vm, _levels: u8) -> Option<Value> {
        let deque = self.deque.downcast::<NativeObject>()?.data.try_borrow().ok()?;
        let any: &dyn std::any::Any = &**deque;
        let deque = any.downcast_ref::<Deque>().filter(|deque| deque.version == self.version)?;
        let place = if self.reversed { deque.items.len().checked_sub(self.position + 1)? } else { self.position };
        let item = deque.items.get(place)?.clone();
        self.position += 1;
        Some(item)
    }
}

/// Adds the classes to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let class = vm.native_class("deque", "collections", None, Layout::Native, METHODS, &[("maxlen", maxlen)]);
    super::support::as_sequence(&class);
    vm.dict_set_str(&class.dict, "__hash__", Value::NONE);
    super::support::with_subscripts(vm, "deque", &class);
    vm.registry.insert("collections.deque", class.to_value());
    vm.module_set(module, "deque", class.into_value());
    for (name, key) in [
        ("_deque_iterator", "collections._deque_iterator"),
        ("_deque_reverse_iterator", "collections._deque_reverse_iterator"),
    ] {
        let methods: Table<'_> = &[("__iter__", itself), ("__length_hint__", iter_hint)];
        let class = vm.native_class(name, "_collections", None, Layout::Native, methods, &[]);
        vm.add_next(&class, iter_next);
        vm.registry.insert(key, class.to_value());
        vm.module_set(module, name, class.into_value());
    }
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__add__", sequence::add),
    ("__bool__", truth),
    ("__contains__", sequence::contains),
    ("__copy__", copy),
    ("__delitem__", delitem),
    ("__eq__", sequence::eq),
    ("__ge__", sequence::ge),
    ("__getitem__", getitem),
    ("__gt__", sequence::gt),
    ("__iadd__", iadd),
    ("__imul__", sequence::imul),
    ("__iter__", iter),
    ("__le__", sequence::le),
    ("__len__", len),
    ("__lt__", sequence::lt),
    ("__mul__", sequence::mul),
    ("__ne__", sequence::ne),
    ("__reduce__", reduce),
    ("__repr__", repr),
    ("__reversed__", reversed),
    ("__rmul__", sequence::mul),
    ("__setitem__", setitem),
    ("append", append),
    ("appendleft", appendleft),
    ("clear", clear),
    ("copy", copy),
    ("count", sequence::count),
    ("extend", extend),
    ("extendleft", extendleft),
    ("index", sequence::index),
    ("insert", insert),
    ("pop", pop),
    ("popleft", popleft),
    ("remove", sequence::remove),
    ("reverse", reverse),
    ("rotate", rotate),
];

/// A clone of the items.
pub(super) fn items(vm: &mut Vm, this: &Value) -> Result<Vec<Value>> {
    with(vm, this, |deque: &mut Deque| deque.items.iter().cloned().collect())
}

/// A deque of the class of `like`.
pub(super) fn make(vm: &mut Vm, class: &Ref<Class>, items: Vec<Value>, limit: Option<usize>) -> Value {
    let mut items: VecDeque<Value> = items.into();
    if let Some(limit) = limit {
        let surplus = items.len().saturating_sub(limit);
        items.drain(..surplus);
    }
    vm.native_object(class, Box::new(Deque { items, limit, version: 0 }))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, _) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    Ok(vm.native_object(&class, Box::new(Deque::default())))
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__init__")?;
    let [iterable, limit] = named(vm, &rest, "deque", ["iterable", "maxlen"], 0)?;
    let limit = match given(limit) {
        Some(limit) => match vm.index_i64(&limit).map(usize::try_from) {
            Ok(Ok(limit)) => Some(limit),
            Ok(Err(_)) => return Err(vm.value_error("maxlen must be non-negative")),
            Err(_) => return Err(vm.type_error("an integer is required")),
        },
        None => None,
    };
    let old = resize(vm, this, |deque: &mut Deque| {
        deque.limit = limit;
        deque.version += 1;
        std::mem::take(&mut deque.items)
    })?;
    drop(old);
    if let Some(iterable) = iterable {
        extend_from(vm, this, &iterable, false)?;
    }
    Ok(Value::NONE)
}

/// Changes a deque, and tells the heap if its room changed.
fn change<R>(vm: &mut Vm, this: &Value, act: impl FnOnce(&mut Deque) -> R) -> Result<R> {
    let (result, before, after) = with(vm, this, |deque: &mut Deque| {
        deque.version += 1;
        let before = deque.items.capacity();
        let result = act(deque);
        (result, before, deque.items.capacity())
    })?;
    if before != after
        && let Some(header) = this.header()
    {
        vm.heap().resized(header, (after as isize - before as isize) * size_of::<Value>() as isize);
    }
    Ok(result)
}

fn push(vm: &mut Vm, this: &Value, item: Value, left: bool) -> Result<()> {
    let is_full = with(vm, this, |deque: &mut Deque| deque.limit.is_some_and(|limit| deque.items.len() >= limit))?;
    if is_full && !left {
        before_shift(vm, this, 0);
    }
    let surplus = change(vm, this, |deque| {
        if left {
            deque.items.push_front(item);
        } else {
            deque.items.push_back(item);
        }
        match (is_full, left) {
            (false, _) => None,
            (true, true) => deque.items.pop_back(),
            (true, false) => deque.items.pop_front(),
        }
    })?;
    drop(surplus);
    Ok(())
}

fn append(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "append")?;
    let item = one(vm, &rest, "deque.append")?;
    push(vm, this, item.clone(), false)?;
    Ok(Value::NONE)
}

fn appendleft(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "appendleft")?;
    let item = one(vm, &rest, "deque.appendleft")?;
    push(vm, this, item.clone(), true)?;
    Ok(Value::NONE)
}

fn extend_from(vm: &mut Vm, this: &Value, iterable: &Value, left: bool) -> Result<()> {
    if iterable.is(this) {
        for item in items(vm, this)? {
            push(vm, this, item, left)?;
        }
        return Ok(());
    }
    vm.for_each(iterable, |vm, item| push(vm, this, item, left))
}

fn extend(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "extend")?;
    let iterable = one(vm, &rest, "deque.extend")?;
    extend_from(vm, this, iterable, false)?;
    Ok(Value::NONE)
}

fn extendleft(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "extendleft")?;
    let iterable = one(vm, &rest, "deque.extendleft")?;
    extend_from(vm, this, iterable, true)?;
    Ok(Value::NONE)
}

fn iadd(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__iadd__")?;
    let iterable = one(vm, &rest, "deque.__iadd__")?;
    extend_from(vm, this, iterable, false)?;
    Ok(this.clone())
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "pop")?;
    none(vm, &rest, "deque.pop")?;
    take(vm, this, false)
}

fn popleft(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "popleft")?;
    none(vm, &rest, "deque.popleft")?;
    take(vm, this, true)
}

/// Tells the heap that the items behind `position` are about to move one to the front.
fn before_shift(vm: &Vm, this: &Value, position: usize) {
    if let Some(header) = this.header() {
        vm.heap().before_shift(header, position, 1);
    }
}

/// Tells the heap that the items are about to change their order.
fn before_reorder(vm: &Vm, this: &Value) {
    if let Some(header) = this.header() {
        vm.heap().before_reorder(header);
    }
}

fn take(vm: &mut Vm, this: &Value, left: bool) -> Result<Value> {
    if left {
        before_shift(vm, this, 0);
    }
    let item = change(vm, this, |deque| {
        let item = if left { deque.items.pop_front() } else { deque.items.pop_back() };
        if deque.items.capacity() > 64 && deque.items.len() * 4 < deque.items.capacity() {
            deque.items.shrink_to(deque.items.len() * 2);
        }
        // Cloned and dropped, so that a running collection hears that the deque let go of it.
        item.clone()
    })?;
    item.ok_or_else(|| vm.index_error("pop from an empty deque"))
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "clear")?;
    none(vm, &rest, "deque.clear")?;
    let items = resize(vm, this, Deque::take_references)?;
    let len = items.len();
    vm.drop_contents(items, len, drop, Vm::list);
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "copy")?;
    none(vm, &rest, "deque.copy")?;
    let class = vm.class_of(this);
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    let items = items(vm, this)?;
    Ok(make(vm, &class, items, limit))
}

/// An empty one, and what goes in: it may hold itself.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let class = vm.class_of(this).into_value();
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    let arguments = match limit {
        Some(limit) => vec![vm.tuple(Vec::new()), vm.size(limit)],
        None => Vec::new(),
    };
    let arguments = vm.tuple(arguments);
    let state = vm.call_method(this, "__getstate__", &[])?;
    let items = vm.iter(this)?;
    Ok(vm.tuple(vec![class, arguments, state, items]))
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__len__")?;
    let len = with(vm, this, |deque: &mut Deque| deque.items.len())?;
    Ok(vm.size(len))
}

fn truth(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__bool__")?;
    Ok(Value::bool(with(vm, this, |deque: &mut Deque| !deque.items.is_empty())?))
}

fn maxlen(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "maxlen")?;
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    Ok(limit.map_or(Value::NONE, |limit| vm.size(limit)))
}

/// The position that an index argument names.
fn position(vm: &mut Vm, this: &Value, index: &Value) -> Result<usize> {
    let index = vm.index_i64(index)?;
    let len = with(vm, this, |deque: &mut Deque| deque.items.len())?;
    let shifted = if index < 0 { index + len as i64 } else { index };
    match usize::try_from(shifted) {
        Ok(position) if position < len => Ok(position),
        _ => Err(vm.index_error("deque index out of range")),
    }
}

fn getitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__getitem__")?;
    let index = one(vm, &rest, "deque.__getitem__")?;
    if !vm.is_int(index) && vm.special(index, crate::objects::Special::Index).is_none() {
        let name = vm.type_name(index);
        return Err(vm.type_error(format!("sequence index must be integer, not '{name}'")));
    }
    let position = position(vm, this, index)?;
    with(vm, this, |deque: &mut Deque| deque.items.get(position).cloned().unwrap_or(Value::NONE))
}

fn setitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__setitem__")?;
    let [index, item] = exactly::<2>(vm, &rest, "__setitem__")?;
    let position = position(vm, this, index)?;
    let item = item.clone();
    let old = with(vm, this, |deque: &mut Deque| match deque.items.get_mut(position) {
        Some(place) => std::mem::replace(place, item),
        None => item,
    })?;
    drop(old);
    Ok(Value::NONE)
}

/// Removes the item at a position.
pub(super) fn remove_at(vm: &mut Vm, this: &Value, position: usize) -> Result<()> {
    before_shift(vm, this, position);
    let old = with(vm, this, |deque: &mut Deque| {
        deque.version += 1;
        deque.items.remove(position)
    })?;
    drop(old);
    Ok(())
}

fn delitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__delitem__")?;
    let index = one(vm, &rest, "deque.__delitem__")?;
    let position = position(vm, this, index)?;
    remove_at(vm, this, position)?;
    Ok(Value::NONE)
}

fn insert(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "insert")?;
    let [index, item] = exactly::<2>(vm, &rest, "insert")?;
    let index = vm.index_i64(index)?;
    let item = item.clone();
    let is_inserted = resize(vm, this, |deque: &mut Deque| {
        let len = deque.items.len();
        if deque.limit.is_some_and(|limit| len >= limit) {
            return false;
        }
        deque.version += 1;
        let index = if index < 0 { (index + len as i64).max(0) as usize } else { (index as usize).min(len) };
        deque.items.insert(index, item);
        true
    })?;
    if is_inserted { Ok(Value::NONE) } else { Err(vm.index_error("deque already at its maximum size")) }
}

fn reverse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "reverse")?;
    none(vm, &rest, "deque.reverse")?;
    before_reorder(vm, this);
    with(vm, this, |deque: &mut Deque| deque.items.make_contiguous().reverse())?;
    Ok(Value::NONE)
}

fn rotate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "rotate")?;
    let values = between(vm, &rest, "rotate", 0, 1)?;
    let steps = match values.first() {
        Some(steps) => vm.index_i64(steps)?,
        None => 1,
    };
    before_reorder(vm, this);
    with(vm, this, |deque: &mut Deque| {
        if !deque.items.is_empty() {
            deque.version += 1;
            let steps = steps.rem_euclid(deque.items.len() as i64) as usize;
            deque.items.rotate_right(steps);
        }
    })?;
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    if !vm.repr_enter(this)? {
        return Ok(vm.str("[...]"));
    }
    let text = repr_text(vm, this);
    vm.repr_leave();
    let text = text?;
    Ok(vm.str(&text))
}

fn repr_text(vm: &mut Vm, this: &Value) -> Result<String> {
    let name = vm.type_name(this);
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    let mut texts = Vec::new();
    for item in items(vm, this)? {
        texts.push(vm.repr(&item)?);
    }
    let texts = texts.join(", ");
    Ok(match limit {
        Some(limit) => format!("{name}([{texts}], maxlen={limit})"),
        None => format!("{name}([{texts}])"),
    })
}

fn iterate(vm: &mut Vm, this: &Value, reversed: bool) -> Result<Value> {
    let version = with(vm, this, |deque: &mut Deque| deque.version)?;
    let key = if reversed { "collections._deque_reverse_iterator" } else { "collections._deque_iterator" };
    let class = registered(vm, key)?;
    Ok(vm.native_object(&class, Box::new(DequeIter { deque: this.clone(), position: 0, version, reversed })))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__iter__")?;
    iterate(vm, this, false)
}

fn reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reversed__")?;
    iterate(vm, this, true)
}

fn iter_next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let found = this.downcast::<NativeObject>().and_then(|object| object.with(DequeIter::next));
    match found {
        Some(Ok(item)) => Ok(item),
        Some(Err(Mutated)) => Err(vm.runtime_error("deque mutated during iteration")),
        None => with(vm, this, |_: &mut DequeIter| None),
    }
}

fn iter_hint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__length_hint__")?;
    let (deque, position) = with(vm, this, |iter: &mut DequeIter| (iter.deque.clone(), iter.position))?;
    if deque.is_empty() {
        return Ok(vm.int(0));
    }
    let len = with(vm, &deque, |deque: &mut Deque| deque.items.len())?;
    Ok(vm.size(len.saturating_sub(position)))
}
