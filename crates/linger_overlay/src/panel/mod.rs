//! The panel: six tabs of what the profile holds, and what a person can ask for.
//!
//! Text and tables are refreshed a few times a second, only those of the open tab. Everything can be
//! reached with Tab, arrows and Enter, and scrolled with the page keys.

mod collector;
mod lingering;
mod messages;
mod objects;
mod pauses;
mod scripts;

use egui::{Align, Area, Button, Context, EventFilter, Id, Key, Layout, Order, Rect, RichText};
use egui::{Sense, Slider, StrokeKind, Ui, vec2};
use linger_profile::{CollectorPhase, Policy, Profile};

use crate::action::OverlayAction;
use crate::format::{bytes, micros, millis};
use crate::hud::{inside_ui, line};
use crate::hud_text::{certainty, objects_text};
use crate::theme::{BAD, FAINT, GOOD, LINGERING, TEXT, Theme};

/// The budgets that the slider offers: below, a slice gets nothing done; above, it is no slice.
const BUDGET_MICROS: std::ops::RangeInclusive<u32> = 50..=5_000;

/// The panel's tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What lingers, by cycle, type and line.
    #[default]
    Lingering,
    /// All objects, by type and line.
    Objects,
    /// Pauses: timeline, histogram, the longest.
    Pauses,
    /// The collector: its slices and passes.
    Collector,
    /// What entities' scripts cost.
    Scripts,
    /// Errors, alerts and marks.
    Messages,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Lingering, Self::Objects, Self::Pauses, Self::Collector, Self::Scripts, Self::Messages];

    /// The tab so many steps to the right, or to the left.
    fn beside(self, steps: isize) -> Self {
        let last = Self::ALL.len() - 1;
        Self::ALL[(self as usize).saturating_add_signed(steps).min(last)]
    }
}

/// What the panel remembers.
#[derive(Debug, Default)]
pub(crate) struct Panel {
    tab: Tab,
    text: PanelText,
    lingering: lingering::LingeringTab,
    objects: objects::ObjectsTab,
    pauses: pauses::PausesTab,
    collector: collector::CollectorTab,
    scripts: scripts::ScriptsTab,
    messages: messages::MessagesTab,
}

/// The text around the tabs, as it was last refreshed.
#[derive(Debug, Default)]
struct PanelText {
    summary: String,
    any_lingers: bool,
    status: String,
    own_cost: String,
    /// What is wrong with the books, if anything is.
    accounting_problem: Option<String>,
    messages_title: String,
}

impl PanelText {
    fn of(profile: &Profile) -> Self {
        let sample = profile.latest_frame().copied().unwrap_or_default();
        let figure = &sample.lingering;
        let collector = &profile.collector;
        let history = profile.history();
        let phase = match collector.phase {
            CollectorPhase::Idle => "idle".to_owned(),
            phase => format!(
                "{} {:.0}% · begun by {}",
                phase.name(),
                collector.progress.clamp(0.0, 1.0) * 100.0,
                collector.reason.name()
            ),
        };
        let messages = profile.script_errors().len() + profile.alerts().len();
        Self {
            summary: format!(
                "{} objects linger · {} · {}",
                objects_text(figure),
                bytes(figure.low_bytes),
                certainty(&sample)
            ),
            any_lingers: figure.high_objects > 0,
            status: format!("Collector: {} · {phase}", collector.policy.name()),
            own_cost: format!(
                "Linger itself: {} a frame (sampling {}, overlay {})",
                millis(history.mean_of(30, |sample| sample.own_nanos())),
                micros(history.mean_of(30, |sample| sample.sampling_nanos)),
                micros(history.mean_of(30, |sample| sample.overlay_nanos)),
            ),
            accounting_problem: profile.check_accounting().err().map(|error| error.to_string()),
            messages_title: match messages {
                0 => "Messages".to_owned(),
                count => format!("Messages ({count})"),
            },
        }
    }
}

