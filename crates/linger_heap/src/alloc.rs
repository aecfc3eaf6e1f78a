//! Allocation: a slot is taken, the object written into it, and the object counted.
//!
//! Does not know how objects are freed. A panic of the embedder's code halfway (an iterator, a constructor) gives the slot
//! back.
#![expect(unsafe_code, reason = "objects are written into raw slots")]

use std::ptr::NonNull;

use crate::counters::TypeId;
use crate::heap::{Heap, Inner};
use crate::object::{Block, Header, Object, Ref};
use crate::page::{MAX_SLOT_BYTES, Page, class_of};
use crate::slots::{Filling, FixedSlots, GrowSlots};
use crate::tail::check_last;
use crate::text::{FixedText, LEAST_TAIL};
use crate::value::Value;

/// A slot taken for an object that is not yet written.
struct TakenSlot<'a> {
    inner: &'a Inner,
    slot: NonNull<u8>,
}

impl TakenSlot<'_> {
    fn done(self) {
        std::mem::forget(self);
    }
}

impl Drop for TakenSlot<'_> {
    #[cold]
    fn drop(&mut self) {
        // SAFETY: the slot was taken from this heap, and no object was written into it.
        unsafe { self.inner.give_back(self.slot) }
    }
}

impl Heap {
    /// Allocates an object.
    #[inline]
    pub fn alloc<T: Object>(&self, type_id: TypeId, body: T) -> Ref<T> {
        self.alloc_with(type_id, || body)
    }

    /// As [`Heap::alloc`], of a body that is made where it will live.
    #[inline]
    pub fn alloc_with<T: Object>(&self, type_id: TypeId, make: impl FnOnce() -> T) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        let slot = self.inner.take_slot(size_of::<Block<T>>());
        // SAFETY: the slot is ours and large enough.
        unsafe { self.make_in(slot, type_id, |_| make()) }
    }

    /// Makes an object in a slot: `make` gets the address behind the object.
    ///
    /// # Safety
    /// The slot was taken from this heap and has room for the object and what `make` writes behind it.
    #[inline(always)]
    unsafe fn make_in<T: Object>(
        &self,
        slot: NonNull<u8>,
        type_id: TypeId,
        make: impl FnOnce(NonNull<Value>) -> T,
    ) -> Ref<T> {
        let taken = TakenSlot { inner: &self.inner, slot };
        let block = slot.cast::<Block<T>>();
        // SAFETY: by the caller's word.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(make(block.add(1).cast()));
            taken.done();
            self.inner.finish(block, type_id)
        }
    }

    /// Allocates an object with a run of values that never changes. `make` gets the run and builds the object around it; it
    /// must keep the run there. An iterator that ends early is padded with empty values.
    pub fn alloc_fixed<T: Object>(
        &self,
        type_id: TypeId,
        values: impl ExactSizeIterator<Item = Value>,
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        let len = values.len();
        self.alloc_filled(type_id, len, |filling| values.for_each(|value| filling.push(value)), make)
    }

    /// As [`Heap::alloc_fixed`], of clones of `values`.
    pub fn alloc_fixed_clones<T: Object>(
        &self,
        type_id: TypeId,
        values: &[Value],
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        self.alloc_filled(type_id, values.len(), |filling| filling.clone_all(values), make)
    }

    #[inline(always)]
    fn alloc_filled<T: Object>(
        &self,
        type_id: TypeId,
        len: usize,
        fill: impl FnOnce(&mut Filling),
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        if len.wrapping_sub(1) < (MAX_SLOT_BYTES - size_of::<Block<T>>()) / size_of::<Value>() {
            let slot = self.inner.take_slot(size_of::<Block<T>>() + len * size_of::<Value>());
            // SAFETY: the slot has room for the values behind the object.
            let filling = unsafe { Filling::inline(slot.cast::<Block<T>>().add(1).cast(), len as u32) };
            self.make_filled(type_id, slot, filling, fill, make)
        } else {
            let slot = self.inner.take_slot(size_of::<Block<T>>());
            self.make_filled(type_id, slot, Filling::apart(len), fill, make)
        }
    }

    #[inline(always)]
    fn make_filled<T: Object>(
        &self,
        type_id: TypeId,
        slot: NonNull<u8>,
        mut filling: Filling,
        fill: impl FnOnce(&mut Filling),
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        let taken = TakenSlot { inner: &self.inner, slot };
        fill(&mut filling);
        let block = slot.cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(make(filling.finish()));
            taken.done();
            self.inner.finish(block, type_id)
        }
    }

    /// As [`Heap::alloc_fixed`], of values that are moved out of `values`, which are left empty.
    #[inline]
    pub fn alloc_fixed_taken<T: Object>(
        &self,
        type_id: TypeId,
        values: &mut [Value],
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        if values.len().wrapping_sub(1) >= (MAX_SLOT_BYTES - size_of::<Block<T>>()) / size_of::<Value>() {
            return self.alloc_fixed(type_id, values.iter_mut().map(std::mem::take), make);
        }
        let slot = self.inner.take_slot(size_of::<Block<T>>() + size_of_val(values));
        // SAFETY: the slot is ours and has room for the object and the values behind it.
        unsafe { self.make_in(slot, type_id, |behind| make(FixedSlots::inline_taken(behind, values))) }
    }

    /// Allocates an object with a text. `make` gets the text and builds the object around it; the text must be the object's last
    /// field, which is `part`.
    #[inline]
    pub fn alloc_text<T: Object>(
        &self,
        type_id: TypeId,
        text: &str,
        make: impl FnOnce(FixedText) -> T,
        part: impl FnOnce(&T) -> &FixedText,
    ) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() + LEAST_TAIL <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        let bytes = size_of::<Block<T>>() + text.len().max(LEAST_TAIL);
        if bytes > MAX_SLOT_BYTES {
            return self.alloc_string(type_id, text.to_owned(), make, part);
        }
        let slot = self.inner.take_slot(bytes);
        let taken = TakenSlot { inner: &self.inner, slot };
        let block = slot.cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and the text behind it.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(make(FixedText::inline(block.add(1).cast(), text)));
            check_last(block, part);
            taken.done();
            self.inner.finish(block, type_id)
        }
    }

    /// As [`Heap::alloc_text`], for a text that was built: a long one is kept in its own buffer instead of copied.
    pub fn alloc_string<T: Object>(
        &self,
        type_id: TypeId,
        text: String,
        make: impl FnOnce(FixedText) -> T,
        part: impl FnOnce(&T) -> &FixedText,
    ) -> Ref<T> {
        if size_of::<Block<T>>() + text.len() <= MAX_SLOT_BYTES {
            return self.alloc_text(type_id, &text, make, part);
        }
        let slot = self.inner.take_slot(size_of::<Block<T>>() + LEAST_TAIL);
        let taken = TakenSlot { inner: &self.inner, slot };
        let block = slot.cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and an address behind it.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(make(FixedText::buffered(block.add(1).cast(), text.into())));
            check_last(block, part);
            taken.done();
            self.inner.finish(block, type_id)
        }
    }

    /// Allocates an object with a run of values that grows, `capacity` of which lie in the object's slot. `make` gets the run and
    /// builds the object around it; the run must be the object's last field, which is `part`. Then `fill` writes the first
    /// values.
    #[inline]
    pub fn alloc_grow<T: Object>(
        &self,
        type_id: TypeId,
        capacity: usize,
        make: impl FnOnce(GrowSlots) -> T,
        part: impl Fn(&T) -> &GrowSlots,
        fill: impl FnOnce(&GrowSlots),
    ) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() + size_of::<Value>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        const { assert!(size_of::<Block<T>>().is_multiple_of(align_of::<Value>()), "values can lie behind the object") };
        let room = (MAX_SLOT_BYTES - size_of::<Block<T>>()) / size_of::<Value>();
        // A run that outgrows its slot keeps the address of its buffer there.
        let capacity = capacity.clamp(1, room);
        let slot = self.inner.take_slot(size_of::<Block<T>>() + capacity * size_of::<Value>());
        let taken = TakenSlot { inner: &self.inner, slot };
        let block = slot.cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and `capacity` values.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(make(GrowSlots::new(capacity)));
            check_last(block, &part);
            fill(part(&(*block.as_ptr()).body));
            taken.done();
            self.inner.finish(block, type_id)
        }
    }
}

