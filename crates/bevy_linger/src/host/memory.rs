//! The scripts' objects as plain figures: counters, what lingers, and the collector's slices. Decides nothing; when to look
//! and what to free is the [sampling](crate::sampling)'s business.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Instant,
};

use linger_heap::{
    Census, CollectionRecord, Counters, ExplainOptions, Explanation, Group, PassReason, Phase, Policy, Reason,
    Settings, Step, Unreachable,
};
use linger_profile::{
    CollectorPhase, Counts, LingeringFigure, LingeringGroup, PassRecord, PauseReason, PauseRecord, PhaseNanos, Tally,
};

use super::{ScriptHost, limit};
use crate::{
    config::{CollectPolicy, LingerConfig},
    profiler::nanos,
};

/// Groups of lingering objects that are spelled out.
const MOST_GROUPS: usize = 20;
/// Objects explained at first, until it is known how long that takes.
const FIRST_EXPLAINED: usize = 1_000;
/// Objects explained at least: fewer make no group.
const LEAST_EXPLAINED: usize = 200;

/// What a census found.
#[derive(Debug, Default)]
pub struct CensusFigures {
    /// All that lingers.
    pub lingering: Tally,
    /// The same by the runtime's number of the type.
    pub types: Vec<(usize, Tally)>,
    /// The same by the runtime's number of the allocation site.
    pub sites: Vec<(usize, Tally)>,
    /// The same by cycle.
    pub groups: Vec<LingeringGroup>,
    /// Objects looked at.
    pub examined: u64,
    /// Objects that the groups were made of.
    pub explained_objects: u64,
    /// How long scripts stood still for it.
    pub pause_nanos: u64,
}

/// What one slice of the collector did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CollectorStep {
    /// How long scripts stood still for it.
    pub pause_nanos: u64,
    /// Objects looked at: candidates and marked ones.
    pub examined: u64,
    /// Lingering objects freed.
    pub freed_objects: u64,
    /// Objects freed that were dropped earlier, and more of them than a drop frees at once.
    pub freed_late: u64,
    /// The bytes of both.
    pub freed_bytes: u64,
    /// A pass began in it, and why.
    pub pass_began: Option<linger_profile::PassReason>,
    /// The pass that ended in it.
    pub pass_ended: Option<PassRecord>,
}

impl CollectorStep {
    /// Whether it did anything that a person might want to see.
    pub fn worked(&self) -> bool {
        self.examined + self.freed_objects + self.freed_late > 0 || self.pass_ended.is_some()
    }
}

/// What is remembered between looks.
#[derive(Debug)]
pub(super) struct MemoryState {
    /// Objects that can be explained within the time given.
    explained_at_once: usize,
    /// The limit that the heap was last told.
    freed_at_once: u64,
}

impl Default for MemoryState {
    fn default() -> Self {
        Self { explained_at_once: FIRST_EXPLAINED, freed_at_once: 0 }
    }
}

impl ScriptHost {
    /// The counters of all objects.
    pub fn totals(&self) -> Counts {
        counts(self.vm.heap().totals())
    }

    /// Visits the counters by type, with the runtime's number and the type's name.
    pub fn visit_types(&self, mut visit: impl FnMut(usize, &str, Counts)) {
        let heap = self.vm.heap();
        for (index, row) in heap.type_rows().into_iter().enumerate() {
            visit(index, &heap.type_name(heap.type_at(index)), counts(row));
        }
    }

    /// Visits the counters by allocation site.
    pub fn visit_sites(&self, mut visit: impl FnMut(usize, &str, u32, Counts)) {
        let heap = self.vm.heap();
        for (index, row) in heap.site_rows().into_iter().enumerate() {
            let (file, line) = heap.site_place(heap.site_at(index));
            visit(index, &file, line, counts(row));
        }
    }

    /// Tells the heap what the configuration says of collecting. Costs next to nothing where nothing changed.
    pub fn configure(&mut self, config: &LingerConfig) {
        let heap = self.vm.heap();
        heap.set_settings(Settings {
            policy: match config.policy {
                CollectPolicy::Observe => Policy::Observe,
                CollectPolicy::Automatic => Policy::Automatic,
                CollectPolicy::Manual => Policy::Manual,
            },
            pass_allocations: config.pass_after_allocations.max(1),
            pass_frames: config.pass_after_frames.max(1),
        });
        let freed_at_once = u64::from(config.free_at_once_objects);
        if self.memory.freed_at_once != freed_at_once {
            self.memory.freed_at_once = freed_at_once;
            heap.defer_freeing(limit(freed_at_once));
        }
    }

