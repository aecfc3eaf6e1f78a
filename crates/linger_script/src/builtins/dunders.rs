//! Special methods that scripts call by name (`list.__add__(a, b)`, `super().__len__()`), as thin wrappers around the operators.
//!
//! A wrapper must work on the native object inside of a subclass's instance: asking the instance again would find the subclass's
//! own method, which is the one that called. Knows no type; each type lists those that it has.

use linger_heap::Value;

use super::checks::special_takes;
use crate::objects::{Args, Instance};
use crate::vm::{BinaryOp, CompareOp, Result, Vm};

/// The native object inside of an instance of a subclass, or the value itself.
pub(crate) fn plain(value: &Value) -> Value {
    value.downcast::<Instance>().and_then(Instance::payload).unwrap_or_else(|| value.clone())
}

fn own(vm: &mut Vm, args: &Args<'_>) -> Result<Value> {
    match args.values.first() {
        Some(value) => Ok(plain(value)),
        None => Err(vm.type_error("descriptor needs an argument")),
    }
}

/// `__add__` of a sequence.
pub(crate) fn add(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let shown = &special_takes(vm, &args, 1)?[0];
    let own = own(vm, &args)?;
    match vm.concatenate(&own, &plain(shown), shown, false)? {
        Some(joined) => Ok(joined),
        None => vm.binary(BinaryOp::Add, &own, shown),
    }
}

/// `__mul__` and `__rmul__` of a sequence.
pub(crate) fn repeat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 1)?;
    let times = vm.index(&given[0])?;
    let own = own(vm, &args)?;
    vm.binary(BinaryOp::Mul, &own, &times)
}

macro_rules! comparison {
    ($($name:ident = $op:ident;)*) => {$(
        /// The comparison; `NotImplemented` where the two cannot be compared.
        pub(crate) fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let other = special_takes(vm, &args, 1)?[0].clone();
            let own = own(vm, &args)?;
            compare(vm, CompareOp::$op, &own, &other)
        }
    )*};
}

/// A method of order of a class that has none but as CPython's has it: it declines.
pub(crate) fn unordered(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 1)?;
    own(vm, &args)?;
    Ok(Value::NOT_IMPLEMENTED)
}

comparison! {
    eq = Eq;
    ne = Ne;
    lt = Lt;
    le = Le;
    gt = Gt;
    ge = Ge;
}

/// Compares what natives can compare: two of the same kind; anything else is the other one's business.
fn compare(vm: &mut Vm, op: CompareOp, own: &Value, other: &Value) -> Result<Value> {
    let other = plain(other);
    let same_kind = match (own.header(), other.header()) {
        (Some(own), Some(other)) => own.kind() == other.kind(),
        _ => false,
    };
    if same_kind { vm.compare(op, own, &other) } else { Ok(Value::NOT_IMPLEMENTED) }
}

/// `__len__`
pub(crate) fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = own(vm, &args)?;
    let count = vm.len(&own)?;
    Ok(vm.size(count))
}

/// `__contains__`
pub(crate) fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let item = &special_takes(vm, &args, 1)?[0];
    let own = own(vm, &args)?;
    Ok(Value::bool(vm.contains(&own, item)?))
}

/// `__getitem__`
pub(crate) fn get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let key = &special_takes(vm, &args, 1)?[0];
    let own = own(vm, &args)?;
    vm.get_item(&own, key)
}

/// `__setitem__`
pub(crate) fn set_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 2)?;
    let own = own(vm, &args)?;
    vm.set_item(&own, &given[0], given[1].clone())?;
    Ok(Value::NONE)
}

/// `__delitem__`
pub(crate) fn delete_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let key = &special_takes(vm, &args, 1)?[0];
    let own = own(vm, &args)?;
    vm.delete_item(&own, key)?;
    Ok(Value::NONE)
}

/// `__hash__`
pub(crate) fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = own(vm, &args)?;
    let hash = vm.hash(&own)?;
    Ok(vm.int(hash as i64))
}

/// `__class_getitem__`: `list[int]`, as `types.GenericAlias`.
pub(crate) fn generic_alias(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let item = special_takes(vm, &args, 1)?[0].clone();
    super::generic_alias::make(vm, args.values[0].clone(), item)
}
