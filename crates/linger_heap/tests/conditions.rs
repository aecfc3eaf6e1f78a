//! The conditions under which slices of marking between mutations are right, one test each (design, section 5). Where a
//! condition is a duty of the embedder, the test also neglects it, and sees the wrong answer that it then gets. The eighth has a
//! file of its own.
#![expect(unsafe_code, reason = "tests look at nodes without a count, as a machine's registers do")]

mod common;

use std::mem::ManuallyDrop;

use common::scene::{Scene, ends};
use common::{Node, World, link, node};
use linger_heap::{Header, Heap, Phase, Reason, Value, VerifyError, WeakRef};

#[test]
fn condition_1_a_decrement_that_leaves_an_object_alive_shades_it() {
    let world = World::new();
    let hanging = world.node(vec![]);
    let mut scene = Scene::new(world, vec![hanging]);
    scene.begin();
    // A script reads the value, keeps it in a fresh object, and removes it from where it was.
    let read = scene.end().links.borrow()[0].clone();
    scene.roots.push(scene.world.node(vec![read]));
    let removed = scene.end().links.take();
    drop(removed);
    assert_eq!(scene.finish(), (0, 0));
}

/// A scene in which so many objects of this very frame hang at the end of the chain, all of them armed.
fn young_objects(count: usize) -> Scene {
    let scene = Scene::new(World::new(), vec![]);
    scene.world.heap.request_pass();
    scene.step(100_000);
    assert!(scene.world.heap.lingering().exact);
    scene.world.heap.set_frame(9);
    for _ in 0..count {
        let hanging = scene.world.node(vec![]);
        scene.end().links.borrow_mut().push(hanging);
    }
    scene
}

/// What hangs is read, kept in a fresh object, and removed from where it was.
fn move_all(scene: &mut Scene) {
    let removed = scene.end().links.take();
    scene.roots.push(scene.world.node(removed.clone()));
    drop(removed);
}

#[test]
fn condition_1_what_was_logged_or_found_no_room_in_the_log_is_shaded_too() {
    // In the smallest of slices the log has room for twelve, of which a step with one look takes eight.
    for count in [9, 12, 40] {
        let mut scene = young_objects(count);
        for object in scene.end().links.borrow().iter() {
            drop(object.clone());
        }
        assert_eq!(scene.world.heap.lingering().waiting_candidates, count.min(12) as u64);
        scene.world.heap.request_pass();
        scene.step(1);
        while scene.world.heap.pass_progress().0 == Phase::Arm {
            scene.step(1);
        }
        assert_eq!(scene.world.heap.pass_progress().0, Phase::Mark);
        move_all(&mut scene);
        assert_eq!(scene.finish(), (0, 0), "{count} objects");
    }
}

#[test]
fn condition_1_what_was_no_candidate_when_it_was_lost_is_shaded_when_it_becomes_one() {
    let mut scene = young_objects(1);
    let hanging = scene.end().links.borrow()[0].clone();
    hanging.header().expect("an object").set_tracked(false);
    // Heard once, before marking begins.
    drop(hanging.clone());
    scene.begin();
    let removed = scene.end().links.take();
    drop(removed);
    hanging.header().expect("an object").set_tracked(true);
    scene.roots.push(scene.world.node(vec![hanging]));
    assert_eq!(scene.finish(), (0, 0));
}

#[test]
fn condition_2_a_reference_moved_out_is_shaded() {
    for dutiful in [true, false] {
        let world = World::new();
        let hanging = world.node(vec![]);
        let mut scene = Scene::new(world, vec![hanging]);
        scene.begin();
        let moved = scene.end().links.borrow_mut().pop().expect("it hangs there");
        if dutiful {
            scene.world.heap.moved_out(&moved);
        }
        scene.roots.push(scene.world.node(vec![moved]));
        assert_eq!(scene.finish(), (u64::from(!dutiful), 0));
    }
}

#[test]
fn condition_3_the_last_reference_moved_in_logs_a_candidate() {
    for dutiful in [true, false] {
        let scene = Scene::new(World::new(), vec![]);
        scene.world.heap.request_pass();
        scene.step(100_000);
        assert!(scene.world.heap.lingering().exact);
        let object = scene.world.node(vec![]);
        let address: *const Node = node(&object);
        if dutiful {
            scene.world.heap.moved_in(object.header().expect("an object"));
        }
        // SAFETY: the object holds itself once the value is in.
        unsafe { &*address }.links.borrow_mut().push(object);
        scene.step(100);
        let shown = scene.world.heap.lingering();
        assert_eq!(scene.world.lingering().len(), 1);
        assert_eq!(shown.low.objects, u64::from(dutiful));
        // Neglected, the figure is called exact and is wrong.
        assert_eq!(shown.exact && shown.low.objects != 1, !dutiful);
    }
}

