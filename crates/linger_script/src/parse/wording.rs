//! The parser's errors in Python's words.

use super::SyntaxError;
use ruff_python_parser::{ParseError, UnsupportedSyntaxError};

/// The error that Python would report, if there is one.
pub(super) fn first_error(
    source: &str,
    errors: &[ParseError],
    unsupported: &[UnsupportedSyntaxError],
) -> Option<SyntaxError> {
    if let Some(error) = errors.iter().min_by_key(|error| error.location.start()) {
        return Some(SyntaxError::new(source, error.error.to_string(), error.location));
    }
    let error = unsupported.first()?;
    Some(SyntaxError::new(source, "invalid syntax", error.range))
}
