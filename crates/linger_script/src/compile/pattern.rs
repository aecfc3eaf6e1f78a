//! `match`. What a pattern looks at is in registers; what it captures stays in temporaries until the whole pattern has matched,
//! and is stored then. A test that fails goes to code that drops exactly what is live at that point.

use super::Compiler;
use super::unit::{Label, Reg};
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::ast::{self, Expr, Pattern, Singleton};
use crate::parse::{Ranged, TextRange};

/// A value that a pattern looks at.
#[derive(Debug, Clone, Copy)]
enum Subject {
    /// It stays.
    Kept(Reg),
    /// A live temporary, to be consumed.
    Owned(Reg),
}

impl Subject {
    fn reg(self) -> Reg {
        match self {
            Subject::Kept(reg) | Subject::Owned(reg) => reg,
        }
    }
}

/// The state of the pattern of a case.
#[derive(Debug, Default)]
struct Matching<'a> {
    captures: Vec<(&'a str, Reg, TextRange)>,
    /// Temporaries that are live, besides those that were before.
    live: Vec<Reg>,
    /// Where failing tests go, by what was live there.
    fails: Vec<(Vec<Reg>, Label)>,
}

impl Matching<'_> {
    fn consumed(&mut self, reg: Reg) {
        self.live.retain(|&live| live != reg);
    }
}

impl<'a> Compiler<'a> {
    pub fn match_statement(&mut self, s: &'a ast::StmtMatch) {
        let base = self.unit.top;
        let end = self.unit.label();
        let mut subject = self.any(&s.subject);
        if self.unit.is_local(subject) {
            let name = match &*s.subject {
                Expr::Name(name) => name.id.as_str(),
                _ => "",
            };
            // A capture or guard may rebind the local, and the next case looks at what it was.
            let rebound = name.is_empty()
                || self.may_rebind(&[&s.subject])
                || s.cases.iter().any(|case| captures(&case.pattern, name));
            let walrus = self.tree.scopes[self.unit.scope].has_walrus;
            if rebound || walrus {
                let copy = self.unit.alloc();
                self.unit.emit(Op::Move, copy, subject, 0, s.subject.range());
                subject = copy;
            }
        }
        let owned = !self.unit.is_local(subject);
        let top = self.unit.top;
        for (at, case) in s.cases.iter().enumerate() {
            if at + 1 < s.cases.len() && case.guard.is_none() {
                self.check_reachable(&case.pattern);
            }
            let next = self.unit.label();
            let mut matching = Matching { fails: vec![(Vec::new(), next)], ..Matching::default() };
            self.pattern(&case.pattern, Subject::Kept(subject), &mut matching);
            for (name, reg, range) in std::mem::take(&mut matching.captures) {
                let name = self.mangle(name);
                self.store_name(&name, reg, range);
            }
            self.unit.top = top;
            if let Some(guard) = &case.guard {
                self.jump_if(guard, false, next);
            }
            if owned {
                self.unit.emit(Op::Drop, subject, 0, 0, case.pattern.range());
            }
            self.unit.top = base;
            self.body(&case.body);
            let range = case.body.last().map_or(case.range, Ranged::range);
            self.unit.jump(Op::Jump, 0, end, range);
            self.fail_stubs(matching.fails, &[], next, case.pattern.range());
            self.unit.place(next);
            self.unit.top = top;
        }
        if owned {
            self.unit.emit(Op::Drop, subject, 0, 0, s.subject.range());
        }
        self.unit.place(end);
        self.unit.top = base;
    }

    /// The code behind failing tests: drops what was live, besides `keep`, and goes to `to`.
    fn fail_stubs(&mut self, fails: Vec<(Vec<Reg>, Label)>, keep: &[Reg], to: Label, range: TextRange) {
        for (live, label) in fails {
            if label == to {
                continue;
            }
            self.unit.place(label);
            for reg in live.iter().rev().filter(|reg| !keep.contains(reg)) {
                self.unit.emit(Op::Drop, *reg, 0, 0, range);
            }
            self.unit.jump(Op::Jump, 0, to, range);
        }
    }

    /// Where a test goes that fails now.
    fn fail_label(&mut self, matching: &mut Matching<'a>) -> Label {
        if let Some((_, label)) = matching.fails.iter().find(|(live, _)| *live == matching.live) {
            return *label;
        }
        let label = self.unit.label();
        matching.fails.push((matching.live.clone(), label));
        label
    }

