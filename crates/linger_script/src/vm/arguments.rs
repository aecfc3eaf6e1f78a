//! Arguments: putting what a call gives where the callee's parameters are, and the errors of what does not fit.

use linger_heap::{Ref, Value};

use super::stack::Window;
use super::{Result, Vm, text};
use crate::objects::*;

impl Vm {
    /// Puts arguments into the registers of the parameters, in all the ways that a call may give them.
    pub(super) fn bind_arguments(
        &mut self,
        function: &Function,
        code: &Ref<Code>,
        mut args: Vec<Value>,
        names: &[Value],
        window: Window,
    ) -> Result<()> {
        let positional = code.positional_count as usize;
        let keyword_only = code.keyword_only_count as usize;
        let named = positional + keyword_only;
        for index in 0..code.local_names.len() {
            window.put(index, Value::EMPTY);
        }
        let keyword_values = args.split_off(args.len() - names.len());
        let given = args.len();
        let rest = if given > positional { args.split_off(positional) } else { Vec::new() };
        let mut bound = vec![false; named];
        for (index, value) in args.into_iter().enumerate() {
            window.put(index, value);
            bound[index] = true;
        }
        let mut after = named;
        if code.has_varargs {
            window.put(after, self.tuple(rest));
            after += 1;
        }
        let extra = if code.has_varkeywords {
            let dict = self.dict();
            window.put(after, dict.to_value());
            Some(dict)
        } else {
            None
        };
        for (name, value) in names.iter().zip(keyword_values) {
            let first = code.positional_only_count as usize;
            let found = code.local_names[first..named]
                .iter()
                .position(|local| local.is(name) || simple_equal(local, name) == Some(true));
            match found.map(|index| index + first) {
                Some(index) if bound[index] => {
                    return Err(self.type_error(format!(
                        "{}() got multiple values for argument '{}'",
                        text(&function.qualname()),
                        text(name)
                    )));
                }
                Some(index) => {
                    window.put(index, value);
                    bound[index] = true;
                }
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
        self.fill_defaults(function, code, &bound, window)
    }

    fn fill_defaults(&mut self, function: &Function, code: &Ref<Code>, bound: &[bool], window: Window) -> Result<()> {
        let positional = code.positional_count as usize;
        let defaults = function.defaults.get();
        let defaults: &[Value] = defaults.downcast::<Tuple>().map_or(&[], |tuple| &tuple.items);
        let mut missing = Vec::new();
        for index in (0..positional).filter(|index| !bound[*index]) {
            match (index + defaults.len()).checked_sub(positional).and_then(|at| defaults.get(at)) {
                Some(default) => window.put(index, default.clone()),
                None => missing.push(index),
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(function, code, &missing, "positional"));
        }
        let keyword_defaults = function.extra_part(|extra| &extra.keyword_defaults);
        for index in (positional..bound.len()).filter(|index| !bound[*index]) {
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
const FEW: usize = 8;

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
