//! The collector that works a slice a frame: it never stops a game for longer than its budget, and what it calls garbage is
//! garbage.
//!
//! # What it knows
//! Every object is in one of these states. *Found*: flagged as lingering and counted in [`Lingering`]; nothing outside of the
//! found objects refers to one, so nothing changes them (but see below), and they stay in place until they are drained.
//! *Logged*: a candidate that lost a reference since it was last looked at; until it is looked at, no other loss is heard.
//! *Armed*: the next loss of a reference is heard (see `barrier`); so are all others, save for want of room in the log. *Anything else*: not known to linger.
//!
//! # How it finds
//! - **Candidates** (`candidates`): garbage comes about only when an object loses a reference and lives on. Each such loss
//!   logs the object, once between two slices. At the end of the frame the log is tried in small sets (`trial`): young
//!   candidates with the young objects that they reach, old ones with their nearest neighbours. What the trial leaves unheld is
//!   found. A set may be too small to find all; never does it find what lives.
//! - **The pass** (`mark`, `sweep`): marks from the roots in slices, as the graph was when it began. A reference that is
//!   removed meanwhile shades what it led to; objects are born marked. Before marking begins, all that can be garbage is armed,
//!   so that the loss is heard; what was heard once while the pass runs is seen. What was there at the start, is not marked at the end
//!   and was not freed, is found: exactly.
//!
//! # What is shown
//! An interval. Low is what is found. Everything that lingers besides was reachable from a candidate logged since the last
//! pass began; while there was none, the figure is exact.
//!
//! # How it frees
//! Under [`Policy::Automatic`], or when asked, what is found is drained (`drain`): finalizers first, one a step, after which
//! everything they could have touched is tried again; then weak references; then references are dropped a few at a time.
//!
//! # What the embedder owes it
//! The barrier sits in the drop of a [`Value`]. An embedder that only clones, drops and replaces values needs no more. Besides:
//! 1. [`Heap::collect_step`] is called when no script is on the stack, with all roots: whatever holds values outside of
//!    objects (module table, host handles, builtin types, constants of code).
//! 2. A value that is *moved* out of an object, with no drop of the old reference: [`Heap::moved_out`] with that value, or
//!    [`Heap::before_emptying`] with the object if all of them are. [`crate::ValueCell`] and [`crate::GrowSlots`] do so by
//!    themselves; it is owed for values in a container of the embedder's own (`list.pop`, `dict.pop`). To clone the value and drop the
//!    old one does as well.
//! 3. A value that is *moved* into an object (its register gives it up without a drop), when it may be the last reference to
//!    that very object or to one that holds it: [`Heap::moved_in`] with the container.
//! 4. A value that is used without a count of its own is held by somebody who has one, all the while.
//! 5. A suspended frame whose values move to the machine's registers when it resumes: its kind says [`crate::Pieces::IS_FRAME`],
//!    and [`Heap::before_resume`] comes first.
//! 6. A container that can be scanned in pieces ([`crate::Pieces::traverse_piece`]) and whose items move towards the front:
//!    [`Heap::before_shift`]; whose items change order (sort, reverse, a table rebuilt): [`Heap::before_reorder`].
//! 7. A reference made from an object that was found by other means than a reference (a [`Heap::walk`] for
//!    `gc.get_objects`): by [`Heap::hand_out`]. Weak references do so by themselves.
//! 8. After each step the queue of [`Heap::take_pending`] is run.
//! 9. Kinds that cannot be part of a cycle hold no object that can (`verify` checks this).
#![expect(unsafe_code, reason = "objects are kept as addresses, to leave their counts alone")]

mod candidates;
mod drain;
mod finalize;
mod grey;
mod lingering;
mod mark;
mod settings;
mod step;
mod sweep;

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::heap::{Heap, Inner, heap_of};
use crate::object::{ARMED, Header, flag, state};
use crate::page::Page;
use crate::value::Value;

use candidates::Log;
use grey::Grey;
use lingering::Found;

pub use lingering::Lingering;
pub use settings::{PassReason, PassRecord, Phase, Policy, Settings, StepRecord};

