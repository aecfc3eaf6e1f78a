//! Text and number work as CPython 3.11 does it, on plain Rust types.
//!
//! What is here knows no virtual machine, no heap and no script value: the builtins and modules call it with `&str`,
//! `f64`, `i64` and `BigInt`, and wrap what comes back. Everything is checked against CPython's own answers.

pub mod base64;
pub mod complex;
pub mod error;
pub mod float_num;
pub mod float_text;
pub mod format_spec;
pub mod int_text;
pub mod lines;
pub mod pack;
pub mod percent;
pub mod quick_format;
pub mod random;
mod random_dist;
pub mod regex;
pub mod str_case;
pub mod str_format;
pub mod str_repr;
pub mod str_text;
pub mod suggest;
pub mod unicode;
pub mod unicode_properties;
mod unicode_property_tables;
mod unicode_tables;

pub use error::{ErrorKind, PureError, PureResult};
