//! Scripts of entities in headless apps: callbacks, the world by reflection, messages, input, waiting.

mod common;

use bevy::prelude::*;
use bevy_linger::{Script, ScriptMessage, ScriptValue};
use common::entities::{Enemy, Health, Mood, Score, game_with_entity, health, no_failures, spawn, status, transform};

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

#[test]
fn what_is_started_runs_beside_the_callbacks_until_it_is_closed_or_the_script_ends() {
    let source = "
import game
from bevy import Script, Timer, time, wait
class Boss(Script):
    def __init__(self):
        self.start(self.count(1))
    def on_spawn(self):
        self.gun = Timer(0.045)
        steps = self.count(100)
        self.start(steps)
        self.start(self.once())
        yield wait(0.095)
        steps.close()
    def count(self, number):
        try:
            while True:
                game.note(number)
                yield wait(0.03)
        finally:
            game.note(-number)
    def once(self):
        self.start(self.inner())
        return
        yield
    def inner(self):
        game.note(7)
        yield
    def on_update(self, dt):
        assert self.gun.done == (self.gun.left == 0)
        if self.gun.fires():
            game.note(0.5)
";
    let (mut game, entity) = game_with_entity(&[("boss.py", source)]);
    game.update(21);
    no_failures(&game);
    let count = |wanted: f64| game.calls().iter().filter(|call| **call == wanted).count();
    assert_eq!([count(1.0), count(100.0), count(-100.0), count(-1.0), count(7.0), count(0.5)], [7, 4, 1, 0, 1, 4]);
    game.app.world_mut().despawn(entity);
    game.update(5);
    assert_eq!(game.calls().last(), Some(&-1.0), "what still runs ends with the script");
    bevy_linger::assert_no_lingering!(game.app);
}

#[test]
fn an_entity_tells_its_components_and_takes_a_parent() {
    let source = "
from bevy import spawn
def on_spawn(self):
    child = spawn('Enemy', 'Health')
    child.parent = self.entity
    assert self.entity.children == [child] and child.parent == self.entity
    child.parent = None
    assert self.entity.children == [] and child.parent is None
    assert 'Health' in child.components and 'Enemy' in child.components
    del child.Health
    assert 'Health' not in child.components and not child.has('Health')
    spawned = spawn()
    spawned.despawn()
    for wrong in (
        lambda: setattr(child, 'parent', 3), lambda: setattr(child, 'parent', spawned), lambda: setattr(child, 'id', 3),
        lambda: delattr(child, 'Health'), lambda: spawned.components,
    ):
        try:
            wrong()
            assert False
        except (TypeError, AttributeError, LookupError):
            pass
";
    let (mut game, _) = game_with_entity(&[("family.py", source)]);
    game.update(1);
    no_failures(&game);
}
