//! The module `_collections`: `deque`, `defaultdict` and the parts of `collections` that are asked for speed. The rest is
//! written in Python (`py/collections.py`).

use linger_heap::{Edge, Value};

use super::support::{Table, add_class, between, exactly, method, module, named, none, with};
use crate::objects::{Args, Dict, Layout, NativeData, NativeObject, Tuple, UNSURE};
use crate::vm::{BinaryOp, Result, Vm, handed_out};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_collections", &[("_count_elements", count_elements), ("_pop_end", pop_end)]);
    let to_end = super::support::method_value(vm, "OrderedDict", "move_to_end", move_to_end);
    vm.module_set(&module, "_move_to_end", to_end);
    super::deque::add(vm, &module);

    let dict = vm.classes.dict.clone();
    let class = vm.native_class("defaultdict", "collections", Some(&dict), Layout::Dict, DEFAULT_DICT, &[]);
    super::support::as_subclass(&class);
    vm.module_set(&module, "defaultdict", class.into_value());

    let methods: Table<'_> = &[
        ("__new__", getter_new),
        ("__get__", getter_get),
        ("__set__", getter_set),
        ("__delete__", getter_delete),
        ("__doc__\0set", set_getter_doc),
    ];
    add_class(vm, &module, "collections", "_tuplegetter", methods, &[("__doc__", getter_doc)]);
    Ok(module)
}

const DEFAULT_DICT: Table<'static> = &[
    ("__init__", default_init),
    ("__missing__", default_missing),
    ("__repr__", default_repr),
    ("__copy__", default_copy),
    ("copy", default_copy),
    ("__reduce__", default_reduce),
];

fn factory(vm: &mut Vm, this: &Value) -> Result<Value> {
    let name = vm.intern("default_factory");
    Ok(vm.find_attr(this, &name)?.unwrap_or(Value::NONE))
}

fn default_init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__init__")?;
    let (factory, others) = match rest.positional().split_first() {
        Some((factory, _)) => (factory.clone(), &rest.values[1..]),
        None => (Value::NONE, rest.values),
    };
    if !factory.is_none() && !vm.is_callable(&factory) {
        return Err(vm.type_error("first argument must be callable or None"));
    }
    let name = vm.intern("default_factory");
    vm.set_attr(this, &name, factory)?;
    let dict = vm.classes.dict.to_value();
    let init = vm.get_attr_str(&dict, "__init__")?;
    let mut values = vec![this.clone()];
    values.extend_from_slice(others);
    vm.call_args(&init, Args { values: &values, names: rest.names })
}

fn default_missing(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__missing__")?;
    let [key] = exactly::<1>(vm, &rest, "__missing__")?;
    let factory = factory(vm, this)?;
    if factory.is_none() {
        return Err(vm.key_error(key));
    }
    let value = vm.call(&factory, &[])?;
    match vm.native::<Dict>(this) {
        Some(dict) => vm.dict_set(&dict, key.clone(), value.clone())?,
        None => vm.set_item(this, key, value.clone())?,
    }
    Ok(value)
}

fn default_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    let name = vm.type_name(this);
    let factory = factory(vm, this)?;
    let factory = if vm.repr_enter(this)? {
        let text = vm.repr(&factory);
        vm.repr_leave();
        text?
    } else {
        String::from("...")
    };
    let items = match vm.native::<Dict>(this) {
        Some(dict) => vm.repr(&dict.into_value())?,
        None => String::from("{}"),
    };
    Ok(vm.str(&format!("{name}({factory}, {items})")))
}

/// A defaultdict of the class of `this`, with the entries of `dicts`.
fn default_of(vm: &mut Vm, this: &Value, dicts: &[&Value]) -> Result<Value> {
    let factory = factory(vm, this)?;
    let class = vm.class_of(this).into_value();
    let result = vm.call(&class, &[factory])?;
    for dict in dicts {
        vm.call_method(&result, "update", &[(*dict).clone()])?;
    }
    Ok(result)
}

fn default_copy(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "copy")?;
    none(vm, &rest, "defaultdict.copy")?;
    default_of(vm, this, &[this])
}

fn default_reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let factory = factory(vm, this)?;
    let class = vm.class_of(this).into_value();
    let arguments = if factory.is_none() { vm.tuple(Vec::new()) } else { vm.tuple(vec![factory]) };
    let items = vm.call_method(this, "items", &[])?;
    let items = vm.iter(&items)?;
    Ok(vm.tuple(vec![class, arguments, Value::NONE, Value::NONE, items]))
}

