//! Parts of components and resources as scripts hold them: fields are attributes, items and entries have subscripts. Nothing is
//! copied; what is read and written stands in the world.

use bevy::{
    prelude::*,
    reflect::{Access, ReflectMut, ReflectRef},
};
use linger_script::{
    Args, AttributeHooks, Class, Layout, NativeData, NativeFn, NativeObject, Raise, Ref, Slice, Str, Value, Vm,
};

use super::{
    bridge::{self, Bridge},
    collections,
    place::{self, Place},
    plain, put,
    reflect::{self, Hint, Leaf, Seen, see},
};
use crate::value::ScriptFault;

type Result<T> = std::result::Result<T, Raise>;

/// The body of such an object.
struct PartBody(Place);

impl NativeData for PartBody {
    fn heap_bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// Makes the class.
pub(super) fn install(vm: &mut Vm, module: &'static str) -> Ref<Class> {
    let methods = [METHODS, collections::METHODS].concat();
    let class = vm.native_class("Reflected", module, None, Layout::Native, &methods, &[("variant", variant)]);
    vm.dict_set_str(&class.dict, "__hash__", Value::NONE);
    class.hooks.set(Some(AttributeHooks { get: hook_get, set: hook_set }));
    class
}

/// A part of a component for a script.
pub(super) fn make(vm: &mut Vm, bridge: &Bridge, place: Place) -> Value {
    vm.native_object(&bridge.classes.reflected, Box::new(PartBody(place)))
}

/// The place of a value, if it is a part of a component.
pub(super) fn place_of(value: &Value) -> Option<Place> {
    value.downcast::<NativeObject>()?.with(|body: &mut PartBody| body.0.clone())
}

/// Fields that are known to be there.
fn hook_get(vm: &mut Vm, object: &Value, name: &Value) -> Result<Option<Value>> {
    let field = match field_of(object, name) {
        None => field_before_method(vm, object, name)?,
        known => known,
    };
    field.map(|place| reflect::read(vm, place)).transpose()
}

fn hook_set(vm: &mut Vm, object: &Value, name: &Value, value: &Value) -> Result<bool> {
    match field_of(object, name) {
        Some(place) => set_at(vm, &place, value).map(|()| true),
        None => Ok(false),
    }
}

fn field_of(object: &Value, name: &Value) -> Option<Place> {
    let name = name.downcast::<Str>()?;
    let known = |body: &mut PartBody| {
        let node = body.0.node.known_field(&name.text)?;
        Some(Place { entity: body.0.entity, node })
    };
    object.downcast::<NativeObject>()?.with(known)?
}

/// A field that has the name of a method, behind an enum or in a list, where fields are not known beforehand.
fn field_before_method(vm: &mut Vm, object: &Value, name: &Value) -> Result<Option<Place>> {
    let (Some(place), Some(name)) = (place_of(object), name.downcast::<Str>()) else { return Ok(None) };
    let is_method = || METHODS.iter().chain(collections::METHODS).any(|(known, _)| **known == *name.text);
    if place.node.is_known() || !is_method() {
        return Ok(None);
    }
    let has = look(vm, &place, |value| match value.reflect_ref() {
        ReflectRef::Struct(parts) => parts.field(&name.text).is_some(),
        ReflectRef::Enum(parts) => parts.field(&name.text).is_some(),
        _ => false,
    })?;
    Ok(has.then(|| place.field(&name.text)))
}

const METHODS: &[(&str, NativeFn)] = &[
    ("__getattr__", |vm, args| {
        let field = field(vm, &args)?;
        reflect::read(vm, field)
    }),
    ("__setattr__", |vm, args| {
        let field = field(vm, &args)?;
        let Some(value) = args.values.get(2) else {
            return Err(vm.attribute_error("a part of a component cannot be deleted"));
        };
        set_at(vm, &field, value).map(|()| Value::NONE)
    }),
    ("__getitem__", |vm, args| {
        if let Some(slice) = args.values.get(1).filter(|key| vm.native::<Slice>(key).is_some()) {
            let place = this(vm, &args)?;
            let all = items(vm, &place)?;
            let all = vm.list(all);
            return vm.get_item(&all, slice);
        }
        let item = item(vm, &args)?;
        reflect::read(vm, item)
    }),
    ("__setitem__", set_item),
    ("__delitem__", delete_item),
    ("__contains__", |vm, args| {
        let place = this(vm, &args)?;
        let Some(wanted) = args.values.get(1).map(|value| reflect::given_leaf(vm, value)).transpose()?.flatten() else {
            return Ok(Value::bool(false));
        };
        let found = look(vm, &place, |value| leaves(value).contains(&wanted))?;
        Ok(Value::bool(found))
    }),
    ("__len__", |vm, args| {
        let place = this(vm, &args)?;
        let count = look(vm, &place, count)?;
        Ok(vm.size(count))
    }),
    ("__iter__", |vm, args| {
        let place = this(vm, &args)?;
        let keys = look(vm, &place, |value| is_keyed(value).then(|| leaves(value)))?;
        let items = match keys {
            Some(keys) => keys.into_iter().map(|key| reflect::leaf_value(vm, key, None)).collect::<Result<_>>()?,
            None => items(vm, &place)?,
        };
        let items = vm.tuple(items);
        vm.iter(&items)
    }),
    ("__repr__", |vm, args| {
        let place = this(vm, &args)?;
        let text = look(vm, &place, plain::shown)?;
        Ok(vm.str(&text))
    }),
    ("keys", |vm, args| {
        let place = this(vm, &args)?;
        let keys = keys(vm, &place)?;
        let keys = keys.into_iter().map(|key| reflect::leaf_value(vm, key, None)).collect::<Result<_>>()?;
        Ok(vm.list(keys))
    }),
    ("items", |vm, args| {
        let place = this(vm, &args)?;
        let mut pairs = Vec::new();
        for key in keys(vm, &place)? {
            let inner = under(vm, &place, &key)?;
            let pair = vec![reflect::leaf_value(vm, key, None)?, reflect::read(vm, inner)?];
            pairs.push(vm.tuple(pair));
        }
        Ok(vm.list(pairs))
    }),
    ("get", |vm, args| {
        let place = this(vm, &args)?;
        let key = key_argument(vm, &args)?;
        if look(vm, &place, |value| leaves(value).contains(&key))? {
            let inner = under(vm, &place, &key)?;
            return reflect::read(vm, inner);
        }
        Ok(args.values.get(2).cloned().unwrap_or(Value::NONE))
    }),
];

pub(super) fn this(vm: &mut Vm, args: &Args<'_>) -> Result<Place> {
    bridge::no_keywords(vm, args)?;
    let place = args.values.first().and_then(place_of);
    place.ok_or_else(|| vm.type_error("a part of a component is needed"))
}

pub(super) fn look<R>(vm: &mut Vm, place: &Place, look: impl FnOnce(&dyn PartialReflect) -> R) -> Result<R> {
    bridge::world(vm, |world| place.read(world, look))
}

fn field(vm: &mut Vm, args: &Args<'_>) -> Result<Place> {
    let place = this(vm, args)?;
    match args.values.get(1) {
        Some(name) => Ok(place.field(&bridge::text(vm, name, "the name of a field")?)),
        None => Err(vm.type_error("the name of a field is missing")),
    }
}

/// The name of the variant that an enum has chosen.
fn variant(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let place = this(vm, &args)?;
    let name = look(vm, &place, |value| match value.reflect_ref() {
        ReflectRef::Enum(chosen) => Some(chosen.variant_name().to_owned()),
        _ => None,
    })?;
    match name {
        Some(name) => Ok(vm.str(&name)),
        None => Err(vm.attribute_error(format!("{} has no variants", place.name()))),
    }
}

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

/// Whether it is gone through by what it holds, not by where.
fn is_keyed(value: &dyn PartialReflect) -> bool {
    matches!(value.reflect_ref(), ReflectRef::Map(_) | ReflectRef::Set(_))
}

/// What `in` looks through: a map's keys, else the items; those that can be copied. Keys and members come in order, so that what
/// a script does with them does not depend on chance.
fn leaves(value: &dyn PartialReflect) -> Vec<Leaf> {
    fn leaf(seen: Seen) -> Option<Leaf> {
        match seen {
            Seen::Leaf(leaf) => Some(leaf),
            Seen::Inside(inner) => leaf(*inner),
            Seen::Parts(_) => None,
        }
    }
    let all = |items: &mut dyn Iterator<Item = &dyn PartialReflect>| items.filter_map(|item| leaf(see(item))).collect();
    let in_order = |mut all: Vec<Leaf>| {
        all.sort_by(Leaf::order);
        all
    };
    match value.reflect_ref() {
        ReflectRef::Map(map) => in_order(all(&mut map.iter().map(|(key, _)| key))),
        ReflectRef::Set(set) => in_order(all(&mut set.iter())),
        ReflectRef::List(list) => all(&mut list.iter()),
        ReflectRef::Array(array) => all(&mut array.iter()),
        ReflectRef::Tuple(tuple) => all(&mut tuple.iter_fields()),
        ReflectRef::TupleStruct(tuple) => all(&mut tuple.iter_fields()),
        _ => Vec::new(),
    }
}

/// The keys of a map.
pub(super) fn keys(vm: &mut Vm, place: &Place) -> Result<Vec<Leaf>> {
    let keys = look(vm, place, |value| matches!(value.reflect_ref(), ReflectRef::Map(_)).then(|| leaves(value)))?;
    keys.ok_or_else(|| vm.type_error(format!("{} has no keys", place.name())))
}

fn items(vm: &mut Vm, place: &Place) -> Result<Vec<Value>> {
    let (count, list) = look(vm, place, |value| (count(value), is_list(value)))?;
    let at = |index| if list { Access::ListIndex(index) } else { Access::TupleIndex(index) };
    (0..count).map(|index| reflect::read(vm, place.inside(at(index)))).collect()
}

pub(super) fn key_argument(vm: &mut Vm, args: &Args<'_>) -> Result<Leaf> {
    let key = args.values.get(1).map(|value| reflect::given_leaf(vm, value)).transpose()?.flatten();
    key.ok_or_else(|| vm.type_error("a key is a text, a number or an Entity"))
}

/// The place of the value under a key.
pub(super) fn under(vm: &mut Vm, place: &Place, key: &Leaf) -> Result<Place> {
    let key = bridge::world(vm, |world| {
        let registry = place::registry(world);
        place.read(world, |map| put::key_for(map, key, &registry.read()))?
    })?;
    Ok(place.under(key))
}

/// The place of the item or entry that a subscript asks for.
fn item(vm: &mut Vm, args: &Args<'_>) -> Result<Place> {
    let place = this(vm, args)?;
    let kind = look(vm, &place, |value| match value.reflect_ref() {
        ReflectRef::Map(_) => Kind::Map,
        ReflectRef::Struct(_) => Kind::Fields,
        ReflectRef::List(_) | ReflectRef::Array(_) => Kind::Items(count(value), Access::ListIndex),
        _ => Kind::Items(count(value), Access::TupleIndex),
    })?;
    match kind {
        Kind::Map => {
            let key = key_argument(vm, args)?;
            if !look(vm, &place, |value| leaves(value).contains(&key))? {
                let message = format!("{} has no key {}", place.name(), key.shown());
                let message = vm.str(&message);
                return Err(vm.key_error(&message));
            }
            under(vm, &place, &key)
        }
        Kind::Fields => field(vm, args),
        Kind::Items(count, access) => {
            let index = match args.values.get(1) {
                Some(index) => vm.index_i64(index)?,
                None => return Err(vm.type_error("an index is needed")),
            };
            let wanted = if index < 0 { index + count as i64 } else { index };
            match usize::try_from(wanted) {
                Ok(wanted) if wanted < count => Ok(place.inside(access(wanted))),
                _ => {
                    let name = place.name();
                    Err(vm.index_error(format!("{name} has {count} items, there is no number {index}")))
                }
            }
        }
    }
}

/// What a subscript of a part means.
enum Kind {
    Map,
    Fields,
    Items(usize, fn(usize) -> Access<'static>),
}

/// Writes a script's value at a place.
pub(super) fn set_at(vm: &mut Vm, place: &Place, value: &Value) -> Result<()> {
    match (place.node.hint, value.as_float()) {
        (Hint::Float, Some(number)) => bridge::world(vm, |world| {
            place.write(world, |target| {
                if let Some(target) = target.try_downcast_mut::<f32>() {
                    *target = number as f32;
                }
                Ok(())
            })
        }),
        _ => {
            let given = reflect::given(vm, value)?;
            change(vm, place, |target, registry| put::put(target, &given, registry))
        }
    }
}

pub(super) fn change(
    vm: &mut Vm,
    place: &Place,
    act: impl FnOnce(&mut dyn PartialReflect, &bevy::reflect::TypeRegistry) -> std::result::Result<(), ScriptFault>,
) -> Result<()> {
    bridge::world(vm, |world| {
        let registry = place::registry(world);
        let registry = registry.read();
        place.write(world, |target| act(target, &registry))
    })
}

fn set_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let place = this(vm, &args)?;
    let Some(value) = args.values.get(2) else {
        return Err(vm.type_error("a value is needed"));
    };
    if look(vm, &place, |value| matches!(value.reflect_ref(), ReflectRef::Map(_)))? {
        let key = key_argument(vm, &args)?;
        let given = reflect::given(vm, value)?;
        change(vm, &place, |map, registry| put::put_at_key(map, &key, &given, registry))?;
    } else {
        let item = item(vm, &args)?;
        set_at(vm, &item, value)?;
    }
    Ok(Value::NONE)
}

fn delete_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let place = this(vm, &args)?;
    // Says what is wrong with the subscript.
    item(vm, &args)?;
    let key = key_argument(vm, &args)?;
    change(vm, &place, |target, registry| match (target.reflect_mut(), &key) {
        (ReflectMut::List(list), Leaf::Int(index)) => {
            let index = if *index < 0 { *index + list.len() as i64 } else { *index };
            list.remove(index as usize);
            Ok(())
        }
        _ => collections::remove_key(target, &key, registry),
    })?;
    Ok(Value::NONE)
}
