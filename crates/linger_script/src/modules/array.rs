//! The module `array`: numbers of one type side by side.

use linger_heap::{Ref, Value};

use super::support::{
    Table, add_class, between, class_argument, exactly, method, module, no_keywords, none, one, with,
};
use crate::builtins::buffers::{self, ArrayBody, Misfit};
use crate::objects::{Args, IterState, Slice, Str};
use crate::pure::pack::{self, Kind};
use crate::vm::{CompareOp, Raise, Result, Vm};

const LETTERS: &str = "bBuhHiIlLqQfd";

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "array", &[]);
    let class = add_class(vm, &module, "array", "array", METHODS, GETTERS);
    super::support::as_sequence(&class);
    vm.registry.insert("array.array", class.to_value());
    vm.module_set(&module, "ArrayType", class.into_value());
    let letters = vm.str(LETTERS);
    vm.module_set(&module, "typecodes", letters);
    Ok(module)
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__repr__", repr),
    ("__len__", len),
    ("__iter__", iter),
    ("__getitem__", get_item),
    ("__setitem__", set_item),
    ("__delitem__", delete_item),
    ("__contains__", contains),
    ("__add__", add),
    ("__iadd__", add_in_place),
    ("__mul__", repeat),
    ("__rmul__", repeat),
    ("__imul__", repeat_in_place),
    ("__eq__", |vm, args| compare(vm, args, CompareOp::Eq)),
    ("__ne__", |vm, args| compare(vm, args, CompareOp::Ne)),
    ("__lt__", |vm, args| compare(vm, args, CompareOp::Lt)),
    ("__le__", |vm, args| compare(vm, args, CompareOp::Le)),
    ("__gt__", |vm, args| compare(vm, args, CompareOp::Gt)),
    ("__ge__", |vm, args| compare(vm, args, CompareOp::Ge)),
    ("__copy__", copy),
    ("__deepcopy__", copy),
    ("__reduce_ex__", reduce),
    ("append", append),
    ("extend", extend),
    ("insert", insert),
    ("pop", pop),
    ("remove", remove),
    ("index", index),
    ("count", count),
    ("reverse", reverse),
    ("byteswap", byteswap),
    ("buffer_info", buffer_info),
    ("tolist", to_list),
    ("fromlist", from_list),
    ("tobytes", to_bytes),
    ("frombytes", from_bytes),
    ("tounicode", to_unicode),
    ("fromunicode", from_unicode),
];

const GETTERS: Table<'static> = &[("typecode", typecode), ("itemsize", itemsize)];

fn kind_of(letter: char) -> (Kind, usize) {
    match letter {
        'u' => (Kind::Int { signed: false }, 4),
        _ => pack::letter(letter, true).unwrap_or((Kind::Pad, 1)),
    }
}

/// The letter of an array's items, and how many there are.
fn shape(vm: &mut Vm, value: &Value) -> Result<(char, usize)> {
    with(vm, value, |body: &mut ArrayBody| (body.letter, body.bytes.len() / body.size))
}

