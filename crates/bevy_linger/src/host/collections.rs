//! What lists, maps and sets of components can do besides subscripts, under the names that Python's own have.

use bevy::{
    prelude::*,
    reflect::{ReflectMut, ReflectRef},
};
use linger_script::{Args, NativeFn, Raise, Value, Vm};

use super::{
    bridge,
    parts::{change, key_argument, keys, look, place_of, this, under},
    place::Place,
    plain, put,
    reflect::{self, Leaf},
};
use crate::value::ScriptFault;

type Result<T> = std::result::Result<T, Raise>;
type Change = std::result::Result<(), ScriptFault>;

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__eq__", |vm, args| Ok(equal(vm, &args)?.map_or(Value::NOT_IMPLEMENTED, Value::bool))),
    ("__ne__", |vm, args| Ok(equal(vm, &args)?.map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal)))),
    // As for Python's own, what was added to stays the same object.
    ("__iadd__", |vm, args| added_to(vm, &args, "+=", &[Sort::List])),
    ("__ior__", |vm, args| added_to(vm, &args, "|=", &[Sort::Map, Sort::Set])),
    ("append", |vm, args| append(vm, &args, "append()", Sort::List)),
    ("add", |vm, args| append(vm, &args, "add()", Sort::Set)),
    ("extend", |vm, args| {
        let (place, all) = with_items(vm, &args)?;
        needs(vm, &place, "extend()", &[Sort::List])?;
        add_all(vm, &place, &all)
    }),
    ("insert", insert),
    ("clear", |vm, args| {
        let place = this(vm, &args)?;
        needs(vm, &place, "clear()", &[Sort::List, Sort::Map, Sort::Set])?;
        change(vm, &place, |target, _| {
            match target.reflect_mut() {
                ReflectMut::List(list) => drop(list.drain()),
                ReflectMut::Map(map) => drop(map.drain()),
                ReflectMut::Set(set) => drop(set.drain()),
                _ => {}
            }
            Ok(())
        })?;
        Ok(Value::NONE)
    }),
    ("pop", pop),
    ("remove", |vm, args| take_out(vm, &args, true)),
    ("discard", |vm, args| take_out(vm, &args, false)),
    ("values", |vm, args| {
        let place = this(vm, &args)?;
        let mut values = Vec::new();
        for key in keys(vm, &place)? {
            let inner = under(vm, &place, &key)?;
            values.push(reflect::read(vm, inner)?);
        }
        Ok(vm.list(values))
    }),
    ("update", |vm, args| update(vm, &args)),
    ("setdefault", |vm, args| {
        let place = this(vm, &args)?;
        let key = key_argument(vm, &args)?;
        if !keys(vm, &place)?.contains(&key) {
            let given = reflect::given(vm, args.values.get(2).unwrap_or(&Value::NONE))?;
            change(vm, &place, |map, registry| put::put_at_key(map, &key, &given, registry))?;
        }
        let inner = under(vm, &place, &key)?;
        reflect::read(vm, inner)
    }),
];

/// What stands at a place, of what has methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    List,
    Map,
    Set,
    Other,
}

fn sort_of(value: &dyn PartialReflect) -> Sort {
    match value.reflect_ref() {
        ReflectRef::List(_) => Sort::List,
        ReflectRef::Map(_) => Sort::Map,
        ReflectRef::Set(_) => Sort::Set,
        _ => Sort::Other,
    }
}

/// What stands there, which must be one of these.
fn needs(vm: &mut Vm, place: &Place, method: &str, sorts: &[Sort]) -> Result<Sort> {
    let found = look(vm, place, sort_of)?;
    match sorts.contains(&found) {
        true => Ok(found),
        false => Err(vm.attribute_error(format!("{} of entity {} has no {method}", place.name(), place.entity))),
    }
}

/// The receiver, and the items of the one argument.
fn with_items(vm: &mut Vm, args: &Args<'_>) -> Result<(Place, Vec<Value>)> {
    let place = this(vm, args)?;
    let Some(all) = args.values.get(1) else { return Err(vm.type_error("items are needed")) };
    let all = vm.items(all)?;
    Ok((place, all))
}

