//! The calls of the runtime's functions that loops of scripts make most, without what such calls need in general.
//!
//! What is not done here is left to the function itself, with its checks and messages.

use linger_heap::{Ref, Value};

use crate::objects::*;
use crate::vm::Vm;

impl Vm {
    /// The result of `len(x)` of a builtin container, of `isinstance(x, C)` where no script has a say, and of `append = parts.append`
    /// where the list has room.
    #[inline(always)]
    pub(super) fn quick_call(&self, native: &Native, args: &[Value]) -> Option<Value> {
        match (native.quick, args) {
            (Quick::No, _) => None,
            (Quick::Len, [object]) => Value::small_int(self.native_len(object)? as i64),
            (Quick::IsInstance, [value, class]) => self.quick_is_instance(value, class).map(Value::bool),
            (Quick::Append, [item]) => native.receiver.with(|list| append(list, item)),
            _ => None,
        }
    }

    #[inline(never)]
    fn quick_is_instance(&self, value: &Value, class: &Value) -> Option<bool> {
        let Some(classes) = class.downcast::<Tuple>() else { return self.quick_is_of_class(value, class) };
        for class in classes.items.iter() {
            if self.quick_is_of_class(value, class)? {
                return Some(true);
            }
        }
        Some(false)
    }

    fn quick_is_of_class(&self, value: &Value, class: &Value) -> Option<bool> {
        let (own, class) = (self.class_ref(value), class.downcast::<Class>()?);
        if std::ptr::eq(&raw const **own, class) {
            return Some(true);
        }
        if !class.metaclass.with(|metaclass| self.classes.type_.with_value(|plain| metaclass.is(plain))) {
            return None;
        }
        // An instance may claim another class by its `__class__`, unless that is known to be `object`'s.
        let known = || {
            let found = self.class_cache.get(own.uid, self.special_name(Special::Class), self.epoch);
            found.is_some_and(|found| found.is_kind::<Native>()) && !own.flags.get().has_getattribute
        };
        match own.is_subclass_of(class) {
            false if value.is_kind::<Instance>() && !known() => None,
            inherits => Some(inherits),
        }
    }
}

fn append(list: &Value, item: &Value) -> Option<Value> {
    let mut items = list.downcast::<List>()?.items.borrow_mut();
    if items.len() == items.capacity() {
        return None;
    }
    items.push(item.clone());
    Some(Value::NONE)
}

/// The generator that a call of `next(generator)` or `generator.send(value)` takes up, and the value: the frame goes on top of the
/// caller's then, as that of a call does.
pub(super) fn resumed(native: &Native, args: &[Value]) -> Option<(Ref<Generator>, Value)> {
    let generator = args.first()?.downcast::<Generator>()?;
    let sent = match (native.quick, args) {
        (Quick::Next, [_]) => Value::NONE,
        (Quick::Send, [_, sent]) => sent.clone(),
        _ => return None,
    };
    let ready = match generator.state.get() {
        GeneratorState::Suspended => true,
        GeneratorState::Created => sent.is_none(),
        GeneratorState::Running | GeneratorState::Closed => false,
    };
    if !ready || generator.kind != GeneratorKind::Generator || !native.receiver.is_empty() {
        return None;
    }
    args[0].to_ref().map(|generator| (generator, sent))
}
