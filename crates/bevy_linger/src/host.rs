//! The boundary to the virtual machine: with [`convert`](crate::convert) the only module that touches it. What goes in is
//! sources and plain values, what comes out is the profile's plain data.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
    time::Instant,
};

use bevy::prelude::*;
use linger_heap::{Census, CollectionRecord, Counters, ExplainOptions, Explanation, Group, Reason};
use linger_profile::{Counts, LingeringGroup, PauseReason, PauseRecord, PhaseNanos, ScriptError, Tally};
use linger_script::{ModuleSource, Value, Vm, VmConfig};

use crate::{
    asset::ScriptSource,
    config::LingerConfig,
    convert::{from_machine, raise, to_machine},
    function::{NamedFunction, WorldLoan},
    profiler::nanos,
    value::ScriptValue,
};

/// Groups of lingering objects that a census spells out.
const MOST_GROUPS: usize = 20;

/// The sources that scripts can import, by module name.
type Sources = Rc<RefCell<BTreeMap<String, ScriptSource>>>;

/// What a census found.
#[derive(Debug, Default)]
pub struct CensusFigures {
    /// All that lingers.
    pub lingering: Tally,
    /// The same by the runtime's number of the type.
    pub types: Vec<(usize, Tally)>,
    /// The same by the runtime's number of the allocation site.
    pub sites: Vec<(usize, Tally)>,
    /// The same by cycle.
    pub groups: Vec<LingeringGroup>,
    /// Objects looked at.
    pub examined: u64,
    /// How long scripts stood still for it.
    pub pause_nanos: u64,
}

/// The virtual machine with the scripts that run in it. One thread owns it, so it lives outside Bevy's
/// thread-safe storage.
pub struct ScriptHost {
    vm: Vm,
    /// Each loaded module with the source that it was made from.
    modules: BTreeMap<String, (ScriptSource, Value)>,
    sources: Sources,
    loan: WorldLoan,
    output: Rc<RefCell<String>>,
    frame: u64,
}

impl ScriptHost {
    /// A host without scripts, in which `functions` can be imported.
    pub(crate) fn new(config: &LingerConfig, functions: Vec<NamedFunction>) -> Self {
        let mut vm = Vm::new(VmConfig {
            instruction_limit: limit(config.instruction_limit),
            recursion_limit: config.recursion_limit as usize,
            memory_limit_bytes: limit(config.memory_limit_bytes),
            ..VmConfig::default()
        });
        let output = Rc::new(RefCell::new(String::new()));
        let printed = Rc::clone(&output);
        vm.set_output(Box::new(move |text| printed.borrow_mut().push_str(text)));
        let complained = Rc::clone(&output);
        vm.set_error_output(Box::new(move |text| complained.borrow_mut().push_str(text)));
        let sources = Sources::default();
        let known = Rc::clone(&sources);
        let resolve = move |name: &str| {
            let sources = known.borrow();
            let source = sources.get(name)?;
            Some(ModuleSource { path: source.path.clone(), text: source.text.clone(), is_package: false })
        };
        vm.set_resolver(resolve, false);
        let loan = WorldLoan::default();
        for NamedFunction { module, name, call } in functions {
            let loan = loan.clone();
            vm.register_function(&module, &name, move |vm: &mut Vm, arguments: &[Value]| {
                let arguments = arguments.iter().map(|value| from_machine(vm, value)).collect();
                let result = Result::and_then(arguments, |arguments| loan.call(&call, arguments));
                match result {
                    Ok(value) => to_machine(vm, &value),
                    Err(fault) => Err(raise(vm, &fault)),
                }
            });
        }
        Self { vm, modules: BTreeMap::new(), sources, loan, output, frame: 0 }
    }

    /// Makes a source importable under `name`.
    pub fn add_source(&mut self, name: &str, source: ScriptSource) {
        self.sources.borrow_mut().insert(name.to_owned(), source);
    }

