//! Large buffers are given back to the system by a thread of their own: to unmap what was written to takes the system some
//! milliseconds for ten megabytes, and no slice can stop in between.
//!
//! Knows no objects: what comes here is memory and nothing else.
#![expect(unsafe_code, reason = "a vector without items is sent to another thread, whatever its items would have been")]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

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

struct Given {
    bytes: usize,
    buffers: Box<dyn Send>,
}

/// The way to the thread, once there is one; nothing where the system gives no threads.
static WAY: OnceLock<Option<Sender<Given>>> = OnceLock::new();
/// Bytes on their way.
static WAITING_BYTES: AtomicUsize = AtomicUsize::new(0);

fn begin() -> Option<Sender<Given>> {
    let (way, given) = channel::<Given>();
    let run = move || {
        for Given { bytes, buffers } in given {
            drop(buffers);
            WAITING_BYTES.fetch_sub(bytes, Ordering::Relaxed);
        }
    };
    std::thread::Builder::new().name("linger buffers".into()).spawn(run).ok().map(|_| way)
}

/// Begins the thread, which takes longer than a slice may.
pub(crate) fn prepare() {
    WAY.get_or_init(begin);
}

/// Has `buffers`, of about `bytes`, dropped on another thread, if they are large. For who frees in slices: whoever wants memory
/// back at once drops it himself.
pub fn drop_elsewhere(bytes: usize, buffers: Box<dyn Send>) {
    if bytes >= LEAST_BYTES {
        send(bytes, buffers);
    }
}

/// Has `buffers`, of about `bytes`, dropped on another thread.
pub(crate) fn send(bytes: usize, buffers: Box<dyn Send>) {
    if let Some(way) = WAY.get_or_init(begin) {
        WAITING_BYTES.fetch_add(bytes, Ordering::Relaxed);
        // It hands the buffers back, to be dropped here, if the thread is gone.
        if way.send(Given { bytes, buffers }).is_err() {
            WAITING_BYTES.fetch_sub(bytes, Ordering::Relaxed);
        }
    }
}

/// Bytes of buffers of this process that are about to be given back by [`drop_elsewhere`].
pub fn bytes_elsewhere() -> usize {
    WAITING_BYTES.load(Ordering::Relaxed)
}
