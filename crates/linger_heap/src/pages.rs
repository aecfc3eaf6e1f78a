//! The pages of one heap: all of them, those with room, and those that may be given back.
//!
//! Knows no objects. A page that falls empty is remembered, so that giving pages back needs no search and can be done a few
//! at a time.
#![expect(unsafe_code, reason = "pages are raw memory with a head")]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ptr::NonNull;

use crate::heap::Inner;
use crate::page::{CLASSES, Page};
use crate::region::{Block, PAGE_BYTES, Regions};

/// Empty pages kept for the next frames: so many, and one in so many of all.
const KEPT: usize = 8;
const KEPT_SHARE: usize = 32;

/// The page of each class that slots are taken from.
pub(crate) type Current = [Cell<Option<NonNull<Page>>>; CLASSES];

#[derive(Default)]
pub(crate) struct Pages {
    all: RefCell<Vec<NonNull<Page>>>,
    /// Pages with room, by class, besides the current ones.
    roomy: RefCell<[Vec<NonNull<Page>>; CLASSES]>,
    /// Pages that fell empty; some may have been used again since.
    emptied: RefCell<VecDeque<NonNull<Page>>>,
    /// The number of pages by class.
    of_class: [Cell<usize>; CLASSES],
    /// Objects that the pages have room for.
    slots: Cell<usize>,
    pub regions: Regions,
}

/// Has `list` hold `room` entries without growing.
pub(crate) fn make_room<T>(list: &mut Vec<T>, room: usize) {
    let missing = room.saturating_sub(list.len());
    list.reserve(missing);
}

// SAFETY (of every `as_ref` below): a page in one of the three lists is alive. `Page::end` is called in one place, which takes
// the page out of all of them.
impl Pages {
    pub fn len(&self) -> usize {
        self.all.borrow().len()
    }

    /// Bytes of the pages, and of what is left of regions that pages are cut from.
    pub fn bytes(&self) -> usize {
        self.len() * PAGE_BYTES + self.regions.spare_bytes()
    }

    /// Bytes of the lists.
    pub fn list_bytes(&self) -> usize {
        let roomy: usize = self.roomy.borrow().iter().map(Vec::capacity).sum();
        let places = self.all.borrow().capacity() + roomy + self.emptied.borrow().capacity();
        places * size_of::<NonNull<Page>>() + self.regions.list_bytes()
    }

    /// The most objects that the pages have room for.
    pub fn slots(&self) -> usize {
        self.slots.get()
    }

    /// The page at `index`, if there are so many.
    pub fn get(&self, index: usize) -> Option<NonNull<Page>> {
        self.all.borrow().get(index).copied()
    }

    pub fn each(&self, mut act: impl FnMut(&Page)) {
        let mut index = 0;
        while let Some(page) = self.get(index) {
            // SAFETY: see above.
            act(unsafe { page.as_ref() });
            index += 1;
        }
    }

    /// A page of `class` with room, which becomes the current one.
    pub fn next_page(&self, heap: NonNull<Inner>, class: usize) -> NonNull<Page> {
        if let Some(page) = self.roomy.borrow_mut()[class].pop() {
            return page;
        }
        let mut all = self.all.borrow_mut();
        let page = Page::new(heap, class, self.regions.take(all.len()));
        // SAFETY: see above.
        unsafe { page.as_ref() }.index.set(all.len() as u32);
        all.push(page);
        // SAFETY: see above.
        self.slots.set(self.slots.get() + unsafe { page.as_ref() }.slots());
        // The other lists get room for every page now: the collector, which puts pages into them, must not wait for memory.
        let of_class = &self.of_class[class];
        of_class.set(of_class.get() + 1);
        make_room(&mut self.roomy.borrow_mut()[class], of_class.get());
        let mut emptied = self.emptied.borrow_mut();
        let missing = all.len().saturating_sub(emptied.len());
        emptied.reserve(missing);
        page
    }

    /// `page` got a slot back while it was full, or has none in use any more.
    #[cold]
    pub fn slot_came_back(&self, page: NonNull<Page>) {
        // SAFETY: see above.
        let head = unsafe { page.as_ref() };
        if !head.listed.replace(true) {
            let mut roomy = self.roomy.borrow_mut();
            head.roomy_index.set(roomy[head.class()].len() as u32);
            roomy[head.class()].push(page);
        }
        if head.is_unused() && !head.emptied.replace(true) {
            self.emptied.borrow_mut().push_back(page);
        }
    }

    /// Takes out a page that has no slot in use, except the current ones, to give its memory back: what can go by that, if any can,
    /// or nothing if there is no such page. Looks at no more than `looks` of those that fell empty.
    pub fn take_unused(&self, mut looks: usize, current: &Current) -> Option<Option<Block>> {
        looks = looks.min(self.emptied.borrow().len());
        while looks > 0 {
            looks -= 1;
            let Some(page) = self.emptied.borrow_mut().pop_front() else { break };
            // SAFETY: see above.
            let head = unsafe { page.as_ref() };
            if head.is_unused() && (head.grey.get() || head.holds_lingering.get() || head.in_batch.get()) {
                // The collector has the page in a list of its own for now.
                self.emptied.borrow_mut().push_back(page);
                continue;
            }
            head.emptied.set(false);
            if !head.is_unused() || current[head.class()].get() == Some(page) {
                continue;
            }
            let mut roomy = self.roomy.borrow_mut();
            let roomy = &mut roomy[head.class()];
            let at = head.roomy_index.get() as usize;
            debug_assert_eq!(roomy.get(at), Some(&page), "an unused page is the current one or has room");
            roomy.swap_remove(at);
            if let Some(moved) = roomy.get(at) {
                // SAFETY: see above.
                unsafe { moved.as_ref() }.roomy_index.set(at as u32);
            }
            let mut all = self.all.borrow_mut();
            let at = head.index.get() as usize;
            debug_assert_eq!(all.get(at), Some(&page), "a page knows where it stands");
            all.swap_remove(at);
            if let Some(moved) = all.get(at) {
                // SAFETY: see above.
                unsafe { moved.as_ref() }.index.set(at as u32);
            }
            let of_class = &self.of_class[head.class()];
            of_class.set(of_class.get() - 1);
            self.slots.set(self.slots.get() - head.slots());
            // SAFETY: the page has no object, and has left all lists.
            return Some(unsafe { self.regions.put_back(Page::end(page)) });
        }
        None
    }

    /// Whether so many pages stand empty that some should be given back: to give back what the next frame asks for again costs the
    /// system's allocator more than it saves.
    pub fn has_many_unused(&self) -> bool {
        self.emptied.borrow().len() > self.len() / KEPT_SHARE + KEPT
    }

    /// Gives back all pages.
    ///
    /// # Safety
    /// Nothing refers to an object of the heap, and nothing will be allocated in it.
    pub unsafe fn free_all(&self) {
        self.emptied.take();
        self.roomy.take();
        for page in self.all.take() {
            // SAFETY: by the caller's word; the lists are empty.
            drop(unsafe { self.regions.put_back(Page::end(page)) });
        }
    }
}
