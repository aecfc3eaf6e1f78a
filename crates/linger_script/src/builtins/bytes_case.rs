//! The methods of `bytes` and `bytearray` that look at single bytes: case, classes, stripping, padding. All in ASCII.

use linger_heap::Value;

use super::arity;
use super::bytes_type::{bytes_like, octets_of, this};
use super::checks::named;
use crate::objects::Args;
use crate::pure::str_text::Side;
use crate::vm::{Result, Vm};

/// Whether a byte is whitespace: also the vertical tab, which Rust does not count.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn mapped(vm: &mut Vm, args: &Args<'_>, name: &str, map: fn(&[u8]) -> Vec<u8>) -> Result<Value> {
    let octets = this(vm, args, name)?;
    arity::none(vm, args, octets.owner(), name)?;
    let out = octets.read(map);
    Ok(octets.same_kind(vm, out))
}

pub(super) fn lower(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    mapped(vm, &args, "lower", <[u8]>::to_ascii_lowercase)
}

pub(super) fn upper(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    mapped(vm, &args, "upper", <[u8]>::to_ascii_uppercase)
}

pub(super) fn swapcase(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    mapped(vm, &args, "swapcase", |bytes| {
        let swap = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
        bytes.iter().map(swap).collect()
    })
}

pub(super) fn capitalize(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    mapped(vm, &args, "capitalize", |bytes| {
        let mut out = bytes.to_ascii_lowercase();
        if let Some(first) = out.first_mut() {
            first.make_ascii_uppercase();
        }
        out
    })
}

fn titled(bytes: &[u8]) -> Vec<u8> {
    let mut in_word = false;
    let map = |byte: &u8| {
        let mapped = if in_word { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        in_word = byte.is_ascii_alphabetic();
        mapped
    };
    bytes.iter().map(map).collect()
}

pub(super) fn title(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    mapped(vm, &args, "title", titled)
}

fn tested(vm: &mut Vm, args: &Args<'_>, name: &str, test: fn(&[u8]) -> bool) -> Result<Value> {
    let octets = this(vm, args, name)?;
    arity::none(vm, args, octets.owner(), name)?;
    Ok(Value::bool(octets.read(test)))
}

fn all(bytes: &[u8], test: fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(test)
}

pub(super) fn isalnum(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isalnum", |bytes| all(bytes, u8::is_ascii_alphanumeric))
}

pub(super) fn isalpha(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isalpha", |bytes| all(bytes, u8::is_ascii_alphabetic))
}

pub(super) fn isascii(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isascii", <[u8]>::is_ascii)
}

pub(super) fn isdigit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isdigit", |bytes| all(bytes, u8::is_ascii_digit))
}

pub(super) fn isspace(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isspace", |bytes| all(bytes, |byte| is_space(*byte)))
}

pub(super) fn islower(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "islower", |bytes| {
        bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
    })
}

pub(super) fn isupper(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "isupper", |bytes| {
        bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
    })
}

pub(super) fn istitle(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    tested(vm, &args, "istitle", |bytes| bytes.iter().any(u8::is_ascii_alphabetic) && titled(bytes) == bytes)
}

fn expanded(bytes: &[u8], size: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut column = 0;
    for &byte in bytes {
        match byte {
            b'\t' if size > 0 => {
                let fill = size - column % size;
                out.resize(out.len() + fill, b' ');
                column += fill;
            }
            b'\t' => {}
            _ => {
                out.push(byte);
                column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
            }
        }
    }
    out
}

pub(super) fn expandtabs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "expandtabs")?;
    let [size] = named(vm, &args, "expandtabs", 1, ["tabsize"], 0)?;
    let size = match size {
        Some(size) => usize::try_from(arity::c_int(vm, &size)?).unwrap_or(0),
        None => 8,
    };
    let tabs = octets.read(|bytes| bytes.iter().filter(|byte| **byte == b'\t').count());
    vm.check_memory(octets.len().saturating_add(tabs.saturating_mul(size)))?;
    let out = octets.read(|bytes| expanded(bytes, size));
    Ok(octets.same_kind(vm, out))
}

fn stripped(vm: &mut Vm, args: &Args<'_>, name: &str, side: Side) -> Result<Value> {
    let octets = this(vm, args, name)?;
    let unwanted = match arity::between(vm, args, octets.owner(), name, (0, 1))?.first() {
        Some(chars) if !chars.is_none() => Some(bytes_like(vm, chars)?),
        _ => None,
    };
    let is_wanted = |byte: &u8| match &unwanted {
        Some(unwanted) => !unwanted.contains(byte),
        None => !is_space(*byte),
    };
    let out = octets.read(|bytes| {
        let start = if side == Side::Right { 0 } else { bytes.iter().position(is_wanted).unwrap_or(bytes.len()) };
        let end =
            if side == Side::Left { bytes.len() } else { bytes.iter().rposition(is_wanted).map_or(start, |at| at + 1) };
        bytes[start.min(end)..end].to_vec()
    });
    // What is as it was is the same object.
    if args.values[0].is_kind::<crate::objects::Bytes>() && out.len() == octets.len() {
        return Ok(args.values[0].clone());
    }
    Ok(octets.same_kind(vm, out))
}

pub(super) fn strip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "strip", Side::Both)
}

pub(super) fn lstrip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "lstrip", Side::Left)
}

pub(super) fn rstrip(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    stripped(vm, &args, "rstrip", Side::Right)
}

/// `left` and `right` of the padding that is to be, by its size and the width.
fn padded(vm: &mut Vm, args: &Args<'_>, name: &str, left: fn(usize, usize) -> usize) -> Result<Value> {
    let octets = this(vm, args, name)?;
    let values = arity::between(vm, args, octets.owner(), name, (1, 2))?;
    let width = super::text_type::width(vm, &values[0], 1)?;
    let fill = match values.get(1) {
        None => b' ',
        Some(fill) => {
            let single = octets_of(vm, fill)
                .and_then(|fill| fill.read(|bytes| if let [byte] = bytes { Some(*byte) } else { None }));
            match single {
                Some(fill) => fill,
                None => {
                    let what = format!("{name}() argument 2");
                    return Err(arity::wrong_argument(vm, &what, "a byte string of length 1", fill));
                }
            }
        }
    };
    let padding = width.saturating_sub(octets.len());
    let left = left(padding, width);
    let out = octets.read(|bytes| [&vec![fill; left], bytes, &vec![fill; padding - left]].concat());
    Ok(octets.same_kind(vm, out))
}

pub(super) fn center(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "center", |padding, width| padding / 2 + (padding & width & 1))
}

pub(super) fn ljust(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "ljust", |_, _| 0)
}

pub(super) fn rjust(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    padded(vm, &args, "rjust", |padding, _| padding)
}

pub(super) fn zfill(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "zfill")?;
    let value = arity::one(vm, &args, octets.owner(), "zfill")?;
    let width = super::text_type::width(vm, value, 1)?;
    let out = octets.read(|bytes| {
        let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
        let zeros = vec![b'0'; width.saturating_sub(bytes.len())];
        [&bytes[..sign], &zeros, &bytes[sign..]].concat()
    });
    Ok(octets.same_kind(vm, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_titled() {
        assert_eq!(titled(b"hello WORLD 3abc"), b"Hello World 3Abc");
    }

    #[test]
    fn tabs_reach_to_the_next_stop() {
        assert_eq!(expanded(b"a\tbc\t\nd\t", 4), b"a   bc  \nd   ");
        assert_eq!(expanded(b"a\tb", 0), b"ab");
    }
}
