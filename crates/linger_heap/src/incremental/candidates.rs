//! The log of objects that lost a reference and live on, and the trials that are made of them.
//!
//! The log is bounded. What finds no room is not lost: the next pass finds it, and until then the figure is not called exact.
#![expect(unsafe_code, reason = "candidates are kept as addresses, to leave their counts alone")]

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use crate::elsewhere;
use crate::heap::Inner;
use crate::incremental::step::Clock;
use crate::incremental::{Incremental, Phase};
use crate::object::{Header, flag, state};
use crate::pages::make_room;
use crate::prefetch::prefetch_object;
use crate::stack::LocalStack;
use crate::trial::Trial;

/// Room for so many candidates of each age.
const ROOM: usize = 4 << 10;
/// A full log is emptied of what is freed so often in a frame: scripts pay for it.
const MOST_COMPACTIONS: u32 = 2;
const STACKS: usize = 5;
/// An object is young for so many frames after that of its birth.
const YOUNG_FRAMES: u32 = 1;
/// What a young candidate reaches is tried with it if it was born so many frames before the oldest candidate that waits.
const REACHED_FRAMES: u32 = 3;
/// After so many objects of a type that were tried in vain, one of that type is not likely to be garbage.
const PATIENCE: u8 = 100;
/// Young candidates that are tried together.
const YOUNG_BATCH: usize = 32;
/// The most members of a trial of young candidates.
const YOUNG_MEMBERS: usize = 256;
/// Old candidates that are tried together.
const OLD_BATCH: usize = 8;
/// The most members of a trial of old candidates, for each of them.
const OLD_MEMBERS: usize = 16;
/// The same when more than this wait.
const OLD_MEMBERS_IN_HASTE: usize = 6;
const MANY_WAIT: usize = 128;
/// So many members ahead, what a member refers to is asked for.
const MEMBERS_AHEAD: usize = 4;
/// An object with more counts than this is taken to be held from outside of any small set.
const MANY_COUNTS: u32 = 48;
/// The most objects that are tried again together after a finalizer.
const AFFECTED_ROOM: usize = 512;
/// The most references of one object that are asked for ahead.
const EDGES_ASKED: usize = 8;
/// The most references of one object that a trial looks at.
const EDGES: usize = 128;
/// A trial that has looked at more references than this in all looks at no further member's.
const EDGES_A_TRIAL: usize = 1024;
/// As many references are looked at for newborn candidates in a step, whatever the clock says: a cycle that a script made and
/// dropped in a frame is seen at the end of that frame even if the processor was elsewhere for a while.
const YOUNG_EDGES_AT_LEAST: usize = 4096;

/// Logged candidates; each is flagged, so that its slot stays.
#[derive(Default)]
pub(super) struct Log {
    on: Cell<bool>,
    /// Those born in the frame in which they were logged come first: after a level was loaded, everything is young.
    newborn: LocalStack<NonNull<Header>>,
    young: LocalStack<NonNull<Header>>,
    /// The frame in which no young candidate waited last.
    young_since: Cell<u32>,
    /// Old candidates whose type is likely to be garbage, or not known yet, and the others: there are more old candidates than can
    /// be looked at, since most of what a game's objects lose references for is no reason for a leak.
    old_likely: LocalStack<NonNull<Header>>,
    old_unlikely: LocalStack<NonNull<Header>>,
    /// How many objects of each type were tried in vain since one was found.
    in_vain: RefCell<Vec<u8>>,
    /// What a finalizer may have touched, to be tried as one set.
    affected: LocalStack<NonNull<Header>>,
    /// A compaction freed next to nothing, or there were enough: no other is tried before the next step.
    crowded: Cell<bool>,
    /// While a pass begins: so many of each stack are armed. What is logged meanwhile stays armed.
    armed: [Cell<usize>; STACKS],
    /// Compactions since the last step.
    compactions: Cell<u32>,
    trial: RefCell<Trial>,
}

