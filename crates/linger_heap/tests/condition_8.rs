//! The eighth condition: finalizers run one a step, and what they could have touched is looked at again (design, section 5).

mod common;

use common::scene::{Scene, ends};
use common::{World, id, link, node};
use linger_heap::{Pending, Policy, Settings, Value, WeakRef};

#[test]
fn condition_8_finalizers_run_one_a_step_and_what_comes_back_is_whole() {
    ends(|| {
        let world = World::new();
        let (a, b, c) = (world.node(vec![]), world.node(vec![]), world.node(vec![]));
        link(&a, b.clone());
        link(&b, c.clone());
        link(&c, a.clone());
        for object in [&a, &b] {
            object.header().expect("an object").set_finalizable();
        }
        let ids = [id(&a), id(&b), id(&c)];
        drop((a, b, c));
        let mut scene = Scene::new(world, vec![]);
        scene.world.heap.request_pass();
        scene.step(100_000);
        scene.world.heap.set_settings(Settings { policy: Policy::Automatic, ..Settings::default() });
        let mut finalized = Vec::new();
        for _ in 0..50 {
            scene.step(20);
            let mut in_this_step = 0;
            while let Some(pending) = scene.world.heap.take_pending() {
                let Pending::Finalize(object) = pending else { continue };
                in_this_step += 1;
                assert_eq!(node(&object).links.borrow().len(), 1, "it is whole when it is finalized");
                finalized.push(id(&object));
                if finalized.len() == 1 {
                    scene.roots.push(object);
                }
            }
            assert!(in_this_step <= 1);
        }
        assert_eq!(finalized.len(), 1, "what came back took the others along");
        assert!(ids.iter().all(|id| scene.world.alive().contains(id)), "none was freed");
        scene.roots.truncate(1);
        for _ in 0..50 {
            scene.step(50);
            while let Some(pending) = scene.world.heap.take_pending() {
                if let Pending::Finalize(object) = pending {
                    finalized.push(id(&object));
                }
            }
        }
        finalized.sort_unstable();
        assert_eq!(finalized, &ids[..2], "each is finalized once");
        assert!(ids.iter().all(|id| !scene.world.alive().contains(id)), "all are freed");
    });
}

#[test]
fn condition_8_finalizers_of_objects_that_have_nothing_to_do_with_each_other_run_one_a_step() {
    ends(|| {
        let world = World::new();
        for _ in 0..5 {
            let own = world.node(vec![]);
            own.header().expect("an object").set_finalizable();
            link(&own, own.clone());
        }
        let scene = Scene::new(world, vec![]);
        scene.world.heap.request_pass();
        scene.step(100_000);
        assert_eq!(scene.world.heap.lingering().low.objects, 5);
        scene.world.heap.request_drain();
        let mut finalized = 0;
        for _ in 0..50 {
            scene.step(100);
            let mut in_this_step = 0;
            while scene.world.heap.take_pending().is_some() {
                in_this_step += 1;
            }
            assert!(in_this_step <= 1, "{in_this_step} in one step");
            finalized += in_this_step;
            scene.world.heap.request_drain();
        }
        assert_eq!(finalized, 5);
        assert!(scene.world.lingering().is_empty());
    });
}

#[test]
fn condition_8_what_hangs_on_what_is_drained_and_was_found_since_is_finalized_as_one_that_lives() {
    ends(|| {
        for looks in 1..20 {
            let world = World::new();
            let hanging = world.node(vec![]);
            hanging.header().expect("an object").set_finalizable();
            // The first and the last one that are drained hold it.
            for number in 0..61 {
                let garbage = world.node(vec![]);
                link(&garbage, garbage.clone());
                if number % 60 == 0 {
                    link(&garbage, hanging.clone());
                }
            }
            world.heap.set_settings(Settings { policy: Policy::Manual, ..Settings::default() });
            let mut scene = Scene { world, roots: vec![hanging], end: std::ptr::null() };
            scene.world.heap.request_pass();
            scene.step(100_000);
            assert_eq!(scene.world.heap.lingering().low.objects, 61);
            scene.world.heap.request_drain();
            scene.step(looks);
            scene.roots.clear();
            scene.world.heap.request_pass();
            let mut finalized = 0;
            for _ in 0..200 {
                scene.step(looks);
                while let Some(pending) = scene.world.heap.take_pending() {
                    let Pending::Finalize(object) = pending else { continue };
                    finalized += 1;
                    link(&object, object.clone());
                    drop(object);
                }
            }
            assert_eq!(scene.world.heap.lingering().breaches, 0, "{looks} looks");
            assert_eq!(finalized, 1, "{looks} looks");
        }
    });
}

