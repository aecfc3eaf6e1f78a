//! Counters of objects, by type and by the place that allocated them.
//!
//! Holds the accounting identity, and does not know what a type or a place is beyond its name.

use std::fmt;

/// Objects and the bytes they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    /// How many.
    pub objects: u64,
    /// Their size together.
    pub bytes: u64,
}

/// The life of the objects of one type, or of one place, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Objects ever made.
    pub allocated: u64,
    /// Objects that went when their reference count fell to zero.
    pub freed_by_count: u64,
    /// Objects that only the collector could free.
    pub freed_by_collector: u64,
    /// Objects there now, lingering ones included.
    pub live: u64,
    /// The bytes of the live ones.
    pub bytes: u64,
}

impl Counts {
    /// Whether `allocated = freed_by_count + freed_by_collector + live` holds.
    pub fn identity_holds(&self) -> bool {
        self.accounted() == Some(self.allocated)
    }

    fn accounted(&self) -> Option<u64> {
        self.freed_by_count.checked_add(self.freed_by_collector)?.checked_add(self.live)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        let Self { allocated, freed_by_count, freed_by_collector, live, bytes } = other;
        self.allocated += allocated;
        self.freed_by_count += freed_by_count;
        self.freed_by_collector += freed_by_collector;
        self.live += live;
        self.bytes += bytes;
    }
}

/// What became of a row since a mark was set. Live and lingering objects may have become fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Change {
    /// Objects made since.
    pub allocated: u64,
    /// Live objects more, or fewer.
    pub live: i64,
    /// Live bytes more, or fewer.
    pub bytes: i64,
    /// Lingering objects more, or fewer.
    pub lingering_objects: i64,
}

impl Change {
    pub(crate) fn between(before: (Counts, Tally), now: (Counts, Tally)) -> Self {
        Self {
            allocated: now.0.allocated.saturating_sub(before.0.allocated),
            live: difference(now.0.live, before.0.live),
            bytes: difference(now.0.bytes, before.0.bytes),
            lingering_objects: difference(now.1.objects, before.1.objects),
        }
    }
}

/// `now - before`, signed; counters of a real heap are far from the bounds.
pub(crate) fn difference(now: u64, before: u64) -> i64 {
    i64::try_from(i128::from(now) - i128::from(before)).unwrap_or(i64::MAX)
}

/// The objects of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeRow {
    /// The type's name, as the script's language says it.
    pub name: String,
    /// Their counters.
    pub counts: Counts,
    /// Those that linger, as of the last census.
    pub lingering: Tally,
}

/// The objects that one line of a script allocated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteRow {
    /// The script's file name.
    pub file: String,
    /// The line, from 1; 0 where it isn't known.
    pub line: u32,
    /// Their counters.
    pub counts: Counts,
    /// Those that linger, as of the last census.
    pub lingering: Tally,
}

impl fmt::Display for SiteRow {
    /// `celltest.py:3`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

/// A row whose counters contradict each other: the heap's books are wrong, or were read halfway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountingError {
    /// The type that doesn't add up.
    pub name: String,
    /// Its counters.
    pub counts: Counts,
}

impl fmt::Display for AccountingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, counts } = self;
        write!(
            formatter,
            "{name}: {} allocated, but {} freed by count + {} freed by the collector + {} live",
            counts.allocated, counts.freed_by_count, counts.freed_by_collector, counts.live
        )
    }
}

impl std::error::Error for AccountingError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_holds_only_when_the_books_balance() {
        let mut counts = Counts { allocated: 10, freed_by_count: 5, freed_by_collector: 2, live: 3, bytes: 96 };
        assert!(counts.identity_holds());
        counts.live = 4;
        assert!(!counts.identity_holds());
    }

    #[test]
    fn an_overflowing_sum_does_not_balance() {
        let counts = Counts { allocated: 1, freed_by_count: u64::MAX, freed_by_collector: 1, live: 1, bytes: 0 };
        assert!(!counts.identity_holds());
    }

    #[test]
    fn a_change_may_be_negative() {
        let before = Counts { allocated: 8, live: 8, bytes: 80, ..Counts::default() };
        let now = Counts { allocated: 9, live: 2, bytes: 20, ..Counts::default() };
        let change = Change::between((before, Tally { objects: 6, bytes: 60 }), (now, Tally::default()));
        let expected = Change { allocated: 1, live: -6, bytes: -60, lingering_objects: -6 };
        assert_eq!(change, expected);
    }
}
