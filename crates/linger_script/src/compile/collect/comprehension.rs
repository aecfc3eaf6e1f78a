//! Scopes of comprehensions, and where `:=` in them binds.
//!
//! All other scopes are `collect`'s.

use super::super::scope::{BOUND, GLOBAL, IMPLIED, ITERATION, NONLOCAL, PARAMETER, ScopeKind, WALRUS};
use super::{Collector, GENERATOR};
use crate::parse::ast::{self, Expr};
use crate::parse::{TextRange, TextSize};

impl Collector<'_> {
    /// A comprehension: its first iterable is evaluated outside, all else inside.
    pub(super) fn comprehension(
        &mut self,
        node: usize,
        generators: &[ast::Comprehension],
        results: &[Option<&Expr>],
        what: &'static str,
    ) {
        let lazy = what == GENERATOR;
        let Some(first) = generators.first() else { return };
        self.iterable(&first.iter);
        let inlined = !lazy && self.tree.scopes[self.scope].kind != ScopeKind::Class;
        let kind = if inlined { ScopeKind::Inlined } else { ScopeKind::Comprehension };
        let outer = self.enter(kind, node);
        if !inlined {
            self.tree.mark(self.scope, ".0", BOUND | PARAMETER);
            self.tree.scopes[self.scope].parameter_count = 1;
            self.tree.scopes[self.scope].is_generator = lazy;
        }
        let outer_name = self.comprehension_name.replace(what);
        for (at, generator) in generators.iter().enumerate() {
            if at > 0 {
                self.check_rebinding(&generator.target);
            }
            self.target(&generator.target, BOUND | ITERATION);
            if at > 0 {
                self.iterable(&generator.iter);
            }
            generator.ifs.iter().for_each(|test| self.expr(test));
            if generator.is_async {
                self.mark_async();
            }
        }
        for result in results.iter().flatten() {
            self.expr(result);
        }
        self.comprehension_name = outer_name;
        self.scope = outer;
    }

    fn check_rebinding(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => {
                let known = |(scope, bound): &(usize, String)| *scope == self.scope && *bound == *name.id;
                if self.walrus_targets.iter().any(known) {
                    let what = "comprehension inner loop cannot rebind assignment expression target";
                    self.fail(format!("{what} '{}'", name.id), name.range);
                }
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| self.check_rebinding(element)),
            Expr::List(list) => list.elts.iter().for_each(|element| self.check_rebinding(element)),
            Expr::Starred(starred) => self.check_rebinding(&starred.value),
            _ => {}
        }
    }

    /// What a comprehension runs over, in which nothing may be bound.
    fn iterable(&mut self, expr: &Expr) {
        let outer = std::mem::replace(&mut self.in_iterable, true);
        self.expr(expr);
        self.in_iterable = outer;
    }

    /// `name := ...` binds in the function around all comprehensions.
    pub(super) fn walrus(&mut self, name: &str, range: TextRange) {
        if self.in_iterable {
            let message = "assignment expression cannot be used in a comprehension iterable expression";
            self.fail(message.to_owned(), range);
        }
        let target = TextRange::at(range.start(), TextSize::of(name));
        let name = self.tree.mangle(self.scope, name);
        let mut home = self.scope;
        while matches!(self.tree.scopes[home].kind, ScopeKind::Comprehension | ScopeKind::Inlined) {
            if self.tree.scopes[home].get(&name).is_some_and(|s| s.flags & ITERATION != 0) {
                let message = format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                self.fail(message, target);
            }
            self.walrus_targets.push((home, name.to_string()));
            home = self.tree.scopes[home].parent.unwrap_or(0);
        }
        if home != self.scope && self.tree.scopes[home].kind == ScopeKind::Class {
            self.fail("assignment expression within a comprehension cannot be used in a class body".to_owned(), target);
        }
        let unit = self.tree.unit_of(home);
        self.tree.scopes[unit].has_walrus = true;
        let is_global = self.tree.scopes[home].kind == ScopeKind::Module
            || self.tree.scopes[home].get(&name).is_some_and(|s| s.flags & GLOBAL != 0);
        let mut inner = self.scope;
        while inner != home {
            if self.tree.scopes[inner].is_unit() {
                let flag = if is_global { GLOBAL } else { NONLOCAL };
                self.tree.mark(inner, &name, flag | IMPLIED);
            }
            inner = self.tree.scopes[inner].parent.unwrap_or(0);
        }
        self.tree.mark(home, &name, BOUND | WALRUS);
    }
}
