//! One step: what is done in a frame, in which order, and for how long.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::barrier::{Silence, silence};
use crate::census::Tally;
use crate::collect::{CollectionRecord, Finalizer, Reason, nanos_since};
use crate::elsewhere::{self, Given};
use crate::heap::{Heap, Inner};
use crate::incremental::candidates::Looked;
use crate::incremental::{Incremental, PassReason, PassRecord, Phase, Policy, Settings, StepRecord};
use crate::object::flag;
use crate::value::Value;

/// So many found objects are much to drain.
const MUCH_FOUND: u64 = 5_000;
/// Small things between two looks at the time.
const SMALL_THINGS: u32 = 8;
/// Pages given back in one step at most.
const PAGES_A_STEP: usize = 64;
/// Pages that fell empty and are looked at for that: some are in use again, or known to the collector.
const LOOKS_AT_PAGES: usize = 256;

/// When to stop.
pub(super) enum Clock {
    /// At a point in time. It was asked so often for small things.
    At(Instant, Cell<u32>),
    /// When it was looked at so often: for tests, which want the same slices each time.
    Looks(Cell<u32>),
}

impl Clock {
    /// A clock that does not run out.
    pub fn never() -> Clock {
        Clock::Looks(Cell::new(u32::MAX))
    }

    #[inline]
    pub fn is_over(&self) -> bool {
        match self {
            Clock::At(end, _) => Instant::now() >= *end,
            Clock::Looks(left) => left.replace(left.get().saturating_sub(1)) == 0,
        }
    }

    /// The same for a small thing: the time is looked at now and then, since that may cost as much as the thing.
    #[inline]
    pub fn is_over_by_now(&self) -> bool {
        match self {
            Clock::At(_, asked) => {
                asked.set(asked.get().wrapping_add(1));
                asked.get().is_multiple_of(SMALL_THINGS) && self.is_over()
            }
            Clock::Looks(_) => self.is_over(),
        }
    }

    /// A clock that runs out when `parts` of `of` of the time left are over.
    fn part(&self, parts: u32, of: u32) -> Clock {
        match self {
            Clock::At(end, _) => {
                let now = Instant::now();
                Clock::At(now + end.saturating_duration_since(now) * parts / of, Cell::default())
            }
            Clock::Looks(left) => Clock::Looks(left.clone()),
        }
    }
}

/// What is known of passes.
#[derive(Default)]
pub(super) struct Pass {
    running: Option<PassRecord>,
    requested: bool,
    /// The frame in which the last complete pass began.
    complete_to_frame: Option<u32>,
    /// Objects that may linger unknown because of candidates logged since the last complete pass began.
    doubts: u64,
    /// The same since the running pass began.
    doubts_since_begin: u64,
    last_end_frame: u32,
    allocations_at_begin: u64,
    rescans: u32,
    /// Some object is disarmed for want of room in the log, or because nobody listened when it was born: its losses go unheard
    /// until a sweep comes by or a pass begins.
    pub disarmed: bool,
}

impl Pass {
    /// Some candidate could not be shown to be harmless: so many objects may linger because of it.
    pub fn doubt(&mut self, objects: u64) {
        self.doubts = self.doubts.saturating_add(objects);
        self.doubts_since_begin = self.doubts_since_begin.saturating_add(objects);
    }

    pub fn is_exact(&self) -> bool {
        self.complete_to_frame.is_some() && self.doubts == 0
    }

    pub fn doubtful_objects(&self) -> u64 {
        if self.complete_to_frame.is_some() { self.doubts } else { u64::MAX }
    }

    pub fn complete_to_frame(&self) -> Option<u32> {
        self.complete_to_frame
    }

    pub fn count_rescan(&mut self) -> u32 {
        self.rescans += 1;
        self.rescans
    }

    /// The running pass is given up, and nothing is known any more.
    pub fn abandon(&mut self) {
        self.running = None;
        // A sweep that is not ended has not armed all that it would have.
        self.disarmed = true;
        self.complete_to_frame = None;
        self.doubts = u64::MAX;
    }

