//! Values as numbers: what is an int or a float, and what becomes one by `__index__` or `__float__`.

use std::borrow::Cow;
use std::cmp::Ordering;

use linger_heap::{Unpacked, Value};

use super::{Result, Vm};
use crate::objects::*;
use crate::pure::float_num;

/// A number of a script, for arithmetic that the quick paths leave out.
#[derive(Debug, Clone)]
pub(crate) enum Number {
    Int(i64),
    Big(num_bigint::BigInt),
    Float(f64),
}

impl Number {
    pub(super) fn order(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => Some(a.cmp(b)),
            (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
            (Number::Float(a), Number::Int(b)) => float_num::compare_i64(*a, *b),
            (Number::Int(a), Number::Float(b)) => float_num::compare_i64(*b, *a).map(Ordering::reverse),
            (Number::Float(a), Number::Big(b)) => float_num::compare_bigint(*a, b),
            (Number::Big(a), Number::Float(b)) => float_num::compare_bigint(*b, a).map(Ordering::reverse),
            (a, b) => Some(a.to_big().cmp(&b.to_big())),
        }
    }

    /// The number as a large integer; a float is cut off.
    pub fn to_big(&self) -> num_bigint::BigInt {
        match self {
            Number::Int(value) => (*value).into(),
            Number::Big(value) => value.clone(),
            Number::Float(value) => float_num::to_bigint(*value).unwrap_or_default(),
        }
    }
}

/// A large integer, or a small one as such.
pub(super) fn big_of(value: &Value) -> Option<Cow<'_, num_bigint::BigInt>> {
    match value.as_small_int() {
        Some(int) => Some(Cow::Owned(int.into())),
        None => value.downcast::<BigInt>().map(BigInt::to_big),
    }
}

impl Vm {
    /// The number that a value is: an int, bool or float, or an instance of a subclass.
    pub(crate) fn number(&self, value: &Value) -> Option<Number> {
        match value.unpack() {
            Unpacked::Int(int) => Some(Number::Int(int)),
            Unpacked::Float(float) => Some(Number::Float(float)),
            Unpacked::Bool(truth) => Some(Number::Int(i64::from(truth))),
            Unpacked::Object(_) => match value.downcast::<BigInt>() {
                Some(big) => Some(match big.as_wide().and_then(|wide| i64::try_from(wide).ok()) {
                    Some(int) => Number::Int(int),
                    None => Number::Big(big.to_big().into_owned()),
                }),
                None => {
                    let payload = value.downcast::<Instance>()?.payload()?;
                    if payload.is_kind::<Instance>() { None } else { self.number(&payload) }
                }
            },
            _ => None,
        }
    }

    /// Whether a value is an int (or bool).
    pub fn is_int(&self, value: &Value) -> bool {
        matches!(self.number(value), Some(Number::Int(_) | Number::Big(_)))
    }

    /// Whether a value is a string.
    pub fn is_str(&self, value: &Value) -> bool {
        self.text_of(value).is_some()
    }

    /// An int as an `i64`, if it is one and fits.
    pub fn to_i64(&self, value: &Value) -> Option<i64> {
        match self.number(value)? {
            Number::Int(int) => Some(int),
            _ => None,
        }
    }

    /// An int of any size, if it is one.
    pub fn to_bigint(&self, value: &Value) -> Option<num_bigint::BigInt> {
        match self.number(value)? {
            Number::Float(_) => None,
            number => Some(number.to_big()),
        }
    }

    /// A float of any number, by `__float__` or `__index__` if need be.
    #[inline]
    pub fn to_f64(&mut self, value: &Value) -> Result<f64> {
        match plain_float(value) {
            Some(float) => Ok(float),
            None => self.to_f64_slowly(value),
        }
    }

    fn to_f64_slowly(&mut self, value: &Value) -> Result<f64> {
        match self.number(value) {
            Some(Number::Float(float)) => return Ok(float),
            // A script's subclass of `int` may say otherwise.
            Some(_)
                if value.is_kind::<Instance>()
                    && self.special(value, Special::Float).is_some_and(|method| !method.is_kind::<Native>()) => {}
            Some(Number::Int(int)) => return Ok(int as f64),
            Some(Number::Big(big)) => {
                return float_num::bigint_to_f64(&big)
                    .ok_or_else(|| self.overflow_error("int too large to convert to float"));
            }
            None => {}
        }
        if let Some(result) = self.call_special(value, Special::Float, &[])? {
            return match self.number(&result) {
                Some(Number::Float(float)) => {
                    let method = format!("{}.__float__", self.type_name(value));
                    self.warn_of_strict_subclass(&result, &method, "float")?;
                    Ok(float)
                }
                _ => Err(self.type_error(format!(
                    "{}.__float__ returned non-float (type {})",
                    self.type_name(value),
                    self.type_name(&result)
                ))),
            };
        }
        if self.special(value, Special::Index).is_some() {
            let index = self.index(value)?;
            return self.to_f64(&index);
        }
        Err(self.type_error(format!("must be real number, not {}", self.type_name(value))))
    }

    /// A conversion's method should give the very type that it is named for; a subclass still does, with a warning.
    pub(crate) fn warn_of_strict_subclass(&mut self, result: &Value, method: &str, type_name: &str) -> Result<()> {
        let found = self.type_name(result);
        if found == type_name && !result.is_kind::<Instance>() {
            return Ok(());
        }
        self.warn_deprecated(&format!(
            "{method} returned non-{type_name} (type {found}).  The ability to return an instance of a strict subclass \
             of {type_name} is deprecated, and may be removed in a future version of Python."
        ))
    }

    /// A `DeprecationWarning` about the line of script that runs.
    pub(crate) fn warn_deprecated(&mut self, message: &str) -> Result<()> {
        let module = self.import_name("warnings", 0, &Value::NONE)?;
        let (message, category) = (self.str(message), self.classes.deprecation_warning.to_value());
        self.call_method(&module, "warn", &[message, category]).map(drop)
    }

    /// An int, by `__index__` if need be.
    pub fn index(&mut self, value: &Value) -> Result<Value> {
        match self.number(value) {
            Some(Number::Int(int)) => return Ok(self.int(int)),
            Some(Number::Big(_)) if value.is_kind::<BigInt>() => return Ok(value.clone()),
            Some(Number::Big(big)) => return Ok(self.big(big)),
            _ => {}
        }
        match self.call_special(value, Special::Index, &[])? {
            Some(result) if self.is_int(&result) => {
                self.warn_of_strict_subclass(&result, "__index__", "int")?;
                self.index(&result)
            }
            Some(result) => {
                Err(self.type_error(format!("__index__ returned non-int (type {})", self.type_name(&result))))
            }
            None => {
                Err(self.type_error(format!("'{}' object cannot be interpreted as an integer", self.type_name(value))))
            }
        }
    }

    /// An int that fits, by `__index__` if need be.
    pub fn index_i64(&mut self, value: &Value) -> Result<i64> {
        if let Some(int) = value.as_small_int() {
            return Ok(int);
        }
        let index = self.index(value)?;
        match self.to_i64(&index) {
            Some(int) => Ok(int),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }
}

/// A float, or a small integer as one.
#[inline]
pub(crate) fn plain_float(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_small_int().map(|int| int as f64))
}
