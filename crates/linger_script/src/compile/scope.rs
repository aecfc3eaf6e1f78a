//! The symbol table: which names each scope binds, and where a name leads. It knows the tree and Python's rules of scopes, and
//! nothing of instructions. [`super::collect`] fills it, [`ScopeTree::settle`] settles what is captured and where it lives.

use crate::parse::{SyntaxError, TextRange};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A scope, as an index into the tree.
pub(super) type ScopeId = usize;

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
    Lambda,
    /// A generator expression, or a comprehension in a class body: a function of one argument.
    Comprehension,
    /// A comprehension that runs in the frame around it, with registers of its own.
    Inlined,
}

/// Assigned, imported, defined, or a parameter.
pub(super) const BOUND: u16 = 1;
/// A parameter.
pub(super) const PARAMETER: u16 = 2;
/// Declared global.
pub(super) const GLOBAL: u16 = 4;
/// Declared nonlocal.
pub(super) const NONLOCAL: u16 = 8;
/// Read.
pub(super) const USED: u16 = 16;
/// Read or written by an inner function: lives in a cell.
pub(super) const CAPTURED: u16 = 32;
/// Deleted somewhere, so that being bound once does not mean being bound later.
pub(super) const DELETED: u16 = 64;
/// Has an annotation.
pub(super) const ANNOTATED: u16 = 128;
/// Bound within an expression by `:=`.
pub(super) const WALRUS: u16 = 256;
/// The variable of a comprehension.
pub(super) const ITERATION: u16 = 512;
/// A global declaration that the compiler made for `:=` in a comprehension.
pub(super) const IMPLIED: u16 = 1024;

/// A name in a scope.
#[derive(Debug, Clone)]
pub(super) struct Symbol {
    pub name: String,
    pub flags: u16,
    /// The local that holds it, if it is a local variable.
    pub register: u16,
    /// Where it was declared nonlocal.
    pub declared: TextRange,
}

/// A scope.
#[derive(Debug)]
pub(super) struct Scope {
    pub kind: ScopeKind,
    pub parent: Option<ScopeId>,
    pub symbols: Vec<Symbol>,
    index: FxHashMap<String, usize>,
    /// Captured variables, sorted by name once the tree is settled.
    pub free: Vec<String>,
    /// Names of the locals of a unit: its own and those of the comprehensions inlined into it.
    pub locals: Vec<String>,
    /// Locals of the scope itself that hold cells.
    pub cells: Vec<u16>,
    /// Locals of a unit that are deleted somewhere.
    pub deleted: Vec<u16>,
    pub is_generator: bool,
    pub is_async: bool,
    /// Whether a variable annotation stands in it.
    pub has_annotations: bool,
    /// For a class: whether a method captures `__class__`.
    pub needs_class_cell: bool,
    /// Whether some name is bound by `:=` in it or in a comprehension inlined into it.
    pub has_walrus: bool,
    /// The class whose private names are mangled in it.
    pub private: Option<String>,
    pub parameter_count: usize,
}

impl Scope {
    /// The symbol of a name.
    pub fn get(&self, name: &str) -> Option<&Symbol> {
        self.index.get(name).map(|&at| &self.symbols[at])
    }

    /// Whether the scope is a frame of its own.
    pub fn is_unit(&self) -> bool {
        self.kind != ScopeKind::Inlined
    }

    /// Whether its variables live in registers or cells.
    pub fn has_fast_locals(&self) -> bool {
        !matches!(self.kind, ScopeKind::Module | ScopeKind::Class)
    }

    fn binds_locally(&self, name: &str) -> bool {
        self.get(name).is_some_and(|s| s.flags & BOUND != 0 && s.flags & (GLOBAL | NONLOCAL) == 0)
    }
}

/// Where a name leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The value is in a register.
    Local(u16),
    /// The value is in the cell in a register.
    Cell(u16),
    /// A captured variable.
    Free(u16),
    /// A global or builtin.
    Global,
    /// The namespace first, then globals.
    Name,
    /// The namespace first, then a captured variable.
    NameOrFree(u16),
}