    /// Everything was found in one stop, and freed.
    fn completed_at_once(&mut self, frame: u32, allocations: u64) {
        self.complete_to_frame = Some(frame);
        self.doubts = 0;
        self.last_end_frame = frame;
        self.allocations_at_begin = allocations;
    }
}

/// Gives back some pages that stand empty. That is done elsewhere: the usual allocator of Linux gives the end of its memory back to
/// the system when a page is freed there, and the end may be many megabytes by then.
fn give_back_pages(inner: &Inner, clock: &Clock) {
    if !inner.pages.has_many_unused() {
        return;
    }
    let mut looks = 0..LOOKS_AT_PAGES;
    let next = || {
        while inner.pages.has_many_unused() && !clock.is_over() && looks.next().is_some() {
            if let Some(Some(pages)) = inner.take_unused_page(1) {
                return Some((pages.bytes(), Given::Pages(pages)));
            }
        }
        None
    };
    elsewhere::send(std::iter::from_fn(next).take(PAGES_A_STEP));
}

impl Heap {
    /// How the collector works.
    pub fn settings(&self) -> Settings {
        self.inner.incremental.settings.get()
    }

    /// Says how the collector works; holds from the next step on.
    pub fn set_settings(&self, settings: Settings) {
        self.inner.incremental.settings.set(settings);
    }

    /// Has a pass begin in the next step in which none runs, whatever the policy.
    pub fn request_pass(&self) {
        self.inner.incremental.pass.borrow_mut().requested = true;
    }

    /// Has what is found now drained in the next steps, whatever the policy.
    pub fn request_drain(&self) {
        self.inner.incremental.drain.request();
    }

    /// What the running pass does, and how far it is, from 0 to 1: a guess while it marks.
    pub fn pass_progress(&self) -> (Phase, f32) {
        let incremental = &self.inner.incremental;
        let pages = (self.inner.pages.len() * super::sweep::PARTS as usize).max(1) as f32;
        let swept = (incremental.cursor.get() as f32 / pages).min(1.0);
        let live = self.totals().live.max(1) as f32;
        let marked = incremental.pass.borrow().running.map_or(0, |pass| pass.marked) as f32;
        let progress = match incremental.phase.get() {
            Phase::Idle | Phase::Arm => 0.0,
            Phase::Frozen => swept * 0.1,
            Phase::Mark => (marked / live).min(0.99) * 0.8,
            Phase::Sweep => 0.8 + swept * 0.2,
        };
        (incremental.phase.get(), progress)
    }

    /// Works for about `budget_nanos`: frees what waits, looks at the candidates of this frame, drains what is found (if the
    /// policy says so), and goes on with the pass. To be called when no script is on the stack; `roots` calls what it is
    /// given for every value held outside of objects. Afterwards, the embedder runs what is pending.
    pub fn collect_step(&self, budget_nanos: u64, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) -> StepRecord {
        // What is begun is ended: a step ends a little after its clock runs out. What is freed are smaller pieces than what is marked.
        let start = Instant::now();
        let [clock, late] = [6, 16]
            .map(|share| Clock::At(start + Duration::from_nanos(budget_nanos - budget_nanos / share), Cell::default()));
        self.step(&clock, Some(&late), roots)
    }

    /// The same in the smallest of slices, each of which stops when it has looked at its clock so often; and with room for next
    /// to nothing in each table. For tests.
    #[doc(hidden)]
    pub fn collect_step_small(&self, looks: u32, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) -> StepRecord {
        self.inner.incremental.small.set(true);
        self.step(&Clock::Looks(Cell::new(looks)), None, roots)
    }

