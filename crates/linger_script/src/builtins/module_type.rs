//! The methods of `types.ModuleType`.

use linger_heap::Value;

use super::checks::{named, needs_class, receiver};
use super::object_type::{add_names, names_list};
use super::text_format::repr_method;
use crate::objects::{Args, Instance, Module, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("__dir__", dir),
    ("__repr__", repr_method),
    ("__annotations__\0set", set_annotations),
    ("__annotations__\0delete", delete_annotations),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("__annotations__", annotations)];

/// The annotations of a module's variables; made when they are first asked for.
fn annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = receiver::<Module>(vm, &args, "__annotations__", "module")?.dict.clone();
    let annotations = vm.dict().into_value();
    vm.dict_set_str(&dict, "__annotations__", annotations.clone());
    Ok(annotations)
}

fn set_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let dict = receiver::<Module>(vm, &args, "__annotations__", "module")?.dict.clone();
    vm.dict_set_str(&dict, "__annotations__", args.values[1].clone());
    Ok(Value::NONE)
}

fn delete_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let dict = receiver::<Module>(vm, &args, "__annotations__", "module")?.dict.clone();
    let name = vm.intern("__annotations__");
    if vm.dict_remove_name(&dict, &name) { Ok(Value::NONE) } else { Err(vm.attribute_error("__annotations__")) }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    needs_class(vm, &args, "module")?;
    let module = vm.new_module("");
    vm.wrap(&args.values[0], module)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let module = receiver::<Module>(vm, &args, "__init__", "module")?;
    let [name, doc] = named(vm, &args, "module", 1, ["name", "doc"], 1)?;
    let name = name.unwrap_or_default();
    if vm.text_of(&name).is_none() {
        let other = super::checks::shown_type(vm, &name);
        return Err(vm.type_error(format!("module() argument 'name' must be str, not {other}")));
    }
    let dict = module.dict.clone();
    let doc = doc.unwrap_or(Value::NONE);
    let parts = [
        ("__name__", name),
        ("__doc__", doc),
        ("__package__", Value::NONE),
        ("__loader__", Value::NONE),
        ("__spec__", Value::NONE),
    ];
    for (name, value) in parts {
        vm.dict_set_str(&dict, name, value);
    }
    Ok(Value::NONE)
}

fn dir(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let module = receiver::<Module>(vm, &args, "__dir__", "module")?;
    // A module may say by itself what it has.
    if let Some(own) = vm.dict_get_str(&module.dict, "__dir__") {
        return vm.call(&own, &[]);
    }
    let names = vm.dict();
    let dict = module.dict.clone();
    add_names(vm, &names, &dict)?;
    // Attributes of an instance of a script's subclass are its own, not the module's.
    if let Some(instance) = args.values[0].to_ref::<Instance>() {
        let own = vm.instance_dict(&args.values[0], &instance);
        add_names(vm, &names, &own)?;
    }
    Ok(names_list(vm, &names))
}
