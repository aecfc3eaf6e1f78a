//! The tab of what lingers: by cycle, by type, by site.

use egui::{Align, Frame, Layout, Rect, RichText, ScrollArea, Ui, vec2};
use linger_profile::{LingeringGroup, Profile};

use super::{inside_ui, part_ui};
use crate::format::{bytes, count};
use crate::hud::line;
use crate::table::{Column, NOTHING, Row, Table, Unit, page_scroll, tail};
use crate::theme::{COOL, FAINT, LINGERING, TEXT, Theme};

/// More groups than a person reads.
const GROUPS_SHOWN: usize = 40;
/// The most of the height that the cycles take, and the least.
const CYCLES_SHARE: std::ops::RangeInclusive<f32> = 0.2..=0.56;
/// Steps of a cycle that are spelled out.
const STEPS_NAMED: usize = 8;
/// The longest name that is written out.
const NAME_LETTERS: usize = 64;

/// The room that two tables beside each other take.
const TABLES_DIGITS: f32 = 96.0;

const COLUMNS: [Column; 3] = [
    Column { title: "objects", unit: Unit::Lingering },
    Column { title: "bytes", unit: Unit::Bytes },
    Column { title: "since mark", unit: Unit::Change },
];

#[derive(Debug)]
pub(super) struct LingeringTab {
    groups: Vec<GroupText>,
    left_out: usize,
    /// What is said of objects that no group was made of.
    unexplained: Option<String>,
    by_type: Table,
    by_site: Table,
    /// The share of the height that the cycles have needed so far: it grows and never shrinks, so that nothing jumps about.
    cycles_share: f32,
}

impl Default for LingeringTab {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            left_out: 0,
            unexplained: None,
            by_type: Table::new("linger_lingering_types", "type", &COLUMNS, 0),
            by_site: Table::new("linger_lingering_sites", "made at", &COLUMNS, 0),
            cycles_share: *CYCLES_SHARE.start(),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct GroupText {
    objects: String,
    bytes: String,
    /// What to cut, and the line that made it: what one looks for first.
    cut: String,
    site: String,
    cycle: String,
    facts: String,
}

impl GroupText {
    fn of(group: &LingeringGroup, marked: bool) -> Self {
        let LingeringGroup {
            fingerprint: _,
            objects,
            bytes: size,
            cycle,
            site,
            cut,
            cut_reference,
            age_frames,
            new_since_mark,
            culprits,
            victims,
        } = group;
        let mut facts = format!("oldest {} frames", count(*age_frames));
        if marked {
            facts += &format!(" · {} new since mark", count(*new_since_mark));
        }
        facts += &format!(" · {} in cycles, {} held by them", count(*culprits), count(*victims));
        let cut = if cut_reference.is_empty() { cut } else { cut_reference };
        Self {
            objects: count(*objects),
            bytes: bytes(*size),
            cut: tail(cut, NAME_LETTERS),
            site: tail(site, NAME_LETTERS),
            cycle: spelled(cycle),
            facts,
        }
    }
}

/// A cycle back to its start; of a long one the first steps.
fn spelled(cycle: &[String]) -> String {
    let Some(first) = cycle.first() else { return String::new() };
    let named = if cycle.len() > STEPS_NAMED + 1 { STEPS_NAMED } else { cycle.len() };
    let mut steps: Vec<String> = cycle[..named].iter().map(|step| tail(step, NAME_LETTERS)).collect();
    if named < cycle.len() {
        steps.push(format!("{} more", cycle.len() - named));
    }
    steps.push(tail(first, NAME_LETTERS));
    steps.join(" → ")
}

impl LingeringTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        let marked = !profile.marks().is_empty();
        let mut groups: Vec<&LingeringGroup> = profile.groups().iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.objects));
        self.left_out = groups.len().saturating_sub(GROUPS_SHOWN);
        groups.truncate(GROUPS_SHOWN);
        self.groups = groups.into_iter().map(|group| GroupText::of(group, marked)).collect();
        let (explained, lingering) = (profile.collector.explained_objects, profile.lingering().low_objects);
        self.unexplained = (explained < lingering && !self.groups.is_empty())
            .then(|| format!("made of {} of the {} lingering objects", count(explained), count(lingering)));
        // Before the first mark there is nothing to compare with.
        let since_mark = |since| if marked { since } else { NOTHING };
        let types = profile.types().iter().enumerate();
        self.by_type.fill(types.filter(|(_, row)| row.lingering.objects > 0).map(|(index, row)| {
            let since = profile.type_change(index).unwrap_or_default().lingering_objects;
            let tally = row.lingering;
            Row::new(row.name.as_str(), [tally.objects as i64, tally.bytes as i64, since_mark(since)])
        }));
        let sites = profile.sites().iter().enumerate();
        self.by_site.fill(sites.filter(|(_, row)| row.lingering.objects > 0).map(|(index, row)| {
            let since = profile.site_change(index).unwrap_or_default().lingering_objects;
            let tally = row.lingering;
            Row::new(row.to_string(), [tally.objects as i64, tally.bytes as i64, since_mark(since)])
        }));
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme, profile: &Profile) {
        let room = ui.available_rect_before_wrap();
        let gap = theme.size(16.0);
        let middle = room.top() + room.height() * self.cycles_share;
        let upper = Rect::from_min_max(room.min, egui::pos2(room.right(), middle));
        let lower = Rect::from_min_max(egui::pos2(room.left(), middle + gap), room.max);
        // Side by side, or one above the other where a table would have to scroll.
        let side_by_side = lower.width() > theme.mono_digit * TABLES_DIGITS;
        let (half, second) = if side_by_side {
            let half = vec2((lower.width() - gap) * 0.5, lower.height());
            (half, vec2(half.x + gap, 0.0))
        } else {
            let half = vec2(lower.width(), (lower.height() - gap) * 0.5);
            (half, vec2(0.0, half.y + gap))
        };
        let left = Rect::from_min_size(lower.min, half);
        let right = Rect::from_min_size(lower.min + second, half);
        let place = |ui: &mut Ui, rect| inside_ui(ui, rect, Layout::top_down(Align::Min));
        let needed = self.groups_ui(&mut place(ui, upper), theme, profile) / room.height().max(1.0);
        if needed > self.cycles_share {
            self.cycles_share = needed.clamp(*CYCLES_SHARE.start(), *CYCLES_SHARE.end());
            ui.ctx().request_repaint();
        }
        let mut by_type = place(ui, left);
        part_ui(&mut by_type, theme, "BY TYPE");
        self.by_type.table_ui(&mut by_type, theme, "Nothing lingers.");
        let mut by_site = place(ui, right);
        part_ui(&mut by_site, theme, "BY THE LINE THAT MADE THEM");
        self.by_site.table_ui(&mut by_site, theme, "Nothing lingers.");
    }

    /// Draws the cycles, and says what height they need.
    fn groups_ui(&self, ui: &mut Ui, theme: &Theme, profile: &Profile) -> f32 {
        let top = ui.cursor().top();
        part_ui(ui, theme, "BY CYCLE: CUT THIS ONE REFERENCE AND THE REST IS FREED");
        let area = ScrollArea::vertical().id_salt("linger_groups").auto_shrink(false).animated(false);
        let area = area.show(ui, |ui| {
            page_scroll(ui);
            if self.groups.is_empty() {
                let figure = profile.lingering();
                let text = match (figure.low_objects, figure.high_objects) {
                    (_, 0) => "Nothing lingers: reference counting freed all that was dropped.",
                    (0, _) => "None found so far.",
                    _ => "Not explained yet: the next count will say which cycles hold them.",
                };
                ui.label(RichText::new(text).color(FAINT));
            }
            self.groups.iter().for_each(|group| group_ui(ui, theme, group));
            if let Some(text) = &self.unexplained {
                ui.label(RichText::new(text).color(FAINT));
            }
            if self.left_out > 0 {
                let text = format!("and {} smaller groups", self.left_out);
                ui.label(RichText::new(text).color(FAINT));
            }
        });
        area.inner_rect.top() - top + area.content_size.y
    }
}

