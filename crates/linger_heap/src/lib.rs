//! Memory of script objects: reference counts, counters by type and by allocation site, weak references,
//! a census that frees nothing, and a cyclic collector.
//!
//! The heap knows no language: an embedder describes its kinds of object with [`Object`] and [`kinds!`], and the heap
//! allocates, counts, traverses and frees them. Freeing is immediate when a count reaches zero, and never recursive.
//! One thread owns a heap; nothing in it is atomic. Large buffers, once emptied, are given back by another thread.

mod alloc;
mod barrier;
mod birth;
mod census;
mod collect;
mod counters;
mod elsewhere;
mod explain;
mod flags;
mod heap;
mod incremental;
mod object;
mod page;
mod pages;
mod plain;
mod prefetch;
mod region;
mod release;
mod slots;
mod stack;
mod tail;
mod teardown;
mod text;
mod trial;
mod value;
mod verify;
mod weak;

pub use census::{Census, Tally};
pub use collect::{CollectionRecord, Finalizer, PhaseNanos, Reason, Unreachable};
pub use counters::{Counters, SiteId, Totals, TypeId};
pub use elsewhere::{Emptied, bytes_elsewhere, drop_elsewhere};
pub use explain::{Cut, Describe, Ease, ExplainOptions, Explanation, Group, Step};
pub use heap::{Heap, Pending};
pub use incremental::{Lingering, PassReason, PassRecord, Phase, Policy, Settings, StepRecord};
pub use object::{Edge, Header, Kind, KindInfo, Object, Pieces, Ref, kind_info};
pub use plain::{append_again, append_clones, clear_backwards, clones, drop_last};
pub use prefetch::prefetch;
pub use slots::{FixedSlots, GrowSlots};
pub use teardown::leaked_heaps;
pub use text::FixedText;
pub use value::{Unpacked, Value, ValueCell};
pub use verify::{ObjectName, VerifyError, VerifyReport};
pub use weak::WeakRef;
