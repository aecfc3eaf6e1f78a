//! What `unicodedata` tells of a character, as of Unicode 14.0.
//!
//! It knows single characters only. Names come from a library, and so do normal forms of text.

use super::unicode;
use super::unicode_property_tables::{NUMBERS, RECORDS, RUNS};

/// The properties of a character.
pub struct Properties {
    /// `Lu`, `Mn`, ...
    pub category: &'static str,
    /// `L`, `AN`, ...; empty where there is none.
    pub direction: &'static str,
    /// The canonical combining class.
    pub combining: u8,
    /// `W`, `Na`, ...
    pub width: &'static str,
    /// Whether it is drawn mirrored in text from right to left.
    pub is_mirrored: bool,
}

/// The properties of a character.
pub fn properties(c: char) -> Properties {
    let after = RUNS.partition_point(|run| run >> 9 <= c as u32);
    let (category, direction, combining, width, is_mirrored) = RECORDS[(RUNS[after - 1] & 0x1ff) as usize];
    Properties { category, direction, combining, width, is_mirrored }
}

/// The number that a character stands for.
pub fn numeric_value(c: char) -> Option<f64> {
    if let Some(decimal) = unicode::decimal_value(c) {
        return Some(f64::from(decimal));
    }
    NUMBERS.binary_search_by_key(&c, |(known, _)| *known).ok().map(|at| NUMBERS[at].1)
}

/// The digit that a character stands for.
pub fn digit_value(c: char) -> Option<u32> {
    if unicode::is_digit(c) { numeric_value(c).map(|value| value as u32) } else { None }
}
