//! Assignment in all its forms, and `del`.

use super::Compiler;
use super::expr::Want;
use super::scope::Place;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, Expr};
use crate::parse::{Ranged, TextRange, any_over_expr};
use rustc_hash::FxHashSet;

impl<'a> Compiler<'a> {
    pub fn assign(&mut self, s: &'a ast::StmtAssign) {
        let base = self.unit.top;
        match &s.targets[..] {
            [target] => self.assign_one(target, &s.value),
            targets => self.assign_many(targets, &s.value),
        }
        self.unit.top = base;
    }

    fn assign_one(&mut self, target: &'a Expr, value: &'a Expr) {
        if let Some(local) = self.local_target(target) {
            self.in_local(value, local);
            return;
        }
        if let (Some(targets), Some(values)) = (target_items(target), target_items(value))
            && targets.len() == values.len()
            && !targets.iter().chain(values).any(Expr::is_starred_expr)
        {
            self.assign_parallel(targets, values);
            return;
        }
        let value = self.any_before(value, &[target]);
        self.store(target, value);
    }

    /// The register of a target that is a local variable without a cell.
    fn local_target(&self, target: &Expr) -> Option<Reg> {
        let Expr::Name(name) = target else { return None };
        match self.place(&self.mangle(&name.id)) {
            Place::Local(local) => Some(local),
            _ => None,
        }
    }

    /// `a, b = x, y`, with no tuple made.
    fn assign_parallel(&mut self, targets: &'a [Expr], values: &'a [Expr]) {
        let locals: Option<Vec<Reg>> = targets.iter().map(|target| self.local_target(target)).collect();
        let distinct =
            locals.as_ref().is_some_and(|locals| locals.iter().collect::<FxHashSet<_>>().len() == locals.len());
        let Some(locals) = locals.filter(|_| distinct) else {
            let all: Vec<&Expr> = values.iter().chain(targets).collect();
            let rebinds = self.may_rebind(&all);
            let mut evaluated = Vec::new();
            for value in values {
                // A local that none of the targets rebinds needs no copy.
                let stays = !rebinds
                    && self.local_target(value).is_some()
                    && !targets.iter().any(|target| binds(target, value));
                evaluated.push(if stays { self.any(value) } else { self.temp(value) });
            }
            for (target, value) in targets.iter().zip(evaluated) {
                self.store(target, value);
            }
            return;
        };
        // A value goes straight to its target where no later one reads that, nor fails where somebody could see the target.
        let guarded = self.unit.blocks.iter().any(|block| block.guard.is_some());
        let mut pending: Vec<(Reg, Reg, TextRange)> = Vec::new();
        for (at, value) in values.iter().enumerate() {
            let later = &values[at + 1..];
            let read_later = later.iter().any(|later| mentions(later, &targets[at]));
            let safe = !guarded || later.iter().all(|later| self.cannot_raise(later));
            if !read_later && safe {
                self.expr(value, Want::Local(locals[at]));
                self.unit.bound.insert(locals[at]);
            } else {
                let reg = self.temp(value);
                pending.push((locals[at], reg, value.range()));
            }
        }
        for (local, reg, range) in pending {
            self.unit.emit(Op::Move, local, reg, 0, range);
            self.unit.bound.insert(local);
        }
    }

    fn cannot_raise(&mut self, value: &Expr) -> bool {
        self.fold(value).is_some() || self.local_target(value).is_some_and(|local| self.unit.bound.contains(local))
    }

    /// `a = b = value`.
    fn assign_many(&mut self, targets: &'a [Expr], value: &'a Expr) {
        let simple = targets.iter().all(|target| !matches!(target, Expr::Tuple(_) | Expr::List(_) | Expr::Starred(_)));
        if simple && let Some(local) = self.local_target(&targets[0]) {
            let again = targets[1..].iter().any(|target| self.local_target(target) == Some(local));
            if !again && !self.may_rebind(&targets.iter().collect::<Vec<_>>()) {
                self.in_local(value, local);
                targets[1..].iter().for_each(|target| self.store(target, local));
                return;
            }
        }
        let value = self.temp(value);
        for (at, target) in targets.iter().enumerate() {
            let last = at + 1 == targets.len();
            let top = self.unit.top;
            let copy = if last {
                value
            } else {
                let copy = self.unit.alloc();
                self.unit.emit(Op::Copy, copy, value, 0, target.range());
                copy
            };
            self.store(target, copy);
            self.unit.top = top;
        }
    }