/// All scopes of a text.
#[derive(Debug, Default)]
pub(super) struct ScopeTree {
    pub scopes: Vec<Scope>,
    by_node: FxHashMap<usize, ScopeId>,
    /// Whether module-level names are looked up in a namespace that is not the globals.
    pub namespace: bool,
    /// Names that functions declare global: those the module sets among the globals too, not in the namespace.
    pub globals_below: Vec<String>,
    /// What is to be warned of.
    pub warnings: Vec<super::warnings::Warning>,
}

impl ScopeTree {
    /// Adds a scope for the node at an address.
    pub fn add(&mut self, kind: ScopeKind, parent: Option<ScopeId>, node: usize) -> ScopeId {
        let id = self.scopes.len();
        let private = parent.and_then(|p| self.scopes[p].private.clone());
        self.scopes.push(Scope {
            kind,
            parent,
            symbols: Vec::new(),
            index: FxHashMap::default(),
            free: Vec::new(),
            locals: Vec::new(),
            cells: Vec::new(),
            deleted: Vec::new(),
            is_generator: false,
            is_async: false,
            has_annotations: false,
            needs_class_cell: false,
            has_walrus: false,
            private,
            parameter_count: 0,
        });
        self.by_node.insert(node, id);
        id
    }

    /// The scope of the node at an address.
    pub fn of_node(&self, node: usize) -> ScopeId {
        self.by_node.get(&node).copied().unwrap_or(0)
    }

    /// Adds flags to a name, which is mangled already.
    pub fn mark(&mut self, scope: ScopeId, name: &str, flags: u16) -> &mut Symbol {
        let scope = &mut self.scopes[scope];
        let at = match scope.index.get(name) {
            Some(&at) => at,
            None => {
                let at = scope.symbols.len();
                scope.index.insert(name.to_owned(), at);
                scope.symbols.push(Symbol {
                    name: name.to_owned(),
                    flags: 0,
                    register: 0,
                    declared: TextRange::default(),
                });
                at
            }
        };
        let symbol = &mut scope.symbols[at];
        symbol.flags |= flags;
        symbol
    }

    /// The frame that a scope runs in.
    pub fn unit_of(&self, mut scope: ScopeId) -> ScopeId {
        while !self.scopes[scope].is_unit() {
            scope = self.scopes[scope].parent.unwrap_or(0);
        }
        scope
    }

