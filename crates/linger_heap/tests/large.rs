//! Objects with one large buffer: dropped while freeing is deferred, or found as garbage, they are emptied in pieces, and the
//! buffer is given back by another thread. With freeing at once, everything is gone when the drop is over.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use linger_heap::{Edge, Emptied, FixedSlots, FixedText, Heap, Policy, Settings, Value, bytes_elsewhere, kinds};

thread_local! {
    /// Buffers that were taken out of objects on this thread.
    static TAKEN: Cell<u32> = const { Cell::new(0) };
}

fn count_taken(buffers: Option<Box<dyn Send>>) -> Option<Box<dyn Send>> {
    TAKEN.set(TAKEN.get() + u32::from(buffers.is_some()));
    buffers
}

struct Items(RefCell<Vec<Value>>);

impl Items {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, item) in self.0.borrow().iter().enumerate() {
            visit(Edge::Index(index), item);
        }
    }
    fn clear(&self) {
        drop(self.0.take());
    }
    fn clear_piece(&self, limit: usize) -> bool {
        for _ in 0..limit {
            let last = self.0.borrow_mut().pop();
            drop(last);
        }
        !self.0.borrow().is_empty()
    }
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        assert!(self.0.get_mut().is_empty(), "the items go first");
        count_taken(Some(Box::new(Emptied::from(self.0.take()))))
    }
    fn extra_bytes(&self) -> usize {
        self.0.borrow().capacity() * size_of::<Value>()
    }
}

struct Fixed(FixedSlots);

impl Fixed {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        for (index, item) in self.0.iter().enumerate() {
            visit(Edge::Index(index), item);
        }
    }
    fn clear(&self) {}
    fn run(&self) -> Option<&FixedSlots> {
        Some(&self.0)
    }
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        count_taken(self.0.take_buffer())
    }
    fn extra_bytes(&self) -> usize {
        self.0.extra_bytes()
    }
}

struct Text(FixedText);

impl Text {
    fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    fn clear(&self) {}
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        count_taken(self.0.take_buffer())
    }
    fn extra_bytes(&self) -> usize {
        self.0.extra_bytes()
    }
}

kinds! {
    Items = 2, "items", true;
    Fixed = 3, "fixed", true;
    Text = 4, "text", false;
}

/// More than stays in a slice, by far.
const MANY: usize = 200_000;

fn items(heap: &Heap, items: Vec<Value>) -> Value {
    heap.alloc(heap.type_id("items"), Items(RefCell::new(items))).into_value()
}

fn fixed(heap: &Heap, count: usize) -> Value {
    let values = (0..count).map(|_| items(heap, Vec::new()));
    heap.alloc_fixed(heap.type_id("fixed"), values, Fixed).into_value()
}

fn text(heap: &Heap, bytes: usize) -> Value {
    heap.alloc_string(heap.type_id("text"), "x".repeat(bytes), Text, |text| &text.0).into_value()
}

fn step(heap: &Heap) {
    heap.collect_step_small(1, &mut |_| {});
}

/// Steps until nothing is alive, nor on its way to be freed; no step frees more than a few pieces.
fn frees_in_steps(heap: &Heap) -> u32 {
    let mut steps = 0;
    while heap.totals().live > 0 || heap.has_deferred() {
        let before = heap.totals().live;
        step(heap);
        let freed = before - heap.totals().live;
        assert!(freed <= 1024, "{freed} in one step");
        steps += 1;
        assert!(steps < 100_000, "{} are left", heap.totals().live);
    }
    steps
}

fn check_empty(heap: &Heap) {
    heap.verify(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let totals = heap.totals();
    assert_eq!((totals.live, totals.live_bytes), (0, 0));
    assert_eq!(totals.allocated, totals.freed_by_count + totals.freed_by_collector);
}

/// Other tests of this program send buffers, too: in the end, all are gone.
fn wait_for_buffers() {
    let start = Instant::now();
    while bytes_elsewhere() > 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "{} bytes never come back", bytes_elsewhere());
        std::thread::yield_now();
    }
}

#[test]
fn a_large_object_that_is_dropped_is_emptied_in_steps_and_its_buffer_goes_elsewhere() {
    let make: [(&str, fn(&Heap) -> Value, u32); 3] = [
        ("items", |heap| items(heap, (0..MANY).map(|_| items(heap, Vec::new())).collect()), 100),
        ("fixed", |heap| fixed(heap, MANY), 100),
        ("text", |heap| text(heap, 1 << 20), 0),
    ];
    for (name, make, least_steps) in make {
        let heap = Heap::new(KINDS);
        heap.defer_freeing(Some(100));
        TAKEN.set(0);
        drop(make(&heap));
        let steps = frees_in_steps(&heap);
        assert!(steps >= least_steps, "{name}: {steps} steps");
        assert_eq!(TAKEN.get(), 1, "{name}");
        check_empty(&heap);
    }
    wait_for_buffers();
}

#[test]
fn garbage_with_a_large_buffer_is_drained_in_steps_and_its_buffer_goes_elsewhere() {
    let heap = Heap::new(KINDS);
    heap.set_settings(Settings { policy: Policy::Automatic, ..Settings::default() });
    step(&heap);
    TAKEN.set(0);
    let mut others = Vec::with_capacity(MANY + 1);
    others.extend((0..MANY).map(|_| items(&heap, Vec::new())));
    let large = items(&heap, others);
    let own = large.clone();
    large.downcast::<Items>().expect("items").0.borrow_mut().push(own);
    drop(large);
    heap.request_pass();
    frees_in_steps(&heap);
    assert_eq!(TAKEN.get(), 1);
    check_empty(&heap);
    wait_for_buffers();
}

#[test]
fn with_freeing_at_once_no_buffer_goes_elsewhere() {
    let heap = Heap::new(KINDS);
    TAKEN.set(0);
    drop(items(&heap, (0..MANY).map(|_| items(&heap, Vec::new())).collect()));
    drop(fixed(&heap, MANY));
    drop(text(&heap, 1 << 20));
    assert_eq!(TAKEN.get(), 0);
    check_empty(&heap);
}

#[test]
fn small_buffers_stay() {
    let heap = Heap::new(KINDS);
    heap.defer_freeing(Some(100));
    TAKEN.set(0);
    drop(items(&heap, Vec::with_capacity(1000)));
    drop(text(&heap, 10_000));
    frees_in_steps(&heap);
    assert_eq!(TAKEN.get(), 0);
    check_empty(&heap);
}
