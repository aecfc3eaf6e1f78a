//! The heap: what an embedder asks it, and what its parts share.
//!
//! How objects are made is in `alloc`, how they are freed in `release`, what is garbage in `collect` and `incremental`.
#![expect(unsafe_code, reason = "objects are reached through addresses in weak references and pages")]

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ptr::NonNull;
use std::rc::Rc;

use crate::birth::Birth;
use crate::counters::{Counters, Ledger, SiteId, Totals, TypeId};
use crate::incremental::Incremental;
use crate::object::{Edge, Header, Kind, KindInfo, Object, Ref, flag, kind_info, state};
use crate::page::Page;
use crate::pages::{Current, Pages};
use crate::region::Block;
use crate::release::FreePlain;
use crate::stack::LocalStack;
use crate::value::{Value, ValueCell};
use crate::weak::WeakRef;

// SAFETY: kind 1 is the heap's own; `kinds!` gives embedders numbers from 2 on.
unsafe impl Object for WeakRef {
    const KIND: Kind = Kind(1);
    const NAME: &'static str = "weakref";
    const COLLECTABLE: bool = true;
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        WeakRef::traverse(self, visit);
    }
    fn clear(&self) {
        WeakRef::clear(self);
    }
    fn extra_bytes(&self) -> usize {
        WeakRef::extra_bytes(self)
    }
}

static WEAK_KIND: KindInfo = kind_info::<WeakRef>();

/// What the embedder must run, since the heap runs no script.
#[derive(Debug)]
pub enum Pending {
    /// The finalizer of an object that would otherwise have been freed. The value keeps it alive until it is dropped; if
    /// nothing else refers to it then, it is freed without being asked again.
    Finalize(Value),
    /// The callback of a weak reference whose object is gone.
    Callback {
        /// The weak reference.
        weak: Value,
        /// What to call with it.
        callback: Value,
    },
}

/// The state of a heap, at a fixed address that pages point back to.
pub(crate) struct Inner {
    kinds: [Option<&'static KindInfo>; 256],
    pub(crate) current: Current,
    pub(crate) pages: Pages,
    pub(crate) ledger: Ledger,
    /// How to free a plain object, by kind.
    pub(crate) free_plain: [FreePlain; 256],
    /// How deep the freeing of one object by that of another is nested, and whether it is the collector who frees. See
    /// [`Inner::nesting`] and [`Inner::collecting`].
    pub(crate) nesting: Cell<u32>,
    /// Whether an object that cannot be part of a cycle is being freed beside the queue.
    pub(crate) freeing_leaf: Cell<bool>,
    pub(crate) queue: LocalStack<NonNull<Header>>,
    /// The most objects that one drop frees.
    pub(crate) cascade_limit: Cell<u64>,
    /// What was freed by then when the drop that runs began.
    pub(crate) cascade_start: Cell<u64>,
    /// What will have been freed by then when the drop that runs leaves the rest for later.
    pub(crate) cascade_end: Cell<u64>,
    /// The length of the queue while nothing is being freed.
    pub(crate) left_queued: Cell<usize>,
    pub(crate) largest_cascade: Cell<u64>,
    /// Objects with memory besides their slots that were freed in steps since the allocator was asked to tidy up.
    pub(crate) freed_since_tidy: Cell<u32>,
    pub(crate) pending: RefCell<VecDeque<Pending>>,
    pub(crate) has_pending: Rc<Cell<bool>>,
    pub(crate) weak: RefCell<HashMap<usize, Vec<NonNull<Header>>>>,
    /// Whether a step runs, in which nothing may take long.
    pub(crate) stepping: Cell<bool>,
    /// Walks that run: no page may be given back.
    walks: Cell<u32>,
    /// Where the next object is said to be allocated.
    /// Wider than the number: half a word, set before an allocation, would be read with its neighbour, and a processor waits for a word
    /// of which half was just written.
    pub(crate) site: Cell<u64>,
    pub(crate) frame: Cell<u32>,
    /// What objects are born with.
    pub(crate) birth: Cell<Birth>,
    /// Whether what happens to references is news to nobody for now.
    pub(crate) silent: Cell<bool>,
    pub(crate) tracked_allocations: Cell<u64>,
    pub(crate) tracked_frees: Cell<u64>,
    pub(crate) incremental: Incremental,
}

/// A heap. Dropping it frees everything in it.
pub struct Heap {
    pub(crate) inner: Box<Inner>,
}

impl Heap {
    /// A heap for the kinds of an embedder (see [`crate::kinds!`]).
    pub fn new(kinds: &'static [KindInfo]) -> Heap {
        let mut table = [None; 256];
        let mut free_plain = [WEAK_KIND.free_plain; 256];
        for info in std::iter::once(&WEAK_KIND).chain(kinds) {
            table[info.kind.0 as usize] = Some(info);
            free_plain[info.kind.0 as usize] = info.free_plain;
        }
        let inner = Inner {
            kinds: table,
            current: Default::default(),
            pages: Pages::default(),
            ledger: Ledger::new(),
            free_plain,
            nesting: Cell::new(0),
            freeing_leaf: Cell::new(false),
            queue: LocalStack::default(),
            cascade_limit: Cell::new(u64::MAX),
            cascade_start: Cell::new(0),
            cascade_end: Cell::new(u64::MAX),
            left_queued: Cell::new(0),
            largest_cascade: Cell::new(0),
            freed_since_tidy: Cell::new(0),
            pending: RefCell::default(),
            has_pending: Rc::new(Cell::new(false)),
            weak: RefCell::default(),
            stepping: Cell::new(false),
            walks: Cell::new(0),
            site: Cell::new(0),
            frame: Cell::new(0),
            birth: Cell::default(),
            silent: Cell::new(false),
            tracked_allocations: Cell::new(0),
            tracked_frees: Cell::new(0),
            incremental: Incremental::default(),
        };
        // The counters have a row for what no type and no site is known of.
        inner.incremental.make_room_for_rows(1, 1);
        Heap { inner: Box::new(inner) }
    }

