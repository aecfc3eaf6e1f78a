//! Errors about what is assigned to, and the guesses of what was meant: `=` for `==`, a forgotten comma, `print` of old.

use super::SyntaxError;
use super::scan::{Kind, Token};
use super::wording::Words;
use ruff_python_ast::{Expr, UnaryOp};

/// What Python calls the expression with a text.
pub(super) fn expression_name(text: &str) -> &'static str {
    let Some(expr) = parse(text) else { return "expression" };
    name(&expr)
}

fn parse(text: &str) -> Option<Expr> {
    let parsed = ruff_python_parser::parse_expression(&format!("({text}\n)")).ok()?;
    Some(parsed.into_expr())
}

fn name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::NoneLiteral(_) => "None",
        Expr::BooleanLiteral(value) if value.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        _ => "expression",
    }
}

/// Whether an expression binds as tightly as `|` does, so that `=` behind it may have been meant as `==`.
fn is_tight(expr: &Expr) -> bool {
    match expr {
        Expr::Compare(_)
        | Expr::BoolOp(_)
        | Expr::Lambda(_)
        | Expr::If(_)
        | Expr::Yield(_)
        | Expr::YieldFrom(_)
        | Expr::Named(_) => false,
        Expr::UnaryOp(e) => e.op != UnaryOp::Not,
        Expr::List(_)
        | Expr::Tuple(_)
        | Expr::Generator(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::Starred(_) => false,
        _ => true,
    }
}

/// Whether a token ends an expression of the kind that stands on either side of `==`.
fn ends_operand(words: &Words<'_>, token: Token) -> bool {
    matches!(token.kind, Kind::Newline | Kind::End | Kind::Indent | Kind::Dedent)
        || matches!(
            words.text(token),
            "," | ":"
                | ")"
                | "]"
                | "}"
                | "="
                | ":="
                | ";"
                | "and"
                | "or"
                | "not"
                | "if"
                | "else"
                | "in"
                | "is"
                | "for"
                | "=="
                | "!="
                | "<"
                | ">"
                | "<="
                | ">="
                | "elif"
                | "while"
                | "return"
                | "assert"
                | "lambda"
                | "async"
                | "as"
                | "del"
                | "yield"
                | "from"
                | "import"
                | "raise"
                | "with"
                | "match"
                | "case"
                | "print"
                | "->"
                | "+="
                | "-="
        )
}

/// The tokens of the operand that starts at an index: where it ends.
fn operand_end(words: &Words<'_>, start: usize) -> usize {
    let mut depth = 0;
    for (at, &token) in words.scan.tokens.iter().enumerate().skip(start) {
        match words.text(token) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth > 0 => depth -= 1,
            _ if depth == 0 && ends_operand(words, token) => return at,
            _ => {}
        }
    }
    words.scan.tokens.len() - 1
}

/// The index of the first token of the operand that ends before an index.
fn operand_start(words: &Words<'_>, end: usize) -> usize {
    let mut depth = 0;
    for at in (0..end).rev() {
        let token = words.scan.tokens[at];
        match words.text(token) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth > 0 => depth -= 1,
            "(" | "[" | "{" => return at + 1,
            _ if depth == 0 && ends_operand(words, token) => return at + 1,
            _ => {}
        }
    }
    0
}

fn range_text<'a>(words: &'a Words<'_>, from: usize, to: usize) -> Option<(usize, usize, &'a str)> {
    if from >= to {
        return None;
    }
    let (start, end) = (words.scan.tokens[from].start, words.scan.tokens[to - 1].end);
    Some((start, end, words.source.get(start..end)?))
}

