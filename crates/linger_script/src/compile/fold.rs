//! Constants: literals, and expressions of literals whose value is known before the program runs.

use super::Compiler;
use crate::constants::Const;
use crate::parse::ast::{self, CmpOp, Expr, Number, Operator, UnaryOp};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

/// Tuples longer than this are not made constants of.
const MAX_FOLDED_TUPLE: usize = 4096;
/// A tuple times a number is computed ahead up to this many items.
const MAX_REPEATED_TUPLE: usize = 256;
/// Texts are joined and repeated ahead up to this many bytes.
const MAX_FOLDED_TEXT: usize = 4096;
/// Products, powers and shifts of integers are computed ahead up to this many bits.
const MAX_FOLDED_BITS: u64 = 128;

impl Compiler<'_> {
    /// The value of an expression, if it is a constant.
    pub fn fold(&mut self, expr: &Expr) -> Option<Const> {
        match expr {
            Expr::NumberLiteral(e) => Some(self.number(e)),
            Expr::StringLiteral(e) => Some(Const::Str(self.string_value(e))),
            Expr::BytesLiteral(e) => Some(Const::Bytes(e.value.bytes().collect())),
            Expr::BooleanLiteral(e) => Some(Const::Bool(e.value)),
            Expr::NoneLiteral(_) => Some(Const::None),
            Expr::EllipsisLiteral(_) => Some(Const::Ellipsis),
            Expr::Name(e) if e.id == "__debug__" => Some(Const::Bool(true)),
            Expr::UnaryOp(e) => {
                let value = self.fold(&e.operand)?;
                fold_unary(e.op, value)
            }
            Expr::BinOp(e) => {
                // Only what can be a number or a text on the left is worth a look at the right.
                let left = self.fold(&e.left)?;
                let right = self.fold(&e.right)?;
                fold_binary(e.op, &left, &right)
            }
            Expr::Tuple(e) => self.fold_all(&e.elts).map(Const::Tuple),
            _ => None,
        }
    }

    /// The values of expressions which are all constants.
    pub fn fold_all(&mut self, exprs: &[Expr]) -> Option<Vec<Const>> {
        if exprs.len() > MAX_FOLDED_TUPLE {
            return None;
        }
        exprs.iter().map(|expr| self.fold(expr)).collect()
    }

    /// The right side of a comparison's last operator, if it is a constant: a list or set to search in is one if its items are.
    pub fn fold_operand(&mut self, op: CmpOp, expr: &Expr) -> Option<Const> {
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            match expr {
                Expr::List(e) => return self.fold_all(&e.elts).map(Const::Tuple),
                Expr::Set(e) => return self.fold_all(&e.elts).map(Const::FrozenSet),
                _ => {}
            }
        }
        self.fold(expr)
    }

    /// Whether an expression is known to be true or false.
    pub fn constant_truth(&mut self, expr: &Expr) -> Option<bool> {
        match self.fold(expr)? {
            Const::None => Some(false),
            Const::Ellipsis => Some(true),
            Const::Bool(value) => Some(value),
            Const::Int(value) => Some(value != 0),
            Const::BigInt(_) => Some(true),
            Const::Float(value) => Some(value != 0.0),
            Const::Str(value) => Some(!value.is_empty()),
            Const::Bytes(value) => Some(!value.is_empty()),
            Const::Tuple(value) => Some(!value.is_empty()),
            _ => None,
        }
    }

    fn number(&mut self, e: &ast::ExprNumberLiteral) -> Const {
        match &e.value {
            Number::Int(int) => match int.as_i64() {
                Some(value) => Const::Int(value),
                None => self.big_int(&int.to_string(), e),
            },
            Number::Float(value) => Const::Float(*value),
            Number::Complex { imag, .. } => Const::Imaginary(*imag),
        }
    }

    fn big_int(&mut self, text: &str, e: &ast::ExprNumberLiteral) -> Const {
        let text = text.replace('_', "");
        let lower = text.to_ascii_lowercase();
        let (digits, radix) = match lower.get(..2) {
            Some("0x") => (&lower[2..], 16),
            Some("0o") => (&lower[2..], 8),
            Some("0b") => (&lower[2..], 2),
            _ => (&lower[..], 10),
        };
        if radix == 10 && digits.len() > 4300 {
            let message = format!(
                "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use \
                 sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid \
                 decimal conversion limits.",
                digits.len()
            );
            self.fail(message, e.range);
            return Const::Int(0);
        }
        match BigInt::parse_bytes(digits.as_bytes(), radix) {
            Some(value) => Const::BigInt(value),
            None => {
                self.fail("invalid decimal literal", e.range);
                Const::Int(0)
            }
        }
    }
}

fn fold_unary(op: UnaryOp, value: Const) -> Option<Const> {
    match (op, value) {
        (UnaryOp::USub, Const::Int(value)) => Some(match value.checked_neg() {
            Some(value) => Const::Int(value),
            None => Const::BigInt(-BigInt::from(value)),
        }),
        (UnaryOp::USub, Const::Float(value)) => Some(Const::Float(-value)),
        (UnaryOp::USub, Const::BigInt(value)) => Some(int_constant(-value)),
        (UnaryOp::UAdd, value @ (Const::Int(_) | Const::BigInt(_))) => Some(value),
        (UnaryOp::UAdd, Const::Float(value)) => Some(Const::Float(value)),
        (UnaryOp::Invert, Const::Int(value)) => Some(Const::Int(!value)),
        (UnaryOp::Invert, Const::BigInt(value)) => Some(int_constant(!value)),
        (UnaryOp::Not, Const::Bool(value)) => Some(Const::Bool(!value)),
        (UnaryOp::Not, Const::None) => Some(Const::Bool(true)),
        (UnaryOp::Not, Const::Int(value)) => Some(Const::Bool(value == 0)),
        (UnaryOp::Not, Const::Str(value)) => Some(Const::Bool(value.is_empty())),
        _ => None,
    }
}

