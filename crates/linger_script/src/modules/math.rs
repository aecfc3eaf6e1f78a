//! The module `math`: functions of floats. Those of integers are in `math_int`, the hard special functions in `math_special`.

use linger_heap::Value;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::math_special::{Domain, acosh_of, asinh_of, atanh_of, gamma, log_gamma, norm};
use super::support::{Table, between, exactly, module, named, one};
use crate::objects::{Args, Special, Tuple};
use crate::pure::float_num;
use crate::vm::{Raise, Result, Vm, plain_float};

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "math", FUNCTIONS);
    super::support::add_functions(vm, &module, "math", super::math_int::FUNCTIONS);
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        vm.module_set(&module, name, Value::float(value));
    }
    Ok(module)
}

fn domain_error(vm: &mut Vm) -> Raise {
    vm.value_error("math domain error")
}

fn range_error(vm: &mut Vm) -> Raise {
    vm.overflow_error("math range error")
}

/// A function of one float: what it gives beyond the floats is an error of domain, or of range where it may overflow.
fn unary(vm: &mut Vm, args: Args<'_>, name: &str, may_overflow: bool, function: fn(f64) -> f64) -> Result<Value> {
    let value = one(vm, &args, name)?;
    let x = vm.to_f64(value)?;
    let result = function(x);
    if result.is_nan() && !x.is_nan() {
        return Err(domain_error(vm));
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if may_overflow { range_error(vm) } else { domain_error(vm) });
    }
    Ok(Value::float(result))
}

macro_rules! unary {
    ($($name:ident $text:literal $overflow:literal = $function:expr;)*) => {
        $(fn $name(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
            unary(vm, args, concat!("math.", $text), $overflow, $function)
        })*
    };
}

unary! {
    acos "acos" false = f64::acos;
    acosh "acosh" false = acosh_of;
    asin "asin" false = f64::asin;
    asinh "asinh" false = asinh_of;
    atan "atan" false = f64::atan;
    atanh "atanh" false = atanh_of;
    cbrt "cbrt" false = f64::cbrt;
    cos "cos" false = f64::cos;
    cosh "cosh" true = f64::cosh;
    erf "erf" false = libm::erf;
    erfc "erfc" false = libm::erfc;
    exp "exp" true = f64::exp;
    exp2 "exp2" true = f64::exp2;
    expm1 "expm1" true = f64::exp_m1;
    fabs "fabs" false = f64::abs;
    log1p "log1p" false = f64::ln_1p;
    sin "sin" false = f64::sin;
    sinh "sinh" true = f64::sinh;
    sqrt "sqrt" false = f64::sqrt;
    tan "tan" false = f64::tan;
    tanh "tanh" false = f64::tanh;
    degrees "degrees" true = |x| x * (180.0 / std::f64::consts::PI);
    radians "radians" true = |x| x * (std::f64::consts::PI / 180.0);
}

fn special(vm: &mut Vm, args: Args<'_>, name: &str, function: fn(f64) -> Result<f64, Domain>) -> Result<Value> {
    let value = one(vm, &args, name)?;
    let x = vm.to_f64(value)?;
    match function(x) {
        Ok(result) => Ok(Value::float(result)),
        Err(Domain::Domain) => Err(domain_error(vm)),
        Err(Domain::Range) => Err(range_error(vm)),
    }
}

fn math_gamma(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special(vm, args, "math.gamma", gamma)
}

fn lgamma(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special(vm, args, "math.lgamma", log_gamma)
}

/// Two floats.
fn pair(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<(f64, f64)> {
    let [x, y] = exactly::<2>(vm, args, name)?;
    Ok((vm.to_f64(x)?, vm.to_f64(y)?))
}

fn atan2(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (y, x) = pair(vm, &args, "atan2")?;
    Ok(Value::float(y.atan2(x)))
}

fn copysign(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (x, y) = pair(vm, &args, "copysign")?;
    Ok(Value::float(x.copysign(y)))
}

fn fmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (x, y) = pair(vm, &args, "fmod")?;
    if y.is_infinite() && x.is_finite() {
        return Ok(Value::float(x));
    }
    let result = x % y;
    if result.is_nan() && !x.is_nan() && !y.is_nan() { Err(domain_error(vm)) } else { Ok(Value::float(result)) }
}

fn remainder(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (x, y) = pair(vm, &args, "remainder")?;
    let result = match (x, y) {
        _ if x.is_nan() => x,
        _ if y.is_nan() => y,
        _ if x.is_infinite() || y == 0.0 => return Err(domain_error(vm)),
        _ if y.is_infinite() => x,
        _ => libm::remainder(x, y),
    };
    Ok(Value::float(result))
}

