//! What every file must keep to, and what ARCHITECTURE.md may say. Reads text; compiles nothing of the project.

use std::fs;
use std::path::{Path, PathBuf};

const MAX_LINES: usize = 600;

/// Files that may be longer, each with its reason. One that has become short again must leave the list.
const LONG: &[(&str, &str)] = &[];

/// A listed file shorter than this has to leave the list; between the two, formatting alone decides.
const SHORT_LINES: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files with an extension under the project's own folders, by their path from the root.
fn files(extension: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    walk(&path, extension, found);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    let root = root();
    let mut found = Vec::new();
    for folder in ["crates", "src", "examples", "tests", "fuzz"] {
        walk(&root.join(folder), extension, &mut found);
    }
    found.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.strip_prefix(&root).unwrap_or(&path).display().to_string(), text)
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        files("rs").into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "these don't open with `//!`: {silent:#?}");
}

#[test]
fn no_file_is_long() {
    let lengths: Vec<(String, usize)> =
        files("rs").into_iter().map(|(path, text)| (path, text.lines().count())).collect();
    let listed = |path: &str| LONG.iter().any(|(known, _)| *known == path);
    let long: Vec<_> = lengths.iter().filter(|(path, lines)| *lines > MAX_LINES && !listed(path)).collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines: {long:#?}");
    let is_long = |known: &str| lengths.iter().any(|(path, lines)| path == known && *lines >= SHORT_LINES);
    let short: Vec<_> = LONG.iter().filter(|(known, _)| !is_long(known)).collect();
    assert!(short.is_empty(), "short again, or gone: {short:#?}");
}

/// The words in backticks that look like paths: with a slash, or ending as one of our files does.
fn paths_in(text: &str) -> Vec<String> {
    let is_path = |word: &&str| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        let file = [".rs", ".md", ".py", ".toml", ".out", ".svg"].iter().any(|end| word.ends_with(end));
        plain && (word.contains('/') || file)
    };
    text.split('`').skip(1).step_by(2).filter(is_path).map(str::to_owned).collect()
}

#[test]
fn paths_of_the_architecture_exist() {
    let root = root();
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let paths = paths_in(&text);
    assert!(paths.len() > 20, "hardly any path was found: {paths:?}");
    let gone: Vec<_> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names what is not there: {gone:#?}");
}

#[test]
fn every_crate_is_in_the_architecture() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for entry in fs::read_dir(root().join("crates")).expect("crates").flatten() {
        let name = entry.file_name();
        let path = format!("`crates/{}`", name.display());
        assert!(text.contains(&path), "ARCHITECTURE.md has nothing on {path}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = root();
    let pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root.join(name));
    let docs = fs::read_dir(root.join("docs")).expect("docs").flatten().map(|entry| entry.path());
    let mut broken = Vec::new();
    for page in pages.into_iter().chain(docs.filter(|path| path.extension().is_some_and(|end| end == "md"))) {
        let text = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        let folder = page.parent().unwrap_or(&root);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
