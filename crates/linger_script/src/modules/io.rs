//! The module `_io`: streams in memory. There are no other streams, since scripts see no files.

use linger_heap::Value;

use super::string_io;
use super::support::{Table, between, given, itself, method, module, named, none, one, resize, with};
use crate::builtins::buffers::{self, View};
use crate::objects::{Args, ByteArray, Bytes, Layout, NativeData};
use crate::vm::{Raise, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_io", &[]);
    string_io::add(vm, &module);
    let class = vm.native_class("BytesIO", "_io", None, Layout::Native, METHODS, &[("closed", is_closed)]);
    vm.module_set(&module, "BytesIO", class.into_value());
    Ok(module)
}

/// The body of a `BytesIO`.
#[derive(Default)]
struct BytesIo {
    bytes: Vec<u8>,
    position: usize,
    closed: bool,
}

impl NativeData for BytesIo {
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(std::mem::take(&mut self.bytes)))
    }
    fn heap_bytes(&self) -> usize {
        size_of::<BytesIo>() + self.bytes.capacity()
    }
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__enter__", enter),
    ("__exit__", close),
    ("__iter__", itself),
    ("__next__", next_line),
    ("close", close),
    ("flush", flush),
    ("getbuffer", getvalue),
    ("getvalue", getvalue),
    ("isatty", is_terminal),
    ("read", read),
    ("readinto", read_into),
    ("read1", read),
    ("readable", is_true),
    ("readline", readline),
    ("readlines", readlines),
    ("seek", seek),
    ("seekable", is_true),
    ("tell", tell),
    ("truncate", truncate),
    ("writable", is_true),
    ("write", write),
    ("writelines", writelines),
];

fn closed_error(vm: &mut Vm) -> Raise {
    vm.value_error("I/O operation on closed file.")
}

pub(super) fn is_true(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::TRUE)
}

pub(super) fn is_terminal(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::FALSE)
}

pub(super) fn flush(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

/// How many items a `read(size)` wants: all if the size is none or negative.
pub(super) fn wanted(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<usize> {
    let values = between(vm, args, name, 0, 1)?;
    match values.first() {
        Some(size) if !size.is_none() => Ok(usize::try_from(vm.index_i64(size)?).unwrap_or(usize::MAX)),
        _ => Ok(usize::MAX),
    }
}

/// Where a `seek(offset, whence)` leads from a position in a stream of a length.
pub(super) fn sought(vm: &mut Vm, args: &Args<'_>, position: usize, len: usize, text: bool) -> Result<usize> {
    let values = between(vm, args, "seek", 1, 2)?;
    let offset = vm.index_i64(&values[0])?;
    let whence = match values.get(1) {
        Some(whence) => vm.index_i64(whence)?,
        None => 0,
    };
    let base = match whence {
        0 if offset < 0 => {
            let text =
                if text { format!("Negative seek position {offset}") } else { format!("negative seek value {offset}") };
            return Err(vm.value_error(text));
        }
        0 => 0,
        1 | 2 if text && offset != 0 => return Err(vm.os_error("Can't do nonzero cur-relative seeks")),
        1 => position as i64,
        2 => len as i64,
        _ => return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    Ok(base.saturating_add(offset).max(0) as usize)
}

/// The bytes of a bytes-like value.
fn bytes_of(vm: &mut Vm, value: &Value) -> Result<Vec<u8>> {
    if let Some(bytes) = vm.native::<Bytes>(value) {
        return Ok(bytes.0.to_vec());
    }
    if let Some(bytes) = vm.native::<ByteArray>(value) {
        return Ok(bytes.0.borrow().clone());
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")))
}

/// Runs `act` on the body if the stream is open.
fn open<R>(vm: &mut Vm, this: &Value, act: impl FnOnce(&mut BytesIo) -> R) -> Result<R> {
    let result = resize(vm, this, |io: &mut BytesIo| if io.closed { None } else { Some(act(io)) })?;
    result.ok_or_else(|| closed_error(vm))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, _) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    Ok(vm.native_object(&class, Box::new(BytesIo::default())))
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__init__")?;
    let [initial] = named(vm, &rest, "BytesIO", ["initial_bytes"], 0)?;
    let bytes = match given(initial) {
        Some(initial) => bytes_of(vm, &initial)?,
        None => Vec::new(),
    };
    resize(vm, this, |io: &mut BytesIo| *io = BytesIo { bytes, ..BytesIo::default() })?;
    Ok(Value::NONE)
}

fn enter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__enter__")?;
    open(vm, this, |_| ())?;
    Ok(this.clone())
}

fn close(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "close")?;
    resize(vm, this, |io: &mut BytesIo| *io = BytesIo { closed: true, ..BytesIo::default() })?;
    Ok(Value::NONE)
}

fn is_closed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "closed")?;
    Ok(Value::bool(with(vm, this, |io: &mut BytesIo| io.closed)?))
}

