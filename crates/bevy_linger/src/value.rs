//! The data that passes between Rust and scripts. Knows neither the virtual machine nor Bevy's world.

use bevy::prelude::{Color, Entity, Quat, Vec2, Vec3};
use thiserror::Error;

use crate::object::ScriptObject;

/// A value on its way between Rust and a script, owned by Rust.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ScriptValue {
    /// `None`.
    #[default]
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(String),
    /// A list; tuples arrive as lists too.
    List(Vec<ScriptValue>),
    /// A dictionary, in insertion order.
    Dict(Vec<(ScriptValue, ScriptValue)>),
    /// An entity.
    Entity(Entity),
    /// A vector.
    Vec2(Vec2),
    /// A vector.
    Vec3(Vec3),
    /// A rotation.
    Quat(Quat),
    /// A colour.
    Color(Color),
    /// Anything else, by a handle: an instance of a script's class, a function.
    Object(ScriptObject),
}

impl ScriptValue {
    /// What Python calls the value's type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            Self::Entity(_) => "Entity",
            Self::Vec2(_) => "Vec2",
            Self::Vec3(_) => "Vec3",
            Self::Quat(_) => "Quat",
            Self::Color(_) => "Color",
            Self::Object(_) => "object",
        }
    }

    /// A dictionary with string keys.
    pub fn dict<K: Into<String>>(items: impl IntoIterator<Item = (K, ScriptValue)>) -> Self {
        Self::Dict(items.into_iter().map(|(key, value)| (Self::Str(key.into()), value)).collect())
    }
}

/// What a Rust function tells the script that called it wrongly. It arrives there as an exception.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScriptFault {
    /// Becomes a `TypeError`.
    #[error("{0}")]
    Type(String),
    /// Becomes a `ValueError`.
    #[error("{0}")]
    Value(String),
    /// Becomes a `RuntimeError`.
    #[error("{0}")]
    Runtime(String),
    /// Becomes an `AttributeError`: a component, resource or field that is not there.
    #[error("{0}")]
    Attribute(String),
    /// Becomes a `LookupError`: an entity that is gone.
    #[error("{0}")]
    Lookup(String),
}

impl ScriptFault {
    /// The same fault with the name of where it happened in front.
    #[must_use]
    pub fn at(self, place: &str) -> Self {
        let named = |message: String| match message.starts_with(place) {
            true => message,
            false => format!("{place}: {message}"),
        };
        match self {
            Self::Type(message) => Self::Type(named(message)),
            Self::Value(message) => Self::Value(named(message)),
            Self::Runtime(message) => Self::Runtime(named(message)),
            Self::Attribute(message) => Self::Attribute(named(message)),
            Self::Lookup(message) => Self::Lookup(named(message)),
        }
    }
}

/// A Rust type that a script's value can be turned into.
pub trait FromScript: Sized {
    /// Turns the value, or says why it cannot.
    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault>;

    /// The type's name in the stubs that editors read.
    fn python_type() -> String {
        "Any".into()
    }
}

fn mismatch<T>(expected: &str, got: &ScriptValue) -> Result<T, ScriptFault> {
    Err(ScriptFault::Type(format!("expected {expected}, got {}", got.type_name())))
}

impl FromScript for ScriptValue {
    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        Ok(value)
    }
}

impl FromScript for f64 {
    fn python_type() -> String {
        "float".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::Float(float) => Ok(float),
            ScriptValue::Int(int) => Ok(int as f64),
            other => mismatch("float", &other),
        }
    }
}

impl FromScript for f32 {
    fn python_type() -> String {
        "float".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        f64::from_script(value).map(|float| float as f32)
    }
}

impl FromScript for i64 {
    fn python_type() -> String {
        "int".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::Int(int) => Ok(int),
            ScriptValue::Bool(bool) => Ok(i64::from(bool)),
            other => mismatch("int", &other),
        }
    }
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        impl FromScript for $int {
            fn python_type() -> String {
                "int".into()
            }

            fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
                let int = i64::from_script(value)?;
                <$int>::try_from(int).map_err(|_| ScriptFault::Value(format!("{int} is out of range")))
            }
        }

        impl IntoScript for $int {
            fn python_type() -> String {
                "int".into()
            }

            fn into_script(self) -> Result<ScriptValue, ScriptFault> {
                let int = i64::try_from(self);
                int.map(ScriptValue::Int).map_err(|_| ScriptFault::Value(format!("{self} is out of range")))
            }
        }
    )*};
}

integers!(i8 i16 i32 u8 u16 u32 u64 usize);

macro_rules! of_the_game {
    ($($type:ident)*) => {$(
        impl FromScript for $type {
            fn python_type() -> String {
                stringify!($type).into()
            }

            fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
                match value {
                    ScriptValue::$type(value) => Ok(value),
                    other => mismatch(stringify!($type), &other),
                }
            }
        }

        impl IntoScript for $type {
            fn python_type() -> String {
                stringify!($type).into()
            }

            fn into_script(self) -> Result<ScriptValue, ScriptFault> {
                Ok(ScriptValue::$type(self))
            }
        }
    )*};
}

