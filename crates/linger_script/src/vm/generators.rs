//! Generators and coroutines: frames put aside and taken up again.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use linger_heap::{GrowSlots, Ref, Value, ValueCell};

use super::dispatch::Exit;
use super::stack::{Frame, FrameKind, Window};
use super::{Raise, Result, Vm};
use crate::bytecode::{Op, YIELD_FROM, YIELD_ONLY};
use crate::objects::*;

impl Vm {
    /// Makes a generator of a call whose arguments lie in a window.
    pub(super) fn make_generator(&mut self, function: &Value, code: &Ref<Code>, window: Window) -> Value {
        let (kind, class) = match (code.is_generator, code.is_coroutine) {
            (true, true) => (GeneratorKind::AsyncGenerator, &self.classes.async_generator),
            (_, true) => (GeneratorKind::Coroutine, &self.classes.coroutine),
            _ => (GeneratorKind::Generator, &self.classes.generator),
        };
        let named = function.downcast::<Function>();
        let registers = usize::from(code.register_count);
        let make = |slots| Generator {
            function: RefCell::new(function.to_ref::<Function>()),
            handled: ValueCell::default(),
            name: ValueCell::new(named.map_or(Value::NONE, |function| function.name())),
            qualname: ValueCell::new(named.map_or(Value::NONE, |function| function.qualname())),
            kind,
            state: Cell::new(GeneratorState::Created),
            next_instr: Cell::new(0),
            handlers: Cell::new(0),
            registers: slots,
        };
        let fill = |slots: &GrowSlots| {
            for index in 0..registers {
                let argument = index < usize::from(code.local_count);
                slots.push(if argument { window.take(index) } else { Value::EMPTY });
            }
        };
        let type_id = class.type_id.get();
        let generator = self.heap.alloc_grow(type_id, registers, make, |generator| &generator.registers, fill);
        // A suspended generator with clean-up code must be closed before it is freed.
        // Of a coroutine that never began it must be told.
        if !code.handlers.is_empty() || kind == GeneratorKind::Coroutine {
            generator.header().set_finalizable();
            self.may_finalize.set(true);
        }
        generator.into_value()
    }

