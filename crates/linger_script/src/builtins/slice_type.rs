//! The methods of `slice`.

use linger_heap::{Ref, Value};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::checks::{self, no_keywords, positional, receiver, takes_one};
use super::dunders;
use super::text_format::repr_method;
use crate::objects::{Args, NativeFn, Slice, Special};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__reduce__", reduce),
    ("indices", indices),
    ("__repr__", repr_method),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::lt),
    ("__le__", dunders::le),
    ("__gt__", dunders::gt),
    ("__ge__", dunders::ge),
    ("start\0set", checks::readonly),
    ("stop\0set", checks::readonly),
    ("step\0set", checks::readonly),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("start", start), ("stop", stop), ("step", step)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Slice>> {
    receiver::<Slice>(vm, args, method, "slice")
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    checks::needs_class(vm, &args, "slice")?;
    no_keywords(vm, &args, "slice")?;
    let given = positional(vm, &args, "slice", 1, 1, 3)?;
    let at = |index: usize| given.get(index).cloned().unwrap_or(Value::NONE);
    let (start, stop, step) = if given.len() == 1 { (Value::NONE, at(0), Value::NONE) } else { (at(0), at(1), at(2)) };
    Ok(vm.object(&vm.classes.slice.clone(), Slice { start, stop, step }).into_value())
}

/// A part of a slice as a number, or nothing if it is `None`.
fn part(vm: &mut Vm, value: &Value) -> Result<Option<BigInt>> {
    if value.is_none() {
        return Ok(None);
    }
    if !vm.is_int(value) && vm.special(value, Special::Index).is_none() {
        return Err(vm.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    let index = vm.index(value)?;
    Ok(vm.to_bigint(&index))
}

fn indices(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let slice = this(vm, &args, "indices")?;
    let len = takes_one(vm, &args, "slice.indices")?;
    let len = vm.index(len)?;
    let len = vm.to_bigint(&len).unwrap_or_default();
    if len.is_negative() {
        return Err(vm.value_error("length should not be negative"));
    }
    let step = part(vm, &slice.step)?.unwrap_or_else(BigInt::one);
    if step.is_zero() {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let backwards = step.is_negative();
    let (lowest, highest) = if backwards { (-BigInt::one(), &len - 1) } else { (BigInt::zero(), len.clone()) };
    let limited = |index: BigInt| {
        let index = if index.is_negative() { index + &len } else { index };
        index.clamp(lowest.clone(), highest.clone())
    };
    let start =
        part(vm, &slice.start)?.map(limited).unwrap_or(if backwards { highest.clone() } else { lowest.clone() });
    let stop = part(vm, &slice.stop)?.map(limited).unwrap_or(if backwards { lowest.clone() } else { highest.clone() });
    let parts = vec![vm.big(start), vm.big(stop), vm.big(step)];
    Ok(vm.tuple(parts))
}

fn start(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "start")?.start.clone())
}

fn stop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "stop")?.stop.clone())
}

fn step(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "step")?.step.clone())
}

/// The class and the three parts, of which `copy` and the like make it anew.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let slice = this(vm, &args, "__reduce__")?;
    let parts = vm.tuple(vec![slice.start.clone(), slice.stop.clone(), slice.step.clone()]);
    Ok(vm.tuple(vec![vm.classes.slice.to_value(), parts]))
}
