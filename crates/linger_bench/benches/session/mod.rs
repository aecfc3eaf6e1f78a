//! A made-up session that fills a profile to its bounds: what the benches of the overlay and of the profile look at.
//!
//! Does not know the heap or any script runtime: its figures only look like theirs.

// Each bench that includes this file uses a part of it.
#![allow(dead_code)]

use linger_profile::{
    Alert, AlertKind, CollectorPhase, CollectorStatus, Counts, FrameSample, LingeringFigure, LingeringGroup,
    PassReason, PauseReason, PauseRecord, PhaseNanos, Policy, Profile, ScriptError, Tally,
};

/// More frames and pauses than a profile keeps.
pub const FRAMES: u64 = 9_000;
/// Rows by type: the runtime's own types and a game's classes.
pub const TYPES: usize = 90;
/// Rows by allocation site: the lines of a game's scripts that allocate.
pub const SITES: usize = 600;
/// Groups of lingering objects, as many as a census spells out.
pub const GROUPS: u64 = 20;

const FRAME_NANOS: u64 = 16_666_667;
const FRAMES_A_SECOND: u64 = 60;
/// Objects left behind each second.
const LEAK_OBJECTS: u64 = 32;
const LEAK_BYTES: u64 = LEAK_OBJECTS * 61;
const TYPE_NAMES: [&str; 8] = ["cell", "function", "tuple", "dict", "list", "str", "float", "generator"];
const CLASS_NAMES: [&str; 6] = ["Enemy", "Bullet", "Vec2", "Wave", "Director", "Encoder"];
const FILES: [&str; 5] = ["encoder.py", "enemy.py", "world.py", "bullet.py", "waves.py"];

/// A profile whose rings are full, with rows, groups, marks, alerts and errors.
pub fn profile() -> Profile {
    let mut profile = Profile::default();
    profile.collector = collector();
    for number in 0..FRAMES {
        profile.push_pause(pause(number));
        profile.push_frame(frame(number));
        if number == FRAMES / 2 {
            refresh_rows(&mut profile, number);
            refresh_lingering(&mut profile, number);
            profile.set_mark("level 2");
        }
    }
    refresh_rows(&mut profile, FRAMES);
    refresh_lingering(&mut profile, FRAMES);
    for number in 0..12 {
        profile.push_alert(alert(number * 700));
        profile.push_script_error(script_error(FRAMES - 30, number));
    }
    profile
}

/// The collector in the middle of a pass.
pub fn collector() -> CollectorStatus {
    CollectorStatus {
        policy: Policy::Observe,
        budget_micros: 300,
        phase: CollectorPhase::Mark,
        progress: 0.43,
        reason: PassReason::Allocations,
        waits_to_be_freed: false,
        explained_objects: 1_054,
    }
}

/// The figures of one frame.
pub fn frame(number: u64) -> FrameSample {
    let wave = wave(number);
    let lingering = LEAK_OBJECTS * (number / FRAMES_A_SECOND);
    let exact = number % 240 >= 60;
    FrameSample {
        frame: number,
        time_nanos: number * FRAME_NANOS,
        frame_nanos: FRAME_NANOS + wave * 9_000,
        script_nanos: 2_100_000 + wave * 4_000,
        pause_nanos: 90_000 + wave * 2_100,
        sampling_nanos: 21_000,
        overlay_nanos: 310_000,
        heap_bytes: 12_400_000 + lingering * 61 + wave * 640,
        live_objects: 128_400 + lingering + wave,
        allocated: 1_800 + wave,
        freed_by_count: 1_790 + wave,
        freed_by_collector: 0,
        lingering: LingeringFigure {
            low_objects: lingering,
            high_objects: lingering + if exact { 0 } else { 96 },
            low_bytes: lingering * 61,
            high_bytes: (lingering + if exact { 0 } else { 96 }) * 61,
            exact,
            as_of_frame: number,
            complete_to_frame: Some(number.saturating_sub(40)),
        },
    }
}

