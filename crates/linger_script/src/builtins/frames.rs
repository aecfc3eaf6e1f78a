//! Tracebacks as scripts walk them, and the little of a frame that can be told of: its code, its line, its names.
//!
//! A frame here is a record of what was found when it was asked for, not a handle on the stack.

use linger_heap::{Edge, Ref, Value};

use super::checks::receiver;
use crate::bytecode::Span;
use crate::objects::{
    Args, Class, Code, Dict, Generator, GeneratorState, Layout, Module, NativeData, NativeFn, NativeObject, TraceEntry,
    Traceback,
};
use crate::vm::{Result, Vm};

pub(super) const TRACEBACK: &[(&str, NativeFn)] = &[("__new__", new_traceback), ("tb_next\0set", set_traceback_next)];

pub(super) const TRACEBACK_GETTERS: &[(&str, NativeFn)] = &[
    ("tb_lineno", traceback_line),
    ("tb_next", traceback_next),
    ("tb_frame", traceback_frame),
    ("tb_lasti", traceback_at),
    // What the module `traceback` shows of a frame.
    ("_shown", traceback_shown),
];

/// What was found of a frame.
struct FrameRecord {
    code: Value,
    line: u32,
    globals: Value,
    locals: Value,
    back: Value,
}

impl NativeData for FrameRecord {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("f_code"), &self.code);
        visit(Edge::Part("f_globals"), &self.globals);
        visit(Edge::Part("f_locals"), &self.locals);
        visit(Edge::Part("f_back"), &self.back);
    }
    fn take_references(&mut self) -> Vec<Value> {
        [&mut self.globals, &mut self.locals, &mut self.back].map(std::mem::take).into()
    }
}

const FRAME_GETTERS: &[(&str, NativeFn)] = &[
    ("f_code", frame_code),
    ("f_lineno", frame_line),
    ("f_globals", frame_globals),
    ("f_locals", frame_locals),
    ("f_back", frame_back),
    ("f_builtins", frame_builtins),
    ("f_lasti", frame_at),
];

fn frame_class(vm: &mut Vm) -> Ref<Class> {
    if let Some(class) = vm.registry.get("frame class").and_then(Value::to_ref::<Class>) {
        return class;
    }
    let methods: &[(&str, NativeFn)] = &[("clear", frame_clear), ("__repr__", frame_repr)];
    let class = vm.native_class("frame", "builtins", None, Layout::Native, methods, FRAME_GETTERS);
    vm.registry.insert("frame class", class.to_value());
    class
}

fn make(vm: &mut Vm, record: FrameRecord) -> Value {
    let class = frame_class(vm);
    vm.native_object(&class, Box::new(record))
}

/// The frame of a generator, or `None` once it has ended.
pub(super) fn of_generator(vm: &mut Vm, generator: &Ref<Generator>) -> Result<Value> {
    let function = generator.function.borrow().clone();
    let Some(function) = function.filter(|_| generator.state.get() != GeneratorState::Closed) else {
        return Ok(Value::NONE);
    };
    let locals = vm.dict();
    for (index, name) in function.code.local_names.iter().enumerate() {
        let value = generator.registers.get(index);
        let value = match value.downcast::<crate::objects::Cell>() {
            Some(cell) => cell.contents.get(),
            None => value,
        };
        if !value.is_empty() && !crate::vm::text(name).is_empty() {
            vm.dict_set_name(&locals, name, value);
        }
    }
    let line = match generator.next_instr.get().checked_sub(1) {
        Some(instr) => function.code.line_at(instr),
        None => function.code.first_line,
    };
    let (code, globals) = (function.code.to_value(), function.globals.to_value());
    Ok(frame_record(vm, code, line, globals, locals.into_value(), Value::NONE))
}

/// A frame as scripts see it.
pub(crate) fn frame_record(vm: &mut Vm, code: Value, line: u32, globals: Value, locals: Value, back: Value) -> Value {
    make(vm, FrameRecord { code, line, globals, locals, back })
}

/// Reads something of a frame's record.
fn of_record(vm: &mut Vm, args: &Args<'_>, read: impl FnOnce(&Vm, &FrameRecord) -> Value) -> Result<Value> {
    let object = receiver::<NativeObject>(vm, args, "f_code", "frame")?;
    let found = object.with::<FrameRecord, Value>(|record| read(vm, record));
    Ok(found.unwrap_or(Value::NONE))
}

fn frame_code(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_record(vm, &args, |_, record| record.code.clone())
}

fn frame_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_record(vm, &args, |vm, record| vm.int(i64::from(record.line)))
}

fn frame_globals(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_record(vm, &args, |_, record| record.globals.clone())
}

fn frame_locals(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_record(vm, &args, |_, record| record.locals.clone())
}

fn frame_back(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    of_record(vm, &args, |_, record| record.back.clone())
}

fn frame_builtins(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.builtins.to_value())
}

/// Where it stands in its instructions, which are not CPython's.
fn frame_at(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(vm.int(0))
}

fn frame_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let at = args.values.first().map_or(0, |frame| vm.address_of(frame));
    of_record(vm, &args, |vm, record| {
        let Some(code) = record.code.downcast::<Code>() else { return Value::NONE };
        let (path, line, name) = (&code.source.path, record.line, crate::vm::text(&code.name));
        vm.str(&format!("<frame at {at:#x}, file '{path}', line {line}, code {name}>"))
    })
}

