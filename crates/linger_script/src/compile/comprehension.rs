//! Comprehensions. Those of lists, sets and dicts run in the frame around them, with registers of their own; generator
//! expressions, and comprehensions in class bodies, are functions of their first iterator.

use super::Compiler;
use super::blocks::BlockKind;
use super::collect::node_id;
use super::expr::Want;
use super::scope::{BOUND, ScopeId, ScopeKind};
use super::unit::Reg;
use crate::bytecode::{CodeKind, Inlined, Op, Span, YIELD_ONLY};
use crate::parse::ast::{self, Expr};
use crate::parse::{Ranged, TextRange};

/// What a comprehension makes of its items.
#[derive(Debug, Clone, Copy)]
pub(super) enum Result<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    Generator(&'a Expr),
}

impl Result<'_> {
    fn build(self) -> Op {
        match self {
            Result::Set(_) => Op::BuildSet,
            Result::Dict(..) => Op::BuildDict,
            Result::List(_) | Result::Generator(_) => Op::BuildList,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Result::List(_) => "<listcomp>",
            Result::Set(_) => "<setcomp>",
            Result::Dict(..) => "<dictcomp>",
            Result::Generator(_) => "<genexpr>",
        }
    }
}

impl<'a> Compiler<'a> {
    /// A comprehension of a list, set or dict.
    pub fn comprehension(
        &mut self,
        node: usize,
        generators: &'a [ast::Comprehension],
        result: Result<'a>,
        range: TextRange,
        want: Want,
    ) -> Reg {
        let scope = self.tree.of_node(node);
        if !self.unit.code.is_coroutine && generators.iter().any(|generator| generator.is_async) {
            self.fail("asynchronous comprehension outside of an asynchronous function", range);
        }
        if self.tree.scopes[scope].kind == ScopeKind::Comprehension {
            return self.comprehension_function(node, generators, result, range, want);
        }
        let base = self.unit.alloc();
        let Some(first) = generators.first() else { return self.deliver(base, want, range) };
        let outer_scope = self.scope;
        let outer_range = self.comprehension_range;
        let iterable = self.any(&first.iter);
        self.comprehension_range = Some(range);
        self.unit.emit(result.build(), base, base, 0, range);
        self.scope = scope;
        let locals = self.start_locals(scope, range);
        // Where the exception may be handled in this frame, the variables must not outlive it.
        let guarded = self.unit.blocks.iter().any(|block| block.guard.is_some()) && !locals.is_empty();
        if guarded {
            self.enter_guarded(BlockKind::Guarded, base);
        }
        // The first instruction asks the iterable for its iterator, which happens in the frame around.
        let start = self.unit.code.instrs.len() as u32 + 1;
        self.unit.comprehensions.push(result.name());
        self.comprehension_loop(generators, 0, Some(iterable), result, base, range);
        self.unit.comprehensions.pop();
        let span = Span { start: range.start().to_u32(), end: range.end().to_u32() };
        let end = self.unit.code.instrs.len() as u32;
        self.unit.code.inlined.push(Inlined { start, end, name: result.name(), span });
        let guard = if guarded { self.leave_block() } else { None };
        self.scope = outer_scope;
        self.comprehension_range = outer_range;
        self.drop_locals(&locals, range);
        self.unit.set_top(usize::from(base) + 1);
        if let Some(guard) = guard {
            let end = self.unit.label();
            self.unit.jump(Op::Jump, 0, end, range);
            if self.start_handler(&guard) {
                self.drop_locals(&locals, range);
                self.unit.emit(Op::Reraise, base, 0, 0, range);
                self.unit.reachable = false;
            }
            self.unit.place(end);
            self.unit.set_top(usize::from(base) + 1);
        }
        self.deliver(base, want, range)
    }

    /// Makes the variables of an inlined comprehension fresh; their registers.
    fn start_locals(&mut self, scope: ScopeId, range: TextRange) -> Vec<Reg> {
        let locals: Vec<Reg> =
            self.tree.scopes[scope].symbols.iter().filter(|s| s.flags & BOUND != 0).map(|s| s.register).collect();
        for &local in &locals {
            self.unit.bound.remove(local);
        }
        let cells = self.tree.scopes[scope].cells.clone();
        for cell in cells {
            self.unit.emit(Op::Drop, cell, 0, 0, range);
            self.unit.emit(Op::MakeCell, cell, 0, 0, range);
            self.unit.bound.insert(cell);
        }
        locals
    }

