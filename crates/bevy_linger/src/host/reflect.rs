//! Reflected data of the game to values of scripts. Numbers, text, vectors and entities are copied; what has parts of its own
//! stays in the world, and the script gets a [`Place`]. The way back is in [`put`](super::put).

use std::{any::TypeId, borrow::Cow, cmp::Ordering, time::Duration};

use bevy::{
    prelude::*,
    reflect::{Access, ReflectRef, TypeInfo, enums::VariantType},
};
use linger_script::{Dict, List, Raise, Tuple, Value, Vm};

use super::{
    bridge::{self, Bridge},
    convert::DEEPEST,
    entity, parts,
    place::Place,
    vectors::{self, Quad, QuadKind},
};

/// What is copied between the game and scripts as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Leaf {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Quad(QuadKind, [f64; 4]),
    Entity(Entity),
}

/// What stands at a place, before the machine has a value of it.
pub(super) enum Seen {
    Leaf(Leaf),
    /// It has parts; a path further in, if it is wrapped.
    Parts(Option<Access<'static>>),
    /// What an `Option` holds.
    Inside(Box<Seen>),
}

/// What a script gave, before it is known what for.
pub(super) enum Given {
    Leaf(Leaf),
    List(Vec<Given>),
    Dict(Vec<(Leaf, Given)>),
    /// A copy of what stands at another place.
    Copy(Box<dyn PartialReflect>),
}

/// What is known beforehand of what stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Unknown,
    /// An `f32`.
    Float,
    Quad(QuadKind),
    /// Something that scripts reach into.
    Parts,
}

impl Hint {
    pub fn of(info: &TypeInfo) -> Self {
        let id = info.type_id();
        if id == TypeId::of::<f32>() {
            return Self::Float;
        }
        if let Some(kind) = QuadKind::of_type(id) {
            return Self::Quad(kind);
        }
        let copied = [TypeId::of::<Name>(), TypeId::of::<Entity>(), TypeId::of::<Cow<'static, str>>()];
        match info {
            TypeInfo::Enum(_) | TypeInfo::Opaque(_) => Self::Unknown,
            _ if copied.contains(&id) => Self::Unknown,
            _ => Self::Parts,
        }
    }
}

impl Leaf {
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::Quad(kind, _) => kind.name(),
            Self::Entity(_) => "Entity",
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(int) => Some(*int as f64),
            Self::Float(float) => Some(*float),
            _ => None,
        }
    }

    /// An order for what can be a key.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(text), Self::Text(other)) => text.cmp(other),
            (Self::Int(int), Self::Int(other)) => int.cmp(other),
            (Self::Entity(entity), Self::Entity(other)) => entity.cmp(other),
            _ => self.number().partial_cmp(&other.number()).unwrap_or(Ordering::Equal),
        }
    }

    /// As a script would write it.
    pub fn shown(&self) -> String {
        match self {
            Self::None => "None".into(),
            Self::Bool(bool) => {
                if *bool {
                    "True".into()
                } else {
                    "False".into()
                }
            }
            Self::Int(int) => int.to_string(),
            Self::Float(float) => format!("{float:?}"),
            Self::Text(text) => format!("'{text}'"),
            Self::Quad(kind, parts) => vectors::written(*kind, parts),
            Self::Entity(entity) => format!("Entity({entity})"),
        }
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl Given {
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Leaf(leaf) => leaf.type_name(),
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            Self::Copy(_) => "a part of another component",
        }
    }

    pub fn leaf(&self) -> Option<&Leaf> {
        if let Self::Leaf(leaf) = self { Some(leaf) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        self.leaf().and_then(Leaf::number)
    }
}

macro_rules! integers {
    ($act:ident) => {
        $act!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize)
    };
}
pub(super) use integers;

/// Looks at a reflected value.
pub(super) fn see(value: &dyn PartialReflect) -> Seen {
    if let Some(leaf) = leaf_of(value) {
        return Seen::Leaf(leaf);
    }
    let ReflectRef::Enum(chosen) = value.reflect_ref() else {
        return Seen::Parts(None);
    };
    if value.get_represented_type_info().is_some_and(|info| is_option(info.type_path())) {
        return match chosen.field_at(0).map(see) {
            None => Seen::Leaf(Leaf::None),
            Some(Seen::Parts(_)) => Seen::Parts(Some(Access::TupleIndex(0))),
            Some(inner) => Seen::Inside(Box::new(inner)),
        };
    }
    match chosen.variant_type() {
        VariantType::Unit => Seen::Leaf(Leaf::Text(chosen.variant_name().to_owned())),
        _ => Seen::Parts(None),
    }
}

fn leaf_of(value: &dyn PartialReflect) -> Option<Leaf> {
    macro_rules! see_integers {
        ($($int:ty)*) => {$(
            if let Some(int) = value.try_downcast_ref::<$int>() {
                return Some(i64::try_from(*int).map_or(Leaf::Float(*int as f64), Leaf::Int));
            }
        )*};
    }
    if let Some(float) = value.try_downcast_ref::<f32>() {
        return Some(Leaf::Float(f64::from(*float)));
    }
    if let Some((kind, parts)) = vectors::parts_of(value) {
        return Some(Leaf::Quad(kind, parts));
    }
    if let Some(bool) = value.try_downcast_ref::<bool>() {
        return Some(Leaf::Bool(*bool));
    }
    integers!(see_integers);
    if let Some(float) = value.try_downcast_ref::<f64>() {
        return Some(Leaf::Float(*float));
    }
    if let Some(text) = value.try_downcast_ref::<String>() {
        return Some(Leaf::Text(text.clone()));
    }
    if let Some(text) = value.try_downcast_ref::<Cow<'static, str>>() {
        return Some(Leaf::Text(text.to_string()));
    }
    if let Some(name) = value.try_downcast_ref::<Name>() {
        return Some(Leaf::Text(name.to_string()));
    }
    if let Some(entity) = value.try_downcast_ref::<Entity>() {
        return Some(Leaf::Entity(*entity));
    }
    value.try_downcast_ref::<Duration>().map(|duration| Leaf::Float(duration.as_secs_f64()))
}

