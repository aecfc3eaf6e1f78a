//! Random sequences of operations on the heap and on a naive model of it: what is alive, what lingers, what a collection
//! frees and what `verify` finds agree every time.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{RunWith, World, id, link, node};
use linger_heap::{Pending, Reason, Value, WeakRef};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Op {
    /// Allocate a node; one in four is finalizable, and may come back when it is finalized.
    New {
        finalizer: u8,
    },
    /// A link from one held node to another.
    Link(u8, u8),
    /// Remove a link of a held node.
    Unlink(u8, u8),
    /// Take a reference to what a held node links to.
    Follow(u8, u8),
    /// Give a reference up.
    Drop(u8),
    /// Link to something that can't be part of a cycle.
    Leaf(u8),
    Weak(u8),
    DropWeak(u8),
    /// Take a reference by a weak one.
    Upgrade(u8),
    Freeze,
    Unfreeze,
    Collect,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => any::<u8>().prop_map(|finalizer| Op::New { finalizer }),
        9 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Op::Link(a, b)),
        3 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Op::Unlink(a, b)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Op::Follow(a, b)),
        6 => any::<u8>().prop_map(Op::Drop),
        1 => any::<u8>().prop_map(Op::Leaf),
        2 => any::<u8>().prop_map(Op::Weak),
        1 => any::<u8>().prop_map(Op::DropWeak),
        2 => any::<u8>().prop_map(Op::Upgrade),
        1 => Just(Op::Freeze),
        1 => Just(Op::Unfreeze),
        1 => Just(Op::Collect),
    ]
}

#[derive(Default, Clone)]
struct ModelNode {
    links: Vec<u32>,
    finalizer: Option<bool>,
    finalized: bool,
    frozen: bool,
}

/// The heap as one would explain it: nodes, and a list of who is held.
#[derive(Default)]
struct Model {
    nodes: BTreeMap<u32, ModelNode>,
    held: Vec<u32>,
    weak: Vec<Option<u32>>,
}

impl Model {
    fn reachable(&self, from: impl IntoIterator<Item = u32>) -> BTreeSet<u32> {
        let mut seen = BTreeSet::new();
        let mut grey: Vec<u32> = from.into_iter().collect();
        while let Some(next) = grey.pop() {
            if seen.insert(next) {
                grey.extend(&self.nodes[&next].links);
            }
        }
        seen
    }

    fn lingering(&self) -> BTreeSet<u32> {
        let frozen = self.nodes.iter().filter(|(_, node)| node.frozen).map(|(id, _)| *id);
        let live = self.reachable(self.held.iter().copied().chain(frozen));
        self.nodes.keys().copied().filter(|id| !live.contains(id)).collect()
    }

    /// Frees by count until nothing more falls to zero; a node that comes back by its finalizer is held once more.
    fn settle(&mut self) {
        loop {
            let counted: BTreeSet<u32> = self
                .held
                .iter()
                .copied()
                .chain(self.nodes.values().flat_map(|node| node.links.iter().copied()))
                .collect();
            let Some(dead) = self.nodes.keys().copied().find(|id| !counted.contains(id)) else { return };
            self.die(dead);
        }
    }

    fn die(&mut self, dead: u32) {
        let node = self.nodes.get_mut(&dead).expect("alive");
        if let (Some(comes_back), false) = (node.finalizer, node.finalized) {
            node.finalized = true;
            if comes_back {
                self.held.push(dead);
                return;
            }
        }
        self.nodes.remove(&dead);
        self.forget_weak(dead);
    }

    fn forget_weak(&mut self, dead: u32) {
        for weak in &mut self.weak {
            if *weak == Some(dead) {
                *weak = None;
            }
        }
    }

    fn collect(&mut self) {
        let garbage = self.lingering();
        for id in &garbage {
            self.forget_weak(*id);
        }
        for id in &garbage {
            let node = self.nodes.get_mut(id).expect("alive");
            if let (Some(comes_back), false) = (node.finalizer, node.finalized) {
                node.finalized = true;
                if comes_back {
                    self.held.push(*id);
                }
            }
        }
        for id in self.lingering().intersection(&garbage) {
            self.nodes.remove(id);
        }
        self.settle();
    }
}

struct Real {
    held: Vec<Value>,
    weak: Vec<Value>,
    world: World,
    comes_back: BTreeSet<u32>,
}

impl Real {
    /// Runs the finalizers that wait, oldest first.
    fn settle(&mut self) {
        while let Some(pending) = self.world.heap.take_pending() {
            if let Pending::Finalize(object) = pending
                && self.comes_back.contains(&id(&object))
            {
                self.held.push(object);
            }
        }
    }

    fn collect(&mut self) {
        let Real { held, world, comes_back, .. } = self;
        let mut run = RunWith(|object: Value| {
            if comes_back.contains(&id(&object)) {
                held.push(object);
            }
        });
        world.heap.collect(Reason::Host, &mut run);
        self.settle();
    }