    fn step(&self, clock: &Clock, late: Option<&Clock>, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) -> StepRecord {
        let late = late.unwrap_or(clock);
        let start = Instant::now();
        let inner = &*self.inner;
        let incremental = &inner.incremental;
        inner.stepping.set(true);
        let mut record = StepRecord::default();
        let bytes_before = self.live_bytes();
        if !incremental.log.is_on() {
            incremental.log.turn_on();
            incremental.pass.borrow_mut().disarmed = true;
        }
        incremental.listen(inner);

        let freeing = clock.part(1, 2);
        record.freed_deferred = inner.free_queued(&mut || freeing.is_over());
        let policy = incremental.settings.get().policy;
        let drains = policy == Policy::Automatic || incremental.drain.is_requested() || incremental.search.is_on();
        // When much waits to be drained, all else stands back: it would only find more.
        let haste = drains && incremental.found.total().objects > MUCH_FOUND || inner.queue.len() > 0;
        // Until the finalizer has run, all of it would be found again.
        let looked_at_affected =
            if incremental.search.is_on() { Looked::default() } else { incremental.look_at_affected(inner) };
        let looked_at_young = incremental.look_at_young(inner, &clock.part(3, 5));
        let looked_at_old = incremental.look_at_old(inner, &clock.part(1, if haste { 8 } else { 3 }));
        for looked in [looked_at_affected, looked_at_young, looked_at_old] {
            record.candidates += looked.candidates;
            record.found_objects += looked.found;
        }
        if drains {
            let drain_clock = match incremental.phase.get() {
                _ if haste => clock.part(15, 16),
                Phase::Idle => clock.part(9, 10),
                _ => clock.part(1, 2),
            };
            record.freed_objects = incremental.drain_some(inner, &drain_clock);
        }
        // What waits to be freed holds objects that nothing else may hold: a pass would find less than it could.
        record.freed_deferred += inner.free_queued(&mut || late.is_over());
        self.work_on_pass(clock, roots, &mut record);
        give_back_pages(inner, late);
        inner.stepping.set(false);
        record.phase = incremental.phase.get();
        record.freed_bytes = bytes_before.saturating_sub(self.live_bytes());
        record.pause_nanos = nanos_since(start);
        record
    }

    fn work_on_pass(&self, clock: &Clock, roots: &mut dyn FnMut(&mut dyn FnMut(&Value)), record: &mut StepRecord) {
        let inner = &*self.inner;
        let incremental = &inner.incremental;
        if !incremental.log.is_on() {
            return;
        }
        let start = Instant::now();
        if incremental.phase.get() == Phase::Idle {
            let Some(reason) = self.reason_to_begin() else { return };
            incremental.begin_pass(inner, reason);
            record.pass_began = Some(reason);
        }
        let mut ended = false;
        let mut swept = Tally::default();
        while !clock.is_over() {
            match incremental.phase.get() {
                Phase::Idle => break,
                Phase::Arm => {
                    let disarmed = incremental.pass.borrow().disarmed;
                    if (!disarmed || incremental.arm_all(inner, clock)) && incremental.arm_logged(clock) {
                        incremental.begin_marking(inner, roots);
                    }
                }
                Phase::Frozen => {
                    if incremental.gather_frozen(inner, clock) {
                        incremental.set_phase(Phase::Mark);
                    }
                }
                Phase::Mark => {
                    let (done, marked) = incremental.mark_some(inner, clock);
                    record.marked += marked;
                    // What waits to be freed still holds objects that nothing else may hold: they are not garbage yet.
                    if done && inner.queue.len() > 0 {
                        record.freed_deferred += inner.free_queued(&mut || clock.is_over());
                    } else if done {
                        incremental.cursor.set(0);
                        incremental.set_phase(Phase::Sweep);
                        incremental.pass.borrow_mut().disarmed = false;
                    }
                }
                Phase::Sweep => {
                    let before = incremental.found.total();
                    let done = incremental.sweep_some(inner, clock);
                    let after = incremental.found.total();
                    swept.objects += after.objects - before.objects;
                    swept.bytes += after.bytes - before.bytes;
                    if done {
                        incremental.set_phase(Phase::Idle);
                        ended = true;
                    }
                }
            }
        }
        let mut pass = incremental.pass.borrow_mut();
        if let Some(running) = &mut pass.running {
            running.found_objects += swept.objects;
            running.found_bytes += swept.bytes;
            let nanos = nanos_since(start);
            running.slices += 1;
            running.marked += record.marked;
            running.work_nanos += nanos;
            running.longest_slice_nanos = running.longest_slice_nanos.max(nanos);
            running.last_frame = inner.frame.get();
        }
        if ended && let Some(done) = pass.running.take() {
            record.pass_ended = Some(done);
            pass.complete_to_frame = Some(done.first_frame);
            pass.doubts = pass.doubts_since_begin;
            pass.last_end_frame = inner.frame.get();
        }
    }

