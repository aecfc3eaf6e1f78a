//! The module `itertools`: iterators that pass on or pick items. Those that combine are in `combinatorics`, those that share
//! items between iterators in `itertools_shared`.
//!
//! The body of each iterator is a small state that the next item is asked of; it is never borrowed while a script runs, so
//! each step takes out what it needs, calls, and writes back.

use linger_heap::{Edge, Ref, Value};

use super::itertools_make::{
    accumulate, chain, compress, count, cycle, dropwhile, filterfalse, islice, pairwise, repeat, starmap, takewhile,
    zip_longest,
};
use super::support::{Table, add_class, method, module, one, registered, resize, with};
use crate::objects::{Args, Class, NativeData, NativeFn, NativeObject};
use crate::vm::{BinaryOp, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "itertools", &[]);
    for (name, new) in CLASSES {
        let methods = [("__new__", *new), ("__iter__", super::support::itself as NativeFn), ("__next__", step)];
        iterator_class(vm, &module, name, &methods);
    }
    let chain = registered(vm, "itertools.chain")?;
    let from_iterable = super::structs::closure(vm, "chain", "from_iterable", false, |vm, args| {
        let iterable = one(vm, &args, "chain.from_iterable")?;
        let class = registered(vm, "itertools.chain")?;
        let outer = vm.iter(iterable)?;
        Ok(object(vm, &class, Lazy::Chain { outer, inner: None }))
    });
    let wrapped = super::support::static_method(vm, from_iterable);
    vm.dict_set_str(&chain.dict, "from_iterable", wrapped);
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
pub(super) fn iterator_class(vm: &mut Vm, module: &Value, name: &'static str, methods: Table<'_>) -> Ref<Class> {
    let class = add_class(vm, module, "itertools", name, methods, &[]);
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
pub(super) enum Lazy {
    Done,
    Accumulate {
        iterator: Value,
        function: Value,
        total: Option<Value>,
        started: bool,
    },
    Chain {
        outer: Value,
        inner: Option<Value>,
    },
    Compress {
        data: Value,
        selectors: Value,
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
    /// The iterators, empty where they have ended.
    ZipLongest {
        iterators: Vec<Value>,
        fill: Value,
        active: usize,
    },
}

impl Lazy {
    /// Whether the next item is that of no other iterator, so that one iterator may look into another for it.
    fn is_endless(&self) -> bool {
        matches!(self, Lazy::Count { .. } | Lazy::Repeat { .. } | Lazy::Cycle { iterator: None, .. })
    }

    fn references(&self) -> Vec<&Value> {
        match self {
            Lazy::Done => Vec::new(),
            Lazy::Accumulate { iterator, function, total, .. } => {
                [iterator, function].into_iter().chain(total).collect()
            }
            Lazy::Chain { outer, inner } => std::iter::once(outer).chain(inner).collect(),
            Lazy::Compress { data, selectors } => vec![data, selectors],
            Lazy::Count { next, step } => vec![next, step],
            Lazy::Cycle { iterator, saved, .. } => iterator.iter().chain(saved).collect(),
            Lazy::DropWhile { predicate, iterator, .. }
            | Lazy::FilterFalse { predicate, iterator }
            | Lazy::TakeWhile { predicate, iterator } => vec![predicate, iterator],
            Lazy::Islice { iterator, .. } => vec![iterator],
            Lazy::Pairwise { iterator, previous } => std::iter::once(iterator).chain(previous).collect(),
            Lazy::Repeat { item, .. } => vec![item],
            Lazy::Starmap { function, iterator } => vec![function, iterator],
            Lazy::ZipLongest { iterators, fill, .. } => iterators.iter().chain(std::iter::once(fill)).collect(),
        }
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

/// What a step has to do, with what it needs taken out of the state.
enum Step {
    Done,
    Item(Value),
    Accumulate { iterator: Value, function: Value, total: Option<Value>, started: bool },
    Chain { outer: Value, inner: Option<Value> },
    Compress { data: Value, selectors: Value },
    Count { next: Value, step: Value },
    Save { iterator: Value },
    DropWhile { predicate: Value, iterator: Value },
    Pass { iterator: Value },
    FilterFalse { predicate: Value, iterator: Value },
    Skip { iterator: Value, items: u64 },
    Pairwise { iterator: Value, previous: Option<Value> },
    Starmap { function: Value, iterator: Value },
    TakeWhile { predicate: Value, iterator: Value },
    ZipLongest { iterators: Vec<Value>, fill: Value, active: usize },
}

fn plan(state: &mut Lazy) -> Step {
    match state {
        Lazy::Done => Step::Done,
        Lazy::Accumulate { iterator, function, total, started } => Step::Accumulate {
            iterator: iterator.clone(),
            function: function.clone(),
            total: total.clone(),
            started: std::mem::replace(started, true),
        },
        Lazy::Chain { outer, inner } => Step::Chain { outer: outer.clone(), inner: inner.clone() },
        Lazy::Compress { data, selectors } => Step::Compress { data: data.clone(), selectors: selectors.clone() },
        Lazy::Count { next, step } => Step::Count { next: next.clone(), step: step.clone() },
        Lazy::Cycle { iterator: Some(iterator), .. } => Step::Save { iterator: iterator.clone() },
        Lazy::Cycle { iterator: None, saved, position } => match saved.get(*position) {
            Some(item) => {
                *position = (*position + 1) % saved.len();
                Step::Item(item.clone())
            }
            None => Step::Done,
        },
        Lazy::DropWhile { predicate, iterator, dropping: true } => {
            Step::DropWhile { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::DropWhile { iterator, dropping: false, .. } => Step::Pass { iterator: iterator.clone() },
        Lazy::FilterFalse { predicate, iterator } => {
            Step::FilterFalse { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::Islice { iterator, next, stop, step, position } => match stop {
            // Items up to the end are taken even if they are not shown.
            Some(stop) if *next >= *stop => {
                let items = stop.saturating_sub(*position);
                *position = (*position).max(*stop);
                if items == 0 { Step::Done } else { Step::Skip { iterator: iterator.clone(), items } }
            }
            _ => {
                let items = *next - *position;
                *position = *next + 1;
                *next = next.saturating_add(*step);
                match items {
                    0 => Step::Pass { iterator: iterator.clone() },
                    _ => Step::Skip { iterator: iterator.clone(), items: items + (1 << 63) },
                }
            }
        },
        Lazy::Pairwise { iterator, previous } => {
            Step::Pairwise { iterator: iterator.clone(), previous: previous.clone() }
        }
        Lazy::Repeat { item, left } => match left {
            Some(0) => Step::Done,
            Some(left) => {
                *left -= 1;
                Step::Item(item.clone())
            }
            None => Step::Item(item.clone()),
        },
        Lazy::Starmap { function, iterator } => {
            Step::Starmap { function: function.clone(), iterator: iterator.clone() }
        }
        Lazy::TakeWhile { predicate, iterator } => {
            Step::TakeWhile { predicate: predicate.clone(), iterator: iterator.clone() }
        }
        Lazy::ZipLongest { iterators, fill, active } => {
            Step::ZipLongest { iterators: iterators.clone(), fill: fill.clone(), active: *active }
        }
    }
}

/// `__next__` of these iterators: who knows it may ask [`next_at_once`] and [`next`], which need no exception at the end.
pub(crate) const STEP: NativeFn = step;

fn step(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__next__")?;
    match next(vm, this)? {
        Some(item) => Ok(item),
        None => Err(vm.stop_iteration(Value::NONE)),
    }
}

/// The next item of the commonest iterators, where it needs no script and is not the last one's end.
pub(crate) fn next_at_once(vm: &Vm, this: &Value) -> Option<Value> {
    this.downcast::<NativeObject>()?.with(|state| item_at_once(vm, state))?
}

fn item_at_once(vm: &Vm, state: &mut Lazy) -> Option<Value> {
    match state {
        Lazy::Chain { inner: Some(inner), .. } => vm.next_if_plain(inner),
        Lazy::Count { next, step } => {
            let following = vm.int(next.as_small_int()? + step.as_small_int()?);
            Some(std::mem::replace(next, following))
        }
        Lazy::Islice { iterator, next, stop, step, position }
            if position == next && stop.is_none_or(|stop| *next < stop) =>
        {
            let item = match iterator.downcast::<NativeObject>() {
                Some(inner) => {
                    inner.with(|inner: &mut Lazy| if inner.is_endless() { item_at_once(vm, inner) } else { None })??
                }
                None => vm.next_if_plain(iterator)?,
            };
            *position += 1;
            *next = next.saturating_add(*step);
            Some(item)
        }
        Lazy::Repeat { item, left: None } => Some(item.clone()),
        Lazy::Cycle { iterator: None, saved, position } => {
            let item = saved.get(*position)?.clone();
            *position = if *position + 1 == saved.len() { 0 } else { *position + 1 };
            Some(item)
        }
        _ => None,
    }
}

/// The next item. The runtime's own loops may call it without going through `__next__`.
pub(crate) fn next(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    if let Some(item) = next_at_once(vm, this) {
        return Ok(Some(item));
    }
    let plan = with(vm, this, plan)?;
    match plan {
        Step::Done => Ok(None),
        Step::Item(item) => Ok(Some(item)),
        Step::Pass { iterator } => vm.next(&iterator),
        Step::Accumulate { iterator, function, total, started } => {
            if let (false, Some(total)) = (started, &total) {
                return Ok(Some(total.clone()));
            }
            let Some(item) = vm.next(&iterator)? else { return Ok(None) };
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
        Step::Chain { outer, mut inner } => loop {
            if let Some(iterator) = &inner
                && let Some(item) = vm.next(iterator)?
            {
                return Ok(Some(item));
            }
            inner = match vm.next(&outer)? {
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
        Step::Compress { data, selectors } => loop {
            let Some(item) = vm.next(&data)? else { return Ok(None) };
            let Some(selector) = vm.next(&selectors)? else { return Ok(None) };
            if vm.truth(&selector)? {
                return Ok(Some(item));
            }
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
                next_saved(vm, this)
            }
        },
        Step::DropWhile { predicate, iterator } => loop {
            let Some(item) = vm.next(&iterator)? else { return Ok(None) };
            let result = vm.call(&predicate, std::slice::from_ref(&item))?;
            if !vm.truth(&result)? {
                with(vm, this, |state: &mut Lazy| {
                    if let Lazy::DropWhile { dropping, .. } = state {
                        *dropping = false;
                    }
                })?;
                return Ok(Some(item));
            }
        },
        Step::FilterFalse { predicate, iterator } => loop {
            let Some(item) = vm.next(&iterator)? else { return Ok(None) };
            let holds = if predicate.is_none() {
                vm.truth(&item)?
            } else {
                let result = vm.call(&predicate, std::slice::from_ref(&item))?;
                vm.truth(&result)?
            };
            if !holds {
                return Ok(Some(item));
            }
        },
        Step::Skip { iterator, items } => {
            let (shows, items) = (items >= 1 << 63, items & !(1 << 63));
            for _ in 0..items {
                if vm.next(&iterator)?.is_none() {
                    finish(vm, this)?;
                    return Ok(None);
                }
            }
            if shows { vm.next(&iterator) } else { Ok(None) }
        }
        Step::Pairwise { iterator, previous } => {
            let previous = match previous {
                Some(previous) => previous,
                None => match vm.next(&iterator)? {
                    Some(item) => item,
                    None => return Ok(None),
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
            Ok(Some(vm.tuple(vec![previous, item])))
        }
        Step::Starmap { function, iterator } => {
            let Some(arguments) = vm.next(&iterator)? else { return Ok(None) };
            let arguments = vm.items(&arguments)?;
            vm.call(&function, &arguments).map(Some)
        }
        Step::TakeWhile { predicate, iterator } => {
            let Some(item) = vm.next(&iterator)? else { return Ok(None) };
            let result = vm.call(&predicate, std::slice::from_ref(&item))?;
            if vm.truth(&result)? {
                return Ok(Some(item));
            }
            finish(vm, this)?;
            Ok(None)
        }
        Step::ZipLongest { iterators, fill, active } => zip_longest_step(vm, this, iterators, &fill, active),
    }
}

/// The first item of a second round of `cycle`.
fn next_saved(vm: &mut Vm, this: &Value) -> Result<Option<Value>> {
    match with(vm, this, plan)? {
        Step::Item(item) => Ok(Some(item)),
        _ => Ok(None),
    }
}

fn zip_longest_step(
    vm: &mut Vm,
    this: &Value,
    mut iterators: Vec<Value>,
    fill: &Value,
    mut active: usize,
) -> Result<Option<Value>> {
    if active == 0 {
        return Ok(None);
    }
    let mut items = Vec::with_capacity(iterators.len());
    let mut has_changed = false;
    for iterator in &mut iterators {
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
fn finish(vm: &mut Vm, this: &Value) -> Result<()> {
    let references = resize(vm, this, Lazy::take_references)?;
    drop(references);
    Ok(())
}
