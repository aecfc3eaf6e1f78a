//! What each instruction reads, writes and drops, for those who list or check code. The compiler itself does not ask.

use super::unit::{NONE, Reg};
use crate::bytecode::{Instr, Op, YIELD_FROM, YIELD_ONLY};

/// What an instruction does to registers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Effects {
    /// Read; a temporary is consumed.
    pub reads: Vec<Reg>,
    /// Read, and left alone.
    pub keeps: Vec<Reg>,
    /// Dropped.
    pub drops: Vec<Reg>,
    /// Written.
    pub writes: Vec<Reg>,
}

/// Where control goes after an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// On to the next one.
    Next,
    /// To its own offset.
    Jump,
    /// On, or to its own offset.
    Branch,
    /// Over the jump word behind it, or to that one's offset.
    BranchByWord,
    /// To the jump word's offset only.
    JumpByWord,
    /// Nowhere.
    End,
}

fn effects(reads: &[Reg], keeps: &[Reg], drops: &[Reg], writes: &[Reg]) -> Effects {
    Effects { reads: reads.to_vec(), keeps: keeps.to_vec(), drops: drops.to_vec(), writes: writes.to_vec() }
}

fn row(first: Reg, count: u16) -> Vec<Reg> {
    (0..count).map(|at| first + at).collect()
}

/// How many words an instruction takes.
pub(super) fn width(op: Op) -> usize {
    match op {
        Op::CallKeywords | Op::CallMethodKeywords | Op::Import | Op::MatchClass => 2,
        _ => match flow(op) {
            Flow::BranchByWord | Flow::JumpByWord => 2,
            _ => 1,
        },
    }
}

/// Where control goes after an instruction.
pub(super) fn flow(op: Op) -> Flow {
    match op {
        Op::Jump | Op::Loop => Flow::Jump,
        Op::JumpIfTrue
        | Op::JumpIfFalse
        | Op::JumpIfTrueKeep
        | Op::JumpIfFalseKeep
        | Op::JumpIfNone
        | Op::JumpIfNotNone => Flow::Branch,
        Op::TestLt
        | Op::TestLe
        | Op::TestGt
        | Op::TestGe
        | Op::TestEq
        | Op::TestNe
        | Op::TestIs
        | Op::TestIn
        | Op::TestLtK
        | Op::TestLeK
        | Op::TestGtK
        | Op::TestGeK
        | Op::TestEqK
        | Op::TestNeK
        | Op::ForNext
        | Op::ForLoop
        | Op::Send
        | Op::MatchSequence
        | Op::MatchMapping => Flow::BranchByWord,
        Op::EndAsyncFor => Flow::JumpByWord,
        Op::Return | Op::Raise | Op::RaiseAgain | Op::Reraise => Flow::End,
        _ => Flow::Next,
    }
}

/// Whether the machine writes the results of an instruction as it writes temporaries, without a look at what they hold.
pub(super) fn writes_temporary(op: Op) -> bool {
    matches!(op, Op::LoadMethod | Op::LoadSuperMethod)
}

/// Whether the machine takes the operands of an instruction as it takes temporaries, without a look at what they are.
pub(super) fn reads_temporaries(op: Op) -> bool {
    matches!(op, Op::BuildTuple)
}