/// A finalizable object that holds a list of so many others, the last of which holds it; found to linger. And weak references to
/// the last one and to one of the others.
fn found_clump(others: usize) -> (Scene, [Value; 2]) {
    let world = World::new();
    let own = world.node(vec![]);
    own.header().expect("an object").set_finalizable();
    let last = world.node(vec![own.clone()]);
    let mut list: Vec<Value> = (0..others).map(|_| world.node(vec![])).collect();
    let weaks = [world.weak(&last), world.weak(&list[others / 2])];
    list.push(last);
    link(&own, world.node(list));
    drop(own);
    let mut scene = Scene::new(world, vec![]);
    scene.roots.extend(weaks.clone());
    scene.world.heap.request_pass();
    scene.step(1_000_000);
    assert_eq!(scene.world.heap.lingering().low.objects, others as u64 + 3);
    (scene, weaks)
}

/// Takes the one object that is to be finalized, if its turn has come.
fn to_finalize(scene: &Scene) -> Option<Value> {
    let Pending::Finalize(object) = scene.world.heap.take_pending()? else { panic!("no callback waits") };
    assert!(!scene.world.heap.has_pending());
    Some(object)
}

#[test]
fn condition_8_what_a_finalizer_could_touch_is_taken_out_a_few_objects_a_step() {
    ends(|| {
        let (mut scene, weaks) = found_clump(2_000);
        scene.world.heap.request_drain();
        drop(weaks);
        let mut steps = 0;
        let object = loop {
            let before = scene.world.heap.lingering().low.objects;
            scene.step(10);
            steps += 1;
            let shown = scene.world.heap.lingering();
            assert!(before - shown.low.objects < 100, "{} in one step", before - shown.low.objects);
            assert!(!shown.exact, "it still lingers");
            if let Some(object) = to_finalize(&scene) {
                break object;
            }
        };
        assert!(steps > 20, "{steps} steps");
        assert_eq!(scene.world.heap.lingering().low.objects, 0, "it may all come back");
        // It does, and lives.
        scene.roots.push(object);
        scene.step(1_000_000);
        assert_eq!(scene.finish(), (0, 0));
        scene.world.heap.verify(&mut |visit| scene.roots.iter().for_each(visit)).expect("all counts are right");
        // And goes.
        scene.roots.pop();
        scene.world.heap.request_pass();
        scene.step(1_000_000);
        assert_eq!(scene.world.heap.lingering().low.objects, 2_003);
        scene.world.heap.request_drain();
        for _ in 0..2_000 {
            scene.step(100);
            assert!(!scene.world.heap.has_pending(), "it was finalized");
        }
        assert!(scene.world.lingering().is_empty());
    });
}

#[test]
fn condition_8_a_pass_that_begins_and_ends_while_it_is_taken_out_finds_none_of_it() {
    ends(|| {
        for request_after in [0, 3, 30, 100] {
            let (mut scene, weaks) = found_clump(2_000);
            scene.world.heap.request_drain();
            drop(weaks);
            let roots = scene.roots.len();
            for _ in 0..request_after {
                scene.step(10);
            }
            scene.world.heap.request_pass();
            let mut passes = 0;
            for _ in 0..10_000 {
                let before = scene.world.heap.lingering().complete_to_frame;
                scene.world.heap.set_frame(before.unwrap_or(0) + 1);
                scene.step(10);
                passes += u32::from(scene.world.heap.lingering().complete_to_frame != before);
                scene.roots.extend(to_finalize(&scene));
                if scene.roots.len() > roots && passes > 0 {
                    break;
                }
            }
            assert_eq!((scene.roots.len(), passes > 0), (roots + 1, true), "after {request_after}");
            assert_eq!(scene.world.heap.lingering().low.objects, 0, "after {request_after}: the object is held");
            scene.roots.pop();
            assert!(!scene.world.heap.lingering().exact);
            scene.world.heap.request_pass();
            scene.step(1_000_000);
            assert_eq!(scene.world.heap.lingering().low.objects, 2_003);
        }
    });
}

