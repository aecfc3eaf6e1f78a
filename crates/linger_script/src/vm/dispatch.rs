//! The interpreter's loop: one `match` over eight-byte instructions.
//!
//! Every operand rule of `bytecode` is kept here: a local is borrowed, a temporary consumed. An arm holds the quick path of its
//! instruction and no more: what it can't do is done by a method of the machine that gets the instruction (`instructions`), so that
//! the compiler can keep the program counter and the registers' address out of memory from one instruction to the next.
#![expect(
    unsafe_code,
    reason = "registers, constants and caches are reached by index without checks: the compiler made the indices"
)]
#![expect(
    clippy::needless_borrow,
    clippy::pointers_in_nomem_asm_block,
    reason = "what lies behind a raw pointer is borrowed in so many words; the address of an instruction is only passed through"
)]

use std::hint::cold_path;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use linger_heap::Value;

use super::borrow::Borrowed;
use super::stack::{Frame, FrameKind};
use super::{Result, Vm};
use crate::bytecode::{Instr, Op, YIELD_ONLY};
use crate::objects::*;

/// How a run of the machine ended.
#[derive(Debug)]
pub(super) enum Exit {
    /// The function returned.
    Returned(Value),
    /// The generator yielded.
    Yielded(Value),
}

/// Where the loop goes on after an instruction that was carried out elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// As wide as what is raised, so that either is returned in registers.
#[repr(u64)]
pub(super) enum Flow {
    /// With the next instruction.
    Next,
    /// Where the frame on top says: another one than before, or at another instruction.
    Moved,
}

