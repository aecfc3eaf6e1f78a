//! The modules that come with the runtime: native ones, and embedded Python sources of our own.
//!
//! Two tables by name. How a module is found, loaded and kept is the business of `vm::imports`.

mod abc_core;
mod array;
mod collections;
mod combinatorics;
mod deque;
mod deque_sequence;
mod digests;
mod functools;
pub(crate) mod gc;
mod io;
mod itertools;
mod itertools_calls;
mod itertools_copy;
mod itertools_make;
mod itertools_shared;
mod itertools_steps;
mod json_decode;
mod json_encode;
mod lru_cache;
mod math;
mod math_int;
mod math_special;
mod operator;
mod packing;
mod private;
mod random;
mod regex_match;
mod regex_pattern;
mod regex_scan;
mod sorted;
mod streams;
mod string_io;
mod strptime;
mod structs;
mod support;
mod sys;
mod time;
mod unicodedata;
pub(crate) mod weakref;

pub(crate) use collections::tuple_field;

use linger_heap::Value;

use crate::vm::{Result, Vm};

type Make = fn(&mut Vm) -> Result<Value>;

/// Native modules. A name may stand for the same module as another.
const NATIVE: &[(&str, Make)] = &[
    ("_abc", abc_core::make),
    ("_bisect", sorted::make_bisect),
    ("_collections", collections::make),
    ("_digests", digests::make),
    ("_functools", functools::make),
    ("_heapq", sorted::make_heapq),
    ("_io", io::make),
    ("_linger", private::make),
    ("_operator", operator::make),
    ("_random", random::make_core),
    ("_regex", regex_pattern::make),
    ("_struct", packing::make),
    ("_weakref", weakref::make),
    ("array", array::make),
    ("gc", gc::make),
    ("itertools", itertools::make),
    ("math", math::make),
    ("random", random::make),
    ("sys", sys::make),
    ("time", time::make),
    ("unicodedata", unicodedata::make),
];

macro_rules! sources {
    ($($name:literal = $file:literal;)*) => {
        /// Modules written in Python.
        const SOURCES: &[(&str, Embedded)] = &[$(($name, Embedded {
            text: include_str!(concat!("py/", $file, ".py")),
            code: include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".code")),
            is_package: is_package($name),
        })),*];
    };
}

/// A module written in Python.
pub(crate) struct Embedded {
    pub text: &'static str,
    /// What the build compiled of the text (see `stored`).
    pub code: &'static [u8],
    /// Whether there are modules inside.
    pub is_package: bool,
}

/// The names of packages: they have modules inside.
const fn is_package(name: &str) -> bool {
    matches!(name.as_bytes(), b"asyncio" | b"collections" | b"importlib" | b"json" | b"unittest")
}

