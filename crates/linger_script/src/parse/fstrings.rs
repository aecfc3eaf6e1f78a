//! Errors within string literals: escapes, and the expressions of f-strings, which Python 3.11 parses apart.

use super::SyntaxError;
use super::fstring_walk::{self, Fault};
use super::scan::Kind;
use super::wording::Words;
use ruff_python_parser::{
    InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType, UnsupportedSyntaxErrorKind,
};

/// What Python 3.11 does not allow in an f-string, though later versions do.
pub(super) fn unsupported(words: &Words<'_>, at: usize, kind: &UnsupportedSyntaxErrorKind) -> SyntaxError {
    let index = words.token_index(at);
    // The kind within is not public; its name is.
    let kind = format!("{kind:?}");
    let message = if kind.contains("Backslash") {
        "f-string expression part cannot include a backslash"
    } else if kind.contains("Comment") {
        "f-string expression part cannot include '#'"
    } else if kind.contains("NestedQuote") {
        "f-string: expecting '}'"
    } else {
        "f-string: invalid syntax"
    };
    behind(words, index, message)
}

/// Python reports most errors of a string at the token behind it.
fn behind(words: &Words<'_>, index: usize, message: &str) -> SyntaxError {
    let mut index = index;
    while words.next(index, 0).kind == Kind::Text && index + 1 < words.scan.tokens.len() {
        index += 1;
    }
    let token = words.next(index, 0);
    words.error(message, token.start, token.start)
}

/// The error of the first f-string up to a byte that is not one of Python 3.11's.
pub(super) fn before(words: &Words<'_>, at: usize) -> Option<SyntaxError> {
    let tokens = words.scan.tokens.iter().enumerate();
    let strings = tokens.filter(|(_, token)| token.kind == Kind::Text && token.start <= at);
    for (index, token) in strings {
        let text = words.text(*token);
        let quoted = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let prefix = text[..text.len() - quoted.len()].to_ascii_lowercase();
        if !prefix.contains('f') {
            continue;
        }
        let quotes = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") { 3 } else { 1 };
        let Some(content) = quoted.get(quotes..quoted.len().saturating_sub(quotes)) else { continue };
        match fstring_walk::fault(content, prefix.contains('r')) {
            Some(Fault::Message(message)) => return Some(behind(words, index, &message)),
            Some(Fault::Expression(error)) => return Some(error),
            None => {}
        }
    }
    None
}

/// The error of an f-string in the token at `index`, if it is one.
pub(super) fn in_string(words: &Words<'_>, index: usize, error: &ParseError) -> Option<SyntaxError> {
    let token = words.scan.tokens[index];
    let text = words.text(token);
    let prefix: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    if !prefix.to_ascii_lowercase().contains('f') {
        return None;
    }
    let at = error.location.start().to_usize().clamp(token.start, token.end);
    let open = words.source[token.start..at].rfind('{').map(|at| token.start + at);
    let inside = open.map_or("", |open| words.source[open + 1..at].trim());
    let found = words.source[at..token.end].chars().next().unwrap_or('}');
    let kind = match &error.error {
        ParseErrorType::FStringError(kind) | ParseErrorType::Lexical(LexicalErrorType::FStringError(kind)) => {
            Some(kind)
        }
        _ => None,
    };
    let message = match kind {
        Some(InterpolatedStringErrorType::UnclosedLbrace) => {
            match open.and_then(|open| expression_error(words, open, token.end)) {
                Some(error) => return Some(error),
                None => "f-string: expecting '}'",
            }
        }
        Some(InterpolatedStringErrorType::SingleRbrace) => "f-string: single '}' is not allowed",
        Some(InterpolatedStringErrorType::InvalidConversionFlag) => {
            "f-string: invalid conversion character: expected 's', 'r', or 'a'"
        }
        Some(
            InterpolatedStringErrorType::UnterminatedString
            | InterpolatedStringErrorType::UnterminatedTripleQuotedString,
        ) => "f-string: expecting '}'",
        Some(_) => "f-string: invalid syntax",
        None => match &error.error {
            ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => {
                "f-string expression part cannot include a backslash"
            }
            ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => "f-string: unterminated string",
            ParseErrorType::ExpectedExpression if inside.is_empty() => match found {
                '}' => "f-string: empty expression not allowed",
                '!' => "f-string: expression required before '!'",
                '=' => "f-string: expression required before '='",
                ':' => "f-string: expression required before ':'",
                quote @ ('"' | '\'') if text.ends_with(quote) => "f-string: expecting '}'",
                _ => return Some(within(words, open.unwrap_or(at), at, token.end)),
            },
            _ => return Some(within(words, open.unwrap_or(at), at, token.end)),
        },
    };
    Some(behind(words, index, message))
}