fn group_ui(ui: &mut Ui, theme: &Theme, group: &GroupText) {
    let GroupText { objects, bytes, cut, site, cycle, facts } = group;
    let margin = egui::Margin::symmetric(theme.size(12.0) as i8, theme.size(8.0) as i8);
    let frame = Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(theme.corner()).inner_margin(margin);
    let mono = |text: &str, colour| RichText::new(text).font(theme.mono.clone()).color(colour);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let big = egui::FontId::new(theme.heading.size, egui::FontFamily::Monospace);
            // As wide as the longest count is in this font.
            let width = theme.mono_digit * (9.5 * big.size / theme.mono.size);
            let figures = vec2(width.ceil(), theme.mono.size * 2.6);
            ui.allocate_ui_with_layout(figures, Layout::top_down(Align::Max), |ui| {
                ui.set_width(figures.x);
                ui.spacing_mut().item_spacing.y = theme.size(2.0);
                ui.add(line(RichText::new(objects).font(big).color(LINGERING)));
                ui.add(line(mono(bytes, FAINT)));
            });
            ui.add_space(theme.size(10.0));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = theme.size(4.0);
                ui.horizontal_wrapped(|ui| {
                    if !cut.is_empty() {
                        ui.label(mono("✂ cut", COOL));
                        ui.label(mono(cut, COOL));
                    }
                    ui.label(RichText::new("made at").font(theme.label.clone()).color(FAINT));
                    ui.label(mono(site, TEXT));
                });
                ui.label(mono(cycle, TEXT));
                ui.label(RichText::new(facts).font(theme.label.clone()).color(FAINT));
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_spelled_back_to_its_start() {
        let group = LingeringGroup {
            objects: 1_203,
            bytes: 73_728,
            cycle: ["function listiter", "closure", "cell \"listiter\""].map(String::from).into(),
            site: "celltest.py:3".into(),
            cut: "cell \"listiter\" (celltest.py:3)".into(),
            cut_reference: "variable listiter".into(),
            age_frames: 1_788,
            new_since_mark: 12,
            culprits: 1_200,
            victims: 3,
            ..LingeringGroup::default()
        };
        let text = GroupText::of(&group, true);
        assert_eq!(text.cycle, "function listiter → closure → cell \"listiter\" → function listiter");
        assert_eq!((text.cut.as_str(), text.site.as_str()), ("variable listiter", "celltest.py:3"));
        let facts = "oldest 1,788 frames · 12 new since mark · 1,200 in cycles, 3 held by them";
        assert_eq!(text.facts, facts);
        assert!(!GroupText::of(&group, false).facts.contains("mark"));
    }

    #[test]
    fn of_a_long_cycle_the_first_steps_are_spelled_and_of_a_long_name_its_end() {
        let steps: Vec<String> = (0..20).map(|step| format!("{}{step}", "long.".repeat(30))).collect();
        let text = spelled(&steps);
        assert!(text.contains(" → 12 more → …"), "{text}");
        assert!(text.split(" → ").all(|step| step.chars().count() <= NAME_LETTERS), "{text}");
        assert_eq!(spelled(&[]), "");
    }
}
