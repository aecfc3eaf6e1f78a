//! Scripts that mean harm, and hosts that change under them: whatever they do, the game and the other scripts go on, and what went
//! wrong is said.

mod common;

use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy_linger::{LingerCommand, LingerConfig, LingerPlugin, Script, ScriptMessage, ScriptValue};
use common::{
    Game,
    entities::{Health, Score, game_with_entity, health, messages, no_failures, spawn, status, transform},
};

const GOOD: &str = "import game\ndef on_update(self, dt):\n    game.note(1)\n";

/// Runs a script beside a good one, which must not notice.
fn beside(source: &str) -> Game {
    let config = LingerConfig { instruction_limit: 300_000, memory_limit_bytes: 64 << 20, ..default() };
    let mut game = Game::with_config(&[("bad.py", source), ("good.py", GOOD)], config);
    spawn(&mut game, "bad.py");
    spawn(&mut game, "good.py");
    let start = Instant::now();
    game.update(8);
    game.command(LingerCommand::Collect);
    game.update(2);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(game.calls().len(), 11, "{:?}", messages(&game));
    game
}

/// The same for the body of an `on_update` whose every call ends in an error of this class.
fn always_fails(body: &str, class: &str) {
    let body: String = body.lines().map(|line| format!("    {line}\n")).collect();
    let game = beside(&format!("from bevy import *\nimport bevy, game, sys\ndef on_update(self, dt):\n{body}"));
    let said = messages(&game);
    assert_eq!(said.len(), 5, "it is disabled after five errors: {said:?}");
    assert!(said.iter().all(|message| message.starts_with(class)), "{said:?}");
}

macro_rules! fail_with {
    ($($name:ident: $class:literal, $body:literal;)*) => {
        $(#[test]
        fn $name() {
            always_fails($body, $class);
        })*
    };
}

fail_with! {
    endless_loops_are_stopped: "TimeoutError", "while True: pass";
    endless_loops_cannot_be_caught: "TimeoutError", "while True:\n    try:\n        while True: pass\n    except BaseException: pass";
    endless_comparisons_are_stopped: "TimeoutError", "class Odd:\n    def __eq__(self, other):\n        while True: pass\n[Odd()].index(Odd())";
    recursion_is_stopped_whatever_its_limit: "", "sys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()";
    recursion_by_operators_is_stopped: "RecursionError", "class Odd:\n    def __eq__(self, other): return self == other\nOdd() == 1";
    texts_that_are_too_large_are_refused: "MemoryError", "'x' * 10 ** 12";
    numbers_that_are_too_large_are_refused: "", "9 ** 9 ** 9";
    lists_that_are_too_large_are_refused: "", "list(range(10 ** 9))";
    widths_that_are_too_large_are_refused: "", "'%1000000000d' % 1";
    leaving_is_no_way_to_end_the_game: "SystemExit", "sys.exit(3)";
    interrupts_are_errors_too: "KeyboardInterrupt", "raise KeyboardInterrupt";
    a_list_that_holds_itself_is_no_data_for_a_component: "ValueError", "items = []\nitems.append(items)\nself.entity.Health.tags = items";
    a_list_that_holds_itself_is_no_data_for_a_message: "ValueError", "items = []\nitems.append(items)\nsend('x', items)";
    a_list_that_holds_itself_is_no_argument: "ValueError", "items = []\nitems.append(items)\ngame.note(items)";
    entities_are_not_made_by_hand: "TypeError", "Entity()";
    parts_are_not_made_by_hand: "TypeError", "type(self.entity.Health)()";
    heirs_of_entities_are_not_made_by_hand: "TypeError", "class Mine(Entity): pass\nMine()";
    nor_by_the_root_of_all: "TypeError", "object.__new__(Entity)";
    scripts_are_replaced_and_not_changed: "", "self.entity.Script.module = 'good'";
    waiting_takes_numbers: "ValueError", "wait('soon')";
    nobody_is_asked_for_input: "", "import builtins\nbuiltins.input('name? ')";
    numbers_have_to_fit: "ValueError", "self.entity.Health.points = 10 ** 30";
    keys_of_a_map_are_plain: "TypeError", "self.entity.Health.stock = {(1, 2): 3}";
    a_coroutine_is_not_a_callback: "TypeError", "async def later(): pass\nreturn later()";
}

#[test]
fn sleeping_does_not_stop_the_game() {
    beside("import time\ndef on_update(self, dt):\n    time.sleep(60)\n");
}

#[test]
fn finalizers_that_never_end_are_stopped() {
    let source = "
class Odd:
    def __init__(self):
        self.me = self
    def __del__(self):
        while True: pass

def on_update(self, dt):
    Odd()
    Odd().me = None
";
    beside(source);
}

