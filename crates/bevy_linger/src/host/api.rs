//! The functions behind the module `bevy` that scripts import. Their names for people stand in `bevy.py`, which wraps them.

use bevy::{
    input::{
        ButtonInput,
        gamepad::{Gamepad, GamepadAxis, GamepadButton},
        mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll},
    },
    prelude::*,
    reflect::{TypeInfo, Typed},
};
use linger_script::{Args, Generator, Layout, NativeData, NativeFn, Raise, Value, Vm};

use super::{
    bridge,
    convert::{from_machine, raise, to_machine},
    entity, parts, place, plain,
    reflect::{self, Given, Leaf},
};
use crate::{
    attach::ScriptMessage,
    config::LingerConfig,
    profiler::Profiler,
    value::{ScriptFault, ScriptValue},
};

type Result<T> = std::result::Result<T, Raise>;

/// The module's Python side.
pub(super) const SOURCE: &str = include_str!("bevy.py");
/// The module that the Python side takes all this from.
pub(super) const MODULE: &str = "_bevy";

pub(super) const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("spawn", spawn),
    ("query", query),
    ("send", send),
    ("delta", |vm, _| bridge::world(vm, |world| Ok(world.resource::<Time>().delta_secs_f64())).map(Value::float)),
    ("elapsed", |vm, _| bridge::world(vm, |world| Ok(world.resource::<Time>().elapsed_secs_f64())).map(Value::float)),
    ("frame", |vm, _| {
        let frame = bridge::world(vm, |world| Ok(world.get_resource::<Profiler>().map_or(0, Profiler::frame)))?;
        Ok(vm.int(frame as i64))
    }),
    ("key", key),
    ("mouse", mouse),
    ("gamepad", gamepad),
    ("axis", axis),
    ("cursor", cursor),
    ("cursor_in_world", cursor_in_world),
    ("mouse_motion", mouse_motion),
    ("mouse_scroll", mouse_scroll),
    ("start", start),
    ("plain", |vm, args| match args.values {
        [value] => plain::plain(vm, value),
        _ => Err(vm.type_error("plain() takes one value")),
    }),
];

/// `spawn("Enemy", Transform={"translation": Vec3(1, 2, 3)})`
fn spawn(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let made = bridge::world(vm, |world| {
        let limit = world.get_resource::<LingerConfig>().map_or(0, |config| config.entity_limit);
        // The first figure costs nothing and is never too low.
        if limit > 0 && world.entities().len() >= limit && world.entities().count_spawned() >= limit {
            return Err(ScriptFault::Runtime(format!("there are {limit} entities already: no more can be spawned")));
        }
        Ok(world.spawn_empty().id())
    })?;
    if let Err(raised) = entity::insert_all(vm, made, &args, 0) {
        // Half an entity is none.
        bridge::world(vm, |world| Ok(world.despawn(made)))?;
        return Err(raised);
    }
    entity::make(vm, made)
}

/// `query("Transform", "Enemy", without="Dead")`
fn query(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mut names = [Vec::new(), Vec::new()];
    for name in args.positional() {
        names[0].push(bridge::text(vm, name, "the name of a component")?);
    }
    for (keyword, value) in args.keywords() {
        match bridge::text(vm, keyword, "a keyword")?.as_str() {
            "without" => match reflect::given(vm, value)? {
                Given::Leaf(Leaf::Text(name)) => names[1].push(name),
                Given::List(all) => {
                    for name in all {
                        let Given::Leaf(Leaf::Text(name)) = name else {
                            return Err(vm.type_error("without takes names of components"));
                        };
                        names[1].push(name);
                    }
                }
                _ => return Err(vm.type_error("without takes names of components")),
            },
            other => return Err(vm.type_error(format!("query() got an unexpected keyword argument '{other}'"))),
        }
    }
    let [with, without] = names.map(|names| {
        let types = names.iter().map(|name| bridge::type_named(vm, name));
        types.collect::<Result<Vec<_>>>()
    });
    let (with, without) = (with?, without?);
    let found = bridge::world(vm, |world| Ok(place::query(world, &with, &without)))?;
    entity::list_of(vm, found)
}

/// The body of the one `Resources`: the game's resources are its attributes, as in `resources.Score.points += 1`.
struct Resources;

impl NativeData for Resources {}

