//! The objects that a pass has seen but not yet traversed: a stack that does not grow without bound.
//!
//! An object that finds no room is flagged and found again by a search through the pages flagged for it. Large containers,
//! of which a part is scanned, stand apart with the number to go on from.
#![expect(unsafe_code, reason = "grey objects are kept as addresses, to leave their counts alone")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::incremental::page_of;
use crate::incremental::sweep::PARTS;
use crate::object::{Header, state};
use crate::page::Page;
use crate::pages::make_room;
use crate::stack::LocalStack;

/// Room for so many objects at least.
const LEAST_ROOM: usize = 8 << 10;
/// Room for so many large containers, before a slice must ask for memory.
const PARTIAL_ROOM: usize = 512;
/// One place in the stack, of eight bytes, for so many objects: one byte for two.
const OBJECTS_A_PLACE: usize = 16;

#[derive(Default)]
pub(super) struct Grey {
    stack: LocalStack<NonNull<Header>>,
    room: Cell<usize>,
    /// So many places have memory.
    touched: Cell<usize>,
    /// Where the scan of each large container stands, by address.
    partial: RefCell<Vec<(NonNull<Header>, usize)>>,
    /// Pages with objects that found no room: each is flagged, so that it stands here once and is not given back.
    overflowed: LocalStack<NonNull<Page>>,
    /// The page that is being searched, which stays flagged so long, and the part to go on with.
    searched: Cell<Option<(NonNull<Page>, u32)>>,
    /// An object of that page found no room since the search began.
    again: Cell<bool>,
}

/// Where a container stands in the list, or where it would.
fn place_of(partial: &[(NonNull<Header>, usize)], header: &Header) -> Result<usize, usize> {
    partial.binary_search_by_key(&NonNull::from(header), |(other, _)| *other)
}

impl Grey {
    /// The heap has so many pages, with room for so many objects.
    pub fn make_room(&self, pages: usize, slots: usize) {
        let room = (slots / OBJECTS_A_PLACE).max(LEAST_ROOM);
        let touched = self.touched.get();
        if room > touched {
            self.stack.make_room(room);
            self.stack.touch(touched, room);
            self.touched.set(room);
        }
        self.overflowed.make_room(pages);
        make_room(&mut self.partial.borrow_mut(), PARTIAL_ROOM);
    }

    /// Bytes of the lists.
    pub fn bytes(&self) -> usize {
        let a_partial = size_of::<(NonNull<Header>, usize)>();
        self.stack.bytes() + self.overflowed.bytes() + self.partial.borrow().capacity() * a_partial
    }

    /// A pass begins, with all the room there is or with next to none.
    pub fn begin(&self, is_small: bool) {
        self.room.set(if is_small { 2 } else { self.touched.get() });
    }

    #[inline]
    pub fn push(&self, header: &Header) {
        if self.stack.len() < self.room.get() {
            header.put(state::GREY, true);
            self.stack.push(NonNull::from(header));
        } else {
            header.put(state::GREY | state::UNQUEUED, true);
            let page = page_of(header);
            // SAFETY: the page is alive as long as the object.
            if !unsafe { page.as_ref() }.grey.replace(true) {
                self.overflowed.push(page);
            } else if self.searched.get().is_some_and(|(searched, _)| searched == page) {
                self.again.set(true);
            }
        }
    }

    /// Puts a container back, to be scanned from number `from` on.
    pub fn push_partial(&self, header: &Header, from: usize) {
        header.put(state::GREY, true);
        let mut partial = self.partial.borrow_mut();
        match place_of(&partial, header) {
            Ok(place) => partial[place].1 = from,
            Err(place) => partial.insert(place, (NonNull::from(header), from)),
        }
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
        let partial = self.partial.borrow();
        place_of(&partial, header).ok().map(|place| partial[place].1)
    }

    /// Has a container scanned from its start again.
    pub fn rescan(&self, header: &Header) {
        let mut partial = self.partial.borrow_mut();
        if let Ok(place) = place_of(&partial, header) {
            partial[place].1 = 0;
        }
    }

    /// Gives the objects of a part of a page that found no room a place. False when there is no such page.
    pub fn search_part(&self) -> bool {
        let Some((page, part)) = self.searched.take().or_else(|| self.overflowed.pop().map(|page| (page, 0))) else {
            return false;
        };
        self.searched.set(Some((page, part + 1)));
        // SAFETY: a flagged page is not given back.
        let head = unsafe { page.as_ref() };
        head.walk_part(part, PARTS, |header| {
            if header.is(state::UNQUEUED) {
                header.put(state::UNQUEUED, false);
                self.push(header);
            }
        });
        if part + 1 == PARTS {
            if self.again.take() {
                self.searched.set(Some((page, 0)));
            } else {
                self.searched.set(None);
                head.grey.set(false);
            }
        }
        true
    }

    /// No object is grey any more: whoever calls this clears the flags.
    pub fn all_seen(&self) {
        while self.overflowed.pop().is_some() {}
        self.searched.set(None);
        self.again.set(false);
    }
}
