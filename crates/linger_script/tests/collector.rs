//! Random sequences of what scripts do to their objects, with slices of the collector in between: what is said to linger does, the
//! interval holds what a look at everything finds, what is called exact is, and every count is right.

use std::collections::BTreeSet;

use linger_heap::{Phase, Policy, Settings};
use linger_script::{Kept, Module, Value, Vm, VmConfig};

/// Sequences that one machine goes through.
const SEQUENCES_A_MACHINE: u32 = 50;
/// Operations and slices in one sequence.
const STEPS: u32 = 24;

/// A small generator of pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as u32 % end
    }
}

struct Player {
    module: Value,
    random: Random,
    operations: u32,
    kept: Vec<Kept>,
    frame: u32,
    /// Names of what was done in the sequence, for messages.
    done: Vec<String>,
    seen: Seen,
    /// Goes last: a heap of which something is held outside stays.
    vm: Vm,
}

/// What was met on the way, without which the test would say little.
#[derive(Debug, Default)]
struct Seen {
    exact: u64,
    intervals: u64,
    lingering: u64,
    passes: u64,
    freed: u64,
    kept_in_a_pass: u64,
}

impl Player {
    fn new(seed: u64) -> Player {
        let mut vm = Vm::new(VmConfig::default());
        let module = match vm.load_module("collector", "collector.py", include_str!("collector.py")) {
            Ok(module) => module,
            Err(error) => panic!("{}", error.traceback),
        };
        let mut player = Player {
            vm,
            module,
            random: Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            operations: 0,
            kept: Vec::new(),
            frame: 0,
            done: Vec::new(),
            seen: Seen::default(),
        };
        player.operations = player.call("count", &[]).as_small_int().expect("a number") as u32;
        assert!(player.operations > 50, "{} operations", player.operations);
        player
    }

    fn call(&mut self, name: &str, args: &[Value]) -> Value {
        match self.vm.call_function(&self.module, name, args) {
            Ok(result) => result.expect("the function is there"),
            Err(error) => panic!("{}\n{:?}", error.traceback, self.done),
        }
    }

    fn operate(&mut self) {
        let number = self.random.below(self.operations);
        let [i, j, k] = [0; 3].map(|_| self.random.below(256));
        self.done.push(format!("{number}({i}, {j}, {k})"));
        let args = [number, i, j, k].map(|arg| Value::small_int(arg.into()).expect("small"));
        self.call("apply", &args);
    }

    /// The host takes something into its hands, or lets go of it.
    fn keep(&mut self) {
        if self.kept.len() > 6 {
            self.kept.clear();
        }
        let place = Value::small_int(self.random.below(12).into()).expect("small");
        let value = self.call("held", &[place]);
        self.seen.kept_in_a_pass += u64::from(self.vm.heap().pass_progress().0 != Phase::Idle);
        self.done.push("keep".into());
        self.kept.push(self.vm.keep(value));
    }

    fn set(&mut self) {
        let policy = [Policy::Observe, Policy::Automatic, Policy::Manual][self.random.below(3) as usize];
        let heap = self.vm.heap();
        heap.set_settings(Settings { policy, pass_allocations: 5, pass_frames: 2 });
        match self.random.below(6) {
            0 => heap.request_pass(),
            1 => heap.request_drain(),
            2 => heap.defer_freeing(Some(3)),
            3 => heap.defer_freeing(None),
            _ => {}
        }
        self.done.push(format!("{policy:?}"));
    }

    fn slice(&mut self) {
        let looks = match self.random.below(4) {
            0 => self.random.below(12),
            1 => self.random.below(300),
            _ => self.random.below(6000),
        };
        self.slice_of(looks);
    }

    fn slice_of(&mut self, looks: u32) {
        let record = self.vm.collect_step_small(looks);
        // Now and then two slices are made in one frame.
        if self.random.below(8) > 0 {
            self.frame += 1;
            self.vm.heap().set_frame(self.frame);
        }
        self.seen.passes += u64::from(record.pass_ended.is_some());
        self.seen.freed += record.freed_objects;
        self.done.push(format!("slice {looks} {:?}", record.phase));
    }

