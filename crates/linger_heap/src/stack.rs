//! A stack that is pushed to while it is being emptied: what a `RefCell` around a vector would be, without its checks.
#![expect(unsafe_code, reason = "the stack is used at each release of an object")]

use std::cell::UnsafeCell;

/// A stack of plain data, written through a shared reference. No reference to its inside is ever handed out.
pub(crate) struct LocalStack<T: Copy>(UnsafeCell<Vec<T>>);

impl<T: Copy> Default for LocalStack<T> {
    fn default() -> LocalStack<T> {
        LocalStack(UnsafeCell::new(Vec::new()))
    }
}

// SAFETY (of every block below): the type is not `Sync`, each method's borrow ends before it returns, and copying plain data
// runs no code that could come back here.
impl<T: Copy> LocalStack<T> {
    #[inline(always)]
    pub fn push(&self, item: T) {
        // SAFETY: see above.
        unsafe { (*self.0.get()).push(item) }
    }

    #[inline(always)]
    pub fn pop(&self) -> Option<T> {
        // SAFETY: see above.
        unsafe { (*self.0.get()).pop() }
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: see above.
        unsafe { (*self.0.get()).len() }
    }

    pub fn get(&self, index: usize) -> Option<T> {
        // SAFETY: see above.
        unsafe { &*self.0.get() }.get(index).copied()
    }
}
