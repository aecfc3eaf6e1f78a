//! Weak references: they look at an object without keeping it, and are emptied before it is freed.
//!
//! Does not run callbacks: they are queued for the embedder.

use std::cell::Cell;

use crate::object::Edge;
use crate::value::{Value, ValueCell};

/// A weak reference to an object. Made by [`crate::Heap::weak_ref`].
pub struct WeakRef {
    /// The address of the object, or zero. Never followed unless the heap's table says that the object is alive.
    pub(crate) target: Cell<usize>,
    /// Called by the embedder when the object is gone. Empty if there is none.
    pub callback: ValueCell,
    /// The hash of the object, once the embedder has asked for it.
    pub hash: Cell<Option<i64>>,
}

impl WeakRef {
    /// Whether the object is gone.
    pub fn is_dead(&self) -> bool {
        self.target.get() == 0
    }

    pub(crate) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.callback.with(|callback| {
            if !callback.is_empty() {
                visit(Edge::Part("__callback__"), callback);
            }
        });
    }

    pub(crate) fn clear(&self) {
        self.callback.take();
    }

    pub(crate) fn extra_bytes(&self) -> usize {
        0
    }
}
