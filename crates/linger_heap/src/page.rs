//! Pages of 64 KiB, each cut into slots of one size class, found again from any address inside.
//!
//! A slot whose first word is that of a header without counts is free. Knows nothing of kinds or counters.
#![expect(unsafe_code, reason = "slots are raw memory until an object is written into them")]

use std::cell::Cell;
use std::ptr::NonNull;

use crate::heap::Inner;
use crate::object::{Header, NO_COUNT};
use crate::region::{LEFT_BYTES, PAGE_BYTES, PageMemory, Region};

const PAGE_HEADER_BYTES: usize = 64;
/// The largest slot.
pub(crate) const MAX_SLOT_BYTES: usize = 512;
const GRANULE: usize = 16;
/// A page holds fewer objects than this.
pub(crate) const MOST_IN_A_PAGE: usize = PAGE_BYTES / 32;
const SIZES: [u16; 16] = [32, 48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 320, 384, 448, 512];
pub(crate) const CLASSES: usize = SIZES.len();

/// The class by granules, made once. Longer than need be, so that any number of granules is a place in it.
const CLASS_OF: [u8; 64] = {
    let mut table = [0; 64];
    let (mut granules, mut class) = (0, 0);
    while granules <= MAX_SLOT_BYTES / GRANULE {
        if granules * GRANULE > SIZES[class] as usize {
            class += 1;
        }
        table[granules] = class as u8;
        granules += 1;
    }
    table
};

/// The size class for `bytes`, which must not exceed [`MAX_SLOT_BYTES`].
#[inline(always)]
pub(crate) fn class_of(bytes: usize) -> usize {
    debug_assert!(bytes <= MAX_SLOT_BYTES);
    CLASS_OF[(bytes + GRANULE - 1) / GRANULE % CLASS_OF.len()] as usize
}

#[repr(C)]
struct FreeSlot {
    word: u32,
    next: Option<NonNull<FreeSlot>>,
}

/// The head of a page.
#[repr(C)]
pub(crate) struct Page {
    pub heap: NonNull<Inner>,
    region: Option<NonNull<Region>>,
    free: Cell<Option<NonNull<FreeSlot>>>,
    /// A number for each granule pair, while a collection runs.
    scratch: Cell<Option<NonNull<u32>>>,
    /// Slots never handed out yet start here.
    fresh: Cell<u32>,
    used: Cell<u32>,
    slots: u32,
    slot_bytes: u32,
    class: u8,
    /// Whether the page is a current one or stands in the list of pages with room.
    pub listed: Cell<bool>,
    /// Whether the page stands in the list of pages that fell empty.
    pub emptied: Cell<bool>,
    /// Whether an object of the page is grey and did not fit in the stack of grey objects.
    pub grey: Cell<bool>,
    /// Whether the page stands in the list of pages with lingering objects.
    pub holds_lingering: Cell<bool>,
    /// Whether objects of the page are being drained.
    pub in_batch: Cell<bool>,
    /// Where the page stands in the list of all pages.
    pub index: Cell<u32>,
    /// Where the page stands in the list of those with room, if it does.
    pub roomy_index: Cell<u32>,
}

const _: () = assert!(size_of::<Page>() <= PAGE_HEADER_BYTES);

/// No slot is smaller than two granules, so an address divided by this is a slot's own number.
const SCRATCH_SHIFT: u32 = 5;
const SCRATCH_ENTRIES: usize = PAGE_BYTES >> SCRATCH_SHIFT;

impl Page {
    pub fn new(heap: NonNull<Inner>, class: usize, memory: PageMemory) -> NonNull<Page> {
        let slot_bytes = u32::from(SIZES[class]);
        let page = memory.start.cast::<Page>();
        // SAFETY: the memory is nobody else's, and is written before anything reads it.
        unsafe {
            // See `tail::behind`.
            page.as_ptr().expose_provenance();
            page.write(Page {
                heap,
                region: memory.region,
                free: Cell::new(None),
                scratch: Cell::new(None),
                fresh: Cell::new(0),
                used: Cell::new(0),
                slots: (PAGE_BYTES - LEFT_BYTES - PAGE_HEADER_BYTES) as u32 / slot_bytes,
                slot_bytes,
                class: class as u8,
                listed: Cell::new(true),
                emptied: Cell::new(false),
                grey: Cell::new(false),
                index: Cell::new(0),
                roomy_index: Cell::new(0),
                holds_lingering: Cell::new(false),
                in_batch: Cell::new(false),
            });
            page
        }
    }

    /// Makes mere memory of the page.
    ///
    /// # Safety
    /// Nothing refers to an object in the page any more, or to the page.
    pub unsafe fn end(page: NonNull<Page>) -> PageMemory {
        // SAFETY: by the caller's word the page is alive.
        let head = unsafe { page.as_ref() };
        head.drop_scratch();
        PageMemory { start: page.cast(), region: head.region }
    }

