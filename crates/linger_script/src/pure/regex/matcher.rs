//! Runs a program over a text, by backtracking.
//!
//! Choices are kept on a stack together with what must be put back when they are taken, so that neither the length of a
//! text nor the number of turns of a loop matters to the native stack. It knows no syntax.

use super::ast::{Anchor, Category, Greed};
use super::charset::in_category;
use super::compile::{Loop, Program, Step, Unit};

/// A position that is none.
const NOWHERE: usize = usize::MAX;

/// How many steps pass between two questions whether to go on.
const STEPS_PER_QUESTION: u32 = 4096;

/// Choices kept at most; at 24 bytes each this is well over any honest pattern's need.
const MAX_CHOICES: usize = 1 << 24;

/// Where in the text a match must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Anywhere (`search`).
    Search,
    /// At the start (`match`).
    Match,
    /// From start to end (`fullmatch`).
    Full,
}

/// Why a search was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The question whether to go on was answered no.
    Interrupted,
    /// There were too many choices to keep.
    OutOfMemory,
}

/// The part of the text that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where a match may start; what is before can still be seen.
    pub start: usize,
    /// Where the text ends.
    pub end: usize,
}

/// A text to search, with direct access to its characters.
#[derive(Clone, Copy, Debug)]
pub enum Haystack<'a> {
    /// Bytes, or text that is all ASCII.
    Bytes(&'a [u8]),
    /// Any other text.
    Chars(&'a [char]),
}

impl Haystack<'_> {
    /// The number of characters.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Chars(chars) => chars.len(),
        }
    }
}

/// What a match found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captures {
    /// Start and end of each group, the whole match being group 0.
    pub groups: Vec<Option<(usize, usize)>>,
    /// The group that was closed last (`Match.lastindex`).
    pub last_index: Option<usize>,
}

impl Captures {
    /// Start and end of the whole match.
    pub fn whole(&self) -> (usize, usize) {
        self.groups[0].unwrap_or((0, 0))
    }
}

trait Text {
    fn at(&self, index: usize) -> char;
}

impl Text for [u8] {
    #[inline(always)]
    fn at(&self, index: usize) -> char {
        char::from(self[index])
    }
}

impl Text for [char] {
    #[inline(always)]
    fn at(&self, index: usize) -> char {
        self[index]
    }
}

impl Program {
    /// Finds the first match. `go_on` is asked every few thousand steps. Where `must_advance` is set, an empty match at
    /// the very start does not count, as in the second and later steps of `finditer`; `Scan` does this for you.
    pub fn find(
        &self,
        text: &Haystack<'_>,
        span: Span,
        mode: Mode,
        must_advance: bool,
        scratch: &mut Scratch,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Captures>, Stopped> {
        let end = span.end.min(text.len());
        if span.start > end {
            return Ok(None);
        }
        let span = Span { start: span.start, end };
        match text {
            Haystack::Bytes(bytes) => {
                Run::new(self, *bytes, span, mode, scratch, go_on).find_one(must_advance, scratch)
            }
            Haystack::Chars(chars) => {
                Run::new(self, *chars, span, mode, scratch, go_on).find_one(must_advance, scratch)
            }
        }
    }

    /// The matches that do not overlap, one after the other (`finditer`, `findall`, `split` and `sub`); at most `limit` of them.
    pub fn find_all(
        &self,
        text: &Haystack<'_>,
        span: Span,
        limit: usize,
        scratch: &mut Scratch,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<Captures>, Stopped> {
        let end = span.end.min(text.len());
        if span.start > end {
            return Ok(Vec::new());
        }
        let span = Span { start: span.start, end };
        match text {
            Haystack::Bytes(bytes) => {
                Run::new(self, *bytes, span, Mode::Search, scratch, go_on).find_all(limit, scratch)
            }
            Haystack::Chars(chars) => {
                Run::new(self, *chars, span, Mode::Search, scratch, go_on).find_all(limit, scratch)
            }
        }
    }
}

/// A choice that can still be taken, or what must be put back on the way to one.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// Go on there.
    Choice { step: u32, position: usize },
    /// Give one character of a run back, and go on.
    Shorter { step: u32, least: usize, position: usize },
    /// Take one character more into a run, and go on.
    Longer { step: u32, left: u32, position: usize },
    /// Match the body of a lazy loop once more.
    Again { step: u32, position: usize },
    /// A group's start or end as it was.
    Slot { slot: u32, old: usize },
    /// The last closed group as it was.
    LastIndex { old: u32 },
    /// A loop's count and last start of a turn as they were.
    Turn { register: u32, count: u32, last: usize },
}

impl Frame {
    fn is_choice(self) -> bool {
        matches!(self, Self::Choice { .. } | Self::Shorter { .. } | Self::Longer { .. } | Self::Again { .. })
    }
}

/// What a search notes on its way. Kept from one search with a program to the next, it saves making it anew.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    frames: Vec<Frame>,
    slots: Vec<usize>,
    /// Turns taken by each loop, and where the last began.
    turns: Vec<(u32, usize)>,
    /// Height of the stack and position at the start of each atomic group or assertion.
    marks: Vec<(usize, usize)>,
}

