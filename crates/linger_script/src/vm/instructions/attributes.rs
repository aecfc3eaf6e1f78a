//! Attributes by inline cache: what a handler's own test of a cache does not cover, and the filling of caches.

use linger_heap::{Object, Ref, Value, ValueCell};

use crate::bytecode::{Instr, Op};
use crate::objects::*;
use crate::vm::attributes::Found;
use crate::vm::borrow::{Access, Known, kept_by_class};
use crate::vm::{Result, Vm};

/// Kinds whose methods belong to the runtime and whose objects have no attributes of their own.
const METHODS_BY_KIND: [linger_heap::Kind; 8] =
    [Str::KIND, BigInt::KIND, Bytes::KIND, ByteArray::KIND, List::KIND, Tuple::KIND, Dict::KIND, Range::KIND];

/// A cache that met other shapes this often is told of the next.
const CACHE_PATIENCE: u32 = 8;

/// What answers for an object's attributes before anything else.
#[inline]
fn hooks_of(object: &Value) -> Option<AttributeHooks> {
    object.downcast::<NativeObject>()?.class.hooks.get()
}

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_load_attr(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (object, cache) = (at.get(i.b), at.cache(i.c));
        if let Some(instance) = object.downcast::<Instance>() {
            let known = self.known(Access::Load, instance, cache);
            if let Known::Slot(slot) = known {
                let value = instance.slots.get(slot as usize);
                if !value.is_empty() {
                    self.missed(instance, cache, known);
                    at.done(i.b);
                    at.set(i.a, value);
                    return Ok(());
                }
            }
        } else if let Some(hooks) = hooks_of(object) {
            self.note_site();
            let value = match (hooks.get)(self, object, &cache.name)? {
                Some(value) => value,
                None => self.get_attr(object, &cache.name)?,
            };
            at.done(i.b);
            at.set(i.a, value);
            return Ok(());
        } else if let Some(getter) = self.getter_of(object, &cache.name) {
            self.note_site();
            let value = getter(self, Args::positional_only(std::slice::from_ref(object)))?;
            at.done(i.b);
            at.set(i.a, value);
            return Ok(());
        }
        let value = match self.cached_attr(object, cache) {
            Some(value) => value,
            None => {
                if cache.name.is(self.special_name(Special::Class))
                    && let Some(class) = self.class_by_name(object)
                {
                    at.done(i.b);
                    at.set(i.a, class);
                    return Ok(());
                }
                self.note_site();
                if self.enter_property(object, &cache.name, i.a)? {
                    at.done(i.b);
                    return Ok(());
                }
                self.load_attr(object, cache)?
            }
        };
        at.done(i.b);
        at.set(i.a, value);
        Ok(())
    }

    /// What reads an attribute of an object of the runtime's modules, if its class is known to have a function for that.
    #[inline]
    fn getter_of(&self, object: &Value, name: &Value) -> Option<NativeFn> {
        self.getter_in(&object.downcast::<NativeObject>()?.class, name)
    }

    /// The same of a class (`__name__`).
    #[inline(never)]
    fn getter_of_class(&self, class: &Class, name: &Value) -> Option<NativeFn> {
        class.metaclass.with(|class| {
            let class = class.downcast::<Class>().filter(|class| !class.flags.get().has_getattribute)?;
            self.getter_in(class, name)
        })
    }

    #[inline]
    fn getter_in(&self, class: &Class, name: &Value) -> Option<NativeFn> {
        let found = self.class_cache.get(class.uid, name, self.epoch)?;
        let native = found.downcast::<Native>().filter(|native| native.is_getter())?;
        if let NativeCall::Function(getter) = native.call { Some(getter) } else { None }
    }

    /// `instance.__class__`, if the class of the instance means by it what `object` does.
    fn class_by_name(&mut self, object: &Value) -> Option<Value> {
        if !object.is_kind::<Instance>() {
            return None;
        }
        let (class, base) = (self.class_of(object), self.classes.object.clone());
        let name = self.special_name(Special::Class).clone();
        let means_its_class = self.lookup(&class, &name)?.is(&self.lookup(&base, &name)?);
        (means_its_class && !class.flags.get().has_getattribute).then(|| class.into_value())
    }

    /// Starts the getter of a property of an instance, if the name is one's. What it raises is the instance's last word only
    /// without `__getattr__`.
    fn enter_property(&mut self, object: &Value, name: &Value, dest: u16) -> Result<bool> {
        if !object.is_kind::<Instance>() {
            return Ok(false);
        }
        let class = self.class_of(object);
        if class.flags.get().has_getattribute || class.flags.get().has_getattr {
            return Ok(false);
        }
        let Some(found) = self.lookup(&class, name) else { return Ok(false) };
        match found.downcast::<Property>() {
            Some(property) => self.enter_method(property.getter.get(), &[object], dest),
            None => Ok(false),
        }
    }

    /// What a cache knows of an attribute of a class's data, of a class itself or of a module.
    #[inline]
    fn cached_attr(&self, object: &Value, cache: &Cache) -> Option<Value> {
        match cache.kind.get() {
            CacheKind::ClassValue => {
                let shape = object.downcast::<Instance>()?.shape.get();
                if shape != cache.shape.get() || cache.epoch.get() != self.epoch {
                    return None;
                }
            }
            CacheKind::TupleField => {
                let instance = object.downcast::<Instance>()?;
                if instance.shape.get() != cache.shape.get() || cache.epoch.get() != self.epoch {
                    return None;
                }
                return instance.payload()?.downcast::<Tuple>()?.items.get(cache.slot.get() as usize).cloned();
            }
            CacheKind::OfClass => {
                let uid = object.downcast::<Class>()?.uid;
                if uid != cache.shape.get() || cache.epoch.get() != self.epoch {
                    return None;
                }
            }
            CacheKind::Global => {
                let module = object.downcast::<Module>()?;
                let table = module.dict.table.borrow();
                let known = table.current_version() == cache.shape.get() && cache.shape.get() != 0;
                return known.then(|| table.value(cache.slot.get() as usize).clone());
            }
            _ => return None,
        }
        Some(cache.class_value())
    }

    fn load_attr(&mut self, object: &Value, cache: &Cache) -> Result<Value> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            match self.find_cacheable(&instance, &class, &cache.name) {
                Some(Found::Slot(slot)) => {
                    self.note_of_shape(Access::Load, instance.shape.get(), cache, Known::Slot(slot as u32));
                    return Ok(instance.slots.get(slot));
                }
                Some(Found::Value(value)) => {
                    self.note_class_value(cache, CacheKind::ClassValue, instance.shape.get(), &class);
                    return Ok(value);
                }
                Some(Found::Method(method)) => return self.bind(&method, object, &class),
                None => {
                    if !class.flags.get().has_getattribute
                        && instance.shape.get() != 0
                        && let Some(getter) = self.lookup(&class, &cache.name)
                        && let Some(position) = crate::modules::tuple_field(&getter)
                    {
                        let shape = instance.shape.get();
                        cache.note(CacheKind::TupleField, shape, self.epoch, position as u32, 0);
                    }
                }
            }
        } else if let Some(module) = object.downcast::<Module>() {
            let hash = self.hash_str(&cache.name);
            let position = module.dict.table.borrow().find_str(hash, &cache.name);
            if let Some(position) = position {
                let version = self.keys_version(&module.dict);
                cache.note(CacheKind::Global, version, 0, position as u32, 0);
                return Ok(module.dict.table.borrow().value(position).clone());
            }
        } else if let Some(class) = object.to_ref::<Class>() {
            if let Some(getter) = self.getter_of_class(&class, &cache.name) {
                return getter(self, Args::positional_only(std::slice::from_ref(object)));
            }
            if let Some(value) = self.plain_class_attr(&class, &cache.name) {
                self.note_class_value(cache, CacheKind::OfClass, class.uid, &class);
                return Ok(value);
            }
        }
        self.get_attr(object, &cache.name)
    }

    /// What a class or its bases have under a name, if the metaclass has no say in it.
    fn own_of_class(&mut self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        let metaclass = self.class_of(&class.to_value());
        if metaclass.flags.get().has_getattribute || self.lookup(&metaclass, name).is_some() {
            return None;
        }
        self.lookup(class, name)
    }

    /// `Class.name`, if that is a value found on the class or its bases and handed out as it is.
    fn plain_class_attr(&mut self, class: &Ref<Class>, name: &Value) -> Option<Value> {
        let found = self.own_of_class(class, name)?;
        (found.is_kind::<Function>() || !self.is_descriptor(&found)).then_some(found)
    }

    fn note_class_value(&mut self, cache: &Cache, kind: CacheKind, shape: u32, class: &Ref<Class>) {
        if let Some((dict, position)) = self.locate(class, &cache.name) {
            cache.note(kind, shape, self.epoch, position as u32, dict.with_value(Value::bits));
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_store_attr(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (object, cache) = (at.get(i.a), at.cache(i.c));
        let value = at.keep(i.b);
        if let Some(instance) = object.downcast::<Instance>() {
            let here = cache.kind.get() == CacheKind::AddSlot
                && instance.shape.get() == cache.shape.get()
                && cache.epoch.get() == self.epoch;
            let known = if here { Known::Added(cache.slot.get()) } else { self.known(Access::Store, instance, cache) };
            if !here {
                self.missed(instance, cache, known);
            }
            match known {
                Known::Added(shape) => {
                    let grown = instance.slots.push(value);
                    instance.shape.set(shape);
                    if grown > 0 {
                        self.slots_grew(object, grown);
                    }
                    at.done(i.a);
                    return Ok(());
                }
                Known::Slot(slot) => {
                    drop(instance.slots.replace(slot as usize, value));
                    at.done(i.a);
                    return Ok(());
                }
                Known::Nothing | Known::Method(_) => {}
            }
        }
        self.store_attr(object, value, cache)?;
        at.done(i.a);
        Ok(())
    }

    /// What was noted of a cache's name on instances of this shape, here or by another instruction.
    #[inline(always)]
    fn known(&self, access: Access, instance: &Instance, cache: &Cache) -> Known {
        self.shape_cache.get(access, instance.shape.get(), &cache.name, self.epoch)
    }

    /// An instruction met another shape than its cache notes. Now and then the cache is told: what it notes may not come any more.
    #[inline(always)]
    fn missed(&mut self, instance: &Instance, cache: &Cache, known: Known) {
        self.cache_misses = self.cache_misses.wrapping_add(1);
        if self.cache_misses.is_multiple_of(CACHE_PATIENCE) {
            cache.note_of_shape(instance.shape.get(), self.epoch, known);
        }
    }

    #[cold]
    fn note_of_shape(&mut self, access: Access, shape: u32, cache: &Cache, known: Known) {
        cache.note_of_shape(shape, self.epoch, known);
        self.shape_cache.put(access, shape, &cache.name, self.epoch, known);
    }

    #[cold]
    fn slots_grew(&mut self, object: &Value, grown: usize) {
        if let Some(instance) = object.to_ref::<Instance>() {
            self.heap.resized(instance.header(), grown as isize);
            let class = self.class_of(object);
            class.slot_hint.set(instance.slots.len().min(40) as u8);
        }
    }

    fn store_attr(&mut self, object: &Value, value: Value, cache: &Cache) -> Result<()> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            let before = instance.shape.get();
            let on_class = self.lookup(&class, &cache.name);
            let plain = match &on_class {
                None => !class.flags.get().no_dict,
                Some(found) if found.is_kind::<SlotMember>() => {
                    !cache.name.is(self.special_name(Special::Dict))
                        && !cache.name.is(self.special_name(Special::WeakRef))
                }
                Some(found) => {
                    !class.flags.get().no_dict
                        && !self.is_data_descriptor(found)
                        && self
                            .declared_slot(&instance, &class, &cache.name)
                            .is_none_or(|at| at >= instance.dict_slot())
                }
            };
            if before != 0
                && plain
                && !class.flags.get().has_setattr
                && !cache.name.is(self.special_name(Special::Class))
            {
                let slot = class.shapes.borrow().slot_of(before, &cache.name);
                self.instance_store(object, &cache.name, value);
                let known = match (slot, instance.shape.get()) {
                    (Some(slot), _) => Known::Slot(slot as u32),
                    // A dict holds them from now on.
                    (None, 0) => Known::Nothing,
                    (None, next) => Known::Added(next),
                };
                self.note_of_shape(Access::Store, before, cache, known);
                return Ok(());
            }
        } else if let Some(hooks) = hooks_of(object)
            && (hooks.set)(self, object, &cache.name, &value)?
        {
            return Ok(());
        }
        self.set_attr(object, &cache.name, value)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_attr(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        self.delete_attr(at.get(i.a), &at.cache(i.c).name)?;
        at.done(i.a);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_method(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (object, cache) = (at.get(i.b), at.cache(i.c));
        if let Some(instance) = object.downcast::<Instance>()
            && let known @ Known::Method(method) = self.known(Access::Load, instance, cache)
        {
            self.missed(instance, cache, known);
            let object = at.keep(i.b);
            at.set(i.a, kept_by_class(method));
            at.set(i.a + 1, object);
            return Ok(());
        }
        let (callable, bound) = match self.cached_method(object, cache) {
            Some(known) => known,
            None => {
                self.note_site();
                self.load_method(object, cache)?
            }
        };
        let object = at.keep(i.b);
        at.set(i.a, callable);
        at.set(i.a + 1, if bound { object } else { Value::EMPTY });
        Ok(())
    }

    /// Whether a cache that knows a method of a class of the runtime knows it of this object.
    #[inline(always)]
    pub(in crate::vm) fn has_native_method(&self, object: &Value, cache: &Cache) -> bool {
        if let Some(set) = object.downcast::<Set>() {
            return self.class_of_set(set).uid == cache.shape.get();
        }
        object.downcast::<NativeObject>().is_some_and(|native| {
            native.class.uid == cache.shape.get() && cache.epoch.get() == self.epoch && native.attributes.is_empty()
        })
    }

    /// What a cache knows of a method of the runtime's, or of a function that a class or module holds; and whether the object goes
    /// first among its arguments.
    #[inline]
    fn cached_method(&self, object: &Value, cache: &Cache) -> Option<(Value, bool)> {
        match cache.kind.get() {
            CacheKind::NativeMethod => self.has_native_method(object, cache).then(|| (cache.method(), true)),
            CacheKind::OfClass => {
                let found = self.cached_attr(object, cache)?;
                match found.downcast::<Wrapper>() {
                    Some(wrapper) => Some((wrapper.function.get(), wrapper.kind == WrapperKind::Class)),
                    None => Some((found, false)),
                }
            }
            CacheKind::KindMethod => (number_kind(object)? == cache.shape.get()).then(|| (cache.method(), true)),
            CacheKind::ClassValue => {
                let found = self.cached_attr(object, cache)?;
                let function = found.downcast::<Wrapper>().map(|wrapper| wrapper.function.get());
                Some((function.unwrap_or(found), false))
            }
            _ => self.cached_attr(object, cache).map(|found| (found, false)),
        }
    }

    fn load_method(&mut self, object: &Value, cache: &Cache) -> Result<(Value, bool)> {
        if let Some(instance) = object.to_ref::<Instance>() {
            let class = self.class_of(object);
            match self.find_cacheable(&instance, &class, &cache.name) {
                Some(Found::Method(method)) => {
                    self.note_of_shape(Access::Load, instance.shape.get(), cache, Known::Method(method.bits()));
                    return Ok((method, true));
                }
                Some(Found::Slot(slot)) => return Ok((instance.slots.get(slot), false)),
                Some(Found::Value(value)) => return Ok((value, false)),
                None => {}
            }
            if !class.flags.get().has_getattribute
                && let Some(found) = self.lookup(&class, &cache.name)
                && self.instance_load(&instance, &class, &cache.name).is_none()
            {
                // Instances whose attributes are in a dict.
                if found.is_kind::<Function>() {
                    return Ok((found, true));
                }
                if let Some(wrapper) = found.downcast::<Wrapper>()
                    && wrapper.kind == WrapperKind::Static
                    && instance.shape.get() != 0
                {
                    self.note_class_value(cache, CacheKind::ClassValue, instance.shape.get(), &class);
                    return Ok((wrapper.function.get(), false));
                }
            }
        } else if let Some(kind) = number_kind(object) {
            if let Some(found) = self.runtime_method(object, &cache.name) {
                cache.note(CacheKind::KindMethod, kind, 0, 0, found.bits());
                return Ok((found, true));
            }
        } else if let Some(header) = object.header() {
            let kind = header.kind();
            if METHODS_BY_KIND.contains(&kind) {
                if let Some(found) = self.runtime_method(object, &cache.name) {
                    cache.note(CacheKind::KindMethod, u32::from(kind.0), 0, 0, found.bits());
                    return Ok((found, true));
                }
            } else if !object.is_kind::<Class>()
                && !object.is_kind::<Module>()
                && !object.is_kind::<Super>()
                && !object.is_kind::<Function>()
                && object.downcast::<NativeObject>().is_none_or(|native| native.attributes.is_empty())
                && let Some(found) = self.runtime_method(object, &cache.name)
            {
                let class = match (object.downcast::<NativeObject>(), object.downcast::<Set>()) {
                    (Some(native), _) => Some(&native.class),
                    (_, Some(set)) => Some(self.class_of_set(set)),
                    _ => None,
                };
                if let Some(class) = class {
                    cache.note(CacheKind::NativeMethod, class.uid, self.epoch, 0, found.bits());
                }
                return Ok((found, true));
            }
        }
        if let Some(class) = object.to_ref::<Class>()
            && let Some(found) = self.wrapped_function(&class, &cache.name)
        {
            self.note_class_value(cache, CacheKind::OfClass, class.uid, &class);
            return Ok(found);
        }
        Ok((self.load_attr(object, cache)?, false))
    }

    /// The function of a script in a `staticmethod` or `classmethod` of a class, and whether the class goes first.
    fn wrapped_function(&mut self, class: &Ref<Class>, name: &Value) -> Option<(Value, bool)> {
        let found = self.own_of_class(class, name)?;
        let wrapper = found.downcast::<Wrapper>()?;
        let function = wrapper.function.get();
        function.is_kind::<Function>().then(|| (function, wrapper.kind == WrapperKind::Class))
    }

    /// The method of this name that the runtime gave to the value's class.
    fn runtime_method(&mut self, object: &Value, name: &Value) -> Option<Value> {
        let class = self.class_of(object);
        self.lookup(&class, name).filter(is_runtime_method)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_super(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let (class, receiver) = (at.take(i.b), at.take(i.b + 1));
        let as_method = i.op == Op::LoadSuperMethod;
        let (callable, bound) = self.load_super(&class, &receiver, &at.cache(i.c).name, as_method)?;
        at.set(i.a, callable);
        if as_method {
            at.set(i.a + 1, if bound { receiver } else { Value::EMPTY });
        }
        Ok(())
    }

    fn load_super(&mut self, class: &Value, receiver: &Value, name: &Value, as_method: bool) -> Result<(Value, bool)> {
        let Some(class) = class.to_ref::<Class>() else {
            return Err(self.runtime_error("super(): empty __class__ cell"));
        };
        let own = match receiver.to_ref::<Class>() {
            Some(given) if given.is_subclass_of(&class) => given,
            _ => self.class_of(receiver),
        };
        if !own.is_subclass_of(&class) {
            return Err(self.type_error("super(type, obj): obj must be an instance or subtype of type"));
        }
        if as_method
            && !receiver.is_kind::<Class>()
            && let Some(found) = self.lookup_behind(&class, &own, name)
            && (found.is_kind::<Function>() || is_runtime_method(&found))
        {
            return Ok((found, true));
        }
        let super_class = self.classes.super_.clone();
        let object = self.object(&super_class, Super { class, start: own, receiver: ValueCell::new(receiver.clone()) });
        Ok((self.get_attr(&object.into_value(), name)?, false))
    }
}

/// A number for the kind of a value that is a number without an object, different from those that objects' kinds have.
fn number_kind(value: &Value) -> Option<u32> {
    const FIRST: u32 = 1 << 8;
    if value.is_small_int() {
        return Some(FIRST);
    }
    value.is_float().then_some(FIRST + 1)
}

/// Whether a value found on a class is a method of the runtime's.
fn is_runtime_method(found: &Value) -> bool {
    found.downcast::<Native>().is_some_and(|native| native.is_method() && !native.is_getter())
}