/// The state of the incremental collector of one heap.
#[derive(Default)]
pub(crate) struct Incremental {
    settings: Cell<Settings>,
    phase: Cell<Phase>,
    /// What the phase says of this, for a machine that asks often.
    marking: Cell<bool>,
    /// The mark of objects that the current pass has seen, or the last one, or that were born since.
    mark: Cell<u8>,
    grey: Grey,
    /// The page that the frozen roots or the sweep has come to.
    cursor: Cell<usize>,
    log: Log,
    found: Found,
    /// Slots of freed objects whose addresses the log or the grey objects still have.
    kept_slots: Cell<u64>,
    /// Whether anything was ever frozen.
    frozen: Cell<bool>,
    drain: drain::Drain,
    search: finalize::Search,
    pass: RefCell<step::Pass>,
    /// Lost references to objects that were said to linger: each one a breach of what the embedder owes.
    breaches: Cell<u64>,
    /// For tests: slices and tables are as small as can be.
    small: Cell<bool>,
}

impl Incremental {
    /// Whether slices are as small as can be.
    pub fn is_small(&self) -> bool {
        self.small.get()
    }

    /// Whether pages must stay where they are in their list.
    pub fn is_sweeping(&self) -> bool {
        matches!(self.phase.get(), Phase::Arm | Phase::Frozen | Phase::Sweep)
    }

    /// Whether a removed reference must shade what it led to.
    #[inline]
    fn is_marking(&self) -> bool {
        self.marking.get()
    }

    fn set_phase(&self, phase: Phase) {
        self.phase.set(phase);
        self.marking.set(matches!(phase, Phase::Frozen | Phase::Mark));
    }

    /// Slots of freed objects that are not given back because the collector still has their addresses.
    pub fn slots_kept(&self) -> u64 {
        self.kept_slots.get()
    }

    /// The slot of a freed object stays, since the collector has its address.
    pub fn keep_slot(&self) {
        self.kept_slots.set(self.kept_slots.get() + 1);
    }

    /// The heap has so many pages, with room for so many objects: makes room for them in all lists, since a step must not wait for memory.
    pub fn make_room_for_pages(&self, pages: usize, slots: usize) {
        self.grey.make_room(pages, slots);
        self.found.make_room(pages);
        self.drain.make_room(pages);
    }

    /// The counters have so many rows: makes room for them in the collector's sums.
    pub fn make_room_for_rows(&self, types: usize, sites: usize) {
        self.found.make_room_for_rows(types, sites);
        self.log.make_room_for_types(types);
    }

    /// Calls `visit` for the values that the collector itself holds.
    pub fn each_held(&self, visit: &mut dyn FnMut(&Value)) {
        self.drain.each_held(visit);
        self.search.each_held(visit);
    }

    /// The collector lets go of the address of an object that was grey or logged; says whether the object is still there.
    fn let_go(&self, inner: &Inner, header: &Header, of: u32) -> bool {
        header.put(of, false);
        if header.count() > 0 {
            return true;
        }
        if header.is(state::DEAD) && !header.is(state::GREY | state::LOGGED) {
            self.kept_slots.set(self.kept_slots.get() - 1);
            // SAFETY: the object is freed, and this was the last address of it that anybody had.
            unsafe { inner.give_back(NonNull::from(header).cast()) };
        }
        false
    }

    /// From now on, objects that can be part of a cycle are born armed; those that there are will be armed when a pass begins.
    fn listen(&self, inner: &Inner) {
        inner.birth.set(inner.birth.get().with_word(if cfg!(feature = "barrier") { ARMED } else { 0 }));
    }

    /// An object whose last count is gone gets one again, for its finalizer. If it was found, it hung on what is drained.
    pub fn revived(&self, inner: &Inner, header: &Header) {
        if header.is(state::LINGERING) {
            self.bring_back(inner, header);
        }
        self.rearm(header);
    }

    /// An object got its first count again, and is not armed.
    pub fn rearm(&self, header: &Header) {
        if cfg!(feature = "barrier") && self.log.is_on() {
            header.arm(true);
        }
    }

    /// An object that is known to linger is about to be freed.
    pub fn forget_lingering(&self, header: &Header) {
        self.found.remove(header);
    }

    /// Whether a new reference may be made to an object that nothing else may reach; brings it back if so.
    #[inline]
    pub fn may_bring_back(&self, inner: &Inner, header: &Header) -> bool {
        self.end_search_for(inner, header);
        if header.is(state::LINGERING) {
            if self.drain.has_condemned(header) {
                return false;
            }
            self.bring_back(inner, header);
        } else if self.phase.get() != Phase::Idle && !header.is_marked(self.mark.get()) {
            self.bring_back(inner, header);
        }
        true
    }