/// A longer stack is not kept.
const MOST_KEPT_FRAMES: usize = 1 << 10;

struct Run<'r, T: Text + ?Sized> {
    program: &'r Program,
    text: &'r T,
    span: Span,
    mode: Mode,
    go_on: &'r mut dyn FnMut() -> bool,
    steps_left: u32,
    notes: Scratch,
    last_index: u32,
    /// Where an empty match does not count.
    barred: usize,
}

impl<'r, T: Text + ?Sized> Run<'r, T> {
    fn new(
        program: &'r Program,
        text: &'r T,
        span: Span,
        mode: Mode,
        scratch: &mut Scratch,
        go_on: &'r mut dyn FnMut() -> bool,
    ) -> Self {
        let mut notes = std::mem::take(scratch);
        notes.slots.resize((program.group_count() + 1) * 2, NOWHERE);
        notes.turns.resize(program.loops.len(), (0, NOWHERE));
        notes.marks.resize(program.marks, (0, 0));
        Self { program, text, span, mode, go_on, steps_left: STEPS_PER_QUESTION, notes, last_index: 0, barred: NOWHERE }
    }

    fn find_one(mut self, must_advance: bool, scratch: &mut Scratch) -> Result<Option<Captures>, Stopped> {
        let found = self.find(must_advance);
        self.give_back(scratch);
        found
    }

    fn find_all(mut self, limit: usize, scratch: &mut Scratch) -> Result<Vec<Captures>, Stopped> {
        let mut all = Vec::new();
        let mut must_advance = false;
        while all.len() < limit
            && let Some(captures) = self.find(must_advance)?
        {
            let (start, end) = captures.whole();
            must_advance = start == end;
            self.span.start = end;
            all.push(captures);
        }
        self.give_back(scratch);
        Ok(all)
    }

    fn give_back(self, scratch: &mut Scratch) {
        if self.notes.frames.capacity() <= MOST_KEPT_FRAMES {
            *scratch = self.notes;
        }
    }

    fn find(&mut self, must_advance: bool) -> Result<Option<Captures>, Stopped> {
        let mut start = self.span.start;
        self.barred = if must_advance { start } else { NOWHERE };
        self.notes.slots.fill(NOWHERE);
        self.last_index = 0;
        loop {
            if self.mode == Mode::Search
                && let Some(first) = &self.program.first
            {
                while start < self.span.end && !first.allows(self.text.at(start)) {
                    start += 1;
                }
                if start == self.span.end {
                    return Ok(None);
                }
            }
            if let Some(end) = self.match_at(start)? {
                return Ok(Some(self.captures(start, end)));
            }
            if self.mode != Mode::Search || start >= self.span.end {
                return Ok(None);
            }
            start += 1;
            self.notes.slots.fill(NOWHERE);
            self.last_index = 0;
        }
    }

    fn captures(&self, start: usize, end: usize) -> Captures {
        let mut groups = Vec::with_capacity(self.notes.slots.len() / 2);
        groups.push(Some((start, end)));
        for pair in self.notes.slots.chunks_exact(2).skip(1) {
            groups.push((pair[0] != NOWHERE && pair[1] != NOWHERE).then_some((pair[0], pair[1])));
        }
        let last_index = (self.last_index > 0).then_some(self.last_index as usize);
        Captures { groups, last_index }
    }

    #[inline(always)]
    fn tick(&mut self) -> Result<(), Stopped> {
        self.steps_left -= 1;
        if self.steps_left == 0 { self.ask() } else { Ok(()) }
    }

    #[cold]
    fn ask(&mut self) -> Result<(), Stopped> {
        self.steps_left = STEPS_PER_QUESTION;
        if self.notes.frames.len() > MAX_CHOICES {
            return Err(Stopped::OutOfMemory);
        }
        if (self.go_on)() { Ok(()) } else { Err(Stopped::Interrupted) }
    }

    /// Matches at one position; returns the end of the match.
    fn match_at(&mut self, start: usize) -> Result<Option<usize>, Stopped> {
        self.notes.frames.clear();
        let mut next = Some((0, start));
        while let Some((step, position)) = next {
            match self.advance(step, position)? {
                Some(end) => return Ok(Some(end)),
                None => next = self.backtrack()?,
            }
        }
        Ok(None)
    }

