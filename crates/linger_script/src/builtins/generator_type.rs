//! The methods and attributes of generators and coroutines.
//!
//! Running them is the virtual machine's (`vm::generators`); asynchronous generators are in `async_generator`.

use linger_heap::{Ref, Value};

use super::checks::{positional, receiver, special_takes, takes_none, takes_one};
use super::dunders;
use super::text_format::repr_method;
use crate::bytecode::{Op, YIELD_FROM};
use crate::objects::{Args, Class, Generator, GeneratorState, NativeFn, Str, Traceback};
use crate::vm::{Result, Vm};

pub(super) const GENERATOR: &[(&str, NativeFn)] = &[("__iter__", iter), ("__next__", next)];

/// Of generators and coroutines.
pub(super) const SHARED: &[(&str, NativeFn)] = &[
    ("send", send),
    ("throw", throw),
    ("close", close),
    ("__repr__", repr_method),
    ("__name__\0set", set_name),
    ("__qualname__\0set", set_qualname),
];

/// Of asynchronous generators.
pub(super) const NAMED: &[(&str, NativeFn)] =
    &[("__repr__", repr_method), ("__name__\0set", set_name), ("__qualname__\0set", set_qualname)];

pub(super) const COROUTINE: &[(&str, NativeFn)] = &[("__await__", wait)];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__class_getitem__", dunders::generic_alias)];

pub(super) const SHARED_GETTERS: &[(&str, NativeFn)] = &[("__name__", name), ("__qualname__", qualname)];

pub(super) const GENERATOR_GETTERS: &[(&str, NativeFn)] = &[
    ("gi_running", running),
    ("gi_suspended", suspended),
    ("gi_code", code),
    ("gi_frame", frame),
    ("gi_yieldfrom", delegate),
];

pub(super) const COROUTINE_GETTERS: &[(&str, NativeFn)] = &[
    ("cr_running", running),
    ("cr_suspended", suspended),
    ("cr_code", code),
    ("cr_frame", frame),
    ("cr_await", delegate),
    ("cr_origin", none),
];

pub(super) const ASYNC_GETTERS: &[(&str, NativeFn)] =
    &[("ag_running", running), ("ag_code", code), ("ag_frame", frame), ("ag_await", delegate)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Generator>> {
    receiver::<Generator>(vm, args, method, "generator")
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__iter__")?;
    Ok(args.values[0].clone())
}

fn next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "__next__")?;
    special_takes(vm, &args, 0)?;
    vm.generator_send(&generator, Value::NONE)
}

/// `generator.send`, which the virtual machine recognizes.
pub(crate) const SEND: NativeFn = send;

fn send(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "send")?;
    let value = takes_one(vm, &args, "generator.send")?;
    vm.generator_send(&generator, value.clone())
}

/// An exception of a class; what goes wrong with making it is thrown in its place.
fn constructed(vm: &mut Vm, class: &Value, args: &[Value]) -> Value {
    match vm.call(class, args) {
        Ok(made) if vm.exception_data(&made).is_some() => made,
        Ok(other) => {
            let other = vm.type_name(&other);
            let shown = vm.repr(class).unwrap_or_default();
            let message = format!("calling {shown} should have returned an instance of BaseException, not {other}");
            vm.type_error(message).0
        }
        Err(raised) => raised.0,
    }
}

/// The exception that the arguments of `throw` mean: an instance, or a class with a value and a traceback.
pub(super) fn thrown(vm: &mut Vm, args: &Args<'_>) -> Result<Value> {
    let given = positional(vm, args, "throw", 1, 1, 3)?;
    let value = given.get(1).filter(|value| !value.is_none());
    let exception = match (given[0].downcast::<Class>(), value) {
        (Some(class), value) if class.is_subclass_of(&vm.classes.base_exception) => match value {
            Some(value) if vm.is_instance(value, class) => value.clone(),
            Some(value) => constructed(vm, &given[0], std::slice::from_ref(value)),
            None => constructed(vm, &given[0], &[]),
        },
        (None, value) if vm.exception_data(&given[0]).is_some() => {
            if value.is_some() {
                return Err(vm.type_error("instance exception may not have a separate value"));
            }
            given[0].clone()
        }
        _ => {
            let other = vm.type_name(&given[0]);
            let message = format!("exceptions must be classes or instances deriving from BaseException, not {other}");
            return Err(vm.type_error(message));
        }
    };
    if let Some(traceback) = given.get(2).filter(|traceback| !traceback.is_none())
        && !traceback.is_kind::<Traceback>()
    {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    Ok(exception)
}

fn throw(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "throw")?;
    let given = args.values.get(1..).unwrap_or_default();
    let raised = match thrown(vm, &args) {
        Ok(exception) => crate::vm::Raise(exception),
        // An iterator of a script's own that the generator waits for judges by itself what is thrown at it.
        Err(raised) => match vm.foreign_delegate(&generator) {
            Some(inner) if vm.find_attr_str(&inner, "throw")?.is_some() => raised,
            _ => return Err(raised),
        },
    };
    vm.throw_value(&generator, raised, given)
}

fn close(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "close")?;
    takes_none(vm, &args, "generator.close")?;
    vm.generator_close(&generator)?;
    Ok(Value::NONE)
}

fn wait(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__await__")?;
    special_takes(vm, &args, 0)?;
    super::async_generator::coroutine_wrapper(vm, &args.values[0])
}

fn name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__name__")?.name.get())
}

fn qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "__qualname__")?.qualname.get())
}

fn set_name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let generator = this(vm, &args, "__name__")?;
    if !args.values[1].is_kind::<Str>() {
        return Err(vm.type_error("__name__ must be set to a string object"));
    }
    generator.name.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn set_qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let generator = this(vm, &args, "__qualname__")?;
    if !args.values[1].is_kind::<Str>() {
        return Err(vm.type_error("__qualname__ must be set to a string object"));
    }
    generator.qualname.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn running(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(Value::bool(this(vm, &args, "gi_running")?.state.get() == GeneratorState::Running))
}

fn suspended(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(Value::bool(this(vm, &args, "gi_suspended")?.state.get() == GeneratorState::Suspended))
}

fn code(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let function = this(vm, &args, "gi_code")?.function.borrow().clone();
    Ok(function.map_or(Value::NONE, |function| function.code.to_value()))
}

fn none(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

/// Whether a suspended generator stands at an `await` or a `yield from`, and the register of what it waits for.
pub(crate) fn waiting_at(generator: &Generator) -> Option<u16> {
    if generator.state.get() != GeneratorState::Suspended {
        return None;
    }
    let function = generator.function.borrow().clone()?;
    let instr = function.code.instrs.get(generator.next_instr.get().checked_sub(1)?)?;
    (instr.op == Op::Yield && instr.x == YIELD_FROM).then_some(instr.c)
}

fn delegate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "gi_yieldfrom")?;
    let Some(register) = waiting_at(&generator) else { return Ok(Value::NONE) };
    Ok(generator.registers.get(usize::from(register)))
}

fn frame(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "gi_frame")?;
    super::frames::of_generator(vm, &generator)
}
