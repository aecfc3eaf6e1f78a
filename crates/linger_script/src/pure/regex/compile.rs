//! From a pattern's tree to instructions, with the flags resolved.
//!
//! It knows how to lay out instructions, and not how they are run.

use super::ast::{Anchor, Greed, MAX_REPEAT, Node, width};
use super::charset::{CharSet, Fold};
use super::error::{RegexError, RegexErrorKind};
use super::flags;
use super::parse::parse;

/// A test of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Char(char),
    NotChar(char),
    /// The text's character is made lower case first.
    Folded(char, Fold),
    NotFolded(char, Fold),
    /// Anything but a newline.
    Any,
    Everything,
    /// The set of that number.
    Set(u32),
}

/// One step of a program; steps are named by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Unit(Unit),
    Anchor(Anchor),
    /// Notes the position: an even slot is a group's start, an odd one its end.
    Save(u32),
    Jump(u32),
    /// Goes on behind itself, and to the other place if that fails: at once where the next character is none that what is behind
    /// may begin with.
    Split {
        other: u32,
        first: Option<First>,
    },
    /// A repeated test of one character.
    Run {
        unit: Unit,
        min: u32,
        max: u32,
        greed: Greed,
    },
    /// Starts a loop, whose `LoopNext` comes at the given place.
    LoopStart {
        register: u32,
        next: u32,
    },
    /// Decides whether the body, which begins at the given place, is matched again.
    LoopNext {
        register: u32,
        body: u32,
    },
    /// Matches up to `GroupEnd`, and keeps no choice that was made there.
    AtomicStart {
        register: u32,
    },
    AtomicEnd {
        register: u32,
    },
    /// Matches up to `LookEnd` from so many characters before, and returns to here.
    LookStart {
        register: u32,
        behind: u32,
    },
    LookEnd {
        register: u32,
    },
    /// Goes on at the given place if what follows up to `NotLookEnd` does not match.
    NotLookStart {
        register: u32,
        behind: u32,
        past: u32,
    },
    NotLookEnd {
        register: u32,
    },
    BackRef {
        group: u32,
        fold: Option<Fold>,
    },
    /// Goes to the given place where the group took no part.
    UnlessGroup {
        group: u32,
        to: u32,
    },
    Match,
}

/// What a match may begin with: a bit for each of the first 256 characters. Of others nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First([u64; 4]);

impl First {
    #[inline(always)]
    pub fn allows(&self, c: char) -> bool {
        let code = c as usize;
        code >= 256 || self.0[code / 64] >> (code % 64) & 1 == 1
    }
}

/// The bounds of a loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    pub min: u32,
    /// `u32::MAX` for none.
    pub max: u32,
    pub lazy: bool,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<CharSet>,
    pub(super) loops: Vec<Loop>,
    /// Registers of atomic groups and assertions.
    pub(super) marks: usize,
    /// What every match begins with, if it has to begin with a character.
    pub(super) first: Option<First>,
    group_count: usize,
    names: Vec<(String, usize)>,
    flags: u32,
}

impl Program {
    /// Whether a character passes a test.
    #[inline(always)]
    pub(super) fn matches(&self, unit: Unit, c: char) -> bool {
        match unit {
            Unit::Char(wanted) => c == wanted,
            Unit::NotChar(unwanted) => c != unwanted,
            Unit::Folded(wanted, fold) => fold.lower(c) == wanted,
            Unit::NotFolded(unwanted, fold) => fold.lower(c) != unwanted,
            Unit::Any => c != '\n',
            Unit::Everything => true,
            Unit::Set(set) => self.sets[set as usize].contains(c),
        }
    }

    /// The number of groups, the whole match apart (`Pattern.groups`).
    pub fn group_count(&self) -> usize {
        self.group_count
    }

    /// The named groups, in the order of their numbers (`Pattern.groupindex`).
    pub fn group_names(&self) -> &[(String, usize)] {
        &self.names
    }

    /// The number of a named group.
    pub fn group_index(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
    }

    /// The flags given, those written in the pattern, and `UNICODE` where it applies (`Pattern.flags`).
    pub fn flags(&self) -> u32 {
        self.flags
    }
}

