//! Truth: comparisons, `and`, `or`, `not`, conditional expressions, as jumps where only the outcome matters and as values
//! elsewhere.

use super::Compiler;
use super::expr::Want;
use super::unit::{Label, Reg};
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, BoolOp, CmpOp, Expr, UnaryOp};
use crate::parse::{Ranged, TextRange};

/// The test instruction of a comparison: on registers, with a constant, and whether its outcome is inverted.
fn test_instructions(op: CmpOp) -> (Op, Option<Op>, bool) {
    match op {
        CmpOp::Lt => (Op::TestLt, Some(Op::TestLtK), false),
        CmpOp::LtE => (Op::TestLe, Some(Op::TestLeK), false),
        CmpOp::Gt => (Op::TestGt, Some(Op::TestGtK), false),
        CmpOp::GtE => (Op::TestGe, Some(Op::TestGeK), false),
        CmpOp::Eq => (Op::TestEq, Some(Op::TestEqK), false),
        CmpOp::NotEq => (Op::TestNe, Some(Op::TestNeK), false),
        CmpOp::Is => (Op::TestIs, None, false),
        CmpOp::IsNot => (Op::TestIs, None, true),
        CmpOp::In => (Op::TestIn, None, false),
        CmpOp::NotIn => (Op::TestIn, None, true),
    }
}

fn value_instruction(op: CmpOp) -> Op {
    match op {
        CmpOp::Lt => Op::Lt,
        CmpOp::LtE => Op::Le,
        CmpOp::Gt => Op::Gt,
        CmpOp::GtE => Op::Ge,
        CmpOp::Eq => Op::Eq,
        CmpOp::NotEq => Op::Ne,
        CmpOp::Is => Op::Is,
        CmpOp::IsNot => Op::IsNot,
        CmpOp::In => Op::In,
        CmpOp::NotIn => Op::NotIn,
    }
}

impl<'a> Compiler<'a> {
    /// Jumps to `label` if the truth of an expression is `sense`, and goes on otherwise.
    pub fn jump_if(&mut self, expr: &'a Expr, sense: bool, label: Label) {
        let base = self.unit.top;
        let range = expr.range();
        if let Some(truth) = self.constant_truth(expr) {
            if truth == sense {
                self.unit.jump(Op::Jump, 0, label, range);
            }
            return;
        }
        match expr {
            Expr::UnaryOp(e) if e.op == UnaryOp::Not => self.jump_if(&e.operand, !sense, label),
            Expr::BoolOp(e) => {
                // `and` is decided by its first false value, `or` by its first true one.
                let decisive = e.op == BoolOp::Or;
                let Some((last, firsts)) = e.values.split_last() else { return };
                if decisive == sense {
                    firsts.iter().for_each(|value| self.jump_if(value, sense, label));
                    self.jump_if(last, sense, label);
                } else {
                    let skip = self.unit.label();
                    firsts.iter().for_each(|value| self.jump_if(value, decisive, skip));
                    self.jump_if(last, sense, label);
                    self.unit.place(skip);
                }
            }
            Expr::If(e) => {
                let (orelse, end) = (self.unit.label(), self.unit.label());
                self.jump_if(&e.test, false, orelse);
                self.jump_if(&e.body, sense, label);
                self.unit.jump(Op::Jump, 0, end, range);
                self.unit.place(orelse);
                self.jump_if(&e.orelse, sense, label);
                self.unit.place(end);
            }
            Expr::Compare(e) if e.ops.len() == 1 => {
                let left = self.any_before(&e.left, &[&e.comparators[0]]);
                self.test(e.ops[0], left, &e.comparators[0], sense, label, range);
            }
            Expr::Compare(e) => self.jump_if_chain(e, sense, label),
            _ => {
                let value = self.any(expr);
                let op = if sense { Op::JumpIfTrue } else { Op::JumpIfFalse };
                self.unit.jump(op, value, label, range);
            }
        }
        self.unit.top = base;
    }

