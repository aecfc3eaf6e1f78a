//! Generators and coroutines from the inside: `yield`, `yield from`, `await`, `async for`.

use linger_heap::Value;

use crate::bytecode::Instr;
use crate::objects::{Generator, GeneratorKind, GeneratorState};
use crate::vm::dispatch::Exit;
use crate::vm::stack::{Frame, FrameKind};
use crate::vm::{Raise, Result, Vm};

impl Vm {
    /// Suspends the frame on top. Nothing if the loop goes on in the frame below.
    #[inline(never)]
    pub(in crate::vm) fn op_yield(&mut self, i: Instr) -> Result<Option<Exit>> {
        let value = self.stack.here().keep(i.b);
        match self.suspend_generator() {
            Some(Frame { kind: FrameKind::ForNext, .. }) => {
                self.loop_item(self.stack.current_instr(), Some(value));
                Ok(None)
            }
            Some(Frame { dest, kind: FrameKind::Next, .. }) => {
                self.stack.here().set(dest, value);
                Ok(None)
            }
            Some(Frame { dest, kind: FrameKind::Send, .. }) => {
                self.stack.here().set(dest, value);
                self.stack.jump_word(false);
                Ok(None)
            }
            _ => Ok(Some(Exit::Yielded(value))),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_send(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = at.take(i.a);
        if let Some(generator) = at.get(i.b).to_ref::<Generator>()
            && (generator.state.get() == GeneratorState::Suspended
                || generator.state.get() == GeneratorState::Created && value.is_none())
        {
            self.push_generator(generator, FrameKind::Send, i.a, value)?;
            return Ok(());
        }
        match self.send_to(&at.get(i.b).clone(), value)? {
            Exit::Yielded(value) => {
                at.set(i.a, value);
                self.stack.jump_word(false);
                Ok(())
            }
            Exit::Returned(value) => {
                at.set(i.a, value);
                drop(at.take(i.b));
                self.stack.jump_word(true);
                Ok(())
            }
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_yield_from_iter(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = at.keep(i.b);
        let is_coroutine =
            value.downcast::<Generator>().is_some_and(|generator| generator.kind == GeneratorKind::Coroutine);
        let iterator = if !is_coroutine {
            self.iter(&value)?
        } else if at.code().is_coroutine || at.code().is_awaitable.get() {
            value
        } else {
            return Err(self.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
        };
        at.set(i.a, iterator);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_awaitable(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let iterator = self.awaitable(&at.keep(i.b), i.x)?;
        at.set(i.a, iterator);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_aiter(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let iterator = self.async_iter(&at.keep(i.b))?;
        at.set(i.a, iterator);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_anext(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let awaitable = self.async_next(&at.get(i.b).clone())?;
        at.set(i.a, awaitable);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_end_async_for(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let exception: Value = at.take(i.a);
        if !self.is_instance(&exception, &self.classes.stop_async_iteration) {
            return Err(Raise(exception));
        }
        drop(at.take(i.b));
        self.stack.jump_word(true);
        Ok(())
    }
}
