//! The end of a pass: what is not marked lingers.
#![expect(unsafe_code, reason = "pages are raw memory with a head")]

use crate::heap::Inner;
use crate::incremental::Incremental;
use crate::incremental::step::Clock;
use crate::object::{Header, flag, state};

/// A page is swept in so many parts.
pub(super) const PARTS: u32 = 4;

impl Incremental {
    /// Arms all that can be garbage and is not known to be, a page at a time; true when all pages were looked at.
    pub(super) fn arm_all(&self, inner: &Inner, clock: &Clock) -> bool {
        self.each_part(inner, clock, |header| {
            if (header.is_tracked() || header.is(state::PART)) && !header.is(state::LINGERING) {
                header.arm(true);
            }
        })
    }

    /// Gathers frozen objects as roots, a page at a time; true when all pages were looked at.
    pub(super) fn gather_frozen(&self, inner: &Inner, clock: &Clock) -> bool {
        self.each_part(inner, clock, |header| {
            if header.has(flag::FROZEN) {
                self.shade(inner, header);
            }
        })
    }

    /// Finds what is not marked, a page at a time; true when all pages were looked at.
    pub(super) fn sweep_some(&self, inner: &Inner, clock: &Clock) -> bool {
        let mark = self.mark.get();
        self.each_part(inner, clock, |header| {
            if header.is(state::LINGERING) {
                return;
            }
            // What was disarmed for want of room in the log was seen by this pass, and may be logged again.
            if header.is_tracked() && !header.is_armed() && !header.is(state::LOGGED) {
                header.arm(true);
            }
            if !header.is_marked(mark) {
                if header.is_tracked() && !header.has(flag::FROZEN) {
                    self.found.add(header);
                } else {
                    // All that does not linger has the same mark when the next pass begins.
                    header.set_mark(mark);
                }
            }
        })
    }

    fn each_part(&self, inner: &Inner, clock: &Clock, mut act: impl FnMut(&Header)) -> bool {
        while let Some(page) = inner.pages.get(self.cursor.get() / PARTS as usize) {
            let part = (self.cursor.get() % PARTS as usize) as u32;
            self.cursor.set(self.cursor.get() + 1);
            // SAFETY: pages in the list are alive.
            unsafe { page.as_ref() }.walk_part(part, PARTS, &mut act);
            // Asked last: however short the time, something is done.
            if clock.is_over() {
                return false;
            }
        }
        true
    }
}
