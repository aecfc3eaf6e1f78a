//! Searching, splitting, stripping and padding of text, with positions in characters.
//!
//! It knows no optional arguments and raises nothing: the caller checks for empty separators and the like.

use super::unicode::is_space;

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

/// Appends `text.replace(old, new, limit)`; no limit where negative in Python.
pub fn replace(text: &str, old: &str, new: &str, limit: Option<usize>, out: &mut String) {
    if old.is_empty() {
        return out.push_str(&text.replacen(old, new, limit.unwrap_or(usize::MAX)));
    }
    if let ([old], [new], None) = (old.as_bytes(), new.as_bytes(), limit) {
        // One ASCII character in the place of another leaves the text one.
        let mut bytes = std::mem::take(out).into_bytes();
        bytes.extend(text.bytes().map(|byte| if byte == *old { *new } else { byte }));
        *out = String::from_utf8(bytes).unwrap_or_default();
        return;
    }
    let mut is_first = true;
    each_part(text, old, limit, |part| {
        if !is_first {
            out.push_str(new);
        }
        is_first = false;
        out.push_str(part);
    });
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
    if text.len() > SHORT {
        return match needle {
            [byte] => memchr::memchr_iter(*byte, text).take(limit).for_each(act),
            _ => memchr::memmem::find_iter(text, needle).take(limit).for_each(act),
        };
    }
    let (mut from, mut left) = (0, limit);
    while left > 0 && from + needle.len() <= text.len() {
        if text[from] == needle[0] && text[from..].starts_with(needle) {
            act(from);
            left -= 1;
            from += needle.len();
        } else {
            from += 1;
        }
    }
}

/// Up to so many bytes, going through them is done before a better search is set up.
const SHORT: usize = 64;

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

/// The byte offset of the last `needle` in `text`.
#[inline]
pub fn rfind(text: &str, needle: &str) -> Option<usize> {
    match *needle.as_bytes() {
        [byte] => memchr::memrchr(byte, text.as_bytes()),
        _ => text.rfind(needle),
    }
}

/// `text.rsplit(separator, limit)`; the separator is not empty.
pub fn rsplit<'a>(text: &'a str, separator: &str, limit: Option<usize>) -> Vec<&'a str> {
    let mut parts = Vec::with_capacity(FEW_PARTS);
    let mut rest = text;
    while limit.is_none_or(|limit| parts.len() < limit)
        && let Some(at) = rfind(rest, separator)
    {
        parts.push(&rest[at + separator.len()..]);
        rest = &rest[..at];
    }
    parts.push(rest);
    parts.reverse();
    parts
}

/// Room for the parts that most texts are split into.
pub const FEW_PARTS: usize = 12;

/// `text.split(None, limit)`: words between whitespace.
pub fn split_whitespace(text: &str, limit: Option<usize>) -> Vec<&str> {
    let mut parts = Vec::new();
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
    let mut rest = text;
    loop {
        let space = rest.bytes().take_while(|byte| IS_SPACE[usize::from(*byte)]).count();
        rest = &rest[space..];
        let word = rest.bytes().take_while(|byte| !IS_SPACE[usize::from(*byte)]).count();
        if word == 0 {
            return;
        }
        act(&rest[..word]);
        rest = &rest[word..];
    }
}

/// As [`each_ascii_word`], of any text.
pub fn each_word<'a>(text: &'a str, mut act: impl FnMut(&'a str)) {
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let is_separator = if c.is_ascii() { IS_SPACE[c as usize] } else { is_space(c) };
        if is_separator {
            if start < at {
                act(&text[start..at]);
            }
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        act(&text[start..]);
    }
}

