//! The interpreter: one handler for each of the instructions, which are eight bytes.
//!
//! Every operand rule of `bytecode` is kept here: a local is borrowed, a temporary consumed. A handler holds the quick path of
//! its instruction and no more: what it can't do is done by a method of the machine that gets the instruction (`instructions`).
//! It gets the state of the frame on top in registers of the processor, and ends by calling the handler of the next instruction
//! with what has become of that state: direct threading, after Bell, "Threaded code" (1973). The optimizer makes a jump of such
//! a call, because it is the last thing that a handler does and none of them has anything on the native stack then; `build.rs`
//! says where that can be relied on (`cfg(threaded)`). Everywhere else a handler returns instead ([`End::Resting`]), and
//! [`Vm::execute`] calls the next.
//!
//! # Safety
//! Of all handlers and of [`state::State`]: the state describes the frame on top of the stack, of which there is one as long as
//! a handler runs, and whose function keeps the code alive. The compiler's checker (compile/check.rs) proves for every unit
//! that register, constant, name and cache operands are in range, jumps stay inside, and temporaries are written before they
//! are read and read once. Windows of frames never move. So every pointer that a handler makes of them is in bounds, and a
//! register is dropped or overwritten exactly once.
#![expect(
    unsafe_code,
    reason = "registers, constants and caches are reached by index without checks: the compiler made the indices"
)]

mod arithmetic;
mod calls;
mod elsewhere;
mod jumps;
mod loops;
mod natives;
mod state;
mod variables;

use linger_heap::Value;

use super::{Raise, Result, Vm};
use crate::bytecode::{Instr, Op};
use crate::objects::{Code, Function, Generator};
use state::State;

/// How a run of the machine ended.
#[derive(Debug)]
pub(super) enum Exit {
    /// The function returned.
    Returned(Value),
    /// The generator yielded.
    Yielded(Value),
}

/// Why a handler returned. The value or the exception that goes with it was laid aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum End {
    /// The frame on top says what comes next.
    Resting,
    Returned,
    Yielded,
    Raised,
}

