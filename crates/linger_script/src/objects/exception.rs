//! What an exception carries beside its attributes, and tracebacks.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, Ref, Value, ValueCell};

use super::{Code, visit_cell, visit_ref};

/// A frame that an exception passed through.
#[derive(Debug, Clone)]
pub struct TraceEntry {
    /// The code.
    pub code: Ref<Code>,
    /// The instruction.
    pub instr: u32,
}

/// The native part of an instance of an exception class.
#[derive(Debug, Default)]
pub struct ExceptionData {
    /// `args`, a tuple.
    pub args: ValueCell,
    /// `__cause__`, or empty.
    pub cause: ValueCell,
    /// `__context__`, or empty.
    pub context: ValueCell,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
    /// The frames passed through, innermost first.
    pub trace: RefCell<Vec<TraceEntry>>,
    /// A traceback that a script set or took, standing before (outside of) nothing: `with_traceback(None)` empties `trace`.
    pub value: ValueCell,
}

impl ExceptionData {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let parts =
            [("args", &self.args), ("__cause__", &self.cause), ("__context__", &self.context), ("value", &self.value)];
        for (edge, cell) in parts {
            visit_cell(visit, Edge::Part(edge), cell);
        }
        for entry in self.trace.borrow().iter() {
            visit_ref(visit, "__traceback__", &entry.code);
        }
    }
    pub(super) fn clear(&self) {
        for cell in [&self.args, &self.cause, &self.context, &self.value] {
            cell.take();
        }
        drop(self.trace.take());
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.trace.borrow().capacity() * size_of::<TraceEntry>()
    }
}

/// `__traceback__` as scripts see it: the frames of an exception from one on.
#[derive(Debug)]
pub struct Traceback {
    /// The frames, outermost first.
    pub entries: Vec<TraceEntry>,
}

impl Traceback {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for entry in &self.entries {
            visit_ref(visit, "tb_frame", &entry.code);
        }
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.entries.capacity() * size_of::<TraceEntry>()
    }
}
