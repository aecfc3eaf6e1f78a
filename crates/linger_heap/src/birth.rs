//! What the headers of all objects born at one time have in common. Knows nothing else of headers.

/// What the headers of all objects born now have in common: the first of a header's two words, for an object that can be part of a
/// cycle.
#[derive(Clone, Copy, Default)]
pub(crate) struct Birth(u64);

/// Where the flags begin in a header's first word.
pub(crate) const FLAGS_SHIFT: u32 = 40;

impl Birth {
    /// The count that objects are born with, armed if the collector listens, and the mark.
    pub fn new(word: u32, mark: u8) -> Birth {
        Birth(u64::from(word) | u64::from(mark) << FLAGS_SHIFT)
    }

    /// As the first word of a header; of an object that cannot be part of a cycle, which is born with a plain count.
    #[inline(always)]
    pub fn first_word(self, collectable: bool) -> u64 {
        if collectable { self.0 } else { self.0 >> 32 << 32 }
    }

    /// The same, for other counts.
    pub fn with_word(self, word: u32) -> Birth {
        Birth::new(word, (self.0 >> FLAGS_SHIFT) as u8)
    }

    /// The same, with another mark.
    pub fn with_mark(self, mark: u8) -> Birth {
        Birth::new(self.0 as u32, mark)
    }
}
