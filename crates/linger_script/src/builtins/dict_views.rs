//! The views of a dict (`dict.keys()` and the like) and `mappingproxy`.
//!
//! Walking a view is the virtual machine's iteration over dicts; here are the set operations and the proxy's methods.

use linger_heap::{Ref, Value, ValueCell};

use super::checks::{receiver, special_takes, takes, takes_none, takes_one};
use super::dict_type::dict_of_view;
use super::set_algebra as algebra;
use super::text_format::repr_method;
use crate::objects::{Args, Dict, DictView, IterState, NativeFn, Set, SetTable, Tuple, ViewKind};
use crate::vm::{BinaryOp, CompareOp, Result, Vm, owned_by};

/// Of all views of a dict.
pub(super) const SHARED_METHODS: &[(&str, NativeFn)] =
    &[("__len__", len), ("__iter__", iter), ("__reversed__", reversed), ("__repr__", repr_method)];

/// Of keys and items: they are sets.
pub(super) const SET_METHODS: &[(&str, NativeFn)] = &[
    ("isdisjoint", isdisjoint),
    ("__contains__", contains),
    ("__and__", and),
    ("__rand__", and),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("__sub__", sub),
    ("__rsub__", reflected_sub),
    ("__xor__", xor),
    ("__rxor__", reflected_xor),
    ("__eq__", eq),
    ("__ne__", ne),
    ("__lt__", lt),
    ("__le__", le),
    ("__gt__", gt),
    ("__ge__", ge),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("mapping", mapping)];

pub(super) const PROXY_METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new_proxy),
    ("get", proxy_get),
    ("keys", proxy_keys),
    ("values", proxy_values),
    ("items", proxy_items),
    ("copy", proxy_copy),
    ("__getitem__", proxy_get_item),
    ("__contains__", proxy_contains),
    ("__len__", proxy_len),
    ("__iter__", proxy_iter),
    ("__reversed__", proxy_reversed),
    ("__repr__", proxy_repr),
    ("__str__", proxy_str),
    ("__eq__", proxy_eq),
    ("__or__", proxy_or),
    ("__ror__", proxy_reflected_or),
];

/// A view of a dict, or of an instance of a subclass of dict.
pub(crate) fn make(vm: &Vm, dict: Value, kind: ViewKind) -> Value {
    let class = match kind {
        ViewKind::Keys => &vm.classes.dict_keys,
        ViewKind::Values => &vm.classes.dict_values,
        ViewKind::Items => &vm.classes.dict_items,
        ViewKind::Proxy => &vm.classes.mappingproxy,
    };
    vm.object(class, DictView { dict: ValueCell::new(dict), kind }).into_value()
}

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<(Ref<DictView>, Ref<Dict>)> {
    let view = receiver::<DictView>(vm, args, method, "dict_view")?;
    match dict_of_view(vm, &view) {
        Some(dict) => Ok((view, dict)),
        None => Err(vm.type_error("the dict of the view is gone")),
    }
}

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (_, dict) = this(vm, &args, "__len__")?;
    special_takes(vm, &args, 0)?;
    let len = dict.table.borrow().len();
    Ok(vm.size(len))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, dict) = this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    let len = dict.table.borrow().len();
    let held = dict.into_value();
    let iterator = vm.iterator(match view.kind {
        ViewKind::Values => IterState::DictValues(held, 0, len),
        ViewKind::Items => IterState::DictItems(held, 0, len),
        ViewKind::Keys | ViewKind::Proxy => IterState::DictKeys(held, 0, len),
    });
    Ok(owned_by(iterator, &view.dict.get()))
}

fn reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, dict) = this(vm, &args, "__reversed__")?;
    let (end, len) = {
        let table = dict.table.borrow();
        (table.end_position(), table.len())
    };
    let shown = match view.kind {
        ViewKind::Keys | ViewKind::Proxy => 0,
        ViewKind::Values => 1,
        ViewKind::Items => 2,
    };
    Ok(owned_by(vm.iterator(IterState::DictReversed(dict.into_value(), end, len, shown)), &view.dict.get()))
}

fn mapping(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, _) = this(vm, &args, "mapping")?;
    Ok(make(vm, view.dict.get(), ViewKind::Proxy))
}

/// Whether a view of keys or items has `item`.
fn view_contains(vm: &mut Vm, view: &DictView, dict: &Ref<Dict>, item: &Value) -> Result<bool> {
    if view.kind != ViewKind::Items {
        return Ok(vm.dict_get(dict, item)?.is_some());
    }
    let Some(pair) = item.downcast::<Tuple>() else { return Ok(false) };
    let [key, wanted] = &pair.items[..] else { return Ok(false) };
    match vm.dict_get(dict, key)? {
        Some(value) => vm.equal(&value, wanted),
        None => Ok(false),
    }
}

fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, dict) = this(vm, &args, "__contains__")?;
    let item = &special_takes(vm, &args, 1)?[0];
    Ok(Value::bool(view_contains(vm, &view, &dict, item)?))
}

fn isdisjoint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, dict) = this(vm, &args, "isdisjoint")?;
    let name = vm.type_name(&args.values[0]);
    let other = takes_one(vm, &args, format_args!("{name}.isdisjoint"))?;
    let shares_one = vm.any_item(other, |vm, item| view_contains(vm, &view, &dict, &item))?;
    Ok(Value::bool(!shares_one))
}

/// A view of keys or items.
fn set_like(value: &Value) -> Option<&DictView> {
    value.downcast::<DictView>().filter(|view| matches!(view.kind, ViewKind::Keys | ViewKind::Items))
}

/// A fresh set of what an iterable gives; of a view of keys it is filled as from the dict.
fn fresh_set(vm: &mut Vm, value: &Value) -> Result<Ref<Set>> {
    let set = vm.set(SetTable::default(), false).to_ref::<Set>();
    let Some(set) = set else { return Err(vm.runtime_error("a set is not a set")) };
    let source = match value.downcast::<DictView>() {
        Some(view) if view.kind == ViewKind::Keys => view.dict.get(),
        _ => value.clone(),
    };
    algebra::add_all(vm, &set, &source)?;
    Ok(set)
}

/// An operator of which at least one side is a view of keys or items; nothing if neither is.
pub(super) fn operator(vm: &mut Vm, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    if set_like(a).is_none() && set_like(b).is_none() {
        return Ok(None);
    }
    let values = [a.clone(), b.clone()];
    match op {
        BinaryOp::Or => union_of(vm, a, b),
        BinaryOp::Sub => difference_of(vm, a, b),
        BinaryOp::Xor => toggle(vm, a, b),
        BinaryOp::And if set_like(a).is_some() => and(vm, Args::positional_only(&values)),
        BinaryOp::And => and(vm, Args::positional_only(&[b.clone(), a.clone()])),
        _ => return Ok(None),
    }
    .map(Some)
}

fn and(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (view, dict) = this(vm, &args, "__and__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    let own_len = dict.table.borrow().len();
    if let Some(set) = other.to_ref::<Set>().filter(|set| !set.frozen && own_len <= set.table.borrow().len()) {
        let table = algebra::intersection(vm, &set, &args.values[0])?;
        return Ok(vm.set(table, false));
    }
    let mut sides = (view, dict, other.clone());
    if let Some(other_view) = set_like(other)
        && let Some(other_dict) = dict_of_view(vm, other_view)
        && other_dict.table.borrow().len() > own_len
        && let Some(other_view) = other.to_ref::<DictView>()
    {
        sides = (other_view, other_dict.clone(), args.values[0].clone());
    }
    let (view, dict, walked) = sides;
    let Some(result) = vm.set(SetTable::default(), false).to_ref::<Set>() else { return Ok(Value::NONE) };
    vm.for_each(&walked, |vm, item| {
        if view_contains(vm, &view, &dict, &item)? {
            vm.set_add(&result, item)?;
        }
        Ok(())
    })?;
    Ok(result.into_value())
}

fn union_of(vm: &mut Vm, left: &Value, right: &Value) -> Result<Value> {
    let result = fresh_set(vm, left)?;
    algebra::add_all(vm, &result, right)?;
    Ok(result.into_value())
}

fn or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__or__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    union_of(vm, &args.values[0], other)
}

fn reflected_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__ror__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    union_of(vm, other, &args.values[0])
}

fn difference_of(vm: &mut Vm, left: &Value, right: &Value) -> Result<Value> {
    let result = fresh_set(vm, left)?;
    algebra::remove_all(vm, &result, right)?;
    Ok(result.into_value())
}

fn sub(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__sub__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    difference_of(vm, &args.values[0], other)
}

fn reflected_sub(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__rsub__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    difference_of(vm, other, &args.values[0])
}

fn toggle(vm: &mut Vm, left: &Value, right: &Value) -> Result<Value> {
    let result = fresh_set(vm, left)?;
    algebra::toggle_all(vm, &result, right)?;
    Ok(result.into_value())
}

fn xor(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__xor__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    toggle(vm, &args.values[0], other)
}

fn reflected_xor(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__rxor__")?;
    let other = &special_takes(vm, &args, 1)?[0];
    toggle(vm, other, &args.values[0])
}

/// Whether everything that `inner` gives is in `outer`.
fn all_in(vm: &mut Vm, inner: &Value, outer: &Value) -> Result<bool> {
    Ok(!vm.any_item(inner, |vm, item| Ok(!vm.contains(outer, &item)?))?)
}

