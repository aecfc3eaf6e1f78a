//! Large containers and texts of scripts: what one statement lets go of is freed in slices, if the host wants that, and everything
//! comes back.

use std::time::{Duration, Instant};

use linger_heap::bytes_elsewhere;
use linger_script::{Vm, VmConfig};

const SCRIPT: &str = "
from array import array
from collections import deque
from io import BytesIO, StringIO

class Thing: pass

COUNT = 100_000
MAKE = {
    'list': lambda: [Thing() for _ in range(COUNT)],
    'tuple': lambda: tuple([Thing() for _ in range(COUNT)]),
    'dict': lambda: {i: Thing() for i in range(COUNT)},
    'set': lambda: {Thing() for _ in range(COUNT)},
    'frozenset': lambda: frozenset([Thing() for _ in range(COUNT)]),
    'deque': lambda: deque(Thing() for _ in range(COUNT)),
    'str': lambda: 'x' * 1_000_000,
    'bytes': lambda: b'x' * 1_000_000,
    'bytearray': lambda: bytearray(1_000_000),
    'array': lambda: array('d', [0.0]) * COUNT,
    'int': lambda: 1 << 8_000_000,
    'StringIO': lambda: StringIO('x' * 1_000_000),
    'BytesIO': lambda: BytesIO(b'x' * 1_000_000),
}
held = None

def make(kind):
    global held
    held = MAKE[kind]()

def drop():
    global held
    held = None

def clear():
    held.clear()

def delete_slice():
    del held[:]

def set_slice():
    held[:] = ()
";

struct Player {
    vm: Vm,
    module: linger_script::Value,
}

impl Player {
    fn new() -> Player {
        let mut vm = Vm::new(VmConfig::default());
        let module = vm.load_module("large", "large.py", SCRIPT).unwrap_or_else(|error| panic!("{}", error.traceback));
        vm.collect_step(1_000_000);
        Player { vm, module }
    }

    fn call(&mut self, name: &str, args: &[linger_script::Value]) {
        match self.vm.call_function(&self.module, name, args) {
            Ok(result) => drop(result),
            Err(error) => panic!("{}", error.traceback),
        }
    }

    fn make(&mut self, kind: &str) {
        let kind = self.vm.str(kind);
        self.call("make", &[kind]);
    }
}

#[test]
fn what_one_statement_lets_go_of_is_freed_in_slices() {
    let containers = ["list", "tuple", "dict", "set", "frozenset", "deque"];
    let others = ["str", "bytes", "bytearray", "array", "int", "StringIO", "BytesIO"];
    let dropped = containers.iter().chain(&others).map(|kind| (*kind, "drop"));
    let cleared = ["list", "dict", "set", "deque", "bytearray"].map(|kind| (kind, "clear"));
    let cases = dropped.chain(cleared).chain([("list", "delete_slice"), ("list", "set_slice")]);
    let mut player = Player::new();
    player.vm.heap().defer_freeing(Some(500));
    for (kind, act) in cases {
        // What is made only once, such as caches of the machine, is made by the first round.
        for round in 0..2 {
            let before = player.vm.heap().totals();
            player.make(kind);
            let made = player.vm.heap().totals().live - before.live;
            player.call(act, &[]);
            if made > 1000 {
                let freed = before.live + made - player.vm.heap().totals().live;
                assert!(freed < 2000, "{act} of a {kind} freed {freed} of {made} at once");
            }
            let mut steps = 0;
            while player.vm.heap().has_deferred() {
                let live = player.vm.heap().totals().live;
                player.vm.collect_step_small(1);
                let freed = live - player.vm.heap().totals().live;
                assert!(freed <= 1024, "{act} of a {kind}: {freed} in one step");
                steps += 1;
                assert!(steps < 100_000, "{act} of a {kind} never ends");
            }
            player.call("drop", &[]);
            player.vm.heap().free_deferred();
            let after = player.vm.heap().totals();
            if round > 0 {
                assert_eq!(
                    (after.live, after.live_bytes),
                    (before.live, before.live_bytes),
                    "{act} of a {kind} leaves something"
                );
            }
            assert_eq!(after.allocated, after.freed_by_count + after.freed_by_collector + after.live);
        }
    }
    let start = Instant::now();
    while bytes_elsewhere() > 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "{} bytes never come back", bytes_elsewhere());
        std::thread::yield_now();
    }
}

#[test]
fn without_deferral_everything_is_gone_at_once() {
    let mut player = Player::new();
    for act in ["drop", "clear", "delete_slice", "set_slice"] {
        player.make("list");
        player.call(act, &[]);
        player.call("drop", &[]);
        let before = player.vm.heap().totals().live;
        player.make("list");
        assert!(player.vm.heap().totals().live > before + 100_000);
        player.call(act, &[]);
        player.call("drop", &[]);
        assert_eq!(player.vm.heap().totals().live, before, "{act}");
    }
}
