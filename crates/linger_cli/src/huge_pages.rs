//! The program's allocator: the system's, which is told that large pieces of memory may be backed with huge pages.
//!
//! Lists of millions and the regions of a large heap are filled in from end to end. In small pages that is a fault for each four
//! kilobytes, a tenth of the time of a program that builds such a list; in huge pages it is one for two megabytes.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use std::alloc::{GlobalAlloc, Layout, System};

/// The bytes of a huge page, and their alignment. A smaller piece has none.
const HUGE_PAGE_BYTES: usize = 2 << 20;

/// The system's allocator with that advice.
pub struct HugePages;

// SAFETY: all memory comes from the system's allocator and goes back to it.
unsafe impl GlobalAlloc for HugePages {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by the caller's word.
        advised(unsafe { System.alloc(layout) }, layout.size())
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: by the caller's word.
        advised(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        // SAFETY: by the caller's word.
        advised(unsafe { System.realloc(memory, layout, bytes) }, bytes)
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: by the caller's word.
        unsafe { System.dealloc(memory, layout) };
    }
}

/// The same memory, of so many bytes.
#[inline]
fn advised(memory: *mut u8, bytes: usize) -> *mut u8 {
    if bytes >= HUGE_PAGE_BYTES && !memory.is_null() {
        advise(memory, bytes);
    }
    memory
}

/// Tells the system. The small pages at both ends are told of as well: a mapping of which a part is told of is two mappings, which
/// the system's allocator can't grow.
#[cfg(target_os = "linux")]
#[cold]
fn advise(memory: *mut u8, bytes: usize) {
    const PAGE_BYTES: usize = 4 << 10;
    let before = memory.addr() % PAGE_BYTES;
    let bytes = (before + bytes).next_multiple_of(PAGE_BYTES);
    // SAFETY: advice changes nothing in what the memory holds, and nothing at all where it is not taken.
    unsafe { libc::madvise(memory.wrapping_sub(before).cast(), bytes, libc::MADV_HUGEPAGE) };
}

#[cfg(not(target_os = "linux"))]
fn advise(_memory: *mut u8, _bytes: usize) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pieces_are_memory_as_any_other() {
        let layout = Layout::from_size_align(3 * HUGE_PAGE_BYTES + 5, 8).expect("a layout");
        // SAFETY: the memory is used within its size and freed with the layout that it has then.
        unsafe {
            let memory = HugePages.alloc_zeroed(layout);
            assert_eq!((*memory, *memory.add(layout.size() - 1)), (0, 0));
            memory.add(7).write(9);
            let grown = HugePages.realloc(memory, layout, 2 * layout.size());
            assert_eq!(*grown.add(7), 9);
            grown.add(2 * layout.size() - 1).write(1);
            let layout = Layout::from_size_align(2 * layout.size(), 8).expect("a layout");
            HugePages.dealloc(grown, layout);
        }
    }
}
