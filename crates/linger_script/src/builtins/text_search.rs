//! The methods of `str` that search, split, join, replace and translate.
//!
//! Positions are characters here and bytes in `str`: an ASCII text needs no counting, which is the common case.

use linger_heap::{Ref, Value};

use super::arity;
use super::checks::named;
use super::text_type::{part_of, this};
use crate::objects::{Args, Dict, List, Str, Tuple};
use crate::pure::str_text::{self, FEW_PARTS, Translated, char_len};
use crate::vm::{Result, Vm};

/// The bytes of a text from one character to before another, and the number of the first of these characters; `None` where
/// the positions name no place at all.
fn section<'a>(vm: &mut Vm, text: &'a Ref<Str>, bounds: &[Value]) -> Result<Option<(&'a str, usize)>> {
    let whole: &str = &text.text;
    if bounds.is_empty() {
        return Ok(Some((whole, 0)));
    }
    let (start, end) = arity::bounds(vm, bounds)?;
    let Some((start, end)) = str_text::clamp_range(text.chars(), start, end) else { return Ok(None) };
    if start == 0 && end == text.chars() {
        return Ok(Some((whole, 0)));
    }
    Ok(Some((vm.text_places.part(text, start, end), start)))
}

/// An argument that must be a string.
fn must_be_str(vm: &mut Vm, value: &Value) -> Result<Ref<Str>> {
    match vm.text_of(value) {
        Some(text) => Ok(text),
        None => {
            let found = vm.type_name(value);
            Err(vm.type_error(format!("must be str, not {found}")))
        }
    }
}

fn named_str(vm: &mut Vm, value: &Value, what: &str) -> Result<Ref<Str>> {
    match vm.text_of(value) {
        Some(text) => Ok(text),
        None => Err(arity::wrong_argument(vm, what, "str", value)),
    }
}

fn position(vm: &mut Vm, args: &Args<'_>, name: &str, last: bool) -> Result<Option<usize>> {
    let text = this(vm, args, name)?;
    let values = arity::range(vm, args, name, (1, 3))?;
    let section = section(vm, &text, &values[1..])?;
    let needle = must_be_str(vm, &values[0])?;
    let Some((part, skipped)) = section else { return Ok(None) };
    let found = if last { str_text::rfind(part, &needle.text) } else { str_text::find(part, &needle.text) };
    Ok(found.map(|at| skipped + if text.is_ascii() { at } else { char_len(&part[..at]) }))
}

fn found_or_minus_one(vm: &mut Vm, found: Option<usize>) -> Result<Value> {
    Ok(found.map_or_else(|| vm.int(-1), |at| vm.size(at)))
}

fn found_or_error(vm: &mut Vm, found: Option<usize>) -> Result<Value> {
    match found {
        Some(at) => Ok(vm.size(at)),
        None => Err(vm.value_error("substring not found")),
    }
}

pub(super) fn find(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = position(vm, &args, "find", false)?;
    found_or_minus_one(vm, found)
}

pub(super) fn rfind(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = position(vm, &args, "rfind", true)?;
    found_or_minus_one(vm, found)
}

pub(super) fn index(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = position(vm, &args, "index", false)?;
    found_or_error(vm, found)
}

pub(super) fn rindex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = position(vm, &args, "rindex", true)?;
    found_or_error(vm, found)
}

pub(super) fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "count")?;
    let values = arity::range(vm, &args, "count", (1, 3))?;
    let section = section(vm, &text, &values[1..])?;
    let needle = must_be_str(vm, &values[0])?;
    let Some((part, _)) = section else { return Ok(vm.int(0)) };
    let count = if needle.text.is_empty() { char_len(part) + 1 } else { str_text::count(part, &needle.text) };
    Ok(vm.size(count))
}