impl Panel {
    /// A panel that opens with this tab.
    pub(crate) fn at(tab: Tab) -> Self {
        Self { tab, ..Self::default() }
    }

    /// Draws the panel. `due` says that text is to be refreshed, `opened` that it was not there the
    /// frame before.
    pub(crate) fn panel_ui(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        profile: &Profile,
        due: bool,
        opened: bool,
    ) -> Vec<OverlayAction> {
        let rect = theme.panel_rect();
        let mut actions = Vec::new();
        if due || opened {
            self.text = PanelText::of(profile);
            self.refresh(profile);
        }
        let area = Area::new(Id::new("linger_panel"))
            .order(Order::Middle)
            .fixed_pos(rect.min)
            .default_size(rect.size())
            .constrain(false)
            .fade_in(false);
        area.show(ctx, |ui| {
            ui.set_style(theme.style.clone());
            // Clicks on the panel are not for the game.
            ui.allocate_rect(rect, Sense::hover());
            ui.painter().rect(rect, theme.corner(), theme.ground, theme.rule, StrokeKind::Inside);
            let inner = rect.shrink2(vec2(theme.size(18.0), theme.size(14.0)));
            let mut inside = inside_ui(ui, inner, Layout::top_down(Align::Min));
            inside.set_clip_rect(rect);
            self.contents_ui(&mut inside, theme, profile, opened, &mut actions);
        });
        actions
    }

    fn refresh(&mut self, profile: &Profile) {
        match self.tab {
            Tab::Lingering => self.lingering.refresh(profile),
            Tab::Objects => self.objects.refresh(profile),
            Tab::Pauses => self.pauses.refresh(profile),
            Tab::Collector => self.collector.refresh(profile),
            Tab::Scripts => self.scripts.refresh(profile),
            Tab::Messages => self.messages.refresh(profile),
        }
    }

    fn contents_ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        profile: &Profile,
        opened: bool,
        actions: &mut Vec<OverlayAction>,
    ) {
        self.title_ui(ui, theme, actions);
        controls_ui(ui, theme, profile, actions);
        ui.add_space(theme.size(2.0));
        self.tabs_ui(ui, theme, profile, opened);
        rule_ui(ui, theme);
        let footer_height = theme.label.size * 1.5;
        let mut body = ui.available_rect_before_wrap();
        let footer = Rect::from_min_max(body.left_bottom() - vec2(0.0, footer_height), body.max);
        body.max.y = footer.min.y - theme.size(8.0);
        let mut inside = inside_ui(ui, body, Layout::top_down(Align::Min));
        inside.set_clip_rect(body.expand(theme.size(3.0)));
        match self.tab {
            Tab::Lingering => self.lingering.tab_ui(&mut inside, theme, profile),
            Tab::Objects => self.objects.tab_ui(&mut inside, theme),
            Tab::Pauses => self.pauses.tab_ui(&mut inside, theme, profile),
            Tab::Collector => self.collector.tab_ui(&mut inside, theme, profile),
            Tab::Scripts => self.scripts.tab_ui(&mut inside, theme, actions),
            Tab::Messages => self.messages.tab_ui(&mut inside, theme),
        }
        self.footer_ui(ui, theme, footer);
    }

    fn title_ui(&self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<OverlayAction>) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Linger").font(theme.heading.clone()).color(TEXT));
            ui.add_space(theme.size(8.0));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    actions.push(OverlayAction::ClosePanel);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let colour = if self.text.any_lingers { LINGERING } else { GOOD };
                    let text = RichText::new(&self.text.summary).font(theme.body.clone());
                    ui.add(line(text.color(colour)));
                });
            });
        });
    }

    fn tabs_ui(&mut self, ui: &mut Ui, theme: &Theme, profile: &Profile, opened: bool) {
        let mut chosen = self.tab;
        let mut responses = Vec::with_capacity(Tab::ALL.len());
        ui.horizontal_wrapped(|ui| {
            for tab in Tab::ALL {
                let title = match tab {
                    Tab::Lingering => "Lingering",
                    Tab::Objects => "Objects",
                    Tab::Pauses => "Pauses",
                    Tab::Collector => "Collector",
                    Tab::Scripts => "Scripts",
                    Tab::Messages => self.text.messages_title.as_str(),
                };
                let text = RichText::new(title).font(theme.body.clone());
                responses.push(ui.add(Button::selectable(tab == self.tab, text)));
            }
        });
        for (tab, response) in Tab::ALL.into_iter().zip(&responses) {
            // A keyboard or a gamepad starts from the open tab.
            if opened && tab == self.tab {
                response.request_focus();
            }
            if response.clicked() {
                chosen = tab;
            } else if response.has_focus() {
                chosen = tab.beside(arrows(ui, response));
            }
        }
        if chosen != self.tab {
            self.tab = chosen;
            responses[chosen as usize].request_focus();
            self.refresh(profile);
        }
    }

    fn footer_ui(&self, ui: &mut Ui, theme: &Theme, rect: Rect) {
        let PanelText { status, own_cost, accounting_problem, .. } = &self.text;
        let mut inside = inside_ui(ui, rect, Layout::left_to_right(Align::Center));
        let note = |text: &str, colour| line(RichText::new(text).font(theme.label.clone()).color(colour));
        inside.add(note(status, FAINT));
        inside.with_layout(Layout::right_to_left(Align::Center), |ui| {
            match accounting_problem {
                None => ui.add(note("✔ books balance", GOOD)),
                Some(problem) => ui.add(note(&format!("✖ books do not balance: {problem}"), BAD)),
            };
            ui.add_space(theme.size(14.0));
            ui.add(note(own_cost, FAINT));
        });
    }
}