    fn drop_locals(&mut self, locals: &[Reg], range: TextRange) {
        for &local in locals {
            self.unit.emit(Op::Drop, local, 0, 0, range);
            self.unit.bound.remove(local);
        }
    }

    #[allow(clippy::too_many_arguments)]
    /// The loop of generator `at` and all within it. The first one's iterable is in a register, if it is evaluated already.
    fn comprehension_loop(
        &mut self,
        generators: &'a [ast::Comprehension],
        at: usize,
        iterable: Option<Reg>,
        result: Result<'a>,
        container: Reg,
        range: TextRange,
    ) {
        let Some(generator) = generators.get(at) else {
            self.comprehension_item(result, container);
            return;
        };
        let base = self.unit.top;
        let (head, next, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        // An iterable given as a temporary is the last one that is live.
        let (iterable, base) = match iterable {
            Some(reg) if self.unit.is_local(reg) => (reg, base),
            Some(reg) => (reg, reg),
            None => (self.any(&generator.iter), base),
        };
        self.unit.top = base;
        let mut round = None;
        // The iterator that a generator expression is given is one already.
        let given = at == 0 && self.tree.scopes[self.scope].kind == ScopeKind::Comprehension;
        let head_guard = if generator.is_async {
            let iterator = self.unit.alloc();
            self.unit.emit(if given { Op::Move } else { Op::GetAIter }, iterator, iterable, 0, range);
            self.unit.place_head(head);
            Some(self.async_next(iterator, &generator.target, range))
        } else {
            let iterator = self.unit.alloc_many(3);
            self.unit.emit_x(Op::ForPrepare, given.into(), iterator, iterable, 0, range);
            self.unit.place_head(head);
            round = Some(self.for_next(iterator, &generator.target, end, range));
            None
        };
        for test in &generator.ifs {
            self.jump_if(test, false, next);
        }
        self.comprehension_loop(generators, at + 1, None, result, container, range);
        self.unit.place(next);
        self.next_round(round, head, range);
        if let Some(guard) = head_guard {
            self.end_async_for(&guard, end, range);
        }
        self.unit.place(end);
        self.unit.top = base;
    }

    fn comprehension_item(&mut self, result: Result<'a>, container: Reg) {
        let base = self.unit.top;
        match result {
            Result::List(item) | Result::Set(item) => {
                let op = if matches!(result, Result::List(_)) { Op::ListAppend } else { Op::SetAdd };
                let value = self.any(item);
                self.unit.emit(op, container, value, 0, item.range());
            }
            Result::Dict(key, value) => {
                let range = TextRange::new(key.start(), value.end());
                let key = self.any_before(key, &[value]);
                let value = self.any(value);
                self.unit.emit(Op::DictSet, container, key, value, range);
            }
            Result::Generator(item) => {
                let range = item.range();
                let value = self.any(item);
                self.unit.emit_x(Op::Yield, YIELD_ONLY, value, value, 0, range);
            }
        }
        self.unit.top = base;
    }

    pub fn generator(&mut self, e: &'a ast::ExprGenerator, want: Want) -> Reg {
        self.comprehension_function(node_id(e), &e.generators, Result::Generator(&e.elt), e.range, want)
    }

    /// A comprehension as a function, and its call with the first iterator.
    fn comprehension_function(
        &mut self,
        node: usize,
        generators: &'a [ast::Comprehension],
        result: Result<'a>,
        range: TextRange,
        want: Want,
    ) -> Reg {
        let base = self.unit.top;
        let Some(first) = generators.first() else { return self.dest(want, base) };
        let outer_scope = self.push_unit(node, CodeKind::Comprehension, result.name(), range);
        self.unit.code.positional_count = 1;
        self.unit.bound.insert(0);
        self.make_cells(range);
        if matches!(result, Result::Generator(_)) {
            self.comprehension_loop(generators, 0, Some(0), result, 0, range);
            self.return_none(range);
        } else {
            let container = self.unit.alloc();
            self.unit.emit(result.build(), container, container, 0, range);
            self.comprehension_loop(generators, 0, Some(0), result, container, range);
            self.unit.emit(Op::Return, container, 0, 0, range);
        }
        let code = self.pop_unit(outer_scope, range);
        self.function_object(code, base, 0, Want::Temp, range);
        let iterable = self.any(&first.iter);
        self.unit.set_top(usize::from(base) + 2);
        self.unit.emit(if first.is_async { Op::GetAIter } else { Op::GetIter }, base + 1, iterable, 0, range);
        let dest = self.dest(want, base);
        self.unit.emit(Op::Call, dest, base, 1, range);
        dest
    }
}
