//! What changes under scripts while they run: modules that others imported, files, classes, entities and components. The others
//! go on, what they hold stays true or is said to be gone, and nothing of an old version lingers unseen.

mod common;

use bevy::prelude::*;
use bevy_linger::{Script, ScriptCalls, ScriptObject};
use common::{
    Game,
    entities::{game_with_entity, health, messages, no_failures, spawn, status},
};

#[test]
fn what_is_imported_from_a_module_is_new_when_the_module_is() {
    let tool = |number: i32| {
        format!(
            "count = 0
def answer():
    return {number}
class Tool:
    def use(self):
        return {number}
"
        )
    };
    let whole = "import tool, game\ndef on_update(self, dt):\n    game.note(tool.answer() + tool.Tool().use())\n";
    let parts = "from tool import answer, Tool as Thing\nimport game\nkept = 5\ndef on_update(self, dt):\n    global kept\n    kept += 1\n    game.note(answer() * 100 + Thing().use() + kept * 0)\n    self.entity.Health.points = kept\n";
    let (mut game, with_parts) = game_with_entity(&[("parts.py", parts), ("whole.py", whole), ("tool.py", &tool(1))]);
    spawn(&mut game, "whole.py");
    game.update(2);
    assert_eq!(game.calls(), [101.0, 2.0, 101.0, 2.0]);
    game.rewrite("tool.py", &tool(3));
    game.update(1);
    no_failures(&game);
    assert_eq!(game.calls()[game.calls().len() - 2..], [303.0, 6.0]);
    // Those that imported it were not run anew: they keep what they counted.
    let frames = game.calls().len() as i32 / 2;
    assert_eq!(health(&game, with_parts).points, 5 + frames);
    // With an error in it, all keep what they have.
    game.rewrite("tool.py", "def answer(): return 7\nraise ValueError('not yet')\n");
    game.update(1);
    assert_eq!(game.calls()[game.calls().len() - 2..], [303.0, 6.0]);
    assert!(messages(&game).iter().all(|message| message.starts_with("ValueError: not yet")), "{:?}", messages(&game));
}

#[test]
fn a_module_in_a_folder_is_passed_on_too() {
    let user = "import parts.gun, game, tools\nassert tools.teeth == tools.saw.teeth == 9\ndef on_update(self, dt):\n    game.note(parts.gun.power())\n";
    let (mut game, _) = game_with_entity(&[
        ("user.py", user),
        ("parts/gun.py", "def power():\n    return 1\n"),
        ("tools/__init__.py", "from .saw import teeth\n"),
        ("tools/saw.py", "teeth = 9\n"),
    ]);
    game.update(1);
    game.rewrite("parts/gun.py", "def power():\n    return 2\n");
    game.update(1);
    no_failures(&game);
    assert_eq!((game.calls()[0], game.calls().last()), (1.0, Some(&2.0)));
}

#[test]
fn a_class_that_is_renamed_takes_its_instances_along() {
    let class = |name: &str, number: i32| {
        format!("import game\nclass {name}:\n    def on_update(self, dt):\n        game.note({number})\n")
    };
    let (mut game, entity) = game_with_entity(&[("one.py", &class("Before", 1))]);
    let named = game.app.world_mut().spawn(Script::new("one.py").with_class("Before")).id();
    game.update(1);
    game.rewrite("one.py", &class("After", 2));
    game.update(1);
    // The one that asked for a class by its name is told that it is gone, and is left alone.
    assert!(status(&game, named).disabled && !status(&game, entity).disabled);
    assert!(messages(&game)[0].contains("Before"), "{:?}", messages(&game));
    assert_eq!(game.calls().last(), Some(&2.0));
    game.rewrite("one.py", &class("Before", 3));
    game.update(1);
    assert!(!status(&game, named).disabled);
    assert_eq!(game.calls()[game.calls().len() - 2..], [3.0, 3.0]);
    let report = bevy_linger::testing::lingering_report(&mut game.app);
    assert!(report.is_some_and(|report| report.contains("type After")), "a class is a cycle, and the old one is shown");
}

