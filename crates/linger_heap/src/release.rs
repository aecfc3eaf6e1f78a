//! Freeing: what happens when the last count of an object is gone.
//!
//! Freeing recurses a few levels deep; below them, an object whose count falls to zero while another is being freed waits in a
//! queue. The queue may also be left standing for later (see [`Heap::defer_freeing`]), so that dropping the last reference to a
//! large graph costs the script no more than dropping one to a small graph. Does not know what is garbage, nor what a finalizer
//! does: it queues them for the embedder.
#![expect(unsafe_code, reason = "objects are dropped out of raw slots")]

use std::cell::Cell;
use std::ptr::NonNull;
use std::rc::Rc;

use crate::elsewhere::{self, LEAST_BYTES, drop_elsewhere};
use crate::heap::{Heap, Inner, Pending};
use crate::object::{Block, Header, Object, flag, state};
use crate::page::Page;
use crate::value::Value;
use crate::weak::WeakRef;

/// An object that owns more bytes than this outside of its slot is emptied a piece at a time, while freeing is deferred and in
/// the collector's steps.
const LARGE_BYTES: usize = 1024;
/// The references dropped in one piece.
const PIECE: usize = 64;
/// A piece of a large object, which may be thousands of plain values, takes as long as to free so many objects.
const PIECE_COST: u64 = 16;
/// How deep the freeing of one object by that of another goes before the queue is used: most of what dies together is freed
/// in the order that CPython has, and the native stack stays small.
const MOST_NESTED: u32 = 24;
/// The nesting while all that is to be freed waits in the queue.
pub(crate) const HELD: u32 = MOST_NESTED;
/// Beside the nesting while the collector drops references: one comparison then tells whether an object can be freed at once.
const COLLECTING: u32 = 1 << 31;
/// Objects freed between two questions whether to stop.
const UNASKED: u32 = 12;

/// Room for so many objects that wait to be freed, before a slice must ask for memory.
const QUEUE_ROOM: usize = 4 << 10;

/// Objects with memory besides their slots that are freed in steps before the system's allocator is asked to tidy up.
const FREED_TO_TIDY: u32 = 128;

/// Has the system's allocator do what it would do later. The usual one of Linux puts small pieces aside when they are freed,
/// and joins all of them at the next large request or release, which after a large cascade is a pause of milliseconds.
#[cold]
fn tidy_allocator() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(2048)));
}

impl Heap {
    /// Whether something waits in the queue for the embedder.
    #[inline(always)]
    pub fn has_pending(&self) -> bool {
        self.inner.has_pending.get()
    }

    /// What [`Heap::has_pending`] says, to be kept at hand by an embedder that asks often.
    pub fn pending_flag(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.inner.has_pending)
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

    /// With a limit, one drop frees at most about so many objects; the rest waits for [`Heap::collect_step`] or
    /// [`Heap::free_deferred`]. Without one, which is how a heap begins, a drop frees all that it must at once.
    pub fn defer_freeing(&self, limit: Option<u64>) {
        self.inner.cascade_limit.set(limit.map_or(u64::MAX, |limit| limit.max(1)));
        self.inner.cascade_end.set(u64::MAX);
        match limit {
            Some(_) => {
                elsewhere::prepare();
                self.inner.queue.make_room(QUEUE_ROOM);
            }
            None => self.free_deferred(),
        }
    }

    /// Whether what one drop frees is limited.
    pub fn defers_freeing(&self) -> bool {
        self.inner.defers_freeing()
    }

    /// Whether objects wait to be freed.
    pub fn has_deferred(&self) -> bool {
        self.inner.queue.len() > 0
    }

    /// Frees all that waits to be freed. Does nothing while an object is being freed.
    pub fn free_deferred(&self) {
        self.inner.free_queued(&mut || false);
    }
}

impl Inner {
    /// As [`release`], for an object that is not plain, or that must wait.
    #[cold]
    #[inline(never)]
    fn release_slowly(&self, header: NonNull<Header>) {
        // SAFETY: the object is whole until `destroy`.
        let object = unsafe { header.as_ref() };
        if object.has(flag::RELEASE_SLOWLY) && !self.may_release(object) {
            return;
        }
        if self.collecting() {
            object.set(flag::BY_COLLECTOR, true);
        }
        if self.nesting() > 0 {
            if self.info(object.kind()).collectable || self.freeing_leaf.replace(true) {
                self.queue.push(header);
            } else {
                // It refers to next to nothing that could be freed in turn, and to wait would cost more than it does.
                self.destroy_queued(header);
                self.freeing_leaf.set(false);
            }
            return;
        }
        self.destroy_nested(header);
    }

