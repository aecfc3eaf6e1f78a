//! Scripts of entities in headless apps: callbacks, the world by reflection, waiting, errors, limits, hot reload.

mod common;

use bevy::prelude::*;
use bevy_linger::{
    Callback, LingerCommand, LingerConfig, Script, ScriptMessage, ScriptStatus, ScriptValue, host::ScriptHost,
};
use common::Game;

#[derive(Component, Reflect, Default, Debug)]
#[reflect(Component, Default)]
struct Health {
    points: i32,
    shield: Option<f32>,
    tags: Vec<String>,
    mood: Mood,
}

#[derive(Reflect, Default, Debug, PartialEq)]
#[reflect(Default)]
enum Mood {
    #[default]
    Calm,
    Angry,
}

#[derive(Component, Reflect, Default)]
#[reflect(Component, Default)]
struct Enemy;

#[derive(Resource, Reflect, Default)]
#[reflect(Resource)]
struct Score {
    points: i64,
}

/// A game with these scripts and one entity that has the first of them.
fn game_with_entity(scripts: &[(&str, &str)]) -> (Game, Entity) {
    let mut game = Game::new(scripts);
    let entity = spawn(&mut game, scripts[0].0);
    (game, entity)
}

fn spawn(game: &mut Game, script: &str) -> Entity {
    game.app.register_type::<Health>().register_type::<Enemy>().register_type::<Score>();
    game.app.init_resource::<Score>();
    game.app.world_mut().spawn((Script::new(script), Transform::default(), Health::default())).id()
}

fn transform(game: &Game, entity: Entity) -> Transform {
    *game.app.world().get::<Transform>(entity).expect("a transform")
}

fn health(game: &Game, entity: Entity) -> &Health {
    game.app.world().get::<Health>(entity).expect("health")
}

fn status(game: &Game, entity: Entity) -> ScriptStatus {
    let host = game.app.world().get_non_send::<ScriptHost>().expect("the host");
    host.statuses().find(|status| status.entity == entity).expect("an instance")
}

fn messages(game: &Game) -> Vec<&str> {
    game.failures().iter().map(|failed| failed.0.message.as_str()).collect()
}

fn no_failures(game: &Game) {
    assert!(game.failures().is_empty(), "{:#?}", game.failures());
}

