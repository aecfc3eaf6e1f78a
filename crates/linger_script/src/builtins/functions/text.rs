//! Builtin functions that write and make text.

use linger_heap::Value;

use crate::builtins::checks::{function_of_one, named, no_keywords, positional, shown_type, takes};
use crate::objects::{Args, BigInt, ByteArray, Bytes, Module, NativeFn, Str};
use crate::pure::int_text;
use crate::vm::{Result, Vm};

pub(super) const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("print", print),
    ("repr", repr),
    ("ascii", ascii),
    ("format", format),
    ("chr", chr),
    ("ord", ord),
    ("bin", bin),
    ("oct", oct),
    ("hex", hex),
    ("input", input),
    ("open", open),
];

/// What `print` puts between and behind its arguments.
fn separator(vm: &mut Vm, value: Option<&Value>, name: &str, default: &str) -> Result<String> {
    match value {
        None => Ok(default.to_owned()),
        Some(value) if value.is_none() => Ok(default.to_owned()),
        Some(value) => match vm.text_of(value) {
            Some(text) => Ok(text.text.to_string()),
            None => {
                let other = vm.type_name(value);
                Err(vm.type_error(format!("{name} must be None or a string, not {other}")))
            }
        },
    }
}

fn of_sys(vm: &mut Vm, name: &str) -> Option<Value> {
    let modules = vm.modules.clone();
    let module = vm.dict_get_str(&modules, "sys")?;
    let dict = module.downcast::<Module>()?.dict.clone();
    vm.dict_get_str(&dict, name)
}

/// `sys.stdout`, if a script has put something else there.
fn replaced_stdout(vm: &mut Vm) -> Option<Value> {
    let current = of_sys(vm, "stdout")?;
    let original = vm.registry.get("sys.stdout");
    let same = original.is_none_or(|original| original.is(&current));
    (!same).then_some(current)
}

/// `sys.stdin`, if a script has put something else there.
fn replaced_stdin(vm: &mut Vm) -> Option<Value> {
    let current = of_sys(vm, "stdin")?;
    let same = of_sys(vm, "__stdin__").is_none_or(|original| original.is(&current));
    (!same).then_some(current)
}

fn print(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (mut sep, mut end, mut file, mut flush) = (None, None, Value::NONE, false);
    for (name, value) in args.keywords() {
        match crate::vm::text(name) {
            "sep" => sep = Some(value),
            "end" => end = Some(value),
            "file" => file = value.clone(),
            "flush" => flush = vm.truth(value)?,
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for print()"))),
        }
    }
    let sep = separator(vm, sep, "sep", " ")?;
    let end = separator(vm, end, "end", "\n")?;
    if file.is_none() {
        match replaced_stdout(vm) {
            Some(other) if other.is_none() => return Ok(Value::NONE),
            Some(other) => file = other,
            None => {
                let mut line = String::new();
                for (index, value) in args.positional().iter().enumerate() {
                    if index > 0 {
                        line.push_str(&sep);
                    }
                    // What a script's `__str__` prints, or an error in it, comes behind what stands before the value.
                    if value.is_object() && !value.is_kind::<Str>() && !line.is_empty() {
                        vm.write_stdout(&line);
                        line.clear();
                    }
                    vm.push_text(value, &mut line)?;
                    vm.check_built(line.len())?;
                }
                line.push_str(&end);
                vm.write_stdout(&line);
                return Ok(Value::NONE);
            }
        }
    }
    let write = vm.get_attr_str(&file, "write")?;
    let (sep, end) = (vm.str(&sep), vm.str(&end));
    for (index, value) in args.positional().iter().enumerate() {
        if index > 0 {
            vm.call(&write, std::slice::from_ref(&sep))?;
        }
        let text = vm.to_text_value(value)?;
        vm.call(&write, &[text])?;
    }
    vm.call(&write, &[end])?;
    if flush {
        vm.call_method(&file, "flush", &[])?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "repr")?;
    vm.repr_value(value)
}

fn ascii(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "ascii")?;
    let text = vm.ascii(value)?;
    Ok(vm.str(&text))
}

