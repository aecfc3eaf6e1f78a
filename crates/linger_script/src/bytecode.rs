//! The instruction set and the unit of code that the compiler hands to the virtual machine. Plain data: no heap, no values.
//!
//! # Registers
//! A frame has `register_count` registers. The first `local_count` are **locals** (parameters first, in the order positional,
//! keyword-only, `*args`, `**kwargs`; then other locals and cells); the rest are **temporaries**.
//!
//! * Reading a local borrows it. Reading a temporary **consumes** it: the instruction takes its value out. So a temporary is read
//!   exactly once, as a stack entry would be; what is needed twice is duplicated with [`Op::Copy`]. Exceptions are marked
//!   *(kept)* below.
//! * Writing a local drops its old value. Writing a temporary assumes that it holds no object.
//! * A read local is bound: where it might not be, the compiler emits [`Op::CheckLocal`] first.
//! * Before [`Op::Return`] the compiler drops every live temporary (iterators of enclosing `for` loops, and so on).
//!
//! # Jumps
//! A jump is relative to the instruction after the one that carries the offset: [`Instr::offset`] is 32 bits over `b` and `c`.
//! Ops marked *(+jump)* are followed by an [`Op::Jump`] word that they read themselves.

use crate::constants::Const;

/// The `x` of a [`Op::Yield`] in a `yield from` or `await`.
pub const YIELD_FROM: u8 = 1;
/// The `x` of a [`Op::Yield`] of which nobody takes what is sent.
pub const YIELD_ONLY: u8 = 2;

