//! How long pauses were over the whole session, in a table of fixed size.
//!
//! The table is hdrhistogram's: figures read back are at most a hundredth off, counts are integers that
//! nothing can spoil, and nothing is allocated after it is made.

use hdrhistogram::Histogram;

/// Pauses longer than this are counted as this long: nobody plays through an hour's pause.
const LONGEST_NANOS: u64 = 3_600_000_000_000;
/// Decimal digits that a figure read back is true to.
const DIGITS: u8 = 2;

/// Counts of pauses by length.
#[derive(Clone, Debug)]
pub struct PauseHistogram {
    counts: Histogram<u64>,
    max_nanos: u64,
}

/// The figures that a person compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PauseFigures {
    /// How many pauses there were.
    pub count: u64,
    /// Half were at most this long.
    pub p50_nanos: u64,
    /// 99 of 100 were at most this long.
    pub p99_nanos: u64,
    /// 999 of 1,000 were at most this long.
    pub p999_nanos: u64,
    /// None was longer.
    pub max_nanos: u64,
}

impl Default for PauseHistogram {
    fn default() -> Self {
        let counts = Histogram::new_with_bounds(1, LONGEST_NANOS, DIGITS);
        Self { counts: counts.expect("the bounds are constants that hdrhistogram takes"), max_nanos: 0 }
    }
}

impl PauseHistogram {
    /// Counts one pause.
    pub fn record(&mut self, pause_nanos: u64) {
        self.counts.saturating_record(pause_nanos);
        self.max_nanos = self.max_nanos.max(pause_nanos);
    }

    /// How many pauses were counted.
    pub fn count(&self) -> u64 {
        self.counts.len()
    }

    /// The longest, exactly.
    pub fn max_nanos(&self) -> u64 {
        self.max_nanos
    }

    /// A length that at least `per_mille` of 1,000 pauses did not exceed: the top of the bucket, but
    /// never more than the longest. 0 when there was no pause.
    pub fn at_per_mille(&self, per_mille: u64) -> u64 {
        self.counts.value_at_quantile(per_mille as f64 / 1_000.0).min(self.max_nanos)
    }

    /// p50, p99, p99.9 and the longest.
    pub fn figures(&self) -> PauseFigures {
        PauseFigures {
            count: self.count(),
            p50_nanos: self.at_per_mille(500),
            p99_nanos: self.at_per_mille(990),
            p999_nanos: self.at_per_mille(999),
            max_nanos: self.max_nanos,
        }
    }

    /// How many pauses were at least `from_nanos` long and shorter than `to_nanos`, to the resolution of
    /// the buckets: for drawing bars.
    pub fn count_between(&self, from_nanos: u64, to_nanos: u64) -> u64 {
        match to_nanos.checked_sub(1).filter(|last| *last >= from_nanos) {
            Some(last) => self.counts.count_between(from_nanos, last),
            None => 0,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.counts.reset();
        self.max_nanos = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_match_a_sorted_list_within_a_hundredth() {
        let mut histogram = PauseHistogram::default();
        for micros in 1..=10_000_u64 {
            histogram.record(micros * 1_000);
        }
        let PauseFigures { count, p50_nanos, p99_nanos, p999_nanos, max_nanos } = histogram.figures();
        assert_eq!((count, max_nanos), (10_000, 10_000_000));
        for (figure, truth) in [(p50_nanos, 5_000_000), (p99_nanos, 9_900_000), (p999_nanos, 9_990_000)] {
            assert!(figure >= truth && figure <= truth + truth / 100, "{figure} for {truth}");
        }
    }

    #[test]
    fn no_pauses_are_zero_and_one_is_itself() {
        let mut histogram = PauseHistogram::default();
        assert_eq!(histogram.figures(), PauseFigures::default());
        histogram.record(1_234_567);
        let figures = histogram.figures();
        assert_eq!(figures.p50_nanos, 1_234_567);
        assert_eq!(figures.p999_nanos, 1_234_567);
    }

    #[test]
    fn a_pause_of_any_length_is_counted() {
        let mut histogram = PauseHistogram::default();
        for nanos in [0, u64::MAX] {
            histogram.record(nanos);
        }
        assert_eq!((histogram.count(), histogram.max_nanos()), (2, u64::MAX));
    }

    #[test]
    fn ranges_partition_the_pauses() {
        let mut histogram = PauseHistogram::default();
        for nanos in [10, 2_000, 3_000, 5_000, 900_000] {
            histogram.record(nanos);
        }
        let edges = [0, 1_024, 4_096, 1 << 30];
        let bars: Vec<u64> = edges.windows(2).map(|edge| histogram.count_between(edge[0], edge[1])).collect();
        assert_eq!(bars, [1, 2, 2]);
    }
}
