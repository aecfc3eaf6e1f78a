//! The tab of entities' scripts: what each callback and each entity costs and leaves behind.

use egui::{Button, RichText, Ui};
use linger_profile::{Profile, ScriptRow};

use crate::format::count;
use crate::table::{Column, Row, Table, Unit};
use crate::theme::{FAINT, Theme};

const COLUMNS: [Column; 6] = [
    Column { title: "time", unit: Unit::Micros },
    Column { title: "per call", unit: Unit::Micros },
    Column { title: "calls", unit: Unit::Few },
    Column { title: "made", unit: Unit::Few },
    Column { title: "left behind", unit: Unit::Change },
    Column { title: "errors", unit: Unit::Lingering },
];

#[derive(Debug)]
pub(super) struct ScriptsTab {
    entities: bool,
    shown: String,
    by_callback: Table,
    by_entity: Table,
}

impl Default for ScriptsTab {
    fn default() -> Self {
        Self {
            entities: false,
            shown: String::new(),
            by_callback: Table::new("linger_callbacks", "script and callback", &COLUMNS, 0),
            by_entity: Table::new("linger_script_entities", "script and entity", &COLUMNS, 4),
        }
    }
}

fn row(row: &ScriptRow) -> Row {
    let ScriptRow { name, calls, nanos, allocated, left, failures, disabled } = row;
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let numbers =
        [number(*nanos), number(nanos / (*calls).max(1)), number(*calls), number(*allocated), *left, number(*failures)];
    Row::new(if *disabled { format!("✖ {name} · disabled") } else { name.clone() }, numbers)
}

impl ScriptsTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        let costs = &profile.scripts;
        self.by_callback.fill(costs.by_callback.iter().map(row));
        self.by_entity.fill(costs.by_entity.iter().map(row));
        let shown = costs.by_entity.len() as u64;
        self.shown = if shown < costs.entities {
            format!("{} of {} entities: those that cost or left most", count(shown), count(costs.entities))
        } else {
            format!("{} entities have scripts", count(costs.entities))
        };
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        ui.horizontal(|ui| {
            for (text, entities) in [("By callback", false), ("By entity", true)] {
                if ui.add(Button::selectable(self.entities == entities, text)).clicked() {
                    self.entities = entities;
                }
            }
            ui.add_space(theme.size(10.0));
            ui.label(RichText::new(&self.shown).font(theme.label.clone()).color(FAINT));
        });
        let when_empty = "No entity has a script. Scripts with a plain update(dt) are in the time of the strip.";
        let table = if self.entities { &mut self.by_entity } else { &mut self.by_callback };
        table.table_ui(ui, theme, when_empty);
    }
}
