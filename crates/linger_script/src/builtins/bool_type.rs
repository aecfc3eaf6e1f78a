//! `bool`: the constructor. What else truth values can do they have from `int`.

use linger_heap::Value;

use super::{arity, text_format};
use crate::objects::{Args, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[("__new__", new), ("__repr__", text_format::repr_method)];

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if !args.names.is_empty() {
        return Err(vm.type_error("bool() takes no keyword arguments"));
    }
    match arity::between(vm, &args, "bool", "bool", (0, 1))? {
        [value] => Ok(Value::bool(vm.truth(value)?)),
        _ => Ok(Value::FALSE),
    }
}
