//! Entities as scripts hold them. An entity's components are its attributes: `entity.Transform`.

use bevy::prelude::*;
use linger_script::{
    Args, AttributeHooks, Class, Layout, NativeData, NativeFn, NativeObject, Raise, Ref, Str, Value, Vm,
};

use super::{
    bridge,
    place::{self, Place},
    put,
    reflect::{self, Given},
};
use crate::value::ScriptFault;

type Result<T> = std::result::Result<T, Raise>;

/// The body of an `Entity`.
struct EntityBody(Entity);

impl NativeData for EntityBody {
    fn heap_bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// Makes the class.
pub(super) fn install(vm: &mut Vm, module: &'static str) -> Ref<Class> {
    let entity = vm.native_class(
        "Entity",
        module,
        None,
        Layout::Native,
        ENTITY,
        &[
            ("id", |vm, args| {
                let entity = this(vm, &args)?;
                Ok(vm.str(&entity.to_string()))
            }),
            ("alive", |vm, args| {
                let entity = this(vm, &args)?;
                bridge::world(vm, |world| Ok(world.get_entity(entity).is_ok())).map(Value::bool)
            }),
            ("parent", parent),
            ("children", children),
            ("components", |vm, args| {
                let entity = this(vm, &args)?;
                let names = bridge::world(vm, |world| place::components(world, entity))?;
                let names = names.iter().map(|name| vm.str(name)).collect();
                Ok(vm.list(names))
            }),
        ],
    );
    entity.hooks.set(Some(AttributeHooks { get: hook_get, set: hook_set }));
    entity
}

const ENTITY: &[(&str, NativeFn)] = &[
    ("__getattr__", entity_get),
    ("__setattr__", entity_set),
    ("__delattr__", |vm, args| {
        let (entity, name) = (this(vm, &args)?, argument(vm, &args, 1, "the name of a component")?);
        let node = bridge::type_named(vm, &name)?;
        match bridge::world(vm, |world| place::remove(world, entity, &node.of))? {
            true => Ok(Value::NONE),
            false => Err(vm.attribute_error(format!("entity {entity} has no {name}"))),
        }
    }),
    ("__repr__", |vm, args| {
        let entity = this(vm, &args)?;
        Ok(vm.str(&format!("Entity({entity})")))
    }),
    ("__eq__", |_, args| {
        let pair = args.values.first().and_then(of).zip(args.values.get(1).and_then(of));
        Ok(pair.map_or(Value::NOT_IMPLEMENTED, |(a, b)| Value::bool(a == b)))
    }),
    ("__ne__", |_, args| {
        let pair = args.values.first().and_then(of).zip(args.values.get(1).and_then(of));
        Ok(pair.map_or(Value::NOT_IMPLEMENTED, |(a, b)| Value::bool(a != b)))
    }),
    ("__hash__", |vm, args| {
        let entity = this(vm, &args)?;
        // Hashes are small integers, whatever the entity's bits.
        Ok(vm.int((entity.to_bits() % (1 << 40)) as i64))
    }),
    ("has", |vm, args| {
        let (entity, name) = (this(vm, &args)?, argument(vm, &args, 1, "the name of a component")?);
        let node = bridge::type_named(vm, &name)?;
        bridge::world(vm, |world| place::has(world, entity, &node.of)).map(Value::bool)
    }),
    ("insert", |vm, args| {
        let entity = entity_argument(vm, &args, 0)?;
        insert_all(vm, entity, &args, 1)?;
        Ok(args.values[0].clone())
    }),
    ("remove", |vm, args| {
        let (entity, name) = (this(vm, &args)?, argument(vm, &args, 1, "the name of a component")?);
        let node = bridge::type_named(vm, &name)?;
        bridge::world(vm, |world| place::remove(world, entity, &node.of)).map(Value::bool)
    }),
    ("despawn", |vm, args| {
        let entity = this(vm, &args)?;
        bridge::world(vm, |world| {
            world.try_despawn(entity).map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone already")))
        })?;
        Ok(Value::NONE)
    }),
    ("add_child", |vm, args| {
        let entity = this(vm, &args)?;
        let child = entity_argument(vm, &args, 1)?;
        adopt(vm, entity, child)
    }),
];

/// The entity of a value, if it is one.
pub(super) fn of(value: &Value) -> Option<Entity> {
    value.downcast::<NativeObject>()?.with(|body: &mut EntityBody| body.0)
}

/// An `Entity` for a script.
pub(super) fn make(vm: &mut Vm, entity: Entity) -> Result<Value> {
    let bridge = bridge::current(vm)?;
    Ok(vm.native_object(&bridge.classes.entity, Box::new(EntityBody(entity))))
}

/// The receiver of what takes no keywords.
fn this(vm: &mut Vm, args: &Args<'_>) -> Result<Entity> {
    bridge::no_keywords(vm, args)?;
    entity_argument(vm, args, 0)
}

/// An argument that must be an entity.
pub(super) fn entity_argument(vm: &mut Vm, args: &Args<'_>, index: usize) -> Result<Entity> {
    match args.values.get(index).and_then(of) {
        Some(entity) => Ok(entity),
        None => {
            let name = args.values.get(index).map_or("nothing".into(), |value| vm.type_name(value));
            Err(vm.type_error(format!("an Entity is needed, got {name}")))
        }
    }
}

fn argument(vm: &mut Vm, args: &Args<'_>, index: usize, what: &str) -> Result<String> {
    match args.values.get(index) {
        Some(value) => bridge::text(vm, value, what),
        None => Err(vm.type_error(format!("{what} is missing"))),
    }
}

/// Components that were named before: names of methods never get among them.
fn hook_get(vm: &mut Vm, object: &Value, name: &Value) -> Result<Option<Value>> {
    let (Some(entity), Some(name)) = (of(object), name.downcast::<Str>()) else { return Ok(None) };
    let bridge = bridge::current(vm)?;
    match bridge.types.known(&name.text) {
        Some(node) => reflect::read_by(vm, &bridge, Place { entity, node }).map(Some),
        None => Ok(None),
    }
}

/// Nothing: setting a component inserts it.
fn hook_set(_: &mut Vm, _: &Value, _: &Value, _: &Value) -> Result<bool> {
    Ok(false)
}

fn entity_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let name = argument(vm, &args, 1, "the name of a component")?;
    let node = bridge::type_named(vm, &name)?;
    reflect::read(vm, Place { entity, node })
}

