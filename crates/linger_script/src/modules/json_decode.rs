//! Reading JSON: the core of `json.loads`, in one pass over the text.
//!
//! Errors are raised by calling the class that Python's side gives, with message, document and position in characters.

use std::collections::HashMap;

use linger_heap::Value;

use crate::objects::Args;
use crate::pure::int_text::{self, Int};
use crate::vm::{Raise, Result, Vm};

/// What to call for values of a kind; the ready-made conversions where it is `None`.
struct Hooks {
    object: Option<Value>,
    pairs: Option<Value>,
    float: Option<Value>,
    int: Option<Value>,
    constant: Option<Value>,
    is_strict: bool,
    error: Value,
}

/// `_linger.json_decode(text, start, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, strict, error)`:
/// a value and the position behind it.
pub(super) fn decode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [text, start, object, pairs, float, int, constant, strict, error] =
        super::support::exactly::<9>(vm, &args, "json_decode")?;
    let Some(body) = vm.text_of(text) else {
        return Err(vm.type_error("the JSON object must be str"));
    };
    let start = vm.index_i64(start)?;
    let given = |value: &Value| super::support::given(Some(value.clone()));
    let hooks = Hooks {
        object: given(object),
        pairs: given(pairs),
        float: given(float),
        int: given(int),
        constant: given(constant),
        is_strict: vm.truth(strict)?,
        error: error.clone(),
    };
    let source: &str = &body.text;
    let offset = match usize::try_from(start) {
        Ok(start) if body.is_ascii() => start.min(source.len()),
        Ok(start) => source.char_indices().nth(start).map_or(source.len(), |(offset, _)| offset),
        Err(_) => return Err(vm.value_error("idx cannot be negative")),
    };
    let mut decoder = Decoder { source, document: text, hooks, keys: HashMap::new(), at: offset };
    let value = decoder.value(vm)?;
    let end = decoder.chars_before(decoder.at);
    Ok(vm.tuple(vec![value, vm.size(end)]))
}

struct Decoder<'a> {
    source: &'a str,
    document: &'a Value,
    hooks: Hooks,
    /// Keys seen: equal ones are the same object.
    keys: HashMap<String, Value>,
    at: usize,
}

