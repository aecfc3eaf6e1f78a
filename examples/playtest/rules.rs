//! The rules: moving, hitting, starting anew. What the ship, the enemies and the pick-ups do, and what counts, is for scripts;
//! they are told by messages. Knows neither devices nor pixels.

use bevy::prelude::*;
use linger::prelude::*;

use crate::juice::{Burst, Juice};
use crate::model::*;

const SAFE_SECS: f32 = 2.2;
const GONE_SECS: f32 = 1.1;

/// The systems in the order in which a frame is played; the scripts run between the player and the bodies.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaySystems {
    Controls,
    Rules,
}

pub fn plugin(app: &mut App) {
    app.insert_resource(Phase::Loading)
        .init_resource::<Round>()
        .init_resource::<Controls>()
        .init_resource::<Encoder>()
        .init_resource::<LastSave>()
        .init_resource::<Dice>()
        .configure_sets(Update, (PlaySystems::Controls, LingerSystems::RunScripts, PlaySystems::Rules).chain())
        .add_systems(Startup, |mut commands: Commands| {
            commands.spawn((Ship::default(), ship_body(), Script::new("pilot.py")));
            commands.spawn(Script::new("score.py"));
        })
        .add_systems(
            Update,
            (change_phase, swap_encoder, move_bodies, hit_enemies, hit_ship, fade).chain().in_set(PlaySystems::Rules),
        );
}

fn ship_body() -> Body {
    Body { at: Vec2::ZERO, velocity: Vec2::ZERO, radius: SHIP_RADIUS }
}

type Transient = Or<(With<Enemy>, With<Shot>, With<EnemyShot>, With<Pickup>)>;

#[expect(clippy::too_many_arguments, reason = "a new round touches everything")]
fn change_phase(
    mut commands: Commands,
    mut phase: ResMut<Phase>,
    mut round: ResMut<Round>,
    mut juice: ResMut<Juice>,
    mut time: ResMut<Time<Virtual>>,
    controls: Res<Controls>,
    scripts: Res<LingerScripts>,
    field: Query<Entity, Transient>,
    mut ships: Query<(&mut Ship, &mut Body)>,
) {
    if controls.pause && *phase == Phase::Playing {
        if time.is_paused() {
            time.unpause();
        } else {
            time.pause();
        }
    }
    match *phase {
        Phase::Loading if scripts.state() != ScriptsState::Loading => *phase = Phase::Title,
        Phase::Title | Phase::Over if controls.start => {
            for entity in &field {
                commands.entity(entity).try_despawn();
            }
            round.restart();
            juice.calm();
            if let Ok((mut ship, mut body)) = ships.single_mut() {
                *ship = Ship { safe_secs: SAFE_SECS, ..default() };
                *body = ship_body();
            }
            *phase = Phase::Playing;
        }
        _ => {}
    }
}

fn swap_encoder(controls: Res<Controls>, mut encoder: ResMut<Encoder>, mut juice: ResMut<Juice>) {
    if controls.swap_encoder {
        *encoder = encoder.other();
        juice.announce(match *encoder {
            Encoder::Closures => "ENCODER: CLOSURES".into(),
            Encoder::Class => "ENCODER: CLASS".into(),
        });
    }
}

fn move_bodies(
    time: Res<Time>,
    mut commands: Commands,
    mut juice: ResMut<Juice>,
    mut bodies: Query<(Entity, &mut Body, Option<&mut Enemy>, Has<Ship>)>,
) {
    let dt = time.delta_secs();
    let follow = 1.0 - (-7.0 * dt).exp();
    for (entity, mut body, enemy, is_ship) in &mut bodies {
        let is_enemy = enemy.is_some();
        if let Some(mut enemy) = enemy {
            enemy.arriving_secs = (enemy.arriving_secs - dt).max(0.0);
            enemy.flash_secs = (enemy.flash_secs - dt).max(0.0);
            let wanted = if enemy.arriving_secs > 0.0 { Vec2::ZERO } else { enemy.wanted };
            let change = (wanted - body.velocity) * follow;
            body.velocity += change;
        }
        let step = body.velocity * dt;
        body.at += step;
        let bounds = FIELD - Vec2::splat(body.radius);
        if is_ship || is_enemy {
            body.at = body.at.clamp(-bounds, bounds);
        } else if body.at.abs().cmpgt(FIELD).any() {
            juice.bursts.push(Burst::Wall(body.at.clamp(-FIELD, FIELD)));
            commands.entity(entity).try_despawn();
        }
    }
}

