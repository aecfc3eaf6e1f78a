//! What the HUD strip says: figures and notes, made a few times a second.
//!
//! Knows the profile and words; where they are drawn, the HUD knows.

use egui::Color32;
use linger_profile::{Alert, FrameSample, LingeringFigure, PauseRecord, Profile, ScriptError};

use crate::format::{bytes, bytes_change, change, count, micros, millis, share, span};
use crate::theme::{BAD, GOOD, LINGERING};

const SECOND_NANOS: u64 = 1_000_000_000;
/// The window of "worst pause".
pub(crate) const WORST_WINDOW_NANOS: u64 = 10 * SECOND_NANOS;
/// How far back changes are measured.
const TREND_WINDOW_NANOS: u64 = 10 * SECOND_NANOS;
/// How long a script's error or an alert is shown below the strip.
const NEWS_NANOS: u64 = 12 * SECOND_NANOS;
/// How many frames figures are averaged over.
const MEAN_FRAMES: usize = 30;

/// Whether something grows, in a shape and a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Trend {
    #[default]
    None,
    NoneFound,
    Steady,
    Rising,
    Falling,
}

impl Trend {
    pub(crate) fn of(before: u64, now: u64, most: u64) -> Self {
        match now.cmp(&before) {
            _ if most == 0 => Self::None,
            _ if now == 0 => Self::NoneFound,
            std::cmp::Ordering::Less => Self::Falling,
            std::cmp::Ordering::Equal => Self::Steady,
            std::cmp::Ordering::Greater => Self::Rising,
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::None => "✔ none",
            Self::NoneFound => "none found",
            Self::Steady => "■ steady",
            Self::Rising => "⏶ rising",
            Self::Falling => "⏷ falling",
        }
    }
}

/// One column of the strip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) label: &'static str,
    pub(crate) figure: String,
    pub(crate) note: String,
    pub(crate) colour: Option<Color32>,
}

/// The strip's text as it was last refreshed.
#[derive(Clone, Debug, Default)]
pub(crate) struct HudText {
    pub(crate) before_graph: [Cell; 5],
    pub(crate) after_graph: [Cell; 3],
    /// An error or an alert: a word for it, the place, and lines of text.
    pub(crate) news: Option<News>,
}

/// What happened a moment ago.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) word: &'static str,
    pub(crate) title: String,
    pub(crate) lines: String,
}

impl HudText {
    pub(crate) fn of(profile: &Profile) -> Self {
        let history = profile.history();
        let sample = history.latest_frame().copied().unwrap_or_default();
        let before = frame_before(profile, TREND_WINDOW_NANOS).unwrap_or(sample);
        let mean = |figure: fn(&FrameSample) -> u64| history.mean_of(MEAN_FRAMES, figure);
        let frame_nanos = mean(|sample| sample.frame_nanos);
        let own_nanos = mean(FrameSample::own_nanos);
        let budget = profile.frame_budget_nanos;
        let late = frame_nanos > budget + budget / 10;
        let signed = |now: u64, before: u64| now as i64 - before as i64;
        let lingering = sample.lingering;
        let trend = Trend::of(before.lingering.low_objects, lingering.low_objects, lingering.high_objects);
        let lingering_colour = match (lingering.low_objects, lingering.high_objects) {
            (_, 0) => Some(GOOD),
            // There may be some, and none is known.
            (0, _) => None,
            _ => Some(LINGERING),
        };
        Self {
            before_graph: [
                Cell {
                    label: if late { "FRAME ⏶ LATE" } else { "FRAME" },
                    figure: millis(frame_nanos),
                    note: format!("scripts {}", millis(mean(|sample| sample.script_nanos))),
                    colour: late.then_some(BAD),
                },
                Cell {
                    label: "SCRIPT HEAP",
                    figure: bytes(sample.heap_bytes),
                    note: format!("{} in 10 s", bytes_change(signed(sample.heap_bytes, before.heap_bytes))),
                    colour: None,
                },
                Cell {
                    label: "LIVE OBJECTS",
                    figure: count(sample.live_objects),
                    note: format!("{} in 10 s", change(signed(sample.live_objects, before.live_objects))),
                    colour: None,
                },
                Cell {
                    label: "LINGERING",
                    figure: objects_text(&lingering),
                    note: trend.words().to_owned(),
                    colour: lingering_colour,
                },
                Cell {
                    label: "LINGERING BYTES",
                    figure: bytes(lingering.low_bytes),
                    note: certainty(&sample),
                    colour: lingering_colour,
                },
            ],
            after_graph: [
                pause_cell("LAST PAUSE", history.pauses().latest(), budget),
                pause_cell("WORST IN 10 S", history.recent_pauses(WORST_WINDOW_NANOS).worst.as_ref(), budget),
                Cell {
                    label: "LINGER ITSELF",
                    figure: millis(own_nanos),
                    note: format!("{} of frame", share(own_nanos, budget)),
                    colour: None,
                },
            ],
            news: news(profile),
        }
    }
}

