//! A slice of the collector asks for no memory: the usual allocator of Linux may put thousands of small pieces in order on such a
//! request, which takes milliseconds, and no clock is looked at in between.
#![expect(unsafe_code, reason = "an allocator that counts hands on what it is asked for")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use linger_bench::load::Load;
use linger_heap::{Policy, Settings};

thread_local! {
    /// Requests of this thread since a slice began; nothing outside of slices.
    static ASKED: Cell<Option<u32>> = const { Cell::new(None) };
}

struct Counting;

/// The one request that a slice makes, so that the allocator puts its pieces in order while there are few.
const TIDY_BYTES: usize = 2048;

impl Counting {
    fn count(bytes: usize) {
        if bytes != TIDY_BYTES {
            ASKED.with(|asked| asked.set(asked.get().map(|count| count + 1)));
        }
    }
}

// SAFETY: all is handed on as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Counting::count(layout.size());
        // SAFETY: by the caller's word.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: by the caller's word.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Counting::count(size);
        // SAFETY: by the caller's word.
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The step at the end of a frame; returns how often it asked for memory.
fn step(load: &Load) -> u32 {
    ASKED.set(Some(0));
    load.step(300_000);
    ASKED.take().unwrap_or(0)
}

#[test]
fn no_slice_asks_for_memory() {
    for policy in [Policy::Observe, Policy::Automatic] {
        let mut load = Load::new(30_000, 4);
        load.heap.set_settings(Settings { policy, ..Settings::default() });
        load.heap.defer_freeing(Some(256));
        // The collector begins to listen with the first step.
        step(&load);
        load.add_level(40_000);
        for frame in 0..600 {
            load.frame(500, 100, 50);
            match frame {
                100 => load.drop_old_cycle(),
                200 => load.drop_level(),
                _ => {}
            }
            let asked = step(&load);
            if asked > 0 {
                eprintln!("frame {frame} {policy:?} {asked}");
            }
            while load.heap.take_pending().is_some() {}
        }
    }
}