    fn check(&mut self) {
        let heap = self.vm.heap();
        // The oracle frees what waits, and what lingers hangs on some of it.
        heap.free_deferred();
        let shown = heap.lingering();
        let addresses = |objects: &[Value]| objects.iter().map(Value::bits).collect::<BTreeSet<u64>>();
        let oracle = heap.find_unreachable();
        let garbage = addresses(&oracle.objects);
        let listed = heap.lingering_objects(usize::MAX);
        let found = addresses(&listed.objects);
        let wrong = listed.objects.iter().filter(|object| !garbage.contains(&object.bits()));
        let names =
            wrong.filter_map(Value::header).map(|header| (heap.type_name(header.type_id()), header.birth_frame()));
        let wrong: Vec<(std::rc::Rc<str>, u32)> = names.collect();
        assert!(wrong.is_empty(), "{wrong:?} are said to linger and do not: {:?}", self.done);
        drop((oracle, listed));
        assert_eq!(shown.breaches, 0, "{:?}", self.done);
        let count = garbage.len() as u64;
        assert!(shown.low.objects <= count && count <= shown.high.objects, "{shown:?}, {count}: {:?}", self.done);
        // What is half drained is counted and not listed.
        assert!(found.len() as u64 <= shown.low.objects, "{shown:?}: {:?}", self.done);
        if shown.exact {
            assert_eq!(shown.low.objects, count, "exact: {:?}", self.done);
        }
        self.seen.exact += u64::from(shown.exact);
        self.seen.intervals += u64::from(!shown.exact);
        self.seen.lingering += count;
    }

    fn sequence(&mut self, name: String) {
        self.done = vec![name];
        for _ in 0..STEPS {
            match self.random.below(16) {
                0..=9 => self.operate(),
                10..=13 => self.slice(),
                14 => self.keep(),
                _ => self.set(),
            }
        }
        self.check();
        if self.random.below(4) == 0 {
            self.rest();
        }
    }

    /// With no script running, the figure becomes exact.
    fn rest(&mut self) {
        self.vm.heap().set_settings(Settings { policy: Policy::Observe, pass_allocations: 5, pass_frames: 0 });
        for _ in 0..200 {
            self.slice_of(5000);
            if self.vm.heap().lingering().exact {
                break;
            }
        }
        self.check();
        assert!(self.vm.heap().lingering().exact, "{:?}: {:?}", self.vm.heap().lingering(), self.done);
    }
}

/// Five hundred sequences; more if the environment says so, as `LINGER_CASES=100000`. `LINGER_SEED` runs the machine of one seed.
#[test]
fn slices_between_what_scripts_do() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u32>().ok());
    let machines = number("LINGER_CASES").unwrap_or(500).div_ceil(SEQUENCES_A_MACHINE);
    let seeds = match number("LINGER_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..machines,
    };
    let mut all = Seen::default();
    for seed in seeds {
        let mut player = Player::new(u64::from(seed) + 1);
        for sequence in 0..SEQUENCES_A_MACHINE {
            player.sequence(format!("seed {seed}, sequence {sequence}"));
        }
        let verified = {
            let Player { module, vm, .. } = &mut player;
            let module_name = vm.module("collector").expect("it is loaded");
            assert!(module.is(&module_name) && module.is_kind::<Module>());
            drop((std::mem::take(module), module_name));
            vm.verify()
        };
        if let Err(error) = verified {
            panic!("seed {seed}: {error}");
        }
        let Seen { exact, intervals, lingering, passes, freed, kept_in_a_pass } = player.seen;
        all.exact += exact;
        all.intervals += intervals;
        all.lingering += lingering;
        all.passes += passes;
        all.freed += freed;
        all.kept_in_a_pass += kept_in_a_pass;
    }
    println!("{all:?}");
    let met = [all.exact, all.intervals, all.lingering, all.passes, all.freed, all.kept_in_a_pass];
    assert!(met.iter().all(|count| *count > 0), "{all:?}");
}
