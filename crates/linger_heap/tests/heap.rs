//! The heap's promises one by one.

mod common;

use std::cell::Cell;
use std::sync::Mutex;

use common::{Leaf, RunWith, World, id, link, node};
use linger_heap::{Finalizer, Heap, Pending, Reason, Value, VerifyError, WeakRef};

#[test]
fn a_chain_of_a_million_is_freed_on_a_small_stack() {
    let thread = std::thread::Builder::new().stack_size(64 << 10).spawn(|| {
        let world = World::new();
        let mut chain = Value::EMPTY;
        for _ in 0..1_000_000 {
            chain = world.node(vec![chain]);
        }
        drop(chain);
        assert_eq!(world.heap.totals().freed_by_count, 1_000_000);
        assert_eq!(world.heap.take_largest_cascade(), 1_000_000);
        assert!(world.alive().is_empty());
    });
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn a_cycle_lingers_until_it_is_collected() {
    let world = World::new();
    let a = world.node(vec![]);
    link(&a, world.node(vec![a.clone(), world.leaf()]));
    assert_eq!(world.heap.census().lingering.objects, 0);
    drop(a);
    assert_eq!(world.heap.census().lingering.objects, 2);
    let record = world.heap.collect(Reason::Host, &mut ());
    assert_eq!((record.unreachable, record.freed_objects), (2, 3));
    let totals = world.heap.totals();
    assert_eq!((totals.allocated, totals.freed_by_collector, totals.live), (3, 3, 0));
    world.verify(&[]);
}

/// A weak reference whose own count has fallen to zero, but which is not freed yet, was given a new count when the object
/// that it looks at died in the same cascade, and so was freed twice.
#[test]
fn a_weak_reference_may_die_in_one_cascade_with_its_object() {
    let world = World::new();
    let target = world.node(vec![]);
    let weak = world.heap.weak_ref(world.weak_type, &target, world.leaf()).expect("an object").into_value();
    let holder = world.node(vec![weak, target]);
    drop(holder);
    assert!(world.heap.take_pending().is_none(), "a dead weak reference calls nobody");
    assert_eq!(world.heap.totals().live, 0);
    world.verify(&[]);
}

#[test]
fn a_callback_is_queued_when_the_object_goes() {
    let world = World::new();
    let target = world.node(vec![]);
    let callback = world.leaf();
    let weak = world.heap.weak_ref(world.weak_type, &target, callback.clone()).expect("an object").into_value();
    drop(target);
    assert!(world.heap.has_pending());
    world.verify(&[&weak, &callback]);
    match world.heap.take_pending() {
        Some(Pending::Callback { weak: dead, callback: called }) => {
            assert!(dead.is(&weak) && called.is(&callback));
            assert!(dead.downcast::<WeakRef>().expect("weak").is_dead());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn garbage_weak_references_call_nobody() {
    let world = World::new();
    let target = world.node(vec![]);
    let weak = world.heap.weak_ref(world.weak_type, &target, world.leaf()).expect("an object").into_value();
    link(&target, weak);
    link(&target, target.clone());
    drop(target);
    let called = Cell::new(0);
    struct Count<'a>(&'a Cell<u32>);
    impl Finalizer for Count<'_> {
        fn run(&mut self, _heap: &Heap, _pending: Pending) {
            self.0.set(self.0.get() + 1);
        }
    }
    world.heap.collect(Reason::Host, &mut Count(&called));
    assert_eq!((called.get(), world.heap.totals().live), (0, 0));
}

/// A finalizer that moves its object into new garbage must leave it whole: the new garbage has yet to be finalized itself.
#[test]
fn what_new_garbage_holds_is_not_freed_with_the_old() {
    let world = World::new();
    let old = world.node(vec![]);
    link(&old, old.clone());
    old.header().expect("an object").set_finalizable();
    drop(old);
    let mut run = RunWith(|object: Value| {
        let fresh = world.node(vec![object]);
        link(&fresh, fresh.clone());
    });
    let record = world.heap.collect(Reason::Host, &mut run);
    assert_eq!((record.unreachable, record.freed_objects), (1, 0));
    assert_eq!(world.lingering().len(), 2);
    world.verify(&[]);
    assert_eq!(world.heap.collect(Reason::Host, &mut ()).freed_objects, 2);
}

/// The queue for the embedder may hold the only reference to another finalizable object when the heap ends.
#[test]
fn a_heap_ends_while_finalizers_wait() {
    let world = World::new();
    let inner = world.node(vec![]);
    inner.header().expect("an object").set_finalizable();
    let outer = world.node(vec![inner]);
    outer.header().expect("an object").set_finalizable();
    drop(outer);
    assert!(world.heap.has_pending());
    let alive = world.alive.clone();
    drop(world);
    assert!(alive.borrow().is_empty());
}

#[test]
fn a_value_may_outlive_its_heap() {
    let world = World::new();
    let kept = world.node(vec![world.node(vec![])]);
    drop(world.heap);
    assert_eq!(node(&kept).links.borrow().len(), 1);
    // The memory stays for good. A sanitizer that looks for leaks is shown that it is not lost.
    static KEPT: Mutex<Vec<u64>> = Mutex::new(Vec::new());
    KEPT.lock().expect("nobody else").push(kept.bits());
    drop(kept);
}

#[test]
fn a_walk_may_let_go_of_what_it_visits() {
    let world = World::new();
    let mut held: Vec<Value> = (0..1000).map(|_| world.node(vec![])).collect();
    let mut visited = 0;
    world.heap.walk(&mut |header| {
        held.pop();
        world.heap.free_unused_pages();
        assert!(header.count() <= 1);
        visited += 1;
    });
    assert!(visited >= 500);
    assert_eq!(world.heap.totals().live, held.len() as u64);
}

#[test]
fn pages_are_given_back_and_used_again() {
    let world = World::new();
    let held: Vec<Value> = (0..10_000).map(|_| world.node(vec![])).collect();
    let full = world.heap.page_bytes();
    drop(held);
    world.heap.free_unused_pages();
    assert!(world.heap.page_bytes() <= 2 * (64 << 10), "of {full}, {} are left", world.heap.page_bytes());
    let held: Vec<Value> = (0..10_000).map(|_| world.node(vec![])).collect();
    assert_eq!(world.heap.page_bytes(), full);
    world.verify(&held.iter().collect::<Vec<_>>());
}

#[test]
fn a_constructor_may_panic() {
    let world = World::new();
    let before = world.heap.totals();
    let values = (0..3).map(|index| if index == 2 { panic!("halfway") } else { world.leaf() });
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        world.heap.alloc_fixed(world.leaf_type, values, |_| Leaf(Cell::new(0)));
    }));
    assert!(made.is_err());
    assert_eq!(world.heap.totals().live, before.live);
    world.verify(&[]);
}

