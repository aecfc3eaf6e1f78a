//! Whether a log keeps its contract.
//!
//! One header, first; times that never go back; only known kinds; at most one trailer, last, whose
//! counts are those of the lines. A log without a trailer, of a game that was killed, is sound.

use std::fmt;
use std::io::BufRead;
use std::path::Path;

use crate::reader::{Line, LogReader, ReadError};
use crate::record::{FORMAT, Header, Kind, KindCounts, Record, VERSION};

/// How many problems are kept: a file that is no log at all has one a line.
const PROBLEMS_MAX: usize = 100;

/// Something that is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line's number, from 1.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, message } = self;
        write!(formatter, "line {line}: {message}")
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReport {
    /// Lines by kind.
    pub counts: KindCounts,
    /// Records that the log says were dropped, by kind.
    pub dropped: KindCounts,
    /// The last time in the log, in seconds.
    pub last_ts: f64,
    /// The highest frame in the log.
    pub last_frame: u64,
    /// Whether there is a trailer; without one the game was killed.
    pub finished: bool,
    /// Whether the last line is half written.
    pub truncated: bool,
    /// What is wrong, at most the first hundred.
    pub problems: Vec<Problem>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, line: u64, message: impl Into<String>) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { line, message: message.into() });
        }
    }

    fn header(&mut self, number: u64, header: &Header) {
        let Header { format, version, .. } = header;
        if format != FORMAT || *version != VERSION {
            let message = format!("format {format:?} version {version}, not {FORMAT:?} version {VERSION}");
            self.problem(number, message);
        }
    }

    fn line(&mut self, line: &Line) {
        let Line { number, ts, frame, dropped, record } = line;
        let first = *number == 1;
        if self.finished {
            self.problem(*number, "a line after the trailer");
        }
        if *ts < self.last_ts {
            self.problem(*number, format!("time goes back from {} to {ts}", self.last_ts));
        }
        match record {
            Record::Header(header) if first => self.header(*number, header),
            Record::Header(_) => self.problem(*number, "a second header"),
            _ if first => self.problem(*number, "the first line is no header"),
            _ => {}
        }
        *self.counts.entry(record.kind().name().to_owned()).or_default() += 1;
        for (kind, count) in dropped {
            *self.dropped.entry(kind.clone()).or_default() += count;
        }
        self.last_ts = self.last_ts.max(*ts);
        self.last_frame = self.last_frame.max(*frame);
        if let Record::Trailer(trailer) = record {
            self.finished = true;
            if trailer.written != self.counts {
                let message = format!("the trailer counts {:?}, the lines are {:?}", trailer.written, self.counts);
                self.problem(*number, message);
            }
            // What was dropped after the last record that got through is in the trailer alone.
            if exceeds(&self.dropped, &trailer.dropped_total) {
                self.problem(*number, "more was dropped than the trailer says");
            }
            self.dropped.clone_from(&trailer.dropped_total);
        }
    }
}

fn exceeds(some: &KindCounts, all: &KindCounts) -> bool {
    some.iter().any(|(kind, count)| *count > all.get(kind).copied().unwrap_or(0))
}

/// Checks a log file.
///
/// # Errors
/// When it cannot be opened or read; whatever is wrong in it is in the report.
pub fn check(path: impl AsRef<Path>) -> Result<CheckReport, ReadError> {
    check_lines(LogReader::open(path)?)
}

/// Checks a log from anywhere.
///
/// # Errors
/// When it cannot be read; whatever is wrong in it is in the report.
pub fn check_lines<R: BufRead>(mut reader: LogReader<R>) -> Result<CheckReport, ReadError> {
    let mut report = CheckReport::default();
    for line in reader.by_ref() {
        match line {
            Ok(line) => report.line(&line),
            Err(error @ ReadError::Io { .. }) => return Err(error),
            Err(ReadError::Malformed { line, source }) => report.problem(line, source.to_string()),
            Err(ReadError::UnknownKind { line, kind }) => {
                report.problem(line, format!("unknown kind {kind:?}"));
            }
            Err(ReadError::TooLong { line }) => report.problem(line, "longer than any record"),
        }
    }
    report.truncated = reader.truncated();
    if !report.counts.contains_key(Kind::Header.name()) {
        report.problem(1, "no header");
    }
    if report.finished && report.truncated {
        report.problem(0, "a half line after the trailer");
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"ts":0.0,"frame":0,"kind":"header","format":"linger.log","version":1,"title":"t","runtime":"r","linger":"0","started_unix_millis":0,"frame_budget_nanos":1}"#;
    const ALERT: &str = r#"{"ts":1.0,"frame":1,"kind":"alert","alert":"long_pause","message":"m"}"#;
    const TRAILER: &str = r#"{"ts":2.0,"frame":1,"kind":"trailer","reason":"exit","written":{"header":1,"alert":1,"trailer":1},"dropped_total":{}}"#;

    fn problems_of(text: &str) -> Vec<(u64, String)> {
        let report = check_lines(LogReader::new(text.as_bytes())).expect("memory can be read");
        report.problems.into_iter().map(|Problem { line, message }| (line, message)).collect()
    }

    fn problems(lines: &[&str]) -> Vec<(u64, String)> {
        problems_of(&format!("{}\n", lines.join("\n")))
    }

    #[test]
    fn a_sound_log_has_no_problems_with_a_trailer_or_without() {
        assert_eq!(problems(&[HEADER, ALERT, TRAILER]), []);
        assert_eq!(problems(&[HEADER, ALERT]), []);
    }

    #[test]
    fn the_header_comes_once_and_first() {
        assert_eq!(problems(&[ALERT, HEADER])[0], (1, "the first line is no header".into()));
        assert_eq!(problems(&[HEADER, HEADER]), [(2, "a second header".into())]);
        assert_eq!(problems_of(""), [(1, "no header".into())]);
    }

    #[test]
    fn another_version_is_a_problem() {
        let other = HEADER.replacen("\"version\":1", "\"version\":2", 1);
        let expected = "format \"linger.log\" version 2, not \"linger.log\" version 1";
        assert_eq!(problems(&[&other]), [(1, expected.into())]);
    }

    #[test]
    fn time_never_goes_back() {
        let early = ALERT.replacen("1.0", "0.5", 1);
        assert_eq!(problems(&[HEADER, ALERT, &early]), [(3, "time goes back from 1 to 0.5".into())]);
    }

    #[test]
    fn nothing_follows_the_trailer() {
        let late = ALERT.replacen("1.0", "3.0", 1);
        assert_eq!(problems(&[HEADER, ALERT, TRAILER, &late]), [(4, "a line after the trailer".into())]);
    }

    #[test]
    fn the_trailer_must_count_right() {
        let (line, message) = problems(&[HEADER, TRAILER]).remove(0);
        assert_eq!(line, 2);
        assert!(message.starts_with("the trailer counts"), "{message}");
        let dropping = ALERT.replacen("\"alert\",", "\"alert\",\"dropped\":{\"frame\":2},", 1);
        assert_eq!(problems(&[HEADER, &dropping, TRAILER]), [(3, "more was dropped than the trailer says".into())]);
    }

    #[test]
    fn an_unknown_kind_is_a_problem() {
        let dance = r#"{"ts":1.0,"frame":1,"kind":"dance"}"#;
        assert_eq!(problems(&[HEADER, dance]), [(2, "unknown kind \"dance\"".into())]);
    }
}