    /// Puts a generator's frame on the stack, whose registers stay where they are; `sent` goes to the `yield` that it stopped at,
    /// unless it is empty. The loop over instructions does the same by itself for the usual loop over a generator.
    pub(super) fn push_generator(
        &mut self,
        generator: Ref<Generator>,
        kind: FrameKind,
        dest: u16,
        sent: Value,
    ) -> Result<()> {
        let end = self.stack.top();
        if !self.may_go_deeper() || !self.stack.has_room(end) {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        let running = generator.function.borrow();
        let Some(function) = &*running else {
            return Err(self.runtime_error("generator has ended"));
        };
        let next = &raw const function.code.instrs[generator.next_instr.get()];
        let (function, code) = (NonNull::from(&**function), NonNull::from(&*function.code));
        drop(running);
        self.heap.before_resume(generator.header());
        if generator.state.replace(GeneratorState::Running) == GeneratorState::Suspended && !sent.is_empty() {
            let yielded = self.stack.instr_before(next);
            if yielded.x != YIELD_ONLY {
                generator.registers.set(usize::from(yielded.a), sent);
            }
        }
        // While it runs, the generator keeps what its caller was handling.
        if !self.handled.is_empty() || !generator.handled.is_empty() {
            let own = generator.handled.replace(self.handled.clone());
            if !own.is_empty() {
                self.handled = own;
            }
        }
        let base = Window(generator.registers.as_ptr()).non_null();
        let (keeper, held) = (generator.into_value(), Value::EMPTY);
        self.stack.frames.push(Frame { keeper, held, function, code, base, end, next, dest, kind, is_generator: true });
        Ok(())
    }

    /// Takes the running generator's frame off the stack. The collector hears of its keeper's drop, and so need not be told that
    /// values were moved into the generator.
    pub(super) fn suspend_generator(&mut self) -> Option<Frame> {
        let frame = self.stack.frames.pop()?;
        let generator = frame.keeper.downcast::<Generator>()?;
        generator.next_instr.set(frame.instr() as usize + 1);
        generator.state.set(GeneratorState::Suspended);
        if !self.handled.is_empty() || !generator.handled.is_empty() {
            let caller = generator.handled.take();
            if generator.handlers.get() > 0 {
                generator.handled.set(std::mem::take(&mut self.handled));
            }
            self.handled = caller;
        }
        Some(frame)
    }

    /// Notes that the generator of a frame has ended.
    pub(super) fn end_generator(&mut self, generator: &Value) {
        if let Some(generator) = generator.downcast::<Generator>() {
            generator.state.set(GeneratorState::Closed);
            self.handled = generator.handled.take();
            let function = generator.function.take();
            drop(function);
        }
    }

    fn cannot_resume(&self, generator: &Generator) -> Raise {
        match generator.kind {
            GeneratorKind::Generator => self.value_error("generator already executing"),
            GeneratorKind::Coroutine => self.value_error("coroutine already executing"),
            GeneratorKind::AsyncGenerator => self.value_error("async generator already executing"),
        }
    }

    /// Takes a generator up, with a value or an exception for the `yield` that it stopped at.
    pub(super) fn generator_resume(&mut self, generator: &Ref<Generator>, sent: Result<Value>) -> Result<Exit> {
        match generator.state.get() {
            GeneratorState::Running => return Err(self.cannot_resume(generator)),
            GeneratorState::Closed => {
                if generator.kind == GeneratorKind::Coroutine {
                    return Err(self.runtime_error("cannot reuse already awaited coroutine"));
                }
                return match sent {
                    Ok(_) => Ok(Exit::Returned(Value::NONE)),
                    Err(raised) => Err(raised),
                };
            }
            GeneratorState::Created => {
                // What is thrown into a generator before its start ends it at once: none of its code runs.
                if let Err(raised) = sent {
                    // Its traceback names the line of the `def`.
                    let function = generator.function.borrow().clone();
                    if let (Some(function), Some(data)) = (function, self.exception_data(&raised.0)) {
                        let code = function.code.clone();
                        let line = (code.first_line as usize).saturating_sub(1);
                        let start = code.source.line_starts.get(line).copied().unwrap_or(0);
                        let span = crate::bytecode::Span { start, end: start };
                        let entry = TraceEntry { code, instr: 0, comprehension: 0, span };
                        self.mutate(&data, |data| data.trace.borrow_mut().push(entry));
                    }
                    self.abandon(generator);
                    return Err(self.generator_error(&generator.to_value(), raised));
                }
                if let Ok(value) = &sent
                    && !value.is_none()
                {
                    let what = match generator.kind {
                        GeneratorKind::Coroutine => "coroutine",
                        GeneratorKind::AsyncGenerator => "async generator",
                        GeneratorKind::Generator => "generator",
                    };
                    return Err(self.type_error(format!("can't send non-None value to a just-started {what}")));
                }
            }
            GeneratorState::Suspended => {}
        }
        self.with_recursion("", |vm| {
            let (value, raised) = match sent {
                Ok(value) => (value, None),
                Err(raised) => (Value::NONE, Some(raised)),
            };
            let was_handling = !generator.handled.is_empty();
            vm.push_generator(generator.clone(), FrameKind::Entry, 0, value)?;
            if was_handling && let Some(raised) = &raised {
                vm.chain(raised);
            }
            vm.run(raised)
        })
    }

    /// `generator.send(value)`
    pub fn generator_send(&mut self, generator: &Ref<Generator>, value: Value) -> Result<Value> {
        match self.generator_resume(generator, Ok(value))? {
            Exit::Yielded(value) => Ok(value),
            Exit::Returned(value) => Err(self.stop_iteration(value)),
        }
    }

    /// The iterator that a suspended generator delegates to (`yield from`), and the register that it is in.
    fn delegate(&self, generator: &Generator) -> Option<(Value, u16)> {
        if generator.state.get() != GeneratorState::Suspended {
            return None;
        }
        let function = generator.function.borrow().clone()?;
        let instr = function.code.instrs.get(generator.next_instr.get().checked_sub(1)?)?;
        if instr.op != Op::Yield || instr.x != YIELD_FROM {
            return None;
        }
        Some((generator.registers.get(instr.c as usize), instr.c))
    }

    /// `generator.throw(exception)`
    pub fn generator_throw(&mut self, generator: &Ref<Generator>, exception: &Value) -> Result<Value> {
        let raised = self.raise(exception, Value::EMPTY);
        self.throw_value(generator, raised, std::slice::from_ref(exception))
    }

    /// The iterator of a script's own that a generator waits for, innermost: it gets the arguments of `throw` as they are.
    pub(crate) fn foreign_delegate(&self, generator: &Ref<Generator>) -> Option<Value> {
        let (inner, _) = self.delegate(generator)?;
        match inner.to_ref::<Generator>() {
            Some(inner) => self.foreign_delegate(&inner),
            None => Some(inner),
        }
    }

    /// As [`Vm::generator_throw`], of what the arguments that a script gave have been made into.
    pub(crate) fn throw_value(&mut self, generator: &Ref<Generator>, raised: Raise, given: &[Value]) -> Result<Value> {
        match self.throw_into(generator, raised, given)? {
            Exit::Yielded(value) => Ok(value),
            Exit::Returned(value) => Err(self.stop_iteration(value)),
        }
    }

    fn throw_into(&mut self, generator: &Ref<Generator>, raised: Raise, given: &[Value]) -> Result<Exit> {
        let Some((inner, register)) = self.delegate(generator) else {
            return self.generator_resume(generator, Err(raised));
        };
        if self.is_exception(&raised, &self.classes.generator_exit) {
            let closed = self.close_iterator(&inner);
            return self.generator_resume(generator, Err(closed.err().unwrap_or(raised)));
        }
        generator.state.set(GeneratorState::Running);
        let outcome = match inner.to_ref::<Generator>() {
            Some(inner) => self.throw_into(&inner, raised, given),
            None => {
                let name = self.intern("throw");
                match self.find_attr(&inner, &name) {
                    Ok(Some(throw)) => match self.call(&throw, given) {
                        Ok(value) => Ok(Exit::Yielded(value)),
                        Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                            Ok(Exit::Returned(self.stop_value(&raised)))
                        }
                        Err(raised) => Err(raised),
                    },
                    Ok(None) => Err(raised),
                    Err(other) => Err(other),
                }
            }
        };
        generator.state.set(GeneratorState::Suspended);
        match outcome {
            Ok(Exit::Yielded(value)) => Ok(Exit::Yielded(value)),
            Err(raised) => self.generator_resume(generator, Err(raised)),
            Ok(Exit::Returned(value)) => {
                // The delegation has ended: go on behind it, as its `Send` would.
                generator.registers.set(register as usize, Value::EMPTY);
                let function = generator.function.borrow().clone();
                if let Some(function) = function {
                    let back = generator.next_instr.get();
                    let send = (back as i64 + 1 + i64::from(function.code.instrs[back].offset())) as usize;
                    let end = send as i64 + 2 + i64::from(function.code.instrs[send + 1].offset());
                    generator.registers.set(usize::from(function.code.instrs[send].a), value);
                    generator.next_instr.set(end as usize);
                }
                self.generator_resume(generator, Ok(Value::EMPTY))
            }
        }
    }

