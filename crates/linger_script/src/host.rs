//! What a host does with a virtual machine: load modules, call their functions, register its own.

use std::rc::Rc;

use linger_heap::Value;

use crate::objects::*;
use crate::vm::{ModuleSource, Raise, Result, Vm, lasting};

/// An exception that no script caught, as a host shows it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScriptError {
    /// Class and message: `NameError: name 'x' is not defined`.
    pub message: String,
    /// The file that it was raised in.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1; 0 if it is not known.
    pub column: u32,
    /// The text of the line.
    pub source_line: String,
    /// Traceback and message as CPython prints them.
    pub traceback: String,
    /// The exit status that a script asked for (`sys.exit`).
    pub exit_status: Option<i32>,
}

/// The exit status of a program that a `KeyboardInterrupt` ended, as if by the signal.
const INTERRUPTED: i32 = 130;

/// Whether a text is a module that compiles: its first syntax error otherwise, as `message (line N)`. Runs nothing.
pub fn check_source(text: &str) -> Result<(), String> {
    match crate::compile::compile_module(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{} (line {})", error.message, error.line)),
    }
}

impl Vm {
    /// Takes what scripts print. Standard output if none is set.
    pub fn set_output(&mut self, output: Box<dyn FnMut(&str)>) {
        self.host.stdout = output;
    }

    /// Takes what scripts and the runtime write as errors. Standard error output if none is set.
    pub fn set_error_output(&mut self, output: Box<dyn FnMut(&str)>) {
        self.host.stderr = output;
    }

    /// Finds the sources of modules by their full names. `prefer` asks it before the runtime's own modules.
    pub fn set_resolver(&mut self, resolver: impl Fn(&str) -> Option<ModuleSource> + 'static, prefer: bool) {
        self.host.resolver = Some(Rc::new(resolver));
        self.host.prefer_resolver = prefer;
    }

    /// `sys.argv`
    pub fn set_argv(&mut self, argv: Vec<String>) {
        self.host.argv = argv;
    }

