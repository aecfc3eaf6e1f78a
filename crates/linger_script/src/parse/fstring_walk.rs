//! Goes over an f-string as Python 3.11 does, which finds where each expression ends before it parses any, to say what is wrong
//! with it first.
//!
//! Knows no positions: errors of an f-string are reported behind it, those of an expression within the expression.

use super::SyntaxError;
use super::fstrings::first_bad_escape;

/// What is wrong with an f-string.
pub(super) enum Fault {
    /// The string itself.
    Message(String),
    /// One of its expressions.
    Expression(SyntaxError),
}

/// The first fault of the f-string with this content, if it has one.
pub(super) fn fault(content: &str, raw: bool) -> Option<Fault> {
    let mut walk = Walk { content, at: 0, raw };
    walk.string(0).err()
}

struct Walk<'a> {
    content: &'a str,
    at: usize,
    raw: bool,
}

type Walked = Result<(), Fault>;

fn message(text: impl Into<String>) -> Fault {
    Fault::Message(text.into())
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.content.as_bytes().get(self.at).copied()
    }

    fn peek_behind(&self) -> Option<u8> {
        self.content.as_bytes().get(self.at + 1).copied()
    }

    /// A string, or the specification behind an expression of one, which ends before a brace.
    fn string(&mut self, depth: usize) -> Walked {
        loop {
            self.literal(depth)?;
            match self.peek() {
                Some(b'{') => self.expression(depth)?,
                _ => return Ok(()),
            }
        }
    }

    /// Text up to a brace that stands alone.
    fn literal(&mut self, depth: usize) -> Walked {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if byte == b'\\' && !self.raw {
                self.at += 1;
                match self.peek() {
                    Some(b'N') => {
                        self.at += 1;
                        if self.peek() == Some(b'{') {
                            while self.peek().is_some_and(|byte| byte != b'}') {
                                self.at += 1;
                            }
                            self.at = (self.at + 1).min(self.content.len());
                        }
                    }
                    Some(b'{' | b'}') | None => {}
                    Some(_) => self.at += 1,
                }
                continue;
            }
            if matches!(byte, b'{' | b'}') {
                if depth == 0 && self.peek_behind() == Some(byte) {
                    self.at += 2;
                    continue;
                }
                if depth == 0 && byte == b'}' {
                    return Err(message("f-string: single '}' is not allowed"));
                }
                break;
            }
            self.at += 1;
        }
        let escapes = if self.raw { None } else { self.content.get(start..self.at) };
        match escapes.and_then(|text| first_bad_escape(text, false)) {
            Some(text) => Err(message(text)),
            None => Ok(()),
        }
    }

    /// An expression in braces, with what may follow it.
    fn expression(&mut self, depth: usize) -> Walked {
        if depth >= 2 {
            return Err(message("f-string: expressions nested too deeply"));
        }
        self.at += 1;
        let start = self.at;
        self.skip_expression()?;
        let expecting = || message("f-string: expecting '}'");
        let end = self.peek().ok_or_else(expecting)?;
        self.parse(start, end)?;
        if end == b'=' {
            self.at += 1;
            while self.peek().is_some_and(|byte| byte.is_ascii_whitespace() || byte == 0x0b) {
                self.at += 1;
            }
        }
        if self.peek() == Some(b'!') {
            self.at += 1;
            let conversion = self.peek().ok_or_else(expecting)?;
            self.at += 1;
            if !matches!(conversion, b's' | b'r' | b'a') {
                return Err(message("f-string: invalid conversion character: expected 's', 'r', or 'a'"));
            }
        }
        if self.peek() == Some(b':') {
            self.at += 1;
            self.string(depth + 1)?;
        }
        if self.peek() != Some(b'}') {
            return Err(expecting());
        }
        self.at += 1;
        Ok(())
    }

    /// Goes to where an expression ends, by its quotes and parentheses alone.
    fn skip_expression(&mut self) -> Walked {
        // The quote that is open, and whether it is three of them.
        let mut quote: Option<(u8, bool)> = None;
        let mut open = Vec::new();
        while let Some(byte) = self.peek() {
            if byte == b'\\' {
                return Err(message("f-string expression part cannot include a backslash"));
            }
            let is_triple = self.content.as_bytes()[self.at..].starts_with(&[byte; 3]);
            if let Some((opening, triple)) = quote {
                if byte == opening && (!triple || is_triple) {
                    self.at += if triple { 2 } else { 0 };
                    quote = None;
                }
                self.at += 1;
                continue;
            }
            match byte {
                b'\'' | b'"' => {
                    self.at += if is_triple { 2 } else { 0 };
                    quote = Some((byte, is_triple));
                }
                b'(' | b'[' | b'{' => open.push(byte),
                b'#' => return Err(message("f-string expression part cannot include '#'")),
                b'!' | b'=' | b'<' | b'>' if open.is_empty() && self.peek_behind() == Some(b'=') => self.at += 1,
                b'!' | b':' | b'}' | b'=' if open.is_empty() => break,
                b')' | b']' | b'}' => match open.pop() {
                    None => return Err(message(format!("f-string: unmatched '{}'", byte as char))),
                    Some(opening) if !matches!((opening, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) => {
                        return Err(message(format!(
                            "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
                            byte as char, opening as char
                        )));
                    }
                    Some(_) => {}
                },
                _ => {}
            }
            self.at += 1;
        }
        if quote.is_some() {
            return Err(message("f-string: unterminated string"));
        }
        match open.last() {
            Some(opening) => Err(message(format!("f-string: unmatched '{}'", *opening as char))),
            None => Ok(()),
        }
    }

    /// The expression from `start` to here by itself, in parentheses; `end` is what stands behind it.
    fn parse(&self, start: usize, end: u8) -> Walked {
        let text = &self.content[start..self.at];
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c')) {
            return Err(message(match end {
                b'!' | b':' | b'=' => format!("f-string: expression required before '{}'", end as char),
                _ => "f-string: empty expression not allowed".to_owned(),
            }));
        }
        match super::parse_module(&format!("({text})")) {
            Ok(_) => Ok(()),
            Err(mut error) => {
                error.message = format!("f-string: {}", error.message);
                Err(Fault::Expression(error))
            }
        }
    }
}
