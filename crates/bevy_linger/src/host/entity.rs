//! Entities and parts of components as scripts hold them. An entity's components are its attributes: `entity.Transform`.

use bevy::{
    prelude::*,
    reflect::{Access, ReflectRef},
};
use linger_script::{Args, Class, Layout, NativeData, NativeFn, NativeObject, Raise, Ref, Value, Vm};

use super::{
    bridge,
    place::{self, Place},
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

/// The body of a part of a component.
struct ReflectedBody(Place);

impl NativeData for ReflectedBody {
    fn heap_bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// Makes both classes.
pub(super) fn install(vm: &mut Vm, module: &'static str) -> (Ref<Class>, Ref<Class>) {
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
        ],
    );
    let reflected = vm.native_class("Reflected", module, None, Layout::Native, REFLECTED, &[]);
    vm.dict_set_str(&reflected.dict, "__hash__", Value::NONE);
    (entity, reflected)
}

const ENTITY: &[(&str, NativeFn)] = &[
    ("__getattr__", entity_get),
    ("__setattr__", entity_set),
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
        bridge::world(vm, |world| place::has(world, entity, place::type_named(world, &name)?)).map(Value::bool)
    }),
    ("insert", |vm, args| {
        let entity = this(vm, &args)?;
        insert_all(vm, entity, &args, 1)?;
        Ok(args.values[0].clone())
    }),
    ("remove", |vm, args| {
        let (entity, name) = (this(vm, &args)?, argument(vm, &args, 1, "the name of a component")?);
        bridge::world(vm, |world| place::remove(world, entity, place::type_named(world, &name)?)).map(Value::bool)
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
        bridge::world(vm, |world| {
            if world.get_entity(child).is_err() {
                return Err(ScriptFault::Lookup(format!("entity {child} is gone: it cannot be a child")));
            }
            match world.get_entity_mut(entity) {
                Ok(mut parent) => parent.add_child(child),
                Err(_) => return Err(ScriptFault::Lookup(format!("entity {entity} is gone: it can have no child"))),
            };
            Ok(())
        })?;
        Ok(Value::NONE)
    }),
];

const REFLECTED: &[(&str, NativeFn)] = &[
    ("__getattr__", |vm, args| {
        let place = this_place(vm, &args)?;
        let name = argument(vm, &args, 1, "the name of a field")?;
        reflect::read(vm, &place.inside(Access::Field(name.into())))
    }),
    ("__setattr__", |vm, args| {
        let place = this_place(vm, &args)?;
        let name = argument(vm, &args, 1, "the name of a field")?;
        set_at(vm, &args, &place.inside(Access::Field(name.into())))
    }),
    ("__getitem__", |vm, args| {
        let place = this_place(vm, &args)?;
        let inner = indexed(vm, &args, &place)?;
        reflect::read(vm, &inner)
    }),
    ("__setitem__", |vm, args| {
        let place = this_place(vm, &args)?;
        let inner = indexed(vm, &args, &place)?;
        set_at(vm, &args, &inner)
    }),
    ("__len__", |vm, args| {
        let place = this_place(vm, &args)?;
        let count = bridge::world(vm, |world| place.read(world, count))?;
        Ok(vm.size(count))
    }),
    ("__iter__", |vm, args| {
        let place = this_place(vm, &args)?;
        let (count, list) = bridge::world(vm, |world| place.read(world, |value| (count(value), is_list(value))))?;
        let mut items = Vec::with_capacity(count);
        for index in 0..count {
            let access = if list { Access::ListIndex(index) } else { Access::TupleIndex(index) };
            items.push(reflect::read(vm, &place.inside(access))?);
        }
        let items = vm.tuple(items);
        vm.iter(&items)
    }),
    ("__repr__", |vm, args| {
        let place = this_place(vm, &args)?;
        let text = bridge::world(vm, |world| place.read(world, |value| format!("{value:?}")))?;
        Ok(vm.str(&text))
    }),
];

fn count(value: &dyn PartialReflect) -> usize {
    match value.reflect_ref() {
        ReflectRef::Struct(parts) => parts.field_len(),
        ReflectRef::TupleStruct(parts) => parts.field_len(),
        ReflectRef::Tuple(parts) => parts.field_len(),
        ReflectRef::List(parts) => parts.len(),
        ReflectRef::Array(parts) => parts.len(),
        ReflectRef::Map(parts) => parts.len(),
        ReflectRef::Set(parts) => parts.len(),
        ReflectRef::Enum(parts) => parts.field_len(),
        _ => 0,
    }
}

