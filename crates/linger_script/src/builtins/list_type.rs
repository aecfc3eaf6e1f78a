//! The methods of `list`.
//!
//! Operators on lists (`+`, `[]`, `==`, iteration) are the virtual machine's; sorting is in `list_sort`.

use linger_heap::{Ref, Value, append_clones, clones};

use super::checks::{has_plain, no_keywords, positional, receiver, special_takes, takes, takes_none, takes_one};
use super::dunders;
use super::list_sort;
use super::text_format::repr_method;
use crate::objects::{Args, Generator, IterState, List, NativeFn, Special, Tuple};
use crate::vm::{Result, Vm, handed_out, items_of, owned_by};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("append", append),
    ("extend", extend),
    ("insert", insert),
    ("remove", remove),
    ("pop", pop),
    ("clear", clear),
    ("index", index),
    ("count", count),
    ("reverse", reverse),
    ("copy", copy),
    ("sort", sort),
    ("__reversed__", reversed),
    ("__iadd__", in_place_add),
    ("__imul__", in_place_multiply),
    ("__sizeof__", size_of_list),
    ("__iter__", iter),
    ("__add__", dunders::add),
    ("__mul__", dunders::repeat),
    ("__rmul__", dunders::repeat),
    ("__len__", dunders::len),
    ("__contains__", dunders::contains),
    ("__getitem__", dunders::get_item),
    ("__setitem__", dunders::set_item),
    ("__delitem__", dunders::delete_item),
    ("__repr__", repr_method),
    ("__eq__", dunders::eq),
    ("__ne__", dunders::ne),
    ("__lt__", dunders::lt),
    ("__le__", dunders::le),
    ("__gt__", dunders::gt),
    ("__ge__", dunders::ge),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__class_getitem__", dunders::generic_alias)];

fn this(vm: &mut Vm, args: &Args<'_>, method: &str) -> Result<Ref<List>> {
    receiver::<List>(vm, args, method, "list")
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "list")?;
    let list = vm.list(Vec::new());
    vm.wrap(&args.values[0], list)
}

/// `list(...)` of the class itself: what `__new__` and `__init__` do one after the other.
pub(crate) fn make(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "list")?;
    let given = takes(vm, &args, "list", 1, 0, 1)?;
    let value = vm.list(Vec::new());
    if let ([iterable], Some(list)) = (given, value.to_ref::<List>()) {
        fill(vm, &list, iterable)?;
    }
    Ok(value)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__init__")?;
    let class = vm.class_of(&args.values[0]).into_value();
    if has_plain(vm, Some(&class), Special::New) {
        no_keywords(vm, &args, "list")?;
    }
    let given = positional(vm, &args, "list", 1, 0, 1)?;
    let old = vm.mutate(&list, |list| list.items.take());
    drop(old);
    if let Some(iterable) = given.first() {
        fill(vm, &list, iterable)?;
    }
    Ok(Value::NONE)
}

/// The items of a list or tuple, cloned; of other iterables only running them tells.
pub(super) fn ready_items(value: &Value) -> Option<Vec<Value>> {
    if let Some(list) = value.downcast::<List>() {
        return Some(clones(&list.items.borrow()));
    }
    value.downcast::<Tuple>().map(|tuple| clones(&tuple.items))
}

/// Appends every item: one after the other, so that a script that runs meanwhile sees them arrive.
pub(crate) fn fill(vm: &mut Vm, list: &Ref<List>, iterable: &Value) -> Result<()> {
    if iterable.downcast::<List>().is_some_and(|other| std::ptr::eq(other, &**list)) {
        let items = list.items.borrow().clone();
        vm.check_memory(items.len() * size_of::<Value>())?;
        vm.mutate(list, |list| list.items.borrow_mut().extend(items));
        return Ok(());
    }
    if let Some(items) = items_of(iterable) {
        vm.check_memory(items.len() * size_of::<Value>())?;
        vm.mutate(list, |list| append_clones(&mut list.items.borrow_mut(), &items));
        return Ok(());
    }
    if let Some(characters) = vm.characters_of(iterable)? {
        vm.mutate(list, |list| list.items.borrow_mut().extend(characters));
        return Ok(());
    }
    if let Some(members) = vm.members(iterable) {
        vm.check_memory(members.len() * size_of::<Value>())?;
        vm.mutate(list, |list| list.items.borrow_mut().extend(members));
        return Ok(());
    }
    let iterator = vm.iter(iterable)?;
    vm.ask_length(iterable)?;
    if let Some(ready) = vm.ready(&iterator)? {
        vm.mutate(list, |list| list.items.borrow_mut().extend(ready));
        return Ok(());
    }
    if let Some(generator) = iterator.to_ref::<Generator>() {
        return vm.collect_generator(&generator, list);
    }
    vm.exhaust(&iterator, |vm, item| {
        vm.list_push(list, item);
        Ok(())
    })
}

