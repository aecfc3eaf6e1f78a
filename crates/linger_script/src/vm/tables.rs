//! Dicts, sets and lists as the machine works on them: keys compared by scripts' rules, counters and tracking kept right.

use linger_heap::{Header, Object, Ref, Value};

use super::{Result, Vm};
use crate::objects::{Added, Dict, Entry, List, MISSING, Probe, Set, SetTable, Str, Table, UNSURE};

/// Whether holding `value` makes a dict a candidate of the collector.
#[inline(always)]
pub(crate) fn may_be_tracked(value: &Value) -> bool {
    value.header().is_some_and(|header| header.is_tracked() || header.info().kind == Dict::KIND)
}

/// A value taken out of a container, as if it were cloned and the container's reference dropped: the heap must hear of every
/// reference that a container loses.
pub(crate) fn handed_out(value: Value) -> Value {
    let kept = value.clone();
    drop(value);
    kept
}

impl Vm {
    /// Runs `act` on an object's body and tells the heap if the object's size changed.
    #[inline]
    pub fn mutate<T: Object, R>(&self, object: &Ref<T>, act: impl FnOnce(&T) -> R) -> R {
        let before = object.extra_bytes();
        let result = act(object);
        let after = object.extra_bytes();
        if before != after {
            self.heap.resized(object.header(), after as isize - before as isize);
        }
        result
    }

    /// Drops what was in a container, as many things as `len` says: `at_once`, or, if they are many and the host does not want
    /// that, as those of a container that nothing refers to any more, which `wrap` makes.
    pub fn drop_contents<C>(
        &self,
        contents: C,
        len: usize,
        at_once: impl FnOnce(C),
        wrap: impl FnOnce(&Vm, C) -> Value,
    ) {
        const MANY: usize = 1_000;
        if len > MANY && self.heap.defers_freeing() {
            drop(wrap(self, contents));
        } else {
            at_once(contents);
        }
    }

    /// Drops what was taken out of a list, from the last to the first, as CPython does: scripts see the order of finalizers.
    pub fn drop_items(&self, items: Vec<Value>) {
        let len = items.len();
        let at_once = |items| drop(List { items: std::cell::RefCell::new(items) });
        self.drop_contents(items, len, at_once, Vm::list);
    }

    /// Finds the position of a key in a table that `probe` searches, asking scripts where need be. `generation` tells
    /// whether the table changed meanwhile.
    fn find(
        &mut self,
        key: &Value,
        probe: impl Fn(usize) -> Probe,
        still_there: impl Fn(usize, &Value) -> bool,
    ) -> Result<Option<usize>> {
        let mut from = 0;
        loop {
            match probe(from) {
                Probe::Found(position) => return Ok(Some(position)),
                Probe::Missing => return Ok(None),
                Probe::Ask { key: other, position, next } => {
                    if self.equal(&other, key)? {
                        if still_there(position, &other) {
                            return Ok(Some(position));
                        }
                        from = 0;
                    } else {
                        from = if still_there(position, &other) { next } else { 0 };
                    }
                }
            }
        }
    }

    /// The position of `key` in a dict.
    #[inline]
    pub(crate) fn dict_find(&mut self, dict: &Dict, hash: u64, key: &Value) -> Result<Option<usize>> {
        let first = dict.table.borrow().seek(hash, key);
        match first {
            MISSING => Ok(None),
            position if position < UNSURE => Ok(Some(position)),
            _ => self.find(
                key,
                |from| dict.table.borrow().probe(hash, key, from),
                |position, other| dict.table.borrow().entry(position).is_some_and(|entry| entry.key.is(other)),
            ),
        }
    }

    /// The value of `key` in a dict.
    pub fn dict_get(&mut self, dict: &Dict, key: &Value) -> Result<Option<Value>> {
        let hash = self.hash(key)?;
        let position = self.dict_find(dict, hash, key)?;
        Ok(position.map(|position| dict.table.borrow().value(position).clone()))
    }