/// Compares two sets or views by their sizes and then by their members; nothing if `other` is neither.
fn compare(vm: &mut Vm, args: &Args<'_>, sizes: fn(usize, usize) -> bool, other_inside: bool) -> Result<Option<bool>> {
    let (_, dict) = this(vm, args, "__eq__")?;
    let other = &special_takes(vm, args, 1)?[0];
    if set_like(other).is_none() && vm.native::<Set>(other).is_none() {
        return Ok(None);
    }
    let own_len = dict.table.borrow().len();
    if !sizes(own_len, vm.len(other)?) {
        return Ok(Some(false));
    }
    let own = &args.values[0];
    if other_inside { all_in(vm, other, own).map(Some) } else { all_in(vm, own, other).map(Some) }
}

macro_rules! comparisons {
    ($($name:ident = $sizes:expr, $inside:literal, $negated:literal;)*) => {$(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let result = compare(vm, &args, $sizes, $inside)?;
            Ok(result.map_or(Value::NOT_IMPLEMENTED, |result| Value::bool(result != $negated)))
        }
    )*};
}

comparisons! {
    eq = |own, other| own == other, false, false;
    ne = |own, other| own == other, false, true;
    lt = |own, other| own < other, false, false;
    le = |own, other| own <= other, false, false;
    gt = |own, other| own > other, true, false;
    ge = |own, other| own >= other, true, false;
}

// ---- mappingproxy ----

fn proxied(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Value> {
    Ok(receiver::<DictView>(vm, args, method, "mappingproxy")?.dict.get())
}

fn new_proxy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "mappingproxy")?;
    let mapping = match &args.values[1..] {
        [mapping] if args.names.is_empty() => mapping,
        other => {
            let count = other.len();
            return Err(vm.type_error(format!("mappingproxy() takes exactly one argument ({count} given)")));
        }
    };
    let class = vm.class_of(mapping);
    let name = vm.intern("__getitem__");
    let sequence = vm.native::<Tuple>(mapping).is_some() || vm.native::<crate::objects::List>(mapping).is_some();
    if sequence || vm.lookup(&class, &name).is_none() {
        let other = vm.type_name(mapping);
        return Err(vm.type_error(format!("mappingproxy() argument must be a mapping, not {other}")));
    }
    Ok(make(vm, mapping.clone(), ViewKind::Proxy))
}

fn proxy_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "get")?;
    let given = takes(vm, &args, "get", 1, 1, 2)?;
    let default = given.get(1).cloned().unwrap_or(Value::NONE);
    vm.call_method(&mapping, "get", &[given[0].clone(), default])
}

fn forward(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Value> {
    let mapping = proxied(vm, args, method)?;
    takes_none(vm, args, format_args!("mappingproxy.{method}"))?;
    vm.call_method(&mapping, method, &[])
}

fn proxy_keys(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    forward(vm, &args, "keys")
}

fn proxy_values(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    forward(vm, &args, "values")
}

fn proxy_items(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    forward(vm, &args, "items")
}

fn proxy_copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    forward(vm, &args, "copy")
}

fn proxy_reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    forward(vm, &args, "__reversed__")
}

fn proxy_get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__getitem__")?;
    let key = &special_takes(vm, &args, 1)?[0];
    vm.get_item(&mapping, key)
}

fn proxy_contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__contains__")?;
    let key = &special_takes(vm, &args, 1)?[0];
    Ok(Value::bool(vm.contains(&mapping, key)?))
}

fn proxy_len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__len__")?;
    let len = vm.len(&mapping)?;
    Ok(vm.size(len))
}

fn proxy_iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__iter__")?;
    vm.iter(&mapping)
}

fn proxy_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__repr__")?;
    let inner = vm.repr(&mapping)?;
    Ok(vm.str(&format!("mappingproxy({inner})")))
}

fn proxy_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__str__")?;
    vm.to_text_value(&mapping)
}

/// What a proxy stands for, on either side of an operator.
fn unproxied(value: &Value) -> Value {
    match value.downcast::<DictView>() {
        Some(view) if view.kind == ViewKind::Proxy => view.dict.get(),
        _ => value.clone(),
    }
}

fn proxy_eq(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__eq__")?;
    let other = unproxied(&special_takes(vm, &args, 1)?[0]);
    vm.compare(CompareOp::Eq, &mapping, &other)
}

fn proxy_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__or__")?;
    let other = unproxied(&special_takes(vm, &args, 1)?[0]);
    vm.binary(BinaryOp::Or, &mapping, &other)
}

fn proxy_reflected_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mapping = proxied(vm, &args, "__ror__")?;
    let other = unproxied(&special_takes(vm, &args, 1)?[0]);
    vm.binary(BinaryOp::Or, &other, &mapping)
}
