//! The objects that a pass has seen but not yet traversed: a stack that does not grow without bound.
//!
//! An object that finds no room is flagged and found again by a search through the pages flagged for it. Large containers,
//! of which a part is scanned, stand apart with the number to go on from.
#![expect(unsafe_code, reason = "grey objects are kept as addresses, to leave their counts alone")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::heap::Inner;
use crate::incremental::page_of;
use crate::object::{Header, state};
use crate::stack::LocalStack;

/// Room for so many objects at least.
const LEAST_ROOM: usize = 8 << 10;
/// One place in the stack, of eight bytes, for so many live objects: one byte an object.
const OBJECTS_A_PLACE: usize = 8;

#[derive(Default)]
pub(super) struct Grey {
    stack: LocalStack<NonNull<Header>>,
    room: Cell<usize>,
    partial: RefCell<Vec<(NonNull<Header>, usize)>>,
    overflowed: Cell<bool>,
    /// The page that the search for objects without a place has come to.
    search: Cell<usize>,
}

impl Grey {
    /// Makes room for a pass over about `live` objects, or for next to none.
    pub fn begin(&self, live: Option<usize>) {
        self.room.set(live.map_or(2, |live| (live / OBJECTS_A_PLACE).max(LEAST_ROOM)));
        self.stack.make_room(self.room.get());
    }

    #[inline]
    pub fn push(&self, header: &Header) {
        if self.stack.len() < self.room.get() {
            header.put(state::GREY, true);
            self.stack.push(NonNull::from(header));
        } else {
            header.put(state::GREY | state::UNQUEUED, true);
            // SAFETY: the page is alive as long as the object.
            unsafe { page_of(header).as_ref() }.grey.set(true);
            self.overflowed.set(true);
        }
    }

    /// Puts a container back, to be scanned from number `from` on.
    pub fn push_partial(&self, header: &Header, from: usize) {
        header.put(state::GREY, true);
        self.partial.borrow_mut().push((NonNull::from(header), from));
    }

    /// Puts back what was popped and not scanned.
    pub fn put_back(&self, header: &Header, from: usize) {
        if from == 0 { self.stack.push(NonNull::from(header)) } else { self.push_partial(header, from) }
    }

    /// The next object and the number of the reference to begin with.
    #[inline]
    pub fn pop(&self) -> Option<(NonNull<Header>, usize)> {
        match self.stack.pop() {
            Some(header) => Some((header, 0)),
            None => self.partial.borrow_mut().pop(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.stack.len() == 0 && self.partial.borrow().is_empty()
    }

    /// Where the scan of a container stands, if a part of it is scanned.
    pub fn scanned(&self, header: &Header) -> Option<usize> {
        self.partial.borrow().iter().find(|(other, _)| *other == NonNull::from(header)).map(|(_, from)| *from)
    }

    /// Has a container scanned from its start again.
    pub fn rescan(&self, header: &Header) {
        for (other, from) in self.partial.borrow_mut().iter_mut() {
            if *other == NonNull::from(header) {
                *from = 0;
            }
        }
    }

    /// Looks in one page for grey objects without a place, and gives them one. False when no page has any.
    pub fn search_page(&self, inner: &Inner) -> bool {
        if !self.overflowed.get() {
            return false;
        }
        let Some(page) = inner.pages.get(self.search.get()) else {
            // Some page may have been flagged again behind the search: it ends when a whole round finds nothing.
            self.search.set(0);
            let mut any = false;
            inner.pages.each(|page| any |= page.grey.get());
            self.overflowed.set(any);
            return any;
        };
        self.search.set(self.search.get() + 1);
        // SAFETY: pages in the list are alive.
        let page = unsafe { page.as_ref() };
        if page.grey.replace(false) {
            page.walk(|header| {
                if header.is(state::UNQUEUED) {
                    header.put(state::UNQUEUED, false);
                    self.push(header);
                }
            });
        }
        true
    }

    /// No object is grey any more.
    pub fn all_seen(&self) {
        self.overflowed.set(false);
        self.search.set(0);
    }
}
