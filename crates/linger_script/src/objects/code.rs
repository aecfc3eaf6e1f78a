//! Code as the virtual machine runs it: the compiler's unit with its constants made objects and its inline caches.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use linger_heap::{Edge, Value};

use crate::bytecode::{CodeKind, HandlerEntry, Inlined, Instr, Span};
use crate::pure::lines::line_starts;

/// A source text and where it came from.
#[derive(Debug)]
pub struct Source {
    /// The file's name as tracebacks show it.
    pub path: Rc<str>,
    /// The text.
    pub text: String,
    /// The byte offset of each line's start.
    pub line_starts: Vec<u32>,
    /// Whether it is a file's, whose lines tracebacks show.
    pub is_file: bool,
}

impl Source {
    /// Takes a text and finds its lines.
    pub fn new(path: &str, text: &str, is_file: bool) -> Source {
        Source { path: path.into(), text: text.to_owned(), line_starts: line_starts(text), is_file }
    }

    /// The line (from 1) that a byte offset lies in.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// The byte offsets of a line (from 1), its end included.
    pub fn range_of(&self, line: u32) -> Range<u32> {
        let start = |line: usize| self.line_starts.get(line).copied();
        let first = (line as usize).checked_sub(1).and_then(start).unwrap_or_default();
        first..start(line as usize).unwrap_or(u32::MAX)
    }