impl Vm {
    /// The loop. Returns when the entry frame ends or yields, or an exception needs a handler; the frame on top is then the one
    /// that raised, with its `next` behind the instruction.
    #[allow(clippy::cognitive_complexity, reason = "one arm an instruction")]
    pub(super) fn execute(&mut self) -> Result<Exit> {
        let mut pc: *const Instr;
        let mut base: *mut Value;
        let mut locals: u16;
        let mut code: *const Code;
        let mut caches: *const Cache;
        let mut function: *const Function;

        // SAFETY: (of this whole function) the five variables above describe the frame on top of the stack, of which there is
        // one as long as this runs, and whose function keeps the code alive. The compiler's checker (compile/check.rs) proves
        // for every unit that register, constant, name and cache operands are in range, jumps stay inside, and temporaries are
        // written before they are read and read once. Windows of frames never move. So every pointer below is in bounds, and a
        // register is dropped or overwritten exactly once.
        unsafe {
            // Takes up the frame on top, at the instruction that it is at: the round of the loop ends with it.
            macro_rules! reload {
                () => {{
                    let frame = self.stack.frames.top();
                    pc = (*frame).next.wrapping_sub(1);
                    base = (*frame).base.as_ptr();
                    code = (*frame).code.as_ptr();
                    caches = (&(*code).caches).as_ptr();
                    locals = (*code).local_count;
                    function = (*frame).function.as_ptr();
                }};
            }
            macro_rules! save {
                () => {
                    (*self.stack.frames.top()).next = pc.add(1)
                };
            }
            // An operand of the instruction. It is read from the code each time: kept in a register, all of them would crowd
            // out what every instruction needs.
            macro_rules! i {
                ($operand:ident) => {
                    (*pc).$operand
                };
            }
            // The operation once more: the head of the loop has no use for it but the jump.
            macro_rules! op {
                () => {
                    (&raw const (*pc).op).read_volatile()
                };
            }
            macro_rules! reg {
                ($index:expr) => {
                    &mut *base.add($index as usize)
                };
            }
            macro_rules! constant {
                ($index:expr) => {
                    (&(*code).consts).as_ptr().add($index as usize)
                };
            }
            macro_rules! cache {
                ($index:expr) => {
                    &*caches.add($index as usize)
                };
            }
            // Drops a value; the frame is told where it is if that may run a finalizer.
            macro_rules! discard {
                ($value:expr) => {
                    if let Some(last) = $value.drop_quickly() {
                        cold_path();
                        save!();
                        self.drop_slowly(last);
                    }
                };
            }
            // Writes a temporary, which holds no object.
            macro_rules! put {
                ($index:expr, $value:expr) => {{
                    let place = base.add($index as usize);
                    debug_assert!($index >= locals && !(*place).is_object());
                    place.write($value);
                }};
            }
            // Writes a register that may have held anything.
            macro_rules! set {
                ($index:expr, $value:expr) => {{
                    let value = $value;
                    let index = $index;
                    if index < locals {
                        discard!(std::mem::replace(reg!(index), value));
                    } else {
                        // A temporary that is written holds no object.
                        put!(index, value);
                    }
                }};
            }
            // The same for the result of arithmetic, which seldom replaces an object.
            macro_rules! set_number {
                ($index:expr, $value:expr) => {{
                    let place = base.add($index as usize);
                    if (*place).is_object() {
                        cold_path();
                        let old = std::mem::replace(&mut *place, $value);
                        save!();
                        self.drop_slowly(old);
                    } else {
                        place.write($value);
                    }
                }};
            }
            // Ends the reading of an operand: a temporary is consumed.
            macro_rules! done {
                ($index:expr) => {
                    if $index >= locals {
                        discard!(std::mem::take(reg!($index)));
                    }
                };
            }
            // The value of an operand, to be kept.
            macro_rules! take {
                ($index:expr) => {
                    if $index >= locals { std::mem::take(reg!($index)) } else { (*reg!($index)).clone() }
                };
            }
            // The same for an operand that is known to be a local or a temporary.
            macro_rules! leave {
                ($index:expr) => {};
            }
            macro_rules! consume {
                ($index:expr) => {
                    std::mem::take(reg!($index))
                };
            }
            // Has a method of the machine carry out the instruction.
            macro_rules! call {
                ($method:ident) => {{
                    save!();
                    let flow = match self.$method(*pc) {
                        Ok(flow) => flow,
                        Err(raised) => {
                            cold_path();
                            return Err(raised);
                        }
                    };
                    if self.pending.get() {
                        cold_path();
                        self.run_pending();
                    }
                    if flow == Flow::Moved {
                        reload!();
                    }
                    continue;
                }};
            }
            // The same for what the quick path can't do, which the compiler is to keep out of its way.
            macro_rules! otherwise {
                ($method:ident) => {{
                    cold_path();
                    call!($method);
                }};
            }
            macro_rules! jump {
                ($instr:expr) => {
                    pc = pc.offset($instr.offset() as isize)
                };
            }
            // Takes or skips the jump word behind the instruction.
            macro_rules! jump_if {
                ($taken:expr) => {{
                    let taken = $taken;
                    pc = pc.add(1);
                    if taken {
                        jump!((*pc));
                    }
                    continue;
                }};
            }
            // Arithmetic on two registers, or a register and a constant. `$write` writes the result.
            macro_rules! arithmetic {
                ($write:ident, $right:expr, int($x:ident, $y:ident) $int:expr, float($p:ident, $q:ident) $float:expr) => {{
                    let (left, right): (*const Value, *const Value) = (reg!(i!(b)), $right);
                    if Value::both_small(&*left, &*right) {
                        let ($x, $y) = ((*left).shifted(), (*right).shifted());
                        if let Some(value) = $int {
                            $write!(i!(a), value);
                            continue;
                        }
                    } else {
                        let ($p, $q) = ((*left).float_or_nan(), (*right).float_or_nan());
                        if let Some(value) = $float {
                            $write!(i!(a), value);
                            continue;
                        }
                    }
                    otherwise!(op_binary);
                }};
            }
            macro_rules! add {
                ($write:ident, $right:expr) => {
                    arithmetic!($write, $right, int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p + q))
                };
            }
            macro_rules! subtract {
                ($write:ident, $right:expr) => {
                    arithmetic!($write, $right, int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p - q))
                };
            }
            macro_rules! multiply {
                ($write:ident, $right:expr) => {
                    arithmetic!($write, $right, int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p * q))
                };
            }
            macro_rules! divide {
                ($right:expr) => {
                    arithmetic!(set_number, $right,
                        int(x, y) if y == 0 { None } else { Some(Value::float((x >> 16) as f64 / (y >> 16) as f64)) },
                        float(p, q) if q == 0.0 { None } else { Value::float_unless_nan(p / q) })
                };
            }
            macro_rules! integer {
                ($right:expr, int($x:ident, $y:ident) $int:expr) => {{
                    let (left, right): (*const Value, *const Value) = (reg!(i!(b)), $right);
                    if Value::both_small(&*left, &*right) {
                        let ($x, $y) = ((*left).shifted(), (*right).shifted());
                        if let Some(value) = $int {
                            set_number!(i!(a), value);
                            continue;
                        }
                    }
                    otherwise!(op_binary);
                }};
            }
            macro_rules! compare {
                ($left:expr, $right:expr, $int:tt) => {{
                    let (left, right): (*const Value, *const Value) = ($left, $right);
                    if Value::both_small(&*left, &*right) {
                        Some((*left).shifted() $int (*right).shifted())
                    } else {
                        let (p, q) = ((*left).float_or_nan(), (*right).float_or_nan());
                        if p.is_nan() || q.is_nan() { None } else { Some(p $int q) }
                    }
                }};
            }
            macro_rules! comparison {
                ($int:tt) => {{
                    if let Some(truth) = compare!(reg!(i!(b)), reg!(i!(c)), $int) {
                        set_number!(i!(a), Value::bool(truth));
                        continue;
                    }
                    otherwise!(op_compare);
                }};
            }
            macro_rules! test {
                ($right:expr, $int:tt) => {{
                    if let Some(truth) = compare!(reg!(i!(a)), $right, $int) {
                        jump_if!(truth as u8 == i!(x));
                    }
                    otherwise!(op_test);
                }};
            }
            // Instructions that have a form for the commonest operands: it leaves a local where it is and writes a temporary.
            macro_rules! load_global {
                ($write:ident) => {{
                    let cache = cache!(i!(c));
                    let table = &*(&(*function).globals).table.as_ptr();
                    let version = table.current_version();
                    if version == cache.shape.get() && version != 0 {
                        let value = table.entries().get_unchecked(cache.slot.get() as usize).value.clone();
                        $write!(i!(a), value);
                        continue;
                    }
                    let builtins = &*self.builtins.table.as_ptr();
                    if cache_key(version, builtins.current_version()) == cache.key.get() && version != 0 {
                        let value = builtins.entries().get_unchecked(cache.slot.get() as usize).value.clone();
                        $write!(i!(a), value);
                        continue;
                    }
                    otherwise!(op_load_global);
                }};
            }
            macro_rules! load_attr {
                ($end:ident, $write:ident) => {{
                    let cache = cache!(i!(c));
                    if let Some(instance) = (*reg!(i!(b))).downcast::<Instance>()
                        && cache.key.get() == cache_key(instance.shape.get(), self.epoch)
                    {
                        let value = (*instance.slots.as_ptr().add(cache.slot.get() as usize)).clone();
                        if !value.is_empty() {
                            $end!(i!(b));
                            $write!(i!(a), value);
                            continue;
                        }
                    }
                    otherwise!(op_load_attr);
                }};
            }
            macro_rules! store_attr {
                ($keep:ident, $end:ident) => {{
                    let cache = cache!(i!(c));
                    if let Some(instance) = (*reg!(i!(a))).downcast::<Instance>()
                        && cache.key.get() == cache_key(instance.shape.get(), self.epoch)
                    {
                        let value = $keep!(i!(b));
                        let slot = &mut *instance.slots.as_ptr().add(cache.slot.get() as usize);
                        discard!(std::mem::replace(slot, value));
                        $end!(i!(a));
                        continue;
                    }
                    otherwise!(op_store_attr);
                }};
            }
            macro_rules! get_item {
                ($end:ident, $write:ident) => {{
                    let (object, key): (*const Value, *const Value) = (reg!(i!(b)), reg!(i!(c)));
                    if let Some(list) = (*object).downcast::<List>()
                        && let Some(index) = (*key).as_small_int()
                    {
                        let items = &*list.items.as_ptr();
                        let index = if index < 0 { index + items.len() as i64 } else { index };
                        if let Some(item) = items.get(index as usize) {
                            let item = item.clone();
                            $end!(i!(b));
                            $write!(i!(a), item);
                            continue;
                        }
                    }
                    call!(op_get_item);
                }};
            }
            // Starts a function whose arguments lie from `$first` on, where its first registers are: the callee lies in front.
            macro_rules! start {
                ($callee:expr, $first:expr, $count:expr) => {{
                    let (callee, first, count): (*mut Value, *mut Value, usize) = ($callee, $first, $count);
                    if let Some(called) = (*callee).downcast::<Function>() {
                        let called_code: NonNull<Code> = NonNull::from(&*called.code);
                        let register_count = called_code.as_ref().register_count as usize;
                        if called_code.as_ref().simple_count as usize == count
                            && self.until_poll > 0
                            && self.stack.has_room(first)
                            && self.may_go_deeper()
                        {
                            self.until_poll -= 1;
                            save!();
                            let dest = i!(a);
                            function = called;
                            code = called_code.as_ptr();
                            caches = (&(*code).caches).as_ptr();
                            pc = (&(*code).instrs).as_ptr().wrapping_sub(1);
                            base = first;
                            locals = (*code).local_count;
                            let mut empty = first.add(count);
                            let end = first.add(locals as usize);
                            while empty < end {
                                // Volatile, or this becomes a call for what is seldom more than a few registers.
                                empty.write_volatile(Value::EMPTY);
                                empty = empty.add(1);
                            }
                            self.stack.frames.push(Frame {
                                keeper: std::mem::take(&mut *callee),
                                held: Value::EMPTY,
                                function: NonNull::from(called),
                                code: called_code,
                                base: NonNull::new_unchecked(first),
                                end: first.add(register_count),
                                next: pc,
                                dest,
                                kind: FrameKind::Call,
                                is_generator: false,
                            });
                            continue;
                        }
                    } else if (*callee).is_kind::<Native>() {
                        call!(op_call_native);
                    } else if (*callee).is_kind::<Class>() {
                        call!(op_call_class);
                    }
                    otherwise!(op_call);
                }};
            }

            // Has the function begin a line of the processor's cache, wherever the directive stands: where the head of the loop lies
            // across two lines, by chance of the build, all is up to a tenth slower.
            std::arch::asm!(".p2align 6,,1", options(nomem, nostack, preserves_flags));
            reload!();
            loop {
                pc = pc.wrapping_add(1);
                std::arch::asm!("/* {0} */", inout(reg) pc, options(pure, nomem, nostack, preserves_flags));
                match (*pc).op {
                    Op::Nop | Op::Extra => {}
                    Op::Move => {
                        let value = take!(i!(b));
                        set!(i!(a), value);
                    }
                    Op::Load => put!(i!(a), (*reg!(i!(b))).clone()),
                    Op::Copy => {
                        let value = (*reg!(i!(b))).clone();
                        set!(i!(a), value);
                    }
                    Op::LoadConst => {
                        let value = (*constant!((*pc).wide_operand())).clone();
                        set!(i!(a), value);
                    }
                    Op::PutConst => put!(i!(a), (*constant!((*pc).wide_operand())).clone()),
                    Op::PutInt => put!(i!(a), Value::from_shifted(i64::from((*pc).offset()) << 16)),
                    Op::LoadInt => {
                        set_number!(i!(a), Value::from_shifted(i64::from((*pc).offset()) << 16));
                    }
                    Op::Drop => discard!(std::mem::take(reg!(i!(a)))),
                    Op::CheckLocal => {
                        if (*reg!(i!(a))).is_empty() {
                            otherwise!(op_unbound);
                        }
                    }
                    Op::LoadCell => {
                        if let Some(cell) = (*reg!(i!(b))).downcast::<Cell>() {
                            let value = cell.contents.get();
                            if !value.is_empty() {
                                set!(i!(a), value);
                                continue;
                            }
                        }
                        otherwise!(op_unbound);
                    }
                    Op::StoreCell => {
                        let value = take!(i!(b));
                        if let Some(cell) = (*reg!(i!(a))).downcast::<Cell>() {
                            discard!(cell.contents.replace_to_drop(value));
                        }
                    }
                    Op::LoadFree => {
                        if let Some(closure) = &(*function).closure
                            && let Some(cell) = closure.items.get(i!(b) as usize)
                            && let Some(cell) = cell.downcast::<Cell>()
                        {
                            let value = cell.contents.get();
                            if !value.is_empty() {
                                set!(i!(a), value);
                                continue;
                            }
                        }
                        otherwise!(op_unbound);
                    }
                    Op::StoreFree => {
                        if let Some(closure) = &(*function).closure
                            && let Some(cell) = closure.items.get(i!(a) as usize)
                            && let Some(cell) = cell.downcast::<Cell>()
                        {
                            let value = take!(i!(b));
                            discard!(cell.contents.replace_to_drop(value));
                            continue;
                        }
                        otherwise!(op_unbound);
                    }
                    Op::LoadGlobal => load_global!(set),
                    Op::PutGlobal => load_global!(put),
                    Op::StoreGlobal => {
                        let name = (&(*code).names).as_ptr().add(i!(b) as usize);
                        let position = (*(&(*code).global_hints).as_ptr().add(i!(b) as usize)).get() as usize;
                        let table = &mut *(&(*function).globals).table.as_ptr();
                        if table.entry(position).is_some_and(|entry| entry.key.is(&*name)) {
                            let value = take!(i!(a));
                            discard!(table.replace_value(position, value));
                            continue;
                        }
                        otherwise!(op_store_global);
                    }
                    Op::LoadAttr => load_attr!(done, set),
                    Op::LoadField => load_attr!(leave, put),
                    Op::StoreAttr => store_attr!(take, done),
                    Op::StoreField => store_attr!(consume, leave),
                    Op::LoadMethod => {
                        let cache = cache!(i!(c));
                        let object: *const Value = reg!(i!(b));
                        if let Some(instance) = (*object).downcast::<Instance>()
                            && cache.key.get() == cache_key(instance.shape.get(), self.epoch)
                        {
                            let method = Borrowed::from_bits(cache.value_bits.get()).get();
                            let object = take!(i!(b));
                            put!(i!(a), method);
                            put!(i!(a) + 1, object);
                            continue;
                        }
                        if cache.kind.get() == CacheKind::KindMethod
                            && let Some(header) = (*object).header()
                            && cache.shape.get() == u32::from(header.kind().0)
                        {
                            let method = Borrowed::from_bits(cache.value_bits.get()).get();
                            let object = take!(i!(b));
                            put!(i!(a), method);
                            put!(i!(a) + 1, object);
                            continue;
                        }
                        otherwise!(op_load_method);
                    }
                    Op::GetItem => get_item!(done, set),
                    Op::LoadItem => get_item!(leave, put),
                    Op::GetItemInt => {
                        let object: *const Value = reg!(i!(b));
                        let key = i64::from(i!(c) as i16);
                        let items: Option<&[Value]> = match (*object).downcast::<List>() {
                            Some(list) => Some(&*list.items.as_ptr()),
                            None => (*object).downcast::<Tuple>().map(|tuple| &*tuple.items),
                        };
                        if let Some(items) = items {
                            let index = if key < 0 { key + items.len() as i64 } else { key };
                            if let Some(item) = items.get(index as usize) {
                                let item = item.clone();
                                done!(i!(b));
                                set!(i!(a), item);
                                continue;
                            }
                        }
                        otherwise!(op_get_item_int);
                    }
                    Op::SetItem => {
                        let (object, key): (*const Value, *const Value) = (reg!(i!(a)), reg!(i!(b)));
                        if let Some(list) = (*object).downcast::<List>()
                            && let Some(index) = (*key).as_small_int()
                        {
                            let items = &mut *list.items.as_ptr();
                            let index = if index < 0 { index + items.len() as i64 } else { index };
                            if let Some(place) = items.get_mut(index as usize) {
                                let value = take!(i!(c));
                                discard!(std::mem::replace(place, value));
                                done!(i!(a));
                                continue;
                            }
                        }
                        call!(op_set_item);
                    }

                    Op::Add => add!(set_number, reg!(i!(c))),
                    Op::AddK => add!(set_number, constant!(i!(c))),
                    Op::PutSum => add!(put, reg!(i!(c))),
                    Op::Sub => subtract!(set_number, reg!(i!(c))),
                    Op::SubK => subtract!(set_number, constant!(i!(c))),
                    Op::PutDifference => subtract!(put, reg!(i!(c))),
                    Op::Mul => multiply!(set_number, reg!(i!(c))),
                    Op::MulK => multiply!(set_number, constant!(i!(c))),
                    Op::PutProduct => multiply!(put, reg!(i!(c))),
                    Op::Div => divide!(reg!(i!(c))),
                    Op::DivK => divide!(constant!(i!(c))),
                    Op::FloorDiv => integer!(reg!(i!(c)), int(x, y) floor_div(x >> 16, y >> 16)),
                    Op::FloorDivK => integer!(constant!(i!(c)), int(x, y) floor_div(x >> 16, y >> 16)),
                    Op::Mod => integer!(reg!(i!(c)), int(x, y) floor_mod(x >> 16, y >> 16)),
                    Op::ModK => integer!(constant!(i!(c)), int(x, y) floor_mod(x >> 16, y >> 16)),
                    Op::And => integer!(reg!(i!(c)), int(x, y) Some(Value::from_shifted(x & y))),
                    Op::AndK => integer!(constant!(i!(c)), int(x, y) Some(Value::from_shifted(x & y))),
                    Op::Or => integer!(reg!(i!(c)), int(x, y) Some(Value::from_shifted(x | y))),
                    Op::OrK => integer!(constant!(i!(c)), int(x, y) Some(Value::from_shifted(x | y))),
                    Op::Xor => integer!(reg!(i!(c)), int(x, y) Some(Value::from_shifted(x ^ y))),
                    Op::XorK => integer!(constant!(i!(c)), int(x, y) Some(Value::from_shifted(x ^ y))),
                    Op::LShift => integer!(reg!(i!(c)), int(x, y) shift_left(x >> 16, y >> 16)),
                    Op::LShiftK => integer!(constant!(i!(c)), int(x, y) shift_left(x >> 16, y >> 16)),
                    Op::RShift => integer!(reg!(i!(c)), int(x, y) shift_right(x >> 16, y >> 16)),
                    Op::RShiftK => integer!(constant!(i!(c)), int(x, y) shift_right(x >> 16, y >> 16)),
                    Op::Pow | Op::PowK | Op::MatMul => call!(op_binary),
                    Op::Neg | Op::Pos | Op::Invert => {
                        let operand: *const Value = reg!(i!(b));
                        if op!() == Op::Neg
                            && let Some(value) = Value::float_unless_nan(-(*operand).float_or_nan())
                        {
                            set_number!(i!(a), value);
                            continue;
                        }
                        otherwise!(op_unary);
                    }
                    Op::Not => {
                        if let Some(truth) = (*reg!(i!(b))).plain_truth() {
                            set_number!(i!(a), Value::bool(!truth));
                            continue;
                        }
                        otherwise!(op_not);
                    }
                    Op::Lt => comparison!(<),
                    Op::Le => comparison!(<=),
                    Op::Gt => comparison!(>),
                    Op::Ge => comparison!(>=),
                    Op::Eq => comparison!(==),
                    Op::Ne => comparison!(!=),
                    Op::Is | Op::IsNot => {
                        let same = (*reg!(i!(b))).is(reg!(i!(c)));
                        done!(i!(b));
                        done!(i!(c));
                        set!(i!(a), Value::bool(same == (op!() == Op::Is)));
                    }
                    Op::TestLt => test!(reg!(i!(b)), <),
                    Op::TestLe => test!(reg!(i!(b)), <=),
                    Op::TestGt => test!(reg!(i!(b)), >),
                    Op::TestGe => test!(reg!(i!(b)), >=),
                    Op::TestEq => test!(reg!(i!(b)), ==),
                    Op::TestNe => test!(reg!(i!(b)), !=),
                    Op::TestLtK => test!(constant!(i!(b)), <),
                    Op::TestLeK => test!(constant!(i!(b)), <=),
                    Op::TestGtK => test!(constant!(i!(b)), >),
                    Op::TestGeK => test!(constant!(i!(b)), >=),
                    Op::TestEqK => test!(constant!(i!(b)), ==),
                    Op::TestNeK => test!(constant!(i!(b)), !=),
                    Op::TestIs => {
                        let same = (*reg!(i!(a))).is(reg!(i!(b)));
                        done!(i!(a));
                        done!(i!(b));
                        jump_if!(same as u8 == i!(x));
                    }
                    Op::Jump => jump!((*pc)),
                    Op::Loop => {
                        self.until_poll -= 1;
                        if self.until_poll < 0 {
                            cold_path();
                            save!();
                            self.poll()?;
                        }
                        jump!((*pc));
                    }
                    Op::JumpIfTrue | Op::JumpIfFalse => match (*reg!(i!(a))).plain_truth() {
                        Some(truth) => {
                            if truth == (op!() == Op::JumpIfTrue) {
                                jump!((*pc));
                            }
                        }
                        None => otherwise!(op_jump_by_truth),
                    },
                    // What needs no drop may stay in a temporary that is not read any more.
                    Op::JumpIfTrueKeep | Op::JumpIfFalseKeep => match (*reg!(i!(a))).plain_truth() {
                        Some(truth) => {
                            if truth == (op!() == Op::JumpIfTrueKeep) {
                                jump!((*pc));
                            }
                        }
                        None => otherwise!(op_jump_or_keep),
                    },
                    Op::JumpIfNone | Op::JumpIfNotNone => {
                        let none = (*reg!(i!(a))).is_none();
                        done!(i!(a));
                        if none == (op!() == Op::JumpIfNone) {
                            jump!((*pc));
                        }
                    }
                    Op::ForNext => {
                        let loops: *mut Value = reg!(i!(b));
                        if (*loops).is_small_int() {
                            if let Some(next) = next_of_range(loops) {
                                set!(i!(a), next);
                                pc = pc.add(1);
                                continue;
                            }
                            jump_if!(true);
                        }
                        if let Some(item) = next_of_sequence(loops) {
                            set!(i!(a), item);
                            pc = pc.add(1);
                            continue;
                        }
                        call!(op_for_next);
                    }
                    Op::ForLoop => {
                        self.until_poll -= 1;
                        if self.until_poll < 0 {
                            cold_path();
                            save!();
                            self.poll()?;
                        }
                        let loops: *mut Value = reg!(i!(b));
                        if (*loops).is_small_int() {
                            if let Some(next) = next_of_range(loops) {
                                set!(i!(a), next);
                                jump_if!(true);
                            }
                            jump_if!(false);
                        }
                        if let Some(item) = next_of_sequence(loops) {
                            set!(i!(a), item);
                            jump_if!(true);
                        }
                        if let Some(header) = (*loops).header()
                            && let Some(generator) = (*loops).downcast::<Generator>()
                            && generator.state.get() == GeneratorState::Suspended
                            && self.is_handling_nothing(generator)
                            && !self.heap.hears_of_resume(header)
                            && let Some(resumed) = &*generator.function.as_ptr()
                        {
                            let end = (*self.stack.frames.top()).end;
                            if self.may_go_deeper() && self.stack.has_room(end) {
                                save!();
                                let dest = i!(a);
                                let keeper = Value::from_header(header);
                                generator.state.set(GeneratorState::Running);
                                function = &raw const **resumed;
                                code = &raw const *resumed.code;
                                caches = (&(*code).caches).as_ptr();
                                locals = (*code).local_count;
                                base = generator.registers.as_ptr();
                                pc = (&(*code).instrs).as_ptr().add(generator.next_instr.get()).sub(1);
                                self.stack.frames.push(Frame {
                                    keeper,
                                    held: Value::EMPTY,
                                    function: NonNull::from(&*function),
                                    code: NonNull::from(&*code),
                                    base: NonNull::new_unchecked(base),
                                    end,
                                    next: pc,
                                    dest,
                                    kind: FrameKind::ForNext,
                                    is_generator: true,
                                });
                                if i!(x) != YIELD_ONLY {
                                    set!(i!(a), Value::NONE);
                                }
                                continue;
                            }
                        }
                        call!(op_for_next);
                    }
                    Op::Call => {
                        let callee: *mut Value = reg!(i!(b));
                        start!(callee, callee.add(1), i!(c) as usize);
                    }
                    Op::CallMethod => {
                        // Without a receiver, the arguments start one register later.
                        let callee: *mut Value = reg!(i!(b));
                        let lone = (*callee.add(1)).is_empty() as usize;
                        start!(callee, callee.add(1 + lone), i!(c) as usize + 1 - lone);
                    }
                    Op::CallKeywords | Op::CallMethodKeywords => call!(op_call),
                    Op::Return => {
                        let frame = self.stack.frames.top();
                        let result = match (*frame).kind {
                            FrameKind::Call => std::mem::take(reg!(i!(a))),
                            FrameKind::Operator if !(*reg!(i!(a))).is(&Value::NOT_IMPLEMENTED) => {
                                std::mem::take(reg!(i!(a)))
                            }
                            // A constructor returns nothing, and the new instance is the result.
                            FrameKind::Init if (*reg!(i!(a))).is_none() => std::mem::take(&mut (*frame).held),
                            FrameKind::Entry if !(*frame).is_generator => {
                                let result = std::mem::take(reg!(i!(a)));
                                for index in 0..locals {
                                    drop(std::mem::take(reg!(index)));
                                }
                                let left = self.stack.frames.leave();
                                drop(((&raw const (*left).keeper).read(), (&raw const (*left).held).read()));
                                return Ok(Exit::Returned(result));
                            }
                            _ => {
                                save!();
                                match self.op_return(*pc)? {
                                    Some(exit) => return Ok(exit),
                                    None => {
                                        reload!();
                                        continue;
                                    }
                                }
                            }
                        };
                        let mut finalizers = false;
                        let mut register = base;
                        let end = base.add(locals as usize);
                        while register < end {
                            if (*register).is_object()
                                && let Some(last) = std::mem::take(&mut *register).drop_quickly()
                            {
                                drop(last);
                                finalizers = true;
                            }
                            register = register.add(1);
                        }
                        // What it held is the result, or was nothing.
                        let left = self.stack.frames.leave();
                        let (ended, dest) = ((&raw const (*left).keeper).read(), (*left).dest);
                        reload!();
                        if let Some(last) = ended.drop_quickly() {
                            drop(last);
                            finalizers = true;
                        }
                        let result = ManuallyDrop::new(result);
                        set!(dest, ManuallyDrop::into_inner(result));
                        if finalizers && self.pending.get() {
                            self.run_pending();
                        }
                    }
                    Op::Yield => {
                        let frame = self.stack.frames.top();
                        if matches!((*frame).kind, FrameKind::ForNext | FrameKind::Entry)
                            && let Some(generator) = (*frame).keeper.downcast::<Generator>()
                            && self.is_handling_nothing(generator)
                        {
                            let value = take!(i!(b));
                            generator.next_instr.set(pc.offset_from((&(*code).instrs).as_ptr()) as usize + 1);
                            generator.state.set(GeneratorState::Suspended);
                            // It holds nothing but its keeper. The collector hears of that one's drop, and so need not be told that
                            // values were moved into the generator.
                            let left = self.stack.frames.leave();
                            let keeper = (&raw const (*left).keeper).read();
                            if (*left).kind == FrameKind::Entry {
                                drop(keeper);
                                return Ok(Exit::Yielded(value));
                            }
                            reload!();
                            discard!(keeper);
                            let back = op!() == Op::ForLoop;
                            set!(i!(a), value);
                            jump_if!(back);
                        }
                        if let FrameKind::Fold(fold) = (*frame).kind {
                            let value = take!(i!(b));
                            if let Some(value) = self.fold_in(fold, &mut (*frame).held, value) {
                                save!();
                                return Ok(self.end_fold(value));
                            }
                            if i!(x) != YIELD_ONLY {
                                set!(i!(a), Value::NONE);
                            }
                            continue;
                        }
                        save!();
                        match self.op_yield(*pc)? {
                            Some(exit) => return Ok(exit),
                            None => reload!(),
                        }
                    }
                    Op::MakeCell => call!(op_make_cell),
                    Op::DeleteCell => call!(op_delete_cell),
                    Op::DeleteFree => call!(op_delete_free),
                    Op::LoadFreeCell => call!(op_load_free_cell),
                    Op::DeleteGlobal => call!(op_delete_global),
                    Op::LoadName => call!(op_load_name),
                    Op::StoreName => call!(op_store_name),
                    Op::DeleteName => call!(op_delete_name),
                    Op::LoadNameOrFree => call!(op_load_name_or_free),
                    Op::SetupAnnotations => call!(op_setup_annotations),
                    Op::DeleteAttr => call!(op_delete_attr),
                    Op::LoadSuperMethod | Op::LoadSuperAttr => call!(op_load_super),
                    Op::DeleteItem => call!(op_delete_item),
                    Op::In | Op::NotIn => call!(op_contains),
                    Op::TestIn => call!(op_test_contains),
                    Op::ForPrepare => call!(op_for_prepare),
                    Op::GetIter => call!(op_get_iter),
                    Op::BuildSlice => call!(op_build_slice),
                    Op::BuildTuple => call!(op_build_tuple),
                    Op::BuildList => call!(op_build_list),
                    Op::BuildSet => call!(op_build_set),
                    Op::BuildDict => call!(op_build_dict),
                    Op::BuildString => call!(op_build_string),
                    Op::ListAppend => call!(op_list_append),
                    Op::ListExtend => call!(op_list_extend),
                    Op::ListToTuple => call!(op_list_to_tuple),
                    Op::SetAdd => call!(op_set_add),
                    Op::SetUpdate => call!(op_set_update),
                    Op::DictSet => call!(op_dict_set),
                    Op::DictUpdate | Op::DictMerge => call!(op_dict_update),
                    Op::Format => call!(op_format),
                    Op::UnpackSequence => call!(op_unpack_sequence),
                    Op::UnpackStar => call!(op_unpack_star),
                    Op::MakeFunction => call!(op_make_function),
                    Op::LoadBuildClass => call!(op_load_build_class),
                    Op::CallSpread => call!(op_call_spread),
                    Op::Raise => call!(op_raise),
                    Op::RaiseAgain => call!(op_raise_again),
                    Op::Reraise => call!(op_reraise),
                    Op::EnterHandler => call!(op_enter_handler),
                    Op::LeaveHandler => call!(op_leave_handler),
                    Op::MatchException => call!(op_match_exception),
                    Op::MatchExceptionGroup => call!(op_match_exception_group),
                    Op::ReraiseStar => call!(op_reraise_star),
                    Op::WithSetup => call!(op_with_setup),
                    Op::ExceptionInfo => call!(op_exception_info),
                    Op::LoadAssertionError => call!(op_load_assertion_error),
                    Op::Import => call!(op_import),
                    Op::ImportFrom => call!(op_import_from),
                    Op::ImportStar => call!(op_import_star),
                    Op::Send => call!(op_send),
                    Op::GetYieldFromIter => call!(op_get_yield_from_iter),
                    Op::GetAwaitable => call!(op_get_awaitable),
                    Op::GetAIter => call!(op_get_aiter),
                    Op::GetANext => call!(op_get_anext),
                    Op::EndAsyncFor => call!(op_end_async_for),
                    Op::MatchSequence | Op::MatchMapping => call!(op_match_shape),
                    Op::GetLen => call!(op_get_len),
                    Op::MatchKeys => call!(op_match_keys),
                    Op::MatchClass => call!(op_match_class),
                    Op::MatchRest => call!(op_match_rest),
                    Op::TupleItem => call!(op_tuple_item),
                }
            }
        }
    }

    /// Whether one more call is within the limits.
    #[inline(always)]
    pub(super) fn may_go_deeper(&self) -> bool {
        self.stack.frames.has_room()
    }

    /// Says to the stack what limit of recursion and native calls leave to frames. The host's own call is not counted.
    #[inline(always)]
    pub(crate) fn limit_frames(&mut self) {
        self.stack.frames.allow(self.config.recursion_limit.saturating_add(1).saturating_sub(self.native_depth));
    }

    /// Whether neither the machine nor the generator is in an exception's handler, which would change places as it is resumed.
    #[inline(always)]
    fn is_handling_nothing(&self, generator: &Generator) -> bool {
        self.handled.is_empty() && generator.handled.is_empty()
    }

    /// Drops what may be the last reference to an object, and runs the finalizers that this asks for.
    #[inline(never)]
    fn drop_slowly(&mut self, value: Value) {
        drop(value);
        if self.pending.get() {
            self.run_pending();
        }
    }
}

