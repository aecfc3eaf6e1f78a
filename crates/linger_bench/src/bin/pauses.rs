//! Plays frames of a load on the heap and prints how long the collector stopped them.
//!
//! `pauses --live N [--frames N] [--budget-micros N] [--policy observe|automatic] [--check-every N] [--memory-at N,N...]
//! [--level N] [--large N] [--control] [--json]`. The process ends with 1 if what was shown contradicted the oracle at any check.

use std::process::ExitCode;
use std::time::Instant;

use linger_bench::clock::{Disturbed, Pauses, resident_bytes, timed, touched};
use linger_bench::control::Control;
use linger_bench::load::Load;
use linger_heap::{Policy, Settings, StepRecord, Value, bytes_elsewhere};

/// Objects allocated, closures dropped and references rewired in each frame.
const FRAME: (usize, usize, usize) = (2000, 300, 200);
/// Memory that a heap may keep after a large graph is freed.
const KEPT_BYTES: usize = 1 << 20;
/// So many of the longest steps are told of.
const LONGEST: usize = 3;
/// Frames waited at most for the figure to become exact.
const PATIENCE: u32 = 100_000;

struct Options {
    live: usize,
    frames: u32,
    budget_micros: u64,
    policy: Policy,
    check_every: u32,
    level: usize,
    large: usize,
    control: bool,
    memory_at: Vec<u32>,
    json: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        live: 1_000_000,
        frames: 1200,
        budget_micros: 300,
        policy: Policy::Observe,
        check_every: 0,
        level: 0,
        large: 0,
        control: false,
        memory_at: Vec::new(),
        json: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => {
                options.json = true;
                continue;
            }
            "--control" => {
                options.control = true;
                continue;
            }
            _ => {}
        }
        let value = words.next().ok_or(format!("{word} wants a value"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{word} {value}: {error}"));
        match word.as_str() {
            "--live" => options.live = number()? as usize,
            "--frames" => options.frames = number()? as u32,
            "--budget-micros" => options.budget_micros = number()?,
            "--check-every" => options.check_every = number()? as u32,
            "--large" => options.large = number()? as usize,
            "--level" => options.level = number()? as usize,
            "--memory-at" => {
                let frames = value.split(',').map(|frame| frame.parse::<u32>());
                options.memory_at =
                    frames.collect::<Result<_, _>>().map_err(|error| format!("{word} {value}: {error}"))?;
            }
            "--policy" if value == "observe" => options.policy = Policy::Observe,
            "--policy" if value == "automatic" => options.policy = Policy::Automatic,
            _ => return Err(format!("what is {word} {value}?")),
        }
    }
    Ok(options)
}

/// A step that took long.
struct Long {
    cpu_nanos: u64,
    wall_nanos: u64,
    step: u32,
    record: StepRecord,
    disturbed: Disturbed,
}

impl Long {
    fn json(&self) -> String {
        let Long { cpu_nanos, wall_nanos, step, record, disturbed } = self;
        format!(
            r#"{{"step": {step}, "cpu_micros": {:.1}, "micros": {:.1}, "phase": "{}", "candidates": {}, "freed": {}, "marked": {}, "minor_faults": {}, "major_faults": {}, "switches": {}}}"#,
            *cpu_nanos as f64 / 1000.0,
            *wall_nanos as f64 / 1000.0,
            record.phase.name(),
            record.candidates,
            record.freed_objects + record.freed_deferred,
            record.marked,
            disturbed.minor_faults,
            disturbed.major_faults,
            disturbed.switches,
        )
    }
}

/// What was measured.
#[derive(Default)]
struct Measured {
    pauses: Pauses,
    cpu_pauses: Pauses,
    /// Of the same time spent on reading memory, for comparison.
    control_pauses: Pauses,
    /// Minor faults in all steps.
    minor_faults: u64,
    /// The most frames that a dropped closure went unseen; zero if each was seen at the end of its frame.
    frames_to_first_sight: u32,
    old_cycle_frames: Option<u32>,
    contradictions: u32,
    passes: u32,
    rss_bytes: u64,
    /// Bytes that the heap keeps beside its objects, and the number of these.
    side_tables: (usize, u64),
    floating_max: u64,
    exact_frames: u32,
    /// The longest steps in processor time, the longest first.
    longest: Vec<Long>,
    /// How far apart the ends of the interval are in each frame.
    widths: Vec<u64>,
    /// Frame, memory of the process in bytes, and the most closures that waited to be freed so far.
    memory: Vec<(u32, u64, u64)>,
}

struct Player {
    load: Load,
    budget_nanos: u64,
    measured: Measured,
    unseen_frames: u32,
    steps: u32,
}

