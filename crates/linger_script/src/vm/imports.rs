//! Imports: modules of the runtime, of the host's resolver, and names out of them.

use std::rc::Rc;

use linger_heap::{Ref, Value};

use super::{ModuleSource, Raise, Result, Vm, text};
use crate::objects::*;
use crate::parse::SyntaxError;

/// What a text is compiled as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompileMode {
    /// A file's module.
    Module,
    /// Statements given as text.
    Exec,
    /// An interactive statement given as text.
    Single,
    /// An expression given as text.
    Eval,
}

impl Vm {
    /// A new module of a name. It is not yet among the imported ones.
    pub fn new_module(&mut self, name: &str) -> Value {
        let dict = self.dict();
        dict.header().set_tracked(true);
        let name = self.intern(name);
        for (special, value) in [(Special::Name, name), (Special::Doc, Value::NONE)] {
            let key = self.special_name(special).clone();
            self.dict_set_name(&dict, &key, value);
        }
        let class = self.classes.module.clone();
        self.object(&class, Module { dict }).into_value()
    }

    /// Sets a name of a module.
    pub fn module_set(&mut self, module: &Value, name: &str, value: Value) {
        if let Some(module) = module.downcast::<Module>() {
            let dict = module.dict.clone();
            self.dict_set_str(&dict, name, value);
        }
    }

    /// A module that has been imported.
    pub fn imported(&mut self, name: &str) -> Option<Value> {
        let modules = self.modules.clone();
        self.dict_get_str(&modules, name)
    }

    pub(crate) fn remember_module(&mut self, name: &str, module: Value) {
        let modules = self.modules.clone();
        self.dict_set_str(&modules, name, module);
    }

    /// Compiles a source into code.
    pub(crate) fn compile_source(&mut self, path: &str, source: &str, mode: CompileMode) -> Result<Ref<Code>> {
        // Every way to end a line is one, in texts within the source too.
        let source = &*match source.contains('\r') {
            true => std::borrow::Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n")),
            false => std::borrow::Cow::Borrowed(source),
        };
        let unit = match mode {
            CompileMode::Module => crate::compile::compile_module(source),
            CompileMode::Exec => crate::compile::compile_exec(source),
            CompileMode::Single => crate::compile::compile_single(source),
            CompileMode::Eval => crate::compile::compile_eval(source),
        };
        let unit = unit.map_err(|error| self.syntax_error(path, &error, mode))?;
        let source = Rc::new(Source::new(path, source, mode == CompileMode::Module));
        let mut unit = unit;
        let warnings = std::mem::take(&mut unit.warnings);
        let code = self.link(unit, &source)?;
        if !warnings.is_empty() {
            self.warn_of_syntax(&code, warnings)?;
        }
        Ok(code)
    }

    /// Hands what the compiler found to the module `warnings`.
    fn warn_of_syntax(&mut self, code: &Ref<Code>, found: Vec<(String, u32)>) -> Result<()> {
        let pairs = found.into_iter().map(|(message, line)| {
            let (message, line) = (self.str(&message), self.int(i64::from(line)));
            self.tuple(vec![message, line])
        });
        let pairs = pairs.collect();
        let found = self.list(pairs);
        let module = self.import_name("warnings", 0, &Value::NONE)?;
        self.call_method(&module, "_of_syntax", &[code.to_value(), found]).map(drop)
    }

    /// The exception of a syntax error.
    fn syntax_error(&mut self, path: &str, error: &SyntaxError, mode: CompileMode) -> Raise {
        let class = match error.kind {
            crate::parse::SyntaxErrorKind::Syntax => self.classes.syntax_error.clone(),
            crate::parse::SyntaxErrorKind::Indentation => self.classes.indentation_error.clone(),
            crate::parse::SyntaxErrorKind::Tab => self.classes.tab_error.clone(),
            crate::parse::SyntaxErrorKind::Recursion => return self.recursion_error(&error.message),
        };
        let message = self.str(&error.message);
        let file = self.str(path);
        let (mut column, mut end, mut text) = (error.column, error.end_column, error.text.clone());
        if matches!(mode, CompileMode::Eval | CompileMode::Single) {
            // An expression that ends too soon has no place.
            if column as usize > text.chars().count() && error.message == "invalid syntax" {
                (column, end) = (0, 0);
            }
        } else if !text.ends_with('\n') && !is_of_scanner(&error.message) {
            text.push('\n');
        }
        if mode == CompileMode::Module {
            // Of a file CPython knows neither where in its last line it ended nor how long what stands for a block is.
            if end == -1 {
                column = 0;
            } else if error.kind == crate::parse::SyntaxErrorKind::Indentation {
                end = column as i32;
            }
        }
        let end = match error.message.as_str() {
            message if message.ends_with("was never closed") => 0,
            "unexpected indent" => -1,
            _ => i64::from(std::mem::take(&mut end)),
        };
        let (line, column) = (self.int(i64::from(error.line)), self.int(i64::from(column)));
        let end = self.int(end);
        let source = self.str(&text);
        let place =
            self.tuple(vec![file.clone(), line.clone(), column.clone(), source.clone(), line.clone(), end.clone()]);
        let raised = self.error_with_args(&class, vec![message.clone(), place]);
        let attributes = [
            ("msg", message),
            ("filename", file),
            ("lineno", line.clone()),
            ("offset", column),
            ("text", source),
            ("end_lineno", line),
            ("end_offset", end),
        ];
        for (name, value) in attributes {
            let name = self.intern(name);
            self.instance_store(&raised.0, &name, value);
        }
        raised
    }