    /// Works on what lingers for about `budget_micros`: looks at what lost a reference, goes on with the pass over the whole
    /// heap, and frees what the policy allows. To be called when no script runs.
    pub fn collect_step(&mut self, budget_micros: u32) -> CollectorStep {
        let record = self.vm.collect_step(u64::from(budget_micros) * 1_000);
        CollectorStep {
            pause_nanos: record.pause_nanos,
            examined: record.candidates + record.marked,
            freed_objects: record.freed_objects,
            freed_late: record.freed_deferred,
            freed_bytes: record.freed_bytes,
            pass_began: record.pass_began.map(profile_pass_reason),
            pass_ended: record.pass_ended.map(|pass| PassRecord {
                reason: profile_pass_reason(pass.reason),
                first_frame: u64::from(pass.first_frame),
                last_frame: u64::from(pass.last_frame),
                slices: u64::from(pass.slices),
                marked: pass.marked,
                found_objects: pass.found_objects,
                found_bytes: pass.found_bytes,
                work_nanos: pass.work_nanos,
                longest_slice_nanos: pass.longest_slice_nanos,
            }),
        }
    }

    /// Has the collector begin a pass over the whole heap with its next slice, whatever the policy.
    pub fn request_pass(&mut self) {
        self.vm.heap().request_pass();
    }

    /// Has the collector free in its next slices what is found by now, whatever the policy.
    pub fn request_drain(&mut self) {
        self.vm.heap().request_drain();
    }

    /// Frees what lingers, in one stop. The pause is among the next [`ScriptHost::drain_pauses`].
    pub fn collect_full(&mut self) {
        self.vm.collect(Reason::Host);
    }

    /// Leaves the objects that exist now out of all that follows, for instance when a level has been loaded: what lives as
    /// long as the level need not be marked in each pass.
    pub fn freeze(&mut self) {
        self.vm.heap().freeze();
    }

    /// Takes back what was frozen.
    pub fn unfreeze(&mut self) {
        self.vm.heap().unfreeze();
    }

    /// What the current pass does, and how far it is, from 0 to 1.
    pub fn pass_progress(&self) -> (CollectorPhase, f32) {
        let (phase, progress) = self.vm.heap().pass_progress();
        let phase = match phase {
            Phase::Idle => CollectorPhase::Idle,
            Phase::Arm | Phase::Frozen => CollectorPhase::Roots,
            Phase::Mark => CollectorPhase::Mark,
            Phase::Sweep => CollectorPhase::Sweep,
        };
        (phase, progress)
    }

    /// Whether objects that were dropped wait to be freed by the next slices.
    pub fn frees_late(&self) -> bool {
        self.vm.heap().has_deferred()
    }

    /// What is known to linger at the end of `frame`, without stopping to look.
    pub fn lingering(&self, frame: u64) -> LingeringFigure {
        let known = self.vm.heap().lingering();
        LingeringFigure {
            low_objects: known.low.objects,
            high_objects: known.high.objects,
            low_bytes: known.low.bytes,
            high_bytes: known.high.bytes,
            exact: known.exact,
            as_of_frame: frame,
            complete_to_frame: known.complete_to_frame.map(u64::from),
        }
    }

    /// Visits what is known to linger by the runtime's number of the type.
    pub fn visit_lingering_types(&self, mut visit: impl FnMut(usize, Tally)) {
        self.vm.heap().lingering_by_type().into_iter().for_each(|(id, of_type)| visit(id.index(), tally(of_type)));
    }

    /// Visits what is known to linger by the runtime's number of the allocation site.
    pub fn visit_lingering_sites(&self, mut visit: impl FnMut(usize, Tally)) {
        self.vm.heap().lingering_by_site().into_iter().for_each(|(id, of_site)| visit(id.index(), tally(of_site)));
    }

    /// Spells out the cycles of what is known to linger. Of more objects than can be explained in about `budget_micros` it
    /// takes the first so many.
    pub fn explain(&mut self, budget_micros: u32) -> CensusFigures {
        let start = Instant::now();
        let limit = self.memory.explained_at_once;
        let objects = self.vm.heap().lingering_objects(limit);
        let explained = objects.objects.len();
        let groups = self.groups(&objects);
        drop(objects);
        let pause_nanos = nanos(start);
        // As many as would just have fitted, but not twice as many at once: the next ones may be dearer.
        if explained >= limit / 2 {
            let budget_nanos = u64::from(budget_micros) * 1_000;
            let fitting = explained as u64 * budget_nanos / pause_nanos.max(1);
            self.memory.explained_at_once = (fitting as usize).clamp(LEAST_EXPLAINED, limit.max(LEAST_EXPLAINED) * 2);
        }
        CensusFigures {
            groups,
            examined: explained as u64,
            explained_objects: explained as u64,
            pause_nanos,
            ..CensusFigures::default()
        }
    }