fn getvalue(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "getvalue")?;
    none(vm, &rest, "BytesIO.getvalue")?;
    let bytes = open(vm, this, |io| io.bytes.clone())?;
    Ok(vm.bytes(bytes))
}

fn write(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "write")?;
    let value = one(vm, &rest, "BytesIO.write")?;
    let bytes = bytes_of(vm, value)?;
    let count = bytes.len();
    let (held, needed) = open(vm, this, |io| (io.bytes.len(), io.position.saturating_add(count)))?;
    vm.check_memory(needed.saturating_sub(held))?;
    open(vm, this, |io| {
        if count > 0 && io.bytes.len() < io.position + count {
            io.bytes.resize(io.position + count, 0);
        }
        if let Some(place) = io.bytes.get_mut(io.position..io.position + count) {
            place.copy_from_slice(&bytes);
        }
        io.position += count;
    })?;
    Ok(vm.size(count))
}

fn writelines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "writelines")?;
    let lines = one(vm, &rest, "BytesIO.writelines")?;
    for line in vm.items(lines)? {
        write(vm, Args::positional_only(&[this.clone(), line]))?;
    }
    Ok(Value::NONE)
}

/// Takes up to `count` bytes from the position on.
fn taken(io: &mut BytesIo, count: usize) -> Vec<u8> {
    let start = io.position.min(io.bytes.len());
    let end = start.saturating_add(count).min(io.bytes.len());
    io.position = io.position.max(end);
    io.bytes[start..end].to_vec()
}

/// Fills a buffer; how many bytes there were for it.
fn read_into(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readinto")?;
    let target = one(vm, &rest, "BytesIO.readinto")?;
    let Some(view) = View::of(vm, target).filter(|view| !view.readonly && view.is_contiguous()) else {
        let found = vm.type_name(target);
        return Err(vm.type_error(format!("readinto() argument must be read-write bytes-like object, not {found}")));
    };
    let bytes = open(vm, this, |io| taken(io, view.len * view.size))?;
    buffers::write(vm, &view.owner, |target| {
        if let Some(target) = target.get_mut(view.start..view.start + bytes.len()) {
            target.copy_from_slice(&bytes);
        }
    });
    Ok(vm.size(bytes.len()))
}

fn read(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "read")?;
    let count = wanted(vm, &rest, "read")?;
    let bytes = open(vm, this, |io| taken(io, count))?;
    Ok(vm.bytes(bytes))
}

fn line(io: &mut BytesIo, limit: usize) -> Vec<u8> {
    let rest = io.bytes.get(io.position..).unwrap_or_default();
    let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    taken(io, len.min(limit))
}

fn readline(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readline")?;
    let limit = wanted(vm, &rest, "readline")?;
    let bytes = open(vm, this, |io| line(io, limit))?;
    Ok(vm.bytes(bytes))
}

fn readlines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readlines")?;
    let hint = wanted(vm, &rest, "readlines")?;
    let mut lines = Vec::new();
    let mut total = 0;
    loop {
        let bytes = open(vm, this, |io| line(io, usize::MAX))?;
        if bytes.is_empty() {
            break;
        }
        total += bytes.len();
        lines.push(vm.bytes(bytes));
        if total >= hint.max(1) && hint != usize::MAX {
            break;
        }
    }
    Ok(vm.list(lines))
}

fn next_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__next__")?;
    let bytes = open(vm, this, |io| line(io, usize::MAX))?;
    if bytes.is_empty() { Err(vm.stop_iteration(Value::NONE)) } else { Ok(vm.bytes(bytes)) }
}

fn seek(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "seek")?;
    let (position, len) = open(vm, this, |io| (io.position, io.bytes.len()))?;
    let position = sought(vm, &rest, position, len, false)?;
    open(vm, this, |io| io.position = position)?;
    Ok(vm.size(position))
}

fn tell(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "tell")?;
    let position = open(vm, this, |io| io.position)?;
    Ok(vm.size(position))
}

fn truncate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "truncate")?;
    let wanted = wanted(vm, &rest, "truncate")?;
    let size = open(vm, this, |io| {
        let size = if wanted == usize::MAX { io.position } else { wanted };
        io.bytes.truncate(size);
        size
    })?;
    Ok(vm.size(size))
}
