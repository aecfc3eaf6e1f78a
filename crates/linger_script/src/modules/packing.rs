//! The module `_struct`: values as the bytes that other programs write, by a format.

use linger_heap::{Ref, Value};

use super::support::{Table, add_class, between, class_argument, exactly, method, module, named, registered, with};
use crate::builtins::buffers::{self, Misfit, View};
use crate::objects::{Args, Class, Layout, NativeData};
use crate::pure::pack::{self, Format, Kind, Part};
use crate::vm::{Raise, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_struct", FUNCTIONS);
    let base = vm.classes.exception.clone();
    let error = vm.native_class("error", "struct", Some(&base), Layout::Object, &[], &[]);
    vm.registry.insert("struct.error", error.to_value());
    vm.module_set(&module, "error", error.into_value());
    add_class(vm, &module, "_struct", "Struct", METHODS, GETTERS);
    Ok(module)
}

const FUNCTIONS: Table<'static> = &[
    ("pack", pack_values),
    ("pack_into", pack_values_into),
    ("unpack", unpack),
    ("unpack_from", unpack_from),
    ("iter_unpack", iter_unpack),
    ("calcsize", calcsize),
    ("_clearcache", |_, _| Ok(Value::NONE)),
];

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("pack", |vm, args| of_struct(vm, args, "pack", pack_values)),
    ("pack_into", |vm, args| of_struct(vm, args, "pack_into", pack_values_into)),
    ("unpack", |vm, args| of_struct(vm, args, "unpack", unpack)),
    ("unpack_from", |vm, args| of_struct(vm, args, "unpack_from", unpack_from)),
    ("iter_unpack", |vm, args| of_struct(vm, args, "iter_unpack", iter_unpack)),
];

const GETTERS: Table<'static> = &[("format", format_text), ("size", format_size)];

/// The body of a `Struct`: its format, which is read again at each use.
struct Struct(Value);

