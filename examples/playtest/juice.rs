//! What makes it feel good: sparks, shock waves, shaking, slow motion, numbers that float up. Changes nothing that the
//! rules look at, save how fast time goes for a moment.

use bevy::prelude::*;

use crate::model::*;
use crate::rules::PlaySystems;

/// More than this would hide the game, and cost frames.
const MOST_SPARKS: usize = 600;

/// Something worth a show.
#[derive(Debug, Clone, Copy)]
pub enum Burst {
    Thrust(Vec2, Vec2),
    Muzzle(Vec2, Vec2),
    Wall(Vec2),
    Hit(Vec2, EnemyKind),
    /// A kill and its points.
    Kill(Vec2, EnemyKind, u64),
    Death(Vec2),
    Arrival(Vec2),
}

/// Everything that is shown beside the pieces themselves.
#[derive(Resource, Debug, Default)]
pub struct Juice {
    pub bursts: Vec<Burst>,
    pub waves: Vec<ShockWave>,
    /// A line across the field, and for how long it has been there.
    pub banner: Option<(String, f32)>,
    /// From 0 to 1; what one sees is its square.
    pub shake: f32,
    slow_secs: f32,
}

impl Juice {
    pub fn announce(&mut self, text: String) {
        self.banner = Some((text, 0.0));
    }

    pub fn calm(&mut self) {
        *self = Self::default();
    }
}

#[derive(Debug, Clone, Copy)]
pub struct ShockWave {
    pub at: Vec2,
    pub age_secs: f32,
    pub strength: f32,
}

pub const WAVE_SECS: f32 = 0.9;
pub const BANNER_SECS: f32 = 1.8;

#[derive(Component, Debug)]
pub struct Spark {
    pub at: Vec2,
    pub velocity: Vec2,
    pub color: LinearRgba,
}

/// Points that float up where they were earned.
#[derive(Component, Debug)]
pub struct Popup {
    pub at: Vec2,
    pub text: String,
}

pub fn plugin(app: &mut App) {
    app.init_resource::<Juice>().add_systems(Update, (play_bursts, age).chain().after(PlaySystems::Rules));
}

/// The color that a kind of enemy is drawn in; above 1 it glows.
pub fn color_of(kind: EnemyKind) -> LinearRgba {
    match kind {
        EnemyKind::Drifter => LinearRgba::rgb(1.6, 0.5, 3.2),
        EnemyKind::Chaser => LinearRgba::rgb(0.2, 1.9, 3.0),
        EnemyKind::Weaver => LinearRgba::rgb(0.3, 2.6, 0.5),
        EnemyKind::Dasher => LinearRgba::rgb(3.4, 1.3, 0.15),
        EnemyKind::Sniper => LinearRgba::rgb(3.6, 0.35, 0.4),
        EnemyKind::Splitter => LinearRgba::rgb(3.2, 0.4, 2.0),
        EnemyKind::Mite => LinearRgba::rgb(3.0, 0.8, 2.2),
    }
}

struct Sparks<'a, 'w, 's> {
    commands: &'a mut Commands<'w, 's>,
    dice: &'a mut Dice,
    room: usize,
}

impl Sparks<'_, '_, '_> {
    fn spray(&mut self, at: Vec2, count: usize, speed: f32, life_secs: f32, color: LinearRgba) {
        for _ in 0..count {
            let velocity = self.dice.direction() * speed * self.dice.between(0.2, 1.0);
            self.one(at, velocity, life_secs, color);
        }
    }

    fn one(&mut self, at: Vec2, velocity: Vec2, life_secs: f32, color: LinearRgba) {
        if self.room == 0 {
            return;
        }
        self.room -= 1;
        let life_secs = life_secs * self.dice.between(0.6, 1.2);
        self.commands.spawn((Spark { at, velocity, color }, Fading::new(life_secs)));
    }
}

