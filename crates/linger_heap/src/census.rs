//! The census: what lingers, by type and by site, without freeing any of it.
//!
//! Counts only candidates (objects that can be part of a cycle), as CPython's collector does, so the figures compare.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::collect::Unreachable;
use crate::counters::{SiteId, TypeId};
use crate::heap::Heap;
use crate::value::Value;

/// A number of objects and their bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Objects.
    pub objects: u64,
    /// Bytes of their slots and of what they own besides.
    pub bytes: u64,
}

impl Tally {
    /// Counts one more object.
    pub fn add(&mut self, bytes: usize) {
        self.objects += 1;
        self.bytes += bytes as u64;
    }
}

/// What lingers at one moment.
#[derive(Debug, Default)]
pub struct Census {
    /// All that lingers.
    pub lingering: Tally,
    /// The same by type.
    pub by_type: BTreeMap<TypeId, Tally>,
    /// The same by allocation site.
    pub by_site: BTreeMap<SiteId, Tally>,
    /// All candidates, alive or lingering.
    pub examined: u64,
    /// How long the census took, in nanoseconds.
    pub census_nanos: u64,
}

impl Heap {
    /// Counts what lingers now, exactly. Frees nothing and runs nothing.
    pub fn census(&self) -> Census {
        let start = Instant::now();
        let unreachable = self.find_unreachable();
        let mut census = Census::of(&unreachable);
        census.census_nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        census
    }
}

impl Census {
    /// The census of a set of garbage that was found already.
    pub fn of(unreachable: &Unreachable) -> Census {
        let mut census = Census { examined: unreachable.examined, ..Census::default() };
        for header in unreachable.objects.iter().filter_map(Value::header) {
            let bytes = header.bytes();
            census.lingering.add(bytes);
            census.by_type.entry(header.type_id()).or_default().add(bytes);
            census.by_site.entry(header.site()).or_default().add(bytes);
        }
        census
    }
}
