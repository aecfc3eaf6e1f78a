//! Work that is always the same and waits for memory as a slice of the collector does: when it takes longer, it is the machine.
//!
//! Knows nothing of heaps.

use std::hint::black_box;

use crate::clock::timed;
use crate::load::Random;

/// As much as the objects of a million entities take.
const BYTES: usize = 128 << 20;
/// Reads of the first guess.
const GUESS: usize = 1000;

/// A piece of memory, and how often it is read from in one stretch.
pub struct Control {
    memory: Vec<u64>,
    random: Random,
    reads: usize,
}

impl Control {
    /// A stretch takes about `nanos` of processor time, if nothing comes in between.
    pub fn new(nanos: u64) -> Control {
        let memory = (0..BYTES / size_of::<u64>()).map(|word| word as u64).collect();
        let mut control = Control { memory, random: Random::new(0xC0DE), reads: GUESS };
        let fastest = (0..20).map(|_| control.run()).min().unwrap_or(1).max(1);
        control.reads = (GUESS as u64 * nanos / fastest) as usize;
        control
    }

    /// One stretch; returns the nanoseconds of processor time that it took.
    pub fn run(&mut self) -> u64 {
        let (_, processor, ()) = timed(|| {
            let mut sum = 0_u64;
            for _ in 0..self.reads {
                sum = sum.wrapping_add(self.memory[self.random.below(self.memory.len())]);
            }
            black_box(sum);
        });
        processor
    }
}
