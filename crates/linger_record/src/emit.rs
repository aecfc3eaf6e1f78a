//! Saying what was seen, as tracing events under the targets `linger::*`.
//!
//! One function for each kind of record, from the profile's types. Without a layer that wants the
//! events they cost a branch. Frames, pauses and figures of lingering are many: a game's own console
//! should be filtered with [`for_console`](crate::for_console).

use linger_profile::{
    Alert, FrameSample, LingeringFigure, Mark, PassRecord, PauseFigures, PauseRecord, Profile, ScriptError,
};
use serde::Serialize;
use tracing::{Level, event_enabled, field::display, info, warn};

use crate::record::{Group, LingeringSite, LingeringType, Summary};

/// The length to which [`lingering`] cuts its lists, unless told otherwise.
pub const DEFAULT_LIST_ROWS: usize = 32;

/// Says one frame's figures.
pub fn frame(sample: &FrameSample) {
    let FrameSample {
        frame,
        time_nanos,
        frame_nanos,
        script_nanos,
        pause_nanos,
        sampling_nanos,
        overlay_nanos,
        heap_bytes,
        live_objects,
        allocated,
        freed_by_count,
        freed_by_collector,
        lingering,
    } = *sample;
    let LingeringFigure { low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame } =
        lingering;
    info!(
        target: "linger::frame",
        frame, time_nanos, frame_nanos, script_nanos, pause_nanos, sampling_nanos, overlay_nanos,
        heap_bytes, live_objects, allocated, freed_by_count, freed_by_collector,
        low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame,
    );
}

/// Says the sums of several frames, of which `last_frame` is the last.
pub fn summary(last_frame: u64, summary: &Summary) {
    let Summary {
        first_frame,
        frames,
        frame_nanos_sum,
        frame_nanos_max,
        script_nanos_sum,
        pause_nanos_sum,
        pause_nanos_max,
        own_nanos_sum,
        allocated,
        freed_by_count,
        freed_by_collector,
        heap_bytes,
        live_objects,
        lingering,
    } = *summary;
    info!(
        target: "linger::summary",
        frame = last_frame, first_frame, frames, frame_nanos_sum, frame_nanos_max,
        script_nanos_sum, pause_nanos_sum, pause_nanos_max, own_nanos_sum,
        allocated, freed_by_count, freed_by_collector, heap_bytes, live_objects,
        low_objects = lingering.low_objects, high_objects = lingering.high_objects,
        low_bytes = lingering.low_bytes, high_bytes = lingering.high_bytes,
        exact = lingering.exact, as_of_frame = lingering.as_of_frame,
        complete_to_frame = lingering.complete_to_frame,
    );
}

/// Says one pause.
pub fn pause(pause: &PauseRecord) {
    let PauseRecord { frame, start_nanos, pause_nanos, reason, examined, freed_objects, freed_bytes, phases } = *pause;
    info!(
        target: "linger::pause",
        frame, start_nanos, pause_nanos, reason = reason.name(), examined, freed_objects,
        freed_bytes,
        mark_nanos = phases.mark_nanos, subtract_nanos = phases.subtract_nanos,
        finalize_nanos = phases.finalize_nanos, clear_nanos = phases.clear_nanos,
        useless = pause.useless(),
    );
}

/// Says that a pass of the collector came to its end.
pub fn pass(pass: &PassRecord) {
    let PassRecord {
        reason,
        first_frame,
        last_frame,
        slices,
        marked,
        found_objects,
        found_bytes,
        work_nanos,
        longest_slice_nanos,
    } = *pass;
    info!(
        target: "linger::pass",
        frame = last_frame, reason = reason.name(), first_frame, slices, marked, found_objects, found_bytes,
        work_nanos, longest_slice_nanos, useless = pass.useless(),
    );
}

/// Says what the collector was told, where it stands, and how long the pauses of the session were.
pub fn collector(profile: &Profile) {
    let collector = &profile.collector;
    let PauseFigures { count, p50_nanos, p99_nanos, p999_nanos, max_nanos } = profile.history().pause_figures();
    info!(
        target: "linger::collector",
        frame = profile.latest_frame().map_or(0, |sample| sample.frame),
        policy = collector.policy.name(), budget_micros = collector.budget_micros, phase = collector.phase.name(),
        progress_percent = (collector.progress.clamp(0.0, 1.0) * 100.0) as u32, passes = profile.pass_count(),
        pauses = count, p50_nanos, p99_nanos, p999_nanos, max_nanos,
    );
}

