//! A game-like load: a large graph of living objects that scripts rewire, temporary objects, and closures that refer to
//! themselves.

use std::cell::RefCell;

use linger_heap::{Heap, TypeId, Value, ValueCell};

use crate::kinds::{Cell, Dict, Function, Instance, KINDS, List, Text, Tuple};

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
pub struct Random(u64);

impl Random {
    /// A generator that begins with `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed | 1)
    }

    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// The rows of the types that the load uses.
pub struct Types {
    cell: TypeId,
    tuple: TypeId,
    function: TypeId,
    entity: TypeId,
    list: TypeId,
    dict: TypeId,
    text: TypeId,
    old: TypeId,
}

/// The load: a heap and the roots of what lives in it.
pub struct Load {
    /// The heap.
    pub heap: Heap,
    /// Its types.
    pub types: Types,
    /// A list of all entities, and the variables of the module.
    roots: Vec<Value>,
    old_cycles: Vec<Value>,
    random: Random,
    dropped_closures: u64,
    entities: usize,
    frame: u32,
}

/// Tracked objects of one entity: an instance, a list and a dict.
const OBJECTS_AN_ENTITY: usize = 3;
/// The same with its name.
const ALL_AN_ENTITY: usize = 4;
/// Attributes of an entity: list, dict, two others.
const OTHERS: usize = 2;

impl Load {
    /// A load with about `live` tracked objects, and `old_cycles` cycles that can be dropped later.
    pub fn new(live: usize, old_cycles: usize) -> Load {
        let heap = Heap::new(KINDS);
        let types = Types {
            cell: heap.type_id("cell"),
            tuple: heap.type_id("tuple"),
            function: heap.type_id("function"),
            entity: heap.type_id("Entity"),
            list: heap.type_id("list"),
            dict: heap.type_id("dict"),
            text: heap.type_id("str"),
            old: heap.type_id("OldCycle"),
        };
        let mut load = Load {
            heap,
            types,
            roots: Vec::new(),
            old_cycles: Vec::new(),
            random: Random::new(0x5EED),
            dropped_closures: 0,
            entities: 0,
            frame: 0,
        };
        let globals = load.dict(Vec::new());
        let count = (live / OBJECTS_AN_ENTITY).max(8);
        let entities: Vec<Value> = (0..count).map(|_| load.entity()).collect();
        for entity in &entities {
            for _ in 0..OTHERS {
                let other = entities[load.random.below(count)].clone();
                push_slot(&load.heap, entity, other);
            }
            let list = slot(entity, 0);
            let other = entities[load.random.below(count)].clone();
            push_item(&load.heap, &list, other);
        }
        load.old_cycles = (0..old_cycles).map(|index| load.old_cycle(entities[index % count].clone())).collect();
        load.entities = entities.len();
        let all = load.list(entities);
        load.roots = vec![all, globals];
        load
    }

    /// Calls `visit` for all values outside of objects.
    pub fn each_root(&self, visit: &mut dyn FnMut(&Value)) {
        self.roots.iter().chain(&self.old_cycles).for_each(visit);
    }

    /// The collector's step at the end of a frame.
    pub fn step(&self, budget_nanos: u64) -> linger_heap::StepRecord {
        self.heap.collect_step(budget_nanos, &mut |visit| self.each_root(visit))
    }

    /// What scripts do in a frame: allocate `objects`, drop `closures` closures that refer to themselves, and rewire.
    pub fn frame(&mut self, objects: usize, closures: usize, rewired: usize) {
        self.frame += 1;
        self.heap.set_frame(self.frame);
        for index in 0..objects / 2 {
            // A temporary list with a temporary text, as an update of an entity makes them; one in twenty also holds the entity.
            let text = self.text("position");
            let entity = if index % 20 == 0 { self.any_entity() } else { Value::NONE };
            let list = self.list(vec![text, entity, Value::small_int(index as i64).unwrap_or(Value::NONE)]);
            drop(list.clone());
        }
        for _ in 0..closures {
            drop(self.closure());
        }
        self.dropped_closures += closures as u64;
        for index in 0..rewired {
            // The entity that is written to is borrowed, as a machine does it; the one that is referred to gets a count.
            let to = self.any_entity();
            let fresh = (index % 4 == 0).then(|| self.list(vec![to.clone()]));
            let from = self.random.below(self.entities);
            let Some(all) = self.roots[0].downcast::<List>() else { continue };
            let items = all.items.borrow();
            let Some(instance) = items[from].downcast::<Instance>() else { continue };
            match fresh {
                Some(fresh) => drop(instance.slots.replace(0, fresh)),
                None => drop(instance.slots.replace(2 + index % OTHERS, to)),
            }
        }
    }

    /// Nothing but time goes by.
    pub fn quiet_frame(&mut self) {
        self.frame += 1;
        self.heap.set_frame(self.frame);
    }

    /// The closures that were dropped so far.
    pub fn dropped_closures(&self) -> u64 {
        self.dropped_closures
    }

    /// Drops one of the old cycles: two objects.
    pub fn drop_old_cycle(&mut self) {
        self.old_cycles.pop();
    }

