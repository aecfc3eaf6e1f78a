//! A small arcade game whose enemies are driven by Python scripts, one of which lets objects linger: play it with the
//! overlay open (F3), then press E and see the count stop.

#[path = "../shared/assets.rs"]
mod assets;
mod controls;
mod display;
#[cfg(all(target_os = "linux", not(feature = "gamepad")))]
mod joystick;
mod juice;
mod model;
mod options;
mod rules;
mod script_api;
mod view;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use bevy::{
    log::LogPlugin,
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured, save_to_disk},
    state::app::StatesPlugin,
    time::TimeUpdateStrategy,
    window::{PresentMode, WindowResolution},
};
use linger::{
    bevy_linger::{host::ScriptHost, stubs::write_stubs},
    prelude::*,
};

use crate::options::{Options, Request};

/// The step of time where nobody watches the clock: the same session each time.
const STEP: Duration = Duration::from_nanos(16_666_667);
/// How long the scripts' files may take to be read.
const LOADING_LIMIT: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(Request::Play(options)) => options,
        Ok(Request::Help) => {
            print!("{}", options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("playtest: {message}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    let exit = if options.headless {
        play_headless(&options)
    } else {
        match display::check() {
            Ok(()) => play_in_window(&options),
            Err(reason) => {
                eprintln!("playtest: no window, {reason}; playing headless instead");
                if options.screenshot.is_some() {
                    eprintln!("playtest: without a window there is no screenshot");
                }
                play_headless(&options)
            }
        }
    };
    match exit {
        AppExit::Success => ExitCode::SUCCESS,
        AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

/// The game without anything that needs a window.
fn add_game(app: &mut App, options: &Options) {
    app.insert_resource(LingerConfig {
        script_folder: "scripts/playtest".into(),
        overlay: options.overlay,
        panel_tab: options.tab,
        ..default()
    })
    .add_plugins(LingerPlugin::default())
    .add_plugins((rules::plugin, juice::plugin, controls::plugin));
    script_api::register(app);
    if let Some(frame) = options.swap_at {
        app.insert_resource(controls::SwapAt(frame));
    }
    if options.headless || options.autopilot || options.frames.is_some() {
        app.insert_resource(controls::Autopilot).insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
    }
}

/// Bevy's log, with Linger's layer beside it: the one line that a game adds to get a log file.
fn logging(app: &mut App, options: &Options) -> LogPlugin {
    if let Some(path) = &options.log {
        app.insert_resource(LingerLogFile { path: path.clone(), title: "Afterglow".into() });
    }
    LogPlugin { custom_layer: log_layer, fmt_layer: console_layer, ..default() }
}

fn play_headless(options: &Options) -> AppExit {
    let options = Options { headless: true, ..options.clone() };
    let mut app = App::new();
    let logging = logging(&mut app, &options);
    app.add_plugins((MinimalPlugins, logging, assets::plugin(), StatesPlugin));
    add_game(&mut app, &options);
    app.finish();
    app.cleanup();

    if let Some(folder) = &options.stubs {
        app.update();
        return match write_stubs(app.world(), folder, |path| path.starts_with("playtest::")) {
            Ok(()) => AppExit::Success,
            Err(error) => {
                eprintln!("playtest: {}: {error}", folder.display());
                AppExit::error()
            }
        };
    }
    // Frames are counted from when there is something to play.
    let start = std::time::Instant::now();
    while app.world().resource::<LingerScripts>().state() == ScriptsState::Loading {
        app.update();
        if start.elapsed() > LOADING_LIMIT {
            eprintln!("playtest: the scripts could not be read");
            return AppExit::error();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let frames = options.frames.unwrap_or(u64::MAX);
    for _ in 1..frames {
        app.update();
        if let Some(exit) = app.should_exit() {
            return exit;
        }
    }
    app.world_mut().write_message(AppExit::Success);
    app.update();
    report(app.world_mut());
    AppExit::Success
}

/// Says how it went, for whoever cannot see it, with a last look at the scripts' memory.
fn report(world: &mut World) {
    let Some(mut host) = world.get_non_send_mut::<ScriptHost>() else {
        return;
    };
    let lingering = host.census().lingering;
    let round = world.resource::<model::Round>();
    let save = world.resource::<model::LastSave>();
    let frame = world.resource::<Profiler>().frame();
    println!(
        "{frame} frames, round {}, wave {}, {} kills, best {}, {} saves; {} objects linger, {} bytes",
        round.number, round.wave, round.kills, round.best, save.count, lingering.objects, lingering.bytes,
    );
}

fn play_in_window(options: &Options) -> AppExit {
    let mut app = App::new();
    let (width, height) = options.resolution;
    let mut resolution = WindowResolution::new(width, height);
    if options.frames.is_some() {
        // Pictures are of the size that was asked for, whatever the screen.
        resolution = resolution.with_scale_factor_override(1.0);
    }
    let window = Window { title: "Afterglow".into(), resolution, present_mode: PresentMode::AutoVsync, ..default() };
    let logging = logging(&mut app, options);
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin { primary_window: Some(window), ..default() })
            .set(logging)
            .set(assets::plugin()),
    );
    add_game(&mut app, options);
    app.add_plugins(view::plugin);
    #[cfg(all(target_os = "linux", not(feature = "gamepad")))]
    app.add_plugins(joystick::plugin);
    if let Some(frames) = options.frames {
        app.insert_resource(LastFrame {
            frames,
            seen: 0,
            screenshot: options.screenshot.clone(),
            overlay: options.overlay,
        })
        .add_systems(Update, end_after_last_frame);
    }
    app.run()
}

/// Frames that are drawn before a picture is taken. Those before are only played: a software renderer needs a tenth of a
/// second for each, and the overlay speaks of the last ten seconds.
const DRAWN_FRAMES: u64 = 24;

/// When to end, and the picture to take before.
#[derive(Resource)]
struct LastFrame {
    frames: u64,
    seen: u64,
    screenshot: Option<PathBuf>,
    overlay: OverlayMode,
}

fn end_after_last_frame(
    mut commands: Commands,
    mut last: ResMut<LastFrame>,
    mut config: ResMut<LingerConfig>,
    mut cameras: Query<&mut Camera, With<view::GameCamera>>,
    phase: Res<model::Phase>,
    mut exits: MessageWriter<AppExit>,
) {
    if *phase == model::Phase::Loading {
        return;
    }
    last.seen += 1;
    if last.screenshot.is_some() {
        let drawn = last.seen + DRAWN_FRAMES > last.frames;
        for mut camera in &mut cameras {
            camera.is_active = drawn;
        }
        config.overlay = if drawn { last.overlay } else { OverlayMode::Off };
    }
    if last.seen != last.frames {
        return;
    }
    let Some(path) = last.screenshot.take() else {
        exits.write(AppExit::Success);
        return;
    };
    // The picture comes some frames later, and ends the game.
    commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path)).observe(
        |_: On<ScreenshotCaptured>, mut exits: MessageWriter<AppExit>| {
            exits.write(AppExit::Success);
        },
    );
}
