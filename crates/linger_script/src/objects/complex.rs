//! Complex numbers as objects: they hold no reference.

use linger_heap::{Edge, Value};

/// A complex number.
#[derive(Debug)]
pub struct Complex(pub crate::pure::complex::Complex);

impl Complex {
    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}
