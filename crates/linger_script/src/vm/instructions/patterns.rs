//! `match` statements.

use crate::bytecode::{Instr, Op};
use crate::vm::{Result, Vm};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_match_shape(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let subject = at.get(i.a);
        let matches = if i.op == Op::MatchSequence {
            self.is_pattern_sequence(subject)
        } else {
            self.is_pattern_mapping(subject)
        };
        self.stack.jump_word(!matches);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_match_keys(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (subject, keys) = (at.get(i.b).clone(), at.get(i.c).clone());
        let values = self.match_keys(&subject, &keys)?;
        at.set(i.a, values);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_match_class(&mut self, i: Instr) -> Result<()> {
        let extra = self.stack.extra_word();
        let at = self.stack.here();
        let (subject, class) = (at.get(i.b).clone(), at.keep(i.c));
        let names = at.constant(extra.wide_operand());
        let values = self.match_class(&subject, &class, extra.a as usize, names)?;
        at.set(i.a, values);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_match_rest(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let subject = at.get(i.b).clone();
        let keys = at.keep(i.c);
        let rest = self.match_rest(&subject, &keys)?;
        at.set(i.a, rest);
        Ok(())
    }
}
