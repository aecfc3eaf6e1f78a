//! Reflected data of the game to values of scripts and back. Numbers, text, vectors and entities are copied; what has parts of
//! its own stays in the world, and the script gets a [`Place`].

use std::{borrow::Cow, time::Duration};

use bevy::{
    prelude::*,
    reflect::{
        Access, ReflectMut, ReflectRef, TypeInfo, TypeRegistry,
        enums::{DynamicEnum, DynamicVariant, VariantInfo, VariantType},
        std_traits::ReflectDefault,
        tuple::DynamicTuple,
    },
};
use linger_script::{Dict, List, Raise, Tuple, Value, Vm};

use super::{
    bridge, entity,
    place::Place,
    vectors::{self, Quad, QuadKind},
};
use crate::value::ScriptFault;

/// What stands at a place, before the machine has a value of it.
pub(super) enum Seen {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Quad(QuadKind, [f64; 4]),
    Entity(Entity),
    /// It has parts; a path further in, if it is wrapped.
    Parts(Option<Access<'static>>),
    /// What an `Option` holds.
    Inside(Box<Seen>),
}

/// What a script gave, before it is known what for.
pub(super) enum Given {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Quad(QuadKind, [f64; 4]),
    Entity(Entity),
    List(Vec<Given>),
    Dict(Vec<(String, Given)>),
    /// A copy of what stands at another place.
    Copy(Box<dyn PartialReflect>),
}

impl Given {
    fn type_name(&self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::Quad(kind, _) => kind.name(),
            Self::Entity(_) => "Entity",
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            Self::Copy(_) => "a part of another component",
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Int(int) => Some(*int as f64),
            Self::Float(float) => Some(*float),
            _ => None,
        }
    }
}

macro_rules! integers {
    ($act:ident) => {
        $act!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize)
    };
}

/// Looks at a reflected value.
pub(super) fn see(value: &dyn PartialReflect) -> Seen {
    macro_rules! see_integers {
        ($($int:ty)*) => {$(
            if let Some(int) = value.try_downcast_ref::<$int>() {
                return i64::try_from(*int).map_or(Seen::Float(*int as f64), Seen::Int);
            }
        )*};
    }
    if let Some(float) = value.try_downcast_ref::<f32>() {
        return Seen::Float(f64::from(*float));
    }
    if let Some((kind, parts)) = vectors::parts_of(value) {
        return Seen::Quad(kind, parts);
    }
    if let Some(bool) = value.try_downcast_ref::<bool>() {
        return Seen::Bool(*bool);
    }
    integers!(see_integers);
    if let Some(float) = value.try_downcast_ref::<f64>() {
        return Seen::Float(*float);
    }
    if let Some(text) = value.try_downcast_ref::<String>() {
        return Seen::Text(text.clone());
    }
    if let Some(text) = value.try_downcast_ref::<Cow<'static, str>>() {
        return Seen::Text(text.to_string());
    }
    if let Some(name) = value.try_downcast_ref::<Name>() {
        return Seen::Text(name.to_string());
    }
    if let Some(entity) = value.try_downcast_ref::<Entity>() {
        return Seen::Entity(*entity);
    }
    if let Some(duration) = value.try_downcast_ref::<Duration>() {
        return Seen::Float(duration.as_secs_f64());
    }
    let ReflectRef::Enum(chosen) = value.reflect_ref() else {
        return Seen::Parts(None);
    };
    if is_option(value) {
        return match chosen.field_at(0).map(see) {
            None => Seen::None,
            Some(Seen::Parts(_)) => Seen::Parts(Some(Access::TupleIndex(0))),
            Some(inner) => Seen::Inside(Box::new(inner)),
        };
    }
    match chosen.variant_type() {
        VariantType::Unit => Seen::Text(chosen.variant_name().to_owned()),
        _ => Seen::Parts(None),
    }
}

fn is_option(value: &dyn PartialReflect) -> bool {
    value.get_represented_type_info().is_some_and(|info| info.type_path().starts_with("core::option::Option<"))
}

/// The value that a script gets of what stands at `place`.
pub(super) fn read(vm: &mut Vm, place: &Place) -> Result<Value, Raise> {
    let seen = bridge::world(vm, |world| place.read(world, see))?;
    value_of(vm, seen, place)
}

fn value_of(vm: &mut Vm, seen: Seen, place: &Place) -> Result<Value, Raise> {
    Ok(match seen {
        Seen::None => Value::NONE,
        Seen::Bool(bool) => Value::bool(bool),
        Seen::Int(int) => vm.int(int),
        Seen::Float(float) => Value::float(float),
        Seen::Text(text) => vm.str(&text),
        Seen::Quad(kind, parts) => vectors::make(vm, Quad { kind, parts, at: Some(place.clone()) })?,
        Seen::Entity(found) => entity::make(vm, found)?,
        Seen::Parts(None) => entity::make_reflected(vm, place.clone())?,
        Seen::Parts(Some(access)) => entity::make_reflected(vm, place.inside(access))?,
        Seen::Inside(inner) => value_of(vm, *inner, &place.inside(Access::TupleIndex(0)))?,
    })
}

