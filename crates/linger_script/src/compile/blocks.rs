//! What encloses a statement: loops, handlers, `finally`, `with`, live temporaries; and the code that leaves them early.

use super::Compiler;
use super::unit::{Label, LocalSet, Reg};
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::TextRange;
use crate::parse::ast::Stmt;

/// Something that control has to leave properly.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub kind: BlockKind<'a>,
    /// If code within it is protected by a handler.
    pub guard: Option<Guard>,
}

/// What a block is.
#[derive(Debug, Clone)]
pub(super) enum BlockKind<'a> {
    /// A loop; a `for` loop owns three temporaries from `iterator` on, an asynchronous one a single one.
    Loop { on_break: Label, on_continue: Label, iterator: Option<Reg> },
    /// A temporary that is dropped.
    Temporary(Reg),
    /// Only a guard.
    Guarded,
    /// The statements of a `finally`, which run when it is left.
    Finally(&'a [Stmt]),
    /// The handler of the exception in a register.
    Handler(Reg),
    /// `except ... as name`: the name is unbound.
    HandlerName(&'a str, TextRange),
    /// A `with` whose exit method is in a register.
    With { exit: Reg, is_async: bool, range: TextRange },
    /// The handlers of `except*`, which can't be left by a jump.
    StarHandler,
}

/// The code that a handler covers so far.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    pub ranges: Vec<(u32, u32)>,
    pub start: u32,
    pub depth: Reg,
    pub bound: LocalSet,
}

/// Where a `return`, `break` or `continue` leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    Return,
    Break,
    Continue,
}

impl<'a> Compiler<'a> {
    /// Enters a block.
    pub fn enter_block(&mut self, kind: BlockKind<'a>) {
        self.unit.blocks.push(Block { kind, guard: None });
    }

    /// Enters a block whose code is protected from here on by a handler that gets its exception in `depth`.
    pub fn enter_guarded(&mut self, kind: BlockKind<'a>, depth: Reg) {
        let guard = Guard { ranges: Vec::new(), start: self.unit.here(), depth, bound: self.unit.bound.clone() };
        self.unit.blocks.push(Block { kind, guard: Some(guard) });
    }

    /// Leaves the innermost block; what its guard covered.
    pub fn leave_block(&mut self) -> Option<Guard> {
        let here = self.unit.here();
        let block = self.unit.blocks.pop()?;
        let mut guard = block.guard?;
        guard.ranges.push((guard.start, here));
        Some(guard)
    }

    /// Starts the handler of a guard; whether control can come here, which it can't if nothing was covered.
    pub fn start_handler(&mut self, guard: &Guard) -> bool {
        self.unit.set_top(usize::from(guard.depth) + 1);
        let covered = guard.ranges.iter().any(|(start, end)| start < end);
        if !covered {
            self.unit.reachable = false;
            return false;
        }
        let entries = self.unit.protect(&guard.ranges, guard.depth);
        let at = self.unit.place_handler(&guard.bound);
        for entry in entries {
            self.unit.code.handlers[entry].handler = at;
        }
        true
    }

    /// Whether leaving all blocks up to `exit`'s runs code of the script.
    pub fn exit_runs_code(&self, exit: Exit) -> bool {
        for block in self.unit.blocks.iter().rev() {
            match block.kind {
                BlockKind::Finally(_) | BlockKind::With { .. } | BlockKind::HandlerName(..) => return true,
                BlockKind::Loop { .. } if exit != Exit::Return => return false,
                _ => {}
            }
        }
        false
    }