/// The next integer of a loop over a range: its registers hold how many are left, the next one and the step. Emptied at the end.
///
/// # Safety
/// The three registers from `loops` on are those of such a loop.
#[inline(always)]
unsafe fn next_of_range(loops: *mut Value) -> Option<Value> {
    const ZERO: Value = Value::from_shifted(0);
    const MINUS_ONE: Value = Value::from_shifted(-1 << 16);
    // SAFETY: by the caller's word. Integers need no drop.
    unsafe {
        if (*loops).is(&ZERO) {
            loops.write(Value::EMPTY);
            return None;
        }
        loops.write(Value::wrapping_sum(&*loops, &MINUS_ONE));
        let next = (*loops.add(1)).clone();
        // What follows the last one may be anything.
        loops.add(1).write(Value::wrapping_sum(&next, &*loops.add(2)));
        Some(next)
    }
}

/// The next item of a loop over a list or a tuple: its registers hold the container and the next index. Nothing at the end, or if
/// it is a loop over something else.
///
/// # Safety
/// The registers from `loops` on are those of a loop.
#[inline(always)]
unsafe fn next_of_sequence(loops: *mut Value) -> Option<Value> {
    // SAFETY: by the caller's word; nothing else writes to the list meanwhile.
    unsafe {
        let items: &[Value] = match (*loops).downcast::<List>() {
            Some(list) => &*list.items.as_ptr(),
            None => &(*loops).downcast::<Tuple>()?.items,
        };
        const ONE: Value = Value::from_shifted(1 << 16);
        let index = (*loops.add(1)).shifted() >> 16;
        let item = items.get(index as usize)?.clone();
        loops.add(1).write(Value::wrapping_sum(&*loops.add(1), &ONE));
        Some(item)
    }
}

#[inline(always)]
fn floor_div(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let quotient = a / b;
    Value::small_int(if (a % b != 0) && ((a < 0) != (b < 0)) { quotient - 1 } else { quotient })
}

#[inline(always)]
fn floor_mod(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let rest = a % b;
    Value::small_int(if rest != 0 && ((rest < 0) != (b < 0)) { rest + b } else { rest })
}

#[inline(always)]
fn shift_left(a: i64, b: i64) -> Option<Value> {
    if (0..16).contains(&b) && a.unsigned_abs() < 1 << 31 { Value::small_int(a << b) } else { None }
}

#[inline(always)]
fn shift_right(a: i64, b: i64) -> Option<Value> {
    if b >= 0 { Value::small_int(a >> b.min(63)) } else { None }
}