fn touches(vm: &mut Vm, args: &Args<'_>, name: &str, test: fn(&str, &str) -> bool) -> Result<Value> {
    let text = this(vm, args, name)?;
    let values = arity::range(vm, args, name, (1, 3))?;
    let part = section(vm, &text, &values[1..])?.map(|(part, _)| part);
    if let Some(wanted) = vm.text_of(&values[0]) {
        return Ok(Value::bool(part.is_some_and(|part| test(part, &wanted.text))));
    }
    let Some(choices) = vm.native::<Tuple>(&values[0]) else {
        let found = vm.type_name(&values[0]);
        return Err(vm.type_error(format!("{name} first arg must be str or a tuple of str, not {found}")));
    };
    for choice in choices.items.iter() {
        let Some(wanted) = vm.text_of(choice) else {
            let found = vm.type_name(choice);
            return Err(vm.type_error(format!("tuple for {name} must only contain str, not {found}")));
        };
        if part.is_some_and(|part| test(part, &wanted.text)) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub(super) fn startswith(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    touches(vm, &args, "startswith", |part, wanted| part.starts_with(wanted))
}

pub(super) fn endswith(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    touches(vm, &args, "endswith", |part, wanted| part.ends_with(wanted))
}

pub(super) fn removeprefix(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "removeprefix")?;
    let prefix = arity::one(vm, &args, "str", "removeprefix")?;
    let prefix = named_str(vm, prefix, "removeprefix() argument")?;
    let part = text.text.strip_prefix(&*prefix.text).unwrap_or(&text.text);
    Ok(part_of(vm, &args, &text, part))
}

pub(super) fn removesuffix(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "removesuffix")?;
    let suffix = arity::one(vm, &args, "str", "removesuffix")?;
    let suffix = named_str(vm, suffix, "removesuffix() argument")?;
    let part = text.text.strip_suffix(&*suffix.text).unwrap_or(&text.text);
    Ok(part_of(vm, &args, &text, part))
}

/// A limit on the number of steps; none where negative.
pub(super) fn limit(vm: &mut Vm, value: Option<&Value>) -> Result<Option<usize>> {
    match value {
        None => Ok(None),
        Some(value) => Ok(usize::try_from(vm.index_i64(value)?).ok()),
    }
}

pub(super) fn replace(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "replace")?;
    let values = arity::between(vm, &args, "str", "replace", (2, 3))?;
    let old = named_str(vm, &values[0], "replace() argument 1")?;
    let new = named_str(vm, &values[1], "replace() argument 2")?;
    let limit = limit(vm, values.get(2))?;
    if limit == Some(0) || (!old.text.is_empty() && str_text::find(&text.text, &old.text).is_none()) {
        return Ok(part_of(vm, &args, &text, &text.text));
    }
    // Counted only where so many places as there may be would make a long text.
    let most_places = text.text.len() / old.text.len().max(1) + 1;
    if most_places.saturating_mul(new.text.len()) > 1 << 20 {
        let places = if old.text.is_empty() { text.text.len() + 1 } else { str_text::count(&text.text, &old.text) };
        let places = limit.map_or(places, |limit| places.min(limit));
        vm.check_text(text.text.len().saturating_add(places.saturating_mul(new.text.len())))?;
    }
    Ok(vm.written(|out| str_text::replace(&text.text, &old.text, &new.text, limit, out)))
}

/// What `split` and `rsplit` are given: the text, the separator, if there is one, and the limit.
fn split_arguments(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<(Ref<Str>, Option<Ref<Str>>, Option<usize>)> {
    let text = this(vm, args, name)?;
    let [separator, limit] = match args {
        Args { values: [_], names: [] } => [None, None],
        Args { values: [_, separator], names: [] } => [Some(separator.clone()), None],
        _ => named(vm, args, name, 1, ["sep", "maxsplit"], 0)?,
    };
    let limit = self::limit(vm, limit.as_ref())?;
    let Some(separator) = separator.filter(|separator| !separator.is_none()) else { return Ok((text, None, limit)) };
    match vm.text_of(&separator) {
        None => {
            let found = vm.type_name(&separator);
            Err(vm.type_error(format!("must be str or None, not {found}")))
        }
        Some(separator) if separator.text.is_empty() => Err(vm.value_error("empty separator")),
        Some(separator) => Ok((text, Some(separator), limit)),
    }
}

pub(super) fn split(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (text, separator, limit) = split_arguments(vm, &args, "split")?;
    let (mut parts, mut ended) = (Vec::with_capacity(FEW_PARTS), Ok(()));
    let mut add = |part: &str| {
        if ended.is_ok() {
            let part = part_of(vm, &args, &text, part);
            ended = vm.collect_item(&mut parts, part);
        }
    };
    match separator {
        Some(separator) => str_text::each_part(&text.text, &separator.text, limit, add),
        None if limit.is_none() && text.is_ascii() => str_text::each_ascii_word(&text.text, add),
        None if limit.is_none() => str_text::each_word(&text.text, add),
        None => str_text::split_whitespace(&text.text, limit).into_iter().for_each(&mut add),
    }
    ended?;
    Ok(vm.list(parts))
}

pub(super) fn rsplit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (text, separator, limit) = split_arguments(vm, &args, "rsplit")?;
    let parts = match separator {
        Some(separator) => str_text::rsplit(&text.text, &separator.text, limit),
        None => str_text::rsplit_whitespace(&text.text, limit),
    };
    list_of_parts(vm, &args, &text, parts)
}

