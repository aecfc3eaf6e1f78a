//! Freeing what is found, a few references at a time.
//!
//! Finalizers come first, one a step: whatever one could have touched is taken out of what is found and tried again. When none
//! is left, what is found is condemned as one batch: the weak references to all of it are emptied, and only then are references
//! dropped, so that no script ever sees an object that refers to one which was emptied. What is found meanwhile waits for the
//! next batch; nothing in it refers to the batch, since all that did was found before. In a header, a found object of the
//! batch is not armed.
#![expect(unsafe_code, reason = "objects are found again by their pages")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::heap::Inner;
use crate::incremental::step::Clock;
use crate::incremental::sweep::PARTS;
use crate::incremental::{Incremental, Phase};
use crate::object::{Header, flag, state};
use crate::page::{MOST_IN_A_PAGE, Page};
use crate::pages::make_room;
use crate::release::HELD;
use crate::value::Value;

/// The most references that are dropped before the clock is looked at.
const PIECE: usize = 64;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// There is no batch.
    #[default]
    Idle,
    /// Weak references are emptied.
    Weak,
    /// References are dropped.
    Clear,
}

#[derive(Default)]
pub(super) struct Drain {
    requested: Cell<bool>,
    stage: Cell<Stage>,
    /// The pages of the batch, and how far the stage has come, in parts of pages.
    batch: RefCell<Vec<NonNull<Page>>>,
    /// What the objects of the batch carry.
    generation: Cell<u32>,
    at: Cell<usize>,
    /// The object that has lost a part of its references.
    current: RefCell<Option<Value>>,
    /// The objects of a part of a page, in a buffer that is kept: to get one may take the system's allocator long.
    objects: RefCell<Vec<NonNull<Header>>>,
}

impl Drain {
    pub fn request(&self) {
        self.requested.set(true);
    }

    pub fn is_requested(&self) -> bool {
        self.requested.get() || self.stage.get() != Stage::Idle
    }

    /// Whether a found object is about to lose its references, or has.
    pub fn has_condemned(&self, header: &Header) -> bool {
        self.stage.get() == Stage::Clear && !header.is_armed()
    }

    pub fn each_held(&self, visit: &mut dyn FnMut(&Value)) {
        if let Some(value) = &*self.current.borrow() {
            visit(value);
        }
    }

    /// The pages of the batch that may hold found objects.
    pub fn pages(&self) -> Vec<NonNull<Page>> {
        let from = if self.stage.get() == Stage::Clear { self.at.get() / PARTS as usize } else { 0 };
        self.batch.borrow().get(from..).unwrap_or_default().to_vec()
    }

    /// The heap has so many pages.
    pub fn make_room(&self, pages: usize) {
        make_room(&mut self.batch.borrow_mut(), pages);
        make_room(&mut self.objects.borrow_mut(), MOST_IN_A_PAGE);
    }

    /// Bytes of the lists.
    pub fn bytes(&self) -> usize {
        (self.batch.borrow().capacity() + self.objects.borrow().capacity()) * size_of::<usize>()
    }

    /// The page that the stage has come to, and the part of it.
    fn place(&self) -> Option<(NonNull<Page>, u32)> {
        let at = self.at.get();
        let page = self.batch.borrow().get(at / PARTS as usize).copied();
        page.map(|page| (page, (at % PARTS as usize) as u32))
    }

    fn end_batch(&self) {
        self.batch.borrow_mut().clear();
        self.at.set(0);
        self.stage.set(Stage::Idle);
    }
}

impl Incremental {
    /// Drains what is found until nothing is left or the clock runs out; returns the number of objects freed.
    pub(super) fn drain_some(&self, inner: &Inner, clock: &Clock) -> u64 {
        let mut freed = 0;
        while !clock.is_over() {
            match self.drain.stage.get() {
                Stage::Idle => {
                    // While a sweep runs, what it has found may be held by what it has yet to find, finalizers and all.
                    if self.phase.get() == Phase::Sweep || inner.has_pending.get() {
                        break;
                    }
                    if self.search.is_on() || self.found.unfinalized() > 0 {
                        self.finalize_some(inner, clock);
                        continue;
                    }
                    if self.found.page(0).is_none() {
                        self.drain.requested.set(false);
                        break;
                    }
                    let generation = self.found.take_generation(&mut self.drain.batch.borrow_mut());
                    self.drain.generation.set(generation);
                    self.drain.stage.set(Stage::Weak);
                }
                Stage::Weak => {
                    let Some((page, part)) = self.drain.place() else {
                        self.drain.at.set(0);
                        self.drain.stage.set(Stage::Clear);
                        continue;
                    };
                    self.drain.at.set(self.drain.at.get() + 1);
                    self.condemn_part(inner, page, part);
                }
                Stage::Clear => {
                    let Some((page, part)) = self.drain.place() else {
                        if self.drain.current.borrow().is_none() {
                            self.drain.end_batch();
                            continue;
                        }
                        freed += self.clear_current(inner, clock);
                        continue;
                    };
                    freed += self.clear_part(inner, page, part, clock);
                }
            }
        }
        freed
    }

