//! The tab of pauses: figures, a timeline against the frame's budget, a histogram, the longest.

use egui::{Align, Align2, Color32, Layout, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};
use egui_plot::{GridMark, HLine, Line, LineStyle, MarkerShape, Plot, PlotBounds, PlotPoint, Points, Text, VLine};
use linger_profile::{PauseReason, Profile};

use super::{inside_ui, part_ui};
use crate::format::{count, micros, millis, share};
use crate::hud::line;
use crate::hud_text::WORST_WINDOW_NANOS;
use crate::table::{Column, Row, Table, Unit, page_scroll};
use crate::theme::{BAD, COOL, FAINT, GOOD, LINGERING, TEXT, Theme};

const SECOND_NANOS: u64 = 1_000_000_000;
const TIMELINE_SECONDS: u64 = 30;
/// Slices come each frame: only the longest of each so many nanoseconds is drawn.
const SLICE_COLUMN_NANOS: u64 = SECOND_NANOS / 8;
const EDGES_MICROS: [u64; 10] = [0, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
const EDGE_NAMES: [&str; 10] =
    ["<10 µs", "≥10 µs", "≥30 µs", "≥100 µs", "≥300 µs", "≥1 ms", "≥3 ms", "≥10 ms", "≥30 ms", "≥0.1 s"];

const COLUMNS: [Column; 4] = [
    Column { title: "pause", unit: Unit::Micros },
    Column { title: "of frame", unit: Unit::PerMille },
    Column { title: "examined", unit: Unit::Few },
    Column { title: "freed", unit: Unit::Few },
];

#[derive(Debug)]
pub(super) struct PausesTab {
    figures: [(&'static str, String, String, bool); 6],
    histogram: [u64; EDGES_MICROS.len()],
    longest: Table,
}

impl Default for PausesTab {
    fn default() -> Self {
        Self {
            figures: Default::default(),
            histogram: Default::default(),
            longest: Table::new("linger_longest_pauses", "what for, @frame", &COLUMNS, 0),
        }
    }
}

/// What a person tells apart in the timeline, each by its own shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    Slice,
    Collection,
    Census,
    Cascade,
}

impl Series {
    const ALL: [Self; 4] = [Self::Slice, Self::Collection, Self::Census, Self::Cascade];

    fn of(reason: PauseReason) -> Self {
        match reason {
            PauseReason::Slice => Self::Slice,
            PauseReason::Census => Self::Census,
            PauseReason::Cascade => Self::Cascade,
            PauseReason::Script | PauseReason::Request | PauseReason::Threshold | PauseReason::Exit => Self::Collection,
        }
    }

    fn looks(self) -> (&'static str, MarkerShape, f32, Color32) {
        match self {
            Self::Slice => ("● slice", MarkerShape::Circle, 2.0, COOL),
            Self::Collection => ("◆ collection", MarkerShape::Diamond, 7.0, LINGERING),
            Self::Census => ("■ count", MarkerShape::Square, 5.0, GOOD),
            Self::Cascade => ("▲ cascade", MarkerShape::Up, 6.0, TEXT),
        }
    }
}

impl PausesTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        let history = profile.history();
        let budget = profile.frame_budget_nanos;
        let figures = history.pause_figures();
        let cell = |label, nanos: Option<u64>| match nanos {
            None => (label, "–".to_owned(), "no pause".to_owned(), false),
            Some(nanos) => {
                let over = nanos > budget;
                let word = if over { "⏶ over: " } else { "" };
                (label, micros(nanos), format!("{word}{} of frame", share(nanos, budget)), over)
            }
        };
        let any = |nanos: u64| (figures.count > 0).then_some(nanos);
        let worst = history.recent_pauses(WORST_WINDOW_NANOS).worst;
        self.figures = [
            cell("LAST", history.pauses().latest().map(|pause| pause.pause_nanos)),
            cell("WORST IN 10 S", worst.map(|pause| pause.pause_nanos)),
            cell("P50", any(figures.p50_nanos)),
            cell("P99", any(figures.p99_nanos)),
            cell("P99.9", any(figures.p999_nanos)),
            cell("LONGEST", any(figures.max_nanos)),
        ];
        let all = history.pause_histogram();
        self.histogram = std::array::from_fn(|index| {
            let to = EDGES_MICROS.get(index + 1).map_or(u64::MAX, |micros| micros * 1_000);
            all.count_between(EDGES_MICROS[index] * 1_000, to)
        });
        self.longest.fill(history.longest_pauses().iter().map(|pause| {
            let useless = if pause.useless() { " useless" } else { "" };
            let numbers = [
                pause.pause_nanos,
                (f64::from(pause.share_of(budget)) * 1_000.0) as u64,
                pause.examined,
                pause.freed_objects,
            ];
            let numbers = numbers.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
            let name = format!("{} @{}{useless}", pause.reason.name(), count(pause.frame));
            Row::new(name, numbers)
        }));
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme, profile: &Profile) {
        let room = ui.available_rect_before_wrap();
        let least = least_height(theme);
        if room.height() >= least {
            return self.parts_ui(ui, theme, profile, room);
        }
        // A small window: what would be squeezed until nobody could read it is scrolled to instead.
        ScrollArea::vertical().id_salt("linger_pauses_tab").auto_shrink(false).animated(false).show(ui, |ui| {
            let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), least), Sense::hover());
            self.parts_ui(ui, theme, profile, room);
            // After the table inside, which would take it.
            page_scroll(ui);
        });
    }

    fn parts_ui(&mut self, ui: &mut Ui, theme: &Theme, profile: &Profile, room: Rect) {
        let gap = theme.size(16.0);
        let [label, figure, note] = theme.hud_rows();
        let mut top = room.top();
        let mut slab = |height: f32| {
            let rect = Rect::from_min_max(pos2(room.left(), top), pos2(room.right(), top + height));
            top = rect.bottom() + gap * 0.5;
            rect
        };
        let figures = slab(label + figure + note);
        let legend = slab(theme.label.size * 1.5);
        let rest = room.bottom() - legend.bottom();
        let timeline = slab((rest * 0.5).min(rest - least_bars(theme) - gap * 1.5).max(least_timeline(theme)));
        let lower = Rect::from_min_max(pos2(room.left(), timeline.bottom() + gap), room.max);
        let split = lower.left() + lower.width() * 0.37;
        let left = Rect::from_min_max(lower.min, pos2(split - gap, lower.bottom()));
        let right = Rect::from_min_max(pos2(split, lower.top()), lower.max);
        let place = |ui: &mut Ui, rect| inside_ui(ui, rect, Layout::top_down(Align::Min));
        self.figures_ui(ui, theme, figures);
        legend_ui(&mut inside_ui(ui, legend, Layout::left_to_right(Align::Center)), theme);
        timeline_ui(&mut place(ui, timeline), theme, profile);
        self.histogram_ui(&mut place(ui, left), theme, profile.frame_budget_nanos);
        let mut longest = place(ui, right);
        part_ui(&mut longest, theme, "THE LONGEST OF THE SESSION");
        self.longest.table_ui(&mut longest, theme, "No pause yet.");
    }

    fn figures_ui(&self, ui: &mut Ui, theme: &Theme, rect: Rect) {
        let width = rect.width() / self.figures.len() as f32;
        for (index, (label, figure, note, over)) in self.figures.iter().enumerate() {
            let corner = rect.min + vec2(width * index as f32, 0.0);
            let cell = Rect::from_min_size(corner, vec2(width, rect.height()));
            let mut inside = inside_ui(ui, cell, Layout::top_down(Align::Min));
            inside.spacing_mut().item_spacing.y = 0.0;
            let colour = if *over { BAD } else { TEXT };
            let small = |text: &str| RichText::new(text).font(theme.label.clone()).color(FAINT);
            inside.add(line(small(label)));
            inside.add(line(RichText::new(figure).font(theme.figure.clone()).color(colour)));
            inside.add(line(small(note)));
        }
    }

    fn histogram_ui(&self, ui: &mut Ui, theme: &Theme, budget_nanos: u64) {
        part_ui(ui, theme, "ALL PAUSES BY LENGTH");
        let room = ui.available_rect_before_wrap();
        let bars = self.histogram.len();
        let row = (room.height() / bars as f32).min(theme.row_height());
        let name_width = theme.mono_digit * 8.5;
        let number_width = theme.mono_digit * 9.5;
        let widest = (room.width() - name_width - number_width).max(0.0);
        // Thousands of slices beside a handful of collections: only logarithms show both.
        let height = |number: u64| (number as f32 + 1.0).ln();
        let most = self.histogram.iter().copied().max().unwrap_or(0).max(1);
        for (index, number) in self.histogram.iter().enumerate() {
            let y = room.top() + row * index as f32;
            let line_rect = Rect::from_min_size(pos2(room.left(), y), vec2(room.width(), row));
            let over = EDGES_MICROS[index] * 1_000 >= budget_nanos;
            let colour = if over { BAD } else { COOL };
            let mut inside = inside_ui(ui, line_rect, Layout::left_to_right(Align::Center));
            let mono = |text: &str, colour| line(RichText::new(text).font(theme.mono.clone()).color(colour));
            inside.add(mono(EDGE_NAMES[index], FAINT));
            let bar_left = line_rect.left() + name_width;
            let bar = Rect::from_min_size(
                pos2(bar_left, y + row * 0.2),
                vec2(widest * height(*number) / height(most), row * 0.6),
            );
            inside.painter().rect_filled(bar, 0.0, colour.gamma_multiply(0.75));
            let number_rect = Rect::from_min_size(pos2(bar.right() + theme.size(8.0), y), vec2(number_width, row));
            let text_colour = if *number == 0 { FAINT } else { TEXT };
            inside_ui(ui, number_rect, Layout::left_to_right(Align::Center)).add(mono(&count(*number), text_colour));
        }
    }
}