    fn check(&self, model: &Model) {
        let held: Vec<&Value> = self.held.iter().chain(&self.weak).collect();
        self.world.verify(&held);
        let alive: BTreeSet<u32> = model.nodes.keys().copied().collect();
        assert_eq!(self.world.alive(), alive, "alive");
        assert_eq!(self.world.lingering(), model.lingering(), "lingering");
        let census = self.world.heap.census();
        assert_eq!(census.lingering.objects, model.lingering().len() as u64, "census");
        self.world.verify(&held);
        for (weak, expected) in self.weak.iter().zip(&model.weak) {
            let found = self.world.heap.upgrade(weak.downcast::<WeakRef>().expect("weak"));
            assert_eq!(found.header().map(|_| id(&found)), *expected, "upgrade");
        }
        let mut sorted: Vec<u32> = model.held.clone();
        let mut real: Vec<u32> = self.held.iter().map(id).collect();
        sorted.sort_unstable();
        real.sort_unstable();
        assert_eq!(real, sorted, "held");
    }
}

fn run(ops: &[Op]) {
    let mut model = Model::default();
    let mut real = Real { held: Vec::new(), weak: Vec::new(), world: World::new(), comes_back: BTreeSet::new() };
    for op in ops {
        let count = real.held.len();
        let pick = |index: u8| usize::from(index) % count.max(1);
        match *op {
            Op::New { finalizer } => {
                let fresh = real.world.node(Vec::new());
                let mut node = ModelNode::default();
                if finalizer % 4 == 0 {
                    fresh.header().expect("an object").set_finalizable();
                    let comes_back = finalizer % 8 == 0;
                    node.finalizer = Some(comes_back);
                    if comes_back {
                        real.comes_back.insert(id(&fresh));
                    }
                }
                model.nodes.insert(id(&fresh), node);
                model.held.push(id(&fresh));
                real.held.push(fresh);
            }
            _ if count == 0 && !matches!(op, Op::Upgrade(_) | Op::DropWeak(_)) => {
                if matches!(op, Op::Collect) {
                    model.collect();
                    real.collect();
                }
            }
            Op::Link(a, b) => {
                let (a, b) = (pick(a), pick(b));
                let to = real.held[b].clone();
                model.nodes.get_mut(&id(&real.held[a])).expect("alive").links.push(id(&to));
                link(&real.held[a], to);
            }
            Op::Unlink(a, b) | Op::Follow(a, b) => {
                let from = real.held[pick(a)].clone();
                let links = node(&from).links.borrow().len();
                if links == 0 {
                    continue;
                }
                let at = usize::from(b) % links;
                if matches!(op, Op::Follow(..)) {
                    let to = node(&from).links.borrow()[at].clone();
                    if to.is_kind::<common::Node>() {
                        model.held.push(id(&to));
                        real.held.push(to);
                    }
                } else {
                    let gone = node(&from).links.borrow_mut().remove(at);
                    let links = &mut model.nodes.get_mut(&id(&from)).expect("alive").links;
                    if gone.is_kind::<common::Node>() {
                        let at = links.iter().position(|link| *link == id(&gone)).expect("linked");
                        links.remove(at);
                    }
                }
            }
            Op::Drop(a) => {
                let gone = real.held.swap_remove(pick(a));
                let at = model.held.iter().position(|held| *held == id(&gone)).expect("held");
                model.held.swap_remove(at);
            }
            Op::Leaf(a) => link(&real.held[pick(a)], real.world.leaf()),
            Op::Weak(a) => {
                let target = &real.held[pick(a)];
                model.weak.push(Some(id(target)));
                real.weak.push(real.world.weak(target));
            }
            Op::DropWeak(a) => {
                if !real.weak.is_empty() {
                    let at = usize::from(a) % real.weak.len();
                    model.weak.remove(at);
                    real.weak.remove(at);
                }
            }
            Op::Upgrade(a) => {
                if !real.weak.is_empty() {
                    let at = usize::from(a) % real.weak.len();
                    let found = real.world.heap.upgrade(real.weak[at].downcast::<WeakRef>().expect("weak"));
                    if let Some(found) = found.is_kind::<common::Node>().then_some(found) {
                        model.held.push(id(&found));
                        real.held.push(found);
                    }
                }
            }
            Op::Freeze => {
                real.world.heap.freeze();
                model.nodes.values_mut().for_each(|node| node.frozen = true);
            }
            Op::Unfreeze => {
                real.world.heap.unfreeze();
                model.nodes.values_mut().for_each(|node| node.frozen = false);
            }
            Op::Collect => {
                model.collect();
                real.collect();
            }
        }
        model.settle();
        real.settle();
        real.check(&model);
    }
    drop(real.held);
    drop(real.weak);
    let alive = real.world.alive.clone();
    drop(real.world);
    assert!(alive.borrow().is_empty(), "the heap's end frees everything");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_heap_agrees_with_the_model(ops in prop::collection::vec(op(), 1..40)) {
        run(&ops);
    }
}