impl Log {
    pub fn is_on(&self) -> bool {
        self.on.get()
    }

    pub fn turn_on(&self) {
        self.on.set(true);
        self.trial.borrow_mut().make_room(AFFECTED_ROOM);
        self.affected.make_room(AFFECTED_ROOM);
        for stack in [&self.newborn, &self.young, &self.old_likely, &self.old_unlikely] {
            stack.make_room(ROOM);
        }
        elsewhere::prepare();
    }

    /// There are so many types.
    pub fn make_room_for_types(&self, types: usize) {
        make_room(&mut self.in_vain.borrow_mut(), types);
    }

    pub fn turn_off(&self) {
        self.on.set(false);
    }

    /// Nothing that is logged is armed.
    pub fn begin_arming(&self) {
        self.armed.iter().for_each(|place| place.set(0));
    }

    fn stacks(&self) -> [&LocalStack<NonNull<Header>>; STACKS] {
        [&self.newborn, &self.young, &self.old_likely, &self.old_unlikely, &self.affected]
    }

    pub fn len(&self) -> usize {
        self.stacks().iter().map(|stack| stack.len()).sum()
    }

    /// Bytes of the log, and of the set that is made of it.
    pub fn bytes(&self) -> usize {
        let stacks: usize = self.stacks().iter().map(|stack| stack.bytes()).sum();
        stacks + self.in_vain.borrow().capacity() + self.trial.borrow().bytes()
    }

    fn is_likely(&self, header: &Header) -> bool {
        self.in_vain.borrow().get(header.type_id().index()).is_none_or(|in_vain| *in_vain < PATIENCE)
    }

    /// Notes how a trial of an old object ended.
    fn learn(&self, header: &Header, is_found: bool) {
        let mut in_vain = self.in_vain.borrow_mut();
        let index = header.type_id().index();
        if index >= in_vain.len() {
            in_vain.resize(index + 1, 0);
        }
        in_vain[index] = if is_found { 0 } else { in_vain[index].saturating_add(1) };
    }

    pub fn push_affected(&self, header: &Header) {
        if !header.is(state::LOGGED) && self.affected.len() < AFFECTED_ROOM {
            header.put(state::LOGGED, true);
            self.affected.push(NonNull::from(header));
        }
    }

    pub fn empty(&self, mut let_go: impl FnMut(&Header)) {
        for stack in self.stacks() {
            while let Some(header) = stack.pop() {
                // SAFETY: the slot of a logged object stays until it is let go.
                let_go(unsafe { header.as_ref() });
            }
        }
    }
}

/// What looking at candidates came to.
#[derive(Default, Clone, Copy)]
pub(super) struct Looked {
    pub candidates: u64,
    pub found: u64,
}

impl Incremental {
    fn is_young(&self, inner: &Inner, birth_frame: u32, frames: u32) -> bool {
        inner.frame.get().wrapping_sub(birth_frame) & state::NUMBER <= frames
    }

    /// Logs an armed object, which then is armed no more.
    pub(super) fn log_candidate(&self, inner: &Inner, header: &Header) {
        // It stays armed, so that each reference moved into it is heard of.
        if header.is(state::PART) {
            return;
        }
        // What is to be armed when marking begins stays so, and a frame until it is traversed.
        let stays_armed =
            self.phase.get() == Phase::Arm || header.is(state::GREY) && inner.info(header.kind()).is_frame;
        if !stays_armed {
            header.arm(false);
        }
        if !header.is_tracked() || header.has(flag::FROZEN) || header.is(state::LOGGED) {
            return;
        }
        let is_newborn = self.is_young(inner, header.number(), 0);
        let stack = if is_newborn {
            &self.log.newborn
        } else if self.is_young(inner, header.number(), YOUNG_FRAMES) {
            &self.log.young
        } else if self.log.is_likely(header) {
            &self.log.old_likely
        } else {
            &self.log.old_unlikely
        };
        let room = if self.small.get() { 12 } else { ROOM };
        // Few of what is older are freed meanwhile.
        if stack.len() >= room && is_newborn && !self.log.crowded.get() {
            self.compact(inner, stack);
        }
        if stack.len() >= room {
            let mut pass = self.pass.borrow_mut();
            pass.doubt(u64::MAX);
            if !stays_armed {
                // It stays disarmed until the next sweep, or until the next pass begins.
                pass.disarmed = true;
                if is_newborn {
                    // Of what is born in the rest of the frame nobody needs to hear, then.
                    inner.birth.set(inner.birth.get().with_word(0));
                }
            }
            return;
        }
        header.put(state::LOGGED, true);
        stack.push(NonNull::from(header));
    }

