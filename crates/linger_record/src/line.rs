//! Turning a tracing event into the fields of one JSON line.
//!
//! Knows nothing about kinds: it writes whatever fields an event has. A field whose name ends in
//! `.json` holds JSON text and becomes a value of the name without that ending, which is how lists
//! travel through an event.

use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};

const RAW_SUFFIX: &str = ".json";

/// The fields of one record: its frame, and the others as `"name":value` text with commas between.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) frame: u64,
    pub(crate) body: String,
}

impl Fields {
    /// Without fields, and with room for those of a frame: one allocation a record.
    pub(crate) fn with_room() -> Self {
        Self { frame: 0, body: String::with_capacity(512) }
    }

    fn key(&mut self, name: &str) {
        if !self.body.is_empty() {
            self.body.push(',');
        }
        push_json_string(&mut self.body, name);
        self.body.push(':');
    }

    fn push_display(&mut self, name: &str, value: impl fmt::Display) {
        self.key(name);
        // Writing to a String cannot fail.
        let _ = write!(self.body, "{value}");
    }
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "frame" {
            self.frame = value;
        } else {
            self.push_display(field.name(), value);
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        // A literal in an event is an i32 unless it says otherwise.
        match u64::try_from(value) {
            Ok(value) => self.record_u64(field, value),
            Err(_) => self.push_display(field.name(), value),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.push_display(field.name(), value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.key(field.name());
        if value.is_finite() {
            let _ = write!(self.body, "{value}");
        } else {
            // JSON has no other way to say that a number is none.
            self.body.push_str("null");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name().strip_suffix(RAW_SUFFIX) {
            // Text that would spoil the line is kept as a string: the log stays readable.
            Some(name) if is_one_line_of_json(value) => {
                self.key(name);
                self.body.push_str(value);
            }
            Some(name) => {
                self.key(name);
                push_json_string(&mut self.body, value);
            }
            None => {
                self.key(field.name());
                push_json_string(&mut self.body, value);
            }
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.record_str(field, &text);
    }
}

fn is_one_line_of_json(text: &str) -> bool {
    !text.contains('\n') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // U+2028 and U+2029 end lines for some readers.
            control if control < ' ' || matches!(control, '\u{2028}' | '\u{2029}' | '\u{7f}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_survive_any_characters() {
        let text = "q\" b\\ n\n t\t r\r z\0 bell\u{7} del\u{7f} line\u{2028} snowman ☃ 𝄞";
        let mut out = String::new();
        push_json_string(&mut out, text);
        assert!(!out.contains('\n'));
        let back: String = serde_json::from_str(&out).expect("valid JSON");
        assert_eq!(back, text);
    }

    #[test]
    fn only_one_line_of_json_is_embedded() {
        assert!(is_one_line_of_json("[1,{\"a\":2}]"));
        assert!(!is_one_line_of_json("[1,\n2]"));
        assert!(!is_one_line_of_json("[1,2"));
        assert!(!is_one_line_of_json("1} {"));
    }
}