/// `list.append`, which the virtual machine recognizes.
pub(crate) const APPEND: NativeFn = append;

fn append(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "append")?;
    let item = takes_one(vm, &args, "list.append")?;
    vm.list_push(&list, item.clone());
    Ok(Value::NONE)
}

fn extend(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "extend")?;
    let iterable = takes_one(vm, &args, "list.extend")?;
    fill(vm, &list, iterable)?;
    Ok(Value::NONE)
}

fn in_place_add(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__iadd__")?;
    let iterable = &special_takes(vm, &args, 1)?[0];
    fill(vm, &list, iterable)?;
    Ok(args.values[0].clone())
}

fn in_place_multiply(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__imul__")?;
    let times = &special_takes(vm, &args, 1)?[0];
    let times = vm.index_i64(times)?.max(0) as usize;
    let once = list.items.borrow().clone();
    let wanted = once.len().checked_mul(times).filter(|total| *total < isize::MAX as usize / 8);
    let Some(wanted) = wanted else { return Err(vm.memory_error("")) };
    vm.check_memory(wanted * size_of::<Value>())?;
    let old = vm.mutate(&list, |list| {
        let mut items = Vec::with_capacity(wanted);
        for _ in 0..times {
            items.extend_from_slice(&once);
        }
        list.items.replace(items)
    });
    drop(old);
    Ok(args.values[0].clone())
}

fn insert(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "insert")?;
    let given = takes(vm, &args, "insert", 1, 2, 2)?;
    let place = vm.index(&given[0])?;
    let Some(place) = vm.to_i64(&place) else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    let item = given[1].clone();
    vm.mutate(&list, |list| {
        let mut items = list.items.borrow_mut();
        let place = from_end(place, items.len());
        items.insert(place, item);
    });
    Ok(Value::NONE)
}

/// An index of any size: what does not fit 64 bits lies beyond every list anyway.
pub(super) fn clamped_index(vm: &mut Vm, value: &Value) -> Result<i64> {
    let index = vm.index(value)?;
    match vm.to_i64(&index) {
        Some(index) => Ok(index),
        None => {
            let negative = vm.to_bigint(&index).is_some_and(|index| index.sign() == num_bigint::Sign::Minus);
            Ok(if negative { i64::MIN } else { i64::MAX })
        }
    }
}

/// An index that may count from the end, limited to `0..=len`.
pub(super) fn from_end(index: i64, len: usize) -> usize {
    if index < 0 { len.saturating_sub(index.unsigned_abs() as usize) } else { len.min(index as usize) }
}

fn remove(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "remove")?;
    let wanted = takes_one(vm, &args, "list.remove")?;
    let Some(place) = vm.position_of(&list.to_value(), wanted, 0, usize::MAX)? else {
        return Err(vm.value_error("list.remove(x): x not in list"));
    };
    vm.heap().before_shift(list.header(), place, 1);
    let removed = vm.mutate(&list, |list| {
        let mut items = list.items.borrow_mut();
        (place < items.len()).then(|| items.remove(place))
    });
    drop(removed);
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "pop")?;
    if let ([_], []) = (args.values, args.names)
        && let Some(last) = vm.mutate(&list, |list| list.items.borrow_mut().pop())
    {
        return Ok(handed_out(last));
    }
    let given = takes(vm, &args, "pop", 1, 0, 1)?;
    let index = match given.first() {
        Some(index) => vm.index_i64(index)?,
        None => -1,
    };
    let len = list.items.borrow().len();
    if len == 0 {
        return Err(vm.index_error("pop from empty list"));
    }
    let place = if index < 0 { index + len as i64 } else { index };
    if place < 0 || place >= len as i64 {
        return Err(vm.index_error("pop index out of range"));
    }
    vm.heap().before_shift(list.header(), place as usize, 1);
    let removed = vm.mutate(&list, |list| list.items.borrow_mut().remove(place as usize));
    Ok(handed_out(removed))
}

