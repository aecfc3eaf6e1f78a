//! The overlay's state between frames.

use egui::Context;
use linger_profile::Profile;

use crate::action::OverlayAction;
use crate::settings::OverlaySettings;

/// The HUD and the panel, with what they remember: the open tab, the sort order, cached text.
#[derive(Debug, Default)]
pub struct Overlay {}

impl Overlay {
    /// Draws the HUD strip. Call it once a frame while it is to be seen.
    pub fn hud_ui(&mut self, _ctx: &Context, _profile: &Profile, _settings: &OverlaySettings) {}

    /// Draws the panel and returns what was asked for. Call it once a frame while it is to be seen;
    /// it leaves room for the HUD.
    pub fn panel_ui(
        &mut self,
        _ctx: &Context,
        _profile: &Profile,
        _settings: &OverlaySettings,
    ) -> Vec<OverlayAction> {
        Vec::new()
    }
}
