//! The record step: samples become tracing events, and a log file is opened for a game and finished at its exit.
//! Knows nothing of what the events look like; that is linger_record's.

use std::{fmt, path::PathBuf, time::Instant};

use bevy::{
    ecs::system::NonSendMarker,
    log::{BoxedFmtLayer, BoxedLayer},
    prelude::*,
};
use linger_profile::{PauseReason, Policy};
use linger_record::{FrameSummarizer, LogGuard, LogSettings, emit};
use tracing::field::Field;
use tracing_subscriber::{
    Layer,
    fmt::format::{Writer, debug_fn},
};

use crate::{LingerSystems, config::LingerConfig, profiler::Profiler, sampling::CensusState};

/// Rows of each list in a lingering record.
const LIST_ROWS: usize = emit::DEFAULT_LIST_ROWS;

/// Frames between two records of the collector at least, unless it is told something new.
const COLLECTOR_EVERY_FRAMES: u32 = 60;

/// Where the log goes. Insert it before Bevy's `LogPlugin` is added, or no log is written.
#[derive(Resource, Debug, Clone)]
pub struct LingerLogFile {
    /// The file, which is replaced if it is there.
    pub path: PathBuf,
    /// The game's name, for the log's header.
    pub title: String,
}

/// The moment from which the profile and the log count.
#[derive(Resource, Debug, Clone, Copy)]
pub(crate) struct SessionStart(pub Instant);

/// The open log. Its trailer is written when this is dropped.
#[derive(Resource)]
struct OpenLog(LogGuard);

/// The layer that writes the log, for Bevy's own `LogPlugin { custom_layer: log_layer, .. }`. Without a
/// [`LingerLogFile`] there is none; a file that cannot be written is said on stderr, since no log runs yet.
pub fn log_layer(app: &mut App) -> Option<BoxedLayer> {
    let file = app.world().get_resource::<LingerLogFile>()?.clone();
    let start = Instant::now();
    let settings = LogSettings { title: file.title, runtime: "linger_script".into(), start, ..LogSettings::default() };
    match linger_record::log_to_file(&file.path, &settings) {
        Ok((layer, guard)) => {
            linger_record::flush_on_panic(&guard);
            app.insert_resource(SessionStart(start));
            app.insert_resource(OpenLog(guard));
            Some(layer.boxed())
        }
        Err(error) => {
            eprintln!("linger: {error}");
            None
        }
    }
}

/// The console's layer without the records that only a file wants, for `LogPlugin { fmt_layer: console_layer, .. }`.
pub fn console_layer(_app: &mut App) -> Option<BoxedFmtLayer> {
    let filter = tracing_subscriber::filter::filter_fn(linger_record::for_console);
    let layer =
        tracing_subscriber::fmt::Layer::default().with_writer(std::io::stderr).fmt_fields(debug_fn(write_field));
    Some(Box::new(layer.with_filter(filter)))
}

/// As a console shows the fields of events. A traceback has lines of its own, and what is in it is not said twice.
fn write_field(out: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    match field.name() {
        "message" => write!(out, "{value:?}"),
        "traceback" => write!(out, "\n{}", format!("{value:?}").trim_end()),
        "source_line" | "count" => Ok(()),
        // What the bridge from the crate `log` adds has been made the event's own already.
        name if name.starts_with("log.") => Ok(()),
        name => write!(out, " {name}={value:?}"),
    }
}

/// Emits the events.
pub struct LingerRecordPlugin;

impl Plugin for LingerRecordPlugin {
    fn build(&self, app: &mut App) {
        app.add_systems(Last, (record, finish_at_exit).chain().in_set(LingerSystems::Record))
            .add_systems(Startup, warn_when_filtered);
    }
}

/// What was recorded already.
#[derive(Default)]
struct Recorded {
    summarizer: Option<(u32, FrameSummarizer)>,
    pauses: u64,
    looks: u64,
    /// What the collector was last told.
    told: Option<(Policy, u32)>,
    /// Frames since the collector's record.
    frames: u32,
}

fn record(
    config: Res<LingerConfig>,
    census: Res<CensusState>,
    log: Option<Res<OpenLog>>,
    mut profiler: ResMut<Profiler>,
    mut exits: MessageReader<AppExit>,
    mut recorded: Local<Recorded>,
    // Subscribers that are set for one thread hear the events too if they come from the main one.
    _main_thread: NonSendMarker,
) {
    for error in std::mem::take(&mut profiler.new_errors) {
        emit::script_error(&error);
    }
    for alert in std::mem::take(&mut profiler.new_alerts) {
        emit::alert(&alert);
    }
    let new_marks = std::mem::take(&mut profiler.new_marks);
    let new_passes = std::mem::take(&mut profiler.new_passes);
    if log.is_none() && !config.emit_records {
        return;
    }
    let profile = profiler.profile();
    let Some(sample) = profile.latest_frame() else {
        return;
    };
    if config.log_every_frames > 0 {
        let every = config.log_every_frames;
        let (_, summarizer) = recorded
            .summarizer
            .take_if(|(current, _)| *current == every)
            .unwrap_or_else(|| (every, FrameSummarizer::new(u64::from(every))));
        let (_, summarizer) = recorded.summarizer.insert((every, summarizer));
        summarizer.push(sample);
    }
    let pauses = profile.history().pauses();
    let pause_count = profile.history().pause_histogram().count();
    let fresh = usize::try_from(pause_count - recorded.pauses).unwrap_or(usize::MAX);
    let slice_budget_nanos = u64::from(profile.collector.budget_micros) * 1_000;
    for pause in pauses.last(fresh) {
        // A slice a frame says little that the collector's record does not say, as long as it keeps to its budget.
        if pause.reason != PauseReason::Slice || pause.pause_nanos > slice_budget_nanos || config.log_every_frames == 1
        {
            emit::pause(pause);
        }
    }
    recorded.pauses = pause_count;
    for pass in &new_passes {
        emit::pass(pass);
    }
    for mark in &new_marks {
        emit::mark(mark);
    }
    if census.looks != recorded.looks {
        recorded.looks = census.looks;
        emit::lingering(profile, LIST_ROWS);
    }
    let exiting = exits.read().count() > 0;
    let told = Some((profile.collector.policy, profile.collector.budget_micros));
    recorded.frames += 1;
    if exiting || told != recorded.told || recorded.frames >= config.log_every_frames.max(COLLECTOR_EVERY_FRAMES) {
        recorded.told = told;
        recorded.frames = 0;
        emit::collector(profile);
    }
    if exiting && let Some((_, summarizer)) = &mut recorded.summarizer {
        summarizer.finish();
    }
}

fn finish_at_exit(world: &mut World, mut cursor: Local<bevy::ecs::message::MessageCursor<AppExit>>) {
    if cursor.read(world.resource::<Messages<AppExit>>()).count() == 0 {
        return;
    }
    if let Some(OpenLog(guard)) = world.remove_resource::<OpenLog>()
        && let Err(error) = guard.finish()
    {
        error!("{error}");
    }
}

fn warn_when_filtered(log: Option<Res<OpenLog>>) {
    if log.is_some() && !linger_record::records_wanted() {
        warn!("the log stays empty: a filter keeps away events of the targets linger::* at level INFO");
    }
}
