//! The scripts of entities: their instances, callbacks, and callbacks that wait. Knows what to call and what it costs; when is
//! the business of [`attach`](crate::attach).

use std::{collections::BTreeMap, ops::Range, rc::Rc};

use bevy::{ecs::entity::EntityHashMap, prelude::*};
use linger_profile::ScriptError;
use linger_script::{Generator, Kept, Value, Vm};

use super::{
    ScriptHost,
    convert::to_machine,
    entity,
    errors::profile_error,
    turn::{Failure, Turn},
};
use crate::{
    attach::{Callback, CallbackCost, Script, ScriptMessage, ScriptStatus},
    value::ScriptValue,
};

pub(super) type ScriptResult<T> = Result<T, Box<ScriptError>>;

/// What may be started beside callbacks by one of them, and by what that starts.
const MOST_STARTED: usize = 1_000;

/// The Python side's helpers.
pub(super) struct Helpers {
    make: Kept,
    instance: Kept,
    module_class: Kept,
    advance: Kept,
    pub(super) adopt: Kept,
    close: Kept,
    place: Kept,
    message: Kept,
    /// The callbacks' names.
    callbacks: [Kept; Callback::ALL.len()],
    /// For each the method that was called last, and what it is the same for: entities' scripts are mostly alike.
    pub(super) known: [Option<(u64, Kept)>; Callback::ALL.len()],
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
            close: get("_close")?,
            place: get("_place")?,
            message: get("Message")?,
            callbacks: Callback::ALL.map(|callback| {
                let name = vm.intern(callback.name());
                vm.keep(name)
            }),
            known: Default::default(),
        })
    }
}

/// What a waiting callback waits for.
enum Wake {
    /// A frame after this one.
    After(u64),
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
pub(super) struct Instance {
    pub entity: Entity,
    pub module: String,
    pub class: String,
    /// The object, unless it could not be made.
    pub object: Option<Kept>,
    /// Whether callbacks are the module's functions and not methods.
    pub functions: bool,
    waiting: Vec<Waiting>,
    /// Since it was last enabled.
    pub failures: u32,
    pub disabled: bool,
    pub costs: [CallbackCost; Callback::ALL.len()],
}

/// What the scripts of entities that are gone have cost.
#[derive(Default)]
pub(super) struct Gone {
    pub entities: u64,
    pub costs: [CallbackCost; Callback::ALL.len()],
}

/// All of them. Each has a place that stays its own, and places are the order of calls.
#[derive(Default)]
pub(super) struct Instances {
    pub places: Vec<Option<Instance>>,
    free: Vec<usize>,
    by_entity: EntityHashMap<usize>,
    /// What those that are gone have cost, by module: sums do not shrink.
    pub gone: BTreeMap<String, Gone>,
}

impl Instances {
    fn get(&self, entity: Entity) -> Option<&Instance> {
        self.at(*self.by_entity.get(&entity)?)
    }

    pub fn at(&self, place: usize) -> Option<&Instance> {
        self.places.get(place)?.as_ref()
    }

    pub fn at_mut(&mut self, place: usize) -> Option<&mut Instance> {
        self.places.get_mut(place)?.as_mut()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Instance> {
        self.places.iter().flatten()
    }

    fn insert(&mut self, instance: Instance) {
        let entity = instance.entity;
        let place = match self.free.pop() {
            Some(place) => {
                self.places[place] = Some(instance);
                place
            }
            None => {
                self.places.push(Some(instance));
                self.places.len() - 1
            }
        };
        self.by_entity.insert(entity, place);
    }

    pub fn remove(&mut self, entity: Entity) {
        if let Some(place) = self.by_entity.remove(&entity) {
            self.free.push(place);
            if let Some(gone) = self.places[place].take() {
                let sums = self.gone.entry(gone.module).or_default();
                sums.entities += 1;
                sums.costs.iter_mut().zip(&gone.costs).for_each(|(sum, cost)| sum.add(cost));
            }
        }
    }
}

/// To whom a message goes yet.
pub(super) enum Recipients {
    One(Entity),
    /// Whoever has these places.
    Places(Range<usize>),
}

/// What is given to a callback.
pub(crate) enum Argument<'a> {
    Nothing,
    /// Seconds.
    Secs(f64),
    /// A message.
    Message(&'a str, &'a ScriptValue),
}

impl ScriptHost {
    /// Lets `act` call scripts that reach `world`.
    pub(crate) fn scope<T>(&mut self, world: &mut World, act: impl FnOnce(&mut Self) -> T) -> T {
        let bridge = Rc::clone(&self.bridge);
        bridge.scope(world, || act(self))
    }

