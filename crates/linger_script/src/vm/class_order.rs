//! The order of a class's bases: C3, a metaclass's own `mro()`, and bases that are replaced.
//!
//! Making a class is `classes`.

use linger_heap::{Ref, Value, WeakRef};

use super::{Result, Vm};
use crate::objects::*;

impl Vm {
    /// Which base decides what instances are made of.
    pub(super) fn layout_base(&mut self, bases: &[Ref<Class>]) -> Result<Ref<Class>> {
        let mut best = bases[0].clone();
        for base in &bases[1..] {
            let (mine, theirs) = (solid_base(&best), solid_base(base));
            if theirs.is_subclass_of(&mine) {
                if !theirs.is(&mine) {
                    best = base.clone();
                }
            } else if !mine.is_subclass_of(&theirs) {
                return Err(self.type_error("multiple bases have instance lay-out conflict"));
            }
        }
        Ok(best)
    }

    /// The method resolution order (the C3 linearization of Barrett et al., "A Monotonic Superclass Linearization for Dylan").
    pub(crate) fn linearize(&mut self, class: &Ref<Class>) -> Result<Vec<Value>> {
        let bases = bases_of(class);
        for (index, base) in bases.iter().enumerate() {
            if bases[..index].iter().any(|other| other.is(base)) {
                return Err(self.type_error(format!("duplicate base class {}", base.name_text())));
            }
        }
        let mut sequences: Vec<Vec<Value>> = bases
            .iter()
            .map(|base| base.mro.get().downcast::<Tuple>().map(|mro| mro.items.to_vec()).unwrap_or_default())
            .collect();
        sequences.push(bases.iter().map(Ref::to_value).collect());
        let mut order = vec![class.to_value()];
        loop {
            sequences.retain(|sequence| !sequence.is_empty());
            if sequences.is_empty() {
                return Ok(order);
            }
            let head = sequences
                .iter()
                .map(|sequence| &sequence[0])
                .find(|head| !sequences.iter().any(|sequence| sequence[1..].iter().any(|other| other.is(head))))
                .cloned();
            let Some(head) = head else {
                let names: Vec<String> = sequences
                    .iter()
                    .filter_map(|sequence| sequence[0].downcast::<Class>().map(Class::name_text))
                    .fold(Vec::new(), |mut names, name| {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                        names
                    });
                return Err(self.type_error(format!(
                    "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                    names.join(", ")
                )));
            };
            for sequence in &mut sequences {
                if sequence[0].is(&head) {
                    sequence.remove(0);
                }
            }
            order.push(head);
        }
    }

    /// The order of a class as its metaclass has it: by `mro()`, if it has one of its own.
    pub(super) fn order_of(&mut self, class: &Ref<Class>) -> Result<Vec<Value>> {
        let object = class.to_value();
        let name = self.intern("mro");
        let metaclass = self.class_of(&object);
        let own = self.lookup(&metaclass, &name).filter(|method| !method.is_kind::<Native>());
        let Some(method) = own else { return self.linearize(class) };
        let order = self.call_found(&method, std::slice::from_ref(&object))?;
        let order = self.items(&order)?;
        if order.is_empty() {
            return Err(self.type_error("type MRO must not be empty"));
        }
        let bases = bases_of(class);
        let solid = solid_base(&self.layout_base(&bases)?);
        for base in &order {
            let Some(base) = base.to_ref::<Class>() else {
                let message = format!("mro() returned a non-class ('{}')", self.type_name(base));
                return Err(self.type_error(message));
            };
            let theirs = solid_base(&base);
            if !base.is(class) && !solid.is(&theirs) && !solid.is_subclass_of(&theirs) {
                let message = format!("mro() returned base with unsuitable layout ('{}')", base.name_text());
                return Err(self.type_error(message));
            }
        }
        Ok(order)
    }

