//! The module `operator`: the operators as functions, and callables that fetch items, attributes or call methods.

use linger_heap::{Edge, Ref, Value};

use super::support::{Table, add_class, between, exactly, method, module, one, with};
use crate::objects::{Args, Class, NativeData, Special};
use crate::vm::{BinaryOp, CompareOp, Result, UnaryOp, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_operator", FUNCTIONS);
    for (name, function) in FUNCTIONS {
        if let Some(dunder) = dunder_of(name) {
            let value = vm.native_function("_operator", name, *function);
            vm.module_set(&module, dunder, value);
        }
    }
    let getter: Table<'_> = &[("__new__", itemgetter), ("__call__", fetch), ("__repr__", repr), ("__reduce__", reduce)];
    add_class(vm, &module, "operator", "itemgetter", getter, &[]);
    let getter: Table<'_> = &[("__new__", attrgetter), ("__call__", fetch), ("__repr__", repr), ("__reduce__", reduce)];
    add_class(vm, &module, "operator", "attrgetter", getter, &[]);
    let caller: Table<'_> =
        &[("__new__", methodcaller), ("__call__", fetch), ("__repr__", repr), ("__reduce__", reduce)];
    add_class(vm, &module, "operator", "methodcaller", caller, &[]);
    Ok(module)
}

/// The name with underscores that a function also has.
fn dunder_of(name: &str) -> Option<&'static str> {
    const DUNDERS: &[&str] = &[
        "__abs__",
        "__add__",
        "__and__",
        "__concat__",
        "__contains__",
        "__delitem__",
        "__eq__",
        "__floordiv__",
        "__ge__",
        "__getitem__",
        "__gt__",
        "__iadd__",
        "__iand__",
        "__iconcat__",
        "__ifloordiv__",
        "__ilshift__",
        "__imatmul__",
        "__imod__",
        "__imul__",
        "__index__",
        "__inv__",
        "__invert__",
        "__ior__",
        "__ipow__",
        "__irshift__",
        "__isub__",
        "__itruediv__",
        "__ixor__",
        "__le__",
        "__lshift__",
        "__lt__",
        "__matmul__",
        "__mod__",
        "__mul__",
        "__ne__",
        "__neg__",
        "__not__",
        "__or__",
        "__pos__",
        "__pow__",
        "__rshift__",
        "__setitem__",
        "__sub__",
        "__truediv__",
        "__xor__",
    ];
    let name = name.trim_end_matches('_');
    DUNDERS.iter().find(|dunder| dunder.trim_matches('_') == name).copied()
}

fn binary(vm: &mut Vm, args: Args<'_>, name: &str, op: BinaryOp, in_place: bool) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, name)?;
    if in_place { vm.binary_in_place(op, a, b) } else { vm.binary(op, a, b) }
}

/// A function's name without the underscore that keeps it from being a keyword.
const fn shown(name: &str) -> &str {
    if let [.., b'_'] = name.as_bytes() { name.split_at(name.len() - 1).0 } else { name }
}

macro_rules! binary {
    ($($name:ident $in_place:ident = $op:ident;)*) => {$(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            binary(vm, args, const { shown(stringify!($name)) }, BinaryOp::$op, false)
        }
        fn $in_place(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            binary(vm, args, stringify!($in_place), BinaryOp::$op, true)
        }
    )*};
}

binary! {
    add iadd = Add;
    and_ iand = And;
    floordiv ifloordiv = FloorDiv;
    lshift ilshift = LShift;
    matmul imatmul = MatMul;
    mod_ imod = Mod;
    mul imul = Mul;
    or_ ior = Or;
    pow ipow = Pow;
    rshift irshift = RShift;
    sub isub = Sub;
    truediv itruediv = Div;
    xor ixor = Xor;
}

macro_rules! compare {
    ($($name:ident = $op:ident;)*) => {$(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let [a, b] = exactly::<2>(vm, &args, stringify!($name))?;
            vm.compare(CompareOp::$op, a, b)
        }
    )*};
}

compare! {
    eq = Eq;
    ge = Ge;
    gt = Gt;
    le = Le;
    lt = Lt;
    ne = Ne;
}

