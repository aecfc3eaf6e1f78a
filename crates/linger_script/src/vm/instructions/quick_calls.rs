//! The calls of the runtime's functions that loops of scripts make most, without what such calls need in general.
//!
//! What is not done here is left to the function itself, with its checks and messages.

use linger_heap::{Ref, Value};

use crate::builtins::{APPEND, IS_INSTANCE, LEN, NEXT, SEND};
use crate::objects::*;
use crate::vm::Vm;

impl Vm {
    /// The result of `len(x)` of a builtin container, of `isinstance(x, C)` where no script has a say, and of `list.append(x)`
    /// where the list has room.
    #[inline(always)]
    pub(super) fn quick_call(&self, native: &Native, args: &[Value]) -> Option<Value> {
        let NativeCall::Function(function) = native.call else { return None };
        let is = |known: NativeFn| std::ptr::fn_addr_eq(function, known);
        match (native.receiver.is_empty(), args) {
            (true, [object]) if is(LEN) => Value::small_int(self.native_len(object)? as i64),
            (true, [list, item]) if is(APPEND) => append(list, item),
            (true, [value, class]) if is(IS_INSTANCE) => self.quick_is_instance(value, class).map(Value::bool),
            (false, [item]) if is(APPEND) => native.receiver.with(|list| append(list, item)),
            _ => None,
        }
    }

    fn quick_is_instance(&self, value: &Value, class: &Value) -> Option<bool> {
        let (own, class) = (self.class_ref(value), class.downcast::<Class>()?);
        if std::ptr::eq(&raw const **own, class) {
            return Some(true);
        }
        if !class.metaclass.with(|metaclass| self.classes.type_.with_value(|plain| metaclass.is(plain))) {
            return None;
        }
        // An instance may claim another class by its `__class__`.
        match own.is_subclass_of(class) {
            false if value.is_kind::<Instance>() => None,
            inherits => Some(inherits),
        }
    }
}

#[inline(always)]
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
    let NativeCall::Function(function) = &native.call else { return None };
    let generator = args.first()?.downcast::<Generator>()?;
    let sent = match args {
        [_] if std::ptr::fn_addr_eq(*function, NEXT) => Value::NONE,
        [_, sent] if std::ptr::fn_addr_eq(*function, SEND) => sent.clone(),
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
