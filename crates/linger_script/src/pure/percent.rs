//! `text % values`: the pieces of the format, and the formatting of one conversion from a plain value.
//!
//! It knows no argument tuple or mapping; the caller fetches each value, in order, and converts it.

use super::error::{PureError, PureResult};
use super::float_text::{self, FloatForm, FloatStyle};
use super::format_spec::MAX_WIDTH;
use super::int_text::IntRef;
use super::str_text::{char_len, insert_repeated, push_repeated};

/// A stretch of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text to copy.
    Literal(&'a str),
    /// A value to format.
    Conversion(Conversion<'a>),
}

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Not given.
    None,
    /// Written out.
    Fixed(usize),
    /// `*`: the next argument, which must be an int.
    Argument,
}

/// The flag characters of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub sign: bool,
    /// a space
    pub blank: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

/// One `%...` conversion as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion<'a> {
    /// The mapping key of `%(key)s`.
    pub key: Option<&'a str>,
    /// Its flags.
    pub flags: Flags,
    /// Its width.
    pub width: Count,
    /// Its precision.
    pub precision: Count,
    /// The type's letter, which may be unknown.
    pub kind: char,
    /// The place of the letter in the format, in characters.
    pub index: usize,
}

/// A conversion whose `*` are filled in.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// Its flags.
    pub flags: Flags,
    /// Its width.
    pub width: usize,
    /// Its precision.
    pub precision: Option<usize>,
    /// The type's letter.
    pub kind: char,
}

impl Conversion<'_> {
    /// The width of a conversion without flags but those of how it is filled, and without a `*`; 0 where none is given.
    pub fn quick_width(&self) -> Option<usize> {
        match (self.width, self.flags) {
            (_, Flags { sign: true, .. } | Flags { blank: true, .. } | Flags { alternate: true, .. }) => None,
            (Count::None, _) => Some(0),
            (Count::Fixed(width @ ..=64), _) => Some(width),
            _ => None,
        }
    }

    /// Fills what stands in `out` from `start` on up to the width.
    pub fn fill(&self, width: usize, is_number: bool, start: usize, out: &mut String) {
        if width == 0 {
            return;
        }
        let room = width.saturating_sub(char_len(&out[start..]));
        if self.flags.left {
            push_repeated(out, ' ', room);
        } else if self.flags.zero && is_number {
            let digits = start + usize::from(out[start..].starts_with('-'));
            insert_repeated(out, digits, '0', room);
        } else {
            insert_repeated(out, start, ' ', room);
        }
    }

    /// Fills in what the `*` arguments gave; each is ignored where there was no `*`.
    pub fn resolve(&self, width: i64, precision: i64) -> PureResult<Resolved> {
        let mut flags = self.flags;
        let width = match self.width {
            Count::None => 0,
            Count::Fixed(width) => width,
            Count::Argument => {
                flags.left |= width < 0;
                usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX)
            }
        };
        let precision = match self.precision {
            Count::None => None,
            Count::Fixed(precision) => Some(precision),
            Count::Argument => Some(usize::try_from(precision).unwrap_or(0)),
        };
        // Of text a precision only ever cuts, so it may be as large as it likes.
        let of_text = matches!(self.kind, 's' | 'r' | 'a' | 'c');
        if width > MAX_WIDTH || precision.is_some_and(|precision| precision > MAX_WIDTH && !of_text) {
            return Err(PureError::memory());
        }
        Ok(Resolved { flags, width, precision, kind: self.kind })
    }

    /// The error for a letter that means nothing.
    pub fn unsupported(&self) -> PureError {
        let shown = if (' '..='~').contains(&self.kind) { self.kind } else { '?' };
        let code = self.kind as u32;
        PureError::value(format!("unsupported format character '{shown}' (0x{code:x}) at index {}", self.index))
    }
}

/// The pieces of a format, in order; what is wrong is said when it is reached.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
    /// Characters before `rest`.
    index: usize,
    mapping: bool,
}

/// Splits a format into its pieces; `mapping` says whether the values are in one, which keys need.
pub fn pieces(format: &str, mapping: bool) -> Pieces<'_> {
    Pieces { rest: format, index: 0, mapping }
}

impl<'a> Pieces<'a> {
    fn next_char(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        self.index += 1;
        Some(c)
    }

    fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.index += taken.chars().count();
        taken
    }

    fn count(&mut self, too_big: &str) -> PureResult<Count> {
        if self.rest.starts_with('*') {
            self.next_char();
            return Ok(Count::Argument);
        }
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Ok(Count::None);
        }
        let number = digits.parse::<usize>().ok().filter(|n| *n <= isize::MAX as usize);
        number.map(Count::Fixed).ok_or_else(|| PureError::value(too_big))
    }

    fn conversion(&mut self) -> PureResult<Conversion<'a>> {
        let incomplete = || PureError::value("incomplete format");
        // Most are a letter and no more.
        if let [b's' | b'd' | b'r' | b'i' | b'f' | b'x' | b'c', ..] = self.rest.as_bytes() {
            let (index, flags) = (self.index, Flags::default());
            let kind = self.next_char().ok_or_else(incomplete)?;
            return Ok(Conversion { key: None, flags, width: Count::None, precision: Count::None, kind, index });
        }
        let key = if self.rest.starts_with('(') {
            if !self.mapping {
                return Err(PureError::type_error("format requires a mapping"));
            }
            self.next_char();
            let mut depth = 1;
            let key = self.take_while(|c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth > 0
            });
            // The closing parenthesis, which is missing where the format ended.
            self.next_char().ok_or_else(|| PureError::value("incomplete format key"))?;
            Some(key)
        } else {
            None
        };
        let mut flags = Flags::default();
        for c in self.take_while(|c| matches!(c, '-' | '+' | ' ' | '#' | '0')).chars() {
            match c {
                '-' => flags.left = true,
                '+' => flags.sign = true,
                ' ' => flags.blank = true,
                '#' => flags.alternate = true,
                _ => flags.zero = true,
            }
        }
        let width = self.count("width too big")?;
        let mut precision = Count::None;
        if self.rest.starts_with('.') {
            self.next_char();
            precision = match self.count("precision too big")? {
                Count::None => Count::Fixed(0),
                given => given,
            };
        }
        if self.rest.starts_with(['h', 'l', 'L']) {
            self.next_char();
        }
        let index = self.index;
        let kind = self.next_char().ok_or_else(incomplete)?;
        Ok(Conversion { key, flags, width, precision, kind, index })
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = PureResult<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let literal = self.take_while(|c| c != '%');
        if !literal.is_empty() {
            return Some(Ok(Piece::Literal(literal)));
        }
        self.next_char();
        if let Some(rest) = self.rest.strip_prefix('%') {
            let literal = &self.rest[..1];
            self.rest = rest;
            self.index += 1;
            return Some(Ok(Piece::Literal(literal)));
        }
        let conversion = self.conversion();
        if conversion.is_err() {
            self.rest = "";
        }
        Some(conversion.map(Piece::Conversion))
    }
}

impl Resolved {
    /// Formats the text of `s`, `r` and `a`, cut to the precision.
    pub fn format_text(&self, text: &str) -> String {
        let shown = match self.precision.and_then(|precision| text.char_indices().nth(precision)) {
            Some((end, _)) => &text[..end],
            None => text,
        };
        self.pad("", shown, ' ')
    }

    /// Formats the character of `c`.
    pub fn format_char(&self, c: char) -> String {
        self.pad("", c.encode_utf8(&mut [0; 4]), ' ')
    }

