//! Setting and deleting attributes. Reading them is in `attributes`.

use super::descriptors::{DELETER_SUFFIX, SETTER_SUFFIX};
use super::{Result, Vm, text};
use crate::objects::*;
use linger_heap::{Ref, Value};

impl Vm {
    /// `object.name = value`
    pub fn set_attr(&mut self, object: &Value, name: &Value, value: Value) -> Result<()> {
        let name = &self.interned(name);
        let class = self.class_of(object);
        if class.flags.get().has_setattr {
            let hook_name = self.special_name(Special::SetAttr).clone();
            if let Some(hook) = self.lookup(&class, &hook_name) {
                return self.call_found(&hook, &[object.clone(), name.clone(), value]).map(drop);
            }
        }
        self.generic_set_attr(object, name, value)
    }

    /// `object.__setattr__(name, value)` as `object` and `type` do it.
    pub(crate) fn generic_set_attr(&mut self, object: &Value, name: &Value, value: Value) -> Result<()> {
        let name = &self.interned(name);
        let class = self.class_of(object);
        let on_class = self.lookup(&class, name);
        if let Some(found) = &on_class
            && self.is_data_descriptor(found)
        {
            return self.store_through(found, object, &class, name, Some(value));
        }
        if object.is_kind::<Instance>() {
            if class.flags.get().no_dict {
                return Err(self.cannot_set(&class, name, on_class.is_some()));
            }
            // A class that hides a declared slot of its base: the attribute is one of the dict's.
            if let Some(instance) = object.to_ref::<Instance>()
                && on_class.is_some()
                && self.declared_slot(&instance, &class, name).is_some_and(|slot| slot < instance.dict_slot())
            {
                let dict = self.instance_dict(object, &instance);
                self.dict_set_name(&dict, name, value);
                return Ok(());
            }
            self.instance_store(object, name, value);
            return Ok(());
        }
        if let Some(target) = object.to_ref::<Class>() {
            return self.set_class_attr(&target, name, Some(value));
        }
        if let Some(module) = object.downcast::<Module>() {
            let dict = module.dict.clone();
            self.dict_set_name(&dict, name, value);
            return Ok(());
        }
        if let Some(dict) = self.own_dict(object) {
            self.dict_set_name(&dict, name, value);
            return Ok(());
        }
        Err(self.cannot_set(&class, name, on_class.is_some()))
    }

    /// The dict for attributes of functions and of objects of the runtime's modules, made if need be.
    pub(crate) fn own_dict(&mut self, object: &Value) -> Option<Ref<Dict>> {
        let function = object.to_ref::<Function>();
        let cell = if let Some(function) = &function {
            &self.function_extra(function).attributes
        } else if let Some(native) = object.downcast::<NativeObject>() {
            if native.class.flags.get().no_dict {
                return None;
            }
            &native.attributes
        } else if let Some(wrapper) = object.downcast::<Wrapper>() {
            if wrapper.attributes.is_empty() {
                let dict = self.attributes_of_wrapped(&wrapper.function.get());
                wrapper.attributes.set(dict.into_value());
            }
            &wrapper.attributes
        } else {
            return None;
        };
        if cell.is_empty() {
            cell.set(self.dict().into_value());
        }
        cell.get().to_ref::<Dict>()
    }

    /// What `staticmethod` and `classmethod` take over from what they wrap.
    fn attributes_of_wrapped(&mut self, function: &Value) -> Ref<Dict> {
        let dict = self.dict();
        for name in ["__module__", "__name__", "__qualname__", "__doc__", "__annotations__"] {
            if let Ok(Some(value)) = self.find_attr_str(function, name) {
                let name = self.intern(name);
                self.dict_set_name(&dict, &name, value);
            }
        }
        dict
    }

    fn cannot_set(&mut self, class: &Class, name: &Value, on_class: bool) -> super::Raise {
        let (class_name, name) = (class.name_text(), text(name).to_owned());
        if on_class {
            self.attribute_error(format!("'{class_name}' object attribute '{name}' is read-only"))
        } else {
            self.attribute_error(format!("'{class_name}' object has no attribute '{name}'"))
        }
    }

    /// Stores or deletes through a data descriptor.
    pub(crate) fn store_through(
        &mut self,
        found: &Value,
        object: &Value,
        class: &Ref<Class>,
        name: &Value,
        value: Option<Value>,
    ) -> Result<()> {
        if let Some(property) = self.native::<Property>(found) {
            let accessor = if value.is_some() { property.setter.get() } else { property.deleter.get() };
            if accessor.is_empty() || accessor.is_none() {
                return Err(self.no_accessor(&property, object, if value.is_some() { "setter" } else { "deleter" }));
            }
            let mut args = vec![object.clone()];
            args.extend(value);
            return self.call(&accessor, &args).map(drop);
        }
        if let Some(member) = found.to_ref::<SlotMember>() {
            return self.store_member(&member, object, class, value);
        }
        if let Some(native) = found.downcast::<Native>() {
            let special = if value.is_some() { SETTER_SUFFIX } else { DELETER_SUFFIX };
            let setter_name = format!("{}{special}", native.name);
            let setter_name = self.intern(&setter_name);
            if let Some(setter) = self.lookup(class, &setter_name) {
                let mut args = vec![object.clone()];
                args.extend(value);
                return self.call(&setter, &args).map(drop);
            }
            if special == DELETER_SUFFIX && text(name) == "__class__" {
                return Err(self.type_error("can't delete __class__ attribute"));
            }
            let module = self.dict_get_str(&class.dict, "__module__").filter(Value::is_kind::<Str>);
            let module = module.as_ref().map_or("builtins", text);
            let place =
                if module == "builtins" || !class.flags.get().builtin { String::new() } else { format!("{module}.") };
            return Err(self.attribute_error(format!(
                "attribute '{}' of '{place}{}' objects is not writable",
                text(name),
                class.name_text()
            )));
        }
        let (special, args) = match value {
            Some(value) => (Special::Set, vec![found.clone(), object.clone(), value]),
            None => (Special::Delete, vec![found.clone(), object.clone()]),
        };
        match self.special(found, special) {
            Some(method) => self.call_found(&method, &args).map(drop),
            None => Err(self.attribute_error(if special == Special::Set { "__set__" } else { "__delete__" })),
        }
    }

