//! Tracebacks and the text of exceptions, as CPython 3.11 prints them.

use linger_heap::{Ref, Value};

use super::{Raise, Vm, text};
use crate::bytecode::Op;
use crate::objects::*;
use crate::pure::suggest;

/// Equal lines of a traceback that are shown before the rest is only counted.
const SHOWN_REPEATS: usize = 3;

/// Parts of a group that are shown, and how deep groups in groups are.
const MAX_GROUP_WIDTH: usize = 15;
const MAX_GROUP_DEPTH: u32 = 10;

/// What is being written: exceptions shown so far, and how many groups are around.
struct Page {
    shown: Vec<u64>,
    depth: u32,
    /// Whether the innermost group's box must still be closed below.
    needs_close: bool,
    out: String,
}

impl Page {
    /// A line behind the margin.
    fn line(&mut self, line: &str) {
        if self.depth > 0 {
            self.out.push_str(&"  ".repeat(self.depth as usize));
            self.out.push_str("| ");
        }
        self.out.push_str(line);
        self.out.push('\n');
    }
}

impl Vm {
    /// `__traceback__` of an exception: an object, or `None`.
    pub(crate) fn traceback_of(&self, exception: &Value) -> Value {
        let Some(data) = self.exception_data(exception) else { return Value::NONE };
        let passed = data.trace.borrow().len();
        if passed == 0 {
            return Value::NONE;
        }
        // What was shown before stays, behind the frames that the exception passed through since.
        let shown = data.shown.get();
        let known = if shown.is_empty() { 0 } else { data.passed.get() as usize };
        if known == passed {
            return shown;
        }
        let entries: Vec<TraceEntry> = data.trace.borrow().iter().skip(known).rev().cloned().collect();
        let made = self.object(&self.classes.traceback, Traceback::new(entries, shown)).into_value();
        data.show(made.clone());
        made
    }

    /// An exception with its traceback and those that it came from.
    pub fn format_exception(&mut self, exception: &Value) -> String {
        let mut page = Page { shown: Vec::new(), depth: 0, needs_close: false, out: String::new() };
        self.push_exception(exception, &mut page);
        page.out
    }

    /// An exception that nobody can catch. As CPython prints it, what it came from is not shown, nor are notes and parts.
    pub(crate) fn format_unraisable(&mut self, raised: &Raise) -> String {
        let exception = &raised.0;
        let mut entries = self.exception_data(exception).map(|data| data.trace.borrow().clone()).unwrap_or_default();
        // What passed through no frame happened where the frame that runs is now.
        if entries.is_empty()
            && let Some(frame) = self.stack.frames.last()
        {
            entries.extend(TraceEntry::of(&frame.function().code, frame.instr()).next());
        }
        if let Some(limit) = self.traceback_limit() {
            entries.truncate(limit);
        }
        let mut out = String::new();
        if !entries.is_empty() {
            entries.reverse();
            out.push_str("Traceback (most recent call last):\n");
            push_entries(&entries, &mut out);
        }
        let class = self.class_of(exception);
        let module_name = self.special_name(Special::Module).clone();
        match self.lookup(&class, &module_name) {
            Some(module) if module.is_kind::<Str>() => {
                if !matches!(text(&module), "builtins" | "__main__") {
                    out.push_str(&format!("{}.", text(&module)));
                }
            }
            _ => out.push_str("<unknown>"),
        }
        let message = self.to_text(exception).unwrap_or_else(|_| "<exception str() failed>".to_owned());
        out.push_str(&format!("{}: {message}\n", text(&class.qualname.get())));
        out
    }

    fn push_exception(&mut self, exception: &Value, page: &mut Page) {
        page.shown.push(exception.bits());
        let Some(data) = self.exception_data(exception) else { return };
        if page.shown.len() < 200 {
            let (cause, context) = (data.cause.get(), data.context.get());
            let is_new = |value: &Value| value.is_object() && !page.shown.contains(&value.bits());
            if cause.is_object() {
                if is_new(&cause) {
                    let message = "The above exception was the direct cause of the following exception:";
                    self.push_chained(&cause, message, page);
                }
            } else if !data.suppress_context.get() && is_new(&context) {
                let message = "During handling of the above exception, another exception occurred:";
                self.push_chained(&context, message, page);
            }
        }
        let group_class = self.classes.base_exception_group.clone();
        if self.is_instance(exception, &group_class) {
            self.push_group(exception, &data, page);
            return;
        }
        self.push_own(exception, &data, "Traceback (most recent call last):", page);
    }