of_the_game!(Entity Vec2 Vec3 Quat Color);

impl FromScript for ScriptObject {
    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::Object(object) => Ok(object),
            other => mismatch("object", &other),
        }
    }
}

impl IntoScript for ScriptObject {
    fn into_script(self) -> Result<ScriptValue, ScriptFault> {
        Ok(ScriptValue::Object(self))
    }
}

impl FromScript for () {
    fn python_type() -> String {
        "None".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::None => Ok(()),
            other => mismatch("None", &other),
        }
    }
}

impl<T: FromScript> FromScript for Option<T> {
    fn python_type() -> String {
        format!("{} | None", T::python_type())
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::None => Ok(None),
            some => T::from_script(some).map(Some),
        }
    }
}

impl FromScript for bool {
    fn python_type() -> String {
        "bool".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::Bool(bool) => Ok(bool),
            other => mismatch("bool", &other),
        }
    }
}

impl FromScript for String {
    fn python_type() -> String {
        "str".into()
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::Str(text) => Ok(text),
            other => mismatch("str", &other),
        }
    }
}

impl<T: FromScript> FromScript for Vec<T> {
    fn python_type() -> String {
        format!("list[{}]", T::python_type())
    }

    fn from_script(value: ScriptValue) -> Result<Self, ScriptFault> {
        match value {
            ScriptValue::List(items) => items.into_iter().map(T::from_script).collect(),
            other => mismatch("list", &other),
        }
    }
}

/// What a Rust function may return to a script.
pub trait IntoScript {
    /// Turns the result into a value, or into the exception that the script sees.
    fn into_script(self) -> Result<ScriptValue, ScriptFault>;

    /// The type's name in the stubs that editors read.
    fn python_type() -> String {
        "Any".into()
    }
}

macro_rules! into_script {
    ($($type:ty, $python:literal, $value:ident => $made:expr;)*) => {$(
        impl IntoScript for $type {
            fn python_type() -> String {
                $python.into()
            }

            fn into_script(self) -> Result<ScriptValue, ScriptFault> {
                let $value = self;
                Ok($made)
            }
        }
    )*};
}

into_script! {
    ScriptValue, "Any", value => value;
    (), "None", _value => ScriptValue::None;
    bool, "bool", value => ScriptValue::Bool(value);
    i64, "int", value => ScriptValue::Int(value);
    f64, "float", value => ScriptValue::Float(value);
    f32, "float", value => ScriptValue::Float(f64::from(value));
    String, "str", value => ScriptValue::Str(value);
    &str, "str", value => ScriptValue::Str(value.to_owned());
}

impl<T: IntoScript> IntoScript for Vec<T> {
    fn python_type() -> String {
        format!("list[{}]", T::python_type())
    }

    fn into_script(self) -> Result<ScriptValue, ScriptFault> {
        let items = self.into_iter().map(T::into_script);
        Ok(ScriptValue::List(items.collect::<Result<_, _>>()?))
    }
}

impl<T: IntoScript, const N: usize> IntoScript for [T; N] {
    fn python_type() -> String {
        format!("list[{}]", T::python_type())
    }

    fn into_script(self) -> Result<ScriptValue, ScriptFault> {
        let items = self.into_iter().map(T::into_script);
        Ok(ScriptValue::List(items.collect::<Result<_, _>>()?))
    }
}

impl<T: IntoScript> IntoScript for Option<T> {
    fn python_type() -> String {
        format!("{} | None", T::python_type())
    }

    fn into_script(self) -> Result<ScriptValue, ScriptFault> {
        self.map_or(Ok(ScriptValue::None), T::into_script)
    }
}

impl<T: IntoScript> IntoScript for Result<T, ScriptFault> {
    fn python_type() -> String {
        T::python_type()
    }

    fn into_script(self) -> Result<ScriptValue, ScriptFault> {
        self.and_then(T::into_script)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_widen_and_never_wrap() {
        assert_eq!(f64::from_script(ScriptValue::Int(3)), Ok(3.0));
        assert_eq!(u32::from_script(ScriptValue::Int(-1)), Err(ScriptFault::Value("-1 is out of range".into())));
        assert_eq!(i64::from_script(ScriptValue::Float(1.0)), Err(ScriptFault::Type("expected int, got float".into())));
    }

    #[test]
    fn a_result_carries_its_fault_through() {
        let fault = ScriptFault::Value("no such enemy".into());
        assert_eq!(Err::<(), _>(fault.clone()).into_script(), Err(fault));
        assert_eq!(
            vec![Some(1_i64), None].into_script(),
            Ok(ScriptValue::List(vec![ScriptValue::Int(1), ScriptValue::None]))
        );
    }
}
