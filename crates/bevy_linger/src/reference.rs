//! A page for people of all that scripts can use, made of the [stubs](crate::stubs) that editors read, so that neither can know a
//! name that the other does not. Reads stubs as they are written here, not Python at large.

use std::fmt::Write as _;

use bevy::prelude::*;

use crate::stubs::{bevy_stub, function_stubs};

const HEAD: &str = "\
# What scripts can use

Every name, as editors get it from the stubs: this page is made of them and not written by hand. How it all goes together is in the
guide for script authors, `docs/scripting.md`; what there is of the language and its library, in `docs/language.md`. The components,
resources and functions of a game are on the page that is written with its stubs.
";

/// The page, in Markdown. `wanted` chooses among the game's types as it does for [`bevy_stub`].
pub fn reference(world: &World, wanted: impl Fn(&str) -> bool) -> String {
    let mut page = HEAD.to_owned();
    let parts = parts_of(&bevy_stub(world, wanted));
    page.push_str("\n## Module `bevy`\n");
    // Functions and values first, then what has members.
    write_table(&mut page, &parts[0]);
    let (of_game, of_bevy): (Vec<_>, Vec<_>) =
        parts[1..].iter().partition(|part| part.name.starts_with('_') && part.doc.is_empty());
    for part in of_bevy {
        if part.name.starts_with('_') {
            // It has no name that a script could write.
            let (title, text) = part.doc.split_once(". ").unwrap_or((&part.doc, ""));
            heading(&mut page, title.trim_end_matches('.'));
            paragraph(&mut page, text);
        } else {
            heading(&mut page, &format!("`{}`", part.name));
            paragraph(&mut page, &part.doc);
            let base = part.base.as_ref().and_then(|base| parts.iter().find(|part| part.name == *base));
            if let Some(base) = base {
                paragraph(&mut page, &format!("It also has what is listed under *{}*.", base.doc));
            }
        }
        write_table(&mut page, part);
    }
    if !of_game.is_empty() {
        page.push_str("\n## Components, resources and their parts\n");
    }
    for part in of_game {
        heading(&mut page, &format!("`{}`", &part.name[1..]));
        write_table(&mut page, part);
    }
    for (module, stub) in function_stubs(world) {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "\n## Module `{module}`");
        write_table(&mut page, &parts_of(&stub)[0]);
    }
    page
}

fn heading(page: &mut String, title: &str) {
    let _ = writeln!(page, "\n### {title}");
}

fn paragraph(page: &mut String, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(page, "\n{text}");
    }
}

fn write_table(page: &mut String, Part { name, members, .. }: &Part) {
    if members.is_empty() {
        return;
    }
    page.push_str("\n| | |\n|---|---|\n");
    for member in members {
        let (signature, doc) = member.shown(name);
        let _ = writeln!(page, "| `{}` | {} |", signature.replace('|', "\\|"), doc.replace('|', "\\|"));
    }
}

/// A class, or the module itself, which has no name.
#[derive(Debug, Default)]
struct Part {
    name: String,
    base: Option<String>,
    doc: String,
    members: Vec<Member>,
}

#[derive(Debug, Default)]
struct Member {
    signature: String,
    doc: String,
}

/// Takes a stub apart: the module, then its classes in order.
fn parts_of(stub: &str) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    // Which of them what comes next is in.
    let mut at = 0;
    let mut decorator = "";
    for text in stub.lines().skip_while(|text| text.starts_with("\"\"\"")) {
        let line = text.trim();
        if line.is_empty() || line == "..." {
            continue;
        }
        if let Some(doc) = line.strip_prefix("\"\"\"") {
            let doc = doc.trim_end_matches("\"\"\"").to_owned();
            match parts[at].members.last_mut() {
                Some(member) => member.doc = doc,
                None => parts[at].doc = doc,
            }
        } else if line.starts_with('@') {
            decorator = line;
        } else if let Some(class) = line.strip_prefix("class ") {
            let class = class.split(':').next().unwrap_or_default();
            let (name, base) = match class.split_once('(') {
                Some((name, base)) => (name, Some(base.trim_end_matches(')').to_owned())),
                None => (class, None),
            };
            parts.push(Part { name: name.to_owned(), base, ..Part::default() });
            at = parts.len() - 1;
        } else if let Some(member) = Member::of(line, decorator == "@property") {
            if !text.starts_with(' ') {
                at = 0;
            }
            // What is called on the class is shown so.
            let owner = if decorator == "@staticmethod" { format!("{}.", parts[at].name) } else { String::new() };
            decorator = "";
            parts[at].members.push(Member { signature: owner + &member.signature, ..member });
        }
    }
    parts
}

impl Member {
    /// A function or a value of a stub; nothing of other lines.
    fn of(line: &str, is_property: bool) -> Option<Self> {
        let signature = match line.strip_prefix("def ") {
            Some(function) => {
                let function = function.trim_end_matches(" ...").trim_end_matches(':');
                let (name, rest) = function.split_once('(')?;
                let rest = rest.strip_prefix("self").map_or(rest, |rest| rest.trim_start_matches(", "));
                match rest.strip_prefix(") -> ") {
                    Some(result) if is_property => format!("{name}: {result}"),
                    _ => format!("{name}({rest}"),
                }
            }
            None => {
                let (name, _) = line.split_once(": ")?;
                let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
                is_name.then(|| line.to_owned())?
            }
        };
        Some(Self { signature, doc: String::new() })
    }

    /// Signature and text as people read them: of the class `name`.
    fn shown(&self, name: &str) -> (String, String) {
        // What a callback may return by yielding is said elsewhere; the stub's own names are nobody's business.
        let signature = self.signature.replace(" -> _waits | None", "");
        let signature = match signature.split_once(": _") {
            Some((value, of)) if !signature.contains('(') && of.starts_with(char::is_lowercase) => value.to_owned(),
            _ => signature,
        };
        let mut signature = plain_names(&signature);
        let mut doc = self.doc.as_str();
        if let Some(arguments) = signature.strip_prefix("__init__") {
            signature = format!("{name}{}", arguments.trim_end_matches(" -> None"));
        } else if signature.starts_with("__")
            && let Some((written, rest)) = doc.strip_prefix('`').and_then(|doc| doc.split_once("`: "))
        {
            // An operator is shown as one writes it.
            signature = written.to_owned();
            doc = rest;
        }
        let mut letters = doc.chars();
        let doc = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
        (signature, doc.unwrap_or_default())
    }
}

/// The game's types by their own names: to an editor, `Health` is the class `_Health`.
fn plain_names(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = !before.is_alphanumeric() && before != '_';
        if !(letter == '_' && begins && letters.peek().is_some_and(|next| next.is_uppercase())) {
            plain.push(letter);
        }
        before = letter;
    }
    plain
}
