//! A headless game whose scripts are files of a temporary folder: what the tests of the plugin share.
#![allow(dead_code, reason = "no test uses all of it")]

pub mod entities;

use std::{
    fs,
    time::{Duration, Instant},
};

use bevy::{input::InputPlugin, prelude::*, time::TimeUpdateStrategy};
use bevy_linger::{
    LingerAppExt, LingerCommand, LingerConfig, LingerPlugin, LingerScripts, Profiler, ScriptFailed, ScriptFault,
    ScriptSource, ScriptsState,
};
use tempfile::TempDir;

/// An app whose scripts are these files. The folder lives as long as the app.
pub struct Game {
    pub app: App,
    pub folder: TempDir,
}

/// What scripts noted.
#[derive(Resource, Default)]
pub struct Calls(pub Vec<f64>);

/// Errors that nobody caught.
#[derive(Resource, Default)]
pub struct Failures(pub Vec<ScriptFailed>);

impl Game {
    pub fn new(scripts: &[(&str, &str)]) -> Self {
        Self::with_config(scripts, LingerConfig::default())
    }

    pub fn with_config(scripts: &[(&str, &str)], config: LingerConfig) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("scripts")).expect("a folder in it");
        for (name, text) in scripts {
            let path = folder.path().join("scripts").join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in it");
            fs::write(path, text).expect("a script in it");
        }
        let mut app = App::new();
        app.add_plugins((
            MinimalPlugins,
            AssetPlugin { file_path: folder.path().display().to_string(), ..default() },
            InputPlugin,
        ))
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(10)))
        .insert_resource(config)
        .init_resource::<Calls>()
        .init_resource::<Reloads>()
        .add_systems(Last, |mut events: MessageReader<AssetEvent<ScriptSource>>, mut reloads: ResMut<Reloads>| {
            let modified = events.read().filter(|event| matches!(event, AssetEvent::Modified { .. }));
            reloads.0 += modified.count() as u32;
        })
        .init_resource::<Failures>()
        .add_plugins(LingerPlugin::default())
        .add_script_function("game", "note", |world: &mut World, number: f64| {
            world.resource_mut::<Calls>().0.push(number);
        })
        .add_script_function("game", "double", |_: &mut World, number: i64| number * 2)
        .add_script_function("game", "refuse", |_: &mut World| -> Result<(), ScriptFault> {
            Err(ScriptFault::Value("not today".into()))
        })
        .add_systems(Last, |mut failed: MessageReader<ScriptFailed>, mut failures: ResMut<Failures>| {
            failures.0.extend(failed.read().cloned());
        });
        app.finish();
        app.cleanup();
        let mut game = Self { app, folder };
        let start = Instant::now();
        while game.scripts().state() == ScriptsState::Loading {
            game.app.update();
            assert!(start.elapsed() < Duration::from_secs(30), "the scripts never came");
            std::thread::sleep(Duration::from_millis(1));
        }
        game
    }

    pub fn scripts(&self) -> &LingerScripts {
        self.app.world().resource::<LingerScripts>()
    }

    pub fn profiler(&self) -> &Profiler {
        self.app.world().resource::<Profiler>()
    }

    pub fn config(&mut self) -> Mut<'_, LingerConfig> {
        self.app.world_mut().resource_mut::<LingerConfig>()
    }

    pub fn calls(&self) -> &[f64] {
        &self.app.world().resource::<Calls>().0
    }

    pub fn failures(&self) -> &[ScriptFailed] {
        &self.app.world().resource::<Failures>().0
    }

    pub fn lingering(&self) -> u64 {
        self.profiler().profile().lingering().low_objects
    }

    pub fn update(&mut self, frames: u32) {
        for _ in 0..frames {
            self.app.update();
        }
    }

    pub fn command(&mut self, command: LingerCommand) {
        self.app.world_mut().write_message(command);
        self.update(1);
    }

    /// Replaces a script's text and plays until it is loaded anew.
    pub fn rewrite(&mut self, name: &str, text: &str) {
        fs::write(self.folder.path().join("scripts").join(name), text).expect("the script");
        let path = format!("scripts/{name}");
        let loads = |game: &Self| game.app.world().resource::<Reloads>().0;
        let before = loads(self);
        self.app.world().resource::<AssetServer>().reload(path);
        let start = Instant::now();
        while loads(self) == before {
            self.update(1);
            assert!(start.elapsed() < Duration::from_secs(30), "it was never loaded anew");
            std::thread::sleep(Duration::from_millis(1));
        }
        self.update(1);
    }
}

/// Counts scripts that were loaded anew.
#[derive(Resource, Default)]
pub struct Reloads(pub u32);
