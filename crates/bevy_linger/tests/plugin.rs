//! The plugin in headless apps: scripts run, samples come, switches switch, and errors stop nothing but their script.

mod common;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use bevy_linger::{CollectPolicy, LingerCommand, LingerConfig, LingerDiagnosticsPlugin, OverlayMode, ScriptsState};
use common::Game;
use linger_profile::{PassReason, PauseReason, Policy};

const LEAK: &str = "
def leave_a_cycle():
    def again(n):
        return n and again(n - 1)
    return again(2)

leave_a_cycle()
";

const COUNTER: &str = "
import game
calls = 0
def update(dt):
    global calls
    calls += 1
    game.note(dt)
";

#[test]
fn update_is_called_each_frame_with_the_time_that_passed() {
    let mut game = Game::new(&[("counter.py", COUNTER)]);
    let before = game.calls().len();
    game.update(5);
    assert_eq!(game.calls().len(), before + 5);
    assert_eq!(game.calls().last(), Some(&0.01));
}

#[test]
fn scripts_import_each_other_and_call_the_game() {
    let game = Game::new(&[
        ("tools.py", "import game\ndef twice(n):\n    return game.double(n)\n"),
        ("main.py", "import game, tools\ngame.note(tools.twice(21))\n"),
    ]);
    assert_eq!(game.calls(), [42.0]);
    assert!(game.failures().is_empty());
}

#[test]
fn a_fault_of_the_game_is_an_exception_that_a_script_can_catch() {
    let game = Game::new(&[(
        "main.py",
        "import game\ntry:\n    game.refuse()\nexcept ValueError as error:\n    game.note(len(str(error)))\n\
         try:\n    game.double('x')\nexcept TypeError:\n    game.note(1)\n",
    )]);
    assert!(game.failures().is_empty(), "{:?}", game.failures());
    assert_eq!(game.calls(), [9.0, 1.0]);
}

#[test]
fn samples_follow_from_one_frame_to_the_next_and_the_books_balance() {
    let mut game = Game::new(&[("leak.py", LEAK), ("counter.py", COUNTER)]);
    game.update(40);
    let profile = game.profiler().profile();
    let frames: Vec<_> = profile.history().frames().iter().copied().collect();
    assert!(frames.len() >= 40);
    for pair in frames.windows(2) {
        assert!(pair[1].follows(&pair[0]), "{pair:?}");
        assert_eq!(pair[1].frame, pair[0].frame + 1);
    }
    assert!(profile.latest_frame().is_some_and(|sample| sample.live_objects > 0));
    assert_eq!(profile.check_accounting(), Ok(()));
}

#[test]
fn a_closure_leak_is_counted_by_type_and_freed_on_demand_only() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.command(LingerCommand::Census);
    assert_eq!(game.lingering(), 3);
    let profile = game.profiler().profile();
    let mut kinds: Vec<_> = profile
        .types()
        .iter()
        .filter(|row| row.lingering.objects > 0)
        .map(|row| (row.name.as_str(), row.lingering.objects))
        .collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [("cell", 1), ("function", 1), ("tuple", 1)]);
    assert!(
        profile.sites().iter().any(|row| row.lingering.objects > 0 && row.file.ends_with("leak.py")),
        "no site of leak.py"
    );
    assert!(!profile.groups().is_empty());

    game.update(100);
    assert_eq!(game.lingering(), 3, "observing frees nothing");
    game.command(LingerCommand::Collect);
    assert_eq!(game.lingering(), 0);
    let pauses = game.profiler().profile().history().pauses();
    assert!(pauses.iter().any(|pause| pause.freed_objects == 3));
}

