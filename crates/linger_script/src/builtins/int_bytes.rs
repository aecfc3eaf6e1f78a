//! `int.to_bytes` and `int.from_bytes`.

use linger_heap::Value;
use num_bigint::{BigInt as Big, Sign};

use super::arity;
use super::bytes_type::octets_of;
use super::checks::named;
use super::int_type::this;
use crate::objects::Args;
use crate::vm::{Result, Vm};

/// Whether the least significant byte comes first.
fn is_little(vm: &mut Vm, method: &str, order: Option<Value>) -> Result<bool> {
    let Some(order) = order else { return Ok(false) };
    match vm.text_of(&order).as_ref().map(|order| &*order.text) {
        Some("little") => Ok(true),
        Some("big") => Ok(false),
        Some(_) => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
        None => Err(arity::wrong_argument(vm, &format!("{method}() argument 'byteorder'"), "str", &order)),
    }
}

fn is_signed(vm: &mut Vm, signed: Option<Value>) -> Result<bool> {
    match signed {
        Some(signed) => vm.truth(&signed),
        None => Ok(false),
    }
}

pub(super) fn to_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "to_bytes")?;
    let [length, order, signed] = named(vm, &args, "to_bytes", 1, ["length", "byteorder", "*signed"], 0)?;
    let length = match length {
        Some(length) => vm.index_i64(&length)?,
        None => 1,
    };
    let little = is_little(vm, "to_bytes", order)?;
    let signed = is_signed(vm, signed)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    vm.check_memory(length)?;
    let number = vm.to_bigint(&number).unwrap_or_default();
    let negative = number.sign() == Sign::Minus;
    if negative && !signed {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    let mut bytes = if signed { number.to_signed_bytes_le() } else { number.magnitude().to_bytes_le() };
    // Zero is no byte at all where there is room for none, and to CPython neither is -1.
    if number.sign() == Sign::NoSign || length == 0 && signed && number == (-1).into() {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(vm.overflow_error("int too big to convert"));
    }
    bytes.resize(length, if negative { 0xFF } else { 0 });
    if !little {
        bytes.reverse();
    }
    Ok(vm.bytes(bytes))
}

pub(super) fn from_bytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = args.values.first().cloned().unwrap_or_default();
    let [source, order, signed] = named(vm, &args, "from_bytes", 1, ["bytes", "byteorder", "*signed"], 1)?;
    let little = is_little(vm, "from_bytes", order)?;
    let signed = is_signed(vm, signed)?;
    let source = source.unwrap_or_default();
    let mut bytes = match octets_of(vm, &source) {
        Some(octets) => octets.to_vec(),
        None => {
            if vm.is_str(&source) || vm.is_int(&source) || source.as_float().is_some() {
                let found = vm.type_name(&source);
                return Err(vm.type_error(format!("cannot convert '{found}' object to bytes")));
            }
            super::bytes_type::contents(vm, "bytes", Some(source), None, None)?
        }
    };
    if little {
        bytes.reverse();
    }
    let number = if signed { Big::from_signed_bytes_be(&bytes) } else { Big::from_bytes_be(Sign::Plus, &bytes) };
    let number = vm.big(number);
    if class.is(&vm.classes.int.to_value()) { Ok(number) } else { vm.call(&class, &[number]) }
}