impl Decoder<'_> {
    fn chars_before(&self, offset: usize) -> usize {
        let before = &self.source.as_bytes()[..offset.min(self.source.len())];
        // Continuation bytes are no characters of their own.
        before.iter().filter(|byte| (**byte as i8) >= -0x40).count()
    }

    fn error(&self, vm: &mut Vm, message: &str, offset: usize) -> Raise {
        let position = self.chars_before(offset);
        let values = [vm.str(message), self.document.clone(), vm.size(position)];
        match vm.call(&self.hooks.error, &values) {
            Ok(exception) => Raise(exception),
            Err(raised) => raised,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = self.source[self.at..].starts_with(word);
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    fn value(&mut self, vm: &mut Vm) -> Result<Value> {
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                let text = self.string(vm)?;
                Ok(vm.str(&text))
            }
            Some(b'{') => {
                vm.with_recursion(" while decoding a JSON object from a unicode string", |vm| self.object(vm))
            }
            Some(b'[') => vm.with_recursion(" while decoding a JSON array from a unicode string", |vm| self.array(vm)),
            Some(b'n') if self.takes("null") => Ok(Value::NONE),
            Some(b't') if self.takes("true") => Ok(Value::TRUE),
            Some(b'f') if self.takes("false") => Ok(Value::FALSE),
            Some(b'N') if self.takes("NaN") => self.constant(vm, "NaN", f64::NAN),
            Some(b'I') if self.takes("Infinity") => self.constant(vm, "Infinity", f64::INFINITY),
            Some(b'-') if self.takes("-Infinity") => self.constant(vm, "-Infinity", f64::NEG_INFINITY),
            Some(b'-' | b'0'..=b'9') => self.number(vm),
            _ => Err(self.error(vm, "Expecting value", self.at)),
        }
    }

    fn constant(&mut self, vm: &mut Vm, name: &str, value: f64) -> Result<Value> {
        match &self.hooks.constant {
            Some(hook) => {
                let name = vm.str(name);
                vm.call(hook, &[name])
            }
            None => Ok(Value::float(value)),
        }
    }

    fn digits(&self, from: usize) -> usize {
        self.source.as_bytes()[from..].iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn number(&mut self, vm: &mut Vm) -> Result<Value> {
        let start = self.at;
        let mut end = start + usize::from(self.peek() == Some(b'-'));
        let whole = match self.source.as_bytes().get(end) {
            Some(b'0') => 1,
            _ => self.digits(end),
        };
        if whole == 0 {
            return Err(self.error(vm, "Expecting value", start));
        }
        end += whole;
        let mut is_float = false;
        if self.source.as_bytes().get(end) == Some(&b'.') {
            let fraction = self.digits(end + 1);
            if fraction > 0 {
                end += 1 + fraction;
                is_float = true;
            }
        }
        if matches!(self.source.as_bytes().get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.source.as_bytes().get(end + 1), Some(b'+' | b'-')));
            let exponent = self.source.get(end + 1 + sign..).map_or(0, |_| self.digits(end + 1 + sign));
            if exponent > 0 {
                end += 1 + sign + exponent;
                is_float = true;
            }
        }
        self.at = end;
        let text = &self.source[start..end];
        let hook = if is_float { &self.hooks.float } else { &self.hooks.int };
        if let Some(hook) = hook {
            let text = vm.str(text);
            return vm.call(hook, &[text]);
        }
        if is_float {
            return Ok(Value::float(text.parse().unwrap_or(f64::NAN)));
        }
        match int_text::parse_int(text, 10) {
            Ok(Int::Small(small)) => Ok(vm.int(small)),
            Ok(Int::Big(big)) => Ok(vm.big(big)),
            Err(error) => Err(vm.pure_error(error)),
        }
    }

    /// The text of a string whose opening quote was taken.
    fn string(&mut self, vm: &mut Vm) -> Result<String> {
        let opening = self.at - 1;
        let mut text = String::new();
        let mut plain_from = self.at;
        loop {
            let Some(byte) = self.peek() else {
                return Err(self.error(vm, "Unterminated string starting at", opening));
            };
            match byte {
                b'"' => {
                    text.push_str(&self.source[plain_from..self.at]);
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => {
                    text.push_str(&self.source[plain_from..self.at]);
                    self.escape(vm, opening, &mut text)?;
                    plain_from = self.at;
                }
                0..=0x1f if self.hooks.is_strict => {
                    return Err(self.error(vm, "Invalid control character at", self.at));
                }
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self, vm: &mut Vm, opening: usize, text: &mut String) -> Result<()> {
        let backslash = self.at;
        self.at += 1;
        let Some(byte) = self.peek() else {
            return Err(self.error(vm, "Unterminated string starting at", opening));
        };
        self.at += 1;
        let character = match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode(vm)?,
            _ => {
                return Err(self.error(vm, "Invalid \\escape", backslash));
            }
        };
        text.push(character);
        Ok(())
    }

    /// The number of four hexadecimal digits at an offset.
    fn unit(&self, offset: usize) -> Option<u32> {
        let digits = self.source.as_bytes().get(offset..offset + 4)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok())
    }

    fn unicode(&mut self, vm: &mut Vm) -> Result<char> {
        let Some(unit) = self.unit(self.at) else {
            return Err(self.error(vm, "Invalid \\uXXXX escape", self.at - 1));
        };
        self.at += 4;
        if (0xD800..0xDC00).contains(&unit)
            && self.source[self.at..].starts_with("\\u")
            && let Some(low) = self.unit(self.at + 2)
            && (0xDC00..0xE000).contains(&low)
        {
            self.at += 6;
            let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        // Half of a pair is no character, and our strings hold none.
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn array(&mut self, vm: &mut Vm) -> Result<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.takes("]") {
            return Ok(vm.list(items));
        }
        loop {
            items.push(self.value(vm)?);
            self.skip_space();
            if self.takes("]") {
                return Ok(vm.list(items));
            }
            if !self.takes(",") {
                return Err(self.error(vm, "Expecting ',' delimiter", self.at));
            }
            self.skip_space();
        }
    }

    fn key(&mut self, vm: &mut Vm) -> Result<Value> {
        let text = self.string(vm)?;
        if let Some(known) = self.keys.get(&text) {
            return Ok(known.clone());
        }
        let key = vm.str(&text);
        self.keys.insert(text, key.clone());
        Ok(key)
    }

    fn object(&mut self, vm: &mut Vm) -> Result<Value> {
        self.at += 1;
        let mut pairs: Vec<(Value, Value)> = Vec::new();
        self.skip_space();
        if !self.takes("}") {
            loop {
                if !self.takes("\"") {
                    return Err(self.error(vm, "Expecting property name enclosed in double quotes", self.at));
                }
                let key = self.key(vm)?;
                self.skip_space();
                if !self.takes(":") {
                    return Err(self.error(vm, "Expecting ':' delimiter", self.at));
                }
                self.skip_space();
                let value = self.value(vm)?;
                pairs.push((key, value));
                self.skip_space();
                if self.takes("}") {
                    break;
                }
                if !self.takes(",") {
                    return Err(self.error(vm, "Expecting ',' delimiter", self.at));
                }
                self.skip_space();
            }
        }
        if let Some(hook) = self.hooks.pairs.clone() {
            let pairs = pairs.into_iter().map(|(key, value)| vm.tuple(vec![key, value])).collect();
            let pairs = vm.list(pairs);
            return vm.call(&hook, &[pairs]);
        }
        let dict = vm.dict();
        for (key, value) in pairs {
            vm.dict_set(&dict, key, value)?;
        }
        match self.hooks.object.clone() {
            Some(hook) => vm.call(&hook, &[dict.into_value()]),
            None => Ok(dict.into_value()),
        }
    }
}
