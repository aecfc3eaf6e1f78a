//! Scripts of entities: a [`Script`] component gives its entity an instance, whose callbacks are called in order. Knows when to
//! call what; how is the [host](crate::host)'s business.

use bevy::{
    ecs::{lifecycle::HookContext, message::MessageCursor, world::DeferredWorld},
    prelude::*,
};
use linger_profile::AlertKind;

use crate::{
    LingerSystems,
    config::LingerConfig,
    host::{Argument, Failure, ScriptHost, Turn},
    profiler::Profiler,
    scripts::{LingerScripts, ScriptsState, note_failure, run_updates},
    value::ScriptValue,
};

/// Gives an entity a script: an instance of a class of the module, or, in a module of functions, a `self` of its own. It is
/// replaced by inserting another, never changed in place.
#[derive(Component, Reflect, Debug, Clone, Default, PartialEq, Eq)]
#[component(immutable, on_insert = note_change, on_remove = note_change)]
#[reflect(Component, Default)]
pub struct Script {
    /// The module's name, as scripts would import it.
    pub module: String,
    /// The class; empty for the module's first class with callbacks, or else its first heir of `Script`, or else its functions.
    pub class: String,
}

impl Script {
    /// The script of that file below the script folder (`enemies/chaser.py`) or module name (`enemies.chaser`).
    pub fn new(path: &str) -> Self {
        let module = path.strip_suffix(".py").unwrap_or(path).replace('/', ".");
        Self { module, class: String::new() }
    }

    /// The same, with the class of this name.
    #[must_use]
    pub fn with_class(self, class: &str) -> Self {
        Self { class: class.to_owned(), ..self }
    }
}

/// A message to scripts, or from them: `send("hit", {"damage": 3})` writes one, and each is given to `on_message` of the
/// target's script, or of all scripts, in the frame after.
#[derive(Message, Debug, Clone, PartialEq)]
pub struct ScriptMessage {
    /// What it is about.
    pub name: String,
    /// Plain data.
    pub data: ScriptValue,
    /// Whom it is for; `None` is everybody.
    pub target: Option<Entity>,
}

/// The callbacks of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Callback {
    /// `on_spawn()`, once.
    Spawn,
    /// `on_update(dt)`, each frame.
    Update,
    /// `on_fixed_update(dt)`, each fixed step.
    FixedUpdate,
    /// `on_message(message)`.
    Message,
    /// `on_despawn()`, when the entity is gone or has lost its script.
    Despawn,
}

impl Callback {
    /// Every callback.
    pub const ALL: [Self; 5] = [Self::Spawn, Self::Update, Self::FixedUpdate, Self::Message, Self::Despawn];

    /// The function's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spawn => "on_spawn",
            Self::Update => "on_update",
            Self::FixedUpdate => "on_fixed_update",
            Self::Message => "on_message",
            Self::Despawn => "on_despawn",
        }
    }
}

/// What a callback of one entity's script has cost since it was attached. That of `on_spawn` includes making the instance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallbackCost {
    /// Calls, and goings-on after a wait. Making the instance is one of `on_spawn`'s.
    pub calls: u64,
    /// Time in them.
    pub nanos: u64,
    /// Objects made in them.
    pub allocated: u64,
    /// Objects more, or fewer, after than before: what it holds, and what it leaves lingering.
    pub left: i64,
    /// Errors that nobody caught.
    pub failures: u64,
}

impl CallbackCost {
    /// Adds another's.
    pub(crate) fn add(&mut self, other: &Self) {
        let Self { calls, nanos, allocated, left, failures } = other;
        self.calls += calls;
        self.nanos += nanos;
        self.allocated += allocated;
        self.left += left;
        self.failures += failures;
    }
}

/// How the script of one entity does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptStatus {
    /// The entity.
    pub entity: Entity,
    /// The module's name.
    pub script: String,
    /// Errors that nobody caught.
    pub failures: u32,
    /// Whether it is left alone until its file changes or scripts are enabled again.
    pub disabled: bool,
    /// Callbacks that have yielded and wait.
    pub waiting: usize,
    /// What each callback has cost, in the order of [`Callback::ALL`].
    pub costs: [CallbackCost; Callback::ALL.len()],
}

impl ScriptStatus {
    /// The cost of one callback.
    pub fn cost(&self, callback: Callback) -> CallbackCost {
        self.costs[callback as usize]
    }
}

/// Runs the scripts of entities.
pub struct LingerAttachPlugin;

