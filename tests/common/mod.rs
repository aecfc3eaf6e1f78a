//! The examples as programs: what their tests share.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// An example's program, which `cargo test` builds beside the tests; built here where only one test was asked for.
pub fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>");
    let program = profile.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--package", "linger", "--example", name]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        let status = build.status().expect("cargo runs");
        assert!(status.success(), "{name} does not build");
    }
    program
}

/// The command that runs it with the project's assets.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.env("BEVY_ASSET_ROOT", env!("CARGO_MANIFEST_DIR"));
    command
}

/// Checks that the stubs that an example writes are those in `typings`, that they are Python, and that every script of the example
/// is.
pub fn check_stubs(name: &str) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let output = command(example(name)).arg("--stubs").arg(folder.path()).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("typings").join(name);
    let files = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        files
    };
    let written = files(folder.path());
    let names =
        |files: &[PathBuf]| -> Vec<_> { files.iter().map(|file| file.file_name().map(ToOwned::to_owned)).collect() };
    assert_eq!(names(&written), names(&files(&kept)), "write them anew: --example {name} -- --stubs typings/{name}");
    for file in written {
        let text = std::fs::read_to_string(&file).expect("a stub");
        let known = kept.join(file.file_name().expect("a name"));
        let known_text = std::fs::read_to_string(&known).expect("a stub");
        assert_eq!(text, known_text, "write it anew: cargo run --example {name} -- --stubs typings/{name}");
        if file.extension().is_some_and(|ending| ending == "pyi")
            && let Err(error) = bevy_linger::stubs::check(&text)
        {
            panic!("{}: {error}", known.display());
        }
    }
}
