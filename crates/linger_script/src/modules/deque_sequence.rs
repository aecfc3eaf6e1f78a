//! What a deque shares with other sequences: searching, comparing, adding, repeating.

use linger_heap::Value;

use super::deque::{Deque, items, make, remove_at};
use super::support::{between, method, one, resize, with};
use crate::objects::Args;
use crate::vm::{CompareOp, Result, Vm};

/// The position of an item in a range; the deque must not change while it is sought.
fn find(vm: &mut Vm, this: &Value, item: &Value, start: usize, stop: usize) -> Result<Option<usize>> {
    let version = with(vm, this, |deque: &mut Deque| deque.version)?;
    for position in start..stop {
        let found =
            with(
                vm,
                this,
                |deque: &mut Deque| {
                    if deque.version == version { Ok(deque.items.get(position).cloned()) } else { Err(()) }
                },
            )?;
        match found {
            Ok(Some(other)) => {
                let same = vm.equal(&other, item)?;
                if with(vm, this, |deque: &mut Deque| deque.version)? != version {
                    return Err(vm.runtime_error("deque mutated during iteration"));
                }
                if same {
                    return Ok(Some(position));
                }
            }
            Ok(None) => return Ok(None),
            Err(()) => return Err(vm.runtime_error("deque mutated during iteration")),
        }
    }
    Ok(None)
}

pub(super) fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__contains__")?;
    let item = one(vm, &rest, "deque.__contains__")?;
    Ok(Value::bool(find(vm, this, item, 0, usize::MAX)?.is_some()))
}

pub(super) fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "count")?;
    let item = one(vm, &rest, "deque.count")?;
    let (mut count, mut from) = (0, 0);
    while let Some(position) = find(vm, this, item, from, usize::MAX)? {
        count += 1;
        from = position + 1;
    }
    Ok(vm.int(count))
}

pub(super) fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "index")?;
    let values = between(vm, &rest, "index", 1, 3)?;
    let len = with(vm, this, |deque: &mut Deque| deque.items.len())? as i64;
    let mut bounds = [0, len];
    for (bound, value) in bounds.iter_mut().zip(&values[1..]) {
        let index = vm.index_i64(value)?;
        *bound = if index < 0 { (index + len).max(0) } else { index };
    }
    match find(vm, this, &values[0], bounds[0] as usize, bounds[1].min(len) as usize)? {
        Some(position) => Ok(vm.size(position)),
        None => {
            let text = vm.repr(&values[0])?;
            Err(vm.value_error(format!("{text} is not in deque")))
        }
    }
}

pub(super) fn remove(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "remove")?;
    let item = one(vm, &rest, "deque.remove")?;
    let version = with(vm, this, |deque: &mut Deque| deque.version)?;
    let found = find(vm, this, item, 0, usize::MAX);
    if found.is_err() && with(vm, this, |deque: &mut Deque| deque.version)? != version {
        return Err(vm.index_error("deque mutated during iteration"));
    }
    match found? {
        Some(position) => {
            remove_at(vm, this, position)?;
            Ok(Value::NONE)
        }
        None => {
            let text = vm.repr(item)?;
            Err(vm.value_error(format!("{text} is not in deque")))
        }
    }
}

pub(super) fn add(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__add__")?;
    let other = one(vm, &rest, "deque.__add__")?;
    if !super::support::is::<Deque>(other) {
        let name = vm.type_name(other);
        return Err(vm.type_error(format!("can only concatenate deque (not \"{name}\") to deque")));
    }
    let class = vm.class_of(this);
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    let mut all = items(vm, this)?;
    all.extend(items(vm, other)?);
    Ok(make(vm, &class, all, limit))
}

/// The items `count` times.
fn repeated(vm: &mut Vm, this: &Value, count: &Value) -> Result<Vec<Value>> {
    let count = vm.index_i64(count)?.max(0) as usize;
    let once = items(vm, this)?;
    vm.check_memory(once.len().saturating_mul(count).saturating_mul(size_of::<Value>()))?;
    Ok((0..count).flat_map(|_| once.iter().cloned()).collect())
}

pub(super) fn mul(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__mul__")?;
    let count = one(vm, &rest, "deque.__mul__")?;
    let class = vm.class_of(this);
    let limit = with(vm, this, |deque: &mut Deque| deque.limit)?;
    let all = repeated(vm, this, count)?;
    Ok(make(vm, &class, all, limit))
}

pub(super) fn imul(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__imul__")?;
    let count = one(vm, &rest, "deque.__imul__")?;
    let all = repeated(vm, this, count)?;
    let old = resize(vm, this, |deque: &mut Deque| {
        let surplus = deque.limit.map_or(0, |limit| all.len().saturating_sub(limit));
        deque.version += 1;
        std::mem::replace(&mut deque.items, all[surplus..].iter().cloned().collect())
    })?;
    drop(old);
    Ok(this.clone())
}

fn compare(vm: &mut Vm, args: Args<'_>, op: CompareOp) -> Result<Value> {
    let (this, rest) = method(vm, args, "__eq__")?;
    let other = one(vm, &rest, "deque.__eq__")?;
    if !super::support::is::<Deque>(other) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (items(vm, this)?, items(vm, other)?);
    let (a, b) = (vm.list(a), vm.list(b));
    vm.compare(op, &a, &b)
}

macro_rules! comparison {
    ($($name:ident = $op:ident;)*) => {$(
        pub(super) fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            compare(vm, args, CompareOp::$op)
        }
    )*};
}

comparison! {
    eq = Eq;
    ne = Ne;
    lt = Lt;
    le = Le;
    gt = Gt;
    ge = Ge;
}
