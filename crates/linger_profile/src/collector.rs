//! What the collector is doing and what it was told to do.
//!
//! Knows no collector: only the words and figures one reports about itself.

use crate::pause::PauseReason;

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
    /// Nothing under way.
    #[default]
    Idle,
    /// Looking at what was allocated lately.
    Young,
    /// Marking what is reachable, all of the heap.
    Mark,
    /// Subtracting internal references to find what nothing holds from outside.
    Subtract,
    /// Calling finalizers.
    Finalize,
    /// Freeing what was found.
    Clear,
}

impl CollectorPhase {
    /// Every phase, in the order in which a pass goes through them.
    pub const ALL: [Self; 6] = [Self::Idle, Self::Young, Self::Mark, Self::Subtract, Self::Finalize, Self::Clear];

    /// The word for it in logs and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Young => "young",
            Self::Mark => "mark",
            Self::Subtract => "subtract",
            Self::Finalize => "finalize",
            Self::Clear => "clear",
        }
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
    pub reason: PauseReason,
}

impl Default for CollectorStatus {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            budget_micros: 300,
            phase: CollectorPhase::default(),
            progress: 0.0,
            reason: PauseReason::Census,
        }
    }
}
