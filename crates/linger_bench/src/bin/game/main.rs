//! Scripts of many entities in Bevy: `on_update` of each reads and writes its `Transform`; beside it the same loop in Lua 5.4.
//!
//! `cargo run --release -p linger_bench --features game --bin game -- [--entities N] [--frames N] [--only linger|lua]`.
//! Frames of the two alternate, so that a busy machine slows both.

mod lua;

use std::{path::Path, time::Duration};

use bevy::{
    asset::io::{
        AssetSourceBuilder, AssetSourceId,
        memory::{Dir, MemoryAssetReader},
    },
    input::InputPlugin,
    prelude::*,
    time::TimeUpdateStrategy,
};
use bevy_linger::{LingerConfig, LingerPlugin, LingerScripts, Script, ScriptsState};
use linger_bench::clock::{Pauses, thread_nanos};

const SOURCE: &str = "
from bevy import Script

class Mover(Script):
    def __init__(self):
        self.speed = 1.0

    def on_update(self, dt):
        translation = self.entity.Transform.translation
        translation.x = translation.x + self.speed * dt
";

const DT: f64 = 1.0 / 64.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut entities = 10_000;
    let mut frames = 200;
    let mut only = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or("a value is missing")?;
        match argument.as_str() {
            "--entities" => entities = value.parse()?,
            "--frames" => frames = value.parse()?,
            "--only" => only = Some(value),
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let mut linger = linger_game(entities);
    let mut lua_world = World::new();
    lua_world.insert_resource(linger.world().resource::<AppTypeRegistry>().clone());
    lua_world.spawn_batch((0..entities).map(|_| Transform::default()));
    let lua = lua::LuaGame::new(lua_world)?;

    let before = sum(linger.world_mut());
    let (mut ours, mut theirs) = (Pauses::default(), Pauses::default());
    // The first frames fill caches.
    for frame in 0..frames + 10 {
        if wanted("linger") {
            linger.world_mut().run_schedule(First);
            let start = thread_nanos();
            linger.world_mut().run_schedule(Update);
            let nanos = thread_nanos() - start;
            if frame >= 10 {
                ours.push(nanos);
            }
            // What a frame does beside, above all the collector's slice, is measured by `pauses`.
            linger.world_mut().run_schedule(Last);
        }
        if wanted("lua") {
            let start = thread_nanos();
            lua.frame(DT)?;
            let nanos = thread_nanos() - start;
            if frame >= 10 {
                theirs.push(nanos);
            }
        }
    }
    if wanted("linger") && wanted("lua") {
        let (left, right) = (sum(linger.world_mut()) - before, lua.sum());
        if (left - right).abs() > right.abs() * 1e-3 {
            return Err(format!("the two did not do the same: {left} and {right}").into());
        }
    }
    println!("on_update of {entities} entities, {frames} frames, milliseconds of processor time a frame");
    println!("{:<8} {:>8} {:>8} {:>8}", "", "p50", "p99", "max");
    for (name, figures) in [("linger", &ours), ("lua", &theirs)] {
        let [p50, p99] = [0.5, 0.99].map(|share| figures.quantile_micros(share) / 1000.0);
        println!("{name:<8} {p50:>8.3} {p99:>8.3} {:>8.3}", figures.max_micros() / 1000.0);
    }
    let ratio = ours.quantile_micros(0.5) / theirs.quantile_micros(0.5);
    println!("linger / lua (p50): {ratio:.2}");
    Ok(())
}

/// The sum of all places along x.
fn sum(world: &mut World) -> f64 {
    let mut places = world.query::<&Transform>();
    places.iter(world).map(|place| f64::from(place.translation.x)).sum()
}

/// A game in which each entity has the script.
fn linger_game(entities: usize) -> App {
    let files = Dir::default();
    files.insert_asset_text(Path::new("scripts/mover.py"), SOURCE);
    let mut app = App::new();
    app.register_asset_source(
        AssetSourceId::Default,
        AssetSourceBuilder::new(move || Box::new(MemoryAssetReader { root: files.clone() })),
    )
    .add_plugins((MinimalPlugins, AssetPlugin::default(), InputPlugin))
    .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs_f64(DT)))
    // Nothing may be left out, however slow the machine is.
    .insert_resource(LingerConfig { scripts_frame_micros: 0, ..default() })
    .add_plugins(LingerPlugin::default());
    app.finish();
    app.cleanup();
    app.world_mut().spawn_batch((0..entities).map(|_| (Script::new("mover.py"), Transform::default())));
    while app.world().resource::<LingerScripts>().state() == ScriptsState::Loading {
        app.update();
        std::thread::sleep(Duration::from_millis(1));
    }
    app
}
