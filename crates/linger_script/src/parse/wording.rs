//! The parser's errors in Python's words. What the scanner finds comes first, as in Python; then what the grammar expects
//! where the parser stopped.

use super::scan::{Kind, Scan, Token, scan};
use super::targets::{self, expression_name};
use super::{SyntaxError, SyntaxErrorKind, fstrings};
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{
    LexicalErrorType, ParseError, ParseErrorType, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind as Unsupported,
};
use ruff_text_size::{TextRange, TextSize};

/// The error that Python would report, if there is one.
pub(super) fn first_error(
    source: &str,
    errors: &[ParseError],
    unsupported: &[UnsupportedSyntaxError],
) -> Option<SyntaxError> {
    let error = errors.iter().min_by_key(|error| error.location.start());
    if error.is_none() && unsupported.is_empty() {
        // The parser lets tabs and spaces stand for each other where Python does not.
        let found = source.contains('\t').then(|| scan(source).error).flatten();
        return found.filter(|error| error.kind == SyntaxErrorKind::Tab);
    }
    let words = Words { source, scan: scan(source) };
    let indent = error.filter(|error| error.error == ParseErrorType::UnexpectedIndentation);
    if let Some(token) = indent.and_then(|error| words.indent_at(error.location.start().to_usize())) {
        return Some(words.unexpected_indent(token));
    }
    if let Some(error) = words.scan.error {
        return Some(error);
    }
    let at = error.map(|error| error.location.start()).or(unsupported.first().map(|found| found.range.start()));
    if let Some(error) = at.and_then(|at| fstrings::before(&words, at.to_usize())) {
        return Some(error);
    }
    let reported = match error {
        Some(error) => words.of_parser(error),
        None => words.of_version(unsupported.first()?),
    };
    Some(words.unclosed(&reported).unwrap_or(reported))
}

/// A text that is not Python, in tokens.
pub(super) struct Words<'a> {
    pub source: &'a str,
    pub scan: Scan,
}

