//! The module `random`, over CPython's generator in `pure::random`: the same numbers for the same seed.

use linger_heap::{Ref, Value};
use num_bigint::BigInt;
use num_traits::Signed;

use super::support::{
    Table, between, class_method, given, method, method_value, module, named, none, one, or_none, with,
};
use crate::objects::{Args, ByteArray, Bytes, Class, Layout, List, NativeData, Special};
use crate::pure::random::Random;
use crate::pure::{PureResult, float_num};
use crate::vm::{BinaryOp, Result, Vm};

impl NativeData for Random {
    fn heap_bytes(&self) -> usize {
        size_of::<Random>()
    }
}

/// `_random`, whose class CPython's own `random` inherits from.
pub(super) fn make_core(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "_random", &[]);
    class(vm, &module, "_random");
    Ok(module)
}

pub(super) fn make(vm: &mut Vm) -> Result<Value> {
    let module = module(vm, "random", &[]);
    let class = class(vm, &module, "random");
    let shared = vm.call(&class.to_value(), &[])?;
    for (name, _) in METHODS.iter().filter(|(name, _)| !name.starts_with('_')) {
        let name_value = vm.intern(name);
        let function = vm.get_attr(&shared, &name_value)?;
        vm.module_set(&module, name, function);
    }
    vm.module_set(&module, "_inst", shared);
    Ok(module)
}

fn class(vm: &mut Vm, module: &Value, module_name: &'static str) -> Ref<Class> {
    let class = vm.native_class("Random", module_name, None, Layout::Native, METHODS, &[]);
    let hook = method_value(vm, "Random", "__init_subclass__", fit_subclass);
    let hook = class_method(vm, hook);
    vm.dict_set_str(&class.dict, "__init_subclass__", hook);
    vm.module_set(module, "Random", class.to_value());
    class
}

const METHODS: Table<'static> = &[
    ("__new__", new),
    ("__init__", init),
    ("__reduce__", reduce),
    ("__getstate__", getstate),
    ("__setstate__", setstate),
    ("betavariate", |vm, args| {
        fallible_pair(vm, args, "betavariate", ["alpha", "beta"], [None, None], Random::betavariate)
    }),
    ("choice", choice),
    ("choices", choices),
    ("expovariate", expovariate),
    ("gammavariate", |vm, args| {
        fallible_pair(vm, args, "gammavariate", ["alpha", "beta"], [None, None], Random::gammavariate)
    }),
    ("gauss", |vm, args| pair(vm, args, "gauss", ["mu", "sigma"], [Some(0.0), Some(1.0)], Random::gauss)),
    ("getrandbits", getrandbits),
    ("getstate", getstate),
    ("lognormvariate", |vm, args| {
        fallible_pair(vm, args, "lognormvariate", ["mu", "sigma"], [None, None], Random::lognormvariate)
    }),
    ("normalvariate", |vm, args| {
        pair(vm, args, "normalvariate", ["mu", "sigma"], [Some(0.0), Some(1.0)], Random::normalvariate)
    }),
    ("paretovariate", paretovariate),
    ("randbytes", randbytes),
    ("randint", randint),
    ("random", random),
    ("randrange", randrange),
    ("sample", sample),
    ("seed", seed),
    ("setstate", setstate),
    ("shuffle", shuffle),
    ("triangular", triangular),
    ("uniform", |vm, args| pair(vm, args, "uniform", ["a", "b"], [None, None], Random::uniform)),
    ("vonmisesvariate", |vm, args| {
        pair(vm, args, "vonmisesvariate", ["mu", "kappa"], [None, None], Random::vonmisesvariate)
    }),
    ("weibullvariate", |vm, args| {
        fallible_pair(vm, args, "weibullvariate", ["alpha", "beta"], [None, None], Random::weibullvariate)
    }),
];