    /// The exception that another one came from, and what stands between the two.
    fn push_chained(&mut self, exception: &Value, message: &str, page: &mut Page) {
        let needs_close = std::mem::take(&mut page.needs_close);
        self.push_exception(exception, page);
        page.needs_close |= needs_close;
        for line in ["", message, ""] {
            page.line(line);
        }
    }

    /// How many of the innermost frames are shown: `sys.tracebacklimit`, where a script has set it.
    fn traceback_limit(&mut self) -> Option<usize> {
        let sys = self.imported("sys")?;
        let limit = self.module_get(&sys, "tracebacklimit")?.as_small_int()?;
        Some(usize::try_from(limit).unwrap_or(0))
    }

    /// The traceback and the last lines of one exception.
    fn push_own(&mut self, exception: &Value, data: &Ref<ExceptionData>, head: &str, page: &mut Page) {
        let mut entries = data.all_entries();
        if let Some(limit) = self.traceback_limit() {
            entries.drain(..entries.len().saturating_sub(limit));
        }
        if !entries.is_empty() {
            // The outermost group's heading has a corner instead of a margin.
            if page.depth == 1 && head.starts_with("Exception Group") {
                page.out.push_str(&format!("  + {head}\n"));
            } else {
                page.line(head);
            }
            let mut text = String::new();
            push_entries(&entries, &mut text);
            text.lines().for_each(|line| page.line(line));
        }
        let mut text = String::new();
        let has_notes = !self.push_own_lines(exception, &mut text);
        // As in CPython, the text that a syntax error shows has no margin, nor has what stands on a message's further lines.
        let shows_text = self.is_instance(exception, &self.classes.syntax_error);
        for (index, line) in text.lines().enumerate() {
            let has_no_margin = if shows_text { line.starts_with("    ") } else { index > 0 };
            if has_no_margin {
                page.out.push_str(&format!("{line}\n"));
            } else {
                page.line(line);
            }
        }
        if has_notes {
            let mut notes = String::new();
            self.push_notes(exception, &mut notes);
            notes.lines().for_each(|line| page.line(line));
        }
    }

    /// A group and its parts, each a column further in.
    fn push_group(&mut self, exception: &Value, data: &Ref<ExceptionData>, page: &mut Page) {
        if page.depth > MAX_GROUP_DEPTH {
            page.line(&format!("... (max_group_depth is {MAX_GROUP_DEPTH})"));
            return;
        }
        page.depth += u32::from(page.depth == 0);
        self.push_own(exception, data, "Exception Group Traceback (most recent call last):", page);
        let name = self.intern("exceptions");
        let parts = match self.find_attr(exception, &name) {
            Ok(Some(parts)) => self.items(&parts).unwrap_or_default(),
            _ => Vec::new(),
        };
        let shown = parts.len().min(MAX_GROUP_WIDTH + 1);
        page.needs_close = false;
        for (index, part) in parts.iter().take(shown).enumerate() {
            let is_last = index + 1 == shown;
            page.needs_close |= is_last;
            let indent = "  ".repeat(page.depth as usize);
            let corner = if index == 0 { "+-" } else { "  " };
            let title = if index < MAX_GROUP_WIDTH { (index + 1).to_string() } else { "...".to_owned() };
            page.out.push_str(&format!("{indent}{corner}+---------------- {title} ----------------\n"));
            page.depth += 1;
            if index < MAX_GROUP_WIDTH {
                self.push_exception(part, page);
            } else {
                let more = parts.len() - MAX_GROUP_WIDTH;
                page.line(&format!("and {more} more exception{}", if more == 1 { "" } else { "s" }));
            }
            if is_last && std::mem::take(&mut page.needs_close) {
                let indent = "  ".repeat(page.depth as usize);
                page.out.push_str(&format!("{indent}+------------------------------------\n"));
            }
            page.depth -= 1;
        }
        page.depth -= u32::from(page.depth == 1);
    }