/// Makes `resources`.
pub(super) fn resources(vm: &mut Vm) -> Value {
    let methods: &[(&str, NativeFn)] = &[("__getattr__", resource_get), ("__setattr__", resource_set)];
    let class = vm.native_class("Resources", MODULE, None, Layout::Native, methods, &[]);
    vm.native_object(&class, Box::new(Resources))
}

fn resource_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = text_argument(vm, &args, 1, "the name of a resource")?;
    let node = bridge::type_named(vm, &name)?;
    let place = bridge::world(vm, |world| place::resource(world, node))?;
    reflect::read(vm, place)
}

fn resource_set(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = text_argument(vm, &args, 1, "the name of a resource")?;
    let Some(value) = args.values.get(2) else {
        return Err(vm.type_error("a value is needed"));
    };
    let node = bridge::type_named(vm, &name)?;
    let place = bridge::world(vm, |world| place::resource(world, node))?;
    parts::set_at(vm, &place, value)?;
    Ok(Value::NONE)
}

/// `send(name, data, target)`: to all scripts, or to those of one entity.
fn send(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = text_argument(vm, &args, 0, "the name of a message")?;
    let data = match args.values.get(1) {
        Some(value) => from_machine(vm, value).map_err(|fault| raise(vm, &fault))?,
        None => ScriptValue::None,
    };
    let target = match args.values.get(2) {
        Some(value) if !value.is_none() => Some(entity::entity_argument(vm, &args, 2)?),
        _ => None,
    };
    let waiting = bridge::current(vm)?.mail_waiting.get();
    bridge::world(vm, |world| {
        let limit = world.get_resource::<LingerConfig>().map_or(0, |config| config.message_limit) as usize;
        let sent = world.get_resource::<Messages<ScriptMessage>>().map_or(0, Messages::len);
        if limit > 0 && sent + waiting >= limit {
            return Err(ScriptFault::Runtime(format!("{limit} messages are on their way already: {name} is not sent")));
        }
        if let Some(target) = target
            && world.get_entity(target).is_err()
        {
            return Err(ScriptFault::Lookup(format!("entity {target} is gone: it cannot be sent {name}")));
        }
        world.write_message(ScriptMessage { name, data, target });
        Ok(())
    })?;
    Ok(Value::NONE)
}

fn text_argument(vm: &mut Vm, args: &Args<'_>, index: usize, what: &str) -> Result<String> {
    match args.values.get(index) {
        Some(value) => bridge::text(vm, value, what),
        None => Err(vm.type_error(format!("{what} is missing"))),
    }
}

/// What a button of a name can be asked.
struct Question {
    name: String,
    state: String,
}

/// Whether a button of the name is in the state asked for: "pressed", "just_pressed" or "just_released". A name that none has is
/// a mistake, which is said.
fn ask<T>(question: &Question, what: &str, input: &[&ButtonInput<T>]) -> std::result::Result<bool, ScriptFault>
where
    T: Copy + Eq + std::hash::Hash + Send + Sync + std::fmt::Debug + Typed,
{
    // Few buttons are ever down at once, so their names are compared as they are written.
    let named = |button: &T| format!("{button:?}") == question.name;
    let found = input.iter().any(|input| match question.state.as_str() {
        "just_pressed" => input.get_just_pressed().any(named),
        "just_released" => input.get_just_released().any(named),
        _ => input.get_pressed().any(named),
    });
    if let (false, TypeInfo::Enum(info)) = (found, T::type_info())
        // Those without a name of their own have a number: `Other(7)`.
        && info.variant(question.name.split('(').next().unwrap_or_default()).is_none()
    {
        let names: Vec<_> = info.variant_names().iter().map(|name| (*name).to_owned()).collect();
        let meant = place::did_you_mean(&question.name, &names);
        return Err(ScriptFault::Value(format!("there is no {what} {}{meant}", question.name)));
    }
    Ok(found)
}

fn key(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let question = question(vm, &args)?;
    bridge::world(vm, |world| ask(&question, "key", &Vec::from_iter(world.get_resource::<ButtonInput<KeyCode>>())))
        .map(Value::bool)
}

fn mouse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let question = question(vm, &args)?;
    let what = "button of the mouse";
    bridge::world(vm, |world| ask(&question, what, &Vec::from_iter(world.get_resource::<ButtonInput<MouseButton>>())))
        .map(Value::bool)
}