/// Whether a type of that path is an `Option`.
pub(super) fn is_option(type_path: &str) -> bool {
    type_path.starts_with("core::option::Option<")
}

/// The value that a script gets of what stands at `place`.
pub(super) fn read(vm: &mut Vm, place: Place) -> Result<Value, Raise> {
    let bridge = bridge::current(vm)?;
    read_by(vm, &bridge, place)
}

/// The same for whoever has the bridge already.
pub(super) fn read_by(vm: &mut Vm, bridge: &Bridge, place: Place) -> Result<Value, Raise> {
    match place.node.hint {
        Hint::Parts => {
            bridge.world(vm, |world| place.check(world))?;
            Ok(parts::make(vm, bridge, place))
        }
        Hint::Float => {
            let look = |value: &dyn PartialReflect| value.try_downcast_ref::<f32>().copied();
            let float = bridge.world(vm, |world| place.read(world, look))?;
            Ok(Value::float(f64::from(float.unwrap_or_default())))
        }
        Hint::Quad(kind) => {
            let parts = bridge.world(vm, |world| place.read(world, |value| kind.parts_of(value)))?;
            let quad = Quad { kind, parts: parts.unwrap_or_default(), at: Some(place) };
            Ok(vectors::make(vm, bridge, quad))
        }
        Hint::Unknown => {
            let seen = bridge.world(vm, |world| place.read(world, see))?;
            value_of(vm, bridge, seen, place)
        }
    }
}

fn value_of(vm: &mut Vm, bridge: &Bridge, seen: Seen, place: Place) -> Result<Value, Raise> {
    match seen {
        Seen::Leaf(leaf) => leaf_value(vm, leaf, Some(place)),
        Seen::Parts(None) => Ok(parts::make(vm, bridge, place)),
        Seen::Parts(Some(access)) => Ok(parts::make(vm, bridge, place.inside(access))),
        Seen::Inside(inner) => value_of(vm, bridge, *inner, place.inside(Access::TupleIndex(0))),
    }
}

/// A copy for a script; a vector writes through to where it was read.
pub(super) fn leaf_value(vm: &mut Vm, leaf: Leaf, at: Option<Place>) -> Result<Value, Raise> {
    Ok(match leaf {
        Leaf::None => Value::NONE,
        Leaf::Bool(bool) => Value::bool(bool),
        Leaf::Int(int) => vm.int(int),
        Leaf::Float(float) => Value::float(float),
        Leaf::Text(text) => vm.str(&text),
        Leaf::Quad(kind, parts) => {
            let bridge = bridge::current(vm)?;
            vectors::make(vm, &bridge, Quad { kind, parts, at })
        }
        Leaf::Entity(found) => entity::make(vm, found)?,
    })
}

/// What a script's value is, if it is copied as it is.
pub(super) fn given_leaf(vm: &mut Vm, value: &Value) -> Result<Option<Leaf>, Raise> {
    Ok(Some(if let Some(float) = value.as_float() {
        Leaf::Float(float)
    } else if value.is_none() {
        Leaf::None
    } else if let Some(bool) = value.as_bool() {
        Leaf::Bool(bool)
    } else if vm.is_int(value) {
        let int = vm.to_i64(value);
        Leaf::Int(int.ok_or_else(|| vm.value_error("the integer is too large for the game"))?)
    } else if let Some(text) = vm.text_of(value) {
        Leaf::Text(text.text.to_string())
    } else if let Some(quad) = vectors::of(value) {
        Leaf::Quad(quad.kind, quad.parts)
    } else if let Some(found) = entity::of(value) {
        Leaf::Entity(found)
    } else {
        return Ok(None);
    }))
}

/// Takes a script's value apart.
pub(super) fn given(vm: &mut Vm, value: &Value) -> Result<Given, Raise> {
    given_at(vm, value, 0)
}

fn given_at(vm: &mut Vm, value: &Value, depth: usize) -> Result<Given, Raise> {
    if depth > DEEPEST {
        return Err(vm.value_error("the value is nested too deeply for the game"));
    }
    if let Some(leaf) = given_leaf(vm, value)? {
        return Ok(Given::Leaf(leaf));
    }
    if let Some(place) = parts::place_of(value) {
        return bridge::world(vm, |world| place.read(world, PartialReflect::to_dynamic)).map(Given::Copy);
    }
    if let Some(dict) = vm.native::<Dict>(value) {
        let entries: Vec<_> = {
            let table = dict.table.borrow();
            table.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
        };
        let mut all = Vec::with_capacity(entries.len());
        for (key, value) in &entries {
            let Some(key) = given_leaf(vm, key)? else {
                let name = vm.type_name(key);
                return Err(vm.type_error(format!("the game has no use for a key of type {name}")));
            };
            all.push((key, given_at(vm, value, depth + 1)?));
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
    let items = items.iter().map(|item| given_at(vm, item, depth + 1));
    Ok(Given::List(items.collect::<Result<_, _>>()?))
}