    /// Sets the value of `key` in a dict.
    pub fn dict_set(&mut self, dict: &Ref<Dict>, key: Value, value: Value) -> Result<()> {
        let hash = self.hash(&key)?;
        self.dict_set_hashed(dict, hash, key, value)
    }

    /// As [`Vm::dict_set`] with the hash known.
    #[inline]
    pub(crate) fn dict_set_hashed(&mut self, dict: &Ref<Dict>, hash: u64, key: Value, value: Value) -> Result<()> {
        let position = self.dict_find(dict, hash, &key)?;
        self.track_dict(dict.header(), &key, &value);
        match position {
            Some(position) => {
                let old = dict.table.borrow_mut().replace_value(position, value);
                drop(old);
            }
            None => self.mutate(dict, |dict| dict.table.borrow_mut().insert_new(hash, key, value)),
        }
        Ok(())
    }

    /// Replaces the value of a key that the dict has and whose comparison needs no script. Gives the value back where it is not so.
    #[inline]
    pub(crate) fn dict_replace(&self, dict: &Dict, header: &Header, key: &Value, value: Value) -> Option<Value> {
        let Some(hash) = self.hash_simple(key) else { return Some(value) };
        let mut table = dict.table.borrow_mut();
        let position = table.seek(hash, key);
        if position >= UNSURE {
            return Some(value);
        }
        self.track_dict(header, key, &value);
        let old = table.replace_value(position, value);
        drop(table);
        drop(old);
        None
    }

    /// Sets a key that the dict was just seen not to have.
    pub(crate) fn dict_insert_hashed(&mut self, dict: &Ref<Dict>, hash: u64, key: Value, value: Value) {
        self.track_dict(dict.header(), &key, &value);
        self.mutate(dict, |dict| dict.table.borrow_mut().insert_new(hash, key, value));
    }

    #[inline(always)]
    fn track_dict(&self, header: &Header, key: &Value, value: &Value) {
        if !header.is_tracked() && (may_be_tracked(value) || may_be_tracked(key)) {
            header.set_tracked(true);
        }
    }

    /// Removes `key` from a dict and hands out key and value.
    pub fn dict_remove(&mut self, dict: &Ref<Dict>, key: &Value) -> Result<Option<(Value, Value)>> {
        let hash = self.hash(key)?;
        self.dict_remove_hashed(dict, hash, key)
    }

    /// As [`Vm::dict_remove`] with the hash known.
    pub(crate) fn dict_remove_hashed(
        &mut self,
        dict: &Ref<Dict>,
        hash: u64,
        key: &Value,
    ) -> Result<Option<(Value, Value)>> {
        let Some(position) = self.dict_find(dict, hash, key)? else { return Ok(None) };
        let entry = dict.table.borrow_mut().remove_at(position);
        self.heap.moved_out(&entry.key);
        self.heap.moved_out(&entry.value);
        Ok(Some((entry.key, entry.value)))
    }

    /// The value of a string key in a dict.
    /// What a dict has under a key whose comparison needs no script; nothing too where it would need one.
    #[inline]
    pub(crate) fn dict_get_simple(&self, dict: &Dict, key: &Value) -> Option<Value> {
        let hash = self.hash_simple(key)?;
        let table = dict.table.borrow();
        let position = table.seek(hash, key);
        if position < UNSURE { Some(table.value(position).clone()) } else { None }
    }

    /// The value under a Rust string.
    pub fn dict_get_str(&mut self, dict: &Dict, key: &str) -> Option<Value> {
        let key = self.intern(key);
        self.dict_get_name(dict, &key)
    }

    /// The value of a name, which is a string: never runs a script.
    #[inline]
    pub(crate) fn dict_get_name(&self, dict: &Dict, name: &Value) -> Option<Value> {
        let hash = self.hash_str(name);
        let table = dict.table.borrow();
        table.find_str(hash, name).map(|position| table.value(position).clone())
    }