sources! {
    "__future__" = "__future__";
    "_anext" = "_anext";
    "_collections_abc" = "_collections_abc";
    "_contextvars" = "_contextvars";
    "_datetime_text" = "_datetime_text";
    "_inspect_frames" = "_inspect_frames";
    "_inspect_signatures" = "_inspect_signatures";
    "_pickle_read" = "_pickle_read";
    "_string" = "_string";
    "_thread" = "_thread";
    "_random_methods" = "_random_methods";
    "_weakrefset" = "_weakrefset";
    "abc" = "abc";
    "ast" = "ast";
    "asyncio" = "asyncio";
    "asyncio.exceptions" = "asyncio_exceptions";
    "asyncio.loop" = "asyncio_loop";
    "asyncio.sync" = "asyncio_sync";
    "base64" = "base64";
    "binascii" = "binascii";
    "bisect" = "bisect";
    "cmath" = "cmath";
    "codecs" = "codecs";
    "collections" = "collections";
    "colorsys" = "colorsys";
    "contextlib" = "contextlib";
    "contextvars" = "contextvars";
    "copy" = "copy";
    "copyreg" = "copyreg";
    "csv" = "csv";
    "dataclasses" = "dataclasses";
    "datetime" = "datetime";
    "difflib" = "difflib";
    "enum" = "enum";
    "errno" = "errno";
    "fnmatch" = "fnmatch";
    "fractions" = "fractions";
    "functools" = "functools";
    "hashlib" = "hashlib";
    "heapq" = "heapq";
    "hmac" = "hmac";
    "importlib" = "importlib";
    "importlib.machinery" = "importlib_machinery";
    "importlib.util" = "importlib_util";
    "inspect" = "inspect";
    "io" = "io";
    "json" = "json";
    "json.decoder" = "json_decoder";
    "json.encoder" = "json_encoder";
    "keyword" = "keyword";
    "logging" = "logging";
    "numbers" = "numbers";
    "operator" = "operator";
    "pickle" = "pickle";
    "os" = "os";
    "platform" = "platform";
    "posixpath" = "posixpath";
    "pprint" = "pprint";
    "queue" = "queue";
    "re" = "re";
    "reprlib" = "reprlib";
    "shutil" = "shutil";
    "statistics" = "statistics";
    "string" = "string";
    "struct" = "struct";
    "textwrap" = "textwrap";
    "traceback" = "traceback";
    "types" = "types";
    "typing" = "typing";
    "unittest" = "unittest";
    "unittest.async_case" = "unittest_async_case";
    "unittest._assertions" = "unittest_assertions";
    "unittest.case" = "unittest_case";
    "unittest.loader" = "unittest_loader";
    "unittest.main" = "unittest_main";
    "unittest.result" = "unittest_result";
    "unittest.runner" = "unittest_runner";
    "unittest.suite" = "unittest_suite";
    "uuid" = "uuid";
    "warnings" = "warnings";
    "weakref" = "weakref";
}

/// Makes a native module, if there is one of that name.
pub(crate) fn make(vm: &mut Vm, name: &str) -> Option<Result<Value>> {
    let (_, make) = NATIVE.iter().find(|(known, _)| *known == name)?;
    Some(make(vm))
}

/// The module written in Python of that name, if there is one.
pub(crate) fn embedded(name: &str) -> Option<&'static Embedded> {
    SOURCES.iter().find(|(known, _)| *known == name).map(|(_, embedded)| embedded)
}

/// Whether a module is the runtime itself, which no module of a host's folder replaces: it looks inside of the virtual
/// machine, or is made of parts that other implementations write differently.
pub(crate) fn is_runtime_itself(name: &str) -> bool {
    const RUNTIME: &[&str] = &[
        "builtins",
        "codecs",
        "errno",
        "inspect",
        "io",
        "os",
        "posixpath",
        "re",
        "shutil",
        "traceback",
        "types",
        "typing",
        "warnings",
        "weakref",
    ];
    RUNTIME.contains(&name) || NATIVE.iter().any(|(native, _)| *native == name)
}

/// The names of all modules that the runtime brings along.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    NATIVE.iter().map(|(name, _)| *name).chain(SOURCES.iter().map(|(name, _)| *name)).chain(["builtins"])
}

/// Why a module of CPython's library is not there: what a failed import adds to its message.
pub(crate) fn missing_note(name: &str) -> Option<&'static str> {
    const SYSTEM: &[&str] = &[
        "_socket",
        "ctypes",
        "fcntl",
        "glob",
        "http",
        "mmap",
        "multiprocessing",
        "pathlib",
        "posix",
        "pwd",
        "select",
        "selectors",
        "signal",
        "smtplib",
        "socket",
        "socketserver",
        "sqlite3",
        "ssl",
        "subprocess",
        "tempfile",
        "urllib",
        "resource",
        "termios",
        "tkinter",
        "webbrowser",
        "zipfile",
    ];
    const THREADS: &[&str] = &["concurrent", "sched", "threading"];
    let root = name.split('.').next().unwrap_or(name);
    if SYSTEM.contains(&root) {
        Some("scripts see no operating system: no files, processes or network")
    } else if THREADS.contains(&root) {
        Some("scripts have one thread; coroutines of asyncio take turns in it")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let mut names: Vec<_> = names().collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn left_out_modules_say_why() {
        assert!(missing_note("socket").is_some_and(|note| note.contains("operating system")));
        assert!(missing_note("concurrent.futures").is_some_and(|note| note.contains("one thread")));
        assert_eq!(missing_note("my_game"), None);
    }
}