/// `re.compile`: a bytes pattern is given as text, a character for each byte.
pub fn compile(pattern: &str, is_bytes: bool, flags: u32) -> Result<Program, RegexError> {
    let parsed = parse(pattern, is_bytes, flags)?;
    let mut compiler = Compiler {
        program: Program {
            steps: Vec::new(),
            sets: Vec::new(),
            loops: Vec::new(),
            marks: 0,
            first: None,
            group_count: parsed.group_widths.len() - 1,
            names: parsed.names,
            flags: parsed.flags,
        },
        group_widths: parsed.group_widths,
    };
    compiler.sequence(&parsed.nodes, parsed.flags)?;
    compiler.emit(Step::Match);
    let mut program = compiler.program;
    program.first = first_of(&program, 0);
    // From the last to the first: what a branch may begin with is made of the branches within.
    for at in (0..program.steps.len()).rev() {
        if let Step::Split { other, .. } = program.steps[at] {
            program.steps[at] = Step::Split { other, first: first_of(&program, at + 1) };
        }
    }
    Ok(program)
}

/// What a match from a step on begins with, if it has to begin with a character.
fn first_of(program: &Program, at: usize) -> Option<First> {
    let mut units = Vec::new();
    if !first_units(program, at, &mut units) {
        return None;
    }
    let mut bits = [0; 4];
    for byte in 0..=255u8 {
        if units.iter().any(|unit| program.matches(*unit, char::from(byte))) {
            bits[usize::from(byte / 64)] |= 1 << (byte % 64);
        }
    }
    Some(First(bits))
}

/// Collects the tests that a match from a step on may begin with; false where there are none, or too many.
fn first_units(program: &Program, mut at: usize, units: &mut Vec<Unit>) -> bool {
    const MOST: usize = 32;
    loop {
        match program.steps[at] {
            Step::Unit(unit) | Step::Run { unit, min: 1.., .. } => {
                units.push(unit);
                return units.len() <= MOST;
            }
            Step::Split { other, .. } => {
                if !first_units(program, at + 1, units) {
                    return false;
                }
                at = other as usize;
            }
            Step::LoopStart { register, .. } if program.loops[register as usize].min == 0 => return false,
            Step::Save(_) | Step::AtomicStart { .. } | Step::LoopStart { .. } => at += 1,
            _ => return false,
        }
    }
}

struct Compiler {
    program: Program,
    group_widths: Vec<Option<(u64, u64)>>,
}

fn fold_of(active: u32) -> Option<Fold> {
    if active & flags::IGNORECASE == 0 {
        None
    } else if active & flags::UNICODE != 0 {
        Some(Fold::Unicode)
    } else {
        Some(Fold::Ascii)
    }
}

fn combine(active: u32, add: u32, del: u32) -> u32 {
    let kept = if add & flags::TYPE != 0 { active & !flags::TYPE } else { active };
    (kept | add) & !del
}

impl Compiler {
    fn here(&self) -> u32 {
        self.program.steps.len() as u32
    }

