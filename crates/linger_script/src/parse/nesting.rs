//! A bound on the depth of the tree, taken from the text before it is parsed, so that no text overflows the native stack.
//! It knows brackets, strings and operators, and nothing of grammar.

use super::{SyntaxError, SyntaxErrorKind};
use ruff_text_size::{TextRange, TextSize};

/// Brackets may nest this deep.
const MAX_BRACKETS: usize = 200;
/// Blocks may be indented this deep.
const MAX_INDENTS: usize = 100;
/// An expression may be this deep.
const MAX_DEPTH: usize = 6000;

/// The bound: brackets, blocks and operators that may stand one in the other.
pub(super) fn depth_bound(source: &str) -> Result<usize, SyntaxError> {
    let mut scan = Scan { source, at: 0, levels: vec![0], deepest: 0 };
    scan.run()?;
    Ok(scan.deepest + deepest_indent(source)?)
}

struct Scan<'a> {
    source: &'a str,
    at: usize,
    /// For each open bracket, how many operators may nest in the current item.
    levels: Vec<usize>,
    deepest: usize,
}

impl Scan<'_> {
    fn error(&self, kind: SyntaxErrorKind, message: &str) -> SyntaxError {
        let at = TextSize::new(self.at as u32);
        SyntaxError::of_kind(kind, self.source, message, TextRange::new(at, at + TextSize::new(1)))
    }

    fn run(&mut self) -> Result<(), SyntaxError> {
        let bytes = self.source.as_bytes();
        let mut total = 0;
        while self.at < bytes.len() {
            let byte = bytes[self.at];
            let mut weight = 0;
            match byte {
                b' ' => {}
                b'#' => {
                    self.at = memchr::memchr(b'\n', &bytes[self.at..]).map_or(bytes.len(), |end| self.at + end);
                    continue;
                }
                b'"' | b'\'' => {
                    self.skip_string(byte, false, total)?;
                    continue;
                }
                b'(' | b'[' | b'{' => {
                    if self.levels.len() > MAX_BRACKETS {
                        return Err(self.error(SyntaxErrorKind::Syntax, "too many nested parentheses"));
                    }
                    // A call or subscript of what stands before nests it, too.
                    self.count(1, &mut total)?;
                    self.levels.push(0);
                }
                b')' | b']' | b'}' if self.levels.len() > 1 => total -= self.levels.pop().unwrap_or(0),
                b',' => self.reset(&mut total),
                b'\n' if self.levels.len() == 1 => self.reset(&mut total),
                b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'=' | b'!'
                | b'.' | b':' => {
                    weight = 1;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => {
                    let rest = &bytes[self.at..];
                    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
                    let word = &rest[..rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len())];
                    self.at += word.len();
                    if matches!(bytes.get(self.at), Some(b'"' | b'\''))
                        && matches!(word, [b'f' | b'F'] | [b'r' | b'R', b'f' | b'F'] | [b'f' | b'F', b'r' | b'R'])
                    {
                        self.skip_string(bytes[self.at], true, total)?;
                        continue;
                    }
                    let nests = match word.len() {
                        2 => matches!(word, b"or" | b"if" | b"in" | b"is"),
                        3 => matches!(word, b"not" | b"and" | b"for"),
                        4 => word == b"else",
                        5 => matches!(word, b"await" | b"yield"),
                        6 => word == b"lambda",
                        _ => false,
                    };
                    if nests {
                        self.count(1, &mut total)?;
                    }
                    continue;
                }
                _ => {}
            }
            self.count(weight, &mut total)?;
            self.at += 1;
        }
        Ok(())
    }

    fn count(&mut self, weight: usize, total: &mut usize) -> Result<(), SyntaxError> {
        if weight > 0 {
            if let Some(level) = self.levels.last_mut() {
                *level += weight;
            }
            *total += weight;
            self.deepest = self.deepest.max(*total);
            if *total > MAX_DEPTH {
                return Err(
                    self.error(SyntaxErrorKind::Recursion, "maximum recursion depth exceeded during compilation")
                );
            }
        }
        Ok(())
    }

    fn reset(&mut self, total: &mut usize) {
        if let Some(level) = self.levels.last_mut() {
            *total -= *level;
            *level = 0;
        }
    }

    /// Goes over a string; in an f-string, whatever stands in braces may nest.
    fn skip_string(&mut self, quote: u8, formatted: bool, total: usize) -> Result<(), SyntaxError> {
        let (mut braces, mut inner) = (0_usize, 0);
        let bytes = self.source.as_bytes();
        let triple = bytes.get(self.at + 1) == Some(&quote) && bytes.get(self.at + 2) == Some(&quote);
        self.at += if triple { 3 } else { 1 };
        while self.at < bytes.len() {
            let byte = bytes[self.at];
            if formatted && (byte == b'{' || byte == b'}') {
                braces = if byte == b'{' { braces + 1 } else { braces.saturating_sub(1) };
                inner = if braces == 0 { 0 } else { inner };
            }
            if braces > 0 && !byte.is_ascii_alphanumeric() {
                inner += 1;
                self.deepest = self.deepest.max(total + inner);
                if total + inner > MAX_DEPTH {
                    return Err(
                        self.error(SyntaxErrorKind::Recursion, "maximum recursion depth exceeded during compilation")
                    );
                }
            }
            if !formatted {
                // Nothing in between is looked at.
                let rest = &bytes[self.at..];
                let next = if triple {
                    memchr::memchr2(b'\\', quote, rest)
                } else {
                    memchr::memchr3(b'\\', b'\n', quote, rest)
                };
                self.at += next.unwrap_or(rest.len());
            }
            match bytes.get(self.at).copied().unwrap_or_default() {
                b'\\' => self.at += 1,
                b'\n' if !triple => return Ok(()),
                byte if byte == quote => {
                    if !triple {
                        self.at += 1;
                        return Ok(());
                    }
                    if bytes.get(self.at + 1) == Some(&quote) && bytes.get(self.at + 2) == Some(&quote) {
                        self.at += 3;
                        return Ok(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        Ok(())
    }
}

/// How deep lines are indented, counted as the number of different indents that a line stands in.
fn deepest_indent(source: &str) -> Result<usize, SyntaxError> {
    let mut indents: Vec<usize> = Vec::new();
    let mut deepest = 0;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.bytes().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(line.len());
        let rest = line[indent..].trim_start();
        if !rest.is_empty() && !rest.starts_with('#') {
            while indents.last().is_some_and(|&last| last >= indent) {
                indents.pop();
            }
            if indent > 0 {
                indents.push(indent);
            }
            deepest = deepest.max(indents.len());
            if indents.len() >= MAX_INDENTS {
                let at = TextSize::new((start + indent) as u32);
                return Err(SyntaxError::of_kind(
                    SyntaxErrorKind::Indentation,
                    source,
                    "too many levels of indentation",
                    TextRange::new(at, at),
                ));
            }
        }
        start += line.len();
    }
    Ok(deepest)
}
