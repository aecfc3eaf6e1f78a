//! Matches of `re`, and the texts that are searched.

use linger_heap::{Edge, Ref, Value};

use super::regex_pattern::{Pattern, group_number, parsed_template, program_of};
use super::support::{Table, add_class, between, exactly, itself, method, named, no_keywords, registered, with};
use crate::builtins::bytes_type::octets_of;
use crate::objects::{Args, Bytes, NativeData, Str};
use crate::pure::regex::{Captures, Part, Span};
use crate::vm::{Result, Vm};

/// Adds the class to the module.
pub(super) fn add(vm: &mut Vm, module: &Value) {
    let methods: Table<'_> = &[
        ("__copy__", itself),
        ("__deepcopy__", same),
        ("__getitem__", getitem),
        ("__repr__", repr),
        ("end", end),
        ("expand", expand),
        ("group", group),
        ("groupdict", groupdict),
        ("groups", groups),
        ("span", span),
        ("start", start),
    ];
    let getters: Table<'_> = &[
        ("endpos", endpos),
        ("lastgroup", lastgroup),
        ("lastindex", lastindex),
        ("pos", pos),
        ("re", pattern),
        ("regs", regs),
        ("string", string),
    ];
    let class = add_class(vm, module, "re", "Match", methods, getters);
    super::support::with_subscripts(vm, "Match", &class);
    vm.registry.insert("re.Match", class.into_value());
}

/// A text or bytes to search.
pub(super) enum Subject {
    Text(Ref<Str>, Value),
    Bytes(Ref<Bytes>, Value),
    /// A copy of what may change.
    Buffer(Vec<u8>, Value),
}

impl Subject {
    /// The subject of a search; it must be of the pattern's kind.
    pub fn new(vm: &mut Vm, value: &Value, is_bytes: bool) -> Result<Subject> {
        if let Some(text) = vm.text_of(value) {
            if is_bytes {
                return Err(vm.type_error("cannot use a bytes pattern on a string-like object"));
            }
            return Ok(Subject::Text(text, value.clone()));
        }
        let Some(octets) = octets_of(vm, value) else {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("expected string or bytes-like object, got '{name}'")));
        };
        if !is_bytes {
            return Err(vm.type_error("cannot use a string pattern on a bytes-like object"));
        }
        Ok(match vm.native::<Bytes>(value) {
            Some(bytes) => Subject::Bytes(bytes, value.clone()),
            None => Subject::Buffer(octets.to_vec(), value.clone()),
        })
    }

    /// Names what it refers to.
    pub fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        match self {
            Subject::Text(text, _) => text.with_value(|text| visit(Edge::Part("text"), text)),
            Subject::Bytes(bytes, _) => bytes.with_value(|bytes| visit(Edge::Part("text"), bytes)),
            Subject::Buffer(..) => {}
        }
        visit(Edge::Part("string"), self.value());
    }

    /// The bytes or the ASCII text; `None` of any other text.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Subject::Text(text, _) => text.is_ascii().then(|| text.text.as_bytes()),
            Subject::Bytes(bytes, _) => Some(&bytes.0),
            Subject::Buffer(bytes, _) => Some(bytes),
        }
    }

    /// Bytes that it owns.
    pub fn heap_bytes(&self) -> usize {
        if let Subject::Buffer(bytes, _) = self { bytes.capacity() } else { 0 }
    }

    /// The number of characters or bytes.
    pub fn len(&self) -> usize {
        match self {
            Subject::Text(text, _) => text.chars(),
            Subject::Bytes(bytes, _) => bytes.0.len(),
            Subject::Buffer(bytes, _) => bytes.len(),
        }
    }

    /// A part as a script's value; `None` for no part.
    pub fn slice(&self, vm: &mut Vm, part: Option<(usize, usize)>) -> Value {
        let Some((start, end)) = part else { return Value::NONE };
        match self {
            Subject::Text(text, _) => {
                let part = vm.text_places.part(text, start, end);
                vm.str(part)
            }
            Subject::Bytes(..) | Subject::Buffer(..) => {
                vm.bytes(self.bytes().and_then(|bytes| bytes.get(start..end)).unwrap_or_default())
            }
        }
    }

    /// The object that was searched.
    pub fn value(&self) -> &Value {
        match self {
            Subject::Text(_, value) | Subject::Bytes(_, value) | Subject::Buffer(_, value) => value,
        }
    }

    /// An empty text or bytes to be filled.
    pub fn builder(&self) -> Builder {
        match self {
            Subject::Text(..) => Builder::Text(String::new()),
            Subject::Bytes(..) | Subject::Buffer(..) => Builder::Bytes(Vec::new()),
        }
    }
}

/// A text or bytes while it is put together.
pub(super) enum Builder {
    Text(String),
    Bytes(Vec<u8>),
}

