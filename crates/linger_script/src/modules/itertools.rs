//! The module `itertools`: iterators that pass on or pick items. Those that combine are in `combinatorics`, those that share
//! items between iterators in `itertools_shared`.
//!
//! The body of each iterator is a small state that the next item is asked of (`itertools_steps`); it is never borrowed while a script
//! runs, so each step takes out what it needs, calls, and writes back.

use linger_heap::{Edge, Ref, Value};

use super::itertools_calls::Calling;
use super::itertools_copy::{Copied, deep, shallow};
use super::itertools_make::{
    accumulate, chain, compress, count, cycle, dropwhile, filterfalse, islice, pairwise, repeat, starmap, takewhile,
    zip_longest,
};
use super::itertools_steps::{Step, plan, ready, ready_pair};
use super::support::{Table, add_class, itself, method, module, one, registered, resize, with};
use crate::objects::{Args, Class, NativeData, NativeFn, NativeObject, NextFn};
use crate::vm::{BinaryOp, READY_LEVELS, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "itertools", &[]);
    for (name, new) in CLASSES {
        let methods = [
            ("__new__", *new),
            ("__iter__", itself as NativeFn),
            ("__copy__", shallow::<Lazy>),
            ("__deepcopy__", deep::<Lazy>),
        ];
        iterator_class(vm, &module, name, &methods, Some(next));
    }
    let chain = registered(vm, "itertools.chain")?;
    let from_iterable = super::structs::closure(vm, "chain", "from_iterable", false, |vm, args| {
        let iterable = one(vm, &args, "chain.from_iterable")?;
        let class = registered(vm, "itertools.chain")?;
        let outer = vm.iter(iterable)?;
        Ok(object(vm, &class, Lazy::Chain { outer, inner: None, read: None }))
    });
    let wrapped = super::support::static_method(vm, from_iterable);
    vm.dict_set_str(&chain.dict, "from_iterable", wrapped);
    super::support::with_subscripts(vm, "chain", &chain);
    for name in ["count", "repeat"] {
        let class = registered(vm, if name == "count" { "itertools.count" } else { "itertools.repeat" })?;
        let repr = super::support::method_value(vm, name, "__repr__", repr);
        vm.dict_set_str(&class.dict, "__repr__", repr);
        if name == "repeat" {
            let hint = super::support::method_value(vm, name, "__length_hint__", length_hint);
            vm.dict_set_str(&class.dict, "__length_hint__", hint);
        }
    }
    super::combinatorics::add(vm, &module);
    super::itertools_shared::add(vm, &module);
    Ok(module)
}

/// A class of iterators, known to its maker by the registry.
pub(super) fn iterator_class(
    vm: &mut Vm,
    module: &Value,
    name: &'static str,
    methods: Table<'_>,
    next: Option<NextFn>,
) -> Ref<Class> {
    let class = add_class(vm, module, "itertools", name, methods, &[]);
    if let Some(next) = next {
        vm.add_next(&class, next);
    }
    vm.registry.insert(registry_name(name), class.to_value());
    class
}