#[test]
fn a_leak_is_seen_at_the_end_of_the_frame_that_made_it() {
    let source = "
def leave_a_cycle():
    def again(n):
        return n and again(n - 1)
    return again(2)

frames = 0
def update(dt):
    global frames
    frames += 1
    if frames == 20:
        leave_a_cycle()
";
    let mut game = Game::new(&[("leak.py", source)]);
    let mut seen = Vec::new();
    for _ in 0..25 {
        game.update(1);
        seen.push(game.lingering());
    }
    let first = seen.iter().position(|objects| *objects > 0).expect("it is seen");
    assert_eq!(seen[first..], vec![3; seen.len() - first]);
    let figures: Vec<_> =
        game.profiler().profile().history().frames().last(25).map(|sample| sample.lingering).collect();
    assert!(figures.iter().all(|figure| figure.low_objects <= figure.high_objects), "{figures:?}");
    // The scripts ran their twentieth update in the frame with this number of allocations more.
    let frames: Vec<_> = game.profiler().profile().history().frames().last(25).collect();
    let made = frames.iter().position(|sample| sample.allocated >= 3).expect("three objects were made");
    assert_eq!(made, first);
}

#[test]
fn the_automatic_policy_frees_in_slices_once_it_is_chosen() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.update(40);
    assert_eq!(game.lingering(), 3);
    game.config().policy = CollectPolicy::Automatic;
    game.update(10);
    assert_eq!(game.lingering(), 0);
    let profile = game.profiler().profile();
    let freed: Vec<_> = profile.history().pauses().iter().filter(|pause| pause.freed_objects > 0).collect();
    assert!(freed.iter().all(|pause| pause.reason == PauseReason::Slice), "{freed:?}");
    assert_eq!(freed.iter().map(|pause| pause.freed_objects).sum::<u64>(), 3);
    assert_eq!(profile.collector.policy, Policy::Automatic);
}

#[test]
fn the_manual_policy_frees_and_explains_only_when_asked() {
    let config = LingerConfig { policy: CollectPolicy::Manual, pass_after_frames: 1, ..default() };
    let mut game = Game::with_config(&[("leak.py", LEAK)], config);
    game.update(60);
    let profile = game.profiler().profile();
    assert_eq!(profile.pass_count(), 0);
    assert!(profile.groups().is_empty());
    assert!(profile.history().pauses().iter().all(|pause| pause.reason == PauseReason::Slice));
    game.command(LingerCommand::Census);
    assert_eq!(game.lingering(), 3);
    assert_eq!(game.profiler().profile().groups().len(), 1);
    game.command(LingerCommand::CollectInSlices);
    game.update(5);
    assert_eq!(game.lingering(), 0);
}

#[test]
fn a_pass_is_counted_with_what_it_began_for_and_without_garbage_it_is_useless() {
    let config = LingerConfig { policy: CollectPolicy::Manual, ..default() };
    let mut game = Game::with_config(&[("counter.py", COUNTER)], config);
    game.command(LingerCommand::Pass);
    game.update(200);
    let profile = game.profiler().profile();
    assert_eq!(profile.pass_count(), 1);
    let pass = *profile.passes().latest().expect("a pass");
    assert_eq!(pass.reason, PassReason::Request);
    assert!(pass.marked > 100 && pass.slices > 0, "{pass:?}");
    assert!(pass.useless(), "{pass:?}");
}

#[test]
fn the_budget_holds_from_the_next_frame_on() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.config().budget_micros = 77;
    game.update(1);
    assert_eq!(game.profiler().profile().collector.budget_micros, 77);
}

#[test]
fn what_is_frozen_is_left_out_until_it_is_taken_back() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.command(LingerCommand::Freeze);
    game.command(LingerCommand::Census);
    assert_eq!(game.lingering(), 0);
    game.command(LingerCommand::Unfreeze);
    game.command(LingerCommand::Census);
    assert_eq!(game.lingering(), 3);
}

