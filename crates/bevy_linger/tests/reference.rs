//! The names that scripts can use are those that editors and people are told of: the live module `bevy`, its stub, and the page
//! of reference that is made of the stub.

mod common;

use std::{collections::BTreeSet, path::Path};

use bevy::{input::InputPlugin, prelude::*};
use bevy_linger::{Callback, LingerAppExt, LingerPlugin, reference::reference, stubs};
use common::{
    Game,
    entities::{game_with_entity, health, messages, no_failures},
};

/// What a script sees of the module and of its classes: `name` or `Class.name`.
fn live_names() -> BTreeSet<String> {
    let (mut game, entity) = game_with_entity(&[(
        "names.py",
        "
import bevy

def names(kind, shown):
    return [f'{shown}.{name}' for base in kind.__mro__ if base is not object for name in vars(base)
            if name.isidentifier() and name[0] != '_']

def on_spawn(self):
    classes = {'_part': type(self.entity.Health), '_input': type(bevy.input), '_time': type(bevy.time)}
    for name in bevy.__all__:
        if isinstance(getattr(bevy, name), type):
            classes[name] = getattr(bevy, name)
    tags = list(bevy.__all__)
    for shown, kind in classes.items():
        tags += names(kind, shown)
    message = bevy.Message('a', 1)
    tags += [f'Message.{name}' for name in bevy.Message.__slots__ if hasattr(message, name)]
    self.entity.Health.tags = tags
",
    )]);
    game.update(1);
    no_failures(&game);
    let mut names: BTreeSet<String> = health(&game, entity).tags.iter().cloned().collect();
    // Whoever inherits from it may have them.
    names.extend(Callback::ALL.map(|callback| format!("Script.{}", callback.name())));
    names
}

/// The same as the stub declares it, what a class inherits included.
fn declared_names(stub: &str) -> BTreeSet<String> {
    let mut classes: Vec<(String, Option<String>, Vec<String>)> = Vec::new();
    let mut names = BTreeSet::new();
    for line in stub.lines() {
        let text = line.trim().trim_start_matches("def ").trim_start_matches("class ");
        let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let is_class = line.starts_with("class ");
        let is_name = is_class || line.trim().starts_with("def ") || rest.starts_with(": ");
        if name.is_empty() || !is_name {
            continue;
        }
        if is_class {
            let base = rest.strip_prefix('(').and_then(|rest| rest.split(')').next()).map(str::to_owned);
            classes.push((name.to_owned(), base, Vec::new()));
        }
        if !line.starts_with(' ') {
            names.insert(name.to_owned());
        } else if let Some((_, _, members)) = classes.last_mut() {
            members.push(name.to_owned());
        }
    }
    for (class, base, members) in &classes {
        let inherited =
            classes.iter().filter(|(name, ..)| Some(name) == base.as_ref()).flat_map(|(.., members)| members);
        names.extend(members.iter().chain(inherited).map(|name| format!("{class}.{name}")));
    }
    names.retain(|name| !name.split('.').next_back().is_some_and(|last| last.starts_with('_')));
    // It stands for what its heirs have.
    names.retain(|name| !name.starts_with("_numbers.") && name != "_numbers");
    names
}

#[test]
fn the_stub_declares_exactly_the_names_that_scripts_see() {
    let game = Game::new(&[]);
    let stub = stubs::bevy_stub(game.app.world(), |_| false);
    stubs::check(&stub).expect("a stub is Python");
    let (live, declared) = (live_names(), declared_names(&stub));
    assert!(live.len() > 80, "{live:?}");
    let (unsaid, untrue): (Vec<_>, Vec<_>) =
        (live.difference(&declared).collect(), declared.difference(&live).collect());
    assert!(unsaid.is_empty() && untrue.is_empty(), "not declared: {unsaid:?}; not there: {untrue:?}");
}

#[test]
fn the_page_of_reference_is_the_one_that_is_made_now() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, AssetPlugin::default(), InputPlugin, LingerPlugin::default()));
    let page = reference(app.world(), |_| false);
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        assert!(!line.ends_with("|  |"), "nothing is said of {line}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/script-reference.md");
    if std::env::var_os("LINGER_WRITE").is_some() {
        std::fs::write(&path, &page).expect("the page");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let apart = page.lines().zip(known.lines()).find(|(made, known)| made != known);
    assert!(page == known, "write it anew: LINGER_WRITE=1 cargo test -p bevy_linger --test reference; first {apart:?}");
}

