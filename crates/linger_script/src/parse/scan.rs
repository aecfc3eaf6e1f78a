//! Text to tokens as Python cuts it, to find what is wrong with a text before its grammar is: numbers, strings, brackets,
//! indentation, stray characters. It runs only on texts that the parser rejects, and judges no grammar.

use super::{SyntaxError, SyntaxErrorKind};
use ruff_text_size::{TextRange, TextSize};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Number,
    Text,
    Operator,
    /// The end of a logical line.
    Newline,
    Indent,
    Dedent,
    End,
}

/// A token and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// The tokens of a text, as far as it could be cut.
#[derive(Debug)]
pub(super) struct Scan {
    pub tokens: Vec<Token>,
    /// What kept it from being cut further.
    pub error: Option<SyntaxError>,
    /// Brackets that are open at the end, outermost first.
    pub open: Vec<usize>,
}

/// Cuts a text into tokens.
pub(super) fn scan(source: &str) -> Scan {
    let mut scanner = Scanner {
        source,
        bytes: source.as_bytes(),
        at: 0,
        tokens: Vec::new(),
        open: Vec::new(),
        indents: vec![(0, 0)],
    };
    let error = scanner.run().err();
    Scan { tokens: scanner.tokens, error, open: scanner.open }
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    open: Vec<usize>,
    /// Columns with tabs to multiples of eight, and with tabs as one.
    indents: Vec<(usize, usize)>,
}

