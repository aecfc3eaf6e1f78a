//! Functions and lambdas: defaults, annotations, closures, decorators, bodies.

use super::Compiler;
use super::collect::node_id;
use super::docstring;
use super::expr::Want;
use super::scope::{Place, ScopeKind};
use super::stmt::may_be_not_implemented;
use super::unit::Reg;
use crate::bytecode::{CodeKind, CodeUnit, Op};
use crate::constants::Const;
use crate::parse::ast::{self, Expr, Stmt};
use crate::parse::{Ranged, TextRange, any_over_expr};

/// The flags of [`Op::MakeFunction`].
const HAS_DEFAULTS: u8 = 1;
const HAS_KEYWORD_DEFAULTS: u8 = 2;
const HAS_ANNOTATIONS: u8 = 4;
const HAS_CLOSURE: u8 = 8;

impl<'a> Compiler<'a> {
    pub fn function_def(&mut self, def: &'a ast::StmtFunctionDef) {
        let base = self.unit.top;
        let name = self.mangle(&def.name);
        let range = def.name.range;
        self.decorators(&def.decorator_list);
        let function_base = self.unit.top;
        let x = self.function_extras(Some(&def.parameters), def.returns.as_deref(), range);
        let outer_scope = self.push_unit(node_id(def), CodeKind::Function, &def.name, def.range);
        self.parameters(&def.parameters, range);
        self.unit.code.doc = docstring(&def.body);
        self.body(&def.body);
        let last = def.body.last().map_or(range, Ranged::range);
        self.return_none(last);
        let code = self.pop_unit(outer_scope, range);
        let want = match self.place(&name) {
            Place::Local(local) if def.decorator_list.is_empty() => Want::Local(local),
            _ => Want::Temp,
        };
        let function = self.function_object(code, function_base, x, want, range);
        self.apply_decorators(&def.decorator_list, base);
        let value = if def.decorator_list.is_empty() { function } else { base };
        self.store_name(&name, value, range);
        self.unit.top = base;
    }

    pub fn lambda(&mut self, e: &'a ast::ExprLambda, want: Want) -> Reg {
        let base = self.unit.top;
        let x = self.function_extras(e.parameters.as_deref(), None, e.range);
        let outer_scope = self.push_unit(node_id(e), CodeKind::Function, "<lambda>", e.range);
        if let Some(parameters) = &e.parameters {
            self.parameters(parameters, e.range);
        } else {
            self.make_cells(e.range);
        }
        self.unit.code.declines = may_be_not_implemented(&e.body);
        let value = self.any(&e.body);
        self.unit.emit(Op::Return, value, 0, 0, e.body.range());
        let code = self.pop_unit(outer_scope, e.range);
        self.function_object(code, base, x, want, e.range)
    }

    /// Evaluates decorators into temporaries.
    pub fn decorators(&mut self, decorators: &'a [ast::Decorator]) {
        for decorator in decorators {
            self.temp(&decorator.expression);
        }
    }

    /// Calls the decorators in the temporaries from `base` on with what is behind them.
    pub fn apply_decorators(&mut self, decorators: &'a [ast::Decorator], base: Reg) {
        for (at, decorator) in decorators.iter().enumerate().rev() {
            let callable = base + at as Reg;
            self.unit.emit(Op::Call, callable, callable, 1, decorator.expression.range());
        }
    }

