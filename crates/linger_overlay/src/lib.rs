//! What is drawn: the HUD strip and the panel, in pure egui, from a profile.
//!
//! Does not know Bevy, the heap or any script runtime. The overlay reads a
//! [`Profile`](linger_profile::Profile) and changes nothing but its own state; what a person asks
//! for comes back as [`OverlayAction`]s. It sets no global egui style and no zoom: a game that draws
//! with egui itself keeps its looks.
//!
//! Sizes follow the screen's height, so that figures are as legible at 3840x2160 as at 1280x720.

mod action;
mod format;
mod hud;
mod hud_text;
mod overlay;
mod panel;
mod settings;
mod sparkline;
mod table;
mod theme;

pub use action::OverlayAction;
pub use overlay::Overlay;
pub use panel::Tab;
pub use settings::{HudPlace, OverlaySettings};
