//! Expressions back to text, as annotations under `from __future__ import annotations` keep them: one way of spacing and
//! quoting, and parentheses only where they are needed.

use crate::parse::ast::{
    self, BoolOp, CmpOp, ConversionFlag, Expr, InterpolatedStringElement, Number, Operator, UnaryOp,
};

/// How tightly an expression binds; one that binds less tightly than its place asks for is put in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Named,
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

/// The text of an expression.
pub(super) fn unparse(expr: &Expr) -> String {
    let mut out = String::new();
    write(&mut out, expr, Level::Test);
    out
}

fn operator_level(op: Operator) -> Level {
    match op {
        Operator::Add | Operator::Sub => Level::Sum,
        Operator::Mult | Operator::MatMult | Operator::Div | Operator::Mod | Operator::FloorDiv => Level::Term,
        Operator::Pow => Level::Power,
        Operator::LShift | Operator::RShift => Level::Shift,
        Operator::BitOr => Level::BitOr,
        Operator::BitXor => Level::BitXor,
        Operator::BitAnd => Level::BitAnd,
    }
}

/// The level above.
fn tighter(level: Level) -> Level {
    match level {
        Level::Named => Level::Tuple,
        Level::Tuple => Level::Test,
        Level::Test => Level::Or,
        Level::Or => Level::And,
        Level::And => Level::Not,
        Level::Not => Level::Compare,
        Level::Compare => Level::BitOr,
        Level::BitOr => Level::BitXor,
        Level::BitXor => Level::BitAnd,
        Level::BitAnd => Level::Shift,
        Level::Shift => Level::Sum,
        Level::Sum => Level::Term,
        Level::Term => Level::Factor,
        Level::Factor => Level::Power,
        Level::Power => Level::Await,
        Level::Await | Level::Atom => Level::Atom,
    }
}

fn level(expr: &Expr) -> Level {
    match expr {
        Expr::Named(_) => Level::Named,
        Expr::Tuple(e) if !e.elts.is_empty() => Level::Tuple,
        Expr::Lambda(_) | Expr::If(_) => Level::Test,
        Expr::BoolOp(e) => match e.op {
            BoolOp::Or => Level::Or,
            BoolOp::And => Level::And,
        },
        Expr::UnaryOp(e) if e.op == UnaryOp::Not => Level::Not,
        Expr::UnaryOp(_) => Level::Factor,
        Expr::Compare(_) => Level::Compare,
        Expr::BinOp(e) => operator_level(e.op),
        Expr::Await(_) => Level::Await,
        // Always in parentheses.
        Expr::Yield(_) | Expr::YieldFrom(_) => Level::Named,
        _ => Level::Atom,
    }
}

fn write(out: &mut String, expr: &Expr, wanted: Level) {
    let own = level(expr);
    if own < wanted {
        out.push('(');
        plain(out, expr);
        out.push(')');
    } else {
        plain(out, expr);
    }
}

fn list(out: &mut String, items: &[Expr]) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write(out, item, Level::Test);
    }
}