#[test]
fn a_class_gets_an_instance_an_entity_and_its_callbacks() {
    let (mut game, first) = game_with_entity(&[(
        "mover.py",
        "
import game
from bevy import Script

class Mover(Script):
    def __init__(self):
        self.steps = 0

    def on_spawn(self):
        game.note(-1)

    def on_update(self, dt):
        self.steps += 1
        self.entity.Transform.translation.x += 2
        game.note(self.steps)

    def on_despawn(self):
        game.note(-2)
",
    )]);
    let second = spawn(&mut game, "mover.py");
    game.update(3);
    no_failures(&game);
    // Each counts by itself.
    assert_eq!(game.calls(), [-1.0, -1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert_eq!(transform(&game, first).translation, Vec3::new(6.0, 0.0, 0.0));
    game.app.world_mut().despawn(first);
    game.update(1);
    assert_eq!(game.calls().last(), Some(&4.0), "the other goes on");
    assert_eq!(game.calls().iter().filter(|call| **call == -2.0).count(), 1);
    game.app.world_mut().entity_mut(second).remove::<Script>();
    game.update(2);
    assert_eq!(game.calls().last(), Some(&-2.0), "without the component there is no script");
    no_failures(&game);
}

#[test]
fn functions_of_a_module_are_callbacks_with_a_self_for_each_entity() {
    let (mut game, entity) = game_with_entity(&[(
        "counter.py",
        "
def on_spawn(self):
    self.count = 0

def on_update(self, dt):
    self.count += 1
    self.entity.Health.points = self.count
",
    )]);
    let other = spawn(&mut game, "counter.py");
    game.update(4);
    no_failures(&game);
    assert_eq!((health(&game, entity).points, health(&game, other).points), (4, 4));
}

#[test]
fn fixed_updates_come_with_the_fixed_step() {
    let (mut game, _) =
        game_with_entity(&[("fixed.py", "import game\ndef on_fixed_update(self, dt):\n    game.note(dt)\n")]);
    game.update(100);
    no_failures(&game);
    // A second of frames at 64 steps a second.
    assert!((62..=64).contains(&game.calls().len()), "{}", game.calls().len());
    assert!(game.calls().iter().all(|dt| *dt == 0.015_625), "{:?}", game.calls());
}

#[test]
fn fields_of_all_sorts_are_read_and_written() {
    let (mut game, entity) = game_with_entity(&[(
        "fields.py",
        "
from bevy import Vec3, Quat, resources

def on_spawn(self):
    health = self.entity.Health
    assert health.shield is None
    health.shield = 2.5
    assert health.shield == 2.5
    assert health.mood == 'Calm'
    health.mood = 'Angry'
    health.tags = ['red', 'fast']
    assert len(health.tags) == 2 and list(health.tags) == ['red', 'fast'] and health.tags[-1] == 'fast'
    health.tags[0] = 'blue'
    self.entity.Transform = {'translation': [1, 2, 3], 'scale': Vec3(2, 2, 2)}
    self.entity.Transform.translation += Vec3(0, 0, 1)
    assert self.entity.Transform.rotation == Quat()
    resources.Score.points += 7
    assert 'Angry' in repr(health)
",
    )]);
    game.update(1);
    no_failures(&game);
    let found = health(&game, entity);
    assert_eq!((found.shield, &found.mood), (Some(2.5), &Mood::Angry));
    assert_eq!(found.tags, ["blue", "fast"]);
    let found = transform(&game, entity);
    assert_eq!((found.translation, found.scale), (Vec3::new(1.0, 2.0, 4.0), Vec3::splat(2.0)));
    assert_eq!(game.app.world().resource::<Score>().points, 7);
}

#[test]
fn vectors_have_operators_and_are_values_of_their_own() {
    let (mut game, entity) = game_with_entity(&[(
        "vectors.py",
        "
import math
from bevy import Vec2, Vec3, Quat, Color

def on_spawn(self):
    a, b = Vec3(1, 2, 3), Vec3(4, 5, 6)
    assert a + b == Vec3(5, 7, 9) and b - a == Vec3(3, 3, 3) and -a == Vec3(-1, -2, -3)
    assert a * 2 == 2 * a == Vec3(2, 4, 6) and b / 2 == Vec3(2, 2.5, 3)
    assert a.dot(b) == 32 and a.cross(b) == Vec3(-3, 6, -3)
    assert Vec2(3, 4).length() == 5 and Vec2(3, 4).normalized() == Vec2(0.6, 0.8)
    assert a.lerp(b, 0.5) == Vec3(2.5, 3.5, 4.5) and a.distance(a) == 0
    x, y, z = a
    assert (x, y, z) == (1, 2, 3) and a[-1] == 3 and len(Vec2()) == 2
    assert repr(Vec2(0.5, 2)) == 'Vec2(0.5, 2.0)'
    half = math.sqrt(0.5)
    turned = Quat(0, 0, half, half) * Vec3(1, 0, 0)
    assert turned.distance(Vec3(0, 1, 0)) < 1e-9
    assert Color(1, 0.5, 0).a == 1
    a.x = 10
    assert a == Vec3(10, 2, 3)
    for wrong in (lambda: a + 1, lambda: a + Vec2(), lambda: Vec3(1), lambda: a.cross(1)):
        try:
            wrong()
        except TypeError:
            continue
        assert False, 'no error'
    kept = self.entity.Transform.translation.copy()
    kept.x = 99
    assert self.entity.Transform.translation.x == 0
",
    )]);
    game.update(1);
    no_failures(&game);
    assert_eq!(transform(&game, entity).translation, Vec3::ZERO);
}

#[test]
fn scripts_spawn_find_relate_and_despawn() {
    let (mut game, entity) = game_with_entity(&[(
        "spawner.py",
        "
from bevy import spawn, query, Vec3

def on_spawn(self):
    made = spawn('Enemy', Transform={'translation': Vec3(1, 2, 3)}, Health={'points': 5})
    assert made.has('Enemy') and made.Health.points == 5
    plain = spawn('Enemy')
    assert len(query('Enemy')) == 2
    assert query('Enemy', 'Health') == [made]
    assert query('Enemy', without='Health') == [plain]
    self.entity.add_child(made)
    assert made.parent == self.entity and self.entity.children == [made] and plain.parent is None
    assert plain.alive
    plain.despawn()
    assert not plain.alive
    assert made.remove('Health') and not made.has('Health') and not made.remove('Health')
    made.insert('Health', Name='bob')
    assert made.Name == 'bob'
    assert len({made, made, self.entity}) == 2
",
    )]);
    game.update(1);
    no_failures(&game);
    let world = game.app.world_mut();
    let enemies: Vec<Entity> = world.query_filtered::<Entity, With<Enemy>>().iter(world).collect();
    assert_eq!(enemies.len(), 1);
    assert_eq!(world.get::<ChildOf>(enemies[0]).map(ChildOf::parent), Some(entity));
    assert_eq!(world.get::<Transform>(enemies[0]).map(|found| found.translation), Some(Vec3::new(1.0, 2.0, 3.0)));
}

#[test]
fn messages_reach_everybody_or_the_one_they_are_for() {
    let (mut game, first) = game_with_entity(&[(
        "listener.py",
        "
import game
from bevy import send

def on_message(self, message):
    if message.name == 'hit':
        game.note(message.data['damage'])
    elif message.name == 'begin':
        send('hit', {'damage': 3}, to=self.entity)
        send('hit', {'damage': 4})
",
    )]);
    spawn(&mut game, "listener.py");
    game.update(1);
    game.app.world_mut().write_message(ScriptMessage {
        name: "begin".into(),
        data: ScriptValue::None,
        target: Some(first),
    });
    game.update(3);
    no_failures(&game);
    let mut calls = game.calls().to_vec();
    calls.sort_by(f64::total_cmp);
    assert_eq!(calls, [3.0, 4.0, 4.0]);
}

#[test]
fn a_callback_that_yields_goes_on_later() {
    let (mut game, entity) = game_with_entity(&[(
        "waiter.py",
        "
import game
from bevy import wait, until

def on_spawn(self):
    game.note(1)
    yield wait(0.05)
    game.note(2)
    yield until(lambda: self.entity.Health.points == 9)
    game.note(3)
    yield
    game.note(4)
",
    )]);
    game.update(1);
    assert_eq!(game.calls(), [1.0]);
    assert_eq!(status(&game, entity).waiting, 1);
    game.update(4);
    assert_eq!(game.calls(), [1.0]);
    game.update(10);
    assert_eq!(game.calls(), [1.0, 2.0]);
    game.app.world_mut().get_mut::<Health>(entity).expect("health").points = 9;
    game.update(1);
    assert_eq!(game.calls(), [1.0, 2.0, 3.0]);
    game.update(2);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(status(&game, entity).waiting, 0);
}

#[test]
fn an_update_that_waits_is_not_called_anew() {
    let (mut game, _) = game_with_entity(&[(
        "slow.py",
        "import game\nfrom bevy import wait\ndef on_update(self, dt):\n    game.note(1)\n    yield wait(0.045)\n    game.note(2)\n",
    )]);
    game.update(6);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0, 2.0]);
}

