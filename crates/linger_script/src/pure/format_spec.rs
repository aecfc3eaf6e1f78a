//! The format mini-language, as `format()`, f-strings and `str.format` apply it to str, int and float.
//!
//! It knows no `__format__` and no nested fields: the caller dispatches on the type and expands the specification.

use super::complex::Complex;
use super::error::{PureError, PureResult};
use super::float_text::{self, FloatForm, FloatStyle};
use super::int_text::{IntRef, radix_prefix};
use super::str_text::push_repeated;
use super::unicode::decimal_value;
use num_traits::ToPrimitive;

/// No field is wider, nor more precise: what asks for more has asked for all memory.
pub(super) const MAX_WIDTH: usize = 1 << 28;

/// Where a field's text stands within its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    Center,
    /// The padding goes between the sign and the digits.
    AfterSign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// Only where negative, because nothing or `-` was written.
    Default,
    Minus,
    Plus,
    Space,
}

#[derive(Clone, Copy, Debug)]
struct Grouping {
    separator: char,
    size: usize,
}

/// A parsed specification.
#[derive(Clone, Copy, Debug)]
struct Spec {
    fill: char,
    align: Align,
    sign: Sign,
    no_negative_zero: bool,
    alternate: bool,
    width: usize,
    grouping: Option<Grouping>,
    precision: Option<usize>,
    /// The type's letter; `None` only for a float without one.
    kind: Option<char>,
}

fn align_of(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// Takes the digits that the text begins with; `None` where there are none.
pub(super) fn take_number(text: &mut &str) -> PureResult<Option<usize>> {
    let mut number: Option<usize> = None;
    while let Some((c, digit)) = text.chars().next().and_then(|c| Some((c, decimal_value(c)?))) {
        let grown = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit as usize));
        match grown.filter(|n| *n <= isize::MAX as usize) {
            Some(n) => number = Some(n),
            None => return Err(PureError::value("Too many decimal digits in format string")),
        }
        *text = &text[c.len_utf8()..];
    }
    Ok(number)
}

/// Takes the character if the text begins with it.
fn take(text: &mut &str, wanted: char) -> bool {
    let rest = text.strip_prefix(wanted);
    *text = rest.unwrap_or(text);
    rest.is_some()
}

fn show_code(c: char) -> String {
    if (33..128).contains(&(c as u32)) { c.to_string() } else { format!("\\x{:x}", c as u32) }
}

fn unknown_code(kind: char, type_name: &str) -> PureError {
    PureError::value(format!("Unknown format code '{}' for object of type '{type_name}'", show_code(kind)))
}

impl Spec {
    fn parse(text: &str, default_kind: Option<char>, default_align: Align, type_name: &str) -> PureResult<Self> {
        let mut spec = Self {
            fill: ' ',
            align: default_align,
            sign: Sign::Default,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: default_kind,
        };
        let (mut fill_given, mut align_given) = (false, false);
        let mut chars = text.chars();
        let (first, second) = (chars.next(), chars.next());
        let mut rest = text;
        if let (Some(fill), Some(align)) = (first, second.and_then(align_of)) {
            (spec.fill, spec.align) = (fill, align);
            (fill_given, align_given) = (true, true);
            rest = chars.as_str();
        } else if let Some(align) = first.and_then(align_of) {
            spec.align = align;
            align_given = true;
            rest = &text[1..];
        }
        for (written, sign) in [('+', Sign::Plus), ('-', Sign::Minus), (' ', Sign::Space)] {
            if take(&mut rest, written) {
                spec.sign = sign;
                break;
            }
        }
        spec.no_negative_zero = take(&mut rest, 'z');
        spec.alternate = take(&mut rest, '#');
        if !fill_given && take(&mut rest, '0') {
            spec.fill = '0';
            if !align_given && default_align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = take_number(&mut rest)?.unwrap_or(0);
        let comma = take(&mut rest, ',');
        let underscore = take(&mut rest, '_');
        if underscore && (comma || rest.starts_with(',')) {
            return Err(PureError::value("Cannot specify both ',' and '_'."));
        }
        if take(&mut rest, '.') {
            let precision = take_number(&mut rest)?;
            spec.precision = Some(precision.ok_or_else(|| PureError::value("Format specifier missing precision"))?);
        }
        let mut kinds = rest.chars();
        spec.kind = kinds.next().or(default_kind);
        if kinds.next().is_some() {
            let message = format!("Invalid format specifier '{text}' for object of type '{type_name}'");
            return Err(PureError::value(message));
        }
        if comma || underscore {
            spec.grouping = Some(Self::grouping_for(spec.kind, underscore)?);
        }
        Ok(spec)
    }

    fn grouping_for(kind: Option<char>, underscore: bool) -> PureResult<Grouping> {
        let separator = if underscore { '_' } else { ',' };
        match kind {
            None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | 'F' | '%') => Ok(Grouping { separator, size: 3 }),
            Some('b' | 'o' | 'x' | 'X') if underscore => Ok(Grouping { separator, size: 4 }),
            Some(kind) => Err(PureError::value(format!("Cannot specify '{separator}' with '{}'.", show_code(kind)))),
        }
    }

