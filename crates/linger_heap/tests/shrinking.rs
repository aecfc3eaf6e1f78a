//! A kind whose objects give their memory up when their cycle is broken: the bytes counted must follow.
//!
//! The kind of the other tests owns the same number of bytes all its life, so they could not see that what an object gave up
//! before it was freed stayed counted for ever.

use std::cell::RefCell;

use linger_heap::{Edge, Heap, Policy, Reason, Settings, Value, kinds};

/// Links in a buffer that goes when they go.
pub struct Bag {
    links: RefCell<Vec<Value>>,
}

impl Bag {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, link) in self.links.borrow().iter().enumerate() {
            visit(Edge::Index(index), link);
        }
    }
    fn clear(&self) {
        drop(self.links.take());
    }
    fn extra_bytes(&self) -> usize {
        self.links.borrow().capacity() * size_of::<Value>()
    }
}

kinds! {
    Bag = 2, "bag", true;
}

/// Drops a ring of bags that have room for more than they hold.
fn drop_ring(heap: &Heap) {
    let bag_type = heap.type_id("bag");
    let bag = |links: Vec<Value>| heap.alloc(bag_type, Bag { links: RefCell::new(links) }).into_value();
    let first = bag(Vec::with_capacity(100));
    let second = bag(vec![first.clone()]);
    first.downcast::<Bag>().expect("a bag").links.borrow_mut().push(second);
}

fn check(heap: &Heap) {
    heap.verify(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let totals = heap.totals();
    assert_eq!((totals.live, totals.live_bytes), (0, 0));
    assert_eq!(heap.type_rows().iter().map(|row| row.live_bytes).sum::<u64>(), 0);
}

#[test]
fn a_collection_counts_what_is_given_up() {
    let heap = Heap::new(KINDS);
    drop_ring(&heap);
    assert_eq!(heap.collect(Reason::Host, &mut ()).unreachable, 2);
    check(&heap);
}

#[test]
fn a_drain_counts_what_is_given_up() {
    let heap = Heap::new(KINDS);
    heap.set_settings(Settings { policy: Policy::Automatic, ..Settings::default() });
    heap.collect_step(1_000_000, &mut |_| {});
    heap.set_frame(1);
    drop_ring(&heap);
    heap.request_pass();
    for frame in 2..1_000 {
        heap.set_frame(frame);
        heap.collect_step(1_000_000, &mut |_| {});
        if heap.totals().live == 0 {
            break;
        }
    }
    check(&heap);
}
