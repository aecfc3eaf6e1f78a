//! The commonest format specifications, `[<>^][0]width[.places][dfs]`, without the whole machinery of `format_spec`, which decides about
//! all others and about every error.

use super::float_text::{self, FloatForm, FloatStyle};

/// A specification of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quick {
    align: Option<u8>,
    zeros: bool,
    width: usize,
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
    let mut rest = spec.as_bytes();
    let mut align = None;
    if let [first @ (b'<' | b'>' | b'^'), behind @ ..] = rest {
        (align, rest) = (Some(*first), behind);
    }
    let zeros = rest.first() == Some(&b'0');
    if zeros {
        rest = &rest[1..];
    }
    let (width, behind) = number(rest);
    let (mut places, mut rest) = (None, behind);
    if let [b'.', behind @ ..] = rest {
        (places, rest) = number(behind);
        places?;
    }
    let kind = match rest {
        [] => None,
        [kind @ (b'd' | b'f' | b's')] => Some(*kind),
        _ => return None,
    };
    // Zeros behind an alignment are what is filled with; that is left to the other file.
    if zeros && align.is_some() { None } else { Some(Quick { align, zeros, width: width.unwrap_or(0), places, kind }) }
}

impl Quick {
    fn filled(&self, text: &str, own_align: u8) -> String {
        let room = self.width.saturating_sub(if text.is_ascii() { text.len() } else { text.chars().count() });
        let mut out = String::with_capacity(text.len() + room);
        if self.zeros {
            let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
            out.push_str(sign);
            out.extend(std::iter::repeat_n('0', room));
            out.push_str(digits);
            return out;
        }
        let before = match self.align.unwrap_or(own_align) {
            b'<' => 0,
            b'^' => room / 2,
            _ => room,
        };
        out.extend(std::iter::repeat_n(' ', before));
        out.push_str(text);
        out.extend(std::iter::repeat_n(' ', room - before));
        out
    }
}

/// `format(n, spec)`, if the specification is one of these.
pub fn int(n: i64, spec: &str) -> Option<String> {
    let quick = parse(spec).filter(|quick| quick.places.is_none() && matches!(quick.kind, None | Some(b'd')))?;
    Some(quick.filled(itoa::Buffer::new().format(n), b'>'))
}

/// `format(x, spec)`, if the specification is one of these.
pub fn float(x: f64, spec: &str) -> Option<String> {
    let quick = parse(spec).filter(|quick| quick.kind == Some(b'f'))?;
    let text = float_text::to_text(x, FloatForm::Fixed(quick.places.unwrap_or(6)), FloatStyle::default());
    Some(if quick.width <= text.len() { text } else { quick.filled(&text, b'>') })
}

/// `format(text, spec)`, if the specification is one of these.
pub fn text(text: &str, spec: &str) -> Option<String> {
    let plain = |quick: &Quick| quick.places.is_none() && !quick.zeros && matches!(quick.kind, None | Some(b's'));
    Some(parse(spec).filter(plain)?.filled(text, b'<'))
}

#[cfg(test)]
mod tests {
    use super::super::format_spec;
    use super::super::int_text::IntRef;
    use super::*;

    /// What is decided here agrees with what would be decided there.
    #[test]
    fn agrees_with_the_general_way() {
        let mut seen = 0;
        for align in ["", "<", ">", "^", "="] {
            for width in ["", "0", "1", "5", "05", "12", "012", "00", "123"] {
                for places in ["", ".0", ".2", ".10", "."] {
                    for kind in ["", "d", "f", "s", "x"] {
                        let spec = format!("{align}{width}{places}{kind}");
                        for n in [0, 7, -42, 1234567] {
                            if let Some(found) = int(n, &spec) {
                                assert_eq!(
                                    format_spec::format_int(IntRef::Small(n), &spec, "int"),
                                    Ok(found),
                                    "{spec}"
                                );
                                seen += 1;
                            }
                        }
                        for x in [0.0, -0.0, 2.5, -1234.5678, 1e22, f64::NAN, f64::NEG_INFINITY] {
                            if let Some(found) = float(x, &spec) {
                                assert_eq!(format_spec::format_float(x, &spec, "float"), Ok(found), "{spec}");
                                seen += 1;
                            }
                        }
                        for given in ["", "abc", "größer"] {
                            if !spec.is_empty()
                                && let Some(found) = text(given, &spec)
                            {
                                assert_eq!(format_spec::format_str(given, &spec, "str"), Ok(found), "{spec}");
                                seen += 1;
                            }
                        }
                    }
                }
            }
        }
        assert!(seen > 500, "{seen}");
    }
}
