//! What natives check about their arguments before they look at them: how many there are, that none came by keyword, and that
//! `self` is what the method is for. Wording as CPython's, which differs by how CPython declares the function.
//!
//! Knows no type: the caller says the names that messages show.

use std::fmt::Display;

use linger_heap::{Object, Ref, Value};

use crate::objects::{Args, Class, Native, Special, Wrapper};
use crate::vm::{Raise, Result, Vm};

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// `f() takes no keyword arguments`, if there are some.
#[inline]
pub(crate) fn no_keywords(vm: &mut Vm, args: &Args<'_>, full_name: impl Display) -> Result<()> {
    if args.names.is_empty() { Ok(()) } else { Err(vm.type_error(format!("{full_name}() takes no keyword arguments"))) }
}

/// As [`no_keywords`], for the `__new__` of a builtin class: a subclass with an `__init__` of its own takes what keywords it likes.
pub(crate) fn no_keywords_to_new(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<()> {
    if args.names.is_empty() || !has_plain(vm, args.values.first(), Special::Init) {
        return Ok(());
    }
    no_keywords(vm, args, name)
}

/// Whether a class has the `__new__` or `__init__` of a builtin class.
pub(crate) fn has_plain(vm: &mut Vm, class: Option<&Value>, special: Special) -> bool {
    let Some(class) = class.and_then(Value::to_ref::<Class>) else { return true };
    let name = vm.special_name(special).clone();
    match vm.lookup(&class, &name) {
        Some(found) => match vm.native::<Wrapper>(&found) {
            Some(wrapper) => wrapper.function.get().is_kind::<Native>(),
            None => found.is_kind::<Native>(),
        },
        None => true,
    }
}

/// A method that takes nothing but `self`.
#[inline]
pub(crate) fn takes_none(vm: &mut Vm, args: &Args<'_>, full_name: impl Display) -> Result<()> {
    no_keywords(vm, args, &full_name)?;
    match args.values.len() {
        0 => Err(vm.type_error(format!("unbound method {full_name}() needs an argument"))),
        1 => Ok(()),
        count => Err(vm.type_error(format!("{full_name}() takes no arguments ({} given)", count - 1))),
    }
}

/// A method that takes one argument beside `self`.
#[inline]
pub(crate) fn takes_one<'a>(vm: &mut Vm, args: &Args<'a>, full_name: impl Display) -> Result<&'a Value> {
    exactly_one(vm, args, full_name, 1)
}

/// A function that takes one argument.
pub(crate) fn function_of_one<'a>(vm: &mut Vm, args: &Args<'a>, full_name: impl Display) -> Result<&'a Value> {
    exactly_one(vm, args, full_name, 0)
}

fn exactly_one<'a>(vm: &mut Vm, args: &Args<'a>, full_name: impl Display, skipped: usize) -> Result<&'a Value> {
    no_keywords(vm, args, &full_name)?;
    match args.values.get(skipped..).unwrap_or(&[]) {
        [value] => Ok(value),
        other => Err(vm.type_error(format!("{full_name}() takes exactly one argument ({} given)", other.len()))),
    }
}

/// A function of `min` to `max` positional arguments; the first `skipped` values (`self`) are not counted.
pub(crate) fn takes<'a>(
    vm: &mut Vm,
    args: &Args<'a>,
    name: &str,
    skipped: usize,
    min: usize,
    max: usize,
) -> Result<&'a [Value]> {
    no_keywords(vm, args, name)?;
    positional(vm, args, name, skipped, min, max)
}

/// As [`takes`], for a function that looks at keywords by itself.
pub(crate) fn positional<'a>(
    vm: &mut Vm,
    args: &Args<'a>,
    name: &str,
    skipped: usize,
    min: usize,
    max: usize,
) -> Result<&'a [Value]> {
    let given = args.positional().get(skipped..).unwrap_or(&[]);
    let count = given.len();
    if (min..=max).contains(&count) {
        return Ok(given);
    }
    let (bound, wanted) = match (min == max, count < min) {
        (true, _) => ("", min),
        (false, true) => ("at least ", min),
        (false, false) => ("at most ", max),
    };
    Err(vm.type_error(format!("{name} expected {bound}{wanted} argument{}, got {count}", plural(wanted))))
}

/// A special method called by its name: `expected 1 argument, got 0`.
pub(crate) fn special_takes<'a>(vm: &mut Vm, args: &Args<'a>, count: usize) -> Result<&'a [Value]> {
    let Some(given) = args.values.get(1..) else {
        return Err(vm.type_error("descriptor needs an argument"));
    };
    if !args.names.is_empty() {
        return Err(vm.type_error("wrapper doesn't take keyword arguments"));
    }
    if given.len() == count {
        Ok(given)
    } else {
        Err(vm.type_error(format!("expected {count} argument{}, got {}", plural(count), given.len())))
    }
}

