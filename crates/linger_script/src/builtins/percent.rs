//! `format % values` for text and bytes: which value goes where, and its conversion to what the format asks for.
//!
//! The syntax of formats is in `pure::percent`. A format of bytes is treated as text in which each character stands for a
//! byte, so that one walk serves both.

use linger_heap::{Ref, Value};

use super::bytes_type::octets_of;
use crate::objects::{Dict, NativeObject, Special, Str, Tuple};
use crate::pure::float_text::{self, FloatForm, FloatStyle};
use crate::pure::int_text::{self, IntRef};
use crate::pure::percent::{self, Conversion, Count, Piece, Resolved};
use crate::vm::{Raise, Result, Vm};

/// The values of a format, in the order in which they are taken.
struct Supply<'a> {
    /// What stands on the right of `%`.
    all: &'a Value,
    /// Whether keys look values up in it.
    is_mapping: bool,
    /// The values, if they are those of a tuple...
    tuple: Option<Ref<Tuple>>,
    /// ...and the only one otherwise.
    single: Value,
    next: usize,
}

impl Supply<'_> {
    fn items(&self) -> &[Value] {
        match &self.tuple {
            Some(tuple) => &tuple.items,
            None => std::slice::from_ref(&self.single),
        }
    }

    fn next(&mut self, vm: &mut Vm) -> Result<Value> {
        let item = self.items().get(self.next).cloned();
        self.next += 1;
        item.ok_or_else(|| vm.type_error("not enough arguments for format string"))
    }

    /// The integer for a `*`; 0 where there is none.
    fn count(&mut self, vm: &mut Vm, count: Count) -> Result<Value> {
        if count != Count::Argument {
            return Ok(vm.int(0));
        }
        let value = self.next(vm)?;
        if vm.is_int(&value) { Ok(value) } else { Err(vm.type_error("* wants int")) }
    }
}

/// What a format is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Medium {
    Text,
    Bytes,
}

/// Bytes as characters, and back.
fn as_characters(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| byte as char).collect()
}

fn as_bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| c as u8).collect()
}

impl Vm {
    /// `text % values` of a `str`. One without a conversion is its own result.
    pub(crate) fn percent_text(&mut self, text: &Value, values: &Value) -> Result<Value> {
        let filled = self.percent_format(text, values)?;
        let is_same = text.downcast::<Str>().is_some_and(|text| !text.text.is_empty() && !text.text.contains('%'));
        Ok(if is_same { text.clone() } else { filled })
    }

    /// `format % args` of a `str`, `bytes` or `bytearray`.
    pub(crate) fn percent_format(&mut self, format: &Value, args: &Value) -> Result<Value> {
        if let Some(text) = self.text_of(format) {
            let mut out = self.take_text_buffer();
            self.fill_format(&text.text, args, Medium::Text, &mut out)?;
            return Ok(self.keep_text(out));
        }
        let Some(octets) = octets_of(self, format) else { return Ok(Value::NOT_IMPLEMENTED) };
        let template = octets.read(as_characters);
        let mut out = String::new();
        self.fill_format(&template, args, Medium::Bytes, &mut out)?;
        Ok(octets.same_kind(self, as_bytes(&out)))
    }

    fn fill_format(&mut self, format: &str, args: &Value, medium: Medium, out: &mut String) -> Result<()> {
        let tuple = self.native::<Tuple>(args);
        let is_mapping = tuple.is_none() && args.is_object() && self.is_format_mapping(args, medium);
        let is_tuple = tuple.is_some();
        let mut supply = Supply { all: args, is_mapping, tuple, single: args.clone(), next: 0 };
        for piece in percent::pieces(format, is_mapping) {
            match piece {
                Err(error) => return Err(self.pure_error(error)),
                Ok(Piece::Literal(text)) => out.push_str(text),
                Ok(Piece::Conversion(conversion)) => {
                    self.fill_conversion(&conversion, &mut supply, medium, out)?;
                    self.check_built(out.len())?;
                }
            }
        }
        if supply.next < supply.items().len() && (is_tuple || !is_mapping) {
            let what = if medium == Medium::Text { "string" } else { "bytes" };
            return Err(self.type_error(format!("not all arguments converted during {what} formatting")));
        }
        Ok(())
    }

