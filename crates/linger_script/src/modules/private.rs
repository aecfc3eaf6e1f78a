//! The module `_linger`: what the runtime's own Python modules need and scripts have no business with.

use linger_heap::Value;

use super::support::{Table, exactly, module};
use crate::objects::{Args, Dict, Function};
use crate::vm::{CompileMode, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let functions: Table<'_> = &[
        ("exec", exec),
        ("find", find),
        ("make_awaitable", make_awaitable),
        ("json_decode", super::json_decode::decode),
        ("json_encode", super::json_encode::encode),
        ("reload", reload),
        ("json_string", super::json_encode::encode_string),
    ];
    Ok(module(vm, "_linger", functions))
}

/// `exec(text, globals)`: runs a text that one of our own modules wrote. The switch of the host is for texts that scripts
/// write; what is run here is made of names that were checked to be identifiers.
fn exec(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [text, globals] = exactly::<2>(vm, &args, "exec")?;
    let Some(body) = vm.text_of(text) else { return Err(vm.type_error("exec() needs a text")) };
    let Some(globals) = vm.native::<Dict>(globals) else { return Err(vm.type_error("exec() needs a dict")) };
    let text = body.text.to_string();
    let code = vm.compile_source("<string>", &text, CompileMode::Exec)?;
    vm.run_module_code(&code, &globals)?;
    Ok(Value::NONE)
}

/// `reload(name, module)`: runs the text of a module anew in the module itself.
fn reload(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [name, module] = exactly::<2>(vm, &args, "reload")?;
    let Some(name) = vm.text_of(name).map(|name| name.text.to_string()) else {
        return Err(vm.type_error("reload() needs a name"));
    };
    vm.reload_module(&name, module)?;
    Ok(Value::NONE)
}

/// `make_awaitable(function)`: has the generators of a function be awaited as coroutines are.
fn make_awaitable(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [function] = exactly::<1>(vm, &args, "make_awaitable")?;
    let Some(function) = function.downcast::<Function>() else {
        return Err(vm.type_error("make_awaitable() needs a function"));
    };
    function.code.is_awaitable.set(true);
    Ok(Value::NONE)
}

/// `find(name)`: where the module of a full name would come from, and whether it is a package; `None` if there is none.
fn find(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [name] = exactly::<1>(vm, &args, "find")?;
    let Some(name) = vm.text_of(name).map(|name| name.text.to_string()) else {
        return Err(vm.type_error("find() needs a name"));
    };
    let Some((origin, is_package)) = vm.origin_of_module(&name) else { return Ok(Value::NONE) };
    let origin = vm.str(&origin);
    Ok(vm.tuple(vec![origin, Value::bool(is_package)]))
}
