//! The collect step: once a frame, when no script is on the stack, the heap's counters, pauses and censuses become a
//! sample in the [`Profiler`]. Knows nothing of who reads it.

use std::time::Instant;

use bevy::prelude::*;
use linger_profile::{
    AlertKind, CollectorPhase, FrameSample, LingeringFigure, PauseReason, PauseRecord, PhaseNanos, Policy,
};

use crate::{
    LingerSystems,
    config::{CollectPolicy, LingerConfig},
    host::ScriptHost,
    profiler::{Profiler, nanos},
    scripts::{LingerScripts, ScriptsState},
};

/// Frames between two refreshes of the tables by type and site: ten a second, as often as text is redrawn.
const ROWS_EVERY_FRAMES: u64 = 6;
/// Censuses in a row that each find more than the one before, until growth is an alert.
const GROWING_CENSUSES: u32 = 8;
/// Frames between two alerts of one kind.
const ALERT_EVERY_FRAMES: u64 = 600;

/// What a person or the game can ask for. Carried out at the frame's end.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub enum LingerCommand {
    /// Free what lingers, in one stop.
    Collect,
    /// Count what lingers now, without waiting for the next turn.
    Census,
    /// Set a mark of this name: from now on "new" means "since then".
    Mark(String),
}

/// What lingers, and how it was found out. Between two censuses the figure stays, with the frame it belongs to.
#[derive(Resource, Debug, Default)]
pub struct CensusState {
    /// The last census's figure.
    pub figure: LingeringFigure,
    /// Counts the censuses.
    pub taken: u64,
    last_frame: u64,
    cost_nanos: u64,
    growing: u32,
}

/// Collects the samples.
pub struct LingerSamplingPlugin;

impl Plugin for LingerSamplingPlugin {
    fn build(&self, app: &mut App) {
        app.add_message::<LingerCommand>()
            .init_resource::<CensusState>()
            .add_systems(Last, collect.in_set(LingerSystems::Collect));
    }
}

/// What the sampling remembers from frame to frame.
#[derive(Default)]
struct Before {
    allocated: u64,
    freed_by_count: u64,
    freed_by_collector: u64,
    last_alerts: [u64; AlertKind::ALL.len()],
}

#[expect(clippy::too_many_arguments, reason = "each is one thing that a sample is made of")]
fn collect(
    host: Option<NonSendMut<ScriptHost>>,
    config: Res<LingerConfig>,
    scripts: Option<Res<LingerScripts>>,
    mut profiler: ResMut<Profiler>,
    mut census: ResMut<CensusState>,
    mut commands: MessageReader<LingerCommand>,
    mut exits: MessageReader<AppExit>,
    mut before: Local<Before>,
) {
    let Some(mut host) = host else {
        return;
    };
    let start = Instant::now();
    let frame = profiler.frame();
    profiler.profile_mut().frame_budget_nanos = u64::from(config.frame_budget_micros) * 1_000;

    let exiting = exits.read().count() > 0;
    let mut wants_collection = false;
    let mut wants_census = exiting;
    let mut marks = Vec::new();
    for command in commands.read() {
        match command {
            LingerCommand::Collect => wants_collection = true,
            LingerCommand::Census => wants_census = true,
            LingerCommand::Mark(label) => marks.push(label.clone()),
        }
    }
    let ready = scripts.is_none_or(|scripts| scripts.state() == ScriptsState::Ready);
    // What was asked for by hand is looked at at once; otherwise the button would seem to do nothing.
    wants_census |= wants_collection || !marks.is_empty() || (ready && census_is_due(&census, &config, frame));

    let mut pause_nanos = 0;
    if wants_collection {
        host.collect(PauseReason::Request);
    }
    pause_nanos += drain_pauses(&mut host, &mut profiler);
    if wants_census {
        pause_nanos += take_census(&mut host, &mut profiler, &mut census);
        if config.policy == CollectPolicy::Automatic && census.figure.low_objects > config.collect_above_objects {
            host.collect(PauseReason::Threshold);
            pause_nanos += drain_pauses(&mut host, &mut profiler);
            pause_nanos += take_census(&mut host, &mut profiler, &mut census);
        }
    }
    if wants_census || frame.is_multiple_of(ROWS_EVERY_FRAMES) {
        refresh_rows(&host, &mut profiler);
    }
    let totals = host.totals();
    let time_nanos = profiler.now_nanos();
    let sample = FrameSample {
        frame,
        time_nanos,
        frame_nanos: profiler.frame_nanos,
        script_nanos: profiler.script_nanos,
        pause_nanos,
        sampling_nanos: profiler.sampling_nanos,
        overlay_nanos: std::mem::take(&mut profiler.overlay_nanos),
        heap_bytes: totals.bytes,
        live_objects: totals.live,
        allocated: totals.allocated - before.allocated,
        freed_by_count: totals.freed_by_count - before.freed_by_count,
        freed_by_collector: totals.freed_by_collector - before.freed_by_collector,
        lingering: census.figure,
    };
    before.allocated = totals.allocated;
    before.freed_by_count = totals.freed_by_count;
    before.freed_by_collector = totals.freed_by_collector;
    let profile = profiler.profile_mut();
    profile.push_frame(sample);
    profile.collector.policy = profile_policy(config.policy);
    profile.collector.budget_micros = config.census_budget_micros;
    profile.collector.phase = CollectorPhase::Idle;
    for label in marks {
        let mark = profiler.profile_mut().set_mark(&label).clone();
        profiler.new_marks.push(mark);
    }
    raise_alerts(&mut profiler, &config, &census, &sample, &mut before.last_alerts);
    // A census is a pause and is shown as one; counting it here too would show its cost twice.
    profiler.sampling_nanos = nanos(start).saturating_sub(pause_nanos);
}

