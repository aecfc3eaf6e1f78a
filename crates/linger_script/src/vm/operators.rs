//! Arithmetic and the other operators of two values or one.

use linger_heap::Value;
use num_bigint::BigInt as Big;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::compare::Number;
use super::{Result, Vm};
use crate::bytecode::Op;
use crate::objects::*;
use crate::pure::float_num;

/// An operator of two values. The order is that of the instructions from [`Op::Add`] on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the operator of the name")]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

const OPS: [BinaryOp; 13] = [
    BinaryOp::Add,
    BinaryOp::Sub,
    BinaryOp::Mul,
    BinaryOp::Div,
    BinaryOp::FloorDiv,
    BinaryOp::Mod,
    BinaryOp::Pow,
    BinaryOp::MatMul,
    BinaryOp::LShift,
    BinaryOp::RShift,
    BinaryOp::And,
    BinaryOp::Or,
    BinaryOp::Xor,
];

impl BinaryOp {
    /// The operator of an instruction with two registers.
    pub(crate) fn of(op: Op) -> BinaryOp {
        OPS[op as usize - Op::Add as usize]
    }

    /// The operator of an instruction with a constant on the right, if it is one.
    pub(crate) fn of_constant(op: Op) -> Option<BinaryOp> {
        Some(match op {
            Op::AddK => BinaryOp::Add,
            Op::SubK => BinaryOp::Sub,
            Op::MulK => BinaryOp::Mul,
            Op::DivK => BinaryOp::Div,
            Op::FloorDivK => BinaryOp::FloorDiv,
            Op::ModK => BinaryOp::Mod,
            Op::PowK => BinaryOp::Pow,
            Op::LShiftK => BinaryOp::LShift,
            Op::RShiftK => BinaryOp::RShift,
            Op::AndK => BinaryOp::And,
            Op::OrK => BinaryOp::Or,
            Op::XorK => BinaryOp::Xor,
            _ => return None,
        })
    }

    /// The operator as a script writes it.
    pub fn symbol(self) -> &'static str {
        ["+", "-", "*", "/", "//", "%", "** or pow()", "@", "<<", ">>", "&", "|", "^"][self as usize]
    }

    fn in_place_symbol(self) -> &'static str {
        ["+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "<<=", ">>=", "&=", "|=", "^="][self as usize]
    }

    /// The methods: on the left operand, on the right operand, in place.
    pub(crate) fn specials(self) -> (Special, Special, Special) {
        use Special::*;
        match self {
            BinaryOp::Add => (Add, RAdd, IAdd),
            BinaryOp::Sub => (Sub, RSub, ISub),
            BinaryOp::Mul => (Mul, RMul, IMul),
            BinaryOp::Div => (TrueDiv, RTrueDiv, ITrueDiv),
            BinaryOp::FloorDiv => (FloorDiv, RFloorDiv, IFloorDiv),
            BinaryOp::Mod => (Mod, RMod, IMod),
            BinaryOp::Pow => (Pow, RPow, IPow),
            BinaryOp::MatMul => (MatMul, RMatMul, IMatMul),
            BinaryOp::LShift => (LShift, RLShift, ILShift),
            BinaryOp::RShift => (RShift, RRShift, IRShift),
            BinaryOp::And => (And, RAnd, IAnd),
            BinaryOp::Or => (Or, ROr, IOr),
            BinaryOp::Xor => (Xor, RXor, IXor),
        }
    }
}

/// An operator of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
}