/// Any of the gamepads will do.
fn gamepad(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let question = question(vm, &args)?;
    bridge::world(vm, |world| {
        let mut pads = world.query::<&Gamepad>();
        let pads: Vec<&ButtonInput<GamepadButton>> = pads.iter(world).map(Gamepad::digital).collect();
        ask(&question, "button of a gamepad", &pads)
    })
    .map(Value::bool)
}

/// Where the cursor is in its window, in logical pixels from the upper left corner; `None` where it is in no window.
fn cursor(vm: &mut Vm, _: Args<'_>) -> Result<Value> {
    let at = bridge::world(vm, |world| {
        let mut windows = world.query::<&Window>();
        Ok(windows.iter(world).find_map(Window::cursor_position))
    })?;
    at.map_or(Ok(Value::NONE), |at| vector(vm, at))
}

/// Where that is in the world, as the first camera sees it whose view it lies in: on the plane of 2D games.
fn cursor_in_world(vm: &mut Vm, _: Args<'_>) -> Result<Value> {
    let at = bridge::world(vm, |world| {
        let mut windows = world.query::<&Window>();
        let Some(at) = windows.iter(world).find_map(Window::cursor_position) else { return Ok(None) };
        let mut cameras = world.query::<(&Camera, &GlobalTransform)>();
        let mut cameras: Vec<_> = cameras.iter(world).filter(|(camera, _)| camera.is_active).collect();
        cameras.sort_by_key(|(camera, _)| camera.order);
        Ok(cameras.into_iter().find_map(|(camera, place)| camera.viewport_to_world_2d(place, at).ok()))
    })?;
    at.map_or(Ok(Value::NONE), |at| vector(vm, at))
}

/// How far the mouse, or its wheel, was moved in this frame.
fn mouse_motion(vm: &mut Vm, _: Args<'_>) -> Result<Value> {
    let way = bridge::world(vm, |world| Ok(world.get_resource::<AccumulatedMouseMotion>().map(|moved| moved.delta)))?;
    vector(vm, way.unwrap_or_default())
}

fn mouse_scroll(vm: &mut Vm, _: Args<'_>) -> Result<Value> {
    let way = bridge::world(vm, |world| Ok(world.get_resource::<AccumulatedMouseScroll>().map(|moved| moved.delta)))?;
    vector(vm, way.unwrap_or_default())
}

fn vector(vm: &mut Vm, found: Vec2) -> Result<Value> {
    to_machine(vm, &ScriptValue::Vec2(found))
}

/// `start(entity, generator)`: what goes on beside the callbacks of the entity's script.
fn start(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = entity::entity_argument(vm, &args, 0)?;
    let steps = args.values.get(1).filter(|steps| steps.downcast::<Generator>().is_some());
    let Some(steps) = steps.cloned() else {
        let given = args.values.get(1).map_or("nothing".into(), |value| vm.type_name(value));
        return Err(
            vm.type_error(format!("start() takes a generator, such as a call of a method that yields: got {given}"))
        );
    };
    let bridge = bridge::current(vm)?;
    bridge.started.borrow_mut().push((entity, vm.keep(steps)));
    Ok(Value::NONE)
}

/// The axis of the gamepad that is moved furthest.
fn axis(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = text_argument(vm, &args, 0, "the name of an axis")?;
    let axes = [
        GamepadAxis::LeftStickX,
        GamepadAxis::LeftStickY,
        GamepadAxis::LeftZ,
        GamepadAxis::RightStickX,
        GamepadAxis::RightStickY,
        GamepadAxis::RightZ,
    ];
    let Some(axis) = axes.into_iter().find(|axis| format!("{axis:?}") == name) else {
        let names = axes.map(|axis| format!("{axis:?}"));
        let meant = place::did_you_mean(&name, &names);
        return Err(vm.value_error(format!("there is no axis of a gamepad {name}{meant}")));
    };
    bridge::world(vm, |world| {
        let mut pads = world.query::<&Gamepad>();
        let values = pads.iter(world).filter_map(|pad| pad.get(axis));
        Ok(values.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0))
    })
    .map(|value| Value::float(f64::from(value)))
}

fn question(vm: &mut Vm, args: &Args<'_>) -> Result<Question> {
    let name = text_argument(vm, args, 0, "the name of a button")?;
    let state = text_argument(vm, args, 1, "a state")?;
    Ok(Question { name, state })
}