fn is_list(value: &dyn PartialReflect) -> bool {
    matches!(value.reflect_ref(), ReflectRef::List(_) | ReflectRef::Array(_))
}

/// The place of the item that a subscript asks for.
fn indexed(vm: &mut Vm, args: &Args<'_>, place: &Place) -> Result<Place> {
    let index = match args.values.get(1) {
        Some(index) => vm.index_i64(index)?,
        None => return Err(vm.type_error("an index is needed")),
    };
    let (count, list) = bridge::world(vm, |world| place.read(world, |value| (count(value), is_list(value))))?;
    let wanted = if index < 0 { index + count as i64 } else { index };
    match usize::try_from(wanted) {
        Ok(wanted) if wanted < count => {
            Ok(place.inside(if list { Access::ListIndex(wanted) } else { Access::TupleIndex(wanted) }))
        }
        _ => {
            let name = bridge::world(vm, |world| Ok(place.name(world)))?;
            Err(vm.index_error(format!("{name} has {count} items, there is no number {index}")))
        }
    }
}

/// Writes the third argument at `place`.
fn set_at(vm: &mut Vm, args: &Args<'_>, place: &Place) -> Result<Value> {
    let Some(value) = args.values.get(2) else {
        return Err(vm.attribute_error("a part of a component cannot be deleted"));
    };
    let given = reflect::given(vm, value)?;
    bridge::world(vm, |world| place.write(world, |target, registry| reflect::put(target, &given, registry)))?;
    Ok(Value::NONE)
}

/// The entity of a value, if it is one.
pub(super) fn of(value: &Value) -> Option<Entity> {
    value.downcast::<NativeObject>()?.with(|body: &mut EntityBody| body.0)
}

/// The place of a value, if it is a part of a component.
pub(super) fn place_of(value: &Value) -> Option<Place> {
    value.downcast::<NativeObject>()?.with(|body: &mut ReflectedBody| body.0.clone())
}

/// An `Entity` for a script.
pub(super) fn make(vm: &mut Vm, entity: Entity) -> Result<Value> {
    let bridge = bridge::current(vm)?;
    Ok(vm.native_object(&bridge.classes.entity, Box::new(EntityBody(entity))))
}

/// A part of a component for a script.
pub(super) fn make_reflected(vm: &mut Vm, place: Place) -> Result<Value> {
    let bridge = bridge::current(vm)?;
    Ok(vm.native_object(&bridge.classes.reflected, Box::new(ReflectedBody(place))))
}

fn this(vm: &mut Vm, args: &Args<'_>) -> Result<Entity> {
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

fn this_place(vm: &mut Vm, args: &Args<'_>) -> Result<Place> {
    let place = args.values.first().and_then(place_of);
    place.ok_or_else(|| vm.type_error("a part of a component is needed"))
}

fn argument(vm: &mut Vm, args: &Args<'_>, index: usize, what: &str) -> Result<String> {
    match args.values.get(index) {
        Some(value) => bridge::text(vm, value, what),
        None => Err(vm.type_error(format!("{what} is missing"))),
    }
}

fn entity_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let name = argument(vm, &args, 1, "the name of a component")?;
    let place = bridge::world(vm, |world| Ok(Place::whole(entity, place::type_named(world, &name)?)))?;
    reflect::read(vm, &place)
}

fn entity_set(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let entity = this(vm, &args)?;
    let name = argument(vm, &args, 1, "the name of a component")?;
    let Some(value) = args.values.get(2) else {
        return Err(vm.attribute_error(format!("{name} cannot be deleted: call remove({name:?})")));
    };
    let given = reflect::given(vm, value)?;
    insert_one(vm, entity, &name, &given)?;
    Ok(Value::NONE)
}

fn insert_one(vm: &mut Vm, entity: Entity, name: &str, given: &Given) -> Result<()> {
    bridge::world(vm, |world| {
        let type_id = place::type_named(world, name)?;
        place::insert(world, entity, type_id, |target, registry| match given {
            // Nothing said of a component's fields: its default.
            Given::Dict(fields) if fields.is_empty() => Ok(()),
            given => reflect::put(target, given, registry),
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