    /// Gives scripts a function: `import module; module.name(...)`. It says itself what is wrong with its arguments.
    pub fn register_function(
        &mut self,
        module: &str,
        name: &str,
        function: impl Fn(&mut Vm, Args<'_>) -> Result<Value> + 'static,
    ) {
        let native = Native::new(lasting(name), "", NativeCall::Closure(Rc::new(function)), false);
        let class = self.classes.builtin_function.clone();
        let value = self.object(&class, native).into_value();
        if let Some(known) = self.imported(module) {
            self.module_set(&known, name, value.clone());
        }
        self.host.functions.entry(module.to_owned()).or_default().push((name.to_owned(), value));
    }

    /// Gives scripts a value: `from module import name`.
    pub fn register_value(&mut self, module: &str, name: &str, value: Value) {
        if let Some(known) = self.imported(module) {
            self.module_set(&known, name, value.clone());
        }
        self.host.functions.entry(module.to_owned()).or_default().push((name.to_owned(), value));
    }

    /// Compiles and runs a module. One of the same name is replaced, unless this one fails.
    pub fn load_module(&mut self, name: &str, path: &str, source: &str) -> Result<Value, ScriptError> {
        self.refill_fuel();
        let source =
            ModuleSource { path: path.to_owned(), text: source.to_owned(), is_package: path.ends_with("__init__.py") };
        let before = self.imported(name);
        let result = self.run_module(name, &source);
        if let (Err(_), Some(before)) = (&result, before) {
            self.remember_module(name, before);
        }
        self.settle(result)
    }

    /// Runs a program as `__main__` and tells what ended it where the script wants it told. The result is the exit status.
    pub fn run_program(&mut self, path: &str, source: &str) -> i32 {
        self.refill_fuel();
        let source = ModuleSource { path: path.to_owned(), text: source.to_owned(), is_package: false };
        let result = self.run_module("__main__", &source);
        let status = match &result {
            Ok(_) => 0,
            Err(raised) => match self.exit_status(raised) {
                Some(status) => status,
                None => self.tell_end(raised),
            },
        };
        let _ = self.settle(result.or(Ok(Value::NONE)));
        status
    }

    /// Shows an exception that ended the program, by `sys.excepthook` if the script has set one of its own.
    fn tell_end(&mut self, raised: &Raise) -> i32 {
        let value = &raised.0;
        let mut status = 1;
        if self.is_exception(raised, &self.classes.keyboard_interrupt) {
            status = INTERRUPTED;
        }
        let sys = self.imported("sys");
        let hook = sys.and_then(|sys| self.module_get(&sys, "excepthook")).filter(|hook| {
            let own = hook.downcast::<Native>();
            own.is_none_or(|own| own.name.trim_matches('_') != "excepthook")
        });
        let Some(hook) = hook else {
            let text = self.format_exception(value);
            self.write_stderr(&text);
            return status;
        };
        let (class, traceback) = (self.class_of(value).to_value(), self.traceback_of(value));
        match self.call(&hook, &[class, value.clone(), traceback]) {
            Ok(_) => {}
            Err(second) => match self.exit_status(&second) {
                Some(asked) => status = asked,
                None => {
                    let (second, first) = (self.format_exception(&second.0), self.format_exception(value));
                    self.write_stderr(&format!("Error in sys.excepthook:\n{second}\nOriginal exception was:\n{first}"));
                }
            },
        }
        status
    }

    /// Ends the program of `__main__` as CPython does: its globals are let go of one by one, private names first, and what then
    /// lingers is collected, so that finalizers and suspended generators' clean-up code run. Does nothing if nothing could run.
    pub fn finish(&mut self) {
        if !self.may_finalize.get() {
            return;
        }
        self.refill_fuel();
        let globals =
            self.imported("__main__").and_then(|main| main.downcast::<Module>().map(|main| main.dict.clone()));
        if let Some(globals) = globals {
            let is_private = |name: &Value| {
                let name = crate::vm::text(name);
                name.starts_with('_') && !name.starts_with("__")
            };
            let names: Vec<Value> = self.dict_entries(&globals).into_iter().map(|(name, _)| name).collect();
            let (first, rest): (Vec<_>, Vec<_>) = names.into_iter().partition(is_private);
            for name in first.into_iter().chain(rest) {
                if crate::vm::text(&name) != "__builtins__" {
                    self.dict_set_name(&globals, &name, Value::NONE);
                    self.run_pending();
                }
            }
        }
        self.collect(linger_heap::Reason::Host);
    }

    /// A module that was loaded or imported.
    pub fn module(&mut self, name: &str) -> Option<Value> {
        self.imported(name)
    }

    /// Whether a module has a function (or anything else) of a name.
    pub fn has_function(&mut self, module: &Value, name: &str) -> bool {
        self.module_get(module, name).is_some()
    }

    /// Calls a function of a module; `None` if the module has none of that name. The instruction limit starts anew.
    pub fn call_function(&mut self, module: &Value, name: &str, args: &[Value]) -> Result<Option<Value>, ScriptError> {
        let Some(function) = self.module_get(module, name) else { return Ok(None) };
        self.call_from_host(&function, args).map(Some)
    }

    /// Calls a callable. The instruction limit starts anew.
    pub fn call_from_host(&mut self, callable: &Value, args: &[Value]) -> Result<Value, ScriptError> {
        self.refill_fuel();
        let result = self.call(callable, args);
        self.settle(result)
    }

    /// Instructions of the limit that are left to the call in progress or the last one.
    pub fn instructions_left(&self) -> u64 {
        if self.ran_out {
            return 0;
        }
        self.fuel.map_or(u64::MAX, |fuel| fuel.saturating_add_signed(self.until_poll))
    }

    /// Ends a call from the host: runs what is queued, makes an error that the host can show.
    fn settle(&mut self, result: Result<Value>) -> Result<Value, ScriptError> {
        let result = result.map_err(|raised| self.script_error(&raised));
        self.handled = Value::EMPTY;
        if self.heap.has_pending() {
            self.run_pending();
        }
        self.heap.set_site(0);
        result
    }

    /// An exception as a host shows it.
    pub fn script_error(&mut self, raised: &Raise) -> ScriptError {
        let mut message = String::new();
        self.push_final_lines(&raised.0, &mut message);
        // A syntax error's own line comes behind the place; all others begin with it, and more lines or notes may follow.
        let is_syntax_error = self.is_exception(raised, &self.classes.syntax_error);
        let mut lines = message.lines();
        let first = lines.next();
        let of_syntax = lines.rfind(|line| line.contains("Error: ")).filter(|_| is_syntax_error);
        let message = of_syntax.or(first).unwrap_or_default().to_owned();
        let traceback = self.format_exception(&raised.0);
        let innermost = self.exception_data(&raised.0).and_then(|data| data.trace.borrow().first().cloned());
        let mut error = ScriptError {
            message,
            file: String::new(),
            line: 0,
            column: 0,
            source_line: String::new(),
            traceback,
            exit_status: self.exit_status(raised),
        };
        if let Some(entry) = innermost {
            let code = &entry.code;
            error.file = code.source.path.to_string();
            error.line = code.line_at(entry.instr as usize);
            error.column =
                code.spans.get(entry.instr as usize).map_or(0, |span| code.source.column_of(span.start) as u32 + 1);
            error.source_line = code.source.line_text(error.line).to_owned();
        }
        if is_syntax_error {
            let mut get = |name: &str| self.find_attr_str(&raised.0, name).ok().flatten().unwrap_or(Value::NONE);
            let (file, line, column, source) = (get("filename"), get("lineno"), get("offset"), get("text"));
            let text = |value: &Value| value.downcast::<Str>().map(|text| text.text.to_string());
            if let Some(line) = line.as_small_int() {
                error.line = line as u32;
                error.file = text(&file).unwrap_or_default();
                error.column = column.as_small_int().unwrap_or(0) as u32;
                error.source_line = text(&source).unwrap_or_default().trim_end_matches('\n').to_owned();
            }
        }
        error
    }

    /// The status that a `SystemExit` asks for; its message, if it has one, is part of the error's traceback no more.
    fn exit_status(&mut self, raised: &Raise) -> Option<i32> {
        if !self.is_exception(raised, &self.classes.system_exit) {
            return None;
        }
        let code = self.exception_data(&raised.0).map_or(Value::NONE, |data| data.value.get());
        if code.is_none() || code.is_empty() {
            return Some(0);
        }
        if let Some(status) = self.to_i64(&code) {
            return Some(status as i32);
        }
        if let Ok(text) = self.to_text(&code) {
            self.write_stderr(&format!("{text}\n"));
        }
        Some(1)
    }
}
