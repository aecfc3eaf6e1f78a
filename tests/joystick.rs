//! The playtest's gamepads: its own tests, and that a game without any gamepad goes on.
#![cfg(target_os = "linux")]

#[path = "../examples/playtest/joystick.rs"]
mod joystick;

use bevy::{input::InputPlugin, prelude::*};

#[test]
fn a_game_looks_for_gamepads_and_goes_on() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InputPlugin, joystick::plugin));
    for _ in 0..3 {
        app.update();
    }
}
