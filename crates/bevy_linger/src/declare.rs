//! How a function is declared to scripts: `"spawn(kind, x, y, haste=1.0): puts an enemy on the field"`. A Rust closure has no names
//! for its parameters, so a text gives them, with defaults and what an editor says of the function. Knows neither functions nor
//! the machine; it places a call's arguments.

use crate::value::ScriptValue;

/// A parameter and, if it may be left out, the text and the value of its default.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub name: String,
    pub default: Option<(String, ScriptValue)>,
}

/// See the module's text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Declared {
    pub name: String,
    pub parameters: Vec<Parameter>,
    /// Whether the parameters' names were given, and arguments may be given by them.
    pub named: bool,
    pub doc: String,
}

impl Declared {
    /// Reads a declaration of a function that has `count` parameters; says what is wrong with it otherwise.
    pub fn parse(text: &str, count: usize) -> Result<Self, String> {
        let end = text.find(['(', ':']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let name = identifier(name)?;
        let mut parameters = Vec::new();
        let mut named = count == 0;
        if rest.starts_with('(') {
            let (inside, behind) = parenthesis(rest).ok_or("a parenthesis is not closed")?;
            for part in inside.into_iter().filter(|part| !part.trim().is_empty()) {
                let (name, default) = match part.split_once('=') {
                    Some((name, default)) => (name, Some((default.trim().to_owned(), literal(default.trim())?))),
                    None => (part, None),
                };
                let name = identifier(name)?;
                if parameters.iter().any(|known: &Parameter| known.name == name) {
                    return Err(format!("two parameters are called {name}"));
                }
                if default.is_none() && parameters.iter().any(|known: &Parameter| known.default.is_some()) {
                    return Err(format!("{name} needs a default, as the parameter before it has one"));
                }
                parameters.push(Parameter { name, default });
            }
            if parameters.len() != count {
                return Err(format!("{} parameters are named, the function has {count}", parameters.len()));
            }
            named = true;
            rest = behind;
        } else {
            parameters.extend((1..=count).map(|number| Parameter { name: format!("arg{number}"), default: None }));
        }
        let doc = match rest.trim().strip_prefix(':') {
            Some(doc) => doc.trim().to_owned(),
            None if rest.trim().is_empty() => String::new(),
            None => return Err(format!("{:?} is not expected", rest.trim())),
        };
        Ok(Self { name, parameters, named, doc })
    }

    /// The parameters' names as messages give them: `spawn() argument 'x'`.
    pub fn shown_parameters(&self) -> Vec<String> {
        let of = |(index, parameter): (usize, &Parameter)| match self.named {
            true => format!("{}() argument '{}'", self.name, parameter.name),
            false => format!("{}() argument {}", self.name, index + 1),
        };
        self.parameters.iter().enumerate().map(of).collect()
    }

    /// Puts the arguments of a call in the order of the parameters, as Python does. What is wrong is said in its words.
    pub fn place(
        &self,
        positional: Vec<ScriptValue>,
        keywords: Vec<(String, ScriptValue)>,
    ) -> Result<Vec<ScriptValue>, String> {
        let Self { name, parameters, named, .. } = self;
        let count = parameters.len();
        if positional.len() == count && keywords.is_empty() {
            return Ok(positional);
        }
        if positional.len() > count {
            let least = parameters.iter().filter(|parameter| parameter.default.is_none()).count();
            let takes = if least < count { format!("from {least} to {count}") } else { count.to_string() };
            let s = if count == 1 { "" } else { "s" };
            let were = if positional.len() == 1 { "was" } else { "were" };
            return Err(format!("{name}() takes {takes} positional argument{s} but {} {were} given", positional.len()));
        }
        if !named && !keywords.is_empty() {
            return Err(format!("{name}() takes no keyword arguments"));
        }
        let mut placed: Vec<Option<ScriptValue>> = positional.into_iter().map(Some).collect();
        placed.resize(count, None);
        for (keyword, value) in keywords {
            match parameters.iter().position(|parameter| parameter.name == keyword) {
                None => return Err(format!("{name}() got an unexpected keyword argument '{keyword}'")),
                Some(index) if placed[index].is_some() => {
                    return Err(format!("{name}() got multiple values for argument '{keyword}'"));
                }
                Some(index) => placed[index] = Some(value),
            }
        }
        let mut missing = Vec::new();
        let mut all = Vec::with_capacity(count);
        for (value, Parameter { name, default }) in placed.into_iter().zip(parameters) {
            match (value, default) {
                (Some(value), _) => all.push(value),
                (None, Some((_, default))) => all.push(default.clone()),
                (None, None) => missing.push(format!("'{name}'")),
            }
        }
        match &missing[..] {
            [] => Ok(all),
            _ if !named => {
                let s = if count == 1 { "" } else { "s" };
                let were = if all.len() == 1 { "was" } else { "were" };
                Err(format!("{name}() takes {count} positional argument{s} but {} {were} given", all.len()))
            }
            [one] => Err(format!("{name}() missing 1 required positional argument: {one}")),
            [one, two] => Err(format!("{name}() missing 2 required positional arguments: {one} and {two}")),
            [before @ .., last] => {
                let (number, before) = (missing.len(), before.join(", "));
                Err(format!("{name}() missing {number} required positional arguments: {before}, and {last}"))
            }
        }
    }
}

fn identifier(text: &str) -> Result<String, String> {
    let text = text.trim();
    let starts = text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    if starts && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        Ok(text.to_owned())
    } else {
        Err(format!("{text:?} is no name"))
    }
}

