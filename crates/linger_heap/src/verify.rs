//! Verification: every count, counter and weak reference is computed anew and compared with what the heap believes.
//!
//! Slow on purpose, and trusts nothing: an edge is looked up by its address before anything behind it is read. Changes
//! nothing. For tests, and for the mode in which a runtime checks itself at every safepoint.
#![expect(unsafe_code, reason = "objects that wait to be freed are known by their addresses only")]

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::ptr::NonNull;

use crate::counters::{SiteId, TypeId};
use crate::heap::Heap;
use crate::object::{Block, Edge, Header, Object, flag, state};
use crate::value::Value;
use crate::weak::WeakRef;

/// How many holders of an object an error names.
const HOLDERS_NAMED: usize = 8;

/// What was verified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Objects alive.
    pub objects: u64,
    /// References from objects to objects.
    pub edges: u64,
    /// References from outside of the heap.
    pub roots: u64,
    /// Bytes of all objects.
    pub bytes: u64,
}

/// An object as an error names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectName {
    /// The row of its type.
    pub type_name: String,
    /// The name of its kind.
    pub kind: &'static str,
    /// File and line where it was allocated.
    pub site: String,
    /// Its address.
    pub address: usize,
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ObjectName { type_name, kind, site, address } = self;
        write!(f, "{type_name} ({kind}) at {address:#x}, allocated at {site}")
    }
}

/// The first thing that was found to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifyError {
    /// An object's count is not the number of references to it.
    Count {
        /// The object.
        object: ObjectName,
        /// What its header says.
        count: u32,
        /// The references that were found.
        found: u32,
        /// Where some of them come from.
        held_by: Vec<String>,
    },
    /// A reference leads to what is no object.
    FreeSlot {
        /// Who holds the reference, and by which edge.
        holder: String,
        /// Where it leads.
        address: usize,
    },
    /// An object of a kind that cannot be part of a cycle, or that is not tracked, holds a candidate: no pass would find it.
    HiddenCandidate {
        /// The object.
        holder: String,
        /// The candidate.
        candidate: ObjectName,
    },
    /// A counter is not what the objects add up to.
    Counter {
        /// The row and what it counts.
        counter: String,
        /// What it says.
        counted: u64,
        /// What was found.
        found: u64,
    },
    /// The table of weak references is wrong.
    Weak {
        /// What is wrong, in words.
        problem: &'static str,
        /// Whom it concerns.
        object: String,
    },
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VerifyError::Count { object, count, found, held_by } => {
                write!(f, "{object}: its count is {count}, but {found} references were found")?;
                for holder in held_by {
                    write!(f, "\n  held by {holder}")?;
                }
                Ok(())
            }
            VerifyError::FreeSlot { holder, address } => {
                write!(f, "{holder} leads to {address:#x}, where no object is")
            }
            VerifyError::HiddenCandidate { holder, candidate } => {
                write!(f, "{holder} is no candidate, but holds one: {candidate}")
            }
            VerifyError::Counter { counter, counted, found } => {
                write!(f, "{counter}: counted {counted}, found {found}")
            }
            VerifyError::Weak { problem, object } => write!(f, "{problem}: {object}"),
        }
    }
}

impl Error for VerifyError {}

/// The text of an edge, as `.contents` or `[3]`.
fn edge_text(edge: Edge<'_>) -> String {
    match edge {
        Edge::Part(name) | Edge::Name(name) => format!(".{name}"),
        Edge::Captured(index, name) => format!("[{index}] {name:?}"),
        Edge::Index(index) => format!("[{index}]"),
        Edge::Key(_) => " key".to_owned(),
        Edge::Entry(key) => match (key.as_small_int(), key.as_float()) {
            (Some(key), _) => format!("[{key}]"),
            (None, Some(key)) => format!("[{key}]"),
            _ => "[key]".to_owned(),
        },
    }
}

struct Verifier<'a> {
    heap: &'a Heap,
    /// References found, by address, for every object alive.
    found: HashMap<usize, u32>,
    report: VerifyReport,
}

fn address(value: &Value) -> usize {
    value.bits() as usize
}

