//! The end of a heap: everything in it is freed, and its pages given back.
//!
//! Should a value have outlived the heap, all of its memory is leaked instead, and the value stays valid.
#![expect(unsafe_code, reason = "pages are given back when nothing refers to them")]

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::heap::{Heap, Inner};
use crate::object::flag;
use crate::page::{Page, scratch};
use crate::value::Value;

thread_local! {
    static LEAKED: Cell<usize> = const { Cell::new(0) };
}

/// How many heaps of this thread were dropped and kept their memory, because something of them could not be freed.
pub fn leaked_heaps() -> usize {
    LEAKED.get()
}

impl Drop for Heap {
    fn drop(&mut self) {
        self.end_collecting();
        self.defer_freeing(None);
        // No finalizer and no callback runs any more.
        self.walk(&mut |header| header.set(flag::FINALIZABLE, false));
        while let Some(pending) = self.take_pending() {
            drop(pending);
        }
        if self.is_held_outside() {
            self.leak();
            return;
        }
        let mut held = Vec::new();
        self.walk(&mut |header| held.push(Value::from_header(header)));
        for value in &held {
            if let Some(header) = value.header() {
                // SAFETY: the description is looked up by this very header.
                unsafe { (header.info().clear)(NonNull::from(header)) };
            }
        }
        drop(held);
        while let Some(pending) = self.take_pending() {
            drop(pending);
        }
        let mut left = 0;
        self.inner.pages.each(|page| left += page.used());
        if left > 0 {
            // A kind whose `clear` does not break its cycles, or one that named more references than it has. Whoever holds
            // the rest, its memory must stay.
            self.leak();
            return;
        }
        // SAFETY: no object is left, and no one can reach the heap any more.
        unsafe { self.inner.pages.free_all() };
    }
}

impl Heap {
    /// Whether an object has a count that no other object accounts for.
    fn is_held_outside(&self) -> bool {
        self.inner.pages.each(Page::make_scratch);
        self.walk(&mut |header| {
            header.traverse(&mut |_, child| {
                if let Some(child) = child.header() {
                    scratch(child).set(scratch(child).get() + 1);
                }
            });
        });
        let mut held = false;
        self.walk(&mut |header| held |= scratch(header).get() != header.count());
        self.inner.pages.each(Page::drop_scratch);
        held
    }

    /// Leaves the heap's memory where it is, for good.
    fn leak(&mut self) {
        LEAKED.set(LEAKED.get() + 1);
        let leaked = std::mem::replace(&mut self.inner, Heap::new(&[]).into_inner());
        Box::leak(leaked);
    }

    fn into_inner(self) -> Box<Inner> {
        let mut heap = ManuallyDrop::new(self);
        // SAFETY: the heap is not dropped, so its box is moved out exactly once.
        unsafe { std::ptr::read(&raw mut heap.inner) }
    }
}
