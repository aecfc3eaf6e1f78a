//! The methods of `dict`.
//!
//! Looking up, storing and comparing are the virtual machine's; views are in `dict_views`.

use linger_heap::{Ref, Value};

use super::checks::{no_keywords, positional, receiver, special_takes, takes, takes_none};
use super::dunders::{self, plain};
use super::text_format::repr_method;
use crate::objects::{
    Args, Class, Dict, DictView, Iter, IterState, List, MISSING, NativeFn, Set, Special, Tuple, UNSURE, ViewKind,
};
use crate::vm::{Item, Result, Vm, handed_out, owned_by};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("get", get),
    ("setdefault", setdefault),
    ("pop", pop),
    ("popitem", popitem),
    ("update", update),
    ("keys", keys),
    ("values", values),
    ("items", items),
    ("copy", copy),
    ("clear", clear),
    ("__reversed__", reversed),
    ("__iter__", iter),
    ("__getitem__", get_item),
    ("__setitem__", dunders::set_item),
    ("__delitem__", dunders::delete_item),
    ("__contains__", dunders::contains),
    ("__len__", dunders::len),
    ("__repr__", repr_method),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::unordered),
    ("__le__", dunders::unordered),
    ("__gt__", dunders::unordered),
    ("__ge__", dunders::unordered),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("__ior__", in_place_or),
    ("__sizeof__", size_of_dict),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("fromkeys", fromkeys), ("__class_getitem__", dunders::generic_alias)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Dict>> {
    receiver::<Dict>(vm, args, method, "dict")
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "dict")?;
    let dict = vm.dict().into_value();
    vm.wrap(&args.values[0], dict)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__init__")?;
    fill(vm, &dict, &args, "dict")?;
    Ok(Value::NONE)
}

fn update(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "update")?;
    fill(vm, &dict, &args, "update")?;
    Ok(Value::NONE)
}

fn fill(vm: &mut Vm, dict: &Ref<Dict>, args: &Args<'_>, name: &str) -> Result<()> {
    let given = positional(vm, args, name, 1, 0, 1)?;
    if let Some(source) = given.first() {
        merge(vm, dict, source)?;
    }
    for (name, value) in args.keywords() {
        vm.dict_set(dict, name.clone(), value.clone())?;
    }
    Ok(())
}

/// The dict inside of `value`, if walking it by itself is what walking the value would do.
pub(crate) fn plain_dict(vm: &mut Vm, value: &Value) -> Option<Ref<Dict>> {
    if let Some(dict) = value.to_ref::<Dict>() {
        return Some(dict);
    }
    let dict = vm.native::<Dict>(value)?;
    let name = vm.special_name(Special::Iter).clone();
    let class = vm.class_of(value);
    let own = vm.lookup(&class, &name)?;
    let dicts = vm.classes.dict.clone();
    vm.lookup(&dicts, &name)?.is(&own).then_some(dict)
}

/// Sets every entry of a mapping, or of an iterable of pairs.
pub(crate) fn merge(vm: &mut Vm, dict: &Ref<Dict>, source: &Value) -> Result<()> {
    if let Some(other) = plain_dict(vm, source) {
        return if other.is(dict) { Ok(()) } else { vm.dict_update(dict, &other) };
    }
    let name = vm.intern("keys");
    let is_sequence = source.is_kind::<List>() || source.is_kind::<Tuple>() || source.is_kind::<Iter>();
    if !is_sequence && let Some(keys) = vm.find_attr(source, &name)? {
        let keys = vm.call(&keys, &[])?;
        let keys = match vm.iter(&keys) {
            Err(raise) if vm.is_exception(&raise, &vm.classes.type_error) => {
                let (name, other) = (vm.type_name(source), vm.type_name(&keys));
                return Err(vm.type_error(format!("{name}.keys() returned a non-iterable (type {other})")));
            }
            result => result?,
        };
        return vm.for_each(&keys, |vm, key| {
            let value = vm.get_item(source, &key)?;
            vm.dict_set(dict, key, value)
        });
    }
    // Pairs that iterators of the runtime make are not made into tuples.
    let (iterator, mut number) = (vm.iter(source)?, 0);
    while let Some(item) = vm.next_item(&iterator)? {
        match item {
            Item::Pair(key, value) => vm.dict_set(dict, key, value)?,
            Item::One(pair) => set_pair(vm, dict, &pair, number)?,
        }
        number += 1;
        vm.burn()?;
    }
    Ok(())
}