fn plain(out: &mut String, expr: &Expr) {
    match expr {
        Expr::Name(e) => out.push_str(&e.id),
        Expr::Attribute(e) => {
            write(out, &e.value, Level::Atom);
            if matches!(&*e.value, Expr::NumberLiteral(n) if n.value.is_int()) {
                out.push(' ');
            }
            out.push('.');
            out.push_str(&e.attr);
        }
        Expr::Subscript(e) => {
            write(out, &e.value, Level::Atom);
            out.push('[');
            match &*e.slice {
                Expr::Tuple(tuple) if !tuple.elts.is_empty() => {
                    list(out, &tuple.elts);
                    if tuple.elts.len() == 1 {
                        out.push(',');
                    }
                }
                slice => write(out, slice, Level::Test),
            }
            out.push(']');
        }
        Expr::Slice(e) => {
            if let Some(lower) = &e.lower {
                write(out, lower, Level::Test);
            }
            out.push(':');
            if let Some(upper) = &e.upper {
                write(out, upper, Level::Test);
            }
            if let Some(step) = &e.step {
                out.push(':');
                write(out, step, Level::Test);
            }
        }
        Expr::Starred(e) => {
            out.push('*');
            write(out, &e.value, Level::BitOr);
        }
        Expr::Call(e) => {
            write(out, &e.func, Level::Atom);
            arguments(out, &e.arguments);
        }
        Expr::Tuple(e) => {
            if e.elts.is_empty() {
                out.push_str("()");
                return;
            }
            list(out, &e.elts);
            if e.elts.len() == 1 {
                out.push(',');
            }
        }
        Expr::List(e) => {
            out.push('[');
            list(out, &e.elts);
            out.push(']');
        }
        Expr::Set(e) => {
            out.push('{');
            list(out, &e.elts);
            out.push('}');
        }
        Expr::Dict(e) => {
            out.push('{');
            for (at, item) in e.items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                match &item.key {
                    Some(key) => {
                        write(out, key, Level::Test);
                        out.push_str(": ");
                        write(out, &item.value, Level::Test);
                    }
                    None => {
                        out.push_str("**");
                        write(out, &item.value, Level::BitOr);
                    }
                }
            }
            out.push('}');
        }
        Expr::BoolOp(e) => {
            let (word, own) = match e.op {
                BoolOp::Or => (" or ", Level::Or),
                BoolOp::And => (" and ", Level::And),
            };
            for (at, value) in e.values.iter().enumerate() {
                if at > 0 {
                    out.push_str(word);
                }
                write(out, value, tighter(own));
            }
        }
        Expr::UnaryOp(e) => {
            let (sign, own) = match e.op {
                UnaryOp::Not => ("not ", Level::Not),
                UnaryOp::USub => ("-", Level::Factor),
                UnaryOp::UAdd => ("+", Level::Factor),
                UnaryOp::Invert => ("~", Level::Factor),
            };
            out.push_str(sign);
            write(out, &e.operand, own);
        }
        Expr::BinOp(e) => {
            let own = operator_level(e.op);
            // `**` groups to the right, all others to the left.
            let (left, right) = if e.op == Operator::Pow { (tighter(own), own) } else { (own, tighter(own)) };
            write(out, &e.left, left);
            out.push(' ');
            out.push_str(e.op.as_str());
            out.push(' ');
            write(out, &e.right, right);
        }
        Expr::Compare(e) => {
            write(out, &e.left, Level::BitOr);
            for (op, right) in e.ops.iter().zip(&e.comparators) {
                out.push(' ');
                out.push_str(compare_text(*op));
                out.push(' ');
                write(out, right, Level::BitOr);
            }
        }
        Expr::If(e) => {
            write(out, &e.body, Level::Or);
            out.push_str(" if ");
            write(out, &e.test, Level::Or);
            out.push_str(" else ");
            write(out, &e.orelse, Level::Test);
        }
        Expr::Named(e) => {
            write(out, &e.target, Level::Atom);
            out.push_str(" := ");
            write(out, &e.value, Level::Atom);
        }
        Expr::Lambda(e) => {
            out.push_str("lambda");
            if let Some(parameters) = &e.parameters {
                out.push(' ');
                self::parameters(out, parameters);
            }
            out.push_str(": ");
            write(out, &e.body, Level::Test);
        }
        Expr::Await(e) => {
            out.push_str("await ");
            write(out, &e.value, Level::Atom);
        }
        Expr::Yield(e) => {
            out.push_str("yield");
            if let Some(value) = &e.value {
                out.push(' ');
                write(out, value, Level::Tuple);
            }
        }
        Expr::YieldFrom(e) => {
            out.push_str("yield from ");
            write(out, &e.value, Level::Test);
        }
        Expr::ListComp(e) => comprehension(out, "[", &e.elt, &e.generators, "]"),
        Expr::SetComp(e) => comprehension(out, "{", &e.elt, &e.generators, "}"),
        Expr::Generator(e) => comprehension(out, "(", &e.elt, &e.generators, ")"),
        Expr::DictComp(e) => {
            out.push('{');
            if let Some(key) = &e.key {
                write(out, key, Level::Test);
                out.push_str(": ");
            }
            write(out, &e.value, Level::Test);
            generators(out, &e.generators);
            out.push('}');
        }
        Expr::StringLiteral(e) => quote(out, e.value.to_str(), false),
        Expr::BytesLiteral(e) => {
            let text: String = e.value.bytes().map(char::from).collect();
            out.push('b');
            quote(out, &text, true);
        }
        Expr::FString(e) => f_string(out, e),
        Expr::NumberLiteral(e) => match &e.value {
            Number::Int(value) => out.push_str(&value.to_string()),
            Number::Float(value) => out.push_str(&float(*value)),
            Number::Complex { imag, .. } => {
                out.push_str(float(*imag).trim_end_matches(".0"));
                out.push('j');
            }
        },
        Expr::BooleanLiteral(e) => out.push_str(if e.value { "True" } else { "False" }),
        Expr::NoneLiteral(_) => out.push_str("None"),
        Expr::EllipsisLiteral(_) => out.push_str("..."),
        Expr::TString(_) | Expr::IpyEscapeCommand(_) => {}
    }
}

fn float(value: f64) -> String {
    if value.is_infinite() {
        return "1e309".to_owned();
    }
    let text = format!("{value:?}");
    // Python writes exponents with a sign and two digits.
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let (sign, digits) = match exponent.strip_prefix('-') {
                Some(digits) => ('-', digits),
                None => ('+', exponent),
            };
            format!("{}e{sign}{digits:0>2}", mantissa.trim_end_matches(".0"))
        }
        None => text,
    }
}

