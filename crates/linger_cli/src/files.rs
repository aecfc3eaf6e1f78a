//! Files for the runtime: the script, the modules beside it, and what scripts print.

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use linger_script::{ModuleSource, Vm};

use crate::Options;

/// What a script prints, gathered so that printing a line is not a write to the system each time.
pub struct Output(Rc<RefCell<std::io::BufWriter<std::io::Stdout>>>);

impl Output {
    /// Gathers for standard output.
    pub fn new() -> Output {
        Output(Rc::new(RefCell::new(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout()))))
    }

    /// What the runtime calls with what scripts print. A reader that has gone away ends the program.
    pub fn writer(&self) -> Box<dyn FnMut(&str)> {
        let out = Rc::clone(&self.0);
        Box::new(move |text| {
            if out.borrow_mut().write_all(text.as_bytes()).is_err() {
                std::process::exit(1);
            }
        })
    }

    /// What the runtime calls with errors. What was printed before comes out before them.
    pub fn error_writer(&self) -> Box<dyn FnMut(&str)> {
        let out = Rc::clone(&self.0);
        Box::new(move |text| {
            let _ = out.borrow_mut().flush();
            eprint!("{text}");
        })
    }

    /// Writes what was gathered.
    pub fn flush(&self) {
        let _ = self.0.borrow_mut().flush();
    }
}

/// Finds a module by its full name in a folder.
fn find_in(folder: &Path, name: &str) -> Option<ModuleSource> {
    let base = name.split('.').fold(folder.to_path_buf(), |path, part| path.join(part));
    let read = |path: PathBuf, is_package: bool| {
        let bytes = std::fs::read(&path).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(ModuleSource { path: path.display().to_string(), text, is_package })
    };
    read(base.join("__init__.py"), true).or_else(|| read(base.with_extension("py"), false))
}

/// A folder without a module of its own that modules are in, for the last resort. Its path ends with a slash.
fn find_folder(folder: &Path, name: &str) -> Option<ModuleSource> {
    let base = name.split('.').fold(folder.to_path_buf(), |path, part| path.join(part));
    base.is_dir().then(|| ModuleSource { path: format!("{}/", base.display()), text: String::new(), is_package: true })
}

/// Runs the script of the options as `__main__`; gives the exit status, or nothing if the file can't be read.
pub fn run_script(vm: &mut Vm, options: &Options) -> Option<i32> {
    let path = options.file.display().to_string();
    let source = match std::fs::read(&options.file) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(source) => source,
            Err(_) => {
                eprintln!("linger: '{path}' is not UTF-8 text");
                return Some(1);
            }
        },
        Err(error) => {
            eprintln!("linger: can't read '{path}': {error}");
            return None;
        }
    };
    let own = options.file.parent().map(Path::to_path_buf).unwrap_or_default();
    let folders: Vec<PathBuf> = std::iter::once(own).chain(options.paths.iter().cloned()).collect();
    let find = move |name: &str| {
        let module = folders.iter().find_map(|folder| find_in(folder, name));
        module.or_else(|| folders.iter().find_map(|folder| find_folder(folder, name)))
    };
    vm.set_resolver(find, options.prefer_path);
    vm.set_argv(std::iter::once(path.clone()).chain(options.args.iter().cloned()).collect());
    Some(vm.run_program(&path, &source))
}
