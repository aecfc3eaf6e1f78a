//! `property`, `staticmethod`, `classmethod`, `super`, and the descriptors of slots.
//!
//! What they do when an attribute is looked up is the virtual machine's (`vm::descriptors`).

use linger_heap::{Ref, Value, ValueCell};

use super::checks::{named, no_keywords, positional, readonly, receiver, special_takes, takes_one};
use super::text_format::repr_method;
use crate::objects::{
    Args, Class, Function, Instance, Native, NativeFn, Property, SlotMember, Special, Super, Wrapper, WrapperKind,
};
use crate::vm::{Result, Vm};

pub(super) const PROPERTY: &[(&str, NativeFn)] = &[
    ("__new__", new_property),
    ("__init__", init_property),
    ("getter", with_getter),
    ("setter", with_setter),
    ("deleter", with_deleter),
    ("__get__", property_get),
    ("__set__", property_set),
    ("__delete__", property_delete),
    ("__set_name__", property_set_name),
    ("__doc__\0set", set_property_doc),
    ("fget\0set", readonly),
    ("fset\0set", readonly),
    ("fdel\0set", readonly),
];

pub(super) const PROPERTY_GETTERS: &[(&str, NativeFn)] = &[
    ("fget", fget),
    ("fset", fset),
    ("fdel", fdel),
    ("__doc__", property_doc),
    ("__isabstractmethod__", property_is_abstract),
];

pub(super) const STATICMETHOD: &[(&str, NativeFn)] = &[
    ("__new__", new_staticmethod),
    ("__init__", init_wrapper),
    ("__get__", wrapper_get),
    ("__call__", call_wrapped),
    ("__repr__", repr_method),
    ("__func__\0set", readonly),
    ("__wrapped__\0set", readonly),
];

pub(super) const CLASSMETHOD: &[(&str, NativeFn)] = &[
    ("__new__", new_classmethod),
    ("__init__", init_wrapper),
    ("__get__", wrapper_get),
    ("__repr__", repr_method),
    ("__func__\0set", readonly),
    ("__wrapped__\0set", readonly),
];

pub(super) const WRAPPER_GETTERS: &[(&str, NativeFn)] = &[
    ("__func__", wrapped),
    ("__wrapped__", wrapped),
    ("__isabstractmethod__", wrapper_is_abstract),
    ("__name__", wrapped_name),
    ("__qualname__", wrapped_qualname),
    ("__doc__", wrapped_doc),
    ("__module__", wrapped_module),
    ("__annotations__", wrapped_annotations),
    ("__dict__", wrapper_dict),
];

pub(super) const SUPER: &[(&str, NativeFn)] =
    &[("__new__", new_super), ("__repr__", repr_method), ("__get__", super_get)];

pub(super) const SUPER_GETTERS: &[(&str, NativeFn)] =
    &[("__thisclass__", this_class), ("__self__", super_self), ("__self_class__", self_class)];

pub(super) const MEMBER: &[(&str, NativeFn)] =
    &[("__get__", member_get), ("__set__", member_set), ("__delete__", member_delete), ("__repr__", repr_method)];

pub(super) const MEMBER_GETTERS: &[(&str, NativeFn)] = &[
    ("__name__", member_name),
    ("__qualname__", member_qualname),
    ("__objclass__", member_class),
    ("__doc__", no_doc),
];

// ---- property ----

fn property(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Property>> {
    receiver::<Property>(vm, args, method, "property")
}

fn new_property(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "property")?;
    let property = vm.object(&vm.classes.property, Property::default()).into_value();
    vm.wrap(&args.values[0], property)
}

fn init_property(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let property = property(vm, &args, "__init__")?;
    let [getter, setter, deleter, doc] = named(vm, &args, "property", 1, ["fget", "fset", "fdel", "doc"], 0)?;
    let present = |value: Option<Value>| value.filter(|value| !value.is_none()).unwrap_or_default();
    let (getter, doc) = (present(getter), present(doc));
    // The docstring of the getter is the property's own, unless another is given.
    let doc = if doc.is_empty() && !getter.is_empty() {
        let name = vm.special_name(Special::Doc).clone();
        let found = vm.find_attr(&getter, &name)?.filter(|found| !found.is_none());
        property.doc_of_getter.set(found.is_some());
        // What a subclass says of itself would hide it: there it is an attribute of the object's own.
        if let (Some(found), true) = (&found, args.values[0].is_kind::<Instance>()) {
            vm.set_attr(&args.values[0], &name, found.clone())?;
        }
        found.unwrap_or_default()
    } else {
        doc
    };
    property.getter.set(getter);
    property.setter.set(present(setter));
    property.deleter.set(present(deleter));
    property.doc.set(doc);
    Ok(Value::NONE)
}

