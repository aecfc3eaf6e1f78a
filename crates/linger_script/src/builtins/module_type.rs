//! The methods of `types.ModuleType`.

use linger_heap::Value;

use super::checks::{named, needs_class, receiver};
use super::object_type::{add_names, names_list};
use super::text_format::repr_method;
use crate::objects::{Args, Module, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] =
    &[("__new__", new), ("__init__", init), ("__dir__", dir), ("__repr__", repr_method)];

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
    Ok(names_list(vm, &names))
}
