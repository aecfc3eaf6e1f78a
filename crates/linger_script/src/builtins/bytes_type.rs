//! `bytes`: the constructor, the table of methods, hexadecimal text, decoding and translation; and what bytes-like objects are.
//!
//! The methods serve `bytearray` too: `Octets` is either. Operators are the machine's.

use linger_heap::{Ref, Value};

use super::arity;
use super::checks::named;
use super::text_type::{means_utf8, name_argument};
use crate::objects::{Args, ByteArray, Bytes, Instance, IterState, NativeFn, Special};
use crate::pure::str_repr::repr_str;
use crate::vm::{Result, Vm, items_of};

/// The methods that `bytes` and `bytearray` share, and further ones.
macro_rules! with_shared {
    ($($extra:expr),* $(,)?) => {
        &[
            ("__repr__", crate::builtins::text_format::repr_method),
            ("__iter__", crate::builtins::bytes_type::iter),
            ("__mod__", crate::builtins::bytes_type::percent),
            ("__rmod__", crate::builtins::bytes_type::reflected_percent),
            ("__add__", crate::builtins::dunders::add),
            ("__mul__", crate::builtins::dunders::repeat),
            ("__rmul__", crate::builtins::dunders::repeat),
            ("__len__", crate::builtins::dunders::len),
            ("__contains__", crate::builtins::dunders::contains),
            ("__getitem__", crate::builtins::dunders::get_item),
            ("__eq__", crate::builtins::dunders::eq),
            ("__ne__", crate::builtins::dunders::ne),
            ("__lt__", crate::builtins::dunders::lt),
            ("__le__", crate::builtins::dunders::le),
            ("__gt__", crate::builtins::dunders::gt),
            ("__ge__", crate::builtins::dunders::ge),
            ("capitalize", crate::builtins::bytes_case::capitalize),
            ("center", crate::builtins::bytes_case::center),
            ("count", crate::builtins::bytes_search::count),
            ("decode", crate::builtins::bytes_type::decode),
            ("endswith", crate::builtins::bytes_search::endswith),
            ("expandtabs", crate::builtins::bytes_case::expandtabs),
            ("find", crate::builtins::bytes_search::find),
            ("hex", crate::builtins::bytes_type::hex),
            ("index", crate::builtins::bytes_search::index),
            ("isalnum", crate::builtins::bytes_case::isalnum),
            ("isalpha", crate::builtins::bytes_case::isalpha),
            ("isascii", crate::builtins::bytes_case::isascii),
            ("isdigit", crate::builtins::bytes_case::isdigit),
            ("islower", crate::builtins::bytes_case::islower),
            ("isspace", crate::builtins::bytes_case::isspace),
            ("istitle", crate::builtins::bytes_case::istitle),
            ("isupper", crate::builtins::bytes_case::isupper),
            ("join", crate::builtins::bytes_search::join),
            ("ljust", crate::builtins::bytes_case::ljust),
            ("lower", crate::builtins::bytes_case::lower),
            ("lstrip", crate::builtins::bytes_case::lstrip),
            ("partition", crate::builtins::bytes_search::partition),
            ("removeprefix", crate::builtins::bytes_search::removeprefix),
            ("removesuffix", crate::builtins::bytes_search::removesuffix),
            ("replace", crate::builtins::bytes_search::replace),
            ("rfind", crate::builtins::bytes_search::rfind),
            ("rindex", crate::builtins::bytes_search::rindex),
            ("rjust", crate::builtins::bytes_case::rjust),
            ("rpartition", crate::builtins::bytes_search::rpartition),
            ("rsplit", crate::builtins::bytes_search::rsplit),
            ("rstrip", crate::builtins::bytes_case::rstrip),
            ("split", crate::builtins::bytes_search::split),
            ("splitlines", crate::builtins::bytes_search::splitlines),
            ("startswith", crate::builtins::bytes_search::startswith),
            ("strip", crate::builtins::bytes_case::strip),
            ("swapcase", crate::builtins::bytes_case::swapcase),
            ("title", crate::builtins::bytes_case::title),
            ("translate", crate::builtins::bytes_type::translate),
            ("upper", crate::builtins::bytes_case::upper),
            ("zfill", crate::builtins::bytes_case::zfill),
            $($extra),*
        ]
    };
}
pub(super) use with_shared;

pub(super) const METHODS: &[(&str, NativeFn)] = with_shared![
    ("__new__", new),
    ("__bytes__", to_bytes),
    ("__getnewargs__", getnewargs),
    ("__hash__", super::dunders::hash)
];

pub(super) const STATIC: &[(&str, NativeFn)] = &[("maketrans", maketrans)];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("fromhex", fromhex)];