/// What an instruction does to registers, if it jumps (`taken`) or goes on.
pub(super) fn register_effects(instr: Instr, taken: bool) -> Effects {
    let Instr { op, x, a, b, c } = instr;
    match op {
        Op::Nop | Op::Jump | Op::Loop | Op::Extra | Op::RaiseAgain | Op::SetupAnnotations => Effects::default(),
        Op::Move => effects(&[b], &[], &[], &[a]),
        Op::Copy => effects(&[], &[b], &[], &[a]),
        Op::LoadConst
        | Op::LoadInt
        | Op::LoadFree
        | Op::LoadFreeCell
        | Op::LoadGlobal
        | Op::LoadName
        | Op::LoadNameOrFree
        | Op::LoadBuildClass
        | Op::LoadAssertionError
        | Op::Import => effects(&[], &[], &[], &[a]),
        Op::Drop => effects(&[], &[], &[a], &[]),
        Op::CheckLocal | Op::DeleteCell => effects(&[], &[a], &[], &[]),
        Op::MakeCell => effects(&[], &[], &[], &[a]),
        Op::LoadCell => effects(&[], &[b], &[], &[a]),
        Op::StoreCell => effects(&[b], &[a], &[], &[]),
        Op::StoreFree => effects(&[b], &[], &[], &[]),
        Op::DeleteFree | Op::DeleteGlobal | Op::DeleteName => Effects::default(),
        Op::StoreGlobal | Op::StoreName | Op::DeleteAttr | Op::Return | Op::Reraise | Op::ImportStar => {
            effects(&[a], &[], &[], &[])
        }
        Op::LoadAttr | Op::GetItemInt | Op::GetIter | Op::GetYieldFromIter | Op::GetAwaitable | Op::GetAIter => {
            effects(&[b], &[], &[], &[a])
        }
        Op::ListToTuple if x == 1 => effects(&[b], &[c], &[], &[a]),
        Op::ListToTuple => effects(&[b], &[], &[], &[a]),
        Op::StoreAttr | Op::DeleteItem => effects(&[a, b], &[], &[], &[]),
        Op::LoadMethod => effects(&[b], &[], &[], &[a, a + 1]),
        Op::WithSetup => effects(&[b], &[], &[], &row(a, 4)),
        Op::LoadSuperMethod => effects(&[b, b + 1], &[], &[], &[a, a + 1]),
        Op::LoadSuperAttr => effects(&[b, b + 1], &[], &[], &[a]),
        Op::GetItem
        | Op::Add
        | Op::Sub
        | Op::Mul
        | Op::Div
        | Op::FloorDiv
        | Op::Mod
        | Op::Pow
        | Op::MatMul
        | Op::LShift
        | Op::RShift
        | Op::And
        | Op::Or
        | Op::Xor
        | Op::Lt
        | Op::Le
        | Op::Gt
        | Op::Ge
        | Op::Eq
        | Op::Ne
        | Op::Is
        | Op::IsNot
        | Op::In
        | Op::NotIn => effects(&[b, c], &[], &[], &[a]),
        Op::SetItem => effects(&[a, b, c], &[], &[], &[]),
        Op::BuildSlice => effects(&row(b, 3), &[], &[], &[a]),
        Op::AddK
        | Op::SubK
        | Op::MulK
        | Op::DivK
        | Op::FloorDivK
        | Op::ModK
        | Op::PowK
        | Op::LShiftK
        | Op::RShiftK
        | Op::AndK
        | Op::OrK
        | Op::XorK
        | Op::Neg
        | Op::Pos
        | Op::Invert
        | Op::Not => effects(&[b], &[], &[], &[a]),
        Op::TestLt | Op::TestLe | Op::TestGt | Op::TestGe | Op::TestEq | Op::TestNe | Op::TestIs | Op::TestIn => {
            effects(&[a, b], &[], &[], &[])
        }
        Op::TestLtK
        | Op::TestLeK
        | Op::TestGtK
        | Op::TestGeK
        | Op::TestEqK
        | Op::TestNeK
        | Op::JumpIfTrue
        | Op::JumpIfFalse
        | Op::JumpIfNone
        | Op::JumpIfNotNone => effects(&[a], &[], &[], &[]),
        Op::JumpIfTrueKeep | Op::JumpIfFalseKeep if taken => effects(&[], &[a], &[], &[]),
        Op::JumpIfTrueKeep | Op::JumpIfFalseKeep => effects(&[], &[], &[a], &[]),
        // The loop's first temporary stands for all three: dropping it ends the loop.
        Op::ForPrepare => effects(&[b], &[], &[], &[a]),
        Op::ForNext | Op::ForLoop if taken == (op == Op::ForNext) => effects(&[], &[], &[b], &[]),
        Op::ForNext | Op::ForLoop => effects(&[], &[b], &[], &[a]),
        Op::UnpackSequence => effects(&[b], &[], &[], &row(a, c)),
        Op::UnpackStar => effects(&[b], &[], &[], &row(a, (c & 0xff) + 1 + (c >> 8))),
        Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString => effects(&row(b, c), &[], &[], &[a]),
        Op::BuildDict => effects(&row(b, c * 2), &[], &[], &[a]),
        Op::ListExtend if x == 1 => effects(&[b], &[a, c], &[], &[]),
        Op::ListAppend | Op::ListExtend | Op::SetAdd | Op::SetUpdate | Op::DictUpdate => effects(&[b], &[a], &[], &[]),
        Op::DictSet => effects(&[b, c], &[a], &[], &[]),
        Op::DictMerge => effects(&[b], &[a, c], &[], &[]),
        Op::Format if c == NONE => effects(&[b], &[], &[], &[a]),
        Op::Format => effects(&[b, c], &[], &[], &[a]),
        Op::MakeFunction => {
            let reads: Vec<Reg> = (0..4).filter(|bit| x >> bit & 1 != 0).map(|bit| c + bit).collect();
            effects(&reads, &[], &[], &[a])
        }
        Op::Call | Op::CallKeywords => effects(&row(b, c + 1), &[], &[], &[a]),
        Op::CallMethod | Op::CallMethodKeywords => effects(&row(b, c + 2), &[], &[], &[a]),
        Op::CallSpread => effects(&row(b, 2 + u16::from(x)), &[], &[], &[a]),
        Op::Raise if b == NONE => effects(&[a], &[], &[], &[]),
        Op::Raise => effects(&[a, b], &[], &[], &[]),
        Op::EnterHandler => effects(&[], &[a], &[], &[a + 1]),
        Op::LeaveHandler => effects(&[], &[], &[a, a + 1], &[]),
        Op::MatchException => effects(&[c], &[b], &[], &[a]),
        Op::MatchExceptionGroup => effects(&[c], &[b], &[], &[a, a + 1]),
        Op::ReraiseStar => effects(&[b], &[c], &[], &[a]),
        Op::ExceptionInfo => effects(&[], &[b], &[], &row(a, 3)),
        Op::ImportFrom | Op::GetANext | Op::GetLen | Op::TupleItem => effects(&[], &[b], &[], &[a]),
        Op::Yield if x == YIELD_FROM => effects(&[b], &[c], &[], &[a]),
        Op::Yield if x == YIELD_ONLY => effects(&[b], &[], &[], &[]),
        Op::Yield => effects(&[b], &[], &[], &[a]),
        Op::Send if taken => effects(&[a], &[], &[b], &[a]),
        Op::Send => effects(&[a], &[b], &[], &[a]),
        Op::EndAsyncFor => effects(&[a], &[], &[b], &[]),
        Op::MatchSequence | Op::MatchMapping => effects(&[], &[a], &[], &[]),
        Op::MatchKeys | Op::MatchRest => effects(&[], &[b, c], &[], &[a]),
        Op::MatchClass => effects(&[c], &[b], &[], &[a]),
        Op::Load
        | Op::PutInt
        | Op::PutConst
        | Op::PutGlobal
        | Op::LoadField
        | Op::StoreField
        | Op::LoadItem
        | Op::PutSum
        | Op::PutDifference
        | Op::PutProduct => register_effects(Instr { op: op.general(), ..instr }, taken),
    }
}

