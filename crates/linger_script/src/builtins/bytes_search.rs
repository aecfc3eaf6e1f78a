//! The methods of `bytes` and `bytearray` that search, split, join and replace.

use linger_heap::Value;

use super::arity;
use super::bytes_case::is_space;
use super::bytes_type::{Octets, byte_item, bytes_like, octets_of, this};
use super::checks::named;
use super::text_search::{joined_items, limit};
use crate::objects::{Args, Bytes, Tuple};
use crate::pure::str_text::clamp_range;
use crate::vm::{Result, Vm};

/// The first place of `needle`.
fn position_of(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => memchr::memchr(*byte, bytes),
        _ => memchr::memmem::find(bytes, needle),
    }
}

/// The last place of `needle`.
fn last_position_of(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => memchr::memrchr(*byte, bytes),
        _ => memchr::memmem::rfind(bytes, needle),
    }
}

/// What to search for: a byte or bytes.
fn needle(vm: &mut Vm, value: &Value) -> Result<Vec<u8>> {
    if let Some(octets) = octets_of(vm, value) {
        return Ok(octets.to_vec());
    }
    if !vm.is_int(value) && vm.special(value, crate::objects::Special::Index).is_none() {
        let found = vm.type_name(value);
        return Err(vm.type_error(format!("argument should be integer or bytes-like object, not '{found}'")));
    }
    Ok(vec![byte_item(vm, value, "byte must be in range(0, 256)")?])
}

/// What to search for, and the positions between which.
fn search_arguments(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<(Octets, Vec<u8>, Option<(usize, usize)>)> {
    let octets = this(vm, args, name)?;
    let values = arity::range(vm, args, name, (1, 3))?;
    let (start, end) = arity::bounds(vm, &values[1..])?;
    let needle = needle(vm, &values[0])?;
    let range = clamp_range(octets.len(), start, end);
    Ok((octets, needle, range))
}

fn position(vm: &mut Vm, args: &Args<'_>, name: &str, last: bool) -> Result<Option<usize>> {
    let (octets, needle, range) = search_arguments(vm, args, name)?;
    let Some((start, end)) = range else { return Ok(None) };
    let search = if last { last_position_of } else { position_of };
    Ok(octets.read(|bytes| search(&bytes[start..end], &needle)).map(|at| at + start))
}

fn found_or_minus_one(vm: &mut Vm, found: Option<usize>) -> Result<Value> {
    Ok(found.map_or_else(|| vm.int(-1), |at| vm.size(at)))
}

fn found_or_error(vm: &mut Vm, found: Option<usize>) -> Result<Value> {
    match found {
        Some(at) => Ok(vm.size(at)),
        None => Err(vm.value_error("subsection not found")),
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

/// The places of `needle`, which is not empty, without overlap.
fn places<'a>(bytes: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = at + position_of(&bytes[at..], needle)?;
        at = found + needle.len();
        Some(found)
    })
}

pub(super) fn count(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (octets, needle, range) = search_arguments(vm, &args, "count")?;
    let Some((start, end)) = range else { return Ok(vm.int(0)) };
    let count = match needle.is_empty() {
        true => end - start + 1,
        false => octets.read(|bytes| places(&bytes[start..end], &needle).count()),
    };
    Ok(vm.size(count))
}

