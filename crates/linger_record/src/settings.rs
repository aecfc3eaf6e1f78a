//! What a game chooses about its log, and why opening one may fail.

use std::path::PathBuf;
use std::time::Instant;

/// How a log is made.
#[derive(Clone, Debug)]
pub struct LogSettings {
    /// The game's name, for the header.
    pub title: String,
    /// The script runtime's name, for the header.
    pub runtime: String,
    /// The time that a frame may take, for the header.
    pub frame_budget_nanos: u64,
    /// The moment at which `ts` is 0. Give the session's own, so that `ts` and the profile's
    /// `time_nanos` count from the same moment.
    pub start: Instant,
    /// How many records may wait for the disk before some are dropped.
    pub queue_records: usize,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            title: String::new(),
            runtime: String::new(),
            frame_budget_nanos: 16_666_667,
            start: Instant::now(),
            queue_records: 4_096,
        }
    }
}

/// Why a log could not be started or finished.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file could not be made.
    #[error("cannot create the log {path}: {source}")]
    Create {
        /// Where it was to be.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The writer thread could not be started.
    #[error("cannot start the log's writer thread: {0}")]
    Thread(std::io::Error),
    /// Writing failed; the log ends there.
    #[error("cannot write the log: {0}")]
    Write(std::io::Error),
    /// The writer thread panicked: a defect of this library.
    #[error("the log's writer thread panicked")]
    WriterPanicked,
}
