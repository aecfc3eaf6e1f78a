//! The module `_abc`: which methods of a class are abstract, which classes are registered with which abstract class, and the
//! answers of `isinstance` and `issubclass`. `abc.ABCMeta` is written in Python on top of it.
//!
//! Answers are remembered by the number of the class, not by the class: a memory of answers must keep no class alive.

use std::cell::Cell;
use std::collections::HashMap;

use linger_heap::{Edge, Ref, Value, WeakRef};

use super::support::{Table, exactly, module, one, registered, with};
use crate::objects::{Args, Class, Layout, NativeData};
use crate::vm::{Result, Vm};

thread_local! {
    /// Changes with every registration, which makes remembered refusals void.
    static REGISTRATIONS: Cell<u64> = const { Cell::new(0) };
}

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let functions: Table<'_> = &[
        ("_abc_init", init),
        ("_abc_register", register),
        ("_abc_instancecheck", instance_check),
        ("_abc_subclasscheck", subclass_check),
        ("get_cache_token", cache_token),
        ("_reset_caches", reset_caches),
        ("_reset_registry", reset_registry),
    ];
    let module = module(vm, "_abc", functions);
    let class = vm.native_class("_abc_data", "_abc", None, Layout::Native, &[], &[]);
    vm.registry.insert("_abc._abc_data", class.into_value());
    Ok(module)
}

/// What is kept with an abstract class.
#[derive(Default)]
struct AbcData {
    /// Weak references to registered classes.
    registry: Vec<Value>,
    /// Answers by the number of the class: yes, or no as of a count of registrations.
    answers: HashMap<u32, Option<u64>>,
}

impl NativeData for AbcData {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, weak) in self.registry.iter().enumerate() {
            visit(Edge::Index(index), weak);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.registry)
    }
    fn heap_bytes(&self) -> usize {
        size_of::<AbcData>() + self.registry.capacity() * size_of::<Value>() + self.answers.capacity() * 24
    }
}

fn data_of(vm: &mut Vm, class: &Value) -> Result<Value> {
    vm.get_attr_str(class, "_abc_impl")
}

fn class_of(vm: &mut Vm, value: &Value, message: &str) -> Result<Ref<Class>> {
    value.to_ref::<Class>().ok_or_else(|| vm.type_error(message))
}

fn is_abstract(vm: &mut Vm, value: &Value) -> Result<bool> {
    let name = vm.intern("__isabstractmethod__");
    match vm.find_attr(value, &name)? {
        Some(flag) => vm.truth(&flag),
        None => Ok(false),
    }
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_abc._abc_init")?;
    let class = class_of(vm, value, "_abc_init() needs a class")?;
    let mut names = Vec::new();
    for (name, member) in vm.dict_entries(&class.dict) {
        if is_abstract(vm, &member)? {
            names.push(name);
        }
    }
    let bases = vm.items(&class.bases.get())?;
    for base in &bases {
        // A class without such methods of its own has none to hand down: every heir of an abstract class keeps its own set.
        let Some(base) = base.downcast::<Class>() else { continue };
        let Some(inherited) = vm.dict_get_str(&base.dict, "__abstractmethods__") else { continue };
        for name in vm.items(&inherited)? {
            if let Some(member) = vm.find_attr(value, &name)?
                && is_abstract(vm, &member)?
            {
                names.push(name);
            }
        }
    }
    let names = vm.list(names);
    let frozen = vm.call(&vm.classes.frozenset.to_value(), &[names])?;
    let attribute = vm.intern("__abstractmethods__");
    vm.set_attr(value, &attribute, frozen)?;

    let data_class = registered(vm, "_abc._abc_data")?;
    let data = vm.native_object(&data_class, Box::new(AbcData::default()));
    let attribute = vm.intern("_abc_impl");
    vm.set_attr(value, &attribute, data)?;
    mark_pattern_kind(vm, &class, &bases)?;
    Ok(Value::NONE)
}

const SEQUENCE_FLAG: i64 = 1 << 5;
const MAPPING_FLAG: i64 = 1 << 6;

/// Notes whether `match` takes instances for sequences or mappings: a class says so itself, or a base did.
fn mark_pattern_kind(vm: &mut Vm, class: &Ref<Class>, bases: &[Value]) -> Result<()> {
    let mut flags = class.flags.get();
    if let Some(own) = vm.dict_get_str(&class.dict, "__abc_tpflags__") {
        let bits = vm.to_i64(&own).unwrap_or(0);
        if bits & SEQUENCE_FLAG != 0 && bits & MAPPING_FLAG != 0 {
            let text = "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING";
            return Err(vm.type_error(text));
        }
        flags.is_sequence = bits & SEQUENCE_FLAG != 0;
        flags.is_mapping = bits & MAPPING_FLAG != 0;
        let name = vm.intern("__abc_tpflags__");
        let value = class.to_value();
        vm.delete_attr(&value, &name)?;
    }
    for base in bases.iter().filter_map(Value::downcast::<Class>).map(|base| base.flags.get()) {
        if !flags.is_sequence && !flags.is_mapping {
            (flags.is_sequence, flags.is_mapping) = (base.is_sequence, base.is_mapping);
        }
    }
    let mut now = class.flags.get();
    now.is_sequence = flags.is_sequence;
    now.is_mapping = flags.is_mapping;
    class.flags.set(now);
    Ok(())
}