/// How the operands of an instruction are shown: a letter for each. `r` register, `k` constant, `n` name, `h` cache, `i` integer,
/// `f` captured variable, `K` wide constant, `I` wide integer, `J` offset, `-` nothing.
pub(super) fn layout(op: Op) -> &'static str {
    match op {
        Op::Nop | Op::RaiseAgain | Op::SetupAnnotations | Op::Extra => "---",
        Op::LoadConst => "rK-",
        Op::LoadInt => "rI-",
        Op::Jump | Op::Loop => "-J-",
        Op::JumpIfTrue
        | Op::JumpIfFalse
        | Op::JumpIfTrueKeep
        | Op::JumpIfFalseKeep
        | Op::JumpIfNone
        | Op::JumpIfNotNone => "rJ-",
        Op::LoadFree | Op::LoadFreeCell => "rf-",
        Op::StoreFree => "fr-",
        Op::DeleteFree => "f--",
        Op::LoadGlobal => "r-h",
        Op::StoreGlobal | Op::LoadName | Op::StoreName | Op::Import => "rn-",
        Op::DeleteGlobal | Op::DeleteName => "-n-",
        Op::LoadNameOrFree => "rnf",
        Op::LoadAttr | Op::StoreAttr | Op::LoadMethod | Op::LoadSuperMethod | Op::LoadSuperAttr => "rrh",
        Op::DeleteAttr => "r-h",
        Op::GetItemInt
        | Op::UnpackSequence
        | Op::UnpackStar
        | Op::BuildTuple
        | Op::BuildList
        | Op::BuildSet
        | Op::BuildDict
        | Op::BuildString
        | Op::Call
        | Op::CallMethod
        | Op::CallKeywords
        | Op::CallMethodKeywords
        | Op::TupleItem => "rri",
        Op::AddK
        | Op::SubK
        | Op::MulK
        | Op::DivK
        | Op::FloorDivK
        | Op::ModK
        | Op::PowK
        | Op::LShiftK
        | Op::RShiftK
        | Op::AndK
        | Op::OrK
        | Op::XorK => "rrk",
        Op::TestLtK | Op::TestLeK | Op::TestGtK | Op::TestGeK | Op::TestEqK | Op::TestNeK => "rk-",
        Op::ImportFrom => "rrn",
        Op::MakeFunction => "rkr",
        Op::Drop
        | Op::CheckLocal
        | Op::MakeCell
        | Op::DeleteCell
        | Op::Return
        | Op::Reraise
        | Op::EnterHandler
        | Op::LeaveHandler
        | Op::LoadBuildClass
        | Op::LoadAssertionError
        | Op::ImportStar
        | Op::MatchSequence
        | Op::MatchMapping => "r--",
        Op::Move
        | Op::Copy
        | Op::LoadCell
        | Op::StoreCell
        | Op::BuildSlice
        | Op::DeleteItem
        | Op::Neg
        | Op::Pos
        | Op::Invert
        | Op::Not
        | Op::TestLt
        | Op::TestLe
        | Op::TestGt
        | Op::TestGe
        | Op::TestEq
        | Op::TestNe
        | Op::TestIs
        | Op::TestIn
        | Op::ForPrepare
        | Op::ForNext
        | Op::ForLoop
        | Op::GetIter
        | Op::ListAppend
        | Op::ListExtend
        | Op::ListToTuple
        | Op::SetAdd
        | Op::SetUpdate
        | Op::DictUpdate
        | Op::CallSpread
        | Op::Raise
        | Op::WithSetup
        | Op::ExceptionInfo
        | Op::Send
        | Op::GetYieldFromIter
        | Op::GetAwaitable
        | Op::GetAIter
        | Op::GetANext
        | Op::EndAsyncFor
        | Op::GetLen
        | Op::Yield => "rr-",
        _ => "rrr",
    }
}