fn compare_text(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "==",
        CmpOp::NotEq => "!=",
        CmpOp::Lt => "<",
        CmpOp::LtE => "<=",
        CmpOp::Gt => ">",
        CmpOp::GtE => ">=",
        CmpOp::Is => "is",
        CmpOp::IsNot => "is not",
        CmpOp::In => "in",
        CmpOp::NotIn => "not in",
    }
}

fn arguments(out: &mut String, arguments: &ast::Arguments) {
    if let ([Expr::Generator(generator)], []) = (&*arguments.args, &arguments.keywords[..]) {
        comprehension(out, "(", &generator.elt, &generator.generators, ")");
        return;
    }
    out.push('(');
    list(out, &arguments.args);
    for (at, keyword) in arguments.keywords.iter().enumerate() {
        if at > 0 || !arguments.args.is_empty() {
            out.push_str(", ");
        }
        match &keyword.arg {
            Some(name) => {
                out.push_str(name);
                out.push('=');
            }
            None => out.push_str("**"),
        }
        write(out, &keyword.value, Level::Test);
    }
    out.push(')');
}

fn parameters(out: &mut String, parameters: &ast::Parameters) {
    let mut parts: Vec<String> = Vec::new();
    let one = |parameter: &ast::ParameterWithDefault| {
        let mut text = parameter.parameter.name.to_string();
        if let Some(default) = &parameter.default {
            text.push('=');
            write(&mut text, default, Level::Test);
        }
        text
    };
    parts.extend(parameters.posonlyargs.iter().map(one));
    if !parameters.posonlyargs.is_empty() {
        parts.push("/".to_owned());
    }
    parts.extend(parameters.args.iter().map(one));
    match &parameters.vararg {
        Some(vararg) => parts.push(format!("*{}", vararg.name)),
        None if !parameters.kwonlyargs.is_empty() => parts.push("*".to_owned()),
        None => {}
    }
    parts.extend(parameters.kwonlyargs.iter().map(one));
    if let Some(kwarg) = &parameters.kwarg {
        parts.push(format!("**{}", kwarg.name));
    }
    out.push_str(&parts.join(", "));
}

fn comprehension(out: &mut String, open: &str, item: &Expr, clauses: &[ast::Comprehension], close: &str) {
    out.push_str(open);
    write(out, item, Level::Test);
    generators(out, clauses);
    out.push_str(close);
}

fn generators(out: &mut String, clauses: &[ast::Comprehension]) {
    for clause in clauses {
        out.push_str(if clause.is_async { " async for " } else { " for " });
        write(out, &clause.target, Level::Tuple);
        out.push_str(" in ");
        write(out, &clause.iter, Level::Or);
        for test in &clause.ifs {
            out.push_str(" if ");
            write(out, test, Level::Or);
        }
    }
}

/// A text as `repr` shows it.
fn quote(out: &mut String, text: &str, is_bytes: bool) {
    let mark = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(mark);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == mark => {
                out.push('\\');
                out.push(c);
            }
            c if c < ' ' || c == '\x7f' || (is_bytes && c > '\x7f') => {
                out.push_str(&format!("\\x{:02x}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out.push(mark);
}

fn f_string(out: &mut String, e: &ast::ExprFString) {
    let mut body = String::new();
    for part in e.value.as_slice() {
        match part {
            ast::FStringPart::Literal(literal) => body.push_str(&literal.value.replace('{', "{{").replace('}', "}}")),
            ast::FStringPart::FString(text) => elements(&mut body, text.elements.iter()),
        }
    }
    out.push('f');
    quote(out, &body, false);
}

fn elements<'a>(out: &mut String, parts: impl Iterator<Item = &'a InterpolatedStringElement>) {
    for part in parts {
        match part {
            InterpolatedStringElement::Literal(literal) => {
                out.push_str(&literal.value.replace('{', "{{").replace('}', "}}"))
            }
            InterpolatedStringElement::Interpolation(value) => {
                if let Some(text) = &value.debug_text {
                    out.push_str(text.as_str());
                }
                out.push('{');
                write(out, &value.expression, tighter(Level::Test));
                let conversion = match value.conversion {
                    ConversionFlag::Str => "!s",
                    ConversionFlag::Repr => "!r",
                    ConversionFlag::Ascii => "!a",
                    ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => "!r",
                    ConversionFlag::None => "",
                };
                out.push_str(conversion);
                if let Some(spec) = &value.format_spec {
                    out.push(':');
                    elements(out, spec.elements.iter());
                }
                out.push('}');
            }
        }
    }
}
