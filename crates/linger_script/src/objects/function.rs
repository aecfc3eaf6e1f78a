//! Callables: functions of a script, their cells, bound methods, functions of the runtime, and the wrappers that change binding.

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
    /// Defaults of keyword-only parameters: a dict, or empty.
    pub keyword_defaults: ValueCell,
    /// `__name__`
    pub name: ValueCell,
    /// `__qualname__`
    pub qualname: ValueCell,
    /// `__doc__`
    pub doc: ValueCell,
    /// `__module__`
    pub module: ValueCell,
    /// `__annotations__`: a dict, or empty.
    pub annotations: ValueCell,
    /// Other attributes: a dict, or empty.
    pub attributes: ValueCell,
}

impl Function {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_ref(visit, "__code__", &self.code);
        visit_ref(visit, "__globals__", &self.globals);
        if let Some(closure) = &self.closure {
            visit_ref(visit, "__closure__", closure);
        }
        visit_cell(visit, Edge::Part("__defaults__"), &self.defaults);
        visit_cell(visit, Edge::Part("__kwdefaults__"), &self.keyword_defaults);
        visit_cell(visit, Edge::Part("__name__"), &self.name);
        visit_cell(visit, Edge::Part("__qualname__"), &self.qualname);
        visit_cell(visit, Edge::Part("__doc__"), &self.doc);
        visit_cell(visit, Edge::Part("__module__"), &self.module);
        visit_cell(visit, Edge::Part("__annotations__"), &self.annotations);
        visit_cell(visit, Edge::Part("__dict__"), &self.attributes);
    }
    pub(super) fn clear(&self) {
        // A cycle through the closure or the globals passes through a cell or a dict, which are cleared.
        for cell in [&self.defaults, &self.keyword_defaults, &self.annotations, &self.attributes] {
            cell.take();
        }
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
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

/// What a native callable runs.
#[derive(Clone)]
pub enum NativeCall {
    /// A function of the runtime.
    Function(NativeFn),
    /// A function that a host registered.
    Closure(Rc<dyn Fn(&mut Vm, Args<'_>) -> Result<Value>>),
}

/// A callable of the runtime.
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// The class that it is a method of, or the module, as a name; empty for builtin functions.
    pub owner: &'static str,
    /// What it runs.
    pub call: NativeCall,
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

impl Native {
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
}

impl Wrapper {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__func__"), &self.function);
    }
    pub(super) fn clear(&self) {
        self.function.take();
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}
