//! What was seen: frame samples, pauses, lingering groups, and their history.
//!
//! Plain data and the arithmetic on it. This crate does not know which runtime it looks at, how the
//! figures were obtained, how they are drawn or how they are written: a [`Profile`] is filled by
//! whoever samples, once a frame, and read by the overlay and by the log.
//!
//! Everything a frame touches is allocated once, when the profile is made: a profiler that allocates
//! hides what it measures. Derived statistics are recomputed from integers that are kept, never
//! carried along as running sums of floats.

mod collector;
mod counts;
mod frame;
mod histogram;
mod history;
mod lingering;
mod pause;
mod profile;
mod ring;
mod script_error;
mod scripts;
mod watch;

pub use collector::{CollectorPhase, CollectorStatus, PassReason, PassRecord, Policy};
pub use counts::{AccountingError, Change, Counts, SiteRow, Tally, TypeRow};
pub use frame::FrameSample;
pub use histogram::{PauseFigures, PauseHistogram};
pub use history::{History, HistorySettings, RecentPauses};
pub use lingering::{LingeringFigure, LingeringGroup};
pub use pause::{PauseReason, PauseRecord, PhaseNanos};
pub use profile::{Alert, AlertKind, Mark, Profile};
pub use ring::{Ring, Worst};
pub use script_error::ScriptError;
pub use scripts::{ScriptCosts, ScriptRow};
pub use watch::{AlertRules, AlertWatch};
