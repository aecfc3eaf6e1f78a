//! Trial deletion over any set of objects: which of them does nobody outside of the set hold?
//!
//! Subtract from each member's count the references that come from members; a member with some left is held from outside, and
//! so is what it reaches. The rest is garbage, whatever the set was: a set that is too small finds too little, never too much.
//! Needs no table beside the objects: a member's header holds its place in the set instead of its frame of birth meanwhile.
#![expect(
    unsafe_code,
    reason = "members are kept as addresses while nothing can be freed, to leave their counts alone"
)]

use std::ptr::NonNull;

use crate::object::{Edge, Header, state};
use crate::pages::make_room;
use crate::prefetch::prefetch_object;
use crate::value::Value;

struct Member {
    header: NonNull<Header>,
    birth_frame: u32,
    /// Counts that no reference from a member accounts for.
    left: u32,
}

const HELD: u32 = u32::MAX;

/// A set of objects under trial. Nothing may be freed or allocated before it is emptied or dropped.
#[derive(Default)]
pub(crate) struct Trial {
    members: Vec<Member>,
    grey: Vec<u32>,
    /// Members whose references are subtracted: the first ones.
    subtracted: usize,
    /// References looked at by that.
    edges: usize,
}

impl Trial {
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Bytes of the set.
    pub fn bytes(&self) -> usize {
        self.members.capacity() * size_of::<Member>() + self.grey.capacity() * size_of::<u32>()
    }

    /// Makes room for so many members.
    pub fn make_room(&mut self, members: usize) {
        make_room(&mut self.members, members);
        make_room(&mut self.grey, members);
    }

    /// Adds an object, `own` of whose counts are the caller's and are not to be seen. False if it is a member already.
    ///
    /// # Safety
    /// The object lives until the set is emptied.
    #[inline]
    pub unsafe fn add(&mut self, header: &Header, own: u32) -> bool {
        if header.is(state::IN_SET) || self.members.len() >= state::NUMBER as usize {
            return false;
        }
        let place = self.members.len() as u32;
        let left = header.count() - own;
        self.members.push(Member { header: NonNull::from(header), birth_frame: header.number(), left });
        header.put(state::IN_SET, true);
        header.set_number(place);
        true
    }

    /// The member at `place`.
    #[inline]
    pub fn member(&self, place: usize) -> &Header {
        // SAFETY: by the word of `add`'s caller the object is alive.
        unsafe { self.members[place].header.as_ref() }
    }

    /// The place of an object in the set that it is a member of, if it is in one.
    #[inline]
    pub fn place(header: &Header) -> Option<u32> {
        header.is(state::IN_SET).then(|| header.number())
    }

    /// The frame of birth of a member, which its header does not know for now.
    #[inline]
    pub fn birth_frame(&self, header: &Header) -> u32 {
        self.members[header.number() as usize].birth_frame
    }

    /// Subtracts one reference from a member to `child`, if that is one too.
    #[inline]
    pub fn subtract(&mut self, child: &Header) {
        if child.is(state::IN_SET) {
            let left = &mut self.members[child.number() as usize].left;
            debug_assert!(*left > 0, "more edges than counts: {child:?}");
            *left = left.saturating_sub(1);
        }
    }

    /// The number of members whose references are subtracted.
    pub fn subtracted(&self) -> usize {
        self.subtracted
    }

    /// The number of references that were looked at.
    pub fn edges(&self) -> usize {
        self.edges
    }

    /// Subtracts the references from the next member to members, after `grow`, asked for each object it refers to that
    /// is no member yet, had the chance to add it. Only the first `limit` references of a large container are looked at: the
    /// others hold what they lead to, as far as the set knows.
    /// Says whether anything was left out: `grow` says of each object whether it may be. Nothing when no member is left.
    pub fn subtract_next(&mut self, limit: usize, mut grow: impl FnMut(&mut Trial, &Header) -> bool) -> Option<bool> {
        let mut left_out = false;
        let header = self.members.get(self.subtracted)?.header;
        self.subtracted += 1;
        // SAFETY: see `member`.
        let more = unsafe { header.as_ref() }.traverse_some(limit, &mut |_, child| {
            self.edges += 1;
            if let Some(child) = child.header() {
                if !child.is(state::IN_SET) {
                    left_out |= !grow(self, child);
                }
                self.subtract(child);
            }
        });
        Some(left_out | more)
    }

    /// Asks for the headers of what the member at `place` refers to, the first `limit` of them.
    pub fn prefetch_children(&self, place: usize, limit: usize) {
        let header = self.members[place].header;
        let mut ask = |_: Edge<'_>, child: &Value| {
            if child.is_object() {
                prefetch_object(child.bits() as *const Header);
            }
        };
        // SAFETY: see `member`.
        unsafe { header.as_ref() }.traverse_some(limit, &mut ask);
    }

    /// Subtracts all references among members.
    pub fn subtract_all(&mut self) {
        self.subtracted = self.members.len();
        for place in 0..self.members.len() {
            let header = self.members[place].header;
            // SAFETY: see `member`.
            unsafe { header.as_ref() }.traverse_whole(&mut |_, child| {
                if let Some(child) = child.header() {
                    self.subtract(child);
                }
            });
        }
    }

    /// Finds the members that are held, after the references of the first members were subtracted, `limit` of each. Those of the
    /// others hold what they lead to anyway.
    pub fn find_held(&mut self, limit: usize) {
        let Trial { members, grey, subtracted, .. } = self;
        for place in 0..members.len() {
            if members[place].left == 0 || members[place].left == HELD {
                continue;
            }
            members[place].left = HELD;
            grey.push(place as u32);
            while let Some(next) = grey.pop() {
                if next as usize >= *subtracted {
                    continue;
                }
                let header = members[next as usize].header;
                let mut hold = |_: Edge<'_>, child: &Value| {
                    if let Some(child) = child.header()
                        && child.is(state::IN_SET)
                    {
                        let left = &mut members[child.number() as usize].left;
                        if *left != HELD {
                            *left = HELD;
                            grey.push(child.number());
                        }
                    }
                };
                // SAFETY: see `member`.
                unsafe { header.as_ref() }.traverse_some(limit, &mut hold);
            }
        }
    }

    /// Empties the set and calls `visit` for each member, saying whether it is held.
    pub fn finish(&mut self, mut visit: impl FnMut(&Header, bool)) {
        (self.subtracted, self.edges) = (0, 0);
        for member in self.members.drain(..) {
            // SAFETY: see `member`; whatever `visit` does, it sees each member once.
            let header = unsafe { member.header.as_ref() };
            restore(header, member.birth_frame);
            visit(header, member.left == HELD);
        }
    }
}

fn restore(header: &Header, birth_frame: u32) {
    header.put(state::IN_SET, false);
    header.set_number(birth_frame);
}

impl Drop for Trial {
    fn drop(&mut self) {
        self.finish(|_, _| {});
    }
}