/// A seed that differs from run to run.
fn fresh_seed(vm: &Vm) -> num_bigint::BigUint {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    num_bigint::BigUint::from(now.as_nanos()) ^ num_bigint::BigUint::from(vm.host.start.elapsed().as_nanos())
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, _) = method(vm, args, "__new__")?;
    let class = super::support::class_argument(vm, class)?;
    let seed = fresh_seed(vm);
    Ok(vm.native_object(&class, Box::new(Random::new(&seed))))
}

fn init(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "__init__")?;
    let [x] = named(vm, &rest, "Random", ["x"], 0)?;
    // A subclass may seed itself in its own way.
    vm.call_method(this, "seed", &[or_none(x)])?;
    Ok(Value::NONE)
}

/// A subclass whose numbers are its own has all other methods ask for those; they are written in Python.
fn fit_subclass(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (class, _) = method(vm, args, "__init_subclass__")?;
    let fitting = vm.import_name("_random_methods", 0, &Value::NONE)?;
    vm.call_method(&fitting, "fit", std::slice::from_ref(class))?;
    Ok(Value::NONE)
}

fn set_seed(vm: &mut Vm, this: &Value, value: &Value) -> Result<()> {
    if value.is_none() {
        let seed = fresh_seed(vm);
        return with(vm, this, |random: &mut Random| random.seed(&seed));
    }
    if let Some(float) = value.as_float() {
        let hash = float_num::hash_f64(float).unwrap_or(0);
        return with(vm, this, |random: &mut Random| random.seed_hash(hash));
    }
    if let Some(int) = vm.to_bigint(value) {
        return with(vm, this, |random: &mut Random| random.seed(int.magnitude()));
    }
    if let Some(text) = vm.text_of(value) {
        return with(vm, this, |random: &mut Random| random.seed_bytes(text.text.as_bytes()));
    }
    let bytes = match (vm.native::<Bytes>(value), vm.native::<ByteArray>(value)) {
        (Some(bytes), _) => bytes.0.to_vec(),
        (_, Some(bytes)) => bytes.0.borrow().clone(),
        _ => {
            let text = "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.";
            return Err(vm.type_error(text));
        }
    };
    with(vm, this, |random: &mut Random| random.seed_bytes(&bytes))
}

fn seed(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "seed")?;
    let [a, _version] = named(vm, &rest, "seed", ["a", "version"], 0)?;
    set_seed(vm, this, &or_none(a))?;
    Ok(Value::NONE)
}

/// Runs a pure function on the generator and raises what it says.
fn drawn<R>(vm: &mut Vm, this: &Value, draw: impl FnOnce(&mut Random) -> PureResult<R>) -> Result<R> {
    with(vm, this, draw)?.map_err(|error| vm.pure_error(error))
}

fn random(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "random")?;
    none(vm, &rest, "Random.random")?;
    Ok(Value::float(with(vm, this, Random::random)?))
}

fn two(
    vm: &mut Vm,
    args: Args<'_>,
    name: &str,
    names: [&str; 2],
    defaults: [Option<f64>; 2],
) -> Result<(Value, f64, f64)> {
    let (this, rest) = method(vm, args, name)?;
    let required = defaults.iter().filter(|default| default.is_none()).count();
    let [a, b] = named(vm, &rest, name, names, required)?;
    let mut number = |value: Option<Value>, default: Option<f64>| match value {
        Some(value) => vm.to_f64(&value),
        None => Ok(default.unwrap_or(0.0)),
    };
    let (a, b) = (number(a, defaults[0])?, number(b, defaults[1])?);
    Ok((this.clone(), a, b))
}

/// A distribution of two numbers.
fn pair(
    vm: &mut Vm,
    args: Args<'_>,
    name: &str,
    names: [&str; 2],
    defaults: [Option<f64>; 2],
    draw: fn(&mut Random, f64, f64) -> f64,
) -> Result<Value> {
    let (this, a, b) = two(vm, args, name, names, defaults)?;
    Ok(Value::float(with(vm, &this, |random: &mut Random| draw(random, a, b))?))
}