#[test]
fn verification_names_a_wrong_count() {
    let world = World::new();
    world.heap.set_site(world.heap.site_id("level.py", 7).to_raw());
    let node = world.node(vec![]);
    let holder = world.node(vec![node.clone()]);
    let error = world.heap.verify(&mut |visit| visit(&holder)).expect_err("the test's own reference is not named");
    let VerifyError::Count { object, count, found, held_by } = &error else { panic!("{error}") };
    assert_eq!((object.type_name.as_str(), object.site.as_str(), *count, *found), ("node", "level.py:7", 2, 1));
    assert_eq!(held_by.len(), 1);
    assert!(held_by[0].contains("[0]"), "{error}");
    assert_eq!(id(&node), 0);
}

#[test]
fn deferred_freeing_frees_in_pieces_and_all() {
    let world = World::new();
    world.heap.defer_freeing(Some(100));
    let wide = world.node((0..5_000).map(|_| world.node(vec![world.leaf()])).collect());
    let kept = world.node(vec![]);
    link(&wide, kept.clone());
    drop(wide);
    assert!(world.heap.has_deferred());
    // A leaf goes with the last node, whatever the limit says.
    assert!(world.heap.take_largest_cascade() <= 101);
    world.verify(&[&kept]);
    drop(world.node(vec![]));
    assert!(world.heap.has_deferred(), "another drop frees its own object only");
    world.heap.free_deferred();
    assert_eq!(world.heap.totals().live, 1);
    world.verify(&[&kept]);
}
