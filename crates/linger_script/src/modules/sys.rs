//! The module `sys`, as far as a script without an operating system needs it.

use linger_heap::Value;

use super::structs;
use super::support::{Table, between, module, named, none, one};
use crate::objects::{Args, Layout, NativeData};
use crate::pure::int_text;
use crate::vm::{Raise, Result, Vm};

/// The least number of digits that `sys.set_int_max_str_digits` takes, but for 0.
const LEAST_MAX_DIGITS: usize = 640;

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "sys", FUNCTIONS);
    let text = |vm: &mut Vm, name: &str, value: &str| {
        let value = vm.str(value);
        vm.module_set(&module, name, value);
    };
    text(vm, "version", "3.11.4 (main, Jan  1 2026, 00:00:00) [Linger]");
    text(vm, "platform", "linger");
    text(vm, "byteorder", "little");
    text(vm, "copyright", "");
    text(vm, "executable", "");
    text(vm, "prefix", "");
    text(vm, "base_prefix", "");
    text(vm, "exec_prefix", "");
    text(vm, "base_exec_prefix", "");
    text(vm, "float_repr_style", "short");
    let max = vm.int(i64::MAX);
    vm.module_set(&module, "maxsize", max);
    let max = vm.int(0x10FFFF);
    vm.module_set(&module, "maxunicode", max);
    let version = vm.int(0x030B_04F0);
    vm.module_set(&module, "hexversion", version);
    let version = vm.int(1013);
    vm.module_set(&module, "api_version", version);
    vm.module_set(&module, "dont_write_bytecode", Value::TRUE);

    let argv: Vec<Value> = vm.host.argv.iter().map(|arg| vm.str(arg)).collect();
    let argv = vm.list(argv);
    vm.module_set(&module, "argv", argv);
    let path = vm.list(vec![vm.str("")]);
    vm.module_set(&module, "path", path);
    let modules = vm.modules.to_value();
    vm.module_set(&module, "modules", modules);
    for name in ["meta_path", "path_hooks", "warnoptions", "orig_argv"] {
        let empty = vm.list(Vec::new());
        vm.module_set(&module, name, empty);
    }
    for name in ["path_importer_cache", "_xoptions"] {
        let empty = vm.dict().into_value();
        vm.module_set(&module, name, empty);
    }
    let names: Vec<Value> = super::names().map(|name| vm.str(name)).collect();
    let names = vm.tuple(names);
    let frozen = vm.call(&vm.classes.frozenset.to_value(), std::slice::from_ref(&names))?;
    vm.module_set(&module, "builtin_module_names", names);
    vm.module_set(&module, "stdlib_module_names", frozen);

    add_structs(vm, &module)?;

    let class = vm.native_class("TextIOWrapper", "_io", None, Layout::Native, STREAM_METHODS, STREAM_GETTERS);
    for (name, alias, stream) in [
        ("stdout", "__stdout__", Stream::Output),
        ("stderr", "__stderr__", Stream::Error),
        ("stdin", "__stdin__", Stream::Input),
    ] {
        let stream = vm.native_object(&class, Box::new(stream));
        if name == "stdout" {
            vm.registry.insert("sys.stdout", stream.clone());
        } else if name == "stderr" {
            vm.registry.insert("sys.stderr", stream.clone());
        }
        vm.module_set(&module, name, stream.clone());
        vm.module_set(&module, alias, stream);
    }
    Ok(module)
}

type ModuleRef = Value;

fn add_struct(
    vm: &mut Vm,
    module: &ModuleRef,
    name: &'static str,
    fields: &'static [&'static str],
    items: Vec<Value>,
) -> Result<()> {
    let class = structs::class(vm, "sys", name, fields, fields.len());
    let object = structs::object(vm, &class, items)?;
    vm.module_set(module, name, object);
    Ok(())
}

