//! The module `_weakref`: references that do not keep their object. Proxies, weak dictionaries and finalizers are written in
//! Python on top of it (`py/weakref.py`).

use linger_heap::{Kind, Object, Ref, Value, WeakRef};

use super::support::{Table, method, module, named, none, one};
use crate::objects::{
    Args, BoundMethod, Class, Code, Function, Generator, Instance, Layout, Module, Native, NativeObject, Set,
};
use crate::vm::{Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_weakref", FUNCTIONS);
    let class = vm.classes.weakref.clone();
    let name = vm.intern("ReferenceType");
    class.name.set(name.clone());
    class.qualname.set(name);
    class.type_id.set(vm.heap().type_id("ReferenceType"));
    let owner = vm.intern("weakref");
    vm.dict_set_str(&class.dict, "__module__", owner);
    let class = class.into_value();
    vm.module_set(&module, "ref", class.clone());
    vm.module_set(&module, "ReferenceType", class);
    Ok(module)
}

const FUNCTIONS: Table<'static> = &[
    ("getweakrefcount", getweakrefcount),
    ("getweakrefs", getweakrefs),
    ("proxy", proxy),
    ("_remove_dead_weakref", remove_dead),
];

/// Proxies are written in Python; whoever wants one from here gets one of those.
fn proxy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let module = vm.import_module("weakref")?;
    let function = vm.get_attr_str(&module, "proxy")?;
    vm.call_args(&function, args)
}

/// The methods of the class of weak references.
pub(crate) const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__call__", call),
    ("__repr__", repr),
    ("__hash__", hash),
    ("__eq__", equal),
    ("__ne__", not_equal),
];

/// The read-only attributes of the class of weak references.
pub(crate) const GETTERS: Table<'static> = &[("__callback__", callback)];

/// Whether objects like `value` can be weakly referenced, as in CPython.
fn is_referable(value: &Value) -> bool {
    const KINDS: [Kind; 9] = [
        Function::KIND,
        Class::KIND,
        Generator::KIND,
        Set::KIND,
        BoundMethod::KIND,
        Native::KIND,
        Module::KIND,
        Code::KIND,
        NativeObject::KIND,
    ];
    let Some(header) = value.header() else { return false };
    if header.kind() == Instance::KIND {
        let class = value.downcast::<Instance>().map(|instance| instance.class.get());
        return class.as_ref().and_then(Value::downcast::<Class>).is_some_and(|class| {
            !class.flags.get().no_weakref && !matches!(class.layout, Layout::Int | Layout::Tuple | Layout::Bytes)
        });
    }
    KINDS.contains(&header.kind())
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let is_own = class.is(&vm.classes.weakref.to_value());
    let rest =
        if is_own { rest } else { Args { values: &rest.positional()[..rest.positional().len().min(2)], names: &[] } };
    let [target, callback] = named(vm, &rest, "weakref", ["", ""], 1)?;
    let target = super::support::or_none(target);
    let callback = super::support::given(callback).unwrap_or(Value::EMPTY);
    if !is_referable(&target) {
        let name = vm.type_name(&target);
        return Err(vm.type_error(format!("cannot create weak reference to '{name}' object")));
    }
    if callback.is_empty()
        && is_own
        && let Some(header) = target.header()
    {
        let known = vm.heap().weak_refs(header);
        if let Some(known) =
            known.into_iter().find(|weak| weak.downcast::<WeakRef>().is_some_and(|weak| weak.callback.is_empty()))
        {
            return Ok(known);
        }
    }
    let type_id = vm.classes.weakref.type_id.get();
    match vm.heap().weak_ref(type_id, &target, callback) {
        Some(weak) => vm.wrap(class, weak.into_value()),
        None => Err(vm.type_error("cannot create weak reference")),
    }
}

fn init(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

fn this<'a>(vm: &mut Vm, args: Args<'a>, name: &str) -> Result<(Ref<WeakRef>, Args<'a>)> {
    let (this, rest) = method(vm, args, name)?;
    match vm.native::<WeakRef>(this) {
        Some(weak) => Ok((weak, rest)),
        None => Err(vm.type_error(format!("descriptor '{name}' requires a 'weakref.ReferenceType' object"))),
    }
}

fn call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (weak, rest) = this(vm, args, "__call__")?;
    none(vm, &rest, "weakref")?;
    Ok(upgrade(vm, &weak))
}

/// The object, or `None`.
fn upgrade(vm: &Vm, weak: &WeakRef) -> Value {
    let target = vm.heap().upgrade(weak);
    if target.is_empty() { Value::NONE } else { target }
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (weak, _) = this(vm, args, "__repr__")?;
    let target = upgrade(vm, &weak);
    let address = weak.to_value().bits();
    let text = if target.is_none() {
        format!("<weakref at 0x{address:x}; dead>")
    } else {
        let class = vm.type_name(&target);
        let name = vm.find_attr_str(&target, "__name__")?.filter(|name| vm.is_str(name));
        let name = name.map(|name| format!(" ({})", crate::vm::text(&name))).unwrap_or_default();
        format!("<weakref at 0x{address:x}; to '{class}' at 0x{:x}{name}>", target.bits())
    };
    Ok(vm.str(&text))
}

fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (weak, _) = this(vm, args, "__hash__")?;
    if let Some(hash) = weak.hash.get() {
        return Ok(vm.int(hash));
    }
    let target = upgrade(vm, &weak);
    if target.is_none() {
        return Err(vm.type_error("weak object has gone away"));
    }
    let hash = vm.hash(&target)? as i64;
    weak.hash.set(Some(hash));
    Ok(vm.int(hash))
}

/// Whether two weak references are equal: by their objects as long as both live.
fn same(vm: &mut Vm, args: Args<'_>) -> Result<Option<bool>> {
    let (weak, rest) = this(vm, args, "__eq__")?;
    let other = one(vm, &rest, "__eq__")?;
    let Some(other_weak) = vm.native::<WeakRef>(other) else { return Ok(None) };
    let (a, b) = (upgrade(vm, &weak), upgrade(vm, &other_weak));
    if a.is_none() || b.is_none() {
        return Ok(Some(weak.is(&other_weak)));
    }
    vm.equal(&a, &b).map(Some)
}

fn equal(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(same(vm, args)?.map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

fn not_equal(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(same(vm, args)?.map_or(Value::NOT_IMPLEMENTED, |same| Value::bool(!same)))
}

fn callback(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (weak, _) = this(vm, args, "__callback__")?;
    let callback = weak.callback.get();
    Ok(if callback.is_empty() || weak.is_dead() { Value::NONE } else { callback })
}

fn getweakrefcount(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_weakref.getweakrefcount")?;
    let count = value.header().map_or(0, |header| vm.heap().weak_refs(header).len());
    Ok(vm.size(count))
}

fn getweakrefs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_weakref.getweakrefs")?;
    let weaks = value.header().map_or(Vec::new(), |header| vm.heap().weak_refs(header));
    Ok(vm.list(weaks))
}

/// `_remove_dead_weakref(dict, key)`: deletes the entry if its value is a dead reference.
fn remove_dead(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [dict, key] = super::support::exactly::<2>(vm, &args, "_remove_dead_weakref")?;
    let Some(dict) = vm.native::<crate::objects::Dict>(dict) else {
        return Err(vm.type_error("_remove_dead_weakref() needs a dict"));
    };
    let found = vm.dict_get(&dict, key)?;
    if found.is_some_and(|value| value.downcast::<WeakRef>().is_some_and(WeakRef::is_dead)) {
        vm.dict_remove(&dict, key)?;
    }
    Ok(Value::NONE)
}
