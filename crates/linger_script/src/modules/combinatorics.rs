//! The iterators of `itertools` that combine items: product, permutations, combinations.
//!
//! All of them keep pools of items and a row of indices into them, and differ in how the row goes on.

use linger_heap::{Edge, Ref, Value};

use super::itertools::iterator_class;
use super::itertools_copy::{Copied, deep, shallow};
use super::support::{Table, itself, method, named, with};
use crate::objects::{Args, Class, NativeData, NativeFn, NativeObject};
use crate::vm::{Result, Vm};

/// How the row of indices goes on.
#[derive(Clone)]
enum Order {
    Product,
    Combinations,
    CombinationsWithReplacement,
    /// All indices of the pool, and how many more swaps each place has.
    Permutations {
        all: Vec<usize>,
        cycles: Vec<usize>,
    },
}

/// The state of an iterator.
#[derive(Clone)]
struct Combining {
    /// One pool for each place, or one for all.
    pools: Vec<Vec<Value>>,
    indices: Vec<usize>,
    order: Order,
    started: bool,
    done: bool,
}

impl Copied for Combining {
    fn values_mut(&mut self) -> Vec<&mut Value> {
        self.pools.iter_mut().flatten().collect()
    }
}

impl NativeData for Combining {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, item) in self.pools.iter().flatten().enumerate() {
            visit(Edge::Index(index), item);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        self.done = true;
        std::mem::take(&mut self.pools).into_iter().flatten().collect()
    }
    fn heap_bytes(&self) -> usize {
        let items: usize = self.pools.iter().map(Vec::capacity).sum();
        size_of::<Combining>() + items * size_of::<Value>() + self.indices.capacity() * size_of::<usize>()
    }
    fn next_ready(&mut self, vm: &Vm, _levels: u8) -> Option<Value> {
        self.next(vm)
    }
    fn next_pair_ready(&mut self, _this: &Value, _vm: &Vm, _levels: u8) -> Option<(Value, Value)> {
        if self.indices.len() != 2 || !self.has_next() {
            return None;
        }
        Some((self.item(0), self.item(1)))
    }
}

impl Combining {
    fn pool_len(&self) -> usize {
        self.pools.first().map_or(0, Vec::len)
    }

    /// Goes on to the next row; false after the last.
    fn advance(&mut self) -> bool {
        if !self.started {
            self.started = true;
            return true;
        }
        let size = self.pool_len();
        let count = self.indices.len();
        match &mut self.order {
            Order::Product => {
                for place in (0..count).rev() {
                    self.indices[place] += 1;
                    if self.indices[place] < self.pools[place].len() {
                        return true;
                    }
                    self.indices[place] = 0;
                }
                false
            }
            Order::Combinations => {
                let Some(place) = (0..count).rev().find(|place| self.indices[*place] != place + size - count) else {
                    return false;
                };
                let first = self.indices[place] + 1;
                for (offset, index) in self.indices[place..].iter_mut().enumerate() {
                    *index = first + offset;
                }
                true
            }
            Order::CombinationsWithReplacement => {
                let Some(place) = (0..count).rev().find(|place| self.indices[*place] != size - 1) else { return false };
                let index = self.indices[place] + 1;
                self.indices[place..].fill(index);
                true
            }
            Order::Permutations { all, cycles } => {
                for place in (0..count).rev() {
                    cycles[place] -= 1;
                    if cycles[place] == 0 {
                        all[place..].rotate_left(1);
                        cycles[place] = size - place;
                    } else {
                        let last = size - cycles[place];
                        all.swap(place, last);
                        self.indices.copy_from_slice(&all[..count]);
                        return true;
                    }
                }
                false
            }
        }
    }

    /// Goes on to the next row, and says whether there is one.
    fn has_next(&mut self) -> bool {
        self.done = self.done || !self.advance();
        !self.done
    }

    /// The item at a place of the row.
    #[inline]
    fn item(&self, place: usize) -> Value {
        // The places of a product have pools of their own, the others share one.
        let pool = if matches!(self.order, Order::Product) { place } else { 0 };
        self.pools[pool][self.indices[place]].clone()
    }

    /// The next row, as a tuple.
    fn next(&mut self, vm: &Vm) -> Option<Value> {
        if !self.has_next() {
            return None;
        }
        match self.indices.len() {
            2 => Some(vm.pair(self.item(0), self.item(1))),
            3 => Some(vm.tuple_taken(&mut [self.item(0), self.item(1), self.item(2)])),
            count => Some(vm.tuple_from((0..count).map(|place| self.item(place)))),
        }
    }
}

