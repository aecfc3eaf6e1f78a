//! The boundary to the virtual machine: this module and those below it alone touch it. What goes in is sources and plain
//! values, what comes out is the profile's plain data. Here scripts are loaded and called; [`memory`] looks at their objects.

mod api;
mod bridge;
mod collections;
mod convert;
mod costs;
mod entity;
mod errors;
mod instances;
mod memory;
mod objects;
mod parts;
mod place;
mod plain;
mod put;
mod reflect;
mod renew;
mod turn;
mod vector_math;
mod vectors;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use bevy::prelude::*;
use linger_profile::ScriptError;
use linger_script::{Args, Kept, ModuleSource, Vm, VmConfig};

pub(crate) use instances::Argument;
pub use memory::{CensusFigures, CollectorStep};
pub(crate) use turn::{Failure, Turn};

use crate::{
    asset::ScriptSource,
    attach::{CallbackCost, ScriptMessage},
    config::LingerConfig,
    declare::Declared,
    function::{NamedFunction, WorldLoan},
    value::{ScriptFault, ScriptValue},
};
use convert::{from_machine, raise, to_machine};
use errors::profile_error;

/// The sources that scripts can import, by module name.
type Sources = Rc<RefCell<BTreeMap<String, ScriptSource>>>;

/// The virtual machine with the scripts that run in it. One thread owns it, so it lives outside Bevy's
/// thread-safe storage.
pub struct ScriptHost {
    vm: Vm,
    /// Each loaded module with the source that it was made from.
    modules: BTreeMap<String, (ScriptSource, Kept)>,
    sources: Sources,
    bridge: Rc<bridge::Bridge>,
    helpers: instances::Helpers,
    instances: instances::Instances,
    /// What the modules' own `update` has cost.
    updates: BTreeMap<String, CallbackCost>,
    /// Entities whose scripts are to be tried again.
    unmade: Vec<Entity>,
    /// Messages on their way.
    mail: VecDeque<(Rc<ScriptMessage>, instances::Recipients)>,
    /// Game time, by which scripts wait.
    pub(crate) now_secs: f64,
    /// Whose turn is first in the next frame.
    pub(crate) first_in_turn: usize,
    output: Rc<RefCell<Output>>,
    frame: u64,
    memory: memory::MemoryState,
}

impl ScriptHost {
    /// A host without scripts, in which `functions` can be imported.
    pub(crate) fn new(config: &LingerConfig, functions: Vec<NamedFunction>) -> Result<Self, Box<ScriptError>> {
        let mut vm = Vm::new(VmConfig {
            instruction_limit: limit(config.instruction_limit),
            recursion_limit: config.recursion_limit as usize,
            memory_limit_bytes: limit(config.memory_limit_bytes),
            ..VmConfig::default()
        });
        let output = Rc::new(RefCell::new(Output::default()));
        let printed = Rc::clone(&output);
        vm.set_output(Box::new(move |text| printed.borrow_mut().push(text)));
        let complained = Rc::clone(&output);
        vm.set_error_output(Box::new(move |text| complained.borrow_mut().push(text)));
        let sources = Sources::default();
        let known = Rc::clone(&sources);
        let resolve = move |name: &str| {
            let sources = known.borrow();
            if let Some(ScriptSource { path, text }) = sources.get(name) {
                let is_package = path.ends_with("__init__.py");
                return Some(ModuleSource { path: path.clone(), text: text.clone(), is_package });
            }
            // A folder of scripts is a package without a file of its own.
            let inside = format!("{name}.");
            let is_folder = sources.keys().any(|known| known.starts_with(&inside));
            is_folder.then(|| ModuleSource {
                path: format!("{}/", name.replace('.', "/")),
                text: String::new(),
                is_package: true,
            })
        };
        vm.set_resolver(resolve, false);
        let loan = WorldLoan::default();
        let entity = entity::install(&mut vm, api::MODULE);
        let reflected = parts::install(&mut vm, api::MODULE);
        let quads = vectors::install(&mut vm, api::MODULE);
        let classes = bridge::Classes { entity, reflected, quads };
        let all = [&classes.entity, &classes.reflected].into_iter().chain(&classes.quads);
        for class in all {
            // Registered values are roots, which is what keeps the classes.
            vm.register_value(api::MODULE, &class.name_text(), class.to_value());
        }
        for (name, function) in api::FUNCTIONS {
            let function = vm.native_function(api::MODULE, name, *function);
            vm.register_value(api::MODULE, name, function);
        }
        let resources = api::resources(&mut vm);
        vm.register_value(api::MODULE, "resources", resources);
        let module = vm.load_module("bevy", errors::OWN_FILE, api::SOURCE).map_err(profile_error)?;
        let Some(helpers) = instances::Helpers::of(&mut vm, &module) else {
            return Err(Box::new(ScriptError {
                message: "the module bevy lacks a helper".into(),
                ..ScriptError::default()
            }));
        };
        let memory = memory::MemoryState::default();
        let mut host = Self {
            vm,
            modules: BTreeMap::new(),
            sources,
            bridge: Rc::new(bridge::Bridge {
                loan,
                classes,
                types: place::Types::default(),
                objects: objects::Objects::default(),
                mail_waiting: Cell::default(),
                started: RefCell::default(),
            }),
            helpers,
            instances: instances::Instances::default(),
            updates: BTreeMap::new(),
            unmade: Vec::new(),
            mail: VecDeque::new(),
            now_secs: 0.0,
            first_in_turn: 0,
            output,
            frame: 0,
            memory,
        };
        functions.into_iter().for_each(|function| host.add_function(function));
        host.configure(config);
        // From the first step on the collector hears what loses references; before, it would miss what scripts leave as they load.
        host.collect_step(0);
        Ok(host)
    }

