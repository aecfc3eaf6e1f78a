//! Explaining garbage: which cycles keep it, what hangs on them, and where one cut would free the most.
//!
//! A strongly connected component of the garbage is a *culprit*: its objects keep each other. What hangs on one is a *victim*
//! and is counted with the culprit that holds it. Culprits whose shortest cycles have the same types, sites and edge names
//! form a group, which is what a person is shown. Linear in the edges, without recursion, and changes nothing. Knows no
//! language: the embedder names objects and keys ([`Describe`]).

mod cycle;
mod graph;
mod text;

use std::collections::HashMap;
use std::time::Instant;

use crate::census::Tally;
use crate::collect::{Unreachable, nanos_since};
use crate::counters::{SiteId, TypeId};
use crate::heap::Heap;
use crate::object::Edge;
use crate::value::Value;

use cycle::{Cycle, CycleFinder};
use graph::{Graph, NOTHING};

/// The embedder's part of an explanation.
pub trait Describe {
    /// The object's own name, as `listiter` for a function. None for most.
    fn name(&self, object: &Value) -> Option<String>;
    /// A key of a mapping, as `'speed'`.
    fn key(&self, _key: &Value) -> Option<String> {
        None
    }
    /// How easily a program gets rid of this reference of the object's.
    fn ease(&self, _object: &Value, edge: &Edge<'_>) -> Ease {
        match edge {
            Edge::Captured(..) => Ease::Never,
            _ => Ease::Plain,
        }
    }
}

/// How easily a program gets rid of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ease {
    /// Not at all: the object is never without it.
    Never,
    /// By code that few would write.
    Hard,
    /// As a matter of course: an attribute, an element, a variable.
    Plain,
}

impl<F: Fn(&Value) -> Option<String>> Describe for F {
    fn name(&self, object: &Value) -> Option<String> {
        self(object)
    }
}

/// What to explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExplainOptions {
    /// The most groups that are spelled out; the rest is summed up.
    pub max_groups: usize,
    /// Objects born in this frame or later are counted as new.
    pub mark_frame: Option<u32>,
}

impl Default for ExplainOptions {
    fn default() -> ExplainOptions {
        ExplainOptions { max_groups: 20, mark_frame: None }
    }
}

/// Garbage, explained.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The groups with the most bytes, largest first.
    pub groups: Vec<Group>,
    /// How many further groups there are.
    pub groups_left_out: u64,
    /// What they hold.
    pub left_out: Tally,
    /// Garbage that no cycle in the set holds: it hangs on garbage outside of the set.
    pub unexplained: Tally,
    /// How long the explanation took, in nanoseconds.
    pub explain_nanos: u64,
}

/// Cycles that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Culprits and victims.
    pub total: Tally,
    /// The objects in the cycles.
    pub culprits: Tally,
    /// What hangs on them.
    pub victims: Tally,
    /// How many separate cycles there are.
    pub instances: u64,
    /// Objects born since the mark.
    pub new_since_mark: u64,
    /// The frame in which the oldest object was born.
    pub oldest_birth_frame: u32,
    /// The frame in which the youngest object was born.
    pub newest_birth_frame: u32,
    /// Objects by the name of their type, those with the most bytes first.
    pub types: Vec<(String, Tally)>,
    /// The shortest cycle of one instance. Each step's edge leads to the next step, the last one's to the first.
    pub cycle: Vec<Step>,
    /// Where the group comes from: the site of the object whose edge should be cut, or of what is in it if that is a cell.
    pub site: SiteId,
    /// The same as `file:line`.
    pub place: String,
    /// The edge to cut.
    pub cut: Cut,
}

/// One object of a cycle and its edge to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The object as a person would call it: `function listiter`.
    pub what: String,
    /// The name of its type.
    pub type_name: String,
    /// Where it was allocated.
    pub site: SiteId,
    /// The same as `file:line`.
    pub place: String,
    /// The edge to the next step, as `.__closure__` or `[0] "listiter"`.
    pub edge: String,
}

/// The edge of a cycle that, cut, frees the most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The step whose edge it is.
    pub step: usize,
    /// Objects of one instance, victims included, that this cut alone frees.
    pub frees_objects: u64,
    /// The cycle from there on: `cell "listiter" (celltest.py:3) -> function -> closure -> cell`.
    pub text: String,
    /// The edge as whoever wrote the program knows it: `variable listiter`, `Enemy.target`.
    pub reference: String,
    /// Whether the program can get rid of it at all.
    pub ease: Ease,
}

impl Step {
    /// The object, and the attribute, key or index that leads on: `Enemy.target`.
    pub fn spelled(&self) -> String {
        if self.goes_without_saying() { self.what.clone() } else { format!("{}{}", self.what, self.edge) }
    }

    /// Whether the edge says no more than the two objects that it joins: what is in a cell, a function's closure.
    fn goes_without_saying(&self) -> bool {
        self.what == "closure" || matches!(self.edge.as_str(), ".contents" | ".closure" | ".__closure__" | ".__self__")
    }
}