fn format(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let given = takes(vm, &args, "format", 0, 1, 2)?;
    let Some(spec) = given.get(1) else { return vm.formatted(&given[0], "") };
    match vm.text_of(spec) {
        Some(spec) => vm.formatted(&given[0], &spec.text),
        None => {
            let other = shown_type(vm, spec);
            Err(vm.type_error(format!("format() argument 2 must be str, not {other}")))
        }
    }
}

fn chr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "chr")?;
    if let Some(character) = value.as_small_int().and_then(|code| u8::try_from(code).ok()) {
        return Ok(vm.char(character.into()));
    }
    let index = vm.index(value)?;
    let Some(code) = vm.to_i64(&index).and_then(|code| i32::try_from(code).ok()) else {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    };
    match u32::try_from(code).ok().filter(|code| *code < 0x11_0000) {
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
        Some(code) => match char::from_u32(code) {
            Some(character) => Ok(vm.char(character)),
            None => Err(vm.value_error("chr() of a lone surrogate: strings hold whole characters only")),
        },
    }
}

fn ord(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "ord")?;
    let len = if let Some(text) = vm.text_of(value) {
        let mut characters = text.text.chars();
        if let (Some(character), None) = (characters.next(), characters.next()) {
            return Ok(vm.int(i64::from(u32::from(character))));
        }
        text.chars()
    } else if let Some(bytes) = vm.native::<Bytes>(value) {
        if let [byte] = *bytes.0 {
            return Ok(vm.int(i64::from(byte)));
        }
        bytes.0.len()
    } else if let Some(bytes) = vm.native::<ByteArray>(value) {
        let bytes = bytes.0.borrow();
        if let [byte] = bytes[..] {
            return Ok(vm.int(i64::from(byte)));
        }
        bytes.len()
    } else {
        let other = vm.type_name(value);
        return Err(vm.type_error(format!("ord() expected string of length 1, but {other} found")));
    };
    Err(vm.type_error(format!("ord() expected a character, but string of length {len} found")))
}

fn radix(vm: &mut Vm, args: &Args<'_>, name: &str, base: u32) -> Result<Value> {
    let value = function_of_one(vm, args, name)?;
    let index = vm.index(value)?;
    match (vm.to_i64(&index), index.downcast::<BigInt>()) {
        (Some(small), _) => Ok(vm.written(|out| int_text::push_prefixed(small, base, out))),
        (None, Some(big)) => {
            let digits = int_text::radix_bigint(&big.to_big(), base);
            Ok(vm.str(&int_text::with_prefix(&digits, base)))
        }
        (None, None) => Ok(vm.str("")),
    }
}

fn bin(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    radix(vm, &args, "bin", 2)
}

fn oct(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    radix(vm, &args, "oct", 8)
}

fn hex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    radix(vm, &args, "hex", 16)
}

/// There is no terminal; a stream that the script itself has put in the place of `sys.stdin` is read.
fn input(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_keywords(vm, &args, "input")?;
    let given = positional(vm, &args, "input", 0, 0, 1)?;
    let Some(stdin) = replaced_stdin(vm) else {
        return Err(vm.runtime_error("input() is not available: scripts have no terminal"));
    };
    if let Some(prompt) = given.first() {
        let end = vm.intern("end");
        let no_newline = vm.str("");
        print(vm, Args { values: &[prompt.clone(), no_newline], names: &[end] })?;
    }
    let line = vm.call_method(&stdin, "readline", &[])?;
    let Some(text) = vm.native::<Str>(&line) else {
        return Err(vm.type_error("object.readline() returned non-string"));
    };
    if text.text.is_empty() {
        return Err(vm.eof_error("EOF when reading a line"));
    }
    match text.text.strip_suffix('\n') {
        Some(shorter) => Ok(vm.str(shorter)),
        None => Ok(line),
    }
}

fn open(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let names = ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"];
    named(vm, &args, "open", 0, names, 1)?;
    let class = vm.classes.permission_error.clone();
    Err(vm.error(&class, "open() is not available: scripts see no files"))
}
