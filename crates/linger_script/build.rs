//! Compiles the modules in Python that come with the runtime, so that an import neither parses nor compiles. It takes the
//! parser and the compiler from the crate's own files: they know nothing of the rest of it.
//!
//! And says to the crate whether handlers of instructions may call one another (`cfg(threaded)`, see `src/vm/dispatch`): where the
//! optimizer makes jumps of calls at the end of a function, and nothing that was asked for keeps it from that.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the build needs a part of what the files are for")]

#[path = "src/bytecode.rs"]
mod bytecode;
#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/constants.rs"]
mod constants;
#[path = "src/parse/mod.rs"]
mod parse;
#[path = "src/stored.rs"]
mod stored;

#[path = "src/pure"]
mod pure {
    pub mod lines;
}

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

const SOURCES: &str = "src/modules/py";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCES}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(threaded)");
    if may_be_threaded() {
        println!("cargo::rustc-cfg=threaded");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    for entry in fs::read_dir(SOURCES)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "py") {
            store(&path, &out)?;
        }
    }
    Ok(())
}

fn store(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let name = path.display();
    let unit = compile::compile_module(&fs::read_to_string(path)?).map_err(|error| format!("{name}: {error}"))?;
    let bytes = stored::write(&unit).ok_or_else(|| format!("{name} has what has no stored form"))?;
    let stem = path.file_stem().ok_or("a module without a name")?;
    Ok(fs::write(out.join(stem).with_extension("code"), bytes)?)
}

fn may_be_threaded() -> bool {
    let is = |name: &str, values: &[&str]| env::var(name).is_ok_and(|value| values.contains(&value.as_str()));
    let optimizes = is("OPT_LEVEL", &["2", "3"]) && env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_none();
    // Of these, the calling convention has registers for all arguments.
    let has_registers = is("CARGO_CFG_TARGET_ARCH", &["x86_64", "aarch64"]);
    optimizes && has_registers && env::var_os("CARGO_CFG_SANITIZE").is_none()
}