impl Heap {
    /// Computes everything anew: each count from all edges and roots, each counter from the objects, and the table of weak
    /// references. `roots` calls what it is given for every value held outside of the heap, once for each count.
    pub fn verify(&self, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) -> Result<VerifyReport, VerifyError> {
        let mut verifier = Verifier { heap: self, found: HashMap::new(), report: VerifyReport::default() };
        self.walk(&mut |header| {
            verifier.found.insert(std::ptr::from_ref(header) as usize, 0);
        });
        verifier.report.objects = verifier.found.len() as u64;
        verifier.count_edges()?;
        let mut wrong = None;
        self.each_root(roots, &mut |value| {
            if value.is_object() {
                verifier.report.roots += 1;
                match verifier.found.get_mut(&address(value)) {
                    Some(found) => *found += 1,
                    None => wrong = wrong.or(Some(address(value))),
                }
            }
        });
        if let Some(address) = wrong {
            return Err(VerifyError::FreeSlot { holder: "a root".to_owned(), address });
        }
        verifier.compare_counts(roots)?;
        verifier.compare_counters()?;
        verifier.check_weak()?;
        Ok(verifier.report)
    }

    /// Calls `visit` for the embedder's roots and for the values that the heap itself holds.
    fn each_root(&self, roots: &mut dyn FnMut(&mut dyn FnMut(&Value)), visit: &mut dyn FnMut(&Value)) {
        roots(visit);
        self.inner.each_pending(visit);
        self.inner.incremental.each_held(visit);
    }

    /// Calls `visit` for every object alive and then for every one that waits to be freed, which still holds what it holds.
    fn each_holder(&self, visit: &mut dyn FnMut(&Header)) {
        self.walk(visit);
        let mut place = 0;
        while let Some(header) = self.inner.queue.get(place) {
            // SAFETY: an object in the queue is whole until it leaves the queue.
            visit(unsafe { header.as_ref() });
            place += 1;
        }
    }

    fn name(&self, header: &Header) -> ObjectName {
        let (file, line) = self.site_place(header.site());
        ObjectName {
            type_name: self.type_name(header.type_id()).to_string(),
            kind: header.info().name,
            site: format!("{file}:{line}"),
            address: std::ptr::from_ref(header) as usize,
        }
    }
}

