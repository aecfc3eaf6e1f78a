//! `try` with its handlers and `finally`, and `except*`.
//!
//! A handler owns two temporaries: the exception and what was being handled before. Code within it is protected by clean-up
//! code that ends the handler and goes on raising; `finally` is compiled once for each way that leads out.

use super::Compiler;
use super::blocks::BlockKind;
use super::unit::{Label, Reg};
use crate::bytecode::Op;
use crate::parse::{Ranged, TextRange};
use crate::parse::ast::{self, ExceptHandler, ExceptHandlerExceptHandler, Stmt};

impl<'a> Compiler<'a> {
    pub fn try_statement(&mut self, s: &'a ast::StmtTry) {
        self.enter_nesting(s.range);
        if s.finalbody.is_empty() {
            self.try_except(s);
        } else {
            self.try_finally(s);
        }
        self.leave_nesting();
    }

    fn try_finally(&mut self, s: &'a ast::StmtTry) {
        let depth = self.unit.top;
        let end = self.unit.label();
        self.enter_guarded(BlockKind::Finally(&s.finalbody), depth);
        if s.handlers.is_empty() {
            self.body(&s.body);
        } else {
            self.try_except(s);
        }
        let guard = self.leave_block();
        self.body(&s.finalbody);
        let range = last_range(&s.finalbody, s.range);
        self.unit.jump(Op::Jump, 0, end, range);
        if let Some(guard) = guard {
            self.start_handler(&guard);
            self.start_handling(depth, range);
            self.body(&s.finalbody);
            self.unit.emit(Op::Copy, depth + 2, depth, 0, range);
            self.end_handling(depth, range);
        }
        self.unit.place(end);
        self.unit.top = depth;
    }

    /// Starts to handle the exception in `depth`, protected by clean-up code that [`Compiler::end_handling`] adds.
    pub fn start_handling(&mut self, depth: Reg, range: TextRange) {
        self.unit.set_top(usize::from(depth) + 2);
        self.unit.emit(Op::EnterHandler, depth, 0, 0, range);
        self.enter_guarded(BlockKind::Handler(depth), depth + 2);
    }

    /// Ends the handler of `depth` and goes on raising what is in the temporary behind its two, which is where clean-up code
    /// gets its exception, too.
    pub fn end_handling(&mut self, depth: Reg, range: TextRange) {
        let reachable = self.unit.reachable;
        if let Some(guard) = self.leave_block() {
            let covered = self.start_handler(&guard);
            self.unit.reachable = reachable || covered;
        }
        self.unit.emit(Op::LeaveHandler, depth, 0, 0, range);
        self.unit.emit(Op::Reraise, depth + 2, 0, 0, range);
        self.unit.reachable = false;
        self.unit.top = depth;
    }

    fn try_except(&mut self, s: &'a ast::StmtTry) {
        let depth = self.unit.top;
        let end = self.unit.label();
        self.enter_guarded(BlockKind::Guarded, depth);
        self.body(&s.body);
        let guard = self.leave_block();
        self.body(&s.orelse);
        self.unit.jump(Op::Jump, 0, end, s.range);
        if let Some(guard) = guard {
            self.start_handler(&guard);
            if s.is_star {
                self.star_handlers(s, depth, end);
            } else {
                self.handlers(&s.handlers, depth, end, s.range);
            }
        }
        self.unit.place(end);
        self.unit.top = depth;
    }

    fn handlers(&mut self, handlers: &'a [ExceptHandler], depth: Reg, end: Label, range: TextRange) {
        self.start_handling(depth, range);
        for (at, ExceptHandler::ExceptHandler(handler)) in handlers.iter().enumerate() {
            let next = self.unit.label();
            match &handler.type_ {
                Some(kind) => {
                    let top = self.unit.top;
                    let range = handler.range;
                    let kind = self.any(kind);
                    self.unit.top = top;
                    let matches = self.unit.alloc();
                    self.unit.emit(Op::MatchException, matches, depth, kind, range);
                    self.unit.jump(Op::JumpIfFalse, matches, next, range);
                    self.unit.top = top;
                }
                None if at + 1 != handlers.len() => self.fail("default 'except:' must be last", handler.range),
                None => {}
            }
            self.handler_body(handler, depth);
            self.leave_handler_to(depth, end, handler.range);
            self.unit.place(next);
        }
        self.unit.emit(Op::Copy, depth + 2, depth, 0, range);
        self.end_handling(depth, range);
    }

