//! A table of figures: sortable columns, virtual rows, text made only for the rows that are seen.
//!
//! Knows names and numbers; whoever fills it says what they are.

use egui::emath::GuiRounding as _;
use egui::{Align, Button, Key, Layout, RichText, Ui, vec2};
use egui_extras::{Column as Width, TableBuilder};

use crate::format::{bytes, change, count, in_full, micros, share};
use crate::hud::line;
use crate::theme::{FAINT, TEXT, Theme};

/// How a column's numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Count,
    /// A number that is never large.
    Few,
    /// A number that stands out unless it is zero.
    Lingering,
    Bytes,
    Change,
    Micros,
    /// Thousandths.
    PerMille,
}

impl Unit {
    fn text(self, value: i64) -> String {
        if value == NOTHING {
            return "–".to_owned();
        }
        let positive = value.unsigned_abs();
        match self {
            // In full, so that one can check the sums.
            Self::Count => in_full(positive),
            Self::Few | Self::Lingering => count(positive),
            Self::Bytes => bytes(positive),
            Self::Change => change(value),
            Self::Micros => micros(positive),
            Self::PerMille => share(positive, 1_000),
        }
    }

    /// The room that its longest texts take.
    fn digits(self) -> f32 {
        match self {
            Self::Count => 11.5,
            Self::Few | Self::Lingering | Self::Bytes | Self::Change | Self::Micros => 10.0,
            Self::PerMille => 6.0,
        }
    }
}

/// A column of numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
}

/// Stands for a number that there is not.
pub(crate) const NOTHING: i64 = i64::MIN;
const VALUES_MAX: usize = 7;
/// The least width of a name, in digits.
const NAME_DIGITS: f32 = 12.0;

/// A row: a name, and a number for each column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) values: [i64; VALUES_MAX],
    /// Made when the row is first seen.
    cells: Vec<String>,
    /// As much of the name as there is room for, for so many letters of room.
    shown: (usize, String),
}

impl Row {
    pub(crate) fn new<const N: usize>(name: impl Into<String>, values: [i64; N]) -> Self {
        const { assert!(N <= VALUES_MAX, "more values than a row holds") };
        let mut all = [0; VALUES_MAX];
        all[..N].copy_from_slice(&values);
        Self { name: name.into(), values: all, cells: Vec::new(), shown: Default::default() }
    }
}

/// Rows as they were last filled in, and their order.
#[derive(Debug)]
pub(crate) struct Table {
    id: &'static str,
    name_title: &'static str,
    columns: &'static [Column],
    rows: Vec<Row>,
    /// The column to sort by; `None` is the name.
    sort_by: Option<usize>,
    descending: bool,
}

impl Table {
    /// A table that is sorted by its column number `sort_by`, largest first, until told otherwise.
    pub(crate) fn new(id: &'static str, name_title: &'static str, columns: &'static [Column], sort_by: usize) -> Self {
        Self { id, name_title, columns, rows: Vec::new(), sort_by: Some(sort_by), descending: true }
    }

    /// Replaces the rows.
    pub(crate) fn fill(&mut self, rows: impl Iterator<Item = Row>) {
        self.rows.clear();
        self.rows.extend(rows);
        self.sort();
    }

    fn sort(&mut self) {
        match self.sort_by {
            None => self.rows.sort_by(|a, b| a.name.cmp(&b.name)),
            Some(column) => {
                self.rows.sort_by(|a, b| a.values[column].cmp(&b.values[column]).then_with(|| b.name.cmp(&a.name)))
            }
        }
        if self.descending {
            self.rows.reverse();
        }
    }

    fn sort_by(&mut self, column: Option<usize>) {
        if self.sort_by == column {
            self.descending = !self.descending;
        } else {
            self.sort_by = column;
            // Of numbers one wants the largest, of names the first.
            self.descending = column.is_some();
        }
        self.sort();
    }

