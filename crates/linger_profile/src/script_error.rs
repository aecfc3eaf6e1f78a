//! An error that a script raised and nobody caught.

/// What a person needs to find and mend it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptError {
    /// The frame in which it came, for the last time if it came often.
    pub frame: u64,
    /// When that was, since the session's start.
    pub time_nanos: u64,
    /// The script's file name.
    pub file: String,
    /// The line, from 1; 0 where it isn't known.
    pub line: u32,
    /// The column, from 1; 0 where it isn't known.
    pub column: u32,
    /// The text of that line, for the caret to point into; empty where it isn't known.
    pub source_line: String,
    /// The error's type and text: `NameError: name 'x' is not defined`.
    pub message: String,
    /// The whole traceback, as the script's language prints it.
    pub traceback: String,
    /// How often the same error came.
    pub count: u64,
}

impl ScriptError {
    /// Whether both are one error that came twice.
    pub fn same_as(&self, other: &Self) -> bool {
        self.line == other.line
            && self.column == other.column
            && self.file == other.file
            && self.message == other.message
    }

    /// `enemy.py:12:5`, as far as known.
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (0, _) => self.file.clone(),
            (line, 0) => format!("{}:{line}", self.file),
            (line, column) => format!("{}:{line}:{column}", self.file),
        }
    }

    /// The source line without its indentation, and a caret under the column; `None` where the line
    /// or the column isn't known.
    pub fn caret(&self) -> Option<String> {
        let text = self.source_line.trim_end();
        let indentation = text.chars().take_while(|char| char.is_whitespace()).count();
        let column = usize::try_from(self.column).ok()?.checked_sub(1)?;
        if text.is_empty() || column > text.chars().count() {
            return None;
        }
        let shown: String = text.chars().skip(indentation).collect();
        let offset = column.saturating_sub(indentation);
        // Tabs stay tabs, so that the caret stands where the text does.
        let lead: String = shown
            .chars()
            .chain(std::iter::repeat(' '))
            .take(offset)
            .map(|char| if char == '\t' { '\t' } else { ' ' })
            .collect();
        Some(format!("{shown}\n{lead}^"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(column: u32, source_line: &str) -> ScriptError {
        ScriptError {
            file: "enemy.py".into(),
            line: 12,
            column,
            source_line: source_line.into(),
            ..ScriptError::default()
        }
    }

    #[test]
    fn the_caret_stands_under_the_column() {
        assert_eq!(error(9, "    x = yy\n").caret().as_deref(), Some("x = yy\n    ^"));
    }

    #[test]
    fn a_column_in_the_indentation_points_at_the_start() {
        assert_eq!(error(2, "    x").caret().as_deref(), Some("x\n^"));
    }

    #[test]
    fn without_a_column_or_past_the_line_there_is_no_caret() {
        assert_eq!(error(0, "x").caret(), None);
        assert_eq!(error(9, "x").caret(), None);
        assert_eq!(error(1, "").caret(), None);
    }

    #[test]
    fn the_place_says_what_is_known() {
        assert_eq!(error(9, "").place(), "enemy.py:12:9");
        assert_eq!(error(0, "").place(), "enemy.py:12");
        let nowhere = ScriptError { file: "enemy.py".into(), ..ScriptError::default() };
        assert_eq!(nowhere.place(), "enemy.py");
    }
}
