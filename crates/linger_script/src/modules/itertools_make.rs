//! How the iterators of `itertools` that pass on or pick items are made: their arguments.

use linger_heap::{Ref, Value};

use super::itertools::{Lazy, object};
use super::support::{between, exactly, given, method, named, no_keywords};
use crate::objects::{Args, Class, Special};
use crate::vm::{Result, Vm};

/// The class and the other arguments of a `__new__`.
fn begin<'a>(vm: &mut Vm, args: Args<'a>) -> Result<(Ref<Class>, Args<'a>)> {
    let (class, rest) = method(vm, args, "__new__")?;
    Ok((super::support::class_argument(vm, class)?, rest))
}

fn required(value: Option<Value>) -> Value {
    value.unwrap_or(Value::NONE)
}

pub(super) fn accumulate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [iterable, function, initial] = named(vm, &rest, "accumulate", ["iterable", "func", "*initial"], 1)?;
    let iterator = vm.iter(&required(iterable))?;
    let function = required(function);
    let state = Lazy::Accumulate { iterator, function, total: given(initial), started: false, read: None };
    Ok(object(vm, &class, state))
}

pub(super) fn chain(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    no_keywords(vm, &rest, "chain")?;
    let iterables = vm.tuple(rest.values.to_vec());
    let outer = vm.iter(&iterables)?;
    Ok(object(vm, &class, Lazy::Chain { outer, inner: None, read: None }))
}

pub(super) fn compress(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [data, selectors] = named(vm, &rest, "compress", ["data", "selectors"], 2)?;
    let data = vm.iter(&required(data))?;
    let selectors = vm.iter(&required(selectors))?;
    Ok(object(vm, &class, Lazy::Compress { data, selectors, item: None, selector: None }))
}

pub(super) fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [start, step] = named(vm, &rest, "count", ["start", "step"], 0)?;
    let start = start.unwrap_or_else(|| vm.int(0));
    let step = step.unwrap_or_else(|| vm.int(1));
    for value in [&start, &step] {
        let names = [Special::Index, Special::Int, Special::Float];
        if vm.complex_of(value).is_none() && !names.into_iter().any(|name| vm.special(value, name).is_some()) {
            return Err(vm.type_error("a number is required"));
        }
    }
    // By ones CPython counts a machine's numbers, even from `True`.
    let next = if vm.is_int(&start) && vm.to_i64(&step) == Some(1) { vm.index(&start)? } else { start };
    Ok(object(vm, &class, Lazy::Count { next, step }))
}

pub(super) fn cycle(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [iterable] = exactly::<1>(vm, &rest, "cycle")?;
    let iterator = vm.iter(iterable)?;
    Ok(object(vm, &class, Lazy::Cycle { iterator: Some(iterator), saved: Vec::new(), position: 0 }))
}

/// A predicate and an iterable.
fn predicate_and_iterator(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<(Value, Value)> {
    let [predicate, iterable] = exactly::<2>(vm, args, name)?;
    Ok((predicate.clone(), vm.iter(iterable)?))
}

pub(super) fn dropwhile(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (predicate, iterator) = predicate_and_iterator(vm, &rest, "dropwhile")?;
    Ok(object(vm, &class, Lazy::DropWhile { predicate, iterator, dropping: true }))
}

pub(super) fn filterfalse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (predicate, iterator) = predicate_and_iterator(vm, &rest, "filterfalse")?;
    Ok(object(vm, &class, Lazy::FilterFalse { predicate, iterator }))
}

pub(super) fn starmap(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (function, iterator) = predicate_and_iterator(vm, &rest, "starmap")?;
    Ok(object(vm, &class, Lazy::Starmap { function, iterator }))
}

pub(super) fn takewhile(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (predicate, iterator) = predicate_and_iterator(vm, &rest, "takewhile")?;
    Ok(object(vm, &class, Lazy::TakeWhile { predicate, iterator }))
}

/// An index of `islice`: none, or not negative.
fn islice_index(vm: &mut Vm, value: &Value, what: &str) -> Result<Option<u64>> {
    if value.is_none() {
        return Ok(None);
    }
    let index = if vm.is_int(value) || vm.special(value, Special::Index).is_some() {
        vm.index_i64(value).ok().and_then(|index| u64::try_from(index).ok())
    } else {
        None
    };
    match index {
        Some(index) => Ok(Some(index)),
        // CPython's sign of an error is -1: only that and what is no integer are told by the argument's name.
        None if vm.to_i64(value).is_some_and(|index| index != -1) => {
            Err(vm.value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."))
        }
        None => Err(vm.value_error(format!("{what} must be None or an integer: 0 <= x <= sys.maxsize."))),
    }
}

pub(super) fn islice(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let values = between(vm, &rest, "islice", 2, 4)?;
    let (start, stop) = match values {
        [_, stop] => (0, islice_index(vm, stop, "Stop argument for islice()")?),
        [_, start, stop, ..] => {
            let start = islice_index(vm, start, "Indices for islice()")?;
            (start.unwrap_or(0), islice_index(vm, stop, "Stop argument for islice()")?)
        }
        _ => (0, None),
    };
    let step = match values.get(3) {
        Some(step) if !step.is_none() => match vm.index_i64(step).ok() {
            Some(step) if step > 0 => step as u64,
            _ => return Err(vm.value_error("Step for islice() must be a positive integer or None.")),
        },
        _ => 1,
    };
    let iterator = vm.iter(&values[0])?;
    Ok(object(vm, &class, Lazy::Islice { iterator, next: start, stop, step, position: 0 }))
}

pub(super) fn pairwise(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [iterable] = exactly::<1>(vm, &rest, "pairwise")?;
    let iterator = vm.iter(iterable)?;
    Ok(object(vm, &class, Lazy::Pairwise { iterator, previous: None }))
}

pub(super) fn repeat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let [item, times] = named(vm, &rest, "repeat", ["object", "times"], 1)?;
    let left = match times {
        Some(times) => Some(vm.index_i64(&times)?.max(0)),
        None => None,
    };
    Ok(object(vm, &class, Lazy::Repeat { item: required(item), left }))
}

pub(super) fn zip_longest(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let mut fill = Value::NONE;
    for (name, value) in rest.keywords() {
        if crate::vm::text(name) != "fillvalue" {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value.clone();
    }
    let iterators = rest.positional().iter().map(|iterable| vm.iter(iterable)).collect::<Result<Vec<_>>>()?;
    let active = iterators.len();
    Ok(object(vm, &class, Lazy::ZipLongest { iterators, fill, active, read: Vec::new() }))
}