/// Takes a script's value apart.
pub(super) fn given(vm: &mut Vm, value: &Value) -> Result<Given, Raise> {
    if let Some(float) = value.as_float() {
        return Ok(Given::Float(float));
    }
    if value.is_none() {
        return Ok(Given::None);
    }
    if let Some(bool) = value.as_bool() {
        return Ok(Given::Bool(bool));
    }
    if vm.is_int(value) {
        let int = vm.to_i64(value);
        return int.map(Given::Int).ok_or_else(|| vm.value_error("the integer is too large for the game"));
    }
    if let Some(text) = vm.text_of(value) {
        return Ok(Given::Text(text.text.to_string()));
    }
    if let Some(quad) = vectors::of(value) {
        return Ok(Given::Quad(quad.kind, quad.parts));
    }
    if let Some(found) = entity::of(value) {
        return Ok(Given::Entity(found));
    }
    if let Some(place) = entity::place_of(value) {
        return bridge::world(vm, |world| place.read(world, PartialReflect::to_dynamic)).map(Given::Copy);
    }
    if let Some(dict) = vm.native::<Dict>(value) {
        let entries: Vec<_> = {
            let table = dict.table.borrow();
            table.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
        };
        let mut all = Vec::with_capacity(entries.len());
        for (key, value) in &entries {
            all.push((bridge::text(vm, key, "the name of a field")?, given(vm, value)?));
        }
        return Ok(Given::Dict(all));
    }
    let items = match (vm.native::<List>(value), vm.native::<Tuple>(value)) {
        (Some(list), _) => list.items.borrow().clone(),
        (None, Some(tuple)) => tuple.items.to_vec(),
        (None, None) => {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("the game has no use for a value of type {name}")));
        }
    };
    let items = items.iter().map(|item| given(vm, item));
    Ok(Given::List(items.collect::<Result<_, _>>()?))
}

fn mismatch(target: &dyn PartialReflect, given: &Given) -> ScriptFault {
    let wanted = target.get_represented_type_info().map_or("?", |info| info.type_path_table().short_path());
    ScriptFault::Type(format!("{wanted} expected, got {}", given.type_name()))
}

