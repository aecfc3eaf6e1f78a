//! Syntax tree to bytecode. One pass over the tree per unit of code, after the symbol table is made: registers are operands,
//! results go straight to where they are wanted, and conditions become jumps. It knows no values and no heap.
//!
//! * [`scope`], `collect`: the symbol table. `unit`: the code being made. `blocks`: leaving loops, handlers and `with` early.
//! * Expressions: `expr`, `operators`, `cond`, `call`, `display`, `comprehension`, `fold`, `text`.
//! * Statements: `stmt`, `assign`, `flow`, `exceptions`, `with`, `import`, `pattern`, `function`, `class`, `suspend`.
//! * [`dump`] lists code for people; [`check`] proves of a unit that its temporaries are written before they are read, read
//!   once, and gone at the end.

mod assign;
mod blocks;
mod call;
#[cfg(any(debug_assertions, test))]
pub mod check;
mod class;
mod collect;
mod comprehension;
mod cond;
mod display;
#[cfg(any(debug_assertions, test))]
pub mod dump;
mod exceptions;
mod expr;
mod flow;
mod fold;
mod function;
mod import;
#[cfg(any(debug_assertions, test))]
mod operands;
mod operators;
mod pattern;
mod scope;
mod stmt;
mod suspend;
#[cfg(test)]
mod tests;
mod text;
mod unit;
mod unparse;
mod warnings;
mod with;

use std::borrow::Cow;

use crate::bytecode::{CodeKind, CodeUnit, Op};
use crate::constants::Const;
use crate::parse::ast::{self, Expr, Stmt};
use crate::parse::{self, Ranged, SyntaxError, TextRange};
use crate::pure::lines::line_starts;
use collect::Collector;
use scope::{Place, ScopeId, ScopeKind, ScopeTree};
use unit::{MAX_OPERAND, Reg, Unit};

/// Trees up to this depth are compiled on the caller's stack.
const DEPTH_ON_STACK: usize = 150;
/// The stack of the thread that compiles deeper ones; pages that are not touched cost nothing.
const DEEP_STACK_BYTES: usize = 512 << 20;

/// Compiles a module: its variables are the globals.
pub fn compile_module(source: &str) -> Result<CodeUnit, SyntaxError> {
    with_stack(source, |source| {
        let module = parse::parse_module(source)?;
        compile_statements(source, &module.body, false)
    })
}

/// Compiles statements for `exec`: their variables are in a namespace, which may differ from the globals.
pub fn compile_exec(source: &str) -> Result<CodeUnit, SyntaxError> {
    with_stack(source, |source| {
        let module = parse::parse_module(source)?;
        compile_statements(source, &module.body, true)
    })
}

/// Compiles a statement as it is typed at a prompt: the values of expressions are shown.
pub fn compile_single(source: &str) -> Result<CodeUnit, SyntaxError> {
    with_stack(source, |source| {
        let module = parse::parse_module(source)?;
        if let [first, second, ..] = &module.body[..]
            && source[first.range().end().to_usize()..second.range().start().to_usize()].contains('\n')
        {
            let message = "multiple statements found while compiling a single statement";
            return Err(SyntaxError::new(source, message, first.range()));
        }
        compile_body(source, &module.body, true, true)
    })
}

/// Compiles an expression for `eval`.
pub fn compile_eval(source: &str) -> Result<CodeUnit, SyntaxError> {
    with_stack(source, |source| {
        let expression = parse::parse_expression(source)?;
        let tree = Collector::expression(source, &expression.body)?;
        let mut compiler = Compiler::new(source, tree, CodeKind::Expression, "<module>", false);
        let value = compiler.any(&expression.body);
        compiler.unit.emit(Op::Return, value, 0, 0, expression.body.range());
        compiler.finish()
    })
}

