//! What is written: the log of a session, and reading it back.
//!
//! Does not know Bevy, the heap or any script runtime. A game emits [`tracing`] events under the
//! targets `linger::*` with the functions of [`emit`]; a [`LogLayer`] that it adds beside its own
//! layers writes them to a JSON Lines file from a thread of its own. The layer never waits for the
//! disk: when its queue is full a record is dropped, counted by kind, and the next record that gets
//! through says so, as does the trailer.
//!
//! Every line has `ts` (seconds since the session's start, to the microsecond), `frame` and `kind`.
//! The first is the header, the last the trailer, which only a game that was killed fails to write.

mod check;
pub mod emit;
mod layer;
mod line;
mod reader;
pub mod record;
mod settings;
mod summary;
mod writer;

pub use check::{CheckReport, Problem, check, check_lines};
pub use layer::{LogLayer, for_console, records_wanted};
pub use reader::{Line, LogReader, ReadError};
pub use record::Kind;
pub use settings::{LogError, LogSettings};
pub use summary::FrameSummarizer;
pub use writer::{LogGuard, LogTotals, flush_on_panic, log_to_file, log_to_writer};