    /// The lingering objects of a type, as the heap shows them.
    fn shown(&self, id: TypeId) -> u64 {
        let rows = self.heap.lingering_by_type();
        rows.iter().find(|(other, _)| *other == id).map_or(0, |(_, tally)| tally.objects)
    }

    /// The closures that are shown as lingering.
    pub fn shown_closures(&self) -> u64 {
        self.shown(self.types.function)
    }

    /// The closures that the collector has freed.
    pub fn freed_closures(&self) -> u64 {
        self.heap.type_rows()[self.types.function.index()].freed_by_collector
    }

    /// The objects of old cycles that are shown as lingering.
    pub fn shown_old(&self) -> u64 {
        self.shown(self.types.old)
    }

    /// Attaches a graph of about `objects` objects to the roots; [`Load::drop_level`] takes it away.
    pub fn add_level(&mut self, objects: usize) {
        let entities: Vec<Value> = (0..objects / ALL_AN_ENTITY).map(|_| self.entity()).collect();
        let level = self.list(entities);
        self.roots.push(level);
    }

    /// Drops the level that was added last.
    pub fn drop_level(&mut self) {
        self.roots.pop();
    }

    fn any_entity(&mut self) -> Value {
        let Some(all) = self.roots[0].downcast::<List>() else { return Value::NONE };
        let all = all.items.borrow();
        all[self.random.below(all.len())].clone()
    }

    /// An entity with an empty list and a dict of two entries.
    pub fn entity(&self) -> Value {
        let entity = self.heap.alloc_grow(
            self.types.entity,
            4,
            |slots| Instance { shape: 0, slots },
            |instance| &instance.slots,
            |_| (),
        );
        let entity = entity.into_value();
        push_slot(&self.heap, &entity, self.list(Vec::new()));
        let name = self.text("name");
        let speed = Value::small_int(3).unwrap_or(Value::NONE);
        push_slot(&self.heap, &entity, self.dict(vec![(name, Value::NONE), (speed, Value::TRUE)]));
        entity
    }

    /// A list.
    pub fn list(&self, items: Vec<Value>) -> Value {
        self.heap.alloc(self.types.list, List { items: RefCell::new(items) }).into_value()
    }

    /// A dict.
    pub fn dict(&self, entries: Vec<(Value, Value)>) -> Value {
        self.heap.alloc(self.types.dict, Dict { entries: RefCell::new(entries) }).into_value()
    }

    /// A text.
    pub fn text(&self, text: &str) -> Value {
        self.heap.alloc_text(self.types.text, text, |text| Text { text }, |text| &text.text).into_value()
    }

    /// A text that was built, with a buffer of its own if it is long.
    pub fn string(&self, text: String) -> Value {
        self.heap.alloc_string(self.types.text, text, |text| Text { text }, |text| &text.text).into_value()
    }

    /// A function that refers to itself: cell, tuple and function.
    pub fn closure(&self) -> Value {
        let cell = self.heap.alloc(self.types.cell, Cell { contents: ValueCell::default() });
        let cells = [cell.to_value()].into_iter();
        let closure = self.heap.alloc_fixed(self.types.tuple, cells, |items| Tuple { items }).into_value();
        let globals = self.roots.get(1).cloned().unwrap_or(Value::NONE);
        let function = Function { closure: ValueCell::new(closure), globals: ValueCell::new(globals) };
        let function = self.heap.alloc(self.types.function, function);
        cell.contents.set(function.to_value());
        function.into_value()
    }

    /// Two objects that refer to each other, and to an entity.
    fn old_cycle(&self, entity: Value) -> Value {
        let make = || {
            self.heap
                .alloc_grow(self.types.old, 2, |slots| Instance { shape: 0, slots }, |instance| &instance.slots, |_| ())
                .into_value()
        };
        let (a, b) = (make(), make());
        push_slot(&self.heap, &a, b.clone());
        push_slot(&self.heap, &b, a.clone());
        push_slot(&self.heap, &b, entity);
        a
    }
}

fn push_slot(heap: &Heap, instance: &Value, value: Value) {
    if let (Some(header), Some(instance)) = (instance.header(), instance.downcast::<Instance>()) {
        let grown = instance.slots.push(value);
        if grown > 0 {
            heap.resized(header, grown as isize);
        }
    }
}

fn push_item(heap: &Heap, list: &Value, value: Value) {
    if let (Some(header), Some(list)) = (list.header(), list.downcast::<List>()) {
        let mut items = list.items.borrow_mut();
        let before = items.capacity();
        items.push(value);
        let grown = (items.capacity() - before) * size_of::<Value>();
        heap.resized(header, grown as isize);
    }
}

fn slot(instance: &Value, index: usize) -> Value {
    instance.downcast::<Instance>().map_or(Value::NONE, |instance| instance.slots.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_load_accounts_for_every_count() {
        let mut load = Load::new(1000, 2);
        for _ in 0..5 {
            load.frame(200, 30, 50);
            load.step(200_000);
        }
        load.drop_old_cycle();
        load.heap.verify(&mut |visit| load.each_root(visit)).expect("all counts are right");
        assert_eq!(load.heap.find_unreachable().objects.len(), 5 * 30 * 3 + 2);
    }
}
