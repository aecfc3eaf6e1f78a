//! Calls: arguments go straight into the window of the call, methods are not bound, `super()` is not made.

use super::Compiler;
use super::expr::Want;
use super::scope::{PARAMETER, Place, ScopeKind};
use super::unit::Reg;
use crate::bytecode::{CodeKind, Op};
use crate::constants::Const;
use crate::parse::ast::{self, Expr};
use crate::parse::{Ranged, TextRange};
use rustc_hash::FxHashSet;

/// Calls with more arguments than this go through a tuple.
const MAX_WINDOW: usize = 1000;

impl<'a> Compiler<'a> {
    pub fn call(&mut self, e: &'a ast::ExprCall, want: Want) -> Reg {
        let base = self.unit.top;
        let range = e.range();
        self.check_keywords(&e.arguments);
        if let Some(dest) = self.bare_super(e, want) {
            return dest;
        }
        let spread = needs_spread(&e.arguments);
        if !spread && let Expr::Attribute(method) = &*e.func {
            self.load_method(method, &e.arguments);
            let (plain, with_keywords) = (Op::CallMethod, Op::CallMethodKeywords);
            let range = TextRange::new(self.named_range(method).start(), range.end());
            return self.arguments_and_call(&e.arguments, base, want, plain, with_keywords, range);
        }
        self.temp(&e.func);
        self.call_with(base, &e.arguments, want, range)
    }

    /// Calls what is in the temporary `base` with arguments.
    pub fn call_with(&mut self, base: Reg, arguments: &'a ast::Arguments, want: Want, range: TextRange) -> Reg {
        if needs_spread(arguments) {
            return self.spread_call(base, 0, arguments, want, range);
        }
        self.arguments_and_call(arguments, base, want, Op::Call, Op::CallKeywords, range)
    }

    fn load_method(&mut self, e: &'a ast::ExprAttribute, arguments: &'a ast::Arguments) {
        let base = self.unit.top;
        if self.is_zero_super(&e.value) {
            self.super_operands(e.value.range());
            self.unit.set_top(usize::from(base) + 2);
            let name = self.mangle(&e.attr);
            let cache = self.unit.cache(&name);
            self.unit.emit(Op::LoadSuperMethod, base, base, cache, self.named_range(e));
            return;
        }
        let later: Vec<&Expr> = arguments.args.iter().chain(arguments.keywords.iter().map(|k| &k.value)).collect();
        let object = self.any_before(&e.value, &later);
        self.unit.set_top(usize::from(base) + 2);
        let name = self.mangle(&e.attr);
        let cache = self.unit.cache(&name);
        self.unit.emit(Op::LoadMethod, base, object, cache, self.named_range(e));
    }