pub(super) fn splitlines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "splitlines")?;
    let [keep_ends] = named(vm, &args, "splitlines", 1, ["keepends"], 0)?;
    let keep_ends = match keep_ends {
        Some(keep_ends) => arity::c_int(vm, &keep_ends)? != 0,
        None => false,
    };
    let lines = str_text::splitlines(&text.text, keep_ends);
    list_of_parts(vm, &args, &text, lines)
}

fn list_of_parts(vm: &mut Vm, args: &Args<'_>, text: &Ref<Str>, parts: Vec<&str>) -> Result<Value> {
    let mut items = Vec::with_capacity(parts.len().min(FEW_PARTS));
    for part in parts {
        let part = part_of(vm, args, text, part);
        vm.collect_item(&mut items, part)?;
    }
    Ok(vm.list(items))
}

type Partition = for<'a> fn(&'a str, &str) -> (&'a str, &'a str, &'a str);

fn partition_with(vm: &mut Vm, args: &Args<'_>, name: &str, partition: Partition) -> Result<Value> {
    let text = this(vm, args, name)?;
    let separator = arity::one(vm, args, "str", name)?;
    let separator = must_be_str(vm, separator)?;
    if separator.text.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let (before, between, after) = partition(&text.text, &separator.text);
    let mut parts = [before, between, after].map(|part| part_of(vm, args, &text, part));
    Ok(vm.tuple_taken(&mut parts))
}

pub(super) fn partition(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    partition_with(vm, &args, "partition", str_text::partition)
}

pub(super) fn rpartition(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    partition_with(vm, &args, "rpartition", str_text::rpartition)
}

/// The items of the argument of `join`.
pub(super) fn joined_items(vm: &mut Vm, iterable: &Value) -> Result<Vec<Value>> {
    // As CPython does, an iterator is asked for one again.
    let items = vm.iter(iterable).and_then(|iterator| vm.items(&iterator));
    let error = match items {
        Ok(items) => return Ok(items),
        Err(error) => error,
    };
    let class = vm.classes.type_error.clone();
    if vm.is_exception(&error, &class) && vm.special(iterable, crate::objects::Special::Iter).is_none() {
        return Err(vm.type_error("can only join an iterable"));
    }
    Err(error)
}

pub(super) fn join(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let separator = this(vm, &args, "join")?;
    let iterable = arity::one(vm, &args, "str", "join")?;
    // A list is looked at where it is: nothing here runs a script, which could change it.
    let (list, tuple) = (iterable.to_ref::<List>(), iterable.to_ref::<Tuple>());
    let (in_place, taken);
    let items: &[Value] = if let Some(list) = &list {
        in_place = list.items.borrow();
        &in_place
    } else if let Some(tuple) = &tuple {
        &tuple.items
    } else {
        taken = match vm.characters_of(iterable)? {
            Some(characters) => characters,
            None => joined_items(vm, iterable)?,
        };
        &taken
    };
    if let [only] = items
        && only.is_kind::<Str>()
    {
        return Ok(only.clone());
    }
    let mut bytes = separator.text.len().saturating_mul(items.len());
    for (index, item) in items.iter().enumerate() {
        bytes = bytes.saturating_add(match item.downcast::<Str>() {
            Some(text) => text.text.len(),
            None => match vm.text_of(item) {
                Some(text) => text.text.len(),
                None => {
                    let found = vm.type_name(item);
                    return Err(vm.type_error(format!("sequence item {index}: expected str instance, {found} found")));
                }
            },
        });
    }
    vm.check_text(bytes)?;
    let mut out = String::with_capacity(bytes);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(&separator.text);
        }
        match item.downcast::<Str>() {
            Some(text) => out.push_str(&text.text),
            None => out.push_str(vm.text_of(item).as_ref().map_or("", |text| &text.text)),
        }
    }
    Ok(vm.string(out))
}

