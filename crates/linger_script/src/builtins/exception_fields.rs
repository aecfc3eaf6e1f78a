//! Exceptions with fields of their own: `OSError`, `ImportError`, `AttributeError`, `NameError`, `SyntaxError`, `UnicodeError`.
//!
//! A field is an attribute of the instance; where none was set, it is found among `args`, since the runtime makes exceptions
//! from arguments alone.

use linger_heap::{Ref, Value};

use super::exception_type::{exception_class, note_args, stored, this};
use crate::objects::{Args, Class, NativeFn, Tuple};
use crate::vm::{Result, Vm};

/// The item at a place of `args`.
fn argument(vm: &mut Vm, exception: &Value, index: usize) -> Option<Value> {
    let args = vm.exception_data(exception)?.args.get();
    args.downcast::<Tuple>()?.items.get(index).cloned()
}

/// The item of the tuple that is the second argument of a `SyntaxError`.
fn detail(vm: &mut Vm, exception: &Value, index: usize) -> Option<Value> {
    argument(vm, exception, 1)?.downcast::<Tuple>()?.items.get(index).cloned()
}

fn absent(_vm: &mut Vm, _exception: &Value) -> Option<Value> {
    None
}

macro_rules! fields {
    ($($getter:ident, $setter:ident = $name:literal, $fallback:expr;)*) => {$(
        fn $getter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            this(vm, &args, $name)?;
            let name = vm.intern($name);
            if let Some(value) = stored(vm, &args.values[0], &name) {
                return Ok(value);
            }
            let fallback: fn(&mut Vm, &Value) -> Option<Value> = $fallback;
            Ok(fallback(vm, &args.values[0]).unwrap_or(Value::NONE))
        }
        fn $setter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            super::checks::needs_value(vm, &args)?;
            this(vm, &args, $name)?;
            store(vm, &args.values[0], $name, args.values[1].clone());
            Ok(Value::NONE)
        }
    )*};
}

fields! {
    name, set_name = "name", absent;
    path, set_path = "path", absent;
    obj, set_obj = "obj", absent;
    msg, set_msg = "msg", |vm, exception| argument(vm, exception, 0);
    errno, set_errno = "errno", absent;
    strerror, set_strerror = "strerror", absent;
    os_filename, set_os_filename = "filename", absent;
    filename2, set_filename2 = "filename2", absent;
    filename, set_filename = "filename", |vm, exception| detail(vm, exception, 0);
    lineno, set_lineno = "lineno", |vm, exception| detail(vm, exception, 1);
    offset, set_offset = "offset", |vm, exception| detail(vm, exception, 2);
    text, set_text = "text", |vm, exception| detail(vm, exception, 3);
    end_lineno, set_end_lineno = "end_lineno", |vm, exception| detail(vm, exception, 4);
    end_offset, set_end_offset = "end_offset", |vm, exception| detail(vm, exception, 5);
    print_file_and_line, set_print_file_and_line = "print_file_and_line", absent;
    encoding, set_encoding = "encoding", |vm, exception| argument(vm, exception, 0);
    object, set_object = "object", |vm, exception| argument(vm, exception, 1);
    start, set_start = "start", |vm, exception| argument(vm, exception, 2);
    end, set_end = "end", |vm, exception| argument(vm, exception, 3);
    reason, set_reason = "reason", |vm, exception| argument(vm, exception, 4);
    translate_object, set_translate_object = "object", |vm, exception| argument(vm, exception, 0);
    translate_start, set_translate_start = "start", |vm, exception| argument(vm, exception, 1);
    translate_end, set_translate_end = "end", |vm, exception| argument(vm, exception, 2);
    translate_reason, set_translate_reason = "reason", |vm, exception| argument(vm, exception, 3);
}

fn store(vm: &mut Vm, exception: &Value, name: &str, value: Value) {
    let name = vm.intern(name);
    vm.instance_store(exception, &name, value);
}

pub(super) const OS_ERROR: &[(&str, NativeFn)] = &[
    ("__new__", new_os_error),
    ("__init__", init_os_error),
    ("__str__", os_error_str),
    ("errno\0set", set_errno),
    ("strerror\0set", set_strerror),
    ("filename\0set", set_os_filename),
    ("filename2\0set", set_filename2),
];
pub(super) const OS_ERROR_GETTERS: &[(&str, NativeFn)] =
    &[("errno", errno), ("strerror", strerror), ("filename", os_filename), ("filename2", filename2)];

