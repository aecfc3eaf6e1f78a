//! The contract of the program `linger`: its arguments, where it writes what, its exit statuses. What scripts mean is tested by
//! `scripts.rs`, what lingers by `census.rs`.

mod common;

use std::fs;
use std::path::Path;

use common::Outcome;
use tempfile::TempDir;

/// A folder with files, each a name and a text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file's folder")).expect("a folder in the folder");
        fs::write(path, text).expect("a file for the test");
    }
    folder
}

fn linger(folder: &Path, args: &[&str]) -> Outcome {
    common::linger(folder, args).unwrap_or_else(|problem| panic!("linger {args:?}: {problem}"))
}

/// Runs one script, which is all there is.
fn run(source: &str) -> Outcome {
    linger(folder(&[("script.py", source)]).path(), &["run", "script.py"])
}

#[test]
fn output_goes_to_stdout_and_success_is_0() {
    let outcome = run("import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('é €', end='')\n");
    assert_eq!(outcome.stdout, "out\né €");
    assert_eq!(outcome.stderr, "err\n");
    assert_eq!(outcome.status, Some(0));
}

#[test]
fn an_exception_that_nobody_catches_is_a_traceback_and_1() {
    let outcome = run("print('before')\n\ndef fail(x):\n    return x / 0\n\nfail(1)\nprint('after')\n");
    assert_eq!(outcome.stdout, "before\n");
    let expected = "\
Traceback (most recent call last):
  File \"script.py\", line 6, in <module>
    fail(1)
  File \"script.py\", line 4, in fail
    return x / 0
           ~~^~~
ZeroDivisionError: division by zero
";
    assert_eq!(outcome.stderr, expected);
    assert_eq!(outcome.status, Some(1));
}

#[test]
fn chained_exceptions_are_told_both() {
    let outcome =
        run("try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('later') from error\n");
    let expected = "\
Traceback (most recent call last):
  File \"script.py\", line 2, in <module>
    1 / 0
    ~~^~~
ZeroDivisionError: division by zero

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File \"script.py\", line 4, in <module>
    raise ValueError('later') from error
ValueError: later
";
    assert_eq!(outcome.stderr, expected);
    assert_eq!(outcome.status, Some(1));
}

#[test]
fn a_syntax_error_shows_the_line_and_a_caret_and_is_1() {
    let outcome = run("print('never')\nif True\n    pass\n");
    assert_eq!(outcome.stdout, "", "nothing runs");
    let expected = "  File \"script.py\", line 2\n    if True\n           ^\nSyntaxError: expected ':'\n";
    assert_eq!(outcome.stderr, expected);
    assert_eq!(outcome.status, Some(1));
}

#[test]
fn a_syntax_error_of_an_imported_script_shows_its_own_line() {
    let files = folder(&[("script.py", "import broken\n"), ("broken.py", "x = (1,\n")]);
    let outcome = linger(files.path(), &["run", "script.py"]);
    assert!(outcome.stderr.contains("broken.py\", line 1"), "{}", outcome.stderr);
    assert!(outcome.stderr.ends_with("SyntaxError: '(' was never closed\n"), "{}", outcome.stderr);
    assert_eq!(outcome.status, Some(1));
}

#[test]
fn sys_exit_decides_the_status() {
    let cases: &[(&str, i32, &str)] = &[
        ("sys.exit()", 0, ""),
        ("sys.exit(None)", 0, ""),
        ("sys.exit(0)", 0, ""),
        ("sys.exit(7)", 7, ""),
        ("sys.exit(300)", 300 & 0xff, ""),
        ("sys.exit(-1)", 255, ""),
        ("sys.exit(True)", 1, ""),
        ("sys.exit('no more')", 1, "no more\n"),
        ("sys.exit((1, 2))", 1, "(1, 2)\n"),
        ("raise SystemExit(9)", 9, ""),
        ("raise SystemExit", 0, ""),
    ];
    for (statement, status, stderr) in cases {
        let outcome = run(&format!("import sys\nprint('said')\n{statement}\n"));
        assert_eq!(outcome.status, Some(*status), "{statement}");
        assert_eq!(outcome.stderr, *stderr, "{statement}");
        assert_eq!(outcome.stdout, "said\n", "{statement}: what was printed before is not lost");
    }
}

#[test]
fn sys_exit_runs_what_finally_asks_for_and_can_be_caught() {
    let outcome = run("import sys\ntry:\n    sys.exit(5)\nfinally:\n    print('bye')\n");
    assert_eq!((outcome.stdout.as_str(), outcome.status), ("bye\n", Some(5)));
    let outcome = run("import sys\ntry:\n    sys.exit(5)\nexcept SystemExit as exit:\n    print(exit.code)\n");
    assert_eq!((outcome.stdout.as_str(), outcome.status), ("5\n", Some(0)));
}

