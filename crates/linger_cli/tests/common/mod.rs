//! Runs the program `linger` as a person would, with a limit on its time. Knows nothing of what is expected of it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run left.
#[derive(Debug)]
pub struct Outcome {
    /// The exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it printed as errors.
    pub stderr: String,
}

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs `linger` in a folder. One that runs too long is ended, which is an error.
pub fn linger(folder: &Path, args: &[&str]) -> Result<Outcome, String> {
    run(Command::new(env!("CARGO_BIN_EXE_linger")).args(args).current_dir(folder), Duration::from_secs(60))
}

/// Runs a command to its end, or to the end of its time.
pub fn run(command: &mut Command, limit: Duration) -> Result<Outcome, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("can't start {command:?}: {error}"))?;
    // Both pipes are emptied while the program runs: one that fills a pipe would wait forever.
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() > limit => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("still running after {} s", limit.as_secs()));
            }
            Ok(None) => thread::sleep(Duration::from_millis(2)),
            Err(error) => return Err(format!("can't wait for {command:?}: {error}")),
        }
    };
    let text = |reader: thread::JoinHandle<Vec<u8>>| {
        let bytes = reader.join().map_err(|_| "the reader of a pipe panicked".to_owned())?;
        String::from_utf8(bytes).map_err(|error| format!("what was printed is not UTF-8: {error}"))
    };
    Ok(Outcome { status: status.code(), stdout: text(stdout)?, stderr: text(stderr)? })
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}