macro_rules! unary {
    ($($name:ident = $op:ident;)*) => {$(
        fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            let value = one(vm, &args, concat!("_operator.", stringify!($name)))?;
            vm.unary(UnaryOp::$op, value)
        }
    )*};
}

unary! {
    invert = Invert;
    neg = Neg;
    pos = Pos;
}

const FUNCTIONS: Table<'static> = &[
    ("_compare_digest", compare_digest),
    ("abs", abs),
    ("add", add),
    ("and_", and_),
    ("call", call),
    ("concat", concat),
    ("contains", contains),
    ("countOf", count_of),
    ("delitem", delitem),
    ("eq", eq),
    ("floordiv", floordiv),
    ("ge", ge),
    ("getitem", getitem),
    ("gt", gt),
    ("iadd", iadd),
    ("iand", iand),
    ("iconcat", iconcat),
    ("ifloordiv", ifloordiv),
    ("ilshift", ilshift),
    ("imatmul", imatmul),
    ("imod", imod),
    ("imul", imul),
    ("index", index),
    ("indexOf", index_of),
    ("inv", invert),
    ("invert", invert),
    ("ior", ior),
    ("ipow", ipow),
    ("irshift", irshift),
    ("is_", is_),
    ("is_not", is_not),
    ("isub", isub),
    ("itruediv", itruediv),
    ("ixor", ixor),
    ("le", le),
    ("length_hint", length_hint),
    ("lshift", lshift),
    ("lt", lt),
    ("matmul", matmul),
    ("mod", mod_),
    ("mul", mul),
    ("ne", ne),
    ("neg", neg),
    ("not_", not_),
    ("or_", or_),
    ("pos", pos),
    ("pow", pow),
    ("rshift", rshift),
    ("setitem", setitem),
    ("sub", sub),
    ("truediv", truediv),
    ("truth", truth),
    ("xor", xor),
];

fn compare_digest(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, "_compare_digest")?;
    Ok(Value::bool(vm.equal(a, b)?))
}

fn abs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_operator.abs")?;
    match vm.call_special(value, Special::Abs, &[])? {
        Some(result) => Ok(result),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("bad operand type for abs(): '{name}'")))
        }
    }
}

fn call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    match args.values.split_first() {
        Some((function, rest)) if !args.positional().is_empty() => {
            vm.call_args(function, Args { values: rest, names: args.names })
        }
        _ => Err(vm.type_error("call() missing 1 required positional argument: 'obj'")),
    }
}

/// Fails unless both are sequences.
fn check_concat(vm: &mut Vm, a: &Value) -> Result<()> {
    if vm.special(a, Special::GetItem).is_none() {
        let name = vm.type_name(a);
        return Err(vm.type_error(format!("'{name}' object can't be concatenated")));
    }
    Ok(())
}

fn concat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, "concat")?;
    check_concat(vm, a)?;
    vm.binary(BinaryOp::Add, a, b)
}

fn iconcat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, "iconcat")?;
    check_concat(vm, a)?;
    vm.binary_in_place(BinaryOp::Add, a, b)
}

fn contains(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [container, item] = exactly::<2>(vm, &args, "contains")?;
    Ok(Value::bool(vm.contains(container, item)?))
}

fn count_of(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [container, item] = exactly::<2>(vm, &args, "countOf")?;
    let mut count = 0;
    vm.for_each(container, |vm, other| {
        count += i64::from(vm.equal(&other, item)?);
        Ok(())
    })?;
    Ok(vm.int(count))
}

fn index_of(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [container, item] = exactly::<2>(vm, &args, "indexOf")?;
    let mut index = 0;
    let found = vm.any_item(container, |vm, other| {
        index += 1;
        vm.equal(&other, item)
    })?;
    if found { Ok(vm.int(index - 1)) } else { Err(vm.value_error("sequence.index(x): x not in sequence")) }
}

fn getitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [object, key] = exactly::<2>(vm, &args, "getitem")?;
    vm.get_item(object, key)
}

fn setitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [object, key, value] = exactly::<3>(vm, &args, "setitem")?;
    vm.set_item(object, key, value.clone())?;
    Ok(Value::NONE)
}

fn delitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [object, key] = exactly::<2>(vm, &args, "delitem")?;
    vm.delete_item(object, key)?;
    Ok(Value::NONE)
}

fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_operator.index")?;
    vm.index(value)
}

fn is_(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, "is_")?;
    Ok(Value::bool(a.is(b)))
}

fn is_not(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = exactly::<2>(vm, &args, "is_not")?;
    Ok(Value::bool(!a.is(b)))
}

fn not_(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_operator.not_")?;
    Ok(Value::bool(!vm.truth(value)?))
}

fn truth(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "_operator.truth")?;
    Ok(Value::bool(vm.truth(value)?))
}

fn length_hint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "length_hint", 1, 2)?;
    let default = match values.get(1) {
        Some(default) if vm.is_int(default) => default.clone(),
        Some(default) => {
            let name = vm.type_name(default);
            return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
        }
        None => vm.int(0),
    };
    Ok(vm.length_hint(&values[0])?.unwrap_or(default))
}

/// What a getter fetches.
enum Getter {
    Items(Vec<Value>),
    /// Paths of attribute names.
    Attributes(Vec<Vec<Value>>),
    /// A method's name, its arguments and the names of the last ones.
    Call(Value, Vec<Value>, Vec<Value>),
}

impl NativeData for Getter {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let mut visit_all = |values: &[Value]| values.iter().for_each(|value| visit(Edge::Part("argument"), value));
        match self {
            Getter::Items(items) => visit_all(items),
            Getter::Attributes(paths) => paths.iter().for_each(|path| visit_all(path)),
            Getter::Call(name, values, names) => {
                visit_all(std::slice::from_ref(name));
                visit_all(values);
                visit_all(names);
            }
        }
    }
    fn take_references(&mut self) -> Vec<Value> {
        match self {
            Getter::Items(items) => std::mem::take(items),
            Getter::Attributes(_) => Vec::new(),
            Getter::Call(_, values, _) => {
                values.iter_mut().map(|value| std::mem::replace(value, Value::NONE)).collect()
            }
        }
    }
    fn heap_bytes(&self) -> usize {
        let count = match self {
            Getter::Items(items) => items.len(),
            Getter::Attributes(paths) => paths.iter().map(Vec::len).sum(),
            Getter::Call(_, values, names) => values.len() + names.len(),
        };
        size_of::<Getter>() + count * size_of::<Value>()
    }
}

fn begin<'a>(vm: &mut Vm, args: Args<'a>, name: &str) -> Result<(Ref<Class>, Args<'a>)> {
    let (class, rest) = method(vm, args, "__new__")?;
    if rest.positional().is_empty() {
        return Err(vm.type_error(format!("{name} expected 1 argument, got 0")));
    }
    Ok((super::support::class_argument(vm, class)?, rest))
}

fn itemgetter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args, "itemgetter")?;
    super::support::no_keywords(vm, &rest, "itemgetter")?;
    Ok(vm.native_object(&class, Box::new(Getter::Items(rest.values.to_vec()))))
}

fn attrgetter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args, "attrgetter")?;
    super::support::no_keywords(vm, &rest, "attrgetter")?;
    let mut paths = Vec::new();
    for value in rest.values {
        let Some(text) = vm.text_of(value) else { return Err(vm.type_error("attribute name must be a string")) };
        paths.push(text.text.split('.').map(|name| vm.intern(name)).collect());
    }
    Ok(vm.native_object(&class, Box::new(Getter::Attributes(paths))))
}

fn methodcaller(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, rest) = begin(vm, args, "methodcaller")?;
    if !vm.is_str(&rest.values[0]) {
        return Err(vm.type_error("method name must be a string"));
    }
    let name = vm.interned(&rest.values[0]);
    let getter = Getter::Call(name, rest.values[1..].to_vec(), rest.names.to_vec());
    Ok(vm.native_object(&class, Box::new(getter)))
}

