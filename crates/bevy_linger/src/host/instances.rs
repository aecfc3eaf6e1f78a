//! The scripts of entities: their instances, callbacks, and callbacks that wait. Knows what to call and what it costs; when is
//! the business of [`attach`](crate::attach).

use std::{collections::BTreeMap, time::Instant};

use bevy::prelude::*;
use linger_profile::{ScriptCosts, ScriptError, ScriptRow};
use linger_script::{Generator, Kept, Value, Vm};

use super::{ScriptHost, convert::to_machine, entity, profile_error};
use crate::{
    attach::{Callback, CallbackCost, ScriptStatus},
    profiler::nanos,
    value::ScriptValue,
};

type ScriptResult<T> = Result<T, Box<ScriptError>>;

/// Entities that are told apart in what scripts cost.
const MOST_ENTITIES: usize = 200;

fn add(sum: &mut ScriptRow, cost: &CallbackCost) {
    sum.calls += cost.calls;
    sum.nanos += cost.nanos;
    sum.allocated += cost.allocated;
    sum.left += cost.left;
}

/// The Python side's helpers.
pub(super) struct Helpers {
    make: Kept,
    instance: Kept,
    module_class: Kept,
    advance: Kept,
    adopt: Kept,
    message: Kept,
}

impl Helpers {
    /// Takes them from the module.
    pub fn of(vm: &mut Vm, module: &Value) -> Option<Self> {
        let mut get = |name: &str| {
            let found = vm.get_attr_str(module, name).ok()?;
            Some(vm.keep(found))
        };
        Some(Self {
            make: get("_make")?,
            instance: get("_Instance")?,
            module_class: get("_module_class")?,
            advance: get("_advance")?,
            adopt: get("_adopt")?,
            message: get("Message")?,
        })
    }
}

/// What a waiting callback waits for.
enum Wake {
    NextFrame,
    /// Game time in seconds.
    At(f64),
    /// Until this is true.
    When(Kept),
}

/// A callback that has yielded.
struct Waiting {
    generator: Kept,
    callback: Callback,
    wake: Wake,
}

/// The script of one entity.
struct Instance {
    module: String,
    class: String,
    /// The object, unless it could not be made.
    object: Option<Kept>,
    /// Whether callbacks are the module's functions and not methods.
    functions: bool,
    waiting: Vec<Waiting>,
    failures: u32,
    disabled: bool,
    costs: [CallbackCost; Callback::ALL.len()],
}

/// All of them, in the order of their entities.
#[derive(Default)]
pub(super) struct Instances(BTreeMap<Entity, Instance>);

/// What is given to a callback.
pub(crate) enum Argument {
    /// Seconds.
    Secs(f64),
    /// A message.
    Message(String, ScriptValue),
}

impl ScriptHost {
    /// Whether the entity has an instance of this script.
    pub(crate) fn has_instance(&self, entity: Entity, module: &str, class: &str) -> bool {
        let found = self.instances.0.get(&entity);
        found.is_some_and(|instance| instance.module == module && instance.class == class)
    }

    /// The entities with instances.
    pub(crate) fn instances(&self) -> Vec<Entity> {
        self.instances.0.keys().copied().collect()
    }

