//! The one error type of this folder: which exception a script should see, and its message.
//!
//! It knows no exception objects; the caller raises the class that the kind names.

use thiserror::Error;

/// The exception class that a script should see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `OverflowError`
    Overflow,
    /// `ZeroDivisionError`
    ZeroDivision,
    /// `KeyError`
    Key,
    /// `IndexError`
    Index,
    /// `MemoryError`
    Memory,
}

/// A failure with CPython's wording.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct PureError {
    /// The exception class to raise.
    pub kind: ErrorKind,
    /// The exception's message.
    pub message: String,
}

/// What everything that can fail here returns.
pub type PureResult<T> = Result<T, PureError>;

impl PureError {
    /// A `ValueError`.
    pub fn value(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Value, message: message.into() }
    }

    /// A `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Type, message: message.into() }
    }

    /// An `OverflowError`.
    pub fn overflow(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Overflow, message: message.into() }
    }

    /// A `MemoryError`: the result would be far larger than any text a script can mean.
    pub fn memory() -> Self {
        Self { kind: ErrorKind::Memory, message: String::new() }
    }

    /// A `ZeroDivisionError`.
    pub fn zero_division(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::ZeroDivision, message: message.into() }
    }
}
