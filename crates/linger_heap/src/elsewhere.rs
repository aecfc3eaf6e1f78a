//! Large buffers are given back to the system by a thread of their own: to unmap what was written to takes the system some
//! milliseconds for ten megabytes, and no slice can stop in between.
//!
//! Knows no objects: what comes here is memory and nothing else.
#![expect(unsafe_code, reason = "a vector without items is sent to another thread, whatever its items would have been")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::region::Block;

/// A smaller buffer is dropped where it is: that takes less of a slice than a frame's budget has to spare.
pub(crate) const LEAST_BYTES: usize = 128 << 10;

/// The buffer of a vector whose items were dropped, or hold nothing that must be.
pub struct Emptied<T>(#[expect(dead_code, reason = "held to be dropped")] Vec<T>);

impl<T> From<Vec<T>> for Emptied<T> {
    /// Forgets what items there are: to drop each, even if it is empty, takes as long as there are many.
    fn from(mut items: Vec<T>) -> Emptied<T> {
        // SAFETY: fewer items than there are; what is forgotten is not used again.
        unsafe { items.set_len(0) };
        Emptied(items)
    }
}

// SAFETY: there is no item, and nobody can add one: what is sent is a piece of memory.
unsafe impl<T> Send for Emptied<T> {}

/// What is given back.
pub(crate) enum Given {
    Buffers(#[expect(dead_code, reason = "held to be dropped")] Box<dyn Send>),
    Pages(#[expect(dead_code, reason = "held to be dropped")] Block),
}

/// What waits for the thread, each with its bytes. Not a channel, which asks for memory now and then: the collector must not.
static WAITING: Mutex<Vec<(usize, Given)>> = Mutex::new(Vec::new());
/// Something waits.
static NEWS: Condvar = Condvar::new();
/// Whether there is a thread; there is none where the system gives none.
static THREAD: OnceLock<bool> = OnceLock::new();
/// Bytes on their way.
static WAITING_BYTES: AtomicUsize = AtomicUsize::new(0);
/// So many may wait before the list grows.
const ROOM: usize = 512;

fn waiting() -> MutexGuard<'static, Vec<(usize, Given)>> {
    // Nobody panics with the lock, and the list would be whole if somebody did.
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn begin() -> bool {
    waiting().reserve(ROOM);
    let run = || {
        let mut taken = Vec::with_capacity(ROOM);
        loop {
            let mut waiting = waiting();
            while waiting.is_empty() {
                waiting = NEWS.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            std::mem::swap(&mut *waiting, &mut taken);
            drop(waiting);
            for (bytes, given) in taken.drain(..) {
                drop(given);
                WAITING_BYTES.fetch_sub(bytes, Ordering::Relaxed);
            }
        }
    };
    std::thread::Builder::new().name("linger buffers".into()).spawn(run).is_ok()
}

/// Begins the thread, which takes longer than a slice may.
pub(crate) fn prepare() {
    THREAD.get_or_init(begin);
}

/// Has `buffers`, of about `bytes`, dropped on another thread, if they are large. For who frees in slices: whoever wants memory
/// back at once drops it himself.
pub fn drop_elsewhere(bytes: usize, buffers: Box<dyn Send>) {
    if bytes >= LEAST_BYTES {
        send([(bytes, Given::Buffers(buffers))].into_iter());
    }
}

/// Has what is given, each with its bytes, dropped on another thread; here where there is none.
pub(crate) fn send(given: impl Iterator<Item = (usize, Given)>) {
    if *THREAD.get_or_init(begin) {
        let mut waiting = waiting();
        for (bytes, given) in given {
            WAITING_BYTES.fetch_add(bytes, Ordering::Relaxed);
            waiting.push((bytes, given));
        }
        let is_news = !waiting.is_empty();
        drop(waiting);
        if is_news {
            NEWS.notify_one();
        }
    } else {
        given.for_each(drop);
    }
}

/// Bytes of buffers of this process that are about to be given back by [`drop_elsewhere`].
pub fn bytes_elsewhere() -> usize {
    WAITING_BYTES.load(Ordering::Relaxed)
}
