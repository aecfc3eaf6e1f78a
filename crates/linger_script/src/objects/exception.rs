//! What an exception carries beside its attributes, and tracebacks.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, Ref, Value, ValueCell};

use super::{Code, Str, visit_cell, visit_ref};
use crate::bytecode::Span;

/// A frame that an exception passed through.
#[derive(Debug, Clone)]
pub struct TraceEntry {
    /// The code.
    pub code: Ref<Code>,
    /// The instruction.
    pub instr: u32,
    /// The comprehension that this is the frame of, as a place in the code's list from 1 on; 0 is the frame itself.
    pub comprehension: u32,
    /// Where it was.
    pub span: Span,
}

impl TraceEntry {
    /// The frame that an instruction runs in as tracebacks show it, innermost first: comprehensions have their own.
    pub fn of(code: &Ref<Code>, instr: u32) -> impl Iterator<Item = TraceEntry> + '_ {
        let mut span = code.spans.get(instr as usize).copied().unwrap_or_default();
        let inside = (1..).zip(code.inlined.iter()).filter(move |(_, part)| part.start <= instr && instr < part.end);
        let ends = inside.map(|(place, part)| (place, part.span)).chain(std::iter::once((0, Span::default())));
        ends.map(move |(comprehension, outer)| {
            let span = std::mem::replace(&mut span, outer);
            TraceEntry { code: code.clone(), instr, comprehension, span }
        })
    }

    /// The name of the frame.
    pub fn name(&self) -> &str {
        match self.comprehension.checked_sub(1).and_then(|place| self.code.inlined.get(place as usize)) {
            Some(part) => part.name,
            None => self.code.name.downcast::<Str>().map_or("", |name| &name.text),
        }
    }

    /// The line.
    pub fn line(&self) -> u32 {
        self.code.source.line_of(self.span.start)
    }
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
    /// `__traceback__` as a script last saw it: the same object, until the exception passes through another frame.
    pub shown: ValueCell,
    /// A traceback that a script set or took, standing before (outside of) nothing: `with_traceback(None)` empties `trace`.
    pub value: ValueCell,
}

impl ExceptionData {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let parts = [
            ("args", &self.args),
            ("__cause__", &self.cause),
            ("__context__", &self.context),
            ("value", &self.value),
            ("__traceback__", &self.shown),
        ];
        for (edge, cell) in parts {
            visit_cell(visit, Edge::Part(edge), cell);
        }
        for entry in self.trace.borrow().iter() {
            visit_ref(visit, "__traceback__", &entry.code);
        }
    }
    pub(super) fn clear(&self) {
        for cell in [&self.args, &self.cause, &self.context, &self.value, &self.shown] {
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
    pub entries: RefCell<Vec<TraceEntry>>,
}

impl Traceback {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for entry in self.entries.borrow().iter() {
            visit_ref(visit, "tb_frame", &entry.code);
        }
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        self.entries.borrow().capacity() * size_of::<TraceEntry>()
    }
}
