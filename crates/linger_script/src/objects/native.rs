//! Modules, properties, slots' descriptors, `super`, and objects whose body a module of the runtime brings along.

use std::any::Any;
use std::cell::RefCell;

use linger_heap::{Edge, Ref, Value, ValueCell};

use super::{Class, Dict, visit_cell, visit_ref};
use crate::vm::Vm;

/// A module.
#[derive(Debug)]
pub struct Module {
    /// Its globals.
    pub dict: Ref<Dict>,
}

impl Module {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_ref(visit, "__dict__", &self.dict);
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// A property. The functions are empty where there is none.
#[derive(Debug, Default)]
pub struct Property {
    /// Reads it.
    pub getter: ValueCell,
    /// Writes it.
    pub setter: ValueCell,
    /// Deletes it.
    pub deleter: ValueCell,
    /// `__doc__`
    pub doc: ValueCell,
    /// Whether that is its getter's.
    pub doc_of_getter: std::cell::Cell<bool>,
    /// The name that it was assigned to in a class body.
    pub name: ValueCell,
}

impl Property {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let parts = [
            ("fget", &self.getter),
            ("fset", &self.setter),
            ("fdel", &self.deleter),
            ("__doc__", &self.doc),
            ("name", &self.name),
        ];
        for (edge, cell) in parts {
            visit_cell(visit, Edge::Part(edge), cell);
        }
    }
    pub(super) fn clear(&self) {
        for cell in [&self.getter, &self.setter, &self.deleter, &self.doc] {
            cell.take();
        }
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// The descriptor of a name in `__slots__`.
#[derive(Debug)]
pub struct SlotMember {
    /// The class that declares it.
    pub class: ValueCell,
    /// The name.
    pub name: Value,
}

impl SlotMember {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__objclass__"), &self.class);
        visit(Edge::Part("__name__"), &self.name);
    }
    pub(super) fn clear(&self) {
        self.class.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// `super(class, receiver)`.
#[derive(Debug)]
pub struct Super {
    /// Attributes are sought behind this class...
    pub class: Ref<Class>,
    /// ...in the order of this one...
    pub start: Ref<Class>,
    /// ...and bound to this, an instance or a class.
    pub receiver: ValueCell,
}

impl Super {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_ref(visit, "__thisclass__", &self.class);
        visit_ref(visit, "__self_class__", &self.start);
        visit_cell(visit, Edge::Part("__self__"), &self.receiver);
    }
    pub(super) fn clear(&self) {
        self.receiver.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// The body of an object that a module of the runtime brings along (a compiled pattern, a deque, a random generator...).
#[allow(clippy::len_without_is_empty, reason = "most bodies have no length, which is not to be empty")]
pub trait NativeData: Any {
    /// Names every counted reference that the body holds.
    fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    /// As `traverse`, about `limit` references from number `from` on (which 0 begins with the first); returns the number to go on with.
    /// Bodies that may hold many references have one of their own.
    fn traverse_piece(&self, _from: usize, _limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        self.traverse(visit);
        None
    }
    /// As `take_references`, about `limit` of them; says whether some are left.
    fn take_some(&mut self, _limit: usize) -> (Vec<Value>, bool) {
        (self.take_references(), false)
    }
    /// Takes out the references that may close a cycle; they are dropped after the borrow has ended.
    fn take_references(&mut self) -> Vec<Value> {
        Vec::new()
    }
    /// Takes out the memory that may make the body large, after its references were taken out.
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        None
    }
    /// Bytes that the body owns.
    fn heap_bytes(&self) -> usize {
        0
    }
    /// The next item of an iterator, if that takes no script, no error and no end; see `vm::ready`, which says what `levels` is. The body
    /// is borrowed: only `Vm::next_ready_within` may be asked for what iterators inside give.
    fn next_ready(&mut self, _vm: &Vm, _levels: u8) -> Option<Value> {
        None
    }
    /// The same of an iterator that makes pairs, for who wants no tuple. `this` is the body's object.
    fn next_pair_ready(&mut self, _this: &Value, _vm: &Vm, _levels: u8) -> Option<(Value, Value)> {
        None
    }
    /// What `len()` says, of a body that has one.
    fn len(&self) -> Option<usize> {
        None
    }
}

/// An object whose body a module of the runtime brings along.
pub struct NativeObject {
    /// Its class; the class of instances made by a subclass is the subclass.
    pub class: Ref<Class>,
    /// Its body. Never borrowed while a script runs.
    pub data: RefCell<Box<dyn NativeData>>,
    /// Attributes: a dict, or empty.
    pub attributes: ValueCell,
}

impl std::fmt::Debug for NativeObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NativeObject of {:?}", self.class)
    }
}

impl NativeObject {
    /// Runs `act` on the body if it is a `T`.
    #[inline]
    pub fn with<T: NativeData, R>(&self, act: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut data = self.data.borrow_mut();
        let any: &mut dyn Any = &mut **data;
        any.downcast_mut::<T>().map(act)
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.traverse_piece(0, usize::MAX, visit);
    }
    pub(super) fn traverse_piece(
        &self,
        from: usize,
        limit: usize,
        visit: &mut dyn FnMut(Edge<'_>, &Value),
    ) -> Option<usize> {
        if from == 0 {
            visit_ref(visit, "__class__", &self.class);
            visit_cell(visit, Edge::Part("__dict__"), &self.attributes);
        }
        self.data.borrow().traverse_piece(from, limit, visit)
    }
    pub(super) fn clear_piece(&self, limit: usize) -> bool {
        let (references, some_left) = self.data.borrow_mut().take_some(limit);
        drop(references);
        if !some_left {
            self.attributes.take();
        }
        some_left
    }
    pub(super) fn clear(&self) {
        let references = self.data.borrow_mut().take_references();
        drop(references);
        self.attributes.take();
    }
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        self.data.get_mut().take_buffers()
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.data.borrow().heap_bytes()
    }
}