fn entity_set(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let name = argument(vm, &args, 1, "the name of a component")?;
    let Some(value) = args.values.get(2) else { return Err(vm.type_error("a value is needed")) };
    match name.as_str() {
        "parent" => return set_parent(vm, entity, value),
        "id" | "alive" | "children" | "components" => {
            return Err(vm.attribute_error(format!("{name} of an Entity cannot be set")));
        }
        _ => {}
    }
    let given = reflect::given(vm, value)?;
    insert_one(vm, entity, &name, &given)?;
    Ok(Value::NONE)
}

/// Makes it a child of another, or of nobody.
fn set_parent(vm: &mut Vm, entity: Entity, parent: &Value) -> Result<Value> {
    if !parent.is_none() {
        let Some(parent) = of(parent) else {
            let name = vm.type_name(parent);
            return Err(vm.type_error(format!("a parent is an Entity or None, not {name}")));
        };
        return adopt(vm, parent, entity);
    }
    bridge::world(vm, |world| match world.get_entity_mut(entity) {
        Ok(mut child) => {
            child.remove::<ChildOf>();
            Ok(())
        }
        Err(_) => Err(ScriptFault::Lookup(format!("entity {entity} is gone: it can have no parent"))),
    })?;
    Ok(Value::NONE)
}

fn adopt(vm: &mut Vm, parent: Entity, child: Entity) -> Result<Value> {
    bridge::world(vm, |world| {
        if world.get_entity(child).is_err() {
            return Err(ScriptFault::Lookup(format!("entity {child} is gone: it cannot be a child")));
        }
        match world.get_entity_mut(parent) {
            Ok(mut parent) => parent.add_child(child),
            Err(_) => return Err(ScriptFault::Lookup(format!("entity {parent} is gone: it can have no child"))),
        };
        Ok(())
    })?;
    Ok(Value::NONE)
}

fn insert_one(vm: &mut Vm, entity: Entity, name: &str, given: &Given) -> Result<()> {
    let node = bridge::type_named(vm, name)?;
    bridge::world(vm, |world| {
        place::insert(world, entity, &node.of, |target, registry| match given {
            // Nothing said of a component's fields: its default.
            Given::Dict(fields) if fields.is_empty() => Ok(()),
            given => put::put(target, given, registry),
        })
    })
}

/// Inserts what a call names: components by name alone (from argument `first` on), or with their fields by keyword.
pub(super) fn insert_all(vm: &mut Vm, entity: Entity, args: &Args<'_>, first: usize) -> Result<()> {
    for name in args.positional().iter().skip(first) {
        let name = bridge::text(vm, name, "the name of a component")?;
        insert_one(vm, entity, &name, &Given::Dict(Vec::new()))?;
    }
    for (name, value) in args.keywords() {
        let name = bridge::text(vm, name, "the name of a component")?;
        let given = reflect::given(vm, value)?;
        insert_one(vm, entity, &name, &given)?;
    }
    Ok(())
}

fn parent(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let parent = bridge::world(vm, |world| {
        let found = world.get_entity(entity).map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone")))?;
        Ok(found.get::<ChildOf>().map(ChildOf::parent))
    })?;
    parent.map_or(Ok(Value::NONE), |parent| make(vm, parent))
}

fn children(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let children: Vec<Entity> = bridge::world(vm, |world| {
        let found = world.get_entity(entity).map_err(|_| ScriptFault::Lookup(format!("entity {entity} is gone")))?;
        Ok(found.get::<Children>().map(|children| children.iter().collect()).unwrap_or_default())
    })?;
    list_of(vm, children)
}

/// A list of entities.
pub(super) fn list_of(vm: &mut Vm, entities: Vec<Entity>) -> Result<Value> {
    let entities = entities.into_iter().map(|entity| make(vm, entity));
    let entities = entities.collect::<Result<Vec<_>>>()?;
    Ok(vm.list(entities))
}
