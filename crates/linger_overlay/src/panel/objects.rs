//! The tab of all objects, by type or by the line that made them.

use egui::{Button, Ui};
use linger_profile::{Counts, Profile};

use super::part_ui;
use crate::table::{Column, NOTHING, Row, Table, Unit};
use crate::theme::Theme;

const COLUMNS: [Column; 7] = [
    Column { title: "made", unit: Unit::Count },
    Column { title: "freed by count", unit: Unit::Count },
    Column { title: "by collector", unit: Unit::Count },
    Column { title: "live", unit: Unit::Count },
    Column { title: "bytes", unit: Unit::Bytes },
    Column { title: "lingering", unit: Unit::Lingering },
    Column { title: "since mark", unit: Unit::Change },
];
const LIVE_BYTES: usize = 4;

#[derive(Debug)]
pub(super) struct ObjectsTab {
    types: Table,
    sites: Table,
    show_sites: bool,
}

impl Default for ObjectsTab {
    fn default() -> Self {
        Self {
            types: Table::new("linger_types", "type", &COLUMNS, LIVE_BYTES),
            sites: Table::new("linger_sites", "made at", &COLUMNS, LIVE_BYTES),
            show_sites: false,
        }
    }
}

impl ObjectsTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        // Before the first mark there is nothing to compare with.
        let marked = !profile.marks().is_empty();
        let since_mark = |since| if marked { since } else { NOTHING };
        let types = profile.types().iter().enumerate();
        self.types.fill(types.filter(|(_, row)| row.counts.allocated > 0).map(|(index, row)| {
            let since = profile.type_change(index).unwrap_or_default().live;
            row_of(row.name.as_str(), &row.counts, row.lingering.objects, since_mark(since))
        }));
        let sites = profile.sites().iter().enumerate();
        self.sites.fill(sites.filter(|(_, row)| row.counts.allocated > 0).map(|(index, row)| {
            let since = profile.site_change(index).unwrap_or_default().live;
            row_of(row.to_string(), &row.counts, row.lingering.objects, since_mark(since))
        }));
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        ui.horizontal(|ui| {
            for (title, sites) in [("By type", false), ("By line", true)] {
                if ui.add(Button::selectable(self.show_sites == sites, title)).clicked() {
                    self.show_sites = sites;
                }
            }
            part_ui(
                ui,
                theme,
                "made = freed by count + freed by collector + live; since mark: live objects more or fewer",
            );
        });
        let table = if self.show_sites { &mut self.sites } else { &mut self.types };
        table.table_ui(ui, theme, "No objects yet.");
    }
}

fn row_of(name: impl Into<String>, counts: &Counts, lingering: u64, since: i64) -> Row {
    let Counts { allocated, freed_by_count, freed_by_collector, live, bytes } = *counts;
    let counted = [allocated, freed_by_count, freed_by_collector, live, bytes, lingering];
    let [a, b, c, d, e, f] = counted.map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    Row::new(name, [a, b, c, d, e, f, since])
}
