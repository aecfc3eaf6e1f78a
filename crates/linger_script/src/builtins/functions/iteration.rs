//! Builtin functions that walk over things.

use linger_heap::Value;

use crate::builtins::checks::{function_of_one, positional, takes};
use crate::builtins::list_sort::{self, Order};
use crate::objects::{Args, Generator, GeneratorKind, Iter, IterState, NativeFn, Special};
use crate::vm::{Fold, Result, Vm};

pub(super) const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("all", all),
    ("any", any),
    ("iter", iter),
    ("next", next),
    ("sorted", sorted),
    ("aiter", aiter),
    ("anext", anext),
];

fn all(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let iterable = function_of_one(vm, &args, "all")?;
    let first_false = |vm: &mut Vm, answer: &mut Value, item: Value| {
        let holds = vm.truth(&item)?;
        *answer = Value::bool(holds);
        Ok(holds)
    };
    vm.fold(Fold::All, iterable, Value::TRUE, first_false)
}

fn any(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let iterable = function_of_one(vm, &args, "any")?;
    let first_true = |vm: &mut Vm, answer: &mut Value, item: Value| {
        let holds = vm.truth(&item)?;
        *answer = Value::bool(holds);
        Ok(!holds)
    };
    vm.fold(Fold::Any, iterable, Value::FALSE, first_true)
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "iter", 0, 1, 2)?;
    let Some(sentinel) = given.get(1) else { return vm.iter(&given[0]) };
    if !vm.is_callable(&given[0]) {
        return Err(vm.type_error("iter(v, w): v must be callable"));
    }
    Ok(vm.iterator(IterState::Call(given[0].clone(), sentinel.clone())))
}

/// The builtin function `next`, which the virtual machine recognizes.
pub(crate) const NEXT: NativeFn = next;

fn next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "next", 0, 1, 2)?;
    // What is no iterator of the runtime tells its end by an exception, which may carry a value.
    let is_known = given[0].is_kind::<Iter>()
        || vm.has_native_next(&given[0])
        || given.len() > 1 && given[0].downcast::<Generator>().is_some_and(|it| it.kind == GeneratorKind::Generator);
    if !is_known {
        let Some(result) = vm.call_special(&given[0], Special::Next, &[]).transpose() else {
            let name = vm.type_name(&given[0]);
            return Err(vm.type_error(format!("'{name}' object is not an iterator")));
        };
        return match (result, given.get(1)) {
            (Err(raise), Some(default)) if vm.is_exception(&raise, &vm.classes.stop_iteration) => Ok(default.clone()),
            (result, _) => result,
        };
    }
    match given.get(1) {
        Some(default) => Ok(vm.next(&given[0])?.unwrap_or_else(|| default.clone())),
        None => vm.next_or_value(&given[0])?.ok_or_else(|| vm.stop_iteration(Value::NONE)),
    }
}

fn sorted(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = positional(vm, &args, "sorted", 0, 1, 1)?;
    let mut items = vm.items(&given[0])?;
    let order = Order::from_keywords(vm, &args, "sort")?;
    list_sort::sort(vm, &mut items, &order)?;
    Ok(vm.list(items))
}

fn aiter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "aiter")?;
    let Some(iterator) = vm.call_special(value, Special::AIter, &[])? else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("'{name}' object is not an async iterable")));
    };
    if vm.special(&iterator, Special::ANext).is_none() {
        let name = vm.type_name(&iterator);
        return Err(vm.type_error(format!("aiter() returned not an async iterator of type '{name}'")));
    }
    Ok(iterator)
}

fn anext(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "anext", 0, 1, 2)?;
    if given.len() == 2 {
        if vm.special(&given[0], Special::ANext).is_none() {
            let name = vm.type_name(&given[0]);
            return Err(vm.type_error(format!("'{name}' object is not an async iterator")));
        }
        let module = vm.import_name("_anext", 0, &Value::NONE)?;
        let function = vm.get_attr_str(&module, "anext_with_default")?;
        return vm.call(&function, given);
    }
    match vm.call_special(&given[0], Special::ANext, &[])? {
        Some(awaitable) => Ok(awaitable),
        None => {
            let name = vm.type_name(&given[0]);
            Err(vm.type_error(format!("'{name}' object is not an async iterator")))
        }
    }
}
