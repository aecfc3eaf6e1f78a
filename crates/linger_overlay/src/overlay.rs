//! The overlay's state between frames.

use egui::Context;
use linger_profile::Profile;

use crate::action::OverlayAction;
use crate::hud::{hud_ui, news_ui};
use crate::hud_text::HudText;
use crate::panel::{Panel, Tab};
use crate::settings::OverlaySettings;
use crate::sparkline::Span;
use crate::theme::Theme;

/// The HUD and the panel, with what they remember: the open tab, the sort order, cached text.
#[derive(Debug, Default)]
pub struct Overlay {
    theme: Option<Theme>,
    hud_text: HudText,
    hud_refresh: Refresh,
    spark: Vec<Span>,
    panel: Panel,
    panel_refresh: Refresh,
    /// The frame of egui in which the panel was last drawn.
    panel_frame: Option<u64>,
}

impl Overlay {
    /// An overlay whose panel opens with this tab.
    pub fn with_tab(tab: Tab) -> Self {
        Self { panel: Panel::at(tab), ..Self::default() }
    }

    /// Draws the HUD strip. Call it once a frame while it is to be seen, before the panel.
    pub fn hud_ui(&mut self, ctx: &Context, profile: &Profile, settings: &OverlaySettings) {
        let theme = Theme::of(ctx, settings, self.theme.take());
        if self.hud_refresh.due(ctx, settings) {
            self.hud_text = HudText::of(profile);
        }
        hud_ui(ctx, &theme, profile, &self.hud_text, &mut self.spark);
        // The panel has a tab for messages.
        if let Some(news) = self.hud_text.news.as_ref().filter(|_| !self.panel_is_open(ctx)) {
            news_ui(ctx, &theme, news);
        }
        self.theme = Some(theme);
    }

    /// Draws the panel and returns what was asked for. Call it once a frame while it is to be seen;
    /// it leaves room for the HUD.
    pub fn panel_ui(&mut self, ctx: &Context, profile: &Profile, settings: &OverlaySettings) -> Vec<OverlayAction> {
        let theme = Theme::of(ctx, settings, self.theme.take());
        let opened = !self.panel_is_open(ctx);
        let due = self.panel_refresh.due(ctx, settings);
        let actions = self.panel.panel_ui(ctx, &theme, profile, due, opened);
        // What was asked for is to be seen at once.
        if !actions.is_empty() {
            self.panel_refresh.soon();
            self.hud_refresh.soon();
        }
        self.panel_frame = Some(ctx.cumulative_frame_nr());
        self.theme = Some(theme);
        actions
    }

    fn panel_is_open(&self, ctx: &Context) -> bool {
        self.panel_frame.is_some_and(|frame| frame + 1 >= ctx.cumulative_frame_nr())
    }
}

/// When text changes: a few times a second.
#[derive(Debug, Default)]
pub(crate) struct Refresh {
    next_seconds: f64,
}

impl Refresh {
    /// Whether it is time; if so, the next time is later.
    pub(crate) fn due(&mut self, ctx: &Context, settings: &OverlaySettings) -> bool {
        let now_seconds = ctx.input(|input| input.time);
        let interval_seconds = 1.0 / f64::from(settings.text_hz.clamp(0.5, 240.0));
        // A clock that was set back must not stop the text for long.
        let due = now_seconds >= self.next_seconds || now_seconds < self.next_seconds - 2.0 * interval_seconds;
        if due {
            self.next_seconds = now_seconds + interval_seconds;
        }
        due
    }

    /// Makes the next look due.
    pub(crate) fn soon(&mut self) {
        self.next_seconds = 0.0;
    }
}
