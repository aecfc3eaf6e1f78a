//! Text that belongs to one object: behind it in its own slot while it fits, in a buffer of its own otherwise.
//!
//! Made only by the heap ([`crate::Heap::alloc_text`]): it must not leave its object. Changes only under the hands of an owner that
//! nobody shares it with.
#![expect(unsafe_code, reason = "the text lies behind the object in its slot, where no Rust type can put it")]

use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::tail::behind;

/// A text of one object, of which it is the last field: the text itself, or the address of its buffer, lies behind it.
pub struct FixedText {
    len: u32,
    /// Bytes of the buffer; 0 for a text in its object's slot.
    capacity: u32,
}

/// Bytes behind every text at least: the address of a buffer, unaligned.
pub(crate) const LEAST_TAIL: usize = size_of::<*mut u8>();

/// The length is kept in 31 bits: a longer text is beyond any limit that a script runs under.
fn short(len: usize) -> u32 {
    i32::try_from(len).unwrap_or_else(|_| std::process::abort()).unsigned_abs()
}

impl FixedText {
    /// Copies `text` to `tail`.
    ///
    /// # Safety
    /// `tail` is what lies behind the result, once it is in its place, and has room for the text and for [`LEAST_TAIL`].
    #[inline(always)]
    pub(crate) unsafe fn inline(tail: NonNull<u8>, text: &str) -> FixedText {
        // SAFETY: by the caller's word there is room, in fresh memory that cannot overlap the text.
        unsafe { copy(text.as_ptr(), tail.as_ptr(), text.len()) };
        FixedText { len: text.len() as u32, capacity: 0 }
    }

    /// Keeps `text`, which is not empty, in its own buffer.
    ///
    /// # Safety
    /// `tail` is what lies behind the result, once it is in its place, and has room for [`LEAST_TAIL`].
    pub(crate) unsafe fn buffered(tail: NonNull<u8>, text: Box<str>) -> FixedText {
        let len = short(text.len());
        let buffer: *mut u8 = Box::into_raw(text).cast();
        // SAFETY: by the caller's word.
        unsafe { tail.cast().write_unaligned(buffer) };
        FixedText { len, capacity: len }
    }

    /// The bytes of the longest text; to make a longer one ends the process, as running out of memory does.
    pub const MOST_BYTES: usize = i32::MAX as usize;

    #[inline(always)]
    fn first(&self) -> *mut u8 {
        let tail = behind::<FixedText, u8>(self);
        // SAFETY: a text with a buffer has its address behind it.
        if self.capacity == 0 { tail.as_ptr() } else { unsafe { tail.cast().read_unaligned() } }
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
            let buffer: *mut u8 = Box::into_raw(buffer).cast();
            // SAFETY: there is room for an address behind every text.
            unsafe { behind::<FixedText, u8>(self).cast().write_unaligned(buffer) };
        }
        // SAFETY: the buffer has room for `len` bytes, and `more`, which is borrowed, lies elsewhere than this text, which is
        // borrowed to be changed.
        unsafe {
            std::ptr::copy_nonoverlapping(more.as_ptr(), self.first().add(self.len as usize), more.len());
        }
        self.len = short(len);
    }

    fn release_buffer(&mut self) {
        drop(self.take_box());
    }

    fn take_box(&mut self) -> Option<Box<[u8]>> {
        if self.capacity == 0 {
            return None;
        }
        let buffer = std::ptr::slice_from_raw_parts_mut(self.first(), self.capacity as usize);
        self.capacity = 0;
        // SAFETY: the buffer was leaked from a box of this length, and is forgotten here.
        Some(unsafe { Box::from_raw(buffer) })
    }

    /// Takes the buffer, if there is one, and with it the text.
    pub fn take_buffer(&mut self) -> Option<Box<dyn Send>> {
        let buffer = self.take_box()?;
        self.len = 0;
        Some(Box::new(buffer))
    }

    /// Bytes outside of the object's slot.
    pub fn extra_bytes(&self) -> usize {
        self.capacity as usize
    }
}

impl Deref for FixedText {
    type Target = str;
    #[inline(always)]
    fn deref(&self) -> &str {
        // SAFETY: the bytes were copied from one `str` after another, and are written only while the text is borrowed for that.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.first(), self.len as usize)) }
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

/// Copies bytes; few of them by words that overlap, without a call.
///
/// # Safety
/// As [`std::ptr::copy_nonoverlapping`].
#[inline(always)]
unsafe fn copy(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: by the caller's word; the second word ends with the last byte and starts at the first one or behind it.
    unsafe {
        match len {
            8..=16 => {
                let (first, last) =
                    (from.cast::<u64>().read_unaligned(), from.add(len - 8).cast::<u64>().read_unaligned());
                to.cast::<u64>().write_unaligned(first);
                to.add(len - 8).cast::<u64>().write_unaligned(last);
            }
            4..=7 => {
                let (first, last) =
                    (from.cast::<u32>().read_unaligned(), from.add(len - 4).cast::<u32>().read_unaligned());
                to.cast::<u32>().write_unaligned(first);
                to.add(len - 4).cast::<u32>().write_unaligned(last);
            }
            _ => std::ptr::copy_nonoverlapping(from, to, len),
        }
    }
}
