//! What handlers leave to others: instructions that are rare, or the part of an instruction beyond its quick path.
//!
//! Each function here gets one instruction of the frame on top, whose `next` is saved, and carries it out whole. By the operand
//! rules of `bytecode` a local is borrowed and a temporary consumed. Finalizers that this asks for are run by the handler. None may
//! become a part of its handler (`#[inline(never)]`): what it keeps on the native stack would stay there while the next handler runs.

mod attributes;
mod build;
mod calls;
mod exceptions;
mod items;
mod loops;
mod names;
mod operators;
mod patterns;
mod quick_calls;
mod suspend;
mod texts;

use super::Vm;

impl Vm {
    /// Notes the allocation site of the instruction that the frame on top is at.
    #[inline(always)]
    pub(in crate::vm) fn note_site(&self) {
        self.heap.set_site(self.stack.current_site());
    }
}