/// Runs `work` with enough stack for what `source` nests.
fn with_stack(
    source: &str,
    work: impl Fn(&str) -> Result<CodeUnit, SyntaxError> + Send + Sync,
) -> Result<CodeUnit, SyntaxError> {
    if parse::depth_bound(source)? <= DEPTH_ON_STACK {
        return work(source);
    }
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(DEEP_STACK_BYTES).spawn_scoped(scope, || work(source));
        let too_deep = || {
            SyntaxError::of_kind(
                parse::SyntaxErrorKind::Recursion,
                source,
                "maximum recursion depth exceeded during compilation",
                TextRange::default(),
            )
        };
        match deep {
            Ok(handle) => handle.join().unwrap_or_else(|_| Err(too_deep())),
            Err(_) => Err(too_deep()),
        }
    })
}

fn compile_statements(source: &str, body: &[Stmt], namespace: bool) -> Result<CodeUnit, SyntaxError> {
    compile_body(source, body, namespace, false)
}

fn compile_body(source: &str, body: &[Stmt], namespace: bool, shows_values: bool) -> Result<CodeUnit, SyntaxError> {
    let future = import::future_annotations(source, body)?;
    let tree = Collector::module(source, body, future, namespace)?;
    let mut compiler = Compiler::new(source, tree, CodeKind::Module, "<module>", future);
    compiler.shows_values = shows_values;
    compiler.module_body(body);
    compiler.finish()
}

/// The state of a compilation.
struct Compiler<'a> {
    source: &'a str,
    line_starts: Vec<u32>,
    tree: ScopeTree,
    /// The scope of the code being compiled: the unit's, or that of a comprehension inlined into it.
    scope: ScopeId,
    unit: Unit<'a>,
    outer_units: Vec<Unit<'a>>,
    future_annotations: bool,
    /// The innermost inlined comprehension around here.
    comprehension_range: Option<TextRange>,
    error: Option<SyntaxError>,
    /// Whether the module's expression statements go to `sys.displayhook`.
    shows_values: bool,
}

impl<'a> Compiler<'a> {
    fn new(source: &'a str, tree: ScopeTree, kind: CodeKind, name: &str, future_annotations: bool) -> Compiler<'a> {
        let locals = tree.scopes[0].locals.clone();
        let unit = Unit::new(0, kind, name.to_owned(), name.to_owned(), locals);
        Compiler {
            source,
            line_starts: line_starts(source),
            tree,
            scope: 0,
            unit,
            outer_units: Vec::new(),
            future_annotations,
            comprehension_range: None,
            error: None,
            shows_values: false,
        }
    }

    fn finish(mut self) -> Result<CodeUnit, SyntaxError> {
        if self.unit.overflow {
            self.too_large(TextRange::default());
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        let found = std::mem::take(&mut self.tree.warnings);
        let line = |at: parse::TextSize| self.line_starts.partition_point(|start| *start <= at.to_u32()) as u32;
        self.unit.code.warnings = found.into_iter().map(|warning| (warning.message, line(warning.at))).collect();
        let code = self.unit.finish();
        #[cfg(debug_assertions)]
        if let Err(problem) = check::check(&code) {
            panic!("the compiler broke its own rules: {problem}");
        }
        Ok(code)
    }

    /// Keeps the first error; compilation goes on, and its result is thrown away.
    fn fail(&mut self, message: impl Into<String>, range: TextRange) {
        if self.error.is_none() {
            self.error = Some(SyntaxError::new(self.source, message, range));
        }
    }

    fn too_large(&mut self, range: TextRange) {
        self.fail(format!("code too large: more than {MAX_OPERAND} registers, constants or names"), range);
    }

    /// The line of a byte, from 1.
    fn line(&self, range: TextRange) -> u32 {
        self.line_starts.partition_point(|&start| start <= range.start().to_u32()) as u32
    }

    fn mangle<'n>(&self, name: &'n str) -> Cow<'n, str> {
        self.tree.mangle(self.scope, name)
    }

