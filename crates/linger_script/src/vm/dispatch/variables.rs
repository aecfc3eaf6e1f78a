//! Handlers of constants, variables, attributes and items: what moves values between registers and everything else.

use linger_heap::Value;

use super::state::State;
use super::{End, elsewhere, handlers};
use crate::objects::*;
use crate::vm::borrow::Borrowed;

handlers! {
    nop(state) {
        state.next()
    }

    move_(state) {
        let (a, b) = (state.a(), state.b());
        let value = state.take(b);
        state.set_next(a, value)
    }

    load(state) {
        let (a, b) = (state.a(), state.b());
        let value = (*state.reg(b)).clone();
        state.put_next(a, value)
    }

    copy(state) {
        let (a, b) = (state.a(), state.b());
        let value = (*state.reg(b)).clone();
        state.set_next(a, value)
    }

    load_const(state) {
        let a = state.a();
        let value = (*state.constant(state.instr().wide_operand())).clone();
        state.set_next(a, value)
    }

    put_const(state) {
        let a = state.a();
        let value = (*state.constant(state.instr().wide_operand())).clone();
        state.put_next(a, value)
    }

    load_int(state) {
        let (a, number) = (state.a(), state.instr().offset());
        state.set_number_next(a, Value::from_shifted(i64::from(number) << 16))
    }

    put_int(state) {
        let (a, number) = (state.a(), state.instr().offset());
        state.put_next(a, Value::from_shifted(i64::from(number) << 16))
    }

    drop_(state) {
        let value = state.consume(state.a());
        state.drop_next(value)
    }

    check_local(state) {
        if (*state.reg(state.a())).is_empty() {
            return state.hand_to(elsewhere::unbound);
        }
        state.next()
    }

    load_cell(state) {
        let (a, b) = (state.a(), state.b());
        if let Some(cell) = (*state.reg(b)).downcast::<Cell>() {
            let value = cell.contents.get();
            if !value.is_empty() {
                return state.set_next(a, value);
            }
        }
        state.hand_to(elsewhere::unbound)
    }

    store_cell(state) {
        let (a, b) = (state.a(), state.b());
        let value = state.take(b);
        let old = match (*state.reg(a)).downcast::<Cell>() {
            Some(cell) => cell.contents.replace_to_drop(value),
            None => value,
        };
        state.drop_next(old)
    }

    load_free(state) {
        let (a, b) = (state.a(), state.b());
        let value = captured(&state, b).contents.get();
        if !value.is_empty() {
            return state.set_next(a, value);
        }
        state.hand_to(elsewhere::unbound)
    }

    store_free(state) {
        let (a, b) = (state.a(), state.b());
        let value = state.take(b);
        let old = captured(&state, a).contents.replace_to_drop(value);
        state.drop_next(old)
    }

    store_global(state) {
        let (a, b) = (state.a(), usize::from(state.b()));
        let name = (&raw const *(*state.code).names).cast::<Value>().add(b);
        let hints = (&raw const *(*state.code).global_hints).cast::<std::cell::Cell<u32>>();
        let position = (*hints.add(b)).get() as usize;
        let table = &mut *(&(*state.function).globals).table.as_ptr();
        if table.entry(position).is_some_and(|entry| entry.key.is(&*name)) {
            let value = state.take(a);
            let old = table.replace_value(position, value);
            return state.drop_next(old);
        }
        state.hand_to(elsewhere::store_global)
    }

    load_method(state) {
        let (a, b) = (state.a(), state.b());
        let cache = state.cache(state.c());
        let object: *const Value = state.reg(b);
        if (*object).downcast::<Instance>().is_some_and(|instance| state.is_known(cache, instance))
            || cache.kind.get() == CacheKind::KindMethod
                && (*object).header().is_some_and(|header| cache.shape.get() == u32::from(header.kind().0))
        {
            let method = Borrowed::from_bits(cache.value_bits.get()).get();
            let object = state.take(b);
            state.put(a, method);
            return state.put_next(a + 1, object);
        }
        state.hand_to(load_native_method)
    }

    /// `LoadMethod` of a set, or of an object of a module of the runtime.
    load_native_method(state) {
        let (a, b) = (state.a(), state.b());
        let cache = state.cache(state.c());
        let object: *const Value = state.reg(b);
        if cache.kind.get() == CacheKind::NativeMethod && state.vm.has_native_method(&*object, cache) {
            let method = Borrowed::from_bits(cache.value_bits.get()).get();
            let object = state.take(b);
            state.put(a, method);
            return state.put_next(a + 1, object);
        }
        state.hand_to(load_method_of_module)
    }

    /// `LoadMethod` of a function that a module holds.
    load_method_of_module(state) {
        let (a, b) = (state.a(), state.b());
        if let Some(function) = module_value(&state)
            && state.done(b)
        {
            state.put(a, function);
            return state.put_next(a + 1, Value::EMPTY);
        }
        state.hand_to(elsewhere::load_method)
    }

    get_item_int(state) {
        let (a, b) = (state.a(), state.b());
        let object: *const Value = state.reg(b);
        let key = i64::from(state.c() as i16);
        let items: Option<&[Value]> = match (*object).downcast::<List>() {
            Some(list) => Some(&*list.items.as_ptr()),
            None => (*object).downcast::<Tuple>().map(|tuple| &*tuple.items),
        };
        if let Some(items) = items {
            if let Some(item) = items.get(place(key, items.len())) {
                let item = item.clone();
                return state.set_and_done_next(a, item, b);
            }
        }
        let Some(found) = character(&state, &*object, key) else { return state.hand_to(elsewhere::get_item_int) };
        state.set_and_done_next(a, found, b)
    }

    set_item(state) {
        let (a, b, c) = (state.a(), state.b(), state.c());
        let (object, key): (*const Value, *const Value) = (state.reg(a), state.reg(b));
        if let Some(list) = (*object).downcast::<List>()
            && let Some(index) = (*key).as_small_int()
        {
            let items = &mut *list.items.as_ptr();
            let index = place(index, items.len());
            if let Some(place) = items.get_mut(index)
                && state.done(a)
            {
                let value = state.take(c);
                let old = std::mem::replace(place, value);
                return state.drop_next(old);
            }
        }
        state.hand_to(elsewhere::set_item)
    }

    /// A tuple or list of as many items as there are targets.
    unpack_sequence(state) {
        let (a, b, count) = (state.a(), state.b(), state.c());
        let source = state.reg(b);
        let items = if let Some(tuple) = (*source).downcast::<Tuple>() {
            &*tuple.items
        } else if let Some(list) = (*source).downcast::<List>() {
            &**list.items.as_ptr()
        } else {
            return state.hand_to(elsewhere::unpack_sequence);
        };
        let is_local = state.is_local(b);
        if items.len() != usize::from(count) || is_local && b.wrapping_sub(a) < count {
            return state.hand_to(elsewhere::unpack_sequence);
        }
        // The first target may be where the sequence lies.
        let sequence = if is_local { Value::EMPTY } else { state.consume(b) };
        for (index, item) in (a..).zip(items) {
            let target = state.reg(index);
            if let Some(last) = target.read().drop_quickly() {
                // A local whose object goes: all is done once more there.
                std::mem::forget(last);
                if !is_local {
                    source.write(sequence);
                }
                return state.hand_to(elsewhere::unpack_sequence);
            }
            target.write(item.clone());
        }
        state.drop_next(sequence)
    }
}

