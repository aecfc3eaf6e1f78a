//! Two stores of bounded size that never allocate after they were made: the latest, and the worst.

use std::collections::VecDeque;

/// The latest values, up to a capacity.
#[derive(Clone, Debug)]
pub struct Ring<T> {
    values: VecDeque<T>,
    capacity: usize,
}

impl<T> Ring<T> {
    /// A ring that keeps `capacity` values (at least one).
    pub fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self { values: VecDeque::with_capacity(capacity), capacity }
    }

    /// Adds the latest value; the oldest goes when the ring is full.
    pub fn push(&mut self, value: T) {
        if self.values.len() == self.capacity {
            self.values.pop_front();
        }
        self.values.push_back(value);
    }

    /// How many values are kept now.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether none is kept yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many values can be kept.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// The latest value.
    pub fn latest(&self) -> Option<&T> {
        self.values.back()
    }

    /// From the oldest to the latest; reversible.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.values.iter()
    }

    /// The latest `count` values, the oldest of them first.
    pub fn last(&self, count: usize) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.values.range(self.values.len().saturating_sub(count)..)
    }

    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.values.iter_mut()
    }

    pub(crate) fn clear(&mut self) {
        self.values.clear();
    }
}

/// The values that were worst of all, worst first, up to a capacity: a spike survives here after the
/// ring has forgotten it.
#[derive(Clone, Debug)]
pub struct Worst<T> {
    values: Vec<(u64, T)>,
    capacity: usize,
}

impl<T> Worst<T> {
    /// A store that keeps `capacity` values (at least one).
    pub fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self { values: Vec::with_capacity(capacity), capacity }
    }

    /// Offers a value; it is kept if it is among the worst. Of equals, the older stays.
    pub fn offer(&mut self, badness: u64, value: T) {
        let place = self.values.partition_point(|(kept, _)| *kept >= badness);
        if place == self.capacity {
            return;
        }
        if self.values.len() == self.capacity {
            self.values.pop();
        }
        self.values.insert(place, (badness, value));
    }

    /// The worst of all.
    pub fn worst(&self) -> Option<&T> {
        self.values.first().map(|(_, value)| value)
    }

    /// From the worst on.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.values.iter().map(|(_, value)| value)
    }

    pub(crate) fn clear(&mut self) {
        self.values.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_keeps_the_latest_without_growing() {
        let mut ring = Ring::new(3);
        let allocated = ring.values.capacity();
        for value in 0..10 {
            ring.push(value);
        }
        assert_eq!(ring.iter().copied().collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!(ring.last(2).copied().collect::<Vec<_>>(), [8, 9]);
        assert_eq!(ring.last(99).len(), 3);
        assert_eq!(ring.latest(), Some(&9));
        assert_eq!(ring.values.capacity(), allocated);
    }

    #[test]
    fn the_worst_are_kept_in_order_without_growing() {
        let mut worst = Worst::new(3);
        let allocated = worst.values.capacity();
        for badness in [5, 1, 9, 7, 2, 9] {
            worst.offer(badness, badness);
        }
        assert_eq!(worst.iter().copied().collect::<Vec<_>>(), [9, 9, 7]);
        assert_eq!(worst.worst(), Some(&9));
        assert_eq!(worst.values.capacity(), allocated);
    }

    #[test]
    fn of_equals_the_older_stays() {
        let mut worst = Worst::new(1);
        worst.offer(4, "old");
        worst.offer(4, "new");
        assert_eq!(worst.worst(), Some(&"old"));
    }

    #[test]
    fn a_capacity_of_none_is_one() {
        let mut ring = Ring::new(0);
        ring.push('a');
        ring.push('b');
        assert_eq!(ring.latest(), Some(&'b'));
        assert_eq!(ring.len(), 1);
    }
}