fn census_is_due(census: &CensusState, config: &LingerConfig, frame: u64) -> bool {
    if config.policy == CollectPolicy::Manual {
        return false;
    }
    let affordable_frames = census.cost_nanos / (u64::from(config.census_budget_micros.max(1)) * 1_000);
    let wait_frames = affordable_frames.max(u64::from(config.census_every_frames.max(1)));
    census.taken == 0 || frame - census.last_frame >= wait_frames
}

/// Counts what lingers and says how long scripts stood still for it.
fn take_census(host: &mut ScriptHost, profiler: &mut Profiler, census: &mut CensusState) -> u64 {
    let start_nanos = profiler.now_nanos();
    let figures = host.census();
    let frame = profiler.frame();
    let figure = LingeringFigure::exact(figures.lingering.objects, figures.lingering.bytes, frame);
    census.growing = if figure.low_objects > census.figure.low_objects { census.growing + 1 } else { 0 };
    census.figure = figure;
    census.taken += 1;
    census.last_frame = frame;
    census.cost_nanos = figures.pause_nanos;

    let profile = profiler.profile_mut();
    profile.clear_lingering();
    for (index, tally) in figures.types {
        profile.set_type_lingering(index, tally);
    }
    for (index, tally) in figures.sites {
        profile.set_site_lingering(index, tally);
    }
    profile.set_groups(figures.groups);
    profile.push_pause(PauseRecord {
        frame,
        start_nanos,
        pause_nanos: figures.pause_nanos,
        reason: PauseReason::Census,
        examined: figures.examined,
        freed_objects: 0,
        freed_bytes: 0,
        phases: PhaseNanos::default(),
    });
    figures.pause_nanos
}

/// Takes in the machine's own pauses and says how long they were together.
fn drain_pauses(host: &mut ScriptHost, profiler: &mut Profiler) -> u64 {
    let mut pause_nanos = 0;
    host.drain_pauses(profiler.frame(), profiler.started(), |pause| {
        pause_nanos += pause.pause_nanos;
        profiler.profile_mut().push_pause(pause);
    });
    pause_nanos
}

fn refresh_rows(host: &ScriptHost, profiler: &mut Profiler) {
    let profile = profiler.profile_mut();
    host.visit_types(|index, name, counts| profile.update_type(index, name, counts));
    host.visit_sites(|index, file, line, counts| profile.update_site(index, file, line, counts));
    if cfg!(debug_assertions)
        && let Err(error) = profile.check_accounting()
    {
        let message = error.to_string();
        profiler.note_alert(AlertKind::Accounting, message);
    }
}

fn raise_alerts(
    profiler: &mut Profiler,
    config: &LingerConfig,
    census: &CensusState,
    sample: &FrameSample,
    last_alerts: &mut [u64; AlertKind::ALL.len()],
) {
    let mut raise = |kind: AlertKind, message: String| {
        let last = &mut last_alerts[kind as usize];
        if *last == 0 || sample.frame - *last >= ALERT_EVERY_FRAMES {
            *last = sample.frame;
            profiler.note_alert(kind, message);
        }
    };
    if census.growing >= GROWING_CENSUSES {
        let objects = census.figure.low_objects;
        raise(
            AlertKind::LingeringGrowth,
            format!("{objects} objects linger, more at each of the last {GROWING_CENSUSES} looks"),
        );
    }
    let budget_nanos = u64::from(config.frame_budget_micros) * 1_000;
    if sample.pause_nanos > budget_nanos {
        raise(
            AlertKind::LongPause,
            format!("scripts stood still for {} µs, longer than a frame", sample.pause_nanos / 1_000),
        );
    }
    let limit = config.memory_limit_bytes;
    if limit > 0 && sample.heap_bytes > limit / 10 * 9 {
        raise(AlertKind::HeapLimit, format!("{} of {limit} bytes are in use", sample.heap_bytes));
    }
}

fn profile_policy(policy: CollectPolicy) -> Policy {
    match policy {
        CollectPolicy::Observe => Policy::Observe,
        CollectPolicy::Automatic => Policy::Automatic,
        CollectPolicy::Manual => Policy::Manual,
    }
}