impl Player {
    fn step(&mut self) {
        let before = Disturbed::so_far();
        let (wall_nanos, cpu_nanos, record) = timed(|| self.load.step(self.budget_nanos));
        let disturbed = Disturbed::since(before);
        self.measured.pauses.push(wall_nanos);
        self.measured.cpu_pauses.push(cpu_nanos);
        self.measured.minor_faults += disturbed.minor_faults;
        self.steps += 1;
        let longest = &mut self.measured.longest;
        let place = longest.iter().take_while(|long| long.cpu_nanos >= cpu_nanos).count();
        if place < LONGEST {
            longest.truncate(LONGEST - 1);
            longest.insert(place, Long { cpu_nanos, wall_nanos, step: self.steps, record, disturbed });
        }
        self.measured.passes += u32::from(record.pass_ended.is_some());
        while self.load.heap.take_pending().is_some() {}
    }

    /// Compares what is shown with what a look at everything finds.
    fn check(&mut self) -> (u64, u64) {
        // The oracle frees what waits to be freed, and some of what lingers may hang on it.
        self.load.heap.free_deferred();
        let shown = self.load.heap.lingering();
        let oracle = self.load.heap.find_unreachable().objects.len() as u64;
        let right = shown.low.objects <= oracle
            && shown.high.objects >= oracle
            && (!shown.exact || shown.low.objects == oracle)
            && shown.breaches == 0;
        if !right {
            eprintln!("shown {shown:?}, but {oracle} linger");
            self.measured.contradictions += 1;
        }
        (shown.low.objects, oracle)
    }
}

/// Frames until the memory of something that was dropped is back, the drop itself and the longest step meanwhile, in microseconds.
struct Dropped {
    frames: u32,
    /// Those of them in which something waited to be freed in a slice; after them, it was on its way to the system.
    slices: u32,
    millis: u128,
    drop_micros: f64,
    longest_step_cpu_micros: f64,
}

impl Dropped {
    fn json(&self, name: &str, count: usize) -> String {
        let Dropped { frames, slices, millis, drop_micros, longest_step_cpu_micros } = self;
        format!(
            r#", "{name}": {{"objects": {count}, "frames_to_free": {frames}, "slices": {slices}, "millis_to_free": {millis}, "drop_micros": {drop_micros:.1}, "longest_step_cpu_micros": {longest_step_cpu_micros:.1}}}"#
        )
    }
}

/// What was played: the player, the frames until the figure was exact, the last check, and as JSON what was dropped at the end.
struct Played {
    player: Player,
    to_exact: u32,
    last: (u64, u64),
    dropped: String,
}

fn play(options: &Options) -> Played {
    let load = Load::new(options.live, 4);
    load.heap.set_settings(Settings { policy: options.policy, ..Settings::default() });
    load.heap.defer_freeing(Some(256));
    let mut player = Player {
        load,
        budget_nanos: options.budget_micros * 1000,
        measured: Measured::default(),
        unseen_frames: 0,
        steps: 0,
    };
    // The collector begins to listen with the first step.
    player.step();
    let room = options.frames as usize;
    let pauses = || Pauses::with_room(room);
    player.measured = Measured { pauses: pauses(), cpu_pauses: pauses(), widths: touched(room), ..Measured::default() };
    let mut control = options.control.then(|| Control::new(player.budget_nanos));
    let old_drop_frame = options.frames / 2;
    for frame in 1..=options.frames {
        player.load.frame(FRAME.0, FRAME.1, FRAME.2);
        if frame == old_drop_frame {
            player.load.drop_old_cycle();
        }
        player.step();
        if let Some(control) = &mut control {
            player.measured.control_pauses.push(control.run());
        }
        let gone = player.load.freed_closures();
        let known = player.load.shown_closures() + gone;
        player.unseen_frames = if known < player.load.dropped_closures() { player.unseen_frames + 1 } else { 0 };
        player.measured.frames_to_first_sight = player.measured.frames_to_first_sight.max(player.unseen_frames);
        player.measured.floating_max = player.measured.floating_max.max(player.load.dropped_closures() - gone);
        if frame >= old_drop_frame && player.measured.old_cycle_frames.is_none() && old_seen(&player.load) {
            player.measured.old_cycle_frames = Some(frame - old_drop_frame);
        }
        let shown = player.load.heap.lingering();
        player.measured.exact_frames += u32::from(shown.exact);
        player.measured.widths.push(shown.high.objects - shown.low.objects);
        if options.memory_at.contains(&frame) {
            player.measured.memory.push((frame, resident_bytes(), player.measured.floating_max));
        }
        if options.check_every != 0 && frame % options.check_every == 0 {
            player.check();
        }
    }
    player.measured.rss_bytes = resident_bytes();
    let heap = &player.load.heap;
    player.measured.side_tables = (heap.side_table_bytes(), heap.totals().live);
    let mut to_exact = 0;
    while !player.load.heap.lingering().exact && to_exact < PATIENCE {
        to_exact += 1;
        player.load.quiet_frame();
        player.step();
    }
    let last = player.check();
    let mut dropped = String::new();
    if options.level > 0 {
        dropped += &drop_level(&mut player, options.level).json("level", options.level);
    }
    if options.large > 0 {
        let list = player.load.list(vec![Value::NONE; options.large]);
        dropped += &drop_large(&mut player, list).json("large_list", options.large);
        let text = player.load.string("x".repeat(options.large));
        dropped += &drop_large(&mut player, text).json("large_text", options.large);
    }
    Played { player, to_exact, last, dropped }
}

