//! Runs of values that belong to one object: behind it in its own slot while they fit, in a buffer of their own otherwise.
//!
//! Made only by the heap ([`crate::Heap::alloc_fixed`], [`crate::Heap::alloc_grow`]): a run must not leave its object.
#![expect(unsafe_code, reason = "the values lie behind the object in its slot, where no Rust type can put them")]

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::barrier::may_be_unseen;
use crate::elsewhere::Emptied;
use crate::incremental::moved_away;
use crate::plain::{FEW, drop_backwards, plain_at_end, write_clones};
use crate::tail::behind;
use crate::value::Value;

fn layout(len: usize) -> Layout {
    // A length whose byte size overflows cannot be had: values of that number would not fit in the address space.
    Layout::array::<Value>(len).unwrap_or_else(|_| std::process::abort())
}

/// A buffer for `len` values. `len` must not be zero.
fn buffer(len: usize) -> NonNull<Value> {
    let layout = layout(len);
    // SAFETY: the length, and so the size, is not zero.
    let memory = unsafe { alloc(layout) };
    NonNull::new(memory.cast()).unwrap_or_else(|| handle_alloc_error(layout))
}

/// `value`, after a running pass that has not seen it heard that it was moved.
#[inline(always)]
fn told(value: Value) -> Value {
    if may_be_unseen(&value) {
        moved_away(&value);
    }
    value
}

/// A run of values that never changes: the items of a tuple.
pub struct FixedSlots {
    first: NonNull<Value>,
    /// Falls only while the object is freed.
    len: Cell<u32>,
    /// Values that there was room made for; the top bit says that the room is the object's own slot.
    capacity: u32,
}

/// A fixed run while it is being filled. Dropped halfway, it drops what it got.
pub(crate) struct Filling {
    first: NonNull<Value>,
    len: u32,
    filled: u32,
    inline: bool,
}

impl Filling {
    /// # Safety
    /// `first` has room for `len` values and is part of the slot that the result will live in.
    #[inline(always)]
    pub unsafe fn inline(first: NonNull<Value>, len: u32) -> Filling {
        Filling { first, len, filled: 0, inline: true }
    }

    /// A run with a buffer of its own.
    pub fn apart(len: usize) -> Filling {
        // A longer run would not fit in the address space of any machine this runs on.
        let Some(short) = u32::try_from(len).ok().filter(|short| short & INLINE == 0) else { std::process::abort() };
        let first = if len == 0 { NonNull::dangling() } else { buffer(len) };
        Filling { first, len: short, filled: 0, inline: false }
    }

    /// Writes the next value; drops it if there are enough.
    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        if self.filled < self.len {
            // SAFETY: there is room for `len` values.
            unsafe { self.first.add(self.filled as usize).write(value) };
            self.filled += 1;
        }
    }

    /// Fills a new run with clones of values.
    #[inline(always)]
    pub fn clone_all(&mut self, values: &[Value]) {
        debug_assert!(self.filled == 0 && self.len as usize == values.len());
        let count = values.len().min(self.len as usize);
        // SAFETY: there is room for `len` values.
        unsafe { write_clones(self.first.as_ptr(), &values[..count]) };
        self.filled = count as u32;
    }

    /// The run, padded with empty values.
    #[inline(always)]
    pub fn finish(mut self) -> FixedSlots {
        while self.filled < self.len {
            self.push(Value::EMPTY);
        }
        let capacity = if self.inline { self.len | INLINE } else { self.len };
        let slots = FixedSlots { first: self.first, len: Cell::new(self.len), capacity };
        std::mem::forget(self);
        slots
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        // SAFETY: the first `filled` values are ours, and the buffer, if there is one, was made with this length.
        unsafe {
            std::ptr::drop_in_place(std::ptr::slice_from_raw_parts_mut(self.first.as_ptr(), self.filled as usize));
            if !self.inline && self.len > 0 {
                dealloc(self.first.as_ptr().cast(), layout(self.len as usize));
            }
        }
    }
}

impl FixedSlots {
    /// A run in its object's slot, of values that are moved there; what they were moved from is left empty.
    ///
    /// # Safety
    /// `first` has room for the values and is part of the slot that the run will live in.
    #[inline(always)]
    pub(crate) unsafe fn inline_taken(first: NonNull<Value>, values: &mut [Value]) -> FixedSlots {
        let len = values.len() as u32;
        for (index, value) in values.iter_mut().enumerate() {
            // SAFETY: by the caller's word.
            unsafe { first.add(index).write(std::mem::take(value)) };
        }
        FixedSlots { first, len: Cell::new(len), capacity: len | INLINE }
    }

