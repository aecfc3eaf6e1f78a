//! Builtin functions of numbers, and those that compare, hash and count.

use linger_heap::Value;
use num_bigint::{BigInt as Big, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::builtins::checks::{function_of_one, named, positional, takes};
use crate::builtins::list_sort::quick_less;
use crate::objects::{Args, BigInt, Instance, List, Native, NativeFn, Special};
use crate::pure::float_num;
use crate::vm::{BinaryOp, CompareOp, Fold, Result, Vm};

pub(super) const FUNCTIONS: &[(&str, NativeFn)] = &[
    ("abs", abs),
    ("divmod", divmod),
    ("pow", pow),
    ("round", round),
    ("sum", sum),
    ("min", min),
    ("max", max),
    ("hash", hash),
    ("id", id),
    ("len", len),
];

/// The builtin function `len`, which the virtual machine recognizes.
pub(crate) const LEN: NativeFn = len;

fn len(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "len")?;
    let len = vm.len(value)?;
    Ok(vm.size(len))
}

fn hash(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "hash")?;
    let hash = vm.hash_i64(value)?;
    Ok(vm.int(hash))
}

fn id(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "id")?;
    let address = vm.address_of(value);
    Ok(vm.big(address.into()))
}

fn abs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = function_of_one(vm, &args, "abs")?;
    if let Some(int) = value.as_small_int() {
        return Ok(vm.int(int.abs()));
    }
    if let Some(float) = value.as_float() {
        return Ok(Value::float(float.abs()));
    }
    if let Some(big) = value.downcast::<BigInt>() {
        return Ok(vm.big(big.to_big().abs()));
    }
    match vm.call_special(value, Special::Abs, &[])? {
        Some(result) => Ok(result),
        None => {
            let other = vm.type_name(value);
            Err(vm.type_error(format!("bad operand type for abs(): '{other}'")))
        }
    }
}

/// Asks the two operands' classes for a result, as the operators do: the right one first if it is of a subclass.
fn by_methods(vm: &mut Vm, a: &Value, b: &Value, forward: Special, reflected: Special) -> Result<Option<Value>> {
    let (class_a, class_b) = (vm.class_of(a), vm.class_of(b));
    let mut order = vec![(a, forward, b)];
    if !class_a.is(&class_b) {
        let place = if class_b.is_subclass_of(&class_a) { 0 } else { 1 };
        order.insert(place, (b, reflected, a));
    }
    for (left, special, right) in order {
        if let Some(result) = vm.call_special(left, special, std::slice::from_ref(right))?
            && !result.is(&Value::NOT_IMPLEMENTED)
        {
            return Ok(Some(result));
        }
    }
    Ok(None)
}

fn is_plain_number(vm: &Vm, value: &Value) -> bool {
    !value.is_kind::<Instance>() && (value.is_float() || vm.is_int(value))
}

fn divmod(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [a, b] = takes(vm, &args, "divmod", 0, 2, 2)? else { return Ok(Value::NONE) };
    if let (Some(a), Some(b)) = (a.as_small_int(), b.as_small_int())
        && b != 0
    {
        let (quotient, rest) = Integer::div_mod_floor(&a, &b);
        return Ok(vm.pair(vm.int(quotient), vm.int(rest)));
    }
    if is_plain_number(vm, a) && is_plain_number(vm, b) {
        if (a.is_float() || b.is_float()) && !vm.truth(b)? {
            return Err(vm.zero_division_error("float divmod()"));
        }
        let quotient = vm.binary(BinaryOp::FloorDiv, a, b)?;
        let rest = vm.binary(BinaryOp::Mod, a, b)?;
        return Ok(vm.pair(quotient, rest));
    }
    if let Some(result) = by_methods(vm, a, b, Special::DivMod, Special::RDivMod)? {
        return Ok(result);
    }
    let (a, b) = (vm.type_name(a), vm.type_name(b));
    Err(vm.type_error(format!("unsupported operand type(s) for divmod(): '{a}' and '{b}'")))
}

