//! Bytes that more than one object looks at: what memory views, arrays and `struct` share.
//!
//! An object with a buffer is a `bytes`, a `bytearray`, an array or a view of one of these. Nothing here is lent for longer than
//! a call: a view that its owner has outgrown shows what is left.

use linger_heap::{Edge, Value};

use super::bytes_type::{Octets, octets_of};
use crate::objects::{ByteArray, Bytes, NativeData, NativeObject};
use crate::pure::pack::{self, Kind};
use crate::vm::{Result, Vm};

/// The body of an `array.array`.
pub(crate) struct ArrayBody {
    /// The letter of its items.
    pub letter: char,
    /// Bytes of an item.
    pub size: usize,
    /// The items.
    pub bytes: Vec<u8>,
}

impl NativeData for ArrayBody {
    fn take_buffers(&mut self) -> Option<Box<dyn Send>> {
        Some(Box::new(std::mem::take(&mut self.bytes)))
    }
    fn heap_bytes(&self) -> usize {
        size_of::<ArrayBody>() + self.bytes.capacity()
    }
    fn len(&self) -> Option<usize> {
        Some(self.bytes.len() / self.size)
    }
}

/// The body of a `memoryview`.
#[derive(Clone)]
pub(crate) struct View {
    /// Whose bytes it shows; empty once it has been released.
    pub owner: Value,
    /// The byte at which its first item starts.
    pub start: usize,
    /// Bytes from one item to the next.
    pub step: isize,
    /// How many items it shows.
    pub len: usize,
    /// The letter of its items.
    pub letter: char,
    /// Bytes of an item.
    pub size: usize,
    /// Whether it may be written to.
    pub readonly: bool,
    /// Keeps the owner from changing its length.
    pub hold: Option<std::rc::Rc<()>>,
}

impl NativeData for View {
    fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit(Edge::Part("obj"), &self.owner);
    }
    fn take_references(&mut self) -> Vec<Value> {
        self.hold = None;
        vec![std::mem::take(&mut self.owner)]
    }
    fn heap_bytes(&self) -> usize {
        size_of::<View>()
    }
    fn len(&self) -> Option<usize> {
        (!self.owner.is_empty()).then_some(self.len)
    }
}

impl View {
    /// A view of all that an object has; none for what has no buffer.
    pub fn of(vm: &Vm, value: &Value) -> Option<View> {
        let whole = |owner: Value, len: usize, letter: char, size: usize, readonly: bool| View {
            owner,
            start: 0,
            step: size as isize,
            len,
            letter,
            size,
            readonly,
            hold: None,
        };
        if let Some(view) = body::<View, View>(value, |view| view.clone()) {
            return Some(view);
        }
        if let Some((letter, size, len)) =
            body(value, |array: &mut ArrayBody| (array.letter, array.size, array.bytes.len() / array.size))
        {
            return Some(whole(value.clone(), len, letter, size, false));
        }
        if let Some(bytes) = vm.native::<Bytes>(value) {
            return Some(whole(value.clone(), bytes.0.len(), 'B', 1, true));
        }
        let bytes = vm.native::<ByteArray>(value)?;
        let view = whole(value.clone(), bytes.0.borrow().len(), 'B', 1, false);
        Some(View { hold: Some(bytes.hold()), ..view })
    }

    /// Whether its items lie side by side.
    pub fn is_contiguous(&self) -> bool {
        self.step == self.size as isize || self.len <= 1
    }

    /// Where an item starts.
    pub fn place(&self, index: usize) -> usize {
        (self.start as isize + index as isize * self.step) as usize
    }

    /// All of its bytes, item after item.
    pub fn bytes(&self, vm: &Vm) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len * self.size);
        read(vm, &self.owner, |bytes| {
            for index in 0..self.len {
                let place = self.place(index);
                out.extend_from_slice(bytes.get(place..place + self.size).unwrap_or_default());
            }
        });
        out
    }

    /// Writes bytes over its items.
    pub fn write(&self, vm: &Vm, from: &[u8]) {
        write(vm, &self.owner, |bytes| {
            for (index, item) in from.chunks_exact(self.size).enumerate().take(self.len) {
                let place = self.place(index);
                if let Some(target) = bytes.get_mut(place..place + self.size) {
                    target.copy_from_slice(item);
                }
            }
        });
    }
}

/// Runs `act` on the body of a native object of the kind, if a value is one.
pub(crate) fn body<T: NativeData, R>(value: &Value, act: impl FnOnce(&mut T) -> R) -> Option<R> {
    let value = super::dunders::plain(value);
    value.downcast::<NativeObject>()?.with(act)
}

/// Lends the bytes of an object that owns some; `act` must not run a script.
pub(crate) fn read<R>(vm: &Vm, owner: &Value, act: impl FnOnce(&[u8]) -> R) -> R {
    if let Some(bytes) = vm.native::<Bytes>(owner) {
        return act(&bytes.0);
    }
    if let Some(bytes) = vm.native::<ByteArray>(owner) {
        return act(&bytes.0.borrow());
    }
    let taken = body(owner, |array: &mut ArrayBody| std::mem::take(&mut array.bytes));
    let bytes = taken.unwrap_or_default();
    let result = act(&bytes);
    body(owner, |array: &mut ArrayBody| array.bytes = bytes);
    result
}

