//! The module `_regex`: compiled patterns over the matcher in `pure::regex`. Flags, the cache and the functions of `re` are
//! written in Python (`py/re.py`).

use std::rc::Rc;
use std::time::Instant;

use linger_heap::{Edge, Ref, Value};

use super::regex_match::{self, Subject};
use super::regex_scan;
use super::support::{
    Table, add_class, exactly, given, itself, method, module, named, or_none, registered, resize, with,
};
use crate::builtins::buffers::buffer_bytes;
use crate::objects::{Args, NativeData, Str};
use crate::pure::regex::{
    Captures, Haystack, Mode, Part, Program, RegexError, RegexErrorKind, Scratch, Span, Stopped,
    compile as compile_program, escape as escape_text, parse_template,
};
use crate::vm::{Raise, Result, Vm};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let functions: Table<'_> = &[("compile", compile), ("escape", escape), ("template", template)];
    let module = module(vm, "_regex", functions);
    let methods: Table<'_> = &[
        ("__copy__", itself),
        ("__deepcopy__", same),
        ("__eq__", equal),
        ("__hash__", hash),
        ("__reduce__", reduce),
        ("__repr__", repr),
        ("findall", findall),
        ("finditer", finditer),
        ("fullmatch", fullmatch),
        ("match", match_start),
        ("scanner", scanner),
        ("search", search),
        ("split", split),
        ("sub", sub),
        ("subn", subn),
    ];
    let getters: Table<'_> = &[("flags", flags), ("groupindex", groupindex), ("groups", groups), ("pattern", pattern)];
    let class = add_class(vm, &module, "re", "Pattern", methods, getters);
    super::support::with_subscripts(vm, "Pattern", &class);
    vm.registry.insert("re.Pattern", class.to_value());
    regex_match::add(vm, &module);
    regex_scan::add(vm);
    Ok(module)
}

/// A compiled pattern.
pub(super) struct Pattern {
    /// The compiled form.
    pub program: Rc<Program>,
    /// What it was compiled from.
    pub source: Value,
    /// The class of errors that templates raise.
    pub error: Value,
    /// Whether it is for bytes.
    pub is_bytes: bool,
    /// The names of the groups, by number; `None` of those that have none.
    pub names: Vec<Value>,
    /// What searches note on their way.
    scratch: Scratch,
    /// The characters of the text that was searched last, if it is not ASCII: it is often searched again from another place.
    characters: Option<(Ref<Str>, Vec<char>)>,
}

impl NativeData for Pattern {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("pattern"), &self.source);
        visit(Edge::Part("error"), &self.error);
        self.names.iter().for_each(|name| visit(Edge::Part("name"), name));
        if let Some((text, _)) = &self.characters {
            text.with_value(|text| visit(Edge::Part("text"), text));
        }
    }
    fn heap_bytes(&self) -> usize {
        let characters =
            self.characters.as_ref().map_or(0, |(_, characters)| characters.capacity() * size_of::<char>());
        size_of::<Pattern>() + size_of::<Program>() + self.names.capacity() * size_of::<Value>() + characters
    }
}

impl Pattern {
    /// Whether the characters of a text are at hand.
    fn knows(&self, text: &Ref<Str>) -> bool {
        self.characters.as_ref().is_some_and(|(known, _)| known.is(text))
    }
}

/// The compiled form of a pattern, with what it was compiled from.
fn parts(vm: &mut Vm, this: &Value) -> Result<(Rc<Program>, Value, bool)> {
    with(vm, this, |pattern: &mut Pattern| (Rc::clone(&pattern.program), pattern.source.clone(), pattern.is_bytes))
}

/// The text of a pattern or template: one character for each byte of bytes.
fn source_text(vm: &mut Vm, value: &Value) -> Result<(String, bool)> {
    if let Some(text) = vm.text_of(value) {
        return Ok((text.text.to_string(), false));
    }
    match buffer_bytes(vm, value) {
        Ok(bytes) => Ok((bytes.iter().map(|byte| char::from(*byte)).collect(), true)),
        Err(_) => Err(vm.type_error("first argument must be string or compiled pattern")),
    }
}

