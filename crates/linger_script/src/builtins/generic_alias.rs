//! `types.GenericAlias` (`list[int]`) and `types.UnionType` (`int | None`).
//!
//! Type variables are known by the names of their classes; what `typing` adds on top is its own.

use linger_heap::{Edge, Ref, Value};

use super::checks::{receiver, special_takes};
use crate::objects::{Args, Class, Layout, List, NativeData, NativeFn, NativeObject, Tuple};
use crate::vm::{BinaryOp, Result, Vm};

struct Alias {
    origin: Value,
    args: Value,
    /// Whether it stands for its arguments one by one: `*tuple[int, str]`.
    is_unpacked: bool,
}

impl NativeData for Alias {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("__origin__"), &self.origin);
        visit(Edge::Part("__args__"), &self.args);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![std::mem::take(&mut self.origin), std::mem::take(&mut self.args)]
    }
}

/// The members of a union, a tuple.
struct Union(Value);

impl NativeData for Union {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("__args__"), &self.0);
    }
    fn take_references(&mut self) -> Vec<Value> {
        vec![std::mem::take(&mut self.0)]
    }
}

const ALIAS: &[(&str, NativeFn)] = &[
    ("__new__", new_alias),
    ("__repr__", alias_repr),
    ("__call__", alias_call),
    ("__getitem__", alias_get_item),
    ("__iter__", alias_iter),
    ("__reduce__", alias_reduce),
    ("__mro_entries__", alias_mro_entries),
    ("__eq__", alias_eq),
    ("__hash__", alias_hash),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("__instancecheck__", alias_check),
    ("__subclasscheck__", alias_subclass_check),
    ("__getattr__", alias_attribute),
];

const ALIAS_GETTERS: &[(&str, NativeFn)] = &[
    ("__origin__", origin),
    ("__args__", alias_args),
    ("__parameters__", alias_parameters),
    ("__unpacked__", alias_unpacked),
];

const UNION: &[(&str, NativeFn)] = &[
    ("__getitem__", union_get_item),
    ("__repr__", union_repr),
    ("__eq__", union_eq),
    ("__hash__", union_hash),
    ("__or__", or),
    ("__ror__", reflected_or),
    ("__instancecheck__", union_instance_check),
    ("__subclasscheck__", union_subclass_check),
];

const UNION_GETTERS: &[(&str, NativeFn)] = &[("__args__", union_args), ("__parameters__", union_parameters)];

/// `types.GenericAlias`
pub(crate) fn alias_class(vm: &mut Vm) -> Ref<Class> {
    class(vm, "GenericAlias", ALIAS, ALIAS_GETTERS)
}

/// `types.UnionType`
pub(crate) fn union_class(vm: &mut Vm) -> Ref<Class> {
    class(vm, "UnionType", UNION, UNION_GETTERS)
}

fn class(
    vm: &mut Vm,
    name: &'static str,
    methods: &[(&'static str, NativeFn)],
    getters: &[(&'static str, NativeFn)],
) -> Ref<Class> {
    if let Some(class) = vm.registry.get(name).and_then(Value::to_ref::<Class>) {
        return class;
    }
    let class = vm.native_class(name, "types", None, Layout::Native, methods, getters);
    vm.refresh_flags(&class);
    vm.registry.insert(name, class.to_value());
    class
}

/// `origin[item]`
pub(crate) fn make(vm: &mut Vm, origin: Value, item: Value) -> Result<Value> {
    let args = if item.is_kind::<Tuple>() { item } else { vm.tuple(vec![item]) };
    let class = alias_class(vm);
    Ok(vm.native_object(&class, Box::new(Alias { origin, args, is_unpacked: false })))
}

fn new_alias(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "types.GenericAlias")?;
    let [_, origin, item] = args.values else {
        return Err(vm.type_error("GenericAlias expected 2 arguments"));
    };
    make(vm, origin.clone(), item.clone())
}

fn parts_of(value: &Value) -> Option<(Value, Value)> {
    value.downcast::<NativeObject>()?.with::<Alias, _>(|alias| (alias.origin.clone(), alias.args.clone()))
}

fn parts(vm: &mut Vm, args: &Args<'_>) -> Result<(Value, Value)> {
    receiver::<NativeObject>(vm, args, "__origin__", "GenericAlias")?;
    match parts_of(&args.values[0]) {
        Some(parts) => Ok(parts),
        None => Err(vm.type_error("not a generic alias")),
    }
}

/// How an annotation shows a type: classes by their names.
fn shown(vm: &mut Vm, value: &Value) -> Result<String> {
    if value.is(&Value::ELLIPSIS) {
        return Ok("...".to_owned());
    }
    if value.is_none() {
        return Ok("None".to_owned());
    }
    if let Some(class) = value.to_ref::<Class>() {
        if class.is(&vm.classes.none_type) {
            return Ok("None".to_owned());
        }
        return Ok(vm.class_path(&class));
    }
    if let Some(list) = value.downcast::<List>() {
        let items = list.items.borrow().clone();
        return Ok(format!("[{}]", all_shown(vm, &items, ", ")?));
    }
    vm.repr(value)
}

fn all_shown(vm: &mut Vm, items: &[Value], separator: &str) -> Result<String> {
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        texts.push(shown(vm, item)?);
    }
    Ok(texts.join(separator))
}

fn items_of(tuple: &Value) -> Vec<Value> {
    tuple.downcast::<Tuple>().map(|tuple| tuple.items.to_vec()).unwrap_or_default()
}

fn alias_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, given) = parts(vm, &args)?;
    let given = items_of(&given);
    let inner = if given.is_empty() { "()".to_owned() } else { all_shown(vm, &given, ", ")? };
    let star = if is_unpacked(&args.values[0]) { "*" } else { "" };
    let text = format!("{star}{}[{inner}]", shown(vm, &origin)?);
    Ok(vm.str(&text))
}

