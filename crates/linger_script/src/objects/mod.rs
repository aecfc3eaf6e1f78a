//! The kinds of object that scripts are made of, and the table that the heap knows them by.
//!
//! Bodies and their edges only: what scripts can do with them is in `vm` and `builtins`.

use linger_heap::{Edge, Object, Ref, Value, ValueCell};

mod big_int;
mod class;
mod code;
mod complex;
mod containers;
mod exception;
mod function;
mod generator;
mod iterator;
mod native;
mod order;
mod set_table;
mod table;
mod text;

pub use big_int::BigInt;
pub use class::{AttributeHooks, Class, ClassFlags, Instance, Layout, Plan, SPECIAL_NAMES, Shapes, Special};
pub use code::{Cache, CacheKind, Code, Source, cache_key};
pub use complex::Complex;
pub use containers::{Dict, DictView, List, Range, Set, Slice, Tuple, ViewKind};
pub use exception::{ExceptionData, TraceEntry, Traceback};
pub use function::{
    Args, BoundMethod, Cell, Function, FunctionExtra, GETTER_MARK, Native, NativeCall, NativeFn, NextFn, Quick,
    Wrapper, WrapperKind,
};
pub use generator::{Generator, GeneratorKind, GeneratorState};
pub use iterator::{Feed, Iter, IterState, Zipped};
pub use native::{Module, NativeData, NativeObject, Property, SlotMember, Super};
pub use order::simple_order;
pub use set_table::{Added, SetTable};
pub use table::{Entry, MISSING, Probe, Table, UNSURE, same_or_equal, simple_equal};
pub use text::{ByteArray, Bytes, Str, count_chars};

/// Visits what a cell holds, if that is an object. Nothing is counted meanwhile: a count that falls is news to the collector.
fn visit_cell(visit: &mut dyn FnMut(Edge<'_>, &Value), edge: Edge<'_>, cell: &ValueCell) {
    cell.with(|value| {
        if value.is_object() {
            visit(edge, value);
        }
    });
}

/// Visits what a reference leads to.
fn visit_ref<T: Object>(visit: &mut dyn FnMut(Edge<'_>, &Value), edge: &'static str, reference: &Ref<T>) {
    reference.with_value(|value| visit(Edge::Part(edge), value));
}

linger_heap::kinds! {
    Str = 2, "str", false;
    BigInt = 3, "int", false;
    Bytes = 4, "bytes", false;
    ByteArray = 5, "bytearray", false;
    List = 6, "list", true;
    Tuple = 7, "tuple", true;
    Dict = 8, "dict", true;
    Set = 9, "set", true;
    Range = 10, "range", false;
    Slice = 11, "slice", true;
    Cell = 12, "cell", true;
    Function = 13, "function", true;
    Code = 14, "code", false;
    BoundMethod = 15, "method", true;
    Native = 16, "builtin_function_or_method", true;
    Class = 17, "type", true;
    Instance = 18, "object", true;
    Generator = 19, "generator", true;
    Module = 20, "module", true;
    Iter = 21, "iterator", true;
    Property = 22, "property", true;
    Wrapper = 23, "wrapper", true;
    ExceptionData = 24, "exception", true;
    Traceback = 25, "traceback", true;
    SlotMember = 26, "member_descriptor", true;
    Super = 27, "super", true;
    DictView = 28, "view", true;
    NativeObject = 29, "native", true;
    Complex = 30, "complex", false;
}