#[test]
fn input_and_time_are_the_games() {
    let (mut game, _) = game_with_entity(&[(
        "input.py",
        "
import game
from bevy import input, time

def on_update(self, dt):
    assert time.delta == dt and time.elapsed > 0 and time.frame > 0
    if input.pressed('KeyA'):
        game.note(1)
    if input.mouse_pressed('Left') or input.gamepad_pressed('South'):
        game.note(2)
    try:
        input.axis('Nonsense')
    except ValueError:
        pass
",
    )]);
    game.app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::KeyA);
    game.update(1);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0]);
    game.app.world_mut().resource_mut::<ButtonInput<KeyCode>>().release(KeyCode::KeyA);
    game.app.world_mut().resource_mut::<ButtonInput<MouseButton>>().press(MouseButton::Left);
    game.update(1);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0, 2.0]);
}

/// Runs one statement in `on_spawn` and returns what it raised.
fn raised_by(statement: &str) -> String {
    let source = format!("from bevy import *\nimport game\ndef on_spawn(self):\n    {statement}\n");
    let (mut game, _) = game_with_entity(&[("wrong.py", &source)]);
    game.update(1);
    assert_eq!(game.failures().len(), 1, "{statement}: {:?}", game.failures());
    let error = &game.failures()[0].0;
    assert_eq!((error.file.as_str(), error.line), ("wrong.py", 4), "{error:?}");
    error.message.clone()
}