    /// How each instance does.
    pub fn statuses(&self) -> impl Iterator<Item = ScriptStatus> + '_ {
        self.instances.0.iter().map(|(entity, instance)| ScriptStatus {
            entity: *entity,
            script: instance.module.clone(),
            failures: instance.failures,
            disabled: instance.disabled,
            waiting: instance.waiting.len(),
            costs: instance.costs,
        })
    }

    /// What all of them cost, by callback and by entity.
    pub fn script_costs(&self) -> ScriptCosts {
        let mut by_callback: BTreeMap<(&str, usize), ScriptRow> = BTreeMap::new();
        let mut all: Vec<(Entity, &Instance, ScriptRow)> = Vec::new();
        for (entity, instance) in &self.instances.0 {
            let mut sum = ScriptRow {
                failures: u64::from(instance.failures),
                disabled: instance.disabled,
                ..ScriptRow::default()
            };
            for (index, cost) in instance.costs.iter().enumerate().filter(|(_, cost)| cost.calls > 0) {
                add(&mut sum, cost);
                add(by_callback.entry((&instance.module, index)).or_default(), cost);
            }
            all.push((*entity, instance, sum));
        }
        // Whoever left most comes first, and of equals whoever took most time: only they get names.
        all.sort_by_key(|(_, _, sum)| std::cmp::Reverse((sum.left, sum.nanos)));
        let dearest = all.len().min(MOST_ENTITIES / 2);
        all[dearest..].sort_by_key(|(_, _, sum)| std::cmp::Reverse(sum.nanos));
        let by_entity = all.iter_mut().take(MOST_ENTITIES).map(|(entity, instance, sum)| {
            let name = format!("{} {entity}", instance.module);
            ScriptRow { name, ..std::mem::take(sum) }
        });
        let by_entity = by_entity.collect();
        let by_callback = by_callback.into_iter().map(|((module, index), sum)| {
            let name = format!("{module} {}", Callback::ALL[index].name());
            ScriptRow { name, ..sum }
        });
        ScriptCosts { by_callback: by_callback.collect(), by_entity, entities: self.instances.0.len() as u64 }
    }

    /// Makes the instance of an entity's script. One that fails is there all the same, disabled, so that it is not tried again
    /// before its script changes.
    pub(crate) fn attach(&mut self, world: &mut World, entity: Entity, module: &str, class: &str) -> ScriptResult<()> {
        let mut instance = Instance {
            module: module.to_owned(),
            class: class.to_owned(),
            object: None,
            functions: false,
            waiting: Vec::new(),
            failures: 0,
            disabled: false,
            costs: Default::default(),
        };
        let made = self.make(world, entity, module, class);
        let result = match made {
            Ok((object, functions)) => {
                instance.object = Some(self.vm.keep(object));
                instance.functions = functions;
                Ok(())
            }
            Err(error) => {
                instance.failures = 1;
                instance.disabled = true;
                Err(error)
            }
        };
        self.instances.0.insert(entity, instance);
        result
    }

    fn make(&mut self, world: &mut World, entity: Entity, module: &str, class: &str) -> ScriptResult<(Value, bool)> {
        let (kind, functions) = self.class_of_script(world, module, class)?;
        let make = self.helpers.make.get();
        let object = self.enter(world, |vm| {
            let entity = entity::make(vm, entity).map_err(|raised| vm.script_error(&raised))?;
            vm.call_from_host(&make, &[kind, entity])
        })?;
        Ok((object, functions))
    }

    /// The class that a script's instances are of, and whether its callbacks are the module's functions.
    fn class_of_script(&mut self, world: &mut World, module: &str, class: &str) -> ScriptResult<(Value, bool)> {
        let Some((_, found)) = self.modules.get(module) else {
            return Err(Box::new(ScriptError {
                file: module.to_owned(),
                message: format!("ModuleNotFoundError: there is no script {module}, or it could not be run"),
                ..ScriptError::default()
            }));
        };
        let found = found.get();
        let (module_class, instance) = (self.helpers.module_class.get(), self.helpers.instance.get());
        let kind = self.enter(world, |vm| match class {
            "" => vm.call_from_host(&module_class, &[found]),
            class => vm.get_attr_str(&found, class).map_err(|raised| vm.script_error(&raised)),
        })?;
        Ok(if kind.is_none() { (instance, true) } else { (kind, false) })
    }

    /// Forgets an entity's instance.
    pub(crate) fn detach(&mut self, entity: Entity) {
        self.instances.0.remove(&entity);
    }

    /// Calls a callback of an entity's script, if it has one and is not disabled. While one waits it is not called anew.
    pub(crate) fn call_back(
        &mut self,
        world: &mut World,
        entity: Entity,
        callback: Callback,
        argument: Option<&Argument>,
    ) -> ScriptResult<()> {
        let Some(instance) = self.instances.0.get(&entity) else {
            return Ok(());
        };
        let Some(object) = instance.object.as_ref().map(Kept::get).filter(|_| !instance.disabled) else {
            return Ok(());
        };
        let repeats = matches!(callback, Callback::Update | Callback::FixedUpdate);
        if repeats && instance.waiting.iter().any(|waiting| waiting.callback == callback) {
            return Ok(());
        }
        let module = instance.functions.then(|| self.modules.get(&instance.module).map(|(_, module)| module.get()));
        let message = self.helpers.message.get();
        let start = Instant::now();
        let before = self.vm.heap().totals();
        let result = self.enter(world, |vm| {
            let holder = module.flatten();
            let name = vm.intern(callback.name());
            let found = vm.find_attr(holder.as_ref().unwrap_or(&object), &name);
            let Some(function) = found.map_err(|raised| vm.script_error(&raised))? else {
                return Ok(None);
            };
            let mut arguments = Vec::with_capacity(2);
            if holder.is_some() {
                arguments.push(object.clone());
            }
            match argument {
                Some(Argument::Secs(secs)) => arguments.push(Value::float(*secs)),
                Some(Argument::Message(name, data)) => {
                    let name = vm.str(name);
                    let data = to_machine(vm, data).map_err(|raised| vm.script_error(&raised))?;
                    arguments.push(vm.call_from_host(&message, &[name, data])?);
                }
                None => {}
            }
            vm.call_from_host(&function, &arguments).map(Some)
        });
        if let Ok(None) = result {
            return Ok(());
        }
        // What it returns is let go of at once, unless it waits: it is not what the callback leaves behind.
        let waits = |value: &Value| value.downcast::<Generator>().is_some();
        let result = result.map(|value| value.filter(waits).map(|generator| self.vm.keep(generator)));
        self.charge(entity, callback, start, before);
        if let Some(generator) = result? {
            self.go_on(world, entity, Waiting { generator, callback, wake: Wake::NextFrame })?;
        }
        Ok(())
    }

    /// Goes on with what waits and need wait no more.
    pub(crate) fn wake(&mut self, world: &mut World, entity: Entity) -> ScriptResult<()> {
        let Some(instance) = self.instances.0.get_mut(&entity) else {
            return Ok(());
        };
        if instance.disabled || instance.waiting.is_empty() {
            return Ok(());
        }
        let now = self.now_secs;
        let mut first = Ok(());
        for waiting in std::mem::take(&mut instance.waiting) {
            let due = match &waiting.wake {
                Wake::NextFrame => Ok(true),
                Wake::At(secs) => Ok(now >= *secs),
                Wake::When(condition) => {
                    let condition = condition.get();
                    self.enter(world, |vm| {
                        let answer = vm.call_from_host(&condition, &[])?;
                        vm.truth(&answer).map_err(|raised| vm.script_error(&raised))
                    })
                }
            };
            let result = match due {
                Ok(true) => self.go_on(world, entity, waiting),
                Ok(false) => {
                    if let Some(instance) = self.instances.0.get_mut(&entity) {
                        instance.waiting.push(waiting);
                    }
                    Ok(())
                }
                Err(error) => Err(error),
            };
            // One that fails ends; the others go on.
            first = first.and(result);
        }
        first
    }

    fn go_on(&mut self, world: &mut World, entity: Entity, waiting: Waiting) -> ScriptResult<()> {
        let advance = self.helpers.advance.get();
        let generator = waiting.generator.get();
        let callback = waiting.callback;
        let start = Instant::now();
        let before = self.vm.heap().totals();
        let result = self.enter(world, |vm| vm.call_from_host(&advance, &[generator]));
        self.charge(entity, callback, start, before);
        let asked = result?;
        let wake = if asked.is_none() {
            Wake::NextFrame
        } else if asked.as_bool() == Some(false) {
            return Ok(());
        } else if let Some(secs) = asked.as_float() {
            Wake::At(self.now_secs + secs)
        } else {
            Wake::When(self.vm.keep(asked))
        };
        if let Some(instance) = self.instances.0.get_mut(&entity) {
            instance.waiting.push(Waiting { wake, ..waiting });
        }
        Ok(())
    }

    fn charge(&mut self, entity: Entity, callback: Callback, start: Instant, before: linger_heap::Counters) {
        let after = self.vm.heap().totals();
        if let Some(instance) = self.instances.0.get_mut(&entity) {
            let cost = &mut instance.costs[callback as usize];
            cost.calls += 1;
            cost.nanos += nanos(start);
            cost.allocated += after.allocated - before.allocated;
            cost.left += after.live as i64 - before.live as i64;
        }
    }

    /// Counts a failure of an entity's script; says whether it is now disabled.
    pub(crate) fn count_failure(&mut self, entity: Entity, limit: u32) -> bool {
        let Some(instance) = self.instances.0.get_mut(&entity) else {
            return false;
        };
        instance.failures += 1;
        if limit > 0 && instance.failures >= limit {
            instance.disabled = true;
            instance.waiting.clear();
        }
        instance.disabled
    }

    /// Lets disabled scripts run again.
    pub fn enable_all(&mut self) {
        for instance in self.instances.0.values_mut() {
            instance.failures = 0;
            instance.disabled = instance.object.is_none();
        }
    }

    /// Gives the instances of a script that was loaded anew its code; they keep their state. What waits goes on as it was
    /// written before.
    pub(super) fn renew_instances(&mut self, world: &mut World, module: &str) -> ScriptResult<()> {
        let of_module = self.instances.0.iter().filter(|(_, instance)| instance.module == module);
        let entities: Vec<Entity> = of_module.map(|(entity, _)| *entity).collect();
        let mut first = Ok(());
        for entity in entities {
            let Some(instance) = self.instances.0.get(&entity) else { continue };
            let class = instance.class.clone();
            let Some(object) = instance.object.as_ref().map(Kept::get) else {
                // It could not be made before: tried again as if it were new.
                self.instances.0.remove(&entity);
                continue;
            };
            let result = self.class_of_script(world, module, &class).and_then(|(kind, functions)| {
                let adopt = self.helpers.adopt.get();
                self.enter(world, |vm| vm.call_from_host(&adopt, &[object, kind]))?;
                Ok(functions)
            });
            let Some(instance) = self.instances.0.get_mut(&entity) else { continue };
            match result {
                Ok(functions) => {
                    instance.functions = functions;
                    instance.failures = 0;
                    instance.disabled = false;
                }
                Err(error) => {
                    instance.disabled = true;
                    first = first.and(Err(error));
                }
            }
        }
        first
    }

    /// Runs `act` while the script reaches `world`.
    fn enter<T>(
        &mut self,
        world: &mut World,
        act: impl FnOnce(&mut Vm) -> Result<T, linger_script::ScriptError>,
    ) -> ScriptResult<T> {
        let Self { vm, bridge, .. } = self;
        bridge.scope(world, || act(vm)).map_err(profile_error)
    }
}
