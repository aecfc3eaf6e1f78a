//! Errors of scripts as the profile keeps them: told from the script's side, without the host's own frames.

use linger_profile::ScriptError;

/// What the host's own Python is called in tracebacks. No script of a game has such a path.
pub(super) const OWN_FILE: &str = "<bevy>";

/// The error for people. Where it was raised in the host's own Python, it happened where a script called that.
pub(super) fn profile_error(error: linger_script::ScriptError) -> Box<ScriptError> {
    let linger_script::ScriptError { file, line, column, source_line, message, traceback, .. } = error;
    let mut error = ScriptError {
        file,
        line,
        column,
        source_line,
        message,
        traceback: without_own(&traceback),
        ..ScriptError::default()
    };
    if error.file == OWN_FILE {
        let (file, line, source_line) = last_place(&error.traceback).unwrap_or_default();
        (error.file, error.line, error.source_line, error.column) = (file, line, source_line, 0);
    }
    Box::new(error)
}

/// The traceback without the frames of the host's own files.
fn without_own(traceback: &str) -> String {
    let own = format!("  File \"{OWN_FILE}\", ");
    let mut shown = String::with_capacity(traceback.len());
    let mut hides = false;
    for line in traceback.split_inclusive('\n') {
        // A frame's source and carets are further in than its first line.
        hides = line.starts_with(&own) || (hides && line.starts_with("    "));
        if !hides {
            shown.push_str(line);
        }
    }
    // Without frames there is nothing to be told of them.
    if let Some(rest) = shown.strip_prefix("Traceback (most recent call last):\n")
        && !rest.starts_with(' ')
    {
        return rest.to_owned();
    }
    shown
}

/// File, line and source of a traceback's last frame.
fn last_place(traceback: &str) -> Option<(String, u32, String)> {
    let mut lines = traceback.lines().rev().skip_while(|line| !line.starts_with("  File \""));
    let (file, rest) = lines.next()?.strip_prefix("  File \"")?.split_once("\", line ")?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let source = traceback.lines().rev().take_while(|line| !line.starts_with("  File \"")).last();
    let source = source.filter(|line| line.starts_with("    ")).unwrap_or_default();
    Some((file.to_owned(), number.parse().ok()?, source.to_owned()))
}
