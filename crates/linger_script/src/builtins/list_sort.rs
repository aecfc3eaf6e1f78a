//! Sorting of values: stable, by CPython's order of comparisons where a script can see it, and without calling anything where all
//! keys are numbers or strings.
//!
//! Works on a vector that nobody else has; an exception leaves all items in it, in some order.

use std::cmp::Ordering;

use linger_heap::Value;

use crate::objects::{Args, Str, simple_order};
use crate::vm::{Result, Vm};

/// How to sort.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Called on each item for what to compare.
    pub key: Option<Value>,
    /// Whether the largest comes first.
    pub reverse: bool,
}

impl Order {
    /// The order that the keywords `key` and `reverse` ask for.
    pub fn from_keywords(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Order> {
        let mut order = Order::default();
        for (keyword, value) in args.keywords() {
            match crate::vm::text(keyword) {
                "key" => order.key = (!value.is_none()).then(|| value.clone()),
                "reverse" => order.reverse = super::arity::c_int(vm, value)? != 0,
                other => {
                    let message = format!("'{other}' is an invalid keyword argument for {name}()");
                    return Err(vm.type_error(message));
                }
            }
        }
        Ok(order)
    }
}

/// An item and what it is compared by.
#[derive(Debug, Default)]
struct Keyed {
    key: Value,
    item: Value,
}

/// What can be sorted: it knows its key.
trait HasKey: Default {
    fn key(&self) -> &Value;
}

impl HasKey for Value {
    fn key(&self) -> &Value {
        self
    }
}

impl HasKey for Keyed {
    fn key(&self) -> &Value {
        &self.key
    }
}

/// Sorts the items. On an exception all of them are still there.
pub(crate) fn sort(vm: &mut Vm, items: &mut Vec<Value>, order: &Order) -> Result<()> {
    let Some(function) = &order.key else { return sort_keyed(vm, items, order.reverse) };
    let mut keys = Vec::with_capacity(items.len());
    for item in items.iter() {
        keys.push(vm.call(function, std::slice::from_ref(item))?);
    }
    let pairs = keys.into_iter().zip(items.drain(..));
    let mut keyed: Vec<Keyed> = pairs.map(|(key, item)| Keyed { key, item }).collect();
    let result = sort_keyed(vm, &mut keyed, order.reverse);
    items.extend(keyed.into_iter().map(|keyed| keyed.item));
    result
}

/// What all keys are, if that allows to compare them without asking.
enum Uniform {
    Ints,
    Floats,
    Strings,
    No,
}

fn uniform<T: HasKey>(items: &[T]) -> Uniform {
    let all = |test: fn(&Value) -> bool| items.iter().all(|item| test(item.key()));
    match items.first().map(HasKey::key) {
        Some(key) if key.is_small_int() && all(Value::is_small_int) => Uniform::Ints,
        Some(key) if key.is_float() && all(|key| key.as_float().is_some_and(|key| !key.is_nan())) => Uniform::Floats,
        Some(key) if key.is_kind::<Str>() && all(Value::is_kind::<Str>) => Uniform::Strings,
        _ => Uniform::No,
    }
}

fn sort_keyed<T: HasKey>(vm: &mut Vm, items: &mut [T], reverse: bool) -> Result<()> {
    // Reversed before and after, items that compare equal keep their order.
    if reverse {
        items.reverse();
    }
    let result = match uniform(items) {
        Uniform::Ints => {
            items.sort_by_key(|item| item.key().shifted());
            Ok(())
        }
        Uniform::Floats => {
            items.sort_by(|a, b| {
                let (a, b) = (a.key().float_or_nan(), b.key().float_or_nan());
                a.partial_cmp(&b).unwrap_or(Ordering::Equal)
            });
            Ok(())
        }
        Uniform::Strings => {
            sort_strings(items);
            Ok(())
        }
        Uniform::No => merge_sort(vm, items),
    };
    if reverse {
        items.reverse();
    }
    result
}

fn string(value: &Value) -> &str {
    crate::vm::text(value)
}

/// Sorts by strings: most pairs differ in their first eight bytes, which are compared as one number beside the items.
fn sort_strings<T: HasKey>(items: &mut [T]) {
    let mut prefixed: Vec<(u64, T)> =
        items.iter_mut().map(|item| (prefix(string(item.key())), std::mem::take(item))).collect();
    prefixed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| string(a.1.key()).cmp(string(b.1.key()))));
    for (place, (_, item)) in items.iter_mut().zip(prefixed) {
        *place = item;
    }
}

