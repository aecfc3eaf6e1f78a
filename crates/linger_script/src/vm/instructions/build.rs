//! Displays, comprehensions and formatted strings: making containers and filling them.

use linger_heap::Value;

use crate::bytecode::{Instr, Op};
use crate::objects::{Dict, List, Probe, Set, SetTable, Str, Table, Tuple};
use crate::vm::tables::may_be_tracked;
use crate::vm::text::push_plain;
use crate::vm::{Result, Vm, text};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_build_tuple(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        // The items are temporaries: the checker sees to it.
        let items = at.window(i.b).slice_mut(usize::from(i.c));
        at.set(i.a, self.tuple_taken(items));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_build_list(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let list = self.list(at.window(i.b).take_all(usize::from(i.c)));
        at.set(i.a, list);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_build_set(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let set = self.set(SetTable::default(), false);
        if let Some(body) = set.to_ref::<Set>() {
            for index in 0..i.c {
                self.set_add(&body, at.take(i.b + index))?;
            }
        }
        at.set(i.a, set);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_build_dict(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let mut table = Table::default();
        if i.c > 0 {
            table.reserve(i.c as usize);
        }
        // Keys that need no script go into the table before it is a dict's.
        let (mut done, mut is_tracked) = (0, false);
        while done < i.c {
            let key = at.get(i.b + 2 * done);
            let Some(hash) = self.hash_simple(key) else { break };
            if !matches!(table.probe(hash, key, 0), Probe::Missing) {
                break;
            }
            let (key, value) = (at.take(i.b + 2 * done), at.take(i.b + 2 * done + 1));
            is_tracked = is_tracked || may_be_tracked(&value) || may_be_tracked(&key);
            table.insert_new(hash, key, value);
            done += 1;
        }
        let dict = self.dict_of(table);
        if is_tracked {
            dict.header().set_tracked(true);
        }
        for index in done..i.c {
            let (key, value) = (at.take(i.b + 2 * index), at.take(i.b + 2 * index + 1));
            self.dict_set(&dict, key, value)?;
        }
        at.set(i.a, dict.into_value());
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_build_string(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let mut joined = self.take_text_buffer();
        for index in i.b..i.b + i.c {
            let part = at.get(index);
            if part.is_object() {
                joined.push_str(text(part));
            } else {
                push_plain(part, &mut joined);
            }
            drop(at.take(index));
            self.check_built(joined.len())?;
        }
        let text = self.keep_text(joined);
        at.set(i.a, text);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_format(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let quick = matches!(i.x, 0 | 4) && i.c == 0xffff;
        if quick && (at.get(i.b).is_kind::<Str>() || i.x == 4 && !at.get(i.b).is_object()) {
            at.set(i.a, at.keep(i.b));
            return Ok(());
        }
        self.note_site();
        if quick && let Some(number) = at.get(i.b).as_small_int() {
            at.set(i.a, self.str(itoa::Buffer::new().format(number)));
            return Ok(());
        }
        let value = at.keep(i.b);
        let spec = if i.c == 0xffff { Value::EMPTY } else { at.keep(i.c) };
        let text = self.format_field(&value, i.x, &spec)?;
        at.set(i.a, text);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_list_append(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let item = at.keep(i.b);
        if let Some(list) = at.get(i.a).to_ref::<List>() {
            self.list_push(&list, item);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_list_extend(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let source = at.keep(i.b);
        let items = self.spread(&source)?;
        if let Some(list) = at.get(i.a).to_ref::<List>() {
            self.mutate(&list, |list| list.items.borrow_mut().extend(items));
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_list_to_tuple(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let list = at.keep(i.b);
        if i.x == 1 {
            if list.is_kind::<Tuple>() {
                at.set(i.a, list);
            } else {
                let items = self.spread_arguments(&list, at.get(i.c))?;
                at.set(i.a, self.tuple(items));
            }
            return Ok(());
        }
        let items = match list.to_ref::<List>() {
            Some(body) => {
                self.heap.before_emptying(body.header());
                self.mutate(&body, |body| body.items.take())
            }
            None => Vec::new(),
        };
        drop(list);
        at.set(i.a, self.tuple(items));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_set_add(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let item = at.keep(i.b);
        if let Some(set) = at.get(i.a).to_ref::<Set>() {
            self.set_add(&set, item)?;
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_set_update(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let source = at.keep(i.b);
        if let Some(set) = at.get(i.a).to_ref::<Set>() {
            crate::builtins::set_add_all(self, &set, &source)?;
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_dict_set(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (key, value) = (at.keep(i.b), at.keep(i.c));
        if let Some(dict) = at.get(i.a).to_ref::<Dict>() {
            self.dict_set(&dict, key, value)?;
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_dict_update(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let source = at.keep(i.b);
        if let Some(dict) = at.get(i.a).to_ref::<Dict>() {
            if i.op == Op::DictMerge {
                self.merge_keywords(&dict, &source, at.get(i.c))?;
            } else {
                self.update_mapping(&dict, &source)?;
            }
        }
        Ok(())
    }
}
