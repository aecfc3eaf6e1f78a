//! Plain values to the machine's and back, for the [host](super) alone.

use bevy::prelude::*;
use linger_script::{Dict, List, Raise, Tuple, Value, Vm};

use super::{
    bridge, entity, objects,
    vectors::{self, Quad, QuadKind},
};
use crate::value::{ScriptFault, ScriptValue};

/// Plain data nested deeper than this is refused: it holds itself, or might as well.
pub(super) const DEEPEST: usize = 64;

/// Makes a value of the machine.
pub(crate) fn to_machine(vm: &mut Vm, value: &ScriptValue) -> Result<Value, Raise> {
    Ok(match value {
        ScriptValue::None => Value::NONE,
        ScriptValue::Bool(value) => Value::bool(*value),
        ScriptValue::Int(value) => vm.int(*value),
        ScriptValue::Float(value) => Value::float(*value),
        ScriptValue::Str(value) => vm.str(value),
        ScriptValue::List(items) => {
            let items = items.iter().map(|item| to_machine(vm, item));
            let items = items.collect::<Result<_, _>>()?;
            vm.list(items)
        }
        ScriptValue::Dict(entries) => {
            let dict = vm.dict();
            for (key, value) in entries {
                let (key, value) = (to_machine(vm, key)?, to_machine(vm, value)?);
                vm.dict_set(&dict, key, value)?;
            }
            dict.into_value()
        }
        ScriptValue::Entity(found) => entity::make(vm, *found)?,
        ScriptValue::Vec2(found) => vector(vm, QuadKind::Vec2, &found.to_array())?,
        ScriptValue::Vec3(found) => vector(vm, QuadKind::Vec3, &found.to_array())?,
        ScriptValue::Quat(found) => vector(vm, QuadKind::Quat, &found.to_array())?,
        ScriptValue::Color(found) => vector(vm, QuadKind::Color, &found.to_srgba().to_f32_array())?,
        ScriptValue::Object(object) => match bridge::current(vm)?.objects.get(object) {
            Some(found) => found,
            None => return Err(vm.lookup_error("the object is another script host's")),
        },
    })
}

fn vector(vm: &mut Vm, kind: QuadKind, numbers: &[f32]) -> Result<Value, Raise> {
    let bridge = bridge::current(vm)?;
    let mut parts = [0.0; 4];
    parts.iter_mut().zip(numbers).for_each(|(part, number)| *part = f64::from(*number));
    Ok(vectors::make(vm, &bridge, Quad { kind, parts, at: None }))
}

fn of_vector(quad: &Quad) -> ScriptValue {
    let [a, b, c, d] = quad.parts.map(|part| part as f32);
    match quad.kind {
        QuadKind::Vec2 => ScriptValue::Vec2(Vec2::new(a, b)),
        QuadKind::Vec3 => ScriptValue::Vec3(Vec3::new(a, b, c)),
        QuadKind::Quat => ScriptValue::Quat(Quat::from_xyzw(a, b, c, d)),
        QuadKind::Color => ScriptValue::Color(Color::srgba(a, b, c, d)),
    }
}

/// Copies a value of the machine; what is no plain data is handed out by a handle.
pub(crate) fn from_machine(vm: &mut Vm, value: &Value) -> Result<ScriptValue, ScriptFault> {
    copy(vm, value, 0)
}

fn copy(vm: &mut Vm, value: &Value, depth: usize) -> Result<ScriptValue, ScriptFault> {
    if depth > DEEPEST {
        return Err(ScriptFault::Value("the value is nested too deeply for the game".into()));
    }
    if let Some(float) = value.as_float() {
        return Ok(ScriptValue::Float(float));
    }
    if value.is_none() {
        return Ok(ScriptValue::None);
    }
    if let Some(bool) = value.as_bool() {
        return Ok(ScriptValue::Bool(bool));
    }
    if vm.is_int(value) {
        let int = vm.to_i64(value);
        let int = int.ok_or_else(|| ScriptFault::Value("the integer is too large for the game".into()))?;
        return Ok(ScriptValue::Int(int));
    }
    if let Some(text) = vm.text_of(value) {
        return Ok(ScriptValue::Str(text.text.to_string()));
    }
    if let Some(tuple) = vm.native::<Tuple>(value) {
        let items = tuple.items.to_vec();
        return copy_all(vm, &items, depth);
    }
    if let Some(list) = vm.native::<List>(value) {
        let items = list.items.borrow().clone();
        return copy_all(vm, &items, depth);
    }
    if let Some(dict) = vm.native::<Dict>(value) {
        let entries: Vec<_> = {
            let table = dict.table.borrow();
            table.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
        };
        let entries = entries.iter().map(|(key, value)| Ok((copy(vm, key, depth + 1)?, copy(vm, value, depth + 1)?)));
        return Ok(ScriptValue::Dict(entries.collect::<Result<_, _>>()?));
    }
    if let Some(found) = entity::of(value) {
        return Ok(ScriptValue::Entity(found));
    }
    if let Some(quad) = vectors::of(value) {
        return Ok(of_vector(&quad));
    }
    match objects::hand_out(vm, value) {
        Some(object) => Ok(ScriptValue::Object(object)),
        None => {
            let name = vm.type_name(value);
            Err(ScriptFault::Type(format!("the game takes plain values, not {name}")))
        }
    }
}

fn copy_all(vm: &mut Vm, items: &[Value], depth: usize) -> Result<ScriptValue, ScriptFault> {
    let items = items.iter().map(|item| copy(vm, item, depth + 1));
    Ok(ScriptValue::List(items.collect::<Result<_, _>>()?))
}

/// The exception that a fault becomes.
pub(crate) fn raise(vm: &Vm, fault: &ScriptFault) -> Raise {
    match fault {
        ScriptFault::Type(message) => vm.type_error(message),
        ScriptFault::Value(message) => vm.value_error(message),
        ScriptFault::Runtime(message) => vm.runtime_error(message),
        ScriptFault::Attribute(message) => vm.attribute_error(message),
        ScriptFault::Lookup(message) => vm.lookup_error(message),
    }
}
