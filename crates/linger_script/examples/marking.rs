//! Runs a script while the collector stands still, listens, or is in the middle of a pass: to count the instructions that the
//! barrier costs. `marking FILE.py [off|listening|marking]`.

use std::process::ExitCode;

use linger_heap::{Phase, Policy, Settings};
use linger_script::{Vm, VmConfig};

/// A slice in which next to nothing is done.
const SHORT_NANOS: u64 = 3_000;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, rest @ ..] = &words[..] else {
        eprintln!("marking FILE.py [off|listening|marking]");
        return ExitCode::from(2);
    };
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let mut vm = Vm::new(VmConfig::default());
    vm.set_output(Box::new(|_| ()));
    vm.heap().set_settings(Settings { policy: Policy::Manual, ..Settings::default() });
    match rest.first().map(String::as_str) {
        Some("listening") => drop(vm.collect_step(0)),
        Some("marking") => {
            // The slice grows until it is just long enough to begin, however slow the machine (or its simulator) is.
            let mut nanos = SHORT_NANOS;
            vm.heap().request_pass();
            while vm.heap().pass_progress().0 != Phase::Mark {
                nanos += nanos / 8;
                vm.collect_step(nanos);
            }
        }
        _ => {}
    }
    match vm.load_module("__main__", path, &source) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error.traceback);
            ExitCode::FAILURE
        }
    }
}
