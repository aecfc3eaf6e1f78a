//! The frames and pauses of a session, bounded.
//!
//! Keeps the latest in rings and the worst apart, so that a spike is still there when somebody looks.

use crate::frame::FrameSample;
use crate::histogram::{PauseFigures, PauseHistogram};
use crate::pause::PauseRecord;
use crate::ring::{Ring, Worst};

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistorySettings {
    /// Latest frames: 7,200 are two minutes at 60 a second and take about one megabyte.
    pub frames: usize,
    /// Slowest frames of the session.
    pub slowest_frames: usize,
    /// Latest pauses.
    pub pauses: usize,
    /// Longest pauses of the session.
    pub longest_pauses: usize,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self { frames: 7_200, slowest_frames: 64, pauses: 8_192, longest_pauses: 64 }
    }
}

/// What was seen, frame by frame and pause by pause.
#[derive(Clone, Debug)]
pub struct History {
    frames: Ring<FrameSample>,
    slowest_frames: Worst<FrameSample>,
    pauses: Ring<PauseRecord>,
    longest_pauses: Worst<PauseRecord>,
    pause_histogram: PauseHistogram,
    frame_count: u64,
}

/// The pauses of the last while, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecentPauses {
    /// How many there were.
    pub count: u64,
    /// How long they were together.
    pub total_nanos: u64,
    /// The longest.
    pub worst: Option<PauseRecord>,
}

impl Default for History {
    fn default() -> Self {
        Self::new(HistorySettings::default())
    }
}

impl History {
    /// An empty history, with all the memory it will ever use.
    pub fn new(settings: HistorySettings) -> Self {
        Self {
            frames: Ring::new(settings.frames),
            slowest_frames: Worst::new(settings.slowest_frames),
            pauses: Ring::new(settings.pauses),
            longest_pauses: Worst::new(settings.longest_pauses),
            pause_histogram: PauseHistogram::default(),
            frame_count: 0,
        }
    }

    /// Adds the latest frame.
    pub fn push_frame(&mut self, sample: FrameSample) {
        self.slowest_frames.offer(sample.frame_nanos, sample);
        self.frames.push(sample);
        self.frame_count += 1;
    }

    /// Adds the latest pause.
    pub fn push_pause(&mut self, pause: PauseRecord) {
        self.longest_pauses.offer(pause.pause_nanos, pause);
        self.pause_histogram.record(pause.pause_nanos);
        self.pauses.push(pause);
    }

    /// The latest frames.
    pub fn frames(&self) -> &Ring<FrameSample> {
        &self.frames
    }

    /// The slowest frames of the session.
    pub fn slowest_frames(&self) -> &Worst<FrameSample> {
        &self.slowest_frames
    }

    /// The latest pauses.
    pub fn pauses(&self) -> &Ring<PauseRecord> {
        &self.pauses
    }

    /// The longest pauses of the session.
    pub fn longest_pauses(&self) -> &Worst<PauseRecord> {
        &self.longest_pauses
    }

    /// All pauses of the session by length.
    pub fn pause_histogram(&self) -> &PauseHistogram {
        &self.pause_histogram
    }

    /// p50, p99, p99.9 and the longest of all pauses of the session.
    pub fn pause_figures(&self) -> PauseFigures {
        self.pause_histogram.figures()
    }

    /// How many frames were ever seen.
    pub fn frame_count(&self) -> u64 {
        self.frame_count
    }

    /// The latest frame.
    pub fn latest_frame(&self) -> Option<&FrameSample> {
        self.frames.latest()
    }

    /// The latest moment known, since the session's start: of a frame, or of a pause after it.
    pub fn now_nanos(&self) -> u64 {
        let frame_nanos = self.frames.latest().map_or(0, |sample| sample.time_nanos);
        let pause_nanos = self.pauses.latest().map_or(0, PauseRecord::end_nanos);
        frame_nanos.max(pause_nanos)
    }