/// Declares handlers: `name(state) { ... }`.
macro_rules! handlers_of {
    ($abi:literal, $($(#[$attribute:meta])* $name:ident($state:ident) $body:block)*) => {
        $(
            $(#[$attribute])*
            // What one hands its instruction to must not become a part of it: it would have to save what that needs.
            #[inline(never)]
            #[allow(unused_mut, reason = "some write to their state")]
            pub(super) unsafe extern $abi fn $name(
                vm: &mut crate::vm::Vm,
                pc: *const crate::bytecode::Instr,
                base: *mut linger_heap::Value,
                code: *const crate::objects::Code,
                function: *const crate::objects::Function,
            ) -> End {
                let mut $state = State { vm, pc, base, code, function };
                // SAFETY: see the head of the folder.
                unsafe { $body }
            }
        )*
    };
}
use handlers_of;

// A convention with enough registers for arguments, of which none is kept for the caller, on every system.
#[cfg(target_arch = "x86_64")]
macro_rules! handlers {
    ($($handlers:tt)*) => { $crate::vm::dispatch::handlers_of! { "sysv64-unwind", $($handlers)* } };
}
#[cfg(target_arch = "x86_64")]
pub(super) type Handler =
    unsafe extern "sysv64-unwind" fn(&mut Vm, *const Instr, *mut Value, *const Code, *const Function) -> End;

#[cfg(not(target_arch = "x86_64"))]
macro_rules! handlers {
    ($($handlers:tt)*) => { $crate::vm::dispatch::handlers_of! { "C-unwind", $($handlers)* } };
}
#[cfg(not(target_arch = "x86_64"))]
pub(super) type Handler =
    unsafe extern "C-unwind" fn(&mut Vm, *const Instr, *mut Value, *const Code, *const Function) -> End;

use handlers;

/// The handlers by operation. Each machine has its own copy, which is near where handlers have an address anyway.
pub(super) type Handlers = [Handler; 256];

/// What is behind the last operation is never looked at.
pub(super) static HANDLERS: Handlers = {
    let mut handlers = [variables::nop as Handler; 256];
    let mut number = 0;
    while number <= Op::PutProduct as u8 {
        // SAFETY: operations are numbered without gaps, and this is the last one.
        handlers[number as usize] = handler(unsafe { std::mem::transmute::<u8, Op>(number) });
        number += 1;
    }
    handlers
};

impl Vm {
    /// Runs the frame on top. Returns when the entry frame ends or yields, or an exception needs a handler; the frame on top is
    /// then the one that raised, with its `next` behind the instruction.
    pub(super) fn execute(&mut self) -> Result<Exit> {
        loop {
            // SAFETY: there is a frame on the stack, and its state is its own.
            let end = unsafe { State::on_top(self).enter() };
            match end {
                End::Resting => {}
                End::Returned => return Ok(Exit::Returned(self.take_aside())),
                End::Yielded => return Ok(Exit::Yielded(self.take_aside())),
                End::Raised => return Err(Raise(self.take_aside())),
            }
        }
    }

    /// Leaves a value to the handler, or the end of the run, that comes next.
    #[inline(always)]
    fn lay_aside(&mut self, value: Value) {
        self.lay_aside_at::<0>(value);
    }

    /// The same, at one of several places.
    #[inline(always)]
    fn lay_aside_at<const PLACE: usize>(&mut self, value: Value) {
        // There is nothing to be dropped.
        std::mem::forget(std::mem::replace(&mut self.aside[PLACE], value));
    }

    #[inline(always)]
    fn take_aside(&mut self) -> Value {
        std::mem::take(&mut self.aside[0])
    }

    /// Whether one more call is within the limits.
    #[inline(always)]
    pub(super) fn may_go_deeper(&self) -> bool {
        self.stack.frames.has_room()
    }

    /// Says to the stack what limit of recursion and native calls leave to frames. The host's own call is not counted.
    #[inline(always)]
    pub(crate) fn limit_frames(&mut self) {
        self.stack.frames.allow(self.config.recursion_limit.saturating_add(1).saturating_sub(self.native_depth));
    }

    /// Whether neither the machine nor the generator is in an exception's handler, which would change places as it is resumed.
    #[inline(always)]
    fn is_handling_nothing(&self, generator: &Generator) -> bool {
        self.handled.is_empty() && generator.handled.is_empty()
    }
}

/// The handler of an operation.
const fn handler(op: Op) -> Handler {
    match op {
        Op::Nop | Op::Extra => variables::nop,
        Op::Move => variables::move_,
        Op::Copy => variables::copy,
        Op::LoadConst => variables::load_const,
        Op::LoadInt => variables::load_int,
        Op::Drop => variables::drop_,
        Op::CheckLocal => variables::check_local,
        Op::MakeCell => elsewhere::make_cell,
        Op::LoadCell => variables::load_cell,
        Op::StoreCell => variables::store_cell,
        Op::DeleteCell => elsewhere::delete_cell,
        Op::LoadFree => variables::load_free,
        Op::StoreFree => variables::store_free,
        Op::DeleteFree => elsewhere::delete_free,
        Op::LoadFreeCell => elsewhere::load_free_cell,
        Op::LoadGlobal => variables::load_global,
        Op::StoreGlobal => variables::store_global,
        Op::DeleteGlobal => elsewhere::delete_global,
        Op::LoadName => elsewhere::load_name,
        Op::StoreName => elsewhere::store_name,
        Op::DeleteName => elsewhere::delete_name,
        Op::LoadNameOrFree => elsewhere::load_name_or_free,
        Op::LoadAttr => variables::load_attr,
        Op::StoreAttr => variables::store_attr,
        Op::DeleteAttr => elsewhere::delete_attr,
        Op::LoadMethod => variables::load_method,
        Op::LoadSuperMethod | Op::LoadSuperAttr => elsewhere::load_super,
        Op::GetItem => variables::get_item,
        Op::GetItemInt => variables::get_item_int,
        Op::SetItem => variables::set_item,
        Op::DeleteItem => elsewhere::delete_item,
        Op::BuildSlice => elsewhere::build_slice,
        Op::Add => arithmetic::add,
        Op::Sub => arithmetic::sub,
        Op::Mul => arithmetic::mul,
        Op::Div => arithmetic::div,
        Op::FloorDiv => arithmetic::floor_div,
        Op::Mod => arithmetic::modulo,
        Op::Pow | Op::MatMul | Op::PowK => calls::operator,
        Op::LShift => arithmetic::shift_left,
        Op::RShift => arithmetic::shift_right,
        Op::And => arithmetic::and,
        Op::Or => arithmetic::or,
        Op::Xor => arithmetic::xor,
        Op::AddK => arithmetic::add_k,
        Op::SubK => arithmetic::sub_k,
        Op::MulK => arithmetic::mul_k,
        Op::DivK => arithmetic::div_k,
        Op::FloorDivK => arithmetic::floor_div_k,
        Op::ModK => arithmetic::modulo_k,
        Op::LShiftK => arithmetic::shift_left_k,
        Op::RShiftK => arithmetic::shift_right_k,
        Op::AndK => arithmetic::and_k,
        Op::OrK => arithmetic::or_k,
        Op::XorK => arithmetic::xor_k,
        Op::Neg => arithmetic::negate,
        Op::Pos | Op::Invert => elsewhere::unary,
        Op::Not => arithmetic::not,
        Op::Lt => arithmetic::lt,
        Op::Le => arithmetic::le,
        Op::Gt => arithmetic::gt,
        Op::Ge => arithmetic::ge,
        Op::Eq => arithmetic::eq,
        Op::Ne => arithmetic::ne,
        Op::Is | Op::IsNot => arithmetic::is,
        Op::In | Op::NotIn => elsewhere::contains,
        Op::TestLt => arithmetic::test_lt,
        Op::TestLe => arithmetic::test_le,
        Op::TestGt => arithmetic::test_gt,
        Op::TestGe => arithmetic::test_ge,
        Op::TestEq => arithmetic::test_eq,
        Op::TestNe => arithmetic::test_ne,
        Op::TestIs => arithmetic::test_is,
        Op::TestIn => elsewhere::test_contains,
        Op::TestLtK => arithmetic::test_lt_k,
        Op::TestLeK => arithmetic::test_le_k,
        Op::TestGtK => arithmetic::test_gt_k,
        Op::TestGeK => arithmetic::test_ge_k,
        Op::TestEqK => arithmetic::test_eq_k,
        Op::TestNeK => arithmetic::test_ne_k,
        Op::Jump => jumps::jump,
        Op::Loop => jumps::loop_,
        Op::JumpIfTrue => jumps::jump_if_true,
        Op::JumpIfFalse => jumps::jump_if_false,
        Op::JumpIfTrueKeep => jumps::jump_if_true_keep,
        Op::JumpIfFalseKeep => jumps::jump_if_false_keep,
        Op::JumpIfNone | Op::JumpIfNotNone => jumps::jump_if_none,
        Op::ForPrepare => elsewhere::for_prepare,
        Op::ForNext => loops::for_next,
        Op::ForLoop => loops::for_loop,
        Op::GetIter => elsewhere::get_iter,
        Op::UnpackSequence => variables::unpack_sequence,
        Op::UnpackStar => elsewhere::unpack_star,
        Op::BuildTuple => elsewhere::build_tuple,
        Op::BuildList => elsewhere::build_list,
        Op::BuildSet => elsewhere::build_set,
        Op::BuildDict => elsewhere::build_dict,
        Op::BuildString => elsewhere::build_string,
        Op::ListAppend => elsewhere::list_append,
        Op::ListExtend => elsewhere::list_extend,
        Op::ListToTuple => elsewhere::list_to_tuple,
        Op::SetAdd => elsewhere::set_add,
        Op::SetUpdate => elsewhere::set_update,
        Op::DictSet => elsewhere::dict_set,
        Op::DictUpdate | Op::DictMerge => elsewhere::dict_update,
        Op::Format => elsewhere::format,
        Op::MakeFunction => elsewhere::make_function,
        Op::LoadBuildClass => elsewhere::load_build_class,
        Op::Call => calls::call,
        Op::CallMethod => calls::call_method,
        Op::CallKeywords | Op::CallMethodKeywords => elsewhere::call,
        Op::CallSpread => elsewhere::call_spread,
        Op::Return => calls::return_,
        Op::Raise => elsewhere::raise,
        Op::RaiseAgain => elsewhere::raise_again,
        Op::Reraise => elsewhere::reraise,
        Op::EnterHandler => elsewhere::enter_handler,
        Op::LeaveHandler => elsewhere::leave_handler,
        Op::MatchException => elsewhere::match_exception,
        Op::MatchExceptionGroup => elsewhere::match_exception_group,
        Op::ReraiseStar => elsewhere::reraise_star,
        Op::WithSetup => elsewhere::with_setup,
        Op::ExceptionInfo => elsewhere::exception_info,
        Op::LoadAssertionError => elsewhere::load_assertion_error,
        Op::Import => elsewhere::import,
        Op::ImportFrom => elsewhere::import_from,
        Op::ImportStar => elsewhere::import_star,
        Op::Yield => loops::yield_,
        Op::Send => elsewhere::send,
        Op::GetYieldFromIter => elsewhere::get_yield_from_iter,
        Op::GetAwaitable => elsewhere::get_awaitable,
        Op::GetAIter => elsewhere::get_aiter,
        Op::GetANext => elsewhere::get_anext,
        Op::EndAsyncFor => elsewhere::end_async_for,
        Op::MatchSequence | Op::MatchMapping => elsewhere::match_shape,
        Op::GetLen => elsewhere::get_len,
        Op::MatchKeys => elsewhere::match_keys,
        Op::MatchClass => elsewhere::match_class,
        Op::MatchRest => elsewhere::match_rest,
        Op::TupleItem => elsewhere::tuple_item,
        Op::SetupAnnotations => elsewhere::setup_annotations,
        Op::Load => variables::load,
        Op::PutInt => variables::put_int,
        Op::PutConst => variables::put_const,
        Op::PutGlobal => variables::put_global,
        Op::LoadField => variables::load_field,
        Op::StoreField => variables::store_field,
        Op::LoadItem => variables::load_item,
        Op::PutSum => arithmetic::put_sum,
        Op::PutDifference => arithmetic::put_difference,
        Op::PutProduct => arithmetic::put_product,
    }
}
