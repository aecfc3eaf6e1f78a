//! Many programs, of which only the rules are checked: combinations of what leaves blocks early with what they have to clean up.

use super::super::check::check;
use super::super::compile_module;

/// Statements that hold others: the text before and behind them.
const AROUND: [(&str, &str); 11] = [
    ("for x in xs:", ""),
    ("while g():", ""),
    ("with m as w:", ""),
    ("try:", "finally:\n h()"),
    ("try:", "except E as e:\n h(e)"),
    ("try:\n h()\nexcept E as e:", "finally:\n h()"),
    ("try:\n h()\nfinally:", ""),
    ("if [v for v in xs if g(v)]:", "else:\n h()"),
    ("match xs:\n case [a, {'k': b}, *c] | [{'j': b}, *c, a] if g(a):", " case A(x=y) | y:\n  h()"),
    ("async for z in xs:", "else:\n h()"),
    ("async with m:", ""),
];

/// What stands innermost.
const INNERMOST: [&str; 8] = [
    "return g(x)",
    "yield x",
    "break",
    "continue",
    "raise g()",
    "x = await g(*xs, k=1)",
    "a.b[g()] += yield",
    "del x; x = [lambda: (i, j) for i in xs for j in await g(i)]",
];

fn indent(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

fn nest(around: &(&str, &str), inner: &str) -> String {
    let deep = if around.0.contains(" case") { 2 } else { 1 };
    let mut out = format!("{}\n{}", around.0, indent(inner, deep));
    if !around.1.is_empty() {
        out.push_str(around.1);
        out.push('\n');
    }
    out
}

#[test]
fn blocks_in_blocks_obey_the_rules() {
    let mut compiled = 0;
    for outer in &AROUND {
        for middle in &AROUND {
            for inner in &AROUND {
                for statement in INNERMOST {
                    let body = nest(outer, &nest(middle, &nest(inner, &format!("{statement}\nlast()"))));
                    let source = format!("async def f(xs, m, a, x):\n{}", indent(&body, 1));
                    // Not all combinations are Python: `break` needs a loop, an asynchronous generator returns nothing.
                    if let Ok(code) = compile_module(&source) {
                        compiled += 1;
                        if let Err(problem) = check(&code) {
                            panic!("{problem}\n{source}");
                        }
                    }
                }
            }
        }
    }
    assert!(compiled > 9000, "only {compiled} compiled");
}

#[test]
fn what_is_too_large_or_too_deep_is_an_error() {
    let deep = [
        ("x = ", "not ", "a"),
        ("x = ", "-", "a"),
        ("x = a", ".b", ""),
        ("x = a", "()", ""),
        ("x = ", "lambda: ", "a"),
        ("x = ", "a ** ", "a"),
        ("x = ", "a if b else ", "a"),
        ("f'{", "not ", "a}'"),
    ];
    for (start, part, end) in deep {
        let at_1000 = format!("{start}{}{end}", part.repeat(1000));
        assert!(compile_module(&at_1000).is_ok(), "{start}{part}");
        let at_100_000 = format!("{start}{}{end}", part.repeat(100_000));
        assert!(compile_module(&at_100_000).is_err(), "{start}{part}");
    }
    let locals: String = (0..70_000).map(|at| format!(" x{at} = 1\n")).collect();
    let error = compile_module(&format!("def f():\n{locals}")).expect_err("too many locals");
    assert!(error.message.contains("code too large"));
    let list = format!("x = [{}]", "a, ".repeat(100_000));
    assert!(compile_module(&list).is_ok(), "a long list is built bit by bit");
}
