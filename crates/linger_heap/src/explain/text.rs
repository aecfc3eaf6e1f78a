//! The words of an explanation.

use crate::collect::Unreachable;
use crate::explain::cycle::Cycle;
use crate::explain::graph::BestCut;
use crate::explain::{Cut, Describe, Ease, Step};
use crate::heap::Heap;
use crate::object::Edge;

/// The most steps of a cycle that are spelled out.
const STEPS_NAMED: usize = 64;
/// The most steps in the text of a cut.
const STEPS_IN_TEXT: usize = 12;

/// The text of an edge: `.contents`, `[0] "listiter"`, `['speed']`.
fn edge_text(edge: Edge<'_>, describe: &dyn Describe) -> String {
    match edge {
        Edge::Part(name) | Edge::Name(name) => format!(".{name}"),
        Edge::Captured(index, name) => format!("[{index}] {name:?}"),
        Edge::Index(index) => format!("[{index}]"),
        Edge::Key(_) => " key".to_owned(),
        Edge::Entry(key) => match (describe.key(key), key.as_small_int()) {
            (Some(key), _) => format!("[{key}]"),
            (None, Some(key)) => format!("[{key}]"),
            (None, None) => "[...]".to_owned(),
        },
    }
}

/// What an unnamed object is called after the edge that leads to it.
enum Role {
    Captured(String),
    Closure,
    Other,
}

/// Spells the steps of a cycle and the cut, and says which step tells best where the cycle was made. A cycle begins with the
/// first object that has a name of its own.
pub(super) fn spell(
    heap: &Heap,
    cycle: &Cycle,
    best: BestCut,
    garbage: &Unreachable,
    describe: &dyn Describe,
) -> (Vec<Step>, Cut, usize) {
    let count = cycle.objects.len();
    let object = |step: usize| &garbage.objects[cycle.objects[step % count] as usize];
    let names: Vec<Option<String>> = (0..count.min(STEPS_NAMED)).map(|step| describe.name(object(step))).collect();
    let first = names.iter().position(Option::is_some).unwrap_or(0);
    let mut steps = Vec::new();
    let mut nouns = Vec::new();
    for step in (first..first + count).take(STEPS_NAMED) {
        let Some(header) = object(step).header() else { continue };
        let mut role = Role::Other;
        cycle.with_edge((step + count - 1) % count, &garbage.objects, &mut |edge| {
            role = match edge {
                Edge::Captured(_, name) => Role::Captured(name.to_owned()),
                Edge::Part("__closure__" | "closure") => Role::Closure,
                _ => Role::Other,
            };
        });
        let mut edge = String::new();
        cycle.with_edge(step % count, &garbage.objects, &mut |found| edge = edge_text(found, describe));
        let type_name = heap.type_name(header.type_id()).to_string();
        let noun = if matches!(role, Role::Closure) { "closure".to_owned() } else { type_name.clone() };
        let what = match (names.get(step % count).cloned().flatten(), role) {
            (Some(name), _) => format!("{type_name} {name}"),
            (None, Role::Captured(name)) => format!("{type_name} {name:?}"),
            (None, _) => noun.clone(),
        };
        let (file, line) = heap.site_place(header.site());
        nouns.push(noun);
        steps.push(Step { what, type_name, site: header.site(), place: format!("{file}:{line}"), edge });
    }
    let at = ((best.step + count - first) % count.max(1)).min(steps.len().saturating_sub(1));
    // A cell is made where the function begins that has the variable; what is in it says more.
    let in_cell = steps.get(at).is_some_and(|step| step.edge == ".contents");
    let origin = if in_cell { (at + 1) % steps.len() } else { at };
    let mut text = cut_text(&steps, &nouns, (at, origin), count);
    if best.ease == Ease::Never {
        text.push_str("; nothing to cut: make it once and keep it");
    }
    let reference = steps.get(at).map(|step| reference(step, best.ease)).unwrap_or_default();
    (steps, Cut { step: at, frees_objects: best.frees, text, reference, ease: best.ease }, origin)
}

/// The reference from a step to the next one, by the name that it has in the program.
fn reference(step: &Step, ease: Ease) -> String {
    match (step.type_name.as_str(), step.what.split_once('"')) {
        _ if ease == Ease::Never => format!("nothing; make {} once and keep it", step.what),
        ("cell", Some((_, name))) => format!("variable {}", name.trim_end_matches('"')),
        _ => format!("{}{}", step.what, step.edge),
    }
}

fn cut_text(steps: &[Step], nouns: &[String], (at, origin): (usize, usize), count: usize) -> String {
    let Some(step) = steps.get(at) else { return String::new() };
    let mut text = format!("{} ({})", step.spelled(), steps[origin].place);
    for next in 1..count.min(STEPS_IN_TEXT) {
        let noun = nouns.get((at + next) % count).map_or("...", String::as_str);
        text.push_str(" -> ");
        text.push_str(noun);
    }
    if count > STEPS_IN_TEXT {
        text.push_str(" -> ...");
    }
    text.push_str(" -> ");
    text.push_str(&nouns[at]);
    text
}
