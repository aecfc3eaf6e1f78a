//! The module `_functools`: `reduce`, `partial`, `cmp_to_key` and the cache behind `lru_cache`. The rest of `functools` is
//! written in Python (`py/functools.py`).

use linger_heap::{Edge, Ref, Value};

use super::support::{Table, add_class, between, exactly, given, method, module, named, registered, resize, with};
use crate::objects::{Args, Dict, NativeData, Tuple};
use crate::vm::{CompareOp, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_functools", &[("reduce", reduce), ("cmp_to_key", cmp_to_key)]);
    let methods: Table<'_> = &[
        ("__new__", partial_new),
        ("__call__", partial_call),
        ("__repr__", partial_repr),
        ("__reduce__", partial_reduce),
        ("__setstate__", partial_setstate),
    ];
    let getters: Table<'_> = &[("func", partial_func), ("args", partial_args), ("keywords", partial_keywords)];
    let partial = add_class(vm, &module, "functools", "partial", methods, getters);
    super::support::with_subscripts(vm, "partial", &partial);
    super::support::with_attributes(vm, &partial);

    let compare: Table<'_> = &[
        ("__lt__", |vm, args| key_compare(vm, args, CompareOp::Lt)),
        ("__le__", |vm, args| key_compare(vm, args, CompareOp::Le)),
        ("__gt__", |vm, args| key_compare(vm, args, CompareOp::Gt)),
        ("__ge__", |vm, args| key_compare(vm, args, CompareOp::Ge)),
        ("__eq__", |vm, args| key_compare(vm, args, CompareOp::Eq)),
        ("__ne__", |vm, args| key_compare(vm, args, CompareOp::Ne)),
        ("__call__", key_call),
    ];
    let getters: Table<'_> = &[("obj", key_object)];
    let key = add_class(vm, &module, "functools", "KeyWrapper", compare, getters);
    vm.dict_set_str(&key.dict, "__hash__", Value::NONE);
    vm.registry.insert("functools.KeyWrapper", key.to_value());

    super::lru_cache::add(vm, &module);
    Ok(module)
}

fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "reduce", 2, 3)?;
    let function = &values[0];
    if vm.special(&values[1], crate::objects::Special::Iter).is_none()
        && vm.special(&values[1], crate::objects::Special::GetItem).is_none()
    {
        return Err(vm.type_error("reduce() arg 2 must support iteration"));
    }
    let iterator = vm.iter(&values[1])?;
    let mut result = match values.get(2) {
        Some(initial) => initial.clone(),
        None => match vm.next(&iterator)? {
            Some(first) => first,
            None => return Err(vm.type_error("reduce() of empty iterable with no initial value")),
        },
    };
    vm.exhaust(&iterator, |vm, item| {
        result = vm.call(function, &[std::mem::take(&mut result), item])?;
        Ok(())
    })?;
    Ok(result)
}

/// A function with some arguments already given.
struct Partial {
    function: Value,
    args: Vec<Value>,
    keywords: Option<Ref<Dict>>,
}

impl NativeData for Partial {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("func"), &self.function);
        for (index, value) in self.args.iter().enumerate() {
            visit(Edge::Index(index), value);
        }
        if let Some(keywords) = &self.keywords {
            keywords.with_value(|keywords| visit(Edge::Part("keywords"), keywords));
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        let mut references = std::mem::take(&mut self.args);
        references.push(std::mem::replace(&mut self.function, Value::NONE));
        references.extend(self.keywords.take().map(Ref::into_value));
        references
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Partial>() + self.args.capacity() * size_of::<Value>()
    }
}

/// What a partial holds: function, arguments, keyword arguments.
type Parts = (Value, Vec<Value>, Option<Ref<Dict>>);

fn parts(vm: &mut Vm, this: &Value) -> Result<Parts> {
    with(vm, this, |partial: &mut Partial| (partial.function.clone(), partial.args.clone(), partial.keywords.clone()))
}

fn partial_new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let Some((function, positional)) = rest.positional().split_first() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let keywords = vm.dict();
    let (mut function, mut given_args) = (function.clone(), Vec::new());
    // A partial of a plain partial is flattened.
    let is_plain =
        function.downcast::<crate::objects::NativeObject>().is_some_and(|object| object.attributes.is_empty());
    if is_plain && super::support::is::<Partial>(&function) {
        let (inner, inner_args, inner_keywords) = parts(vm, &function)?;
        if let Some(inner) = inner_keywords {
            vm.dict_update(&keywords, &inner)?;
        }
        (function, given_args) = (inner, inner_args);
    }
    given_args.extend_from_slice(positional);
    for (name, value) in rest.keywords() {
        vm.dict_set(&keywords, name.clone(), value.clone())?;
    }
    let partial = Partial { function, args: given_args, keywords: Some(keywords) };
    Ok(vm.native_object(&class, Box::new(partial)))
}

fn partial_call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__call__")?;
    let given = rest.positional();
    let (function, mut values, keywords) = with(vm, this, |partial: &mut Partial| {
        let mut values = Vec::with_capacity(partial.args.len() + given.len());
        values.extend_from_slice(&partial.args);
        values.extend_from_slice(given);
        let keywords = partial.keywords.as_ref().filter(|keywords| !keywords.table.borrow().is_empty());
        (partial.function.clone(), values, keywords.cloned())
    })?;
    if keywords.is_none() && rest.names.is_empty() {
        return vm.call(&function, &values);
    }
    let stored = keywords.map(|keywords| vm.dict_entries(&keywords)).unwrap_or_default();
    let mut named: Vec<(Value, Value)> = stored;
    for (name, value) in rest.keywords() {
        match named.iter_mut().find(|(known, _)| crate::vm::text(known) == crate::vm::text(name)) {
            Some((_, place)) => *place = value.clone(),
            None => named.push((name.clone(), value.clone())),
        }
    }
    let mut names = Vec::with_capacity(named.len());
    for (name, value) in named {
        names.push(vm.interned(&name));
        values.push(value);
    }
    vm.call_args(&function, Args { values: &values, names: &names })
}