#[test]
fn condition_4_a_borrowed_reference_is_backed_by_a_counted_one() {
    let world = World::new();
    let owner = world.node(vec![]);
    // SAFETY: the alias is looked at by its address only, and never dropped.
    let borrowed: ManuallyDrop<Value> = unsafe { owner.alias() };
    world.verify(&[&owner]);
    drop(owner);
    let error = world.heap.verify(&mut |visit| visit(&borrowed)).expect_err("nobody backs it");
    assert!(matches!(error, VerifyError::FreeSlot { .. }), "{error}");
}

/// What the node at the end of the chain holds is taken while a pass marks, after the node was shaded or before.
fn all_is_taken(world: World, is_grey: bool, duty: impl Fn(&Heap, &Header)) -> (u64, u64) {
    let local = world.node(vec![]);
    let mut scene = Scene::new(world, vec![local]);
    scene.begin();
    let frame = scene.end();
    // The header stands before the node. No reference is made: its drop would shade.
    let header_at = std::ptr::from_ref(frame).addr() - 16;
    scene.world.heap.walk(&mut |header| {
        if std::ptr::from_ref(header).addr() == header_at {
            if is_grey {
                drop(Value::from_header(header));
            }
            duty(&scene.world.heap, header);
        }
    });
    let registers = frame.links.take();
    scene.roots.push(scene.world.node(registers));
    scene.finish()
}

#[test]
fn condition_5_a_frame_is_shaded_before_it_resumes() {
    for is_grey in [false, true] {
        assert_eq!(all_is_taken(World::of(true), is_grey, Heap::before_resume), (0, 0), "{is_grey}");
        assert_eq!(all_is_taken(World::of(true), is_grey, |_, _| ()), (1, 0), "{is_grey}");
    }
}

#[test]
fn condition_5_what_is_no_frame_is_shaded_before_all_is_taken_out() {
    for is_grey in [false, true] {
        assert_eq!(all_is_taken(World::of(false), is_grey, Heap::before_emptying), (0, 0), "{is_grey}");
        assert_eq!(all_is_taken(World::of(false), is_grey, |_, _| ()), (1, 0), "{is_grey}");
    }
}

/// A container of which a part is scanned: forty items, of which each piece takes two.
fn half_scanned() -> Scene {
    let world = World::new();
    let items: Vec<Value> = (0..40).map(|_| world.node(vec![])).collect();
    let large = world.node(items);
    let mut scene = Scene::new(world, vec![]);
    scene.roots = vec![large];
    scene.begin();
    scene
}

#[test]
fn condition_6_a_half_scanned_container_that_shifts_shades_what_moves() {
    for dutiful in [true, false] {
        let scene = half_scanned();
        let large = &scene.roots[0];
        if dutiful {
            scene.world.heap.before_shift(large.header().expect("an object"), 0, 10);
        }
        let removed: Vec<Value> = node(large).links.borrow_mut().drain(..10).collect();
        drop(removed);
        let (found, lingering) = scene.finish();
        assert_eq!(lingering, 0);
        assert_eq!(found == 0, dutiful, "{found} found");
    }
}

#[test]
fn condition_6_a_half_scanned_container_that_is_reordered_is_scanned_again() {
    for dutiful in [true, false] {
        let scene = half_scanned();
        let large = &scene.roots[0];
        for _ in 0..if dutiful { 12 } else { 1 } {
            if dutiful {
                scene.world.heap.before_reorder(large.header().expect("an object"));
            }
            node(large).links.borrow_mut().reverse();
            scene.step(3);
        }
        let (found, lingering) = scene.finish();
        assert_eq!(lingering, 0);
        assert_eq!(found == 0, dutiful, "{found} found");
    }
}

/// Garbage that nobody knows of, since it came about before anybody listened; and a weak reference to it.
fn unknown_garbage() -> (Scene, Value) {
    let world = World::new();
    let garbage = world.node(vec![]);
    link(&garbage, world.node(vec![garbage.clone()]));
    let weak = world.weak(&garbage);
    drop(garbage);
    let mut scene = Scene::new(world, vec![]);
    scene.roots.push(weak.clone());
    (scene, weak)
}

#[test]
fn condition_7_a_weak_reference_upgraded_shades() {
    ends(|| {
        for looks in (6..=200).step_by(2) {
            let (mut scene, weak) = unknown_garbage();
            scene.world.heap.request_pass();
            scene.step(looks);
            let back = scene.world.heap.upgrade(weak.downcast::<WeakRef>().expect("weak"));
            assert!(!back.is_empty());
            scene.roots.push(back);
            let (found, lingering) = scene.finish();
            assert_eq!((found, lingering), (0, 0), "after {looks} looks");
            scene.roots.truncate(2);
            scene.step(100);
            scene.world.heap.request_pass();
            scene.step(100_000);
            assert_eq!(scene.world.heap.lingering().low.objects, 2);
        }
    });
}

