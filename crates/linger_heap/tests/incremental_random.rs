//! Random sequences of what a runtime does to its heap, with slices of the collector in between: what is said to linger does,
//! what is called exact is, nothing that lives is touched, and in the end everything is found.

#![expect(unsafe_code, reason = "a test moves a value through a reference without a count")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Node, World, id, link, node};
use linger_heap::{Pending, Policy, Reason, Settings, Value, WeakRef};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Op {
    New(u8),
    /// A node gets a part, which all that follows is done to instead.
    Adopt(u8),
    Link(u8, u8),
    Follow(u8, u8),
    Drop(u8),
    /// A link is replaced.
    Replace(u8, u8),
    /// A reference is moved into an object that it alone holds.
    DropInto(u8, u8),
    /// Links are removed: dropped, or moved to where the test holds values.
    Pop(u8),
    PopMove(u8),
    PopFront(u8),
    InsertFront(u8, u8),
    Reverse(u8),
    Weak(u8),
    Upgrade(u8),
    HandOut(u8),
    /// A frame resumes: its values move to the registers, where they stay until the next slice.
    Resume(u8),
    MoveRegister(u8),
    KeepRegister,
    DropRegister,
    /// A register holds a node and one of its links for a moment.
    Touch(u8, u8),
    Policy(u8),
    RequestPass,
    RequestDrain,
    Defer(bool),
    Freeze,
    Unfreeze,
    Collect,
    Step(u8),
    Frame,
    Check,
}

fn op() -> impl Strategy<Value = Op> {
    let one = || any::<u8>();
    let two = || (any::<u8>(), any::<u8>());
    prop_oneof![
        10 => one().prop_map(Op::New),
        1 => one().prop_map(Op::Adopt),
        14 => two().prop_map(|(a, b)| Op::Link(a, b)),
        4 => two().prop_map(|(a, b)| Op::Replace(a, b)),
        5 => two().prop_map(|(a, b)| Op::Follow(a, b)),
        10 => one().prop_map(Op::Drop),
        2 => two().prop_map(|(a, b)| Op::DropInto(a, b)),
        3 => one().prop_map(Op::Pop),
        4 => one().prop_map(Op::PopMove),
        2 => one().prop_map(Op::PopFront),
        2 => two().prop_map(|(a, b)| Op::InsertFront(a, b)),
        1 => one().prop_map(Op::Reverse),
        2 => one().prop_map(Op::Weak),
        2 => one().prop_map(Op::Upgrade),
        1 => one().prop_map(Op::HandOut),
        3 => one().prop_map(Op::Resume),
        3 => one().prop_map(Op::MoveRegister),
        1 => Just(Op::KeepRegister),
        3 => Just(Op::DropRegister),
        2 => two().prop_map(|(a, b)| Op::Touch(a, b)),
        1 => one().prop_map(Op::Policy),
        1 => Just(Op::RequestPass),
        1 => Just(Op::RequestDrain),
        1 => any::<bool>().prop_map(Op::Defer),
        1 => Just(Op::Freeze),
        1 => Just(Op::Unfreeze),
        1 => Just(Op::Collect),
        24 => one().prop_map(Op::Step),
        5 => Just(Op::Frame),
        4 => Just(Op::Check),
    ]
}

struct Runtime {
    held: Vec<Value>,
    weak: Vec<Value>,
    registers: Vec<Value>,
    /// The frame that runs, and to which the registers go back.
    frame: Option<Value>,
    /// The links of each node, as they should be.
    links: BTreeMap<u32, Vec<u32>>,
    comes_back: BTreeSet<u32>,
    /// Nodes whose first link is their part.
    have_parts: BTreeSet<u32>,
    parts: BTreeSet<u32>,
    frames: u32,
    has_frames: bool,
    world: World,
}

impl Runtime {
    fn new(frames: bool) -> Runtime {
        Runtime {
            held: Vec::new(),
            weak: Vec::new(),
            registers: Vec::new(),
            frame: None,
            links: BTreeMap::new(),
            comes_back: BTreeSet::new(),
            have_parts: BTreeSet::new(),
            parts: BTreeSet::new(),
            frames: 0,
            has_frames: frames,
            world: World::of(frames),
        }
    }

    fn pick(&self, index: u8) -> Option<Value> {
        let count = self.held.len();
        (count > 0).then(|| self.held[usize::from(index) % count].clone())
    }

