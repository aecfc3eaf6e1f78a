//! A pattern or template as tokens: characters, and characters behind a backslash.
//!
//! It knows no syntax beyond that. It reads one token ahead, and so reports a backslash at the end when the token before
//! it is taken, as CPython does.

use super::error::RegexError;
use crate::pure::str_case::isidentifier;
use crate::pure::str_repr::repr_str;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Char(char),
    Escape(char),
}

impl Token {
    pub fn len(self) -> usize {
        match self {
            Self::Char(_) => 1,
            Self::Escape(_) => 2,
        }
    }

    pub fn text(self) -> String {
        match self {
            Self::Char(c) => c.to_string(),
            Self::Escape(c) => format!("\\{c}"),
        }
    }

    /// The character, where there is no backslash.
    pub fn plain(self) -> Option<char> {
        match self {
            Self::Char(c) => Some(c),
            Self::Escape(_) => None,
        }
    }
}

pub(super) type Result<T> = std::result::Result<T, RegexError>;

pub(super) struct Source {
    pub chars: Vec<char>,
    /// Behind the token read ahead.
    index: usize,
    next: Option<Token>,
    pub is_bytes: bool,
}

impl Source {
    pub fn new(text: &str, is_bytes: bool) -> Result<Self> {
        let mut source = Self { chars: text.chars().collect(), index: 0, next: None, is_bytes };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> Result<()> {
        self.next = match self.chars.get(self.index) {
            None => None,
            Some('\\') => match self.chars.get(self.index + 1) {
                Some(c) => Some(Token::Escape(*c)),
                None => {
                    let end = self.chars.len() - 1;
                    return Err(RegexError::at("bad escape (end of pattern)", &self.chars, end));
                }
            },
            Some(c) => Some(Token::Char(*c)),
        };
        self.index += self.next.map_or(0, Token::len);
        Ok(())
    }

    /// The next token, not taken.
    pub fn peek(&self) -> Option<Token> {
        self.next
    }

    /// The next character, where it has no backslash.
    pub fn peek_char(&self) -> Option<char> {
        self.next.and_then(Token::plain)
    }

    pub fn take(&mut self) -> Result<Option<Token>> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// Takes the character if it comes next.
    pub fn take_if(&mut self, c: char) -> Result<bool> {
        let found = self.next == Some(Token::Char(c));
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Takes at most so many characters of a set.
    pub fn take_while(&mut self, limit: usize, wanted: impl Fn(char) -> bool) -> Result<String> {
        let mut taken = String::new();
        while taken.len() < limit
            && let Some(c) = self.peek_char().filter(|c| wanted(*c))
        {
            taken.push(c);
            self.advance()?;
        }
        Ok(taken)
    }

    /// Takes a name and its terminator.
    pub fn take_until(&mut self, terminator: char, what: &str) -> Result<String> {
        let mut taken = String::new();
        loop {
            match self.take()? {
                None if taken.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => {
                    let message = format!("missing {terminator}, unterminated name");
                    return Err(self.error(message, taken.chars().count()));
                }
                Some(Token::Char(c)) if c == terminator => break,
                Some(token) => taken.push_str(&token.text()),
            }
        }
        if taken.is_empty() { Err(self.error(format!("missing {what}"), 1)) } else { Ok(taken) }
    }

    /// The place of the next token.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    pub fn seek(&mut self, index: usize) -> Result<()> {
        self.index = index;
        self.advance()
    }

    /// An error so many characters before the next token.
    pub fn error(&self, message: impl Into<String>, back: usize) -> RegexError {
        let mut message = message.into();
        if self.is_bytes {
            message = crate::pure::str_repr::escape_non_ascii(&message);
        }
        RegexError::at(message, &self.chars, self.tell().saturating_sub(back))
    }

    pub fn check_group_name(&self, name: &str) -> Result<()> {
        if isidentifier(name) {
            return Ok(());
        }
        Err(self.error(format!("bad character in group name {}", repr_str(name)), name.chars().count() + 1))
    }
}
