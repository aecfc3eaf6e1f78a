//! Calls: finding what a callable runs, and putting arguments where the callee's parameters are.

use std::ptr::NonNull;

use linger_heap::{Object, Ref, Value, ValueCell};

use super::arguments::{fill_last, place_keywords};
use super::stack::{Frame, FrameKind, Window};
use super::{Result, Vm};
use crate::objects::*;

/// What calling a function of a script led to.
pub(super) enum Entered {
    /// A frame is on the stack.
    Frame,
    /// A generator or coroutine was made.
    Value(Value),
}

impl Vm {
    /// Calls a callable with positional arguments.
    pub fn call(&mut self, callable: &Value, args: &[Value]) -> Result<Value> {
        self.call_args(callable, Args { values: args, names: &[] })
    }

    /// Calls a method of an object by name.
    pub fn call_method(&mut self, object: &Value, name: &str, args: &[Value]) -> Result<Value> {
        let name = self.intern(name);
        let method = self.get_attr(object, &name)?;
        self.call(&method, args)
    }

    /// Calls a callable.
    #[inline]
    pub fn call_args(&mut self, callable: &Value, args: Args<'_>) -> Result<Value> {
        if callable.is_kind::<Function>() {
            return self.run_function(callable.clone(), args, Value::EMPTY);
        }
        self.call_object(callable, args)
    }

    /// Calls what is no function of a script.
    fn call_object(&mut self, callable: &Value, args: Args<'_>) -> Result<Value> {
        if let Some(native) = callable.to_ref::<Native>() {
            return self.with_recursion("", |vm| vm.call_native(&native, args));
        }
        if let Some(method) = callable.downcast::<BoundMethod>() {
            let (function, receiver) = (method.function.get(), method.receiver.get());
            return self.call_with_first(&function, receiver, args);
        }
        if let Some(class) = callable.to_ref::<Class>() {
            return self.with_recursion("", |vm| vm.call_class(&class, args));
        }
        if callable.downcast::<Wrapper>().is_some_and(|wrapper| wrapper.kind == WrapperKind::Static)
            && let Some(wrapper) = callable.downcast::<Wrapper>()
        {
            return self.call_args(&wrapper.function.get(), args);
        }
        match self.special(callable, Special::Call) {
            Some(method)
                if callable.is_kind::<NativeObject>() && method.downcast::<Native>().is_some_and(Native::is_method) =>
            {
                self.with_recursion("", |vm| vm.call_native_object(callable, &method, args))
            }
            Some(method) => self.with_recursion("", |vm| {
                if method.is_kind::<Function>() || method.downcast::<Native>().is_some_and(Native::is_method) {
                    return vm.call_with_first(&method, callable.clone(), args);
                }
                let class = vm.class_of(callable);
                let bound = vm.bind(&method, callable, &class)?;
                vm.call_args(&bound, args)
            }),
            None => Err(self.not_callable(callable)),
        }
    }

    /// Calls an object of the runtime's modules (`itemgetter(1)`), which goes first among the arguments of its `__call__`.
    fn call_native_object(&mut self, object: &Value, method: &Value, args: Args<'_>) -> Result<Value> {
        let Some(call) = native_function_of(method) else { return Err(self.not_callable(object)) };
        let names = args.names;
        match args.values {
            [one] => call(self, Args { values: &[object.clone(), one.clone()], names }),
            more => call(self, Args { values: &[std::slice::from_ref(object), more].concat(), names }),
        }
    }

    #[cold]
    fn not_callable(&self, value: &Value) -> super::Raise {
        self.type_error(format!("'{}' object is not callable", self.type_name(value)))
    }

    /// Whether a value can be called.
    pub fn is_callable(&mut self, value: &Value) -> bool {
        value.is_kind::<Function>()
            || value.is_kind::<Native>()
            || value.is_kind::<BoundMethod>()
            || value.is_kind::<Class>()
            || self.special(value, Special::Call).is_some()
    }

    /// Calls a function of the runtime.
    #[inline]
    pub(crate) fn call_native(&mut self, native: &Native, args: Args<'_>) -> Result<Value> {
        match &native.call {
            NativeCall::Function(function) if native.receiver.is_empty() => function(self, args),
            _ => self.call_bound_native(native, args),
        }
    }