fn frame_clear(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

// ---- tracebacks ----

/// What an instruction counts for in `tb_lasti`.
const INSTR_BYTES: u32 = 2;

fn traceback(vm: &mut Vm, args: &Args<'_>) -> Result<Ref<Traceback>> {
    receiver::<Traceback>(vm, args, "tb_frame", "traceback")
}

fn first_entry(vm: &mut Vm, args: &Args<'_>) -> Result<Option<TraceEntry>> {
    Ok(traceback(vm, args)?.entries.borrow().first().cloned())
}

fn traceback_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let line = match traceback(vm, &args)?.line.get() {
        0 => first_entry(vm, &args)?.map_or(0, |entry| entry.line()),
        given => given,
    };
    Ok(vm.int(i64::from(line)))
}

fn traceback_shown(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(entry) = first_entry(vm, &args)? else { return Ok(Value::NONE) };
    let mut shown = String::new();
    crate::vm::push_source_line(&entry, entry.line(), &mut shown);
    let line = shown.lines().next().unwrap_or_default().trim();
    Ok(vm.tuple(vec![vm.str(entry.name()), vm.int(i64::from(entry.line())), vm.str(line), vm.str(&shown)]))
}

fn traceback_at(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let instr = first_entry(vm, &args)?.map_or(0, |entry| entry.instr);
    Ok(vm.int(i64::from(instr * INSTR_BYTES)))
}

/// `types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`
fn new_traceback(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "traceback")?;
    let names = ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"];
    let [next, frame, at, line] =
        super::checks::named(vm, &args, "TracebackType", 1, names, 4)?.map(Option::unwrap_or_default);
    if !next.is_none() && !next.is_kind::<Traceback>() {
        let other = vm.type_name(&next);
        return Err(vm.type_error(format!("expected traceback object or None, got '{other}'")));
    }
    let code =
        frame.to_ref::<NativeObject>().and_then(|frame| frame.with::<FrameRecord, _>(|record| record.code.clone()));
    let Some(code) = code.and_then(|code| code.to_ref::<Code>()) else {
        let other = if frame.is_none() { "None".to_owned() } else { vm.type_name(&frame) };
        return Err(vm.type_error(format!("TracebackType() argument 'tb_frame' must be frame, not {other}")));
    };
    let instr = vm.index_i64(&at)?.max(0) as u32 / INSTR_BYTES;
    let line = vm.index_i64(&line)?.max(1) as u32;
    // As in CPython, what is shown is where the instruction stands, if there is one.
    let start = code.source.range_of(line).start;
    let span = code.spans.get(instr as usize).copied().unwrap_or(Span { start, end: start });
    let entry = TraceEntry { code, instr, comprehension: 0, span };
    let body = Traceback::new(vec![entry], if next.is_none() { Value::EMPTY } else { next });
    body.frame.set(frame);
    body.line.set(line);
    Ok(vm.object(&vm.classes.traceback, body).into_value())
}

/// From the first request on the frames behind this one have an object of their own.
fn traceback_next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = traceback(vm, &args)?;
    if this.entries.borrow().len() > 1 {
        let behind = vm.mutate(&this, |this| this.entries.borrow_mut().split_off(1));
        let made = vm.object(&vm.classes.traceback, Traceback::new(behind, this.next.take())).into_value();
        this.next.set(made);
    }
    let next = this.next.get();
    Ok(if next.is_empty() { Value::NONE } else { next })
}

/// Puts another traceback behind the first frame of this one.
fn set_traceback_next(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    let this = traceback(vm, &args)?;
    let next = &args.values[1];
    let mut further = next.clone();
    while let Some(traceback) = further.to_ref::<Traceback>() {
        if further.is(&args.values[0]) {
            return Err(vm.value_error("traceback loop detected"));
        }
        further = traceback.next.get();
    }
    if !next.is_none() && !next.is_kind::<Traceback>() {
        let found = vm.type_name(next);
        return Err(vm.type_error(format!("expected traceback object, got '{found}'")));
    }
    vm.mutate(&this, |this| this.entries.borrow_mut().truncate(1));
    this.next.set(if next.is_none() { Value::EMPTY } else { next.clone() });
    Ok(Value::NONE)
}

fn traceback_frame(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let this = traceback(vm, &args)?;
    if !this.frame.is_empty() {
        return Ok(this.frame.get());
    }
    let Some(entry) = first_entry(vm, &args)? else { return Ok(Value::NONE) };
    let line = entry.line();
    let globals = module_of(vm, &entry.code).unwrap_or_else(|| vm.dict());
    let locals: Ref<Dict> = vm.dict();
    let frame = frame_record(vm, entry.code.to_value(), line, globals.into_value(), locals.into_value(), Value::NONE);
    this.frame.set(frame.clone());
    Ok(frame)
}

/// The names of the module that code is of: a traceback does not say, but its file does.
fn module_of(vm: &mut Vm, code: &Code) -> Option<Ref<Dict>> {
    let modules = vm.modules.clone();
    for (_, module) in vm.dict_entries(&modules) {
        let Some(dict) = module.downcast::<Module>().map(|module| module.dict.clone()) else { continue };
        let file = vm.dict_get_str(&dict, "__file__");
        if file.is_some_and(|file| vm.text_of(&file).is_some_and(|file| *file.text == *code.source.path)) {
            return Some(dict);
        }
    }
    None
}
