//! What native modules share: taking arguments apart with CPython's messages, making modules and classes from tables, and
//! reaching the body of a native object.
//!
//! Knows no single module.

use linger_heap::{Ref, Value};

use crate::objects::{
    Args, Class, ClassFlags, Layout, Module, Native, NativeCall, NativeData, NativeFn, NativeObject, Wrapper,
    WrapperKind,
};
use crate::vm::{Raise, Result, Vm};

/// A table of functions or methods.
pub(super) type Table<'a> = &'a [(&'static str, NativeFn)];

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A type error of what a function was called with, where there is more to be said than that there is one.
#[cold]
#[inline(never)]
fn wrong_call(vm: &mut Vm, args: &Args<'_>, name: &str, or: impl FnOnce(usize) -> String) -> Raise {
    let text =
        if args.names.is_empty() { or(args.values.len()) } else { format!("{name}() takes no keyword arguments") };
    vm.type_error(text)
}

/// Fails if there is an argument by keyword.
#[inline]
pub(super) fn no_keywords(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<()> {
    if args.names.is_empty() { Ok(()) } else { Err(wrong_call(vm, args, name, |_| String::new())) }
}

/// The one positional argument.
#[inline]
pub(super) fn one<'a>(vm: &mut Vm, args: &Args<'a>, name: &str) -> Result<&'a Value> {
    match args.values {
        [value] if args.names.is_empty() => Ok(value),
        _ => Err(wrong_call(vm, args, name, |count| format!("{name}() takes exactly one argument ({count} given)"))),
    }
}

/// Fails if there is any argument.
#[inline]
pub(super) fn none(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<()> {
    if args.values.is_empty() && args.names.is_empty() {
        return Ok(());
    }
    Err(wrong_call(vm, args, name, |count| format!("{name}() takes no arguments ({count} given)")))
}

/// Exactly `N` positional arguments.
#[inline]
pub(super) fn exactly<'a, const N: usize>(vm: &mut Vm, args: &Args<'a>, name: &str) -> Result<&'a [Value; N]> {
    match args.values.try_into() {
        Ok(values) if args.names.is_empty() => Ok(values),
        _ => {
            let text = |count| format!("{name} expected {N} argument{}, got {count}", plural(N));
            Err(wrong_call(vm, args, name, text))
        }
    }
}

/// Between `min` and `max` positional arguments.
pub(super) fn between<'a>(vm: &mut Vm, args: &Args<'a>, name: &str, min: usize, max: usize) -> Result<&'a [Value]> {
    no_keywords(vm, args, name)?;
    let count = args.values.len();
    let (bound, limit) = match count {
        _ if count < min => ("least", min),
        _ if count > max => ("most", max),
        _ => return Ok(args.values),
    };
    let text = if min == max {
        format!("{name} expected {min} argument{}, got {count}", plural(min))
    } else {
        format!("{name} expected at {bound} {limit} argument{}, got {count}", plural(limit))
    };
    Err(vm.type_error(text))
}

