//! The module `unicodedata`: what Unicode says of characters, their names, and normal forms of text.
//!
//! What decomposes how is known to the library that normalizes, and told by `normalize` alone.

use linger_heap::Value;
use unicode_normalization::UnicodeNormalization;

use super::support::{Table, between, exactly, module, one};
use crate::objects::{Args, Str};
use crate::pure::{unicode, unicode_properties};
use crate::vm::{Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "unicodedata", FUNCTIONS);
    let version = vm.str("14.0.0");
    vm.module_set(&module, "unidata_version", version);
    Ok(module)
}

const FUNCTIONS: Table<'static> = &[
    ("bidirectional", bidirectional),
    ("category", category),
    ("combining", combining),
    ("decimal", decimal),
    ("digit", digit),
    ("east_asian_width", east_asian_width),
    ("is_normalized", is_normalized),
    ("lookup", lookup),
    ("mirrored", mirrored),
    ("name", name),
    ("normalize", normalize),
    ("numeric", numeric),
];

/// An argument that must be one character; `what` names it in the error.
fn character(vm: &mut Vm, value: &Value, what: &str) -> Result<char> {
    let given = vm.text_of(value);
    let mut characters = given.iter().flat_map(|given| given.text.chars());
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return Ok(character);
    }
    let shown = match given {
        Some(_) => "str".to_owned(),
        None => vm.type_name(value),
    };
    Err(vm.type_error(format!("{what} must be a unicode character, not {shown}")))
}

fn properties(vm: &mut Vm, args: &Args<'_>, function: &str) -> Result<unicode_properties::Properties> {
    let value = one(vm, args, &format!("unicodedata.{function}"))?;
    let character = character(vm, value, &format!("{function}() argument"))?;
    Ok(unicode_properties::properties(character))
}

fn category(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = properties(vm, &args, "category")?;
    Ok(vm.str(found.category))
}

fn bidirectional(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = properties(vm, &args, "bidirectional")?;
    Ok(vm.str(found.direction))
}

fn combining(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = properties(vm, &args, "combining")?;
    Ok(vm.int(i64::from(found.combining)))
}

fn east_asian_width(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = properties(vm, &args, "east_asian_width")?;
    Ok(vm.str(found.width))
}

fn mirrored(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let found = properties(vm, &args, "mirrored")?;
    Ok(vm.int(i64::from(found.is_mirrored)))
}

/// Something that not every character has: the default of the call, or an error, where it has none.
fn possible(
    vm: &mut Vm,
    args: &Args<'_>,
    function: &str,
    missing: &str,
    read: impl FnOnce(&mut Vm, char) -> Option<Value>,
) -> Result<Value> {
    let values = between(vm, args, function, 1, 2)?;
    let character = character(vm, &values[0], &format!("{function}() argument 1"))?;
    match (read(vm, character), values.get(1)) {
        (Some(found), _) => Ok(found),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(vm.value_error(missing)),
    }
}

fn decimal(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    possible(vm, &args, "decimal", "not a decimal", |vm, character| {
        unicode::decimal_value(character).map(|value| vm.int(i64::from(value)))
    })
}

fn digit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    possible(vm, &args, "digit", "not a digit", |vm, character| {
        unicode_properties::digit_value(character).map(|value| vm.int(i64::from(value)))
    })
}

fn numeric(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    possible(vm, &args, "numeric", "not a numeric character", |_, character| {
        unicode_properties::numeric_value(character).map(Value::float)
    })
}

fn name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    possible(vm, &args, "name", "no such name", |vm, character| {
        unicode_names2::name(character).map(|name| vm.str(&name.to_string()))
    })
}

fn lookup(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "unicodedata.lookup")?;
    let Some(name) = vm.text_of(value) else {
        let other = vm.type_name(value);
        return Err(vm.type_error(format!("lookup() argument must be str, not {other}")));
    };
    match unicode_names2::character(&name.text) {
        Some(character) => Ok(vm.str(character.encode_utf8(&mut [0; 4]))),
        None => {
            let message = vm.str(&format!("undefined character name '{}'", &*name.text));
            Err(vm.key_error(&message))
        }
    }
}

/// A text in the normal form that the first argument names.
fn normal(vm: &mut Vm, args: &Args<'_>, function: &str) -> Result<(Value, String)> {
    let [form, value] = exactly::<2>(vm, args, function)?;
    let (Some(form), Some(given)) = (vm.text_of(form), vm.text_of(value)) else {
        let (place, other) = if vm.text_of(form).is_none() { (1, form) } else { (2, value) };
        let other = vm.type_name(other);
        return Err(vm.type_error(format!("{function}() argument {place} must be str, not {other}")));
    };
    // One character may become eighteen.
    vm.check_memory(given.text.len() * if given.text.is_ascii() { 1 } else { 18 })?;
    let text = match &*form.text {
        "NFC" => given.text.nfc().collect(),
        "NFD" => given.text.nfd().collect(),
        "NFKC" => given.text.nfkc().collect(),
        "NFKD" => given.text.nfkd().collect(),
        _ => return Err(vm.value_error("invalid normalization form")),
    };
    Ok((value.clone(), text))
}

fn normalize(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (given, text) = normal(vm, &args, "normalize")?;
    let is_same = given.downcast::<Str>().is_some_and(|given| *given.text == *text);
    Ok(if is_same { given } else { vm.str(&text) })
}

fn is_normalized(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (given, text) = normal(vm, &args, "is_normalized")?;
    Ok(Value::bool(vm.text_of(&given).is_some_and(|given| *given.text == *text)))
}
