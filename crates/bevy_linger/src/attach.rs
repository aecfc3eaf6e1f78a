//! Scripts of entities: a [`Script`] component gives its entity an instance, whose callbacks are called in order. Knows when to
//! call what; how is the [host](crate::host)'s business.

use std::time::{Duration, Instant};

use bevy::{ecs::message::MessageCursor, prelude::*};
use linger_profile::{AlertKind, ScriptError};

use crate::{
    LingerSystems,
    config::LingerConfig,
    host::{Argument, ScriptHost},
    profiler::{Profiler, nanos},
    scripts::{LingerScripts, ScriptsState, note_failure, run_updates},
    value::ScriptValue,
};

/// Gives an entity a script: an instance of a class of the module, or, in a module of functions, a `self` of its own.
#[derive(Component, Reflect, Debug, Clone, Default, PartialEq, Eq)]
#[reflect(Component, Default)]
pub struct Script {
    /// The module's name, as scripts would import it.
    pub module: String,
    /// The class; empty for the module's first class with callbacks, or its functions if it has none.
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

/// What a callback of one entity's script has cost since it was attached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallbackCost {
    /// Calls, and goings-on after a wait.
    pub calls: u64,
    /// Time in them.
    pub nanos: u64,
    /// Objects made in them.
    pub allocated: u64,
    /// Objects more, or fewer, after than before: what it holds, and what it leaves lingering.
    pub left: i64,
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
        app.register_type::<Script>()
            .add_message::<ScriptMessage>()
            .add_systems(FixedUpdate, run_fixed)
            .add_systems(Update, run_attached.after(run_updates).in_set(LingerSystems::RunScripts));
    }
}

/// One turn of the scripts: time left to all of them together, and what went wrong.
struct Turn {
    started: Instant,
    limit: Option<Duration>,
    call_limit: Option<Duration>,
    failure_limit: u32,
    skipped: u64,
}

impl Turn {
    fn of(config: &LingerConfig, spent_nanos: u64) -> Self {
        let limit = |micros: u32| (micros > 0).then(|| Duration::from_micros(u64::from(micros)));
        let spent = Duration::from_nanos(spent_nanos);
        Self {
            started: Instant::now(),
            limit: limit(config.scripts_frame_micros).map(|limit| limit.saturating_sub(spent)),
            call_limit: limit(config.script_call_micros),
            failure_limit: config.script_failure_limit,
            skipped: 0,
        }
    }

    /// Gives the next call its time, if there is any left.
    fn allow(&mut self, host: &mut ScriptHost) -> bool {
        let left = self.limit.map(|limit| limit.saturating_sub(self.started.elapsed()));
        if left.is_some_and(|left| left.is_zero()) {
            self.skipped += 1;
            return false;
        }
        host.set_time_limit(left.into_iter().chain(self.call_limit).min());
        true
    }

    fn call(
        &mut self,
        host: &mut ScriptHost,
        world: &mut World,
        entity: Entity,
        callback: Callback,
        argument: Option<&Argument>,
    ) {
        if self.allow(host) {
            let result = host.call_back(world, entity, callback, argument);
            self.note(host, world, entity, result);
        }
    }

    fn note(&self, host: &mut ScriptHost, world: &mut World, entity: Entity, result: Result<(), Box<ScriptError>>) {
        let Err(error) = result else { return };
        if host.count_failure(entity, self.failure_limit) {
            let message = format!("the script of entity {entity} is disabled: {}", error.message);
            world.resource_mut::<Profiler>().note_alert(AlertKind::ScriptDisabled, message);
        }
        note_failure(world, *error);
    }

    fn end(self, host: &mut ScriptHost, world: &mut World) {
        host.set_time_limit(None);
        let mut profiler = world.resource_mut::<Profiler>();
        profiler.script_nanos += nanos(self.started);
        profiler.scripts_skipped += self.skipped;
    }
}

/// Takes the host out of the world for as long as scripts run.
fn with_host(world: &mut World, act: impl FnOnce(&mut ScriptHost, &mut World, &mut Turn)) {
    let config = world.resource::<LingerConfig>();
    if !config.run_scripts {
        return;
    }
    let mut turn = Turn::of(config, world.resource::<Profiler>().script_nanos);
    let now_secs = world.resource::<Time>().elapsed_secs_f64();
    let Some(mut host) = world.remove_non_send::<ScriptHost>() else {
        return;
    };
    host.now_secs = now_secs;
    act(&mut host, world, &mut turn);
    turn.end(&mut host, world);
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
        for ScriptMessage { name, data, target } in messages {
            let argument = Argument::Message(name, data);
            let receivers = target.map_or_else(|| host.instances(), |target| vec![target]);
            for entity in receivers {
                turn.call(host, world, entity, Callback::Message, Some(&argument));
            }
        }
        // Where the time did not suffice the frame before, those come first that had no turn.
        let mut entities = host.instances();
        let first = host.first_in_turn.min(entities.len());
        entities.rotate_left(first);
        host.first_in_turn = 0;
        for (index, entity) in entities.iter().copied().enumerate() {
            let skipped = turn.skipped;
            turn.call(host, world, entity, Callback::Update, Some(&Argument::Secs(dt)));
            if turn.allow(host) {
                let result = host.wake(world, entity);
                turn.note(host, world, entity, result);
            }
            if skipped == 0 && turn.skipped > 0 {
                host.first_in_turn = (first + index) % entities.len();
            }
        }
        // What scripts despawned is let go of in the same frame.
        sync(host, world, turn);
        for line in host.take_output() {
            info!(target: "linger::script", "{line}");
        }
    });
}

fn run_fixed(world: &mut World) {
    if world.resource::<LingerScripts>().state() == ScriptsState::Loading {
        return;
    }
    let dt = world.resource::<Time>().delta_secs_f64();
    with_host(world, |host, world, turn| {
        for entity in host.instances() {
            turn.call(host, world, entity, Callback::FixedUpdate, Some(&Argument::Secs(dt)));
        }
    });
}

/// Makes instances for entities that have a script now, and lets go of those of entities that have it no more.
fn sync(host: &mut ScriptHost, world: &mut World, turn: &mut Turn) {
    for entity in host.instances() {
        let script = world.get::<Script>(entity);
        let same = script.is_some_and(|script| host.has_instance(entity, &script.module, &script.class));
        if !same {
            turn.call(host, world, entity, Callback::Despawn, None);
            host.detach(entity);
        }
    }
    let mut scripts = world.query::<(Entity, &Script)>();
    let fresh: Vec<(Entity, Script)> = scripts
        .iter(world)
        .filter(|(entity, script)| !host.has_instance(*entity, &script.module, &script.class))
        .map(|(entity, script)| (entity, script.clone()))
        .collect();
    for (entity, script) in fresh {
        host.set_time_limit(turn.call_limit);
        match host.attach(world, entity, &script.module, &script.class) {
            Ok(()) => turn.call(host, world, entity, Callback::Spawn, None),
            Err(error) => note_failure(world, *error),
        }
    }
}
