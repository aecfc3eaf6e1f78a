//! The plugin in headless apps: scripts run, samples come, switches switch, and errors stop nothing but their script.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use bevy::{input::InputPlugin, prelude::*, time::TimeUpdateStrategy};
use bevy_linger::{
    CollectPolicy, LingerAppExt, LingerCommand, LingerConfig, LingerDiagnosticsPlugin, LingerPlugin, LingerScripts,
    OverlayMode, Profiler, ScriptFailed, ScriptFault, ScriptsState,
};
use tempfile::TempDir;

/// An app whose scripts are these files. The folder lives as long as the app.
struct Game {
    app: App,
    folder: TempDir,
}

#[derive(Resource, Default)]
struct Calls(Vec<f64>);

#[derive(Resource, Default)]
struct Failures(Vec<ScriptFailed>);

impl Game {
    fn new(scripts: &[(&str, &str)]) -> Self {
        Self::with_config(scripts, LingerConfig::default())
    }

    fn with_config(scripts: &[(&str, &str)], config: LingerConfig) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("scripts")).expect("a folder in it");
        for (name, text) in scripts {
            fs::write(folder.path().join("scripts").join(name), text).expect("a script in it");
        }
        let mut app = App::new();
        app.add_plugins((
            MinimalPlugins,
            AssetPlugin { file_path: folder.path().display().to_string(), ..default() },
            InputPlugin,
        ))
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(10)))
        .insert_resource(config)
        .init_resource::<Calls>()
        .init_resource::<Failures>()
        .add_plugins(LingerPlugin::default())
        .add_script_function("game", "note", |world: &mut World, number: f64| {
            world.resource_mut::<Calls>().0.push(number);
        })
        .add_script_function("game", "double", |_: &mut World, number: i64| number * 2)
        .add_script_function("game", "refuse", |_: &mut World| -> Result<(), ScriptFault> {
            Err(ScriptFault::Value("not today".into()))
        })
        .add_systems(Last, |mut failed: MessageReader<ScriptFailed>, mut failures: ResMut<Failures>| {
            failures.0.extend(failed.read().cloned());
        });
        app.finish();
        app.cleanup();
        let mut game = Self { app, folder };
        let start = Instant::now();
        while game.scripts().state() == ScriptsState::Loading {
            game.app.update();
            assert!(start.elapsed() < Duration::from_secs(30), "the scripts never came");
            std::thread::sleep(Duration::from_millis(1));
        }
        game
    }

    fn scripts(&self) -> &LingerScripts {
        self.app.world().resource::<LingerScripts>()
    }

    fn profiler(&self) -> &Profiler {
        self.app.world().resource::<Profiler>()
    }

    fn config(&mut self) -> Mut<'_, LingerConfig> {
        self.app.world_mut().resource_mut::<LingerConfig>()
    }

    fn calls(&self) -> &[f64] {
        &self.app.world().resource::<Calls>().0
    }

    fn failures(&self) -> &[ScriptFailed] {
        &self.app.world().resource::<Failures>().0
    }

    fn lingering(&self) -> u64 {
        self.profiler().profile().lingering().low_objects
    }

    fn update(&mut self, frames: u32) {
        for _ in 0..frames {
            self.app.update();
        }
    }

    fn command(&mut self, command: LingerCommand) {
        self.app.world_mut().write_message(command);
        self.update(1);
    }
}

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
fn the_automatic_policy_collects_above_its_threshold_once_it_is_chosen() {
    let mut game = Game::new(&[("leak.py", LEAK)]);
    game.update(40);
    assert_eq!(game.lingering(), 3);
    let mut config = game.config();
    config.collect_above_objects = 2;
    config.policy = CollectPolicy::Automatic;
    game.update(40);
    assert_eq!(game.lingering(), 0);
}

#[test]
fn the_manual_policy_looks_only_when_asked() {
    let config = LingerConfig { policy: CollectPolicy::Manual, ..default() };
    let mut game = Game::with_config(&[("leak.py", LEAK)], config);
    game.update(60);
    assert_eq!(game.profiler().profile().history().pauses().len(), 0);
    game.command(LingerCommand::Census);
    assert_eq!(game.lingering(), 3);
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