#[test]
fn condition_7_an_object_handed_out_shades() {
    ends(|| {
        let (mut scene, weak) = unknown_garbage();
        scene.begin();
        let mut handed = Vec::new();
        scene.world.heap.walk(&mut |header| handed.push(scene.world.heap.hand_out(header)));
        handed.retain(|value| value.is_kind::<Node>());
        scene.roots.append(&mut handed);
        assert_eq!(scene.finish(), (0, 0));
        drop(weak);
    });
}

#[test]
fn condition_7_a_condemned_object_is_not_given_any_more() {
    ends(|| {
        let world = World::new();
        let garbage = world.node(vec![]);
        let mut last = garbage.clone();
        for _ in 0..50 {
            last = world.node(vec![last]);
        }
        link(&garbage, last);
        let weak = world.weak(&garbage);
        drop(garbage);
        let mut scene = Scene::new(world, vec![]);
        scene.roots.push(weak.clone());
        scene.world.heap.request_pass();
        scene.step(100_000);
        assert_eq!(scene.world.heap.lingering().low.objects, 51);
        scene.world.heap.request_drain();
        while scene.world.heap.lingering().low.objects == 51 {
            scene.step(1);
        }
        let left = scene.world.heap.lingering().low.objects;
        assert!(left > 0, "it is drained in part");
        let given = scene.world.heap.upgrade(weak.downcast::<WeakRef>().expect("weak"));
        assert!(given.is_empty(), "{left} were left");
        let mut given = 0;
        scene.world.heap.walk(&mut |header| given += u64::from(scene.world.heap.hand_out(header).is_kind::<Node>()));
        assert_eq!(given, 101, "the chain is given, and nothing of what was left");
        scene.step(100_000);
        assert_eq!(scene.world.heap.lingering().low.objects, 0);
        assert!(scene.world.lingering().is_empty());
    });
}

#[test]
fn condition_9_acyclic_kinds_are_never_logged() {
    let scene = Scene::new(World::new(), vec![]);
    scene.step(10);
    let leaf = scene.world.leaf();
    drop(leaf.clone());
    assert_eq!(scene.world.heap.lingering().waiting_candidates, 0);
    let object = scene.world.node(vec![]);
    drop(object.clone());
    assert_eq!(scene.world.heap.lingering().waiting_candidates, 1, "others are");
    // Nor are they found, when what holds them is.
    link(&object, object.clone());
    link(&object, scene.world.leaf());
    drop(object);
    scene.world.heap.request_pass();
    scene.step(100_000);
    assert_eq!(scene.world.heap.lingering().low.objects, 1);
}

/// A scene in which two objects are found to linger, and a weak reference to one.
fn found_garbage() -> (Scene, Value) {
    let (scene, weak) = unknown_garbage();
    scene.world.heap.request_pass();
    scene.step(100_000);
    assert_eq!(scene.world.heap.lingering().low.objects, 2);
    (scene, weak)
}

#[test]
fn condition_10_what_is_brought_back_is_not_said_to_linger_any_more() {
    ends(|| {
        let (mut scene, weak) = found_garbage();
        let back = scene.world.heap.upgrade(weak.downcast::<WeakRef>().expect("weak"));
        assert_eq!(scene.world.heap.lingering().low.objects, 0);
        scene.roots.push(back);
        assert_eq!(scene.finish(), (0, 0));
    });
}

#[test]
fn condition_10_what_is_freed_in_slices_is_not_said_to_linger_any_more() {
    ends(|| {
        let (scene, _) = found_garbage();
        scene.world.heap.request_drain();
        for _ in 0..100 {
            scene.step(10);
            let left = scene.world.lingering().len() as u64;
            assert!(
                scene.world.heap.lingering().low.objects <= left,
                "{left} linger: {:?}",
                scene.world.heap.lingering()
            );
        }
        assert!(scene.world.lingering().is_empty());
        assert_eq!(scene.world.heap.lingering_by_type(), []);
    });
}

#[test]
fn condition_10_what_is_freed_in_one_stop_is_not_said_to_linger_any_more() {
    ends(|| {
        let (scene, _) = found_garbage();
        scene.world.heap.collect(Reason::Host, &mut ());
        assert_eq!(scene.world.heap.lingering().low.objects, 0);
        assert_eq!(scene.world.heap.lingering_by_type(), []);
    });
}