    fn check_size(&self) -> PureResult<()> {
        if self.width > MAX_WIDTH || self.precision.is_some_and(|precision| precision > MAX_WIDTH) {
            return Err(PureError::memory());
        }
        Ok(())
    }

    /// Pads text that has no sign.
    fn pad(&self, text: &str, out: &mut String) {
        let padding = self.width.saturating_sub(text.chars().count());
        let (left, right) = self.split_padding(padding);
        push_repeated(out, self.fill, left);
        out.push_str(text);
        push_repeated(out, self.fill, right);
    }

    fn split_padding(&self, padding: usize) -> (usize, usize) {
        match self.align {
            Align::Left => (0, padding),
            Align::Right | Align::AfterSign => (padding, 0),
            Align::Center => (padding / 2, padding - padding / 2),
        }
    }

    /// Lays out a number: sign and prefix, the digits that may be grouped, and what follows them.
    fn lay_out(&self, negative: bool, prefix: &str, digits: &str, rest: &str) -> String {
        let sign = match self.sign {
            _ if negative => "-",
            Sign::Plus => "+",
            Sign::Space => " ",
            Sign::Default | Sign::Minus => "",
        };
        let around = sign.len() + prefix.len() + rest.chars().count();
        // Zeros that fill the width are digits as far as grouping is concerned.
        let zero_filled = self.fill == '0' && self.align == Align::AfterSign;
        let min_width = if zero_filled { self.width.saturating_sub(around) } else { 0 };
        let grouped;
        let digits = if digits.is_empty() || (self.grouping.is_none() && digits.len() >= min_width) {
            digits
        } else {
            grouped = group(digits, self.grouping, min_width);
            &grouped
        };
        let padding = self.width.saturating_sub(around + digits.len());
        let mut out = String::with_capacity(self.width.max(around + digits.len()));
        let (left, right) = self.split_padding(padding);
        let after_sign = self.align == Align::AfterSign;
        if !after_sign {
            push_repeated(&mut out, self.fill, left);
        }
        out.push_str(sign);
        out.push_str(prefix);
        if after_sign {
            push_repeated(&mut out, self.fill, left);
        }
        out.push_str(digits);
        out.push_str(rest);
        push_repeated(&mut out, self.fill, right);
        out
    }
}

