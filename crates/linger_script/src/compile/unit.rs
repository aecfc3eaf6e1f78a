//! The code being made for one unit: instructions, registers, labels, constants, handlers, and which locals are bound where.
//! It knows the instruction set and nothing of Python's syntax.

use super::blocks::Block;
use super::scope::ScopeId;
use crate::bytecode::{CodeKind, CodeUnit, HandlerEntry, Instr, Op, Span};
use crate::constants::{Const, ConstKey};
use crate::parse::TextRange;
use rustc_hash::FxHashMap;

/// A register.
pub(super) type Reg = u16;
/// A place in the code, to jump to.
pub(super) type Label = usize;

/// Units may have this many registers, constants, names and caches.
pub(super) const MAX_OPERAND: usize = 60_000;
/// And this many instructions: `finally` in `finally` doubles them with each level.
const MAX_INSTRUCTIONS: usize = 4_000_000;
/// No operand: where an instruction may go without.
pub(super) const NONE: u16 = u16::MAX;

/// A set of locals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LocalSet(Vec<u64>);

impl LocalSet {
    pub fn with_capacity(locals: usize) -> LocalSet {
        LocalSet(vec![0; locals.div_ceil(64)])
    }

    pub fn contains(&self, local: Reg) -> bool {
        self.0[usize::from(local) / 64] >> (local % 64) & 1 != 0
    }

    pub fn insert(&mut self, local: Reg) {
        self.0[usize::from(local) / 64] |= 1 << (local % 64);
    }

    pub fn remove(&mut self, local: Reg) {
        self.0[usize::from(local) / 64] &= !(1 << (local % 64));
    }

    pub fn intersect(&mut self, other: &LocalSet) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    pub fn subtract(&mut self, other: &LocalSet) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }
}

#[derive(Debug, Default)]
struct LabelState {
    position: Option<u32>,
    /// Instructions whose offset leads here.
    sites: Vec<u32>,
    /// The locals bound on every way that leads here.
    bound: Option<LocalSet>,
}

/// A unit under construction.
pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    pub code: CodeUnit,
    const_index: FxHashMap<ConstKey, u16>,
    name_index: FxHashMap<String, u32>,
    global_caches: FxHashMap<u32, u16>,
    labels: Vec<LabelState>,
    /// The first register that no live temporary needs.
    pub top: Reg,
    max_top: Reg,
    /// Whether control can come here; nothing is emitted where it can't.
    pub reachable: bool,
    /// Locals that are bound here.
    pub bound: LocalSet,
    /// Locals that are deleted somewhere.
    pub deleted: LocalSet,
    /// What control leaves when it leaves the statements around this place.
    pub blocks: Vec<Block<'a>>,
    /// Whether something did not fit.
    pub overflow: bool,
    /// How deep loops, `try` and `with` nest.
    pub nesting: usize,
    /// The names of the comprehensions around this place that run in the same frame, outermost first.
    pub comprehensions: Vec<&'static str>,
}

