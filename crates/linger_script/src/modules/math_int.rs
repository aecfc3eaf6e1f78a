//! The functions of `math` on integers.

use linger_heap::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::support::{Table, between, exactly, no_keywords, one};
use crate::objects::Args;
use crate::vm::{Result, Vm};

pub(super) const FUNCTIONS: Table<'static> =
    &[("comb", comb), ("factorial", factorial), ("gcd", gcd), ("isqrt", isqrt), ("lcm", lcm), ("perm", perm)];

/// An integer argument, or anything with `__index__`.
fn integer(vm: &mut Vm, value: &Value) -> Result<BigInt> {
    let value = vm.index(value)?;
    Ok(vm.to_bigint(&value).unwrap_or_default())
}

/// The product of the numbers from `low` to `high`, by halves, so that the factors are of a size.
fn product(low: u64, high: u64) -> BigInt {
    if low > high {
        return BigInt::one();
    }
    if high - low < 8 {
        return (low..=high).fold(BigInt::one(), |product, factor| product * factor);
    }
    let middle = low + (high - low) / 2;
    product(low, middle) * product(middle + 1, high)
}

/// Fails if a product would be larger than the memory a script may have, or take longer than it may run.
fn check_bits(vm: &mut Vm, bits: f64) -> Result<()> {
    if bits > 8.0 * 1024.0 * 1024.0 {
        vm.check_memory((bits / 8.0) as usize)?;
    }
    vm.burn_product(bits as u64, bits as u64)
}

fn factorial(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.factorial")?;
    let n = integer(vm, value)?;
    if n.is_negative() {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_u64().filter(|n| *n <= i64::MAX as u64) else {
        return Err(vm.overflow_error("factorial() argument should not exceed 9223372036854775807"));
    };
    check_bits(vm, n as f64 * (n.max(2) as f64).log2())?;
    Ok(vm.big(product(2, n)))
}

/// Both arguments of `comb` and `perm`, `k` clamped to what matters.
fn counts(vm: &mut Vm, n: &Value, k: &Value) -> Result<(BigInt, BigInt)> {
    let (n, k) = (integer(vm, n)?, integer(vm, k)?);
    if n.is_negative() {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    Ok((n, k))
}

fn comb(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [n, k] = exactly::<2>(vm, &args, "comb")?;
    let (n, k) = counts(vm, n, k)?;
    if k > n {
        return Ok(vm.int(0));
    }
    let k = k.clone().min(&n - k);
    let Some(k) = k.to_u64() else {
        return Err(vm.overflow_error("min(n - k, k) must not exceed 9223372036854775807"));
    };
    check_bits(vm, k as f64 * n.bits() as f64)?;
    let mut result = BigInt::one();
    for i in 0..k {
        vm.burn_product(result.bits(), 1)?;
        result = result * (&n - i) / (i + 1);
    }
    Ok(vm.big(result))
}

fn perm(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "perm", 1, 2)?;
    if values.len() == 1 || values[1].is_none() {
        return factorial(vm, Args::positional_only(&values[..1]));
    }
    let (n, k) = counts(vm, &values[0], &values[1])?;
    if k > n {
        return Ok(vm.int(0));
    }
    let Some(k) = k.to_u64() else {
        return Err(vm.overflow_error("k must not exceed 9223372036854775807"));
    };
    check_bits(vm, k as f64 * n.bits() as f64)?;
    let result = match n.to_u64() {
        Some(n) if k > 0 => product(n - k + 1, n),
        _ => (0..k).fold(BigInt::one(), |product, i| product * (&n - i)),
    };
    Ok(vm.big(result))
}

fn gcd(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_keywords(vm, &args, "math.gcd")?;
    if let [a, b] = args.values
        && let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int())
    {
        return Ok(vm.int(a.gcd(&b)));
    }
    let mut result = BigInt::zero();
    for value in args.values {
        let value = integer(vm, value)?;
        vm.burn_square(result.bits(), value.bits())?;
        result = result.gcd(&value);
    }
    Ok(vm.big(result))
}

fn lcm(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    no_keywords(vm, &args, "math.lcm")?;
    let mut result = BigInt::one();
    for value in args.values {
        let value = integer(vm, value)?;
        vm.burn_square(result.bits(), value.bits())?;
        result = if value.is_zero() || result.is_zero() { BigInt::zero() } else { result.lcm(&value) };
    }
    Ok(vm.big(result))
}

fn isqrt(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.isqrt")?;
    let n = integer(vm, value)?;
    if n.is_negative() {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    vm.burn_square(n.bits(), n.bits())?;
    Ok(vm.big(n.sqrt()))
}
