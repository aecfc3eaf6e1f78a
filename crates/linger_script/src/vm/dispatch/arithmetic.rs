//! Handlers of operators and comparisons: on small integers and floats where they lie, everything else elsewhere.

use linger_heap::Value;

use super::state::State;
use super::{End, calls, elsewhere, handlers};
use crate::bytecode::Op;
use crate::objects::Str;

/// The right operand: a register, or a constant.
macro_rules! right {
    ($state:ident, reg) => {
        $state.reg($state.c())
    };
    ($state:ident, constant) => {
        $state.constant($state.c().into())
    };
}

/// Handlers `name: write right` of an operator. `write` is how the result is written.
macro_rules! operators {
    ($($name:ident: $write:ident $right:ident, int($x:ident, $y:ident) $int:expr, float($p:ident, $q:ident) $float:expr;)*) => {
        handlers! {
            $($name(state) {
                let (left, right): (*const Value, *const Value) = (state.reg(state.b()), right!(state, $right));
                if Value::both_small(&*left, &*right) {
                    let ($x, $y) = ((*left).shifted(), (*right).shifted());
                    if let Some(value) = $int {
                        let a = state.a();
                        return state.$write(a, value);
                    }
                } else {
                    let ($p, $q) = ((*left).float_or_nan(), (*right).float_or_nan());
                    if let Some(value) = $float {
                        let a = state.a();
                        return state.$write(a, value);
                    }
                }
                state.hand_to(calls::operator)
            })*
        }
    };
}

operators! {
    add: set_number_next reg, int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p + q);
    add_k: set_number_next constant, int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p + q);
    put_sum: put_next reg, int(x, y) x.checked_add(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p + q);
    sub: set_number_next reg, int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p - q);
    sub_k: set_number_next constant, int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p - q);
    put_difference: put_next reg, int(x, y) x.checked_sub(y).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p - q);
    mul: set_number_next reg, int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p * q);
    mul_k: set_number_next constant, int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p * q);
    put_product: put_next reg, int(x, y) x.checked_mul(y >> 16).map(Value::from_shifted), float(p, q) Value::float_unless_nan(p * q);
    div: set_number_next reg, int(x, y) quotient(x >> 16, y >> 16), float(p, q) float_quotient(p, q);
    div_k: set_number_next constant, int(x, y) quotient(x >> 16, y >> 16), float(p, q) float_quotient(p, q);
}

/// Handlers `name: right` of an operator on integers.
macro_rules! integer_operators {
    ($($name:ident: $right:ident, ($x:ident, $y:ident) $int:expr;)*) => {
        handlers! {
            $($name(state) {
                let (left, right): (*const Value, *const Value) = (state.reg(state.b()), right!(state, $right));
                if Value::both_small(&*left, &*right) {
                    let ($x, $y) = ((*left).shifted(), (*right).shifted());
                    if let Some(value) = $int {
                        let a = state.a();
                        return state.set_number_next(a, value);
                    }
                }
                state.hand_to(calls::operator)
            })*
        }
    };
}

integer_operators! {
    floor_div: reg, (x, y) floor_quotient(x >> 16, y >> 16);
    floor_div_k: constant, (x, y) floor_quotient(x >> 16, y >> 16);
    modulo: reg, (x, y) floor_rest(x >> 16, y >> 16);
    modulo_k: constant, (x, y) floor_rest(x >> 16, y >> 16);
    and: reg, (x, y) Some(Value::from_shifted(x & y));
    and_k: constant, (x, y) Some(Value::from_shifted(x & y));
    or: reg, (x, y) Some(Value::from_shifted(x | y));
    or_k: constant, (x, y) Some(Value::from_shifted(x | y));
    xor: reg, (x, y) Some(Value::from_shifted(x ^ y));
    xor_k: constant, (x, y) Some(Value::from_shifted(x ^ y));
    shift_left: reg, (x, y) shifted_left(x >> 16, y >> 16);
    shift_left_k: constant, (x, y) shifted_left(x >> 16, y >> 16);
    shift_right: reg, (x, y) shifted_right(x >> 16, y >> 16);
    shift_right_k: constant, (x, y) shifted_right(x >> 16, y >> 16);
}

handlers! {
    negate(state) {
        if let Some(value) = Value::float_unless_nan(-(*state.reg(state.b())).float_or_nan()) {
            let a = state.a();
            return state.set_number_next(a, value);
        }
        state.hand_to(elsewhere::unary)
    }

    not(state) {
        if let Some(truth) = (*state.reg(state.b())).plain_truth() {
            let a = state.a();
            return state.set_number_next(a, Value::bool(!truth));
        }
        state.hand_to(elsewhere::not)
    }

    is(state) {
        let (a, b, c) = (state.a(), state.b(), state.c());
        if !state.is_local(b) || !state.is_local(c) {
            return state.hand_to(elsewhere::is);
        }
        let same = (*state.reg(b)).is(&*state.reg(c));
        let is = (*state.pc).op == Op::Is;
        state.set_next(a, Value::bool(same == is))
    }

    test_is(state) {
        let (a, b) = (state.a(), state.b());
        if !state.is_local(a) || !state.is_local(b) {
            return state.hand_to(elsewhere::test_is);
        }
        let same = (*state.reg(a)).is(&*state.reg(b));
        let taken = same as u8 == state.x();
        state.behind_word(taken).next()
    }
}

