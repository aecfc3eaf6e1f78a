//! Arithmetic of numbers: ints of any size and floats. What two words hold is in `wide`.

use num_bigint::BigInt as Big;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use linger_heap::Value;

use super::numbers::Number;
use super::operators::BinaryOp;
use super::{Result, Vm};
use crate::pure::complex::Complex;
use crate::pure::float_num;

/// Bits of the digits that large integers are made of.
const WORD_BITS: f64 = 64.0;

impl Vm {
    pub(super) fn arithmetic(&mut self, op: BinaryOp, a: Number, b: Number) -> Result<Option<Value>> {
        match (a, b) {
            _ if op == BinaryOp::MatMul => Ok(None),
            (Number::Float(_), _) | (_, Number::Float(_)) if op as usize > BinaryOp::Pow as usize => Ok(None),
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

    pub(super) fn number_to_f64(&self, number: &Number) -> Result<f64> {
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

    /// Counts the work of multiplying two integers of so many bits against the limit of instructions. It has to be asked before
    /// the work is done, which nothing can stop.
    pub(crate) fn burn_product(&mut self, a_bits: u64, b_bits: u64) -> Result<()> {
        let (long, short) = (a_bits.max(b_bits) as f64 / WORD_BITS, a_bits.min(b_bits) as f64 / WORD_BITS);
        self.burn_many((long * short.sqrt() / 4.0) as i64)
    }

    /// The same of work that takes as many steps for each word of one integer as another has words: division, common divisors.
    pub(crate) fn burn_square(&mut self, a_bits: u64, b_bits: u64) -> Result<()> {
        self.burn_many((a_bits as f64 / WORD_BITS * (b_bits as f64 / WORD_BITS) / 8.0) as i64)
    }

    pub(super) fn big_arithmetic(&mut self, op: BinaryOp, a: &Big, b: &Big) -> Result<Value> {
        let result = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => {
                self.check_memory((a.bits() + b.bits()) as usize / 8)?;
                self.burn_product(a.bits(), b.bits())?;
                a * b
            }
            BinaryOp::FloorDiv if b.is_zero() => {
                return Err(self.zero_division_error("integer division or modulo by zero"));
            }
            BinaryOp::Mod if b.is_zero() => return Err(self.zero_division_error("integer modulo by zero")),
            BinaryOp::FloorDiv | BinaryOp::Mod => {
                self.burn_square(a.bits().saturating_sub(b.bits()), b.bits())?;
                if op == BinaryOp::Mod { a.mod_floor(b) } else { a.div_floor(b) }
            }
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
            // No number has this one: it was refused before.
            BinaryOp::MatMul => return Err(self.type_error("unsupported operand type(s) for @")),
        };
        Ok(self.big(result))
    }

    fn big_power(&mut self, base: &Big, exponent: &Big) -> Result<Value> {
        if exponent.is_negative() {
            let base = self.number_to_f64(&Number::Big(base.clone()))?;
            let exponent = self.number_to_f64(&Number::Big(exponent.clone()))?;
            if base == 0.0 {
                return Err(self.zero_division_error("0.0 cannot be raised to a negative power"));
            }
            return self.float_power(base, exponent);
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
        let bits = base.bits().saturating_mul(u64::from(exponent));
        self.check_memory(bits as usize / 8)?;
        self.burn_product(bits, bits)?;
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
            BinaryOp::Pow => return self.float_power(a, b).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(Value::float(result)))
    }

    /// A negative number has no real power that is not whole: it has a complex one.
    fn float_power(&mut self, a: f64, b: f64) -> Result<Value> {
        if a == 0.0 && b < 0.0 && b.is_finite() {
            return Err(self.zero_division_error("0.0 cannot be raised to a negative power"));
        }
        if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
            let (a, b) = (Complex::new(a, 0.0), Complex::new(b, 0.0));
            return match a.pow(b) {
                Ok(power) => Ok(self.complex(power)),
                Err(error) => Err(self.pure_error(error)),
            };
        }
        let power = power(a, b);
        if power.is_infinite() && a.is_finite() && b.is_finite() {
            return Err(self.error_with_args(
                &self.classes.overflow_error.clone(),
                vec![Value::small_int(34).unwrap_or(Value::NONE), self.str("Numerical result out of range")],
            ));
        }
        Ok(Value::float(power))
    }
}

/// `a` to the power of `b`; of numbers that are none, the one that CPython gives, with its sign (Objects/floatobject.c).
pub(crate) fn power(a: f64, b: f64) -> f64 {
    match (a, b) {
        (1.0, _) | (_, 0.0) => 1.0,
        _ if a.is_nan() => a,
        _ if b.is_nan() => b,
        _ => a.powf(b),
    }
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