fn pow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (x, y) = pair(vm, &args, "pow")?;
    let result = crate::vm::power(x, y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() {
            return Err(domain_error(vm));
        }
        if result.is_infinite() {
            return Err(if x == 0.0 { domain_error(vm) } else { range_error(vm) });
        }
    }
    Ok(Value::float(result))
}

fn nextafter(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (x, y) = pair(vm, &args, "nextafter")?;
    Ok(Value::float(libm::nextafter(x, y)))
}

fn ulp(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.ulp")?;
    let x = vm.to_f64(value)?.abs();
    let result = if !x.is_finite() {
        x
    } else if x.next_up().is_infinite() {
        x - x.next_down()
    } else {
        x.next_up() - x
    };
    Ok(Value::float(result))
}

/// The logarithm of a number, which may be an integer beyond the floats.
fn logarithm(vm: &mut Vm, value: &Value, function: fn(f64) -> f64) -> Result<f64> {
    if let Some(x) = plain_float(value) {
        return if x <= 0.0 { Err(domain_error(vm)) } else { Ok(function(x)) };
    }
    if let Some(big) = vm.to_bigint(value) {
        if !big.is_positive() {
            return Err(domain_error(vm));
        }
        return Ok(match float_num::bigint_to_f64(&big) {
            Some(x) => function(x),
            None => {
                let exponent = big.bits();
                let mantissa = float_num::true_divide(&big, &(BigInt::from(1) << exponent)).unwrap_or(0.5);
                function(mantissa) + function(2.0) * exponent as f64
            }
        });
    }
    let x = vm.to_f64(value)?;
    if x <= 0.0 { Err(domain_error(vm)) } else { Ok(function(x)) }
}

fn log(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = between(vm, &args, "log", 1, 2)?;
    let numerator = logarithm(vm, &values[0], f64::ln)?;
    let Some(base) = values.get(1) else { return Ok(Value::float(numerator)) };
    let denominator = logarithm(vm, base, f64::ln)?;
    if denominator == 0.0 {
        return Err(vm.zero_division_error("float division by zero"));
    }
    Ok(Value::float(numerator / denominator))
}

fn log2(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.log2")?;
    Ok(Value::float(logarithm(vm, value, f64::log2)?))
}

fn log10(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.log10")?;
    Ok(Value::float(logarithm(vm, value, f64::log10)?))
}

fn isfinite(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.isfinite")?;
    Ok(Value::bool(vm.to_f64(value)?.is_finite()))
}

fn isinf(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.isinf")?;
    Ok(Value::bool(vm.to_f64(value)?.is_infinite()))
}

fn isnan(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.isnan")?;
    Ok(Value::bool(vm.to_f64(value)?.is_nan()))
}

fn isclose(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b, relative, absolute] = named(vm, &args, "isclose", ["a", "b", "*rel_tol", "*abs_tol"], 2)?;
    let mut number = |value: Option<Value>, default: f64| value.map_or(Ok(default), |value| vm.to_f64(&value));
    let (a, b) = (number(a, 0.0)?, number(b, 0.0)?);
    let (relative, absolute) = (number(relative, 1e-9)?, number(absolute, 0.0)?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::FALSE);
    }
    let distance = (b - a).abs();
    Ok(Value::bool(distance <= (relative * b).abs() || distance <= (relative * a).abs() || distance <= absolute))
}

fn frexp(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.frexp")?;
    let x = vm.to_f64(value)?;
    let (mantissa, exponent) = if x.is_finite() && x != 0.0 { libm::frexp(x) } else { (x, 0) };
    Ok(vm.tuple(vec![Value::float(mantissa), vm.int(exponent.into())]))
}

fn ldexp(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [x, exponent] = exactly::<2>(vm, &args, "ldexp")?;
    let x = vm.to_f64(x)?;
    let Some(exponent) = vm.to_bigint(exponent) else {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::float(x));
    }
    let clamped = exponent.to_i32().unwrap_or(if exponent.is_negative() { i32::MIN } else { i32::MAX });
    let result = libm::ldexp(x, clamped);
    if result.is_infinite() { Err(range_error(vm)) } else { Ok(Value::float(result)) }
}

fn modf(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.modf")?;
    let x = vm.to_f64(value)?;
    let (fraction, whole) = match x {
        _ if x.is_infinite() => (0.0_f64.copysign(x), x),
        _ if x.is_nan() => (x, x),
        _ => ((x - x.trunc()).copysign(x), x.trunc()),
    };
    Ok(vm.tuple(vec![Value::float(fraction), Value::float(whole)]))
}