    /// What an operation on a node is done to: the node, or its part.
    fn pick_whole(&self, index: u8) -> Option<Value> {
        let picked = self.pick(index)?;
        if !self.have_parts.contains(&id(&picked)) {
            return Some(picked);
        }
        let part = node(&picked).links.borrow()[0].clone();
        drop(picked);
        Some(part)
    }

    /// A script came by a value: it is in a register, or a root.
    fn take(&mut self, value: Value, in_register: bool) {
        if in_register { self.registers.push(value) } else { self.held.push(value) }
    }

    fn is_part(&self, value: &Value) -> bool {
        self.parts.contains(&id(value))
    }

    fn expect(&mut self, of: &Value) -> &mut Vec<u32> {
        self.links.entry(id(of)).or_default()
    }

    /// The script leaves the stack: its registers go back to its frame.
    fn suspend(&mut self) {
        if let Some(frame) = self.frame.take() {
            self.world.heap.moved_in(frame.header().expect("an object"));
            for value in std::mem::take(&mut self.registers) {
                self.expect(&frame).push(id(&value));
                link(&frame, value);
            }
            drop(frame);
        }
        self.registers.drain(..).for_each(drop);
    }

    fn run_pending(&mut self) {
        while let Some(pending) = self.world.heap.take_pending() {
            if let Pending::Finalize(object) = pending {
                match (self.comes_back.contains(&id(&object)), id(&object) % 2) {
                    (true, _) => self.held.push(object),
                    // It makes a cycle of itself.
                    (false, 0) => {
                        self.expect(&object).push(id(&object));
                        link(&object, object.clone());
                        drop(object);
                    }
                    _ => drop(object),
                }
            }
        }
    }

    fn step(&mut self, looks: u32) {
        self.suspend();
        let Runtime { held, weak, world, .. } = self;
        world.heap.collect_step_small(looks, &mut |visit| held.iter().chain(&*weak).for_each(&mut *visit));
        // Most steps are the last thing in a frame.
        if !looks.is_multiple_of(4) {
            self.next_frame();
        }
        self.run_pending();
        self.check_the_living();
    }

    fn next_frame(&mut self) {
        self.suspend();
        self.frames += 1;
        self.world.heap.set_frame(self.frames);
    }

    /// Nothing that the test can reach was touched.
    fn check_the_living(&self) {
        let mut seen = BTreeSet::new();
        // No reference is made and dropped: that would be news.
        let mut grey: Vec<*const Node> = self.held.iter().map(|value| std::ptr::from_ref(node(value))).collect();
        while let Some(next) = grey.pop() {
            // SAFETY: it is held, or linked to by a node that is.
            let next = unsafe { &*next };
            if seen.insert(next.id) {
                let links = next.links.borrow();
                let found: Vec<u32> = links.iter().map(id).collect();
                assert_eq!(Some(&found), self.links.get(&next.id), "links of a node that lives");
                grey.extend(links.iter().map(|value| std::ptr::from_ref(node(value))));
            }
        }
    }

    fn check(&mut self) {
        self.suspend();
        self.run_pending();
        // The oracle frees what waits, and what lingers hangs on some of it.
        self.world.heap.free_deferred();
        let shown = self.world.heap.lingering();
        let garbage = self.world.lingering();
        let found: BTreeSet<u32> = self.world.heap.lingering_objects(usize::MAX).objects.iter().map(id).collect();
        let wrong: Vec<&u32> = found.difference(&garbage).collect();
        assert!(wrong.is_empty(), "{wrong:?} are said to linger");
        assert_eq!(shown.breaches, 0);
        assert!(shown.low.objects <= garbage.len() as u64, "low: {shown:?}, {garbage:?}");
        assert!(shown.high.objects >= garbage.len() as u64, "high: {shown:?}, {garbage:?}");
        if shown.exact {
            assert_eq!(found, garbage, "exact");
        }
        let held: Vec<&Value> = self.held.iter().chain(&self.weak).collect();
        self.world.verify(&held);
        self.check_the_living();
    }