fn prefix(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = text.len().min(8);
    bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
    u64::from_be_bytes(bytes)
}

/// Runs shorter than this are sorted by insertion. CPython takes the length's highest bits, at most 64, for the same purpose.
const SHORT: usize = 64;

/// Merges runs as they are found in the items; the comparisons of up to [`SHORT`] items are made exactly in CPython's order.
fn merge_sort<T: HasKey>(vm: &mut Vm, items: &mut [T]) -> Result<()> {
    let shortest = shortest_run(items.len());
    // Runs not merged yet: start and length. Each is longer than the next two together, so that few are open at a time.
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let rest = &mut items[start..];
        let mut length = natural_run(vm, rest)?;
        let wanted = shortest.min(rest.len());
        if length < wanted {
            insertion_sort(vm, &mut rest[..wanted], length)?;
            length = wanted;
        }
        runs.push((start, length));
        start += length;
        while let [.., (first, left), (_, right)] = runs[..] {
            let before = runs.len().checked_sub(3).map(|index| runs[index].1);
            if left > right && before.is_none_or(|before| before > left + right) && start < items.len() {
                break;
            }
            merge(vm, &mut items[first..first + left + right], left)?;
            runs.pop();
            if let Some(last) = runs.last_mut() {
                last.1 = left + right;
            }
        }
    }
    Ok(())
}

fn shortest_run(mut length: usize) -> usize {
    let mut odd = 0;
    while length >= SHORT {
        odd |= length & 1;
        length >>= 1;
    }
    length + odd
}

/// The length of the ascending run at the start; a strictly descending one is turned around.
fn natural_run<T: HasKey>(vm: &mut Vm, items: &mut [T]) -> Result<usize> {
    if items.len() < 2 {
        return Ok(items.len());
    }
    let descending = less(vm, items[1].key(), items[0].key())?;
    let mut length = 2;
    while length < items.len() {
        if less(vm, items[length].key(), items[length - 1].key())? != descending {
            break;
        }
        length += 1;
    }
    if descending {
        items[..length].reverse();
    }
    Ok(length)
}

/// Sorts items of which the first `sorted` are in order.
fn insertion_sort<T: HasKey>(vm: &mut Vm, items: &mut [T], sorted: usize) -> Result<()> {
    for next in sorted..items.len() {
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(vm, items[next].key(), items[middle].key())? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items[low..=next].rotate_right(1);
    }
    Ok(())
}

/// Merges `items[..left]` and `items[left..]`, both in order.
fn merge<T: HasKey>(vm: &mut Vm, items: &mut [T], left: usize) -> Result<()> {
    let mut aside: Vec<T> = items[..left].iter_mut().map(std::mem::take).collect();
    let (mut from_left, mut from_right, mut to) = (0, left, 0);
    let mut result = Ok(());
    while from_left < aside.len() && from_right < items.len() {
        match less(vm, items[from_right].key(), aside[from_left].key()) {
            Ok(true) => {
                items[to] = std::mem::take(&mut items[from_right]);
                from_right += 1;
            }
            Ok(false) => {
                items[to] = std::mem::take(&mut aside[from_left]);
                from_left += 1;
            }
            Err(raise) => {
                result = Err(raise);
                break;
            }
        }
        to += 1;
    }
    // The gap is exactly as long as what is left aside, also after an exception.
    for item in aside.drain(from_left..) {
        items[to] = item;
        to += 1;
    }
    result
}

/// `a < b`, with the common cases decided here.
fn less(vm: &mut Vm, a: &Value, b: &Value) -> Result<bool> {
    match quick_less(a, b) {
        Some(less) => Ok(less),
        None => vm.less(a, b),
    }
}

/// `a < b` of numbers, strings, and tuples of them; nothing if only running a script tells.
#[inline]
pub(crate) fn quick_less(a: &Value, b: &Value) -> Option<bool> {
    simple_order(a, b).map(Ordering::is_lt)
}
