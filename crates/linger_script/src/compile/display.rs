//! Displays: tuples, lists, sets, dicts, with constants taken together and `*` and `**` spread.

use super::Compiler;
use super::expr::Want;
use super::unit::Reg;
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, Expr};
use crate::parse::{Ranged, TextRange};

/// So many items are evaluated before they are put into a container; what follows is added one by one.
const MAX_AT_ONCE: usize = 64;
/// Lists and sets of constants from this length on are filled from one constant.
const MIN_CONSTANT_LIST: usize = 3;

impl<'a> Compiler<'a> {
    pub fn tuple(&mut self, items: &'a [Expr], range: TextRange, want: Want) -> Reg {
        let base = self.unit.top;
        if items.len() > MAX_AT_ONCE || items.iter().any(Expr::is_starred_expr) {
            self.collect_items(items, range, Op::BuildList, Op::ListAppend, Op::ListExtend);
            let dest = self.dest(want, base);
            self.unit.emit(Op::ListToTuple, dest, base, 0, range);
            return dest;
        }
        items.iter().for_each(|item| {
            self.temp(item);
        });
        let dest = self.dest(want, base);
        self.unit.emit(Op::BuildTuple, dest, base, items.len() as u16, range);
        dest
    }

    pub fn list(&mut self, items: &'a [Expr], range: TextRange, want: Want) -> Reg {
        let base = self.unit.top;
        if items.len() >= MIN_CONSTANT_LIST
            && let Some(values) = self.fold_all(items)
        {
            let list = self.unit.alloc();
            self.unit.emit(Op::BuildList, list, list, 0, range);
            let constants = self.unit.alloc();
            self.load_const(Const::Tuple(values), constants, range);
            self.unit.emit(Op::ListExtend, list, constants, 0, range);
            return self.deliver(base, want, range);
        }
        self.items(items, range, want, Op::BuildList, Op::ListAppend, Op::ListExtend)
    }

    pub fn set(&mut self, items: &'a [Expr], range: TextRange, want: Want) -> Reg {
        // Constants are added as a whole: a set is printed in an order that depends on how it was filled.
        if items.len() >= MIN_CONSTANT_LIST
            && let Some(values) = self.fold_all(items)
        {
            let base = self.unit.top;
            let set = self.unit.alloc();
            self.unit.emit(Op::BuildSet, set, set, 0, range);
            let constants = self.unit.alloc();
            self.load_const(Const::FrozenSet(values), constants, range);
            self.unit.emit(Op::SetUpdate, set, constants, 0, range);
            return self.deliver(base, want, range);
        }
        self.items(items, range, want, Op::BuildSet, Op::SetAdd, Op::SetUpdate)
    }

    fn items(&mut self, items: &'a [Expr], range: TextRange, want: Want, build: Op, add: Op, extend: Op) -> Reg {
        let base = self.unit.top;
        if items.len() <= MAX_AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            items.iter().for_each(|item| {
                self.temp(item);
            });
            let dest = self.dest(want, base);
            self.unit.emit(build, dest, base, items.len() as u16, range);
            return dest;
        }
        self.collect_items(items, range, build, add, extend);
        self.deliver(base, want, range)
    }

    /// A container in the first free temporary, filled bit by bit.
    fn collect_items(&mut self, items: &'a [Expr], range: TextRange, build: Op, add: Op, extend: Op) {
        let base = self.unit.top;
        let first = items.iter().take(MAX_AT_ONCE).take_while(|item| !item.is_starred_expr()).count();
        for item in &items[..first] {
            self.temp(item);
        }
        self.unit.emit(build, base, base, first as u16, range);
        self.unit.set_top(usize::from(base) + 1);
        for item in &items[first..] {
            match item {
                Expr::Starred(starred) => {
                    let items = self.any(&starred.value);
                    self.unit.emit(extend, base, items, 0, range);
                }
                other => {
                    let value = self.any(other);
                    self.unit.emit(add, base, value, 0, other.range());
                }
            }
            self.unit.top = base + 1;
        }
    }

    pub fn dict(&mut self, e: &'a ast::ExprDict, want: Want) -> Reg {
        let base = self.unit.top;
        let simple = e.items.len() <= MAX_AT_ONCE && e.items.iter().all(|item| item.key.is_some());
        let first = if simple { e.items.len() } else { 0 };
        for item in &e.items[..first] {
            if let Some(key) = &item.key {
                self.temp(key);
            }
            self.temp(&item.value);
        }
        if simple {
            let dest = self.dest(want, base);
            self.unit.emit(Op::BuildDict, dest, base, first as u16, e.range);
            return dest;
        }
        let dict = self.unit.alloc();
        self.unit.emit(Op::BuildDict, dict, dict, 0, e.range);
        for item in &e.items {
            match &item.key {
                Some(key) => {
                    let key = self.any_before(key, &[&item.value]);
                    let value = self.any(&item.value);
                    self.unit.emit(Op::DictSet, dict, key, value, e.range);
                }
                None => {
                    let mapping = self.any(&item.value);
                    self.unit.emit(Op::DictUpdate, dict, mapping, 0, e.range);
                }
            }
            self.unit.top = dict + 1;
        }
        self.deliver(base, want, e.range)
    }
}
