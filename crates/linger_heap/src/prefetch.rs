//! Asking for memory ahead of time: on a large heap, waiting for it is most of a collector's work.
#![expect(unsafe_code, reason = "the instruction takes any address, and reads nothing that could fault")]

/// Has the memory at `address` brought near, if the processor can. Any address will do; nothing is read.
#[inline(always)]
pub fn prefetch<T>(address: *const T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch of any address is allowed, and every processor of this architecture has it.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(address.cast()) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// The same for an object's header and what follows it.
#[inline(always)]
pub(crate) fn prefetch_object(header: *const crate::object::Header) {
    prefetch(header);
    // Most objects end in the line after the header's at the latest.
    prefetch(header.wrapping_byte_add(48));
}
