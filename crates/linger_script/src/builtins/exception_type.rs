//! The methods and attributes of `BaseException`, and of `StopIteration`, `SystemExit` and `KeyError`.
//!
//! Raising and chaining are the virtual machine's; fields of other exceptions are in `exception_fields`.

use linger_heap::{Ref, Value, ValueCell};

use super::checks::{no_keywords, takes_none, takes_one, wrong_receiver};
use crate::objects::{Args, Class, Dict, ExceptionData, Instance, List, NativeFn, Str, Traceback, Tuple};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("__str__", str),
    ("__repr__", repr),
    ("with_traceback", with_traceback),
    ("add_note", add_note),
    ("__reduce__", reduce),
    ("__setstate__", set_state),
    ("args\0set", set_args),
    ("__cause__\0set", set_cause),
    ("__context__\0set", set_context),
    ("__suppress_context__\0set", set_suppress_context),
    ("__traceback__\0set", set_traceback),
    ("args\0delete", |vm, _| Err(vm.type_error("args may not be deleted"))),
    ("__cause__\0delete", |vm, _| Err(vm.type_error("__cause__ may not be deleted"))),
    ("__context__\0delete", |vm, _| Err(vm.type_error("__context__ may not be deleted"))),
    ("__traceback__\0delete", |vm, _| Err(vm.type_error("__traceback__ may not be deleted"))),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[
    ("args", args_tuple),
    ("__cause__", cause),
    ("__context__", context),
    ("__suppress_context__", suppress_context),
    ("__traceback__", traceback),
];

pub(super) const STOP_ITERATION: &[(&str, NativeFn)] = &[("__init__", init_with_value), ("value\0set", set_value)];
pub(super) const STOP_ITERATION_GETTERS: &[(&str, NativeFn)] = &[("value", value)];
pub(super) const SYSTEM_EXIT: &[(&str, NativeFn)] = &[("__init__", init_with_code), ("code\0set", set_value)];
pub(super) const SYSTEM_EXIT_GETTERS: &[(&str, NativeFn)] = &[("code", value)];

/// The native part of `self`.
pub(super) fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<ExceptionData>> {
    let Some(value) = args.positional().first() else {
        return Err(vm.type_error(format!("unbound method BaseException.{method}() needs an argument")));
    };
    match vm.exception_data(value) {
        Some(data) => Ok(data),
        None => Err(wrong_receiver(vm, value, method, "BaseException")),
    }
}

/// The class that `__new__` is to make an instance of.
pub(super) fn exception_class(vm: &mut Vm, args: &Args<'_>) -> Result<Ref<Class>> {
    let Some(given) = args.values.first() else {
        return Err(vm.type_error("BaseException.__new__(): not enough arguments"));
    };
    match given.to_ref::<Class>() {
        Some(class) if class.is_subclass_of(&vm.classes.base_exception) => Ok(class),
        Some(class) => {
            let name = class.name_text();
            let message = format!("BaseException.__new__({name}): {name} is not a subtype of BaseException");
            Err(vm.type_error(message))
        }
        None => {
            let other = vm.type_name(given);
            Err(vm.type_error(format!("BaseException.__new__(X): X is not a type object ({other})")))
        }
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "BaseException")?;
    let class = exception_class(vm, &args)?;
    Ok(vm.make_exception(&class, args.positional()[1..].to_vec()))
}

/// Notes the arguments; those that `__new__` has noted already stay the same tuple.
pub(super) fn note_args(vm: &mut Vm, data: &ExceptionData, given: &[Value]) {
    let known = data.args.get();
    let same = known.downcast::<Tuple>().is_some_and(|known| {
        known.items.len() == given.len() && known.items.iter().zip(given).all(|(known, given)| known.is(given))
    });
    if !same {
        data.args.set(vm.tuple(given.to_vec()));
    }
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let data = this(vm, &args, "__init__")?;
    if !args.names.is_empty() {
        let name = vm.type_name(&args.values[0]);
        no_keywords(vm, &args, &name)?;
    }
    note_args(vm, &data, &args.values[1..]);
    Ok(Value::NONE)
}

fn init_with_value(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init(vm, args)?;
    this(vm, &args, "__init__")?.value.set(args.values.get(1).cloned().unwrap_or(Value::NONE));
    Ok(Value::NONE)
}

fn init_with_code(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init(vm, args)?;
    let data = this(vm, &args, "__init__")?;
    data.value.set(match &args.values[1..] {
        [] => Value::NONE,
        [code] => code.clone(),
        _ => data.args.get(),
    });
    Ok(Value::NONE)
}

fn value(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&this(vm, &args, "value")?.value))
}

fn set_value(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    this(vm, &args, "value")?.value.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__str__")?;
    takes_none(vm, &args, "BaseException.__str__")?;
    let text = vm.exception_text(&args.values[0], false)?;
    Ok(vm.str(&text))
}

/// A missing key is shown as it would be written.
fn key_error_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__str__")?;
    takes_none(vm, &args, "KeyError.__str__")?;
    let text = vm.exception_text(&args.values[0], true)?;
    Ok(vm.str(&text))
}

