//! The methods and attributes of `object`.
//!
//! Attribute lookup itself is the virtual machine's; `type` is in `class_type`, copying by `__reduce_ex__` in `reduce`.

use linger_heap::{Ref, Value};

use super::checks::{special_takes, takes_none};
use super::text_format::{object_format, object_repr, object_str};
use crate::objects::{Args, Class, Dict, Instance, Layout, Module, NativeFn, Special, Tuple};
use crate::vm::{Raise, Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("__repr__", object_repr),
    ("__str__", object_str),
    ("__format__", object_format),
    ("__eq__", eq),
    ("__ne__", ne),
    ("__lt__", not_implemented),
    ("__le__", not_implemented),
    ("__gt__", not_implemented),
    ("__ge__", not_implemented),
    ("__hash__", hash),
    ("__getattribute__", getattribute),
    ("__setattr__", setattr),
    ("__delattr__", delattr),
    ("__dir__", dir),
    ("__sizeof__", sizeof),
    ("__reduce__", super::reduce::reduce),
    ("__reduce_ex__", super::reduce::reduce_ex),
    ("__getstate__", super::reduce::getstate),
    ("__class__\0set", set_class),
];

pub(super) const CLASS: &[(&str, NativeFn)] =
    &[("__init_subclass__", init_subclass), ("__subclasshook__", subclasshook)];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("__class__", class)];

/// How attributes are read, set and deleted, of exceptions too: a class that inherits from one of these and from another finds
/// these first.
pub(super) const ATTRIBUTES: &[(&str, NativeFn)] =
    &[("__getattribute__", getattribute), ("__setattr__", setattr), ("__delattr__", delattr)];

/// Whether what `class` has under a special name is the method of `object`.
fn is_objects_own(vm: &mut Vm, class: &Ref<Class>, special: Special) -> bool {
    let name = vm.special_name(special).clone();
    let object = vm.classes.object.clone();
    match (vm.lookup(class, &name), vm.dict_get_name(&object.dict, &name)) {
        (Some(found), Some(own)) => found.is(&own),
        _ => false,
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(first) = args.positional().first() else {
        return Err(vm.type_error("object.__new__(): not enough arguments"));
    };
    let Some(class) = first.to_ref::<Class>() else {
        let other = vm.type_name(first);
        return Err(vm.type_error(format!("object.__new__(X): X is not a type object ({other})")));
    };
    if matches!(class.layout, Layout::Sealed | Layout::Native) && is_objects_own(vm, &class, Special::New) {
        return Err(vm.type_error(format!("cannot create '{}' instances", class.name_text())));
    }
    if args.values.len() > 1 {
        if !is_objects_own(vm, &class, Special::New) {
            let message = "object.__new__() takes exactly one argument (the type to instantiate)";
            return Err(vm.type_error(message));
        }
        if is_objects_own(vm, &class, Special::Init) {
            return Err(vm.type_error(format!("{}() takes no arguments", class.name_text())));
        }
    }
    if class.layout != Layout::Object {
        let name = class.name_text();
        return Err(vm.type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
    }
    if let Some(error) = abstract_error(vm, &class)? {
        return Err(error);
    }
    Ok(vm.new_instance(class))
}

/// The error of making an instance of a class with abstract methods left.
pub(crate) fn abstract_error(vm: &mut Vm, class: &Ref<Class>) -> Result<Option<Raise>> {
    let name = vm.special_name(Special::AbstractMethods).clone();
    let Some(methods) = vm.dict_get_name(&class.dict, &name) else { return Ok(None) };
    if !vm.truth(&methods)? {
        return Ok(None);
    }
    let mut names = Vec::new();
    for method in vm.items(&methods)? {
        names.push(vm.to_text(&method)?);
    }
    names.sort();
    let plural = if names.len() == 1 { "" } else { "s" };
    let (class, names) = (class.name_text(), names.join(", "));
    Ok(Some(vm.type_error(format!("Can't instantiate abstract class {class} with abstract method{plural} {names}"))))
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if args.values.is_empty() {
        return Err(vm.type_error("descriptor '__init__' of 'object' object needs an argument"));
    }
    if args.values.len() > 1 {
        let class = vm.class_of(&args.values[0]);
        if !is_objects_own(vm, &class, Special::Init) {
            let message = "object.__init__() takes exactly one argument (the instance to initialize)";
            return Err(vm.type_error(message));
        }
        if is_objects_own(vm, &class, Special::New) {
            let name = class.name_text();
            let message = format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
            return Err(vm.type_error(message));
        }
    }
    Ok(Value::NONE)
}

fn eq(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = &special_takes(vm, &args, 1)?[0];
    Ok(if args.values[0].is(other) { Value::TRUE } else { Value::NOT_IMPLEMENTED })
}

fn ne(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = &special_takes(vm, &args, 1)?[0];
    // The opposite of what the class's own `__eq__` says.
    let equal =
        vm.call_special(&args.values[0], Special::Eq, std::slice::from_ref(other))?.unwrap_or(Value::NOT_IMPLEMENTED);
    if equal.is(&Value::NOT_IMPLEMENTED) {
        return Ok(equal);
    }
    Ok(Value::bool(!vm.truth(&equal)?))
}

fn not_implemented(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 1)?;
    Ok(Value::NOT_IMPLEMENTED)
}

fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    // Addresses are multiples of 16: their low bits say nothing.
    let hash = vm.address_of(&args.values[0]).rotate_right(4);
    Ok(vm.int(hash as i64))
}