/// What is summed up for a group before the largest are spelled out.
#[derive(Default)]
struct Sum {
    culprits: Tally,
    victims: Tally,
    instances: u64,
    new_since_mark: u64,
    oldest: u32,
    newest: u32,
    types: HashMap<TypeId, Tally>,
    cycle: Cycle,
}

impl Sum {
    fn bytes(&self) -> u64 {
        self.culprits.bytes + self.victims.bytes
    }

    fn objects(&self) -> u64 {
        self.culprits.objects + self.victims.objects
    }
}

impl Heap {
    /// Explains garbage that was found.
    pub fn explain(&self, garbage: &Unreachable, options: &ExplainOptions, describe: &dyn Describe) -> Explanation {
        let start = Instant::now();
        let mut explanation = Explanation::default();
        let graph = Graph::new(&garbage.objects);
        let components = graph.components();
        let mut sums = sum_groups(&graph, &components, garbage, options, &mut explanation);
        sums.sort_by_key(|sum| std::cmp::Reverse((sum.bytes(), sum.objects())));
        for sum in sums.drain(options.max_groups.min(sums.len())..) {
            explanation.groups_left_out += 1;
            explanation.left_out.objects += sum.objects();
            explanation.left_out.bytes += sum.bytes();
        }
        explanation.groups = sums.into_iter().map(|sum| self.spell(sum, &graph, garbage, describe)).collect();
        explanation.explain_nanos = nanos_since(start);
        explanation
    }

    fn spell(&self, sum: Sum, graph: &Graph, garbage: &Unreachable, describe: &dyn Describe) -> Group {
        let best = graph.best_cut(&sum.cycle, &garbage.objects, describe);
        let (cycle, cut, origin) = text::spell(self, &sum.cycle, best, garbage, describe);
        let mut types: Vec<(String, Tally)> =
            sum.types.iter().map(|(id, tally)| (self.type_name(*id).to_string(), *tally)).collect();
        types.sort_by(|a, b| (b.1.bytes, &a.0).cmp(&(a.1.bytes, &b.0)));
        let (site, place) = match cycle.get(origin) {
            Some(step) => (step.site, step.place.clone()),
            None => (SiteId::NATIVE, String::new()),
        };
        Group {
            total: Tally { objects: sum.objects(), bytes: sum.bytes() },
            culprits: sum.culprits,
            victims: sum.victims,
            instances: sum.instances,
            new_since_mark: sum.new_since_mark,
            oldest_birth_frame: sum.oldest,
            newest_birth_frame: sum.newest,
            types,
            cycle,
            site,
            place,
            cut,
        }
    }
}

/// Gives each component of culprits its group and each victim the group of its holder, and sums them up.
fn sum_groups(
    graph: &Graph,
    components: &graph::Components,
    garbage: &Unreachable,
    options: &ExplainOptions,
    explanation: &mut Explanation,
) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    let mut by_fingerprint: HashMap<Vec<u64>, u32> = HashMap::new();
    let mut finder = CycleFinder::new(graph.len());
    // The group of each component, whether its own or that of who holds it.
    let mut group_of = vec![NOTHING; components.len()];
    // A component's number is above those of the components that it reaches: holders come first.
    for component in (0..components.len() as u32).rev() {
        let members = components.members(component);
        if graph.is_cyclic(members) {
            let cycle = finder.shortest(graph, components, component);
            let (cycle, fingerprint) = cycle.canonical(&garbage.objects);
            let group = *by_fingerprint.entry(fingerprint).or_insert_with(|| {
                sums.push(Sum { cycle, oldest: u32::MAX, ..Sum::default() });
                sums.len() as u32 - 1
            });
            sums[group as usize].instances += 1;
            group_of[component as usize] = group;
            for member in members {
                add(&mut sums[group as usize], true, *member, graph, garbage, options);
            }
        } else {
            for member in members {
                match sums.get_mut(group_of[component as usize] as usize) {
                    Some(sum) => add(sum, false, *member, graph, garbage, options),
                    None => {
                        let bytes = garbage.objects[*member as usize].header().map_or(0, |header| header.bytes());
                        explanation.unexplained.add(bytes);
                    }
                }
            }
        }
        let group = group_of[component as usize];
        for child in members.iter().flat_map(|member| graph.children(*member)) {
            let held = &mut group_of[components.of(*child) as usize];
            if *held == NOTHING {
                *held = group;
            }
        }
    }
    sums
}

fn add(sum: &mut Sum, culprit: bool, member: u32, graph: &Graph, garbage: &Unreachable, options: &ExplainOptions) {
    let Some(header) = garbage.objects[member as usize].header() else { return };
    let (bytes, born) = (header.bytes(), graph.birth_frame(member));
    if culprit { &mut sum.culprits } else { &mut sum.victims }.add(bytes);
    sum.types.entry(header.type_id()).or_default().add(bytes);
    sum.oldest = sum.oldest.min(born);
    sum.newest = sum.newest.max(born);
    sum.new_since_mark += u64::from(options.mark_frame.is_some_and(|mark| born >= mark));
}
