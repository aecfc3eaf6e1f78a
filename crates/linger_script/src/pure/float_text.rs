//! Floats as text: `repr`, parsing, `hex`, and the conversions behind every format type.
//!
//! It knows no width, fill or grouping: those are `format_spec` and `percent`.

use super::error::{PureError, PureResult};
use super::float_num::{decompose, scaled_to_f64};
use super::str_text::push_repeated;
use super::unicode::{decimal_value, is_space};
use num_bigint::BigUint;
use num_traits::Zero;
use std::fmt::Write;

/// No float has more significant digits than this, nor more behind the point: further ones are zeros.
const MAX_EXACT_DIGITS: usize = 1100;

/// How a float becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatForm {
    /// As few digits as read back the same float (`repr`).
    Shortest,
    /// One digit, a point, that many digits, an exponent (`e`).
    Exponent(usize),
    /// That many digits behind the point (`f`).
    Fixed(usize),
    /// That many significant digits, whichever of the two is shorter (`g`).
    General(usize),
}

/// What else shapes a float's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatStyle {
    /// Keep the point and trailing zeros (`#`).
    pub alternate: bool,
    /// End a whole number without exponent in `.0`.
    pub add_dot_0: bool,
    /// `E`, `INF`, `NAN` instead of `e`, `inf`, `nan`.
    pub upper: bool,
}

/// `repr(x)`.
pub fn repr(x: f64) -> String {
    let mut out = String::with_capacity(24);
    push_repr(x, &mut out);
    out
}