    /// The page that `header` lies in.
    #[inline(always)]
    pub fn of(header: NonNull<Header>) -> NonNull<Page> {
        let address = header.as_ptr() as usize & !(PAGE_BYTES - 1);
        // SAFETY: headers lie behind the head of a page that is aligned to its size, so the rounded address is the page.
        unsafe { NonNull::new_unchecked(address as *mut Page) }
    }

    pub fn class(&self) -> usize {
        self.class as usize
    }

    /// The most objects that the page has room for.
    pub fn slots(&self) -> usize {
        self.slots as usize
    }

    #[inline(always)]
    pub fn slot_bytes(&self) -> usize {
        self.slot_bytes as usize
    }

    fn slot(&self, index: u32) -> NonNull<FreeSlot> {
        let offset = PAGE_HEADER_BYTES + (index * self.slot_bytes) as usize;
        // SAFETY: `index` is below `slots`, so the slot lies inside of the page.
        unsafe { NonNull::from(self).cast::<u8>().add(offset).cast() }
    }

    /// Takes a slot, if the page has one.
    #[inline(always)]
    pub fn take(&self) -> Option<NonNull<u8>> {
        if let Some(slot) = self.free.get() {
            // SAFETY: slots in the free list are free slots of this page, written by `give_back`.
            self.free.set(unsafe { slot.as_ref() }.next);
            self.used.set(self.used.get() + 1);
            return Some(slot.cast());
        }
        let fresh = self.fresh.get();
        if fresh < self.slots {
            self.fresh.set(fresh + 1);
            self.used.set(self.used.get() + 1);
            let slot = self.slot(fresh);
            // A walk that comes before the object is written must find a free slot.
            // SAFETY: the slot is ours and large enough.
            unsafe { (&raw mut (*slot.as_ptr()).word).write(NO_COUNT) };
            return Some(slot.cast());
        }
        None
    }

    /// Takes back a slot; says whether the list of pages must hear of it.
    ///
    /// # Safety
    /// `slot` is a slot of this page in use, and nothing refers to it any more.
    #[inline(always)]
    pub unsafe fn give_back(&self, slot: NonNull<u8>) -> bool {
        // SAFETY: by the caller's word the slot's memory is ours.
        unsafe { slot.cast::<FreeSlot>().write(FreeSlot { word: NO_COUNT, next: self.free.get() }) };
        self.free.set(Some(slot.cast()));
        let used = self.used.get() - 1;
        self.used.set(used);
        used == 0 || !self.listed.get()
    }

    pub fn is_unused(&self) -> bool {
        self.used.get() == 0
    }

    pub fn used(&self) -> u32 {
        self.used.get()
    }

    /// Calls `visit` for every object in the page.
    #[inline]
    pub fn walk(&self, visit: impl FnMut(&Header)) {
        self.walk_slots(0..self.fresh.get(), visit);
    }

    #[inline]
    fn walk_slots(&self, slots: std::ops::Range<u32>, mut visit: impl FnMut(&Header)) {
        for index in slots {
            let slot = self.slot(index);
            // SAFETY: slots before `fresh` are either free slots or objects, and both start with the count.
            unsafe {
                if slot.as_ref().word != NO_COUNT {
                    visit(slot.cast::<Header>().as_ref());
                }
            }
        }
    }

    /// Calls `visit` for every object in part number `part` of `parts` of the page.
    #[inline]
    pub fn walk_part(&self, part: u32, parts: u32, visit: impl FnMut(&Header)) {
        let end = (self.slots * (part + 1) / parts).min(self.fresh.get());
        self.walk_slots(self.slots * part / parts..end, visit);
    }

    /// Makes room for a number beside each slot, all zero.
    pub fn make_scratch(&self) {
        if self.scratch.get().is_none() {
            let numbers = vec![0u32; SCRATCH_ENTRIES].into_boxed_slice();
            self.scratch.set(NonNull::new(Box::into_raw(numbers).cast::<u32>()));
        }
    }

    pub fn drop_scratch(&self) {
        if let Some(numbers) = self.scratch.take() {
            // SAFETY: the pointer came from a box of this very length in `make_scratch`.
            drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(numbers.as_ptr(), SCRATCH_ENTRIES)) });
        }
    }
}

/// The number beside `header`'s slot; its page has scratch room (else there is nothing to read, and this panics).
#[inline(always)]
pub(crate) fn scratch(header: &Header) -> &Cell<u32> {
    let page = Page::of(NonNull::from(header));
    let index = (std::ptr::from_ref(header) as usize & (PAGE_BYTES - 1)) >> SCRATCH_SHIFT;
    // SAFETY: the page is alive as long as the object; the index is below `SCRATCH_ENTRIES` because it was masked.
    unsafe {
        let numbers = page.as_ref().scratch.get().expect("a collection has made scratch room in every page");
        &*numbers.add(index).as_ptr().cast::<Cell<u32>>()
    }
}

/// The bytes of `header`'s slot.
#[inline(always)]
pub(crate) fn slot_bytes(header: &Header) -> usize {
    // SAFETY: the page is alive as long as the object.
    unsafe { Page::of(NonNull::from(header)).as_ref().slot_bytes() }
}
