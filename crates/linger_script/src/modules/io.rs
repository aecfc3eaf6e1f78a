//! The module `_io`: streams in memory. There are no other streams, since scripts see no files.

use linger_heap::Value;

use super::streams::{
    Stream, close, enter, flush, getvalue, is_closed, is_terminal, is_true, next_line, open, read, readline, readlines,
    seek, tell, truncate, write, writelines,
};
use super::string_io;
use super::support::{Table, given, itself, method, module, named, one, resize};
use crate::builtins::buffers::{self, View};
use crate::objects::{Args, ByteArray, Bytes, Layout, NativeData};
use crate::vm::{Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_io", &[]);
    string_io::add(vm, &module);
    let class = vm.native_class("BytesIO", "_io", None, Layout::Native, METHODS, &[("closed", is_closed::<BytesIo>)]);
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

impl Stream for BytesIo {
    const NAME: &'static str = "BytesIO";
    const IS_TEXT: bool = false;
    const CLOSED: &'static str = "I/O operation on closed file.";
    type Part = Vec<u8>;

    fn closed() -> BytesIo {
        BytesIo { closed: true, ..BytesIo::default() }
    }
    fn is_closed(&self) -> bool {
        self.closed
    }
    fn position(&self) -> usize {
        self.position
    }
    fn set_position(&mut self, position: usize) {
        self.position = position;
    }
    fn end(&self) -> usize {
        self.bytes.len()
    }
    fn whole(&self) -> Vec<u8> {
        self.bytes.clone()
    }
    fn take(&mut self, count: usize) -> Vec<u8> {
        let start = self.position.min(self.bytes.len());
        let end = start.saturating_add(count).min(self.bytes.len());
        self.position = self.position.max(end);
        self.bytes[start..end].to_vec()
    }
    fn take_line(&mut self, limit: usize) -> Vec<u8> {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        self.take(len.min(limit))
    }
    fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }
    fn part_len(part: &Vec<u8>) -> usize {
        part.len()
    }
    fn part_value(vm: &Vm, part: Vec<u8>) -> Value {
        vm.bytes(part)
    }
    fn write(vm: &mut Vm, this: &Value, part: &Value) -> Result<Value> {
        let bytes = bytes_of(vm, part)?;
        let count = bytes.len();
        let (held, needed) = open(vm, this, |io: &mut BytesIo| (io.bytes.len(), io.position.saturating_add(count)))?;
        vm.check_memory(needed.saturating_sub(held))?;
        open(vm, this, |io: &mut BytesIo| {
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
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__enter__", enter::<BytesIo>),
    ("__exit__", close::<BytesIo>),
    ("__iter__", itself),
    ("__next__", next_line::<BytesIo>),
    ("close", close::<BytesIo>),
    ("flush", flush),
    ("getbuffer", getvalue::<BytesIo>),
    ("getvalue", getvalue::<BytesIo>),
    ("isatty", is_terminal),
    ("read", read::<BytesIo>),
    ("readinto", read_into),
    ("read1", read::<BytesIo>),
    ("readable", is_true),
    ("readline", readline::<BytesIo>),
    ("readlines", readlines::<BytesIo>),
    ("seek", seek::<BytesIo>),
    ("seekable", is_true),
    ("tell", tell::<BytesIo>),
    ("truncate", truncate::<BytesIo>),
    ("writable", is_true),
    ("write", write::<BytesIo>),
    ("writelines", writelines::<BytesIo>),
];

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

/// Fills a buffer; how many bytes there were for it.
fn read_into(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readinto")?;
    let target = one(vm, &rest, "BytesIO.readinto")?;
    let Some(view) = View::of(vm, target).filter(|view| !view.readonly && view.is_contiguous()) else {
        let found = vm.type_name(target);
        return Err(vm.type_error(format!("readinto() argument must be read-write bytes-like object, not {found}")));
    };
    let bytes = open(vm, this, |io: &mut BytesIo| io.take(view.len * view.size))?;
    buffers::write(vm, &view.owner, |target| {
        if let Some(target) = target.get_mut(view.start..view.start + bytes.len()) {
            target.copy_from_slice(&bytes);
        }
    });
    Ok(vm.size(bytes.len()))
}