fn clear(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "clear")?;
    takes_none(vm, &args, "list.clear")?;
    let old = vm.mutate(&list, |list| list.items.take());
    vm.drop_items(old);
    Ok(Value::NONE)
}

fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "index")?;
    let given = takes(vm, &args, "index", 1, 1, 3)?;
    let len = list.items.borrow().len();
    let start = bound(vm, given.get(1), 0, len)?;
    let end = bound(vm, given.get(2), i64::MAX, len)?;
    match vm.position_of(&list.to_value(), &given[0], start, end)? {
        Some(place) => Ok(vm.size(place)),
        None => {
            let wanted = vm.repr(&given[0])?;
            Err(vm.value_error(format!("{wanted} is not in list")))
        }
    }
}

/// A bound of a search, which must be an integer and may count from the end.
pub(super) fn bound(vm: &mut Vm, value: Option<&Value>, default: i64, len: usize) -> Result<usize> {
    let index = match value {
        None => default,
        Some(value) if vm.is_int(value) || vm.special(value, Special::Index).is_some() => clamped_index(vm, value)?,
        Some(_) => return Err(vm.type_error("slice indices must be integers or have an __index__ method")),
    };
    Ok(if index < 0 { len.saturating_sub(index.unsigned_abs() as usize) } else { index as usize })
}

fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "count")?;
    let wanted = takes_one(vm, &args, "list.count")?;
    let list = list.into_value();
    let (mut found, mut from) = (0, 0);
    while let Some(place) = vm.position_of(&list, wanted, from, usize::MAX)? {
        found += 1;
        from = place + 1;
    }
    Ok(vm.size(found))
}

fn reverse(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "reverse")?;
    takes_none(vm, &args, "list.reverse")?;
    vm.heap().before_reorder(list.header());
    vm.mutate(&list, |list| list.items.borrow_mut().reverse());
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "copy")?;
    takes_none(vm, &args, "list.copy")?;
    let items = clones(&list.items.borrow());
    Ok(vm.list(items))
}

fn iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__iter__")?;
    special_takes(vm, &args, 0)?;
    Ok(owned_by(vm.iterator(IterState::List(list.into_value(), 0)), &args.values[0]))
}

fn reversed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__reversed__")?;
    takes_none(vm, &args, "list.__reversed__")?;
    let len = list.items.borrow().len();
    Ok(owned_by(vm.iterator(IterState::ListReversed(list.into_value(), len)), &args.values[0]))
}

fn size_of_list(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "__sizeof__")?;
    let bytes = list.header().bytes();
    Ok(vm.size(bytes))
}

fn sort(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let list = this(vm, &args, "sort")?;
    let count = args.values.len() - 1;
    if count > 2 {
        return Err(vm.type_error(format!("sort() takes at most 2 arguments ({count} given)")));
    }
    if args.positional().len() > 1 {
        return Err(vm.type_error("sort() takes no positional arguments"));
    }
    let order = list_sort::Order::from_keywords(vm, &args, "sort")?;
    vm.heap().before_reorder(list.header());
    // The list is empty while scripts compare, so that what they do to it can't hurt; whatever happens, all items come back.
    let mut items = vm.mutate(&list, |list| list.items.take());
    let result = list_sort::sort(vm, &mut items, &order);
    let meddled = vm.mutate(&list, |list| list.items.replace(items));
    result?;
    if meddled.capacity() > 0 {
        return Err(vm.value_error("list modified during sort"));
    }
    Ok(Value::NONE)
}