    /// Whether the entity has an instance of this script.
    pub(crate) fn has_instance(&self, entity: Entity, script: &Script) -> bool {
        let found = self.instances.get(entity);
        found.is_some_and(|instance| instance.module == script.module && instance.class == script.class)
    }

    /// The object of an entity's script.
    pub(super) fn instance_object(&self, entity: Entity) -> Option<Value> {
        self.instances.get(entity)?.object.as_ref().map(Kept::get)
    }

    /// Whether the entity has an instance of any script.
    pub(crate) fn is_attached(&self, entity: Entity) -> bool {
        self.instances.by_entity.contains_key(&entity)
    }

    /// Entities whose instance went because it was none: to be tried again.
    pub(crate) fn take_unmade(&mut self) -> Vec<Entity> {
        std::mem::take(&mut self.unmade)
    }

    /// How each instance does.
    pub fn statuses(&self) -> impl Iterator<Item = ScriptStatus> + '_ {
        self.instances.iter().map(|instance| ScriptStatus {
            entity: instance.entity,
            script: instance.module.clone(),
            failures: instance.failures,
            disabled: instance.disabled,
            waiting: instance.waiting.len(),
            costs: instance.costs,
        })
    }

    /// Makes the instance of an entity's script. One that fails is there all the same, disabled, so that it is not tried again
    /// before its script changes.
    pub(crate) fn attach(&mut self, entity: Entity, script: &Script, turn: &mut Turn) {
        let mut instance = Instance {
            entity,
            module: script.module.clone(),
            class: script.class.clone(),
            object: None,
            functions: false,
            waiting: Vec::new(),
            failures: 0,
            disabled: false,
            costs: Default::default(),
        };
        if !turn.allow(&mut self.vm) {
            // Its turn comes in the next frame.
            self.unmade.push(entity);
            return;
        }
        match self.make(entity, &script.module, &script.class) {
            Ok((object, functions)) => {
                instance.object = Some(self.vm.keep(object));
                instance.functions = functions;
            }
            Err(error) => {
                instance.failures = 1;
                instance.costs[Callback::Spawn as usize].failures = 1;
                instance.disabled = true;
                turn.failures.push(Failure { entity, error, disabled: false });
            }
        }
        let cost = &mut instance.costs[Callback::Spawn as usize];
        cost.calls += 1;
        turn.charge(&self.vm, cost);
        self.instances.insert(instance);
        self.begin_started(Callback::Spawn, turn);
        self.call_back(entity, Callback::Spawn, &Argument::Nothing, turn);
    }

    fn make(&mut self, entity: Entity, module: &str, class: &str) -> ScriptResult<(Value, bool)> {
        let (kind, functions) = self.class_of_script(module, class)?;
        let make = self.helpers.make.get();
        let vm = &mut self.vm;
        let entity = entity::make(vm, entity).map_err(|raised| profile_error(vm.script_error(&raised)))?;
        let object = vm.call_from_host(&make, &[kind, entity]).map_err(profile_error)?;
        Ok((object, functions))
    }

