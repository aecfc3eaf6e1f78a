//! `repr` and `ascii` of text and bytes: the choice of quotes and the escapes.
//!
//! It knows nothing of the other direction, which is the parser's.

use super::unicode::is_printable;
use std::fmt::Write;

/// `repr(text)`.
pub fn repr_str(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_repr(text, false, &mut out);
    out
}

/// Escapes what is not ASCII in a finished `repr`, as `ascii()` and `!a` do.
pub fn escape_non_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { push_escape(c, &mut out) }
    }
    out
}

/// Appends `repr(text)`, or `ascii(text)` where `ascii` is set.
pub fn push_repr(text: &str, ascii: bool, out: &mut String) {
    let quote = quote_for(text.as_bytes());
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => {
                if c == quote {
                    out.push('\\');
                }
                out.push(c);
            }
            _ if !c.is_ascii() && !ascii && is_printable(c) => out.push(c),
            _ => push_escape(c, out),
        }
    }
    out.push(quote);
}

fn push_escape(c: char, out: &mut String) {
    let code = c as u32;
    let written = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

/// How long the `repr` of bytes is at the least, but for the short escapes.
pub fn bytes_repr_len(bytes: &[u8]) -> usize {
    let plain = bytes.iter().filter(|byte| (b' '..=b'~').contains(byte)).count();
    3 + plain + 4 * (bytes.len() - plain)
}

/// `repr(bytes)`, with its `b` prefix.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes_repr_len(bytes));
    let quote = quote_for(bytes);
    out.push('b');
    out.push(quote);
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b' '..=b'~' => {
                if byte as char == quote {
                    out.push('\\');
                }
                out.push(byte as char);
            }
            _ => push_escape(byte as char, &mut out),
        }
    }
    out.push(quote);
    out
}

fn quote_for(text: &[u8]) -> char {
    if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        for (text, repr) in [
            ("", "''"),
            ("it's", "\"it's\""),
            ("a'b\"c", "'a\\'b\"c'"),
            ("\"", "'\"'"),
            ("a\nb\t\r\\", "'a\\nb\\t\\r\\\\'"),
            ("\0\x1f\x7f\u{80}\u{a0}\u{ad}", "'\\x00\\x1f\\x7f\\x80\\xa0\\xad'"),
            ("é日\u{1f600}", "'é日\u{1f600}'"),
            ("\u{200b}\u{2028}\u{e000}\u{e0001}", "'\\u200b\\u2028\\ue000\\U000e0001'"),
        ] {
            assert_eq!(repr_str(text), repr);
        }
        assert_eq!(escape_non_ascii("[é]"), "[\\xe9]");
        assert_eq!(repr_bytes(b"a'\xff\0\n"), "b\"a'\\xff\\x00\\n\"");
        assert_eq!(repr_bytes(b"'\""), "b'\\'\"'");
    }
}
