//! Rust functions that scripts call: `app.add_script_function("game", "spawn", |world: &mut World, x: f64| ..)`.
//! Knows the world and plain values; how a call gets here is the host's business.

use std::{cell::RefCell, rc::Rc};

use bevy::prelude::*;

use crate::value::{FromScript, IntoScript, ScriptFault, ScriptValue};

/// A function that scripts can call, its parameters already taken apart.
pub type BoxedScriptFunction = Box<dyn Fn(&mut World, Vec<ScriptValue>) -> Result<ScriptValue, ScriptFault>>;

/// Implemented for closures of up to six parameters after the world, each [`FromScript`], whose result is
/// [`IntoScript`]. `Marker` only keeps the implementations apart.
pub trait ScriptFunction<Marker>: 'static {
    /// Wraps the closure so that it checks and converts what a script passes.
    fn boxed(self) -> BoxedScriptFunction;

    /// Parameters and result as Python writes them: `(a: int, b: float) -> str`.
    fn signature() -> String;
}

macro_rules! script_function {
    ($count:literal $($param:ident)*) => {
        impl<Function, Output, $($param,)*> ScriptFunction<fn($($param,)*) -> Output> for Function
        where
            Function: Fn(&mut World, $($param,)*) -> Output + 'static,
            Output: IntoScript,
            $($param: FromScript,)*
        {
            fn signature() -> String {
                #[allow(unused_mut, reason = "functions without parameters have none to name")]
                let mut parameters: Vec<String> = Vec::new();
                $(parameters.push(format!("{}: {}, /", stringify!($param).to_lowercase(), $param::python_type()));)*
                // The slash stands once, behind the last: names are nobody's business.
                let parameters = parameters.join(", ").replace(", /, ", ", ");
                format!("({parameters}) -> {}", Output::python_type())
            }

            fn boxed(self) -> BoxedScriptFunction {
                Box::new(move |world, arguments| {
                    let given = arguments.len();
                    if given != $count {
                        return Err(ScriptFault::Type(format!(
                            "takes {} positional arguments but {given} were given", $count
                        )));
                    }
                    #[allow(unused_mut, unused_variables, reason = "functions without parameters take nothing from it")]
                let mut arguments = arguments.into_iter();
                    // The lengths were compared above, so the default is never used.
                    self(world, $($param::from_script(arguments.next().unwrap_or_default())?,)*)
                        .into_script()
                })
            }
        }
    };
}

script_function!(0);
script_function!(1 A);
script_function!(2 A B);
script_function!(3 A B C);
script_function!(4 A B C D);
script_function!(5 A B C D E);
script_function!(6 A B C D E F);

/// A function with the names that scripts know it by.
pub(crate) struct NamedFunction {
    pub module: String,
    pub name: String,
    pub call: BoxedScriptFunction,
}

/// Module and signature of each function that scripts can call, for their stubs.
#[derive(Resource, Default)]
pub(crate) struct Signatures(pub Vec<(String, String)>);

/// Functions registered before the host exists. Held outside Bevy's thread-safe storage because what a
/// closure captures need not be `Send`.
#[derive(Default)]
pub(crate) struct PendingFunctions(pub Vec<NamedFunction>);

/// Lends the world to functions called from inside a script.
///
/// A script is run by an exclusive system, which owns the world for as long as the script runs, but the virtual
/// machine knows nothing of it. The world is therefore moved in here for the length of the run and moved back after.
#[derive(Clone, Default)]
pub(crate) struct WorldLoan(Rc<RefCell<Loan>>);

#[derive(Default)]
struct Loan {
    /// The world, while a script runs.
    lent: Option<World>,
    /// What stands in the world's place meanwhile, kept because making one costs microseconds.
    stand_in: Option<World>,
}

impl WorldLoan {
    /// Runs `body` while functions called by scripts see `world`.
    pub fn scope<T>(&self, world: &mut World, body: impl FnOnce() -> T) -> T {
        /// Gives the world back also when `body` panics, so that the game's own handling still finds it.
        struct Return<'a>(&'a WorldLoan, &'a mut World);
        impl Drop for Return<'_> {
            fn drop(&mut self) {
                let mut loan = self.0.0.borrow_mut();
                if let Some(lent) = loan.lent.take() {
                    loan.stand_in = Some(std::mem::replace(self.1, lent));
                }
            }
        }

        let stand_in = self.0.borrow_mut().stand_in.take().unwrap_or_default();
        let lent = std::mem::replace(world, stand_in);
        self.0.borrow_mut().lent = Some(lent);
        let _guard = Return(self, world);
        body()
    }

    /// Lets `act` at the lent world, if it is lent and nobody else has it.
    pub fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> Result<R, ScriptFault> {
        match self.0.try_borrow_mut() {
            Ok(mut loan) => loan.lent.as_mut().map(act).ok_or_else(unreachable_fault),
            Err(_) => Err(unreachable_fault()),
        }
    }

    /// Calls `function` with the lent world.
    pub fn call(
        &self,
        function: &BoxedScriptFunction,
        arguments: Vec<ScriptValue>,
    ) -> Result<ScriptValue, ScriptFault> {
        self.with(|world| function(world, arguments))?
    }
}

fn unreachable_fault() -> ScriptFault {
    ScriptFault::Runtime("the game cannot be reached from here".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Resource)]
    struct Score(i64);

    fn add(world: &mut World, points: i64) -> i64 {
        let mut score = world.resource_mut::<Score>();
        score.0 += points;
        score.0
    }

    #[test]
    fn a_function_reaches_the_lent_world_and_the_world_comes_back() {
        let loan = WorldLoan::default();
        let function = add.boxed();
        let mut world = World::new();
        world.insert_resource(Score(1));
        for expected in [4, 7] {
            let result = loan.scope(&mut world, || loan.call(&function, vec![ScriptValue::Int(3)]));
            assert_eq!(result, Ok(ScriptValue::Int(expected)));
            assert_eq!(world.resource::<Score>().0, expected);
        }
    }

    #[test]
    fn the_world_comes_back_after_a_panic() {
        let loan = WorldLoan::default();
        let mut world = World::new();
        world.insert_resource(Score(5));
        let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            loan.scope(&mut world, || panic!("on purpose"));
        }));
        assert!(unwound.is_err());
        assert_eq!(world.resource::<Score>().0, 5);
    }

    #[test]
    fn a_wrong_call_is_a_type_error() {
        let function = add.boxed();
        let mut world = World::new();
        assert_eq!(
            function(&mut world, vec![]),
            Err(ScriptFault::Type("takes 1 positional arguments but 0 were given".into()))
        );
        assert_eq!(
            function(&mut world, vec![ScriptValue::Str("x".into())]),
            Err(ScriptFault::Type("expected int, got str".into()))
        );
    }
}