    /// Whether keys of a format are sought in a value.
    fn is_format_mapping(&mut self, value: &Value, medium: Medium) -> bool {
        if self.is_str(value) || (medium == Medium::Bytes && octets_of(self, value).is_some()) {
            return false;
        }
        self.native::<Dict>(value).is_some()
            || value.is_kind::<NativeObject>()
            || self.special(value, Special::GetItem).is_some()
    }

    fn fill_conversion(
        &mut self,
        conversion: &Conversion<'_>,
        supply: &mut Supply<'_>,
        medium: Medium,
        out: &mut String,
    ) -> Result<()> {
        if let Some(key) = conversion.key {
            debug_assert!(supply.is_mapping, "the reader of formats refuses keys otherwise");
            let key = if medium == Medium::Text { self.str(key) } else { self.bytes(as_bytes(key)) };
            supply.single = self.get_item(supply.all, &key)?;
            supply.next = 0;
        }
        if medium == Medium::Text && self.fill_quickly(conversion, supply, out)? {
            return Ok(());
        }
        let width = supply.count(self, conversion.width)?;
        let width = self.index_i64(&width)?;
        let precision = supply.count(self, conversion.precision)?;
        let precision = i64::from(super::arity::c_int(self, &precision)?);
        let value = supply.next(self)?;
        let is_known =
            "sradiuoxXeEfFgGc".contains(conversion.kind) || (conversion.kind == 'b' && medium == Medium::Bytes);
        if !is_known {
            return Err(self.pure_error(conversion.unsupported()));
        }
        let how = match conversion.resolve(width, precision) {
            Ok(how) => how,
            Err(error) => return Err(self.pure_error(error)),
        };
        self.check_text(how.width)?;
        match how.kind {
            's' | 'b' if medium == Medium::Bytes => {
                let text = self.bytes_for_format(&value)?;
                out.push_str(&how.format_text(&text));
            }
            's' => match self.text_of(&value).filter(|_| value.is_kind::<Str>()) {
                Some(text) => out.push_str(&how.format_text(&text.text)),
                None => {
                    let text = self.to_text(&value)?;
                    out.push_str(&how.format_text(&text));
                }
            },
            'r' if medium == Medium::Text => {
                let text = self.repr(&value)?;
                out.push_str(&how.format_text(&text));
            }
            'r' | 'a' => {
                let text = self.ascii(&value)?;
                out.push_str(&how.format_text(&text));
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => out.push_str(&self.percent_int(&value, &how, medium)?),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let number = self.percent_float(&value, medium)?;
                out.push_str(&how.format_float(number));
            }
            _ => {
                let c = self.percent_char(&value, medium)?;
                out.push_str(&how.format_char(c));
            }
        }
        Ok(())
    }

    /// Writes a conversion of the commonest kinds, if it is one and its value is what it is for.
    fn fill_quickly(&mut self, conversion: &Conversion<'_>, supply: &mut Supply<'_>, out: &mut String) -> Result<bool> {
        let Some(width) = conversion.quick_width() else { return Ok(false) };
        let Some(value) = supply.items().get(supply.next).cloned() else { return Ok(false) };
        let start = out.len();
        let int = value.as_small_int();
        let float = value.as_float().filter(|float| float.is_finite());
        let is_number = match (conversion.kind, conversion.precision, int, float) {
            ('d' | 'i', Count::None, Some(int), _) => {
                out.push_str(itoa::Buffer::new().format(int));
                true
            }
            ('x' | 'X' | 'o', Count::None, Some(int), _) => {
                int_text::push_radix(int, conversion.kind, out);
                true
            }
            ('f', Count::Fixed(places @ ..=12), _, Some(float)) => {
                float_text::push_text(float, FloatForm::Fixed(places), FloatStyle::default(), out);
                true
            }
            ('s', Count::None, ..) => {
                self.push_text(&value, out)?;
                false
            }
            ('r', Count::None, ..) => {
                self.push_repr(&value, out)?;
                false
            }
            _ => return Ok(false),
        };
        supply.next += 1;
        conversion.fill(width, is_number, start, out);
        Ok(true)
    }

