//! The news that an object lost a reference and lives on.
//!
//! Two parties want to hear of it: the log of candidates (an object that lost a reference may have become garbage) and a
//! running pass (a removed reference may have been the only way to an object that it has not seen yet). Either wants it once,
//! so an object is *armed* while its next loss is news, and disarmed when that was heard. Being armed is part of the word
//! that holds the count, and makes it negative; as does the last decrement (see [`Header::decrement`]). So the one jump that
//! every decrement needs anyway, to free the object, decides this as well, and a heap to which nobody listens pays nothing:
//! its objects are born disarmed.
//!
//! What must be armed, and when, is in `incremental`. Knows nothing of what is done with the news.
#![expect(unsafe_code, reason = "the last count of an object is handed on by its address")]

use std::cell::Cell;
use std::ptr::NonNull;

use crate::incremental::lost_reference;
use crate::object::Header;
use crate::release::release;
use crate::value::Value;

/// While the result lives, what happens to references is news to nobody.
pub(crate) fn silence(silent: &Cell<bool>) -> Silence<'_> {
    Silence { silent, before: silent.replace(true) }
}

/// See [`silence`].
pub(crate) struct Silence<'a> {
    silent: &'a Cell<bool>,
    before: bool,
}

impl Drop for Silence<'_> {
    fn drop(&mut self) {
        self.silent.set(self.before);
    }
}

/// Whether a pass may run that has not seen the object of `value`, of which a reference leaves its place without a drop: what
/// a pass has not seen is armed.
#[inline(always)]
pub(crate) fn may_be_unseen(value: &Value) -> bool {
    cfg!(feature = "barrier") && value.header().is_some_and(Header::is_armed)
}

/// The decrement of the object's count said that it was the last, or that it is news.
///
/// # Safety
/// The object is whole; if its count is zero, nothing refers to it.
#[inline(never)]
pub(crate) unsafe fn last_or_lost(header: NonNull<Header>) {
    // SAFETY: by the caller's word.
    let object = unsafe { header.as_ref() };
    if !cfg!(feature = "barrier") || object.count() == 0 {
        object.disarm_dead();
        // SAFETY: by the caller's word.
        unsafe { release(header) }
    } else {
        lost_reference(object);
    }
}
