//! CPython's `re`: a parser and a compiler for its syntax, and a backtracking matcher that gives the same groups.
//!
//! It knows no pattern or match objects, no cache and no warnings: `compile` gives a `Program`, a `Haystack` holds the text,
//! and `Program::find` returns positions, counted in characters (in bytes for bytes patterns).
//!
//! A pattern goes through `source` (tokens), `parse` (to the tree of `ast`), `compile` (to instructions, with the flags
//! resolved) and `matcher`, which keeps its choices on a stack of its own, so that no text can overflow the native one.

mod ast;
mod charset;
mod compile;
mod error;
mod escapes;
mod matcher;
mod parse;
mod source;
mod template;

pub use compile::{Program, compile};
pub use error::{RegexError, RegexErrorKind};
pub use matcher::{Captures, Haystack, Mode, Scratch, Span, Stopped};
pub use template::{Part, parse_template};

/// The numbers of `re`'s flags.
pub mod flags {
    /// `re.TEMPLATE`
    pub const TEMPLATE: u32 = 1;
    /// `re.IGNORECASE`
    pub const IGNORECASE: u32 = 2;
    /// `re.LOCALE`
    pub const LOCALE: u32 = 4;
    /// `re.MULTILINE`
    pub const MULTILINE: u32 = 8;
    /// `re.DOTALL`
    pub const DOTALL: u32 = 16;
    /// `re.UNICODE`
    pub const UNICODE: u32 = 32;
    /// `re.VERBOSE`
    pub const VERBOSE: u32 = 64;
    /// `re.DEBUG`
    pub const DEBUG: u32 = 128;
    /// `re.ASCII`
    pub const ASCII: u32 = 256;
    /// Those that exclude each other.
    pub(super) const TYPE: u32 = ASCII | LOCALE | UNICODE;
    /// Those that hold for a whole pattern.
    pub(super) const GLOBAL: u32 = DEBUG | TEMPLATE;
}

/// `re.escape(text)`.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
