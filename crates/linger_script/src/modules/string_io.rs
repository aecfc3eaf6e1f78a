//! `io.StringIO`: a text that is written and read like a file.

use linger_heap::Value;

use super::io::{flush, is_terminal, is_true, sought, wanted};
use super::support::{Table, given, itself, method, named, none, one, resize, with};
use crate::objects::{Args, Layout, NativeData};
use crate::vm::{Result, Vm};

/// Adds the class to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let getters: Table<'_> =
        &[("closed", is_closed), ("encoding", no_encoding), ("errors", no_encoding), ("newlines", no_encoding)];
    let class = vm.native_class("StringIO", "_io", None, Layout::Native, METHODS, getters);
    vm.module_set(module, "StringIO", class.into_value());
}

/// The body of a `StringIO`. Positions count characters.
struct StringIo {
    text: String,
    chars: usize,
    position: usize,
    /// What a line feed becomes when it is written, if not itself.
    newline: Option<&'static str>,
    /// Whether carriage returns become line feeds when they are written.
    is_universal: bool,
    closed: bool,
}

impl NativeData for StringIo {
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(std::mem::take(&mut self.text)))
    }
    fn heap_bytes(&self) -> usize {
        size_of::<StringIo>() + self.text.capacity()
    }
}

impl StringIo {
    fn empty() -> StringIo {
        StringIo { text: String::new(), chars: 0, position: 0, newline: None, is_universal: false, closed: false }
    }

    /// The byte offset of a character.
    fn offset(&self, position: usize) -> usize {
        if self.chars == self.text.len() {
            position.min(self.text.len())
        } else {
            self.text.char_indices().nth(position).map_or(self.text.len(), |(offset, _)| offset)
        }
    }

    fn write(&mut self, text: &str) {
        let count = text.chars().count();
        if count == 0 {
            return;
        }
        while self.chars < self.position {
            self.text.push('\0');
            self.chars += 1;
        }
        if self.position == self.chars {
            self.text.push_str(text);
            self.chars += count;
        } else {
            let end = (self.position + count).min(self.chars);
            let range = self.offset(self.position)..self.offset(end);
            self.text.replace_range(range, text);
            self.chars += count - (end - self.position);
        }
        self.position += count;
    }

    /// Takes up to `count` characters from the position on.
    fn take(&mut self, count: usize) -> String {
        let start = self.position.min(self.chars);
        let end = start.saturating_add(count).min(self.chars);
        self.position = self.position.max(end);
        self.text[self.offset(start)..self.offset(end)].to_owned()
    }

    fn line(&mut self, limit: usize) -> String {
        if self.position >= self.chars {
            return String::new();
        }
        let rest = &self.text[self.offset(self.position)..];
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let count = rest[..end].chars().count();
        self.take(count.min(limit))
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
    ("getvalue", getvalue),
    ("isatty", is_terminal),
    ("read", read),
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

fn no_encoding(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

/// Runs `act` on the body if the stream is open.
fn open<R>(vm: &mut Vm, this: &Value, act: impl FnOnce(&mut StringIo) -> R) -> Result<R> {
    let result = resize(vm, this, |io: &mut StringIo| if io.closed { None } else { Some(act(io)) })?;
    result.ok_or_else(|| vm.value_error("I/O operation on closed file"))
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, _) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    Ok(vm.native_object(&class, Box::new(StringIo::empty())))
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__init__")?;
    let [initial, newline] = named(vm, &rest, "StringIO", ["initial_value", "newline"], 0)?;
    let mut io = StringIo::empty();
    match newline {
        None => {}
        Some(newline) if newline.is_none() => io.is_universal = true,
        Some(newline) => {
            io.newline = match vm.text_of(&newline).as_deref().map(|text| text.text.to_string()).as_deref() {
                Some("\n" | "") => None,
                Some("\r") => Some("\r"),
                Some("\r\n") => Some("\r\n"),
                _ => {
                    let text = vm.repr(&newline)?;
                    return Err(vm.value_error(format!("illegal newline value: {text}")));
                }
            }
        }
    }
    if let Some(initial) = given(initial) {
        let Some(text) = vm.text_of(&initial) else {
            let name = vm.type_name(&initial);
            return Err(vm.type_error(format!("initial_value must be str or None, not {name}")));
        };
        let text = translated(&io, &text.text);
        io.write(&text);
        io.position = 0;
    }
    resize(vm, this, |place: &mut StringIo| *place = io)?;
    Ok(Value::NONE)
}

/// A text with line ends as the stream keeps them.
fn translated(io: &StringIo, text: &str) -> String {
    if io.is_universal {
        return text.replace("\r\n", "\n").replace('\r', "\n");
    }
    match io.newline {
        Some(newline) => text.replace('\n', newline),
        None => text.to_owned(),
    }
}

fn enter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__enter__")?;
    open(vm, this, |_| ())?;
    Ok(this.clone())
}

fn close(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "close")?;
    resize(vm, this, |io: &mut StringIo| *io = StringIo { closed: true, ..StringIo::empty() })?;
    Ok(Value::NONE)
}