    /// Defaults, keyword-only defaults and annotations, each in its place from the first free temporary on; the flags.
    fn function_extras(
        &mut self,
        parameters: Option<&'a ast::Parameters>,
        returns: Option<&'a Expr>,
        range: TextRange,
    ) -> u8 {
        let base = self.unit.top;
        let Some(parameters) = parameters else { return 0 };
        let mut x = 0;
        let defaults: Vec<&Expr> =
            parameters.posonlyargs.iter().chain(&parameters.args).filter_map(|p| p.default.as_deref()).collect();
        if !defaults.is_empty() {
            x |= HAS_DEFAULTS;
            let folded: Option<Vec<Const>> = defaults.iter().map(|default| self.fold(default)).collect();
            match folded {
                Some(values) => self.load_const(Const::Tuple(values), base, range),
                None => {
                    for default in &defaults {
                        self.temp(default);
                    }
                    self.unit.emit(Op::BuildTuple, base, base, defaults.len() as u16, range);
                }
            }
        }
        self.unit.set_top(usize::from(base) + 1);
        let mut pairs = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let key = self.unit.alloc();
                let name = self.mangle(&parameter.parameter.name);
                self.load_const(Const::Str(name.into_owned()), key, range);
                self.temp(default);
                pairs += 1;
            }
        }
        if pairs > 0 {
            x |= HAS_KEYWORD_DEFAULTS;
            self.unit.emit(Op::BuildDict, base + 1, base + 1, pairs, range);
        }
        self.unit.set_top(usize::from(base) + 2);
        if self.annotations(parameters, returns, range) {
            x |= HAS_ANNOTATIONS;
        }
        self.unit.set_top(usize::from(base) + 4);
        self.unit.top = base;
        if x != 0 {
            // The closure is put behind what was evaluated.
            self.unit.set_top(usize::from(base) + 3);
        }
        x
    }

    /// A dict of annotations in the first free temporary, if there are any.
    fn annotations(&mut self, parameters: &'a ast::Parameters, returns: Option<&'a Expr>, range: TextRange) -> bool {
        let dict = self.unit.top;
        let mut pairs: u16 = 0;
        let ordered = parameters.posonlyargs.iter().chain(&parameters.args).map(|p| &p.parameter);
        let ordered = ordered.chain(parameters.vararg.as_deref());
        let ordered =
            ordered.chain(parameters.kwonlyargs.iter().map(|p| &p.parameter)).chain(parameters.kwarg.as_deref());
        for parameter in ordered {
            if let Some(annotation) = parameter.annotation() {
                let key = self.unit.alloc();
                let name = self.mangle(&parameter.name);
                self.load_const(Const::Str(name.into_owned()), key, range);
                self.annotation_value(annotation);
                pairs += 1;
            }
        }
        if let Some(returns) = returns {
            let key = self.unit.alloc();
            self.load_const(Const::Str("return".to_owned()), key, range);
            self.annotation_value(returns);
            pairs += 1;
        }
        if pairs > 0 {
            self.unit.emit(Op::BuildDict, dict, dict, pairs, range);
        }
        pairs > 0
    }

    /// An annotation in the first free temporary: its value, or its text under `from __future__ import annotations`.
    pub fn annotation_value(&mut self, annotation: &'a Expr) {
        if self.future_annotations {
            self.check_annotation(annotation);
            let text = super::unparse::unparse(annotation);
            let reg = self.unit.alloc();
            self.load_const(Const::Str(text), reg, annotation.range());
        } else if let Expr::Starred(starred) = annotation {
            // `*args: *Ts` is the one item that unpacking gives.
            let base = self.unit.top;
            let value = self.any(&starred.value);
            self.unit.set_top(usize::from(base) + 1);
            self.unit.emit(Op::UnpackSequence, base, value, 1, starred.range);
        } else {
            self.temp(annotation);
        }
    }

    /// What is kept as text must not do anything.
    fn check_annotation(&mut self, annotation: &Expr) {
        let mut found = None;
        any_over_expr(annotation, |part| {
            let what = match part {
                Expr::Named(_) => "named expression",
                Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
                Expr::Await(_) => "await expression",
                _ => return false,
            };
            found = Some((what, part.range()));
            true
        });
        if let Some((what, range)) = found {
            self.fail(format!("'{what}' can not be used within an annotation"), range);
        }
    }

    /// The function of a code, of which `base` and the temporaries behind hold what the flags say.
    pub fn function_object(&mut self, code: CodeUnit, base: Reg, mut x: u8, want: Want, range: TextRange) -> Reg {
        if !code.free_names.is_empty() {
            let closure = base + 3;
            self.unit.set_top(usize::from(closure) + code.free_names.len());
            for (at, name) in code.free_names.iter().enumerate() {
                self.load_cell(name, closure + at as Reg, range);
            }
            self.unit.emit(Op::BuildTuple, closure, closure, code.free_names.len() as u16, range);
            x |= HAS_CLOSURE;
        }
        let constant = self.unit.constant(Const::Code(Box::new(code)));
        let dest = self.dest(want, base);
        let extras = if x == 0 { 0 } else { base };
        self.unit.emit_x(Op::MakeFunction, x, dest, constant, extras, range);
        dest
    }

    /// The cell of a variable that an inner function captures.
    fn load_cell(&mut self, name: &str, dest: Reg, range: TextRange) {
        let unit = &self.tree.scopes[self.unit.scope];
        if unit.kind == ScopeKind::Class {
            if name == "__class__" && unit.needs_class_cell {
                self.unit.emit(Op::Move, dest, 0, 0, range);
            } else if let Ok(free) = unit.free.binary_search_by(|free| free.as_str().cmp(name)) {
                self.unit.emit(Op::LoadFreeCell, dest, free as u16, 0, range);
            }
            return;
        }
        match self.place(name) {
            Place::Cell(cell) => self.unit.emit(Op::Move, dest, cell, 0, range),
            Place::Free(free) | Place::NameOrFree(free) => self.unit.emit(Op::LoadFreeCell, dest, free, 0, range),
            Place::Local(_) | Place::Global | Place::Name => {}
        }
    }

    /// Says what parameters the unit has; they are bound at its start.
    fn parameters(&mut self, parameters: &'a ast::Parameters, range: TextRange) {
        let code = &mut self.unit.code;
        code.positional_only_count = parameters.posonlyargs.len() as u16;
        code.positional_count = (parameters.posonlyargs.len() + parameters.args.len()) as u16;
        code.keyword_only_count = parameters.kwonlyargs.len() as u16;
        code.has_varargs = parameters.vararg.is_some();
        code.has_varkeywords = parameters.kwarg.is_some();
        for parameter in 0..self.tree.scopes[self.unit.scope].parameter_count {
            if parameter < self.unit.code.local_names.len() {
                self.unit.bound.insert(parameter as Reg);
            }
        }
        self.make_cells(range);
    }

    /// The statements of a module.
    pub fn module_body(&mut self, body: &'a [Stmt]) {
        self.unit.code.doc = docstring(body);
        if let Some(doc) = self.unit.code.doc.clone() {
            let range = body[0].range();
            let reg = self.unit.alloc();
            self.load_const(Const::Str(doc), reg, range);
            self.store_name("__doc__", reg, range);
            self.unit.top = reg;
        }
        if self.tree.scopes[0].has_annotations {
            self.unit.emit(Op::SetupAnnotations, 0, 0, 0, TextRange::default());
        }
        self.body(body);
        let last = body.last().map_or(TextRange::default(), Ranged::range);
        self.return_none(last);
    }
}
