//! Proves of a unit of code that it obeys the rules of registers, on every path: each temporary is written while it holds
//! nothing, read once, and none is left when the unit returns; handlers find exactly what they expect; locals are bound where
//! they are read. Used by tests, and by debug builds on all that they compile.

use super::operands::{Flow, flow, reads_temporaries, register_effects, width, writes_temporary};
use crate::bytecode::{CodeUnit, Op};
use crate::constants::Const;
use std::collections::BTreeSet;

/// What is known at an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    /// Temporaries that hold something: the same on every path.
    live: BTreeSet<u16>,
    /// Locals that are bound on every path.
    bound: BTreeSet<u16>,
}

/// Checks a unit and the units among its constants; the error says what is wrong where.
pub fn check(code: &CodeUnit) -> Result<(), String> {
    Checker { code, states: vec![None; code.instrs.len()], queue: Vec::new() }.run()?;
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            check(inner)?;
        }
    }
    Ok(())
}

struct Checker<'a> {
    code: &'a CodeUnit,
    states: Vec<Option<State>>,
    queue: Vec<usize>,
}

impl Checker<'_> {
    fn run(&mut self) -> Result<(), String> {
        if self.code.instrs.len() != self.code.spans.len() {
            return Err(format!("{}: instructions and spans differ in number", self.code.qualname));
        }
        let code = self.code;
        let parameters = code.positional_count
            + code.keyword_only_count
            + u16::from(code.has_varargs)
            + u16::from(code.has_varkeywords);
        let start = State { live: BTreeSet::new(), bound: (0..parameters).collect() };
        self.go_to(0, start, 0)?;
        while let Some(at) = self.queue.pop() {
            self.step(at)?;
        }
        Ok(())
    }

    fn fail(&self, at: usize, what: &str) -> String {
        format!(
            "{} at {at}, {:?}: {what}\n{}",
            self.code.qualname,
            self.code.instrs.get(at),
            super::dump::dump(self.code)
        )
    }

    fn is_local(&self, reg: u16) -> bool {
        reg < self.code.local_count()
    }

    fn go_to(&mut self, to: usize, state: State, from: usize) -> Result<(), String> {
        let Some(known) = self.states.get_mut(to) else {
            return Err(self.fail(from, &format!("control leaves the code, to {to}")));
        };
        match known {
            None => {
                *known = Some(state);
                self.queue.push(to);
            }
            Some(known) => {
                if known.live != state.live {
                    let (had, has) = (known.live.clone(), state.live);
                    return Err(self.fail(from, &format!("goes to {to} with {has:?} live, where {had:?} was")));
                }
                let both: BTreeSet<u16> = known.bound.intersection(&state.bound).copied().collect();
                if both != known.bound {
                    known.bound = both;
                    self.queue.push(to);
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, at: usize) -> Result<(), String> {
        let Some(before) = self.states[at].clone() else { return Ok(()) };
        let instr = self.code.instrs[at];
        self.handlers(at, &before)?;
        let after = self.apply(at, &before, false);
        let own_target = (at as i64 + 1 + i64::from(instr.offset())) as usize;
        let word_target = match self.code.instrs.get(at + 1) {
            Some(word) if width(instr.op) == 2 => (at as i64 + 2 + i64::from(word.offset())) as usize,
            _ => 0,
        };
        let next = at + width(instr.op);
        match flow(instr.op) {
            Flow::Next => self.go_to(next, after?, at),
            Flow::Jump => self.go_to(own_target, after?, at),
            Flow::Branch => {
                self.go_to(next, after?, at)?;
                let taken = self.apply(at, &before, true)?;
                self.go_to(own_target, taken, at)
            }
            Flow::BranchByWord => {
                self.go_to(next, after?, at)?;
                let taken = self.apply(at, &before, true)?;
                self.go_to(word_target, taken, at)
            }
            Flow::JumpByWord => {
                let taken = self.apply(at, &before, true)?;
                self.go_to(word_target, taken, at)
            }
            Flow::End => {
                let after = after?;
                if instr.op == Op::Return && !after.live.is_empty() {
                    return Err(self.fail(at, &format!("returns while {:?} is live", after.live)));
                }
                Ok(())
            }
        }
    }

    /// The state at the handler that covers an instruction.
    fn handlers(&mut self, at: usize, before: &State) -> Result<(), String> {
        let entry = self.code.handlers.iter().find(|entry| (entry.start as usize..entry.end as usize).contains(&at));
        let Some(&entry) = entry else { return Ok(()) };
        // These raise nothing, and the compiler counts on it.
        if matches!(
            self.code.instrs[at].op,
            Op::Move
                | Op::Copy
                | Op::LoadConst
                | Op::LoadInt
                | Op::Jump
                | Op::Drop
                | Op::LeaveHandler
                | Op::EnterHandler
        ) {
            return Ok(());
        }
        let effects = register_effects(self.code.instrs[at], false);
        let mut live: BTreeSet<u16> =
            before.live.iter().copied().filter(|&reg| reg < entry.depth && !effects.reads.contains(&reg)).collect();
        live.insert(entry.depth);
        let bound = before.bound.iter().copied().filter(|reg| !effects.drops.contains(reg)).collect();
        self.go_to(entry.handler as usize, State { live, bound }, at)
    }

    fn apply(&self, at: usize, before: &State, taken: bool) -> Result<State, String> {
        let instr = self.code.instrs[at];
        let effects = register_effects(instr, taken);
        let mut state = before.clone();
        for &reg in effects.reads.iter().chain(&effects.keeps) {
            if reg >= self.code.register_count {
                return Err(self.fail(at, &format!("reads register {reg} of {}", self.code.register_count)));
            }
            if self.is_local(reg) {
                if reads_temporaries(instr.op) {
                    return Err(self.fail(at, &format!("reads local {reg}, where only a temporary may be read")));
                }
                if !state.bound.contains(&reg) && instr.op != Op::CheckLocal {
                    return Err(self.fail(at, &format!("reads local {reg}, which may be unbound")));
                }
            } else if !state.live.contains(&reg) {
                return Err(self.fail(at, &format!("reads temporary {reg}, which holds nothing")));
            }
        }
        for &reg in &effects.reads {
            state.live.remove(&reg);
        }
        if instr.op == Op::CheckLocal {
            state.bound.insert(instr.a);
        }
        for &reg in &effects.drops {
            if self.is_local(reg) {
                state.bound.remove(&reg);
            } else if !state.live.remove(&reg) {
                return Err(self.fail(at, &format!("drops temporary {reg}, which holds nothing")));
            }
        }
        for &reg in &effects.writes {
            if reg >= self.code.register_count {
                return Err(self.fail(at, &format!("writes register {reg} of {}", self.code.register_count)));
            }
            if self.is_local(reg) {
                if writes_temporary(instr.op) {
                    return Err(self.fail(at, &format!("writes local {reg}, where only a temporary may be written")));
                }
                state.bound.insert(reg);
            } else if !state.live.insert(reg) {
                return Err(self.fail(at, &format!("writes temporary {reg}, which holds something")));
            }
        }
        Ok(state)
    }
}