    /// A case that always matches must be the last one.
    fn check_reachable(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(p) => match (&p.pattern, &p.name) {
                (None, None) => self.fail("wildcard makes remaining patterns unreachable", p.range),
                (None, Some(name)) => {
                    self.fail(format!("name capture '{name}' makes remaining patterns unreachable"), p.range);
                }
                (Some(inner), _) => self.check_reachable(inner),
            },
            Pattern::MatchOr(p) => {
                if let Some(last) = p.patterns.last() {
                    self.check_reachable(last);
                }
            }
            _ => {}
        }
    }

    /// A live temporary with the same value as the subject: itself if it is to be consumed.
    fn take(&mut self, subject: Subject, matching: &mut Matching<'a>, range: TextRange) -> Reg {
        match subject {
            Subject::Owned(reg) => reg,
            Subject::Kept(reg) => {
                let copy = self.unit.alloc();
                self.unit.emit(Op::Copy, copy, reg, 0, range);
                matching.live.push(copy);
                copy
            }
        }
    }

    /// A register to read in an instruction that consumes it if it is a temporary.
    fn operand(&mut self, subject: Subject, matching: &mut Matching<'a>, range: TextRange) -> Reg {
        match subject {
            Subject::Kept(reg) if self.unit.is_local(reg) => reg,
            subject => {
                let reg = self.take(subject, matching, range);
                matching.consumed(reg);
                reg
            }
        }
    }

    fn drop_owned(&mut self, subject: Subject, matching: &mut Matching<'a>, range: TextRange) {
        if let Subject::Owned(reg) = subject {
            self.drop_live(reg, matching, range);
        }
    }

    fn drop_live(&mut self, reg: Reg, matching: &mut Matching<'a>, range: TextRange) {
        self.unit.emit(Op::Drop, reg, 0, 0, range);
        matching.consumed(reg);
    }

    fn capture(&mut self, name: &'a ast::Identifier, reg: Reg, matching: &mut Matching<'a>) {
        if matching.captures.iter().any(|(taken, ..)| *taken == name.as_str()) {
            self.fail(format!("multiple assignments to name '{name}' in pattern"), name.range);
        }
        matching.captures.push((name.as_str(), reg, name.range));
    }

    fn pattern(&mut self, pattern: &'a Pattern, subject: Subject, matching: &mut Matching<'a>) {
        let range = pattern.range();
        match pattern {
            Pattern::MatchAs(p) => match (&p.pattern, &p.name) {
                (None, None) => self.drop_owned(subject, matching, range),
                (None, Some(name)) => {
                    let reg = self.take(subject, matching, range);
                    self.capture(name, reg, matching);
                }
                (Some(inner), name) => {
                    self.pattern(inner, Subject::Kept(subject.reg()), matching);
                    if let Some(name) = name {
                        let reg = self.take(subject, matching, range);
                        self.capture(name, reg, matching);
                    }
                }
            },
            Pattern::MatchValue(p) => {
                if p.value.is_f_string_expr() {
                    self.fail("patterns may only match literals and attribute lookups", range);
                }
                // The value is evaluated while the subject is live.
                let value = self.fold(&p.value);
                let folded = value.filter(|value| !matches!(value, Const::Tuple(_) | Const::FrozenSet(_)));
                let left = match subject {
                    Subject::Kept(reg) if self.unit.is_local(reg) => reg,
                    subject => self.take(subject, matching, range),
                };
                match folded {
                    Some(value) => {
                        matching.consumed(left);
                        let constant = self.unit.constant(value);
                        self.unit.emit_x(Op::TestEqK, 0, left, constant, 0, range);
                    }
                    None => {
                        let top = self.unit.top;
                        let value = self.any(&p.value);
                        self.unit.top = top;
                        matching.consumed(left);
                        self.unit.emit_x(Op::TestEq, 0, left, value, 0, range);
                    }
                }
                let fail = self.fail_label(matching);
                self.unit.jump_word(fail, range);
            }
            Pattern::MatchSingleton(p) => {
                let reg = self.operand(subject, matching, range);
                match p.value {
                    Singleton::None => {
                        let fail = self.fail_label(matching);
                        self.unit.jump(Op::JumpIfNotNone, reg, fail, range);
                    }
                    Singleton::True | Singleton::False => {
                        let top = self.unit.top;
                        let value = self.unit.alloc();
                        self.load_const(Const::Bool(p.value == Singleton::True), value, range);
                        self.unit.emit_x(Op::TestIs, 0, reg, value, 0, range);
                        self.unit.top = top;
                        let fail = self.fail_label(matching);
                        self.unit.jump_word(fail, range);
                    }
                }
            }
            Pattern::MatchSequence(p) => self.sequence(p, subject, matching),
            Pattern::MatchMapping(p) => self.mapping(p, subject, matching),
            Pattern::MatchClass(p) => self.class_pattern(p, subject, matching),
            Pattern::MatchStar(p) => self.fail("can't use starred pattern here", p.range),
            Pattern::MatchOr(p) => self.alternatives(p, subject, matching),
        }
    }

    fn sequence(&mut self, p: &'a ast::PatternMatchSequence, subject: Subject, matching: &mut Matching<'a>) {
        let range = p.range;
        let reg = subject.reg();
        let count = p.patterns.len();
        let star = p.patterns.iter().position(Pattern::is_match_star);
        if p.patterns.iter().filter(|p| p.is_match_star()).count() > 1 {
            self.fail("multiple starred names in sequence pattern", range);
        }
        let fail = self.fail_label(matching);
        self.unit.emit(Op::MatchSequence, reg, 0, 0, range);
        self.unit.jump_word(fail, range);
        let (test, least) = match star {
            Some(_) => (Op::TestGeK, count - 1),
            None => (Op::TestEqK, count),
        };
        if star.is_none() || least > 0 {
            let top = self.unit.top;
            let length = self.unit.alloc();
            self.unit.emit(Op::GetLen, length, reg, 0, range);
            let least = self.unit.constant(Const::Int(least as i64));
            self.unit.emit_x(test, 0, length, least, 0, range);
            self.unit.jump_word(fail, range);
            self.unit.top = top;
        }
        if p.patterns.iter().all(is_wildcard) {
            self.drop_owned(subject, matching, range);
            return;
        }
        if let Some(star) = star
            && is_wildcard(&p.patterns[star])
        {
            self.sequence_by_index(p, star, subject, matching);
            return;
        }
        let source = self.operand(subject, matching, range);
        let first = self.unit.alloc_many(count);
        match star {
            None => self.unit.emit(Op::UnpackSequence, first, source, count as u16, range),
            Some(before) => {
                let after = count - before - 1;
                if before > 255 || after > 255 {
                    self.fail("too many expressions in star-unpacking sequence pattern", range);
                }
                let counts = (before & 0xff) | (after & 0xff) << 8;
                self.unit.emit(Op::UnpackStar, first, source, counts as u16, range);
            }
        }
        matching.live.extend((0..count).map(|at| first + at as Reg));
        for (at, item) in p.patterns.iter().enumerate() {
            let reg = first + at as Reg;
            match item {
                Pattern::MatchStar(star) => match &star.name {
                    Some(name) => self.capture(name, reg, matching),
                    None => self.drop_live(reg, matching, range),
                },
                item => self.pattern(item, Subject::Owned(reg), matching),
            }
        }
    }

    /// A sequence whose middle nobody looks at: items are fetched one by one.
    fn sequence_by_index(
        &mut self,
        p: &'a ast::PatternMatchSequence,
        star: usize,
        subject: Subject,
        matching: &mut Matching<'a>,
    ) {
        let range = p.range;
        let count = p.patterns.len();
        for (at, item) in p.patterns.iter().enumerate() {
            if at == star || is_wildcard(item) {
                continue;
            }
            let value = self.unit.alloc();
            let source = match subject.reg() {
                reg if self.unit.is_local(reg) => reg,
                reg => {
                    self.unit.emit(Op::Copy, value, reg, 0, range);
                    value
                }
            };
            if at < star {
                self.unit.emit(Op::GetItemInt, value, source, at as u16, range);
            } else {
                let top = self.unit.top;
                let index = self.unit.alloc();
                self.unit.emit(Op::GetLen, index, subject.reg(), 0, range);
                let from_end = self.unit.constant(Const::Int((count - at) as i64));
                self.unit.emit(Op::SubK, index, index, from_end, range);
                self.unit.emit(Op::GetItem, value, source, index, range);
                self.unit.top = top;
            }
            matching.live.push(value);
            self.pattern(item, Subject::Owned(value), matching);
        }
        self.drop_owned(subject, matching, range);
    }

    fn mapping(&mut self, p: &'a ast::PatternMatchMapping, subject: Subject, matching: &mut Matching<'a>) {
        let range = p.range;
        let reg = subject.reg();
        let fail = self.fail_label(matching);
        self.unit.emit(Op::MatchMapping, reg, 0, 0, range);
        self.unit.jump_word(fail, range);
        let count = p.keys.len();
        if count == 0 && p.rest.is_none() {
            self.drop_owned(subject, matching, range);
            return;
        }
        if count > 0 {
            let top = self.unit.top;
            let length = self.unit.alloc();
            self.unit.emit(Op::GetLen, length, reg, 0, range);
            let least = self.unit.constant(Const::Int(count as i64));
            self.unit.emit_x(Op::TestGeK, 0, length, least, 0, range);
            self.unit.jump_word(fail, range);
            self.unit.top = top;
        }
        let keys = self.unit.top;
        self.pattern_keys(p);
        matching.live.push(keys);
        if count > 0 {
            let values = self.unit.alloc();
            self.unit.emit(Op::MatchKeys, values, reg, keys, range);
            matching.live.push(values);
            self.fail_if_none(values, matching, range);
            let items: Vec<&'a Pattern> = p.patterns.iter().collect();
            self.tuple_items(&items, values, matching);
        }
        if let Some(rest) = &p.rest {
            let dict = self.unit.alloc();
            self.unit.emit(Op::MatchRest, dict, reg, keys, range);
            matching.live.push(dict);
            self.capture(rest, dict, matching);
        }
        self.drop_live(keys, matching, range);
        self.drop_owned(subject, matching, range);
    }

    /// The keys of a mapping pattern, as a tuple in the first free temporary.
    fn pattern_keys(&mut self, p: &'a ast::PatternMatchMapping) {
        let keys = self.unit.top;
        let (mut seen, mut values): (Vec<Const>, Vec<Const>) = (Vec::new(), Vec::new());
        for key in &p.keys {
            if let Some(value) = self.fold(key) {
                let equal = as_key(value.clone());
                if seen.contains(&equal) {
                    self.fail(
                        format!("mapping pattern checks duplicate key ({})", super::unparse::unparse(key)),
                        p.range,
                    );
                }
                seen.push(equal);
                values.push(value);
            }
        }
        if values.len() == p.keys.len() {
            self.unit.alloc();
            self.load_const(Const::Tuple(values), keys, p.range);
            return;
        }
        for key in &p.keys {
            self.temp(key);
        }
        self.unit.emit(Op::BuildTuple, keys, keys, p.keys.len() as u16, p.range);
        self.unit.set_top(usize::from(keys) + 1);
    }

    fn fail_if_none(&mut self, reg: Reg, matching: &mut Matching<'a>, range: TextRange) {
        let copy = self.unit.alloc();
        self.unit.emit(Op::Copy, copy, reg, 0, range);
        let fail = self.fail_label(matching);
        self.unit.jump(Op::JumpIfNone, copy, fail, range);
        self.unit.top = copy;
    }

    /// Matches the items of the tuple in a live temporary, which is dropped.
    fn tuple_items(&mut self, items: &[&'a Pattern], tuple: Reg, matching: &mut Matching<'a>) {
        for (at, item) in items.iter().enumerate() {
            if is_wildcard(item) {
                continue;
            }
            let value = self.unit.alloc();
            self.unit.emit(Op::TupleItem, value, tuple, at as u16, item.range());
            matching.live.push(value);
            self.pattern(item, Subject::Owned(value), matching);
        }
        let range = items.first().map_or(TextRange::default(), |item| item.range());
        self.drop_live(tuple, matching, range);
    }

    fn class_pattern(&mut self, p: &'a ast::PatternMatchClass, subject: Subject, matching: &mut Matching<'a>) {
        let range = p.range;
        let mut names: Vec<Const> = Vec::new();
        for keyword in &p.arguments.keywords {
            let name = Const::Str(keyword.attr.to_string());
            if names.contains(&name) {
                self.fail(
                    format!("attribute name repeated in class pattern: {}", keyword.attr),
                    keyword.pattern.range(),
                );
            }
            names.push(name);
        }
        let base = self.unit.top;
        let class = self.any(&p.cls);
        self.unit.set_top(usize::from(base) + 1);
        self.unit.emit(Op::MatchClass, base, subject.reg(), class, range);
        let names = self.unit.constant(Const::Tuple(names));
        self.unit.emit_wide(Op::Extra, p.arguments.patterns.len() as u16, u32::from(names), range);
        matching.live.push(base);
        self.fail_if_none(base, matching, range);
        let keywords = p.arguments.keywords.iter().map(|keyword| &keyword.pattern);
        let items: Vec<&'a Pattern> = p.arguments.patterns.iter().chain(keywords).collect();
        self.tuple_items(&items, base, matching);
        self.drop_owned(subject, matching, range);
    }

    fn alternatives(&mut self, p: &'a ast::PatternMatchOr, subject: Subject, matching: &mut Matching<'a>) {
        let range = p.range;
        let mut names: Vec<&'a ast::Identifier> = Vec::new();
        if let Some(first) = p.patterns.first() {
            captured_names(first, &mut names);
        }
        let homes = self.unit.alloc_many(names.len());
        let top = self.unit.top;
        let success = self.unit.label();
        for (at, alternative) in p.patterns.iter().enumerate() {
            if at + 1 < p.patterns.len() {
                self.check_reachable(alternative);
            }
            let next = self.unit.label();
            let mut inner = Matching {
                captures: Vec::new(),
                live: matching.live.clone(),
                fails: vec![(matching.live.clone(), next)],
            };
            self.pattern(alternative, Subject::Kept(subject.reg()), &mut inner);
            let mut bound: Vec<&str> = inner.captures.iter().map(|(name, ..)| *name).collect();
            bound.sort_unstable();
            let mut wanted: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
            wanted.sort_unstable();
            if bound != wanted {
                self.fail("alternative patterns bind different names", alternative.range());
            }
            for (name, reg, range) in &inner.captures {
                if let Some(home) = names.iter().position(|wanted| wanted.as_str() == *name) {
                    self.unit.emit(Op::Move, homes + home as Reg, *reg, 0, *range);
                }
            }
            self.unit.jump(Op::Jump, 0, success, range);
            self.fail_stubs(inner.fails, &matching.live, next, range);
            self.unit.place(next);
            self.unit.top = top;
        }
        let fail = self.fail_label(matching);
        self.unit.jump(Op::Jump, 0, fail, range);
        self.unit.place(success);
        for (at, name) in names.into_iter().enumerate() {
            let home = homes + at as Reg;
            matching.live.push(home);
            self.capture(name, home, matching);
        }
        self.drop_owned(subject, matching, range);
    }
}