    /// Runs `free`, which frees one object, one level deeper. When the outermost level is over, what its object left in the
    /// queue is freed as well.
    #[inline(always)]
    fn nested(&self, free: impl FnOnce()) {
        let nesting = self.nesting.get();
        if nesting & !COLLECTING == 0 {
            let freed = self.ledger.freed_objects();
            self.cascade_start.set(freed);
            if self.defers_freeing() {
                // It stays when the cascade is over. What ends it then begins another, and so finds that out.
                self.cascade_end.set(freed.saturating_add(self.cascade_limit.get()));
            }
        }
        self.nesting.set(nesting + 1);
        free();
        // Read anew, and not compared with what it was: compilers then make two functions of one.
        let nesting = self.nesting.get() - 1;
        self.nesting.set(nesting);
        if nesting & !COLLECTING == 0 {
            let freed = self.ledger.freed_objects().wrapping_sub(self.cascade_start.get());
            if self.queue.len() > self.left_queued.get() || freed > self.largest_cascade.get() {
                self.end_cascade();
            }
        }
    }

    /// Frees what one drop has left in the queue, as far as the limit allows.
    #[cold]
    #[inline(never)]
    fn end_cascade(&self) {
        // What stood in the queue before was left for later, and stays.
        let base = self.left_queued.get();
        self.set_nesting(1);
        while self.ledger.freed_objects() < self.cascade_end.get() && self.queue.len() > base {
            let Some(next) = self.queue.pop() else { break };
            if !self.destroy_queued(next) {
                self.cascade_end.set(self.cascade_end.get().saturating_sub(PIECE_COST));
            }
        }
        self.leave_queued();
        let freed = self.ledger.freed_objects() - self.cascade_start.get();
        self.largest_cascade.set(self.largest_cascade.get().max(freed));
    }

    /// Nothing is being freed any more: what stands in the queue is left for later.
    fn leave_queued(&self) {
        self.set_nesting(0);
        self.left_queued.set(self.queue.len());
    }

    /// How deep the freeing of one object by that of another is nested.
    #[inline(always)]
    pub(crate) fn nesting(&self) -> u32 {
        self.nesting.get() & !COLLECTING
    }

    /// Sets what [`Inner::nesting`] says; returns what it said before.
    #[inline(always)]
    pub(crate) fn set_nesting(&self, nesting: u32) -> u32 {
        let before = self.nesting.get();
        self.nesting.set(before & COLLECTING | nesting);
        before & !COLLECTING
    }

    /// Whether it is the collector who drops references.
    #[inline(always)]
    pub(crate) fn collecting(&self) -> bool {
        self.nesting.get() & COLLECTING != 0
    }

    /// Sets what [`Inner::collecting`] says; returns what it said before.
    #[inline(always)]
    pub(crate) fn set_collecting(&self, collecting: bool) -> bool {
        let before = self.nesting.get();
        self.nesting.set(if collecting { before | COLLECTING } else { before & !COLLECTING });
        before & COLLECTING != 0
    }

    /// Frees what stands in the queue until it is empty or `stop`, asked now and then, says so. Returns the number of
    /// objects looked at.
    pub(crate) fn free_queued(&self, stop: &mut dyn FnMut() -> bool) -> u64 {
        let mut freed = 0;
        if self.queue.len() == 0 || self.nesting() > 0 {
            return freed;
        }
        self.set_nesting(HELD);
        // The question may cost as much as freeing an object does, but not as much as freeing a piece of a large one.
        let mut small = 0;
        while let Some(next) = self.queue.pop() {
            if let Some(after) = self.queue.len().checked_sub(1).and_then(|last| self.queue.get(last)) {
                // SAFETY: what stands in the queue is whole, and its kind is looked up by its own header.
                unsafe { (self.info(after.as_ref().kind()).prefetch)(after) };
            }
            small += if self.destroy_queued(next) && !self.incremental.is_small() { 1 } else { UNASKED };
            freed += 1;
            if self.freed_since_tidy.get() >= FREED_TO_TIDY {
                self.freed_since_tidy.set(0);
                tidy_allocator();
            }
            if small >= UNASKED {
                small = 0;
                if stop() {
                    break;
                }
            }
        }
        self.leave_queued();
        freed
    }

