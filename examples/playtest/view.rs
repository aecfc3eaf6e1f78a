//! What is seen: glowing lines on a dark field, and the line of figures below it. Changes nothing.

use bevy::{
    camera::{Hdr, ScalingMode},
    core_pipeline::tonemapping::Tonemapping,
    post_process::bloom::Bloom,
    prelude::*,
    window::PrimaryWindow,
};

use crate::juice::{BANNER_SECS, Juice, Popup, Spark, WAVE_SECS, color_of};
use crate::model::*;

/// The part of the world that is in view: the field, room for the overlay's strip above it and for the score below.
const VIEW: Vec2 = Vec2::new(1_680.0, 945.0);
/// The field lies below the view's middle.
const VIEW_MIDDLE: Vec2 = Vec2::new(0.0, 21.0);
const GRID: f32 = 50.0;

#[derive(Component)]
pub struct GameCamera;

pub fn plugin(app: &mut App) {
    app.insert_resource(ClearColor(Color::linear_rgb(0.002, 0.003, 0.010)))
        .add_systems(Startup, make_camera)
        .add_systems(
            PostUpdate,
            (
                fit_lines,
                shake_camera,
                (draw_grid, draw_sparks, draw_pieces, draw_pickups, draw_ship, draw_texts).chain(),
            ),
        );
}

fn make_camera(mut commands: Commands) {
    commands.spawn((
        GameCamera,
        Camera2d,
        Hdr,
        Tonemapping::AcesFitted,
        Bloom { intensity: 0.28, ..Bloom::NATURAL },
        Projection::Orthographic(OrthographicProjection {
            scaling_mode: ScalingMode::AutoMin { min_width: VIEW.x, min_height: VIEW.y },
            ..OrthographicProjection::default_2d()
        }),
        Transform::from_translation(VIEW_MIDDLE.extend(0.0)),
    ));
}

/// Lines are measured in pixels; on a larger screen they would get thinner.
fn fit_lines(windows: Query<&Window, With<PrimaryWindow>>, mut store: ResMut<GizmoConfigStore>) {
    let Ok(window) = windows.single() else {
        return;
    };
    let width = (window.height() / 720.0 * 1.9).max(1.0);
    let (config, _) = store.config_mut::<DefaultGizmoConfigGroup>();
    if (config.line.width - width).abs() > 0.01 {
        config.line.width = width;
    }
}

fn shake_camera(juice: Res<Juice>, real: Res<Time<Real>>, mut cameras: Query<&mut Transform, With<GameCamera>>) {
    let amount = juice.shake * juice.shake;
    let seconds = real.elapsed_secs();
    for mut transform in &mut cameras {
        let offset = Vec2::new((seconds * 71.0).sin(), (seconds * 83.0 + 1.0).sin()) * 16.0 * amount;
        transform.translation = (VIEW_MIDDLE + offset).extend(0.0);
        transform.rotation = Quat::from_rotation_z((seconds * 67.0).sin() * 0.012 * amount);
    }
}

/// Where a point of the grid is seen while shock waves pass through it.
fn bend(point: Vec2, juice: &Juice) -> Vec2 {
    let mut bent = point;
    for wave in &juice.waves {
        let radius = wave.age_secs * 620.0;
        let away = point - wave.at;
        let distance = away.length();
        let near = 1.0 - ((distance - radius).abs() / 90.0).min(1.0);
        if near > 0.0 && distance > 1.0 {
            let left = 1.0 - wave.age_secs / WAVE_SECS;
            bent += away / distance * near * near * left * wave.strength * 16.0;
        }
    }
    bent.clamp(-FIELD, FIELD)
}

