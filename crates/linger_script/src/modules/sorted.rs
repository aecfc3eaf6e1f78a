//! `bisect` and `heapq`: lists that are kept in order, wholly or as a heap.

use linger_heap::{Ref, Value};

use super::support::{Table, between, exactly, given, module, named, one};
use crate::objects::{Args, List, simple_order};
use crate::vm::{Result, Vm, handed_out};

pub(super) fn make_bisect(vm: &mut Vm) -> Result<Value> {
    let functions: Table<'_> = &[
        ("bisect_left", bisect_left),
        ("bisect_right", bisect_right),
        ("insort_left", insort_left),
        ("insort_right", insort_right),
    ];
    let module = module(vm, "_bisect", functions);
    for (alias, name) in [("bisect", "bisect_right"), ("insort", "insort_right")] {
        let name = vm.intern(name);
        let function = vm.get_attr(&module, &name)?;
        vm.module_set(&module, alias, function);
    }
    Ok(module)
}

pub(super) fn make_heapq(vm: &mut Vm) -> Result<Value> {
    let functions: Table<'_> = &[
        ("_heapify_max", |vm, args| heapify_with(vm, args, true)),
        ("_heappop_max", |vm, args| heappop_with(vm, args, true)),
        ("_heapreplace_max", |vm, args| heapreplace_with(vm, args, true)),
        ("heapify", |vm, args| heapify_with(vm, args, false)),
        ("heappop", |vm, args| heappop_with(vm, args, false)),
        ("heappush", heappush),
        ("heappushpop", heappushpop),
        ("heapreplace", |vm, args| heapreplace_with(vm, args, false)),
    ];
    Ok(module(vm, "_heapq", functions))
}

/// The arguments of a search: sequence, item, bounds and key.
struct Search {
    sequence: Value,
    item: Value,
    low: usize,
    high: usize,
    key: Option<Value>,
}

