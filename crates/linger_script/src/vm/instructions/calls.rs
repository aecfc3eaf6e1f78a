//! Calls that need more than a window for a function of known arity, and what ends other frames than those.

use linger_heap::{Ref, Value};

use crate::bytecode::{Instr, Op};
use crate::objects::*;
use crate::vm::arguments::FEW;
use crate::vm::borrow::kept_by_class;
use crate::vm::call::Entered;
use crate::vm::dispatch::Exit;
use crate::vm::instructions::quick_calls::resumed;
use crate::vm::stack::{Frame, FrameKind, Here, Window};
use crate::vm::{Result, Vm};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_call(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        self.burn()?;
        let at = self.stack.here();
        let mut names: &[Value] = &[];
        if matches!(i.op, Op::CallKeywords | Op::CallMethodKeywords) {
            let extra = self.stack.extra_word();
            if let Some(tuple) = at.constant(extra.wide_operand()).downcast::<Tuple>() {
                names = &tuple.items;
            }
        }
        let callee = at.take(i.b);
        let (window, count) = arguments_of(&at, i);
        if callee.is_kind::<Function>() {
            let window = self.stack.settle(window, count);
            let entered = self.enter(callee, window, count, names, FrameKind::Call, i.a, Value::EMPTY)?;
            finish(&at, i.a, entered);
            return Ok(());
        }
        if let Some(native) = callee.downcast::<Native>() {
            let result = self.call_native(native, Args { values: window.slice(count), names });
            window.clear(count);
            at.set(i.a, result?);
            return Ok(());
        }
        if let Some(class) = callee.to_ref::<Class>() {
            // The instance, or the class, goes in front of the arguments.
            match self.plan_of(&class) {
                Plan::Init(init) => {
                    let instance = self.new_instance(class);
                    let init = kept_by_class(init);
                    let in_front = self.stack.settle(window, count).before();
                    in_front.put(0, instance.clone());
                    let entered = self.enter(init, in_front, count + 1, names, FrameKind::Init, i.a, instance)?;
                    finish(&at, i.a, entered);
                    return Ok(());
                }
                Plan::Native(new, init) => {
                    let in_front = window.before();
                    in_front.put(0, callee);
                    let result = self.make_native(new, init, in_front.slice_mut(count + 1), names);
                    in_front.clear(count + 1);
                    at.set(i.a, result?);
                    return Ok(());
                }
                _ => {}
            }
        }
        if let Some(method) = callee.downcast::<BoundMethod>()
            && method.function.with(Value::is_kind::<Function>)
        {
            let in_front = self.stack.settle(window, count).before();
            in_front.put(0, method.receiver.get());
            let function = method.function.get();
            drop(callee);
            let entered = self.enter(function, in_front, count + 1, names, FrameKind::Call, i.a, Value::EMPTY)?;
            finish(&at, i.a, entered);
            return Ok(());
        }
        if callee.is_kind::<NativeObject>()
            && let Some(method) = self.special(&callee, Special::Call)
            && let Some(native) = method.downcast::<Native>().filter(|native| native.is_method())
        {
            let in_front = window.before();
            in_front.put(0, callee);
            let result = self.call_native(native, Args { values: in_front.slice(count + 1), names });
            in_front.clear(count + 1);
            at.set(i.a, result?);
            return Ok(());
        }
        if callee.is_kind::<Instance>()
            && let Some(method) = self.special(&callee, Special::Call)
            && method.is_kind::<Function>()
        {
            let in_front = self.stack.settle(window, count).before();
            in_front.put(0, callee);
            let entered = self.enter(method, in_front, count + 1, names, FrameKind::Call, i.a, Value::EMPTY)?;
            finish(&at, i.a, entered);
            return Ok(());
        }
        let result = self.call_args(&callee, Args { values: window.slice(count), names });
        window.clear(count);
        at.set(i.a, result?);
        Ok(())
    }

    /// A call of a class whose `__init__` takes the arguments as they lie.
    #[inline(never)]
    pub(in crate::vm) fn op_call_class(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (window, count) = arguments_of(&at, i);
        let Some(class) = at.get(i.b).to_ref::<Class>() else { return self.op_call(i) };
        if count == 1 && class.is(&self.classes.type_) {
            let class = self.class_of(&window.slice(1)[0]).into_value();
            drop(at.take(i.b));
            window.clear(count);
            at.set(i.a, class);
            return Ok(());
        }
        let known = class.plan_epoch.get() == self.epoch && self.until_poll > 0;
        if known && let Plan::Native(new, init) = class.plan.get() {
            self.until_poll -= 1;
            self.note_site();
            let in_front = window.before();
            in_front.put(0, at.take(i.b));
            let result = self.make_native(new, init, in_front.slice_mut(count + 1), &[]);
            in_front.clear(count + 1);
            at.set(i.a, result?);
            return Ok(());
        }
        if known && let Plan::Init(init) = class.plan.get() {
            let (init, in_front) = (kept_by_class(init), window.before());
            if self.takes_simply(&init, in_front, count + 1) {
                self.until_poll -= 1;
                self.note_site();
                drop(at.take(i.b));
                let instance = self.new_instance(class);
                in_front.put(0, instance.clone());
                self.push_call(init, in_front, count + 1, FrameKind::Init, i.a, instance);
                return Ok(());
            }
        }
        self.op_call(i)
    }

    /// A call of a function of the runtime with positional arguments, which stay where they are meanwhile.
    #[inline(never)]
    pub(in crate::vm) fn op_call_native(&mut self, i: Instr) -> Result<()> {
        self.burn()?;
        self.note_site();
        let at = self.stack.here();
        let (window, count) = arguments_of(&at, i);
        let args = window.slice(count);
        let Some(native) = at.get(i.b).downcast::<Native>() else { return self.op_call(i) };
        if native.quick.resumes()
            && let Some((generator, sent)) = resumed(native, args)
        {
            drop(at.take(i.b));
            window.clear(count);
            return self.push_generator(generator, FrameKind::Next, i.a, sent);
        }
        let result = match self.quick_call(native, args) {
            Some(result) => Ok(result),
            None => self.call_native(native, Args { values: args, names: &[] }),
        };
        drop(at.take(i.b));
        window.clear(count);
        at.set(i.a, result?);
        Ok(())
    }

    /// Drops what was called and its arguments, and writes the result.
    #[inline(never)]
    pub(in crate::vm) fn end_call(&mut self, i: Instr, result: Value) -> Result<()> {
        self.drop_call(i);
        self.stack.here().set(i.a, result);
        Ok(())
    }

    /// Drops what was called and its arguments. A call that raised writes nothing: the variable keeps what it had.
    pub(in crate::vm) fn drop_call(&mut self, i: Instr) {
        let at = self.stack.here();
        let (window, count) = arguments_of(&at, i);
        drop(at.take(i.b));
        window.clear(count);
    }

    #[inline(never)]
    pub(in crate::vm) fn op_call_spread(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        self.burn()?;
        let at = self.stack.here();
        let (callee, args) = (at.take(i.b), at.take(i.b + 1));
        let keywords = if i.x == 1 { at.take(i.b + 2) } else { Value::EMPTY };
        let (function, receiver) = match callee.downcast::<BoundMethod>() {
            Some(method) => (method.function.get(), method.receiver.get()),
            None => (callee.clone(), Value::EMPTY),
        };
        if function.is_kind::<Function>()
            && let Some(tuple) = args.downcast::<Tuple>()
        {
            let keywords = keywords.downcast::<Dict>();
            let named = keywords.map_or(0, |dict| dict.table.borrow().len());
            let in_front = usize::from(!receiver.is_empty());
            let (window, given) = (Window(self.stack.top()), in_front + tuple.items.len());
            if named <= FEW && self.stack.has_room(window.at(given + named)) {
                if in_front == 1 {
                    window.put(0, receiver);
                }
                for (index, item) in tuple.items.iter().enumerate() {
                    window.put(in_front + index, item.clone());
                }
                let mut names = [const { Value::EMPTY }; FEW];
                if let Some(dict) = keywords {
                    for (index, entry) in dict.table.borrow().iter().enumerate() {
                        names[index] = self.interned(&entry.key);
                        window.put(given + index, entry.value.clone());
                    }
                }
                let (count, names) = (given + named, &names[..named]);
                let entered = self.enter(function, window, count, names, FrameKind::Call, i.a, Value::EMPTY)?;
                finish(&at, i.a, entered);
                return Ok(());
            }
        }
        let value = self.call_spread(&callee, &args, &keywords)?;
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_make_function(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let closure = if i.x & 8 != 0 { at.take(i.c + 3).to_ref::<Tuple>() } else { None };
        let (Some(code), Some(globals)) = (at.constant(u32::from(i.b)).to_ref::<Code>(), self.current_globals()) else {
            return Err(self.system_error("a function is made of code"));
        };
        let function: Ref<Function> = self.make_function(&code, &globals, closure);
        if i.x & 1 != 0 {
            function.defaults.set(at.take(i.c));
        }
        if i.x & 2 != 0 {
            self.function_extra(&function).keyword_defaults.set(at.take(i.c + 1));
        }
        if i.x & 4 != 0 {
            self.function_extra(&function).annotations.set(at.take(i.c + 2));
        }
        at.set(i.a, function.into_value());
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_build_class(&mut self, i: Instr) -> Result<()> {
        let names = self.current_builtins()?;
        let Some(build) = self.dict_get_str(&names, "__build_class__") else {
            return Err(self.name_error("__build_class__ not found"));
        };
        self.stack.here().set(i.a, build);
        Ok(())
    }

    /// Ends a frame that is no plain call. Nothing if the loop goes on in the frame below.
    #[inline(never)]
    pub(in crate::vm) fn op_return(&mut self, i: Instr) -> Result<Option<Exit>> {
        let at = self.stack.here();
        let result = at.take(i.a);
        at.drop_locals();
        let Some(Frame { keeper, held, dest, kind, is_generator, .. }) = self.stack.frames.pop() else {
            return Ok(Some(Exit::Returned(result)));
        };
        if is_generator {
            self.end_generator(&keeper);
        }
        drop(keeper);
        match kind {
            FrameKind::Entry | FrameKind::Call => return Ok(Some(Exit::Returned(result))),
            FrameKind::Fold(_) => {
                self.folded = held;
                return Ok(Some(Exit::Returned(result)));
            }
            FrameKind::Operator | FrameKind::OperatorOfTemporaries => self.operator_returned(result)?,
            FrameKind::Init => {
                if !result.is_none() {
                    let name = self.type_name(&result);
                    return Err(self.type_error(format!("__init__() should return None, not '{name}'")));
                }
                self.stack.here().set(dest, held);
            }
            FrameKind::Next => return Err(self.stop_iteration(result)),
            FrameKind::ForNext => {
                self.loop_item(self.stack.current_instr(), None);
            }
            FrameKind::Send => {
                let (at, send) = (self.stack.here(), self.stack.current_instr());
                at.set(send.a, result);
                drop(at.take(send.b));
                self.stack.jump_word(true);
            }
        }
        Ok(None)
    }
}

/// Where the arguments of a call lie, and how many they are: with the receiver of a method, if it has one.
#[inline(always)]
fn arguments_of(at: &Here, i: Instr) -> (Window, usize) {
    let (first, count) = match i.op {
        Op::Call | Op::CallKeywords => (i.b + 1, i.c),
        _ if at.get(i.b + 1).is_empty() => (i.b + 2, i.c),
        _ => (i.b + 1, i.c + 1),
    };
    (at.window(first), usize::from(count))
}

/// What follows a call that was entered.
#[inline(always)]
fn finish(at: &Here, dest: u16, entered: Entered) {
    if let Entered::Value(value) = entered {
        at.set(dest, value);
    }
}