    fn apply(&mut self, op: &Op) {
        match *op {
            Op::New(kind) => {
                let fresh = self.world.node(Vec::new());
                self.links.insert(id(&fresh), Vec::new());
                if kind.is_multiple_of(8) {
                    fresh.header().expect("an object").set_finalizable();
                    if kind.is_multiple_of(16) {
                        self.comes_back.insert(id(&fresh));
                    }
                }
                self.take(fresh, kind % 5 == 1);
            }
            Op::Adopt(a) => {
                if let Some(a) = self.pick(a)
                    && node(&a).links.borrow().is_empty()
                    && !self.is_part(&a)
                {
                    let part = self.world.node(Vec::new());
                    self.links.insert(id(&part), Vec::new());
                    self.expect(&a).push(id(&part));
                    self.have_parts.insert(id(&a));
                    self.parts.insert(id(&part));
                    a.header().expect("an object").adopt(part.header().expect("an object"));
                    link(&a, part);
                }
            }
            Op::Link(a, b) => {
                if let (Some(a), Some(b)) = (self.pick_whole(a), self.pick(b)) {
                    self.expect(&a).push(id(&b));
                    link(&a, b);
                }
            }
            Op::Replace(a, b) => {
                if let (Some(a), Some(fresh)) = (self.pick_whole(a), self.pick(b))
                    && !node(&a).links.borrow().is_empty()
                {
                    let at = usize::from(b) % node(&a).links.borrow().len();
                    self.expect(&a)[at] = id(&fresh);
                    let old = std::mem::replace(&mut node(&a).links.borrow_mut()[at], fresh);
                    drop(old);
                    drop(a);
                }
            }
            Op::Follow(a, b) => {
                if let Some(a) = self.pick_whole(a) {
                    let found = {
                        let links = node(&a).links.borrow();
                        links.get(usize::from(b) % links.len().max(1)).cloned()
                    };
                    if let Some(found) = found {
                        self.take(found, b.is_multiple_of(3));
                    }
                    drop(a);
                }
            }
            Op::Drop(a) => {
                if !self.held.is_empty() {
                    let at = usize::from(a) % self.held.len();
                    self.held.swap_remove(at);
                }
            }
            Op::DropInto(a, b) => self.drop_into(a, b),
            Op::Pop(a) => {
                if let Some(a) = self.pick_whole(a) {
                    self.expect(&a).pop();
                    let popped = node(&a).links.borrow_mut().pop();
                    drop(popped);
                }
            }
            Op::PopMove(a) => {
                if let Some(a) = self.pick_whole(a) {
                    self.expect(&a).pop();
                    let popped = node(&a).links.borrow_mut().pop();
                    if let Some(popped) = popped {
                        self.world.heap.moved_out(&popped);
                        self.take(popped, id(&a).is_multiple_of(2));
                    }
                }
            }
            Op::PopFront(a) => {
                if let Some(a) = self.pick_whole(a)
                    && !node(&a).links.borrow().is_empty()
                {
                    self.world.heap.before_shift(a.header().expect("an object"), 0, 1);
                    self.expect(&a).remove(0);
                    let popped = node(&a).links.borrow_mut().remove(0);
                    drop(popped);
                }
            }
            Op::InsertFront(a, b) => {
                if let (Some(a), Some(b)) = (self.pick_whole(a), self.pick(b)) {
                    self.expect(&a).insert(0, id(&b));
                    node(&a).links.borrow_mut().insert(0, b);
                }
            }
            Op::Reverse(a) => {
                if let Some(a) = self.pick_whole(a) {
                    self.world.heap.before_reorder(a.header().expect("an object"));
                    self.expect(&a).reverse();
                    node(&a).links.borrow_mut().reverse();
                }
            }
            Op::Weak(a) => {
                if let Some(a) = self.pick(a) {
                    self.weak.push(self.world.weak(&a));
                }
            }
            Op::Upgrade(a) => {
                if !self.weak.is_empty() {
                    let weak = &self.weak[usize::from(a) % self.weak.len()];
                    let found = self.world.heap.upgrade(weak.downcast::<WeakRef>().expect("weak"));
                    if !found.is_empty() {
                        self.take(found, a.is_multiple_of(2));
                    }
                }
            }
            Op::HandOut(at) => {
                let (mut index, mut handed) = (0, Value::EMPTY);
                let heap = &self.world.heap;
                heap.walk(&mut |header| {
                    if index == u32::from(at) {
                        handed = heap.hand_out(header);
                    }
                    index += 1;
                });
                if handed.is_kind::<Node>() && !self.is_part(&handed) {
                    self.take(handed, at.is_multiple_of(2));
                }
            }
            Op::Resume(a) => {
                self.suspend();
                if let Some(frame) = self.pick(a).filter(|frame| !self.have_parts.contains(&id(frame))) {
                    let (heap, header) = (&self.world.heap, frame.header().expect("an object"));
                    if self.has_frames {
                        heap.before_resume(header)
                    } else {
                        heap.before_emptying(header)
                    }
                    self.registers = node(&frame).links.take();
                    self.expect(&frame).clear();
                    self.frame = Some(frame);
                }
            }
            Op::MoveRegister(a) => {
                if let (Some(a), Some(value)) = (self.pick_whole(a), self.registers.pop()) {
                    self.world.heap.moved_in(a.header().expect("an object"));
                    self.expect(&a).push(id(&value));
                    link(&a, value);
                }
            }
            Op::KeepRegister => self.held.extend(self.registers.pop()),
            Op::DropRegister => self.registers.pop().into_iter().for_each(drop),
            Op::Touch(a, b) => {
                if let Some(a) = self.pick(a) {
                    let links = node(&a).links.borrow();
                    if let Some(link) = links.get(usize::from(b) % links.len().max(1)) {
                        drop(link.clone());
                    }
                    drop(links);
                    drop(a);
                }
            }
            Op::Policy(policy) => {
                let policy = [Policy::Observe, Policy::Automatic, Policy::Manual][usize::from(policy) % 3];
                self.world.heap.set_settings(Settings { policy, pass_allocations: 5, pass_frames: 2 });
            }
            Op::RequestPass => self.world.heap.request_pass(),
            Op::RequestDrain => self.world.heap.request_drain(),
            Op::Defer(defer) => self.world.heap.defer_freeing(defer.then_some(1)),
            Op::Freeze => self.world.heap.freeze(),
            Op::Unfreeze => self.world.heap.unfreeze(),
            Op::Collect => {
                let Runtime { held, world, comes_back, .. } = self;
                let mut run = common::RunWith(|object: Value| {
                    if comes_back.contains(&id(&object)) {
                        held.push(object);
                    }
                });
                world.heap.collect(Reason::Host, &mut run);
                self.run_pending();
            }
            Op::Step(looks) => self.step(u32::from(looks % 12)),
            Op::Frame => self.next_frame(),
            Op::Check => self.check(),
        }
        self.run_pending();
    }