/// Whether a byte is space, for all of them.
static IS_SPACE: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0);
    while byte < 128 {
        table[byte] = is_ascii_space(byte as u8);
        byte += 1;
    }
    table
};

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
    let mut lines = Vec::with_capacity(FEW_PARTS);
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        // What line breaks begin with, and little else.
        if bytes[at] >= b' ' && !matches!(bytes[at], 0xc2 | 0xe2) {
            at += 1;
            continue;
        }
        let next = at + line_break_len(&bytes[at..]);
        if next > at {
            lines.push(&text[start..if keep_ends { next } else { at }]);
            start = next;
        }
        at = next.max(at + 1);
    }
    if start < text.len() {
        lines.push(&text[start..]);
    }
    lines
}

/// How many bytes the line break takes that a text begins with; 0 where it begins with none.
fn line_break_len(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
        [b'\n'..=b'\r' | 0x1c..=0x1e, ..] => 1,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
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
    match rfind(text, separator) {
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
    let is_unwanted_byte = |byte: &u8| byte.is_ascii() && ascii >> *byte & 1 == 1;
    let mut rest = text;
    // Beyond the unwanted ASCII at an end there is most often a character that stays.
    if side != Side::Right {
        rest = &rest[rest.bytes().take_while(is_unwanted_byte).count()..];
        if rest.as_bytes().first().is_some_and(|byte| !byte.is_ascii()) {
            rest = rest.trim_start_matches(unwanted);
        }
    }
    if side != Side::Left {
        rest = &rest[..rest.len() - rest.bytes().rev().take_while(is_unwanted_byte).count()];
        if rest.as_bytes().last().is_some_and(|byte| !byte.is_ascii()) {
            rest = rest.trim_end_matches(unwanted);
        }
    }
    rest
}

/// Appends `text.expandtabs(size)`.
pub fn expandtabs(text: &str, size: i64, out: &mut String) {
    let size = usize::try_from(size).unwrap_or(0);
    let mut column = 0;
    for c in text.chars() {
        if c == '\t' {
            if size > 0 {
                let fill = size - column % size;
                push_repeated(out, ' ', fill);
                column += fill;
            }
            continue;
        }
        out.push(c);
        column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
    }
}

/// Appends a character so many times.
pub fn push_repeated(out: &mut String, fill: char, count: usize) {
    let bytes = [fill as u8; 32];
    let (true, Ok(run)) = (fill.is_ascii(), str::from_utf8(&bytes)) else {
        return out.extend(std::iter::repeat_n(fill, count));
    };
    out.reserve(count);
    let mut left = count;
    while left > 0 {
        let part = &run[..left.min(run.len())];
        out.push_str(part);
        left -= part.len();
    }
}

/// Inserts a character so many times.
pub fn insert_repeated(out: &mut String, at: usize, fill: char, count: usize) {
    let mut run = String::new();
    push_repeated(&mut run, fill, count);
    out.insert_str(at, &run);
}

fn push_padded(text: &str, left: usize, right: usize, fill: char, out: &mut String) {
    push_repeated(out, fill, left);
    out.push_str(text);
    push_repeated(out, fill, right);
}

/// Appends `text.center(width, fill)`.
pub fn center(text: &str, width: usize, fill: char, out: &mut String) {
    let padding = width.saturating_sub(char_len(text));
    // An odd space goes to the left only where the width is odd too.
    let left = padding / 2 + (padding & width & 1);
    push_padded(text, left, padding - left, fill, out)
}

/// Appends `text.ljust(width, fill)`.
pub fn ljust(text: &str, width: usize, fill: char, out: &mut String) {
    push_padded(text, 0, width.saturating_sub(char_len(text)), fill, out)
}

/// Appends `text.rjust(width, fill)`.
pub fn rjust(text: &str, width: usize, fill: char, out: &mut String) {
    push_padded(text, width.saturating_sub(char_len(text)), 0, fill, out)
}

/// Appends `text.zfill(width)`: zeros after the sign.
pub fn zfill(text: &str, width: usize, out: &mut String) {
    let (sign, digits) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    out.push_str(sign);
    push_repeated(out, '0', width.saturating_sub(char_len(text)));
    out.push_str(digits);
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

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut out = "before".to_owned();
        write(&mut out);
        out.split_off(6)
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
    fn splits() {
        assert_eq!(parts("a,b,,c", ",", None), ["a", "b", "", "c"]);
        assert_eq!(parts("a,b,c", ",", Some(1)), ["a", "b,c"]);
        assert_eq!(parts("a--b---c", "--", None), ["a", "b", "-c"]);
        assert_eq!(rsplit("a,b,c", ",", Some(1)), ["a,b", "c"]);
        assert_eq!(rsplit("aaab", "aa", None), ["a", "b"]);
        assert_eq!(rsplit("", ",", None), [""]);
        assert_eq!(parts("", ",", None), [""]);
        assert_eq!(split_whitespace("  a \u{3000}b  c  ", None), ["a", "b", "c"]);
        let words = |text| {
            let mut words = Vec::new();
            each_word(text, |word| words.push(word));
            words
        };
        assert_eq!(words("  ä \u{3000}b\u{85}c  "), ["ä", "b", "c"]);
        assert_eq!(words("é"), ["é"]);
        assert_eq!(split_whitespace("  a  b  c  ", Some(1)), ["a", "b  c  "]);
        assert_eq!(split_whitespace("  ", None), [""; 0]);
        assert_eq!(rsplit_whitespace("  a  b  c  ", Some(1)), ["  a  b", "c"]);
        assert_eq!(splitlines("a\r\nb\rc\n\nd\x0be\u{2028}", false), ["a", "b", "c", "", "d", "e"]);
        assert_eq!(splitlines("a\r\nb", true), ["a\r\n", "b"]);
        assert_eq!(
            splitlines("é\u{85}\u{84}â\u{2029}\u{2027}\n\n", true),
            ["é\u{85}", "\u{84}â\u{2029}", "\u{2027}\n", "\n"]
        );
        assert_eq!(partition("a=b=c", "="), ("a", "=", "b=c"));
        assert_eq!(rpartition("a=b=c", "="), ("a=b", "=", "c"));
        assert_eq!(rpartition("abc", "="), ("", "", "abc"));
    }

    #[test]
    fn strips_and_pads() {
        assert_eq!(strip(" a ", None, Side::Both), "a");
        assert_eq!(strip("xyaxy", Some("xy"), Side::Right), "xya");
        assert_eq!(strip("xyaxy", Some(""), Side::Left), "xyaxy");
        assert_eq!(strip(" \u{3000} é \u{a0}\n", None, Side::Both), "é");
        assert_eq!(strip(" \u{3000} ", None, Side::Both), "");
        assert_eq!(strip("aéaébéa", Some("éa"), Side::Both), "b");
        assert_eq!(written(|out| center("ab", 5, '*', out)), "**ab*");
        assert_eq!(written(|out| center("abc", 6, '*', out)), "*abc**");
        assert_eq!(written(|out| ljust("日", 3, ' ', out)), "日  ");
        assert_eq!(written(|out| ljust("a", 80, '-', out)), format!("a{}", "-".repeat(79)));
        assert_eq!(written(|out| rjust("日", 3, 'é', out)), "éé日");
        assert_eq!(written(|out| zfill("-5", 4, out)), "-005");
        assert_eq!(written(|out| zfill("é", 3, out)), "00é");
        assert_eq!(written(|out| expandtabs("a\tbc\t\nd\t", 4, out)), "a   bc  \nd   ");
        assert_eq!(written(|out| expandtabs("a\tb", 0, out)), "ab");
    }

    #[test]
    fn replaces_and_translates() {
        assert_eq!(written(|out| replace("abc", "", "-", None, out)), "-a-b-c-");
        assert_eq!(written(|out| replace("abc", "", "-", Some(2), out)), "-a-bc");
        assert_eq!(written(|out| replace("aaa", "a", "b", Some(2), out)), "bba");
        assert_eq!(written(|out| replace("abcabc", "bc", "", None, out)), "aa");
        assert_eq!(written(|out| replace("aébéa", "a", "c", None, out)), "cébéc");
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