    fn reason_to_begin(&self) -> Option<PassReason> {
        let settings = self.inner.incremental.settings.get();
        let pass = self.inner.incremental.pass.borrow();
        if pass.requested {
            return Some(PassReason::Request);
        }
        if settings.policy == Policy::Manual || pass.is_exact() {
            return None;
        }
        let allocated = self.tracked_allocations().saturating_sub(pass.allocations_at_begin);
        if allocated >= settings.pass_allocations {
            return Some(PassReason::Allocations);
        }
        let waited = self.inner.frame.get().wrapping_sub(pass.last_end_frame);
        (pass.complete_to_frame.is_none() || waited >= settings.pass_frames).then_some(PassReason::Frames)
    }

    /// Collects everything in one stop, whatever the collector is at: [`Heap::collect`] under the name that goes with
    /// [`Heap::collect_step`].
    pub fn collect_full(&self, reason: Reason, finalizer: &mut dyn Finalizer) -> CollectionRecord {
        self.collect(reason, finalizer)
    }

    /// After a collection in one stop that left nothing, the figure is exact.
    pub(crate) fn note_complete_collection(&self) {
        // Nothing is exact for longer than a moment if nobody listens.
        if !self.inner.incremental.log.is_on() {
            return;
        }
        let (frame, allocations) = (self.inner.frame.get(), self.tracked_allocations());
        let incremental = &self.inner.incremental;
        incremental.pass.borrow_mut().completed_at_once(frame, allocations);
        if std::mem::take(&mut incremental.pass.borrow_mut().disarmed) {
            incremental.cursor.set(0);
            incremental.arm_all(&self.inner, &Clock::never());
            // What is born in the rest of the frame is heard of again, too.
            incremental.listen(&self.inner);
        }
    }

    /// What happens while the result lives is news to nobody.
    pub(crate) fn silence(&self) -> Silence<'_> {
        silence(&self.inner.silent)
    }
}

impl Incremental {
    /// Begins a pass.
    fn begin_pass(&self, inner: &Inner, reason: PassReason) {
        let mut pass = self.pass.borrow_mut();
        pass.requested = false;
        pass.rescans = 0;
        pass.allocations_at_begin = inner.tracked_allocations.get();
        pass.running = Some(PassRecord {
            reason,
            first_frame: inner.frame.get(),
            last_frame: inner.frame.get(),
            slices: 0,
            marked: 0,
            found_objects: 0,
            found_bytes: 0,
            work_nanos: 0,
            longest_slice_nanos: 0,
        });
        self.cursor.set(0);
        self.log.begin_arming();
        self.set_phase(Phase::Arm);
    }

    /// All is armed: what is reachable now will be marked.
    fn begin_marking(&self, inner: &Inner, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) {
        {
            let mut pass = self.pass.borrow_mut();
            pass.disarmed = false;
            pass.doubts_since_begin = 0;
            if let Some(running) = &mut pass.running {
                running.first_frame = inner.frame.get();
            }
        }
        // Everything has the old mark, so by this alone nothing is marked any more; what is born from now on is.
        self.mark.set(self.mark.get() ^ flag::MARK);
        inner.birth.set(inner.birth.get().with_mark(self.mark.get()));
        self.cursor.set(0);
        self.grey.begin(self.small.get());
        self.set_phase(if self.frozen.get() { Phase::Frozen } else { Phase::Mark });
        let mut see = |value: &Value| {
            if let Some(header) = value.header() {
                self.shade(inner, header);
            }
        };
        // An embedder may clone and drop what it shows: that is no news.
        let silence = silence(&inner.silent);
        roots(&mut see);
        drop(silence);
        inner.each_pending(&mut see);
        self.each_held(&mut see);
    }
}
