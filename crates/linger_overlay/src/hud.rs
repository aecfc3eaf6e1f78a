//! The HUD strip: the figures that one keeps an eye on while playing.
//!
//! Text changes a few times a second, so that it can be read; the sparkline moves each frame.

use egui::{Align, Color32, Context, FontId, Id, Label, Layout, Order, Rect, RichText, Sense, Ui};
use egui::{Area, UiBuilder, pos2, vec2};
use linger_profile::{Alert, FrameSample, LingeringFigure, PauseRecord, Profile, ScriptError};

use crate::format::{bytes, bytes_change, change, count, micros, millis, share, span};
use crate::sparkline::{Span, columns, sparkline};
use crate::theme::{BAD, FAINT, GOOD, LINGERING, TEXT, Theme};

const SECOND_NANOS: u64 = 1_000_000_000;
/// The window of "worst pause".
pub(crate) const WORST_WINDOW_NANOS: u64 = 10 * SECOND_NANOS;
/// How far back changes are measured.
const TREND_WINDOW_NANOS: u64 = 10 * SECOND_NANOS;
/// How long a script's error or an alert is shown below the strip.
const NEWS_NANOS: u64 = 12 * SECOND_NANOS;
/// How many frames figures are averaged over.
const MEAN_FRAMES: usize = 30;
/// How many frames the sparkline shows.
const SPARK_FRAMES: usize = 600;

/// Whether something grows, in a shape and a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Trend {
    #[default]
    None,
    Steady,
    Rising,
    Falling,
}