fn draw_grid(mut gizmos: Gizmos, juice: Res<Juice>) {
    let fine = LinearRgba::rgb(0.014, 0.022, 0.080);
    let coarse = LinearRgba::rgb(0.026, 0.044, 0.160);
    let columns = (FIELD.x / GRID) as i32;
    let rows = (FIELD.y / GRID) as i32;
    let color = |line: i32| if line % 4 == 0 { coarse } else { fine };
    for column in -columns..=columns {
        let x = column as f32 * GRID;
        let points =
            (-rows - 1..=rows + 1).map(|row| bend(Vec2::new(x, (row as f32 * GRID).clamp(-FIELD.y, FIELD.y)), &juice));
        gizmos.linestrip_2d(points, color(column));
    }
    for row in -rows..=rows {
        let y = row as f32 * GRID;
        let points = (-columns..=columns).map(|column| bend(Vec2::new(column as f32 * GRID, y), &juice));
        gizmos.linestrip_2d(points, color(row));
    }
    gizmos.rect_2d(Isometry2d::IDENTITY, FIELD * 2.0, LinearRgba::rgb(0.10, 0.22, 1.0));
    gizmos.rect_2d(Isometry2d::IDENTITY, FIELD * 2.0 + 10.0, LinearRgba::rgb(0.03, 0.06, 0.3));
}

fn draw_sparks(mut gizmos: Gizmos, sparks: Query<(&Spark, &Fading)>) {
    for (spark, fading) in &sparks {
        let tail = spark.at - spark.velocity * 0.055;
        gizmos.line_2d(tail, spark.at, spark.color * fading.left());
    }
}

/// A closed outline of alternating corners: a polygon, or a star where the two radii differ.
fn outline(gizmos: &mut Gizmos, at: Vec2, angle: f32, corners: usize, radii: [f32; 2], color: LinearRgba) {
    let point = |corner: usize| {
        let turn = angle + corner as f32 / corners as f32 * std::f32::consts::TAU;
        at + Vec2::from_angle(turn) * radii[corner % 2]
    };
    gizmos.linestrip_2d((0..=corners).map(|corner| point(corner % corners)), color);
}

fn draw_enemy(gizmos: &mut Gizmos, enemy: &Enemy, body: &Body, seconds: f32) {
    let mut color = color_of(enemy.kind);
    if enemy.flash_secs > 0.0 {
        color = LinearRgba::rgb(4.0, 4.0, 4.0);
    }
    let at = body.at;
    if enemy.arriving_secs > 0.0 {
        // A ring closes in where an enemy is about to be.
        let left = enemy.arriving_secs / 0.6;
        gizmos.circle_2d(at, body.radius * (1.0 + 2.2 * left), color * (0.5 - 0.4 * left));
        gizmos.circle_2d(at, body.radius * (1.0 - left), color * 0.4);
        return;
    }
    let r = body.radius;
    let facing = body.velocity.to_angle();
    match enemy.kind {
        EnemyKind::Drifter => {
            outline(gizmos, at, seconds * 1.6, 8, [r * 1.15, r * 0.45], color);
        }
        EnemyKind::Chaser => {
            let breath = 1.0 + 0.14 * (seconds * 7.0).sin();
            outline(gizmos, at, 0.0, 4, [r * breath, r * breath], color);
            outline(gizmos, at, 0.0, 4, [r * 0.45, r * 0.45], color * 0.6);
        }
        EnemyKind::Weaver => {
            let square = std::f32::consts::FRAC_PI_4 + seconds * 3.0;
            outline(gizmos, at, square, 4, [r * 1.15, r * 1.15], color);
            outline(gizmos, at, -square, 4, [r * 0.7, r * 0.7], color * 0.7);
        }
        EnemyKind::Dasher => {
            outline(gizmos, at, facing, 3, [r * 1.25, r * 1.25], color);
            gizmos.line_2d(at, at - Vec2::from_angle(facing) * r * 1.5, color * 0.5);
        }
        EnemyKind::Sniper => {
            outline(gizmos, at, seconds * 0.5, 6, [r, r], color);
            gizmos.circle_2d(at, r * 0.4, color * 0.8);
        }
        EnemyKind::Splitter => {
            outline(gizmos, at, seconds * 0.7, 10, [r, r * 0.85], color);
            outline(gizmos, at, -seconds, 3, [r * 0.55, r * 0.55], color * 0.7);
        }
        EnemyKind::Mite => outline(gizmos, at, seconds * 5.0, 3, [r, r], color),
    }
}