/// Digits with separators, and with leading zeros up to at least `min_width` characters.
fn group(digits: &str, grouping: Option<Grouping>, mut min_width: usize) -> String {
    let Some(Grouping { separator, size }) = grouping else {
        let mut out = String::with_capacity(min_width.max(digits.len()));
        push_repeated(&mut out, '0', min_width.saturating_sub(digits.len()));
        out.push_str(digits);
        return out;
    };
    let mut groups: Vec<String> = Vec::new();
    let mut left = digits;
    loop {
        let length = size.min(left.len().max(min_width).max(1));
        let (head, tail) = left.split_at(left.len() - length.min(left.len()));
        groups.push(format!("{}{tail}", "0".repeat(length - tail.len())));
        left = head;
        min_width = min_width.saturating_sub(length);
        if left.is_empty() && min_width == 0 {
            break;
        }
        min_width = min_width.saturating_sub(1);
    }
    groups.reverse();
    groups.join(separator.encode_utf8(&mut [0; 4]))
}

/// `format(text, spec)`; `type_name` is the name of the value's type, for messages.
pub fn format_str(text: &str, spec: &str, type_name: &str) -> PureResult<String> {
    if spec.is_empty() {
        return Ok(text.to_owned());
    }
    let spec = Spec::parse(spec, Some('s'), Align::Left, type_name)?;
    if let Some(kind) = spec.kind.filter(|kind| *kind != 's') {
        return Err(unknown_code(kind, type_name));
    }
    let refused = match spec {
        Spec { sign: Sign::Space, .. } => "Space not allowed",
        Spec { sign: Sign::Plus | Sign::Minus, .. } => "Sign not allowed",
        Spec { no_negative_zero: true, .. } => "Negative zero coercion (z) not allowed",
        Spec { alternate: true, .. } => "Alternate form (#) not allowed",
        Spec { align: Align::AfterSign, .. } => "'=' alignment not allowed",
        _ => "",
    };
    if !refused.is_empty() {
        return Err(PureError::value(format!("{refused} in string format specifier")));
    }
    if spec.width > MAX_WIDTH {
        return Err(PureError::memory());
    }
    let shown = match spec.precision.and_then(|precision| text.char_indices().nth(precision)) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    let mut out = String::with_capacity(shown.len().max(spec.width));
    spec.pad(shown, &mut out);
    Ok(out)
}

