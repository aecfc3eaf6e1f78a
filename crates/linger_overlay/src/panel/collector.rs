//! The tab of the collector: what it was told, where it stands, its slices against the budget, and its passes.

use egui::{Align, Color32, Layout, Rect, RichText, Shape, Stroke, Ui, pos2, vec2};
use linger_profile::{CollectorPhase, PauseReason, Profile};

use super::{inside_ui, part_ui};
use crate::format::{count, micros, share};
use crate::hud::line;
use crate::hud_text::{certainty, interval_text};
use crate::table::{Column, Row, Table, Unit};
use crate::theme::{BAD, COOL, FAINT, LINGERING, TEXT, Theme};

/// Frames whose slices are drawn: four seconds at 60 a second.
const SLICES_SHOWN: u64 = 240;
/// Frames that the share of the frame is averaged over.
const SHARE_FRAMES: usize = 60;

const COLUMNS: [Column; 6] = [
    Column { title: "ended in frame", unit: Unit::Few },
    Column { title: "found", unit: Unit::Lingering },
    Column { title: "marked", unit: Unit::Few },
    Column { title: "slices", unit: Unit::Few },
    Column { title: "work", unit: Unit::Micros },
    Column { title: "longest slice", unit: Unit::Micros },
];

#[derive(Debug)]
pub(super) struct CollectorTab {
    figures: [(&'static str, String, String); 6],
    passes: Table,
}

impl Default for CollectorTab {
    fn default() -> Self {
        Self { figures: Default::default(), passes: Table::new("linger_passes", "begun by", &COLUMNS, 0) }
    }
}

impl CollectorTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        let history = profile.history();
        let collector = &profile.collector;
        let sample = profile.latest_frame().copied().unwrap_or_default();
        let (phase, began) = match collector.phase {
            CollectorPhase::Idle => ("idle".to_owned(), format!("last begun by {}", collector.reason.name())),
            phase => {
                let percent = collector.progress.clamp(0.0, 1.0) * 100.0;
                (format!("{} {percent:.0}%", phase.name()), format!("begun by {}", collector.reason.name()))
            }
        };
        let mean_nanos = history.mean_of(SHARE_FRAMES, |sample| sample.pause_nanos);
        let useless = profile.passes().iter().filter(|pass| pass.useless()).count();
        self.figures = [
            ("POLICY", collector.policy.name().to_owned(), {
                let late = if collector.waits_to_be_freed { "dropped objects wait" } else { "no backlog" };
                late.to_owned()
            }),
            ("BUDGET", micros(u64::from(collector.budget_micros) * 1_000), "a frame".to_owned()),
            ("PASS", phase, began),
            ("LINGERING", interval_text(&sample.lingering), certainty(&sample)),
            ("PAUSES", micros(mean_nanos), format!("{} of frame", share(mean_nanos, profile.frame_budget_nanos))),
            ("PASSES", count(profile.pass_count()), format!("{} of {} useless", useless, profile.passes().len())),
        ];
        self.passes.fill(profile.passes().iter().map(|pass| {
            let useless = if pass.useless() { " · useless" } else { "" };
            let numbers = [
                pass.last_frame,
                pass.found_objects,
                pass.marked,
                pass.slices,
                pass.work_nanos,
                pass.longest_slice_nanos,
            ];
            let numbers = numbers.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
            Row::new(format!("{}{useless}", pass.reason.name()), numbers)
        }));
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme, profile: &Profile) {
        let room = ui.available_rect_before_wrap();
        let gap = theme.size(16.0);
        let [label, figure, note] = theme.hud_rows();
        let figures = Rect::from_min_size(room.min, vec2(room.width(), label + figure + note));
        let legend_top = figures.bottom() + gap * 0.5;
        let legend = Rect::from_min_size(pos2(room.left(), legend_top), vec2(room.width(), theme.label.size * 1.5));
        let bars_height = (room.bottom() - legend.bottom()) * 0.4;
        let bars =
            Rect::from_min_size(pos2(room.left(), legend.bottom() + gap * 0.25), vec2(room.width(), bars_height));
        let table = Rect::from_min_max(pos2(room.left(), bars.bottom() + gap), room.max);
        self.figures_ui(ui, theme, figures);
        legend_ui(&mut inside_ui(ui, legend, Layout::left_to_right(Align::Center)), theme);
        slices_ui(ui, theme, profile, bars);
        let mut passes = inside_ui(ui, table, Layout::top_down(Align::Min));
        part_ui(&mut passes, theme, "PASSES OVER THE WHOLE HEAP");
        self.passes.table_ui(&mut passes, theme, "No pass has ended yet.");
    }

