//! The shapes of the code that matter for speed and for what lingers, as listings.

use super::super::{compile_module, dump};

/// The listing of the units named `name` and of those within.
fn listing(source: &str, name: &str) -> String {
    let code = compile_module(source).expect("the source is Python");
    let all = dump::dump(&code);
    let start = all.find(&format!("\n{name}:\n")).expect("the unit is there") + 1;
    all[start..].to_owned()
}

#[track_caller]
fn check(source: &str, name: &str, expected: &str) {
    let listed = listing(source, name);
    let trimmed = expected.trim_start_matches('\n');
    assert_eq!(listed, trimmed, "the listing is now:\n{listed}");
}

#[test]
fn arithmetic_goes_straight_to_its_local() {
    check(
        r#"
def f(a, b):
    x = a + b
    x = x * 2 - a
    return x
"#,
        "f",
        r#"
f:
   0 Add x, a, b
   1 MulK t0, x, 2
   2 Sub x, t0, a
   3 Return x
"#,
    );
}

#[test]
fn conditions_are_jumps() {
    check(
        r#"
def f(a, b):
    if a < 3 and (b is None or not a == b):
        return a
    return b
"#,
        "f",
        r#"
f:
   0 TestLtK a, 3 -> 6
   2 JumpIfNone b, 5
   3 TestEq.1 a, b -> 6
   5 Return a
   6 Return b
"#,
    );
}

#[test]
fn a_for_loop_ends_where_it_begins_anew() {
    check(
        r#"
def f(xs):
    t = 0
    for x in xs:
        t += x
    return t
"#,
        "f",
        r#"
f:
   0 LoadInt t, 0
   1 ForPrepare t0, xs
   2 ForNext x, t0 -> 7
   4 Add.1 t, t, x
   5 ForLoop x, t0 -> 4
   7 Return t
"#,
    );
}

#[test]
fn a_while_loop_tests_at_its_head() {
    check(
        r#"
def f(n):
    while n > 0:
        n -= 1
        if n == 5:
            break
"#,
        "f",
        r#"
f:
   0 TestGtK n, 0 -> 7
   2 SubK.1 n, n, 1
   3 TestEqK n, 5 -> 6
   5 Jump 7
   6 Loop 0
   7 LoadConst t0, None
   8 Return t0
"#,
    );
}

#[test]
fn arguments_go_into_the_window() {
    check(
        r#"
def f(a, b):
    return a.go(b, 1, k=b + 1)
"#,
        "f",
        r#"
f:
   0 LoadMethod t0, a, go
   1 Move t2, b
   2 LoadInt t3, 1
   3 AddK t4, b, 1
   4 CallMethodKeywords t0, t0, 3 0 ("k")
   6 Return t0
"#,
    );
}

#[test]
fn swaps_make_no_tuple() {
    check(
        r#"
def f(a, b):
    a, b = b, a + b
    return a
"#,
        "f",
        r#"
f:
   0 Move t0, b
   1 Add b, a, b
   2 Move a, t0
   3 Return a
"#,
    );
}

#[test]
fn comprehensions_run_in_their_function() {
    check(
        r#"
def f(xs):
    return [x * 2 for x in xs if x]
"#,
        "f",
        r#"
f:
   0 BuildList t0, t0, 0
   1 ForPrepare t1, xs
   2 ForNext x, t1 -> 9
   4 JumpIfFalse x, 7
   5 MulK t4, x, 2
   6 ListAppend t0, t4
   7 ForLoop x, t1 -> 4
   9 Drop x
  10 Return t0
"#,
    );
}

#[test]
fn captured_variables_live_in_cells() {
    check(
        r#"
def f():
    def g(n):
        return g(n - 1)
    return g
"#,
        "f",
        r#"
f:
   0 MakeCell g
   1 Move t3, g
   2 BuildTuple t3, t3, 1
   3 MakeFunction.8 t0, <g>, t0
   4 StoreCell g, t0
   5 LoadCell t0, g
   6 Return t0
f.<locals>.g:
   0 LoadFree t0, g
   1 SubK t1, n, 1
   2 Call t0, t0, 1
   3 Return t0
"#,
    );
}

#[test]
fn handlers_clean_up() {
    check(
        r#"
def f(g):
    try:
        g()
    except ValueError as e:
        return e
"#,
        "f",
        r#"
f:
   0 Move t0, g
   1 Call t0, t0, 0
   2 Drop t0
   3 Jump 19
   4 EnterHandler t0
   5 LoadGlobal t2, ValueError
   6 MatchException t2, t0, t2
   7 JumpIfFalse t2, 16
   8 Copy t2, t0
   9 Move e, t2
  10 Move t2, e
  11 Drop e
  12 LeaveHandler t0
  13 Return t2
  14 Drop e
  15 Reraise t2
  16 Copy t2, t0
  17 LeaveHandler t0
  18 Reraise t2
  19 LoadConst t0, None
  20 Return t0
     0..3 -> 4 in t0
     10..11 -> 14 in t2
     5..12 -> 17 in t2
     14..16 -> 17 in t2
     16..17 -> 17 in t2
"#,
    );
}

