//! Components for scripts to reach, and entities with scripts.

use bevy::{
    platform::collections::{HashMap, HashSet},
    prelude::*,
};
use bevy_linger::{Script, ScriptStatus, host::ScriptHost};

use super::Game;

#[derive(Component, Reflect, Default, Debug)]
#[reflect(Component, Default)]
pub struct Health {
    pub points: i32,
    pub shield: Option<f32>,
    pub tags: Vec<String>,
    pub mood: Mood,
    pub order: Order,
    pub stock: HashMap<String, u32>,
    pub seen: HashSet<String>,
    pub likes: HashMap<i32, Vec3>,
}

/// Variants with values of all sorts.
#[derive(Reflect, Default, Debug, PartialEq)]
#[reflect(Default)]
pub enum Order {
    #[default]
    Wait,
    Go(Vec2),
    Trade(u32, String),
    Attack {
        target: Option<Entity>,
        power: f32,
    },
}

#[derive(Reflect, Default, Debug, PartialEq)]
#[reflect(Default)]
pub enum Mood {
    #[default]
    Calm,
    Angry,
}

#[derive(Component, Reflect, Default)]
#[reflect(Component, Default)]
pub struct Enemy;

#[derive(Resource, Reflect, Default)]
#[reflect(Resource)]
pub struct Score {
    pub points: i64,
}

/// A game with these scripts and one entity that has the first of them.
pub fn game_with_entity(scripts: &[(&str, &str)]) -> (Game, Entity) {
    let mut game = Game::new(scripts);
    let entity = spawn(&mut game, scripts[0].0);
    (game, entity)
}

pub fn spawn(game: &mut Game, script: &str) -> Entity {
    game.app.register_type::<Health>().register_type::<Enemy>().register_type::<Score>();
    game.app.init_resource::<Score>();
    game.app.world_mut().spawn((Script::new(script), Transform::default(), Health::default())).id()
}

pub fn transform(game: &Game, entity: Entity) -> Transform {
    *game.app.world().get::<Transform>(entity).expect("a transform")
}

pub fn health(game: &Game, entity: Entity) -> &Health {
    game.app.world().get::<Health>(entity).expect("health")
}

pub fn status(game: &Game, entity: Entity) -> ScriptStatus {
    let host = game.app.world().get_non_send::<ScriptHost>().expect("the host");
    host.statuses().find(|status| status.entity == entity).expect("an instance")
}

pub fn messages(game: &Game) -> Vec<&str> {
    game.failures().iter().map(|failed| failed.0.message.as_str()).collect()
}

pub fn no_failures(game: &Game) {
    assert!(game.failures().is_empty(), "{:#?}", game.failures());
}
