//! Descriptors: what is found on a class, and what it becomes for an object that is asked for it (`__get__`).

use linger_heap::{Ref, Value, ValueCell};

use super::{Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// Whether a value found on a class takes part in binding.
    pub(crate) fn is_descriptor(&mut self, value: &Value) -> bool {
        if !value.is_object()
            || value.is_kind::<Str>()
            || value.is_kind::<List>()
            || value.is_kind::<Dict>()
            || value.is_kind::<Tuple>()
        {
            return false;
        }
        if value.is_kind::<Function>()
            || value.is_kind::<Property>()
            || value.is_kind::<Wrapper>()
            || value.is_kind::<SlotMember>()
            || value.is_kind::<Super>()
            || value.downcast::<Native>().is_some_and(Native::is_method)
        {
            return true;
        }
        (value.is_kind::<Instance>() || value.is_kind::<NativeObject>())
            && (self.special(value, Special::Get).is_some() || self.special(value, Special::Set).is_some())
    }

    /// Whether a value means the same on a class as anywhere: it is not called, bound or asked to stand for an attribute.
    pub(super) fn is_plain_data(&mut self, value: &Value) -> bool {
        !value.is_kind::<Native>() && !value.is_kind::<Class>() && !self.is_descriptor(value)
    }

    /// Whether a value found on a class goes before the instance's own attribute.
    pub(crate) fn is_data_descriptor(&mut self, value: &Value) -> bool {
        if value.is_kind::<Property>() || value.is_kind::<SlotMember>() {
            return true;
        }
        if value.downcast::<Native>().is_some_and(Native::is_getter) {
            return true;
        }
        if let Some(payload) = value.downcast::<Instance>().and_then(Instance::payload)
            && payload.is_kind::<Property>()
        {
            return true;
        }
        (value.is_kind::<Instance>() || value.is_kind::<NativeObject>())
            && (self.special(value, Special::Set).is_some() || self.special(value, Special::Delete).is_some())
    }

    /// Whether a data descriptor has a say in reading: one of a script may have `__set__` alone.
    pub(super) fn can_be_read(&mut self, value: &Value) -> bool {
        !value.is_kind::<Instance>()
            || value.downcast::<Instance>().and_then(Instance::payload).is_some()
            || self.special(value, Special::Get).is_some()
    }

    /// Binds what was found on the class of `object` (`__get__`).
    pub(crate) fn bind(&mut self, found: &Value, object: &Value, class: &Ref<Class>) -> Result<Value> {
        if found.is_kind::<Function>() {
            return Ok(self.bound_method(found.clone(), object.clone()));
        }
        if let Some(native) = found.downcast::<Native>() {
            if native.is_getter() {
                let NativeCall::Function(getter) = &native.call else { return Ok(found.clone()) };
                return getter(self, Args::positional_only(std::slice::from_ref(object)));
            }
            return Ok(if native.is_method() { self.bind_native(native, object) } else { found.clone() });
        }
        if let Some(property) = self.native::<Property>(found) {
            let getter = property.getter.get();
            if getter.is_empty() || getter.is_none() {
                return Err(self.no_accessor(&property, object, "getter"));
            }
            return self.call(&getter, std::slice::from_ref(object));
        }
        if let Some(wrapper) = self.native::<Wrapper>(found) {
            let function = wrapper.function.get();
            return match wrapper.kind {
                WrapperKind::Static => Ok(function),
                WrapperKind::Class => self.bind_class_method(&function, class),
            };
        }
        if let Some(unbound) = found.to_ref::<Super>().filter(|found| found.receiver.is_empty()) {
            let super_class = self.classes.super_.to_value();
            return self.call(&super_class, &[unbound.class.to_value(), object.clone()]);
        }
        if let Some(member) = found.to_ref::<SlotMember>() {
            return self.load_member(&member, object, class);
        }
        if (found.is_kind::<Instance>() || found.is_kind::<NativeObject>())
            && let Some(get) = self.special(found, Special::Get)
        {
            return self.call_found(&get, &[found.clone(), object.clone(), class.to_value()]);
        }
        Ok(found.clone())
    }

    /// What `Class.name` is for a value found on the class (`__get__(None, class)`).
    pub(crate) fn bind_on_class(&mut self, found: &Value, class: &Ref<Class>) -> Result<Value> {
        if let Some(wrapper) = self.native::<Wrapper>(found) {
            let function = wrapper.function.get();
            return match wrapper.kind {
                WrapperKind::Static => Ok(function),
                WrapperKind::Class => self.bind_class_method(&function, class),
            };
        }
        if (found.is_kind::<Instance>() || found.is_kind::<NativeObject>())
            && let Some(get) = self.special(found, Special::Get)
            && !get.is_kind::<Native>()
        {
            return self.call_found(&get, &[found.clone(), Value::NONE, class.to_value()]);
        }
        Ok(found.clone())
    }

    /// A method that takes the class first.
    pub(crate) fn bind_class_method(&mut self, function: &Value, class: &Ref<Class>) -> Result<Value> {
        if let Some(native) = function.downcast::<Native>() {
            return Ok(self.bind_native(native, &class.to_value()));
        }
        if function.is_kind::<Function>() || !self.is_descriptor(function) {
            return Ok(self.bound_method(function.clone(), class.to_value()));
        }
        self.bind(function, &class.to_value(), class)
    }

    /// A function bound to `self`.
    pub(crate) fn bound_method(&self, function: Value, receiver: Value) -> Value {
        let method = BoundMethod { function: ValueCell::new(function), receiver: ValueCell::new(receiver) };
        self.heap.alloc(self.classes.method.type_id.get(), method).into_value()
    }

    pub(super) fn bind_native(&self, native: &Native, receiver: &Value) -> Value {
        let bound = Native {
            name: native.name,
            owner: native.owner,
            call: native.call.clone(),
            quick: native.quick,
            binds: true,
            receiver: ValueCell::new(receiver.clone()),
        };
        self.heap.alloc(self.classes.builtin_function.type_id.get(), bound).into_value()
    }

    fn load_member(&mut self, member: &Ref<SlotMember>, object: &Value, class: &Ref<Class>) -> Result<Value> {
        if member.name.is(self.special_name(Special::Dict)) {
            if let Some(instance) = object.to_ref::<Instance>() {
                return Ok(self.instance_dict(object, &instance).into_value());
            }
            return Ok(self.own_dict(object).map_or_else(|| member.to_value(), Ref::into_value));
        }
        if member.name.is(self.special_name(Special::WeakRef)) {
            return Ok(Value::NONE);
        }
        let found = match object.to_ref::<Instance>() {
            Some(instance) => self.load_declared(&instance, class, &member.name),
            None => self.own_attribute(object, &member.name)?,
        };
        match found {
            Some(value) => Ok(value),
            None => Err(self.attribute_error(format!(
                "'{}' object has no attribute '{}'",
                class.name_text(),
                text(&member.name)
            ))),
        }
    }

    pub(super) fn no_accessor(&mut self, property: &Property, object: &Value, what: &str) -> super::Raise {
        let name = property.name.get();
        let class = self.class_of(object);
        let qualname = text(&class.qualname.get()).to_owned();
        let name = if name.is_kind::<Str>() { format!(" '{}'", text(&name)) } else { String::new() };
        self.attribute_error(format!("property{name} of '{qualname}' object has no {what}"))
    }
}

/// Behind an attribute's name: the native function that sets it.
pub(crate) const SETTER_SUFFIX: &str = "\u{0}set";

/// Behind an attribute's name: the native function that deletes it.
pub(crate) const DELETER_SUFFIX: &str = "\u{0}delete";
