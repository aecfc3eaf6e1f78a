//! What is known to linger: a flag in each object's header and sums; no list of objects.
//!
//! A page with such objects stands in a list of pages, so that they are found again without a search through all.
#![expect(unsafe_code, reason = "pages are kept as addresses")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::census::Tally;
use crate::collect::Unreachable;
use crate::counters::{SiteId, TypeId};
use crate::heap::Heap;
use crate::incremental::page_of;
use crate::object::{Header, flag, state};
use crate::page::Page;
use crate::pages::make_room;
use crate::value::Value;

/// What is known of the objects that linger, without stopping to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lingering {
    /// What surely lingers.
    pub low: Tally,
    /// As much may linger at most.
    pub high: Tally,
    /// Whether `low` is all that lingers.
    pub exact: bool,
    /// The frame in which the last complete pass began: all that lingered then was found.
    pub complete_to_frame: Option<u32>,
    /// Candidates that were logged and are not looked at yet.
    pub waiting_candidates: u64,
    /// Lost references to objects that were said to linger: not zero only if the embedder breaks its word.
    pub breaches: u64,
}

/// The sums of what is found.
#[derive(Default)]
pub(super) struct Found {
    total: Cell<Tally>,
    /// Found objects whose finalizers have not run.
    unfinalized: Cell<u64>,
    by_type: RefCell<Vec<Tally>>,
    by_site: RefCell<Vec<Tally>>,
    pages: RefCell<Vec<NonNull<Page>>>,
    /// What is set in the headers of objects found now.
    generation: Cell<u32>,
}

fn change(table: &RefCell<Vec<Tally>>, index: usize, by: impl Fn(&mut Tally)) {
    let mut table = table.borrow_mut();
    if index >= table.len() {
        table.resize(index + 1, Tally::default());
    }
    by(&mut table[index]);
}

impl Found {
    /// `header` lingers.
    pub fn add(&self, header: &Header) {
        debug_assert!(!header.is(state::LINGERING));
        header.put(state::LINGERING | self.generation.get(), true);
        // Armed, so that a breach is heard of, and so that a drain knows who had its turn.
        header.arm(true);
        header.set(flag::TOUCHED, false);
        let page = page_of(header);
        // SAFETY: the page is alive as long as the object.
        if !unsafe { page.as_ref() }.holds_lingering.replace(true) {
            self.pages.borrow_mut().push(page);
        }
        let bytes = header.bytes() as u64;
        let add = |tally: &mut Tally| {
            tally.objects += 1;
            tally.bytes += bytes;
        };
        let mut total = self.total.get();
        add(&mut total);
        self.total.set(total);
        change(&self.by_type, header.type_id().index(), add);
        change(&self.by_site, header.site().index(), add);
        if awaits_finalizer(header) {
            self.unfinalized.set(self.unfinalized.get() + 1);
        }
    }

    /// `header` does not linger any more: it is about to be freed, or referred to again.
    pub fn remove(&self, header: &Header) {
        debug_assert!(header.is(state::LINGERING));
        header.put(state::LINGERING | state::GENERATION, false);
        // The same bytes as when it was added: nothing changes what lingers.
        let bytes = header.bytes() as u64;
        let subtract = |tally: &mut Tally| {
            tally.objects = tally.objects.saturating_sub(1);
            tally.bytes = tally.bytes.saturating_sub(bytes);
        };
        let mut total = self.total.get();
        subtract(&mut total);
        self.total.set(total);
        change(&self.by_type, header.type_id().index(), subtract);
        change(&self.by_site, header.site().index(), subtract);
        if awaits_finalizer(header) {
            self.unfinalized.set(self.unfinalized.get().saturating_sub(1));
        }
    }

    /// Forgets the sums; the flags are cleared by whoever walks the heap for it.
    pub fn reset(&self) {
        self.total.set(Tally::default());
        self.unfinalized.set(0);
        self.by_type.borrow_mut().clear();
        self.by_site.borrow_mut().clear();
        self.pages.borrow_mut().clear();
    }

    pub fn total(&self) -> Tally {
        self.total.get()
    }

    pub fn unfinalized(&self) -> u64 {
        self.unfinalized.get()
    }

    /// The heap has so many pages.
    pub fn make_room(&self, pages: usize) {
        make_room(&mut self.pages.borrow_mut(), pages);
    }

    /// The counters have so many rows.
    pub fn make_room_for_rows(&self, types: usize, sites: usize) {
        make_room(&mut self.by_type.borrow_mut(), types);
        make_room(&mut self.by_site.borrow_mut(), sites);
    }

    /// Moves the list of pages to the empty `batch`, and begins a generation: says what the objects found so far carry. The pages
    /// stay flagged as listed until each is looked at.
    pub fn take_generation(&self, batch: &mut Vec<NonNull<Page>>) -> u32 {
        std::mem::swap(&mut *self.pages.borrow_mut(), batch);
        self.generation.replace(self.generation.get() ^ state::GENERATION)
    }