/// A `bytes` or `bytearray`.
#[derive(Clone)]
pub(crate) enum Octets {
    /// `bytes`
    Fixed(Ref<Bytes>),
    /// `bytearray`
    Changing(Ref<ByteArray>),
    /// What a memory view or an array shows.
    Copied(Vec<u8>),
}

impl Octets {
    /// Lends the bytes; `act` must not run a script.
    pub fn read<R>(&self, act: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Octets::Fixed(bytes) => act(&bytes.0),
            Octets::Changing(bytes) => act(&bytes.0.borrow()),
            Octets::Copied(bytes) => act(bytes),
        }
    }

    pub fn to_vec(&self) -> Vec<u8> {
        self.read(<[u8]>::to_vec)
    }

    pub fn len(&self) -> usize {
        self.read(<[u8]>::len)
    }

    /// The name of the class.
    pub fn owner(&self) -> &'static str {
        match self {
            Octets::Fixed(_) | Octets::Copied(_) => "bytes",
            Octets::Changing(_) => "bytearray",
        }
    }

    /// A new object of the same class.
    pub fn same_kind(&self, vm: &Vm, bytes: Vec<u8>) -> Value {
        match self {
            Octets::Fixed(_) | Octets::Copied(_) => vm.bytes(bytes),
            Octets::Changing(_) => bytearray(vm, bytes),
        }
    }
}

/// A `bytearray`.
pub(crate) fn bytearray(vm: &Vm, bytes: Vec<u8>) -> Value {
    vm.object(&vm.classes.bytearray, ByteArray::new(bytes)).into_value()
}

/// The bytes of a bytes-like object.
pub(crate) fn octets_of(vm: &Vm, value: &Value) -> Option<Octets> {
    if let Some(bytes) = vm.native::<Bytes>(value) {
        return Some(Octets::Fixed(bytes));
    }
    vm.native::<ByteArray>(value).map(Octets::Changing).or_else(|| Octets::copied(vm, value))
}

/// The receiver of a method of `bytes` or `bytearray`.
pub(super) fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Octets> {
    match args.values.first().and_then(|value| octets_of(vm, value)) {
        Some(octets) => Ok(octets),
        None => Err(arity::wrong_receiver(vm, args, "bytes", name)),
    }
}

/// An argument that must be bytes-like.
pub(super) fn bytes_like(vm: &mut Vm, value: &Value) -> Result<Vec<u8>> {
    match octets_of(vm, value) {
        Some(octets) => Ok(octets.to_vec()),
        None => {
            let found = vm.type_name(value);
            Err(vm.type_error(format!("a bytes-like object is required, not '{found}'")))
        }
    }
}

/// An item of bytes from an integer.
pub(super) fn byte_item(vm: &mut Vm, value: &Value, complaint: &str) -> Result<u8> {
    if let Some(byte) = value.as_small_int().and_then(|number| u8::try_from(number).ok()) {
        return Ok(byte);
    }
    let number = vm.index(value)?;
    match vm.to_i64(&number).and_then(|number| u8::try_from(number).ok()) {
        Some(byte) => Ok(byte),
        None => Err(vm.value_error(complaint)),
    }
}

