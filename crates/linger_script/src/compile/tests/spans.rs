//! Instructions know the text that a traceback underlines.

use super::super::compile_module;
use crate::bytecode::Op;

/// The texts of the instructions of a module with one operation.
fn texts(source: &str, op: Op) -> Vec<&str> {
    let code = compile_module(source).expect("the source is Python");
    let spans = code.instrs.iter().zip(&code.spans).filter(|(instr, _)| instr.op == op);
    spans.map(|(_, span)| &source[span.start as usize..span.end as usize]).collect()
}

#[test]
fn expressions_are_underlined_whole() {
    assert_eq!(texts("x = (a + b) * c", Op::Add), ["a + b"]);
    assert_eq!(texts("x = (a + b) * c", Op::Mul), ["(a + b) * c"]);
    assert_eq!(texts("f(a, g(b))", Op::Call), ["g(b)", "f(a, g(b))"]);
    assert_eq!(texts("a.b.c(1)", Op::CallMethod), ["a.b.c(1)"]);
    assert_eq!(texts("a.b.c(1)", Op::LoadMethod), ["a.b.c"]);
    assert_eq!(texts("x = a[b].c", Op::GetItem), ["a[b]"]);
    assert_eq!(texts("raise a from b", Op::Raise), ["raise a from b"]);
}

#[test]
fn statements_are_underlined_for_what_they_do_themselves() {
    assert_eq!(texts("for x in y: pass", Op::ForPrepare), ["for x in y: pass"]);
    assert_eq!(texts("with a as b: pass", Op::WithSetup), ["with a as b: pass"]);
    assert_eq!(texts("assert a", Op::Raise), ["assert a"]);
    assert_eq!(texts("assert a and b < 1", Op::Raise), ["b < 1"]);
    assert_eq!(texts("@d\nclass A: x = 1", Op::Call), ["class A: x = 1", "d"]);
}

#[test]
fn the_first_line_of_a_decorated_function_is_that_of_its_decorator() {
    let code = compile_module("\n@d\ndef f():\n    pass\n").expect("the source is Python");
    let lines = code.consts.iter().filter_map(|constant| match constant {
        crate::constants::Const::Code(code) => Some(code.first_line),
        _ => None,
    });
    assert_eq!(lines.collect::<Vec<_>>(), [2]);
}