pub(super) const IMPORT_ERROR: &[(&str, NativeFn)] = &[
    ("__init__", init_import_error),
    ("__str__", import_error_str),
    ("name\0set", set_name),
    ("path\0set", set_path),
    ("msg\0set", set_msg),
];
pub(super) const IMPORT_ERROR_GETTERS: &[(&str, NativeFn)] = &[("name", name), ("path", path), ("msg", msg)];

pub(super) const ATTRIBUTE_ERROR: &[(&str, NativeFn)] =
    &[("__init__", init_attribute_error), ("name\0set", set_name), ("obj\0set", set_obj)];
pub(super) const ATTRIBUTE_ERROR_GETTERS: &[(&str, NativeFn)] = &[("name", name), ("obj", obj)];

pub(super) const NAME_ERROR: &[(&str, NativeFn)] = &[("__init__", init_name_error), ("name\0set", set_name)];
pub(super) const NAME_ERROR_GETTERS: &[(&str, NativeFn)] = &[("name", name)];

pub(super) const SYNTAX_ERROR: &[(&str, NativeFn)] = &[
    ("__init__", init_syntax_error),
    ("__str__", syntax_error_str),
    ("msg\0set", set_msg),
    ("filename\0set", set_filename),
    ("lineno\0set", set_lineno),
    ("offset\0set", set_offset),
    ("text\0set", set_text),
    ("end_lineno\0set", set_end_lineno),
    ("end_offset\0set", set_end_offset),
    ("print_file_and_line\0set", set_print_file_and_line),
];
pub(super) const SYNTAX_ERROR_GETTERS: &[(&str, NativeFn)] = &[
    ("msg", msg),
    ("filename", filename),
    ("lineno", lineno),
    ("offset", offset),
    ("text", text),
    ("end_lineno", end_lineno),
    ("end_offset", end_offset),
    ("print_file_and_line", print_file_and_line),
];

/// Of `UnicodeDecodeError` and `UnicodeEncodeError`.
pub(super) const CODING_ERROR: &[(&str, NativeFn)] = &[
    ("encoding\0set", set_encoding),
    ("object\0set", set_object),
    ("start\0set", set_start),
    ("end\0set", set_end),
    ("reason\0set", set_reason),
];
pub(super) const CODING_ERROR_GETTERS: &[(&str, NativeFn)] =
    &[("encoding", encoding), ("object", object), ("start", start), ("end", end), ("reason", reason)];

pub(super) const TRANSLATE_ERROR: &[(&str, NativeFn)] = &[
    ("object\0set", set_translate_object),
    ("start\0set", set_translate_start),
    ("end\0set", set_translate_end),
    ("reason\0set", set_translate_reason),
];
pub(super) const TRANSLATE_ERROR_GETTERS: &[(&str, NativeFn)] =
    &[("object", translate_object), ("start", translate_start), ("end", translate_end), ("reason", translate_reason)];

/// `__init__` of an exception that takes some fields by keyword.
fn init_with_keywords(vm: &mut Vm, args: &Args<'_>, class: &str, fields: &[&str]) -> Result<Value> {
    let data = this(vm, args, "__init__")?;
    note_args(vm, &data, &args.positional()[1..]);
    // A second time, what is not given again is gone.
    for field in fields {
        let name = vm.intern(field);
        if stored(vm, &args.values[0], &name).is_some() {
            store(vm, &args.values[0], field, Value::NONE);
        }
    }
    for (name, value) in args.keywords() {
        let name = crate::vm::text(name);
        if !fields.contains(&name) {
            return Err(vm.type_error(format!("'{name}' is an invalid keyword argument for {class}()")));
        }
        store(vm, &args.values[0], name, value.clone());
    }
    Ok(Value::NONE)
}

fn init_import_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init_with_keywords(vm, &args, "ImportError", &["name", "path"])?;
    // With more than one argument there is no message.
    let given = args.positional();
    store(vm, &args.values[0], "msg", if given.len() == 2 { given[1].clone() } else { Value::NONE });
    Ok(Value::NONE)
}

fn import_error_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let message = msg(vm, args)?;
    let text = if vm.is_str(&message) { vm.to_text(&message)? } else { vm.exception_text(&args.values[0], false)? };
    Ok(vm.str(&text))
}

fn init_attribute_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init_with_keywords(vm, &args, "AttributeError", &["name", "obj"])
}

fn init_name_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init_with_keywords(vm, &args, "NameError", &["name"])
}

