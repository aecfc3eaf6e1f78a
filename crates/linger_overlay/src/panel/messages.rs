//! The tab of what happened: errors of scripts, alerts, marks.

use egui::{CollapsingHeader, Frame, RichText, ScrollArea, Ui};
use linger_profile::{Alert, Mark, Profile, ScriptError};

use super::part_ui;
use crate::format::{count, span};
use crate::hud_text::objects_text;
use crate::table::page_scroll;
use crate::theme::{BAD, FAINT, LINGERING, TEXT, Theme};

#[derive(Debug, Default)]
pub(super) struct MessagesTab {
    errors: Vec<ErrorText>,
    alerts: Vec<(String, String)>,
    marks: Vec<String>,
}

#[derive(Debug)]
struct ErrorText {
    place: String,
    when: String,
    message: String,
    caret: String,
    traceback: String,
}

impl ErrorText {
    fn of(error: &ScriptError, now_nanos: u64) -> Self {
        let ScriptError { frame, time_nanos, message, traceback, count: times, .. } = error;
        let age = span(now_nanos.saturating_sub(*time_nanos));
        Self {
            place: error.place(),
            when: format!("frame {} · {age} ago · {} times", count(*frame), count(*times)),
            message: message.clone(),
            caret: error.caret().unwrap_or_default(),
            traceback: traceback.clone(),
        }
    }
}

impl MessagesTab {
    pub(super) fn refresh(&mut self, profile: &Profile) {
        let now_nanos = profile.history().now_nanos();
        let age = |time_nanos: u64| span(now_nanos.saturating_sub(time_nanos));
        let mut errors: Vec<&ScriptError> = profile.script_errors().iter().collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.time_nanos));
        self.errors = errors.into_iter().map(|error| ErrorText::of(error, now_nanos)).collect();
        let alerts = profile.alerts().iter().rev();
        self.alerts = alerts
            .map(|Alert { frame, time_nanos, kind, message }| {
                let title =
                    format!("{} · frame {} · {} ago", kind.name().replace('_', " "), count(*frame), age(*time_nanos));
                (title, message.clone())
            })
            .collect();
        let marks = profile.marks().iter().rev();
        self.marks = marks
            .map(|Mark { frame, time_nanos, label, lingering }| {
                format!(
                    "{label} · frame {} · {} ago · {} lingered",
                    count(*frame),
                    age(*time_nanos),
                    objects_text(lingering)
                )
            })
            .collect();
    }

    pub(super) fn tab_ui(&self, ui: &mut Ui, theme: &Theme) {
        let Self { errors, alerts, marks } = self;
        let area = ScrollArea::vertical().id_salt("linger_messages");
        area.auto_shrink(false).animated(false).show(ui, |ui| {
            page_scroll(ui);
            part_ui(ui, theme, "ERRORS OF SCRIPTS");
            if errors.is_empty() {
                ui.label(RichText::new("✔ None.").color(FAINT));
            }
            errors.iter().for_each(|error| error_ui(ui, theme, error));
            ui.add_space(theme.size(10.0));
            part_ui(ui, theme, "ALERTS");
            if alerts.is_empty() {
                ui.label(RichText::new("✔ None.").color(FAINT));
            }
            for (title, message) in alerts {
                card_ui(ui, theme, |ui| {
                    ui.label(RichText::new(format!("⚠ {title}")).color(LINGERING));
                    ui.label(RichText::new(message).color(TEXT));
                });
            }
            ui.add_space(theme.size(10.0));
            part_ui(ui, theme, "MARKS, LATEST FIRST");
            if marks.is_empty() {
                let text = "None: set one before an action to see what it leaves behind.";
                ui.label(RichText::new(text).color(FAINT));
            }
            for mark in marks {
                ui.label(RichText::new(mark).color(TEXT));
            }
        });
    }
}

fn error_ui(ui: &mut Ui, theme: &Theme, error: &ErrorText) {
    let ErrorText { place, when, message, caret, traceback } = error;
    card_ui(ui, theme, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(format!("✖ {place}")).color(BAD));
            ui.label(RichText::new(when).font(theme.label.clone()).color(FAINT));
        });
        ui.label(RichText::new(message).color(TEXT));
        let mono = |text: &str| RichText::new(text).font(theme.mono.clone()).color(TEXT);
        if !caret.is_empty() {
            ui.label(mono(caret));
        }
        if !traceback.is_empty() {
            let title = RichText::new("Traceback").font(theme.label.clone());
            // The same error keeps its place in the list open or closed.
            let id = (place.as_str(), message.as_str());
            CollapsingHeader::new(title).id_salt(id).show(ui, |ui| ui.label(mono(traceback)));
        }
    });
}

fn card_ui(ui: &mut Ui, theme: &Theme, contents: impl FnOnce(&mut Ui)) {
    let margin = egui::Margin::symmetric(theme.size(12.0) as i8, theme.size(8.0) as i8);
    let frame = Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(theme.corner()).inner_margin(margin);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = theme.size(4.0);
        contents(ui);
    });
}