impl Builder {
    /// Adds a part of the subject.
    pub fn push_slice(&mut self, vm: &mut Vm, subject: &Subject, start: usize, end: usize) {
        match (self, subject) {
            (Builder::Text(out), Subject::Text(text, _)) => {
                out.push_str(vm.text_places.part(text, start, end));
            }
            (Builder::Bytes(out), _) => {
                let part = subject.bytes().and_then(|bytes| bytes.get(start..end));
                out.extend_from_slice(part.unwrap_or_default());
            }
            (Builder::Text(_), _) => {}
        }
    }

    /// Adds a text, which for bytes has a character for each byte.
    pub fn push_text(&mut self, text: &str) {
        match self {
            Builder::Text(out) => out.push_str(text),
            Builder::Bytes(out) => out.extend(text.chars().map(|character| character as u8)),
        }
    }

    /// Adds what a replacement function returned.
    pub fn push_value(&mut self, vm: &mut Vm, value: &Value) -> Result<()> {
        match self {
            Builder::Text(out) => match vm.text_of(value) {
                Some(text) => out.push_str(&text.text),
                None => {
                    let name = vm.type_name(value);
                    return Err(vm.type_error(format!("sequence item 1: expected str instance, {name} found")));
                }
            },
            Builder::Bytes(out) => match vm.native::<Bytes>(value) {
                Some(bytes) => out.extend_from_slice(&bytes.0),
                None => {
                    let name = vm.type_name(value);
                    let text = format!("sequence item 1: expected a bytes-like object, {name} found");
                    return Err(vm.type_error(text));
                }
            },
        }
        Ok(())
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        match self {
            Builder::Text(out) => out.len(),
            Builder::Bytes(out) => out.len(),
        }
    }

    /// The result.
    pub fn finish(self, vm: &mut Vm) -> Value {
        match self {
            Builder::Text(out) => vm.string(out),
            Builder::Bytes(out) => vm.bytes(out),
        }
    }
}

/// A text, or bytes of it.
pub(super) fn make_text(vm: &mut Vm, text: &str, is_bytes: bool) -> Value {
    if is_bytes { vm.bytes(text.chars().map(|character| character as u8).collect::<Vec<u8>>()) } else { vm.str(text) }
}

/// A match.
struct Match {
    pattern: Value,
    string: Value,
    span: Span,
    captures: Captures,
}

impl NativeData for Match {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("re"), &self.pattern);
        visit(Edge::Part("string"), &self.string);
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Match>() + self.captures.groups.capacity() * size_of::<Option<(usize, usize)>>()
    }
}

/// The object of a match.
pub(super) fn object(vm: &mut Vm, pattern: &Value, subject: &Subject, span: Span, captures: Captures) -> Result<Value> {
    let class = registered(vm, "re.Match")?;
    let found = Match { pattern: pattern.clone(), string: subject.value().clone(), span, captures };
    Ok(vm.native_object(&class, Box::new(found)))
}

/// Pattern, subject and captures of a match.
fn parts(vm: &mut Vm, this: &Value) -> Result<(Value, Subject, Captures)> {
    let (pattern, string, captures) =
        with(vm, this, |found: &mut Match| (found.pattern.clone(), found.string.clone(), found.captures.clone()))?;
    let is_bytes = !vm.is_str(&string);
    let subject = Subject::new(vm, &string, is_bytes)?;
    Ok((pattern, subject, captures))
}

fn same(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__deepcopy__")?;
    Ok(this.clone())
}

/// The number of the group that a script names.
fn number_of(vm: &mut Vm, this: &Value, which: &Value) -> Result<usize> {
    match which.as_small_int() {
        Some(number) => Ok(usize::try_from(number).unwrap_or(usize::MAX)),
        None => {
            let pattern = with(vm, this, |found: &mut Match| found.pattern.clone())?;
            let program = program_of(vm, &pattern)?;
            group_number(vm, &program, which)
        }
    }
}

fn group_text(vm: &mut Vm, this: &Value, which: &Value) -> Result<Value> {
    let number = number_of(vm, this, which)?;
    let (string, part) =
        with(vm, this, |found: &mut Match| (found.string.clone(), found.captures.groups.get(number).copied()))?;
    let Some(part) = part else { return Err(vm.index_error("no such group")) };
    if let (Some(text), Some((start, end))) = (string.to_ref::<Str>(), part) {
        let part = vm.text_places.part(&text, start, end);
        return Ok(vm.str(part));
    }
    let is_bytes = !vm.is_str(&string);
    let subject = Subject::new(vm, &string, is_bytes)?;
    Ok(subject.slice(vm, part))
}

fn getitem(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__getitem__")?;
    let [which] = exactly::<1>(vm, &rest, "__getitem__")?;
    group_text(vm, this, which)
}

