//! `with` and `async with`. The exit method waits in two temporaries while the body runs, as a method to call does.

use super::Compiler;
use super::blocks::BlockKind;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::TextRange;
use crate::parse::ast::{self, WithItem};

/// For [`Op::GetAwaitable`]: what an error says is awaited.
const AWAIT_ENTER: u8 = 1;
const AWAIT_EXIT: u8 = 2;
/// Registers of a method that is to be called: the callable, and the receiver that goes in front of the arguments, or nothing.
const METHOD: Reg = 2;

impl<'a> Compiler<'a> {
    pub fn with_statement(&mut self, s: &'a ast::StmtWith) {
        if s.is_async {
            self.require_async("'async with' outside async function", s.range);
        }
        self.with_items(s, &s.items);
    }

    fn with_items(&mut self, s: &'a ast::StmtWith, items: &'a [WithItem]) {
        let Some((item, inner)) = items.split_first() else {
            self.body(&s.body);
            return;
        };
        self.enter_nesting(s.range);
        let exit = self.unit.top;
        let range = s.range;
        let manager = self.any(&item.context_expr);
        let entered = exit + METHOD;
        self.unit.set_top(usize::from(entered + METHOD));
        self.unit.emit_x(Op::WithSetup, u8::from(s.is_async), exit, manager, 0, range);
        self.unit.emit(Op::CallMethod, entered, entered, 0, range);
        if s.is_async {
            self.await_in_place(entered, AWAIT_ENTER, range);
        }
        self.enter_guarded(BlockKind::With { exit, is_async: s.is_async, range }, entered);
        match &item.optional_vars {
            Some(target) => self.store(target, entered),
            None => self.unit.emit(Op::Drop, entered, 0, 0, range),
        }
        self.unit.top = entered;
        self.with_items(s, inner);
        let guard = self.leave_block();
        self.leave_with(exit, s.is_async, range);
        let end = self.unit.label();
        self.unit.jump(Op::Jump, 0, end, range);
        if let Some(guard) = guard
            && self.start_handler(&guard)
        {
            self.with_handler(exit, s.is_async, end, range);
        }
        self.unit.place(end);
        self.unit.top = exit;
        self.leave_nesting();
    }

    /// Calls an exit method with three times `None`; the temporaries are consumed.
    pub fn leave_with(&mut self, exit: Reg, is_async: bool, range: TextRange) {
        let top = self.unit.top;
        let callable = if exit + METHOD == top { exit } else { self.unit.alloc_many(usize::from(METHOD)) };
        self.move_method(callable, exit, range);
        let none = self.unit.alloc_many(3);
        for at in 0..3 {
            self.load_const(Const::None, none + at, range);
        }
        self.unit.emit(Op::CallMethod, callable, callable, 3, range);
        if is_async {
            self.await_in_place(callable, AWAIT_EXIT, range);
        }
        self.unit.emit(Op::Drop, callable, 0, 0, range);
        self.unit.top = top;
    }

    fn move_method(&mut self, to: Reg, from: Reg, range: TextRange) {
        for at in (0..METHOD).filter(|_| to != from) {
            self.unit.emit(Op::Move, to + at, from + at, 0, range);
        }
    }

    /// The exception is in the temporary behind the exit method: the method says whether it ends here.
    fn with_handler(&mut self, exit: Reg, is_async: bool, end: super::unit::Label, range: TextRange) {
        let exception = exit + METHOD;
        let callable = exception + 2;
        let arguments = callable + METHOD;
        self.unit.set_top(usize::from(arguments) + 3);
        self.move_method(callable, exit, range);
        self.start_handling(exception, range);
        self.unit.set_top(usize::from(arguments) + 3);
        self.unit.emit(Op::ExceptionInfo, arguments, exception, 0, range);
        self.unit.emit(Op::CallMethod, callable, callable, 3, range);
        if is_async {
            self.await_in_place(callable, AWAIT_EXIT, range);
        }
        self.unit.top = callable;
        let swallow = self.unit.label();
        self.unit.jump(Op::JumpIfTrue, callable, swallow, range);
        self.unit.emit(Op::Copy, callable, exception, 0, range);
        self.end_handling(exception, range);
        self.unit.place(swallow);
        self.unit.emit(Op::LeaveHandler, exception, 0, 0, range);
        self.unit.jump(Op::Jump, 0, end, range);
    }
}