fn is_unpacked(alias: &Value) -> bool {
    let object = alias.downcast::<NativeObject>();
    object.and_then(|object| object.with::<Alias, _>(|alias| alias.is_unpacked)).unwrap_or(false)
}

fn alias_unpacked(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    parts(vm, &args)?;
    Ok(Value::bool(is_unpacked(&args.values[0])))
}

/// One item: the alias unpacked.
fn alias_iter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, args) = parts(vm, &args)?;
    let class = alias_class(vm);
    let unpacked = vm.native_object(&class, Box::new(Alias { origin, args, is_unpacked: true }));
    let items = vm.tuple(vec![unpacked]);
    vm.iter(&items)
}

fn alias_reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, given) = parts(vm, &args)?;
    let class = alias_class(vm).into_value();
    let arguments = vm.tuple(vec![origin, given]);
    Ok(vm.tuple(vec![class, arguments]))
}

fn alias_call(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, _) = parts(vm, &args)?;
    let made = vm.call_args(&origin, Args { values: &args.values[1..], names: args.names })?;
    let name = vm.intern("__orig_class__");
    // An instance that can't have the attribute goes without.
    match vm.set_attr(&made, &name, args.values[0].clone()) {
        Err(raise)
            if !vm.is_exception(&raise, &vm.classes.attribute_error)
                && !vm.is_exception(&raise, &vm.classes.type_error) =>
        {
            Err(raise)
        }
        _ => Ok(made),
    }
}

fn is_type_variable(vm: &mut Vm, value: &Value) -> bool {
    let name = vm.type_name(value);
    matches!(name.as_str(), "TypeVar" | "ParamSpec" | "TypeVarTuple")
}

/// The type variables among some arguments, each once.
fn parameters(vm: &mut Vm, given: &[Value]) -> Result<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    for value in given {
        let inner = if is_type_variable(vm, value) {
            vec![value.clone()]
        } else if value.is_kind::<Class>() {
            Vec::new()
        } else {
            let name = vm.intern("__parameters__");
            match vm.find_attr(value, &name)? {
                Some(inner) => items_of(&inner),
                None => Vec::new(),
            }
        };
        for parameter in inner {
            if !found.iter().any(|known| known.is(&parameter)) {
                found.push(parameter);
            }
        }
    }
    Ok(found)
}

fn alias_get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, given) = parts(vm, &args)?;
    let item = special_takes(vm, &args, 1)?[0].clone();
    let filled = filled(vm, &args.values[0], items_of(&given), item)?;
    let filled = vm.tuple(filled);
    make(vm, origin, filled)
}

/// The arguments of `alias` with its type variables replaced by those of `item`.
fn filled(vm: &mut Vm, alias: &Value, given: Vec<Value>, item: Value) -> Result<Vec<Value>> {
    let open = parameters(vm, &given)?;
    if open.is_empty() {
        let shown = vm.repr(alias)?;
        return Err(vm.type_error(format!("{shown} is not a generic class")));
    }
    let values = if item.is_kind::<Tuple>() { items_of(&item) } else { vec![item] };
    if values.len() != open.len() {
        let which = if values.len() > open.len() { "many" } else { "few" };
        let (shown, wanted, got) = (vm.repr(alias)?, open.len(), values.len());
        return Err(vm.type_error(format!("Too {which} arguments for {shown}; actual {got}, expected {wanted}")));
    }
    let mut filled = Vec::with_capacity(given.len());
    for value in given {
        if let Some(index) = open.iter().position(|parameter| parameter.is(&value)) {
            filled.push(values[index].clone());
            continue;
        }
        let inner = parameters(vm, std::slice::from_ref(&value))?;
        if inner.is_empty() {
            filled.push(value);
            continue;
        }
        let chosen = inner.iter().filter_map(|parameter| open.iter().position(|other| other.is(parameter)));
        let chosen = chosen.map(|index| values[index].clone()).collect();
        let chosen = vm.tuple(chosen);
        filled.push(vm.get_item(&value, &chosen)?);
    }
    Ok(filled)
}

fn alias_mro_entries(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, _) = parts(vm, &args)?;
    Ok(vm.tuple(vec![origin]))
}