    /// The test's reference to a node is moved into what that node reaches, by way of a reference without a count.
    fn drop_into(&mut self, a: u8, b: u8) {
        if self.held.is_empty() {
            return;
        }
        let at = usize::from(a) % self.held.len();
        let value = self.held.swap_remove(at);
        // What the test holds is a root.
        self.world.heap.moved_out(&value);
        let target: *const Node = {
            let links = node(&value).links.borrow();
            let target = if links.is_empty() { &value } else { &links[usize::from(b) % links.len()] };
            self.world.heap.moved_in(target.header().expect("an object"));
            self.links.entry(id(target)).or_default().push(id(&value));
            node(target)
        };
        // SAFETY: the value holds its node, and that holds the target, until the value is in there.
        unsafe { &*target }.links.borrow_mut().push(value);
    }
}

fn run(ops: &[Op]) {
    let mut runtime = Runtime::new(ops.len().is_multiple_of(2));
    for op in ops {
        runtime.apply(op);
    }
    runtime.check();
    // With nothing going on, the figure becomes exact, and what lingers is drained.
    runtime.world.heap.unfreeze();
    runtime.world.heap.set_settings(Settings { policy: Policy::Observe, pass_allocations: 5, pass_frames: 0 });
    let mut steps = 0;
    while !runtime.world.heap.lingering().exact {
        runtime.step(3);
        steps += 1;
        assert!(steps < 2_000, "{:?} {:?}", runtime.world.heap.lingering(), runtime.world.heap.pass_progress());
    }
    runtime.check();
    runtime.world.heap.set_settings(Settings { policy: Policy::Automatic, pass_allocations: 5, pass_frames: 0 });
    while runtime.world.heap.lingering().low.objects > 0 || !runtime.world.heap.lingering().exact {
        runtime.step(3);
        steps += 1;
        assert!(steps < 10_000, "{:?} {:?}", runtime.world.heap.lingering(), runtime.world.heap.pass_progress());
    }
    runtime.check();
    assert!(runtime.world.lingering().is_empty());
    let alive = runtime.world.alive.clone();
    drop(runtime);
    assert!(alive.borrow().is_empty(), "the heap's end frees everything");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn slices_between_random_mutations(ops in prop::collection::vec(op(), 1..120)) {
        run(&ops);
    }
}

/// Fifty thousand sequences; more if the environment says so, as `LINGER_CASES=100000`.
fn cases() -> u32 {
    std::env::var("LINGER_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(50_000)
}