/// Appends `repr(x)`.
pub fn push_repr(x: f64, out: &mut String) {
    let size = x.abs();
    if size < 1e15 && size.trunc() == size {
        if x.is_sign_negative() {
            out.push('-');
        }
        out.push_str(itoa::Buffer::new().format(size as u64));
        return out.push_str(".0");
    }
    if (1e-4..1e16).contains(&size) {
        // Within this range the standard library's text is CPython's, save for a tie that only many digits can have.
        let start = out.len();
        let written = write!(out, "{x:?}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        let text = &out[start..];
        let places = text.len() - 1 - text.find('.').unwrap_or(text.len() - 1);
        if text.len() <= 16 || !may_be_halfway(size, places as i64) {
            return;
        }
        out.truncate(start);
    }
    push_text(x, FloatForm::Shortest, FloatStyle { add_dot_0: true, ..FloatStyle::default() }, out);
}

/// The text of `x` in a form, with a leading `-` where it is negative (negative zero included, NaN not).
pub fn to_text(x: f64, form: FloatForm, style: FloatStyle) -> String {
    let mut out = String::with_capacity(24);
    push_text(x, form, style, &mut out);
    out
}

/// Appends what [`to_text`] gives.
pub fn push_text(x: f64, form: FloatForm, style: FloatStyle, out: &mut String) {
    if !x.is_finite() {
        let text = if x.is_nan() {
            "nan"
        } else if x < 0.0 {
            "-inf"
        } else {
            "inf"
        };
        return if style.upper { out.push_str(&text.to_ascii_uppercase()) } else { out.push_str(text) };
    }
    if let FloatForm::Fixed(precision @ 0..=MAX_EXACT_DIGITS) = form {
        if !style.alternate && push_fixed(x, precision, out).is_some() {
            return;
        }
        let point = if precision == 0 && style.alternate { "." } else { "" };
        let written = write!(out, "{x:.precision$}{point}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        return;
    }
    let (digits, point) = decimal_digits(x.abs(), form);
    if x.is_sign_negative() {
        out.push('-');
    }
    lay_out(&digits, point, form, style, out);
}

/// Appends the text with a fixed number of places, by exact arithmetic in 128 bits; `None` where these are not enough.
fn push_fixed(x: f64, precision: usize, out: &mut String) -> Option<()> {
    let (mantissa, exponent) = decompose(x.abs());
    if precision > 12 || !(-120..=0).contains(&exponent) {
        return None;
    }
    let scale = 10_u64.pow(precision as u32);
    let product = u128::from(mantissa) * u128::from(scale);
    let shift = exponent.unsigned_abs() as u32;
    let mut scaled = product >> shift;
    if shift > 0 {
        let (rest, half) = (product & ((1 << shift) - 1), 1 << (shift - 1));
        // Half goes to the even one.
        scaled += u128::from(rest > half || (rest == half && scaled & 1 == 1));
    }
    let (whole, fraction) = match u64::try_from(scaled) {
        Ok(scaled) => (scaled / scale, scaled % scale),
        Err(_) => (u64::try_from(scaled / u128::from(scale)).ok()?, (scaled % u128::from(scale)) as u64),
    };
    let mut digits = itoa::Buffer::new();
    if x.is_sign_negative() {
        out.push('-');
    }
    out.push_str(digits.format(whole));
    if precision > 0 {
        out.push('.');
        let fraction = digits.format(fraction);
        push_repeated(out, '0', precision - fraction.len());
        out.push_str(fraction);
    }
    Some(())
}

/// The decimal digits of a finite, non-negative float without trailing zeros, and the place of the point among them.
fn decimal_digits(x: f64, form: FloatForm) -> (String, i64) {
    let (text, scientific) = match form {
        FloatForm::Shortest => (shortest(x), true),
        FloatForm::Exponent(precision) => (format!("{x:.*e}", precision.min(MAX_EXACT_DIGITS)), true),
        FloatForm::General(precision) => (format!("{x:.*e}", precision.clamp(1, MAX_EXACT_DIGITS) - 1), true),
        FloatForm::Fixed(precision) => (format!("{x:.*}", precision.min(MAX_EXACT_DIGITS)), false),
    };
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) if scientific => (mantissa, exponent.parse::<i64>().unwrap_or(0)),
        _ => (text.as_str(), 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut point = whole.len() as i64 + exponent;
    let all = [whole, fraction].concat();
    let significant = all.trim_start_matches('0');
    point -= (all.len() - significant.len()) as i64;
    let significant = significant.trim_end_matches('0');
    if significant.is_empty() { ("0".to_owned(), 1) } else { (significant.to_owned(), point) }
}

/// The fewest digits that read back `x`; of two candidates equally near, the even one.
fn shortest(x: f64) -> String {
    let text = format!("{x:e}");
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    // The standard library takes the greater of the two, which is then the odd one; only among long ones can this be.
    let odd = digits.as_bytes()[digits.len() - 1] & 1 == 1;
    if odd && digits.len() > 16 && may_be_halfway(x, digits.len() as i64 - 2 - exponent.parse().unwrap_or(0)) {
        let nearest = format!("{x:.*e}", digits.len() - 2);
        if nearest.parse() == Ok(x) {
            return nearest;
        }
    }
    text
}

/// Whether `x` may lie halfway between two numbers of so many decimal places: it then has exactly one place more.
fn may_be_halfway(x: f64, places: i64) -> bool {
    let (mantissa, exponent) = decompose(x);
    let exact_places = -(exponent + i64::from(mantissa.trailing_zeros()));
    places < 0 || exact_places == places + 1
}

fn lay_out(digits: &str, point: i64, form: FloatForm, style: FloatStyle, out: &mut String) {
    let count = digits.len() as i64;
    // Where the digits end, counted from their first; beyond the known ones stand zeros.
    let (exponential, mut end) = match form {
        FloatForm::Shortest => (point <= -4 || point > 16, count),
        FloatForm::Exponent(precision) => (true, precision as i64 + 1),
        FloatForm::Fixed(precision) => (false, point + precision as i64),
        FloatForm::General(precision) => {
            let precision = precision.max(1) as i64;
            let limit = precision - i64::from(style.add_dot_0);
            (point <= -4 || point > limit, if style.alternate { precision } else { count })
        }
    };
    let shown_point = if exponential { 1 } else { point };
    end = end.max(shown_point);
    if style.add_dot_0 && !exponential {
        end = end.max(shown_point + 1);
    }
    if shown_point <= 0 {
        out.push('0');
    }
    for at in shown_point.min(0)..end {
        if at == shown_point {
            out.push('.');
        }
        let digit = usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at));
        out.push(digit.map_or('0', |digit| char::from(*digit)));
    }
    if end == shown_point && style.alternate {
        out.push('.');
    }
    if exponential {
        let exponent = point - 1;
        out.push(if style.upper { 'E' } else { 'e' });
        out.push(if exponent < 0 { '-' } else { '+' });
        out.push_str(&format!("{:02}", exponent.abs()));
    }
}

