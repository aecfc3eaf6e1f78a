//! What single instructions do that is too long for a handler: unpacking, spreading, `with`, `match`, names of class bodies.

use linger_heap::{Ref, Value};

use super::stack::Frame;
use super::{Raise, Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// Exactly `count` items of an iterable.
    pub(super) fn unpack(&mut self, source: &Value, count: usize) -> Result<Vec<Value>> {
        let iterator = self.unpack_iterator(source)?;
        let mut items = Vec::with_capacity(count);
        while items.len() < count {
            match self.next(&iterator)? {
                Some(item) => items.push(item),
                None => {
                    return Err(self
                        .value_error(format!("not enough values to unpack (expected {count}, got {})", items.len())));
                }
            }
        }
        if self.next(&iterator)?.is_some() {
            return Err(self.value_error(format!("too many values to unpack (expected {count})")));
        }
        Ok(items)
    }

    fn unpack_iterator(&mut self, source: &Value) -> Result<Value> {
        self.iter(source).map_err(|raised| {
            let not_iterable = self.is_exception(&raised, &self.classes.type_error)
                && self.exception_data(&raised.0).is_some_and(|data| data.trace.borrow().is_empty());
            let has_items = self.special(source, Special::Iter).or_else(|| self.special(source, Special::GetItem));
            if not_iterable && has_items.is_none() {
                self.type_error(format!("cannot unpack non-iterable {} object", self.type_name(source)))
            } else {
                raised
            }
        })
    }

    /// The items before a star, a list of those at it, the items after it.
    pub(super) fn unpack_star(&mut self, source: &Value, before: usize, after: usize) -> Result<Vec<Value>> {
        let iterator = self.unpack_iterator(source)?;
        let mut items = self.items(&iterator)?;
        if items.len() < before + after {
            return Err(self.value_error(format!(
                "not enough values to unpack (expected at least {}, got {})",
                before + after,
                items.len()
            )));
        }
        let tail = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        items.push(self.list(middle));
        items.extend(tail);
        Ok(items)
    }

    /// The items of `*source` in a display or call.
    pub(super) fn spread(&mut self, source: &Value) -> Result<Vec<Value>> {
        let quick = source.is_kind::<List>() || source.is_kind::<Tuple>();
        if quick {
            return self.items(source);
        }
        match self.iter(source) {
            Ok(iterator) => {
                self.ask_length(source)?;
                self.items_left(&iterator)
            }
            Err(raised)
                if self.is_exception(&raised, &self.classes.type_error)
                    && self.special(source, Special::Iter).is_none()
                    && self.special(source, Special::GetItem).is_none() =>
            {
                Err(self.type_error(format!("Value after * must be an iterable, not {}", self.type_name(source))))
            }
            Err(raised) => Err(raised),
        }
    }

    /// The items of `*source` in a call of `callable`.
    pub(super) fn spread_arguments(&mut self, source: &Value, callable: &Value) -> Result<Vec<Value>> {
        let error = match self.spread(source) {
            Err(raised) if self.is_exception(&raised, &self.classes.type_error) => raised,
            result => return result,
        };
        if self.special(source, Special::Iter).is_some() || self.special(source, Special::GetItem).is_some() {
            return Err(error);
        }
        let (name, other) = (self.callable_name(callable), self.type_name(source));
        Err(self.type_error(format!("{name} argument after * must be an iterable, not {other}")))
    }

    /// Sets every entry of a mapping in a dict.
    pub fn update_mapping(&mut self, dict: &Ref<Dict>, source: &Value) -> Result<()> {
        if let Some(other) = crate::builtins::plain_dict(self, source) {
            return self.dict_update(dict, &other);
        }
        let keys_name = self.intern("keys");
        if self.find_attr(source, &keys_name)?.is_none() {
            return Err(self.type_error(format!("'{}' object is not a mapping", self.type_name(source))));
        }
        crate::builtins::merge_mapping(self, dict, source)
    }

    fn callable_name(&mut self, callable: &Value) -> String {
        let name = self.intern("__qualname__");
        match self.find_attr(callable, &name) {
            Ok(Some(qualname)) if self.is_str(&qualname) => {
                let module = self.intern("__module__");
                let prefix = match self.find_attr(callable, &module) {
                    Ok(Some(module)) if self.is_str(&module) && text(&module) != "builtins" => {
                        format!("{}.", text(&module))
                    }
                    _ => String::new(),
                };
                format!("{prefix}{}()", text(&qualname))
            }
            _ => self.repr(callable).unwrap_or_else(|_| "function".to_owned()),
        }
    }

    /// Adds `**source` to the keywords of a call.
    pub(super) fn merge_keywords(&mut self, dict: &Ref<Dict>, source: &Value, callable: &Value) -> Result<()> {
        let entries = match source.to_ref::<Dict>() {
            Some(other) if dict.table.borrow().is_empty() && has_only_texts(&other) => {
                return self.dict_update(dict, &other);
            }
            Some(other) => self.dict_entries(&other),
            None => {
                let keys = self.intern("keys");
                if self.find_attr(source, &keys)?.is_none() {
                    let (name, other) = (self.callable_name(callable), self.type_name(source));
                    return Err(self.type_error(format!("{name} argument after ** must be a mapping, not {other}")));
                }
                let copy = self.dict();
                self.update_mapping(&copy, source)?;
                self.dict_entries(&copy)
            }
        };
        for (key, value) in entries {
            if !self.is_str(&key) {
                return Err(self.type_error("keywords must be strings"));
            }
            if self.dict_get(dict, &key)?.is_some() {
                let name = self.callable_name(callable);
                return Err(
                    self.type_error(format!("{name} got multiple values for keyword argument '{}'", text(&key)))
                );
            }
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    /// A call with a tuple of arguments and a dict of keywords.
    pub(super) fn call_spread(&mut self, callable: &Value, args: &Value, keywords: &Value) -> Result<Value> {
        let mut values = self.items(args)?;
        let mut names = Vec::new();
        if let Some(dict) = keywords.to_ref::<Dict>() {
            for (name, value) in self.dict_entries(&dict) {
                names.push(self.interned(&name));
                values.push(value);
            }
        }
        self.call_args(callable, Args { values: &values, names: &names })
    }

    /// The text of a replacement field of an f-string.
    pub(super) fn format_field(&mut self, value: &Value, conversion: u8, spec: &Value) -> Result<Value> {
        let converted = match conversion {
            1 => Some(self.to_text_value(value)?),
            2 => Some(self.repr_value(value)?),
            3 => {
                let text = self.ascii(value)?;
                Some(self.str(&text))
            }
            _ => None,
        };
        self.formatted(converted.as_ref().unwrap_or(value), text(spec))
    }

    /// The enter and exit methods of a context manager, each with the receiver to be put in front of its arguments, or nothing if
    /// it is bound.
    pub(super) fn with_methods(&mut self, manager: &Value, asynchronous: bool) -> Result<[(Value, Value); 2]> {
        let (enter, exit, what) = if asynchronous {
            (Special::AEnter, Special::AExit, "asynchronous context manager")
        } else {
            (Special::Enter, Special::Exit, "context manager")
        };
        let Some(enter) = self.special_to_call(manager, enter)? else {
            return Err(self.no_context_manager(manager, what, ""));
        };
        let Some(exit) = self.special_to_call(manager, exit)? else {
            let missing = format!(" (missed {} method)", SPECIAL_NAMES[exit as usize]);
            return Err(self.no_context_manager(manager, what, &missing));
        };
        Ok([enter, exit])
    }

    /// A special method as a call takes it: the callable, and the receiver, or nothing if the callable has it already.
    fn special_to_call(&mut self, value: &Value, special: Special) -> Result<Option<(Value, Value)>> {
        let Some(method) = self.special(value, special) else { return Ok(None) };
        if method.is_kind::<Function>() {
            return Ok(Some((method, value.clone())));
        }
        let class = self.class_of(value);
        Ok(Some((self.bind(&method, value, &class)?, Value::EMPTY)))
    }

    #[cold]
    fn no_context_manager(&mut self, manager: &Value, what: &str, missing: &str) -> Raise {
        let class = self.type_name(manager);
        self.type_error(format!("'{class}' object does not support the {what} protocol{missing}"))
    }

    pub(super) fn async_iter(&mut self, value: &Value) -> Result<Value> {
        match self.call_special(value, Special::AIter, &[])? {
            Some(iterator) => {
                if self.special(&iterator, Special::ANext).is_none() {
                    return Err(self.type_error(format!(
                        "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                        self.type_name(&iterator)
                    )));
                }
                Ok(iterator)
            }
            None => Err(self.type_error(format!(
                "'async for' requires an object with __aiter__ method, got {}",
                self.type_name(value)
            ))),
        }
    }

    pub(super) fn async_next(&mut self, iterator: &Value) -> Result<Value> {
        match self.call_special(iterator, Special::ANext, &[])? {
            Some(awaitable) => self.awaitable(&awaitable, 0).map_err(|raised| {
                let error = self.type_error(format!(
                    "'async for' received an invalid object from __anext__: {}",
                    self.type_name(&awaitable)
                ));
                if let Some(data) = self.exception_data(&error.0) {
                    data.cause.set(raised.0);
                    data.suppress_context.set(true);
                }
                error
            }),
            None => Err(self.type_error(format!(
                "'async for' requires an iterator with __anext__ method, got {}",
                self.type_name(iterator)
            ))),
        }
    }

    // ---- names of class bodies and `exec` ----

    fn namespace(&self) -> Option<Value> {
        self.stack.frames.last().and_then(namespace_of)
    }

    fn find_in_namespace(&mut self, name: &Value) -> Result<Option<Value>> {
        let Some(namespace) = self.namespace() else { return Ok(None) };
        if let Some(dict) = namespace.to_ref::<Dict>() {
            return Ok(self.dict_get_name(&dict, name));
        }
        match self.get_item(&namespace, name) {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.is_exception(&raised, &self.classes.key_error) => Ok(None),
            Err(raised) => Err(raised),
        }
    }

    pub(super) fn load_name(&mut self, name: &Value) -> Result<Value> {
        if let Some(value) = self.find_in_namespace(name)? {
            return Ok(value);
        }
        if let Some(globals) = self.current_globals()
            && let Some(value) = self.dict_get_name(&globals, name)
        {
            return Ok(value);
        }
        let builtins = self.current_builtins()?;
        match self.dict_get_name(&builtins, name) {
            Some(value) => Ok(value),
            None => Err(self.undefined_name(name)),
        }
    }

    pub(super) fn load_name_or_free(&mut self, name: &Value, free: u16) -> Result<Value> {
        if let Some(value) = self.find_in_namespace(name)? {
            return Ok(value);
        }
        let closure = self.stack.frames.last().and_then(|frame| frame.function().closure.clone());
        let cell = closure.and_then(|closure| closure.items.get(free as usize).cloned());
        let value =
            cell.as_ref().and_then(|cell| cell.downcast::<Cell>()).map_or(Value::EMPTY, |cell| cell.contents.get());
        if value.is_empty() {
            return Err(self.name_error(format!(
                "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
                text(name)
            )));
        }
        Ok(value)
    }

    pub(super) fn store_name(&mut self, name: &Value, value: Value) -> Result<()> {
        match self.namespace() {
            Some(namespace) => match namespace.to_ref::<Dict>() {
                Some(dict) => {
                    self.dict_set_name(&dict, name, value);
                    Ok(())
                }
                None => self.set_item(&namespace, name, value),
            },
            None => {
                if let Some(globals) = self.current_globals() {
                    self.dict_set_name(&globals, name, value);
                }
                Ok(())
            }
        }
    }

    pub(super) fn delete_name(&mut self, name: &Value) -> Result<()> {
        let removed = match self.namespace() {
            Some(namespace) => match namespace.to_ref::<Dict>() {
                Some(dict) => self.dict_remove_name(&dict, name),
                None => self.delete_item(&namespace, name).is_ok(),
            },
            None => self.current_globals().is_some_and(|globals| self.dict_remove_name(&globals, name)),
        };
        if removed { Ok(()) } else { Err(self.undefined_name(name)) }
    }

    pub(super) fn setup_annotations(&mut self) -> Result<()> {
        let name = self.special_name(Special::Annotations).clone();
        let present = match self.namespace() {
            Some(_) => self.find_in_namespace(&name)?.is_some(),
            None => self.current_globals().is_some_and(|globals| self.dict_get_name(&globals, &name).is_some()),
        };
        if present {
            return Ok(());
        }
        let dict = self.dict().into_value();
        self.store_name(&name, dict)
    }

    /// The namespace that code running now would see as `locals()`: the module's or class body's own dict, or a new dict of
    /// a function's variables.
    pub fn current_locals(&mut self) -> Value {
        self.locals_of(0)
    }

    /// `locals()` of the frame `depth` calls out.
    pub(super) fn locals_of(&mut self, depth: usize) -> Value {
        let frames = self.stack.frames.as_slice();
        let Some(frame) = frames.len().checked_sub(depth + 1).map(|at| &frames[at]) else { return Value::NONE };
        if let Some(namespace) = namespace_of(frame) {
            return namespace;
        }
        let code = frame.function().code.clone();
        if code.kind == crate::bytecode::CodeKind::Module || code.kind == crate::bytecode::CodeKind::Expression {
            return frame.function().globals.to_value();
        }
        let registers = super::stack::Window(frame.base.as_ptr()).slice(code.local_names.len()).to_vec();
        let closure = frame.function().closure.clone();
        let dict = self.dict();
        for (index, value) in registers.iter().enumerate() {
            let value = match value.downcast::<Cell>() {
                Some(cell) if code.cell_locals.contains(&(index as u16)) => cell.contents.get(),
                _ => value.clone(),
            };
            if !value.is_empty() {
                self.dict_set_name(&dict, &code.local_names[index], value);
            }
        }
        for (name, cell) in code.free_names.iter().zip(closure.iter().flat_map(|closure| closure.items.iter())) {
            let value = cell.downcast::<Cell>().map_or(Value::EMPTY, |cell| cell.contents.get());
            if !value.is_empty() {
                self.dict_set_name(&dict, name, value);
            }
        }
        dict.into_value()
    }

    // ---- match ----

    pub(super) fn is_pattern_sequence(&self, subject: &Value) -> bool {
        self.pattern_kind(subject).is_some_and(|flags| flags.is_sequence)
    }

    pub(super) fn is_pattern_mapping(&self, subject: &Value) -> bool {
        self.pattern_kind(subject).is_some_and(|flags| flags.is_mapping)
    }

    /// What the first class says that is a sequence or a mapping; a base may have become one after the class was made.
    fn pattern_kind(&self, subject: &Value) -> Option<ClassFlags> {
        let class = self.class_of(subject);
        let says = |flags: &ClassFlags| flags.is_sequence || flags.is_mapping;
        let own = Some(class.flags.get()).filter(says);
        own.or_else(|| {
            let order = class.mro.get();
            let mut classes = order.downcast::<Tuple>()?.items.iter().filter_map(Value::downcast::<Class>);
            classes.find_map(|base| Some(base.flags.get()).filter(says))
        })
    }

    pub(super) fn match_keys(&mut self, subject: &Value, keys: &Value) -> Result<Value> {
        let keys = self.items(keys)?;
        for (index, key) in keys.iter().enumerate() {
            for other in &keys[..index] {
                if self.equal(other, key)? {
                    let shown = self.repr(key)?;
                    return Err(self.value_error(format!("mapping pattern checks duplicate key ({shown})")));
                }
            }
        }
        let mut values = Vec::with_capacity(keys.len());
        for key in &keys {
            let value = match subject.to_ref::<Dict>() {
                Some(dict) => self.dict_get(&dict, key)?,
                None => {
                    // A default of its own tells "missing" from any value; `get` makes no entry in a defaultdict.
                    let missing = self.list(Vec::new());
                    let value = self.call_method(subject, "get", &[key.clone(), missing.clone()])?;
                    if value.is(&missing) { None } else { Some(value) }
                }
            };
            match value {
                Some(value) => values.push(value),
                None => return Ok(Value::NONE),
            }
        }
        Ok(self.tuple(values))
    }

    pub(super) fn match_rest(&mut self, subject: &Value, keys: &Value) -> Result<Value> {
        let rest = self.dict();
        self.update_mapping(&rest, subject)?;
        for key in self.items(keys)? {
            self.dict_remove(&rest, &key)?;
        }
        Ok(rest.into_value())
    }

    pub(super) fn match_class(&mut self, subject: &Value, class: &Value, count: usize, names: &Value) -> Result<Value> {
        let Some(class_ref) = class.to_ref::<Class>() else {
            return Err(self.type_error("called match pattern must be a type"));
        };
        if !self.is_instance_checked(subject, class)? {
            return Ok(Value::NONE);
        }
        let mut values = Vec::new();
        // Those that the class names for patterns by position, then those of keywords.
        let mut attributes = Vec::new();
        if count > 0 {
            let match_args = self.special_name(Special::MatchArgs).clone();
            let positional = match self.find_attr(class, &match_args)? {
                Some(names) => match names.downcast::<Tuple>() {
                    Some(names) => names.items.to_vec(),
                    None => {
                        return Err(self.type_error(format!(
                            "{}.__match_args__ must be a tuple (got {})",
                            class_ref.name_text(),
                            self.type_name(&names)
                        )));
                    }
                },
                None if self.matches_itself(&class_ref) => {
                    if count > 1 {
                        return Err(self.too_many_patterns(&class_ref, 1, count));
                    }
                    values.push(subject.clone());
                    Vec::new()
                }
                None => Vec::new(),
            };
            if values.is_empty() {
                if count > positional.len() {
                    return Err(self.too_many_patterns(&class_ref, positional.len(), count));
                }
                attributes.extend(positional.into_iter().take(count));
            }
        }
        attributes.extend(self.items(names)?);
        let mut seen: Vec<Value> = Vec::new();
        for name in attributes {
            if !self.is_str(&name) {
                return Err(
                    self.type_error(format!("__match_args__ elements must be strings (got {})", self.type_name(&name)))
                );
            }
            let name = self.interned(&name);
            if seen.iter().any(|other| other.is(&name)) {
                return Err(self.duplicate_pattern(&class_ref, &name));
            }
            match self.find_attr(subject, &name)? {
                Some(value) => values.push(value),
                None => return Ok(Value::NONE),
            }
            seen.push(name);
        }
        Ok(self.tuple(values))
    }

    fn duplicate_pattern(&self, class: &Class, name: &Value) -> Raise {
        self.type_error(format!("{}() got multiple sub-patterns for attribute '{}'", class.name_text(), text(name)))
    }

    fn too_many_patterns(&self, class: &Class, allowed: usize, given: usize) -> Raise {
        let plural = if allowed == 1 { "" } else { "s" };
        self.type_error(format!(
            "{}() accepts {allowed} positional sub-pattern{plural} ({given} given)",
            class.name_text()
        ))
    }

    /// Builtin classes whose one positional pattern is the subject itself.
    fn matches_itself(&self, class: &Class) -> bool {
        matches!(
            class.layout,
            Layout::Int
                | Layout::Float
                | Layout::Str
                | Layout::Bytes
                | Layout::ByteArray
                | Layout::List
                | Layout::Tuple
                | Layout::Dict
                | Layout::Set
                | Layout::FrozenSet
        )
    }
}

/// The namespace that a frame's names are in, where they are no registers: that of a class body or of `exec`.
fn namespace_of(frame: &Frame) -> Option<Value> {
    use crate::bytecode::CodeKind;
    let has_names = matches!(frame.code().kind, CodeKind::Module | CodeKind::Class | CodeKind::Expression);
    (has_names && !frame.held.is_empty()).then(|| frame.held.clone())
}

/// Whether all keys of a dict are strings.
fn has_only_texts(dict: &Dict) -> bool {
    dict.table.borrow().iter().all(|entry| entry.key.is_kind::<Str>())
}
