//! Templates of `str.format`: literal text, replacement fields, and the parts of a field's name.
//!
//! It knows no arguments and looks nothing up; nested fields in a specification are a template again.

use super::error::{ErrorKind, PureError, PureResult};
use super::format_spec::take_number;

/// How deep fields may nest: a field within a specification, no further.
pub const MAX_NESTING: usize = 2;

/// The error for templates that nest deeper than `MAX_NESTING`.
pub fn too_deep() -> PureError {
    PureError::value("Max string recursion exceeded")
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text to copy.
    Literal(&'a str),
    /// A field to replace.
    Field(Field<'a>),
}

/// A replacement field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// What is before `!` and `:`; see `FieldName::parse`.
    pub name: &'a str,
    /// The letter after `!`, known or not.
    pub conversion: Option<char>,
    /// What is after `:`.
    pub spec: &'a str,
    /// Whether the specification holds fields itself, and must be expanded first.
    pub nested: bool,
}

/// The error for a conversion other than `r`, `s` and `a`.
pub fn unknown_conversion(conversion: char) -> PureError {
    let code = conversion as u32;
    PureError::value(if (33..127).contains(&code) {
        format!("Unknown conversion specifier {conversion}")
    } else {
        format!("Unknown conversion specifier \\x{code:x}")
    })
}

/// The pieces of a template, in order; what is wrong is said when it is reached.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
}

/// Splits a template into its pieces.
pub fn pieces(template: &str) -> Pieces<'_> {
    Pieces { rest: template }
}

impl<'a> Pieces<'a> {
    fn next_piece(&mut self) -> PureResult<Piece<'a>> {
        let text = self.rest;
        let Some(at) = text.find(['{', '}']) else {
            self.rest = "";
            return Ok(Piece::Literal(text));
        };
        let (open, after) = (text.as_bytes()[at] == b'{', &text[at + 1..]);
        if after.as_bytes().first() == Some(&text.as_bytes()[at]) {
            self.rest = &after[1..];
            return Ok(Piece::Literal(&text[..at + 1]));
        }
        if !open {
            return Err(PureError::value("Single '}' encountered in format string"));
        }
        if after.is_empty() {
            return Err(PureError::value("Single '{' encountered in format string"));
        }
        if at > 0 {
            self.rest = &text[at..];
            return Ok(Piece::Literal(&text[..at]));
        }
        let (field, rest) = parse_field(after)?;
        self.rest = rest;
        Ok(Piece::Field(field))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = PureResult<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let piece = self.next_piece();
        if piece.is_err() {
            self.rest = "";
        }
        Some(piece)
    }
}

/// Reads a field from after its `{`; also returns what follows its `}`.
fn parse_field(text: &str) -> PureResult<(Field<'_>, &str)> {
    let mut in_brackets = false;
    let end = text.find(|c| match c {
        '[' => {
            in_brackets = true;
            false
        }
        ']' => {
            in_brackets = false;
            false
        }
        '{' | '}' | ':' | '!' => !in_brackets,
        _ => false,
    });
    let end = end.ok_or_else(|| PureError::value("expected '}' before end of string"))?;
    let (name, mut rest) = (&text[..end], &text[end + 1..]);
    let mut field = Field { name, conversion: None, spec: "", nested: false };
    match text.as_bytes()[end] {
        b'{' => return Err(PureError::value("unexpected '{' in field name")),
        b'}' => return Ok((field, rest)),
        b'!' => {
            let mut chars = rest.chars();
            let conversion = chars.next();
            field.conversion = conversion;
            if conversion.is_none() {
                return Err(PureError::value("end of string while looking for conversion specifier"));
            }
            match chars.next() {
                Some('}') => return Ok((field, chars.as_str())),
                Some(':') | None => {}
                Some(_) => return Err(PureError::value("expected ':' after conversion specifier")),
            }
            rest = chars.as_str();
        }
        _ => {}
    }
    let mut depth = 1;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'{' => {
                field.nested = true;
                depth += 1;
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    field.spec = &rest[..at];
                    return Ok((field, &rest[at + 1..]));
                }
            }
            _ => {}
        }
    }
    Err(PureError::value("unmatched '{' in format spec"))
}

/// Whether a template counts its fields itself, or numbers them; one template, nested ones included, has one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// No positional field was seen.
    #[default]
    Open,
    /// The next `{}` has this index.
    Automatic(usize),
    /// Fields have written indexes.
    Manual,
}

