//! The iterator of `finditer`: one match after the other, each sought when it is asked for.

use std::rc::Rc;

use linger_heap::{Edge, Value};

use super::regex_match::{self, Subject};
use super::regex_pattern::next_match;
use super::support::{itself, registered, with};
use crate::objects::{Layout, NativeData};
use crate::pure::regex::{Captures, Mode, Span};
use crate::vm::{Result, Vm};

/// A scan of a text.
struct Scan {
    pattern: Value,
    subject: Rc<Subject>,
    /// What was to be searched.
    whole: Span,
    /// What is left of it; nothing after the last match.
    left: Option<Span>,
    /// Whether the last match was empty, after which the next may not be at the same place.
    must_advance: bool,
}

impl NativeData for Scan {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("pattern"), &self.pattern);
        self.subject.traverse(visit);
    }
    fn heap_bytes(&self) -> usize {
        size_of::<Scan>() + self.subject.heap_bytes()
    }
}

/// Makes the class known.
pub(super) fn add(vm: &mut Vm) {
    let class = vm.native_class("callable_iterator", "builtins", None, Layout::Native, &[("__iter__", itself)], &[]);
    vm.add_next(&class, next);
    vm.registry.insert("re.Scan", class.into_value());
}

/// An iterator over the matches in a part of a subject.
pub(super) fn iterator(vm: &mut Vm, pattern: &Value, subject: Subject, span: Span) -> Result<Value> {
    let class = registered(vm, "re.Scan")?;
    let scan = Scan {
        pattern: pattern.clone(),
        subject: Rc::new(subject),
        whole: span,
        left: Some(span),
        must_advance: false,
    };
    Ok(vm.native_object(&class, Box::new(scan)))
}

fn next(vm: &mut Vm, iterator: &Value) -> Result<Option<Value>> {
    let (pattern, subject, whole, left, must_advance) = with(vm, iterator, |scan: &mut Scan| {
        (scan.pattern.clone(), Rc::clone(&scan.subject), scan.whole, scan.left, scan.must_advance)
    })?;
    let Some(left) = left else { return Ok(None) };
    let found = next_match(vm, &pattern, &subject, left, Mode::Search, must_advance)?;
    let place = found.as_ref().map(Captures::whole);
    with(vm, iterator, |scan: &mut Scan| {
        scan.left = place.map(|(_, end)| Span { start: end, ..left });
        scan.must_advance = place.is_some_and(|(start, end)| start == end);
    })?;
    found.map(|captures| regex_match::object(vm, &pattern, &subject, whole, captures)).transpose()
}
