//! What code can ask about the machine: frames, namespaces, instance checks; and running texts in a namespace.

use linger_heap::{Ref, Value};

use super::{CompileMode, Raise, Result, Vm, text};
use crate::bytecode::CodeKind;
use crate::objects::*;

impl Vm {
    /// `isinstance(value, classes)`
    pub fn is_instance_checked(&mut self, value: &Value, classes: &Value) -> Result<bool> {
        let class = self.class_ref(value);
        if let Some(target) = classes.downcast::<Class>() {
            if std::ptr::eq(&**class, target) {
                return Ok(true);
            }
            if self.classes.type_.with_value(|plain| target.metaclass.with(|metaclass| metaclass.is(plain))) {
                let inherits = class.is_subclass_of(target);
                return Ok(inherits || crate::builtins::claims_class(self, value, target)?);
            }
        }
        let class = class.into_owned();
        if let Some(tuple) = classes.downcast::<Tuple>() {
            for one in tuple.items.iter() {
                if self.with_recursion("", |vm| vm.is_instance_checked(value, one))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(method) = self.special(classes, Special::InstanceCheck)
            && !is_plain_check(&method)
        {
            let answer = self.call_found(&method, &[classes.clone(), value.clone()])?;
            return self.truth(&answer);
        }
        if let Some(target) = classes.to_ref::<Class>() {
            return Ok(class.is_subclass_of(&target) || crate::builtins::claims_class(self, value, &target)?);
        }
        if let Some(members) = crate::builtins::union_members(self, classes) {
            for one in members {
                let one = if one.is_none() { self.classes.none_type.to_value() } else { one };
                if self.is_instance_checked(value, &one)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if self.bases_of(classes)?.is_none() {
            return Err(self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"));
        }
        let name = self.special_name(Special::Class).clone();
        match self.find_attr(value, &name)? {
            Some(own) => self.inherits_by_bases(own, classes),
            None => Ok(false),
        }
    }

    /// `__bases__` of a class, or of what behaves like one.
    fn bases_of(&mut self, class: &Value) -> Result<Option<Ref<Tuple>>> {
        let name = self.special_name(Special::Bases).clone();
        Ok(self.find_attr(class, &name)?.and_then(|bases| self.native::<Tuple>(&bases)))
    }

    /// Whether one class inherits from another, where either may be an object that only has `__bases__`.
    pub(crate) fn inherits_from(&mut self, class: &Value, target: &Value) -> Result<bool> {
        if let (Some(class), Some(target)) = (class.downcast::<Class>(), target.downcast::<Class>()) {
            return Ok(class.is_subclass_of(target));
        }
        if self.bases_of(class)?.is_none() {
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        }
        if self.bases_of(target)?.is_none() {
            return Err(self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
        }
        self.inherits_by_bases(class.clone(), target)
    }

    fn inherits_by_bases(&mut self, mut class: Value, target: &Value) -> Result<bool> {
        loop {
            if class.is(target) {
                return Ok(true);
            }
            let Some(bases) = self.bases_of(&class)? else { return Ok(false) };
            match &bases.items[..] {
                [] => return Ok(false),
                [only] => class = only.clone(),
                several => {
                    for base in several {
                        let base = base.clone();
                        if self.with_recursion(" in __issubclass__", |vm| vm.inherits_by_bases(base, target))? {
                            return Ok(true);
                        }
                    }
                    return Ok(false);
                }
            }
        }
    }

    /// `issubclass(class, classes)`
    pub fn is_subclass_checked(&mut self, class: &Value, classes: &Value) -> Result<bool> {
        if let Some(tuple) = classes.downcast::<Tuple>() {
            for one in tuple.items.iter() {
                if self.with_recursion("", |vm| vm.is_subclass_checked(class, one))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(method) = self.special(classes, Special::SubclassCheck)
            && !is_plain_check(&method)
        {
            let answer = self.call_found(&method, &[classes.clone(), class.clone()])?;
            return self.truth(&answer);
        }
        if let Some(members) = crate::builtins::union_members(self, classes) {
            for one in members {
                let one = if one.is_none() { self.classes.none_type.to_value() } else { one };
                if self.is_subclass_checked(class, &one)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        self.inherits_from(class, classes)
    }

    /// `Class[key]`
    pub(super) fn class_item(&mut self, class: &Ref<Class>, key: &Value) -> Result<Value> {
        let object = class.to_value();
        let metaclass = self.class_of(&object);
        let name = self.special_name(Special::GetItem).clone();
        if let Some(method) = self.lookup(&metaclass, &name) {
            let bound = self.bind(&method, &object, &metaclass)?;
            return self.call(&bound, std::slice::from_ref(key));
        }
        if class.is(&self.classes.type_) {
            return crate::builtins::generic_alias_of(self, object, key.clone());
        }
        let name = self.special_name(Special::ClassGetItem).clone();
        match self.find_attr(&object, &name)? {
            Some(method) if !method.is_none() => self.call(&method, std::slice::from_ref(key)),
            _ => Err(self.type_error(format!("type '{}' is not subscriptable", class.name_text()))),
        }
    }

    /// The frame `depth` calls out from the function that is running.
    pub fn frame(&self, depth: usize) -> Option<super::FrameView> {
        let frames = self.stack.frames.as_slice();
        let frame = frames.get(frames.len().checked_sub(depth + 1)?)?;
        Some(super::FrameView { function: frame.function_value(), instr: frame.instr() })
    }

    /// The frame `depth` calls out as scripts see it, and those around it.
    pub(crate) fn frame_object(&mut self, depth: usize) -> Result<Option<Value>> {
        let mut shown = Value::NONE;
        for at in (depth..self.stack.frames.as_slice().len()).rev() {
            let Some(view) = self.frame(at) else { continue };
            let Some(function) = view.function.to_ref::<Function>() else { continue };
            let locals = self.locals_of(at);
            let (code, globals) = (function.code.to_value(), function.globals.to_value());
            let line = function.code.line_at(view.instr as usize);
            shown = crate::builtins::frame_record(self, code, line, globals, locals, shown);
        }
        Ok((!shown.is_none()).then_some(shown))
    }

    /// `locals()` of the code that is running, if any is.
    pub(crate) fn frame_locals(&mut self) -> Option<Value> {
        if self.stack.frames.is_empty() { None } else { Some(self.current_locals()) }
    }

    /// The module `builtins`.
    pub(crate) fn builtins_module(&mut self) -> Value {
        self.imported("builtins").unwrap_or(Value::NONE)
    }

    /// A name of a module, if it has it.
    pub fn module_get(&mut self, module: &Value, name: &str) -> Option<Value> {
        let dict = module.downcast::<Module>()?.dict.clone();
        self.dict_get_str(&dict, name)
    }

    /// `object.name`, or nothing where there is none.
    pub fn find_attr_str(&mut self, object: &Value, name: &str) -> Result<Option<Value>> {
        let name = self.intern(name);
        self.find_attr(object, &name)
    }

    /// An exception with its traceback, as it is printed.
    pub fn traceback_text(&mut self, raised: &Raise) -> String {
        self.format_exception(&raised.0)
    }

    /// Code of a text: `mode` is `exec`, `eval` or `single`.
    pub(crate) fn compile_text(&mut self, source: &str, path: &str, mode: &str) -> Result<Ref<Code>> {
        let mode = match mode {
            "eval" => CompileMode::Eval,
            "single" => CompileMode::Single,
            _ => CompileMode::Exec,
        };
        self.compile_source(path, source, mode)
    }

    /// Runs code of a text in namespaces.
    pub(crate) fn run_code(&mut self, code: &Ref<Code>, globals: &Ref<Dict>, locals: &Value) -> Result<Value> {
        let builtins_name = self.special_name(Special::Builtins).clone();
        if self.dict_get_name(globals, &builtins_name).is_none() {
            let builtins = self.builtins.to_value();
            self.dict_set_name(globals, &builtins_name, builtins);
        }
        let function = self.make_function(code, globals, None).into_value();
        let namespace =
            if code.kind == CodeKind::Module && locals.is(&globals.to_value()) { Value::EMPTY } else { locals.clone() };
        self.run_function(function, Args { values: &[], names: &[] }, namespace)
    }

    /// `__import__(name, ..., fromlist, level)`
    pub(crate) fn import_name(&mut self, name: &str, level: u16, wanted: &Value) -> Result<Value> {
        let name = self.intern(name);
        let wanted = if self.truth(wanted)? { wanted.clone() } else { Value::NONE };
        self.import(&name, u32::from(level), &wanted)
    }

    /// The name of an object of its own, for people: of a function, a class, a module, a cell's variable.
    pub fn describe(&self, value: &Value) -> Option<String> {
        let name = if let Some(function) = value.downcast::<Function>() {
            function.name()
        } else if let Some(class) = value.downcast::<Class>() {
            class.name.get()
        } else if let Some(cell) = value.downcast::<Cell>() {
            let name = cell.name.get();
            return name.is_kind::<Str>().then(|| format!("\"{}\"", text(&name)));
        } else if let Some(generator) = value.downcast::<Generator>() {
            generator.name.get()
        } else if let Some(method) = value.downcast::<BoundMethod>() {
            return self.describe(&method.function.get());
        } else {
            return None;
        };
        name.is_kind::<Str>().then(|| text(&name).to_owned())
    }
}

/// `type`'s own check, which is done directly.
fn is_plain_check(method: &Value) -> bool {
    method.is_kind::<Native>() && method.downcast::<Native>().is_some_and(|native| native.owner == "type")
}