    /// Lets scripts import a function.
    pub(crate) fn add_function(&mut self, function: NamedFunction) {
        let NamedFunction { module, declared, call } = function;
        let loan = self.bridge.loan.clone();
        let name = declared.name.clone();
        self.vm.register_function(&module, &name, move |vm: &mut Vm, args: Args<'_>| {
            let placed = place_arguments(vm, &declared, &args);
            let result = placed.and_then(|arguments| loan.call(&call, arguments));
            match result {
                Ok(value) => to_machine(vm, &value),
                Err(fault) => Err(raise(vm, &fault)),
            }
        });
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
        let bridge = Rc::clone(&self.bridge);
        bridge.scope(world, || self.load_inside(name, source))
    }

    fn load_inside(&mut self, name: &str, source: ScriptSource) -> Result<(), Box<ScriptError>> {
        let known = self.modules.get(name).map(|(known, module)| (*known == source, module.get()));
        let mut replaced = None;
        let imported = match known {
            Some((true, module)) => Some(module),
            Some((false, old)) => {
                replaced = Some(old);
                None
            }
            None => self.vm.module(name),
        };
        let module = match (imported, &replaced) {
            (Some(module), _) => module,
            (None, Some(old)) => self.run_anew(name, &source, old.clone())?,
            (None, None) => self.vm.load_module(name, &source.path, &source.text).map_err(profile_error)?,
        };
        let kept = self.vm.keep(module.clone());
        self.modules.insert(name.to_owned(), (source, kept));
        // Nothing of a version that is replaced is held.
        self.helpers.known = Default::default();
        if name.contains('.') {
            self.place_in_package(&module)?;
        }
        let Some(old) = replaced else { return Ok(()) };
        let passed_on = self.pass_on(old, module);
        self.renew_instances(name).and(passed_on)
    }

    /// Whether a script of that name was ever run to its end.
    pub fn has_module(&self, name: &str) -> bool {
        self.modules.contains_key(name)
    }

    /// Calls a module's `update(dt)`, unless nothing is left of the turn.
    pub(crate) fn call_update(
        &mut self,
        world: &mut World,
        module: &str,
        dt: f64,
        turn: &mut Turn,
    ) -> Result<(), Box<ScriptError>> {
        if !turn.allow(&mut self.vm) {
            return Ok(());
        }
        let result = self.call(world, module, "update", &[ScriptValue::Float(dt)]).and_then(|result| match result {
            // A generator, which nobody would ever run on.
            Some(ScriptValue::Object(_)) => Err(Box::new(ScriptError {
                file: module.to_owned(),
                message: "TypeError: update() of a module cannot wait, nor return anything: give an entity the script"
                    .into(),
                ..ScriptError::default()
            })),
            _ => Ok(()),
        });
        if !self.updates.contains_key(module) {
            self.updates.insert(module.to_owned(), CallbackCost::default());
        }
        if let Some(cost) = self.updates.get_mut(module) {
            cost.calls += 1;
            cost.failures += u64::from(result.is_err());
            turn.charge(&self.vm, cost);
        }
        result
    }

    /// Looks at clock and counters before scripts are called.
    pub(crate) fn begin_turn(&self, turn: &mut Turn) {
        self.bridge.objects.let_go();
        turn.begin(&self.vm);
    }

    /// Ends a turn: the time that it took.
    pub(crate) fn end_turn(&mut self, turn: &Turn) -> u64 {
        turn.end(&mut self.vm)
    }

    /// Whether the module has a function of that name.
    pub fn has_function(&mut self, module: &str, function: &str) -> bool {
        let Self { vm, modules, .. } = self;
        let module = modules.get(module);
        module.is_some_and(|(_, module)| vm.has_function(&module.get(), function))
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
        let Some(module) = self.modules.get(module).map(|(_, module)| module.get()) else {
            return Ok(None);
        };
        self.scope(world, |host| {
            let vm = &mut host.vm;
            let arguments = arguments.iter().map(|value| to_machine(vm, value));
            let arguments: Vec<_> =
                arguments.collect::<Result<_, _>>().map_err(|raised| profile_error(vm.script_error(&raised)))?;
            let result = vm.call_function(&module, function, &arguments).map_err(profile_error)?;
            // What cannot be copied stays with the script.
            Ok(result.map(|value| from_machine(vm, &value).unwrap_or_default()))
        })
    }

    /// Tells the machine the frame that what it allocates from now on is born in.
    pub fn set_frame(&mut self, frame: u64) {
        self.frame = frame;
        // The heap keeps few bits: two years of play at 60 frames a second.
        self.vm.heap().set_frame(u32::try_from(frame).unwrap_or(u32::MAX));
    }

    /// Hands over the lines that scripts printed since it was last asked. A line that is not ended yet is kept.
    pub fn take_output(&mut self) -> Vec<String> {
        self.output.borrow_mut().take()
    }
}