fn add_structs(vm: &mut Vm, module: &ModuleRef) -> Result<()> {
    let version = vec![vm.int(3), vm.int(11), vm.int(4), vm.str("final"), vm.int(0)];
    add_struct(vm, module, "version_info", &["major", "minor", "micro", "releaselevel", "serial"], version.clone())?;

    let fields = &[
        "max",
        "max_exp",
        "max_10_exp",
        "min",
        "min_exp",
        "min_10_exp",
        "dig",
        "mant_dig",
        "epsilon",
        "radix",
        "rounds",
    ];
    let items = vec![
        Value::float(f64::MAX),
        vm.int(1024),
        vm.int(308),
        Value::float(f64::MIN_POSITIVE),
        vm.int(-1021),
        vm.int(-307),
        vm.int(15),
        vm.int(53),
        Value::float(f64::EPSILON),
        vm.int(2),
        vm.int(1),
    ];
    add_struct(vm, module, "float_info", fields, items)?;

    let items = [30, 4, 4300, LEAST_MAX_DIGITS as i64].map(|number| vm.int(number)).to_vec();
    let fields = &["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"];
    add_struct(vm, module, "int_info", fields, items)?;

    let items = vec![
        vm.int(64),
        vm.int((1 << 61) - 1),
        vm.int(314_159),
        vm.int(0),
        vm.int(1_000_003),
        vm.str("siphash13"),
        vm.int(64),
        vm.int(128),
        vm.int(0),
    ];
    let fields = &["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"];
    add_struct(vm, module, "hash_info", fields, items)?;

    let fields = &[
        "debug",
        "inspect",
        "interactive",
        "optimize",
        "dont_write_bytecode",
        "no_user_site",
        "no_site",
        "ignore_environment",
        "verbose",
        "bytes_warning",
        "quiet",
        "hash_randomization",
        "isolated",
        "dev_mode",
        "utf8_mode",
        "safe_path",
        "int_max_str_digits",
    ];
    let mut items = vec![vm.int(0); fields.len()];
    items[13] = Value::FALSE;
    items[14] = vm.int(1);
    items[15] = Value::FALSE;
    items[16] = vm.int(4300);
    add_struct(vm, module, "flags", fields, items)?;

    // A namespace of its own: `sys.implementation.name`.
    let class = vm.native_class("SimpleNamespace", "types", None, Layout::Object, &[("__repr__", namespace_repr)], &[]);
    let implementation = vm.call(&class.to_value(), &[])?;
    let info = super::support::module_get(vm, module, "version_info").unwrap_or(Value::NONE);
    let hex = vm.int(0x030B_04F0);
    for (name, value) in
        [("name", vm.str("linger")), ("cache_tag", Value::NONE), ("version", info), ("hexversion", hex)]
    {
        let name = vm.intern(name);
        vm.set_attr(&implementation, &name, value)?;
    }
    vm.module_set(module, "implementation", implementation);
    Ok(())
}

const FUNCTIONS: Table<'static> = &[
    ("_getframe", getframe),
    ("audit", audit),
    ("__displayhook__", displayhook),
    ("__excepthook__", excepthook),
    ("__unraisablehook__", nothing),
    ("displayhook", displayhook),
    ("unraisablehook", nothing),
    ("exc_info", exc_info),
    ("exception", exception),
    ("excepthook", excepthook),
    ("exit", exit),
    ("get_int_max_str_digits", get_int_max_str_digits),
    ("getallocatedblocks", getallocatedblocks),
    ("getdefaultencoding", getdefaultencoding),
    ("getfilesystemencoding", getdefaultencoding),
    ("getrecursionlimit", getrecursionlimit),
    ("getrefcount", getrefcount),
    ("getsizeof", getsizeof),
    ("getswitchinterval", getswitchinterval),
    ("gettrace", nothing),
    ("getprofile", nothing),
    ("intern", intern),
    ("is_finalizing", is_finalizing),
    ("set_int_max_str_digits", set_int_max_str_digits),
    ("setrecursionlimit", setrecursionlimit),
    ("setswitchinterval", nothing),
    ("settrace", nothing),
    ("setprofile", nothing),
];

/// `namespace(name='linger', ...)`
fn namespace_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = args.values.first().cloned().unwrap_or_default();
    let fields = vm.get_attr_str(&this, "__dict__")?;
    let fields = vm.call_method(&fields, "items", &[])?;
    let mut shown = Vec::new();
    for field in vm.items(&fields)? {
        let pair = vm.items(&field)?;
        let [name, value] = &*pair else { continue };
        let name = vm.text_of(name).map_or_else(String::new, |name| name.text.to_string());
        shown.push(format!("{name}={}", vm.repr(value)?));
    }
    Ok(vm.str(&format!("namespace({})", shown.join(", "))))
}

fn nothing(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

fn audit(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

fn is_finalizing(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::FALSE)
}

fn get_int_max_str_digits(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.size(int_text::max_digits()))
}

fn set_int_max_str_digits(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [most] = named(vm, &args, "set_int_max_str_digits", ["maxdigits"], 1)?;
    let most = vm.index_i64(&most.unwrap_or_default())?;
    match usize::try_from(most) {
        Ok(most) if most == 0 || most >= LEAST_MAX_DIGITS => int_text::set_max_digits(most),
        _ => return Err(vm.value_error(format!("maxdigits must be 0 or larger than {LEAST_MAX_DIGITS}"))),
    }
    Ok(Value::NONE)
}

fn getswitchinterval(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::float(0.005))
}

fn getdefaultencoding(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.str("utf-8"))
}

fn getallocatedblocks(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.int(vm.heap().totals().live as i64))
}

fn displayhook(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "sys.displayhook")?;
    if !value.is_none() {
        let text = vm.repr(value)?;
        let (text, builtins) = (vm.str(&text), vm.builtins.clone());
        let print = vm.dict_get_str(&builtins, "print").unwrap_or(Value::NONE);
        vm.dict_set_str(&builtins, "_", Value::NONE);
        vm.call(&print, &[text])?;
        vm.dict_set_str(&builtins, "_", value.clone());
    }
    Ok(Value::NONE)
}

