//! Runs every script under `tests/scripts/` and compares what it prints with what CPython 3.11 printed. One test per script, so
//! that one failure hides no other, and one more with a collection at every safepoint.
//!
//! Beside `NAME.py` lie `NAME.out` (standard output), `NAME.err` if it ends with an exception (standard error) and `NAME.status`
//! if it exits with anything but 0, or 1 with an exception. `tests/record.py` writes all three. Files and folders whose
//! names start with `_` are there to be imported.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let folder = common::root().join("tests/scripts");
    let mut scripts = Vec::new();
    find(&folder, &mut scripts);
    scripts.sort();
    assert!(!scripts.is_empty(), "no scripts in {}", folder.display());
    let trials = scripts.iter().flat_map(|script| {
        let name = script.strip_prefix(&folder).unwrap_or(script).with_extension("").display().to_string();
        let (plain, collecting) = (script.clone(), script.clone());
        [
            Trial::test(name.clone(), move || check(&plain, &[])),
            Trial::test(format!("collect-always/{name}"), move || check(&collecting, &["--collect-always"])),
        ]
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn find(folder: &Path, scripts: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_helper = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"_"));
        if is_helper {
            continue;
        } else if path.is_dir() {
            find(&path, scripts);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            scripts.push(path);
        }
    }
}

fn check(script: &Path, options: &[&str]) -> Result<(), Failed> {
    let expected = |extension: &str| fs::read_to_string(script.with_extension(extension)).ok();
    let stdout = expected("out").ok_or("it has no .out: run tests/record.py")?;
    let stderr = expected("err");
    let status = match expected("status") {
        Some(text) => text.trim().parse().map_err(|_| format!("its .status is no number: {text:?}"))?,
        None => i32::from(stderr.is_some()),
    };
    // What a collection finds depends on when the last one was: such a script only has to come through unharmed.
    let asks_collector = fs::read_to_string(script)?.contains("import gc");
    let compares_output = options.is_empty() || !asks_collector;
    let (Some(folder), Some(name)) = (script.parent(), script.file_name().and_then(|name| name.to_str())) else {
        return Err("its name is not UTF-8".into());
    };
    let args: Vec<&str> = ["run"].into_iter().chain(options.iter().copied()).chain([name]).collect();
    let outcome = common::linger(folder, &args)?;
    let mut problems = String::new();
    if compares_output {
        problems.extend(difference("standard output", &stdout, &outcome.stdout));
    }
    if let Some(stderr) = stderr.filter(|_| compares_output) {
        problems.extend(difference("standard error", &stderr, &outcome.stderr));
    } else if !problems.is_empty() || outcome.status != Some(status) {
        problems += &format!("standard error: {}\n", outcome.stderr);
    }
    if outcome.status != Some(status) {
        problems += &format!("exit status: expected {status}, got {:?}\n", outcome.status);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

/// The first lines that differ, with the line before them.
fn difference(what: &str, expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (want, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let first = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let mut text = format!("{what} differs at line {}\n", first + 1);
    for (sign, lines) in [("expected", &want), ("got     ", &got)] {
        for line in lines.iter().skip(first.saturating_sub(1)).take(4) {
            text += &format!("  {sign} | {line}\n");
        }
        if lines.len() <= first {
            text += &format!("  {sign} | (ends here)\n");
        }
    }
    Some(text)
}
