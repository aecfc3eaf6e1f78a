//! The one thing that the overlay and the log read.
//!
//! Filled by whoever samples a runtime: [`Profile::push_frame`] and [`Profile::push_pause`] each
//! frame, the rows and groups as often as they are refreshed. Rows are addressed by the runtime's own
//! dense numbers for types and sites, so that refreshing them in place allocates nothing.

use crate::collector::{CollectorStatus, PassRecord};
use crate::counts::{AccountingError, Change, Counts, SiteRow, Tally, TypeRow};
use crate::frame::FrameSample;
use crate::history::{History, HistorySettings};
use crate::lingering::{LingeringFigure, LingeringGroup};
use crate::pause::PauseRecord;
use crate::ring::Ring;
use crate::script_error::ScriptError;
use crate::scripts::ScriptCosts;

const MARKS_KEPT: usize = 64;
const ALERTS_KEPT: usize = 256;
const ERRORS_KEPT: usize = 64;
const PASSES_KEPT: usize = 64;
/// 60 frames a second.
const DEFAULT_FRAME_BUDGET_NANOS: u64 = 16_666_667;

/// A moment that a person wants to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The frame at which it was set.
    pub frame: u64,
    /// When that was, since the session's start.
    pub time_nanos: u64,
    /// What it is called.
    pub label: String,
    /// What lingered then.
    pub lingering: LingeringFigure,
}

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// Lingering objects grow and grow.
    LingeringGrowth,
    /// A pause took more of the frame than it may.
    LongPause,
    /// The heap came near its limit, or reached it.
    HeapLimit,
    /// The heap's books don't balance: a defect of the runtime.
    Accounting,
    /// A script failed so often that it is left alone.
    ScriptDisabled,
    /// The game panicked.
    Panic,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::LingeringGrowth, Self::LongPause, Self::HeapLimit, Self::Accounting, Self::ScriptDisabled, Self::Panic];

    /// The word for it in logs and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::LingeringGrowth => "lingering_growth",
            Self::LongPause => "long_pause",
            Self::HeapLimit => "heap_limit",
            Self::Accounting => "accounting",
            Self::ScriptDisabled => "script_disabled",
            Self::Panic => "panic",
        }
    }

    /// The kind of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The frame in which it arose.
    pub frame: u64,
    /// When that was, since the session's start.
    pub time_nanos: u64,
    /// What it is about.
    pub kind: AlertKind,
    /// What happened, in a sentence.
    pub message: String,
}

/// The rows as they were when the last mark was set.
#[derive(Clone, Debug, Default)]
struct Baseline {
    types: Vec<(Counts, Tally)>,
    sites: Vec<(Counts, Tally)>,
    /// Sorted by fingerprint.
    groups: Vec<(u64, u64)>,
}

/// Everything that was seen in one session.
#[derive(Clone, Debug)]
pub struct Profile {
    history: History,
    types: Vec<TypeRow>,
    sites: Vec<SiteRow>,
    groups: Vec<LingeringGroup>,
    marks: Ring<Mark>,
    alerts: Ring<Alert>,
    script_errors: Ring<ScriptError>,
    script_error_count: u64,
    passes: Ring<PassRecord>,
    pass_count: u64,
    baseline: Option<Baseline>,
    /// What entities' scripts cost; set by whoever samples.
    pub scripts: ScriptCosts,
    /// The collector's settings and place; set by whoever samples.
    pub collector: CollectorStatus,
    /// The time a frame may take; pauses are shown as shares of it.
    pub frame_budget_nanos: u64,
}

impl Default for Profile {
    fn default() -> Self {
        Self::new(HistorySettings::default())
    }
}

impl Profile {
    /// An empty profile that keeps so much history.
    pub fn new(settings: HistorySettings) -> Self {
        Self {
            history: History::new(settings),
            types: Vec::new(),
            sites: Vec::new(),
            groups: Vec::new(),
            marks: Ring::new(MARKS_KEPT),
            alerts: Ring::new(ALERTS_KEPT),
            script_errors: Ring::new(ERRORS_KEPT),
            script_error_count: 0,
            passes: Ring::new(PASSES_KEPT),
            pass_count: 0,
            baseline: None,
            scripts: ScriptCosts::default(),
            collector: CollectorStatus::default(),
            frame_budget_nanos: DEFAULT_FRAME_BUDGET_NANOS,
        }
    }

    /// Adds the latest frame.
    pub fn push_frame(&mut self, sample: FrameSample) {
        self.history.push_frame(sample);
    }

    /// Adds the latest pause.
    pub fn push_pause(&mut self, pause: PauseRecord) {
        self.history.push_pause(pause);
    }

    /// Adds the latest pass of the collector.
    pub fn push_pass(&mut self, pass: PassRecord) {
        self.passes.push(pass);
        self.pass_count += 1;
    }

    /// Sets the counters of the type with the runtime's number `index`. The name is copied only when
    /// it changed.
    pub fn update_type(&mut self, index: usize, name: &str, counts: Counts) {
        let row = row_mut(&mut self.types, index);
        if row.name != name {
            name.clone_into(&mut row.name);
        }
        row.counts = counts;
    }