    /// Runs the source that was added under `name`, as its module, unless another module's import did so already.
    pub fn load(&mut self, world: &mut World, name: &str) -> Result<(), Box<ScriptError>> {
        let Some(source) = self.sources.borrow().get(name).cloned() else {
            return Ok(());
        };
        let Self { vm, modules, loan, .. } = self;
        let imported = match modules.get(name) {
            Some((known, module)) if *known == source => Some(module.clone()),
            Some(_) => None,
            None => vm.module(name),
        };
        let module = match imported {
            Some(module) => module,
            None => loan.scope(world, || vm.load_module(name, &source.path, &source.text)).map_err(profile_error)?,
        };
        modules.insert(name.to_owned(), (source, module));
        Ok(())
    }

    /// Whether the module has a function of that name.
    pub fn has_function(&mut self, module: &str, function: &str) -> bool {
        let Self { vm, modules, .. } = self;
        let module = modules.get(module);
        module.is_some_and(|(_, module)| vm.has_function(module, function))
    }

    /// Calls a module's function; `None` when it has none of that name. Functions of the game that the script calls
    /// see `world`.
    pub fn call(
        &mut self,
        world: &mut World,
        module: &str,
        function: &str,
        arguments: &[ScriptValue],
    ) -> Result<Option<ScriptValue>, Box<ScriptError>> {
        let Self { vm, modules, loan, .. } = self;
        let Some((_, module)) = modules.get(module) else {
            return Ok(None);
        };
        let arguments = arguments.iter().map(|value| to_machine(vm, value));
        let arguments: Vec<_> =
            arguments.collect::<Result<_, _>>().map_err(|raised| profile_error(vm.script_error(&raised)))?;
        let result = loan.scope(world, || vm.call_function(module, function, &arguments)).map_err(profile_error)?;
        // What is no plain data stays with the script; few callers look at it.
        Ok(result.map(|value| from_machine(vm, &value).unwrap_or_default()))
    }

    /// Tells the machine the frame that what it allocates from now on is born in.
    pub fn set_frame(&mut self, frame: u64) {
        self.frame = frame;
        // The heap keeps few bits: two years of play at 60 frames a second.
        self.vm.heap().set_frame(u32::try_from(frame).unwrap_or(u32::MAX));
    }

    /// Sets the instructions that each call may use; 0 for no limit.
    pub fn set_instruction_limit(&mut self, instructions: u64) {
        self.vm.config_mut().instruction_limit = limit(instructions);
    }

    /// The counters of all objects.
    pub fn totals(&self) -> Counts {
        counts(self.vm.heap().totals())
    }

    /// Visits the counters by type, with the runtime's number and the type's name.
    pub fn visit_types(&self, mut visit: impl FnMut(usize, &str, Counts)) {
        let heap = self.vm.heap();
        for (index, row) in heap.type_rows().into_iter().enumerate() {
            visit(index, &heap.type_name(heap.type_at(index)), counts(row));
        }
    }

    /// Visits the counters by allocation site.
    pub fn visit_sites(&self, mut visit: impl FnMut(usize, &str, u32, Counts)) {
        let heap = self.vm.heap();
        for (index, row) in heap.site_rows().into_iter().enumerate() {
            let (file, line) = heap.site_place(heap.site_at(index));
            visit(index, &file, line, counts(row));
        }
    }

    /// Counts what lingers, exactly, and frees nothing.
    pub fn census(&mut self) -> CensusFigures {
        let start = Instant::now();
        let heap = self.vm.heap();
        let garbage = heap.find_unreachable();
        let census = Census::of(&garbage);
        let options = ExplainOptions { max_groups: MOST_GROUPS, ..ExplainOptions::default() };
        let vm = &self.vm;
        let Explanation { groups, .. } = heap.explain(&garbage, &options, &|value: &Value| vm.describe(value));
        drop(garbage);
        let by_type = census.by_type.iter();
        let by_site = census.by_site.iter();
        CensusFigures {
            lingering: tally(census.lingering),
            types: by_type.map(|(id, of_type)| (id.index(), tally(*of_type))).collect(),
            sites: by_site.map(|(id, of_site)| (id.index(), tally(*of_site))).collect(),
            groups: groups.into_iter().map(|group| self.profile_group(group)).collect(),
            examined: census.examined,
            pause_nanos: nanos(start),
        }
    }