    /// Jumps if the outcome of `R[left] op right` is `sense`.
    fn test(&mut self, op: CmpOp, left: Reg, right: &'a Expr, sense: bool, label: Label, range: TextRange) {
        let (test, with_constant, inverted) = test_instructions(op);
        let x = u8::from(sense != inverted);
        let folded = self.fold_operand(op, right);
        if folded == Some(Const::None) && matches!(op, CmpOp::Is | CmpOp::IsNot) {
            let op = if x == 1 { Op::JumpIfNone } else { Op::JumpIfNotNone };
            self.unit.jump(op, left, label, range);
            return;
        }
        if let (Some(with_constant), Some(value)) = (with_constant, &folded)
            && !matches!(value, Const::Tuple(_) | Const::FrozenSet(_))
        {
            let constant = self.unit.constant(value.clone());
            self.unit.emit_x(with_constant, x, left, constant, 0, range);
        } else {
            let right = self.comparand(folded, right);
            self.unit.emit_x(test, x, left, right, 0, range);
        }
        self.unit.jump_word(label, range);
    }

    /// The right side of a comparison, in any register.
    fn comparand(&mut self, folded: Option<Const>, right: &'a Expr) -> Reg {
        match folded {
            Some(value) => {
                let reg = self.unit.alloc();
                self.load_const(value, reg, right.range());
                reg
            }
            None => self.any(right),
        }
    }

    /// `a < b < c` as a jump: the middle is evaluated once and tested twice.
    fn jump_if_chain(&mut self, e: &'a ast::ExprCompare, sense: bool, label: Label) {
        let range = e.range;
        let end = self.unit.label();
        let fail = if sense { end } else { label };
        let mut stubs: Vec<(Label, Reg)> = Vec::new();
        let last = e.ops.len() - 1;
        let mut left = self.any_before(&e.left, &e.comparators.iter().collect::<Vec<_>>());
        for at in 0..last {
            let later: Vec<&Expr> = e.comparators[at + 1..].iter().collect();
            let (test, _, inverted) = test_instructions(e.ops[at]);
            let folded = self.fold(&e.comparators[at]);
            let middle = match folded {
                Some(_) => self.comparand(folded, &e.comparators[at]),
                None => self.any_before(&e.comparators[at], &later),
            };
            let (operand, target) = if self.unit.is_local(middle) {
                (middle, fail)
            } else {
                let copy = self.unit.alloc();
                self.unit.emit(Op::Copy, copy, middle, 0, range);
                let stub = self.unit.label();
                stubs.push((stub, middle));
                self.unit.top = copy;
                (copy, stub)
            };
            self.unit.emit_x(test, u8::from(inverted), left, operand, 0, range);
            self.unit.jump_word(target, range);
            left = middle;
        }
        self.test(e.ops[last], left, &e.comparators[last], sense, label, range);
        self.unit.jump(Op::Jump, 0, end, range);
        for (stub, middle) in stubs {
            self.unit.place(stub);
            self.unit.emit(Op::Drop, middle, 0, 0, range);
            self.unit.jump(Op::Jump, 0, fail, range);
        }
        self.unit.place(end);
    }

    /// A comparison as a value.
    pub fn compare(&mut self, e: &'a ast::ExprCompare, want: Want) -> Reg {
        let base = self.unit.top;
        if e.ops.len() == 1 {
            return self.compare_once(e, e.ops[0], want, e.range);
        }
        let result = self.unit.alloc();
        let end = self.unit.label();
        let mut stubs: Vec<(Label, Reg)> = Vec::new();
        let last = e.ops.len() - 1;
        let mut left = self.any_before(&e.left, &e.comparators.iter().collect::<Vec<_>>());
        for at in 0..last {
            let later: Vec<&Expr> = e.comparators[at + 1..].iter().collect();
            let folded = self.fold(&e.comparators[at]);
            let middle = match folded {
                Some(_) => self.comparand(folded, &e.comparators[at]),
                None => self.any_before(&e.comparators[at], &later),
            };
            let mut operand = middle;
            let mut target = end;
            if !self.unit.is_local(middle) {
                operand = self.unit.alloc();
                self.unit.emit(Op::Copy, operand, middle, 0, e.range);
                target = self.unit.label();
                stubs.push((target, middle));
                self.unit.top = operand;
            }
            self.unit.emit(value_instruction(e.ops[at]), result, left, operand, e.range);
            self.unit.jump(Op::JumpIfFalseKeep, result, target, e.range);
            left = middle;
        }
        let folded = self.fold_operand(e.ops[last], &e.comparators[last]);
        let right = self.comparand(folded, &e.comparators[last]);
        self.unit.emit(value_instruction(e.ops[last]), result, left, right, e.range);
        self.unit.jump(Op::Jump, 0, end, e.range);
        for (stub, middle) in stubs {
            self.unit.place(stub);
            self.unit.emit(Op::Drop, middle, 0, 0, e.range);
            self.unit.jump(Op::Jump, 0, end, e.range);
        }
        self.unit.place(end);
        self.unit.set_top(usize::from(base) + 1);
        self.deliver(base, want, e.range)
    }

