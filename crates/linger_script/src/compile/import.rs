//! Imports, and what `from __future__` changes.

use super::Compiler;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, Expr, Stmt};
use crate::parse::{SyntaxError, TextRange};

/// Features that are always on, or have no meaning any more.
const KNOWN_FEATURES: [&str; 9] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
    "annotations",
];

/// Whether a module asks for annotations as texts; an error if it asks for what is not known, or too late.
pub(super) fn future_annotations(source: &str, body: &[Stmt]) -> Result<bool, SyntaxError> {
    let mut annotations = false;
    let mut at_start = true;
    for (at, stmt) in body.iter().enumerate() {
        let future = match stmt {
            Stmt::ImportFrom(s) if s.level == 0 && s.module.as_ref().is_some_and(|m| m.as_str() == "__future__") => s,
            Stmt::Expr(e) if at == 0 && matches!(&*e.value, Expr::StringLiteral(_)) => continue,
            _ => {
                at_start = false;
                continue;
            }
        };
        if !at_start {
            let message = "from __future__ imports must occur at the beginning of the file";
            return Err(SyntaxError::new(source, message, future.range));
        }
        for alias in &future.names {
            match alias.name.as_str() {
                "annotations" => annotations = true,
                "braces" => {
                    return Err(SyntaxError::new(source, "not a chance", TextRange::empty(future.range.start())));
                }
                name if KNOWN_FEATURES.contains(&name) || name == "barry_as_FLUFL" => {}
                name => {
                    let message = format!("future feature {name} is not defined");
                    return Err(SyntaxError::new(source, message, TextRange::empty(future.range.start())));
                }
            }
        }
    }
    Ok(annotations)
}

impl<'a> Compiler<'a> {
    pub fn import(&mut self, s: &'a ast::StmtImport) {
        for alias in &s.names {
            let base = self.unit.top;
            let module = self.unit.alloc();
            self.emit_import(module, &alias.name, 0, Const::None, s.range);
            match &alias.asname {
                None => {
                    let first = alias.name.split('.').next().unwrap_or("");
                    let name = self.mangle(first);
                    self.store_name(&name, module, s.range);
                }
                Some(asname) => {
                    for part in alias.name.split('.').skip(1) {
                        let part = self.unit.name(part);
                        self.unit.emit(Op::ImportFrom, module + 1, module, part, s.range);
                        self.unit.set_top(usize::from(module) + 2);
                        self.unit.emit(Op::Drop, module, 0, 0, s.range);
                        self.unit.emit(Op::Move, module, module + 1, 0, s.range);
                    }
                    let name = self.mangle(asname);
                    self.store_name(&name, module, s.range);
                }
            }
            self.unit.top = base;
        }
    }

    pub fn import_from(&mut self, s: &'a ast::StmtImportFrom) {
        let base = self.unit.top;
        let module = self.unit.alloc();
        let names = s.names.iter().map(|alias| Const::Str(alias.name.to_string())).collect();
        let module_name = s.module.as_ref().map_or("", |m| m.as_str());
        self.emit_import(module, module_name, s.level, Const::Tuple(names), s.range);
        if s.names.iter().any(|alias| alias.name.as_str() == "*") {
            self.unit.emit(Op::ImportStar, module, 0, 0, s.range);
            self.unit.top = base;
            return;
        }
        for alias in &s.names {
            let value = self.unit.alloc();
            let imported = self.unit.name(&alias.name);
            self.unit.emit(Op::ImportFrom, value, module, imported, s.range);
            let name = self.mangle(alias.asname.as_ref().unwrap_or(&alias.name));
            self.store_name(&name, value, s.range);
            self.unit.top = value;
        }
        self.unit.emit(Op::Drop, module, 0, 0, s.range);
        self.unit.top = base;
    }

    fn emit_import(&mut self, dest: Reg, name: &str, level: u32, names: Const, range: TextRange) {
        let name = self.unit.name(name);
        let names = self.unit.constant(names);
        self.unit.emit(Op::Import, dest, name, 0, range);
        self.unit.emit_wide(Op::Extra, level.min(1000) as u16, u32::from(names), range);
    }
}
