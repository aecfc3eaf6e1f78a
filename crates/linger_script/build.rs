//! Compiles the modules in Python that come with the runtime, so that an import neither parses nor compiles. It takes the
//! parser and the compiler from the crate's own files: they know nothing of the rest of it.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the build needs a part of what the files are for")]

#[path = "src/bytecode.rs"]
mod bytecode;
#[path = "src/compile/mod.rs"]
mod compile;
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