/// `OrderedDict.move_to_end(key, last=True)`
fn move_to_end(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "move_to_end")?;
    let [key, last] = named(vm, &rest, "move_to_end", ["key", "last"], 1)?;
    let last = last.map_or(Ok(true), |last| vm.truth(&last))?;
    let (Some(dict), Some(key)) = (vm.native::<Dict>(this), key) else {
        return Err(vm.type_error("move_to_end() needs a dict"));
    };
    let hash = vm.hash(&key)?;
    let Some(position) = vm.dict_find(&dict, hash, &key)? else { return Err(vm.key_error(&key)) };
    let header = dict.header();
    vm.heap().before_reorder(header);
    vm.mutate(&dict, |dict| {
        let mut table = dict.table.borrow_mut();
        if last && position + 1 == table.end_position() {
            return;
        }
        let entry = table.remove_at(position);
        if last {
            table.insert_new(entry.hash, entry.key, entry.value);
        } else {
            table.insert_first(entry);
        }
    });
    Ok(Value::NONE)
}

/// `_pop_end(dict, last)`: takes out the last entry, or the first one.
fn pop_end(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [this, last] = exactly::<2>(vm, &args, "_pop_end")?;
    let last = vm.truth(last)?;
    let Some(dict) = vm.native::<Dict>(this) else { return Err(vm.type_error("_pop_end() needs a dict")) };
    let entry = vm.mutate(&dict, |dict| {
        let mut table = dict.table.borrow_mut();
        let end = table.end_position();
        let position = if last { table.previous_position(end) } else { table.next_position(0) };
        position.map(|position| table.remove_at(position))
    });
    match entry {
        Some(entry) => Ok(vm.tuple(vec![handed_out(entry.key), handed_out(entry.value)])),
        None => {
            let message = vm.str("dictionary is empty");
            Err(vm.key_error(&message))
        }
    }
}

/// `_count_elements(mapping, iterable)`: adds one for each item.
fn count_elements(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [mapping, iterable] = exactly::<2>(vm, &args, "_count_elements")?;
    let Some(dict) = vm.native::<Dict>(mapping) else {
        return Err(vm.type_error("_count_elements() needs a dict"));
    };
    let one = vm.int(1);
    vm.for_each(iterable, |vm, item| {
        let hash = vm.hash(&item)?;
        // A count that is there and small is replaced where it stands.
        {
            let mut table = dict.table.borrow_mut();
            let place = table.seek(hash, &item);
            if place < UNSURE
                && let Some(count) = table.value(place).as_small_int()
                && let Some(more) = Value::small_int(count + 1)
            {
                table.replace_value(place, more);
                return Ok(());
            }
        }
        let known = vm.dict_find(&dict, hash, &item)?.map(|place| dict.table.borrow().value(place).clone());
        let count = match known {
            Some(count) => match count.as_small_int() {
                Some(count) => vm.int(count + 1),
                None => vm.binary(BinaryOp::Add, &count, &one)?,
            },
            None => one.clone(),
        };
        vm.dict_set_hashed(&dict, hash, item, count)
    })?;
    Ok(Value::NONE)
}

/// The descriptor of a field of a named tuple.
struct TupleGetter {
    index: usize,
    doc: Value,
}

impl NativeData for TupleGetter {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("__doc__"), &self.doc);
    }
    fn heap_bytes(&self) -> usize {
        size_of::<TupleGetter>()
    }
}

/// The position in the tuple, if `value` is the descriptor of a field.
pub(crate) fn tuple_field(value: &Value) -> Option<usize> {
    value.downcast::<NativeObject>()?.with(|getter: &mut TupleGetter| getter.index)
}

fn getter_new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let [index, doc] = exactly::<2>(vm, &rest, "_tuplegetter")?;
    let index = vm.index_i64(index)?.max(0) as usize;
    Ok(vm.native_object(&class, Box::new(TupleGetter { index, doc: doc.clone() })))
}

fn set_getter_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__doc__")?;
    let doc = exactly::<1>(vm, &rest, "__doc__")?[0].clone();
    with(vm, this, |getter: &mut TupleGetter| std::mem::replace(&mut getter.doc, doc)).map(drop)?;
    Ok(Value::NONE)
}

fn getter_get(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__get__")?;
    let object = &between(vm, &rest, "__get__", 1, 2)?[0];
    if object.is_none() {
        return Ok(this.clone());
    }
    let index = with(vm, this, |getter: &mut TupleGetter| getter.index)?;
    match vm.native::<Tuple>(object) {
        Some(tuple) => match tuple.items.get(index) {
            Some(item) => Ok(item.clone()),
            None => Err(vm.index_error("tuple index out of range")),
        },
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!(
                "descriptor for index '{index}' for tuple subclasses doesn't apply to '{name}' object"
            )))
        }
    }
}

fn getter_doc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__doc__")?;
    with(vm, this, |getter: &mut TupleGetter| getter.doc.clone())
}

fn getter_set(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.attribute_error("can't set attribute"))
}

fn getter_delete(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.attribute_error("can't delete attribute"))
}
