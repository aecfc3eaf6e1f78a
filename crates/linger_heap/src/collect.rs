//! Finding and freeing garbage in one stop, by trial deletion.
//!
//! The algorithm is that of CPython's collector (Modules/gcmodule.c, "subtract_refs" and "move_unreachable"): take every
//! object's count, subtract the references that come from other candidates; what is left above zero is held from outside,
//! and what those objects reach is alive. All else is garbage. Needs no list of roots, so it is right at any moment.
#![expect(
    unsafe_code,
    reason = "candidates are kept as addresses while nothing can be freed, to leave their counts alone"
)]

use std::ptr::NonNull;
use std::time::Instant;

use crate::heap::{Heap, Pending};
use crate::object::{Header, flag, state};
use crate::page::scratch;
use crate::trial::Trial;
use crate::value::Value;
use crate::weak::WeakRef;

/// Why a collection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A script called for it.
    Script,
    /// A person or the game called for it.
    Host,
    /// The policy did, since enough was allocated.
    Automatic,
}

impl Reason {
    /// The reason in a word.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Script => "script",
            Reason::Host => "host",
            Reason::Automatic => "automatic",
        }
    }
}

/// How long each phase of a collection took, in nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PhaseNanos {
    /// Subtracting the references among candidates.
    pub subtract_nanos: u64,
    /// Marking what is held from outside.
    pub mark_nanos: u64,
    /// Running finalizers and weak references' callbacks.
    pub finalize_nanos: u64,
    /// Freeing the garbage.
    pub clear_nanos: u64,
}

/// What a collection did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollectionRecord {
    /// Why it was made.
    pub reason: Reason,
    /// Candidates looked at.
    pub examined: u64,
    /// Candidates found to be garbage, freed or not.
    pub unreachable: u64,
    /// Objects freed, those that hung on garbage included.
    pub freed_objects: u64,
    /// Bytes freed.
    pub freed_bytes: u64,
    /// For how long scripts stood still, in nanoseconds.
    pub pause_nanos: u64,
    /// The same by phase.
    pub phases: PhaseNanos,
}

/// The embedder's part of a collection.
pub trait Finalizer {
    /// Runs one entry of the queue. Whatever it does to the objects is found out afterwards.
    fn run(&mut self, heap: &Heap, pending: Pending);
    /// Looks at the garbage before it is freed; false keeps it all alive (the embedder has taken it over).
    fn may_free(&mut self, _heap: &Heap, _garbage: &Unreachable) -> bool {
        true
    }
}

/// Runs nothing: for heaps whose objects have no finalizers.
impl Finalizer for () {
    fn run(&mut self, _heap: &Heap, _pending: Pending) {}
}

/// A set of garbage, kept alive by this list alone.
#[derive(Debug)]
pub struct Unreachable {
    /// The garbage.
    pub objects: Vec<Value>,
    /// Candidates looked at.
    pub examined: u64,
    subtract_nanos: u64,
    mark_nanos: u64,
}

impl Unreachable {
    /// A list of garbage that was found by other means.
    pub(crate) fn of(objects: Vec<Value>) -> Unreachable {
        Unreachable { objects, examined: 0, subtract_nanos: 0, mark_nanos: 0 }
    }

    /// Takes out what is held from outside of the set now. Garbage that has come about since counts as outside: whoever finds
    /// it will find it whole.
    fn keep_unreachable(&mut self) {
        let mut trial = Trial::default();
        for header in self.objects.iter().filter_map(Value::header) {
            // SAFETY: the list keeps its objects alive until the trial is over; one count of each is the list's.
            unsafe { trial.add(header, 1) };
        }
        trial.subtract_all();
        trial.find_held(usize::MAX);
        let mut held = Vec::with_capacity(trial.len());
        trial.finish(|_, is_held| held.push(is_held));
        // What found no place in the trial, for want of numbers, is left to the next collection.
        let mut held = held.into_iter();
        for object in self.objects.extract_if(.., |_| held.next() != Some(false)) {
            object.drop_quietly();
        }
    }
}

impl Drop for Unreachable {
    fn drop(&mut self) {
        // The list was made to look: that it lets go is no news to a running pass.
        for object in self.objects.drain(..) {
            object.drop_quietly();
        }
    }
}

const REACHABLE: u32 = u32::MAX;

pub(crate) fn nanos_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

impl Heap {
    /// Finds what lingers now, exactly, and changes nothing. What waits to be freed by its count is freed first.
    pub fn find_unreachable(&self) -> Unreachable {
        let start = Instant::now();
        self.free_deferred();
        let mut candidates: Vec<NonNull<Header>> = Vec::with_capacity(self.tracked_live() as usize);
        self.inner.pages.each(|page| page.make_scratch());
        self.walk(&mut |header| {
            if header.is_tracked() && !header.has(flag::FROZEN) {
                scratch(header).set(header.count());
                candidates.push(NonNull::from(header));
            } else {
                scratch(header).set(REACHABLE);
            }
        });
        // An object that is being drained is held by the collector, which does not count.
        self.inner.incremental.each_held(&mut |value| {
            if let Some(left) = value.header().map(scratch)
                && left.get() != REACHABLE
            {
                left.set(left.get() - 1);
            }
        });
        // SAFETY: (of all `as_ref` below) nothing is freed before the scratch room is dropped, so the addresses stay good.
        for candidate in &candidates {
            // SAFETY: see above.
            unsafe { candidate.as_ref() }.traverse_whole(&mut |_, child| {
                if let Some(child) = child.header() {
                    let left = scratch(child);
                    if left.get() != REACHABLE {
                        debug_assert!(left.get() > 0, "more edges than counts: {child:?}");
                        left.set(left.get().saturating_sub(1));
                    }
                }
            });
        }
        let subtract_nanos = nanos_since(start);
        let start = Instant::now();
        let mut grey: Vec<NonNull<Header>> = Vec::new();
        for candidate in &candidates {
            // SAFETY: see above.
            let left = scratch(unsafe { candidate.as_ref() });
            if left.get() > 0 && left.get() != REACHABLE {
                left.set(REACHABLE);
                grey.push(*candidate);
                while let Some(next) = grey.pop() {
                    // SAFETY: see above.
                    unsafe { next.as_ref() }.traverse_whole(&mut |_, child| {
                        if let Some(child) = child.header()
                            && scratch(child).get() != REACHABLE
                        {
                            scratch(child).set(REACHABLE);
                            grey.push(NonNull::from(child));
                        }
                    });
                }
            }
        }
        let objects = candidates
            .iter()
            // SAFETY: see above.
            .map(|candidate| unsafe { candidate.as_ref() })
            .filter(|header| scratch(header).get() != REACHABLE)
            .map(Value::from_header)
            .collect();
        self.inner.pages.each(|page| page.drop_scratch());
        Unreachable { objects, examined: candidates.len() as u64, subtract_nanos, mark_nanos: nanos_since(start) }
    }