#[test]
fn what_is_wrong_is_an_exception_that_names_both_sides() {
    let gone = raised_by("e = spawn('Health'); e.despawn(); e.Health.points");
    assert!(gone.starts_with("LookupError: entity ") && gone.contains(" is gone: it has no Health"), "{gone}");
    let held = raised_by("e = spawn('Health'); h = e.Health; e.despawn(); h.points = 1");
    assert!(held.starts_with("LookupError: ") && held.contains("Health.points"), "{held}");
    let wrong = raised_by("self.entity.Health.points = 'many'");
    assert!(wrong.starts_with("TypeError: Health.points of entity "), "{wrong}");
    assert!(wrong.ends_with("i32 expected, got str"), "{wrong}");
    let range = raised_by("self.entity.Health.points = 3000000000");
    assert!(range.starts_with("ValueError: ") && range.ends_with("is out of the range of i32"), "{range}");
    let missing = raised_by("self.entity.Enemy");
    assert!(missing.starts_with("AttributeError: entity ") && missing.ends_with("has no Enemy"), "{missing}");
    let unknown = raised_by("self.entity.Nonsense");
    assert_eq!(unknown, "AttributeError: no type is registered as Nonsense");
    let field = raised_by("self.entity.Health.nonsense");
    assert!(field.starts_with("AttributeError: Health.nonsense of entity "), "{field}");
    let vector = raised_by("self.entity.Transform.translation = Vec2(1, 2)");
    assert!(vector.ends_with("Vec3 expected, got Vec2"), "{vector}");
    let mood = raised_by("self.entity.Health.mood = 'Sleepy'");
    assert!(mood.starts_with("ValueError: ") && mood.ends_with("Sleepy is none of Calm, Angry"), "{mood}");
    let resource = raised_by("resources.Health");
    assert_eq!(resource, "AttributeError: there is no resource Health");
    let yielded = raised_by("yield 'soon'");
    assert!(yielded.contains("a script yields wait(...), until(...) or nothing"), "{yielded}");
}

#[test]
fn a_script_that_despawns_its_own_entity_in_its_update_is_let_go_of() {
    let (mut game, entity) = game_with_entity(&[(
        "mortal.py",
        "
import game
from bevy import wait

def on_spawn(self):
    yield wait(10)

def on_update(self, dt):
    self.entity.despawn()
    game.note(1)

def on_despawn(self):
    game.note(2)
",
    )]);
    game.update(5);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0, 2.0]);
    assert!(game.app.world().get_entity(entity).is_err());
    game.command(LingerCommand::Collect);
    bevy_linger::assert_no_lingering!(game.app);
}

#[test]
fn a_script_that_fails_each_time_is_disabled_and_the_others_go_on() {
    let (mut game, bad) = game_with_entity(&[
        ("bad.py", "def on_update(self, dt):\n    missing\n"),
        ("good.py", "import game\ndef on_update(self, dt):\n    game.note(1)\n"),
    ]);
    spawn(&mut game, "good.py");
    game.update(12);
    assert_eq!(game.calls().len(), 12);
    assert_eq!(game.failures().len(), 5);
    assert!(status(&game, bad).disabled);
    let alerts = game.profiler().profile().alerts();
    assert!(alerts.iter().any(|alert| alert.message.contains("is disabled: NameError")), "{alerts:?}");
    game.command(LingerCommand::EnableScripts);
    game.update(1);
    assert!(!status(&game, bad).disabled);
    game.update(10);
    assert_eq!(game.failures().len(), 10);
}