    /// Sets the value of a name, which is a string: never runs a script.
    pub(crate) fn dict_set_name(&self, dict: &Ref<Dict>, name: &Value, value: Value) {
        let hash = self.hash_str(name);
        self.track_dict(dict.header(), name, &value);
        let position = dict.table.borrow().find_str(hash, name);
        match position {
            Some(position) => {
                let old = dict.table.borrow_mut().replace_value(position, value);
                drop(old);
            }
            None => self.mutate(dict, |dict| dict.table.borrow_mut().insert_new(hash, name.clone(), value)),
        }
    }

    /// Removes a name; says whether it was there.
    pub(crate) fn dict_remove_name(&self, dict: &Ref<Dict>, name: &Value) -> bool {
        let hash = self.hash_str(name);
        let position = dict.table.borrow().find_str(hash, name);
        let entry = position.map(|position| dict.table.borrow_mut().remove_at(position));
        entry.is_some()
    }

    /// Sets the value of a string key in a dict.
    pub fn dict_set_str(&mut self, dict: &Ref<Dict>, key: &str, value: Value) {
        let key = self.intern(key);
        self.dict_set_name(dict, &key, value);
    }

    /// The entries of a dict, as they are now.
    pub fn dict_entries(&self, dict: &Dict) -> Vec<(Value, Value)> {
        dict.table.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    }

    /// A dict with the same entries.
    pub fn dict_copy(&self, dict: &Ref<Dict>) -> Ref<Dict> {
        let copy = self.dict();
        copy.header().set_tracked(dict.header().is_tracked());
        let table: Table = dict.table.borrow().duplicate();
        self.mutate(&copy, |body| body.table.replace(table));
        copy
    }

