//! Texts: string literals and f-strings.

use super::Compiler;
use super::expr::Want;
use super::unit::{NONE, Reg};
use crate::bytecode::Op;
use crate::constants::Const;
use crate::parse::TextRange;
use crate::parse::ast::{self, ConversionFlag, InterpolatedStringElement};

/// So many parts are joined at once.
const MAX_PARTS: usize = 64;

/// A part of an f-string, where neighbouring literals are one.
enum Part<'a> {
    Literal(String),
    Value(&'a ast::InterpolatedElement),
}

impl<'a> Compiler<'a> {
    /// The text of a literal.
    pub fn string_value(&mut self, e: &ast::ExprStringLiteral) -> String {
        e.value.to_str().to_owned()
    }

    pub fn f_string(&mut self, e: &'a ast::ExprFString, want: Want) -> Reg {
        let mut parts = Vec::new();
        for part in e.value.as_slice() {
            match part {
                ast::FStringPart::Literal(literal) => push_literal(&mut parts, &literal.value),
                ast::FStringPart::FString(text) => push_elements(&mut parts, text.elements.iter()),
            }
        }
        self.joined(parts, want, e.range)
    }

    /// The text of parts.
    fn joined(&mut self, parts: Vec<Part<'a>>, want: Want, range: TextRange) -> Reg {
        let base = self.unit.top;
        if parts.is_empty() {
            let dest = self.dest(want, base);
            self.load_const(Const::Str(String::new()), dest, range);
            return dest;
        }
        if let [part] = &parts[..] {
            return self.part(part, want, range);
        }
        let mut pending = 0;
        for part in &parts {
            if pending == MAX_PARTS {
                self.unit.emit(Op::BuildString, base, base, pending as u16, range);
                self.unit.top = base + 1;
                pending = 1;
            }
            self.part(part, Want::Temp, range);
            if let Some(last) = self.unit.code.instrs.last_mut()
                && last.op == Op::Format
                && (last.x, last.c) == (0, NONE)
            {
                last.x = 4;
            }
            pending += 1;
        }
        let dest = self.dest(want, base);
        self.unit.emit(Op::BuildString, dest, base, pending as u16, range);
        dest
    }

    fn part(&mut self, part: &Part<'a>, want: Want, range: TextRange) -> Reg {
        let base = self.unit.top;
        match part {
            Part::Literal(text) => {
                let dest = self.dest(want, base);
                self.load_const(Const::Str(text.clone()), dest, range);
                dest
            }
            Part::Value(element) => self.formatted(element, want, range),
        }
    }

    fn formatted(&mut self, element: &'a ast::InterpolatedElement, want: Want, range: TextRange) -> Reg {
        if element.format_spec.as_ref().is_some_and(|spec| spec.elements.interpolations().any(nests_further)) {
            self.fail("f-string: expressions nested too deeply", TextRange::empty(range.end()));
            return self.dest(want, self.unit.top);
        }
        let base = self.unit.top;
        let x = match element.conversion {
            ConversionFlag::Str => 1,
            ConversionFlag::Repr => 2,
            ConversionFlag::Ascii => 3,
            // `{x=}` shows the value as `repr` does, unless it says how to format it.
            ConversionFlag::None if element.debug_text.is_some() && element.format_spec.is_none() => 2,
            ConversionFlag::None => 0,
        };
        let value = match &element.format_spec {
            Some(_) if self.tree.scopes[self.unit.scope].has_walrus => self.temp(&element.expression),
            _ => self.any(&element.expression),
        };
        let spec = match &element.format_spec {
            Some(spec) => {
                let mut parts = Vec::new();
                push_elements(&mut parts, spec.elements.iter());
                self.joined(parts, Want::Temp, range)
            }
            None => NONE,
        };
        let dest = self.dest(want, base);
        // The whole text is to blame for its parts.
        self.unit.emit_x(Op::Format, x, dest, value, spec, range);
        dest
    }
}

fn push_elements<'a>(parts: &mut Vec<Part<'a>>, elements: impl Iterator<Item = &'a InterpolatedStringElement>) {
    for element in elements {
        match element {
            InterpolatedStringElement::Literal(literal) => push_literal(parts, &literal.value),
            InterpolatedStringElement::Interpolation(value) => {
                if let Some(text) = &value.debug_text {
                    push_literal(parts, text.as_str());
                }
                parts.push(Part::Value(value));
            }
        }
    }
}

/// Whether what stands in a format specification has one with expressions itself.
fn nests_further(element: &ast::InterpolatedElement) -> bool {
    element.format_spec.as_ref().is_some_and(|spec| spec.elements.interpolations().next().is_some())
}

fn push_literal(parts: &mut Vec<Part<'_>>, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Literal(last)) => last.push_str(text),
        _ => parts.push(Part::Literal(text.to_owned())),
    }
}