    /// A name as it is stored: names private to a class are made its own.
    pub fn mangle<'n>(&self, scope: ScopeId, name: &'n str) -> Cow<'n, str> {
        mangle(self.scopes[scope].private.as_deref(), name)
    }

    fn is_namespaced(&self, name: &str) -> bool {
        self.namespace && !self.globals_below.iter().any(|below| below == name)
    }

    /// Where a mangled name leads from a scope.
    pub fn place(&self, scope: ScopeId, name: &str) -> Place {
        let mut at = scope;
        let unit = loop {
            let here = &self.scopes[at];
            if let Some(symbol) = here.get(name) {
                if symbol.flags & GLOBAL != 0 {
                    return Place::Global;
                }
                if symbol.flags & BOUND != 0 && symbol.flags & NONLOCAL == 0 {
                    return match here.kind {
                        ScopeKind::Module if !self.is_namespaced(name) => Place::Global,
                        ScopeKind::Module | ScopeKind::Class => Place::Name,
                        _ if symbol.flags & CAPTURED != 0 => Place::Cell(symbol.register),
                        _ => Place::Local(symbol.register),
                    };
                }
            }
            if here.is_unit() {
                break here;
            }
            at = here.parent.unwrap_or(0);
        };
        if let Ok(free) = unit.free.binary_search_by(|free| free.as_str().cmp(name)) {
            let declared = unit.get(name).is_some_and(|s| s.flags & NONLOCAL != 0);
            let used = unit.get(name).is_some();
            return match unit.kind {
                ScopeKind::Class if used && !declared => Place::NameOrFree(free as u16),
                _ => Place::Free(free as u16),
            };
        }
        match unit.kind {
            ScopeKind::Class => Place::Name,
            ScopeKind::Module if self.is_namespaced(name) => Place::Name,
            _ => Place::Global,
        }
    }

    /// Settles which variables are captured, then gives registers. The error is a `nonlocal` that leads nowhere.
    pub fn settle(&mut self, source: &str) -> Result<(), SyntaxError> {
        for scope in 0..self.scopes.len() {
            for at in 0..self.scopes[scope].symbols.len() {
                let symbol = &self.scopes[scope].symbols[at];
                if symbol.flags & GLOBAL != 0 || (symbol.flags & BOUND != 0 && symbol.flags & NONLOCAL == 0) {
                    continue;
                }
                let (name, flags, declared) = (symbol.name.clone(), symbol.flags, symbol.declared);
                let found = self.capture(scope, &name);
                if !found && flags & NONLOCAL != 0 && flags & IMPLIED == 0 {
                    return Err(SyntaxError::new(source, format!("no binding for nonlocal '{name}' found"), declared));
                }
            }
        }
        for scope in &mut self.scopes {
            scope.free.sort();
            scope.free.dedup();
        }
        self.give_registers();
        Ok(())
    }

    /// Looks for the variable that a name in `scope` means in the functions around it, and marks it captured if it is of
    /// another frame.
    fn capture(&mut self, scope: ScopeId, name: &str) -> bool {
        let mut crossed: Vec<ScopeId> = Vec::new();
        let mut at = scope;
        let home = loop {
            if self.scopes[at].is_unit() {
                crossed.push(at);
            }
            let Some(parent) = self.scopes[at].parent else { return false };
            at = parent;
            let here = &mut self.scopes[at];
            match here.kind {
                ScopeKind::Module => return false,
                ScopeKind::Class => {
                    if name == "__class__" {
                        here.needs_class_cell = true;
                        break at;
                    }
                }
                _ => {
                    if here.binds_locally(name) {
                        break at;
                    }
                    if here.get(name).is_some_and(|s| s.flags & GLOBAL != 0) {
                        return false;
                    }
                }
            }
        };
        if crossed.is_empty() {
            return true;
        }
        if self.scopes[home].kind != ScopeKind::Class {
            self.mark(home, name, CAPTURED);
        }
        for unit in crossed {
            self.scopes[unit].free.push(name.to_owned());
        }
        true
    }

    /// Parameters come first in a function's symbols, so that the order of symbols is the order of registers. Comprehensions
    /// that are inlined take the registers behind those of the scopes around them; parents precede children.
    fn give_registers(&mut self) {
        for id in 0..self.scopes.len() {
            let unit = self.unit_of(id);
            let mut locals = std::mem::take(&mut self.scopes[unit].locals);
            let mut deleted = std::mem::take(&mut self.scopes[unit].deleted);
            let scope = &mut self.scopes[id];
            let first = locals.len();
            if scope.kind == ScopeKind::Class {
                if scope.needs_class_cell {
                    locals.push("__class__".to_owned());
                    scope.cells.push(0);
                }
            } else if scope.kind != ScopeKind::Module {
                for symbol in &mut scope.symbols {
                    if symbol.flags & BOUND != 0 && symbol.flags & (GLOBAL | NONLOCAL) == 0 {
                        symbol.register = locals.len().min(usize::from(u16::MAX)) as u16;
                        if symbol.flags & DELETED != 0 {
                            deleted.push(symbol.register);
                        }
                        locals.push(symbol.name.clone());
                    }
                }
                for symbol in &scope.symbols[..] {
                    if usize::from(symbol.register) >= first
                        && symbol.flags & CAPTURED != 0
                        && symbol.flags & BOUND != 0
                        && symbol.flags & (GLOBAL | NONLOCAL) == 0
                    {
                        scope.cells.push(symbol.register);
                    }
                }
            }
            self.scopes[unit].locals = locals;
            self.scopes[unit].deleted = deleted;
        }
    }
}

/// A name as it is stored in a class: `__x` becomes `_C__x`.
pub(super) fn mangle<'n>(private: Option<&str>, name: &'n str) -> Cow<'n, str> {
    let Some(class) = private else { return name.into() };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.into();
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() {
        return name.into();
    }
    format!("_{class}{name}").into()
}
