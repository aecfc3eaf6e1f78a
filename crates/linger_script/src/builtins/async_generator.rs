//! Asynchronous generators: what `__anext__`, `asend`, `athrow` and `aclose` return, and the wrapper that `__await__` of a
//! coroutine returns.
//!
//! Each is an awaitable that runs the generator until it either waits for something else or gives its next value; the value
//! travels as a `StopIteration`, as results of awaitables do.

use linger_heap::{Edge, Ref, Value};

use super::checks::{receiver, special_takes, takes_none, takes_one};
use super::generator_type::{thrown, waiting_at};
use crate::objects::{Args, Class, Generator, Layout, NativeData, NativeFn, NativeObject};
use crate::vm::{Result, Vm};

/// Of asynchronous generators.
pub(super) const METHODS: &[(&str, NativeFn)] =
    &[("__aiter__", aiter), ("__anext__", anext), ("asend", asend), ("athrow", athrow), ("aclose", aclose)];

/// What an awaitable does when it is first run.
#[derive(Clone)]
enum Start {
    /// Sends a value.
    Send(Value),
    /// Throws an exception.
    Throw(Value),
    /// Ends the generator.
    Close,
    /// Passes everything on to a coroutine.
    Coroutine,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Running,
    Done,
}

struct Step {
    generator: Value,
    start: Start,
    state: State,
}

impl NativeData for Step {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("generator"), &self.generator);
        if let Start::Send(value) | Start::Throw(value) = &self.start {
            visit(Edge::Part("sent"), value);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        let mut taken = vec![std::mem::take(&mut self.generator)];
        if let Start::Send(value) | Start::Throw(value) = std::mem::replace(&mut self.start, Start::Close) {
            taken.push(value);
        }
        taken
    }
}

const STEP: &[(&str, NativeFn)] = &[
    ("__await__", itself),
    ("__iter__", itself),
    ("__next__", step_next),
    ("send", step_send),
    ("throw", step_throw),
    ("close", step_close),
];

fn class_named(vm: &mut Vm, name: &'static str) -> Ref<Class> {
    if let Some(class) = vm.registry.get(name).and_then(Value::to_ref::<Class>) {
        return class;
    }
    let class = vm.native_class(name, "builtins", None, Layout::Native, STEP, &[]);
    vm.registry.insert(name, class.to_value());
    class
}

fn make(vm: &mut Vm, name: &'static str, generator: &Value, start: Start) -> Value {
    let class = class_named(vm, name);
    vm.native_object(&class, Box::new(Step { generator: generator.clone(), start, state: State::New }))
}

/// What `coroutine.__await__()` returns.
pub(super) fn coroutine_wrapper(vm: &mut Vm, coroutine: &Value) -> Result<Value> {
    Ok(make(vm, "coroutine_wrapper", coroutine, Start::Coroutine))
}

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Value> {
    receiver::<Generator>(vm, args, method, "async_generator")?;
    Ok(args.values[0].clone())
}

fn aiter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    this(vm, &args, "__aiter__")
}

fn anext(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "__anext__")?;
    special_takes(vm, &args, 0)?;
    Ok(make(vm, "async_generator_asend", &generator, Start::Send(Value::NONE)))
}

fn asend(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "asend")?;
    let value = takes_one(vm, &args, "async_generator.asend")?.clone();
    Ok(make(vm, "async_generator_asend", &generator, Start::Send(value)))
}

fn athrow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "athrow")?;
    let exception = thrown(vm, &args)?;
    Ok(make(vm, "async_generator_athrow", &generator, Start::Throw(exception)))
}

fn aclose(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let generator = this(vm, &args, "aclose")?;
    takes_none(vm, &args, "async_generator.aclose")?;
    Ok(make(vm, "async_generator_athrow", &generator, Start::Close))
}

fn itself(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    Ok(args.values[0].clone())
}

fn step_of(vm: &mut Vm, args: &Args<'_>) -> Result<(Ref<NativeObject>, Value, Start, State)> {
    let object = receiver::<NativeObject>(vm, args, "send", "awaitable")?;
    match object.with::<Step, _>(|step| (step.generator.clone(), step.start.clone(), step.state)) {
        Some((generator, start, state)) => Ok((object, generator, start, state)),
        None => Err(vm.type_error("not an awaitable of an asynchronous generator")),
    }
}

fn set_state(object: &NativeObject, state: State) {
    object.with::<Step, _>(|step| step.state = state);
}

fn step_next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    advance(vm, &args, Ok(Value::NONE))
}

fn step_send(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = takes_one(vm, &args, "send")?.clone();
    advance(vm, &args, Ok(value))
}

fn step_throw(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let exception = thrown(vm, &args)?;
    advance(vm, &args, Err(exception))
}

fn step_close(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (object, generator, start, _) = step_of(vm, &args)?;
    set_state(&object, State::Done);
    if matches!(start, Start::Coroutine)
        && let Some(coroutine) = generator.to_ref::<Generator>()
    {
        vm.generator_close(&coroutine)?;
    }
    Ok(Value::NONE)
}

/// Runs the generator on, with a value or an exception.
fn advance(vm: &mut Vm, args: &Args<'_>, sent: Result<Value, Value>) -> Result<Value> {
    let (object, generator, start, state) = step_of(vm, args)?;
    let Some(generator) = generator.to_ref::<Generator>() else { return Err(vm.stop_iteration(Value::NONE)) };
    if matches!(start, Start::Coroutine) {
        return match sent {
            Ok(value) => vm.generator_send(&generator, value),
            Err(exception) => vm.generator_throw(&generator, &exception),
        };
    }
    if state == State::Done {
        let what = if matches!(start, Start::Send(_)) { "__anext__()/asend()" } else { "aclose()/athrow()" };
        return Err(vm.runtime_error(format!("cannot reuse already awaited {what}")));
    }
    set_state(&object, State::Running);
    let outcome = match (state, sent, &start) {
        (State::New, Ok(value), Start::Send(first)) => {
            let value = if value.is_none() { first.clone() } else { value };
            vm.generator_send(&generator, value)
        }
        (State::New, Ok(_), Start::Throw(exception)) => vm.generator_throw(&generator, exception),
        (State::New, Ok(_), _) => {
            let class = vm.classes.generator_exit.clone();
            let exit = vm.make_exception(&class, Vec::new());
            vm.generator_throw(&generator, &exit)
        }
        (_, Ok(value), _) => vm.generator_send(&generator, value),
        (_, Err(exception), _) => vm.generator_throw(&generator, &exception),
    };
    let result = classify(vm, &generator, outcome, matches!(start, Start::Close));
    if result.is_err() {
        set_state(&object, State::Done);
    }
    result
}

/// What the awaitable gives for what the generator did.
fn classify(vm: &mut Vm, generator: &Generator, outcome: Result<Value>, closing: bool) -> Result<Value> {
    match outcome {
        Ok(value) if waiting_at(generator).is_some() => Ok(value),
        Ok(_) if closing => Err(vm.runtime_error("async generator ignored GeneratorExit")),
        Ok(value) => Err(vm.stop_iteration(value)),
        Err(raise) => {
            let is = |class: &Class| vm.is_exception(&raise, class);
            let ended = is(&vm.classes.stop_iteration);
            if closing && (ended || is(&vm.classes.generator_exit) || is(&vm.classes.stop_async_iteration)) {
                return Err(vm.stop_iteration(Value::NONE));
            }
            if ended {
                let class = vm.classes.stop_async_iteration.clone();
                return Err(vm.error_with_args(&class, Vec::new()));
            }
            Err(raise)
        }
    }
}
