//! The memory of pages: each by itself, or, in a heap that was told to, cut from regions of two megabytes once there are many, which a
//! system can back with one huge page each where it would fill in 512 small ones, one fault after another. A region goes back when
//! all of its pages do: that suits a program that runs a script to its end, not a game that drops a level.
//!
//! Knows nothing of what is in a page.
#![expect(unsafe_code, reason = "pages are raw memory")]

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

pub(crate) const PAGE_BYTES: usize = 64 << 10;
/// What is left of a page to the allocator, for the word that it keeps in front of the next page: allocated one after another, pages
/// then lie side by side, where whole ones would each leave a gap before the next multiple of their size.
pub(crate) const LEFT_BYTES: usize = 8;
const PAGE_LAYOUT: Layout = match Layout::from_size_align(PAGE_BYTES - LEFT_BYTES, PAGE_BYTES) {
    Ok(layout) => layout,
    Err(_) => panic!("the page is a power of two"),
};

/// The bytes of a region, and their alignment: that of a huge page of the usual processors.
const REGION_BYTES: usize = 2 << 20;
const PAGES_A_REGION: usize = REGION_BYTES / PAGE_BYTES;
const REGION_LAYOUT: Layout = match Layout::from_size_align(REGION_BYTES, REGION_BYTES) {
    Ok(layout) => layout,
    Err(_) => panic!("the region is a power of two"),
};
/// A heap of fewer pages (16 MiB) has no regions: one that is hardly used would be much of it.
const FIRST_PAGES: usize = 256;

/// The memory of one page.
pub(crate) struct PageMemory {
    pub start: NonNull<u8>,
    /// The region that it is a part of.
    pub region: Option<NonNull<Region>>,
}

/// What is said of a region, apart from its memory.
pub(crate) struct Region {
    memory: NonNull<u8>,
    /// A bit for each page that is not in use.
    vacant: Cell<u32>,
    /// Where the region stands in the list of those with room, if it does.
    index: Cell<usize>,
}

/// Memory that goes back to the system's allocator when this is dropped.
pub(crate) struct Block {
    start: NonNull<u8>,
    layout: Layout,
}

// SAFETY: whoever makes a block says that nobody else has the address of its memory.
unsafe impl Send for Block {}

impl Block {
    pub fn bytes(&self) -> usize {
        self.layout.size()
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: the memory was allocated with this layout, and nobody uses it.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}

fn allocate(layout: Layout) -> NonNull<u8> {
    // SAFETY: both layouts have a size.
    NonNull::new(unsafe { alloc(layout) }).unwrap_or_else(|| handle_alloc_error(layout))
}

/// The regions of one heap.
#[derive(Default)]
pub(crate) struct Regions {
    /// Those with room.
    roomy: RefCell<Vec<NonNull<Region>>>,
    len: Cell<usize>,
    vacant_pages: Cell<usize>,
    /// Whether there may be any.
    pub are_used: Cell<bool>,
}

// SAFETY (of every `as_ref` below): a region is freed when its last page is put back, and leaves the list then. Pages know their
// region only while they are in use.
impl Regions {
    /// Bytes of the regions that no page uses.
    pub fn spare_bytes(&self) -> usize {
        self.vacant_pages.get() * PAGE_BYTES
    }

    /// Bytes of the list.
    pub fn list_bytes(&self) -> usize {
        self.roomy.borrow().capacity() * size_of::<NonNull<Region>>()
    }

    /// Memory for one page more in a heap that has `pages`.
    pub fn take(&self, pages: usize) -> PageMemory {
        let mut roomy = self.roomy.borrow_mut();
        if roomy.is_empty() {
            if !self.are_used.get() || pages < FIRST_PAGES {
                return PageMemory { start: allocate(PAGE_LAYOUT), region: None };
            }
            self.len.set(self.len.get() + 1);
            self.vacant_pages.set(self.vacant_pages.get() + PAGES_A_REGION);
            // Room for all: the collector, which puts pages back, must not wait for memory.
            roomy.reserve(self.len.get());
            let region = Region { memory: allocate(REGION_LAYOUT), vacant: Cell::new(u32::MAX), index: Cell::new(0) };
            roomy.push(NonNull::from(Box::leak(Box::new(region))));
        }
        let place = roomy[roomy.len() - 1];
        // SAFETY: see above.
        let region = unsafe { place.as_ref() };
        let page = region.vacant.get().trailing_zeros();
        region.vacant.set(region.vacant.get() & !(1 << page));
        self.vacant_pages.set(self.vacant_pages.get() - 1);
        if region.vacant.get() == 0 {
            roomy.pop();
        }
        // SAFETY: a region has a page for each bit.
        let start = unsafe { region.memory.add(page as usize * PAGE_BYTES) };
        PageMemory { start, region: Some(place) }
    }