/// Lends the bytes of an object that may be written to.
pub(crate) fn write(vm: &Vm, owner: &Value, act: impl FnOnce(&mut [u8])) {
    if let Some(bytes) = vm.native::<ByteArray>(owner) {
        return act(&mut bytes.0.borrow_mut());
    }
    body(owner, |array: &mut ArrayBody| act(&mut array.bytes));
}

/// The bytes of a view or an array, which are no `bytes`.
pub(crate) fn foreign_bytes(vm: &Vm, value: &Value) -> Option<Vec<u8>> {
    if value.is_kind::<Bytes>() || value.is_kind::<ByteArray>() || !value.is_object() {
        return None;
    }
    body::<View, View>(value, |view| view.clone())
        .map(|view| view.bytes(vm))
        .or_else(|| body(value, |array: &mut ArrayBody| array.bytes.clone()))
}

/// An error if a value is a view that was released.
pub(crate) fn check_not_released(vm: &mut Vm, value: &Value) -> Result<()> {
    match body::<View, bool>(value, |view| view.owner.is_empty()) {
        Some(true) => Err(vm.value_error("operation forbidden on released memoryview object")),
        _ => Ok(()),
    }
}

/// A copy of the bytes of any object with a buffer.
pub(crate) fn buffer_bytes(vm: &mut Vm, value: &Value) -> Result<Vec<u8>> {
    check_not_released(vm, value)?;
    match octets_of(vm, value) {
        Some(octets) => Ok(octets.to_vec()),
        None => {
            let found = vm.type_name(value);
            Err(vm.type_error(format!("a bytes-like object is required, not '{found}'")))
        }
    }
}

/// The value of an item.
pub(crate) fn unpacked(vm: &mut Vm, kind: Kind, bytes: &[u8], little: bool) -> Value {
    match kind {
        Kind::Pad => Value::NONE,
        Kind::Char | Kind::Bytes => vm.bytes(bytes.to_vec()),
        Kind::Pascal => {
            let len = bytes.first().map_or(0, |len| usize::from(*len)).min(bytes.len().saturating_sub(1));
            vm.bytes(bytes.get(1..1 + len).unwrap_or_default().to_vec())
        }
        Kind::Bool => Value::bool(bytes.iter().any(|byte| *byte != 0)),
        Kind::Float => Value::float(pack::read_float(bytes, little)),
        Kind::Int { signed } => {
            let number = pack::read_int(bytes, signed, little);
            match i64::try_from(number) {
                Ok(number) => vm.int(number),
                Err(_) => vm.big(number.into()),
            }
        }
    }
}

/// Why a value is none of the items of a format.
pub(crate) enum Misfit {
    /// It is of another type.
    Type,
    /// It is too large or too small.
    Range,
}

/// Writes a value as an item; an error that is not about the value itself (of a script's `__index__`) comes out as it is.
pub(crate) fn pack_into(
    vm: &mut Vm,
    kind: Kind,
    value: &Value,
    bytes: &mut [u8],
    little: bool,
) -> Result<std::result::Result<(), Misfit>> {
    Ok(match kind {
        Kind::Int { signed } => {
            if !vm.is_int(value) && vm.special(value, crate::objects::Special::Index).is_none() {
                return Ok(Err(Misfit::Type));
            }
            let number = vm.index(value)?;
            let number = vm.to_bigint(&number).unwrap_or_default();
            if pack::write_int(&number, bytes, signed, little) { Ok(()) } else { Err(Misfit::Range) }
        }
        Kind::Float => match vm.to_f64(value) {
            Ok(number) => {
                if pack::write_float(number, bytes, little) {
                    Ok(())
                } else {
                    Err(Misfit::Range)
                }
            }
            Err(_) => Err(Misfit::Type),
        },
        Kind::Bool => {
            let truth = vm.truth(value)?;
            bytes.fill(u8::from(truth));
            Ok(())
        }
        Kind::Char => match octets_of(vm, value) {
            Some(octets) if octets.len() == 1 => {
                octets.read(|from| bytes.copy_from_slice(from));
                Ok(())
            }
            _ => Err(Misfit::Type),
        },
        Kind::Bytes | Kind::Pascal | Kind::Pad => {
            let Some(octets) = octets_of(vm, value) else { return Ok(Err(Misfit::Type)) };
            let from = octets.to_vec();
            let len = from.len().min(bytes.len().saturating_sub(usize::from(kind == Kind::Pascal)));
            if kind != Kind::Pascal {
                bytes[..len].copy_from_slice(&from[..len]);
            } else if let Some((length, rest)) = bytes.split_first_mut() {
                rest[..len].copy_from_slice(&from[..len]);
                *length = len.min(255) as u8;
            }
            Ok(())
        }
    })
}

/// The letter's kind in the machine's own order, of views and arrays.
pub(crate) fn native_kind(letter: char) -> Kind {
    pack::letter(letter, true).map_or(Kind::Int { signed: false }, |(kind, _)| kind)
}

impl Octets {
    /// The bytes of a view or an array as others read them: a copy.
    pub fn copied(vm: &Vm, value: &Value) -> Option<Octets> {
        foreign_bytes(vm, value).map(Octets::Copied)
    }
}