    fn arguments_and_call(
        &mut self,
        arguments: &'a ast::Arguments,
        base: Reg,
        want: Want,
        plain: Op,
        with_keywords: Op,
        range: TextRange,
    ) -> Reg {
        for arg in &arguments.args {
            self.temp(arg);
        }
        let mut names = Vec::new();
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg {
                names.push(Const::Str(self.mangle(name).into_owned()));
                self.temp(&keyword.value);
            }
        }
        let count = (arguments.args.len() + names.len()) as u16;
        let dest = self.dest(want, base);
        if names.is_empty() {
            self.unit.emit(plain, dest, base, count, range);
        } else {
            self.unit.emit(with_keywords, dest, base, count, range);
            let names = self.unit.constant(Const::Tuple(names));
            self.unit.emit_wide(Op::Extra, 0, u32::from(names), range);
        }
        dest
    }

    /// A call of the temporary `base`, behind which `given` arguments are evaluated already, where others are spread.
    pub fn spread_call(
        &mut self,
        base: Reg,
        given: usize,
        arguments: &'a ast::Arguments,
        want: Want,
        range: TextRange,
    ) -> Reg {
        let list = base + 1;
        let spreads = arguments.args.iter().any(|arg| matches!(arg, Expr::Starred(_)));
        let lone = match &*arguments.args {
            [Expr::Starred(starred)] if given == 0 => Some(&starred.value),
            _ => None,
        };
        if let Some(items) = lone {
            self.unit.set_top(usize::from(list));
            let items = self.any(items);
            self.unit.set_top(usize::from(list) + 1);
            // The callable is for the error's text.
            self.unit.emit_x(Op::ListToTuple, 1, list, items, base, range);
        } else if !spreads {
            self.unit.set_top(usize::from(list) + given);
            for arg in &arguments.args {
                self.temp(arg);
            }
            self.unit.emit(Op::BuildTuple, list, list, (given + arguments.args.len()) as u16, range);
            self.unit.set_top(usize::from(list) + 1);
        } else {
            self.unit.emit(Op::BuildList, list, list, given as u16, range);
            self.unit.set_top(usize::from(list) + 1);
        }
        let in_list = spreads && lone.is_none();
        for arg in arguments.args.iter().filter(|_| in_list) {
            let top = self.unit.top;
            match arg {
                Expr::Starred(starred) => {
                    let items = self.any(&starred.value);
                    // The callable is for the error's text.
                    self.unit.emit_x(Op::ListExtend, 1, list, items, base, range);
                }
                other => {
                    let item = self.any(other);
                    self.unit.emit(Op::ListAppend, list, item, 0, other.range());
                }
            }
            self.unit.top = top;
        }
        if in_list {
            self.unit.emit(Op::ListToTuple, list, list, 0, range);
        }
        let with_keywords = !arguments.keywords.is_empty();
        if with_keywords {
            self.keyword_dict(base, &arguments.keywords, range);
        }
        let dest = self.dest(want, base);
        self.unit.emit_x(Op::CallSpread, u8::from(with_keywords), dest, base, 0, range);
        dest
    }

    /// A dict of keywords in the first free temporary, for a call of the temporary `callable`.
    fn keyword_dict(&mut self, callable: Reg, keywords: &'a [ast::Keyword], range: TextRange) {
        let dict = self.unit.alloc();
        self.unit.emit(Op::BuildDict, dict, dict, 0, range);
        let mut seen_spread = false;
        for keyword in keywords {
            let top = self.unit.top;
            match &keyword.arg {
                Some(name) => {
                    let name = Const::Str(self.mangle(name).into_owned());
                    let key = self.unit.alloc();
                    if seen_spread {
                        // The key may be there already, which is an error of the call.
                        let single = self.unit.alloc();
                        self.load_const(name, single, keyword.range);
                        self.temp(&keyword.value);
                        self.unit.emit(Op::BuildDict, key, single, 1, keyword.range);
                        self.unit.emit(Op::DictMerge, dict, key, callable, range);
                    } else {
                        self.load_const(name, key, keyword.range);
                        let value = self.any(&keyword.value);
                        self.unit.emit(Op::DictSet, dict, key, value, keyword.range);
                    }
                }
                None => {
                    seen_spread = true;
                    let mapping = self.any(&keyword.value);
                    self.unit.emit(Op::DictMerge, dict, mapping, callable, range);
                }
            }
            self.unit.top = top;
        }
    }

    /// No keyword twice.
    pub fn check_keywords(&mut self, arguments: &'a ast::Arguments) {
        let mut seen = FxHashSet::default();
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg
                && !seen.insert(name.as_str())
            {
                self.fail(format!("keyword argument repeated: {name}"), keyword.range);
            }
        }
    }

    /// Whether an expression is `super()` where its arguments can be found.
    fn is_zero_super(&self, expr: &Expr) -> bool {
        let Expr::Call(call) = expr else { return false };
        let Expr::Name(name) = &*call.func else { return false };
        name.id == "super"
            && call.arguments.args.is_empty()
            && call.arguments.keywords.is_empty()
            && self.place("super") == Place::Global
            && !self.module_binds_super()
            && self.has_super_operands()
    }

    fn module_binds_super(&self) -> bool {
        self.tree.scopes[0].get("super").is_some_and(|symbol| symbol.flags & super::scope::BOUND != 0)
    }

    fn has_super_operands(&self) -> bool {
        self.unit.code.kind == CodeKind::Function
            && self.unit.code.positional_count > 0
            && matches!(self.place("__class__"), Place::Free(_))
    }

    /// The class and the first argument, in two temporaries in a row.
    fn super_operands(&mut self, range: TextRange) {
        self.load_name("__class__", Want::Temp, range);
        let unit = self.tree.unit_of(self.scope);
        let first = self.tree.scopes[unit].symbols.iter().find(|symbol| symbol.flags & PARAMETER != 0);
        let first = first.map(|symbol| symbol.name.clone()).unwrap_or_default();
        // A comprehension's variable of the same name is another one.
        let scope = std::mem::replace(&mut self.scope, unit);
        self.load_name(&first, Want::Temp, range);
        self.scope = scope;
    }

    /// `super().name` without a call behind it.
    pub fn super_attribute(&mut self, e: &'a ast::ExprAttribute, want: Want) -> Option<Reg> {
        if !self.is_zero_super(&e.value) {
            return None;
        }
        let base = self.unit.top;
        self.super_operands(e.value.range());
        let dest = self.dest(want, base);
        let name = self.mangle(&e.attr);
        let cache = self.unit.cache(&name);
        self.unit.emit(Op::LoadSuperAttr, dest, base, cache, self.named_range(e));
        Some(dest)
    }

    /// `super()` alone is a call with the two arguments that it would look for.
    fn bare_super(&mut self, e: &'a ast::ExprCall, want: Want) -> Option<Reg> {
        let Expr::Name(name) = &*e.func else { return None };
        if name.id != "super" || !e.arguments.args.is_empty() || !e.arguments.keywords.is_empty() {
            return None;
        }
        if !self.has_super_operands() || self.tree.scopes[self.unit.scope].kind == ScopeKind::Class {
            return None;
        }
        if self.place("super") != Place::Global || self.module_binds_super() {
            return None;
        }
        let base = self.unit.top;
        self.temp(&e.func);
        self.super_operands(e.range());
        let dest = self.dest(want, base);
        self.unit.emit(Op::Call, dest, base, 2, e.range());
        Some(dest)
    }
}

/// Whether arguments have to be collected before the call.
fn needs_spread(arguments: &ast::Arguments) -> bool {
    arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
        || arguments.args.len() + arguments.keywords.len() > MAX_WINDOW
}
