//! The special methods of `int` and `float` that scripts call by name (`int.__add__(a, b)`, `super().__mul__(2)`).
//!
//! They work on the number inside of a subclass's instance: asking the instance again would find the method that called.

use linger_heap::Value;
use num_traits::Signed;

use super::checks::special_takes;
use crate::objects::Args;
use crate::vm::{BinaryOp, CompareOp, Result, UnaryOp, Vm};

/// The number that a value is or has inside; for the methods of `int` a float is none.
fn number(vm: &Vm, value: &Value, with_floats: bool) -> Option<Value> {
    let inner = vm.inner_value(value);
    (vm.is_int(&inner) || (with_floats && inner.is_float())).then_some(inner)
}

/// The receiver and the other operand, if both are numbers.
fn operands(vm: &mut Vm, args: &Args<'_>, method: Method) -> Result<Option<(Value, Value)>> {
    let other = &special_takes(vm, args, 1)?[0];
    let own = receiver(vm, args, method)?;
    Ok(number(vm, other, method.with_floats()).map(|other| (own, other)))
}

/// A method by the name of its function here: `int_add` is `int.__add__`.
#[derive(Clone, Copy)]
struct Method(&'static str);

impl Method {
    fn with_floats(self) -> bool {
        self.0.starts_with("float")
    }
}

fn receiver(vm: &mut Vm, args: &Args<'_>, method: Method) -> Result<Value> {
    if let Some(own) = args.values.first().and_then(|value| number(vm, value, method.with_floats())) {
        return Ok(own);
    }
    let (owner, name) = method.0.split_once('_').unwrap_or_default();
    let found = args.values.first().map(|value| vm.type_name(value));
    Err(vm.type_error(match found {
        Some(found) => format!("descriptor '__{name}__' requires a '{owner}' object but received a '{found}'"),
        None => format!("descriptor '__{name}__' of '{owner}' object needs an argument"),
    }))
}

fn binary(vm: &mut Vm, args: &Args<'_>, op: BinaryOp, method: Method, is_reflected: bool) -> Result<Value> {
    match operands(vm, args, method)? {
        None => Ok(Value::NOT_IMPLEMENTED),
        Some((own, other)) if is_reflected => vm.binary(op, &other, &own),
        Some((own, other)) => vm.binary(op, &own, &other),
    }
}

macro_rules! binary {
    ($($forward:ident, $backward:ident = $op:ident;)*) => {$(
        pub(super) fn $forward(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            binary(vm, &args, BinaryOp::$op, Method(stringify!($forward)), false)
        }
        pub(super) fn $backward(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            binary(vm, &args, BinaryOp::$op, Method(stringify!($backward)), true)
        }
    )*};
}

binary! {
    int_add, int_radd = Add;
    int_sub, int_rsub = Sub;
    int_mul, int_rmul = Mul;
    int_truediv, int_rtruediv = Div;
    int_floordiv, int_rfloordiv = FloorDiv;
    int_mod, int_rmod = Mod;
    int_lshift, int_rlshift = LShift;
    int_rshift, int_rrshift = RShift;
    int_and, int_rand = And;
    int_or, int_ror = Or;
    int_xor, int_rxor = Xor;
}

binary! {
    float_add, float_radd = Add;
    float_sub, float_rsub = Sub;
    float_mul, float_rmul = Mul;
    float_truediv, float_rtruediv = Div;
    float_floordiv, float_rfloordiv = FloorDiv;
    float_mod, float_rmod = Mod;
}

macro_rules! comparisons {
    ($($name:ident = $op:ident;)*) => {$(
        pub(super) fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            match operands(vm, &args, Method(stringify!($name)))? {
                Some((own, other)) => vm.compare(CompareOp::$op, &own, &other),
                None => Ok(Value::NOT_IMPLEMENTED),
            }
        }
    )*};
}

comparisons! { int_eq = Eq; int_ne = Ne; int_lt = Lt; int_le = Le; int_gt = Gt; int_ge = Ge; }
comparisons! { float_eq = Eq; float_ne = Ne; float_lt = Lt; float_le = Le; float_gt = Gt; float_ge = Ge; }

macro_rules! unary {
    ($($name:ident = $op:ident;)*) => {$(
        pub(super) fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            special_takes(vm, &args, 0)?;
            let own = receiver(vm, &args, Method(stringify!($name)))?;
            vm.unary(UnaryOp::$op, &own)
        }
    )*};
}

unary! { int_neg = Neg; int_pos = Pos; int_invert = Invert; }
unary! { float_neg = Neg; float_pos = Pos; }

fn divmod(vm: &mut Vm, args: &Args<'_>, method: Method, is_reflected: bool) -> Result<Value> {
    let Some((own, other)) = operands(vm, args, method)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let (a, b) = if is_reflected { (other, own) } else { (own, other) };
    if method.with_floats() && !vm.truth(&b)? {
        return Err(vm.zero_division_error("float divmod()"));
    }
    let quotient = vm.binary(BinaryOp::FloorDiv, &a, &b)?;
    let rest = vm.binary(BinaryOp::Mod, &a, &b)?;
    Ok(vm.tuple(vec![quotient, rest]))
}

pub(super) fn int_divmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    divmod(vm, &args, Method("int_divmod"), false)
}

pub(super) fn int_rdivmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    divmod(vm, &args, Method("int_rdivmod"), true)
}

pub(super) fn float_divmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    divmod(vm, &args, Method("float_divmod"), false)
}

pub(super) fn float_rdivmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    divmod(vm, &args, Method("float_rdivmod"), true)
}

/// The power; a modulus is for the builtin `pow`, which goes there with plain numbers.
fn power(vm: &mut Vm, args: &Args<'_>, method: Method, is_reflected: bool) -> Result<Value> {
    let values = &args.values[1.min(args.values.len())..];
    if let [other, modulus] = values
        && !modulus.is_none()
    {
        let own = receiver(vm, args, method)?;
        let numbers = (number(vm, other, false), number(vm, modulus, false));
        let (Some(other), Some(modulus), false) = (numbers.0, numbers.1, method.with_floats()) else {
            return if method.with_floats() {
                Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"))
            } else {
                Ok(Value::NOT_IMPLEMENTED)
            };
        };
        let builtins = vm.builtins.clone();
        let pow = vm.dict_get_str(&builtins, "pow").unwrap_or_default();
        return vm.call(&pow, &[own, other, modulus]);
    }
    let shortened = Args { values: &args.values[..2.min(args.values.len())], names: args.names };
    binary(vm, &shortened, BinaryOp::Pow, method, is_reflected)
}

pub(super) fn int_pow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    power(vm, &args, Method("int_pow"), false)
}

pub(super) fn int_rpow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    power(vm, &args, Method("int_rpow"), true)
}

pub(super) fn float_pow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    power(vm, &args, Method("float_pow"), false)
}

pub(super) fn float_rpow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    power(vm, &args, Method("float_rpow"), true)
}

pub(super) fn int_abs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = receiver(vm, &args, Method("int_abs"))?;
    let size = vm.to_bigint(&own).unwrap_or_default().abs();
    Ok(vm.big(size))
}

pub(super) fn float_abs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = receiver(vm, &args, Method("float_abs"))?;
    vm.to_f64(&own).map(|own| Value::float(own.abs()))
}

pub(super) fn bool_of(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = receiver(vm, &args, Method("float_bool"))?;
    Ok(Value::bool(vm.truth(&own)?))
}

pub(super) fn hash_of(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    let own = receiver(vm, &args, Method("float_hash"))?;
    let hash = vm.hash(&own)?;
    Ok(vm.int(hash as i64))
}