/// Sets the entry that a pair makes, the given one of a sequence.
fn set_pair(vm: &mut Vm, dict: &Ref<Dict>, pair: &Value, number: usize) -> Result<()> {
    if let Some((key, value)) = ready_pair(pair) {
        return vm.dict_set(dict, key, value);
    }
    let items = match super::list_type::ready_items(pair) {
        Some(items) => items,
        None => match vm.items(pair) {
            Ok(items) => items,
            Err(raise) if vm.is_exception(&raise, &vm.classes.type_error) => {
                let message = format!("cannot convert dictionary update sequence element #{number} to a sequence");
                return Err(vm.type_error(message));
            }
            Err(raise) => return Err(raise),
        },
    };
    let [key, value] = items.as_slice() else {
        let message = format!("dictionary update sequence element #{number} has length {}; 2 is required", items.len());
        return Err(vm.value_error(message));
    };
    vm.dict_set(dict, key.clone(), value.clone())
}

/// The items of a list or tuple of two.
fn ready_pair(value: &Value) -> Option<(Value, Value)> {
    let pair = |items: &[Value]| match items {
        [key, value] => Some((key.clone(), value.clone())),
        _ => None,
    };
    match value.downcast::<Tuple>() {
        Some(tuple) => pair(&tuple.items),
        None => pair(&value.downcast::<List>()?.items.borrow()),
    }
}

fn get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if let Args { values: [object, key, default @ ..], names: [] } = args
        && default.len() < 2
        && let Some(dict) = object.downcast::<Dict>()
        && let Some(hash) = vm.hash_simple(key)
    {
        let table = dict.table.borrow();
        match table.seek(hash, key) {
            MISSING => return Ok(default.first().cloned().unwrap_or(Value::NONE)),
            UNSURE => {}
            position => return Ok(table.value(position).clone()),
        }
    }
    let dict = this(vm, &args, "get")?;
    let given = takes(vm, &args, "get", 1, 1, 2)?;
    let found = vm.dict_get(&dict, &given[0])?;
    Ok(found.unwrap_or_else(|| given.get(1).cloned().unwrap_or(Value::NONE)))
}

fn get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__getitem__")?;
    let key = &special_takes(vm, &args, 1)?[0];
    if let Some(value) = vm.dict_get(&dict, key)? {
        return Ok(value);
    }
    if !args.values[0].is_kind::<Dict>()
        && let Some(value) = vm.call_special(&args.values[0], Special::Missing, std::slice::from_ref(key))?
    {
        return Ok(value);
    }
    Err(vm.key_error(key))
}

fn setdefault(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if let Args { values: [object, key, _], names: [] } = args
        && let Some(dict) = object.downcast::<Dict>()
        && let Some(value) = vm.dict_get_simple(dict, key)
    {
        return Ok(value);
    }
    let dict = this(vm, &args, "setdefault")?;
    let given = takes(vm, &args, "setdefault", 1, 1, 2)?;
    let hash = vm.hash(&given[0])?;
    if let Some(position) = vm.dict_find(&dict, hash, &given[0])? {
        return Ok(dict.table.borrow().value(position).clone());
    }
    let default = given.get(1).cloned().unwrap_or(Value::NONE);
    vm.dict_insert_hashed(&dict, hash, given[0].clone(), default.clone());
    Ok(default)
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "pop")?;
    let given = takes(vm, &args, "pop", 1, 1, 2)?;
    // Nothing is looked up in an empty dict: the key needs no hash.
    if dict.table.borrow().is_empty() {
        return given.get(1).cloned().ok_or_else(|| vm.key_error(&given[0]));
    }
    match (vm.dict_remove(&dict, &given[0])?, given.get(1)) {
        (Some((_, value)), _) => Ok(handed_out(value)),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(vm.key_error(&given[0])),
    }
}

fn popitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "popitem")?;
    takes_none(vm, &args, "dict.popitem")?;
    let entry = vm.mutate(&dict, |dict| {
        let mut table = dict.table.borrow_mut();
        let last = table.previous_position(table.end_position());
        last.map(|last| table.remove_at(last))
    });
    match entry {
        Some(entry) => Ok(vm.tuple(vec![handed_out(entry.key), handed_out(entry.value)])),
        None => {
            let message = vm.str("popitem(): dictionary is empty");
            Err(vm.key_error(&message))
        }
    }
}

