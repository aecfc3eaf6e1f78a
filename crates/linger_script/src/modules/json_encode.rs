//! Writing JSON: the core of `json.dumps`, in one pass over the objects.

use std::fmt::Write as _;

use linger_heap::{Ref, Value};

use crate::objects::{Args, Dict, Instance, List, Tuple};
use crate::pure::float_text;
use crate::vm::{Result, Vm};

/// How to write.
struct Style {
    skips_keys: bool,
    is_ascii: bool,
    checks_cycles: bool,
    allows_nan: bool,
    /// The text of one step, or none for one line.
    indent: Option<String>,
    item_separator: String,
    key_separator: String,
    sorts_keys: bool,
    /// Called for what JSON has no form for.
    default: Value,
}

/// `_linger.json_encode(obj, skipkeys, ensure_ascii, check_circular, allow_nan, indent, item_separator, key_separator,
/// sort_keys, default)`
pub(super) fn encode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [object, skips, ascii, cycles, nan, indent, item_separator, key_separator, sorts, default] =
        super::support::exactly::<10>(vm, &args, "json_encode")?;
    let style = Style {
        skips_keys: vm.truth(skips)?,
        is_ascii: vm.truth(ascii)?,
        checks_cycles: vm.truth(cycles)?,
        allows_nan: vm.truth(nan)?,
        indent: match indent {
            _ if indent.is_none() => None,
            _ if vm.is_int(indent) => Some(" ".repeat(vm.index_i64(indent)?.clamp(0, 1 << 16) as usize)),
            _ => Some(vm.to_text(indent)?),
        },
        item_separator: vm.to_text(item_separator)?,
        key_separator: vm.to_text(key_separator)?,
        sorts_keys: vm.truth(sorts)?,
        default: default.clone(),
    };
    let mut encoder = Encoder { style, out: String::new(), open: Vec::new() };
    encoder.value(vm, object, 0)?;
    Ok(vm.str(&encoder.out))
}

/// `_linger.json_string(text, ensure_ascii)`: a text as a JSON string.
pub(super) fn encode_string(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [text, ascii] = super::support::exactly::<2>(vm, &args, "json_string")?;
    let is_ascii = vm.truth(ascii)?;
    let Some(text) = vm.text_of(text) else {
        let name = vm.type_name(text);
        return Err(vm.type_error(format!("first argument must be a string, not {name}")));
    };
    let mut out = String::new();
    push_string(&text.text, is_ascii, &mut out);
    Ok(vm.string(out))
}

struct Encoder {
    style: Style,
    out: String,
    /// Containers being written.
    open: Vec<u64>,
}

