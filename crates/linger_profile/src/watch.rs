//! When a person should be told to look.
//!
//! Watches a profile and raises alerts by rules that a game may change. It raises each kind again
//! only after a while: an alert that repeats each frame is noise.

use crate::frame::FrameSample;
use crate::profile::{Alert, AlertKind, Profile};

const SECOND_NANOS: u64 = 1_000_000_000;
/// Growth is looked for this often: it takes a walk over the history.
const GROWTH_INTERVAL_NANOS: u64 = SECOND_NANOS;
const KIND_COUNT: usize = AlertKind::ALL.len();

/// What is worth an alert.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlertRules {
    /// A pause that takes more than this share of the frame's budget; 1 is all of it.
    pub pause_share: f32,
    /// So many more lingering objects within the window, in each half of which they grew.
    pub growth_objects: u64,
    /// The window of growth.
    pub growth_window_nanos: u64,
    /// The heap's limit in bytes, if it has one; nine tenths of it are worth an alert.
    pub heap_limit_bytes: Option<u64>,
    /// How long a kind of alert stays silent after it was raised.
    pub quiet_nanos: u64,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            pause_share: 1.0,
            growth_objects: 1_000,
            growth_window_nanos: 10 * SECOND_NANOS,
            heap_limit_bytes: None,
            quiet_nanos: 30 * SECOND_NANOS,
        }
    }
}

/// Applies [`AlertRules`] from frame to frame.
#[derive(Clone, Debug, Default)]
pub struct AlertWatch {
    /// The rules; they may be changed at any time.
    pub rules: AlertRules,
    silent_until_nanos: [u64; KIND_COUNT],
    growth_due_nanos: u64,
}