    /// The value of a `StopIteration`.
    pub(crate) fn stop_value(&self, raised: &Raise) -> Value {
        let value = self.exception_data(&raised.0).map(|data| data.value.get()).unwrap_or(Value::NONE);
        if value.is_empty() { Value::NONE } else { value }
    }

    fn close_iterator(&mut self, iterator: &Value) -> Result<()> {
        if let Some(generator) = iterator.to_ref::<Generator>() {
            return self.generator_close(&generator);
        }
        let name = self.intern("close");
        match self.find_attr(iterator, &name) {
            Ok(Some(close)) => self.call(&close, &[]).map(drop),
            Ok(None) => Ok(()),
            Err(raised) => {
                self.report_unraisable(&raised, iterator);
                Ok(())
            }
        }
    }

    /// `generator.close()`
    pub fn generator_close(&mut self, generator: &Ref<Generator>) -> Result<()> {
        match generator.state.get() {
            GeneratorState::Running => return Err(self.cannot_resume(generator)),
            GeneratorState::Closed => return Ok(()),
            GeneratorState::Created => {
                self.abandon(generator);
                return Ok(());
            }
            GeneratorState::Suspended => {}
        }
        let exit = self.error_with_args(&self.classes.generator_exit.clone(), Vec::new());
        let given = exit.0.clone();
        match self.throw_into(generator, exit, &[given]) {
            Ok(Exit::Returned(_)) => Ok(()),
            Ok(Exit::Yielded(_)) => {
                let what = match generator.kind {
                    GeneratorKind::Generator => "generator",
                    GeneratorKind::Coroutine => "coroutine",
                    GeneratorKind::AsyncGenerator => "async generator",
                };
                Err(self.runtime_error(format!("{what} ignored GeneratorExit")))
            }
            Err(raised)
                if self.is_exception(&raised, &self.classes.generator_exit)
                    || self.is_exception(&raised, &self.classes.stop_iteration) =>
            {
                Ok(())
            }
            Err(raised) => Err(raised),
        }
    }

