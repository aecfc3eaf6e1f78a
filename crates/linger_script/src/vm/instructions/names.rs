//! Variables: cells, globals, names of class bodies, and the errors of what is not bound.

use linger_heap::{Ref, Value, ValueCell};

use crate::bytecode::{Instr, Op};
use crate::objects::{Cache, CacheKind, Cell, Code, Dict, Function, Module, Special, Str};
use crate::pure::suggest;
use crate::vm::{Raise, Result, Vm, text};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_make_cell(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let cell = Cell {
            contents: ValueCell::new(at.take(i.a)),
            name: ValueCell::new(at.code().local_names[i.a as usize].clone()),
        };
        let cell = self.heap.alloc(self.classes.cell.type_id.get(), cell);
        at.set(i.a, cell.into_value());
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_cell(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let old = at.get(i.a).downcast::<Cell>().map_or(Value::EMPTY, |cell| cell.contents.take());
        if old.is_empty() { Err(self.unbound_local(at.code(), i.a)) } else { Ok(()) }
    }

    /// The cell of a captured variable.
    fn free_cell(&self, index: u16) -> Result<Value> {
        let closure = self.stack.frames.last().and_then(|frame| frame.function().closure.as_ref());
        match closure.and_then(|closure| closure.items.get(index as usize)) {
            Some(cell) => Ok(cell.clone()),
            None => Err(self.system_error("closure is too short")),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_free_cell(&mut self, i: Instr) -> Result<()> {
        let cell = self.free_cell(i.b)?;
        self.stack.here().set(i.a, cell);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_free(&mut self, i: Instr) -> Result<()> {
        let cell = self.free_cell(i.a)?;
        let old = cell.downcast::<Cell>().map_or(Value::EMPTY, |cell| cell.contents.take());
        if old.is_empty() { Err(self.unbound_free(self.stack.here().code(), i.a)) } else { Ok(()) }
    }

    /// An instruction found its variable unbound.
    #[cold]
    pub(in crate::vm) fn op_unbound(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        Err(match i.op {
            Op::CheckLocal => self.unbound(at.code(), i.a, i.x),
            Op::LoadCell => self.unbound(at.code(), i.b, i.x),
            Op::LoadFree => self.unbound_free(at.code(), i.b),
            _ => self.system_error("closure is too short"),
        })
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_global(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = self.load_global(at.cache(i.c))?;
        at.set(i.a, value);
        Ok(())
    }

    /// The names behind those of a module. A dict that a script runs code in may bring its own as `__builtins__`.
    pub(in crate::vm) fn builtins_of(&mut self, globals: &Dict) -> Result<Ref<Dict>> {
        let name = self.special_name(Special::Builtins).clone();
        let Some(own) = self.dict_get_name(globals, &name) else { return Ok(self.builtins.clone()) };
        if let Some(module) = own.downcast::<Module>() {
            return Ok(module.dict.clone());
        }
        match self.native::<Dict>(&own) {
            Some(names) => Ok(names),
            None => Err(self.type_error(format!("'{}' object is not subscriptable", self.type_name(&own)))),
        }
    }

    /// As [`Vm::builtins_of`] where the code at work runs.
    pub(in crate::vm) fn current_builtins(&mut self) -> Result<Ref<Dict>> {
        match self.current_globals() {
            Some(globals) => self.builtins_of(&globals),
            None => Ok(self.builtins.clone()),
        }
    }

    fn load_global(&mut self, cache: &Cache) -> Result<Value> {
        let Some(globals) = self.current_globals() else { return Err(self.undefined_name(&cache.name)) };
        let hash = self.hash_str(&cache.name);
        let position = globals.table.borrow().find_str(hash, &cache.name);
        if let Some(position) = position {
            cache.note(CacheKind::Global, self.keys_version(&globals), 0, position as u32, 0);
            return Ok(globals.table.borrow().value(position).clone());
        }
        let builtins = self.builtins_of(&globals)?;
        let position = builtins.table.borrow().find_str(hash, &cache.name);
        match position {
            Some(position) if !builtins.is(&self.builtins) => Ok(builtins.table.borrow().value(position).clone()),
            Some(position) => {
                let versions = (self.keys_version(&globals), self.keys_version(&builtins));
                cache.note(CacheKind::Builtin, versions.0, versions.1, position as u32, 0);
                // A position among the globals is no more known.
                cache.shape.set(0);
                Ok(builtins.table.borrow().value(position).clone())
            }
            None => Err(self.undefined_name(&cache.name)),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_store_global(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (name, value) = (at.name(i.b), at.keep(i.a));
        let Some(globals) = self.current_globals() else { return Ok(()) };
        self.dict_set_name(&globals, name, value);
        let hash = self.hash_str(name);
        let position = globals.table.borrow().find_str(hash, name);
        at.code().global_hints[i.b as usize].set(position.map_or(u32::MAX, |position| position as u32));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_global(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let name = at.name(i.b);
        match self.current_globals() {
            Some(globals) if self.dict_remove_name(&globals, name) => Ok(()),
            _ => Err(self.undefined_name(name)),
        }
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_name(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = self.load_name(at.name(i.b))?;
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_store_name(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        self.store_name(at.name(i.b), at.keep(i.a))?;
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_name(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        self.delete_name(at.name(i.b))?;
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_load_name_or_free(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let value = self.load_name_or_free(at.name(i.b), i.c)?;
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_setup_annotations(&mut self, _: Instr) -> Result<()> {
        self.setup_annotations()
    }

    // ---- errors ----

    /// A local that is not bound; to an inlined comprehension (`x` = 1) it is a free variable.
    fn unbound(&mut self, code: &Code, index: u16, x: u8) -> Raise {
        if x == 0 {
            return self.unbound_local(code, index);
        }
        self.unbound_captured(&code.local_names[index as usize])
    }

    fn unbound_local(&self, code: &Code, index: u16) -> Raise {
        self.unbound_local_error(format!(
            "cannot access local variable '{}' where it is not associated with a value",
            text(&code.local_names[index as usize])
        ))
    }

    fn unbound_free(&mut self, code: &Code, index: u16) -> Raise {
        self.unbound_captured(&code.free_names[index as usize])
    }

    fn unbound_captured(&mut self, name: &Value) -> Raise {
        let raised = self.name_error(format!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            text(name)
        ));
        let attribute = self.intern("name");
        self.instance_store(&raised.0, &attribute, name.clone());
        raised
    }

    #[cold]
    pub(in crate::vm) fn undefined_name(&mut self, name: &Value) -> Raise {
        let raised = self.name_error(format!("name '{}' is not defined", text(name)));
        let attribute = self.intern("name");
        self.instance_store(&raised.0, &attribute, name.clone());
        // What was meant can be told only where it happens: a traceback knows the code, and no namespaces.
        let frame = self.stack.frames.last().and_then(|frame| frame.function_value().to_ref::<Function>());
        if let (Some(function), Some(data)) = (frame, self.exception_data(&raised.0)) {
            let owned = |names: &[Value]| names.iter().map(|name| text(name).to_owned()).collect::<Vec<_>>();
            let locals = [owned(&function.code.local_names), owned(&function.code.free_names)].concat();
            let mut meant = suggest::nearest(text(name), &locals).map(str::to_owned);
            for dict in [function.globals.clone(), self.builtins.clone()] {
                if meant.is_none() {
                    let keys: Vec<Value> = self.dict_entries(&dict).into_iter().map(|(key, _)| key).collect();
                    let keys: Vec<Value> = keys.into_iter().filter(Value::is_kind::<Str>).collect();
                    meant = suggest::nearest(text(name), &owned(&keys)).map(str::to_owned);
                }
            }
            if let Some(meant) = meant {
                data.value.set(self.str(&meant));
            }
        }
        raised
    }
}