/// The name of a class in the registry, which wants static names.
fn registry_name(name: &'static str) -> &'static str {
    match name {
        "chain" => "itertools.chain",
        "count" => "itertools.count",
        "repeat" => "itertools.repeat",
        "_grouper" => "itertools._grouper",
        "_tee" => "itertools._tee",
        "_tee_dataobject" => "itertools._tee_dataobject",
        "groupby" => "itertools.groupby",
        _ => "itertools.other",
    }
}

const CLASSES: &[(&str, NativeFn)] = &[
    ("accumulate", accumulate),
    ("chain", chain),
    ("compress", compress),
    ("count", count),
    ("cycle", cycle),
    ("dropwhile", dropwhile),
    ("filterfalse", filterfalse),
    ("islice", islice),
    ("pairwise", pairwise),
    ("repeat", repeat),
    ("starmap", starmap),
    ("takewhile", takewhile),
    ("zip_longest", zip_longest),
];

/// The state of an iterator.
#[derive(Clone)]
pub(super) enum Lazy {
    Done,
    /// `read` is an item that only a script can add.
    Accumulate {
        iterator: Value,
        function: Value,
        total: Option<Value>,
        started: bool,
        read: Option<Value>,
    },
    /// `read` is what follows `inner`, and is neither a list nor a tuple.
    Chain {
        outer: Value,
        inner: Option<Value>,
        read: Option<Value>,
    },
    /// What was read of both, and was not yet decided on.
    Compress {
        data: Value,
        selectors: Value,
        item: Option<Value>,
        selector: Option<Value>,
    },
    Count {
        next: Value,
        step: Value,
    },
    /// While `iterator` lasts, its items are saved.
    Cycle {
        iterator: Option<Value>,
        saved: Vec<Value>,
        position: usize,
    },
    DropWhile {
        predicate: Value,
        iterator: Value,
        dropping: bool,
    },
    FilterFalse {
        predicate: Value,
        iterator: Value,
    },
    /// Items until the next one shown, items until the end, and the step.
    Islice {
        iterator: Value,
        next: u64,
        stop: Option<u64>,
        step: u64,
        position: u64,
    },
    Pairwise {
        iterator: Value,
        previous: Option<Value>,
    },
    Repeat {
        item: Value,
        left: Option<i64>,
    },
    Starmap {
        function: Value,
        iterator: Value,
    },
    TakeWhile {
        predicate: Value,
        iterator: Value,
    },
    /// The iterators, empty where they have ended. `read` is what the first ones gave while another could not tell its item.
    ZipLongest {
        iterators: Vec<Value>,
        fill: Value,
        active: usize,
        read: Vec<Value>,
    },
}

/// The values of a state, to be looked at or to be written.
macro_rules! values_of {
    ($state:expr, $iter:ident) => {
        match $state {
            Lazy::Done => Vec::new(),
            Lazy::Accumulate { iterator, function, total, read, .. } => {
                [iterator, function].into_iter().chain(total).chain(read).collect()
            }
            Lazy::Chain { outer, inner, read } => std::iter::once(outer).chain(inner).chain(read).collect(),
            Lazy::Compress { data, selectors, item, selector } => {
                [data, selectors].into_iter().chain(item).chain(selector).collect()
            }
            Lazy::Count { next, step } => vec![next, step],
            Lazy::Cycle { iterator, saved, .. } => iterator.$iter().chain(saved).collect(),
            Lazy::DropWhile { predicate, iterator, .. }
            | Lazy::FilterFalse { predicate, iterator }
            | Lazy::TakeWhile { predicate, iterator } => vec![predicate, iterator],
            Lazy::Islice { iterator, .. } => vec![iterator],
            Lazy::Pairwise { iterator, previous } => std::iter::once(iterator).chain(previous).collect(),
            Lazy::Repeat { item, .. } => vec![item],
            Lazy::Starmap { function, iterator } => vec![function, iterator],
            Lazy::ZipLongest { iterators, fill, read, .. } => {
                iterators.$iter().chain(std::iter::once(fill)).chain(read).collect()
            }
        }
    };
}

impl Lazy {
    fn references(&self) -> Vec<&Value> {
        values_of!(self, iter)
    }
}

impl Copied for Lazy {
    fn values_mut(&mut self) -> Vec<&mut Value> {
        values_of!(self, iter_mut)
    }
}

impl NativeData for Lazy {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for value in self.references() {
            visit(Edge::Part("iterated"), value);
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        let references = self.references().into_iter().cloned().collect();
        *self = Lazy::Done;
        references
    }
    // What `cycle` has saved is not counted: the bytes of an iterator stay the same while it runs.
    fn heap_bytes(&self) -> usize {
        size_of::<Lazy>()
    }
    #[inline]
    fn next_ready(&mut self, vm: &Vm, levels: u8) -> Option<Value> {
        ready(vm, self, levels)
    }
    fn next_pair_ready(&mut self, _this: &Value, vm: &Vm, levels: u8) -> Option<(Value, Value)> {
        ready_pair(vm, self, levels)
    }
}

/// An iterator in a state.
pub(super) fn object(vm: &mut Vm, class: &Ref<Class>, state: Lazy) -> Value {
    vm.native_object(class, Box::new(state))
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    enum Parts {
        Count(Value, Value),
        Repeat(Value, Option<i64>),
        Other,
    }
    let parts = with(vm, this, |state: &mut Lazy| match state {
        Lazy::Count { next, step } => Parts::Count(next.clone(), step.clone()),
        Lazy::Repeat { item, left } => Parts::Repeat(item.clone(), *left),
        _ => Parts::Other,
    })?;
    let text = match parts {
        Parts::Count(next, step) if step.as_small_int() == Some(1) => format!("count({})", vm.repr(&next)?),
        Parts::Count(next, step) => format!("count({}, {})", vm.repr(&next)?, vm.repr(&step)?),
        Parts::Repeat(item, Some(left)) => format!("repeat({}, {left})", vm.repr(&item)?),
        Parts::Repeat(item, None) => format!("repeat({})", vm.repr(&item)?),
        Parts::Other => String::from("<itertools object>"),
    };
    Ok(vm.str(&text))
}

fn length_hint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__length_hint__")?;
    let left = with(vm, this, |state: &mut Lazy| if let Lazy::Repeat { left, .. } = state { *left } else { None })?;
    match left {
        Some(left) => Ok(vm.int(left)),
        None => Err(vm.type_error("len() of unsized object")),
    }
}

