//! `str.format` and `str.format_map`, and the `__repr__`, `__str__` and `__format__` that classes of the runtime share.
//!
//! The syntax of templates and specifications is in `pure`, the reprs are in `vm::text`.

use linger_heap::{Ref, Value};

use super::arity;
use super::text_type::this;
use crate::objects::{Args, Special, Str};
use crate::pure::str_format::{self, Accessor, FieldName, First, Numbering, Piece};
use crate::vm::{Result, Vm};

/// `__repr__` of a class of the runtime: that of the native object, even inside an instance of a subclass.
pub(crate) fn repr_method(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(receiver) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__repr__() needs an argument"));
    };
    arity::none(vm, &args, "object", "__repr__")?;
    let mut out = vm.take_text_buffer();
    vm.push_native_repr(receiver, &mut out)?;
    Ok(vm.keep_text(out))
}

/// `object.__repr__`.
pub(crate) fn object_repr(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(receiver) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__repr__() needs an argument"));
    };
    arity::none(vm, &args, "object", "__repr__")?;
    let text = vm.default_repr(receiver);
    Ok(vm.str(&text))
}

/// `object.__str__`: the repr.
pub(crate) fn object_str(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(receiver) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__str__() needs an argument"));
    };
    arity::none(vm, &args, "object", "__str__")?;
    // What `__repr__` gives is looked at by whoever asked for the text.
    match vm.call_special(receiver, Special::Repr, &[])? {
        Some(text) => Ok(text),
        None => {
            let text = vm.default_repr(receiver);
            Ok(vm.str(&text))
        }
    }
}

/// `object.__format__`: `str()` of the object, and no specification.
pub(crate) fn object_format(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(receiver) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__format__() needs an argument"));
    };
    let spec = arity::one(vm, &args, "object", "__format__")?;
    let spec = spec_text(vm, spec)?;
    if !spec.text.is_empty() {
        let name = vm.type_name(receiver);
        return Err(vm.type_error(format!("unsupported format string passed to {name}.__format__")));
    }
    vm.to_text_value(receiver)
}

/// `__format__` of `str`, `int`, `float` and `bool`.
pub(crate) fn format_method(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let Some(receiver) = args.values.first() else {
        return Err(vm.type_error("unbound method object.__format__() needs an argument"));
    };
    let owner = vm.type_name(receiver);
    let spec = arity::one(vm, &args, &owner, "__format__")?;
    let spec = spec_text(vm, spec)?;
    let mut out = vm.take_text_buffer();
    vm.push_native_format(receiver, &spec.text, &mut out)?;
    Ok(vm.keep_text(out))
}

fn spec_text(vm: &mut Vm, spec: &Value) -> Result<Ref<Str>> {
    match vm.text_of(spec) {
        Some(spec) => Ok(spec),
        None => Err(arity::wrong_argument(vm, "__format__() argument", "str", spec)),
    }
}

/// Where the fields of a template find their values.
enum Values<'a> {
    Arguments(&'a [Value], Vec<(&'a Value, &'a Value)>),
    Mapping(&'a Value),
}

impl Values<'_> {
    fn get(&self, vm: &mut Vm, first: &First<'_>) -> Result<Value> {
        match (self, first) {
            (Values::Arguments(positional, _), First::Index(index)) => match positional.get(*index) {
                Some(value) => Ok(value.clone()),
                None => Err(vm.pure_error(str_format::index_out_of_range(*index))),
            },
            (Values::Arguments(_, named), First::Key(key)) => {
                let found = named.iter().find(|(name, _)| crate::vm::text(name) == *key);
                match found {
                    Some((_, value)) => Ok((*value).clone()),
                    None => {
                        let key = vm.str(key);
                        Err(vm.key_error(&key))
                    }
                }
            }
            (Values::Mapping(_), First::Index(_)) => Err(vm.pure_error(str_format::no_positional_fields())),
            (Values::Mapping(mapping), First::Key(key)) => {
                let key = vm.str(key);
                vm.get_item(mapping, &key)
            }
        }
    }
}

/// Appends a template with its fields replaced.
fn expand(
    vm: &mut Vm,
    template: &str,
    values: &Values<'_>,
    numbering: &mut Numbering,
    depth: usize,
    out: &mut String,
) -> Result<()> {
    if depth == 0 {
        return Err(vm.pure_error(str_format::too_deep()));
    }
    for piece in str_format::pieces(template) {
        let field = match piece {
            Err(error) => return Err(vm.pure_error(error)),
            Ok(Piece::Literal(text)) => {
                out.push_str(text);
                continue;
            }
            Ok(Piece::Field(field)) => field,
        };
        let name = match FieldName::parse(field.name, numbering) {
            Ok(name) => name,
            Err(error) => return Err(vm.pure_error(error)),
        };
        let mut value = values.get(vm, &name.first)?;
        for accessor in &name.accessors {
            value = match accessor {
                Accessor::Attribute(name) => {
                    let name = vm.intern(name);
                    vm.get_attr(&value, &name)?
                }
                Accessor::Index(index) => {
                    let index = vm.size(*index);
                    vm.get_item(&value, &index)?
                }
                Accessor::Key(key) => {
                    let key = vm.str(key);
                    vm.get_item(&value, &key)?
                }
            };
        }
        if let Some(error) = name.error {
            return Err(vm.pure_error(error));
        }
        value = match field.conversion {
            None => value,
            Some('s') => vm.to_text_value(&value)?,
            Some('r') => vm.repr_value(&value)?,
            Some('a') => {
                let text = vm.ascii(&value)?;
                vm.str(&text)
            }
            Some(other) => return Err(vm.pure_error(str_format::unknown_conversion(other))),
        };
        if field.nested {
            let mut spec = String::new();
            expand(vm, field.spec, values, numbering, depth - 1, &mut spec)?;
            vm.push_format(&value, &spec, out)?;
        } else {
            vm.push_format(&value, field.spec, out)?;
        }
        vm.check_built(out.len())?;
    }
    Ok(())
}

fn formatted(vm: &mut Vm, template: &str, values: &Values<'_>) -> Result<Value> {
    let mut out = vm.take_text_buffer();
    expand(vm, template, values, &mut Numbering::default(), str_format::MAX_NESTING, &mut out)?;
    Ok(vm.keep_text(out))
}

pub(super) fn format(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let template = this(vm, &args, "format")?;
    let positional = args.positional().get(1..).unwrap_or_default();
    let values = Values::Arguments(positional, args.keywords().collect());
    formatted(vm, &template.text, &values)
}

pub(super) fn format_map(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let template = this(vm, &args, "format_map")?;
    let mapping = arity::one(vm, &args, "str", "format_map")?;
    formatted(vm, &template.text, &Values::Mapping(mapping))
}

pub(super) fn percent(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    let template = this(vm, &args, "__mod__")?;
    let values = arity::one(vm, &args, "str", "__mod__")?;
    let plain = template.into_value();
    let text = vm.percent_text(&plain, values)?;
    Ok(if text.is(&plain) { args.values[0].clone() } else { text })
}

pub(super) fn reflected_percent(vm: &mut Vm, args: Args<'_>) -> Result<Value> {
    this(vm, &args, "__rmod__")?;
    let template = arity::one(vm, &args, "str", "__rmod__")?;
    if !vm.is_str(template) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    vm.percent_format(template, &args.values[0])
}
