//! Text that belongs to one object: behind it in its own slot while it fits, in a buffer of its own otherwise.
//!
//! Made only by the heap ([`crate::Heap::alloc_text`]): it must not leave its object. Changes only under the hands of an owner that
//! nobody shares it with.
#![expect(unsafe_code, reason = "the text lies behind the object in its slot, where no Rust type can put it")]

use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;

/// A text of one object.
pub struct FixedText {
    first: NonNull<u8>,
    len: u32,
    /// Bytes of the buffer; 0 for a text in its object's slot, and for an empty one.
    capacity: u32,
}

/// The length is kept in 32 bits: a longer text is beyond any limit that a script runs under.
fn short(len: usize) -> u32 {
    u32::try_from(len).unwrap_or_else(|_| std::process::abort())
}

impl FixedText {
    /// Copies `text` to `place`, or into a buffer of its own.
    ///
    /// # Safety
    /// If given, `place` has room for the text and is part of the slot that the result will live in.
    pub(crate) unsafe fn new(place: Option<NonNull<u8>>, text: &str) -> FixedText {
        let first = match place {
            Some(place) => {
                // SAFETY: by the caller's word there is room, in fresh memory that cannot overlap the text.
                unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), place.as_ptr(), text.len()) };
                place
            }
            None => NonNull::from(Box::leak(Box::<[u8]>::from(text.as_bytes()))).cast(),
        };
        let len = short(text.len());
        FixedText { first, len, capacity: if place.is_some() { 0 } else { len } }
    }

    /// Appends `more`, into a buffer with room for as much again, so that appending many times takes time in proportion to the
    /// result.
    pub fn push_str(&mut self, more: &str) {
        let len = self.len() + more.len();
        if len > self.capacity as usize {
            let mut bytes = Vec::with_capacity(short(len).saturating_mul(2) as usize);
            bytes.extend_from_slice(self.as_bytes());
            bytes.resize(bytes.capacity(), 0);
            let buffer = bytes.into_boxed_slice();
            self.release_buffer();
            self.capacity = short(buffer.len());
            self.first = NonNull::from(Box::leak(buffer)).cast();
        }
        // SAFETY: the buffer has room for `len` bytes, and `more`, which is borrowed, lies elsewhere than this text, which is
        // borrowed to be changed.
        unsafe {
            std::ptr::copy_nonoverlapping(more.as_ptr(), self.first.as_ptr().add(self.len as usize), more.len());
        }
        self.len = short(len);
    }

    fn release_buffer(&mut self) {
        if self.capacity > 0 {
            let buffer = std::ptr::slice_from_raw_parts_mut(self.first.as_ptr(), self.capacity as usize);
            // SAFETY: the buffer was leaked from a box of this length.
            drop(unsafe { Box::from_raw(buffer) });
        }
    }

    /// Bytes outside of the object's slot.
    pub fn extra_bytes(&self) -> usize {
        self.capacity as usize
    }
}

impl From<String> for FixedText {
    /// A text in a buffer of its own.
    fn from(text: String) -> FixedText {
        let len = short(text.len());
        FixedText {
            first: NonNull::from(Box::leak(text.into_boxed_str().into_boxed_bytes())).cast(),
            len,
            capacity: len,
        }
    }
}

impl Deref for FixedText {
    type Target = str;
    #[inline(always)]
    fn deref(&self) -> &str {
        // SAFETY: the bytes were copied from one `str` after another, and are written only while the text is borrowed for that.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.first.as_ptr(), self.len as usize)) }
    }
}

impl Drop for FixedText {
    fn drop(&mut self) {
        self.release_buffer();
    }
}

impl fmt::Debug for FixedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