impl AlertWatch {
    /// A watch by these rules.
    pub fn new(rules: AlertRules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Looks at the latest frame and returns what is worth an alert, at most one. Call it once after
    /// each frame was added; the caller adds the alert to the profile and says it where it should be
    /// said.
    pub fn check(&mut self, profile: &Profile) -> Option<Alert> {
        let sample = *profile.latest_frame()?;
        let (kind, message) = [Self::long_pause, Self::heap_limit, Self::lingering_growth]
            .into_iter()
            .find_map(|rule| rule(self, profile, &sample))?;
        self.silent_until_nanos[kind as usize] = sample.time_nanos.saturating_add(self.rules.quiet_nanos);
        Some(Alert { frame: sample.frame, time_nanos: sample.time_nanos, kind, message })
    }

    fn is_silent(&self, kind: AlertKind, sample: &FrameSample) -> bool {
        sample.time_nanos < self.silent_until_nanos[kind as usize]
    }

    fn long_pause(&mut self, profile: &Profile, sample: &FrameSample) -> Option<(AlertKind, String)> {
        let kind = AlertKind::LongPause;
        if self.is_silent(kind, sample) {
            return None;
        }
        let pauses = profile.history().pauses().iter().rev();
        let worst = pauses.take_while(|pause| pause.frame == sample.frame).max_by_key(|pause| pause.pause_nanos)?;
        let share = worst.share_of(profile.frame_budget_nanos);
        (share > self.rules.pause_share).then(|| {
            let message = format!(
                "scripts stood still for {} µs, {:.0}% of the frame, for: {}",
                worst.pause_nanos / 1_000,
                share * 100.0,
                worst.reason.name()
            );
            (kind, message)
        })
    }

    fn heap_limit(&mut self, _: &Profile, sample: &FrameSample) -> Option<(AlertKind, String)> {
        let kind = AlertKind::HeapLimit;
        let limit_bytes = self.rules.heap_limit_bytes?;
        if self.is_silent(kind, sample) || sample.heap_bytes < limit_bytes / 10 * 9 {
            return None;
        }
        let message = format!("the script heap has {} of its {} bytes", sample.heap_bytes, limit_bytes);
        Some((kind, message))
    }

    fn lingering_growth(&mut self, profile: &Profile, sample: &FrameSample) -> Option<(AlertKind, String)> {
        let kind = AlertKind::LingeringGrowth;
        if self.is_silent(kind, sample) || sample.time_nanos < self.growth_due_nanos {
            return None;
        }
        self.growth_due_nanos = sample.time_nanos.saturating_add(GROWTH_INTERVAL_NANOS);
        let window_nanos = self.rules.growth_window_nanos;
        let low_before = |nanos: u64| {
            let since_nanos = sample.time_nanos.checked_sub(nanos)?;
            let mut frames = profile.history().frames().iter().rev();
            frames.find(|frame| frame.time_nanos <= since_nanos).map(|frame| frame.lingering.low_objects)
        };
        let (start, middle) = (low_before(window_nanos)?, low_before(window_nanos / 2)?);
        let now = sample.lingering.low_objects;
        let grew = start < middle && middle < now && now - start >= self.rules.growth_objects;
        grew.then(|| {
            let seconds = window_nanos / SECOND_NANOS;
            let message = format!("lingering objects grew by {} to {now} within {seconds} s", now - start);
            (kind, message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lingering::LingeringFigure;
    use crate::pause::{PauseReason, PauseRecord, PhaseNanos};

    /// A second a frame, so that tests are short.
    fn push(profile: &mut Profile, frame: u64, lingering: u64) {
        profile.push_frame(FrameSample {
            frame,
            time_nanos: frame * SECOND_NANOS,
            lingering: LingeringFigure::exact(lingering, 0, frame),
            ..FrameSample::default()
        });
    }

    fn alerts(watch: &mut AlertWatch, lingering: impl Fn(u64) -> u64, frames: u64) -> Vec<(u64, String)> {
        let mut profile = Profile::default();
        (0..frames)
            .filter_map(|frame| {
                push(&mut profile, frame, lingering(frame));
                watch.check(&profile).map(|alert| (alert.frame, alert.message))
            })
            .collect()
    }

    #[test]
    fn steady_growth_is_told_and_then_silent_for_a_while() {
        let told = alerts(&mut AlertWatch::default(), |frame| frame * 200, 60);
        let frames: Vec<u64> = told.iter().map(|(frame, _)| *frame).collect();
        assert_eq!(frames, [10, 40]);
        assert_eq!(told[0].1, "lingering objects grew by 2000 to 2000 within 10 s");
    }

    #[test]
    fn one_step_up_or_little_growth_is_no_alert() {
        let step = |frame| if frame < 20 { 0 } else { 5_000 };
        assert_eq!(alerts(&mut AlertWatch::default(), step, 60), []);
        assert_eq!(alerts(&mut AlertWatch::default(), |frame| frame * 50, 60), []);
    }

    #[test]
    fn a_pause_longer_than_the_frame_is_told_with_its_reason() {
        let mut profile = Profile::default();
        let mut watch = AlertWatch::default();
        let pause = |frame, pause_nanos| PauseRecord {
            frame,
            start_nanos: frame * SECOND_NANOS,
            pause_nanos,
            reason: PauseReason::Script,
            examined: 0,
            freed_objects: 0,
            freed_bytes: 0,
            phases: PhaseNanos::default(),
        };
        profile.push_pause(pause(0, 9_000_000));
        push(&mut profile, 0, 0);
        assert_eq!(watch.check(&profile), None);
        profile.push_pause(pause(1, 25_000_000));
        profile.push_pause(pause(1, 1_000));
        push(&mut profile, 1, 0);
        let alert = watch.check(&profile).map(|alert| (alert.kind, alert.message));
        let message = "scripts stood still for 25000 µs, 150% of the frame, for: script";
        assert_eq!(alert, Some((AlertKind::LongPause, message.into())));
        // The pause of another frame is an old story.
        push(&mut profile, 40, 0);
        assert_eq!(watch.check(&profile), None);
    }

    #[test]
    fn a_heap_near_its_limit_is_told_if_it_has_one() {
        let mut profile = Profile::default();
        let sample = FrameSample { heap_bytes: 950, ..FrameSample::default() };
        profile.push_frame(sample);
        assert_eq!(AlertWatch::default().check(&profile), None);
        let rules = AlertRules { heap_limit_bytes: Some(1_000), ..AlertRules::default() };
        let alert = AlertWatch::new(rules).check(&profile);
        assert_eq!(alert.map(|alert| alert.kind), Some(AlertKind::HeapLimit));
    }
}
