//! What a game may choose about the overlay.

/// The edge of the screen at which the HUD strip lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HudPlace {
    /// The upper edge.
    #[default]
    Top,
    /// The lower edge.
    Bottom,
}

/// How the overlay looks and how often its text changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverlaySettings {
    /// Where the HUD strip lies.
    pub hud_place: HudPlace,
    /// Factor on all sizes, which follow the screen's height: at 1, figures in the HUD are 26 pixels
    /// high on a screen of 1080.
    pub scale: f32,
    /// The share of the screen kept free at each edge, for televisions that cut it off.
    pub safe_inset: f32,
    /// How often a second the text changes; graphs move each frame.
    pub text_hz: f32,
    /// How opaque the background is, from 0 to 1.
    pub opacity: f32,
}

impl Default for OverlaySettings {
    fn default() -> Self {
        Self { hud_place: HudPlace::default(), scale: 1.0, safe_inset: 0.05, text_hz: 8.0, opacity: 0.93 }
    }
}
