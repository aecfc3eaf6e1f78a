//! The reprs of what programs are made of: functions, methods, classes, modules, generators, cells, exceptions.
//!
//! Addresses are those of the objects themselves, as `id()` gives them.

use linger_heap::{Value, WeakRef};

use super::{Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// The number that stands for a value's identity: its address, or something that no address is.
    pub(crate) fn address_of(&self, value: &Value) -> u64 {
        value.bits()
    }

    /// `<module.Class object at 0x...>`
    pub(crate) fn default_repr(&mut self, value: &Value) -> String {
        let class = self.class_of(value);
        let path = self.class_path(&class);
        format!("<{path} object at {:#x}>", self.address_of(value))
    }

    /// The name of a class with its module, which builtin classes go without.
    pub(crate) fn class_path(&mut self, class: &Class) -> String {
        let qualname = class.qualname.get();
        let qualname = self.text_of(&qualname).map_or_else(|| class.name_text(), |name| name.text.to_string());
        let module = self.dict_get_str(&class.dict, "__module__").and_then(|module| self.text_of(&module));
        match module {
            Some(module) if &*module.text != "builtins" => format!("{}.{qualname}", &*module.text),
            _ => qualname,
        }
    }

    /// Appends the repr of an object of the runtime that is neither text nor number nor container.
    pub(super) fn push_object_repr(&mut self, value: &Value, subject: &Value, out: &mut String) -> Result<()> {
        let at = self.address_of(value);
        let shown = if let Some(function) = value.downcast::<Function>() {
            format!("<function {} at {at:#x}>", text(&function.qualname()))
        } else if let Some(class) = value.downcast::<Class>() {
            format!("<class '{}'>", self.class_path(class))
        } else if let Some(native) = value.downcast::<Native>() {
            self.native_function_repr(native)
        } else if let Some(method) = value.downcast::<BoundMethod>() {
            self.method_repr(method)?
        } else if let Some(cell) = value.downcast::<Cell>() {
            let contents = cell.contents.get();
            if contents.is_empty() {
                format!("<cell at {at:#x}: empty>")
            } else {
                let name = self.type_name(&contents);
                format!("<cell at {at:#x}: {name} object at {:#x}>", self.address_of(&contents))
            }
        } else if let Some(generator) = value.downcast::<Generator>() {
            let kind = match generator.kind {
                GeneratorKind::Generator => "generator",
                GeneratorKind::Coroutine => "coroutine",
                GeneratorKind::AsyncGenerator => "async_generator",
            };
            format!("<{kind} object {} at {at:#x}>", text(&generator.qualname.get()))
        } else if let Some(module) = value.downcast::<Module>() {
            self.module_repr(module)?
        } else if value.is_kind::<ExceptionData>() {
            self.exception_repr(subject)?
        } else if let Some(wrapper) = value.downcast::<Wrapper>() {
            let kind = match wrapper.kind {
                WrapperKind::Static => "staticmethod",
                WrapperKind::Class => "classmethod",
            };
            let function = self.repr(&wrapper.function.get())?;
            format!("<{kind}({function})>")
        } else if let Some(member) = value.downcast::<SlotMember>() {
            let class = member.class.get().downcast::<Class>().map(Class::name_text).unwrap_or_default();
            let kind = match self.type_name(value).as_str() {
                "getset_descriptor" => "attribute",
                _ => "member",
            };
            format!("<{kind} '{}' of '{class}' objects>", text(&member.name))
        } else if let Some(object) = value.downcast::<Super>() {
            let class = object.class.name_text();
            if object.receiver.is_empty() {
                format!("<super: <class '{class}'>, NULL>")
            } else {
                format!("<super: <class '{class}'>, <{} object>>", object.start.name_text())
            }
        } else if let Some(weak) = value.downcast::<WeakRef>() {
            let target = self.heap.upgrade(weak);
            if target.is_empty() {
                format!("<weakref at {at:#x}; dead>")
            } else {
                let name = self.type_name(&target);
                format!("<weakref at {at:#x}; to '{name}' at {:#x}>", self.address_of(&target))
            }
        } else if let Some(code) = value.downcast::<Code>() {
            self.code_repr(code, at)
        } else {
            self.default_repr(subject)
        };
        out.push_str(&shown);
        Ok(())
    }

    fn native_function_repr(&self, native: &Native) -> String {
        let (name, owner) = (native.name, native.owner_name());
        let receiver = native.receiver.get();
        if !receiver.is_empty() && !receiver.is_kind::<Module>() {
            let (holder, at) = (self.type_name(&receiver), self.address_of(&receiver));
            return if native.is_slot() {
                format!("<method-wrapper '{name}' of {holder} object at {at:#x}>")
            } else {
                format!("<built-in method {name} of {holder} object at {at:#x}>")
            };
        }
        match native.binds {
            true if native.is_getter() => format!("<attribute '{name}' of '{owner}' objects>"),
            true if native.is_slot() => format!("<slot wrapper '{name}' of '{owner}' objects>"),
            true => format!("<method '{name}' of '{owner}' objects>"),
            false => format!("<built-in function {name}>"),
        }
    }

    fn method_repr(&mut self, method: &BoundMethod) -> Result<String> {
        let function = method.function.get();
        let mut name = None;
        for attribute in ["__qualname__", "__name__"] {
            if name.is_none() {
                let attribute = self.intern(attribute);
                name = self.find_attr(&function, &attribute)?.and_then(|name| self.text_of(&name));
            }
        }
        let name = name.map_or_else(|| "?".to_owned(), |name| name.text.to_string());
        let receiver = self.repr(&method.receiver.get())?;
        Ok(format!("<bound method {name} of {receiver}>"))
    }

    fn module_repr(&mut self, module: &Module) -> Result<String> {
        let name = self.dict_get_str(&module.dict, "__name__").unwrap_or_else(|| self.str("?"));
        let shown = self.repr(&name)?;
        if let Some(path) = self.dict_get_str(&module.dict, "__file__").filter(|path| self.is_str(path)) {
            let path = self.repr(&path)?;
            return Ok(format!("<module {shown} from {path}>"));
        }
        let modules = self.modules.clone();
        let known = self.dict_get_str(&modules, text(&name));
        let is_own =
            known.and_then(|known| known.to_ref::<Module>()).is_some_and(|known| std::ptr::eq(&*known, module));
        Ok(if is_own { format!("<module {shown} (built-in)>") } else { format!("<module {shown}>") })
    }

    /// `BaseException.__repr__`
    pub(crate) fn exception_repr(&mut self, exception: &Value) -> Result<String> {
        let name = self.type_name(exception);
        let args = self.native::<ExceptionData>(exception).map(|data| data.args.get()).unwrap_or_default();
        let items: Vec<Value> =
            args.downcast::<Tuple>().map(|tuple| tuple.items.iter().cloned().collect()).unwrap_or_default();
        match &items[..] {
            [] => Ok(format!("{name}()")),
            [only] => Ok(format!("{name}({})", self.repr(only)?)),
            _ => Ok(format!("{name}{}", self.repr(&args)?)),
        }
    }

    /// `BaseException.__str__`.
    pub(crate) fn exception_text(&mut self, exception: &Value, is_key: bool) -> Result<String> {
        let args = self.native::<ExceptionData>(exception).map(|data| data.args.get()).unwrap_or_default();
        let items: Vec<Value> =
            args.downcast::<Tuple>().map(|tuple| tuple.items.iter().cloned().collect()).unwrap_or_default();
        match &items[..] {
            [] => Ok(String::new()),
            [only] if is_key => self.repr(only),
            [only] => self.to_text(only),
            _ => self.repr(&args),
        }
    }

    fn code_repr(&self, code: &Code, at: u64) -> String {
        let (name, path, line) = (text(&code.name), &code.source.path, code.first_line);
        format!("<code object {name} at {at:#x}, file \"{path}\", line {line}>")
    }
}