fn or_none(cell: &ValueCell) -> Value {
    let value = cell.get();
    if value.is_empty() { Value::NONE } else { value }
}

/// The same property with one of its functions replaced.
fn changed(vm: &mut Vm, args: &Args<'_>, method: &str, which: usize) -> Result<Value> {
    let old = property(vm, args, method)?;
    let function = takes_one(vm, args, format_args!("property.{method}"))?;
    let mut functions = [or_none(&old.getter), or_none(&old.setter), or_none(&old.deleter)];
    // `None` leaves the one that there is.
    if !function.is_none() {
        functions[which] = function.clone();
    }
    let [getter, setter, deleter] = functions;
    // A docstring that came from the getter comes from the new getter.
    let derived = old.doc_of_getter.get() && !getter.is_none();
    let doc = if derived { Value::NONE } else { or_none(&old.doc) };
    let class = vm.class_of(&args.values[0]).into_value();
    let copy = vm.call(&class, &[getter, setter, deleter, doc])?;
    if let Some(copy) = vm.native::<Property>(&copy) {
        copy.name.set(old.name.get());
    }
    Ok(copy)
}

fn with_getter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    changed(vm, &args, "getter", 0)
}

fn with_setter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    changed(vm, &args, "setter", 1)
}

fn with_deleter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    changed(vm, &args, "deleter", 2)
}

fn property_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let property = property(vm, &args, "__get__")?;
    let given = positional(vm, &args, "__get__", 1, 1, 2)?;
    if given[0].is_none() {
        return Ok(args.values[0].clone());
    }
    let class = vm.class_of(&given[0]);
    vm.bind(&property.into_value(), &given[0], &class)
}

fn property_set(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 2)?;
    let class = vm.class_of(&given[0]);
    let name = property(vm, &args, "__set__")?.name.get();
    vm.store_through(&args.values[0], &given[0], &class, &name, Some(given[1].clone()))?;
    Ok(Value::NONE)
}

fn property_delete(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = special_takes(vm, &args, 1)?;
    let class = vm.class_of(&given[0]);
    let name = property(vm, &args, "__delete__")?.name.get();
    vm.store_through(&args.values[0], &given[0], &class, &name, None)?;
    Ok(Value::NONE)
}

fn property_set_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let property = property(vm, &args, "__set_name__")?;
    let [_, _, name] = args.positional() else {
        let count = args.positional().len().saturating_sub(1);
        let message = format!("__set_name__() takes 2 positional arguments but {count} were given");
        return Err(vm.type_error(message));
    };
    property.name.set(name.clone());
    Ok(Value::NONE)
}

fn fget(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&property(vm, &args, "fget")?.getter))
}

fn fset(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&property(vm, &args, "fset")?.setter))
}

fn fdel(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&property(vm, &args, "fdel")?.deleter))
}

fn property_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&property(vm, &args, "__doc__")?.doc))
}

fn set_property_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    property(vm, &args, "__doc__")?.doc.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn is_abstract(vm: &mut Vm, function: &Value) -> Result<bool> {
    if function.is_empty() || function.is_none() {
        return Ok(false);
    }
    let name = vm.special_name(Special::IsAbstractMethod).clone();
    match vm.find_attr(function, &name)? {
        Some(answer) => vm.truth(&answer),
        None => Ok(false),
    }
}