    /// The class that a script's instances are of, and whether its callbacks are the module's functions.
    pub(super) fn class_of_script(&mut self, module: &str, class: &str) -> ScriptResult<(Value, bool)> {
        let Some((_, found)) = self.modules.get(module) else {
            return Err(Box::new(ScriptError {
                file: module.to_owned(),
                message: format!("ModuleNotFoundError: there is no script {module}, or it could not be run"),
                ..ScriptError::default()
            }));
        };
        let found = found.get();
        let (module_class, instance) = (self.helpers.module_class.get(), self.helpers.instance.get());
        let vm = &mut self.vm;
        let kind = match class {
            "" => vm.call_from_host(&module_class, &[found]),
            class => vm.get_attr_str(&found, class).map_err(|raised| vm.script_error(&raised)),
        };
        let kind = kind.map_err(profile_error)?;
        Ok(if kind.is_none() { (instance, true) } else { (kind, false) })
    }

    /// Forgets an entity's instance. What waits is closed first, while its clean-up can still reach the world.
    pub(crate) fn detach(&mut self, entity: Entity, turn: &mut Turn) {
        let place = self.instances.by_entity.get(&entity).copied();
        let instance = place.and_then(|place| self.instances.at_mut(place));
        for Waiting { generator, callback, .. } in
            instance.map(|one| std::mem::take(&mut one.waiting)).unwrap_or_default()
        {
            turn.allow_always(&mut self.vm);
            let close = self.helpers.close.get();
            if let (Err(error), Some(place)) = (self.vm.call_from_host(&close, &[generator.get()]), place) {
                self.fail(place, callback, profile_error(error), turn);
            }
        }
        self.instances.remove(entity);
    }

    /// Calls a callback of an entity's script, if it has one.
    pub(crate) fn call_back(&mut self, entity: Entity, callback: Callback, argument: &Argument, turn: &mut Turn) {
        if let Some(place) = self.instances.by_entity.get(&entity).copied() {
            self.call_at(place, callback, argument, turn);
        }
    }

    /// Gives scripts their messages, in order; those for which there is no time any more come in the next frame.
    pub(crate) fn deliver(&mut self, messages: impl IntoIterator<Item = ScriptMessage>, turn: &mut Turn) {
        let everybody = 0..self.instances.places.len();
        self.mail.extend(messages.into_iter().map(|message| {
            let to = match message.target {
                Some(target) => Recipients::One(target),
                None => Recipients::Places(everybody.clone()),
            };
            (Rc::new(message), to)
        }));
        turn.begin(&self.vm);
        while !turn.is_over()
            && let Some((message, to)) = self.mail.front_mut()
        {
            let message = Rc::clone(message);
            let place = match to {
                Recipients::One(entity) => self.instances.by_entity.get(entity).copied(),
                Recipients::Places(places) => places.next(),
            };
            if matches!(to, Recipients::One(_)) || place.is_none() {
                self.mail.pop_front();
            }
            if let Some(place) = place {
                self.call_at(place, Callback::Message, &Argument::Message(&message.name, &message.data), turn);
            }
        }
        self.bridge.mail_waiting.set(self.mail.len());
    }

    /// Calls a callback of all, and goes on with what waits. Where time does not suffice, the next frame begins with those left out.
    pub(crate) fn call_all(&mut self, callback: Callback, argument: &Argument, turn: &mut Turn) {
        let count = self.instances.places.len();
        let first = self.first_in_turn.min(count.saturating_sub(1));
        let wakes = callback == Callback::Update;
        if wakes {
            self.first_in_turn = 0;
        }
        turn.begin(&self.vm);
        for index in 0..count {
            let place = (first + index) % count;
            let was_over = turn.is_over();
            self.call_at(place, callback, argument, turn);
            if wakes {
                self.wake(place, turn);
                if !was_over && turn.is_over() {
                    // It may have been cut short, and has a whole frame next; one that needs more than that lets others by.
                    let again = index > 0 && turn.cuts_short();
                    self.first_in_turn = if again { place } else { (place + 1) % count };
                }
            }
        }
    }

