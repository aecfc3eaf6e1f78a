//! The records of a log, as they stand in the file: format `linger.log`, version 1.
//!
//! These types are the schema, apart from the profile's types so that those may change freely. A
//! reader ignores fields that it does not know; a field may be added within a version, none may
//! change its meaning.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of the format, in the header.
pub const FORMAT: &str = "linger.log";
/// The version of the format, in the header.
pub const VERSION: u32 = 1;

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What is logged, and since when: the first line.
    Header,
    /// One frame.
    Frame,
    /// Several frames summed up.
    Summary,
    /// One pause.
    Pause,
    /// A pass of the collector over the whole heap came to its end.
    Pass,
    /// What the collector was told and how long its pauses are.
    Collector,
    /// What lingers.
    Lingering,
    /// A mark was set.
    Mark,
    /// Something that a person should look at.
    Alert,
    /// A script raised an error that nobody caught.
    ScriptError,
    /// The end: the last line.
    Trailer,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Header,
        Self::Frame,
        Self::Summary,
        Self::Pause,
        Self::Pass,
        Self::Collector,
        Self::Lingering,
        Self::Mark,
        Self::Alert,
        Self::ScriptError,
        Self::Trailer,
    ];

    /// The word for it in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Frame => "frame",
            Self::Summary => "summary",
            Self::Pause => "pause",
            Self::Pass => "pass",
            Self::Collector => "collector",
            Self::Lingering => "lingering",
            Self::Mark => "mark",
            Self::Alert => "alert",
            Self::ScriptError => "script_error",
            Self::Trailer => "trailer",
        }
    }

    /// The kind of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its place in [`Kind::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How many records of each kind, by the kind's name.
pub type KindCounts = BTreeMap<String, u64>;

/// A record without what every line has.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// See [`Header`].
    Header(Header),
    /// See [`Frame`].
    Frame(Frame),
    /// See [`Summary`].
    Summary(Summary),
    /// See [`Pause`].
    Pause(Pause),
    /// See [`Pass`].
    Pass(Pass),
    /// See [`Collector`].
    Collector(Collector),
    /// See [`Lingering`].
    Lingering(Lingering),
    /// See [`Mark`].
    Mark(Mark),
    /// See [`Alert`].
    Alert(Alert),
    /// See [`ScriptError`].
    ScriptError(ScriptError),
    /// See [`Trailer`].
    Trailer(Trailer),
}

impl Record {
    /// The record's kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Header(_) => Kind::Header,
            Self::Frame(_) => Kind::Frame,
            Self::Summary(_) => Kind::Summary,
            Self::Pause(_) => Kind::Pause,
            Self::Pass(_) => Kind::Pass,
            Self::Collector(_) => Kind::Collector,
            Self::Lingering(_) => Kind::Lingering,
            Self::Mark(_) => Kind::Mark,
            Self::Alert(_) => Kind::Alert,
            Self::ScriptError(_) => Kind::ScriptError,
            Self::Trailer(_) => Kind::Trailer,
        }
    }
}

/// What is logged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The game's name.
    pub title: String,
    /// The script runtime's name.
    pub runtime: String,
    /// The version of this library.
    pub linger: String,
    /// When `ts` was 0, in milliseconds since 1970.
    pub started_unix_millis: u64,
    /// The time that a frame may take.
    pub frame_budget_nanos: u64,
}

/// One frame; see `FrameSample` of the profile for what each figure is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named and documented as in the profile's FrameSample")]
pub struct Frame {
    pub time_nanos: u64,
    pub frame_nanos: u64,
    pub script_nanos: u64,
    pub pause_nanos: u64,
    pub sampling_nanos: u64,
    pub overlay_nanos: u64,
    pub heap_bytes: u64,
    pub live_objects: u64,
    pub allocated: u64,
    pub freed_by_count: u64,
    pub freed_by_collector: u64,
    #[serde(flatten)]
    pub lingering: LingeringSpan,
}

/// What lingers, as an interval or one exact number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LingeringSpan {
    /// At least so many objects.
    pub low_objects: u64,
    /// At most so many objects.
    pub high_objects: u64,
    /// At least so many bytes.
    pub low_bytes: u64,
    /// At most so many bytes.
    pub high_bytes: u64,
    /// Whether it is known to be exact.
    pub exact: bool,
    /// The frame at whose end it was true.
    pub as_of_frame: u64,
    /// Whatever lingered at the end of this frame is in the lower figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete_to_frame: Option<u64>,
}

