//! `complex`: the constructor, methods and attributes. Arithmetic on the numbers themselves is `pure::complex`.

use linger_heap::Value;

use super::checks::{named, special_takes};
use super::{arity, text_format};
use crate::objects::{Args, Complex, NativeFn, Special};
use crate::pure::complex::Complex as Number;
use crate::vm::{BinaryOp, CompareOp, Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__repr__", text_format::repr_method),
    ("__format__", text_format::format_method),
    ("__getnewargs__", getnewargs),
    ("__complex__", same),
    ("__abs__", abs),
    ("__neg__", |vm, args| negated(vm, args, "__neg__")),
    ("__pos__", same),
    ("__bool__", truth),
    ("__hash__", super::dunders::hash),
    ("__eq__", |vm, args| compared(vm, args, CompareOp::Eq)),
    ("__ne__", |vm, args| compared(vm, args, CompareOp::Ne)),
    ("__lt__", unordered),
    ("__le__", unordered),
    ("__gt__", unordered),
    ("__ge__", unordered),
    ("__add__", |vm, args| binary(vm, args, BinaryOp::Add, false)),
    ("__radd__", |vm, args| binary(vm, args, BinaryOp::Add, true)),
    ("__sub__", |vm, args| binary(vm, args, BinaryOp::Sub, false)),
    ("__rsub__", |vm, args| binary(vm, args, BinaryOp::Sub, true)),
    ("__mul__", |vm, args| binary(vm, args, BinaryOp::Mul, false)),
    ("__rmul__", |vm, args| binary(vm, args, BinaryOp::Mul, true)),
    ("__truediv__", |vm, args| binary(vm, args, BinaryOp::Div, false)),
    ("__rtruediv__", |vm, args| binary(vm, args, BinaryOp::Div, true)),
    ("__pow__", |vm, args| binary(vm, args, BinaryOp::Pow, false)),
    ("__rpow__", |vm, args| binary(vm, args, BinaryOp::Pow, true)),
    ("conjugate", conjugate),
];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[
    ("real", |vm, args| this(vm, &args, "real").map(|number| Value::float(number.real))),
    ("imag", |vm, args| this(vm, &args, "imag").map(|number| Value::float(number.imag))),
];

impl Vm {
    /// A complex number.
    pub fn complex(&self, number: Number) -> Value {
        self.heap.alloc(self.classes.complex.type_id.get(), Complex(number)).into_value()
    }

    /// The complex number that a value is, or that an instance of a subclass has inside.
    pub(crate) fn complex_of(&self, value: &Value) -> Option<Number> {
        if let Some(number) = value.downcast::<Complex>() {
            return Some(number.0);
        }
        self.inner_value(value).downcast::<Complex>().map(|number| number.0)
    }

    /// An operator one of whose operands is complex; nothing where complex numbers have none.
    pub(crate) fn complex_arithmetic(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
        let (Some(a), Some(b)) = (self.as_complex(a)?, self.as_complex(b)?) else { return Ok(None) };
        let result = match op {
            BinaryOp::Add => Ok(a.add(b)),
            BinaryOp::Sub => Ok(a.sub(b)),
            BinaryOp::Mul => Ok(a.mul(b)),
            BinaryOp::Div => a.div(b),
            BinaryOp::Pow => a.pow(b),
            _ => return Ok(None),
        };
        match result {
            Ok(number) => Ok(Some(self.complex(number))),
            Err(error) => Err(self.pure_error(error)),
        }
    }

    /// Any number as a complex one.
    fn as_complex(&mut self, value: &Value) -> Result<Option<Number>> {
        if let Some(number) = self.complex_of(value) {
            return Ok(Some(number));
        }
        if self.number(value).is_none() {
            return Ok(None);
        }
        Ok(Some(Number::new(self.to_f64(value)?, 0.0)))
    }

    /// `a == b` where one is complex; nothing if the other is no number.
    pub(crate) fn complex_equal(&mut self, a: &Value, b: &Value) -> Result<Option<bool>> {
        let (real, complex) = match (self.complex_of(a), self.complex_of(b)) {
            (Some(a), Some(b)) => return Ok(Some(a == b)),
            (Some(a), None) => (b, a),
            (None, Some(b)) => (a, b),
            (None, None) => return Ok(None),
        };
        if self.number(real).is_none() {
            return Ok(None);
        }
        // The real part is compared as a float is: a large int exactly.
        Ok(Some(complex.imag == 0.0 && self.equal_by_operator(&Value::float(complex.real), real)?))
    }
}