    /// While a callback that repeats waits, it is not called anew; nor is any of a disabled script.
    fn call_at(&mut self, place: usize, callback: Callback, argument: &Argument, turn: &mut Turn) {
        let Some(instance) = self.instances.at(place) else { return };
        let Some(object) = instance.object.as_ref().filter(|_| !instance.disabled) else { return };
        let repeats = matches!(callback, Callback::Update | Callback::FixedUpdate);
        if repeats && instance.waiting.iter().any(|waiting| waiting.callback == callback) {
            return;
        }
        let object = object.get();
        let module = match instance.functions {
            true => self.modules.get(&instance.module).map(|(_, module)| module.get()),
            false => None,
        };
        let vm = &mut self.vm;
        let known = &mut self.helpers.known[callback as usize];
        let key = if module.is_none() { vm.method_key(&object) } else { None };
        let found = match known {
            Some((known_key, function)) if key == Some(*known_key) => Ok(Some((function.get(), true))),
            _ => {
                let name = self.helpers.callbacks[callback as usize].get();
                let found = vm.find_method(module.as_ref().unwrap_or(&object), &name);
                if let (Some(key), Ok(Some((function, true)))) = (key, &found) {
                    *known = Some((key, vm.keep(function.clone())));
                }
                found
            }
        };
        let (function, bound) = match found {
            Ok(Some((function, bound))) => (function, bound || module.is_some()),
            Ok(None) => return,
            Err(raised) => {
                let error = profile_error(vm.script_error(&raised));
                return self.fail(place, callback, error, turn);
            }
        };
        if callback == Callback::Despawn {
            // There is no later for it.
            turn.allow_always(vm);
        } else if !turn.allow(vm) {
            return;
        }
        let result = match argument {
            Argument::Nothing => Ok(Value::EMPTY),
            Argument::Secs(secs) => Ok(Value::float(*secs)),
            Argument::Message(name, data) => {
                let message = self.helpers.message.get();
                let data = to_machine(vm, data).map_err(|raised| vm.script_error(&raised));
                data.and_then(|data| {
                    let name = vm.str(name);
                    vm.call_from_host(&message, &[name, data])
                })
            }
        };
        let result = result.and_then(|argument| {
            let all = [object, argument];
            let count = if all[1].is_empty() { 1 } else { 2 };
            vm.call_from_host(&function, &all[usize::from(!bound)..count])
        });
        // What it returns is let go of at once, unless it waits: it is not what the callback leaves behind.
        let waits = |value: &Value| value.downcast::<Generator>().is_some();
        let result = result.map(|value| waits(&value).then(|| vm.keep(value)));
        if let Some(instance) = self.instances.at_mut(place) {
            let cost = &mut instance.costs[callback as usize];
            cost.calls += 1;
            turn.charge(&self.vm, cost);
        }
        match result {
            Ok(None) => {}
            Ok(Some(generator)) => {
                let wake = Wake::After(self.frame);
                self.go_on(place, Waiting { generator, callback, wake }, turn);
            }
            Err(error) => self.fail(place, callback, profile_error(error), turn),
        }
        self.begin_started(callback, turn);
    }

    /// Begins what scripts have started beside their callbacks. It is charged to the callback that started it, and waits and
    /// ends as what a callback yields.
    fn begin_started(&mut self, callback: Callback, turn: &mut Turn) {
        // What begins may start more, and something that only starts another has no end.
        for _ in 0..MOST_STARTED {
            let mut started = self.bridge.started.borrow_mut();
            if started.is_empty() {
                return;
            }
            let (entity, generator) = started.remove(0);
            drop(started);
            if let Some(place) = self.instances.by_entity.get(&entity).copied() {
                self.go_on(place, Waiting { generator, callback, wake: Wake::After(self.frame) }, turn);
            }
        }
    }