/// What the tab needs for its curve and its bars to be read.
fn least_height(theme: &Theme) -> f32 {
    let figures: f32 = theme.hud_rows().iter().sum();
    figures + theme.label.size * 1.5 + least_timeline(theme) + least_bars(theme) + theme.size(48.0)
}

fn least_timeline(theme: &Theme) -> f32 {
    theme.label.size * 8.0
}

fn least_bars(theme: &Theme) -> f32 {
    theme.label.size * 2.0 + theme.mono.size * 0.95 * EDGE_NAMES.len() as f32
}

fn legend_ui(ui: &mut Ui, theme: &Theme) {
    part_ui(ui, theme, "THE LAST 30 SECONDS");
    for series in Series::ALL {
        let (name, _, _, colour) = series.looks();
        ui.add_space(theme.size(10.0));
        ui.label(RichText::new(name).font(theme.mono.clone()).color(colour));
    }
}

/// Pauses are drawn by the logarithm of their microseconds: slices and collections are far apart.
fn height_of(nanos: u64) -> f64 {
    (nanos as f64 / 1_000.0).max(1.0).log10()
}

fn timeline_ui(ui: &mut Ui, theme: &Theme, profile: &Profile) {
    let history = profile.history();
    let now_nanos = history.now_nanos();
    let budget_nanos = profile.frame_budget_nanos;
    let since_nanos = now_nanos.saturating_sub(TIMELINE_SECONDS * SECOND_NANOS);
    let seconds = |nanos: u64| (nanos as f64 - now_nanos as f64) / SECOND_NANOS as f64;
    let mut points: [Vec<[f64; 2]>; Series::ALL.len()] = Default::default();
    let mut highest = height_of(budget_nanos) + 0.4;
    let mut column = None;
    for pause in history.pauses().iter().rev() {
        if pause.end_nanos() < since_nanos {
            break;
        }
        let point = [seconds(pause.start_nanos), height_of(pause.pause_nanos)];
        highest = highest.max(point[1] + 0.2);
        let series = Series::of(pause.reason);
        let drawn = &mut points[series as usize];
        let this_column = Some(pause.start_nanos / SLICE_COLUMN_NANOS);
        match drawn.last_mut() {
            Some(last) if series == Series::Slice && this_column == column => {
                last[1] = last[1].max(point[1]);
            }
            _ => drawn.push(point),
        }
        if series == Series::Slice {
            column = this_column;
        }
    }
    let marks: Vec<(f64, String)> = profile
        .marks()
        .iter()
        .filter(|mark| mark.time_nanos >= since_nanos)
        .map(|mark| (seconds(mark.time_nanos), mark.label.clone()))
        .collect();
    let slice_nanos = u64::from(profile.collector.budget_micros) * 1_000;
    ui.style_mut().text_styles.insert(egui::TextStyle::Body, theme.label.clone());
    let plot = Plot::new("linger_pauses")
        .allow_drag(false)
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .show_x(false)
        .show_y(false)
        .show_background(false)
        .grid_color(theme.grid)
        .grid_fade(0.0)
        .set_margin_fraction(vec2(0.0, 0.0))
        .width(ui.available_width())
        .height(ui.available_height())
        .y_axis_min_width(theme.label.size * 3.6)
        .x_grid_spacer(|_| (0..=6).map(|step| grid_mark(f64::from(step) * -5.0, 5.0)).collect())
        .y_grid_spacer(move |_| {
            (0..=7).map(f64::from).filter(|step| *step < highest).map(|step| grid_mark(step, 1.0)).collect()
        })
        .x_axis_formatter(|mark, _| match mark.value {
            value if value > -0.1 => "now".to_owned(),
            // The corner belongs to the other axis.
            value if value < 0.5 - TIMELINE_SECONDS as f64 => String::new(),
            value => format!("{:.0} s ago", -value),
        })
        .y_axis_formatter(|mark, _| match mark.value.round() as i32 {
            0 => "1 µs".to_owned(),
            1 => "10 µs".to_owned(),
            2 => "100 µs".to_owned(),
            3 => "1 ms".to_owned(),
            4 => "10 ms".to_owned(),
            5 => "0.1 s".to_owned(),
            6 => "1 s".to_owned(),
            _ => "10 s".to_owned(),
        });
    plot.show(ui, |plot| {
        let left = -(TIMELINE_SECONDS as f64);
        plot.set_plot_bounds(PlotBounds::from_min_max([left, 0.0], [0.4, highest]));
        let budgets = [
            (budget_nanos, BAD, format!("frame budget {}", millis(budget_nanos))),
            (slice_nanos, COOL, format!("slice budget {}", micros(slice_nanos))),
        ];
        for (nanos, colour, name) in budgets {
            let style = LineStyle::Dashed { length: theme.size(8.0) };
            let budget = HLine::new("", height_of(nanos)).color(colour).style(style);
            plot.hline(budget.width(theme.size(1.5)).allow_hover(false));
            let at = PlotPoint::new(left + 0.2, height_of(nanos));
            let text = RichText::new(name).font(theme.label.clone()).color(colour);
            plot.text(Text::new("", at, text).anchor(Align2::LEFT_BOTTOM).allow_hover(false));
        }
        for (second, label) in marks {
            plot.vline(VLine::new("", second).color(FAINT).width(theme.size(1.0)).allow_hover(false));
            let text = RichText::new(label).font(theme.label.clone()).color(FAINT);
            let at = PlotPoint::new(second + 0.1, highest);
            plot.text(Text::new("", at, text).anchor(Align2::LEFT_TOP).allow_hover(false));
        }
        for (series, points) in Series::ALL.into_iter().zip(points) {
            let (_, shape, radius, colour) = series.looks();
            if series == Series::Slice {
                let line = Line::new("", points).color(colour).width(theme.size(1.5));
                plot.line(line.fill(0.0).fill_alpha(0.14).allow_hover(false));
                continue;
            }
            let points = Points::new("", points).shape(shape).radius(theme.size(radius));
            plot.points(points.color(colour).stems(0.0).allow_hover(false));
        }
    });
}

fn grid_mark(value: f64, step_size: f64) -> GridMark {
    GridMark { value, step_size }
}
