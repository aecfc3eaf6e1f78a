//! The end of a heap: everything in it is freed, and its pages given back.
//!
//! Should a value have outlived the heap, all of its memory is leaked instead, and the value stays valid.
#![expect(unsafe_code, reason = "pages are given back when nothing refers to them")]

use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::heap::{Heap, Inner};
use crate::object::{Header, flag};
use crate::value::Value;

impl Drop for Heap {
    fn drop(&mut self) {
        self.end_collecting();
        self.defer_freeing(None);
        // No finalizer and no callback runs any more.
        self.walk(&mut |header| header.set(flag::FINALIZABLE, false));
        while let Some(pending) = self.take_pending() {
            drop(pending);
        }
        let mut held = Vec::new();
        self.walk(&mut |header| held.push(Value::from_header(header)));
        if held_outside(&held) {
            // Their counts are one too high now, which keeps them for good.
            std::mem::forget(held);
            self.leak();
            return;
        }
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

/// Whether an object of `held`, which is the whole heap and counts each object once, has a count that none of them accounts for.
fn held_outside(held: &[Value]) -> bool {
    let mut inside: HashMap<u64, u32> = HashMap::with_capacity(held.len());
    for header in held.iter().filter_map(Value::header) {
        header.traverse(&mut |_, child| {
            if child.is_object() {
                *inside.entry(child.bits()).or_default() += 1;
            }
        });
    }
    held.iter().any(|value| {
        let count = value.header().map_or(0, Header::count);
        inside.get(&value.bits()).copied().unwrap_or(0) + 1 != count
    })
}

impl Heap {
    /// Leaves the heap's memory where it is, for good.
    fn leak(&mut self) {
        let leaked = std::mem::replace(&mut self.inner, Heap::new(&[]).into_inner());
        Box::leak(leaked);
    }

    fn into_inner(self) -> Box<Inner> {
        let mut heap = ManuallyDrop::new(self);
        // SAFETY: the heap is not dropped, so its box is moved out exactly once.
        unsafe { std::ptr::read(&raw mut heap.inner) }
    }
}