fn hit_enemies(
    mut commands: Commands,
    mut messages: MessageWriter<ScriptMessage>,
    mut juice: ResMut<Juice>,
    shots: Query<(Entity, &Body), With<Shot>>,
    mut enemies: Query<(Entity, &mut Enemy, &Body)>,
) {
    // A shot is spent on the first enemy that it meets, even if several overlap.
    let mut spent = Vec::new();
    for (entity, mut enemy, body) in &mut enemies {
        if enemy.arriving_secs > 0.0 {
            continue;
        }
        for (shot, shot_body) in &shots {
            let reach = body.radius + shot_body.radius;
            if shot_body.at.distance_squared(body.at) > reach * reach || spent.contains(&shot) {
                continue;
            }
            spent.push(shot);
            commands.entity(shot).try_despawn();
            enemy.health -= 1;
            enemy.flash_secs = 0.08;
            if enemy.health > 0 {
                juice.bursts.push(Burst::Hit(shot_body.at, enemy.kind));
                continue;
            }
            let kill = ScriptValue::dict([
                ("kind", ScriptValue::Str(enemy.kind.name().into())),
                ("at", ScriptValue::Vec2(body.at)),
            ]);
            tell(&mut messages, "kill", kill);
            commands.entity(entity).try_despawn();
            break;
        }
    }
}

/// Tells all scripts.
fn tell(messages: &mut MessageWriter<ScriptMessage>, name: &str, data: ScriptValue) {
    messages.write(ScriptMessage { name: name.into(), data, target: None });
}

fn hit_ship(
    mut commands: Commands,
    phase: Res<Phase>,
    mut messages: MessageWriter<ScriptMessage>,
    mut juice: ResMut<Juice>,
    mut ships: Query<(&mut Ship, &Body)>,
    enemies: Query<(Entity, &Enemy, &Body)>,
    shots: Query<(Entity, &Body), With<EnemyShot>>,
) {
    let Ok((mut ship, body)) = ships.single_mut() else {
        return;
    };
    if *phase != Phase::Playing || !ship.is_here() || ship.safe_secs > 0.0 {
        return;
    }
    let touches = |other: &Body| {
        // A near miss is a miss: it feels fair.
        let reach = (body.radius + other.radius) * 0.8;
        other.at.distance_squared(body.at) < reach * reach
    };
    let rammed = enemies.iter().any(|(_, enemy, other)| enemy.arriving_secs <= 0.0 && touches(other));
    if !rammed && !shots.iter().any(|(_, other)| touches(other)) {
        return;
    }
    juice.bursts.push(Burst::Death(body.at));
    // The blast clears the field around the ship, so that it does not come back into the same trouble.
    for (entity, enemy, other) in &enemies {
        if other.at.distance(body.at) < 260.0 {
            juice.bursts.push(Burst::Kill(other.at, enemy.kind, 0));
            commands.entity(entity).try_despawn();
        }
    }
    for (entity, _) in &shots {
        commands.entity(entity).try_despawn();
    }
    ship.gone_secs = GONE_SECS;
    tell(&mut messages, "ship lost", ScriptValue::None);
}

fn fade(time: Res<Time>, mut commands: Commands, mut fading: Query<(Entity, &mut Fading)>, mut save: ResMut<LastSave>) {
    save.age_secs += time.delta_secs();
    for (entity, mut fading) in &mut fading {
        fading.age_secs += time.delta_secs();
        if fading.age_secs >= fading.life_secs {
            commands.entity(entity).try_despawn();
        }
    }
}
