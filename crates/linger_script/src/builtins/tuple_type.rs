//! The methods of `tuple`.
//!
//! Operators on tuples are the virtual machine's.

use linger_heap::{Ref, Value};

use super::checks::{no_keywords_to_new, positional, receiver, special_takes, takes, takes_none, takes_one};
use super::dunders;
use super::list_type::bound;
use super::text_format::repr_method;
use crate::objects::{Args, Class, IterState, NativeFn, Tuple};
use crate::vm::{Result, Vm, owned_by};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("index", index),
    ("count", count),
    ("__getnewargs__", new_arguments),
    ("__iter__", iter),
    ("__add__", dunders::add),
    ("__mul__", dunders::repeat),
    ("__rmul__", dunders::repeat),
    ("__len__", dunders::len),
    ("__contains__", dunders::contains),
    ("__getitem__", dunders::get_item),
    ("__repr__", repr_method),
    ("__hash__", dunders::hash),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::lt),
    ("__le__", dunders::le),
    ("__gt__", dunders::gt),
    ("__ge__", dunders::ge),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__class_getitem__", dunders::generic_alias)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<Tuple>> {
    receiver::<Tuple>(vm, args, method, "tuple")
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "tuple")?;
    let exact = args.values[0].downcast::<Class>().is_some_and(|class| std::ptr::eq(class, &*vm.classes.tuple));
    no_keywords_to_new(vm, &args, "tuple")?;
    let given = positional(vm, &args, "tuple", 1, 0, 1)?;
    let tuple = match given.first() {
        None => vm.tuple(Vec::new()),
        Some(tuple) if exact && tuple.is_kind::<Tuple>() => return Ok(tuple.clone()),
        Some(iterable) => vm.tuple_of(iterable)?,
    };
    vm.wrap(&args.values[0], tuple)
}

fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let tuple = this(vm, &args, "index")?;
    let given = takes(vm, &args, "index", 1, 1, 3)?;
    let len = tuple.items.len();
    let start = bound(vm, given.get(1), 0, len)?;
    let end = bound(vm, given.get(2), i64::MAX, len)?.min(len);
    match vm.position_of(&tuple.to_value(), &given[0], start, end)? {
        Some(place) => Ok(vm.size(place)),
        None => Err(vm.value_error("tuple.index(x): x not in tuple")),
    }
}

fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let tuple = this(vm, &args, "count")?;
    let wanted = takes_one(vm, &args, "tuple.count")?;
    let tuple = tuple.into_value();
    let (mut found, mut from) = (0, 0);
    while let Some(place) = vm.position_of(&tuple, wanted, from, usize::MAX)? {
        found += 1;
        from = place + 1;
    }
    Ok(vm.size(found))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let tuple = this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    Ok(owned_by(vm.iterator(IterState::Tuple(tuple.into_value(), 0)), &args.values[0]))
}

fn new_arguments(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let tuple = this(vm, &args, "__getnewargs__")?;
    takes_none(vm, &args, "tuple.__getnewargs__")?;
    let copy = vm.tuple(tuple.items.to_vec());
    Ok(vm.tuple(vec![copy]))
}