/// Says what lingers in this profile: the figure, and the `list_rows` largest types, sites and
/// groups. Call it after a census, not each frame.
pub fn lingering(profile: &Profile, list_rows: usize) {
    // The lists take time to make: not when nobody listens.
    if !event_enabled!(target: "linger::lingering", Level::INFO) {
        return;
    }
    let figure = profile.lingering();
    let frame = profile.latest_frame().map_or(0, |sample| sample.frame);
    let types = profile.types().iter().filter(|row| row.lingering.objects > 0);
    let (types, types_left_out) = largest(types, list_rows, |row| row.lingering.objects);
    let types = to_json(types.into_iter().map(|row| LingeringType {
        name: row.name.clone(),
        objects: row.lingering.objects,
        bytes: row.lingering.bytes,
    }));
    let sites = profile.sites().iter().filter(|row| row.lingering.objects > 0);
    let (sites, sites_left_out) = largest(sites, list_rows, |row| row.lingering.objects);
    let sites = to_json(sites.into_iter().map(|row| LingeringSite {
        site: row.to_string(),
        objects: row.lingering.objects,
        bytes: row.lingering.bytes,
    }));
    let (groups, groups_left_out) = largest(profile.groups().iter(), list_rows, |group| group.objects);
    let groups = to_json(groups.into_iter().map(|group| Group {
        fingerprint: group.fingerprint,
        objects: group.objects,
        bytes: group.bytes,
        cycle: group.cycle.clone(),
        site: group.site.clone(),
        cut: group.cut.clone(),
        age_frames: group.age_frames,
        new_since_mark: group.new_since_mark,
        culprits: group.culprits,
        victims: group.victims,
    }));
    let LingeringFigure { low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame } =
        figure;
    info!(
        target: "linger::lingering",
        frame, low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame,
        types.json = types.as_str(), sites.json = sites.as_str(), groups.json = groups.as_str(),
        types_left_out, sites_left_out, groups_left_out,
        explained_objects = profile.collector.explained_objects,
    );
}

/// Says that a mark was set.
pub fn mark(mark: &Mark) {
    let Mark { frame, time_nanos: _, label, lingering } = mark;
    let LingeringFigure { low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame } =
        *lingering;
    info!(
        target: "linger::mark",
        frame, label = label.as_str(),
        low_objects, high_objects, low_bytes, high_bytes, exact, as_of_frame, complete_to_frame,
    );
}

/// Says something that a person should look at.
pub fn alert(alert: &Alert) {
    let Alert { frame, time_nanos: _, kind, message } = alert;
    warn!(target: "linger::alert", message = message.as_str(), frame, alert = kind.name());
}

/// Says that a script raised an error that nobody caught. What is not known of its place is left out.
pub fn script_error(error: &ScriptError) {
    let ScriptError { frame, time_nanos: _, file, line, column, source_line, message, traceback, count } = error;
    let known = |number: u32| (number > 0).then_some(number);
    let written = |text: &str| (!text.is_empty()).then(|| display(text.to_owned()));
    tracing::error!(
        target: "linger::script_error",
        message = message.as_str(), frame, file = written(file), line = known(*line), column = known(*column),
        source_line = written(source_line), traceback = written(traceback), count = (*count).max(1),
    );
}

/// The `rows` largest, largest first, and how many are left out. Of equals, the earlier first.
fn largest<'a, T>(all: impl Iterator<Item = &'a T>, rows: usize, size: impl Fn(&T) -> u64) -> (Vec<&'a T>, u64) {
    let mut kept: Vec<&T> = all.collect();
    kept.sort_by_key(|row| std::cmp::Reverse(size(row)));
    let left_out = kept.len().saturating_sub(rows);
    kept.truncate(rows);
    (kept, left_out as u64)
}

fn to_json<T: Serialize>(rows: impl Iterator<Item = T>) -> String {
    let rows: Vec<T> = rows.collect();
    serde_json::to_string(&rows).expect("strings and numbers always serialize")
}
