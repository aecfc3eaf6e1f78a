//! The commonest format specifications, `[[fill]align][0][width][,][.places][type]`, without the whole machinery of `format_spec`,
//! which decides about all others and about every error.

use super::float_text::{self, FloatForm, FloatStyle};
use super::int_text;
use super::str_text::{char_len, insert_repeated, push_repeated};

/// A specification of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quick {
    fill: u8,
    align: Option<u8>,
    zeros: bool,
    width: usize,
    has_commas: bool,
    places: Option<usize>,
    kind: Option<u8>,
}

/// A number of at most two digits at the front, and what is behind it.
fn number(bytes: &[u8]) -> (Option<usize>, &[u8]) {
    let value = |digit: u8| usize::from(digit - b'0');
    match *bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ref rest @ ..] => (Some(value(tens) * 10 + value(ones)), rest),
        [ones @ b'0'..=b'9', ref rest @ ..] => (Some(value(ones)), rest),
        _ => (None, bytes),
    }
}

fn parse(spec: &str) -> Option<Quick> {
    let (fill, align, rest) = match spec.as_bytes() {
        [fill, align @ (b'<' | b'>' | b'^'), rest @ ..] if fill.is_ascii() => (*fill, Some(*align), rest),
        [align @ (b'<' | b'>' | b'^'), rest @ ..] => (b' ', Some(*align), rest),
        rest => (b' ', None, rest),
    };
    let zeros = rest.first() == Some(&b'0');
    let (width, rest) = number(if zeros { &rest[1..] } else { rest });
    let (has_commas, rest) = match rest {
        [b',', behind @ ..] => (true, behind),
        _ => (false, rest),
    };
    let (places, rest) = match rest {
        [b'.', behind @ ..] => {
            let (places, behind) = number(behind);
            (Some(places?), behind)
        }
        _ => (None, rest),
    };
    let kind = match rest {
        [] => None,
        [kind @ (b'd' | b'f' | b's' | b'%' | b'x' | b'X' | b'b' | b'o')] => Some(*kind),
        _ => return None,
    };
    // Zeros behind an alignment are what is filled with, and with commas they get some as well; that is left to the other file.
    if zeros && (align.is_some() || has_commas) {
        return None;
    }
    Some(Quick { fill, align, zeros, width: width.unwrap_or(0), has_commas, places, kind })
}

impl Quick {
    /// Fills what stands in `out` from `start` on up to the width.
    fn fill(&self, out: &mut String, start: usize, own_align: u8) {
        let room = self.width.saturating_sub(char_len(&out[start..]));
        if room == 0 {
            return;
        }
        if self.zeros {
            let digits = start + usize::from(out[start..].starts_with('-'));
            return insert_repeated(out, digits, '0', room);
        }
        let before = match self.align.unwrap_or(own_align) {
            b'<' => 0,
            b'^' => room / 2,
            _ => room,
        };
        insert_repeated(out, start, self.fill.into(), before);
        push_repeated(out, self.fill.into(), room - before);
    }

    /// Puts commas between the thousands of the number that stands in `out` from `start` on, and fills it.
    fn finish_number(&self, out: &mut String, start: usize) {
        if self.has_commas {
            let first = start + usize::from(out[start..].starts_with('-'));
            let mut at = first + out[first..].bytes().take_while(u8::is_ascii_digit).count();
            while at > first + 3 {
                at -= 3;
                out.insert(at, ',');
            }
        }
        self.fill(out, start, b'>');
    }
}

/// Appends `format(n, spec)`, if the specification is one of these.
pub fn int(n: i64, spec: &str, out: &mut String) -> bool {
    let Some(quick) = parse(spec) else { return false };
    let start = out.len();
    match quick.kind {
        _ if n.unsigned_abs() < 1 << 53 && matches!(quick.kind, Some(b'f' | b'%')) => {
            return push_float(n as f64, &quick, out);
        }
        _ if quick.places.is_some() => return false,
        None | Some(b'd') => out.push_str(itoa::Buffer::new().format(n)),
        Some(letter @ (b'x' | b'X' | b'b' | b'o')) if !quick.has_commas => {
            int_text::push_radix(n, letter.into(), out);
        }
        _ => return false,
    }
    quick.finish_number(out, start);
    true
}

/// Appends `format(x, spec)`, if the specification is one of these.
pub fn float(x: f64, spec: &str, out: &mut String) -> bool {
    parse(spec).is_some_and(|quick| push_float(x, &quick, out))
}

fn push_float(x: f64, quick: &Quick, out: &mut String) -> bool {
    let (start, style) = (out.len(), FloatStyle::default());
    let form = FloatForm::Fixed(quick.places.unwrap_or(6));
    match (quick.kind, quick.places) {
        (None, None) => float_text::push_repr(x, out),
        (Some(b'f'), _) => float_text::push_text(x, form, style, out),
        (Some(b'%'), _) => {
            float_text::push_text(x * 100.0, form, style, out);
            out.push('%');
        }
        _ => return false,
    }
    quick.finish_number(out, start);
    true
}

/// Appends `format(text, spec)`, if the specification is one of these.
pub fn text(text: &str, spec: &str, out: &mut String) -> bool {
    let Some(quick) = parse(spec) else { return false };
    if quick.places.is_some() || quick.zeros || quick.has_commas || !matches!(quick.kind, None | Some(b's')) {
        return false;
    }
    let start = out.len();
    out.push_str(text);
    quick.fill(out, start, b'<');
    true
}

#[cfg(test)]
mod tests {
    use super::super::format_spec;
    use super::super::int_text::IntRef;
    use super::*;

    fn written(write: impl FnOnce(&mut String) -> bool) -> Option<String> {
        let mut out = "-größer".to_owned();
        let is_written = write(&mut out);
        let text = out.split_off("-größer".len());
        assert!(is_written || text.is_empty());
        is_written.then_some(text)
    }

    /// What is decided here agrees with what would be decided there.
    #[test]
    fn agrees_with_the_general_way() {
        let mut seen = 0;
        for align in ["", "<", ">", "^", "=", "*<", "0>", "-^", "é<"] {
            for width in ["", "0", "1", "5", "05", "12", "012", "00", "123", ",", "8,", "012,"] {
                for places in ["", ".0", ".2", ".10", "."] {
                    for kind in ["", "d", "f", "s", "x", "X", "b", "o", "%", "e"] {
                        let spec = format!("{align}{width}{places}{kind}");
                        for n in [0, 7, -42, 1234567, -100] {
                            if let Some(found) = written(|out| int(n, &spec, out)) {
                                assert_eq!(
                                    format_spec::format_int(IntRef::Small(n), &spec, "int"),
                                    Ok(found),
                                    "{spec}"
                                );
                                seen += 1;
                            }
                        }
                        for x in [0.0, -0.0, 2.5, -1234.5678, 1e22, f64::NAN, f64::NEG_INFINITY] {
                            if let Some(found) = written(|out| float(x, &spec, out)) {
                                assert_eq!(format_spec::format_float(x, &spec, "float"), Ok(found), "{spec}");
                                seen += 1;
                            }
                        }
                        for given in ["", "abc", "größer"] {
                            if !spec.is_empty()
                                && let Some(found) = written(|out| text(given, &spec, out))
                            {
                                assert_eq!(format_spec::format_str(given, &spec, "str"), Ok(found), "{spec}");
                                seen += 1;
                            }
                        }
                    }
                }
            }
        }
        assert!(seen > 5000, "{seen}");
    }
}
