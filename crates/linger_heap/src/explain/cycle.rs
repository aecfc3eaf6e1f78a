//! The shortest cycle of a component, and its fingerprint.
//!
//! Exact in small components. In a large one only a few starting points are tried: the time stays linear, and the cycle found
//! is the shortest through one of them.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::explain::graph::{Components, Graph, NOTHING};
use crate::object::Edge;
use crate::value::Value;

/// Up to this size every member is tried as a starting point.
const SMALL_COMPONENT: usize = 24;
/// Starting points tried in a larger one.
const STARTS: usize = 4;

/// Objects, each of which refers to the next and the last to the first.
#[derive(Debug, Clone, Default)]
pub(super) struct Cycle {
    pub objects: Vec<u32>,
}

/// Searches breadth first; keeps its tables from one search to the next.
pub(super) struct CycleFinder {
    seen: Vec<u32>,
    parent: Vec<u32>,
    search: u32,
    queue: Vec<u32>,
}

impl CycleFinder {
    pub fn new(objects: usize) -> CycleFinder {
        CycleFinder { seen: vec![0; objects], parent: vec![NOTHING; objects], search: 0, queue: Vec::new() }
    }

    /// The shortest cycle in a component that has one.
    pub fn shortest(&mut self, graph: &Graph, components: &Components, component: u32) -> Cycle {
        let members = components.members(component);
        let starts = if members.len() <= SMALL_COMPONENT { members.len() } else { STARTS };
        let mut best = Cycle::default();
        for start in members.iter().take(starts) {
            if let Some(cycle) = self.shortest_through(*start, graph, components, best.objects.len()) {
                best = cycle;
            }
            if best.objects.len() == 1 {
                break;
            }
        }
        best
    }

    /// The shortest cycle through `start` that is shorter than `limit` (if that is not zero).
    fn shortest_through(&mut self, start: u32, graph: &Graph, components: &Components, limit: usize) -> Option<Cycle> {
        self.search += 1;
        self.queue.clear();
        self.queue.push(start);
        self.seen[start as usize] = self.search;
        let (mut head, mut depth, mut level_end) = (0, 1, 1);
        while head < self.queue.len() {
            if limit != 0 && depth >= limit {
                return None;
            }
            let object = self.queue[head];
            head += 1;
            for child in graph.children(object) {
                if *child == start {
                    let mut objects = vec![object];
                    while objects.last() != Some(&start) {
                        objects.push(self.parent[objects[objects.len() - 1] as usize]);
                    }
                    objects.reverse();
                    return Some(Cycle { objects });
                }
                let at = *child as usize;
                if self.seen[at] != self.search && components.of(*child) == components.of(start) {
                    self.seen[at] = self.search;
                    self.parent[at] = object;
                    self.queue.push(*child);
                }
            }
            if head == level_end {
                depth += 1;
                level_end = self.queue.len();
            }
        }
        None
    }
}

impl Cycle {
    /// Calls `act` with the edge from the object at `step` to the next one.
    pub fn with_edge(&self, step: usize, objects: &[Value], act: &mut dyn FnMut(Edge<'_>)) {
        let next = &objects[self.objects[(step + 1) % self.objects.len()] as usize];
        let mut found = false;
        if let Some(header) = objects[self.objects[step] as usize].header() {
            header.traverse_whole(&mut |edge, child| {
                if !found && child.is(next) {
                    found = true;
                    act(edge);
                }
            });
        }
    }

    /// The cycle turned such that like cycles begin alike, and its fingerprint: types, sites and names of edges.
    pub fn canonical(self, objects: &[Value]) -> (Cycle, Vec<u64>) {
        let steps: Vec<u64> = (0..self.objects.len())
            .map(|step| {
                let mut hasher = DefaultHasher::new();
                if let Some(header) = objects[self.objects[step] as usize].header() {
                    (header.type_id(), header.site()).hash(&mut hasher);
                }
                self.with_edge(step, objects, &mut |edge| hash_edge(edge, &mut hasher));
                hasher.finish()
            })
            .collect();
        let turn = least_turn(&steps);
        let mut cycle = self;
        cycle.objects.rotate_left(turn);
        let mut steps = steps;
        steps.rotate_left(turn);
        (cycle, steps)
    }
}

/// Where the least of all rotations begins; by the two-pointer method, in linear time.
fn least_turn(steps: &[u64]) -> usize {
    let count = steps.len();
    let (mut a, mut b, mut same) = (0, 1, 0);
    while a < count && b < count && same < count {
        let (left, right) = (steps[(a + same) % count], steps[(b + same) % count]);
        if left == right {
            same += 1;
            continue;
        }
        if left > right {
            a += same + 1;
        } else {
            b += same + 1;
        }
        if a == b {
            b += 1;
        }
        same = 0;
    }
    a.min(b)
}

/// Positions and keys are left out: an element of a list is an element of a list.
fn hash_edge(edge: Edge<'_>, hasher: &mut DefaultHasher) {
    std::mem::discriminant(&edge).hash(hasher);
    match edge {
        Edge::Part(name) => name.hash(hasher),
        Edge::Name(name) | Edge::Captured(_, name) => name.hash(hasher),
        Edge::Index(_) | Edge::Key(_) | Edge::Entry(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::least_turn;

    #[test]
    fn every_rotation_has_the_same_least_turn() {
        for steps in [vec![3, 1, 2], vec![1, 1, 2, 1, 1, 1], vec![5], vec![2, 2, 2], vec![1, 2, 1, 2, 0]] {
            let turned = |by: usize| {
                let mut steps = steps.clone();
                steps.rotate_left(by);
                steps
            };
            let least = (0..steps.len()).map(turned).min().expect("not empty");
            for by in 0..steps.len() {
                let mut start = turned(by);
                let turn = least_turn(&start);
                start.rotate_left(turn);
                assert_eq!(start, least);
            }
        }
    }
}