    /// Draws the table into all the room there is. It scrolls when it needs more.
    pub(crate) fn table_ui(&mut self, ui: &mut Ui, theme: &Theme, when_empty: &str) {
        if self.rows.is_empty() {
            ui.label(RichText::new(when_empty).color(FAINT));
            return;
        }
        let widths = self.widths(ui, theme);
        let name_width = (NAME_DIGITS * theme.mono_digit).round_to_pixels(ui.pixels_per_point());
        let spacing = ui.spacing().item_spacing.x;
        let needed = name_width + widths.iter().map(|width| width + spacing).sum::<f32>();
        // Rather scroll sideways than cut figures.
        egui::ScrollArea::horizontal().id_salt((self.id, "sideways")).show(ui, |ui| {
            ui.set_min_width(needed);
            self.inner_ui(ui, theme, &widths, name_width);
        });
    }

    fn inner_ui(&mut self, ui: &mut Ui, theme: &Theme, widths: &[f32], name_width: f32) {
        let bar = ui.spacing().scroll.bar_width + ui.spacing().scroll.bar_inner_margin;
        let gaps = ui.spacing().item_spacing.x * widths.len() as f32;
        let rest = ui.available_width() - widths.iter().sum::<f32>() - gaps - bar;
        let name_width = rest.floor().max(name_width);
        let left = ui.max_rect().left();
        let right = left + name_width + widths.iter().sum::<f32>() + gaps;
        let across = egui::Rangef::new(left, right).intersection(ui.clip_rect().x_range());
        let mut builder = TableBuilder::new(ui)
            .id_salt(self.id)
            .auto_shrink(false)
            .animate_scrolling(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Width::exact(name_width).clip(true));
        for width in widths {
            builder = builder.column(Width::exact(*width).clip(true));
        }
        let height = theme.row_height();
        let letters = (name_width / theme.mono_digit) as usize;
        let mut sort = None;
        let mut header = |ui: &mut Ui, column: Option<usize>, title: &str| {
            let chosen = self.sort_by == column;
            let text = RichText::new(title_text(title, chosen, self.descending));
            let text = text.font(theme.label.clone()).color(if chosen { TEXT } else { FAINT });
            if ui.add(Button::selectable(false, text)).clicked() {
                sort = Some(column);
            }
        };
        let table = builder.header(height + theme.size(6.0), |mut row| {
            row.col(|ui| {
                ui.spacing_mut().button_padding = vec2(0.0, 0.0);
                header(ui, None, self.name_title);
            });
            for (index, column) in self.columns.iter().enumerate() {
                row.col(|ui| {
                    ui.spacing_mut().button_padding = vec2(0.0, 0.0);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        header(ui, Some(index), column.title);
                    });
                });
            }
        });
        let (rows, columns) = (&mut self.rows, self.columns);
        table.body(|mut body| {
            page_scroll(body.ui_mut());
            body.rows(height, rows.len(), |mut row| {
                let Some(data) = rows.get_mut(row.index()) else {
                    return;
                };
                if data.cells.is_empty() {
                    let values = columns.iter().zip(data.values);
                    data.cells = values.map(|(column, value)| column.unit.text(value)).collect();
                }
                let odd = row.index() % 2 == 1;
                row.col(|ui| {
                    if odd {
                        stripe(ui, across);
                    }
                    if data.shown.0 != letters {
                        data.shown = (letters, tail(&data.name, letters));
                    }
                    let name = ui.add(line(RichText::new(&data.shown.1).font(theme.mono.clone()).color(TEXT)));
                    if data.shown.1.len() != data.name.len() {
                        name.on_hover_text(&data.name);
                    }
                });
                for ((column, value), cell) in columns.iter().zip(data.values).zip(&data.cells) {
                    row.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            let colour = cell_colour(column.unit, value);
                            let text = RichText::new(cell).font(theme.mono.clone()).color(colour);
                            ui.add(line(text));
                        });
                    });
                }
            });
        });
        if let Some(column) = sort {
            self.sort_by(column);
        }
    }

    /// Each column as wide as its title and its numbers need, whatever the numbers are.
    fn widths(&self, ui: &Ui, theme: &Theme) -> Vec<f32> {
        let title_width = |title: &str| {
            let text = title_text(title, true, true);
            ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, theme.label.clone(), FAINT).size().x)
        };
        let width = |column: &Column| {
            let number_width = column.unit.digits() * theme.mono_digit;
            // Whole pixels: stripes of neighbours must neither overlap nor part.
            (title_width(column.title) + theme.size(8.0)).max(number_width).round_to_pixels(ui.pixels_per_point())
        };
        self.columns.iter().map(width).collect()
    }
}

