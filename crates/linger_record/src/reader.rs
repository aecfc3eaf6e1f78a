//! Reading a log back into records.
//!
//! A game that was killed leaves its last line half written: that ends the log without an error. Any
//! other line that is no record is an error with its number, after which reading may go on.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

use serde::Deserialize;

use crate::record::{Kind, KindCounts, Record};

/// Longer lines are not ours: no list in a record is unbounded.
const LINE_BYTES_MAX: u64 = 16 << 20;

/// One line of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Seconds since the session's start.
    pub ts: f64,
    /// The frame it belongs to.
    pub frame: u64,
    /// Records that were dropped since the line before, by kind; empty when none was.
    pub dropped: KindCounts,
    /// The rest.
    pub record: Record,
}

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("line {line}: cannot read: {source}")]
    Io {
        /// The line's number; 0 when the file could not be opened.
        line: u64,
        /// What the system says.
        source: io::Error,
    },
    /// The line is not JSON, or lacks what its kind must have.
    #[error("line {line}: {source}")]
    Malformed {
        /// The line's number.
        line: u64,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The line is of a kind that this version does not know.
    #[error("line {line}: unknown kind {kind:?}")]
    UnknownKind {
        /// The line's number.
        line: u64,
        /// The kind.
        kind: String,
    },
    /// The line is longer than any record.
    #[error("line {line}: longer than {LINE_BYTES_MAX} bytes")]
    TooLong {
        /// The line's number.
        line: u64,
    },
}

impl ReadError {
    /// The number of the line that is wrong.
    pub fn line(&self) -> u64 {
        match self {
            Self::Io { line, .. }
            | Self::Malformed { line, .. }
            | Self::UnknownKind { line, .. }
            | Self::TooLong { line } => *line,
        }
    }
}

/// Reads a log line by line, in constant memory.
#[derive(Debug)]
pub struct LogReader<R> {
    lines: R,
    number: u64,
    bytes: Vec<u8>,
    truncated: bool,
    ended: bool,
}

impl LogReader<BufReader<File>> {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|source| ReadError::Io { line: 0, source })?;
        Ok(Self::new(BufReader::new(file)))
    }
}

impl<R: BufRead> LogReader<R> {
    /// Reads from anything.
    pub fn new(lines: R) -> Self {
        Self { lines, number: 0, bytes: Vec::new(), truncated: false, ended: false }
    }

    /// Whether the log ended within a line; known once the reader is at its end.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    fn read_line(&mut self) -> Option<Result<Line, ReadError>> {
        self.bytes.clear();
        let mut limited = (&mut self.lines).take(LINE_BYTES_MAX);
        let read = limited.read_until(b'\n', &mut self.bytes);
        self.number += 1;
        let line = self.number;
        match read {
            Ok(0) => return None,
            Ok(_) => {}
            Err(source) => return Some(self.end(ReadError::Io { line, source })),
        }
        let whole = self.bytes.last() == Some(&b'\n');
        if !whole && self.bytes.len() as u64 == LINE_BYTES_MAX {
            return Some(self.end(ReadError::TooLong { line }));
        }
        match parse(line, &self.bytes) {
            Err(ReadError::Malformed { .. }) if !whole => {
                self.truncated = true;
                None
            }
            result => Some(result),
        }
    }

    /// After such an error there is no telling where the next line begins.
    fn end(&mut self, error: ReadError) -> Result<Line, ReadError> {
        self.ended = true;
        Err(error)
    }
}

impl<R: BufRead> Iterator for LogReader<R> {
    type Item = Result<Line, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let line = self.read_line();
        self.ended |= line.is_none();
        line
    }
}

/// What every line has.
#[derive(Deserialize)]
struct Common {
    ts: f64,
    frame: u64,
    kind: String,
    #[serde(default)]
    dropped: KindCounts,
}

