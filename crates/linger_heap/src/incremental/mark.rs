//! Marking: everything that the roots reached when the pass began, a few objects at a time.
//!
//! On a large heap, waiting for memory is most of the work. So of what is referred to, the header is asked for and looked at
//! some references later; and of a grey object, what it owns outside of its slot is asked for and traversed some objects
//! later.
#![expect(unsafe_code, reason = "grey objects are kept as addresses, to leave their counts alone")]

use std::ptr::NonNull;

use crate::heap::Inner;
use crate::incremental::step::Clock;
use crate::incremental::{Incremental, Phase};
use crate::object::{Edge, Header, state};
use crate::prefetch::prefetch_object;
use crate::value::Value;

/// References of one object that are looked at before the clock may be.
const PIECE: usize = 64;
/// References that wait for their header.
const AHEAD: usize = 16;
/// Grey objects that wait for what they own.
const NEAR: usize = 8;
/// Units of work between two looks at the clock. A unit is an object or eight references.
const UNITS_A_LOOK: usize = 16;
/// How often one container may be scanned from its start again before it is scanned in one piece.
const RESCANS: u32 = 8;

/// Headers that were asked for and not looked at yet.
struct Ahead {
    waiting: [Option<NonNull<Header>>; AHEAD],
    next: usize,
    added: usize,
}

impl Ahead {
    fn new() -> Ahead {
        Ahead { waiting: [None; AHEAD], next: 0, added: 0 }
    }

    /// Asks for a header, and hands out the one that waited longest.
    #[inline(always)]
    fn swap(&mut self, header: Option<&Header>) -> Option<NonNull<Header>> {
        let header = header.map(NonNull::from);
        if let Some(header) = header {
            prefetch_object(header.as_ptr());
        }
        self.added += 1;
        let place = self.next;
        self.next = (place + 1) % AHEAD;
        std::mem::replace(&mut self.waiting[place], header)
    }
}

/// Grey objects whose memory was asked for, and the number of the reference to begin with.
#[derive(Default)]
struct Near {
    waiting: [Option<(NonNull<Header>, usize)>; NEAR],
    next: usize,
    count: usize,
}

impl Near {
    /// Takes one in, and hands out the one that waited longest.
    #[inline(always)]
    fn swap(&mut self, grey: Option<(NonNull<Header>, usize)>) -> Option<(NonNull<Header>, usize)> {
        let place = self.next;
        self.next = (place + 1) % NEAR;
        let out = std::mem::replace(&mut self.waiting[place], grey);
        self.count = self.count + usize::from(grey.is_some()) - usize::from(out.is_some());
        out
    }

    fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl Incremental {
    /// Has the running pass see `header`, which it has not seen yet.
    pub(super) fn shade(&self, inner: &Inner, header: &Header) {
        if header.is_marked(self.mark.get()) {
            return;
        }
        header.set_mark(self.mark.get());
        if header.is_tracked() || inner.info(header.kind()).collectable {
            self.grey.push(header);
        }
    }

    /// A reference to `value` was made that the running pass may not see.
    #[inline]
    pub fn shade_value(&self, inner: &Inner, value: &Value) {
        if self.phase.get() != Phase::Idle
            && let Some(header) = value.header()
            && !header.is_marked(self.mark.get())
            && !header.is(state::LINGERING)
        {
            self.bring_back(inner, header);
        }
    }

    /// Has the running pass see everything that `header` refers to, at once, if it has not done so: what came into a frame after
    /// the frame was looked at was seen where it came from.
    pub(super) fn see_all(&self, inner: &Inner, header: &Header) {
        let is_seen = header.is_marked(self.mark.get());
        if is_seen && !header.is(state::GREY) {
            return;
        }
        header.traverse(&mut |_, child| {
            if let Some(child) = child.header() {
                self.shade(inner, child);
            }
        });
        header.set_mark(self.mark.get());
    }

    /// Marks until everything is marked or the clock runs out. Returns whether everything is, and the number of objects.
    pub(super) fn mark_some(&self, inner: &Inner, clock: &Clock) -> (bool, u64) {
        let mut ahead = Ahead::new();
        let mut near = Near::default();
        let (mut marked, mut units) = (0, 0);
        let (piece, units_a_look) = if self.small.get() { (2, 1) } else { (PIECE, UNITS_A_LOOK) };
        let done = loop {
            if units >= units_a_look {
                units = 0;
                if clock.is_over() {
                    break false;
                }
            }
            // A large container, of which a part is scanned, comes when nothing else is grey.
            let next = self.grey.pop();
            if let Some((header, _)) = next {
                // SAFETY: the slot of a grey object stays until it is let go, and keeps its kind; of one that is freed,
                // nothing is asked.
                unsafe {
                    if header.as_ref().count() > 0 {
                        (inner.info(header.as_ref().kind()).prefetch)(header);
                    }
                }
            }
            let Some((header, from)) = near.swap(next) else {
                if next.is_some() || !near.is_empty() {
                    continue;
                }
                self.see_waiting(inner, &mut ahead);
                if self.grey.is_empty() && !self.grey.search_part() {
                    break true;
                }
                units += UNITS_A_LOOK;
                continue;
            };
            // SAFETY: the slot of a grey object stays until it is let go.
            let object = unsafe { header.as_ref() };
            if !self.let_go(inner, object, state::GREY) {
                continue;
            }
            let before = ahead.added;
            let next = self.traverse_piece(inner, object, from, piece, &mut |child| {
                if let Some(seen) = ahead.swap(Some(child)) {
                    // SAFETY: nothing is freed while the slice runs.
                    self.shade(inner, unsafe { seen.as_ref() });
                }
            });
            match next {
                Some(next) => self.grey.push_partial(object, next),
                None => marked += 1,
            }
            units += 1 + (ahead.added - before) / 8;
        };
        self.see_waiting(inner, &mut ahead);
        for _ in 0..NEAR {
            if let Some((header, from)) = near.swap(None) {
                // SAFETY: see above. It is grey still, and goes back.
                self.grey.put_back(unsafe { header.as_ref() }, from);
            }
        }
        (done && self.grey.is_empty(), marked)
    }

    fn see_waiting(&self, inner: &Inner, ahead: &mut Ahead) {
        for _ in 0..AHEAD {
            if let Some(seen) = ahead.swap(None) {
                // SAFETY: nothing is freed while the slice runs.
                self.shade(inner, unsafe { seen.as_ref() });
            }
        }
    }

    pub(super) fn traverse_piece(
        &self,
        inner: &Inner,
        object: &Header,
        from: usize,
        limit: usize,
        see: &mut dyn FnMut(&Header),
    ) -> Option<usize> {
        let mut visit = |_: Edge<'_>, child: &Value| {
            if let Some(child) = child.header() {
                see(child);
            }
        };
        // SAFETY: the kind is looked up by this very header.
        unsafe { (inner.info(object.kind()).traverse_from)(NonNull::from(object), from, limit, &mut visit) }
    }

    /// See [`crate::Heap::before_shift`].
    pub(super) fn before_shift(&self, inner: &Inner, container: &Header, at: usize, by: usize) {
        // What stands from `scanned` on moves to where the scan will not come any more, for as many places as the shift has.
        if let Some(scanned) = self.grey.scanned(container)
            && scanned > at
        {
            self.traverse_piece(inner, container, scanned, by, &mut |child| self.shade(inner, child));
        }
    }

    /// See [`crate::Heap::before_reorder`].
    pub(super) fn before_reorder(&self, inner: &Inner, container: &Header) {
        if let Some(scanned) = self.grey.scanned(container) {
            if self.pass.borrow_mut().count_rescan() > RESCANS {
                self.traverse_piece(inner, container, scanned, usize::MAX / 2, &mut |child| self.shade(inner, child));
            } else {
                self.grey.rescan(container);
            }
        }
    }
}