/// `self` as the native object that the method is for, also that inside of a subclass's instance.
#[inline]
pub(crate) fn receiver<T: Object>(vm: &mut Vm, args: &Args<'_>, method: &str, class: &str) -> Result<Ref<T>> {
    match args.positional().first().and_then(Value::to_ref::<T>) {
        Some(native) => Ok(native),
        None => receiver_inside(vm, args, method, class),
    }
}

#[cold]
fn receiver_inside<T: Object>(vm: &mut Vm, args: &Args<'_>, method: &str, class: &str) -> Result<Ref<T>> {
    let Some(value) = args.positional().first() else {
        return Err(vm.type_error(format!("unbound method {class}.{method}() needs an argument")));
    };
    match vm.native::<T>(value) {
        Some(native) => Ok(native),
        None => Err(wrong_receiver(vm, value, method, class)),
    }
}

/// The error of a method of `class` called on something else.
pub(crate) fn wrong_receiver(vm: &mut Vm, value: &Value, method: &str, class: &str) -> Raise {
    let other = vm.type_name(value);
    vm.type_error(format!("descriptor '{method}' for '{class}' objects doesn't apply to a '{other}' object"))
}

/// Finds the arguments of a function by position and by keyword, in the order of `names`; the first `skipped` values (`self`) are
/// left out. `full_name` is what messages call the function; names that start with `*` are taken by keyword only.
pub(crate) fn named<const N: usize>(
    vm: &mut Vm,
    args: &Args<'_>,
    full_name: &str,
    skipped: usize,
    names: [&str; N],
    required: usize,
) -> Result<[Option<Value>; N]> {
    let mut found: [Option<Value>; N] = std::array::from_fn(|_| None);
    let given = args.positional().get(skipped..).unwrap_or(&[]);
    // Most calls have positional arguments only, and few.
    if args.names.is_empty() && (required..=N).contains(&given.len()) {
        let last = given.len().checked_sub(1).map_or("", |last| names[last]);
        if last.as_bytes().first() != Some(&b'*') {
            for (place, value) in found.iter_mut().zip(given) {
                *place = Some(value.clone());
            }
            return Ok(found);
        }
    }
    let by_position = names.iter().filter(|name| !name.starts_with('*')).count();
    let total = given.len() + args.names.len();
    if given.len() > by_position || total > N {
        let (most, kind) =
            if by_position < N && given.len() > by_position { (by_position, "positional ") } else { (N, "") };
        let count = if kind.is_empty() { total } else { given.len() };
        if given.is_empty() {
            let message =
                format!("{full_name}() takes at most {most} keyword argument{} ({count} given)", plural(most));
            return Err(vm.type_error(message));
        }
        let bound = if required == most { "exactly" } else { "at most" };
        return Err(vm.type_error(match most {
            0 => format!("{full_name}() takes no positional arguments"),
            _ => format!("{full_name}() takes {bound} {most} {kind}argument{} ({count} given)", plural(most)),
        }));
    }
    for (place, value) in found.iter_mut().zip(given) {
        *place = Some(value.clone());
    }
    let missing = (0..required).find(|index| {
        let name = names[*index].trim_start_matches('*');
        found[*index].is_none() && !args.names.iter().any(|given| crate::vm::text(given) == name)
    });
    if let Some(missing) = missing {
        let message = format!("{full_name}() missing required argument '{}' (pos {})", names[missing], missing + 1);
        return Err(vm.type_error(message));
    }
    for (name, value) in args.keywords() {
        let text = crate::vm::text(name);
        match names.iter().position(|known| known.trim_start_matches('*') == text) {
            Some(index) if found[index].is_some() => {
                let message =
                    format!("argument for {full_name}() given by name ('{text}') and position ({})", index + 1);
                return Err(vm.type_error(message));
            }
            Some(index) => found[index] = Some(value.clone()),
            None => return Err(vm.type_error(format!("'{text}' is an invalid keyword argument for {full_name}()"))),
        }
    }
    Ok(found)
}

/// The class that a `__new__` is called for; without it there is nothing to make.
pub(crate) fn needs_class(vm: &mut Vm, args: &Args<'_>, class: &str) -> Result<()> {
    if args.positional().is_empty() {
        return Err(vm.type_error(format!("{class}.__new__(): not enough arguments")));
    }
    Ok(())
}

/// A setter is given an object and a value by the runtime; a script that gets hold of it might give less.
pub(crate) fn needs_value(vm: &mut Vm, args: &Args<'_>) -> Result<()> {
    if args.values.len() == 2 && args.names.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format!("expected 2 arguments, got {}", args.values.len())))
}

/// The class of an argument as messages about arguments name it: `None` is called by its value.
pub(crate) fn shown_type(vm: &mut Vm, value: &Value) -> String {
    if value.is_none() { "None".to_owned() } else { vm.type_name(value) }
}

/// The setter of an attribute that CPython keeps as a read-only member.
pub(crate) fn readonly(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.attribute_error("readonly attribute"))
}
