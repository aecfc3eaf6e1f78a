//! Objects of scripts that Rust holds handles to, and what is done with them.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::PoisonError,
};

use bevy::prelude::*;
use linger_script::{Kept, Raise, Value, Vm};

use super::{
    ScriptHost, bridge,
    convert::{from_machine, to_machine},
    profile_error,
};
use crate::{
    call::CallError,
    object::{Released, ScriptObject},
    value::ScriptValue,
};

/// The objects that handles were given out to, by the handles' numbers.
#[derive(Default)]
pub(super) struct Objects {
    kept: RefCell<BTreeMap<u64, Kept>>,
    next: Cell<u64>,
    released: Released,
}

impl Objects {
    /// A handle to an object.
    pub fn hand_out(&self, vm: &mut Vm, value: &Value) -> ScriptObject {
        self.let_go();
        let id = self.next.replace(self.next.get() + 1);
        self.kept.borrow_mut().insert(id, vm.keep(value.clone()));
        ScriptObject::new(id, &self.released)
    }

    /// The object of a handle, if this host gave it out.
    pub fn get(&self, object: &ScriptObject) -> Option<Value> {
        if !object.is_of(&self.released) {
            return None;
        }
        self.kept.borrow().get(&object.id()).map(Kept::get)
    }

    /// Lets go of those to which no handle is left.
    pub fn let_go(&self) {
        let released = std::mem::take(&mut *self.released.lock().unwrap_or_else(PoisonError::into_inner));
        for id in released {
            // Dropped when the borrow has ended: a finalizer may ask for a handle.
            let kept = self.kept.borrow_mut().remove(&id);
            drop(kept);
        }
    }
}

impl ScriptHost {
    /// A handle to the script object of an entity.
    pub(crate) fn object_of(&mut self, entity: Entity) -> Option<ScriptObject> {
        let object = self.instance_object(entity)?;
        Some(self.bridge.objects.hand_out(&mut self.vm, &object))
    }

    pub(crate) fn call_method(
        &mut self,
        world: &mut World,
        object: &ScriptObject,
        method: &str,
        arguments: &[ScriptValue],
    ) -> Result<ScriptValue, CallError> {
        self.with_object(world, object, |vm, object| {
            let name = vm.intern(method);
            let Some((function, bound)) = vm.find_method(object, &name)? else {
                return Ok(Err(CallError::Missing(format!("method {method}"))));
            };
            let mut all = if bound { vec![object.clone()] } else { Vec::new() };
            for argument in arguments {
                all.push(to_machine(vm, argument)?);
            }
            Ok(match vm.call_from_host(&function, &all) {
                Ok(result) => from_machine(vm, &result).map_err(CallError::Fault),
                Err(error) => Err(CallError::Raised(profile_error(error))),
            })
        })
    }

    pub(crate) fn attribute(
        &mut self,
        world: &mut World,
        object: &ScriptObject,
        name: &str,
    ) -> Result<ScriptValue, CallError> {
        self.with_object(world, object, |vm, object| {
            let value = vm.get_attr_str(object, name)?;
            Ok(from_machine(vm, &value).map_err(CallError::Fault))
        })
    }

    pub(crate) fn set_attribute(
        &mut self,
        world: &mut World,
        object: &ScriptObject,
        name: &str,
        value: &ScriptValue,
    ) -> Result<(), CallError> {
        self.with_object(world, object, |vm, object| {
            let value = to_machine(vm, value)?;
            let name = vm.intern(name);
            vm.set_attr(object, &name, value)?;
            Ok(Ok(()))
        })
    }

    fn with_object<T>(
        &mut self,
        world: &mut World,
        object: &ScriptObject,
        act: impl FnOnce(&mut Vm, &Value) -> Result<Result<T, CallError>, Raise>,
    ) -> Result<T, CallError> {
        let Some(found) = self.bridge.objects.get(object) else {
            return Err(CallError::Missing("object: the script host that gave it out is gone".into()));
        };
        self.scope(world, |host| {
            let vm = &mut host.vm;
            match act(vm, &found) {
                Ok(result) => result,
                Err(raised) => Err(CallError::Raised(profile_error(vm.script_error(&raised)))),
            }
        })
    }
}

/// A handle to an object, where a script's value is no plain data.
pub(super) fn hand_out(vm: &mut Vm, value: &Value) -> Option<ScriptObject> {
    let bridge = bridge::current(vm).ok()?;
    Some(bridge.objects.hand_out(vm, value))
}