fn property_is_abstract(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let property = property(vm, &args, "__isabstractmethod__")?;
    for function in [property.getter.get(), property.setter.get(), property.deleter.get()] {
        if is_abstract(vm, &function)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

// ---- staticmethod and classmethod ----

fn new_wrapper(vm: &mut Vm, args: &Args<'_>, name: &str, kind: WrapperKind) -> Result<Value> {
    no_keywords(vm, args, name)?;
    let function = positional(vm, args, name, 1, 1, 1)?[0].clone();
    let class = match kind {
        WrapperKind::Static => &vm.classes.staticmethod,
        WrapperKind::Class => &vm.classes.classmethod,
    };
    let wrapper = vm.object(class, Wrapper::new(kind, function)).into_value();
    vm.wrap(&args.values[0], wrapper)
}

fn init_wrapper(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let wrapper = wrapper(vm, &args, "__init__")?;
    let name = if wrapper.kind == WrapperKind::Static { "staticmethod" } else { "classmethod" };
    no_keywords(vm, &args, name)?;
    let function = positional(vm, &args, name, 1, 1, 1)?[0].clone();
    wrapper.function.set(function);
    Ok(Value::NONE)
}

fn new_staticmethod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "staticmethod")?;
    new_wrapper(vm, &args, "staticmethod", WrapperKind::Static)
}

fn new_classmethod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "classmethod")?;
    new_wrapper(vm, &args, "classmethod", WrapperKind::Class)
}

fn wrapper(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Wrapper>> {
    receiver::<Wrapper>(vm, args, method, "staticmethod")
}

fn wrapper_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let wrapper = wrapper(vm, &args, "__get__")?;
    let given = positional(vm, &args, "__get__", 1, 1, 2)?;
    let function = wrapper.function.get();
    if wrapper.kind == WrapperKind::Static {
        return Ok(function);
    }
    let class = match given.get(1).and_then(Value::to_ref::<Class>) {
        Some(class) => class,
        None => vm.class_of(&given[0]),
    };
    vm.bind_class_method(&function, &class)
}

fn call_wrapped(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = wrapper(vm, &args, "__call__")?.function.get();
    vm.call_args(&function, Args { values: &args.values[1..], names: args.names })
}

fn wrapped(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(wrapper(vm, &args, "__func__")?.function.get())
}

fn wrapper_is_abstract(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = wrapper(vm, &args, "__isabstractmethod__")?.function.get();
    Ok(Value::bool(is_abstract(vm, &function)?))
}

fn of_wrapped(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Value> {
    let function = wrapper(vm, args, name)?.function.get();
    vm.get_attr_str(&function, name)
}

fn wrapped_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_wrapped(vm, &args, "__name__")
}

fn wrapped_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_wrapped(vm, &args, "__qualname__")
}

fn wrapped_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_wrapped(vm, &args, "__doc__")
}

fn wrapped_module(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_wrapped(vm, &args, "__module__")
}

fn wrapped_annotations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_wrapped(vm, &args, "__annotations__")
}

fn wrapper_dict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let wrapper = wrapper(vm, &args, "__dict__")?.to_value();
    Ok(vm.own_dict(&wrapper).map_or(Value::NONE, Ref::into_value))
}

// ---- super ----

fn new_super(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "super")?;
    no_keywords(vm, &args, "super")?;
    let given = positional(vm, &args, "super()", 1, 0, 2)?;
    // The compiler gives `super()` inside of a method its two arguments; anywhere else there are none to be found.
    let Some(first) = given.first() else {
        let function = vm.frame(0).and_then(|frame| frame.function.to_ref::<Function>());
        let has_arguments = function.is_some_and(|function| function.code.positional_count > 0);
        let what = if has_arguments { "__class__ cell not found" } else { "no arguments" };
        return Err(vm.runtime_error(format!("super(): {what}")));
    };
    let Some(class) = first.to_ref::<Class>() else {
        let other = vm.type_name(first);
        return Err(vm.type_error(format!("super() argument 1 must be a type, not {other}")));
    };
    let Some(receiver) = given.get(1).filter(|receiver| !receiver.is_none()) else {
        // Not bound yet: `__get__` binds it.
        let start = vm.classes.object.clone();
        let body = Super { class, start, receiver: ValueCell::default() };
        return Ok(vm.object(&vm.classes.super_, body).into_value());
    };
    let start = match receiver.to_ref::<Class>() {
        Some(other) if other.is_subclass_of(&class) => other,
        _ => {
            let own = vm.class_of(receiver);
            if own.is_subclass_of(&class) {
                own
            } else {
                // What stands for another object (a proxy) says so by its `__class__`.
                let name = vm.special_name(Special::Class).clone();
                let claimed = vm.find_attr(receiver, &name)?.and_then(|claimed| claimed.to_ref::<Class>());
                match claimed.filter(|claimed| claimed.is_subclass_of(&class)) {
                    Some(claimed) => claimed,
                    None => {
                        return Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"));
                    }
                }
            }
        }
    };
    let body = Super { class, start, receiver: ValueCell::new(receiver.clone()) };
    Ok(vm.object(&vm.classes.super_, body).into_value())
}

