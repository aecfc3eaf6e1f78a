//! Floats as numbers: exact conversion to and from integers, comparison, hashing, rounding.
//!
//! It knows no text; `float_text` does that.

use super::error::{PureError, PureResult};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// The modulus of numeric hashes.
const HASH_MODULUS: u64 = (1 << HASH_BITS) - 1;
const HASH_BITS: u32 = 61;
const HASH_INFINITY: i64 = 314_159;

/// A finite float as `mantissa * 2**exponent`, the sign apart.
pub(super) fn decompose(x: f64) -> (u64, i64) {
    let bits = x.to_bits();
    let biased = ((bits >> 52) & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) }
}

/// `magnitude * 2**exponent` as the nearest float, ties to even; `None` where that is infinite.
pub fn scaled_to_f64(magnitude: &BigUint, exponent: i64) -> Option<f64> {
    if magnitude.is_zero() {
        return Some(0.0);
    }
    let bits = magnitude.bits() as i64;
    let top = bits.saturating_add(exponent);
    if top > 1024 {
        return None;
    }
    if top < -1074 {
        return Some(0.0);
    }
    // The result's lowest bit stands for 2**unit.
    let unit = (top - 53).max(-1074);
    let shift = unit - exponent;
    let kept = if shift <= 0 {
        (magnitude << shift.unsigned_abs()).to_u64()?
    } else {
        let shift = shift as u64;
        let kept = (magnitude >> shift).to_u64()?;
        let half = magnitude.bit(shift - 1);
        let exactly_half = magnitude.trailing_zeros() == Some(shift - 1);
        kept + u64::from(half && (!exactly_half || kept & 1 == 1))
    };
    // Both factors are exact, and so is their product: rounding is done.
    let mut x = kept as f64;
    let mut power = unit;
    while power < -1000 {
        x *= f64::from_bits((1023 - 74) << 52);
        power += 74;
    }
    x *= f64::from_bits(((power + 1023) as u64) << 52);
    x.is_finite().then_some(x)
}

/// The nearest float of an integer; `None` where Python says `int too large to convert to float`.
pub fn bigint_to_f64(n: &BigInt) -> Option<f64> {
    let size = scaled_to_f64(n.magnitude(), 0)?;
    Some(if n.is_negative() { -size } else { size })
}

/// `a / b` of integers, correctly rounded.
pub fn true_divide(a: &BigInt, b: &BigInt) -> PureResult<f64> {
    if b.is_zero() {
        return Err(PureError::zero_division("division by zero"));
    }
    let (top, bottom) = (a.magnitude(), b.magnitude());
    // Enough bits of the quotient that what is cut off can only matter as "something".
    let shift = (bottom.bits() as i64 - top.bits() as i64 + 66).max(0);
    let (mut quotient, rest) = (top << shift.unsigned_abs()).div_rem(bottom);
    if !rest.is_zero() {
        quotient = (quotient << 1u8) | BigUint::one();
    } else {
        quotient <<= 1u8;
    }
    let size = scaled_to_f64(&quotient, -shift - 1)
        .ok_or_else(|| PureError::overflow("integer division result too large for a float"))?;
    Ok(if (a.sign() == Sign::Minus) == (b.sign() == Sign::Minus) { size } else { -size })
}