#[test]
fn a_large_graph_is_freed_over_frames_or_at_once_as_the_configuration_says() {
    let source = "
held = [[n] for n in range(20000)]
calls = 0
def update(dt):
    global held, calls
    calls += 1
    if calls == 10:
        held = None
";
    // The most that one frame freed, and the pauses that were for it.
    let freeing = |free_at_once_objects: u32| {
        let config = LingerConfig { free_at_once_objects, history_frames: 6_000, ..default() };
        let mut game = Game::with_config(&[("graph.py", source)], config);
        let freed = |game: &Game| -> Vec<u64> {
            game.profiler().profile().history().frames().iter().map(|sample| sample.freed_by_count).collect()
        };
        let start = Instant::now();
        while freed(&game).iter().sum::<u64>() < 20_000 {
            game.update(20);
            assert!(start.elapsed() < Duration::from_secs(60), "it is never freed");
        }
        let pauses = game.profiler().profile().history().pauses();
        let cascades = pauses.iter().filter(|pause| pause.reason == PauseReason::Cascade).count();
        (freed(&game).into_iter().max().unwrap_or_default(), cascades)
    };
    let (most, cascades) = freeing(1_000);
    assert!(most < 20_000 && cascades > 0, "{most} in a frame, {cascades} cascades");
    let (most, cascades) = freeing(0);
    assert!(most >= 20_000 && cascades == 0, "{most} in a frame, {cascades} cascades");
}

#[test]
fn scripts_stop_and_go_by_the_configuration() {
    let mut game = Game::new(&[("counter.py", COUNTER)]);
    game.config().run_scripts = false;
    let before = game.calls().len();
    game.update(3);
    assert_eq!(game.calls().len(), before);
    game.config().run_scripts = true;
    game.update(3);
    assert_eq!(game.calls().len(), before + 3);
}

#[test]
fn a_mark_makes_older_objects_old() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.command(LingerCommand::Mark("level 1".into()));
    let profile = game.profiler().profile();
    assert_eq!(profile.marks().latest().map(|mark| mark.label.as_str()), Some("level 1"));
    assert!(profile.groups().iter().all(|group| group.new_since_mark == 0));
}

#[test]
fn the_key_steps_through_the_overlays_modes_and_can_be_changed() {
    let mut game = Game::new(&[]);
    // A frame begins by forgetting what was just pressed, so the systems that listen are run by themselves.
    let press = |game: &mut Game, key: KeyCode| {
        let world = game.app.world_mut();
        world.resource_mut::<ButtonInput<KeyCode>>().press(key);
        world.run_schedule(Update);
        world.resource_mut::<ButtonInput<KeyCode>>().reset_all();
    };
    assert_eq!(game.config().overlay, OverlayMode::Hud);
    for expected in [OverlayMode::Panel, OverlayMode::Off, OverlayMode::Hud] {
        press(&mut game, KeyCode::F3);
        assert_eq!(game.config().overlay, expected);
    }
    game.config().toggle_key = KeyCode::F9;
    press(&mut game, KeyCode::F3);
    assert_eq!(game.config().overlay, OverlayMode::Hud);
    press(&mut game, KeyCode::F9);
    assert_eq!(game.config().overlay, OverlayMode::Panel);
}

#[test]
fn the_gamepad_chord_needs_both_buttons() {
    let mut game = Game::new(&[]);
    let pad = game.app.world_mut().spawn(Gamepad::default()).id();
    let press = |game: &mut Game, button: GamepadButton| {
        let mut gamepad = game.app.world_mut().get_mut::<Gamepad>(pad).expect("the gamepad");
        gamepad.digital_mut().press(button);
        game.app.world_mut().run_schedule(Update);
        let mut gamepad = game.app.world_mut().get_mut::<Gamepad>(pad).expect("the gamepad");
        gamepad.digital_mut().clear();
    };
    press(&mut game, GamepadButton::Select);
    assert_eq!(game.config().overlay, OverlayMode::Hud);
    press(&mut game, GamepadButton::RightThumb);
    assert_eq!(game.config().overlay, OverlayMode::Panel);
    // Held, not pressed anew.
    game.app.world_mut().run_schedule(Update);
    assert_eq!(game.config().overlay, OverlayMode::Panel);
}

#[test]
fn the_samples_become_diagnostics() {
    use bevy::diagnostic::{DiagnosticPath, DiagnosticsStore};
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.command(LingerCommand::Census);
    game.update(1);
    let store = game.app.world().resource::<DiagnosticsStore>();
    let value = |path: DiagnosticPath| store.get(&path).and_then(bevy::diagnostic::Diagnostic::value);
    assert_eq!(value(LingerDiagnosticsPlugin::LINGERING_OBJECTS), Some(3.0));
    assert!(value(LingerDiagnosticsPlugin::HEAP_BYTES).is_some_and(|bytes| bytes > 0.0));
}

