//! Equality and order, as the language defines them for every value.

use std::cmp::Ordering;

use linger_heap::Value;

use super::wide::wide_order;
use super::{Result, Vm};
use crate::objects::*;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `==`
    Eq,
    /// `!=`
    Ne,
}

impl CompareOp {
    /// What the operator says of an order; `None` is unordered (a NaN).
    pub fn holds(self, order: Option<Ordering>) -> bool {
        match (self, order) {
            (CompareOp::Ne, None) => true,
            (_, None) => false,
            (CompareOp::Lt, Some(order)) => order.is_lt(),
            (CompareOp::Le, Some(order)) => order.is_le(),
            (CompareOp::Gt, Some(order)) => order.is_gt(),
            (CompareOp::Ge, Some(order)) => order.is_ge(),
            (CompareOp::Eq, Some(order)) => order.is_eq(),
            (CompareOp::Ne, Some(order)) => order.is_ne(),
        }
    }

    /// The method on the left operand.
    pub fn special(self) -> Special {
        match self {
            CompareOp::Lt => Special::Lt,
            CompareOp::Le => Special::Le,
            CompareOp::Gt => Special::Gt,
            CompareOp::Ge => Special::Ge,
            CompareOp::Eq => Special::Eq,
            CompareOp::Ne => Special::Ne,
        }
    }

    /// The comparison with the operands exchanged.
    pub fn reflected(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            other => other,
        }
    }

    /// The operator as a script writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
        }
    }
}

impl Vm {
    /// `a == b`, or the same object: what containers mean by equal.
    #[inline]
    pub fn equal(&mut self, a: &Value, b: &Value) -> Result<bool> {
        if a.is(b) {
            return Ok(true);
        }
        self.equal_by_operator(a, b)
    }

    /// `a == b` as a truth value.
    pub(crate) fn equal_by_operator(&mut self, a: &Value, b: &Value) -> Result<bool> {
        if (a.is_float() || !a.is(b))
            && let Some(answer) = simple_equal(a, b)
        {
            return Ok(answer);
        }
        let result = self.compare(CompareOp::Eq, a, b)?;
        self.truth(&result)
    }

    /// `a < b` as a truth value.
    pub fn less(&mut self, a: &Value, b: &Value) -> Result<bool> {
        if let Some(order) = simple_order(a, b) {
            return Ok(order.is_lt());
        }
        let result = self.compare(CompareOp::Lt, a, b)?;
        self.truth(&result)
    }

    /// A comparison.
    pub fn compare(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
        let known = match op {
            CompareOp::Eq => simple_equal(a, b),
            CompareOp::Ne => simple_equal(a, b).map(|equal| !equal),
            _ => simple_order(a, b).map(|order| op.holds(Some(order))),
        };
        if let Some(known) = known {
            return Ok(Value::bool(known));
        }
        if let Some(order) = wide_order(a, b) {
            return Ok(Value::bool(op.holds(Some(order))));
        }
        if !a.is_kind::<Instance>()
            && !b.is_kind::<Instance>()
            && let (Some(a), Some(b)) = (self.number(a), self.number(b))
        {
            return Ok(Value::bool(op.holds(a.order(&b))));
        }
        let scripted = self.has_script_class(a) || self.has_script_class(b);
        if !scripted {
            let answer = self.with_recursion(" in comparison", |vm| vm.compare_native(op, a, b))?;
            return match answer {
                Some(answer) => Ok(Value::bool(answer)),
                None => self.incomparable(op, a, b),
            };
        }
        let (class_a, class_b) = (self.class_of(a), self.class_of(b));
        let mut tried_reflected = false;
        if !class_a.is(&class_b) && class_b.is_subclass_of(&class_a) {
            tried_reflected = true;
            let result = self.compare_one(op.reflected(), b, a)?;
            if !result.is(&Value::NOT_IMPLEMENTED) {
                return Ok(result);
            }
        }
        let result = self.compare_one(op, a, b)?;
        if !result.is(&Value::NOT_IMPLEMENTED) {
            return Ok(result);
        }
        if tried_reflected { self.incomparable(op, a, b) } else { self.compare_declined(op, a, b) }
    }

    /// `a op b`, which the class of `a` leaves to that of `b`.
    pub(super) fn compare_declined(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
        let result = self.compare_one(op.reflected(), b, a)?;
        if result.is(&Value::NOT_IMPLEMENTED) { self.incomparable(op, a, b) } else { Ok(result) }
    }

