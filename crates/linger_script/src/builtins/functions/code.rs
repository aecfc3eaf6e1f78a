//! Builtin functions that make and run code: `exec`, `eval`, `compile`, and `__import__`.
//!
//! The first three work only where the host allows it. `exit` and `quit` are here too.

use linger_heap::{Ref, Value};

use super::attributes::current_globals;
use crate::builtins::checks::{named, takes};
use crate::objects::{Args, Bytes, Code, Dict, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const FUNCTIONS: &[(&str, NativeFn)] =
    &[("exec", exec), ("eval", eval), ("compile", compile), ("__import__", import), ("exit", exit), ("quit", exit)];

fn allowed(vm: &mut Vm, name: &str) -> Result<()> {
    if vm.config.allow_exec {
        return Ok(());
    }
    Err(vm.runtime_error(format!("{name}() is not available: the host does not allow it")))
}

/// The text of a source given as a string or as bytes.
fn source_text(vm: &mut Vm, value: &Value) -> Option<String> {
    if let Some(text) = vm.text_of(value) {
        return Some(text.text.to_string());
    }
    let bytes = match vm.native::<Bytes>(value) {
        Some(bytes) => bytes.0.to_vec(),
        None => crate::builtins::bytes_type::octets_of(vm, value)?.to_vec(),
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Globals and locals to run in: those given, or those of the caller.
fn namespaces(vm: &mut Vm, name: &str, given: &[Value]) -> Result<(Ref<Dict>, Value)> {
    let at = |index: usize| given.get(index).filter(|value| !value.is_none()).cloned();
    let globals = match at(1) {
        None => {
            let globals = current_globals(vm);
            let locals = at(2).or_else(|| vm.frame_locals()).unwrap_or_else(|| globals.to_value());
            return Ok((globals, locals));
        }
        Some(value) => match vm.native::<Dict>(&value) {
            Some(globals) => globals,
            None => {
                let other = vm.type_name(&value);
                let message = match name {
                    "eval" => "globals must be a dict".to_owned(),
                    _ => format!("{name}() globals must be a dict, not {other}"),
                };
                return Err(vm.type_error(message));
            }
        },
    };
    let builtins = vm.intern("__builtins__");
    if vm.dict_get_name(&globals, &builtins).is_none() {
        let names = vm.builtins.to_value();
        vm.dict_set_name(&globals, &builtins, names);
    }
    let plain = given.get(1).is_some_and(|given| given.is_kind::<Dict>());
    let own = if plain { globals.to_value() } else { given[1].clone() };
    Ok((globals, at(2).unwrap_or(own)))
}

fn run(vm: &mut Vm, args: &Args<'_>, name: &str, mode: &str) -> Result<Value> {
    allowed(vm, name)?;
    let given = takes(vm, args, name, 0, 1, 3)?;
    let (globals, locals) = namespaces(vm, name, given)?;
    let code = match given[0].to_ref::<Code>() {
        Some(code) => code,
        None => match source_text(vm, &given[0]) {
            Some(text) => {
                let text = if mode == "eval" { text.trim_start_matches([' ', '\t']) } else { &text };
                vm.compile_text(text, "<string>", mode)?
            }
            None => return Err(vm.type_error(format!("{name}() arg 1 must be a string, bytes or code object"))),
        },
    };
    if !code.free_names.is_empty() {
        // There is nobody to give it cells.
        let count = code.free_names.len();
        return Err(vm.type_error(match name {
            "eval" => "code object passed to eval() may not contain free variables".to_owned(),
            _ => format!("code object requires a closure of exactly length {count}"),
        }));
    }
    let result = vm.run_code(&code, &globals, &locals)?;
    Ok(if mode == "eval" { result } else { Value::NONE })
}

fn exec(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    run(vm, &args, "exec", "exec")
}

fn eval(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    run(vm, &args, "eval", "eval")
}

fn compile(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    allowed(vm, "compile")?;
    let names = ["source", "filename", "mode", "flags", "dont_inherit", "optimize", "*_feature_version"];
    let [source, filename, mode, ..] = named(vm, &args, "compile", 0, names, 3)?;
    let (source, filename, mode) = (source.unwrap_or_default(), filename.unwrap_or_default(), mode.unwrap_or_default());
    let Some(text) = source_text(vm, &source) else {
        return Err(vm.type_error("compile() arg 1 must be a string, bytes or AST object"));
    };
    let (filename, mode) = (vm.to_text(&filename)?, vm.to_text(&mode)?);
    if !["exec", "eval", "single"].contains(&mode.as_str()) {
        return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'"));
    }
    Ok(vm.compile_text(&text, &filename, &mode)?.into_value())
}

fn import(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let names = ["name", "globals", "locals", "fromlist", "level"];
    let [name, _, _, wanted, level] = named(vm, &args, "__import__", 0, names, 1)?;
    let name = name.unwrap_or_default();
    let Some(text) = vm.text_of(&name) else {
        return Err(vm.type_error("module name must be a string"));
    };
    let level = match level {
        Some(level) => vm.index_i64(&level)?,
        None => 0,
    };
    if text.text.is_empty() && level == 0 {
        return Err(vm.value_error("Empty module name"));
    }
    let Ok(level) = u16::try_from(level) else { return Err(vm.value_error("level must be >= 0")) };
    let wanted = wanted.unwrap_or(Value::NONE);
    vm.import_name(&text.text, level, &wanted)
}

/// `exit(code)`, which CPython adds for people at a prompt, and scripts use all the same.
fn exit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [code] = named(vm, &args, "exit", 0, ["code"], 0)?;
    let class = vm.classes.system_exit.clone();
    Err(vm.error_with_args(&class, vec![code.unwrap_or(Value::NONE)]))
}
