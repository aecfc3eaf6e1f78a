//! Handlers of calls of what is no function of a script. The runtime's functions that loops of scripts call most are carried out here,
//! without what such calls need in general; where a script has a say, or a list must grow, that is left to the functions themselves.

use linger_heap::{Object, Ref, Value};

use super::state::State;
use super::{End, elsewhere, handlers};
use crate::bytecode::{Instr, Op};
use crate::objects::*;
use crate::vm::{Raise, Result, Vm};

handlers! {
    call_native(state) {
        let callee = state.reg(state.b());
        match (*callee).header().map(linger_heap::Header::kind) {
            Some(<Native as Object>::KIND) => {}
            Some(<Class as Object>::KIND) => return state.hand_to(elsewhere::call_class),
            _ => return state.hand_to(elsewhere::call),
        }
        match (*callee).downcast::<Native>().map(|native| native.quick) {
            Some(Quick::Len) => state.hand_to(len),
            Some(Quick::IsInstance) => state.hand_to(is_instance),
            Some(Quick::Append) => state.hand_to(append),
            Some(Quick::No) => state.hand_to(plain),
            _ => state.hand_to(elsewhere::call_native),
        }
    }

    /// Any other function of the runtime. The arguments stay where they are meanwhile.
    plain(state) {
        let callee = state.reg(state.b());
        let Some(native) = (*callee).downcast::<Native>() else { return state.hand_to(elsewhere::call_native) };
        let NativeCall::Function(function) = native.call else { return state.hand_to(elsewhere::call_native) };
        if !native.receiver.is_empty() || state.vm.until_poll <= 0 {
            return state.hand_to(elsewhere::call_native);
        }
        state.vm.until_poll -= 1;
        state.save();
        let (first, count) = state.arguments();
        let result = match state.vm.apply(function, first, count) {
            Ok(result) => result,
            Err(raised) => return state.elsewhere(|vm, i| vm.fail_call(i, raised)),
        };
        let (mut place, end) = (callee, first.add(count));
        if state.vm.pending.get() {
            state.vm.lay_aside(result);
            return state.hand_to(elsewhere::end_call);
        }
        while place < end {
            if let Some(last) = std::mem::take(&mut *place).drop_quickly() {
                place.write(last);
                state.vm.lay_aside(result);
                return state.hand_to(elsewhere::end_call);
            }
            place = place.add(1);
        }
        let a = state.a();
        state.set_next(a, result)
    }

    /// `len(container)`
    len(state) {
        let (first, count) = state.arguments();
        if count != 1 {
            return state.hand_to(elsewhere::call_native);
        }
        let len = if let Some(list) = (*first).downcast::<List>() {
            (*list.items.as_ptr()).len()
        } else if let Some(text) = (*first).downcast::<Str>() {
            text.chars()
        } else if let Some(tuple) = (*first).downcast::<Tuple>() {
            tuple.items.len()
        } else {
            return state.hand_to(elsewhere::call_native);
        };
        match Value::small_int(len as i64) {
            Some(len) => state.end_call::<1>(first, len),
            None => state.hand_to(elsewhere::call_native),
        }
    }

    /// `isinstance(value, class)` of a class's own instances, and of integers, texts and plain containers.
    is_instance(state) {
        let (first, count) = state.arguments();
        if count != 2 {
            return state.hand_to(elsewhere::call_native);
        }
        let (class, classes) = (&*first.add(1), &state.vm.classes);
        if let Some(instance) = (*first).downcast::<Instance>() {
            if instance.class.with(|own| own.is(class)) {
                return state.end_call::<2>(first, Value::TRUE);
            }
            return state.hand_to(elsewhere::call_native);
        }
        let own = match (*first).header().map(linger_heap::Header::kind) {
            None if (*first).is_small_int() => &classes.int,
            Some(<Str as Object>::KIND) => &classes.str,
            Some(<List as Object>::KIND) => &classes.list,
            Some(<Tuple as Object>::KIND) => &classes.tuple,
            Some(<Dict as Object>::KIND) => &classes.dict,
            _ => return state.hand_to(elsewhere::call_native),
        };
        let is = |known: &Ref<Class>| known.with_value(|known| known.is(class));
        // Another class's metaclass may have a say.
        let is_plain = class.downcast::<Class>().is_some_and(|class| class.metaclass.with(|of| classes.type_.with_value(|plain| of.is(plain))));
        if is_plain {
            let result = Value::bool(is(own) || is(&classes.object));
            return state.end_call::<2>(first, result);
        }
        state.hand_to(elsewhere::call_native)
    }

    /// `list.append(item)`, where the list has room.
    append(state) {
        let (first, count) = state.arguments();
        if count == 2
            && let Some(list) = (*first).downcast::<List>()
        {
            let items = &mut *list.items.as_ptr();
            let len = items.len();
            if len < items.capacity() {
                // Not `push`, which could have it grow.
                items.as_mut_ptr().add(len).write((*first.add(1)).clone());
                items.set_len(len + 1);
                return state.end_call::<2>(first, Value::NONE);
            }
        }
        state.hand_to(elsewhere::call_native)
    }
}

impl State<'_> {
    /// Where the arguments of a call lie, and how many there are.
    #[inline(always)]
    unsafe fn arguments(&self) -> (*mut Value, usize) {
        // SAFETY: see the head of the folder.
        unsafe {
            let (behind, count) = (self.reg(self.b()).add(1), usize::from(self.c()));
            if (*self.pc).op != Op::CallMethod {
                return (behind, count);
            }
            // Without a receiver, the arguments start one register later.
            let is_lone = (*behind).is_empty();
            (behind.add(is_lone.into()), count + usize::from(!is_lone))
        }
    }

    /// Drops what was called and its arguments, and writes the result.
    #[inline(always)]
    unsafe fn end_call<const COUNT: usize>(self, first: *mut Value, result: Value) -> End {
        // SAFETY: see the head of the folder.
        unsafe {
            self.vm.until_poll -= 1;
            for place in [self.reg(self.b()), first, first.add(COUNT - 1)] {
                if let Some(last) = std::mem::take(&mut *place).drop_quickly() {
                    place.write(last);
                    self.vm.lay_aside(result);
                    return self.hand_to(elsewhere::end_call);
                }
            }
            let a = self.a();
            self.set_next(a, result)
        }
    }
}

impl Vm {
    /// Calls a function of the runtime. Not a part of its handler, which gives no address of its own away: it could not jump to the
    /// next one then.
    ///
    /// # Safety
    /// The arguments are registers of the frame on top.
    #[inline(never)]
    unsafe fn apply(&mut self, function: NativeFn, first: *const Value, count: usize) -> Result<Value> {
        self.heap.set_site(self.stack.current_site());
        // SAFETY: by the caller's word. Registers do not move, and nobody writes to these while the frame waits.
        function(self, Args { values: unsafe { std::slice::from_raw_parts(first, count) }, names: &[] })
    }

    /// Ends a call that raised.
    #[cold]
    #[inline(never)]
    fn fail_call(&mut self, i: Instr, raised: Raise) -> Result<()> {
        self.drop_call(i);
        Err(raised)
    }
}
