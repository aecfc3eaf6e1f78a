//! The heap: allocates objects, counts them, frees them, walks them.
//!
//! Freeing never recurses: an object whose count falls to zero while another is being freed waits in a queue. Does not know
//! what is garbage (see `collect`) nor what a finalizer does: it queues them for the embedder.
#![expect(unsafe_code, reason = "objects are written into and dropped out of raw slots")]

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::rc::Rc;

use crate::counters::{Counters, Ledger, SiteId, Totals, TypeId};
use crate::object::{Block, Edge, Header, Kind, KindInfo, Object, Ref, flag, kind_info};
use crate::page::{CLASSES, MAX_SLOT_BYTES, Page, class_of};
use crate::slots::{FixedSlots, GrowSlots};
use crate::text::FixedText;
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
    current: [Cell<Option<NonNull<Page>>>; CLASSES],
    /// Pages with room, by class, besides the current ones.
    roomy: RefCell<[Vec<NonNull<Page>>; CLASSES]>,
    pub(crate) pages: RefCell<Vec<NonNull<Page>>>,
    unused_pages: Cell<usize>,
    pub(crate) ledger: Ledger,
    releasing: Cell<bool>,
    queue: RefCell<Vec<NonNull<Header>>>,
    pending: RefCell<VecDeque<Pending>>,
    has_pending: Cell<bool>,
    weak: RefCell<HashMap<usize, Vec<NonNull<Header>>>>,
    pub(crate) collecting: Cell<bool>,
    /// Where the next object is said to be allocated.
    site: Cell<u32>,
    frame: Cell<u32>,
    tracked_allocations: Cell<u64>,
    largest_cascade: Cell<u64>,
}

/// A heap. Dropping it frees everything in it.
pub struct Heap {
    pub(crate) inner: Box<Inner>,
}

impl Heap {
    /// A heap for the kinds of an embedder (see [`crate::kinds!`]).
    pub fn new(kinds: &'static [KindInfo]) -> Heap {
        let mut table = [None; 256];
        table[WeakRef::KIND.0 as usize] = Some(&WEAK_KIND);
        for info in kinds {
            table[info.kind.0 as usize] = Some(info);
        }
        let inner = Inner {
            kinds: table,
            current: Default::default(),
            roomy: RefCell::default(),
            pages: RefCell::default(),
            unused_pages: Cell::new(0),
            ledger: Ledger::new(),
            releasing: Cell::new(false),
            queue: RefCell::default(),
            pending: RefCell::default(),
            has_pending: Cell::new(false),
            weak: RefCell::default(),
            collecting: Cell::new(false),
            site: Cell::new(0),
            frame: Cell::new(0),
            tracked_allocations: Cell::new(0),
            largest_cascade: Cell::new(0),
        };
        Heap { inner: Box::new(inner) }
    }

    /// The row for a type of this name; the same name gets the same row.
    pub fn type_id(&self, name: &str) -> TypeId {
        self.inner.ledger.type_id(name)
    }

    /// The row for an allocation site; the same place gets the same row.
    pub fn site_id(&self, file: &str, line: u32) -> SiteId {
        self.inner.ledger.site_id(file, line)
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
        self.inner.site.set(raw_site);
    }

    /// The site that was set last.
    pub fn site(&self) -> u32 {
        self.inner.site.get()
    }

    /// Says in which frame the objects allocated from now on are born.
    pub fn set_frame(&self, frame: u32) {
        self.inner.frame.set(frame);
    }

