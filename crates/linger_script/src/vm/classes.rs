//! Making classes and instances.

use std::cell::Cell;

use linger_heap::{GrowSlots, Ref, Value, ValueCell};

use super::{Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// Gives a class the shape that its new instances start with.
    pub(crate) fn set_root_shape(&mut self, class: &Ref<Class>, mut names: Vec<Value>) {
        if class.layout.has_payload() {
            names.insert(0, Value::EMPTY);
        }
        let root = self.fresh_shape();
        let slots = names.len();
        class.shapes.replace(Shapes::with_root(root, names));
        class.root_shape.set(root);
        class.root_slots.set(slots as u32);
        class.slot_hint.set(slots.max(1) as u8);
    }

    /// A new instance of a class with attributes only: every slot is empty.
    #[inline]
    pub(crate) fn new_instance(&self, class: Ref<Class>) -> Value {
        let (type_id, declared, shape) = (class.type_id.get(), class.root_slots.get(), class.root_shape.get());
        let room = (class.slot_hint.get() as usize).max(declared as usize);
        let has_finalizer = class.flags.get().has_finalizer;
        let make = |slots| Instance { class: ValueCell::new(class.into_value()), shape: Cell::new(shape), slots };
        let fill = |slots: &GrowSlots| {
            slots.fill_empty(declared as usize);
            // More than there is room for.
            (slots.len()..declared as usize).for_each(|_| _ = slots.push(Value::EMPTY));
        };
        let instance = self.heap.alloc_grow(type_id, room, make, |instance| &instance.slots, fill);
        if has_finalizer {
            instance.header().set_finalizable();
            self.may_finalize.set(true);
        }
        instance.into_value()
    }

    /// A new instance of a class around a native object of its own.
    pub(crate) fn instance_with_payload(&self, class: &Ref<Class>, payload: Value) -> Value {
        let (class_value, shape) = (class.to_value(), class.root_shape.get());
        let room = (class.slot_hint.get() as usize).max(1);
        let make = |slots| Instance { class: ValueCell::new(class_value), shape: Cell::new(shape), slots };
        let instance = self.heap.alloc_grow(class.type_id.get(), room, make, |instance| &instance.slots, |_| ());
        if let Some(part) = payload.header() {
            instance.header().adopt(part);
        }
        self.push_slot(&instance, class, payload);
        let flags = class.flags.get();
        if flags.has_finalizer {
            instance.header().set_finalizable();
            self.may_finalize.set(true);
        }
        for _ in 1..class.root_slots.get() {
            self.push_slot(&instance, class, Value::EMPTY);
        }
        instance.into_value()
    }

    /// What `__new__` of a builtin class returns: the native value for the class itself, else an instance around it.
    pub fn wrap(&mut self, class: &Value, native: Value) -> Result<Value> {
        let Some(class) = class.to_ref::<Class>() else {
            let (name, other) = (self.type_name(&native), self.type_name(class));
            return Err(self.type_error(format!("{name}.__new__(X): X is not a type object ({other})")));
        };
        let made = self.class_of(&native);
        if !native.is_kind::<Instance>() && !class.is_subclass_of(&made) {
            let (name, other) = (made.name_text(), class.name_text());
            return Err(self.type_error(format!("{name}.__new__({other}): {other} is not a subtype of {name}")));
        }
        if class.is(&self.classes.bool) && !made.is(&class) {
            let name = made.name_text();
            return Err(self.type_error(format!("{name}.__new__(bool) is not safe, use bool.__new__()")));
        }
        if class.flags.get().builtin || !class.layout.has_payload() {
            return Ok(native);
        }
        // A payload must belong to its instance alone.
        let own = self.private_copy(&native);
        Ok(self.instance_with_payload(&class, own))
    }

    /// A native value that nobody else has: shared constants (small strings, the empty tuple) are copied.
    fn private_copy(&mut self, native: &Value) -> Value {
        if native.header().is_none_or(|header| header.count() == 1) {
            return native.clone();
        }
        if let Some(body) = native.downcast::<Str>() {
            return self.make_str(&body.text).into_value();
        }
        if let Some(tuple) = native.downcast::<Tuple>() {
            return self.make_tuple(tuple.items.iter().cloned()).into_value();
        }
        if let Some(bytes) = native.downcast::<Bytes>() {
            return self.bytes(bytes.0.clone());
        }
        if let Some(big) = native.downcast::<BigInt>() {
            return self.heap.alloc(self.classes.int.type_id.get(), big.clone()).into_value();
        }
        if let Some(set) = native.downcast::<Set>() {
            let table = set.table.borrow().duplicate();
            return self.set(table, set.frozen);
        }
        native.clone()
    }

    /// Finds out again what the flags of a class and of those that inherit from it say.
    pub(crate) fn refresh_flags(&mut self, class: &Ref<Class>) {
        let object = self.classes.object.clone();
        let mut has = |special: Special| -> bool {
            let name = self.special_name(special).clone();
            let found = self.lookup(class, &name);
            let default = self.dict_get_name(&object.dict, &name);
            match (found, default) {
                // A function of the runtime counts where a script put it under another name than its own.
                (Some(found), Some(default)) => {
                    let is_of_runtime = |native: &Native| native.name == SPECIAL_NAMES[special as usize];
                    !found.is(&default) && !found.downcast::<Native>().is_some_and(is_of_runtime)
                }
                (Some(found), None) => !found.is_none(),
                _ => false,
            }
        };
        let mut flags = class.flags.get();
        flags.has_finalizer = has(Special::Del);
        flags.has_getattribute = has(Special::GetAttribute);
        flags.has_getattr = has(Special::GetAttr);
        flags.has_setattr = has(Special::SetAttr);
        flags.has_delattr = has(Special::DelAttr);
        class.flags.set(flags);
        let subclasses = class.subclasses.borrow().clone();
        for weak in subclasses {
            let target = weak.downcast::<linger_heap::WeakRef>().map(|weak| self.heap.upgrade(weak));
            if let Some(subclass) = target.and_then(|target| target.to_ref::<Class>()) {
                self.refresh_flags(&subclass);
            }
        }
    }

    /// The class statement: `__build_class__(body, name, *bases, **keywords)`.
    pub(crate) fn build_class(&mut self, args: Args<'_>) -> Result<Value> {
        let positional = args.positional();
        let [body, name, bases @ ..] = positional else {
            return Err(self.type_error("__build_class__: not enough arguments"));
        };
        let (resolved, changed) = self.resolve_bases(bases)?;
        let bases_tuple = self.tuple(resolved.clone());
        let mut metaclass = None;
        let mut keyword_names = Vec::new();
        let mut keyword_values = Vec::new();
        for (keyword, value) in args.keywords() {
            if text(keyword) == "metaclass" {
                metaclass = Some(value.clone());
            } else {
                keyword_names.push(keyword.clone());
                keyword_values.push(value.clone());
            }
        }
        let metaclass = match metaclass {
            Some(metaclass) if !metaclass.is_kind::<Class>() => metaclass,
            given => self.most_derived_metaclass(given, &resolved)?,
        };
        let prepare = self.special_name(Special::Prepare).clone();
        let namespace = match self.find_attr(&metaclass, &prepare)? {
            Some(prepare) => {
                let mut values = vec![name.clone(), bases_tuple.clone()];
                values.extend(keyword_values.iter().cloned());
                self.call_args(&prepare, Args { values: &values, names: &keyword_names })?
            }
            None => self.dict().into_value(),
        };
        if !namespace.is_kind::<Dict>() && self.special(&namespace, Special::GetItem).is_none() {
            let name = metaclass.to_ref::<Class>().map_or("<metaclass>".to_owned(), |class| class.name_text());
            let found = self.type_name(&namespace);
            return Err(self.type_error(format!("{name}.__prepare__() must return a mapping, not {found}")));
        }
        if changed {
            let original = self.intern("__orig_bases__");
            let bases = self.tuple(bases.to_vec());
            self.set_item(&namespace, &original, bases)?;
        }
        self.run_class_body(body, &namespace)?;
        let mut values = vec![name.clone(), bases_tuple, namespace.clone()];
        values.extend(keyword_values);
        let class_cell_name = self.special_name(Special::ClassCell).clone();
        let cell = match self.native::<Dict>(&namespace) {
            Some(dict) => self.dict_get_name(&dict, &class_cell_name),
            None => None,
        };
        let class = self.call_args(&metaclass, Args { values: &values, names: &keyword_names })?;
        if let Some(cell) = cell.as_ref().and_then(|cell| cell.downcast::<crate::objects::Cell>())
            && class.is_kind::<Class>()
            && !cell.contents.get().is(&class)
        {
            let (shown, name) = (self.repr(&class)?, self.repr(name)?);
            if cell.contents.is_empty() {
                return Err(self.runtime_error(format!(
                    "__class__ not set defining {name} as {shown}. Was __classcell__ propagated to type.__new__?"
                )));
            }
            let other = self.repr(&cell.contents.get())?;
            return Err(self.type_error(format!("__class__ set to {other} defining {name} as {shown}")));
        }
        Ok(class)
    }

    /// Bases with `__mro_entries__` followed (`class C(Generic[T])`); whether anything changed.
    fn resolve_bases(&mut self, bases: &[Value]) -> Result<(Vec<Value>, bool)> {
        let mut resolved = Vec::with_capacity(bases.len());
        let mut changed = false;
        let original = self.tuple(bases.to_vec());
        for base in bases {
            if base.is_kind::<Class>() {
                resolved.push(base.clone());
                continue;
            }
            match self.call_special(base, Special::MroEntries, std::slice::from_ref(&original))? {
                Some(entries) => {
                    changed = true;
                    resolved.extend(self.items(&entries)?);
                }
                None => resolved.push(base.clone()),
            }
        }
        Ok((resolved, changed))
    }

    fn most_derived_metaclass(&mut self, given: Option<Value>, bases: &[Value]) -> Result<Value> {
        let mut winner = match (given, bases.first()) {
            (Some(given), _) => given,
            // A base that is no class has a class all the same, which is asked to make something of it.
            (None, Some(base)) => self.class_of(base).into_value(),
            (None, None) => self.classes.type_.to_value(),
        };
        for base in bases {
            let meta = self.class_of(base);
            let Some(best) = winner.to_ref::<Class>() else { return Ok(winner) };
            if best.is_subclass_of(&meta) {
                continue;
            }
            if meta.is_subclass_of(&best) {
                winner = meta.into_value();
                continue;
            }
            return Err(self.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        Ok(winner)
    }

    /// `type.__new__(metaclass, name, bases, namespace, **keywords)`.
    pub(crate) fn new_class(&mut self, metaclass: &Ref<Class>, args: Args<'_>) -> Result<Value> {
        let [name, bases, namespace] = args.positional() else {
            return Err(self
                .type_error(format!("type.__new__() takes exactly 3 arguments ({} given)", args.positional().len())));
        };
        let Some(name_text) = self.text_of(name) else {
            return Err(self.type_error(format!("type.__new__() argument 1 must be str, not {}", self.type_name(name))));
        };
        if name_text.text.contains('\0') {
            return Err(self.value_error("type name must not contain null characters"));
        }
        let Some(bases) = self.native::<Tuple>(bases) else {
            return Err(
                self.type_error(format!("type.__new__() argument 2 must be tuple, not {}", self.type_name(bases)))
            );
        };
        let Some(namespace) = self.native::<Dict>(namespace) else {
            return Err(
                self.type_error(format!("type.__new__() argument 3 must be dict, not {}", self.type_name(namespace)))
            );
        };
        for base in bases.items.iter().filter(|base| !base.is_kind::<Class>()) {
            let name = self.intern("__mro_entries__");
            if self.find_attr(base, &name)?.is_some() {
                return Err(self.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
            }
        }
        let winner = self.most_derived_metaclass(Some(metaclass.to_value()), &bases.items)?;
        let mut base_classes = Vec::new();
        for base in bases.items.iter() {
            match base.to_ref::<Class>() {
                Some(class) if class.flags.get().is_final => {
                    return Err(self.type_error(format!("type '{}' is not an acceptable base type", class.name_text())));
                }
                Some(class) => base_classes.push(class),
                None => return Err(self.type_error("bases must be types")),
            }
        }
        if base_classes.is_empty() {
            base_classes.push(self.classes.object.clone());
        }
        for (index, base) in base_classes.iter().enumerate() {
            if base_classes[..index].iter().any(|other| other.is(base)) {
                return Err(self.type_error(format!("duplicate base class {}", base.name_text())));
            }
        }
        // A more special metaclass that a base brings along makes the class in its own way.
        if !winner.is(&metaclass.to_value())
            && let Some(special) = winner.to_ref::<Class>()
        {
            let name = self.special_name(Special::New).clone();
            if self.lookup(&special, &name).is_some_and(|method| !method.is_kind::<Native>()) {
                let make = self.get_attr(&winner, &name)?;
                let mut values = vec![winner];
                values.extend_from_slice(args.values);
                return self.call_args(&make, Args { values: &values, names: args.names });
            }
        }
        let metaclass = winner.to_ref::<Class>().unwrap_or_else(|| metaclass.clone());
        let layout_base = self.layout_base(&base_classes)?;
        let dict = self.dict_copy(&namespace);
        dict.header().set_tracked(true);

        let class_name = name_text.text.to_string();
        let name = self.intern(&class_name);
        let qualname_key = self.special_name(Special::Qualname).clone();
        let qualname = self.dict_get_name(&dict, &qualname_key).unwrap_or_else(|| name.clone());
        if !self.is_str(&qualname) {
            let message = format!("type __qualname__ must be a str, not {}", self.type_name(&qualname));
            return Err(self.type_error(message));
        }
        self.dict_remove_name(&dict, &qualname_key);
        let class_cell = self.special_name(Special::ClassCell).clone();
        let cell = self.dict_get_name(&dict, &class_cell);
        self.dict_remove_name(&dict, &class_cell);
        if let Some(cell) = cell.as_ref().filter(|cell| !cell.is_kind::<crate::objects::Cell>()) {
            let class = self.class_of(cell).into_value();
            let shown = self.repr(&class)?;
            return Err(self.type_error(format!("__classcell__ must be a nonlocal cell, not {shown}")));
        }

        let base_flags = layout_base.flags.get();
        let type_id = self.heap.type_id(&class_name);
        let uid = self.fresh_uid();
        let body = Class::new(uid, type_id, dict.clone(), layout_base.layout, ClassFlags::default());
        body.name.set(name);
        body.qualname.set(qualname);
        body.metaclass.set(metaclass.to_value());
        let type_row = metaclass.type_id.get();
        let class = self.heap.alloc(type_row, body);
        class.bases.set(self.tuple(base_classes.iter().map(Ref::to_value).collect()));

        let mut kinds = base_classes.iter().map(|base| base.flags.get());
        let kind = kinds.find(|flags| flags.is_mapping || flags.is_sequence).unwrap_or_default();
        let mut flags = ClassFlags {
            no_dict: base_flags.no_dict && !layout_base.is(&self.classes.object) && !base_flags.builtin,
            is_mapping: kind.is_mapping,
            is_sequence: kind.is_sequence,
            ..ClassFlags::default()
        };
        let inherited: Vec<Value> = layout_base
            .shapes
            .borrow()
            .get(layout_base.root_shape.get())
            .map(|shape| shape.names.iter().filter(|name| !name.is_empty()).cloned().collect())
            .unwrap_or_default();
        let slots = self.declare_slots(&class, &class_name, inherited, &mut flags, &base_classes, &layout_base)?;
        if let Some(cell) = cell.as_ref().and_then(|cell| cell.downcast::<crate::objects::Cell>()) {
            cell.contents.set(class.to_value());
        }
        let order = self.order_of(&class)?;
        class.mro.set(self.tuple(order));
        self.set_root_shape(&class, slots);
        class.flags.set(flags);

        for base in &base_classes {
            self.add_subclass(base, &class);
        }
        self.fill_class_dict(&class, &dict);
        self.refresh_flags(&class);
        self.announce_names(&class)?;
        self.init_subclass(&class, args)?;
        Ok(class.into_value())
    }

    /// Reads `__slots__`: makes the descriptors, and gives the names of all slots.
    fn declare_slots(
        &mut self,
        class: &Ref<Class>,
        class_name: &str,
        mut names: Vec<Value>,
        flags: &mut ClassFlags,
        bases: &[Ref<Class>],
        layout_base: &Ref<Class>,
    ) -> Result<Vec<Value>> {
        let slots_name = self.special_name(Special::Slots).clone();
        let Some(declared) = self.dict_get_name(&class.dict, &slots_name) else {
            flags.no_dict = false;
            return Ok(names);
        };
        let declared = if self.is_str(&declared) { vec![declared] } else { self.items(&declared)? };
        let sized = matches!(class.layout, Layout::Int | Layout::Bytes | Layout::Tuple | Layout::Type);
        if sized && !declared.is_empty() {
            let base = layout_base.name_text();
            return Err(self.type_error(format!("nonempty __slots__ not supported for subtype of '{base}'")));
        }
        let weakref_name = self.special_name(Special::WeakRef).clone();
        let base_has_weakref = self.lookup(layout_base, &weakref_name).is_some();
        flags.no_dict = bases.iter().all(|base| base.is(&self.classes.object) || base.flags.get().no_dict);
        flags.no_weakref = bases.iter().all(|base| base.is(&self.classes.object) || base.flags.get().no_weakref);
        let (mut own_dict, mut own_weakref) = (false, false);
        let mut fields = Vec::new();
        for name in declared {
            let Some(body) = self.text_of(&name) else {
                return Err(
                    self.type_error(format!("__slots__ items must be strings, not '{}'", self.type_name(&name)))
                );
            };
            if !is_identifier(&body.text) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            match &*body.text {
                "__dict__" if own_dict || !layout_base.flags.get().no_dict => {
                    return Err(self.type_error("__dict__ slot disallowed: we already got one"));
                }
                "__weakref__" if own_weakref || base_has_weakref => {
                    return Err(
                        self.type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
                    );
                }
                "__dict__" => own_dict = true,
                "__weakref__" => own_weakref = true,
                private if private.starts_with("__") && !private.ends_with("__") => {
                    fields.push(format!("_{}{private}", class_name.trim_start_matches('_')));
                }
                plain => fields.push(plain.to_owned()),
            }
        }
        fields.sort();
        flags.no_dict &= !own_dict;
        flags.no_weakref &= !own_weakref;
        for field in fields {
            let name = self.intern(&field);
            let known = self.dict_get_name(&class.dict, &name);
            if known.as_ref().is_some_and(|known| known.is_kind::<SlotMember>()) {
                continue;
            }
            if known.is_some() {
                return Err(self.value_error(format!("'{field}' in __slots__ conflicts with class variable")));
            }
            self.add_member(class, &name, false);
            // A slot that a base has too is one more field all the same, which nothing leads to.
            let mut unused = field;
            let mut name = name;
            while names.iter().any(|other| other.is(&name)) {
                unused.push('\0');
                name = self.intern(&unused);
            }
            names.push(name);
        }
        Ok(names)
    }

    /// The descriptor of a slot, or of `__dict__` and `__weakref__` (a `getset_descriptor`).
    fn add_member(&mut self, class: &Ref<Class>, name: &Value, getset: bool) {
        let row = if getset { &self.classes.getset_descriptor } else { &self.classes.member_descriptor };
        let member = SlotMember { class: ValueCell::new(class.to_value()), name: name.clone() };
        let member = self.heap.alloc(row.type_id.get(), member).into_value();
        self.dict_set_name(&class.dict, name, member);
    }

    fn fill_class_dict(&mut self, class: &Ref<Class>, dict: &Ref<Dict>) {
        let module = self.special_name(Special::Module).clone();
        if self.dict_get_name(dict, &module).is_none() {
            let name = self.current_module_name();
            self.dict_set_name(dict, &module, name);
        }
        let flags = class.flags.get();
        let inherits_dict = self.inherits(class, Special::Dict);
        if !flags.no_dict && !inherits_dict {
            let name = self.special_name(Special::Dict).clone();
            self.add_member(class, &name, true);
        }
        if !flags.no_weakref && !self.inherits(class, Special::WeakRef) {
            let name = self.special_name(Special::WeakRef).clone();
            self.add_member(class, &name, true);
        }
        let doc = self.special_name(Special::Doc).clone();
        if self.dict_get_name(dict, &doc).is_none() {
            self.dict_set_name(dict, &doc, Value::NONE);
        }
        let wrap = |vm: &Vm, special: Special, kind: WrapperKind| {
            let name = vm.special_name(special).clone();
            if let Some(function) = vm.dict_get_name(dict, &name)
                && function.is_kind::<Function>()
            {
                let wrapper = Wrapper::new(kind, function);
                let row = if kind == WrapperKind::Static { &vm.classes.staticmethod } else { &vm.classes.classmethod };
                let wrapper = vm.heap.alloc(row.type_id.get(), wrapper).into_value();
                vm.dict_set_name(dict, &name, wrapper);
            }
        };
        wrap(self, Special::New, WrapperKind::Static);
        wrap(self, Special::InitSubclass, WrapperKind::Class);
        wrap(self, Special::ClassGetItem, WrapperKind::Class);
        // A class that defines equality and no hash has none.
        let (eq, hash) = (self.special_name(Special::Eq).clone(), self.special_name(Special::Hash).clone());
        if self.dict_get_name(dict, &eq).is_some() && self.dict_get_name(dict, &hash).is_none() {
            self.dict_set_name(dict, &hash, Value::NONE);
        }
    }

    fn inherits(&mut self, class: &Ref<Class>, special: Special) -> bool {
        let name = self.special_name(special).clone();
        self.lookup_behind(class, class, &name).is_some()
    }

    /// Tells the values of a new class their names (`__set_name__`).
    fn announce_names(&mut self, class: &Ref<Class>) -> Result<()> {
        for (name, value) in self.dict_entries(&class.dict) {
            if let Some(property) = value.downcast::<Property>() {
                property.name.set(name);
                continue;
            }
            if !value.is_kind::<Instance>() && !value.is_kind::<NativeObject>() {
                continue;
            }
            let Some(method) = self.special(&value, Special::SetName) else { continue };
            if let Err(raised) = self.call_found(&method, &[value.clone(), class.to_value(), name.clone()]) {
                let shown = self.repr(&name)?;
                let error = self.runtime_error(format!(
                    "Error calling __set_name__ on '{}' instance {shown} in '{}'",
                    self.type_name(&value),
                    class.name_text()
                ));
                if let Some(data) = self.exception_data(&error.0) {
                    data.cause.set(raised.0);
                    data.suppress_context.set(true);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn init_subclass(&mut self, class: &Ref<Class>, args: Args<'_>) -> Result<()> {
        let name = self.special_name(Special::InitSubclass).clone();
        let Some(found) = self.lookup_behind(class, class, &name) else { return Ok(()) };
        let names: Vec<Value> = args.names.to_vec();
        let values: Vec<Value> = args.keywords().map(|(_, value)| value.clone()).collect();
        let bound = match self.native::<Wrapper>(&found) {
            Some(wrapper) => self.bind_class_method(&wrapper.function.get(), class)?,
            None => self.bind_class_method(&found, class)?,
        };
        self.call_args(&bound, Args { values: &values, names: &names }).map(drop)
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first == '_' || crate::pure::unicode::is_id_start(first))
        && characters.all(|other| other == '_' || crate::pure::unicode::is_id_continue(other))
}
