//! Runs of values that are cloned, dropped, or dropped a piece at a time: what refers to no object needs no count and no drop, and is
//! passed over many at a time.
//!
//! Knows nothing of objects, nor who holds the run.
#![expect(unsafe_code, reason = "values that need no count are copied as they are, and forgotten by setting a length")]

use std::cell::RefCell;

use crate::value::Value;

/// So many plain values are passed over in one piece: the memory that they lie in is all that there is to wait for.
const MOST_PLAIN: usize = 4096;
/// So many are looked at together.
const TOGETHER: usize = 64;
/// So many where they are cloned or dropped at once.
pub(crate) const FEW: usize = 8;

/// How many of the last values, about [`MOST_PLAIN`] at most, refer to no object.
pub(crate) fn plain_at_end(values: &[Value]) -> usize {
    let mut plain = 0;
    while plain < MOST_PLAIN {
        let Some(chunk) = values[..values.len() - plain].last_chunk::<TOGETHER>() else { break };
        if Value::any_object(chunk) {
            break;
        }
        plain += TOGETHER;
    }
    plain
}

/// Drops about `limit` of the last values that refer to objects, and plain ones on the way, and says whether some are left. The list
/// keeps its size.
pub fn drop_last(values: &RefCell<Vec<Value>>, limit: usize) -> bool {
    for _ in 0..limit {
        // It is dropped when the list is not borrowed any more.
        let last = {
            let mut values = values.borrow_mut();
            let plain = plain_at_end(&values);
            let left = values.len() - plain;
            // SAFETY: fewer values than there are; those at the end need no drop.
            unsafe { values.set_len(left) };
            if plain > 0 {
                return left > 0;
            }
            values.pop()
        };
        if last.is_none() {
            return false;
        }
    }
    !values.borrow().is_empty()
}

/// Whether eight values refer to no object. Most runs are of one kind, so the last one tells already.
#[inline(always)]
fn are_plain(few: &[Value; FEW]) -> bool {
    !few[FEW - 1].is_object() && !Value::any_object(few)
}

/// Clones of values.
pub fn clones(values: &[Value]) -> Vec<Value> {
    let mut clones = Vec::with_capacity(values.len());
    append_clones(&mut clones, values);
    clones
}

/// Appends clones of values.
pub fn append_clones(values: &mut Vec<Value>, more: &[Value]) {
    values.reserve(more.len());
    let len = values.len();
    // SAFETY: there is room for so many, and all of them are written.
    unsafe {
        write_clones(values.as_mut_ptr().add(len), more);
        values.set_len(len + more.len());
    }
}

/// Appends clones of the first `count` values again, or of all if there are fewer.
pub fn append_again(values: &mut Vec<Value>, count: usize) {
    let len = values.len();
    let count = count.min(len);
    values.reserve(count);
    // SAFETY: as above; what is read lies before what is written.
    unsafe {
        let first = values.as_mut_ptr();
        write_clones(first.add(len), std::slice::from_raw_parts(first, count));
        values.set_len(len + count);
    }
}

/// Writes clones of values from `place` on.
///
/// # Safety
/// There is room for them, which is no part of `values` and holds nothing that is to be dropped.
pub(crate) unsafe fn write_clones(mut place: *mut Value, values: &[Value]) {
    let (chunks, rest) = values.as_chunks::<FEW>();
    // SAFETY: by the caller's word. Plain values may be copied as they are.
    unsafe {
        for few in chunks {
            if are_plain(few) {
                std::ptr::copy_nonoverlapping(few.as_ptr(), place, FEW);
            } else {
                (0..FEW).for_each(|index| place.add(index).write(few[index].clone()));
            }
            place = place.add(FEW);
        }
        for value in rest {
            place.write(value.clone());
            place = place.add(1);
        }
    }
}

/// Drops values from the last to the first, as CPython frees the items of lists and tuples: scripts see the order of finalizers.
pub fn clear_backwards(values: &mut Vec<Value>) {
    let len = values.len();
    // SAFETY: the values are no longer the list's.
    unsafe {
        values.set_len(0);
        drop_backwards(values.as_mut_ptr(), len);
    }
}

/// The same of a run, which is not worth the while of a short one.
///
/// # Safety
/// The values from `first` on are the caller's, who does not look at them any more.
#[inline(never)]
pub(crate) unsafe fn drop_backwards(first: *mut Value, len: usize) {
    let mut left = len;
    // SAFETY: by the caller's word. Plain values need no drop.
    unsafe {
        while left >= FEW {
            left -= FEW;
            let few = first.add(left);
            if !are_plain(&*few.cast()) {
                (0..FEW).rev().for_each(|index| std::ptr::drop_in_place(few.add(index)));
            }
        }
        (0..left).rev().for_each(|index| std::ptr::drop_in_place(first.add(index)));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::heap::Heap;
    use crate::value::ValueCell;
    use crate::weak::WeakRef;

    #[test]
    fn objects_are_found_wherever_they_stand() {
        let heap = Heap::new(&[]);
        let target = heap.type_id("weakref");
        let plain = || -> Vec<Value> {
            let some = [Value::EMPTY, Value::NONE, Value::TRUE, Value::float(-1.5), Value::float(f64::NAN)];
            let ints = [-1, 0, 1, Value::MAX_INT, Value::MIN_INT].map(|int| Value::small_int(int).expect("fits"));
            (0..20).flat_map(|_| some.iter().chain(&ints).cloned()).collect()
        };
        assert_eq!(plain_at_end(&plain()), 200 / TOGETHER * TOGETHER);
        // Any object will do: a weak reference to nothing.
        let nothing = WeakRef { target: Cell::new(0), callback: ValueCell::default(), hash: Cell::new(None) };
        let object = heap.alloc(target, nothing).into_value();
        for place in 0..200 {
            let mut values = plain();
            values[place] = object.clone();
            assert!(plain_at_end(&values) < 200 - place, "{place}");
            let mut copies = clones(&values);
            append_again(&mut copies, 150);
            assert!(copies.iter().zip(values.iter().chain(&values)).all(|(copy, value)| copy.is(value)), "{place}");
            assert_eq!(copies.len(), 350);
            let counted = if place < 150 { 3 } else { 2 };
            assert_eq!(values[place].header().map(|header| header.count()), Some(1 + counted), "{place}");
            clear_backwards(&mut copies);
            assert_eq!(values[place].header().map(|header| header.count()), Some(2), "{place}");
            let values = RefCell::new(values);
            let mut pieces = 1;
            while drop_last(&values, 7) {
                pieces += 1;
            }
            assert!(pieces < 200);
            assert_eq!(object.header().map(|header| header.count()), Some(1), "{place}");
        }
    }
}
