//! The program `linger`: runs scripts and counts what they leave behind. Reads the command line and files; the runtime does not.

mod census;
mod files;
mod huge_pages;

use std::path::PathBuf;
use std::process::ExitCode;

use linger_script::{Vm, VmConfig};

#[global_allocator]
static ALLOCATOR: huge_pages::HugePages = huge_pages::HugePages;

const USAGE: &str = "\
usage: linger run [--path DIR]... [--prefer-path] [--collect-always] FILE.py [ARG...]
       linger census [--path DIR]... [--prefer-path] FILE.py [--json]

  run      runs a script
  census   runs a script with nothing collected, then counts what lingers

  --path DIR        a folder to search for modules, after the script's own
  --prefer-path     such a folder wins over the built-in modules
  --collect-always  checks every count and collects at every safepoint: slow, for tests";

/// What the command line asks for.
struct Options {
    paths: Vec<PathBuf>,
    prefer_path: bool,
    json: bool,
    collect_always: bool,
    file: PathBuf,
    args: Vec<String>,
}

enum Command {
    Run,
    Census,
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)) {
        Ok((Command::Run, options)) => run(&options),
        Ok((Command::Census, options)) => census::run(&options),
        Err(problem) => {
            eprintln!("linger: {problem}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<(Command, Options), String> {
    let command = match args.next().as_deref() {
        Some("run") => Command::Run,
        Some("census") => Command::Census,
        Some("--help" | "-h") => {
            println!("{USAGE}");
            std::process::exit(0);
        }
        Some(other) => return Err(format!("there is no command '{other}'")),
        None => return Err("a command is missing".to_owned()),
    };
    let mut options = Options {
        paths: Vec::new(),
        prefer_path: false,
        json: false,
        collect_always: false,
        file: PathBuf::new(),
        args: Vec::new(),
    };
    let mut file = None;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--path" => options.paths.push(args.next().ok_or("--path needs a folder")?.into()),
            "--prefer-path" => options.prefer_path = true,
            "--collect-always" if matches!(command, Command::Run) => options.collect_always = true,
            "--json" if matches!(command, Command::Census) => options.json = true,
            other if other.starts_with('-') && other.len() > 1 => return Err(format!("there is no option '{other}'")),
            _ => {
                file = Some(PathBuf::from(&arg));
                if matches!(command, Command::Run) {
                    // What follows the script is the script's.
                    options.args = args.by_ref().collect();
                }
            }
        }
    }
    options.file = file.ok_or("a script is missing")?;
    Ok((command, options))
}

fn run(options: &Options) -> ExitCode {
    let config = VmConfig {
        collect_threshold: if options.collect_always { Some(0) } else { Some(20_000) },
        stress: options.collect_always,
        allow_exec: true,
        ..VmConfig::default()
    };
    let mut vm = Vm::new(config);
    // Memory is kept to the script's end anyway.
    vm.heap().use_regions();
    let output = files::Output::new();
    vm.set_output(output.writer());
    vm.set_error_output(output.error_writer());
    let Some(status) = files::run_script(&mut vm, options) else { return ExitCode::from(2) };
    vm.finish();
    output.flush();
    if options.collect_always
        && let Err(error) = vm.verify()
    {
        eprintln!("linger: the heap is damaged: {error}");
        return ExitCode::from(3);
    }
    // What is left in the heap is the operating system's to take back.
    std::process::exit(status)
}