/// The parts of a parenthesis between its commas, and what stands behind it. Quotes hide what is in them.
fn parenthesis(text: &str) -> Option<(Vec<&str>, &str)> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 1, None);
    for (at, letter) in text.char_indices().skip(1) {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, ',' | ')') => {
                parts.push(&text[start..at]);
                start = at + 1;
                if letter == ')' {
                    return Some((parts, &text[start..]));
                }
            }
            _ => {}
        }
    }
    None
}

/// What a default stands for: a number, a text, `True`, `False`, `None`.
fn literal(text: &str) -> Result<ScriptValue, String> {
    let quoted = ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    match text {
        "None" => Ok(ScriptValue::None),
        "True" => Ok(ScriptValue::Bool(true)),
        "False" => Ok(ScriptValue::Bool(false)),
        _ => match (quoted, text.parse(), text.parse()) {
            (Some(inside), _, _) if !inside.contains('\\') => Ok(ScriptValue::Str(inside.to_owned())),
            (_, Ok(int), _) => Ok(ScriptValue::Int(int)),
            (_, _, Ok(float)) => Ok(ScriptValue::Float(float)),
            _ => Err(format!("{text:?} is no default: numbers, plain texts, True, False and None are")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(declared: &Declared) -> Vec<&str> {
        declared.parameters.iter().map(|parameter| parameter.name.as_str()).collect()
    }

    #[test]
    fn a_declaration_is_a_name_with_parameters_and_a_line_of_text() {
        let found = Declared::parse("fire(at, way, speed=1.5, what=\"a, b)\"): Shoots: once.", 4).expect("it is one");
        assert_eq!((found.name.as_str(), found.doc.as_str(), found.named), ("fire", "Shoots: once.", true));
        assert_eq!(names(&found), ["at", "way", "speed", "what"]);
        assert_eq!(found.parameters[2].default, Some(("1.5".into(), ScriptValue::Float(1.5))));
        assert_eq!(found.parameters[3].default, Some(("\"a, b)\"".into(), ScriptValue::Str("a, b)".into()))));
        let unnamed = Declared::parse("fire", 2).expect("it is one");
        assert_eq!((names(&unnamed), unnamed.named), (vec!["arg1", "arg2"], false));
        assert!(Declared::parse("now()", 0).is_ok_and(|now| now.named && now.parameters.is_empty()));
    }

    #[test]
    fn what_is_wrong_with_a_declaration_is_said() {
        for (text, count, problem) in [
            ("fire(at)", 2, "1 parameters are named, the function has 2"),
            ("fire(at, at)", 2, "two parameters are called at"),
            ("fire(at=1, way)", 2, "way needs a default, as the parameter before it has one"),
            ("fire(at", 1, "a parenthesis is not closed"),
            ("fire(at) now", 1, "\"now\" is not expected"),
            ("fire(1)", 1, "\"1\" is no name"),
            ("", 0, "\"\" is no name"),
            ("fire(at=[])", 1, "\"[]\" is no default: numbers, plain texts, True, False and None are"),
        ] {
            assert_eq!(Declared::parse(text, count), Err(problem.into()), "{text}");
        }
    }

    #[test]
    fn arguments_are_placed_as_python_places_them() {
        let declared = Declared::parse("fire(at, way, speed=2)", 3).expect("it is one");
        let int = ScriptValue::Int;
        let by = |positional: &[i64], keywords: &[(&str, i64)]| {
            let keywords = keywords.iter().map(|(name, value)| ((*name).to_owned(), int(*value)));
            declared.place(positional.iter().copied().map(int).collect(), keywords.collect())
        };
        assert_eq!(by(&[1, 3], &[]), Ok(vec![int(1), int(3), int(2)]));
        assert_eq!(by(&[1], &[("speed", 9), ("way", 3)]), Ok(vec![int(1), int(3), int(9)]));
        assert_eq!(by(&[], &[]), Err("fire() missing 2 required positional arguments: 'at' and 'way'".into()));
        assert_eq!(by(&[1], &[]), Err("fire() missing 1 required positional argument: 'way'".into()));
        assert_eq!(
            by(&[1, 2, 3, 4], &[]),
            Err("fire() takes from 2 to 3 positional arguments but 4 were given".into())
        );
        assert_eq!(by(&[1], &[("at", 2)]), Err("fire() got multiple values for argument 'at'".into()));
        assert_eq!(by(&[1], &[("to", 2)]), Err("fire() got an unexpected keyword argument 'to'".into()));
        let unnamed = Declared::parse("fire", 1).expect("it is one");
        assert_eq!(
            unnamed.place(vec![], vec![("arg1".into(), int(1))]),
            Err("fire() takes no keyword arguments".into())
        );
        assert_eq!(unnamed.place(vec![], vec![]), Err("fire() takes 1 positional argument but 0 were given".into()));
    }
}
