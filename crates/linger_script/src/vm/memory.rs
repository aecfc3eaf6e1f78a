//! Limits, finalizers and collections: the machine's side of the heap.

use linger_heap::{Census, CollectionRecord, Finalizer, FixedText, Heap, Pending, Reason, Unreachable, Value};

use super::{Result, Vm};
use crate::objects::{Generator, GeneratorKind, GeneratorState, Special};

/// What `gc` has been told.
pub struct GcState {
    /// Whether automatic collections are made.
    pub enabled: bool,
    /// The flags of `gc.set_debug`.
    pub debug: u32,
    /// `gc.garbage`, once asked for.
    pub garbage: Option<Value>,
    /// `gc.callbacks`, once asked for.
    pub callbacks: Option<Value>,
    /// `gc.get_threshold`.
    pub thresholds: [i64; 3],
    /// Candidates that survived the last collection.
    pub live_at_last: u64,
    /// Whether the last collection found next to nothing.
    pub was_useless: bool,
    /// Collections made, objects collected.
    pub collections: u64,
    /// Objects collected by all collections together.
    pub collected: u64,
    /// Records of collections that nobody has taken yet; the oldest are dropped.
    pub records: std::collections::VecDeque<CollectionRecord>,
    /// Whether a collection is being made.
    pub collecting: bool,
}

/// Loops and calls between two looks at the limits.
pub(super) const POLL_INTERVAL: u64 = 1000;

/// A collection that finds less than one in so many of what it examines is useless.
const USELESS_SHARE: u64 = 16;

/// Records kept until somebody takes them.
const MAX_RECORDS: usize = 256;

impl Default for GcState {
    fn default() -> GcState {
        GcState {
            enabled: true,
            debug: 0,
            garbage: None,
            callbacks: None,
            thresholds: [700, 10, 10],
            live_at_last: 0,
            was_useless: false,
            collections: 0,
            collected: 0,
            records: std::collections::VecDeque::new(),
            collecting: false,
        }
    }
}

/// `gc.DEBUG_COLLECTABLE`
pub const DEBUG_COLLECTABLE: u32 = 2;
/// `gc.DEBUG_SAVEALL`
pub const DEBUG_SAVEALL: u32 = 32;

/// Allocations from this size on are tried before they are made.
const PROBED_BYTES: usize = 64 << 20;

struct VmFinalizer<'a>(&'a mut Vm);

impl Finalizer for VmFinalizer<'_> {
    fn run(&mut self, _heap: &Heap, pending: Pending) {
        self.0.run_one_pending(pending);
    }

    fn may_free(&mut self, _heap: &Heap, garbage: &Unreachable) -> bool {
        self.0.before_freeing(garbage)
    }
}

impl Vm {
    /// Collects all garbage in one stop. The record is also kept for [`Vm::take_records`].
    pub fn collect(&mut self, reason: Reason) -> CollectionRecord {
        self.gc.collecting = true;
        // The collector borrows the heap while finalizers run with the whole machine: it works on a handle of its own.
        let handle = std::rc::Rc::clone(&self.heap);
        let record = handle.collect(reason, &mut VmFinalizer(self));
        self.gc.collecting = false;
        self.gc.live_at_last = self.heap.tracked_live();
        self.gc.was_useless = record.unreachable < record.examined / USELESS_SHARE;
        self.gc.collections += 1;
        self.gc.collected += record.unreachable;
        if self.gc.records.len() == MAX_RECORDS {
            self.gc.records.pop_front();
        }
        self.gc.records.push_back(record);
        self.run_pending();
        record
    }

    /// Counts what lingers and frees nothing.
    pub fn census(&self) -> Census {
        self.heap.census()
    }

    /// Takes the records of collections made since this was called last.
    pub fn take_records(&mut self) -> Vec<CollectionRecord> {
        self.gc.records.drain(..).collect()
    }

    /// Prints and keeps garbage as `gc.set_debug` asks for; false keeps it from being freed.
    fn before_freeing(&mut self, garbage: &Unreachable) -> bool {
        if self.gc.debug & DEBUG_COLLECTABLE != 0 {
            for object in &garbage.objects {
                let line = format!("gc: collectable <{} 0x{:x}>\n", self.type_name(object), object.bits());
                self.write_stderr(&line);
            }
        }
        if self.gc.debug & DEBUG_SAVEALL == 0 {
            return true;
        }
        let list = self.gc_garbage();
        if let Some(list) = list.to_ref() {
            for object in &garbage.objects {
                self.list_push(&list, object.clone());
            }
        }
        false
    }