impl Plugin for LingerAttachPlugin {
    fn build(&self, app: &mut App) {
        let mut early = app.world_mut().query_filtered::<Entity, With<Script>>();
        let early = early.iter(app.world()).collect();
        app.register_type::<Script>()
            .insert_resource(ScriptChanges(early))
            .add_message::<ScriptMessage>()
            .add_systems(FixedUpdate, run_fixed)
            .add_systems(Update, run_attached.after(run_updates).in_set(LingerSystems::RunScripts));
    }
}

/// Entities whose [`Script`] came, changed or went since scripts were last called.
#[derive(Resource, Default)]
struct ScriptChanges(Vec<Entity>);

fn note_change(mut world: DeferredWorld, context: HookContext) {
    if let Some(mut changes) = world.get_resource_mut::<ScriptChanges>() {
        changes.0.push(context.entity);
    }
}

/// Takes the host out of the world for as long as scripts run.
pub(crate) fn with_host(world: &mut World, act: impl FnOnce(&mut ScriptHost, &mut World, &mut Turn)) {
    let config = world.resource::<LingerConfig>();
    if !config.run_scripts {
        return;
    }
    let profiler = world.resource::<Profiler>();
    let mut turn = Turn::new(config, profiler.script_nanos, profiler.script_instructions);
    let now_secs = world.resource::<Time>().elapsed_secs_f64();
    let Some(mut host) = world.remove_non_send::<ScriptHost>() else {
        return;
    };
    host.now_secs = now_secs;
    act(&mut host, world, &mut turn);
    let nanos = host.end_turn(&turn);
    let mut profiler = world.resource_mut::<Profiler>();
    profiler.script_nanos += nanos;
    profiler.script_instructions += turn.used_instructions;
    profiler.scripts_skipped += turn.skipped;
    for Failure { entity, error, disabled } in turn.failures {
        if disabled {
            let message = format!("the script of entity {entity} is disabled: {}", error.message);
            world.resource_mut::<Profiler>().note_alert(AlertKind::ScriptDisabled, message);
        }
        note_failure(world, *error);
    }
    for line in host.take_output() {
        info!(target: "linger::script", "{line}");
    }
    world.insert_non_send(host);
}

fn run_attached(world: &mut World, mut messages: Local<Option<MessageCursor<ScriptMessage>>>) {
    if world.resource::<LingerScripts>().state() == ScriptsState::Loading {
        return;
    }
    let dt = world.resource::<Time>().delta_secs_f64();
    let cursor = messages.get_or_insert_default();
    let messages: Vec<ScriptMessage> = cursor.read(world.resource::<Messages<ScriptMessage>>()).cloned().collect();
    with_host(world, |host, world, turn| {
        sync(host, world, turn);
        host.scope(world, |host| {
            host.deliver(messages, turn);
            host.call_all(Callback::Update, &Argument::Secs(dt), turn);
        });
        // What scripts despawned is let go of in the same frame.
        sync(host, world, turn);
    });
}

fn run_fixed(world: &mut World) {
    let dt = world.resource::<Time>().delta_secs_f64();
    with_host(world, |host, world, turn| {
        host.scope(world, |host| host.call_all(Callback::FixedUpdate, &Argument::Secs(dt), turn));
    });
}

/// Makes instances for entities that have a script now, and lets go of those of entities that have it no more.
fn sync(host: &mut ScriptHost, world: &mut World, turn: &mut Turn) {
    let mut changed = std::mem::take(&mut world.resource_mut::<ScriptChanges>().0);
    changed.extend(host.take_unmade());
    if changed.is_empty() {
        return;
    }
    let mut gone = Vec::new();
    let mut fresh = Vec::new();
    for entity in changed {
        let script = world.get::<Script>(entity);
        if script.is_some_and(|script| host.has_instance(entity, script)) {
            continue;
        }
        if host.is_attached(entity) && !gone.contains(&entity) {
            gone.push(entity);
        }
        if let Some(script) = script {
            fresh.push((entity, script.clone()));
        }
    }
    host.scope(world, |host| {
        host.begin_turn(turn);
        for entity in gone {
            host.call_back(entity, Callback::Despawn, &Argument::Nothing, turn);
            host.detach(entity, turn);
        }
        for (entity, script) in fresh {
            // One entity may have changed more than once.
            if !host.is_attached(entity) {
                host.attach(entity, &script, turn);
            }
        }
    });
}
