//! Units of code as bytes: how the modules that come with the runtime are kept in the program, compiled when it was built.
//! `write` is used by the build alone, `read` by imports. The form is private to one build: it has no version.
//!
//! A module is a table of its texts, then its unit; numbers are seven bits a byte, the last one first bit clear. Places in the
//! source are kept as differences, since instructions follow each other there.

use crate::bytecode::{CodeKind, CodeUnit, HandlerEntry, Inlined, Instr, Op, Span};
use crate::constants::Const;

const KINDS: [CodeKind; 5] =
    [CodeKind::Module, CodeKind::Function, CodeKind::Class, CodeKind::Comprehension, CodeKind::Expression];
const COMPREHENSIONS: [&str; 3] = ["<listcomp>", "<setcomp>", "<dictcomp>"];

/// The bytes of a unit and all units within; `None` if it holds what has no stored form.
#[cfg_attr(not(test), allow(dead_code, reason = "the build's half"))]
pub fn write(unit: &CodeUnit) -> Option<Vec<u8>> {
    let mut writer = Writer::default();
    writer.unit(unit)?;
    let mut bytes = Vec::new();
    number(&mut bytes, writer.texts.len() as u64);
    for text in &writer.texts {
        number(&mut bytes, text.len() as u64);
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes.append(&mut writer.bytes);
    Some(bytes)
}

/// The unit that bytes stand for; `None` if they are not what `write` makes.
pub fn read(bytes: &[u8]) -> Option<CodeUnit> {
    let mut reader = Reader { bytes, texts: Vec::new() };
    let count = reader.count()?;
    reader.texts.reserve(count);
    for _ in 0..count {
        let text = reader.run()?;
        reader.texts.push(std::str::from_utf8(text).ok()?);
    }
    reader.unit()
}

fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// A difference as a number: small ones of either sign are small.
fn folded(difference: i64) -> u64 {
    (difference << 1 ^ difference >> 63) as u64
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    texts: Vec<String>,
    places: std::collections::HashMap<String, usize>,
}

#[cfg_attr(not(test), allow(dead_code, reason = "the build's half"))]
impl Writer {
    fn number(&mut self, value: impl Into<u64>) {
        number(&mut self.bytes, value.into());
    }

    fn text(&mut self, text: &str) {
        let next = self.texts.len();
        let at = *self.places.entry(text.to_owned()).or_insert(next);
        if at == next {
            self.texts.push(text.to_owned());
        }
        self.number(at as u64);
    }

    fn run(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    fn texts(&mut self, texts: &[String]) {
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }

    fn unit(&mut self, unit: &CodeUnit) -> Option<()> {
        if !unit.warnings.is_empty() || unit.instrs.len() != unit.spans.len() {
            return None;
        }
        self.number(KINDS.iter().position(|kind| *kind == unit.kind)? as u64);
        self.text(&unit.name);
        self.text(&unit.qualname);
        self.number(unit.first_line);
        self.number(unit.positional_count);
        self.number(unit.positional_only_count);
        self.number(unit.keyword_only_count);
        for flag in [unit.has_varargs, unit.has_varkeywords, unit.is_generator, unit.is_coroutine, unit.declines] {
            self.number(flag);
        }
        self.texts(&unit.local_names);
        self.number(unit.cell_locals.len() as u64);
        for local in &unit.cell_locals {
            self.number(*local);
        }
        self.texts(&unit.free_names);
        self.number(unit.register_count);
        self.number(unit.instrs.len() as u64);
        for instr in &unit.instrs {
            let [a, b, c] = [instr.a, instr.b, instr.c].map(u16::to_le_bytes);
            self.bytes.extend_from_slice(&[instr.op as u8, instr.x, a[0], a[1], b[0], b[1], c[0], c[1]]);
        }
        let mut before = 0;
        for span in &unit.spans {
            self.number(folded(i64::from(span.start) - i64::from(before)));
            self.number(folded(i64::from(span.end) - i64::from(span.start)));
            before = span.start;
        }
        self.consts(&unit.consts)?;
        self.texts(&unit.names);
        self.number(unit.caches.len() as u64);
        for name in &unit.caches {
            self.number(*name);
        }
        self.number(unit.handlers.len() as u64);
        for handler in &unit.handlers {
            self.number(handler.start);
            self.number(handler.end);
            self.number(handler.handler);
            self.number(handler.depth);
        }
        self.number(unit.inlined.len() as u64);
        for inlined in &unit.inlined {
            self.number(inlined.start);
            self.number(inlined.end);
            self.number(COMPREHENSIONS.iter().position(|name| *name == inlined.name)? as u64);
            self.number(inlined.span.start);
            self.number(inlined.span.end);
        }
        self.number(unit.doc.is_some());
        if let Some(doc) = &unit.doc {
            self.text(doc);
        }
        Some(())
    }

    fn consts(&mut self, consts: &[Const]) -> Option<()> {
        self.number(consts.len() as u64);
        for constant in consts {
            match constant {
                Const::None => self.bytes.push(0),
                Const::Ellipsis => self.bytes.push(1),
                Const::Bool(value) => self.bytes.push(2 + u8::from(*value)),
                Const::Int(value) => {
                    self.bytes.push(4);
                    self.number(folded(*value));
                }
                Const::BigInt(value) => {
                    self.bytes.push(5);
                    self.run(&value.to_signed_bytes_le());
                }
                Const::Float(value) => {
                    self.bytes.push(6);
                    self.number(value.to_bits());
                }
                Const::Imaginary(value) => {
                    self.bytes.push(7);
                    self.number(value.to_bits());
                }
                Const::Str(text) => {
                    self.bytes.push(8);
                    self.text(text);
                }
                Const::Bytes(bytes) => {
                    self.bytes.push(9);
                    self.run(bytes);
                }
                Const::Tuple(items) => {
                    self.bytes.push(10);
                    self.consts(items)?;
                }
                Const::FrozenSet(items) => {
                    self.bytes.push(11);
                    self.consts(items)?;
                }
                Const::Code(unit) => {
                    self.bytes.push(12);
                    self.unit(unit)?;
                }
            }
        }
        Some(())
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    texts: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    #[inline]
    fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        if first < 0x80 {
            return Some(u64::from(first));
        }
        let (mut value, mut shift) = (u64::from(first & 0x7f), 7);
        loop {
            let next = self.byte()?;
            value |= u64::from(next & 0x7f).checked_shl(shift)?;
            if next < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.number()? != 0)
    }

    /// How many follow: no more than bytes are left.
    fn count(&mut self) -> Option<usize> {
        self.small().filter(|count| *count <= self.bytes.len())
    }

    fn difference(&mut self) -> Option<i64> {
        let folded = self.number()?;
        Some((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    fn run(&mut self) -> Option<&'a [u8]> {
        let count = self.count()?;
        let (run, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(run)
    }

    fn text(&mut self) -> Option<&'a str> {
        let at: usize = self.small()?;
        self.texts.get(at).copied()
    }

    /// As many of something as the number in front says.
    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut many = Vec::with_capacity(count);
        for _ in 0..count {
            many.push(one(self)?);
        }
        Some(many)
    }

    fn owned_text(&mut self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    fn unit(&mut self) -> Option<CodeUnit> {
        let kind = *KINDS.get(self.small::<usize>()?)?;
        let (name, qualname) = (self.owned_text()?, self.owned_text()?);
        let first_line = self.small()?;
        let (positional_count, positional_only_count, keyword_only_count) =
            (self.small()?, self.small()?, self.small()?);
        let (has_varargs, has_varkeywords) = (self.flag()?, self.flag()?);
        let (is_generator, is_coroutine, declines) = (self.flag()?, self.flag()?, self.flag()?);
        let local_names = self.many(Self::owned_text)?;
        let cell_locals = self.many(Self::small)?;
        let free_names = self.many(Self::owned_text)?;
        let register_count = self.small()?;
        let count = self.count()?;
        let (words, rest) = self.bytes.split_at_checked(count.checked_mul(size_of::<Instr>())?)?;
        self.bytes = rest;
        let mut instrs = Vec::with_capacity(count);
        for word in words.as_chunks::<{ size_of::<Instr>() }>().0 {
            let &[op, x, a, a_high, b, b_high, c, c_high] = word;
            let [a, b, c] = [[a, a_high], [b, b_high], [c, c_high]].map(u16::from_le_bytes);
            instrs.push(Instr { op: *Op::ALL.get(usize::from(op))?, x, a, b, c });
        }
        let mut spans = Vec::with_capacity(count);
        let mut before = 0i64;
        for _ in 0..count {
            let start = before + self.difference()?;
            let end = start + self.difference()?;
            spans.push(Span { start: start as u32, end: end as u32 });
            before = start;
        }
        Some(CodeUnit {
            kind,
            name,
            qualname,
            first_line,
            positional_count,
            positional_only_count,
            keyword_only_count,
            has_varargs,
            has_varkeywords,
            is_generator,
            is_coroutine,
            declines,
            local_names,
            cell_locals,
            free_names,
            register_count,
            instrs,
            spans,
            consts: self.many(Self::constant)?,
            names: self.many(Self::owned_text)?,
            caches: self.many(Self::small)?,
            handlers: self.many(Self::handler)?,
            inlined: self.many(Self::inlined)?,
            doc: if self.flag()? { Some(self.owned_text()?) } else { None },
            warnings: Vec::new(),
        })
    }

    fn handler(&mut self) -> Option<HandlerEntry> {
        let (start, end) = (self.small()?, self.small()?);
        Some(HandlerEntry { start, end, handler: self.small()?, depth: self.small()? })
    }

    fn inlined(&mut self) -> Option<Inlined> {
        let (start, end) = (self.small()?, self.small()?);
        let name = *COMPREHENSIONS.get(self.small::<usize>()?)?;
        Some(Inlined { start, end, name, span: Span { start: self.small()?, end: self.small()? } })
    }

    fn constant(&mut self) -> Option<Const> {
        Some(match self.byte()? {
            0 => Const::None,
            1 => Const::Ellipsis,
            2 => Const::Bool(false),
            3 => Const::Bool(true),
            4 => Const::Int(self.difference()?),
            5 => Const::BigInt(num_bigint::BigInt::from_signed_bytes_le(self.run()?)),
            6 => Const::Float(f64::from_bits(self.number()?)),
            7 => Const::Imaginary(f64::from_bits(self.number()?)),
            8 => Const::Str(self.owned_text()?),
            9 => Const::Bytes(self.run()?.to_vec()),
            10 => Const::Tuple(self.many(Self::constant)?),
            11 => Const::FrozenSet(self.many(Self::constant)?),
            12 => Const::Code(Box::new(self.unit()?)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
"""About it."""
import sys as s
class A(object, metaclass=type):
    """Of the class."""
    def f(self, a, /, b=1, *c, d: int = 2, **e):
        def g():
            nonlocal a
            a = yield [x for x in b if x in {1, 2, -3}]
        try:
            return 1.5, -2j, 10 ** 30, 2 ** 80, b"x\xff", "ä" * 2, ..., None, True
        finally:
            del a
    async def h(self):
        async with self as x:
            await x
print({k: v for k, v in {}.items()}, lambda: (1, "two", (3.0,)))
"#;

    #[test]
    fn what_is_read_is_what_was_written() {
        let unit = crate::compile::compile_module(SOURCE).expect("it compiles");
        let bytes = write(&unit).expect("it has a form");
        assert_eq!(read(&bytes), Some(unit));
    }

    #[test]
    fn bytes_that_end_too_soon_are_nothing() {
        let unit = crate::compile::compile_module(SOURCE).expect("it compiles");
        let bytes = write(&unit).expect("it has a form");
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None, "{end}");
        }
    }

    #[test]
    fn operations_stand_at_their_numbers() {
        for (at, op) in Op::ALL.iter().enumerate() {
            assert_eq!(*op as usize, at);
        }
    }
}
