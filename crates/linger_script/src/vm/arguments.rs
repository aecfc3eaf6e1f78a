//! Arguments: putting what a call gives where the callee's parameters are, and the errors of what does not fit.

use linger_heap::{Ref, Value};

use super::stack::Window;
use super::{Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// Puts the arguments that lie in `window`, `count` values the last of which have `names`, where the parameters are, in all
    /// the ways that a call may give them. All the locals are filled, also where it fails.
    pub(super) fn bind_arguments(
        &mut self,
        function: &Function,
        code: &Ref<Code>,
        window: Window,
        count: usize,
        names: &[Value],
    ) -> Result<()> {
        let positional = usize::from(code.positional_count);
        let named = positional + usize::from(code.keyword_only_count);
        let given = count - names.len();
        let mut few = [const { Value::EMPTY }; FEW];
        let mut many = Vec::new();
        let keyword_values = if names.len() <= FEW {
            &mut few[..names.len()]
        } else {
            many.resize_with(names.len(), Value::default);
            &mut many[..]
        };
        for (index, value) in keyword_values.iter_mut().enumerate() {
            *value = window.take(given + index);
        }
        let in_place = given.min(positional);
        let surplus = (in_place..given).map(|index| window.take(index));
        let rest = if code.has_varargs {
            self.tuple_from(surplus)
        } else {
            surplus.for_each(drop);
            Value::EMPTY
        };
        for index in in_place..usize::from(code.local_count) {
            window.put(index, Value::EMPTY);
        }
        let mut after = named;
        if code.has_varargs {
            window.put(after, rest);
            after += 1;
        }
        let extra = code.has_varkeywords.then(|| self.dict());
        if let Some(dict) = &extra {
            window.put(after, dict.to_value());
        }
        // A parameter without a value is an empty register.
        for (name, value) in names.iter().zip(keyword_values) {
            let value = std::mem::take(value);
            match named_parameter(code, named, name) {
                Some(index) if !window.slice(named)[index].is_empty() => {
                    return Err(self.type_error(format!(
                        "{}() got multiple values for argument '{}'",
                        text(&function.qualname()),
                        text(name)
                    )));
                }
                Some(index) => window.put(index, value),
                None => match &extra {
                    Some(dict) => self.dict_set(dict, name.clone(), value)?,
                    None => return Err(self.unexpected_keyword(function, code, name, names)),
                },
            }
        }
        // What is wrong with keywords is told first.
        if given > positional && !code.has_varargs {
            return Err(self.too_many_positional(function, code, given, names.len(), names));
        }
        self.fill_defaults(function, code, window)
    }

    fn fill_defaults(&mut self, function: &Function, code: &Ref<Code>, window: Window) -> Result<()> {
        let positional = usize::from(code.positional_count);
        let named = positional + usize::from(code.keyword_only_count);
        let defaults = function.defaults.get();
        let defaults: &[Value] = defaults.downcast::<Tuple>().map_or(&[], |tuple| &tuple.items);
        let mut missing = Vec::new();
        for index in (0..positional).filter(|index| window.slice(named)[*index].is_empty()) {
            match (index + defaults.len()).checked_sub(positional).and_then(|at| defaults.get(at)) {
                Some(default) => window.put(index, default.clone()),
                None => missing.push(index),
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(function, code, &missing, "positional"));
        }
        for index in (positional..named).filter(|index| window.slice(named)[*index].is_empty()) {
            let keyword_defaults = function.extra_part(|extra| &extra.keyword_defaults);
            let default = keyword_defaults
                .downcast::<Dict>()
                .and_then(|defaults| self.dict_get_name(defaults, &code.local_names[index]));
            match default {
                Some(default) => window.put(index, default),
                None => missing.push(index),
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing_arguments(function, code, &missing, "keyword-only")) }
    }

    #[cold]
    fn too_many_positional(
        &self,
        function: &Function,
        code: &Code,
        given: usize,
        keywords: usize,
        names: &[Value],
    ) -> super::Raise {
        let positional = code.positional_count as usize;
        let defaults = function.defaults.get().downcast::<Tuple>().map_or(0, |tuple| tuple.items.len());
        let plural = if positional == 1 && defaults == 0 { "" } else { "s" };
        let takes = if defaults > 0 {
            format!("from {} to {positional}", positional - defaults)
        } else {
            positional.to_string()
        };
        let keyword_only = &code.local_names[positional..positional + code.keyword_only_count as usize];
        let given_keywords =
            names.iter().filter(|name| keyword_only.iter().any(|local| local.is(name))).count().min(keywords);
        let (given_text, were) = if given_keywords > 0 {
            let plural_given = if given == 1 { "" } else { "s" };
            let plural_keywords = if given_keywords == 1 { "" } else { "s" };
            (
                format!(
                    "{given} positional argument{plural_given} (and {given_keywords} keyword-only argument{plural_keywords})"
                ),
                "were",
            )
        } else {
            (given.to_string(), if given == 1 { "was" } else { "were" })
        };
        self.type_error(format!(
            "{}() takes {takes} positional argument{plural} but {given_text} {were} given",
            text(&function.qualname())
        ))
    }

    #[cold]
    fn unexpected_keyword(&self, function: &Function, code: &Code, name: &Value, names: &[Value]) -> super::Raise {
        let qualname = function.qualname();
        let positional_only = &code.local_names[..code.positional_only_count as usize];
        let wrong: Vec<&str> = positional_only
            .iter()
            .filter(|local| names.iter().any(|name| simple_equal(name, local) == Some(true)))
            .map(text)
            .collect();
        if !wrong.is_empty() {
            return self.type_error(format!(
                "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                text(&qualname),
                wrong.join(", ")
            ));
        }
        if !name.is_kind::<Str>() {
            return self.type_error(format!("{}() keywords must be strings", text(&qualname)));
        }
        self.type_error(format!("{}() got an unexpected keyword argument '{}'", text(&qualname), text(name)))
    }

    #[cold]
    fn missing_arguments(&self, function: &Function, code: &Code, missing: &[usize], what: &str) -> super::Raise {
        let names: Vec<String> = missing.iter().map(|index| format!("'{}'", text(&code.local_names[*index]))).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [many @ .., last] => format!("{}, and {last}", many.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        self.type_error(format!(
            "{}() missing {} required {what} argument{plural}: {list}",
            text(&function.qualname()),
            names.len()
        ))
    }
}

/// Puts defaults into the parameters from `count` to `positional`; false, and nothing done, if one has none.
#[inline(always)]
pub(super) fn fill_last(function: &Function, window: Window, count: usize, positional: usize) -> bool {
    if count == positional {
        return true;
    }
    function.defaults.with(|defaults| {
        let defaults: &[Value] = defaults.downcast::<Tuple>().map_or(&[], |tuple| &tuple.items);
        let Some(first) = (defaults.len() + count).checked_sub(positional) else { return false };
        for (index, default) in (count..).zip(&defaults[first..]) {
            window.put(index, default.clone());
        }
        true
    })
}

/// Keywords of a call that are placed without more ado.
pub(super) const FEW: usize = 8;

/// The parameter of this name that may be given by name, of the first `named` ones. Names of parameters are interned.
fn named_parameter(code: &Code, named: usize, name: &Value) -> Option<usize> {
    let first = usize::from(code.positional_only_count);
    let parameters = &code.local_names[first..named];
    let same = parameters.iter().position(|parameter| parameter.is(name));
    let found = match name.downcast::<Str>() {
        Some(text) if text.is_interned() => same,
        _ => same.or_else(|| parameters.iter().position(|parameter| simple_equal(parameter, name) == Some(true))),
    };
    found.map(|index| index + first)
}

/// Puts keyword arguments, and defaults, where their parameters are; false, and nothing done, if a name is not that of a free
/// parameter or a parameter is left without a value.
pub(super) fn place_keywords(function: &Function, window: Window, count: usize, names: &[Value]) -> bool {
    let code = &*function.code;
    let positional = usize::from(code.positional_count);
    let given = count - names.len();
    if names.len() > FEW || given > positional || positional > 64 {
        return false;
    }
    let mut filled: u64 = (1 << given) - 1;
    let mut places = [0; FEW];
    for (place, name) in places.iter_mut().zip(names) {
        let parameters = &code.local_names[..positional];
        match parameters.iter().position(|parameter| parameter.is(name)) {
            Some(index) if index >= usize::from(code.positional_only_count) && filled & (1 << index) == 0 => {
                filled |= 1 << index;
                *place = index;
            }
            _ => return false,
        }
    }
    function.defaults.with(|defaults| {
        let defaults: &[Value] = defaults.downcast::<Tuple>().map_or(&[], |tuple| &tuple.items);
        let Some(first) = positional.checked_sub(defaults.len()) else { return false };
        if (given..first).any(|index| filled & (1 << index) == 0) {
            return false;
        }
        let mut values = [const { Value::EMPTY }; FEW];
        for (index, value) in values.iter_mut().enumerate().take(names.len()) {
            *value = window.take(given + index);
        }
        for index in first.max(given)..positional {
            window.put(index, if filled & (1 << index) == 0 { defaults[index - first].clone() } else { Value::EMPTY });
        }
        for (place, value) in places.into_iter().zip(values).take(names.len()) {
            window.put(place, value);
        }
        true
    })
}