fn search(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Search> {
    if let ([sequence, item], true) = (args.values, args.names.is_empty()) {
        let high = vm.len(sequence)?;
        return Ok(Search { sequence: sequence.clone(), item: item.clone(), low: 0, high, key: None });
    }
    let [sequence, item, low, high, key] = named(vm, args, name, ["a", "x", "lo", "hi", "*key"], 2)?;
    let sequence = super::support::or_none(sequence);
    let low = match low {
        Some(low) => vm.index_i64(&low)?,
        None => 0,
    };
    let Ok(low) = usize::try_from(low) else { return Err(vm.value_error("lo must be non-negative")) };
    let high = match given(high) {
        Some(high) => vm.index_i64(&high)?.max(0) as usize,
        None => vm.len(&sequence)?,
    };
    Ok(Search { sequence, item: super::support::or_none(item), low, high, key: given(key) })
}

/// The item at a position, through its key.
fn item_at(vm: &mut Vm, search: &Search, position: usize) -> Result<Value> {
    let listed = search.sequence.downcast::<List>().and_then(|list| list.items.borrow().get(position).cloned());
    let item = match listed {
        Some(item) => item,
        None => {
            let index = vm.size(position);
            vm.get_item(&search.sequence, &index)?
        }
    };
    match &search.key {
        Some(key) => vm.call(key, std::slice::from_ref(&item)),
        None => Ok(item),
    }
}

fn find(vm: &mut Vm, search: &Search, item: &Value, right: bool) -> Result<usize> {
    let (mut low, mut high) = (search.low, search.high);
    if let (Some(list), None) = (search.sequence.downcast::<List>(), &search.key) {
        // As far as no script is needed.
        let items = list.items.borrow();
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(order) = items.get(middle).and_then(|other| simple_order(item, other)) else { break };
            if if right { order.is_lt() } else { order.is_le() } {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
    }
    while low < high {
        let middle = low + (high - low) / 2;
        let other = item_at(vm, search, middle)?;
        let goes_left = if right { vm.less(item, &other)? } else { !vm.less(&other, item)? };
        if goes_left {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

fn bisect_left(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let search = search(vm, &args, "bisect_left")?;
    let position = find(vm, &search, &search.item.clone(), false)?;
    Ok(vm.size(position))
}

fn bisect_right(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let search = search(vm, &args, "bisect_right")?;
    let position = find(vm, &search, &search.item.clone(), true)?;
    Ok(vm.size(position))
}

fn insort(vm: &mut Vm, args: Args<'_>, name: &str, right: bool) -> Result<Value> {
    let search = search(vm, &args, name)?;
    let sought = match &search.key {
        Some(key) => vm.call(key, std::slice::from_ref(&search.item))?,
        None => search.item.clone(),
    };
    let position = find(vm, &search, &sought, right)?;
    if let Some(list) = search.sequence.to_ref::<List>() {
        vm.mutate(&list, |list| {
            let mut items = list.items.borrow_mut();
            let position = position.min(items.len());
            items.insert(position, search.item.clone());
        });
        return Ok(Value::NONE);
    }
    let index = vm.size(position);
    vm.call_method(&search.sequence, "insert", &[index, search.item.clone()])?;
    Ok(Value::NONE)
}

fn insort_left(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    insort(vm, args, "insort_left", false)
}

fn insort_right(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    insort(vm, args, "insort_right", true)
}

fn heap_of(vm: &mut Vm, value: &Value, function: &str) -> Result<Ref<List>> {
    match vm.native::<List>(value) {
        Some(list) => Ok(list),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("{function}() argument must be list, not {name}")))
        }
    }
}

/// The items at two positions, if the list still has them.
fn pair(vm: &mut Vm, list: &Ref<List>, a: usize, b: usize) -> Result<(Value, Value)> {
    let items = list.items.borrow();
    match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => Ok((a.clone(), b.clone())),
        _ => {
            drop(items);
            Err(vm.runtime_error("list changed size during iteration"))
        }
    }
}

/// Whether the item at `a` comes before that at `b`.
fn before(vm: &mut Vm, list: &Ref<List>, a: usize, b: usize, max: bool) -> Result<bool> {
    let len = {
        let items = list.items.borrow();
        if let (Some(a), Some(b)) = (items.get(a), items.get(b))
            && let Some(before) = plainly_before(a, b, max)
        {
            return Ok(before);
        }
        items.len()
    };
    let (x, y) = pair(vm, list, a, b)?;
    let result = if max { vm.less(&y, &x)? } else { vm.less(&x, &y)? };
    if list.items.borrow().len() != len {
        return Err(vm.runtime_error("list changed size during iteration"));
    }
    Ok(result)
}

fn swap(vm: &Vm, list: &Ref<List>, a: usize, b: usize) {
    let mut items = list.items.borrow_mut();
    if a < items.len() && b < items.len() {
        swap_within(vm, &mut items, a, b);
    }
}

/// Whether `a` comes before `b`, if that takes no script.
#[inline]
fn plainly_before(a: &Value, b: &Value, max: bool) -> Option<bool> {
    let order = simple_order(a, b)?;
    Some(if max { order.is_gt() } else { order.is_lt() })
}

/// Swaps two items of a list that may be scanned in part.
fn swap_within(vm: &Vm, items: &mut [Value], a: usize, b: usize) {
    vm.heap().moved_out(&items[a]);
    vm.heap().moved_out(&items[b]);
    items.swap(a, b);
}

/// As [`sift_down`], as far as that takes no script; gives where the item is then.
fn sift_down_plainly(vm: &Vm, list: &List, start: usize, mut position: usize, max: bool) -> usize {
    let items = &mut *list.items.borrow_mut();
    while position > start && position < items.len() {
        let parent = (position - 1) / 2;
        if plainly_before(&items[position], &items[parent], max) != Some(true) {
            break;
        }
        swap_within(vm, items, position, parent);
        position = parent;
    }
    position
}

/// As the way down of [`sift_up`], as far as that takes no script; gives where the item is then.
fn sink_plainly(vm: &Vm, list: &List, mut position: usize, end: usize, max: bool) -> usize {
    let items = &mut *list.items.borrow_mut();
    let end = end.min(items.len());
    while position < end / 2 {
        let mut child = 2 * position + 1;
        if child + 1 < end {
            match plainly_before(&items[child], &items[child + 1], max) {
                Some(true) => {}
                Some(false) => child += 1,
                None => break,
            }
        }
        swap_within(vm, items, position, child);
        position = child;
    }
    position
}

/// Moves the item at `position` toward the root, not above `start`, until its parent comes before it.
fn sift_down(vm: &mut Vm, list: &Ref<List>, start: usize, position: usize, max: bool) -> Result<()> {
    let mut position = sift_down_plainly(vm, list, start, position, max);
    while position > start {
        let parent = (position - 1) / 2;
        if !before(vm, list, position, parent, max)? {
            break;
        }
        swap(vm, list, position, parent);
        position = parent;
    }
    Ok(())
}

/// Moves the item at `position` down to a leaf along the smaller children, then up to its place: fewer comparisons than
/// stopping on the way.
fn sift_up(vm: &mut Vm, list: &Ref<List>, mut position: usize, max: bool) -> Result<()> {
    let start = position;
    let end = list.items.borrow().len();
    position = sink_plainly(vm, list, position, end, max);
    while position < end / 2 {
        let mut child = 2 * position + 1;
        if child + 1 < end && !before(vm, list, child, child + 1, max)? {
            child += 1;
        }
        swap(vm, list, position, child);
        position = child;
    }
    sift_down(vm, list, start, position, max)
}

fn heappush(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [heap, item] = exactly::<2>(vm, &args, "heappush")?;
    let heap = heap_of(vm, heap, "heappush")?;
    vm.list_push(&heap, item.clone());
    let last = heap.items.borrow().len() - 1;
    sift_down(vm, &heap, 0, last, false)?;
    Ok(Value::NONE)
}

fn heappop_with(vm: &mut Vm, args: Args<'_>, max: bool) -> Result<Value> {
    let heap = one(vm, &args, "_heapq.heappop")?;
    let heap = heap_of(vm, heap, "heappop")?;
    let Some(last) = vm.mutate(&heap, |list| list.items.borrow_mut().pop()) else {
        return Err(vm.index_error("index out of range"));
    };
    let first = {
        let mut items = heap.items.borrow_mut();
        match items.first_mut() {
            // A list may be scanned in part: what changes its place in it is seen at once.
            Some(first) => {
                vm.heap().moved_out(&last);
                std::mem::replace(first, last)
            }
            None => return Ok(handed_out(last)),
        }
    };
    let first = handed_out(first);
    sift_up(vm, &heap, 0, max)?;
    Ok(first)
}

fn heapreplace_with(vm: &mut Vm, args: Args<'_>, max: bool) -> Result<Value> {
    let [heap, item] = exactly::<2>(vm, &args, "heapreplace")?;
    let heap = heap_of(vm, heap, "heapreplace")?;
    let item = item.clone();
    let first = heap.items.borrow_mut().first_mut().map(|first| std::mem::replace(first, item));
    let Some(first) = first else { return Err(vm.index_error("index out of range")) };
    let first = handed_out(first);
    sift_up(vm, &heap, 0, max)?;
    Ok(first)
}

fn heappushpop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [heap, item] = exactly::<2>(vm, &args, "heappushpop")?;
    let heap = heap_of(vm, heap, "heappushpop")?;
    let first = heap.items.borrow().first().cloned();
    let Some(first) = first else { return Ok(item.clone()) };
    if !vm.less(&first, item)? {
        return Ok(item.clone());
    }
    if heap.items.borrow().is_empty() {
        return Err(vm.index_error("index out of range"));
    }
    let item = item.clone();
    let first = heap.items.borrow_mut().first_mut().map(|first| std::mem::replace(first, item));
    sift_up(vm, &heap, 0, false)?;
    Ok(first.unwrap_or(Value::NONE))
}

fn heapify_with(vm: &mut Vm, args: Args<'_>, max: bool) -> Result<Value> {
    let values = between(vm, &args, "heapify", 1, 1)?;
    let heap = heap_of(vm, &values[0], "heapify")?;
    let len = heap.items.borrow().len();
    for position in (0..len / 2).rev() {
        sift_up(vm, &heap, position, max)?;
    }
    Ok(Value::NONE)
}