    /// Takes the memory of a page back. What can go to the system by that, if anything: the rest of a region may be in use.
    ///
    /// # Safety
    /// Nobody uses the memory, or has its address.
    pub unsafe fn put_back(&self, memory: PageMemory) -> Option<Block> {
        let Some(place) = memory.region else { return Some(Block { start: memory.start, layout: PAGE_LAYOUT }) };
        // SAFETY: see above.
        let region = unsafe { place.as_ref() };
        let mut roomy = self.roomy.borrow_mut();
        if region.vacant.get() == 0 {
            region.index.set(roomy.len());
            roomy.push(place);
        }
        let page = (memory.start.addr().get() - region.memory.addr().get()) / PAGE_BYTES;
        region.vacant.set(region.vacant.get() | 1 << page);
        self.vacant_pages.set(self.vacant_pages.get() + 1);
        if region.vacant.get() != u32::MAX {
            return None;
        }
        let index = region.index.get();
        debug_assert_eq!(roomy.get(index), Some(&place), "a region knows where it stands");
        roomy.swap_remove(index);
        if let Some(moved) = roomy.get(index) {
            // SAFETY: see above.
            unsafe { moved.as_ref() }.index.set(index);
        }
        self.len.set(self.len.get() - 1);
        self.vacant_pages.set(self.vacant_pages.get() - PAGES_A_REGION);
        // SAFETY: the region came from a box in `take`, and nobody else knows it any more.
        let region = unsafe { Box::from_raw(place.as_ptr()) };
        Some(Block { start: region.memory, layout: REGION_LAYOUT })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        let regions = Regions::default();
        regions.are_used.set(true);
        regions
    }

    fn addresses(pages: &[PageMemory]) -> Vec<usize> {
        let mut addresses: Vec<usize> = pages.iter().map(|page| page.start.addr().get()).collect();
        addresses.sort_unstable();
        addresses
    }

    fn put_back(regions: &Regions, page: PageMemory) -> Option<usize> {
        // SAFETY: the tests use no page's memory.
        unsafe { regions.put_back(page) }.map(|block| block.bytes())
    }

    #[test]
    fn a_small_heap_has_each_page_by_itself() {
        let regions = regions();
        let page = regions.take(FIRST_PAGES - 1);
        assert_eq!(page.start.addr().get() % PAGE_BYTES, 0);
        assert_eq!(regions.spare_bytes(), 0);
        assert_eq!(put_back(&regions, page), Some(PAGE_BYTES - LEFT_BYTES));
    }

    #[test]
    fn pages_of_a_region_lie_side_by_side_and_are_used_again() {
        let regions = regions();
        let mut pages: Vec<PageMemory> = (0..PAGES_A_REGION).map(|_| regions.take(FIRST_PAGES)).collect();
        let all = addresses(&pages);
        assert_eq!(all[0] % REGION_BYTES, 0);
        assert!(all.windows(2).all(|pair| pair[1] - pair[0] == PAGE_BYTES));
        // Some go, and the next ones take their places, however few the heap has by now.
        let last = pages.split_off(20);
        for page in last {
            assert_eq!(put_back(&regions, page), None);
        }
        pages.extend((20..PAGES_A_REGION).map(|_| regions.take(0)));
        assert_eq!(addresses(&pages), all);
        let blocks: Vec<usize> = pages.into_iter().filter_map(|page| put_back(&regions, page)).collect();
        assert_eq!(blocks, [REGION_BYTES]);
    }

    #[test]
    fn a_region_is_given_back_when_its_last_page_is_and_others_stay() {
        let regions = regions();
        let mut pages: Vec<PageMemory> = (0..3 * PAGES_A_REGION).map(|_| regions.take(FIRST_PAGES)).collect();
        // One of each region goes first: all three stand in the list then.
        for at in [0, PAGES_A_REGION - 1, 2 * PAGES_A_REGION - 2] {
            assert_eq!(put_back(&regions, pages.remove(at)), None);
        }
        assert_eq!(regions.spare_bytes(), 3 * PAGE_BYTES);
        let mut blocks = 0;
        while let Some(page) = pages.pop() {
            blocks += usize::from(put_back(&regions, page).is_some());
        }
        assert_eq!((blocks, regions.len.get(), regions.vacant_pages.get()), (3, 0, 0));
    }
}
