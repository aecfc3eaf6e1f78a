//! `memoryview`: the items of another object's bytes, in one dimension.
//!
//! What a view is, and how its bytes are reached, is in `buffers`.

use linger_heap::{Ref, Value};

use super::arity;
use super::buffers::{self, Misfit, View, body};
use super::checks::special_takes;
use crate::objects::{Args, Class, IterState, Layout, NativeFn, Slice, Special, Tuple};
use crate::pure::pack;
use crate::vm::{Result, Vm};

type Table = &'static [(&'static str, NativeFn)];

const METHODS: Table = &[
    ("__new__", new),
    ("__repr__", repr),
    ("__len__", len),
    ("__iter__", iter),
    ("__getitem__", get_item),
    ("__setitem__", set_item),
    ("__delitem__", delete_item),
    ("__eq__", eq),
    ("__ne__", ne),
    ("__hash__", hash),
    ("__enter__", enter),
    ("__exit__", release),
    ("tobytes", to_bytes),
    ("tolist", to_list),
    ("hex", hex),
    ("release", release),
    ("cast", cast),
    ("toreadonly", to_readonly),
];

const GETTERS: Table = &[
    ("obj", |vm, args| Ok(this(vm, &args)?.owner)),
    ("nbytes", |vm, args| this(vm, &args).map(|view| vm.size(view.len * view.size))),
    ("readonly", |vm, args| this(vm, &args).map(|view| Value::bool(view.readonly))),
    ("itemsize", |vm, args| this(vm, &args).map(|view| vm.size(view.size))),
    ("format", |vm, args| this(vm, &args).map(|view| vm.char(view.letter))),
    ("ndim", |vm, args| this(vm, &args).map(|_| vm.int(1))),
    ("shape", |vm, args| this(vm, &args).map(|view| vm.tuple(vec![vm.size(view.len)]))),
    ("strides", |vm, args| this(vm, &args).map(|view| vm.tuple(vec![vm.int(view.step as i64)]))),
    ("suboffsets", |vm, args| this(vm, &args).map(|_| vm.tuple(Vec::new()))),
    ("contiguous", |vm, args| this(vm, &args).map(|view| Value::bool(view.is_contiguous()))),
    ("c_contiguous", |vm, args| this(vm, &args).map(|view| Value::bool(view.is_contiguous()))),
    ("f_contiguous", |vm, args| this(vm, &args).map(|view| Value::bool(view.is_contiguous()))),
];

/// The class.
pub(super) fn class(vm: &mut Vm) -> Ref<Class> {
    let class = vm.native_class("memoryview", "builtins", None, Layout::Native, METHODS, GETTERS);
    let mut flags = class.flags.get();
    flags.is_final = true;
    flags.is_sequence = true;
    class.flags.set(flags);
    vm.registry.insert("memoryview", class.to_value());
    class
}

fn make(vm: &mut Vm, view: View) -> Value {
    match vm.registry.get("memoryview").and_then(Value::to_ref::<Class>) {
        Some(class) => vm.native_object(&class, Box::new(view)),
        None => Value::NONE,
    }
}

/// The view that a method is called on, which must not have been released. Its length is that of what its owner still has.
fn this(vm: &mut Vm, args: &Args<'_>) -> Result<View> {
    let Some(mut view) = args.values.first().and_then(|value| body::<View, View>(value, |view| view.clone())) else {
        return Err(arity::wrong_receiver(vm, args, "memoryview", "tobytes"));
    };
    if view.owner.is_empty() {
        return Err(vm.value_error("operation forbidden on released memoryview object"));
    }
    let available = buffers::read(vm, &view.owner, <[u8]>::len);
    while view.len > 0 && (view.place(view.len - 1).max(view.start) + view.size) > available {
        view.len -= 1;
    }
    Ok(view)
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [object] = super::checks::named(vm, &args, "memoryview", 1, ["object"], 1)?;
    let object = object.unwrap_or_default();
    buffers::check_not_released(vm, &object)?;
    match View::of(vm, &object) {
        Some(view) => Ok(make(vm, view)),
        None => {
            let found = vm.type_name(&object);
            Err(vm.type_error(format!("memoryview: a bytes-like object is required, not '{found}'")))
        }
    }
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let released = body::<View, bool>(&args.values[0], |view| view.owner.is_empty()) == Some(true);
    let address = vm.address_of(&args.values[0]);
    let what = if released { "released memory" } else { "memory" };
    Ok(vm.str(&format!("<{what} at {address:#x}>")))
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args).map(|view| vm.size(view.len))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args)?;
    Ok(vm.iterator(IterState::Sequence(args.values[0].clone(), 0)))
}

fn item(vm: &mut Vm, view: &View, index: usize) -> Value {
    let place = view.place(index);
    let bytes = buffers::read(vm, &view.owner, |bytes| bytes.get(place..place + view.size).map(<[u8]>::to_vec));
    match bytes {
        Some(bytes) => buffers::unpacked(vm, buffers::native_kind(view.letter), &bytes, true),
        None => Value::NONE,
    }
}

fn items(vm: &mut Vm, view: &View) -> Vec<Value> {
    (0..view.len).map(|index| item(vm, view, index)).collect()
}

/// The part of a view that a slice means.
fn part(vm: &mut Vm, view: &View, slice: &Slice) -> Result<View> {
    let (start, _, step, len) = vm.slice_bounds(slice, view.len)?;
    let start = if len == 0 { view.start } else { view.place(start as usize) };
    Ok(View { start, step: view.step * step as isize, len, ..view.clone() })
}