fn excepthook(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [_, value, _] = super::support::exactly::<3>(vm, &args, "excepthook")?;
    let text = vm.traceback_text(&Raise(value.clone()));
    vm.tell_stderr(&text);
    Ok(Value::NONE)
}

fn exc_info(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "sys.exc_info")?;
    let value = vm.handled.clone();
    if value.is_empty() {
        return Ok(vm.tuple(vec![Value::NONE, Value::NONE, Value::NONE]));
    }
    let class = vm.class_of(&value).to_value();
    let traceback = vm.get_attr_str(&value, "__traceback__")?;
    Ok(vm.tuple(vec![class, value, traceback]))
}

fn exception(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "sys.exception")?;
    Ok(if vm.handled.is_empty() { Value::NONE } else { vm.handled.clone() })
}

fn exit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "exit", 0, 1)?;
    let class = vm.classes.system_exit.clone();
    Err(Raise(vm.make_exception(&class, values.to_vec())))
}

fn getrecursionlimit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "sys.getrecursionlimit")?;
    Ok(vm.size(vm.config.recursion_limit))
}

fn setrecursionlimit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let limit = one(vm, &args, "sys.setrecursionlimit")?;
    let limit = vm.index_i64(limit)?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    vm.config.recursion_limit = limit as usize;
    vm.limit_frames();
    Ok(Value::NONE)
}

fn getrefcount(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "sys.getrefcount")?;
    // CPython's constants have large counts; ours have none.
    let count = value.header().map_or(1_000_000_000, |header| i64::from(header.count()));
    Ok(vm.int(count))
}

fn getsizeof(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [value, _default] = named(vm, &args, "getsizeof", ["object", "default"], 1)?;
    let bytes = value.as_ref().and_then(Value::header).map_or(size_of::<Value>(), |header| header.bytes());
    Ok(vm.size(bytes))
}

fn intern(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "sys.intern")?;
    if !value.is_kind::<crate::objects::Str>() {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("intern() argument must be str, not {name}")));
    }
    Ok(vm.interned(value))
}

/// The calling frame, with its globals: what library code reads to find the module of its caller.
fn getframe(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "_getframe", 0, 1)?;
    let depth = match values.first() {
        Some(depth) => vm.index_i64(depth)?.max(0) as usize,
        None => 0,
    };
    match vm.frame_object(depth)? {
        Some(frame) => Ok(frame),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

/// Where a stream of `sys` leads.
enum Stream {
    Input,
    Output,
    Error,
}

impl NativeData for Stream {}

const STREAM_METHODS: Table<'static> = &[
    ("write", stream_write),
    ("writelines", stream_writelines),
    ("flush", stream_flush),
    ("isatty", stream_false),
    ("readable", stream_false),
    ("seekable", stream_false),
    ("writable", stream_true),
    ("fileno", stream_fileno),
    ("close", stream_flush),
    ("read", stream_no_input),
    ("readline", stream_no_input),
    ("__repr__", stream_repr),
];

const STREAM_GETTERS: Table<'static> = &[
    ("encoding", getdefaultencoding),
    ("errors", stream_errors),
    ("closed", stream_false),
    ("name", stream_name),
    ("mode", stream_mode),
];

fn stream_write(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = super::support::method(vm, args, "write")?;
    let value = one(vm, &rest, "TextIOWrapper.write")?;
    let Some(text) = vm.text_of(value) else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("write() argument must be str, not {name}")));
    };
    let is_error = super::support::with(vm, this, |stream: &mut Stream| matches!(stream, Stream::Error))?;
    if is_error {
        vm.write_stderr(&text.text)
    } else {
        vm.write_stdout(&text.text)
    }
    Ok(vm.size(text.chars()))
}

fn stream_writelines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = super::support::method(vm, args, "writelines")?;
    let lines = one(vm, &rest, "TextIOWrapper.writelines")?;
    for line in vm.items(lines)? {
        stream_write(vm, Args::positional_only(&[this.clone(), line]))?;
    }
    Ok(Value::NONE)
}

fn stream_flush(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

fn stream_false(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::FALSE)
}

fn stream_true(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::TRUE)
}

fn stream_no_input(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.str(""))
}

fn stream_errors(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.str("strict"))
}

fn stream_mode(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.str("w"))
}

fn stream_fileno(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.os_error("scripts see no files: a stream has no number"))
}

fn stream_text(vm: &mut Vm, args: Args<'_>) -> Result<&'static str> {
    let (this, _) = super::support::method(vm, args, "name")?;
    super::support::with(vm, this, |stream: &mut Stream| match stream {
        Stream::Input => "<stdin>",
        Stream::Output => "<stdout>",
        Stream::Error => "<stderr>",
    })
}

fn stream_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = stream_text(vm, args)?;
    Ok(vm.str(name))
}

fn stream_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let name = stream_text(vm, args)?;
    Ok(vm.str(&format!("<_io.TextIOWrapper name='{name}' mode='w' encoding='utf-8'>")))
}