    /// Sets the counters of the allocation site with the runtime's number `index`.
    pub fn update_site(&mut self, index: usize, file: &str, line: u32, counts: Counts) {
        let row = row_mut(&mut self.sites, index);
        if row.file != file {
            file.clone_into(&mut row.file);
        }
        row.line = line;
        row.counts = counts;
    }

    /// Forgets what lingers by type and by site, before a census's figures are set anew.
    pub fn clear_lingering(&mut self) {
        for row in &mut self.types {
            row.lingering = Tally::default();
        }
        for row in &mut self.sites {
            row.lingering = Tally::default();
        }
    }

    /// Sets what lingers of the type with that number.
    pub fn set_type_lingering(&mut self, index: usize, lingering: Tally) {
        row_mut(&mut self.types, index).lingering = lingering;
    }

    /// Sets what lingers of the site with that number.
    pub fn set_site_lingering(&mut self, index: usize, lingering: Tally) {
        row_mut(&mut self.sites, index).lingering = lingering;
    }

    /// Replaces the lingering groups; each one's `new_since_mark` is filled in here. Without a mark
    /// everything is new.
    pub fn set_groups(&mut self, mut groups: Vec<LingeringGroup>) {
        for group in &mut groups {
            let before = self.baseline.as_ref().map_or(0, |baseline| {
                baseline
                    .groups
                    .binary_search_by_key(&group.fingerprint, |(fingerprint, _)| *fingerprint)
                    .map_or(0, |place| baseline.groups[place].1)
            });
            group.new_since_mark = group.objects.saturating_sub(before);
        }
        self.groups = groups;
    }

    /// Sets a mark at the latest frame: from now on "new" means "since then". Returns it.
    pub fn set_mark(&mut self, label: &str) -> &Mark {
        let mut groups: Vec<(u64, u64)> = self.groups.iter().map(|group| (group.fingerprint, group.objects)).collect();
        groups.sort_unstable();
        self.baseline = Some(Baseline {
            types: self.types.iter().map(|row| (row.counts, row.lingering)).collect(),
            sites: self.sites.iter().map(|row| (row.counts, row.lingering)).collect(),
            groups,
        });
        for group in &mut self.groups {
            group.new_since_mark = 0;
        }
        let latest = self.history.latest_frame().copied().unwrap_or_default();
        self.marks.push(Mark {
            frame: latest.frame,
            time_nanos: latest.time_nanos,
            label: label.to_owned(),
            lingering: latest.lingering,
        });
        self.marks.latest().expect("a ring holds at least one value")
    }

    /// Adds an alert.
    pub fn push_alert(&mut self, alert: Alert) {
        self.alerts.push(alert);
    }

    /// Adds a script's error; one that came before is counted instead of listed twice. Returns
    /// whether it is new.
    pub fn push_script_error(&mut self, error: ScriptError) -> bool {
        let times = error.count.max(1);
        self.script_error_count += times;
        let known = self.script_errors.iter_mut().rev().find(|known| known.same_as(&error));
        if let Some(known) = known {
            known.frame = error.frame;
            known.time_nanos = error.time_nanos;
            known.count += times;
            return false;
        }
        self.script_errors.push(ScriptError { count: times, ..error });
        true
    }

    /// Forgets the script errors: a script was loaded anew.
    pub fn clear_script_errors(&mut self) {
        self.script_errors.clear();
    }

    /// Frames and pauses.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The latest frame.
    pub fn latest_frame(&self) -> Option<&FrameSample> {
        self.history.latest_frame()
    }

    /// What lingers, as of the latest frame.
    pub fn lingering(&self) -> LingeringFigure {
        self.latest_frame().map(|sample| sample.lingering).unwrap_or_default()
    }

    /// Objects by type, in the runtime's order. Rows of an unused number have an empty name.
    pub fn types(&self) -> &[TypeRow] {
        &self.types
    }

    /// Objects by allocation site, in the runtime's order. Unused rows have an empty file name.
    pub fn sites(&self) -> &[SiteRow] {
        &self.sites
    }

    /// Lingering objects by cycle, in the order in which they were given.
    pub fn groups(&self) -> &[LingeringGroup] {
        &self.groups
    }

    /// The marks that were set.
    pub fn marks(&self) -> &Ring<Mark> {
        &self.marks
    }

    /// The alerts that arose.
    pub fn alerts(&self) -> &Ring<Alert> {
        &self.alerts
    }

    /// The latest passes of the collector that came to their end.
    pub fn passes(&self) -> &Ring<PassRecord> {
        &self.passes
    }

    /// How many passes ever came to their end.
    pub fn pass_count(&self) -> u64 {
        self.pass_count
    }

    /// The errors of scripts, each once.
    pub fn script_errors(&self) -> &Ring<ScriptError> {
        &self.script_errors
    }

    /// How many errors scripts ever raised, repetitions and forgotten ones included.
    pub fn script_error_count(&self) -> u64 {
        self.script_error_count
    }