fn alias_eq(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, given) = parts(vm, &args)?;
    let other = &special_takes(vm, &args, 1)?[0];
    let Some((other_origin, other_given)) = parts_of(other) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::bool(vm.equal(&origin, &other_origin)? && vm.equal(&given, &other_given)?))
}

fn alias_hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, given) = parts(vm, &args)?;
    let hash = vm.hash(&origin)? ^ vm.hash(&given)?;
    Ok(vm.int(hash as i64))
}

fn alias_check(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic"))
}

fn alias_subclass_check(vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic"))
}

/// What the alias does not have itself, its origin may have; special names aside.
fn alias_attribute(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (origin, _) = parts(vm, &args)?;
    let name = &special_takes(vm, &args, 1)?[0];
    let text = crate::vm::text(name);
    if text.starts_with("__")
        && text.ends_with("__")
        && !matches!(text, "__name__" | "__qualname__" | "__module__" | "__doc__")
    {
        return Err(vm.attribute_error(format!("'types.GenericAlias' object has no attribute '{text}'")));
    }
    vm.get_attr(&origin, name)
}

fn origin(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(parts(vm, &args)?.0)
}

fn alias_args(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(parts(vm, &args)?.1)
}

fn alias_parameters(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (_, given) = parts(vm, &args)?;
    let found = parameters(vm, &items_of(&given))?;
    Ok(vm.tuple(found))
}

// ---- unions ----

/// The members of a union.
pub(crate) fn union_members(value: &Value) -> Option<Vec<Value>> {
    let members = value.downcast::<NativeObject>()?.with::<Union, _>(|union| union.0.clone())?;
    Some(items_of(&members))
}

fn may_be_member(vm: &mut Vm, value: &Value) -> bool {
    value.is_none() || value.is_kind::<Class>() || parts_of(value).is_some() || is_type_variable(vm, value)
}

/// `a | b` of types, or `NotImplemented`.
pub(crate) fn union(vm: &mut Vm, a: &Value, b: &Value) -> Result<Value> {
    let mut members: Vec<Value> = Vec::new();
    for side in [a, b] {
        let inner = match union_members(side) {
            Some(inner) => inner,
            None if may_be_member(vm, side) => vec![side.clone()],
            None => return Ok(Value::NOT_IMPLEMENTED),
        };
        for member in inner {
            let member = if member.is_none() { vm.classes.none_type.to_value() } else { member };
            let mut known = false;
            for other in &members {
                known |= vm.equal(other, &member)?;
            }
            if !known {
                members.push(member);
            }
        }
    }
    if let [only] = &members[..] {
        return Ok(only.clone());
    }
    let members = vm.tuple(members);
    let class = union_class(vm);
    Ok(vm.native_object(&class, Box::new(Union(members))))
}

fn or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    union(vm, &args.values[0], &other)
}

fn reflected_or(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    union(vm, &other, &args.values[0])
}

fn members(vm: &mut Vm, args: &Args<'_>) -> Result<Vec<Value>> {
    match args.values.first().and_then(union_members) {
        Some(members) => Ok(members),
        None => Err(vm.type_error("not a union of types")),
    }
}

fn union_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let members = members(vm, &args)?;
    let text = all_shown(vm, &members, " | ")?;
    Ok(vm.str(&text))
}

fn union_eq(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let members = members(vm, &args)?;
    let Some(others) = union_members(&special_takes(vm, &args, 1)?[0]) else { return Ok(Value::NOT_IMPLEMENTED) };
    if members.len() != others.len() {
        return Ok(Value::FALSE);
    }
    let others = vm.list(others);
    for member in members {
        if !vm.contains(&others, &member)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn union_hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let mut hash = 0;
    for member in members(vm, &args)? {
        hash ^= vm.hash(&member)?;
    }
    Ok(vm.int(hash as i64))
}

fn union_args(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let members = members(vm, &args)?;
    Ok(vm.tuple(members))
}

fn union_parameters(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let members = members(vm, &args)?;
    let found = parameters(vm, &members)?;
    Ok(vm.tuple(found))
}

fn union_get_item(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let members = members(vm, &args)?;
    let item = special_takes(vm, &args, 1)?[0].clone();
    let filled = filled(vm, &args.values[0], members, item)?;
    let mut members = filled.into_iter();
    let mut whole = members.next().unwrap_or(Value::NONE);
    for member in members {
        whole = vm.binary(BinaryOp::Or, &whole, &member)?;
    }
    Ok(whole)
}

fn union_instance_check(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = &special_takes(vm, &args, 1)?[0];
    for member in members(vm, &args)? {
        if parts_of(&member).is_some() {
            return Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic"));
        }
        if vm.is_instance_checked(value, &member)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn union_subclass_check(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = &special_takes(vm, &args, 1)?[0];
    if !class.is_kind::<Class>() {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    for member in members(vm, &args)? {
        if parts_of(&member).is_some() {
            return Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic"));
        }
        if vm.is_subclass_checked(class, &member)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}