fn title_text(title: &str, chosen: bool, descending: bool) -> String {
    match (chosen, descending) {
        (false, _) => title.to_owned(),
        (true, true) => format!("{title} ⏷"),
        (true, false) => format!("{title} ⏶"),
    }
}

fn cell_colour(unit: Unit, value: i64) -> egui::Color32 {
    match (unit, value) {
        (_, 0 | NOTHING) => FAINT,
        (Unit::Lingering, _) => crate::theme::LINGERING,
        _ => TEXT,
    }
}

/// The end of a name that is longer than so many letters: what tells types and files apart stands there.
pub(crate) fn tail(name: &str, letters: usize) -> String {
    let count = name.chars().count();
    if count <= letters {
        return name.to_owned();
    }
    let end = name.chars().skip(count + 1 - letters.max(1));
    std::iter::once('…').chain(end).collect()
}

/// The ground of every other row, in one piece: cell by cell, the seams would show.
fn stripe(ui: &Ui, across: egui::Rangef) {
    let rows = ui.clip_rect().y_range();
    let gap = ui.spacing().item_spacing.y * 0.5;
    let row = egui::Rect::from_x_y_ranges(across, ui.max_rect().y_range().expand(gap));
    let mut painter = ui.painter().clone();
    painter.set_clip_rect(egui::Rect::from_x_y_ranges(across, rows));
    painter.rect_filled(row, 0.0, ui.visuals().faint_bg_color);
}

/// Lets the page keys scroll the area that is being drawn: for keyboards and gamepads.
pub(crate) fn page_scroll(ui: &mut Ui) {
    let page = ui.clip_rect().height() * 0.85;
    let pages = ui.input(|input| {
        f32::from(u8::from(input.key_pressed(Key::PageUp))) - f32::from(u8::from(input.key_pressed(Key::PageDown)))
    });
    if pages != 0.0 {
        ui.scroll_with_delta(vec2(0.0, pages * page));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 2] =
        [Column { title: "live", unit: Unit::Count }, Column { title: "bytes", unit: Unit::Bytes }];

    fn names(table: &Table) -> Vec<&str> {
        table.rows.iter().map(|row| row.name.as_str()).collect()
    }

    fn table() -> Table {
        let mut table = Table::new("test", "type", &COLUMNS, 0);
        table.fill(
            [("list", [2, 30]), ("cell", [9, 10]), ("dict", [2, 20])]
                .into_iter()
                .map(|(name, values)| Row::new(name, values)),
        );
        table
    }

    #[test]
    fn the_largest_come_first_and_equals_by_name() {
        assert_eq!(names(&table()), ["cell", "dict", "list"]);
    }

    #[test]
    fn a_second_choice_of_a_column_turns_the_order_around() {
        let mut table = table();
        table.sort_by(Some(1));
        assert_eq!(names(&table), ["list", "dict", "cell"]);
        table.sort_by(Some(1));
        assert_eq!(names(&table), ["cell", "dict", "list"]);
        table.sort_by(None);
        assert_eq!(names(&table), ["cell", "dict", "list"]);
        table.sort_by(None);
        assert_eq!(names(&table), ["list", "dict", "cell"]);
    }

    #[test]
    fn the_order_outlives_new_rows() {
        let mut table = table();
        table.sort_by(Some(1));
        table.fill([Row::new("a", [1, 1]), Row::new("b", [1, 2])].into_iter());
        assert_eq!(names(&table), ["b", "a"]);
    }

    #[test]
    fn units_are_written_as_people_read_them() {
        let texts = [
            (Unit::Count, 1_234),
            (Unit::Bytes, 2_048),
            (Unit::Change, -5),
            (Unit::Micros, 12_345_000),
            (Unit::PerMille, 740),
        ]
        .map(|(unit, value)| unit.text(value));
        assert_eq!(texts, ["1,234", "2.0 KiB", "\u{2212}5", "12.3 ms", "74%"]);
        assert_eq!(Unit::Change.text(NOTHING), "–");
    }

    #[test]
    fn the_end_of_a_long_name_is_shown() {
        assert_eq!(
            ["saver.py:12", "enemies/saver.py:12", "", "ab"].map(|name| tail(name, 11)),
            ["saver.py:12", "…aver.py:12", "", "ab"]
        );
        assert_eq!(tail("ab", 1), "…");
    }
}