#[test]
fn what_is_printed_without_end_is_cut() {
    beside("def on_update(self, dt):\n    while True:\n        print('x' * 1_000)\n");
    beside("def on_update(self, dt):\n    while True:\n        print('x' * 1_000, end='')\n");
}

#[test]
fn an_import_that_never_ends_is_stopped() {
    let config = LingerConfig { instruction_limit: 300_000, ..default() };
    let mut game = Game::with_config(
        &[
            ("endless.py", "while True: pass\n"),
            ("user.py", "def on_update(self, dt):\n    import endless\n"),
            ("good.py", GOOD),
        ],
        config,
    );
    spawn(&mut game, "user.py");
    spawn(&mut game, "good.py");
    game.update(8);
    assert_eq!(game.calls().len(), 8);
    assert!(messages(&game).iter().all(|message| message.starts_with("TimeoutError")), "{:?}", messages(&game));
}

#[test]
fn what_fails_while_a_waiting_callback_is_dropped_is_said_and_stops_nothing() {
    let source = "
from bevy import wait
def on_spawn(self):
    try:
        yield wait(100)
    finally:
        raise ValueError('on the way out')
";
    let (mut game, entity) = game_with_entity(&[("bad.py", source), ("good.py", GOOD)]);
    spawn(&mut game, "good.py");
    game.update(2);
    game.app.world_mut().despawn(entity);
    game.update(3);
    assert_eq!(game.calls().len(), 5);
}

#[test]
fn messages_that_breed_are_bounded() {
    let source = "
from bevy import send
def on_spawn(self):
    send('breed')
def on_message(self, message):
    for _ in range(50):
        send('breed')
";
    let mut game = Game::new(&[("breeder.py", source), ("good.py", GOOD)]);
    game.config().script_failure_limit = 0;
    // Reached in a few frames, and small enough to be gone through in a debug build.
    game.config().message_limit = 2_000;
    for _ in 0..5 {
        spawn(&mut game, "breeder.py");
    }
    spawn(&mut game, "good.py");
    let start = Instant::now();
    game.update(10);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert!(game.calls().len() > 5, "{}", game.calls().len());
    assert!(
        messages(&game).iter().any(|message| message.contains("messages are on their way")),
        "{:?}",
        &messages(&game)[..4]
    );
}

#[test]
fn one_that_spawns_its_own_like_is_bounded() {
    let source = "
from bevy import spawn
def on_spawn(self):
    spawn(Script={'module': 'breeder'})
    spawn(Script={'module': 'breeder'})
";
    let config = LingerConfig { entity_limit: 400, ..default() };
    let mut game = Game::with_config(&[("breeder.py", source), ("good.py", GOOD)], config);
    spawn(&mut game, "breeder.py");
    spawn(&mut game, "good.py");
    game.update(15);
    assert_eq!(game.calls().len(), 15);
    assert!(game.app.world().entities().count_spawned() <= 400);
}

#[test]
fn every_component_and_resource_that_is_registered_can_be_poked_at() {
    let (mut game, entity) = game_with_entity(&[(
        "poke.py",
        "
from bevy import query, resources, spawn

def tried(act):
    try:
        return act()
    except Exception:
        pass

def poke(part, depth):
    if depth > 3:
        return
    for value in (None, True, -1, 1e300, float('nan'), '', 'x', [], {}, [1], {'x': 1}):
        tried(lambda: part.__setattr__('0', value))
    tried(lambda: part.append(1))
    tried(lambda: part.add(1))
    tried(lambda: part.keys())
    for item in tried(lambda: list(part)) or ():
        poke(item, depth + 1)

def on_spawn(self):
    for name in list(self.entity.Health.tags):
        other = spawn()
        tried(lambda: other.has(name))
        tried(lambda: other.insert(name))
        tried(lambda: poke(getattr(other, name), 0))
        tried(lambda: setattr(other, name, getattr(other, name)))
        for value in (None, 1, '', [], {}, {'': 1}):
            tried(lambda: setattr(other, name, value))
        tried(lambda: poke(getattr(resources, name), 0))
        tried(lambda: resources.__setattr__(name, {}))
        tried(lambda: other.remove(name))
        tried(lambda: query(name, without=name))
        tried(lambda: other.despawn())
    self.entity.Health.points = 7
",
    )]);
    let names: Vec<String> = {
        let registry = game.app.world().resource::<AppTypeRegistry>().read();
        registry.iter().map(|known| known.type_info().type_path_table().short_path().to_owned()).collect()
    };
    assert!(names.len() > 100);
    // What the test itself stands on is left alone.
    let own = ["Time", "Script", "Health", "LingerConfig"];
    let names = names.into_iter().filter(|name| !own.iter().any(|own| name.starts_with(own))).collect();
    game.app.world_mut().get_mut::<Health>(entity).expect("health").tags = names;
    game.config().instruction_limit = 0;
    game.config().frame_instruction_limit = 0;
    game.update(2);
    no_failures(&game);
    assert_eq!(health(&game, entity).points, 7);
}