fn view(vm: &mut Vm, args: &Args<'_>, name: &str, kind: ViewKind) -> Result<Value> {
    this(vm, args, name)?;
    takes_none(vm, args, format_args!("dict.{name}"))?;
    Ok(super::dict_views::make(vm, args.values[0].clone(), kind))
}

fn keys(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    view(vm, &args, "keys", ViewKind::Keys)
}

fn values(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    view(vm, &args, "values", ViewKind::Values)
}

fn items(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    view(vm, &args, "items", ViewKind::Items)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "copy")?;
    takes_none(vm, &args, "dict.copy")?;
    Ok(vm.dict_copy(&dict).into_value())
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "clear")?;
    takes_none(vm, &args, "dict.clear")?;
    let old = vm.mutate(&dict, |dict| dict.table.borrow_mut().take_whole());
    let len = old.len();
    vm.drop_contents(old, len, drop, |vm, old| {
        let fresh = vm.dict();
        vm.mutate(&fresh, |fresh| *fresh.table.borrow_mut() = old);
        fresh.into_value()
    });
    Ok(Value::NONE)
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    let len = dict.table.borrow().len();
    Ok(owned_by(vm.iterator(IterState::DictKeys(dict.into_value(), 0, len)), &args.values[0]))
}

fn reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__reversed__")?;
    takes_none(vm, &args, "dict.__reversed__")?;
    let (end, len) = {
        let table = dict.table.borrow();
        (table.end_position(), table.len())
    };
    Ok(owned_by(vm.iterator(IterState::DictReversed(dict.into_value(), end, len, 0)), &args.values[0]))
}

fn size_of_dict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__sizeof__")?;
    let bytes = dict.header().bytes();
    Ok(vm.size(bytes))
}

/// The dict on the other side of `|`.
fn other_dict(vm: &mut Vm, args: &Args<'_>) -> Result<Option<Ref<Dict>>> {
    let other = &special_takes(vm, args, 1)?[0];
    Ok(vm.native::<Dict>(other))
}

fn or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__or__")?;
    let Some(other) = other_dict(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let result = vm.dict_copy(&dict);
    vm.dict_update(&result, &other)?;
    Ok(result.into_value())
}

fn reflected_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__ror__")?;
    let Some(other) = other_dict(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let result = vm.dict_copy(&other);
    vm.dict_update(&result, &dict)?;
    Ok(result.into_value())
}

fn in_place_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = this(vm, &args, "__ior__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    merge(vm, &dict, other)?;
    Ok(args.values[0].clone())
}

fn fromkeys(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_keywords(vm, &args, "dict.fromkeys")?;
    let given = takes(vm, &args, "fromkeys", 1, 1, 2)?;
    let value = given.get(1).cloned().unwrap_or(Value::NONE);
    let class = &args.values[0];
    let exact = class.downcast::<Class>().is_some_and(|class| std::ptr::eq(class, &*vm.classes.dict));
    if exact {
        let dict = vm.dict();
        // The keys of a set or a dict are not hashed anew.
        let hashed: Option<Vec<(u64, Value)>> = if let Some(set) = given[0].downcast::<Set>() {
            Some(set.table.borrow().hashed().map(|(hash, key)| (hash, key.clone())).collect())
        } else {
            let other = given[0].downcast::<Dict>();
            other.map(|other| other.table.borrow().iter().map(|entry| (entry.hash, entry.key.clone())).collect())
        };
        if let Some(hashed) = hashed {
            for (hash, key) in hashed {
                vm.dict_set_hashed(&dict, hash, key, value.clone())?;
            }
            return Ok(dict.into_value());
        }
        vm.for_each(&given[0], |vm, key| vm.dict_set(&dict, key, value.clone()))?;
        return Ok(dict.into_value());
    }
    let made = vm.call(class, &[])?;
    vm.for_each(&given[0], |vm, key| vm.set_item(&made, &key, value.clone()).map(drop))?;
    Ok(made)
}

/// The dict that a view shows, if it shows one.
pub(super) fn dict_of_view(vm: &Vm, view: &DictView) -> Option<Ref<Dict>> {
    vm.native::<Dict>(&plain(&view.dict.get()))
}
