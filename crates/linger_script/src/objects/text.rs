//! Strings and bytes: kinds that hold no reference and so are never part of a cycle.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, FixedText, Value};

/// A string. Its characters are counted once, so that indexing an ASCII string is indexing bytes.
#[derive(Debug)]
#[repr(C)]
pub struct Str {
    /// The hash, or 0 while it is not known.
    hash: Cell<u32>,
    /// The number of characters; the top bit says whether the string is interned.
    chars: Cell<u32>,
    /// The text, behind which its bytes lie.
    pub text: FixedText,
}

const INTERNED: u32 = 1 << 31;

/// The number of characters of a text, for [`Str::new`].
#[inline]
pub fn count_chars(text: &str) -> usize {
    if is_ascii(text.as_bytes()) { text.len() } else { text.chars().count() }
}

/// As `is_ascii` of the library, which goes through what is left over of words byte by byte: most texts of scripts are short.
#[inline(always)]
fn is_ascii(bytes: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    if let (4..=7, Some(first), Some(last)) = (bytes.len(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return (u32::from_ne_bytes(*first) | u32::from_ne_bytes(*last)) & HIGH as u32 == 0;
    }
    if let (8..=16, Some(first), Some(last)) = (bytes.len(), bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return (u64::from_ne_bytes(*first) | u64::from_ne_bytes(*last)) & HIGH == 0;
    }
    bytes.is_ascii()
}

impl Str {
    /// A string of a text with so many characters.
    #[inline(always)]
    pub fn new(text: FixedText, chars: usize) -> Str {
        Str { hash: Cell::new(0), chars: Cell::new(chars as u32), text }
    }

    /// The number of characters.
    #[inline(always)]
    pub fn chars(&self) -> usize {
        (self.chars.get() & !INTERNED) as usize
    }

    /// Whether bytes are characters.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.chars() == self.text.len()
    }

    /// Whether equal interned strings are the same object.
    #[inline(always)]
    pub fn is_interned(&self) -> bool {
        self.chars.get() & INTERNED != 0
    }

    /// Whether both are the same text.
    #[inline(always)]
    pub fn is_same(&self, other: &Str) -> bool {
        self.is_same_at_a_glance(other).unwrap_or_else(|| *self.text == *other.text)
    }

    /// The same, if that is known without a look at the characters.
    #[inline(always)]
    pub fn is_same_at_a_glance(&self, other: &Str) -> Option<bool> {
        let (chars, others) = (self.chars.get(), other.chars.get());
        if std::ptr::eq(self, other) {
            return Some(true);
        }
        let both_interned = chars & others & INTERNED != 0;
        (both_interned || (chars ^ others) & !INTERNED != 0).then_some(false)
    }

    /// Makes this the one string of its text that names are made of.
    pub fn set_interned(&self) {
        self.chars.set(self.chars.get() | INTERNED);
    }

    /// The hash, computed once by `compute`. It has as many bits as are kept, spread over a word.
    #[inline(always)]
    pub fn hash(&self, compute: impl FnOnce(&str) -> u64) -> u64 {
        if self.hash.get() == 0 {
            // That of an empty text is 0, as in CPython, where others of a script's own hash may meet it.
            if self.text.is_empty() {
                return 0;
            }
            // 0 means that it is not known.
            self.hash.set((compute(&self.text) as u32).max(1));
        }
        u64::from(self.hash.get()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Appends a text. Returns the change of the bytes outside of the object's slot.
    pub fn append(&mut self, more: &Str) -> isize {
        let before = self.text.extra_bytes();
        self.text.push_str(&more.text);
        self.chars.set((self.chars() + more.chars()) as u32);
        self.hash.set(0);
        self.text.extra_bytes() as isize - before as isize
    }

    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        self.text.take_buffer()
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.text.extra_bytes()
    }
}

/// Bytes that never change.
#[derive(Debug)]
pub struct Bytes(pub Box<[u8]>);

impl Bytes {
    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(std::mem::take(&mut self.0)))
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.0.len()
    }
}

/// Bytes that change, and what views of them hold.
#[derive(Debug)]
pub struct ByteArray(pub RefCell<Vec<u8>>, pub std::cell::OnceCell<std::rc::Rc<()>>);

impl ByteArray {
    /// An array of these bytes.
    pub fn new(bytes: Vec<u8>) -> ByteArray {
        ByteArray(RefCell::new(bytes), std::cell::OnceCell::new())
    }

    /// What a view keeps while it shows the array, which can't change its length so long.
    pub fn hold(&self) -> std::rc::Rc<()> {
        self.1.get_or_init(Default::default).clone()
    }

    /// Whether a view shows the array.
    pub fn is_held(&self) -> bool {
        self.1.get().is_some_and(|hold| std::rc::Rc::strong_count(hold) > 1)
    }

    pub(super) fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    pub(super) fn clear(&self) {}
    pub(super) fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(self.0.take()))
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.0.borrow().capacity()
    }
}
