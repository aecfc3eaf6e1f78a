//! Attributes and methods of callables: functions of scripts, bound methods, and functions of the runtime.
//!
//! Calling and binding are the virtual machine's.

use linger_heap::{Ref, Value, ValueCell};

use super::checks::{positional, readonly, receiver, takes_none};
use super::text_format::repr_method;
use crate::objects::{Args, BoundMethod, Cell, Class, Dict, Function, FunctionExtra, Native, NativeFn, Str, Tuple};
use crate::vm::{Result, Vm};

pub(super) const FUNCTION: &[(&str, NativeFn)] = &[
    ("__new__", new_function),
    ("__get__", get),
    ("__call__", call),
    ("__repr__", repr_method),
    ("close", close),
    ("__name__\0set", set_name),
    ("__qualname__\0set", set_qualname),
    ("__doc__\0set", set_doc),
    ("__doc__\0delete", delete_doc),
    ("__module__\0set", set_module),
    ("__defaults__\0set", set_defaults),
    ("__defaults__\0delete", delete_defaults),
    ("__kwdefaults__\0set", set_keyword_defaults),
    ("__annotations__\0set", set_annotations),
    ("__dict__\0set", set_dict),
    ("__dict__\0delete", |vm, _| Err(vm.type_error("cannot delete __dict__"))),
    ("__name__\0delete", |vm, _| Err(vm.type_error("__name__ must be set to a string object"))),
    ("__qualname__\0delete", |vm, _| Err(vm.type_error("__qualname__ must be set to a string object"))),
    ("__code__\0delete", |vm, _| Err(vm.type_error("__code__ must be set to a code object"))),
    ("__annotations__\0delete", delete_annotations),
    ("__module__\0delete", delete_module),
    ("__kwdefaults__\0delete", delete_keyword_defaults),
    ("__closure__\0set", readonly),
    ("__globals__\0set", readonly),
];

pub(super) const FUNCTION_GETTERS: &[(&str, NativeFn)] = &[
    ("__name__", name),
    ("__qualname__", qualname),
    ("__doc__", doc),
    ("__module__", module),
    ("__code__", code),
    ("__defaults__", defaults),
    ("__kwdefaults__", keyword_defaults),
    ("__closure__", closure),
    ("__globals__", globals),
    ("__builtins__", builtins),
    ("__annotations__", annotations),
    ("__dict__", dict),
];

pub(super) const METHOD: &[(&str, NativeFn)] = &[
    ("__new__", new_method),
    ("__get__", method_get),
    ("__call__", call),
    ("__repr__", repr_method),
    ("__getattr__", method_attribute),
    ("__func__\0set", readonly),
    ("__self__\0set", readonly),
];

pub(super) const METHOD_GETTERS: &[(&str, NativeFn)] =
    &[("__func__", method_function), ("__self__", method_self), ("__doc__", method_doc), ("__module__", method_module)];

/// Of functions and methods of the runtime, bound or not.
pub(super) const NATIVE: &[(&str, NativeFn)] = &[("__get__", get), ("__call__", call), ("__repr__", repr_method)];

pub(super) const NATIVE_GETTERS: &[(&str, NativeFn)] = &[
    ("__name__", native_name),
    ("__qualname__", native_qualname),
    ("__self__", native_self),
    ("__doc__", none),
    ("__module__", native_module),
    ("__objclass__", native_class),
    ("__text_signature__", none),
];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Function>> {
    receiver::<Function>(vm, args, method, "function")
}

fn or_none(cell: &ValueCell) -> Value {
    let value = cell.get();
    if value.is_empty() { Value::NONE } else { value }
}

fn none(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

// ---- functions ----

fn new_function(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "function")?;
    let names = ["code", "globals", "name", "argdefs", "closure"];
    let [code, globals, name, defaults, closure] = super::checks::named(vm, &args, "function", 1, names, 2)?;
    let Some(code) = code.and_then(|code| code.to_ref::<crate::objects::Code>()) else {
        return Err(vm.type_error("function() argument 'code' must be code"));
    };
    let Some(globals) = globals.and_then(|globals| globals.to_ref::<Dict>()) else {
        return Err(vm.type_error("function() argument 'globals' must be dict"));
    };
    let present = |value: Option<Value>| value.filter(|value| !value.is_none());
    let closure = match present(closure) {
        Some(closure) => match closure.to_ref::<Tuple>() {
            Some(cells) => Some(cells),
            None => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        },
        None if code.free_names.is_empty() => None,
        None => return Err(vm.type_error("arg 5 (closure) must be tuple")),
    };
    let items = closure.iter().flat_map(|closure| closure.items.iter());
    if let Some(other) = items.into_iter().find(|item| !item.is_kind::<Cell>()) {
        let name = vm.type_name(other);
        return Err(vm.type_error(format!("arg 5 (closure) expected cell, found {name}")));
    }
    let given = closure.as_ref().map_or(0, |closure| closure.items.len());
    if given != code.free_names.len() {
        let (name, wanted) = (crate::vm::text(&code.name).to_owned(), code.free_names.len());
        return Err(vm.value_error(format!("{name} requires closure of length {wanted}, not {given}")));
    }
    let function = vm.make_function(&code, &globals, closure);
    if let Some(name) = present(name) {
        vm.function_extra(&function).name.set(name);
    }
    if let Some(defaults) = present(defaults) {
        function.defaults.set(defaults);
    }
    Ok(function.into_value())
}

