//! Operators whose left operand is a text.

use linger_heap::Value;

use crate::bytecode::Instr;
use crate::objects::{Instance, Str};
use crate::vm::operators::BinaryOp;
use crate::vm::stack::Here;
use crate::vm::{Result, Vm};

impl Vm {
    /// Carries out `+`, `%` and `*` of a text where nothing else has a say in them; false where that is for the general way to find out.
    pub(super) fn text_operator(&mut self, at: &Here, i: Instr, op: BinaryOp, has_constant: bool) -> Result<bool> {
        let left = at.get(i.b);
        let right = if has_constant { at.constant(u32::from(i.c)) } else { at.get(i.c) };
        let result = match (op, left.downcast::<Str>(), right.downcast::<Str>()) {
            (BinaryOp::Add, Some(text), Some(more)) => {
                if i.a == i.b && (has_constant || i.b != i.c) && self.append_text(at, i.b, right)? {
                    if !has_constant {
                        at.done(i.c);
                    }
                    return Ok(true);
                }
                self.note_site();
                // An empty one leaves the other as it is.
                match (text.text.is_empty(), more.text.is_empty()) {
                    (_, true) => left.clone(),
                    (true, _) => right.clone(),
                    _ => self.join_two(&text.text, &more.text)?,
                }
            }
            (BinaryOp::Mod, ..) if !right.is_kind::<Instance>() => {
                self.note_site();
                self.percent_text(left, right)?
            }
            (BinaryOp::Mul, ..) if right.is_small_int() => {
                self.note_site();
                self.repeat_by(left, right, false)?
            }
            _ => return Ok(false),
        };
        at.done(i.b);
        if !has_constant {
            at.done(i.c);
        }
        at.set(i.a, result);
        Ok(true)
    }

    /// `text += more` where nothing else refers to `text`: appends to it in place, so that a text built piece by piece is not
    /// copied for each.
    fn append_text(&mut self, at: &Here, register: u16, more: &Value) -> Result<bool> {
        let (Some(old), Some(more)) = (at.get(register).downcast::<Str>(), more.downcast::<Str>()) else {
            return Ok(false);
        };
        if old.text.is_empty() || old.is_interned() {
            return Ok(false);
        }
        self.check_text(old.text.len() + more.text.len())?;
        let mut value = at.take(register);
        let mut grown = None;
        if let Some(text) = value.get_mut::<Str>() {
            grown = Some(text.append(more));
        }
        if let (Some(grown), Some(header)) = (grown, value.header())
            && grown != 0
        {
            self.heap.resized(header, grown);
        }
        at.set(register, value);
        Ok(grown.is_some())
    }

    fn join_two(&mut self, left: &str, right: &str) -> Result<Value> {
        self.check_text(left.len() + right.len())?;
        let mut joined = self.take_text_buffer();
        joined.push_str(left);
        joined.push_str(right);
        Ok(self.keep_text(joined))
    }
}
