//! Summing frames up, so that a long session's log stays small.

use linger_profile::{FrameSample, LingeringFigure};

use crate::emit;
use crate::record::{LingeringSpan, Summary};

impl From<LingeringFigure> for LingeringSpan {
    fn from(figure: LingeringFigure) -> Self {
        let LingeringFigure { low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame } =
            figure;
        Self { low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame }
    }
}

/// Emits one summary for every so many frames, or each frame itself.
#[derive(Clone, Debug)]
pub struct FrameSummarizer {
    every_frames: u64,
    last_frame: u64,
    summary: Summary,
}

impl FrameSummarizer {
    /// One record for every `every_frames` frames; at 1 (or 0) each frame has its own.
    pub fn new(every_frames: u64) -> Self {
        Self { every_frames: every_frames.max(1), last_frame: 0, summary: Summary::default() }
    }

    /// Takes one frame in, and emits a record when there are enough.
    pub fn push(&mut self, sample: &FrameSample) {
        if self.every_frames == 1 {
            emit::frame(sample);
            return;
        }
        self.add(sample);
        if self.summary.frames >= self.every_frames {
            self.finish();
        }
    }

    /// Emits what was taken in since the last record, if anything. Call it at the session's end.
    pub fn finish(&mut self) {
        if self.summary.frames > 0 {
            emit::summary(self.last_frame, &self.summary);
            self.summary = Summary::default();
        }
    }

    fn add(&mut self, sample: &FrameSample) {
        let sum = &mut self.summary;
        if sum.frames == 0 {
            sum.first_frame = sample.frame;
        }
        self.last_frame = sample.frame;
        sum.frames += 1;
        sum.frame_nanos_sum += sample.frame_nanos;
        sum.frame_nanos_max = sum.frame_nanos_max.max(sample.frame_nanos);
        sum.script_nanos_sum += sample.script_nanos;
        sum.pause_nanos_sum += sample.pause_nanos;
        sum.pause_nanos_max = sum.pause_nanos_max.max(sample.pause_nanos);
        sum.own_nanos_sum += sample.own_nanos();
        sum.allocated += sample.allocated;
        sum.freed_by_count += sample.freed_by_count;
        sum.freed_by_collector += sample.freed_by_collector;
        sum.heap_bytes = sample.heap_bytes;
        sum.live_objects = sample.live_objects;
        sum.lingering = sample.lingering.into();
    }
}
