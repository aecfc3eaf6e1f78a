//! `yield`, `yield from`, `await`, and the asynchronous loop.

use super::Compiler;
use super::blocks::{BlockKind, Guard};
use super::expr::Want;
use super::scope::{Place, ScopeKind};
use super::unit::{Label, Reg};
use crate::bytecode::{CodeKind, Op, YIELD_FROM, YIELD_ONLY};
use crate::constants::Const;
use crate::parse::TextRange;
use crate::parse::ast::{self, Expr};

impl<'a> Compiler<'a> {
    pub fn yield_expr(&mut self, e: &'a ast::ExprYield, want: Want) -> Reg {
        let base = self.unit.top;
        let value = self.yielded(e);
        let dest = self.dest(want, base);
        self.unit.emit(Op::Yield, dest, value, 0, e.range);
        dest
    }

    /// A `yield` of which nobody wants to know what is sent.
    pub fn yield_statement(&mut self, e: &'a ast::ExprYield) {
        let value = self.yielded(e);
        self.unit.emit_x(Op::Yield, YIELD_ONLY, value, value, 0, e.range);
    }

    fn yielded(&mut self, e: &'a ast::ExprYield) -> Reg {
        self.require_function("'yield' outside function", e.range);
        if let Some(value) = &e.value {
            return self.any(value);
        }
        let none = self.unit.alloc();
        self.load_const(Const::None, none, e.range);
        none
    }

    pub fn yield_from(&mut self, e: &'a ast::ExprYieldFrom, want: Want) -> Reg {
        let base = self.unit.top;
        self.require_function("'yield' outside function", e.range);
        if self.unit.code.is_coroutine {
            self.fail("'yield from' inside async function", e.range);
        }
        let value = self.any(&e.value);
        self.unit.set_top(usize::from(base) + 1);
        self.unit.emit(Op::GetYieldFromIter, base, value, 0, e.range);
        self.delegate(base, want, e.range)
    }

    pub fn await_expr(&mut self, e: &'a ast::ExprAwait, want: Want) -> Reg {
        let base = self.unit.top;
        let inlined = self.tree.scopes[self.scope].kind == ScopeKind::Inlined;
        if let Some(range) = self.comprehension_range.filter(|_| inlined && !self.unit.code.is_coroutine) {
            self.fail("asynchronous comprehension outside of an asynchronous function", range);
        } else if !self.in_function() {
            self.fail("'await' outside function", e.range);
        } else if !self.unit.code.is_coroutine {
            self.fail("'await' outside async function", e.range);
        }
        let value = self.any(&e.value);
        self.unit.set_top(usize::from(base) + 1);
        self.unit.emit(Op::GetAwaitable, base, value, 0, e.range);
        self.delegate(base, want, e.range)
    }

    /// Awaits what is in the temporary `reg`; the result goes to the same. `x` as for [`Op::GetAwaitable`].
    pub fn await_in_place(&mut self, reg: Reg, x: u8, range: TextRange) {
        self.unit.emit_x(Op::GetAwaitable, x, reg, reg, 0, range);
        self.unit.set_top(usize::from(reg) + 1);
        self.delegate(reg, Want::Temp, range);
    }

    /// Runs the iterator in the temporary `base` to its end, yielding what it yields; its result. The machine relies on the
    /// form of this loop: `Send`, its jump, `Yield`, a jump back.
    fn delegate(&mut self, base: Reg, want: Want, range: TextRange) -> Reg {
        let value = base + 1;
        self.unit.set_top(usize::from(base) + 2);
        self.load_const(Const::None, value, range);
        let (send, done) = (self.unit.label(), self.unit.label());
        self.unit.place(send);
        self.unit.emit(Op::Send, value, base, 0, range);
        self.unit.jump_word(done, range);
        self.unit.emit_x(Op::Yield, YIELD_FROM, value, value, base, range);
        self.unit.jump(Op::Jump, 0, send, range);
        self.unit.place(done);
        let dest = self.dest(want, base);
        self.unit.emit(Op::Move, dest, value, 0, range);
        dest
    }

    /// At the head of an asynchronous loop: the next item of the iterator in a temporary to its target. What the returned
    /// guard covers is where the end shows.
    pub fn async_next(&mut self, iterator: Reg, target: &'a Expr, range: TextRange) -> Guard {
        let item = self.unit.alloc();
        self.enter_guarded(BlockKind::Guarded, item);
        self.unit.emit(Op::GetANext, item, iterator, 0, range);
        self.delegate(item, Want::Temp, range);
        let guard = self.leave_block();
        if let Expr::Name(name) = target
            && let Place::Local(local) = self.place(&self.mangle(&name.id))
        {
            self.unit.emit(Op::Move, local, item, 0, range);
            self.unit.bound.insert(local);
        } else {
            self.store(target, item);
        }
        self.unit.top = item;
        let empty = Guard { ranges: Vec::new(), start: 0, depth: item, bound: self.unit.bound.clone() };
        guard.unwrap_or(empty)
    }

    /// Behind an asynchronous loop: its end is an exception, which leads to `end`.
    pub fn end_async_for(&mut self, guard: &Guard, end: Label, range: TextRange) {
        if self.start_handler(guard) {
            self.unit.emit(Op::EndAsyncFor, guard.depth, guard.depth - 1, 0, range);
            self.unit.jump_word(end, range);
            self.unit.reachable = false;
        }
    }

    fn in_function(&self) -> bool {
        matches!(self.unit.code.kind, CodeKind::Function | CodeKind::Comprehension)
    }

    fn require_function(&mut self, message: &str, range: TextRange) {
        if !self.in_function() {
            self.fail(message, range);
        }
    }

    /// `async for` and `async with` stand in asynchronous functions only.
    pub fn require_async(&mut self, message: &str, range: TextRange) {
        if !self.unit.code.is_coroutine {
            self.fail(message, range);
        }
    }
}
