//! What a backslash means in a pattern, inside and outside of a set.
//!
//! It knows no groups beyond what a numbered reference needs.

use super::ast::{Anchor, Category, Node, SetItem};
use super::parse::Parser;
use super::source::Result;
use crate::pure::str_repr::repr_str;

/// The control character that a letter stands for.
pub(super) fn control(c: char) -> Option<char> {
    Some(match c {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        '\\' => '\\',
        _ => return None,
    })
}

fn class(c: char) -> Option<SetItem> {
    let category = match c.to_ascii_lowercase() {
        'd' => Category::Digit,
        's' => Category::Space,
        'w' => Category::Word,
        _ => return None,
    };
    Some(SetItem::Class { category, negated: c.is_ascii_uppercase() })
}

fn is_octal(c: char) -> bool {
    c.is_digit(8)
}

/// The character of a number; a lone surrogate, which text here cannot hold, matches nothing that text holds.
fn char_of(code: u32) -> Option<char> {
    if code < 0x11_0000 { Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)) } else { None }
}

impl Parser {
    /// Reads an escape outside of a set; its letter is taken already.
    pub(super) fn escape(&mut self, c: char) -> Result<Node> {
        let anchor = match c {
            'A' => Some(Anchor::BeginText),
            'Z' => Some(Anchor::EndText),
            'b' | 'B' => Some(Anchor::Boundary { negated: c == 'B', unicode: false }),
            _ => None,
        };
        if let Some(anchor) = anchor {
            return Ok(Node::Anchor(anchor));
        }
        if let Some(item) = class(c) {
            return Ok(Node::Set { items: vec![item], negated: false });
        }
        let literal = |c| Node::Char { c, negated: false };
        if let Some(c) = control(c) {
            return Ok(literal(c));
        }
        if let Some(c) = self.coded(c)? {
            return Ok(literal(c));
        }
        if c == '0' {
            let digits = self.source.take_while(2, is_octal)?;
            let code = u32::from_str_radix(&format!("0{digits}"), 8).unwrap_or(0);
            return Ok(literal(char_of(code).unwrap_or('\0')));
        }
        if c.is_ascii_digit() {
            return self.numbered(c);
        }
        self.itself(c).map(literal)
    }

    /// Reads three octal digits, or the number of a group.
    fn numbered(&mut self, first: char) -> Result<Node> {
        let mut digits = String::from(first);
        if let Some(second) = self.source.peek_char().filter(char::is_ascii_digit) {
            self.source.take()?;
            digits.push(second);
            let third = self.source.peek_char().filter(|c| is_octal(*c));
            if let (true, true, Some(third)) = (is_octal(first), is_octal(second), third) {
                self.source.take()?;
                digits.push(third);
                return Ok(Node::Char { c: self.octal(&digits)?, negated: false });
            }
        }
        let group = digits.parse::<usize>().unwrap_or(usize::MAX);
        if group >= self.group_count() {
            let message = format!("invalid group reference {group}");
            return Err(self.source.error(message, digits.len()));
        }
        if !self.is_closed(group) {
            return Err(self.source.error("cannot refer to an open group", digits.len() + 1));
        }
        self.check_lookbehind(group)?;
        Ok(Node::BackRef(group))
    }

    fn octal(&mut self, digits: &str) -> Result<char> {
        let code = u32::from_str_radix(digits, 8).unwrap_or(u32::MAX);
        match char::from_u32(code).filter(|_| code <= 0o377) {
            Some(c) => Ok(c),
            None => {
                let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                Err(self.source.error(message, digits.len() + 1))
            }
        }
    }

    /// Reads an escape within a set; its letter is taken already.
    pub(super) fn set_escape(&mut self, c: char) -> Result<SetItem> {
        if let Some(c) = control(c) {
            return Ok(SetItem::Char(c));
        }
        if let Some(item) = class(c) {
            return Ok(item);
        }
        if let Some(c) = self.coded(c)? {
            return Ok(SetItem::Char(c));
        }
        if is_octal(c) {
            let digits = format!("{c}{}", self.source.take_while(2, is_octal)?);
            return self.octal(&digits).map(SetItem::Char);
        }
        self.itself(c).map(SetItem::Char)
    }

    /// Reads `\x`, `\u`, `\U` and `\N`.
    fn coded(&mut self, c: char) -> Result<Option<char>> {
        let digits = match c {
            'x' => 2,
            'u' if !self.source.is_bytes => 4,
            'U' if !self.source.is_bytes => 8,
            'N' if !self.source.is_bytes => return self.named().map(Some),
            _ => return Ok(None),
        };
        let code = self.source.take_while(digits, |c| c.is_ascii_hexdigit())?;
        let back = code.len() + 2;
        if code.len() != digits {
            return Err(self.source.error(format!("incomplete escape \\{c}{code}"), back));
        }
        match u32::from_str_radix(&code, 16).ok().and_then(char_of) {
            Some(c) => Ok(Some(c)),
            None => Err(self.source.error(format!("bad escape \\{c}{code}"), back)),
        }
    }

    /// The character of a name of Unicode's.
    fn named(&mut self) -> Result<char> {
        if !self.source.take_if('{')? {
            return Err(self.source.error("missing {", 0));
        }
        let name = self.source.take_until('}', "character name")?;
        if let Some(c) = unicode_names2::character(&name) {
            return Ok(c);
        }
        let message = format!("undefined character name {}", repr_str(&name));
        Err(self.source.error(message, name.chars().count() + 4))
    }

    /// A character that means itself behind a backslash.
    fn itself(&self, c: char) -> Result<char> {
        if c.is_ascii_alphanumeric() { Err(self.source.error(format!("bad escape \\{c}"), 2)) } else { Ok(c) }
    }
}
