//! Strings, bytes and large integers: kinds that hold no reference and so are never part of a cycle.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, FixedText, Value};

/// A string. Its characters are counted once, so that indexing an ASCII string is indexing bytes.
#[derive(Debug)]
pub struct Str {
    /// The text.
    pub text: FixedText,
    /// The hash, or 0 while it is not known.
    pub hash: Cell<u64>,
    /// The number of characters.
    pub chars: u32,
    /// Whether equal interned strings are the same object.
    pub interned: Cell<bool>,
}

impl Str {
    /// A string of a text.
    pub fn new(text: FixedText) -> Str {
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        Str { text, hash: Cell::new(0), chars: chars as u32, interned: Cell::new(false) }
    }

    /// Whether bytes are characters.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.chars as usize == self.text.len()
    }

    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.text.extra_bytes()
    }
}

/// An integer that needs more than 48 bits. Smaller ones are never objects: integers have one form each.
#[derive(Debug)]
pub struct BigInt(pub num_bigint::BigInt);

impl BigInt {
    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.0.bits() as usize / 8
    }
}

/// Bytes that never change.
#[derive(Debug)]
pub struct Bytes(pub Box<[u8]>);

impl Bytes {
    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.0.len()
    }
}

/// Bytes that change.
#[derive(Debug)]
pub struct ByteArray(pub RefCell<Vec<u8>>);

impl ByteArray {
    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.0.borrow().capacity()
    }
}