/// Handlers of instructions that have a form for the commonest operands, which writes a temporary: `$write` is how the result is
/// written.
macro_rules! global_loads {
    ($($name:ident: $write:ident;)*) => {
        handlers! {
            $($name(state) {
                let a = state.a();
                let cache = state.cache(state.c());
                let table = &*(&(*state.function).globals).table.as_ptr();
                let version = table.current_version();
                if version == cache.shape.get() && version != 0 {
                    let value = table.entries().get_unchecked(cache.slot.get() as usize).value.clone();
                    return state.$write(a, value);
                }
                let builtins = &*state.vm.builtins.table.as_ptr();
                if cache_key(version, builtins.current_version()) == cache.key.get() && version != 0 {
                    let value = builtins.entries().get_unchecked(cache.slot.get() as usize).value.clone();
                    return state.$write(a, value);
                }
                state.hand_to(elsewhere::load_global)
            })*
        }
    };
}

global_loads! {
    load_global: set_next;
    put_global: put_next;
}

/// The cell of a captured variable.
#[inline(always)]
unsafe fn captured<'a>(state: &State<'_>, index: u16) -> &'a Cell {
    // SAFETY: see the head of the folder: a function has a cell for each captured variable of its code (`Vm::make_function`),
    // and the compiler's checker proves the operand in range.
    unsafe {
        let closure = (&(*state.function).closure).as_ref().unwrap_unchecked();
        closure.items.get_unchecked(usize::from(index)).downcast::<Cell>().unwrap_unchecked()
    }
}

