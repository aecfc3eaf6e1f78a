//! The collect step: once a frame, when no script is on the stack, the collector works for a slice, and the heap's counters,
//! pauses and what lingers become a sample in the [`Profiler`]. Knows nothing of who reads it.

use std::time::Instant;

use bevy::prelude::*;
use linger_profile::{
    AlertKind, CollectorStatus, FrameSample, LingeringFigure, PassReason, PauseReason, PauseRecord, PhaseNanos, Policy,
    Profile,
};

use crate::{
    LingerSystems,
    config::{CollectPolicy, LingerConfig},
    host::{CensusFigures, ScriptHost},
    profiler::{Profiler, nanos},
};

/// Frames between two refreshes of the tables by type and site: ten a second, as often as text is redrawn.
const ROWS_EVERY_FRAMES: u64 = 6;
/// Frames between two sums of what entities' scripts cost.
const SCRIPTS_EVERY_FRAMES: u64 = 30;
/// Looks in a row that each find more than the one before, until growth is an alert.
const GROWING_LOOKS: u32 = 8;
/// Frames between two alerts of one kind.
const ALERT_EVERY_FRAMES: u64 = 600;

/// What a person or the game can ask for. Carried out at the frame's end.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub enum LingerCommand {
    /// Free what lingers, in one stop.
    Collect,
    /// Free what is known to linger in the slices to come, whatever the policy.
    CollectInSlices,
    /// Count what lingers now, in one stop.
    Census,
    /// Begin a pass over the whole heap with the next slice, whatever the policy.
    Pass,
    /// Let scripts of entities run again that were disabled for their errors.
    EnableScripts,
    /// Lets the disabled script of this entity run again.
    EnableScript(Entity),
    /// Leave what exists now out of all that follows, for instance when a level has been loaded.
    Freeze,
    /// Take back what was frozen.
    Unfreeze,
    /// Set a mark of this name: from now on "new" means "since then".
    Mark(String),
}

/// When what lingers was last looked at closely.
#[derive(Resource, Debug, Default)]
pub struct CensusState {
    /// Counts the looks at the cycles of what lingers.
    pub looks: u64,
    last_frame: u64,
    last_objects: u64,
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
    /// What the running pass began for, or the last one.
    pass_reason: PassReason,
    last_alerts: [u64; AlertKind::ALL.len()],
}

/// What was asked for since the last frame.
#[derive(Default)]
struct Wishes {
    collection: bool,
    census: bool,
    marks: Vec<String>,
}

impl Wishes {
    /// Passes on what the host carries out by itself, and returns the rest.
    fn of(commands: &mut MessageReader<LingerCommand>, host: &mut ScriptHost) -> Self {
        let mut wishes = Self::default();
        for command in commands.read() {
            match command {
                LingerCommand::Collect => wishes.collection = true,
                LingerCommand::CollectInSlices => host.request_drain(),
                LingerCommand::Census => wishes.census = true,
                LingerCommand::Pass => host.request_pass(),
                LingerCommand::EnableScripts => host.enable(None),
                LingerCommand::EnableScript(entity) => host.enable(Some(*entity)),
                LingerCommand::Freeze => host.freeze(),
                LingerCommand::Unfreeze => host.unfreeze(),
                LingerCommand::Mark(label) => wishes.marks.push(label.clone()),
            }
        }
        wishes
    }
}

