//! A world in which a pass can be stopped before it comes to its end.
#![expect(unsafe_code, reason = "the end of a chain is kept as an address")]

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use linger_heap::{Phase, Policy, Settings, Value};

use super::{Node, World, node};

/// A world with a chain that takes a pass many slices to walk, and at whose end something hangs.
pub struct Scene {
    pub world: World,
    /// Roots besides those that a test hands in.
    pub roots: Vec<Value>,
    /// The last node of the chain.
    pub end: *const Node,
}

impl Scene {
    /// The end of the chain refers to `hanging`.
    pub fn new(world: World, hanging: Vec<Value>) -> Scene {
        let end = world.node(hanging);
        let address: *const Node = node(&end);
        let mut chain = end;
        for _ in 0..100 {
            chain = world.node(vec![chain]);
        }
        world.heap.set_settings(Settings { policy: Policy::Manual, ..Settings::default() });
        Scene { world, roots: vec![chain], end: address }
    }

    pub fn end(&self) -> &Node {
        // SAFETY: the chain is held as long as the scene.
        unsafe { &*self.end }
    }

    pub fn step(&self, looks: u32) {
        self.world.heap.collect_step_small(looks, &mut |visit| self.roots.iter().for_each(&mut *visit));
    }

    /// Begins a pass and stops it before it comes to the end of the chain.
    pub fn begin(&self) {
        self.world.heap.request_pass();
        self.step(6);
        while self.world.heap.pass_progress().0 == Phase::Arm {
            self.step(6);
        }
        assert_eq!(self.world.heap.pass_progress().0, Phase::Mark);
    }

    /// Ends the pass; says what it found and what lingers in truth.
    pub fn finish(&self) -> (u64, u64) {
        for _ in 0..10_000 {
            self.step(6);
            if self.world.heap.pass_progress().0 == Phase::Idle {
                break;
            }
        }
        assert_eq!(self.world.heap.pass_progress().0, Phase::Idle);
        (self.world.heap.lingering().low.objects, self.world.lingering().len() as u64)
    }
}

/// Runs a test that would go on for ever if what it tests were broken.
pub fn ends(test: fn()) {
    let (done, wait) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        test();
        // Nobody waits any more if it took too long.
        let _ = done.send(());
    });
    match wait.recv_timeout(Duration::from_secs(20)) {
        Err(RecvTimeoutError::Timeout) => panic!("it does not end"),
        // It ended, by a panic or well.
        _ => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
    }
}