/// Declares [`Op`] and lists it.
macro_rules! operations {
    ($(#[$about:meta])* pub enum Op { $($(#[$doc:meta])* $name:ident,)* }) => {
        $(#[$about])*
        pub enum Op { $($(#[$doc])* $name,)* }

        impl Op {
            /// All operations, each at its number.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];
        }
    };
}

operations! {
/// Operations. `a`, `b`, `c` are the operand fields, `x` is a byte of flags; `R` are registers, `K` constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[rustfmt::skip]
pub enum Op {
    /// Does nothing.
    Nop,
    /// `R[a] = R[b]`.
    Move,
    /// `R[a] = R[b]`, and `R[b]` stays, even if it is a temporary.
    Copy,
    /// `R[a] = K[wide]`, where `wide` is `b` and `c` as 32 bits.
    LoadConst,
    /// `R[a] = wide` as a signed integer.
    LoadInt,
    /// Drops `R[a]`: `del` of a local, or the end of a temporary. The register is empty then.
    Drop,
    /// Raises `UnboundLocalError` if local `a` is empty; with `x` = 1 the `NameError` of a free variable, which it is to an inlined comprehension.
    CheckLocal,
    /// `R[a] = cell(R[a])`: a local that inner functions capture. An unbound local gives an empty cell.
    MakeCell,
    /// `R[a] = R[b].contents`, where local `b` holds a cell; raises as [`Op::CheckLocal`] if empty, with the same `x`.
    LoadCell,
    /// `R[a].contents = R[b]`, where local `a` holds a cell.
    StoreCell,
    /// Empties the cell in local `a`; raises if it is empty already.
    DeleteCell,
    /// `R[a]` = contents of captured variable `b`; raises `NameError` if empty.
    LoadFree,
    /// Contents of captured variable `a` = `R[b]`.
    StoreFree,
    /// Empties captured variable `a`.
    DeleteFree,
    /// `R[a]` = the cell of captured variable `b`, for an inner closure.
    LoadFreeCell,
    /// `R[a]` = the global or builtin of cache `c`.
    LoadGlobal,
    /// Global of name `b` = `R[a]`.
    StoreGlobal,
    /// Deletes the global of name `b`.
    DeleteGlobal,
    /// `R[a]` = name `b` from the frame's namespace, else globals, else builtins (class bodies, `exec`).
    LoadName,
    /// Name `b` of the frame's namespace = `R[a]`.
    StoreName,
    /// Deletes name `b` from the frame's namespace.
    DeleteName,
    /// `R[a]` = name `b` from the frame's namespace, else the contents of captured variable `c` (class bodies).
    LoadNameOrFree,
    /// `R[a] = R[b].name`, by cache `c`.
    LoadAttr,
    /// `R[a].name = R[b]`, by cache `c`.
    StoreAttr,
    /// `del R[a].name`, by cache `c`.
    DeleteAttr,
    /// For `R[b].name(...)`, by cache `c`: `R[a]` = function and `R[a+1]` = self, or `R[a]` = callable and `R[a+1]` empty.
    LoadMethod,
    /// For `super().name(...)`, by cache `c`: as [`Op::LoadMethod`] with `R[b]` = the class, `R[b+1]` = self.
    LoadSuperMethod,
    /// `R[a] = super().name`, by cache `c`: `R[b]` = the class, `R[b+1]` = self.
    LoadSuperAttr,
    /// `R[a] = R[b][R[c]]`.
    GetItem,
    /// `R[a] = R[b][c]`, where `c` is a signed 16-bit integer.
    GetItemInt,
    /// `R[a][R[b]] = R[c]`.
    SetItem,
    /// `del R[a][R[b]]`.
    DeleteItem,
    /// `R[a] = slice(R[b], R[b+1], R[b+2])`.
    BuildSlice,

    // Binary operations: `R[a] = R[b] op R[c]`; with `x` = 1 in place (`+=`: tries `__iadd__` first).
    /// `+`
    Add, /// `-`
    Sub, /// `*`
    Mul, /// `/`
    Div, /// `//`
    FloorDiv, /// `%`
    Mod, /// `**`
    Pow, /// `@`
    MatMul, /// `<<`
    LShift, /// `>>`
    RShift, /// `&`
    And, /// `|`
    Or, /// `^`
    Xor,
    // The same with a constant on the right: `R[a] = R[b] op K[c]`.
    /// `+`
    AddK, /// `-`
    SubK, /// `*`
    MulK, /// `/`
    DivK, /// `//`
    FloorDivK, /// `%`
    ModK, /// `**`
    PowK, /// `<<`
    LShiftK, /// `>>`
    RShiftK, /// `&`
    AndK, /// `|`
    OrK, /// `^`
    XorK,
    // Unary operations: `R[a] = op R[b]`.
    /// `-`
    Neg, /// `+`
    Pos, /// `~`
    Invert, /// `not`
    Not,
    // Comparisons: `R[a] = R[b] op R[c]`.
    /// `<`
    Lt, /// `<=`
    Le, /// `>`
    Gt, /// `>=`
    Ge, /// `==`
    Eq, /// `!=`
    Ne, /// `is`
    Is, /// `is not`
    IsNot, /// `in`
    In, /// `not in`
    NotIn,
    // Tests *(+jump)*: jump if `(R[a] op R[b])` is `x` (0 or 1), else go on behind the jump word.
    /// `<`
    TestLt, /// `<=`
    TestLe, /// `>`
    TestGt, /// `>=`
    TestGe, /// `==`
    TestEq, /// `!=`
    TestNe, /// `is`
    TestIs, /// `in`
    TestIn,
    // The same with a constant on the right: `K[b]`.
    /// `<`
    TestLtK, /// `<=`
    TestLeK, /// `>`
    TestGtK, /// `>=`
    TestGeK, /// `==`
    TestEqK, /// `!=`
    TestNeK,

    /// Jumps by the offset.
    Jump,
    /// A [`Op::Jump`] back to the head of a loop: counts against the instruction limit.
    Loop,
    /// Jumps if `R[a]` is true.
    JumpIfTrue,
    /// Jumps if `R[a]` is false.
    JumpIfFalse,
    /// Jumps if `R[a]` is true, and keeps it then; drops it otherwise (`a` is a temporary).
    JumpIfTrueKeep,
    /// Jumps if `R[a]` is false, and keeps it then; drops it otherwise (`a` is a temporary).
    JumpIfFalseKeep,
    /// Jumps if `R[a]` is `None`.
    JumpIfNone,
    /// Jumps if `R[a]` is not `None`.
    JumpIfNotNone,

    /// Prepares a `for` loop over `R[b]` in the three temporaries `R[a..a+3]`, which the loop owns; with `x` it is an iterator.
    ForPrepare,
    /// *(+jump)* Next item of the loop in `R[b..b+3]` *(kept)* to `R[a]`; at the end drops `R[b]` and jumps. (On `break` the compiler emits `Drop b`.)
    ForNext,
    /// *(+jump)* As [`Op::ForNext`] at the end of a loop's body: jumps back to its start with the next item, and goes on without it
    /// at the end. Counts against the instruction limit.
    ForLoop,
    /// `R[a] = iter(R[b])` as an object: the first argument of a generator expression.
    GetIter,
    /// Unpacks `R[b]` into the `c` registers `R[a..a+c]`, all temporaries or all locals, first item in `R[a]`.
    UnpackSequence,
    /// Unpacks `R[b]` with a star: `c & 0xff` items before it, `c >> 8` after; the list for the star lies between them.
    UnpackStar,

    /// `R[a] = (R[b], ..., R[b+c-1])`.
    BuildTuple,
    /// `R[a] = [R[b], ..., R[b+c-1]]`.
    BuildList,
    /// `R[a] = {R[b], ..., R[b+c-1]}`.
    BuildSet,
    /// `R[a] = {R[b]: R[b+1], ...}` of `c` pairs.
    BuildDict,
    /// `R[a] = "".join(R[b], ..., R[b+c-1])` of strings and integers.
    BuildString,
    /// Appends `R[b]` to the list `R[a]` *(kept)*.
    ListAppend,
    /// Appends every item of `R[b]` to the list `R[a]` *(kept)*.
    ListExtend,
    /// `R[a] = tuple(R[b])` of a list that nobody else has; with `x` = 1 of any iterable, the arguments of a call.
    ListToTuple,
    /// Adds `R[b]` to the set `R[a]` *(kept)*.
    SetAdd,
    /// Adds every item of `R[b]` to the set `R[a]` *(kept)*.
    SetUpdate,
    /// `R[a][R[b]] = R[c]` in the dict `R[a]` *(kept)*.
    DictSet,
    /// Adds every entry of the mapping `R[b]` to the dict `R[a]` *(kept)*.
    DictUpdate,
    /// As [`Op::DictUpdate`], for `**kwargs` of the call whose callable is `R[c]` *(kept)*: string keys only, no key twice.
    DictMerge,
    /// `R[a] = format(R[b], R[c])`, where `c` = 0xffff means no format; `x` = 0 nothing, 1 `str`, 2 `repr`, 3 `ascii` first; 4 nothing, and an
    /// integer may stay one, for [`Op::BuildString`].
    Format,

    /// `R[a]` = function of code `K[b]`. Flags in `x`, each taking its value from a temporary: 1 = tuple of defaults in `R[c]`,
    /// 2 = dict of keyword-only defaults in `R[c+1]`, 4 = dict of annotations in `R[c+2]`, 8 = closure, a tuple of cells, in `R[c+3]`.
    MakeFunction,
    /// `R[a] = __build_class__`: called with the body's function, the name, the bases and keywords.
    LoadBuildClass,
    /// `R[a]` = call of `R[b]` with the `c` arguments `R[b+1..]`.
    Call,
    /// `R[a]` = call of `R[b]`, self `R[b+1]` or empty, with the `c` arguments `R[b+2..]`.
    CallMethod,
    /// As [`Op::Call`], `c` counts all arguments; the [`Op::Extra`] word behind has in `b|c` the constant of the names of the last ones (a tuple of strings).
    CallKeywords,
    /// As [`Op::CallMethod`] with keywords, as above.
    CallMethodKeywords,
    /// `R[a]` = call of `R[b]` with the tuple `R[b+1]` of arguments and, if `x` = 1, the dict `R[b+2]` of keywords.
    CallSpread,
    /// Operands of the instruction before.
    Extra,
    /// Returns `R[a]`.
    Return,

    /// Raises `R[a]`, from `R[b]` unless `b` = 0xffff.
    Raise,
    /// Raises the exception being handled once more (`raise` alone).
    RaiseAgain,
    /// Goes on raising the exception in `R[a]`, which was caught to run clean-up code; its traceback does not grow here.
    Reraise,
    /// At the start of a handler, whose table entry put the exception into `R[a]`: makes it the one being handled, and keeps the one before in `R[a+1]`.
    EnterHandler,
    /// Ends the handler of `R[a]`: drops it, and what `R[a+1]` holds is being handled again.
    LeaveHandler,
    /// `R[a]` = whether the exception `R[b]` *(kept)* is one of the class or tuple `R[c]`; raises `TypeError` for what is neither.
    MatchException,
    /// For `except*`: splits `R[b]` *(kept)* by the class or tuple `R[c]`: `R[a]` = the part that matches or None, `R[a+1]` = the rest or None.
    MatchExceptionGroup,
    /// For `except*`: `R[a]` = what must still be raised, of the list `R[b]` of the rest and what handlers raised, and the original `R[c]` *(kept)*; None if nothing.
    ReraiseStar,
    /// For `with R[b]`: `R[a], R[a+1]` = its exit method and what goes in front of the arguments, as [`Op::LoadMethod`] has them,
    /// `R[a+2], R[a+3]` = its enter method likewise; `x` = 1 takes the asynchronous ones.
    WithSetup,
    /// `R[a], R[a+1], R[a+2]` = type, value and traceback of the exception `R[b]` *(kept)*.
    ExceptionInfo,
    /// `R[a] = AssertionError`.
    LoadAssertionError,

    /// `R[a]` = import of name `b`; the [`Op::Extra`] word behind has the level in `a` and in `b|c` the constant of the names wanted (a tuple, or `None`).
    Import,
    /// `R[a]` = attribute or submodule of name `c` of the module `R[b]` *(kept)*.
    ImportFrom,
    /// Puts all public names of the module `R[a]` into the namespace.
    ImportStar,

    /// Yields `R[b]`; `R[a]` = what is sent. `x` = [`YIELD_FROM`]: in a `yield from` or `await` over `R[c]`, to which `throw` and
    /// `close` go. `x` = [`YIELD_ONLY`]: what is sent goes nowhere.
    Yield,
    /// *(+jump)* Sends `R[a]` to the iterator `R[b]` *(kept)*; `R[a]` = what it yields. When it ends, `R[a]` = its value, `R[b]` is dropped, and it jumps.
    Send,
    /// `R[a]` = the iterator for `yield from R[b]`.
    GetYieldFromIter,
    /// `R[a]` = the iterator for `await R[b]`; `x` = 1: of `__aenter__`, 2: of `__aexit__` (for the error's text).
    GetAwaitable,
    /// `R[a] = aiter(R[b])`.
    GetAIter,
    /// `R[a]` = awaitable of the next item of `R[b]` *(kept)*.
    GetANext,
    /// *(+jump)* In the handler of an `async for` whose iterator is `R[b]` and whose exception is `R[a]`: a `StopAsyncIteration` drops both and jumps; another goes on being raised.
    EndAsyncFor,

    /// *(+jump)* Jumps unless `R[a]` *(kept)* is a sequence for a pattern.
    MatchSequence,
    /// *(+jump)* Jumps unless `R[a]` *(kept)* is a mapping for a pattern.
    MatchMapping,
    /// `R[a] = len(R[b])`, `R[b]` *(kept)*.
    GetLen,
    /// `R[a]` = tuple of the values of the mapping `R[b]` *(kept)* for the keys in the tuple `R[c]` *(kept)*, or `None` if one is missing.
    MatchKeys,
    /// `R[a]` = tuple of the attributes of `R[b]` *(kept)* for the class `R[c]`, or `None`; the [`Op::Extra`] word behind has the number of positional patterns in `a` and in `b|c` the constant of keyword names.
    MatchClass,
    /// `R[a]` = a dict of the entries of the mapping `R[b]` *(kept)* without the keys in the tuple `R[c]`.
    MatchRest,
    /// `R[a] = R[b]` as a list element index `c` of a tuple *(kept)*: no checks; for the values of patterns.
    TupleItem,
    /// Makes sure that the namespace has `__annotations__`.
    SetupAnnotations,

    // Forms of the above, which the machine chooses by the operands when it links code: no look at run time whether a register is
    // a local's or a temporary.
    /// [`Op::Move`] of a local to a temporary.
    Load,
    /// [`Op::LoadInt`] to a temporary.
    PutInt,
    /// [`Op::LoadConst`] to a temporary.
    PutConst,
    /// [`Op::LoadGlobal`] to a temporary.
    PutGlobal,
    /// [`Op::LoadAttr`] of a local to a temporary.
    LoadField,
    /// [`Op::StoreAttr`] of a local from a temporary.
    StoreField,
    /// [`Op::GetItem`] of a local to a temporary.
    LoadItem,
    /// [`Op::Add`] to a temporary.
    PutSum,
    /// [`Op::Sub`] to a temporary.
    PutDifference,
    /// [`Op::Mul`] to a temporary.
    PutProduct,
}
}

/// An instruction: eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Instr {
    /// The operation.
    pub op: Op,
    /// Flags.
    pub x: u8,
    /// First operand.
    pub a: u16,
    /// Second operand.
    pub b: u16,
    /// Third operand.
    pub c: u16,
}

impl Op {
    /// The operation that this is a form of: itself for most.
    pub fn general(self) -> Op {
        match self {
            Op::Load => Op::Move,
            Op::PutInt => Op::LoadInt,
            Op::PutConst => Op::LoadConst,
            Op::PutGlobal => Op::LoadGlobal,
            Op::LoadField => Op::LoadAttr,
            Op::StoreField => Op::StoreAttr,
            Op::LoadItem => Op::GetItem,
            Op::PutSum => Op::Add,
            Op::PutDifference => Op::Sub,
            Op::PutProduct => Op::Mul,
            op => op,
        }
    }
}

impl Instr {
    /// The instruction in the form that fits its operands, in code with so many locals.
    pub fn specialized(self, local_count: u16) -> Instr {
        let (a, b) = (self.a < local_count, self.b < local_count);
        let op = match self.op {
            Op::Move if !a && b => Op::Load,
            Op::LoadInt if !a => Op::PutInt,
            Op::LoadConst if !a => Op::PutConst,
            Op::LoadGlobal if !a => Op::PutGlobal,
            Op::LoadAttr if !a && b => Op::LoadField,
            Op::StoreAttr if a && !b => Op::StoreField,
            Op::GetItem if !a && b => Op::LoadItem,
            Op::Add if !a => Op::PutSum,
            Op::Sub if !a => Op::PutDifference,
            Op::Mul if !a => Op::PutProduct,
            op => op,
        };
        Instr { op, ..self }
    }

    /// An instruction of three operands.
    pub fn new(op: Op, a: u16, b: u16, c: u16) -> Instr {
        Instr { op, x: 0, a, b, c }
    }

    /// An instruction of one operand and 32 bits.
    pub fn wide(op: Op, a: u16, wide: u32) -> Instr {
        Instr { op, x: 0, a, b: wide as u16, c: (wide >> 16) as u16 }
    }

    /// `b` and `c` as 32 bits.
    #[inline(always)]
    pub fn wide_operand(self) -> u32 {
        u32::from(self.b) | u32::from(self.c) << 16
    }

    /// `b` and `c` as a signed jump.
    #[inline(always)]
    pub fn offset(self) -> i32 {
        self.wide_operand() as i32
    }
}

/// What a unit of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// A module, or a string given to `exec`.
    Module,
    /// A function or lambda.
    Function,
    /// The body of a class.
    Class,
    /// A comprehension or generator expression compiled as a function of one argument, its first iterator.
    Comprehension,
    /// A single expression given to `eval`.
    Expression,
}

/// A range of instructions with a handler: on an exception raised by one of `start..end`, temporaries from `depth` on are
/// dropped, the exception goes to `R[depth]`, and execution goes on at `handler`. The first entry that fits is taken: inner ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandlerEntry {
    /// First instruction covered.
    pub start: u32,
    /// First instruction not covered any more.
    pub end: u32,
    /// Where the handler starts.
    pub handler: u32,
    /// The register for the exception; those from it on are dropped.
    pub depth: u16,
}

/// The place of an instruction in the source, as byte offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

/// The instructions of a comprehension that runs in the frame around it. In tracebacks it has a frame of its own, as in CPython.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inlined {
    /// First instruction of its own.
    pub start: u32,
    /// First instruction that is not its own any more.
    pub end: u32,
    /// `<listcomp>`, `<setcomp>` or `<dictcomp>`.
    pub name: &'static str,
    /// The whole of it, which is what the frame around it is at meanwhile.
    pub span: Span,
}

/// A compiled module, function or class body.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeUnit {
    /// What it is.
    pub kind: CodeKind,
    /// Its name: `f`, `<module>`, `<lambda>`, `<listcomp>`.
    pub name: String,
    /// Its qualified name: `C.f`, `f.<locals>.g`.
    pub qualname: String,
    /// The line that it starts in, from 1. For a decorated function, that of the first decorator.
    pub first_line: u32,
    /// Positional parameters, those before `/` included.
    pub positional_count: u16,
    /// Positional parameters before `/`.
    pub positional_only_count: u16,
    /// Keyword-only parameters.
    pub keyword_only_count: u16,
    /// Whether it has `*args`.
    pub has_varargs: bool,
    /// Whether it has `**kwargs`.
    pub has_varkeywords: bool,
    /// Whether calling it makes a generator.
    pub is_generator: bool,
    /// Whether calling it makes a coroutine (with `is_generator`: an asynchronous generator).
    pub is_coroutine: bool,
    /// Whether it may return `NotImplemented`, as far as its text tells.
    pub declines: bool,
    /// Names of the locals, in the order of their registers. Registers of inlined comprehensions are named after their variables.
    pub local_names: Vec<String>,
    /// Which locals hold a cell (after the [`Op::MakeCell`] at the unit's start).
    pub cell_locals: Vec<u16>,
    /// Names of captured variables, in the order of the closure's tuple.
    pub free_names: Vec<String>,
    /// All registers.
    pub register_count: u16,
    /// Instructions.
    pub instrs: Vec<Instr>,
    /// The source of each instruction.
    pub spans: Vec<Span>,
    /// Constants.
    pub consts: Vec<Const>,
    /// Names of globals and attributes.
    pub names: Vec<String>,
    /// The name (an index into `names`) of each inline cache.
    pub caches: Vec<u32>,
    /// Exception handlers, inner ones first.
    pub handlers: Vec<HandlerEntry>,
    /// Comprehensions within, inner ones first.
    pub inlined: Vec<Inlined>,
    /// The docstring.
    pub doc: Option<String>,
    /// Of a whole text: what is to be warned of, and the line.
    pub warnings: Vec<(String, u32)>,
}

impl CodeUnit {
    /// The number of locals.
    pub fn local_count(&self) -> u16 {
        self.local_names.len() as u16
    }
}