    fn compare_once(&mut self, e: &'a ast::ExprCompare, op: CmpOp, want: Want, range: TextRange) -> Reg {
        let base = self.unit.top;
        let right = &e.comparators[0];
        let left = self.any_before(&e.left, &[right]);
        let folded = self.fold_operand(op, right);
        let right = self.comparand(folded, right);
        let dest = self.dest(want, base);
        self.unit.emit(value_instruction(op), dest, left, right, range);
        dest
    }

    /// `not (a is b)` and `not (a in b)` have instructions of their own.
    pub fn negated_compare(&mut self, e: &'a ast::ExprCompare, want: Want, range: TextRange) -> Option<Reg> {
        let [op] = &*e.ops else { return None };
        let op = match op {
            CmpOp::Is => CmpOp::IsNot,
            CmpOp::IsNot => CmpOp::Is,
            CmpOp::In => CmpOp::NotIn,
            CmpOp::NotIn => CmpOp::In,
            _ => return None,
        };
        Some(self.compare_once(e, op, want, range))
    }

    /// `and` and `or` as values.
    pub fn bool_op(&mut self, e: &'a ast::ExprBoolOp, want: Want) -> Reg {
        let base = self.unit.top;
        let (keep_jump, skip_jump, decide_jump) = match e.op {
            BoolOp::Or => (Op::JumpIfTrueKeep, Op::JumpIfFalse, Op::JumpIfTrue),
            BoolOp::And => (Op::JumpIfFalseKeep, Op::JumpIfTrue, Op::JumpIfFalse),
        };
        let Some((last, firsts)) = e.values.split_last() else { return self.dest(want, base) };
        let end = self.unit.label();
        let keep = self.unit.label();
        for value in firsts {
            let range = value.range();
            match want {
                Want::Any | Want::Temp => {
                    let value = self.temp(value);
                    self.unit.jump(keep_jump, value, end, range);
                }
                Want::Local(local) => {
                    let value = self.any(value);
                    if value == local {
                        self.unit.jump(decide_jump, value, end, range);
                    } else if self.unit.is_local(value) {
                        let next = self.unit.label();
                        self.unit.jump(skip_jump, value, next, range);
                        self.unit.emit(Op::Move, local, value, 0, range);
                        self.unit.jump(Op::Jump, 0, end, range);
                        self.unit.place(next);
                    } else {
                        self.unit.jump(keep_jump, value, keep, range);
                    }
                }
            }
            self.unit.top = base;
        }
        match want {
            Want::Any | Want::Temp => {
                self.temp(last);
                self.unit.place(end);
                base
            }
            Want::Local(local) => {
                self.in_local(last, local);
                if self.unit.is_target(keep) {
                    self.unit.jump(Op::Jump, 0, end, e.range);
                    self.unit.place(keep);
                    self.unit.emit(Op::Move, local, base, 0, e.range);
                    self.unit.bound.insert(local);
                }
                self.unit.place(end);
                self.unit.top = base;
                local
            }
        }
    }

    /// `a if test else b` as a value.
    pub fn conditional(&mut self, e: &'a ast::ExprIf, want: Want) -> Reg {
        let base = self.unit.top;
        let want = if want == Want::Any { Want::Temp } else { want };
        let (orelse, end) = (self.unit.label(), self.unit.label());
        self.jump_if(&e.test, false, orelse);
        let dest = self.expr(&e.body, want);
        self.unit.jump(Op::Jump, 0, end, e.range);
        self.unit.place(orelse);
        self.unit.top = base;
        self.expr(&e.orelse, want);
        self.unit.place(end);
        dest
    }
}
