//! The methods and attributes of `type`: what every class has.
//!
//! Making classes is the virtual machine's (`vm::classes`).

use linger_heap::{Ref, Value, WeakRef};

use super::checks::{receiver, special_takes, takes_none};
use super::dict_views;
use super::object_type::{add_class_names, names_list};
use super::text_format::repr_method;
use crate::objects::{Args, Class, Instance, Native, NativeFn, Special, Tuple, ViewKind};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("__call__", call),
    ("__repr__", repr_method),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("mro", mro),
    ("__subclasses__", subclasses),
    ("__instancecheck__", instancecheck),
    ("__subclasscheck__", subclasscheck),
    ("__dir__", dir),
    ("__name__\0set", set_name),
    ("__qualname__\0set", set_qualname),
    ("__module__\0set", set_module),
    ("__doc__\0set", set_doc),
    ("__abstractmethods__\0set", set_abstract_methods),
    ("__abstractmethods__\0delete", delete_abstract_methods),
    ("__annotations__\0set", set_annotations),
    ("__annotations__\0delete", delete_annotations),
    ("__bases__\0set", set_bases),
    ("__bases__\0delete", |vm, args| cannot_delete(vm, &args, "__bases__")),
    ("__name__\0delete", |vm, args| cannot_delete(vm, &args, "__name__")),
    ("__qualname__\0delete", |vm, args| cannot_delete(vm, &args, "__qualname__")),
    ("__module__\0delete", |vm, args| cannot_delete(vm, &args, "__module__")),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__prepare__", prepare)];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[
    ("__name__", name),
    ("__qualname__", qualname),
    ("__module__", module),
    ("__doc__", doc),
    ("__bases__", bases),
    ("__base__", base),
    ("__mro__", mro_tuple),
    ("__dict__", dict),
    ("__abstractmethods__", abstract_methods),
    ("__annotations__", annotations),
    ("__text_signature__", none),
    ("__flags__", flags),
    ("__basicsize__", basic_size),
    ("__itemsize__", item_size),
    ("__dictoffset__", dict_offset),
    ("__weakrefoffset__", weak_reference_offset),
];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Class>> {
    receiver::<Class>(vm, args, method, "type")
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "type")?;
    let Some(metaclass) = args.values[0].to_ref::<Class>() else {
        return Err(vm.type_error("type.__new__(X): X is not a type object"));
    };
    let given = Args { values: &args.values[1..], names: args.names };
    if metaclass.is(&vm.classes.type_) {
        if let ([value], []) = (given.values, given.names) {
            return Ok(vm.class_of(value).into_value());
        }
        if given.positional().len() != 3 {
            return Err(vm.type_error("type() takes 1 or 3 arguments"));
        }
    }
    vm.new_class(&metaclass, given)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let count = args.positional().len().saturating_sub(1);
    if count == 1 && !args.names.is_empty() {
        return Err(vm.type_error("type.__init__() takes no keyword arguments"));
    }
    if count != 1 && count != 3 {
        return Err(vm.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(Value::NONE)
}

fn call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__call__")?;
    vm.type_call(&class, Args { values: &args.values[1..], names: args.names })
}

fn prepare(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.dict().into_value())
}

fn or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    super::generic_alias::union(vm, &args.values[0], &other)
}

fn reflected_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    super::generic_alias::union(vm, &other, &args.values[0])
}

fn mro(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "mro")?;
    takes_none(vm, &args, "type.mro")?;
    let order = vm.linearize(&class)?;
    Ok(vm.list(order))
}

fn subclasses(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__subclasses__")?;
    takes_none(vm, &args, "type.__subclasses__")?;
    let known = class.subclasses.borrow().clone();
    let alive = known.iter().filter_map(|weak| weak.downcast::<WeakRef>()).map(|weak| vm.heap.upgrade(weak));
    let alive = alive.filter(Value::is_object).collect();
    Ok(vm.list(alive))
}

fn instancecheck(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__instancecheck__")?;
    let value = &special_takes(vm, &args, 1)?[0];
    Ok(Value::bool(vm.is_instance(value, &class) || claims_class(vm, value, &class)?))
}

