//! References that a cache keeps without counting them.
//!
//! A cached object is alive as long as the class that it was found on, and the class is alive as long as an instance has the
//! shape, or a value the class, that the cache notes; numbers of shapes and classes are never used again. A class that changes
//! starts a new epoch. Checked by running the scripts of the test suite in the mode that collects at every safepoint.
#![expect(unsafe_code, reason = "counting what a cache holds would keep classes alive that should be seen to linger")]

use std::mem::ManuallyDrop;

use linger_heap::{Ref, Value};

use crate::objects::{Cache, CacheKind, Dict, Function, cache_key};

/// A value of which no count is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Borrowed(u64);

impl Borrowed {
    /// A remembered value from its bits.
    pub fn from_bits(bits: u64) -> Borrowed {
        Borrowed(bits)
    }

    /// The value again, counted.
    ///
    /// # Safety
    /// The object is alive: see the head of this file for why it is while a cache's notes hold.
    #[inline(always)]
    pub unsafe fn get(self) -> Value {
        // SAFETY: by the caller's word.
        unsafe { (*self.alias()).clone() }
    }

    /// The function that was remembered.
    ///
    /// # Safety
    /// As for `get`, and it is one.
    #[inline(always)]
    pub unsafe fn function(self) -> *const Function {
        // SAFETY: by the caller's word.
        unsafe { self.alias().downcast::<Function>().map_or(std::ptr::null(), std::ptr::from_ref) }
    }

    /// The value to be looked at: it is not counted.
    ///
    /// # Safety
    /// As for `get`.
    #[inline(always)]
    unsafe fn alias(self) -> ManuallyDrop<Value> {
        // SAFETY: a `Value` is its bits (checked below).
        ManuallyDrop::new(unsafe { std::mem::transmute::<u64, Value>(self.0) })
    }
}

/// A value that the plan of a class names, in the epoch in which the plan was made.
#[inline(always)]
pub(super) fn kept_by_class(bits: u64) -> Value {
    // SAFETY: see the head of this file: the class, which the caller has, keeps it until the next epoch.
    unsafe { Borrowed::from_bits(bits).get() }
}

impl Cache {
    /// The method that the cache notes; asked only while its notes hold.
    #[inline(always)]
    pub(super) fn method(&self) -> Value {
        // SAFETY: see the head of this file.
        unsafe { Borrowed::from_bits(self.value_bits.get()).get() }
    }

    /// Notes what is known of instances of a shape.
    #[inline]
    pub(super) fn note_of_shape(&self, shape: u32, epoch: u32, known: Known) {
        match known {
            Known::Slot(slot) => self.note(CacheKind::Slot, shape, epoch, slot, 0),
            Known::Method(bits) => self.note(CacheKind::Method, shape, epoch, 0, bits),
            Known::Added(next) => self.note(CacheKind::AddSlot, shape, epoch, next, 0),
            Known::Nothing => {}
        }
    }

    /// The value at the noted position of a class's dict; asked only while the cache's notes hold.
    #[inline(always)]
    pub(super) fn class_value(&self) -> Value {
        value_at(self.value_bits.get(), self.slot.get())
    }
}

#[inline(always)]
fn value_at(dict_bits: u64, position: u32) -> Value {
    // SAFETY: see the head of this file: the class keeps its dict.
    let dict = unsafe { Borrowed::from_bits(dict_bits).alias() };
    dict.downcast::<Dict>().map_or(Value::EMPTY, |dict| dict.table.borrow().value(position as usize).clone())
}

const _: () = assert!(size_of::<Value>() == size_of::<u64>());

/// The one place for the number of a class or shape and a name, in a direct-mapped cache of so many.
#[inline(always)]
fn place<const PLACES: usize>(number: u32, name_bits: u64) -> usize {
    ((name_bits >> 4) as usize ^ (number as usize).wrapping_mul(0x9E37_79B1)) % PLACES
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    uid: u32,
    epoch: u32,
    name_bits: u64,
    /// A function of a script, or the dict of the class or base that has the name; 0 if none has.
    found_bits: u64,
    /// The position in that dict, or [`ITSELF`].
    position: u32,
}

/// What was found is a function, which no class replaces without a new epoch.
const ITSELF: u32 = u32::MAX;

const ENTRIES: usize = 2048;