    /// Runs code as a module's.
    pub(crate) fn run_module_code(&mut self, code: &Ref<Code>, globals: &Ref<Dict>) -> Result<Value> {
        let builtins_name = self.special_name(Special::Builtins).clone();
        if self.dict_get_name(globals, &builtins_name).is_none() {
            // As in CPython: the main program sees the module, others its names.
            let name = self.special_name(Special::Name).clone();
            let is_main = self.dict_get_name(globals, &name).is_some_and(|name| text(&name) == "__main__");
            let builtins = if is_main { self.builtins_module() } else { self.builtins.to_value() };
            self.dict_set_name(globals, &builtins_name, builtins);
        }
        let function = self.make_function(code, globals, None).into_value();
        self.run_function(function, Args { values: &[], names: &[] }, Value::EMPTY)
    }

    /// Makes a module of a source and runs it. A module that fails is forgotten again.
    pub(crate) fn run_module(&mut self, name: &str, source: &ModuleSource) -> Result<Value> {
        let code = self.compile_source(&source.path, &source.text, CompileMode::Module)?;
        self.run_code_as_module(name, &code, source.is_package)
    }

    fn run_code_as_module(&mut self, name: &str, code: &Ref<Code>, is_package: bool) -> Result<Value> {
        let module = self.new_module(name);
        let path = code.source.path.clone();
        let Some(dict) = module.downcast::<Module>().map(|module| module.dict.clone()) else { return Ok(module) };
        let is_main = name == "__main__";
        let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(package, _)| package) };
        let package = if is_main { Value::NONE } else { self.str(package) };
        self.dict_set_str(&dict, "__package__", package);
        self.dict_set_str(&dict, "__loader__", Value::NONE);
        self.dict_set_str(&dict, "__spec__", Value::NONE);
        if is_main {
            let annotations = self.dict().into_value();
            self.dict_set_str(&dict, "__annotations__", annotations);
        }
        // A package that is a folder and nothing else has no file.
        let file = if path.ends_with('/') { Value::NONE } else { self.str(&path) };
        self.dict_set_str(&dict, "__file__", file);
        self.dict_set_str(&dict, "__cached__", Value::NONE);
        if is_package {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let folder = self.str(folder);
            let path = self.list(vec![folder]);
            self.dict_set_str(&dict, "__path__", path);
        }
        self.remember_module(name, module.clone());
        if let Err(raised) = self.run_module_code(code, &dict) {
            // What the main program made before it failed is still its own: nobody else lets go of it.
            if name == "__main__" {
                return Err(raised);
            }
            let modules = self.modules.clone();
            let key = self.intern(name);
            self.dict_remove_name(&modules, &key);
            return Err(raised);
        }
        // A module may replace itself.
        Ok(self.imported(name).unwrap_or(module))
    }

    /// Runs the text of a module anew in the module itself. One without a text stays as it is.
    pub(crate) fn reload_module(&mut self, name: &str, module: &Value) -> Result<()> {
        let Some(dict) = module.downcast::<Module>().map(|module| module.dict.clone()) else { return Ok(()) };
        let own =
            || crate::modules::embedded(name).map(|module| (format!("<linger>/{name}.py"), module.text.to_owned()));
        let brought =
            self.host.resolver.clone().and_then(|resolver| resolver(name)).map(|source| (source.path, source.text));
        let found = if self.host.prefer_resolver { brought.or_else(own) } else { own().or(brought) };
        let Some((path, text)) = found else { return Ok(()) };
        let code = self.compile_source(&path, &text, CompileMode::Module)?;
        self.run_module_code(&code, &dict)?;
        Ok(())
    }

    /// The module of a full name, imported now if need be, and its packages before it.
    pub fn import_module(&mut self, name: &str) -> Result<Value> {
        if let Some(module) = self.imported(name) {
            if module.is_none() {
                return Err(self.no_module(name));
            }
            return Ok(module);
        }
        let mut parent = None;
        if let Some((package, _)) = name.rsplit_once('.') {
            parent = Some(self.import_module(package)?);
            if let Some(module) = self.imported(name) {
                return Ok(module);
            }
        }
        let module = self.with_recursion(" while importing", |vm| vm.find_module(name))?;
        if let (Some(parent), Some((_, last))) = (parent, name.rsplit_once('.')) {
            let last = self.intern(last);
            self.set_attr(&parent, &last, module.clone())?;
        }
        Ok(module)
    }

    /// Where a module would come from if it was imported, and whether it is a package.
    pub(crate) fn origin_of_module(&self, name: &str) -> Option<(String, bool)> {
        let own = || match crate::modules::embedded(name) {
            Some(embedded) => Some((format!("<linger>/{name}.py"), embedded.is_package)),
            None => crate::modules::names().any(|known| known == name).then(|| ("built-in".to_owned(), false)),
        };
        let brought = || {
            let source = (self.host.resolver.as_ref()?)(name)?;
            Some((source.path, source.is_package))
        };
        if self.host.functions.contains_key(name) {
            return Some(("built-in".to_owned(), false));
        }
        if self.host.prefer_resolver && !crate::modules::is_runtime_itself(name) {
            return brought().or_else(own);
        }
        own().or_else(brought)
    }

    fn find_module(&mut self, name: &str) -> Result<Value> {
        if let Some(functions) = self.host.functions.get(name).cloned() {
            let module = self.new_module(name);
            for (function, value) in functions {
                self.module_set(&module, &function, value);
            }
            self.remember_module(name, module.clone());
            return Ok(module);
        }
        let own_first = !self.host.prefer_resolver || crate::modules::is_runtime_itself(name);
        if own_first && let Some(module) = self.runtime_module(name)? {
            return Ok(module);
        }
        if let Some(resolver) = self.host.resolver.clone()
            && let Some(source) = resolver(name)
        {
            return self.run_module(name, &source);
        }
        if !own_first && let Some(module) = self.runtime_module(name)? {
            return Ok(module);
        }
        Err(self.no_module(name))
    }

    fn runtime_module(&mut self, name: &str) -> Result<Option<Value>> {
        if let Some(made) = crate::modules::make(self, name) {
            let module = made?;
            self.remember_module(name, module.clone());
            return Ok(Some(module));
        }
        let Some(embedded) = crate::modules::embedded(name) else { return Ok(None) };
        let last = if embedded.is_package { "/__init__" } else { "" };
        let path = format!("<linger>/{name}{last}.py");
        let code = match crate::stored::read(embedded.code) {
            Some(unit) => self.link(unit, &Rc::new(Source::new(&path, embedded.text, true)))?,
            None => self.compile_source(&path, embedded.text, CompileMode::Module)?,
        };
        self.run_code_as_module(name, &code, embedded.is_package).map(Some)
    }

    fn no_module(&mut self, name: &str) -> Raise {
        let mut message = format!("No module named '{name}'");
        if let Some((package, _)) = name.rsplit_once('.')
            && let Some(parent) = self.imported(package)
            && let Some(module) = parent.downcast::<Module>()
        {
            let dict = module.dict.clone();
            if self.dict_get_str(&dict, "__path__").is_none() {
                message.push_str(&format!("; '{package}' is not a package"));
            }
        }
        let class = self.classes.module_not_found_error.clone();
        let raised = self.error(&class, &message);
        let (key, value) = (self.intern("name"), self.str(name));
        self.instance_store(&raised.0, &key, value);
        if let Some(note) = crate::modules::missing_note(name) {
            let (key, note) = (self.intern("__notes__"), self.str(note));
            let notes = self.list(vec![note]);
            self.instance_store(&raised.0, &key, notes);
        }
        raised
    }

    /// The import statement.
    pub(super) fn import(&mut self, name: &Value, level: u32, wanted: &Value) -> Result<Value> {
        let name = text(name).to_owned();
        let full = if level == 0 { name.clone() } else { self.absolute_name(&name, level)? };
        let module = self.import_module(&full)?;
        if wanted.is_none() {
            // `import a.b` binds `a`.
            if level == 0
                && let Some((first, _)) = full.split_once('.')
            {
                return self.import_module(first);
            }
            return Ok(module);
        }
        // `from package import submodule`
        let is_package = match module.downcast::<Module>() {
            Some(body) => {
                let dict = body.dict.clone();
                self.dict_get_str(&dict, "__path__").is_some()
            }
            None => false,
        };
        if is_package {
            let wanted = self.items(wanted)?;
            self.import_submodules(&module, &full, wanted)?;
        }
        Ok(module)
    }

    /// Imports those names of a package that it does not have yet, as its modules; `*` stands for what `__all__` lists.
    fn import_submodules(&mut self, package: &Value, full: &str, wanted: Vec<Value>) -> Result<()> {
        for name in wanted {
            if !name.is_kind::<Str>() {
                continue;
            }
            if text(&name) == "*" {
                let listed = match self.find_attr_str(package, "__all__")? {
                    Some(all) => self.items(&all)?,
                    None => Vec::new(),
                };
                self.import_submodules(
                    package,
                    full,
                    listed.into_iter().filter(|name| text_or(name) != "*").collect(),
                )?;
                continue;
            }
            if self.find_attr(package, &name)?.is_none() {
                let full = format!("{full}.{}", text(&name));
                if let Err(raised) = self.import_module(&full) {
                    // That it is not there is told by what asks for it; that something else is missing, here.
                    let missing = self.is_exception(&raised, &self.classes.module_not_found_error)
                        && self.find_attr_str(&raised.0, "name")?.is_some_and(|name| text_or(&name) == full);
                    if !missing {
                        return Err(raised);
                    }
                }
            }
        }
        Ok(())
    }

    fn absolute_name(&mut self, name: &str, level: u32) -> Result<String> {
        let globals = self.current_globals();
        let package = match &globals {
            Some(globals) => self.dict_get_str(globals, "__package__").filter(|package| package.is_kind::<Str>()),
            None => None,
        };
        let package = package.map(|package| text(&package).to_owned()).unwrap_or_default();
        if package.is_empty() {
            return Err(self.import_error("attempted relative import with no known parent package"));
        }
        let mut base = package.as_str();
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((outer, _)) => base = outer,
                None => return Err(self.import_error("attempted relative import beyond top-level package")),
            }
        }
        Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
    }

    pub(super) fn import_from(&mut self, module: &Value, name: &Value) -> Result<Value> {
        if let Some(value) = self.find_attr(module, name)? {
            return Ok(value);
        }
        let (own_name, file) = match module.downcast::<Module>() {
            Some(body) => {
                let dict = body.dict.clone();
                (self.dict_get_str(&dict, "__name__"), self.dict_get_str(&dict, "__file__"))
            }
            None => (None, None),
        };
        let own_name = own_name.map_or_else(|| "<unknown module name>".to_owned(), |name| text(&name).to_owned());
        let full = format!("{own_name}.{}", text(name));
        if let Some(module) = self.imported(&full) {
            return Ok(module);
        }
        let place = file
            .clone()
            .filter(|file| file.is_kind::<Str>())
            .map_or_else(|| "unknown location".to_owned(), |file| text(&file).to_owned());
        let raised = self.import_error(format!("cannot import name '{}' from '{own_name}' ({place})", text(name)));
        let module_name = self.str(&own_name);
        let from = file.filter(|file| file.is_kind::<Str>()).unwrap_or(Value::NONE);
        for (attribute, value) in [("name", module_name), ("path", from)] {
            let attribute = self.intern(attribute);
            self.instance_store(&raised.0, &attribute, value);
        }
        Err(raised)
    }

    pub(super) fn import_star(&mut self, module: &Value) -> Result<()> {
        let Some(dict) = module.downcast::<Module>().map(|module| module.dict.clone()) else { return Ok(()) };
        let (names, listed) = match self.dict_get_str(&dict, "__all__") {
            Some(all) => (self.items(&all)?, true),
            None => (self.dict_entries(&dict).into_iter().map(|(name, _)| name).collect(), false),
        };
        for name in names {
            if !self.is_str(&name) {
                let own_name = self.dict_get_str(&dict, "__name__").unwrap_or_default();
                let (what, place) = if listed { ("Item", "__all__") } else { ("Key", "__dict__") };
                let (own_name, other) = (text_or(&own_name).to_owned(), self.type_name(&name));
                return Err(self.type_error(format!("{what} in {own_name}.{place} must be str, not {other}")));
            }
            if !listed && text_or(&name).starts_with('_') {
                continue;
            }
            let name = self.interned(&name);
            let value = self.get_attr(module, &name)?;
            self.store_name(&name, value)?;
        }
        Ok(())
    }
}

/// The text of a string; of anything else none.
fn text_or(value: &Value) -> &str {
    if value.is_kind::<Str>() { text(value) } else { "" }
}

/// Whether CPython's scanner says this, and shows the line without its end.
fn is_of_scanner(message: &str) -> bool {
    ["unterminated", "unmatched"].iter().any(|start| message.starts_with(start))
        || message.ends_with("was never closed")
}