/// What a field starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// A positional argument.
    Index(usize),
    /// A keyword argument.
    Key(&'a str),
}

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accessor<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[3]`
    Index(usize),
    /// `[key]`
    Key(&'a str),
}

/// A field's name in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName<'a> {
    /// The argument.
    pub first: First<'a>,
    /// What is taken from it, in order.
    pub accessors: Vec<Accessor<'a>>,
    /// What is wrong after those: to be raised once they are evaluated.
    pub error: Option<PureError>,
}

impl<'a> FieldName<'a> {
    /// Takes a name apart; `numbering` gives `{}` its index.
    pub fn parse(name: &'a str, numbering: &mut Numbering) -> PureResult<Self> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let index = as_index(first)?;
        let first = match (index, first.is_empty()) {
            (None, false) => First::Key(first),
            (Some(index), _) => {
                if let Numbering::Automatic(_) = numbering {
                    return Err(PureError::value(
                        "cannot switch from automatic field numbering to manual field specification",
                    ));
                }
                *numbering = Numbering::Manual;
                First::Index(index)
            }
            (None, true) => {
                let next = match numbering {
                    Numbering::Open => 0,
                    Numbering::Automatic(next) => *next,
                    Numbering::Manual => {
                        return Err(PureError::value(
                            "cannot switch from manual field specification to automatic field numbering",
                        ));
                    }
                };
                *numbering = Numbering::Automatic(next + 1);
                First::Index(next)
            }
        };
        let mut parsed = Self { first, accessors: Vec::new(), error: None };
        while !rest.is_empty() {
            match next_accessor(rest) {
                Ok((accessor, after)) => {
                    parsed.accessors.push(accessor);
                    rest = after;
                }
                Err(error) => {
                    parsed.error = Some(error);
                    break;
                }
            }
        }
        Ok(parsed)
    }
}

fn next_accessor(text: &str) -> PureResult<(Accessor<'_>, &str)> {
    let empty = || PureError::value("Empty attribute in format string");
    if let Some(text) = text.strip_prefix('.') {
        let end = text.find(['.', '[']).unwrap_or(text.len());
        if end == 0 {
            return Err(empty());
        }
        return Ok((Accessor::Attribute(&text[..end]), &text[end..]));
    }
    let Some(text) = text.strip_prefix('[') else {
        return Err(PureError::value("Only '.' or '[' may follow ']' in format field specifier"));
    };
    let end = text.find(']').ok_or_else(|| PureError::value("Missing ']' in format string"))?;
    if end == 0 {
        return Err(empty());
    }
    let key = &text[..end];
    let accessor = as_index(key)?.map_or(Accessor::Key(key), Accessor::Index);
    Ok((accessor, &text[end + 1..]))
}

/// The number that the whole text spells.
fn as_index(text: &str) -> PureResult<Option<usize>> {
    let mut rest = text;
    let number = take_number(&mut rest)?;
    Ok(number.filter(|_| rest.is_empty()))
}

/// The error for a positional field beyond the arguments.
pub fn index_out_of_range(index: usize) -> PureError {
    PureError {
        kind: ErrorKind::Index,
        message: format!("Replacement index {index} out of range for positional args tuple"),
    }
}

/// The error for a positional field where there are only names (`str.format_map`).
pub fn no_positional_fields() -> PureError {
    PureError::value("Format string contains positional fields")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(template: &str) -> Field<'_> {
        match pieces(template).next() {
            Some(Ok(Piece::Field(field))) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn splits() {
        let found: Vec<_> = pieces("a{{b}}{x[:}].y!r:>{w}}é").collect::<Result<_, _>>().expect("valid");
        assert_eq!(
            found,
            [
                Piece::Literal("a{"),
                Piece::Literal("b}"),
                Piece::Field(Field { name: "x[:}].y", conversion: Some('r'), spec: ">{w}", nested: true }),
                Piece::Literal("é"),
            ]
        );
        assert_eq!(field("{}").name, "");
        assert_eq!(field("{!s}").conversion, Some('s'));
    }

    #[test]
    fn refuses() {
        for (template, message) in [
            ("{", "Single '{' encountered in format string"),
            ("}", "Single '}' encountered in format string"),
            ("{}}", "Single '}' encountered in format string"),
            ("{a", "expected '}' before end of string"),
            ("{a{b}}", "unexpected '{' in field name"),
            ("{!", "end of string while looking for conversion specifier"),
            ("{!r", "unmatched '{' in format spec"),
            ("{!rx}", "expected ':' after conversion specifier"),
            ("{:{}", "unmatched '{' in format spec"),
            ("{[}", "expected '}' before end of string"),
        ] {
            let error = pieces(template).find_map(Result::err).expect(template);
            assert_eq!(error.message, message, "{template}");
        }
        assert_eq!(unknown_conversion('q').message, "Unknown conversion specifier q");
        assert_eq!(unknown_conversion('é').message, "Unknown conversion specifier \\xe9");
    }

    #[test]
    fn names() {
        let mut numbering = Numbering::default();
        let name = FieldName::parse(".a[0][k].b", &mut numbering).expect("valid");
        assert_eq!(name.first, First::Index(0));
        assert_eq!(
            name.accessors,
            [Accessor::Attribute("a"), Accessor::Index(0), Accessor::Key("k"), Accessor::Attribute("b")]
        );
        assert_eq!(FieldName::parse("", &mut numbering).expect("valid").first, First::Index(1));
        assert_eq!(FieldName::parse("k", &mut numbering).expect("valid").first, First::Key("k"));
        let mixed = FieldName::parse("0", &mut numbering).expect_err("mixed").message;
        assert_eq!(mixed, "cannot switch from automatic field numbering to manual field specification");
        let mut manual = Numbering::Manual;
        let mixed = FieldName::parse("", &mut manual).expect_err("mixed").message;
        assert_eq!(mixed, "cannot switch from manual field specification to automatic field numbering");
        for (name, message) in [
            ("a.", "Empty attribute in format string"),
            ("a[]", "Empty attribute in format string"),
            ("a[0", "Missing ']' in format string"),
            ("a[0]b", "Only '.' or '[' may follow ']' in format field specifier"),
        ] {
            let parsed = FieldName::parse(name, &mut manual).expect("late");
            assert_eq!(parsed.error.map(|error| error.message).as_deref(), Some(message));
        }
    }
}
