//! A small world of objects for the heap's tests: nodes that link to anything, and leaves that link to nothing.
#![allow(dead_code, reason = "each test uses its part")]

pub mod scene;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use linger_heap::{Edge, Finalizer, Heap, KindInfo, Pending, TypeId, Value, kinds};

/// The ids of the nodes that are alive.
pub type Alive = Rc<RefCell<BTreeSet<u32>>>;

/// An object with any number of links.
pub struct Node {
    pub id: u32,
    pub links: RefCell<Vec<Value>>,
    /// What the node says to own outside of its slot: what the links took when it was made.
    extra: usize,
    alive: Alive,
}

impl Node {
    /// Tests have a node's links move out as a frame's values do.
    pub const IS_FRAME: bool = true;

    pub fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, link) in self.links.borrow().iter().enumerate() {
            visit(Edge::Index(index), link);
        }
    }
    pub fn clear(&self) {
        drop(self.links.take());
    }
    pub fn extra_bytes(&self) -> usize {
        self.extra
    }
    pub fn traverse_piece(&self, from: usize, limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        let links = self.links.borrow();
        for (index, link) in links.iter().enumerate().skip(from).take(limit) {
            visit(Edge::Index(index), link);
        }
        (from + limit < links.len()).then_some(from + limit)
    }
    pub fn clear_piece(&self, limit: usize) -> bool {
        for _ in 0..limit {
            let last = self.links.borrow_mut().pop();
            if last.is_none() {
                return false;
            }
        }
        !self.links.borrow().is_empty()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        assert!(self.alive.borrow_mut().remove(&self.id), "node {} is freed twice", self.id);
    }
}

/// An object that can't be part of a cycle.
pub struct Leaf(pub Cell<u64>);

impl Leaf {
    pub fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub fn clear(&self) {}
    pub fn extra_bytes(&self) -> usize {
        0
    }
}

kinds! {
    Node = 2, "node", true;
    Leaf = 3, "leaf", false;
}

/// The same kinds, of which none is a frame.
const KINDS_WITHOUT_FRAMES: &[KindInfo] = {
    let [mut node, leaf] = *KINDS.first_chunk().expect("there are two");
    node.is_frame = false;
    &[node, leaf]
};

/// A heap and what a test needs beside it.
pub struct World {
    pub heap: Heap,
    pub alive: Alive,
    pub node_type: TypeId,
    pub leaf_type: TypeId,
    pub weak_type: TypeId,
    next_id: Cell<u32>,
}

impl World {
    pub fn new() -> World {
        World::of(true)
    }

    /// A world whose nodes are frames, or not.
    pub fn of(frames: bool) -> World {
        let heap = Heap::new(if frames { KINDS } else { KINDS_WITHOUT_FRAMES });
        let (node_type, leaf_type, weak_type) = (heap.type_id("node"), heap.type_id("leaf"), heap.type_id("weakref"));
        World { heap, alive: Alive::default(), node_type, leaf_type, weak_type, next_id: Cell::new(0) }
    }

    pub fn node(&self, links: Vec<Value>) -> Value {
        let id = self.next_id.replace(self.next_id.get() + 1);
        self.alive.borrow_mut().insert(id);
        let node =
            Node { id, extra: links.len() * size_of::<Value>(), links: RefCell::new(links), alive: self.alive.clone() };
        self.heap.alloc(self.node_type, node).into_value()
    }

    pub fn leaf(&self) -> Value {
        self.heap.alloc(self.leaf_type, Leaf(Cell::new(0))).into_value()
    }

    pub fn weak(&self, target: &Value) -> Value {
        self.heap.weak_ref(self.weak_type, target, Value::EMPTY).expect("an object").into_value()
    }

    /// Checks everything, given all values that the test holds.
    pub fn verify(&self, held: &[&Value]) {
        let result = self.heap.verify(&mut |visit| held.iter().for_each(|value| visit(value)));
        if let Err(error) = result {
            panic!("{error}");
        }
    }

    /// The ids of the nodes that linger by the oracle.
    pub fn lingering(&self) -> BTreeSet<u32> {
        self.heap
            .find_unreachable()
            .objects
            .iter()
            .filter_map(|value| value.downcast::<Node>())
            .map(|node| node.id)
            .collect()
    }

    pub fn alive(&self) -> BTreeSet<u32> {
        self.alive.borrow().clone()
    }
}

/// Adds a link to a node; the node must be one.
pub fn link(from: &Value, to: Value) {
    node(from).links.borrow_mut().push(to);
}

pub fn node(value: &Value) -> &Node {
    value.downcast::<Node>().expect("a node")
}

pub fn id(value: &Value) -> u32 {
    node(value).id
}

/// Runs finalizers by a closure that gets the object, and drops callbacks.
pub struct RunWith<F: FnMut(Value)>(pub F);

impl<F: FnMut(Value)> Finalizer for RunWith<F> {
    fn run(&mut self, _heap: &Heap, pending: Pending) {
        if let Pending::Finalize(object) = pending {
            (self.0)(object);
        }
    }
}
