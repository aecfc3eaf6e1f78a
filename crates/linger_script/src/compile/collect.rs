//! Walks the syntax tree to fill the symbol table. It visits everything in the scope in which it is evaluated, and reports
//! what is wrong with declarations; what a name leads to is settled later.

mod comprehension;

use super::scope::{ANNOTATED, BOUND, DELETED, GLOBAL, NONLOCAL, PARAMETER, ScopeId, ScopeKind, ScopeTree, USED};
use super::warnings;
use crate::parse::ast::{self, Expr, Pattern, Stmt};
use crate::parse::{Ranged, SyntaxError, TextRange};

/// The address of a node, which names its scope.
pub(super) fn node_id<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

/// What a lazy comprehension is called.
const GENERATOR: &str = "generator expression";

/// Fills the symbol table of a module or expression.
pub(super) struct Collector<'a> {
    source: &'a str,
    pub tree: ScopeTree,
    scope: ScopeId,
    future_annotations: bool,
    /// What the innermost comprehension around here is called.
    comprehension_name: Option<&'static str>,
    in_iterable: bool,
    /// Names bound by `:=` in a comprehension, with its scope: a loop further in can't have them for its variables.
    walrus_targets: Vec<(usize, String)>,
    error: Option<SyntaxError>,
}

impl<'a> Collector<'a> {
    /// The table of a module's statements.
    pub fn module(
        source: &'a str,
        body: &[Stmt],
        future_annotations: bool,
        namespace: bool,
    ) -> Result<ScopeTree, SyntaxError> {
        let mut collector = Collector::start(source, future_annotations, namespace);
        collector.body(body);
        collector.finish()
    }

    /// The table of a single expression.
    pub fn expression(source: &'a str, expr: &Expr) -> Result<ScopeTree, SyntaxError> {
        let mut collector = Collector::start(source, false, true);
        collector.expr(expr);
        collector.finish()
    }

    fn start(source: &'a str, future_annotations: bool, namespace: bool) -> Collector<'a> {
        let mut tree = ScopeTree::default();
        tree.namespace = namespace;
        let scope = tree.add(ScopeKind::Module, None, 0);
        Collector {
            source,
            tree,
            scope,
            future_annotations,
            comprehension_name: None,
            in_iterable: false,
            walrus_targets: Vec::new(),
            error: None,
        }
    }

    fn finish(mut self) -> Result<ScopeTree, SyntaxError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.tree.settle(self.source)?;
        Ok(self.tree)
    }

    fn fail(&mut self, message: String, range: TextRange) {
        if self.error.is_none() {
            self.error = Some(SyntaxError::new(self.source, message, range));
        }
    }

    fn mark(&mut self, name: &str, flags: u16) {
        let name = self.tree.mangle(self.scope, name);
        self.tree.mark(self.scope, &name, flags);
    }

