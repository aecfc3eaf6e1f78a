//! What there is in the game: the pieces on the field, the score, the phase. Plain data; the rules are elsewhere.

use bevy::prelude::*;

/// Half of the field's size; its middle is the origin.
pub const FIELD: Vec2 = Vec2::new(760.0, 355.0);
pub const SHIP_RADIUS: f32 = 13.0;
pub const START_LIVES: u32 = 3;

/// What is being played.
#[derive(Resource, Reflect, Debug, Clone, Copy, PartialEq, Eq, Default)]
#[reflect(Resource)]
pub enum Phase {
    /// The scripts are being read.
    #[default]
    Loading,
    Title,
    Playing,
    Over,
}

/// The standing of the current round. The script `score.py` keeps it.
#[derive(Resource, Reflect, Debug, Clone)]
#[reflect(Resource)]
pub struct Round {
    /// Counts the rounds, so that scripts see a restart.
    pub number: i64,
    pub score: u64,
    pub best: u64,
    pub lives: u32,
    pub wave: i64,
    pub multiplier: u64,
    pub kills: u64,
    pub kills_to_multiplier: u64,
    pub next_life_at: u64,
}

impl Default for Round {
    fn default() -> Self {
        Self {
            number: 0,
            score: 0,
            best: 0,
            lives: START_LIVES,
            wave: 0,
            multiplier: 1,
            kills: 0,
            kills_to_multiplier: 0,
            next_life_at: 5_000,
        }
    }
}

impl Round {
    pub fn restart(&mut self) {
        *self = Self { number: self.number + 1, best: self.best, ..Self::default() };
    }
}

/// What the player wants in this frame, from whatever device.
#[derive(Resource, Reflect, Debug, Default, Clone, Copy)]
#[reflect(Resource)]
pub struct Controls {
    /// At most of length 1.
    pub fly: Vec2,
    /// The direction to shoot in.
    pub shoot: Option<Vec2>,
    pub start: bool,
    pub pause: bool,
    pub swap_encoder: bool,
}

/// Which encoder the saving script uses.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoder {
    /// Functions that call each other: each save lingers.
    #[default]
    Closures,
    /// A class: nothing does.
    Class,
}

impl Encoder {
    pub fn name(self) -> &'static str {
        match self {
            Self::Closures => "closures",
            Self::Class => "class",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Closures => Self::Class,
            Self::Class => Self::Closures,
        }
    }
}

/// What the saving script did last.
#[derive(Resource, Debug, Default)]
pub struct LastSave {
    pub text: String,
    pub count: u64,
    /// Seconds since then.
    pub age_secs: f32,
}

/// Anything that is somewhere and moves.
#[derive(Component, Reflect, Debug, Clone, Copy, Default)]
#[reflect(Component, Default)]
pub struct Body {
    pub at: Vec2,
    pub velocity: Vec2,
    pub radius: f32,
}

/// The player's ship. Its script is `pilot.py`.
#[derive(Component, Reflect, Debug, Default)]
#[reflect(Component, Default)]
pub struct Ship {
    pub heading: Vec2,
    pub reload_secs: f32,
    /// Seconds for which it shoots twice as fast.
    pub rapid_secs: f32,
    /// Seconds for which nothing can hit it.
    pub safe_secs: f32,
    /// Seconds until it is back; it is not on the field until then.
    pub gone_secs: f32,
}

impl Ship {
    pub fn is_here(&self) -> bool {
        self.gone_secs <= 0.0
    }
}

/// A shot of the ship.
#[derive(Component, Reflect, Debug, Default)]
#[reflect(Component, Default)]
pub struct Shot;

/// Something to fly over. Its script, `pickups.py`, says what it gives.
#[derive(Component, Reflect, Debug, Default)]
#[reflect(Component, Default)]
pub struct Pickup {
    pub kind: PickupKind,
    /// Seconds until it is gone.
    pub left_secs: f32,
}

#[derive(Reflect, Debug, Clone, Copy, PartialEq, Eq, Default)]
#[reflect(Default)]
pub enum PickupKind {
    #[default]
    Shield,
    Rapid,
    Multiplier,
}

/// A shot of an enemy.
#[derive(Component, Debug)]
pub struct EnemyShot;

/// What an enemy is. Its script, `brains.py`, reads this and sets `wanted`.
#[derive(Component, Reflect, Debug)]
#[reflect(Component)]
pub struct Enemy {
    pub kind: EnemyKind,
    /// How much faster than its kind it is.
    pub haste: f32,
    /// What its script wants; the body follows with some inertia.
    pub wanted: Vec2,
    pub health: u32,
    /// Seconds until it is fully there and can be hit and hit others.
    pub arriving_secs: f32,
    /// Seconds for which it flashes.
    pub flash_secs: f32,
}

#[derive(Reflect, Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnemyKind {
    Drifter,
    Chaser,
    Weaver,
    Dasher,
    Sniper,
    Splitter,
    Mite,
}

impl EnemyKind {
    pub const ALL: [Self; 7] =
        [Self::Drifter, Self::Chaser, Self::Weaver, Self::Dasher, Self::Sniper, Self::Splitter, Self::Mite];

    pub fn name(self) -> &'static str {
        match self {
            Self::Drifter => "drifter",
            Self::Chaser => "chaser",
            Self::Weaver => "weaver",
            Self::Dasher => "dasher",
            Self::Sniper => "sniper",
            Self::Splitter => "splitter",
            Self::Mite => "mite",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn health(self) -> u32 {
        match self {
            Self::Sniper => 2,
            Self::Splitter => 3,
            _ => 1,
        }
    }

    pub fn radius(self) -> f32 {
        match self {
            Self::Splitter => 26.0,
            Self::Sniper => 20.0,
            Self::Mite => 11.0,
            _ => 16.0,
        }
    }
}

/// Goes away by itself.
#[derive(Component, Reflect, Debug, Default)]
#[reflect(Component, Default)]
pub struct Fading {
    pub age_secs: f32,
    pub life_secs: f32,
}

impl Fading {
    pub fn new(life_secs: f32) -> Self {
        Self { age_secs: 0.0, life_secs }
    }

    /// From 1, fresh, to 0, gone.
    pub fn left(&self) -> f32 {
        (1.0 - self.age_secs / self.life_secs).clamp(0.0, 1.0)
    }
}

/// Random numbers of our own, so that a headless session plays the same each time.
#[derive(Resource, Debug)]
pub struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Dice {
    /// From 0 up to but not including 1.
    pub fn roll(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.roll()
    }

    pub fn direction(&mut self) -> Vec2 {
        Vec2::from_angle(self.between(0.0, std::f32::consts::TAU))
    }
}
