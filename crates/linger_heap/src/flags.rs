//! The bits in a header: what is set by whom is said beside each. Knows nothing of the header.

pub(crate) mod flag {
    //! The bits of a header's flags.
    /// A candidate of census and collection.
    pub const TRACKED: u8 = 1;
    /// A weak reference looks at the object.
    pub const WEAKLY_REFERENCED: u8 = 2;
    /// The embedder wants to hear before the object is freed.
    pub const FINALIZABLE: u8 = 4;
    /// The embedder has been told.
    pub const FINALIZED: u8 = 8;
    /// Left out of collections: it existed when the heap was frozen.
    pub const FROZEN: u8 = 16;
    /// Taken out of what was found, for a finalizer that could touch it. May stay for long after it.
    pub const TOUCHED: u8 = 32;
    /// The mark of passes: the object was seen if this bit is the pass's.
    pub const MARK: u8 = 64;
    /// The count fell to zero because the collector dropped a reference.
    pub const BY_COLLECTOR: u8 = 128;
    /// Any of these makes the release of the object take the long way.
    pub const RELEASE_SLOWLY: u8 = WEAKLY_REFERENCED | FINALIZABLE;
}

pub(crate) mod state {
    //! The bits of a header's state, which the collector alone looks at. The rest is the frame of birth.
    /// Seen by the pass that runs, and not yet traversed.
    pub const GREY: u32 = 1 << 31;
    /// Known to linger.
    pub const LINGERING: u32 = 1 << 30;
    /// In the set of a trial deletion; the frame of birth is replaced by the place in that set meanwhile.
    pub const IN_SET: u32 = 1 << 29;
    /// Counted as freed already, while its references are dropped a few at a time.
    pub const DYING: u32 = 1 << 28;
    /// Grey, but the stack of grey objects had no room.
    pub const UNQUEUED: u32 = 1 << 27;
    /// In a log of candidates.
    pub const LOGGED: u32 = 1 << 26;
    /// Freed, save that the slot stays until the stack of grey objects or the log comes to its address.
    pub const DEAD: u32 = 1 << 25;
    /// Counted as a part of the one object that holds it.
    pub const PART: u32 = 1 << 24;
    /// Holds a part.
    pub const HAS_PART: u32 = 1 << 23;
    /// Any of these says that the collector must hear when the object is freed, or has a part in it.
    pub const KNOWN_TO_COLLECTOR: u32 = GREY | LINGERING | IN_SET | DYING | UNQUEUED | LOGGED | DEAD;
    /// Of a found object, which of two generations it was found in: that which is drained, or the next. No found object dies
    /// before it is taken out of what is found.
    pub const GENERATION: u32 = DYING;
    /// Dying, and without references. No object is dying and in a set.
    pub const EMPTIED: u32 = IN_SET;
    /// The frame of birth, or the place in a set.
    pub const NUMBER: u32 = HAS_PART - 1;
}
