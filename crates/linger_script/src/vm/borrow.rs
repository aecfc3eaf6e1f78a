//! References that a cache keeps without counting them.
//!
//! A cached object is alive as long as the class that it was found on, and the class is alive as long as an instance has the
//! shape, or a value the class, that the cache notes; numbers of shapes and classes are never used again. A class that changes
//! starts a new epoch. Checked by running the scripts of the test suite in the mode that collects at every safepoint.
#![expect(unsafe_code, reason = "counting what a cache holds would keep classes alive that should be seen to linger")]

use linger_heap::Value;

/// A value of which no count is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Borrowed(u64);

impl Borrowed {
    /// Remembers a value.
    pub fn new(value: &Value) -> Borrowed {
        Borrowed(value.bits())
    }

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
        // SAFETY: a `Value` is its bits (checked below); the alias is not dropped, only cloned.
        unsafe {
            let alias = std::mem::ManuallyDrop::new(std::mem::transmute::<u64, Value>(self.0));
            (*alias).clone()
        }
    }
}

const _: () = assert!(size_of::<Value>() == size_of::<u64>());

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    uid: u32,
    epoch: u32,
    name_bits: u64,
    found: Borrowed,
}

const ENTRIES: usize = 2048;

/// What classes have under names: a direct-mapped cache of lookups along the bases.
pub(super) struct ClassCache {
    entries: Box<[Entry; ENTRIES]>,
}

impl ClassCache {
    pub fn new() -> ClassCache {
        ClassCache { entries: Box::new([Entry::default(); ENTRIES]) }
    }

    #[inline(always)]
    fn slot(uid: u32, name_bits: u64) -> usize {
        ((name_bits >> 4) as usize ^ (uid as usize).wrapping_mul(0x9E3779B1)) & (ENTRIES - 1)
    }

    /// What is known: `None` if nothing, an empty value if the class has no such name.
    #[inline(always)]
    pub fn get(&self, uid: u32, name: &Value, epoch: u32) -> Option<Value> {
        let entry = &self.entries[Self::slot(uid, name.bits())];
        if entry.uid == uid && entry.name_bits == name.bits() && entry.epoch == epoch {
            // SAFETY: the caller has the class, and within one epoch no class lets go of a value that was cached.
            Some(unsafe { entry.found.get() })
        } else {
            None
        }
    }

    /// Notes what was found; an empty value if nothing was.
    pub fn put(&mut self, uid: u32, name: &Value, epoch: u32, found: &Value) {
        self.entries[Self::slot(uid, name.bits())] =
            Entry { uid, epoch, name_bits: name.bits(), found: Borrowed::new(found) };
    }
}
