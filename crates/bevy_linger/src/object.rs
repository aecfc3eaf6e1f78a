//! A handle to an object of a script, which Rust may keep anywhere. Knows neither the machine nor the object: what it stands for is
//! looked up by its number in the host that gave it out.

use std::sync::{Arc, Mutex, PoisonError};

/// Numbers of handles that nobody has any more.
pub(crate) type Released = Arc<Mutex<Vec<u64>>>;

struct Handle {
    id: u64,
    released: Released,
}

impl Drop for Handle {
    fn drop(&mut self) {
        // A thread that panicked with the list in hand leaves it whole.
        self.released.lock().unwrap_or_else(PoisonError::into_inner).push(self.id);
    }
}

/// An object of a script. While any clone of it lives the object does, and it may be sent to any thread and stored in components
/// and resources; it is used by [`ScriptCalls`](crate::ScriptCalls).
#[derive(Clone)]
pub struct ScriptObject(Arc<Handle>);

impl ScriptObject {
    pub(crate) fn new(id: u64, released: &Released) -> Self {
        Self(Arc::new(Handle { id, released: Arc::clone(released) }))
    }

    pub(crate) fn id(&self) -> u64 {
        self.0.id
    }

    /// Whether it was given out by the host that this list is of.
    pub(crate) fn is_of(&self, released: &Released) -> bool {
        Arc::ptr_eq(&self.0.released, released)
    }
}

/// Two handles are equal if they were given out as one.
impl PartialEq for ScriptObject {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for ScriptObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ScriptObject({})", self.id())
    }
}
