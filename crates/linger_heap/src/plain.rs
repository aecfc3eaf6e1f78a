//! Runs of values that are dropped a piece at a time: what refers to no object needs no drop, and is passed over many at a time.
//!
//! Knows nothing of objects, nor who holds the run.
#![expect(unsafe_code, reason = "values that need no drop are forgotten by setting a length")]

use std::cell::RefCell;

use crate::value::Value;

/// So many plain values are passed over in one piece: the memory that they lie in is all that there is to wait for.
const MOST_PLAIN: usize = 4096;
/// So many are looked at together.
const TOGETHER: usize = 64;

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
