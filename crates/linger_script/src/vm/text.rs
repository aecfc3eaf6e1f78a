//! `repr`, `str`, `ascii` and `format` of every value: what a class of a script defines, else what the runtime says.
//!
//! Numbers, strings and containers are written here; functions, classes and other machinery in `text_objects`.

use std::borrow::Cow;

use linger_heap::{Kind, Object, Unpacked, Value};

use super::{Result, Vm};
use crate::objects::*;
use crate::pure::int_text::{self, IntRef};
use crate::pure::{float_text, format_spec, quick_format, str_repr};

/// How long a text may get before the limit on memory is asked again.
const CHECKED_BYTES: usize = 1 << 20;

/// What was being done when the recursion got too deep.
const REPR: &str = " while getting the repr of an object";

/// Appends the repr of a value that is no object.
pub(super) fn push_plain(value: &Value, out: &mut String) {
    match value.unpack() {
        Unpacked::Int(number) => out.push_str(itoa::Buffer::new().format(number)),
        Unpacked::Float(number) => float_text::push_repr(number, out),
        Unpacked::None => out.push_str("None"),
        Unpacked::Bool(true) => out.push_str("True"),
        Unpacked::Bool(false) => out.push_str("False"),
        Unpacked::NotImplemented => out.push_str("NotImplemented"),
        Unpacked::Ellipsis => out.push_str("Ellipsis"),
        Unpacked::Empty | Unpacked::Object(_) => out.push_str("<NULL>"),
    }
}

impl Vm {
    /// `repr(value)`
    pub fn repr(&mut self, value: &Value) -> Result<String> {
        let mut out = String::new();
        self.push_repr(value, &mut out)?;
        Ok(out)
    }

    /// `ascii(value)`
    pub fn ascii(&mut self, value: &Value) -> Result<String> {
        let text = self.repr(value)?;
        Ok(if text.is_ascii() { text } else { str_repr::escape_non_ascii(&text) })
    }

    /// `str(value)`
    pub fn to_text(&mut self, value: &Value) -> Result<String> {
        let mut out = String::new();
        self.push_text(value, &mut out)?;
        Ok(out)
    }

    /// `format(value, spec)` as a value.
    pub(crate) fn formatted(&mut self, value: &Value, spec: &str) -> Result<Value> {
        if spec.is_empty() && value.is_kind::<Str>() {
            return Ok(value.clone());
        }
        let mut out = self.take_text_buffer();
        self.push_format(value, spec, &mut out)?;
        Ok(self.keep_text(out))
    }

    /// `repr(value)` as a value.
    pub(crate) fn repr_value(&mut self, value: &Value) -> Result<Value> {
        let mut out = self.take_text_buffer();
        self.push_repr(value, &mut out)?;
        Ok(self.keep_text(out))
    }

    /// `str(value)` as a value: the value itself where it is a string already.
    pub fn to_text_value(&mut self, value: &Value) -> Result<Value> {
        if value.is_kind::<Str>() {
            return Ok(value.clone());
        }
        if self.dispatches(value)
            && let Some(text) = self.call_special(value, Special::Str, &[])?
        {
            return self.checked_text(text, "__str__ returned non-string");
        }
        let mut out = self.take_text_buffer();
        self.push_text(value, &mut out)?;
        Ok(self.keep_text(out))
    }

    /// Whether a class of a script may have a say in what the text of a value is.
    #[inline]
    fn dispatches(&self, value: &Value) -> bool {
        let Some(kind) = value.header().map(linger_heap::Header::kind) else { return false };
        kind == Instance::KIND || kind == NativeObject::KIND || (kind == Class::KIND && !self.is_plain_class(value))
    }

    /// Whether a class is an instance of `type` itself.
    fn is_plain_class(&self, class: &Value) -> bool {
        let type_ = self.classes.type_.to_value();
        class.downcast::<Class>().is_some_and(|class| class.metaclass.get().is(&type_))
    }

    /// A result that must be a string.
    fn checked_text(&mut self, text: Value, complaint: &str) -> Result<Value> {
        if self.is_str(&text) {
            return Ok(text);
        }
        let found = self.type_name(&text);
        Err(self.type_error(format!("{complaint} (type {found})")))
    }

