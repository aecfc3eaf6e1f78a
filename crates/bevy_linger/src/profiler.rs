//! What was seen, as a resource: the profile and the clock it is kept by. Filled by the sampling, read by everyone.

use std::time::Instant;

use bevy::prelude::*;
use linger_profile::{Alert, AlertKind, HistorySettings, Mark, PassRecord, Profile, ScriptError};

use crate::config::LingerConfig;

/// The session's profile. Read-only for games: `profiler.profile()`.
#[derive(Resource, Debug)]
pub struct Profiler {
    profile: Profile,
    frame: u64,
    started: Instant,
    frame_started: Instant,
    /// How long the frame before this one took.
    pub(crate) frame_nanos: u64,
    /// Time spent in scripts so far in this frame.
    pub(crate) script_nanos: u64,
    /// Instructions that scripts have used so far in this frame.
    pub(crate) script_instructions: u64,
    /// Calls of scripts left out for want of time so far in this frame.
    pub(crate) scripts_skipped: u64,
    /// What the last sampling cost.
    pub(crate) sampling_nanos: u64,
    /// What drawing the overlay cost in the last frame.
    pub(crate) overlay_nanos: u64,
    /// Errors that came since the log was last written.
    pub(crate) new_errors: Vec<ScriptError>,
    /// Alerts that came since the log was last written.
    pub(crate) new_alerts: Vec<Alert>,
    /// Marks that were set since the log was last written.
    pub(crate) new_marks: Vec<Mark>,
    /// Passes that ended since the log was last written.
    pub(crate) new_passes: Vec<PassRecord>,
}

impl Profiler {
    /// An empty profile of a session that began at `started`.
    pub fn new(config: &LingerConfig, started: Instant) -> Self {
        let mut profile =
            Profile::new(HistorySettings { frames: config.history_frames.max(2), ..HistorySettings::default() });
        profile.frame_budget_nanos = u64::from(config.frame_budget_micros) * 1_000;
        Self {
            profile,
            frame: 0,
            started,
            frame_started: Instant::now(),
            frame_nanos: 0,
            script_nanos: 0,
            script_instructions: 0,
            scripts_skipped: 0,
            sampling_nanos: 0,
            overlay_nanos: 0,
            new_errors: Vec::new(),
            new_alerts: Vec::new(),
            new_marks: Vec::new(),
            new_passes: Vec::new(),
        }
    }

    /// Everything that was seen.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(crate) fn profile_mut(&mut self) -> &mut Profile {
        &mut self.profile
    }

    /// The current frame's number, from 1.
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// Time since the session's start.
    pub fn now_nanos(&self) -> u64 {
        nanos(self.started)
    }

    /// When the session started.
    pub fn started(&self) -> Instant {
        self.started
    }

    pub(crate) fn begin_frame(&mut self) {
        self.frame += 1;
        self.frame_nanos = nanos(self.frame_started);
        self.frame_started = Instant::now();
        self.script_nanos = 0;
        self.script_instructions = 0;
        self.scripts_skipped = 0;
    }

    /// Notes a script's error; one that came before is counted and not logged again.
    pub(crate) fn note_error(&mut self, mut error: ScriptError) {
        error.frame = self.frame;
        error.time_nanos = self.now_nanos();
        if self.profile.push_script_error(error.clone()) {
            self.new_errors.push(error);
        }
    }

    /// Notes something that a person should look at.
    pub(crate) fn note_alert(&mut self, kind: AlertKind, message: String) {
        let alert = Alert { frame: self.frame, time_nanos: self.now_nanos(), kind, message };
        self.profile.push_alert(alert.clone());
        self.new_alerts.push(alert);
    }
}

/// Nanoseconds since `start`, which fit 64 bits for five centuries.
pub(crate) fn nanos(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
