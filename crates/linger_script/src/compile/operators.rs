//! Arithmetic: binary and unary operators, with constants on the right where there is an instruction for that.

use super::Compiler;
use super::expr::Want;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::TextRange;
use crate::parse::ast::{self, Expr, Operator, UnaryOp};

/// The instruction of an operator on registers, and with a constant on the right.
fn instructions(op: Operator) -> (Op, Option<Op>) {
    match op {
        Operator::Add => (Op::Add, Some(Op::AddK)),
        Operator::Sub => (Op::Sub, Some(Op::SubK)),
        Operator::Mult => (Op::Mul, Some(Op::MulK)),
        Operator::MatMult => (Op::MatMul, None),
        Operator::Div => (Op::Div, Some(Op::DivK)),
        Operator::Mod => (Op::Mod, Some(Op::ModK)),
        Operator::Pow => (Op::Pow, Some(Op::PowK)),
        Operator::LShift => (Op::LShift, Some(Op::LShiftK)),
        Operator::RShift => (Op::RShift, Some(Op::RShiftK)),
        Operator::BitOr => (Op::Or, Some(Op::OrK)),
        Operator::BitXor => (Op::Xor, Some(Op::XorK)),
        Operator::BitAnd => (Op::And, Some(Op::AndK)),
        Operator::FloorDiv => (Op::FloorDiv, Some(Op::FloorDivK)),
    }
}

impl<'a> Compiler<'a> {
    pub fn binary(&mut self, e: &'a ast::ExprBinOp, want: Want) -> Reg {
        let base = self.unit.top;
        let left = self.any_before(&e.left, &[&e.right]);
        self.binary_with(e.op, left, &e.right, base, want, false, e.range)
    }

    /// `R[left] op right`, in place or not, where temporaries from `base` on are free afterwards.
    #[allow(clippy::too_many_arguments)]
    pub fn binary_with(
        &mut self,
        op: Operator,
        left: Reg,
        right: &'a Expr,
        base: Reg,
        want: Want,
        in_place: bool,
        range: TextRange,
    ) -> Reg {
        let (plain, with_constant) = instructions(op);
        let x = u8::from(in_place);
        if let Some(with_constant) = with_constant
            && let Some(value) = self.fold(right)
            && matches!(
                value,
                Const::Int(_)
                    | Const::Float(_)
                    | Const::Str(_)
                    | Const::Bool(_)
                    | Const::Bytes(_)
                    | Const::BigInt(_)
                    | Const::None
            )
        {
            let constant = self.unit.constant(value);
            let dest = self.dest(want, base);
            self.unit.emit_x(with_constant, x, dest, left, constant, range);
            return dest;
        }
        let right = self.any(right);
        let dest = self.dest(want, base);
        self.unit.emit_x(plain, x, dest, left, right, range);
        dest
    }

    pub fn unary(&mut self, e: &'a ast::ExprUnaryOp, want: Want) -> Reg {
        let base = self.unit.top;
        if e.op == UnaryOp::Not
            && let Expr::Compare(compare) = &*e.operand
            && let Some(dest) = self.negated_compare(compare, want, compare.range)
        {
            return dest;
        }
        let operand = self.any(&e.operand);
        let dest = self.dest(want, base);
        let op = match e.op {
            UnaryOp::Invert => Op::Invert,
            UnaryOp::Not => Op::Not,
            UnaryOp::UAdd => Op::Pos,
            UnaryOp::USub => Op::Neg,
        };
        self.unit.emit(op, dest, operand, 0, e.range);
        dest
    }
}
