//! Copies of iterators of `itertools`: what `copy.copy` and `copy.deepcopy` make of them stands where the original stands.

use linger_heap::Value;

use super::support::{exactly, method, with};
use crate::objects::{Args, NativeData};
use crate::vm::{Result, Vm};

/// A state that can be copied, and whose values a deep copy replaces.
pub(super) trait Copied: NativeData + Clone + 'static {
    /// All values that the state holds.
    fn values_mut(&mut self) -> Vec<&mut Value>;
}

/// `__copy__`
pub(super) fn shallow<T: Copied>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__copy__")?;
    let state = with(vm, this, |state: &mut T| state.clone())?;
    let class = vm.class_of(this);
    Ok(vm.native_object(&class, Box::new(state)))
}

/// `__deepcopy__`
pub(super) fn deep<T: Copied>(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__deepcopy__")?;
    let [memo] = exactly::<1>(vm, &rest, "__deepcopy__")?;
    let mut state = with(vm, this, |state: &mut T| state.clone())?;
    let copying = vm.import_name("copy", 0, &Value::NONE)?;
    for value in state.values_mut() {
        if !value.is_empty() {
            *value = vm.call_method(&copying, "deepcopy", &[value.clone(), memo.clone()])?;
        }
    }
    let class = vm.class_of(this);
    Ok(vm.native_object(&class, Box::new(state)))
}