impl NativeData for Struct {
    fn heap_bytes(&self) -> usize {
        size_of::<Struct>()
    }
    fn traverse(&self, visit: &mut dyn FnMut(linger_heap::Edge<'_>, &Value)) {
        visit(linger_heap::Edge::Part("format"), &self.0);
    }
}

fn error(vm: &mut Vm, message: &str) -> Raise {
    match registered(vm, "struct.error") {
        Ok(class) => vm.error(&class, message),
        Err(raised) => raised,
    }
}

fn format_of(vm: &mut Vm, value: &Value) -> Result<Format> {
    let text = match vm.text_of(value) {
        Some(text) => text.text.to_string(),
        None => match crate::builtins::bytes_type::octets_of(vm, value) {
            Some(octets) => String::from_utf8_lossy(&octets.to_vec()).into_owned(),
            None => {
                let found = vm.type_name(value);
                return Err(vm.type_error(format!("Struct() argument 1 must be a str or bytes object, not {found}")));
            }
        },
    };
    pack::parse(&text).map_err(|message| error(vm, message))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class: Ref<Class> = class_argument(vm, class)?;
    let [format] = named(vm, &rest, "Struct", ["format"], 1)?;
    let format = format.unwrap_or_default();
    format_of(vm, &format)?;
    let text = match vm.text_of(&format) {
        Some(text) => text.into_value(),
        None => vm.call_method(&format, "decode", &[])?,
    };
    Ok(vm.native_object(&class, Box::new(Struct(text))))
}

/// A method of `Struct` as the function of the same name, which takes the format first.
fn of_struct(
    vm: &mut Vm,
    args: Args<'_>,
    name: &str,
    function: fn(&mut Vm, Args<'_>) -> Result<Value>,
) -> Result<Value> {
    let (this, rest) = method(vm, args, name)?;
    let mut values = vec![with(vm, this, |body: &mut Struct| body.0.clone())?];
    values.extend_from_slice(rest.values);
    function(vm, Args { values: &values, names: rest.names })
}

fn format_text(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    with(vm, &args.values[0], |body: &mut Struct| body.0.clone())
}

fn format_size(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let format = format_text(vm, args)?;
    let size = format_of(vm, &format)?.size;
    Ok(vm.size(size))
}

fn calcsize(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [format] = exactly::<1>(vm, &args, "calcsize")?;
    let size = format_of(vm, format)?.size;
    Ok(vm.size(size))
}

fn misfit(vm: &mut Vm, part: &Part, big_end: bool, value: &Value, why: Misfit) -> Raise {
    let message = match (part.kind, why) {
        (Kind::Int { .. }, Misfit::Type) => "required argument is not an integer".to_owned(),
        (Kind::Int { signed }, Misfit::Range) => out_of_range(part, signed, big_end, vm.to_i64(value)),
        (Kind::Float, Misfit::Range) => {
            return vm.overflow_error(format!("float too large to pack with {} format", part.letter));
        }
        (Kind::Float, Misfit::Type) => "required argument is not a float".to_owned(),
        (Kind::Char, _) => "char format requires a bytes object of length 1".to_owned(),
        _ => format!("argument for '{}' must be a bytes object", part.letter),
    };
    error(vm, &message)
}

/// What CPython says of an integer that does not fit, which depends on how it happens to convert each format.
fn out_of_range(part: &Part, signed: bool, big_end: bool, number: Option<i64>) -> String {
    let name = match part.letter {
        'b' => "byte",
        'B' => "ubyte",
        'h' if !big_end => "short",
        'H' if !big_end => "ushort",
        _ => "",
    };
    let (least, most) = pack::int_range(part.size, signed);
    match number {
        Some(_) if !name.is_empty() => format!("{name} format requires {least} <= number <= {most}"),
        Some(number) if part.size < 8 && (signed || number >= 0) => {
            format!("'{}' format requires {least} <= number <= {most}", part.letter)
        }
        _ if part.size == 8 && big_end => "int too large to convert".to_owned(),
        _ => "argument out of range".to_owned(),
    }
}

fn packed(vm: &mut Vm, format: &Value, values: &[Value], name: &str) -> Result<Vec<u8>> {
    let parsed = format_of(vm, format)?;
    let native = vm.text_of(format).is_none_or(|text| !text.text.starts_with(['<', '>', '=', '!']));
    let big_end = vm.text_of(format).is_some_and(|text| text.text.starts_with(['>', '!']));
    let wanted: usize = parsed.parts.iter().map(Part::values).sum();
    if wanted != values.len() {
        let message = format!("{name} expected {wanted} items for packing (got {})", values.len());
        return Err(error(vm, &message));
    }
    vm.check_memory(parsed.size)?;
    let mut out = vec![0; parsed.size];
    let mut values = values.iter();
    for part in &parsed.parts {
        let whole = matches!(part.kind, Kind::Bytes | Kind::Pascal);
        let (count, size) = if whole { (1, part.count) } else { (part.values(), part.size) };
        for index in 0..count {
            let Some(value) = values.next() else { break };
            let at = part.offset + index * size;
            if let Err(why) = buffers::pack_into(vm, part.kind, value, &mut out[at..at + size], parsed.little)? {
                // A single-precision float of the machine's own becomes infinite.
                if native && part.letter == 'f' && matches!(why, Misfit::Range) {
                    let infinite = vm.to_f64(value)?.signum() * f64::INFINITY;
                    pack::write_float(infinite, &mut out[at..at + size], parsed.little);
                    continue;
                }
                return Err(misfit(vm, part, big_end, value, why));
            }
        }
    }
    Ok(out)
}

fn pack_values(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::support::no_keywords(vm, &args, "pack")?;
    let [format, values @ ..] = args.values else { return Err(vm.type_error("missing format argument")) };
    let bytes = packed(vm, format, values, "pack")?;
    Ok(vm.bytes(bytes))
}

fn pack_values_into(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::support::no_keywords(vm, &args, "pack_into")?;
    let Some((format, rest)) = args.values.split_first() else {
        return Err(vm.type_error("missing format argument"));
    };
    let Some((target, rest)) = rest.split_first() else {
        return Err(error(vm, "pack_into expected buffer argument"));
    };
    let Some((offset, values)) = rest.split_first() else {
        return Err(error(vm, "pack_into expected offset argument"));
    };
    let Some(view) = View::of(vm, target).filter(|view| !view.readonly && view.is_contiguous()) else {
        let found = vm.type_name(target);
        return Err(vm.type_error(format!("argument must be read-write bytes-like object, not {found}")));
    };
    let offset = vm.index_i64(offset)?;
    let bytes = packed(vm, format, values, "pack_into")?;
    let room = view.len * view.size;
    let at = place(vm, offset, bytes.len(), room, "pack_into", "packing", "no space to pack")?;
    buffers::write(vm, &view.owner, |target| {
        if let Some(target) = target.get_mut(view.start + at..view.start + at + bytes.len()) {
            target.copy_from_slice(&bytes);
        }
    });
    Ok(Value::NONE)
}

/// Where an offset lies in a buffer that must have room behind it.
fn place(vm: &mut Vm, offset: i64, size: usize, room: usize, name: &str, doing: &str, short: &str) -> Result<usize> {
    let at = if offset < 0 { offset + room as i64 } else { offset };
    if offset < 0 && at < 0 {
        let message = format!("offset {offset} out of range for {room}-byte buffer");
        return Err(error(vm, &message));
    }
    let at = at as usize;
    if at.saturating_add(size) <= room {
        return Ok(at);
    }
    let message = if offset < 0 {
        format!("{short} {size} bytes at offset {offset}")
    } else {
        format!(
            "{name} requires a buffer of at least {} bytes for {doing} {size} bytes at offset {offset} (actual buffer size is {room})",
            at.saturating_add(size)
        )
    };
    Err(error(vm, &message))
}

fn values_of(vm: &mut Vm, format: &Format, bytes: &[u8]) -> Value {
    let mut values = Vec::new();
    for part in &format.parts {
        let whole = matches!(part.kind, Kind::Bytes | Kind::Pascal);
        let (count, size) = if whole { (1, part.count) } else { (part.values(), part.size) };
        for index in 0..count {
            let at = part.offset + index * size;
            values.push(buffers::unpacked(vm, part.kind, &bytes[at..at + size], format.little));
        }
    }
    vm.tuple(values)
}

fn unpack(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [format, source] = exactly::<2>(vm, &args, "unpack")?;
    let format = format_of(vm, format)?;
    let bytes = buffers::buffer_bytes(vm, source)?;
    if bytes.len() != format.size {
        let message = format!("unpack requires a buffer of {} bytes", format.size);
        return Err(error(vm, &message));
    }
    Ok(values_of(vm, &format, &bytes))
}

fn unpack_from(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [format, source, offset] = named(vm, &args, "unpack_from", ["format", "buffer", "offset"], 2)?;
    let format = format_of(vm, &format.unwrap_or_default())?;
    let bytes = buffers::buffer_bytes(vm, &source.unwrap_or_default())?;
    let offset = match offset {
        Some(offset) => vm.index_i64(&offset)?,
        None => 0,
    };
    let at = place(vm, offset, format.size, bytes.len(), "unpack_from", "unpacking", "not enough data to unpack")?;
    Ok(values_of(vm, &format, &bytes[at..at + format.size]))
}

fn iter_unpack(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = between(vm, &args, "iter_unpack", 2, 2)?;
    let format = format_of(vm, &given[0])?;
    if format.size == 0 {
        return Err(error(vm, "cannot iteratively unpack with a struct of length 0"));
    }
    let bytes = buffers::buffer_bytes(vm, &given[1])?;
    if bytes.len() % format.size != 0 {
        let message = format!("iterative unpacking requires a buffer of a multiple of {} bytes", format.size);
        return Err(error(vm, &message));
    }
    let items = bytes.chunks_exact(format.size).map(|chunk| values_of(vm, &format, chunk)).collect();
    let list = vm.list(items);
    vm.iter(&list)
}
