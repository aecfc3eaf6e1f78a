//! `if`, `while`, `for`.

use super::Compiler;
use super::blocks::BlockKind;
use super::scope::Place;
use super::unit::{Label, Reg};
use crate::bytecode::Op;
use crate::parse::ast::{self, Expr, Stmt};
use crate::parse::{Ranged, TextRange};

/// Loops, `try` and `with` may nest this deep.
const MAX_NESTING: usize = 20;

impl<'a> Compiler<'a> {
    /// Counts a block that control can be in.
    pub fn enter_nesting(&mut self, range: TextRange) {
        self.unit.nesting += 1;
        if self.unit.nesting > MAX_NESTING {
            self.fail("too many statically nested blocks", range);
        }
    }

    /// The opposite of [`Compiler::enter_nesting`].
    pub fn leave_nesting(&mut self) {
        self.unit.nesting -= 1;
    }

    pub fn if_statement(&mut self, s: &'a ast::StmtIf) {
        let end = self.unit.label();
        self.branch(&s.test, &s.body, s.elif_else_clauses.is_empty(), end);
        for (at, clause) in s.elif_else_clauses.iter().enumerate() {
            let last = at + 1 == s.elif_else_clauses.len();
            match &clause.test {
                Some(test) => self.branch(test, &clause.body, last, end),
                None => self.body(&clause.body),
            }
        }
        self.unit.place(end);
    }

    /// A condition and what it guards, from where control goes to `end`; otherwise it comes out behind.
    fn branch(&mut self, test: &'a Expr, body: &'a [Stmt], last: bool, end: Label) {
        if last {
            self.jump_if(test, false, end);
            self.body(body);
            return;
        }
        let next = self.unit.label();
        self.jump_if(test, false, next);
        self.body(body);
        let range = body.last().map_or(test.range(), Ranged::range);
        self.unit.jump(Op::Jump, 0, end, range);
        self.unit.place(next);
    }

    pub fn while_statement(&mut self, s: &'a ast::StmtWhile) {
        self.enter_nesting(s.range);
        let (head, orelse, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.unit.place_head(head);
        self.jump_if(&s.test, false, orelse);
        self.enter_block(BlockKind::Loop { on_break: end, on_continue: head, iterator: None });
        self.body(&s.body);
        self.leave_block();
        self.unit.jump(Op::Loop, 0, head, s.test.range());
        self.unit.place(orelse);
        self.leave_nesting();
        self.body(&s.orelse);
        self.unit.place(end);
    }

    pub fn for_statement(&mut self, s: &'a ast::StmtFor) {
        self.enter_nesting(s.range);
        let base = self.unit.top;
        let (head, orelse, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        // Python blames the whole statement for what its iterable is not.
        let range = s.range;
        let iterable = self.any(&s.iter);
        self.unit.top = base;
        let mut guard = None;
        let mut round = None;
        let iterator = if s.is_async {
            self.require_async("'async for' outside async function", s.range);
            let iterator = self.unit.alloc();
            self.unit.emit(Op::GetAIter, iterator, iterable, 0, range);
            self.unit.place_head(head);
            guard = Some(self.async_next(iterator, &s.target, range));
            iterator
        } else {
            let iterator = self.unit.alloc_many(3);
            self.unit.emit(Op::ForPrepare, iterator, iterable, 0, range);
            self.unit.place_head(head);
            round = Some(self.for_next(iterator, &s.target, orelse, range));
            iterator
        };
        self.enter_block(BlockKind::Loop { on_break: end, on_continue: head, iterator: Some(iterator) });
        self.body(&s.body);
        self.leave_block();
        self.next_round(round, head, range);
        if let Some(guard) = guard {
            self.end_async_for(&guard, orelse, range);
        }
        self.unit.place(orelse);
        self.unit.top = base;
        self.leave_nesting();
        self.body(&s.orelse);
        self.unit.place(end);
        self.unit.top = base;
    }

    /// The next item of a loop to its target, or a jump to `end`.
    pub fn for_next(&mut self, iterator: Reg, target: &'a Expr, end: Label, range: TextRange) -> Round {
        let body = self.unit.label();
        if let Expr::Name(name) = target
            && let name = self.mangle(&name.id)
            && let Place::Local(local) = self.place(&name)
        {
            self.unit.emit(Op::ForNext, local, iterator, 0, range);
            self.unit.jump_word(end, range);
            self.unit.place_head(body);
            self.unit.bound.insert(local);
            return Round { item: local, iterator, body };
        }
        let item = self.unit.alloc();
        self.unit.emit(Op::ForNext, item, iterator, 0, range);
        self.unit.jump_word(end, range);
        self.unit.place_head(body);
        self.store(target, item);
        self.unit.top = item;
        Round { item, iterator, body }
    }

    /// The end of a loop's body: straight to the next round if the loop is over an iterator, else to the loop's head.
    pub fn next_round(&mut self, round: Option<Round>, head: Label, range: TextRange) {
        match round {
            Some(Round { item, iterator, body }) => {
                self.unit.emit(Op::ForLoop, item, iterator, 0, range);
                self.unit.jump_word(body, range);
            }
            None => self.unit.jump(Op::Loop, 0, head, range),
        }
    }
}

/// What the end of a `for` loop's body needs to start the next round.
pub struct Round {
    item: Reg,
    iterator: Reg,
    body: Label,
}
