//! `linger census`: its format, and that it counts what CPython's collector finds, to the number, for each script of
//! `tests/scripts/lingering/`. The numbers lie in `NAME.census`, recorded from CPython 3.11 by `tests/record.py`.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

fn folder() -> PathBuf {
    common::root().join("tests/scripts/lingering")
}

/// The names of the scripts.
fn scripts() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder of the scripts")
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".py") && !name.starts_with('_'))
        .collect();
    names.sort();
    assert!(names.len() >= 10, "{names:?}");
    names
}

fn census(script: &str, args: &[&str]) -> common::Outcome {
    let args: Vec<&str> = ["census", script].into_iter().chain(args.iter().copied()).collect();
    common::linger(&folder(), &args).unwrap_or_else(|problem| panic!("{script}: {problem}"))
}

fn report(script: &str) -> Value {
    let outcome = census(script, &["--json"]);
    assert_eq!(outcome.status, Some(0), "{script}: {}", outcome.stderr);
    assert_eq!(outcome.stdout.lines().count(), 1, "{script}: one object, on one line: {}", outcome.stdout);
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{script}: {error}: {}", outcome.stdout))
}

/// Objects by type, of a section of a report.
fn objects(section: &Value) -> BTreeMap<String, u64> {
    let types = section["types"].as_object().expect("types");
    types.iter().map(|(name, count)| (name.clone(), number(&count["objects"]))).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("not a count: {value}"))
}