fn attribute_name<'a>(vm: &mut Vm, value: &'a Value) -> Result<&'a Value> {
    if vm.text_of(value).is_some() {
        return Ok(value);
    }
    let other = vm.type_name(value);
    Err(vm.type_error(format!("attribute name must be string, not '{other}'")))
}

fn getattribute(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 1)?;
    let name = attribute_name(vm, &given[0])?;
    match vm.generic_get_attr(&args.values[0], name)? {
        Some(value) => Ok(value),
        None => Err(vm.no_attribute(&args.values[0], name)),
    }
}

fn setattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 2)?;
    let name = attribute_name(vm, &given[0])?;
    vm.generic_set_attr(&args.values[0], name, given[1].clone())?;
    Ok(Value::NONE)
}

fn delattr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 1)?;
    let name = attribute_name(vm, &given[0])?;
    vm.generic_delete_attr(&args.values[0], name)?;
    Ok(Value::NONE)
}

/// Adds the names of a dict that scripts may see: those of the runtime's own setters hold a zero.
pub(super) fn add_names(vm: &mut Vm, into: &Ref<Dict>, from: &Ref<Dict>) -> Result<()> {
    for (name, _) in vm.dict_entries(from) {
        if !crate::vm::text(&name).contains('\0') {
            vm.dict_set(into, name, Value::NONE)?;
        }
    }
    Ok(())
}

/// Adds the names of a class and of its bases.
pub(super) fn add_class_names(vm: &mut Vm, into: &Ref<Dict>, class: &Class) -> Result<()> {
    let mro = class.mro.get();
    let bases: Vec<Value> = mro.downcast::<Tuple>().map(|mro| mro.items.to_vec()).unwrap_or_default();
    for base in bases.iter().rev() {
        let Some(base) = base.downcast::<Class>() else { continue };
        for (name, _) in vm.dict_entries(&base.dict) {
            // The module of a class of the runtime is no attribute of its instances.
            let text = crate::vm::text(&name);
            let hidden = base.flags.get().builtin && text == "__module__";
            if !hidden && !text.contains('\0') {
                vm.dict_set(into, name, Value::NONE)?;
            }
        }
    }
    Ok(())
}

pub(super) fn names_list(vm: &mut Vm, names: &Ref<Dict>) -> Value {
    let names = vm.dict_entries(names).into_iter().map(|(name, _)| name).collect();
    vm.list(names)
}