#[test]
fn usage_errors_are_2() {
    let files = folder(&[("script.py", "print('ran')\n")]);
    let cases: &[&[&str]] = &[
        &[],
        &["frobnicate"],
        &["run"],
        &["run", "--frobnicate", "script.py"],
        &["run", "--path"],
        &["run", "--json", "script.py"],
        &["run", "absent.py"],
        &["census"],
        &["census", "--json"],
        &["census", "--frobnicate", "script.py"],
        &["census", "absent.py"],
    ];
    for args in cases {
        let outcome = linger(files.path(), args);
        assert_eq!(outcome.status, Some(2), "linger {args:?}");
        assert_eq!(outcome.stdout, "", "linger {args:?}");
        assert!(outcome.stderr.starts_with("linger: "), "linger {args:?}: {}", outcome.stderr);
    }
}

#[test]
fn help_is_no_error() {
    let outcome = linger(&common::root(), &["--help"]);
    assert_eq!(outcome.status, Some(0));
    assert!(outcome.stdout.starts_with("usage: linger run"), "{}", outcome.stdout);
}

#[test]
fn what_follows_the_script_is_the_scripts() {
    let files = folder(&[("script.py", "import sys\nprint(sys.argv[1:])\n")]);
    let outcome = linger(files.path(), &["run", "script.py", "--json", "--path", "x", "-1", ""]);
    assert_eq!(outcome.stdout, "['--json', '--path', 'x', '-1', '']\n", "{}", outcome.stderr);
    assert_eq!(outcome.status, Some(0));
}

#[test]
fn modules_are_searched_beside_the_script_then_in_the_paths_in_order() {
    let files = folder(&[
        ("game/script.py", "import one, two, three, four.five\nprint(one.at, two.at, three.at, four.five.at)\n"),
        ("game/one.py", "at = 'game'\n"),
        ("a/one.py", "at = 'a'\n"),
        ("a/two.py", "at = 'a'\n"),
        ("b/two.py", "at = 'b'\n"),
        ("b/three.py", "at = 'b'\n"),
        ("b/four/__init__.py", ""),
        ("b/four/five.py", "at = 'package'\n"),
    ]);
    let outcome = linger(files.path(), &["run", "--path", "a", "--path", "b", "game/script.py"]);
    assert_eq!(outcome.stdout, "game a b package\n", "{}", outcome.stderr);
}

#[test]
fn a_module_that_is_nowhere_is_an_error_of_the_script() {
    let outcome = run("import nowhere\n");
    assert!(outcome.stderr.ends_with("ModuleNotFoundError: No module named 'nowhere'\n"), "{}", outcome.stderr);
    assert_eq!(outcome.status, Some(1));
}

#[test]
fn paths_win_over_built_in_modules_only_if_asked() {
    let script = "import bisect\nprint(getattr(bisect, 'mine', False))\n";
    let files = folder(&[("script.py", script), ("lib/bisect.py", "mine = True\n")]);
    let outcome = linger(files.path(), &["run", "--path", "lib", "script.py"]);
    assert_eq!(outcome.stdout, "False\n", "{}", outcome.stderr);
    let outcome = linger(files.path(), &["run", "--path", "lib", "--prefer-path", "script.py"]);
    assert_eq!(outcome.stdout, "True\n", "{}", outcome.stderr);
}

#[test]
fn the_runtimes_own_modules_are_never_replaced() {
    for module in ["gc", "sys", "builtins"] {
        let script = format!("import {module}\nprint(getattr({module}, 'mine', False))\n");
        let own = format!("lib/{module}.py");
        let files = folder(&[("script.py", &script), (&own, "mine = True\n")]);
        let outcome = linger(files.path(), &["run", "--prefer-path", "--path", "lib", "script.py"]);
        assert_eq!(outcome.stdout, "False\n", "{module}: {}", outcome.stderr);
    }
}

#[test]
fn scripts_see_no_file_and_no_terminal() {
    for call in ["open('script.py')", "input()"] {
        let outcome = run(&format!("try:\n    {call}\nexcept Exception as error:\n    print(bool(str(error)))\n"));
        assert_eq!(outcome.stdout, "True\n", "{call}: an error that says why: {}", outcome.stderr);
    }
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught() {
    let source = "def down():\n    down()\ntry:\n    down()\nexcept RecursionError as error:\n    print(error)\n";
    let outcome = run(source);
    assert_eq!(outcome.stdout, "maximum recursion depth exceeded\n", "{}", outcome.stderr);
    assert_eq!(outcome.status, Some(0));
}

#[test]
fn a_long_chain_of_objects_is_freed_without_a_deep_stack() {
    let source = "\
class Link:
    def __init__(self, next):
        self.next = next
chain = None
for _ in range(1_000_000):
    chain = Link(chain)
chain = None
print('freed')
";
    let outcome = run(source);
    assert_eq!((outcome.stdout.as_str(), outcome.status), ("freed\n", Some(0)), "{}", outcome.stderr);
}