    /// The row for a type of this name; the same name gets the same row.
    pub fn type_id(&self, name: &str) -> TypeId {
        let id = self.inner.ledger.type_id(name);
        self.inner.incremental.make_room_for_rows(id.index() + 1, 0);
        id
    }

    /// The row for an allocation site; the same place gets the same row.
    pub fn site_id(&self, file: &str, line: u32) -> SiteId {
        let id = self.inner.ledger.site_id(file, line);
        self.inner.incremental.make_room_for_rows(0, id.index() + 1);
        id
    }

    /// The name of a type's row.
    pub fn type_name(&self, id: TypeId) -> Rc<str> {
        self.inner.ledger.type_name(id)
    }

    /// The file and line of a site's row.
    pub fn site_place(&self, id: SiteId) -> (Rc<str>, u32) {
        self.inner.ledger.site_place(id)
    }

    /// Says where the objects allocated from now on are allocated, by [`SiteId::to_raw`].
    #[inline(always)]
    pub fn set_site(&self, raw_site: u32) {
        self.inner.site.set(u64::from(raw_site));
    }

    /// The site that was set last.
    pub fn site(&self) -> u32 {
        self.inner.site.get() as u32
    }

    /// Says in which frame the objects allocated from now on are born.
    pub fn set_frame(&self, frame: u32) {
        self.inner.frame.set(frame & state::NUMBER);
    }

    /// Allocates a weak reference to the object of `target`, with a callback or an empty value. Nothing if `target` is no object.
    pub fn weak_ref(&self, type_id: TypeId, target: &Value, callback: Value) -> Option<Ref<WeakRef>> {
        let header = target.header()?;
        let weak = WeakRef {
            target: Cell::new(std::ptr::from_ref(header) as usize),
            callback: ValueCell::new(callback),
            hash: Cell::new(None),
        };
        let weak = self.alloc(type_id, weak);
        header.set(flag::WEAKLY_REFERENCED, true);
        let mut table = self.inner.weak.borrow_mut();
        table.entry(weak.target.get()).or_default().push(NonNull::from(weak.header()));
        Some(weak)
    }

    /// The object that a weak reference looks at; empty if it is gone, or about to be freed by the collector.
    pub fn upgrade(&self, weak: &WeakRef) -> Value {
        let Some(header) = NonNull::new(weak.target.get() as *mut Header) else { return Value::EMPTY };
        // SAFETY: the address is zeroed before the object is freed (`clear_weak`), so it names a live object.
        let header = unsafe { header.as_ref() };
        if self.inner.incremental.may_bring_back(&self.inner, header) {
            Value::from_header(header)
        } else {
            Value::EMPTY
        }
    }

    /// The weak references to an object, save those about to be freed.
    pub fn weak_refs(&self, header: &Header) -> Vec<Value> {
        let table = self.inner.weak.borrow();
        let weaks = table.get(&(std::ptr::from_ref(header) as usize));
        // SAFETY: a weak reference leaves the table before it is freed.
        let weaks = weaks.into_iter().flatten().map(|weak| unsafe { weak.as_ref() });
        weaks.map(|weak| self.hand_out(weak)).filter(|weak| !weak.is_empty()).collect()
    }

