//! The checker finds broken code, and nothing that the compiler makes is.

use super::super::check::check;
use super::super::compile_module;
use crate::bytecode::{CodeUnit, Op};
use crate::constants::Const;

/// The code of the first function of a module.
fn function(source: &str) -> CodeUnit {
    let module = compile_module(source).expect("the source is Python");
    let code = module.consts.into_iter().find_map(|constant| match constant {
        Const::Code(code) => Some(*code),
        _ => None,
    });
    code.expect("the module defines a function")
}

/// The index of the first instruction with an operation.
fn find(code: &CodeUnit, op: Op) -> usize {
    code.instrs.iter().position(|instr| instr.op == op).expect("the instruction is there")
}

fn problem(code: &CodeUnit) -> String {
    check(code).expect_err("the code is broken")
}

#[test]
fn a_value_that_is_not_dropped_is_found() {
    let mut code = function("def f(g):\n    g()\n    return 1\n");
    assert_eq!(check(&code), Ok(()));
    let at = find(&code, Op::Drop);
    code.instrs[at].op = Op::Nop;
    assert!(problem(&code).contains("writes temporary 1, which holds something"));
}

#[test]
fn a_value_that_is_read_twice_is_found() {
    let mut code = function("def f(a, b):\n    return a * b + b\n");
    let at = find(&code, Op::Add);
    code.instrs[at].c = code.instrs[at].b;
    assert_eq!(check(&code), Ok(()), "reading a register twice in one instruction is one reading to the checker");
    code.instrs[at].b = 3;
    assert!(problem(&code).contains("register 3 of 3"));
}

#[test]
fn a_loop_left_without_dropping_its_iterator_is_found() {
    let mut code = function("def f(xs):\n    for x in xs:\n        return x\n");
    let at = find(&code, Op::Drop);
    code.instrs[at].op = Op::Nop;
    assert!(problem(&code).contains("returns while {2} is live"));
}

#[test]
fn a_local_that_may_be_unbound_is_found() {
    let mut code = function("def f(a):\n    if a:\n        x = 1\n    return x\n");
    let at = find(&code, Op::CheckLocal);
    code.instrs[at].op = Op::Nop;
    assert!(problem(&code).contains("reads local 1, which may be unbound"));
}

#[test]
fn a_handler_with_the_wrong_depth_is_found() {
    let mut code = function(
        "def f(g):\n    for x in g:\n        try:\n            g()\n        except ValueError:\n            pass\n",
    );
    assert_eq!(check(&code), Ok(()));
    for entry in &mut code.handlers {
        entry.depth -= 3;
    }
    assert!(check(&code).is_err());
}

#[test]
fn a_jump_out_of_the_code_is_found() {
    let mut code = function("def f(a):\n    while a:\n        a = a.b\n");
    let at = find(&code, Op::Loop);
    code.instrs[at].b = 100;
    code.instrs[at].c = 0;
    assert!(problem(&code).contains("control leaves the code"));
}
