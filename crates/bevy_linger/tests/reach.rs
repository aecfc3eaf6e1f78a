//! What scripts reach beyond plain fields, and what Rust reaches of scripts.

mod common;

use bevy::prelude::*;
use bevy_linger::{CallError, ScriptCalls, ScriptFault, ScriptObject, ScriptValue};
use common::{
    Game,
    entities::{Order, game_with_entity, health, messages, no_failures},
};

#[test]
fn variants_with_values_are_chosen_and_their_values_reached() {
    let (mut game, entity) = game_with_entity(&[(
        "orders.py",
        "
from bevy import Vec2

def refused(health, order):
    try:
        health.order = order
    except (TypeError, ValueError, AttributeError) as error:
        return str(error)
    assert False, order

def on_spawn(self):
    health = self.entity.Health
    assert health.order == 'Wait'
    health.order = {'Go': Vec2(1, 2)}
    assert health.order.variant == 'Go' and health.order[0] == Vec2(1, 2)
    health.order[0].x = 5
    assert health.order[0] == Vec2(5, 2)
    health.order = {'Trade': [3, 'rope']}
    assert list(health.order) == [3, 'rope'] and len(health.order) == 2
    health.order = {'Attack': {'target': self.entity}}
    assert health.order.target == self.entity and health.order.power == 0
    health.order.power = 2.5
    health.order = {'power': 3.5}
    assert 'none of Wait, Go' in refused(health, 'Run')
    assert 'Go needs values' in refused(health, 'Go')
    assert 'Wait has no values' in refused(health, {'Wait': 1})
    assert 'Trade has 2 values, got 1' in refused(health, {'Trade': [1]})
    assert 'Attack has no field speed' in refused(health, {'Attack': {'speed': 1}})
    assert 'u32 expected, got str' in refused(health, {'Trade': ['x', 'y']})
",
    )]);
    game.update(1);
    no_failures(&game);
    assert_eq!(health(&game, entity).order, Order::Attack { target: Some(entity), power: 3.5 });
}

#[test]
fn maps_and_sets_are_gone_through_and_changed() {
    let (mut game, entity) = game_with_entity(&[(
        "shop.py",
        "
from bevy import Vec3

def on_spawn(self):
    stock = self.entity.Health.stock
    assert len(stock) == 0 and 'rope' not in stock
    stock['rope'] = 3
    stock['axe'] = 1
    stock['rope'] += 2
    assert stock['rope'] == 5 and 'rope' in stock and list(stock) == ['axe', 'rope']
    assert stock.keys() == ['axe', 'rope'] and stock.items() == [('axe', 1), ('rope', 5)]
    assert stock.get('saw') is None and stock.get('saw', 0) == 0 and stock.get('axe') == 1
    del stock['axe']
    for wrong in ('axe', 7):
        try:
            stock[wrong]
        except LookupError:
            continue
        assert False
    try:
        stock['rope'] = 'many'
    except TypeError as error:
        assert 'Health.stock' in str(error) and 'u32 expected, got str' in str(error), error
    likes = self.entity.Health.likes
    likes[7] = Vec3(1, 2, 3)
    likes[7].y = 9
    assert likes[7] == Vec3(1, 9, 3)
    self.entity.Health.stock = {'lamp': 1, 'rope': 2}
    seen = self.entity.Health.seen
    seen.add('b')
    seen.add('a')
    assert 'a' in seen and list(seen) == ['a', 'b']
    del self.entity.Health.tags
",
    )]);
    game.update(1);
    assert_eq!(messages(&game), ["AttributeError: 'Reflected' object has no attribute 'tags'"]);
    let found = health(&game, entity);
    assert_eq!((found.stock.len(), found.stock["lamp"], found.stock["rope"]), (2, 1, 2));
    assert_eq!(found.likes[&7], Vec3::new(1.0, 9.0, 3.0));
    assert_eq!(found.seen.len(), 2);
}

#[test]
fn lists_grow_and_shrink() {
    let (mut game, entity) = game_with_entity(&[(
        "tags.py",
        "
def on_spawn(self):
    tags = self.entity.Health.tags
    tags.append('red')
    tags.append('fast')
    tags.append('old')
    del tags[-1]
    del tags[0]
    assert 'fast' in tags and 'red' not in tags
    try:
        del tags[5]
    except IndexError:
        tags.append('done')
",
    )]);
    game.update(1);
    no_failures(&game);
    assert_eq!(health(&game, entity).tags, ["fast", "done"]);
}

