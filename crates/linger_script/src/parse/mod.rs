//! Text to syntax tree, and what is wrong with a text that is none. The only module that knows which parser is used: the rest
//! of the compiler takes the tree's types from here. It knows nothing of names' meanings or of bytecode.

mod fstring_walk;
mod fstrings;
mod nesting;
mod scan;
mod search;
mod targets;
mod wording;

use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

pub use ruff_python_ast as ast;
pub use ruff_text_size::{Ranged, TextRange, TextSize};
pub use search::any_over_expr;

/// Which exception a [`SyntaxError`] becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
    /// `RecursionError`: the text nests too deeply to be compiled.
    Recursion,
}

impl SyntaxErrorKind {
    /// The name of the exception's class.
    pub fn class_name(self) -> &'static str {
        match self {
            SyntaxErrorKind::Syntax => "SyntaxError",
            SyntaxErrorKind::Indentation => "IndentationError",
            SyntaxErrorKind::Tab => "TabError",
            SyntaxErrorKind::Recursion => "RecursionError",
        }
    }
}

/// What keeps a text from being compiled, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message} (line {line}, column {column})", kind.class_name())]
pub struct SyntaxError {
    /// Which exception it becomes.
    pub kind: SyntaxErrorKind,
    /// The message, as Python words it.
    pub message: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The line of the end.
    pub end_line: u32,
    /// The column behind the end, from 1. As in Python, 0 or less where there is none.
    pub end_column: i32,
    /// The text of the line, without its end.
    pub text: String,
}

impl SyntaxError {
    /// An error of a kind at a range of bytes of `source`.
    pub fn of_kind(kind: SyntaxErrorKind, source: &str, message: impl Into<String>, range: TextRange) -> SyntaxError {
        let (line, column) = position(source, range.start().to_usize());
        let (end_line, end_column) = position(source, range.end().to_usize());
        let text = source.split('\n').nth(line as usize - 1).unwrap_or("").trim_end_matches('\r').to_owned();
        SyntaxError { kind, message: message.into(), line, column, end_line, end_column: end_column as i32, text }
    }

    /// A plain syntax error at a range of bytes of `source`.
    pub fn new(source: &str, message: impl Into<String>, range: TextRange) -> SyntaxError {
        SyntaxError::of_kind(SyntaxErrorKind::Syntax, source, message, range)
    }
}

/// Line and column, both from 1, of a byte; one inside a character counts as its start.
fn position(source: &str, byte: usize) -> (u32, u32) {
    let mut byte = byte.min(source.len());
    while !source.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &source[..byte];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&b| b == b'\n').count();
    (line as u32 + 1, before[line_start..].chars().count() as u32 + 1)
}

/// How deep the tree of `source` can be, at most. An error if that is more than can be compiled.
pub fn depth_bound(source: &str) -> Result<usize, SyntaxError> {
    nesting::depth_bound(source)
}

/// Parses a module.
pub fn parse_module(source: &str) -> Result<ast::ModModule, SyntaxError> {
    match parse(source, Mode::Module)? {
        ast::Mod::Module(module) => Ok(module),
        ast::Mod::Expression(_) => Err(SyntaxError::new(source, "invalid syntax", TextRange::default())),
    }
}

/// Parses a single expression, for `eval`.
pub fn parse_expression(source: &str) -> Result<ast::ModExpression, SyntaxError> {
    match parse(source, Mode::Expression)? {
        ast::Mod::Expression(expression) => Ok(expression),
        ast::Mod::Module(_) => Err(SyntaxError::new(source, "invalid syntax", TextRange::default())),
    }
}

fn parse(source: &str, mode: Mode) -> Result<ast::Mod, SyntaxError> {
    let parsed = parse_unchecked(source, ParseOptions::from(mode).with_target_version(PythonVersion::PY311));
    if let Some(error) = wording::first_error(source, parsed.errors(), parsed.unsupported_syntax_errors()) {
        return Err(error);
    }
    Ok(parsed.into_syntax())
}