/// What `bytes(...)` and `bytearray(...)` are made of; `owner` is the class's name.
pub(super) fn contents(
    vm: &mut Vm,
    owner: &'static str,
    source: Option<Value>,
    encoding: Option<Value>,
    errors: Option<Value>,
) -> Result<Vec<u8>> {
    let is_coded = encoding.is_some() || errors.is_some();
    let has_encoding = encoding.is_some();
    let encoding = name_argument(vm, encoding, &format!("{owner}() argument 'encoding'"), "utf-8")?;
    let errors = name_argument(vm, errors, &format!("{owner}() argument 'errors'"), "strict")?;
    let Some(source) = source else {
        let what = if has_encoding { "encoding" } else { "errors" };
        return if is_coded { Err(vm.type_error(format!("{what} without a string argument"))) } else { Ok(Vec::new()) };
    };
    let by_method = owner == "bytes" && !is_coded && source.is_kind::<Instance>();
    if by_method && let Some((_, bytes)) = by_bytes_method(vm, &source)? {
        return Ok(bytes);
    }
    if vm.is_str(&source) {
        if !has_encoding {
            return Err(vm.type_error("string argument without an encoding"));
        }
        return vm.encode(&source, &encoding, &errors);
    }
    if is_coded {
        let what = if has_encoding { "encoding" } else { "errors" };
        return Err(vm.type_error(format!("{what} without a string argument")));
    }
    if owner == "bytes"
        && !source.is_kind::<Bytes>()
        && let Some((_, bytes)) = by_bytes_method(vm, &source)?
    {
        return Ok(bytes);
    }
    super::buffers::check_not_released(vm, &source)?;
    if let Some(octets) = octets_of(vm, &source) {
        return Ok(octets.to_vec());
    }
    if vm.is_int(&source) || vm.special(&source, Special::Index).is_some() {
        let count = vm.index(&source)?;
        let Some(count) = vm.to_i64(&count) else {
            return Err(vm.overflow_error("cannot fit 'int' into an index-sized integer"));
        };
        let Ok(count) = usize::try_from(count) else { return Err(vm.value_error("negative count")) };
        vm.check_memory(count)?;
        return Ok(vec![0; count]);
    }
    if vm.special(&source, Special::Iter).is_none() && vm.special(&source, Special::GetItem).is_none() {
        let found = vm.type_name(&source);
        return Err(vm.type_error(format!("cannot convert '{found}' object to {owner}")));
    }
    let complaint = if owner == "bytes" { "bytes must be in range(0, 256)" } else { "byte must be in range(0, 256)" };
    let small = |item: &Value| item.as_small_int().and_then(|number| u8::try_from(number).ok());
    if let Some(bytes) = items_of(&source).and_then(|items| items.iter().map(small).collect()) {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    let iterator = vm.iter(&source)?;
    if owner == "bytes" {
        vm.ask_length(&source)?;
    }
    vm.exhaust(&iterator, |vm, item| {
        out.push(byte_item(vm, &item, complaint)?);
        vm.check_built(out.len())
    })?;
    Ok(out)
}

/// What `__bytes__` gives, and what is in it; nothing if there is no such method.
fn by_bytes_method(vm: &mut Vm, source: &Value) -> Result<Option<(Value, Vec<u8>)>> {
    let Some(bytes) = vm.call_special(source, Special::Bytes, &[])? else { return Ok(None) };
    match octets_of(vm, &bytes) {
        Some(Octets::Fixed(inside)) => {
            let inside = inside.0.to_vec();
            Ok(Some((bytes, inside)))
        }
        _ => {
            let found = vm.type_name(&bytes);
            Err(vm.type_error(format!("__bytes__ returned non-bytes (type {found})")))
        }
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [source, encoding, errors] = named(vm, &args, "bytes", 1, ["source", "encoding", "errors"], 0)?;
    let class = args.values.first().cloned().unwrap_or_default();
    let is_plain = class.is(&vm.classes.bytes.to_value()) && encoding.is_none() && errors.is_none();
    if let Some(source) = source.as_ref().filter(|source| is_plain && source.is_kind::<Instance>())
        && let Some((bytes, _)) = by_bytes_method(vm, source)?
    {
        // It may be of a subclass, and stays so.
        return Ok(bytes);
    }
    if let Some(source) =
        source.as_ref().filter(|source| source.is_kind::<Bytes>() && encoding.is_none() && errors.is_none())
    {
        return vm.wrap(&class, source.clone());
    }
    let bytes = contents(vm, "bytes", source, encoding, errors)?;
    let bytes = vm.bytes(bytes);
    vm.wrap(&class, bytes)
}

fn to_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "__bytes__")?;
    match (octets, args.values) {
        (Octets::Fixed(_), [receiver, ..]) if receiver.is_kind::<Bytes>() => Ok(receiver.clone()),
        (octets, _) => Ok(vm.bytes(octets.to_vec())),
    }
}

pub(super) fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__iter__")?;
    let bytes = vm.inner_value(&args.values[0]);
    Ok(vm.iterator(IterState::Bytes(bytes, 0)))
}

pub(super) fn percent(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__mod__")?;
    let values = arity::one(vm, &args, "bytes", "__mod__")?;
    vm.percent_format(&args.values[0], values)
}

pub(super) fn reflected_percent(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__rmod__")?;
    let template = arity::one(vm, &args, "bytes", "__rmod__")?;
    if octets_of(vm, template).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    vm.percent_format(template, &args.values[0])
}

fn getnewargs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "__getnewargs__")?;
    let bytes = vm.bytes(octets.to_vec());
    Ok(vm.tuple(vec![bytes]))
}

pub(super) fn decode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "decode")?;
    let [encoding, errors] = named(vm, &args, "decode", 1, ["encoding", "errors"], 0)?;
    if means_utf8(&encoding, &errors)
        && let Octets::Fixed(bytes) = &octets
        && let Ok(text) = str::from_utf8(&bytes.0)
    {
        return Ok(vm.str(text));
    }
    let encoding = name_argument(vm, encoding, "decode() argument 'encoding'", "utf-8")?;
    let errors = name_argument(vm, errors, "decode() argument 'errors'", "strict")?;
    match octets {
        Octets::Fixed(bytes) => vm.decode(&bytes.0, &encoding, &errors),
        Octets::Changing(_) | Octets::Copied(_) => vm.decode(&octets.to_vec(), &encoding, &errors),
    }
}