    /// The pauses that ended in the last `window_nanos`, recomputed from the ring.
    pub fn recent_pauses(&self, window_nanos: u64) -> RecentPauses {
        let since_nanos = self.now_nanos().saturating_sub(window_nanos);
        let mut recent = RecentPauses::default();
        let in_window = self.pauses.iter().rev();
        for pause in in_window.take_while(|pause| pause.end_nanos() >= since_nanos) {
            recent.count += 1;
            recent.total_nanos = recent.total_nanos.saturating_add(pause.pause_nanos);
            if recent.worst.is_none_or(|worst| worst.pause_nanos < pause.pause_nanos) {
                recent.worst = Some(*pause);
            }
        }
        recent
    }

    /// The mean of a figure over the latest `count` frames, recomputed each time; 0 without frames.
    pub fn mean_of(&self, count: usize, figure: impl Fn(&FrameSample) -> u64) -> u64 {
        let frames = self.frames.last(count);
        let count = frames.len().max(1) as u128;
        let sum: u128 = frames.map(|sample| u128::from(figure(sample))).sum();
        u64::try_from(sum / count).unwrap_or(u64::MAX)
    }

    /// Forgets everything, and keeps the memory.
    pub fn clear(&mut self) {
        self.frames.clear();
        self.slowest_frames.clear();
        self.pauses.clear();
        self.longest_pauses.clear();
        self.pause_histogram.clear();
        self.frame_count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::{PauseReason, PhaseNanos};

    const SECOND: u64 = 1_000_000_000;

    fn pause(start_nanos: u64, pause_nanos: u64) -> PauseRecord {
        PauseRecord {
            frame: 0,
            start_nanos,
            pause_nanos,
            reason: PauseReason::Request,
            examined: 0,
            freed_objects: 0,
            freed_bytes: 0,
            phases: PhaseNanos::default(),
        }
    }

    fn frame(frame: u64, frame_nanos: u64) -> FrameSample {
        FrameSample { frame, frame_nanos, time_nanos: frame * SECOND, ..FrameSample::default() }
    }

    #[test]
    fn a_spike_outlives_the_ring() {
        let settings = HistorySettings { frames: 4, slowest_frames: 2, ..Default::default() };
        let mut history = History::new(settings);
        history.push_frame(frame(0, 500));
        for number in 1..100 {
            history.push_frame(frame(number, 16));
        }
        assert!(history.frames().iter().all(|sample| sample.frame_nanos == 16));
        assert_eq!(history.slowest_frames().worst().map(|sample| sample.frame), Some(0));
        assert_eq!(history.frame_count(), 100);
    }

    #[test]
    fn recent_pauses_forget_what_left_the_window() {
        let mut history = History::default();
        history.push_pause(pause(SECOND, 9_000));
        history.push_pause(pause(8 * SECOND, 2_000));
        history.push_pause(pause(12 * SECOND, 3_000));
        let recent = history.recent_pauses(10 * SECOND);
        assert_eq!(recent.count, 2);
        assert_eq!(recent.total_nanos, 5_000);
        assert_eq!(recent.worst.map(|worst| worst.pause_nanos), Some(3_000));
        assert_eq!(history.pause_figures().max_nanos, 9_000);
    }

    #[test]
    fn the_window_moves_with_frames_even_without_pauses() {
        let mut history = History::default();
        history.push_pause(pause(0, 9_000));
        history.push_frame(frame(20, 16));
        assert_eq!(history.recent_pauses(10 * SECOND), RecentPauses::default());
    }

    #[test]
    fn means_are_of_the_frames_asked_for() {
        let mut history = History::default();
        assert_eq!(history.mean_of(3, |sample| sample.frame_nanos), 0);
        for nanos in [1_000, 10, 20, 30] {
            history.push_frame(frame(0, nanos));
        }
        assert_eq!(history.mean_of(3, |sample| sample.frame_nanos), 20);
    }

    #[test]
    fn clearing_forgets_all_figures() {
        let mut history = History::default();
        history.push_pause(pause(0, 9_000));
        history.push_frame(frame(1, 16));
        history.clear();
        assert_eq!(history.pause_figures(), PauseFigures::default());
        assert_eq!(history.frame_count(), 0);
        assert!(history.longest_pauses().worst().is_none());
    }
}
