//! Making, matching and chaining exceptions.

use linger_heap::{Ref, Value};

use super::{Raise, Result, Vm};
use crate::objects::*;
use crate::pure::{ErrorKind, PureError};

/// Loops and calls that a script may still make after it has run out of them.
const CLEAN_UP_FUEL: u64 = 10_000;

macro_rules! makers {
    ($($name:ident = $class:ident;)*) => {
        impl Vm {
            $(
                /// An exception of the class of the name.
                #[cold]
                pub fn $name(&self, message: impl AsRef<str>) -> Raise {
                    self.error(&self.classes.$class, message.as_ref())
                }
            )*
        }
    };
}

makers! {
    type_error = type_error; value_error = value_error; index_error = index_error; attribute_error = attribute_error;
    overflow_error = overflow_error; zero_division_error = zero_division_error; runtime_error = runtime_error;
    name_error = name_error; unbound_local_error = unbound_local_error; memory_error = memory_error;
    recursion_error = recursion_error; not_implemented_error = not_implemented_error; lookup_error = lookup_error;
    arithmetic_error = arithmetic_error; import_error = import_error; os_error = os_error; assertion_error = assertion_error;
    system_error = system_error; buffer_error = buffer_error; eof_error = eof_error; reference_error = reference_error;
    timeout_error = timeout_error;
}

impl Vm {
    /// An exception with a message.
    #[cold]
    pub fn error(&self, class: &Ref<Class>, message: &str) -> Raise {
        let args = if message.is_empty() { Vec::new() } else { vec![self.str(message)] };
        self.error_with_args(class, args)
    }

    /// An exception with arguments.
    #[cold]
    pub fn error_with_args(&self, class: &Ref<Class>, args: Vec<Value>) -> Raise {
        Raise(self.make_exception(class, args))
    }

    /// An exception that a pure function of the runtime asks for.
    pub fn pure_error(&self, error: PureError) -> Raise {
        let classes = &self.classes;
        let class = match error.kind {
            ErrorKind::Value => &classes.value_error,
            ErrorKind::Type => &classes.type_error,
            ErrorKind::Overflow => &classes.overflow_error,
            ErrorKind::ZeroDivision => &classes.zero_division_error,
            ErrorKind::Key => &classes.key_error,
            ErrorKind::Index => &classes.index_error,
            ErrorKind::Memory => &classes.memory_error,
        };
        self.error(class, &error.message)
    }

    /// `KeyError(key)`
    #[cold]
    pub fn key_error(&self, key: &Value) -> Raise {
        self.error_with_args(&self.classes.key_error, vec![key.clone()])
    }

    /// `StopIteration(value)`
    #[cold]
    pub fn stop_iteration(&self, value: Value) -> Raise {
        let args = if value.is_none() || value.is_empty() { Vec::new() } else { vec![value] };
        self.error_with_args(&self.classes.stop_iteration, args)
    }

    /// An instance of an exception class, without running any `__init__`.
    pub fn make_exception(&self, class: &Ref<Class>, args: Vec<Value>) -> Value {
        let data = ExceptionData::default();
        let value = args.first().cloned().unwrap_or(Value::NONE);
        if class.is_subclass_of(&self.classes.stop_iteration) {
            data.value.set(value);
        } else if class.is_subclass_of(&self.classes.system_exit) {
            data.value.set(if args.len() > 1 { self.tuple(args.clone()) } else { value });
        }
        data.args.set(self.tuple(args));
        let data = self.heap.alloc(class.type_id.get(), data);
        self.instance_with_payload(class, data.into_value())
    }

    /// The native part of an exception.
    pub(crate) fn exception_data(&self, value: &Value) -> Option<Ref<ExceptionData>> {
        value.downcast::<Instance>()?.payload()?.to_ref::<ExceptionData>()
    }

    /// Whether an exception is of a class.
    pub fn is_exception(&self, raised: &Raise, class: &Class) -> bool {
        self.is_instance(&raised.0, class)
    }

    /// What `raise value` raises: an instance, or a new one of a class.
    pub(crate) fn exception_of(&mut self, value: &Value) -> Result<Value> {
        if self.exception_data(value).is_some() {
            return Ok(value.clone());
        }
        if let Some(class) = value.to_ref::<Class>()
            && class.is_subclass_of(&self.classes.base_exception)
        {
            let instance = self.call(value, &[])?;
            if self.exception_data(&instance).is_some() {
                return Ok(instance);
            }
            let (shown, other) = (self.repr(value)?, self.class_of(&instance).into_value());
            let other = self.repr(&other)?;
            return Err(self.type_error(format!(
                "calling {shown} should have returned an instance of BaseException, not {other}"
            )));
        }
        Err(self.type_error("exceptions must derive from BaseException"))
    }