    /// Bytes outside of the object's slot.
    pub fn extra_bytes(&self) -> usize {
        if self.capacity & INLINE != 0 { 0 } else { self.capacity as usize * size_of::<Value>() }
    }

    /// Takes the buffer of a run whose values were all dropped, if it has one.
    pub fn take_buffer(&mut self) -> Option<Box<dyn Send>> {
        if self.len.get() > 0 || self.capacity == 0 || self.capacity & INLINE != 0 {
            return None;
        }
        let capacity = std::mem::take(&mut self.capacity) as usize;
        // SAFETY: the buffer was made with this length, and is forgotten here.
        Some(Box::new(Emptied::from(unsafe { Vec::from_raw_parts(self.first.as_ptr(), 0, capacity) })))
    }

    /// Drops about `limit` of the last values, and says whether some are left.
    ///
    /// # Safety
    /// Nobody looks at the values, now or later.
    pub(crate) unsafe fn drop_last(&self, limit: usize) -> bool {
        let plain = plain_at_end(self) as u32;
        if plain > 0 {
            self.len.set(self.len.get() - plain);
            return self.len.get() > 0;
        }
        for _ in 0..limit {
            let Some(last) = self.len.get().checked_sub(1) else { return false };
            self.len.set(last);
            // SAFETY: the value is ours, and no longer counted as part of the run.
            unsafe { std::ptr::drop_in_place(self.first.as_ptr().add(last as usize)) };
        }
        self.len.get() > 0
    }
}

impl Deref for FixedSlots {
    type Target = [Value];
    #[inline(always)]
    fn deref(&self) -> &[Value] {
        // SAFETY: all `len` values were written when the run was made, and none is written again.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.len.get() as usize) }
    }
}

impl Drop for FixedSlots {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the values are ours, and the buffer, if there is one, was made with this length.
        unsafe {
            let len = self.len.get() as usize;
            if len < FEW {
                (0..len).rev().for_each(|index| std::ptr::drop_in_place(self.first.as_ptr().add(index)));
            } else {
                drop_backwards(self.first.as_ptr(), len);
            }
            if self.capacity & INLINE == 0 && self.capacity > 0 {
                dealloc(self.first.as_ptr().cast(), layout(self.capacity as usize));
            }
        }
    }
}

impl fmt::Debug for FixedSlots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A run of values that is written and grows, the last field of its object: the attributes of an instance. The values lie behind
/// it, or, once they are too many, the address of their buffer.
#[repr(align(4))]
pub struct GrowSlots {
    len: Cell<u16>,
    /// Values that there is room for in the object's slot, or, with the top bit, the size of the buffer as a power of two.
    capacity: Cell<u16>,
}

/// The top bit of a fixed run's capacity: its room is the object's own slot.
const INLINE: u32 = 1 << 31;
/// The top bit of a growing run's capacity: it has a buffer.
const BUFFERED: u16 = 1 << 15;

impl GrowSlots {
    /// The most values of a run.
    pub const MOST: usize = 1 << 15;

    /// A run without values that has room for `capacity` of them in the object's slot, for one at least.
    pub(crate) fn new(capacity: usize) -> GrowSlots {
        GrowSlots { len: Cell::new(0), capacity: Cell::new(capacity as u16) }
    }

