//! `__reduce_ex__` and `__getstate__`: how the module `copy` takes an object apart.
//!
//! Gives what CPython's protocol 2 and up gives, with a function of the runtime in the place of `copyreg.__newobj__`.

use linger_heap::{Ref, Value};

use super::checks::takes_none;
use crate::objects::{Args, ByteArray, Class, Dict, Instance, List, NativeObject, Set, Special, Tuple};
use crate::vm::{Result, Vm};

pub(super) fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    takes_none(vm, &args, "object.__reduce__")?;
    taken_apart(vm, &args.values[0])
}

pub(super) fn reduce_ex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(object) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__reduce_ex__() needs an argument"));
    };
    // A class with a `__reduce__` of its own is asked that way.
    let name = vm.intern("__reduce__");
    let class = vm.class_of(object);
    let base = vm.classes.object.clone();
    let (own, default) = (vm.lookup(&class, &name), vm.dict_get_name(&base.dict, &name));
    if let (Some(own), Some(default)) = (own, default)
        && !own.is(&default)
    {
        return vm.call_method(object, "__reduce__", &[]);
    }
    taken_apart(vm, object)
}

/// `cls.__new__(cls, *args)`
fn newobj(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(class) = args.values.first() else { return Err(vm.type_error("__newobj__: a class is needed")) };
    let new = vm.special_name(Special::New).clone();
    let new = vm.get_attr(class, &new)?;
    vm.call_args(&new, args)
}

fn newobj_ex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [class, positional, keywords] = args.values else {
        return Err(vm.type_error("__newobj_ex__: a class, a tuple and a dict are needed"));
    };
    let new = vm.special_name(Special::New).clone();
    let new = vm.get_attr(class, &new)?;
    let mut values = vec![class.clone()];
    values.extend(vm.items(positional)?);
    let mut names = Vec::new();
    if let Some(keywords) = vm.native::<Dict>(keywords) {
        for (name, value) in vm.dict_entries(&keywords) {
            names.push(name);
            values.push(value);
        }
    }
    vm.call_args(&new, Args { values: &values, names: &names })
}

fn taken_apart(vm: &mut Vm, object: &Value) -> Result<Value> {
    let class = vm.class_of(object);
    // Of these there is one each, known by name.
    for (single, name) in [(Value::ELLIPSIS, "Ellipsis"), (Value::NOT_IMPLEMENTED, "NotImplemented")] {
        if object.is(&single) {
            return Ok(vm.str(name));
        }
    }
    if !object.is_kind::<Instance>() {
        let name = class.name_text();
        return Err(vm.type_error(format!("cannot pickle '{name}' object")));
    }
    // An array of bytes is made anew from its bytes, which its own `__init__` takes.
    if let Some(array) = vm.native::<ByteArray>(object) {
        let bytes = vm.bytes(array.0.borrow().clone());
        let arguments = vm.tuple(vec![bytes]);
        let state = vm.call_method(object, "__getstate__", &[])?;
        return Ok(vm.tuple(vec![class.into_value(), arguments, state]));
    }
    // A set is made anew from its members.
    if vm.native::<Set>(object).is_some() {
        let members = vm.items(object)?;
        let members = vm.list(members);
        let arguments = vm.tuple(vec![members]);
        let state = vm.call_method(object, "__getstate__", &[])?;
        return Ok(vm.tuple(vec![class.into_value(), arguments, state]));
    }
    let (function, arguments) = construction(vm, object, &class)?;
    let state = vm.call_method(object, "__getstate__", &[])?;
    let items = match vm.native::<List>(object) {
        Some(_) => vm.iter(object)?,
        None => Value::NONE,
    };
    let entries = match vm.native::<Dict>(object) {
        Some(_) => {
            let items = vm.call_method(object, "items", &[])?;
            vm.iter(&items)?
        }
        None => Value::NONE,
    };
    Ok(vm.tuple(vec![function, arguments, state, items, entries]))
}

/// The function that makes the object anew, and its arguments.
fn construction(vm: &mut Vm, object: &Value, class: &Ref<Class>) -> Result<(Value, Value)> {
    let name = vm.intern("__getnewargs_ex__");
    if let Some(method) = vm.find_attr(object, &name)? {
        let pair = vm.call(&method, &[])?;
        let pair = vm.items(&pair)?;
        if let [positional, keywords] = &pair[..] {
            let function = vm.native_function("copyreg", "__newobj_ex__", newobj_ex);
            let arguments = vm.tuple(vec![class.to_value(), positional.clone(), keywords.clone()]);
            return Ok((function, arguments));
        }
        return Err(vm.value_error(format!("__getnewargs_ex__ should return a tuple of length 2, not {}", pair.len())));
    }
    let mut arguments = vec![class.to_value()];
    let name = vm.intern("__getnewargs__");
    if let Some(method) = vm.find_attr(object, &name)? {
        let given = vm.call(&method, &[])?;
        match given.downcast::<Tuple>() {
            Some(given) => arguments.extend(given.items.iter().cloned()),
            None => {
                let other = vm.type_name(&given);
                return Err(vm.type_error(format!("__getnewargs__ should return a tuple, not '{other}'")));
            }
        }
    }
    let function = vm.native_function("copyreg", "__newobj__", newobj);
    let arguments = vm.tuple(arguments);
    Ok((function, arguments))
}

/// The attributes: a dict, or a pair of a dict and a dict of slots, or `None`.
pub(super) fn getstate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    takes_none(vm, &args, "object.__getstate__")?;
    let object = &args.values[0];
    let Some(instance) = object.to_ref::<Instance>() else {
        let own = if object.is_kind::<NativeObject>() { vm.own_dict(object) } else { None };
        return Ok(own.filter(|dict| !dict.table.borrow().is_empty()).map_or(Value::NONE, Ref::into_value));
    };
    let class = vm.class_of(object);
    let slots = vm.dict();
    for base in class.mro.get().downcast::<Tuple>().map(|mro| mro.items.to_vec()).unwrap_or_default() {
        let Some(base) = base.to_ref::<Class>() else { continue };
        for (name, value) in vm.dict_entries(&base.dict) {
            let Some(member) = value.downcast::<crate::objects::SlotMember>() else { continue };
            if member.name.is(&name)
                && let Some(value) = vm.load_declared(&instance, &class, &name)
            {
                vm.dict_set_name(&slots, &name, value);
            }
        }
    }
    let attributes = if class.flags.get().no_dict {
        Value::NONE
    } else {
        let dict = vm.instance_dict(object, &instance);
        if dict.table.borrow().is_empty() { Value::NONE } else { dict.into_value() }
    };
    if slots.table.borrow().is_empty() {
        return Ok(attributes);
    }
    Ok(vm.tuple(vec![attributes, slots.into_value()]))
}
