//! What is wrong with a pattern or a template, and where.
//!
//! It knows no exception objects; the caller makes `re.error` (or what else the kind names) from it.

use thiserror::Error;

/// The exception class that a script should see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegexErrorKind {
    /// `re.error`
    Regex,
    /// `ValueError`
    Value,
    /// `OverflowError`
    Overflow,
    /// `IndexError`
    Index,
    /// `RecursionError`
    Recursion,
}

/// What is wrong with a pattern or a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct RegexError {
    /// The exception class to raise.
    pub kind: RegexErrorKind,
    /// What `str()` of the exception gives: the text with its place.
    pub message: String,
    /// The attribute `msg`: the text alone.
    pub text: String,
    /// The attribute `pos`, with `lineno` and `colno`.
    pub place: Option<Place>,
}

/// A place in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The character, from 0.
    pub position: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl RegexError {
    /// An error of a kind that has no place.
    pub(super) fn plain(kind: RegexErrorKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, message: text.clone(), text, place: None }
    }

    /// An error at a place of the pattern.
    pub(super) fn at(text: impl Into<String>, pattern: &[char], position: usize) -> Self {
        let text = text.into();
        let before = &pattern[..position.min(pattern.len())];
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = position + 1 - before.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let mut message = format!("{text} at position {position}");
        if pattern.contains(&'\n') {
            message.push_str(&format!(" (line {line}, column {column})"));
        }
        Self { kind: RegexErrorKind::Regex, message, text, place: Some(Place { position, line, column }) }
    }
}
