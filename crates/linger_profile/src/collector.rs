//! What the collector is doing and what it was told to do.
//!
//! Knows no collector: only the words and figures one reports about itself.

/// What may be done about lingering objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Detect, free nothing. What one wants while looking for leaks.
    #[default]
    Observe,
    /// Detect, and free within the budget of each frame.
    Automatic,
    /// Neither detect nor free until asked.
    Manual,
}

impl Policy {
    /// Every policy, in the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::Observe, Self::Automatic, Self::Manual];

    /// The word for it in logs, settings and on buttons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }

    /// The policy of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// Where in its work the collector stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CollectorPhase {
    /// No pass is under way; what lost a reference lately is still looked at.
    #[default]
    Idle,
    /// Gathering the objects that are kept for good as places to start from.
    Roots,
    /// Marking what is reachable.
    Mark,
    /// Looking for what was not marked.
    Sweep,
}

impl CollectorPhase {
    /// Every phase, in the order in which a pass goes through them.
    pub const ALL: [Self; 4] = [Self::Idle, Self::Roots, Self::Mark, Self::Sweep];

    /// The word for it in logs and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Roots => "roots",
            Self::Mark => "mark",
            Self::Sweep => "sweep",
        }
    }
}

/// Why a pass over the whole heap began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PassReason {
    /// It was asked for.
    Request,
    /// Enough was allocated since the last one.
    Allocations,
    /// Enough frames went by, and the figure was not exact.
    #[default]
    Frames,
}

impl PassReason {
    /// The word for it in logs and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Allocations => "allocations",
            Self::Frames => "frames",
        }
    }
}

/// A pass over the whole heap that came to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PassRecord {
    /// Why it began.
    pub reason: PassReason,
    /// The frame in which it began.
    pub first_frame: u64,
    /// The frame in which it ended.
    pub last_frame: u64,
    /// Slices that worked on it.
    pub slices: u64,
    /// Objects that it marked as reachable.
    pub marked: u64,
    /// Objects that it found to linger, besides those known before.
    pub found_objects: u64,
    /// Their bytes.
    pub found_bytes: u64,
    /// Time spent on it, all slices together.
    pub work_nanos: u64,
    /// The longest of the slices.
    pub longest_slice_nanos: u64,
}

impl PassRecord {
    /// Whether the pass found next to nothing: under one in a thousand of the objects it looked at.
    pub fn useless(&self) -> bool {
        self.found_objects.saturating_mul(1_000) < self.marked
    }
}

/// The collector's settings and its place in the current pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CollectorStatus {
    /// What it may do.
    pub policy: Policy,
    /// How long a slice of its work may take in a frame.
    pub budget_micros: u32,
    /// Where it stands.
    pub phase: CollectorPhase,
    /// How far the current pass has come, from 0 to 1. Meaningless while idle.
    pub progress: f32,
    /// What started the current pass, or the last one while idle.
    pub reason: PassReason,
    /// Objects that were dropped and wait for their turn to be freed.
    pub waits_to_be_freed: bool,
    /// Objects that the groups of what lingers were made of; fewer than linger when they are too many to explain unseen.
    pub explained_objects: u64,
}

impl Default for CollectorStatus {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            budget_micros: 300,
            phase: CollectorPhase::default(),
            progress: 0.0,
            reason: PassReason::default(),
            waits_to_be_freed: false,
            explained_objects: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_useless_when_it_finds_under_a_thousandth() {
        let pass = PassRecord { marked: 10_000, found_objects: 9, ..PassRecord::default() };
        assert!(pass.useless());
        assert!(!PassRecord { found_objects: 10, ..pass }.useless());
        assert!(!PassRecord::default().useless(), "nothing to look at");
    }
}