    /// The text of a line (from 1), without its end.
    pub fn line_text(&self, line: u32) -> &str {
        let Some(start) = (line as usize).checked_sub(1).and_then(|index| self.line_starts.get(index)) else {
            return "";
        };
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |end| *end as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// The column (from 0, in characters) of a byte offset.
    pub fn column_of(&self, offset: u32) -> usize {
        let line = self.line_of(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        self.text.get(start..offset as usize).map_or(0, |text| text.chars().count())
    }
}

/// What an inline cache has learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheKind {
    /// Nothing.
    Cold,
    /// An attribute of the instance, at a slot.
    Slot,
    /// A function of the class, to be bound.
    Method,
    /// A value of the class that is taken as it is, at a position of a class's dict.
    ClassValue,
    /// The same, of the class itself: `shape` is the class's number.
    OfClass,
    /// An item of the tuple that an instance is, by a field's name: `slot` is its position.
    TupleField,
    /// A method of a class of the runtime; `shape` is the kind of its instances.
    KindMethod,
    /// A method of a class of the runtime's modules; `shape` is the class's number.
    NativeMethod,
    /// Storing adds an attribute at the end, leading to the shape in `slot`.
    AddSlot,
    /// A global, at a position of the module's table.
    Global,
    /// A builtin, at a position of the builtins' table.
    Builtin,
}

/// An inline cache. What it holds is borrowed: it is believed only while shape and epoch are the ones noted.
#[derive(Debug)]
pub struct Cache {
    /// The name sought.
    pub name: Value,
    /// Shape and epoch in one if an attribute's slot or a method was learned, or the versions of the module's and the builtins' keys
    /// of a builtin; else 0. What most instructions compare.
    pub key: Cell<u64>,
    /// What was learned.
    pub kind: Cell<CacheKind>,
    /// The shape of the instance, or the version of the module's keys.
    pub shape: Cell<u32>,
    /// The virtual machine's epoch of classes, or the version of the builtins' keys.
    pub epoch: Cell<u32>,
    /// A slot, position or shape.
    pub slot: Cell<u32>,
    /// The bits of a function of a class, or of the dict of a class, which the class keeps alive.
    pub value_bits: Cell<u64>,
}

/// A shape and an epoch in one, or two versions.
#[inline(always)]
pub fn cache_key(shape: u32, epoch: u32) -> u64 {
    u64::from(shape) | u64::from(epoch) << 32
}

impl Cache {
    /// Notes what was learned.
    pub fn note(&self, kind: CacheKind, shape: u32, epoch: u32, slot: u32, value_bits: u64) {
        let has_key = matches!(kind, CacheKind::Slot | CacheKind::Method | CacheKind::Builtin);
        self.key.set(if has_key { cache_key(shape, epoch) } else { 0 });
        self.kind.set(kind);
        self.shape.set(shape);
        self.epoch.set(epoch);
        self.slot.set(slot);
        self.value_bits.set(value_bits);
    }
}

/// Code, ready to run.
#[derive(Debug)]
pub struct Code {
    /// What it is.
    pub kind: CodeKind,
    /// Its name, a string.
    pub name: Value,
    /// Its qualified name, a string.
    pub qualname: Value,
    /// Its docstring or `None`.
    pub doc: Value,
    /// Its source.
    pub source: Rc<Source>,
    /// Its first line.
    pub first_line: u32,
    /// Positional parameters.
    pub positional_count: u16,
    /// Those before `/`.
    pub positional_only_count: u16,
    /// Keyword-only parameters.
    pub keyword_only_count: u16,
    /// Whether it has `*args`.
    pub has_varargs: bool,
    /// Whether it has `**kwargs`.
    pub has_varkeywords: bool,
    /// The number of arguments with which a call is nothing but putting them into registers; a number that no call has, if there
    /// is none.
    pub simple_count: u32,
    /// Whether all parameters are positional ones.
    pub is_positional: bool,
    /// Whether it may return `NotImplemented`: as an operator's method it may decline.
    pub declines: bool,
    /// Whether calling it makes a generator.
    pub is_generator: bool,
    /// Whether calling it makes a coroutine.
    pub is_coroutine: bool,
    /// Whether its generators can be awaited: `types.coroutine` says so of a function later.
    pub is_awaitable: Cell<bool>,
    /// The number of locals.
    pub local_count: u16,
    /// Names of the locals, strings.
    pub local_names: Box<[Value]>,
    /// Which locals hold cells.
    pub cell_locals: Box<[u16]>,
    /// Names of the captured variables, strings.
    pub free_names: Box<[Value]>,
    /// All registers.
    pub register_count: u16,
    /// Instructions.
    pub instrs: Box<[Instr]>,
    /// Their places in the source.
    pub spans: Box<[Span]>,
    /// Their allocation sites.
    pub sites: Box<[u32]>,
    /// Constants.
    pub consts: Box<[Value]>,
    /// Names, strings.
    pub names: Box<[Value]>,
    /// Inline caches.
    pub caches: Box<[Cache]>,
    /// For each name, the position of the global that was stored to last under it.
    pub global_hints: Box<[Cell<u32>]>,
    /// Exception handlers.
    pub handlers: Box<[HandlerEntry]>,
    /// Comprehensions that run in the same frame, inner ones first.
    pub inlined: Box<[Inlined]>,
}

impl Code {
    /// The number of parameters, `*args` and `**kwargs` included: they are the first locals.
    pub fn parameter_count(&self) -> usize {
        usize::from(self.positional_count)
            + usize::from(self.keyword_only_count)
            + usize::from(self.has_varargs)
            + usize::from(self.has_varkeywords)
    }

    /// The line of an instruction.
    pub fn line_at(&self, instr: usize) -> u32 {
        self.spans.get(instr).map_or(self.first_line, |span| self.source.line_of(span.start))
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let single = [&self.name, &self.qualname, &self.doc];
        let many = [&self.local_names, &self.free_names, &self.consts, &self.names];
        for value in single.into_iter().chain(many.into_iter().flatten()) {
            visit(Edge::Part("constant"), value);
        }
        for cache in &self.caches {
            visit(Edge::Part("constant"), &cache.name);
        }
    }
    pub(super) fn clear(&self) {}
    pub(super) fn extra_bytes(&self) -> usize {
        let per_instr = size_of::<Instr>() + size_of::<Span>() + size_of::<u32>();
        let values = self.local_names.len() + self.free_names.len() + self.consts.len() + self.names.len();
        self.instrs.len() * per_instr + values * size_of::<Value>() + self.caches.len() * size_of::<Cache>()
    }
}
