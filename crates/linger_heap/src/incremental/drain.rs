//! Freeing what is found, a few references at a time.
//!
//! Finalizers come first, one a step: whatever one could have touched is taken out of what is found and tried again. Only when
//! none is left are references dropped. From then on what is found is condemned: a weak reference gives nothing any more.
#![expect(unsafe_code, reason = "objects are found again by their pages")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::heap::{Inner, Pending};
use crate::incremental::step::Clock;
use crate::incremental::{Incremental, Phase};
use crate::object::{Header, flag, state};
use crate::value::Value;

/// The most references that are dropped before the clock is looked at.
const PIECE: usize = 64;

#[derive(Default)]
pub(super) struct Drain {
    requested: Cell<bool>,
    /// References are being dropped.
    condemned: Cell<bool>,
    /// How far the search for objects to be finalized has come in the list of pages.
    search: Cell<usize>,
    /// The object that has lost a part of its references.
    current: RefCell<Option<Value>>,
}

impl Drain {
    pub fn request(&self) {
        self.requested.set(true);
    }

    pub fn is_requested(&self) -> bool {
        self.requested.get() || self.condemned.get()
    }

    pub fn has_condemned(&self) -> bool {
        self.condemned.get()
    }

    pub fn each_held(&self, visit: &mut dyn FnMut(&Value)) {
        if let Some(value) = &*self.current.borrow() {
            visit(value);
        }
    }

    pub fn abandon(&self) {
        self.requested.set(false);
        self.condemned.set(false);
        if let Some(value) = self.current.take() {
            value.drop_quietly();
        }
    }
}

impl Incremental {
    /// Drains what is found until nothing is left or the clock runs out; returns the number of objects freed.
    pub(super) fn drain_some(&self, inner: &Inner, clock: &Clock) -> u64 {
        // While a sweep runs, what it has found may be held by what it has yet to find, finalizers and all.
        if self.phase.get() == Phase::Sweep || inner.has_pending.get() {
            return 0;
        }
        if self.found.unfinalized() > 0 {
            self.finalize_one(inner, clock);
            return 0;
        }
        let mut freed = 0;
        inner.collecting.set(true);
        while !clock.is_over() {
            if let Some(value) = self.drain.current.take() {
                freed += self.clear(inner, value, clock);
                continue;
            }
            let Some(page) = self.found.take_page() else { break };
            self.drain.condemned.set(true);
            let mut objects: Vec<NonNull<Header>> = Vec::with_capacity(256);
            // SAFETY: a page in the list is not given back, and none is while a step runs.
            unsafe { page.as_ref() }.walk(|header| {
                if header.is(state::LINGERING) && header.has(flag::ARMED) {
                    objects.push(NonNull::from(header));
                }
            });
            for header in objects {
                // SAFETY: nothing is allocated while a step runs, so the slot holds this object or is free.
                let header = unsafe { header.as_ref() };
                if header.count() == 0 || !header.is(state::LINGERING) {
                    continue;
                }
                if clock.is_over() {
                    self.found.put_page_back(page);
                    break;
                }
                // Without its arm, it has had its turn.
                header.set(flag::ARMED, false);
                if header.has(flag::WEAKLY_REFERENCED) {
                    inner.clear_weak(header);
                }
                freed += self.clear(inner, Value::from_header(header), clock);
            }
        }
        inner.collecting.set(false);
        if self.drain.current.borrow().is_none() && self.found.pages() == 0 && inner.queue.len() == 0 {
            self.drain.requested.set(false);
            self.drain.condemned.set(false);
        }
        freed
    }

    /// Drops the references of one object, and what falls to zero by that.
    fn clear(&self, inner: &Inner, value: Value, clock: &Clock) -> u64 {
        let Some(header) = value.header() else { return 0 };
        let info = inner.info(header.kind());
        let mut freed = 0;
        loop {
            let mut some_left = false;
            // Freeing waits until the piece is done: a piece must not free more than it may.
            let held = inner.releasing.replace(true);
            // SAFETY: the description was looked up by this very header.
            some_left |= unsafe { (info.clear_some)(NonNull::from(header), PIECE) };
            inner.releasing.set(held);
            freed += inner.free_queued(&mut || clock.is_over());
            if !some_left {
                break;
            }
            if clock.is_over() {
                *self.drain.current.borrow_mut() = Some(value);
                return freed;
            }
        }
        let held = inner.releasing.replace(true);
        value.drop_quietly();
        inner.releasing.set(held);
        freed + inner.free_queued(&mut || clock.is_over())
    }

    /// Asks the embedder to finalize one found object.
    fn finalize_one(&self, inner: &Inner, clock: &Clock) {
        let mut index = self.drain.search.get();
        while let Some(page) = self.found.page(index) {
            let mut next = None;
            // SAFETY: a page in the list is not given back.
            unsafe { page.as_ref() }.walk(|header| {
                if next.is_none() && header.is(state::LINGERING) && super::lingering::awaits_finalizer(header) {
                    next = Some(NonNull::from(header));
                }
            });
            if let Some(header) = next {
                // SAFETY: the object was just come upon, and nothing was freed since.
                let header = unsafe { header.as_ref() };
                self.bring_back(inner, header, true);
                header.set(flag::FINALIZED, true);
                // A weak reference to it is emptied before its finalizer runs, as in any collection.
                if header.has(flag::WEAKLY_REFERENCED) {
                    inner.clear_weak(header);
                }
                inner.push_pending(Pending::Finalize(Value::from_header(header)));
                return;
            }
            index += 1;
            self.drain.search.set(index);
            if index % 8 == 0 && clock.is_over() {
                return;
            }
        }
        self.drain.search.set(0);
    }
}
