//! The tab of scripts: what each callback and each entity costs and leaves behind.

use egui::{Button, RichText, Ui};
use linger_profile::{Profile, ScriptRow};

use crate::action::OverlayAction;
use crate::format::count;
use crate::table::{Column, Row, Table, Unit, tail};
use crate::theme::{BAD, FAINT, Theme};

/// Disabled scripts that have a button of their own.
const MOST_BUTTONS: usize = 3;
/// The longest name on a button.
const BUTTON_LETTERS: usize = 22;

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
    /// Name and key of entities whose scripts are disabled: a few.
    disabled: Vec<(String, u64)>,
    disabled_count: usize,
    by_callback: Table,
    by_entity: Table,
}

impl Default for ScriptsTab {
    fn default() -> Self {
        Self {
            entities: false,
            shown: String::new(),
            disabled: Vec::new(),
            disabled_count: 0,
            by_callback: Table::new("linger_callbacks", "script and callback", &COLUMNS, 0),
            by_entity: Table::new("linger_script_entities", "script and entity", &COLUMNS, 4),
        }
    }
}

fn row(row: &ScriptRow) -> Row {
    let ScriptRow { name, key: _, calls, nanos, allocated, left, failures, disabled } = row;
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
        self.disabled.clear();
        let disabled = costs.by_entity.iter().filter(|row| row.disabled);
        self.disabled_count = disabled.clone().count();
        self.disabled.extend(disabled.take(MOST_BUTTONS).map(|row| (tail(&row.name, BUTTON_LETTERS), row.key)));
        let named = costs.by_entity.iter().filter(|row| row.key != 0).count() as u64;
        let entities = count(costs.entities);
        self.shown = if named < costs.entities {
            format!("{entities} entities have scripts; the {} that left or took most have rows", count(named))
        } else {
            format!("{entities} entities have scripts")
        };
    }

    pub(super) fn tab_ui(&mut self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<OverlayAction>) {
        ui.horizontal(|ui| {
            for (text, entities) in [("By callback", false), ("By entity", true)] {
                if ui.add(Button::selectable(self.entities == entities, text)).clicked() {
                    self.entities = entities;
                }
            }
            ui.add_space(theme.size(10.0));
            ui.label(RichText::new(&self.shown).font(theme.label.clone()).color(FAINT));
        });
        if !self.disabled.is_empty() {
            ui.horizontal_wrapped(|ui| {
                let noun = if self.disabled_count == 1 { "script" } else { "scripts" };
                let text = format!("✖ {} {noun} disabled after errors", count(self.disabled_count as u64));
                ui.label(RichText::new(text).color(BAD));
                if ui.button("Enable all").clicked() {
                    actions.push(OverlayAction::EnableScripts);
                }
                for (name, key) in &self.disabled {
                    if ui.button(format!("Enable {name}")).clicked() {
                        actions.push(OverlayAction::EnableScript(*key));
                    }
                }
            });
        }
        let when_empty = "No script has run yet.";
        let table = if self.entities { &mut self.by_entity } else { &mut self.by_callback };
        table.table_ui(ui, theme, when_empty);
    }
}
