//! What can be set, and what a step reports.

/// What is done about garbage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// It is found and left where it is: for playtesting.
    #[default]
    Observe,
    /// It is found and freed, within the budget.
    Automatic,
    /// No pass begins and nothing is drained unless asked for. Candidates are still looked at.
    Manual,
}

/// How the collector works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What is done about garbage.
    pub policy: Policy,
    /// A pass begins when so many candidates for collection were allocated since the last one began,
    pub pass_allocations: u64,
    /// or so many frames after the last one ended, if the figure is not exact.
    pub pass_frames: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { policy: Policy::Observe, pass_allocations: 100_000, pass_frames: 30 }
    }
}

/// What a pass does now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Phase {
    /// No pass runs.
    #[default]
    Idle,
    /// What would not be heard of, if it lost a reference while objects are marked, is armed again.
    Arm,
    /// Frozen objects are gathered as roots.
    Frozen,
    /// Objects are marked from the roots.
    Mark,
    /// Unmarked objects are looked for.
    Sweep,
}

impl Phase {
    /// The phase in a word.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Arm => "arm",
            Phase::Frozen => "frozen",
            Phase::Mark => "mark",
            Phase::Sweep => "sweep",
        }
    }
}

/// Why a pass began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassReason {
    /// It was asked for.
    Request,
    /// Enough was allocated.
    Allocations,
    /// Enough frames went by, and the figure was not exact.
    Frames,
}

impl PassReason {
    /// The reason in a word.
    pub fn name(self) -> &'static str {
        match self {
            PassReason::Request => "request",
            PassReason::Allocations => "allocations",
            PassReason::Frames => "frames",
        }
    }
}

/// A pass that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassRecord {
    /// Why it began.
    pub reason: PassReason,
    /// The frame in which it began.
    pub first_frame: u32,
    /// The frame in which it ended.
    pub last_frame: u32,
    /// Steps that worked on it.
    pub slices: u32,
    /// Objects marked.
    pub marked: u64,
    /// Objects found to linger by the pass, besides those known before.
    pub found_objects: u64,
    /// Their bytes.
    pub found_bytes: u64,
    /// Time spent on it, in nanoseconds.
    pub work_nanos: u64,
    /// The longest slice, in nanoseconds.
    pub longest_slice_nanos: u64,
}

/// What one step did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepRecord {
    /// How long it took, in nanoseconds.
    pub pause_nanos: u64,
    /// What the pass did in it last.
    pub phase: Phase,
    /// Candidates looked at.
    pub candidates: u64,
    /// Objects found to linger by looking at candidates.
    pub found_objects: u64,
    /// Objects freed because their count had fallen to zero earlier.
    pub freed_deferred: u64,
    /// Found objects freed, and what hung on them.
    pub freed_objects: u64,
    /// Bytes that went with both.
    pub freed_bytes: u64,
    /// Objects marked.
    pub marked: u64,
    /// A pass began in this step, and why.
    pub pass_began: Option<PassReason>,
    /// The pass that ended in this step.
    pub pass_ended: Option<PassRecord>,
}
