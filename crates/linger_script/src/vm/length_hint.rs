//! How many items an object says that it has, before anybody looks: `__len__`, or else `__length_hint__`.
//!
//! Lists here grow as they are filled and have no use for the answer. Scripts see that they are asked, and what is wrong with
//! an answer is an error as in CPython.

use linger_heap::Value;

use super::{Result, Vm};
use crate::objects::{Instance, Special};

impl Vm {
    /// What an object says; `None` if it does not tell.
    pub(crate) fn length_hint(&mut self, value: &Value) -> Result<Option<Value>> {
        if self.special(value, Special::Len).is_some() {
            match self.len(value) {
                Ok(len) => return Ok(Some(self.size(len))),
                Err(raised) if self.is_exception(&raised, &self.classes.type_error) => {}
                Err(raised) => return Err(raised),
            }
        }
        let hint = match self.call_special(value, Special::LengthHint, &[]) {
            Err(raised) if self.is_exception(&raised, &self.classes.type_error) => return Ok(None),
            hint => hint?,
        };
        match hint {
            Some(hint) if self.is_int(&hint) => {
                if self.to_i64(&hint).is_none_or(|hint| hint < 0) {
                    return Err(self.value_error("__length_hint__() should return >= 0"));
                }
                Ok(Some(hint))
            }
            Some(hint) if !hint.is(&Value::NOT_IMPLEMENTED) => {
                let name = self.type_name(&hint);
                Err(self.type_error(format!("__length_hint__ must be an integer, not {name}")))
            }
            _ => Ok(None),
        }
    }

    /// Asks an object of a script's class, as CPython does when it makes a list or tuple of one.
    #[inline]
    pub(crate) fn ask_length(&mut self, iterable: &Value) -> Result<()> {
        if iterable.is_kind::<Instance>() { self.length_hint(iterable).map(drop) } else { Ok(()) }
    }
}
