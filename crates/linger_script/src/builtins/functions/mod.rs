//! The builtin functions, by what they are about.

mod attributes;
mod code;
mod iteration;
mod numbers;
mod text;

pub(crate) use attributes::IS_INSTANCE;
pub(crate) use iteration::NEXT;
pub(crate) use numbers::LEN;

use crate::objects::NativeFn;

/// All builtin functions.
pub(super) const TABLES: &[&[(&str, NativeFn)]] =
    &[attributes::FUNCTIONS, code::FUNCTIONS, iteration::FUNCTIONS, numbers::FUNCTIONS, text::FUNCTIONS];
