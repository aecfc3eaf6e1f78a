//! Statements that need no file of their own.

use super::Compiler;
use super::blocks::Exit;
use super::unit::NONE;
use crate::bytecode::{CodeKind, Op};
use crate::constants::Const;
use crate::parse::ast::{self, Expr, Stmt};
use crate::parse::{Ranged, TextRange};

impl<'a> Compiler<'a> {
    /// Statements in a row.
    pub fn body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Expr(s) => self.expression_statement(&s.value),
            Stmt::Assign(s) => self.assign(s),
            Stmt::AugAssign(s) => self.augmented(s),
            Stmt::AnnAssign(s) => self.annotated(s),
            Stmt::If(s) => self.if_statement(s),
            Stmt::For(s) => self.for_statement(s),
            Stmt::While(s) => self.while_statement(s),
            Stmt::FunctionDef(s) => self.function_def(s),
            Stmt::ClassDef(s) => self.class_def(s),
            Stmt::Return(s) => self.return_statement(s),
            Stmt::Raise(s) => self.raise(s),
            Stmt::Try(s) => self.try_statement(s),
            Stmt::With(s) => self.with_statement(s),
            Stmt::Match(s) => self.match_statement(s),
            Stmt::Assert(s) => self.assert(s),
            Stmt::Delete(s) => s.targets.iter().for_each(|target| self.delete(target)),
            Stmt::Import(s) => self.import(s),
            Stmt::ImportFrom(s) => self.import_from(s),
            Stmt::Break(s) => {
                if !self.leave_loop(Exit::Break, s.range) {
                    self.fail("'break' outside loop", s.range);
                }
            }
            Stmt::Continue(s) => {
                if !self.leave_loop(Exit::Continue, s.range) {
                    self.fail("'continue' not properly in loop", s.range);
                }
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) => {}
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => self.fail("invalid syntax", stmt.range()),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) {
        let base = self.unit.top;
        if self.shows_values && self.outer_units.is_empty() {
            return self.show_value(value);
        }
        if self.fold(value).is_some() {
            return;
        }
        if let Expr::Yield(e) = value {
            self.yield_statement(e);
            self.unit.top = base;
            return;
        }
        let reg = self.any(value);
        if !self.unit.is_local(reg) {
            self.unit.emit(Op::Drop, reg, 0, 0, value.range());
        }
        self.unit.top = base;
    }

    /// `__import__('sys').displayhook(value)`
    fn show_value(&mut self, value: &'a Expr) {
        let (base, range) = (self.unit.top, value.range());
        let hook = self.unit.alloc();
        let name = self.unit.name("getattr");
        self.unit.emit(Op::LoadName, hook, name, 0, range);
        let import = self.unit.alloc();
        let name = self.unit.name("__import__");
        self.unit.emit(Op::LoadName, import, name, 0, range);
        let text = self.unit.alloc();
        self.load_const(Const::Str("sys".to_owned()), text, range);
        self.unit.emit(Op::Call, import, import, 1, range);
        self.load_const(Const::Str("displayhook".to_owned()), text, range);
        self.unit.emit(Op::Call, hook, hook, 2, range);
        self.unit.top = hook + 1;
        self.temp(value);
        self.unit.emit(Op::Call, hook, hook, 1, range);
        self.unit.emit(Op::Drop, hook, 0, 0, range);
        self.unit.top = base;
    }

    fn return_statement(&mut self, s: &'a ast::StmtReturn) {
        if self.unit.code.kind != CodeKind::Function {
            self.fail("'return' outside function", s.range);
        }
        let is_async_generator = self.unit.code.is_generator && self.unit.code.is_coroutine;
        if s.value.is_some() && is_async_generator {
            self.fail("'return' with value in async generator", s.range);
        }
        if self.in_star_handler() {
            self.fail("'break', 'continue' and 'return' cannot appear in an except* block", s.range);
        }
        self.unit.code.declines |= s.value.as_deref().is_some_and(may_be_not_implemented);
        let base = self.unit.top;
        let reg = match &s.value {
            // What runs on the way out could rebind a local.
            Some(value) if self.exit_runs_code(Exit::Return) => self.temp(value),
            Some(value) => self.any(value),
            None => {
                let none = self.unit.alloc();
                self.load_const(Const::None, none, s.range);
                none
            }
        };
        self.return_value(reg, s.range);
        self.unit.top = base;
    }

    fn raise(&mut self, s: &'a ast::StmtRaise) {
        let base = self.unit.top;
        match (&s.exc, &s.cause) {
            (Some(exc), Some(cause)) => {
                let exc = self.any_before(exc, &[cause]);
                let cause = self.any(cause);
                self.unit.emit(Op::Raise, exc, cause, 0, s.range);
            }
            (Some(exc), None) => {
                let exc = self.any(exc);
                self.unit.emit(Op::Raise, exc, NONE, 0, s.range);
            }
            _ => self.unit.emit(Op::RaiseAgain, 0, 0, 0, s.range),
        }
        self.unit.reachable = false;
        self.unit.top = base;
    }

    fn assert(&mut self, s: &'a ast::StmtAssert) {
        let base = self.unit.top;
        let end = self.unit.label();
        self.jump_if(&s.test, true, end);
        let error = self.unit.alloc();
        // As in Python, a comparison is to blame if there is one, and the statement otherwise.
        let range = last_comparison(&s.test).unwrap_or(s.range);
        self.unit.emit(Op::LoadAssertionError, error, 0, 0, range);
        if let Some(message) = &s.msg {
            self.temp(message);
            self.unit.emit(Op::Call, error, error, 1, range);
        }
        self.unit.emit(Op::Raise, error, NONE, 0, range);
        self.unit.reachable = false;
        self.unit.place(end);
        self.unit.top = base;
    }
}

/// The last comparison that a condition is made of.
fn last_comparison(test: &Expr) -> Option<TextRange> {
    match test {
        Expr::Compare(e) => Some(e.range),
        Expr::UnaryOp(e) if e.op == ast::UnaryOp::Not => last_comparison(&e.operand),
        Expr::BoolOp(e) => e.values.iter().rev().find_map(last_comparison),
        Expr::If(e) => [&e.orelse, &e.body, &e.test].into_iter().find_map(|part| last_comparison(part)),
        _ => None,
    }
}

/// Whether the value of an expression may be `NotImplemented`. What operators and displays make is not: an operator's method that
/// declines is an error or the other operand's.
pub(super) fn may_be_not_implemented(value: &Expr) -> bool {
    match value {
        Expr::Compare(_)
        | Expr::BinOp(_)
        | Expr::NumberLiteral(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::FString(_)
        | Expr::Tuple(_)
        | Expr::List(_)
        | Expr::Dict(_)
        | Expr::Set(_)
        | Expr::ListComp(_)
        | Expr::DictComp(_)
        | Expr::SetComp(_) => false,
        Expr::UnaryOp(e) => e.op != ast::UnaryOp::Not,
        Expr::BoolOp(e) => e.values.iter().any(may_be_not_implemented),
        Expr::If(e) => may_be_not_implemented(&e.body) || may_be_not_implemented(&e.orelse),
        _ => true,
    }
}
