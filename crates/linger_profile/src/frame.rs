//! One frame as the profiler saw it.
//!
//! Does not know how a frame is driven: whoever samples fills it in once the frame is over.

use crate::lingering::LingeringFigure;

/// The figures of one frame, small and `Copy` so that thousands can be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FrameSample {
    /// The frame's number.
    pub frame: u64,
    /// When it was sampled, since the session's start.
    pub time_nanos: u64,
    /// How long the frame took, from one frame's start to the next.
    pub frame_nanos: u64,
    /// The part of it spent in scripts.
    pub script_nanos: u64,
    /// The part of it during which scripts stood still for the collector or the census.
    pub pause_nanos: u64,
    /// What sampling cost: the profiler's own cost, part one.
    pub sampling_nanos: u64,
    /// What the overlay cost: the profiler's own cost, part two.
    pub overlay_nanos: u64,
    /// Bytes of live script objects at its end.
    pub heap_bytes: u64,
    /// Live script objects at its end, lingering ones included.
    pub live_objects: u64,
    /// Objects made during it.
    pub allocated: u64,
    /// Objects that reference counting freed during it.
    pub freed_by_count: u64,
    /// Objects that the collector freed during it.
    pub freed_by_collector: u64,
    /// What lingers.
    pub lingering: LingeringFigure,
}

impl FrameSample {
    /// What the profiler itself cost in this frame.
    pub fn own_nanos(&self) -> u64 {
        self.sampling_nanos + self.overlay_nanos
    }

    /// Whether the live objects at this frame's end are those of the frame before, plus what was
    /// made, less what was freed: the accounting identity from frame to frame.
    pub fn follows(&self, previous: &Self) -> bool {
        let gained = i128::from(previous.live_objects) + i128::from(self.allocated);
        let lost = i128::from(self.freed_by_count) + i128::from(self.freed_by_collector);
        gained - lost == i128::from(self.live_objects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_follows_when_its_objects_are_accounted_for() {
        let before = FrameSample { live_objects: 100, ..FrameSample::default() };
        let mut after = FrameSample {
            live_objects: 103,
            allocated: 10,
            freed_by_count: 5,
            freed_by_collector: 2,
            ..FrameSample::default()
        };
        assert!(after.follows(&before));
        after.live_objects += 1;
        assert!(!after.follows(&before));
    }
}
