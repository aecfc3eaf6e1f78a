//! Attributes of code objects and cells.

use linger_heap::{Ref, Value, ValueCell};

use super::checks::{positional, receiver, takes_none};
use super::dunders;
use super::text_format::repr_method;
use crate::objects::{Args, Cell, Code, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const CODE: &[(&str, NativeFn)] =
    &[("co_lines", lines), ("co_positions", positions), ("_source_line", source_line), ("__repr__", repr_method)];

pub(super) const CODE_GETTERS: &[(&str, NativeFn)] = &[
    ("co_name", name),
    ("co_qualname", qualname),
    ("co_filename", filename),
    ("co_firstlineno", first_line),
    ("co_argcount", argument_count),
    ("co_posonlyargcount", positional_only_count),
    ("co_kwonlyargcount", keyword_only_count),
    ("co_nlocals", local_count),
    ("co_stacksize", stack_size),
    ("co_flags", flags),
    ("co_varnames", variable_names),
    ("co_cellvars", cell_names),
    ("co_freevars", free_names),
    ("co_names", names),
    ("co_consts", constants),
    ("co_code", bytes),
];

pub(super) const CELL: &[(&str, NativeFn)] = &[
    ("__new__", new_cell),
    ("__repr__", repr_method),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("cell_contents\0set", set_contents),
    ("cell_contents\0delete", delete_contents),
];

pub(super) const CELL_GETTERS: &[(&str, NativeFn)] = &[("cell_contents", contents)];

fn this(vm: &mut Vm, args: &Args<'_>, attribute: &str) -> Result<Ref<Code>> {
    receiver::<Code>(vm, args, attribute, "code")
}

/// A line of the text that the code was made of, for `warnings`; empty where only the runtime's own programs stand.
fn source_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "_source_line")?;
    let line = super::checks::takes_one(vm, &args, "_source_line")?;
    let line = vm.index_i64(line)?;
    let shown = if code.source.is_file { code.source.line_text(line.max(0) as u32) } else { "" };
    Ok(vm.str(shown))
}

fn name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "co_name")?.name.clone())
}

fn qualname(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "co_qualname")?.qualname.clone())
}

fn filename(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_filename")?;
    Ok(vm.str(&code.source.path))
}

fn first_line(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_firstlineno")?;
    Ok(vm.int(i64::from(code.first_line)))
}

fn argument_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_argcount")?;
    Ok(vm.int(i64::from(code.positional_count)))
}

fn positional_only_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_posonlyargcount")?;
    Ok(vm.int(i64::from(code.positional_only_count)))
}

fn keyword_only_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_kwonlyargcount")?;
    Ok(vm.int(i64::from(code.keyword_only_count)))
}

/// The locals as CPython names them: cells that are no parameters are not among them.
fn variables(code: &Code) -> Vec<Value> {
    let parameters = code.parameter_count();
    let is_cell = |index: usize| code.cell_locals.iter().any(|cell| usize::from(*cell) == index);
    let kept = (0..code.local_names.len()).filter(|index| *index < parameters || !is_cell(*index));
    kept.map(|index| code.local_names[index].clone()).collect()
}

fn local_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_nlocals")?;
    Ok(vm.size(variables(&code).len()))
}

fn stack_size(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_stacksize")?;
    Ok(vm.size(usize::from(code.register_count) - code.local_names.len().min(usize::from(code.register_count))))
}

fn flags(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_flags")?;
    let is_function =
        matches!(code.kind, crate::bytecode::CodeKind::Function | crate::bytecode::CodeKind::Comprehension);
    let flags = [
        (is_function, 0x3),
        (code.has_varargs, 0x4),
        (code.has_varkeywords, 0x8),
        (is_function && code.qualname.bits() != code.name.bits() && is_nested(&code), 0x10),
        (code.is_generator && !code.is_coroutine, 0x20),
        (code.is_coroutine && !code.is_generator, 0x80),
        (code.is_awaitable.get(), 0x100),
        (code.is_coroutine && code.is_generator, 0x200),
    ];
    let flags = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| flag).sum();
    Ok(vm.int(flags))
}

fn is_nested(code: &Code) -> bool {
    crate::vm::text(&code.qualname).contains("<locals>")
}

fn variable_names(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_varnames")?;
    Ok(vm.tuple(variables(&code)))
}

fn cell_names(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_cellvars")?;
    let names = code.cell_locals.iter().filter_map(|cell| code.local_names.get(usize::from(*cell)).cloned()).collect();
    Ok(vm.tuple(names))
}

fn free_names(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_freevars")?;
    Ok(vm.tuple(code.free_names.to_vec()))
}

fn names(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_names")?;
    Ok(vm.tuple(code.names.to_vec()))
}

fn constants(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_consts")?;
    let mut constants = Vec::with_capacity(code.consts.len() + 1);
    // CPython keeps the docstring (or `None`) first.
    if code.kind == crate::bytecode::CodeKind::Function {
        constants.push(code.doc.clone());
    }
    constants.extend(code.consts.iter().cloned());
    Ok(vm.tuple(constants))
}

fn bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_code")?;
    let bytes: Vec<u8> = code.instrs.iter().flat_map(|instr| [instr.op as u8, instr.x]).collect();
    Ok(vm.bytes(bytes))
}

fn lines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_lines")?;
    takes_none(vm, &args, "code.co_lines")?;
    let mut rows = Vec::new();
    let mut start = 0;
    while start < code.instrs.len() {
        let line = code.line_at(start);
        let end = (start..code.instrs.len()).find(|at| code.line_at(*at) != line).unwrap_or(code.instrs.len());
        rows.push(vm.tuple(vec![vm.size(start * 2), vm.size(end * 2), vm.int(i64::from(line))]));
        start = end;
    }
    let rows = vm.list(rows);
    vm.iter(&rows)
}

fn positions(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let code = this(vm, &args, "co_positions")?;
    takes_none(vm, &args, "code.co_positions")?;
    let rows = code.spans.iter().map(|span| {
        let (start, end) = (code.source.line_of(span.start), code.source.line_of(span.end));
        let columns = (code.source.column_of(span.start), code.source.column_of(span.end));
        let parts = vec![vm.int(i64::from(start)), vm.int(i64::from(end)), vm.size(columns.0), vm.size(columns.1)];
        vm.tuple(parts)
    });
    let rows = rows.collect();
    let rows = vm.list(rows);
    vm.iter(&rows)
}

// ---- cells ----

fn new_cell(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "cell")?;
    let given = positional(vm, &args, "cell", 1, 0, 1)?;
    let contents = given.first().cloned().unwrap_or_default();
    let cell = Cell { contents: ValueCell::new(contents), name: ValueCell::default() };
    Ok(vm.object(&vm.classes.cell, cell).into_value())
}

fn cell(vm: &mut Vm, args: &Args<'_>) -> Result<Ref<Cell>> {
    receiver::<Cell>(vm, args, "cell_contents", "cell")
}

fn contents(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = cell(vm, &args)?.contents.get();
    if value.is_empty() { Err(vm.value_error("Cell is empty")) } else { Ok(value) }
}

fn set_contents(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_value(vm, &args)?;
    cell(vm, &args)?.contents.set(args.values[1].clone());
    Ok(Value::NONE)
}

fn delete_contents(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let old = cell(vm, &args)?.contents.take();
    drop(old);
    Ok(Value::NONE)
}
