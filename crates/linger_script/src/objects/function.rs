//! Callables: functions of a script, their cells, bound methods, functions of the runtime, and the wrappers that change binding.

use std::cell::OnceCell;
use std::rc::Rc;

use linger_heap::{Edge, Ref, Value, ValueCell};

use super::{Code, Dict, Tuple, visit_cell, visit_ref};
use crate::vm::{Result, Vm};

/// A captured variable. It carries the variable's name, so that a leak can be told by it.
#[derive(Debug, Default)]
pub struct Cell {
    /// What the variable holds; empty while unbound.
    pub contents: ValueCell,
    /// The variable's name, a string.
    pub name: ValueCell,
}

impl Cell {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("contents"), &self.contents);
        visit_cell(visit, Edge::Part("name"), &self.name);
    }
    pub(super) fn clear(&self) {
        self.contents.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// A function of a script.
#[derive(Debug)]
pub struct Function {
    /// Its code.
    pub code: Ref<Code>,
    /// The globals of its module.
    pub globals: Ref<Dict>,
    /// The cells of its captured variables, or nothing.
    pub closure: Option<Ref<Tuple>>,
    /// Defaults of the last positional parameters: a tuple, or empty.
    pub defaults: ValueCell,
    /// What few functions have, and what was set to something else than the code says.
    pub extra: OnceCell<Box<FunctionExtra>>,
}

/// The parts of a function that most functions do not have of their own.
#[derive(Debug, Default)]
pub struct FunctionExtra {
    /// Defaults of keyword-only parameters: a dict, or empty.
    pub keyword_defaults: ValueCell,
    /// `__name__`, if it was set.
    pub name: ValueCell,
    /// `__qualname__`, if it was set.
    pub qualname: ValueCell,
    /// `__doc__`, if it was set.
    pub doc: ValueCell,
    /// `__module__`, if it was set.
    pub module: ValueCell,
    /// `__annotations__`: a dict, or empty.
    pub annotations: ValueCell,
    /// Other attributes: a dict, or empty.
    pub attributes: ValueCell,
}

impl Function {
    /// One of the extra parts; empty if the function has it not.
    #[inline]
    pub fn extra_part(&self, part: impl FnOnce(&FunctionExtra) -> &ValueCell) -> Value {
        self.extra.get().map_or(Value::EMPTY, |extra| part(extra).get())
    }

    fn part_or(&self, part: impl FnOnce(&FunctionExtra) -> &ValueCell, of_code: &Value) -> Value {
        let set = self.extra_part(part);
        if set.is_empty() { of_code.clone() } else { set }
    }

    /// `__name__`
    pub fn name(&self) -> Value {
        self.part_or(|extra| &extra.name, &self.code.name)
    }

    /// `__qualname__`
    pub fn qualname(&self) -> Value {
        self.part_or(|extra| &extra.qualname, &self.code.qualname)
    }

    /// `__doc__`
    pub fn doc(&self) -> Value {
        self.part_or(|extra| &extra.doc, &self.code.doc)
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_ref(visit, "__code__", &self.code);
        visit_ref(visit, "__globals__", &self.globals);
        if let Some(closure) = &self.closure {
            visit_ref(visit, "__closure__", closure);
        }
        visit_cell(visit, Edge::Part("__defaults__"), &self.defaults);
        if let Some(extra) = self.extra.get() {
            visit_cell(visit, Edge::Part("__kwdefaults__"), &extra.keyword_defaults);
            visit_cell(visit, Edge::Part("__name__"), &extra.name);
            visit_cell(visit, Edge::Part("__qualname__"), &extra.qualname);
            visit_cell(visit, Edge::Part("__doc__"), &extra.doc);
            visit_cell(visit, Edge::Part("__module__"), &extra.module);
            visit_cell(visit, Edge::Part("__annotations__"), &extra.annotations);
            visit_cell(visit, Edge::Part("__dict__"), &extra.attributes);
        }
    }
    pub(super) fn clear(&self) {
        // A cycle through the closure or the globals passes through a cell or a dict, which are cleared.
        self.defaults.take();
        if let Some(extra) = self.extra.get() {
            for cell in [&extra.keyword_defaults, &extra.annotations, &extra.attributes] {
                cell.take();
            }
        }
    }
    pub(super) fn extra_bytes(&self) -> usize {
        if self.extra.get().is_some() { size_of::<FunctionExtra>() } else { 0 }
    }
}

/// A method bound to its `self`.
#[derive(Debug)]
pub struct BoundMethod {
    /// The function.
    pub function: ValueCell,
    /// What it is bound to.
    pub receiver: ValueCell,
}

impl BoundMethod {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__func__"), &self.function);
        visit_cell(visit, Edge::Part("__self__"), &self.receiver);
    }
    pub(super) fn clear(&self) {
        self.function.take();
        self.receiver.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// The arguments of a call to a function of the runtime: the last `names.len()` of `values` are given by keyword.
#[derive(Debug, Clone, Copy)]
pub struct Args<'a> {
    /// All values.
    pub values: &'a [Value],
    /// The names of the last ones, strings.
    pub names: &'a [Value],
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    pub fn positional_only(values: &'a [Value]) -> Args<'a> {
        Args { values, names: &[] }
    }

    /// The positional arguments.
    #[inline(always)]
    pub fn positional(&self) -> &'a [Value] {
        &self.values[..self.values.len() - self.names.len()]
    }

    /// The arguments given by keyword, with their names.
    pub fn keywords(&self) -> impl Iterator<Item = (&'a Value, &'a Value)> {
        let first = self.values.len() - self.names.len();
        self.names.iter().zip(self.values[first..].iter())
    }
}

/// A function of the runtime, for methods with `self` first.
pub type NativeFn = fn(&mut Vm, Args<'_>) -> Result<Value>;

/// Gives the next item of an iterator of the runtime, or nothing at its end. One that asks another iterator or runs a script does so
/// a level deeper ([`Vm::with_recursion`]).
pub type NextFn = fn(&mut Vm, &Value) -> Result<Option<Value>>;

/// What a native callable runs.
#[derive(Clone)]
pub enum NativeCall {
    /// A function of the runtime.
    Function(NativeFn),
    /// `__next__` of an iterator of the runtime: who goes over one calls this without an exception at the end.
    Next(NextFn),
    /// A function that a host registered.
    Closure(Rc<dyn Fn(&mut Vm, Args<'_>) -> Result<Value>>),
}

/// Which of the functions of the runtime that loops of scripts call most a native callable is: the machine carries those out itself
/// where nothing is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quick {
    /// None of them.
    No,
    /// `len`
    Len,
    /// `isinstance`
    IsInstance,
    /// `list.append`
    Append,
    /// `next`
    Next,
    /// `generator.send`
    Send,
}

impl Quick {
    /// Whether a call may take up a generator.
    pub fn resumes(self) -> bool {
        matches!(self, Quick::Next | Quick::Send)
    }
}

/// A callable of the runtime.
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// The class that it is a method of, or the module, as a name; empty for builtin functions.
    pub owner: &'static str,
    /// What it runs.
    pub call: NativeCall,
    /// Which function that is, if the machine knows it.
    pub quick: Quick,
    /// Whether it becomes a method when it is found on a class.
    pub binds: bool,
    /// What it is bound to (`[].append`); empty for functions.
    pub receiver: ValueCell,
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.owner, self.name)
    }
}