fn pause_cell(label: &'static str, pause: Option<&PauseRecord>, budget_nanos: u64) -> Cell {
    let Some(pause) = pause else {
        return Cell { label, figure: "–".into(), note: "no pause".into(), colour: None };
    };
    let over = pause.pause_nanos > budget_nanos;
    let word = if over { "⏶ over: " } else { "" };
    Cell {
        label,
        figure: micros(pause.pause_nanos),
        note: format!("{word}{} of frame", share(pause.pause_nanos, budget_nanos)),
        colour: over.then_some(BAD),
    }
}

/// `1,234` when exact, or the interval's lower end marked as such.
pub(crate) fn objects_text(figure: &LingeringFigure) -> String {
    if figure.exact || figure.low_objects == figure.high_objects {
        count(figure.low_objects)
    } else {
        format!("≥{}", count(figure.low_objects))
    }
}

/// `exact`, or since when it is not: `exact 40 frames ago`. How old the figure is comes with the first.
pub(crate) fn certainty(sample: &FrameSample) -> String {
    let figure = &sample.lingering;
    let frames_since = |frame: u64| sample.frame.saturating_sub(frame);
    match (figure.exact, figure.complete_to_frame) {
        (true, _) if frames_since(figure.as_of_frame) == 0 => "exact".to_owned(),
        (true, _) => format!("exact {} frames ago", count(frames_since(figure.as_of_frame))),
        // All that lingered then is in the figure, and what came since may be.
        (false, Some(frame)) => format!("complete {} frames ago", count(frames_since(frame))),
        (false, None) if figure.low_objects == 0 => "not counted yet".to_owned(),
        (false, None) => "at least".to_owned(),
    }
}

/// The interval in full: `261 to 3,454`.
pub(crate) fn interval_text(figure: &LingeringFigure) -> String {
    if figure.exact || figure.low_objects == figure.high_objects {
        count(figure.low_objects)
    } else {
        format!("{} to {}", count(figure.low_objects), count(figure.high_objects))
    }
}

/// The frame that was the latest so long ago, or the oldest there is.
pub(crate) fn frame_before(profile: &Profile, window_nanos: u64) -> Option<FrameSample> {
    let frames = profile.history().frames();
    let since_nanos = frames.latest()?.time_nanos.saturating_sub(window_nanos);
    frames.iter().rev().find(|sample| sample.time_nanos <= since_nanos).or(frames.iter().next()).copied()
}

/// The latest error or alert, while it is news.
fn news(profile: &Profile) -> Option<News> {
    let now_nanos = profile.history().now_nanos();
    let recent = |time_nanos: u64| now_nanos.saturating_sub(time_nanos) < NEWS_NANOS;
    // Errors seen again move in time but not in the ring.
    let error = profile.script_errors().iter().filter(|error| recent(error.time_nanos));
    let alert = profile.alerts().latest().filter(|alert| recent(alert.time_nanos));
    match (error.max_by_key(|error| error.time_nanos), alert) {
        (Some(error), _) => Some(error_news(error, now_nanos)),
        (None, Some(Alert { message, kind, time_nanos, .. })) => Some(News {
            word: "⚠ ALERT",
            title: format!("{} · {} ago", kind.name().replace('_', " "), span(now_nanos.saturating_sub(*time_nanos))),
            lines: message.clone(),
        }),
        (None, None) => None,
    }
}

fn error_news(error: &ScriptError, now_nanos: u64) -> News {
    let age = span(now_nanos.saturating_sub(error.time_nanos));
    let times = if error.count > 1 { format!(" · {} times", count(error.count)) } else { String::new() };
    let caret = error.caret().map(|caret| format!("\n{caret}")).unwrap_or_default();
    News {
        word: "✖ SCRIPT ERROR",
        title: format!("{} · {age} ago{times}", error.place()),
        lines: format!("{}{caret}", error.message),
    }
}