    fn call_bound_native(&mut self, native: &Native, args: Args<'_>) -> Result<Value> {
        let receiver = native.receiver.get();
        match args.values {
            _ if receiver.is_empty() => self.call_native_with(native, args.values, args.names),
            [] => self.call_native_with(native, &[receiver], args.names),
            [one] => self.call_native_with(native, &[receiver, one.clone()], args.names),
            more => self.call_native_with(native, &[&[receiver], more].concat(), args.names),
        }
    }

    fn call_native_with(&mut self, native: &Native, values: &[Value], names: &[Value]) -> Result<Value> {
        match &native.call {
            NativeCall::Function(function) => function(self, Args { values, names }),
            NativeCall::Next(next) => self.call_next(native, *next, Args { values, names }),
            NativeCall::Closure(closure) => closure.clone()(self, Args { values, names }),
        }
    }

    /// `iterator.__next__()`, called as a method.
    fn call_next(&mut self, native: &Native, next: NextFn, args: Args<'_>) -> Result<Value> {
        match args.values {
            [iterator] if args.names.is_empty() => {
                let item = next(self, iterator)?;
                item.ok_or_else(|| self.stop_iteration(Value::NONE))
            }
            [] => Err(self.type_error(format!("unbound method {}() needs an argument", native.name))),
            [_, rest @ ..] => Err(self.type_error(format!("expected 0 arguments, got {}", rest.len()))),
        }
    }

    /// Runs the body of a class in its namespace.
    pub(crate) fn run_class_body(&mut self, body: &Value, namespace: &Value) -> Result<()> {
        self.run_function(body.clone(), Args { values: &[], names: &[] }, namespace.clone()).map(drop)
    }