    /// Stores what is in a register; temporaries from the first free one on are free again afterwards.
    pub fn store(&mut self, target: &'a Expr, value: Reg) {
        let top = self.unit.top;
        let range = target.range();
        match target {
            Expr::Name(e) => {
                let name = self.mangle(&e.id);
                self.store_name(&name, value, range);
            }
            Expr::Attribute(e) => {
                let object = self.any(&e.value);
                let name = self.mangle(&e.attr);
                let cache = self.unit.cache(&name);
                self.unit.emit(Op::StoreAttr, object, value, cache, self.named_range(e));
            }
            Expr::Subscript(e) => {
                let object = self.any_before(&e.value, &[&e.slice]);
                let index = self.any(&e.slice);
                self.unit.emit(Op::SetItem, object, index, value, range);
            }
            Expr::Tuple(e) => self.unpack(&e.elts, value, range),
            Expr::List(e) => self.unpack(&e.elts, value, range),
            Expr::Starred(e) => self.fail("starred assignment target must be in a list or tuple", e.range),
            other => self.fail("cannot assign to expression", other.range()),
        }
        self.unit.top = top;
    }

    fn unpack(&mut self, targets: &'a [Expr], value: Reg, range: TextRange) {
        if let Some(first) = self.consecutive_locals(targets) {
            self.unit.emit(Op::UnpackSequence, first, value, targets.len() as u16, range);
            for at in 0..targets.len() {
                self.unit.bound.insert(first + at as Reg);
            }
            return;
        }
        let first = if self.unit.is_local(value) || value + 1 != self.unit.top { self.unit.top } else { value };
        self.unit.set_top(usize::from(first) + targets.len());
        let stars = targets.iter().filter(|target| target.is_starred_expr()).count();
        match targets.iter().position(Expr::is_starred_expr) {
            None => self.unit.emit(Op::UnpackSequence, first, value, targets.len() as u16, range),
            Some(_) if stars > 1 => self.fail("multiple starred expressions in assignment", range),
            Some(before) => {
                let after = targets.len() - before - 1;
                if before > 255 || after > 255 {
                    self.fail("too many expressions in star-unpacking assignment", range);
                }
                let counts = (before & 0xff) | (after & 0xff) << 8;
                self.unit.emit(Op::UnpackStar, first, value, counts as u16, range);
            }
        }
        for (at, target) in targets.iter().enumerate() {
            let target = match target {
                Expr::Starred(starred) => &starred.value,
                other => other,
            };
            self.store(target, first + at as Reg);
        }
    }

    /// The first register of targets that are locals in a row.
    fn consecutive_locals(&self, targets: &[Expr]) -> Option<Reg> {
        let first = self.local_target(targets.first()?)?;
        let in_row = |(at, target): (usize, &Expr)| {
            self.local_target(target).is_some_and(|local| usize::from(local) == usize::from(first) + at)
        };
        targets.iter().enumerate().all(in_row).then_some(first)
    }

    pub fn augmented(&mut self, s: &'a ast::StmtAugAssign) {
        let base = self.unit.top;
        match &*s.target {
            Expr::Name(e) => {
                let name = self.mangle(&e.id);
                if let Place::Local(local) = self.place(&name) {
                    self.check_bound(local, e.range);
                    let left =
                        if self.may_rebind(&[&s.value]) { self.load_name(&name, Want::Temp, e.range) } else { local };
                    self.binary_with(s.op, left, &s.value, base, Want::Local(local), true, s.range);
                    self.unit.bound.insert(local);
                } else {
                    let left = self.load_name(&name, Want::Temp, e.range);
                    let result = self.binary_with(s.op, left, &s.value, base, Want::Temp, true, s.range);
                    self.store_name(&name, result, s.range);
                }
            }
            Expr::Attribute(e) => {
                let object = self.any_before(&e.value, &[&s.value]);
                let work = self.unit.alloc();
                let source = self.keep(object, work, e.range);
                let range = self.named_range(e);
                self.load_attr(work, source, &e.attr, range);
                let result = self.binary_with(s.op, work, &s.value, work, Want::Temp, true, s.range);
                let name = self.mangle(&e.attr);
                let cache = self.unit.cache(&name);
                self.unit.emit(Op::StoreAttr, object, result, cache, range);
            }
            Expr::Subscript(e) => {
                let object = self.any_before(&e.value, &[&e.slice, &s.value]);
                let index = self.any_before(&e.slice, &[&s.value]);
                let work = self.unit.alloc_many(2);
                let small = match self.fold(&e.slice) {
                    Some(Const::Int(index)) => i16::try_from(index).ok(),
                    _ => None,
                };
                let kept_object = self.keep(object, work, e.range);
                match small {
                    Some(index) => self.unit.emit(Op::GetItemInt, work, kept_object, index as u16, e.range),
                    None => {
                        let kept_index = self.keep(index, work + 1, e.range);
                        self.unit.emit(Op::GetItem, work, kept_object, kept_index, e.range);
                    }
                }
                self.unit.top = work + 1;
                let result = self.binary_with(s.op, work, &s.value, work, Want::Temp, true, s.range);
                self.unit.emit(Op::SetItem, object, index, result, e.range);
            }
            other => self.fail("illegal expression for augmented assignment", other.range()),
        }
        self.unit.top = base;
    }