#[test]
fn a_file_that_is_no_text_is_said_and_leaves_the_others_alone() {
    let good = "import game\ndef on_update(self, dt):\n    game.note(1)\n";
    let mut game = Game::new(&[("good.py", good), ("later.py", good)]);
    spawn(&mut game, "good.py");
    spawn(&mut game, "later.py");
    game.update(2);
    // Saved by an editor that thinks in another encoding: what ran goes on.
    std::fs::write(game.folder.path().join("scripts/later.py"), b"name = 'caf\xe9'\n").expect("the file");
    game.app.world().resource::<AssetServer>().reload("scripts/later.py");
    for _ in 0..20 {
        game.update(1);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert_eq!(game.calls().len(), 44);
    assert!(messages(&game).iter().any(|message| message.contains("UTF-8")), "{:?}", messages(&game));
}

#[test]
fn one_message_of_a_thousand_that_fails_is_one_error() {
    let source = "
import game
def on_message(self, message):
    if message.data == 500:
        raise ValueError('this one')
    game.note(message.data)
";
    let (mut game, entity) = game_with_entity(&[("ear.py", source)]);
    game.update(1);
    for number in 0..1_000 {
        game.app.world_mut().write_message(bevy_linger::ScriptMessage {
            name: "n".into(),
            data: bevy_linger::ScriptValue::Int(number),
            target: None,
        });
    }
    game.update(3);
    assert_eq!(messages(&game), ["ValueError: this one"]);
    assert_eq!(game.calls().len(), 999);
    assert!(!status(&game, entity).disabled);
}

#[test]
fn what_was_found_and_despawned_in_the_same_frame_says_so() {
    let source = "
from bevy import query, spawn
def on_update(self, dt):
    for _ in range(10):
        spawn('Enemy', 'Health')
    found = list(query('Enemy'))
    assert len(found) == 10, found
    left = query('Enemy')
    for enemy in found[:5]:
        enemy.despawn()
    for enemy in found[:5]:
        assert not enemy.alive
        try:
            enemy.Health.points
        except LookupError:
            self.entity.Health.points += 1
    # One that was asked before and is gone through after.
    for enemy in left:
        if enemy.alive:
            enemy.despawn()
    assert not list(query('Enemy'))
";
    let (mut game, entity) = game_with_entity(&[("hunter.py", source)]);
    game.update(3);
    no_failures(&game);
    assert_eq!(health(&game, entity).points, 15);
}

#[test]
fn a_script_that_is_removed_while_it_waits_never_goes_on() {
    let source = "
import game
from bevy import wait
class Sleeper:
    def on_spawn(self):
        try:
            game.note(1)
            yield wait(0.05)
            game.note(2)
        finally:
            game.note(3)
    def on_despawn(self):
        game.note(4)
";
    let (mut game, entity) = game_with_entity(&[("sleeper.py", source)]);
    game.update(2);
    game.app.world_mut().entity_mut(entity).remove::<Script>();
    game.update(20);
    no_failures(&game);
    assert_eq!(game.calls(), [1.0, 4.0, 3.0]);
    bevy_linger::assert_no_lingering!(game.app);
    // And one that gets it back begins anew.
    game.app.world_mut().entity_mut(entity).insert(Script::new("sleeper.py"));
    game.update(20);
    assert_eq!(game.calls()[3..], [1.0, 2.0, 3.0]);
}

#[test]
fn a_handle_stays_true_over_a_reload() {
    let source = |number: i32| {
        format!(
            "class Shop:
    def __init__(self):
        self.sold = 1
    def on_spawn(self):
        pass
    def price(self):
        return {number} * self.sold
def make():
    return Shop()
"
        )
    };
    let (mut game, entity) = game_with_entity(&[("shop.py", &source(2))]);
    game.update(1);
    let world = game.app.world_mut();
    let of_entity: ScriptObject = world.script_of(entity).expect("a script");
    let other: ScriptObject = world.call_script("shop", "make", ()).expect("a shop");
    game.rewrite("shop.py", &source(5));
    let world = game.app.world_mut();
    world.set_script_attribute(&of_entity, "sold", 3).expect("an attribute");
    assert_eq!(world.call_method::<i64>(&of_entity, "price", ()), Ok(15), "the new code with the old state");
    assert_eq!(world.call_method::<i64>(&other, "price", ()), Ok(5), "so has what no entity has");
    // What hung on the old text alone is garbage, and shown: a function knows the names of its module, and is one of them.
    let report = bevy_linger::testing::lingering_report(&mut game.app).expect("the old module's names");
    assert!(report.contains("function make"), "{report}");
    no_failures(&game);
}

#[test]
fn each_version_that_goes_is_seen_to_linger_and_is_freed_when_asked() {
    let source = |number: i32| {
        format!(
            "class Live:\n    def on_update(self, dt):\n        self.number = {number}\n        self.again = lambda: self\nclass Other{number}:\n    pass\n"
        )
    };
    let (mut game, _) = game_with_entity(&[("live.py", &source(0))]);
    game.update(1);
    for number in 1..6 {
        game.rewrite("live.py", &source(number));
    }
    no_failures(&game);
    // The class itself is the same all the time: what goes is what hung on a version.
    let report = bevy_linger::testing::lingering_report(&mut game.app).expect("five old classes");
    assert!(report.contains("type Other"), "{report}");
    game.command(bevy_linger::LingerCommand::Collect);
    game.update(1);
    let report = bevy_linger::testing::lingering_report(&mut game.app);
    assert!(report.as_deref().is_none_or(|report| !report.contains("type Other")), "{report:?}");
}

/// A module with a class that others inherit from, and what a version of it says.
fn base(number: i32, more: &str) -> String {
    format!(
        "
import abc, enum
from dataclasses import dataclass, field
from bevy import Script
made = []
class Mood(enum.Enum):
    CALM = 1
    ANGRY = {number}0
    @property
    def loud(self):
        return self is not Mood.CALM
@dataclass
class Item:
    name: str
    weight: float = {number}.0
    def price(self):
        return self.weight * 10 {more}
class Base(Script, abc.ABC):
    registry = []
    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        Base.registry.append(cls.__name__)
    def power(self):
        return {number}
    @property
    def twice(self):
        return self.power() * 2
    @staticmethod
    def fixed():
        return {number} + 100
class Heir(Base):
    def power(self):
        return super().power() * 1000 {more}
"
    )
}

#[test]
fn a_class_is_the_same_after_a_reload_for_heirs_objects_and_closures() {
    let user = "
import base, game
from base import Base, Heir, Item, Mood
class Far(Base):
    def __init__(self):
        self.item = Item('rope')
        self.heir = Heir()
        self.mood = Mood.CALM
        self.ask = lambda: (self.item.price(), self.heir.power(), self.heir.twice, Base.fixed())
    def power(self):
        return super().power() * 10
    def on_update(self, dt):
        game.note(self.power())
        for number in self.ask():
            game.note(number)
        assert isinstance(self, Base) and isinstance(self.heir, base.Base) and type(self.item) is Item is base.Item
        assert self.mood is Mood.CALM is base.Mood.CALM and not self.mood.loud and Mood['ANGRY'].loud
        assert type(Mood.ANGRY) is Mood and Mood(Mood.ANGRY.value) is Mood.ANGRY and len(Mood) == 2
        assert Item('a') == Item('a') and Item('b').weight * 10 <= Item('b').price()
";
    let (mut game, _) = game_with_entity(&[("user.py", user), ("base.py", &base(1, ""))]);
    game.update(1);
    no_failures(&game);
    assert_eq!(game.calls(), [10.0, 10.0, 1000.0, 2000.0, 101.0]);
    game.rewrite("base.py", &base(2, "+ 1"));
    game.update(1);
    no_failures(&game);
    // The object made before keeps its weight of 1; all code is new.
    assert_eq!(game.calls()[game.calls().len() - 5..], [20.0, 11.0, 2001.0, 4002.0, 102.0]);
}

#[test]
fn a_new_text_that_fails_leaves_no_class_half_changed() {
    let user = "
import base, game
class Far(base.Base):
    def __init__(self):
        self.item = base.Item('rope')
        self.heir = base.Heir()
    def on_update(self, dt):
        game.note(self.power() + self.item.price() + self.heir.power())
";
    let (mut game, _) = game_with_entity(&[("user.py", user), ("base.py", &base(1, ""))]);
    game.update(1);
    assert_eq!(game.calls(), [1011.0]);
    game.rewrite("base.py", &(base(2, "+ 1") + "raise ValueError('at the end')\n"));
    game.update(1);
    assert_eq!(messages(&game), ["ValueError: at the end"]);
    assert_eq!(game.calls().last(), Some(&1011.0));
    // What cannot be opened again is another class; scripts of entities change over.
    game.rewrite("base.py", &base(3, "").replace("(Script, abc.ABC)", "(Script)"));
    game.update(1);
    assert_eq!(messages(&game).len(), 1, "{:?}", messages(&game));
    game.rewrite("user.py", &user.replace("self.power()", "self.power() * 0.5"));
    game.update(1);
    assert_eq!(game.calls().last(), Some(&(1.5 + 10.0 + 1000.0)), "the item and the heir are of the classes before");
}
