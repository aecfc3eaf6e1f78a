//! The methods of `set` and `frozenset`.
//!
//! What the operators compute is in `set_algebra`.

use linger_heap::{Ref, Value};

use super::checks::{no_keywords, no_keywords_to_new, positional, receiver, special_takes, takes_none, takes_one};
use super::dunders;
use super::set_algebra as algebra;
use super::text_format::repr_method;
use crate::objects::{Args, Class, IterState, NativeFn, Set, SetTable};
use crate::vm::{Result, Vm, handed_out, owned_by};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("add", add),
    ("discard", discard),
    ("remove", remove),
    ("pop", pop),
    ("clear", clear),
    ("update", update),
    ("intersection_update", intersection_update),
    ("difference_update", difference_update),
    ("symmetric_difference_update", symmetric_difference_update),
    ("__ior__", in_place_or),
    ("__iand__", in_place_and),
    ("__isub__", in_place_sub),
    ("__ixor__", in_place_xor),
];

pub(super) const FROZEN_METHODS: &[(&str, NativeFn)] = &[("__new__", new_frozen), ("__hash__", dunders::hash)];

/// What both have.
pub(super) const SHARED_METHODS: &[(&str, NativeFn)] = &[
    ("copy", copy),
    ("union", union),
    ("intersection", intersection),
    ("difference", difference),
    ("symmetric_difference", symmetric_difference),
    ("isdisjoint", isdisjoint),
    ("issubset", issubset),
    ("issuperset", issuperset),
    ("__contains__", contains),
    ("__iter__", iter),
    ("__len__", dunders::len),
    ("__repr__", repr_method),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::lt),
    ("__le__", dunders::le),
    ("__gt__", dunders::gt),
    ("__ge__", dunders::ge),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("__and__", and),
    ("__rand__", reflected_and),
    ("__sub__", sub),
    ("__rsub__", reflected_sub),
    ("__xor__", xor),
    ("__rxor__", reflected_xor),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__class_getitem__", dunders::generic_alias)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Set>> {
    receiver::<Set>(vm, args, method, "set")
}

/// The full name of a method, for messages.
fn full_name(set: &Set, method: &str) -> impl std::fmt::Display {
    let class = if set.frozen { "frozenset" } else { "set" };
    std::fmt::from_fn(move |f| write!(f, "{class}.{method}"))
}

fn is_exact(class: &Value, exact: &Class) -> bool {
    class.downcast::<Class>().is_some_and(|class| std::ptr::eq(class, exact))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "set")?;
    let set = vm.set(SetTable::default(), false);
    vm.wrap(&args.values[0], set)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__init__")?;
    no_keywords(vm, &args, "set")?;
    let given = positional(vm, &args, "set", 1, 0, 1)?;
    let old = vm.mutate(&set, |set| set.table.take());
    drop(old);
    if let Some(iterable) = given.first() {
        algebra::add_all(vm, &set, iterable)?;
    }
    Ok(Value::NONE)
}

fn new_frozen(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "frozenset")?;
    let exact = is_exact(&args.values[0], &vm.classes.frozenset);
    no_keywords_to_new(vm, &args, "frozenset")?;
    let given = positional(vm, &args, "frozenset", 1, 0, 1)?;
    let table = match given.first() {
        None => SetTable::default(),
        Some(value) if exact && value.downcast::<Set>().is_some_and(|set| set.frozen) => return Ok(value.clone()),
        Some(iterable) => vm.set_table_of(iterable)?,
    };
    let set = vm.set(table, true);
    vm.wrap(&args.values[0], set)
}

fn add(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if let Args { values: [set, key], names: [] } = args
        && let Some(set) = set.downcast::<Set>().filter(|set| !set.frozen)
        && let Some(hash) = vm.hash_simple(key)
        && set.table.borrow_mut().add_at_first(hash, key)
    {
        return Ok(Value::NONE);
    }
    let set = this(vm, &args, "add")?;
    let key = takes_one(vm, &args, "set.add")?;
    vm.set_add(&set, key.clone())?;
    Ok(Value::NONE)
}

fn discard(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "discard")?;
    let key = takes_one(vm, &args, "set.discard")?;
    let key = vm.set_key(key);
    vm.set_remove(&set, &key)?;
    Ok(Value::NONE)
}

fn remove(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "remove")?;
    let given = takes_one(vm, &args, "set.remove")?;
    let key = vm.set_key(given);
    if vm.set_remove(&set, &key)? { Ok(Value::NONE) } else { Err(vm.key_error(given)) }
}

fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__contains__")?;
    let key = &special_takes(vm, &args, 1)?[0];
    let key = vm.set_key(key);
    Ok(Value::bool(vm.set_contains(&set, &key)?))
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "pop")?;
    takes_none(vm, &args, "set.pop")?;
    let key = set.table.borrow_mut().pop();
    match key {
        Some(key) => Ok(handed_out(key)),
        None => {
            let message = vm.str("pop from an empty set");
            Err(vm.key_error(&message))
        }
    }
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "clear")?;
    takes_none(vm, &args, "set.clear")?;
    let old = vm.mutate(&set, |set| set.table.take());
    let len = old.len();
    vm.drop_contents(old, len, drop, |vm, old| vm.set(old, false));
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "copy")?;
    takes_none(vm, &args, full_name(&set, "copy"))?;
    if args.values[0].is_kind::<Set>() && set.frozen {
        return Ok(args.values[0].clone());
    }
    let table = set.table.borrow().duplicate();
    Ok(vm.set(table, set.frozen))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    let len = set.table.borrow().len();
    Ok(owned_by(vm.iterator(IterState::Set(set.into_value(), 0, len)), &args.values[0]))
}

