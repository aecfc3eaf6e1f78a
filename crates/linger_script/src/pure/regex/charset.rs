//! Classes, sets and case folding of single characters.
//!
//! It knows no syntax: the compiler builds a set from its items, with the flags resolved.

use super::ast::{Category, SetItem};
use crate::pure::unicode as u;

/// Lower-case characters that share an upper case, and so match one another without regard to case.
#[rustfmt::skip]
static SHARED_UPPER: &[&str] = &[
    "\u{69}\u{131}", "\u{73}\u{17f}", "\u{b5}\u{3bc}", "\u{345}\u{3b9}\u{1fbe}",
    "\u{390}\u{1fd3}", "\u{3b0}\u{1fe3}", "\u{3b2}\u{3d0}", "\u{3b5}\u{3f5}",
    "\u{3b8}\u{3d1}", "\u{3ba}\u{3f0}", "\u{3c0}\u{3d6}", "\u{3c1}\u{3f1}",
    "\u{3c2}\u{3c3}", "\u{3c6}\u{3d5}", "\u{432}\u{1c80}", "\u{434}\u{1c81}",
    "\u{43e}\u{1c82}", "\u{441}\u{1c83}", "\u{442}\u{1c84}\u{1c85}", "\u{44a}\u{1c86}",
    "\u{463}\u{1c87}", "\u{1c88}\u{a64b}", "\u{1e61}\u{1e9b}", "\u{fb05}\u{fb06}",
];

/// The last character that has a case.
const LAST_CASED: u32 = 0x1e943;

/// How case is disregarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Ascii,
    Unicode,
}

impl Fold {
    #[inline]
    pub fn lower(self, c: char) -> char {
        match self {
            Self::Ascii => c.to_ascii_lowercase(),
            Self::Unicode => u::simple_lower(c),
        }
    }

    pub fn is_cased(self, c: char) -> bool {
        match self {
            Self::Ascii => c.is_ascii_alphabetic(),
            // What becomes several characters has a case too.
            Self::Unicode => u::simple_lower(c) != c || c.to_uppercase().next() != Some(c),
        }
    }

    /// Other lower-case characters that match this lower-case one.
    pub fn equivalents(self, lower: char) -> impl Iterator<Item = char> {
        let group = match self {
            Self::Ascii => None,
            Self::Unicode => SHARED_UPPER.iter().find(|group| group.contains(lower)),
        };
        group.map_or("", |group| group).chars().filter(move |c| *c != lower)
    }
}

/// Whether a character is in a class.
pub(super) fn in_category(category: Category, c: char, unicode: bool) -> bool {
    match (category, unicode) {
        (Category::Digit, true) => u::is_decimal(c),
        (Category::Digit, false) => c.is_ascii_digit(),
        (Category::Space, true) => u::is_space(c),
        (Category::Space, false) => c.is_ascii_whitespace() || c == '\x0b',
        (Category::Word, true) => c == '_' || u::is_alnum(c),
        (Category::Word, false) => c == '_' || c.is_ascii_alphanumeric(),
    }
}

/// A set of characters.
#[derive(Clone, Debug)]
pub(super) struct CharSet {
    /// The first 256 characters, a bit each.
    low: [u64; 4],
    /// Ranges of the others, in order, apart.
    ranges: Vec<(u32, u32)>,
    classes: Vec<(Category, bool)>,
    unicode: bool,
    negated: bool,
    fold: Option<Fold>,
}

impl CharSet {
    pub fn new(items: &[SetItem], negated: bool, unicode: bool, fold: Option<Fold>) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        let mut classes = Vec::new();
        let mut any_cased = false;
        for item in items {
            let (first, last) = match item {
                SetItem::Char(c) => (*c as u32, *c as u32),
                SetItem::Range(first, last) => (*first as u32, *last as u32),
                SetItem::Class { category, negated } => {
                    classes.push((*category, *negated));
                    continue;
                }
            };
            let Some(fold) = fold else {
                ranges.push((first, last));
                continue;
            };
            for c in (first..=last.min(LAST_CASED)).filter_map(char::from_u32) {
                any_cased |= fold.is_cased(c);
                let lower = fold.lower(c);
                ranges.push((lower as u32, lower as u32));
                ranges.extend(fold.equivalents(lower).map(|c| (c as u32, c as u32)));
            }
            if last > LAST_CASED {
                ranges.push((first.max(LAST_CASED + 1), last));
            }
        }
        // Where nothing has a case, the text is looked at as it is.
        let fold = fold.filter(|_| any_cased);
        let ranges = merged(ranges);
        let mut set = Self { low: [0; 4], ranges, classes, unicode, negated, fold };
        for byte in 0..=255u8 {
            if set.has(char::from(byte)) {
                set.low[usize::from(byte / 64)] |= 1 << (byte % 64);
            }
        }
        set.ranges.retain(|range| range.1 > 255);
        set
    }

    /// Whether the folded character is named, the negation apart.
    fn has(&self, c: char) -> bool {
        let after = self.ranges.partition_point(|range| range.0 <= c as u32);
        if after > 0 && self.ranges[after - 1].1 >= c as u32 {
            return true;
        }
        self.classes.iter().any(|(category, negated)| in_category(*category, c, self.unicode) != *negated)
    }

    /// Whether the set holds a character of the text.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        let c = match self.fold {
            None => c,
            Some(fold) => fold.lower(c),
        };
        let code = c as u32;
        let named = if code < 256 { self.low[(code / 64) as usize] >> (code % 64) & 1 == 1 } else { self.has(c) };
        named != self.negated
    }
}

fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len().min(64));
    for (first, last) in ranges {
        match out.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}