const SHOP: &str = "
from bevy import Script, Vec3

class Shop(Script):
    def __init__(self):
        self.sold = 0

    def on_spawn(self):
        pass

    def sell(self, what, count=1):
        self.sold += count
        return f'{count} {what}'

    def self(self):
        return self

    def fail(self):
        raise KeyError('rope')

def price(name, count):
    return len(name) * count

def middle(a, b):
    return (a + b) / 2

def same(entity):
    return entity

def loop():
    while True:
        pass
";

#[test]
fn rust_calls_functions_of_scripts_with_types_of_its_own() {
    let (mut game, entity) = game_with_entity(&[("shop.py", SHOP)]);
    game.update(1);
    let world = game.app.world_mut();
    assert_eq!(world.call_script::<i64>("shop", "price", ("rope", 3)), Ok(12));
    let middle = world.call_script::<Vec3>("shop", "middle", (Vec3::ZERO, Vec3::new(2.0, 4.0, 6.0)));
    assert_eq!(middle, Ok(Vec3::new(1.0, 2.0, 3.0)));
    assert_eq!(world.call_script::<Entity>("shop", "same", (entity,)), Ok(entity));
    assert_eq!(world.call_script::<Option<Entity>>("shop", "same", (ScriptValue::None,)), Ok(None));
    let wrong = world.call_script::<String>("shop", "price", ("rope", 3));
    assert_eq!(wrong, Err(CallError::Fault(ScriptFault::Type("expected str, got int".into()))));
    let missing = world.call_script::<()>("shop", "nothing", ());
    assert_eq!(missing, Err(CallError::Missing("shop.nothing".into())));
    let Err(CallError::Raised(raised)) = world.call_script::<i64>("shop", "price", ("rope",)) else {
        panic!("one argument is too few");
    };
    assert!(raised.message.starts_with("TypeError: price() missing 1 required"), "{raised:?}");
    let Err(CallError::Raised(raised)) = world.call_script::<()>("shop", "loop", ()) else {
        panic!("it has no end");
    };
    assert!(raised.message.starts_with("TimeoutError"), "{raised:?}");
    no_failures(&game);
}

/// Whoever writes `class Keeper(Script)` means it, whatever the class does.
#[test]
fn a_class_without_callbacks_is_known_by_what_it_inherits() {
    let source = "
from bevy import Script

class Shelf:
    pass

class Keeper(Script):
    def sell(self, count):
        return count * 2
";
    let (mut game, entity) = game_with_entity(&[("keeper.py", source)]);
    game.update(1);
    no_failures(&game);
    let world = game.app.world_mut();
    let keeper = world.script_of(entity).expect("a script");
    assert_eq!(world.call_method::<i64>(&keeper, "sell", (3,)), Ok(6));
}

#[test]
fn a_handle_keeps_an_object_until_the_last_clone_is_dropped() {
    #[derive(Component)]
    struct Keeper(ScriptObject);

    let (mut game, entity) = game_with_entity(&[("shop.py", SHOP)]);
    game.update(1);
    let world = game.app.world_mut();
    let shop = world.script_of(entity).expect("a script");
    assert_eq!(world.call_method::<String>(&shop, "sell", ("rope", 2)), Ok("2 rope".into()));
    assert_eq!(world.script_attribute::<u8>(&shop, "sold"), Ok(2));
    assert_eq!(world.set_script_attribute(&shop, "sold", 40), Ok(()));
    let again = world.call_method::<ScriptObject>(&shop, "self", ()).expect("itself");
    assert_eq!(world.script_attribute::<i64>(&again, "sold"), Ok(40));
    let Err(CallError::Raised(raised)) = world.call_method::<()>(&shop, "fail", ()) else { panic!("it fails") };
    assert!(raised.message.starts_with("KeyError: 'rope'") && raised.traceback.contains("in fail"), "{raised:?}");
    assert_eq!(world.call_method::<()>(&shop, "nothing", ()), Err(CallError::Missing("method nothing".into())));

    // It outlives its entity, in a component if need be, and no longer than that.
    let keeper = world.spawn(Keeper(again)).id();
    drop(shop);
    world.despawn(entity);
    game.update(3);
    let world = game.app.world_mut();
    let kept = world.get::<Keeper>(keeper).expect("a keeper").0.clone();
    assert_eq!(world.script_attribute::<i64>(&kept, "sold"), Ok(40));
    let live = |game: &Game| {
        let profile = game.profiler().profile();
        profile.history().latest_frame().map_or(0, |frame| frame.live_objects)
    };
    game.update(2);
    let before = live(&game);
    drop(kept);
    game.app.world_mut().despawn(keeper);
    game.update(3);
    assert!(live(&game) < before, "{} objects, {before} before", live(&game));
    bevy_linger::assert_no_lingering!(game.app);

    // Another host's handles mean nothing here.
    let (mut other, elsewhere) = game_with_entity(&[("shop.py", SHOP)]);
    other.update(1);
    let foreign = other.app.world_mut().script_of(elsewhere).expect("a script");
    let refused = game.app.world_mut().script_attribute::<i64>(&foreign, "sold");
    assert!(matches!(refused, Err(CallError::Missing(_))), "{refused:?}");
}

