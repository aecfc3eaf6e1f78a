//! The HUD strip: the figures that one keeps an eye on while playing.
//!
//! Text changes a few times a second, so that it can be read; the sparkline moves each frame.

use egui::{Align, Color32, Context, FontId, Id, Label, Layout, Order, Rect, RichText, Sense, Ui};
use egui::{Area, UiBuilder, pos2, vec2};
use linger_profile::Profile;

use crate::hud_text::{Cell, HudText, News};
use crate::sparkline::{Span, columns, sparkline};
use crate::theme::{BAD, FAINT, GOOD, LINGERING, TEXT, Theme};

/// How many frames the sparkline shows.
const SPARK_FRAMES: usize = 600;

/// Draws the strip. `columns_memory` is kept from frame to frame so as not to allocate.
pub(crate) fn hud_ui(ctx: &Context, theme: &Theme, profile: &Profile, text: &HudText, columns_memory: &mut Vec<Span>) {
    let rect = theme.hud_rect();
    area("linger_hud", rect).show(ctx, |ui| {
        ui.set_style(theme.style.clone());
        ui.allocate_rect(rect, Sense::hover());
        ui.painter().rect(rect, theme.corner(), theme.ground, theme.rule, egui::StrokeKind::Inside);
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
        ui.painter().rect(rect, theme.corner(), theme.ground, edge, egui::StrokeKind::Inside);
        let mut inside = inside_ui(ui, rect.shrink2(padding), Layout::top_down(Align::Min));
        inside.spacing_mut().item_spacing = vec2(theme.size(10.0), theme.size(2.0));
        inside.horizontal(|ui| {
            ui.add(line(RichText::new(news.word).font(theme.label.clone()).color(BAD)));
            ui.add(line(RichText::new(&news.title).font(theme.label.clone()).color(FAINT)));
        });
        for text in news.lines.lines().take(4) {
            inside.add(line(RichText::new(text).font(theme.mono.clone()).color(TEXT)));
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

/// Where the columns of the strip lie: in one row, or in two on a screen that is narrow for its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HudLayout {
    before_graph: [f32; 5],
    after_graph: [f32; 3],
    gap: f32,
    pub(crate) two_rows: bool,
}

/// The longest figures in digits, and the longest notes, of each column before the graph.
const BEFORE_GRAPH: [(f32, &str, &str); 5] = [
    (8.5, "FRAME ⏶ LATE", "scripts 100.0 ms"),
    (9.3, "SCRIPT HEAP", "+888.8 MiB in 10 s"),
    (9.3, "LIVE OBJECTS", "+8,888,888 in 10 s"),
    (10.3, "LINGERING", "⏷ falling"),
    (9.3, "LINGERING BYTES", "complete 888 frames ago"),
];
/// The same of the columns after it.
const AFTER_GRAPH: [(f32, &str, &str); 3] = [
    (10.3, "LAST PAUSE", "⏶ over: 1000% of frame"),
    (10.3, "WORST IN 10 S", "⏶ over: 1000% of frame"),
    (8.3, "LINGER ITSELF", "888% of frame"),
];
/// The first column of those about lingering, set apart from what is merely usual.
const LINGERING_COLUMN: usize = 3;
/// The last column, which is about the profiler and not about the game.
const ITSELF_COLUMN: usize = 2;

impl HudLayout {
    /// The layout for a strip of that width; `text_width` measures labels and notes.
    pub(crate) fn new(width: f32, gap: f32, figure_digit: f32, mut text_width: impl FnMut(&str) -> f32) -> Self {
        let mut column = |(digits, label, note): (f32, &str, &str)| {
            (digits * figure_digit).max(text_width(label)).max(text_width(note)).ceil()
        };
        let before_graph = BEFORE_GRAPH.map(&mut column);
        let after_graph = AFTER_GRAPH.map(&mut column);
        let needed: f32 = before_graph.iter().chain(&after_graph).map(|width| width + gap).sum();
        // A graph narrower than this says nothing.
        let two_rows = needed + 6.0 * figure_digit > width;
        Self { before_graph, after_graph, gap, two_rows }
    }
}

/// Draws all cells and returns the room that is left for the graph.
fn cells_ui(ui: &mut Ui, theme: &Theme, text: &HudText, inner: Rect) -> Rect {
    let layout = &theme.hud_layout;
    let before: Vec<(&Cell, f32)> = text.before_graph.iter().zip(layout.before_graph).collect();
    let after: Vec<(&Cell, f32)> = text.after_graph.iter().zip(layout.after_graph).collect();
    if !layout.two_rows {
        return row_ui(ui, theme, &before, &after, inner);
    }
    let height = theme.hud_rows().iter().sum::<f32>();
    let (mut upper, mut lower) = (inner, inner);
    upper.max.y = inner.top() + height;
    lower.min.y = inner.bottom() - height;
    let (usual, lingering) = before.split_at(LINGERING_COLUMN);
    let (pauses, itself) = after.split_at(ITSELF_COLUMN);
    row_ui(ui, theme, usual, itself, upper);
    row_ui(ui, theme, lingering, pauses, lower)
}

/// Draws cells from both ends of a row and returns what is left between them.
fn row_ui(ui: &mut Ui, theme: &Theme, from_left: &[(&Cell, f32)], from_right: &[(&Cell, f32)], row: Rect) -> Rect {
    let gap = theme.hud_layout.gap;
    let mut rest = row;
    for (index, (cell, width)) in from_left.iter().enumerate() {
        if index == LINGERING_COLUMN {
            rule_ui(ui, theme, rest.left() - gap * 0.5, row);
        }
        cell_ui(ui, theme, cell, rest.with_max_x(rest.left() + width));
        rest.min.x += width + gap;
    }
    for (cell, width) in from_right.iter().rev() {
        cell_ui(ui, theme, cell, rest.with_min_x(rest.right() - width));
        rest.max.x -= width + gap;
    }
    if rest.is_positive() {
        rule_ui(ui, theme, rest.right() + gap * 0.5, row);
    }
    rest
}

fn rule_ui(ui: &Ui, theme: &Theme, x: f32, inner: Rect) {
    ui.painter().vline(x, inner.y_range(), theme.rule);
}

fn cell_ui(ui: &mut Ui, theme: &Theme, cell: &Cell, rect: Rect) {
    let Cell { label, figure, note, colour } = cell;
    let mut top = rect.top();
    let rows: [(&str, &FontId, Color32); 3] =
        [(label, &theme.label, FAINT), (figure, &theme.figure, colour.unwrap_or(TEXT)), (note, &theme.label, FAINT)];
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
    let history = profile.history();
    let frames = history.frames().last(SPARK_FRAMES);
    let first = history.frame_count() - frames.len() as u64;
    let spans = frames.map(|sample| Span { low: sample.lingering.low_objects, high: sample.lingering.high_objects });
    let room = (rect.width() / theme.size(2.0).max(1.0)) as usize;
    columns(spans, first, room, memory);
    let colour = if memory.iter().all(|span| span.high == 0) { GOOD } else { LINGERING };
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
