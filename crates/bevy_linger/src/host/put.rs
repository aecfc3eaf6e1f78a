//! Scripts' values into reflected data of the game: checked against what stands there, with a fault that names both.

use std::{any::TypeId, borrow::Cow, time::Duration};

use bevy::{
    prelude::*,
    reflect::{
        ReflectMut, ReflectRef, TypeInfo, TypeRegistry,
        enums::{DynamicEnum, DynamicVariant, EnumInfo, VariantInfo},
        std_traits::ReflectDefault,
        structs::DynamicStruct,
        tuple::DynamicTuple,
    },
};

use super::{
    place::{did_you_mean, field_names},
    reflect::{Given, Leaf, integers, is_option},
    vectors::{self, QuadKind},
};
use crate::value::ScriptFault;

type Result<T> = std::result::Result<T, ScriptFault>;

fn type_name(target: &dyn PartialReflect) -> &'static str {
    target.get_represented_type_info().map_or("?", |info| info.type_path_table().short_path())
}

fn mismatch(target: &dyn PartialReflect, given: &Given) -> ScriptFault {
    ScriptFault::Type(format!("{} expected, got {}", type_name(target), given.type_name()))
}

/// A value to begin with of a type that is not there yet.
fn default_of(type_id: TypeId, registry: &TypeRegistry) -> Result<Box<dyn PartialReflect>> {
    let info = registry.get_type_info(type_id);
    if info.is_some_and(|info| is_option(info.type_path())) {
        return Ok(Box::new(DynamicEnum::new("None", DynamicVariant::Unit)));
    }
    let default = registry.get_type_data::<ReflectDefault>(type_id);
    default.map(|default| default.default().into_partial_reflect()).ok_or_else(|| {
        let name = info.map_or("a part", |info| info.type_path_table().short_path());
        ScriptFault::Type(format!("{name} has no default to begin with: derive it with #[reflect(Default)]"))
    })
}

/// A new value of that type.
pub(super) fn made(type_id: TypeId, given: &Given, registry: &TypeRegistry) -> Result<Box<dyn PartialReflect>> {
    if let (true, Some(Leaf::Entity(entity))) = (type_id == TypeId::of::<Entity>(), given.leaf()) {
        // There is no entity by default.
        return Ok(Box::new(*entity));
    }
    if registry.get_type_data::<ReflectDefault>(type_id).is_none()
        && let Some(TypeInfo::Enum(info)) = registry.get_type_info(type_id)
        && let Some(variant) = chosen(info, given, registry)?
    {
        return Ok(Box::new(variant));
    }
    let mut made = default_of(type_id, registry)?;
    put(&mut *made, given, registry)?;
    Ok(made)
}

/// Puts what a script gave where `target` stands.
pub(super) fn put(target: &mut dyn PartialReflect, given: &Given, registry: &TypeRegistry) -> Result<()> {
    if let Some(result) = put_leaf(target, given) {
        return result;
    }
    match given {
        Given::Copy(copy) => target.try_apply(&**copy).map_err(|error| ScriptFault::Type(error.to_string())),
        _ if matches!(target.reflect_ref(), ReflectRef::Enum(_)) => put_variant(target, given, registry),
        Given::Dict(entries) => match target.reflect_mut() {
            ReflectMut::Map(_) => put_entries(target, entries, registry),
            _ => put_fields(target, entries, registry),
        },
        Given::List(items) => put_items(target, items, registry).ok_or_else(|| mismatch(target, given))?,
        Given::Leaf(_) => Err(mismatch(target, given)),
    }
}