fn old_seen(load: &Load) -> bool {
    load.shown_old() > 0
        || load.heap.type_rows().iter().enumerate().any(|(index, row)| {
            row.freed_by_collector > 0 && &*load.heap.type_name(load.heap.type_at(index)) == "OldCycle"
        })
}

/// Drops a large graph.
fn drop_level(player: &mut Player, objects: usize) -> Dropped {
    let before = player.load.heap.page_bytes();
    player.load.add_level(objects);
    // Some empty pages are kept.
    let most = before + before / 10 + KEPT_BYTES;
    dropped(player, |load| load.drop_level(), |load| load.heap.page_bytes() > most)
}

/// Drops an object with a large buffer.
fn drop_large(player: &mut Player, large: Value) -> Dropped {
    dropped(player, |_| drop(large), |load| load.heap.has_deferred() || bytes_elsewhere() > 0)
}

/// Drops something, and goes on until all of it is back.
fn dropped(player: &mut Player, act: impl FnOnce(&mut Load), is_left: impl Fn(&Load) -> bool) -> Dropped {
    let kept = (player.measured.pauses.clone(), std::mem::take(&mut player.measured.cpu_pauses));
    let (_, drop_nanos, ()) = timed(|| act(&mut player.load));
    let start = Instant::now();
    let (mut frames, mut slices) = (0, 0);
    while is_left(&player.load) && frames < PATIENCE {
        frames += 1;
        slices += u32::from(player.load.heap.has_deferred());
        player.load.quiet_frame();
        player.step();
    }
    let millis = start.elapsed().as_millis();
    let longest_step_cpu_micros = player.measured.cpu_pauses.max_micros();
    (player.measured.pauses, player.measured.cpu_pauses) = kept;
    Dropped { frames, slices, millis, drop_micros: drop_nanos as f64 / 1000.0, longest_step_cpu_micros }
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("pauses: {error}");
            return ExitCode::from(2);
        }
    };
    let Played { player, to_exact, last: (shown, oracle), dropped } = play(&options);
    let Measured { pauses, cpu_pauses, .. } = &player.measured;
    let measured = &player.measured;
    let longest: Vec<String> = measured.longest.iter().map(Long::json).collect();
    let control = if options.control {
        format!(r#", "control_cpu_micros": {}"#, measured.control_pauses.json())
    } else {
        String::new()
    };
    let mut widths = measured.widths.clone();
    widths.sort_unstable();
    let median_width = widths.get(widths.len() / 2).copied().unwrap_or(0);
    let memory: Vec<String> =
        measured.memory.iter().map(|(frame, bytes, floating)| format!("[{frame}, {bytes}, {floating}]")).collect();
    let text = format!(
        r#"{{"live": {}, "frames": {}, "budget_micros": {}, "pause_micros": {}, "cpu_pause_micros": {}, "frames_to_first_sight": {}, "frames_to_exact": {to_exact}, "lingering_shown": {shown}, "lingering_oracle": {oracle}, "rss_bytes": {}, "old_cycle_frames": {}, "passes": {}, "contradictions": {}, "floating_closures_max": {}, "exact_frames": {}, "median_width": {median_width}, "side_tables": {{"bytes": {}, "objects": {}}}, "minor_faults": {}, "longest": [{}]{control}, "memory": [{}]{dropped}}}"#,
        options.live,
        options.frames,
        options.budget_micros,
        pauses.json(),
        cpu_pauses.json(),
        measured.frames_to_first_sight,
        measured.rss_bytes,
        measured.old_cycle_frames.map_or(-1, i64::from),
        measured.passes,
        measured.contradictions,
        measured.floating_max,
        measured.exact_frames,
        measured.side_tables.0,
        measured.side_tables.1,
        measured.minor_faults,
        longest.join(", "),
        memory.join(", "),
    );
    println!("{}", if options.json { text } else { text.replace(", \"", "\n  \"") });
    if measured.contradictions == 0 && shown == oracle { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
