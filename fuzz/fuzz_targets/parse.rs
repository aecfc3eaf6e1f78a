//! Any text: parsing and compiling it ends in code that passes the compiler's own check, or in a syntax error; never in a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = linger_script::check_source(text);
});