#[test]
fn a_missing_script_is_an_error_said_once() {
    let mut game = Game::new(&[("other.py", "x = 1\n")]);
    let entity = spawn(&mut game, "nowhere.py");
    game.update(5);
    assert_eq!(messages(&game), ["ModuleNotFoundError: there is no script nowhere, or it could not be run"]);
    assert!(status(&game, entity).disabled);
}

#[test]
fn one_that_raises_in_every_callback_stops_nothing() {
    let source = "
def fail(*_):
    raise ValueError('on purpose')

on_spawn = on_update = on_fixed_update = on_message = on_despawn = fail
";
    let (mut game, entity) = game_with_entity(&[("worst.py", source)]);
    game.config().script_failure_limit = 0;
    game.app.world_mut().write_message(ScriptMessage { name: "x".into(), data: ScriptValue::None, target: None });
    game.update(4);
    game.app.world_mut().despawn(entity);
    game.update(2);
    assert!(game.failures().len() >= 7, "{}", game.failures().len());
    assert!(messages(&game).iter().all(|message| *message == "ValueError: on purpose"), "{:?}", messages(&game));
}

#[test]
fn a_script_that_takes_too_long_is_stopped_and_the_others_have_their_turn() {
    let config = LingerConfig { script_call_micros: 20_000, instruction_limit: 0, ..default() };
    let mut game = Game::with_config(
        &[
            ("endless.py", "def on_update(self, dt):\n    while True:\n        pass\n"),
            ("good.py", "import game\ndef on_update(self, dt):\n    game.note(1)\n"),
        ],
        config,
    );
    spawn(&mut game, "endless.py");
    spawn(&mut game, "good.py");
    game.update(3);
    assert_eq!(game.calls().len(), 3);
    let error = &game.failures()[0].0;
    assert_eq!(error.message, "TimeoutError: script ran longer than its time limit");
    assert_eq!((error.file.as_str(), error.line > 0), ("endless.py", true));
}

#[test]
fn the_frames_time_is_shared_and_who_had_no_turn_comes_first() {
    let config = LingerConfig { scripts_frame_micros: 3_000, instruction_limit: 0, ..default() };
    let source = "
import time

def on_update(self, dt):
    end = time.perf_counter() + 0.002
    while time.perf_counter() < end:
        pass
    self.entity.Health.points += 1
";
    let mut game = Game::with_config(&[("slow.py", source)], config);
    game.config().script_failure_limit = 0;
    let entities: Vec<Entity> = (0..6).map(|_| spawn(&mut game, "slow.py")).collect();
    game.update(40);
    let turns: Vec<i32> = entities.iter().map(|entity| health(&game, *entity).points).collect();
    assert!(turns.iter().all(|turns| (1..40).contains(turns)), "{turns:?}");
}

#[test]
fn a_script_that_changes_keeps_its_state() {
    let (mut game, entity) = game_with_entity(&[(
        "live.py",
        "class Live:\n    def __init__(self):\n        self.n = 0\n    def on_update(self, dt):\n        self.n += 1\n",
    )]);
    game.update(5);
    game.rewrite(
        "live.py",
        "class Live:\n    def on_update(self, dt):\n        self.n += 1\n        self.entity.Health.points = self.n + 1000\n",
    );
    game.update(1);
    no_failures(&game);
    assert!(health(&game, entity).points > 1005, "{}", health(&game, entity).points);
    // An error leaves what runs in place, and is said.
    game.rewrite("live.py", "class Live\n    pass\n");
    let before = health(&game, entity).points;
    game.update(3);
    assert!(health(&game, entity).points >= before + 3);
    assert!(messages(&game)[0].starts_with("SyntaxError"), "{:?}", messages(&game));
    game.rewrite("live.py", "raise ValueError('not yet')\n");
    let before = health(&game, entity).points;
    game.update(3);
    assert!(health(&game, entity).points >= before + 3);
}