/// The next item of one of these iterators, or nothing at its end.
fn next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    let object = this.downcast::<NativeObject>();
    if let Some(calling) = object.and_then(|object| object.with(Calling::of)).flatten() {
        return vm.with_recursion("", |vm| calling.next(vm, this));
    }
    let step = |state: &mut Lazy| match ready(vm, state, READY_LEVELS) {
        Some(item) => Step::Item(item),
        None => plan(state),
    };
    let planned = object.and_then(|object| object.with(step));
    match planned {
        Some(Step::Item(item)) => Ok(Some(item)),
        Some(Step::Done) => Ok(None),
        Some(step) => vm.with_recursion("", |vm| carry_out(vm, this, step)),
        None => with(vm, this, |_: &mut Lazy| None),
    }
}

fn carry_out(vm: &mut Vm, this: &Value, step: Step) -> Result<Option<Value>> {
    match step {
        Step::Done => Ok(None),
        Step::Item(item) => Ok(Some(item)),
        Step::Pass { iterator } => vm.next(&iterator),
        Step::Accumulate { iterator, function, total, item } => {
            let item = match item {
                Some(item) => item,
                None => match vm.next(&iterator)? {
                    Some(item) => item,
                    None => return Ok(None),
                },
            };
            let sum = match total {
                None => item,
                Some(total) if function.is_none() => vm.binary(BinaryOp::Add, &total, &item)?,
                Some(total) => vm.call(&function, &[total, item])?,
            };
            let old = with(vm, this, |state: &mut Lazy| match state {
                Lazy::Accumulate { total, .. } => total.replace(sum.clone()),
                _ => None,
            })?;
            drop(old);
            Ok(Some(sum))
        }
        Step::Chain { outer, mut inner, mut next } => loop {
            if let Some(iterator) = &inner
                && let Some(item) = vm.next(iterator)?
            {
                return Ok(Some(item));
            }
            vm.burn()?;
            let following = match next.take() {
                Some(following) => Some(following),
                None => vm.next(&outer)?,
            };
            inner = match following {
                Some(iterable) => Some(vm.iter(&iterable)?),
                None => {
                    finish(vm, this)?;
                    return Ok(None);
                }
            };
            let old = with(vm, this, |state: &mut Lazy| match state {
                Lazy::Chain { inner: place, .. } => std::mem::replace(place, inner.clone()),
                _ => None,
            })?;
            drop(old);
        },
        Step::Compress { data, selectors, mut item, mut selector } => loop {
            let Some(item) = item.take().map_or_else(|| vm.next(&data), |item| Ok(Some(item)))? else {
                return Ok(None);
            };
            let Some(selector) = selector.take().map_or_else(|| vm.next(&selectors), |read| Ok(Some(read)))? else {
                return Ok(None);
            };
            if vm.truth(&selector)? {
                return Ok(Some(item));
            }
            vm.burn()?;
        },
        Step::Count { next, step } => {
            let following = vm.binary(BinaryOp::Add, &next, &step)?;
            let old = with(vm, this, |state: &mut Lazy| match state {
                Lazy::Count { next, .. } => std::mem::replace(next, following),
                _ => following,
            })?;
            drop(old);
            Ok(Some(next))
        }
        Step::Save { iterator } => match vm.next(&iterator)? {
            Some(item) => {
                resize(vm, this, |state: &mut Lazy| {
                    if let Lazy::Cycle { saved, .. } = state {
                        saved.push(item.clone());
                    }
                })?;
                Ok(Some(item))
            }
            None => {
                let old = with(vm, this, |state: &mut Lazy| match state {
                    Lazy::Cycle { iterator, .. } => iterator.take(),
                    _ => None,
                })?;
                drop(old);
                next(vm, this)
            }
        },
        Step::Skip { iterator, items } => {
            let (shows, items) = (items >= 1 << 63, items & !(1 << 63));
            for _ in 0..items {
                if vm.next(&iterator)?.is_none() {
                    finish(vm, this)?;
                    return Ok(None);
                }
                vm.burn()?;
            }
            let item = if shows { vm.next(&iterator)? } else { None };
            if item.is_none() {
                finish(vm, this)?;
            }
            Ok(item)
        }
        Step::Pairwise { iterator, previous } => {
            let previous = match previous {
                Some(previous) => previous,
                None => match vm.next(&iterator)? {
                    Some(item) => item,
                    None => {
                        finish(vm, this)?;
                        return Ok(None);
                    }
                },
            };
            let Some(item) = vm.next(&iterator)? else {
                finish(vm, this)?;
                return Ok(None);
            };
            let old = with(vm, this, |state: &mut Lazy| match state {
                Lazy::Pairwise { previous, .. } => previous.replace(item.clone()),
                _ => None,
            })?;
            drop(old);
            Ok(Some(vm.pair(previous, item)))
        }
        Step::ZipLongest { iterators, fill, active, items } => {
            zip_longest_step(vm, this, iterators, &fill, active, items)
        }
    }
}

