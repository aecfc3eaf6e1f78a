//! Between any two instructions a script may be stopped by a limit, or interrupted by a collection that runs another: whatever it
//! was doing, no object is lost, none is freed too early, and what it prints stays the same.
//!
//! The scripts are those under `tests/scripts`. Each meets a few limits of instructions, depth or memory, others for each
//! script; more of them if the environment says so, as `LINGER_CASES=100`.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use linger_script::{ModuleSource, Vm, VmConfig};

/// Loops and calls that a script has at most.
const MOST_INSTRUCTIONS: u64 = 200_000;

/// Leaves one cycle whose finalizer works with many registers, and leaves the next one.
const FINALIZERS: &str = "
def work(a, b, c=None, *rest, d=4, **more):
    return [a, b, c, rest, d, more]

class Again:
    def __del__(self):
        got = work(1, 2, *[1, 2, 3], e=5)
        [part for part in got if part is not got], (lambda: got)
        again = Again()
        again.itself = again

Again().__del__()
";

fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

fn all_scripts() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scripts"), &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, text)
    };
    found.into_iter().map(read).collect()
}

/// What is wrong with the heap after a script that met a limit.
fn damage_where_stopped(text: &str, limits: &VmConfig) -> Option<String> {
    let mut vm = Vm::new(limits.clone());
    vm.set_output(Box::new(|_| {}));
    vm.set_error_output(Box::new(|_| {}));
    let _ = vm.load_module("__main__", "script.py", text);
    vm.finish();
    vm.verify().err().map(|error| error.to_string())
}

#[test]
fn nothing_is_lost_where_a_limit_ends_a_script() {
    let cases: usize = std::env::var("LINGER_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2);
    let mut seed = 1_u64;
    // Small numbers are as likely as large ones.
    let mut number = |least: f64, most: f64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = (seed >> 11) as f64 / (1_u64 << 53) as f64;
        (least * (most / least).powf(part)) as u64
    };
    let usual = VmConfig {
        instruction_limit: Some(MOST_INSTRUCTIONS),
        recursion_limit: 100,
        memory_limit_bytes: Some(64 << 20),
        allow_exec: true,
        collect_threshold: Some(1_000),
        ..VmConfig::default()
    };
    let mut damaged = Vec::new();
    for (at, (script, text)) in all_scripts().iter().enumerate() {
        for case in 0..cases {
            let limits = match (at + case) % 4 {
                0 | 1 => VmConfig { instruction_limit: Some(number(1.0, MOST_INSTRUCTIONS as f64)), ..usual.clone() },
                2 => VmConfig { recursion_limit: number(1.0, 60.0) as usize, ..usual.clone() },
                _ => VmConfig { memory_limit_bytes: Some(number(0.5e6, 8e6)), ..usual.clone() },
            };
            let damage = damage_where_stopped(text, &limits);
            damaged.extend(damage.map(|damage| format!("{}, {limits:?}: {damage}", script.display())));
        }
    }
    assert!(damaged.is_empty(), "{damaged:#?}");
}

/// What goes wrong in a script when a finalizer runs at each of its safepoints.
fn fault_where_interrupted(script: &Path, text: &str, expected: &str) -> Option<String> {
    let mut vm = Vm::new(VmConfig { allow_exec: true, stress: true, ..VmConfig::default() });
    let printed = Rc::new(RefCell::new(String::new()));
    let sink = printed.clone();
    vm.set_output(Box::new(move |text| sink.borrow_mut().push_str(text)));
    vm.set_error_output(Box::new(|_| {}));
    let folder = script.parent().map(Path::to_owned).unwrap_or_default();
    let beside = move |name: &str| {
        let base = folder.join(name.replace('.', "/"));
        let found = [(base.with_extension("py"), false), (base.join("__init__.py"), true)];
        found.into_iter().find_map(|(path, is_package)| {
            let text = fs::read_to_string(&path).ok()?;
            Some(ModuleSource { path: path.display().to_string(), text, is_package })
        })
    };
    vm.set_resolver(beside, false);
    vm.load_module("finalizers", "finalizers.py", FINALIZERS).expect("it has no error");
    vm.run_program(script.file_name()?.to_str()?, text);
    vm.finish();
    if let Err(error) = vm.verify() {
        return Some(error.to_string());
    }
    let printed = printed.borrow();
    (*printed != expected).then(|| format!("printed {printed}"))
}

#[test]
fn a_finalizer_at_every_safepoint_disturbs_nothing() {
    let mut faults = Vec::new();
    for (script, text) in &all_scripts() {
        // What the collector tells is another matter where it runs all the time; modules to import have no output.
        if let Ok(expected) = fs::read_to_string(script.with_extension("out"))
            && !text.contains("import gc")
        {
            let fault = fault_where_interrupted(script, text, &expected);
            faults.extend(fault.map(|fault| format!("{}: {fault}", script.display())));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
