//! The table of a set. Its order is CPython's (Objects/setobject.c: linear probes of nine, then a perturbed jump), since scripts
//! print sets of numbers and expect the same order.

use linger_heap::Value;

use super::table::{Probe, simple_equal};

const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
const MIN_SIZE: usize = 8;

#[derive(Debug)]
struct Member {
    /// The key's hash. Of a place without a key, whether its member was removed.
    hash: u64,
    /// Empty if the place is free, or its member was removed.
    key: Value,
}

impl Member {
    const FREE: Member = Member { hash: 0, key: Value::EMPTY };

    #[inline(always)]
    fn was_removed(&self) -> bool {
        self.hash != 0
    }
}

/// What came of adding a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// It is a member now.
    New,
    /// It was one.
    Known,
    /// Whether it is one, only a script can say.
    Ask,
}

/// The table of a set.
#[derive(Debug, Default)]
pub struct SetTable {
    places: Vec<Member>,
    /// Members and removed ones.
    fill: usize,
    used: usize,
    /// Where the next `pop` looks first.
    finger: usize,
    /// Changes whenever members change their places, for whoever goes through the table in pieces.
    moves: u16,
}

/// A place to go on from has the table's count of moves above it.
const MOVES_SHIFT: u32 = 48;

/// The order in which places are tried for a hash.
struct Places {
    mask: usize,
    base: usize,
    left: usize,
    offset: usize,
    perturb: u64,
}

impl Places {
    #[inline(always)]
    fn new(hash: u64, mask: usize) -> Places {
        let mut places = Places { mask, base: hash as usize & mask, left: 0, offset: 0, perturb: hash };
        places.left = places.run();
        places
    }

    #[inline(always)]
    fn run(&self) -> usize {
        if self.base + LINEAR_PROBES <= self.mask { LINEAR_PROBES } else { 0 }
    }
}

impl Iterator for Places {
    type Item = usize;
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let place = self.base + self.offset;
        if self.offset < self.left {
            self.offset += 1;
        } else {
            self.perturb >>= PERTURB_SHIFT;
            self.base = self.base.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & self.mask;
            self.offset = 0;
            self.left = self.run();
        }
        Some(place)
    }
}

impl SetTable {
    /// The number of members.
    pub fn len(&self) -> usize {
        self.used
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Bytes of the table.
    pub fn heap_bytes(&self) -> usize {
        self.places.capacity() * size_of::<Member>()
    }

    /// The members at `limit` places from the place `from` on (0 is the start), and the place to go on from, if some are left.
    /// Goes on from the start if members have changed their places since.
    pub fn piece(&self, from: usize, limit: usize) -> (impl Iterator<Item = &Value>, Option<usize>) {
        let (moves, place) = (from >> MOVES_SHIFT, from & ((1 << MOVES_SHIFT) - 1));
        let start = if moves == usize::from(self.moves) { place.min(self.places.len()) } else { 0 };
        let end = start.saturating_add(limit).min(self.places.len());
        let next = (end < self.places.len()).then_some(end | usize::from(self.moves) << MOVES_SHIFT);
        (self.places[start..end].iter().map(|member| &member.key).filter(|key| !key.is_empty()), next)
    }

    /// Takes out the members at the next `limit` places, and says whether some are left: for a table that is emptied.
    pub fn take_some(&mut self, limit: usize) -> (Vec<Value>, bool) {
        let mut taken = Vec::new();
        for _ in 0..limit.min(self.places.len()) {
            let place = self.finger & (self.places.len() - 1);
            self.finger = place + 1;
            if !self.places[place].key.is_empty() {
                taken.push(self.remove_at(place));
            }
        }
        (taken, self.used > 0)
    }

    /// The members in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Value> {
        self.places.iter().map(|member| &member.key).filter(|key| !key.is_empty())
    }

    /// The members with their hashes.
    pub fn hashed(&self) -> impl Iterator<Item = (u64, &Value)> {
        self.places.iter().filter(|member| !member.key.is_empty()).map(|member| (member.hash, &member.key))
    }

    /// The first position from `position` on that has a member, and the member.
    pub fn next_from(&self, position: usize) -> Option<(usize, &Value)> {
        let rest = self.places.get(position..)?;
        let found = rest.iter().position(|member| !member.key.is_empty())?;
        Some((position + found, &rest[found].key))
    }

    /// The first member at or behind a place: its place, its hash and itself.
    #[inline]
    pub fn member_from(&self, place: usize) -> Option<(usize, u64, &Value)> {
        let rest = self.places.get(place..)?;
        let found = rest.iter().position(|member| !member.key.is_empty())?;
        Some((place + found, rest[found].hash, &rest[found].key))
    }

    /// Searches for `key`, from the start (`from` = 0) or from where a [`Probe::Ask`] said.
    #[inline]
    pub fn probe(&self, hash: u64, key: &Value, from: usize) -> Probe {
        if self.places.is_empty() {
            return Probe::Missing;
        }
        for (tried, place) in Places::new(hash, self.places.len() - 1).enumerate() {
            let member = &self.places[place];
            if member.key.is_empty() {
                if member.was_removed() {
                    continue;
                }
                return Probe::Missing;
            }
            if member.hash == hash && tried >= from {
                let equal = if member.key.is(key) { Some(true) } else { simple_equal(&member.key, key) };
                match equal {
                    Some(true) => return Probe::Found(place),
                    Some(false) => {}
                    None => return Probe::Ask { key: member.key.clone(), position: place, next: tried + 1 },
                }
            }
        }
        Probe::Missing
    }

