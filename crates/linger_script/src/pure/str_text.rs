//! Searching, splitting, stripping and padding of text, with positions in characters.
//!
//! It knows no optional arguments and raises nothing: the caller checks for empty separators and the like.

use super::unicode::{is_line_break, is_space};

/// A range of characters as Python's `start` and `end` arguments give it; `None` where it holds no position at all.
pub fn clamp_range(length: usize, start: Option<i64>, end: Option<i64>) -> Option<(usize, usize)> {
    let place = |index: i64| match usize::try_from(index) {
        Ok(index) => index,
        Err(_) => length.saturating_sub(usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX)),
    };
    let start = start.map_or(0, place);
    let end = end.map_or(length, place).min(length);
    (start <= end).then_some((start, end))
}

/// The number of characters.
pub fn char_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The byte at which a character begins; the text's end where it has fewer.
pub fn byte_offset(text: &str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// The characters from `start` to before `end`.
pub fn slice_chars(text: &str, start: usize, end: usize) -> &str {
    let rest = &text[byte_offset(text, start)..];
    &rest[..byte_offset(rest, end.saturating_sub(start))]
}

/// `text.replace(old, new, limit)`; no limit where negative in Python.
pub fn replace(text: &str, old: &str, new: &str, limit: Option<usize>) -> String {
    if old.is_empty() {
        return text.replacen(old, new, limit.unwrap_or(usize::MAX));
    }
    if let ([old], [new], None) = (old.as_bytes(), new.as_bytes(), limit) {
        // One ASCII character in the place of another leaves the text one.
        let bytes = text.bytes().map(|byte| if byte == *old { *new } else { byte }).collect();
        return String::from_utf8(bytes).unwrap_or_default();
    }
    let mut replaced = String::with_capacity(text.len());
    let mut is_first = true;
    each_part(text, old, limit, |part| {
        if !is_first {
            replaced.push_str(new);
        }
        is_first = false;
        replaced.push_str(part);
    });
    replaced
}

/// The byte offset of the first `needle` in `text`.
#[inline]
pub fn find(text: &str, needle: &str) -> Option<usize> {
    match *needle.as_bytes() {
        [byte] => memchr::memchr(byte, text.as_bytes()),
        _ => memchr::memmem::find(text.as_bytes(), needle.as_bytes()),
    }
}

/// Calls `act` with the byte offset of each `needle` in `text`, one behind the other, for at most `limit` of them. `needle` is not
/// empty.
pub fn each_place(text: &str, needle: &str, limit: Option<usize>, mut act: impl FnMut(usize)) {
    let (text, needle, limit) = (text.as_bytes(), needle.as_bytes(), limit.unwrap_or(usize::MAX));
    if needle.len() > 1 && text.len() > SHORT {
        return memchr::memmem::find_iter(text, needle).take(limit).for_each(act);
    }
    let (mut from, mut left) = (0, limit);
    while left > 0
        && let Some(at) = find_byte(&text[from..], needle[0])
    {
        from += at;
        if text[from..].starts_with(needle) {
            act(from);
            left -= 1;
            from += needle.len();
        } else {
            from += 1;
        }
    }
}

/// Up to so many bytes, a search for a few bytes by the first of them is done before a better one is set up.
const SHORT: usize = 256;

/// The position of the first such byte: in many texts it is near.
#[inline]
fn find_byte(text: &[u8], byte: u8) -> Option<usize> {
    let near = &text[..text.len().min(16)];
    match near.iter().position(|&other| other == byte) {
        None if text.len() > 16 => memchr::memchr(byte, &text[16..]).map(|at| at + 16),
        found => found,
    }
}

/// `text.count(needle)`; the needle is not empty.
pub fn count(text: &str, needle: &str) -> usize {
    let mut count = 0;
    each_place(text, needle, None, |_| count += 1);
    count
}

/// Calls `act` with each part of `text.split(separator, limit)`; the separator is not empty.
pub fn each_part<'a>(text: &'a str, separator: &str, limit: Option<usize>, mut act: impl FnMut(&'a str)) {
    let mut start = 0;
    each_place(text, separator, limit, |at| {
        act(&text[start..at]);
        start = at + separator.len();
    });
    act(&text[start..]);
}

/// `text.rsplit(separator, limit)`; the separator is not empty.
pub fn rsplit<'a>(text: &'a str, separator: &str, limit: Option<usize>) -> Vec<&'a str> {
    let mut parts: Vec<&str> = match limit {
        None => text.rsplit(separator).collect(),
        Some(limit) => text.rsplitn(limit.saturating_add(1), separator).collect(),
    };
    parts.reverse();
    parts
}