    /// Starts a function whose arguments lie in `window`: `count` values, the last of which have `names`. Takes them all,
    /// whatever happens.
    #[allow(clippy::too_many_arguments, reason = "a call has that many parts, and a struct would be built for each")]
    #[inline]
    pub(super) fn enter(
        &mut self,
        callee: Value,
        window: Window,
        count: usize,
        names: &[Value],
        kind: FrameKind,
        dest: u16,
        held: Value,
    ) -> Result<Entered> {
        let Some(function) = callee.downcast::<Function>() else {
            window.clear(count);
            return Err(self.not_callable(&callee));
        };
        let code: &Code = &function.code;
        if !self.may_go_deeper() || !self.stack.has_room(window.0) {
            window.clear(count);
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        let locals = usize::from(code.local_count);
        let positional = usize::from(code.positional_count);
        if code.is_positional
            && (names.is_empty() && count <= positional && fill_last(function, window, count, positional)
                || place_keywords(function, window, count, names))
        {
            for index in positional..locals {
                window.put(index, Value::EMPTY);
            }
        } else if names.is_empty()
            && code.keyword_only_count == 0
            && if count > positional { code.has_varargs } else { fill_last(function, window, count, positional) }
        {
            let mut next = positional;
            if code.has_varargs {
                let rest = self.tuple_from((positional..count.max(positional)).map(|index| window.take(index)));
                window.put(next, rest);
                next += 1;
            }
            if code.has_varkeywords {
                window.put(next, self.dict().into_value());
                next += 1;
            }
            for index in next..locals {
                window.put(index, Value::EMPTY);
            }
        } else {
            if let Err(raised) = self.bind_arguments(function, &function.code, window, count, names) {
                window.clear(locals);
                return Err(raised);
            }
        }
        if code.is_generator || code.is_coroutine {
            return Ok(Entered::Value(self.make_generator(&callee, &function.code, window)));
        }
        self.push_call(callee, window, locals, kind, dest, held);
        Ok(Entered::Frame)
    }

    /// Whether a value is a function that takes so many arguments as they lie, and may be entered now.
    #[inline(always)]
    pub(super) fn takes_simply(&self, callee: &Value, window: Window, count: usize) -> bool {
        callee.downcast::<Function>().is_some_and(|function| function.code.simple_count as usize == count)
            && self.stack.has_room(window.0)
            && self.may_go_deeper()
    }

    /// Puts the frame of a function's call on the stack. The first `count` registers of `window` are filled; the other locals are
    /// emptied here.
    #[inline(always)]
    pub(super) fn push_call(
        &mut self,
        callee: Value,
        window: Window,
        count: usize,
        kind: FrameKind,
        dest: u16,
        held: Value,
    ) {
        let Some(function) = callee.downcast::<Function>() else { return };
        let code: &Code = &function.code;
        for index in count..usize::from(code.local_count) {
            window.put(index, Value::EMPTY);
        }
        let end = window.at(usize::from(code.register_count));
        let (next, code, function) = (code.instrs.as_ptr(), NonNull::from(code), NonNull::from(function));
        let (base, keeper) = (window.non_null(), callee);
        self.stack.frames.push(Frame {
            keeper,
            held,
            function,
            code,
            base,
            end,
            next,
            dest,
            kind,
            is_generator: false,
        });
    }

    // ---- classes ----

    /// How calling a class makes an instance; found out once an epoch.
    #[inline]
    pub(super) fn plan_of(&mut self, class: &Ref<Class>) -> Plan {
        if class.plan_epoch.get() == self.epoch {
            return class.plan.get();
        }
        let plan = self.find_plan(class);
        class.plan.set(plan);
        class.plan_epoch.set(self.epoch);
        plan
    }

    /// Whether calling the class does what `type.__call__` does: its metaclass has no other.
    fn is_called_plainly(&mut self, class: &Class) -> bool {
        let plain = self.classes.type_.clone();
        match class.metaclass.get().to_ref::<Class>() {
            Some(metaclass) if !metaclass.is(&plain) => {
                let name = self.special_name(Special::Call).clone();
                match (self.lookup(&metaclass, &name), self.lookup(&plain, &name)) {
                    (Some(found), Some(plain)) => found.is(&plain),
                    _ => false,
                }
            }
            metaclass => metaclass.is_some(),
        }
    }

    fn find_plan(&mut self, class: &Ref<Class>) -> Plan {
        if class.flags.get().is_abstract || !self.is_called_plainly(class) {
            return Plan::General;
        }
        let (new_name, init_name) = (self.special_name(Special::New).clone(), self.special_name(Special::Init).clone());
        let object = self.classes.object.clone();
        let (new, init) = (self.lookup(class, &new_name), self.lookup(class, &init_name));
        let (base_new, base_init) = (self.lookup(&object, &new_name), self.lookup(&object, &init_name));
        let same = |a: &Option<Value>, b: &Option<Value>| match (a, b) {
            (Some(a), Some(b)) => a.is(b),
            (None, None) => true,
            _ => false,
        };
        if class.is(&self.classes.list) {
            return Plan::Native(crate::builtins::make_list, None);
        }
        if class.flags.get().builtin && !class.is(&self.classes.type_) && !class.is(&object) {
            let Some(new) = new.as_ref().and_then(native_function_of) else { return Plan::General };
            if same(&init, &base_init) {
                return Plan::Native(new, None);
            }
            return match init.as_ref().and_then(native_function_of) {
                Some(init) => Plan::Native(new, Some(init)),
                None => Plan::General,
            };
        }
        if class.layout != Layout::Object || !same(&new, &base_new) {
            return Plan::General;
        }
        if same(&init, &base_init) {
            return Plan::Plain;
        }
        match init {
            Some(init) if init.is_kind::<Function>() => Plan::Init(init.bits()),
            _ => Plan::General,
        }
    }

    /// `Class(...)` by its plan, where that needs no frame.
    pub(crate) fn call_class(&mut self, class: &Ref<Class>, args: Args<'_>) -> Result<Value> {
        match self.plan_of(class) {
            Plan::Plain if args.values.is_empty() => Ok(self.new_instance(class.clone())),
            Plan::Native(new, init) => {
                if let [one] = args.values {
                    return self.make_native(new, init, &mut [class.to_value(), one.clone()], args.names);
                }
                let mut values = Vec::with_capacity(args.values.len() + 1);
                values.push(class.to_value());
                values.extend_from_slice(args.values);
                self.make_native(new, init, &mut values, args.names)
            }
            _ => self.call_class_generally(class, args),
        }
    }

    /// Makes an instance of a builtin class; `values[0]` is the class.
    pub(super) fn make_native(
        &mut self,
        new: NativeFn,
        init: Option<NativeFn>,
        values: &mut [Value],
        names: &[Value],
    ) -> Result<Value> {
        let instance = new(self, Args { values, names })?;
        if let Some(init) = init {
            values[0] = instance.clone();
            init(self, Args { values, names })?;
        }
        Ok(instance)
    }

    fn call_class_generally(&mut self, class: &Ref<Class>, args: Args<'_>) -> Result<Value> {
        let object = class.to_value();
        let metaclass = self.class_of(&object);
        // A metaclass may take over calls.
        let type_class = self.classes.type_.clone();
        if !metaclass.is(&type_class) {
            let name = self.special_name(Special::Call).clone();
            if let Some(call) = self.lookup(&metaclass, &name)
                && call.is_kind::<Function>()
            {
                return self.call_with_first(&call, object, args);
            }
        }
        self.type_call(class, args)
    }

    /// `type.__call__`: `__new__`, then `__init__`.
    pub(crate) fn type_call(&mut self, class: &Ref<Class>, args: Args<'_>) -> Result<Value> {
        let object = class.to_value();
        if class.is(&self.classes.type_) && args.values.len() == 1 && args.names.is_empty() {
            return Ok(self.class_of(&args.values[0]).into_value());
        }
        let new_name = self.special_name(Special::New).clone();
        let Some(new) = self.lookup(class, &new_name) else {
            return Err(self.type_error(format!("cannot create '{}' instances", class.name_text())));
        };
        let new = match self.native::<Wrapper>(&new) {
            Some(wrapper) => wrapper.function.get(),
            None => new,
        };
        let instance = self.call_with_first(&new, object, args)?;
        if !self.is_instance(&instance, class) {
            return Ok(instance);
        }
        let actual = self.class_of(&instance);
        let init_name = self.special_name(Special::Init).clone();
        if let Some(init) = self.lookup(&actual, &init_name) {
            let result = if init.is_kind::<Function>() || init.downcast::<Native>().is_some_and(Native::is_method) {
                self.call_with_first(&init, instance.clone(), args)?
            } else {
                let bound = self.bind(&init, &instance, &actual)?;
                self.call_args(&bound, args)?
            };
            if !result.is_none() {
                return Err(
                    self.type_error(format!("__init__() should return None, not '{}'", self.type_name(&result)))
                );
            }
        }
        Ok(instance)
    }

    // ---- functions ----

    /// A function of code, with the globals of a module, and a cell for each captured variable of the code: instructions count on
    /// those.
    #[inline]
    pub(crate) fn make_function(
        &mut self,
        code: &Ref<Code>,
        globals: &Ref<Dict>,
        closure: Option<Ref<Tuple>>,
    ) -> Ref<Function> {
        let cells = closure.as_ref().map_or(&[][..], |closure| &closure.items);
        assert_eq!(cells.len(), code.free_names.len(), "a function has a cell for each captured variable");
        debug_assert!(cells.iter().all(Value::is_kind::<Cell>));
        self.heap.alloc_with(self.classes.function.type_id.get(), || Function {
            code: code.clone(),
            globals: globals.clone(),
            closure,
            defaults: ValueCell::default(),
            extra: std::cell::OnceCell::new(),
        })
    }

    /// The extra parts of a function, made if need be.
    pub(crate) fn function_extra<'a>(&self, function: &'a Ref<Function>) -> &'a FunctionExtra {
        self.mutate(function, |function| {
            function.extra.get_or_init(Default::default);
        });
        function.extra.get_or_init(Default::default)
    }

    /// The name of the module whose code is running.
    pub(crate) fn current_module_name(&mut self) -> Value {
        let name = self.special_name(Special::Name).clone();
        let globals = self.stack.frames.last().map(|frame| frame.function().globals.clone());
        globals.and_then(|globals| self.dict_get_name(&globals, &name)).unwrap_or_else(|| self.str("builtins"))
    }

    /// The globals of the code that is running.
    pub fn current_globals(&self) -> Option<Ref<Dict>> {
        self.stack.frames.last().map(|frame| frame.function().globals.clone())
    }
}

/// The native function behind a `__new__` or `__init__` of a builtin class.
pub(super) fn native_function_of(value: &Value) -> Option<NativeFn> {
    if let Some(wrapper) = value.downcast::<Wrapper>() {
        return native_function_of(&wrapper.function.get());
    }
    match &value.downcast::<Native>()?.call {
        NativeCall::Function(function) => Some(*function),
        NativeCall::Next(_) | NativeCall::Closure(_) => None,
    }
}

const _: () = assert!(Function::COLLECTABLE);