#[test]
fn parents_that_are_their_own_children_do_no_harm() {
    let (mut game, _) = game_with_entity(&[(
        "family.py",
        "
from bevy import spawn

def on_spawn(self):
    self.entity.add_child(self.entity)
    a, b = spawn(), spawn()
    a.add_child(b)
    b.add_child(a)
    a.add_child(b)
    a.despawn()
    yield
    c = spawn()
    c.add_child(spawn(Script={'module': 'family'}))
    c.despawn()
",
    )]);
    game.update(4);
}

#[test]
fn a_script_is_the_same_when_inserted_twice_and_another_when_changed() {
    let source = |number: i32| {
        format!(
            "import game\ndef on_spawn(self):\n    game.note({number})\ndef on_despawn(self):\n    game.note(-{number})\n"
        )
    };
    let (mut game, entity) = game_with_entity(&[("one.py", &source(1)), ("two.py", &source(2))]);
    game.update(1);
    game.app.world_mut().entity_mut(entity).insert(Script::new("one.py")).insert(Script::new("one"));
    game.update(1);
    assert_eq!(game.calls(), [1.0]);
    game.app.world_mut().entity_mut(entity).insert(Script::new("two.py"));
    game.update(1);
    assert_eq!(game.calls(), [1.0, -1.0, 2.0]);
    game.app.world_mut().entity_mut(entity).remove::<Script>().insert(Script::new("one.py"));
    game.update(1);
    assert_eq!(game.calls(), [1.0, -1.0, 2.0, -2.0, 1.0]);
    game.app.world_mut().entity_mut(entity).remove::<Script>();
    game.update(2);
    assert_eq!(game.calls(), [1.0, -1.0, 2.0, -2.0, 1.0, -1.0]);
    no_failures(&game);
}

#[test]
fn children_with_scripts_go_with_their_parents() {
    let source = "import game\ndef on_despawn(self):\n    game.note(1)\n";
    let (mut game, parent) = game_with_entity(&[("child.py", source)]);
    for _ in 0..3 {
        let child = spawn(&mut game, "child.py");
        game.app.world_mut().entity_mut(parent).add_child(child);
    }
    game.update(1);
    game.app.world_mut().despawn(parent);
    game.update(1);
    assert_eq!(game.calls(), [1.0; 4]);
    no_failures(&game);
    bevy_linger::assert_no_lingering!(game.app);
}

#[test]
fn a_handle_of_an_entity_that_is_gone_never_leads_to_another() {
    let source = "
def on_message(self, message):
    self.other = message.data
    self.place = self.other.Transform
    self.at = self.other.Transform.translation

def on_update(self, dt):
    if hasattr(self, 'other') and not self.other.alive:
        for act in (lambda: self.other.Health.points, lambda: self.place.scale, lambda: setattr(self.at, 'x', 9),
                    lambda: self.other.parent, lambda: self.other.despawn(), lambda: self.other.insert('Enemy'),
                    lambda: setattr(self.place, 'scale', self.at), lambda: self.entity.add_child(self.other)):
            try:
                act()
            except LookupError as error:
                assert 'gone' in str(error), error
                self.entity.Health.points += 1
";
    let (mut game, entity) = game_with_entity(&[("watch.py", source)]);
    let other = game.app.world_mut().spawn((Transform::default(), Health::default())).id();
    game.app.world_mut().write_message(ScriptMessage {
        name: "x".into(),
        data: ScriptValue::Entity(other),
        target: None,
    });
    game.update(2);
    game.app.world_mut().despawn(other);
    // Another one gets its place.
    let heir = Entity::from_index_and_generation(other.index(), other.generation().after_versions(1));
    game.app.world_mut().spawn_at(heir, (Transform::default(), Health::default())).expect("a free place");
    game.update(1);
    no_failures(&game);
    assert_eq!(health(&game, entity).points, 8);
    assert_eq!(transform(&game, heir), Transform::default());
    assert_eq!(health(&game, heir).points, 0);
}