    /// As [`Vm::store_member`] on an object of a module's class, which keeps all its attributes in one dict.
    fn store_member_of_native(&mut self, member: &SlotMember, object: &Value, value: Option<Value>) -> Result<()> {
        let Some(native) = object.downcast::<NativeObject>() else { return Ok(()) };
        if member.name.is(self.special_name(Special::Dict)) {
            let Some(dict) = value.filter(Value::is_kind::<Dict>) else {
                return Err(self.type_error("__dict__ must be set to a dictionary"));
            };
            native.attributes.set(dict);
            return Ok(());
        }
        if native.attributes.is_empty() {
            native.attributes.set(self.dict().into_value());
        }
        let Some(dict) = native.attributes.get().to_ref::<Dict>() else { return Ok(()) };
        match value {
            Some(value) => self.dict_set_name(&dict, &member.name, value),
            None if !self.dict_remove_name(&dict, &member.name) => {
                return Err(self.attribute_error(text(&member.name)));
            }
            None => {}
        }
        Ok(())
    }

    fn store_member(
        &mut self,
        member: &Ref<SlotMember>,
        object: &Value,
        class: &Ref<Class>,
        value: Option<Value>,
    ) -> Result<()> {
        let Some(instance) = object.to_ref::<Instance>() else {
            return self.store_member_of_native(member, object, value);
        };
        if member.name.is(self.special_name(Special::Dict)) {
            let dict = match &value {
                // What is deleted is made anew when it is asked for.
                None => self.dict(),
                Some(value) => match value.to_ref::<Dict>() {
                    Some(dict) => dict,
                    None => {
                        let other = self.type_name(value);
                        return Err(self.type_error(format!("__dict__ must be set to a dictionary, not a '{other}'")));
                    }
                },
            };
            self.adopt_dict(&instance, dict);
            return Ok(());
        }
        let slot = self.declared_slot(&instance, class, &member.name);
        match (slot, value) {
            (Some(slot), Some(value)) => instance.slots.set(slot, value),
            (None, Some(value)) => self.instance_store(object, &member.name, value),
            (Some(slot), None) => {
                let old = instance.slots.replace(slot, Value::EMPTY);
                if old.is_empty() {
                    return Err(self.attribute_error(text(&member.name)));
                }
            }
            (None, None) => return Err(self.attribute_error(text(&member.name))),
        }
        Ok(())
    }

    /// `Class.name = value`, or `del Class.name`.
    fn set_class_attr(&mut self, class: &Ref<Class>, name: &Value, value: Option<Value>) -> Result<()> {
        if class.flags.get().builtin {
            return Err(self.type_error(format!(
                "cannot set '{}' attribute of immutable type '{}'",
                text(name),
                class.name_text()
            )));
        }
        match value {
            Some(value) => self.class_dict_set(class, name, value),
            None => {
                self.begin_epoch();
                if !self.dict_remove_name(&class.dict, name) {
                    return Err(self.attribute_error(format!(
                        "type object '{}' has no attribute '{}'",
                        class.name_text(),
                        text(name)
                    )));
                }
            }
        }
        self.refresh_flags(class);
        Ok(())
    }

    /// `del object.name`
    pub fn delete_attr(&mut self, object: &Value, name: &Value) -> Result<()> {
        let name = &self.interned(name);
        let class = self.class_of(object);
        if class.flags.get().has_delattr {
            let hook_name = self.special_name(Special::DelAttr).clone();
            if let Some(hook) = self.lookup(&class, &hook_name) {
                return self.call_found(&hook, &[object.clone(), name.clone()]).map(drop);
            }
        }
        self.generic_delete_attr(object, name)
    }

    /// `object.__delattr__(name)` as `object` and `type` do it.
    pub(crate) fn generic_delete_attr(&mut self, object: &Value, name: &Value) -> Result<()> {
        let name = &self.interned(name);
        let class = self.class_of(object);
        if let Some(found) = self.lookup(&class, name)
            && self.is_data_descriptor(&found)
        {
            return self.store_through(&found, object, &class, name, None);
        }
        let removed = if let Some(instance) = object.to_ref::<Instance>() {
            if instance.shape.get() == 0 {
                instance
                    .slots
                    .get(instance.dict_slot())
                    .to_ref::<Dict>()
                    .is_some_and(|dict| self.dict_remove_name(&dict, name))
            } else {
                let slot = class.shapes.borrow().slot_of(instance.shape.get(), name);
                slot.is_some_and(|slot| !instance.slots.replace(slot, Value::EMPTY).is_empty())
            }
        } else if let Some(target) = object.to_ref::<Class>() {
            return self.set_class_attr(&target, name, None);
        } else if let Some(module) = object.downcast::<Module>() {
            self.dict_remove_name(&module.dict.clone(), name)
        } else if let Some(dict) = self.own_dict(object) {
            self.dict_remove_name(&dict, name)
        } else {
            false
        };
        if removed {
            return Ok(());
        }
        if object.is_kind::<Instance>() && class.flags.get().no_dict && self.lookup(&class, name).is_some() {
            return Err(self.cannot_set(&class, name, true));
        }
        Err(self.no_attribute(object, name))
    }
}