fn get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = positional(vm, &args, "__get__", 1, 1, 2)?;
    if given[0].is_none() {
        return Ok(args.values[0].clone());
    }
    let class = vm.class_of(&given[0]);
    vm.bind(&args.values[0], &given[0], &class)
}

fn call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (Some((callable, given)), false) = (args.values.split_first(), args.positional().is_empty()) else {
        return Err(vm.type_error("descriptor '__call__' needs an argument"));
    };
    vm.call_args(callable, Args { values: given, names: args.names })
}

/// Empties the cells of a closure: what a script can't do to variables of a call that has returned, and what cuts every cycle
/// that leads through them.
fn close(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "close")?;
    takes_none(vm, &args, "function.close")?;
    if let Some(closure) = &function.closure {
        for cell in closure.items.iter().filter_map(|cell| cell.downcast::<Cell>()) {
            let old = cell.contents.take();
            drop(old);
        }
    }
    Ok(Value::NONE)
}

fn name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__name__")?.name())
}

fn qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__qualname__")?.qualname())
}

fn doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__doc__")?.doc())
}

fn module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__module__")?;
    let set = function.extra_part(|extra| &extra.module);
    if !set.is_empty() {
        return Ok(set);
    }
    Ok(vm.dict_get_str(&function.globals, "__name__").unwrap_or(Value::NONE))
}

fn code(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__code__")?.code.to_value())
}

fn defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&this(vm, &args, "__defaults__")?.defaults))
}

fn keyword_defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let set = this(vm, &args, "__kwdefaults__")?.extra_part(|extra| &extra.keyword_defaults);
    Ok(if set.is_empty() { Value::NONE } else { set })
}

fn closure(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__closure__")?.closure.as_ref().map_or(Value::NONE, Ref::to_value))
}

fn globals(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__globals__")?.globals.to_value())
}

fn builtins(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__builtins__")?;
    Ok(vm.builtins.to_value())
}

fn annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__annotations__")?;
    let annotations = &vm.function_extra(&function).annotations;
    if annotations.is_empty() {
        annotations.set(vm.dict().into_value());
    }
    Ok(annotations.get())
}

fn dict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__dict__")?;
    Ok(vm.own_dict(&args.values[0]).map_or(Value::NONE, Ref::into_value))
}

fn set_text(vm: &mut Vm, args: &Args<'_>, attribute: &str, cell: fn(&FunctionExtra) -> &ValueCell) -> Result<Value> {
    let function = this(vm, args, attribute)?;
    if !args.values[1].is_kind::<Str>() {
        return Err(vm.type_error(format!("{attribute} must be set to a string object")));
    }
    cell(vm.function_extra(&function)).set(args.values[1].clone());
    Ok(Value::NONE)
}

fn set_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    set_text(vm, &args, "__name__", |extra| &extra.name)
}

fn set_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    set_text(vm, &args, "__qualname__", |extra| &extra.qualname)
}

fn set_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__doc__")?;
    vm.function_extra(&function).doc.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn delete_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__doc__")?;
    vm.function_extra(&function).doc.set(Value::NONE);
    Ok(Value::NONE)
}

fn set_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__module__")?;
    vm.function_extra(&function).module.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn delete_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__module__")?;
    vm.function_extra(&function).module.set(Value::NONE);
    Ok(Value::NONE)
}

fn set_defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__defaults__")?;
    let value = &args.values[1];
    if !value.is_none() && !value.is_kind::<Tuple>() {
        return Err(vm.type_error("__defaults__ must be set to a tuple object"));
    }
    function.defaults.set(if value.is_none() { Value::EMPTY } else { value.clone() });
    Ok(Value::NONE)
}

fn delete_defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__defaults__")?.defaults.take();
    Ok(Value::NONE)
}

