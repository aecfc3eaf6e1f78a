//! Classes of the runtime: made of tables of functions instead of a class statement.

use super::Vm;
use crate::builtins;
use crate::objects::*;
use linger_heap::{Ref, Value, ValueCell};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The same text for as long as the program runs. It is one for all machines: those made later take no more memory by it.
pub(crate) fn lasting(text: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(same) = known.get(text) {
        return same;
    }
    let kept: &'static str = text.to_owned().leak();
    known.insert(kept);
    kept
}

impl Vm {
    /// A class of the runtime's modules.
    pub fn native_class(
        &mut self,
        name: &'static str,
        module: &'static str,
        base: Option<&Ref<Class>>,
        layout: Layout,
        methods: &[(&'static str, NativeFn)],
        getters: &[(&'static str, NativeFn)],
    ) -> Ref<Class> {
        let base = base.cloned().unwrap_or_else(|| self.classes.object.clone());
        let layout = if layout == Layout::Object && base.layout != Layout::Object { base.layout } else { layout };
        let dict = self.dict();
        dict.header().set_tracked(true);
        let name_value = self.intern(name);
        let flags = ClassFlags { builtin: true, no_dict: layout == Layout::Native, ..ClassFlags::default() };
        let class = Class::new(self.fresh_uid(), self.heap.type_id(name), dict, layout, flags);
        class.name.set(name_value.clone());
        class.qualname.set(name_value);
        class.metaclass.set(self.classes.type_.to_value());
        class.bases.set(self.tuple(vec![base.to_value()]));
        let class = self.heap.alloc(self.classes.type_.type_id.get(), class);
        let mut mro = vec![class.to_value()];
        if let Some(rest) = base.mro.get().downcast::<Tuple>() {
            mro.extend(rest.items.iter().cloned());
        }
        class.mro.set(self.tuple(mro));
        self.set_root_shape(&class, Vec::new());
        self.add_subclass(&base, &class);
        let module_value = self.intern(module);
        let module_name = self.special_name(Special::Module).clone();
        self.class_dict_set(&class, &module_name, module_value);
        self.add_methods(&class, methods, getters);
        let has = |wanted: &str| methods.iter().any(|(name, _)| *name == wanted);
        let flags = ClassFlags {
            has_getattr: has("__getattr__"),
            has_setattr: has("__setattr__"),
            has_delattr: has("__delattr__"),
            ..class.flags.get()
        };
        class.flags.set(flags);
        class
    }

    /// Gives a class of the runtime its methods and read-only attributes.
    pub(crate) fn add_methods(
        &mut self,
        class: &Ref<Class>,
        methods: &[(&'static str, NativeFn)],
        getters: &[(&'static str, NativeFn)],
    ) {
        let owner = lasting(&self.heap.type_name(class.type_id.get()));
        for (name, function) in methods {
            let name_value = self.intern(name);
            let native = self.make_native_value(owner, name, *function, *name != "__new__");
            let value = if *name == "__new__" {
                let wrapper = Wrapper::new(WrapperKind::Static, native);
                self.heap.alloc(self.classes.staticmethod.type_id.get(), wrapper).into_value()
            } else {
                native
            };
            self.class_dict_set(class, &name_value, value);
        }
        let owner = lasting(&format!("{GETTER_MARK}{owner}"));
        for (name, function) in getters {
            let name_value = self.intern(name);
            let native = self.make_native_value(owner, name, *function, true);
            self.class_dict_set(class, &name_value, native);
        }
    }

    /// Gives a class of iterators its `__next__`.
    pub(crate) fn add_next(&mut self, class: &Ref<Class>, next: NextFn) {
        let owner = lasting(&self.heap.type_name(class.type_id.get()));
        let name = self.special_name(Special::Next).clone();
        let call = NativeCall::Next(next);
        let native = Native::new("__next__", owner, call, true);
        let native = self.heap.alloc(self.classes.builtin_function.type_id.get(), native).into_value();
        self.class_dict_set(class, &name, native);
    }

    fn make_native_value(&self, owner: &'static str, name: &'static str, function: NativeFn, binds: bool) -> Value {
        let mut native = Native::new(name, owner, NativeCall::Function(function), binds);
        native.quick = builtins::quick(function);
        self.heap.alloc(self.classes.builtin_function.type_id.get(), native).into_value()
    }

    /// A function of the runtime.
    pub fn native_function(&mut self, module: &'static str, name: &'static str, function: NativeFn) -> Value {
        self.make_native_value(module, name, function, false)
    }

    /// An object of a class of the runtime's modules.
    pub fn native_object(&self, class: &Ref<Class>, data: Box<dyn NativeData>) -> Value {
        let object = NativeObject { class: class.clone(), data: RefCell::new(data), attributes: ValueCell::default() };
        let object = self.heap.alloc(class.type_id.get(), object);
        if class.flags.get().has_finalizer {
            object.header().set_finalizable();
            self.may_finalize.set(true);
        }
        object.into_value()
    }
}