    /// Allocates an object.
    #[inline]
    pub fn alloc<T: Object>(&self, type_id: TypeId, body: T) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        let block = self.inner.take_slot(size_of::<Block<T>>()).cast::<Block<T>>();
        // SAFETY: the slot is ours and large enough.
        unsafe {
            (&raw mut (*block.as_ptr()).body).write(body);
            self.inner.finish(block, type_id)
        }
    }

    /// Allocates an object with a run of values that never changes. `make` gets the run and builds the object around it.
    /// The values are taken from `values`, whose length must not be misreported.
    pub fn alloc_fixed<T: Object>(
        &self,
        type_id: TypeId,
        values: impl ExactSizeIterator<Item = Value>,
        make: impl FnOnce(FixedSlots) -> T,
    ) -> Ref<T> {
        const { assert!(align_of::<Block<T>>() <= 16) };
        let len = values.len();
        let inline_bytes = size_of::<Block<T>>() + len * size_of::<Value>();
        let inline = len > 0 && inline_bytes <= MAX_SLOT_BYTES;
        let bytes = if inline { inline_bytes } else { size_of::<Block<T>>() };
        let block = self.inner.take_slot(bytes).cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and, if inline, the values behind it. Every value of the run
        // is written below: a short iterator is padded.
        unsafe {
            let place = inline.then(|| block.add(1).cast::<Value>());
            let slots = FixedSlots::new(place, len);
            let mut values = values;
            for index in 0..len {
                slots.first().add(index).write(values.next().unwrap_or(Value::EMPTY));
            }
            (&raw mut (*block.as_ptr()).body).write(make(slots));
            self.inner.finish(block, type_id)
        }
    }

    /// Allocates an object with a run of values that grows, `capacity` of which lie in the object's slot.
    #[inline]
    pub fn alloc_grow<T: Object>(
        &self,
        type_id: TypeId,
        capacity: usize,
        make: impl FnOnce(GrowSlots) -> T,
    ) -> Ref<T> {
        const { assert!(size_of::<Block<T>>() <= MAX_SLOT_BYTES && align_of::<Block<T>>() <= 16) };
        let room = (MAX_SLOT_BYTES - size_of::<Block<T>>()) / size_of::<Value>();
        let capacity = capacity.min(room);
        let block = self.inner.take_slot(size_of::<Block<T>>() + capacity * size_of::<Value>()).cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and `capacity` values.
        unsafe {
            let slots = GrowSlots::new(block.add(1).cast::<Value>(), capacity);
            (&raw mut (*block.as_ptr()).body).write(make(slots));
            self.inner.finish(block, type_id)
        }
    }

    /// Allocates an object with a text that never changes. `make` gets the text and builds the object around it.
    pub fn alloc_text<T: Object>(&self, type_id: TypeId, text: &str, make: impl FnOnce(FixedText) -> T) -> Ref<T> {
        const { assert!(align_of::<Block<T>>() <= 16) };
        let inline_bytes = size_of::<Block<T>>() + text.len();
        let inline = inline_bytes <= MAX_SLOT_BYTES;
        let bytes = if inline { inline_bytes } else { size_of::<Block<T>>() };
        let block = self.inner.take_slot(bytes).cast::<Block<T>>();
        // SAFETY: the slot is ours and has room for the object and, if inline, the text behind it.
        unsafe {
            let place = inline.then(|| block.add(1).cast::<u8>());
            let text = FixedText::new(place, text);
            (&raw mut (*block.as_ptr()).body).write(make(text));
            self.inner.finish(block, type_id)
        }
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

    /// The object that a weak reference looks at; empty if it is gone.
    pub fn upgrade(&self, weak: &WeakRef) -> Value {
        match NonNull::new(weak.target.get() as *mut Header) {
            // SAFETY: the address is zeroed before the object is freed (`clear_weak`), so it names a live object.
            Some(header) => Value::from_header(unsafe { header.as_ref() }),
            None => Value::EMPTY,
        }
    }

    /// The weak references to an object.
    pub fn weak_refs(&self, header: &Header) -> Vec<Value> {
        let table = self.inner.weak.borrow();
        let weaks = table.get(&(std::ptr::from_ref(header) as usize));
        // SAFETY: a weak reference leaves the table before it is freed.
        weaks.into_iter().flatten().map(|weak| Value::from_header(unsafe { weak.as_ref() })).collect()
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

    /// The sums of the counters over all types.
    pub fn totals(&self) -> Totals {
        self.inner.ledger.totals()
    }

    /// Whether something waits in the queue for the embedder.
    #[inline(always)]
    pub fn has_pending(&self) -> bool {
        self.inner.has_pending.get()
    }

    /// Takes the oldest entry of the queue for the embedder.
    pub fn take_pending(&self) -> Option<Pending> {
        let mut pending = self.inner.pending.borrow_mut();
        let next = pending.pop_front();
        self.inner.has_pending.set(!pending.is_empty());
        next
    }

    /// The most objects that one drop has freed since this was asked last: a cascade is a pause like a collection.
    pub fn take_largest_cascade(&self) -> u64 {
        self.inner.largest_cascade.take()
    }

    /// Calls `visit` for every object.
    pub fn walk(&self, visit: &mut dyn FnMut(&Header)) {
        let pages = self.inner.pages.borrow().clone();
        for page in pages {
            // SAFETY: pages live as long as the heap; `visit` gets no way to free one while it runs, since unused pages
            // are given back only in `free_unused_pages`.
            unsafe { page.as_ref() }.walk(visit);
        }
    }

    /// Gives the memory of pages without objects back to the system.
    pub fn free_unused_pages(&self) {
        if self.inner.unused_pages.get() == 0 {
            return;
        }
        let inner = &self.inner;
        let mut roomy = inner.roomy.borrow_mut();
        inner.pages.borrow_mut().retain(|page| {
            // SAFETY: the page is alive until it is freed here, and leaves all lists that name it first.
            unsafe {
                if !page.as_ref().is_unused() {
                    return true;
                }
                let class = page.as_ref().class();
                roomy[class].retain(|other| other != page);
                if inner.current[class].get() == Some(*page) {
                    inner.current[class].set(None);
                }
                Page::free_page(*page);
            }
            false
        });
        inner.unused_pages.set(0);
    }

    /// Bytes of the heap's pages.
    pub fn page_bytes(&self) -> usize {
        self.inner.pages.borrow().len() * crate::page::PAGE_BYTES
    }
}

impl Inner {
    #[inline(always)]
    fn take_slot(&self, bytes: usize) -> NonNull<u8> {
        let class = class_of(bytes);
        if let Some(page) = self.current[class].get() {
            // SAFETY: current pages are alive.
            if let Some(slot) = unsafe { page.as_ref() }.take() {
                return slot;
            }
        }
        self.take_slot_elsewhere(class)
    }

    #[inline(never)]
    fn take_slot_elsewhere(&self, class: usize) -> NonNull<u8> {
        if let Some(full) = self.current[class].take() {
            // SAFETY: pages in use are alive.
            unsafe { full.as_ref() }.set_listed(false);
        }
        loop {
            let page = self.roomy.borrow_mut()[class].pop().unwrap_or_else(|| {
                let page = Page::new(NonNull::from(self), class);
                self.pages.borrow_mut().push(page);
                page
            });
            self.current[class].set(Some(page));
            // SAFETY: listed pages are alive.
            if let Some(slot) = unsafe { page.as_ref() }.take() {
                return slot;
            }
        }
    }

    /// Writes the header of a block whose body is written, and counts it.
    ///
    /// # Safety
    /// `block` lies in a slot of this heap, and its body is valid.
    #[inline(always)]
    unsafe fn finish<T: Object>(&self, block: NonNull<Block<T>>, type_id: TypeId) -> Ref<T> {
        let site = SiteId(self.site.get());
        // SAFETY: by the caller's word.
        unsafe {
            let header = Header::new(T::KIND, T::COLLECTABLE, type_id, site, self.frame.get());
            (&raw mut (*block.as_ptr()).header).write(header);
            let extra = block.as_ref().body.extra_bytes();
            let slot = Page::of(block.cast()).as_ref().slot_bytes();
            self.ledger.allocated(type_id.0, site.0, slot + extra);
        }
        if T::COLLECTABLE {
            self.tracked_allocations.set(self.tracked_allocations.get() + 1);
        }
        // SAFETY: the header's count of one is given to the reference.
        unsafe { Ref::from_counted(block) }
    }

    /// The count of `header` fell to zero.
    #[inline]
    fn release(&self, header: NonNull<Header>) {
        // SAFETY: the object is whole until `destroy`.
        if unsafe { header.as_ref() }.has(flag::RELEASE_SLOWLY) && !self.may_release(header) {
            return;
        }
        if self.releasing.get() {
            self.queue.borrow_mut().push(header);
            return;
        }
        self.releasing.set(true);
        let mut freed = 1;
        self.destroy(header);
        loop {
            let next = self.queue.borrow_mut().pop();
            let Some(next) = next else { break };
            freed += 1;
            self.destroy(next);
        }
        self.releasing.set(false);
        if freed > self.largest_cascade.get() {
            self.largest_cascade.set(freed);
        }
    }

    /// Empties weak references and asks for the finalizer; false if the object lives on to be finalized.
    #[cold]
    fn may_release(&self, header: NonNull<Header>) -> bool {
        // SAFETY: the object is whole; its count is zero, so only this function knows it.
        let object = unsafe { header.as_ref() };
        if object.has(flag::FINALIZABLE) && !object.has(flag::FINALIZED) {
            object.set(flag::FINALIZED, true);
            self.push_pending(Pending::Finalize(Value::from_header(object)));
            return false;
        }
        if object.has(flag::WEAKLY_REFERENCED) {
            self.clear_weak(object);
        }
        true
    }

    pub(crate) fn push_pending(&self, pending: Pending) {
        self.pending.borrow_mut().push_back(pending);
        self.has_pending.set(true);
    }

    /// Empties the weak references to `object` and queues their callbacks.
    pub(crate) fn clear_weak(&self, object: &Header) {
        object.set(flag::WEAKLY_REFERENCED, false);
        let weaks = self.weak.borrow_mut().remove(&(std::ptr::from_ref(object) as usize));
        for weak in weaks.into_iter().flatten() {
            // SAFETY: a weak reference leaves the table before it is freed.
            let weak = Value::from_header(unsafe { weak.as_ref() });
            let Some(body) = weak.downcast::<WeakRef>() else { continue };
            body.target.set(0);
            let callback = body.callback.take();
            if !callback.is_empty() {
                self.push_pending(Pending::Callback { weak, callback });
            }
        }
    }

    fn forget_weak(&self, weak: NonNull<Header>) {
        // SAFETY: called by `destroy` for an object of the weak kind, still whole.
        let target = unsafe { &weak.cast::<Block<WeakRef>>().as_ref().body }.target.get();
        let mut table = self.weak.borrow_mut();
        if let Some(weaks) = table.get_mut(&target) {
            weaks.retain(|other| *other != weak);
            if weaks.is_empty() {
                table.remove(&target);
            }
        }
    }

    /// Drops the object and takes its slot back.
    fn destroy(&self, header: NonNull<Header>) {
        // SAFETY: the count is zero and every weak reference emptied, so nothing refers to the object; it came from a page of
        // this heap. Invariant checked by `Heap::verify`: no edge leads to a free slot.
        unsafe {
            let object = header.as_ref();
            let info = object.info();
            if info.kind == WeakRef::KIND {
                self.forget_weak(header);
            }
            let page = Page::of(header);
            let bytes = page.as_ref().slot_bytes() + (info.extra_bytes)(header);
            self.ledger.freed(object.type_id.get(), object.site, bytes, self.collecting.get());
            (info.drop_body)(header);
            let (unused, unlisted) = page.as_ref().give_back(header.cast());
            if unlisted {
                page.as_ref().set_listed(true);
                self.roomy.borrow_mut()[page.as_ref().class()].push(page);
            }
            if unused {
                self.unused_pages.set(self.unused_pages.get() + 1);
            }
        }
    }
}

/// The last count of the object at `header` is gone.
///
/// # Safety
/// The object's count is zero, and its body is whole.
#[inline(never)]
pub(crate) unsafe fn release(header: NonNull<Header>) {
    // SAFETY: the object lies in a page, and the page's heap lives as long as the page.
    unsafe { Page::of(header).as_ref().heap.as_ref() }.release(header);
}

/// The description of `header`'s kind.
#[inline(always)]
pub(crate) fn info_of(header: &Header) -> &'static KindInfo {
    // SAFETY: as in `release`.
    let heap = unsafe { Page::of(NonNull::from(header)).as_ref().heap.as_ref() };
    heap.kinds[header.kind().0 as usize].expect("the kinds of an object are given to the heap when it is made")
}

