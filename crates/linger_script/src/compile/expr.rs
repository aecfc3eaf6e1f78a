//! Expressions: where their values go, names, attributes, subscripts.

use super::Compiler;
use super::collect::node_id;
use super::comprehension::Result as ComprehensionResult;
use super::scope::Place;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, Expr};
use crate::parse::{Ranged, TextRange};

/// Where the value of an expression is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// In any register: a local stays where it is, anything else goes to the first free temporary.
    Any,
    /// In the first free temporary.
    Temp,
    /// In a local.
    Local(Reg),
}

impl<'a> Compiler<'a> {
    /// The value in any register.
    pub fn any(&mut self, expr: &'a Expr) -> Reg {
        self.expr(expr, Want::Any)
    }

    /// The value in the first free temporary, which is not free then.
    pub fn temp(&mut self, expr: &'a Expr) -> Reg {
        self.expr(expr, Want::Temp)
    }

    /// The value in a local.
    pub fn in_local(&mut self, expr: &'a Expr, local: Reg) {
        self.expr(expr, Want::Local(local));
        self.unit.bound.insert(local);
    }

    /// The value in any register where it stays what it is while `later` is evaluated.
    pub fn any_before(&mut self, expr: &'a Expr, later: &[&Expr]) -> Reg {
        if self.may_rebind(later) { self.temp(expr) } else { self.any(expr) }
    }

    /// Whether evaluating some of `later` could rebind a local.
    pub fn may_rebind(&self, later: &[&Expr]) -> bool {
        self.tree.scopes[self.unit.scope].has_walrus
            && later.iter().any(|expr| crate::parse::any_over_expr(expr, |e| e.is_named_expr()))
    }

    /// Where an instruction puts its result, when all temporaries from `base` on are consumed.
    pub fn dest(&mut self, want: Want, base: Reg) -> Reg {
        match want {
            Want::Any | Want::Temp => {
                self.unit.set_top(usize::from(base) + 1);
                base
            }
            Want::Local(local) => {
                self.unit.top = base;
                local
            }
        }
    }

    /// Takes a value, which is in the temporary `base`, to where it is wanted.
    pub fn deliver(&mut self, base: Reg, want: Want, range: TextRange) -> Reg {
        let dest = self.dest(want, base);
        if dest != base {
            self.unit.emit(Op::Move, dest, base, 0, range);
        }
        dest
    }

    /// Evaluates an expression.
    pub fn expr(&mut self, expr: &'a Expr, want: Want) -> Reg {
        let base = self.unit.top;
        let range = expr.range();
        if let Some(value) = self.fold(expr) {
            let dest = self.dest(want, base);
            self.load_const(value, dest, range);
            return dest;
        }
        match expr {
            Expr::Name(e) => {
                let name = self.mangle(&e.id);
                self.load_name(&name, want, range)
            }
            Expr::BinOp(e) => self.binary(e, want),
            Expr::UnaryOp(e) => self.unary(e, want),
            Expr::Compare(e) => self.compare(e, want),
            Expr::BoolOp(e) => self.bool_op(e, want),
            Expr::If(e) => self.conditional(e, want),
            Expr::Call(e) => self.call(e, want),
            Expr::Attribute(e) => self.attribute(e, want),
            Expr::Subscript(e) => self.subscript(e, want),
            Expr::Named(e) => self.named(e, want),
            Expr::Lambda(e) => self.lambda(e, want),
            Expr::Tuple(e) => self.tuple(&e.elts, range, want),
            Expr::List(e) => self.list(&e.elts, range, want),
            Expr::Set(e) => self.set(&e.elts, range, want),
            Expr::Dict(e) => self.dict(e, want),
            Expr::ListComp(e) => {
                self.comprehension(node_id(e), &e.generators, ComprehensionResult::List(&e.elt), range, want)
            }
            Expr::SetComp(e) => {
                self.comprehension(node_id(e), &e.generators, ComprehensionResult::Set(&e.elt), range, want)
            }
            Expr::DictComp(e) => match &e.key {
                Some(key) => {
                    let result = ComprehensionResult::Dict(key, &e.value);
                    self.comprehension(node_id(e), &e.generators, result, range, want)
                }
                None => {
                    self.fail("dict unpacking cannot be used in dict comprehension", range);
                    self.dest(want, base)
                }
            },
            Expr::Generator(e) => self.generator(e, want),
            Expr::Await(e) => self.await_expr(e, want),
            Expr::Yield(e) => self.yield_expr(e, want),
            Expr::YieldFrom(e) => self.yield_from(e, want),
            Expr::FString(e) => self.f_string(e, want),
            Expr::Slice(e) => self.slice(e, want),
            Expr::Starred(e) => {
                self.fail("can't use starred expression here", e.range);
                self.dest(want, base)
            }
            // Folded above, all of them.
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => self.dest(want, base),
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => {
                self.fail("invalid syntax", range);
                self.dest(want, base)
            }
        }
    }

