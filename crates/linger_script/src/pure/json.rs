//! JSON as CPython's `json` module reads and writes it: the reader's events and errors, the text of strings and floats.
//!
//! It knows no dicts, lists or hooks: the caller builds values from events, on a stack of its own, and decides how deep
//! they may nest.

use super::error::{PureError, PureResult};
use super::float_text;
use std::borrow::Cow;
use thiserror::Error;

/// What is wrong with a document; the fields are the attributes of `JSONDecodeError`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}: line {line} column {column} (char {position})")]
pub struct JsonError {
    /// The text without the place (`msg`).
    pub message: &'static str,
    /// The character, from 0 (`pos`).
    pub position: usize,
    /// The line, from 1 (`lineno`).
    pub line: usize,
    /// The column, from 1 (`colno`).
    pub column: usize,
}

impl JsonError {
    /// An error at a byte of the document.
    fn at_byte(message: &'static str, text: &str, at: usize) -> Self {
        Self::new(message, text, text[..at].chars().count())
    }

    /// An error at a character of the document, as the constructor of `JSONDecodeError` computes it.
    pub fn new(message: &'static str, text: &str, position: usize) -> Self {
        let (mut line, mut column) = (1, position + 1);
        for (at, _) in text.chars().take(position).enumerate().filter(|(_, c)| *c == '\n') {
            line += 1;
            column = position - at;
        }
        Self { message, position, line, column }
    }
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number without point and exponent, for `parse_int`.
    Int(&'a str),
    /// Any other number, for `parse_float`.
    Float(&'a str),
    /// `NaN`, `Infinity` or `-Infinity`, for `parse_constant`.
    Constant(&'static str),
    /// A string that is a value.
    Text(Cow<'a, str>),
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `{`
    ObjectStart,
    /// The name of a member; its value follows.
    Key(Cow<'a, str>),
    /// `}`
    ObjectEnd,
}

/// What the reader is within, and what comes next there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    ArrayFirst,
    ArrayRest,
    ObjectFirst,
    ObjectValue,
    ObjectRest,
}

/// Reads one value of a document, event by event.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    strict: bool,
    within: Vec<Within>,
    started: bool,
}

impl<'a> Reader<'a> {
    /// Reads from a character on (`raw_decode`); where `strict` is not set, strings may hold control characters.
    pub fn new(text: &'a str, position: usize, strict: bool) -> Self {
        let at = super::str_text::byte_offset(text, position);
        Self { text, at, strict, within: Vec::new(), started: false }
    }

    /// How many arrays and objects are open.
    pub fn depth(&self) -> usize {
        self.within.len()
    }

    /// The character behind what was read.
    pub fn position(&self) -> usize {
        self.text[..self.at].chars().count()
    }

    /// Skips whitespace: before a document, and behind it.
    pub fn skip_whitespace(&mut self) {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Checks that only whitespace follows.
    pub fn finish(&mut self) -> Result<(), JsonError> {
        self.skip_whitespace();
        if self.at == self.text.len() { Ok(()) } else { Err(self.error("Extra data")) }
    }

    fn error(&self, message: &'static str) -> JsonError {
        JsonError::at_byte(message, self.text, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next event; `None` once the value is complete.
    pub fn next_event(&mut self) -> Result<Option<Event<'a>>, JsonError> {
        let Some(within) = self.within.last().copied() else {
            if self.started {
                return Ok(None);
            }
            self.started = true;
            return self.value().map(Some);
        };
        self.skip_whitespace();
        match within {
            Within::ArrayFirst if self.peek() == Some(b']') => Ok(Some(self.close(Event::ArrayEnd))),
            Within::ArrayFirst => self.element().map(Some),
            Within::ArrayRest => match self.peek() {
                Some(b']') => Ok(Some(self.close(Event::ArrayEnd))),
                Some(b',') => {
                    self.at += 1;
                    self.skip_whitespace();
                    self.element().map(Some)
                }
                _ => Err(self.error("Expecting ',' delimiter")),
            },
            Within::ObjectFirst if self.peek() == Some(b'}') => Ok(Some(self.close(Event::ObjectEnd))),
            Within::ObjectFirst => self.key().map(Some),
            Within::ObjectValue => {
                self.set_within(Within::ObjectRest);
                self.value().map(Some)
            }
            Within::ObjectRest => match self.peek() {
                Some(b'}') => Ok(Some(self.close(Event::ObjectEnd))),
                Some(b',') => {
                    self.at += 1;
                    self.skip_whitespace();
                    self.key().map(Some)
                }
                _ => Err(self.error("Expecting ',' delimiter")),
            },
        }
    }

    fn set_within(&mut self, within: Within) {
        if let Some(last) = self.within.last_mut() {
            *last = within;
        }
    }

    fn open(&mut self, within: Within, event: Event<'a>) -> Event<'a> {
        self.at += 1;
        self.within.push(within);
        event
    }

    fn close(&mut self, event: Event<'a>) -> Event<'a> {
        self.at += 1;
        self.within.pop();
        event
    }

    fn element(&mut self) -> Result<Event<'a>, JsonError> {
        self.set_within(Within::ArrayRest);
        self.value()
    }

    fn key(&mut self) -> Result<Event<'a>, JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.error("Expecting property name enclosed in double quotes"));
        }
        let key = self.string()?;
        self.skip_whitespace();
        if self.peek() != Some(b':') {
            return Err(self.error("Expecting ':' delimiter"));
        }
        self.at += 1;
        self.set_within(Within::ObjectValue);
        Ok(Event::Key(key))
    }

    fn value(&mut self) -> Result<Event<'a>, JsonError> {
        let rest = &self.text[self.at..];
        let (word, event) = match self.peek() {
            Some(b'"') => return self.string().map(Event::Text),
            Some(b'{') => return Ok(self.open(Within::ObjectFirst, Event::ObjectStart)),
            Some(b'[') => return Ok(self.open(Within::ArrayFirst, Event::ArrayStart)),
            Some(b'n') => ("null", Event::Null),
            Some(b't') => ("true", Event::Bool(true)),
            Some(b'f') => ("false", Event::Bool(false)),
            Some(b'N') => ("NaN", Event::Constant("NaN")),
            Some(b'I') => ("Infinity", Event::Constant("Infinity")),
            Some(b'-') if rest.starts_with("-I") => ("-Infinity", Event::Constant("-Infinity")),
            _ => {
                let Some((length, whole)) = scan_number(rest) else { return Err(self.error("Expecting value")) };
                self.at += length;
                let number = &rest[..length];
                return Ok(if whole { Event::Int(number) } else { Event::Float(number) });
            }
        };
        if !rest.starts_with(word) {
            return Err(self.error("Expecting value"));
        }
        self.at += word.len();
        Ok(event)
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        let (text, end) = scan_string_at(self.text, self.at + 1, self.strict)?;
        self.at = end;
        Ok(text)
    }
}

/// The length of the number that the text begins with, and whether it is whole.
pub fn scan_number(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at += match bytes.get(at)? {
        b'0' => 1,
        b'1'..=b'9' => digits(at),
        _ => return None,
    };
    let whole = at;
    if bytes.get(at) == Some(&b'.') && digits(at + 1) > 0 {
        at += 1 + digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = bytes.get(at + 1 + sign).map_or(0, |_| digits(at + 1 + sign));
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    Some((at, at == whole))
}

/// Reads a string from behind its quote (`json.decoder.scanstring`); also gives the character behind it.
pub fn scan_string(text: &str, position: usize, strict: bool) -> Result<(String, usize), JsonError> {
    let (string, end) = scan_string_at(text, super::str_text::byte_offset(text, position), strict)?;
    Ok((string.into_owned(), text[..end].chars().count()))
}

fn scan_string_at(text: &str, begin: usize, strict: bool) -> Result<(Cow<'_, str>, usize), JsonError> {
    let bytes = text.as_bytes();
    let fail = |message, at| Err(JsonError::at_byte(message, text, at));
    let mut out = String::new();
    let mut at = begin;
    loop {
        let stop = |byte: &u8| matches!(byte, b'"' | b'\\') || (*byte < 0x20 && strict);
        let end = bytes[at..].iter().position(stop).map_or(bytes.len(), |length| at + length);
        match bytes.get(end) {
            None => return fail("Unterminated string starting at", begin - 1),
            Some(b'"') if at == begin => return Ok((Cow::Borrowed(&text[at..end]), end + 1)),
            Some(b'"') => {
                out.push_str(&text[at..end]);
                return Ok((Cow::Owned(out), end + 1));
            }
            Some(b'\\') => out.push_str(&text[at..end]),
            Some(_) => return fail("Invalid control character at", end),
        }
        let escaped = match bytes.get(end + 1) {
            None => return fail("Unterminated string starting at", begin - 1),
            Some(b'u') => {
                let (c, after) = scan_code(text, end)?;
                out.push(c);
                at = after;
                continue;
            }
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
            Some(_) => return fail("Invalid \\escape", end),
        };
        out.push(escaped);
        at = end + 2;
    }
}

/// Reads the `\uXXXX` at `at`, or two that are a surrogate pair; also gives what is behind it.
fn scan_code(text: &str, at: usize) -> Result<(char, usize), JsonError> {
    let read = |at: usize| {
        let digits = text.get(at + 2..at + 6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        // A string cannot end in an escape: at least its quote must follow.
        let code = code.filter(|_| at + 6 < text.len());
        code.ok_or_else(|| JsonError::at_byte("Invalid \\uXXXX escape", text, at + 1))
    };
    let first = read(at)?;
    // CPython looks for the second half only where more text than that follows.
    let enough = text[at + 6..].chars().nth(6).is_some();
    if (0xd800..0xdc00).contains(&first) && enough && text[at + 6..].starts_with("\\u") {
        let second = read(at + 6)?;
        if (0xdc00..0xe000).contains(&second) {
            let code = 0x1_0000 + ((first - 0xd800) << 10 | (second - 0xdc00));
            return Ok((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), at + 12));
        }
    }
    // Text here holds no lone surrogates; one becomes the replacement character.
    Ok((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), at + 6))
}

/// Appends a string as JSON writes it, with all but ASCII escaped where `ensure_ascii` is set.
pub fn push_string(text: &str, ensure_ascii: bool, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0c' => out.push_str("\\f"),
            '\x08' => out.push_str("\\b"),
            ' '..='~' => out.push(c),
            _ if c < ' ' || ensure_ascii => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// A float as JSON writes it; `allow_nan` is the encoder's option of that name.
pub fn float(x: f64, allow_nan: bool) -> PureResult<String> {
    if x.is_finite() {
        return Ok(float_text::repr(x));
    }
    if !allow_nan {
        return Err(PureError::value("Out of range float values are not JSON compliant"));
    }
    let text = if x.is_nan() {
        "NaN"
    } else if x > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    };
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, JsonError> {
        let mut reader = Reader::new(text, 0, true);
        reader.skip_whitespace();
        let mut shown = Vec::new();
        while let Some(event) = reader.next_event()? {
            shown.push(match event {
                Event::Null => "null".to_owned(),
                Event::Bool(value) => value.to_string(),
                Event::Int(text) => format!("i{text}"),
                Event::Float(text) => format!("f{text}"),
                Event::Constant(text) => format!("c{text}"),
                Event::Text(text) => format!("'{text}'"),
                Event::Key(text) => format!("{text}="),
                Event::ArrayStart => "[".to_owned(),
                Event::ArrayEnd => "]".to_owned(),
                Event::ObjectStart => "{".to_owned(),
                Event::ObjectEnd => "}".to_owned(),
            });
        }
        reader.finish().map(|()| shown.join(" "))
    }

    #[test]
    fn reads_documents() {
        for (text, events) in [
            (" null ", "null"),
            ("[]", "[ ]"),
            ("{ }", "{ }"),
            ("[1, -0.5e+3 ,\"a\\n\\u00e9\\ud83d\\ude00\"]", "[ i1 f-0.5e+3 'a\né\u{1f600}' ]"),
            ("{\"a\" : {\"b\": [true, false]}, \"\": NaN}", "{ a= { b= [ true false ] } = cNaN }"),
            ("[-Infinity,Infinity,-0,0.0]", "[ c-Infinity cInfinity i-0 f0.0 ]"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(events));
        }
        let deep = "[".repeat(200_000);
        assert!(read(&deep).is_err_and(|error| error.position == 200_000));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, message) in [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("  ", "Expecting value: line 1 column 3 (char 2)"),
            ("[", "Expecting value: line 1 column 2 (char 1)"),
            ("[1", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
            ("[1,", "Expecting value: line 1 column 4 (char 3)"),
            ("[1,]", "Expecting value: line 1 column 4 (char 3)"),
            ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
            ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
            ("{\"a\":", "Expecting value: line 1 column 6 (char 5)"),
            ("{\"a\":1", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
            ("{\"a\":1,", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
            ("{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
            ("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
            ("\"a", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"a\\", "Unterminated string starting at: line 1 column 1 (char 0)"),
            ("\"\\q\"", "Invalid \\escape: line 1 column 2 (char 1)"),
            ("\"\\u12\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\"\\u12g4\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("\"\x01\"", "Invalid control character at: line 1 column 2 (char 1)"),
            ("\"é\n\"", "Invalid control character at: line 1 column 3 (char 2)"),
            ("nul", "Expecting value: line 1 column 1 (char 0)"),
            ("-", "Expecting value: line 1 column 1 (char 0)"),
            ("01", "Extra data: line 1 column 2 (char 1)"),
            ("1.", "Extra data: line 1 column 2 (char 1)"),
            ("[1.e5]", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
            ("1 2", "Extra data: line 1 column 3 (char 2)"),
            ("\n\n  {\"é\": tru}", "Expecting value: line 3 column 9 (char 10)"),
            ("\"\\ud83d\\u12\"", "Invalid \\uXXXX escape: line 1 column 9 (char 8)"),
            ("\"\\u1234", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
            ("+1", "Expecting value: line 1 column 1 (char 0)"),
            (".5", "Expecting value: line 1 column 1 (char 0)"),
            ("'a'", "Expecting value: line 1 column 1 (char 0)"),
        ] {
            assert_eq!(read(text).expect_err(text).to_string(), message);
        }
        let mut lenient = Reader::new("\"a\nb\"", 0, false);
        assert_eq!(lenient.next_event(), Ok(Some(Event::Text("a\nb".into()))));
    }

    #[test]
    fn writes_strings_and_floats() {
        let mut out = String::new();
        push_string("a\"\\\n\x01\x7fé\u{1f600}", true, &mut out);
        push_string("\x7fé\u{1f600}\x08", false, &mut out);
        assert_eq!(out, "\"a\\\"\\\\\\n\\u0001\\u007f\\u00e9\\ud83d\\ude00\"\"\x7fé\u{1f600}\\b\"");
        assert_eq!(float(1e16, true).as_deref(), Ok("1e+16"));
        assert_eq!(float(f64::NEG_INFINITY, true).as_deref(), Ok("-Infinity"));
        assert!(float(f64::NAN, false).is_err());
    }
}
