//! What is seen: the cards as lines, and the words beside them. Changes nothing but where the pointer is.

use bevy::{camera::ScalingMode, prelude::*, window::PrimaryWindow};

use crate::{Board, Card, Pointer};

const VIEW: Vec2 = Vec2::new(1_280.0, 900.0);
const CARD: Vec2 = Vec2::new(120.0, 144.0);

#[derive(Component)]
struct GameCamera;

pub fn plugin(app: &mut App) {
    app.insert_resource(ClearColor(Color::srgb(0.02, 0.07, 0.06)))
        .add_systems(Startup, |mut commands: Commands| {
            commands.spawn((
                GameCamera,
                Camera2d,
                Projection::Orthographic(OrthographicProjection {
                    scaling_mode: ScalingMode::AutoMin { min_width: VIEW.x, min_height: VIEW.y },
                    ..OrthographicProjection::default_2d()
                }),
            ));
        })
        .add_systems(PreUpdate, point)
        .add_systems(PostUpdate, (draw_cards, draw_words));
}

fn point(
    mut pointer: ResMut<Pointer>,
    windows: Query<&Window, With<PrimaryWindow>>,
    cameras: Query<(&Camera, &GlobalTransform), With<GameCamera>>,
) {
    if let Ok(window) = windows.single()
        && let Ok((camera, transform)) = cameras.single()
        && let Some(at) = window.cursor_position()
        && let Ok(at) = camera.viewport_to_world_2d(transform, at)
    {
        *pointer = Pointer { at, moved: at != pointer.at };
    }
}

fn draw_cards(mut gizmos: Gizmos, cards: Query<&Card>) {
    for card in &cards {
        // A card that turns is narrow in the middle of its turn.
        let width = (1.0 - 2.0 * card.turned).abs().max(0.04);
        let size = Vec2::new(CARD.x * width, CARD.y);
        let edge = if card.lit { Color::srgb(1.0, 0.95, 0.5) } else { Color::srgb(0.55, 0.7, 0.65) };
        gizmos.rect_2d(Isometry2d::from_translation(card.at), size, edge);
        if card.lit {
            gizmos.rect_2d(Isometry2d::from_translation(card.at), size + 8.0, edge.with_alpha(0.4));
        }
        if card.turned > 0.5 {
            draw_face(&mut gizmos, card, width);
        } else {
            for inset in [18.0, 34.0, 50.0] {
                let size = (size - Vec2::splat(inset)).max(Vec2::splat(1.0));
                gizmos.rect_2d(Isometry2d::from_translation(card.at), size, Color::srgb(0.16, 0.34, 0.42));
            }
        }
    }
}

/// Four colours far apart by three shapes: each of the twelve faces is told at a glance.
const HUES: [f32; 4] = [45.0, 130.0, 205.0, 325.0];
/// Corners, and how far in the points between them lie: a triangle, a square, a star.
const SHAPES: [(u32, f32); 3] = [(3, 0.5), (4, std::f32::consts::FRAC_1_SQRT_2), (5, 0.45)];

fn draw_face(gizmos: &mut Gizmos, card: &Card, width: f32) {
    let face = card.face as usize;
    let color = Color::hsl(HUES[face % HUES.len()], 0.85, 0.62);
    let (corners, inner) = SHAPES[face / HUES.len() % SHAPES.len()];
    let count = corners * 2;
    for scale in [1.0, 0.8] {
        let points = (0..=count).map(|corner| {
            let turn = std::f32::consts::TAU * corner as f32 / count as f32 + std::f32::consts::FRAC_PI_2;
            let radius = 42.0 * scale * if corner % 2 == 0 { 1.0 } else { inner };
            card.at + Vec2::from_angle(turn) * Vec2::new(radius * width, radius)
        });
        gizmos.linestrip_2d(points, color);
    }
}

fn draw_words(mut gizmos: Gizmos, board: Res<Board>) {
    let mut write = |x: f32, y: f32, text: &str, size: f32, color: Color| {
        gizmos.text_2d(Isometry2d::from_translation(Vec2::new(x, y)), text, size, Vec2::ZERO, color);
    };
    let (bright, dim) = (Color::srgb(0.9, 1.0, 0.95), Color::srgb(0.45, 0.55, 0.52));
    // Below the cards: above them is the overlay's strip.
    write(0.0, -370.0, &board.title, 40.0, bright);
    write(0.0, -422.0, &board.hint, 22.0, dim);
    for (place, score) in board.scores.iter().enumerate() {
        let name = match place {
            0 if board.auto => "MACHINE A",
            0 => "YOU",
            _ => "MACHINE",
        };
        let x = if place == 0 { -420.0 } else { 420.0 };
        write(x, -370.0, &format!("{name} {score}"), 28.0, if board.turn == place as u32 { bright } else { dim });
    }
}