    /// Appends `repr(value)`.
    pub(crate) fn push_repr(&mut self, value: &Value, out: &mut String) -> Result<()> {
        if !self.dispatches(value) {
            return self.push_native_repr(value, out);
        }
        match self.call_special(value, Special::Repr, &[])? {
            Some(text) => {
                let text = self.checked_text(text, "__repr__ returned non-string")?;
                out.push_str(self.text_of(&text).as_ref().map_or("", |text| &text.text));
            }
            None => out.push_str(&self.default_repr(value)),
        }
        Ok(())
    }

    /// Appends `str(value)`.
    pub(crate) fn push_text(&mut self, value: &Value, out: &mut String) -> Result<()> {
        if let Some(text) = value.downcast::<Str>() {
            out.push_str(&text.text);
            return Ok(());
        }
        if self.dispatches(value)
            && let Some(text) = self.call_special(value, Special::Str, &[])?
        {
            let text = self.checked_text(text, "__str__ returned non-string")?;
            out.push_str(self.text_of(&text).as_ref().map_or("", |text| &text.text));
            return Ok(());
        }
        if let Some(view) = value.downcast::<DictView>()
            && view.kind == ViewKind::Proxy
        {
            return self.push_text(&view.dict.get(), out);
        }
        self.push_repr(value, out)
    }

    /// Appends `format(value, spec)`.
    pub(crate) fn push_format(&mut self, value: &Value, spec: &str, out: &mut String) -> Result<()> {
        if self.dispatches(value) {
            let spec = self.str(spec);
            if let Some(text) = self.call_special(value, Special::Format, &[spec])? {
                let Some(text) = self.text_of(&text) else {
                    let found = self.type_name(&text);
                    return Err(self.type_error(format!("__format__ must return a str, not {found}")));
                };
                out.push_str(&text.text);
                return Ok(());
            }
        }
        self.push_native_format(value, spec, out)
    }

