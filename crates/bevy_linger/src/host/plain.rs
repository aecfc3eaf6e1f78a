//! What stands in the world as plain data of a script's: a copy of lists, dictionaries, numbers and texts, and as a text. What is
//! copied out so can be assigned back.

use bevy::{prelude::*, reflect::ReflectRef, reflect::enums::VariantType};
use linger_script::{Raise, Value, Vm};

use super::{
    parts,
    place::Place,
    reflect::{self, Given, Leaf, Seen, is_option, see},
};

type Result<T> = std::result::Result<T, Raise>;

/// A copy of a reflected value. What scripts have no form for is its text.
pub(super) fn taken(value: &dyn PartialReflect) -> Given {
    if let Seen::Leaf(leaf) = see(value) {
        return Given::Leaf(leaf);
    }
    let text = |name: &str| Leaf::Text(name.to_owned());
    match value.reflect_ref() {
        ReflectRef::Struct(parts) => {
            let named = |(index, part)| (text(parts.name_at(index).unwrap_or_default()), taken(part));
            Given::Dict(parts.iter_fields().map(|(_, part)| part).enumerate().map(named).collect())
        }
        ReflectRef::TupleStruct(parts) => Given::List(parts.iter_fields().map(taken).collect()),
        ReflectRef::Tuple(parts) => Given::List(parts.iter_fields().map(taken).collect()),
        ReflectRef::List(items) => Given::List(items.iter().map(taken).collect()),
        ReflectRef::Array(items) => Given::List(items.iter().map(taken).collect()),
        ReflectRef::Set(members) => {
            let mut all: Vec<_> = members.iter().map(taken).collect();
            all.sort_by(|a, b| match (a.leaf(), b.leaf()) {
                (Some(a), Some(b)) => a.order(b),
                _ => std::cmp::Ordering::Equal,
            });
            Given::List(all)
        }
        ReflectRef::Map(map) => {
            let key =
                |key: &dyn PartialReflect| taken(key).leaf().cloned().unwrap_or_else(|| text(&format!("{key:?}")));
            let mut all: Vec<_> = map.iter().map(|(at, value)| (key(at), taken(value))).collect();
            all.sort_by(|(a, _), (b, _)| a.order(b));
            Given::Dict(all)
        }
        ReflectRef::Enum(chosen) => {
            let fields = || (0..chosen.field_len()).filter_map(|index| chosen.field_at(index)).map(taken);
            let values = match chosen.variant_type() {
                VariantType::Struct => {
                    let named = |(index, part)| (text(chosen.name_at(index).unwrap_or_default()), part);
                    Given::Dict(fields().enumerate().map(named).collect())
                }
                _ if chosen.field_len() == 1 => fields().next().unwrap_or(Given::Leaf(Leaf::None)),
                _ => Given::List(fields().collect()),
            };
            let option = value.get_represented_type_info().is_some_and(|info| is_option(info.type_path()));
            if option { values } else { Given::Dict(vec![(text(chosen.variant_name()), values)]) }
        }
        _ => Given::Leaf(text(&format!("{value:?}"))),
    }
}

/// The copy as a script's value; vectors as they are, or as lists of numbers where only what is plain will do.
pub(super) fn value_of(vm: &mut Vm, taken: &Given, vectors_too: bool) -> Result<Value> {
    Ok(match taken {
        Given::Leaf(Leaf::Quad(kind, parts)) if vectors_too => {
            vm.list(parts[..kind.len()].iter().map(|part| Value::float(*part)).collect())
        }
        Given::Leaf(leaf) => reflect::leaf_value(vm, leaf.clone(), None)?,
        Given::List(items) => {
            let items = items.iter().map(|item| value_of(vm, item, vectors_too)).collect::<Result<_>>()?;
            vm.list(items)
        }
        Given::Dict(entries) => {
            let dict = vm.dict();
            for (key, value) in entries {
                let key = reflect::leaf_value(vm, key.clone(), None)?;
                let value = value_of(vm, value, vectors_too)?;
                vm.dict_set(&dict, key, value)?;
            }
            dict.into_value()
        }
        Given::Copy(_) => Value::NONE,
    })
}

/// `plain(value)`: what is no part of a component is a leaf, or is plain already.
pub(super) fn plain(vm: &mut Vm, value: &Value) -> Result<Value> {
    if let Some(place) = parts::place_of(value) {
        let taken = copy_of(vm, &place)?;
        return value_of(vm, &taken, true);
    }
    match reflect::given_leaf(vm, value)? {
        Some(leaf) => value_of(vm, &Given::Leaf(leaf), true),
        None => Ok(value.clone()),
    }
}

/// A copy of what stands at a place.
pub(super) fn copy_of(vm: &mut Vm, place: &Place) -> Result<Given> {
    super::bridge::world(vm, |world| place.read(world, taken))
}

/// A reflected value as a script would write it.
pub(super) fn shown(value: &dyn PartialReflect) -> String {
    let mut text = String::new();
    push(value, &mut text);
    text
}

fn push(value: &dyn PartialReflect, text: &mut String) {
    match value.reflect_ref() {
        ReflectRef::Struct(parts) if !matches!(see(value), Seen::Leaf(_)) => {
            let name = value.get_represented_type_info().map_or("", |info| info.type_path_table().short_path());
            text.push_str(name);
            text.push('(');
            for (index, (_, part)) in parts.iter_fields().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                text.push_str(parts.name_at(index).unwrap_or_default());
                text.push('=');
                push(part, text);
            }
            text.push(')');
        }
        _ => push_taken(&taken(value), text),
    }
}

fn push_taken(taken: &Given, text: &mut String) {
    let mut between = "";
    match taken {
        Given::Leaf(leaf) => text.push_str(&leaf.shown()),
        Given::List(items) => {
            text.push('[');
            for item in items {
                text.push_str(std::mem::replace(&mut between, ", "));
                push_taken(item, text);
            }
            text.push(']');
        }
        Given::Dict(entries) => {
            text.push('{');
            for (key, value) in entries {
                text.push_str(std::mem::replace(&mut between, ", "));
                text.push_str(&key.shown());
                text.push_str(": ");
                push_taken(value, text);
            }
            text.push('}');
        }
        Given::Copy(_) => {}
    }
}