/// The same for one that may refuse its numbers.
fn fallible_pair(
    vm: &mut Vm,
    args: Args<'_>,
    name: &str,
    names: [&str; 2],
    defaults: [Option<f64>; 2],
    draw: fn(&mut Random, f64, f64) -> PureResult<f64>,
) -> Result<Value> {
    let (this, a, b) = two(vm, args, name, names, defaults)?;
    Ok(Value::float(drawn(vm, &this, |random| draw(random, a, b))?))
}

fn expovariate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "expovariate")?;
    let [lambda] = named(vm, &rest, "expovariate", ["lambd"], 1)?;
    let lambda = vm.to_f64(&or_none(lambda))?;
    Ok(Value::float(drawn(vm, this, |random| random.expovariate(lambda))?))
}

fn paretovariate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "paretovariate")?;
    let [alpha] = named(vm, &rest, "paretovariate", ["alpha"], 1)?;
    let alpha = vm.to_f64(&or_none(alpha))?;
    Ok(Value::float(drawn(vm, this, |random| random.paretovariate(alpha))?))
}

fn triangular(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "triangular")?;
    let [low, high, mode] = named(vm, &rest, "triangular", ["low", "high", "mode"], 0)?;
    let mut number = |value: Option<Value>, default: f64| value.map_or(Ok(default), |value| vm.to_f64(&value));
    let (low, high) = (number(low, 0.0)?, number(high, 1.0)?);
    let mode = match given(mode) {
        Some(mode) => Some(vm.to_f64(&mode)?),
        None => None,
    };
    Ok(Value::float(with(vm, this, |random: &mut Random| random.triangular(low, high, mode))?))
}

fn getrandbits(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "getrandbits")?;
    let count = one(vm, &rest, "Random.getrandbits")?;
    let count = vm.index_i64(count)?;
    let Ok(count) = u64::try_from(count) else {
        return Err(vm.value_error("number of bits must be non-negative"));
    };
    vm.check_memory((count / 8) as usize)?;
    let bits = with(vm, this, |random: &mut Random| random.bits_big(count))?;
    Ok(vm.big(bits.into()))
}

fn randbytes(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "randbytes")?;
    let count = one(vm, &rest, "Random.randbytes")?;
    let count = vm.index_i64(count)?;
    let Ok(count) = usize::try_from(count) else {
        return Err(vm.value_error("number of bits must be non-negative"));
    };
    vm.check_memory(count)?;
    let bytes = with(vm, this, |random: &mut Random| random.bytes(count))?;
    Ok(vm.bytes(bytes))
}

/// An integer argument.
fn integer(vm: &mut Vm, value: &Value) -> Result<BigInt> {
    let index = vm.index(value)?;
    Ok(vm.to_bigint(&index).unwrap_or_default())
}

/// A bound of a range: a number will do if it is whole. `by_script` where a script called `randrange` itself: it is told then.
fn bound(vm: &mut Vm, value: &Value, what: &str, by_script: bool) -> Result<BigInt> {
    if vm.is_int(value) || vm.special(value, Special::Index).is_some() {
        return integer(vm, value);
    }
    let class = vm.classes.int.to_value();
    let whole = vm.call(&class, std::slice::from_ref(value))?;
    if !vm.equal(&whole, value)? {
        told(vm, "randrange() will raise TypeError in the future", by_script)?;
        return Err(vm.value_error(format!("non-integer {what} for randrange()")));
    }
    let message = "non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a \
                   subsequent version";
    told(vm, message, by_script)?;
    integer(vm, &whole)
}

/// A warning at the line of the script, or at one of this module.
fn told(vm: &mut Vm, message: &str, by_script: bool) -> Result<()> {
    if by_script {
        return vm.warn_deprecated(message);
    }
    let module = vm.import_name("warnings", 0, &Value::NONE)?;
    let category = vm.classes.deprecation_warning.to_value();
    let parts = [vm.str(message), category, vm.str("random.py"), vm.int(1), vm.str("random")];
    vm.call_method(&module, "warn_explicit", &parts).map(drop)
}

