//! The words that the heap's explanations need of the language: names of objects and keys, and which references a script can
//! get rid of. Knows nothing of how cycles are found.

use linger_heap::{Describe, Ease, Edge, Value, WeakRef};

use crate::objects::{BoundMethod, Class, Function, Generator, Iter, NativeObject, Property, Str, Tuple, Wrapper};
use crate::vm::Vm;

/// The most letters of a key.
const KEY_LETTERS: usize = 24;

impl Describe for Vm {
    fn name(&self, object: &Value) -> Option<String> {
        self.describe(object)
    }

    fn key(&self, key: &Value) -> Option<String> {
        let text = &key.downcast::<Str>()?.text;
        let short: String = text.chars().take(KEY_LETTERS).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        Some(format!("'{}{more}'", short.escape_debug()))
    }

    fn ease(&self, object: &Value, edge: &Edge<'_>) -> Ease {
        match edge {
            Edge::Captured(..) | Edge::Part("__class__") => Ease::Never,
            _ if object.is_kind::<Tuple>() || object.is_kind::<BoundMethod>() || object.is_kind::<Wrapper>() => {
                Ease::Never
            }
            _ if object.is_kind::<Property>() || object.is_kind::<Iter>() || object.is_kind::<WeakRef>() => Ease::Never,
            Edge::Part("__mro__" | "__bases__" | "__closure__" | "closure" | "__code__" | "__globals__") => Ease::Never,
            // By their own code, or by closing them; by `__defaults__` and the like.
            _ if object.is_kind::<Generator>() || object.is_kind::<Function>() || object.is_kind::<Class>() => {
                Ease::Hard
            }
            Edge::Part(_) | Edge::Index(_) if object.is_kind::<NativeObject>() => Ease::Hard,
            Edge::Part("__dict__") => Ease::Hard,
            _ => Ease::Plain,
        }
    }
}