/// `text.split(None, limit)`: words between whitespace.
pub fn split_whitespace(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    if limit.is_none() && text.is_ascii() {
        each_ascii_word(text, |word| parts.push(word));
        return parts;
    }
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let end = match limit {
            Some(limit) if parts.len() >= limit => rest.len(),
            _ => rest.find(is_space).unwrap_or(rest.len()),
        };
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space);
    }
    parts
}

/// Calls `act` for the words of an ASCII text.
#[inline]
pub fn each_ascii_word<'a>(text: &'a str, mut act: impl FnMut(&'a str)) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if is_ascii_space(byte) {
            if start < at {
                act(&text[start..at]);
            }
            start = at + 1;
        }
    }
    if start < text.len() {
        act(&text[start..]);
    }
}

#[inline(always)]
const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r' | 0x1c..=0x1f)
}

/// `text.rsplit(None, limit)`.
pub fn rsplit_whitespace(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        let start = match limit {
            Some(limit) if parts.len() >= limit => 0,
            _ => rest.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(at, c)| at + c.len_utf8()),
        };
        parts.push(&rest[start..]);
        rest = rest[..start].trim_end_matches(is_space);
    }
    parts.reverse();
    parts
}

/// `text.splitlines(keep_ends)`.
pub fn splitlines(text: &str, keep_ends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (end, next) = match rest.char_indices().find(|(_, c)| is_line_break(*c)) {
            Some((at, _)) if rest[at..].starts_with("\r\n") => (at, at + 2),
            Some((at, c)) => (at, at + c.len_utf8()),
            None => (rest.len(), rest.len()),
        };
        lines.push(&rest[..if keep_ends { next } else { end }]);
        rest = &rest[next..];
    }
    lines
}

/// `text.partition(separator)`; the separator is not empty.
pub fn partition<'a>(text: &'a str, separator: &str) -> (&'a str, &'a str, &'a str) {
    match find(text, separator) {
        Some(at) => (&text[..at], &text[at..at + separator.len()], &text[at + separator.len()..]),
        None => (text, "", ""),
    }
}

/// `text.rpartition(separator)`; the separator is not empty.
pub fn rpartition<'a>(text: &'a str, separator: &str) -> (&'a str, &'a str, &'a str) {
    match text.rfind(separator) {
        Some(at) => (&text[..at], &text[at..at + separator.len()], &text[at + separator.len()..]),
        None => ("", "", text),
    }
}

/// Which ends of a text are stripped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
    /// `strip`
    Both,
}

/// The ASCII characters that are space, a bit each.
const ASCII_SPACES: u128 = {
    let (mut set, mut byte) = (0, 0);
    while byte < 128 {
        if is_ascii_space(byte) {
            set |= 1 << byte;
        }
        byte += 1;
    }
    set
};

/// `strip`, `lstrip` and `rstrip` of the given characters, or of whitespace.
pub fn strip<'a>(text: &'a str, chars: Option<&str>, side: Side) -> &'a str {
    let ascii =
        chars.map_or(ASCII_SPACES, |chars| chars.bytes().filter(u8::is_ascii).fold(0, |set, byte| set | 1 << byte));
    let unwanted = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => ascii >> byte & 1 == 1,
        _ => chars.map_or_else(|| is_space(c), |chars| chars.contains(c)),
    };
    match side {
        Side::Left => text.trim_start_matches(unwanted),
        Side::Right => text.trim_end_matches(unwanted),
        Side::Both => text.trim_matches(unwanted),
    }
}

/// `text.expandtabs(size)`.
pub fn expandtabs(text: &str, size: i64) -> String {
    let size = usize::try_from(size).unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        if c == '\t' {
            if size > 0 {
                let fill = size - column % size;
                out.extend(std::iter::repeat_n(' ', fill));
                column += fill;
            }
            continue;
        }
        out.push(c);
        column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
    }
    out
}