/// Raises an error of the syntax: `class(message, pattern, position)`.
fn raise(vm: &mut Vm, class: &Value, source: &Value, error: &RegexError) -> Raise {
    match error.kind {
        RegexErrorKind::Value => return vm.value_error(&error.message),
        RegexErrorKind::Overflow => return vm.overflow_error(&error.message),
        RegexErrorKind::Index => return vm.index_error(&error.message),
        RegexErrorKind::Recursion => return vm.recursion_error(&error.message),
        RegexErrorKind::Regex => {}
    }
    let position = error.place.map_or(Value::NONE, |place| vm.size(place.position));
    let values = [vm.str(&error.text), source.clone(), position];
    match vm.call(class, &values) {
        Ok(exception) => Raise(exception),
        Err(raised) => raised,
    }
}

/// `compile(pattern, flags, error_class)`
fn compile(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [source, flags, error] = exactly::<3>(vm, &args, "compile")?;
    let (text, is_bytes) = source_text(vm, source)?;
    let flags = vm.index_i64(flags)? as u32;
    let program = compile_program(&text, is_bytes, flags).map_err(|problem| raise(vm, error, source, &problem))?;
    let class = registered(vm, "re.Pattern")?;
    let mut names = vec![Value::NONE; program.group_count() + 1];
    for (name, number) in program.group_names() {
        names[*number] = vm.intern(name);
    }
    let pattern = Pattern {
        program: Rc::new(program),
        source: source.clone(),
        error: error.clone(),
        is_bytes,
        names,
        scratch: Scratch::default(),
        characters: None,
    };
    Ok(vm.native_object(&class, Box::new(pattern)))
}

fn escape(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [value] = exactly::<1>(vm, &args, "escape")?;
    let (text, is_bytes) = source_text(vm, value)?;
    let escaped = escape_text(&text);
    Ok(regex_match::make_text(vm, &escaped, is_bytes))
}

/// `template(pattern, text)`: a list of texts and group numbers, for `Match.expand`.
fn template(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [pattern, template] = exactly::<2>(vm, &args, "template")?;
    let parts = parsed_template(vm, pattern, template)?;
    let (_, is_bytes) = source_text(vm, template)?;
    let mut items = Vec::new();
    for part in parts {
        items.push(match part {
            Part::Literal(text) => regex_match::make_text(vm, &text, is_bytes),
            Part::Group(number) => vm.size(number),
        });
    }
    Ok(vm.list(items))
}

/// A replacement template for a pattern.
pub(super) fn parsed_template(vm: &mut Vm, pattern: &Value, template: &Value) -> Result<Vec<Part>> {
    let (program, _, _) = parts(vm, pattern)?;
    let error = with(vm, pattern, |pattern: &mut Pattern| pattern.error.clone())?;
    let (text, is_bytes) = source_text(vm, template)?;
    parse_template(&text, is_bytes, &program).map_err(|problem| raise(vm, &error, template, &problem))
}

fn same(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__deepcopy__")?;
    Ok(this.clone())
}

fn equal(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__eq__")?;
    let [other] = exactly::<1>(vm, &rest, "__eq__")?;
    if !super::support::is::<Pattern>(other) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (program, source, is_bytes) = parts(vm, this)?;
    let (other_program, other_source, other_is_bytes) = parts(vm, other)?;
    let is_alike = program.flags() == other_program.flags() && is_bytes == other_is_bytes;
    Ok(Value::bool(is_alike && vm.equal(&source, &other_source)?))
}

fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__hash__")?;
    let (program, source, _) = parts(vm, this)?;
    let hash = vm.hash(&source)? ^ u64::from(program.flags());
    Ok(vm.int(hash as i64))
}

const UNICODE: u32 = crate::pure::regex::flags::UNICODE;