    /// The value of a mangled name.
    pub fn load_name(&mut self, name: &str, want: Want, range: TextRange) -> Reg {
        let base = self.unit.top;
        match self.place(name) {
            Place::Local(local) => {
                if self.is_foreign(name) && !self.unit.bound.contains(local) {
                    self.unit.emit_x(Op::CheckLocal, 1, local, 0, 0, range);
                    self.unit.bound.insert(local);
                }
                self.check_bound(local, range);
                if want == Want::Any || want == Want::Local(local) {
                    return local;
                }
                let dest = self.dest(want, base);
                self.unit.emit(Op::Move, dest, local, 0, range);
                dest
            }
            Place::Cell(cell) => {
                let dest = self.dest(want, base);
                let x = u8::from(self.is_foreign(name));
                self.unit.emit_x(Op::LoadCell, x, dest, cell, 0, range);
                dest
            }
            Place::Free(free) => {
                let dest = self.dest(want, base);
                self.unit.emit(Op::LoadFree, dest, free, 0, range);
                dest
            }
            Place::Global => {
                let dest = self.dest(want, base);
                let cache = self.unit.global_cache(name);
                self.unit.emit(Op::LoadGlobal, dest, 0, cache, range);
                dest
            }
            Place::Name => {
                let dest = self.dest(want, base);
                let name = self.unit.name(name);
                self.unit.emit(Op::LoadName, dest, name, 0, range);
                dest
            }
            Place::NameOrFree(free) => {
                let dest = self.dest(want, base);
                let name = self.unit.name(name);
                self.unit.emit(Op::LoadNameOrFree, dest, name, free, range);
                dest
            }
        }
    }

    /// Whether a name is used in an inlined comprehension that does not bind it: a free variable, if that were a function.
    fn is_foreign(&self, name: &str) -> bool {
        let scope = &self.tree.scopes[self.scope];
        !scope.is_unit() && scope.get(name).is_none_or(|symbol| symbol.flags & super::scope::BOUND == 0)
    }

    /// Makes sure that a local is bound where it might not be.
    pub fn check_bound(&mut self, local: Reg, range: TextRange) {
        if !self.unit.bound.contains(local) {
            self.unit.emit(Op::CheckLocal, local, 0, 0, range);
            self.unit.bound.insert(local);
        }
    }

    /// Stores what is in a register under a mangled name.
    pub fn store_name(&mut self, name: &str, value: Reg, range: TextRange) {
        match self.place(name) {
            Place::Local(local) => {
                if local != value {
                    self.unit.emit(Op::Move, local, value, 0, range);
                }
                self.unit.bound.insert(local);
            }
            Place::Cell(cell) => self.unit.emit(Op::StoreCell, cell, value, 0, range),
            Place::Free(free) | Place::NameOrFree(free) => self.unit.emit(Op::StoreFree, free, value, 0, range),
            Place::Global => {
                let name = self.unit.name(name);
                self.unit.emit(Op::StoreGlobal, value, name, 0, range);
            }
            Place::Name => {
                let name = self.unit.name(name);
                self.unit.emit(Op::StoreName, value, name, 0, range);
            }
        }
    }

