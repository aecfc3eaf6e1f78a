//! Counts of arguments and receivers of native methods, with CPython's wording for each way of declaring a method.
//!
//! It knows no defaults and no keywords; methods that take keywords read them with `args`.

use linger_heap::{Object, Ref, Value};

use crate::objects::{Args, Special};
use crate::vm::{Raise, Result, Vm};

/// The arguments behind the receiver.
pub(super) fn rest<'a>(args: &Args<'a>) -> &'a [Value] {
    args.values.get(1..).unwrap_or_default()
}

fn no_keywords(vm: &mut Vm, args: &Args<'_>, shown: impl Fn() -> String) -> Result<()> {
    if args.names.is_empty() { Ok(()) } else { Err(vm.type_error(format!("{}() takes no keyword arguments", shown()))) }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// No arguments: `str.upper()`.
pub(super) fn none(vm: &mut Vm, args: &Args<'_>, owner: &str, name: &str) -> Result<()> {
    no_keywords(vm, args, || format!("{owner}.{name}"))?;
    match rest(args).len() {
        0 => Ok(()),
        given => Err(vm.type_error(format!("{owner}.{name}() takes no arguments ({given} given)"))),
    }
}

/// Exactly one: `str.join(items)`.
pub(super) fn one<'a>(vm: &mut Vm, args: &Args<'a>, owner: &str, name: &str) -> Result<&'a Value> {
    no_keywords(vm, args, || format!("{owner}.{name}"))?;
    match rest(args) {
        [value] => Ok(value),
        values => {
            let given = values.len();
            Err(vm.type_error(format!("{owner}.{name}() takes exactly one argument ({given} given)")))
        }
    }
}

/// Between two counts, positional only: `str.center(width, fill)`.
pub(super) fn between<'a>(
    vm: &mut Vm,
    args: &Args<'a>,
    owner: &str,
    name: &str,
    (least, most): (usize, usize),
) -> Result<&'a [Value]> {
    no_keywords(vm, args, || format!("{owner}.{name}"))?;
    let values = rest(args);
    let given = values.len();
    let (bound, count) = match given {
        _ if given < least => ("at least ", least),
        _ if given > most => ("at most ", most),
        _ => return Ok(values),
    };
    let bound = if least == most { "" } else { bound };
    Err(vm.type_error(format!("{name} expected {bound}{count} argument{}, got {given}", plural(count))))
}

/// Between two counts as methods with optional positions say it: `str.find(text, start, end)`.
pub(super) fn range<'a>(
    vm: &mut Vm,
    args: &Args<'a>,
    name: &str,
    (least, most): (usize, usize),
) -> Result<&'a [Value]> {
    no_keywords(vm, args, || name.to_owned())?;
    let values = rest(args);
    let given = values.len();
    let (bound, count) = match given {
        _ if given < least => ("at least", least),
        _ if given > most => ("at most", most),
        _ => return Ok(values),
    };
    let bound = if least == most { "exactly" } else { bound };
    Err(vm.type_error(format!("{name}() takes {bound} {count} argument{} ({given} given)", plural(count))))
}

/// The receiver of a method of a native class.
pub(super) fn receiver<T: Object>(vm: &mut Vm, args: &Args<'_>, owner: &str, name: &str) -> Result<Ref<T>> {
    let found = args.values.first().and_then(|value| vm.native::<T>(value));
    match found {
        Some(found) => Ok(found),
        None => Err(wrong_receiver(vm, args, owner, name)),
    }
}

/// The error for a method called on nothing, or on what is not of its class.
pub(super) fn wrong_receiver(vm: &mut Vm, args: &Args<'_>, owner: &str, name: &str) -> Raise {
    match args.values.first() {
        None => vm.type_error(format!("unbound method {owner}.{name}() needs an argument")),
        Some(value) => {
            let found = vm.type_name(value);
            vm.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{found}' object"))
        }
    }
}

/// The error for an argument of the wrong type, where CPython calls `None` by its name.
pub(super) fn wrong_argument(vm: &mut Vm, what: &str, wanted: &str, value: &Value) -> Raise {
    let found = if value.is_none() { "None".to_owned() } else { vm.type_name(value) };
    vm.type_error(format!("{what} must be {wanted}, not {found}"))
}

/// The lower bound and upper bound of `find(text, start, end)`: `None` where it is not given or is `None`.
pub(super) fn bounds(vm: &mut Vm, values: &[Value]) -> Result<(Option<i64>, Option<i64>)> {
    Ok((bound(vm, values.first())?, bound(vm, values.get(1))?))
}

/// An index as slices take it: any integer, however large, or `None`.
fn bound(vm: &mut Vm, value: Option<&Value>) -> Result<Option<i64>> {
    let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(None) };
    if let Some(index) = value.as_small_int() {
        return Ok(Some(index));
    }
    if !vm.is_int(value) && vm.special(value, Special::Index).is_none() {
        return Err(vm.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    let index = vm.index(value)?;
    Ok(Some(saturated(vm, &index)))
}

/// An integer of 32 bits, which CPython wants here and there.
pub(super) fn c_int(vm: &mut Vm, value: &Value) -> Result<i32> {
    let index = vm.index(value)?;
    match vm.to_i64(&index).and_then(|index| i32::try_from(index).ok()) {
        Some(index) => Ok(index),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

/// An integer as near as 64 bits come.
pub(super) fn saturated(vm: &Vm, value: &Value) -> i64 {
    if let Some(small) = vm.to_i64(value) {
        return small;
    }
    let negative = vm.to_bigint(value).is_some_and(|big| big.sign() == num_bigint::Sign::Minus);
    if negative { i64::MIN } else { i64::MAX }
}