fn repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    const NAMES: [(u32, &str); 7] = [
        (2, "re.IGNORECASE"),
        (4, "re.LOCALE"),
        (8, "re.MULTILINE"),
        (16, "re.DOTALL"),
        (64, "re.VERBOSE"),
        (128, "re.DEBUG"),
        (256, "re.ASCII"),
    ];
    let (this, _) = method(vm, args, "__repr__")?;
    let (program, source, is_bytes) = parts(vm, this)?;
    let mut text: String = vm.repr(&source)?.chars().take(200).collect();
    let flags = program.flags() & !if is_bytes { 0 } else { UNICODE };
    let names: Vec<&str> = NAMES.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, name)| *name).collect();
    if !names.is_empty() {
        text = format!("{text}, {}", names.join("|"));
    }
    Ok(vm.str(&format!("re.compile({text})")))
}

fn flags(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "flags")?;
    let (program, _, _) = parts(vm, this)?;
    Ok(vm.int(program.flags().into()))
}

fn groups(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "groups")?;
    let (program, _, _) = parts(vm, this)?;
    Ok(vm.size(program.group_count()))
}

fn groupindex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "groupindex")?;
    let (program, _, _) = parts(vm, this)?;
    let dict = vm.dict();
    for (name, number) in program.group_names() {
        let number = vm.size(*number);
        vm.dict_set_str(&dict, name, number);
    }
    Ok(dict.into_value())
}

fn pattern(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "pattern")?;
    Ok(parts(vm, this)?.1)
}

/// What a search was given up for, as an exception.
fn stopped(vm: &mut Vm, why: Stopped) -> Raise {
    match why {
        Stopped::Interrupted => vm.poll().err().unwrap_or_else(|| vm.out_of_fuel()),
        Stopped::OutOfMemory => vm.memory_error(""),
    }
}

/// Steps of 4096 that one search may take when a host limits scripts.
const LIMITED_STEPS: u64 = 10_000;

/// Asks whether a search may go on: for ever, or as long as a host's limits let it.
fn patience(vm: &Vm) -> impl FnMut() -> bool + use<> {
    let mut left = if vm.config.instruction_limit.is_some() { LIMITED_STEPS } else { u64::MAX };
    let deadline = vm.deadline;
    move || {
        left = left.saturating_sub(1);
        left > 0 && deadline.is_none_or(|deadline| Instant::now() <= deadline)
    }
}

/// What a method that searches has been asked: subject and span.
struct Ask {
    subject: Subject,
    span: Span,
}

fn ask(vm: &mut Vm, this: &Value, string: &Value, start: Option<Value>, end: Option<Value>) -> Result<Ask> {
    let is_bytes = with(vm, this, |pattern: &mut Pattern| pattern.is_bytes)?;
    let subject = Subject::new(vm, string, is_bytes)?;
    let len = subject.len();
    let mut bound = |value: Option<Value>, default: usize| match value {
        Some(value) => {
            let index = vm.index(&value)?;
            Ok(vm.to_i64(&index).map_or(len, |index| index.clamp(0, len as i64) as usize))
        }
        None => Ok(default),
    };
    let span = Span { start: bound(start, 0)?, end: bound(end, len)? };
    Ok(Ask { subject, span })
}