    /// Counts what lingers, exactly and in one stop, and frees nothing.
    pub fn census(&mut self) -> CensusFigures {
        let start = Instant::now();
        let garbage = self.vm.heap().find_unreachable();
        let census = Census::of(&garbage);
        let groups = self.groups(&garbage);
        drop(garbage);
        let by_type = census.by_type.iter();
        let by_site = census.by_site.iter();
        CensusFigures {
            lingering: tally(census.lingering),
            types: by_type.map(|(id, of_type)| (id.index(), tally(*of_type))).collect(),
            sites: by_site.map(|(id, of_site)| (id.index(), tally(*of_site))).collect(),
            groups,
            examined: census.examined,
            explained_objects: census.lingering.objects,
            pause_nanos: nanos(start),
        }
    }

    fn groups(&self, garbage: &Unreachable) -> Vec<LingeringGroup> {
        let options = ExplainOptions { max_groups: MOST_GROUPS, ..ExplainOptions::default() };
        let vm = &self.vm;
        let Explanation { groups, .. } = vm.heap().explain(garbage, &options, vm);
        groups.into_iter().map(|group| self.profile_group(group)).collect()
    }

    fn profile_group(&self, group: Group) -> LingeringGroup {
        let cycle: Vec<_> = group.cycle.iter().map(Step::spelled).collect();
        // Groups are told apart by what a person can see of them.
        let mut fingerprint = DefaultHasher::new();
        (&cycle, &group.place, &group.cut.text).hash(&mut fingerprint);
        LingeringGroup {
            fingerprint: fingerprint.finish(),
            objects: group.total.objects,
            bytes: group.total.bytes,
            cycle,
            site: group.place,
            cut: group.cut.text,
            cut_reference: group.cut.reference,
            age_frames: self.frame.saturating_sub(u64::from(group.oldest_birth_frame)),
            new_since_mark: 0,
            culprits: group.culprits.objects,
            victims: group.victims.objects,
        }
    }

    /// Hands over the pauses since it was last asked, for collections in one stop. `started` is the moment from which the
    /// profile counts.
    pub fn drain_pauses(&mut self, frame: u64, started: Instant, mut each: impl FnMut(PauseRecord)) {
        let records = self.vm.take_records();
        // The machine says how long each was and not when: they are put one after the other, the last ending now.
        let total_nanos: u64 = records.iter().map(|record| record.pause_nanos).sum();
        let mut start_nanos = nanos(started).saturating_sub(total_nanos);
        for record in records {
            each(profile_pause(record, frame, start_nanos));
            start_nanos += record.pause_nanos;
        }
    }
}

fn counts(row: Counters) -> Counts {
    Counts {
        allocated: row.allocated,
        freed_by_count: row.freed_by_count,
        freed_by_collector: row.freed_by_collector,
        live: row.live,
        bytes: row.live_bytes,
    }
}

fn tally(tally: linger_heap::Tally) -> Tally {
    Tally { objects: tally.objects, bytes: tally.bytes }
}

fn profile_pass_reason(reason: PassReason) -> linger_profile::PassReason {
    match reason {
        PassReason::Request => linger_profile::PassReason::Request,
        PassReason::Allocations => linger_profile::PassReason::Allocations,
        PassReason::Frames => linger_profile::PassReason::Frames,
    }
}

fn profile_pause(record: CollectionRecord, frame: u64, start_nanos: u64) -> PauseRecord {
    PauseRecord {
        frame,
        start_nanos,
        pause_nanos: record.pause_nanos,
        reason: match record.reason {
            Reason::Script => PauseReason::Script,
            Reason::Host => PauseReason::Request,
            Reason::Automatic => PauseReason::Threshold,
        },
        examined: record.examined,
        freed_objects: record.freed_objects,
        freed_bytes: record.freed_bytes,
        phases: PhaseNanos {
            mark_nanos: record.phases.mark_nanos,
            subtract_nanos: record.phases.subtract_nanos,
            finalize_nanos: record.phases.finalize_nanos,
            clear_nanos: record.phases.clear_nanos,
        },
    }
}