fn pow(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [base, exponent, modulus] = named(vm, &args, "pow", 0, ["base", "exp", "mod"], 2)?;
    let (base, exponent) = (base.unwrap_or_default(), exponent.unwrap_or_default());
    let modulus = match modulus {
        Some(modulus) if !modulus.is_none() => modulus,
        _ => return vm.binary(BinaryOp::Pow, &base, &exponent),
    };
    if let (Some(b), Some(e @ 0..), Some(m @ 1..)) =
        (base.as_small_int(), exponent.as_small_int(), modulus.as_small_int())
    {
        return Ok(vm.int(small_modular_power(b, e, m)));
    }
    // A class's own method goes first, also where it inherits from int.
    if base.is_kind::<Instance>()
        && let Some(method) = vm.special(&base, Special::Pow)
        && !method.is_kind::<Native>()
        && let Some(result) = vm.call_special(&base, Special::Pow, &[exponent.clone(), modulus.clone()])?
        && !result.is(&Value::NOT_IMPLEMENTED)
    {
        return Ok(result);
    }
    if let (Some(b), Some(e), Some(m)) = (vm.to_bigint(&base), vm.to_bigint(&exponent), vm.to_bigint(&modulus)) {
        return modular_power(vm, b, e, m);
    }
    if vm.complex_of(&base).is_some() && !base.is_kind::<Instance>() {
        return Err(vm.value_error("complex modulo"));
    }
    if [&base, &exponent, &modulus].iter().any(|value| value.is_float()) {
        return Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let [base, exponent, modulus] = [&base, &exponent, &modulus].map(|value| vm.type_name(value));
    Err(vm.type_error(format!("unsupported operand type(s) for ** or pow(): '{base}', '{exponent}', '{modulus}'")))
}

/// `base ** exponent % modulus` of numbers whose products fit 128 bits.
fn small_modular_power(base: i64, mut exponent: i64, modulus: i64) -> i64 {
    let wide = modulus as u128;
    let product = |a: u64, b: u64| match u32::try_from(modulus) {
        Ok(narrow) => a * b % u64::from(narrow),
        Err(_) => (u128::from(a) * u128::from(b) % wide) as u64,
    };
    let (mut square, mut result) = (base.rem_euclid(modulus) as u64, 1 % modulus as u64);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = product(result, square);
        }
        square = product(square, square);
        exponent >>= 1;
    }
    result as i64
}

fn modular_power(vm: &mut Vm, base: Big, exponent: Big, modulus: Big) -> Result<Value> {
    if modulus.is_zero() {
        return Err(vm.value_error("pow() 3rd argument cannot be 0"));
    }
    let size = modulus.abs();
    let (base, exponent) = if exponent.is_negative() {
        let gcd = base.mod_floor(&size).extended_gcd(&size);
        if !gcd.gcd.is_one() {
            return Err(vm.value_error("base is not invertible for the given modulus"));
        }
        (gcd.x.mod_floor(&size), -exponent)
    } else {
        (base, exponent)
    };
    for _ in 0..exponent.bits() {
        vm.burn_square(8 * size.bits(), size.bits())?;
    }
    let result = base.mod_floor(&size).modpow(&exponent, &size);
    let result = if modulus.sign() == Sign::Minus && !result.is_zero() { result + modulus } else { result };
    Ok(vm.big(result))
}

fn round(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let [number, digits] = named(vm, &args, "round", 0, ["number", "ndigits"], 1)?;
    let number = number.unwrap_or_default();
    let digits = digits.filter(|digits| !digits.is_none());
    if let Some(float) = number.as_float() {
        let Some(digits) = digits else { return round_to_int(vm, float) };
        let digits = vm.index(&digits)?;
        let digits = match vm.to_i64(&digits) {
            Some(digits) => digits,
            None if vm.to_bigint(&digits).is_some_and(|digits| digits.is_negative()) => i64::MIN,
            None => i64::MAX,
        };
        return match float_num::round_to(float, digits) {
            Ok(rounded) => Ok(Value::float(rounded)),
            Err(error) => Err(vm.pure_error(error)),
        };
    }
    if !number.is_kind::<Instance>() && vm.is_int(&number) {
        let Some(digits) = digits else { return vm.index(&number) };
        let digits = vm.index(&digits)?;
        let digits = crate::builtins::arity::saturated(vm, &digits);
        if digits >= 0 {
            return vm.index(&number);
        }
        let Ok(places) = u32::try_from(digits.unsigned_abs()) else { return Ok(vm.int(0)) };
        let big = vm.to_bigint(&number).unwrap_or_default();
        // So many places round everything away; computing the power of ten would take for ever.
        if u64::from(places) > big.bits() {
            return Ok(vm.int(0));
        }
        let rounded = float_num::round_int(&big, places);
        return Ok(vm.big(rounded));
    }
    let given: Vec<Value> = digits.into_iter().collect();
    match vm.call_special(&number, Special::Round, &given)? {
        Some(result) => Ok(result),
        None => {
            let other = vm.type_name(&number);
            Err(vm.type_error(format!("type {other} doesn't define __round__ method")))
        }
    }
}

