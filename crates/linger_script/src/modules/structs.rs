//! Tuples whose items have names: `sys.version_info`, `time.struct_time` and the like.
//!
//! A class of them is a native subclass of `tuple` with a property for each name.

use std::rc::Rc;

use linger_heap::{Ref, Value, ValueCell};

use crate::objects::{Args, Class, Dict, Instance, Layout, Native, NativeCall, Property, Tuple};
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

/// A class of named tuples, of which the first `shown` fields are items and the others attributes alone.
pub(super) fn class(
    vm: &mut Vm,
    module: &'static str,
    name: &'static str,
    fields: &'static [&'static str],
    shown: usize,
) -> Ref<Class> {
    let all = fields;
    let (fields, hidden) = all.split_at(shown);
    let tuple = vm.classes.tuple.clone();
    let class = vm.native_class(name, module, Some(&tuple), Layout::Tuple, &[], &[]);
    for (index, field) in fields.iter().enumerate() {
        let getter = closure(vm, name, field, false, move |vm, args| {
            let tuple = args.values.first().and_then(|value| vm.native::<Tuple>(value));
            Ok(tuple.and_then(|tuple| tuple.items.get(index).cloned()).unwrap_or(Value::NONE))
        });
        set_property(vm, &class, field, getter);
    }
    for field in hidden {
        let getter = closure(vm, name, field, false, move |vm, args| {
            let field = vm.intern(field);
            let Some(instance) = args.values.first().and_then(Value::to_ref::<Instance>) else {
                return Ok(Value::NONE);
            };
            let class = vm.class_of(&args.values[0]);
            Ok(vm.instance_load(&instance, &class, &field).unwrap_or(Value::NONE))
        });
        set_property(vm, &class, field, getter);
    }
    let new =
        closure(vm, name, "__new__", false, move |vm, args| make(vm, &args, &format!("{module}.{name}"), all, shown));
    let new = super::support::static_method(vm, new);
    vm.dict_set_str(&class.dict, "__new__", new);
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
    for (name, count) in [("n_fields", all.len()), ("n_sequence_fields", shown), ("n_unnamed_fields", 0)] {
        let count = vm.size(count);
        vm.dict_set_str(&class.dict, name, count);
    }
    let names = fields.iter().map(|field| vm.str(field)).collect();
    let names = vm.tuple(names);
    vm.dict_set_str(&class.dict, "__match_args__", names);
    super::support::as_subclass(&class);
    class
}

fn set_property(vm: &mut Vm, class: &Ref<Class>, field: &str, getter: Value) {
    let property = Property { getter: ValueCell::new(getter), ..Property::default() };
    let property = vm.object(&vm.classes.property, property).into_value();
    vm.dict_set_str(&class.dict, field, property);
}

/// `__new__`: of a sequence with an item for each field, where those that are not shown may be missing, or be in a dict.
fn make(vm: &mut Vm, args: &Args<'_>, full_name: &str, fields: &[&str], shown: usize) -> Result<Value> {
    let (class, rest) = super::support::method(vm, *args, "__new__")?;
    let [sequence, named] = super::support::named(vm, &rest, "structseq", ["sequence", "dict"], 1)?;
    let (sequence, named) = (sequence.unwrap_or_default(), named.unwrap_or_default());
    let mut items = match vm.items(&sequence) {
        Ok(items) => items,
        Err(raised) if vm.is_exception(&raised, &vm.classes.type_error) => {
            return Err(vm.type_error("constructor requires a sequence"));
        }
        Err(raised) => return Err(raised),
    };
    let (given, most) = (items.len(), fields.len());
    if given < shown || given > most {
        let bound = if shown == most {
            format!("a {shown}")
        } else if given < shown {
            format!("an at least {shown}")
        } else {
            format!("an at most {most}")
        };
        return Err(vm.type_error(format!("{full_name}() takes {bound}-sequence ({given}-sequence given)")));
    }
    let hidden = items.split_off(shown);
    let tuple = vm.tuple(items);
    let made = vm.wrap(class, tuple)?;
    for (index, field) in fields[shown..].iter().enumerate() {
        let value = match (hidden.get(index), named.to_ref::<Dict>()) {
            (Some(value), _) => Some(value.clone()),
            (None, Some(named)) => vm.dict_get_str(&named, field),
            (None, None) => None,
        };
        if let Some(value) = value {
            set_hidden(vm, &made, field, value);
        }
    }
    Ok(made)
}

/// Sets a field that is no item.
pub(super) fn set_hidden(vm: &mut Vm, object: &Value, field: &str, value: Value) {
    let field = vm.intern(field);
    vm.instance_store(object, &field, value);
}

/// An object of such a class.
pub(super) fn object(vm: &mut Vm, class: &Ref<Class>, items: Vec<Value>) -> Result<Value> {
    let tuple = vm.tuple(items);
    vm.wrap(&class.to_value(), tuple)
}