fn zip_longest_step(
    vm: &mut Vm,
    this: &Value,
    mut iterators: Vec<Value>,
    fill: &Value,
    mut active: usize,
    mut items: Vec<Value>,
) -> Result<Option<Value>> {
    if active == 0 {
        return Ok(None);
    }
    let mut has_changed = false;
    for iterator in iterators.iter_mut().skip(items.len()) {
        let item = if iterator.is_empty() { None } else { vm.next(iterator)? };
        if item.is_none() && !iterator.is_empty() {
            *iterator = Value::EMPTY;
            active -= 1;
            has_changed = true;
            if active == 0 {
                finish(vm, this)?;
                return Ok(None);
            }
        }
        items.push(item.unwrap_or_else(|| fill.clone()));
    }
    if has_changed {
        let old = with(vm, this, |state: &mut Lazy| match state {
            Lazy::ZipLongest { iterators: place, active: count, .. } => {
                *count = active;
                std::mem::replace(place, iterators)
            }
            _ => iterators,
        })?;
        drop(old);
    }
    Ok(Some(vm.tuple(items)))
}

/// Ends an iterator and lets go of what it held.
pub(super) fn finish(vm: &mut Vm, this: &Value) -> Result<()> {
    let references = resize(vm, this, Lazy::take_references)?;
    drop(references);
    Ok(())
}