fn partial_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    let class = vm.class_of(this);
    let name = if class.flags.get().builtin { String::from("functools.partial") } else { class.name_text() };
    if !vm.repr_enter(this)? {
        return Ok(vm.str("..."));
    }
    let result = partial_text(vm, this, &name);
    vm.repr_leave();
    result
}

fn partial_text(vm: &mut Vm, this: &Value, name: &str) -> Result<Value> {
    let (function, values, keywords) = parts(vm, this)?;
    let mut texts = vec![vm.repr(&function)?];
    for value in &values {
        texts.push(vm.repr(value)?);
    }
    for (key, value) in keywords.map(|keywords| vm.dict_entries(&keywords)).unwrap_or_default() {
        texts.push(format!("{}={}", vm.to_text(&key)?, vm.repr(&value)?));
    }
    Ok(vm.str(&format!("{name}({})", texts.join(", "))))
}

fn partial_reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let (function, values, keywords) = parts(vm, this)?;
    let class = vm.class_of(this).to_value();
    let attributes = vm.get_attr_str(this, "__dict__")?;
    let attributes = if vm.truth(&attributes)? { attributes } else { Value::NONE };
    let values = vm.tuple(values);
    let keywords = keywords.map_or(Value::NONE, Ref::into_value);
    let arguments = vm.tuple(vec![function.clone()]);
    let state = vm.tuple(vec![function, values, keywords, attributes]);
    Ok(vm.tuple(vec![class, arguments, state]))
}

/// What `copy` fills a partial with: function, arguments, keywords, attributes.
fn partial_setstate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__setstate__")?;
    let [state] = exactly::<1>(vm, &rest, "__setstate__")?;
    let state = vm.native::<Tuple>(state).map(|state| state.items.to_vec()).unwrap_or_default();
    let [function, values, keywords, attributes] = &state[..] else {
        return Err(vm.type_error("invalid partial state"));
    };
    let (values, given) = (vm.native::<Tuple>(values), vm.native::<Dict>(keywords));
    let added = vm.native::<Dict>(attributes);
    let fits = (given.is_some() || keywords.is_none()) && (added.is_some() || attributes.is_none());
    let Some(values) = values.filter(|_| fits && vm.is_callable(function)) else {
        return Err(vm.type_error("invalid partial state"));
    };
    let keywords = given.unwrap_or_else(|| vm.dict());
    let new = Partial { function: function.clone(), args: values.items.to_vec(), keywords: Some(keywords) };
    // What is replaced goes when nothing holds the partial any more.
    let old = resize(vm, this, |partial: &mut Partial| std::mem::replace(partial, new))?;
    drop(old);
    for (name, value) in added.map(|added| vm.dict_entries(&added)).unwrap_or_default() {
        vm.set_attr(this, &name, value)?;
    }
    Ok(Value::NONE)
}

fn partial_func(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "func")?;
    Ok(parts(vm, this)?.0)
}

fn partial_args(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "args")?;
    let values = parts(vm, this)?.1;
    Ok(vm.tuple(values))
}

fn partial_keywords(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "keywords")?;
    Ok(parts(vm, this)?.2.map_or(Value::NONE, Ref::into_value))
}

/// An object compared by a function that tells the order by a number.
struct Key {
    compare: Value,
    /// Empty in the maker of keys that `cmp_to_key` returns.
    object: Value,
}

impl NativeData for Key {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("cmp"), &self.compare);
        visit(Edge::Part("obj"), &self.object);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![std::mem::replace(&mut self.compare, Value::NONE), std::mem::take(&mut self.object)]
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Key>()
    }
}

fn cmp_to_key(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [compare] = named(vm, &args, "cmp_to_key", ["mycmp"], 1)?;
    let class = registered(vm, "functools.KeyWrapper")?;
    let compare = super::support::or_none(compare);
    Ok(vm.native_object(&class, Box::new(Key { compare, object: Value::EMPTY })))
}

fn key_call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__call__")?;
    let [object] = named(vm, &rest, "K", ["obj"], 1)?;
    let compare = with(vm, this, |key: &mut Key| key.compare.clone())?;
    let class = registered(vm, "functools.KeyWrapper")?;
    let object = super::support::or_none(object);
    Ok(vm.native_object(&class, Box::new(Key { compare, object })))
}

fn key_object(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "obj")?;
    let object = with(vm, this, |key: &mut Key| key.object.clone())?;
    Ok(if object.is_empty() { Value::NONE } else { object })
}

fn key_compare(vm: &mut Vm, args: Args<'_>, op: CompareOp) -> Result<Value> {
    let (this, rest) = method(vm, args, "__lt__")?;
    let [other] = exactly::<1>(vm, &rest, "__lt__")?;
    if !super::support::is::<Key>(other) {
        return Err(vm.type_error("other argument must be K instance"));
    }
    let (compare, a) = with(vm, this, |key: &mut Key| (key.compare.clone(), key.object.clone()))?;
    let b = with(vm, other, |key: &mut Key| key.object.clone())?;
    let order = vm.call(&compare, &[a, b])?;
    let zero = vm.int(0);
    vm.compare(op, &order, &zero)
}

/// The `maxsize` of a cache: none for no limit.
pub(super) fn size_limit(vm: &mut Vm, value: Option<Value>) -> Result<Option<usize>> {
    match given(value) {
        Some(value) => Ok(Some(vm.index_i64(&value)?.max(0) as usize)),
        None => Ok(None),
    }
}