/// The number that a method is called on.
fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<Number> {
    match args.values.first().and_then(|value| vm.complex_of(value)) {
        Some(number) => Ok(number),
        None => Err(arity::wrong_receiver(vm, args, "complex", name)),
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = args.values.first().cloned().unwrap_or_default();
    let [real, imag] = named(vm, &args, "complex", 1, ["real", "imag"], 0)?;
    if imag.is_none()
        && let Some(value) = &real
        && value.is_kind::<Complex>()
        && class.is(&vm.classes.complex.to_value())
    {
        return Ok(value.clone());
    }
    if let Some(text) = real.as_ref().and_then(|value| vm.text_of(value)) {
        if imag.is_some() {
            return Err(vm.type_error("complex() can't take second arg if first is a string"));
        }
        return match Number::parse(&text.text) {
            Some(number) => {
                let number = vm.complex(number);
                vm.wrap(&class, number)
            }
            // Underscores are looked at before anything else.
            None if has_stray_underscore(&text.text) => {
                let shown = vm.repr(&real.clone().unwrap_or_default())?;
                Err(vm.value_error(format!("could not convert string to complex: {shown}")))
            }
            None => Err(vm.value_error("complex() arg is a malformed string")),
        };
    }
    if imag.as_ref().is_some_and(|value| vm.is_str(value)) {
        return Err(vm.type_error("complex() second arg can't be a string"));
    }
    let mut number = match &real {
        Some(value) => match converted(vm, value, true)? {
            Some(number) => number,
            None => {
                let found = vm.type_name(value);
                return Err(
                    vm.type_error(format!("complex() first argument must be a string or a number, not '{found}'"))
                );
            }
        },
        None => Number::new(0.0, 0.0),
    };
    if let Some(value) = &imag {
        let Some(second) = converted(vm, value, false)? else {
            let found = vm.type_name(value);
            return Err(vm.type_error(format!("complex() second argument must be a number, not '{found}'")));
        };
        // Only what is complex itself turns: a zero added to the other part would lose its sign.
        let is_complex = |value: &Option<Value>| value.as_ref().is_some_and(|value| vm.complex_of(value).is_some());
        let turned = if is_complex(&imag) { number.real - second.imag } else { number.real };
        number = Number::new(turned, if is_complex(&real) { number.imag + second.real } else { second.real });
    }
    let number = vm.complex(number);
    vm.wrap(&class, number)
}

/// An argument of the constructor, by `__complex__` (the first only), `__float__` or `__index__` if need be.
fn converted(vm: &mut Vm, value: &Value, by_method: bool) -> Result<Option<Number>> {
    if let Some(number) = value.downcast::<Complex>() {
        return Ok(Some(number.0));
    }
    if by_method && let Some(result) = vm.call_special(value, Special::Complex, &[])? {
        return match vm.complex_of(&result) {
            Some(number) => {
                vm.warn_of_strict_subclass(&result, "__complex__", "complex")?;
                Ok(Some(number))
            }
            None => {
                let found = vm.type_name(&result);
                Err(vm.type_error(format!("__complex__ returned non-complex (type {found})")))
            }
        };
    }
    if let Some(number) = vm.complex_of(value) {
        return Ok(Some(number));
    }
    let real = vm.number(value).is_some()
        || vm.special(value, Special::Float).is_some()
        || vm.special(value, Special::Index).is_some();
    if real { vm.to_f64(value).map(|real| Some(Number::new(real, 0.0))) } else { Ok(None) }
}

fn same(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__complex__")?;
    Ok(vm.complex(number))
}

fn getnewargs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__getnewargs__")?;
    Ok(vm.tuple(vec![Value::float(number.real), Value::float(number.imag)]))
}

fn abs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__abs__")?;
    number.abs().map(Value::float).map_err(|error| vm.pure_error(error))
}

fn negated(vm: &mut Vm, args: Args<'_>, name: &str) -> Result<Value> {
    let number = this(vm, &args, name)?;
    Ok(vm.complex(Number::new(-number.real, -number.imag)))
}

fn truth(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__bool__")?;
    Ok(Value::bool(number.real != 0.0 || number.imag != 0.0))
}

fn conjugate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "conjugate")?;
    arity::none(vm, &args, "complex", "conjugate")?;
    Ok(vm.complex(Number::new(number.real, -number.imag)))
}

fn compared(vm: &mut Vm, args: Args<'_>, op: CompareOp) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    this(vm, &args, "__eq__")?;
    Ok(match vm.complex_equal(&args.values[0], &other)? {
        Some(equal) => Value::bool(equal == (op == CompareOp::Eq)),
        None => Value::NOT_IMPLEMENTED,
    })
}

fn unordered(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 1)?;
    Ok(Value::NOT_IMPLEMENTED)
}

fn binary(vm: &mut Vm, args: Args<'_>, op: BinaryOp, is_reflected: bool) -> Result<Value> {
    let other = special_takes(vm, &args, 1)?[0].clone();
    this(vm, &args, "__add__")?;
    let own = vm.inner_value(&args.values[0]);
    let result =
        if is_reflected { vm.complex_arithmetic(op, &other, &own)? } else { vm.complex_arithmetic(op, &own, &other)? };
    Ok(result.unwrap_or(Value::NOT_IMPLEMENTED))
}

/// Whether a text has an underscore that does not stand between two digits.
fn has_stray_underscore(text: &str) -> bool {
    let text = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    (0..text.len()).any(|at| text[at] == b'_' && !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))))
}