/// Where classes have names: a direct-mapped cache of lookups along the bases. Of data it notes places and not values, so that
/// storing plain data under a name that is there needs no new epoch.
pub(super) struct ClassCache {
    entries: Box<[Entry; ENTRIES]>,
}

impl ClassCache {
    pub fn new() -> ClassCache {
        ClassCache { entries: Box::new([Entry::default(); ENTRIES]) }
    }

    /// What is known: `None` if nothing, an empty value if the class has no such name.
    #[inline(always)]
    pub fn get(&self, uid: u32, name: &Value, epoch: u32) -> Option<Value> {
        let entry = self.entry(uid, name, epoch)?;
        Some(match (entry.found_bits, entry.position) {
            (bits, ITSELF) => kept_by_class(bits),
            (0, _) => Value::EMPTY,
            (dict_bits, position) => value_at(dict_bits, position),
        })
    }

    #[inline(always)]
    fn entry(&self, uid: u32, name: &Value, epoch: u32) -> Option<&Entry> {
        let entry = &self.entries[place::<ENTRIES>(uid, name.bits())];
        (entry.uid == uid && entry.name_bits == name.bits() && entry.epoch == epoch).then_some(entry)
    }

    /// The function that the class is known to have by this name.
    #[inline(always)]
    pub fn function(&self, uid: u32, name: &Value, epoch: u32) -> Option<Borrowed> {
        let entry = self.entry(uid, name, epoch)?;
        (entry.position == ITSELF).then_some(Borrowed(entry.found_bits))
    }

    /// Whether the class is known to have nothing by this name.
    #[inline(always)]
    pub fn is_missing(&self, uid: u32, name: &Value, epoch: u32) -> bool {
        self.entry(uid, name, epoch).is_some_and(|entry| entry.found_bits == 0)
    }

    /// Notes where a name was found: in which dict, at which position.
    pub fn put(&mut self, uid: u32, name: &Value, epoch: u32, found: Option<&(Ref<Dict>, usize)>) {
        let (found_bits, position) = match found {
            None => (0, 0),
            Some((dict, position)) => {
                let value = dict.table.borrow().value(*position).clone();
                match value.is_kind::<Function>() {
                    true => (value.bits(), ITSELF),
                    false => (dict.with_value(Value::bits), *position as u32),
                }
            }
        };
        self.entries[place::<ENTRIES>(uid, name.bits())] =
            Entry { uid, epoch, name_bits: name.bits(), found_bits, position };
    }
}

/// What a lookup on instances of a shape found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Known {
    /// Nothing is known.
    #[default]
    Nothing,
    /// An attribute of the instance, at a slot.
    Slot(u32),
    /// A function of the class, by its bits.
    Method(u64),
    /// Storing adds the attribute at the end, leading to this shape.
    Added(u32),
}

/// Whether a lookup is for reading or for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// `object.name`, `object.name()`
    Load = 0,
    /// `object.name = value`
    Store = 1,
}

#[derive(Debug, Clone, Copy, Default)]
struct ShapeEntry {
    /// Shape and epoch.
    key: u64,
    /// The name's bits, and the access in the lowest.
    name_bits: u64,
    known: Known,
}

const SHAPE_ENTRIES: usize = 1024;

/// What instructions noted of shapes, for those that meet several: direct-mapped. An inline cache knows one shape.
pub(super) struct ShapeCache {
    entries: Box<[ShapeEntry; SHAPE_ENTRIES]>,
}

impl ShapeCache {
    pub fn new() -> ShapeCache {
        ShapeCache { entries: Box::new([ShapeEntry::default(); SHAPE_ENTRIES]) }
    }

    /// What is known of a name, which is interned.
    #[inline(always)]
    pub fn get(&self, access: Access, shape: u32, name: &Value, epoch: u32) -> Known {
        let name_bits = name.bits() | access as u64;
        let entry = &self.entries[place::<SHAPE_ENTRIES>(shape, name_bits)];
        if entry.key == cache_key(shape, epoch) && entry.name_bits == name_bits { entry.known } else { Known::Nothing }
    }

    pub fn put(&mut self, access: Access, shape: u32, name: &Value, epoch: u32, known: Known) {
        let name_bits = name.bits() | access as u64;
        self.entries[place::<SHAPE_ENTRIES>(shape, name_bits)] =
            ShapeEntry { key: cache_key(shape, epoch), name_bits, known };
    }
}