    fn profile_group(&self, group: Group) -> LingeringGroup {
        let cycle: Vec<_> = group.cycle.into_iter().map(|step| step.what).collect();
        // Groups are told apart by what a person can see of them.
        let mut fingerprint = DefaultHasher::new();
        (&cycle, &group.place, &group.cut.text).hash(&mut fingerprint);
        LingeringGroup {
            fingerprint: fingerprint.finish(),
            objects: group.total.objects,
            bytes: group.total.bytes,
            cycle,
            site: group.place,
            cut: group.cut.text,
            age_frames: self.frame.saturating_sub(u64::from(group.oldest_birth_frame)),
            new_since_mark: 0,
            culprits: group.culprits.objects,
            victims: group.victims.objects,
        }
    }

    /// Frees what lingers, in one stop. The pause is among the next [`ScriptHost::drain_pauses`].
    pub fn collect(&mut self, reason: PauseReason) {
        self.vm.collect(match reason {
            PauseReason::Threshold => Reason::Automatic,
            PauseReason::Script => Reason::Script,
            _ => Reason::Host,
        });
    }

    /// Hands over the pauses since it was last asked. `started` is the moment from which the profile counts.
    pub fn drain_pauses(&mut self, frame: u64, started: Instant, mut each: impl FnMut(PauseRecord)) {
        let records = self.vm.take_records();
        // The machine says how long each was and not when: they are put one after the other, the last ending now.
        let total_nanos: u64 = records.iter().map(|record| record.pause_nanos).sum();
        let mut start_nanos = nanos(started).saturating_sub(total_nanos);
        for record in records {
            each(profile_pause(record, frame, start_nanos));
            start_nanos += record.pause_nanos;
        }
    }

    /// Hands over the lines that scripts printed since it was last asked. A line that is not ended yet is kept.
    pub fn take_output(&mut self) -> Vec<String> {
        let mut output = self.output.borrow_mut();
        let Some(end) = output.rfind('\n') else {
            return Vec::new();
        };
        let lines: String = output.drain(..=end).collect();
        lines.lines().map(str::to_owned).collect()
    }
}

/// A limit of the configuration, in which 0 stands for none.
fn limit(limit: u64) -> Option<u64> {
    (limit > 0).then_some(limit)
}

fn counts(row: Counters) -> Counts {
    Counts {
        allocated: row.allocated,
        freed_by_count: row.freed_by_count,
        freed_by_collector: row.freed_by_collector,
        live: row.live,
        bytes: row.live_bytes,
    }
}

fn tally(tally: linger_heap::Tally) -> Tally {
    Tally { objects: tally.objects, bytes: tally.bytes }
}

fn profile_pause(record: CollectionRecord, frame: u64, start_nanos: u64) -> PauseRecord {
    PauseRecord {
        frame,
        start_nanos,
        pause_nanos: record.pause_nanos,
        reason: match record.reason {
            Reason::Script => PauseReason::Script,
            Reason::Host => PauseReason::Request,
            Reason::Automatic => PauseReason::Threshold,
        },
        examined: record.examined,
        freed_objects: record.freed_objects,
        freed_bytes: record.freed_bytes,
        phases: PhaseNanos {
            mark_nanos: record.phases.mark_nanos,
            subtract_nanos: record.phases.subtract_nanos,
            finalize_nanos: record.phases.finalize_nanos,
            clear_nanos: record.phases.clear_nanos,
        },
    }
}

fn profile_error(error: linger_script::ScriptError) -> Box<ScriptError> {
    Box::new(ScriptError {
        file: error.file,
        line: error.line,
        column: error.column,
        source_line: error.source_line,
        message: error.message,
        traceback: error.traceback,
        ..ScriptError::default()
    })
}
