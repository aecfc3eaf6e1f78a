//! Counters by type and by allocation site: always on, an increment each.
//!
//! For every row `allocated = freed_by_count + freed_by_collector + live` holds at any moment between two operations.
#![expect(unsafe_code, reason = "tables of rows are zeroed memory, most of which is never touched")]

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// The row of a type in the counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u16);

/// The row of an allocation site, a line of a script, in the counters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteId(pub(crate) u32);

impl TypeId {
    /// The row that types share once all others are taken.
    pub const OTHER: TypeId = TypeId(0);
    /// The row as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SiteId {
    /// The site of what no script allocated.
    pub const NATIVE: SiteId = SiteId(0);
    /// The row as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
    /// The number of the row, to be kept in a table of the embedder's.
    pub fn to_raw(self) -> u32 {
        self.0
    }
}

/// What was counted for one type or one site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Objects allocated.
    pub allocated: u64,
    /// Objects freed because their count reached zero.
    pub freed_by_count: u64,
    /// Objects freed by a collection.
    pub freed_by_collector: u64,
    /// Objects alive: the difference of the three above, which [`crate::Heap::verify`] compares with the objects there are.
    pub live: u64,
    /// Bytes of what is alive.
    pub live_bytes: u64,
}

impl Counters {
    /// Whether `allocated = freed_by_count + freed_by_collector + live`.
    pub fn holds(&self) -> bool {
        self.allocated == self.freed_by_count + self.freed_by_collector + self.live
    }
}

/// The sums over all types.
pub type Totals = Counters;

#[derive(Default)]
struct Row {
    allocated: Cell<u64>,
    freed_by_count: Cell<u64>,
    freed_by_collector: Cell<u64>,
    live_bytes: Cell<u64>,
}

impl Row {
    fn read(&self) -> Counters {
        let (allocated, by_count, by_collector) =
            (self.allocated.get(), self.freed_by_count.get(), self.freed_by_collector.get());
        Counters {
            allocated,
            freed_by_count: by_count,
            freed_by_collector: by_collector,
            live: allocated.wrapping_sub(by_count).wrapping_sub(by_collector),
            live_bytes: self.live_bytes.get(),
        }
    }
}

#[inline(always)]
fn add(cell: &Cell<u64>, amount: u64) {
    cell.set(cell.get().wrapping_add(amount));
}

/// Rows for all the numbers that there can be, side by side: a row is found by a shift and an addition. The system gives memory to
/// those that are written to, which are the first ones.
struct Table<const ROWS: usize> {
    rows: Box<[Row; ROWS]>,
    len: Cell<usize>,
}

impl<const ROWS: usize> Table<ROWS> {
    fn new() -> Table<ROWS> {
        const { assert!(ROWS.is_power_of_two()) };
        // SAFETY: a row is cells of integers, for which zero bits are a value.
        let rows = unsafe { Box::<[Row; ROWS]>::new_zeroed().assume_init() };
        Table { rows, len: Cell::new(0) }
    }

    /// The number of a new row, or nothing if the table is full.
    fn push(&self) -> Option<usize> {
        let index = self.len.get();
        (index < ROWS).then(|| self.len.set(index + 1))?;
        Some(index)
    }

    #[inline(always)]
    fn row(&self, index: usize) -> &Row {
        // No check of bounds: any number is a place in the table.
        &self.rows[index % ROWS]
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().take(self.len.get())
    }

    fn read(&self) -> Vec<Counters> {
        self.rows().map(Row::read).collect()
    }
}

/// A type's number has sixteen bits.
const TYPES: usize = 1 << 16;
/// Lines of scripts that allocate, of which a large game has some ten thousand. What is beyond is counted as native.
const SITES: usize = 1 << 17;

/// Whether rows are kept; without, only the sums.
const COUNTING: bool = cfg!(feature = "counting");

/// The counters of one heap.
pub(crate) struct Ledger {
    // The three sums are not neighbours: two that are would be read as one, and a processor waits for what was just written in
    // another size.
    /// Objects allocated, of all types: a host asks at each callback, too often to sum rows.
    allocated: Cell<u64>,
    types: Table<TYPES>,
    /// Bytes of all that is alive.
    live_bytes: Cell<u64>,
    sites: Table<SITES>,
    /// Objects freed, of all types.
    freed: Cell<u64>,
    type_names: RefCell<Vec<Rc<str>>>,
    type_ids: RefCell<HashMap<Rc<str>, TypeId>>,
    site_places: RefCell<Vec<(Rc<str>, u32)>>,
    site_ids: RefCell<HashMap<(Rc<str>, u32), SiteId>>,
}

