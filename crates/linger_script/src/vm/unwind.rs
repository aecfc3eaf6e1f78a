//! Running frames until they end, and leaving them for an exception: handlers are found, what they skip is dropped.

use super::dispatch::Exit;
use super::stack::Frame;
use super::{Raise, Result, Vm};
use crate::bytecode::Op;
use crate::objects::TraceEntry;

impl Vm {
    /// Runs the frame on top of the stack until it ends. `raised` is raised in it first, if given.
    pub(super) fn run(&mut self, raised: Option<Raise>) -> Result<Exit> {
        self.run_down_to(self.stack.frames.len(), raised)
    }

    /// The same of the frame that is the uppermost of `depth` ones: others may lie on it already.
    pub(super) fn run_down_to(&mut self, depth: usize, raised: Option<Raise>) -> Result<Exit> {
        let mut pending = raised;
        loop {
            if let Some(raised) = pending.take() {
                self.unwind(raised, depth)?;
            }
            match self.execute() {
                Ok(exit) => return Ok(exit),
                Err(raised) => pending = Some(raised),
            }
        }
    }

    /// Finds the handler of an exception in the frames down to `depth`, and sets the frame to go on there.
    fn unwind(&mut self, mut raised: Raise, depth: usize) -> Result<()> {
        let mut origin = true;
        loop {
            let Some(frame) = self.stack.frames.last() else { return Err(raised) };
            let code = frame.function().code.clone();
            let instr = frame.instr();
            let op = code.instrs[instr as usize].op;
            if let Some(data) = self.exception_data(&raised.0) {
                if origin && (data.trace.borrow().is_empty() || op == Op::Raise) {
                    self.chain(&raised);
                }
                // A `raise` with nothing to raise again makes an exception of its own, which has been nowhere yet.
                let raises_old = op == Op::RaiseAgain && !data.trace.borrow().is_empty();
                let again = origin && (op == Op::Reraise || raises_old);
                if !again {
                    self.mutate(&data, |data| data.trace.borrow_mut().extend(TraceEntry::of(&code, instr)));
                }
            }
            origin = false;
            let mut handlers = code.handlers.iter().filter(|_| self.stops < 2);
            let handler = handlers.find(|entry| entry.start <= instr && instr < entry.end);
            if let Some(entry) = handler
                && let Some(frame) = self.stack.frames.last_mut()
            {
                let at = frame.here();
                for index in entry.depth..code.register_count {
                    drop(at.take(index));
                }
                at.set(entry.depth, raised.0);
                frame.go_to(entry.handler);
                return Ok(());
            }
            let Some(frame) = self.leave_frame() else { return Err(raised) };
            if frame.is_generator {
                self.end_generator(&frame.keeper);
                raised = self.generator_error(&frame.keeper, raised);
            }
            if self.stack.frames.len() < depth {
                return Err(raised);
            }
        }
    }

    /// Takes the top frame off the stack and empties its registers.
    fn leave_frame(&mut self) -> Option<Frame> {
        let frame = self.stack.frames.pop()?;
        let at = frame.here();
        for index in 0..frame.code().register_count {
            drop(at.take(index));
        }
        Some(frame)
    }
}