    /// Condemns the objects of a part of a page.
    fn condemn_part(&self, inner: &Inner, page: NonNull<Page>, part: u32) {
        let generation = self.drain.generation.get();
        // SAFETY: a page of the batch is not given back.
        let head = unsafe { page.as_ref() };
        if part == 0 {
            head.in_batch.set(true);
            head.holds_lingering.set(false);
        }
        let mut found_since = false;
        head.walk_part(part, PARTS, |header| {
            if !header.is(state::LINGERING) {
                return;
            }
            if u32::from(header.is(state::GENERATION)) * state::GENERATION != generation {
                found_since = true;
                return;
            }
            header.arm(false);
            if header.has(flag::WEAKLY_REFERENCED) {
                inner.clear_weak(header);
            }
        });
        if found_since {
            self.found.list_page(page);
        }
    }

    /// Has the objects of a part of a page of the batch lose their references.
    fn clear_part(&self, inner: &Inner, page: NonNull<Page>, part: u32, clock: &Clock) -> u64 {
        let mut freed = self.clear_current(inner, clock);
        if self.drain.current.borrow().is_some() {
            return freed;
        }
        let mut objects = self.drain.objects.take();
        objects.clear();
        // SAFETY: a page of the batch is not given back.
        unsafe { page.as_ref() }.walk_part(part, PARTS, |header| {
            let in_batch = header.is(state::LINGERING) && !header.is_armed();
            if in_batch && !header.has(flag::BY_COLLECTOR) {
                objects.push(NonNull::from(header));
            }
        });
        let mut is_done = true;
        for header in &objects {
            // SAFETY: nothing is allocated while a step runs, so the slot holds this object or is free.
            let header = unsafe { header.as_ref() };
            if header.count() == 0 || !header.is(state::LINGERING) {
                continue;
            }
            // With this flag it has had its turn.
            header.set(flag::BY_COLLECTOR, true);
            freed += self.clear(inner, Value::from_header(header), clock);
            // Asked last: however short the time, something is done.
            if clock.is_over_by_now() || self.drain.current.borrow().is_some() {
                is_done = false;
                break;
            }
        }
        *self.drain.objects.borrow_mut() = objects;
        if is_done {
            self.drain.at.set(self.drain.at.get() + 1);
            if part + 1 == PARTS {
                // SAFETY: nothing is given back while a step runs.
                unsafe { page.as_ref() }.in_batch.set(false);
            }
        }
        freed
    }

    fn clear_current(&self, inner: &Inner, clock: &Clock) -> u64 {
        let current = self.drain.current.take();
        current.map_or(0, |value| self.clear(inner, value, clock))
    }

    /// Ends the drain, and says whether there was one; what was begun is done at once, since nobody may see an object that refers to an emptied one.
    pub(super) fn abandon_drain(&self, inner: &Inner) -> bool {
        let had_batch = self.drain.stage.get() != Stage::Idle;
        if self.drain.stage.get() == Stage::Clear {
            let clock = Clock::never();
            while let Some((page, part)) = self.drain.place() {
                self.clear_part(inner, page, part, &clock);
            }
            self.clear_current(inner, &clock);
        }
        self.search.abandon();
        self.drain.requested.set(false);
        self.drain.end_batch();
        had_batch
    }

    /// Drops the references of one object, and what falls to zero by that.
    fn clear(&self, inner: &Inner, value: Value, clock: &Clock) -> u64 {
        let Some(header) = value.header() else { return 0 };
        let info = inner.info(header.kind());
        let mut freed = 0;
        let was_collecting = inner.set_collecting(true);
        loop {
            // Freeing waits until the piece is done: a piece must not free more than it may.
            let held = inner.set_nesting(HELD);
            let before = header.bytes();
            // SAFETY: the description was looked up by this very header.
            let some_left = unsafe { (info.clear_some)(NonNull::from(header), PIECE) };
            // What it gave up by that will not be there to be counted when it is freed.
            let after = header.bytes();
            if after != before {
                inner.ledger.resized(header.type_id.get(), header.site, after as isize - before as isize);
                self.found.resized(header, before, after);
            }
            inner.set_nesting(held);
            if !some_left {
                break;
            }
            freed += inner.free_queued(&mut || clock.is_over());
            if clock.is_over() {
                inner.set_collecting(was_collecting);
                let before = self.drain.current.replace(Some(value));
                debug_assert!(before.is_none(), "an object is emptied before the next");
                return freed;
            }
        }
        let held = inner.set_nesting(HELD);
        value.drop_quietly();
        inner.set_nesting(held);
        freed += inner.free_queued(&mut || clock.is_over());
        inner.set_collecting(was_collecting);
        freed
    }
}