    /// `gc.garbage`
    pub(crate) fn gc_garbage(&mut self) -> Value {
        match &self.gc.garbage {
            Some(list) => list.clone(),
            None => {
                let list = self.list(Vec::new());
                self.gc.garbage = Some(list.clone());
                list
            }
        }
    }

    /// Runs what the heap has queued: finalizers and callbacks of weak references.
    pub(crate) fn run_pending(&mut self) {
        if self.gc.collecting {
            return;
        }
        // What one of them releases comes before the others that waited with it.
        let mut waiting: Vec<Pending> = Vec::new();
        loop {
            let before = waiting.len();
            waiting.extend(std::iter::from_fn(|| self.heap.take_pending()));
            waiting[before..].reverse();
            let Some(next) = waiting.pop() else { return };
            self.run_one_pending(next);
        }
    }

    fn run_one_pending(&mut self, pending: Pending) {
        let (result, source) = match pending {
            Pending::Finalize(object) => {
                let handled = std::mem::take(&mut self.handled);
                let method = self.special(&object, Special::Del);
                let result = match &method {
                    Some(method) => self.call_found(method, std::slice::from_ref(&object)).map(drop),
                    None => self.finalize_native(&object),
                };
                self.handled = handled;
                (result, method.unwrap_or(object))
            }
            Pending::Callback { weak, callback } => {
                let handled = std::mem::take(&mut self.handled);
                let result = self.call(&callback, &[weak]).map(drop);
                self.handled = handled;
                (result, callback)
            }
        };
        if let Err(raised) = result {
            self.report_unraisable(&raised, &source);
        }
    }

    /// Ends a suspended generator that is about to be freed.
    fn finalize_native(&mut self, object: &Value) -> Result<()> {
        let Some(generator) = object.to_ref::<Generator>() else { return Ok(()) };
        if generator.kind == GeneratorKind::Coroutine && generator.state.get() == GeneratorState::Created {
            let module = self.import_name("warnings", 0, &Value::NONE)?;
            self.call_method(&module, "_warn_unawaited_coroutine", std::slice::from_ref(object))?;
        }
        self.generator_close(&generator)
    }

    /// An error before `bytes` more bytes are allocated, if they would not fit into the limit.
    pub fn check_memory(&self, bytes: usize) -> Result<()> {
        self.check_limit(bytes)?;
        // What the machine does not have either is an error of the script and not the end of the program.
        if bytes > PROBED_BYTES && Vec::<u8>::new().try_reserve_exact(bytes).is_err() {
            return Err(self.memory_error(""));
        }
        Ok(())
    }

    #[inline]
    fn check_limit(&self, bytes: usize) -> Result<()> {
        if bytes > self.memory_left() { Err(self.memory_error("")) } else { Ok(()) }
    }

    /// Bytes until the limit; very many if the host set none.
    #[inline]
    pub(crate) fn memory_left(&self) -> usize {
        let limit = self.config.memory_limit_bytes.unwrap_or(1 << 40);
        limit.saturating_sub(self.heap.live_bytes()) as usize
    }

    /// Adds to the items of a list that is being made, if the limit leaves room for them.
    #[inline]
    pub(crate) fn collect_item(&self, items: &mut Vec<Value>, item: Value) -> Result<()> {
        if items.len() == items.capacity() {
            self.check_memory(2 * items.len() * size_of::<Value>())?;
        }
        items.push(item);
        Ok(())
    }

    /// An error if a text that is being made has become too long. To be called after each piece.
    #[inline]
    pub(crate) fn check_built(&self, bytes: usize) -> Result<()> {
        const SHORT_BYTES: usize = 1 << 16;
        match bytes {
            ..SHORT_BYTES => Ok(()),
            ..=FixedText::MOST_BYTES => self.check_limit(bytes),
            _ => Err(self.memory_error("")),
        }
    }

    /// As [`Vm::check_memory`], for one text: there is a longest one.
    pub(crate) fn check_text(&self, bytes: usize) -> Result<()> {
        if bytes > FixedText::MOST_BYTES {
            return Err(self.memory_error(""));
        }
        self.check_memory(bytes)
    }