/// Folds what gives an exact result and can't raise, unless the result is large: the limits are CPython's.
fn fold_binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    match (left, right) {
        (&Const::Int(left), &Const::Int(right)) => {
            fold_ints(op, left, right).or_else(|| fold_big_ints(op, &left.into(), &right.into()))
        }
        (Const::BigInt(left), Const::BigInt(right)) => fold_big_ints(op, left, right),
        (Const::BigInt(left), &Const::Int(right)) => fold_big_ints(op, left, &right.into()),
        (&Const::Int(left), Const::BigInt(right)) => fold_big_ints(op, &left.into(), right),
        (&Const::Float(left), &Const::Float(right)) => fold_floats(op, left, right),
        (&Const::Int(left), &Const::Float(right)) => fold_floats(op, exact_float(left)?, right),
        (&Const::Float(left), &Const::Int(right)) => fold_floats(op, left, exact_float(right)?),
        (Const::Str(left), Const::Str(right)) if op == Operator::Add => {
            (left.len() + right.len() <= MAX_FOLDED_TEXT).then(|| Const::Str(format!("{left}{right}")))
        }
        (Const::Bytes(left), Const::Bytes(right)) if op == Operator::Add => {
            (left.len() + right.len() <= MAX_FOLDED_TEXT).then(|| Const::Bytes([&left[..], right].concat()))
        }
        (Const::Tuple(left), Const::Tuple(right)) if op == Operator::Add => {
            let joined = Const::Tuple([&left[..], right].concat());
            (size(&joined) <= MAX_FOLDED_TUPLE).then_some(joined)
        }
        (sequence, &Const::Int(count)) | (&Const::Int(count), sequence) if op == Operator::Mult => {
            fold_repeated(sequence, usize::try_from(count).unwrap_or(0))
        }
        _ => None,
    }
}

fn fold_repeated(sequence: &Const, count: usize) -> Option<Const> {
    let fits = |length: usize, limit| length.checked_mul(count).is_some_and(|total| total <= limit);
    match sequence {
        Const::Str(text) => fits(text.len(), MAX_FOLDED_TEXT).then(|| Const::Str(text.repeat(count))),
        Const::Bytes(bytes) => fits(bytes.len(), MAX_FOLDED_TEXT).then(|| Const::Bytes(bytes.repeat(count))),
        Const::Tuple(items) => (fits(items.len(), MAX_REPEATED_TUPLE) && fits(size(sequence), MAX_FOLDED_TUPLE))
            .then(|| Const::Tuple(vec![&items[..]; count].concat())),
        _ => None,
    }
}

/// How many constants a constant is made of: repeated tuples of repeated tuples must not grow without bound.
fn size(constant: &Const) -> usize {
    match constant {
        Const::Tuple(items) => items.iter().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}

fn exact_float(value: i64) -> Option<f64> {
    (value.unsigned_abs() <= 1 << 53).then_some(value as f64)
}

fn fold_ints(op: Operator, left: i64, right: i64) -> Option<Const> {
    let folded = match op {
        Operator::Add => left.checked_add(right),
        Operator::Sub => left.checked_sub(right),
        Operator::Mult => left.checked_mul(right),
        Operator::Div if right != 0 => {
            return Some(Const::Float(exact_float(left)? / exact_float(right)?));
        }
        Operator::FloorDiv if right > 0 => Some(left.div_euclid(right)),
        Operator::Mod if right > 0 => Some(left.rem_euclid(right)),
        Operator::Pow => left.checked_pow(u32::try_from(right).ok()?),
        Operator::RShift if right >= 0 => Some(left >> right.min(63)),
        Operator::BitOr => Some(left | right),
        Operator::BitXor => Some(left ^ right),
        Operator::BitAnd => Some(left & right),
        _ => None,
    };
    folded.map(Const::Int)
}

fn fold_big_ints(op: Operator, left: &BigInt, right: &BigInt) -> Option<Const> {
    let bits = left.bits();
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult if bits + right.bits() <= MAX_FOLDED_BITS => left * right,
        Operator::FloorDiv if !right.is_zero() => left.div_floor(right),
        Operator::Mod if !right.is_zero() => left.mod_floor(right),
        Operator::Pow => {
            let exponent = u32::try_from(right).ok()?;
            (bits * u64::from(exponent) <= MAX_FOLDED_BITS).then(|| left.pow(exponent))?
        }
        Operator::LShift => {
            let count = u64::try_from(right).ok()?;
            (bits.saturating_add(count) <= MAX_FOLDED_BITS).then(|| left << count)?
        }
        Operator::RShift => left >> u64::try_from(right).ok()?,
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::BitAnd => left & right,
        _ => return None,
    };
    Some(int_constant(value))
}

/// The constant of an integer: one form for each value.
fn int_constant(value: BigInt) -> Const {
    i64::try_from(&value).map_or(Const::BigInt(value), Const::Int)
}

fn fold_floats(op: Operator, left: f64, right: f64) -> Option<Const> {
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right != 0.0 => left / right,
        _ => return None,
    };
    Some(Const::Float(value))
}