/// The value of the attribute that an instruction loads, if its cache knows where it is.
#[inline(always)]
unsafe fn attribute(state: &State<'_>) -> Option<Value> {
    // SAFETY: see the head of the folder: a cache that knows a shape knows a slot of its instances.
    unsafe {
        let cache = state.cache(state.c());
        let instance = (*state.reg(state.b())).downcast::<Instance>()?;
        if !state.is_known(cache, instance) {
            return None;
        }
        let value = (*instance.slots.as_ptr().add(cache.slot.get() as usize)).clone();
        if value.is_empty() { None } else { Some(value) }
    }
}

/// The value of the attribute that an instruction loads, if it is a module's and its cache knows where it is.
#[inline(always)]
unsafe fn module_value(state: &State<'_>) -> Option<Value> {
    // SAFETY: see the head of the folder: a cache that knows the version of a table's keys knows a place in it.
    unsafe {
        let cache = state.cache(state.c());
        let module = (*state.reg(state.b())).downcast::<Module>()?;
        let table = &*module.dict.table.as_ptr();
        let version = table.current_version();
        if cache.kind.get() != CacheKind::Global || version != cache.shape.get() || version == 0 {
            return None;
        }
        Some(table.entries().get_unchecked(cache.slot.get() as usize).value.clone())
    }
}

/// The place that an index names among so many items: none of them, if there is no such place.
#[inline(always)]
fn place(index: i64, len: usize) -> usize {
    (if index < 0 { index + len as i64 } else { index }) as usize
}

/// The item that an instruction gets, if it is one of a list.
#[inline(always)]
unsafe fn list_item(state: &State<'_>) -> Option<Value> {
    // SAFETY: see the head of the folder.
    unsafe {
        let list = (*state.reg(state.b())).downcast::<List>()?;
        let index = (*state.reg(state.c())).as_small_int()?;
        let items = &*list.items.as_ptr();
        items.get(place(index, items.len())).cloned()
    }
}

/// The character with an index in a text, if that is ASCII.
#[inline(always)]
fn character(state: &State<'_>, text: &Value, index: i64) -> Option<Value> {
    let text = text.downcast::<Str>()?;
    let bytes = text.text.as_bytes();
    let byte = bytes.get(place(index, bytes.len())).filter(|_| text.is_ascii())?;
    state.vm.characters.get(usize::from(*byte)).cloned()
}

/// The slot of the attribute that an instruction stores, if its cache knows where it is.
#[inline(always)]
unsafe fn slot(state: &State<'_>) -> Option<*mut Value> {
    // SAFETY: as in `attribute`.
    unsafe {
        let cache = state.cache(state.c());
        let instance = (*state.reg(state.a())).downcast::<Instance>()?;
        state.is_known(cache, instance).then(|| instance.slots.as_ptr().add(cache.slot.get() as usize))
    }
}

handlers! {
    load_attr(state) {
        let Some(value) = attribute(&state) else { return state.hand_to(load_attr_of_module) };
        let (a, b) = (state.a(), state.b());
        state.set_and_done_next(a, value, b)
    }

    /// `LoadAttr` of what a module holds.
    load_attr_of_module(state) {
        let Some(value) = module_value(&state) else { return state.hand_to(elsewhere::load_attr) };
        let (a, b) = (state.a(), state.b());
        state.set_and_done_next(a, value, b)
    }

    load_field(state) {
        let Some(value) = attribute(&state) else { return state.hand_to(elsewhere::load_attr) };
        let a = state.a();
        state.put_next(a, value)
    }

    store_attr(state) {
        let Some(slot) = slot(&state) else { return state.hand_to(elsewhere::store_attr) };
        let (a, b) = (state.a(), state.b());
        if !state.done(a) {
            return state.hand_to(elsewhere::store_attr);
        }
        let value = state.take(b);
        let old = std::mem::replace(&mut *slot, value);
        state.drop_next(old)
    }

    store_field(state) {
        let Some(slot) = slot(&state) else { return state.hand_to(elsewhere::store_attr) };
        let b = state.b();
        let value = state.consume(b);
        let old = std::mem::replace(&mut *slot, value);
        state.drop_next(old)
    }

    get_item(state) {
        let Some(item) = list_item(&state) else { return state.hand_to(get_character) };
        let (a, b) = (state.a(), state.b());
        state.set_and_done_next(a, item, b)
    }

    load_item(state) {
        let Some(item) = list_item(&state) else { return state.hand_to(get_character) };
        let a = state.a();
        state.put_next(a, item)
    }

    /// `GetItem` of what is no list.
    get_character(state) {
        let (a, b) = (state.a(), state.b());
        let Some(index) = (*state.reg(state.c())).as_small_int() else { return state.hand_to(elsewhere::get_item) };
        let text: *const Value = state.reg(b);
        let Some(found) = character(&state, &*text, index) else { return state.hand_to(elsewhere::get_item) };
        state.set_and_done_next(a, found, b)
    }
}
