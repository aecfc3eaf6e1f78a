//! How long pauses were over the whole session, in a table of fixed size.
//!
//! Buckets grow with the value: each power of two is cut into 32, so that a figure read back is at
//! most 1/32 above the truth, and counts are integers that nothing can spoil.

const SUB_BITS: u32 = 5;
const SUB_COUNT: usize = 1 << SUB_BITS;
const BUCKET_COUNT: usize = (64 - SUB_BITS as usize + 1) * SUB_COUNT;

/// Counts of pauses by length.
#[derive(Clone, Debug)]
pub struct PauseHistogram {
    counts: Vec<u64>,
    total: u64,
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
        Self { counts: vec![0; BUCKET_COUNT], total: 0, max_nanos: 0 }
    }
}

impl PauseHistogram {
    /// Counts one pause.
    pub fn record(&mut self, pause_nanos: u64) {
        self.counts[bucket_of(pause_nanos)] += 1;
        self.total += 1;
        self.max_nanos = self.max_nanos.max(pause_nanos);
    }

    /// How many pauses were counted.
    pub fn count(&self) -> u64 {
        self.total
    }

    /// The longest, exactly.
    pub fn max_nanos(&self) -> u64 {
        self.max_nanos
    }

    /// A length that at least `per_mille` of 1,000 pauses did not exceed: the top of the bucket, but
    /// never more than the longest. 0 when there was no pause.
    pub fn at_per_mille(&self, per_mille: u64) -> u64 {
        let wanted = (u128::from(self.total) * u128::from(per_mille)).div_ceil(1_000).max(1);
        let mut seen = 0_u128;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += u128::from(*count);
            if seen >= wanted {
                return top_of(bucket).min(self.max_nanos);
            }
        }
        self.max_nanos
    }

    /// p50, p99, p99.9 and the longest.
    pub fn figures(&self) -> PauseFigures {
        PauseFigures {
            count: self.total,
            p50_nanos: self.at_per_mille(500),
            p99_nanos: self.at_per_mille(990),
            p999_nanos: self.at_per_mille(999),
            max_nanos: self.max_nanos,
        }
    }

    /// How many pauses were longer than `from_nanos` and at most `to_nanos`, to the resolution of
    /// the buckets: for drawing bars.
    pub fn count_between(&self, from_nanos: u64, to_nanos: u64) -> u64 {
        if to_nanos <= from_nanos {
            return 0;
        }
        let (first, last) = (bucket_of(from_nanos), bucket_of(to_nanos));
        self.counts[first..last].iter().sum()
    }

    pub(crate) fn clear(&mut self) {
        self.counts.fill(0);
        self.total = 0;
        self.max_nanos = 0;
    }
}

/// Values under 32 have a bucket each; above, the leading five bits after the highest choose it.
fn bucket_of(value: u64) -> usize {
    let magnitude = value.checked_ilog2().unwrap_or(0);
    if magnitude < SUB_BITS {
        return value as usize;
    }
    let shift = magnitude - SUB_BITS;
    (shift as usize + 1) * SUB_COUNT + ((value >> shift) as usize - SUB_COUNT)
}

/// The highest value of a bucket.
fn top_of(bucket: usize) -> u64 {
    if bucket < SUB_COUNT {
        return bucket as u64;
    }
    let shift = bucket / SUB_COUNT - 1;
    let lead = (bucket % SUB_COUNT + SUB_COUNT) as u64;
    (lead << shift) | ((1_u64 << shift) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_a_bucket_whose_top_is_near() {
        let probes = (0..64).flat_map(|bit| {
            let power = 1_u64 << bit;
            [power - 1, power, power + power / 3, power + power / 2]
        });
        for value in probes.chain([u64::MAX]) {
            let top = top_of(bucket_of(value));
            assert!(top >= value, "{value} is above its bucket's top {top}");
            assert!(top - value <= value / 32, "{value} is far from its bucket's top {top}");
        }
        assert_eq!(bucket_of(u64::MAX), BUCKET_COUNT - 1);
    }

    #[test]
    fn figures_match_a_sorted_list_within_a_thirty_second() {
        let mut histogram = PauseHistogram::default();
        for micros in 1..=10_000_u64 {
            histogram.record(micros * 1_000);
        }
        let PauseFigures { count, p50_nanos, p99_nanos, p999_nanos, max_nanos } = histogram.figures();
        assert_eq!((count, max_nanos), (10_000, 10_000_000));
        for (figure, truth) in [(p50_nanos, 5_000_000), (p99_nanos, 9_900_000), (p999_nanos, 9_990_000)] {
            assert!(figure >= truth && figure <= truth + truth / 32, "{figure} for {truth}");
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
