//! Tuples whose items have names: `sys.version_info`, `time.struct_time` and the like.
//!
//! A class of them is a native subclass of `tuple` with a property for each name.

use std::rc::Rc;

use linger_heap::{Ref, Value, ValueCell};

use crate::objects::{Args, Class, Layout, Native, NativeCall, Property, Tuple};
use crate::vm::{Result, Vm};

/// A callable that runs a Rust closure.
pub(super) fn closure(
    vm: &mut Vm,
    owner: &'static str,
    name: &'static str,
    binds: bool,
    function: impl Fn(&mut Vm, Args<'_>) -> Result<Value> + 'static,
) -> Value {
    let class = if binds { vm.classes.method_descriptor.clone() } else { vm.classes.builtin_function.clone() };
    let call = NativeCall::Closure(Rc::new(function));
    vm.object(&class, Native::new(name, owner, call, binds)).into_value()
}

/// A class of named tuples. Its objects can't be made by scripts unless they are given a sequence.
pub(super) fn class(
    vm: &mut Vm,
    module: &'static str,
    name: &'static str,
    fields: &'static [&'static str],
) -> Ref<Class> {
    let tuple = vm.classes.tuple.clone();
    let class = vm.native_class(name, module, Some(&tuple), Layout::Tuple, &[], &[]);
    for (index, field) in fields.iter().enumerate() {
        let getter = closure(vm, name, field, false, move |vm, args| {
            let tuple = args.values.first().and_then(|value| vm.native::<Tuple>(value));
            Ok(tuple.and_then(|tuple| tuple.items.get(index).cloned()).unwrap_or(Value::NONE))
        });
        let property = Property { getter: ValueCell::new(getter), ..Property::default() };
        let property = vm.object(&vm.classes.property, property).into_value();
        vm.dict_set_str(&class.dict, field, property);
    }
    let repr = closure(vm, name, "__repr__", true, move |vm, args| {
        let tuple = args.values.first().and_then(|value| vm.native::<Tuple>(value));
        let mut parts = Vec::new();
        for (field, item) in fields.iter().zip(tuple.iter().flat_map(|tuple| tuple.items.iter())) {
            parts.push(format!("{field}={}", vm.repr(item)?));
        }
        let text = format!("{module}.{name}({})", parts.join(", "));
        Ok(vm.str(&text))
    });
    vm.dict_set_str(&class.dict, "__repr__", repr);
    let count = vm.size(fields.len());
    vm.dict_set_str(&class.dict, "n_fields", count.clone());
    vm.dict_set_str(&class.dict, "n_sequence_fields", count);
    super::support::as_subclass(&class);
    class
}

/// An object of such a class.
pub(super) fn object(vm: &mut Vm, class: &Ref<Class>, items: Vec<Value>) -> Result<Value> {
    let tuple = vm.tuple(items);
    vm.wrap(&class.to_value(), tuple)
}
