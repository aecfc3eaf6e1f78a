//! What errors of encoding, decoding and translating take, and how they read.
//!
//! Their fields are kept as those of other exceptions are (`exception_fields`).

use linger_heap::Value;

use super::checks::shown_type;
use super::exception_type::{note_args, this};
use crate::objects::{Args, NativeFn};
use crate::vm::{Result, Vm};

pub(super) const CODING_ERROR: &[(&str, NativeFn)] = &[("__init__", init_coding), ("__str__", coding_text)];
pub(super) const TRANSLATE_ERROR: &[(&str, NativeFn)] =
    &[("__init__", init_translating), ("__str__", translating_text)];

fn init_coding(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init(vm, &args, &["str", "", "int", "int", "str"])
}

fn init_translating(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    init(vm, &args, &["str", "int", "int", "str"])
}

/// Takes arguments of these types; any, where there is no name.
fn init(vm: &mut Vm, args: &Args<'_>, types: &[&str]) -> Result<Value> {
    let data = this(vm, args, "__init__")?;
    if !args.names.is_empty() {
        let name = vm.type_name(&args.values[0]);
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = &args.values[1..];
    if given.len() != types.len() {
        let wanted = types.len();
        return Err(vm.type_error(format!("function takes exactly {wanted} arguments ({} given)", given.len())));
    }
    for (index, (value, wanted)) in given.iter().zip(types).enumerate() {
        match *wanted {
            "str" if !vm.is_str(value) => {
                let other = shown_type(vm, value);
                return Err(vm.type_error(format!("argument {} must be str, not {other}", index + 1)));
            }
            "int" if !vm.is_int(value) => {
                let other = vm.type_name(value);
                return Err(vm.type_error(format!("'{other}' object cannot be interpreted as an integer")));
            }
            _ => {}
        }
    }
    note_args(vm, &data, given);
    Ok(Value::NONE)
}

/// What all three have: the object, where in it, and why. Nothing of an error that `__init__` has not seen.
struct Place {
    object: Value,
    start: i64,
    end: i64,
    reason: String,
}

impl Place {
    fn of(vm: &mut Vm, error: &Value) -> Result<Option<Place>> {
        let object = vm.get_attr_str(error, "object")?;
        let (start, end) = (vm.get_attr_str(error, "start")?, vm.get_attr_str(error, "end")?);
        let (Some(start), Some(end)) = (vm.to_i64(&start), vm.to_i64(&end)) else { return Ok(None) };
        let reason = vm.get_attr_str(error, "reason")?;
        Ok(Some(Place { object, start, end, reason: vm.to_text(&reason)? }))
    }

    /// Where the object is told of one character or byte alone.
    fn only(&self) -> Option<usize> {
        usize::try_from(self.start).ok().filter(|_| self.start.checked_add(1) == Some(self.end))
    }

    /// The one character as an escape.
    fn character(&self, vm: &Vm) -> Option<String> {
        let c = vm.text_of(&self.object)?.text.chars().nth(self.only()?)?;
        Some(match u32::from(c) {
            code @ 0..=0xFF => format!("\\x{code:02x}"),
            code @ 0x100..=0xFFFF => format!("\\u{code:04x}"),
            code => format!("\\U{code:08x}"),
        })
    }

    fn text(&self, what: &str, one: Option<String>, many: &str) -> String {
        let (start, reason) = (self.start, &self.reason);
        match one {
            Some(one) => format!("{what} {one} in position {start}: {reason}"),
            None => format!("{what} {many} in position {start}-{}: {reason}", self.end.saturating_sub(1)),
        }
    }
}

fn coding_text(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__str__")?;
    let error = &args.values[0];
    let Some(place) = Place::of(vm, error)? else { return Ok(vm.str("")) };
    let encoding = vm.get_attr_str(error, "encoding")?;
    let encoding = vm.to_text(&encoding)?;
    let text = if vm.is_str(&place.object) {
        let one = place.character(vm).map(|c| format!("character '{c}'"));
        place.text(&format!("'{encoding}' codec can't encode"), one, "characters")
    } else {
        let bytes = super::bytes_type::octets_of(vm, &place.object);
        let byte = bytes.and_then(|bytes| bytes.read(|bytes| bytes.get(place.only()?).copied()));
        place.text(&format!("'{encoding}' codec can't decode"), byte.map(|byte| format!("byte 0x{byte:02x}")), "bytes")
    };
    Ok(vm.str(&text))
}

fn translating_text(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__str__")?;
    let Some(place) = Place::of(vm, &args.values[0])? else { return Ok(vm.str("")) };
    let one = place.character(vm).map(|c| format!("character '{c}'"));
    Ok(vm.str(&place.text("can't translate", one, "characters")))
}
