//! `str`: the constructor, the table of methods, and those that look at one text: case, classes, stripping, padding, encoding.
//!
//! Searching and splitting is in `text_search`, formatting in `text_format`; operators are the machine's.

use linger_heap::{Ref, Value};

use super::arity;
use super::checks::named;
use super::dunders;
use super::{text_format as format, text_search as search};
use crate::objects::{Args, IterState, NativeFn, Str};
use crate::pure::str_case;
use crate::pure::str_text::{self, Side};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__repr__", format::repr_method),
    ("__str__", to_str),
    ("__format__", format::format_method),
    ("__getnewargs__", getnewargs),
    ("__hash__", dunders::hash),
    ("__iter__", iter),
    ("__mod__", format::percent),
    ("__rmod__", format::reflected_percent),
    ("__add__", dunders::add),
    ("__mul__", dunders::repeat),
    ("__rmul__", dunders::repeat),
    ("__len__", dunders::len),
    ("__contains__", dunders::contains),
    ("__getitem__", dunders::get_item),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::lt),
    ("__le__", dunders::le),
    ("__gt__", dunders::gt),
    ("__ge__", dunders::ge),
    ("capitalize", capitalize),
    ("casefold", casefold),
    ("center", center),
    ("count", search::count),
    ("encode", encode),
    ("endswith", search::endswith),
    ("expandtabs", expandtabs),
    ("find", search::find),
    ("format", format::format),
    ("format_map", format::format_map),
    ("index", search::index),
    ("isalnum", isalnum),
    ("isalpha", isalpha),
    ("isascii", isascii),
    ("isdecimal", isdecimal),
    ("isdigit", isdigit),
    ("isidentifier", isidentifier),
    ("islower", islower),
    ("isnumeric", isnumeric),
    ("isprintable", isprintable),
    ("isspace", isspace),
    ("istitle", istitle),
    ("isupper", isupper),
    ("join", search::join),
    ("ljust", ljust),
    ("lower", lower),
    ("lstrip", lstrip),
    ("partition", search::partition),
    ("removeprefix", search::removeprefix),
    ("removesuffix", search::removesuffix),
    ("replace", search::replace),
    ("rfind", search::rfind),
    ("rindex", search::rindex),
    ("rjust", rjust),
    ("rpartition", search::rpartition),
    ("rsplit", search::rsplit),
    ("rstrip", rstrip),
    ("split", search::split),
    ("splitlines", search::splitlines),
    ("startswith", search::startswith),
    ("strip", strip),
    ("swapcase", swapcase),
    ("title", title),
    ("translate", search::translate),
    ("upper", upper),
    ("zfill", zfill),
];

pub(super) const STATIC: &[(&str, NativeFn)] = &[("maketrans", search::maketrans)];

/// The receiver of a method of `str`.
pub(super) fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Ref<Str>> {
    match args.values.first().and_then(Value::to_ref::<Str>) {
        Some(text) => Ok(text),
        None => arity::receiver(vm, args, "str", name),
    }
}

/// `part` as a string: the receiver itself where it is the whole of a plain one.
pub(super) fn part_of(vm: &Vm, args: &Args<'_>, whole: &Str, part: &str) -> Value {
    match args.values.first() {
        Some(receiver) if part.len() == whole.text.len() && receiver.is_kind::<Str>() => receiver.clone(),
        _ => vm.str(part),
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if let [class, object] = args.values
        && args.names.is_empty()
        && vm.classes.str.with_value(|plain| class.is(plain))
    {
        return match object.as_small_int() {
            Some(int) => Ok(vm.str(itoa::Buffer::new().format(int))),
            None => vm.to_text_value(object),
        };
    }
    let [object, encoding, errors] = named(vm, &args, "str", 1, ["object", "encoding", "errors"], 0)?;
    let class = args.values.first().cloned().unwrap_or_default();
    let text = match object {
        None => vm.str(""),
        Some(object) if encoding.is_none() && errors.is_none() => vm.to_text_value(&object)?,
        Some(object) => {
            let encoding = name_argument(vm, encoding, "str() argument 'encoding'", "utf-8")?;
            let errors = name_argument(vm, errors, "str() argument 'errors'", "strict")?;
            if vm.is_str(&object) {
                return Err(vm.type_error("decoding str is not supported"));
            }
            let Some(octets) = super::bytes_type::octets_of(vm, &object) else {
                let found = vm.type_name(&object);
                return Err(vm.type_error(format!("decoding to str: need a bytes-like object, {found} found")));
            };
            vm.decode(&octets.to_vec(), &encoding, &errors)?
        }
    };
    if class.is(&vm.classes.str.to_value()) {
        // `__str__` may have given an instance of a subclass, which stays one.
        return Ok(text);
    }
    let plain = vm.inner_value(&text);
    vm.wrap(&class, plain)
}

/// The name of an encoding or of an error handler.
pub(super) fn name_argument(vm: &mut Vm, value: Option<Value>, what: &str, default: &str) -> Result<String> {
    let Some(value) = value else { return Ok(default.to_owned()) };
    match vm.text_of(&value) {
        Some(text) if text.text.contains('\0') => Err(vm.value_error("embedded null character")),
        Some(text) => Ok(text.text.to_string()),
        None => Err(arity::wrong_argument(vm, what, "str", &value)),
    }
}

/// Whether an encoding and an error handler, if given at all, are those that are meant where none are.
pub(super) fn means_utf8(encoding: &Option<Value>, errors: &Option<Value>) -> bool {
    errors.is_none() && encoding.as_ref().is_none_or(|encoding| matches!(crate::vm::text(encoding), "utf-8" | "utf8"))
}

fn to_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "__str__")?;
    arity::none(vm, &args, "str", "__str__")?;
    Ok(text.into_value())
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "__iter__")?.into_value();
    Ok(vm.iterator(IterState::Str(text, 0)))
}