fn play_bursts(
    mut commands: Commands,
    mut dice: ResMut<Dice>,
    mut juice: ResMut<Juice>,
    sparks: Query<(), With<Spark>>,
) {
    let white = LinearRgba::rgb(2.5, 2.5, 2.5);
    let bursts = std::mem::take(&mut juice.bursts);
    let room = MOST_SPARKS.saturating_sub(sparks.iter().len());
    let mut spawn = Sparks { commands: &mut commands, dice: &mut dice, room };
    for burst in bursts {
        match burst {
            Burst::Thrust(at, direction) => {
                let velocity = direction * 170.0 + spawn.dice.direction() * 45.0;
                spawn.one(at, velocity, 0.3, LinearRgba::rgb(2.6, 1.0, 0.2));
            }
            Burst::Muzzle(at, direction) => {
                let velocity = direction * 260.0 + spawn.dice.direction() * 90.0;
                spawn.one(at, velocity, 0.12, LinearRgba::rgb(2.4, 2.2, 1.0));
            }
            Burst::Wall(at) => spawn.spray(at, 3, 130.0, 0.25, LinearRgba::rgb(0.8, 0.8, 1.6)),
            Burst::Hit(at, kind) => spawn.spray(at, 7, 240.0, 0.35, color_of(kind)),
            Burst::Kill(at, kind, points) => {
                let size = kind.radius() / 16.0;
                let count = (22.0 * size) as usize;
                spawn.spray(at, count, 380.0, 0.7, color_of(kind));
                spawn.spray(at, 6, 520.0, 0.3, white);
                juice.waves.push(ShockWave { at, age_secs: 0.0, strength: size });
                juice.shake = (juice.shake + 0.12 * size).min(0.5);
                if points > 0 {
                    spawn.commands.spawn((Popup { at, text: points.to_string() }, Fading::new(0.8)));
                }
            }
            Burst::Death(at) => {
                spawn.spray(at, 110, 620.0, 1.3, white);
                spawn.spray(at, 60, 340.0, 1.0, LinearRgba::rgb(0.4, 1.6, 3.2));
                juice.waves.push(ShockWave { at, age_secs: 0.0, strength: 4.0 });
                juice.shake = 1.0;
                juice.slow_secs = 0.35;
            }
            Burst::Arrival(at) => {
                spawn.spray(at, 40, 300.0, 0.5, LinearRgba::rgb(0.4, 1.6, 3.2));
                juice.waves.push(ShockWave { at, age_secs: 0.0, strength: 1.5 });
            }
        }
    }
}

fn age(
    time: Res<Time>,
    real: Res<Time<Real>>,
    mut clock: ResMut<Time<Virtual>>,
    mut juice: ResMut<Juice>,
    mut sparks: Query<&mut Spark>,
    mut popups: Query<&mut Popup>,
) {
    let dt = time.delta_secs();
    let real_dt = real.delta_secs();
    let drag = (-2.6 * dt).exp();
    for mut spark in &mut sparks {
        let step = spark.velocity * dt;
        spark.at += step;
        spark.velocity *= drag;
        let out = spark.at.abs().cmpgt(FIELD);
        if out.any() {
            spark.at = spark.at.clamp(-FIELD, FIELD);
            let bounced = Vec2::select(out, -spark.velocity, spark.velocity);
            spark.velocity = bounced * 0.6;
        }
    }
    for mut popup in &mut popups {
        popup.at.y += 46.0 * dt;
    }
    for wave in &mut juice.waves {
        wave.age_secs += dt;
    }
    juice.waves.retain(|wave| wave.age_secs < WAVE_SECS);
    if let Some((_, age)) = &mut juice.banner {
        *age += real_dt;
    }
    if juice.banner.as_ref().is_some_and(|(_, age)| *age > BANNER_SECS) {
        juice.banner = None;
    }
    juice.shake = (juice.shake - 1.4 * real_dt).max(0.0);
    juice.slow_secs = (juice.slow_secs - real_dt).max(0.0);
    let speed = if juice.slow_secs > 0.0 { 0.25 } else { 1.0 };
    if clock.relative_speed() != speed {
        clock.set_relative_speed(speed);
    }
}