/// What scripts print between two looks at it: so many bytes, and how many more there were.
#[derive(Default)]
struct Output {
    text: String,
    left_out: usize,
}

impl Output {
    const MOST_BYTES: usize = 64 << 10;

    fn push(&mut self, text: &str) {
        let mut room = Self::MOST_BYTES.saturating_sub(self.text.len()).min(text.len());
        while !text.is_char_boundary(room) {
            room -= 1;
        }
        self.text.push_str(&text[..room]);
        self.left_out += text.len() - room;
    }

    fn take(&mut self) -> Vec<String> {
        if self.left_out > 0 {
            let more = std::mem::take(&mut self.left_out);
            self.text.push_str(&format!("\n(and {more} bytes more, which are left out)\n"));
        }
        let Some(end) = self.text.rfind('\n') else { return Vec::new() };
        let lines: String = self.text.drain(..=end).collect();
        lines.lines().map(str::to_owned).collect()
    }
}

/// The arguments of a script's call as the game takes them, in the order of the parameters.
fn place_arguments(vm: &mut Vm, declared: &Declared, args: &Args<'_>) -> Result<Vec<ScriptValue>, ScriptFault> {
    let mut positional = Vec::with_capacity(declared.parameters.len());
    for value in args.positional() {
        positional.push(from_machine(vm, value)?);
    }
    let mut keywords = Vec::new();
    for (name, value) in args.keywords() {
        let name = vm.text_of(name).map(|name| name.text.to_string()).unwrap_or_default();
        keywords.push((name, from_machine(vm, value)?));
    }
    declared.place(positional, keywords).map_err(ScriptFault::Type)
}

/// A limit of the configuration, in which 0 stands for none.
fn limit(limit: u64) -> Option<u64> {
    (limit > 0).then_some(limit)
}