pub(super) fn hex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "hex")?;
    let [separator, group] = named(vm, &args, "hex", 1, ["sep", "bytes_per_sep"], 0)?;
    let group = match group {
        Some(group) => arity::c_int(vm, &group)?,
        None => 1,
    };
    let separator = match separator {
        None => None,
        Some(separator) => {
            let text = match (vm.text_of(&separator), octets_of(vm, &separator)) {
                (Some(text), _) => text.text.to_string(),
                (_, Some(octets)) => octets.read(|bytes| bytes.iter().map(|&byte| byte as char).collect()),
                _ => {
                    // CPython asks for the length first.
                    vm.len(&separator)?;
                    return Err(vm.type_error("sep must be str or bytes."));
                }
            };
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if c.is_ascii() => Some(c),
                (Some(_), None) => return Err(vm.value_error("sep must be ASCII.")),
                _ => return Err(vm.value_error("sep must be length 1.")),
            }
        }
    };
    let size = group.unsigned_abs() as usize;
    let out = octets.read(|bytes| {
        let mut out = String::with_capacity(bytes.len() * 3);
        for (index, byte) in bytes.iter().enumerate() {
            // Groups are counted from the right, or from the left where the size is negative.
            let place = if group > 0 { bytes.len() - index } else { index };
            if let Some(separator) = separator
                && index > 0
                && size > 0
                && place % size == 0
            {
                out.push(separator);
            }
            out.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0')));
        }
        out
    });
    Ok(vm.str(&out))
}

/// The bytes that hexadecimal text spells.
pub(super) fn from_hex(vm: &mut Vm, args: &Args<'_>, owner: &'static str) -> Result<Vec<u8>> {
    let value = arity::one(vm, args, owner, "fromhex")?;
    let Some(text) = vm.text_of(value) else {
        return Err(arity::wrong_argument(vm, "fromhex() argument", "str", value));
    };
    if let Some(index) = text.text.chars().position(|c| !c.is_ascii()) {
        return Err(vm.value_error(format!("non-hexadecimal number found in fromhex() arg at position {index}")));
    }
    let mut out = Vec::with_capacity(text.text.len() / 2);
    let mut high = None;
    for (index, c) in text.text.chars().enumerate() {
        if high.is_none() && c.is_ascii() && super::bytes_case::is_space(c as u8) {
            continue;
        }
        let Some(digit) = c.to_digit(16) else {
            return Err(vm.value_error(format!("non-hexadecimal number found in fromhex() arg at position {index}")));
        };
        match high.take() {
            None => high = Some(digit as u8),
            Some(high) => out.push(high << 4 | digit as u8),
        }
    }
    if high.is_some() {
        let end = text.chars();
        return Err(vm.value_error(format!("non-hexadecimal number found in fromhex() arg at position {end}")));
    }
    Ok(out)
}

fn fromhex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "bytes")?;
    let bytes = from_hex(vm, &args, "bytes")?;
    let bytes = vm.bytes(bytes);
    let class = args.values[0].clone();
    if class.is(&vm.classes.bytes.to_value()) { Ok(bytes) } else { vm.call(&class, &[bytes]) }
}

pub(super) fn maketrans(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [from, to] = args.values else {
        let given = args.values.len();
        return Err(vm.type_error(format!("maketrans expected 2 arguments, got {given}")));
    };
    let (from, to) = (bytes_like(vm, from)?, bytes_like(vm, to)?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.into_iter().zip(to) {
        table[from as usize] = to;
    }
    Ok(vm.bytes(table))
}

pub(super) fn translate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "translate")?;
    if args.positional().len() < 2 {
        return Err(vm.type_error("translate() takes at least 1 positional argument (0 given)"));
    }
    let [table, deleted] = named(vm, &args, "translate", 1, ["", "delete"], 1)?;
    let table = match table.filter(|table| !table.is_none()) {
        None => None,
        Some(table) => {
            let table = bytes_like(vm, &table)?;
            if table.len() != 256 {
                return Err(vm.value_error("translation table must be 256 characters long"));
            }
            Some(table)
        }
    };
    let deleted = match deleted {
        Some(deleted) => bytes_like(vm, &deleted)?,
        None => Vec::new(),
    };
    let out = octets.read(|bytes| {
        let kept = bytes.iter().filter(|byte| !deleted.contains(byte));
        kept.map(|&byte| table.as_ref().map_or(byte, |table| table[byte as usize])).collect()
    });
    Ok(octets.same_kind(vm, out))
}

/// The repr of bytes as it is in messages of conversions: a `bytearray` shows as `bytearray(b'..')`.
pub(super) fn shown(vm: &Vm, value: &Value) -> String {
    match octets_of(vm, value) {
        Some(octets) => octets.read(crate::pure::str_repr::repr_bytes),
        None => repr_str(""),
    }
}