    /// An object changed what it owns outside of its slot by `delta` bytes.
    #[inline]
    pub fn resized(&self, header: &Header, delta: isize) {
        self.inner.ledger.resized(header.type_id.get(), header.site, delta);
    }

    /// An object becomes one of another type.
    pub fn set_type(&self, header: &Header, type_id: TypeId) {
        let old = header.type_id.replace(type_id.0);
        self.inner.ledger.retyped(old, type_id.0, header.bytes());
    }

    /// Bytes of all that is alive.
    #[inline(always)]
    pub fn live_bytes(&self) -> u64 {
        self.inner.ledger.live_bytes()
    }

    /// Tracked objects allocated since the heap was made.
    #[inline(always)]
    pub fn tracked_allocations(&self) -> u64 {
        self.inner.tracked_allocations.get()
    }

    /// Candidates alive: allocated and not freed.
    pub fn tracked_live(&self) -> u64 {
        self.inner.tracked_allocations.get() - self.inner.tracked_frees.get()
    }

    /// The counters by type; the index is [`TypeId::index`].
    pub fn type_rows(&self) -> Vec<Counters> {
        self.inner.ledger.type_rows()
    }

    /// The row number `index` as a [`TypeId`].
    pub fn type_at(&self, index: usize) -> TypeId {
        TypeId(index as u16)
    }

    /// The row number `index` as a [`SiteId`].
    pub fn site_at(&self, index: usize) -> SiteId {
        SiteId(index as u32)
    }

    /// The counters by site; the index is [`SiteId::index`].
    pub fn site_rows(&self) -> Vec<Counters> {
        self.inner.ledger.site_rows()
    }

    /// Objects allocated and freed so far, of all types together.
    #[inline]
    pub fn objects(&self) -> (u64, u64) {
        self.inner.ledger.objects()
    }

    /// The sums of the counters over all types.
    pub fn totals(&self) -> Totals {
        self.inner.ledger.totals()
    }

    /// Calls `visit` for every object. What `visit` lets go is freed when the walk is over.
    pub fn walk(&self, visit: &mut dyn FnMut(&Header)) {
        struct Walking<'a>(&'a Cell<u32>);
        impl Drop for Walking<'_> {
            fn drop(&mut self) {
                self.0.set(self.0.get() - 1);
            }
        }
        let walks = &self.inner.walks;
        walks.set(walks.get() + 1);
        let walking = Walking(walks);
        self.inner.hold_freeing(|| self.inner.pages.each(|page| page.walk(&mut *visit)));
        drop(walking);
    }

    /// Gives the memory of pages without objects back to the system, save one for each size of objects.
    pub fn free_unused_pages(&self) {
        while self.inner.take_unused_page(usize::MAX).is_some() {}
    }

    /// Has further pages cut from regions of two megabytes once there are 16 MiB of them, which the system can back with huge pages. A
    /// program with much memory runs faster by that; what it drops goes back to the system by regions only.
    pub fn use_regions(&self) {
        self.inner.pages.regions.are_used.set(true);
    }

    /// Bytes of the heap's pages.
    pub fn page_bytes(&self) -> usize {
        self.inner.pages.bytes()
    }
}

impl Inner {
    /// Takes out an unused page, see [`Pages::take_unused`](crate::pages::Pages::take_unused); none while somebody goes through them.
    pub(crate) fn take_unused_page(&self, looks: usize) -> Option<Option<Block>> {
        if self.walks.get() > 0 || self.incremental.is_sweeping() {
            return None;
        }
        self.pages.take_unused(looks, &self.current)
    }

    /// The description of a kind that objects of this heap have.
    #[inline(always)]
    pub(crate) fn info(&self, kind: Kind) -> &'static KindInfo {
        self.kinds[kind.0 as usize].expect("the kinds of an object are given to the heap when it is made")
    }
}

/// The heap that an object lies in.
#[inline(always)]
pub(crate) fn heap_of(header: &Header) -> &Inner {
    // SAFETY: the object lies in a page, and the page's heap lives as long as the page.
    unsafe { Page::of(NonNull::from(header)).as_ref().heap.as_ref() }
}

/// The description of `header`'s kind.
#[inline(always)]
pub(crate) fn info_of(header: &Header) -> &'static KindInfo {
    heap_of(header).info(header.kind())
}