    /// Takes what is freed out of a full stack.
    fn compact(&self, inner: &Inner, stack: &LocalStack<NonNull<Header>>) {
        let before = stack.len();
        // The places of what is armed already are others then.
        self.log.begin_arming();
        stack.retain(|header| {
            // SAFETY: the slot of a logged object stays until it is let go.
            let header = unsafe { header.as_ref() };
            header.count() > 0 || !header.is(state::DEAD) || self.let_go(inner, header, state::LOGGED)
        });
        let compactions = self.log.compactions.get() + 1;
        self.log.compactions.set(compactions);
        self.log.crowded.set(stack.len() > before / 2 || compactions >= MOST_COMPACTIONS);
    }

    /// Arms what is logged, which a pass that begins must hear of; true when all is armed.
    pub(super) fn arm_logged(&self, clock: &Clock) -> bool {
        for (stack, place) in self.log.stacks().into_iter().zip(&self.log.armed) {
            while let Some(header) = stack.get(place.get()) {
                // SAFETY: the slot of a logged object stays until it is let go.
                let header = unsafe { header.as_ref() };
                if header.count() > 0 && !header.is(state::LINGERING) {
                    header.arm(true);
                }
                place.set(place.get() + 1);
                if place.get() < stack.len() && clock.is_over_by_now() {
                    return false;
                }
            }
        }
        true
    }

    /// Tries what a finalizer may have touched.
    pub(super) fn look_at_affected(&self, inner: &Inner) -> Looked {
        let mut looked = Looked::default();
        if self.log.affected.len() == 0 {
            return looked;
        }
        let mut trial = self.log.trial.borrow_mut();
        while let Some(header) = self.log.affected.pop() {
            looked.candidates += 1;
            self.take_candidate(inner, header, &mut trial);
        }
        while trial.subtract_next(EDGES, |_, _| true).is_some() && trial.edges() < EDGES_A_TRIAL {}
        looked.found = self.conclude(&mut trial, true, false);
        looked
    }

    /// Tries young candidates together with the young objects that they reach.
    pub(super) fn look_at_young(&self, inner: &Inner, clock: &Clock) -> Looked {
        let mut looked = Looked::default();
        let mut trial = self.log.trial.borrow_mut();
        self.log.crowded.set(false);
        self.log.compactions.set(0);
        let (at_least, batch) = if self.small.get() { (0, OLD_BATCH) } else { (YOUNG_EDGES_AT_LEAST, YOUNG_BATCH) };
        let mut edges = 0;
        let waited = inner.frame.get().wrapping_sub(self.log.young_since.get()) & state::NUMBER;
        while self.log.newborn.len() + self.log.young.len() > 0 {
            let is_newborn = self.log.newborn.len() > 0;
            if clock.is_over() && !(is_newborn && edges < at_least) {
                break;
            }
            let stack = if is_newborn { &self.log.newborn } else { &self.log.young };
            for _ in 0..batch {
                let Some(header) = stack.pop() else { break };
                looked.candidates += 1;
                // To find that a candidate is freed is some work too.
                edges += 1;
                self.take_candidate(inner, header, &mut trial);
            }
            let frames = waited.saturating_add(REACHED_FRAMES);
            let truncated =
                self.grow(&mut trial, YOUNG_MEMBERS, |child| self.is_young(inner, child.birth_frame(), frames));
            edges += trial.edges();
            looked.found += self.conclude(&mut trial, truncated, false);
        }
        if self.log.newborn.len() + self.log.young.len() == 0 {
            self.log.young_since.set(inner.frame.get());
        }
        looked
    }