    /// The name that a `NameError` or `AttributeError` may have meant.
    fn suggestion(&mut self, exception: &Value) -> Option<String> {
        if self.is_instance(exception, &self.classes.name_error) {
            let found = self.exception_data(exception)?.value.get();
            return found.downcast::<Str>().map(|name| name.text.to_string());
        }
        if !self.is_instance(exception, &self.classes.attribute_error) {
            return None;
        }
        let instance = exception.to_ref::<Instance>()?;
        let class = self.class_of(exception);
        let [name, object] = ["name", "obj"].map(|attribute| {
            let attribute = self.intern(attribute);
            self.instance_load(&instance, &class, &attribute)
        });
        let (name, object) = (name?, object?);
        let builtins = self.builtins.clone();
        let dir = self.dict_get_str(&builtins, "dir")?;
        let names = self.call(&dir, &[object]).ok()?;
        let names: Vec<String> = self.items(&names).ok()?.iter().map(|name| text(name).to_owned()).collect();
        let name = name.downcast::<Str>()?;
        suggest::nearest(&name.text, &names).map(str::to_owned)
    }

    /// The lines below the traceback: class, message, notes.
    pub(crate) fn push_final_lines(&mut self, exception: &Value, out: &mut String) {
        if !self.push_own_lines(exception, out) {
            self.push_notes(exception, out);
        }
    }

    /// Class and message, or what a syntax error shows instead. Whether it was a syntax error, of which CPython shows no notes.
    fn push_own_lines(&mut self, exception: &Value, out: &mut String) -> bool {
        let class = self.class_of(exception);
        let module_name = self.special_name(Special::Module).clone();
        let module = self.lookup(&class, &module_name).unwrap_or(Value::NONE);
        let mut name = text(&class.qualname.get()).to_owned();
        if module.is_kind::<Str>() && !matches!(text(&module), "builtins" | "__main__") {
            name = format!("{}.{name}", text(&module));
        }
        if class.is_subclass_of(&self.classes.syntax_error) && self.push_syntax_error(exception, &name, out) {
            return true;
        }
        let message = match self.to_text(exception) {
            Ok(message) => message,
            Err(_) => "<exception str() failed>".to_owned(),
        };
        if message.is_empty() {
            out.push_str(&name);
        } else {
            out.push_str(&format!("{name}: {message}"));
        }
        if let Some(meant) = self.suggestion(exception) {
            out.push_str(&format!(". Did you mean: '{meant}'?"));
        }
        out.push('\n');
        false
    }

    fn push_notes(&mut self, exception: &Value, out: &mut String) {
        let notes = self.special_name(Special::Notes).clone();
        let Some(instance) = exception.to_ref::<Instance>() else { return };
        let class = self.class_of(exception);
        let Some(notes) = self.instance_load(&instance, &class, &notes) else { return };
        for note in self.items(&notes).unwrap_or_default() {
            if let Ok(note) = self.to_text(&note) {
                out.push_str(&note);
                out.push('\n');
            }
        }
    }

    /// A syntax error shows the line that it is in, with carets below.
    fn push_syntax_error(&mut self, exception: &Value, name: &str, out: &mut String) -> bool {
        let mut get = |attribute: &str| -> Value {
            let attribute = self.intern(attribute);
            self.find_attr(exception, &attribute).ok().flatten().unwrap_or(Value::NONE)
        };
        let (message, file, line, offset, end_offset, source) =
            (get("msg"), get("filename"), get("lineno"), get("offset"), get("end_offset"), get("text"));
        let Some(line) = line.as_small_int() else { return false };
        let file = if file.is_kind::<Str>() { text(&file).to_owned() } else { "<string>".to_owned() };
        out.push_str(&format!("  File \"{file}\", line {line}\n"));
        if source.is_kind::<Str>() {
            let whole = text(&source).trim_end_matches('\n');
            let trimmed = whole.trim_start();
            out.push_str(&format!("    {trimmed}\n"));
            if let Some(offset) = offset.as_small_int() {
                let indent = (whole.chars().count() - trimmed.chars().count()) as i64;
                // An error in the indentation is left of what is shown, and gets no caret.
                if let Ok(start) = usize::try_from(offset - 1 - indent) {
                    let end = end_offset.as_small_int().map_or(start + 1, |end| (end - 1 - indent).max(0) as usize);
                    let count = end.max(start + 1) - start;
                    out.push_str(&format!("    {}{}\n", " ".repeat(start), "^".repeat(count)));
                }
            }
        }
        let message = self.to_text(&message).unwrap_or_default();
        out.push_str(&format!("{name}: {message}\n"));
        true
    }
}