type Algebra = fn(&mut Vm, &Ref<Set>, &Value) -> Result<SetTable>;

/// A method that folds an operation over any number of iterables.
fn folded(vm: &mut Vm, args: Args<'_>, name: &str, operation: Algebra) -> Result<Value> {
    let set = this(vm, &args, name)?;
    no_keywords(vm, &args, full_name(&set, name))?;
    let mut table = None;
    for other in &args.values[1..] {
        let left = match table.take() {
            None => set.clone(),
            Some(table) => match vm.set(table, false).to_ref::<Set>() {
                Some(left) => left,
                None => continue,
            },
        };
        table = Some(operation(vm, &left, other)?);
    }
    let table = table.unwrap_or_else(|| set.table.borrow().duplicate());
    Ok(vm.set(table, set.frozen))
}

fn union(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    folded(vm, args, "union", algebra::union)
}

fn intersection(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    folded(vm, args, "intersection", algebra::intersection)
}

fn difference(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    folded(vm, args, "difference", algebra::difference)
}

fn symmetric_difference(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "symmetric_difference")?;
    takes_one(vm, &args, full_name(&set, "symmetric_difference"))?;
    folded(vm, args, "symmetric_difference", algebra::symmetric_difference)
}

fn isdisjoint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "isdisjoint")?;
    let other = takes_one(vm, &args, full_name(&set, "isdisjoint"))?;
    Ok(Value::bool(algebra::is_disjoint(vm, &set, other)?))
}

fn issubset(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "issubset")?;
    let other = takes_one(vm, &args, full_name(&set, "issubset"))?;
    let other = algebra::as_set(vm, other)?;
    Ok(Value::bool(algebra::is_subset(vm, &set, &other)?))
}

fn issuperset(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "issuperset")?;
    let other = takes_one(vm, &args, full_name(&set, "issuperset"))?;
    if let Some(other) = vm.native::<Set>(other) {
        return Ok(Value::bool(algebra::is_subset(vm, &other, &set)?));
    }
    let lacks_one = vm.any_item(other, |vm, item| Ok(!vm.set_contains(&set, &item)?))?;
    Ok(Value::bool(!lacks_one))
}

/// An operator: of two sets only.
fn operator(vm: &mut Vm, args: Args<'_>, name: &str, reflected: bool, operation: Algebra) -> Result<Value> {
    let set = this(vm, &args, name)?;
    let other = &special_takes(vm, &args, 1)?[0];
    let Some(other) = vm.native::<Set>(other) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (left, right) = if reflected { (other, set) } else { (set, other) };
    let table = operation(vm, &left, &right.to_value())?;
    Ok(vm.set(table, left.frozen))
}

macro_rules! operators {
    ($($forward:ident, $forward_name:literal, $backward:ident, $backward_name:literal = $operation:ident;)*) => {$(
        fn $forward(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            operator(vm, args, $forward_name, false, algebra::$operation)
        }
        fn $backward(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            operator(vm, args, $backward_name, true, algebra::$operation)
        }
    )*};
}

operators! {
    or, "__or__", reflected_or, "__ror__" = union;
    and, "__and__", reflected_and, "__rand__" = intersection;
    sub, "__sub__", reflected_sub, "__rsub__" = difference;
    xor, "__xor__", reflected_xor, "__rxor__" = symmetric_difference;
}

fn replace(vm: &mut Vm, set: &Ref<Set>, table: SetTable) {
    let old = vm.mutate(set, |set| set.table.replace(table));
    drop(old);
}

fn update(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "update")?;
    no_keywords(vm, &args, "set.update")?;
    for other in &args.values[1..] {
        algebra::add_all(vm, &set, other)?;
    }
    Ok(Value::NONE)
}

fn intersection_update(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "intersection_update")?;
    let result = folded(vm, args, "intersection_update", algebra::intersection)?;
    if let Some(result) = result.to_ref::<Set>() {
        let table = vm.mutate(&result, |result| result.table.take());
        replace(vm, &set, table);
    }
    Ok(Value::NONE)
}

fn difference_update(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "difference_update")?;
    no_keywords(vm, &args, "set.difference_update")?;
    for other in &args.values[1..] {
        algebra::remove_all(vm, &set, other)?;
    }
    Ok(Value::NONE)
}

fn symmetric_difference_update(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "symmetric_difference_update")?;
    let other = takes_one(vm, &args, "set.symmetric_difference_update")?;
    algebra::toggle_all(vm, &set, other)?;
    Ok(Value::NONE)
}

/// The set on the right of an in-place operator.
fn right_set(vm: &mut Vm, args: &Args<'_>) -> Result<Option<Value>> {
    let other = &special_takes(vm, args, 1)?[0];
    Ok(vm.native::<Set>(other).map(|_| other.clone()))
}

fn in_place_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__ior__")?;
    let Some(other) = right_set(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    algebra::add_all(vm, &set, &other)?;
    Ok(args.values[0].clone())
}

fn in_place_and(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__iand__")?;
    let Some(other) = right_set(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let table = algebra::intersection(vm, &set, &other)?;
    replace(vm, &set, table);
    Ok(args.values[0].clone())
}

fn in_place_sub(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__isub__")?;
    let Some(other) = right_set(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    algebra::remove_all(vm, &set, &other)?;
    Ok(args.values[0].clone())
}

fn in_place_xor(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__ixor__")?;
    let Some(other) = right_set(vm, &args)? else { return Ok(Value::NOT_IMPLEMENTED) };
    algebra::toggle_all(vm, &set, &other)?;
    Ok(args.values[0].clone())
}