fn append(vm: &mut Vm, args: &Args<'_>, method: &str, sort: Sort) -> Result<Value> {
    let place = this(vm, args)?;
    needs(vm, &place, method, &[sort])?;
    match args.values.get(1) {
        Some(value) => add_all(vm, &place, std::slice::from_ref(value)),
        None => Err(vm.type_error("a value is needed")),
    }
}

fn add_all(vm: &mut Vm, place: &Place, values: &[Value]) -> Result<Value> {
    let given = values.iter().map(|value| reflect::given(vm, value)).collect::<Result<Vec<_>>>()?;
    change(vm, place, |target, registry| given.iter().try_for_each(|given| put::append(target, given, registry)))?;
    Ok(Value::NONE)
}

fn added_to(vm: &mut Vm, args: &Args<'_>, operator: &str, sorts: &[Sort]) -> Result<Value> {
    let place = this(vm, args)?;
    if needs(vm, &place, operator, sorts)? == Sort::Map {
        update(vm, args)?;
    } else {
        let (place, all) = with_items(vm, args)?;
        add_all(vm, &place, &all)?;
    }
    Ok(args.values[0].clone())
}

/// A list's place for an index as Python counts, within `0..=end`.
fn index_argument(vm: &mut Vm, args: &Args<'_>, count: usize) -> Result<i64> {
    let Some(index) = args.values.get(1) else { return Ok(count as i64 - 1) };
    let index = vm.index_i64(index)?;
    Ok(if index < 0 { index + count as i64 } else { index })
}

fn insert(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let place = this(vm, &args)?;
    needs(vm, &place, "insert()", &[Sort::List])?;
    let Some(value) = args.values.get(2) else { return Err(vm.type_error("insert() takes a place and a value")) };
    let given = reflect::given(vm, value)?;
    let count = look(vm, &place, |value| length(value))?;
    let index = index_argument(vm, &args, count)?.clamp(0, count as i64) as usize;
    change(vm, &place, |target, registry| {
        put::append(target, &given, registry)?;
        if let ReflectMut::List(list) = target.reflect_mut()
            && let Some(last) = list.pop()
        {
            list.insert(index, last);
        }
        Ok(())
    })?;
    Ok(Value::NONE)
}

fn length(value: &dyn PartialReflect) -> usize {
    match value.reflect_ref() {
        ReflectRef::List(list) => list.len(),
        _ => 0,
    }
}

/// Takes an item out by its place, or a map's value by its key: a copy of it.
fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let place = this(vm, &args)?;
    if needs(vm, &place, "pop()", &[Sort::List, Sort::Map])? == Sort::Map {
        let key = key_argument(vm, &args)?;
        if !keys(vm, &place)?.contains(&key) {
            return match args.values.get(2) {
                Some(default) => Ok(default.clone()),
                None => Err(vm.key_error(&args.values[1])),
            };
        }
        let inner = under(vm, &place, &key)?;
        let value = copied(vm, &inner)?;
        change(vm, &place, |target, registry| remove_key(target, &key, registry))?;
        return Ok(value);
    }
    let count = look(vm, &place, length)?;
    let index = index_argument(vm, &args, count)?;
    match usize::try_from(index) {
        Ok(index) if index < count => {
            let inner = place.inside(bevy::reflect::Access::ListIndex(index));
            let value = copied(vm, &inner)?;
            change(vm, &place, |target, _| remove_at(target, index))?;
            Ok(value)
        }
        _ => Err(vm.index_error(format!("{} has {count} items", place.name()))),
    }
}

fn copied(vm: &mut Vm, place: &Place) -> Result<Value> {
    let taken = plain::copy_of(vm, place)?;
    plain::value_of(vm, &taken, false)
}

fn remove_at(target: &mut dyn PartialReflect, index: usize) -> Change {
    if let ReflectMut::List(list) = target.reflect_mut() {
        list.remove(index);
    }
    Ok(())
}

