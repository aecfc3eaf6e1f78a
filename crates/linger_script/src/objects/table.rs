//! The table of a dict: entries in the order of insertion, found through an index of positions.
//!
//! Comparing keys may run a script, which may change the table: so a search stops where it cannot decide by itself
//! ([`Probe::Ask`]), and its caller compares with nothing borrowed, then goes on or starts anew. Layout after CPython's
//! "compact dict" (Objects/dictobject.c).

use linger_heap::{Emptied, Value, drop_elsewhere};

use super::Tuple;
use super::big_int::BigInt;
use super::text::{Bytes, Str};

/// An entry. A deleted one has an empty key.
#[derive(Debug)]
pub struct Entry {
    /// The key's hash.
    pub hash: u64,
    /// The key.
    pub key: Value,
    /// The value.
    pub value: Value,
}

/// How a search stands.
#[derive(Debug)]
pub enum Probe {
    /// The key is that of the entry at this position.
    Found(usize),
    /// No entry has the key.
    Missing,
    /// Whether `key` equals the key sought decides; the search goes on from `next`.
    Ask {
        /// The key to compare with.
        key: Value,
        /// Its position.
        position: usize,
        /// Where the search goes on if they differ.
        next: usize,
    },
}

/// No entry has the key.
pub const MISSING: usize = usize::MAX;
/// A script may have to say whether one has. Positions are below.
pub const UNSURE: usize = usize::MAX - 1;

const FREE: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;
/// Up to so many entries are searched one by one, without an index.
const SMALL: usize = 8;

/// The table of a dict.
#[derive(Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    /// Positions of entries by hash, or nothing for a small table. A power of two.
    index: Box<[u32]>,
    len: u32,
    /// The entries before this position are all deleted: where a search for the first one begins.
    front: u32,
    /// Changes whenever a key is added or removed; never the same for two tables. 0 until it is asked for.
    keys_version: u32,
    /// Changes whenever entries change their positions, for whoever goes through the table in pieces.
    moves: u16,
}

/// A place to go on from is a position, and above it the table's count of moves.
const MOVES_SHIFT: u32 = 48;

