//! Raising, handlers and `with`; imports, which are names that may raise.

use linger_heap::{Ref, Value};

use crate::bytecode::Instr;
use crate::objects::Native;
use crate::vm::{Raise, Result, Vm};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_raise(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = at.keep(i.a);
        let cause = if i.b == 0xffff { Value::EMPTY } else { at.keep(i.b) };
        Err(self.raise(&value, cause))
    }

    #[inline(never)]
    pub(in crate::vm) fn op_raise_again(&mut self, _: Instr) -> Result<()> {
        if self.handled.is_empty() {
            return Err(self.runtime_error("No active exception to reraise"));
        }
        Err(Raise(self.handled.clone()))
    }

    #[inline(never)]
    pub(in crate::vm) fn op_reraise(&mut self, i: Instr) -> Result<()> {
        Err(Raise(self.stack.here().keep(i.a)))
    }

    #[inline(never)]
    pub(in crate::vm) fn op_enter_handler(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let before = std::mem::replace(&mut self.handled, at.get(i.a).clone());
        at.set(i.a + 1, before);
        if let Some(generator) = self.stack.frames.running_generator() {
            generator.handlers.set(generator.handlers.get() + 1);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_leave_handler(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let mut before = at.take(i.a + 1);
        if let Some(generator) = self.stack.frames.running_generator() {
            generator.handlers.set(generator.handlers.get().saturating_sub(1));
            if generator.handlers.get() == 0 {
                // Who runs it now may be another than when the handler was entered.
                before = generator.handled.get();
            }
        }
        let handled = std::mem::replace(&mut self.handled, before);
        drop(at.take(i.a));
        drop(handled);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_match_exception(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let classes = at.keep(i.c);
        let matches = self.matches_exception(at.get(i.b), &classes)?;
        at.set(i.a, Value::bool(matches));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_match_exception_group(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let classes = at.keep(i.c);
        let exception = at.get(i.b).clone();
        let (matched, rest) = self.split_exception(&exception, &classes)?;
        at.set(i.a, matched);
        at.set(i.a + 1, rest);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_reraise_star(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let list = at.keep(i.b);
        let value = self.combine_exceptions(&list, at.get(i.c))?;
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_with_setup(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let manager = at.keep(i.b);
        let [enter, exit] = self.with_methods(&manager, i.x == 1)?;
        for (place, (callable, receiver)) in [(i.a, exit), (i.a + 2, enter)] {
            at.set(place, callable);
            at.set(place + 1, receiver);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_exception_info(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let exception = at.get(i.b).clone();
        let class = self.class_of(&exception).into_value();
        let traceback = self.traceback_of(&exception);
        at.set(i.a, class);
        at.set(i.a + 1, exception);
        at.set(i.a + 2, traceback);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_assertion_error(&mut self, i: Instr) -> Result<()> {
        self.stack.here().set(i.a, self.classes.assertion_error.to_value());
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_import(&mut self, i: Instr) -> Result<()> {
        let extra = self.stack.extra_word();
        let at = self.stack.here();
        let (name, level, wanted) = (at.name(i.b), u32::from(extra.a), at.constant(extra.wide_operand()));
        let names = self.current_builtins()?;
        let module = match self.dict_get_str(&names, "__import__") {
            // A script may put a function of its own in the place of the import statement's.
            Some(import) if !import.is_kind::<Native>() => {
                let globals = self.current_globals().map_or(Value::NONE, Ref::into_value);
                let level = self.int(i64::from(level));
                self.call(&import, &[name.clone(), globals, Value::NONE, wanted.clone(), level])?
            }
            Some(_) => self.import(name, level, wanted)?,
            None => return Err(self.import_error("__import__ not found")),
        };
        at.set(i.a, module);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_import_from(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let module = at.get(i.b).clone();
        let value = self.import_from(&module, at.name(i.c))?;
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_import_star(&mut self, i: Instr) -> Result<()> {
        let module = self.stack.here().keep(i.a);
        self.import_star(&module)?;
        Ok(())
    }
}
