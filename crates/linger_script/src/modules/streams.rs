//! What streams in memory have in common, `BytesIO` and `StringIO`: a position, and what is read from there on. What they hold, and
//! how it is written, is theirs.

use linger_heap::Value;

use super::support::{between, method, none, one, resize, with};
use crate::objects::{Args, NativeData};
use crate::vm::{Raise, Result, Vm};

/// The body of a stream. Positions and lengths count bytes or characters, whichever it is made of.
pub(super) trait Stream: NativeData + Sized {
    /// The name of its class.
    const NAME: &'static str;
    /// Whether it is made of characters.
    const IS_TEXT: bool;
    /// The message about a stream that was closed.
    const CLOSED: &'static str;
    /// What is read of it.
    type Part;

    /// One that was closed, and is empty.
    fn closed() -> Self;
    fn is_closed(&self) -> bool;
    fn position(&self) -> usize;
    fn set_position(&mut self, position: usize);
    fn end(&self) -> usize;
    /// Everything that it holds.
    fn whole(&self) -> Self::Part;
    /// Takes so much from the position on, or what there is.
    fn take(&mut self, count: usize) -> Self::Part;
    /// Takes the rest of a line, or so much of it.
    fn take_line(&mut self, limit: usize) -> Self::Part;
    /// Drops what lies behind a position.
    fn truncate(&mut self, len: usize);
    fn part_len(part: &Self::Part) -> usize;
    fn part_value(vm: &Vm, part: Self::Part) -> Value;
    fn write(vm: &mut Vm, this: &Value, part: &Value) -> Result<Value>;
}

fn closed_error<S: Stream>(vm: &Vm) -> Raise {
    vm.value_error(S::CLOSED)
}

/// Runs `act` on the body if the stream is open.
pub(super) fn open<S: Stream, R>(vm: &mut Vm, this: &Value, act: impl FnOnce(&mut S) -> R) -> Result<R> {
    let result = resize(vm, this, |io: &mut S| if io.is_closed() { None } else { Some(act(io)) })?;
    result.ok_or_else(|| closed_error::<S>(vm))
}

pub(super) fn is_true(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::TRUE)
}

pub(super) fn is_terminal(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::FALSE)
}

pub(super) fn flush(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::NONE)
}

pub(super) fn enter<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__enter__")?;
    open(vm, this, |_: &mut S| ())?;
    Ok(this.clone())
}

pub(super) fn close<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "close")?;
    resize(vm, this, |io: &mut S| *io = S::closed())?;
    Ok(Value::NONE)
}

pub(super) fn is_closed<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "closed")?;
    Ok(Value::bool(with(vm, this, |io: &mut S| io.is_closed())?))
}

pub(super) fn getvalue<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "getvalue")?;
    none(vm, &rest, &format!("{}.getvalue", S::NAME))?;
    let whole = open(vm, this, |io: &mut S| io.whole())?;
    Ok(S::part_value(vm, whole))
}

pub(super) fn write<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "write")?;
    if let Args { values: [part], names: [] } = rest {
        return S::write(vm, this, part);
    }
    let part = one(vm, &rest, &format!("{}.write", S::NAME))?;
    S::write(vm, this, part)
}

pub(super) fn writelines<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "writelines")?;
    let lines = one(vm, &rest, &format!("{}.writelines", S::NAME))?;
    if with(vm, this, |io: &mut S| io.is_closed())? {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    vm.for_each(lines, |vm, line| S::write(vm, this, &line).map(drop))?;
    Ok(Value::NONE)
}

/// How many items a `read(size)` wants: all if the size is none or negative.
fn wanted(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<usize> {
    let values = between(vm, args, name, 0, 1)?;
    match values.first() {
        Some(size) if !size.is_none() => Ok(usize::try_from(vm.index_i64(size)?).unwrap_or(usize::MAX)),
        _ => Ok(usize::MAX),
    }
}

pub(super) fn read<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "read")?;
    let count = wanted(vm, &rest, "read")?;
    let part = open(vm, this, |io: &mut S| io.take(count))?;
    Ok(S::part_value(vm, part))
}

pub(super) fn readline<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readline")?;
    let limit = wanted(vm, &rest, "readline")?;
    let line = open(vm, this, |io: &mut S| io.take_line(limit))?;
    Ok(S::part_value(vm, line))
}

pub(super) fn readlines<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "readlines")?;
    let hint = wanted(vm, &rest, "readlines")?;
    let mut lines = Vec::new();
    let mut total = 0;
    loop {
        let line = open(vm, this, |io: &mut S| io.take_line(usize::MAX))?;
        let len = S::part_len(&line);
        if len == 0 {
            break;
        }
        total += len;
        let line = S::part_value(vm, line);
        vm.collect_item(&mut lines, line)?;
        if total >= hint.max(1) && hint != usize::MAX {
            break;
        }
    }
    Ok(vm.list(lines))
}

pub(super) fn next_line<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__next__")?;
    let line = open(vm, this, |io: &mut S| io.take_line(usize::MAX))?;
    if S::part_len(&line) == 0 { Err(vm.stop_iteration(Value::NONE)) } else { Ok(S::part_value(vm, line)) }
}

pub(super) fn seek<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "seek")?;
    let (position, len) = open(vm, this, |io: &mut S| (io.position(), io.end()))?;
    let values = between(vm, &rest, "seek", 1, 2)?;
    let offset = vm.index_i64(&values[0])?;
    let whence = match values.get(1) {
        Some(whence) => vm.index_i64(whence)?,
        None => 0,
    };
    let base = match whence {
        0 if offset < 0 => {
            let what = if S::IS_TEXT { "Negative seek position" } else { "negative seek value" };
            return Err(vm.value_error(format!("{what} {offset}")));
        }
        0 => 0,
        1 | 2 if S::IS_TEXT && offset != 0 => return Err(vm.os_error("Can't do nonzero cur-relative seeks")),
        1 => position as i64,
        2 => len as i64,
        _ => return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let position = base.saturating_add(offset).max(0) as usize;
    open(vm, this, |io: &mut S| io.set_position(position))?;
    Ok(vm.size(position))
}

pub(super) fn tell<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "tell")?;
    let position = open(vm, this, |io: &mut S| io.position())?;
    Ok(vm.size(position))
}

pub(super) fn truncate<S: Stream>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "truncate")?;
    if let Some(size) = rest.values.first().and_then(Value::as_small_int).filter(|size| *size < 0) {
        let what = if S::IS_TEXT { "Negative size value" } else { "negative size value" };
        return Err(vm.value_error(format!("{what} {size}")));
    }
    let wanted = wanted(vm, &rest, "truncate")?;
    let len = open(vm, this, |io: &mut S| {
        let len = if wanted == usize::MAX { io.position() } else { wanted };
        io.truncate(len);
        len
    })?;
    Ok(vm.size(len))
}