/// What a table of `translate` says about one character.
fn translation(vm: &mut Vm, table: &Value, c: char) -> Result<Translated> {
    let key = vm.int(i64::from(u32::from(c)));
    let entry = match table.downcast::<Dict>() {
        Some(dict) => vm.dict_get(dict, &key)?.ok_or(Translated::Same),
        None => Ok(Value::EMPTY),
    };
    let found = match entry {
        Err(same) => return Ok(same),
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => vm.get_item(table, &key),
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            let class = vm.classes.lookup_error.clone();
            return if vm.is_exception(&error, &class) { Ok(Translated::Same) } else { Err(error) };
        }
    };
    if found.is_none() {
        return Ok(Translated::Deleted);
    }
    if let Some(text) = vm.text_of(&found) {
        return Ok(Translated::Text(text.text.to_string()));
    }
    if !vm.is_int(&found) {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    }
    match vm.to_i64(&found).and_then(|code| u32::try_from(code).ok()).filter(|code| *code < 0x11_0000) {
        Some(code) => Ok(Translated::Char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))),
        None => Err(vm.value_error("character mapping must be in range(0x110000)")),
    }
}

pub(super) fn translate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let text = this(vm, &args, "translate")?;
    let table = arity::one(vm, &args, "str", "translate")?;
    let mut bytes = 0;
    // What a dict says about an ASCII character is asked once, since no script can change it meanwhile.
    let is_dict = table.is_kind::<Dict>();
    let mut known: [Option<char>; 128] = [None; 128];
    let out = str_text::translate(&text.text, |c| {
        if let Some(to) = known.get(c as usize).copied().flatten() {
            return Ok(Translated::Char(to));
        }
        let piece = translation(vm, table, c)?;
        bytes += if let Translated::Text(text) = &piece { text.len() } else { c.len_utf8() };
        vm.check_built(bytes)?;
        if let Some(place) = known.get_mut(c as usize).filter(|_| is_dict) {
            *place = match piece {
                Translated::Same => Some(c),
                Translated::Char(to) if to.is_ascii() => Some(to),
                _ => None,
            };
        }
        Ok(piece)
    })?;
    Ok(vm.string(out))
}

pub(super) fn maketrans(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = args.values;
    if !args.names.is_empty() {
        return Err(vm.type_error("str.maketrans() takes no keyword arguments"));
    }
    let table = vm.dict();
    match values {
        [] => return Err(vm.type_error("maketrans expected at least 1 argument, got 0")),
        [mapping] => {
            let Some(dict) = vm.native::<Dict>(mapping) else {
                return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
            };
            let entries: Vec<(Value, Value)> =
                dict.table.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
            for (key, value) in entries {
                let key = match vm.text_of(&key) {
                    Some(text) => match (text.chars(), text.text.chars().next()) {
                        (1, Some(c)) => vm.int(i64::from(u32::from(c))),
                        _ => return Err(vm.value_error("string keys in translate table must be of length 1")),
                    },
                    None if vm.is_int(&key) => key,
                    None => return Err(vm.type_error("keys in translate table must be strings or integers")),
                };
                vm.dict_set(&table, key, value)?;
            }
        }
        [from, to, deleted @ ..] if deleted.len() <= 1 => {
            let to = named_str(vm, to, "maketrans() argument 2")?;
            let Some(from) = vm.text_of(from) else {
                return Err(vm.type_error("first maketrans argument must be a string if there is a second argument"));
            };
            if from.chars() != to.chars() {
                return Err(vm.value_error("the first two maketrans arguments must have equal length"));
            }
            let code = |vm: &Vm, c: char| vm.int(i64::from(u32::from(c)));
            for (from, to) in from.text.chars().zip(to.text.chars()) {
                let (from, to) = (code(vm, from), code(vm, to));
                vm.dict_set(&table, from, to)?;
            }
            if let Some(deleted) = deleted.first() {
                let deleted = named_str(vm, deleted, "maketrans() argument 3")?;
                for c in deleted.text.chars() {
                    let from = code(vm, c);
                    vm.dict_set(&table, from, Value::NONE)?;
                }
            }
        }
        more => {
            let given = more.len();
            return Err(vm.type_error(format!("maketrans expected at most 3 arguments, got {given}")));
        }
    }
    Ok(table.into_value())
}
