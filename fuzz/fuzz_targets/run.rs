//! Any text, run within limits: it ends by itself, by an exception or by a limit, and the heap's counts are right afterwards.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linger_script::{Vm, VmConfig};

fuzz_target!(|text: &str| {
    let mut vm = Vm::new(VmConfig {
        instruction_limit: Some(5_000),
        recursion_limit: 100,
        memory_limit_bytes: Some(16 << 20),
        allow_exec: true,
        collect_threshold: Some(1_000),
        ..VmConfig::default()
    });
    vm.set_output(Box::new(|_| {}));
    vm.set_error_output(Box::new(|_| {}));
    let _ = vm.load_module("__main__", "fuzz.py", text);
    vm.finish();
    if let Err(error) = vm.verify() {
        panic!("the heap is damaged: {error}");
    }
});
