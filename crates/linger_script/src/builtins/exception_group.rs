//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions as one, and how they are split by class.
//!
//! The message is the first of `args`; the tuple of exceptions is kept as the native `value`.

use linger_heap::{Ref, Value};

use super::checks::{shown_type, special_takes, takes_one};
use super::dunders;
use super::exception_type::{exception_class, stored, this};
use crate::objects::{Args, Class, List, NativeFn, Tuple};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__init__", init),
    ("__str__", str),
    ("derive", derive),
    ("split", split),
    ("subgroup", subgroup),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("__class_getitem__", dunders::generic_alias)];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("message", message), ("exceptions", exceptions)];

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::checks::needs_class(vm, &args, "BaseExceptionGroup")?;
    let mut class = exception_class(vm, &args)?;
    let given = &args.positional()[1..];
    let [text, members] = given else {
        let count = given.len();
        return Err(vm.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)")));
    };
    if vm.text_of(text).is_none() {
        let other = shown_type(vm, text);
        let message = format!("BaseExceptionGroup.__new__() argument 1 must be str, not {other}");
        return Err(vm.type_error(message));
    }
    let is_sequence = vm.native::<List>(members).is_some() || vm.native::<Tuple>(members).is_some();
    if !is_sequence && vm.special(members, crate::objects::Special::GetItem).is_none() {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = vm.items(members)?;
    if items.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut all_ordinary = true;
    for (index, item) in items.iter().enumerate() {
        if vm.exception_data(item).is_none() {
            let message = format!("Item {index} of second argument (exceptions) is not an exception");
            return Err(vm.value_error(message));
        }
        all_ordinary &= vm.is_instance(item, &vm.classes.exception);
    }
    if class.is(&vm.classes.base_exception_group) {
        if all_ordinary {
            class = vm.classes.exception_group.clone();
        }
    } else if !all_ordinary && class.is(&vm.classes.exception_group) {
        return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    } else if !all_ordinary && class.is_subclass_of(&vm.classes.exception) {
        let name = class.name_text();
        return Err(vm.type_error(format!("Cannot nest BaseExceptions in '{name}'")));
    }
    let group = vm.make_exception(&class, given.to_vec());
    if let Some(data) = vm.exception_data(&group) {
        data.value.set(vm.tuple(items));
    }
    Ok(group)
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__init__")?;
    if !args.names.is_empty() {
        let name = vm.type_name(&args.values[0]);
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    Ok(Value::NONE)
}

fn message_of(vm: &mut Vm, group: &Value) -> Value {
    let args = vm.exception_data(group).map(|data| data.args.get()).unwrap_or_default();
    args.downcast::<Tuple>().and_then(|args| args.items.first().cloned()).unwrap_or(Value::NONE)
}

fn members_of(vm: &mut Vm, group: &Value) -> Vec<Value> {
    let members = vm.exception_data(group).map(|data| data.value.get()).unwrap_or_default();
    members.downcast::<Tuple>().map(|members| members.items.to_vec()).unwrap_or_default()
}

fn message(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "message")?;
    Ok(message_of(vm, &args.values[0]))
}

fn exceptions(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(this(vm, &args, "exceptions")?.value.get())
}

fn str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__str__")?;
    special_takes(vm, &args, 0)?;
    let message = message_of(vm, &args.values[0]);
    let message = vm.to_text(&message)?;
    let count = members_of(vm, &args.values[0]).len();
    let plural = if count == 1 { "" } else { "s" };
    Ok(vm.str(&format!("{message} ({count} sub-exception{plural})")))
}

fn derive(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "derive")?;
    let members = takes_one(vm, &args, "BaseExceptionGroup.derive")?;
    let message = message_of(vm, &args.values[0]);
    let class = vm.classes.base_exception_group.to_value();
    vm.call(&class, &[message, members.clone()])
}

/// What decides whether an exception is taken out of a group.
enum Condition {
    Classes(Value),
    Function(Value),
    /// It is one of these.
    Among(Vec<Value>),
}

fn condition(vm: &mut Vm, value: &Value) -> Result<Condition> {
    let is_exception_class = |vm: &Vm, value: &Value| {
        value.downcast::<Class>().is_some_and(|class| class.is_subclass_of(&vm.classes.base_exception))
    };
    if is_exception_class(vm, value) {
        return Ok(Condition::Classes(value.clone()));
    }
    if let Some(classes) = value.downcast::<Tuple>()
        && classes.items.iter().all(|class| is_exception_class(vm, class))
    {
        return Ok(Condition::Classes(value.clone()));
    }
    if !value.is_kind::<Class>() && vm.is_callable(value) {
        return Ok(Condition::Function(value.clone()));
    }
    Err(vm.type_error("expected a function, exception type or tuple of exception types"))
}

fn holds(vm: &mut Vm, condition: &Condition, exception: &Value) -> Result<bool> {
    match condition {
        Condition::Among(known) => Ok(known.iter().any(|known| known.is(exception))),
        Condition::Classes(classes) => vm.matches_exception(exception, classes),
        Condition::Function(function) => {
            let answer = vm.call(function, std::slice::from_ref(exception))?;
            vm.truth(&answer)
        }
    }
}

