//! What the scripts can call: the module `game`. The only place where the game and its scripts meet.

use bevy::prelude::*;
use linger::prelude::*;

use crate::juice::{Burst, Juice};
use crate::model::*;

pub fn register(app: &mut App) {
    app.register_type::<Enemy>()
        .register_type::<Body>()
        .register_type::<Ship>()
        .register_type::<Shot>()
        .register_type::<Pickup>()
        .register_type::<Fading>()
        .register_type::<Controls>()
        .register_type::<Round>()
        .register_type::<Phase>()
        .add_script_function("game", "phase(): `loading`, `title`, `playing` or `over`.", phase)
        .add_script_function(
            "game",
            "round_number(): Counts the rounds, so that a script knows a new one.",
            |world: &mut World| world.resource::<Round>().number,
        )
        .add_script_function(
            "game",
            "random(): From 0 to 1, the same in each headless session.",
            |world: &mut World| world.resource_mut::<Dice>().roll(),
        )
        .add_script_function("game", "ship(): The ship's place and velocity: x, y, x and y.", ship)
        .add_script_function("game", "spawn(kind, x, y, haste=1.0): Puts an enemy on the field.", spawn)
        .add_script_function("game", "fire(x, y, velocity_x, velocity_y): Shoots at the ship.", fire)
        .add_script_function("game", "begin_wave(number): Announces a wave.", begin_wave)
        .add_script_function(
            "game",
            "announce(text): Writes large across the field.",
            |world: &mut World, text: String| {
                world.resource_mut::<Juice>().announce(text);
            },
        )
        .add_script_function(
            "game",
            "thrust(at, way): Shows the ship's fire.",
            |world: &mut World, at: Vec2, way: Vec2| {
                world.resource_mut::<Juice>().bursts.push(Burst::Thrust(at, way));
            },
        )
        .add_script_function(
            "game",
            "muzzle(at, way): Shows a shot leaving the ship.",
            |world: &mut World, at: Vec2, way: Vec2| {
                world.resource_mut::<Juice>().bursts.push(Burst::Muzzle(at, way));
            },
        )
        .add_script_function(
            "game",
            "arrive(at): Shows something come onto the field.",
            |world: &mut World, at: Vec2| {
                world.resource_mut::<Juice>().bursts.push(Burst::Arrival(at));
            },
        )
        .add_script_function("game", "blow_up(at, kind, points): Shows what a kill was worth.", blow_up)
        .add_script_function(
            "game",
            "encoder(): Which of the two the player has chosen: `closures` or `class`.",
            |world: &mut World| world.resource::<Encoder>().name(),
        )
        .add_script_function("game", "state(): All that a save holds, as plain data.", state)
        .add_script_function("game", "save(text): Keeps a save.", save);
}

fn phase(world: &mut World) -> &'static str {
    match world.resource::<Phase>() {
        Phase::Loading => "loading",
        Phase::Title => "title",
        Phase::Playing => "playing",
        Phase::Over => "over",
    }
}

fn motion(body: &Body) -> [f32; 4] {
    [body.at.x, body.at.y, body.velocity.x, body.velocity.y]
}

fn ship(world: &mut World) -> [f32; 4] {
    let mut ships = world.query_filtered::<&Body, With<Ship>>();
    ships.single(world).map_or([0.0; 4], motion)
}

/// Puts an enemy on the field; its script moves it from then on.
fn spawn(world: &mut World, kind: String, x: f32, y: f32, haste: f32) -> Result<(), ScriptFault> {
    let kind = EnemyKind::from_name(&kind).ok_or_else(|| ScriptFault::Value(format!("there is no kind {kind:?}")))?;
    let body = Body { at: Vec2::new(x, y).clamp(-FIELD, FIELD), velocity: Vec2::ZERO, radius: kind.radius() };
    let enemy = Enemy { kind, haste, wanted: Vec2::ZERO, health: kind.health(), arriving_secs: 0.6, flash_secs: 0.0 };
    world.spawn((enemy, body, Script::new("brains.py")));
    Ok(())
}

/// Shows what a kill was worth.
fn blow_up(world: &mut World, at: Vec2, kind: String, points: u64) -> Result<(), ScriptFault> {
    let kind = EnemyKind::from_name(&kind).ok_or_else(|| ScriptFault::Value(format!("there is no kind {kind:?}")))?;
    world.resource_mut::<Juice>().bursts.push(Burst::Kill(at, kind, points));
    Ok(())
}

fn fire(world: &mut World, x: f32, y: f32, velocity_x: f32, velocity_y: f32) {
    let body = Body { at: Vec2::new(x, y), velocity: Vec2::new(velocity_x, velocity_y), radius: 6.0 };
    world.spawn((EnemyShot, body, Fading::new(6.0)));
}

fn begin_wave(world: &mut World, number: i64) {
    world.resource_mut::<Round>().wave = number;
    world.resource_mut::<Juice>().announce(format!("WAVE {number}"));
}

/// All that a save holds, as plain data.
fn state(world: &mut World) -> ScriptValue {
    let place =
        |body: &Body| vec![("x", ScriptValue::Float(body.at.x.into())), ("y", ScriptValue::Float(body.at.y.into()))];
    let mut enemies = world.query::<(&Enemy, &Body)>();
    let enemies = enemies
        .iter(world)
        .map(|(enemy, body)| {
            let mut fields = place(body);
            fields.push(("kind", ScriptValue::Str(enemy.kind.name().into())));
            fields.push(("health", ScriptValue::Int(enemy.health.into())));
            ScriptValue::dict(fields)
        })
        .collect();
    let mut ships = world.query_filtered::<&Body, With<Ship>>();
    let ship = ships.single(world).map_or(ScriptValue::None, |body| ScriptValue::dict(place(body)));
    let round = world.resource::<Round>();
    let count = |number: u64| ScriptValue::Int(i64::try_from(number).unwrap_or(i64::MAX));
    ScriptValue::dict([
        ("round", ScriptValue::Int(round.number)),
        ("score", count(round.score)),
        ("wave", ScriptValue::Int(round.wave)),
        ("lives", count(round.lives.into())),
        ("multiplier", count(round.multiplier)),
        ("ship(): The ship's place and velocity: x, y, x and y.", ship),
        ("enemies", ScriptValue::List(enemies)),
    ])
}

fn save(world: &mut World, text: String) {
    let mut last = world.resource_mut::<LastSave>();
    last.text = text;
    last.count += 1;
    last.age_secs = 0.0;
}