    /// `LeaveHandler` is outside of what the handler's clean-up code protects.
    fn leave_handler_to(&mut self, depth: Reg, end: Label, range: TextRange) {
        let here = self.unit.here();
        if let Some(guard) = self.unit.blocks.last_mut().and_then(|block| block.guard.as_mut()) {
            guard.ranges.push((guard.start, here));
        }
        self.unit.emit(Op::LeaveHandler, depth, 0, 0, range);
        self.unit.jump(Op::Jump, 0, end, range);
        let here = self.unit.here();
        if let Some(guard) = self.unit.blocks.last_mut().and_then(|block| block.guard.as_mut()) {
            guard.start = here;
        }
    }

    /// The statements of a handler, with the exception in `source` under its name. An exception in them unbinds the name
    /// first.
    fn handler_body(&mut self, handler: &'a ExceptHandlerExceptHandler, source: Reg) {
        let Some(name) = &handler.name else {
            self.body(&handler.body);
            return;
        };
        let top = self.unit.top;
        let mangled = self.mangle(name);
        let copy = self.unit.alloc();
        self.unit.emit(Op::Copy, copy, source, 0, name.range);
        self.store_name(&mangled, copy, name.range);
        self.unit.top = top;
        self.enter_guarded(BlockKind::HandlerName(name.as_str(), name.range), top);
        self.body(&handler.body);
        let guard = self.leave_block();
        self.unbind(name, name.range);
        let Some(guard) = guard else { return };
        let after = self.unit.label();
        self.unit.jump(Op::Jump, 0, after, name.range);
        if self.start_handler(&guard) {
            self.unbind(name, name.range);
            self.unit.emit(Op::Reraise, top, 0, 0, name.range);
            self.unit.reachable = false;
        }
        self.unit.place(after);
        self.unit.top = top;
    }

    /// Whether a jump from here would leave the handlers of an `except*`.
    pub fn in_star_handler(&self) -> bool {
        self.unit.blocks.iter().any(|block| matches!(block.kind, BlockKind::StarHandler))
    }

    /// The handlers of `except*`. From `depth` on: the group, what was being handled before, the list of what is to be raised,
    /// and the part of the group that is left.
    fn star_handlers(&mut self, s: &'a ast::StmtTry, depth: Reg, end: Label) {
        let range = s.range;
        self.start_handling(depth, range);
        let (results, rest, part) = (depth + 2, depth + 3, depth + 4);
        self.unit.emit(Op::BuildList, results, results, 0, range);
        self.unit.emit(Op::Copy, rest, depth, 0, range);
        self.unit.set_top(usize::from(part));
        for ExceptHandler::ExceptHandler(handler) in &s.handlers {
            let (next, nothing) = (self.unit.label(), self.unit.label());
            let Some(kind) = &handler.type_ else {
                self.fail("expected one or more exception types", handler.range);
                continue;
            };
            let kind_range = handler.range;
            let kind = self.any(kind);
            self.unit.set_top(usize::from(part) + 3);
            self.unit.emit(Op::MatchExceptionGroup, part, rest, kind, kind_range);
            self.unit.emit(Op::Drop, rest, 0, 0, kind_range);
            self.unit.emit(Op::Move, rest, part + 1, 0, kind_range);
            self.unit.emit(Op::Copy, part + 1, part, 0, kind_range);
            self.unit.jump(Op::JumpIfNone, part + 1, nothing, kind_range);
            self.unit.set_top(usize::from(part) + 2);
            self.unit.emit(Op::EnterHandler, part, 0, 0, handler.range);
            self.enter_guarded(BlockKind::StarHandler, part + 2);
            self.handler_body(handler, part);
            let guard = self.leave_block();
            self.unit.emit(Op::LeaveHandler, part, 0, 0, handler.range);
            self.unit.jump(Op::Jump, 0, next, handler.range);
            if let Some(guard) = guard
                && self.start_handler(&guard)
            {
                self.unit.emit(Op::ListAppend, results, part + 2, 0, handler.range);
                self.unit.emit(Op::LeaveHandler, part, 0, 0, handler.range);
                self.unit.jump(Op::Jump, 0, next, handler.range);
            }
            self.unit.place(nothing);
            self.unit.emit(Op::Drop, part, 0, 0, handler.range);
            self.unit.place(next);
            self.unit.top = part;
        }
        self.unit.emit(Op::ListAppend, results, rest, 0, range);
        self.unit.emit(Op::ReraiseStar, rest, results, depth, range);
        self.unit.emit(Op::Copy, part, rest, 0, range);
        self.unit.set_top(usize::from(part) + 1);
        let raise = self.unit.label();
        self.unit.jump(Op::JumpIfNotNone, part, raise, range);
        self.unit.emit(Op::Drop, rest, 0, 0, range);
        self.leave_handler_to(depth, end, range);
        self.unit.place(raise);
        self.unit.emit(Op::Move, depth + 2, rest, 0, range);
        self.end_handling(depth, range);
    }
}

fn last_range(body: &[Stmt], otherwise: TextRange) -> TextRange {
    body.last().map_or(otherwise, Ranged::range)
}
