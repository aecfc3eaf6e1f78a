//! `io.StringIO`: a text that is written and read like a file.

use linger_heap::Value;

use super::streams::{
    Stream, close, enter, flush, getvalue, is_closed, is_terminal, is_true, next_line, open, read, readline, readlines,
    seek, tell, truncate, write, writelines,
};
use super::support::{Table, given, itself, method, named, resize};
use crate::objects::{Args, Layout, NativeData};
use crate::vm::{Result, Vm};

/// Adds the class to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let getters: Table<'_> = &[
        ("closed", is_closed::<StringIo>),
        ("encoding", no_encoding),
        ("errors", no_encoding),
        ("newlines", no_encoding),
    ];
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

    /// Writes over what is at the position, and moves it.
    fn write_at_position(&mut self, text: &str) {
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
}

impl Stream for StringIo {
    const NAME: &'static str = "StringIO";
    const IS_TEXT: bool = true;
    const CLOSED: &'static str = "I/O operation on closed file";
    type Part = String;

    fn closed() -> StringIo {
        StringIo { closed: true, ..StringIo::empty() }
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
        self.chars
    }
    fn whole(&self) -> String {
        self.text.clone()
    }
    fn take(&mut self, count: usize) -> String {
        let start = self.position.min(self.chars);
        let end = start.saturating_add(count).min(self.chars);
        self.position = self.position.max(end);
        self.text[self.offset(start)..self.offset(end)].to_owned()
    }
    fn take_line(&mut self, limit: usize) -> String {
        if self.position >= self.chars {
            return String::new();
        }
        let rest = &self.text[self.offset(self.position)..];
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let count = rest[..end].chars().count();
        self.take(count.min(limit))
    }
    fn truncate(&mut self, len: usize) {
        let offset = self.offset(len);
        self.text.truncate(offset);
        self.chars = self.chars.min(len);
    }
    fn part_len(part: &String) -> usize {
        part.chars().count()
    }
    fn part_value(vm: &Vm, part: String) -> Value {
        vm.str(&part)
    }
    fn write(vm: &mut Vm, this: &Value, part: &Value) -> Result<Value> {
        let Some(text) = vm.text_of(part) else {
            let name = vm.type_name(part);
            return Err(vm.type_error(format!("string argument expected, got '{name}'")));
        };
        let padding = open(vm, this, |io: &mut StringIo| io.position.saturating_sub(io.chars))?;
        vm.check_text(padding.saturating_add(text.text.len()))?;
        open(vm, this, |io: &mut StringIo| {
            if io.is_universal || io.newline.is_some() {
                let text = translated(io, &text.text);
                io.write_at_position(&text);
            } else {
                io.write_at_position(&text.text);
            }
        })?;
        Ok(vm.size(text.chars()))
    }
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__enter__", enter::<StringIo>),
    ("__exit__", close::<StringIo>),
    ("__iter__", itself),
    ("__next__", next_line::<StringIo>),
    ("close", close::<StringIo>),
    ("flush", flush),
    ("getvalue", getvalue::<StringIo>),
    ("isatty", is_terminal),
    ("read", read::<StringIo>),
    ("readable", is_true),
    ("readline", readline::<StringIo>),
    ("readlines", readlines::<StringIo>),
    ("seek", seek::<StringIo>),
    ("seekable", is_true),
    ("tell", tell::<StringIo>),
    ("truncate", truncate::<StringIo>),
    ("writable", is_true),
    ("write", write::<StringIo>),
    ("writelines", writelines::<StringIo>),
];

fn no_encoding(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
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
        io.write_at_position(&text);
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