/// The frames of a traceback, outermost first.
pub(crate) fn push_entries(entries: &[TraceEntry], out: &mut String) {
    let mut last: Option<(String, u32)> = None;
    let mut repeats = 0;
    for entry in entries {
        let line = entry.line();
        let head = format!("  File \"{}\", line {line}, in {}\n", entry.code.source.path, entry.name());
        let key = (head.clone(), line);
        if last.as_ref() == Some(&key) {
            repeats += 1;
            if repeats >= SHOWN_REPEATS {
                continue;
            }
        } else {
            push_repeats(repeats, out);
            repeats = 0;
            last = Some(key);
        }
        out.push_str(&head);
        push_source_line(entry, line, out);
    }
    push_repeats(repeats, out);
}

fn push_repeats(repeats: usize, out: &mut String) {
    if repeats >= SHOWN_REPEATS {
        let more = repeats + 1 - SHOWN_REPEATS;
        let plural = if more == 1 { "" } else { "s" };
        out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
    }
}

/// The line of an entry, and marks below it.
pub(crate) fn push_source_line(entry: &TraceEntry, line: u32, out: &mut String) {
    let TraceEntry { code, instr, span, .. } = entry;
    if !code.source.is_file {
        return;
    }
    let whole = code.source.line_text(line);
    let trimmed = whole.trim();
    if trimmed.is_empty() {
        return;
    }
    out.push_str(&format!("    {trimmed}\n"));
    if span.end <= span.start {
        return;
    }
    let indent = whole.chars().count() - whole.trim_start().chars().count();
    let start = code.source.column_of(span.start);
    let one_line = code.source.line_of(span.end) == line;
    let end = if one_line { code.source.column_of(span.end) } else { whole.trim_end().chars().count() };
    let (start, end) = (start.saturating_sub(indent), end.saturating_sub(indent));
    if end <= start {
        return;
    }
    // Only what the instruction itself is at has an operator of its own.
    let own = code.spans.get(*instr as usize) == Some(span);
    // Of a statement `a += b` CPython marks nothing.
    let instr = code.instrs.get(*instr as usize).filter(|instr| own && instr.x == 0);
    let op = instr.map_or(Op::Nop, |instr| instr.op.general());
    // Carets under a whole line say nothing; an operator within it is shown.
    let marks = match anchors(op, trimmed, start, end, one_line) {
        Some(marks) => marks,
        None if start == 0 && end >= trimmed.chars().count() => return,
        None => "^".repeat(end - start),
    };
    out.push_str(&format!("    {}{marks}\n", " ".repeat(start)));
}

/// For operators and subscripts CPython marks the operator (or brackets) with `^` and the rest with `~`.
fn anchors(op: Op, line: &str, start: usize, end: usize, one_line: bool) -> Option<String> {
    if !one_line {
        return None;
    }
    let part: Vec<char> = line.chars().skip(start).take(end - start).collect();
    let binary = (op as u8) >= (Op::Add as u8) && (op as u8) <= (Op::XorK as u8);
    let subscript = matches!(op, Op::GetItem | Op::GetItemInt | Op::SetItem | Op::DeleteItem);
    if subscript {
        let (open, close) = last_brackets(&part)?;
        return Some((0..part.len()).map(|at| if at >= open && at <= close { '^' } else { '~' }).collect());
    }
    if !binary {
        return None;
    }
    let at = top_level_operator(&part)?;
    // CPython looks behind the left operand less its parentheses, and takes what stands there for the operator.
    let left = part[..at].iter().rposition(|character| !character.is_whitespace()).map_or(0, |last| last + 1);
    let at = innermost_close(&part[..left]).unwrap_or(at);
    let gap = part.iter().skip(at + 1).take_while(|character| **character == '(').count();
    let right = if gap > 0 && innermost_close(&part[at + 1..]).is_some() { at + 2 } else { at + 1 };
    let wide = part.get(at + 1).is_some_and(|next| match part[at] {
        ')' => !next.is_whitespace(),
        operator => *next == operator && matches!(operator, '*' | '/' | '<' | '>') || right > at + 1,
    });
    let last = if wide { at + 1 } else { at };
    Some((0..part.len()).map(|index| if index >= at && index <= last { '^' } else { '~' }).collect())
}