    /// Emits what leaves the blocks from the innermost one out: all of them, or up to the loop. The answer is the number of
    /// blocks that stay, and the loop. The jump or return that follows is the caller's, and then [`Compiler::restart_guards`].
    fn unwind(&mut self, exit: Exit, holding: Option<Reg>, range: TextRange) -> (usize, Option<Block<'a>>) {
        let mut left: Vec<Block<'a>> = Vec::new();
        let mut found = None;
        while let Some(mut block) = self.unit.blocks.pop() {
            let here = self.unit.here();
            if let Some(guard) = &mut block.guard {
                guard.ranges.push((guard.start, here));
            }
            match &block.kind {
                BlockKind::Loop { iterator, .. } => {
                    if exit != Exit::Return {
                        found = Some(block.clone());
                        if exit == Exit::Break
                            && let Some(iterator) = *iterator
                        {
                            self.unit.emit(Op::Drop, iterator, 0, 0, range);
                        }
                        left.push(block);
                        break;
                    }
                    if let Some(iterator) = *iterator {
                        self.unit.emit(Op::Drop, iterator, 0, 0, range);
                    }
                }
                BlockKind::Temporary(reg) => self.unit.emit(Op::Drop, *reg, 0, 0, range),
                BlockKind::Guarded | BlockKind::StarHandler => {}
                BlockKind::Finally(body) => {
                    let body: &'a [Stmt] = body;
                    let top = self.unit.top;
                    // Leaving the statements themselves early drops what was to be returned.
                    if let Some(reg) = holding {
                        self.enter_block(BlockKind::Temporary(reg));
                    }
                    self.body(body);
                    if holding.is_some() {
                        self.leave_block();
                    }
                    self.unit.top = top;
                }
                BlockKind::Handler(reg) => self.unit.emit(Op::LeaveHandler, *reg, 0, 0, range),
                BlockKind::HandlerName(name, range) => {
                    let (name, range): (&'a str, TextRange) = (name, *range);
                    self.unbind(name, range);
                }
                &BlockKind::With { exit, is_async, range } => self.leave_with(exit, is_async, range),
            }
            left.push(block);
        }
        let stay = self.unit.blocks.len();
        self.unit.blocks.extend(left.into_iter().rev());
        (stay, found)
    }

    /// After [`Compiler::unwind`] and its jump: what follows is covered again by the guards that were left.
    fn restart_guards(&mut self, stay: usize) {
        let here = self.unit.here();
        for block in &mut self.unit.blocks[stay..] {
            if let Some(guard) = &mut block.guard {
                guard.start = here;
            }
        }
    }

    /// Returns what is in a register, after leaving everything.
    pub fn return_value(&mut self, reg: Reg, range: TextRange) {
        let holding = (!self.unit.is_local(reg)).then_some(reg);
        let (stay, _) = self.unwind(Exit::Return, holding, range);
        self.unit.emit(Op::Return, reg, 0, 0, range);
        self.restart_guards(stay);
        self.unit.reachable = false;
    }

    /// `break` or `continue`; false if there is no loop around it.
    pub fn leave_loop(&mut self, exit: Exit, range: TextRange) -> bool {
        let mut blocks = self.unit.blocks.iter().rev();
        let Some(inner) = blocks.find(|block| matches!(block.kind, BlockKind::Loop { .. } | BlockKind::StarHandler))
        else {
            return false;
        };
        if matches!(inner.kind, BlockKind::StarHandler) {
            self.fail("'break', 'continue' and 'return' cannot appear in an except* block", range);
            return true;
        }
        let (stay, block) = self.unwind(exit, None, range);
        let Some(Block { kind: BlockKind::Loop { on_break, on_continue, .. }, .. }) = block else { return false };
        match exit {
            Exit::Continue => self.unit.jump(Op::Loop, 0, on_continue, range),
            _ => self.unit.jump(Op::Jump, 0, on_break, range),
        }
        self.restart_guards(stay);
        true
    }

    /// Unbinds the name of an `except ... as name`, bound or not.
    pub fn unbind(&mut self, name: &str, range: TextRange) {
        let name = self.mangle(name);
        match self.place(&name) {
            super::scope::Place::Local(reg) => {
                self.unit.emit(Op::Drop, reg, 0, 0, range);
                self.unit.bound.remove(reg);
            }
            _ => {
                let none = self.unit.alloc();
                self.load_const(Const::None, none, range);
                self.unit.top = none;
                self.store_name(&name, none, range);
                self.delete_name(&name, range);
            }
        }
    }
}