/// Arguments by position or keyword. A parameter whose name is empty is positional only; one that starts with `*` is by
/// keyword only. The first `required` must be given.
pub(super) fn named<const N: usize>(
    vm: &mut Vm,
    args: &Args<'_>,
    name: &str,
    parameters: [&str; N],
    required: usize,
) -> Result<[Option<Value>; N]> {
    let mut found = [const { None }; N];
    let positional = args.positional();
    // Most calls have positional arguments only, and few.
    if args.names.is_empty() && (required..=N).contains(&positional.len()) {
        let last = positional.len().checked_sub(1).map_or("", |last| parameters[last]);
        if !last.starts_with('*') {
            for (place, value) in found.iter_mut().zip(positional) {
                *place = Some(value.clone());
            }
            return Ok(found);
        }
    }
    let room = parameters.iter().take_while(|parameter| !parameter.starts_with('*')).count();
    if positional.len() > room {
        let most = if required == room { "exactly" } else { "at most" };
        let count = args.values.len();
        let text = format!("{name}() takes {most} {room} positional argument{} ({count} given)", plural(room));
        return Err(vm.type_error(text));
    }
    for (place, value) in found.iter_mut().zip(positional) {
        *place = Some(value.clone());
    }
    for (key, value) in args.keywords() {
        let key = crate::vm::text(key);
        let place = parameters.iter().position(|parameter| !key.is_empty() && parameter.trim_start_matches('*') == key);
        match place {
            Some(place) if found[place].is_none() => found[place] = Some(value.clone()),
            Some(place) => {
                let text = format!("argument for {name}() given by name ('{key}') and position ({})", place + 1);
                return Err(vm.type_error(text));
            }
            None => return Err(vm.type_error(format!("'{key}' is an invalid keyword argument for {name}()"))),
        }
    }
    if let Some(place) = found.iter().take(required).position(Option::is_none) {
        let text = match parameters[place] {
            "" => format!("{name} expected at least {required} argument{}, got {place}", plural(required)),
            parameter => format!("{name}() missing required argument '{parameter}' (pos {})", place + 1),
        };
        return Err(vm.type_error(text));
    }
    Ok(found)
}

/// The receiver of a method, and its other arguments.
#[inline]
pub(super) fn method<'a>(vm: &mut Vm, args: Args<'a>, name: &str) -> Result<(&'a Value, Args<'a>)> {
    match args.values.split_first() {
        Some((this, rest)) if rest.len() >= args.names.len() => Ok((this, Args { values: rest, names: args.names })),
        _ => Err(lone_method(vm, name)),
    }
}

#[cold]
fn lone_method(vm: &mut Vm, name: &str) -> Raise {
    vm.type_error(format!("unbound method {name}() needs an argument"))
}

/// The body of a native object, of type `T`.
#[inline]
pub(super) fn with<T: NativeData, R>(vm: &mut Vm, value: &Value, act: impl FnOnce(&mut T) -> R) -> Result<R> {
    match value.downcast::<NativeObject>().and_then(|object| object.with(act)) {
        Some(result) => Ok(result),
        None => Err(wrong_object(vm, value)),
    }
}

#[cold]
fn wrong_object(vm: &mut Vm, value: &Value) -> Raise {
    let name = vm.type_name(value);
    vm.type_error(format!("descriptor requires another kind of object, not '{name}'"))
}

/// As [`with`], for a change of size, which the heap is told.
pub(super) fn resize<T: NativeData, R>(vm: &mut Vm, value: &Value, act: impl FnOnce(&mut T) -> R) -> Result<R> {
    let Some(object) = value.to_ref::<NativeObject>() else { return with(vm, value, act) };
    let result = vm.mutate(&object, |object| object.with(act));
    result.ok_or_else(|| vm.type_error("descriptor requires another kind of object"))
}

/// Whether `value` is a native object with a body of type `T`.
pub(super) fn is<T: NativeData>(value: &Value) -> bool {
    value.downcast::<NativeObject>().is_some_and(|object| object.with::<T, ()>(|_| ()).is_some())
}

/// The class that a `__new__` was called with.
pub(super) fn class_argument(vm: &mut Vm, value: &Value) -> Result<Ref<Class>> {
    value.to_ref::<Class>().ok_or_else(|| vm.type_error("__new__() needs a class as its first argument"))
}

/// A module of functions.
pub(super) fn module(vm: &mut Vm, name: &'static str, functions: Table<'_>) -> Value {
    let module = vm.new_module(name);
    add_functions(vm, &module, name, functions);
    module
}

/// Adds functions to a module.
pub(super) fn add_functions(vm: &mut Vm, module: &Value, name: &'static str, functions: Table<'_>) {
    for (function_name, function) in functions {
        let value = vm.native_function(name, function_name, *function);
        vm.module_set(module, function_name, value);
    }
}