/// Names with underscores that are methods like others: CPython has no slot for them.
const PLAIN_DUNDERS: &[&str] = &[
    "__bytes__",
    "__ceil__",
    "__class_getitem__",
    "__complex__",
    "__copy__",
    "__deepcopy__",
    "__dir__",
    "__enter__",
    "__exit__",
    "__floor__",
    "__format__",
    "__getformat__",
    "__getnewargs__",
    "__getstate__",
    "__init_subclass__",
    "__instancecheck__",
    "__length_hint__",
    "__missing__",
    "__new__",
    "__prepare__",
    "__reduce__",
    "__reduce_ex__",
    "__reversed__",
    "__round__",
    "__set_name__",
    "__setstate__",
    "__sizeof__",
    "__subclasscheck__",
    "__subclasses__",
    "__subclasshook__",
    "__trunc__",
];

/// What the owner of a getter begins with: a native function on a class that reads an attribute.
pub const GETTER_MARK: &str = "\u{0}";

impl Native {
    /// A callable that is not bound, and none that the machine knows.
    pub fn new(name: &'static str, owner: &'static str, call: NativeCall, binds: bool) -> Native {
        Native { name, owner, call, quick: Quick::No, binds, receiver: ValueCell::default() }
    }

    /// Whether it reads an attribute that looks like data.
    #[inline]
    pub fn is_getter(&self) -> bool {
        self.owner.as_bytes().first() == GETTER_MARK.as_bytes().first()
    }

    /// The name of the class or module that it belongs to.
    pub fn owner_name(&self) -> &'static str {
        self.owner.trim_start_matches(GETTER_MARK)
    }

    /// Whether CPython has it in a slot of the class, whose wrapper is of another class than methods are.
    pub fn is_slot(&self) -> bool {
        self.name.starts_with("__") && self.name.ends_with("__") && !PLAIN_DUNDERS.contains(&self.name)
    }

    /// Whether it becomes a method when it is found on a class: one that is bound already stays what it is.
    #[inline]
    pub fn is_method(&self) -> bool {
        self.binds && self.receiver.is_empty()
    }
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__self__"), &self.receiver);
    }
    pub(super) fn clear(&self) {
        self.receiver.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// How a wrapper changes the binding of what it wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrapperKind {
    /// `staticmethod`
    Static,
    /// `classmethod`
    Class,
}

/// `staticmethod` or `classmethod`.
#[derive(Debug)]
pub struct Wrapper {
    /// Which of the two.
    pub kind: WrapperKind,
    /// What it wraps.
    pub function: ValueCell,
    /// Its `__dict__`, once that is asked for.
    pub attributes: ValueCell,
}

impl Wrapper {
    /// A wrapper around a function.
    pub fn new(kind: WrapperKind, function: Value) -> Wrapper {
        Wrapper { kind, function: ValueCell::new(function), attributes: ValueCell::default() }
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__func__"), &self.function);
        visit_cell(visit, Edge::Part("__dict__"), &self.attributes);
    }
    pub(super) fn clear(&self) {
        self.function.take();
        self.attributes.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}