fn fetch(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__call__")?;
    let ([object], true) = (rest.values, rest.names.is_empty()) else {
        let name = vm.type_name(this);
        return exactly::<1>(vm, &rest, &name).map(|_| Value::NONE);
    };
    // Most getters fetch one thing.
    enum One {
        Item(Value),
        Attribute(Value),
    }
    let one = with(vm, this, |getter: &mut Getter| match getter {
        Getter::Items(items) if items.len() == 1 => Some(One::Item(items[0].clone())),
        Getter::Attributes(paths) if paths.len() == 1 && paths[0].len() == 1 => {
            Some(One::Attribute(paths[0][0].clone()))
        }
        _ => None,
    })?;
    match one {
        Some(One::Item(item)) => return vm.get_item(object, &item),
        Some(One::Attribute(name)) => return vm.get_attr(object, &name),
        None => {}
    }
    let plan = with(vm, this, |getter: &mut Getter| match getter {
        Getter::Items(items) => Getter::Items(items.clone()),
        Getter::Attributes(paths) => Getter::Attributes(paths.clone()),
        Getter::Call(name, values, names) => Getter::Call(name.clone(), values.clone(), names.clone()),
    })?;
    let mut found = match plan {
        Getter::Items(items) => items.iter().map(|item| vm.get_item(object, item)).collect::<Result<Vec<_>>>()?,
        Getter::Attributes(paths) => {
            let mut found = Vec::with_capacity(paths.len());
            for path in paths {
                let mut value = object.clone();
                for name in &path {
                    value = vm.get_attr(&value, name)?;
                }
                found.push(value);
            }
            found
        }
        Getter::Call(name, values, names) => {
            let function = vm.get_attr(object, &name)?;
            return vm.call_args(&function, Args { values: &values, names: &names });
        }
    };
    match found.len() {
        1 => Ok(found.remove(0)),
        _ => Ok(vm.tuple(found)),
    }
}

/// How a getter is copied: its class and what it was made of.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let class = vm.class_of(this).into_value();
    let parts = with(vm, this, |getter: &mut Getter| match getter {
        Getter::Items(items) => (items.clone(), Vec::new(), Vec::new()),
        Getter::Attributes(paths) => (Vec::new(), paths.clone(), Vec::new()),
        Getter::Call(name, values, names) => {
            (std::iter::once(name.clone()).chain(values.iter().cloned()).collect(), Vec::new(), names.clone())
        }
    })?;
    let (mut values, paths, names) = parts;
    for path in paths {
        let names: Vec<&str> = path.iter().map(crate::vm::text).collect();
        values.push(vm.str(&names.join(".")));
    }
    if names.is_empty() {
        let arguments = vm.tuple(values);
        return Ok(vm.tuple(vec![class, arguments]));
    }
    // Arguments by name come first, behind `functools.partial`.
    let functools = vm.import_name("functools", 0, &Value::NONE)?;
    let partial = vm.intern("partial");
    let partial = vm.get_attr(&functools, &partial)?;
    let by_name = values.split_off(values.len() - names.len());
    let arguments = values.split_off(1);
    let mut given = vec![class];
    given.extend(values);
    given.extend(by_name);
    let maker = vm.call_args(&partial, Args { values: &given, names: &names })?;
    let arguments = vm.tuple(arguments);
    Ok(vm.tuple(vec![maker, arguments]))
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    let class = vm.type_name(this);
    let (values, names) = with(vm, this, |getter: &mut Getter| match getter {
        Getter::Items(items) => (items.clone(), Vec::new()),
        Getter::Attributes(paths) => (paths.iter().flatten().cloned().collect(), Vec::new()),
        Getter::Call(name, values, names) => {
            (std::iter::once(name.clone()).chain(values.iter().cloned()).collect(), names.clone())
        }
    })?;
    let paths = with(vm, this, |getter: &mut Getter| match getter {
        Getter::Attributes(paths) => paths.clone(),
        _ => Vec::new(),
    })?;
    let mut parts = Vec::new();
    if paths.is_empty() {
        let first_named = values.len() - names.len();
        for (index, value) in values.iter().enumerate() {
            let text = vm.repr(value)?;
            match index.checked_sub(first_named).and_then(|index| names.get(index)) {
                Some(name) => parts.push(format!("{}={text}", crate::vm::text(name))),
                None => parts.push(text),
            }
        }
    } else {
        for path in paths {
            let names: Vec<&str> = path.iter().map(crate::vm::text).collect();
            parts.push(crate::pure::str_repr::repr_str(&names.join(".")));
        }
    }
    Ok(vm.str(&format!("operator.{class}({})", parts.join(", "))))
}
