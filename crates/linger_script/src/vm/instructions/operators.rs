//! Operators and tests beyond what small integers and floats need.

use linger_heap::Value;

use crate::bytecode::{Instr, Op};
use crate::objects::{Function, Instance, List, Special, Str};
use crate::vm::compare::CompareOp;
use crate::vm::operators::{BinaryOp, UnaryOp};
use crate::vm::stack::{FrameKind, Here, Window};
use crate::vm::wide::{wide_arithmetic, wide_int};
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
    pub(in crate::vm) fn op_binary(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (op, constant) = match BinaryOp::of_constant(i.op) {
            Some(op) => (op, true),
            None => (BinaryOp::of(i.op.general()), false),
        };
        let left = at.get(i.b);
        if left.is_kind::<Instance>() && !constant && i.x == 0 && self.enter_operator(op.specials().0, &at, i) {
            return Ok(());
        }
        let right = if constant { at.constant(u32::from(i.c)) } else { at.get(i.c) };
        if left.is_kind::<Str>() && self.text_operator(&at, i, op, constant)? {
            return Ok(());
        }
        let result = match quick_float(op, left, right) {
            Some(value) => value,
            None if let (Some(x), Some(y)) = (wide_int(left), wide_int(right))
                && let Some(result) = wide_arithmetic(op, x, y) =>
            {
                self.note_site();
                // The object of an operand that this ends is taken for the result.
                let given_up = if at.is_temporary(i.b) || i.a == i.b { at.take(i.b) } else { Value::EMPTY };
                self.wide_in_place(given_up, result)
            }
            None => {
                self.note_site();
                // A list that nobody else has (`[0] * 10`) becomes the result.
                let is_given_up = op == BinaryOp::Mul
                    && at.is_temporary(i.b)
                    && left.is_kind::<List>()
                    && right.is_small_int()
                    && left.header().is_some_and(|header| header.count() == 1);
                match is_given_up {
                    true => self.repeat_by(left, right, true)?,
                    false => self.binary_with(op, left, right, i.x == 1)?,
                }
            }
        };
        at.done(i.b);
        if !constant {
            at.done(i.c);
        }
        at.set(i.a, result);
        Ok(())
    }

    /// Starts a script's method for an operator or a comparison of an instance, if that is all that it means here. It then has the
    /// operands.
    #[inline]
    fn enter_operator(&mut self, special: Special, at: &Here, i: Instr) -> bool {
        let (left, right) = (at.get(i.b), at.get(i.c));
        // A right operand of a subclass may go first.
        if right.is_kind::<Instance>() && !same_class(left, right) {
            return false;
        }
        let Some(method) = self.special(left, special) else { return false };
        let window = Window(self.stack.top());
        if self.until_poll <= 0 || !self.takes_simply(&method, window, 2) {
            return false;
        }
        self.until_poll -= 1;
        if method.downcast::<Function>().is_some_and(|function| function.code.declines) {
            // The other operand is asked if it declines, so both stay.
            let ends = at.is_temporary(i.b) || at.is_temporary(i.c);
            let kind = if ends { FrameKind::OperatorOfTemporaries } else { FrameKind::Operator };
            window.put(0, left.clone());
            window.put(1, right.clone());
            self.push_call(method, window, 2, kind, i.a, Value::EMPTY);
        } else {
            window.put(0, at.keep(i.b));
            window.put(1, at.keep(i.c));
            self.push_call(method, window, 2, FrameKind::Call, i.a, Value::EMPTY);
        }
        true
    }

    /// What a method that an operator or a comparison started has returned: its result, unless it leaves that to the other operand.
    #[inline(never)]
    pub(super) fn operator_returned(&mut self, result: Value) -> Result<()> {
        let (at, i) = (self.stack.here(), self.stack.current_instr());
        let constant = BinaryOp::of_constant(i.op);
        let right = if constant.is_some() { at.constant(i.c.into()) } else { at.get(i.c) };
        let result = if !result.is(&Value::NOT_IMPLEMENTED) {
            result
        } else if matches!(i.op, Op::Eq | Op::Lt | Op::Le | Op::Gt | Op::Ge) {
            self.compare_declined(comparison_of(i.op).0, at.get(i.b), right)?
        } else {
            let operator = constant.unwrap_or_else(|| BinaryOp::of(i.op.general()));
            self.binary_declined(operator, at.get(i.b), right)?
        };
        at.done(i.b);
        if constant.is_none() {
            at.done(i.c);
        }
        at.set(i.a, result);
        if self.pending.get() {
            self.run_pending();
        }
        Ok(())
    }

    /// Starts a script's function with a few arguments, its result to go to `dest`; false if it can't be started simply.
    pub(super) fn enter_method(&mut self, method: Value, args: &[&Value], dest: u16) -> Result<bool> {
        let simple =
            method.downcast::<Function>().is_some_and(|function| function.code.simple_count as usize == args.len());
        let window = Window(self.stack.top());
        if !simple || !self.stack.has_room(window.0) {
            return Ok(false);
        }
        // First, since a collection may run finalizers, whose registers are those of the window.
        self.burn()?;
        for (index, arg) in args.iter().enumerate() {
            window.put(index, (*arg).clone());
        }
        self.enter(method, window, args.len(), &[], FrameKind::Call, dest, Value::EMPTY).map(|_| true)
    }

    /// As [`Vm::enter_method`], for the special method of an object of a script's class.
    pub(super) fn enter_special(&mut self, special: Special, args: &[&Value], dest: u16) -> Result<bool> {
        let Some(object) = args.first().filter(|object| object.is_kind::<Instance>()) else { return Ok(false) };
        match self.special(object, special) {
            Some(method) => self.enter_method(method, args, dest),
            None => Ok(false),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_unary(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let op = match i.op {
            Op::Neg => UnaryOp::Neg,
            Op::Pos => UnaryOp::Pos,
            _ => UnaryOp::Invert,
        };
        let value = self.unary(op, at.get(i.b))?;
        at.done(i.b);
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_not(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.b))?;
        at.done(i.b);
        at.set(i.a, Value::bool(!truth));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_compare(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (op, _) = comparison_of(i.op);
        let (left, right) = (at.get(i.b), at.get(i.c));
        if op != CompareOp::Ne
            && !left.is(right)
            && left.is_kind::<Instance>()
            && self.enter_operator(op.special(), &at, i)
        {
            return Ok(());
        }
        let result = self.compare(op, left, right)?;
        at.done(i.b);
        at.done(i.c);
        at.set(i.a, result);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_test(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (op, constant) = comparison_of(i.op);
        let right = if constant { at.constant(u32::from(i.b)) } else { at.get(i.b) };
        let truth = self.compare_truth(op, at.get(i.a), right)?;
        at.done(i.a);
        if !constant {
            at.done(i.b);
        }
        self.stack.jump_word(truth as u8 == i.x);
        Ok(())
    }

    fn compare_truth(&mut self, op: CompareOp, left: &Value, right: &Value) -> Result<bool> {
        if let (CompareOp::Eq | CompareOp::Ne, Some(left), Some(right)) =
            (op, left.downcast::<Str>(), right.downcast::<Str>())
        {
            return Ok(left.is_same(right) == (op == CompareOp::Eq));
        }
        let result = self.compare(op, left, right)?;
        self.truth(&result)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_contains(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let inside = self.contains(at.get(i.c), at.get(i.b))?;
        at.done(i.b);
        at.done(i.c);
        at.set(i.a, Value::bool(inside == (i.op == Op::In)));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_test_contains(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let inside = self.contains(at.get(i.b), at.get(i.a))?;
        at.done(i.a);
        at.done(i.b);
        self.stack.jump_word(inside as u8 == i.x);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_jump_by_truth(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.a))?;
        at.done(i.a);
        if truth == (i.op == Op::JumpIfTrue) {
            self.stack.jump(i);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_jump_or_keep(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let truth = self.truth(at.get(i.a))?;
        if truth == (i.op == Op::JumpIfTrueKeep) {
            self.stack.jump(i);
            return Ok(());
        }
        drop(at.take(i.a));
        Ok(())
    }
}

/// Whether two instances are of one class.
fn same_class(left: &Value, right: &Value) -> bool {
    let (Some(left), Some(right)) = (left.downcast::<Instance>(), right.downcast::<Instance>()) else { return false };
    left.class.with(|left| right.class.with(|right| left.is(right)))
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