fn group(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "group")?;
    no_keywords(vm, &rest, "Match.group")?;
    match rest.values {
        [] => {
            let zero = vm.int(0);
            group_text(vm, this, &zero)
        }
        [which] => group_text(vm, this, which),
        several => {
            let texts = several.iter().map(|which| group_text(vm, this, which)).collect::<Result<Vec<_>>>()?;
            Ok(vm.tuple(texts))
        }
    }
}

fn groups(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "groups")?;
    let [default] = named(vm, &rest, "groups", ["default"], 0)?;
    let default = super::support::or_none(default);
    let (_, subject, captures) = parts(vm, this)?;
    let texts = captures.groups[1..]
        .iter()
        .map(|group| if group.is_some() { subject.slice(vm, *group) } else { default.clone() })
        .collect();
    Ok(vm.tuple(texts))
}

fn groupdict(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "groupdict")?;
    let [default] = named(vm, &rest, "groupdict", ["default"], 0)?;
    let default = super::support::or_none(default);
    let (pattern, subject, captures) = parts(vm, this)?;
    let program = program_of(vm, &pattern)?;
    let dict = vm.dict();
    for (name, number) in program.group_names() {
        let part = captures.groups.get(*number).copied().flatten();
        let text = if part.is_some() { subject.slice(vm, part) } else { default.clone() };
        vm.dict_set_str(&dict, name, text);
    }
    Ok(dict.into_value())
}

/// Start and end of the group that an optional argument names; -1 where it took no part.
fn bounds(vm: &mut Vm, args: Args<'_>, name: &str) -> Result<(i64, i64)> {
    let (this, rest) = method(vm, args, name)?;
    let values = between(vm, &rest, name, 0, 1)?;
    let number = match values.first() {
        Some(which) => number_of(vm, this, which)?,
        None => 0,
    };
    let part = with(vm, this, |found: &mut Match| found.captures.groups.get(number).copied())?;
    let Some(part) = part else { return Err(vm.index_error("no such group")) };
    Ok(part.map_or((-1, -1), |(start, end)| (start as i64, end as i64)))
}

fn start(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (start, _) = bounds(vm, args, "start")?;
    Ok(vm.int(start))
}

fn end(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (_, end) = bounds(vm, args, "end")?;
    Ok(vm.int(end))
}

fn span(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (start, end) = bounds(vm, args, "span")?;
    Ok(vm.tuple(vec![vm.int(start), vm.int(end)]))
}

fn expand(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "expand")?;
    let [template] = named(vm, &rest, "expand", ["template"], 1)?;
    let (pattern, subject, captures) = parts(vm, this)?;
    let template = parsed_template(vm, &pattern, &super::support::or_none(template))?;
    let mut out = subject.builder();
    for part in template {
        match part {
            Part::Literal(text) => out.push_text(&text),
            Part::Group(number) => {
                if let Some((start, end)) = captures.groups.get(number).copied().flatten() {
                    out.push_slice(vm, &subject, start, end);
                }
            }
        }
    }
    Ok(out.finish(vm))
}

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__repr__")?;
    let (_, subject, captures) = parts(vm, this)?;
    let (start, end) = captures.whole();
    let text = subject.slice(vm, Some((start, end)));
    let text = vm.repr(&text)?;
    Ok(vm.str(&format!("<re.Match object; span=({start}, {end}), match={text}>")))
}

fn pattern(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "re")?;
    with(vm, this, |found: &mut Match| found.pattern.clone())
}

fn string(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "string")?;
    with(vm, this, |found: &mut Match| found.string.clone())
}

fn pos(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "pos")?;
    let start = with(vm, this, |found: &mut Match| found.span.start)?;
    Ok(vm.size(start))
}

fn endpos(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "endpos")?;
    let end = with(vm, this, |found: &mut Match| found.span.end)?;
    Ok(vm.size(end))
}

fn lastindex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "lastindex")?;
    let last = with(vm, this, |found: &mut Match| found.captures.last_index)?;
    Ok(last.map_or(Value::NONE, |last| vm.size(last)))
}

fn lastgroup(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "lastgroup")?;
    let (pattern, last) = with(vm, this, |found: &mut Match| (found.pattern.clone(), found.captures.last_index))?;
    let name = with(vm, &pattern, |pattern: &mut Pattern| pattern.names.get(last.unwrap_or(0)).cloned())?;
    Ok(name.unwrap_or(Value::NONE))
}

fn regs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "regs")?;
    let captures = with(vm, this, |found: &mut Match| found.captures.clone())?;
    let mut parts = Vec::new();
    for group in &captures.groups {
        let (start, end) = group.map_or((-1, -1), |(start, end)| (start as i64, end as i64));
        parts.push(vm.tuple(vec![vm.int(start), vm.int(end)]));
    }
    Ok(vm.tuple(parts))
}
