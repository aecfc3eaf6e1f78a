//! Objects: the 16-byte header, the description of a kind of object, and typed counted references.
//!
//! Knows how an object is laid out; does not know where its memory comes from.
#![expect(
    unsafe_code,
    reason = "objects are reached through raw addresses in values; kinds stand in for Rust's type ids"
)]

use std::cell::Cell;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::birth::{Birth, FLAGS_SHIFT};
use crate::counters::{SiteId, TypeId};
pub(crate) use crate::flags::{flag, state};
use crate::release::{FreePlain, free_plain};
use crate::slots::FixedSlots;
use crate::value::Value;

/// The number of a kind of object: its layout in Rust, not its type in the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(pub u8);

/// How an object refers to another: the name that a person would use for the edge.
#[derive(Debug, Clone, Copy)]
pub enum Edge<'a> {
    /// A fixed part of the object: `cell.contents`, `method.__self__`.
    Part(&'static str),
    /// A named place: an attribute, a variable of a frame, a captured variable.
    Name(&'a str),
    /// The captured variable at a position of a closure, with its name.
    Captured(usize, &'a str),
    /// An element of a sequence.
    Index(usize),
    /// The key of an entry of a mapping or a set.
    Key(&'a Value),
    /// The value of an entry of a mapping, by its key.
    Entry(&'a Value),
}

/// A kind of object. Implement it with [`crate::kinds!`], which keeps the numbers apart.
///
/// # Safety
/// `KIND` belongs to this Rust type alone.
pub unsafe trait Object: Sized + 'static {
    /// The number of the kind.
    const KIND: Kind;
    /// The name of the kind, for messages of the heap itself.
    const NAME: &'static str;
    /// Whether such an object can be part of a cycle. The others are never candidates of a census or a collection.
    const COLLECTABLE: bool;
    /// See [`Pieces::IS_FRAME`].
    const RESUMES: bool = false;

    /// Names every counted reference that the object holds, each once. Neither it nor `visit` may write to the object, nor
    /// clone and drop a value: the drop would be news to the collector (see [`crate::ValueCell::with`]).
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value));
    /// Drops the references that may close a cycle; the object stays valid.
    fn clear(&self);
    /// Bytes of memory that the object owns outside of its slot.
    fn extra_bytes(&self) -> usize;
    /// See [`Pieces::traverse_piece`].
    fn traverse_from(&self, _from: usize, _limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        self.traverse(visit);
        None
    }
    /// See [`Pieces::prefetch`].
    fn ask_ahead(&self) {}
    /// See [`Pieces::run`].
    fn fixed_run(&self) -> Option<&FixedSlots> {
        None
    }
    /// See [`Pieces::clear_piece`].
    fn clear_some(&self, _limit: usize) -> bool {
        self.clear();
        false
    }
    /// See [`Pieces::take_buffers`].
    fn give_buffers(&mut self) -> Option<Box<dyn Send>> {
        None
    }
}

/// How a large container is looked at and emptied a piece at a time. A kind has these by itself; one whose objects may hold
/// many references writes inherent functions of the same names, and [`crate::kinds!`] takes those instead.
pub trait Pieces: Object {
    /// Whether the object is a suspended frame, whose values move out when it resumes (see [`crate::Heap::before_resume`]).
    const IS_FRAME: bool = false;

    /// Names about `limit` references of those from number `from` on, and returns the number to go on with, or nothing after
    /// the last. Kinds that do not know better name all at once.
    fn traverse_piece(&self, _from: usize, _limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> Option<usize> {
        self.traverse(visit);
        None
    }

    /// The run of values that the object holds, if it is what makes the object large: it is dropped a piece at a time when
    /// the object is freed.
    fn run(&self) -> Option<&FixedSlots> {
        None
    }

    /// Asks for the memory outside of the object's slot that a traversal begins with, by [`crate::prefetch`]. Kinds that own
    /// none do nothing.
    fn prefetch(&self) {}

    /// Drops about `limit` references, best the last ones, and says whether some are left. What the object owns outside of
    /// its slot must keep its size meanwhile. Kinds that do not know better drop all at once.
    fn clear_piece(&self, _limit: usize) -> bool {
        self.clear();
        false
    }

    /// Takes out the memory that makes an object large, after its references were dropped and before it is freed itself; see
    /// [`crate::Emptied`]. It is dropped on another thread.
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        None
    }
}

impl<T: Object> Pieces for T {}

type Visit<'a> = &'a mut dyn FnMut(Edge<'_>, &Value);

/// What the heap must know of a kind.
#[derive(Clone, Copy)]
pub struct KindInfo {
    /// The number of the kind.
    pub kind: Kind,
    /// The name of the kind.
    pub name: &'static str,
    /// Whether such an object can be part of a cycle.
    pub collectable: bool,
    /// See [`Pieces::IS_FRAME`].
    pub is_frame: bool,
    pub(crate) traverse: unsafe fn(NonNull<Header>, Visit<'_>),
    pub(crate) traverse_from: unsafe fn(NonNull<Header>, usize, usize, Visit<'_>) -> Option<usize>,
    pub(crate) prefetch: unsafe fn(NonNull<Header>),
    pub(crate) clear: unsafe fn(NonNull<Header>),
    /// Drops the last values of the object's run, and says whether some are left.
    pub(crate) drop_some: unsafe fn(NonNull<Header>, usize) -> bool,
    pub(crate) clear_some: unsafe fn(NonNull<Header>, usize) -> bool,
    pub(crate) give_buffers: unsafe fn(NonNull<Header>) -> Option<Box<dyn Send>>,
    pub(crate) extra_bytes: unsafe fn(NonNull<Header>) -> usize,
    pub(crate) drop_body: unsafe fn(NonNull<Header>),
    pub(crate) free_plain: FreePlain,
}

/// The description of kind `T`.
pub const fn kind_info<T: Object>() -> KindInfo {
    KindInfo {
        kind: T::KIND,
        name: T::NAME,
        collectable: T::COLLECTABLE,
        is_frame: T::RESUMES,
        // SAFETY: (of all below) the heap calls them only for a live object whose header carries `T::KIND`.
        traverse: |header, visit| unsafe { header.cast::<Block<T>>().as_ref() }.body.traverse(visit),
        // SAFETY: see above.
        traverse_from: |header, from, limit, visit| unsafe {
            header.cast::<Block<T>>().as_ref().body.traverse_from(from, limit, visit)
        },
        // SAFETY: see above.
        prefetch: |header| unsafe { header.cast::<Block<T>>().as_ref() }.body.ask_ahead(),
        // SAFETY: see above.
        clear_some: |header, limit| unsafe { header.cast::<Block<T>>().as_ref() }.body.clear_some(limit),
        // SAFETY: see above; the heap calls it only for an object without counts, so that nobody looks at the run.
        drop_some: |header, limit| unsafe {
            header.cast::<Block<T>>().as_ref().body.fixed_run().is_some_and(|run| run.drop_last(limit))
        },
        // SAFETY: see above; the heap calls it only for an object that nothing refers to any more.
        give_buffers: |header| unsafe { (*header.cast::<Block<T>>().as_ptr()).body.give_buffers() },
        // SAFETY: see above.
        clear: |header| unsafe { header.cast::<Block<T>>().as_ref() }.body.clear(),
        // SAFETY: see above.
        extra_bytes: |header| unsafe { header.cast::<Block<T>>().as_ref() }.body.extra_bytes(),
        // SAFETY: see above; the heap calls it once, when nothing refers to the object any more.
        drop_body: |header| unsafe { std::ptr::drop_in_place(&raw mut (*header.cast::<Block<T>>().as_ptr()).body) },
        free_plain: free_plain::<T>,
    }
}

/// Declares the kinds of an embedder: `kinds! { List = 2, "list", collectable; ... }` implements [`Object`] for each type by
/// its inherent `traverse`, `clear` and `extra_bytes`, and makes `KINDS`, the table that [`crate::Heap::new`] takes.
#[macro_export]
macro_rules! kinds {
    ($($type:ty = $number:literal, $name:literal, $collectable:literal;)*) => {
        $(
            const _: () = {
                // An inherent function of the type goes before the trait's.
                #[allow(unused_imports, reason = "a type may have all of its own")]
                use $crate::Pieces as _;
                // SAFETY: the numbers in one table are distinct, which the table below checks when it is compiled.
                unsafe impl $crate::Object for $type {
                    const KIND: $crate::Kind = $crate::Kind($number);
                    const NAME: &'static str = $name;
                    const COLLECTABLE: bool = $collectable;
                    const RESUMES: bool = <$type>::IS_FRAME;
                    fn traverse(&self, visit: &mut dyn FnMut($crate::Edge<'_>, &$crate::Value)) {
                        <$type>::traverse(self, visit)
                    }
                    fn clear(&self) {
                        <$type>::clear(self)
                    }
                    fn extra_bytes(&self) -> usize {
                        <$type>::extra_bytes(self)
                    }
                    fn traverse_from(
                        &self,
                        from: usize,
                        limit: usize,
                        visit: &mut dyn FnMut($crate::Edge<'_>, &$crate::Value),
                    ) -> Option<usize> {
                        <$type>::traverse_piece(self, from, limit, visit)
                    }
                    fn ask_ahead(&self) {
                        <$type>::prefetch(self)
                    }
                    fn fixed_run(&self) -> Option<&$crate::FixedSlots> {
                        <$type>::run(self)
                    }
                    fn clear_some(&self, limit: usize) -> bool {
                        <$type>::clear_piece(self, limit)
                    }
                    fn give_buffers(&mut self) -> Option<Box<dyn Send>> {
                        <$type>::take_buffers(self)
                    }
                }
            };
        )*
        /// The kinds of object, as the heap takes them.
        pub const KINDS: &[$crate::KindInfo] = &[$($crate::kind_info::<$type>()),*];
        const _: () = {
            let mut i = 0;
            while i < KINDS.len() {
                // 0 is a free slot, 1 the heap's own weak reference.
                assert!(KINDS[i].kind.0 >= 2);
                let mut j = i + 1;
                while j < KINDS.len() {
                    assert!(KINDS[i].kind.0 != KINDS[j].kind.0, "two types share a kind");
                    j += 1;
                }
                i += 1;
            }
        };
    };
}

/// Added to the word of an armed object. It stays negative whatever the count is, and so it does when that falls to zero.
pub(crate) const ARMED: u32 = 0b11 << 30;
/// The word of an object without counts, and of a free slot.
pub(crate) const NO_COUNT: u32 = u32::MAX;

/// What stands before every object: 16 bytes.
#[repr(C)]
pub struct Header {
    /// The count less one, and [`ARMED`] with it: negative if the object has no count, or if its next loss is news.
    word: Cell<u32>,
    kind: Kind,
    pub(crate) flags: Cell<u8>,
    pub(crate) type_id: Cell<u16>,
    pub(crate) site: u32,
    state: Cell<u32>,
}

const _: () = {
    assert!(std::mem::offset_of!(Header, word) == 0 && std::mem::offset_of!(Header, kind) == 4);
    assert!(std::mem::offset_of!(Header, flags) == 5 && std::mem::offset_of!(Header, type_id) == 6);
    assert!(std::mem::offset_of!(Header, site) == 8 && std::mem::offset_of!(Header, state) == 12);
};

impl Header {
    /// A header, put together of two words as they lie in memory: its fields, written one by one, would take twice as long.
    #[inline(always)]
    pub(crate) fn new(kind: Kind, collectable: bool, birth: Birth, type_id: TypeId, site: u64, frame: u64) -> Header {
        const { assert!(cfg!(target_endian = "little") && size_of::<Header>() == size_of::<[u64; 2]>()) };
        let flags = if collectable { u64::from(flag::TRACKED) } else { 0 };
        let first =
            birth.first_word(collectable) | u64::from(kind.0) << 32 | flags << FLAGS_SHIFT | u64::from(type_id.0) << 48;
        // SAFETY: both are sixteen bytes of plain integers, laid out as the asserts beside `Header` say.
        unsafe { std::mem::transmute::<[u64; 2], Header>([first, site | frame << 32]) }
    }

    /// The number of values that refer to the object.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.word.get().wrapping_add(1) & !ARMED
    }

    #[inline(always)]
    pub(crate) fn increment(&self) {
        self.word.set(self.word.get().wrapping_add(1));
    }

    /// Counts down; says whether that was the last count or is news. See `barrier`.
    #[inline(always)]
    pub(crate) fn decrement(&self) -> bool {
        let word = self.word.get().wrapping_sub(1);
        self.word.set(word);
        (word as i32) < 0
    }

    /// Whether the next decrement is the last, or news.
    #[inline(always)]
    pub(crate) fn is_last_or_armed(&self) -> bool {
        self.word.get() as i32 <= 0
    }

    /// Whether the next loss of a reference is news. Asked of an object with counts.
    #[inline(always)]
    pub(crate) fn is_armed(&self) -> bool {
        (self.word.get() as i32) < 0
    }

    /// Has the next loss of a reference heard, or not. The object has counts.
    #[inline]
    pub(crate) fn arm(&self, armed: bool) {
        debug_assert!(self.count() > 0, "an object without counts loses none");
        let count = self.count();
        self.word.set((count - 1).wrapping_add(if armed { ARMED } else { 0 }));
    }

    /// The object has no count any more, and is to be told from one that has, as a free slot is, by the word alone.
    #[inline(always)]
    pub(crate) fn disarm_dead(&self) {
        self.word.set(NO_COUNT);
    }

    /// The kind of the object.
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The row of the counters that the object is counted in.
    pub fn type_id(&self) -> TypeId {
        TypeId(self.type_id.get())
    }

    /// Where the object was allocated.
    pub fn site(&self) -> SiteId {
        SiteId(self.site)
    }

    /// The frame in which the object was allocated.
    pub fn birth_frame(&self) -> u32 {
        self.state.get() & state::NUMBER
    }

    /// Whether the pass whose mark this is has seen the object.
    #[inline(always)]
    pub(crate) fn is_marked(&self, mark: u8) -> bool {
        (self.flags.get() ^ mark) & flag::MARK == 0
    }

    #[inline(always)]
    pub(crate) fn set_mark(&self, mark: u8) {
        self.flags.set(self.flags.get() & !flag::MARK | mark);
    }

    #[inline(always)]
    pub(crate) fn is(&self, state: u32) -> bool {
        self.state.get() & state != 0
    }

    #[inline(always)]
    pub(crate) fn put(&self, state: u32, on: bool) {
        let bits = self.state.get();
        self.state.set(if on { bits | state } else { bits & !state });
    }

    /// The frame of birth or the place in a set.
    #[inline(always)]
    pub(crate) fn number(&self) -> u32 {
        self.state.get() & state::NUMBER
    }

    #[inline(always)]
    pub(crate) fn set_number(&self, number: u32) {
        self.state.set(self.state.get() & !state::NUMBER | number);
    }

    #[inline(always)]
    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags.get() & flag != 0
    }

    /// Whether nothing but its memory is to be looked after when the object is freed.
    #[inline(always)]
    pub(crate) fn is_plain(&self) -> bool {
        !self.has(flag::RELEASE_SLOWLY | flag::BY_COLLECTOR) && !self.is(state::KNOWN_TO_COLLECTOR)
    }

    pub(crate) fn set(&self, flag: u8, on: bool) {
        let flags = self.flags.get();
        self.flags.set(if on { flags | flag } else { flags & !flag });
    }

    /// Whether census and collector look at the object.
    pub fn is_tracked(&self) -> bool {
        self.has(flag::TRACKED)
    }

    /// Makes the object a candidate of census and collector, or takes it out: for an embedder whose containers become
    /// candidates only when they first hold one.
    pub fn set_tracked(&self, tracked: bool) {
        // What is a part of another object is looked at with it.
        let tracked = tracked && !self.is(state::PART);
        self.set(flag::TRACKED, tracked);
        if tracked {
            crate::incremental::became_tracked(self);
        }
    }

    /// Asks for a [`crate::Pending::Finalize`] before the object is freed.
    pub fn set_finalizable(&self) {
        self.set(flag::FINALIZABLE, true);
    }

    /// Whether the object's finalizer has been asked for.
    pub fn is_finalized(&self) -> bool {
        self.has(flag::FINALIZED)
    }

    /// The description of the object's kind.
    pub fn info(&self) -> &'static KindInfo {
        crate::heap::info_of(self)
    }

    /// Names every counted reference that the object holds.
    pub fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        // SAFETY: the description was looked up by this header's own kind.
        unsafe { (self.info().traverse)(NonNull::from(self), visit) }
    }

    /// Has `part`, which nothing else will ever refer to, counted as a part of this object, such as the list inside of an
    /// instance of a subclass of `list`: it is no candidate itself, and what it holds is held by this object.
    pub fn adopt(&self, part: &Header) {
        part.set_tracked(false);
        part.put(state::PART, true);
        self.put(state::HAS_PART, true);
    }

    /// As [`Header::traverse`], and also names the references of objects that are counted as parts of this one.
    pub fn traverse_whole(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        if !self.is(state::HAS_PART) {
            return self.traverse(visit);
        }
        self.traverse(&mut |edge, child| {
            visit(edge, child);
            if let Some(part) = child.header()
                && part.is(state::PART)
            {
                part.traverse(visit);
            }
        });
    }

    /// The first references of [`Header::traverse_whole`], about `limit` of them; says whether there are more.
    pub(crate) fn traverse_some(&self, limit: usize, visit: &mut dyn FnMut(Edge<'_>, &Value)) -> bool {
        if !self.is(state::HAS_PART) {
            // SAFETY: the description was looked up by this header's own kind.
            return unsafe { (self.info().traverse_from)(NonNull::from(self), 0, limit, visit) }.is_some();
        }
        let mut count = 0;
        self.traverse_whole(&mut |edge, child| {
            count += 1;
            if count <= limit {
                visit(edge, child);
            }
        });
        count > limit
    }

    /// Drops the references that may close a cycle; the object stays valid, and the counters hear of the bytes that it let go.
    pub fn clear(&self) {
        let before = self.bytes();
        // SAFETY: as above.
        unsafe { (self.info().clear)(NonNull::from(self)) }
        let after = self.bytes();
        if before != after {
            let delta = after as isize - before as isize;
            crate::heap::heap_of(self).ledger.resized(self.type_id.get(), self.site, delta);
        }
    }

    /// Bytes of the object: its slot and what it owns besides.
    pub fn bytes(&self) -> usize {
        // SAFETY: as above.
        crate::page::slot_bytes(self) + unsafe { (self.info().extra_bytes)(NonNull::from(self)) }
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} at {:p}, count {}>", self.info().name, self, self.count())
    }
}

/// A header and the object behind it.
#[repr(C)]
pub(crate) struct Block<T> {
    pub header: Header,
    pub body: T,
}

/// A counted reference to an object of a known kind.
pub struct Ref<T: Object>(NonNull<Block<T>>);

impl<T: Object> Ref<T> {
    /// # Safety
    /// `block` is alive, and one of its counts is given to the new reference.
    #[inline(always)]
    pub(crate) unsafe fn from_counted(block: NonNull<Block<T>>) -> Ref<T> {
        Ref(block)
    }

    /// The header of the object.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        // SAFETY: the reference's count keeps the object alive.
        unsafe { &(*self.0.as_ptr()).header }
    }

    /// The reference as a value, which takes over its count.
    #[inline(always)]
    pub fn into_value(self) -> Value {
        let kept = ManuallyDrop::new(self);
        // SAFETY: the count of the reference, which is not dropped, goes over to the value.
        unsafe { Value::from_counted(kept.0.cast()) }
    }

    /// A value that refers to the same object.
    #[inline(always)]
    pub fn to_value(&self) -> Value {
        self.clone().into_value()
    }

    /// Looks at the reference as a value, without counting it once more.
    pub fn with_value<R>(&self, look: impl FnOnce(&Value) -> R) -> R {
        // SAFETY: the value is not dropped, so it needs no count of its own, and it ends before the reference does.
        let value = ManuallyDrop::new(unsafe { Value::from_counted(self.0.cast()) });
        look(&value)
    }

    /// Whether two references name the same object.
    #[inline(always)]
    pub fn is(&self, other: &Ref<T>) -> bool {
        self.0 == other.0
    }
}

impl<T: Object> Deref for Ref<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the reference's count keeps the object alive.
        unsafe { &(*self.0.as_ptr()).body }
    }
}

impl<T: Object> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Ref<T> {
        self.header().increment();
        Ref(self.0)
    }
}

impl<T: Object> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: this reference's count goes over to the value, which is dropped at once.
        drop(unsafe { Value::from_counted(self.0.cast()) });
    }
}

impl<T: Object> From<Ref<T>> for Value {
    fn from(reference: Ref<T>) -> Value {
        reference.into_value()
    }
}

impl<T: Object> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header().fmt(f)
    }
}
