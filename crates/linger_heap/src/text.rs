//! Text that belongs to one object: behind it in its own slot while it fits, in a buffer of its own otherwise.
//!
//! Made only by the heap ([`crate::Heap::alloc_text`]): it must not leave its object. Never changes.
#![expect(unsafe_code, reason = "the text lies behind the object in its slot, where no Rust type can put it")]

use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;

/// A text that never changes.
pub struct FixedText {
    first: NonNull<u8>,
    len: u32,
    inline: bool,
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
        // The length is kept in 32 bits: a longer text is beyond any limit that a script runs under.
        let Ok(len) = u32::try_from(text.len()) else { std::process::abort() };
        FixedText { first, len, inline: place.is_some() }
    }

    /// Bytes outside of the object's slot.
    pub fn extra_bytes(&self) -> usize {
        if self.inline { 0 } else { self.len as usize }
    }
}

impl Deref for FixedText {
    type Target = str;
    #[inline(always)]
    fn deref(&self) -> &str {
        // SAFETY: the bytes were copied from a `str` and are never written again.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.first.as_ptr(), self.len as usize)) }
    }
}

impl Drop for FixedText {
    fn drop(&mut self) {
        if !self.inline {
            // SAFETY: the buffer was leaked from a box of this length.
            drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.first.as_ptr(), self.len as usize)) });
        }
    }
}

impl fmt::Debug for FixedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