    /// Runs `act`; an object whose count falls to zero meanwhile is freed when it is over.
    pub(crate) fn hold_freeing(&self, act: impl FnOnce()) {
        struct Held<'a>(&'a Inner, usize);
        impl Drop for Held<'_> {
            fn drop(&mut self) {
                let Held(inner, base) = *self;
                while inner.queue.len() > base {
                    let Some(next) = inner.queue.pop() else { break };
                    inner.destroy_queued(next);
                }
                inner.leave_queued();
            }
        }
        let held = (self.nesting() == 0).then(|| Held(self, self.queue.len()));
        if held.is_some() {
            self.set_nesting(HELD);
        }
        act();
        drop(held);
    }

    /// Empties weak references and asks for the finalizer; false if the object lives on to be finalized.
    #[cold]
    fn may_release(&self, object: &Header) -> bool {
        if object.has(flag::FINALIZABLE) && !object.has(flag::FINALIZED) {
            let value = Value::from_header(object);
            // It may live on, and is heard of again.
            self.incremental.revived(self, object);
            object.set(flag::FINALIZED, true);
            self.push_pending(Pending::Finalize(value));
            return false;
        }
        if object.has(flag::WEAKLY_REFERENCED) {
            self.clear_weak(object);
        }
        true
    }

    pub(crate) fn push_pending(&self, pending: Pending) {
        match &pending {
            Pending::Finalize(object) => self.incremental.shade_value(self, object),
            Pending::Callback { weak, callback } => {
                self.incremental.shade_value(self, weak);
                self.incremental.shade_value(self, callback);
            }
        }
        self.pending.borrow_mut().push_back(pending);
        self.has_pending.set(true);
    }

    /// Calls `visit` for the values in the queue for the embedder.
    pub(crate) fn each_pending(&self, visit: &mut dyn FnMut(&Value)) {
        for pending in self.pending.borrow().iter() {
            match pending {
                Pending::Finalize(object) => visit(object),
                Pending::Callback { weak, callback } => {
                    visit(weak);
                    visit(callback);
                }
            }
        }
    }

    /// Empties the weak references to `object` and queues their callbacks, those of the newest first, save those of weak
    /// references that are dead or known to linger themselves.
    pub(crate) fn clear_weak(&self, object: &Header) {
        object.set(flag::WEAKLY_REFERENCED, false);
        let weaks = self.weak.borrow_mut().remove(&(std::ptr::from_ref(object) as usize));
        for weak in weaks.into_iter().flatten().rev() {
            // SAFETY: a weak reference leaves the table before it is freed; its kind was checked when it entered.
            let (header, body) = unsafe { (weak.as_ref(), &weak.cast::<Block<WeakRef>>().as_ref().body) };
            body.target.set(0);
            let callback = body.callback.take();
            // A weak reference that waits to be freed must not get a new count, or it would be freed twice.
            if !callback.is_empty() && header.count() > 0 && !header.is(state::LINGERING) {
                self.push_pending(Pending::Callback { weak: Value::from_header(header), callback });
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

    /// See [`Heap::defers_freeing`].
    #[inline(always)]
    fn defers_freeing(&self) -> bool {
        self.cascade_limit.get() != u64::MAX
    }

    /// Whether a large object is emptied a piece at a time.
    #[inline]
    fn frees_in_pieces(&self) -> bool {
        self.stepping.get() || self.defers_freeing()
    }

    /// Frees an object that [`free_plain`] does not know how to free, one level deeper.
    #[cold]
    #[inline(never)]
    fn destroy_nested(&self, header: NonNull<Header>) {
        self.nested(|| {
            self.destroy(header);
        });
    }

    #[inline(never)]
    fn destroy_queued(&self, header: NonNull<Header>) -> bool {
        self.destroy(header)
    }

    /// Drops the object and takes its slot back; a large one, while freeing is deferred, goes back to the queue in between.
    /// Says whether the whole object is gone.
    #[inline(always)]
    fn destroy(&self, header: NonNull<Header>) -> bool {
        // SAFETY: the count is zero and every weak reference emptied, so nothing refers to the object; it came from a page of
        // this heap. Invariant checked by `Heap::verify`: no edge leads to a free slot.
        unsafe {
            let object = header.as_ref();
            if object.is(state::LINGERING) {
                self.incremental.forget_lingering(object);
            }
            let info = self.info(object.kind());
            let page = Page::of(header);
            let extra = (info.extra_bytes)(header);
            let by_collector = object.has(flag::BY_COLLECTOR);
            let collecting = self.set_collecting(by_collector);
            if !object.is(state::DYING) {
                let bytes = page.as_ref().slot_bytes() + extra;
                if object.kind() == WeakRef::KIND {
                    self.forget_weak(header);
                }
                self.ledger.freed(object.type_id.get(), object.site, bytes, by_collector);
                if info.collectable {
                    self.tracked_frees.set(self.tracked_frees.get() + 1);
                }
            }
            if extra > LARGE_BYTES && self.frees_in_pieces() && !object.is(state::EMPTIED) {
                object.put(state::DYING, true);
                // The object goes back before what its references let go, which then is freed first: the queue stays short.
                self.queue.push(header);
                let some_left = (info.drop_some)(header, PIECE) || (info.clear_some)(header, PIECE);
                object.put(state::EMPTIED, !some_left);
                self.set_collecting(collecting);
                return false;
            }
            if extra >= LEAST_BYTES
                && self.frees_in_pieces()
                && let Some(buffers) = (info.give_buffers)(header)
            {
                drop_elsewhere(extra, buffers);
            }
            (info.drop_body)(header);
            self.set_collecting(collecting);
            if extra > 0 && self.stepping.get() {
                self.freed_since_tidy.set(self.freed_since_tidy.get() + 1);
            }
            if object.is(state::LOGGED) || object.is(state::GREY) && !object.is(state::UNQUEUED) {
                // The collector still has the address: it gives the slot back when it comes to it.
                object.put(state::DEAD, true);
                self.incremental.keep_slot();
            } else {
                self.give_back(header.cast());
            }
        }
        true
    }
}

/// Frees an object of one kind of which [`Header::is_plain`] holds.
pub(crate) type FreePlain = unsafe fn(&Inner, NonNull<Header>);

/// See [`FreePlain`].
///
/// # Safety
/// The object is of kind `T`, whole, plain and without counts.
pub(crate) unsafe fn free_plain<T: Object>(inner: &Inner, header: NonNull<Header>) {
    // SAFETY: by the caller's word. See `Inner::destroy`, of which this is what is left for such an object.
    unsafe {
        let block = header.cast::<Block<T>>();
        let extra = block.as_ref().body.extra_bytes();
        if T::KIND.0 == WeakRef::KIND.0 || extra > LARGE_BYTES && inner.frees_in_pieces() {
            inner.destroy_nested(header);
            return;
        }
        let body = &raw mut (*block.as_ptr()).body;
        let free = || {
            let object = header.as_ref();
            let bytes = Page::of(header).as_ref().slot_bytes() + extra;
            inner.ledger.freed(object.type_id.get(), object.site, bytes, false);
            std::ptr::drop_in_place(body);
        };
        if T::COLLECTABLE {
            inner.tracked_frees.set(inner.tracked_frees.get() + 1);
            inner.nested(free);
        } else {
            // It holds next to nothing that could be freed in turn.
            free();
        }
        inner.give_back(header.cast());
    }
}

/// The last count of the object at `header` is gone.
///
/// # Safety
/// The object's count is zero, and its body is whole.
#[inline(always)]
pub(crate) unsafe fn release(header: NonNull<Header>) {
    // SAFETY: the object lies in a page, and the page's heap lives as long as the page.
    let (inner, object) = unsafe { (Page::of(header).as_ref().heap.as_ref(), header.as_ref()) };
    let is_over = inner.ledger.freed_objects() >= inner.cascade_end.get();
    if inner.nesting.get() >= MOST_NESTED || is_over || !object.is_plain() {
        inner.release_slowly(header);
        return;
    }
    // SAFETY: the kind is the object's own, and the object is plain.
    unsafe { (inner.free_plain[object.kind().0 as usize])(inner, header) };
}