    /// Where a mangled name leads.
    fn place(&self, name: &str) -> Place {
        self.tree.place(self.scope, name)
    }

    /// Starts a unit for the node with a scope of its own.
    fn push_unit(&mut self, node: usize, kind: CodeKind, name: &str, range: TextRange) -> ScopeId {
        let scope = self.tree.of_node(node);
        let locals = self.tree.scopes[scope].locals.clone();
        let qualname = self.qualname(name);
        let mut unit = Unit::new(scope, kind, name.to_owned(), qualname, locals);
        unit.code.first_line = self.line(range);
        unit.code.is_generator = self.tree.scopes[scope].is_generator;
        unit.code.is_coroutine = self.tree.scopes[scope].is_async;
        unit.code.free_names = self.tree.scopes[scope].free.clone();
        unit.code.cell_locals = self.tree.scopes[scope].cells.clone();
        for &local in &self.tree.scopes[scope].deleted {
            unit.deleted.insert(local);
        }
        let outer_scope = std::mem::replace(&mut self.scope, scope);
        self.outer_units.push(std::mem::replace(&mut self.unit, unit));
        outer_scope
    }

    /// Ends the current unit and goes back to the one around it.
    fn pop_unit(&mut self, outer_scope: ScopeId, range: TextRange) -> CodeUnit {
        self.scope = outer_scope;
        if let Some(outer) = self.outer_units.pop() {
            let inner = std::mem::replace(&mut self.unit, outer);
            if inner.overflow {
                self.too_large(range);
            }
            return inner.finish();
        }
        unreachable!("units are pushed before they are popped")
    }

    /// The qualified name of something called `name` that is defined here.
    fn qualname(&self, name: &str) -> String {
        let mangled = self.mangle(name);
        let here = self.tree.unit_of(self.scope);
        let declared_global = self.tree.scopes[here].get(&mangled).is_some_and(|s| s.flags & scope::GLOBAL != 0);
        // Comprehensions that run in this frame are still places of their own to a name.
        let inside: String = self.unit.comprehensions.iter().map(|name| format!("{name}.")).collect();
        match self.tree.scopes[here].kind {
            ScopeKind::Module => format!("{inside}{name}"),
            _ if declared_global && name.chars().next().is_some_and(|c| c != '<') => name.to_owned(),
            ScopeKind::Class | ScopeKind::Comprehension => format!("{}.{inside}{name}", self.unit.code.qualname),
            _ => format!("{}.<locals>.{inside}{name}", self.unit.code.qualname),
        }
    }

    /// Cells for the variables that inner functions capture; the unit's first instructions.
    fn make_cells(&mut self, range: TextRange) {
        for at in 0..self.unit.code.cell_locals.len() {
            let cell = self.unit.code.cell_locals[at];
            self.unit.emit(Op::MakeCell, cell, 0, 0, range);
            self.unit.bound.insert(cell);
        }
    }

    /// `R[reg] = value`.
    fn load_const(&mut self, value: Const, reg: Reg, range: TextRange) {
        match value {
            Const::Int(int) if i32::try_from(int).is_ok() => {
                self.unit.emit_wide(Op::LoadInt, reg, int as i32 as u32, range);
            }
            other => {
                let constant = self.unit.constant(other);
                self.unit.emit_wide(Op::LoadConst, reg, u32::from(constant), range);
            }
        }
    }

    /// Returns `None` if control can come here.
    fn return_none(&mut self, range: TextRange) {
        if self.unit.reachable {
            let none = self.unit.alloc();
            self.load_const(Const::None, none, range);
            self.unit.emit(Op::Return, none, 0, 0, range);
            self.unit.top = none;
            self.unit.reachable = false;
        }
    }
}

/// The docstring at the start of a body.
fn docstring(body: &[Stmt]) -> Option<String> {
    match body.first() {
        Some(Stmt::Expr(ast::StmtExpr { value, .. })) => match &**value {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}