    /// `raise value from cause`; an empty `cause` is none.
    pub(crate) fn raise(&mut self, value: &Value, cause: Value) -> Raise {
        let exception = match self.exception_of(value) {
            Ok(exception) => exception,
            Err(raised) => return raised,
        };
        if !cause.is_empty()
            && let Some(data) = self.exception_data(&exception)
        {
            if cause.is_none() {
                data.cause.set(Value::NONE);
            } else {
                match self.exception_of(&cause) {
                    Ok(cause) => data.cause.set(cause),
                    // What making the cause raises goes on.
                    Err(raised)
                        if cause
                            .to_ref::<Class>()
                            .is_some_and(|class| class.is_subclass_of(&self.classes.base_exception)) =>
                    {
                        return raised;
                    }
                    Err(_) => return self.type_error("exception causes must derive from BaseException"),
                }
            }
            data.suppress_context.set(true);
        }
        Raise(exception)
    }

    /// Notes the exception being handled as the context of a new one.
    pub(crate) fn chain(&self, raised: &Raise) {
        if self.handled.is_empty() || self.handled.is(&raised.0) {
            return;
        }
        let Some(data) = self.exception_data(&raised.0) else { return };
        if !data.context.is_empty() && data.context.get().is(&self.handled) {
            return;
        }
        // The context must not lead back to the exception itself: the link that would close the circle is cut.
        let mut at = self.handled.clone();
        for _ in 0..1000 {
            let Some(inner) = self.exception_data(&at) else { break };
            let context = inner.context.get();
            if context.is_empty() || context.is_none() {
                break;
            }
            if context.is(&raised.0) {
                inner.context.take();
                break;
            }
            at = context;
        }
        data.context.set(self.handled.clone());
    }

    /// Whether an exception is one of a class or a tuple of classes.
    pub(crate) fn matches_exception(&mut self, exception: &Value, classes: &Value) -> Result<bool> {
        if let Some(class) = classes.to_ref::<Class>()
            && class.is_subclass_of(&self.classes.base_exception)
        {
            return Ok(self.is_instance(exception, &class));
        }
        if let Some(tuple) = classes.downcast::<Tuple>() {
            let mut matches = false;
            for class in tuple.items.iter() {
                let Some(class) =
                    class.to_ref::<Class>().filter(|class| class.is_subclass_of(&self.classes.base_exception))
                else {
                    return Err(self.no_exception_class());
                };
                matches = matches || self.is_instance(exception, &class);
            }
            return Ok(matches);
        }
        Err(self.no_exception_class())
    }

    fn no_exception_class(&self) -> Raise {
        self.type_error("catching classes that do not inherit from BaseException is not allowed")
    }

