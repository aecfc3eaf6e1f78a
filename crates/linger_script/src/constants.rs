//! The constants of a unit of code, and what makes two of them one. Knows nothing of the objects that a machine makes of them.

use crate::bytecode::CodeUnit;

/// A constant of a unit of code.
#[derive(Debug, Clone, PartialEq)]
pub enum Const {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// A truth value.
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// Any other integer.
    BigInt(num_bigint::BigInt),
    /// A float.
    Float(f64),
    /// The imaginary part of a complex number.
    Imaginary(f64),
    /// A string.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A tuple of constants.
    Tuple(Vec<Const>),
    /// A frozen set of constants: `x in {1, 2}`.
    FrozenSet(Vec<Const>),
    /// The code of a function, class or comprehension.
    Code(Box<CodeUnit>),
}

/// What two constants share if one object can stand for both: 0.0 and -0.0, or 1 and True, are equal but not the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ConstKey {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// A truth value.
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// Any other integer.
    BigInt(num_bigint::BigInt),
    /// The bits of a float.
    Float(u64),
    /// The bits of an imaginary part.
    Imaginary(u64),
    /// A string.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A tuple.
    Tuple(Vec<ConstKey>),
    /// A frozen set.
    FrozenSet(Vec<ConstKey>),
}

impl Const {
    /// What tells this constant from others; code is like no other.
    pub fn key(&self) -> Option<ConstKey> {
        let keys = |items: &[Const]| items.iter().map(Const::key).collect::<Option<Vec<_>>>();
        Some(match self {
            Const::None => ConstKey::None,
            Const::Ellipsis => ConstKey::Ellipsis,
            Const::Bool(value) => ConstKey::Bool(*value),
            Const::Int(value) => ConstKey::Int(*value),
            Const::BigInt(value) => ConstKey::BigInt(value.clone()),
            Const::Float(value) => ConstKey::Float(value.to_bits()),
            Const::Imaginary(value) => ConstKey::Imaginary(value.to_bits()),
            Const::Str(value) => ConstKey::Str(value.clone()),
            Const::Bytes(value) => ConstKey::Bytes(value.clone()),
            Const::Tuple(items) => ConstKey::Tuple(keys(items)?),
            Const::FrozenSet(items) => ConstKey::FrozenSet(keys(items)?),
            Const::Code(_) => return None,
        })
    }
}