/// Sets a cell to a dict, or empties it with `None`.
fn set_dict_cell(vm: &mut Vm, value: &Value, cell: &ValueCell, attribute: &str) -> Result<Value> {
    if !value.is_none() && !value.is_kind::<Dict>() {
        return Err(vm.type_error(format!("{attribute} must be set to a dict object")));
    }
    cell.set(if value.is_none() { Value::EMPTY } else { value.clone() });
    Ok(Value::NONE)
}

fn set_keyword_defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__kwdefaults__")?;
    set_dict_cell(vm, &args.values[1], &vm.function_extra(&function).keyword_defaults, "__kwdefaults__")
}

fn set_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__annotations__")?;
    set_dict_cell(vm, &args.values[1], &vm.function_extra(&function).annotations, "__annotations__")
}

fn delete_keyword_defaults(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__kwdefaults__")?;
    vm.function_extra(&function).keyword_defaults.take();
    Ok(Value::NONE)
}

fn delete_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "__annotations__")?;
    vm.function_extra(&function).annotations.take();
    Ok(Value::NONE)
}

fn set_dict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let function = this(vm, &args, "__dict__")?;
    if !args.values[1].is_kind::<Dict>() {
        let other = vm.type_name(&args.values[1]);
        return Err(vm.type_error(format!("__dict__ must be set to a dictionary, not a '{other}'")));
    }
    vm.function_extra(&function).attributes.set(args.values[1].clone());
    Ok(Value::NONE)
}

// ---- bound methods ----

fn method(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Ref<BoundMethod>> {
    receiver::<BoundMethod>(vm, args, name, "method")
}

fn new_method(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "method")?;
    let given = positional(vm, &args, "method", 1, 2, 2)?;
    if !vm.is_callable(&given[0]) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if given[1].is_none() {
        return Err(vm.type_error("self must not be None"));
    }
    Ok(vm.bound_method(given[0].clone(), given[1].clone()))
}

fn method_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    method(vm, &args, "__get__")?;
    Ok(args.values[0].clone())
}

fn method_function(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(method(vm, &args, "__func__")?.function.get())
}

fn method_self(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(method(vm, &args, "__self__")?.receiver.get())
}

/// Attributes that a method does not have itself are those of its function.
fn method_attribute(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let method = method(vm, &args, "__getattr__")?;
    let name = super::checks::takes_one(vm, &args, "method.__getattr__")?;
    let function = method.function.get();
    match vm.find_attr(&function, name)? {
        Some(value) => Ok(value),
        None => Err(vm.no_attribute(&function, name)),
    }
}

fn method_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = method(vm, &args, "__doc__")?.function.get();
    vm.get_attr_str(&function, "__doc__")
}

fn method_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = method(vm, &args, "__module__")?.function.get();
    vm.get_attr_str(&function, "__module__")
}

// ---- functions of the runtime ----

fn native(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Ref<Native>> {
    receiver::<Native>(vm, args, name, "builtin_function_or_method")
}

fn native_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let native = native(vm, &args, "__name__")?;
    Ok(vm.str(native.name))
}

fn native_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let native = native(vm, &args, "__qualname__")?;
    let text = if native.binds && !native.owner.is_empty() {
        let receiver = native.receiver.get();
        // A method bound to an instance of a subclass is called after the subclass.
        let owner = match receiver.downcast::<Class>() {
            Some(class) => class.name_text(),
            None if receiver.is_empty() => native.owner_name().to_owned(),
            None => vm.type_name(&receiver),
        };
        format!("{owner}.{}", native.name)
    } else {
        native.name.to_owned()
    };
    Ok(vm.str(&text))
}

fn native_self(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let native = native(vm, &args, "__self__")?;
    let receiver = native.receiver.get();
    if !receiver.is_empty() {
        return Ok(receiver);
    }
    if native.binds {
        let kind = vm.type_name(&args.values[0]);
        return Err(vm.attribute_error(format!("'{kind}' object has no attribute '__self__'")));
    }
    Ok(Value::NONE)
}

fn native_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let native = native(vm, &args, "__module__")?;
    if native.binds {
        return Ok(Value::NONE);
    }
    Ok(vm.str(if native.owner.is_empty() { "builtins" } else { native.owner }))
}

/// Of what is on a class or was found there, the class.
pub(super) fn native_class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let native = native(vm, &args, "__objclass__")?;
    if native.is_method() || native.is_slot() {
        let builtins = vm.builtins.clone();
        if let Some(class) = vm.dict_get_str(&builtins, native.owner_name()).filter(|_| native.binds) {
            return Ok(class);
        }
    }
    let kind = vm.type_name(&args.values[0]);
    Err(vm.attribute_error(format!("'{kind}' object has no attribute '__objclass__'")))
}
