//! What CPython's compiler warns of: literals that are compared by identity, called or subscripted, assertions that always hold.

use crate::parse::ast::{self, CmpOp, Expr, Number};
use crate::parse::{Ranged, TextSize};

/// A warning, and where in the text it is.
#[derive(Debug)]
pub(super) struct Warning {
    pub message: String,
    pub at: TextSize,
}

/// What an expression is called that is a literal of one class wherever it stands.
fn class_of(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::NumberLiteral(number) => match number.value {
            Number::Int(_) => "int",
            Number::Float(_) => "float",
            Number::Complex { .. } => "complex",
        },
        Expr::StringLiteral(_) | Expr::FString(_) => "str",
        Expr::BytesLiteral(_) => "bytes",
        Expr::BooleanLiteral(_) => "bool",
        Expr::NoneLiteral(_) => "NoneType",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        _ => return None,
    })
}

/// Whether CPython makes a constant of an expression, one that is not the only one of its kind.
fn is_plain_literal(expr: &Expr) -> bool {
    match expr {
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_) => true,
        Expr::UnaryOp(unary) => matches!(&*unary.operand, Expr::NumberLiteral(_)),
        Expr::Tuple(tuple) => tuple.elts.iter().all(|element| is_plain_literal(element) || is_singleton(element)),
        _ => false,
    }
}

fn is_singleton(expr: &Expr) -> bool {
    matches!(expr, Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) | Expr::EllipsisLiteral(_))
}

/// `x is 1`
pub(super) fn of_compare(compare: &ast::ExprCompare) -> Option<Warning> {
    let mut left = &*compare.left;
    for (op, right) in compare.ops.iter().zip(&compare.comparators) {
        let (word, meant) = match op {
            CmpOp::Is => ("is", "=="),
            CmpOp::IsNot => ("is not", "!="),
            _ => {
                left = right;
                continue;
            }
        };
        if is_plain_literal(left) || is_plain_literal(right) {
            let message = format!("\"{word}\" with a literal. Did you mean \"{meant}\"?");
            return Some(Warning { message, at: compare.range.start() });
        }
        left = right;
    }
    None
}

/// `assert (x, "message")`
pub(super) fn of_assert(assert: &ast::StmtAssert) -> Option<Warning> {
    let always = matches!(&*assert.test, Expr::Tuple(tuple) if !tuple.elts.is_empty());
    let message = "assertion is always true, perhaps remove parentheses?".to_owned();
    always.then(|| Warning { message, at: assert.range.start() })
}

/// `"text"(x)`: a comma is missing.
pub(super) fn of_call(call: &ast::ExprCall) -> Option<Warning> {
    let class = class_of(&call.func).filter(|_| !matches!(&*call.func, Expr::Lambda(_)))?;
    let message = format!("'{class}' object is not callable; perhaps you missed a comma?");
    Some(Warning { message, at: call.range().start() })
}

/// `{1}[x]`, or `[1]["x"]`.
pub(super) fn of_subscript(subscript: &ast::ExprSubscript) -> Option<Warning> {
    let class = class_of(&subscript.value)?;
    let message = match class {
        "NoneType" | "ellipsis" | "int" | "float" | "complex" | "bool" | "set" | "generator" | "function" => {
            format!("'{class}' object is not subscriptable; perhaps you missed a comma?")
        }
        "str" | "bytes" | "tuple" | "list" => {
            let index = class_of(&subscript.slice).filter(|index| !matches!(*index, "int" | "bool"))?;
            format!("{class} indices must be integers or slices, not {index}; perhaps you missed a comma?")
        }
        _ => return None,
    };
    Some(Warning { message, at: subscript.range.start() })
}
