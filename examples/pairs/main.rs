//! A card game for one against the machine, whose rules are scripts: messages between seats, cards and table, and one coroutine
//! for a whole game.

#[path = "../shared/assets.rs"]
mod assets;
mod view;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use bevy::{
    input::InputPlugin,
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured, save_to_disk},
    time::TimeUpdateStrategy,
};
use linger::{
    bevy_linger::{host::ScriptHost, stubs::write_stubs},
    prelude::*,
};

const USAGE: &str =
    "usage: pairs [--headless] [--auto] [--frames N] [--seed N] [--screenshot FILE.png] [--stubs FOLDER]\n";
/// The step of time where nobody watches the clock: the same game each time.
const STEP: Duration = Duration::from_nanos(16_666_667);
const LOADING_LIMIT: Duration = Duration::from_secs(30);

/// A card on the table. Its script turns and moves it.
#[derive(Component, Reflect, Default)]
#[reflect(Component, Default)]
pub struct Card {
    /// Where it lies.
    pub at: Vec2,
    /// Which picture it shows.
    pub face: u32,
    /// Its number on the table.
    pub index: u32,
    /// From 0, face down, to 1, face up.
    pub turned: f32,
    /// Whether the cursor is on it.
    pub lit: bool,
}

/// Who plays at the table.
#[derive(Component, Reflect, Default)]
#[reflect(Component, Default)]
pub struct Seat {
    /// Whose it is: 0 or 1.
    pub place: u32,
}

/// What is said beside the table; written by scripts.
#[derive(Resource, Reflect, Default)]
#[reflect(Resource)]
pub struct Board {
    /// What just happened.
    pub title: String,
    /// What to do.
    pub hint: String,
    /// Whose turn it is.
    pub turn: u32,
    /// Pairs by seat.
    pub scores: Vec<u32>,
    /// Pairs found in all games.
    pub pairs: u32,
    /// Games played to their end.
    pub games: u32,
    /// Whether the machine plays both sides.
    pub auto: bool,
    /// What the cards are shuffled by.
    pub seed: u32,
}

/// Where the mouse points, in the game's own units.
#[derive(Resource, Reflect, Default)]
#[reflect(Resource)]
pub struct Pointer {
    /// The place.
    pub at: Vec2,
    /// Whether it is another than in the last frame.
    pub moved: bool,
}

#[derive(Default)]
struct Options {
    headless: bool,
    auto: bool,
    frames: Option<u64>,
    seed: u32,
    screenshot: Option<String>,
    /// Where the stubs of the game's scripts are written instead of playing.
    stubs: Option<PathBuf>,
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { seed: 7, ..default() };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        let number = |text: String| text.parse::<u32>().map_err(|_| format!("{text:?} is no number"));
        match argument.as_str() {
            "--headless" => options.headless = true,
            "--auto" => options.auto = true,
            "--frames" => options.frames = Some(number(value()?)?.into()),
            "--seed" => options.seed = number(value()?)?,
            "--screenshot" => options.screenshot = Some(value()?),
            "--stubs" => {
                options.stubs = Some(value()?.into());
                options.headless = true;
            }
            other => return Err(format!("unknown option {other}")),
        }
    }
    if options.screenshot.is_some() && (options.headless || options.frames.is_none()) {
        return Err("--screenshot needs a window and --frames".into());
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprint!("pairs: {message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut app = App::new();
    if options.headless {
        app.add_plugins((MinimalPlugins, assets::plugin(), InputPlugin));
    } else {
        let window = Window { title: "Pairs".into(), ..default() };
        app.add_plugins(
            DefaultPlugins.set(WindowPlugin { primary_window: Some(window), ..default() }).set(assets::plugin()),
        )
        .add_plugins(view::plugin);
    }
    add_game(&mut app, &options);
    if let Some(folder) = &options.stubs {
        app.update();
        return match write_stubs(app.world(), folder, |path| path.starts_with("pairs::")) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("pairs: {}: {error}", folder.display());
                ExitCode::FAILURE
            }
        };
    }
    let exit = if options.headless { play_headless(app, options.frames.unwrap_or(600)) } else { app.run() };
    match exit {
        AppExit::Success => ExitCode::SUCCESS,
        AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

fn add_game(app: &mut App, options: &Options) {
    let auto = options.auto || options.headless;
    app.insert_resource(LingerConfig { script_folder: "scripts/pairs".into(), ..default() })
        .add_plugins(LingerPlugin::default())
        .register_type::<Card>()
        .register_type::<Seat>()
        .register_type::<Board>()
        .register_type::<Pointer>()
        .insert_resource(Board { auto, seed: options.seed, ..default() })
        .init_resource::<Pointer>()
        .add_systems(Startup, |mut commands: Commands| {
            commands.spawn(Script::new("table.py"));
        });
    if options.frames.is_some() {
        app.insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
    }
    if let (false, Some(frames)) = (options.headless, options.frames) {
        let mut screenshot = options.screenshot.clone();
        app.add_systems(
            Update,
            move |mut commands: Commands, profiler: Res<Profiler>, mut exits: MessageWriter<AppExit>| {
                if profiler.frame() != frames {
                    return;
                }
                let Some(path) = screenshot.take() else {
                    exits.write(AppExit::Success);
                    return;
                };
                commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path)).observe(
                    |_: On<ScreenshotCaptured>, mut exits: MessageWriter<AppExit>| {
                        exits.write(AppExit::Success);
                    },
                );
            },
        );
    }
}

fn play_headless(mut app: App, frames: u64) -> AppExit {
    app.insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
    app.finish();
    app.cleanup();
    let start = std::time::Instant::now();
    while app.world().resource::<LingerScripts>().state() == ScriptsState::Loading {
        app.update();
        if start.elapsed() > LOADING_LIMIT {
            eprintln!("pairs: the scripts could not be read");
            return AppExit::error();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    for _ in 0..frames {
        app.update();
    }
    let errors = app.world().resource::<Profiler>().profile().script_errors().len();
    let lingering = app.world_mut().get_non_send_mut::<ScriptHost>().map(|mut host| host.census().lingering.objects);
    let board = app.world().resource::<Board>();
    println!(
        "{frames} frames, {} games, {} pairs, {errors} errors, {} objects linger",
        board.games,
        board.pairs,
        lingering.unwrap_or_default(),
    );
    if errors == 0 { AppExit::Success } else { AppExit::error() }
}