/// `floor`, `ceil` and `trunc`: the special method if there is one, else of the float.
fn whole(vm: &mut Vm, value: &Value, method: Special, round: fn(f64) -> f64) -> Result<Value> {
    if value.as_float().is_none() {
        if vm.is_int(value) {
            return vm.index(value);
        }
        if let Some(result) = vm.call_special(value, method, &[])? {
            return Ok(result);
        }
        if method == Special::Trunc {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("type {name} doesn't define __trunc__ method")));
        }
    }
    let x = round(vm.to_f64(value)?);
    match float_num::to_bigint(x) {
        Ok(big) => Ok(vm.big(big)),
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn ceil(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.ceil")?;
    whole(vm, value, Special::Ceil, f64::ceil)
}

fn floor(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.floor")?;
    whole(vm, value, Special::Floor, f64::floor)
}

fn trunc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = one(vm, &args, "math.trunc")?;
    whole(vm, value, Special::Trunc, f64::trunc)
}

fn floats(vm: &mut Vm, values: &[Value]) -> Result<Vec<f64>> {
    values.iter().map(|value| vm.to_f64(value)).collect()
}

fn hypot(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    super::support::no_keywords(vm, &args, "math.hypot")?;
    if let [x, y] = args.values
        && let (Some(x), Some(y)) = (plain_float(x), plain_float(y))
    {
        return Ok(Value::float(norm(&[x, y])));
    }
    Ok(Value::float(norm(&floats(vm, args.values)?)))
}

/// The distance of two points in a plane or in space, as tuples of plain numbers.
fn plain_distance(p: &Value, q: &Value) -> Option<f64> {
    let (p, q) = (&p.downcast::<Tuple>()?.items, &q.downcast::<Tuple>()?.items);
    let mut differences = [0.0; 3];
    if p.len() != q.len() || p.len() > differences.len() {
        return None;
    }
    for (difference, (p, q)) in differences.iter_mut().zip(p.iter().zip(q.iter())) {
        *difference = plain_float(p)? - plain_float(q)?;
    }
    Some(norm(&differences[..p.len()]))
}

fn dist(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [p, q] = exactly::<2>(vm, &args, "dist")?;
    if let Some(distance) = plain_distance(p, q) {
        return Ok(Value::float(distance));
    }
    let (p, q) = (vm.items(p)?, vm.items(q)?);
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let (p, q) = (floats(vm, &p)?, floats(vm, &q)?);
    let differences: Vec<f64> = p.iter().zip(&q).map(|(p, q)| p - q).collect();
    Ok(Value::float(norm(&differences)))
}

fn fsum(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let values = one(vm, &args, "math.fsum")?;
    let values = vm.items(values)?;
    let values = floats(vm, &values)?;
    match super::math_special::exact_sum(&values) {
        Ok(sum) => Ok(Value::float(sum)),
        Err(Domain::Domain) => Err(vm.value_error("-inf + inf in fsum")),
        Err(Domain::Range) => Err(vm.overflow_error("intermediate overflow in fsum")),
    }
}

fn prod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [values, start] = named(vm, &args, "prod", ["", "*start"], 1)?;
    let mut product = start.unwrap_or_else(|| vm.int(1));
    vm.for_each(&super::support::or_none(values), |vm, value| {
        product = vm.binary(crate::vm::BinaryOp::Mul, &product, &value)?;
        Ok(())
    })?;
    Ok(product)
}

const FUNCTIONS: Table<'static> = &[
    ("acos", acos),
    ("acosh", acosh),
    ("asin", asin),
    ("asinh", asinh),
    ("atan", atan),
    ("atan2", atan2),
    ("atanh", atanh),
    ("cbrt", cbrt),
    ("ceil", ceil),
    ("copysign", copysign),
    ("cos", cos),
    ("cosh", cosh),
    ("degrees", degrees),
    ("dist", dist),
    ("erf", erf),
    ("erfc", erfc),
    ("exp", exp),
    ("exp2", exp2),
    ("expm1", expm1),
    ("fabs", fabs),
    ("floor", floor),
    ("fmod", fmod),
    ("frexp", frexp),
    ("fsum", fsum),
    ("gamma", math_gamma),
    ("hypot", hypot),
    ("isclose", isclose),
    ("isfinite", isfinite),
    ("isinf", isinf),
    ("isnan", isnan),
    ("ldexp", ldexp),
    ("lgamma", lgamma),
    ("log", log),
    ("log10", log10),
    ("log1p", log1p),
    ("log2", log2),
    ("modf", modf),
    ("nextafter", nextafter),
    ("pow", pow),
    ("prod", prod),
    ("radians", radians),
    ("remainder", remainder),
    ("sin", sin),
    ("sinh", sinh),
    ("sqrt", sqrt),
    ("tan", tan),
    ("tanh", tanh),
    ("trunc", trunc),
    ("ulp", ulp),
];
