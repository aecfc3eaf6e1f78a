//! Class definitions: the body is a function that fills a namespace.

use super::Compiler;
use super::collect::node_id;
use super::docstring;
use super::expr::Want;
use super::scope::Place;
use crate::bytecode::{CodeKind, Op};
use crate::constants::Const;
use crate::parse::ast;
use crate::parse::{Ranged, TextRange, TextSize};

impl<'a> Compiler<'a> {
    pub fn class_def(&mut self, def: &'a ast::StmtClassDef) {
        let base = self.unit.top;
        let name = self.mangle(&def.name);
        let range = def.name.range;
        self.decorators(&def.decorator_list);
        let window = self.unit.alloc();
        self.unit.emit(Op::LoadBuildClass, window, 0, 0, range);
        let outer_scope = self.push_unit(node_id(def), CodeKind::Class, &def.name, def.range);
        self.class_body(def);
        let code = self.pop_unit(outer_scope, range);
        self.function_object(code, window + 1, 0, Want::Temp, range);
        let class_name = self.unit.alloc();
        self.load_const(Const::Str(def.name.to_string()), class_name, range);
        let want = match self.place(&name) {
            Place::Local(local) if def.decorator_list.is_empty() => Want::Local(local),
            _ => Want::Temp,
        };
        let class = self.build_class_call(def, window, want);
        self.apply_decorators(&def.decorator_list, base);
        let value = if def.decorator_list.is_empty() { class } else { base };
        self.store_name(&name, value, range);
        self.unit.top = base;
    }

    /// The call of `__build_class__` in `window`, behind which the function and the name are in place.
    fn build_class_call(&mut self, def: &'a ast::StmtClassDef, window: u16, want: Want) -> u16 {
        let head = self.statement_range(def);
        let Some(arguments) = &def.arguments else {
            let dest = self.dest(want, window);
            self.unit.emit(Op::Call, dest, window, 2, head);
            return dest;
        };
        self.check_keywords(arguments);
        let spread = arguments.args.iter().any(ast::Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        if spread {
            return self.spread_call(window, 2, arguments, want, head);
        }
        for base in &arguments.args {
            self.temp(base);
        }
        let mut names = Vec::new();
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg {
                names.push(Const::Str(self.mangle(name).into_owned()));
                self.temp(&keyword.value);
            }
        }
        let count = (2 + arguments.args.len() + names.len()) as u16;
        let dest = self.dest(want, window);
        if names.is_empty() {
            self.unit.emit(Op::Call, dest, window, count, head);
        } else {
            self.unit.emit(Op::CallKeywords, dest, window, count, head);
            let names = self.unit.constant(Const::Tuple(names));
            self.unit.emit_wide(Op::Extra, 0, u32::from(names), head);
        }
        dest
    }

    /// The class statement without its decorators, as a traceback through it shows it.
    fn statement_range(&self, def: &ast::StmtClassDef) -> TextRange {
        if def.decorator_list.is_empty() {
            return def.range;
        }
        let before = &self.source[..def.name.start().to_usize()];
        let start = before.rfind("class").map_or(def.name.start(), |at| TextSize::new(at as u32));
        TextRange::new(start, def.range.end())
    }

    fn class_body(&mut self, def: &'a ast::StmtClassDef) {
        let range = def.name.range;
        self.make_cells(range);
        let reg = self.unit.top;
        let name = self.unit.name("__name__");
        let module = self.unit.name("__module__");
        self.unit.alloc();
        self.unit.emit(Op::LoadName, reg, name, 0, range);
        self.unit.emit(Op::StoreName, reg, module, 0, range);
        let qualname = Const::Str(self.unit.code.qualname.clone());
        self.load_const(qualname, reg, range);
        let name = self.unit.name("__qualname__");
        self.unit.emit(Op::StoreName, reg, name, 0, range);
        if self.tree.scopes[self.unit.scope].has_annotations {
            self.unit.emit(Op::SetupAnnotations, 0, 0, 0, range);
        }
        self.unit.code.doc = docstring(&def.body);
        if let Some(doc) = self.unit.code.doc.clone() {
            self.load_const(Const::Str(doc), reg, range);
            let name = self.unit.name("__doc__");
            self.unit.emit(Op::StoreName, reg, name, 0, range);
        }
        self.unit.top = reg;
        self.body(&def.body);
        if self.tree.scopes[self.unit.scope].needs_class_cell {
            self.unit.emit(Op::Move, reg, 0, 0, range);
            let name = self.unit.name("__classcell__");
            self.unit.emit(Op::StoreName, reg, name, 0, range);
        }
        self.return_none(def.body.last().map_or(range, Ranged::range));
    }
}