    fn figures_ui(&self, ui: &mut Ui, theme: &Theme, rect: Rect) {
        let width = rect.width() / self.figures.len() as f32;
        for (index, (label, figure, note)) in self.figures.iter().enumerate() {
            let corner = rect.min + vec2(width * index as f32, 0.0);
            let cell = Rect::from_min_size(corner, vec2(width - theme.size(8.0), rect.height()));
            let mut inside = inside_ui(ui, cell, Layout::top_down(Align::Min));
            inside.spacing_mut().item_spacing.y = 0.0;
            let small = |text: &str| RichText::new(text).font(theme.label.clone()).color(FAINT);
            inside.add(line(small(label)));
            inside.add(line(RichText::new(figure).font(theme.heading.clone()).color(TEXT)));
            inside.add(line(small(note)));
        }
    }
}

fn legend_ui(ui: &mut Ui, theme: &Theme) {
    part_ui(ui, theme, "THE SLICES OF THE LAST 240 FRAMES");
    for (name, colour) in
        [("■ slice", COOL), ("■ freeing a dropped graph", LINGERING), ("⏶ over twice the budget", BAD)]
    {
        ui.add_space(theme.size(10.0));
        ui.label(RichText::new(name).font(theme.mono.clone()).color(colour));
    }
}

/// A bar for each frame, up to twice the budget; what is longer is cut and marked.
fn slices_ui(ui: &Ui, theme: &Theme, profile: &Profile, rect: Rect) {
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, ui.visuals().faint_bg_color);
    let Some(latest) = profile.latest_frame().map(|sample| sample.frame) else {
        return;
    };
    let budget_nanos = (u64::from(profile.collector.budget_micros) * 1_000).max(1);
    let step = rect.width() / SLICES_SHOWN as f32;
    let mut bars: Vec<Shape> = Vec::with_capacity(SLICES_SHOWN as usize);
    for pause in profile.history().pauses().iter().rev() {
        let age = latest.saturating_sub(pause.frame);
        if age >= SLICES_SHOWN {
            break;
        }
        let colour: Color32 = match pause.reason {
            PauseReason::Slice => COOL,
            PauseReason::Cascade => LINGERING,
            _ => continue,
        };
        let height = pause.pause_nanos as f32 / (2 * budget_nanos) as f32;
        let left = rect.right() - step * (age + 1) as f32;
        let top = rect.bottom() - rect.height() * height.min(1.0);
        let bar = Rect::from_min_max(pos2(left, top), pos2(left + (step * 0.8).max(1.0), rect.bottom()));
        bars.push(Shape::rect_filled(bar, 0.0, colour));
        if height > 1.0 {
            let cap = Rect::from_min_size(bar.min, vec2(bar.width(), theme.size(4.0)));
            bars.push(Shape::rect_filled(cap, 0.0, BAD));
        }
    }
    painter.extend(bars);
    let middle = rect.center().y;
    let points = [pos2(rect.left(), middle), pos2(rect.right(), middle)];
    let stroke = Stroke::new(theme.size(1.5), TEXT);
    painter.extend(Shape::dashed_line(&points, stroke, theme.size(8.0), theme.size(6.0)));
    let text = format!("budget {}", micros(budget_nanos));
    let at = pos2(rect.left() + theme.size(6.0), middle - theme.size(3.0));
    painter.text(at, egui::Align2::LEFT_BOTTOM, text, theme.label.clone(), TEXT);
}
