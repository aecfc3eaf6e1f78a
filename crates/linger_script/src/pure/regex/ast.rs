//! A parsed pattern, as a tree.
//!
//! It knows no flags other than those written in a group, and nothing of matching.

/// No upper bound of a repetition.
pub(super) const MAX_REPEAT: u64 = u32::MAX as u64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Digit,
    Space,
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetItem {
    Char(char),
    Range(char, char),
    Class { category: Category, negated: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// `^`
    Begin,
    /// `\A`
    BeginText,
    /// `^` with `MULTILINE`
    BeginLine,
    /// `$`
    End,
    /// `\Z`
    EndText,
    /// `$` with `MULTILINE`
    EndLine,
    /// `\b` and `\B`
    Boundary { negated: bool, unicode: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Char { c: char, negated: bool },
    Any,
    Set { items: Vec<SetItem>, negated: bool },
    Anchor(Anchor),
    Branch(Vec<Vec<Node>>),
    Group { index: Option<usize>, add_flags: u32, del_flags: u32, body: Vec<Node> },
    Atomic(Vec<Node>),
    Repeat { min: u64, max: u64, greed: Greed, body: Vec<Node> },
    Look { behind: bool, negated: bool, body: Vec<Node> },
    BackRef(usize),
    Conditional { group: usize, yes: Vec<Node>, no: Option<Vec<Node>> },
}

/// The least and greatest width of a sequence, `group_widths` being those of the closed groups.
pub(super) fn width(nodes: &[Node], group_widths: &[Option<(u64, u64)>]) -> (u64, u64) {
    let (mut low, mut high) = (0u64, 0u64);
    for node in nodes {
        let (node_low, node_high) = match node {
            Node::Char { .. } | Node::Any | Node::Set { .. } => (1, 1),
            Node::Anchor(_) | Node::Look { .. } => (0, 0),
            Node::Branch(items) => items.iter().fold((MAX_REPEAT - 1, 0), |(low, high), item| {
                let (item_low, item_high) = width(item, group_widths);
                (low.min(item_low), high.max(item_high))
            }),
            Node::Group { body, .. } | Node::Atomic(body) => width(body, group_widths),
            Node::Repeat { min, max, body, .. } => {
                let (body_low, body_high) = width(body, group_widths);
                (body_low.saturating_mul(*min), body_high.saturating_mul(*max))
            }
            Node::BackRef(group) => group_widths.get(*group).copied().flatten().unwrap_or((0, MAX_REPEAT)),
            Node::Conditional { yes, no, .. } => {
                let (yes_low, yes_high) = width(yes, group_widths);
                let (no_low, no_high) = no.as_ref().map_or((0, 0), |no| width(no, group_widths));
                (yes_low.min(no_low), yes_high.max(no_high))
            }
        };
        low = low.saturating_add(node_low);
        high = high.saturating_add(node_high);
    }
    (low.min(MAX_REPEAT - 1), high.min(MAX_REPEAT))
}