/// The subclass of `OSError` for an error number (Linux's numbers, as CPython on Linux maps them).
fn class_of_errno(vm: &Vm, errno: i64) -> Option<&Ref<Class>> {
    let classes = &vm.classes;
    Some(match errno {
        1 | 13 => &classes.permission_error,
        2 => &classes.file_not_found_error,
        3 => &classes.process_lookup_error,
        4 => &classes.interrupted_error,
        10 => &classes.child_process_error,
        32 | 108 => &classes.broken_pipe_error,
        103 => &classes.connection_aborted_error,
        104 => &classes.connection_reset_error,
        111 => &classes.connection_refused_error,
        11 | 114 | 115 => &classes.blocking_io_error,
        17 => &classes.file_exists_error,
        20 => &classes.not_a_directory_error,
        21 => &classes.is_a_directory_error,
        110 => &classes.timeout_error,
        _ => return None,
    })
}

fn new_os_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "OSError")?;
    let mut class = exception_class(vm, &args)?;
    let given = &args.positional()[1..];
    if class.is(&vm.classes.os_error)
        && (2..=5).contains(&given.len())
        && let Some(errno) = vm.to_i64(&given[0])
        && let Some(better) = class_of_errno(vm, errno)
    {
        class = better.clone();
    }
    let exception = vm.make_exception(&class, given.to_vec());
    note_os_error(vm, &exception, given);
    Ok(exception)
}

fn note_os_error(vm: &mut Vm, exception: &Value, given: &[Value]) {
    let Some(data) = vm.exception_data(exception) else { return };
    if !(2..=5).contains(&given.len()) {
        note_args(vm, &data, given);
        return;
    }
    store(vm, exception, "errno", given[0].clone());
    store(vm, exception, "strerror", given[1].clone());
    // File names are no arguments any more once they are attributes.
    let Some(file) = given.get(2).filter(|file| !file.is_none()) else {
        note_args(vm, &data, given);
        return;
    };
    store(vm, exception, "filename", file.clone());
    if let Some(other) = given.get(4) {
        store(vm, exception, "filename2", other.clone());
    }
    note_args(vm, &data, &given[..2]);
}

fn init_os_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__init__")?;
    if !args.names.is_empty() {
        let name = vm.type_name(&args.values[0]);
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    note_os_error(vm, &args.values[0], &args.values[1..]);
    Ok(Value::NONE)
}

fn os_error_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (errno, message) = (errno(vm, args)?, strerror(vm, args)?);
    let (file, other) = (os_filename(vm, args)?, filename2(vm, args)?);
    let text = if !file.is_none() {
        let (errno, message, file) = (vm.to_text(&errno)?, vm.to_text(&message)?, vm.repr(&file)?);
        match other.is_none() {
            true => format!("[Errno {errno}] {message}: {file}"),
            false => format!("[Errno {errno}] {message}: {file} -> {}", vm.repr(&other)?),
        }
    } else if !errno.is_none() && !message.is_none() {
        format!("[Errno {}] {}", vm.to_text(&errno)?, vm.to_text(&message)?)
    } else {
        vm.exception_text(&args.values[0], false)?
    };
    Ok(vm.str(&text))
}

fn init_syntax_error(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let data = this(vm, &args, "__init__")?;
    if !args.names.is_empty() {
        let name = vm.type_name(&args.values[0]);
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    note_args(vm, &data, &args.values[1..]);
    if args.values.len() == 3 {
        let details = vm.items(&args.values[2])?;
        if !matches!(details.len(), 4 | 6) {
            return Err(vm.type_error(match details.len() {
                5 => "end_offset must be provided when end_lineno is provided".to_owned(),
                count if count < 4 => format!("function takes at least 4 arguments ({count} given)"),
                count => format!("function takes at most 6 arguments ({count} given)"),
            }));
        }
    }
    Ok(Value::NONE)
}

fn syntax_error_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (message, file, line) = (msg(vm, args)?, filename(vm, args)?, lineno(vm, args)?);
    let message = vm.to_text(&message)?;
    let file = match vm.text_of(&file) {
        Some(file) => file.text.rsplit('/').next().map(str::to_owned),
        None => None,
    };
    let line = if vm.is_int(&line) { Some(vm.to_text(&line)?) } else { None };
    let text = match (file, line) {
        (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
        (Some(file), None) => format!("{message} ({file})"),
        (None, Some(line)) => format!("{message} (line {line})"),
        (None, None) => message,
    };
    Ok(vm.str(&text))
}