    /// What became of a type since the last mark, or `None` when none was set. A type that is newer
    /// than the mark is compared with nothing.
    pub fn type_change(&self, index: usize) -> Option<Change> {
        let row = self.types.get(index)?;
        let before = self.baseline.as_ref()?.types.get(index).copied().unwrap_or_default();
        Some(Change::between(before, (row.counts, row.lingering)))
    }

    /// What became of a site since the last mark, like [`Profile::type_change`].
    pub fn site_change(&self, index: usize) -> Option<Change> {
        let row = self.sites.get(index)?;
        let before = self.baseline.as_ref()?.sites.get(index).copied().unwrap_or_default();
        Some(Change::between(before, (row.counts, row.lingering)))
    }

    /// The sum of all types' counters.
    pub fn totals(&self) -> Counts {
        self.types.iter().fold(Counts::default(), |mut sum, row| {
            sum += row.counts;
            sum
        })
    }

    /// Checks that every type's counters add up.
    ///
    /// # Errors
    /// Names the first type for which `allocated = freed_by_count + freed_by_collector + live` does
    /// not hold.
    pub fn check_accounting(&self) -> Result<(), AccountingError> {
        match self.types.iter().find(|row| !row.counts.identity_holds()) {
            None => Ok(()),
            Some(TypeRow { name, counts, .. }) => Err(AccountingError { name: name.clone(), counts: *counts }),
        }
    }
}

fn row_mut<T: Default>(rows: &mut Vec<T>, index: usize) -> &mut T {
    if index >= rows.len() {
        rows.resize_with(index + 1, T::default);
    }
    &mut rows[index]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(allocated: u64, live: u64) -> Counts {
        Counts { allocated, freed_by_count: allocated - live, live, ..Counts::default() }
    }

    fn group(fingerprint: u64, objects: u64) -> LingeringGroup {
        LingeringGroup { fingerprint, objects, ..LingeringGroup::default() }
    }

    fn new_objects(profile: &Profile) -> Vec<u64> {
        profile.groups().iter().map(|group| group.new_since_mark).collect()
    }

    #[test]
    fn changes_are_counted_from_the_last_mark() {
        let mut profile = Profile::default();
        profile.update_type(0, "cell", counts(10, 4));
        assert_eq!(profile.type_change(0), None);
        profile.set_mark("level 2");
        profile.update_type(0, "cell", counts(15, 2));
        profile.update_type(1, "tuple", counts(3, 3));
        let cell = profile.type_change(0).map(|change| (change.allocated, change.live));
        let tuple = profile.type_change(1).map(|change| (change.allocated, change.live));
        assert_eq!((cell, tuple), (Some((5, -2)), Some((3, 3))));
    }

    #[test]
    fn groups_are_new_only_beyond_the_mark() {
        let mut profile = Profile::default();
        profile.set_groups(vec![group(9, 5), group(3, 2)]);
        assert_eq!(new_objects(&profile), [5, 2]);
        profile.set_mark("here");
        assert_eq!(new_objects(&profile), [0, 0]);
        profile.set_groups(vec![group(3, 1), group(4, 7), group(9, 8)]);
        assert_eq!(new_objects(&profile), [0, 7, 3]);
    }

    #[test]
    fn a_mark_carries_the_latest_frame() {
        let mut profile = Profile::default();
        profile.push_frame(FrameSample {
            frame: 7,
            time_nanos: 70,
            lingering: LingeringFigure::exact(3, 96, 7),
            ..FrameSample::default()
        });
        let mark = profile.set_mark("boss");
        assert_eq!((mark.frame, mark.lingering.low_objects), (7, 3));
        assert_eq!(mark.label, "boss");
    }

    #[test]
    fn the_same_error_is_listed_once_and_counted() {
        let mut profile = Profile::default();
        let error = |frame, message: &str| ScriptError {
            frame,
            file: "enemy.py".into(),
            line: 3,
            message: message.into(),
            ..ScriptError::default()
        };
        assert!(profile.push_script_error(error(1, "boom")));
        assert!(!profile.push_script_error(error(2, "boom")));
        assert!(profile.push_script_error(error(3, "bang")));
        let listed: Vec<_> = profile.script_errors().iter().map(|error| (error.count, error.frame)).collect();
        assert_eq!(listed, [(2, 2), (1, 3)]);
        assert_eq!(profile.script_error_count(), 3);
    }

    #[test]
    fn accounting_names_the_type_that_does_not_add_up() {
        let mut profile = Profile::default();
        profile.update_type(0, "cell", counts(4, 4));
        assert_eq!(profile.check_accounting(), Ok(()));
        profile.update_type(2, "tuple", Counts { allocated: 5, live: 4, ..Counts::default() });
        let message = profile.check_accounting().map_err(|error| error.to_string());
        assert_eq!(message, Err("tuple: 5 allocated, but 0 freed by count + 0 freed by the collector + 4 live".into()));
    }

    #[test]
    fn a_census_replaces_what_lingered() {
        let mut profile = Profile::default();
        profile.update_type(0, "cell", counts(4, 4));
        profile.set_type_lingering(0, Tally { objects: 2, bytes: 64 });
        profile.clear_lingering();
        assert_eq!(profile.types()[0].lingering, Tally::default());
        assert_eq!(profile.totals().live, 4);
    }
}