impl Inner {
    #[inline(always)]
    fn take_slot(&self, bytes: usize) -> NonNull<u8> {
        let class = class_of(bytes);
        if let Some(page) = self.current[class].get() {
            // SAFETY: current pages are alive.
            if let Some(slot) = unsafe { page.as_ref() }.take() {
                return slot;
            }
        }
        self.take_slot_elsewhere(class)
    }

    #[inline(never)]
    fn take_slot_elsewhere(&self, class: usize) -> NonNull<u8> {
        if let Some(full) = self.current[class].take() {
            // SAFETY: pages in use are alive.
            unsafe { full.as_ref() }.listed.set(false);
        }
        loop {
            let pages = self.pages.len();
            let page = self.pages.next_page(NonNull::from(self), class);
            if self.pages.len() > pages {
                self.incremental.make_room_for_pages(self.pages.len(), self.pages.slots());
            }
            self.current[class].set(Some(page));
            // SAFETY: pages with room are alive.
            if let Some(slot) = unsafe { page.as_ref() }.take() {
                return slot;
            }
        }
    }

    /// Takes back a slot.
    ///
    /// # Safety
    /// The slot is one of this heap's, in use, and nothing refers to what was in it.
    #[inline(always)]
    pub(crate) unsafe fn give_back(&self, slot: NonNull<u8>) {
        let page = Page::of(slot.cast());
        // SAFETY: by the caller's word; the page is alive because one of its slots is in use.
        unsafe {
            if page.as_ref().give_back(slot) {
                self.pages.slot_came_back(page);
            }
        }
    }

    /// Writes the header of a block whose body is written, and counts it.
    ///
    /// # Safety
    /// `block` lies in a slot of this heap, and its body is valid.
    #[inline(always)]
    unsafe fn finish<T: Object>(&self, block: NonNull<Block<T>>, type_id: TypeId) -> Ref<T> {
        let site = self.site.get();
        // SAFETY: by the caller's word.
        unsafe {
            let (birth, frame) = (self.birth.get(), self.frame.get());
            let header = Header::new(T::KIND, T::COLLECTABLE, birth, type_id, site, frame.into());
            (&raw mut (*block.as_ptr()).header).write(header);
            let extra = block.as_ref().body.extra_bytes();
            let slot = Page::of(block.cast()).as_ref().slot_bytes();
            self.ledger.allocated(type_id.0, site as u32, slot + extra);
        }
        if T::COLLECTABLE {
            self.tracked_allocations.set(self.tracked_allocations.get() + 1);
        }
        // SAFETY: the header's count of one is given to the reference.
        unsafe { Ref::from_counted(block) }
    }
}