    fn incomparable(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
        match op {
            CompareOp::Eq => Ok(Value::bool(a.is(b))),
            CompareOp::Ne => Ok(Value::bool(!a.is(b))),
            _ => Err(self.type_error(format!(
                "'{}' not supported between instances of '{}' and '{}'",
                op.symbol(),
                self.type_name(a),
                self.type_name(b)
            ))),
        }
    }

    /// What the class of `a` says of `a op b`.
    pub(crate) fn compare_one(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
        if self.has_script_class(a)
            && let Some(method) = self.special(a, op.special())
            && !method.is_kind::<Native>()
        {
            return self.call_found(&method, &[a.clone(), b.clone()]);
        }
        if let Some(method) = self.special(a, op.special())
            && value_is_native_object_method(self, a, &method)
        {
            return self.call_found(&method, &[a.clone(), b.clone()]);
        }
        // `!=` without a method of its own is the opposite of `==`.
        let has_value =
            a.downcast::<Instance>().and_then(Instance::payload).is_some_and(|inner| !inner.is_kind::<ExceptionData>());
        if op == CompareOp::Ne
            && self.has_script_class(a)
            && !has_value
            && let Some(method) = self.special(a, Special::Eq)
            && !method.is_kind::<Native>()
        {
            let result = self.call_found(&method, &[a.clone(), b.clone()])?;
            if result.is(&Value::NOT_IMPLEMENTED) {
                return Ok(result);
            }
            let truth = self.truth(&result)?;
            return Ok(Value::bool(!truth));
        }
        Ok(match self.compare_payloads(op, a, b)? {
            Some(answer) => Value::bool(answer),
            None => Value::NOT_IMPLEMENTED,
        })
    }