#[test]
fn lists_maps_and_sets_have_the_methods_of_pythons_own() {
    let source = "
from bevy import Vec3
def on_spawn(self):
    health = self.entity.Health
    tags = health.tags
    tags.extend('abc')
    tags += ['d', 'e']
    health.tags += ['f']
    tags.insert(0, 'z')
    tags.insert(-1, 'y')
    assert tags == ['z', 'a', 'b', 'c', 'd', 'e', 'y', 'f'] and tags[1:3] == ['a', 'b'] and tags[-1:] == ['f'], tags
    assert (tags.pop(), tags.pop(0), tags.pop(-1)) == ('f', 'z', 'y')
    tags.remove('b')
    assert repr(tags) == str(tags) == repr(['a', 'c', 'd', 'e'])
    stock = health.stock
    stock.update({'rope': 1}, saw=2)
    stock |= {'axe': 3}
    assert stock == {'rope': 1, 'saw': 2, 'axe': 3} and stock.values() == [3, 1, 2] and sum(stock.values()) == 6
    assert (stock.pop('saw'), stock.pop('saw', None), stock.setdefault('axe', 9), stock.setdefault('pin', 4)) == (2, None, 3, 4)
    assert repr(stock) == repr({'axe': 3, 'pin': 4, 'rope': 1})
    health.likes = {2: Vec3(1, 2, 3)}
    assert health.likes.pop(2) == Vec3(1, 2, 3) and not len(health.likes)
    seen = health.seen
    seen.update('abc')
    seen.remove('a')
    seen.discard('nothing')
    assert seen == {'c', 'b'} and seen != {'b'} and list(seen) == ['b', 'c']
    for wrong, kind in [
        (lambda: stock['saw'], KeyError), (lambda: stock.pop('saw'), KeyError), (lambda: tags.remove('q'), ValueError),
        (lambda: seen.remove('q'), ValueError), (lambda: tags.pop(99), IndexError), (lambda: tags.values(), TypeError),
        (lambda: seen.append('q'), AttributeError), (lambda: tags.add('q'), AttributeError), (lambda: tags.extend([3]), TypeError),
        (lambda: stock.update(saw='many'), TypeError),
    ]:
        try:
            wrong()
            assert False, kind
        except kind:
            pass
    tags.clear(), stock.clear(), seen.clear()
    assert tags == [] and stock == {} and seen == set() and not (tags or stock or seen)
";
    let (mut game, _) = game_with_entity(&[("bags.py", source)]);
    game.update(1);
    no_failures(&game);
}