impl Trend {
    pub(crate) fn of(before: u64, now: u64) -> Self {
        match now.cmp(&before) {
            _ if now == 0 => Self::None,
            std::cmp::Ordering::Less => Self::Falling,
            std::cmp::Ordering::Equal => Self::Steady,
            std::cmp::Ordering::Greater => Self::Rising,
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::None => "● none",
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
    colour: Option<Color32>,
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

/// The widths of the columns in digits: the graph lies between them.
const DIGITS_BEFORE: [f32; 5] = [8.5, 9.0, 9.0, 9.5, 9.5];
const DIGITS_AFTER: [f32; 3] = [9.5, 9.5, 8.0];
/// Which column begins the group of lingering figures, set apart from what is merely usual.
const LINGERING_COLUMN: usize = 3;

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
        let trend = Trend::of(before.lingering.low_objects, lingering.low_objects);
        let lingering_colour = Some(if lingering.high_objects == 0 {
            GOOD
        } else {
            LINGERING
        });
        Self {
            before_graph: [
                Cell {
                    label: "FRAME",
                    figure: millis(frame_nanos),
                    note: format!(
                        "{}scripts {}",
                        if late { "⏶ late · " } else { "" },
                        millis(mean(|sample| sample.script_nanos))
                    ),
                    colour: late.then_some(BAD),
                },
                Cell {
                    label: "SCRIPT HEAP",
                    figure: bytes(sample.heap_bytes),
                    note: format!(
                        "{} in 10 s",
                        bytes_change(signed(sample.heap_bytes, before.heap_bytes))
                    ),
                    colour: None,
                },
                Cell {
                    label: "LIVE OBJECTS",
                    figure: count(sample.live_objects),
                    note: format!(
                        "{} in 10 s",
                        change(signed(sample.live_objects, before.live_objects))
                    ),
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
                pause_cell(
                    "WORST IN 10 S",
                    history.recent_pauses(WORST_WINDOW_NANOS).worst.as_ref(),
                    budget,
                ),
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
        return Cell {
            label,
            figure: "–".into(),
            note: "no pause".into(),
            colour: None,
        };
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

/// `exact`, `up to 1,500`, and how old the figure is.
pub(crate) fn certainty(sample: &FrameSample) -> String {
    let figure = &sample.lingering;
    let old_frames = sample.frame.saturating_sub(figure.as_of_frame);
    let age = if old_frames == 0 {
        String::new()
    } else {
        format!(" · {} f ago", count(old_frames))
    };
    match figure.exact {
        true => format!("exact{age}"),
        false if figure.high_objects > figure.low_objects => {
            format!("up to {}{age}", count(figure.high_objects))
        }
        false => format!("at least{age}"),
    }
}

/// The frame that was the latest so long ago, or the oldest there is.
pub(crate) fn frame_before(profile: &Profile, window_nanos: u64) -> Option<FrameSample> {
    let frames = profile.history().frames();
    let since_nanos = frames.latest()?.time_nanos.saturating_sub(window_nanos);
    frames
        .iter()
        .rev()
        .find(|sample| sample.time_nanos <= since_nanos)
        .or(frames.iter().next())
        .copied()
}

/// The latest error or alert, while it is news.
fn news(profile: &Profile) -> Option<News> {
    let now_nanos = profile.history().now_nanos();
    let recent = |time_nanos: u64| now_nanos.saturating_sub(time_nanos) < NEWS_NANOS;
    // Errors seen again move in time but not in the ring.
    let error = profile
        .script_errors()
        .iter()
        .filter(|error| recent(error.time_nanos));
    let alert = profile
        .alerts()
        .latest()
        .filter(|alert| recent(alert.time_nanos));
    match (error.max_by_key(|error| error.time_nanos), alert) {
        (Some(error), _) => Some(error_news(error, now_nanos)),
        (
            None,
            Some(Alert {
                message,
                kind,
                time_nanos,
                ..
            }),
        ) => Some(News {
            word: "⚠ ALERT",
            title: format!(
                "{} · {} ago",
                kind.name().replace('_', " "),
                span(now_nanos.saturating_sub(*time_nanos))
            ),
            lines: message.clone(),
        }),
        (None, None) => None,
    }
}

fn error_news(error: &ScriptError, now_nanos: u64) -> News {
    let age = span(now_nanos.saturating_sub(error.time_nanos));
    let times = if error.count > 1 {
        format!(" · {} times", count(error.count))
    } else {
        String::new()
    };
    let caret = error
        .caret()
        .map(|caret| format!("\n{caret}"))
        .unwrap_or_default();
    News {
        word: "✖ SCRIPT ERROR",
        title: format!("{} · {age} ago{times}", error.place()),
        lines: format!("{}{caret}", error.message),
    }
}

/// Draws the strip. `columns_memory` is kept from frame to frame so as not to allocate.
pub(crate) fn hud_ui(
    ctx: &Context,
    theme: &Theme,
    profile: &Profile,
    text: &HudText,
    columns_memory: &mut Vec<Span>,
) {
    let rect = theme.hud_rect();
    area("linger_hud", rect).show(ctx, |ui| {
        ui.set_style(theme.style.clone());
        ui.allocate_rect(rect, Sense::hover());
        ui.painter().rect(
            rect,
            theme.corner(),
            theme.ground,
            theme.rule,
            egui::StrokeKind::Inside,
        );
        let inner = rect.shrink2(theme.hud_padding());
        let graph = cells_ui(ui, theme, text, inner);
        graph_ui(ui, theme, profile, graph, columns_memory);
    });
}

/// Draws what happened a moment ago, below the strip.
pub(crate) fn news_ui(ctx: &Context, theme: &Theme, news: &News) {
    let mut rect = theme.below_hud();
    let lines = news.lines.lines().count().min(4) as f32;
    let padding = theme.hud_padding();
    rect.set_width(theme.size(900.0).min(rect.width()));
    let height = padding.y * 2.0 + theme.label.size * 1.5 + lines * theme.mono.size * 1.3;
    if theme.hud_rect().min.y > rect.min.y {
        rect.min.y = rect.max.y - height;
    } else {
        rect.max.y = rect.min.y + height;
    }
    area("linger_news", rect).show(ctx, |ui| {
        ui.set_style(theme.style.clone());
        ui.allocate_rect(rect, Sense::hover());
        let edge = egui::Stroke::new(theme.rule.width, BAD);
        ui.painter().rect(
            rect,
            theme.corner(),
            theme.ground,
            edge,
            egui::StrokeKind::Inside,
        );
        let mut inside = inside_ui(ui, rect.shrink2(padding), Layout::top_down(Align::Min));
        inside.spacing_mut().item_spacing = vec2(theme.size(10.0), theme.size(2.0));
        inside.horizontal(|ui| {
            ui.add(line(
                RichText::new(news.word)
                    .font(theme.label.clone())
                    .color(BAD),
            ));
            ui.add(line(
                RichText::new(&news.title)
                    .font(theme.label.clone())
                    .color(FAINT),
            ));
        });
        for text in news.lines.lines().take(4) {
            inside.add(line(
                RichText::new(text).font(theme.mono.clone()).color(TEXT),
            ));
        }
    });
}

/// An area that catches no clicks: the game below it is being played.
fn area(name: &'static str, rect: Rect) -> Area {
    Area::new(Id::new(name))
        .order(Order::Foreground)
        .fixed_pos(rect.min)
        .default_size(rect.size())
        .constrain(false)
        .interactable(false)
        .fade_in(false)
}

/// Draws all cells and returns the room that is left between them.
fn cells_ui(ui: &mut Ui, theme: &Theme, text: &HudText, inner: Rect) -> Rect {
    let gap = theme.size(26.0);
    let mut left = inner.left();
    for (index, (cell, digits)) in text.before_graph.iter().zip(DIGITS_BEFORE).enumerate() {
        if index == LINGERING_COLUMN {
            rule_ui(ui, theme, left - gap * 0.5, inner);
        }
        let width = digits * theme.figure_digit;
        cell_ui(
            ui,
            theme,
            cell,
            Rect::from_x_y_ranges(left..=left + width, inner.y_range()),
        );
        left += width + gap;
    }
    let mut right = inner.right();
    for (cell, digits) in text.after_graph.iter().zip(DIGITS_AFTER).rev() {
        let width = digits * theme.figure_digit;
        cell_ui(
            ui,
            theme,
            cell,
            Rect::from_x_y_ranges(right - width..=right, inner.y_range()),
        );
        right -= width + gap;
    }
    rule_ui(ui, theme, right + gap * 0.5, inner);
    Rect::from_x_y_ranges(left..=right.max(left), inner.y_range())
}

fn rule_ui(ui: &Ui, theme: &Theme, x: f32, inner: Rect) {
    ui.painter().vline(x, inner.y_range(), theme.rule);
}

fn cell_ui(ui: &mut Ui, theme: &Theme, cell: &Cell, rect: Rect) {
    let Cell {
        label,
        figure,
        note,
        colour,
    } = cell;
    let mut top = rect.top();
    let rows: [(&str, &FontId, Color32); 3] = [
        (label, &theme.label, FAINT),
        (figure, &theme.figure, colour.unwrap_or(TEXT)),
        (note, &theme.label, FAINT),
    ];
    for ((text, font, colour), height) in rows.into_iter().zip(theme.hud_rows()) {
        let row = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), height));
        let mut inside = inside_ui(ui, row, Layout::left_to_right(Align::Center));
        inside.add(line(RichText::new(text).font(font.clone()).color(colour)));
        top += height;
    }
}

fn graph_ui(ui: &Ui, theme: &Theme, profile: &Profile, rect: Rect, memory: &mut Vec<Span>) {
    if rect.width() < theme.size(40.0) {
        return;
    }
    let frames = profile.history().frames().last(SPARK_FRAMES);
    let spans = frames.map(|sample| Span {
        low: sample.lingering.low_objects,
        high: sample.lingering.high_objects,
    });
    columns(
        spans,
        (rect.width() / theme.size(2.0).max(1.0)) as usize,
        memory,
    );
    let colour = if memory.iter().all(|span| span.high == 0) {
        GOOD
    } else {
        LINGERING
    };
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.bottom(), theme.rule);
    painter.add(sparkline(memory, rect, theme.size(2.0), colour));
}

pub(crate) fn inside_ui(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}

/// Text of one line, cut where the room ends.
pub(crate) fn line(text: RichText) -> Label {
    Label::new(text).truncate().selectable(false)
}