impl Vm {
    /// `a op b`
    pub fn binary(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Value> {
        self.binary_with(op, a, b, false)
    }

    /// `a op= b`: the new value of `a`.
    pub fn binary_in_place(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Value> {
        self.binary_with(op, a, b, true)
    }

    #[inline(never)]
    pub(crate) fn binary_with(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Value> {
        let scripted = self.has_script_class(a) || self.has_script_class(b);
        let result =
            if scripted { self.binary_scripted(op, a, b, in_place)? } else { self.binary_native(op, a, b, in_place)? };
        match result {
            Some(result) => Ok(result),
            None => {
                let symbol = if in_place { op.in_place_symbol() } else { op.symbol() };
                Err(self.type_error(format!(
                    "unsupported operand type(s) for {symbol}: '{}' and '{}'",
                    self.type_name(a),
                    self.type_name(b)
                )))
            }
        }
    }

    fn try_method(&mut self, receiver: &Value, special: Special, other: &Value) -> Result<Option<Value>> {
        let Some(method) = self.special(receiver, special) else { return Ok(None) };
        // A method of the runtime would come back here: the native operation is done directly.
        if method.is_kind::<Native>() && receiver.is_kind::<Instance>() {
            return Ok(None);
        }
        if !self.has_script_class(receiver) {
            return Ok(None);
        }
        let result = self.call(&method, &[receiver.clone(), other.clone()])?;
        Ok(if result.is(&Value::NOT_IMPLEMENTED) { None } else { Some(result) })
    }

    fn binary_scripted(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        let (forward, reflected, assign) = op.specials();
        if in_place && let Some(result) = self.try_method(a, assign, b)? {
            return Ok(Some(result));
        }
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let different = !class_a.is(&class_b);
        let mut tried = false;
        if different && class_b.is_subclass_of(&class_a) {
            // The subclass goes first if it has a method of its own.
            let (mine, theirs) = (self.special(b, reflected), self.special(a, reflected));
            let overrides = match (&mine, &theirs) {
                (Some(mine), Some(theirs)) => !mine.is(theirs),
                (Some(_), None) => true,
                _ => false,
            };
            if overrides {
                tried = true;
                if let Some(result) = self.try_method(b, reflected, a)? {
                    return Ok(Some(result));
                }
            }
        }
        if let Some(result) = self.try_method(a, forward, b)? {
            return Ok(Some(result));
        }
        // `%` of a text takes anything on its right.
        if op == BinaryOp::Mod && (a.is_kind::<Str>() || a.is_kind::<Bytes>() || a.is_kind::<ByteArray>()) {
            return self.percent_format(a, b).map(Some);
        }
        let inside = |value: &Value| value.downcast::<Instance>().and_then(Instance::payload);
        let (inner_a, inner_b) = (inside(a), inside(b));
        if inner_a.is_some() || inner_b.is_some() {
            let plain = |value: &Value| value.is_kind::<Instance>() || value.is_kind::<ExceptionData>();
            let (left, right) = (inner_a.as_ref().unwrap_or(a), inner_b.as_ref().unwrap_or(b));
            if !plain(left) && !plain(right) {
                let has_own_reflected =
                    different && self.special(b, reflected).is_some_and(|method| !method.is_kind::<Native>());
                if !(has_own_reflected && !tried)
                    && let Some(result) = self.binary_native(op, left, right, in_place)?
                {
                    // `x += y` of an instance of a list changes it and stays itself.
                    let same = inner_a.as_ref().is_some_and(|inner| result.is(inner));
                    return Ok(Some(if same && in_place { a.clone() } else { result }));
                }
            }
        }
        if different
            && !tried
            && let Some(result) = self.try_method(b, reflected, a)?
        {
            return Ok(Some(result));
        }
        // A builtin left operand may still take what the other side did not: `[0] * index_like`.
        if self.has_script_class(a) { Ok(None) } else { self.binary_native(op, a, b, in_place) }
    }

    fn binary_native(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        if let (Some(x), Some(y)) = (self.number(a), self.number(b)) {
            if let (Some(x), Some(y)) = (a.as_bool(), b.as_bool()) {
                match op {
                    BinaryOp::And => return Ok(Some(Value::bool(x & y))),
                    BinaryOp::Or => return Ok(Some(Value::bool(x | y))),
                    BinaryOp::Xor => return Ok(Some(Value::bool(x ^ y))),
                    _ => {}
                }
            }
            return self.arithmetic(op, x, y);
        }
        match op {
            BinaryOp::Add => self.concatenate(a, b, in_place),
            BinaryOp::Mul => {
                if self.is_sequence_kind(a) && self.may_index(b) {
                    let count = self.index_i64(b)?;
                    return self.repeat(a, count, in_place);
                }
                if self.is_sequence_kind(b) && self.may_index(a) {
                    let count = self.index_i64(a)?;
                    return self.repeat(b, count, false);
                }
                if self.is_sequence_kind(a) || self.is_sequence_kind(b) {
                    let other = if self.is_sequence_kind(a) { b } else { a };
                    return Err(self.type_error(format!(
                        "can't multiply sequence by non-int of type '{}'",
                        self.type_name(other)
                    )));
                }
                Ok(None)
            }
            BinaryOp::Mod if a.is_kind::<Str>() || a.is_kind::<Bytes>() || a.is_kind::<ByteArray>() => {
                self.percent_format(a, b).map(Some)
            }
            BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor => {
                if let Some(result) = crate::builtins::set_operator(self, op, a, b, in_place)? {
                    return Ok(Some(result));
                }
                if op == BinaryOp::Or
                    && in_place
                    && let Some(left) = a.to_ref::<Dict>()
                {
                    // Like `update`, this takes anything that a dict can be made of.
                    crate::builtins::merge_mapping(self, &left, b)?;
                    return Ok(Some(a.clone()));
                }
                if op == BinaryOp::Or
                    && let (Some(left), Some(right)) = (a.to_ref::<Dict>(), b.to_ref::<Dict>())
                {
                    let into = self.dict_copy(&left);
                    self.dict_update(&into, &right)?;
                    return Ok(Some(into.into_value()));
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    fn may_index(&mut self, value: &Value) -> bool {
        self.is_int(value) || self.special(value, Special::Index).is_some()
    }

    fn is_sequence_kind(&self, value: &Value) -> bool {
        value.is_kind::<List>()
            || value.is_kind::<Tuple>()
            || value.is_kind::<Str>()
            || value.is_kind::<Bytes>()
            || value.is_kind::<ByteArray>()
    }

    fn arithmetic(&mut self, op: BinaryOp, a: Number, b: Number) -> Result<Option<Value>> {
        match (a, b) {
            (Number::Int(a), Number::Int(b)) => self.int_arithmetic(op, a, b).map(Some),
            (Number::Float(a), Number::Float(b)) => self.float_arithmetic(op, a, b),
            (Number::Float(a), b) => {
                let b = self.number_to_f64(&b)?;
                self.float_arithmetic(op, a, b)
            }
            (a, Number::Float(b)) => {
                let a = self.number_to_f64(&a)?;
                self.float_arithmetic(op, a, b)
            }
            (a, b) => self.big_arithmetic(op, &a.to_big(), &b.to_big()).map(Some),
        }
    }

    fn number_to_f64(&self, number: &Number) -> Result<f64> {
        match number {
            Number::Int(int) => Ok(*int as f64),
            Number::Float(float) => Ok(*float),
            Number::Big(big) => {
                float_num::bigint_to_f64(big).ok_or_else(|| self.overflow_error("int too large to convert to float"))
            }
        }
    }

    fn int_arithmetic(&mut self, op: BinaryOp, a: i64, b: i64) -> Result<Value> {
        let small = match op {
            BinaryOp::Add => a.checked_add(b),
            BinaryOp::Sub => a.checked_sub(b),
            BinaryOp::Mul => a.checked_mul(b),
            BinaryOp::FloorDiv if b == 0 => {
                return Err(self.zero_division_error("integer division or modulo by zero"));
            }
            BinaryOp::Mod if b == 0 => return Err(self.zero_division_error("integer modulo by zero")),
            BinaryOp::FloorDiv => a.checked_rem(b).map(|_| Integer::div_floor(&a, &b)),
            BinaryOp::Mod => a.checked_rem(b).map(|_| a.mod_floor(&b)),
            BinaryOp::Div => {
                if b == 0 {
                    return Err(self.zero_division_error("division by zero"));
                }
                // Exact in 53 bits each, so the quotient is rounded once.
                if a.unsigned_abs() < 1 << 53 && b.unsigned_abs() < 1 << 53 {
                    return Ok(Value::float(a as f64 / b as f64));
                }
                None
            }
            BinaryOp::And => Some(a & b),
            BinaryOp::Or => Some(a | b),
            BinaryOp::Xor => Some(a ^ b),
            BinaryOp::LShift if (0..48).contains(&b) && a.unsigned_abs() < 1 << 15 => Some(a << b),
            BinaryOp::RShift if b >= 0 => Some(a >> b.min(63)),
            BinaryOp::Pow if b >= 0 => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
            _ => None,
        };
        match small {
            Some(result) => Ok(self.int(result)),
            None => self.big_arithmetic(op, &a.into(), &b.into()),
        }
    }

    fn big_arithmetic(&mut self, op: BinaryOp, a: &Big, b: &Big) -> Result<Value> {
        let result = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => {
                self.check_memory((a.bits() + b.bits()) as usize / 8)?;
                a * b
            }
            BinaryOp::FloorDiv if b.is_zero() => {
                return Err(self.zero_division_error("integer division or modulo by zero"));
            }
            BinaryOp::Mod if b.is_zero() => return Err(self.zero_division_error("integer modulo by zero")),
            BinaryOp::FloorDiv => a.div_floor(b),
            BinaryOp::Mod => a.mod_floor(b),
            BinaryOp::Div => {
                return match float_num::true_divide(a, b) {
                    Ok(quotient) => Ok(Value::float(quotient)),
                    Err(error) => Err(self.pure_error(error)),
                };
            }
            BinaryOp::And => a & b,
            BinaryOp::Or => a | b,
            BinaryOp::Xor => a ^ b,
            BinaryOp::LShift | BinaryOp::RShift => {
                if b.is_negative() {
                    return Err(self.value_error("negative shift count"));
                }
                let Some(count) = b.to_u32() else {
                    if op == BinaryOp::RShift || a.is_zero() {
                        return Ok(self.int(if a.is_negative() && op == BinaryOp::RShift { -1 } else { 0 }));
                    }
                    return Err(self.overflow_error("too many digits in integer"));
                };
                if op == BinaryOp::LShift {
                    self.check_memory(count as usize / 8)?;
                    a << count
                } else {
                    a >> count
                }
            }
            BinaryOp::Pow => return self.big_power(a, b),
            BinaryOp::MatMul => return Err(self.unsupported_matmul()),
        };
        Ok(self.big(result))
    }

    fn unsupported_matmul(&self) -> super::Raise {
        self.type_error("unsupported operand type(s) for @: 'int' and 'int'")
    }

    fn big_power(&mut self, base: &Big, exponent: &Big) -> Result<Value> {
        if exponent.is_negative() {
            let base = self.number_to_f64(&Number::Big(base.clone()))?;
            let exponent = self.number_to_f64(&Number::Big(exponent.clone()))?;
            if base == 0.0 {
                return Err(self.zero_division_error("0.0 cannot be raised to a negative power"));
            }
            return Ok(Value::float(base.powf(exponent)));
        }
        let unit = base.abs() <= Big::from(1);
        let Some(exponent) = exponent.to_u32() else {
            if unit {
                let odd = exponent.is_odd();
                let result = if base.is_zero() || !base.is_negative() || odd { base.clone() } else { -base };
                return Ok(self.big(result));
            }
            return Err(self.memory_error(""));
        };
        self.check_memory((base.bits() as usize).saturating_mul(exponent as usize) / 8)?;
        Ok(self.big(base.pow(exponent)))
    }

    fn float_arithmetic(&mut self, op: BinaryOp, a: f64, b: f64) -> Result<Option<Value>> {
        let result = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => a * b,
            BinaryOp::Div => {
                if b == 0.0 {
                    return Err(self.zero_division_error("float division by zero"));
                }
                a / b
            }
            BinaryOp::FloorDiv => {
                if b == 0.0 {
                    return Err(self.zero_division_error("float floor division by zero"));
                }
                float_divmod(a, b).0
            }
            BinaryOp::Mod => {
                if b == 0.0 {
                    return Err(self.zero_division_error("float modulo"));
                }
                float_divmod(a, b).1
            }
            BinaryOp::Pow => return self.float_power(a, b).map(|power| Some(Value::float(power))),
            _ => return Ok(None),
        };
        Ok(Some(Value::float(result)))
    }

    pub(crate) fn float_power(&mut self, a: f64, b: f64) -> Result<f64> {
        if a == 0.0 && b < 0.0 {
            return Err(self.zero_division_error("0.0 cannot be raised to a negative power"));
        }
        if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
            return Err(self.value_error(
                "complex numbers are not supported: a negative number has no real power that is not whole",
            ));
        }
        let power = if a == 1.0 { 1.0 } else { a.powf(b) };
        if power.is_infinite() && a.is_finite() && b.is_finite() {
            return Err(self.error_with_args(
                &self.classes.overflow_error.clone(),
                vec![Value::small_int(34).unwrap_or(Value::NONE), self.str("Numerical result out of range")],
            ));
        }
        Ok(power)
    }

    /// `-a`, `+a`, `~a`
    pub fn unary(&mut self, op: UnaryOp, value: &Value) -> Result<Value> {
        let (special, symbol) = match op {
            UnaryOp::Neg => (Special::Neg, "-"),
            UnaryOp::Pos => (Special::Pos, "+"),
            UnaryOp::Invert => (Special::Invert, "~"),
        };
        if self.has_script_class(value)
            && let Some(method) = self.special(value, special)
            && !(method.is_kind::<Native>() && value.is_kind::<Instance>())
        {
            return self.call(&method, std::slice::from_ref(value));
        }
        match (self.number(value), op) {
            (Some(Number::Int(int)), UnaryOp::Neg) => match int.checked_neg() {
                Some(negated) => Ok(self.int(negated)),
                None => Ok(self.big(-Big::from(int))),
            },
            (Some(Number::Int(int)), UnaryOp::Pos) => Ok(self.int(int)),
            (Some(Number::Int(int)), UnaryOp::Invert) => Ok(self.int(!int)),
            (Some(Number::Big(big)), UnaryOp::Neg) => Ok(self.big(-big)),
            (Some(Number::Big(big)), UnaryOp::Pos) => Ok(self.big(big)),
            (Some(Number::Big(big)), UnaryOp::Invert) => Ok(self.big(-big - 1)),
            (Some(Number::Float(float)), UnaryOp::Neg) => Ok(Value::float(-float)),
            (Some(Number::Float(float)), UnaryOp::Pos) => Ok(Value::float(float)),
            _ => Err(self.type_error(format!("bad operand type for unary {symbol}: '{}'", self.type_name(value)))),
        }
    }

    // ---- sequences and sets ----

    fn concatenate(&mut self, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        if let (Some(x), Some(y)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
            if y.text.is_empty() {
                return Ok(Some(a.clone()));
            }
            if x.text.is_empty() {
                return Ok(Some(b.clone()));
            }
            self.check_memory(x.text.len() + y.text.len())?;
            let mut text = String::with_capacity(x.text.len() + y.text.len());
            text.push_str(&x.text);
            text.push_str(&y.text);
            return Ok(Some(self.str(&text)));
        }
        if let Some(list) = a.to_ref::<List>() {
            if in_place {
                let items = self.items(b)?;
                self.mutate(&list, |list| list.items.borrow_mut().extend(items));
                return Ok(Some(a.clone()));
            }
            if let Some(other) = b.downcast::<List>() {
                self.check_memory((list.items.borrow().len() + other.items.borrow().len()) * size_of::<Value>())?;
                let mut items = Vec::with_capacity(list.items.borrow().len() + other.items.borrow().len());
                items.extend_from_slice(&list.items.borrow());
                items.extend_from_slice(&other.items.borrow());
                return Ok(Some(self.list(items)));
            }
            return Err(self.type_error(format!("can only concatenate list (not \"{}\") to list", self.type_name(b))));
        }
        if let Some(x) = a.downcast::<Tuple>() {
            let Some(y) = self.native::<Tuple>(b) else {
                return Err(
                    self.type_error(format!("can only concatenate tuple (not \"{}\") to tuple", self.type_name(b)))
                );
            };
            let items: Vec<Value> = x.items.iter().chain(y.items.iter()).cloned().collect();
            return Ok(Some(self.tuple(items)));
        }
        if a.is_kind::<Str>() {
            return Err(self.type_error(format!("can only concatenate str (not \"{}\") to str", self.type_name(b))));
        }
        self.concatenate_bytes(a, b, in_place)
    }

    fn concatenate_bytes(&mut self, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        let Some(mut left) = super::bytearrays::bytes_of(a) else { return Ok(None) };
        let Some(right) = super::bytearrays::bytes_of(b) else {
            return Err(self.type_error(format!("can't concat {} to {}", self.type_name(b), self.type_name(a))));
        };
        if let Some(array) = a.to_ref::<ByteArray>() {
            if in_place {
                self.mutate(&array, |array| array.0.borrow_mut().extend_from_slice(&right));
                return Ok(Some(a.clone()));
            }
            left.extend_from_slice(&right);
            let class = self.classes.bytearray.clone();
            return Ok(Some(self.object(&class, ByteArray(left.into())).into_value()));
        }
        left.extend_from_slice(&right);
        Ok(Some(self.bytes(left)))
    }

    fn repeat(&mut self, value: &Value, count: i64, in_place: bool) -> Result<Option<Value>> {
        let count = usize::try_from(count).unwrap_or(0);
        let len = self.native_len(value).unwrap_or(0);
        let unit = if value.is_kind::<List>() || value.is_kind::<Tuple>() { size_of::<Value>() } else { 1 };
        self.check_memory(len.saturating_mul(count).saturating_mul(unit))?;
        if let Some(list) = value.to_ref::<List>() {
            let items = repeated(&list.items.borrow(), count);
            if in_place {
                let old = self.mutate(&list, |list| list.items.replace(items));
                drop(old);
                return Ok(Some(value.clone()));
            }
            return Ok(Some(self.list(items)));
        }
        if let Some(tuple) = value.downcast::<Tuple>() {
            return Ok(Some(if count == 1 { value.clone() } else { self.tuple(repeated(&tuple.items, count)) }));
        }
        if let Some(text) = value.downcast::<Str>() {
            let repeated = text.text.repeat(count);
            return Ok(Some(self.str(&repeated)));
        }
        if let Some(bytes) = value.downcast::<Bytes>() {
            return Ok(Some(self.bytes(bytes.0.repeat(count))));
        }
        if let Some(array) = value.to_ref::<ByteArray>() {
            let repeated = array.0.borrow().repeat(count);
            if in_place {
                self.mutate(&array, |array| array.0.replace(repeated));
                return Ok(Some(value.clone()));
            }
            let class = self.classes.bytearray.clone();
            return Ok(Some(self.object(&class, ByteArray(repeated.into())).into_value()));
        }
        Ok(None)
    }
}

fn repeated(items: &[Value], count: usize) -> Vec<Value> {
    let mut repeated = Vec::with_capacity(items.len() * count);
    for _ in 0..count {
        repeated.extend_from_slice(items);
    }
    repeated
}

/// Quotient and remainder rounded down, with CPython's care for signs of zero (Objects/floatobject.c).
pub(crate) fn float_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut modulo = a % b;
    let mut quotient = (a - modulo) / b;
    if modulo != 0.0 {
        if (b < 0.0) != (modulo < 0.0) {
            modulo += b;
            quotient -= 1.0;
        }
    } else {
        modulo = 0.0_f64.copysign(b);
    }
    let floored = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0.0_f64.copysign(a / b)
    };
    (floored, modulo)
}