    /// Deletes a mangled name.
    pub fn delete_name(&mut self, name: &str, range: TextRange) {
        match self.place(name) {
            Place::Local(local) => {
                self.check_bound(local, range);
                self.unit.emit(Op::Drop, local, 0, 0, range);
                self.unit.bound.remove(local);
            }
            Place::Cell(cell) => self.unit.emit(Op::DeleteCell, cell, 0, 0, range),
            Place::Free(free) | Place::NameOrFree(free) => self.unit.emit(Op::DeleteFree, free, 0, 0, range),
            Place::Global => {
                let name = self.unit.name(name);
                self.unit.emit(Op::DeleteGlobal, 0, name, 0, range);
            }
            Place::Name => {
                let name = self.unit.name(name);
                self.unit.emit(Op::DeleteName, 0, name, 0, range);
            }
        }
    }

    fn attribute(&mut self, e: &'a ast::ExprAttribute, want: Want) -> Reg {
        let base = self.unit.top;
        if let Some(dest) = self.super_attribute(e, want) {
            return dest;
        }
        let object = self.any(&e.value);
        let dest = self.dest(want, base);
        let range = self.named_range(e);
        self.load_attr(dest, object, &e.attr, range);
        dest
    }

    /// Where an attribute's instruction is: where its name is, if that is on another line than the expression's beginning.
    pub fn named_range(&self, e: &ast::ExprAttribute) -> TextRange {
        let before = &self.source[e.range.start().to_usize()..e.attr.range.start().to_usize()];
        if before.contains(['\n', '\r']) { e.attr.range } else { e.range }
    }

    /// `R[dest] = R[object].name`, with the name as it is written.
    pub fn load_attr(&mut self, dest: Reg, object: Reg, name: &str, range: TextRange) {
        let name = self.mangle(name);
        let cache = self.unit.cache(&name);
        self.unit.emit(Op::LoadAttr, dest, object, cache, range);
    }

    fn subscript(&mut self, e: &'a ast::ExprSubscript, want: Want) -> Reg {
        let base = self.unit.top;
        let object = self.any_before(&e.value, &[&e.slice]);
        if let Some(Const::Int(index)) = self.fold(&e.slice)
            && let Ok(index) = i16::try_from(index)
        {
            let dest = self.dest(want, base);
            self.unit.emit(Op::GetItemInt, dest, object, index as u16, e.range);
            return dest;
        }
        let index = self.any(&e.slice);
        let dest = self.dest(want, base);
        self.unit.emit(Op::GetItem, dest, object, index, e.range);
        dest
    }

    fn slice(&mut self, e: &'a ast::ExprSlice, want: Want) -> Reg {
        let base = self.unit.top;
        for part in [&e.lower, &e.upper, &e.step] {
            match part {
                Some(part) => {
                    self.temp(part);
                }
                None => {
                    let none = self.unit.alloc();
                    self.load_const(Const::None, none, e.range);
                }
            }
        }
        let dest = self.dest(want, base);
        self.unit.emit(Op::BuildSlice, dest, base, 0, e.range);
        dest
    }

    fn named(&mut self, e: &'a ast::ExprNamed, want: Want) -> Reg {
        let base = self.unit.top;
        let Expr::Name(target) = &*e.target else { return self.dest(want, base) };
        let name = self.mangle(&target.id);
        if let Place::Local(local) = self.place(&name) {
            self.in_local(&e.value, local);
            if want == Want::Any || want == Want::Local(local) {
                return local;
            }
            let dest = self.dest(want, base);
            self.unit.emit(Op::Move, dest, local, 0, e.range);
            return dest;
        }
        let value = self.temp(&e.value);
        let copy = self.unit.alloc();
        self.unit.emit(Op::Copy, copy, value, 0, e.range);
        self.store_name(&name, copy, e.range);
        self.unit.top = copy;
        self.deliver(base, want, e.range)
    }
}
