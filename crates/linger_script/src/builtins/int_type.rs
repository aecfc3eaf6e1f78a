//! `int`: the constructor, the table of methods and attributes; also what every conversion to an integer goes through.
//!
//! Conversions to and from bytes are in `int_bytes`, special methods in `number_dunders`, arithmetic is the machine's.

use linger_heap::Value;
use num_bigint::BigInt as Big;
use num_traits::{One, Signed};

use super::bytes_type::{octets_of, shown};
use super::checks::{named, special_takes};
use super::number_dunders as dunders;
use super::{arity, int_bytes, text_format};
use crate::objects::{Args, BigInt, NativeFn, Special};
use crate::pure::float_num;
use crate::pure::int_text::{self, Int};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__repr__", repr),
    ("__format__", text_format::format_method),
    ("__getnewargs__", getnewargs),
    ("__abs__", dunders::int_abs),
    ("__add__", dunders::int_add),
    ("__radd__", dunders::int_radd),
    ("__sub__", dunders::int_sub),
    ("__rsub__", dunders::int_rsub),
    ("__mul__", dunders::int_mul),
    ("__rmul__", dunders::int_rmul),
    ("__truediv__", dunders::int_truediv),
    ("__rtruediv__", dunders::int_rtruediv),
    ("__floordiv__", dunders::int_floordiv),
    ("__rfloordiv__", dunders::int_rfloordiv),
    ("__mod__", dunders::int_mod),
    ("__rmod__", dunders::int_rmod),
    ("__divmod__", dunders::int_divmod),
    ("__rdivmod__", dunders::int_rdivmod),
    ("__pow__", dunders::int_pow),
    ("__rpow__", dunders::int_rpow),
    ("__lshift__", dunders::int_lshift),
    ("__rlshift__", dunders::int_rlshift),
    ("__rshift__", dunders::int_rshift),
    ("__rrshift__", dunders::int_rrshift),
    ("__and__", dunders::int_and),
    ("__rand__", dunders::int_rand),
    ("__or__", dunders::int_or),
    ("__ror__", dunders::int_ror),
    ("__xor__", dunders::int_xor),
    ("__rxor__", dunders::int_rxor),
    ("__neg__", dunders::int_neg),
    ("__pos__", dunders::int_pos),
    ("__invert__", dunders::int_invert),
    ("__bool__", dunders::bool_of),
    ("__hash__", dunders::hash_of),
    ("__eq__", dunders::int_eq),
    ("__ne__", dunders::int_ne),
    ("__lt__", dunders::int_lt),
    ("__le__", dunders::int_le),
    ("__gt__", dunders::int_gt),
    ("__ge__", dunders::int_ge),
    ("__float__", float),
    ("__int__", same),
    ("__index__", same),
    ("__trunc__", same),
    ("__floor__", same),
    ("__ceil__", same),
    ("__round__", round),
    ("conjugate", conjugate),
    ("bit_length", bit_length),
    ("bit_count", bit_count),
    ("as_integer_ratio", as_integer_ratio),
    ("to_bytes", int_bytes::to_bytes),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("from_bytes", int_bytes::from_bytes)];

pub(super) const GETTERS: &[(&str, NativeFn)] =
    &[("real", same), ("imag", zero), ("numerator", same), ("denominator", one)];

/// The integer that a method of `int` is called on.
pub(super) fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Value> {
    match args.values.first() {
        Some(value) if vm.is_int(value) => vm.index(value),
        _ => Err(arity::wrong_receiver(vm, args, "int", name)),
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "int")?;
    let class = args.values.first().cloned().unwrap_or_default();
    let [value, base] = if args.names.is_empty() && args.values.len() == 2 {
        [args.values.get(1).cloned(), None]
    } else {
        // The first parameter has no name that a caller could use.
        named(vm, &args, "int", 1, ["", "base"], 0)?
    };
    let number = match (value, base) {
        (None, None) => vm.int(0),
        (None, Some(_)) => return Err(vm.type_error("int() missing string argument")),
        (Some(value), None) => to_int(vm, &value)?,
        (Some(value), Some(base)) => {
            let base = vm.index(&base)?;
            // Any base out of range gets the same message, whatever the value.
            let base = vm.to_i64(&base).and_then(|base| u32::try_from(base).ok()).unwrap_or(1);
            if base == 1 || base > 36 {
                return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"));
            }
            if let Some(text) = vm.text_of(&value) {
                let shown = vm.repr(&value)?;
                parsed(vm, &text.text, base, &shown)?
            } else if octets_of(vm, &value).is_some() {
                parse_octets(vm, &value, base)?
            } else {
                return Err(vm.type_error("int() can't convert non-string with explicit base"));
            }
        }
    };
    vm.wrap(&class, number)
}