/// Several frames: sums of what happened, maxima of what took time, and the last state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The first of the frames; the line's own `frame` is the last.
    pub first_frame: u64,
    /// How many frames.
    pub frames: u64,
    /// Their time together.
    pub frame_nanos_sum: u64,
    /// The slowest of them.
    pub frame_nanos_max: u64,
    /// Time in scripts, together.
    pub script_nanos_sum: u64,
    /// Pauses, together.
    pub pause_nanos_sum: u64,
    /// The most that pauses took of one frame.
    pub pause_nanos_max: u64,
    /// The profiler's own cost, together.
    pub own_nanos_sum: u64,
    /// Objects made.
    pub allocated: u64,
    /// Objects freed by reference counting.
    pub freed_by_count: u64,
    /// Objects freed by the collector.
    pub freed_by_collector: u64,
    /// Bytes of live objects at the end.
    pub heap_bytes: u64,
    /// Live objects at the end.
    pub live_objects: u64,
    /// What lingered at the end.
    #[serde(flatten)]
    pub lingering: LingeringSpan,
}

/// One pause; see `PauseRecord` of the profile for what each figure is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named and documented as in the profile's PauseRecord")]
pub struct Pause {
    pub start_nanos: u64,
    pub pause_nanos: u64,
    pub reason: String,
    pub examined: u64,
    pub freed_objects: u64,
    pub freed_bytes: u64,
    pub mark_nanos: u64,
    pub subtract_nanos: u64,
    pub finalize_nanos: u64,
    pub clear_nanos: u64,
    pub useless: bool,
}

/// A pass of the collector over the whole heap; see `PassRecord` of the profile for what each figure is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named and documented as in the profile's PassRecord")]
pub struct Pass {
    pub reason: String,
    pub first_frame: u64,
    pub slices: u64,
    pub marked: u64,
    pub found_objects: u64,
    pub found_bytes: u64,
    pub work_nanos: u64,
    pub longest_slice_nanos: u64,
    pub useless: bool,
}

/// What the collector was told, where it stands, and how long all pauses of the session were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collector {
    /// `observe`, `automatic` or `manual`.
    pub policy: String,
    /// How long a slice may take in a frame.
    pub budget_micros: u32,
    /// What the current pass does.
    pub phase: String,
    /// How far it has come, in hundredths.
    pub progress_percent: u32,
    /// Passes that came to their end.
    pub passes: u64,
    /// Pauses of the session, slices included.
    pub pauses: u64,
    /// Half were at most this long.
    pub p50_nanos: u64,
    /// 99 of 100 were at most this long.
    pub p99_nanos: u64,
    /// 999 of 1,000 were at most this long.
    pub p999_nanos: u64,
    /// None was longer.
    pub max_nanos: u64,
}

/// What lingers: the figure, and by type, site and cycle. The lists hold the largest entries; what
/// they leave out is counted in `types_left_out` and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lingering {
    /// The figure.
    #[serde(flatten)]
    pub span: LingeringSpan,
    /// By type.
    pub types: Vec<LingeringType>,
    /// By allocation site.
    pub sites: Vec<LingeringSite>,
    /// By cycle.
    pub groups: Vec<Group>,
    /// Types with lingering objects that `types` has no room for.
    pub types_left_out: u64,
    /// Sites with lingering objects that `sites` has no room for.
    pub sites_left_out: u64,
    /// Groups that `groups` has no room for.
    pub groups_left_out: u64,
    /// Objects that the groups were made of: fewer than linger when they are too many to explain unseen.
    #[serde(default)]
    pub explained_objects: u64,
}

/// The lingering objects of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LingeringType {
    /// The type's name.
    pub name: String,
    /// How many objects linger.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// The lingering objects of one allocation site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LingeringSite {
    /// `celltest.py:3`
    pub site: String,
    /// How many objects linger.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Lingering objects in cycles that are alike; see `LingeringGroup` of the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named and documented as in the profile's LingeringGroup")]
pub struct Group {
    pub fingerprint: u64,
    pub objects: u64,
    pub bytes: u64,
    pub cycle: Vec<String>,
    pub site: String,
    pub cut: String,
    pub age_frames: u64,
    pub new_since_mark: u64,
    pub culprits: u64,
    pub victims: u64,
}

/// A mark was set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is called.
    pub label: String,
    /// What lingered then.
    #[serde(flatten)]
    pub lingering: LingeringSpan,
}

/// Something that a person should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What it is about, in a word.
    pub alert: String,
    /// What happened, in a sentence.
    pub message: String,
}

/// An error that a script raised and nobody caught.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptError {
    /// The script's file name; empty where it isn't known.
    #[serde(default)]
    pub file: String,
    /// The line, from 1; 0 where it isn't known.
    #[serde(default)]
    pub line: u32,
    /// The column, from 1; 0 where it isn't known.
    #[serde(default)]
    pub column: u32,
    /// The text of that line; empty where it isn't known.
    #[serde(default)]
    pub source_line: String,
    /// The error's type and text.
    pub message: String,
    /// The whole traceback; empty where no script ran.
    #[serde(default)]
    pub traceback: String,
    /// How often it came so far.
    pub count: u64,
}

/// The end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trailer {
    /// `exit`, or `panic` when the game was unwinding.
    pub reason: String,
    /// Lines written, by kind, header and trailer included.
    pub written: KindCounts,
    /// Records dropped over the whole session, by kind; empty when none was.
    pub dropped_total: KindCounts,
}
