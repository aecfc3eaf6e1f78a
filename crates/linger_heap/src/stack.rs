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

    /// Makes room for `room` items, if there is none yet and the stack is empty.
    pub fn make_room(&self, room: usize) {
        // SAFETY: see above.
        unsafe { (*self.0.get()).reserve(room.saturating_sub(self.len())) }
    }

    /// Writes to the unused places from number `from` to `to`, which there is room for, so that their memory is there when it is
    /// needed.
    pub fn touch(&self, from: usize, to: usize) {
        // SAFETY: see above; the places lie behind the last item and inside of the room.
        unsafe {
            let items = &mut *self.0.get();
            let from = from.max(items.len());
            let to = to.min(items.capacity());
            if from < to {
                items.as_mut_ptr().add(from).write_bytes(0, to - from);
            }
        }
    }

    /// Keeps the items that `keep` wants. What `keep` pushes meanwhile is lost.
    pub fn retain(&self, mut keep: impl FnMut(T) -> bool) {
        // The items are taken out meanwhile: `keep` may come back here.
        // SAFETY: see above.
        let mut items = unsafe { std::mem::take(&mut *self.0.get()) };
        items.retain(|item| keep(*item));
        // SAFETY: see above.
        unsafe { *self.0.get() = items }
    }

    pub fn get(&self, index: usize) -> Option<T> {
        // SAFETY: see above.
        unsafe { &*self.0.get() }.get(index).copied()
    }
}
