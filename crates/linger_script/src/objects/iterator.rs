//! Iterators over the containers of the runtime.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, Value, ValueCell};

use super::visit_cell;

/// What an iterator goes over, and where it stands.
#[derive(Debug)]
pub enum IterState {
    /// It has ended.
    Done,
    /// A list, from an index on.
    List(Value, usize),
    /// A list, backwards: the next index plus one.
    ListReversed(Value, usize),
    /// A tuple, from an index on.
    Tuple(Value, usize),
    /// A string, from a byte offset on.
    Str(Value, usize),
    /// Bytes or a bytearray, from an index on.
    Bytes(Value, usize),
    /// Small integers: the next one, how many are left, the step.
    Range(i64, u64, i64),
    /// Large integers: the next one, the end, the step.
    BigRange(Value, Value, Value),
    /// The keys, values or items of a dict: the dict, the position, and how many entries it had.
    DictKeys(Value, usize, usize),
    /// See above.
    DictValues(Value, usize, usize),
    /// See above.
    DictItems(Value, usize, usize),
    /// As above, backwards: position is one past the next; the last field tells what is shown (0 keys, 1 values, 2 items).
    DictReversed(Value, usize, usize, u8),
    /// A set: the position, and how many members it had.
    Set(Value, usize, usize),
    /// Anything with `__getitem__`, from an index on.
    Sequence(Value, i64),
    /// The same backwards.
    SequenceReversed(Value, i64),
    /// A callable, called until it returns the sentinel.
    Call(Value, Value),
    /// `enumerate`: iterator and next number.
    Enumerate(Value, Value),
    /// `zip` of two iterators.
    ZipTwo {
        /// The first.
        first: Value,
        /// The second.
        second: Value,
        /// What the first gave while the second could not tell its item; else empty.
        read: Value,
    },
    /// Any other `zip`.
    Zip(Box<Zipped>),
    /// `map`: function and iterators.
    Map(Value, Vec<Value>),
    /// `filter`: function or `None`, and iterator.
    Filter(Value, Value),
}

/// The state of a `zip` of any number of iterators.
#[derive(Debug)]
pub struct Zipped {
    /// The iterators.
    pub iterators: Vec<Value>,
    /// Whether they must be of one length.
    pub strict: bool,
    /// What the first ones gave while another could not tell its item.
    pub read: Vec<Value>,
}

impl Zipped {
    /// At the beginning.
    pub fn new(iterators: Vec<Value>, strict: bool) -> Box<Zipped> {
        Box::new(Zipped { iterators, strict, read: Vec::new() })
    }
}

/// Where the items of an iterator come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// A container of the runtime: no script ever runs.
    Container,
    /// The same of a dict, as pairs.
    Pairs,
    /// Iterators inside.
    Iterators,
    /// Something that is called for each.
    Calls,
}

/// An iterator of the runtime.
#[derive(Debug)]
pub struct Iter {
    /// Where it stands. Never borrowed while a script runs.
    pub state: RefCell<IterState>,
    /// Where its items come from.
    pub feed: Feed,
    /// Whether its items are there already, and none is made.
    pub shows: Cell<bool>,
    /// The position of the class in the virtual machine's table of iterator classes, for its name.
    pub class_index: Cell<u8>,
    /// The instance of a subclass whose inside is iterated, or empty: the inside alone would not keep it alive.
    pub owner: ValueCell,
}

impl Iter {
    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("iterated"), &self.owner);
        let one = |visit: &mut dyn FnMut(Edge<'_>, &Value), value: &Value| visit(Edge::Part("iterated"), value);
        match &*self.state.borrow() {
            IterState::Done | IterState::Range(..) => {}
            IterState::List(value, _)
            | IterState::ListReversed(value, _)
            | IterState::Tuple(value, _)
            | IterState::Str(value, _)
            | IterState::Bytes(value, _)
            | IterState::DictKeys(value, ..)
            | IterState::DictValues(value, ..)
            | IterState::DictItems(value, ..)
            | IterState::DictReversed(value, ..)
            | IterState::Set(value, ..)
            | IterState::Sequence(value, _)
            | IterState::SequenceReversed(value, _) => one(visit, value),
            IterState::BigRange(a, b, c) | IterState::ZipTwo { first: a, second: b, read: c } => {
                [a, b, c].into_iter().for_each(|value| one(visit, value));
            }
            IterState::Call(function, other)
            | IterState::Enumerate(function, other)
            | IterState::Filter(function, other) => {
                one(visit, function);
                one(visit, other);
            }
            IterState::Zip(zip) => zip.iterators.iter().chain(&zip.read).for_each(|value| one(visit, value)),
            IterState::Map(function, iterators) => {
                one(visit, function);
                iterators.iter().for_each(|value| one(visit, value));
            }
        }
    }
    pub(super) fn clear(&self) {
        let state = self.state.replace(IterState::Done);
        drop((state, self.owner.take()));
    }
    // The few iterators that `zip` and `map` go over are not counted: they are let go of where no heap is at hand.
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}
