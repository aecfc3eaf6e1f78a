//! Items of containers, and unpacking.

use linger_heap::Value;

use crate::bytecode::{Instr, Op};
use crate::objects::{Dict, Instance, List, Slice, Special, Str, Tuple};
use crate::vm::stack::Here;
use crate::vm::subscript::tuple_item;
use crate::vm::{Result, Vm};

impl Vm {
    #[inline(never)]
    pub(in crate::vm) fn op_get_item(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let (object, key) = (at.get(i.b), at.get(i.c));
        let value = match self.quick_item(object, key) {
            Some(value) => value,
            None => {
                self.note_site();
                if let Some(character) = self.character_of(object, key) {
                    at.done(i.b);
                    at.set(i.a, character);
                    return Ok(());
                }
                // A tuple's hash and comparison may run scripts, which may let go of the dict.
                if key.is_kind::<Tuple>()
                    && let Some(dict) = object.to_ref::<Dict>()
                    && let Some(value) = self.dict_get(&dict, &key.clone())?
                {
                    at.done(i.b);
                    at.done(i.c);
                    at.set(i.a, value);
                    return Ok(());
                }
                if let Some(dict) = self.dict_of_heir(object)
                    && let Some(value) = self.dict_get_simple(&dict, key)
                {
                    at.done(i.b);
                    at.done(i.c);
                    at.set(i.a, value);
                    return Ok(());
                }
                if self.enter_special(Special::GetItem, &[object, key], i.a)? {
                    at.done(i.b);
                    at.done(i.c);
                    return Ok(());
                }
                self.get_item(object, key)?
            }
        };
        at.done(i.b);
        at.done(i.c);
        at.set(i.a, value);
        Ok(())
    }

    /// The character with a small index in a text.
    fn character_of(&mut self, object: &Value, key: &Value) -> Option<Value> {
        let (text, index) = (object.to_ref::<Str>()?, key.as_small_int()?);
        let index = if index < 0 { index + text.chars() as i64 } else { index };
        let at = self.text_places.offset(&text, usize::try_from(index).ok()?);
        text.text[at..].chars().next().map(|character| self.char(character))
    }

    /// An item of a tuple by a small integer, or of a dict by a key that needs no script to be compared.
    #[inline]
    fn quick_item(&self, object: &Value, key: &Value) -> Option<Value> {
        if let Some(dict) = object.downcast::<Dict>() {
            return self.dict_get_simple(dict, key);
        }
        tuple_item(object, key)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_item_int(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let key = Value::from_shifted(i64::from(i.c as i16) << 16);
        let value = self.get_item(at.get(i.b), &key)?;
        at.done(i.b);
        at.set(i.a, value);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_set_item(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let mut value = at.keep(i.c);
        let object = at.get(i.a);
        if let (Some(dict), Some(header)) = (object.downcast::<Dict>(), object.header()) {
            match self.dict_replace(dict, header, at.get(i.b), value) {
                None => {
                    at.done(i.b);
                    at.done(i.a);
                    return Ok(());
                }
                Some(given_back) => value = given_back,
            }
        }
        let dict = match at.get(i.a).to_ref::<Dict>() {
            None => self.dict_of_heir(at.get(i.a)),
            dict => dict,
        };
        match dict {
            Some(dict) => {
                let key = at.keep(i.b);
                self.dict_set(&dict, key, value)?;
            }
            None => {
                self.set_item(at.get(i.a), at.get(i.b), value)?;
                at.done(i.b);
            }
        }
        at.done(i.a);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_delete_item(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        self.delete_item(at.get(i.a), at.get(i.b))?;
        at.done(i.a);
        at.done(i.b);
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_build_slice(&mut self, i: Instr) -> Result<()> {
        self.note_site();
        let at = self.stack.here();
        let next = self.stack.next_instr();
        // Most slices are made for the next instruction alone, which most often needs only their bounds.
        if next.op.general() == Op::GetItem
            && next.c == i.a
            && at.is_temporary(i.a)
            && at.get(i.b + 2).is_none()
            && let Some(part) = self.plain_slice(at.get(next.b), at.get(i.b), at.get(i.b + 1))
        {
            for operand in [i.b, i.b + 1, i.b + 2, next.b] {
                at.done(operand);
            }
            at.set(next.a, part);
            self.stack.extra_word();
            return Ok(());
        }
        let [start, stop, step] = [at.keep(i.b), at.keep(i.b + 1), at.keep(i.b + 2)];
        let slice = self.heap.alloc(self.classes.slice.type_id.get(), Slice { start, stop, step });
        at.set(i.a, slice.into_value());
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_unpack_sequence(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let source = at.keep(i.b);
        if unpack_run(&at, i, &source) {
            return Ok(());
        }
        if let Some(tuple) = self.tuple_of_heir(&source)
            && unpack_run(&at, i, &tuple)
        {
            return Ok(());
        }
        let items = self.unpack(&source, i.c as usize)?;
        for (index, item) in (i.a..).zip(items) {
            at.set(index, item);
        }
        Ok(())
    }

    /// The tuple inside of an instance of an heir of `tuple` (a named tuple) that iterates as a tuple does.
    #[inline(never)]
    fn tuple_of_heir(&mut self, source: &Value) -> Option<Value> {
        let tuple = source.downcast::<Instance>()?.payload().filter(Value::is_kind::<Tuple>)?;
        let (own, plain) = (self.special(source, Special::Iter)?, self.special(&tuple, Special::Iter)?);
        own.is(&plain).then_some(tuple)
    }

    #[inline(never)]
    pub(in crate::vm) fn op_unpack_star(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let source = at.keep(i.b);
        let items = self.unpack_star(&source, (i.c & 0xff) as usize, (i.c >> 8) as usize)?;
        for (index, item) in (i.a..).zip(items) {
            at.set(index, item);
        }
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_get_len(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let len = self.len(at.get(i.b))?;
        at.set(i.a, self.size(len));
        Ok(())
    }

    #[inline(never)]
    pub(in crate::vm) fn op_tuple_item(&mut self, i: Instr) -> Result<()> {
        let at = self.stack.here();
        let item = at.get(i.b).downcast::<Tuple>().and_then(|tuple| tuple.items.get(i.c as usize).cloned());
        at.set(i.a, item.unwrap_or(Value::NONE));
        Ok(())
    }
}

/// Unpacks a tuple or list, if it has as many items as are wanted.
#[inline(always)]
fn unpack_run(at: &Here, i: Instr, source: &Value) -> bool {
    if let Some(tuple) = source.downcast::<Tuple>()
        && tuple.items.len() == i.c as usize
    {
        for (index, item) in (i.a..).zip(tuple.items.iter()) {
            at.set(index, item.clone());
        }
        return true;
    }
    if let Some(list) = source.downcast::<List>()
        && list.items.borrow().len() == i.c as usize
    {
        for (index, item) in (i.a..).zip(list.items.borrow().iter()) {
            at.set(index, item.clone());
        }
        return true;
    }
    false
}