/// Adds the classes to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let classes: Table<'_> = &[
        ("product", product),
        ("permutations", permutations),
        ("combinations", combinations),
        ("combinations_with_replacement", combinations_with_replacement),
    ];
    for (name, new) in classes {
        let methods = [
            ("__new__", *new),
            ("__iter__", itself as NativeFn),
            ("__copy__", shallow::<Combining>),
            ("__deepcopy__", deep::<Combining>),
        ];
        iterator_class(vm, module, name, &methods, Some(next));
    }
}

fn next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let row = this.downcast::<NativeObject>().and_then(|object| object.with(|state: &mut Combining| state.next(vm)));
    match row {
        Some(row) => Ok(row),
        None => with(vm, this, |_: &mut Combining| None),
    }
}

fn begin<'a>(vm: &mut Vm, args: Args<'a>) -> Result<(Ref<Class>, Args<'a>)> {
    let (class, rest) = method(vm, args, "__new__")?;
    Ok((super::support::class_argument(vm, class)?, rest))
}

fn product(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let mut repeat = 1;
    for (name, value) in rest.keywords() {
        if crate::vm::text(name) != "repeat" {
            let text = format!("'{}' is an invalid keyword argument for product()", crate::vm::text(name));
            return Err(vm.type_error(text));
        }
        repeat = vm.index_i64(value)?;
    }
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let once = rest.positional().iter().map(|iterable| vm.items(iterable)).collect::<Result<Vec<_>>>()?;
    vm.check_memory(once.iter().map(Vec::len).sum::<usize>().saturating_mul(repeat as usize).saturating_mul(8))?;
    let pools: Vec<Vec<Value>> = (0..repeat).flat_map(|_| once.iter().cloned()).collect();
    let state = Combining {
        indices: vec![0; pools.len()],
        done: pools.iter().any(Vec::is_empty),
        pools,
        order: Order::Product,
        started: false,
    };
    Ok(vm.native_object(&class, Box::new(state)))
}

/// The pool and the length of a row, not negative.
fn pool_and_length(vm: &mut Vm, args: &Args<'_>, name: &str, required: usize) -> Result<(Vec<Value>, usize)> {
    let [iterable, length] = named(vm, args, name, ["iterable", "r"], required)?;
    let pool = vm.items(&super::support::or_none(iterable))?;
    let length = match length.filter(|length| required == 2 || !length.is_none()) {
        None => pool.len() as i64,
        Some(length) if vm.is_int(&length) => vm.index_i64(&length)?,
        Some(_) if required == 1 => return Err(vm.type_error("Expected int as r")),
        Some(length) => vm.index_i64(&length)?,
    };
    match usize::try_from(length) {
        Ok(length) => Ok((pool, length)),
        Err(_) => Err(vm.value_error("r must be non-negative")),
    }
}

fn permutations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (pool, length) = pool_and_length(vm, &rest, "permutations", 1)?;
    let size = pool.len();
    let done = length > size;
    let state = Combining {
        pools: vec![pool],
        indices: if done { Vec::new() } else { (0..length).collect() },
        order: Order::Permutations {
            all: (0..size).collect(),
            cycles: if done { Vec::new() } else { (0..length).map(|place| size - place).collect() },
        },
        started: false,
        done,
    };
    Ok(vm.native_object(&class, Box::new(state)))
}

fn combinations(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (pool, length) = pool_and_length(vm, &rest, "combinations", 2)?;
    let done = length > pool.len();
    let state = Combining {
        pools: vec![pool],
        indices: if done { Vec::new() } else { (0..length).collect() },
        order: Order::Combinations,
        started: false,
        done,
    };
    Ok(vm.native_object(&class, Box::new(state)))
}

fn combinations_with_replacement(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args)?;
    let (pool, length) = pool_and_length(vm, &rest, "combinations_with_replacement", 2)?;
    let done = pool.is_empty() && length > 0;
    vm.check_memory(length.saturating_mul(8))?;
    let state = Combining {
        pools: vec![pool],
        indices: if done { Vec::new() } else { vec![0; length] },
        order: Order::CombinationsWithReplacement,
        started: false,
        done,
    };
    Ok(vm.native_object(&class, Box::new(state)))
}