/// The pause of one frame: mostly a slice, now and then a collection in one stop.
pub fn pause(number: u64) -> PauseRecord {
    let in_one_stop = number % 420 == 200;
    let pause_nanos = if in_one_stop { 3_100_000 + wave(number) * 160_000 } else { 90_000 + wave(number) * 2_100 };
    PauseRecord {
        frame: number,
        start_nanos: (number * FRAME_NANOS).saturating_sub(pause_nanos),
        pause_nanos,
        reason: if in_one_stop { PauseReason::Script } else { PauseReason::Slice },
        examined: if in_one_stop { 128_400 } else { 3_000 },
        freed_objects: if in_one_stop { 12 } else { 0 },
        freed_bytes: if in_one_stop { 768 } else { 0 },
        phases: PhaseNanos { mark_nanos: pause_nanos, ..PhaseNanos::default() },
    }
}

/// Sets the counters of all rows as they would be at that frame.
pub fn refresh_rows(profile: &mut Profile, frame: u64) {
    for index in 0..TYPES {
        let name = TYPE_NAMES.get(index).unwrap_or(&CLASS_NAMES[index % CLASS_NAMES.len()]);
        profile.update_type(index, name, counts(index, frame));
    }
    for index in 0..SITES {
        let (file, line) = site(index);
        profile.update_site(index, file, line, counts(index, frame));
    }
}

/// Sets what lingers, as it is done after a census.
pub fn refresh_lingering(profile: &mut Profile, frame: u64) {
    let seconds = frame / FRAMES_A_SECOND;
    profile.clear_lingering();
    for index in 0..TYPES {
        profile.set_type_lingering(index, tally(index, seconds));
    }
    for index in 0..SITES {
        profile.set_site_lingering(index, tally(index, seconds));
    }
    profile.set_groups(groups(seconds));
}

/// Groups of lingering objects, largest first.
pub fn groups(seconds: u64) -> Vec<LingeringGroup> {
    (1..=GROUPS)
        .map(|number| {
            let (file, line) = site(number as usize);
            let objects = (GROUPS + 1 - number) * seconds;
            LingeringGroup {
                fingerprint: number,
                objects,
                bytes: objects * 61,
                cycle: vec![format!("function encode_{number}"), "closure".into(), format!("cell \"encode_{number}\"")],
                site: format!("{file}:{line}"),
                cut: format!("cell \"encode_{number}\" ({file}:{line})"),
                cut_reference: format!("variable encode_{number}"),
                age_frames: 340 / number,
                new_since_mark: 0,
                culprits: objects - objects / 4,
                victims: objects / 4,
            }
        })
        .collect()
}

fn alert(frame: u64) -> Alert {
    Alert {
        frame,
        time_nanos: frame * FRAME_NANOS,
        kind: AlertKind::LingeringGrowth,
        message: "cells grew by 640 within 20 s; most come from encoder.py:14".into(),
    }
}

fn script_error(frame: u64, number: u64) -> ScriptError {
    let line = 27 + number as u32;
    let message = "NameError: name 'word' is not defined. Did you mean: 'world'?";
    ScriptError {
        frame,
        time_nanos: frame * FRAME_NANOS,
        file: "enemy.py".into(),
        line,
        column: 23,
        source_line: "        self.target = word.nearest(self.position)".into(),
        message: message.into(),
        traceback: format!("Traceback (most recent call last):\n  File \"enemy.py\", line {line}, in think\n{message}"),
        count: 1,
    }
}

fn counts(index: usize, frame: u64) -> Counts {
    let live = 40_000 / (index as u64 + 1) + wave(frame);
    let freed_by_count = live * 41 + frame;
    Counts { allocated: live + freed_by_count, freed_by_count, freed_by_collector: 0, live, bytes: live * 64 }
}

/// A quarter of the rows have objects that linger.
fn tally(index: usize, seconds: u64) -> Tally {
    if index.is_multiple_of(4) {
        Tally { objects: LEAK_OBJECTS * seconds, bytes: LEAK_BYTES * seconds }
    } else {
        Tally::default()
    }
}

fn site(index: usize) -> (&'static str, u32) {
    (FILES[index % FILES.len()], (index / FILES.len()) as u32 * 3 + 1)
}

/// Something that changes from frame to frame and repeats late.
fn wave(number: u64) -> u64 {
    (number * 7_919) % 101
}
