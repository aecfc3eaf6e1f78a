//! Devices and the autopilot become [`Controls`]. Knows nothing of what they do.
//!
//! Gamepads are listened to as Bevy's own `Gamepad` entities, whoever feeds them (see the feature `gamepad`).

use bevy::{prelude::*, window::PrimaryWindow};

use crate::model::*;
use crate::rules::PlaySystems;

/// Lets the computer play.
#[derive(Resource)]
pub struct Autopilot;

/// The frame at which the encoder is swapped without a key.
#[derive(Resource)]
pub struct SwapAt(pub u64);

pub fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            read_devices,
            aim_by_mouse,
            fly_by_itself.run_if(resource_exists::<Autopilot>),
            swap_by_schedule.run_if(resource_exists::<SwapAt>),
        )
            .chain()
            .in_set(PlaySystems::Controls),
    );
}

fn read_devices(
    mut controls: ResMut<Controls>,
    keys: Option<Res<ButtonInput<KeyCode>>>,
    gamepads: Query<&Gamepad>,
    mut exits: MessageWriter<AppExit>,
) {
    *controls = Controls::default();
    let mut fly = Vec2::ZERO;
    let mut shoot = Vec2::ZERO;
    if let Some(keys) = keys {
        let axis = |low: KeyCode, high: KeyCode| f32::from(i8::from(keys.pressed(high)) - i8::from(keys.pressed(low)));
        fly += Vec2::new(axis(KeyCode::KeyA, KeyCode::KeyD), axis(KeyCode::KeyS, KeyCode::KeyW));
        shoot += Vec2::new(axis(KeyCode::ArrowLeft, KeyCode::ArrowRight), axis(KeyCode::ArrowDown, KeyCode::ArrowUp));
        controls.start = keys.any_just_pressed([KeyCode::Space, KeyCode::Enter]);
        controls.pause = keys.just_pressed(KeyCode::KeyP);
        controls.swap_encoder = keys.just_pressed(KeyCode::KeyE);
        if keys.just_pressed(KeyCode::Escape) {
            exits.write(AppExit::Success);
        }
    }
    for gamepad in &gamepads {
        fly += dead_zone(gamepad.left_stick());
        shoot += dead_zone(gamepad.right_stick());
        controls.start |= gamepad.just_pressed(GamepadButton::South);
        controls.pause |= gamepad.just_pressed(GamepadButton::Start);
        controls.swap_encoder |= gamepad.just_pressed(GamepadButton::North);
    }
    controls.fly = fly.clamp_length_max(1.0);
    controls.shoot = (shoot.length() > 0.3).then(|| shoot.normalize());
}

fn dead_zone(stick: Vec2) -> Vec2 {
    if stick.length() < 0.2 { Vec2::ZERO } else { stick }
}

/// With the left button held, the ship shoots at the pointer.
fn aim_by_mouse(
    mut controls: ResMut<Controls>,
    buttons: Option<Res<ButtonInput<MouseButton>>>,
    windows: Query<&Window, With<PrimaryWindow>>,
    cameras: Query<(&Camera, &GlobalTransform), With<crate::view::GameCamera>>,
    ships: Query<&Body, With<Ship>>,
) {
    if !buttons.is_some_and(|buttons| buttons.pressed(MouseButton::Left)) {
        return;
    }
    if let Ok(window) = windows.single()
        && let Ok((camera, transform)) = cameras.single()
        && let Ok(ship) = ships.single()
        && let Some(pointer) = window.cursor_position()
        && let Ok(at) = camera.viewport_to_world_2d(transform, pointer)
    {
        controls.shoot = (at - ship.at).try_normalize().or(controls.shoot);
    }
}

/// What the autopilot keeps away from.
type Danger = Or<(With<Enemy>, With<EnemyShot>)>;

/// Keeps away from what is near, drifts to the middle, and shoots at the nearest enemy.
fn fly_by_itself(
    mut controls: ResMut<Controls>,
    phase: Res<Phase>,
    mut waited_frames: Local<u32>,
    ships: Query<&Body, With<Ship>>,
    dangers: Query<(&Body, Option<&Enemy>), Danger>,
) {
    if *phase != Phase::Playing {
        *waited_frames += 1;
        let wait_frames = if *phase == Phase::Title { 20 } else { 120 };
        if *waited_frames > wait_frames {
            *waited_frames = 0;
            controls.start = true;
        }
        return;
    }
    let Ok(ship) = ships.single() else {
        return;
    };
    let mut fly = -ship.at / FIELD.x * 0.5;
    let mut nearest: Option<(f32, Vec2)> = None;
    for (body, enemy) in &dangers {
        let ahead = body.at + body.velocity * 0.15 - ship.at;
        let distance = ahead.length().max(1.0);
        let reach = if enemy.is_some() { 240.0 } else { 150.0 };
        if distance < reach {
            fly -= ahead / distance * (reach / distance - 1.0);
        }
        if enemy.is_some_and(|enemy| enemy.arriving_secs <= 0.0) && nearest.is_none_or(|(least, _)| distance < least) {
            let flight_secs = distance / 1_050.0;
            nearest = Some((distance, body.at + body.velocity * flight_secs - ship.at));
        }
    }
    for (at, edge, axis) in [(ship.at.x, FIELD.x, Vec2::X), (ship.at.y, FIELD.y, Vec2::Y)] {
        let closeness = (at.abs() - (edge - 110.0)).max(0.0) / 110.0;
        fly -= axis * at.signum() * closeness * 2.0;
    }
    controls.fly = fly.clamp_length_max(1.0);
    controls.shoot = nearest.and_then(|(_, aim)| aim.try_normalize());
}

fn swap_by_schedule(mut controls: ResMut<Controls>, swap_at: Res<SwapAt>, profiler: Res<linger::prelude::Profiler>) {
    if profiler.frame() == swap_at.0 {
        controls.swap_encoder = true;
    }
}