/// Runs a bad script beside a good one: the game and the good one go on, and the error says where it is.
fn bad_script(source: &str, message: &str, line: u32) -> Game {
    let config = LingerConfig { instruction_limit: 200_000, memory_limit_bytes: 64 << 20, ..default() };
    let mut game = Game::with_config(&[("bad.py", source), ("counter.py", COUNTER)], config);
    game.update(10);
    let calls = game.calls().len();
    game.update(10);
    assert_eq!(game.calls().len(), calls + 10, "the good script goes on");
    assert_eq!(game.failures().len(), 1, "said once: {:?}", game.failures());
    let error = &game.failures()[0].0;
    assert!(error.message.starts_with(message), "{error:?}");
    assert!(error.file.ends_with("bad.py"), "{error:?}");
    assert_eq!(error.line, line, "{error:?}");
    assert!(error.caret().is_some_and(|caret| caret.ends_with('^')), "{error:?}");
    let known = game.profiler().profile().script_errors();
    assert_eq!(known.latest().map(|known| known.message.as_str()), Some(error.message.as_str()));
    let stopped: Vec<_> = game.scripts().modules().iter().map(|module| module.stopped).collect();
    assert_eq!(stopped, [true, false]);
    game
}

#[test]
fn a_syntax_error_leaves_the_game_running() {
    bad_script("def update(dt)\n    pass\n", "SyntaxError", 1);
}

#[test]
fn an_endless_recursion_leaves_the_game_running() {
    bad_script("def f():\n    return f()\n\ndef update(dt):\n    f()\n", "RecursionError", 2);
}

#[test]
fn an_endless_loop_leaves_the_game_running() {
    bad_script("def update(dt):\n    while True:\n        pass\n", "TimeoutError", 2);
}

#[test]
fn a_huge_allocation_leaves_the_game_running() {
    bad_script("def update(dt):\n    return [0] * 1000000000\n", "MemoryError", 2);
}

#[test]
fn a_script_that_changes_on_disk_and_is_loaded_anew_runs_again() {
    let mut game = bad_script("def update(dt):\n    missing\n", "NameError", 2);
    let path = game.folder.path().join("scripts/bad.py");
    fs::write(path, "import game\ndef update(dt):\n    game.note(7.0)\n").expect("the script");
    game.app.world().resource::<AssetServer>().reload(Path::new("scripts/bad.py"));
    let start = Instant::now();
    while !game.calls().contains(&7.0) {
        game.update(1);
        assert!(start.elapsed() < Duration::from_secs(30), "it never ran");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(game.profiler().profile().script_errors().is_empty());
}

#[test]
fn a_missing_folder_is_an_error_and_not_the_end() {
    let config = LingerConfig { script_folder: "nowhere".into(), ..default() };
    let mut game = Game::with_config(&[], config);
    game.update(3);
    assert_eq!(game.scripts().state(), ScriptsState::Failed);
    assert_eq!(game.failures().len(), 1);
}

#[test]
fn a_games_test_fails_by_what_lingers_and_says_what_to_cut() {
    let mut clean = Game::new(&[("counter.py", COUNTER)]);
    clean.update(5);
    bevy_linger::assert_no_lingering!(clean.app);

    let mut leaking = Game::new(&[("leak.py", LEAK)]);
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        bevy_linger::assert_no_lingering!(leaking.app, "after level {}", 3);
    }));
    let message = failed.expect_err("three objects linger");
    let message = message.downcast_ref::<String>().expect("a formatted message");
    assert!(message.starts_with("after level 3: 3 script objects linger"), "{message}");
    assert!(message.contains("made at leak.py:"), "{message}");
    assert!(message.contains("cell \"again\" -> function again -> closure"), "{message}");
    // Any of the three references frees all: which one is named is the order of addresses.
    let cut = message.lines().find(|line| line.trim_start().starts_with("cut:")).expect("a cut");
    assert!(cut.contains("(leak.py:"), "{message}");
}