impl Scanner<'_> {
    fn error<T>(&self, message: impl Into<String>, start: usize) -> Result<T, SyntaxError> {
        let at = TextSize::new(start.min(self.source.len()) as u32);
        Err(SyntaxError::new(self.source, message, TextRange::new(at, at)))
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, start, end: self.at });
    }

    fn run(&mut self) -> Result<(), SyntaxError> {
        if self.source.starts_with('\u{feff}') {
            self.at = 3;
        }
        let mut line_start = true;
        loop {
            if line_start && self.open.is_empty() {
                self.indentation()?;
            }
            line_start = false;
            while matches!(self.peek(0), b' ' | b'\t' | 0x0c) && self.at < self.bytes.len() {
                self.at += 1;
            }
            if self.at >= self.bytes.len() {
                break;
            }
            let start = self.at;
            match self.peek(0) {
                b'#' => {
                    while self.at < self.bytes.len() && self.peek(0) != b'\n' {
                        self.at += 1;
                    }
                }
                b'\n' | b'\r' => {
                    self.at += 1;
                    if self.open.is_empty()
                        && self
                            .tokens
                            .last()
                            .is_some_and(|t| !matches!(t.kind, Kind::Newline | Kind::Indent | Kind::Dedent))
                    {
                        self.push(Kind::Newline, start);
                    }
                    line_start = true;
                }
                b'\\' => {
                    self.at += 1;
                    if self.peek(0) == b'\r' {
                        self.at += 1;
                    }
                    let behind = start + 1;
                    if self.at >= self.bytes.len() {
                        return self.error("unexpected EOF while parsing", behind);
                    }
                    if self.peek(0) != b'\n' {
                        return self.error("unexpected character after line continuation character", behind);
                    }
                    self.at += 1;
                    if self.at >= self.bytes.len() {
                        return self.error("unexpected EOF while parsing", behind);
                    }
                }
                b'0'..=b'9' => self.number(start)?,
                b'.' if self.peek(1).is_ascii_digit() => self.number(start)?,
                b'"' | b'\'' => self.string(start)?,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name(start)?,
                _ => self.operator(start)?,
            }
        }
        let end = self.bytes.len();
        if self.tokens.last().is_some_and(|t| !matches!(t.kind, Kind::Newline)) && self.open.is_empty() {
            self.push(Kind::Newline, end);
        }
        while self.indents.len() > 1 && self.open.is_empty() {
            self.indents.pop();
            self.push(Kind::Dedent, end);
        }
        self.push(Kind::End, end);
        Ok(())
    }

    fn indentation(&mut self) -> Result<(), SyntaxError> {
        let (mut wide, mut narrow) = (0, 0);
        let start = self.at;
        loop {
            match self.peek(0) {
                b' ' => {
                    wide += 1;
                    narrow += 1;
                }
                b'\t' => {
                    wide = (wide / 8 + 1) * 8;
                    narrow += 1;
                }
                0x0c => {
                    wide = 0;
                    narrow = 0;
                }
                _ => break,
            }
            self.at += 1;
        }
        if self.at >= self.bytes.len() || matches!(self.peek(0), b'#' | b'\n' | b'\r' | b'\\') {
            return Ok(());
        }
        let line_end = self.source[start..].find('\n').map_or(self.source.len(), |at| start + at);
        let &(last_wide, last_narrow) = self.indents.last().unwrap_or(&(0, 0));
        let tab_error = || {
            let message = "inconsistent use of tabs and spaces in indentation";
            let at = TextSize::new(line_end as u32);
            let mut error = SyntaxError::of_kind(SyntaxErrorKind::Tab, self.source, message, TextRange::empty(at));
            error.column = 1;
            error.end_column = 0;
            error
        };
        if wide == last_wide {
            if narrow != last_narrow {
                return Err(tab_error());
            }
        } else if wide > last_wide {
            if narrow <= last_narrow {
                return Err(tab_error());
            }
            self.indents.push((wide, narrow));
            self.push(Kind::Indent, start);
        } else {
            while self.indents.last().is_some_and(|&(other, _)| wide < other) {
                self.indents.pop();
                self.push(Kind::Dedent, self.at);
            }
            let &(other_wide, other_narrow) = self.indents.last().unwrap_or(&(0, 0));
            if wide != other_wide {
                let at = TextRange::empty(TextSize::new(line_end as u32));
                let message = "unindent does not match any outer indentation level";
                return Err(SyntaxError::of_kind(SyntaxErrorKind::Indentation, self.source, message, at));
            }
            if narrow != other_narrow {
                return Err(tab_error());
            }
        }
        Ok(())
    }

    fn digits(&mut self, accept: fn(u8) -> bool, what: &str) -> Result<(), SyntaxError> {
        loop {
            while accept(self.peek(0)) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !accept(self.peek(0)) {
                return self.bad_digit(what);
            }
        }
    }

    fn bad_digit<T>(&self, what: &str) -> Result<T, SyntaxError> {
        let next = self.peek(0);
        if next.is_ascii_digit() && matches!(what, "octal" | "binary") {
            return self.error(format!("invalid digit '{}' in {what} literal", next as char), self.at);
        }
        self.error(format!("invalid {what} literal"), self.at.saturating_sub(1))
    }

    fn number(&mut self, start: usize) -> Result<(), SyntaxError> {
        let radix = match (self.peek(0), self.peek(1)) {
            (b'0', b'x' | b'X') => Some(("hexadecimal", (|b| b.is_ascii_hexdigit()) as fn(u8) -> bool)),
            (b'0', b'o' | b'O') => Some(("octal", (|b| (b'0'..=b'7').contains(&b)) as fn(u8) -> bool)),
            (b'0', b'b' | b'B') => Some(("binary", (|b| matches!(b, b'0' | b'1')) as fn(u8) -> bool)),
            _ => None,
        };
        if let Some((what, accept)) = radix {
            self.at += 2;
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            if !accept(self.peek(0)) {
                return self.bad_digit(what);
            }
            self.digits(accept, what)?;
            if self.peek(0).is_ascii_digit() {
                return self.bad_digit(what);
            }
            return self.end_number(start, what);
        }
        let is_digit: fn(u8) -> bool = |b| b.is_ascii_digit();
        if self.peek(0) != b'.' {
            self.digits(is_digit, "decimal")?;
        }
        let integer_end = self.at;
        let mut is_float = false;
        if self.peek(0) == b'.' {
            is_float = true;
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits(is_digit, "decimal")?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + sign).is_ascii_digit() {
                is_float = true;
                self.at += 1 + sign;
                self.digits(is_digit, "decimal")?;
            } else if sign == 1 {
                self.at += 2;
                return self.error("invalid decimal literal", self.at - 1);
            }
        }
        let mut what = "decimal";
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            is_float = true;
            what = "imaginary";
        }
        let digits = &self.source[start..integer_end];
        if !is_float && digits.starts_with('0') && digits.bytes().any(|b| matches!(b, b'1'..=b'9')) {
            let message =
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            let range = TextRange::new(TextSize::new(start as u32), TextSize::new(start as u32 + 1));
            return Err(SyntaxError::new(self.source, message, range));
        }
        self.end_number(start, what)
    }

    /// A number must not run into a name, except for a keyword that may follow it.
    fn end_number(&mut self, start: usize, what: &str) -> Result<(), SyntaxError> {
        let rest = &self.source[self.at..];
        let keyword = ["and", "else", "for", "if", "in", "is", "or", "not"].iter().any(|word| rest.starts_with(word));
        let next = self.peek(0);
        if !keyword && (next.is_ascii_alphanumeric() || next == b'_') {
            return self.error(format!("invalid {what} literal"), self.at - 1);
        }
        self.push(Kind::Number, start);
        Ok(())
    }

    fn string(&mut self, start: usize) -> Result<(), SyntaxError> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        loop {
            if self.at >= self.bytes.len() || (!triple && self.peek(0) == b'\n') {
                // The end of the last line is not a line of its own.
                let read = &self.bytes[..self.at.min(self.bytes.len())];
                let ended = read.strip_suffix(b"\n").unwrap_or(read);
                let line = ended.iter().filter(|&&byte| byte == b'\n').count() + 1;
                let what =
                    if triple { "unterminated triple-quoted string literal" } else { "unterminated string literal" };
                return self.error(format!("{what} (detected at line {line})"), start);
            }
            let byte = self.peek(0);
            self.at += 1;
            if byte == b'\\' {
                if self.peek(0) == b'\r' && self.peek(1) == b'\n' {
                    self.at += 1;
                }
                self.at += usize::from(self.at < self.bytes.len());
            } else if byte == quote {
                if !triple {
                    break;
                }
                if self.peek(0) == quote && self.peek(1) == quote {
                    self.at += 2;
                    break;
                }
            }
        }
        self.push(Kind::Text, start);
        Ok(())
    }

    fn name(&mut self, start: usize) -> Result<(), SyntaxError> {
        while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' || self.peek(0) >= 0x80 {
            self.at += 1;
        }
        let word = &self.source[start..self.at];
        if matches!(self.peek(0), b'"' | b'\'')
            && matches!(word.to_ascii_lowercase().as_str(), "r" | "u" | "b" | "f" | "br" | "rb" | "fr" | "rf")
        {
            return self.string(start);
        }
        if !word.is_ascii() {
            for (offset, character) in word.char_indices() {
                let fine = character == '_'
                    || if offset == 0 {
                        character.is_alphabetic()
                    } else {
                        character.is_alphanumeric() || is_mark(character)
                    };
                if !fine {
                    let code = format!("U+{:04X}", u32::from(character));
                    let message = if character.is_control() || (character.is_whitespace() && character != ' ') {
                        format!("invalid non-printable character {code}")
                    } else {
                        format!("invalid character '{character}' ({code})")
                    };
                    return self.error(message, start + offset);
                }
            }
        }
        self.push(Kind::Name, start);
        Ok(())
    }

    fn operator(&mut self, start: usize) -> Result<(), SyntaxError> {
        const LONG: [&str; 24] = [
            "**=", "//=", ">>=", "<<=", "...", "!=", "->", ":=", "==", "<=", ">=", "<>", "<<", ">>", "**", "//", "+=",
            "-=", "*=", "/=", "%=", "@=", "&=", "|=",
        ];
        let rest = &self.source[start..];
        let long = LONG.iter().find(|op| rest.starts_with(**op)).map_or(0, |op| op.len());
        let length = if rest.starts_with("^=") { 2 } else { long.max(1) };
        let byte = self.peek(0);
        match byte {
            b'(' | b'[' | b'{' => self.open.push(start),
            b')' | b']' | b'}' => {
                let close = byte as char;
                let Some(opened) = self.open.pop() else {
                    return self.error(format!("unmatched '{close}'"), start);
                };
                let open = self.bytes[opened] as char;
                let matching = match open {
                    '(' => ')',
                    '[' => ']',
                    _ => '}',
                };
                if close != matching {
                    let line_of = |at: usize| self.source[..at].bytes().filter(|&b| b == b'\n').count() + 1;
                    let mut message =
                        format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
                    if line_of(opened) != line_of(start) {
                        message.push_str(&format!(" on line {}", line_of(opened)));
                    }
                    return self.error(message, start);
                }
            }
            0..0x20 | 0x7f => {
                return self.error(format!("invalid non-printable character U+{byte:04X}"), start);
            }
            _ => {}
        }
        self.at += length;
        self.push(Kind::Operator, start);
        Ok(())
    }
}

/// Characters that may go on in a name without being letters: combining marks and connectors, roughly.
#[rustfmt::skip]
fn is_mark(character: char) -> bool {
    matches!(
        u32::from(character),
        0x300..=0x36f | 0x483..=0x487 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x669 | 0x900..=0x1fff | 0x200c..=0x200d
            | 0x203f..=0x2040 | 0x20d0..=0x20f0 | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xb7
    )
}
