//! Integers as text: `int(text, base)` and the decimal, binary, octal and hexadecimal forms.
//!
//! It knows no width or grouping; `format_spec` and `percent` do that.

use super::error::{PureError, PureResult};
use super::float_num::bigint_to_f64;
use super::str_repr::repr_str;
use super::unicode::{decimal_value, is_space};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use std::cell::Cell;
use std::fmt::Write;

/// How many digits a conversion between decimal text and an integer may have, unless [`set_max_digits`] was called.
const MAX_STR_DIGITS: usize = 4300;

thread_local! {
    static MAX_DIGITS: Cell<usize> = const { Cell::new(MAX_STR_DIGITS) };
}

/// How many digits a conversion on this thread may have; 0 is any number.
pub fn max_digits() -> usize {
    MAX_DIGITS.get()
}

/// Sets it for this thread.
pub fn set_max_digits(digits: usize) {
    MAX_DIGITS.set(digits);
}

/// An integer in the smaller of the two sizes that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Int {
    /// It fits.
    Small(i64),
    /// It does not.
    Big(BigInt),
}

impl From<BigInt> for Int {
    fn from(n: BigInt) -> Self {
        n.to_i64().map_or(Self::Big(n), Self::Small)
    }
}

/// An integer of either size, borrowed.
#[derive(Clone, Copy, Debug)]
pub enum IntRef<'a> {
    /// A small one.
    Small(i64),
    /// Any.
    Big(&'a BigInt),
}

