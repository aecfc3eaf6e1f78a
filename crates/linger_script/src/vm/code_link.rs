//! Makes code that can run of the compiler's units: constants become objects, names interned strings, lines allocation sites.

use std::cell::Cell;
use std::rc::Rc;

use linger_heap::{Ref, Value};
use rustc_hash::FxHashMap;

use super::{Result, Vm};
use crate::bytecode::CodeUnit;
use crate::constants::{Const, ConstKey};
use crate::objects::{Cache, CacheKind, Code, Probe, SetTable, Source};

/// Constants of at most this many bytes are interned.
const LONGEST_INTERNED: usize = 32;

/// The constants of one source that have an object already.
type Shared = FxHashMap<ConstKey, Value>;

impl Vm {
    /// Makes code of a unit, and of those within it.
    pub(crate) fn link(&mut self, unit: CodeUnit, source: &Rc<Source>) -> Result<Ref<Code>> {
        self.link_unit(unit, source, &mut FxHashMap::default())
    }

    fn link_unit(&mut self, unit: CodeUnit, source: &Rc<Source>, shared: &mut Shared) -> Result<Ref<Code>> {
        let local_count = unit.local_count();
        let mut consts = Vec::with_capacity(unit.consts.len());
        for constant in unit.consts {
            consts.push(self.constant(constant, source, shared)?);
        }
        let names: Box<[Value]> = unit.names.iter().map(|name| self.intern(name)).collect();
        let caches = unit
            .caches
            .iter()
            .map(|name| Cache {
                name: names[*name as usize].clone(),
                key: Cell::new(0),
                kind: Cell::new(CacheKind::Cold),
                shape: Cell::new(0),
                epoch: Cell::new(0),
                slot: Cell::new(0),
                value_bits: Cell::new(0),
            })
            .collect();
        let (mut line, mut site) = (0..0, 0);
        let mut sites = Vec::with_capacity(unit.spans.len());
        for span in &unit.spans {
            if !line.contains(&span.start) {
                let number = source.line_of(span.start);
                line = source.range_of(number);
                site = self.heap.site_id(&source.path, number).to_raw();
            }
            sites.push(site);
        }
        let is_positional = unit.keyword_only_count == 0 && !unit.has_varargs && !unit.has_varkeywords;
        let is_simple =
            is_positional && !unit.is_generator && !unit.is_coroutine && unit.kind != crate::bytecode::CodeKind::Class;
        let code = Code {
            kind: unit.kind,
            name: self.intern(&unit.name),
            qualname: self.intern(&unit.qualname),
            doc: unit.doc.map_or(Value::NONE, |doc| self.str(&doc)),
            source: source.clone(),
            first_line: unit.first_line,
            positional_count: unit.positional_count,
            positional_only_count: unit.positional_only_count,
            keyword_only_count: unit.keyword_only_count,
            has_varargs: unit.has_varargs,
            has_varkeywords: unit.has_varkeywords,
            simple_count: if is_simple { u32::from(unit.positional_count) } else { u32::MAX },
            is_positional,
            declines: unit.declines,
            is_generator: unit.is_generator,
            is_coroutine: unit.is_coroutine,
            is_awaitable: Cell::new(false),
            local_count,
            local_names: unit.local_names.iter().map(|name| self.intern(name)).collect(),
            cell_locals: unit.cell_locals.into(),
            free_names: unit.free_names.iter().map(|name| self.intern(name)).collect(),
            register_count: unit.register_count,
            instrs: unit.instrs.into_iter().map(|instr| instr.specialized(local_count)).collect(),
            spans: unit.spans.into(),
            sites: sites.into(),
            consts: consts.into(),
            global_hints: names.iter().map(|_| Cell::new(u32::MAX)).collect(),
            names,
            caches,
            handlers: unit.handlers.into(),
            inlined: unit.inlined.into(),
        };
        let class = self.classes.code.clone();
        Ok(self.object(&class, code))
    }

    /// The object of a constant; equal constants of all units of a source have one object, as in CPython.
    fn constant(&mut self, constant: Const, source: &Rc<Source>, shared: &mut Shared) -> Result<Value> {
        let key = match &constant {
            Const::Str(text) if text.len() > LONGEST_INTERNED => constant.key(),
            Const::BigInt(_) | Const::Imaginary(_) | Const::Bytes(_) | Const::Tuple(_) | Const::FrozenSet(_) => {
                constant.key()
            }
            _ => None,
        };
        let Some(key) = key else { return self.new_constant(constant, source, shared) };
        if let Some(known) = shared.get(&key) {
            return Ok(known.clone());
        }
        let value = self.new_constant(constant, source, shared)?;
        shared.insert(key, value.clone());
        Ok(value)
    }

    fn new_constant(&mut self, constant: Const, source: &Rc<Source>, shared: &mut Shared) -> Result<Value> {
        Ok(match constant {
            Const::None => Value::NONE,
            Const::Ellipsis => Value::ELLIPSIS,
            Const::Bool(value) => Value::bool(value),
            Const::Int(value) => self.int(value),
            Const::BigInt(value) => self.big(value),
            Const::Float(value) => Value::float(value),
            Const::Imaginary(imag) => self.complex(crate::pure::complex::Complex::new(0.0, imag)),
            // Constants that look like names are interned, so that most comparisons of keys are of addresses.
            Const::Str(text) if text.len() <= LONGEST_INTERNED => self.intern(&text),
            Const::Str(text) => self.str(&text),
            Const::Bytes(bytes) => self.bytes(bytes),
            Const::Tuple(items) => {
                let items =
                    items.into_iter().map(|item| self.constant(item, source, shared)).collect::<Result<Vec<_>>>()?;
                let tuple = self.tuple(items);
                // A constant holds constants only: it is no candidate.
                if let Some(header) = tuple.header() {
                    header.set_tracked(false);
                }
                tuple
            }
            Const::FrozenSet(items) => {
                let mut table = SetTable::default();
                for item in items {
                    let item = self.constant(item, source, shared)?;
                    let hash = self.hash(&item)?;
                    // Constants compare without running a script.
                    if !matches!(table.probe(hash, &item, 0), Probe::Found(_)) {
                        table.insert_new(hash, item);
                    }
                }
                let set = self.set(table, true);
                if let Some(header) = set.header() {
                    header.set_tracked(false);
                }
                set
            }
            Const::Code(unit) => self.link_unit(*unit, source, shared)?.into_value(),
        })
    }
}