    /// Goes on with what waits and need wait no more.
    fn wake(&mut self, place: usize, turn: &mut Turn) {
        let Some(instance) = self.instances.at_mut(place).filter(|instance| !instance.disabled) else { return };
        let now = self.now_secs;
        for waiting in std::mem::take(&mut instance.waiting) {
            // One that is disabled meanwhile lets go of all that waits.
            let Some(instance) = self.instances.at_mut(place).filter(|instance| !instance.disabled) else { return };
            let callback = waiting.callback;
            let not_yet = match &waiting.wake {
                Wake::After(frame) => *frame == self.frame,
                Wake::At(secs) => now < *secs,
                Wake::When(_) => false,
            };
            if not_yet || !turn.allow(&mut self.vm) {
                instance.waiting.push(waiting);
                continue;
            }
            let due = match &waiting.wake {
                Wake::After(_) | Wake::At(_) => Ok(true),
                Wake::When(condition) => {
                    let condition = condition.get();
                    let vm = &mut self.vm;
                    let answer = vm.call_from_host(&condition, &[]);
                    let answer = answer.and_then(|answer| vm.truth(&answer).map_err(|raised| vm.script_error(&raised)));
                    // Looking costs, whatever the answer.
                    turn.charge(vm, &mut instance.costs[waiting.callback as usize]);
                    answer
                }
            };
            match due {
                Ok(true) => self.go_on(place, waiting, turn),
                Ok(false) => instance.waiting.push(waiting),
                // One that fails ends; the others go on.
                Err(error) => self.fail(place, waiting.callback, profile_error(error), turn),
            }
            self.begin_started(callback, turn);
        }
    }

    fn go_on(&mut self, place: usize, waiting: Waiting, turn: &mut Turn) {
        let advance = self.helpers.advance.get();
        let asked = self.vm.call_from_host(&advance, &[waiting.generator.get()]);
        let Some(instance) = self.instances.at_mut(place) else { return };
        let cost = &mut instance.costs[waiting.callback as usize];
        cost.calls += 1;
        turn.charge(&self.vm, cost);
        let asked = match asked {
            Ok(asked) => asked,
            Err(error) => return self.fail(place, waiting.callback, profile_error(error), turn),
        };
        let wake = if asked.is_none() {
            Wake::After(self.frame)
        } else if asked.as_bool() == Some(false) {
            return;
        } else if let Some(secs) = asked.as_float() {
            Wake::At(self.now_secs + secs)
        } else {
            Wake::When(self.vm.keep(asked))
        };
        instance.waiting.push(Waiting { wake, ..waiting });
    }

    /// Counts a failure of an entity's script, which may be its last before it is disabled.
    fn fail(&mut self, place: usize, callback: Callback, error: Box<ScriptError>, turn: &mut Turn) {
        let Some(instance) = self.instances.at_mut(place) else { return };
        instance.failures += 1;
        instance.costs[callback as usize].failures += 1;
        if turn.failure_limit > 0 && instance.failures >= turn.failure_limit {
            instance.disabled = true;
            instance.waiting.clear();
        }
        turn.failures.push(Failure { entity: instance.entity, error, disabled: instance.disabled });
    }

    /// Lets disabled scripts run again: that of one entity, or all.
    pub fn enable(&mut self, entity: Option<Entity>) {
        for instance in self.instances.places.iter_mut().flatten() {
            if entity.is_none_or(|entity| entity == instance.entity) {
                instance.failures = 0;
                instance.disabled = instance.object.is_none();
            }
        }
    }

    /// Makes a module that was loaded an attribute of its package.
    pub(super) fn place_in_package(&mut self, module: &Value) -> ScriptResult<()> {
        let place = self.helpers.place.get();
        self.vm.call_from_host(&place, &[module.clone()]).map_err(profile_error)?;
        Ok(())
    }
}