impl Table {
    /// The number of entries.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes of the entries and the index.
    pub fn heap_bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.index.len() * size_of::<u32>()
    }

    /// A number that stays the same as long as the keys and their positions do. `fresh` makes one.
    #[inline(always)]
    pub fn keys_version(&mut self, fresh: impl FnOnce() -> u32) -> u32 {
        if self.keys_version == 0 {
            self.keys_version = fresh();
        }
        self.keys_version
    }

    /// The version if it was asked for since the keys changed, else 0.
    #[inline(always)]
    pub fn current_version(&self) -> u32 {
        self.keys_version
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.key.is_empty())
    }

    /// The entries of `limit` positions from the place `from` on (0 is the start), and the place to go on from, if some are
    /// left. Goes on from the start if entries have changed their positions since.
    pub fn piece(&self, from: usize, limit: usize) -> (impl Iterator<Item = &Entry>, Option<usize>) {
        let (moves, position) = (from >> MOVES_SHIFT, from & ((1 << MOVES_SHIFT) - 1));
        let start = if moves == usize::from(self.moves) { position.min(self.entries.len()) } else { 0 };
        let end = start.saturating_add(limit).min(self.entries.len());
        let next = (end < self.entries.len()).then_some(end | usize::from(self.moves) << MOVES_SHIFT);
        (self.entries[start..end].iter().filter(|entry| !entry.key.is_empty()), next)
    }

    /// Takes out the entries of the last `limit` positions, and says whether some are left: for a table that is emptied.
    pub fn take_last(&mut self, limit: usize) -> (Vec<Entry>, bool) {
        self.keys_version = 0;
        // Without an index the entries that are left are found one by one.
        if !self.index.is_empty() {
            let index = std::mem::take(&mut self.index);
            drop_elsewhere(index.len() * size_of::<u32>(), Box::new(index));
        }
        let taken = self.entries.split_off(self.entries.len().saturating_sub(limit));
        self.len -= taken.iter().filter(|entry| !entry.key.is_empty()).count() as u32;
        self.front = self.front.min(self.entries.len() as u32);
        (taken, !self.entries.is_empty())
    }

    /// Takes out the memory of a table that was emptied.
    pub fn take_buffers(&mut self) -> Box<dyn Send> {
        let index = std::mem::take(&mut self.index);
        debug_assert!(self.entries.is_empty(), "they are dropped first");
        Box::new((Emptied::from(self.take_all()), index))
    }

    /// The entry at a position; it may be a deleted one.
    #[inline(always)]
    pub fn entry(&self, position: usize) -> Option<&Entry> {
        self.entries.get(position)
    }

    /// The first position from `position` on whose entry is not deleted.
    #[inline(always)]
    pub fn next_position(&self, position: usize) -> Option<usize> {
        let mut position = position.max(self.front as usize);
        while let Some(entry) = self.entries.get(position) {
            if !entry.key.is_empty() {
                return Some(position);
            }
            position += 1;
        }
        None
    }

    /// The last position before `position` whose entry is not deleted.
    pub fn previous_position(&self, mut position: usize) -> Option<usize> {
        while position > 0 {
            position -= 1;
            if self.entries.get(position).is_some_and(|entry| !entry.key.is_empty()) {
                return Some(position);
            }
        }
        None
    }

    /// One more than the last position.
    pub fn end_position(&self) -> usize {
        self.entries.len()
    }

    /// As [`Table::probe`] from the start, told in one word: the position, [`MISSING`], or [`UNSURE`] where a script may have to say.
    #[inline]
    pub fn seek(&self, hash: u64, key: &Value) -> usize {
        let told = |equal: Option<bool>, position: usize| match equal {
            Some(true) => Some(position),
            Some(false) => None,
            None => Some(UNSURE),
        };
        if self.index.is_empty() {
            for (position, entry) in self.entries.iter().enumerate() {
                if entry.hash == hash
                    && !entry.key.is_empty()
                    && let Some(found) = told(same_or_equal(&entry.key, key), position)
                {
                    return found;
                }
            }
            return MISSING;
        }
        let mask = self.index.len() - 1;
        let mut slot = spread(hash) & mask;
        loop {
            let position = self.index[slot];
            if position < DELETED {
                let entry = &self.entries[position as usize];
                if entry.hash == hash
                    && let Some(found) = told(same_or_equal(&entry.key, key), position as usize)
                {
                    return found;
                }
            } else if position == FREE {
                return MISSING;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Searches for a string known to be interned or at least hashed: never has to ask, as long as all keys are simple.
    #[inline]
    pub fn find_str(&self, hash: u64, key: &Value) -> Option<usize> {
        // A key that is no string may claim to equal one; names are looked up without asking it.
        Some(self.seek(hash, key)).filter(|position| *position < UNSURE)
    }

    /// Searches for `key`, from the start (`from` = 0) or from where an [`Probe::Ask`] said.
    #[inline]
    pub fn probe(&self, hash: u64, key: &Value, from: usize) -> Probe {
        if self.index.is_empty() {
            for (position, entry) in self.entries.iter().enumerate().skip(from) {
                if entry.hash == hash && !entry.key.is_empty() {
                    match same_or_equal(&entry.key, key) {
                        Some(true) => return Probe::Found(position),
                        Some(false) => {}
                        None => return Probe::Ask { key: entry.key.clone(), position, next: position + 1 },
                    }
                }
            }
            return Probe::Missing;
        }
        let mask = self.index.len() - 1;
        let mut slot = spread(hash) & mask;
        // `from` counts probes, so that a search can go on where it stopped.
        let mut probes = 0;
        loop {
            let position = self.index[slot];
            if position == FREE {
                return Probe::Missing;
            }
            if position != DELETED && probes >= from {
                let entry = &self.entries[position as usize];
                if entry.hash == hash {
                    match same_or_equal(&entry.key, key) {
                        Some(true) => return Probe::Found(position as usize),
                        Some(false) => {}
                        None => {
                            return Probe::Ask {
                                key: entry.key.clone(),
                                position: position as usize,
                                next: probes + 1,
                            };
                        }
                    }
                }
            }
            probes += 1;
            slot = (slot + 1) & mask;
        }
    }

    /// Appends an entry whose key is not in the table.
    #[inline]
    pub fn insert_new(&mut self, hash: u64, key: Value, value: Value) {
        self.keys_version = 0;
        if self.entries.len() == self.entries.capacity() {
            self.grow();
        }
        let position = self.entries.len();
        self.entries.push(Entry { hash, key, value });
        self.len += 1;
        if !self.index.is_empty() {
            self.place(hash, position);
        } else if position >= SMALL {
            self.rebuild(position + 1);
        }
    }

    fn place(&mut self, hash: u64, position: usize) {
        let mask = self.index.len() - 1;
        let mut slot = spread(hash) & mask;
        while self.index[slot] < DELETED {
            slot = (slot + 1) & mask;
        }
        self.index[slot] = position as u32;
    }

    /// Makes room: squeezes out deleted entries if there are many, else doubles.
    fn grow(&mut self) {
        let wanted =
            if self.len() * 2 < self.entries.len() { self.entries.len() } else { (self.entries.len() * 2).max(4) };
        if self.len() < self.entries.len() {
            self.squeeze();
        }
        self.entries.reserve_exact(wanted - self.entries.len());
        if wanted > SMALL {
            self.rebuild(wanted);
        } else {
            self.index = Box::default();
        }
    }

    fn squeeze(&mut self) {
        self.moves = self.moves.wrapping_add(1);
        self.front = 0;
        self.entries.retain(|entry| !entry.key.is_empty());
    }

    /// Makes the index anew, for `room` entries: at most two thirds full.
    fn rebuild(&mut self, room: usize) {
        let size = (room * 3 / 2 + 1).next_power_of_two().max(16);
        self.index = vec![FREE; size].into_boxed_slice();
        for position in 0..self.entries.len() {
            if !self.entries[position].key.is_empty() {
                self.place(self.entries[position].hash, position);
            }
        }
    }

    /// Makes room for `additional` more entries.
    pub fn reserve(&mut self, additional: usize) {
        let wanted = self.entries.len() + additional;
        if wanted > self.entries.capacity() {
            self.keys_version = 0;
            self.squeeze();
            self.entries.reserve_exact(wanted.saturating_sub(self.entries.len()));
            if wanted > SMALL {
                self.rebuild(wanted);
            }
        }
    }

    /// The value at a position.
    #[inline(always)]
    pub fn value(&self, position: usize) -> &Value {
        &self.entries[position].value
    }

    /// The entries at their positions, deleted ones among them.
    #[inline(always)]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Replaces the value at a position and hands out the old one.
    #[inline(always)]
    pub fn replace_value(&mut self, position: usize, value: Value) -> Value {
        std::mem::replace(&mut self.entries[position].value, value)
    }

    /// Removes the entry at a position.
    pub fn remove_at(&mut self, position: usize) -> Entry {
        self.keys_version = 0;
        self.len -= 1;
        let hash = self.entries[position].hash;
        if !self.index.is_empty() {
            let mask = self.index.len() - 1;
            let mut slot = spread(hash) & mask;
            while self.index[slot] as usize != position {
                slot = (slot + 1) & mask;
            }
            self.index[slot] = DELETED;
        }
        if position + 1 == self.entries.len()
            && let Some(entry) = self.entries.pop()
        {
            while self.entries.last().is_some_and(|entry| entry.key.is_empty()) {
                self.entries.pop();
            }
            if self.entries.is_empty() {
                self.index.fill(FREE);
                self.front = 0;
            }
            return entry;
        }
        let deleted = Entry { hash, key: Value::EMPTY, value: Value::EMPTY };
        let entry = std::mem::replace(&mut self.entries[position], deleted);
        if position == self.front as usize {
            let rest = self.entries[position..].iter();
            self.front += rest.take_while(|entry| entry.key.is_empty()).count() as u32;
        }
        entry
    }

    /// Puts an entry whose key is not in the table before all others.
    pub fn insert_first(&mut self, entry: Entry) {
        self.keys_version = 0;
        self.moves = self.moves.wrapping_add(1);
        self.len += 1;
        match self.front.checked_sub(1) {
            Some(front) => {
                self.front = front;
                self.entries[front as usize] = entry;
            }
            None => self.entries.insert(0, entry),
        }
        if !self.index.is_empty() || self.entries.len() > SMALL {
            self.rebuild(self.entries.capacity());
        }
    }

    /// Takes everything out; the caller drops it when nothing is borrowed any more.
    pub fn take_all(&mut self) -> Vec<Entry> {
        self.keys_version = 0;
        (self.len, self.front) = (0, 0);
        self.index = Box::default();
        std::mem::take(&mut self.entries)
    }

    /// Takes everything out, as a table.
    pub fn take_whole(&mut self) -> Table {
        let moves = self.moves;
        std::mem::replace(self, Table { moves, ..Table::default() })
    }

    /// A copy with the same order and no deleted entries.
    pub fn duplicate(&self) -> Table {
        let mut copy = Table::default();
        copy.fill(self);
        copy
    }

    /// Puts the entries of another table into this one, which is empty.
    pub fn fill(&mut self, other: &Table) {
        debug_assert!(self.is_empty());
        self.keys_version = 0;
        self.moves = self.moves.wrapping_add(1);
        self.front = 0;
        self.entries.clear();
        self.entries.reserve_exact(other.len());
        let copied = |entry: &Entry| Entry { hash: entry.hash, key: entry.key.clone(), value: entry.value.clone() };
        if other.len() == other.entries.len() {
            self.entries.extend(other.entries.iter().map(copied));
            self.index.clone_from(&other.index);
        } else {
            self.entries.extend(other.iter().map(copied));
            self.index = Box::default();
        }
        self.len = other.len;
        if self.index.is_empty() && self.len() > SMALL {
            self.rebuild(self.len());
        }
    }
}

/// Mixes the bits of a hash: hashes of numbers are the numbers, whose low bits alone would crowd a linear search.
#[inline(always)]
fn spread(hash: u64) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

/// Whether two values are one key, which what is equal to nothing is to itself; if that can be said without running a script.
#[inline(always)]
pub fn same_or_equal(a: &Value, b: &Value) -> Option<bool> {
    if a.is(b) { Some(!a.is_empty()) } else { simple_equal(a, b) }
}

/// Whether two values are equal, if that can be said without running a script.
pub fn simple_equal(a: &Value, b: &Value) -> Option<bool> {
    if let (Some(a), Some(b)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
        return Some(a.is_same(b));
    }
    if !a.is_object() && !b.is_object() {
        if let (Some(a), Some(b)) = (plain_number(a), plain_number(b)) {
            return Some(a == b);
        }
        return Some(a.is(b));
    }
    if let (Some(a), Some(b)) = (a.downcast::<Tuple>(), b.downcast::<Tuple>()) {
        let (a, b): (&[Value], &[Value]) = (&a.items, &b.items);
        if a.len() != b.len() {
            return Some(false);
        }
        // Over one length, so that no bound is checked.
        for (index, a) in a.iter().enumerate() {
            let b = &b[index];
            let equal = if Value::both_small(a, b) { Some(a.is(b)) } else { same_or_equal(a, b) };
            if equal != Some(true) {
                return equal;
            }
        }
        return Some(true);
    }
    if let (Some(a), Some(b)) = (a.downcast::<BigInt>(), b.downcast::<BigInt>()) {
        return Some(a == b);
    }
    if let (Some(a), Some(b)) = (a.downcast::<Bytes>(), b.downcast::<Bytes>()) {
        return Some(a.0 == b.0);
    }
    if (a.is_kind::<Str>() && is_plain(b)) || (b.is_kind::<Str>() && is_plain(a)) {
        return Some(false);
    }
    None
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() || value.is_kind::<Str>() || value.is_kind::<Tuple>() || value.is_kind::<BigInt>()
}

/// The number of a small integer, float or truth value. Integers of 48 bits are floats exactly.
pub(super) fn plain_number(value: &Value) -> Option<f64> {
    if let Some(int) = value.as_small_int() {
        return Some(int as f64);
    }
    value.as_float().or_else(|| value.as_bool().map(|truth| if truth { 1.0 } else { 0.0 }))
}
