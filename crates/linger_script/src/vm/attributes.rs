//! Reading attributes: lookup along the bases, the order in which the class and the object are asked, and what inline caches may
//! note of it. Setting them is in `attribute_store`.

use linger_heap::{Ref, Value};

use super::{Result, Vm, text};
use crate::objects::*;

/// What a lookup on a class found, for an inline cache.
pub(crate) enum Found {
    /// At this slot of the instance.
    Slot(usize),
    /// A function of the class, to be bound.
    Method(Value),
    /// Something else.
    Value(Value),
}

impl Vm {
    /// What a class or its bases have under a name; nothing is bound.
    #[inline]
    pub fn lookup(&mut self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        if let Some(found) = self.class_cache.get(class.uid, name, self.epoch) {
            return if found.is_empty() { None } else { Some(found) };
        }
        self.lookup_slowly(class, name)
    }

    fn lookup_slowly(&mut self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        let place = self.locate(class, name);
        if name.downcast::<Str>().is_some_and(|name| name.is_interned()) {
            self.class_cache.put(class.uid, name, self.epoch, place.as_ref());
        }
        place.map(|(dict, position)| dict.table.borrow().value(position).clone())
    }

    /// Where a class or its bases have a name: the dict, and the position in it.
    pub(crate) fn locate(&self, class: &Class, name: &Value) -> Option<(Ref<Dict>, usize)> {
        let hash = self.hash_str(name);
        let mro = class.mro.get();
        mro.downcast::<Tuple>()?.items.iter().find_map(|base| {
            let dict = &base.downcast::<Class>()?.dict;
            let position = dict.table.borrow().find_str(hash, name)?;
            Some((dict.clone(), position))
        })
    }

    /// The special method of a value's class; nothing is bound.
    #[inline]
    pub fn special(&mut self, value: &Value, special: Special) -> Option<Value> {
        let uid = match value.downcast::<Instance>() {
            Some(instance) => instance.class.with(|class| class.downcast::<Class>().map(|class| class.uid)),
            None => value.downcast::<NativeObject>().map(|object| object.class.uid),
        };
        if let Some(uid) = uid
            && let Some(found) = self.class_cache.get(uid, self.special_name(special), self.epoch)
        {
            return if found.is_empty() { None } else { Some(found) };
        }
        let class = self.class_of(value);
        let name = self.special_name(special).clone();
        self.lookup(&class, &name)
    }

    /// Calls a special method of a value, if its class has it.
    pub fn call_special(&mut self, value: &Value, special: Special, args: &[Value]) -> Result<Option<Value>> {
        let Some(method) = self.special(value, special) else { return Ok(None) };
        let result = match args {
            [] => self.call_found(&method, std::slice::from_ref(value)),
            [one] => self.call_found(&method, &[value.clone(), one.clone()]),
            _ => self.call_found(&method, &[std::slice::from_ref(value), args].concat()),
        };
        result.map(Some)
    }

    /// Calls what was found on the class of the first argument by the name of a special method.
    pub(super) fn call_found(&mut self, found: &Value, args: &[Value]) -> Result<Value> {
        let [receiver, others @ ..] = args else { return self.call(found, args) };
        if let Some(native) = found.downcast::<Native>().filter(|native| native.is_method()) {
            return self.with_recursion("", |vm| vm.call_native(native, Args { values: args, names: &[] }));
        }
        if found.is_kind::<Function>() {
            return self.call(found, args);
        }
        let class = self.class_of(receiver);
        let bound = self.bind(found, receiver, &class)?;
        self.call(&bound, others)
    }

    /// Sets a name in a class's own dict. Data in the place of data leaves good what caches noted, which is the place.
    pub(crate) fn class_dict_set(&mut self, class: &Ref<Class>, name: &Value, value: Value) {
        let old = self.dict_get_name(&class.dict, name);
        let stays = old.is_some_and(|old| self.is_plain_data(&old) && self.is_plain_data(&value));
        if !stays || text(name).starts_with("__") {
            self.begin_epoch();
        }
        self.dict_set_name(&class.dict, name, value);
    }