/// Puts what is copied as it is; `None` where something with parts stands.
fn put_leaf(target: &mut dyn PartialReflect, given: &Given) -> Option<Result<()>> {
    macro_rules! put_integers {
        ($($int:ty)*) => {$(
            if let Some(place) = target.try_downcast_mut::<$int>() {
                let Some(Leaf::Int(int)) = given.leaf() else {
                    return Some(Err(mismatch(target, given)));
                };
                return Some(match <$int>::try_from(*int) {
                    Ok(fits) => {
                        *place = fits;
                        Ok(())
                    }
                    Err(_) => Err(ScriptFault::Value(format!("{int} is out of the range of {}", stringify!($int)))),
                });
            }
        )*};
    }
    macro_rules! put_as {
        ($type:ty, $made:expr) => {
            if target.try_downcast_ref::<$type>().is_some() {
                let made: Option<$type> = $made;
                return Some(match (made, target.try_downcast_mut::<$type>()) {
                    (Some(made), Some(place)) => {
                        *place = made;
                        Ok(())
                    }
                    _ => Err(mismatch(target, given)),
                });
            }
        };
    }
    put_as!(f32, given.number().map(|number| number as f32));
    put_as!(f64, given.number());
    put_as!(bool, if let Some(Leaf::Bool(bool)) = given.leaf() { Some(*bool) } else { None });
    integers!(put_integers);
    let text = given.leaf().and_then(Leaf::text);
    put_as!(String, text.map(str::to_owned));
    put_as!(Cow<'static, str>, text.map(|text| Cow::Owned(text.to_owned())));
    put_as!(Name, text.map(|text| Name::new(text.to_owned())));
    put_as!(Entity, if let Some(Leaf::Entity(entity)) = given.leaf() { Some(*entity) } else { None });
    put_as!(Duration, given.number().and_then(|secs| Duration::try_from_secs_f64(secs).ok()));
    match vectors::put(target, given_parts(given)) {
        Some(true) => Some(Ok(())),
        Some(false) => Some(Err(mismatch(target, given))),
        None => None,
    }
}

/// The numbers of a vector, or of a list in its place.
fn given_parts(given: &Given) -> Option<(Option<QuadKind>, Vec<f64>)> {
    match given {
        Given::Leaf(Leaf::Quad(kind, parts)) => Some((Some(*kind), parts[..kind.len()].to_vec())),
        Given::List(items) => Some((None, items.iter().map(Given::number).collect::<Option<_>>()?)),
        _ => None,
    }
}

fn put_fields(target: &mut dyn PartialReflect, fields: &[(Leaf, Given)], registry: &TypeRegistry) -> Result<()> {
    let name = type_name(target);
    for (field, given) in fields {
        let Some(field) = field.text() else {
            return Err(ScriptFault::Type(format!("the fields of {name} have names, not {}", field.type_name())));
        };
        let names = field_names(target);
        let place = match target.reflect_mut() {
            ReflectMut::Struct(parts) => parts.field_mut(field),
            ReflectMut::Enum(parts) => parts.field_mut(field),
            _ => None,
        };
        let meant = || did_you_mean(field, &names);
        let place = place.ok_or_else(|| ScriptFault::Attribute(format!("{name} has no field {field}{}", meant())))?;
        put(place, given, registry).map_err(|fault| fault.at(field))?;
    }
    Ok(())
}

/// Makes a map hold these entries and no others; it stays as it was if one does not fit.
fn put_entries(target: &mut dyn PartialReflect, entries: &[(Leaf, Given)], registry: &TypeRegistry) -> Result<()> {
    let Some(TypeInfo::Map(info)) = target.get_represented_type_info() else {
        return Err(ScriptFault::Type("the types of this map are not known".into()));
    };
    let (key_id, value_id) = (info.key_ty().id(), info.value_ty().id());
    let mut all = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let value = made(value_id, value, registry).map_err(|fault| fault.at(&format!("[{}]", key.shown())))?;
        all.push((made_key(key_id, key, registry)?, value));
    }
    if let ReflectMut::Map(map) = target.reflect_mut() {
        map.drain();
        for (key, value) in all {
            map.insert_boxed(key, value);
        }
    }
    Ok(())
}

/// A key of a map. One that has been through JSON is a text, whatever it was.
fn made_key(type_id: TypeId, key: &Leaf, registry: &TypeRegistry) -> Result<Box<dyn PartialReflect>> {
    let result = made(type_id, &Given::Leaf(key.clone()), registry);
    let number = key.text().and_then(|text| text.parse().ok()).map(|number| Given::Leaf(Leaf::Int(number)));
    match (result, number) {
        (Err(fault), Some(number)) => made(type_id, &number, registry).map_err(|_| fault.at("key")),
        (result, _) => result.map_err(|fault| fault.at("key")),
    }
}

