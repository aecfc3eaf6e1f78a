//! Running the scripts: the folder becomes modules, each module's `update(dt)` is called once a frame, and what goes
//! wrong in one is noted and stops that one only. Knows nothing of sampling, drawing or logs.

use bevy::{
    asset::{AssetLoadFailedEvent, LoadedFolder, RecursiveDependencyLoadState},
    ecs::message::MessageCursor,
    prelude::*,
};
use linger_profile::ScriptError;

use crate::{
    LingerSystems,
    asset::{ScriptLoader, ScriptSource, module_name},
    attach::with_host,
    config::LingerConfig,
    function::{NamedFunction, PendingFunctions, ScriptFunction, Signatures},
    host::ScriptHost,
    profiler::Profiler,
    sampling::LingerCommand,
};

/// Whether the scripts are there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScriptsState {
    /// Their files are still being read.
    #[default]
    Loading,
    /// All are read and were run once, those with errors included.
    Ready,
    /// The folder could not be read.
    Failed,
}

/// One script as a module.
#[derive(Debug, Clone)]
pub struct ScriptModule {
    /// The name that others import it by.
    pub name: String,
    /// Its source.
    pub source: Handle<ScriptSource>,
    /// Whether it is left alone, because of an error, until it changes or [`LingerScripts::resume`] is called.
    pub stopped: bool,
    has_update: bool,
}

/// The scripts of the game.
#[derive(Resource, Debug, Default)]
pub struct LingerScripts {
    folder: Handle<LoadedFolder>,
    state: ScriptsState,
    modules: Vec<ScriptModule>,
}

impl LingerScripts {
    /// Whether the scripts are there yet.
    pub fn state(&self) -> ScriptsState {
        self.state
    }

    /// The modules, by name.
    pub fn modules(&self) -> &[ScriptModule] {
        &self.modules
    }

    /// Lets stopped scripts run again.
    pub fn resume(&mut self) {
        for module in &mut self.modules {
            module.stopped = false;
        }
    }
}

/// Sent for each error that a script raised and nobody caught.
#[derive(Message, Debug, Clone)]
pub struct ScriptFailed(pub ScriptError);

/// Registers what scripts may call.
pub trait LingerAppExt {
    /// Lets scripts call `function` after `import module`, by the name, the parameters and the defaults that `declaration` gives
    /// it, as Python writes them. What stands behind a colon is for editors.
    ///
    /// ```
    /// # use bevy::prelude::*;
    /// # use bevy_linger::LingerAppExt;
    /// # let mut app = App::new();
    /// app.add_script_function("game", "spawn(x, y=0.0): Something new at that place.", |world: &mut World, x: f32, y: f32| {
    ///     world.spawn(Transform::from_xyz(x, y, 0.0));
    /// });
    /// ```
    ///
    /// Scripts call this one as `game.spawn(3)` or `game.spawn(x=3, y=4)`. A name alone will do as well: its arguments are then
    /// given in order.
    ///
    /// # Panics
    /// Where `declaration` is not of that form, or names another number of parameters than `function` has.
    fn add_script_function<Marker>(
        &mut self,
        module: &str,
        declaration: &str,
        function: impl ScriptFunction<Marker>,
    ) -> &mut Self;
}

impl LingerAppExt for App {
    fn add_script_function<Marker>(
        &mut self,
        module: &str,
        declaration: &str,
        function: impl ScriptFunction<Marker>,
    ) -> &mut Self {
        let (function, signature) = NamedFunction::new(module, declaration, function);
        self.init_resource::<Signatures>();
        let signatures = &mut self.world_mut().resource_mut::<Signatures>().0;
        // The last one of a name is the one that is called.
        signatures
            .retain(|known| (&known.module, &known.declared.name) != (&signature.module, &signature.declared.name));
        signatures.push(signature);
        if let Some(mut host) = self.world_mut().get_non_send_mut::<ScriptHost>() {
            host.add_function(function);
        } else {
            self.init_non_send::<PendingFunctions>();
            self.world_mut().non_send_mut::<PendingFunctions>().0.push(function);
        }
        self
    }
}

