//! The key and the gamepad chord that step through the overlay's modes. Knows nothing of what a mode looks like.

use bevy::prelude::*;

use crate::{LingerSystems, config::LingerConfig};

/// Listens for the toggle.
pub struct LingerInputPlugin;

impl Plugin for LingerInputPlugin {
    fn build(&self, app: &mut App) {
        app.add_systems(Update, toggle_overlay.in_set(LingerSystems::Input));
    }
}

pub(crate) fn toggle_overlay(
    mut config: ResMut<LingerConfig>,
    keys: Option<Res<ButtonInput<KeyCode>>>,
    gamepads: Query<&Gamepad>,
) {
    let by_key = keys.is_some_and(|keys| keys.just_pressed(config.toggle_key));
    let chord = config.toggle_chord;
    let by_gamepad = gamepads.iter().any(|gamepad| gamepad.all_pressed(chord) && gamepad.any_just_pressed(chord));
    if by_key || by_gamepad {
        config.overlay = config.overlay.next();
    }
}