/// Takes a key out of a map or a member out of a set.
pub(super) fn remove_key(
    target: &mut dyn PartialReflect,
    key: &Leaf,
    registry: &bevy::reflect::TypeRegistry,
) -> Change {
    let boxed = put::key_for(target, key, registry)?;
    match target.reflect_mut() {
        ReflectMut::Map(map) => drop(map.remove(&*boxed)),
        ReflectMut::Set(set) => drop(set.remove(&*boxed)),
        _ => return Err(ScriptFault::Type("nothing can be taken out here".into())),
    }
    Ok(())
}

/// `remove(value)` of lists and sets, and a set's `discard`.
fn take_out(vm: &mut Vm, args: &Args<'_>, must_be_there: bool) -> Result<Value> {
    let place = this(vm, args)?;
    let (method, sorts) =
        if must_be_there { ("remove()", &[Sort::List, Sort::Set][..]) } else { ("discard()", &[Sort::Set][..]) };
    let sort = needs(vm, &place, method, sorts)?;
    let Some(value) = args.values.get(1) else { return Err(vm.type_error("a value is needed")) };
    let all = plain::copy_of(vm, &place)?;
    let all = plain::value_of(vm, &all, false)?;
    let all = vm.items(&all)?;
    let mut found = None;
    for (index, item) in all.iter().enumerate() {
        if vm.equal(item, value)? {
            found = Some(index);
            break;
        }
    }
    let Some(index) = found else {
        return match must_be_there {
            true => Err(vm.value_error(format!("{} does not hold that", place.name()))),
            false => Ok(Value::NONE),
        };
    };
    if sort == Sort::Set {
        let key = key_argument(vm, args)?;
        change(vm, &place, |target, registry| remove_key(target, &key, registry))?;
    } else {
        change(vm, &place, |target, _| remove_at(target, index))?;
    }
    Ok(Value::NONE)
}

/// `update`: entries of a map, by a dictionary or by keyword, or members of a set.
fn update(vm: &mut Vm, args: &Args<'_>) -> Result<Value> {
    let Some(place) = args.values.first().and_then(place_of) else {
        return Err(vm.type_error("a part of a component is needed"));
    };
    if needs(vm, &place, "update()", &[Sort::Map, Sort::Set])? == Sort::Set {
        let (place, all) = with_items(vm, args)?;
        return add_all(vm, &place, &all);
    }
    let mut entries = Vec::new();
    if let Some(given) = args.positional().get(1) {
        match reflect::given(vm, given)? {
            reflect::Given::Dict(all) => entries = all,
            _ => return Err(vm.type_error("a map is updated by a dict")),
        }
    }
    for (name, value) in args.keywords() {
        let name = bridge::text(vm, name, "a key")?;
        entries.push((Leaf::Text(name), reflect::given(vm, value)?));
    }
    change(vm, &place, |map, registry| {
        entries.iter().try_for_each(|(key, given)| put::put_at_key(map, key, given, registry))
    })?;
    Ok(Value::NONE)
}

/// Whether a part is as another, or as the plain value that it would be.
fn equal(vm: &mut Vm, args: &Args<'_>) -> Result<Option<bool>> {
    let place = this(vm, args)?;
    let Some(other) = args.values.get(1) else { return Ok(None) };
    let mine = copied(vm, &place)?;
    let theirs = match place_of(other) {
        Some(other) => copied(vm, &other)?,
        None => other.clone(),
    };
    let set = look(vm, &place, |value| sort_of(value) == Sort::Set)?;
    if set && place_of(other).is_none() {
        // Members have an order here only so that scripts do not depend on chance.
        let mut missing = vm.items(&mine)?;
        let Ok(all) = vm.items(&theirs) else { return Ok(None) };
        for item in &all {
            let Some(at) = position(vm, &missing, item)? else { return Ok(Some(false)) };
            missing.swap_remove(at);
        }
        return Ok(Some(missing.is_empty()));
    }
    vm.equal(&mine, &theirs).map(Some)
}

fn position(vm: &mut Vm, all: &[Value], wanted: &Value) -> Result<Option<usize>> {
    for (index, item) in all.iter().enumerate() {
        if vm.equal(item, wanted)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}
