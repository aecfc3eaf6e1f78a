//! What floats under the automatic policy, found or not: never more than the heap says at that moment, and no more after
//! thousands of frames than after hundreds.

mod common;

use common::{World, id, link, node};
use linger_heap::{Policy, Settings, Value};

const FRAMES: u32 = 4_000;
const LIVING: usize = 1_500;
const RING: usize = 40;
/// Frames after which a pass begins at the latest.
const PASS_FRAMES: u32 = 5;

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

struct Game {
    world: World,
    living: Vec<Value>,
    /// Rings of old objects, each to be dropped in its turn.
    rings: Vec<Value>,
    random: Random,
    /// The garbage of each frame, by the ids of its objects, as far as it was not freed when that was looked at last.
    dropped: Vec<(u32, Vec<u32>)>,
}

impl Game {
    fn new() -> Game {
        let world = World::new();
        let living: Vec<Value> = (0..LIVING).map(|_| world.node(vec![])).collect();
        let mut game = Game { world, living, rings: Vec::new(), random: Random(77), dropped: Vec::new() };
        for index in 0..LIVING {
            let others = [0; 3].map(|_| game.living[game.random.below(LIVING)].clone());
            others.into_iter().for_each(|other| link(&game.living[index], other));
        }
        game.rings = (0..8).map(|_| game.ring()).collect();
        game
    }

    /// Objects that refer to each other and to something that lives.
    fn ring(&mut self) -> Value {
        let first = self.world.node(vec![]);
        let mut last = first.clone();
        for _ in 1..RING {
            let other = self.living[self.random.below(LIVING)].clone();
            last = self.world.node(vec![last, other]);
        }
        link(&first, last);
        first
    }

    /// Scripts drop cycles, rewire what lives, and now and then drop a ring that was made long ago.
    fn frame(&mut self, frame: u32) {
        self.world.heap.set_frame(frame);
        let mut ids = Vec::new();
        for _ in 0..self.random.below(12) {
            let cycle = self.world.node(vec![]);
            link(&cycle, self.world.node(vec![cycle.clone()]));
            ids.extend([id(&cycle), id(&cycle) + 1]);
        }
        for _ in 0..10 {
            let [from, to] = [0; 2].map(|_| self.random.below(LIVING));
            let (to, place) = (self.living[to].clone(), self.random.below(3));
            let old = std::mem::replace(&mut node(&self.living[from]).links.borrow_mut()[place], to);
            drop(old);
        }
        if frame.is_multiple_of(9) {
            let fresh = self.ring();
            let old = self.rings.remove(0);
            self.rings.push(fresh);
            let first = id(&old);
            ids.extend(first..first + RING as u32);
        }
        self.dropped.push((frame, ids));
    }

    fn step(&self) -> linger_heap::StepRecord {
        let roots = || self.living.iter().chain(&self.rings);
        self.world.heap.collect_step_small(400, &mut |visit| roots().for_each(visit))
    }

    /// Forgets what was freed.
    fn look(&mut self) {
        let alive = self.world.alive.borrow();
        self.dropped.retain_mut(|(_, ids)| {
            ids.retain(|id| alive.contains(id));
            !ids.is_empty()
        });
    }

    /// Garbage that is there still and was dropped after `frame`, and before.
    fn floating(&self, frame: u32) -> (u64, u64) {
        let count = |is_later: bool| {
            let of = self.dropped.iter().filter(|(at, _)| (*at > frame) == is_later);
            of.map(|(_, ids)| ids.len() as u64).sum::<u64>()
        };
        (count(true), count(false))
    }
}

#[test]
fn what_floats_stays_under_what_the_heap_says() {
    let mut game = Game::new();
    let settings = Settings { policy: Policy::Automatic, pass_frames: PASS_FRAMES, ..Settings::default() };
    game.world.heap.set_settings(settings);
    let mut longest_pass = 0;
    let mut most = [0; 2];
    let mut met = [0; 3];
    for frame in 1..=FRAMES {
        game.frame(frame);
        let record = game.step();
        if let Some(pass) = record.pass_ended {
            longest_pass = longest_pass.max(pass.last_frame - pass.first_frame);
        }
        game.look();
        let shown = game.world.heap.lingering();
        let Some(complete_to) = shown.complete_to_frame else { continue };
        let (later, earlier) = game.floating(complete_to);
        // What lingered when the last complete pass began is found, or freed.
        assert!(earlier <= shown.low.objects, "frame {frame}: {earlier} from before {complete_to}: {shown:?}");
        // Both ends of the interval hold.
        assert!(shown.low.objects <= earlier + later, "frame {frame}: {earlier} + {later}: {shown:?}");
        assert!(earlier + later <= shown.high.objects, "frame {frame}: {earlier} + {later}: {shown:?}");
        // The frame that all is found to follows: a pass is waited for, one runs, and one ran before it.
        let behind = frame - complete_to;
        if frame > 500 {
            assert!(behind <= 2 * longest_pass + PASS_FRAMES + 2, "frame {frame}: {behind} behind, {longest_pass}");
        }
        if frame.is_multiple_of(50) {
            game.world.heap.free_deferred();
            game.look();
            let (later, earlier) = game.floating(complete_to);
            assert_eq!(game.world.lingering().len() as u64, later + earlier, "the test knows what is garbage");
        }
        let half = &mut most[usize::from(frame > FRAMES / 2)];
        *half = (*half).max(later + earlier);
        met[0] += u64::from(later > 0);
        met[1] += u64::from(earlier > 0);
        met[2] += u64::from(behind > 3);
    }
    println!("most {most:?}, longest pass {longest_pass}, met {met:?}");
    assert!(met.iter().all(|count| *count > 0), "{met:?}");
    assert!(most[1] <= most[0] * 3 / 2 + 100, "it grows: {most:?}");
}