fn draw_pieces(
    mut gizmos: Gizmos,
    time: Res<Time>,
    enemies: Query<(Entity, &Enemy, &Body)>,
    shots: Query<&Body, With<Shot>>,
    enemy_shots: Query<&Body, With<EnemyShot>>,
) {
    for (entity, enemy, body) in &enemies {
        // Not all turn alike.
        draw_enemy(&mut gizmos, enemy, body, time.elapsed_secs() + entity.index_u32() as f32);
    }
    for body in &shots {
        let along = body.velocity.normalize_or_zero();
        let side = along.perp() * 2.2;
        let color = LinearRgba::rgb(3.2, 2.9, 1.0);
        let (tail, tip) = (body.at - along * 13.0, body.at + along * 9.0);
        gizmos.linestrip_2d([tail, body.at + side, tip, body.at - side, tail], color);
    }
    for body in &enemy_shots {
        let pulse = 1.0 + 0.25 * (time.elapsed_secs() * 18.0).sin();
        gizmos.circle_2d(body.at, body.radius * pulse, LinearRgba::rgb(4.0, 0.5, 0.3));
        gizmos.circle_2d(body.at, body.radius * 0.4, LinearRgba::rgb(4.0, 2.0, 1.5));
    }
}

fn draw_pickups(mut gizmos: Gizmos, time: Res<Time>, pickups: Query<(&Pickup, &Body)>) {
    for (pickup, body) in &pickups {
        let (letter, color) = match pickup.kind {
            PickupKind::Shield => ("S", LinearRgba::rgb(0.2, 1.6, 3.0)),
            PickupKind::Rapid => ("R", LinearRgba::rgb(3.0, 1.2, 0.2)),
            PickupKind::Multiplier => ("X", LinearRgba::rgb(2.4, 2.0, 0.4)),
        };
        // It blinks when its time is nearly over.
        if pickup.left_secs < 2.0 && (time.elapsed_secs() * 9.0).sin() < 0.0 {
            continue;
        }
        let breath = 1.0 + 0.1 * (time.elapsed_secs() * 4.0).sin();
        outline(&mut gizmos, body.at, time.elapsed_secs(), 6, [body.radius * breath; 2], color);
        gizmos.text_2d(Isometry2d::from_translation(body.at), letter, 18.0, Vec2::ZERO, color);
    }
}

fn draw_ship_shape(gizmos: &mut Gizmos, at: Vec2, heading: Vec2, size: f32, color: LinearRgba) {
    let side = heading.perp();
    let shape = [(1.35, 0.0), (-0.75, 0.85), (-0.35, 0.0), (-0.75, -0.85), (1.35, 0.0)];
    let points = shape.map(|(along, across)| at + (heading * along + side * across) * size);
    gizmos.linestrip_2d(points, color);
}

fn draw_ship(mut gizmos: Gizmos, phase: Res<Phase>, time: Res<Time>, ships: Query<(&Ship, &Body)>) {
    let Ok((ship, body)) = ships.single() else {
        return;
    };
    if !ship.is_here() || *phase != Phase::Playing {
        return;
    }
    let white = LinearRgba::rgb(2.4, 2.8, 3.4);
    let heading = ship.heading.normalize_or(Vec2::Y);
    let blink = (time.elapsed_secs() * 11.0).sin() > -0.2;
    if ship.safe_secs <= 0.0 || blink {
        draw_ship_shape(&mut gizmos, body.at, heading, body.radius * 1.25, white);
    }
    if ship.safe_secs > 0.0 {
        let left = (ship.safe_secs / 2.2).min(1.0);
        gizmos.circle_2d(body.at, body.radius * 2.4, LinearRgba::rgb(0.2, 1.0, 2.4) * left);
    }
}