fn padded(text: &str, left: usize, right: usize, fill: char) -> String {
    let mut out = String::with_capacity(text.len() + (left + right) * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

/// `text.center(width, fill)`.
pub fn center(text: &str, width: usize, fill: char) -> String {
    let padding = width.saturating_sub(char_len(text));
    // An odd space goes to the left only where the width is odd too.
    let left = padding / 2 + (padding & width & 1);
    padded(text, left, padding - left, fill)
}

/// `text.ljust(width, fill)`.
pub fn ljust(text: &str, width: usize, fill: char) -> String {
    padded(text, 0, width.saturating_sub(char_len(text)), fill)
}

/// `text.rjust(width, fill)`.
pub fn rjust(text: &str, width: usize, fill: char) -> String {
    padded(text, width.saturating_sub(char_len(text)), 0, fill)
}

/// `text.zfill(width)`: zeros after the sign.
pub fn zfill(text: &str, width: usize) -> String {
    let padding = width.saturating_sub(char_len(text));
    let sign = if text.starts_with(['+', '-']) { 1 } else { 0 };
    let mut out = String::with_capacity(text.len() + padding);
    out.push_str(&text[..sign]);
    out.extend(std::iter::repeat_n('0', padding));
    out.push_str(&text[sign..]);
    out
}

/// What a character becomes in `translate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translated {
    /// Itself: the table has no entry.
    Same,
    /// Nothing: the entry is `None`.
    Deleted,
    /// A character: the entry is an int.
    Char(char),
    /// Text: the entry is a str.
    Text(String),
}

/// `text.translate(table)`; the lookup may fail with whatever it fails with.
pub fn translate<E>(text: &str, mut lookup: impl FnMut(char) -> Result<Translated, E>) -> Result<String, E> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match lookup(c)? {
            Translated::Same => out.push(c),
            Translated::Deleted => {}
            Translated::Char(to) => out.push(to),
            Translated::Text(to) => out.push_str(&to),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(text: &'a str, separator: &str, limit: Option<usize>) -> Vec<&'a str> {
        let mut parts = Vec::new();
        each_part(text, separator, limit, |part| parts.push(part));
        parts
    }

    #[test]
    fn ranges() {
        assert_eq!(clamp_range(5, None, None), Some((0, 5)));
        assert_eq!(clamp_range(5, Some(-2), Some(100)), Some((3, 5)));
        assert_eq!(clamp_range(5, Some(-100), Some(-1)), Some((0, 4)));
        assert_eq!(clamp_range(5, Some(6), None), None);
        assert_eq!(clamp_range(5, Some(5), None), Some((5, 5)));
        assert_eq!(clamp_range(5, Some(3), Some(2)), None);
        assert_eq!(clamp_range(5, Some(i64::MIN), Some(i64::MAX)), Some((0, 5)));
    }

    #[test]
    fn searches_by_character() {
        let text = "日本語日本語";
        assert_eq!(slice_chars(text, 1, 3), "本語");
    }

    #[test]
    fn splits() {
        assert_eq!(parts("a,b,,c", ",", None), ["a", "b", "", "c"]);
        assert_eq!(parts("a,b,c", ",", Some(1)), ["a", "b,c"]);
        assert_eq!(parts("a--b---c", "--", None), ["a", "b", "-c"]);
        assert_eq!(rsplit("a,b,c", ",", Some(1)), ["a,b", "c"]);
        assert_eq!(parts("", ",", None), [""]);
        assert_eq!(split_whitespace("  a \u{3000}b  c  ", None), ["a", "b", "c"]);
        assert_eq!(split_whitespace("  a  b  c  ", Some(1)), ["a", "b  c  "]);
        assert_eq!(split_whitespace("  ", None), [""; 0]);
        assert_eq!(rsplit_whitespace("  a  b  c  ", Some(1)), ["  a  b", "c"]);
        assert_eq!(splitlines("a\r\nb\rc\n\nd\x0be\u{2028}", false), ["a", "b", "c", "", "d", "e"]);
        assert_eq!(splitlines("a\r\nb", true), ["a\r\n", "b"]);
        assert_eq!(partition("a=b=c", "="), ("a", "=", "b=c"));
        assert_eq!(rpartition("a=b=c", "="), ("a=b", "=", "c"));
        assert_eq!(rpartition("abc", "="), ("", "", "abc"));
    }

    #[test]
    fn strips_and_pads() {
        assert_eq!(strip(" a ", None, Side::Both), "a");
        assert_eq!(strip("xyaxy", Some("xy"), Side::Right), "xya");
        assert_eq!(strip("xyaxy", Some(""), Side::Left), "xyaxy");
        assert_eq!(center("ab", 5, '*'), "**ab*");
        assert_eq!(center("abc", 6, '*'), "*abc**");
        assert_eq!(ljust("日", 3, ' '), "日  ");
        assert_eq!(rjust("日", 3, 'é'), "éé日");
        assert_eq!(zfill("-5", 4), "-005");
        assert_eq!(zfill("é", 3), "00é");
        assert_eq!(expandtabs("a\tbc\t\nd\t", 4), "a   bc  \nd   ");
        assert_eq!(expandtabs("a\tb", 0), "ab");
    }

    #[test]
    fn replaces_and_translates() {
        assert_eq!(replace("abc", "", "-", None), "-a-b-c-");
        assert_eq!(replace("abc", "", "-", Some(2)), "-a-bc");
        assert_eq!(replace("aaa", "a", "b", Some(2)), "bba");
        let result = translate("abcd", |c| match c {
            'a' => Ok(Translated::Deleted),
            'b' => Ok(Translated::Text("BB".to_owned())),
            'c' => Ok(Translated::Char('C')),
            'd' => Ok(Translated::Same),
            _ => Err(c),
        });
        assert_eq!(result, Ok("BBCd".to_owned()));
    }
}
