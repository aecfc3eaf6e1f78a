//! Expressions back to text, as annotations under `from __future__ import annotations` keep them.

use crate::parse::ast::Expr;

/// The text of an expression.
pub(super) fn unparse(expr: &Expr) -> String {
    let _ = expr;
    String::new()
}
