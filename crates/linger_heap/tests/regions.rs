//! A heap of so many pages that they are cut from regions: its memory is used again, and goes back when objects do.

mod common;

use common::World;
use linger_heap::Value;

/// More than the 16 MiB of a heap without regions, by objects of at least 64 bytes.
const NODES: usize = 600_000;
const MIB: usize = 1 << 20;

#[test]
fn a_heap_of_many_pages_uses_them_again_and_gives_them_back() {
    let world = World::new();
    world.heap.use_regions();
    let make = |count: usize| -> Vec<Value> { (0..count).map(|_| world.node(Vec::new())).collect() };
    let mut nodes = make(NODES);
    let full = world.heap.page_bytes();
    assert!(full > 32 * MIB, "{full}");
    // Every other object goes, and others take the places.
    let mut keep = false;
    nodes.retain(|_| {
        keep = !keep;
        keep
    });
    nodes.extend(make(NODES / 2));
    assert_eq!(world.heap.page_bytes(), full);
    world.verify(&nodes.iter().collect::<Vec<_>>());
    // The later three quarters go, and with them whole regions.
    nodes.truncate(NODES / 4);
    world.heap.free_unused_pages();
    let quarter = world.heap.page_bytes();
    assert!(quarter < full * 3 / 4, "{quarter} of {full}");
    // The heap grows anew, into what is left of its regions first.
    nodes.extend(make(NODES - nodes.len()));
    assert!(world.heap.page_bytes() <= full + 2 * MIB, "{}", world.heap.page_bytes());
    nodes.clear();
    world.heap.free_unused_pages();
    // A page of each size of objects stays, and the region that it is cut from.
    assert!(world.heap.page_bytes() <= 2 * MIB, "{}", world.heap.page_bytes());
}