/// Changes the bytes of an array, and tells the heap of its new size.
fn change<R>(vm: &mut Vm, value: &Value, act: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R> {
    super::support::resize(vm, value, |body: &mut ArrayBody| act(&mut body.bytes))
}

fn bytes_of(vm: &mut Vm, value: &Value) -> Result<Vec<u8>> {
    with(vm, value, |body: &mut ArrayBody| body.bytes.clone())
}

fn value_at(vm: &mut Vm, letter: char, bytes: &[u8]) -> Value {
    let (kind, _) = kind_of(letter);
    if letter == 'u' {
        let code = pack::read_int(bytes, false, true) as u32;
        return vm.char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    buffers::unpacked(vm, kind, bytes, true)
}

fn values(vm: &mut Vm, array: &Value) -> Result<Vec<Value>> {
    let (letter, _) = shape(vm, array)?;
    let (_, size) = kind_of(letter);
    let bytes = bytes_of(vm, array)?;
    Ok(bytes.chunks_exact(size).map(|item| value_at(vm, letter, item)).collect())
}

/// A value as the bytes of an item.
fn item_bytes(vm: &mut Vm, letter: char, value: &Value) -> Result<Vec<u8>> {
    let (kind, size) = kind_of(letter);
    let mut bytes = vec![0; size];
    if letter == 'u' {
        let Some(text) = value.downcast::<Str>().filter(|text| text.text.chars().count() == 1) else {
            return Err(vm.type_error("array item must be a unicode character, not ".to_owned() + &vm.type_name(value)));
        };
        let code = text.text.chars().next().map_or(0, u32::from);
        return Ok(code.to_le_bytes().to_vec());
    }
    match buffers::pack_into(vm, kind, value, &mut bytes, true)? {
        Ok(()) => Ok(bytes),
        Err(why) => Err(misfit(vm, letter, kind, value, why)),
    }
}

fn misfit(vm: &mut Vm, letter: char, kind: Kind, value: &Value, why: Misfit) -> Raise {
    let found = vm.type_name(value);
    if matches!(why, Misfit::Type) {
        return match kind {
            Kind::Float => vm.type_error(format!("must be real number, not {found}")),
            _ => vm.type_error(format!("'{found}' object cannot be interpreted as an integer")),
        };
    }
    let negative = vm.to_bigint(value).is_some_and(|number| number.sign() == num_bigint::Sign::Minus);
    let bound = if negative { "less than minimum" } else { "greater than maximum" };
    let message = match letter {
        'b' => format!("signed char is {bound}"),
        'B' => format!("unsigned byte integer is {bound}"),
        'h' => format!("signed short integer is {bound}"),
        'H' => format!("unsigned short is {bound}"),
        'i' => format!("signed integer is {bound}"),
        'I' if negative => "can't convert negative value to unsigned int".to_owned(),
        'I' => "unsigned int is greater than maximum".to_owned(),
        'L' | 'Q' if negative => "can't convert negative int to unsigned".to_owned(),
        'L' => "Python int too large to convert to C unsigned long".to_owned(),
        'l' => "Python int too large to convert to C long".to_owned(),
        _ => "int too big to convert".to_owned(),
    };
    vm.overflow_error(message)
}

fn fresh(vm: &mut Vm, letter: char, bytes: Vec<u8>) -> Result<Value> {
    let class = super::support::registered(vm, "array.array")?;
    let (_, size) = kind_of(letter);
    Ok(vm.native_object(&class, Box::new(ArrayBody { letter, size, bytes })))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = class_argument(vm, class)?;
    no_keywords(vm, &rest, "array.array")?;
    let given = between(vm, &rest, "array", 1, 2)?;
    let letter = given[0].downcast::<Str>().and_then(|text| {
        let mut characters = text.text.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    let Some(letter) = letter else {
        let found = vm.type_name(&given[0]);
        return Err(vm.type_error(format!("array() argument 1 must be a unicode character, not {found}")));
    };
    if !LETTERS.contains(letter) {
        return Err(vm.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"));
    }
    let (_, size) = kind_of(letter);
    let array = vm.native_object(&class, Box::new(ArrayBody { letter, size, bytes: Vec::new() }));
    if let Some(source) = given.get(1) {
        let is_bytes = crate::builtins::bytes_type::octets_of(vm, source).is_some()
            && !super::support::is::<ArrayBody>(source)
            && !super::support::is::<buffers::View>(source);
        if vm.is_str(source) && letter != 'u' {
            return Err(vm.type_error(format!("cannot use a str to initialize an array with typecode '{letter}'")));
        }
        if is_bytes { append_bytes(vm, &array, source)? } else { extend_by(vm, &array, source, false)? }
    }
    Ok(array)
}

fn append_bytes(vm: &mut Vm, array: &Value, source: &Value) -> Result<()> {
    let (letter, _) = shape(vm, array)?;
    let (_, size) = kind_of(letter);
    let more = buffers::buffer_bytes(vm, source)?;
    if more.len() % size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    change(vm, array, |bytes| bytes.extend_from_slice(&more))
}

fn extend_by(vm: &mut Vm, array: &Value, source: &Value, same_kind: bool) -> Result<()> {
    let (letter, _) = shape(vm, array)?;
    if super::support::is::<ArrayBody>(source) {
        let (other, _) = shape(vm, source)?;
        if other == letter {
            let more = bytes_of(vm, source)?;
            return change(vm, array, |bytes| bytes.extend_from_slice(&more));
        }
        if same_kind {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
    }
    vm.for_each(source, |vm, item| {
        let item = item_bytes(vm, letter, &item)?;
        change(vm, array, |bytes| bytes.extend_from_slice(&item))
    })
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = &args.values[0];
    let (letter, count) = shape(vm, this)?;
    let name = vm.type_name(this);
    if count == 0 {
        return Ok(vm.str(&format!("{name}('{letter}')")));
    }
    let shown = if letter == 'u' {
        let text = to_unicode(vm, Args { values: &args.values[..1], names: &[] })?;
        vm.repr(&text)?
    } else {
        let items = values(vm, this)?;
        let list = vm.list(items);
        vm.repr(&list)?
    };
    Ok(vm.str(&format!("{name}('{letter}', {shown})")))
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (_, count) = shape(vm, &args.values[0])?;
    Ok(vm.size(count))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(vm.iterator(IterState::Sequence(args.values[0].clone(), 0)))
}

fn place(vm: &mut Vm, key: &Value, count: usize, message: &str) -> Result<usize> {
    if !vm.is_int(key) && vm.special(key, crate::objects::Special::Index).is_none() {
        return Err(vm.type_error("array indices must be integers"));
    }
    let index = vm.index_i64(key)?;
    let at = if index < 0 { index + count as i64 } else { index };
    usize::try_from(at).ok().filter(|at| *at < count).ok_or_else(|| vm.index_error(message))
}

/// The places that a slice means.
fn places(vm: &mut Vm, slice: &Ref<Slice>, count: usize) -> Result<(Vec<usize>, i64, i64)> {
    let (start, _, step, length) = vm.slice_bounds(slice, count)?;
    let places = (0..length as i64).map(|index| (start + index * step) as usize).collect();
    Ok((places, start, step))
}

fn get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__getitem__")?;
    let [key] = exactly::<1>(vm, &rest, "__getitem__")?;
    let (letter, count) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    if let Some(slice) = key.to_ref::<Slice>() {
        let (places, ..) = places(vm, &slice, count)?;
        let bytes = bytes_of(vm, this)?;
        let part = places.into_iter().flat_map(|at| bytes[at * size..(at + 1) * size].to_vec()).collect();
        return fresh(vm, letter, part);
    }
    let at = place(vm, key, count, "array index out of range")?;
    let item = with(vm, this, |body: &mut ArrayBody| body.bytes[at * size..(at + 1) * size].to_vec())?;
    Ok(value_at(vm, letter, &item))
}

fn set_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__setitem__")?;
    let [key, value] = exactly::<2>(vm, &rest, "__setitem__")?;
    let (letter, count) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    let Some(slice) = key.to_ref::<Slice>() else {
        let at = place(vm, key, count, "array assignment index out of range")?;
        let item = item_bytes(vm, letter, value)?;
        change(vm, this, |bytes| {
            if let Some(target) = bytes.get_mut(at * size..(at + 1) * size) {
                target.copy_from_slice(&item);
            }
        })?;
        return Ok(Value::NONE);
    };
    let other = if super::support::is::<ArrayBody>(value) { Some(shape(vm, value)?.0) } else { None };
    let Some(other) = other else {
        let found = vm.type_name(value);
        return Err(vm.type_error(format!("can only assign array (not \"{found}\") to array slice")));
    };
    if other != letter {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let new = bytes_of(vm, value)?;
    let (places, start, step) = places(vm, &slice, count)?;
    if step == 1 {
        let (from, to) = (start as usize * size, (start as usize + places.len()) * size);
        change(vm, this, |bytes| drop(bytes.splice(from..to, new)))?;
        return Ok(Value::NONE);
    }
    if new.len() != places.len() * size {
        let (given, wanted) = (new.len() / size, places.len());
        return Err(
            vm.value_error(format!("attempt to assign array of size {given} to extended slice of size {wanted}"))
        );
    }
    change(vm, this, |bytes| {
        for (at, item) in places.into_iter().zip(new.chunks_exact(size)) {
            bytes[at * size..(at + 1) * size].copy_from_slice(item);
        }
    })?;
    Ok(Value::NONE)
}

fn delete_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__delitem__")?;
    let [key] = exactly::<1>(vm, &rest, "__delitem__")?;
    let (letter, count) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    let mut gone = match key.to_ref::<Slice>() {
        Some(slice) => places(vm, &slice, count)?.0,
        None => vec![place(vm, key, count, "array assignment index out of range")?],
    };
    gone.sort_unstable();
    change(vm, this, |bytes| {
        for at in gone.into_iter().rev() {
            bytes.drain(at * size..(at + 1) * size);
        }
    })?;
    Ok(Value::NONE)
}

fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(Value::bool(position(vm, &args, "__contains__")?.is_some()))
}

/// Where the argument stands first.
fn position(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Option<usize>> {
    let (this, rest) = method(vm, Args { values: args.values, names: args.names }, name)?;
    let wanted = between(vm, &rest, name, 1, 3)?;
    for (at, item) in values(vm, this)?.iter().enumerate() {
        if vm.equal(item, &wanted[0])? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn same_kind(vm: &mut Vm, this: &Value, other: &Value, doing: &str) -> Result<(char, Vec<u8>)> {
    let (letter, _) = shape(vm, this)?;
    if !super::support::is::<ArrayBody>(other) {
        let found = vm.type_name(other);
        return Err(vm.type_error(match doing {
            "append" => format!("can only append array (not \"{found}\") to array"),
            _ => format!("can only extend with array (not \"{found}\")"),
        }));
    }
    let (other_letter, _) = shape(vm, other)?;
    if other_letter != letter {
        return Err(vm.type_error(match doing {
            "append" => "bad argument type for built-in operation",
            _ => "can only extend with array of same kind",
        }));
    }
    Ok((letter, bytes_of(vm, other)?))
}

fn add(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__add__")?;
    let [other] = exactly::<1>(vm, &rest, "__add__")?;
    let (letter, more) = same_kind(vm, this, other, "append")?;
    let mut bytes = bytes_of(vm, this)?;
    bytes.extend_from_slice(&more);
    fresh(vm, letter, bytes)
}

fn add_in_place(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__iadd__")?;
    let [other] = exactly::<1>(vm, &rest, "__iadd__")?;
    let (_, more) = same_kind(vm, this, other, "extend")?;
    change(vm, this, |bytes| bytes.extend_from_slice(&more))?;
    Ok(this.clone())
}

fn repeated(vm: &mut Vm, this: &Value, times: &Value) -> Result<(char, Vec<u8>)> {
    let (letter, _) = shape(vm, this)?;
    let times = vm.index_i64(times)?.max(0) as usize;
    let bytes = bytes_of(vm, this)?;
    vm.check_memory(bytes.len().saturating_mul(times))?;
    Ok((letter, bytes.repeat(times)))
}

fn repeat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__mul__")?;
    let [times] = exactly::<1>(vm, &rest, "__mul__")?;
    let (letter, bytes) = repeated(vm, this, times)?;
    fresh(vm, letter, bytes)
}

fn repeat_in_place(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__imul__")?;
    let [times] = exactly::<1>(vm, &rest, "__imul__")?;
    let (_, new) = repeated(vm, this, times)?;
    change(vm, this, |bytes| *bytes = new)?;
    Ok(this.clone())
}

fn compare(vm: &mut Vm, args: Args<'_>, op: CompareOp) -> Result<Value> {
    let (this, rest) = method(vm, args, "__eq__")?;
    let [other] = exactly::<1>(vm, &rest, "__eq__")?;
    if !super::support::is::<ArrayBody>(other) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (mine, theirs) = (values(vm, this)?, values(vm, other)?);
    let (mine, theirs) = (vm.list(mine), vm.list(theirs));
    vm.compare(op, &mine, &theirs)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (letter, _) = shape(vm, &args.values[0])?;
    let bytes = bytes_of(vm, &args.values[0])?;
    fresh(vm, letter, bytes)
}

fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = &args.values[0];
    let (letter, _) = shape(vm, this)?;
    let items = values(vm, this)?;
    let parts = vec![vm.char(letter), vm.list(items)];
    let arguments = vm.tuple(parts);
    let class = vm.class_of(this).into_value();
    Ok(vm.tuple(vec![class, arguments, Value::NONE]))
}

fn append(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "append")?;
    let value = one(vm, &rest, "array.append")?;
    let (letter, _) = shape(vm, this)?;
    let item = item_bytes(vm, letter, value)?;
    change(vm, this, |bytes| bytes.extend_from_slice(&item))?;
    Ok(Value::NONE)
}

fn extend(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "extend")?;
    let source = one(vm, &rest, "array.extend")?;
    extend_by(vm, this, source, true)?;
    Ok(Value::NONE)
}

fn insert(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "insert")?;
    let [at, value] = exactly::<2>(vm, &rest, "insert")?;
    let (letter, count) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    let at = vm.index_i64(at)?;
    let at = if at < 0 { (at + count as i64).max(0) } else { at.min(count as i64) } as usize;
    let item = item_bytes(vm, letter, value)?;
    change(vm, this, |bytes| drop(bytes.splice(at * size..at * size, item)))?;
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "pop")?;
    let given = between(vm, &rest, "pop", 0, 1)?;
    let (letter, count) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    if count == 0 {
        return Err(vm.index_error("pop from empty array"));
    }
    let at = match given.first() {
        Some(key) => place(vm, key, count, "pop index out of range")?,
        None => count - 1,
    };
    let item: Vec<u8> = change(vm, this, |bytes| bytes.drain(at * size..(at + 1) * size).collect())?;
    Ok(value_at(vm, letter, &item))
}

