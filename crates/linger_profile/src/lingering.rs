//! Objects that nothing reaches and nothing freed: how many there are, and in which cycles.
//!
//! Knows no census: only what one says when it is done.

/// How many objects linger, as an interval that may be a single number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LingeringFigure {
    /// At least so many objects.
    pub low_objects: u64,
    /// At most so many objects.
    pub high_objects: u64,
    /// At least so many bytes.
    pub low_bytes: u64,
    /// At most so many bytes.
    pub high_bytes: u64,
    /// Whether it is known to be exact, rather than an interval that happens to be narrow.
    pub exact: bool,
    /// The frame at whose end it was true; older than the sample's own where no census was taken.
    pub as_of_frame: u64,
    /// Whatever lingered at the end of this frame is in the lower figures; `None` before all was looked at once.
    pub complete_to_frame: Option<u64>,
}

impl LingeringFigure {
    /// One exact number.
    pub fn exact(objects: u64, bytes: u64, as_of_frame: u64) -> Self {
        Self {
            low_objects: objects,
            high_objects: objects,
            low_bytes: bytes,
            high_bytes: bytes,
            exact: true,
            as_of_frame,
            complete_to_frame: Some(as_of_frame),
        }
    }
}

/// Lingering objects that are alike: same types, same sites, same edges in their shortest cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LingeringGroup {
    /// What makes groups of different times the same group.
    pub fingerprint: u64,
    /// Objects in the group, culprits and victims.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The shortest cycle, spelled out: `["function listiter", "closure", "cell \"listiter\""]`.
    pub cycle: Vec<String>,
    /// Where the cycle was made: `celltest.py:3`.
    pub site: String,
    /// The one edge that, cut, frees the most; empty where none was found.
    pub cut: String,
    /// That edge as whoever wrote the script knows it: `variable listiter`, `Enemy.target`; empty where it is not known.
    pub cut_reference: String,
    /// How long the oldest of them has lingered.
    pub age_frames: u64,
    /// How many of the objects came after the last mark; the profile fills it in.
    pub new_since_mark: u64,
    /// Objects that are themselves in a cycle.
    pub culprits: u64,
    /// Objects that are in none, and are merely held by one that is.
    pub victims: u64,
}
