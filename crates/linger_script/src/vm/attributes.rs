//! Attributes: lookup along the bases, descriptors, instances' shapes, and the inline caches over them.

use linger_heap::{Object, Ref, Value, ValueCell};

use super::{Result, Vm, text};
use crate::objects::*;

/// Attributes of an instance beyond which they are kept in a dict.
const MOST_ATTRIBUTES: usize = 128;

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
        if let Some(instance) = value.downcast::<Instance>() {
            let uid = instance.class.with(|class| class.downcast::<Class>().map_or(0, |class| class.uid));
            if let Some(found) = self.class_cache.get(uid, self.special_name(special), self.epoch) {
                return if found.is_empty() { None } else { Some(found) };
            }
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
        if found.is_kind::<Function>() || found.downcast::<Native>().is_some_and(|native| native.is_method()) {
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
            self.epoch += 1;
        }
        self.dict_set_name(&class.dict, name, value);
    }

    /// `object.name`
    pub fn get_attr(&mut self, object: &Value, name: &Value) -> Result<Value> {
        match self.look_up(object, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(object, name)),
        }
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

    /// `object.name`, or nothing where there is none.
    pub fn find_attr(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
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
    fn own_attribute(&mut self, object: &Value, name: &Value) -> Result<Option<Value>> {
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
                if found.downcast::<Native>().is_some_and(|native| native.is_method() && native.owner != GETTER) =>
            {
                Some(Found::Method(found))
            }
            (None, Some(found)) if !self.is_descriptor(&found) => Some(Found::Value(found)),
            _ => None,
        }
    }

    /// The slot of an attribute that the class declares in `__slots__`: it has one even where a dict holds the others.
    pub(super) fn declared_slot(&self, instance: &Instance, class: &Class, name: &Value) -> Option<usize> {
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
            None if instance.slots.len() >= instance.dict_slot() + MOST_ATTRIBUTES => {
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
    fn is_plain_data(&mut self, value: &Value) -> bool {
        !value.is_kind::<Native>() && !value.is_kind::<Class>() && !self.is_descriptor(value)
    }

    /// Whether a value found on a class goes before the instance's own attribute.
    pub(crate) fn is_data_descriptor(&mut self, value: &Value) -> bool {
        if value.is_kind::<Property>() || value.is_kind::<SlotMember>() {
            return true;
        }
        if value.downcast::<Native>().is_some_and(|native| native.owner == GETTER) {
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
    fn can_be_read(&mut self, value: &Value) -> bool {
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
            if native.owner == GETTER {
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

    fn bind_native(&self, native: &Native, receiver: &Value) -> Value {
        let bound = Native {
            name: native.name,
            owner: native.owner,
            call: native.call.clone(),
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

/// The owner that marks a native function on a class as the getter of a read-only attribute.
pub(crate) const GETTER: &str = "\u{0}getter";
/// Behind an attribute's name: the native function that sets it.
pub(crate) const SETTER_SUFFIX: &str = "\u{0}set";
/// Behind an attribute's name: the native function that deletes it.
pub(crate) const DELETER_SUFFIX: &str = "\u{0}delete";

const _: () = assert!(Instance::COLLECTABLE);
