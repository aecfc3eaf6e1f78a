//! What a whole string is and becomes as to case and character class: `upper`, `title`, `isalnum` and the like.
//!
//! It knows no searching or splitting; `str_text` does that.

use super::unicode as u;

/// Appends `text.upper()`.
pub fn upper(text: &str, out: &mut String) {
    if text.is_ascii() {
        return push_ascii(text, out, str::make_ascii_uppercase);
    }
    text.chars().for_each(|c| u::push_upper(c, out));
}

/// Appends `text.lower()`.
pub fn lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        return push_ascii(text, out, str::make_ascii_lowercase);
    }
    for (at, c) in text.char_indices() {
        push_lower_in(text, at, c, out);
    }
}

/// Appends `text.casefold()`.
pub fn casefold(text: &str, out: &mut String) {
    if text.is_ascii() {
        return push_ascii(text, out, str::make_ascii_lowercase);
    }
    text.chars().for_each(|c| u::push_folded(c, out));
}

/// Appends `text.title()`.
pub fn title(text: &str, out: &mut String) {
    let mut in_word = false;
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| {
            let cased = if in_word { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
            in_word = byte.is_ascii_alphabetic();
            char::from(cased)
        }));
        return;
    }
    for (at, c) in text.char_indices() {
        if in_word {
            push_lower_in(text, at, c, out)
        } else {
            u::push_title(c, out)
        }
        in_word = u::is_cased(c);
    }
}

/// Appends `text.capitalize()`.
pub fn capitalize(text: &str, out: &mut String) {
    if text.is_ascii() {
        return push_ascii(text, out, |added| {
            added.make_ascii_lowercase();
            if let Some(first) = added.get_mut(..1) {
                first.make_ascii_uppercase();
            }
        });
    }
    for (at, c) in text.char_indices() {
        if at > 0 { push_lower_in(text, at, c, out) } else { u::push_title(c, out) }
    }
}

/// Appends `text.swapcase()`.
pub fn swapcase(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        if u::is_upper(c) {
            push_lower_in(text, at, c, out);
        } else if u::is_lower(c) {
            u::push_upper(c, out);
        } else {
            out.push(c);
        }
    }
}

/// Appends a text and changes what was appended.
#[inline(always)]
fn push_ascii(text: &str, out: &mut String, change: impl FnOnce(&mut str)) {
    let start = out.len();
    out.push_str(text);
    change(&mut out[start..]);
}

/// Appends the lower case of the character at `at`, minding that a sigma which ends a word has a form of its own.
fn push_lower_in(text: &str, at: usize, c: char, out: &mut String) {
    const SIGMA: char = '\u{3a3}';
    if c != SIGMA {
        return u::push_lower(c, out);
    }
    let before = text[..at].chars().rev().find(|c| !u::is_case_ignorable(*c));
    let after = text[at + c.len_utf8()..].chars().find(|c| !u::is_case_ignorable(*c));
    let ends_word = before.is_some_and(u::is_cased) && !after.is_some_and(u::is_cased);
    out.push(if ends_word { '\u{3c2}' } else { '\u{3c3}' });
}

macro_rules! all_chars {
    ($($(#[$doc:meta])* $name:ident = $test:path;)*) => {
        $($(#[$doc])* pub fn $name(text: &str) -> bool { !text.is_empty() && text.chars().all($test) })*
    };
}

all_chars! {
    /// `text.isalpha()`.
    isalpha = u::is_alpha;
    /// `text.isalnum()`.
    isalnum = u::is_alnum;
    /// `text.isdecimal()`.
    isdecimal = u::is_decimal;
    /// `text.isdigit()`.
    isdigit = u::is_digit;
    /// `text.isnumeric()`.
    isnumeric = u::is_numeric;
    /// `text.isspace()`.
    isspace = u::is_space;
}

/// `text.isprintable()`.
pub fn isprintable(text: &str) -> bool {
    text.chars().all(u::is_printable)
}

/// `text.islower()`.
pub fn islower(text: &str) -> bool {
    text.chars().any(u::is_lower) && !text.chars().any(|c| u::is_upper(c) || u::is_title(c))
}

/// `text.isupper()`.
pub fn isupper(text: &str) -> bool {
    text.chars().any(u::is_upper) && !text.chars().any(|c| u::is_lower(c) || u::is_title(c))
}

/// `text.istitle()`.
pub fn istitle(text: &str) -> bool {
    let (mut any, mut in_word) = (false, false);
    for c in text.chars() {
        let starts_word = u::is_upper(c) || u::is_title(c);
        let cased = starts_word || u::is_lower(c);
        if cased && starts_word == in_word {
            return false;
        }
        any |= cased;
        in_word = cased;
    }
    any
}

/// `text.isidentifier()`.
pub fn isidentifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(u::is_id_start) && chars.all(u::is_id_continue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(map: fn(&str, &mut String), text: &str) -> String {
        let mut out = "before".to_owned();
        map(text, &mut out);
        out.split_off(6)
    }

    #[test]
    fn mappings() {
        assert_eq!(mapped(upper, "straße ŉ"), "STRASSE ʼN");
        assert_eq!(mapped(lower, "ΑΣ ΑΣΑ Σ Α.Σ ΑΣ.Β"), "ας ασα σ α.ς ασ.β");
        assert_eq!(mapped(title, "they're ǆ ß 1a"), "They'Re ǅ Ss 1A");
        assert_eq!(mapped(capitalize, "ǆABC ΑΣ"), "ǅabc ας");
        assert_eq!(mapped(swapcase, "aB ß ǅ ΑΣ"), "Ab SS ǅ ας");
        assert_eq!(mapped(casefold, "Straße ΑΣ"), "strasse ασ");
    }

    #[test]
    fn mappings_of_ascii() {
        assert_eq!(mapped(upper, "aB1"), "AB1");
        assert_eq!(mapped(lower, "aB1"), "ab1");
        assert_eq!(mapped(casefold, "aB1"), "ab1");
        assert_eq!(mapped(title, "they're 1a BC"), "They'Re 1A Bc");
        assert_eq!(mapped(capitalize, "aBC d"), "Abc d");
        assert_eq!(mapped(capitalize, ""), "");
        assert_eq!(mapped(swapcase, "aB1"), "Ab1");
    }

    #[test]
    fn tests_of_whole_strings() {
        assert!(isalpha("aé") && !isalpha("a1") && !isalpha(""));
        assert!(isdigit("1²") && !isdecimal("1²") && isnumeric("½") && isalnum("a½"));
        assert!(islower("a1") && !islower("1") && !islower("aB") && !islower("aǅ"));
        assert!(isupper("A1") && !isupper("") && !isupper("Aǅ"));
        assert!(istitle("Ab Cd1E") && !istitle("AB") && !istitle("ab") && !istitle("1"));
        assert!(isidentifier("_é1") && !isidentifier("1a") && !isidentifier(""));
        assert!(isprintable("") && isprintable("a é") && !isprintable("a\n"));
        assert!(isspace(" \u{3000}\n") && !isspace(""));
    }
}