    /// The value of `%d` and the like as an integer, formatted.
    fn percent_int(&mut self, value: &Value, how: &Resolved, medium: Medium) -> Result<String> {
        let decimal = matches!(how.kind, 'd' | 'i' | 'u');
        let number = if self.is_int(value) {
            value.clone()
        } else {
            let found = if decimal {
                if self.is_number(value) { super::int_type::to_int(self, value) } else { Err(self.type_error("")) }
            } else {
                self.index(value)
            };
            match found {
                Ok(number) => number,
                Err(error) => {
                    let shown = if medium == Medium::Bytes && how.kind == 'i' { 'd' } else { how.kind };
                    return Err(self.percent_type_error(error, value, shown, decimal));
                }
            }
        };
        let text = if let Some(small) = self.to_i64(&number) {
            how.format_int(IntRef::Small(small))
        } else {
            let big = self.to_bigint(&number).unwrap_or_default();
            how.format_int(IntRef::Big(&big))
        };
        text.map_err(|error| self.pure_error(error))
    }

    /// A `TypeError` of the conversion in the words of the format; any other error as it is.
    fn percent_type_error(&mut self, error: Raise, value: &Value, kind: char, decimal: bool) -> Raise {
        let class = self.classes.type_error.clone();
        if !self.is_exception(&error, &class) {
            return error;
        }
        let wanted = if decimal { "a real number" } else { "an integer" };
        let found = self.type_name(value);
        self.type_error(format!("%{kind} format: {wanted} is required, not {found}"))
    }

    /// Whether a value says that it is a number.
    fn is_number(&mut self, value: &Value) -> bool {
        value.as_float().is_some()
            || self.is_int(value)
            || [Special::Index, Special::Int, Special::Float]
                .into_iter()
                .any(|name| self.special(value, name).is_some())
    }

    fn percent_float(&mut self, value: &Value, medium: Medium) -> Result<f64> {
        let error = match self.to_f64(value) {
            Ok(number) => return Ok(number),
            Err(error) => error,
        };
        let class = self.classes.type_error.clone();
        if medium == Medium::Bytes && self.is_exception(&error, &class) {
            let found = self.type_name(value);
            return Err(self.type_error(format!("float argument required, not {found}")));
        }
        Err(error)
    }

    fn percent_char(&mut self, value: &Value, medium: Medium) -> Result<char> {
        if medium == Medium::Bytes {
            return self.percent_byte(value);
        }
        if let Some(text) = self.text_of(value) {
            let mut chars = text.text.chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(c),
                _ => Err(self.type_error("%c requires int or char")),
            };
        }
        let number = match self.is_int(value) || self.special(value, Special::Index).is_some() {
            true => self.index(value)?,
            false => return Err(self.type_error("%c requires int or char")),
        };
        let code = super::arity::saturated(self, &number);
        IntRef::Small(code).to_char().map_err(|error| self.pure_error(error))
    }

    fn percent_byte(&mut self, value: &Value) -> Result<char> {
        if let Some(octets) = octets_of(self, value) {
            let single = octets.read(|bytes| if let [byte] = bytes { Some(*byte) } else { None });
            if let Some(byte) = single {
                return Ok(byte as char);
            }
        } else if self.is_int(value) {
            return match self.to_i64(value).and_then(|code| u8::try_from(code).ok()) {
                Some(byte) => Ok(byte as char),
                None => Err(self.overflow_error("%c arg not in range(256)")),
            };
        }
        Err(self.type_error("%c requires an integer in range(256) or a single byte"))
    }

    /// The value of `%b`: bytes, or what `__bytes__` gives.
    fn bytes_for_format(&mut self, value: &Value) -> Result<String> {
        let found = match octets_of(self, value) {
            Some(octets) => Some(octets),
            None => match self.call_special(value, Special::Bytes, &[])? {
                Some(bytes) => octets_of(self, &bytes),
                None => None,
            },
        };
        match found {
            Some(octets) => Ok(octets.read(as_characters)),
            None => {
                let found = self.type_name(value);
                Err(self.type_error(format!(
                    "%b requires a bytes-like object, or an object that implements __bytes__, not '{found}'"
                )))
            }
        }
    }
}
