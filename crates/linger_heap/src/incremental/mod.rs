//! The collector that works a slice a frame.

use crate::heap::Heap;
use crate::object::Header;
use crate::value::Value;

/// The state of the incremental collector of one heap.
#[derive(Default)]
pub(crate) struct Incremental {}

impl Incremental {
    pub fn is_sweeping(&self) -> bool {
        false
    }

    /// An object that is known to linger is about to be freed.
    pub fn forget_lingering(&self, _header: &Header) {}

    /// Calls `visit` for the values that the collector itself holds.
    pub fn each_held(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Slots of freed objects that are not given back because the collector still has their addresses.
    pub fn slots_kept(&self) -> u64 {
        0
    }

    /// Whether a new reference may be made to an object that nothing else may reach.
    pub fn may_bring_back(&self, _header: &Header) -> bool {
        true
    }
}

/// `header` lost a reference, lives on, and somebody wants to hear of it.
#[cold]
pub(crate) fn lost_reference(_header: &Header) {}

impl Heap {
    /// Nobody on this thread hears of lost references to objects of this heap any more.
    pub(crate) fn stop_listening(&self) {}
}
