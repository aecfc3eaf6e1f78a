//! `float`: the constructor, the table of methods and attributes. Arithmetic is the machine's, text is in `pure::float_text`.

use linger_heap::Value;

use super::bytes_type::octets_of;
use super::checks::special_takes;
use super::number_dunders as dunders;
use super::{arity, int_type, text_format};
use crate::objects::{Args, Instance, NativeFn, Special, Str};
use crate::pure::{float_num, float_text, str_repr::repr_str};
use crate::vm::{Result, Vm};

pub(super) const METHODS: &[(&str, NativeFn)] = &[
    ("__new__", new),
    ("__repr__", text_format::repr_method),
    ("__format__", text_format::format_method),
    ("__getnewargs__", getnewargs),
    ("__abs__", dunders::float_abs),
    ("__add__", dunders::float_add),
    ("__radd__", dunders::float_radd),
    ("__sub__", dunders::float_sub),
    ("__rsub__", dunders::float_rsub),
    ("__mul__", dunders::float_mul),
    ("__rmul__", dunders::float_rmul),
    ("__truediv__", dunders::float_truediv),
    ("__rtruediv__", dunders::float_rtruediv),
    ("__floordiv__", dunders::float_floordiv),
    ("__rfloordiv__", dunders::float_rfloordiv),
    ("__mod__", dunders::float_mod),
    ("__rmod__", dunders::float_rmod),
    ("__divmod__", dunders::float_divmod),
    ("__rdivmod__", dunders::float_rdivmod),
    ("__pow__", dunders::float_pow),
    ("__rpow__", dunders::float_rpow),
    ("__neg__", dunders::float_neg),
    ("__pos__", dunders::float_pos),
    ("__bool__", dunders::bool_of),
    ("__hash__", dunders::hash_of),
    ("__eq__", dunders::float_eq),
    ("__ne__", dunders::float_ne),
    ("__lt__", dunders::float_lt),
    ("__le__", dunders::float_le),
    ("__gt__", dunders::float_gt),
    ("__ge__", dunders::float_ge),
    ("__float__", same),
    ("__int__", trunc),
    ("__trunc__", trunc),
    ("__floor__", floor),
    ("__ceil__", ceil),
    ("__round__", round),
    ("conjugate", conjugate),
    ("is_integer", is_integer),
    ("as_integer_ratio", as_integer_ratio),
    ("hex", hex),
];

pub(super) const CLASS: &[(&str, NativeFn)] = &[("fromhex", fromhex), ("__getformat__", getformat)];

pub(super) const GETTERS: &[(&str, NativeFn)] = &[("real", same), ("imag", zero)];

/// The float that a method of `float` is called on.
fn this(vm: &mut Vm, args: &Args<'_>, name: &str) -> Result<f64> {
    let found = args.values.first().and_then(|value| vm.inner_value(value).as_float());
    match found {
        Some(number) => Ok(number),
        None => Err(arity::wrong_receiver(vm, args, "float", name)),
    }
}

fn new(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let class = args.values.first().cloned().unwrap_or_default();
    super::checks::no_keywords_to_new(vm, &args, "float")?;
    let args = Args { values: args.positional(), names: &[] };
    let number = match arity::between(vm, &args, "float", "float", (0, 1)) {
        Ok([value]) if value.is_float() => return vm.wrap(&class, value.clone()),
        Ok([value]) => {
            let number = to_float(vm, value)?;
            if number.is_nan() {
                let nan = vm.fresh_nan(number);
                return vm.wrap(&class, nan);
            }
            number
        }
        Ok(_) => 0.0,
        Err(error) => return Err(error),
    };
    vm.wrap(&class, Value::float(number))
}