pub(super) const KEY_ERROR: &[(&str, NativeFn)] = &[("__str__", key_error_str)];

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__repr__")?;
    takes_none(vm, &args, "BaseException.__repr__")?;
    let text = vm.exception_repr(&args.values[0])?;
    Ok(vm.str(&text))
}

fn or_none(cell: &ValueCell) -> Value {
    let value = cell.get();
    if value.is_empty() { Value::NONE } else { value }
}

fn args_tuple(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&this(vm, &args, "args")?.args))
}

fn set_args(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let data = this(vm, &args, "args")?;
    let items = vm.items(&args.values[1])?;
    data.args.set(vm.tuple(items));
    Ok(Value::NONE)
}

fn cause(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&this(vm, &args, "__cause__")?.cause))
}

fn context(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&this(vm, &args, "__context__")?.context))
}

/// An exception or `None`, which empties the cell.
fn linked(vm: &mut Vm, value: &Value, what: &str) -> Result<Value> {
    if value.is_none() {
        return Ok(Value::EMPTY);
    }
    if vm.exception_data(value).is_some() {
        return Ok(value.clone());
    }
    Err(vm.type_error(format!("exception {what} must be None or derive from BaseException")))
}

fn set_cause(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let data = this(vm, &args, "__cause__")?;
    data.cause.set(linked(vm, &args.values[1], "cause")?);
    data.suppress_context.set(true);
    Ok(Value::NONE)
}

fn set_context(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let data = this(vm, &args, "__context__")?;
    data.context.set(linked(vm, &args.values[1], "context")?);
    Ok(Value::NONE)
}

fn suppress_context(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(Value::bool(this(vm, &args, "__suppress_context__")?.suppress_context.get()))
}

fn set_suppress_context(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let data = this(vm, &args, "__suppress_context__")?;
    match args.values[1].as_bool() {
        Some(suppress) => data.suppress_context.set(suppress),
        None => return Err(vm.type_error("attribute value type must be bool")),
    }
    Ok(Value::NONE)
}

fn traceback(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__traceback__")?;
    Ok(vm.traceback_of(&args.values[0]))
}

fn take_traceback(vm: &mut Vm, data: &Ref<ExceptionData>, value: &Value) -> Result<()> {
    let entries = if value.is_none() {
        Vec::new()
    } else if let Some(traceback) = value.downcast::<Traceback>() {
        let mut entries = traceback.all_entries();
        entries.reverse();
        entries
    } else {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    };
    vm.mutate(data, |data| data.trace.replace(entries));
    data.show(if value.is_none() { Value::EMPTY } else { value.clone() });
    Ok(())
}

fn set_traceback(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let data = this(vm, &args, "__traceback__")?;
    take_traceback(vm, &data, &args.values[1])?;
    Ok(Value::NONE)
}

fn with_traceback(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let data = this(vm, &args, "with_traceback")?;
    let value = takes_one(vm, &args, "BaseException.with_traceback")?;
    take_traceback(vm, &data, value)?;
    Ok(args.values[0].clone())
}

/// An attribute of an exception's own, if it was set.
pub(super) fn stored(vm: &mut Vm, exception: &Value, name: &Value) -> Option<Value> {
    let instance = exception.to_ref::<Instance>()?;
    let class = vm.class_of(exception);
    vm.instance_load(&instance, &class, name)
}

fn add_note(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "add_note")?;
    let note = takes_one(vm, &args, "BaseException.add_note")?;
    if !note.is_kind::<Str>() && vm.text_of(note).is_none() {
        let other = vm.type_name(note);
        return Err(vm.type_error(format!("note must be a str, not '{other}'")));
    }
    let name = vm.intern("__notes__");
    match stored(vm, &args.values[0], &name) {
        Some(notes) => match notes.to_ref::<List>() {
            Some(list) => vm.list_push(&list, note.clone()),
            None => return Err(vm.type_error("Cannot add note: __notes__ is not a list")),
        },
        None => {
            let notes = vm.list(vec![note.clone()]);
            vm.instance_store(&args.values[0], &name, notes);
        }
    }
    Ok(Value::NONE)
}

fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let data = this(vm, &args, "__reduce__")?;
    let class = vm.class_of(&args.values[0]).into_value();
    let mut parts = vec![class, or_none(&data.args)];
    if let Some(instance) = args.values[0].to_ref::<Instance>() {
        let attributes = vm.instance_dict(&args.values[0], &instance);
        if !attributes.table.borrow().is_empty() {
            parts.push(attributes.into_value());
        }
    }
    Ok(vm.tuple(parts))
}

fn set_state(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__setstate__")?;
    let state = takes_one(vm, &args, "BaseException.__setstate__")?;
    if let Some(state) = vm.native::<Dict>(state) {
        for (name, value) in vm.dict_entries(&state) {
            vm.set_attr(&args.values[0], &name, value)?;
        }
    }
    Ok(Value::NONE)
}
