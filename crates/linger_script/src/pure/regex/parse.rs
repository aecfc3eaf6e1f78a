//! From a pattern to its tree, with CPython's messages for what is wrong with it.
//!
//! It resolves no flags save `VERBOSE`, which decides what is read at all; `escapes` reads what follows a backslash.

use super::ast::{Anchor, Greed, MAX_REPEAT, Node, SetItem, width};
use super::error::{RegexError, RegexErrorKind};
use super::flags;
use super::source::{Result, Source, Token};
use crate::pure::int_text::{Int, parse_int};
use crate::pure::str_case::isidentifier;
use crate::pure::str_repr::repr_str;
use crate::pure::unicode::is_alpha;

/// Groups nest no deeper: beyond about this depth CPython's parser hits its recursion limit too.
const MAX_NESTING: usize = 480;

/// A pattern's tree and what was learned about its groups.
#[derive(Debug)]
pub(super) struct Parsed {
    pub nodes: Vec<Node>,
    pub flags: u32,
    /// The width of each group, the whole pattern being group 0.
    pub group_widths: Vec<Option<(u64, u64)>>,
    /// Names in the order of their groups.
    pub names: Vec<(String, usize)>,
}

pub(super) struct Parser {
    pub source: Source,
    flags: u32,
    group_widths: Vec<Option<(u64, u64)>>,
    names: Vec<(String, usize)>,
    /// The first group that a lookbehind being read must not refer to.
    lookbehind_groups: Option<usize>,
    /// Groups that conditions refer to, and where.
    condition_places: Vec<(usize, usize)>,
}

pub(super) fn parse(pattern: &str, is_bytes: bool, flags: u32) -> Result<Parsed> {
    let mut parser = Parser {
        source: Source::new(pattern, is_bytes)?,
        flags,
        group_widths: vec![None],
        names: Vec::new(),
        lookbehind_groups: None,
        condition_places: Vec::new(),
    };
    let nodes = parser.alternatives(flags & flags::VERBOSE != 0, 0)?;
    let flags = fix_flags(is_bytes, parser.flags)?;
    if parser.source.peek().is_some() {
        return Err(parser.source.error("unbalanced parenthesis", 0));
    }
    for (group, place) in &parser.condition_places {
        if *group >= parser.group_widths.len() {
            let message = format!("invalid group reference {group}");
            return Err(RegexError::at(message, &parser.source.chars, *place));
        }
    }
    Ok(Parsed { nodes, flags, group_widths: parser.group_widths, names: parser.names })
}

fn fix_flags(is_bytes: bool, given: u32) -> Result<u32> {
    let has = |flag: u32| given & flag != 0;
    let refused = if is_bytes {
        match () {
            () if has(flags::UNICODE) => "cannot use UNICODE flag with a bytes pattern",
            () if has(flags::LOCALE) && has(flags::ASCII) => "ASCII and LOCALE flags are incompatible",
            () => return Ok(given),
        }
    } else {
        match () {
            () if has(flags::LOCALE) => "cannot use LOCALE flag with a str pattern",
            () if !has(flags::ASCII) => return Ok(given | flags::UNICODE),
            () if has(flags::UNICODE) => "ASCII and UNICODE flags are incompatible",
            () => return Ok(given),
        }
    };
    Err(RegexError::plain(RegexErrorKind::Value, refused))
}

fn flag_of(token: Token) -> Option<u32> {
    Some(match token.plain()? {
        'i' => flags::IGNORECASE,
        'L' => flags::LOCALE,
        'm' => flags::MULTILINE,
        's' => flags::DOTALL,
        'x' => flags::VERBOSE,
        'a' => flags::ASCII,
        't' => flags::TEMPLATE,
        'u' => flags::UNICODE,
        _ => return None,
    })
}

/// What a flag group turned out to be.
enum FlagGroup {
    /// `(?i)`: for the whole pattern.
    Global,
    /// `(?i-m:`: for what follows up to the parenthesis.
    Scoped { add: u32, del: u32 },
}

impl Parser {
    pub(super) fn group_count(&self) -> usize {
        self.group_widths.len()
    }