/// `float(value)`
fn to_float(vm: &mut Vm, value: &Value) -> Result<f64> {
    if let Some(number) = value.as_float() {
        return Ok(number);
    }
    if let Some(text) = value.downcast::<Str>() {
        return parsed(vm, &text.text, &|| repr_str(&text.text));
    }
    if !value.is_kind::<Instance>() && (vm.is_int(value)) {
        return vm.to_f64(value);
    }
    if value.is_kind::<Instance>()
        && vm.inner_value(value).is_float()
        && let Some(method) = vm.special(value, Special::Float)
        && !method.is_kind::<crate::objects::Native>()
    {
        let result = vm.call(&method, std::slice::from_ref(value))?;
        if let Some(number) = vm.inner_value(&result).as_float() {
            let method = format!("{}.__float__", vm.type_name(value));
            vm.warn_of_strict_subclass(&result, &method, "float")?;
            return Ok(number);
        }
        let (own, found) = (vm.type_name(value), vm.type_name(&result));
        return Err(vm.type_error(format!("{own}.__float__ returned non-float (type {found})")));
    }
    if vm.special(value, Special::Float).is_some() || vm.special(value, Special::Index).is_some() {
        return vm.to_f64(value);
    }
    if let Some(text) = vm.text_of(value) {
        return match float_text::parse(&text.text) {
            Some(number) => Ok(number),
            None => {
                let shown = vm.repr(value)?;
                Err(vm.pure_error(float_text::parse_error(&shown)))
            }
        };
    }
    if let Some(octets) = octets_of(vm, value) {
        let text = octets.read(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let shown = vm.repr(value)?;
        return parsed(vm, &text, &|| shown.clone());
    }
    let found = vm.type_name(value);
    Err(vm.type_error(format!("float() argument must be a string or a real number, not '{found}'")))
}

fn parsed(vm: &mut Vm, text: &str, shown: &dyn Fn() -> String) -> Result<f64> {
    match float_text::parse(text) {
        Some(number) => Ok(number),
        None => Err(vm.pure_error(float_text::parse_error(&shown()))),
    }
}

fn getnewargs(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__getnewargs__")?;
    Ok(vm.tuple(vec![Value::float(number)]))
}

fn same(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    special_takes(vm, &args, 0)?;
    this(vm, &args, "__float__").map(Value::float)
}

fn conjugate(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "conjugate")?;
    arity::none(vm, &args, "float", "conjugate")?;
    Ok(Value::float(number))
}

fn zero(_vm: &mut Vm, _args: Args<'_>) -> Result<Value> {
    Ok(Value::float(0.0))
}

fn trunc(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__trunc__")?;
    int_type::from_float(vm, number)
}

fn floor(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__floor__")?;
    int_type::from_float(vm, number.floor())
}

fn ceil(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__ceil__")?;
    int_type::from_float(vm, number.ceil())
}

fn round(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "__round__")?;
    let digits = arity::between(vm, &args, "float", "__round__", (0, 1))?.first().filter(|digits| !digits.is_none());
    let Some(digits) = digits else { return int_type::from_float(vm, number.round_ties_even()) };
    let digits = vm.index(digits)?;
    let digits = arity::saturated(vm, &digits);
    match float_num::round_to(number, digits) {
        Ok(rounded) => Ok(Value::float(rounded)),
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn is_integer(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "is_integer")?;
    arity::none(vm, &args, "float", "is_integer")?;
    Ok(Value::bool(number.is_finite() && number.fract() == 0.0))
}

fn as_integer_ratio(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "as_integer_ratio")?;
    arity::none(vm, &args, "float", "as_integer_ratio")?;
    match float_num::integer_ratio(number) {
        Ok((above, below)) => Ok(vm.tuple(vec![vm.big(above), vm.big(below)])),
        Err(error) => Err(vm.pure_error(error)),
    }
}

fn hex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let number = this(vm, &args, "hex")?;
    arity::none(vm, &args, "float", "hex")?;
    Ok(vm.str(&float_text::hex(number)))
}

fn fromhex(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = arity::one(vm, &args, "float", "fromhex")?;
    let Some(text) = vm.text_of(value) else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    let number = match float_text::from_hex(&text.text) {
        Ok(number) => Value::float(number),
        Err(error) => return Err(vm.pure_error(error)),
    };
    let class = args.values[0].clone();
    if class.is(&vm.classes.float.to_value()) { Ok(number) } else { vm.call(&class, &[number]) }
}

fn getformat(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let value = arity::one(vm, &args, "float", "__getformat__")?;
    match vm.text_of(value).as_ref().map(|kind| &*kind.text) {
        Some("double" | "float") => Ok(vm.str("IEEE, little-endian")),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}
