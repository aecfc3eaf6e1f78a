//! A stack that is pushed to while it is being emptied: what a `RefCell` around a vector would be, without its checks. And one
//! that grows by pieces.
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

    /// Bytes of the room.
    pub fn bytes(&self) -> usize {
        // SAFETY: see above.
        unsafe { (*self.0.get()).capacity() * size_of::<T>() }
    }

    /// Makes room for `room` items, and for an eighth more, so that it is not asked for often.
    pub fn make_room(&self, room: usize) {
        // SAFETY: see above.
        let items = unsafe { &mut *self.0.get() };
        if items.capacity() < room {
            items.reserve_exact((room + room / 8).saturating_sub(items.len()));
        }
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

/// Items of one piece of [`Chunks`]: with items of 16 bytes, a piece is small for the system's allocator.
const CHUNK: usize = 60;

/// A stack that grows by small pieces: no push takes longer because there is much already.
pub(crate) struct Chunks<T> {
    top: Vec<T>,
    below: Option<Box<Chunks<T>>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Chunks<T> {
        Chunks { top: Vec::new(), below: None }
    }
}

impl<T> Chunks<T> {
    pub fn push(&mut self, item: T) {
        if self.top.len() == CHUNK {
            let full = Chunks { top: std::mem::take(&mut self.top), below: self.below.take() };
            self.below = Some(Box::new(full));
        }
        if self.top.capacity() == 0 {
            self.top.reserve_exact(CHUNK);
        }
        self.top.push(item);
    }

    pub fn pop(&mut self) -> Option<T> {
        if self.top.is_empty() {
            *self = *self.below.take()?;
        }
        self.top.pop()
    }

    /// Bytes of the items.
    pub fn bytes(&self) -> usize {
        std::iter::successors(Some(self), |chunks| chunks.below.as_deref())
            .map(|chunks| size_of::<Chunks<T>>() + chunks.top.capacity() * size_of::<T>())
            .sum()
    }

    pub fn is_empty(&self) -> bool {
        self.top.is_empty() && self.below.is_none()
    }
}

impl<T> Drop for Chunks<T> {
    /// One after another: a long chain must not take a large native stack.
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}