/// An error in an expression of an f-string.
fn within(words: &Words<'_>, open: usize, at: usize, end: usize) -> SyntaxError {
    expression_error(words, open, end).unwrap_or_else(|| words.error("f-string: invalid syntax", at, at + 1))
}

/// The error of the expression behind the brace at `open`, which Python 3.11 parses by itself, in parentheses.
fn expression_error(words: &Words<'_>, open: usize, end: usize) -> Option<SyntaxError> {
    let rest = words.source.get(open + 1..end)?;
    let mut depth = 0_usize;
    let mut stop = None;
    for (at, character) in rest.char_indices() {
        match character {
            '(' | '[' | '{' => depth += 1,
            '}' | '!' | ':' if depth == 0 => {
                stop = Some(at);
                break;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let alone = format!("({})", &rest[..stop?]);
    let mut error = super::parse_module(&alone).err()?;
    error.message = format!("f-string: {}", error.message);
    Some(error)
}

/// A wrong escape in the string literal at `index`.
pub(super) fn escape(words: &Words<'_>, index: usize) -> SyntaxError {
    let mut index = index;
    if words.next(index, 0).kind != Kind::Text && index > 0 {
        index -= 1;
    }
    let token = words.next(index, 0);
    let text = words.text(token);
    let prefix = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_bytes = text[..prefix].to_ascii_lowercase().contains('b');
    let triple = text[prefix..].starts_with("\"\"\"") || text[prefix..].starts_with("'''");
    let quotes = if triple { 3 } else { 1 };
    let content = text.get(prefix + quotes..text.len().saturating_sub(quotes)).unwrap_or("");
    let message = first_bad_escape(content, is_bytes).unwrap_or_else(|| "invalid syntax".to_owned());
    behind(words, index, &message)
}

pub(super) fn first_bad_escape(content: &str, is_bytes: bool) -> Option<String> {
    let bytes = content.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let escape = bytes.get(at + 1).copied().unwrap_or(0);
        let digits = match escape {
            b'x' => 2,
            b'u' if !is_bytes => 4,
            b'U' if !is_bytes => 8,
            b'N' if !is_bytes => {
                let close = content[at..].find('}').map(|close| at + close);
                let name = close.and_then(|close| content.get(at + 3..close)).unwrap_or("");
                if let (Some(_), Some(close)) = (unicode_names2::character(name), close) {
                    at = close + 1;
                    continue;
                }
                let problem = match (bytes.get(at + 2), close) {
                    (Some(b'{'), Some(close)) if close > at + 3 => (close, "unknown Unicode character name"),
                    (Some(b'{'), Some(close)) => (close, "malformed \\N character escape"),
                    (Some(b'{'), None) => (bytes.len() - 1, "malformed \\N character escape"),
                    _ => (at + 1, "malformed \\N character escape"),
                };
                return Some(unicode_error(content, at, problem.0, problem.1));
            }
            _ => {
                at += 2;
                continue;
            }
        };
        let given = bytes[at + 2..].iter().take(digits).take_while(|b| b.is_ascii_hexdigit()).count();
        if given < digits {
            if is_bytes {
                return Some(format!("(value error) invalid \\x escape at position {at}"));
            }
            let what = match escape {
                b'x' => "truncated \\xXX escape",
                b'u' => "truncated \\uXXXX escape",
                _ => "truncated \\UXXXXXXXX escape",
            };
            return Some(unicode_error(content, at, at + 1 + given, what));
        }
        if escape == b'U' && u32::from_str_radix(&content[at + 2..at + 10], 16).is_ok_and(|code| code > 0x10_ffff) {
            return Some(unicode_error(content, at, at + 9, "illegal Unicode character"));
        }
        at += 2 + digits;
    }
    None
}

fn unicode_error(content: &str, start: usize, end: usize, what: &str) -> String {
    // Positions count the text as Python hands it to its decoder, in which a character beyond ASCII takes ten bytes.
    let position = |at: usize| content[..at].chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
    format!(
        "(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {what}",
        position(start),
        position(start) + (end - start)
    )
}