fn remove(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(at) = position(vm, &args, "remove")? else {
        return Err(vm.value_error("array.remove(x): x not in array"));
    };
    let (letter, _) = shape(vm, &args.values[0])?;
    let (_, size) = kind_of(letter);
    change(vm, &args.values[0], |bytes| drop(bytes.drain(at * size..(at + 1) * size)))?;
    Ok(Value::NONE)
}

fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    match position(vm, &args, "index")? {
        Some(at) => Ok(vm.size(at)),
        None => Err(vm.value_error("array.index(x): x not in array")),
    }
}

fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "count")?;
    let wanted = one(vm, &rest, "array.count")?;
    let mut found = 0;
    for item in values(vm, this)? {
        found += usize::from(vm.equal(&item, wanted)?);
    }
    Ok(vm.size(found))
}

fn reverse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "reverse")?;
    none(vm, &rest, "array.reverse")?;
    let (letter, _) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    change(vm, this, |bytes| {
        bytes.reverse();
        bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    })?;
    Ok(Value::NONE)
}

fn byteswap(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = &args.values[0];
    let (letter, _) = shape(vm, this)?;
    let (_, size) = kind_of(letter);
    change(vm, this, |bytes| bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse))?;
    Ok(Value::NONE)
}

fn buffer_info(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (_, count) = shape(vm, &args.values[0])?;
    let address = vm.address_of(&args.values[0]);
    let parts = vec![vm.int(address as i64), vm.size(count)];
    Ok(vm.tuple(parts))
}