/// `=` where only an expression can stand.
pub(super) fn equals_sign(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let index = if words.text(words.next(index, 0)) == "=" { index } else { index + 1 };
    if words.text(words.next(index, 0)) != "=" {
        return None;
    }
    let from = operand_start(words, index);
    let (start, end, text) = range_text(words, from, index)?;
    let to = operand_end(words, index + 1);
    let (_, right_end, _) = range_text(words, index + 1, to)?;
    if matches!(words.text(words.next(to, 0)), "=" | ":=") {
        return None;
    }
    let expr = parse(text)?;
    if expr.is_name_expr() {
        return Some(words.error("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start, right_end));
    }
    if !is_tight(&expr) {
        return None;
    }
    let message = format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", name(&expr));
    Some(words.error(message, start, end))
}

/// A target of `=`, `for`, `with` that is none.
pub(super) fn assignment(words: &Words<'_>, start: usize, end: usize) -> SyntaxError {
    let text = words.source.get(start..end).unwrap_or("");
    let what = expression_name(text);
    let after = words.token_index(end.max(start + 1) - 1) + 1;
    let in_parentheses = words.text(words.next(after, 0)) == ")";
    let after = if in_parentheses { after + 1 } else { after };
    let equals = words.text(words.next(after, 0)) == "=";
    if !equals {
        return words.error(format!("cannot assign to {what}"), start, end);
    }
    if what == "yield expression" && !words.source[..start].trim_end().ends_with('(') {
        return words.error("assignment to yield expression not possible", start, end);
    }
    if words.text(words.next(after, 1)) == "=" {
        return words.at("invalid syntax", words.next(after, 1));
    }
    if parse(text).is_none() {
        return words.at("invalid syntax", words.next(after, 0));
    }
    let to = operand_end(words, after + 1);
    let complete = to > after + 1 && !matches!(words.text(words.next(to, 0)), "=" | ":=");
    let before = words.source[..start].trim_end();
    let outside = if in_parentheses { before.strip_suffix('(').unwrap_or(before).trim_end() } else { before };
    let chained = outside.ends_with('=');
    let in_tuple = in_parentheses && !before.ends_with('(');
    let guess = complete
        && !chained
        && !in_tuple
        && (in_parentheses || parse(text).is_some_and(|expr| is_tight(&expr)) || what == "yield expression");
    if guess {
        words.error(format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"), start, end)
    } else {
        words.error(format!("cannot assign to {what}"), start, end)
    }
}

/// An annotated target that is none.
pub(super) fn annotation(words: &Words<'_>, start: usize, end: usize) -> SyntaxError {
    if words.text(words.scan.tokens[words.token_index(start)]) == "lambda" {
        return lambda_parameters(words, start);
    }
    words.error("illegal target for annotation", start, end)
}

/// The same for a tuple.
pub(super) fn annotation_of(words: &Words<'_>, start: usize, end: usize, what: &str) -> SyntaxError {
    if words.text(words.scan.tokens[words.token_index(start)]) == "lambda" {
        return lambda_parameters(words, start);
    }
    let first = words.token_index(start);
    let bare = words.text(words.scan.tokens[first]) != "(" || !words.source[start..end].trim_end().ends_with(')');
    let stop =
        if bare { words.source[start..end].find(',').map_or(end, |_| words.scan.tokens[first].end) } else { end };
    words.error(format!("only single target (not {what}) can be annotated"), start, stop)
}

fn lambda_parameters(words: &Words<'_>, start: usize) -> SyntaxError {
    let first = words.token_index(start);
    for index in first + 1..words.scan.tokens.len() {
        let token = words.scan.tokens[index];
        match words.text(token) {
            "(" => {
                let close = matching(words, index);
                return words.error("Lambda expression parameters cannot be parenthesized", token.start, close.end);
            }
            "*" | "**" if words.text(words.next(index, 2)) == "=" => {
                let what = if words.text(token) == "*" { "var-positional" } else { "var-keyword" };
                return words.at(format!("{what} argument cannot have default value"), words.next(index, 2));
            }
            ":" => break,
            _ => {}
        }
    }
    words.at("invalid syntax", words.scan.tokens[first])
}

fn matching(words: &Words<'_>, open: usize) -> Token {
    let mut depth = 0;
    for &token in &words.scan.tokens[open..] {
        match words.text(token) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth -= 1;
                if depth == 0 {
                    return token;
                }
            }
            _ => {}
        }
    }
    words.scan.tokens[open]
}

/// `def f(a, (b, c))`.
pub(super) fn parenthesized_parameters(words: &Words<'_>, index: usize) -> SyntaxError {
    let open = words.scan.tokens[index];
    if !in_parameters(words, index) {
        return words.at("invalid syntax", open);
    }
    words.error("Function parameters cannot be parenthesized", open.start, matching(words, index).end)
}

/// Whether a token stands in the parameters of a `def` or `lambda`.
pub(super) fn in_parameters(words: &Words<'_>, index: usize) -> bool {
    let line = words.scan.tokens[..index].iter().rposition(|t| t.kind == Kind::Newline).map_or(0, |at| at + 1);
    words.scan.tokens[line..index].iter().any(|t| matches!(words.text(*t), "def" | "lambda"))
}

/// `a, b += 1`.
pub(super) fn augmented(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let line = words.scan.tokens[..index]
        .iter()
        .rposition(|t| t.kind == Kind::Newline || words.text(*t) == ";")
        .map_or(0, |at| at + 1);
    let (start, end, text) = range_text(words, line, index)?;
    let what = expression_name(text);
    Some(words.error(format!("'{what}' is an illegal expression for augmented assignment"), start, end))
}

/// `f(1=2)`, `f(True=1)`, `f(a for a in b = 1)`.
pub(super) fn keyword_argument(words: &Words<'_>, index: usize) -> SyntaxError {
    let equals = words.scan.tokens[index..].iter().position(|t| words.text(*t) == "=").map(|at| index + at);
    let Some(equals) = equals else { return words.at("invalid syntax", words.scan.tokens[index]) };
    let first = operand_start(words, equals);
    let (start, end) = (words.scan.tokens[first.min(equals)].start, words.scan.tokens[equals].end);
    match words.source[start..words.scan.tokens[equals].start].trim() {
        keyword @ ("True" | "False" | "None") => words.error(format!("cannot assign to {keyword}"), start, end),
        _ => words.error("expression cannot contain assignment, perhaps you meant \"==\"?", start, end),
    }
}

/// `[x, y for x, y in z]`.
pub(super) fn comprehension_target(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let open = enclosing(words, index)?;
    if words.text(words.scan.tokens[open]) == "(" {
        let before = words.scan.tokens[open + 1..index].iter().position(|t| words.text(*t) == "=")?;
        let equals = open + 1 + before;
        let (start, _, _) = range_text(words, operand_start(words, equals), equals)?;
        let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        return Some(words.error(message, start, words.scan.tokens[equals].end));
    }
    let before = open.checked_sub(1).map(|before| words.scan.tokens[before]);
    let is_subscript = before.is_some_and(|token| {
        matches!(token.kind, Kind::Text) || matches!(words.text(token), ")" | "]" | "}") || token.kind == Kind::Name
    });
    if words.text(words.scan.tokens[open]) == "[" && is_subscript {
        return None;
    }
    let (start, end, _) = range_text(words, open + 1, index)?;
    Some(words.error("did you forget parentheses around the comprehension target?", start, end))
}

/// The text of the bracket around a token.
pub(super) fn opener<'a>(words: &'a Words<'_>, index: usize) -> Option<&'a str> {
    enclosing(words, index).map(|open| words.text(words.scan.tokens[open]))
}

/// The bracket around a token.
pub(super) fn enclosing(words: &Words<'_>, index: usize) -> Option<usize> {
    let mut depth = 0;
    for at in (0..index).rev() {
        match words.text(words.scan.tokens[at]) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth == 0 => return Some(at),
            "(" | "[" | "{" => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `a if b` without `else`.
pub(super) fn missing_else(words: &Words<'_>, index: usize) -> SyntaxError {
    let token = words.scan.tokens[index];
    if words.text(token) == ":" {
        return words.at("invalid syntax", token);
    }
    let condition = (0..index).rev().find(|&at| words.text(words.scan.tokens[at]) == "if");
    let Some(condition) = condition else { return words.at("invalid syntax", token) };
    let first = disjunction_start(words, condition);
    match range_text(words, first, index) {
        Some((start, end, _)) => words.error("expected 'else' after 'if' expression", start, end),
        None => words.at("invalid syntax", token),
    }
}

/// The index of the first token of the expression of `or`, `and`, comparisons that ends before an index.
fn disjunction_start(words: &Words<'_>, end: usize) -> usize {
    let mut first = operand_start(words, end);
    while first > 0
        && matches!(
            words.text(words.scan.tokens[first - 1]),
            "and" | "or" | "not" | "in" | "is" | "==" | "!=" | "<" | ">" | "<=" | ">="
        )
    {
        let joined = first - 1;
        first = if words.text(words.scan.tokens[joined]) == "not" { joined } else { operand_start(words, joined) };
        if first >= joined && words.text(words.scan.tokens[joined]) != "not" {
            break;
        }
    }
    first
}

/// Two expressions side by side in brackets.
pub(super) fn missing_comma(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let open = enclosing(words, index)?;
    if open >= 2 && words.text(words.scan.tokens[open - 2]) == "def" {
        return None;
    }
    let token = words.scan.tokens[index];
    let starts = matches!(token.kind, Kind::Name | Kind::Number | Kind::Text)
        || matches!(words.text(token), "(" | "[" | "{" | "-" | "~");
    let before = words.scan.tokens[index.checked_sub(1)?];
    let keyword = |text: &str| {
        matches!(
            text,
            "if" | "else"
                | "for"
                | "in"
                | "is"
                | "and"
                | "or"
                | "async"
                | "as"
                | "def"
                | "class"
                | "return"
                | "import"
                | "from"
                | "del"
                | "while"
                | "with"
                | "try"
                | "except"
                | "raise"
                | "pass"
                | "break"
                | "continue"
                | "global"
                | "nonlocal"
                | "assert"
                | "elif"
                | "finally"
                | "yield"
        )
    };
    if !starts
        || keyword(words.text(token))
        || keyword(words.text(before))
        || before.kind == Kind::Name && token.kind == Kind::Text
    {
        return None;
    }
    if matches!(words.text(before), "match" | "case" | "_") {
        return None;
    }
    let first = disjunction_start(words, index);
    let (start, _, text) = range_text(words, first, index)?;
    parse(text).filter(|expr| !expr.is_lambda_expr() && !expr.is_starred_expr())?;
    let mut to = operand_end(words, index);
    let mut best = None;
    // The second expression is as long as it can be.
    loop {
        if let Some((_, end, text)) = range_text(words, index, to)
            && parse(text).is_some()
        {
            best = Some(end);
        }
        let stop = words.scan.tokens[to];
        let joins = matches!(
            words.text(stop),
            "and" | "or" | "not" | "in" | "is" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "if" | "else"
        );
        if !joins {
            break;
        }
        to = operand_end(words, to + 1);
    }
    Some(words.error("invalid syntax. Perhaps you forgot a comma?", start, best?))
}

/// `print [x]` and `exec {x}`, which begin as an expression does and go wrong further on.
pub(super) fn legacy_line(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let ends_line =
        |token: &Token| matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent) || words.text(*token) == ";";
    let before = words.scan.tokens.get(..index)?;
    let first = before.iter().rposition(ends_line).map_or(0, |end| end + 1);
    let is_open = |token: &Token| matches!(words.text(*token), "[" | "{");
    if words.scan.tokens.get(first + 1).is_some_and(is_open) { legacy(words, first + 1) } else { None }
}

/// `print x` and `exec x`.
pub(super) fn legacy(words: &Words<'_>, index: usize) -> Option<SyntaxError> {
    let before = index.checked_sub(1)?;
    let name = words.text(words.scan.tokens[before]).to_owned();
    if !matches!(name.as_str(), "print" | "exec") {
        return None;
    }
    let rest = words.scan.tokens[index..]
        .iter()
        .take_while(|t| !matches!(t.kind, Kind::Newline | Kind::End) && words.text(**t) != ";");
    let end = rest.last()?.end;
    parse(words.source.get(words.scan.tokens[index].start..end)?)?;
    let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
    Some(words.error(message, words.scan.tokens[before].start, end))
}