fn is_wildcard(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::MatchAs(p) => p.pattern.is_none() && p.name.is_none(),
        Pattern::MatchStar(p) => p.name.is_none(),
        _ => false,
    }
}

/// The names that a pattern captures, in the order of the text.
fn captured_names<'a>(pattern: &'a Pattern, names: &mut Vec<&'a ast::Identifier>) {
    match pattern {
        Pattern::MatchValue(_) | Pattern::MatchSingleton(_) => {}
        Pattern::MatchSequence(p) => p.patterns.iter().for_each(|p| captured_names(p, names)),
        Pattern::MatchMapping(p) => {
            p.patterns.iter().for_each(|p| captured_names(p, names));
            names.extend(&p.rest);
        }
        Pattern::MatchClass(p) => {
            p.arguments.patterns.iter().for_each(|p| captured_names(p, names));
            p.arguments.keywords.iter().for_each(|k| captured_names(&k.pattern, names));
        }
        Pattern::MatchStar(p) => names.extend(&p.name),
        Pattern::MatchAs(p) => {
            if let Some(inner) = &p.pattern {
                captured_names(inner, names);
            }
            names.extend(&p.name);
        }
        Pattern::MatchOr(p) => {
            if let Some(first) = p.patterns.first() {
                captured_names(first, names);
            }
        }
    }
}

fn captures(pattern: &Pattern, name: &str) -> bool {
    let mut names = Vec::new();
    captured_names(pattern, &mut names);
    names.iter().any(|captured| captured.as_str() == name)
}

/// A constant as what it is equal to as a key: truth values and whole floats are integers.
fn as_key(value: Const) -> Const {
    match value {
        Const::Bool(truth) => Const::Int(i64::from(truth)),
        Const::Float(float) if float.fract() == 0.0 && float.abs() < 9e15 => Const::Int(float as i64),
        value => value,
    }
}