    /// For `except*`: the part of `exception` that is of the classes, and the rest.
    pub(crate) fn split_exception(&mut self, exception: &Value, classes: &Value) -> Result<(Value, Value)> {
        let group_class = self.classes.base_exception_group.clone();
        let listed = classes.downcast::<Tuple>().map_or_else(|| vec![classes.clone()], |all| all.items.to_vec());
        if listed.iter().any(|class| class.downcast::<Class>().is_some_and(|class| class.is_subclass_of(&group_class)))
        {
            return Err(self.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
        }
        let is_exception = |class: &Value| {
            class.downcast::<Class>().is_some_and(|class| class.is_subclass_of(&self.classes.base_exception))
        };
        if !listed.iter().all(is_exception) {
            return Err(self.no_exception_class());
        }
        if !self.is_instance(exception, &group_class) {
            if self.matches_exception(exception, classes)? {
                // A bare exception is wrapped, so that handlers always get a group.
                let list = self.tuple(vec![exception.clone()]);
                let empty = self.str("");
                let class = self.classes.exception_group.to_value();
                let group = self.call(&class, &[empty, list])?;
                return Ok((group, Value::NONE));
            }
            return Ok((Value::NONE, exception.clone()));
        }
        let pair = self.call_method(exception, "split", std::slice::from_ref(classes))?;
        let parts = self.items(&pair)?;
        match <[Value; 2]>::try_from(parts) {
            Ok([matched, rest]) => Ok((matched, rest)),
            Err(_) => Err(self.type_error("split must return a 2-tuple")),
        }
    }

    /// For `except*`: what must be raised of what is left and what handlers raised.
    pub(crate) fn combine_exceptions(&mut self, list: &Value, original: &Value) -> Result<Value> {
        let mut raised: Vec<Value> = self.items(list)?;
        raised.retain(|value| !value.is_none());
        match raised.len() {
            0 => Ok(Value::NONE),
            // A bare exception was wrapped for one handler: it alone can have raised something.
            1 if !self.is_instance(original, &self.classes.base_exception_group) => Ok(raised.swap_remove(0)),
            _ => crate::builtins::combine_exceptions(self, raised, original),
        }
    }

    /// Counts one step of work against the limit.
    #[inline]
    pub(crate) fn burn(&mut self) -> Result<()> {
        self.until_poll -= 1;
        if self.until_poll < 0 { self.poll() } else { Ok(()) }
    }

    /// The same for several steps that were made in one go.
    #[inline]
    pub(crate) fn burn_many(&mut self, steps: i64) -> Result<()> {
        self.until_poll -= steps;
        if self.until_poll < 0 { self.poll() } else { Ok(()) }
    }

    #[cold]
    pub(crate) fn out_of_fuel(&mut self) -> Raise {
        self.ran_out = true;
        self.stop("script ran longer than its instruction limit")
    }

    /// Stops the host's call. A script that catches the error gets a little to clean up, but not to go on.
    pub(crate) fn stop(&mut self, why: &str) -> Raise {
        self.fuel = Some(CLEAN_UP_FUEL);
        self.deadline = None;
        self.stops = self.stops.saturating_add(1);
        self.timeout_error(why)
    }

    /// What the module `sys` has under a name, if it was ever loaded.
    fn sys_entry(&mut self, name: &str) -> Option<Value> {
        let modules = self.modules.clone();
        let module = self.dict_get_str(&modules, "sys")?;
        let dict = module.downcast::<Module>()?.dict.clone();
        self.dict_get_str(&dict, name)
    }

    /// Tells of an exception that nobody can catch: one raised by a finalizer or a callback.
    pub(crate) fn report_unraisable(&mut self, raised: &Raise, source: &Value) {
        if let Some(hook) = self.sys_entry("unraisablehook").filter(|hook| !hook.is_kind::<Native>())
            && self.call_unraisable_hook(&hook, raised, source).is_ok()
        {
            return;
        }
        let what = self.repr(source).unwrap_or_else(|_| "<object repr() failed>".to_owned());
        let text = self.format_unraisable(raised);
        self.tell_stderr(&format!("Exception ignored in: {what}\n{text}"));
    }

    /// Hands such an exception to the function that a script has put into `sys.unraisablehook`.
    fn call_unraisable_hook(&mut self, hook: &Value, raised: &Raise, source: &Value) -> Result<()> {
        let types = self.import_name("types", 0, &Value::NONE)?;
        let told = self.call_method(&types, "SimpleNamespace", &[])?;
        let error = raised.0.clone();
        let (class, traceback) = (self.class_of(&error).to_value(), self.get_attr_str(&error, "__traceback__")?);
        let fields = [
            ("exc_type", class),
            ("exc_value", error),
            ("exc_traceback", traceback),
            ("err_msg", Value::NONE),
            ("object", source.clone()),
        ];
        for (name, value) in fields {
            let name = self.intern(name);
            self.set_attr(&told, &name, value)?;
        }
        self.call(hook, &[told]).map(drop)
    }

    /// Writes to `sys.stderr`, which a script may have put something of its own in the place of.
    pub(crate) fn tell_stderr(&mut self, text: &str) {
        let original = self.registry.get("sys.stderr").cloned();
        match self.sys_entry("stderr") {
            Some(stream) if !original.is_some_and(|original| original.is(&stream)) => {
                if !stream.is_none() {
                    let text = self.str(text);
                    // Of an error about an error nobody can be told.
                    let _ = self.call_method(&stream, "write", &[text]);
                }
            }
            _ => self.write_stderr(text),
        }
    }

    /// Writes to what the host gave as the error output.
    pub(crate) fn write_stderr(&mut self, text: &str) {
        (self.host.stderr)(text);
    }

    /// Writes to what the host gave as the output.
    pub fn write_stdout(&mut self, text: &str) {
        (self.host.stdout)(text);
    }
}