/// Whether an object claims to be of a class by a `__class__` of its own.
pub(crate) fn claims_class(vm: &mut Vm, value: &Value, class: &Class) -> Result<bool> {
    if !value.is_kind::<Instance>() {
        return Ok(false);
    }
    let name = vm.special_name(Special::Class).clone();
    let own = vm.class_of(value);
    let asks = own.flags.get().has_getattribute;
    match vm.lookup(&own, &name) {
        Some(getter) if asks || !getter.is_kind::<Native>() => {}
        None if asks => {}
        _ => return Ok(false),
    }
    let claimed = vm.find_attr(value, &name)?.and_then(|claimed| claimed.to_ref::<Class>());
    Ok(claimed.is_some_and(|claimed| claimed.is_subclass_of(class)))
}

fn subclasscheck(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__subclasscheck__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    Ok(Value::bool(vm.inherits_from(other, &class.into_value())?))
}

fn dir(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__dir__")?;
    takes_none(vm, &args, "type.__dir__")?;
    let names = vm.dict();
    add_class_names(vm, &names, &class)?;
    Ok(names_list(vm, &names))
}

fn name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__name__")?.name.get())
}

fn qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__qualname__")?.qualname.get())
}

/// What a class has in its own dict under a name; the getters of `type` itself don't count.
fn own(vm: &mut Vm, class: &Ref<Class>, special: Special) -> Option<Value> {
    let name = vm.special_name(special).clone();
    vm.dict_get_name(&class.dict, &name).filter(|value| !value.is_kind::<Native>())
}

fn module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__module__")?;
    match own(vm, &class, Special::Module) {
        Some(module) => Ok(module),
        None => Ok(vm.intern("builtins")),
    }
}

fn doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__doc__")?;
    match own(vm, &class, Special::Doc) {
        Some(doc) => vm.bind_on_class(&doc, &class),
        None => Ok(Value::NONE),
    }
}

fn bases(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__bases__")?.bases.get())
}

fn base(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__base__")?;
    let bases = class.bases.get();
    let bases: Vec<Value> = bases.downcast::<Tuple>().map(|bases| bases.items.to_vec()).unwrap_or_default();
    // The base that decides what instances are made of; the first if none does more than another.
    let decides = |base: &&Value| base.downcast::<Class>().is_some_and(|base| base.layout == class.layout);
    Ok(bases.iter().find(decides).or(bases.first()).cloned().unwrap_or(Value::NONE))
}

fn mro_tuple(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__mro__")?.mro.get())
}

fn dict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__dict__")?;
    Ok(dict_views::make(vm, class.dict.to_value(), ViewKind::Proxy))
}

/// The bits of CPython's `tp_flags` that scripts ask about: made by a script, can be inherited from, abstract.
fn flags(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let flags = this(vm, &args, "__flags__")?.flags.get();
    let bits = [(!flags.builtin, 1 << 9), (!flags.is_final, 1 << 10), (true, 1 << 12), (flags.is_abstract, 1 << 20)];
    Ok(vm.int(bits.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum()))
}

fn basic_size(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__basicsize__")?;
    Ok(vm.size(size_of::<Instance>()))
}

fn item_size(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__itemsize__")?;
    Ok(vm.int(0))
}

/// Not zero where instances have a `__dict__`; there is no place to tell.
fn dict_offset(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let flags = this(vm, &args, "__dictoffset__")?.flags.get();
    Ok(vm.int(if flags.no_dict { 0 } else { -1 }))
}

fn weak_reference_offset(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let flags = this(vm, &args, "__weakrefoffset__")?.flags.get();
    Ok(vm.int(if flags.no_weakref { 0 } else { 1 }))
}

fn none(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

fn abstract_methods(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__abstractmethods__")?;
    match own(vm, &class, Special::AbstractMethods) {
        Some(methods) => Ok(methods),
        None => Err(vm.attribute_error("__abstractmethods__")),
    }
}

fn annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__annotations__")?;
    if let Some(known) = own(vm, &class, Special::Annotations) {
        return Ok(known);
    }
    if class.flags.get().builtin {
        let name = class.name_text();
        return Err(vm.attribute_error(format!("type object '{name}' has no attribute '__annotations__'")));
    }
    let fresh = vm.dict().into_value();
    let name = vm.special_name(Special::Annotations).clone();
    vm.class_dict_set(&class, &name, fresh.clone());
    Ok(fresh)
}