impl Encoder {
    fn newline(&mut self, depth: usize) {
        if let Some(indent) = &self.style.indent {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(indent);
            }
        }
    }

    /// Writes a constant, number or text; false for anything else.
    fn plain(&mut self, vm: &mut Vm, value: &Value) -> Result<bool> {
        if let Some(int) = value.as_small_int() {
            self.out.push_str(itoa::Buffer::new().format(int));
        } else if let Some(float) = value.as_float() {
            self.float(vm, float)?;
        } else if value.is_none() {
            self.out.push_str("null");
        } else if let Some(truth) = value.as_bool() {
            self.out.push_str(if truth { "true" } else { "false" });
        } else if let Some(text) = vm.text_of(value) {
            push_string(&text.text, self.style.is_ascii, &mut self.out);
        } else if vm.is_int(value) {
            self.integer(vm, value)?;
        } else if let Some(payload) = value.downcast::<Instance>().and_then(Instance::payload)
            && let Some(float) = payload.as_float()
        {
            self.float(vm, float)?;
        } else {
            return Ok(false);
        }
        vm.check_built(self.out.len())?;
        Ok(true)
    }

    fn integer(&mut self, vm: &mut Vm, value: &Value) -> Result<()> {
        let big = vm.to_bigint(value).unwrap_or_default();
        let plain = vm.big(big);
        let text = vm.repr(&plain)?;
        self.out.push_str(&text);
        Ok(())
    }

    fn float(&mut self, vm: &mut Vm, float: f64) -> Result<()> {
        if float.is_finite() {
            float_text::push_repr(float, &mut self.out);
            return Ok(());
        }
        if !self.style.allows_nan {
            return Err(vm.value_error("Out of range float values are not JSON compliant"));
        }
        self.out.push_str(match float {
            _ if float.is_nan() => "NaN",
            _ if float > 0.0 => "Infinity",
            _ => "-Infinity",
        });
        Ok(())
    }

    fn enter(&mut self, vm: &mut Vm, value: &Value) -> Result<()> {
        if self.style.checks_cycles && self.open.contains(&value.bits()) {
            return Err(vm.value_error("Circular reference detected"));
        }
        self.open.push(value.bits());
        Ok(())
    }

    fn value(&mut self, vm: &mut Vm, value: &Value, depth: usize) -> Result<()> {
        if self.plain(vm, value)? {
            return Ok(());
        }
        vm.with_recursion(" while encoding a JSON object", |vm| {
            if let Some(list) = vm.native::<List>(value) {
                let items = list.items.borrow().clone();
                self.enter(vm, value)?;
                self.array(vm, &items, depth)?;
            } else if let Some(tuple) = vm.native::<Tuple>(value) {
                self.enter(vm, value)?;
                self.array(vm, &tuple.items, depth)?;
            } else if let Some(dict) = vm.native::<Dict>(value) {
                self.enter(vm, value)?;
                self.object(vm, value, &dict, depth)?;
            } else {
                self.enter(vm, value)?;
                let replaced = vm.call(&self.style.default.clone(), std::slice::from_ref(value))?;
                self.value(vm, &replaced, depth)?;
            }
            Ok(())
        })?;
        self.open.pop();
        Ok(())
    }

    fn array(&mut self, vm: &mut Vm, items: &[Value], depth: usize) -> Result<()> {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(&self.style.item_separator);
            }
            self.newline(depth + 1);
            self.value(vm, item, depth + 1)?;
        }
        self.newline(depth);
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, vm: &mut Vm, value: &Value, dict: &Ref<Dict>, depth: usize) -> Result<()> {
        if dict.table.borrow().is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        let mut entries =
            if value.is_kind::<Dict>() { vm.dict_entries(dict) } else { self.entries_of_subclass(vm, value)? };
        if self.style.sorts_keys {
            let pairs = entries.iter().map(|(key, value)| vm.tuple(vec![key.clone(), value.clone()])).collect();
            let pairs = vm.list(pairs);
            vm.call_method(&pairs, "sort", &[])?;
            entries = vm.items(&pairs)?.iter().filter_map(pair).collect();
        }
        self.out.push('{');
        let mut is_first = true;
        for (key, item) in entries {
            let start = self.out.len();
            if !is_first {
                self.out.push_str(&self.style.item_separator);
            }
            self.newline(depth + 1);
            if !self.key(vm, &key)? {
                self.out.truncate(start);
                continue;
            }
            is_first = false;
            self.out.push_str(&self.style.key_separator);
            self.value(vm, &item, depth + 1)?;
        }
        self.newline(depth);
        self.out.push('}');
        vm.check_text(self.out.len())
    }

    /// The entries of a subclass's instance, through its own `items`.
    fn entries_of_subclass(&mut self, vm: &mut Vm, value: &Value) -> Result<Vec<(Value, Value)>> {
        let items = vm.call_method(value, "items", &[])?;
        Ok(vm.items(&items)?.iter().filter_map(pair).collect())
    }

    /// Writes a key; false if it is to be left out.
    fn key(&mut self, vm: &mut Vm, key: &Value) -> Result<bool> {
        if let Some(text) = vm.text_of(key) {
            push_string(&text.text, self.style.is_ascii, &mut self.out);
            return Ok(true);
        }
        let is_plain = key.is_none() || key.as_bool().is_some() || key.as_float().is_some() || vm.is_int(key);
        if is_plain {
            self.out.push('"');
            self.plain(vm, key)?;
            self.out.push('"');
            return Ok(true);
        }
        if self.style.skips_keys {
            return Ok(false);
        }
        let name = vm.type_name(key);
        Err(vm.type_error(format!("keys must be str, int, float, bool or None, not {name}")))
    }
}

/// The two items of a tuple.
fn pair(value: &Value) -> Option<(Value, Value)> {
    let tuple = value.downcast::<Tuple>()?;
    Some((tuple.items.first()?.clone(), tuple.items.get(1)?.clone()))
}

/// Writes a text between quotes.
fn push_string(text: &str, is_ascii: bool, out: &mut String) {
    out.push('"');
    let mut plain_from = 0;
    for (offset, character) in text.char_indices() {
        let escape = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            ' '..='~' => continue,
            _ if character >= '\u{80}' && !is_ascii => continue,
            '\u{7f}' if !is_ascii => continue,
            _ => "",
        };
        out.push_str(&text[plain_from..offset]);
        plain_from = offset + character.len_utf8();
        if escape.is_empty() {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[plain_from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, is_ascii: bool) -> String {
        let mut out = String::new();
        push_string(text, is_ascii, &mut out);
        out
    }

    #[test]
    fn strings_are_escaped_as_cpython_escapes_them() {
        assert_eq!(written("a\"b\\c\n\u{1}", true), r#""a\"b\\c\n\u0001""#);
        assert_eq!(written("\u{e9}\u{1F600}\u{7f}", true), r#""\u00e9\ud83d\ude00\u007f""#);
        assert_eq!(written("\u{e9}\u{1F600}", false), "\"\u{e9}\u{1F600}\"");
    }
}
