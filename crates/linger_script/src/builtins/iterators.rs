//! The classes of iterators: `enumerate`, `zip`, `map`, `filter`, `reversed`, and what containers' iterators share.
//!
//! Taking the next item is the virtual machine's (`vm::iterate`).

use linger_heap::Value;

use super::checks::{named, no_keywords_to_new, positional, receiver, special_takes};
use super::dunders;
use crate::objects::{Args, Iter, IterState, NativeFn, Special, Zipped};
use crate::vm::{Result, Vm};

/// The highest of the iterators' class numbers.
pub(super) const LAST_CLASS: u8 = 22;

/// Of every iterator of the runtime.
pub(super) const METHODS: &[(&str, NativeFn)] = &[("__iter__", iter), ("__next__", next)];

/// The classes of iterators that know how many items are left: all but those that call functions.
pub(super) fn has_hint(class: u8) -> bool {
    !(14..=18).contains(&class)
}

/// The classes of iterators that can be set to a place.
pub(super) fn has_place(class: u8) -> bool {
    !matches!(class, 6..=11 | 14 | 15 | 17 | 18 | 21 | 22)
}

pub(super) const ENUMERATE: &[(&str, NativeFn)] =
    &[("__new__", new_enumerate), ("__class_getitem__", dunders::generic_alias)];
pub(super) const ZIP: &[(&str, NativeFn)] = &[("__new__", new_zip)];
pub(super) const MAP: &[(&str, NativeFn)] = &[("__new__", new_map)];
pub(super) const FILTER: &[(&str, NativeFn)] = &[("__new__", new_filter)];
pub(super) const REVERSED: &[(&str, NativeFn)] = &[("__new__", new_reversed)];

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    Ok(args.values[0].clone())
}

fn next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    receiver::<Iter>(vm, &args, "__next__", "iterator")?;
    special_takes(vm, &args, 0)?;
    // The iterator inside of a subclass's instance: asking that again would find this method.
    let own = dunders::plain(&args.values[0]);
    vm.next_or_value(&own)?.ok_or_else(|| vm.stop_iteration(Value::NONE))
}

fn new_enumerate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "enumerate")?;
    let total = args.values.len().saturating_sub(1);
    if total > 2 {
        return Err(vm.type_error(format!("enumerate() takes at most 2 arguments ({total} given)")));
    }
    let [iterable, start] = match named(vm, &args, "enumerate", 1, ["iterable", "start"], 0)? {
        [Some(iterable), start] => [iterable, start.unwrap_or_else(|| vm.int(0))],
        [None, _] => return Err(vm.type_error("enumerate() missing required argument 'iterable'")),
    };
    let start = vm.index(&start)?;
    let inner = vm.iter(&iterable)?;
    let iterator = vm.iterator(IterState::Enumerate(inner, start));
    vm.wrap(&args.values[0], iterator)
}

fn iterators(vm: &mut Vm, iterables: &[Value]) -> Result<Vec<Value>> {
    iterables.iter().map(|iterable| vm.iter(iterable)).collect()
}

fn new_zip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "zip")?;
    let mut strict = false;
    for (name, value) in args.keywords() {
        match crate::vm::text(name) {
            "strict" => strict = vm.truth(value)?,
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for zip()"))),
        }
    }
    let state = match &args.positional()[1..] {
        [first, second] if !strict => {
            let (first, second) = (vm.iter(first)?, vm.iter(second)?);
            IterState::ZipTwo { first, second, read: Value::EMPTY }
        }
        iterables => IterState::Zip(Zipped::new(iterators(vm, iterables)?, strict)),
    };
    let iterator = vm.iterator(state);
    vm.wrap(&args.values[0], iterator)
}

fn new_map(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "map")?;
    no_keywords_to_new(vm, &args, "map")?;
    let [function, iterables @ ..] = &args.positional()[1..] else {
        return Err(vm.type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    let inner = iterators(vm, iterables)?;
    let iterator = vm.iterator(IterState::Map(function.clone(), inner));
    vm.wrap(&args.values[0], iterator)
}

fn new_filter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "filter")?;
    no_keywords_to_new(vm, &args, "filter")?;
    let given = positional(vm, &args, "filter", 1, 2, 2)?;
    let inner = vm.iter(&given[1])?;
    let iterator = vm.iterator(IterState::Filter(given[0].clone(), inner));
    vm.wrap(&args.values[0], iterator)
}

fn new_reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "reversed")?;
    no_keywords_to_new(vm, &args, "reversed")?;
    let value = &positional(vm, &args, "reversed", 1, 1, 1)?[0];
    match vm.special(value, Special::Reversed) {
        Some(method) if method.is_none() => {}
        Some(_) => {
            if let Some(iterator) = vm.call_special(value, Special::Reversed, &[])? {
                // What a list and the like give is as good as one of this class.
                let own = iterator.is_kind::<Iter>() && vm.class_of(&iterator).is(&vm.classes.reversed);
                return if own { vm.wrap(&args.values[0], iterator) } else { Ok(iterator) };
            }
        }
        None => {
            if vm.special(value, Special::GetItem).is_some() && vm.native::<crate::objects::Dict>(value).is_none() {
                let len = vm.len(value)?;
                let iterator = vm.iterator(IterState::SequenceReversed(value.clone(), len as i64 - 1));
                return vm.wrap(&args.values[0], iterator);
            }
        }
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format!("'{name}' object is not reversible")))
}