/// The right operand of a comparison that a jump follows.
macro_rules! test_right {
    ($state:ident, reg) => {
        $state.reg($state.b())
    };
    ($state:ident, constant) => {
        $state.constant($state.b().into())
    };
}

/// The comparison of two small integers or floats.
macro_rules! truth {
    ($left:expr, $right:expr, $operator:tt) => {{
        let (left, right): (*const Value, *const Value) = ($left, $right);
        if Value::both_small(&*left, &*right) {
            Some((*left).shifted() $operator (*right).shifted())
        } else {
            let (p, q) = ((*left).float_or_nan(), (*right).float_or_nan());
            if p.is_nan() || q.is_nan() { None } else { Some(p $operator q) }
        }
    }};
}

macro_rules! comparisons {
    ($($name:ident $test:ident $test_k:ident $operator:tt $other:path, $other_k:path;)*) => {
        handlers! {
            $($name(state) {
                if let Some(truth) = truth!(state.reg(state.b()), state.reg(state.c()), $operator) {
                    let a = state.a();
                    return state.set_number_next(a, Value::bool(truth));
                }
                state.hand_to(elsewhere::compare)
            }

            $test(state) {
                if let Some(truth) = truth!(state.reg(state.a()), test_right!(state, reg), $operator) {
                    let taken = truth as u8 == state.x();
                    return state.behind_word(taken).next();
                }
                state.hand_to($other)
            }

            $test_k(state) {
                if let Some(truth) = truth!(state.reg(state.a()), test_right!(state, constant), $operator) {
                    let taken = truth as u8 == state.x();
                    return state.behind_word(taken).next();
                }
                state.hand_to($other_k)
            })*
        }
    };
}

comparisons! {
    lt test_lt test_lt_k < elsewhere::test, elsewhere::test;
    le test_le test_le_k <= elsewhere::test, elsewhere::test;
    gt test_gt test_gt_k > elsewhere::test, elsewhere::test;
    ge test_ge test_ge_k >= elsewhere::test, elsewhere::test;
    eq test_eq test_eq_k == test_texts, test_text_k;
    ne test_ne test_ne_k != test_texts, test_text_k;
}

/// Handlers `name: right` of `TestEq` and `TestNe` where the operands are no two numbers: of texts that can be told apart, or are
/// known to be the same, without a look at their characters.
macro_rules! text_tests {
    ($($name:ident: $right:ident $eq:ident;)*) => {
        handlers! {
            $($name(state) {
                let (a, b) = (state.a(), state.b());
                let right: *const Value = test_right!(state, $right);
                if let Some(left) = (*state.reg(a)).downcast::<Str>()
                    && let Some(right) = (*right).downcast::<Str>()
                    && let Some(is_same) = left.is_same_at_a_glance(right)
                    && (stringify!($right) == "constant" || state.done(b))
                {
                    let taken = (is_same == ((*state.pc).op == Op::$eq)) as u8 == state.x();
                    let last = if state.is_local(a) { Value::EMPTY } else { state.consume(a) };
                    return state.behind_word(taken).drop_next(last);
                }
                state.hand_to(elsewhere::test)
            })*
        }
    };
}

text_tests! {
    test_texts: reg TestEq;
    test_text_k: constant TestEqK;
}

#[inline(always)]
fn quotient(a: i64, b: i64) -> Option<Value> {
    if b == 0 { None } else { Some(Value::float(a as f64 / b as f64)) }
}

#[inline(always)]
fn float_quotient(p: f64, q: f64) -> Option<Value> {
    if q == 0.0 { None } else { Value::float_unless_nan(p / q) }
}

#[inline(always)]
fn floor_quotient(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let quotient = a / b;
    Value::small_int(if (a % b != 0) && ((a < 0) != (b < 0)) { quotient - 1 } else { quotient })
}

#[inline(always)]
fn floor_rest(a: i64, b: i64) -> Option<Value> {
    if b == 0 {
        return None;
    }
    let rest = a % b;
    Value::small_int(if rest != 0 && ((rest < 0) != (b < 0)) { rest + b } else { rest })
}

#[inline(always)]
fn shifted_left(a: i64, b: i64) -> Option<Value> {
    if (0..16).contains(&b) && a.unsigned_abs() < 1 << 31 { Value::small_int(a << b) } else { None }
}

#[inline(always)]
fn shifted_right(a: i64, b: i64) -> Option<Value> {
    if b >= 0 { Value::small_int(a >> b.min(63)) } else { None }
}
