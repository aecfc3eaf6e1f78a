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
    /// How many frames it had passed through when a script last saw `__traceback__`.
    pub passed: Cell<u32>,
    /// The frames passed through, innermost first.
    pub trace: RefCell<Vec<TraceEntry>>,
    /// `__traceback__` as a script last saw it: the same object, until the exception passes through another frame.
    pub shown: ValueCell,
    /// A traceback that a script set or took, standing before (outside of) nothing: `with_traceback(None)` empties `trace`.
    pub value: ValueCell,
}

impl ExceptionData {
    /// All frames that are shown, outermost first; a script may have cut some from the traceback that it saw.
    pub fn all_entries(&self) -> Vec<TraceEntry> {
        let shown = self.shown.get();
        let seen = shown.downcast::<Traceback>();
        let known = if seen.is_some() { self.passed.get() as usize } else { 0 };
        let mut all: Vec<TraceEntry> = self.trace.borrow().iter().skip(known).rev().cloned().collect();
        all.extend(seen.map(Traceback::all_entries).unwrap_or_default());
        all
    }

    /// What scripts see of the frames so far.
    pub fn show(&self, traceback: Value) {
        self.shown.set(traceback);
        self.passed.set(self.trace.borrow().len() as u32);
    }

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

/// `__traceback__` as scripts see it: the frames of an exception from one on. Frames get an object of their own when a script
/// asks for what is next; until then one object stands for many.
#[derive(Debug)]
pub struct Traceback {
    /// The first frames, outermost first; at least one.
    pub entries: RefCell<Vec<TraceEntry>>,
    /// The traceback of the frames further in, if they have an object.
    pub next: ValueCell,
    /// The frame of the first entry, once a script has asked for it or given it.
    pub frame: ValueCell,
    /// The line that a script gave; 0 if it is that of the first entry.
    pub line: Cell<u32>,
}

impl Traceback {
    /// A traceback of some frames, before another.
    pub fn new(entries: Vec<TraceEntry>, next: Value) -> Traceback {
        let (entries, next) = (RefCell::new(entries), ValueCell::new(next));
        Traceback { entries, next, frame: ValueCell::default(), line: Cell::new(0) }
    }

    /// All frames from this one on, outermost first.
    pub fn all_entries(&self) -> Vec<TraceEntry> {
        let mut all = self.entries.borrow().clone();
        let mut next = self.next.get();
        while let Some(traceback) = next.downcast::<Traceback>() {
            all.extend(traceback.entries.borrow().iter().cloned());
            let further = traceback.next.get();
            next = further;
        }
        all
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for entry in self.entries.borrow().iter() {
            visit_ref(visit, "tb_frame", &entry.code);
        }
        visit_cell(visit, Edge::Part("tb_next"), &self.next);
        visit_cell(visit, Edge::Part("tb_frame"), &self.frame);
    }
    pub(super) fn clear(&self) {
        self.next.take();
        self.frame.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.entries.borrow().capacity() * size_of::<TraceEntry>()
    }
}