fn round_to_int(vm: &mut Vm, float: f64) -> Result<Value> {
    let rounded = float.round_ties_even();
    match float_num::to_bigint(rounded) {
        Ok(int) => Ok(vm.big(int)),
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn sum(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    if args.positional().is_empty() {
        return Err(vm.type_error("sum() takes at least 1 positional argument (0 given)"));
    }
    let [iterable, start] = named(vm, &args, "sum", 0, ["iterable", "start"], 1)?;
    let total = start.unwrap_or_else(|| vm.int(0));
    // What can't be walked over is told before what can't be summed.
    let iterable = iterable.unwrap_or_default();
    let is_list = iterable.is_kind::<List>();
    let iterable = if is_list { iterable } else { vm.iter(&iterable)? };
    if vm.is_str(&total) {
        return Err(vm.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if total.is_kind::<crate::objects::Bytes>() {
        return Err(vm.type_error("sum() can't sum bytes [use b''.join(seq) instead]"));
    }
    if total.is_kind::<crate::objects::ByteArray>() {
        return Err(vm.type_error("sum() can't sum bytearray [use b''.join(seq) instead]"));
    }
    let add = |vm: &mut Vm, total: &mut Value, item: Value| {
        *total = vm.binary(BinaryOp::Add, total, &item)?;
        Ok(true)
    };
    if is_list { vm.fold(Fold::Sum, &iterable, total, add) } else { vm.fold_iterator(Fold::Sum, &iterable, total, add) }
}

fn min(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    extreme(vm, &args, "min", CompareOp::Lt)
}

fn max(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    extreme(vm, &args, "max", CompareOp::Gt)
}

/// The first item that no later one is better than.
fn extreme(vm: &mut Vm, args: &Args<'_>, name: &str, better: CompareOp) -> Result<Value> {
    if let ([first, rest @ ..], true) = (args.values, args.names.is_empty())
        && !rest.is_empty()
    {
        let mut best = first;
        for item in rest {
            if is_better(vm, better, item, best)? {
                best = item;
            }
        }
        return Ok(best.clone());
    }
    let given = positional(vm, args, name, 0, 1, usize::MAX)?;
    let (mut key, mut default) = (None, None);
    for (keyword, value) in args.keywords() {
        match crate::vm::text(keyword) {
            "key" => key = (!value.is_none()).then(|| value.clone()),
            "default" => default = Some(value.clone()),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for {name}()"))),
        }
    }
    if let [iterable] = given
        && key.is_none()
    {
        let fold = if better == CompareOp::Lt { Fold::Least } else { Fold::Greatest };
        let best = vm.fold(fold, iterable, Value::EMPTY, |vm, best, item| {
            if best.is_empty() || is_better(vm, better, &item, best)? {
                *best = item;
            }
            Ok(true)
        })?;
        return found_or(vm, name, Some(best).filter(|best| !best.is_empty()), default);
    }
    let mut best: Option<(Value, Value)> = None;
    let mut consider = |vm: &mut Vm, item: Value| -> Result<bool> {
        let measure = match &key {
            Some(key) => vm.call(key, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        let wins = match &best {
            None => true,
            Some((champion, _)) => is_better(vm, better, &measure, champion)?,
        };
        if wins {
            best = Some((measure, item));
        }
        Ok(true)
    };
    if let [iterable] = given {
        vm.walk(iterable, consider)?;
    } else {
        if default.is_some() {
            let message = format!("Cannot specify a default for {name}() with multiple positional arguments");
            return Err(vm.type_error(message));
        }
        for item in given {
            consider(vm, item.clone())?;
        }
    }
    found_or(vm, name, best.map(|(_, item)| item), default)
}

fn is_better(vm: &mut Vm, better: CompareOp, item: &Value, champion: &Value) -> Result<bool> {
    let quick = match better {
        CompareOp::Lt => quick_less(item, champion),
        _ => quick_less(champion, item),
    };
    match quick {
        Some(wins) => Ok(wins),
        None => {
            let answer = vm.compare(better, item, champion)?;
            vm.truth(&answer)
        }
    }
}

fn found_or(vm: &mut Vm, name: &str, best: Option<Value>, default: Option<Value>) -> Result<Value> {
    match best.or(default) {
        Some(item) => Ok(item),
        None => Err(vm.value_error(format!("{name}() arg is an empty sequence"))),
    }
}
