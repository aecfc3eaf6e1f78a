//! The operators of two values or one: which operand is asked, by a method of its class or by what it has inside. What numbers
//! answer is in `arithmetic`, what sequences answer in `concatenate`.

use linger_heap::Value;
use num_bigint::BigInt as Big;

use super::numbers::{Number, big_of};
use super::wide::{wide_arithmetic, wide_int};
use super::{Result, Vm};
use crate::bytecode::Op;
use crate::objects::*;
use crate::pure::complex::Complex as ComplexNumber;

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
        if let (Some(x), Some(y)) = (wide_int(a), wide_int(b))
            && let Some(result) = wide_arithmetic(op, x, y)
        {
            return Ok(self.wide(result));
        }
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
        self.binary_result(op, a, b, in_place, result)
    }

    /// `a op b`, which the method of `a` leaves to `b`; there is no order of the two by their classes.
    pub(super) fn binary_declined(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Value> {
        let result = self.binary_right(op, a, b, false, false)?;
        self.binary_result(op, a, b, false, result)
    }

    /// The result, or the error that there is none.
    fn binary_result(
        &mut self,
        op: BinaryOp,
        a: &Value,
        b: &Value,
        in_place: bool,
        result: Option<Value>,
    ) -> Result<Value> {
        match result {
            Some(result) => Ok(result),
            None => {
                let symbol = if in_place { op.in_place_symbol() } else { op.symbol() };
                let is_print = a.downcast::<Native>().is_some_and(|native| native.name == "print");
                let hint = match op {
                    BinaryOp::RShift if is_print => ". Did you mean \"print(<message>, file=<output_stream>)\"?",
                    _ => "",
                };
                Err(self.type_error(format!(
                    "unsupported operand type(s) for {symbol}: '{}' and '{}'{hint}",
                    self.type_name(a),
                    self.type_name(b)
                )))
            }
        }
    }

    /// What a method of an operand's class says; nothing if there is none, or it leaves the answer to the other operand.
    fn try_method(&mut self, receiver: &Value, special: Special, other: &Value) -> Result<Option<Value>> {
        if !self.has_script_class(receiver) {
            return Ok(None);
        }
        let Some(method) = self.special(receiver, special) else { return Ok(None) };
        let result = self.call_found(&method, &[receiver.clone(), other.clone()])?;
        Ok(if result.is(&Value::NOT_IMPLEMENTED) { None } else { Some(result) })
    }

    /// Whether the class of a value answers an operator by methods: a script's own, or those of a class of a module.
    fn answers_by_method(&mut self, value: &Value, (forward, reflected): (Special, Special)) -> bool {
        if !value.is_kind::<Instance>() {
            return self.has_script_class(value);
        }
        let is_own = |method: Option<Value>| method.is_some_and(|method| !method.is_kind::<Native>());
        if is_own(self.special(value, forward)) || is_own(self.special(value, reflected)) {
            return true;
        }
        // A sequence's `+` and `*` are not those of numbers: a method of a class that comes after it makes it answer by methods too.
        matches!(forward, Special::Add | Special::Mul)
            && self.is_sequence_kind(&value_inside(value))
            && self.has_later_method(value, &[forward, reflected])
    }

    /// Whether a script's class anywhere in the order of a value's classes has one of these methods.
    fn has_later_method(&mut self, value: &Value, methods: &[Special]) -> bool {
        let order = self.class_of(value).mro.get();
        let classes = order.downcast::<Tuple>().map(|order| order.items.to_vec()).unwrap_or_default();
        methods.iter().any(|method| {
            let name = self.special_name(*method).clone();
            let hash = self.hash_str(&name);
            classes
                .iter()
                .filter_map(Value::downcast::<Class>)
                .any(|class| !class.flags.get().builtin && class.dict.table.borrow().find_str(hash, &name).is_some())
        })
    }

    /// As CPython's `binary_op1` with its slots: a class with a method of its own answers by methods, any other by what it has inside.
    fn binary_scripted(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        let (forward, reflected, assign) = op.specials();
        let (inner_a, inner_b) = (value_inside(a), value_inside(b));
        if in_place {
            let assigns = self.special(a, assign);
            if assigns.is_some_and(|method| !method.is_kind::<Native>() || !a.is_kind::<Instance>()) {
                if let Some(result) = self.try_method(a, assign, b)? {
                    return Ok(Some(result));
                }
            } else if op == BinaryOp::Add && (inner_a.is_kind::<List>() || inner_a.is_kind::<ByteArray>()) {
                let other = if inner_a.is_kind::<List>() { b } else { &inner_b };
                self.concatenate(&inner_a, other, b, true)?;
                return Ok(Some(a.clone()));
            } else if (inner_a.is_kind::<Set>() || inner_a.is_kind::<Dict>())
                && let Some(result) = self.binary_native(op, &inner_a, &inner_b, true)?
            {
                // `x |= y` of an instance of a set changes it and stays itself.
                return Ok(Some(if result.is(&inner_a) { a.clone() } else { result }));
            }
        }
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let different = !class_a.is(&class_b);
        let by_method_a = self.answers_by_method(a, (forward, reflected));
        let by_method_b = different && self.answers_by_method(b, (forward, reflected));
        let is_subclass = different && class_b.is_subclass_of(&class_a);
        let mut tried = false;
        if is_subclass && by_method_b {
            // The subclass goes first if it has a method of its own.
            let (mine, theirs) = (self.special(b, reflected), self.special(a, reflected));
            let overrides = match (&mine, &theirs) {
                (Some(mine), Some(theirs)) => !mine.is(theirs),
                (mine, _) => mine.is_some(),
            };
            if overrides || !by_method_a {
                tried = true;
                if let Some(result) = self.try_method(b, reflected, a)? {
                    return Ok(Some(result));
                }
            }
        }
        if by_method_a {
            if let Some(result) = self.try_method(a, forward, b)? {
                return Ok(Some(result));
            }
        } else if op == BinaryOp::Mod && is_text(&inner_a) {
            let text = self.percent_text(&inner_a, b)?;
            return Ok(Some(if text.is(&inner_a) { a.clone() } else { text }));
        } else if let Some(result) = self.binary_inside(op, &inner_a, &inner_b, true)? {
            return Ok(Some(result));
        }
        self.binary_right(op, a, b, tried, in_place)
    }

    /// What the class of the right operand says after that of the left one; `asked` if its method was asked before.
    fn binary_right(
        &mut self,
        op: BinaryOp,
        a: &Value,
        b: &Value,
        asked: bool,
        in_place: bool,
    ) -> Result<Option<Value>> {
        let (forward, reflected, _) = op.specials();
        let (inner_a, inner_b) = (value_inside(a), value_inside(b));
        let different = !self.class_of(a).is(&self.class_of(b));
        if different && self.answers_by_method(b, (forward, reflected)) {
            if !asked && let Some(result) = self.try_method(b, reflected, a)? {
                return Ok(Some(result));
            }
        } else if different && op == BinaryOp::Mod && is_same_text(&inner_a, &inner_b) {
            return self.percent_format(&inner_a, b).map(Some);
        } else if different && let Some(result) = self.binary_inside(op, &inner_a, &inner_b, false)? {
            return Ok(Some(result));
        }
        self.sequence_operator(op, (a, &inner_a), (b, &inner_b), in_place)
    }

    /// The operator on what two operands have inside, as the class of the left or of the right one knows it. Not yet as sequences.
    fn binary_inside(&mut self, op: BinaryOp, a: &Value, b: &Value, asks_left: bool) -> Result<Option<Value>> {
        let is_sequence =
            matches!(op, BinaryOp::Add | BinaryOp::Mul) && (self.is_sequence_kind(a) || self.is_sequence_kind(b));
        if is_sequence || a.is_kind::<Instance>() || b.is_kind::<Instance>() || op == BinaryOp::Mod && is_text(a) {
            return Ok(None);
        }
        // An int leaves floats and complex numbers to these, and a float the complex ones.
        let rank = |value: &Value| u8::from(value.is_float()) + 2 * u8::from(value.is_kind::<Complex>());
        let (asked, other) = if asks_left { (rank(a), rank(b)) } else { (rank(b), rank(a)) };
        if asked < other {
            return Ok(None);
        }
        self.binary_native(op, a, b, false)
    }

    /// `+` and `*` of sequences, which come after all that the classes' methods said.
    fn sequence_operator(
        &mut self,
        op: BinaryOp,
        (a, inner_a): (&Value, &Value),
        (b, inner_b): (&Value, &Value),
        in_place: bool,
    ) -> Result<Option<Value>> {
        // A class with a method of its own for the statement declined to change the object.
        let in_place = in_place && self.keeps_native(a, &[op.specials().2]);
        let result = match op {
            BinaryOp::Add if self.is_sequence_kind(inner_a) && self.keeps_native(a, &[Special::Add]) => {
                self.concatenate(inner_a, inner_b, b, in_place)?
            }
            BinaryOp::Mul if self.is_sequence_kind(inner_a) && self.keeps_native(a, &[Special::Mul, Special::RMul]) => {
                Some(self.repeat_by(inner_a, b, in_place)?)
            }
            BinaryOp::Mul if self.is_sequence_kind(inner_b) && self.keeps_native(b, &[Special::Mul, Special::RMul]) => {
                Some(self.repeat_by(inner_b, a, false)?)
            }
            _ => None,
        };
        let same = in_place && result.as_ref().is_some_and(|result| result.is(inner_a));
        Ok(if same { Some(a.clone()) } else { result })
    }

    /// Whether a value's class leaves methods to the builtin class that it inherits from.
    fn keeps_native(&mut self, value: &Value, methods: &[Special]) -> bool {
        methods.iter().all(|method| self.special(value, *method).is_none_or(|found| found.is_kind::<Native>()))
    }

    fn binary_native(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Result<Option<Value>> {
        if a.is_kind::<BigInt>() || b.is_kind::<BigInt>() {
            // Digits are looked at where they lie.
            if let (Some(x), Some(y)) = (big_of(a), big_of(b)) {
                return if op == BinaryOp::MatMul { Ok(None) } else { self.big_arithmetic(op, &x, &y).map(Some) };
            }
        }
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
        if (a.is_kind::<Complex>() || b.is_kind::<Complex>())
            && let Some(result) = self.complex_arithmetic(op, a, b)?
        {
            return Ok(Some(result));
        }
        match op {
            BinaryOp::Add => self.concatenate(a, b, b, in_place),
            BinaryOp::Mul => {
                if self.is_sequence_kind(a) {
                    return self.repeat_by(a, b, in_place).map(Some);
                }
                if self.is_sequence_kind(b) {
                    return self.repeat_by(b, a, false).map(Some);
                }
                Ok(None)
            }
            BinaryOp::Mod if is_text(a) => self.percent_format(a, b).map(Some),
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
                // Behind a view of a mapping that can't be written to is the mapping.
                if op == BinaryOp::Or && (is_proxy(a) || is_proxy(b)) {
                    if in_place {
                        return Err(self.type_error("'|=' is not supported by mappingproxy; use '|' instead"));
                    }
                    return self.binary(op, &behind_proxy(a), &behind_proxy(b)).map(Some);
                }
                Ok(None)
            }
            _ => Ok(None),
        }
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
            return self.call_found(&method, std::slice::from_ref(value));
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
            (None, UnaryOp::Neg | UnaryOp::Pos) if self.complex_of(value).is_some() => {
                let number = self.complex_of(value).unwrap_or(ComplexNumber::new(0.0, 0.0));
                Ok(if op == UnaryOp::Pos {
                    self.complex(number)
                } else {
                    self.complex(ComplexNumber::new(-number.real, -number.imag))
                })
            }
            _ => Err(self.type_error(format!("bad operand type for unary {symbol}: '{}'", self.type_name(value)))),
        }
    }

    // ---- sequences and sets ----
}

/// What a script's instance of a builtin class has inside, if that is a value of its own; else the value itself.
fn value_inside(value: &Value) -> Value {
    match value.downcast::<Instance>().and_then(Instance::payload) {
        Some(inner) if !inner.is_kind::<ExceptionData>() => inner,
        _ => value.clone(),
    }
}

fn is_text(value: &Value) -> bool {
    value.is_kind::<Str>() || value.is_kind::<Bytes>() || value.is_kind::<ByteArray>()
}

/// Whether two operands are texts of one kind: then the right one's class formats too.
fn is_same_text(a: &Value, b: &Value) -> bool {
    a.is_kind::<Str>() && b.is_kind::<Str>()
        || a.is_kind::<Bytes>() && b.is_kind::<Bytes>()
        || a.is_kind::<ByteArray>() && b.is_kind::<ByteArray>()
}

fn is_proxy(value: &Value) -> bool {
    value.downcast::<DictView>().is_some_and(|view| view.kind == ViewKind::Proxy)
}

fn behind_proxy(value: &Value) -> Value {
    match value.downcast::<DictView>() {
        Some(view) if view.kind == ViewKind::Proxy => view.dict.get(),
        _ => value.clone(),
    }
}