    /// Ends a generator that never started.
    fn abandon(&mut self, generator: &Ref<Generator>) {
        generator.state.set(GeneratorState::Closed);
        generator.registers.clear();
        drop(generator.function.take());
    }

    /// What a generator raises instead of an exception that would look like its end.
    pub(super) fn generator_error(&mut self, generator: &Value, raised: Raise) -> Raise {
        let kind = generator.downcast::<Generator>().map_or(GeneratorKind::Generator, |generator| generator.kind);
        let (what, stop) = match kind {
            GeneratorKind::Generator => ("generator", self.is_exception(&raised, &self.classes.stop_iteration)),
            GeneratorKind::Coroutine => ("coroutine", self.is_exception(&raised, &self.classes.stop_iteration)),
            GeneratorKind::AsyncGenerator => (
                "async generator",
                self.is_exception(&raised, &self.classes.stop_async_iteration)
                    || self.is_exception(&raised, &self.classes.stop_iteration),
            ),
        };
        if !stop {
            return raised;
        }
        let name = self.class_of(&raised.0).name_text();
        let error = self.runtime_error(format!("{what} raised {name}"));
        if let Some(data) = self.exception_data(&error.0) {
            data.cause.set(raised.0.clone());
            data.context.set(raised.0);
            data.suppress_context.set(true);
        }
        error
    }

    /// The iterator that `await` works on.
    pub(super) fn awaitable(&mut self, value: &Value, context: u8) -> Result<Value> {
        if let Some(generator) = value.downcast::<Generator>()
            && generator.kind == GeneratorKind::Coroutine
        {
            if crate::builtins::waiting_at(generator).is_some() {
                return Err(self.runtime_error("coroutine is being awaited already"));
            }
            return Ok(value.clone());
        }
        if value.downcast::<Generator>().is_some_and(Generator::is_awaitable) {
            return Ok(value.clone());
        }
        if let Some(iterator) = self.call_special(value, Special::Await, &[])? {
            if iterator.downcast::<Generator>().is_some_and(|made| made.kind == GeneratorKind::Coroutine) {
                return Err(self.type_error("__await__() returned a coroutine"));
            }
            if self.is_iterator(&iterator) {
                return Ok(iterator);
            }
            return Err(
                self.type_error(format!("__await__() returned non-iterator of type '{}'", self.type_name(&iterator)))
            );
        }
        let name = self.type_name(value);
        Err(self.type_error(match context {
            1 => format!("'async with' received an object from __aenter__ that does not implement __await__: {name}"),
            2 => format!("'async with' received an object from __aexit__ that does not implement __await__: {name}"),
            _ => format!("object {name} can't be used in 'await' expression"),
        }))
    }

    /// One step of `yield from`: sends to the inner iterator.
    pub(super) fn send_to(&mut self, iterator: &Value, value: Value) -> Result<Exit> {
        if let Some(generator) = iterator.to_ref::<Generator>() {
            return self.generator_resume(&generator, Ok(value));
        }
        let outcome = if value.is_none() {
            match self.next_or_stop(iterator) {
                Ok(Some(item)) => return Ok(Exit::Yielded(item)),
                Ok(None) => return Ok(Exit::Returned(Value::NONE)),
                Err(raised) => Err(raised),
            }
        } else {
            self.call_method(iterator, "send", &[value])
        };
        match outcome {
            Ok(item) => Ok(Exit::Yielded(item)),
            Err(raised) if self.is_exception(&raised, &self.classes.stop_iteration) => {
                Ok(Exit::Returned(self.stop_value(&raised)))
            }
            Err(raised) => Err(raised),
        }
    }

    /// As [`Vm::next`], but lets a script's `StopIteration` through, for its value.
    fn next_or_stop(&mut self, iterator: &Value) -> Result<Option<Value>> {
        if iterator.is_kind::<Iter>() {
            return self.next_or_value(iterator);
        }
        match self.special(iterator, Special::Next) {
            Some(method) => self.call_found(&method, std::slice::from_ref(iterator)).map(Some),
            None => Err(self.type_error(format!("'{}' object is not an iterator", self.type_name(iterator)))),
        }
    }
}