fn parse(line: u64, bytes: &[u8]) -> Result<Line, ReadError> {
    let malformed = |source| ReadError::Malformed { line, source };
    let Common { ts, frame, kind, dropped } = serde_json::from_slice(bytes).map_err(malformed)?;
    let Some(kind) = Kind::from_name(&kind) else {
        return Err(ReadError::UnknownKind { line, kind });
    };
    let record = match kind {
        Kind::Header => serde_json::from_slice(bytes).map(Record::Header),
        Kind::Frame => serde_json::from_slice(bytes).map(Record::Frame),
        Kind::Summary => serde_json::from_slice(bytes).map(Record::Summary),
        Kind::Pause => serde_json::from_slice(bytes).map(Record::Pause),
        Kind::Pass => serde_json::from_slice(bytes).map(Record::Pass),
        Kind::Collector => serde_json::from_slice(bytes).map(Record::Collector),
        Kind::Lingering => serde_json::from_slice(bytes).map(Record::Lingering),
        Kind::Mark => serde_json::from_slice(bytes).map(Record::Mark),
        Kind::Alert => serde_json::from_slice(bytes).map(Record::Alert),
        Kind::ScriptError => serde_json::from_slice(bytes).map(Record::ScriptError),
        Kind::Trailer => serde_json::from_slice(bytes).map(Record::Trailer),
    };
    Ok(Line { number: line, ts, frame, dropped, record: record.map_err(malformed)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = r#"{"ts":1.5,"frame":9,"kind":"mark","label":"boss","low_objects":1,"high_objects":1,"low_bytes":8,"high_bytes":8,"exact":true,"as_of_frame":9}"#;

    fn read(text: &str) -> (Vec<Result<Line, String>>, bool) {
        let mut reader = LogReader::new(text.as_bytes());
        let lines = reader.by_ref().map(|line| line.map_err(|error| error.to_string())).collect();
        (lines, reader.truncated())
    }

    #[test]
    fn errors_carry_the_line_and_reading_goes_on() {
        let text = format!("{MARK}\nnonsense\n{{\"ts\":1,\"frame\":0,\"kind\":\"dance\"}}\n{MARK}\n");
        let (lines, truncated) = read(&text);
        assert_eq!(lines.len(), 4);
        assert!(lines[0].is_ok() && lines[3].is_ok());
        let error = lines[1].as_ref().expect_err("nonsense is no record");
        assert!(error.starts_with("line 2: expected ident"), "{error}");
        assert_eq!(lines[2], Err("line 3: unknown kind \"dance\"".into()));
        assert!(!truncated);
    }

    #[test]
    fn a_missing_field_is_named() {
        let (lines, _) = read("{\"ts\":1.0,\"frame\":0,\"kind\":\"alert\",\"alert\":\"panic\"}\n");
        let error = lines[0].as_ref().expect_err("an alert has a message");
        assert!(error.starts_with("line 1: missing field `message`"), "{error}");
    }

    #[test]
    fn a_killed_games_last_line_is_no_error_wherever_it_was_cut() {
        for length in 1..MARK.len() {
            let text = format!("{MARK}\n{}", &MARK[..length]);
            let (lines, truncated) = read(&text);
            assert_eq!((lines.len(), truncated), (1, true), "cut after {length} bytes");
            assert!(lines[0].is_ok());
        }
    }

    #[test]
    fn a_last_line_that_only_lacks_its_end_counts() {
        let (lines, truncated) = read(MARK);
        assert_eq!((lines.len(), truncated), (1, false));
    }

    #[test]
    fn unknown_fields_are_left_alone() {
        let text = MARK.replacen("\"label\"", "\"weather\":[1,2],\"label\"", 1);
        let (lines, _) = read(&text);
        assert_eq!(lines[0].as_ref().map(|line| line.frame), Ok(9));
    }

    #[test]
    fn an_empty_log_has_no_lines() {
        assert_eq!(read(""), (vec![], false));
    }
}