    /// Goes on from a step until the program ends (which gives the end of the match) or something fails.
    fn advance(&mut self, mut at: usize, mut position: usize) -> Result<Option<usize>, Stopped> {
        let end = self.span.end;
        loop {
            self.tick()?;
            let mut next = at + 1;
            match self.program.steps[at] {
                Step::Unit(unit) => {
                    if position >= end || !self.program.matches(unit, self.text.at(position)) {
                        return Ok(None);
                    }
                    position += 1;
                }
                Step::Run { unit, min, max, greed } => match self.run(unit, min, max, greed, next, position)? {
                    Some(reached) => position = reached,
                    None => return Ok(None),
                },
                Step::Anchor(anchor) => {
                    if !self.anchor_holds(anchor, position) {
                        return Ok(None);
                    }
                }
                Step::Save(slot) => self.save(slot, position),
                Step::Jump(to) => next = to as usize,
                Step::Split { other, first: Some(first) }
                    if position >= end || !first.allows(self.text.at(position)) =>
                {
                    next = other as usize;
                }
                Step::Split { other, .. } => self.notes.frames.push(Frame::Choice { step: other, position }),
                Step::LoopStart { register, next: loop_next } => {
                    self.set_turn(register, 0, NOWHERE);
                    match self.turn(loop_next as usize, position) {
                        Some(to) => next = to,
                        None => return Ok(None),
                    }
                }
                Step::LoopNext { .. } => match self.turn(at, position) {
                    Some(to) => next = to,
                    None => return Ok(None),
                },
                Step::AtomicStart { register } => {
                    self.notes.marks[register as usize] = (self.notes.frames.len(), position)
                }
                Step::AtomicEnd { register } => self.drop_choices(register),
                Step::LookStart { register, behind } => {
                    self.notes.marks[register as usize] = (self.notes.frames.len(), position);
                    match position.checked_sub(behind as usize) {
                        Some(from) => position = from,
                        None => return Ok(None),
                    }
                }
                Step::LookEnd { register } => {
                    self.drop_choices(register);
                    position = self.notes.marks[register as usize].1;
                }
                Step::NotLookStart { register, behind, past } => match position.checked_sub(behind as usize) {
                    Some(from) => {
                        self.notes.marks[register as usize] = (self.notes.frames.len(), position);
                        self.notes.frames.push(Frame::Choice { step: past, position });
                        position = from;
                    }
                    None => next = past as usize,
                },
                Step::NotLookEnd { register } => {
                    let height = self.notes.marks[register as usize].0;
                    while self.notes.frames.len() > height {
                        self.put_back();
                    }
                    return Ok(None);
                }
                Step::BackRef { group, fold } => {
                    let (from, to) = match self.group(group) {
                        Some(place) => place,
                        None => return Ok(None),
                    };
                    if to - from > end - position {
                        return Ok(None);
                    }
                    for at in from..to {
                        let (wanted, found) = (self.text.at(at), self.text.at(position));
                        let same = wanted == found || fold.is_some_and(|fold| fold.lower(wanted) == fold.lower(found));
                        if !same {
                            return Ok(None);
                        }
                        position += 1;
                    }
                }
                Step::UnlessGroup { group, to } => {
                    if self.group(group).is_none() {
                        next = to as usize;
                    }
                }
                Step::Match => {
                    let counts = (self.mode != Mode::Full || position == end) && position != self.barred;
                    return Ok(counts.then_some(position));
                }
            }
            at = next;
        }
    }

