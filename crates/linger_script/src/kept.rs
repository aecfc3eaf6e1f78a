//! Values that a host keeps from one call to the next.
//!
//! The collector that works in slices marks from roots, and a value in a host's own variables is none: what it alone refers to would
//! be said to linger. A kept value is a root. The table of kept values is an object of the heap, so that a pass looks at a large one
//! in pieces.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use linger_heap::{Ref, Value};

use crate::objects::List;
use crate::vm::Vm;

/// The values that the host keeps, and the places in the list that are free.
pub(crate) struct KeptTable {
    list: Ref<List>,
    free: RefCell<Vec<usize>>,
}

/// A value that stays alive, and is no candidate for collection, until this is dropped or the machine ends.
pub struct Kept {
    table: Weak<KeptTable>,
    place: usize,
}

impl Kept {
    /// The value; empty if the machine has ended.
    pub fn get(&self) -> Value {
        let table = self.table.upgrade();
        table.and_then(|table| table.list.items.borrow().get(self.place).cloned()).unwrap_or(Value::EMPTY)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let Some(table) = self.table.upgrade() else { return };
        let value = table.list.items.borrow_mut().get_mut(self.place).map(std::mem::take);
        table.free.borrow_mut().push(self.place);
        drop(value);
    }
}

impl Vm {
    /// Keeps a value for the host. Whatever a host holds while [`Vm::collect_step`] is called must be kept by this, or be held by a
    /// module.
    pub fn keep(&mut self, value: Value) -> Kept {
        if self.host.kept.is_none() {
            let list = self.list(Vec::new()).to_ref::<List>();
            self.host.kept = list.map(|list| Rc::new(KeptTable { list, free: RefCell::default() }));
        }
        let Some(table) = self.host.kept.clone() else { unreachable!("a list is a list") };
        let free = table.free.borrow_mut().pop();
        let place = match free {
            // A script that came by the list (`gc.get_objects`) may have made it shorter.
            Some(place) if place < table.list.items.borrow().len() => {
                let old = std::mem::replace(&mut table.list.items.borrow_mut()[place], value);
                drop(old);
                place
            }
            _ => {
                self.list_push(&table.list, value);
                table.list.items.borrow().len() - 1
            }
        };
        Kept { table: Rc::downgrade(&table), place }
    }

    /// Calls `visit` for the table of what the host keeps, which is a root.
    pub(crate) fn visit_kept(&self, visit: &mut dyn FnMut(&Value)) {
        if let Some(table) = &self.host.kept {
            table.list.with_value(|list| visit(list));
        }
    }
}
