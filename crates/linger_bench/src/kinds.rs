//! Kinds of object with the shapes that a script's objects have.

use std::cell::RefCell;

use linger_heap::{Edge, Emptied, FixedSlots, GrowSlots, Value, ValueCell, drop_last, kinds, prefetch};

/// A variable that closures share.
pub struct Cell {
    /// What the variable holds.
    pub contents: ValueCell,
}

impl Cell {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.contents.with(|contents| visit(Edge::Part("contents"), contents));
    }
    fn clear(&self) {
        self.contents.take();
    }
    fn extra_bytes(&self) -> usize {
        0
    }
}

/// Values that never change.
pub struct Tuple {
    /// The values.
    pub items: FixedSlots,
}

impl Tuple {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, item) in self.items.iter().enumerate() {
            visit(Edge::Captured(index, "f"), item);
        }
    }
    fn clear(&self) {}
    fn extra_bytes(&self) -> usize {
        self.items.extra_bytes()
    }
}

/// A function with what it closes over and the names it can use.
pub struct Function {
    /// Its cells.
    pub closure: ValueCell,
    /// The variables of its module.
    pub globals: ValueCell,
}

impl Function {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.closure.with(|closure| visit(Edge::Part("__closure__"), closure));
        self.globals.with(|globals| visit(Edge::Part("__globals__"), globals));
    }
    fn clear(&self) {
        self.closure.take();
        self.globals.take();
    }
    fn extra_bytes(&self) -> usize {
        0
    }
}

/// An object with attributes.
#[repr(C)]
pub struct Instance {
    /// What a class would give it: the values behind the object lie at a multiple of their size.
    pub shape: u32,
    /// The attributes' values.
    pub slots: GrowSlots,
}

impl Instance {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.slots.visit(&mut |_, value| visit(Edge::Name("attribute"), value));
    }
    fn clear(&self) {
        self.slots.clear();
    }
    fn extra_bytes(&self) -> usize {
        self.slots.extra_bytes()
    }
}

/// A list, of whose items a part can be looked at.
pub struct List {
    /// The items.
    pub items: RefCell<Vec<Value>>,
}

impl List {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    fn traverse_piece(&self, from: usize, limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        let items = self.items.borrow();
        let end = from.saturating_add(limit).min(items.len());
        for (index, item) in items.iter().enumerate().take(end).skip(from) {
            visit(Edge::Index(index), item);
        }
        (end < items.len()).then_some(end)
    }
    fn prefetch(&self) {
        if let Ok(items) = self.items.try_borrow() {
            prefetch(items.as_ptr());
        }
    }
    fn clear_piece(&self, limit: usize) -> bool {
        drop_last(&self.items, limit)
    }
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(Emptied::from(self.items.take())))
    }
    fn clear(&self) {
        drop(self.items.take());
    }
    fn extra_bytes(&self) -> usize {
        self.items.borrow().capacity() * size_of::<Value>()
    }
}

/// A mapping, as a list of entries.
pub struct Dict {
    /// Keys and values.
    pub entries: RefCell<Vec<(Value, Value)>>,
}

impl Dict {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (key, value) in self.entries.borrow().iter() {
            visit(Edge::Key(key), key);
            visit(Edge::Entry(key), value);
        }
    }
    fn prefetch(&self) {
        if let Ok(entries) = self.entries.try_borrow() {
            prefetch(entries.as_ptr());
        }
    }
    fn clear(&self) {
        drop(self.entries.take());
    }
    fn extra_bytes(&self) -> usize {
        self.entries.borrow().capacity() * size_of::<(Value, Value)>()
    }
}

/// A text; it can't be part of a cycle.
pub struct Text {
    /// The text.
    pub text: linger_heap::FixedText,
}

impl Text {
    fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    fn clear(&self) {}
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        self.text.take_buffer()
    }
    fn extra_bytes(&self) -> usize {
        self.text.extra_bytes()
    }
}

kinds! {
    Cell = 2, "cell", true;
    Tuple = 3, "tuple", true;
    Function = 4, "function", true;
    Instance = 5, "instance", true;
    List = 6, "list", true;
    Dict = 7, "dict", true;
    Text = 8, "str", false;
}