    /// Appends what the `__format__` of the builtin class says that a value is of or inherits from.
    pub(crate) fn push_native_format(&mut self, value: &Value, spec: &str, out: &mut String) -> Result<()> {
        if spec.is_empty() {
            return self.push_text(value, out);
        }
        let is_written = if let Some(number) = value.as_small_int() {
            quick_format::int(number, spec, out)
        } else if let Some(number) = value.as_float() {
            quick_format::float(number, spec, out)
        } else {
            value.downcast::<Str>().is_some_and(|text| quick_format::text(&text.text, spec, out))
        };
        if is_written {
            return Ok(());
        }
        let is_own = value.is_kind::<Instance>();
        let inner = self.inner_value(value);
        // The name is for messages only; most values need none made.
        let name: Cow<'static, str> = match inner.unpack() {
            _ if is_own => self.type_name(value).into(),
            Unpacked::Float(_) => "float".into(),
            Unpacked::Int(_) => "int".into(),
            _ if inner.is_kind::<Str>() => "str".into(),
            _ => self.type_name(value).into(),
        };
        let text = if let Some(number) = inner.as_float() {
            format_spec::format_float(number, spec, &name)
        } else if let Some(number) = inner.downcast::<Complex>() {
            format_spec::format_complex(number.0, spec, &name)
        } else if let Some(text) = inner.downcast::<Str>() {
            format_spec::format_str(&text.text, spec, &name)
        } else if let Some(number) = inner.downcast::<BigInt>() {
            format_spec::format_int(IntRef::Big(&number.to_big()), spec, &name)
        } else if let Some(number) = inner.as_small_int().or_else(|| inner.as_bool().map(i64::from)) {
            format_spec::format_int(IntRef::Small(number), spec, &name)
        } else {
            return Err(self.type_error(format!("unsupported format string passed to {name}.__format__")));
        };
        out.push_str(&text.map_err(|error| self.pure_error(error))?);
        Ok(())
    }

    /// What an instance of a subclass of a builtin class has inside, else the value itself.
    pub(crate) fn inner_value(&self, value: &Value) -> Value {
        value.downcast::<Instance>().and_then(Instance::payload).unwrap_or_else(|| value.clone())
    }

    /// The `__repr__` of the builtin class that a value is of or inherits from.
    pub(crate) fn native_repr(&mut self, value: &Value) -> Result<String> {
        let mut out = String::new();
        self.push_native_repr(value, &mut out)?;
        Ok(out)
    }

    /// Appends what [`Vm::native_repr`] gives.
    pub(crate) fn push_native_repr(&mut self, value: &Value, out: &mut String) -> Result<()> {
        if value.is_kind::<Instance>() {
            let inner = self.inner_value(value);
            // An instance without anything inside is what the inner value says then.
            return if inner.is(value) {
                out.push_str(&self.default_repr(value));
                Ok(())
            } else {
                self.push_kind_repr(&inner, value, out)
            };
        }
        self.push_kind_repr(value, value, out)
    }

    /// Appends the repr of `value`, which is what `subject` is or has inside.
    fn push_kind_repr(&mut self, value: &Value, subject: &Value, out: &mut String) -> Result<()> {
        let Some(kind) = value.header().map(linger_heap::Header::kind) else {
            push_plain(value, out);
            return Ok(());
        };
        if let Some(text) = value.downcast::<Str>() {
            str_repr::push_repr(&text.text, false, out);
        } else if let Some(number) = value.downcast::<BigInt>() {
            if let Some(wide) = number.as_wide() {
                out.push_str(&wide.to_string());
                return Ok(());
            }
            match int_text::decimal(&number.to_big()) {
                Ok(text) => out.push_str(&text),
                Err(error) => return Err(self.pure_error(error)),
            }
        } else if let Some(number) = value.downcast::<Complex>() {
            out.push_str(&number.0.repr());
        } else if let Some(bytes) = value.downcast::<Bytes>() {
            self.check_text(str_repr::bytes_repr_len(&bytes.0))?;
            out.push_str(&str_repr::repr_bytes(&bytes.0));
        } else if let Some(bytes) = value.downcast::<ByteArray>() {
            self.check_text(str_repr::bytes_repr_len(&bytes.0.borrow()))?;
            let name = self.type_name(subject);
            let mut shown = str_repr::repr_bytes(&bytes.0.borrow());
            // Unlike `bytes`, single quotes are escaped in double ones too.
            if shown.starts_with("b\"") {
                shown = shown.replace('\'', "\\'");
            }
            out.push_str(&format!("{name}({shown})"));
        } else if is_container(kind) {
            return self.push_container(value, subject, out);
        } else {
            return self.push_object_repr(value, subject, out);
        }
        Ok(())
    }

    /// Notes that the repr of a container is being made; false if it is already: it is inside itself.
    pub(crate) fn repr_enter(&mut self, value: &Value) -> Result<bool> {
        if self.repr_stack.contains(&value.bits()) {
            return Ok(false);
        }
        if self.repr_stack.len() >= self.config.recursion_limit {
            return Err(self.recursion_error(format!("maximum recursion depth exceeded{REPR}")));
        }
        self.repr_stack.push(value.bits());
        Ok(true)
    }

    /// Ends what a [`Vm::repr_enter`] that gave true began.
    pub(crate) fn repr_leave(&mut self) {
        self.repr_stack.pop();
    }

    fn push_container(&mut self, value: &Value, subject: &Value, out: &mut String) -> Result<()> {
        if !self.repr_enter(value)? {
            let name;
            out.push_str(match value.header().map(linger_heap::Header::kind) {
                Some(List::KIND) => "[...]",
                Some(Tuple::KIND) => "(...)",
                Some(Dict::KIND) => "{...}",
                Some(Set::KIND) => {
                    name = format!("{}(...)", self.type_name(subject));
                    &name
                }
                _ => "...",
            });
            return Ok(());
        }
        let result = self.with_recursion(REPR, |vm| vm.push_contents(value, subject, out));
        self.repr_leave();
        result
    }

    fn push_contents(&mut self, value: &Value, subject: &Value, out: &mut String) -> Result<()> {
        if let Some(list) = value.downcast::<List>() {
            out.push('[');
            let mut index = 0;
            self.push_items(out, |_| {
                index += 1;
                list.items.borrow().get(index - 1).cloned()
            })?;
            out.push(']');
        } else if let Some(tuple) = value.downcast::<Tuple>() {
            out.push('(');
            let mut items = tuple.items.iter();
            self.push_items(out, |_| items.next().cloned())?;
            out.push_str(if tuple.items.len() == 1 { ",)" } else { ")" });
        } else if let Some(dict) = value.downcast::<Dict>() {
            out.push('{');
            self.push_entries(dict, out)?;
            out.push('}');
        } else if let Some(set) = value.downcast::<Set>() {
            let name = self.type_name(subject);
            let bare = !set.frozen && !subject.is_kind::<Instance>();
            if set.table.borrow().is_empty() {
                out.push_str(&format!("{name}()"));
                return Ok(());
            }
            if !bare {
                out.push_str(&format!("{name}("));
            }
            out.push('{');
            // A subclass may iterate otherwise.
            if subject.is_kind::<Instance>() {
                let mut items = self.items(subject)?.into_iter();
                self.push_items(out, |_| items.next())?;
                out.push_str("})");
                return Ok(());
            }
            let mut position = 0;
            self.push_items(out, |_| {
                let table = set.table.borrow();
                let (found, item) = table.next_from(position)?;
                position = found + 1;
                Some(item.clone())
            })?;
            out.push_str(if bare { "}" } else { "})" });
        } else if let Some(view) = value.downcast::<DictView>() {
            self.push_view(view, subject, out)?;
        } else if let Some(slice) = value.downcast::<Slice>() {
            out.push_str("slice(");
            let mut parts = [&slice.start, &slice.stop, &slice.step].into_iter();
            self.push_items(out, |_| parts.next().cloned())?;
            out.push(')');
        } else if let Some(range) = value.downcast::<Range>() {
            out.push_str("range(");
            let count = if range.step.as_small_int() == Some(1) { 2 } else { 3 };
            let mut parts = [&range.start, &range.stop, &range.step].into_iter().take(count);
            self.push_items(out, |_| parts.next().cloned())?;
            out.push(')');
        }
        Ok(())
    }

    /// Appends the reprs of items with commas between them.
    fn push_items(&mut self, out: &mut String, mut next: impl FnMut(&mut Vm) -> Option<Value>) -> Result<()> {
        let mut first = true;
        while let Some(item) = next(self) {
            if !first {
                out.push_str(", ");
            }
            first = false;
            self.push_repr(&item, out)?;
            if out.len() > CHECKED_BYTES {
                self.check_text(out.len())?;
            }
        }
        Ok(())
    }

    fn push_entries(&mut self, dict: &Dict, out: &mut String) -> Result<()> {
        let mut position = 0;
        let mut first = true;
        while let Some((found, key, value)) = entry_from(dict, position) {
            position = found + 1;
            if !first {
                out.push_str(", ");
            }
            first = false;
            self.push_repr(&key, out)?;
            out.push_str(": ");
            self.push_repr(&value, out)?;
            if out.len() > CHECKED_BYTES {
                self.check_text(out.len())?;
            }
        }
        Ok(())
    }

    fn push_view(&mut self, view: &DictView, subject: &Value, out: &mut String) -> Result<()> {
        let mapping = view.dict.get();
        let name = self.type_name(subject);
        out.push_str(&name);
        out.push('(');
        let dict = if view.kind == ViewKind::Proxy { None } else { self.native::<Dict>(&mapping) };
        let Some(dict) = dict else {
            self.push_repr(&mapping, out)?;
            out.push(')');
            return Ok(());
        };
        out.push('[');
        let mut position = 0;
        self.push_items(out, |vm| {
            let (found, key, value) = entry_from(&dict, position)?;
            position = found + 1;
            Some(match view.kind {
                ViewKind::Keys => key,
                ViewKind::Values => value,
                _ => vm.tuple(vec![key, value]),
            })
        })?;
        out.push_str("])");
        Ok(())
    }
}

fn is_container(kind: Kind) -> bool {
    [List::KIND, Tuple::KIND, Dict::KIND, Set::KIND, DictView::KIND, Slice::KIND, Range::KIND].contains(&kind)
}

/// The first entry of a dict from a position on, and its position.
fn entry_from(dict: &Dict, position: usize) -> Option<(usize, Value, Value)> {
    let table = dict.table.borrow();
    let found = table.next_position(position)?;
    let entry = table.entry(found)?;
    Some((found, entry.key.clone(), entry.value.clone()))
}
