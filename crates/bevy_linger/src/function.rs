//! Rust functions that scripts call: `app.add_script_function("game", "spawn(x)", |world: &mut World, x: f64| ..)`.
//! Knows the world and plain values; how a call gets here is the host's business.

use std::{cell::RefCell, rc::Rc, vec};

use bevy::prelude::*;

use crate::declare::{Declared, Parameter};
use crate::value::{FromScript, IntoScript, ScriptFault, ScriptValue};

/// A function that scripts can call, its parameters already taken apart. It gets as many values as it has parameters.
pub type BoxedScriptFunction = Box<dyn Fn(&mut World, Vec<ScriptValue>) -> Result<ScriptValue, ScriptFault>>;

/// Implemented for closures of up to six parameters after the world, each [`FromScript`], whose result is
/// [`IntoScript`]. `Marker` only keeps the implementations apart.
pub trait ScriptFunction<Marker>: 'static {
    /// The types of its parameters as Python writes them.
    fn parameter_types() -> Vec<String>;

    /// The type of its result as Python writes it.
    fn result_type() -> String;

    /// Wraps the closure so that it converts what a script passes. `names` are those of its parameters, for messages.
    fn boxed(self, names: Vec<String>) -> BoxedScriptFunction;
}

macro_rules! script_function {
    ($($param:ident $index:literal)*) => {
        impl<Function, Output, $($param,)*> ScriptFunction<fn($($param,)*) -> Output> for Function
        where
            Function: Fn(&mut World, $($param,)*) -> Output + 'static,
            Output: IntoScript,
            $($param: FromScript,)*
        {
            fn parameter_types() -> Vec<String> {
                vec![$($param::python_type(),)*]
            }

            fn result_type() -> String {
                Output::python_type()
            }

            #[allow(unused_mut, unused_variables, reason = "functions without parameters take nothing from it")]
            fn boxed(self, names: Vec<String>) -> BoxedScriptFunction {
                Box::new(move |world, arguments| {
                    let mut arguments = arguments.into_iter();
                    self(world, $(argument::<$param>(&mut arguments, &names, $index)?,)*).into_script()
                })
            }
        }
    };
}

script_function!();
script_function!(A 0);
script_function!(A 0 B 1);
script_function!(A 0 B 1 C 2);
script_function!(A 0 B 1 C 2 D 3);
script_function!(A 0 B 1 C 2 D 3 E 4);
script_function!(A 0 B 1 C 2 D 3 E 4 F 5);

/// The next argument as a Rust value; what is wrong with it is said with the parameter's name.
fn argument<T: FromScript>(
    arguments: &mut vec::IntoIter<ScriptValue>,
    names: &[String],
    index: usize,
) -> Result<T, ScriptFault> {
    T::from_script(arguments.next().unwrap_or_default())
        .map_err(|fault| fault.at(names.get(index).map_or("an argument", String::as_str)))
}

/// A function with the names that scripts know it by.
pub(crate) struct NamedFunction {
    pub module: String,
    pub declared: Declared,
    pub call: BoxedScriptFunction,
}

impl NamedFunction {
    /// A function that was declared by a text such as `"spawn(kind, x, y)"`.
    ///
    /// # Panics
    /// Where the text is no declaration, or names another number of parameters than the function has.
    pub fn new<Marker, Function: ScriptFunction<Marker>>(
        module: &str,
        declaration: &str,
        function: Function,
    ) -> (Self, Signature) {
        let types = Function::parameter_types();
        let declared = match Declared::parse(declaration, types.len()) {
            Ok(declared) => declared,
            Err(problem) => panic!("the script function {module}.{declaration}: {problem}"),
        };
        let signature =
            Signature { module: module.to_owned(), declared: declared.clone(), types, result: Function::result_type() };
        let call = function.boxed(declared.shown_parameters());
        (Self { module: module.to_owned(), declared, call }, signature)
    }
}

/// What stubs and references say of a function.
pub(crate) struct Signature {
    pub module: String,
    pub declared: Declared,
    types: Vec<String>,
    result: String,
}

impl Signature {
    /// `def spawn(kind: str, x: float, y: float) -> None:`
    pub fn stub(&self) -> String {
        let Declared { name, parameters, named, .. } = &self.declared;
        let mut all: Vec<String> = Vec::new();
        for (Parameter { name, default }, of) in parameters.iter().zip(&self.types) {
            all.push(match default {
                Some((text, _)) => format!("{name}: {of} = {text}"),
                None => format!("{name}: {of}"),
            });
        }
        if !named && !all.is_empty() {
            // Nobody can know these names.
            all.push("/".into());
        }
        format!("def {name}({}) -> {}:", all.join(", "), self.result)
    }
}

/// All that scripts can call, for their stubs.
#[derive(Resource, Default)]
pub(crate) struct Signatures(pub Vec<Signature>);

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
        let function = add.boxed(vec!["points".into()]);
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
    fn a_wrong_argument_is_named() {
        let function = add.boxed(vec!["points".into()]);
        let mut world = World::new();
        assert_eq!(
            function(&mut world, vec![ScriptValue::Str("x".into())]),
            Err(ScriptFault::Type("points: expected int, got str".into()))
        );
    }
}