    /// The number of values.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get() as usize
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// The address of the first value, for a caller that may use `unsafe`. [`GrowSlots::push`] may move it.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Value {
        let tail = behind::<GrowSlots, Value>(self);
        // SAFETY: a run with a buffer has its address behind it.
        if self.is_inline() { tail.as_ptr() } else { unsafe { tail.cast().read() } }
    }

    /// A clone of the value at `index`; empty past the end.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Value {
        if index >= self.len() {
            return Value::EMPTY;
        }
        // SAFETY: the index was checked; cloning a value runs no code that could write here.
        unsafe { (*self.as_ptr().add(index)).clone() }
    }

    /// Writes `value` at `index` and hands out what was there, of which a running pass hears; past the end, hands `value` back.
    #[inline(always)]
    pub fn replace(&self, index: usize, value: Value) -> Value {
        if index >= self.len() {
            return value;
        }
        // SAFETY: the index was checked, and no reference into the run is ever handed out.
        told(unsafe { std::ptr::replace(self.as_ptr().add(index), value) })
    }

    /// Writes `value` at `index`, and drops what was there after the write; past the end, drops `value`.
    #[inline(always)]
    pub fn set(&self, index: usize, value: Value) {
        if index < self.len() {
            // SAFETY: the index was checked, and no reference into the run is ever handed out.
            drop(unsafe { std::ptr::replace(self.as_ptr().add(index), value) });
        }
    }

    /// Appends a value. Returns the change of [`GrowSlots::extra_bytes`]. A run of [`GrowSlots::MOST`] values drops it instead.
    #[inline]
    pub fn push(&self, value: Value) -> usize {
        let len = self.len();
        let mut grown = 0;
        if len == self.capacity() {
            if len >= GrowSlots::MOST {
                return 0;
            }
            grown = self.grow();
        }
        // SAFETY: there is room behind the last value.
        unsafe { self.as_ptr().add(len).write(value) };
        self.len.set(len as u16 + 1);
        grown
    }

    /// Appends empty values to a new run, as many as there is room for in the object's slot at most.
    #[inline(always)]
    pub fn fill_empty(&self, count: usize) {
        debug_assert!(self.is_inline());
        let count = count.min(self.capacity.get().into());
        let first = behind::<GrowSlots, Value>(self).as_ptr();
        for index in self.len()..count {
            // SAFETY: below the capacity there is room behind the run.
            // Volatile, or this becomes a call for what is seldom more than a few values.
            unsafe { first.add(index).write_volatile(Value::EMPTY) };
        }
        self.len.set(self.len.get().max(count as u16));
    }

    #[cold]
    fn grow(&self) -> usize {
        let before = self.extra_bytes();
        let next = (self.capacity() + 1).next_power_of_two().max(4);
        let fresh = buffer(next);
        // SAFETY: `fresh` has room for more values; the old ones are moved, not dropped. A run has room for an address behind it.
        unsafe {
            std::ptr::copy_nonoverlapping(self.as_ptr(), fresh.as_ptr(), self.len());
            self.release_buffer();
            behind::<GrowSlots, *mut Value>(self).write(fresh.as_ptr());
        }
        self.capacity.set(BUFFERED | next.trailing_zeros() as u16);
        self.extra_bytes() - before
    }

    /// Takes the last value away; a running pass hears of it.
    pub fn pop(&self) -> Option<Value> {
        self.take_last().map(told)
    }

    fn take_last(&self) -> Option<Value> {
        let len = self.len.get().checked_sub(1)?;
        self.len.set(len);
        // SAFETY: the value at the old end is ours, and no longer counted as part of the run.
        Some(unsafe { self.as_ptr().add(len as usize).read() })
    }

    /// Calls `visit` for each value.
    pub fn visit(&self, visit: &mut dyn FnMut(usize, &Value)) {
        let (first, len) = (self.as_ptr(), self.len());
        for index in 0..len {
            // SAFETY: the index is below the length. A traversal does not write to what it visits.
            let value = unsafe { &*first.add(index) };
            if value.is_object() {
                visit(index, value);
            }
        }
    }

    /// Drops all values.
    pub fn clear(&self) {
        while let Some(value) = self.take_last() {
            drop(value);
        }
    }

    /// Bytes outside of the object's slot.
    pub fn extra_bytes(&self) -> usize {
        if self.is_inline() { 0 } else { self.capacity() * size_of::<Value>() }
    }

    #[inline(always)]
    fn capacity(&self) -> usize {
        let capacity = self.capacity.get();
        if self.is_inline() { usize::from(capacity) } else { 1 << (capacity & !BUFFERED) }
    }

    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.capacity.get() & BUFFERED == 0
    }

    fn release_buffer(&self) {
        if !self.is_inline() {
            // SAFETY: the buffer was made with this capacity.
            unsafe { dealloc(self.as_ptr().cast(), layout(self.capacity())) }
        }
    }
}

impl Drop for GrowSlots {
    #[inline]
    fn drop(&mut self) {
        // From the first to the last, as CPython frees the attributes of an instance: scripts see the order of finalizers.
        let (count, first) = (self.len.replace(0) as usize, self.as_ptr());
        for index in 0..count {
            // SAFETY: the value is ours, and no longer counted as part of the run.
            unsafe { std::ptr::drop_in_place(first.add(index)) };
        }
        self.release_buffer();
    }
}

impl fmt::Debug for GrowSlots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        self.visit(&mut |_, value| {
            list.entry(value);
        });
        list.finish()
    }
}