/// Puts what a script gave where `target` stands.
pub(super) fn put(target: &mut dyn PartialReflect, given: &Given, registry: &TypeRegistry) -> Result<(), ScriptFault> {
    macro_rules! put_integers {
        ($($int:ty)*) => {$(
            if let Some(place) = target.try_downcast_mut::<$int>() {
                let Given::Int(int) = given else {
                    return Err(mismatch(target, given));
                };
                let range = || ScriptFault::Value(format!("{int} is out of the range of {}", stringify!($int)));
                *place = <$int>::try_from(*int).map_err(|_| range())?;
                return Ok(());
            }
        )*};
    }
    macro_rules! put_as {
        ($type:ty, $made:expr) => {
            if target.try_downcast_ref::<$type>().is_some() {
                let made: Option<$type> = $made;
                return match (made, target.try_downcast_mut::<$type>()) {
                    (Some(made), Some(place)) => {
                        *place = made;
                        Ok(())
                    }
                    _ => Err(mismatch(target, given)),
                };
            }
        };
    }
    put_as!(f32, given.number().map(|number| number as f32));
    put_as!(f64, given.number());
    put_as!(bool, if let Given::Bool(bool) = given { Some(*bool) } else { None });
    integers!(put_integers);
    let text = if let Given::Text(text) = given { Some(text) } else { None };
    put_as!(String, text.cloned());
    put_as!(Cow<'static, str>, text.cloned().map(Cow::Owned));
    put_as!(Name, text.cloned().map(Name::new));
    put_as!(Entity, if let Given::Entity(entity) = given { Some(*entity) } else { None });
    put_as!(Duration, given.number().and_then(|secs| Duration::try_from_secs_f64(secs).ok()));
    match vectors::put(target, given_parts(given)) {
        Some(true) => return Ok(()),
        Some(false) => return Err(mismatch(target, given)),
        None => {}
    }
    match given {
        Given::Copy(copy) => target.try_apply(&**copy).map_err(|error| ScriptFault::Type(error.to_string())),
        Given::Dict(fields) => put_fields(target, fields, registry),
        Given::List(items) => put_items(target, items, registry).ok_or_else(|| mismatch(target, given))?,
        _ if matches!(target.reflect_ref(), ReflectRef::Enum(_)) => put_variant(target, given, registry),
        _ => Err(mismatch(target, given)),
    }
}

/// The numbers of a vector, or of a list in its place.
fn given_parts(given: &Given) -> Option<(Option<QuadKind>, Vec<f64>)> {
    match given {
        Given::Quad(kind, parts) => Some((Some(*kind), parts[..kind.len()].to_vec())),
        Given::List(items) => Some((None, items.iter().map(Given::number).collect::<Option<_>>()?)),
        _ => None,
    }
}

fn put_fields(
    target: &mut dyn PartialReflect,
    fields: &[(String, Given)],
    registry: &TypeRegistry,
) -> Result<(), ScriptFault> {
    let name = target.get_represented_type_info().map_or("?", |info| info.type_path_table().short_path());
    for (field, given) in fields {
        let place = match target.reflect_mut() {
            ReflectMut::Struct(parts) => parts.field_mut(field),
            ReflectMut::Enum(parts) => parts.field_mut(field),
            _ => None,
        };
        let place = place.ok_or_else(|| ScriptFault::Attribute(format!("{name} has no field {field}")))?;
        put(place, given, registry).map_err(|fault| fault.at(field))?;
    }
    Ok(())
}

/// Puts items one by one; `None` where there are no such places.
fn put_items(
    target: &mut dyn PartialReflect,
    items: &[Given],
    registry: &TypeRegistry,
) -> Option<Result<(), ScriptFault>> {
    let count = match target.reflect_ref() {
        ReflectRef::TupleStruct(parts) => parts.field_len(),
        ReflectRef::Tuple(parts) => parts.field_len(),
        ReflectRef::Array(parts) => parts.len(),
        ReflectRef::List(_) => items.len(),
        _ => return None,
    };
    if count != items.len() {
        return Some(Err(ScriptFault::Value(format!("{count} items expected, got {}", items.len()))));
    }
    if let ReflectMut::List(list) = target.reflect_mut()
        && let Err(fault) = resize(list, items.len(), registry)
    {
        return Some(Err(fault));
    }
    for (index, given) in items.iter().enumerate() {
        let place = match target.reflect_mut() {
            ReflectMut::TupleStruct(parts) => parts.field_mut(index),
            ReflectMut::Tuple(parts) => parts.field_mut(index),
            ReflectMut::Array(parts) => parts.get_mut(index),
            ReflectMut::List(parts) => parts.get_mut(index),
            _ => None,
        };
        if let Err(fault) = put(place?, given, registry) {
            return Some(Err(fault.at(&format!("[{index}]"))));
        }
    }
    Some(Ok(()))
}

/// Makes a list as long as is wanted; new items are their type's default.
fn resize(list: &mut dyn bevy::reflect::list::List, wanted: usize, registry: &TypeRegistry) -> Result<(), ScriptFault> {
    while list.len() > wanted {
        list.pop();
    }
    if list.len() == wanted {
        return Ok(());
    }
    let item = match list.get_represented_type_info() {
        Some(TypeInfo::List(info)) => Some(info.item_ty().id()),
        _ => None,
    };
    let default = item.and_then(|item| registry.get_type_data::<ReflectDefault>(item));
    let default = default.ok_or_else(|| ScriptFault::Type("new items of this list have no default".into()))?;
    while list.len() < wanted {
        list.push(default.default().into_partial_reflect());
    }
    Ok(())
}

/// Chooses a variant: by its name, or of an `Option` by whether there is a value.
fn put_variant(target: &mut dyn PartialReflect, given: &Given, registry: &TypeRegistry) -> Result<(), ScriptFault> {
    let Some(TypeInfo::Enum(info)) = target.get_represented_type_info() else {
        return Err(mismatch(target, given));
    };
    let apply = |target: &mut dyn PartialReflect, made: DynamicEnum| {
        target.try_apply(&made).map_err(|error| ScriptFault::Type(error.to_string()))
    };
    if is_option(target) {
        if matches!(given, Given::None) {
            return apply(target, DynamicEnum::new("None", DynamicVariant::Unit));
        }
        let inner = match info.variant("Some") {
            Some(VariantInfo::Tuple(some)) => some.field_at(0).map(|field| field.type_id()),
            _ => None,
        };
        let default = inner.and_then(|inner| registry.get_type_data::<ReflectDefault>(inner));
        let mut made = match default {
            Some(default) => default.default().into_partial_reflect(),
            None => return Err(mismatch(target, given)),
        };
        put(&mut *made, given, registry)?;
        let mut tuple = DynamicTuple::default();
        tuple.insert_boxed(made);
        return apply(target, DynamicEnum::new("Some", DynamicVariant::Tuple(tuple)));
    }
    let Given::Text(name) = given else {
        return Err(mismatch(target, given));
    };
    match info.variant(name) {
        Some(VariantInfo::Unit(_)) => apply(target, DynamicEnum::new(name, DynamicVariant::Unit)),
        Some(_) => Err(ScriptFault::Type(format!("the variant {name} needs values of its own"))),
        None => Err(ScriptFault::Value(format!("{name} is none of {}", info.variant_names().join(", ")))),
    }
}