#[test]
fn a_games_components_resources_and_functions_are_in_its_stubs_and_on_its_page() {
    let (mut game, _) = game_with_entity(&[("none.py", "")]);
    game.app.add_script_function(
        "shop",
        "price(what, count=1, gift=None): What so many cost.",
        |_: &mut World, what: String, count: u32, gift: Option<Entity>| {
            what.len() as f64 * f64::from(count) * gift.map_or(1.0, |_| 0.0)
        },
    );
    game.app.add_script_function("shop", "close", |_: &mut World, _: bool| ());
    game.update(1);
    let world = game.app.world();
    let stub = stubs::bevy_stub(world, |_| true);
    stubs::check(&stub).expect("a stub is Python");
    for declared in
        ["    Health: _Health\n", "    Score: _Score\n", "    stock: dict[str, int]\n", "    shield: float | None\n"]
    {
        assert!(stub.contains(declared), "{declared}");
    }
    let shop = &stubs::function_stubs(world)["shop"];
    stubs::check(shop).expect("a stub is Python");
    let expected = "def price(what: str, count: int = 1, gift: Entity | None = None) -> float:\n    \"\"\"What so many cost.\"\"\"\n\
                    def close(arg1: bool, /) -> None: ...\n";
    assert!(shop.ends_with(expected), "{shop}");
    let page = reference(world, |path| path.starts_with("reference::"));
    for line in [
        "### `Health`",
        "| `points: int` |  |",
        "| `price(what: str, count: int = 1, gift: Entity \\| None = None) -> float` | What so many cost. |",
    ] {
        assert!(page.lines().any(|known| known == line), "{line} is not in\n{page}");
    }
}

#[test]
fn functions_of_the_game_take_arguments_by_name_and_say_which_is_wrong() {
    let (mut game, _) = game_with_entity(&[(
        "calls.py",
        "
def said(*values, **named):
    import shop
    try:
        shop.price(*values, **named)
    except (TypeError, ValueError) as error:
        return str(error)

def on_spawn(self):
    import shop
    assert shop.price('rope') == 4 and shop.price('rope', 3) == 12
    assert shop.price(count=2, what='axe') == 6 and shop.price('axe', count=2) == 6
    self.entity.Health.tags = [
        said(), said(1), said('rope', -1), said('rope', 1, 2), said('rope', what='axe'), said('rope', cost=1),
        said('rope', count='x'),
    ]
",
    )]);
    game.app.add_script_function("shop", "price(what, count=1)", |_: &mut World, what: String, count: u32| {
        what.len() as u32 * count
    });
    game.update(1);
    assert_eq!(messages(&game), [""; 0]);
    let entity = game.app.world_mut().query_filtered::<Entity, With<common::entities::Health>>();
    let entity = { entity }.single(game.app.world()).expect("one entity");
    assert_eq!(
        health(&game, entity).tags,
        [
            "price() missing 1 required positional argument: 'what'",
            "price() argument 'what': expected str, got int",
            "price() argument 'count': -1 is out of range",
            "price() takes from 1 to 2 positional arguments but 3 were given",
            "price() got multiple values for argument 'what'",
            "price() got an unexpected keyword argument 'cost'",
            "price() argument 'count': expected int, got str",
        ]
    );
}

#[test]
fn vectors_are_made_by_name_too() {
    let (mut game, _) = game_with_entity(&[(
        "vectors.py",
        "
from bevy import Color, Vec2, Vec3

def said(act):
    try:
        act()
    except TypeError as error:
        return str(error)

def on_spawn(self):
    assert Vec3(y=2) == Vec3(0, 2, 0) and Vec2(1, y=3) == Vec2(1, 3)
    assert Color(1, 0, 0) == Color(1, 0, 0, a=1) and Color(1, 0, 0, a=0.5).a == 0.5
    assert said(lambda: Vec2(1)) == 'Vec2() takes 2 numbers, got 1'
    assert said(lambda: Vec2(z=1)) == \"Vec2() got an unexpected keyword argument 'z'\"
    assert said(lambda: Vec2(1, 2, x=3)) == \"Vec2() got multiple values for argument 'x'\"
    assert said(lambda: Vec2().lerp(share=1, other=Vec2())) == 'this takes no keyword arguments'
",
    )]);
    game.update(1);
    no_failures(&game);
}

#[test]
fn the_guides_python_is_python_and_imports_what_there_is() {
    let guide = include_str!("../../../docs/scripting.md");
    let blocks: Vec<&str> = guide.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 2);
    let mut imports = String::new();
    for block in blocks {
        stubs::check(block).unwrap_or_else(|error| panic!("{error} in\n{block}"));
        imports.extend(block.lines().filter(|line| line.starts_with("from bevy")).flat_map(|line| [line, "\n"]));
    }
    let game = Game::new(&[("guide.py", &imports)]);
    no_failures(&game);
}
