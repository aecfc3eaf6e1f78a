//! A time during which scripts stood still.
//!
//! Not the gap between two collections: that is an interval, and interesting to nobody's player.

/// What scripts stood still for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PauseReason {
    /// A script called `gc.collect()`.
    Script,
    /// A person asked for it, or the host's code did.
    Request,
    /// An allocation threshold was passed.
    Threshold,
    /// One slice of a pass spread over frames.
    Slice,
    /// A census: it looks and frees nothing.
    Census,
    /// Reference counting freed a large graph at one stroke.
    Cascade,
    /// The session's end.
    Exit,
}

impl PauseReason {
    /// Every reason.
    pub const ALL: [Self; 7] =
        [Self::Script, Self::Request, Self::Threshold, Self::Slice, Self::Census, Self::Cascade, Self::Exit];

    /// The word for it in logs and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Request => "request",
            Self::Threshold => "threshold",
            Self::Slice => "slice",
            Self::Census => "census",
            Self::Cascade => "cascade",
            Self::Exit => "exit",
        }
    }

    /// The reason of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// Whether the pause was taken in order to free something.
    pub fn means_to_free(self) -> bool {
        match self {
            Self::Script | Self::Request | Self::Threshold | Self::Exit => true,
            // A slice may end before its pass comes to freeing; a cascade frees by definition.
            Self::Slice | Self::Census | Self::Cascade => false,
        }
    }
}

/// A pause's time by what was done in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PhaseNanos {
    /// Marking what is reachable.
    pub mark_nanos: u64,
    /// Subtracting internal references.
    pub subtract_nanos: u64,
    /// Calling finalizers.
    pub finalize_nanos: u64,
    /// Freeing.
    pub clear_nanos: u64,
}

/// One pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PauseRecord {
    /// The frame it fell into.
    pub frame: u64,
    /// When it began, since the session's start.
    pub start_nanos: u64,
    /// How long it was.
    pub pause_nanos: u64,
    /// What it was for.
    pub reason: PauseReason,
    /// Objects looked at.
    pub examined: u64,
    /// Objects freed.
    pub freed_objects: u64,
    /// Their bytes.
    pub freed_bytes: u64,
    /// Its time by phase.
    pub phases: PhaseNanos,
}

impl PauseRecord {
    /// When it ended, since the session's start.
    pub fn end_nanos(&self) -> u64 {
        self.start_nanos.saturating_add(self.pause_nanos)
    }

    /// Whether the pause bought next to nothing: it was meant to free objects, and freed fewer than
    /// one in a hundred of those it examined.
    pub fn useless(&self) -> bool {
        self.reason.means_to_free() && self.freed_objects.saturating_mul(100) < self.examined
    }

    /// The pause as a share of the time that a frame may take: 1 is all of it.
    pub fn share_of(&self, frame_budget_nanos: u64) -> f32 {
        self.pause_nanos as f32 / frame_budget_nanos.max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(reason: PauseReason, examined: u64, freed_objects: u64) -> PauseRecord {
        PauseRecord {
            frame: 0,
            start_nanos: 0,
            pause_nanos: 1,
            reason,
            examined,
            freed_objects,
            freed_bytes: 0,
            phases: PhaseNanos::default(),
        }
    }

    #[test]
    fn useless_is_a_collection_that_freed_under_a_hundredth() {
        assert!(pause(PauseReason::Script, 1_000, 9).useless());
        assert!(!pause(PauseReason::Script, 1_000, 10).useless());
        assert!(!pause(PauseReason::Script, 0, 0).useless());
    }

    #[test]
    fn a_census_is_never_useless() {
        assert!(!pause(PauseReason::Census, 1_000, 0).useless());
    }

    #[test]
    fn names_lead_back_to_reasons() {
        for reason in PauseReason::ALL {
            assert_eq!(PauseReason::from_name(reason.name()), Some(reason));
        }
    }

    #[test]
    fn share_is_of_the_frame_budget_and_survives_none() {
        let record = PauseRecord { pause_nanos: 4_000_000, ..pause(PauseReason::Script, 1, 1) };
        assert_eq!(record.share_of(16_000_000), 0.25);
        assert!(record.share_of(0).is_finite());
    }
}
