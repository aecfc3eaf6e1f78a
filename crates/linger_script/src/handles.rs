//! Values that a host holds outside of the machine: the collector sees them as roots for as long as their handle lives.
//!
//! A bare [`Value`] keeps its object alive too, but a pass of the collector does not know of it.

use std::cell::RefCell;
use std::rc::Rc;

use linger_heap::Value;

use crate::vm::Vm;

/// The values held. The machine owns it; handles share it.
#[derive(Default)]
pub(crate) struct HandleTable(Rc<RefCell<Slots>>);

#[derive(Default)]
struct Slots {
    values: Vec<Value>,
    free: Vec<u32>,
}

impl HandleTable {
    /// Calls `visit` for each value held.
    pub fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.0.borrow().values.iter().for_each(visit);
    }
}

impl Drop for HandleTable {
    /// The machine goes: what handles still hold goes with it, before the heap does.
    fn drop(&mut self) {
        let values = std::mem::take(&mut self.0.borrow_mut().values);
        drop(values);
    }
}

/// A script's object, held by the host. Dropping the handle lets go of it.
pub struct Handle {
    table: Rc<RefCell<Slots>>,
    index: u32,
}

impl Handle {
    /// The value; `None` of Python's if the machine is gone.
    pub fn value(&self) -> Value {
        self.table.borrow().values.get(self.index as usize).cloned().unwrap_or(Value::NONE)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let mut slots = self.table.borrow_mut();
        let Some(slot) = slots.values.get_mut(self.index as usize) else { return };
        let value = std::mem::replace(slot, Value::NONE);
        slots.free.push(self.index);
        drop(slots);
        // Its end may free objects, whose natives may drop handles in turn.
        drop(value);
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Handle({})", self.index)
    }
}

impl Vm {
    /// Holds a value for the host, whatever scripts do with it, until the handle is dropped.
    pub fn hold(&self, value: Value) -> Handle {
        let table = Rc::clone(&self.handles.0);
        let mut slots = table.borrow_mut();
        let index = match slots.free.pop() {
            Some(index) => {
                slots.values[index as usize] = value;
                index
            }
            None => {
                slots.values.push(value);
                slots.values.len() as u32 - 1
            }
        };
        drop(slots);
        Handle { table, index }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vm::VmConfig;

    /// Steps until a whole pass has gone by.
    fn pass(vm: &mut Vm) {
        vm.heap().request_pass();
        for _ in 0..1_000 {
            if vm.collect_step(1_000_000).pass_ended.is_some() {
                return;
            }
        }
        panic!("the pass never ends");
    }

    fn made(vm: &mut Vm) -> Value {
        let source = "def make():\n    held = []\n    held.append(held)\n    return held\n";
        let module = vm.load_module("made", "made.py", source).expect("the module");
        vm.call_function(&module, "make", &[]).expect("a call").expect("the function")
    }

    #[test]
    fn a_pass_spares_what_a_handle_holds_and_finds_what_it_let_go_of() {
        let mut vm = Vm::new(VmConfig::default());
        vm.collect_step(0);
        let value = made(&mut vm);
        let handle = vm.hold(value);
        pass(&mut vm);
        assert_eq!(vm.heap().lingering().low.objects, 0);
        assert_eq!(vm.type_name(&handle.value()), "list");
        drop(handle);
        pass(&mut vm);
        assert_eq!(vm.heap().lingering().low.objects, 1);
        assert_eq!(vm.heap().lingering().breaches, 0);
    }

    #[test]
    fn a_handle_may_outlive_the_machine() {
        let mut vm = Vm::new(VmConfig::default());
        let value = made(&mut vm);
        let handle = vm.hold(value);
        drop(vm);
        assert!(handle.value().is_none());
    }
}
