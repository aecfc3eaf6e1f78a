//! Benchmarks: a load of script-like objects on the bare heap, and the clocks to measure it by.
//!
//! Knows no script: what is measured here is the heap and its collector.

pub mod clock;
pub mod control;
pub mod kinds;
pub mod load;