fn getnewargs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "__getnewargs__")?.into_value();
    Ok(vm.tuple(vec![text]))
}

macro_rules! mapped {
    ($($name:ident)*) => { $(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let text = this(vm, &args, stringify!($name))?;
            arity::none(vm, &args, "str", stringify!($name))?;
            Ok(vm.written(|out| str_case::$name(&text.text, out)))
        }
    )* };
}

mapped!(capitalize casefold lower swapcase title upper);

macro_rules! tested {
    ($($name:ident)*) => { $(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let text = this(vm, &args, stringify!($name))?;
            arity::none(vm, &args, "str", stringify!($name))?;
            Ok(Value::bool(str_case::$name(&text.text)))
        }
    )* };
}

tested!(isalnum isalpha isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper);

fn isascii(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "isascii")?;
    arity::none(vm, &args, "str", "isascii")?;
    Ok(Value::bool(text.is_ascii()))
}

fn encode(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "encode")?;
    let [encoding, errors] = named(vm, &args, "encode", 1, ["encoding", "errors"], 0)?;
    if means_utf8(&encoding, &errors) {
        return Ok(vm.bytes(text.text.as_bytes()));
    }
    let encoding = name_argument(vm, encoding, "encode() argument 'encoding'", "utf-8")?;
    let errors = name_argument(vm, errors, "encode() argument 'errors'", "strict")?;
    let bytes = vm.encode(&text.into_value(), &encoding, &errors)?;
    Ok(vm.bytes(bytes))
}

fn expandtabs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "expandtabs")?;
    let [size] = named(vm, &args, "expandtabs", 1, ["tabsize"], 0)?;
    let size = match size {
        Some(size) => i64::from(arity::c_int(vm, &size)?),
        None => 8,
    };
    let tabs = text.text.bytes().filter(|byte| *byte == b'\t').count();
    vm.check_text(text.text.len().saturating_add(tabs.saturating_mul(usize::try_from(size).unwrap_or(0))))?;
    Ok(vm.written(|out| str_text::expandtabs(&text.text, size, out)))
}

fn stripped(vm: &mut Vm, args: &Args<'_>, name: &str, side: Side) -> Result<Value> {
    let text = this(vm, args, name)?;
    let chars = match arity::between(vm, args, "str", name, (0, 1))?.first() {
        Some(chars) if !chars.is_none() => match vm.text_of(chars) {
            Some(chars) => Some(chars),
            None => return Err(vm.type_error(format!("{name} arg must be None or str"))),
        },
        _ => None,
    };
    let part = str_text::strip(&text.text, chars.as_ref().map(|chars| &*chars.text), side);
    Ok(part_of(vm, args, &text, part))
}

fn strip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "strip", Side::Both)
}

fn lstrip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "lstrip", Side::Left)
}

fn rstrip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "rstrip", Side::Right)
}

/// A width as a size, and whether the memory for it is there.
pub(super) fn width(vm: &mut Vm, value: &Value, unit_bytes: usize) -> Result<usize> {
    let width = usize::try_from(vm.index_i64(value)?).unwrap_or(0);
    vm.check_text(width.saturating_mul(unit_bytes))?;
    Ok(width)
}

fn padded(vm: &mut Vm, args: &Args<'_>, name: &str, pad: fn(&str, usize, char, &mut String)) -> Result<Value> {
    let text = this(vm, args, name)?;
    let values = arity::between(vm, args, "str", name, (1, 2))?;
    let wanted = vm.index_i64(&values[0])?;
    let fill = match values.get(1) {
        None => ' ',
        Some(fill) => match vm.text_of(fill) {
            None => {
                let found = vm.type_name(fill);
                return Err(vm.type_error(format!("The fill character must be a unicode character, not {found}")));
            }
            Some(fill) => {
                let mut chars = fill.text.chars();
                match (chars.next(), chars.next()) {
                    (Some(fill), None) => fill,
                    _ => return Err(vm.type_error("The fill character must be exactly one character long")),
                }
            }
        },
    };
    let wanted = usize::try_from(wanted).unwrap_or(0);
    if wanted <= text.chars() {
        return Ok(part_of(vm, args, &text, &text.text));
    }
    vm.check_text(wanted.saturating_mul(fill.len_utf8()))?;
    Ok(vm.written(|out| pad(&text.text, wanted, fill, out)))
}

fn center(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "center", str_text::center)
}

fn ljust(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "ljust", str_text::ljust)
}

fn rjust(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "rjust", str_text::rjust)
}

fn zfill(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "zfill")?;
    let value = arity::one(vm, &args, "str", "zfill")?;
    let width = width(vm, value, 1)?;
    if width <= text.chars() {
        return Ok(part_of(vm, &args, &text, &text.text));
    }
    Ok(vm.written(|out| str_text::zfill(&text.text, width, out)))
}