/// A class of native objects, put into a module.
pub(super) fn add_class(
    vm: &mut Vm,
    module: &Value,
    module_name: &'static str,
    name: &'static str,
    methods: Table<'_>,
    getters: Table<'_>,
) -> Ref<Class> {
    let class = vm.native_class(name, module_name, None, Layout::Native, methods, getters);
    vm.module_set(module, name, class.to_value());
    class
}

/// A class that another module's making left in the registry.
pub(super) fn registered(vm: &mut Vm, name: &'static str) -> Result<Ref<Class>> {
    let class = vm.registry.get(name).and_then(Value::to_ref::<Class>);
    class.ok_or_else(|| vm.runtime_error(format!("{name} is not loaded")))
}

/// The value given, or `None`.
pub(super) fn or_none(value: Option<Value>) -> Value {
    value.unwrap_or(Value::NONE)
}

/// A value that was given and is not `None`.
pub(super) fn given(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !value.is_none())
}

/// `__iter__` of iterators.
pub(super) fn itself(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__iter__")?;
    Ok(this.clone())
}

/// `staticmethod(function)`
pub(super) fn static_method(vm: &mut Vm, function: Value) -> Value {
    wrapper(vm, WrapperKind::Static, function)
}

/// `classmethod(function)`
pub(super) fn class_method(vm: &mut Vm, function: Value) -> Value {
    wrapper(vm, WrapperKind::Class, function)
}

fn wrapper(vm: &mut Vm, kind: WrapperKind, function: Value) -> Value {
    let class = match kind {
        WrapperKind::Static => vm.classes.staticmethod.clone(),
        WrapperKind::Class => vm.classes.classmethod.clone(),
    };
    vm.object(&class, Wrapper::new(kind, function)).into_value()
}

/// A method to be put into a class.
pub(super) fn method_value(vm: &mut Vm, owner: &'static str, name: &'static str, function: NativeFn) -> Value {
    let class = vm.classes.method_descriptor.clone();
    let call = NativeCall::Function(function);
    vm.object(&class, Native::new(name, owner, call, true)).into_value()
}

/// Lets a class be subscripted by types: `deque[int]`.
pub(super) fn with_subscripts(vm: &mut Vm, owner: &'static str, class: &Ref<Class>) {
    let item = method_value(vm, owner, "__class_getitem__", |vm, args| {
        let [class, item] = exactly::<2>(vm, &args, "__class_getitem__")?;
        crate::builtins::generic_alias_of(vm, class.clone(), item.clone())
    });
    let item = class_method(vm, item);
    vm.dict_set_str(&class.dict, "__class_getitem__", item);
}

/// What a module has by a name.
pub(super) fn module_get(vm: &mut Vm, module: &Value, name: &str) -> Option<Value> {
    let dict = module.downcast::<Module>().map(|module| module.dict.clone())?;
    vm.dict_get_str(&dict, name)
}

/// Makes a native class one whose objects are instances around a native value, as those of a script's subclass are.
pub(super) fn as_subclass(class: &Class) {
    let flags = class.flags.get();
    class.flags.set(ClassFlags { builtin: false, no_dict: false, ..flags });
}

/// Makes the objects of a native class sequences for `match`.
pub(super) fn as_sequence(class: &Class) {
    let flags = class.flags.get();
    class.flags.set(ClassFlags { is_sequence: true, ..flags });
}

/// Lets the objects of a native class have attributes.
pub(super) fn with_attributes(vm: &mut Vm, class: &Ref<Class>) {
    let flags = class.flags.get();
    class.flags.set(ClassFlags { no_dict: false, ..flags });
    vm.add_methods(class, &[], &[("__dict__", attributes)]);
}

/// `__dict__` of native objects.
fn attributes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__dict__")?;
    Ok(vm.own_dict(this).map_or(Value::NONE, Ref::into_value))
}
