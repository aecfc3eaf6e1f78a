//! A profile of a game in play, made up: what the overlay's tests and its picture look at.

use linger_profile::{
    Alert, AlertKind, CollectorPhase, CollectorStatus, Counts, FrameSample, LingeringFigure, LingeringGroup,
    PassReason, PassRecord, PauseReason, PauseRecord, PhaseNanos, Policy, Profile, ScriptCosts, ScriptError, ScriptRow,
    Tally,
};

const FRAME_NANOS: u64 = 16_666_667;
const FRAMES: u64 = 1_800;

/// Half a minute of a game whose encoder leaves 32 objects each second.
pub fn profile() -> Profile {
    let mut profile = Profile::default();
    profile.collector = CollectorStatus {
        policy: Policy::Observe,
        budget_micros: 300,
        phase: CollectorPhase::Mark,
        progress: 0.43,
        reason: PassReason::Allocations,
        waits_to_be_freed: false,
        explained_objects: 1_054,
    };
    for frame in 0..FRAMES {
        frame_of(&mut profile, frame);
        if frame == 900 {
            rows_of(&mut profile, frame);
            profile.set_mark("level 2");
        }
    }
    rows_of(&mut profile, FRAMES);
    let row = |name: &str, calls, left, failures| ScriptRow {
        name: name.into(),
        key: calls,
        calls,
        nanos: calls * 2_300,
        allocated: calls * 5,
        left,
        failures,
        disabled: failures > 4,
    };
    profile.scripts = ScriptCosts {
        by_callback: vec![row("enemy on_update", 432_000, 5_400, 5), row("enemy on_spawn", 240, 960, 0)],
        by_entity: vec![row("enemy 17v2", 1_800, 5_400, 0), row("enemy 12v0", 1_790, 12, 5)],
        entities: 240,
    };
    profile
}

/// The same with a script's error and an alert just now.
#[allow(dead_code, reason = "not every user of this file shows errors")]
pub fn profile_with_errors() -> Profile {
    let mut profile = profile();
    let time_nanos = (FRAMES - 30) * FRAME_NANOS;
    profile.push_alert(Alert {
        frame: FRAMES - 300,
        time_nanos: (FRAMES - 300) * FRAME_NANOS,
        kind: AlertKind::LingeringGrowth,
        message: "cells grew by 640 within 20 s; most come from encoder.py:14".into(),
    });
    for _ in 0..3 {
        profile.push_script_error(ScriptError {
            frame: FRAMES - 30,
            time_nanos,
            file: "enemy.py".into(),
            line: 27,
            column: 23,
            source_line: "        self.target = word.nearest(self.position)".into(),
            message: "NameError: name 'word' is not defined. Did you mean: 'world'?".into(),
            traceback: "Traceback (most recent call last):\n  File \"enemy.py\", line 61, in update\n    self.think(dt)\n  File \"enemy.py\", line 27, in think\n    self.target = word.nearest(self.position)\nNameError: name 'word' is not defined. Did you mean: 'world'?".into(),
            count: 1,
        });
    }
    profile
}