/// Steps to the right (or, below zero, to the left) that were asked for of what has the focus. They
/// are its own: on its way sideways the focus would as soon move to another row.
fn arrows(ui: &Ui, focused: &egui::Response) -> isize {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused.id, filter));
    let pressed = |key| isize::from(ui.input(|input| input.key_pressed(key)));
    pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
}

fn controls_ui(ui: &mut Ui, theme: &Theme, profile: &Profile, actions: &mut Vec<OverlayAction>) {
    let collector = &profile.collector;
    let caption = |ui: &mut Ui, text: &str| {
        ui.add_space(theme.size(14.0));
        ui.label(RichText::new(text).font(theme.label.clone()).color(FAINT));
    };
    ui.horizontal_wrapped(|ui| {
        let buttons = [
            ("Collect now", OverlayAction::CollectNow),
            ("Count now", OverlayAction::CensusNow),
            ("Set mark", OverlayAction::SetMark),
        ];
        for (text, action) in buttons {
            if ui.button(text).clicked() {
                actions.push(action);
            }
        }
        caption(ui, "Policy");
        for policy in Policy::ALL {
            let chosen = policy == collector.policy;
            if ui.add(Button::selectable(chosen, policy.name())).clicked() && !chosen {
                actions.push(OverlayAction::SetPolicy(policy));
            }
        }
        caption(ui, "Budget");
        let mut budget_micros = collector.budget_micros;
        let slider = Slider::new(&mut budget_micros, BUDGET_MICROS)
            .logarithmic(true)
            .clamping(egui::SliderClamping::Edits)
            .show_value(false);
        if ui.add(slider).changed() && budget_micros != collector.budget_micros {
            actions.push(OverlayAction::SetBudgetMicros(budget_micros));
        }
        let text = micros(u64::from(budget_micros) * 1_000);
        ui.label(RichText::new(text).font(theme.mono.clone()));
    });
}

/// A line across.
fn rule_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme.size(3.0)), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, theme.rule);
}

/// The title of a part of a tab.
fn part_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    ui.label(RichText::new(title).font(theme.label.clone()).color(FAINT));
}
