//! The cache behind `functools.lru_cache`: a dict of results by arguments, whose order is that of use.

use linger_heap::{Edge, Ref, Value, ValueCell};

use super::support::{Table, add_class, exactly, method, none, with};
use crate::objects::{Args, Dict, NativeData};
use crate::vm::{Result, Vm};

/// The state of a cache.
struct Cache {
    function: ValueCell,
    /// No limit if none.
    limit: Option<usize>,
    typed: bool,
    /// The results, the one used longest ago first.
    results: Ref<Dict>,
    info_class: Value,
    hits: u64,
    misses: u64,
}

impl NativeData for Cache {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.function.with(|function| visit(Edge::Part("__wrapped__"), function));
        self.results.with_value(|results| visit(Edge::Part("cache"), results));
        visit(Edge::Part("info"), &self.info_class);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![self.function.replace(Value::NONE)]
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Cache>()
    }
}

/// Adds the class to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let methods: Table<'_> = &[
        ("__new__", new),
        ("__call__", call),
        ("__get__", get),
        ("cache_info", info),
        ("cache_clear", clear),
        ("__copy__", copy),
        ("__deepcopy__", copy),
    ];
    let class = add_class(vm, module, "functools", "_lru_cache_wrapper", methods, &[]);
    super::support::with_attributes(vm, &class);
}

/// `_lru_cache_wrapper(function, maxsize, typed, info_class)`
fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let [function, limit, typed, info_class] = exactly::<4>(vm, &rest, "_lru_cache_wrapper")?;
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let cache = Cache {
        function: ValueCell::new(function.clone()),
        limit: super::functools::size_limit(vm, Some(limit.clone()))?,
        typed: vm.truth(typed)?,
        results: vm.dict(),
        info_class: info_class.clone(),
        hits: 0,
        misses: 0,
    };
    Ok(vm.native_object(&class, Box::new(cache)))
}

/// The key of a call: the one argument itself if that is a plain number or text, else a tuple of all.
fn key_of(vm: &mut Vm, args: &Args<'_>, typed: bool) -> Value {
    if !typed
        && args.names.is_empty()
        && let [value] = args.values
        && (value.is_small_int() || value.is_kind::<crate::objects::Str>())
    {
        return value.clone();
    }
    if !typed && args.names.is_empty() {
        return vm.tuple_from(args.values.iter().cloned());
    }
    let mut parts = args.positional().to_vec();
    if !args.names.is_empty() {
        // Something that no argument can be stands between positional arguments and others.
        parts.push(vm.classes.builtin_function.to_value());
        for (name, value) in args.keywords() {
            parts.push(name.clone());
            parts.push(value.clone());
        }
    }
    if typed {
        parts.extend(args.values.iter().map(|value| vm.class_of(value).into_value()));
    }
    // A call with one tuple is told from a call with its items: its key is a tuple of that tuple.
    vm.tuple(parts)
}

fn call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__call__")?;
    let (function, limit, typed, results) =
        with(vm, this, |cache: &mut Cache| (cache.function.get(), cache.limit, cache.typed, cache.results.clone()))?;
    if limit == Some(0) {
        with(vm, this, |cache: &mut Cache| cache.misses += 1)?;
        return vm.call_args(&function, rest);
    }
    let key = key_of(vm, &rest, typed);
    let hash = vm.hash(&key)?;
    if limit.is_none() {
        if let Some(position) = vm.dict_find(&results, hash, &key)? {
            let result = results.table.borrow().value(position).clone();
            with(vm, this, |cache: &mut Cache| cache.hits += 1)?;
            return Ok(result);
        }
    } else if let Some((key, result)) = vm.dict_remove_hashed(&results, hash, &key)? {
        // What was used last stands last.
        vm.dict_set_hashed(&results, hash, key, result.clone())?;
        with(vm, this, |cache: &mut Cache| cache.hits += 1)?;
        return Ok(result);
    }
    with(vm, this, |cache: &mut Cache| cache.misses += 1)?;
    let result = vm.call_args(&function, rest)?;
    vm.dict_set_hashed(&results, hash, key, result.clone())?;
    if let Some(limit) = limit {
        let (count, oldest) = {
            let table = results.table.borrow();
            (table.len(), table.iter().next().map(|entry| (entry.hash, entry.key.clone())))
        };
        if count > limit
            && let Some((hash, oldest)) = oldest
        {
            vm.dict_remove_hashed(&results, hash, &oldest)?;
        }
    }
    Ok(result)
}

/// A cache found on a class is a method.
fn get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__get__")?;
    let values = super::support::between(vm, &rest, "__get__", 1, 2)?;
    if values[0].is_none() { Ok(this.clone()) } else { Ok(vm.bound_method(this.clone(), values[0].clone())) }
}

fn info(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "cache_info")?;
    none(vm, &rest, "cache_info")?;
    let (class, hits, misses, limit, results) = with(vm, this, |cache: &mut Cache| {
        (cache.info_class.clone(), cache.hits, cache.misses, cache.limit, cache.results.clone())
    })?;
    let count = results.table.borrow().len();
    let limit = limit.map_or(Value::NONE, |limit| vm.size(limit));
    let values = [vm.int(hits as i64), vm.int(misses as i64), limit, vm.size(count)];
    vm.call(&class, &values)
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "cache_clear")?;
    none(vm, &rest, "cache_clear")?;
    let fresh = vm.dict();
    let old = with(vm, this, |cache: &mut Cache| {
        cache.hits = 0;
        cache.misses = 0;
        std::mem::replace(&mut cache.results, fresh)
    })?;
    drop(old);
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__copy__")?;
    Ok(this.clone())
}