#[test]
fn a_reload_in_the_middle_of_a_wait_lets_it_end_as_it_began() {
    let (mut game, _) = game_with_entity(&[(
        "wait.py",
        "import game\nfrom bevy import until\ngo = False\ndef on_spawn(self):\n    yield until(lambda: self.entity.Health.points > 0)\n    game.note(1)\n",
    )]);
    game.update(2);
    game.rewrite("wait.py", "import game\ndef on_update(self, dt):\n    self.entity.Health.points += 1\n");
    game.update(3);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0]);
}

#[test]
fn time_and_objects_are_charged_to_the_callback_that_used_them() {
    let (mut game, leaky) = game_with_entity(&[
        ("leaky.py", "def on_update(self, dt):\n    def again(n):\n        return n and again(n - 1)\n    again(1)\n"),
        ("clean.py", "def on_update(self, dt):\n    return [1, 2]\n"),
    ]);
    let clean = spawn(&mut game, "clean.py");
    game.update(10);
    no_failures(&game);
    let (leaky, clean) = (status(&game, leaky).cost(Callback::Update), status(&game, clean).cost(Callback::Update));
    assert_eq!((leaky.calls, leaky.left), (10, 30));
    assert_eq!((clean.calls, clean.left), (10, 0));
    assert!(leaky.nanos > 0 && leaky.allocated >= 30 && clean.allocated >= 10);
}

#[test]
fn scripts_that_import_each_other_in_a_circle_are_no_endless_loop() {
    let (mut game, _) = game_with_entity(&[
        ("a.py", "import b\ndef on_spawn(self):\n    b.there(self)\n"),
        ("b.py", "import a\nimport game\ndef there(self):\n    game.note(1)\n"),
    ]);
    game.update(1);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0]);
}

#[test]
fn the_profile_says_which_entity_and_which_callback_leaves_objects_behind() {
    let (mut game, leaky) = game_with_entity(&[
        ("leaky.py", "def on_update(self, dt):\n    def again(n):\n        return n and again(n - 1)\n    again(1)\n"),
        ("clean.py", "def on_spawn(self):\n    pass\ndef on_update(self, dt):\n    pass\n"),
    ]);
    spawn(&mut game, "clean.py");
    game.update(60);
    no_failures(&game);
    let costs = &game.profiler().profile().scripts;
    assert_eq!(costs.entities, 2);
    let worst = costs.by_entity.iter().max_by_key(|row| row.left).expect("a row");
    assert_eq!(worst.name, format!("leaky {leaky}"));
    assert!(worst.left >= 90, "{worst:?}");
    let names: Vec<_> = costs.by_callback.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["clean on_spawn", "clean on_update", "leaky on_update"]);
    assert!(costs.by_callback[1].left == 0 && costs.by_callback[1].calls >= 30, "{costs:?}");
}

#[test]
fn the_guide_has_every_name_that_scripts_can_use() {
    let (mut game, entity) = game_with_entity(&[(
        "names.py",
        "
import bevy

def on_spawn(self):
    kinds = (bevy.Entity, bevy.Vec3, type(bevy.input), type(bevy.time))
    names = [name for kind in kinds for name in vars(kind) if name.isidentifier() and name[0] != '_']
    self.entity.Health.tags = bevy.__all__ + names
",
    )]);
    game.update(1);
    no_failures(&game);
    let guide = include_str!("../../../docs/scripting.md");
    let names = &health(&game, entity).tags;
    assert!(names.len() > 40, "{names:?}");
    let said = |name: &str| ["`", "(", " "].iter().any(|before| guide.contains(&format!("{before}{name}")));
    let unsaid: Vec<_> = names.iter().filter(|name| name.len() > 1 && !said(name)).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}