    fn body(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => {
                self.mark(&def.name, BOUND);
                self.decorators(&def.decorator_list);
                self.defaults(&def.parameters);
                if !self.future_annotations {
                    self.parameter_annotations(&def.parameters);
                    self.optional(def.returns.as_deref());
                }
                let outer = self.enter(ScopeKind::Function, node_id(def));
                self.tree.scopes[self.scope].is_async = def.is_async;
                self.parameters(&def.parameters);
                self.body(&def.body);
                self.scope = outer;
            }
            Stmt::ClassDef(def) => {
                self.mark(&def.name, BOUND);
                self.decorators(&def.decorator_list);
                if let Some(arguments) = &def.arguments {
                    self.arguments(arguments);
                }
                let outer = self.enter(ScopeKind::Class, node_id(def));
                self.tree.scopes[self.scope].private = Some(def.name.to_string());
                self.body(&def.body);
                self.scope = outer;
            }
            Stmt::Return(s) => self.optional(s.value.as_deref()),
            Stmt::Delete(s) => s.targets.iter().for_each(|target| self.target(target, BOUND | DELETED)),
            Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => self.fail("invalid syntax".to_owned(), stmt.range()),
            Stmt::Assign(s) => {
                self.expr(&s.value);
                s.targets.iter().for_each(|target| self.target(target, BOUND));
            }
            Stmt::AugAssign(s) => {
                self.expr(&s.value);
                if let Expr::Name(name) = &*s.target {
                    self.forbid_debug(&name.id, "assign to", name.range);
                    self.mark(&name.id, BOUND | USED);
                } else {
                    self.target(&s.target, BOUND);
                }
            }
            Stmt::AnnAssign(s) => self.annotated(s),
            Stmt::For(s) => {
                self.expr(&s.iter);
                self.target(&s.target, BOUND);
                self.body(&s.body);
                self.body(&s.orelse);
            }
            Stmt::While(s) => {
                self.expr(&s.test);
                self.body(&s.body);
                self.body(&s.orelse);
            }
            Stmt::If(s) => {
                self.expr(&s.test);
                self.body(&s.body);
                for clause in &s.elif_else_clauses {
                    self.optional(clause.test.as_ref());
                    self.body(&clause.body);
                }
            }
            Stmt::With(s) => {
                for item in &s.items {
                    self.expr(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.target(target, BOUND);
                    }
                }
                self.body(&s.body);
            }
            Stmt::Match(s) => {
                self.expr(&s.subject);
                for case in &s.cases {
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_deref());
                    self.body(&case.body);
                }
            }
            Stmt::Raise(s) => {
                self.optional(s.exc.as_deref());
                self.optional(s.cause.as_deref());
            }
            Stmt::Try(s) => {
                self.body(&s.body);
                for ast::ExceptHandler::ExceptHandler(handler) in &s.handlers {
                    self.optional(handler.type_.as_deref());
                    if let Some(name) = &handler.name {
                        self.mark(name, BOUND | DELETED);
                    }
                    self.body(&handler.body);
                }
                self.body(&s.orelse);
                self.body(&s.finalbody);
            }
            Stmt::Assert(s) => {
                self.tree.warnings.extend(warnings::of_assert(s));
                self.expr(&s.test);
                self.optional(s.msg.as_deref());
            }
            Stmt::Import(s) => {
                for alias in &s.names {
                    let name = match &alias.asname {
                        Some(name) => name.as_str(),
                        None => alias.name.split('.').next().unwrap_or(""),
                    };
                    self.mark(name, BOUND);
                }
            }
            Stmt::ImportFrom(s) => {
                for alias in &s.names {
                    if &*alias.name == "*" {
                        if self.tree.scopes[self.scope].kind != ScopeKind::Module {
                            self.fail("import * only allowed at module level".to_owned(), alias.range);
                        }
                        continue;
                    }
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    self.mark(&name, BOUND);
                }
            }
            Stmt::Global(s) => self.declare(&s.names, GLOBAL, s.range),
            Stmt::Nonlocal(s) => self.declare(&s.names, NONLOCAL, s.range),
            Stmt::Expr(s) => self.expr(&s.value),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) => {}
        }
    }

    fn annotated(&mut self, s: &ast::StmtAnnAssign) {
        if let Expr::Name(name) = &*s.target {
            let mangled = self.tree.mangle(self.scope, &name.id);
            let flags = self.tree.scopes[self.scope].get(&mangled).map_or(0, |symbol| symbol.flags);
            let in_function =
                self.tree.scopes[self.scope].has_fast_locals() || self.tree.scopes[self.scope].kind == ScopeKind::Class;
            if flags & (GLOBAL | NONLOCAL) != 0 && s.simple && (in_function || flags & GLOBAL == 0) {
                let kind = if flags & GLOBAL != 0 { "global" } else { "nonlocal" };
                self.fail(format!("annotated name '{}' can't be {kind}", name.id), s.range);
            }
            self.forbid_debug(&name.id, "assign to", s.range);
            let bound = if s.simple || s.value.is_some() { BOUND } else { 0 };
            self.mark(&name.id, bound | if s.simple { ANNOTATED } else { 0 });
        } else {
            self.target(&s.target, BOUND);
        }
        self.tree.scopes[self.scope].has_annotations = true;
        if !self.future_annotations {
            self.expr(&s.annotation);
        }
        self.optional(s.value.as_deref());
    }

    fn declare(&mut self, names: &[ast::Identifier], flag: u16, range: TextRange) {
        let what = if flag == GLOBAL { "global" } else { "nonlocal" };
        if flag == NONLOCAL && self.tree.scopes[self.scope].kind == ScopeKind::Module {
            self.fail("nonlocal declaration not allowed at module level".to_owned(), range);
        }
        for name in names {
            let mangled = self.tree.mangle(self.scope, name);
            let flags = self.tree.scopes[self.scope].get(&mangled).map_or(0, |symbol| symbol.flags);
            if flag == GLOBAL {
                self.tree.globals_below.push(mangled.clone().into_owned());
            }
            if flags & PARAMETER != 0 {
                self.fail(format!("name '{name}' is parameter and {what}"), range);
            } else if flags & USED != 0 {
                self.fail(format!("name '{name}' is used prior to {what} declaration"), range);
            } else if flags & ANNOTATED != 0 {
                self.fail(format!("annotated name '{name}' can't be {what}"), range);
            } else if flags & BOUND != 0 {
                self.fail(format!("name '{name}' is assigned to before {what} declaration"), range);
            } else if flags & (GLOBAL | NONLOCAL) & !flag != 0 {
                let first = self.tree.scopes[self.scope].get(&mangled).map_or(range, |symbol| symbol.declared);
                self.fail(format!("name '{name}' is nonlocal and global"), first);
            }
            self.tree.mark(self.scope, &mangled, flag).declared = range;
        }
    }

    fn enter(&mut self, kind: ScopeKind, node: usize) -> ScopeId {
        let outer = self.scope;
        self.scope = self.tree.add(kind, Some(outer), node);
        outer
    }

    fn decorators(&mut self, decorators: &[ast::Decorator]) {
        for decorator in decorators {
            self.expr(&decorator.expression);
        }
    }

    fn defaults(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            self.optional(parameter.default.as_deref());
        }
    }

    fn parameter_annotations(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            self.optional(parameter.annotation());
        }
    }

    /// Parameters in the order of their registers.
    fn parameters(&mut self, parameters: &ast::Parameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let all =
            positional.map(|p| &p.parameter).chain(parameters.vararg.as_deref()).chain(parameters.kwarg.as_deref());
        for parameter in all {
            let mangled = self.tree.mangle(self.scope, &parameter.name);
            if self.tree.scopes[self.scope].get(&mangled).is_some() {
                self.fail(
                    format!("duplicate argument '{}' in function definition", parameter.name),
                    parameter.name.range(),
                );
            }
            self.forbid_debug(&parameter.name, "assign to", parameter.name.range());
            self.tree.mark(self.scope, &mangled, BOUND | PARAMETER);
            self.tree.scopes[self.scope].parameter_count += 1;
        }
    }

    fn arguments(&mut self, arguments: &ast::Arguments) {
        arguments.args.iter().for_each(|arg| self.expr(arg));
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg {
                self.forbid_debug(name, "assign to", keyword.range);
            }
            self.expr(&keyword.value);
        }
    }

    fn optional(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    /// `__debug__` is no variable.
    fn forbid_debug(&mut self, name: &str, verb: &str, range: TextRange) {
        if name == "__debug__" {
            self.fail(format!("cannot {verb} __debug__"), range);
        }
    }

    fn target(&mut self, target: &Expr, flags: u16) {
        match target {
            Expr::Name(name) => {
                let verb = if flags & DELETED != 0 { "delete" } else { "assign to" };
                self.forbid_debug(&name.id, verb, name.range);
                self.mark(&name.id, flags);
            }
            Expr::Attribute(e) => {
                self.forbid_debug(&e.attr, "assign to", e.range);
                self.expr(&e.value);
            }
            Expr::Tuple(t) => t.elts.iter().for_each(|e| self.target(e, flags)),
            Expr::List(t) => t.elts.iter().for_each(|e| self.target(e, flags)),
            Expr::Starred(t) => self.target(&t.value, flags),
            other => self.expr(other),
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(p) => self.expr(&p.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(p) => p.patterns.iter().for_each(|p| self.pattern(p)),
            Pattern::MatchMapping(p) => {
                p.keys.iter().for_each(|key| self.expr(key));
                p.patterns.iter().for_each(|p| self.pattern(p));
                if let Some(name) = &p.rest {
                    self.mark(name, BOUND);
                }
            }
            Pattern::MatchClass(p) => {
                self.expr(&p.cls);
                p.arguments.patterns.iter().for_each(|p| self.pattern(p));
                p.arguments.keywords.iter().for_each(|k| self.pattern(&k.pattern));
            }
            Pattern::MatchStar(p) => {
                if let Some(name) = &p.name {
                    self.mark(name, BOUND);
                }
            }
            Pattern::MatchAs(p) => {
                if let Some(inner) = &p.pattern {
                    self.pattern(inner);
                }
                if let Some(name) = &p.name {
                    self.mark(name, BOUND);
                }
            }
            Pattern::MatchOr(p) => p.patterns.iter().for_each(|p| self.pattern(p)),
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::BoolOp(e) => e.values.iter().for_each(|v| self.expr(v)),
            Expr::Named(e) => {
                self.expr(&e.value);
                if let Expr::Name(name) = &*e.target {
                    self.forbid_debug(&name.id, "assign to", name.range);
                    self.walrus(&name.id, e.range);
                }
            }
            Expr::BinOp(e) => {
                self.expr(&e.left);
                self.expr(&e.right);
            }
            Expr::UnaryOp(e) => self.expr(&e.operand),
            Expr::Lambda(e) => {
                if let Some(parameters) = &e.parameters {
                    self.defaults(parameters);
                }
                let outer = self.enter(ScopeKind::Lambda, node_id(e));
                if let Some(parameters) = &e.parameters {
                    self.parameters(parameters);
                }
                self.expr(&e.body);
                self.scope = outer;
            }
            Expr::If(e) => {
                self.expr(&e.test);
                self.expr(&e.body);
                self.expr(&e.orelse);
            }
            Expr::Dict(e) => {
                for item in &e.items {
                    self.optional(item.key.as_ref());
                    self.expr(&item.value);
                }
            }
            Expr::Set(e) => e.elts.iter().for_each(|e| self.expr(e)),
            Expr::List(e) => e.elts.iter().for_each(|e| self.expr(e)),
            Expr::Tuple(e) => e.elts.iter().for_each(|e| self.expr(e)),
            Expr::ListComp(e) => self.comprehension(node_id(e), &e.generators, &[Some(&*e.elt)], "list comprehension"),
            Expr::SetComp(e) => self.comprehension(node_id(e), &e.generators, &[Some(&*e.elt)], "set comprehension"),
            Expr::DictComp(e) => {
                self.comprehension(
                    node_id(e),
                    &e.generators,
                    &[e.key.as_deref(), Some(&*e.value)],
                    "dict comprehension",
                );
            }
            Expr::Generator(e) => self.comprehension(node_id(e), &e.generators, &[Some(&*e.elt)], GENERATOR),
            Expr::Await(e) => {
                self.expr(&e.value);
                self.mark_async();
            }
            Expr::Yield(e) => {
                self.optional(e.value.as_deref());
                self.mark_generator(e.range);
            }
            Expr::YieldFrom(e) => {
                self.expr(&e.value);
                self.mark_generator(e.range);
            }
            Expr::Compare(e) => {
                self.tree.warnings.extend(warnings::of_compare(e));
                self.expr(&e.left);
                e.comparators.iter().for_each(|c| self.expr(c));
            }
            Expr::Call(e) => {
                self.tree.warnings.extend(warnings::of_call(e));
                self.expr(&e.func);
                if let Expr::Name(name) = &*e.func
                    && name.id == "super"
                    && self.in_function()
                {
                    self.mark("__class__", USED);
                }
                self.arguments(&e.arguments);
            }
            Expr::FString(e) => {
                for element in e.value.elements() {
                    self.interpolated(element);
                }
            }
            Expr::Attribute(e) => self.expr(&e.value),
            Expr::Subscript(e) => {
                self.tree.warnings.extend(warnings::of_subscript(e));
                self.expr(&e.value);
                self.expr(&e.slice);
            }
            Expr::Starred(e) => self.expr(&e.value),
            Expr::Name(e) => {
                self.mark(&e.id, USED);
                if e.id == "super" && self.in_function() {
                    self.mark("__class__", USED);
                }
            }
            Expr::Slice(e) => {
                self.optional(e.lower.as_deref());
                self.optional(e.upper.as_deref());
                self.optional(e.step.as_deref());
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => {}
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => self.fail("invalid syntax".to_owned(), expr.range()),
        }
    }

    fn interpolated(&mut self, element: &ast::InterpolatedStringElement) {
        if let ast::InterpolatedStringElement::Interpolation(part) = element {
            self.expr(&part.expression);
            if let Some(spec) = &part.format_spec {
                spec.elements.iter().for_each(|e| self.interpolated(e));
            }
        }
    }

    fn in_function(&self) -> bool {
        let unit = self.tree.unit_of(self.scope);
        self.tree.scopes[unit].has_fast_locals()
    }

    fn mark_async(&mut self) {
        let unit = self.tree.unit_of(self.scope);
        if self.tree.scopes[unit].kind == ScopeKind::Comprehension {
            self.tree.scopes[unit].is_async = true;
        }
    }

    fn mark_generator(&mut self, range: TextRange) {
        let scope = self.scope;
        let unit = self.tree.unit_of(scope);
        if let Some(what) = self
            .comprehension_name
            .filter(|_| matches!(self.tree.scopes[scope].kind, ScopeKind::Comprehension | ScopeKind::Inlined))
        {
            self.fail(format!("'yield' inside {what}"), range);
        }
        self.tree.scopes[unit].is_generator = true;
    }
}
