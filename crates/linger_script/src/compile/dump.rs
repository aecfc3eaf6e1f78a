//! Lists code for people and for tests: one instruction a line, registers by the names of their locals, temporaries as `t0`,
//! `t1`, ...

use super::operands::{layout, width};
use super::unit::NONE;
use crate::bytecode::{CodeUnit, Instr, Op};
use crate::constants::Const;
use std::fmt::Write;

/// The listing of a unit and of the units among its constants.
pub fn dump(code: &CodeUnit) -> String {
    let mut out = String::new();
    list(code, &mut out);
    out
}

fn list(code: &CodeUnit, out: &mut String) {
    let _ = writeln!(out, "{}:", code.qualname);
    let mut at = 0;
    while at < code.instrs.len() {
        let _ = writeln!(out, "{at:4} {}", line(code, at));
        at += width(code.instrs[at].op);
    }
    for entry in &code.handlers {
        let depth = register(code, entry.depth);
        let _ = writeln!(out, "     {}..{} -> {} in {depth}", entry.start, entry.end, entry.handler);
    }
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            list(inner, out);
        }
    }
}

fn register(code: &CodeUnit, reg: u16) -> String {
    match code.local_names.get(usize::from(reg)) {
        Some(name) => name.clone(),
        None if reg == NONE => "-".to_owned(),
        None => format!("t{}", usize::from(reg) - code.local_names.len()),
    }
}

fn constant(code: &CodeUnit, at: usize) -> String {
    code.consts.get(at).map_or_else(|| "?".to_owned(), show)
}

fn show(value: &Const) -> String {
    match value {
        Const::None => "None".to_owned(),
        Const::Ellipsis => "...".to_owned(),
        Const::Bool(true) => "True".to_owned(),
        Const::Bool(false) => "False".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(value) => value.to_string(),
        Const::Float(value) => format!("{value:?}"),
        Const::Imaginary(value) => format!("{value:?}j"),
        Const::Str(value) => format!("{value:?}"),
        Const::Bytes(value) => format!("b{:?}", String::from_utf8_lossy(value)),
        Const::Tuple(items) => format!("({})", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Const::FrozenSet(items) => format!("{{{}}}", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Const::Code(code) => format!("<{}>", code.name),
    }
}

fn line(code: &CodeUnit, at: usize) -> String {
    let instr = code.instrs[at];
    let mut parts = Vec::new();
    let fields = [instr.a, instr.b, instr.c];
    for (kind, field) in layout(instr.op).chars().zip(fields) {
        let index = usize::from(field);
        let part = match kind {
            'r' => register(code, field),
            'k' => constant(code, index),
            'n' => code.names.get(index).cloned().unwrap_or_default(),
            'h' => code.caches.get(index).and_then(|&name| code.names.get(name as usize)).cloned().unwrap_or_default(),
            'i' => (field as i16).to_string(),
            'f' => code.free_names.get(index).cloned().unwrap_or_default(),
            'K' => constant(code, instr.wide_operand() as usize),
            'I' => instr.offset().to_string(),
            'J' => target(at, instr).to_string(),
            _ => continue,
        };
        parts.push(part);
    }
    let mut text = format!("{:?}", instr.op);
    if instr.x != 0 {
        let _ = write!(text, ".{}", instr.x);
    }
    if !parts.is_empty() {
        let _ = write!(text, " {}", parts.join(", "));
    }
    if width(instr.op) == 2
        && let Some(&word) = code.instrs.get(at + 1)
    {
        let _ = match word.op {
            Op::Jump => write!(text, " -> {}", target(at + 1, word)),
            _ => write!(text, " {} {}", word.a, constant(code, word.wide_operand() as usize)),
        };
    }
    text
}

fn target(at: usize, instr: Instr) -> i64 {
    at as i64 + 1 + i64::from(instr.offset())
}