fn collect(
    host: Option<NonSendMut<ScriptHost>>,
    config: Res<LingerConfig>,
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
    host.configure(&config);
    let mut wishes = Wishes::of(&mut commands, &mut host);
    // The last figure of a session is the truth, whatever the slices know.
    wishes.census |= exits.read().count() > 0;

    if wishes.collection {
        host.collect_full();
    }
    let mut pause_nanos = drain_pauses(&mut host, &mut profiler);
    pause_nanos += take_slice(&mut host, &mut profiler, config.budget_micros, &mut before.pass_reason);
    let mut figure = host.lingering(frame);
    let rows_are_due = frame.is_multiple_of(ROWS_EVERY_FRAMES);
    if wishes.census {
        let found = host.census();
        figure = LingeringFigure::exact(found.lingering.objects, found.lingering.bytes, frame);
        show_lingering(&mut profiler, |show| {
            found.types.iter().for_each(|(index, tally)| show.set_type_lingering(*index, *tally));
            found.sites.iter().for_each(|(index, tally)| show.set_site_lingering(*index, *tally));
        });
        pause_nanos += take_in(found, &mut profiler, &mut census, figure);
    } else {
        // What was asked for by hand is looked at at once; otherwise the button would seem to do nothing.
        let explain = wishes.collection || !wishes.marks.is_empty() || explaining_is_due(&census, &config, frame);
        if explain || rows_are_due {
            show_lingering(&mut profiler, |show| {
                host.visit_lingering_types(|index, tally| show.set_type_lingering(index, tally));
                host.visit_lingering_sites(|index, tally| show.set_site_lingering(index, tally));
            });
        }
        if explain {
            let found = host.explain(config.explain_budget_micros);
            pause_nanos += take_in(found, &mut profiler, &mut census, figure);
        }
    }
    if wishes.census || rows_are_due {
        refresh_rows(&host, &mut profiler);
    }
    if wishes.census || frame.is_multiple_of(SCRIPTS_EVERY_FRAMES) {
        profiler.profile_mut().scripts = host.script_costs();
    }

    let totals = host.totals();
    let sample = FrameSample {
        frame,
        time_nanos: profiler.now_nanos(),
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
        lingering: figure,
    };
    before.allocated = totals.allocated;
    before.freed_by_count = totals.freed_by_count;
    before.freed_by_collector = totals.freed_by_collector;
    let (phase, progress) = host.pass_progress();
    let profile = profiler.profile_mut();
    profile.push_frame(sample);
    profile.collector = CollectorStatus {
        policy: profile_policy(config.policy),
        budget_micros: config.budget_micros,
        phase,
        progress,
        reason: before.pass_reason,
        waits_to_be_freed: host.frees_late(),
        explained_objects: profile.collector.explained_objects,
    };
    for label in wishes.marks {
        let mark = profiler.profile_mut().set_mark(&label).clone();
        profiler.new_marks.push(mark);
    }
    raise_alerts(&mut profiler, &config, &census, &sample, &mut before.last_alerts);
    // A pause is shown as one; counting it here too would show its cost twice.
    profiler.sampling_nanos = nanos(start).saturating_sub(pause_nanos);
}

fn explaining_is_due(census: &CensusState, config: &LingerConfig, frame: u64) -> bool {
    let every = u64::from(config.explain_every_frames);
    config.policy != CollectPolicy::Manual && every > 0 && (census.looks == 0 || frame - census.last_frame >= every)
}

/// Lets the collector work, and says how long scripts stood still for it.
fn take_slice(host: &mut ScriptHost, profiler: &mut Profiler, budget_micros: u32, pass_reason: &mut PassReason) -> u64 {
    let start_nanos = profiler.now_nanos();
    let step = host.collect_step(budget_micros);
    if let Some(reason) = step.pass_began {
        *pass_reason = reason;
    }
    if !step.worked() {
        return step.pause_nanos;
    }
    let frame = profiler.frame();
    let profile = profiler.profile_mut();
    profile.push_pause(PauseRecord {
        frame,
        start_nanos,
        pause_nanos: step.pause_nanos,
        // A large graph that was dropped is freed in slices too, and is what such a slice is for.
        reason: if step.freed_late > step.examined { PauseReason::Cascade } else { PauseReason::Slice },
        examined: step.examined,
        freed_objects: step.freed_objects + step.freed_late,
        freed_bytes: step.freed_bytes,
        phases: PhaseNanos::default(),
    });
    if let Some(pass) = step.pass_ended {
        profile.push_pass(pass);
        profiler.new_passes.push(pass);
    }
    step.pause_nanos
}

fn show_lingering(profiler: &mut Profiler, show: impl FnOnce(&mut Profile)) {
    let profile = profiler.profile_mut();
    profile.clear_lingering();
    show(profile);
}

/// Takes in what a close look found, and says how long scripts stood still for it.
fn take_in(found: CensusFigures, profiler: &mut Profiler, census: &mut CensusState, figure: LingeringFigure) -> u64 {
    let frame = profiler.frame();
    census.growing = if figure.low_objects > census.last_objects { census.growing + 1 } else { 0 };
    census.last_objects = figure.low_objects;
    census.looks += 1;
    census.last_frame = frame;
    let start_nanos = profiler.now_nanos().saturating_sub(found.pause_nanos);
    let profile = profiler.profile_mut();
    profile.collector.explained_objects = found.explained_objects;
    profile.set_groups(found.groups);
    profile.push_pause(PauseRecord {
        frame,
        start_nanos,
        pause_nanos: found.pause_nanos,
        reason: PauseReason::Census,
        examined: found.examined,
        freed_objects: 0,
        freed_bytes: 0,
        phases: PhaseNanos::default(),
    });
    found.pause_nanos
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
    if census.growing >= GROWING_LOOKS {
        let objects = census.last_objects;
        raise(
            AlertKind::LingeringGrowth,
            format!("{objects} objects linger, more at each of the last {GROWING_LOOKS} looks"),
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