#[test]
fn what_is_taken_away_under_a_script_raises() {
    let source = "
from bevy import resources
def on_spawn(self):
    tags, score = self.entity.Health.tags, resources.Score
    tags.append('a')
    score.points = 3
    yield
    for act in (lambda: tags[0], lambda: tags.append('b'), lambda: score.points, lambda: setattr(score, 'points', 1),
                lambda: resources.Score, lambda: len(tags)):
        try:
            act()
        except AttributeError:
            self.entity.Transform.translation.x += 1
";
    let (mut game, entity) = game_with_entity(&[("held.py", source)]);
    game.update(1);
    game.app.world_mut().entity_mut(entity).remove::<Health>();
    game.app.world_mut().remove_resource::<Score>();
    game.update(2);
    no_failures(&game);
    assert_eq!(transform(&game, entity).translation.x, 6.0);
}

#[test]
fn a_class_may_go_or_lose_its_callbacks_while_it_runs() {
    let first = "
from dataclasses import dataclass
import game

@dataclass
class Part:
    size: int = 1

class Live:
    def __init__(self):
        self.part = Part(3)
    def on_update(self, dt):
        game.note(self.part.size)
";
    let (mut game, entity) = game_with_entity(&[("live.py", first)]);
    game.update(2);
    assert_eq!(game.calls(), [3.0, 3.0]);
    // Fields more: what is there keeps those it has.
    game.rewrite("live.py", &first.replace("size: int = 1", "name: str = 'x'\n    size: int = 1"));
    no_failures(&game);
    // The callback has another name.
    let before = game.calls().len();
    game.rewrite("live.py", &first.replace("on_update", "on_fixed_update"));
    game.update(2);
    no_failures(&game);
    let renamed = game.calls().len();
    // No class is left: functions take its place.
    game.rewrite("live.py", "import game\ndef on_update(self, dt):\n    game.note(self.part.size + 4)\n");
    game.update(2);
    no_failures(&game);
    assert_eq!(game.calls().last(), Some(&7.0), "{before} {renamed} {:?}", game.calls());
    // Nothing is left at all.
    game.rewrite("live.py", "");
    let before = game.calls().len();
    game.update(3);
    no_failures(&game);
    assert_eq!(game.calls().len(), before);
    game.rewrite("live.py", first);
    game.update(2);
    assert_eq!(game.calls().last(), Some(&3.0));
    assert!(!status(&game, entity).disabled);
}

#[test]
fn a_file_that_is_deleted_leaves_its_script_running() {
    let (mut game, _) = game_with_entity(&[("gone.py", GOOD), ("good.py", GOOD)]);
    game.update(2);
    std::fs::remove_file(game.folder.path().join("scripts/gone.py")).expect("the file");
    game.app.world().resource::<AssetServer>().reload("scripts/gone.py");
    for _ in 0..20 {
        game.update(1);
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(game.calls().len(), 22);
}

#[test]
fn games_in_one_process_do_not_hear_of_each_other() {
    let source = "
from bevy import send, spawn
import game
def on_update(self, dt):
    self.entity.Transform.translation.x += 1
    send('hello', 1)
def on_message(self, message):
    self.entity.Health.points += message.data
";
    let (mut one, in_one) = game_with_entity(&[("x.py", source)]);
    let (mut two, in_two) = game_with_entity(&[("x.py", source)]);
    let third = std::thread::spawn(move || {
        let (mut game, entity) = game_with_entity(&[("x.py", source)]);
        game.update(9);
        no_failures(&game);
        transform(&game, entity).translation.x
    });
    for _ in 0..5 {
        one.update(1);
        two.update(2);
    }
    assert_eq!(third.join().expect("no panic"), 9.0);
    no_failures(&one);
    no_failures(&two);
    assert_eq!((transform(&one, in_one).translation.x, transform(&two, in_two).translation.x), (5.0, 10.0));
    assert_eq!((health(&one, in_one).points, health(&two, in_two).points), (4, 9));
}

#[test]
fn a_module_whose_update_waits_is_told_that_it_cannot() {
    let mut game = Game::new(&[("patient.py", "def update(dt):\n    yield\n"), ("good.py", GOOD)]);
    spawn(&mut game, "good.py");
    game.update(4);
    assert_eq!(game.calls().len(), 4);
    assert!(messages(&game)[0].starts_with("TypeError: update() of a module cannot wait"), "{:?}", messages(&game));
}

#[test]
fn an_app_without_window_input_and_time_runs_scripts_all_the_same() {
    let mut app = App::new();
    app.add_plugins((TaskPoolPlugin::default(), AssetPlugin::default(), LingerPlugin::default()));
    app.finish();
    app.cleanup();
    for _ in 0..5 {
        app.update();
    }
}

#[test]
#[should_panic(expected = "add LingerPlugin after DefaultPlugins")]
fn the_order_of_plugins_is_told() {
    App::new().add_plugins(LingerPlugin::default());
}