    /// A found object, which is being drained, changed its size.
    pub fn resized(&self, header: &Header, before: usize, after: usize) {
        if header.is(state::LINGERING) {
            let change_bytes = |tally: &mut Tally| {
                tally.bytes = tally.bytes.saturating_sub(before as u64).saturating_add(after as u64);
            };
            let mut total = self.total.get();
            change_bytes(&mut total);
            self.total.set(total);
            change(&self.by_type, header.type_id().index(), change_bytes);
            change(&self.by_site, header.site().index(), change_bytes);
        }
    }

    /// Lists a page again.
    pub fn list_page(&self, page: NonNull<Page>) {
        // SAFETY: the page holds objects, so it is alive.
        if !unsafe { page.as_ref() }.holds_lingering.replace(true) {
            self.pages.borrow_mut().push(page);
        }
    }

    /// Bytes of the list and the sums.
    pub fn bytes(&self) -> usize {
        let sums = [&self.by_type, &self.by_site].map(|table| table.borrow().capacity() * size_of::<Tally>());
        sums.iter().sum::<usize>() + self.pages.borrow().capacity() * size_of::<NonNull<Page>>()
    }

    pub fn page(&self, index: usize) -> Option<NonNull<Page>> {
        self.pages.borrow().get(index).copied()
    }
}

/// Whether the embedder must be asked before the object is freed.
pub(super) fn awaits_finalizer(header: &Header) -> bool {
    header.has(flag::FINALIZABLE) && !header.has(flag::FINALIZED)
}

impl Heap {
    /// Bytes of all that the heap keeps about its objects beside them, and beside the counters of types and sites: lists of pages,
    /// the collector's tables and its log. What a count in one stop needs while it runs is not among it.
    pub fn side_table_bytes(&self) -> usize {
        let incremental = &self.inner.incremental;
        let collector = incremental.grey.bytes() + incremental.found.bytes() + incremental.log.bytes();
        collector
            + incremental.drain.bytes()
            + incremental.search.bytes()
            + self.inner.queue.bytes()
            + self.inner.pages.list_bytes()
    }

    /// What is known to linger now. Costs nothing.
    pub fn lingering(&self) -> Lingering {
        let incremental = &self.inner.incremental;
        let low = incremental.found.total();
        let pass = incremental.pass.borrow();
        let waiting = incremental.log.len() as u64;
        // Until it is looked at, nobody knows what hangs on any of this.
        let unknown = waiting > 0 || self.has_deferred() || self.has_pending() || !incremental.log.is_on();
        let exact = pass.is_exact() && !unknown;
        let high = if exact {
            low
        } else {
            let more = if unknown { u64::MAX } else { pass.doubtful_objects() };
            // What is no candidate never lingers by itself.
            Tally {
                objects: low.objects.saturating_add(more).min(self.tracked_live().max(low.objects)),
                bytes: self.live_bytes().max(low.bytes),
            }
        };
        Lingering {
            low,
            high,
            exact,
            complete_to_frame: pass.complete_to_frame(),
            waiting_candidates: waiting,
            breaches: incremental.breaches.get(),
        }
    }

    /// What is known to linger, by type.
    pub fn lingering_by_type(&self) -> Vec<(TypeId, Tally)> {
        let table = self.inner.incremental.found.by_type.borrow();
        let rows = table.iter().enumerate().filter(|(_, tally)| tally.objects > 0);
        rows.map(|(index, tally)| (TypeId(index as u16), *tally)).collect()
    }

    /// What is known to linger, by allocation site.
    pub fn lingering_by_site(&self) -> Vec<(SiteId, Tally)> {
        let table = self.inner.incremental.found.by_site.borrow();
        let rows = table.iter().enumerate().filter(|(_, tally)| tally.objects > 0);
        rows.map(|(index, tally)| (SiteId(index as u32), *tally)).collect()
    }

    /// At most `limit` of the objects that are known to linger, to be explained. They are not brought back by this; a
    /// reference to one of them that is kept must be made by [`Heap::hand_out`].
    pub fn lingering_objects(&self, limit: usize) -> Unreachable {
        let mut objects = Vec::new();
        let found = &self.inner.incremental.found;
        let drain = &self.inner.incremental.drain;
        let pages = (0..).map_while(|index| found.page(index)).filter(|page| {
            // SAFETY: a page in either list is not given back. One in both is looked at once.
            !unsafe { page.as_ref() }.in_batch.get()
        });
        for page in pages.chain(drain.pages()) {
            // SAFETY: see above.
            unsafe { page.as_ref() }.walk(|header| {
                if header.is(state::LINGERING) && objects.len() < limit {
                    objects.push(Value::from_header(header));
                }
            });
        }
        Unreachable::of(objects)
    }
}