fn is_closed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "closed")?;
    Ok(Value::bool(with(vm, this, |io: &mut StringIo| io.closed)?))
}

fn getvalue(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "getvalue")?;
    none(vm, &rest, "StringIO.getvalue")?;
    let text = open(vm, this, |io| io.text.clone())?;
    Ok(vm.str(&text))
}

fn write(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "write")?;
    let value = one(vm, &rest, "StringIO.write")?;
    let Some(text) = vm.text_of(value) else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("string argument expected, got '{name}'")));
    };
    let padding = open(vm, this, |io| io.position.saturating_sub(io.chars))?;
    vm.check_text(padding.saturating_add(text.text.len()))?;
    open(vm, this, |io| {
        if io.is_universal || io.newline.is_some() {
            let text = translated(io, &text.text);
            io.write(&text);
        } else {
            io.write(&text.text);
        }
    })?;
    Ok(vm.size(text.chars()))
}

fn writelines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "writelines")?;
    let lines = one(vm, &rest, "StringIO.writelines")?;
    if with(vm, this, |io: &mut StringIo| io.closed)? {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    for line in vm.items(lines)? {
        write(vm, Args::positional_only(&[this.clone(), line]))?;
    }
    Ok(Value::NONE)
}

fn read(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "read")?;
    let count = wanted(vm, &rest, "read")?;
    let text = open(vm, this, |io| io.take(count))?;
    Ok(vm.str(&text))
}

fn readline(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readline")?;
    let limit = wanted(vm, &rest, "readline")?;
    let text = open(vm, this, |io| io.line(limit))?;
    Ok(vm.str(&text))
}

fn readlines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readlines")?;
    let hint = wanted(vm, &rest, "readlines")?;
    let mut lines = Vec::new();
    let mut total = 0;
    loop {
        let text = open(vm, this, |io| io.line(usize::MAX))?;
        if text.is_empty() {
            break;
        }
        total += text.chars().count();
        lines.push(vm.str(&text));
        if total >= hint.max(1) && hint != usize::MAX {
            break;
        }
    }
    Ok(vm.list(lines))
}

fn next_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__next__")?;
    let text = open(vm, this, |io| io.line(usize::MAX))?;
    if text.is_empty() { Err(vm.stop_iteration(Value::NONE)) } else { Ok(vm.str(&text)) }
}

fn seek(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "seek")?;
    let (position, len) = open(vm, this, |io| (io.position, io.chars))?;
    let position = sought(vm, &rest, position, len, true)?;
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
    if let Some(size) = rest.values.first().and_then(Value::as_small_int).filter(|size| *size < 0) {
        return Err(vm.value_error(format!("Negative size value {size}")));
    }
    let wanted = wanted(vm, &rest, "truncate")?;
    let size = open(vm, this, |io| {
        let size = if wanted == usize::MAX { io.position } else { wanted };
        let offset = io.offset(size);
        io.text.truncate(offset);
        io.chars = io.chars.min(size);
        size
    })?;
    Ok(vm.size(size))
}