fn touches(vm: &mut Vm, args: &Args<'_>, name: &str, test: fn(&[u8], &[u8]) -> bool) -> Result<Value> {
    let octets = this(vm, args, name)?;
    let values = arity::range(vm, args, name, (1, 3))?;
    let (start, end) = arity::bounds(vm, &values[1..])?;
    let range = clamp_range(octets.len(), start, end);
    let test = |wanted: &[u8]| range.is_some_and(|(start, end)| octets.read(|bytes| test(&bytes[start..end], wanted)));
    if let Some(choices) = vm.native::<Tuple>(&values[0]) {
        for choice in choices.items.iter() {
            if test(&bytes_like(vm, choice)?) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    match octets_of(vm, &values[0]) {
        Some(wanted) => Ok(Value::bool(test(&wanted.to_vec()))),
        None => {
            let found = vm.type_name(&values[0]);
            Err(vm.type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {found}")))
        }
    }
}

pub(super) fn startswith(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    touches(vm, &args, "startswith", |bytes, wanted| bytes.starts_with(wanted))
}

pub(super) fn endswith(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    touches(vm, &args, "endswith", |bytes, wanted| bytes.ends_with(wanted))
}

pub(super) fn removeprefix(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "removeprefix")?;
    let prefix = arity::one(vm, &args, octets.owner(), "removeprefix")?;
    let prefix = bytes_like(vm, prefix)?;
    let out = octets.read(|bytes| bytes.strip_prefix(&prefix[..]).unwrap_or(bytes).to_vec());
    Ok(octets.same_kind(vm, out))
}

pub(super) fn removesuffix(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "removesuffix")?;
    let suffix = arity::one(vm, &args, octets.owner(), "removesuffix")?;
    let suffix = bytes_like(vm, suffix)?;
    let out = octets.read(|bytes| bytes.strip_suffix(&suffix[..]).unwrap_or(bytes).to_vec());
    Ok(octets.same_kind(vm, out))
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8], limit: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    if old.is_empty() {
        for (index, byte) in bytes.iter().enumerate() {
            if index < limit {
                out.extend_from_slice(new);
            }
            out.push(*byte);
        }
        if bytes.len() < limit {
            out.extend_from_slice(new);
        }
        return out;
    }
    let mut at = 0;
    for place in places(bytes, old).take(limit) {
        out.extend_from_slice(&bytes[at..place]);
        out.extend_from_slice(new);
        at = place + old.len();
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

pub(super) fn replace(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "replace")?;
    let values = arity::between(vm, &args, octets.owner(), "replace", (2, 3))?;
    let (old, new) = (bytes_like(vm, &values[0])?, bytes_like(vm, &values[1])?);
    let limit = limit(vm, values.get(2))?.unwrap_or(usize::MAX);
    let steps = if old.is_empty() { octets.len() + 1 } else { octets.read(|bytes| places(bytes, &old).count()) };
    vm.check_memory(octets.len().saturating_add(steps.min(limit).saturating_mul(new.len())))?;
    let out = octets.read(|bytes| replaced(bytes, &old, &new, limit));
    Ok(octets.same_kind(vm, out))
}

fn split_at<'a>(bytes: &'a [u8], separator: &[u8], limit: usize) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut at = 0;
    for place in places(bytes, separator).take(limit) {
        parts.push(&bytes[at..place]);
        at = place + separator.len();
    }
    parts.push(&bytes[at..]);
    parts
}

fn rsplit_at<'a>(bytes: &'a [u8], separator: &[u8], limit: usize) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut end = bytes.len();
    while parts.len() < limit
        && let Some(place) = last_position_of(&bytes[..end], separator)
    {
        parts.push(&bytes[place + separator.len()..end]);
        end = place;
    }
    parts.push(&bytes[..end]);
    parts.reverse();
    parts
}

fn split_words(bytes: &[u8], limit: usize) -> Vec<&[u8]> {
    let skip = |bytes: &[u8]| bytes.iter().take_while(|byte| is_space(**byte)).count();
    let mut parts = Vec::new();
    let mut rest = &bytes[skip(bytes)..];
    while !rest.is_empty() {
        let word = rest.iter().position(|byte| is_space(*byte)).unwrap_or(rest.len());
        let end = if parts.len() >= limit { rest.len() } else { word };
        parts.push(&rest[..end]);
        rest = &rest[end..];
        rest = &rest[skip(rest)..];
    }
    parts
}

fn rsplit_words(bytes: &[u8], limit: usize) -> Vec<&[u8]> {
    let kept = |bytes: &[u8]| bytes.iter().rposition(|byte| !is_space(*byte)).map_or(0, |at| at + 1);
    let mut parts = Vec::new();
    let mut rest = &bytes[..kept(bytes)];
    while !rest.is_empty() {
        let word = rest.iter().rposition(|byte| is_space(*byte)).map_or(0, |at| at + 1);
        let start = if parts.len() >= limit { 0 } else { word };
        parts.push(&rest[start..]);
        rest = &rest[..start];
        rest = &rest[..kept(rest)];
    }
    parts.reverse();
    parts
}

type Split = for<'a> fn(&'a [u8], &[u8], usize) -> Vec<&'a [u8]>;
type SplitWords = fn(&[u8], usize) -> Vec<&[u8]>;

/// A list of parts of some bytes, each of their kind.
fn list_of_parts(vm: &Vm, octets: &Octets, split: impl Fn(&[u8]) -> Vec<&[u8]>) -> Result<Value> {
    let mut items = Vec::new();
    octets.read(|bytes| {
        split(bytes).into_iter().try_for_each(|part| vm.collect_item(&mut items, octets.same_kind(vm, part.to_vec())))
    })?;
    Ok(vm.list(items))
}

fn split_with(vm: &mut Vm, args: &Args<'_>, name: &str, split: Split, split_words: SplitWords) -> Result<Value> {
    let octets = this(vm, args, name)?;
    let [separator, limit] = named(vm, args, name, 1, ["sep", "maxsplit"], 0)?;
    let limit = self::limit(vm, limit.as_ref())?.unwrap_or(usize::MAX);
    match separator.filter(|separator| !separator.is_none()) {
        None => list_of_parts(vm, &octets, |bytes| split_words(bytes, limit)),
        Some(separator) => {
            let separator = bytes_like(vm, &separator)?;
            if separator.is_empty() {
                return Err(vm.value_error("empty separator"));
            }
            list_of_parts(vm, &octets, |bytes| split(bytes, &separator, limit))
        }
    }
}