/// The class and the value of a setter; classes of the runtime can't be changed.
fn changed(vm: &mut Vm, args: &Args<'_>, attribute: &str) -> Result<(Ref<Class>, Value)> {
    let class = this(vm, args, attribute)?;
    if class.flags.get().builtin {
        let name = class.name_text();
        let message = format!("cannot set '{attribute}' attribute of immutable type '{name}'");
        return Err(vm.type_error(message));
    }
    Ok((class, args.values[1].clone()))
}

fn cannot_delete(vm: &mut Vm, args: &Args<'_>, attribute: &str) -> Result<Value> {
    let name = this(vm, args, attribute)?.name_text();
    Err(vm.type_error(format!("cannot delete '{attribute}' attribute of immutable type '{name}'")))
}

fn text_value(vm: &mut Vm, class: &Ref<Class>, value: Value, attribute: &str) -> Result<Value> {
    if let Some(text) = vm.text_of(&value) {
        return Ok(vm.interned(&text.into_value()));
    }
    let (name, other) = (class.name_text(), vm.type_name(&value));
    Err(vm.type_error(format!("can only assign string to {name}.{attribute}, not '{other}'")))
}

fn set_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let (class, value) = changed(vm, &args, "__name__")?;
    let value = text_value(vm, &class, value, "__name__")?;
    if crate::vm::text(&value).contains('\0') {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    class.type_id.set(vm.heap.type_id(crate::vm::text(&value)));
    class.name.set(value);
    Ok(Value::NONE)
}

fn set_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let (class, value) = changed(vm, &args, "__qualname__")?;
    let value = text_value(vm, &class, value, "__qualname__")?;
    class.qualname.set(value);
    Ok(Value::NONE)
}

fn set_in_dict(vm: &mut Vm, args: &Args<'_>, special: Special, attribute: &str) -> Result<Value> {
    let (class, value) = changed(vm, args, attribute)?;
    let name = vm.special_name(special).clone();
    vm.class_dict_set(&class, &name, value);
    Ok(Value::NONE)
}

fn set_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    set_in_dict(vm, &args, Special::Module, "__module__")
}

fn set_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    set_in_dict(vm, &args, Special::Doc, "__doc__")
}

fn set_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    set_in_dict(vm, &args, Special::Annotations, "__annotations__")
}

fn delete_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__annotations__")?;
    if class.flags.get().builtin {
        let message = format!("cannot set '__annotations__' attribute of immutable type '{}'", class.name_text());
        return Err(vm.type_error(message));
    }
    let name = vm.special_name(Special::Annotations).clone();
    vm.begin_epoch();
    if vm.dict_remove_name(&class.dict, &name) { Ok(Value::NONE) } else { Err(vm.attribute_error("__annotations__")) }
}

fn set_abstract_methods(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let (class, value) = changed(vm, &args, "__abstractmethods__")?;
    let mut flags = class.flags.get();
    flags.is_abstract = vm.truth(&value)?;
    class.flags.set(flags);
    // How the class is called may change by it.
    vm.begin_epoch();
    let name = vm.special_name(Special::AbstractMethods).clone();
    vm.class_dict_set(&class, &name, value);
    Ok(Value::NONE)
}

fn delete_abstract_methods(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = this(vm, &args, "__abstractmethods__")?;
    let mut flags = class.flags.get();
    flags.is_abstract = false;
    class.flags.set(flags);
    let name = vm.special_name(Special::AbstractMethods).clone();
    vm.begin_epoch();
    if vm.dict_remove_name(&class.dict, &name) {
        Ok(Value::NONE)
    } else {
        Err(vm.attribute_error("__abstractmethods__"))
    }
}

fn set_bases(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let (class, value) = changed(vm, &args, "__bases__")?;
    vm.set_bases(&class, &value)?;
    Ok(Value::NONE)
}
