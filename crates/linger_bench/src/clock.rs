//! Wall time and processor time of one stretch of work, what the system did meanwhile, and percentiles of many.

use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds that the calling thread has spent on a processor.
pub fn thread_nanos() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Wall nanoseconds and processor nanoseconds of `work`, and its result.
pub fn timed<T>(work: impl FnOnce() -> T) -> (u64, u64, T) {
    let (wall, processor) = (Instant::now(), thread_nanos());
    let result = work();
    (wall.elapsed().as_nanos() as u64, thread_nanos() - processor, result)
}

/// What the system has done to a thread. Nothing where it does not say. How it divides processor time between the program and
/// itself is not among this: many systems only guess it, a hundred times a second.
#[derive(Debug, Default, Clone, Copy)]
pub struct Disturbed {
    /// Pages that were asked for and not there, but in memory or to be filled with zeros.
    pub minor_faults: u64,
    /// Pages that had to be read from a disk.
    pub major_faults: u64,
    /// How often the processor was taken away.
    pub switches: u64,
}

impl Disturbed {
    /// Of the calling thread, since it began.
    pub fn so_far() -> Disturbed {
        #[cfg(target_os = "linux")]
        if let Ok(usage) = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_THREAD) {
            return Disturbed {
                minor_faults: usage.minor_page_faults() as u64,
                major_faults: usage.major_page_faults() as u64,
                switches: usage.involuntary_context_switches() as u64,
            };
        }
        Disturbed::default()
    }

    /// Of the calling thread, since `before`.
    pub fn since(before: Disturbed) -> Disturbed {
        let now = Disturbed::so_far();
        Disturbed {
            minor_faults: now.minor_faults - before.minor_faults,
            major_faults: now.major_faults - before.major_faults,
            switches: now.switches - before.switches,
        }
    }
}

/// Pauses, in nanoseconds.
#[derive(Debug, Default, Clone)]
pub struct Pauses(Vec<u64>);

impl Pauses {
    /// None yet, with memory for `count` that is the process's already: what is measured must not look like what grows.
    pub fn with_room(count: usize) -> Pauses {
        Pauses(touched(count))
    }

    /// Adds one.
    pub fn push(&mut self, nanos: u64) {
        self.0.push(nanos);
    }

    /// The smallest pause that `share` of all do not exceed, in microseconds.
    pub fn quantile_micros(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(place.saturating_sub(1)).map_or(0.0, |nanos| *nanos as f64 / 1000.0)
    }

    /// The longest, in microseconds.
    pub fn max_micros(&self) -> f64 {
        self.0.iter().max().map_or(0.0, |nanos| *nanos as f64 / 1000.0)
    }

    /// As the contract's object of percentiles.
    pub fn json(&self) -> String {
        let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|share| self.quantile_micros(share));
        format!(r#"{{"p50": {p50:.1}, "p99": {p99:.1}, "p999": {p999:.1}, "max": {:.1}}}"#, self.max_micros())
    }
}

/// An empty list with memory for `count` numbers that was written to.
pub fn touched(count: usize) -> Vec<u64> {
    let mut list = vec![1; count];
    list.clear();
    list
}

/// Bytes of this process in memory; zero where the system does not say.
pub fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}