impl<'a> Unit<'a> {
    pub fn new(scope: ScopeId, kind: CodeKind, name: String, qualname: String, locals: Vec<String>) -> Unit<'a> {
        let count = locals.len();
        Unit {
            scope,
            code: CodeUnit {
                kind,
                name,
                qualname,
                first_line: 1,
                positional_count: 0,
                positional_only_count: 0,
                keyword_only_count: 0,
                has_varargs: false,
                has_varkeywords: false,
                is_generator: false,
                is_coroutine: false,
                declines: false,
                local_names: locals,
                cell_locals: Vec::new(),
                free_names: Vec::new(),
                register_count: 0,
                instrs: Vec::new(),
                spans: Vec::new(),
                consts: Vec::new(),
                names: Vec::new(),
                caches: Vec::new(),
                handlers: Vec::new(),
                inlined: Vec::new(),
                doc: None,
                warnings: Vec::new(),
            },
            const_index: FxHashMap::default(),
            name_index: FxHashMap::default(),
            global_caches: FxHashMap::default(),
            labels: Vec::new(),
            top: count.min(MAX_OPERAND) as Reg,
            max_top: count.min(MAX_OPERAND) as Reg,
            reachable: true,
            bound: LocalSet::with_capacity(count),
            deleted: LocalSet::with_capacity(count),
            blocks: Vec::new(),
            overflow: count > MAX_OPERAND,
            nesting: 0,
            comprehensions: Vec::new(),
        }
    }

    /// Whether a register is a local.
    pub fn is_local(&self, reg: Reg) -> bool {
        usize::from(reg) < self.code.local_names.len()
    }

    /// A fresh temporary.
    pub fn alloc(&mut self) -> Reg {
        self.alloc_many(1)
    }

    /// Fresh temporaries in a row; the first one.
    pub fn alloc_many(&mut self, count: usize) -> Reg {
        let first = self.top;
        self.set_top(usize::from(first) + count);
        first
    }

    /// Says that temporaries below `top` may be live.
    pub fn set_top(&mut self, top: usize) {
        if top > MAX_OPERAND {
            self.overflow = true;
            return;
        }
        self.top = top as Reg;
        self.max_top = self.max_top.max(self.top);
    }

    /// The number of the next instruction.
    pub fn here(&self) -> u32 {
        self.code.instrs.len() as u32
    }

    /// Appends an instruction.
    pub fn emit(&mut self, op: Op, a: u16, b: u16, c: u16, range: TextRange) {
        self.push(Instr::new(op, a, b, c), range);
    }

    /// Appends an instruction with flags.
    pub fn emit_x(&mut self, op: Op, x: u8, a: u16, b: u16, c: u16, range: TextRange) {
        self.push(Instr { op, x, a, b, c }, range);
    }

    /// Appends an instruction with a wide operand.
    pub fn emit_wide(&mut self, op: Op, a: u16, wide: u32, range: TextRange) {
        self.push(Instr::wide(op, a, wide), range);
    }

    fn push(&mut self, instr: Instr, range: TextRange) {
        if self.code.instrs.len() >= MAX_INSTRUCTIONS {
            self.overflow = true;
            return;
        }
        if self.reachable {
            self.code.instrs.push(instr);
            self.code.spans.push(Span { start: range.start().to_u32(), end: range.end().to_u32() });
        }
    }

    /// A label with no place yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        self.labels.len() - 1
    }

    /// Appends an instruction whose offset leads to a label.
    pub fn jump(&mut self, op: Op, a: u16, label: Label, range: TextRange) {
        self.jump_x(op, 0, a, label, range);
    }

    /// The same with flags.
    pub fn jump_x(&mut self, op: Op, x: u8, a: u16, label: Label, range: TextRange) {
        if !self.reachable {
            return;
        }
        let site = self.here();
        self.push(Instr { op, x, a, b: 0, c: 0 }, range);
        self.note_jump(label, site);
        if matches!(op, Op::Jump | Op::Loop) {
            self.reachable = false;
        }
    }

    /// Appends the jump word of a *(+jump)* instruction, which was emitted just before.
    pub fn jump_word(&mut self, label: Label, range: TextRange) {
        if !self.reachable {
            return;
        }
        let site = self.here();
        self.push(Instr::wide(Op::Jump, 0, 0), range);
        self.note_jump(label, site);
    }

    fn note_jump(&mut self, label: Label, site: u32) {
        let state = &mut self.labels[label];
        state.sites.push(site);
        if state.position.is_none() {
            match &mut state.bound {
                Some(bound) => bound.intersect(&self.bound),
                None => state.bound = Some(self.bound.clone()),
            }
        }
    }

    /// Puts a label here, where control may come by jumps so far or from the instruction before.
    pub fn place(&mut self, label: Label) {
        let here = self.here();
        let state = &mut self.labels[label];
        state.position = Some(here);
        if let Some(bound) = &state.bound {
            if self.reachable {
                self.bound.intersect(bound);
            } else {
                self.bound.clone_from(bound);
                self.reachable = true;
            }
        }
    }

    /// Puts the label of a loop's head here: control comes back later, when what is deleted somewhere may be unbound.
    pub fn place_head(&mut self, label: Label) {
        self.place(label);
        let deleted = self.deleted.clone();
        self.bound.subtract(&deleted);
    }

    /// Whether some jump leads to a label.
    pub fn is_target(&self, label: Label) -> bool {
        !self.labels[label].sites.is_empty()
    }

    /// Starts a handler here, for code at whose start `bound` was bound.
    pub fn place_handler(&mut self, bound: &LocalSet) -> u32 {
        self.reachable = true;
        self.bound.clone_from(bound);
        let deleted = self.deleted.clone();
        self.bound.subtract(&deleted);
        self.here()
    }

    /// Adds handler entries for ranges of instructions; whether there were any.
    pub fn protect(&mut self, ranges: &[(u32, u32)], depth: Reg) -> Vec<usize> {
        let mut entries = Vec::new();
        for &(start, end) in ranges {
            if start < end {
                entries.push(self.code.handlers.len());
                self.code.handlers.push(HandlerEntry { start, end, handler: 0, depth });
            }
        }
        entries
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: Const) -> u16 {
        let key = value.key();
        if let Some(key) = &key
            && let Some(&at) = self.const_index.get(key)
        {
            return at;
        }
        if self.code.consts.len() >= MAX_OPERAND {
            self.overflow = true;
            return 0;
        }
        let at = self.code.consts.len() as u16;
        self.code.consts.push(value);
        if let Some(key) = key {
            self.const_index.insert(key, at);
        }
        at
    }

    /// The index of a name.
    pub fn name(&mut self, name: &str) -> u16 {
        if let Some(&at) = self.name_index.get(name) {
            return at as u16;
        }
        let at = self.code.names.len();
        if at >= MAX_OPERAND {
            self.overflow = true;
            return 0;
        }
        self.code.names.push(name.to_owned());
        self.name_index.insert(name.to_owned(), at as u32);
        at as u16
    }

    /// A cache of its own for a name.
    pub fn cache(&mut self, name: &str) -> u16 {
        let name = self.name(name);
        let at = self.code.caches.len();
        if at >= MAX_OPERAND {
            self.overflow = true;
            return 0;
        }
        self.code.caches.push(u32::from(name));
        at as u16
    }

    /// The cache of a global, which all its uses in the unit share.
    pub fn global_cache(&mut self, name: &str) -> u16 {
        let index = u32::from(self.name(name));
        if let Some(&cache) = self.global_caches.get(&index) {
            return cache;
        }
        let cache = self.cache(name);
        self.global_caches.insert(index, cache);
        cache
    }

    /// Fills in the jumps and hands out the code.
    pub fn finish(mut self) -> CodeUnit {
        for label in &self.labels {
            let Some(position) = label.position else { continue };
            for &site in &label.sites {
                if site as usize >= self.code.instrs.len() {
                    continue;
                }
                let offset = position as i32 - (site as i32 + 1);
                let instr = &mut self.code.instrs[site as usize];
                instr.b = offset as u16;
                instr.c = (offset >> 16) as u16;
            }
        }
        self.code.register_count = self.max_top;
        self.code
    }
}