    /// Sets every entry of the dict `from` in `into`.
    pub fn dict_update(&mut self, into: &Ref<Dict>, from: &Ref<Dict>) -> Result<()> {
        let additional = from.table.borrow().len();
        if from.is(into) {
            return Ok(());
        }
        if into.table.borrow().is_empty() {
            if from.header().is_tracked() {
                into.header().set_tracked(true);
            }
            self.mutate(into, |into| into.table.borrow_mut().fill(&from.table.borrow()));
            return Ok(());
        }
        let (mut replaced, mut done) = (Vec::new(), 0);
        let is_tracked = into.header().is_tracked();
        let tracked = self.mutate(into, |into| {
            let (mut into, from) = (into.table.borrow_mut(), from.table.borrow());
            if additional >= into.len() {
                into.reserve(additional);
            }
            let mut tracked = is_tracked;
            for entry in from.iter() {
                let position = into.seek(entry.hash, &entry.key);
                tracked = tracked || may_be_tracked(&entry.value) || may_be_tracked(&entry.key);
                match position {
                    MISSING => into.insert_new(entry.hash, entry.key.clone(), entry.value.clone()),
                    UNSURE => break,
                    position => replaced.push(into.replace_value(position, entry.value.clone())),
                }
                done += 1;
            }
            tracked
        });
        if tracked && !is_tracked {
            into.header().set_tracked(true);
        }
        drop(replaced);
        if done == additional {
            return Ok(());
        }
        // From the first key on that only a script can compare.
        let left = |entry: &Entry| (entry.hash, entry.key.clone(), entry.value.clone());
        let entries: Vec<(u64, Value, Value)> = from.table.borrow().iter().skip(done).map(left).collect();
        for (hash, key, value) in entries {
            self.dict_set_hashed(into, hash, key, value)?;
            // Comparing keys may have run a script.
            if from.table.borrow().len() != additional {
                return Err(self.runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// The position of `key` in a set's table.
    #[inline]
    fn set_find(&mut self, set: &Set, hash: u64, key: &Value) -> Result<Option<usize>> {
        let first = set.table.borrow().probe(hash, key, 0);
        match first {
            Probe::Found(position) => Ok(Some(position)),
            Probe::Missing => Ok(None),
            Probe::Ask { .. } => self.find(
                key,
                |from| set.table.borrow().probe(hash, key, from),
                |position, other| {
                    set.table.borrow().next_from(position).is_some_and(|(at, key)| at == position && key.is(other))
                },
            ),
        }
    }

    /// Whether a set has `key`.
    pub fn set_contains(&mut self, set: &Set, key: &Value) -> Result<bool> {
        let hash = self.hash(key)?;
        self.set_contains_hashed(set, hash, key)
    }

    /// As [`Vm::set_contains`] with the hash known.
    pub(crate) fn set_contains_hashed(&mut self, set: &Set, hash: u64, key: &Value) -> Result<bool> {
        Ok(self.set_find(set, hash, key)?.is_some())
    }

    /// Adds `key` to a set; says whether it was new.
    pub fn set_add(&mut self, set: &Ref<Set>, key: Value) -> Result<bool> {
        let hash = self.hash(&key)?;
        self.set_add_hashed(set, hash, key)
    }

    /// As [`Vm::set_add`] with the hash known.
    #[inline]
    pub(crate) fn set_add_hashed(&mut self, set: &Ref<Set>, hash: u64, key: Value) -> Result<bool> {
        match self.mutate(set, |set| set.table.borrow_mut().add(hash, &key)) {
            Added::New => return Ok(true),
            Added::Known => return Ok(false),
            Added::Ask => {}
        }
        if self.set_find(set, hash, &key)?.is_some() {
            return Ok(false);
        }
        self.mutate(set, |set| set.table.borrow_mut().insert_new(hash, key));
        Ok(true)
    }

    /// Removes `key` from a set; says whether it was there.
    pub fn set_remove(&mut self, set: &Ref<Set>, key: &Value) -> Result<bool> {
        let hash = self.hash(key)?;
        self.set_remove_hashed(set, hash, key)
    }

    /// As [`Vm::set_remove`] with the hash known.
    pub(crate) fn set_remove_hashed(&mut self, set: &Ref<Set>, hash: u64, key: &Value) -> Result<bool> {
        let Some(position) = self.set_find(set, hash, key)? else { return Ok(false) };
        let key = set.table.borrow_mut().remove_at(position);
        drop(key);
        Ok(true)
    }

    /// A table of what an iterable gives.
    pub fn set_table_of(&mut self, iterable: &Value) -> Result<SetTable> {
        if let Some(set) = self.native::<Set>(iterable) {
            return Ok(set.table.borrow().duplicate());
        }
        let set = self.set(SetTable::default(), false).to_ref::<Set>();
        let Some(set) = set else { return Ok(SetTable::default()) };
        crate::builtins::set_add_all(self, &set, iterable)?;
        Ok(self.mutate(&set, |set| set.table.take()))
    }

    /// Appends to a list.
    #[inline]
    pub fn list_push(&self, list: &Ref<List>, item: Value) {
        let mut items = list.items.borrow_mut();
        if items.len() == items.capacity() {
            let before = items.capacity();
            items.push(item);
            let grown = items.capacity() - before;
            drop(items);
            self.heap.resized(list.header(), (grown * size_of::<Value>()) as isize);
        } else {
            items.push(item);
        }
    }

    /// The hash of a string, computed once.
    #[inline(always)]
    pub(crate) fn hash_str(&self, value: &Value) -> u64 {
        match value.downcast::<Str>() {
            Some(body) => body.hash(hash_text),
            None => 0,
        }
    }
}

#[cold]
fn hash_text(text: &str) -> u64 {
    // FNV-like over words: strings of scripts are short and not chosen by an enemy.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ text.len() as u64;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    for byte in chunks.remainder() {
        hash = (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    hash ^ hash >> 29
}
