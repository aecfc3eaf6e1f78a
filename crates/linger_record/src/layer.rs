//! The tracing layer: picks Linger's events out of a game's and hands them to the writer.
//!
//! Runs on whatever thread emits, so it does nothing that may wait: no lock, no disk.

use std::sync::Arc;

use tracing::{Event, Level, Metadata, Subscriber, event_enabled};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::line::Fields;
use crate::record::Kind;
use crate::writer::Queue;

const TARGET_PREFIX: &str = "linger::";

/// Writes Linger's events to a log, and ignores all others. Add it beside a game's own layers; the
/// [`LogGuard`](crate::LogGuard) that came with it finishes the log.
#[derive(Debug)]
pub struct LogLayer {
    queue: Arc<Queue>,
}

impl LogLayer {
    pub(crate) fn new(queue: Arc<Queue>) -> Self {
        Self { queue }
    }
}

impl<S: Subscriber> Layer<S> for LogLayer {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let Some(kind) = kind_of(event.metadata().target()) else {
            return;
        };
        if self.queue.is_closed() {
            return;
        }
        let mut fields = Fields::with_room();
        event.record(&mut fields);
        self.queue.offer(kind, fields);
    }
}

/// The kind of record that events of this target become. The header and the trailer are the log's
/// own, and never an event.
fn kind_of(target: &str) -> Option<Kind> {
    let kind = Kind::from_name(target.strip_prefix(TARGET_PREFIX)?)?;
    (!matches!(kind, Kind::Header | Kind::Trailer)).then_some(kind)
}

/// Whether an event is for people as well: `false` for the frames, pauses and figures that a log
/// wants many of and a console none. Meant as the filter of a game's console layer.
pub fn for_console(metadata: &Metadata<'_>) -> bool {
    use Kind::{Collector, Frame, Lingering, Pass, Pause, Summary};
    !matches!(kind_of(metadata.target()), Some(Frame | Summary | Pause | Pass | Collector | Lingering))
}

/// Whether any subscriber here would take Linger's records. `false` with a log open means that a
/// filter above it keeps them away: they are events of the level INFO, targets `linger::*`.
pub fn records_wanted() -> bool {
    event_enabled!(target: "linger::frame", Level::INFO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_targets_become_records() {
        assert_eq!(kind_of("linger::script_error"), Some(Kind::ScriptError));
        for foreign in ["linger::header", "linger::trailer", "linger::other", "linger", "frame"] {
            assert_eq!(kind_of(foreign), None, "{foreign}");
        }
    }
}