/// `float(text)`; `None` where CPython says `could not convert string to float`.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_space);
    if text.is_ascii() && !text.contains('_') {
        return text.parse().ok();
    }
    let mut ascii = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '_' {
            let after_digit = ascii.ends_with(|c: char| c.is_ascii_digit());
            if !after_digit || chars.peek().is_none_or(|next| decimal_value(*next).is_none()) {
                return None;
            }
        } else {
            ascii.push(decimal_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c));
        }
    }
    ascii.parse().ok()
}

/// The message of the `ValueError` for text that is no float; `repr` is the text's `repr`.
pub fn parse_error(repr: &str) -> PureError {
    PureError::value(format!("could not convert string to float: {repr}"))
}

/// `x.hex()`.
pub fn hex(x: f64) -> String {
    if !x.is_finite() {
        return repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let biased = ((bits >> 52) & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// `float.fromhex(text)`.
pub fn from_hex(text: &str) -> PureResult<f64> {
    let invalid = || PureError::value("invalid hexadecimal floating-point string");
    let too_large = || PureError::overflow("hexadecimal value too large to represent as a float");
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let signed = |x: f64| if negative { -x } else { x };
    match text.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Ok(signed(f64::INFINITY)),
        "nan" => return Ok(signed(f64::NAN)),
        _ => {}
    }
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let (mantissa, exponent_text) = match text.find(['p', 'P']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(invalid());
    }
    let exponent = match exponent_text {
        None => 0,
        Some(text) => {
            let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
            if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
                return Err(invalid());
            }
            // An exponent beyond i64 behaves like any huge one.
            let size = unsigned.parse::<i64>().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
            if text.starts_with('-') { -size } else { size }
        }
    };
    let mantissa = BigUint::parse_bytes(digits.as_bytes(), 16).ok_or_else(invalid)?;
    if mantissa.is_zero() {
        return Ok(signed(0.0));
    }
    let exponent = exponent - 4 * fraction.len() as i64;
    scaled_to_f64(&mantissa, exponent).map(signed).ok_or_else(too_large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_arithmetic_agrees_with_the_standard_library() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 11
        };
        let mut fast = 0;
        for _ in 0..20_000 {
            let sign = if next() & 1 == 0 { 1.0 } else { -1.0 };
            let x = sign * next() as f64 / [1.0, 8.0, 1024.0, 1e6, 1e9, 1e15, 1e20, 3.0][next() as usize % 8];
            let halves = sign * (next() % 4000) as f64 / 16.0;
            for (x, precision) in [(x, next() as usize % 14), (halves, next() as usize % 5)] {
                let mut text = String::new();
                if push_fixed(x, precision, &mut text).is_some() {
                    assert_eq!(text, format!("{x:.precision$}"));
                    fast += 1;
                }
            }
        }
        assert!(fast > 30_000, "{fast}");
    }

    #[test]
    fn repr_is_shortest() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (9999999999999998.0, "9999999999999998.0"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-1.5e-7, "-1.5e-07"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (751829872209717.0 + 0.25, "751829872209717.2"),
            (2e16 + 8.0, "2.000000000000001e+16"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), text);
        }
    }

    #[test]
    fn forms() {
        let plain = FloatStyle::default();
        let alt = FloatStyle { alternate: true, ..plain };
        let dot = FloatStyle { add_dot_0: true, ..plain };
        for (x, form, style, text) in [
            (0.5, FloatForm::Fixed(0), plain, "0"),
            (1.5, FloatForm::Fixed(0), plain, "2"),
            (2.5, FloatForm::Fixed(0), plain, "2"),
            (2.5, FloatForm::Fixed(0), alt, "2."),
            (0.125, FloatForm::Fixed(2), plain, "0.12"),
            (1e22, FloatForm::Fixed(1), plain, "10000000000000000000000.0"),
            (0.0, FloatForm::Fixed(3), plain, "0.000"),
            (1.0, FloatForm::Exponent(0), plain, "1e+00"),
            (1.0, FloatForm::Exponent(0), alt, "1.e+00"),
            (123456.0, FloatForm::Exponent(2), plain, "1.23e+05"),
            (0.0, FloatForm::Exponent(2), plain, "0.00e+00"),
            (1e100, FloatForm::General(6), plain, "1e+100"),
            (100000.0, FloatForm::General(6), plain, "100000"),
            (1000000.0, FloatForm::General(6), plain, "1e+06"),
            (1.0, FloatForm::General(6), alt, "1.00000"),
            (0.0, FloatForm::General(3), alt, "0.00"),
            (10.0, FloatForm::General(2), dot, "1e+01"),
            (10.0, FloatForm::General(3), dot, "10.0"),
            (0.00012, FloatForm::General(0), plain, "0.0001"),
            (-0.001, FloatForm::Fixed(1), plain, "-0.0"),
        ] {
            assert_eq!(to_text(x, form, style), text, "{x:?} {form:?} {style:?}");
        }
        assert_eq!(to_text(f64::INFINITY, FloatForm::Fixed(2), FloatStyle { upper: true, ..plain }), "INF");
    }

    #[test]
    fn parses_what_float_takes() {
        for (text, x) in [
            (" 1_000.5e3 \n", 1_000_500.0),
            ("1.", 1.0),
            (".5", 0.5),
            ("+1e-3", 0.001),
            ("inf", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("٣.٥", 3.5),
            ("1e400", f64::INFINITY),
            ("1e1_0", 1e10),
        ] {
            assert_eq!(parse(text), Some(x), "{text}");
        }
        assert!(parse("nan").is_some_and(f64::is_nan));
        for text in ["", " ", ".", "1__0", "_1", "1_", "1_.5", "1._5", "0x1", "1e", "1 2", "infi", "--1", "1_e5"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_both_ways() {
        for (x, text) in [
            (1.0, "0x1.0000000000000p+0"),
            (-0.1, "-0x1.999999999999ap-4"),
            (0.0, "0x0.0p+0"),
            (5e-324, "0x0.0000000000001p-1022"),
            (1.7976931348623157e308, "0x1.fffffffffffffp+1023"),
        ] {
            assert_eq!(hex(x), text);
            assert_eq!(from_hex(text), Ok(x));
        }
        assert_eq!(from_hex(" ff.8 "), Ok(255.5));
        assert_eq!(from_hex("0x.8p1"), Ok(1.0));
        assert_eq!(from_hex("0x1p-1074"), Ok(5e-324));
        assert_eq!(from_hex("0x1p-1075"), Ok(0.0));
        assert_eq!(from_hex("0x1.8p-1075"), Ok(5e-324));
        assert_eq!(from_hex("0x1.00000000000008p0"), Ok(1.0));
        assert_eq!(from_hex("0x1.000000000000081p0"), Ok(1.0 + f64::EPSILON));
        assert_eq!(from_hex("0x1p-99999999999999999999"), Ok(0.0));
        for text in ["", "0x", "0x1p", "0x1.g", "1..2", "0x1 p1"] {
            assert!(from_hex(text).is_err_and(|e| e.message == "invalid hexadecimal floating-point string"));
        }
        for text in ["0x1p1024", "0x1.fffffffffffff8p1023", "1p99999999999999999999"] {
            assert!(from_hex(text).is_err_and(|e| e.message.contains("too large")), "{text}");
        }
    }
}