fn place(vm: &mut Vm, view: &View, key: &Value) -> Result<usize> {
    if let Some(keys) = key.downcast::<Tuple>() {
        if let [only] = &keys.items[..] {
            let only = only.clone();
            return place(vm, view, &only);
        }
        let indices = keys.items.iter().all(|key| vm.is_int(key));
        if indices && !keys.items.is_empty() {
            let count = keys.items.len();
            return Err(vm.type_error(format!("cannot index 1-dimension view with {count}-element tuple")));
        }
        return Err(vm.not_implemented_error("multi-dimensional slicing is not implemented"));
    }
    if !vm.is_int(key) && vm.special(key, Special::Index).is_none() {
        return Err(vm.type_error("memoryview: invalid slice key"));
    }
    let index = vm.index_i64(key)?;
    let at = if index < 0 { index + view.len as i64 } else { index };
    match usize::try_from(at) {
        Ok(at) if at < view.len => Ok(at),
        _ => Err(vm.index_error("index out of bounds on dimension 1")),
    }
}

fn get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    let key = &special_takes(vm, &args, 1)?[0];
    if let Some(slice) = key.to_ref::<Slice>() {
        let part = part(vm, &view, &slice)?;
        return Ok(make(vm, part));
    }
    let at = place(vm, &view, key)?;
    Ok(item(vm, &view, at))
}

fn set_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    let given = special_takes(vm, &args, 2)?;
    let (key, value) = (&given[0], &given[1]);
    if view.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let Some(slice) = key.to_ref::<Slice>() else {
        let at = place(vm, &view, key)?;
        let mut bytes = vec![0; view.size];
        let kind = buffers::native_kind(view.letter);
        if let Err(why) = buffers::pack_into(vm, kind, value, &mut bytes, true)? {
            let letter = view.letter;
            return Err(match why {
                Misfit::Type => vm.type_error(format!("memoryview: invalid type for format '{letter}'")),
                Misfit::Range => vm.value_error(format!("memoryview: invalid value for format '{letter}'")),
            });
        }
        View { start: view.place(at), len: 1, ..view }.write(vm, &bytes);
        return Ok(Value::NONE);
    };
    let target = part(vm, &view, &slice)?;
    let Some(source) = View::of(vm, value) else {
        let found = vm.type_name(value);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{found}'")));
    };
    if source.len != target.len || source.letter != target.letter {
        return Err(vm.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    let bytes = source.bytes(vm);
    target.write(vm, &bytes);
    Ok(Value::NONE)
}

fn delete_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    Err(vm.type_error(if view.readonly { "cannot modify read-only memory" } else { "cannot delete memory" }))
}

fn eq(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = &special_takes(vm, &args, 1)?[0];
    if args.values[0].is(other) {
        return Ok(Value::TRUE);
    }
    let Ok(view) = this(vm, &args) else { return Ok(Value::FALSE) };
    let Some(other) = View::of(vm, other).filter(|other| !other.owner.is_empty()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if view.len != other.len {
        return Ok(Value::FALSE);
    }
    let (mine, theirs) = (items(vm, &view), items(vm, &other));
    let (mine, theirs) = (vm.list(mine), vm.list(theirs));
    Ok(Value::bool(vm.equal(&mine, &theirs)?))
}

fn ne(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let equal = eq(vm, args)?;
    Ok(equal.as_bool().map_or(equal, |equal| Value::bool(!equal)))
}

fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    if !view.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    let bytes = view.bytes(vm);
    let bytes = vm.bytes(bytes);
    let hash = vm.hash(&bytes)?;
    Ok(vm.int(hash as i64))
}

fn enter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args)?;
    Ok(args.values[0].clone())
}

fn release(_vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let owner = body::<View, Value>(&args.values[0], |view| {
        view.hold = None;
        std::mem::take(&mut view.owner)
    });
    drop(owner);
    Ok(Value::NONE)
}

fn to_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let bytes = this(vm, &args)?.bytes(vm);
    Ok(vm.bytes(bytes))
}

fn to_list(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    let items = items(vm, &view);
    Ok(vm.list(items))
}

fn hex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let bytes = this(vm, &args)?.bytes(vm);
    let bytes = vm.bytes(bytes);
    let method = vm.get_attr_str(&bytes, "hex")?;
    vm.call_args(&method, Args { values: &args.values[1..], names: args.names })
}

fn cast(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    let [format, shape] = super::checks::named(vm, &args, "cast", 1, ["format", "shape"], 1)?;
    if shape.is_some_and(|shape| !shape.is_none()) {
        return Err(vm.not_implemented_error("memoryview: views of several dimensions are not supported"));
    }
    let format = format.unwrap_or_default();
    let Some(text) = vm.text_of(&format) else {
        let found = vm.type_name(&format);
        return Err(vm.type_error(format!("cast() argument 1 must be str, not {found}")));
    };
    let name = text.text.strip_prefix('@').unwrap_or(&text.text);
    let mut letters = name.chars();
    let known = match (letters.next(), letters.next()) {
        (Some(letter), None) if !"xspe".contains(letter) => pack::letter(letter, true).map(|(_, size)| (letter, size)),
        _ => None,
    };
    let Some((letter, size)) = known else {
        return Err(vm.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    if !view.is_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let is_byte = |letter: char| "bBc".contains(letter);
    if !is_byte(view.letter) && !is_byte(letter) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = view.len * view.size;
    if bytes % size != 0 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(make(vm, View { step: size as isize, len: bytes / size, letter, size, ..view }))
}

fn to_readonly(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let view = this(vm, &args)?;
    Ok(make(vm, View { readonly: true, ..view }))
}
