//! Calls of scripts out of functions of the runtime: a key of `sorted`, a generator that `sum` goes over, a special method. Each is
//! a run of the loop inside of another; what such a run needs besides its frame is kept as short as it can be here.

use linger_heap::{Ref, Value};

use super::dispatch::Exit;
use super::stack::{FrameKind, Window};
use super::{Result, Vm};
use crate::objects::*;

/// Native stack that must be left to go on without taking more from the heap.
const LEAST_STACK: usize = 256 << 10;
/// What is then taken.
const MORE_STACK: usize = 2 << 20;
/// What no level takes: most take a twentieth of it.
const LEVEL_STACK: usize = 64 << 10;

impl Vm {
    /// Runs a function of a script to its end. `namespace` is that of a class body, or empty.
    #[inline]
    pub(crate) fn run_function(&mut self, function: Value, args: Args<'_>, namespace: Value) -> Result<Value> {
        let (window, count) = (Window(self.stack.top()), args.values.len());
        if args.names.is_empty() && self.takes_simply(&function, window, count) && self.may_reenter() {
            for (index, value) in args.values.iter().enumerate() {
                window.put(index, value.clone());
            }
            self.push_call(function, window, count, FrameKind::Entry, 0, namespace);
            return match self.run_entered()? {
                Exit::Returned(value) | Exit::Yielded(value) => Ok(value),
            };
        }
        self.run_function_generally(function, args, namespace)
    }

    /// Calls with one more argument in front.
    pub(crate) fn call_with_first(&mut self, callable: &Value, first: Value, args: Args<'_>) -> Result<Value> {
        let (window, count) = (Window(self.stack.top()), args.values.len() + 1);
        if args.names.is_empty() && self.takes_simply(callable, window, count) && self.may_reenter() {
            window.put(0, first);
            for (index, value) in args.values.iter().enumerate() {
                window.put(index + 1, value.clone());
            }
            self.push_call(callable.clone(), window, count, FrameKind::Entry, 0, Value::EMPTY);
            return match self.run_entered()? {
                Exit::Returned(value) | Exit::Yielded(value) => Ok(value),
            };
        }
        let names = args.names;
        match args.values {
            [] => self.call_args(callable, Args { values: &[first], names }),
            [one] => self.call_args(callable, Args { values: &[first, one.clone()], names }),
            more => self.call_args(callable, Args { values: &[&[first], more].concat(), names }),
        }
    }

    fn run_function_generally(&mut self, function: Value, args: Args<'_>, namespace: Value) -> Result<Value> {
        self.with_recursion("", |vm| {
            let window = Window(vm.stack.top());
            if !vm.stack.has_room(window.0) {
                return Err(vm.recursion_error("maximum recursion depth exceeded"));
            }
            for (index, value) in args.values.iter().enumerate() {
                window.put(index, value.clone());
            }
            let count = args.values.len();
            match vm.enter(function, window, count, args.names, FrameKind::Entry, 0, namespace)? {
                super::call::Entered::Value(value) => Ok(value),
                super::call::Entered::Frame => match vm.run(None)? {
                    Exit::Returned(value) | Exit::Yielded(value) => Ok(value),
                },
            }
        })
    }

    /// The next value of a generator, or nothing at its end.
    #[inline]
    pub(crate) fn generator_next(&mut self, generator: &Ref<Generator>) -> Result<Option<Value>> {
        let is_ready = matches!(generator.state.get(), GeneratorState::Suspended | GeneratorState::Created);
        let exit = if is_ready && self.may_reenter() {
            self.push_generator(generator.clone(), FrameKind::Entry, 0, Value::NONE)?;
            self.run_entered()?
        } else {
            self.generator_resume(generator, Ok(Value::NONE))?
        };
        match exit {
            Exit::Yielded(value) => Ok(Some(value)),
            Exit::Returned(_) => Ok(None),
        }
    }

    /// Whether a frame may be run inside of a function of the runtime without further ado.
    #[inline]
    pub(super) fn may_reenter(&mut self) -> bool {
        // One level for the function of the runtime, one for the frame.
        self.stack.frames.has_room_for_two() && self.has_native_stack()
    }

    /// Runs the frame that was put on the stack for this.
    #[inline]
    pub(super) fn run_entered(&mut self) -> Result<Exit> {
        self.native_depth += 1;
        self.limit_frames();
        let depth = self.stack.frames.len();
        let result = match self.execute() {
            Ok(exit) => Ok(exit),
            Err(raised) => self.run_down_to(depth, Some(raised)),
        };
        self.native_depth -= 1;
        self.limit_frames();
        result
    }

    /// Runs `act` one level deeper, or raises `RecursionError`.
    #[inline]
    pub(crate) fn with_recursion<R>(&mut self, what: &str, act: impl FnOnce(&mut Vm) -> Result<R>) -> Result<R> {
        if !self.may_go_deeper() {
            return Err(self.recursion_error(format!("maximum recursion depth exceeded{what}")));
        }
        self.native_depth += 1;
        self.limit_frames();
        // A host may call from a thread with little stack: more is taken from the heap when it runs low.
        let result = if self.has_native_stack() { act(self) } else { self.with_more_stack(act) };
        self.native_depth -= 1;
        self.limit_frames();
        result
    }

    /// Runs `act` one level deeper, which is not counted against the limit: CPython does not count iterators inside of one another.
    #[inline]
    pub(super) fn with_native_stack<R>(&mut self, act: impl FnOnce(&mut Vm) -> R) -> R {
        // It takes of what there was found to be room for.
        self.roomy_depth = self.roomy_depth.saturating_sub(1);
        if self.has_native_stack() { act(self) } else { self.with_more_stack(act) }
    }

    /// Whether there is native stack left for one more level. Measured at the outermost level, and again where as many levels as
    /// had room for certain are in use.
    #[inline]
    fn has_native_stack(&mut self) -> bool {
        self.native_depth > 0 && self.native_depth <= self.roomy_depth || self.measure_native_stack()
    }

    #[cold]
    fn measure_native_stack(&mut self) -> bool {
        let left = stacker::remaining_stack().unwrap_or(0);
        self.roomy_depth = self.native_depth + left.saturating_sub(LEAST_STACK) / LEVEL_STACK;
        left >= LEAST_STACK
    }

    /// Goes on with more native stack, taken from the heap.
    #[cold]
    fn with_more_stack<R>(&mut self, act: impl FnOnce(&mut Vm) -> R) -> R {
        let result = stacker::grow(MORE_STACK, || {
            self.measure_native_stack();
            act(self)
        });
        self.measure_native_stack();
        result
    }
}