/// Digits in groups of three, as people read them.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[expect(clippy::too_many_arguments, reason = "each text shows something else")]
fn draw_texts(
    mut gizmos: Gizmos,
    phase: Res<Phase>,
    round: Res<Round>,
    encoder: Res<Encoder>,
    save: Res<LastSave>,
    juice: Res<Juice>,
    clock: Res<Time<Virtual>>,
    popups: Query<(&Popup, &Fading)>,
) {
    let white = LinearRgba::rgb(1.0, 1.1, 1.3);
    let dim = LinearRgba::rgb(0.28, 0.34, 0.55);
    let left = Vec2::new(-0.5, 0.0);
    let right = Vec2::new(0.5, 0.0);
    let mut write = |at: Vec2, text: &str, size: f32, anchor: Vec2, color: LinearRgba| {
        gizmos.text_2d(Isometry2d::from_translation(at), text, size, anchor, color);
    };
    for (popup, fading) in &popups {
        write(popup.at, &popup.text, 20.0, Vec2::ZERO, LinearRgba::rgb(2.0, 1.8, 0.7) * fading.left());
    }

    // The line below the field.
    let y = -FIELD.y - 38.0;
    write(Vec2::new(-FIELD.x, y), &grouped(round.score), 34.0, left, white);
    write(
        Vec2::new(-FIELD.x + 190.0, y),
        &format!("x{}", round.multiplier),
        26.0,
        left,
        LinearRgba::rgb(2.0, 1.6, 0.3),
    );
    write(Vec2::new(-FIELD.x + 260.0, y), &format!("BEST {}", grouped(round.best)), 20.0, left, dim);
    write(Vec2::new(0.0, y), &format!("WAVE {}", round.wave.max(1)), 26.0, Vec2::ZERO, white);
    let (label, color) = match *encoder {
        Encoder::Closures => ("SAVES BY CLOSURES: LINGERS", LinearRgba::rgb(2.4, 0.9, 0.15)),
        Encoder::Class => ("SAVES BY A CLASS: CLEAN", LinearRgba::rgb(0.2, 1.8, 0.6)),
    };
    let fresh = (1.0 - save.age_secs * 2.5).clamp(0.0, 1.0) * f32::from(u8::from(save.count > 0));
    write(Vec2::new(FIELD.x, y), label, 20.0, right, color * (0.45 + 0.55 * fresh));

    match *phase {
        Phase::Loading => write(Vec2::ZERO, "LOADING", 40.0, Vec2::ZERO, white),
        Phase::Title => {
            write(Vec2::new(0.0, 110.0), "AFTERGLOW", 96.0, Vec2::ZERO, LinearRgba::rgb(0.6, 1.8, 3.4));
            write(Vec2::new(0.0, 20.0), "PRESS SPACE OR BUTTON SOUTH", 30.0, Vec2::ZERO, white);
            write(
                Vec2::new(0.0, -60.0),
                "FLY: WASD OR LEFT STICK    SHOOT: ARROWS, MOUSE OR RIGHT STICK",
                20.0,
                Vec2::ZERO,
                dim,
            );
            write(
                Vec2::new(0.0, -100.0),
                "E OR NORTH: SWAP THE ENCODER    P: PAUSE    F3: OVERLAY    ESC: QUIT",
                20.0,
                Vec2::ZERO,
                dim,
            );
        }
        Phase::Playing if clock.is_paused() => write(Vec2::ZERO, "PAUSED", 60.0, Vec2::ZERO, white),
        Phase::Playing => {
            if let Some((text, age)) = &juice.banner {
                let fade = (4.0 * (1.0 - age / BANNER_SECS)).clamp(0.0, 1.0);
                let size = 52.0 + 30.0 * (1.0 - age * 6.0).max(0.0);
                write(Vec2::new(0.0, 190.0), text, size, Vec2::ZERO, LinearRgba::rgb(0.6, 1.6, 3.0) * fade);
            }
        }
        Phase::Over => {
            write(Vec2::new(0.0, 90.0), "GAME OVER", 84.0, Vec2::ZERO, LinearRgba::rgb(3.4, 0.6, 0.4));
            write(Vec2::new(0.0, 0.0), &format!("{} POINTS", grouped(round.score)), 40.0, Vec2::ZERO, white);
            write(Vec2::new(0.0, -70.0), "PRESS SPACE OR BUTTON SOUTH", 28.0, Vec2::ZERO, dim);
        }
    }
    for life in 0..round.lives.min(8) {
        let at = Vec2::new(110.0 + life as f32 * 26.0, y);
        draw_ship_shape(&mut gizmos, at, Vec2::Y, 9.0, white);
    }
}