/// Puts items one by one; `None` where there are no such places.
fn put_items(target: &mut dyn PartialReflect, items: &[Given], registry: &TypeRegistry) -> Option<Result<()>> {
    let count = match target.reflect_ref() {
        ReflectRef::TupleStruct(parts) => parts.field_len(),
        ReflectRef::Tuple(parts) => parts.field_len(),
        ReflectRef::Array(parts) => parts.len(),
        ReflectRef::List(_) => items.len(),
        ReflectRef::Set(_) => return Some(put_members(target, items, registry)),
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

/// Makes a set hold these and no others.
fn put_members(target: &mut dyn PartialReflect, items: &[Given], registry: &TypeRegistry) -> Result<()> {
    let Some(TypeInfo::Set(info)) = target.get_represented_type_info() else {
        return Err(ScriptFault::Type("the type of this set is not known".into()));
    };
    let members = items.iter().map(|item| made(info.value_ty().id(), item, registry));
    let members = members.collect::<Result<Vec<_>>>()?;
    if let ReflectMut::Set(set) = target.reflect_mut() {
        set.drain();
        for member in members {
            set.insert_boxed(member);
        }
    }
    Ok(())
}

/// Makes a list as long as is wanted; new items are their type's default.
fn resize(list: &mut dyn bevy::reflect::list::List, wanted: usize, registry: &TypeRegistry) -> Result<()> {
    while list.len() > wanted {
        list.pop();
    }
    while list.len() < wanted {
        let item = default_of(item_type(list)?, registry)?;
        list.push(item);
    }
    Ok(())
}

fn item_type(list: &dyn bevy::reflect::list::List) -> Result<TypeId> {
    match list.get_represented_type_info() {
        Some(TypeInfo::List(info)) => Ok(info.item_ty().id()),
        _ => Err(ScriptFault::Type("the type of this list's items is not known".into())),
    }
}

/// Adds an item to the end of a list, or a member to a set.
pub(super) fn append(target: &mut dyn PartialReflect, given: &Given, registry: &TypeRegistry) -> Result<()> {
    let name = type_name(target);
    match target.reflect_mut() {
        ReflectMut::List(list) => {
            let item = made(item_type(list)?, given, registry)?;
            list.push(item);
            Ok(())
        }
        ReflectMut::Set(set) => {
            let Some(TypeInfo::Set(info)) = set.get_represented_type_info() else {
                return Err(ScriptFault::Type("the type of this set is not known".into()));
            };
            set.insert_boxed(made(info.value_ty().id(), given, registry)?);
            Ok(())
        }
        _ => Err(ScriptFault::Type(format!("nothing can be added to {name}"))),
    }
}

/// The key of a map that a script named.
pub(super) fn key_for(
    map: &dyn PartialReflect,
    key: &Leaf,
    registry: &TypeRegistry,
) -> Result<Box<dyn PartialReflect>> {
    match map.get_represented_type_info() {
        Some(TypeInfo::Map(info)) => {
            let key = made(info.key_ty().id(), &Given::Leaf(key.clone()), registry);
            key.map_err(|fault| fault.at("key"))
        }
        Some(TypeInfo::Set(info)) => made(info.value_ty().id(), &Given::Leaf(key.clone()), registry),
        _ => Err(ScriptFault::Type(format!("{} has no keys", type_name(map)))),
    }
}

/// Puts a value under a key of a map, there or not.
pub(super) fn put_at_key(
    map: &mut dyn PartialReflect,
    key: &Leaf,
    given: &Given,
    registry: &TypeRegistry,
) -> Result<()> {
    let boxed = key_for(map, key, registry)?;
    let Some(TypeInfo::Map(info)) = map.get_represented_type_info() else {
        return Err(ScriptFault::Type("the types of this map are not known".into()));
    };
    let value = made(info.value_ty().id(), given, registry).map_err(|fault| fault.at(&format!("[{}]", key.shown())))?;
    if let ReflectMut::Map(map) = map.reflect_mut() {
        map.insert_boxed(boxed, value);
    }
    Ok(())
}

/// Chooses a variant, or changes the values of the one that is chosen.
fn put_variant(target: &mut dyn PartialReflect, given: &Given, registry: &TypeRegistry) -> Result<()> {
    let Some(TypeInfo::Enum(info)) = target.get_represented_type_info() else {
        return Err(mismatch(target, given));
    };
    match (chosen(info, given, registry)?, given) {
        (Some(variant), _) => target.try_apply(&variant).map_err(|error| ScriptFault::Type(error.to_string())),
        (None, Given::Dict(entries)) => put_fields(target, entries, registry),
        (None, Given::List(items)) => {
            put_items_of_variant(target, items, registry).ok_or_else(|| mismatch(target, given))?
        }
        (None, _) => Err(mismatch(target, given)),
    }
}

/// The variant that a script means: by its name, by a dictionary of its name and values, or of an `Option` by whether there is a
/// value. `None` if it names none.
fn chosen(info: &EnumInfo, given: &Given, registry: &TypeRegistry) -> Result<Option<DynamicEnum>> {
    if is_option(info.type_path()) {
        return match given {
            Given::Leaf(Leaf::None) => Ok(Some(DynamicEnum::new("None", DynamicVariant::Unit))),
            given => variant_of(info, "Some", Some(given), registry).map(Some),
        };
    }
    match given {
        Given::Leaf(Leaf::Text(name)) => variant_of(info, name, None, registry).map(Some),
        Given::Dict(entries) => match &entries[..] {
            [(Leaf::Text(name), values)] if info.contains_variant(name) => {
                variant_of(info, name, Some(values), registry).map(Some)
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Puts items into the variant that is chosen already; `None` if it has others.
fn put_items_of_variant(
    target: &mut dyn PartialReflect,
    items: &[Given],
    registry: &TypeRegistry,
) -> Option<Result<()>> {
    let ReflectMut::Enum(chosen) = target.reflect_mut() else { return None };
    if chosen.field_len() != items.len() {
        return None;
    }
    for (index, given) in items.iter().enumerate() {
        if let Err(fault) = put(chosen.field_at_mut(index)?, given, registry) {
            return Some(Err(fault.at(&format!("[{index}]"))));
        }
    }
    Some(Ok(()))
}

/// A variant with its values: one alone as it is, several as a list, named ones as a dictionary.
fn variant_of(info: &EnumInfo, name: &str, given: Option<&Given>, registry: &TypeRegistry) -> Result<DynamicEnum> {
    let made = match (info.variant(name), given) {
        (None, _) => {
            return Err(ScriptFault::Value(format!("{name} is none of {}", info.variant_names().join(", "))));
        }
        (Some(VariantInfo::Unit(_)), None) => DynamicVariant::Unit,
        (Some(VariantInfo::Unit(_)), Some(_)) => {
            return Err(ScriptFault::Type(format!("the variant {name} has no values")));
        }
        (Some(_), None) => return Err(ScriptFault::Type(format!("the variant {name} needs values of its own"))),
        (Some(VariantInfo::Tuple(parts)), Some(given)) => {
            let values = match given {
                Given::List(values) if parts.field_len() != 1 => &values[..],
                one => std::slice::from_ref(one),
            };
            if values.len() != parts.field_len() {
                return Err(ScriptFault::Value(format!(
                    "{name} has {} values, got {}",
                    parts.field_len(),
                    values.len()
                )));
            }
            let mut tuple = DynamicTuple::default();
            for (part, value) in parts.iter().zip(values) {
                tuple.insert_boxed(made(part.type_id(), value, registry).map_err(|fault| named(fault, name))?);
            }
            DynamicVariant::Tuple(tuple)
        }
        (Some(VariantInfo::Struct(parts)), Some(Given::Dict(entries))) => {
            let mut fields = DynamicStruct::default();
            for part in parts.iter() {
                let given = entries.iter().find(|(key, _)| key.text() == Some(part.name()));
                let value = match given {
                    Some((_, given)) => made(part.type_id(), given, registry).map_err(|fault| fault.at(part.name()))?,
                    None => default_of(part.type_id(), registry)?,
                };
                fields.insert_boxed(part.name(), value);
            }
            let known = |key: &Leaf| key.text().is_some_and(|key| parts.field(key).is_some());
            if let Some((key, _)) = entries.iter().find(|(key, _)| !known(key)) {
                return Err(ScriptFault::Attribute(format!("{name} has no field {}", key.text().unwrap_or("?"))));
            }
            DynamicVariant::Struct(fields)
        }
        (Some(VariantInfo::Struct(_)), Some(other)) => {
            return Err(ScriptFault::Type(format!("the values of {name} have names: got {}", other.type_name())));
        }
    };
    Ok(DynamicEnum::new(name, made))
}

/// The fault with the variant's name in front, save that of an `Option`, which scripts do not see.
fn named(fault: ScriptFault, variant: &str) -> ScriptFault {
    if variant == "Some" { fault } else { fault.at(variant) }
}