#[test]
fn finally_runs_on_each_way_out() {
    check(
        r#"
def f(g, h):
    try:
        return g()
    finally:
        h()
"#,
        "f",
        r#"
f:
   0 Move t0, g
   1 Call t0, t0, 0
   2 Move t1, h
   3 Call t1, t1, 0
   4 Drop t1
   5 Return t0
   6 EnterHandler t0
   7 Move t2, h
   8 Call t2, t2, 0
   9 Drop t2
  10 Copy t2, t0
  11 LeaveHandler t0
  12 Reraise t2
     0..2 -> 6 in t0
     7..11 -> 11 in t2
"#,
    );
}

#[test]
fn with_calls_its_exit() {
    check(
        r#"
def f(m):
    with m as x:
        x()
"#,
        "f",
        r#"
f:
   0 WithSetup t0, m
   1 CallMethod t2, t2, 0
   2 Move x, t2
   3 Move t2, x
   4 Call t2, t2, 0
   5 Drop t2
   6 LoadConst t2, None
   7 LoadConst t3, None
   8 LoadConst t4, None
   9 CallMethod t0, t0, 3
  10 Drop t0
  11 Jump 23
  12 Move t4, t0
  13 Move t5, t1
  14 EnterHandler t2
  15 ExceptionInfo t6, t2
  16 CallMethod t4, t4, 3
  17 JumpIfTrue t4, 21
  18 Copy t4, t2
  19 LeaveHandler t2
  20 Reraise t4
  21 LeaveHandler t2
  22 Jump 23
  23 LoadConst t0, None
  24 Return t0
     2..6 -> 12 in t2
     15..19 -> 19 in t4
"#,
    );
}

#[test]
fn super_makes_no_object() {
    check(
        r#"
class A:
    def f(self, x):
        return super().f(x)
"#,
        "A.f",
        r#"
A.f:
   0 LoadFree t0, __class__
   1 Move t1, self
   2 LoadSuperMethod t0, t0, f
   3 Move t2, x
   4 CallMethod t0, t0, 1
   5 Return t0
"#,
    );
}

#[test]
fn unbound_locals_are_checked() {
    check(
        r#"
def f(a):
    if a:
        x = 1
    return x
"#,
        "f",
        r#"
f:
   0 JumpIfFalse a, 2
   1 LoadInt x, 1
   2 CheckLocal x
   3 Return x
"#,
    );
}

#[test]
fn walrus_keeps_the_order_of_reading() {
    check(
        r#"
def f(x):
    return x + (x := 5)
"#,
        "f",
        r#"
f:
   0 Move t0, x
   1 LoadInt x, 5
   2 Add t0, t0, x
   3 Return t0
"#,
    );
}

#[test]
fn chains_evaluate_the_middle_once() {
    check(
        r#"
def f(a, g):
    return a < g() < 3
"#,
        "f",
        r#"
f:
   0 Move t1, g
   1 Call t1, t1, 0
   2 Copy t2, t1
   3 Lt t0, a, t2
   4 JumpIfFalseKeep t0, 8
   5 LoadInt t2, 3
   6 Lt t0, t1, t2
   7 Jump 10
   8 Drop t1
   9 Jump 10
  10 Return t0
"#,
    );
}

#[test]
fn await_is_a_send_loop() {
    check(
        r#"
async def f(x):
    return await x
"#,
        "f",
        r#"
f:
   0 GetAwaitable t0, x
   1 LoadConst t1, None
   2 Send t1, t0 -> 6
   4 Yield.1 t1, t1
   5 Jump 2
   6 Move t0, t1
   7 Return t0
"#,
    );
}

#[test]
fn patterns_capture_after_matching() {
    check(
        r#"
def f(x):
    match x:
        case [1, y]:
            return y
        case {'k': v}:
            return v
"#,
        "f",
        r#"
f:
   0 MatchSequence x -> 12
   2 GetLen t0, x
   3 TestEqK t0, 2 -> 12
   5 UnpackSequence t0, x, 2
   6 TestEqK t0, 1 -> 10
   8 Move y, t1
   9 Return y
  10 Drop t1
  11 Jump 12
  12 MatchMapping x -> 29
  14 GetLen t0, x
  15 TestGeK t0, 1 -> 29
  17 LoadConst t0, ("k")
  18 MatchKeys t1, x, t0
  19 Copy t2, t1
  20 JumpIfNone t2, 26
  21 TupleItem t2, t1, 0
  22 Drop t1
  23 Drop t0
  24 Move v, t2
  25 Return v
  26 Drop t1
  27 Drop t0
  28 Jump 29
  29 LoadConst t0, None
  30 Return t0
"#,
    );
}

#[test]
fn f_strings_join_parts() {
    check(
        r#"
def f(a):
    return f'{a!r:>{a}}-{a=}'
"#,
        "f",
        r#"
f:
   0 LoadConst t0, ">"
   1 Format.4 t1, a, -
   2 BuildString t0, t0, 2
   3 Format.2 t0, a, t0
   4 LoadConst t1, "-a="
   5 Format.2 t2, a, -
   6 BuildString t0, t0, 3
   7 Return t0
"#,
    );
}