    /// `header`, and what it reaches, may be referred to again: takes it out of what is found, and has a running pass see it.
    fn bring_back(&self, inner: &Inner, header: &Header) {
        let mut brought: Vec<NonNull<Header>> = vec![NonNull::from(header)];
        while let Some(next) = brought.pop() {
            // SAFETY: what a live object refers to is alive, and nothing is freed here.
            let object = unsafe { next.as_ref() };
            if self.take_out(inner, object, false) {
                object.traverse_whole(&mut |_, child| {
                    if let Some(child) = child.header()
                        && (child.is(state::LINGERING)
                            || self.phase.get() == Phase::Sweep && !child.is_marked(self.mark.get()))
                    {
                        brought.push(NonNull::from(child));
                    }
                });
            }
        }
    }

    /// Takes one object out of what is found, if it is there, and has a running pass see it. Says whether the same must be done to
    /// what it refers to. With `affected`, what is taken out is logged to be tried again.
    fn take_out(&self, inner: &Inner, object: &Header, affected: bool) -> bool {
        let found = object.is(state::LINGERING);
        let white = !object.is_marked(self.mark.get());
        if found {
            self.found.remove(object);
            debug_assert!(!object.is(state::LINGERING), "or this would not end");
            object.arm(true);
            if affected {
                self.log.push_affected(object);
            }
        }
        match self.phase.get() {
            Phase::Idle | Phase::Arm => {
                object.set_mark(self.mark.get());
                found
            }
            Phase::Frozen | Phase::Mark => {
                // What is grey will be traversed, and must not stand in the stack twice.
                if found && !object.is(state::GREY) {
                    object.set_mark(self.mark.get() ^ flag::MARK);
                }
                self.shade(inner, object);
                found
            }
            Phase::Sweep => {
                object.set_mark(self.mark.get());
                found || white
            }
        }
    }

    /// Everything alive is about to be frozen.
    pub fn freeze(&self, inner: &Inner) {
        self.abandon(inner);
        self.frozen.set(true);
    }

    /// Forgets all that it knows and does: for whoever has stopped the world and looks for himself.
    pub fn abandon(&self, inner: &Inner) {
        let had_batch = self.abandon_drain(inner);
        while let Some((header, _)) = self.grey.pop() {
            // SAFETY: the slot of a grey object stays until it is let go.
            self.let_go(inner, unsafe { header.as_ref() }, state::GREY);
        }
        self.log.empty(|header| {
            if self.let_go(inner, header, state::LOGGED) {
                header.arm(true);
            }
        });
        self.pass.borrow_mut().abandon();
        let phase = self.phase.get();
        self.set_phase(Phase::Idle);
        if phase == Phase::Idle && self.found.total().objects == 0 && !had_batch {
            return;
        }
        self.found.reset();
        // What waits to be freed is not come upon by a walk.
        for header in (0..).map_while(|index| inner.queue.get(index)) {
            // SAFETY: what stands in the queue is whole until it is freed.
            let header = unsafe { header.as_ref() };
            if header.is(state::LINGERING) {
                header.put(state::LINGERING | state::GENERATION, false);
            }
        }
        let mark = self.mark.get();
        inner.pages.each(|page| {
            page.grey.set(false);
            page.holds_lingering.set(false);
            page.in_batch.set(false);
            page.walk(|header| {
                header.put(state::GREY | state::UNQUEUED | state::LINGERING | state::GENERATION, false);
                header.set_mark(mark);
            });
        });
        self.grey.all_seen();
    }
}

/// The page that an object lies in.
fn page_of(header: &Header) -> NonNull<Page> {
    Page::of(NonNull::from(header))
}

/// `header`, which is armed, lost a reference and lives on.
#[cold]
#[inline(never)]
pub(crate) fn lost_reference(header: &Header) {
    let inner = heap_of(header);
    if inner.silent.get() {
        return;
    }
    let incremental = &inner.incremental;
    if header.is(state::LINGERING) {
        if !inner.collecting() {
            // Somebody had a reference to what was said to linger. Whatever the reason, it does not.
            incremental.breaches.set(incremental.breaches.get() + 1);
            incremental.end_search_for(inner, header);
            incremental.bring_back(inner, header);
        }
        return;
    }
    if header.has(flag::TOUCHED) {
        incremental.end_search_for(inner, header);
    }
    if incremental.is_marking() && !header.is_marked(incremental.mark.get()) {
        incremental.shade(inner, header);
    }
    if incremental.log.is_on() {
        incremental.log_candidate(inner, header);
    } else {
        header.arm(false);
    }
}

