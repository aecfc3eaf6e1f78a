//! Character classes and case mappings of Unicode 14.0, which is what CPython 3.11 knows.
//!
//! It knows single characters only; what a whole string is or becomes is decided in `str_text`.

use super::unicode_tables::{CASE_FOLD, CLASSES, DECIMAL_ZEROS, RUNS, TITLE_CASE};

const ALPHA: u16 = 1;
const DECIMAL: u16 = 1 << 1;
const DIGIT: u16 = 1 << 2;
const NUMERIC: u16 = 1 << 3;
const SPACE: u16 = 1 << 4;
const LOWER: u16 = 1 << 5;
const UPPER: u16 = 1 << 6;
const TITLE: u16 = 1 << 7;
const PRINTABLE: u16 = 1 << 8;
const ID_START: u16 = 1 << 9;
const ID_CONTINUE: u16 = 1 << 10;
const CASE_IGNORABLE: u16 = 1 << 11;

/// The classes of the first 256 characters, so that common text needs no search.
static LATIN: [u16; 256] = latin_classes();

const fn latin_classes() -> [u16; 256] {
    let mut classes = [0; 256];
    let mut run = 0;
    let mut code = 0;
    while code < 256 {
        while run + 1 < RUNS.len() && (RUNS[run + 1] >> 8) as usize <= code {
            run += 1;
        }
        classes[code] = CLASSES[(RUNS[run] & 0xff) as usize];
        code += 1;
    }
    classes
}

#[inline]
fn class(c: char) -> u16 {
    let code = c as u32;
    if code < 256 {
        return LATIN[code as usize];
    }
    let after = RUNS.partition_point(|run| run >> 8 <= code);
    CLASSES[(RUNS[after - 1] & 0xff) as usize]
}

macro_rules! class_tests {
    ($($(#[$doc:meta])* $name:ident = $bits:expr;)*) => {
        $($(#[$doc])* #[inline] pub fn $name(c: char) -> bool { class(c) & ($bits) != 0 })*
    };
}

class_tests! {
    /// `str.isalpha` of one character.
    is_alpha = ALPHA;
    /// `str.isdecimal` of one character.
    is_decimal = DECIMAL;
    /// `str.isdigit` of one character.
    is_digit = DIGIT;
    /// `str.isnumeric` of one character.
    is_numeric = NUMERIC;
    /// `str.isalnum` of one character.
    is_alnum = ALPHA | DECIMAL | DIGIT | NUMERIC;
    /// `str.isspace` of one character.
    is_space = SPACE;
    /// Whether the character counts as lower case.
    is_lower = LOWER;
    /// Whether the character counts as upper case.
    is_upper = UPPER;
    /// Whether the character is a title-case digraph.
    is_title = TITLE;
    /// Whether the character has a case at all.
    is_cased = LOWER | UPPER | TITLE;
    /// `str.isprintable` of one character: what `repr` shows as it is.
    is_printable = PRINTABLE;
    /// Whether an identifier may begin with the character.
    is_id_start = ID_START;
    /// Whether an identifier may go on with the character.
    is_id_continue = ID_CONTINUE;
    /// Whether the final-sigma rule looks past the character.
    is_case_ignorable = CASE_IGNORABLE;
}

/// The value of a decimal digit of any script.
pub fn decimal_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    if !is_decimal(c) {
        return None;
    }
    let after = DECIMAL_ZEROS.partition_point(|zero| *zero <= c as u32);
    Some(c as u32 - DECIMAL_ZEROS[after - 1])
}

/// Whether the case mappings of the character are those of Unicode 14.0: some that have none there gained one later.
fn has_mapping(c: char) -> bool {
    c.is_ascii() || (class(c) != 0 && !matches!(c as u32, 0x19b | 0x264 | 0xa7d3 | 0xa7d5))
}

/// Appends the upper case of the character.
pub fn push_upper(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_uppercase()),
        _ if has_mapping(c) => out.extend(c.to_uppercase()),
        _ => out.push(c),
    }
}

/// Appends the lower case of the character, without the final-sigma rule.
pub fn push_lower(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ if has_mapping(c) => out.extend(c.to_lowercase()),
        _ => out.push(c),
    }
}

/// Appends the title case of the character.
pub fn push_title(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    match TITLE_CASE.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => out.push_str(TITLE_CASE[at].1),
        Err(_) => push_upper(c, out),
    }
}

/// Appends the case folding of the character.
pub fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    match CASE_FOLD.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => out.push_str(CASE_FOLD[at].1),
        Err(_) => push_lower(c, out),
    }
}

/// The lower case of the character as one character, as `re` compares them.
pub fn simple_lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    // The one character whose lower case is two characters; the first is its simple mapping.
    if !has_mapping(c) { c } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_the_reference() {
        assert!(is_alpha('é') && is_alpha('ª') && !is_alpha('1'));
        assert!(is_decimal('٣') && !is_decimal('²') && is_digit('²') && is_numeric('½') && !is_digit('½'));
        assert!(is_space('\u{a0}') && is_space('\x1f') && !is_space('\u{200b}'));
        assert!(is_title('ǅ') && !is_upper('ǅ') && is_cased('ǅ'));
        assert!(!is_printable('\u{ad}') && !is_printable('\u{2028}') && is_printable('ÿ') && is_printable(' '));
        assert!(is_id_start('_') && !is_id_start('1') && is_id_continue('1'));
        assert_eq!(decimal_value('٣'), Some(3));
        assert_eq!(decimal_value('𝟗'), Some(9));
        assert_eq!(decimal_value('²'), None);
    }

    #[test]
    fn mappings_may_grow() {
        let map = |push: fn(char, &mut String), c| {
            let mut out = String::new();
            push(c, &mut out);
            out
        };
        assert_eq!(map(push_upper, 'ß'), "SS");
        assert_eq!(map(push_title, 'ß'), "Ss");
        assert_eq!(map(push_title, 'ǆ'), "ǅ");
        assert_eq!(map(push_folded, 'ß'), "ss");
        assert_eq!(map(push_folded, 'ς'), "σ");
        assert_eq!(map(push_lower, 'İ'), "i\u{307}");
        assert_eq!(simple_lower('İ'), 'i');
    }
}