/// Loads and runs the scripts.
pub struct LingerScriptsPlugin;

impl Plugin for LingerScriptsPlugin {
    fn build(&self, app: &mut App) {
        app.init_asset::<ScriptSource>()
            .register_asset_loader(ScriptLoader)
            .init_resource::<LingerScripts>()
            .init_non_send::<PendingFunctions>()
            .add_message::<ScriptFailed>()
            .add_systems(PreStartup, begin_loading)
            .add_systems(Last, resume_when_asked)
            .add_systems(
                PreUpdate,
                (load_when_read, reload_changed, note_unreadable).chain().in_set(LingerSystems::LoadScripts),
            )
            .add_systems(Update, run_updates.in_set(LingerSystems::RunScripts));
    }
}

fn resume_when_asked(mut commands: MessageReader<LingerCommand>, mut scripts: ResMut<LingerScripts>) {
    if commands.read().any(|command| *command == LingerCommand::EnableScripts) {
        scripts.resume();
    }
}

fn begin_loading(world: &mut World) {
    let functions = std::mem::take(&mut world.non_send_mut::<PendingFunctions>().0);
    let config = world.resource::<LingerConfig>().clone();
    match ScriptHost::new(&config, functions) {
        Ok(host) => world.insert_non_send(host),
        Err(error) => note_failure(world, *error),
    }
    let folder = world.resource::<AssetServer>().load_folder(config.script_folder);
    world.resource_mut::<LingerScripts>().folder = folder;
}

fn load_when_read(world: &mut World) {
    if world.resource::<LingerScripts>().state != ScriptsState::Loading {
        return;
    }
    let server = world.resource::<AssetServer>();
    let folder = &world.resource::<LingerScripts>().folder;
    match server.recursive_dependency_load_state(folder.id()) {
        // One unreadable script fails the folder, yet the others are there: what can be run is run.
        RecursiveDependencyLoadState::Loaded | RecursiveDependencyLoadState::Failed(_) => {}
        _ => return,
    }
    let folder_path = world.resource::<LingerConfig>().script_folder.clone();
    let Some(loaded) = world.resource::<Assets<LoadedFolder>>().get(folder) else {
        world.resource_mut::<LingerScripts>().state = ScriptsState::Failed;
        note_failure(
            world,
            unreadable(&folder_path, "this folder of the game's assets could not be read: is it where the assets are?"),
        );
        return;
    };

    let mut modules = Vec::new();
    let mut failures = Vec::new();
    for handle in &loaded.handles {
        let Some(path) = handle.path() else { continue };
        let Ok(source) = handle.clone().try_typed::<ScriptSource>() else {
            continue;
        };
        let state = server.load_state(source.id());
        if state.is_loading() {
            return;
        }
        if state.is_failed() {
            failures.push(unreadable(&path.to_string(), "the script is no UTF-8 text, or could not be read"));
            continue;
        }
        modules.push(ScriptModule { name: module_name(&folder_path, path), source, stopped: false, has_update: false });
    }
    modules.sort_by(|left, right| left.name.cmp(&right.name));
    let names: Vec<_> = modules.iter().map(|module| module.name.clone()).collect();
    let mut scripts = world.resource_mut::<LingerScripts>();
    scripts.modules = modules;
    scripts.state = ScriptsState::Ready;
    for failure in failures {
        note_failure(world, failure);
    }
    load_modules(world, &names);
}