impl Words<'_> {
    /// The text of a token.
    pub fn text(&self, token: Token) -> &str {
        self.source.get(token.start..token.end).unwrap_or("")
    }

    /// The index of the first token that ends behind a byte.
    pub fn token_index(&self, at: usize) -> usize {
        let tokens = &self.scan.tokens;
        let reaches = |token: &Token| token.end > at || (token.kind == Kind::Newline && token.start >= at);
        let found =
            tokens.iter().position(|token| reaches(token) && !matches!(token.kind, Kind::Indent | Kind::Dedent));
        found.unwrap_or(tokens.len().saturating_sub(1))
    }

    /// A plain error over a range of bytes.
    pub fn error(&self, message: impl Into<String>, start: usize, end: usize) -> SyntaxError {
        let range = TextRange::new(TextSize::new(start as u32), TextSize::new(end.max(start) as u32));
        SyntaxError::new(self.source, message, range)
    }

    /// An error at a token; the end of a line has no width.
    pub fn at(&self, message: impl Into<String>, token: Token) -> SyntaxError {
        let end = if token.kind == Kind::Newline { token.start } else { token.end };
        self.error(message, token.start, end)
    }

    fn line(&self, at: usize) -> usize {
        self.source.as_bytes()[..at.min(self.source.len())].iter().filter(|&&b| b == b'\n').count() + 1
    }

    fn indent_at(&self, at: usize) -> Option<Token> {
        self.scan
            .tokens
            .iter()
            .copied()
            .find(|token| token.kind == Kind::Indent && token.start <= at && at <= token.end)
    }

    fn unexpected_indent(&self, token: Token) -> SyntaxError {
        let range = TextRange::new(TextSize::new(token.end as u32), TextSize::new(token.end as u32));
        let mut error = SyntaxError::of_kind(SyntaxErrorKind::Indentation, self.source, "unexpected indent", range);
        // Python counts the bytes of the indentation here, so that the column is the one before.
        error.column -= 1;
        error.end_column = error.column as i32;
        error
    }

    /// The bracket that was never closed, if the text ends within it and goes wrong behind its line.
    fn unclosed(&self, error: &SyntaxError) -> Option<SyntaxError> {
        let &open = self.scan.open.last()?;
        if error.end_line as usize > self.line(open) || self.at_end(error) {
            let bracket = self.source.as_bytes()[open] as char;
            return Some(self.error(format!("'{bracket}' was never closed"), open, open + 1));
        }
        None
    }

    fn at_end(&self, error: &SyntaxError) -> bool {
        let last = self.scan.tokens.iter().rev().find(|token| !matches!(token.kind, Kind::End));
        last.is_none_or(|token| {
            let last = SyntaxError::new(self.source, "", TextRange::empty(TextSize::new(token.start as u32)));
            (error.end_line, error.end_column) > (last.line, last.column as i32)
        })
    }

    fn of_version(&self, error: &UnsupportedSyntaxError) -> SyntaxError {
        let (start, end) = (error.range.start().to_usize(), error.range.end().to_usize());
        let first = self.scan.tokens[self.token_index(start)];
        match &error.kind {
            Unsupported::UnpackingInComprehension(_) if self.text(first) == "**" => {
                self.error("dict unpacking cannot be used in dict comprehension", start, first.end)
            }
            Unsupported::UnpackingInComprehension(_) => {
                self.error("iterable unpacking cannot be used in comprehension", start, end)
            }
            Unsupported::ParenthesizedKeywordArgumentName => {
                let inner = &self.source[start..end];
                let trimmed = inner.trim_matches(['(', ')', ' ']);
                let at = start + inner.find(trimmed).unwrap_or(0);
                let index = self.token_index(end);
                let stop = self.scan.tokens.get(index).map_or(end, |token| token.end);
                let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
                self.error(message, at.saturating_sub(1), stop.max(end))
            }
            Unsupported::Pep701FString(_) => fstrings::unsupported(self, start, &error.kind),
            _ if !self.text(first).is_empty()
                && self.source[start..end].contains(',')
                && self.follows_except(start) =>
            {
                self.error("multiple exception types must be parenthesized", start, end)
            }
            _ => self.at("invalid syntax", first),
        }
    }

    fn follows_except(&self, at: usize) -> bool {
        let index = self.token_index(at);
        let before = index.checked_sub(1).map(|i| self.text(self.scan.tokens[i]));
        matches!(before, Some("except" | "*"))
    }

    fn of_parser(&self, error: &ParseError) -> SyntaxError {
        let (start, end) = (error.location.start().to_usize(), error.location.end().to_usize());
        let index = self.token_index(start);
        let token = self.scan.tokens[index];
        if token.kind == Kind::Text
            && (start > token.start
                || matches!(error.error, ParseErrorType::FStringError(_) | ParseErrorType::Lexical(_)))
            && let Some(error) = fstrings::in_string(self, index, error)
        {
            return error;
        }
        if let Some(error) = targets::legacy_line(self, index) {
            return error;
        }
        let over = |message: &str| self.error(message, start, end);
        match &error.error {
            ParseErrorType::OtherError(text) => self.of_text(text, index, start, end),
            ParseErrorType::ExpectedToken { expected, .. } => self.expected(*expected, index),
            ParseErrorType::InvalidAssignmentTarget => targets::assignment(self, start, end),
            ParseErrorType::InvalidAnnotatedAssignmentTarget => targets::annotation(self, start, end),
            ParseErrorType::InvalidNamedAssignmentTarget => {
                over(&format!("cannot use assignment expressions with {}", self.name_of(start, end)))
            }
            ParseErrorType::InvalidAugmentedAssignmentTarget => {
                over(&format!("'{}' is an illegal expression for augmented assignment", self.name_of(start, end)))
            }
            ParseErrorType::InvalidDeleteTarget => over(&format!("cannot delete {}", self.name_of(start, end))),
            ParseErrorType::UnparenthesizedGeneratorExpression => match self.statement_keyword(index) {
                Some("class") => {
                    let keyword =
                        self.scan.tokens[index..].iter().find(|t| self.text(**t) == "for").copied().unwrap_or(token);
                    self.at("invalid syntax", keyword)
                }
                _ => over("Generator expression must be parenthesized"),
            },
            ParseErrorType::NonDefaultParamAfterDefaultParam => match self.text(self.next(index, 1)) {
                "=" if matches!(self.text(self.next(index, 2)), "," | ")" | ":") => {
                    self.at("expected default value expression", self.next(index, 1))
                }
                _ => self.at("non-default argument follows default argument", token),
            },
            ParseErrorType::ParamAfterVarKeywordParam => self.at("arguments cannot follow var-keyword argument", token),
            ParseErrorType::ExpectedKeywordParam => {
                let star = self.scan.tokens[..=index].iter().rposition(|t| self.text(*t) == "*").unwrap_or(index);
                match self.text(self.next(star, 1)) {
                    ")" | "," | ":" => self.at("named arguments must follow bare *", self.next(star, 0)),
                    _ => self.at("invalid syntax", self.next(star, 1)),
                }
            }
            ParseErrorType::UnparenthesizedTupleExpression => {
                let comma = self.scan.tokens[index..].iter().find(|t| self.text(**t) == ",").copied().unwrap_or(token);
                self.at("invalid syntax", comma)
            }
            ParseErrorType::VarParameterWithDefault => {
                let stars = self.scan.tokens[..=index].iter().rev().find(|t| matches!(self.text(**t), "*" | "**"));
                let what = if stars.is_some_and(|t| self.text(*t) == "**") { "var-keyword" } else { "var-positional" };
                let equals = self.scan.tokens[index..].iter().find(|t| self.text(**t) == "=").copied().unwrap_or(token);
                self.at(format!("{what} argument cannot have default value"), equals)
            }
            ParseErrorType::PositionalAfterKeywordArgument => {
                self.closing("positional argument follows keyword argument", index)
            }
            ParseErrorType::PositionalAfterKeywordUnpacking => {
                self.closing("positional argument follows keyword argument unpacking", index)
            }
            ParseErrorType::InvalidArgumentUnpackingOrder => {
                let open = targets::enclosing(self, index).unwrap_or(index);
                let comma = self.next(index.saturating_sub(1), 0);
                let message = "iterable argument unpacking follows keyword argument unpacking";
                self.error(message, self.next(open, 1).start, comma.start)
            }
            ParseErrorType::IterableUnpackingInComprehension => {
                over("iterable unpacking cannot be used in comprehension")
            }
            ParseErrorType::InvalidStarredExpressionUsage
                if index > 0
                    && self.text(self.next(index - 1, 0)) == ":"
                    && targets::opener(self, index) == Some("{") =>
            {
                over("cannot use a starred expression in a dictionary value")
            }
            ParseErrorType::InvalidStarredExpressionUsage
                if self.text(self.next(index.saturating_sub(1), 0)) == "(" =>
            {
                over("cannot use starred expression here")
            }
            ParseErrorType::InvalidMatchPatternTarget => over("cannot use '_' as a target"),
            ParseErrorType::ExpectedRealNumber => over("real number required in complex literal"),
            ParseErrorType::ExpectedImaginaryNumber => over("imaginary number required in complex literal"),
            ParseErrorType::SimpleStatementsOnSameLine => targets::legacy(self, index)
                .or_else(|| targets::missing_comma(self, index))
                .unwrap_or_else(|| self.at("invalid syntax", token)),
            ParseErrorType::ExpectedExpression => self.expected_expression(index),
            ParseErrorType::UnexpectedIndentation => self.unexpected_indent(token),
            ParseErrorType::Lexical(LexicalErrorType::InvalidByteLiteral) => {
                self.at("bytes can only contain ASCII literal characters", token)
            }
            ParseErrorType::Lexical(
                LexicalErrorType::UnicodeError
                | LexicalErrorType::MissingUnicodeLbrace
                | LexicalErrorType::MissingUnicodeRbrace,
            ) => fstrings::escape(self, index),
            _ => self.at("invalid syntax", token),
        }
    }

    /// The token `ahead` of another one; the last one beyond the end.
    pub fn next(&self, index: usize, ahead: usize) -> Token {
        let last = self.scan.tokens.len() - 1;
        self.scan.tokens[(index + ahead).min(last)]
    }

    /// What Python calls the expression in a range.
    pub fn name_of(&self, start: usize, end: usize) -> &'static str {
        let text = self.source.get(start..end).unwrap_or("");
        if text.starts_with('*') { "starred" } else { expression_name(text) }
    }

    /// An error that Python reports at the bracket that closes the arguments.
    fn closing(&self, message: &str, index: usize) -> SyntaxError {
        let mut depth = 0;
        for &token in &self.scan.tokens[index..] {
            match self.text(token) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" if depth == 0 => return self.at(message, token),
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        self.at(message, self.scan.tokens[index])
    }

    fn of_text(&self, text: &str, index: usize, start: usize, end: usize) -> SyntaxError {
        let token = self.scan.tokens[index];
        if let Some(what) = text.strip_prefix("Expected an indented block after ") {
            return self.missing_block(what, index);
        }
        let message = match text {
            "Only one '/' separator allowed" => "/ may appear only once",
            "'/' parameter must appear before '*' parameter" => "/ must be ahead of *",
            "Position-only parameter separator not allowed as first parameter" => {
                let star = index.checked_sub(2).is_some_and(|i| matches!(self.text(self.next(i, 0)), "*"));
                if !star && self.text(self.next(index, 1)) != "," {
                    return self.at("invalid syntax", token);
                }
                return self
                    .at(if star { "/ must be ahead of *" } else { "at least one argument must precede /" }, token);
            }
            "Only one '*' parameter allowed" => return self.at("* argument may appear only once", token),
            "Cannot have both 'except' and 'except*' on the same 'try'" => {
                let keyword = self.scan.tokens[..=index].iter().rev().find(|t| self.text(**t) == "except").copied();
                return self.at("cannot have both 'except' and 'except*' on the same 'try'", keyword.unwrap_or(token));
            }
            "Expected a parameter name" => return targets::keyword_argument(self, index),
            "Only single target (not tuple) can be annotated" => {
                return targets::annotation_of(self, start, end, "tuple");
            }
            "Only single target (not list) can be annotated" => "only single target (not list) can be annotated",
            "Multiple exception types must be parenthesized when using `as`" => {
                let colon = self.scan.tokens[index..].iter().find(|t| self.text(**t) == ":").copied().unwrap_or(token);
                let last = self.scan.tokens.iter().rev().find(|t| t.end <= colon.start).copied().unwrap_or(token);
                return self.error("multiple exception types must be parenthesized", start, last.end);
            }
            "Expected one or more exception types" => return self.at("expected one or more exception types", token),
            "Positional patterns cannot follow keyword patterns" => {
                return self.at("positional patterns follow keyword patterns", token);
            }
            "Trailing comma not allowed" if self.statement_keyword(index) != Some("from") => {
                let comma = self.scan.tokens[index..].iter().position(|t| self.text(*t) == ",").unwrap_or(0);
                return self.at("invalid syntax", self.next(index, comma + 1));
            }
            "Trailing comma not allowed" => {
                let newline =
                    self.scan.tokens[index..].iter().find(|t| t.kind == Kind::Newline).copied().unwrap_or(token);
                return self.at("trailing comma not allowed without surrounding parentheses", newline);
            }
            "Expected `except` or `finally` after `try` block" => {
                return self.at_or_end("expected 'except' or 'finally' block", token);
            }
            "Bytes literal cannot be mixed with non-bytes literals" => {
                let after = self.scan.tokens[index..].iter().find(|t| t.kind != Kind::Text).copied().unwrap_or(token);
                return self.error("cannot mix bytes and nonbytes literals", after.start, after.start);
            }
            "Expected an expression or a ']'"
            | "Expected an expression or a '}'"
            | "Expected an expression or a ')'" => {
                return targets::equals_sign(self, index)
                    .or_else(|| targets::missing_comma(self, index))
                    .unwrap_or_else(|| self.at("invalid syntax", token));
            }
            _ => return self.at("invalid syntax", token),
        };
        self.error(message, start, end)
    }

    /// A block that is missing behind the colon of a statement.
    fn missing_block(&self, what: &str, index: usize) -> SyntaxError {
        let word = what.split('`').nth(1);
        let mut token = self.scan.tokens[index];
        if token.kind == Kind::Newline {
            token = self.next(index, 1);
        }
        let at = token.start;
        // The statement stands at the last line before that starts with its keyword.
        let word = word.unwrap_or(if what.contains("function") { "def" } else { "class" });
        let starts = |t: &&Token| {
            let line_start = self.source[..t.start].rfind('\n').map_or(0, |nl| nl + 1);
            let prefix = self.source[line_start..t.start].trim();
            self.text(**t) == word && (prefix.is_empty() || prefix == "async") && t.start < at
        };
        let statement = self.scan.tokens.iter().rev().find(starts).copied().unwrap_or(token);
        let line = self.line(statement.start);
        let star = word == "except"
            && self.scan.tokens.iter().any(|t| {
                t.start > statement.start
                    && t.start < at
                    && self.text(*t) == "*"
                    && self.source[statement.end..t.start].trim().is_empty()
            });
        let described = match word {
            "def" => "function definition".to_owned(),
            "class" => "class definition".to_owned(),
            _ if star => "'except*' statement".to_owned(),
            word => format!("'{word}' statement"),
        };
        let message = format!("expected an indented block after {described} on line {line}");
        let mut error = self.at_or_end(message, token);
        error.kind = SyntaxErrorKind::Indentation;
        error
    }

    /// An error at a token; one at the end of the text is behind its last line, and has no end.
    fn at_or_end(&self, message: impl Into<String>, token: Token) -> SyntaxError {
        if token.start < self.source.len() {
            return self.at(message, token);
        }
        let end = self.source.strip_suffix('\n').unwrap_or(self.source).len();
        let mut error = self.error(message, end, end);
        error.end_column = -1;
        error
    }

    fn expected(&self, expected: TokenKind, index: usize) -> SyntaxError {
        let token = self.scan.tokens[index];
        let found = self.text(token);
        if found == "="
            && let Some(error) = targets::equals_sign(self, index)
        {
            return error;
        }
        if matches!(found, "+=" | "-=" | "*=" | "/=" | "//=" | "%=" | "@=" | "&=" | "|=" | "^=" | "**=" | ">>=" | "<<=")
            && let Some(error) = targets::augmented(self, index)
        {
            return error;
        }
        if found == "for"
            && let Some(error) = targets::comprehension_target(self, index)
        {
            return error;
        }
        match expected {
            TokenKind::Else => targets::missing_else(self, index),
            TokenKind::Colon if token.kind == Kind::Newline || self.forces_colon(index) => {
                self.at("expected ':'", token)
            }
            TokenKind::Colon if matches!(found, "}" | ",") => match self.scan.open.is_empty() {
                true => {
                    let end = self.next(index - 1, 0).end;
                    self.error("':' expected after dictionary key", end - 1, end)
                }
                false => self.at("invalid syntax", token),
            },
            TokenKind::Lpar if index >= 2 && self.text(self.next(index - 2, 0)) == "def" => {
                self.at("expected '('", token)
            }
            TokenKind::Rpar if found == "(" => targets::parenthesized_parameters(self, index),
            TokenKind::Comma if found == "*" && index > 0 && self.text(self.next(index - 1, 0)) == "/" => {
                self.at("expected comma between / and *", token)
            }
            _ => targets::legacy(self, index)
                .or_else(|| targets::missing_comma(self, index))
                .unwrap_or_else(|| self.at("invalid syntax", token)),
        }
    }

    /// The first word of the statement of a token.
    fn statement_keyword(&self, index: usize) -> Option<&str> {
        let line_start = self.scan.tokens[..index].iter().rposition(|t| t.kind == Kind::Newline).map_or(0, |at| at + 1);
        self.scan.tokens[line_start..index].iter().find(|t| t.kind == Kind::Name).map(|t| self.text(*t))
    }

    /// Whether the statement of a token can't go on without a colon, whatever stands there.
    fn forces_colon(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        if matches!(self.text(self.next(before, 0)), "else" | "try" | "finally") {
            return true;
        }
        let line_start = self.scan.tokens[..index].iter().rposition(|t| t.kind == Kind::Newline).map_or(0, |at| at + 1);
        let mut words =
            self.scan.tokens[line_start..index].iter().filter(|t| t.kind == Kind::Name).map(|t| self.text(*t));
        let first = words.next();
        first == Some("def") || (first == Some("async") && words.next() == Some("def"))
    }

    fn expected_expression(&self, index: usize) -> SyntaxError {
        let token = self.scan.tokens[index];
        let before = index.checked_sub(1).map_or("", |i| self.text(self.next(i, 0)));
        let found = self.text(token);
        if before == "=" && matches!(found, "," | ")" | ":") && targets::in_parameters(self, index) {
            return self.at("expected default value expression", self.next(index - 1, 0));
        }
        if before == ":" && matches!(found, "}" | ",") {
            return self.at("expression expected after dictionary key and ':'", self.next(index - 1, 0));
        }
        if found == "="
            && let Some(error) = targets::equals_sign(self, index)
        {
            return error;
        }
        self.at("invalid syntax", token)
    }
}
