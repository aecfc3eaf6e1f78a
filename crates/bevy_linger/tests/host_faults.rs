//! Scripts of entities that do wrong, take too long, change on disk, or leave objects behind.

mod common;

use bevy::prelude::*;
use bevy_linger::{Callback, LingerCommand, LingerConfig, ScriptMessage, ScriptValue};
use common::{
    Game,
    entities::{game_with_entity, health, messages, no_failures, spawn, status},
};

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
    assert_eq!(unknown, "AttributeError: no component or resource is registered as Nonsense");
    let near = raised_by("self.entity.Helth");
    assert_eq!(near, "AttributeError: no component or resource is registered as Helth: did you mean Health?");
    let field = raised_by("self.entity.Health.point = 3");
    assert!(field.starts_with("AttributeError: Health of entity "), "{field}");
    assert!(field.ends_with("has no field point: did you mean points?"), "{field}");
    let given = raised_by("self.entity.Health = {'pionts': 3}");
    assert_eq!(given, "AttributeError: Health has no field pionts: did you mean points?");
    let key = raised_by("import bevy; bevy.input.pressed('space')");
    assert_eq!(key, "ValueError: there is no key space: did you mean Space?");
    let started = raised_by("self.start(3)");
    assert!(started.starts_with("TypeError: start() takes a generator"), "{started}");
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
    assert_eq!(names, ["clean on_spawn", "clean on_update", "leaky on_spawn", "leaky on_update"]);
    assert!(costs.by_callback[1].left == 0 && costs.by_callback[1].calls >= 30, "{costs:?}");
    // What one that is gone has cost and left stays in its script's sums.
    let calls = costs.by_callback[3].calls;
    game.app.world_mut().despawn(leaky);
    game.update(60);
    let costs = &game.profiler().profile().scripts;
    let row = costs.by_callback.iter().find(|row| row.name == "leaky on_update").expect("a row");
    assert!(row.calls >= calls && row.left >= 90 && costs.entities == 1, "{costs:?}");
    let gone = costs.by_entity.iter().find(|row| row.name == "leaky, 1 gone").expect("a row");
    // Making the instance is a call of its own.
    assert!(gone.calls == row.calls + 1 && gone.left >= row.left, "{costs:?}");
    sums_agree(costs);
}

#[test]
fn one_that_spawns_without_end_is_stopped_and_the_others_go_on() {
    let config = LingerConfig { entity_limit: 500, ..default() };
    let mut game = Game::with_config(
        &[
            ("breeder.py", "from bevy import spawn\ndef on_update(self, dt):\n    while True:\n        spawn()\n"),
            ("good.py", "import game\ndef on_update(self, dt):\n    game.note(1)\n"),
        ],
        config,
    );
    let breeder = spawn(&mut game, "breeder.py");
    spawn(&mut game, "good.py");
    game.update(8);
    assert_eq!(game.calls().len(), 8);
    assert!(game.app.world().entities().count_spawned() <= 500);
    assert!(status(&game, breeder).disabled);
    let expected = "RuntimeError: there are 500 entities already: no more can be spawned";
    assert!(messages(&game).iter().all(|message| *message == expected), "{:?}", messages(&game));
    // One can be enabled by itself, here for nothing.
    game.command(LingerCommand::EnableScript(breeder));
    assert!(!status(&game, breeder).disabled);
}

#[test]
fn instructions_of_a_frame_are_shared_and_who_had_no_turn_comes_first() {
    let config =
        LingerConfig { frame_instruction_limit: 5_000, instruction_limit: 4_000, script_failure_limit: 0, ..default() };
    let source = "
def on_update(self, dt):
    self.entity.Health.points += 1
    for _ in range(1500):
        pass
";
    let mut game = Game::with_config(&[("busy.py", source)], config);
    let entities: Vec<Entity> = (0..6).map(|_| spawn(&mut game, "busy.py")).collect();
    game.update(40);
    let turns: Vec<i32> = entities.iter().map(|entity| health(&game, *entity).points).collect();
    assert!(turns.iter().all(|turns| (10..40).contains(turns)), "{turns:?}");
    let least = turns.iter().min().expect("turns");
    assert!(turns.iter().all(|turns| turns - least <= 20), "{turns:?}");
}

#[test]
fn memory_over_its_limit_is_an_exception_and_is_free_again() {
    let config = LingerConfig { memory_limit_bytes: 8 << 20, ..default() };
    let mut game = Game::with_config(
        &[
            ("hoard.py", "def on_update(self, dt):\n    all = []\n    while True:\n        all.append('x' * 1000)\n"),
            ("good.py", "import game\ndef on_update(self, dt):\n    game.note(len([0] * 1000))\n"),
        ],
        config,
    );
    spawn(&mut game, "hoard.py");
    spawn(&mut game, "good.py");
    game.update(6);
    assert_eq!(game.calls().len(), 6);
    assert!(messages(&game)[0].starts_with("MemoryError"), "{:?}", messages(&game));
}