fn randint(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "randint")?;
    let [a, b] = named(vm, &rest, "randint", ["a", "b"], 2)?;
    // As `randrange(a, b + 1)`.
    let one = vm.int(1);
    let end = vm.binary(BinaryOp::Add, &or_none(b), &one)?;
    let (a, end) = (bound(vm, &or_none(a), "arg 1", false)?, bound(vm, &end, "stop", false)?);
    let number = drawn(vm, this, |random| random.range(&a, &end, &BigInt::from(1)))?;
    Ok(vm.big(number))
}

fn randrange(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "randrange")?;
    let [start, stop, step] = named(vm, &rest, "randrange", ["start", "stop", "step"], 1)?;
    let start = bound(vm, &or_none(start), "arg 1", true)?;
    let Some(stop) = given(stop) else {
        if step.is_some() {
            return Err(vm.type_error("Missing a non-None stop argument"));
        }
        if !start.is_positive() {
            return Err(vm.value_error("empty range for randrange()"));
        }
        let number = drawn(vm, this, |random| random.range(&BigInt::from(0), &start, &BigInt::from(1)))?;
        return Ok(vm.big(number));
    };
    let stop = bound(vm, &stop, "stop", true)?;
    let step = match step {
        Some(step) => bound(vm, &step, "step", true)?,
        None => BigInt::from(1),
    };
    let number = drawn(vm, this, |random| random.range(&start, &stop, &step))?;
    Ok(vm.big(number))
}

fn choice(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "choice")?;
    let [sequence] = named(vm, &rest, "choice", ["seq"], 1)?;
    let sequence = or_none(sequence);
    let len = vm.len(&sequence)?;
    let index = drawn(vm, this, |random| random.choice(len))?;
    let index = vm.size(index);
    vm.get_item(&sequence, &index)
}

fn shuffle(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "shuffle")?;
    let [sequence] = named(vm, &rest, "shuffle", ["x"], 1)?;
    let sequence = or_none(sequence);
    if let Some(list) = sequence.to_ref::<List>() {
        vm.heap().before_reorder(list.header());
        let mut items = list.items.borrow_mut();
        let len = items.len();
        let draw = |random: &mut Random| random.shuffle(len, |i, j| items.swap(i, j));
        with(vm, this, draw)?;
        return Ok(Value::NONE);
    }
    let len = vm.len(&sequence)?;
    let mut swaps = Vec::with_capacity(len);
    with(vm, this, |random: &mut Random| random.shuffle(len, |i, j| swaps.push((i, j))))?;
    for (i, j) in swaps {
        let (i, j) = (vm.size(i), vm.size(j));
        let (a, b) = (vm.get_item(&sequence, &i)?, vm.get_item(&sequence, &j)?);
        vm.set_item(&sequence, &i, b)?;
        vm.set_item(&sequence, &j, a)?;
    }
    Ok(Value::NONE)
}

/// The items of a sequence at some positions, as a list.
fn picked(vm: &mut Vm, sequence: &Value, positions: &[usize]) -> Result<Value> {
    let mut items = Vec::with_capacity(positions.len());
    for position in positions {
        let index = vm.size(*position);
        items.push(vm.get_item(sequence, &index)?);
    }
    Ok(vm.list(items))
}

fn sample(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "sample")?;
    let [population, k, counts] = named(vm, &rest, "sample", ["population", "k", "*counts"], 2)?;
    let population = or_none(population);
    let is_set = [&vm.classes.set.clone(), &vm.classes.frozenset.clone(), &vm.classes.dict.clone()]
        .iter()
        .any(|class| vm.is_instance(&population, class));
    if is_set {
        return Err(vm.type_error("Population must be a sequence.  For dicts or sets, use sorted(d)."));
    }
    let k = vm.index_i64(&or_none(k))?;
    let Some(counts) = given(counts) else {
        let len = vm.len(&population)?;
        let positions = drawn(vm, this, |random| random.sample(len, k))?;
        return picked(vm, &population, &positions);
    };
    let mut totals = Vec::new();
    let mut total: i64 = 0;
    for count in vm.items(&counts)? {
        if !vm.is_int(&count) {
            return Err(vm.type_error("Counts must be integers"));
        }
        total = total.saturating_add(vm.index_i64(&count)?);
        totals.push(total);
    }
    if totals.len() != vm.len(&population)? {
        return Err(vm.value_error("The number of counts does not match the population"));
    }
    if total <= 0 {
        return Err(vm.value_error("Total of counts must be greater than zero"));
    }
    let positions = drawn(vm, this, |random| random.sample(total as usize, k))?;
    let positions: Vec<usize> =
        positions.into_iter().map(|position| totals.partition_point(|total| *total <= position as i64)).collect();
    picked(vm, &population, &positions)
}