fn register(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [class, subclass] = exactly::<2>(vm, &args, "_abc_register")?;
    let registered = class_of(vm, subclass, "Can only register classes")?;
    if vm.is_subclass_checked(subclass, class)? {
        return Ok(subclass.clone());
    }
    if vm.is_subclass_checked(class, subclass)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data_of(vm, class)?;
    let type_id = vm.classes.weakref.type_id.get();
    if let Some(weak) = vm.heap().weak_ref(type_id, subclass, Value::EMPTY) {
        super::support::resize(vm, &data, |data: &mut AbcData| data.registry.push(weak.into_value()))?;
    }
    REGISTRATIONS.set(REGISTRATIONS.get() + 1);
    // A class of the runtime is for `match` what it is: text is no sequence, whatever it is registered as.
    if let Some(class) = class.downcast::<Class>().filter(|_| !registered.flags.get().builtin) {
        spread_pattern_kind(class, &registered);
    }
    Ok(subclass.clone())
}

/// A class registered with a sequence or mapping is one for `match`.
fn spread_pattern_kind(class: &Class, registered: &Ref<Class>) {
    let from = class.flags.get();
    let mut flags = registered.flags.get();
    flags.is_sequence |= from.is_sequence;
    flags.is_mapping |= from.is_mapping;
    registered.flags.set(flags);
}

fn instance_check(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [class, instance] = exactly::<2>(vm, &args, "_abc_instancecheck")?;
    let own = vm.class_of(instance).into_value();
    if let Some(answer) = remembered(vm, class, &own)? {
        return Ok(Value::bool(answer));
    }
    let name = vm.intern("__subclasscheck__");
    let method = vm.get_attr(class, &name)?;
    let declared = vm.get_attr_str(instance, "__class__")?;
    let result = vm.call(&method, std::slice::from_ref(&declared))?;
    if declared.is(&own) || vm.truth(&result)? {
        return Ok(result);
    }
    vm.call(&method, &[own])
}

/// The remembered answer.
fn remembered(vm: &mut Vm, class: &Value, subclass: &Value) -> Result<Option<bool>> {
    let Some(subclass) = subclass.downcast::<Class>() else { return Ok(None) };
    let data = data_of(vm, class)?;
    let answer = with(vm, &data, |data: &mut AbcData| data.answers.get(&subclass.uid).copied())?;
    Ok(match answer {
        Some(None) => Some(true),
        Some(Some(count)) if count == REGISTRATIONS.get() => Some(false),
        _ => None,
    })
}

fn remember(vm: &mut Vm, data: &Value, subclass: &Class, answer: bool) -> Result<Value> {
    let entry = if answer { None } else { Some(REGISTRATIONS.get()) };
    super::support::resize(vm, data, |data: &mut AbcData| data.answers.insert(subclass.uid, entry))?;
    Ok(Value::bool(answer))
}

fn subclass_check(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [class, subclass_value] = exactly::<2>(vm, &args, "_abc_subclasscheck")?;
    let subclass = class_of(vm, subclass_value, "issubclass() arg 1 must be a class")?;
    if let Some(answer) = remembered(vm, class, subclass_value)? {
        return Ok(Value::bool(answer));
    }
    let data = data_of(vm, class)?;
    let hook = vm.call_method(class, "__subclasshook__", std::slice::from_ref(subclass_value))?;
    if !hook.is(&Value::NOT_IMPLEMENTED) {
        let answer = vm.truth(&hook)?;
        return remember(vm, &data, &subclass, answer);
    }
    if class.downcast::<Class>().is_some_and(|class| subclass.is_subclass_of(class)) {
        return remember(vm, &data, &subclass, true);
    }
    let weaks = with(vm, &data, |data: &mut AbcData| data.registry.clone())?;
    for weak in weaks {
        let Some(weak) = weak.to_ref::<WeakRef>() else { continue };
        let registered = vm.heap().upgrade(&weak);
        if !registered.is_empty() && vm.is_subclass_checked(subclass_value, &registered)? {
            return remember(vm, &data, &subclass, true);
        }
    }
    let subclasses = vm.call_method(class, "__subclasses__", &[])?;
    for other in vm.items(&subclasses)? {
        if vm.is_subclass_checked(subclass_value, &other)? {
            return remember(vm, &data, &subclass, true);
        }
    }
    remember(vm, &data, &subclass, false)
}

fn cache_token(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.int(REGISTRATIONS.get() as i64))
}

fn reset_caches(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = one(vm, &args, "_abc._reset_caches")?;
    let data = data_of(vm, class)?;
    with(vm, &data, |data: &mut AbcData| data.answers.clear())?;
    Ok(Value::NONE)
}

fn reset_registry(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = one(vm, &args, "_abc._reset_registry")?;
    let data = data_of(vm, class)?;
    let old = with(vm, &data, |data: &mut AbcData| std::mem::take(&mut data.registry))?;
    drop(old);
    Ok(Value::NONE)
}
