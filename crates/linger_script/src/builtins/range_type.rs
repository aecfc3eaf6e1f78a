//! The methods of `range`.
//!
//! Length, subscripts, equality and iteration are the virtual machine's.

use linger_heap::{Ref, Value};
use num_bigint::BigInt;

use super::checks::{self, no_keywords, positional, receiver, special_takes, takes_none, takes_one};
use super::dunders;
use super::text_format::repr_method;
use crate::objects::{Args, Instance, IterState, NativeFn, Range};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("index", index),
    ("count", count),
    ("__reversed__", reversed),
    ("__iter__", iter),
    ("__repr__", repr_method),
    ("__reduce__", reduce),
    ("__bool__", truth),
    ("__len__", len),
    ("__contains__", dunders::contains),
    ("__getitem__", dunders::get_item),
    ("__hash__", dunders::hash),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::unordered),
    ("__le__", dunders::unordered),
    ("__gt__", dunders::unordered),
    ("__ge__", dunders::unordered),
    ("start\0set", checks::readonly),
    ("stop\0set", checks::readonly),
    ("step\0set", checks::readonly),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("start", start), ("stop", stop), ("step", step)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Range>> {
    receiver::<Range>(vm, args, method, "range")
}

const ZERO: Value = Value::from_shifted(0);
const ONE: Value = Value::from_shifted(1 << 16);

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    checks::needs_class(vm, &args, "range")?;
    no_keywords(vm, &args, "range")?;
    let given = positional(vm, &args, "range", 1, 1, 3)?;
    let mut end = |value: &Value| if value.is_small_int() { Ok(value.clone()) } else { vm.index(value) };
    let first = end(&given[0])?;
    let (start, stop) = match given.get(1) {
        Some(stop) => (first, end(stop)?),
        None => (ZERO, first),
    };
    let step = given.get(2).map_or(Ok(ONE), end)?;
    // Zero has one form.
    if step.is(&ZERO) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    Ok(make(vm, start, stop, step))
}

/// The class and the three numbers, of which `copy` and the like make it anew.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "__reduce__")?;
    let numbers = vm.tuple(vec![range.start.clone(), range.stop.clone(), range.step.clone()]);
    Ok(vm.tuple(vec![vm.classes.range.to_value(), numbers]))
}

fn make(vm: &Vm, start: Value, stop: Value, step: Value) -> Value {
    vm.heap.alloc_with(vm.classes.range.type_id.get(), || Range { start, stop, step }).into_value()
}

/// Whether a value is an integer that compares as one: a script's subclass may see it otherwise.
fn is_plain_int(vm: &Vm, value: &Value) -> bool {
    vm.is_int(value) && !value.is_kind::<Instance>()
}

/// Where an integer lies in the range.
fn position(vm: &mut Vm, range: &Range, wanted: &Value) -> Result<Option<BigInt>> {
    let big = |vm: &Vm, value: &Value| vm.to_bigint(value).unwrap_or_default();
    if is_plain_int(vm, wanted) {
        let (start, step, number) = (big(vm, &range.start), big(vm, &range.step), big(vm, wanted));
        let distance = number - start;
        if &distance % &step != BigInt::ZERO {
            return Ok(None);
        }
        let position = distance / step;
        let inside = position >= BigInt::ZERO && position < vm.range_len(range);
        return Ok(inside.then_some(position));
    }
    // Anything else may claim to be equal to a number: one after the other is asked.
    let all = make(vm, range.start.clone(), range.stop.clone(), range.step.clone());
    let mut asked = 0u64;
    let found = vm.any_item(&all, |vm, number| {
        asked += 1;
        vm.equal(&number, wanted)
    })?;
    Ok(found.then(|| BigInt::from(asked - 1)))
}

fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "index")?;
    let wanted = takes_one(vm, &args, "range.index")?;
    match position(vm, &range, wanted)? {
        Some(position) => Ok(vm.big(position)),
        None if is_plain_int(vm, wanted) => {
            let shown = vm.repr(wanted)?;
            Err(vm.value_error(format!("{shown} is not in range")))
        }
        None => Err(vm.value_error("sequence.index(x): x not in sequence")),
    }
}

fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "count")?;
    let wanted = takes_one(vm, &args, "range.count")?;
    if is_plain_int(vm, wanted) {
        let found = position(vm, &range, wanted)?.is_some();
        return Ok(vm.int(i64::from(found)));
    }
    let mut found = 0;
    vm.for_each(&args.values[0], |vm, number| {
        found += i64::from(vm.equal(&number, wanted)?);
        Ok(())
    })?;
    Ok(vm.int(found))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    vm.iter(&args.values[0])
}

/// An iterator over the same numbers from the last to the first.
pub(super) fn backwards(vm: &mut Vm, range: &Range) -> Result<Value> {
    let big = |value: &Value| vm.to_bigint(value).unwrap_or_default();
    let (start, step) = (big(&range.start), big(&range.step));
    let len = vm.range_len(range);
    let last = &start + (&len - 1) * &step;
    let stop = start - &step;
    let small = (i64::try_from(&last), i64::try_from(&len), i64::try_from(&step));
    if let (Ok(last), Ok(len), Ok(step)) = small
        && let Some(step) = step.checked_neg()
        && let (Some(_), Some(_)) = (Value::small_int(last), i64::try_from(&stop).ok().and_then(Value::small_int))
    {
        return Ok(vm.iterator(IterState::Range(last, len as u64, step)));
    }
    let (next, end, step) = (vm.big(last), vm.big(stop), vm.big(-step));
    Ok(vm.iterator(IterState::BigRange(next, end, step)))
}

fn reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "__reversed__")?;
    takes_none(vm, &args, "range.__reversed__")?;
    backwards(vm, &range)
}

fn truth(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "__bool__")?;
    special_takes(vm, &args, 0)?;
    Ok(Value::bool(vm.range_len(&range) != BigInt::ZERO))
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let range = this(vm, &args, "__len__")?;
    special_takes(vm, &args, 0)?;
    match i64::try_from(vm.range_len(&range)) {
        Ok(len) => Ok(vm.int(len)),
        Err(_) => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
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