pub(super) fn split(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    split_with(vm, &args, "split", split_at, split_words)
}

pub(super) fn rsplit(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    split_with(vm, &args, "rsplit", rsplit_at, rsplit_words)
}

fn lines(bytes: &[u8], keep_ends: bool) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let next = match &rest[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        };
        lines.push(&rest[..if keep_ends { next } else { end }]);
        rest = &rest[next..];
    }
    lines
}

pub(super) fn splitlines(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let octets = this(vm, &args, "splitlines")?;
    let [keep_ends] = named(vm, &args, "splitlines", 1, ["keepends"], 0)?;
    let keep_ends = match keep_ends {
        Some(keep_ends) => arity::c_int(vm, &keep_ends)? != 0,
        None => false,
    };
    list_of_parts(vm, &octets, |bytes| lines(bytes, keep_ends))
}

fn partition_with(vm: &mut Vm, args: &Args<'_>, name: &str, last: bool) -> Result<Value> {
    let octets = this(vm, args, name)?;
    let given = arity::one(vm, args, octets.owner(), name)?;
    let separator = bytes_like(vm, given)?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let search = if last { last_position_of } else { position_of };
    let parts = octets.read(|bytes| match search(bytes, &separator) {
        Some(at) => [bytes[..at].to_vec(), separator.clone(), bytes[at + separator.len()..].to_vec()],
        None if last => [Vec::new(), Vec::new(), bytes.to_vec()],
        None => [bytes.to_vec(), Vec::new(), Vec::new()],
    });
    let found = !parts[1].is_empty();
    let mut parts = parts.map(|part| octets.same_kind(vm, part));
    // In the middle stands the separator that was given, of whatever type; only a bytearray has parts of its own.
    if found && parts[1].is_kind::<Bytes>() {
        parts[1] = given.clone();
    }
    Ok(vm.tuple_from(parts.into_iter()))
}

pub(super) fn partition(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    partition_with(vm, &args, "partition", false)
}

pub(super) fn rpartition(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    partition_with(vm, &args, "rpartition", true)
}

pub(super) fn join(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let separator = this(vm, &args, "join")?;
    let iterable = arity::one(vm, &args, separator.owner(), "join")?;
    let items = joined_items(vm, iterable)?;
    let mut parts = Vec::with_capacity(items.len());
    let mut size = separator.len().saturating_mul(items.len());
    for (index, item) in items.iter().enumerate() {
        let Some(part) = octets_of(vm, item) else {
            let found = vm.type_name(item);
            return Err(vm.type_error(format!("sequence item {index}: expected a bytes-like object, {found} found")));
        };
        size = size.saturating_add(part.len());
        parts.push(part);
    }
    vm.check_memory(size)?;
    let mut out = Vec::with_capacity(size);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            separator.read(|bytes| out.extend_from_slice(bytes));
        }
        part.read(|bytes| out.extend_from_slice(bytes));
    }
    Ok(separator.same_kind(vm, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<T: AsRef<[u8]>>(parts: Vec<T>) -> Vec<String> {
        parts.into_iter().map(|part| String::from_utf8_lossy(part.as_ref()).into_owned()).collect()
    }

    #[test]
    fn splits() {
        assert_eq!(texts(split_at(b"a,b,,c", b",", usize::MAX)), ["a", "b", "", "c"]);
        assert_eq!(texts(split_at(b"a,b,c", b",", 1)), ["a", "b,c"]);
        assert_eq!(texts(rsplit_at(b"a,b,c", b",", 1)), ["a,b", "c"]);
        assert_eq!(texts(rsplit_at(b"", b",", 1)), [""]);
        assert_eq!(texts(split_words(b"  a b  c ", 1)), ["a", "b  c "]);
        assert_eq!(texts(rsplit_words(b"  a b  c ", 1)), ["  a b", "c"]);
        assert_eq!(texts(lines(b"a\r\nb\rc\n\n", false)), ["a", "b", "c", ""]);
        assert_eq!(texts(lines(b"a\r\nb", true)), ["a\r\n", "b"]);
    }

    #[test]
    fn replaces() {
        assert_eq!(replaced(b"abc", b"", b"-", usize::MAX), b"-a-b-c-");
        assert_eq!(replaced(b"abc", b"", b"-", 2), b"-a-bc");
        assert_eq!(replaced(b"aaa", b"a", b"bb", 2), b"bbbba");
    }

    #[test]
    fn searches() {
        assert_eq!(position_of(b"abcabc", b"bc"), Some(1));
        assert_eq!(last_position_of(b"abcabc", b"bc"), Some(4));
        assert_eq!(position_of(b"a", b"abc"), None);
        assert_eq!((position_of(b"abc", b""), last_position_of(b"abc", b"")), (Some(0), Some(3)));
        assert_eq!(places(b"aaaa", b"aa").count(), 2);
    }
}
