//! The test made at every decrement that leaves an object alive.
//!
//! Two parties want to hear of such a decrement: the log of candidates (an object that lost a reference may have become
//! garbage) and a running pass (a removed reference may have been the only way to an object it has not seen yet). Both are
//! asked by one test of the header's flags against a mask of the thread, which is zero while nobody listens. The mask is
//! the thread's and not the heap's, since finding an object's heap costs more than the test. Knows nothing of what is done
//! with the news (see `incremental`).

use std::cell::Cell;

use crate::heap::Inner;
use crate::object::{Header, flag};
use crate::value::Value;

/// Which flags must have which value for a decrement to be no news, as one number: `expected | listened_to << 8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mask(u16);

impl Mask {
    const NOBODY: Mask = Mask(0);

    /// `logging`: an armed object is news. `marking`: an object whose mark is not `mark` is news.
    pub fn new(logging: bool, marking: Option<u8>) -> Mask {
        let mut mask = if logging { u16::from(flag::ARMED) << 8 } else { 0 };
        if let Some(mark) = marking {
            mask |= u16::from(flag::MARK) << 8 | u16::from(mark & flag::MARK);
        }
        Mask(mask)
    }
}

thread_local! {
    static MASK: Cell<Mask> = const { Cell::new(Mask::NOBODY) };
    static OWNER: Cell<*const Inner> = const { Cell::new(std::ptr::null()) };
}

/// Sets the mask of this thread for one heap. False if another heap listens: two cannot share a mask, and the other keeps it
/// until it ends.
pub(crate) fn listen(heap: *const Inner, mask: Mask) -> bool {
    let owner = OWNER.get();
    if !owner.is_null() && owner != heap {
        return false;
    }
    OWNER.set(heap);
    MASK.set(mask);
    true
}

/// The heap listens no more.
pub(crate) fn stop_listening(heap: *const Inner) {
    if OWNER.get() == heap {
        OWNER.set(std::ptr::null());
        MASK.set(Mask::NOBODY);
    }
}

/// Takes the mask away for as long as the result lives: what happens meanwhile is news to nobody.
pub(crate) fn silence() -> Silence {
    Silence(MASK.replace(Mask::NOBODY))
}

/// See [`silence`].
pub(crate) struct Silence(Mask);

impl Drop for Silence {
    fn drop(&mut self) {
        MASK.set(self.0);
    }
}

/// Whether a pass runs that has not seen the object of `value`, of which a reference leaves its place without a drop.
#[inline(always)]
pub(crate) fn is_unseen(value: &Value) -> bool {
    if cfg!(feature = "barrier") {
        let mask = MASK.get().0;
        let listened = (mask >> 8) as u8 & flag::MARK;
        listened != 0 && value.header().is_some_and(|header| (header.flags.get() ^ mask as u8) & listened != 0)
    } else {
        false
    }
}

/// Whether somebody wants to hear that `header` lost a reference and lives on.
#[inline(always)]
pub(crate) fn is_news(header: &Header) -> bool {
    if cfg!(feature = "barrier") {
        let mask = MASK.get().0;
        (header.flags.get() ^ mask as u8) & (mask >> 8) as u8 != 0
    } else {
        false
    }
}