    /// A register to read `reg` from which leaves it readable: a local itself, or a copy of a temporary in `copy`.
    fn keep(&mut self, reg: Reg, copy: Reg, range: TextRange) -> Reg {
        if self.unit.is_local(reg) {
            return reg;
        }
        self.unit.emit(Op::Copy, copy, reg, 0, range);
        copy
    }

    pub fn annotated(&mut self, s: &'a ast::StmtAnnAssign) {
        let base = self.unit.top;
        if let Some(value) = &s.value {
            self.assign_one(&s.target, value);
            self.unit.top = base;
        }
        let in_function = self.tree.scopes[self.unit.scope].has_fast_locals();
        match &*s.target {
            Expr::Name(name) if s.simple && !in_function => {
                self.annotation_value(&s.annotation);
                let annotations = self.load_name("__annotations__", Want::Temp, s.range);
                let key = self.unit.alloc();
                let mangled = self.mangle(&name.id);
                self.load_const(Const::Str(mangled.into_owned()), key, s.range);
                self.unit.emit(Op::SetItem, annotations, key, base, s.range);
            }
            target => {
                if s.value.is_none() {
                    self.evaluate_target(target);
                }
                if !in_function && !self.future_annotations {
                    let value = self.any(&s.annotation);
                    self.discard(value, s.range);
                }
            }
        }
        self.unit.top = base;
    }

    /// What an annotated target without a value evaluates.
    fn evaluate_target(&mut self, target: &'a Expr) {
        let base = self.unit.top;
        match target {
            Expr::Attribute(e) => {
                let object = self.any(&e.value);
                self.discard(object, e.range);
            }
            Expr::Subscript(e) => {
                let object = self.any(&e.value);
                self.discard(object, e.range);
                self.unit.top = base;
                let index = self.any(&e.slice);
                self.discard(index, e.range);
            }
            _ => {}
        }
        self.unit.top = base;
    }

    fn discard(&mut self, reg: Reg, range: TextRange) {
        if !self.unit.is_local(reg) {
            self.unit.emit(Op::Drop, reg, 0, 0, range);
        }
    }

    pub fn delete(&mut self, target: &'a Expr) {
        let base = self.unit.top;
        let range = target.range();
        match target {
            Expr::Name(e) => {
                let name = self.mangle(&e.id);
                self.delete_name(&name, range);
            }
            Expr::Attribute(e) => {
                let object = self.any(&e.value);
                let name = self.mangle(&e.attr);
                let cache = self.unit.cache(&name);
                self.unit.emit(Op::DeleteAttr, object, 0, cache, self.named_range(e));
            }
            Expr::Subscript(e) => {
                let object = self.any_before(&e.value, &[&e.slice]);
                let index = self.any(&e.slice);
                self.unit.emit(Op::DeleteItem, object, index, 0, range);
            }
            Expr::Tuple(e) => e.elts.iter().for_each(|item| self.delete(item)),
            Expr::List(e) => e.elts.iter().for_each(|item| self.delete(item)),
            other => self.fail("cannot delete expression", other.range()),
        }
        self.unit.top = base;
    }
}

/// The items of a tuple or list, as a target or as a value.
fn target_items(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(e) => Some(&e.elts),
        Expr::List(e) => Some(&e.elts),
        _ => None,
    }
}

/// Whether a target binds the name that a value is.
fn binds(target: &Expr, value: &Expr) -> bool {
    match target {
        Expr::Tuple(_) | Expr::List(_) => {
            target_items(target).is_some_and(|items| items.iter().any(|item| binds(item, value)))
        }
        Expr::Starred(starred) => binds(&starred.value, value),
        target => mentions(value, target),
    }
}

/// Whether an expression mentions the name of a target.
fn mentions(expr: &Expr, target: &Expr) -> bool {
    let Expr::Name(name) = target else { return false };
    any_over_expr(expr, |e| match e {
        // These read every name.
        Expr::Name(found) => {
            found.id == name.id || matches!(found.id.as_str(), "locals" | "vars" | "dir" | "eval" | "exec")
        }
        _ => false,
    })
}
