//! Items of the dict inside of an instance, of an heir of `dict` that reads and sets them as a dict does: `defaultdict`, `Counter`.
//!
//! Does not know what a key that is missing leads to.

use linger_heap::{Ref, Value};

use super::Vm;
use crate::objects::*;

impl Vm {
    /// The dict inside of such an instance.
    #[inline]
    pub(super) fn dict_of_heir(&mut self, object: &Value) -> Option<Ref<Dict>> {
        let instance = object.downcast::<Instance>().filter(|instance| instance.has_payload())?;
        let class = instance.class.get().to_ref::<Class>()?;
        if class.items_epoch.get() != self.epoch {
            let has_dict_items = self.finds_dict_items(&class);
            class.has_dict_items.set(has_dict_items);
            class.items_epoch.set(self.epoch);
        }
        if class.has_dict_items.get() { instance.payload()?.to_ref::<Dict>() } else { None }
    }

    #[cold]
    fn finds_dict_items(&mut self, class: &Ref<Class>) -> bool {
        let base = self.classes.dict.clone();
        [Special::GetItem, Special::SetItem].into_iter().all(|special| {
            let name = self.special_name(special).clone();
            match (self.lookup(class, &name), self.lookup(&base, &name)) {
                (Some(found), Some(own)) => found.is(&own),
                _ => false,
            }
        })
    }
}