impl Drop for Heap {
    /// Frees every object. Should a value have outlived the owner of the heap, all memory is leaked instead: the value stays valid.
    fn drop(&mut self) {
        self.inner.pending.borrow_mut().clear();
        let mut held = Vec::new();
        self.walk(&mut |header| {
            header.set(flag::FINALIZABLE, false);
            held.push(Value::from_header(header));
        });
        let mut inside: HashMap<usize, u32> = HashMap::with_capacity(held.len());
        for value in &held {
            if let Some(header) = value.header() {
                header.traverse(&mut |_, child| {
                    if child.is_object() {
                        *inside.entry(child.bits() as usize).or_default() += 1;
                    }
                });
            }
        }
        let held_outside = held.iter().any(|value| {
            let count = value.header().map_or(0, Header::count);
            inside.get(&(value.bits() as usize)).copied().unwrap_or(0) + 1 != count
        });
        if held_outside {
            std::mem::forget(held);
            // SAFETY: the heap's state is replaced by an empty one of a dangling box that is never dropped.
            let leaked = std::mem::replace(&mut self.inner, Heap::new(&[]).into_inner());
            Box::leak(leaked);
            return;
        }
        for value in &held {
            if let Some(header) = value.header() {
                // SAFETY: the description is looked up by this very header.
                unsafe { (header.info().clear)(NonNull::from(header)) };
            }
        }
        drop(held);
        self.inner.pending.borrow_mut().clear();
        for page in self.inner.pages.take() {
            // SAFETY: nothing outside refers to an object of the heap, and no one can reach the heap any more.
            unsafe { Page::free_page(page) };
        }
    }
}

impl Heap {
    fn into_inner(self) -> Box<Inner> {
        let mut heap = ManuallyDrop::new(self);
        // SAFETY: the heap is not dropped, so its box is moved out exactly once.
        unsafe { std::ptr::read(&raw mut heap.inner) }
    }
}
