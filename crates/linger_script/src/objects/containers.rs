//! List, tuple, dict, set, slice and range.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, Emptied, FixedSlots, Value, ValueCell, clear_backwards, drop_last, prefetch};

use super::set_table::SetTable;
use super::table::Table;
use super::visit_cell;

/// Names `limit` items from number `from` on; the number to go on with, if some are left.
fn visit_items(items: &[Value], from: usize, limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
    let end = from.saturating_add(limit).min(items.len());
    for (index, item) in items[..end].iter().enumerate().skip(from) {
        // Many a list holds numbers only.
        if item.is_object() {
            visit(Edge::Index(index), item);
        }
    }
    (end < items.len()).then_some(end)
}

/// A list.
#[derive(Debug, Default)]
pub struct List {
    /// The items. Never borrowed while a script runs.
    pub items: RefCell<Vec<Value>>,
}

impl Drop for List {
    fn drop(&mut self) {
        clear_backwards(self.items.get_mut());
    }
}

impl List {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    pub(super) fn traverse_piece(
        &self,
        from: usize,
        limit: usize,
        visit: &mut dyn FnMut(Edge<'_>, &Value),
    ) -> Option<usize> {
        visit_items(&self.items.borrow(), from, limit, visit)
    }
    pub(super) fn prefetch(&self) {
        prefetch(self.items.borrow().as_ptr());
    }
    pub(super) fn clear(&self) {
        // The items are dropped after the borrow ends.
        drop(self.items.take());
    }
    pub(super) fn clear_piece(&self, limit: usize) -> bool {
        drop_last(&self.items, limit)
    }
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        debug_assert!(self.items.get_mut().is_empty(), "they are dropped first");
        Some(Box::new(Emptied::from(self.items.take())))
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.items.borrow().capacity() * size_of::<Value>()
    }
}

/// A tuple.
#[derive(Debug)]
pub struct Tuple {
    /// The items.
    pub items: FixedSlots,
}

impl Tuple {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    pub(super) fn traverse_piece(
        &self,
        from: usize,
        limit: usize,
        visit: &mut dyn FnMut(Edge<'_>, &Value),
    ) -> Option<usize> {
        visit_items(&self.items, from, limit, visit)
    }
    pub(super) fn run(&self) -> Option<&FixedSlots> {
        Some(&self.items)
    }
    pub(super) fn clear(&self) {}
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        self.items.take_buffer()
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.items.extra_bytes()
    }
}

/// A dict.
#[derive(Debug, Default)]
pub struct Dict {
    /// The entries. Never borrowed while a script runs.
    pub table: RefCell<Table>,
}

impl Dict {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    pub(super) fn traverse_piece(
        &self,
        from: usize,
        limit: usize,
        visit: &mut dyn FnMut(Edge<'_>, &Value),
    ) -> Option<usize> {
        let table = self.table.borrow();
        let (entries, next) = table.piece(from, limit);
        for entry in entries {
            if entry.key.is_object() {
                visit(Edge::Key(&entry.key), &entry.key);
            }
            if entry.value.is_object() {
                visit(Edge::Entry(&entry.key), &entry.value);
            }
        }
        next
    }
    pub(super) fn prefetch(&self) {
        if let Some(first) = self.table.borrow().entry(0) {
            prefetch(first);
        }
    }
    pub(super) fn clear(&self) {
        drop(self.table.borrow_mut().take_all());
    }
    pub(super) fn clear_piece(&self, limit: usize) -> bool {
        let (entries, some_left) = self.table.borrow_mut().take_last(limit);
        drop(entries);
        some_left
    }
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(self.table.get_mut().take_buffers())
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.table.borrow().heap_bytes()
    }
}

/// A set or a frozen set.
#[derive(Debug)]
pub struct Set {
    /// The members. Never borrowed while a script runs.
    pub table: RefCell<SetTable>,
    /// Whether it never changes.
    pub frozen: bool,
    /// The hash of a frozen set, once known.
    pub hash: Cell<Option<u64>>,
}

impl Set {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    pub(super) fn traverse_piece(
        &self,
        from: usize,
        limit: usize,
        visit: &mut dyn FnMut(Edge<'_>, &Value),
    ) -> Option<usize> {
        let table = self.table.borrow();
        let (keys, next) = table.piece(from, limit);
        for key in keys {
            if key.is_object() {
                visit(Edge::Key(key), key);
            }
        }
        next
    }
    pub(super) fn clear(&self) {
        drop(self.table.take());
    }
    pub(super) fn clear_piece(&self, limit: usize) -> bool {
        let (keys, some_left) = self.table.borrow_mut().take_some(limit);
        drop(keys);
        some_left
    }
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(self.table.get_mut().take_buffers())
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.table.borrow().heap_bytes()
    }
}

/// A range. Its ends are integers of any size.
#[derive(Debug)]
pub struct Range {
    /// First number.
    pub start: Value,
    /// End, not included.
    pub stop: Value,
    /// Distance, not zero.
    pub step: Value,
}

impl Range {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("start"), &self.start);
        visit(Edge::Part("stop"), &self.stop);
        visit(Edge::Part("step"), &self.step);
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// A slice.
#[derive(Debug)]
pub struct Slice {
    /// First index or `None`.
    pub start: Value,
    /// End or `None`.
    pub stop: Value,
    /// Step or `None`.
    pub step: Value,
}

impl Slice {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("start"), &self.start);
        visit(Edge::Part("stop"), &self.stop);
        visit(Edge::Part("step"), &self.step);
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// What a view of a dict shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// `dict.keys()`
    Keys,
    /// `dict.values()`
    Values,
    /// `dict.items()`
    Items,
    /// `types.MappingProxyType`, over any mapping.
    Proxy,
}

/// A view of a dict.
#[derive(Debug)]
pub struct DictView {
    /// The dict.
    pub dict: ValueCell,
    /// What it shows.
    pub kind: ViewKind,
}

impl DictView {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("mapping"), &self.dict);
    }
    pub(super) fn clear(&self) {
        self.dict.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}