impl IntRef<'_> {
    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            Self::Small(n) => n < 0,
            Self::Big(n) => n.sign() == Sign::Minus,
        }
    }

    /// Its digits without sign or prefix, lower case; base 10 has the limit of `decimal`.
    pub fn magnitude_digits(self, base: u32) -> PureResult<String> {
        let text = match self {
            Self::Small(n) => radix_i64(n, base),
            Self::Big(n) if base == 10 => decimal(n)?,
            Self::Big(n) => radix_bigint(n, base),
        };
        Ok(match text.strip_prefix('-') {
            Some(size) => size.to_owned(),
            None => text,
        })
    }

    /// The nearest float.
    pub fn to_f64(self) -> PureResult<f64> {
        match self {
            Self::Small(n) => Ok(n as f64),
            Self::Big(n) => bigint_to_f64(n).ok_or_else(|| PureError::overflow("int too large to convert to float")),
        }
    }

    /// The character of that code point, as the `c` format types take it.
    pub fn to_char(self) -> PureResult<char> {
        let code = match self {
            Self::Small(n) => u32::try_from(n).ok(),
            Self::Big(n) => n.to_u32(),
        };
        let code = code.filter(|code| *code < 0x11_0000);
        let code = code.ok_or_else(|| PureError::overflow("%c arg not in range(0x110000)"))?;
        // Text here holds no lone surrogates; one becomes the replacement character.
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// `int(text, base)`; base 0 reads the prefix.
pub fn parse_int(text: &str, base: u32) -> PureResult<Int> {
    if base == 1 || base > 36 {
        return Err(PureError::value("int() base must be >= 2 and <= 36, or 0"));
    }
    parse_digits(text, base)?.ok_or_else(|| invalid_literal(&repr_str(text), base))
}

/// The `ValueError` for text that is no integer; `repr` is the `repr` of what was to be converted.
pub fn invalid_literal(repr: &str, base: u32) -> PureError {
    let shown: String = repr.chars().take(200).collect();
    PureError::value(format!("invalid literal for int() with base {base}: {shown}"))
}

/// The integer that the text spells, `None` where it spells none.
fn parse_digits(text: &str, base: u32) -> PureResult<Option<Int>> {
    let text = text.trim_matches(is_space);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let (base, digits_text, zero_only) = match base {
        0 if prefix != 0 => (prefix, &text[2..], false),
        // Without a prefix a leading zero was octal once, and is an error now.
        0 => (10, text, text.chars().next().and_then(decimal_value) == Some(0)),
        _ if prefix == base => (base, &text[2..], false),
        _ => (base, text, false),
    };
    // An underscore may follow a prefix, as in 0x_ff.
    let mut after_digit = digits_text.len() != text.len();
    let mut digits = Vec::with_capacity(digits_text.len());
    for c in digits_text.chars() {
        if c == '_' {
            if !after_digit {
                return Ok(None);
            }
            after_digit = false;
            continue;
        }
        match decimal_value(c).or_else(|| c.to_digit(36)).filter(|digit| *digit < base) {
            Some(digit) => digits.push(digit as u8),
            None => return Ok(None),
        }
        after_digit = true;
    }
    if digits.is_empty() || !after_digit || (zero_only && digits.iter().any(|digit| *digit != 0)) {
        return Ok(None);
    }
    let most = max_digits();
    if !base.is_power_of_two() && most > 0 && digits.len() > most {
        return Err(PureError::value(format!(
            "Exceeds the limit ({most} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    let mut small = Some(0i64);
    for digit in &digits {
        small = small.and_then(|n| n.checked_mul(i64::from(base))).and_then(|n| n.checked_add(i64::from(*digit)));
    }
    Ok(match small {
        Some(n) => Some(Int::Small(if negative { -n } else { n })),
        None => BigInt::from_radix_be(sign, &digits, base).map(Int::from),
    })
}

/// `str(n)` of any integer.
pub fn decimal(n: &BigInt) -> PureResult<String> {
    let most = max_digits();
    let too_long = || {
        PureError::value(format!(
            "Exceeds the limit ({most} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // Ten bits are three digits and a bit: what has this many bits is far too long to be worth converting.
    if most > 0 && n.bits() > most as u64 * 10 / 3 + 64 {
        return Err(too_long());
    }
    let text = n.to_str_radix(10);
    let digits = text.len() - usize::from(n.sign() == Sign::Minus);
    if most > 0 && digits > most { Err(too_long()) } else { Ok(text) }
}

/// The digits of an integer in base 2, 8, 10 or 16, lower case, with a leading `-` but no prefix.
pub fn radix_i64(n: i64, base: u32) -> String {
    let mut text = String::with_capacity(20);
    match base {
        2 => push_radix(n, 'b', &mut text),
        8 => push_radix(n, 'o', &mut text),
        16 => push_radix(n, 'x', &mut text),
        _ => return n.to_string(),
    }
    text
}

/// Appends an integer in the base of one of the letters `b`, `o`, `x` and `X`, without a prefix.
pub fn push_radix(n: i64, letter: char, out: &mut String) {
    if n < 0 {
        out.push('-');
    }
    let size = n.unsigned_abs();
    let written = match letter {
        'b' => write!(out, "{size:b}"),
        'o' => write!(out, "{size:o}"),
        'X' => write!(out, "{size:X}"),
        _ => write!(out, "{size:x}"),
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

/// Appends what `bin`, `oct` and `hex` say of an integer, whose base is 2, 8 or 16.
pub fn push_prefixed(n: i64, base: u32, out: &mut String) {
    let start = out.len();
    let letter = match base {
        2 => 'b',
        8 => 'o',
        _ => 'x',
    };
    push_radix(n, letter, out);
    out.insert_str(start + usize::from(n < 0), radix_prefix(base));
}

/// The digits of any integer in base 2, 8 or 16, lower case, with a leading `-` but no prefix.
pub fn radix_bigint(n: &BigInt, base: u32) -> String {
    n.to_str_radix(base)
}

/// The prefix of `bin`, `oct` and `hex`.
pub fn radix_prefix(base: u32) -> &'static str {
    match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    }
}

/// `bin(n)`, `oct(n)` or `hex(n)`, from the digits that `radix_i64` or `radix_bigint` gave.
pub fn with_prefix(digits: &str, base: u32) -> String {
    match digits.strip_prefix('-') {
        Some(size) => ["-", radix_prefix(base), size].concat(),
        None => [radix_prefix(base), digits].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_int_takes() {
        for (text, base, n) in [
            ("12", 10, 12),
            (" -1_000\n", 10, -1000),
            ("+0b101", 0, 5),
            ("0b_1", 2, 1),
            ("0xFf", 16, 255),
            ("ff", 16, 255),
            ("0o17", 0, 15),
            ("0_0", 0, 0),
            ("00", 0, 0),
            ("٣٤", 10, 34),
            ("zz", 36, 1295),
            ("0b1", 16, 177),
            ("-9223372036854775808", 10, i64::MIN),
            ("007", 10, 7),
        ] {
            assert_eq!(parse_int(text, base), Ok(Int::Small(n)), "{text}");
        }
        assert_eq!(parse_int("9223372036854775808", 10), Ok(Int::Big(BigInt::from(1u64 << 63))));
        for (text, base) in [
            ("", 10),
            ("-", 10),
            ("1__0", 10),
            ("_1", 10),
            ("1_", 10),
            ("0x", 16),
            ("0x", 0),
            ("01", 0),
            ("0_1", 0),
            ("12x", 10),
            ("0b2", 0),
            ("8", 8),
            ("1 2", 10),
            ("- 1", 10),
            ("²", 10),
            ("0x_", 0),
        ] {
            let message = format!("invalid literal for int() with base {base}: '{text}'");
            assert_eq!(parse_int(text, base), Err(PureError::value(message)));
        }
        assert!(parse_int("1", 1).is_err_and(|e| e.message == "int() base must be >= 2 and <= 36, or 0"));
    }

    #[test]
    fn long_conversions_are_refused() {
        let error = parse_int(&"1".repeat(5000), 10).expect_err("too long");
        assert_eq!(
            error.message,
            "Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        assert!(parse_int(&"1".repeat(5000), 2).is_ok());
        let longest = BigInt::from(10).pow(4300) - 1;
        assert_eq!(decimal(&-&longest).map(|text| text.len()), Ok(4301));
        assert!(decimal(&(longest + 1)).is_err());
        assert!(decimal(&BigInt::from(10).pow(50_000)).is_err());
    }

    #[test]
    fn other_bases() {
        assert_eq!(with_prefix(&radix_i64(-10, 2), 2), "-0b1010");
        assert_eq!(with_prefix(&radix_i64(i64::MIN, 16), 16), "-0x8000000000000000");
        assert_eq!(with_prefix(&radix_bigint(&BigInt::from(1u128 << 70), 8), 8), "0o200000000000000000000000");
    }
}
