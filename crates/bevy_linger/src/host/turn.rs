//! A turn of the scripts within a frame: what they may still use, each and all together, and what went wrong. Knows limits and
//! clocks; whom to call is not its business.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use linger_profile::ScriptError;
use linger_script::Vm;

use super::{CallbackCost, limit};
use crate::config::LingerConfig;

/// An error that no script caught.
pub(crate) struct Failure {
    /// Whose script raised it.
    pub entity: Entity,
    pub error: Box<ScriptError>,
    /// Whether the script is disabled for it.
    pub disabled: bool,
}

/// See the module's text.
pub(crate) struct Turn {
    started: Instant,
    /// As of the end of the last call: the clock is read once a call.
    now: Instant,
    /// What the heap had counted then.
    allocated: u64,
    freed: u64,
    deadline: Option<Instant>,
    call_limit: Option<Duration>,
    /// Instructions that are left to all scripts together, and those that each call has.
    frame_instructions: Option<u64>,
    call_instructions: Option<u64>,
    given: Option<u64>,
    pub used_instructions: u64,
    pub failure_limit: u32,
    /// Calls left out for want of time or instructions.
    pub skipped: u64,
    pub failures: Vec<Failure>,
}

impl Turn {
    /// The turn of a frame in which scripts have used so much already.
    pub fn new(config: &LingerConfig, used_nanos: u64, used_instructions: u64) -> Self {
        let micros = |micros: u32| (micros > 0).then(|| Duration::from_micros(u64::from(micros)));
        let now = Instant::now();
        let frame = micros(config.scripts_frame_micros);
        Self {
            started: now,
            now,
            allocated: 0,
            freed: 0,
            deadline: frame.map(|frame| now + frame.saturating_sub(Duration::from_nanos(used_nanos))),
            call_limit: micros(config.script_call_micros),
            frame_instructions: limit(config.frame_instruction_limit)
                .map(|limit| limit.saturating_sub(used_instructions)),
            call_instructions: limit(config.instruction_limit),
            given: None,
            used_instructions: 0,
            failure_limit: config.script_failure_limit,
            skipped: 0,
            failures: Vec::new(),
        }
    }

    /// Looks at clock and heap: what follows begins now.
    pub fn begin(&mut self, vm: &Vm) {
        (self.allocated, self.freed) = vm.heap().objects();
        self.now = Instant::now();
    }

    /// Whether anything is left to use.
    pub fn is_over(&self) -> bool {
        self.frame_instructions == Some(0) || self.deadline.is_some_and(|deadline| self.now >= deadline)
    }

    /// Whether the last call may have been stopped for what is left of the frame, and not for its own limits.
    pub fn cuts_short(&self) -> bool {
        match self.frame_instructions {
            Some(0) => self.call_instructions.is_none(),
            _ => self.call_limit.is_none(),
        }
    }

    /// Gives the next call what it may use; says whether anything is left.
    pub fn allow(&mut self, vm: &mut Vm) -> bool {
        if self.is_over() {
            self.skipped += 1;
            return false;
        }
        let of_call = self.call_limit.map(|limit| self.now + limit);
        // A call that has limits of its own is not cut short for what others used before it.
        self.given = self.call_instructions.or(self.frame_instructions);
        let config = vm.config_mut();
        config.deadline = of_call.or(self.deadline);
        config.instruction_limit = self.given;
        true
    }

    /// Adds what was used since the call's begin, or since the end of the one before.
    #[inline]
    pub fn charge(&mut self, vm: &Vm, cost: &mut CallbackCost) {
        let (allocated, freed) = vm.heap().objects();
        let now = Instant::now();
        cost.nanos += u64::try_from((now - self.now).as_nanos()).unwrap_or(u64::MAX);
        let made = allocated - self.allocated;
        cost.allocated += made;
        cost.left += made as i64 - (freed - self.freed) as i64;
        self.now = now;
        (self.allocated, self.freed) = (allocated, freed);
        if let Some(given) = self.given {
            let used = given.saturating_sub(vm.instructions_left());
            self.used_instructions += used;
            self.frame_instructions = self.frame_instructions.map(|left| left.saturating_sub(used));
        }
    }

    /// As [`Turn::allow`] for what must not be left out, which has a call's limits and not the frame's.
    pub fn allow_always(&mut self, vm: &mut Vm) {
        self.given = self.call_instructions;
        let config = vm.config_mut();
        config.deadline = self.call_limit.map(|limit| self.now + limit);
        config.instruction_limit = self.given;
    }

    /// Ends it: takes the limits back. The time that it took.
    pub fn end(&self, vm: &mut Vm) -> u64 {
        let config = vm.config_mut();
        config.deadline = None;
        config.instruction_limit = self.call_instructions;
        u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}
