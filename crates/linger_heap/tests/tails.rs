//! Texts and runs of values that lie behind their object: of every length, in the slot and outgrown, read back and counted right.

use linger_heap::{Edge, FixedText, GrowSlots, Heap, Value, kinds};

#[repr(C)]
struct Text {
    tag: u32,
    text: FixedText,
}

impl Text {
    fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    fn clear(&self) {}
    fn extra_bytes(&self) -> usize {
        self.text.extra_bytes()
    }
}

#[repr(C)]
struct Run {
    tag: u64,
    room: u32,
    slots: GrowSlots,
}

impl Run {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        self.slots.visit(&mut |index, value| visit(Edge::Index(index), value));
    }
    fn clear(&self) {
        self.slots.clear();
    }
    fn extra_bytes(&self) -> usize {
        self.slots.extra_bytes()
    }
}

/// An object whose run is not its last field.
#[repr(C)]
struct Wrong {
    slots: GrowSlots,
    tag: u64,
}

impl Wrong {
    fn traverse(&self, _visit: &mut dyn FnMut(Edge<'_>, &Value)) {}
    fn clear(&self) {}
    fn extra_bytes(&self) -> usize {
        self.tag as usize
    }
}

kinds! {
    Text = 2, "text", false;
    Run = 3, "run", true;
    Wrong = 4, "wrong", true;
}

fn letters(len: usize) -> String {
    (0..len).map(|index| char::from(b'a' + (index % 26) as u8)).collect()
}

#[test]
fn texts_of_every_length_are_read_back_and_freed() {
    let heap = Heap::new(KINDS);
    let type_id = heap.type_id("text");
    for len in (0..600).chain([5000]) {
        let wanted = letters(len);
        let copied = heap.alloc_text(type_id, &wanted, |text| Text { tag: 7, text }, |text| &text.text);
        let given = heap.alloc_string(type_id, wanted.clone(), |text| Text { tag: 8, text }, |text| &text.text);
        assert_eq!((copied.tag, &*copied.text), (7, &*wanted));
        assert_eq!((given.tag, &*given.text), (8, &*wanted));
    }
    assert_eq!((heap.totals().live, heap.totals().live_bytes), (0, 0));
}

#[test]
fn a_text_grows_out_of_its_slot() {
    let heap = Heap::new(KINDS);
    let type_id = heap.type_id("text");
    for start in [0, 5, 8, 9, 480, 600] {
        let text = heap.alloc_text(type_id, &letters(start), |text| Text { tag: 7, text }, |text| &text.text);
        let mut value = text.into_value();
        let mut wanted = letters(start);
        for step in 0..100 {
            let more = letters(step % 7);
            let grown = value.get_mut::<Text>().map(|text| {
                let before = text.text.extra_bytes();
                text.text.push_str(&more);
                text.text.extra_bytes() as isize - before as isize
            });
            heap.resized(value.header().expect("an object"), grown.expect("nobody else has it"));
            wanted.push_str(&more);
            assert_eq!(value.downcast::<Text>().map(|text| text.text.to_string()), Some(wanted.clone()));
        }
        drop(value);
    }
    assert_eq!((heap.totals().live, heap.totals().live_bytes), (0, 0));
}

#[test]
fn runs_grow_out_of_their_slot_and_shrink() {
    let heap = Heap::new(KINDS);
    let (run_type, text_type) = (heap.type_id("run"), heap.type_id("text"));
    for room in [0, 1, 2, 3, 8, 60, 1000] {
        let make = |slots| Run { tag: 7, room: room as u32, slots };
        let fill = |slots: &GrowSlots| slots.fill_empty(room.min(2));
        let run = heap.alloc_grow(run_type, room, make, |run| &run.slots, fill);
        let filled = run.slots.len();
        for index in filled..300 {
            let item = heap.alloc_text(text_type, &letters(index), |text| Text { tag: 0, text }, |text| &text.text);
            let grown = run.slots.push(item.into_value());
            heap.resized(run.header(), grown as isize);
        }
        assert_eq!((run.tag, run.room as usize, run.slots.len()), (7, room, 300));
        for index in filled..300 {
            let item = run.slots.get(index);
            assert_eq!(item.downcast::<Text>().map(|text| text.text.len()), Some(index));
        }
        assert!(run.slots.get(300).is_empty());
        assert_eq!(run.slots.pop().and_then(|last| last.downcast::<Text>().map(|text| text.text.len())), Some(299));
        let value = run.into_value();
        assert!(heap.verify(&mut |visit| visit(&value)).is_ok());
    }
    assert_eq!((heap.totals().live, heap.totals().live_bytes), (0, 0));
}

#[test]
fn a_run_has_a_limit() {
    let heap = Heap::new(KINDS);
    let type_id = heap.type_id("run");
    let run = heap.alloc_grow(type_id, 4, |slots| Run { tag: 7, room: 4, slots }, |run| &run.slots, |_| ());
    for _ in 0..GrowSlots::MOST + 10 {
        heap.resized(run.header(), run.slots.push(Value::TRUE) as isize);
    }
    assert_eq!(run.slots.len(), GrowSlots::MOST);
}

#[test]
#[should_panic(expected = "is the last field of its object")]
fn a_run_must_be_the_last_field() {
    let heap = Heap::new(KINDS);
    let type_id = heap.type_id("wrong");
    drop(heap.alloc_grow(type_id, 4, |slots| Wrong { slots, tag: 7 }, |wrong| &wrong.slots, |_| ()));
}
