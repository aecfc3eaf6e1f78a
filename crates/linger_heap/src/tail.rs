//! What lies behind an object in its own slot: found from the last field of the object, so that no address of it is kept.
//!
//! The heap, which makes such objects, checks that the field is the last one ([`check_last`]).
#![expect(unsafe_code, reason = "an address is computed that no Rust type describes")]

use std::ptr::NonNull;

use crate::object::Block;

/// The address behind `last`, the last field of an object. Pages expose the provenance of their memory (`Page::new`), so that
/// it may be used for all of the slot.
#[inline(always)]
pub(crate) fn behind<T, V>(last: &T) -> NonNull<V> {
    let address = std::ptr::from_ref(last) as usize + size_of::<T>();
    // SAFETY: the field lies in an object, whose address is not zero.
    unsafe { NonNull::new_unchecked(std::ptr::with_exposed_provenance_mut(address)) }
}

/// Stops if `last` is not the last field of the object in `block`: what lies behind it would be part of the object then.
/// Costs nothing: the compiler knows both addresses.
///
/// # Safety
/// The body of the block is written.
#[inline(always)]
pub(crate) unsafe fn check_last<T, V>(block: NonNull<Block<T>>, last: impl FnOnce(&T) -> &V) {
    // SAFETY: by the caller's word.
    let field = unsafe { last(&(*block.as_ptr()).body) };
    // SAFETY: the end of a block lies in its slot, or at its end.
    let end = unsafe { block.add(1) };
    // Not `assert_eq`, which has the addresses written to memory to be shown.
    assert!(behind::<V, u8>(field) == end.cast(), "the part with a tail is the last field of its object");
}
