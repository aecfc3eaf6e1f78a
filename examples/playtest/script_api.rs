//! What the scripts can call: the module `game`. The only place where the game and its scripts meet.

use bevy::prelude::*;
use linger::prelude::*;

use crate::juice::Juice;
use crate::model::*;

/// Where each enemy is, by its number, and the dead that no script has been told of yet.
#[derive(Resource, Default)]
pub struct Roster {
    next_id: i64,
    entities: std::collections::BTreeMap<i64, Entity>,
    dead: Vec<(i64, Vec2)>,
}

impl Roster {
    pub fn bury(&mut self, id: i64, at: Vec2) {
        if self.entities.remove(&id).is_some() {
            self.dead.push((id, at));
        }
    }

    pub fn clear(&mut self) {
        self.entities.clear();
        self.dead.clear();
    }
}

pub fn register(app: &mut App) {
    app.init_resource::<Roster>()
        .add_script_function("game", "phase", phase)
        .add_script_function("game", "round_number", |world: &mut World| world.resource::<Round>().number)
        .add_script_function("game", "random", |world: &mut World| world.resource_mut::<Dice>().roll())
        .add_script_function("game", "ship", ship)
        .add_script_function("game", "enemy", enemy)
        .add_script_function("game", "spawn", spawn)
        .add_script_function("game", "steer", steer)
        .add_script_function("game", "warn", warn_of)
        .add_script_function("game", "fire", fire)
        .add_script_function("game", "take_dead", take_dead)
        .add_script_function("game", "begin_wave", begin_wave)
        .add_script_function("game", "encoder", |world: &mut World| world.resource::<Encoder>().name())
        .add_script_function("game", "state", state)
        .add_script_function("game", "save", save);
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

fn entity_of(world: &World, id: i64) -> Result<Entity, ScriptFault> {
    let entity = world.resource::<Roster>().entities.get(&id).copied();
    entity.ok_or_else(|| ScriptFault::Value(format!("there is no enemy {id}")))
}

fn enemy(world: &mut World, id: i64) -> Result<[f32; 4], ScriptFault> {
    let entity = entity_of(world, id)?;
    Ok(world.get::<Body>(entity).map_or([0.0; 4], motion))
}

fn spawn(world: &mut World, kind: String, x: f32, y: f32) -> Result<i64, ScriptFault> {
    let kind = EnemyKind::from_name(&kind).ok_or_else(|| ScriptFault::Value(format!("there is no kind {kind:?}")))?;
    let body = Body { at: Vec2::new(x, y).clamp(-FIELD, FIELD), velocity: Vec2::ZERO, radius: kind.radius() };
    let mut roster = world.resource_mut::<Roster>();
    roster.next_id += 1;
    let id = roster.next_id;
    let enemy = Enemy { id, kind, wanted: Vec2::ZERO, health: kind.health(), arriving_secs: 0.6, flash_secs: 0.0 };
    let entity = world.spawn((enemy, body)).id();
    world.resource_mut::<Roster>().entities.insert(id, entity);
    Ok(id)
}

fn steer(world: &mut World, id: i64, velocity_x: f32, velocity_y: f32) -> Result<(), ScriptFault> {
    let entity = entity_of(world, id)?;
    if let Some(mut enemy) = world.get_mut::<Enemy>(entity) {
        enemy.wanted = Vec2::new(velocity_x, velocity_y);
    }
    Ok(())
}

fn warn_of(world: &mut World, id: i64) -> Result<(), ScriptFault> {
    let entity = entity_of(world, id)?;
    if let Some(mut enemy) = world.get_mut::<Enemy>(entity) {
        enemy.flash_secs = 0.3;
    }
    Ok(())
}

fn fire(world: &mut World, id: i64, velocity_x: f32, velocity_y: f32) -> Result<(), ScriptFault> {
    let entity = entity_of(world, id)?;
    let ready = world.get::<Enemy>(entity).is_some_and(|enemy| enemy.arriving_secs <= 0.0);
    if let Some(body) = world.get::<Body>(entity).copied()
        && ready
    {
        world.spawn((
            EnemyShot,
            Body { at: body.at, velocity: Vec2::new(velocity_x, velocity_y), radius: 6.0 },
            Fading::new(6.0),
        ));
    }
    Ok(())
}

/// The enemies that died since it was last asked: `[number, x, y]` each.
fn take_dead(world: &mut World) -> Vec<ScriptValue> {
    let dead = std::mem::take(&mut world.resource_mut::<Roster>().dead);
    let row = |(id, at): (i64, Vec2)| {
        ScriptValue::List(vec![ScriptValue::Int(id), ScriptValue::Float(at.x.into()), ScriptValue::Float(at.y.into())])
    };
    dead.into_iter().map(row).collect()
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
        ("ship", ship),
        ("enemies", ScriptValue::List(enemies)),
    ])
}

fn save(world: &mut World, text: String) {
    let mut last = world.resource_mut::<LastSave>();
    last.text = text;
    last.count += 1;
    last.age_secs = 0.0;
}