    /// Collects in one stop: finds the garbage, has finalizers and callbacks run, looks again, frees what is still garbage.
    pub fn collect(&self, reason: Reason, finalizer: &mut dyn Finalizer) -> CollectionRecord {
        let start = Instant::now();
        self.inner.incremental.abandon(&self.inner);
        let mut garbage = self.find_unreachable();
        let examined = garbage.examined;
        let unreachable = garbage.objects.len() as u64;
        let mut phases = PhaseNanos {
            subtract_nanos: garbage.subtract_nanos,
            mark_nanos: garbage.mark_nanos,
            ..PhaseNanos::default()
        };

        let finalize_start = Instant::now();
        let ran = self.finalize(&mut garbage, finalizer, &mut phases);
        phases.finalize_nanos = nanos_since(finalize_start);

        let clear_start = Instant::now();
        let before = self.totals();
        if finalizer.may_free(self, &garbage) {
            self.free(garbage);
            if !ran {
                self.note_complete_collection();
            }
        }
        let after = self.totals();
        phases.clear_nanos = nanos_since(clear_start);
        CollectionRecord {
            reason,
            examined,
            unreachable,
            freed_objects: after.freed_by_collector - before.freed_by_collector,
            freed_bytes: before.live_bytes.saturating_sub(after.live_bytes),
            pause_nanos: nanos_since(start),
            phases,
        }
    }

    /// Has the finalizers of garbage run, and takes out of `garbage` what they brought back to life.
    /// Says whether anything ran.
    fn finalize(&self, garbage: &mut Unreachable, finalizer: &mut dyn Finalizer, phases: &mut PhaseNanos) -> bool {
        let headers = || garbage.objects.iter().filter_map(Value::header);
        // Weak references are emptied before any finalizer runs, so that none can bring back a half-finalized object. The
        // callbacks of weak references that are garbage themselves are never called.
        for header in headers() {
            if header.kind() == <WeakRef as crate::Object>::KIND {
                // SAFETY: the description is looked up by this very header.
                unsafe { (header.info().clear)(NonNull::from(header)) };
            }
        }
        for header in headers().filter(|header| header.has(flag::WEAKLY_REFERENCED)) {
            self.inner.clear_weak(header);
        }
        let mut ran = false;
        while let Some(pending) = self.take_pending() {
            finalizer.run(self, pending);
            ran = true;
        }
        for object in &garbage.objects {
            if let Some(header) = object.header()
                && header.has(flag::FINALIZABLE)
                && !header.has(flag::FINALIZED)
            {
                header.set(flag::FINALIZED, true);
                finalizer.run(self, Pending::Finalize(object.clone()));
                ran = true;
            }
        }
        if ran {
            let subtract_start = Instant::now();
            garbage.keep_unreachable();
            phases.subtract_nanos += nanos_since(subtract_start);
        }
        ran
    }

    /// Frees garbage: breaks its cycles, then drops it.
    fn free(&self, garbage: Unreachable) {
        // All garbage is in the list: what loses a reference to it now is held by something else.
        let silence = self.silence();
        self.inner.set_collecting(true);
        for object in &garbage.objects {
            if let Some(header) = object.header() {
                let before = header.bytes();
                // SAFETY: the description is looked up by this very header.
                unsafe { (header.info().clear)(NonNull::from(header)) };
                // What it gave up by that will not be there to be counted when it is freed.
                self.resized(header, header.bytes() as isize - before as isize);
            }
        }
        drop(garbage);
        self.inner.set_collecting(false);
        self.free_deferred();
        drop(silence);
        self.free_unused_pages();
    }

    /// Leaves what exists now out of census and collections, for instance after a level was loaded.
    pub fn freeze(&self) {
        self.inner.incremental.freeze(&self.inner);
        self.walk(&mut |header| header.set(flag::FROZEN, true));
    }

    /// Takes what was frozen back into census and collections.
    pub fn unfreeze(&self) {
        self.inner.incremental.abandon(&self.inner);
        self.walk(&mut |header| {
            header.set(flag::FROZEN, false);
            header.arm(header.is_tracked() || header.is(state::PART));
        });
    }

    /// The number of frozen candidates.
    pub fn frozen(&self) -> u64 {
        let mut count = 0;
        self.walk(&mut |header| count += u64::from(header.is_tracked() && header.has(flag::FROZEN)));
        count
    }
}