    /// Formats the integer of `d`, `i`, `u`, `o`, `x` and `X`.
    pub fn format_int(&self, n: IntRef<'_>) -> PureResult<String> {
        let (base, prefix) = match self.kind {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = n.magnitude_digits(base)?;
        if self.kind == 'X' {
            digits.make_ascii_uppercase();
        }
        if let Some(precision) = self.precision.filter(|precision| *precision > digits.len()) {
            digits.insert_str(0, &"0".repeat(precision - digits.len()));
        }
        let mut front = self.sign(n.is_negative()).to_owned();
        if self.flags.alternate {
            front.push_str(prefix);
        }
        Ok(self.pad(&front, &digits, self.number_fill()))
    }

    /// Formats the float of `e`, `E`, `f`, `F`, `g` and `G`.
    pub fn format_float(&self, x: f64) -> String {
        let precision = self.precision.unwrap_or(6);
        let form = match self.kind {
            'e' | 'E' => FloatForm::Exponent(precision),
            'f' | 'F' => FloatForm::Fixed(precision),
            _ => FloatForm::General(precision),
        };
        let upper = self.kind.is_ascii_uppercase();
        let style = FloatStyle { alternate: self.flags.alternate, upper, ..FloatStyle::default() };
        let text = float_text::to_text(x, form, style);
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text.as_str()),
        };
        self.pad(self.sign(negative), size, self.number_fill())
    }

    fn sign(&self, negative: bool) -> &'static str {
        match self.flags {
            _ if negative => "-",
            Flags { sign: true, .. } => "+",
            Flags { blank: true, .. } => " ",
            _ => "",
        }
    }

    fn number_fill(&self) -> char {
        if self.flags.zero { '0' } else { ' ' }
    }

    /// Zeros go between the sign and the digits, spaces around both.
    fn pad(&self, front: &str, text: &str, with: char) -> String {
        let padding = self.width.saturating_sub(front.len() + text.chars().count());
        let fill = |out: &mut String, fill: char| push_repeated(out, fill, padding);
        let mut out = String::with_capacity(front.len() + text.len() + padding);
        if self.flags.left {
            out.push_str(front);
            out.push_str(text);
            fill(&mut out, ' ');
        } else if with == '0' {
            out.push_str(front);
            fill(&mut out, '0');
            out.push_str(text);
        } else {
            fill(&mut out, ' ');
            out.push_str(front);
            out.push_str(text);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pure::ErrorKind;

    fn only(format: &str) -> Conversion<'_> {
        match pieces(format, true).next() {
            Some(Ok(Piece::Conversion(conversion))) => conversion,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn splits() {
        let found: Vec<_> = pieces("é%s %%|%(a(b)c)-#5.*lx", true).collect::<Result<_, _>>().expect("valid");
        assert_eq!(found.len(), 6);
        assert_eq!(found[0], Piece::Literal("é"));
        assert!(matches!(&found[1], Piece::Conversion(c) if c.kind == 's' && c.index == 2));
        assert_eq!(found[3], Piece::Literal("%"));
        let Piece::Conversion(last) = &found[5] else { panic!("no conversion") };
        assert_eq!(last.key, Some("a(b)c"));
        assert_eq!((last.width, last.precision, last.kind), (Count::Fixed(5), Count::Argument, 'x'));
        assert!(last.flags.left && last.flags.alternate && !last.flags.zero);
    }

    #[test]
    fn refuses() {
        let message = |format: &str| pieces(format, true).find_map(Result::err).expect("refused").message;
        assert_eq!(message("a%"), "incomplete format");
        assert!(pieces("%(a)s", false).next().is_some_and(|piece| piece.is_err_and(|e| e.kind == ErrorKind::Type)));
        assert_eq!(message("%5"), "incomplete format");
        assert_eq!(message("%(a"), "incomplete format key");
        assert_eq!(message("%99999999999999999999d"), "width too big");
        assert_eq!(message("%.99999999999999999999d"), "precision too big");
        assert_eq!(only("%y").unsupported().message, "unsupported format character 'y' (0x79) at index 1");
        assert_eq!(only("%é").unsupported().message, "unsupported format character '?' (0xe9) at index 1");
        assert!(only("%*d").resolve(i64::MAX, 0).is_err_and(|e| e == PureError::memory()));
    }

    #[test]
    fn formats() {
        for (format, n, text) in [
            ("%d", -5, "-5"),
            ("%5d", -5, "   -5"),
            ("%05d", -5, "-0005"),
            ("%-05d", -5, "-5   "),
            ("%+d", 5, "+5"),
            ("% d", 5, " 5"),
            ("%#x", 255, "0xff"),
            ("%#08X", -255, "-0X000FF"),
            ("%#8o", 8, "    0o10"),
            ("%.4d", 5, "0005"),
            ("%#8.4x", 10, "  0x000a"),
        ] {
            let resolved = only(format).resolve(0, 0).expect("small");
            assert_eq!(resolved.format_int(IntRef::Small(n)), Ok(text.to_owned()), "{format}");
        }
        for (format, x, text) in [
            ("%f", 1.5, "1.500000"),
            ("%.0f", 2.5, "2"),
            ("%#.0f", 2.5, "2."),
            ("%08.2f", -1.5, "-0001.50"),
            ("%E", 1e-10, "1.000000E-10"),
            ("%g", 1e-5, "1e-05"),
            ("%+6.1f", f64::INFINITY, "  +inf"),
            ("%06f", f64::NAN, "000nan"),
        ] {
            assert_eq!(only(format).resolve(0, 0).expect("small").format_float(x), text, "{format}");
        }
        let resolved = only("%*.*s").resolve(-4, 2).expect("small");
        assert_eq!(resolved.format_text("日本語"), "日本  ");
        assert_eq!(only("%05s").resolve(0, 0).expect("small").format_text("a"), "    a");
        assert_eq!(only("%3c").resolve(0, 0).expect("small").format_char('é'), "  é");
    }
}