/// Where the innermost of the parentheses around all of an operand closes; those of a tuple or a generator belong to it.
fn innermost_close(operand: &[char]) -> Option<usize> {
    let mut inside = 0..operand.len();
    let mut close = None;
    while operand.get(inside.start) == Some(&'(') && operand[inside.end - 1] == ')' {
        let within = &operand[inside.start + 1..inside.end - 1];
        let (mut depth, mut quote, mut previous) = (0_i32, None, ' ');
        let mut is_whole = !within.iter().all(|character| character.is_whitespace());
        for (index, &character) in within.iter().enumerate() {
            match (quote, character) {
                (Some(open), _) => quote = (character != open || previous == '\\').then_some(open),
                (None, '"' | '\'') => quote = Some(character),
                (None, '(' | '[' | '{') => depth += 1,
                (None, ')' | ']' | '}') => depth -= 1,
                (None, ',') if depth == 0 => is_whole = false,
                (None, ' ') if depth == 0 && within[index..].starts_with(&[' ', 'f', 'o', 'r', ' ']) => {
                    is_whole = false
                }
                _ => {}
            }
            is_whole &= depth >= 0;
            previous = character;
        }
        if !is_whole {
            break;
        }
        close = Some(inside.end - 1);
        let lead = within.iter().take_while(|character| character.is_whitespace()).count();
        let trail = within.iter().rev().take_while(|character| character.is_whitespace()).count();
        inside = inside.start + 1 + lead..inside.end - 1 - trail;
    }
    close
}

fn last_brackets(part: &[char]) -> Option<(usize, usize)> {
    let close = part.iter().rposition(|character| *character == ']')?;
    let mut depth = 0;
    for index in (0..=close).rev() {
        match part[index] {
            ']' => depth += 1,
            '[' => {
                depth -= 1;
                if depth == 0 {
                    return Some((index, close));
                }
            }
            _ => {}
        }
    }
    None
}

/// The operator that binds least outside of brackets and quotes: that of the whole expression.
fn top_level_operator(part: &[char]) -> Option<usize> {
    let mut best: Option<(u8, usize)> = None;
    let (mut depth, mut quote, mut operand) = (0_i32, None, false);
    let mut index = 0;
    while index < part.len() {
        let character = part[index];
        if let Some(open) = quote {
            if character == '\\' {
                index += 1;
            } else if character == open {
                quote = None;
            }
            index += 1;
            continue;
        }
        match character {
            '"' | '\'' => {
                quote = Some(character);
                operand = true;
            }
            '(' | '[' | '{' => {
                depth += 1;
                operand = false;
            }
            ')' | ']' | '}' => {
                depth -= 1;
                operand = true;
            }
            _ if depth == 0 && operand => {
                let double = part.get(index + 1) == Some(&character);
                let rank = match character {
                    '|' => Some(0),
                    '^' => Some(1),
                    '&' => Some(2),
                    '<' | '>' if double => Some(3),
                    '+' | '-' => Some(4),
                    '*' if double => Some(7),
                    '*' | '/' | '%' | '@' => Some(5),
                    _ => None,
                };
                match rank {
                    Some(rank) => {
                        // The rightmost of equals is the outermost, but for the power, which binds to the right.
                        if best.is_none_or(|(other, _)| rank < other || (rank == other && rank != 7)) {
                            best = Some((rank, index));
                        }
                        if double && matches!(character, '*' | '/' | '<' | '>') {
                            index += 1;
                        }
                        operand = false;
                    }
                    None if !character.is_whitespace() => operand = true,
                    None => {}
                }
            }
            _ if !character.is_whitespace() => operand = !matches!(character, '+' | '-' | '~'),
            _ => {}
        }
        index += 1;
    }
    best.map(|(_, index)| index)
}