#[test]
fn each_type_is_counted_as_cpython_counts_it() {
    let mut wrong = Vec::new();
    for script in scripts() {
        let recorded = fs::read_to_string(folder().join(&script).with_extension("census")).expect("a recorded census");
        let expected: BTreeMap<String, u64> = serde_json::from_str(&recorded).expect("a recorded census");
        let found = objects(&report(&script)["lingering"]);
        if found != expected {
            wrong.push(format!("{script}: CPython has {expected:?}, the census {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_recorded_numbers_are_what_cpython_says_today() {
    let mut command = Command::new("python3.11");
    let present = command.arg("--version").output().is_ok_and(|output| output.status.success());
    if !present {
        eprintln!("SKIPPED: there is no python3.11 here; the recorded numbers stand");
        return;
    }
    let mut command = Command::new("python3.11");
    command.arg(common::root().join("tests/record.py")).args(["--check", "lingering"]);
    let outcome = common::run(&mut command, Duration::from_secs(120)).expect("record.py");
    assert_eq!(outcome.status, Some(0), "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn the_figures_of_the_problem_are_reproduced() {
    let table: &[(&str, &[(&str, u64)])] = &[
        ("generator_in_function.py", &[("cell", 1), ("function", 1), ("tuple", 1)]),
        ("generator_clears_itself.py", &[]),
        ("factory.py", &[("cell", 1), ("function", 1), ("tuple", 1)]),
        ("class_with_methods.py", &[]),
        ("encoder_of_closures.py", &[("cell", 22), ("dict", 1), ("function", 4), ("method", 1), ("tuple", 4)]),
        ("tree_unlinked.py", &[]),
        ("function_close.py", &[]),
    ];
    for (script, expected) in table {
        let expected: BTreeMap<String, u64> =
            expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        assert_eq!(objects(&report(script)["lingering"]), expected, "{script}");
    }
    for script in ["namespaces.py", "tree_dropped.py"] {
        assert!(number(&report(script)["lingering"]["objects"]) > 10, "{script}: all of it lingers");
    }
}

#[test]
fn the_json_has_the_format_of_the_contract() {
    for script in scripts() {
        let report = report(&script);
        assert_eq!(report["format"], "linger.census", "{script}");
        assert_eq!(report["version"], 1, "{script}");
        for section in ["lingering", "live"] {
            let section = &report[section];
            let types = section["types"].as_object().expect("types");
            for field in ["objects", "bytes"] {
                let sum: u64 = types.values().map(|count| number(&count[field])).sum();
                assert_eq!(number(&section[field]), sum, "{script}: {field} is the sum over types");
            }
        }
        let groups = report["groups"].as_array().expect("groups");
        let grouped: u64 = groups.iter().map(|group| number(&group["objects"])).sum();
        assert_eq!(grouped, number(&report["lingering"]["objects"]), "{script}: each object is in one group");
        for group in groups {
            let cycle = group["cycle"].as_array().expect("a cycle");
            assert!(!cycle.is_empty() && cycle.iter().all(Value::is_string), "{script}: {cycle:?}");
            assert!(group["cut"].as_str().is_some_and(|cut| !cut.is_empty()), "{script}: {group}");
            let site = group["site"].as_str().expect("a site");
            let (_, line) = site.rsplit_once(':').expect("FILE:LINE");
            assert!(line.parse::<u32>().is_ok_and(|line| line > 0), "{script}: {site}");
        }
    }
}

#[test]
fn a_group_names_the_function_its_line_and_the_cut() {
    let report = report("factory.py");
    let groups = report["groups"].as_array().expect("groups");
    assert_eq!(groups.len(), 1, "{report}");
    let source = fs::read_to_string(folder().join("factory.py")).expect("the script");
    let line = source.lines().position(|line| line.starts_with("def make")).expect("the factory") + 1;
    let site = groups[0]["site"].as_str().expect("a site");
    let expected = [format!("factory.py:{line}"), format!("factory.py:{}", line + 1)];
    assert!(expected.iter().any(|expected| expected == site), "{site} is neither of {expected:?}");
    let cycle: Vec<&str> = groups[0]["cycle"].as_array().expect("a cycle").iter().filter_map(Value::as_str).collect();
    assert!(cycle.contains(&"function count") && cycle.contains(&"cell \"count\""), "{cycle:?}");
    assert_eq!(cycle.len(), 3, "{cycle:?}");
}

/// Figures in the documentation change with each object that becomes smaller: its examples are what is printed.
#[test]
fn the_examples_of_the_documentation_are_true() {
    let page = |name: &str| fs::read_to_string(common::root().join("docs").join(name)).expect("a page");
    let outcome = census("factory.py", &[]);
    let (shown, _) = outcome.stdout.split_once("\nalive:").expect("what is alive comes last");
    assert!(page("cli.md").contains(&format!("$ linger census factory.py\n{shown}```")), "{shown}");
    let (_, group) = shown.split_once("\n\n").expect("a group after the types");
    assert!(page("census-and-collector.md").contains(&format!("```\n{group}```")), "{group}");
    let text = page("cli.md");
    let (_, json) = text.split_once("```json\n").expect("an example of the format");
    let (json, _) = json.split_once("```").expect("its end");
    let example: Value = serde_json::from_str(json).expect("an example that is JSON");
    let report = report("factory.py");
    for part in ["format", "version", "lingering", "groups"] {
        assert_eq!(example[part], report[part], "{part}");
    }
}

/// The reference to cut is one that the script can write, by the name that it has there.
#[test]
fn a_cut_is_a_reference_of_the_script_by_its_name() {
    let cuts = [
        ("bound_method_attr.py", "Button.on_click (bound_method_attr.py:9) -> method -> Button"),
        ("cached_property.py", "Hull.ship (cached_property.py:7)"),
        ("decorator.py", "cell \"step\" ("),
        ("event_queue.py", "Sim.queue ("),
        ("generator_cycle.py", "Pump.steps ("),
        ("lru_cache_method.py", "Grid.cost ("),
        ("metaclass.py", "Meta Plugin"),
        ("weakref_callback.py", "Owner.ref ("),
        ("observer.py", "Hud.subject ("),
        ("tree_defaultdict.py", "cell \"tree\" ("),
    ];
    for (script, expected) in cuts {
        let report = report(script);
        let cut = report["groups"][0]["cut"].as_str().expect("a cut");
        assert!(cut.starts_with(expected), "{script}: {cut}");
        assert!(number(&report["groups"][0]["frees"]) > 0, "{script}");
    }
    let cut = report("metaclass.py")["groups"][0]["cut"].as_str().map(str::to_owned);
    assert!(cut.is_some_and(|cut| cut.ends_with("; nothing to cut: make it once and keep it")));
}

#[test]
fn a_leak_that_repeats_is_one_group() {
    let report = report("many.py");
    let groups = report["groups"].as_array().expect("groups");
    assert_eq!(groups.len(), 1, "{report}");
    assert_eq!(number(&groups[0]["objects"]), 300);
}

#[test]
fn the_scripts_own_output_goes_to_stderr() {
    let outcome = census("factory.py", &["--json"]);
    assert_eq!(outcome.stderr, "[0, 1, 2, 3]\n");
}

#[test]
fn without_json_it_is_a_table() {
    let outcome = census("factory.py", &[]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let report = report("factory.py");
    let first = format!("lingering: 3 objects, {} bytes", report["lingering"]["bytes"]);
    assert_eq!(outcome.stdout.lines().next(), Some(first.as_str()));
    for name in ["cell", "function", "tuple"] {
        let row = outcome.stdout.lines().find(|line| line.split_whitespace().next() == Some(name));
        let words: Vec<&str> = row.unwrap_or_else(|| panic!("no row of {name}")).split_whitespace().collect();
        assert_eq!(words[1..3], ["1", "objects"], "{}", outcome.stdout);
    }
    assert!(outcome.stdout.contains("  cycle: ") && outcome.stdout.contains("  cut:   "), "{}", outcome.stdout);
}

#[test]
fn nothing_is_collected_before_the_census() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = "\
def leak():
    def again(left):
        return left and again(left - 1)
    return again(1)
for _ in range(30_000):
    leak()
";
    fs::write(folder.path().join("script.py"), source).expect("a script");
    let outcome = common::linger(folder.path(), &["census", "script.py", "--json"]).expect("a run");
    let report: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(number(&report["lingering"]["objects"]), 90_000);
}

#[test]
fn a_script_that_fails_is_counted_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = "def leak():\n    def again():\n        return again\n\nleak()\nraise ValueError('here')\n";
    fs::write(folder.path().join("script.py"), source).expect("a script");
    let outcome = common::linger(folder.path(), &["census", "script.py", "--json"]).expect("a run");
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.stderr.ends_with("ValueError: here\n"), "{}", outcome.stderr);
    let report: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(number(&report["lingering"]["objects"]), 3);
}
