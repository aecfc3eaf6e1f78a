//! Finalizers of found objects: one a step, after everything that it could touch was taken out of what is found.
//!
//! A finalizer may bring back whatever its object reaches, so all of that is no longer said to linger when it runs, and is tried
//! again afterwards. There may be much of it: the search goes on from slice to slice, each object being looked at a few
//! references at a time. Garbage stays as it is meanwhile, since nobody has a reference to it. Should somebody ask for one to what
//! was or will be taken out (by a weak reference, say), the search is ended first.
#![expect(unsafe_code, reason = "what is to be looked at is kept as addresses, to leave its counts alone")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::heap::{Inner, Pending};
use crate::incremental::Incremental;
use crate::incremental::lingering::awaits_finalizer;
use crate::incremental::step::Clock;
use crate::object::{Header, flag, state};
use crate::stack::Chunks;
use crate::value::Value;

/// References of one object that are looked at before the next object is.
const PIECE: usize = 64;
/// Units of work between two looks at the clock. A unit is an object or eight references.
const UNITS_A_LOOK: usize = 16;

/// The search for an object to be finalized, and then for what it reaches.
#[derive(Default)]
pub(super) struct Search {
    /// How far the search for an object has come in the list of pages.
    page: Cell<usize>,
    /// The object, while what it reaches is taken out. It has a count of ours.
    object: RefCell<Option<Value>>,
    /// What was taken out and not looked at to its end, and the number of the reference to go on with.
    waiting: RefCell<Chunks<(NonNull<Header>, usize)>>,
}

impl Search {
    /// Whether a part of what an object reaches is taken out.
    #[inline]
    pub fn is_on(&self) -> bool {
        self.object.borrow().is_some()
    }

    /// Bytes of the list.
    pub fn bytes(&self) -> usize {
        self.waiting.borrow().bytes()
    }

    pub fn each_held(&self, visit: &mut dyn FnMut(&Value)) {
        if let Some(value) = &*self.object.borrow() {
            visit(value);
        }
    }

    /// Forgets the object and what was taken out: somebody looks at everything.
    pub fn abandon(&self) {
        self.waiting.take();
        if let Some(object) = self.object.take() {
            object.drop_quietly();
        }
    }
}

impl Incremental {
    /// Goes on until the embedder is asked to finalize one found object, no such object is left, or the clock runs out.
    pub(super) fn finalize_some(&self, inner: &Inner, clock: &Clock) {
        if (self.search.is_on() || self.find_finalizable(inner, clock)) && self.take_out_reached(inner, clock) {
            self.ask_to_finalize(inner);
        }
    }

    /// Somebody may get a reference to `header`: if it is among what is taken out for a finalizer, or will be, that is done now.
    pub(super) fn end_search_for(&self, inner: &Inner, header: &Header) {
        if self.search.is_on() && (header.is(state::LINGERING) || header.has(flag::TOUCHED)) {
            self.take_out_reached(inner, &Clock::never());
            self.ask_to_finalize(inner);
        }
        header.set(flag::TOUCHED, false);
    }

    /// Looks for an object that awaits its finalizer, a page at a time, and takes it out.
    fn find_finalizable(&self, inner: &Inner, clock: &Clock) -> bool {
        while let Some(page) = self.found.page(self.search.page.get()) {
            let mut next = None;
            // SAFETY: a page in the list is not given back.
            unsafe { page.as_ref() }.walk(|header| {
                if next.is_none() && header.is(state::LINGERING) && awaits_finalizer(header) {
                    next = Some(NonNull::from(header));
                }
            });
            if let Some(header) = next {
                // SAFETY: the object was just come upon, and nothing was freed since.
                let header = unsafe { header.as_ref() };
                self.search.object.replace(Some(Value::from_header(header)));
                self.touch(inner, &mut self.search.waiting.borrow_mut(), header);
                return true;
            }
            self.search.page.set(self.search.page.get() + 1);
            if clock.is_over() {
                return false;
            }
        }
        self.search.page.set(0);
        false
    }

    /// Takes out what the object reaches; true when all of it is.
    fn take_out_reached(&self, inner: &Inner, clock: &Clock) -> bool {
        let (piece, units_a_look) = if self.is_small() { (2, 1) } else { (PIECE, UNITS_A_LOOK) };
        let mut waiting = self.search.waiting.borrow_mut();
        let mut units = 0;
        while let Some((header, from)) = waiting.pop() {
            // SAFETY: garbage is not freed before it is drained, which waits for the end of the search; and whoever gets a
            // reference to it ends the search first.
            let object = unsafe { header.as_ref() };
            let mut references = 0;
            let next = self.traverse_piece(inner, object, from, piece, &mut |child| {
                references += 1;
                self.touch(inner, &mut waiting, child);
            });
            units += 1 + references / 8;
            if let Some(next) = next {
                waiting.push((header, next));
            }
            if units >= units_a_look {
                units = 0;
                if clock.is_over() {
                    return waiting.is_empty();
                }
            }
        }
        true
    }

    /// Takes `header` out of what is found, if it is there; what it reaches is to be looked at then.
    fn touch(&self, inner: &Inner, waiting: &mut Chunks<(NonNull<Header>, usize)>, header: &Header) {
        if header.is(state::LINGERING) {
            header.set(flag::TOUCHED, true);
            self.take_out(inner, header, true);
            waiting.push((NonNull::from(header), 0));
        } else if header.is(state::PART) {
            // It is never found itself, and held by one object, which was.
            waiting.push((NonNull::from(header), 0));
        }
    }

    /// All that the object reaches is taken out.
    fn ask_to_finalize(&self, inner: &Inner) {
        let Some(object) = self.search.object.take() else { return };
        if let Some(header) = object.header() {
            header.set(flag::FINALIZED, true);
            // A weak reference to it is emptied before its finalizer runs, as in any collection.
            if header.has(flag::WEAKLY_REFERENCED) {
                inner.clear_weak(header);
            }
        }
        inner.push_pending(Pending::Finalize(object));
    }
}
