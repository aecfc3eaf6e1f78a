//! Calling scripts from Rust with ordinary types: `world.call_script::<i64>("shop", "price", ("sword", 3))?`. Knows plain values;
//! how a call is carried out is the host's business.

use bevy::prelude::*;
use linger_profile::ScriptError;
use thiserror::Error;

use crate::{
    host::ScriptHost,
    object::ScriptObject,
    value::{FromScript, IntoScript, ScriptFault, ScriptValue},
};

/// Why a call of a script gave no result.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CallError {
    /// There is no script host, or a script is running just now: this is inside of a call from one.
    #[error("scripts cannot be called from here")]
    Unreachable,
    /// There is no such script, function, method or object.
    #[error("there is no {0}")]
    Missing(String),
    /// The script raised an exception.
    #[error("{}", .0.message)]
    Raised(Box<ScriptError>),
    /// An argument or the result is not of the type that was asked for.
    #[error(transparent)]
    Fault(#[from] ScriptFault),
}

/// Arguments of a call: a tuple of values that are [`IntoScript`].
pub trait ScriptArguments {
    /// Turns them.
    fn into_values(self) -> Result<Vec<ScriptValue>, ScriptFault>;
}

macro_rules! arguments {
    ($($name:ident)*) => {
        impl<$($name: IntoScript),*> ScriptArguments for ($($name,)*) {
            #[allow(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn into_values(self) -> Result<Vec<ScriptValue>, ScriptFault> {
                let ($($name,)*) = self;
                Ok(vec![$($name.into_script()?),*])
            }
        }
    };
}

arguments!();
arguments!(A);
arguments!(A B);
arguments!(A B C);
arguments!(A B C D);
arguments!(A B C D E);
arguments!(A B C D E F);

/// What Rust does with scripts; implemented for [`World`].
pub trait ScriptCalls {
    /// Calls a function of a script by its module's name.
    fn call_script<R: FromScript>(
        &mut self,
        module: &str,
        function: &str,
        arguments: impl ScriptArguments,
    ) -> Result<R, CallError>;

    /// The object that is the script of an entity: the `self` of its callbacks.
    fn script_of(&mut self, entity: Entity) -> Option<ScriptObject>;

    /// Calls a method of a script's object.
    fn call_method<R: FromScript>(
        &mut self,
        object: &ScriptObject,
        method: &str,
        arguments: impl ScriptArguments,
    ) -> Result<R, CallError>;

    /// Reads an attribute of a script's object.
    fn script_attribute<R: FromScript>(&mut self, object: &ScriptObject, name: &str) -> Result<R, CallError>;

    /// Sets an attribute of a script's object.
    fn set_script_attribute(
        &mut self,
        object: &ScriptObject,
        name: &str,
        value: impl IntoScript,
    ) -> Result<(), CallError>;
}

/// Takes the host out of the world for one call.
fn with_host<T>(
    world: &mut World,
    act: impl FnOnce(&mut ScriptHost, &mut World) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let mut host = world.remove_non_send::<ScriptHost>().ok_or(CallError::Unreachable)?;
    let result = act(&mut host, world);
    world.insert_non_send(host);
    result
}

impl ScriptCalls for World {
    fn call_script<R: FromScript>(
        &mut self,
        module: &str,
        function: &str,
        arguments: impl ScriptArguments,
    ) -> Result<R, CallError> {
        let arguments = arguments.into_values()?;
        let result = with_host(self, |host, world| match host.call(world, module, function, &arguments) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(CallError::Missing(format!("{module}.{function}"))),
            Err(error) => Err(CallError::Raised(error)),
        })?;
        Ok(R::from_script(result)?)
    }

    fn script_of(&mut self, entity: Entity) -> Option<ScriptObject> {
        self.get_non_send_mut::<ScriptHost>()?.object_of(entity)
    }

    fn call_method<R: FromScript>(
        &mut self,
        object: &ScriptObject,
        method: &str,
        arguments: impl ScriptArguments,
    ) -> Result<R, CallError> {
        let arguments = arguments.into_values()?;
        let result = with_host(self, |host, world| host.call_method(world, object, method, &arguments))?;
        Ok(R::from_script(result)?)
    }

    fn script_attribute<R: FromScript>(&mut self, object: &ScriptObject, name: &str) -> Result<R, CallError> {
        let value = with_host(self, |host, world| host.attribute(world, object, name))?;
        Ok(R::from_script(value)?)
    }

    fn set_script_attribute(
        &mut self,
        object: &ScriptObject,
        name: &str,
        value: impl IntoScript,
    ) -> Result<(), CallError> {
        let value = value.into_script()?;
        with_host(self, |host, world| host.set_attribute(world, object, name, &value))
    }
}