/// Runs a search of a pattern.
fn run<R>(
    vm: &mut Vm,
    pattern: &Value,
    subject: &Subject,
    search: impl FnOnce(&Program, &Haystack<'_>, &mut Scratch) -> Result<R, Stopped>,
) -> Result<R> {
    if let (Subject::Text(text, _), None) = (subject, subject.bytes())
        && !with(vm, pattern, |pattern: &mut Pattern| pattern.knows(text))?
    {
        let characters = text.text.chars().collect();
        resize(vm, pattern, |pattern: &mut Pattern| pattern.characters = Some((text.clone(), characters)))?;
    }
    let result = with(vm, pattern, |pattern: &mut Pattern| {
        let characters = pattern.characters.as_ref().map_or(&[][..], |(_, characters)| characters);
        let haystack = subject.bytes().map_or(Haystack::Chars(characters), Haystack::Bytes);
        search(&pattern.program, &haystack, &mut pattern.scratch)
    })?;
    result.map_err(|why| stopped(vm, why))
}

/// The next match of a pattern in a part of a subject.
pub(super) fn next_match(
    vm: &mut Vm,
    pattern: &Value,
    subject: &Subject,
    span: Span,
    mode: Mode,
    must_advance: bool,
) -> Result<Option<Captures>> {
    let mut patience = patience(vm);
    run(vm, pattern, subject, |program, haystack, scratch| {
        program.find(haystack, span, mode, must_advance, scratch, &mut patience)
    })
}

fn find(vm: &mut Vm, args: Args<'_>, name: &str, mode: Mode) -> Result<Value> {
    let (this, rest) = method(vm, args, name)?;
    let [string, start, end] = named(vm, &rest, name, ["string", "pos", "endpos"], 1)?;
    let ask = ask(vm, this, &or_none(string), start, end)?;
    match next_match(vm, this, &ask.subject, ask.span, mode, false)? {
        Some(captures) => regex_match::object(vm, this, &ask.subject, ask.span, captures),
        None => Ok(Value::NONE),
    }
}

fn search(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    find(vm, args, "search", Mode::Search)
}

fn match_start(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    find(vm, args, "match", Mode::Match)
}

fn fullmatch(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    find(vm, args, "fullmatch", Mode::Full)
}

/// All matches, at most `limit` of them if that is not zero.
fn all(vm: &mut Vm, pattern: &Value, ask: &Ask, limit: usize) -> Result<Vec<Captures>> {
    let mut patience = patience(vm);
    let limit = if limit == 0 { usize::MAX } else { limit };
    let most = vm.memory_left() / BYTES_OF_MATCH;
    let found = run(vm, pattern, &ask.subject, |program, haystack, scratch| {
        program.find_all(haystack, ask.span, limit.min(most), scratch, &mut patience)
    })?;
    if found.len() == most && limit > most { Err(vm.memory_error("")) } else { Ok(found) }
}

/// What the places of one match take, and what scripts are given for it, at least.
const BYTES_OF_MATCH: usize = size_of::<Captures>() + 2 * size_of::<Option<(usize, usize)>>() + size_of::<Value>();

fn findall(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "findall")?;
    let [string, start, end] = named(vm, &rest, "findall", ["string", "pos", "endpos"], 1)?;
    let ask = ask(vm, this, &or_none(string), start, end)?;
    let mut items = Vec::new();
    for captures in all(vm, this, &ask, 0)? {
        let empty = || Some((0, 0));
        let item = match captures.groups.as_slice() {
            [whole] => ask.subject.slice(vm, *whole),
            [_, only] => ask.subject.slice(vm, only.or_else(empty)),
            [_, groups @ ..] => {
                let texts = groups.iter().map(|group| ask.subject.slice(vm, group.or_else(empty))).collect();
                vm.tuple(texts)
            }
            [] => Value::NONE,
        };
        vm.collect_item(&mut items, item)?;
    }
    Ok(vm.list(items))
}

/// `re._compile(pattern, flags)` makes it anew.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let module = vm.import_name("re", 0, &Value::NONE)?;
    let [function, source, flags] =
        [vm.get_attr_str(&module, "_compile")?, vm.get_attr_str(this, "pattern")?, vm.get_attr_str(this, "flags")?];
    let arguments = vm.tuple(vec![source, flags]);
    Ok(vm.tuple(vec![function, arguments]))
}

/// Scanners are written in Python.
fn scanner(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "scanner")?;
    let [string, start, end] = named(vm, &rest, "scanner", ["string", "pos", "endpos"], 1)?;
    let module = vm.import_name("re", 0, &Value::NONE)?;
    let zero = vm.int(0);
    let values = [this.clone(), or_none(string), start.unwrap_or(zero), or_none(end)];
    vm.call_method(&module, "_Scanner", &values)
}

fn finditer(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "finditer")?;
    let [string, start, end] = named(vm, &rest, "finditer", ["string", "pos", "endpos"], 1)?;
    let ask = ask(vm, this, &or_none(string), start, end)?;
    regex_scan::iterator(vm, this, ask.subject, ask.span)
}