    /// Checks every count against every edge and root. To be called when no script is on the stack and the host holds no value.
    pub fn verify(&self) -> Result<linger_heap::VerifyReport, linger_heap::VerifyError> {
        self.heap.verify(&mut |visit| self.visit_roots(visit))
    }

    /// Every value that keeps objects alive, but for those that other objects keep: for [`linger_heap::Heap::verify`].
    pub fn visit_roots(&self, visit: &mut dyn FnMut(&Value)) {
        for value in self.special_names.iter().chain(self.interned.values()).chain(&self.characters) {
            visit(value);
        }
        self.text_places.visit(visit);
        for value in [&self.empty_str, &self.empty_tuple] {
            visit(value);
        }
        self.visit_roots_of_cycles(visit);
    }

    /// The roots that lead to objects that could be part of a cycle, without the many names that do not: a pass looks at all of
    /// its roots at once.
    fn visit_roots_of_cycles(&self, visit: &mut dyn FnMut(&Value)) {
        self.stack.visit(visit);
        self.classes.visit(visit);
        self.visit_kept(visit);
        visit(&self.handled);
        visit(&self.stopped);
        visit(&self.folded);
        self.builtins.with_value(&mut *visit);
        self.modules.with_value(&mut *visit);
        for value in self.registry.values().chain(&self.gc.garbage).chain(&self.gc.callbacks) {
            visit(value);
        }
        for (_, value) in self.host.functions.values().flatten() {
            visit(value);
        }
    }

    /// Looks at the limits, every so many loops and calls, and collects if the policy says so.
    #[cold]
    pub(crate) fn poll(&mut self) -> Result<()> {
        let mut interval = if self.config.stress { 0 } else { POLL_INTERVAL };
        if let Some(fuel) = self.fuel {
            // Steps of one piece of work beyond those that were paid for.
            let fuel = fuel.saturating_sub((-1 - self.until_poll).max(0) as u64);
            if fuel == 0 {
                return Err(self.out_of_fuel());
            }
            interval = interval.min(fuel - 1);
            self.fuel = Some(fuel - interval - 1);
        }
        self.until_poll = interval as i64;
        self.safepoint()
    }

    /// A point where a script may be stopped: nothing of the heap is half done.
    fn safepoint(&mut self) -> Result<()> {
        if self.config.stress && !self.gc.collecting {
            self.stress_points += 1;
            // Every point of a short script, and ever fewer of a long one.
            let due = match self.stress_points {
                0..200 => true,
                points @ 200..4000 => points.is_multiple_of(16),
                points => points.is_multiple_of(512),
            };
            if due {
                self.collect(Reason::Automatic);
            }
        }
        if self.deadline.is_some_and(|deadline| std::time::Instant::now() > deadline) {
            return Err(self.stop("script ran longer than its time limit"));
        }
        if let Some(limit) = self.config.memory_limit_bytes
            && self.heap.live_bytes() > limit
        {
            return Err(self.memory_error(""));
        }
        if let Some(threshold) = self.config.collect_threshold
            && self.gc.enabled
            && !self.gc.collecting
        {
            let grown = self.heap.tracked_live().saturating_sub(self.gc.live_at_last);
            // As much as survived must come anew, so that the work stays in proportion to what is allocated; twice as much where
            // there was no garbage, as in a program that builds up its data.
            let proportion = if self.gc.was_useless { 2 } else { 1 };
            if grown > threshold.max(proportion * self.gc.live_at_last) {
                self.collect(Reason::Automatic);
            }
        }
        Ok(())
    }
}

// ---- frame by frame ----

impl Vm {
    /// Works on census and collection for about `budget_nanos`. To be called when no script is on the stack: at a frame's end. A
    /// value that the host holds meanwhile must be one that [`Vm::keep`] keeps or that a module holds.
    pub fn collect_step(&mut self, budget_nanos: u64) -> linger_heap::StepRecord {
        let heap = std::rc::Rc::clone(&self.heap);
        let record = heap.collect_step(budget_nanos, &mut |visit| self.visit_roots_of_cycles(visit));
        self.run_pending();
        record
    }

    /// The same in the smallest of slices: for tests.
    #[doc(hidden)]
    pub fn collect_step_small(&mut self, looks: u32) -> linger_heap::StepRecord {
        let heap = std::rc::Rc::clone(&self.heap);
        let record = heap.collect_step_small(looks, &mut |visit| self.visit_roots_of_cycles(visit));
        self.run_pending();
        record
    }
}
