//! The table of a set. Its order is CPython's (Objects/setobject.c: linear probes of nine, then a perturbed jump), since scripts
//! print sets of numbers and expect the same order.

use linger_heap::{Emptied, Value};

use super::table::{Probe, same_or_equal, simple_equal};

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

    /// Whether there is no member, and never was.
    #[inline(always)]
    fn is_free(&self) -> bool {
        self.key.is_empty() && self.hash == 0
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

    /// Takes out the memory of a table that was emptied.
    pub fn take_buffers(&mut self) -> Box<dyn Send> {
        debug_assert!(self.is_empty(), "the members are dropped first");
        Box::new(Emptied::from(std::mem::take(self).places))
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

    /// Calls `look` with the places where a member of this hash may be, in the order in which they are tried, until it gives
    /// something. There is always a free place, which ends every search.
    #[inline(always)]
    fn along<R>(&self, hash: u64, mut look: impl FnMut(usize, &Member) -> Option<R>) -> R {
        let mask = self.places.len() - 1;
        let (mut base, mut perturb) = (hash as usize & mask, hash);
        loop {
            let run = if base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for (offset, member) in self.places[base..=base + run].iter().enumerate() {
                if let Some(result) = look(base + offset, member) {
                    return result;
                }
            }
            perturb >>= PERTURB_SHIFT;
            base = base.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// What the first place for a hash says of a key, as most do: whether it is a member.
    #[inline(always)]
    fn at_first(&self, hash: u64, key: &Value) -> Option<bool> {
        let first = self.places.get(hash as usize & self.places.len().wrapping_sub(1))?;
        if first.is_free() {
            return Some(false);
        }
        if first.hash != hash {
            return None;
        }
        if first.key.is(key) { Some(true) } else { simple_equal(&first.key, key).filter(|equal| *equal) }
    }

    /// Whether `key` is a member; nothing if only a script can say.
    #[inline]
    fn has(&self, hash: u64, key: &Value) -> Option<bool> {
        if let Some(known) = self.at_first(hash, key) {
            return Some(known);
        }
        match self.probe(hash, key, 0) {
            Probe::Found(_) => Some(true),
            Probe::Missing => Some(false),
            Probe::Ask { .. } => None,
        }
    }

    /// Searches for `key`, from the start (`from` = 0) or from where a [`Probe::Ask`] said.
    #[inline]
    pub fn probe(&self, hash: u64, key: &Value, from: usize) -> Probe {
        if self.places.is_empty() {
            return Probe::Missing;
        }
        let mut tried = 0;
        self.along(hash, |place, member| {
            tried += 1;
            if member.key.is_empty() {
                return if member.was_removed() { None } else { Some(Probe::Missing) };
            }
            if member.hash != hash || tried <= from {
                return None;
            }
            match same_or_equal(&member.key, key) {
                Some(true) => Some(Probe::Found(place)),
                Some(false) => None,
                None => Some(Probe::Ask { key: member.key.clone(), position: place, next: tried }),
            }
        })
    }

    /// Adds a key that is not a member.
    pub fn insert_new(&mut self, hash: u64, key: Value) {
        if self.places.is_empty() {
            self.resize(0);
        }
        let first = hash as usize & (self.places.len() - 1);
        if self.places[first].is_free() {
            return self.put(None, first, hash, key);
        }
        let mut left = None;
        let free = self.along(hash, |place, member| {
            if member.key.is_empty() {
                if !member.was_removed() {
                    return Some(place);
                }
                left = Some(place);
            }
            None
        });
        self.put(left, free, hash, key);
    }

    /// Adds `key`, if the first place for its hash says whether it is a member, and the table need not grow; says whether it did.
    #[inline]
    pub fn add_at_first(&mut self, hash: u64, key: &Value) -> bool {
        match self.at_first(hash, key) {
            Some(false) if (self.fill + 1) * 5 < (self.places.len() - 1) * 3 => {
                self.put(None, hash as usize & (self.places.len() - 1), hash, key.clone());
                true
            }
            known => known == Some(true),
        }
    }

    /// Adds `key`, unless it is a member, or only a script can say whether it is.
    #[inline]
    pub fn add(&mut self, hash: u64, key: &Value) -> Added {
        if self.places.is_empty() {
            self.resize(0);
        }
        match self.at_first(hash, key) {
            Some(true) => return Added::Known,
            Some(false) => {
                self.put(None, hash as usize & (self.places.len() - 1), hash, key.clone());
                return Added::New;
            }
            None => {}
        }
        let mut left = None;
        let free = self.along(hash, |place, member| {
            if member.key.is_empty() {
                if !member.was_removed() {
                    return Some(Ok(place));
                }
                left = Some(place);
            } else if member.hash == hash {
                if member.key.is(key) {
                    return Some(Err(Added::Known));
                }
                match simple_equal(&member.key, key) {
                    Some(true) => return Some(Err(Added::Known)),
                    Some(false) => {}
                    None => return Some(Err(Added::Ask)),
                }
            }
            None
        });
        match free {
            Ok(free) => {
                self.put(left, free, hash, key.clone());
                Added::New
            }
            Err(added) => added,
        }
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
        let first = hash as usize & (self.places.len() - 1);
        let free = if self.places[first].key.is_empty() {
            first
        } else {
            self.along(hash, |place, member| member.key.is_empty().then_some(place))
        };
        self.places[free] = Member { hash, key };
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

    /// The members that another table has, or those that it has not, in a table of their own. Nothing if only a script can say of one.
    pub fn sifted(&self, other: &SetTable, wanted: bool) -> Option<SetTable> {
        let mut kept = SetTable::default();
        for (hash, key) in self.hashed() {
            if other.has(hash, key)? == wanted {
                kept.insert_new(hash, key.clone());
            }
        }
        Some(kept)
    }

    /// Whether another table has all members of this one, or none of them. Nothing if only a script can say of one.
    pub fn all_in(&self, other: &SetTable, wanted: bool) -> Option<bool> {
        for (hash, key) in self.hashed() {
            if other.has(hash, key)? != wanted {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Removes the members that another table has too, and with `adds` puts in those that it alone has. The place in the other that it
    /// came to, if only a script can say of the member there.
    pub fn toggle(&mut self, other: &SetTable, adds: bool) -> Option<usize> {
        for (place, member) in other.places.iter().enumerate().filter(|(_, member)| !member.key.is_empty()) {
            match self.probe(member.hash, &member.key, 0) {
                // The other table has it still.
                Probe::Found(found) => drop(self.remove_at(found)),
                Probe::Missing if adds => self.insert_new(member.hash, member.key.clone()),
                Probe::Missing => {}
                Probe::Ask { .. } => return Some(place),
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

    /// A copy that has room for a merge of `other_used` members, as [`SetTable::duplicate`] and then
    /// [`SetTable::reserve_for_merge`] would make it.
    pub fn duplicate_for_merge(&self, other_used: usize) -> SetTable {
        let used = self.used;
        let size = if used * 5 >= (MIN_SIZE - 1) * 3 { size_for(used * 2) } else { MIN_SIZE };
        if used == 0 || other_used == 0 || (used + other_used) * 5 < (size - 1) * 3 || size != self.places.len() {
            return self.duplicate();
        }
        self.placed_anew(size_for((used + other_used) * 2))
    }

    /// A copy of another size, its members placed in the order that they have here.
    fn placed_anew(&self, size: usize) -> SetTable {
        let mut copy = SetTable { places: free_places(size), fill: self.used, used: self.used, finger: 0, moves: 0 };
        for (hash, key) in self.hashed() {
            copy.place(hash, key.clone());
        }
        copy
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
        self.placed_anew(size)
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