    fn emit(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    fn mark(&mut self) -> u32 {
        self.program.marks += 1;
        self.program.marks as u32 - 1
    }

    fn sequence(&mut self, nodes: &[Node], active: u32) -> Result<(), RegexError> {
        nodes.iter().try_for_each(|node| self.node(node, active))
    }

    /// The node as a test of one character, if it is one.
    fn unit(&mut self, node: &Node, active: u32) -> Option<Unit> {
        let fold = fold_of(active);
        Some(match node {
            Node::Any if active & flags::DOTALL != 0 => Unit::Everything,
            Node::Any => Unit::Any,
            Node::Char { c, negated } => {
                let Some(fold) = fold.filter(|fold| fold.is_cased(*c)) else {
                    return Some(if *negated { Unit::NotChar(*c) } else { Unit::Char(*c) });
                };
                let lower = fold.lower(*c);
                if fold.equivalents(lower).next().is_some() {
                    let items = [super::ast::SetItem::Char(*c)];
                    return Some(self.set(CharSet::new(&items, *negated, true, Some(fold))));
                }
                if *negated { Unit::NotFolded(lower, fold) } else { Unit::Folded(lower, fold) }
            }
            Node::Set { items, negated } => self.set(CharSet::new(items, *negated, active & flags::UNICODE != 0, fold)),
            Node::Group { index: None, add_flags, del_flags, body } => match body.as_slice() {
                [only] => return self.unit(only, combine(active, *add_flags, *del_flags)),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn set(&mut self, set: CharSet) -> Unit {
        self.program.sets.push(set);
        Unit::Set(self.program.sets.len() as u32 - 1)
    }

    fn node(&mut self, node: &Node, active: u32) -> Result<(), RegexError> {
        match node {
            Node::Any | Node::Char { .. } | Node::Set { .. } => {
                if let Some(unit) = self.unit(node, active) {
                    self.emit(Step::Unit(unit));
                }
            }
            Node::Anchor(anchor) => {
                let anchor = match anchor {
                    Anchor::Begin if active & flags::MULTILINE != 0 => Anchor::BeginLine,
                    Anchor::End if active & flags::MULTILINE != 0 => Anchor::EndLine,
                    Anchor::Boundary { negated, .. } => {
                        Anchor::Boundary { negated: *negated, unicode: active & flags::UNICODE != 0 }
                    }
                    anchor => *anchor,
                };
                self.emit(Step::Anchor(anchor));
            }
            Node::Branch(items) => self.branch(items, active)?,
            Node::Group { index, add_flags, del_flags, body } => {
                let active = combine(active, *add_flags, *del_flags);
                match index {
                    Some(index) => {
                        self.emit(Step::Save(*index as u32 * 2));
                        self.sequence(body, active)?;
                        self.emit(Step::Save(*index as u32 * 2 + 1));
                    }
                    None => self.sequence(body, active)?,
                }
            }
            Node::Atomic(body) => self.atomic(body, active)?,
            Node::Repeat { min, max, greed, body } => self.repeat(*min, *max, *greed, body, active)?,
            Node::Look { behind, negated, body } => self.look(*behind, *negated, body, active)?,
            Node::BackRef(group) => {
                self.emit(Step::BackRef { group: *group as u32, fold: fold_of(active) });
            }
            Node::Conditional { group, yes, no } => {
                let skip = self.emit(Step::Jump(0));
                self.sequence(yes, active)?;
                let mut end = None;
                if no.is_some() {
                    end = Some(self.emit(Step::Jump(0)));
                }
                self.program.steps[skip] = Step::UnlessGroup { group: *group as u32, to: self.here() };
                if let (Some(no), Some(end)) = (no, end) {
                    self.sequence(no, active)?;
                    self.program.steps[end] = Step::Jump(self.here());
                }
            }
        }
        Ok(())
    }

    fn branch(&mut self, items: &[Vec<Node>], active: u32) -> Result<(), RegexError> {
        let mut ends = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at + 1 == items.len() {
                self.sequence(item, active)?;
                break;
            }
            let split = self.emit(Step::Jump(0));
            self.sequence(item, active)?;
            ends.push(self.emit(Step::Jump(0)));
            self.program.steps[split] = Step::Split { other: self.here(), first: None };
        }
        for end in ends {
            self.program.steps[end] = Step::Jump(self.here());
        }
        Ok(())
    }

    fn atomic(&mut self, body: &[Node], active: u32) -> Result<(), RegexError> {
        let register = self.mark();
        self.emit(Step::AtomicStart { register });
        self.sequence(body, active)?;
        self.emit(Step::AtomicEnd { register });
        Ok(())
    }

    fn repeat(&mut self, min: u64, max: u64, greed: Greed, body: &[Node], active: u32) -> Result<(), RegexError> {
        let (min, max) = (min as u32, if max >= MAX_REPEAT { u32::MAX } else { max as u32 });
        if let [only] = body
            && let Some(unit) = self.unit(only, active)
        {
            self.emit(Step::Run { unit, min, max, greed });
            return Ok(());
        }
        // A possessive loop keeps neither the choices within a turn nor the number of turns.
        let possessive = (greed == Greed::Possessive).then(|| self.mark());
        if let Some(register) = possessive {
            self.emit(Step::AtomicStart { register });
        }
        let register = self.program.loops.len() as u32;
        self.program.loops.push(Loop { min, max, lazy: greed == Greed::Lazy });
        let start = self.emit(Step::Jump(0));
        let body_start = self.here();
        match possessive {
            Some(_) => self.atomic(body, active)?,
            None => self.sequence(body, active)?,
        }
        let next = self.emit(Step::LoopNext { register, body: body_start }) as u32;
        self.program.steps[start] = Step::LoopStart { register, next };
        if let Some(register) = possessive {
            self.emit(Step::AtomicEnd { register });
        }
        Ok(())
    }

    fn look(&mut self, behind: bool, negated: bool, body: &[Node], active: u32) -> Result<(), RegexError> {
        let (low, high) = if behind { width(body, &self.group_widths) } else { (0, 0) };
        if low != high {
            return Err(RegexError::plain(RegexErrorKind::Regex, "look-behind requires fixed-width pattern"));
        }
        let (register, behind) = (self.mark(), low as u32);
        if !negated {
            self.emit(Step::LookStart { register, behind });
            self.sequence(body, active)?;
            self.emit(Step::LookEnd { register });
            return Ok(());
        }
        let start = self.emit(Step::Jump(0));
        self.sequence(body, active)?;
        self.emit(Step::NotLookEnd { register });
        self.program.steps[start] = Step::NotLookStart { register, behind, past: self.here() };
        Ok(())
    }
}