impl Verifier<'_> {
    fn count_edges(&mut self) -> Result<(), VerifyError> {
        let Verifier { heap, found, report } = self;
        let mut wrong = None;
        heap.each_holder(&mut |holder| {
            if wrong.is_some() {
                return;
            }
            let hides = !holder.is_tracked() && !holder.is(state::PART) && holder.count() > 0;
            holder.traverse(&mut |edge, child| {
                if !child.is_object() || wrong.is_some() {
                    return;
                }
                report.edges += 1;
                let holder_text = || format!("{}{}", heap.name(holder), edge_text(edge));
                let Some(found) = found.get_mut(&address(child)) else {
                    wrong = Some(VerifyError::FreeSlot { holder: holder_text(), address: address(child) });
                    return;
                };
                *found += 1;
                if hides && let Some(child) = child.header().filter(|child| child.is_tracked()) {
                    wrong = Some(VerifyError::HiddenCandidate { holder: holder_text(), candidate: heap.name(child) });
                }
            });
        });
        wrong.map_or(Ok(()), Err)
    }

    fn compare_counts(&self, roots: &mut dyn FnMut(&mut dyn FnMut(&Value))) -> Result<(), VerifyError> {
        let mut wrong = None;
        self.heap.walk(&mut |header| {
            let found = self.found.get(&(std::ptr::from_ref(header) as usize)).copied().unwrap_or(0);
            if found != header.count() && wrong.is_none() {
                wrong = Some((self.heap.name(header), header.count(), found));
            }
        });
        let Some((object, count, found)) = wrong else { return Ok(()) };
        let mut held_by = Vec::new();
        self.heap.each_holder(&mut |holder| {
            holder.traverse(&mut |edge, child| {
                if address(child) == object.address && held_by.len() < HOLDERS_NAMED {
                    held_by.push(format!("{}{}", self.heap.name(holder), edge_text(edge)));
                }
            });
        });
        self.heap.each_root(roots, &mut |value| {
            if address(value) == object.address && held_by.len() < HOLDERS_NAMED {
                held_by.push("a root".to_owned());
            }
        });
        Err(VerifyError::Count { object, count, found, held_by })
    }

    fn compare_counters(&mut self) -> Result<(), VerifyError> {
        let heap = self.heap;
        let mut by_type: HashMap<TypeId, (u64, u64)> = HashMap::new();
        let mut by_site: HashMap<SiteId, (u64, u64)> = HashMap::new();
        let mut slots = 0;
        heap.each_holder(&mut |header| {
            slots += 1;
            if header.is(state::DYING) && header.count() == 0 {
                return;
            }
            let bytes = header.bytes() as u64;
            for (objects, sum) in
                [by_type.entry(header.type_id()).or_default(), by_site.entry(header.site()).or_default()]
            {
                *objects += 1;
                *sum += bytes;
            }
        });
        self.report.bytes = by_type.values().map(|(_, bytes)| bytes).sum();
        expect(|| "bytes of all objects".to_owned(), heap.live_bytes(), self.report.bytes)?;
        let mut used = 0;
        heap.inner.pages.each(|page| used += u64::from(page.used()));
        expect(|| "slots in use".to_owned(), used, slots + heap.inner.incremental.slots_kept())?;
        if !cfg!(feature = "counting") {
            return Ok(());
        }
        for (index, row) in heap.type_rows().iter().enumerate() {
            let id = heap.type_at(index);
            let (objects, bytes) = by_type.get(&id).copied().unwrap_or_default();
            expect(|| format!("objects of type {}", heap.type_name(id)), row.live, objects)?;
            expect(|| format!("bytes of type {}", heap.type_name(id)), row.live_bytes, bytes)?;
        }
        for (index, row) in heap.site_rows().iter().enumerate() {
            let id = heap.site_at(index);
            let (objects, bytes) = by_site.get(&id).copied().unwrap_or_default();
            expect(|| format!("objects of site {:?}", heap.site_place(id)), row.live, objects)?;
            expect(|| format!("bytes of site {:?}", heap.site_place(id)), row.live_bytes, bytes)?;
        }
        Ok(())
    }

    fn check_weak(&self) -> Result<(), VerifyError> {
        let table = self.heap.inner.weak.borrow();
        let wrong = |problem, object: String| Err(VerifyError::Weak { problem, object });
        for (target, weaks) in table.iter() {
            if !self.found.contains_key(target) {
                return wrong("a weak reference looks at what is no object", format!("{target:#x}"));
            }
            for weak in weaks {
                // SAFETY: a weak reference leaves the table before it is freed.
                let body = unsafe { &weak.cast::<Block<WeakRef>>().as_ref().body };
                if body.target.get() != *target {
                    return wrong("a weak reference stands with the wrong object", format!("{target:#x}"));
                }
            }
        }
        let mut first = None;
        self.heap.walk(&mut |header| {
            let mut problem = None;
            if table.contains_key(&(std::ptr::from_ref(header) as usize)) && !header.has(flag::WEAKLY_REFERENCED) {
                problem = Some("an object does not know of its weak references");
            }
            if header.kind() == WeakRef::KIND {
                // SAFETY: the kind was checked.
                let weak = unsafe { &NonNull::from(header).cast::<Block<WeakRef>>().as_ref().body };
                if !weak.is_dead() && !table.contains_key(&weak.target.get()) {
                    problem = Some("a weak reference is missing in the table");
                }
            }
            if let Some(problem) = problem {
                first.get_or_insert_with(|| (problem, self.heap.name(header).to_string()));
            }
        });
        match first {
            Some((problem, object)) => wrong(problem, object),
            None => Ok(()),
        }
    }
}

fn expect(counter: impl FnOnce() -> String, counted: u64, found: u64) -> Result<(), VerifyError> {
    if counted == found { Ok(()) } else { Err(VerifyError::Counter { counter: counter(), counted, found }) }
}