    /// `object.name`
    pub fn get_attr(&mut self, object: &Value, name: &Value) -> Result<Value> {
        if let Some(Some(value)) = self.own_field(object, name) {
            return Ok(value);
        }
        match self.look_up(object, name) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(self.no_attribute(object, name)),
            Err(raised) => Err(self.told_whose(raised, object, name)),
        }
    }

    /// An error of a script's `__getattr__`: an `AttributeError` that does not say of what object it is gets this one.
    #[cold]
    fn told_whose(&mut self, raised: super::Raise, object: &Value, name: &Value) -> super::Raise {
        let class = self.class_of(&raised.0);
        if class.is_subclass_of(&self.classes.attribute_error)
            && let Some(instance) = raised.0.to_ref::<Instance>()
        {
            let told = ["name", "obj"].map(|part| self.intern(part));
            if told.iter().all(|part| self.instance_load(&instance, &class, part).is_none()) {
                self.annotate_attribute_error(&raised.0, name, object);
            }
        }
        raised
    }

    /// `object.name` by a Rust string.
    pub fn get_attr_str(&mut self, object: &Value, name: &str) -> Result<Value> {
        let name = self.intern(name);
        self.get_attr(object, &name)
    }

    /// The error of an attribute that is not there.
    #[cold]
    pub(crate) fn no_attribute(&mut self, object: &Value, name: &Value) -> super::Raise {
        let name_text = text(name).to_owned();
        let message = if let Some(class) = object.downcast::<Class>() {
            format!("type object '{}' has no attribute '{name_text}'", class.name_text())
        } else if let Some(module) = object.downcast::<Module>() {
            let dict = module.dict.clone();
            match self.dict_get_str(&dict, "__name__") {
                Some(module_name) => format!("module '{}' has no attribute '{name_text}'", text(&module_name)),
                None => format!("module has no attribute '{name_text}'"),
            }
        } else if let Some(found) = object.to_ref::<Super>() {
            return {
                let _ = found;
                self.attribute_error(format!("'super' object has no attribute '{name_text}'"))
            };
        } else {
            format!("'{}' object has no attribute '{name_text}'", self.type_name(object))
        };
        let raised = self.attribute_error(message);
        self.annotate_attribute_error(&raised.0, name, object);
        raised
    }

    fn annotate_attribute_error(&mut self, exception: &Value, name: &Value, object: &Value) {
        let name_name = self.intern("name");
        self.instance_store(exception, &name_name, name.clone());
        let object_name = self.intern("obj");
        self.instance_store(exception, &object_name, object.clone());
    }

    /// What an instance has by an interned name, if its class is known to have nothing to say of it; `None` where that is not known.
    fn own_field(&self, object: &Value, name: &Value) -> Option<Option<Value>> {
        let instance = object.downcast::<Instance>()?;
        let shape = instance.shape.get();
        instance.class.with(|class| {
            let class = class.downcast::<Class>()?;
            let flags = class.flags.get();
            let has_hooks = flags.has_getattribute || flags.has_getattr || text(name).starts_with("__");
            if shape == 0 || has_hooks || !self.class_cache.is_missing(class.uid, name, self.epoch) {
                return None;
            }
            let slot = class.shapes.borrow().slot_of(shape, name);
            // A deleted attribute leaves an empty slot.
            Some(slot.map(|slot| instance.slots.get(slot)).filter(|value| !value.is_empty()))
        })
    }

    /// `object.name`, or nothing where there is none.
    pub fn find_attr(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
        if let Some(found) = self.own_field(object, name) {
            return Ok(found);
        }
        match self.look_up(object, name) {
            Err(raised) if self.is_exception(&raised, &self.classes.attribute_error) => Ok(None),
            result => result,
        }
    }

    /// While this is the same for an object as it was for another, [`Vm::find_method`] finds the same bound method for both; `None`
    /// says nothing.
    #[inline]
    pub fn method_key(&self, object: &Value) -> Option<u64> {
        let shape = object.downcast::<Instance>()?.shape.get();
        (shape != 0).then(|| u64::from(shape) << 32 | u64::from(self.epoch))
    }

    /// What `object.name` would call, if there is such an attribute, and whether the object goes first among its arguments: a
    /// method is not bound for it.
    pub fn find_method(&mut self, object: &Value, name: &Value) -> Result<Option<(Value, bool)>> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            match self.find_cacheable(&instance, &class, name) {
                Some(Found::Method(method)) => return Ok(Some((method, true))),
                Some(Found::Value(value)) => return Ok(Some((value, false))),
                Some(Found::Slot(slot)) => return Ok(Some((instance.slots.get(slot), false))),
                None => {}
            }
        }
        Ok(self.find_attr(object, name)?.map(|value| (value, false)))
    }

    /// As [`Vm::find_attr`], but an `AttributeError` that a property or a hook raises goes on.
    fn look_up(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
        let name = &self.interned(name);
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            if class.flags.get().has_getattribute {
                return self.get_by_hook(object, &class, name);
            }
            let found = match self.find_instance_attr(object, &instance, &class, name) {
                Ok(found) => found,
                Err(raised)
                    if class.flags.get().has_getattr && self.is_exception(&raised, &self.classes.attribute_error) =>
                {
                    None
                }
                Err(raised) => return Err(raised),
            };
            if found.is_none() && class.flags.get().has_getattr {
                return self.get_by_fallback(object, &class, name);
            }
            return Ok(found);
        }
        if let Some(class) = object.to_ref::<Class>() {
            return self.find_class_attr(&class, name);
        }
        if let Some(module) = object.to_ref::<Module>() {
            return self.find_module_attr(object, &module, name);
        }
        if let Some(found) = object.to_ref::<Super>() {
            return self.find_super_attr(object, &found, name);
        }
        let class = self.class_of(object);
        let on_class = self.lookup(&class, name);
        if let Some(found) = &on_class
            && self.is_data_descriptor(found)
        {
            return self.bind(found, object, &class).map(Some);
        }
        if let Some(value) = self.own_attribute(object, name)? {
            return Ok(Some(value));
        }
        match on_class {
            Some(found) => self.bind(&found, object, &class).map(Some),
            None if class.flags.get().has_getattr => self.get_by_fallback(object, &class, name),
            None if name.is(self.special_name(Special::Class)) => Ok(Some(class.into_value())),
            None => Ok(None),
        }
    }

    /// Attributes that functions and objects of the runtime's modules have of their own.
    pub(super) fn own_attribute(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
        let attributes = if let Some(function) = object.downcast::<Function>() {
            function.extra_part(|extra| &extra.attributes)
        } else if let Some(native) = object.downcast::<NativeObject>() {
            native.attributes.get()
        } else if let Some(wrapper) = object.downcast::<Wrapper>() {
            wrapper.attributes.get()
        } else {
            return Ok(None);
        };
        match attributes.to_ref::<Dict>() {
            Some(dict) => Ok(self.dict_get_name(&dict, name)),
            None => Ok(None),
        }
    }

    fn get_by_hook(&mut self, object: &Value, class: &Ref<Class>, name: &Value) -> Result<Option<Value>> {
        let hook_name = self.special_name(Special::GetAttribute).clone();
        let Some(hook) = self.lookup(class, &hook_name) else { return Ok(None) };
        match self.call_found(&hook, &[object.clone(), name.clone()]) {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.is_exception(&raised, &self.classes.attribute_error) => {
                if class.flags.get().has_getattr {
                    return self.get_by_fallback(object, class, name);
                }
                // The script's own message is kept: the error goes on as it is.
                Err(raised)
            }
            Err(raised) => Err(raised),
        }
    }

    fn get_by_fallback(&mut self, object: &Value, class: &Ref<Class>, name: &Value) -> Result<Option<Value>> {
        let fallback_name = self.special_name(Special::GetAttr).clone();
        match self.lookup(class, &fallback_name) {
            Some(fallback) => self.call_found(&fallback, &[object.clone(), name.clone()]).map(Some),
            None => Ok(None),
        }
    }

    /// `object.__getattribute__(name)` as `object` does it.
    pub(crate) fn generic_get_attr(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
        match object.to_ref::<Instance>() {
            Some(instance) => {
                let class = self.class_of(object);
                let name = self.interned(name);
                self.find_instance_attr(object, &instance, &class, &name)
            }
            None => self.look_up(object, name),
        }
    }

    fn find_instance_attr(
        &mut self,
        object: &Value,
        instance: &Ref<Instance>,
        class: &Ref<Class>,
        name: &Value,
    ) -> Result<Option<Value>> {
        let on_class = self.lookup(class, name);
        if let Some(found) = &on_class
            && self.is_data_descriptor(found)
            && self.can_be_read(found)
        {
            return self.bind(found, object, class).map(Some);
        }
        if let Some(value) = self.instance_load(instance, class, name) {
            return Ok(Some(value));
        }
        match on_class {
            Some(found) => self.bind(&found, object, class).map(Some),
            None if name.is(self.special_name(Special::Class)) => Ok(Some(class.to_value())),
            None if name.is(self.special_name(Special::Dict)) && !class.flags.get().no_dict => {
                Ok(Some(self.instance_dict(object, instance).into_value()))
            }
            None => Ok(None),
        }
    }

    /// What a lookup of `name` on an instance of a script's class finds that an inline cache may note. `None`: it can't.
    pub(crate) fn find_cacheable(
        &mut self,
        instance: &Ref<Instance>,
        class: &Ref<Class>,
        name: &Value,
    ) -> Option<Found> {
        if class.flags.get().has_getattribute || instance.shape.get() == 0 {
            return None;
        }
        let slot = class.shapes.borrow().slot_of(instance.shape.get(), name);
        let on_class = self.lookup(class, name);
        match (slot, on_class) {
            // A deleted attribute leaves an empty slot.
            (Some(slot), None) => (!instance.slots.get(slot).is_empty()).then_some(Found::Slot(slot)),
            (Some(slot), Some(found)) if found.is_kind::<SlotMember>() || !self.is_data_descriptor(&found) => {
                (!instance.slots.get(slot).is_empty()).then_some(Found::Slot(slot))
            }
            (None, Some(found)) if found.is_kind::<Function>() => Some(Found::Method(found)),
            (None, Some(found))
                if found.downcast::<Native>().is_some_and(|native| native.is_method() && !native.is_getter()) =>
            {
                Some(Found::Method(found))
            }
            (None, Some(found)) if !self.is_descriptor(&found) => Some(Found::Value(found)),
            _ => None,
        }
    }

    fn find_class_attr(&mut self, class: &Ref<Class>, name: &Value) -> Result<Option<Value>> {
        let object = class.to_value();
        let metaclass = self.class_of(&object);
        if metaclass.flags.get().has_getattribute {
            return self.get_by_hook(&object, &metaclass, name);
        }
        let on_meta = self.lookup(&metaclass, name);
        if let Some(found) = &on_meta
            && self.is_data_descriptor(found)
            && self.can_be_read(found)
        {
            return self.bind(found, &object, &metaclass).map(Some);
        }
        if let Some(found) = self.lookup(class, name) {
            return self.bind_on_class(&found, class).map(Some);
        }
        match on_meta {
            Some(found) => self.bind(&found, &object, &metaclass).map(Some),
            None if metaclass.flags.get().has_getattr => self.get_by_fallback(&object, &metaclass, name),
            None => Ok(None),
        }
    }

    fn find_module_attr(&mut self, object: &Value, module: &Ref<Module>, name: &Value) -> Result<Option<Value>> {
        if let Some(value) = self.dict_get_name(&module.dict, name) {
            return Ok(Some(value));
        }
        if name.is(self.special_name(Special::Dict)) {
            return Ok(Some(module.dict.to_value()));
        }
        let class = self.class_of(object);
        if let Some(found) = self.lookup(&class, name) {
            return self.bind(&found, object, &class).map(Some);
        }
        let fallback = self.special_name(Special::GetAttr).clone();
        match self.dict_get_name(&module.dict, &fallback) {
            Some(fallback) => self.call(&fallback, std::slice::from_ref(name)).map(Some),
            None => Ok(None),
        }
    }

    /// What the bases behind a class have under a name, for `super`.
    pub(crate) fn lookup_behind(&mut self, class: &Class, start: &Ref<Class>, name: &Value) -> Option<Value> {
        let mro = start.mro.get();
        let mro = mro.downcast::<Tuple>()?;
        let at =
            mro.items.iter().position(|base| base.downcast::<Class>().is_some_and(|base| std::ptr::eq(base, class)))?;
        mro.items[at + 1..].iter().find_map(|base| self.dict_get_name(&base.downcast::<Class>()?.dict, name))
    }

    fn find_super_attr(&mut self, object: &Value, found: &Ref<Super>, name: &Value) -> Result<Option<Value>> {
        if !name.is(self.special_name(Special::Class))
            && let Some(attribute) = self.lookup_behind(&found.class, &found.start, name)
        {
            let receiver = found.receiver.get();
            // Bound to a class (in a class method), functions stay as they are.
            if receiver.downcast::<Class>().is_some_and(|class| std::ptr::eq(class, &*found.start)) {
                return self.bind_on_class(&attribute, &found.start).map(Some);
            }
            return self.bind(&attribute, &receiver, &found.start.clone()).map(Some);
        }
        let class = self.class_of(object);
        match self.lookup(&class, name) {
            Some(attribute) => self.bind(&attribute, object, &class).map(Some),
            None => Ok(None),
        }
    }
}