fn parsed(vm: &mut Vm, text: &str, base: u32, shown: &str) -> Result<Value> {
    match int_text::parse_int(text, base) {
        Ok(Int::Small(number)) => Ok(vm.int(number)),
        Ok(Int::Big(number)) => Ok(vm.big(number)),
        Err(error) if error.message.starts_with("invalid literal") => {
            Err(vm.pure_error(int_text::invalid_literal(shown, base)))
        }
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn parse_octets(vm: &mut Vm, value: &Value, base: u32) -> Result<Value> {
    let text: Option<String> = octets_of(vm, value)
        .map(|octets| octets.read(|bytes| bytes.iter().map(|&byte| byte as char).collect::<String>()))
        // In bytes only ASCII digits count.
        .filter(|text| text.is_ascii());
    let shown = shown(vm, value);
    match text {
        Some(text) => parsed(vm, &text, base, &shown),
        None => Err(vm.pure_error(int_text::invalid_literal(&shown, base))),
    }
}

/// `int(value)`
pub(super) fn to_int(vm: &mut Vm, value: &Value) -> Result<Value> {
    if value.is_small_int() || value.is_kind::<BigInt>() {
        return Ok(value.clone());
    }
    if let Some(number) = value.as_float() {
        return from_float(vm, number);
    }
    if let Some(truth) = value.as_bool() {
        return Ok(vm.int(i64::from(truth)));
    }
    if let Some(text) = value.downcast::<crate::objects::Str>() {
        return match int_text::parse_int(&text.text, 10) {
            Ok(Int::Small(number)) => Ok(vm.int(number)),
            Ok(Int::Big(number)) => Ok(vm.big(number)),
            Err(error) => Err(vm.pure_error(error)),
        };
    }
    if let Some(number) = vm.call_special(value, Special::Int, &[])? {
        return checked_int(vm, number, "__int__");
    }
    if vm.special(value, Special::Index).is_some() {
        return vm.index(value);
    }
    if let Some(number) = vm.call_special(value, Special::Trunc, &[])? {
        vm.warn_deprecated("The delegation of int() to __trunc__ is deprecated.")?;
        if vm.is_int(&number) || vm.special(&number, Special::Index).is_some() {
            return vm.index(&number);
        }
        let found = vm.type_name(&number);
        return Err(vm.type_error(format!("__trunc__ returned non-Integral (type {found})")));
    }
    if let Some(text) = vm.text_of(value) {
        let shown = vm.repr(value)?;
        return parsed(vm, &text.text, 10, &shown);
    }
    if octets_of(vm, value).is_some() {
        return parse_octets(vm, value, 10);
    }
    let found = vm.type_name(value);
    Err(vm.type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{found}'")))
}

/// What `__int__` gave, which must be an integer.
fn checked_int(vm: &mut Vm, number: Value, method: &str) -> Result<Value> {
    if vm.is_int(&number) {
        vm.warn_of_strict_subclass(&number, method, "int")?;
        return vm.index(&number);
    }
    let found = vm.type_name(&number);
    Err(vm.type_error(format!("{method} returned non-int (type {found})")))
}

/// The integer part of a float.
pub(super) fn from_float(vm: &mut Vm, number: f64) -> Result<Value> {
    if number.abs() < 9e15 {
        return Ok(vm.int(number as i64));
    }
    match float_num::to_bigint(number) {
        Ok(number) => Ok(vm.big(number)),
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn getnewargs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__getnewargs__")?;
    Ok(vm.tuple(vec![number]))
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    // A truth value is shown as the number that it is.
    let number = this(vm, &args, "__repr__")?;
    let text = vm.native_repr(&number)?;
    Ok(vm.str(&text))
}

fn same(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    this(vm, &args, "__int__")
}

fn conjugate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "conjugate")?;
    arity::none(vm, &args, "int", "conjugate")?;
    Ok(number)
}

fn zero(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.int(0))
}

fn one(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.int(1))
}

fn float(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let number = this(vm, &args, "__float__")?;
    vm.to_f64(&number).map(Value::float)
}

fn bit_length(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "bit_length")?;
    arity::none(vm, &args, "int", "bit_length")?;
    let bits = vm.to_bigint(&number).unwrap_or_default().bits();
    Ok(vm.int(bits as i64))
}

fn bit_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "bit_count")?;
    arity::none(vm, &args, "int", "bit_count")?;
    let ones = vm.to_bigint(&number).unwrap_or_default().magnitude().count_ones();
    Ok(vm.int(ones as i64))
}

fn as_integer_ratio(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "as_integer_ratio")?;
    arity::none(vm, &args, "int", "as_integer_ratio")?;
    let one = vm.big(Big::one());
    Ok(vm.tuple(vec![number, one]))
}

fn round(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__round__")?;
    let digits = match arity::between(vm, &args, "int", "__round__", (0, 1))?.first() {
        Some(digits) => vm.index(digits)?,
        None => return Ok(number),
    };
    let digits = arity::saturated(vm, &digits);
    if digits >= 0 {
        return Ok(number);
    }
    let big = vm.to_bigint(&number).unwrap_or_default();
    // So many places round everything away; the power of ten need not be computed.
    match u32::try_from(digits.unsigned_abs()) {
        Ok(places) if u64::from(places) <= big.abs().bits() => {
            let rounded = float_num::round_int(&big, places);
            Ok(vm.big(rounded))
        }
        _ => Ok(vm.int(0)),
    }
}