#[test]
fn messages_for_which_there_was_no_time_come_later_and_none_is_lost() {
    let config = LingerConfig { frame_instruction_limit: 1_000, ..default() };
    let source = "
import game

def on_message(self, message):
    game.note(message.data)
    for _ in range(700):
        pass
";
    let mut game = Game::with_config(&[("slow.py", source)], config);
    spawn(&mut game, "slow.py");
    game.update(1);
    for number in 0..6 {
        let data = ScriptValue::Int(number);
        game.app.world_mut().write_message(ScriptMessage { name: "n".into(), data, target: None });
    }
    game.update(12);
    no_failures(&game);
    assert_eq!(game.calls(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
}

#[test]
fn exceptions_in_finalizers_and_while_the_world_is_gone_through_stop_nothing() {
    let (mut game, _) = game_with_entity(&[(
        "odd.py",
        "
import game
from bevy import query, spawn

class Odd:
    def __del__(self):
        raise ValueError('too late')

def on_update(self, dt):
    Odd()
    for entity in query('Health'):
        entity.despawn() if entity != self.entity else spawn('Health')
    game.note(1)
    for entity in query('Health'):
        raise KeyError(entity.Health.points)
",
    )]);
    game.config().script_failure_limit = 0;
    game.update(5);
    assert_eq!(game.calls().len(), 5);
    assert_eq!(messages(&game), ["KeyError: 0"; 5]);
}

/// Whether the two ways to split what scripts cost add up to the same.
fn sums_agree(costs: &linger_profile::ScriptCosts) {
    let sum = |rows: &[linger_profile::ScriptRow]| {
        rows.iter().fold([0; 5], |sum, row| {
            let row = [row.calls as i64, row.nanos as i64, row.allocated as i64, row.left, row.failures as i64];
            std::array::from_fn(|index| sum[index] + row[index])
        })
    };
    assert_eq!(sum(&costs.by_callback), sum(&costs.by_entity), "{costs:#?}");
}

#[test]
fn what_scripts_cost_adds_up_with_many_entities_errors_and_modules_of_their_own() {
    let mut game = Game::new(&[
        ("many.py", "def on_update(self, dt):\n    self.kept = [[], []]\n"),
        ("bad.py", "def on_update(self, dt):\n    missing\n"),
        (
            "broken.py",
            "class Broken:\n    def __init__(self):\n        missing\n    def on_spawn(self):\n        pass\n",
        ),
        ("alone.py", "kept = []\ndef update(dt):\n    kept.append([])\n"),
    ]);
    for script in ["bad.py", "broken.py"].into_iter().chain(std::iter::repeat_n("many.py", 230)) {
        spawn(&mut game, script);
    }
    game.update(60);
    let costs = &game.profiler().profile().scripts;
    sums_agree(costs);
    let of = |rows: &[linger_profile::ScriptRow], name: &str| {
        rows.iter().find(|row| row.name == name).cloned().unwrap_or_else(|| panic!("no {name} in {rows:#?}"))
    };
    assert_eq!(of(&costs.by_callback, "bad on_update").failures, 5);
    assert_eq!(of(&costs.by_callback, "broken on_spawn").failures, 1);
    let alone = of(&costs.by_callback, "alone update");
    assert!(alone.calls >= 30 && alone.left >= alone.calls as i64, "{alone:?}");
    assert_eq!(of(&costs.by_entity, "alone, no entity").left, alone.left);
    assert!(of(&costs.by_entity, "many, 32 others").calls >= 32 * 30);
}

#[test]
fn a_condition_is_charged_whatever_its_answer() {
    let config = LingerConfig { frame_instruction_limit: 3_000, ..default() };
    let waiter = "
from bevy import until
def on_spawn(self):
    yield until(lambda: all(range(1, 3_000)))
    yield until(lambda: [[] for _ in range(100)] and missing)
";
    let good = "import game\ndef on_update(self, dt):\n    game.note(1)\n";
    let mut game = Game::with_config(&[("waiter.py", waiter), ("good.py", good)], config);
    let waiter = spawn(&mut game, "waiter.py");
    spawn(&mut game, "good.py");
    // The condition is true, and has used up what there was for all in this frame.
    game.update(1);
    let before = status(&game, waiter).cost(Callback::Spawn);
    assert_eq!(game.calls().len(), 0);
    game.update(3);
    assert!(!game.calls().is_empty());
    assert_eq!(messages(&game), ["NameError: name 'missing' is not defined"]);
    let after = status(&game, waiter).cost(Callback::Spawn);
    assert!(after.allocated >= before.allocated + 100, "{before:?} {after:?}");
}