    /// Tries old candidates, a few at a time with their nearest neighbours; fewer neighbours when many wait.
    pub(super) fn look_at_old(&self, inner: &Inner, clock: &Clock) -> Looked {
        let mut looked = Looked::default();
        let mut trial = self.log.trial.borrow_mut();
        while !clock.is_over() {
            let stack = if self.log.old_likely.len() > 0 { &self.log.old_likely } else { &self.log.old_unlikely };
            if stack.len() == 0 {
                break;
            }
            let most = if stack.len() > MANY_WAIT { OLD_MEMBERS_IN_HASTE } else { OLD_MEMBERS };
            let mut batch = [None; OLD_BATCH];
            for place in &mut batch {
                *place = stack.pop();
                if let Some(header) = place {
                    prefetch_object(header.as_ptr());
                }
            }
            for header in batch.into_iter().flatten() {
                looked.candidates += 1;
                self.take_candidate(inner, header, &mut trial);
            }
            let truncated = self.grow(&mut trial, most * OLD_BATCH, |_| true);
            looked.found += self.conclude(&mut trial, truncated, true);
        }
        looked
    }

    /// Takes an object out of the log and, if it is still a candidate, into the trial.
    fn take_candidate(&self, inner: &Inner, header: NonNull<Header>, trial: &mut Trial) -> bool {
        // SAFETY: the slot of a logged object stays until it is let go.
        let header = unsafe { header.as_ref() };
        if !self.let_go(inner, header, state::LOGGED) {
            return false;
        }
        // What is found is armed, unless it is condemned.
        if header.is(state::LINGERING) {
            return false;
        }
        header.arm(true);
        if !header.is_tracked() || header.has(flag::FROZEN) {
            return false;
        }
        // SAFETY: nothing is freed before the trial is concluded.
        unsafe { trial.add(header, 0) }
    }

    /// Adds what the members reach and `eligible` admits, up to `most` members, and subtracts all references among members.
    /// Says whether anything was left out that could linger.
    fn grow(&self, trial: &mut Trial, most: usize, eligible: impl Fn(&Header) -> bool) -> bool {
        let mut truncated = false;
        let mut asked = 0;
        loop {
            while asked < trial.len().min(trial.subtracted() + MEMBERS_AHEAD) {
                trial.prefetch_children(asked, EDGES_ASKED);
                asked += 1;
            }
            if trial.edges() >= EDGES_A_TRIAL {
                return true;
            }
            let left_out = trial.subtract_next(EDGES, |trial, child| {
                if !child.is_tracked() || child.has(flag::FROZEN) || child.is(state::LINGERING) {
                    return true;
                }
                if trial.len() >= most || child.count() > MANY_COUNTS || !eligible(child) {
                    return false;
                }
                // SAFETY: nothing is freed before the trial is concluded.
                unsafe { trial.add(child, 0) }
            });
            match left_out {
                Some(left_out) => truncated |= left_out,
                None => return truncated,
            }
        }
    }

    /// Ends a trial: what nobody holds is found. One that `learns` changes which types are held to be likely.
    fn conclude(&self, trial: &mut Trial, truncated: bool, learns: bool) -> u64 {
        trial.find_held(EDGES);
        let (mut found, mut held) = (0, 0);
        trial.finish(|header, is_held| {
            if learns {
                self.log.learn(header, !is_held);
            }
            if is_held {
                held += 1;
            } else {
                found += 1;
                self.found.add(header);
            }
        });
        if truncated {
            self.pass.borrow_mut().doubt(u64::MAX);
        } else if held > 0 {
            self.pass.borrow_mut().doubt(held);
        }
        found
    }
}
