//! Operators and tests beyond what small integers and floats need.

use linger_heap::Value;

use crate::bytecode::{Instr, Op};
use crate::objects::{Function, Instance, Str};
use crate::vm::compare::CompareOp;
use crate::vm::dispatch::Flow;
use crate::vm::operators::{BinaryOp, UnaryOp};
use crate::vm::stack::{FrameKind, Window};
use crate::vm::{Result, Vm};

/// The comparison of an instruction, and whether its right operand is a constant.
fn comparison_of(op: Op) -> (CompareOp, bool) {
    match op {
        Op::Lt | Op::TestLt => (CompareOp::Lt, false),
        Op::Le | Op::TestLe => (CompareOp::Le, false),
        Op::Gt | Op::TestGt => (CompareOp::Gt, false),
        Op::Ge | Op::TestGe => (CompareOp::Ge, false),
        Op::Ne | Op::TestNe => (CompareOp::Ne, false),
        Op::TestLtK => (CompareOp::Lt, true),
        Op::TestLeK => (CompareOp::Le, true),
        Op::TestGtK => (CompareOp::Gt, true),
        Op::TestGeK => (CompareOp::Ge, true),
        Op::TestNeK => (CompareOp::Ne, true),
        Op::TestEqK => (CompareOp::Eq, true),
        _ => (CompareOp::Eq, false),
    }
}

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_binary(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let (op, constant) = match BinaryOp::of_constant(i.op) {
            Some(op) => (op, true),
            None => (BinaryOp::of(i.op), false),
        };
        let left = at.get(i.b);
        let right = if constant { at.constant(u32::from(i.c)) } else { at.get(i.c) };
        let result = match quick_float(op, left, right) {
            Some(value) => value,
            None => {
                self.note_site();
                if !constant && i.x == 0 && self.enter_binary(op, left, right, i.a)? {
                    at.done(i.b);
                    at.done(i.c);
                    return Ok(Flow::Moved);
                }
                self.binary_with(op, left, right, i.x == 1)?
            }
        };
        at.done(i.b);
        if !constant {
            at.done(i.c);
        }
        at.set(i.a, result);
        Ok(Flow::Next)
    }

    /// Starts a script's method for a binary operator, if that is all that the operator means here.
    fn enter_binary(&mut self, op: BinaryOp, left: &Value, right: &Value, dest: u16) -> Result<bool> {
        if !left.is_kind::<Instance>() {
            return Ok(false);
        }
        let (forward, _, _) = op.specials();
        let Some(method) = self.special(left, forward) else { return Ok(false) };
        let Some(function) = method.downcast::<Function>() else { return Ok(false) };
        // A method that declines needs the other side asked.
        if function.code.simple_count != 2 || function.code.declines {
            return Ok(false);
        }
        // A right operand of a subclass may go first.
        if right.is_kind::<Instance>() && !self.class_of(left).is(&self.class_of(right)) {
            return Ok(false);
        }
        let window = Window(self.stack.top());
        if !self.stack.has_room(window.0) {
            return Ok(false);
        }
        window.put(0, left.clone());
        window.put(1, right.clone());
        self.enter(method, window, 2, &[], FrameKind::Call, dest, Value::EMPTY).map(|_| true)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_unary(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let op = match i.op {
            Op::Neg => UnaryOp::Neg,
            Op::Pos => UnaryOp::Pos,
            _ => UnaryOp::Invert,
        };
        let value = self.unary(op, at.get(i.b))?;
        at.done(i.b);
        at.set(i.a, value);
        Ok(Flow::Next)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_not(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.b))?;
        at.done(i.b);
        at.set(i.a, Value::bool(!truth));
        Ok(Flow::Next)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_compare(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let (op, _) = comparison_of(i.op);
        let result = self.compare(op, at.get(i.b), at.get(i.c))?;
        at.done(i.b);
        at.done(i.c);
        at.set(i.a, result);
        Ok(Flow::Next)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_test(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let (op, constant) = comparison_of(i.op);
        let right = if constant { at.constant(u32::from(i.b)) } else { at.get(i.b) };
        let truth = self.compare_truth(op, at.get(i.a), right)?;
        at.done(i.a);
        if !constant {
            at.done(i.b);
        }
        Ok(self.stack.jump_word(truth as u8 == i.x))
    }

    fn compare_truth(&mut self, op: CompareOp, left: &Value, right: &Value) -> Result<bool> {
        if let (CompareOp::Eq | CompareOp::Ne, Some(left), Some(right)) =
            (op, left.downcast::<Str>(), right.downcast::<Str>())
        {
            return Ok((std::ptr::eq(left, right) || *left.text == *right.text) == (op == CompareOp::Eq));
        }
        let result = self.compare(op, left, right)?;
        self.truth(&result)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_contains(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let inside = self.contains(at.get(i.c), at.get(i.b))?;
        at.done(i.b);
        at.done(i.c);
        at.set(i.a, Value::bool(inside == (i.op == Op::In)));
        Ok(Flow::Next)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_test_contains(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let inside = self.contains(at.get(i.b), at.get(i.a))?;
        at.done(i.a);
        at.done(i.b);
        Ok(self.stack.jump_word(inside as u8 == i.x))
    }

    #[inline(never)]
    pub(in crate::vm) fn op_jump_by_truth(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.a))?;
        at.done(i.a);
        Ok(if truth == (i.op == Op::JumpIfTrue) { self.stack.jump(i) } else { Flow::Next })
    }

    #[inline(never)]
    pub(in crate::vm) fn op_jump_or_keep(&mut self, i: Instr) -> Result<Flow> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.a))?;
        if truth == (i.op == Op::JumpIfTrueKeep) {
            return Ok(self.stack.jump(i));
        }
        drop(at.take(i.a));
        Ok(Flow::Next)
    }
}

/// An int and a float, for the four operations that need no check.
#[inline(always)]
fn quick_float(op: BinaryOp, a: &Value, b: &Value) -> Option<Value> {
    let number = |value: &Value| value.as_float().or_else(|| value.as_small_int().map(|int| int as f64));
    if !(a.is_float() || b.is_float()) {
        return None;
    }
    let (a, b) = (number(a)?, number(b)?);
    Some(Value::float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if b != 0.0 => a / b,
        _ => return None,
    }))
}