/// `format(n, spec)` of an integer; `type_name` is `int`, `bool` or a subclass's name.
pub fn format_int(n: IntRef<'_>, spec: &str, type_name: &str) -> PureResult<String> {
    if spec.is_empty() {
        let digits = n.magnitude_digits(10)?;
        return Ok(if n.is_negative() { format!("-{digits}") } else { digits });
    }
    let spec = Spec::parse(spec, Some('d'), Align::Right, type_name)?;
    let kind = spec.kind.unwrap_or('d');
    let base = match kind {
        'd' | 'n' => 10,
        'b' => 2,
        'o' => 8,
        'x' | 'X' => 16,
        'c' => 0,
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return lay_out_float(n.to_f64()?, &spec, type_name),
        _ => return Err(unknown_code(kind, type_name)),
    };
    if spec.precision.is_some() {
        return Err(PureError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(PureError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if base == 0 {
        if spec.sign != Sign::Default {
            return Err(PureError::value("Sign not allowed with integer format specifier 'c'"));
        }
        if spec.alternate {
            return Err(PureError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
        }
        spec.check_size()?;
        if let IntRef::Big(n) = n
            && n.to_i64().is_none()
        {
            return Err(PureError::overflow("Python int too large to convert to C long"));
        }
        return Ok(spec.lay_out(false, "", "", n.to_char()?.encode_utf8(&mut [0; 4])));
    }
    spec.check_size()?;
    let mut digits = n.magnitude_digits(base)?;
    let mut prefix = if spec.alternate { radix_prefix(base) } else { "" };
    if kind == 'X' {
        digits.make_ascii_uppercase();
        prefix = if spec.alternate { "0X" } else { "" };
    }
    Ok(spec.lay_out(n.is_negative(), prefix, &digits, ""))
}

/// `format(x, spec)` of a float; `type_name` is `float` or a subclass's name.
pub fn format_float(x: f64, spec: &str, type_name: &str) -> PureResult<String> {
    if spec.is_empty() {
        return Ok(float_text::repr(x));
    }
    let spec = Spec::parse(spec, None, Align::Right, type_name)?;
    lay_out_float(x, &spec, type_name)
}

fn lay_out_float(x: f64, spec: &Spec, type_name: &str) -> PureResult<String> {
    let precision = spec.precision.unwrap_or(6);
    let form = match spec.kind {
        None => spec.precision.map_or(FloatForm::Shortest, FloatForm::General),
        Some('e' | 'E') => FloatForm::Exponent(precision),
        Some('f' | 'F' | '%') => FloatForm::Fixed(precision),
        Some('g' | 'G' | 'n') => FloatForm::General(precision),
        Some(kind) => return Err(unknown_code(kind, type_name)),
    };
    if precision > i32::MAX as usize {
        return Err(PureError::value("precision too big"));
    }
    spec.check_size()?;
    let style = FloatStyle {
        alternate: spec.alternate,
        add_dot_0: spec.kind.is_none(),
        upper: matches!(spec.kind, Some('E' | 'F' | 'G')),
    };
    let percent = spec.kind == Some('%');
    let x = if percent { x * 100.0 } else { x };
    let text = float_text::to_text(x, form, style);
    let (mut negative, size) = match text.strip_prefix('-') {
        Some(size) => (true, size),
        None => (false, text.as_str()),
    };
    let mantissa = size.split(['e', 'E']).next().unwrap_or(size);
    if spec.no_negative_zero && x.is_finite() && !mantissa.contains(|c: char| ('1'..='9').contains(&c)) {
        negative = false;
    }
    let whole = size.find(|c: char| !c.is_ascii_digit()).unwrap_or(size.len());
    let mut rest = size[whole..].to_owned();
    if percent {
        rest.push('%');
    }
    Ok(spec.lay_out(negative, "", &size[..whole], &rest))
}

/// `format(number, spec)` of a complex number: both parts by the same rules, padded as one.
pub fn format_complex(number: Complex, spec: &str, type_name: &str) -> PureResult<String> {
    if spec.is_empty() {
        return Ok(number.repr());
    }
    let mut spec = Spec::parse(spec, None, Align::Right, type_name)?;
    if spec.kind.is_some_and(|kind| !"eEfFgGn".contains(kind)) {
        return Err(unknown_code(spec.kind.unwrap_or(' '), type_name));
    }
    if spec.fill == '0' {
        return Err(PureError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(PureError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let whole = Spec { width: std::mem::take(&mut spec.width), ..spec };
    let bare = spec.kind.is_none();
    let part = |part: f64, sign: Sign| -> PureResult<String> {
        let part_spec = Spec { sign, align: Align::Left, ..spec };
        let text = lay_out_float(part, &part_spec, type_name)?;
        // Without a letter a part that is whole has no `.0`.
        Ok(if bare && !spec.alternate { text.strip_suffix(".0").map(str::to_owned).unwrap_or(text) } else { text })
    };
    let text = if bare && number.real == 0.0 && number.real.is_sign_positive() {
        format!("{}j", part(number.imag, spec.sign)?)
    } else {
        let (real, imag) = (part(number.real, spec.sign)?, part(number.imag, Sign::Plus)?);
        if bare { format!("({real}{imag}j)") } else { format!("{real}{imag}j") }
    };
    let mut out = String::new();
    whole.pad(&text, &mut out);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn integers() {
        for (n, spec, text) in [
            (42, "", "42"),
            (-42, "06d", "-00042"),
            (42, "+", "+42"),
            (42, "<5", "42   "),
            (42, "*^7", "**42***"),
            (1234567, ",", "1,234,567"),
            (1234, "010,", "00,001,234"),
            (1234, "08,", "0,001,234"),
            (255, "#x", "0xff"),
            (255, "#06X", "0X00FF"),
            (-255, "#b", "-0b11111111"),
            (65535, "_x", "ffff"),
            (1048575, "_b", "1111_1111_1111_1111_1111"),
            (97, "c", "a"),
            (97, "^5c", "  a  "),
            (5, ".2f", "5.00"),
            (1, "%", "100.000000%"),
            (-5, "= 6", "-    5"),
            (5, "é=+6", "+éééé5"),
            (123456789, "n", "123456789"),
        ] {
            assert_eq!(format_int(IntRef::Small(n), spec, "int"), Ok(text.to_owned()), "{spec}");
        }
        let big = -(BigInt::from(1) << 70u32);
        assert_eq!(format_int(IntRef::Big(&big), "_", "int"), Ok("-1_180_591_620_717_411_303_424".to_owned()));
    }

    #[test]
    fn floats() {
        for (x, spec, text) in [
            (3.0, "", "3.0"),
            (3.0, "5", "  3.0"),
            (3.15159, ".3", "3.15"),
            (1e20, ",", "1e+20"),
            (1234567.891, ",.2f", "1,234,567.89"),
            (1234.5, "012,.1f", "00,001,234.5"),
            (f64::INFINITY, "010", "0000000inf"),
            (f64::NAN, "F", "NAN"),
            (-0.0001, "z.2f", "0.00"),
            (0.256, ".1%", "25.6%"),
            (1e10, "g", "1e+10"),
            (1e10, "#.3G", "1.00E+10"),
            (12.0, ".0e", "1e+01"),
            (12.0, " .0f", " 12"),
            (-1.5, "+08.2f", "-0001.50"),
            (100.0, ".3", "1e+02"),
        ] {
            assert_eq!(format_float(x, spec, "float"), Ok(text.to_owned()), "{x} {spec}");
        }
    }

    #[test]
    fn text() {
        for (text, spec, result) in
            [("abc", "5", "abc  "), ("abc", "é>5.2", "éééab"), ("日本", "^5s", " 日本  "), ("a", "05", "a0000")]
        {
            assert_eq!(format_str(text, spec, "str"), Ok(result.to_owned()));
        }
    }

    #[test]
    fn refusals() {
        let message = |result: PureResult<String>| result.expect_err("refused").message;
        for (spec, text) in [
            ("+", "Sign not allowed in string format specifier"),
            (" ", "Space not allowed in string format specifier"),
            ("z", "Negative zero coercion (z) not allowed in string format specifier"),
            ("#", "Alternate form (#) not allowed in string format specifier"),
            ("=5", "'=' alignment not allowed in string format specifier"),
            ("d", "Unknown format code 'd' for object of type 'str'"),
            (",", "Cannot specify ',' with 's'."),
            ("qq", "Invalid format specifier 'qq' for object of type 'str'"),
        ] {
            assert_eq!(message(format_str("a", spec, "str")), text);
        }
        for (spec, text) in [
            (".3", "Precision not allowed in integer format specifier"),
            ("z", "Negative zero coercion (z) not allowed in integer format specifier"),
            ("+c", "Sign not allowed with integer format specifier 'c'"),
            ("#c", "Alternate form (#) not allowed with integer format specifier 'c'"),
            ("s", "Unknown format code 's' for object of type 'int'"),
            ("é", "Unknown format code '\\xe9' for object of type 'int'"),
            ("_,", "Cannot specify both ',' and '_'."),
            (",,", "Cannot specify ',' with ','."),
            (",b", "Cannot specify ',' with 'b'."),
            (".", "Format specifier missing precision"),
            ("99999999999999999999", "Too many decimal digits in format string"),
        ] {
            assert_eq!(message(format_int(IntRef::Small(1), spec, "int")), text);
        }
        assert_eq!(message(format_float(1.0, ".99999999999", "float")), "precision too big");
        assert!(format_float(1.0, "99999999999", "float").is_err_and(|e| e == PureError::memory()));
        assert!(format_int(IntRef::Small(-1), "c", "int").is_err_and(|e| e.message.contains("0x110000")));
    }
}