#[test]
fn condition_8_whoever_gets_a_reference_to_what_is_half_taken_out_gets_it_whole() {
    ends(|| {
        for which in 0..2 {
            for steps in 0..60 {
                let (mut scene, weaks) = found_clump(200);
                scene.world.heap.request_drain();
                let mut object = None;
                for _ in 0..steps {
                    scene.step(4);
                    object = object.or_else(|| to_finalize(&scene));
                }
                let began = scene.world.heap.lingering().low.objects < 203;
                let back = scene.world.heap.upgrade(weaks[which].downcast::<WeakRef>().expect("weak"));
                assert!(!back.is_empty());
                object = object.or_else(|| to_finalize(&scene));
                assert_eq!(object.is_some(), began, "{steps} steps");
                scene.roots.push(back);
                drop(object);
                scene.step(1_000_000);
                let shown = scene.world.heap.lingering();
                let lingering = scene.world.lingering().len() as u64;
                assert!(shown.low.objects <= lingering, "{steps} steps: {shown:?}, {lingering} linger");
                assert_eq!(shown.breaches, 0);
                let held = || scene.roots.iter().chain(&weaks);
                scene.world.heap.verify(&mut |visit| held().for_each(visit)).expect("all counts are right");
            }
        }
    });
}

#[test]
fn condition_8_what_was_taken_out_is_tried_again_once_the_finalizer_has_run() {
    ends(|| {
        let world = World::new();
        let own = world.node(vec![]);
        own.header().expect("an object").set_finalizable();
        // Longer than what is tried together for one candidate.
        let chain = (0..300).fold(own.clone(), |last, _| world.node(vec![last]));
        link(&own, chain);
        drop(own);
        let scene = Scene::new(world, vec![]);
        scene.world.heap.request_pass();
        scene.step(1_000_000);
        assert_eq!(scene.world.heap.lingering().low.objects, 301);
        scene.world.heap.request_drain();
        let mut steps = 0;
        let object = loop {
            scene.step(10);
            steps += 1;
            if let Some(object) = to_finalize(&scene) {
                break object;
            }
        };
        assert!(steps > 10, "it takes longer than a slice");
        drop(object);
        // What is found is drained in the same step.
        scene.step(3);
        let left = scene.world.lingering().len() as u64;
        assert!(left > 200, "only a part of it");
        assert_eq!(scene.world.heap.lingering().low.objects, left, "no pass is needed");
    });
}

#[test]
fn condition_8_what_is_begun_for_a_finalizer_is_ended_whatever_the_policy_is_then() {
    ends(|| {
        let (scene, _) = found_clump(200);
        let policy = |policy| scene.world.heap.set_settings(Settings { policy, ..Settings::default() });
        policy(Policy::Automatic);
        scene.step(10);
        assert!(scene.world.heap.lingering().low.objects < 203, "it is begun");
        policy(Policy::Manual);
        while to_finalize(&scene).is_none() {
            scene.step(10);
        }
    });
}

#[test]
fn condition_8_nothing_is_drained_while_a_sweep_may_find_who_holds_it() {
    ends(|| {
        for looks in 1..12 {
            let world = World::new();
            let first = world.node(vec![]);
            link(&first, first.clone());
            // The sweep stops between them.
            let between: Vec<Value> = (0..2_000).map(|_| world.node(vec![])).collect();
            let second = world.node(vec![first]);
            second.header().expect("an object").set_finalizable();
            link(&second, second.clone());
            drop(second);
            let mut scene = Scene::new(world, between);
            scene.step(10);
            scene.world.heap.set_settings(Settings { policy: Policy::Automatic, ..Settings::default() });
            scene.world.heap.request_pass();
            let object = loop {
                scene.step(looks);
                if let Some(object) = to_finalize(&scene) {
                    break object;
                }
            };
            let links = node(&object).links.borrow();
            assert_eq!(links.len(), 2);
            assert_eq!(node(&links[0]).links.borrow().len(), 1, "{looks} looks: it is whole");
            drop(links);
            scene.roots.push(object);
        }
    });
}
