//! Union, intersection and the like on sets, in the order of insertion that CPython's Objects/setobject.c has, since that order
//! decides the order in which a set is printed.
//!
//! Works with tables and hashes; results are tables that the caller makes sets of.

use linger_heap::{Ref, Value};

use crate::objects::{Added, Dict, Set, SetTable};
use crate::vm::{BinaryOp, Result, Vm, items_of};

/// Calls `act` with each member of a set and its hash. Comparing members may run a script, which may change the set: what
/// is a member when its turn comes is seen.
fn each_member(
    vm: &mut Vm,
    set: &Set,
    mut from: usize,
    mut act: impl FnMut(&mut Vm, u64, Value) -> Result<()>,
) -> Result<()> {
    while let Some((place, hash, key)) = member_from(set, from) {
        from = place + 1;
        act(vm, hash, key)?;
    }
    Ok(())
}

/// Whether `test` holds for each member of a set, up to the first for which it does not.
fn all_members(vm: &mut Vm, set: &Set, mut test: impl FnMut(&mut Vm, u64, &Value) -> Result<bool>) -> Result<bool> {
    let mut from = 0;
    while let Some((place, hash, key)) = member_from(set, from) {
        from = place + 1;
        if !test(vm, hash, &key)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[inline(always)]
fn member_from(set: &Set, from: usize) -> Option<(usize, u64, Value)> {
    set.table.borrow().member_from(from).map(|(place, hash, key)| (place, hash, key.clone()))
}

fn new_set(vm: &mut Vm, table: SetTable) -> Result<Ref<Set>> {
    match vm.set(table, false).to_ref::<Set>() {
        Some(set) => Ok(set),
        None => Err(vm.runtime_error("a set is not a set")),
    }
}

fn into_table(vm: &mut Vm, set: &Ref<Set>) -> SetTable {
    vm.mutate(set, |set| set.table.take())
}

/// A set of what an iterable gives, for one operation: `other` itself if it is a set.
pub(super) fn as_set(vm: &mut Vm, other: &Value) -> Result<Ref<Set>> {
    if let Some(set) = vm.native::<Set>(other) {
        return Ok(set);
    }
    let set = new_set(vm, SetTable::default())?;
    add_all(vm, &set, other)?;
    Ok(set)
}

/// Adds everything that an iterable gives.
pub(crate) fn add_all(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<()> {
    if let Some(other) = vm.native::<Set>(other) {
        if other.is(set) || other.table.borrow().is_empty() {
            return Ok(());
        }
        if set.table.borrow().is_empty() {
            let table = other.table.borrow().duplicate();
            let old = vm.mutate(set, |set| set.table.replace(table));
            drop(old);
            return Ok(());
        }
        let asked = vm.mutate(set, |set| {
            let (mut table, other) = (set.table.borrow_mut(), other.table.borrow());
            table.reserve_for_merge(other.len());
            table.merge(&other, 0)
        });
        // From the first member on that only a script can compare.
        return match asked {
            Some(from) => each_member(vm, &other, from, |vm, hash, key| vm.set_add_hashed(set, hash, key).map(drop)),
            None => Ok(()),
        };
    }
    if let Some(dict) = vm.native::<Dict>(other).filter(|_| other.is_kind::<Dict>()) {
        let keys: Vec<(u64, Value)> = dict.table.borrow().iter().map(|entry| (entry.hash, entry.key.clone())).collect();
        vm.mutate(set, |set| set.table.borrow_mut().reserve_for_merge(keys.len()));
        for (hash, key) in keys {
            vm.set_add_hashed(set, hash, key)?;
        }
        return Ok(());
    }
    if items_of(other).is_some() {
        let mut index = add_plain(vm, set, other);
        while let Some(item) = items_of(other).and_then(|items| items.get(index).cloned()) {
            vm.burn()?;
            vm.set_add(set, item)?;
            index += 1;
        }
        return Ok(());
    }
    if let Some(characters) = vm.characters_of(other)? {
        vm.mutate(set, |set| {
            let mut table = set.table.borrow_mut();
            for character in &characters {
                table.add(vm.hash_str(character), character);
            }
        });
        return Ok(());
    }
    vm.for_each(other, |vm, item| vm.set_add(set, item).map(drop))
}

/// Adds the items of a list or tuple up to the first that only a script can hash or compare; returns its index.
fn add_plain(vm: &Vm, set: &Ref<Set>, other: &Value) -> usize {
    let Some(items) = items_of(other) else { return 0 };
    vm.mutate(set, |set| {
        let mut table = set.table.borrow_mut();
        let added = |item: &Value| vm.hash_simple(item).map(|hash| table.add(hash, item));
        items.iter().map(added).take_while(|added| matches!(added, Some(Added::New | Added::Known))).count()
    })
}

/// What is in one or the other.
pub(crate) fn union(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<SetTable> {
    let other_set = vm.native::<Set>(other);
    if other_set.as_ref().is_some_and(|other| other.is(set)) {
        let table = set.table.borrow().duplicate();
        return Ok(table);
    }
    let other_used = other_set.map_or(0, |other| other.table.borrow().len());
    let table = set.table.borrow().duplicate_for_merge(other_used);
    let result = new_set(vm, table)?;
    add_all(vm, &result, other)?;
    Ok(into_table(vm, &result))
}

/// What is in both.
pub(crate) fn intersection(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<SetTable> {
    if let Some(other) = vm.native::<Set>(other) {
        if other.is(set) {
            return Ok(set.table.borrow().duplicate());
        }
        let larger = other.table.borrow().len() > set.table.borrow().len();
        let (searched, walked) = if larger { (&other, set) } else { (set, &other) };
        if let Some(table) = walked.table.borrow().sifted(&searched.table.borrow(), true) {
            return Ok(table);
        }
        let result = new_set(vm, SetTable::default())?;
        each_member(vm, walked, 0, |vm, hash, key| {
            if vm.set_contains_hashed(searched, hash, &key)? {
                vm.set_add_hashed(&result, hash, key)?;
            }
            Ok(())
        })?;
        Ok(into_table(vm, &result))
    } else {
        let result = new_set(vm, SetTable::default())?;
        vm.for_each(other, |vm, item| {
            let hash = vm.hash(&item)?;
            if vm.set_contains_hashed(set, hash, &item)? {
                vm.set_add_hashed(&result, hash, item)?;
            }
            Ok(())
        })?;
        Ok(into_table(vm, &result))
    }
}

/// Removes everything that an iterable gives.
pub(super) fn remove_all(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<()> {
    if let Some(other) = vm.native::<Set>(other) {
        if other.is(set) {
            let old = vm.mutate(set, |set| set.table.take());
            drop(old);
            return Ok(());
        }
        let asked = set.table.borrow_mut().toggle(&other.table.borrow(), false);
        if let Some(from) = asked {
            each_member(vm, &other, from, |vm, hash, key| vm.set_remove_hashed(set, hash, &key).map(drop))?;
        }
    } else {
        vm.for_each(other, |vm, item| vm.set_remove(set, &item).map(drop))?;
    }
    vm.mutate(set, |set| set.table.borrow_mut().shed_removed());
    Ok(())
}

/// What is in the first and not in the other.
pub(crate) fn difference(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<SetTable> {
    let other_set = vm.native::<Set>(other);
    let dict = vm.native::<Dict>(other);
    let other_len = match (&other_set, &dict) {
        (Some(other), _) => Some(other.table.borrow().len()),
        (None, Some(dict)) => Some(dict.table.borrow().len()),
        (None, None) => None,
    };
    let own_len = set.table.borrow().len();
    // Few to remove: a copy without them keeps its places. Otherwise what stays is put into a table of its own.
    if other_len.is_none_or(|len| own_len >> 2 > len) {
        let table = set.table.borrow().duplicate();
        let result = new_set(vm, table)?;
        remove_all(vm, &result, other)?;
        return Ok(into_table(vm, &result));
    }
    if let Some(other) = &other_set
        && let Some(table) = set.table.borrow().sifted(&other.table.borrow(), false)
    {
        return Ok(table);
    }
    let result = new_set(vm, SetTable::default())?;
    each_member(vm, set, 0, |vm, hash, key| {
        let found = match (&other_set, &dict) {
            (Some(other), _) => vm.set_contains_hashed(other, hash, &key)?,
            (None, Some(dict)) => vm.dict_find(dict, hash, &key)?.is_some(),
            (None, None) => false,
        };
        if !found {
            vm.set_add_hashed(&result, hash, key)?;
        }
        Ok(())
    })?;
    Ok(into_table(vm, &result))
}

fn toggle(vm: &mut Vm, set: &Ref<Set>, hash: u64, key: Value) -> Result<()> {
    if !vm.set_remove_hashed(set, hash, &key)? {
        vm.set_add_hashed(set, hash, key)?;
    }
    Ok(())
}

/// Removes what both have and adds what only the other has.
pub(super) fn toggle_all(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<()> {
    let other = as_set(vm, other)?;
    if other.is(set) {
        let old = vm.mutate(set, |set| set.table.take());
        drop(old);
        return Ok(());
    }
    toggle_members(vm, set, &other)
}

/// Toggles each member of another set.
fn toggle_members(vm: &mut Vm, set: &Ref<Set>, other: &Set) -> Result<()> {
    match vm.mutate(set, |set| set.table.borrow_mut().toggle(&other.table.borrow(), true)) {
        Some(from) => each_member(vm, other, from, |vm, hash, key| toggle(vm, set, hash, key)),
        None => Ok(()),
    }
}

/// What is in exactly one of the two.
pub(crate) fn symmetric_difference(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<SetTable> {
    let other = as_set(vm, other)?;
    let table = other.table.borrow().duplicate();
    let result = new_set(vm, table)?;
    toggle_members(vm, &result, set)?;
    Ok(into_table(vm, &result))
}

/// An operator of two sets, or of views of keys or items; nothing if it is not theirs.
pub(crate) fn operator(vm: &mut Vm, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
    let (Some(left), Some(_)) = (a.to_ref::<Set>(), b.to_ref::<Set>()) else {
        return super::dict_views::operator(vm, op, a, b);
    };
    if in_place && !left.frozen {
        match op {
            BinaryOp::Or => add_all(vm, &left, b)?,
            BinaryOp::Sub => remove_all(vm, &left, b)?,
            BinaryOp::Xor => toggle_all(vm, &left, b)?,
            _ => {
                let table = intersection(vm, &left, b)?;
                let old = vm.mutate(&left, |left| left.table.replace(table));
                drop(old);
            }
        }
        return Ok(Some(a.clone()));
    }
    let table = match op {
        BinaryOp::Or => union(vm, &left, b)?,
        BinaryOp::Sub => difference(vm, &left, b)?,
        BinaryOp::Xor => symmetric_difference(vm, &left, b)?,
        _ => intersection(vm, &left, b)?,
    };
    Ok(Some(vm.set(table, left.frozen)))
}

/// Whether all members of the first are in the second.
pub(crate) fn is_subset(vm: &mut Vm, set: &Ref<Set>, other: &Ref<Set>) -> Result<bool> {
    if set.table.borrow().len() > other.table.borrow().len() {
        return Ok(false);
    }
    if let Some(answer) = set.table.borrow().all_in(&other.table.borrow(), true) {
        return Ok(answer);
    }
    all_members(vm, set, |vm, hash, key| vm.set_contains_hashed(other, hash, key))
}

/// Whether the two have no member in common.
pub(super) fn is_disjoint(vm: &mut Vm, set: &Ref<Set>, other: &Value) -> Result<bool> {
    if let Some(other) = vm.native::<Set>(other) {
        if other.is(set) {
            return Ok(set.table.borrow().is_empty());
        }
        let larger = other.table.borrow().len() > set.table.borrow().len();
        let (searched, walked) = if larger { (&other, set) } else { (set, &other) };
        if let Some(answer) = walked.table.borrow().all_in(&searched.table.borrow(), false) {
            return Ok(answer);
        }
        return all_members(vm, walked, |vm, hash, key| Ok(!vm.set_contains_hashed(searched, hash, key)?));
    }
    Ok(!vm.any_item(other, |vm, item| vm.set_contains(set, &item))?)
}