fn super_of(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Super>> {
    receiver::<Super>(vm, args, method, "super")
}

/// Binds `super(C)` to an instance of `C`.
fn super_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let body = super_of(vm, &args, "__get__")?;
    match args.values.get(1) {
        Some(receiver) if !receiver.is_none() && body.receiver.is_empty() => {
            let super_class = vm.classes.super_.to_value();
            vm.call(&super_class, &[body.class.to_value(), receiver.clone()])
        }
        _ => Ok(body.to_value()),
    }
}

fn this_class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(super_of(vm, &args, "__thisclass__")?.class.to_value())
}

fn super_self(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(or_none(&super_of(vm, &args, "__self__")?.receiver))
}

fn self_class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(super_of(vm, &args, "__self_class__")?.start.to_value())
}

// ---- descriptors of slots, and of attributes that the runtime's own objects have ----

/// The name of what a descriptor is for.
fn member_key(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Value> {
    match args.values.first().and_then(Value::downcast::<Native>) {
        Some(native) => Ok(vm.intern(native.name)),
        None => Ok(receiver::<SlotMember>(vm, args, method, "member_descriptor")?.name.clone()),
    }
}

fn member_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    member_key(vm, &args, "__get__")?;
    let given = positional(vm, &args, "__get__", 1, 1, 2)?;
    if given[0].is_none() {
        return Ok(args.values[0].clone());
    }
    let class = member_of(vm, &args.values[0], &given[0])?;
    vm.bind(&args.values[0], &given[0], &class)
}

/// The class of an object that has a slot; another has nothing at its place.
fn member_of(vm: &mut Vm, member: &Value, object: &Value) -> Result<Ref<Class>> {
    let class = vm.class_of(object);
    let Some(member) = member.downcast::<SlotMember>() else { return Ok(class) };
    let owner = member.class.get();
    match owner.downcast::<Class>() {
        Some(owner) if !class.is_subclass_of(owner) => {
            let (name, owner, other) = (crate::vm::text(&member.name), owner.name_text(), class.name_text());
            let message = format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{other}' object");
            Err(vm.type_error(message))
        }
        _ => Ok(class),
    }
}

fn member_set(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = member_key(vm, &args, "__set__")?;
    let given = special_takes(vm, &args, 2)?;
    let class = member_of(vm, &args.values[0], &given[0])?;
    vm.store_through(&args.values[0], &given[0], &class, &name, Some(given[1].clone()))?;
    Ok(Value::NONE)
}

fn member_delete(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = member_key(vm, &args, "__delete__")?;
    let given = special_takes(vm, &args, 1)?;
    let class = member_of(vm, &args.values[0], &given[0])?;
    vm.store_through(&args.values[0], &given[0], &class, &name, None)?;
    Ok(Value::NONE)
}

fn member_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    member_key(vm, &args, "__name__")
}

fn member_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = member_key(vm, &args, "__qualname__")?;
    let owner = match args.values[0].downcast::<SlotMember>().map(|member| member.class.get()) {
        Some(class) => class.downcast::<Class>().map(|class| class.qualname.get()).unwrap_or_default(),
        None => vm.intern(args.values[0].downcast::<Native>().map_or("", Native::owner_name)),
    };
    let text = format!("{}.{}", crate::vm::text(&owner), crate::vm::text(&name));
    Ok(vm.str(&text))
}

fn member_class(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    member_key(vm, &args, "__objclass__")?;
    match args.values[0].downcast::<SlotMember>() {
        Some(member) => Ok(member.class.get()),
        None => super::function_type::native_class(vm, args),
    }
}

fn no_doc(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}
