//! `bytearray`: the constructor, the table of methods, and those that change it; the rest it shares with `bytes`.

use linger_heap::{Ref, Value};

use super::arity;
use super::bytes_type::{byte_item, bytearray, bytes_like, contents, from_hex, maketrans, octets_of, with_shared};
use super::checks::named;
use super::dunders;
use crate::objects::{Args, ByteArray, NativeFn, Special};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = with_shared![
    ("__new__", new),
    ("__init__", init),
    ("__iadd__", iadd),
    ("__imul__", imul),
    ("__setitem__", dunders::set_item),
    ("__delitem__", dunders::delete_item),
    ("__alloc__", alloc),
    ("append", append),
    ("clear", clear),
    ("copy", copy),
    ("extend", extend),
    ("insert", insert),
    ("pop", pop),
    ("remove", remove),
    ("reverse", reverse),
];

pub(super) const STATIC: &[(&str, NativeFn)] = &[("maketrans", maketrans)];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("fromhex", fromhex)];

const OUT_OF_RANGE: &str = "byte must be in range(0, 256)";

fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Ref<ByteArray>> {
    arity::receiver(vm, args, "bytearray", name)
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = args.values.first().cloned().unwrap_or_default();
    let empty = bytearray(vm, Vec::new());
    vm.wrap(&class, empty)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "__init__")?;
    let [source, encoding, errors] = named(vm, &args, "bytearray", 1, ["source", "encoding", "errors"], 0)?;
    let bytes = contents(vm, "bytearray", source, encoding, errors)?;
    vm.check_resizable(&array)?;
    vm.mutate(&array, |array| *array.0.borrow_mut() = bytes);
    Ok(Value::NONE)
}

fn fromhex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "bytearray")?;
    let bytes = from_hex(vm, &args, "bytearray")?;
    let bytes = bytearray(vm, bytes);
    let class = args.values[0].clone();
    if class.is(&vm.classes.bytearray.to_value()) { Ok(bytes) } else { vm.call(&class, &[bytes]) }
}

fn append(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "append")?;
    let item = arity::one(vm, &args, "bytearray", "append")?;
    let byte = byte_item(vm, item, OUT_OF_RANGE)?;
    vm.check_resizable(&array)?;
    vm.mutate(&array, |array| array.0.borrow_mut().push(byte));
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "clear")?;
    arity::none(vm, &args, "bytearray", "clear")?;
    vm.check_resizable(&array)?;
    let old = vm.mutate(&array, |array| array.0.take());
    let len = old.len();
    vm.drop_contents(old, len, drop, bytearray);
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "copy")?;
    arity::none(vm, &args, "bytearray", "copy")?;
    let bytes = array.0.borrow().clone();
    Ok(bytearray(vm, bytes))
}

fn extend(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "extend")?;
    let source = arity::one(vm, &args, "bytearray", "extend")?;
    let more = match octets_of(vm, source) {
        Some(octets) => octets.to_vec(),
        None => {
            if vm.special(source, Special::Iter).is_none() && vm.special(source, Special::GetItem).is_none() {
                let found = vm.type_name(source);
                return Err(vm.type_error(format!("can't extend bytearray with {found}")));
            }
            let mut out = Vec::new();
            vm.for_each(source, |vm, item| {
                out.push(byte_item(vm, &item, OUT_OF_RANGE)?);
                vm.check_built(out.len())
            })?;
            out
        }
    };
    vm.check_memory(more.len())?;
    if !more.is_empty() {
        vm.check_resizable(&array)?;
    }
    vm.mutate(&array, |array| array.0.borrow_mut().extend_from_slice(&more));
    Ok(Value::NONE)
}

fn iadd(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "__iadd__")?;
    let source = arity::one(vm, &args, "bytearray", "__iadd__")?;
    if octets_of(vm, source).is_none() {
        let found = vm.type_name(source);
        return Err(vm.type_error(format!("can't concat {found} to bytearray")));
    }
    let more = bytes_like(vm, source)?;
    vm.check_memory(more.len())?;
    if !more.is_empty() {
        vm.check_resizable(&array)?;
    }
    vm.mutate(&array, |array| array.0.borrow_mut().extend_from_slice(&more));
    Ok(args.values[0].clone())
}

fn imul(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "__imul__")?;
    let count = arity::one(vm, &args, "bytearray", "__imul__")?;
    let count = usize::try_from(vm.index_i64(count)?).unwrap_or(0);
    let length = array.0.borrow().len();
    vm.check_memory(length.saturating_mul(count))?;
    vm.check_resizable(&array)?;
    vm.mutate(&array, |array| {
        let repeated = array.0.borrow().repeat(count);
        *array.0.borrow_mut() = repeated;
    });
    Ok(args.values[0].clone())
}

fn alloc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "__alloc__")?;
    arity::none(vm, &args, "bytearray", "__alloc__")?;
    let room = array.0.borrow().capacity();
    Ok(vm.size(room))
}

/// A position to insert at, cut to the ends.
fn insert(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "insert")?;
    let values = arity::between(vm, &args, "bytearray", "insert", (2, 2))?;
    let at = vm.index_i64(&values[0])?;
    let byte = byte_item(vm, &values[1], OUT_OF_RANGE)?;
    vm.check_resizable(&array)?;
    vm.mutate(&array, |array| {
        let mut bytes = array.0.borrow_mut();
        let length = bytes.len();
        let at = match usize::try_from(at) {
            Ok(at) => at.min(length),
            Err(_) => length.saturating_sub(usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX)),
        };
        bytes.insert(at, byte);
    });
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "pop")?;
    let values = arity::between(vm, &args, "bytearray", "pop", (0, 1))?;
    let at = match values.first() {
        Some(at) => vm.index_i64(at)?,
        None => -1,
    };
    let length = array.0.borrow().len();
    if length == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let at = if at < 0 { at.saturating_add(length as i64) } else { at };
    let Some(at) = usize::try_from(at).ok().filter(|at| *at < length) else {
        return Err(vm.index_error("pop index out of range"));
    };
    vm.check_resizable(&array)?;
    let byte = vm.mutate(&array, |array| array.0.borrow_mut().remove(at));
    Ok(vm.int(i64::from(byte)))
}

fn remove(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "remove")?;
    let item = arity::one(vm, &args, "bytearray", "remove")?;
    let byte = byte_item(vm, item, OUT_OF_RANGE)?;
    let place = array.0.borrow().iter().position(|other| *other == byte);
    match place {
        Some(place) => {
            vm.check_resizable(&array)?;
            vm.mutate(&array, |array| array.0.borrow_mut().remove(place));
            Ok(Value::NONE)
        }
        None => Err(vm.value_error("value not found in bytearray")),
    }
}

fn reverse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let array = this(vm, &args, "reverse")?;
    arity::none(vm, &args, "bytearray", "reverse")?;
    array.0.borrow_mut().reverse();
    Ok(Value::NONE)
}
