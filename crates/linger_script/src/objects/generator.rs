//! Generators and coroutines: a frame that is put aside while it does not run.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, GrowSlots, Ref, Value, ValueCell};

use super::{Function, Str, visit_cell, visit_ref};

/// Where a generator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratorState {
    /// Not started.
    Created,
    /// Stopped at a `yield`.
    Suspended,
    /// On the stack of the virtual machine.
    Running,
    /// Ended.
    Closed,
}

/// What kind of generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratorKind {
    /// A generator.
    Generator,
    /// A coroutine.
    Coroutine,
    /// An asynchronous generator.
    AsyncGenerator,
}

/// A generator or coroutine.
#[derive(Debug)]
#[repr(C)]
pub struct Generator {
    /// The function that it runs; empty once it has ended.
    pub function: RefCell<Option<Ref<Function>>>,
    /// The exception that it was handling when it was suspended.
    pub handled: ValueCell,
    /// `__name__`
    pub name: ValueCell,
    /// `__qualname__`
    pub qualname: ValueCell,
    /// The next instruction.
    pub next_instr: Cell<usize>,
    /// How many of its own handlers of exceptions it is in.
    pub handlers: Cell<u16>,
    /// Which.
    pub kind: GeneratorKind,
    /// Where it stands.
    pub state: Cell<GeneratorState>,
    /// Its registers, which its frame uses in place while it runs; none once it was closed.
    pub registers: GrowSlots,
}

impl Generator {
    pub(super) const IS_FRAME: bool = true;

    /// Whether it can be awaited although it is no coroutine.
    pub fn is_awaitable(&self) -> bool {
        self.function.borrow().as_ref().is_some_and(|function| function.code.is_awaitable.get())
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        if let Some(function) = &*self.function.borrow() {
            visit_ref(visit, "function", function);
            let names = &function.code.local_names;
            self.registers.visit(&mut |index, value| match names.get(index).and_then(|name| name.downcast::<Str>()) {
                Some(name) => visit(Edge::Name(&name.text), value),
                None => visit(Edge::Part("temporary"), value),
            });
        }
        for (edge, cell) in [("handled", &self.handled), ("__name__", &self.name), ("__qualname__", &self.qualname)] {
            visit_cell(visit, Edge::Part(edge), cell);
        }
    }
    pub(super) fn clear(&self) {
        self.state.set(GeneratorState::Closed);
        self.registers.clear();
        let function = self.function.take();
        drop(function);
        self.handled.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.registers.extra_bytes()
    }
}
