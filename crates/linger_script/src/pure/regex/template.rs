//! Replacement templates of `sub` and `expand`: literal text and groups.
//!
//! It knows no match; the caller puts in what the groups hold, nothing where they did not take part.

use super::compile::Program;
use super::error::{RegexError, RegexErrorKind};
use super::escapes::control;
use super::parse::small_number;
use super::source::{Result, Source, Token};
use crate::pure::PureResult;
use crate::pure::int_text::{Int, parse_int};
use crate::pure::str_case::isidentifier;
use crate::pure::str_repr::repr_str;

/// No pattern has more groups.
const MAX_GROUPS: i64 = 1_073_741_823;

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text to copy.
    Literal(String),
    /// The text of a group.
    Group(usize),
}

/// A parsed template.
pub type Template = Vec<Part>;

/// Reads the number of a group as CPython does: by `int()`.
pub(super) fn group_number(source: &Source, name: &str, parsed: PureResult<Int>) -> Result<usize> {
    let back = name.chars().count() + 1;
    match small_number(parsed) {
        None => Err(source.error(format!("bad character in group name {}", repr_str(name)), back)),
        Some(number) if number >= MAX_GROUPS => {
            Err(source.error(format!("invalid group reference {}", name.trim()), back))
        }
        Some(number) => Ok(number as usize),
    }
}

struct Builder {
    source: Source,
    parts: Template,
    literal: String,
}

/// Parses a template for a pattern.
pub fn parse_template(template: &str, is_bytes: bool, program: &Program) -> Result<Template> {
    let mut builder = Builder { source: Source::new(template, is_bytes)?, parts: Vec::new(), literal: String::new() };
    while let Some(token) = builder.source.take()? {
        match token {
            Token::Char(c) => builder.literal.push(c),
            Token::Escape(c) => builder.escape(c, program)?,
        }
    }
    builder.flush();
    Ok(builder.parts)
}

impl Builder {
    fn flush(&mut self) {
        if !self.literal.is_empty() {
            self.parts.push(Part::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn group(&mut self, index: usize, program: &Program, back: usize) -> Result<()> {
        if index > program.group_count() {
            return Err(self.source.error(format!("invalid group reference {index}"), back));
        }
        self.flush();
        self.parts.push(Part::Group(index));
        Ok(())
    }

    fn escape(&mut self, c: char, program: &Program) -> Result<()> {
        match c {
            'g' => {
                if !self.source.take_if('<')? {
                    return Err(self.source.error("missing <", 0));
                }
                let name = self.source.take_until('>', "group name")?;
                let index = if isidentifier(&name) {
                    program.group_index(&name).ok_or_else(|| {
                        RegexError::plain(RegexErrorKind::Index, format!("unknown group name {}", repr_str(&name)))
                    })?
                } else {
                    group_number(&self.source, &name, parse_int(&name, 10))?
                };
                self.group(index, program, name.chars().count() + 1)
            }
            '0' => {
                let digits = self.source.take_while(2, |c| c.is_digit(8))?;
                let code = u32::from_str_radix(&format!("0{digits}"), 8).unwrap_or(0);
                self.literal.push(char::from((code & 0xff) as u8));
                Ok(())
            }
            '1'..='9' => self.numbered(c, program),
            _ => match control(c) {
                Some(c) => {
                    self.literal.push(c);
                    Ok(())
                }
                None if c.is_ascii_alphabetic() => Err(self.source.error(format!("bad escape \\{c}"), 2)),
                None => {
                    self.literal.extend(['\\', c]);
                    Ok(())
                }
            },
        }
    }

    /// Three octal digits, or the number of a group.
    fn numbered(&mut self, first: char, program: &Program) -> Result<()> {
        let mut digits = String::from(first);
        if let Some(second) = self.source.peek_char().filter(char::is_ascii_digit) {
            self.source.take()?;
            digits.push(second);
            let third = self.source.peek_char().filter(|c| c.is_digit(8));
            if let (true, true, Some(third)) = (first.is_digit(8), second.is_digit(8), third) {
                self.source.take()?;
                digits.push(third);
                let code = u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX);
                let Ok(byte) = u8::try_from(code) else {
                    let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                    return Err(self.source.error(message, 4));
                };
                self.literal.push(char::from(byte));
                return Ok(());
            }
        }
        let index = digits.parse().unwrap_or(usize::MAX);
        self.group(index, program, digits.len())
    }
}