    /// Takes the latest choice; gives where to go on.
    fn backtrack(&mut self) -> Result<Option<(usize, usize)>, Stopped> {
        loop {
            self.tick()?;
            match self.put_back() {
                None => return Ok(None),
                Some(Frame::Choice { step, position }) => return Ok(Some((step as usize, position))),
                Some(Frame::Shorter { step, least, position }) => {
                    let mut position = position - 1;
                    // What comes next often says at once which lengths are hopeless.
                    if let Step::Unit(Unit::Char(wanted)) = self.program.steps[step as usize] {
                        while position > least && self.text.at(position) != wanted {
                            position -= 1;
                        }
                    }
                    if position > least {
                        self.notes.frames.push(Frame::Shorter { step, least, position });
                    }
                    return Ok(Some((step as usize, position)));
                }
                Some(Frame::Longer { step, left, position }) => {
                    let Step::Run { unit, .. } = self.program.steps[step as usize - 1] else { continue };
                    if position >= self.span.end || !self.program.matches(unit, self.text.at(position)) {
                        continue;
                    }
                    let position = position + 1;
                    if left > 1 {
                        self.notes.frames.push(Frame::Longer { step, left: left - 1, position });
                    }
                    return Ok(Some((step as usize, position)));
                }
                Some(Frame::Again { step, position }) => {
                    let Step::LoopNext { register, body } = self.program.steps[step as usize] else { continue };
                    let (count, last) = self.notes.turns[register as usize];
                    if count < self.program.loops[register as usize].max && position != last {
                        self.set_turn(register, count.saturating_add(1), position);
                        return Ok(Some((body as usize, position)));
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Takes a frame off the stack, and puts back what it remembers.
    fn put_back(&mut self) -> Option<Frame> {
        let frame = self.notes.frames.pop()?;
        match frame {
            Frame::Slot { slot, old } => self.notes.slots[slot as usize] = old,
            Frame::LastIndex { old } => self.last_index = old,
            Frame::Turn { register, count, last } => self.notes.turns[register as usize] = (count, last),
            _ => {}
        }
        Some(frame)
    }

    /// Forgets the choices made since a mark, and keeps what must be put back.
    fn drop_choices(&mut self, register: u32) {
        let height = self.notes.marks[register as usize].0;
        let mut kept = height;
        for at in height..self.notes.frames.len() {
            if !self.notes.frames[at].is_choice() {
                self.notes.frames[kept] = self.notes.frames[at];
                kept += 1;
            }
        }
        self.notes.frames.truncate(kept);
    }

    fn save(&mut self, slot: u32, position: usize) {
        self.notes.frames.push(Frame::Slot { slot, old: self.notes.slots[slot as usize] });
        self.notes.slots[slot as usize] = position;
        if slot % 2 == 1 {
            self.notes.frames.push(Frame::LastIndex { old: self.last_index });
            self.last_index = slot / 2;
        }
    }

    fn group(&self, group: u32) -> Option<(usize, usize)> {
        let (from, to) = (self.notes.slots[group as usize * 2], self.notes.slots[group as usize * 2 + 1]);
        (from != NOWHERE && to != NOWHERE && from <= to).then_some((from, to))
    }

    fn set_turn(&mut self, register: u32, count: u32, last: usize) {
        let (old_count, old_last) = self.notes.turns[register as usize];
        self.notes.frames.push(Frame::Turn { register, count: old_count, last: old_last });
        self.notes.turns[register as usize] = (count, last);
    }

    /// Decides at the `LoopNext` at `at` where to go: into the body, or out of the loop.
    fn turn(&mut self, at: usize, position: usize) -> Option<usize> {
        let Step::LoopNext { register, body } = self.program.steps[at] else { return None };
        let Loop { min, max, lazy } = self.program.loops[register as usize];
        let (count, last) = self.notes.turns[register as usize];
        if count < min {
            self.set_turn(register, count + 1, last);
            return Some(body as usize);
        }
        if lazy {
            self.notes.frames.push(Frame::Again { step: at as u32, position });
            return Some(at + 1);
        }
        // A turn that matched nothing is the last.
        if count < max && position != last {
            self.notes.frames.push(Frame::Choice { step: at as u32 + 1, position });
            self.set_turn(register, count.saturating_add(1), position);
            return Some(body as usize);
        }
        Some(at + 1)
    }

    /// Matches a run of one test; gives where it ends for now, `None` where it is too short.
    fn run(
        &mut self,
        unit: Unit,
        min: u32,
        max: u32,
        greed: Greed,
        next: usize,
        position: usize,
    ) -> Result<Option<usize>, Stopped> {
        let available = self.span.end - position;
        if (min as usize) > available {
            return Ok(None);
        }
        let wanted = if greed == Greed::Lazy { min } else { max };
        let limit = position + available.min(if wanted == u32::MAX { available } else { wanted as usize });
        let mut reached = position;
        while reached < limit && self.program.matches(unit, self.text.at(reached)) {
            reached += 1;
            if reached.is_multiple_of(STEPS_PER_QUESTION as usize) {
                self.ask()?;
            }
        }
        let least = position + min as usize;
        if reached < least {
            return Ok(None);
        }
        let step = next as u32;
        match greed {
            Greed::Greedy if reached > least => {
                self.notes.frames.push(Frame::Shorter { step, least, position: reached })
            }
            Greed::Lazy if max > min => {
                self.notes.frames.push(Frame::Longer { step, left: max - min, position: reached })
            }
            _ => {}
        }
        Ok(Some(reached))
    }

    fn anchor_holds(&self, anchor: Anchor, position: usize) -> bool {
        let end = self.span.end;
        match anchor {
            Anchor::Begin | Anchor::BeginText => position == 0,
            Anchor::BeginLine => position == 0 || self.text.at(position - 1) == '\n',
            Anchor::EndText => position == end,
            Anchor::End => position == end || (position + 1 == end && self.text.at(position) == '\n'),
            Anchor::EndLine => position == end || self.text.at(position) == '\n',
            Anchor::Boundary { negated, unicode } => {
                let is_word = |at: usize| in_category(Category::Word, self.text.at(at), unicode);
                let before = position > 0 && is_word(position - 1);
                let after = position < end && is_word(position);
                // An empty text has no boundary, nor a place that is none.
                end > 0 && (before != after) != negated
            }
        }
    }
}
