//! The attributes that an instance holds itself: in slots that its shape names, or in a dict once it is asked for or they are many.

use linger_heap::{Object, Ref, Value};

use super::Vm;
use crate::objects::*;

impl Vm {
    /// The slot of an attribute that the class declares in `__slots__`: it has one even where a dict holds the others.
    pub(in crate::vm) fn declared_slot(&self, instance: &Instance, class: &Class, name: &Value) -> Option<usize> {
        let in_dict = instance.shape.get() == 0;
        let shape = if in_dict { class.root_shape.get() } else { instance.shape.get() };
        class.shapes.borrow().slot_of(shape, name)
    }

    /// What an attribute that the class declares in `__slots__` holds.
    pub(crate) fn load_declared(&self, instance: &Instance, class: &Class, name: &Value) -> Option<Value> {
        let value = instance.slots.get(self.declared_slot(instance, class, name)?);
        if value.is_empty() { None } else { Some(value) }
    }

    /// An attribute of an instance's own.
    pub(crate) fn instance_load(&self, instance: &Ref<Instance>, class: &Class, name: &Value) -> Option<Value> {
        if instance.shape.get() == 0 {
            let dict = instance.slots.get(instance.dict_slot());
            return self.dict_get_name(dict.downcast::<Dict>()?, name);
        }
        let slot = class.shapes.borrow().slot_of(instance.shape.get(), name)?;
        let value = instance.slots.get(slot);
        if value.is_empty() { None } else { Some(value) }
    }

    /// Sets an attribute of an instance's own, descriptors aside.
    pub(crate) fn instance_store(&mut self, object: &Value, name: &Value, value: Value) {
        let Some(instance) = object.to_ref::<Instance>() else { return };
        let class = self.class_of(object);
        if instance.shape.get() == 0 {
            if let Some(dict) = instance.slots.get(instance.dict_slot()).to_ref::<Dict>() {
                self.dict_set_name(&dict, name, value);
            }
            return;
        }
        let slot = class.shapes.borrow().slot_of(instance.shape.get(), name);
        match slot {
            Some(slot) => instance.slots.set(slot, value),
            // A shape knows all its names: so many are a dict's work.
            None if instance.slots.len() >= instance.dict_slot() + MOST_ATTRIBUTES
                || class.shapes.borrow().count() >= MOST_SHAPES =>
            {
                let dict = self.instance_dict(object, &instance);
                self.dict_set_name(&dict, name, value);
            }
            None => {
                let fresh = || {
                    self.next_shape += 1;
                    self.next_shape
                };
                let next = class.shapes.borrow_mut().add(instance.shape.get(), name, fresh);
                self.push_slot(&instance, &class, value);
                instance.shape.set(next);
            }
        }
    }

    /// Adds a slot to an instance and lets the class learn how many its instances need.
    pub(crate) fn push_slot(&self, instance: &Ref<Instance>, class: &Class, value: Value) {
        let grown = instance.slots.push(value);
        if grown > 0 {
            self.heap.resized(instance.header(), grown as isize);
        }
        let slots = instance.slots.len();
        if slots > class.slot_hint.get() as usize {
            class.slot_hint.set(slots.min(40) as u8);
        }
    }

    /// `instance.__dict__`: from now on a dict holds the attributes.
    pub(crate) fn instance_dict(&mut self, object: &Value, instance: &Ref<Instance>) -> Ref<Dict> {
        let dict_slot = instance.dict_slot();
        if instance.shape.get() == 0
            && let Some(dict) = instance.slots.get(dict_slot).to_ref::<Dict>()
        {
            return dict;
        }
        let class = self.class_of(object);
        let dict = self.dict();
        let names: Vec<Value> =
            class.shapes.borrow().get(instance.shape.get()).map(|shape| shape.names.clone()).unwrap_or_default();
        for (slot, name) in names.iter().enumerate().skip(dict_slot) {
            let value = instance.slots.get(slot);
            if !value.is_empty() {
                self.dict_set_name(&dict, name, value);
            }
        }
        self.adopt_dict(instance, dict.clone());
        dict
    }

    /// Makes a dict hold an instance's attributes, in place of what held them.
    pub(crate) fn adopt_dict(&mut self, instance: &Ref<Instance>, dict: Ref<Dict>) {
        let dict_slot = instance.dict_slot();
        let mut old = Vec::new();
        while instance.slots.len() > dict_slot {
            old.extend(instance.slots.pop());
        }
        let grown = instance.slots.push(dict.into_value());
        self.heap.resized(instance.header(), grown as isize);
        instance.shape.set(0);
        drop(old);
    }
}

/// Attributes of an instance beyond which they are kept in a dict.
const MOST_ATTRIBUTES: usize = 128;
/// Shapes of a class beyond which the attributes that they lack are kept in a dict: its scripts make names up.
const MOST_SHAPES: usize = 1024;

const _: () = assert!(Instance::COLLECTABLE);