fn dir(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    takes_none(vm, &args, "object.__dir__")?;
    let names = vm.dict();
    let name = vm.special_name(Special::Dict).clone();
    if let Some(module) = args.values[0].downcast::<Module>() {
        let dict = module.dict.clone();
        add_names(vm, &names, &dict)?;
        return Ok(names_list(vm, &names));
    }
    if let Some(own) = vm.find_attr(&args.values[0], &name)?.and_then(|own| own.to_ref::<Dict>()) {
        add_names(vm, &names, &own)?;
    }
    let class = vm.class_of(&args.values[0]);
    add_class_names(vm, &names, &class)?;
    Ok(names_list(vm, &names))
}

fn sizeof(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    takes_none(vm, &args, "object.__sizeof__")?;
    let bytes = args.values[0].header().map_or(size_of::<Value>(), linger_heap::Header::bytes);
    Ok(vm.size(bytes))
}

fn class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    Ok(vm.class_of(&args.values[0]).into_value())
}

fn set_class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let (object, value) = (&args.values[0], &args.values[1]);
    let Some(class) = value.to_ref::<Class>() else {
        let other = vm.type_name(value);
        return Err(vm.type_error(format!("__class__ must be set to a class, not '{other}' object")));
    };
    let old = vm.class_of(object);
    if old.is(&class) {
        return Ok(Value::NONE);
    }
    let (Some(instance), false, false) =
        (object.to_ref::<Instance>(), class.flags.get().builtin, old.flags.get().builtin)
    else {
        return Err(vm.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    };
    let declared = |class: &Class| class.shapes.borrow().get(class.root_shape.get()).map(|shape| shape.names.clone());
    let same_form = old.layout == class.layout
        && old.flags.get().no_dict == class.flags.get().no_dict
        && match (declared(&old), declared(&class)) {
            (Some(old), Some(new)) => old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.is(new)),
            _ => !old.flags.get().no_dict,
        };
    if !same_form {
        let (new, old) = (class.name_text(), old.name_text());
        let message = format!("__class__ assignment: '{new}' object layout differs from '{old}'");
        return Err(vm.type_error(message));
    }
    if old.flags.get().no_dict {
        // Declared slots are all that there is, and they are the same.
        instance.shape.set(class.root_shape.get());
    } else {
        // Shapes belong to a class: the attributes move to a dict, which any class can have.
        vm.instance_dict(object, &instance);
    }
    instance.class.set(class.to_value());
    vm.heap.set_type(instance.header(), class.type_id.get());
    if class.flags.get().has_finalizer {
        instance.header().set_finalizable();
    }
    Ok(Value::NONE)
}

fn init_subclass(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if args.values.len() > 1 {
        let name = args.values[0].downcast::<Class>().map(|class| class.qualname.get()).unwrap_or_default();
        let name = if name.is_empty() { String::new() } else { crate::vm::text(&name).to_owned() };
        if args.names.is_empty() {
            let count = args.values.len() - 1;
            return Err(vm.type_error(format!("{name}.__init_subclass__() takes no arguments ({count} given)")));
        }
        return Err(vm.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
    }
    Ok(Value::NONE)
}

fn subclasshook(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NOT_IMPLEMENTED)
}

/// `__new__` of the classes of `None`, `...` and `NotImplemented`, which have one instance each.
macro_rules! constants {
    ($($name:ident = $constant:ident, $text:literal;)*) => {$(
        pub(super) fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            if args.values.len() > 1 {
                return Err(vm.type_error(concat!($text, " takes no arguments")));
            }
            Ok(Value::$constant)
        }
    )*};
}

constants! {
    new_none = NONE, "NoneType";
    new_ellipsis = ELLIPSIS, "EllipsisType";
    new_not_implemented = NOT_IMPLEMENTED, "NotImplementedType";
}