impl Ledger {
    pub fn new() -> Ledger {
        let ledger = Ledger {
            types: Table::new(),
            sites: Table::new(),
            type_names: RefCell::default(),
            type_ids: RefCell::default(),
            site_places: RefCell::default(),
            site_ids: RefCell::default(),
            live_bytes: Cell::new(0),
            allocated: Cell::new(0),
            freed: Cell::new(0),
        };
        ledger.type_id("other");
        ledger.site_id("native", 0);
        ledger
    }

    pub fn type_id(&self, name: &str) -> TypeId {
        if let Some(id) = self.type_ids.borrow().get(name) {
            return *id;
        }
        let mut names = self.type_names.borrow_mut();
        let Some(number) = self.types.push().and_then(|index| u16::try_from(index).ok()) else { return TypeId::OTHER };
        let name: Rc<str> = name.into();
        names.push(name.clone());
        self.type_ids.borrow_mut().insert(name, TypeId(number));
        TypeId(number)
    }

    pub fn site_id(&self, file: &str, line: u32) -> SiteId {
        let mut places = self.site_places.borrow_mut();
        let mut ids = self.site_ids.borrow_mut();
        let file: Rc<str> = match places.last() {
            Some((last, _)) if &**last == file => last.clone(),
            _ => file.into(),
        };
        *ids.entry((file.clone(), line)).or_insert_with(|| match self.sites.push() {
            Some(index) => {
                places.push((file, line));
                SiteId(index as u32)
            }
            None => SiteId::NATIVE,
        })
    }

    pub fn type_name(&self, id: TypeId) -> Rc<str> {
        let names = self.type_names.borrow();
        names.get(id.index()).unwrap_or(&names[0]).clone()
    }

    pub fn site_place(&self, id: SiteId) -> (Rc<str>, u32) {
        let places = self.site_places.borrow();
        places.get(id.index()).unwrap_or(&places[0]).clone()
    }

    #[inline(always)]
    pub fn allocated(&self, type_id: u16, site: u32, bytes: usize) {
        add(&self.live_bytes, bytes as u64);
        add(&self.allocated, 1);
        if COUNTING {
            let update = |row: &Row| {
                add(&row.allocated, 1);
                add(&row.live_bytes, bytes as u64);
            };
            update(self.types.row(type_id as usize));
            update(self.sites.row(site as usize));
        }
    }

    #[inline(always)]
    pub fn freed(&self, type_id: u16, site: u32, bytes: usize, by_collector: bool) {
        self.live_bytes.set(self.live_bytes.get().wrapping_sub(bytes as u64));
        add(&self.freed, 1);
        if COUNTING {
            let update = |row: &Row| {
                add(if by_collector { &row.freed_by_collector } else { &row.freed_by_count }, 1);
                row.live_bytes.set(row.live_bytes.get().wrapping_sub(bytes as u64));
            };
            update(self.types.row(type_id as usize));
            update(self.sites.row(site as usize));
        }
    }

    /// An object changed its size by `delta` bytes.
    #[inline]
    pub fn resized(&self, type_id: u16, site: u32, delta: isize) {
        let apply = |cell: &Cell<u64>| cell.set(cell.get().wrapping_add_signed(delta as i64));
        apply(&self.live_bytes);
        if COUNTING {
            apply(&self.types.row(type_id as usize).live_bytes);
            apply(&self.sites.row(site as usize).live_bytes);
        }
    }

    /// An object of `bytes` bytes becomes one of another type.
    pub fn retyped(&self, from: u16, to: u16, bytes: usize) {
        if COUNTING {
            let row = self.types.row(from as usize);
            row.allocated.set(row.allocated.get().wrapping_sub(1));
            row.live_bytes.set(row.live_bytes.get().wrapping_sub(bytes as u64));
            let row = self.types.row(to as usize);
            add(&row.allocated, 1);
            add(&row.live_bytes, bytes as u64);
        }
    }

    /// Objects freed so far.
    #[inline(always)]
    pub fn freed_objects(&self) -> u64 {
        self.freed.get()
    }

    /// Objects allocated and freed so far.
    #[inline(always)]
    pub fn objects(&self) -> (u64, u64) {
        (self.allocated.get(), self.freed.get())
    }

    #[inline(always)]
    pub fn live_bytes(&self) -> u64 {
        self.live_bytes.get()
    }

    pub fn type_rows(&self) -> Vec<Counters> {
        self.types.read()
    }

    pub fn site_rows(&self) -> Vec<Counters> {
        self.sites.read()
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for row in self.types.rows().map(Row::read) {
            totals.allocated += row.allocated;
            totals.freed_by_count += row.freed_by_count;
            totals.freed_by_collector += row.freed_by_collector;
            totals.live += row.live;
            totals.live_bytes += row.live_bytes;
        }
        totals
    }
}
