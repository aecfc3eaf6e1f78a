//! The module `gc`: CPython's window on the collector, over the collector of the heap.
//!
//! Collections have no generations here: every one looks at all candidates, so whatever generation is asked for, all is
//! collected, and the figures of the oldest generation are those of all. The collecting itself is in `vm::memory`.

use linger_heap::{CollectionRecord, Edge, Header, Object, Reason, Value};

use super::support::{Table, between, module, named, none, one};
use crate::objects::{Args, Cell, Dict, Instance, List, Set, Str, Tuple};
use crate::vm::{Result, Vm};

const DEBUG_STATS: u32 = 1;
const DEBUG_COLLECTABLE: u32 = 2;
const DEBUG_UNCOLLECTABLE: u32 = 4;
const DEBUG_SAVEALL: u32 = 32;
const DEBUG_LEAK: u32 = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL;

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "gc", FUNCTIONS);
    let flags = [
        ("DEBUG_STATS", DEBUG_STATS),
        ("DEBUG_COLLECTABLE", DEBUG_COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", DEBUG_UNCOLLECTABLE),
        ("DEBUG_SAVEALL", DEBUG_SAVEALL),
        ("DEBUG_LEAK", DEBUG_LEAK),
    ];
    for (name, flag) in flags {
        let flag = vm.int(flag.into());
        vm.module_set(&module, name, flag);
    }
    let garbage = vm.gc_garbage();
    vm.module_set(&module, "garbage", garbage);
    let callbacks = vm.list(Vec::new());
    vm.gc.callbacks = Some(callbacks.clone());
    vm.module_set(&module, "callbacks", callbacks);
    Ok(module)
}

const FUNCTIONS: Table<'static> = &[
    ("collect", collect),
    ("disable", disable),
    ("enable", enable),
    ("freeze", freeze),
    ("get_count", get_count),
    ("get_debug", get_debug),
    ("get_freeze_count", get_freeze_count),
    ("get_objects", get_objects),
    ("get_referents", get_referents),
    ("get_referrers", get_referrers),
    ("get_stats", get_stats),
    ("get_threshold", get_threshold),
    ("is_finalized", is_finalized),
    ("is_tracked", is_tracked),
    ("isenabled", isenabled),
    ("set_debug", set_debug),
    ("set_threshold", set_threshold),
    ("unfreeze", unfreeze),
];

/// Calls everything in `gc.callbacks`; what they raise is reported and dropped.
fn notify(vm: &mut Vm, phase: &str, collected: u64) {
    let Some(callbacks) = vm.gc.callbacks.clone() else { return };
    let Ok(callbacks) = vm.items(&callbacks) else { return };
    if callbacks.is_empty() {
        return;
    }
    let info = vm.dict();
    for (name, number) in [("generation", 2), ("collected", collected as i64), ("uncollectable", 0)] {
        let number = vm.int(number);
        vm.dict_set_str(&info, name, number);
    }
    let phase = vm.str(phase);
    for callback in callbacks {
        if let Err(raised) = vm.call(&callback, &[phase.clone(), info.to_value()]) {
            vm.report_unraisable(&raised, &callback);
        }
    }
}

/// A full collection with all that a script may have asked to see of it.
pub(crate) fn observed(vm: &mut Vm, reason: Reason) -> CollectionRecord {
    notify(vm, "start", 0);
    let wants_stats = vm.gc.debug & DEBUG_STATS != 0;
    if wants_stats {
        let young = young_candidates(vm);
        let old = vm.gc.live_at_last;
        let frozen = vm.heap().frozen();
        vm.write_stderr(&format!(
            "gc: collecting generation 2...\n\
             gc: objects in each generation: {young} 0 {old}\n\
             gc: objects in permanent generation: {frozen}\n"
        ));
    }
    let record = vm.collect(reason);
    if wants_stats {
        let secs = record.pause_nanos as f64 / 1e9;
        vm.write_stderr(&format!(
            "gc: done, {} unreachable, 0 uncollectable, {secs:.4}s elapsed\n",
            record.unreachable
        ));
    }
    notify(vm, "stop", record.unreachable);
    record
}

fn young_candidates(vm: &Vm) -> u64 {
    vm.heap().tracked_live().saturating_sub(vm.gc.live_at_last)
}

fn collect(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [generation] = named(vm, &args, "collect", ["generation"], 0)?;
    if let Some(generation) = generation {
        let generation = vm.index_i64(&generation)?;
        if !(0..=2).contains(&generation) {
            return Err(vm.value_error("invalid generation"));
        }
    }
    if vm.gc.collecting {
        return Ok(vm.int(0));
    }
    let record = observed(vm, Reason::Script);
    Ok(vm.int(record.unreachable as i64))
}

fn enable(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.enable")?;
    vm.gc.enabled = true;
    Ok(Value::NONE)
}

fn disable(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.disable")?;
    vm.gc.enabled = false;
    Ok(Value::NONE)
}

fn isenabled(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.isenabled")?;
    Ok(Value::bool(vm.gc.enabled))
}

fn set_debug(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let flags = one(vm, &args, "gc.set_debug")?;
    vm.gc.debug = vm.index_i64(flags)? as u32;
    Ok(Value::NONE)
}

