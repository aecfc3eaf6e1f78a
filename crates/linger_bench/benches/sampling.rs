//! What the plugin asks of the heap in each frame: totals, rows by type and by site, the step of the collector, the figure
//! of what lingers. On a machine whose scripts keep about 50,000 objects.
//!
//! Does not know Bevy or the profile: what becomes of the answers is in `profile.rs`. The spread of the collector's pauses
//! is measured by the program `pauses`; here are means.

#![allow(missing_docs, reason = "criterion makes a public function for each group")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use linger_heap::{Census, ExplainOptions, Policy, Settings, Value};
use linger_script::{Vm, VmConfig};

const BUDGET_NANOS: u64 = 300_000;
/// Objects that the game keeps at least.
const LIVE: u64 = 50_000;
/// Frames within which a first pass over the whole heap must have ended.
const FRAMES_TO_SETTLE: u32 = 5_000;

/// A world of 4,200 entities of 13 objects each, and frames of several kinds.
const GAME: &str = "
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

class Entity:
    def __init__(self, number):
        self.position = Vector(number * 0.5, number * 0.25)
        self.speed = Vector(1.5, 0.5)
        self.tags = ['enemy', f'entity {number}']
        self.trail = [(number + i * 0.5, i * 1.5) for i in range(5)]
        self.state = {'mood': f'calm {number}', 'health': 100.0 + number}

    def move(self, dt):
        self.position = Vector(self.position.x + self.speed.x * dt, self.position.y + self.speed.y * dt)

world = [Entity(number) for number in range(4200)]

def encode(value):
    def walk(node):
        if isinstance(node, list):
            return sum(walk(item) for item in node)
        return 1
    return walk(value)

def quiet(frame):
    pass

def busy(frame):
    first = frame * 100 % len(world)
    for entity in world[first:first + 100]:
        entity.move(0.016)

def leaking(frame):
    busy(frame)
    encode([1, 2, [3, 4]])
";

/// The machine, its game, and the frame it is in.
struct Game {
    vm: Vm,
    module: Value,
    frame: u32,
}

impl Game {
    fn new(policy: Policy) -> Game {
        let mut vm = Vm::new(VmConfig::default());
        let module = vm.load_module("game", "game.py", GAME).unwrap_or_else(|error| panic!("{}", error.traceback));
        let live = vm.heap().totals().live;
        assert!(live >= LIVE, "the game has only {live} objects");
        vm.heap().set_settings(Settings { policy, ..Settings::default() });
        Game { vm, module, frame: 0 }
    }

    /// A game over whose heap a whole pass went: the collector is at work, and past its start.
    fn settled(policy: Policy) -> Game {
        let mut game = Game::new(policy);
        while game.vm.heap().lingering().complete_to_frame.is_none() {
            assert!(game.frame < FRAMES_TO_SETTLE, "no pass came to its end");
            game.play("quiet");
            game.step();
        }
        game
    }

    fn play(&mut self, update: &str) {
        self.frame += 1;
        self.vm.heap().set_frame(self.frame);
        let frame = [Value::small_int(i64::from(self.frame)).expect("a frame's number is small")];
        if let Err(error) = self.vm.call_function(&self.module, update, &frame) {
            panic!("{}", error.traceback);
        }
    }

    /// The collector's part of a frame, and how long it took.
    fn step(&mut self) -> Duration {
        let start = Instant::now();
        black_box(self.vm.collect_step(BUDGET_NANOS));
        start.elapsed()
    }
}

/// What is read each frame, and what ten times a second.
fn reading(criterion: &mut Criterion) {
    let mut game = Game::settled(Policy::Observe);
    for _ in 0..100 {
        game.play("leaking");
        game.step();
    }
    let heap = game.vm.heap();
    assert!(heap.lingering().low.objects > 0, "the leak was not seen");
    let mut group = criterion.benchmark_group("sampling");
    group.bench_function("totals", |bencher| bencher.iter(|| black_box(heap).totals()));
    group.bench_function("lingering", |bencher| bencher.iter(|| black_box(heap).lingering()));
    group.bench_function("type_rows", |bencher| {
        bencher.iter(|| {
            for (index, row) in black_box(heap).type_rows().into_iter().enumerate() {
                black_box((heap.type_name(heap.type_at(index)), row));
            }
        });
    });
    group.bench_function("site_rows", |bencher| {
        bencher.iter(|| {
            for (index, row) in black_box(heap).site_rows().into_iter().enumerate() {
                black_box((heap.site_place(heap.site_at(index)), row));
            }
        });
    });
    group.bench_function("lingering_by_type_and_site", |bencher| {
        bencher.iter(|| (black_box(heap).lingering_by_type(), heap.lingering_by_site()));
    });
    group.bench_function("explain", |bencher| {
        let vm = &game.vm;
        let options = ExplainOptions { max_groups: 20, ..ExplainOptions::default() };
        bencher.iter(|| {
            let found = heap.lingering_objects(usize::MAX);
            heap.explain(&found, &options, vm)
        });
    });
    group.bench_function("census_in_one_stop", |bencher| {
        bencher.iter(|| Census::of(&black_box(heap).find_unreachable()));
    });
    group.finish();
}

/// The collector's step after a frame of each kind. What the frame itself takes is not counted.
fn stepping(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("collect_step");
    // What lingers is freed, so that the heap stays as it is however long this runs.
    for update in ["quiet", "busy", "leaking"] {
        let mut game = Game::settled(Policy::Automatic);
        group.bench_function(format!("after_a_{update}_frame"), |bencher| {
            bencher.iter_custom(|times| {
                (0..times)
                    .map(|_| {
                        game.play(update);
                        game.step()
                    })
                    .sum()
            });
        });
    }
    group.finish();
}

/// The frames themselves, to set the step's cost against.
fn playing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame_of_scripts");
    for update in ["quiet", "busy", "leaking"] {
        let mut game = Game::settled(Policy::Automatic);
        group.bench_function(update, |bencher| {
            bencher.iter_custom(|times| {
                let mut spent = Duration::ZERO;
                for _ in 0..times {
                    let start = Instant::now();
                    game.play(update);
                    spent += start.elapsed();
                    game.step();
                }
                spent
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading, stepping, playing);
criterion_main!(benches);
