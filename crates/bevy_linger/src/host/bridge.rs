//! What the game's classes and functions need while a script runs: the lent world and the classes by which values are made.
//!
//! The machine's native functions are plain functions, so this is kept beside them, one for each thread, and only while a
//! script of that host runs. A finalizer that runs at another time finds no game.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use bevy::{
    ecs::error::{ErrorHandler, FallbackErrorHandler},
    prelude::*,
};
use linger_script::{Args, Class, Kept, Raise, Ref, Value, Vm};

use super::{
    convert::raise,
    objects::Objects,
    place::{Node, Types},
};
use crate::{function::WorldLoan, value::ScriptFault};

/// The classes of a host's machine.
pub(super) struct Classes {
    pub entity: Ref<Class>,
    pub reflected: Ref<Class>,
    pub quads: [Ref<Class>; 4],
}

/// One host's side of the bridge.
pub(super) struct Bridge {
    pub loan: WorldLoan,
    pub classes: Classes,
    /// What scripts have named of the game's types.
    pub types: Types,
    /// What Rust holds of scripts.
    pub objects: Objects,
    /// Messages that wait for their turn.
    pub mail_waiting: Cell<usize>,
    /// What scripts have started beside their callbacks since it was last looked at.
    pub started: RefCell<Vec<(Entity, Kept)>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Bridge>>> = const { RefCell::new(None) };
}

impl Bridge {
    /// Runs `body` with this bridge in place.
    pub fn scope<T>(self: &Rc<Self>, world: &mut World, body: impl FnOnce() -> T) -> T {
        /// Puts the earlier one back, also when `body` panics.
        struct Back(Option<Rc<Bridge>>);
        impl Drop for Back {
            fn drop(&mut self) {
                let earlier = self.0.take();
                CURRENT.with(|current| *current.borrow_mut() = earlier);
            }
        }
        let earlier = CURRENT.with(|current| current.borrow_mut().replace(Rc::clone(self)));
        let _back = Back(earlier);
        // What a script does to components may fail in hooks of the game or the engine, when commands are applied: that is no
        // reason to end the game.
        let handler = world.get_resource_or_init::<FallbackErrorHandler>().0;
        set_handler(world, bevy::ecs::error::warn);
        let result = self.loan.scope(world, body);
        set_handler(world, handler);
        result
    }
}

fn set_handler(world: &mut World, handler: ErrorHandler) {
    if let Some(mut known) = world.get_resource_mut::<FallbackErrorHandler>() {
        known.0 = handler;
    }
}

impl Bridge {
    /// Lets `act` at the world.
    pub fn world<R>(&self, vm: &Vm, act: impl FnOnce(&mut World) -> Result<R, ScriptFault>) -> Result<R, Raise> {
        self.loan.with(act).and_then(|result| result).map_err(|fault| raise(vm, &fault))
    }
}

/// The bridge of the host whose script runs.
pub(super) fn current(vm: &Vm) -> Result<Rc<Bridge>, Raise> {
    let current = CURRENT.with(|current| current.borrow().clone());
    current.ok_or_else(|| raise(vm, &ScriptFault::Runtime("the game cannot be reached from here".into())))
}

/// Lets `act` at the world.
pub(super) fn world<R>(vm: &Vm, act: impl FnOnce(&mut World) -> Result<R, ScriptFault>) -> Result<R, Raise> {
    current(vm)?.world(vm, act)
}

/// The component or resource type of that name.
pub(super) fn type_named(vm: &Vm, name: &str) -> Result<Rc<Node>, Raise> {
    let bridge = current(vm)?;
    if let Some(known) = bridge.types.known(name) {
        return Ok(known);
    }
    bridge.world(vm, |world| bridge.types.named(world, name))
}

/// Refuses arguments by keyword, of what takes them in order only.
pub(super) fn no_keywords(vm: &Vm, args: &Args<'_>) -> Result<(), Raise> {
    match args.names {
        [] => Ok(()),
        _ => Err(vm.type_error("this takes no keyword arguments")),
    }
}

/// The text of a value that must be a string.
pub(super) fn text(vm: &mut Vm, value: &Value, what: &str) -> Result<String, Raise> {
    match vm.text_of(value) {
        Some(text) => Ok(text.text.to_string()),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("{what} must be a str, not {name}")))
        }
    }
}
