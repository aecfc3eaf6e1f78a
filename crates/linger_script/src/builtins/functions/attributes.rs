//! Builtin functions that ask about objects: attributes, classes, names in scope.

use linger_heap::{Ref, Value};

use crate::builtins::checks::{function_of_one, takes, takes_none};
use crate::builtins::list_sort::{self, Order};
use crate::objects::{Args, Dict, NativeFn, Special, Str};
use crate::vm::{Result, Vm};

pub(super) const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("getattr", getattr),
    ("setattr", setattr),
    ("delattr", delattr),
    ("hasattr", hasattr),
    ("isinstance", isinstance),
    ("issubclass", issubclass),
    ("callable", callable),
    ("dir", dir),
    ("vars", vars),
    ("globals", globals),
    ("locals", locals),
];

/// An attribute's name, which must be a string.
#[inline]
fn name(vm: &mut Vm, value: &Value) -> Result<Value> {
    if value.is_kind::<Str>() {
        return Ok(vm.interned(value));
    }
    match vm.text_of(value) {
        Some(text) => Ok(vm.interned(&text.into_value())),
        None => {
            let other = vm.type_name(value);
            Err(vm.type_error(format!("attribute name must be string, not '{other}'")))
        }
    }
}

fn getattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "getattr", 0, 2, 3)?;
    let name = name(vm, &given[1])?;
    match given.get(2) {
        None => vm.get_attr(&given[0], &name),
        Some(default) => Ok(vm.find_attr(&given[0], &name)?.unwrap_or_else(|| default.clone())),
    }
}

fn setattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "setattr", 0, 3, 3)?;
    let name = name(vm, &given[1])?;
    vm.set_attr(&given[0], &name, given[2].clone())?;
    Ok(Value::NONE)
}

fn delattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "delattr", 0, 2, 2)?;
    let name = name(vm, &given[1])?;
    vm.delete_attr(&given[0], &name)?;
    Ok(Value::NONE)
}

fn hasattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "hasattr", 0, 2, 2)?;
    let name = name(vm, &given[1])?;
    Ok(Value::bool(vm.find_attr(&given[0], &name)?.is_some()))
}

/// The builtin function `isinstance`, which the virtual machine recognizes.
pub(crate) const IS_INSTANCE: NativeFn = isinstance;

fn isinstance(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "isinstance", 0, 2, 2)?;
    Ok(Value::bool(vm.is_instance_checked(&given[0], &given[1])?))
}

fn issubclass(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "issubclass", 0, 2, 2)?;
    Ok(Value::bool(vm.is_subclass_checked(&given[0], &given[1])?))
}

fn callable(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "callable")?;
    Ok(Value::bool(vm.is_callable(value)))
}

fn sorted_list(vm: &mut Vm, names: Value) -> Result<Value> {
    let mut items = vm.items(&names)?;
    list_sort::sort(vm, &mut items, &Order::default())?;
    Ok(vm.list(items))
}

fn dir(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "dir", 0, 0, 1)?;
    let names = match given.first() {
        None => {
            let locals = current_locals(vm)?;
            if locals.is_kind::<Dict>() { locals } else { vm.call_method(&locals, "keys", &[])? }
        }
        Some(value) => match vm.call_special(value, Special::Dir, &[])? {
            Some(names) => names,
            None => return Err(vm.type_error("object does not provide __dir__")),
        },
    };
    sorted_list(vm, names)
}

fn current_locals(vm: &mut Vm) -> Result<Value> {
    match vm.frame_locals() {
        Some(locals) => Ok(locals),
        None => Ok(vm.dict().into_value()),
    }
}

/// The globals of the script function that called.
pub(super) fn current_globals(vm: &mut Vm) -> Ref<Dict> {
    vm.current_globals().unwrap_or_else(|| vm.dict())
}

fn vars(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "vars", 0, 0, 1)?;
    let Some(value) = given.first() else { return current_locals(vm) };
    let name = vm.special_name(Special::Dict).clone();
    match vm.find_attr(value, &name)? {
        Some(dict) => Ok(dict),
        None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
    }
}

fn globals(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_arguments(vm, &args, "globals")?;
    Ok(current_globals(vm).into_value())
}

fn locals(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_arguments(vm, &args, "locals")?;
    current_locals(vm)
}

fn no_arguments(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<()> {
    match args.values.len() {
        0 => Ok(()),
        1 if !args.names.is_empty() => takes_none(vm, args, name),
        count => Err(vm.type_error(format!("{name}() takes no arguments ({count} given)"))),
    }
}