fn frame_of(profile: &mut Profile, frame: u64) {
    let time_nanos = frame * FRAME_NANOS;
    let wave = (frame * 7_919) % 101;
    let lingering = 32 * (frame / 60);
    let slice_nanos = 90_000 + wave * 2_100;
    profile.push_pause(PauseRecord {
        frame,
        start_nanos: time_nanos.saturating_sub(slice_nanos),
        pause_nanos: slice_nanos,
        reason: PauseReason::Slice,
        examined: 3_000 + wave,
        freed_objects: 0,
        freed_bytes: 0,
        phases: PhaseNanos { mark_nanos: slice_nanos, ..PhaseNanos::default() },
    });
    if frame % 120 == 60 {
        profile.push_pass(PassRecord {
            reason: if frame % 240 == 60 { PassReason::Allocations } else { PassReason::Frames },
            first_frame: frame.saturating_sub(40),
            last_frame: frame,
            slices: 40,
            marked: 128_400,
            found_objects: if frame % 240 == 60 { 640 } else { 3 },
            found_bytes: 39_040,
            work_nanos: 7_900_000,
            longest_slice_nanos: 310_000,
        });
    }
    if frame % 420 == 200 {
        let pause_nanos = 3_100_000 + wave * 160_000;
        profile.push_pause(PauseRecord {
            frame,
            start_nanos: time_nanos.saturating_sub(pause_nanos),
            pause_nanos,
            reason: if frame > 1_000 { PauseReason::Script } else { PauseReason::Request },
            examined: 128_400 + wave,
            freed_objects: if frame > 1_000 { 12 } else { 4_096 },
            freed_bytes: 196_608,
            phases: PhaseNanos {
                mark_nanos: pause_nanos / 2,
                subtract_nanos: pause_nanos / 4,
                finalize_nanos: pause_nanos / 40,
                clear_nanos: pause_nanos / 5,
            },
        });
    }
    profile.push_frame(FrameSample {
        frame,
        time_nanos,
        frame_nanos: FRAME_NANOS + wave * 9_000,
        script_nanos: 2_100_000 + wave * 4_000,
        pause_nanos: slice_nanos,
        sampling_nanos: 21_000,
        overlay_nanos: 310_000,
        heap_bytes: 12_400_000 + lingering * 61 + wave * 640,
        live_objects: 128_400 + lingering + wave,
        allocated: 1_800 + wave,
        freed_by_count: 1_790 + wave,
        freed_by_collector: 0,
        lingering: LingeringFigure {
            low_objects: lingering,
            high_objects: lingering + if frame % 240 < 60 { 96 } else { 0 },
            low_bytes: lingering * 61,
            high_bytes: (lingering + 96) * 61,
            exact: frame % 240 >= 60,
            as_of_frame: frame,
            complete_to_frame: Some(frame.saturating_sub(frame % 240)),
        },
    });
}

fn rows_of(profile: &mut Profile, frames: u64) {
    let seconds = frames / 60;
    let types = [
        ("cell", 22, 40),
        ("function", 4, 1_900),
        ("tuple", 4, 22_400),
        ("method", 1, 12),
        ("dict", 1, 9_800),
        ("list", 0, 14_300),
        ("str", 0, 31_000),
        ("float", 0, 28_000),
        ("Enemy", 0, 240),
        ("Bullet", 0, 1_060),
        ("generator", 0, 64),
        ("Vec2", 0, 19_000),
        ("set", 0, 310),
        ("int", 0, 274),
    ];
    for (index, (name, each_second, steady)) in types.into_iter().enumerate() {
        let lingering = each_second * seconds;
        let live = steady + lingering;
        let freed_by_count = live * 41 * seconds;
        let freed_by_collector = if each_second > 0 { 128 } else { 0 };
        let counts = Counts {
            allocated: live + freed_by_count + freed_by_collector,
            freed_by_count,
            freed_by_collector,
            live,
            bytes: live * 64,
        };
        profile.update_type(index, name, counts);
        let tally = Tally { objects: lingering, bytes: lingering * 61 };
        profile.set_type_lingering(index, tally);
    }
    let sites = [
        ("encoder.py", 14, 12),
        ("encoder.py", 31, 9),
        ("encoder.py", 52, 7),
        ("encoder.py", 8, 4),
        ("enemy.py", 27, 0),
        ("world.py", 102, 0),
        ("bullet.py", 9, 0),
    ];
    for (index, (file, line, each_second)) in sites.into_iter().enumerate() {
        let lingering = each_second * seconds;
        let live = lingering + 900 / line as u64;
        let freed_by_count = live * 30 * seconds;
        let allocated = live + freed_by_count;
        let counts = Counts { allocated, freed_by_count, freed_by_collector: 0, live, bytes: live * 64 };
        profile.update_site(index, file, line, counts);
        let tally = Tally { objects: lingering, bytes: lingering * 61 };
        profile.set_site_lingering(index, tally);
    }
    profile.set_groups(groups(seconds));
}