#[test]
fn what_is_plain_goes_through_json_and_comes_back() {
    let source = "
import json
from bevy import Vec2, Vec3, Quat, Color, plain, resources
def on_spawn(self):
    health = self.entity.Health
    health.order = {'Attack': {'power': 3}}
    health.stock, health.likes = {'rope': 2}, {3: Vec3(1, 2, 3)}
    health.seen, health.shield, health.tags, health.mood = ['x', 'y'], 4, ['t'], 'Angry'
    before = repr(health)
    saved = json.dumps({'health': plain(health), 'place': plain(self.entity.Transform), 'score': plain(resources.Score)})
    self.entity.remove('Health')
    loaded = json.loads(saved)
    self.entity.Health = loaded['health']
    self.entity.Transform = loaded['place']
    resources.Score = loaded['score']
    assert repr(self.entity.Health) == before == repr(health), before
    assert plain(Vec2(1, 2)) == [1, 2] and plain(3) == 3 and plain(health.tags) == ['t'] and plain(None) is None
    assert before.startswith('Health(points=0, shield=4.0, tags='), before
";
    let (mut game, entity) = game_with_entity(&[("saver.py", source)]);
    game.update(1);
    no_failures(&game);
    assert_eq!(health(&game, entity).order, Order::Attack { target: None, power: 3.0 });
}

#[test]
fn vectors_rotations_and_colours_know_what_games_ask_of_them() {
    let source = "
import math
from bevy import Vec2, Vec3, Quat, Color
def near(a, b):
    return a.distance(b) < 1e-6
def on_spawn(self):
    assert Vec2(3, 4).clamp_length_max(2.5) == Vec2(1.5, 2) and Vec2(3, 4).clamp_length_max(9) == Vec2(3, 4)
    assert Vec2(0, 0).move_towards(Vec2(0, 4), 1) == Vec2(0, 1) and Vec3(1, 1, 1).move_towards(Vec3(2, 1, 1), 5) == Vec3(2, 1, 1)
    assert Vec2(1, 5).min(Vec2(2, 3)) == Vec2(1, 3) and Vec3(1, 5, 2).max(Vec3(2, 3, 2)) == Vec3(2, 5, 2)
    assert abs(Vec2(-1, 2)) == Vec2(1, 2) and round(Vec2(1.2, 1.7)) == Vec2(1, 2) and Vec2(4, 6) / Vec2(2, 3) == Vec2(2, 2)
    assert near(Vec2.from_angle(math.pi / 2), Vec2(0, 1)) and abs(Vec2(0, 2).angle() - math.pi / 2) < 1e-9
    assert near(Vec2(1, 0).rotated(math.pi / 2), Vec2(0, 1)) and Vec2(1, 2).extend(3) == Vec3(1, 2, 3) and Vec3(1, 2, 3).xy == Vec2(1, 2)
    turn = Quat.from_rotation_z(math.pi / 2)
    assert near(turn * Vec3(1, 0, 0), Vec3(0, 1, 0)) and near(turn.inverse() * (turn * Vec3(1, 2, 3)), Vec3(1, 2, 3))
    assert near(Quat.from_axis_angle(Vec3(0, 0, 2), math.pi / 2), turn) and near(Quat.from_euler(0, 0, math.pi / 2), turn)
    assert abs(Quat().slerp(turn, 0.5).to_euler()[2] - math.pi / 4) < 1e-6
    assert near(Quat.looking_to(Vec3(1, 0, 0)) * Vec3(0, 0, -1), Vec3(1, 0, 0))
    assert near(Quat.from_rotation_x(1), Quat.from_euler(1, 0, 0)) and near(Quat.from_rotation_y(1), Quat.from_euler(0, 1, 0))
    self.entity.Transform.rotation = turn
    assert near(self.entity.Transform.rotation, turn)
    assert Color.hsl(120, 1, 0.5) == Color(0, 1, 0) and Color.from_hex('#ff0000') == Color(1, 0, 0)
    assert Color(1, 0, 0).with_alpha(0) == Color(1, 0, 0, 0) and Color(1, 0, 0).to_hex() == '#FF0000'
    for wrong, kind in [
        (lambda: Quat.from_rotation_z('x'), (TypeError, ValueError)), (lambda: Quat.from_rotation_z(), TypeError),
        (lambda: Quat.from_axis_angle(Vec3(), 1), ValueError), (lambda: Color.from_hex('red'), ValueError),
        (lambda: Vec2(1, 2).move_towards(Vec3(), 1), TypeError), (lambda: Vec2(1, 2) / Vec2(0, 1), ZeroDivisionError),
        (lambda: turn / turn, TypeError), (lambda: Vec2(1, 2).extend(), TypeError),
    ]:
        try:
            wrong()
            assert False, kind
        except kind:
            pass
";
    let (mut game, _) = game_with_entity(&[("maths.py", source)]);
    game.update(1);
    no_failures(&game);
}
