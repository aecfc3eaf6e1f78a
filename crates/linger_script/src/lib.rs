//! A small, fast Python for games: source is parsed (by Ruff's parser), compiled to register bytecode and run by a virtual
//! machine whose objects live in a [`linger_heap::Heap`], where they are counted, and found when they linger.
//!
//! A host makes a [`Vm`], gives it a resolver for imports and functions to call, loads modules and calls their functions. Knows
//! nothing of Bevy, files or processes.

mod builtins;
mod bytecode;
mod compile;
mod constants;
mod describe;
mod host;
mod kept;
mod modules;
mod objects;
mod parse;
mod pure;
mod stored;
mod vm;

pub use host::{ScriptError, check_source};
pub use kept::Kept;
pub use linger_heap::{Ref, Value};
pub use objects::{
    Args, AttributeHooks, Bytes, Cell, Class, Code, Dict, Function, Generator, Instance, Layout, List, Module,
    NativeData, NativeFn, NativeObject, Set, Slice, Str, Tuple,
};
pub use pure::suggest::nearest as nearest_name;
pub use vm::{GcState, ModuleSource, Raise, Vm, VmConfig};