fn to_list(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let items = values(vm, &args.values[0])?;
    Ok(vm.list(items))
}

fn from_list(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "fromlist")?;
    let source = one(vm, &rest, "array.fromlist")?;
    let Some(list) = vm.native::<crate::objects::List>(source) else {
        return Err(vm.type_error("arg must be list"));
    };
    // All of them or none.
    let before = bytes_of(vm, this)?;
    if let Err(raised) = extend_by(vm, this, &list.to_value(), false) {
        change(vm, this, |bytes| *bytes = before)?;
        return Err(raised);
    }
    Ok(Value::NONE)
}

fn to_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let bytes = bytes_of(vm, &args.values[0])?;
    Ok(vm.bytes(bytes))
}

fn from_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "frombytes")?;
    let source = one(vm, &rest, "array.frombytes")?;
    append_bytes(vm, this, source)?;
    Ok(Value::NONE)
}

fn to_unicode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (letter, _) = shape(vm, &args.values[0])?;
    if letter != 'u' {
        return Err(vm.value_error("tounicode() may only be called on unicode type arrays"));
    }
    let bytes = bytes_of(vm, &args.values[0])?;
    let code = |item: &[u8]| char::from_u32(pack::read_int(item, false, true) as u32);
    let text: String = bytes.chunks_exact(4).map(|item| code(item).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok(vm.str(&text))
}

fn from_unicode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "fromunicode")?;
    let source = one(vm, &rest, "array.fromunicode")?;
    let (letter, _) = shape(vm, this)?;
    if letter != 'u' {
        return Err(vm.value_error("fromunicode() may only be called on unicode type arrays"));
    }
    extend_by(vm, this, source, false)?;
    Ok(Value::NONE)
}

fn typecode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (letter, _) = shape(vm, &args.values[0])?;
    Ok(vm.char(letter))
}

fn itemsize(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let size = with(vm, &args.values[0], |body: &mut ArrayBody| body.size)?;
    Ok(vm.size(size))
}
