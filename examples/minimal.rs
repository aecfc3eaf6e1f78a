//! The least a game needs: the plugin, and one function that scripts call.

use bevy::prelude::*;
use linger::prelude::*;

fn main() -> AppExit {
    App::new()
        .add_plugins(DefaultPlugins)
        .insert_resource(LingerConfig { script_folder: "scripts/minimal".into(), ..default() })
        .add_plugins(LingerPlugin::default())
        .add_script_function("game", "set_background(hue)", |world: &mut World, hue: f32| {
            world.insert_resource(ClearColor(Color::hsl(hue, 0.5, 0.1)));
        })
        .add_systems(Startup, |mut commands: Commands| {
            commands.spawn(Camera2d);
        })
        .run()
}
