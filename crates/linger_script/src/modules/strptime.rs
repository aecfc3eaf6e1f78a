//! Reading dates: what `time.strptime` finds in a text by a format. It knows the calendar's names and no values of scripts.

use super::time::{DAYS, MONTHS};
use crate::pure::str_repr;

/// What a text said of a date; what it did not say is that of 1 January 1900.
pub(super) struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    /// The day of the year, which counts instead of month and day.
    pub year_day: Option<i64>,
    /// Hour, minute, second.
    pub time: [i64; 3],
    pub weekday: Option<i64>,
}

/// A text that is read from its beginning.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// A number of at most `digits` digits within bounds; as many digits as fit.
    fn number(&mut self, digits: usize, low: i64, high: i64) -> Option<i64> {
        let most = self.rest.bytes().take(digits).take_while(u8::is_ascii_digit).count();
        let (len, number) = (1..=most).rev().find_map(|len| {
            let number = self.rest[..len].parse().ok()?;
            (low..=high).contains(&number).then_some((len, number))
        })?;
        self.rest = &self.rest[len..];
        Some(number)
    }

    /// The position of the name that stands here, in letters of either case.
    fn name(&mut self, names: &[&str]) -> Option<i64> {
        let stands = |name: &&str| self.rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let position = names.iter().position(stands)?;
        self.rest = &self.rest[names[position].len()..];
        Some(position as i64)
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

/// The date in a text; else what is wrong, in CPython's words.
pub(super) fn read(text: &str, format: &str) -> Result<Date, String> {
    let mut reader = Reader { rest: text };
    let mut date = Date { year: 1900, month: 1, day: 1, year_day: None, time: [0; 3], weekday: None };
    let (mut hour12, mut is_afternoon, mut has_year) = (None, None, false);
    let shorts = |names: &[&'static str]| names.iter().map(|name| &name[..3]).collect::<Vec<_>>();
    let mismatch =
        || format!("time data {} does not match format {}", str_repr::repr_str(text), str_repr::repr_str(format));
    let expanded = expand(format);
    let mut characters = expanded.chars();
    while let Some(character) = characters.next() {
        if character.is_whitespace() {
            if !reader.rest.starts_with(char::is_whitespace) {
                return Err(mismatch());
            }
            reader.spaces();
            continue;
        }
        if character != '%' {
            let Some(first) = reader.rest.chars().next() else { return Err(mismatch()) };
            if !first.to_lowercase().eq(character.to_lowercase()) {
                return Err(mismatch());
            }
            reader.rest = &reader.rest[first.len_utf8()..];
            continue;
        }
        let Some(directive) = characters.next() else {
            return Err(format!("stray %% in format {}", str_repr::repr_str(format)).replace("%%", "%"));
        };
        has_year |= matches!(directive, 'Y' | 'y');
        let found = match directive {
            'Y' if reader.rest.len() >= 4 && reader.rest.bytes().take(4).all(|byte| byte.is_ascii_digit()) => {
                reader.number(4, 0, 9999).map(|year| date.year = year)
            }
            'y' => reader.number(2, 0, 99).map(|year| date.year = year + if year < 69 { 2000 } else { 1900 }),
            'm' => reader.number(2, 1, 12).map(|month| date.month = month),
            'd' => {
                if reader.rest.starts_with(' ') {
                    reader.rest = &reader.rest[1..];
                }
                reader.number(2, 1, 31).map(|day| date.day = day)
            }
            'H' => reader.number(2, 0, 23).map(|hour| date.time[0] = hour),
            'I' => reader.number(2, 1, 12).map(|hour| hour12 = Some(hour % 12)),
            'M' => reader.number(2, 0, 59).map(|minute| date.time[1] = minute),
            'S' => reader.number(2, 0, 61).map(|second| date.time[2] = second),
            'f' => reader.number(6, 0, 999_999).map(|_| ()),
            'j' => reader.number(3, 1, 366).map(|day| date.year_day = Some(day)),
            'w' => reader.number(1, 0, 6).map(|day| date.weekday = Some((day + 6) % 7)),
            'u' => reader.number(1, 1, 7).map(|day| date.weekday = Some(day - 1)),
            'p' => reader.name(&["AM", "PM"]).map(|half| is_afternoon = Some(half == 1)),
            'A' => reader.name(&DAYS).map(|day| date.weekday = Some(day)),
            'a' => reader.name(&shorts(&DAYS)).map(|day| date.weekday = Some(day)),
            'B' => reader.name(&MONTHS).map(|month| date.month = month + 1),
            'b' => reader.name(&shorts(&MONTHS)).map(|month| date.month = month + 1),
            'Z' => reader.name(&["UTC", "GMT"]).map(|_| ()),
            '%' => reader.rest.strip_prefix('%').map(|rest| reader.rest = rest),
            'Y' => None,
            other => {
                let (other, format) = (str_repr::repr_str(&other.to_string()), str_repr::repr_str(format));
                return Err(format!("{other} is a bad directive in format {format}"));
            }
        };
        if found.is_none() {
            return Err(mismatch());
        }
    }
    if !reader.rest.is_empty() {
        return Err(format!("unconverted data remains: {}", reader.rest));
    }
    if let Some(hour) = hour12 {
        date.time[0] = hour + if is_afternoon == Some(true) { 12 } else { 0 };
    }
    // A day in February without a year may be of any year.
    let is_leap = !has_year || date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    let days = match date.month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    if date.day > days {
        return Err(String::from("day is out of range for month"));
    }
    Ok(date)
}

/// A format with the directives that stand for several others written out.
fn expand(format: &str) -> String {
    let mut expanded = String::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        let whole = match (character, characters.clone().next()) {
            ('%', Some('c')) => "%a %b %d %H:%M:%S %Y",
            ('%', Some('x')) => "%m/%d/%y",
            ('%', Some('X')) => "%H:%M:%S",
            ('%', Some(_)) => {
                expanded.push('%');
                expanded.extend(characters.next());
                continue;
            }
            _ => {
                expanded.push(character);
                continue;
            }
        };
        expanded.push_str(whole);
        characters.next();
    }
    expanded
}