    pub(super) fn is_closed(&self, group: usize) -> bool {
        self.group_widths.get(group).is_some_and(Option::is_some)
    }

    pub(super) fn check_lookbehind(&self, group: usize) -> Result<()> {
        match self.lookbehind_groups {
            Some(_) if !self.is_closed(group) => Err(self.source.error("cannot refer to an open group", 0)),
            Some(first) if group >= first => {
                let message = "cannot refer to group defined in the same lookbehind subpattern";
                Err(self.source.error(message, 0))
            }
            _ => Ok(()),
        }
    }

    fn group_named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|entry| entry.0 == name).map(|entry| entry.1)
    }

    /// Reads alternatives, up to a closing parenthesis or the end. Every group adds two to the depth.
    fn alternatives(&mut self, mut verbose: bool, depth: usize) -> Result<Vec<Node>> {
        if depth / 2 > MAX_NESTING {
            return Err(RegexError::plain(RegexErrorKind::Recursion, "maximum recursion depth exceeded"));
        }
        let mut items = Vec::new();
        loop {
            let first = depth == 0 && items.is_empty();
            items.push(self.sequence(verbose, depth + 1, first)?);
            if !self.source.take_if('|')? {
                break;
            }
            if depth == 0 {
                verbose = self.flags & flags::VERBOSE != 0;
            }
        }
        if items.len() == 1 {
            return Ok(items.pop().unwrap_or_default());
        }
        // One character of several is a set, which is matched much faster.
        let mut set = Vec::new();
        for item in &items {
            match item.as_slice() {
                [Node::Char { c, negated: false }] => set.push(SetItem::Char(*c)),
                [Node::Set { items, negated: false }] => set.extend_from_slice(items),
                _ => return Ok(vec![Node::Branch(items)]),
            }
        }
        Ok(vec![Node::Set { items: set, negated: false }])
    }

    fn sequence(&mut self, mut verbose: bool, depth: usize, first: bool) -> Result<Vec<Node>> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(token) = self.source.peek() {
            if matches!(token, Token::Char('|' | ')')) {
                break;
            }
            self.source.take()?;
            let c = match token {
                Token::Escape(c) => {
                    let node = self.escape(c)?;
                    nodes.push(node);
                    continue;
                }
                Token::Char(c) => c,
            };
            if verbose && matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
                continue;
            }
            match c {
                '#' if verbose => while !matches!(self.source.take()?, None | Some(Token::Char('\n'))) {},
                '[' => {
                    let node = self.set()?;
                    nodes.push(node);
                }
                '*' | '+' | '?' | '{' => self.repeat(c, &mut nodes)?,
                '.' => nodes.push(Node::Any),
                '^' => nodes.push(Node::Anchor(Anchor::Begin)),
                '$' => nodes.push(Node::Anchor(Anchor::End)),
                '(' => {
                    let at_start = first && nodes.is_empty();
                    if let Some(node) = self.group(&mut verbose, depth, at_start)? {
                        nodes.push(node);
                    }
                }
                _ => nodes.push(Node::Char { c, negated: false }),
            }
        }
        // Groups that only group are of no further use.
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Group { index: None, add_flags: 0, del_flags: 0, body } => flat.extend(body),
                node => flat.push(node),
            }
        }
        Ok(flat)
    }

    /// Reads a set from behind its bracket.
    fn set(&mut self) -> Result<Node> {
        let here = self.source.tell() - 1;
        let unterminated = |parser: &Self| {
            let back = parser.source.tell() - here;
            parser.source.error("unterminated character set", back)
        };
        let mut items: Vec<SetItem> = Vec::new();
        let negated = self.source.take_if('^')?;
        loop {
            let Some(this) = self.source.take()? else { return Err(unterminated(self)) };
            if this == Token::Char(']') && !items.is_empty() {
                break;
            }
            let low = self.set_item(this)?;
            if !self.source.take_if('-')? {
                items.push(low);
                continue;
            }
            let Some(that) = self.source.take()? else { return Err(unterminated(self)) };
            if that == Token::Char(']') {
                items.push(low);
                items.push(SetItem::Char('-'));
                break;
            }
            let high = self.set_item(that)?;
            match (low, high) {
                (SetItem::Char(low), SetItem::Char(high)) if low <= high => items.push(SetItem::Range(low, high)),
                _ => {
                    let message = format!("bad character range {}-{}", this.text(), that.text());
                    return Err(self.source.error(message, this.len() + 1 + that.len()));
                }
            }
        }
        Ok(match items.as_slice() {
            [SetItem::Char(c)] => Node::Char { c: *c, negated },
            _ => Node::Set { items, negated },
        })
    }

    fn set_item(&mut self, token: Token) -> Result<SetItem> {
        match token {
            Token::Char(c) => Ok(SetItem::Char(c)),
            Token::Escape(c) => self.set_escape(c),
        }
    }

    /// Reads a quantifier from behind its first character, and wraps the last node in it.
    fn repeat(&mut self, c: char, nodes: &mut Vec<Node>) -> Result<()> {
        let here = self.source.tell();
        let literal = Node::Char { c, negated: false };
        let (min, max) = match c {
            '?' => (0, 1),
            '*' => (0, MAX_REPEAT),
            '+' => (1, MAX_REPEAT),
            _ => {
                if self.source.peek_char() == Some('}') {
                    nodes.push(literal);
                    return Ok(());
                }
                let low = self.source.take_while(usize::MAX, |c| c.is_ascii_digit())?;
                let high = if self.source.take_if(',')? {
                    self.source.take_while(usize::MAX, |c| c.is_ascii_digit())?
                } else {
                    low.clone()
                };
                if !self.source.take_if('}')? {
                    nodes.push(literal);
                    return self.source.seek(here);
                }
                let (min, max) = (repeat_count(&low, 0)?, repeat_count(&high, MAX_REPEAT)?);
                if max < min {
                    let back = self.source.tell() - here;
                    return Err(self.source.error("min repeat greater than max repeat", back));
                }
                (min, max)
            }
        };
        let back = self.source.tell() - here + 1;
        let item = match nodes.pop() {
            None | Some(Node::Anchor(_)) => return Err(self.source.error("nothing to repeat", back)),
            Some(Node::Repeat { .. }) => return Err(self.source.error("multiple repeat", back)),
            Some(Node::Group { index: None, add_flags: 0, del_flags: 0, body }) => body,
            Some(item) => vec![item],
        };
        let greed = if self.source.take_if('?')? {
            Greed::Lazy
        } else if self.source.take_if('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        nodes.push(Node::Repeat { min, max, greed, body: item });
        Ok(())
    }

    /// Reads what begins with a parenthesis; a comment or global flags give no node.
    fn group(&mut self, verbose: &mut bool, depth: usize, at_start: bool) -> Result<Option<Node>> {
        let start = self.source.tell() - 1;
        let mut name = None;
        let (mut capture, mut atomic) = (true, false);
        let (mut add_flags, mut del_flags) = (0, 0);
        if self.source.take_if('?')? {
            let kind = self.take_or("unexpected end of pattern")?;
            match kind {
                Token::Char('P') => {
                    if self.source.take_if('<')? {
                        let given = self.source.take_until('>', "group name")?;
                        self.source.check_group_name(&given)?;
                        name = Some(given);
                    } else {
                        return self.named_reference().map(Some);
                    }
                }
                Token::Char(':') => capture = false,
                Token::Char('#') => return self.comment(start).map(|()| None),
                Token::Char('=' | '!' | '<') => return self.look(kind, *verbose, depth, start).map(Some),
                Token::Char('(') => return self.conditional(*verbose, depth, start).map(Some),
                Token::Char('>') => (capture, atomic) = (false, true),
                _ if flag_of(kind).is_some() || kind == Token::Char('-') => match self.flag_group(kind)? {
                    FlagGroup::Global if at_start => {
                        *verbose = self.flags & flags::VERBOSE != 0;
                        return Ok(None);
                    }
                    FlagGroup::Global => {
                        let back = self.source.tell() - start;
                        return Err(self.source.error("global flags not at the start of the expression", back));
                    }
                    FlagGroup::Scoped { add, del } => {
                        (add_flags, del_flags) = (add, del);
                        capture = false;
                    }
                },
                _ => {
                    let message = format!("unknown extension ?{}", kind.text());
                    return Err(self.source.error(message, kind.len() + 1));
                }
            }
        }
        let index = if capture { Some(self.open_group(name)?) } else { None };
        let inner_verbose = (*verbose || add_flags & flags::VERBOSE != 0) && del_flags & flags::VERBOSE == 0;
        let body = self.alternatives(inner_verbose, depth + 1)?;
        self.close_parenthesis(start)?;
        if let Some(index) = index {
            self.group_widths[index] = Some(width(&body, &self.group_widths));
        }
        Ok(Some(if atomic { Node::Atomic(body) } else { Node::Group { index, add_flags, del_flags, body } }))
    }

    fn take_or(&mut self, message: &str) -> Result<Token> {
        match self.source.take()? {
            Some(token) => Ok(token),
            None => Err(self.source.error(message, 0)),
        }
    }

    fn close_parenthesis(&mut self, start: usize) -> Result<()> {
        if self.source.take_if(')')? {
            return Ok(());
        }
        let back = self.source.tell() - start;
        Err(self.source.error("missing ), unterminated subpattern", back))
    }

    fn open_group(&mut self, name: Option<String>) -> Result<usize> {
        let index = self.group_count();
        self.group_widths.push(None);
        if let Some(name) = name {
            if let Some(old) = self.group_named(&name) {
                let shown = repr_str(&name);
                let message = format!("redefinition of group name {shown} as group {index}; was group {old}");
                return Err(self.source.error(message, name.chars().count() + 1));
            }
            self.names.push((name, index));
        }
        Ok(index)
    }

    /// Reads `(?P=name)` from behind the `P`.
    fn named_reference(&mut self) -> Result<Node> {
        if !self.source.take_if('=')? {
            let token = self.take_or("unexpected end of pattern")?;
            let message = format!("unknown extension ?P{}", token.text());
            return Err(self.source.error(message, token.len() + 2));
        }
        let name = self.source.take_until(')', "group name")?;
        self.source.check_group_name(&name)?;
        let back = name.chars().count() + 1;
        let Some(group) = self.group_named(&name) else {
            return Err(self.source.error(format!("unknown group name {}", repr_str(&name)), back));
        };
        if !self.is_closed(group) {
            return Err(self.source.error("cannot refer to an open group", back));
        }
        self.check_lookbehind(group)?;
        Ok(Node::BackRef(group))
    }

    fn comment(&mut self, start: usize) -> Result<()> {
        loop {
            if self.source.peek().is_none() {
                let back = self.source.tell() - start;
                return Err(self.source.error("missing ), unterminated comment", back));
            }
            if self.source.take()? == Some(Token::Char(')')) {
                return Ok(());
            }
        }
    }

    fn look(&mut self, kind: Token, verbose: bool, depth: usize, start: usize) -> Result<Node> {
        let mut kind = kind;
        let behind = kind == Token::Char('<');
        let outer = self.lookbehind_groups;
        if behind {
            kind = self.take_or("unexpected end of pattern")?;
            if !matches!(kind, Token::Char('=' | '!')) {
                let message = format!("unknown extension ?<{}", kind.text());
                return Err(self.source.error(message, kind.len() + 2));
            }
            self.lookbehind_groups = Some(outer.unwrap_or(self.group_count()));
        }
        let body = self.alternatives(verbose, depth + 1)?;
        self.lookbehind_groups = outer;
        self.close_parenthesis(start)?;
        Ok(Node::Look { behind, negated: kind == Token::Char('!'), body })
    }

    /// Reads `(?(group)yes|no)` from behind its second parenthesis.
    fn conditional(&mut self, verbose: bool, depth: usize, start: usize) -> Result<Node> {
        let name = self.source.take_until(')', "group name")?;
        let back = name.chars().count() + 1;
        let group = if isidentifier(&name) {
            match self.group_named(&name) {
                Some(group) => group,
                None => return Err(self.source.error(format!("unknown group name {}", repr_str(&name)), back)),
            }
        } else {
            let group = self.group_number(&name)?;
            if group == 0 {
                return Err(self.source.error("bad group number", back));
            }
            if !self.condition_places.iter().any(|(known, _)| *known == group) {
                self.condition_places.push((group, self.source.tell() - back));
            }
            group
        };
        self.check_lookbehind(group)?;
        let yes = self.sequence(verbose, depth + 1, false)?;
        let no = if self.source.take_if('|')? { Some(self.sequence(verbose, depth + 1, false)?) } else { None };
        if no.is_some() && self.source.peek_char() == Some('|') {
            return Err(self.source.error("conditional backref with more than two branches", 0));
        }
        self.close_parenthesis(start)?;
        Ok(Node::Conditional { group, yes, no })
    }

    fn group_number(&self, name: &str) -> Result<usize> {
        super::template::group_number(&self.source, name, parse_int(name, 10))
    }

    fn flag_group(&mut self, first: Token) -> Result<FlagGroup> {
        let (mut add, mut del) = (0, 0);
        let mut token = first;
        if token != Token::Char('-') {
            loop {
                let flag = flag_of(token).unwrap_or(0);
                if token == Token::Char('L') && !self.source.is_bytes {
                    let message = "bad inline flags: cannot use 'L' flag with a str pattern";
                    return Err(self.source.error(message, 0));
                }
                if token == Token::Char('u') && self.source.is_bytes {
                    let message = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                    return Err(self.source.error(message, 0));
                }
                add |= flag;
                if flag & flags::TYPE != 0 && add & flags::TYPE != flag {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.source.error(message, 0));
                }
                token = self.take_or("missing -, : or )")?;
                if matches!(token, Token::Char(')' | '-' | ':')) {
                    break;
                }
                self.expect_flag(token, "missing -, : or )")?;
            }
        }
        if token == Token::Char(')') {
            self.flags |= add;
            return Ok(FlagGroup::Global);
        }
        if add & flags::GLOBAL != 0 {
            return Err(self.source.error("bad inline flags: cannot turn on global flag", 1));
        }
        if token == Token::Char('-') {
            token = self.take_or("missing flag")?;
            self.expect_flag(token, "missing flag")?;
            loop {
                let flag = flag_of(token).unwrap_or(0);
                if flag & flags::TYPE != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.source.error(message, 0));
                }
                del |= flag;
                token = self.take_or("missing :")?;
                if token == Token::Char(':') {
                    break;
                }
                self.expect_flag(token, "missing :")?;
            }
        }
        if del & flags::GLOBAL != 0 {
            return Err(self.source.error("bad inline flags: cannot turn off global flag", 1));
        }
        if add & del != 0 {
            return Err(self.source.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(FlagGroup::Scoped { add, del })
    }

    fn expect_flag(&self, token: Token, otherwise: &str) -> Result<()> {
        if flag_of(token).is_some() {
            return Ok(());
        }
        let message = if token.plain().is_some_and(is_alpha) { "unknown flag" } else { otherwise };
        Err(self.source.error(message, token.len()))
    }
}

fn repeat_count(digits: &str, otherwise: u64) -> Result<u64> {
    if digits.is_empty() {
        return Ok(otherwise);
    }
    match digits.parse::<u64>() {
        Ok(count) if count < MAX_REPEAT => Ok(count),
        _ => Err(RegexError::plain(RegexErrorKind::Overflow, "the repetition number is too large")),
    }
}

/// The number of a group as text, as `int()` reads it.
pub(super) fn small_number(parsed: crate::pure::PureResult<Int>) -> Option<i64> {
    match parsed {
        Ok(Int::Small(n)) if n >= 0 => Some(n),
        Ok(Int::Big(n)) if n.sign() == num_bigint::Sign::Plus => Some(i64::MAX),
        _ => None,
    }
}