/// Makes the sources importable, all before the first runs, since each may import any other; then runs each.
fn load_modules(world: &mut World, names: &[String]) {
    let Some(mut host) = world.remove_non_send::<ScriptHost>() else {
        return;
    };
    let folder = world.resource::<LingerConfig>().script_folder.clone();
    let sources = world.resource::<Assets<ScriptSource>>();
    for module in &world.resource::<LingerScripts>().modules {
        if names.contains(&module.name)
            && let Some(source) = sources.get(&module.source)
        {
            host.add_source(&module.name, below_folder(source, &folder));
        }
    }
    for name in names {
        let result = host.load(world, name);
        let has_update = host.has_function(name, "update");
        let mut scripts = world.resource_mut::<LingerScripts>();
        if let Some(module) = scripts.modules.iter_mut().find(|module| module.name == *name) {
            module.has_update = has_update;
            // With an error in its new text a script goes on as it was.
            module.stopped = result.is_err() && !host.has_module(name);
        }
        if let Err(error) = result {
            note_failure(world, *error);
        }
    }
    world.insert_non_send(host);
}

/// The source as scripts and people know it: by its path below the script folder.
fn below_folder(source: &ScriptSource, folder: &str) -> ScriptSource {
    let path = std::path::Path::new(&source.path);
    let path = path.strip_prefix(folder).unwrap_or(path);
    ScriptSource { path: path.display().to_string(), text: source.text.clone() }
}

fn reload_changed(world: &mut World, mut cursor: Local<Option<MessageCursor<AssetEvent<ScriptSource>>>>) {
    let messages = world.resource::<Messages<AssetEvent<ScriptSource>>>();
    let cursor = cursor.get_or_insert_with(|| messages.get_cursor());
    let changed: Vec<_> = cursor
        .read(messages)
        .filter_map(|event| match event {
            AssetEvent::Modified { id } => Some(*id),
            _ => None,
        })
        .collect();
    if changed.is_empty() {
        return;
    }
    let names: Vec<_> = world
        .resource::<LingerScripts>()
        .modules
        .iter()
        .filter(|module| changed.contains(&module.source.id()))
        .map(|module| module.name.clone())
        .collect();
    if !names.is_empty() {
        world.resource_mut::<Profiler>().profile_mut().clear_script_errors();
        load_modules(world, &names);
    }
}

/// A script whose file can be read no more goes on as it is, and that is said.
fn note_unreadable(world: &mut World, mut cursor: Local<MessageCursor<AssetLoadFailedEvent<ScriptSource>>>) {
    let failed: Vec<_> =
        cursor.read(world.resource::<Messages<AssetLoadFailedEvent<ScriptSource>>>()).cloned().collect();
    let scripts = world.resource::<LingerScripts>();
    // Those that never were there have been told of when the folder was read.
    let known: Vec<_> = failed
        .into_iter()
        .filter(|failed| scripts.modules.iter().any(|module| module.source.id() == failed.id))
        .collect();
    for AssetLoadFailedEvent { path, error, .. } in known {
        note_failure(world, unreadable(&path.to_string(), &format!("the script goes on as it was: {error}")));
    }
}

pub(crate) fn run_updates(world: &mut World) {
    let frame = world.resource::<Profiler>().frame();
    let dt = world.resource::<Time>().delta_secs_f64();
    // The collector counts frames also where no script runs.
    if let Some(mut host) = world.get_non_send_mut::<ScriptHost>() {
        host.set_frame(frame);
    }
    with_host(world, |host, world, turn| {
        host.begin_turn(turn);
        for index in 0..world.resource::<LingerScripts>().modules.len() {
            let module = &world.resource::<LingerScripts>().modules[index];
            if module.stopped || !module.has_update {
                continue;
            }
            let name = module.name.clone();
            if let Err(error) = host.call_update(world, &name, dt, turn) {
                world.resource_mut::<LingerScripts>().modules[index].stopped = true;
                note_failure(world, *error);
            }
        }
    });
}

/// Notes an error where the overlay, the log and the game will find it.
pub(crate) fn note_failure(world: &mut World, error: ScriptError) {
    world.write_message(ScriptFailed(error.clone()));
    world.resource_mut::<Profiler>().note_error(error);
}

fn unreadable(file: &str, message: &str) -> ScriptError {
    ScriptError { file: file.to_owned(), message: format!("OSError: {message}"), ..ScriptError::default() }
}