fn get_debug(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.get_debug")?;
    Ok(vm.int(vm.gc.debug.into()))
}

fn get_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.get_count")?;
    let young = young_candidates(vm);
    Ok(vm.tuple(vec![vm.int(young as i64), vm.int(0), vm.int(0)]))
}

fn get_threshold(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.get_threshold")?;
    let thresholds = vm.gc.thresholds.map(|threshold| vm.int(threshold));
    Ok(vm.tuple(thresholds.to_vec()))
}

fn set_threshold(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "gc.set_threshold", 1, 3)?;
    for (index, value) in values.iter().enumerate() {
        vm.gc.thresholds[index] = vm.index_i64(value)?;
    }
    Ok(Value::NONE)
}

fn get_stats(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.get_stats")?;
    let mut generations = Vec::new();
    for generation in 0..3 {
        let oldest = generation == 2;
        let (collections, collected) = if oldest { (vm.gc.collections, vm.gc.collected) } else { (0, 0) };
        let stats = vm.dict();
        for (name, number) in [("collections", collections), ("collected", collected), ("uncollectable", 0)] {
            let number = vm.int(number as i64);
            vm.dict_set_str(&stats, name, number);
        }
        generations.push(stats.into_value());
    }
    Ok(vm.list(generations))
}

fn freeze(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.freeze")?;
    vm.heap().freeze();
    Ok(Value::NONE)
}

fn unfreeze(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.unfreeze")?;
    vm.heap().unfreeze();
    Ok(Value::NONE)
}

fn get_freeze_count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    none(vm, &args, "gc.get_freeze_count")?;
    let frozen = vm.heap().frozen();
    Ok(vm.int(frozen as i64))
}

fn is_tracked(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "gc.is_tracked")?;
    Ok(Value::bool(value.header().is_some_and(Header::is_tracked)))
}

fn is_finalized(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "gc.is_finalized")?;
    Ok(Value::bool(value.header().is_some_and(Header::is_finalized)))
}

fn get_objects(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [generation] = named(vm, &args, "get_objects", ["generation"], 0)?;
    if let Some(generation) = super::support::given(generation) {
        // -1 is what CPython's own default is.
        let generation = vm.index_i64(&generation)?.max(-1);
        if generation == -1 {
            return Ok(all_objects(vm));
        }
        if generation > 2 {
            return Err(
                vm.value_error("generation parameter must be less than the number of available generations (3)")
            );
        }
        if generation < 2 {
            return Ok(vm.list(Vec::new()));
        }
    }
    Ok(all_objects(vm))
}

/// A list of all that is tracked.
fn all_objects(vm: &mut Vm) -> Value {
    let mut objects = Vec::new();
    vm.heap().walk(&mut |header| {
        if header.is_tracked() {
            objects.push(vm.heap().hand_out(header));
        }
    });
    // What is about to be freed is not handed out any more.
    objects.retain(|object| !object.is_empty());
    vm.list(objects)
}

/// Whether CPython's objects of the kind have an edge: one of ours is there for the profiler's eyes only.
fn is_shown(header: &Header, edge: &Edge<'_>) -> bool {
    !(header.kind() == Cell::KIND && matches!(edge, Edge::Part("name")))
}

fn get_referrers(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::support::no_keywords(vm, &args, "gc.get_referrers")?;
    let mut found = Vec::new();
    vm.heap().walk(&mut |header| {
        if !header.is_tracked() || header.count() == 0 {
            return;
        }
        let mut refers = false;
        header.traverse(&mut |_, child| refers |= child.is_object() && args.values.iter().any(|value| value.is(child)));
        if refers {
            found.push(vm.heap().hand_out(header));
        }
    });
    found.retain(|object| !object.is_empty());
    Ok(vm.list(found))
}

fn get_referents(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::support::no_keywords(vm, &args, "gc.get_referents")?;
    let mut found = Vec::new();
    for value in args.values {
        // A traversal passes over numbers, which CPython shows.
        if let Some(list) = value.downcast::<List>() {
            found.extend(list.items.borrow().iter().rev().cloned());
        } else if let Some(tuple) = value.downcast::<Tuple>() {
            found.extend(tuple.items.iter().rev().cloned());
        } else if let Some(dict) = value.downcast::<Dict>() {
            // A dict of strings shows its values alone.
            let table = dict.table.borrow();
            let all_texts = table.iter().all(|entry| entry.key.is_kind::<Str>());
            for entry in table.iter() {
                found.push(entry.value.clone());
                if !all_texts {
                    found.push(entry.key.clone());
                }
            }
        } else if let Some(set) = value.downcast::<Set>() {
            found.extend(set.table.borrow().iter().cloned());
        } else if let Some(instance) = value.downcast::<Instance>() {
            found.push(instance.class.get());
            let slots = (0..instance.slots.len()).map(|slot| instance.slots.get(slot));
            found.extend(slots.filter(|value| !value.is_empty()));
        } else if let Some(header) = value.header() {
            header.traverse(&mut |edge, child| {
                if !child.is_empty() && is_shown(header, &edge) {
                    found.push(child.clone());
                }
            });
        }
    }
    Ok(vm.list(found))
}