fn choices(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "choices")?;
    let [population, weights, cumulative, k] =
        named(vm, &rest, "choices", ["population", "weights", "*cum_weights", "*k"], 1)?;
    let population = or_none(population);
    let k = match k {
        Some(k) => vm.index_i64(&k)?.max(0) as usize,
        None => 1,
    };
    vm.check_memory(k.saturating_mul(8))?;
    let len = vm.len(&population)?;
    let (weights, cumulative) = (given(weights), given(cumulative));
    let totals = match (weights, cumulative) {
        (Some(_), Some(_)) => return Err(vm.type_error("Cannot specify both weights and cumulative weights")),
        (None, None) => {
            let positions = with(vm, this, |random: &mut Random| random.choices(len, k))?;
            return picked(vm, &population, &positions);
        }
        (Some(weights), None) => {
            let mut total = 0.0;
            let mut totals = Vec::new();
            for weight in vm.items(&weights)? {
                total += vm.to_f64(&weight)?;
                totals.push(total);
            }
            totals
        }
        (None, Some(cumulative)) => {
            let cumulative = vm.items(&cumulative)?;
            cumulative.iter().map(|weight| vm.to_f64(weight)).collect::<Result<Vec<_>>>()?
        }
    };
    if len == 0 && totals.is_empty() {
        return Err(vm.index_error("list index out of range"));
    }
    let positions = drawn(vm, this, |random| random.choices_weighted(&totals, len, k))?;
    picked(vm, &population, &positions)
}

/// How a generator is copied: a new one with its state.
fn reduce(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, _) = method(vm, args, "__reduce__")?;
    let state = vm.call_method(this, "getstate", &[])?;
    let class = vm.class_of(this).into_value();
    let arguments = vm.tuple(Vec::new());
    Ok(vm.tuple(vec![class, arguments, state]))
}

fn getstate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "getstate")?;
    none(vm, &rest, "Random.getstate")?;
    let (numbers, gauss) = with(vm, this, |random: &mut Random| (random.state(), random.gauss_next))?;
    let numbers = numbers.into_iter().map(|number| vm.int(number.into())).collect();
    let numbers = vm.tuple(numbers);
    let gauss = gauss.map_or(Value::NONE, Value::float);
    Ok(vm.tuple(vec![vm.int(3), numbers, gauss]))
}

fn setstate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let (this, rest) = method(vm, args, "setstate")?;
    let values = between(vm, &rest, "setstate", 1, 1)?;
    let parts = vm.items(&values[0])?;
    let [version, numbers, gauss] = parts.as_slice() else {
        return Err(vm.value_error("state vector must be a tuple of three items"));
    };
    if vm.to_i64(version) != Some(3) {
        let version = vm.repr(version)?;
        return Err(vm.value_error(format!("state with version {version} passed to Random.setstate() of version 3")));
    }
    let mut state = Vec::new();
    for number in vm.items(numbers)? {
        state.push(vm.index_i64(&number)? as u32);
    }
    drawn(vm, this, |random| random.set_state(&state))?;
    let gauss = if gauss.is_none() { None } else { Some(vm.to_f64(gauss)?) };
    with(vm, this, |random: &mut Random| random.gauss_next = gauss)?;
    Ok(Value::NONE)
}