/// `int(x)`: the whole part.
pub fn to_bigint(x: f64) -> PureResult<BigInt> {
    if x.is_nan() {
        return Err(PureError::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(PureError::overflow("cannot convert float infinity to integer"));
    }
    let (mantissa, exponent) = decompose(x);
    let size = if exponent >= 0 {
        BigUint::from(mantissa) << exponent.unsigned_abs()
    } else if exponent <= -64 {
        BigUint::zero()
    } else {
        BigUint::from(mantissa >> exponent.unsigned_abs())
    };
    let whole = BigInt::from(size);
    Ok(if x < 0.0 { -whole } else { whole })
}

/// `x.as_integer_ratio()`.
pub fn integer_ratio(x: f64) -> PureResult<(BigInt, BigInt)> {
    if x.is_nan() {
        return Err(PureError::value("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(PureError::overflow("cannot convert Infinity to integer ratio"));
    }
    if x == 0.0 {
        return Ok((BigInt::zero(), BigInt::one()));
    }
    let (mut mantissa, mut exponent) = decompose(x);
    let spare = i64::from(mantissa.trailing_zeros());
    mantissa >>= spare;
    exponent += spare;
    let top = BigInt::from(mantissa);
    let top = if x < 0.0 { -top } else { top };
    Ok(if exponent >= 0 {
        (top << exponent.unsigned_abs(), BigInt::one())
    } else {
        (top, BigInt::one() << exponent.unsigned_abs())
    })
}

/// `round(x, digits)`, correctly rounded in decimal.
pub fn round_to(x: f64, digits: i64) -> PureResult<f64> {
    // Beyond these nothing can change, or nothing can be left.
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return Ok(x);
    }
    if digits < -308 {
        return Ok(0.0 * x);
    }
    let rounded = if digits >= 0 {
        format!("{x:.*}", digits as usize).parse::<f64>().unwrap_or(x)
    } else {
        let unit = BigInt::from(10u8).pow(digits.unsigned_abs() as u32);
        let whole = to_bigint(x)?.abs();
        let (mut quotient, rest) = whole.div_rem(&unit);
        let fraction = x.fract() != 0.0;
        let up = match (&rest * 2u8).cmp(&unit) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => fraction || quotient.is_odd(),
        };
        if up {
            quotient += 1u8;
        }
        let size = bigint_to_f64(&(quotient * unit)).unwrap_or(f64::INFINITY);
        size.copysign(x)
    };
    if rounded.is_finite() { Ok(rounded) } else { Err(PureError::overflow("rounded value too large to represent")) }
}

/// `round(n, -digits)` of an integer: to a multiple of `10**digits`, ties to even.
pub fn round_int(n: &BigInt, digits: u32) -> BigInt {
    let unit = BigInt::from(10u8).pow(digits);
    let (mut quotient, rest) = n.div_mod_floor(&unit);
    let twice = rest * 2u8;
    if twice > unit || (twice == unit && quotient.is_odd()) {
        quotient += 1u8;
    }
    quotient * unit
}

/// Compares a float with an integer exactly; `None` for NaN.
pub fn compare_bigint(x: f64, n: &BigInt) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = to_bigint(x).ok()?;
    Some(whole.cmp(n).then_with(|| x.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}

/// Compares a float with a small integer exactly; `None` for NaN.
pub fn compare_i64(x: f64, n: i64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if x.is_nan() {
        return None;
    }
    if x >= LIMIT {
        return Some(Ordering::Greater);
    }
    if x < -LIMIT {
        return Some(Ordering::Less);
    }
    Some((x.trunc() as i64).cmp(&n).then_with(|| x.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}

/// `hash(x)`; `None` for NaN, whose hash is that of the object itself.
pub fn hash_f64(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { HASH_INFINITY } else { -HASH_INFINITY });
    }
    let (mantissa, exponent) = decompose(x);
    // Multiplying by two modulo 2**61 - 1 is a rotation of 61 bits.
    let turn = exponent.rem_euclid(i64::from(HASH_BITS)) as u32;
    let rotated =
        if turn == 0 { mantissa } else { ((mantissa << turn) & HASH_MODULUS) | (mantissa >> (HASH_BITS - turn)) };
    Some(signed_hash(rotated % HASH_MODULUS, x < 0.0))
}

/// `hash(n)` of a small integer.
pub fn hash_i64(n: i64) -> i64 {
    signed_hash(n.unsigned_abs() % HASH_MODULUS, n < 0)
}

/// `hash(n)` of an integer of two words.
pub fn hash_i128(n: i128) -> i64 {
    signed_hash((n.unsigned_abs() % u128::from(HASH_MODULUS)) as u64, n < 0)
}

/// `hash(n)` of any integer.
pub fn hash_bigint(n: &BigInt) -> i64 {
    let mut hash: u64 = 0;
    for digit in n.magnitude().iter_u64_digits().rev() {
        // 2**64 is 8 modulo 2**61 - 1.
        hash = ((u128::from(hash) * 8 + u128::from(digit)) % u128::from(HASH_MODULUS)) as u64;
    }
    signed_hash(hash, n.is_negative())
}

fn signed_hash(size: u64, negative: bool) -> i64 {
    let hash = if negative { -(size as i64) } else { size as i64 };
    // -1 means an error inside CPython, so no hash is -1.
    if hash == -1 { -2 } else { hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> BigInt {
        text.parse().expect("a decimal integer")
    }

    #[test]
    fn integers_become_the_nearest_float() {
        for (n, x) in [
            ("0", 0.0),
            ("9007199254740993", 9007199254740992.0),
            ("9007199254740995", 9007199254740996.0),
            ("-18446744073709551616", -18446744073709551616.0),
            ("295147905179352891391", 295147905179352825856.0 + 65536.0),
        ] {
            assert_eq!(bigint_to_f64(&big(n)), Some(x), "{n}");
        }
        assert_eq!(bigint_to_f64(&(BigInt::one() << 1024u32)), None);
        assert_eq!(bigint_to_f64(&((BigInt::one() << 1024u32) - (BigInt::one() << 970u32))), None);
        assert_eq!(bigint_to_f64(&((BigInt::one() << 1024u32) - (BigInt::one() << 970u32) - 1)), Some(f64::MAX));
    }

    #[test]
    fn division_rounds_once() {
        let divide = |a: &str, b: &str| true_divide(&big(a), &big(b));
        assert_eq!(divide("1", "3"), Ok(1.0 / 3.0));
        assert_eq!(divide("-7", "2"), Ok(-3.5));
        assert_eq!(divide("0", "-5"), Ok(0.0));
        let huge = format!("1{}", "0".repeat(400));
        assert_eq!(divide(&format!("3{}", "0".repeat(400)), &huge), Ok(3.0));
        assert!(divide(&huge, "1").is_err_and(|e| e.message == "integer division result too large for a float"));
        assert_eq!(divide("1", &huge), Ok(0.0));
        assert!(divide("1", "0").is_err_and(|e| e.message == "division by zero"));
        assert_eq!(true_divide(&BigInt::one(), &(BigInt::one() << 1074u32)), Ok(5e-324));
    }

    #[test]
    fn whole_parts_and_ratios() {
        assert_eq!(to_bigint(-2.9), Ok(big("-2")));
        assert_eq!(to_bigint(1e23), Ok(big("99999999999999991611392")));
        assert_eq!(to_bigint(1e-300), Ok(big("0")));
        assert_eq!(integer_ratio(-0.75), Ok((big("-3"), big("4"))));
        assert_eq!(integer_ratio(6.0), Ok((big("6"), big("1"))));
        assert!(to_bigint(f64::NAN).is_err());
        assert!(integer_ratio(f64::INFINITY).is_err());
    }

    #[test]
    fn rounding_is_decimal() {
        for (x, digits, result) in [
            (2.675, 2, 2.67),
            (0.5, 0, 0.0),
            (1.5, 0, 2.0),
            (-2.5, 0, -2.0),
            (1234.5, -2, 1200.0),
            (1250.0, -2, 1200.0),
            (1350.0, -2, 1400.0),
            (1250.1, -2, 1300.0),
            (-7.0, -1, -10.0),
            (1e300, 400, 1e300),
            (5e-324, 323, 0.0),
            (123.0, -400, 0.0),
        ] {
            assert_eq!(round_to(x, digits), Ok(result), "{x} {digits}");
        }
        assert!(round_to(1.7e308, -308).is_err_and(|e| e.message == "rounded value too large to represent"));
        assert_eq!(round_int(&big("25"), 1), big("20"));
        assert_eq!(round_int(&big("-35"), 1), big("-40"));
        assert_eq!(round_int(&big("-26"), 1), big("-30"));
    }

    #[test]
    fn comparison_is_exact() {
        assert_eq!(compare_i64(9007199254740992.0, 9007199254740993), Some(Ordering::Less));
        assert_eq!(compare_i64(-0.5, 0), Some(Ordering::Less));
        assert_eq!(compare_i64(1e19, i64::MAX), Some(Ordering::Greater));
        assert_eq!(compare_i64(-9_223_372_036_854_775_808.0, i64::MIN), Some(Ordering::Equal));
        assert_eq!(compare_i64(f64::NAN, 0), None);
        assert_eq!(compare_bigint(1e23, &big("100000000000000000000000")), Some(Ordering::Less));
        assert_eq!(compare_bigint(-2.5, &big("-2")), Some(Ordering::Less));
        assert_eq!(compare_bigint(f64::NEG_INFINITY, &big("-2")), Some(Ordering::Less));
    }

    #[test]
    fn hashes_agree_across_types() {
        for (x, hash) in [
            (0.0, 0),
            (1.0, 1),
            (-1.0, -2),
            (0.5, 1152921504606846976),
            (0.1, 230584300921369408),
            (1e100, 1822893315824342674),
            (-3.75, -1729382256910270467),
            (5e-324, 16777216),
            (f64::INFINITY, 314159),
            (f64::NEG_INFINITY, -314159),
        ] {
            assert_eq!(hash_f64(x), Some(hash), "{x:?}");
        }
        assert_eq!(hash_f64(f64::NAN), None);
        assert_eq!(hash_i64(-1), -2);
        assert_eq!(hash_i64(i64::MIN), -4);
        assert_eq!(hash_i64((1 << 61) - 1), 0);
        for n in [1 << 50, -(1 << 61), (1 << 61) - 1, i128::MAX, i128::MIN] {
            assert_eq!(hash_i128(n), hash_bigint(&n.into()), "{n}");
        }
        assert_eq!(Some(hash_bigint(&to_bigint(1e100).expect("finite"))), hash_f64(1e100));
        assert_eq!(hash_bigint(&big("-123456789012345678901234567890")), -248789772095949448);
    }
}
