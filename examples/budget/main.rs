//! The collector's budget and policy while a script makes garbage in every frame: move the slider in the panel, or press
//! Up and Down for the budget and P for the policy, and watch the bars, the count and the smoothness of the squares.

#[path = "../playtest/display.rs"]
mod display;

#[path = "../shared/assets.rs"]
mod assets;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured, save_to_disk},
    time::TimeUpdateStrategy,
    window::WindowResolution,
};
use linger::prelude::*;

const USAGE: &str = "\
usage: budget [OPTION]...

  --headless           run without a window
  --frames N           end after N frames
  --screenshot FILE    save the last frame to FILE (.png; needs --frames and a window)
  --resolution WxH     the window's size in pixels (default: 1280x720)
  --policy POLICY      begin with observe, automatic or manual (default: automatic)
  --budget MICROS      begin with so many microseconds a frame (default: 300)
  --help               print this
";

/// Where the budget's keys stop.
const BUDGETS_MICROS: std::ops::RangeInclusive<u32> = 50..=5_000;
const SQUARES: u32 = 48;
const STEP: Duration = Duration::from_nanos(16_666_667);

struct Options {
    headless: bool,
    frames: Option<u64>,
    screenshot: Option<PathBuf>,
    resolution: (u32, u32),
    policy: CollectPolicy,
    budget_micros: u32,
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        headless: false,
        frames: None,
        screenshot: None,
        resolution: (1280, 720),
        policy: CollectPolicy::Automatic,
        budget_micros: 300,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let number = |text: String| text.parse::<u32>().map_err(|_| format!("{text} is not a number"));
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--headless" => options.headless = true,
            "--frames" => options.frames = Some(u64::from(number(value()?)?.max(1))),
            "--screenshot" => options.screenshot = Some(value()?.into()),
            "--budget" => options.budget_micros = number(value()?)?,
            "--policy" => {
                let name = value()?;
                let all = [CollectPolicy::Observe, CollectPolicy::Automatic, CollectPolicy::Manual];
                let known = all.into_iter().find(|policy| policy.label() == name);
                options.policy = known.ok_or_else(|| format!("{name} is no policy"))?;
            }
            "--resolution" => {
                let text = value()?;
                let sides = text.split_once('x').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
                options.resolution = sides.ok_or_else(|| format!("{text} is no resolution like 1280x720"))?;
            }
            other => return Err(format!("unknown option {other}")),
        }
    }
    if options.screenshot.is_some() && options.frames.is_none() {
        return Err("--screenshot needs --frames, to know which frame is the last".into());
    }
    Ok(Some(options))
}

fn main() -> ExitCode {
    let mut options = match parse(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("budget: {message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    if !options.headless
        && let Err(reason) = display::check()
    {
        eprintln!("budget: no window, {reason}; running headless instead");
        options.headless = true;
    }
    let mut app = App::new();
    app.insert_resource(LingerConfig {
        script_folder: "scripts/budget".into(),
        overlay: OverlayMode::Panel,
        panel_tab: PanelTab::Collector,
        policy: options.policy,
        budget_micros: options.budget_micros,
        ..default()
    });
    if options.headless {
        app.add_plugins((MinimalPlugins, assets::plugin())).insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
    } else {
        let (width, height) = options.resolution;
        let resolution = WindowResolution::new(width, height).with_scale_factor_override(1.0);
        let window = Window { title: "Linger: budget".into(), resolution, ..default() };
        app.add_plugins(
            DefaultPlugins.set(WindowPlugin { primary_window: Some(window), ..default() }).set(assets::plugin()),
        )
        .add_systems(Startup, place_squares)
        .add_systems(Update, (turn_squares, press_keys));
    }
    app.add_plugins(LingerPlugin::default())
        .insert_resource(Ending { frames: options.frames, seen: 0, screenshot: options.screenshot })
        .add_systems(PostUpdate, end_after_last_frame);
    let exit = app.run();
    match exit {
        AppExit::Success => ExitCode::SUCCESS,
        AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

#[derive(Component)]
struct Square(f32);

fn place_squares(mut commands: Commands) {
    commands.spawn(Camera2d);
    for number in 0..SQUARES {
        let turn = number as f32 / SQUARES as f32;
        commands.spawn((
            Square(turn * std::f32::consts::TAU),
            Sprite::from_color(Color::hsl(turn * 360.0, 0.6, 0.55), Vec2::splat(18.0)),
        ));
    }
}

fn turn_squares(time: Res<Time>, mut squares: Query<(&Square, &mut Transform)>) {
    for (Square(start), mut transform) in &mut squares {
        let angle = start + time.elapsed_secs();
        transform.translation = Vec3::new(angle.cos() * 420.0, (angle * 2.0).sin() * 220.0, 0.0);
    }
}

fn press_keys(keys: Res<ButtonInput<KeyCode>>, mut config: ResMut<LingerConfig>) {
    let (least, most) = (*BUDGETS_MICROS.start(), *BUDGETS_MICROS.end());
    if keys.just_pressed(KeyCode::ArrowUp) {
        config.budget_micros = (config.budget_micros * 5 / 4).clamp(least, most);
    }
    if keys.just_pressed(KeyCode::ArrowDown) {
        config.budget_micros = (config.budget_micros * 4 / 5).clamp(least, most);
    }
    if keys.just_pressed(KeyCode::KeyP) {
        config.policy = match config.policy {
            CollectPolicy::Observe => CollectPolicy::Automatic,
            CollectPolicy::Automatic => CollectPolicy::Manual,
            CollectPolicy::Manual => CollectPolicy::Observe,
        };
    }
}

/// When to end, and the picture to take before.
#[derive(Resource)]
struct Ending {
    frames: Option<u64>,
    seen: u64,
    screenshot: Option<PathBuf>,
}

fn end_after_last_frame(
    mut commands: Commands,
    mut ending: ResMut<Ending>,
    scripts: Res<LingerScripts>,
    profiler: Res<Profiler>,
    mut exits: MessageWriter<AppExit>,
) {
    if scripts.state() == ScriptsState::Loading {
        return;
    }
    ending.seen += 1;
    if ending.frames != Some(ending.seen) {
        return;
    }
    let profile = profiler.profile();
    let figures = profile.history().pause_figures();
    println!(
        "{} frames, {} passes, {} objects linger; pauses p50 {} µs, p99 {} µs, longest {} µs",
        ending.seen,
        profile.pass_count(),
        profile.lingering().low_objects,
        figures.p50_nanos / 1_000,
        figures.p99_nanos / 1_000,
        figures.max_nanos / 1_000,
    );
    match ending.screenshot.take() {
        None => {
            exits.write(AppExit::Success);
        }
        // The picture comes some frames later, and ends the program.
        Some(path) => {
            commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path)).observe(
                |_: On<ScreenshotCaptured>, mut exits: MessageWriter<AppExit>| {
                    exits.write(AppExit::Success);
                },
            );
        }
    }
}
