//! Garbage as a graph of numbers: its edges, its strongly connected components, and what a cut would free.
//!
//! Knows objects only by their place in a list.
#![expect(unsafe_code, reason = "objects are numbered by a trial set, which keeps their addresses")]

use crate::explain::cycle::Cycle;
use crate::explain::{Describe, Ease};
use crate::trial::Trial;
use crate::value::Value;

/// No component, no group, no parent.
pub(super) const NOTHING: u32 = u32::MAX;
/// The most objects that the search for the best cut frees in thought, for each edge it tries.
const CUT_LIMIT: usize = 20_000;
/// The most edges of a cycle that are tried.
const CUTS_TRIED: usize = 32;

/// The edge of a cycle to cut.
pub(super) struct BestCut {
    pub step: usize,
    pub frees: u64,
    pub ease: Ease,
}

/// The edges among a list of objects.
pub(super) struct Graph {
    first_edge: Vec<u32>,
    targets: Vec<u32>,
    birth_frames: Vec<u32>,
}

/// Strongly connected components: which one each object is in, and who is in each.
pub(super) struct Components {
    of: Vec<u32>,
    members: Vec<u32>,
    first_member: Vec<u32>,
}

impl Components {
    pub fn len(&self) -> usize {
        self.first_member.len() - 1
    }

    pub fn of(&self, object: u32) -> u32 {
        self.of[object as usize]
    }

    pub fn members(&self, component: u32) -> &[u32] {
        let component = component as usize;
        &self.members[self.first_member[component] as usize..self.first_member[component + 1] as usize]
    }
}

impl Graph {
    pub fn new(objects: &[Value]) -> Graph {
        let mut trial = Trial::default();
        for header in objects.iter().filter_map(Value::header) {
            // SAFETY: the list keeps its objects alive.
            unsafe { trial.add(header, 1) };
        }
        let mut graph =
            Graph { first_edge: Vec::with_capacity(trial.len() + 1), targets: Vec::new(), birth_frames: Vec::new() };
        for place in 0..trial.len() {
            graph.first_edge.push(graph.targets.len() as u32);
            let header = trial.member(place);
            graph.birth_frames.push(trial.birth_frame(header));
            header.traverse_whole(&mut |_, child| {
                if let Some(place) = child.header().and_then(Trial::place) {
                    graph.targets.push(place);
                }
            });
        }
        graph.first_edge.push(graph.targets.len() as u32);
        graph
    }

    pub fn len(&self) -> usize {
        self.birth_frames.len()
    }

    pub fn birth_frame(&self, object: u32) -> u32 {
        self.birth_frames[object as usize]
    }

    pub fn children(&self, object: u32) -> &[u32] {
        let object = object as usize;
        &self.targets[self.first_edge[object] as usize..self.first_edge[object + 1] as usize]
    }

    /// Whether the members of a component can reach themselves.
    pub fn is_cyclic(&self, members: &[u32]) -> bool {
        match members {
            [only] => self.children(*only).contains(only),
            _ => true,
        }
    }

    /// Tarjan's algorithm with a stack of its own. Components are numbered such that one reaches only lower numbers.
    pub fn components(&self) -> Components {
        let count = self.len();
        let (mut order, mut low) = (vec![NOTHING; count], vec![0u32; count]);
        let mut of = vec![NOTHING; count];
        let mut components = Components { of: Vec::new(), members: Vec::with_capacity(count), first_member: vec![0] };
        let (mut open, mut path): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
        let mut next_order = 0;
        for root in 0..count as u32 {
            if order[root as usize] != NOTHING {
                continue;
            }
            path.push((root, 0));
            while let Some((object, edge)) = path.last_mut() {
                let at = *object as usize;
                if *edge == 0 {
                    order[at] = next_order;
                    low[at] = next_order;
                    next_order += 1;
                    open.push(*object);
                }
                if let Some(child) = self.children(*object).get(*edge as usize) {
                    *edge += 1;
                    let child_at = *child as usize;
                    if order[child_at] == NOTHING {
                        path.push((*child, 0));
                    } else if of[child_at] == NOTHING {
                        low[at] = low[at].min(order[child_at]);
                    }
                    continue;
                }
                if low[at] == order[at] {
                    let number = components.first_member.len() as u32 - 1;
                    while let Some(member) = open.pop() {
                        of[member as usize] = number;
                        components.members.push(member);
                        if member as usize == at {
                            break;
                        }
                    }
                    components.first_member.push(components.members.len() as u32);
                }
                path.pop();
                if let Some((parent, _)) = path.last() {
                    let parent = *parent as usize;
                    low[parent] = low[parent].min(low[at]);
                }
            }
        }
        components.of = of;
        components
    }

    /// The step of `cycle` whose edge frees the most when it is cut, of those that a program can cut if there are any. Among
    /// equals, the easiest comes first, then one of the object with the fewest edges.
    pub fn best_cut(&self, cycle: &Cycle, objects: &[Value], describe: &dyn Describe) -> BestCut {
        let mut best = BestCut { step: 0, frees: 0, ease: Ease::Never };
        let mut best_rank = None;
        for (step, from) in cycle.objects.iter().enumerate().take(CUTS_TRIED) {
            let to = cycle.objects[(step + 1) % cycle.objects.len()];
            let freed = self.freed_by_cut(to, objects);
            let mut ease = Ease::Never;
            cycle.with_edge(step, objects, &mut |edge| ease = describe.ease(&objects[*from as usize], &edge));
            let rank = (ease > Ease::Never, freed, ease, std::cmp::Reverse(self.children(*from).len()));
            if best_rank.is_none_or(|best| rank > best) {
                best_rank = Some(rank);
                best = BestCut { step, frees: freed, ease };
            }
        }
        best
    }

    /// How many objects are freed when `first` loses one reference.
    fn freed_by_cut(&self, first: u32, objects: &[Value]) -> u64 {
        let mut left = std::collections::HashMap::new();
        let mut falling = vec![first];
        let mut freed = 0;
        while let Some(object) = falling.pop() {
            // One count is that of the list.
            let count = objects[object as usize].header().map_or(0, |header| header.count() - 1);
            let left = left.entry(object).or_insert(count);
            if *left == 0 {
                continue;
            }
            *left -= 1;
            if *left == 0 {
                freed += 1;
                if freed as usize >= CUT_LIMIT {
                    break;
                }
                falling.extend(self.children(object));
            }
        }
        freed
    }
}