    /// Adds a key that is not a member.
    pub fn insert_new(&mut self, hash: u64, key: Value) {
        if self.places.is_empty() {
            self.resize(0);
        }
        let mut left = None;
        for place in Places::new(hash, self.places.len() - 1) {
            let member = &self.places[place];
            if member.key.is_empty() {
                if !member.was_removed() {
                    return self.put(left, place, hash, key);
                }
                left = Some(place);
            }
        }
    }

    /// Adds `key`, unless it is a member, or only a script can say whether it is.
    #[inline]
    pub fn add(&mut self, hash: u64, key: &Value) -> Added {
        if self.places.is_empty() {
            self.resize(0);
        }
        let mut left = None;
        for place in Places::new(hash, self.places.len() - 1) {
            let member = &self.places[place];
            if member.key.is_empty() {
                if !member.was_removed() {
                    self.put(left, place, hash, key.clone());
                    break;
                }
                left = Some(place);
            } else if member.hash == hash {
                if member.key.is(key) {
                    return Added::Known;
                }
                match simple_equal(&member.key, key) {
                    Some(true) => return Added::Known,
                    Some(false) => {}
                    None => return Added::Ask,
                }
            }
        }
        Added::New
    }

    /// Puts a new member where its way through the table ends: at the last place on it that a member was removed from, else at
    /// the free one. Makes room if the table is full by then.
    #[inline(always)]
    fn put(&mut self, left: Option<usize>, free: usize, hash: u64, key: Value) {
        self.used += 1;
        self.places[left.unwrap_or(free)] = Member { hash, key };
        if left.is_some() {
            return;
        }
        self.fill += 1;
        let mask = self.places.len() - 1;
        if self.fill * 5 >= mask * 3 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Puts a key that is no member into a table that has room and that no member was removed from.
    #[inline(always)]
    fn place(&mut self, hash: u64, key: Value) {
        for place in Places::new(hash, self.places.len() - 1) {
            if self.places[place].key.is_empty() {
                self.places[place] = Member { hash, key };
                return;
            }
        }
    }

    /// Adds the members of another table from a place on. The place it came to, if only a script can say whether the member
    /// there is new.
    pub fn merge(&mut self, other: &SetTable, from: usize) -> Option<usize> {
        for (place, member) in other.places.iter().enumerate().skip(from) {
            if !member.key.is_empty() && self.add(member.hash, &member.key) == Added::Ask {
                return Some(place);
            }
        }
        None
    }

    /// Makes the table anew if more than a quarter of its places had members that were removed: what CPython does after it
    /// has taken a whole set's members out.
    pub fn shed_removed(&mut self) {
        if !self.places.is_empty() && self.fill - self.used > (self.places.len() - 1) / 4 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Makes the table large enough for more than `least` members.
    fn resize(&mut self, least: usize) {
        let fresh = free_places(size_for(least));
        let old = std::mem::replace(&mut self.places, fresh);
        self.fill = self.used;
        self.moves = self.moves.wrapping_add(1);
        for member in old {
            if !member.key.is_empty() {
                self.place(member.hash, member.key);
            }
        }
    }

    /// Makes room before the members of another table of `other_used` members are merged in, as CPython does.
    pub fn reserve_for_merge(&mut self, other_used: usize) {
        if self.places.is_empty() {
            self.resize(0);
        }
        let mask = self.places.len() - 1;
        if (self.fill + other_used) * 5 >= mask * 3 {
            self.resize((self.used + other_used) * 2);
        }
    }

    /// A copy, with the same places where CPython's `set_merge` gives them.
    pub fn duplicate(&self) -> SetTable {
        if self.used == 0 {
            return SetTable::default();
        }
        let size = if self.used * 5 >= (MIN_SIZE - 1) * 3 { size_for(self.used * 2) } else { MIN_SIZE };
        if self.fill == self.used && size == self.places.len() {
            let places =
                self.places.iter().map(|member| Member { hash: member.hash, key: member.key.clone() }).collect();
            return SetTable { places, fill: self.fill, used: self.used, finger: 0, moves: 0 };
        }
        let mut copy =
            SetTable { places: free_places(size), fill: self.used, used: self.used, finger: 0, moves: 0 };
        for (hash, key) in self.hashed() {
            copy.place(hash, key.clone());
        }
        copy
    }

    /// Takes out a member: the next one in the table after the one taken last.
    pub fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let mask = self.places.len() - 1;
        let mut place = self.finger & mask;
        while self.places[place].key.is_empty() {
            place = (place + 1) & mask;
        }
        self.finger = place + 1;
        Some(self.remove_at(place))
    }

    /// Removes the member at a position that a search found.
    pub fn remove_at(&mut self, place: usize) -> Value {
        self.used -= 1;
        std::mem::replace(&mut self.places[place], Member { hash: 1, key: Value::EMPTY }).key
    }
}

/// The size of a table for more than `least` members.
fn size_for(least: usize) -> usize {
    let mut size = MIN_SIZE;
    while size <= least {
        size *= 2;
    }
    size
}

fn free_places(size: usize) -> Vec<Member> {
    (0..size).map(|_| Member::FREE).collect()
}