fn groups(seconds: u64) -> Vec<LingeringGroup> {
    let encoder = |name: &str| vec![format!("function {name}"), "closure".into(), format!("cell \"{name}\"")];
    let mut groups = vec![LingeringGroup {
        fingerprint: 1,
        objects: 21 * seconds,
        bytes: 21 * 61 * seconds,
        cycle: [encoder("iterencode"), encoder("iterencode_dict"), encoder("iterencode_list")].concat(),
        site: "encoder.py:14".into(),
        cut: "cell \"iterencode\" (encoder.py:14)".into(),
        cut_reference: "variable iterencode".into(),
        age_frames: seconds * 60 - 12,
        new_since_mark: 0,
        culprits: 18 * seconds,
        victims: 3 * seconds,
    }];
    for (number, (name, line)) in
        [("listiter", 3), ("floatstr", 31), ("walk", 52), ("default", 8)].into_iter().enumerate()
    {
        let objects = (5 - number as u64) * seconds;
        groups.push(LingeringGroup {
            fingerprint: 2 + number as u64,
            objects,
            bytes: objects * 72,
            cycle: encoder(name),
            site: format!("encoder.py:{line}"),
            cut: format!("cell \"{name}\" (encoder.py:{line})"),
            cut_reference: format!("variable {name}"),
            age_frames: 340 / (number as u64 + 1),
            new_since_mark: 0,
            culprits: objects,
            victims: 0,
        });
    }
    groups
}

/// An hour of a large game: hundreds of types and lines with long names, deep cycles, many scripts, some of them disabled.
#[allow(dead_code, reason = "not every user of this file looks at it")]
pub fn crowded() -> Profile {
    let mut profile = profile_with_errors();
    let long = |number: u64| format!("game.enemies.behaviours.formations.v{number}.SquadronFormationController");
    for number in 0..300_u64 {
        let live = 1_000_000_000 / (number + 1).pow(3) + number;
        let counts = Counts {
            allocated: live * 4_000,
            freed_by_count: live * 3_900,
            freed_by_collector: live * 99,
            live,
            bytes: live * 96,
        };
        let index = 14 + number as usize;
        profile.update_type(index, &long(number), counts);
        profile.set_type_lingering(index, Tally { objects: live / 3, bytes: live * 32 });
        let file = format!("game/enemies/behaviours/formations/v{number}/squadron_formation_controller.py");
        profile.update_site(7 + number as usize, &file, 12_345, counts);
        profile.set_site_lingering(7 + number as usize, Tally { objects: live / 3, bytes: live * 32 });
    }
    let mut groups = groups(3_600);
    for number in 0..60_u64 {
        let steps = 2 + (number * 7) % 63;
        groups.push(LingeringGroup {
            fingerprint: 100 + number,
            objects: 3_456_789 / (number + 1),
            bytes: 345_678_901 / (number + 1),
            cycle: (0..steps).map(|step| format!("{}.next_in_formation", long(step))).collect(),
            site: format!("game/enemies/behaviours/formations/v{number}/squadron_formation_controller.py:12345"),
            cut: format!("{} (squadron_formation_controller.py:12345)", long(number)),
            cut_reference: format!("{}.next_in_formation", long(number)),
            age_frames: 216_000,
            new_since_mark: 12_345,
            culprits: 2_345_678 / (number + 1),
            victims: 1_111_111 / (number + 1),
        });
    }
    profile.set_groups(groups);
    let row = |number: u64, what: &str| ScriptRow {
        name: format!("{} {what}", long(number)),
        key: number,
        calls: 216_000 * number,
        nanos: 7_654_321_000 * number,
        allocated: 98_765_432 * number,
        left: 123_456 * number as i64 - 1_000_000,
        failures: number / 4,
        disabled: number % 12 == 0,
    };
    profile.scripts = ScriptCosts {
        by_callback: (0..60).flat_map(|number| [row(number, "on_update"), row(number, "on_fixed_update")]).collect(),
        by_entity: (0..200).map(|number| row(number, "4294967289v12")).collect(),
        entities: 12_345,
    };
    profile
}