    /// `Class.__bases__ = bases`
    pub(crate) fn set_bases(&mut self, class: &Ref<Class>, value: &Value) -> Result<()> {
        let name = class.name_text();
        let Some(bases) = self.native::<Tuple>(value) else {
            let other = self.type_name(value);
            return Err(self.type_error(format!("can only assign tuple to {name}.__bases__, not {other}")));
        };
        if bases.items.is_empty() {
            return Err(self.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
        }
        let mut classes = Vec::new();
        for base in bases.items.iter() {
            let Some(base) = base.to_ref::<Class>() else {
                let message = format!("{name}.__bases__ must be tuple of classes, not '{}'", self.type_name(base));
                return Err(self.type_error(message));
            };
            if base.is_subclass_of(class) || leads_to(&base, class) {
                return Err(self.type_error("a __bases__ item causes an inheritance cycle"));
            }
            classes.push(base);
        }
        let new = self.layout_base(&classes)?;
        let (old_bases, old) = (class.bases.get(), bases_of(class));
        let Ok(old_base) = self.layout_base(&old) else { return Ok(()) };
        let (theirs, mine) = (new.name_text(), old_base.name_text());
        if is_collected(&new) != is_collected(&old_base) {
            let message = format!("__bases__ assignment: '{theirs}' deallocator differs from '{mine}'");
            return Err(self.type_error(message));
        }
        if !solid_base(&new).is(&solid_base(&old_base)) || new.flags.get().no_dict != old_base.flags.get().no_dict {
            let message = format!("__bases__ assignment: '{theirs}' object layout differs from '{mine}'");
            return Err(self.type_error(message));
        }
        class.bases.set(bases.to_value());
        let mut changed = Vec::new();
        let outcome = self.reorder(class, &mut changed);
        self.begin_epoch();
        if let Err(raised) = outcome {
            for (class, order) in changed.into_iter().rev() {
                class.mro.set(order);
            }
            if class.bases.get().is(&bases.to_value()) {
                class.bases.set(old_bases);
            }
            return Err(raised);
        }
        // A `mro()` may have replaced the bases once more, and that was the last word.
        if !class.bases.get().is(&bases.to_value()) {
            return Ok(());
        }
        for base in &old {
            self.remove_subclass(base, class);
        }
        for base in &classes {
            self.add_subclass(base, class);
        }
        self.refresh_flags(class);
        Ok(())
    }

    /// Orders a class and those that inherit from it anew; `changed` gets what they had before.
    fn reorder(&mut self, class: &Ref<Class>, changed: &mut Vec<(Ref<Class>, Value)>) -> Result<()> {
        let order = self.order_of(class)?;
        let order = self.tuple(order);
        changed.push((class.clone(), class.mro.replace(order)));
        let subclasses = class.subclasses.borrow().clone();
        for weak in &subclasses {
            let target = weak.downcast::<WeakRef>().map(|weak| self.heap.upgrade(weak));
            if let Some(subclass) = target.and_then(|target| target.to_ref::<Class>()) {
                self.with_recursion("", |vm| vm.reorder(&subclass, changed))?;
            }
        }
        Ok(())
    }

    fn remove_subclass(&mut self, base: &Ref<Class>, class: &Ref<Class>) {
        let known = base.subclasses.borrow().clone();
        let is_it =
            |weak: &Value| weak.downcast::<WeakRef>().is_some_and(|weak| self.heap.upgrade(weak).is(&class.to_value()));
        let kept = known.iter().filter(|weak| !is_it(weak)).cloned().collect();
        let old = base.subclasses.replace(kept);
        drop(old);
    }
}

fn bases_of(class: &Class) -> Vec<Ref<Class>> {
    let bases = class.bases.get();
    bases
        .downcast::<Tuple>()
        .map(|bases| bases.items.iter().filter_map(Value::to_ref::<Class>).collect())
        .unwrap_or_default()
}

/// Whether the bases of a class lead to another: while classes are ordered, their orders may be older than their bases.
fn leads_to(class: &Ref<Class>, target: &Ref<Class>) -> bool {
    let (mut seen, mut next) = (Vec::new(), vec![class.clone()]);
    while let Some(class) = next.pop() {
        if class.is(target) {
            return true;
        }
        if !seen.contains(&class.uid) {
            seen.push(class.uid);
            next.extend(bases_of(&class));
        }
    }
    false
}

/// Whether CPython's collector would look at the objects of a class, which it frees in another way then.
fn is_collected(class: &Class) -> bool {
    let flags = class.flags.get();
    !flags.builtin
        || !matches!(
            class.layout,
            Layout::Object
                | Layout::Int
                | Layout::Float
                | Layout::Complex
                | Layout::Str
                | Layout::Bytes
                | Layout::ByteArray
        )
}

/// The class that first gave the instances of `class` the form that they have: the one that adds slots, or the builtin one.
pub(super) fn solid_base(class: &Ref<Class>) -> Ref<Class> {
    let slots = |class: &Class| class.shapes.borrow().get(class.root_shape.get()).map_or(0, |shape| shape.names.len());
    let bases = class.bases.get();
    let bases = bases.downcast::<Tuple>().map(|bases| bases.items.to_vec()).unwrap_or_default();
    let mut decides: Option<Ref<Class>> = None;
    for base in bases.iter().filter_map(Value::to_ref::<Class>) {
        let base = solid_base(&base);
        if decides.as_ref().is_none_or(|known| base.is_subclass_of(known)) {
            decides = Some(base);
        }
    }
    // In CPython a dict behind items of any number is a field like a slot.
    let sized = matches!(class.layout, Layout::Int | Layout::Bytes | Layout::Tuple);
    let same_dict = |base: &Class| !sized || base.flags.get().no_dict == class.flags.get().no_dict;
    match decides {
        Some(base) if base.layout == class.layout && slots(&base) == slots(class) && same_dict(&base) => base,
        _ => class.clone(),
    }
}