    fn compare_payloads(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>> {
        let inside = |value: &Value| value.downcast::<Instance>().and_then(Instance::payload);
        let (inner_a, inner_b) = (inside(a), inside(b));
        let (a, b) = (inner_a.as_ref().unwrap_or(a), inner_b.as_ref().unwrap_or(b));
        if a.is_kind::<ExceptionData>() || a.is_kind::<Instance>() {
            return Ok(None);
        }
        if let (Some(x), Some(y)) = (self.number(a), self.number(b)) {
            // An int leaves floats to the float, whose class may have its own mind.
            if inner_b.is_some() && b.is_float() && !a.is_float() {
                return Ok(None);
            }
            return Ok(Some(op.holds(x.order(&y))));
        }
        // An instance may still answer what two kinds do not.
        let kinds = [a, b].map(|value| value.header().map(linger_heap::Header::kind));
        let is_octets = |value: &Value| value.is_kind::<Bytes>() || value.is_kind::<ByteArray>();
        let family = kinds[0].is_some() && kinds[0] == kinds[1]
            || is_octets(a) && is_octets(b)
            || [a, b].iter().any(|value| value.is_kind::<DictView>() || value.is_kind::<Complex>());
        if (inner_a.is_some() || inner_b.is_some() || b.is_kind::<Instance>()) && !family {
            return Ok(None);
        }
        self.with_recursion(" in comparison", |vm| vm.compare_native(op, a, b))
    }

    /// Compares two builtin values; nothing if they can't be.
    fn compare_native(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>> {
        if let (Some(a), Some(b)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
            return Ok(Some(op.holds(Some((*a.text).cmp(&*b.text)))));
        }
        if a.is_kind::<Tuple>() && b.is_kind::<Tuple>() || a.is_kind::<List>() && b.is_kind::<List>() {
            return self.compare_runs(op, a, b).map(Some);
        }
        if let (Some(a), Some(b)) = (super::bytearrays::bytes_of(a), super::bytearrays::bytes_of(b)) {
            return Ok(Some(op.holds(Some(a.cmp(&b)))));
        }
        if let Some(answer) = self.compare_sets(op, a, b)? {
            return Ok(Some(answer));
        }
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            if let (Some(a), Some(b)) = (a.downcast::<Slice>(), b.downcast::<Slice>()) {
                let parts = |slice: &Slice| [slice.start.clone(), slice.stop.clone(), slice.step.clone()];
                return self.compare_sequences(op, &parts(a), &parts(b)).map(Some);
            }
            return Ok(None);
        }
        let equal = self.equal_native(a, b)?;
        Ok(equal.map(|equal| equal == (op == CompareOp::Eq)))
    }

    fn equal_native(&mut self, a: &Value, b: &Value) -> Result<Option<bool>> {
        if let (Some(a), Some(b)) = (a.to_ref::<Dict>(), b.to_ref::<Dict>()) {
            if a.table.borrow().len() != b.table.borrow().len() {
                return Ok(Some(false));
            }
            for (key, value) in self.dict_entries(&a) {
                match self.dict_get(&b, &key)? {
                    Some(other) if self.equal(&value, &other)? => {}
                    _ => return Ok(Some(false)),
                }
            }
            return Ok(Some(true));
        }
        if a.is_kind::<Complex>() || b.is_kind::<Complex>() {
            return self.complex_equal(a, b);
        }
        if let (Some(a), Some(b)) = (a.downcast::<Range>(), b.downcast::<Range>()) {
            let len = self.range_len(a);
            let same = len == self.range_len(b)
                && (len == 0.into()
                    || (self.equal(&a.start, &b.start)? && (len == 1.into() || self.equal(&a.step, &b.step)?)));
            return Ok(Some(same));
        }
        if let (Some(a), Some(b)) = (a.downcast::<Slice>(), b.downcast::<Slice>()) {
            return Ok(Some(
                self.equal(&a.start, &b.start)? && self.equal(&a.stop, &b.stop)? && self.equal(&a.step, &b.step)?,
            ));
        }
        if let (Some(a), Some(b)) = (a.downcast::<BoundMethod>(), b.downcast::<BoundMethod>()) {
            return Ok(Some(
                a.receiver.get().is(&b.receiver.get()) && self.equal(&a.function.get(), &b.function.get())?,
            ));
        }
        if let (Some(a), Some(b)) = (a.downcast::<Native>(), b.downcast::<Native>()) {
            return Ok(Some(
                std::ptr::eq(a, b)
                    || a.name == b.name
                        && a.owner == b.owner
                        && a.receiver.get().is(&b.receiver.get())
                        && !a.receiver.is_empty(),
            ));
        }
        if let (Some(a), Some(b)) = (a.downcast::<Cell>(), b.downcast::<Cell>()) {
            let (a, b) = (a.contents.get(), b.contents.get());
            return Ok(Some(self.equal(&a, &b)?));
        }
        if let Some(view) = a.downcast::<DictView>()
            && view.kind == ViewKind::Proxy
        {
            let inner = view.dict.get();
            return self.equal_by_operator(&inner, b).map(Some);
        }
        Ok(simple_equal(a, b))
    }

    /// Compares sets, frozen sets and views of keys and items: `<=` is "subset of".
    fn compare_sets(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>> {
        let is_set_like = |value: &Value| {
            value.is_kind::<Set>()
                || value
                    .downcast::<DictView>()
                    .is_some_and(|view| matches!(view.kind, ViewKind::Keys | ViewKind::Items))
        };
        if !is_set_like(a) || !is_set_like(b) {
            return Ok(None);
        }
        let (len_a, len_b) = (self.len(a)?, self.len(b)?);
        let (small, large, possible) = match op {
            CompareOp::Eq | CompareOp::Ne => (a, b, len_a == len_b),
            CompareOp::Lt => (a, b, len_a < len_b),
            CompareOp::Le => (a, b, len_a <= len_b),
            CompareOp::Gt => (b, a, len_b < len_a),
            CompareOp::Ge => (b, a, len_b <= len_a),
        };
        if let (true, Some(small), Some(large)) = (possible, small.to_ref::<Set>(), large.to_ref::<Set>()) {
            let inside = crate::builtins::is_subset(self, &small, &large)?;
            return Ok(Some(inside != (op == CompareOp::Ne)));
        }
        let mut answer = possible;
        if possible {
            for item in self.items(small)? {
                if !self.contains(large, &item)? {
                    answer = false;
                    break;
                }
            }
        }
        Ok(Some(answer != (op == CompareOp::Ne)))
    }

    fn compare_sequences(&mut self, op: CompareOp, a: &[Value], b: &[Value]) -> Result<bool> {
        if matches!(op, CompareOp::Eq | CompareOp::Ne) && a.len() != b.len() {
            return Ok(op == CompareOp::Ne);
        }
        for (a, b) in a.iter().zip(b) {
            if !self.equal(a, b)? {
                return match op {
                    CompareOp::Eq => Ok(false),
                    CompareOp::Ne => Ok(true),
                    _ => {
                        let result = self.compare(op, a, b)?;
                        self.truth(&result)
                    }
                };
            }
        }
        Ok(op.holds(Some(a.len().cmp(&b.len()))))
    }
}

/// A method of a class of a module of the runtime (not one of `object`) decides for its instances.
fn value_is_native_object_method(vm: &Vm, value: &Value, method: &Value) -> bool {
    value.is_kind::<NativeObject>()
        && method.downcast::<Native>().is_some_and(|native| native.owner != vm.classes.object.name_text())
        || value.is_kind::<linger_heap::WeakRef>() && method.is_kind::<Native>()
}