/// A reference was moved into `container`, which is armed.
#[cold]
#[inline(never)]
fn moved_into(container: &Header) {
    let incremental = &heap_of(container).incremental;
    if incremental.log.is_on() && container.is(state::PART) {
        // The owner is the candidate, and not known here.
        incremental.pass.borrow_mut().doubt(u64::MAX);
    } else {
        lost_reference(container);
    }
}

/// See [`Heap::before_emptying`].
#[cold]
#[inline(never)]
fn before_emptying(container: &Header) {
    let inner = heap_of(container);
    if inner.incremental.is_marking() {
        inner.incremental.see_all(inner, container);
    }
}

/// `header` is a candidate from now on: it must be heard of, and what nobody heard of it before must not be missed.
pub(crate) fn became_tracked(header: &Header) {
    let inner = heap_of(header);
    let incremental = &inner.incremental;
    if !incremental.log.is_on() {
        return;
    }
    if incremental.is_marking() {
        incremental.shade(inner, header);
    }
    if !header.is(state::LOGGED | state::LINGERING) {
        incremental.rearm(header);
    }
}

/// `value`, which the running pass has not seen, left its place in an object without a drop.
#[cold]
#[inline(never)]
pub(crate) fn moved_away(value: &Value) {
    if let Some(header) = value.header() {
        let inner = heap_of(header);
        inner.incremental.shade_value(inner, value);
    }
}

impl Heap {
    /// The last of the collector: nobody on this thread hears of lost references to objects of this heap any more.
    pub(crate) fn end_collecting(&self) {
        self.inner.incremental.log.turn_off();
        self.inner.incremental.abandon(&self.inner);
        self.inner.birth.set(self.inner.birth.get().with_word(0));
    }

    /// A value was moved out of an object that lives on, without the drop of a reference: see the module's documentation.
    #[inline]
    pub fn moved_out(&self, value: &Value) {
        if self.inner.incremental.phase.get() != Phase::Idle {
            self.inner.incremental.shade_value(&self.inner, value);
        }
    }

    /// A reference was moved into `container`, and may have been the last one to it from outside.
    #[inline]
    pub fn moved_in(&self, container: &Header) {
        if cfg!(feature = "barrier") && container.is_armed() {
            moved_into(container);
        }
    }

    /// The values of `frame`, which is of a kind that [`crate::Pieces::IS_FRAME`], are about to move out of it.
    #[inline(always)]
    pub fn before_resume(&self, frame: &Header) {
        if self.hears_of_resume(frame) {
            before_emptying(frame);
        }
    }

    /// Whether [`Heap::before_resume`] may have something to do.
    #[inline(always)]
    pub fn hears_of_resume(&self, frame: &Header) -> bool {
        // A frame that a pass has not traversed is armed.
        cfg!(feature = "barrier") && frame.is_armed()
    }

    /// All values of `container` are about to move out of it, if that is no frame.
    #[inline]
    pub fn before_emptying(&self, container: &Header) {
        // What is not armed was seen, and is traversed unless it is grey.
        if cfg!(feature = "barrier") && (container.is_armed() || container.is(state::GREY)) {
            before_emptying(container);
        }
    }

    /// The items of `container` from number `at + by` on are about to move `by` places to the front.
    #[inline]
    pub fn before_shift(&self, container: &Header, at: usize, by: usize) {
        if container.is(state::GREY) {
            self.inner.incremental.before_shift(&self.inner, container, at, by);
        }
    }

    /// The items of `container` are about to change order.
    #[inline]
    pub fn before_reorder(&self, container: &Header) {
        if container.is(state::GREY) {
            self.inner.incremental.before_reorder(&self.inner, container);
        }
    }

    /// A reference to an object that was come upon by other means than a reference; empty if it is about to be freed.
    pub fn hand_out(&self, header: &Header) -> Value {
        if header.count() > 0 && self.inner.incremental.may_bring_back(&self.inner, header) {
            Value::from_header(header)
        } else {
            Value::EMPTY
        }
    }
}