fn split(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "split")?;
    let [string, limit] = named(vm, &rest, "split", ["string", "maxsplit"], 1)?;
    let limit = match limit {
        Some(limit) => vm.index_i64(&limit)?,
        None => 0,
    };
    let ask = ask(vm, this, &or_none(string), None, None)?;
    let found = if limit < 0 { Vec::new() } else { all(vm, this, &ask, limit as usize)? };
    let mut items = Vec::new();
    let mut last = 0;
    for captures in found {
        let (start, end) = captures.whole();
        items.push(ask.subject.slice(vm, Some((last, start))));
        for group in &captures.groups[1..] {
            items.push(ask.subject.slice(vm, *group));
        }
        last = end;
    }
    items.push(ask.subject.slice(vm, Some((last, ask.subject.len()))));
    Ok(vm.list(items))
}

fn substitute(vm: &mut Vm, args: Args<'_>, name: &str) -> Result<(Value, usize)> {
    let (this, rest) = method(vm, args, name)?;
    let [replacement, string, count] = named(vm, &rest, name, ["repl", "string", "count"], 2)?;
    let (replacement, string) = (or_none(replacement), or_none(string));
    let count = match given(count) {
        Some(count) => vm.index_i64(&count)?,
        None => 0,
    };
    let is_callable = vm.is_callable(&replacement);
    let template = if is_callable { Vec::new() } else { parsed_template(vm, this, &replacement)? };
    let ask = ask(vm, this, &string, None, None)?;
    let found = if count < 0 { Vec::new() } else { all(vm, this, &ask, count as usize)? };
    if found.is_empty() {
        return Ok((string, 0));
    }
    let replaced = found.len();
    if !is_callable {
        // CPython joins the parts at last: of a replacement of the other kind it tells by its place among them.
        let place = usize::from(found.first().is_some_and(|captures| captures.whole().0 > 0));
        match (&ask.subject, vm.text_of(&replacement).is_some()) {
            (Subject::Text(..), false) => {
                let name = vm.type_name(&replacement);
                return Err(vm.type_error(format!("sequence item {place}: expected str instance, {name} found")));
            }
            (Subject::Bytes(..) | Subject::Buffer(..), true) => {
                let name = vm.type_name(&replacement);
                return Err(vm.type_error(format!("sequence item {place}: expected a bytes-like object, {name} found")));
            }
            _ => {}
        }
    }
    let mut out = ask.subject.builder();
    let mut last = 0;
    for captures in found {
        let (start, end) = captures.whole();
        out.push_slice(vm, &ask.subject, last, start);
        vm.check_built(out.len())?;
        last = end;
        if is_callable {
            let found = regex_match::object(vm, this, &ask.subject, ask.span, captures)?;
            let text = vm.call(&replacement, &[found])?;
            if !text.is_none() {
                out.push_value(vm, &text)?;
            }
            continue;
        }
        for part in &template {
            match part {
                Part::Literal(text) => out.push_text(text),
                Part::Group(number) => {
                    if let Some((start, end)) = captures.groups.get(*number).copied().flatten() {
                        out.push_slice(vm, &ask.subject, start, end);
                    }
                }
            }
        }
    }
    out.push_slice(vm, &ask.subject, last, ask.subject.len());
    vm.check_text(out.len())?;
    Ok((out.finish(vm), replaced))
}

fn sub(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    Ok(substitute(vm, args, "sub")?.0)
}

fn subn(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (text, count) = substitute(vm, args, "subn")?;
    let count = vm.size(count);
    Ok(vm.tuple(vec![text, count]))
}

/// The number of a group that an index or a name names.
pub(super) fn group_number(vm: &mut Vm, program: &Program, value: &Value) -> Result<usize> {
    let number = if let Some(name) = vm.text_of(value) {
        program.group_index(&name.text)
    } else {
        // What is neither a name nor a number names no group.
        let index = vm.index(value).ok();
        index.and_then(|index| vm.to_i64(&index)).and_then(|index| usize::try_from(index).ok())
    };
    match number.filter(|number| *number <= program.group_count()) {
        Some(number) => Ok(number),
        None => Err(vm.index_error("no such group")),
    }
}

/// The compiled form of a pattern object.
pub(super) fn program_of(vm: &mut Vm, pattern: &Value) -> Result<Rc<Program>> {
    Ok(parts(vm, pattern)?.0)
}
