//! Where the lines of a text begin. Knows no encoding but UTF-8 and no end of a line but `\n`.

/// The byte offset of each line's start.
pub fn line_starts(text: &str) -> Vec<u32> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut starts = Vec::with_capacity(ends.clone().count() + 1);
    starts.push(0);
    starts.extend(ends.map(|at| at as u32 + 1));
    starts
}