/// The part of an exception that the condition holds for, and the rest; each may be nothing.
fn parts(vm: &mut Vm, exception: &Value, condition: &Condition) -> Result<(Option<Value>, Option<Value>)> {
    if holds(vm, condition, exception)? {
        return Ok((Some(exception.clone()), None));
    }
    if !vm.is_instance(exception, &vm.classes.base_exception_group) {
        return Ok((None, Some(exception.clone())));
    }
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for member in members_of(vm, exception) {
        let (inside, outside) = vm.with_recursion("", |vm| parts(vm, &member, condition))?;
        matching.extend(inside);
        rest.extend(outside);
    }
    Ok((part(vm, exception, matching)?, part(vm, exception, rest)?))
}

/// A group of some members, with the history of the whole.
fn part(vm: &mut Vm, whole: &Value, members: Vec<Value>) -> Result<Option<Value>> {
    if members.is_empty() {
        return Ok(None);
    }
    let members = vm.list(members);
    let group = vm.call_method(whole, "derive", &[members])?;
    let group_class = vm.classes.base_exception_group.clone();
    if !vm.is_instance(&group, &group_class) {
        return Err(vm.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (Some(from), Some(to)) = (vm.exception_data(whole), vm.exception_data(&group)) else { return Ok(Some(group)) };
    let trace = from.trace.borrow().clone();
    vm.mutate(&to, |to| to.trace.replace(trace));
    let shown = vm.traceback_of(whole);
    to.show(if shown.is_none() { Value::EMPTY } else { shown });
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    to.suppress_context.set(true);
    let name = vm.intern("__notes__");
    if let Some(notes) = stored(vm, whole, &name) {
        // What is no sequence is left out, as it is where an exception is shown.
        if let Ok(notes) = vm.items(&notes) {
            let notes = vm.list(notes);
            vm.instance_store(&group, &name, notes);
        }
    }
    Ok(Some(group))
}

/// The exceptions in a group that are no groups themselves, at any depth.
fn leaves(vm: &mut Vm, exception: &Value, into: &mut Vec<Value>) -> Result<()> {
    let group_class = vm.classes.base_exception_group.clone();
    if !vm.is_instance(exception, &group_class) {
        into.push(exception.clone());
        return Ok(());
    }
    for member in members_of(vm, exception) {
        vm.with_recursion("", |vm| leaves(vm, &member, into))?;
    }
    Ok(())
}

/// What `except*` must raise in the end: what handlers raised, and as one group what of the original is left or was raised again.
pub(crate) fn combine(vm: &mut Vm, raised: Vec<Value>, original: &Value) -> Result<Value> {
    let (mut fresh, mut again) = (Vec::new(), Vec::new());
    for exception in raised {
        if is_part_of(vm, &exception, original) { leaves(vm, &exception, &mut again)? } else { fresh.push(exception) }
    }
    let left = if again.is_empty() { None } else { parts(vm, original, &Condition::Among(again))?.0 };
    if let (true, Some(left)) = (fresh.is_empty(), &left) {
        return Ok(left.clone());
    }
    fresh.extend(left);
    let (empty, members) = (vm.str(""), vm.list(fresh));
    let class = vm.classes.base_exception_group.to_value();
    vm.call(&class, &[empty, members])
}

/// Whether an exception is what `except*` made of a part of a group, and nobody raised it anew: it has the group's history.
fn is_part_of(vm: &mut Vm, exception: &Value, group: &Value) -> bool {
    let (Some(part), Some(whole)) = (vm.exception_data(exception), vm.exception_data(group)) else { return false };
    vm.is_instance(exception, &vm.classes.base_exception_group)
        && part.cause.get().is(&whole.cause.get())
        && part.context.get().is(&whole.context.get())
        && part.trace.borrow().len() == whole.trace.borrow().len()
}

fn split(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "split")?;
    let value = takes_one(vm, &args, "BaseExceptionGroup.split")?;
    let condition = condition(vm, value)?;
    let (matching, rest) = parts(vm, &args.values[0], &condition)?;
    Ok(vm.tuple(vec![matching.unwrap_or(Value::NONE), rest.unwrap_or(Value::NONE)]))
}

fn subgroup(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "subgroup")?;
    let value = takes_one(vm, &args, "BaseExceptionGroup.subgroup")?;
    let condition = condition(vm, value)?;
    Ok(parts(vm, &args.values[0], &condition)?.0.unwrap_or(Value::NONE))
}

/// `ExceptionGroup` inherits from two classes, which no other class of the runtime does.
pub(super) fn add_second_base(vm: &mut Vm) {
    let classes = &vm.classes;
    let (group, base_group, ordinary) =
        (classes.exception_group.clone(), classes.base_exception_group.clone(), classes.exception.clone());
    let rest = [&group, &base_group, &ordinary, &classes.base_exception, &classes.object].map(Ref::to_value);
    group.mro.set(vm.tuple(rest.to_vec()));
    group.bases.set(vm.tuple(vec![base_group.to_value(), ordinary.to_value()]));
    vm.add_subclass(&ordinary, &group);
    vm.begin_epoch();
}
