//! The virtual machine: owns the heap, the register stack and everything that scripts share.
//!
//! This file holds the machine's state and the making of values; each other file of the folder one of its abilities.

mod arguments;
mod arithmetic;
mod attribute_store;
mod attributes;
mod borrow;
mod bytearrays;
mod call;
mod called_items;
mod class_order;
mod classes;
mod code_link;
mod compare;
mod concatenate;
mod descriptors;
mod dict_heirs;
mod dispatch;
mod exceptions;
mod folds;
mod generators;
mod hash;
mod imports;
mod instance_slots;
mod instructions;
mod introspect;
mod iterate;
mod iterator_steps;
mod length_hint;
mod memory;
mod native_classes;
mod numbers;
mod operators;
mod patterns;
mod ready;
mod reenter;
mod sequences;
mod stack;
mod subscript;
mod tables;
mod text;
mod text_buffer;
mod text_objects;
mod text_places;
mod traceback;
mod truth;
mod types;
mod unwind;
mod wide;

use std::collections::HashMap;
use std::rc::Rc;

use linger_heap::{Heap, Object, Ref, Value};
use rustc_hash::FxHashMap;

use crate::objects::{
    BigInt, Bytes, Class, Dict, Instance, List, SPECIAL_NAMES, Set, SetTable, Special, Str, Tuple, cache_key,
    count_chars,
};

pub(crate) use arithmetic::power;
pub(crate) use compare::CompareOp;
pub(crate) use folds::Fold;
pub(crate) use imports::CompileMode;
pub(crate) use iterate::owned_by;
pub(crate) use iterator_steps::{DICT_LEN, DICT_SHOWN, Item};
pub use memory::GcState;
pub(crate) use native_classes::lasting;
pub(crate) use numbers::plain_float;
pub(crate) use operators::{BinaryOp, UnaryOp};
pub(crate) use ready::{READY_LEVELS, has_ended};
pub(crate) use sequences::items_of;
pub use stack::FrameView;
pub(crate) use tables::handed_out;
pub(crate) use traceback::push_source_line;
pub use types::Classes;

use borrow::{ClassCache, ShapeCache};
use stack::Stack;

/// An exception on its way: an instance of an exception class.
#[derive(Debug, Clone)]
pub struct Raise(pub Value);

/// What a script's operation gives: a value, or an exception.
pub type Result<T, E = Raise> = std::result::Result<T, E>;

/// The limits and permissions of a virtual machine.
#[derive(Debug, Clone)]
pub struct VmConfig {
    /// Loops and calls that one call from the host may run; a script that runs longer gets a `TimeoutError`.
    pub instruction_limit: Option<u64>,
    /// Time that one call from the host may take; a script that runs longer gets a `TimeoutError`.
    pub time_limit: Option<std::time::Duration>,
    /// When every call from the host must have ended, for a host that gives several calls one time together.
    pub deadline: Option<std::time::Instant>,
    /// Calls that may be inside one another.
    pub recursion_limit: usize,
    /// Bytes that script objects may take; more is a `MemoryError`.
    pub memory_limit_bytes: Option<u64>,
    /// Whether `exec`, `eval` and `compile` may be used.
    pub allow_exec: bool,
    /// Tracked objects allocated between two automatic collections, at least; `None` collects only when asked.
    pub collect_threshold: Option<u64>,
    /// Check every count and collect at every safepoint: for tests.
    pub stress: bool,
}

impl Default for VmConfig {
    fn default() -> VmConfig {
        VmConfig {
            instruction_limit: None,
            time_limit: None,
            deadline: None,
            recursion_limit: 1000,
            memory_limit_bytes: None,
            allow_exec: false,
            collect_threshold: None,
            stress: false,
        }
    }
}

/// A source that a host found for a module.
#[derive(Debug, Clone)]
pub struct ModuleSource {
    /// The path that tracebacks show and `__file__` holds.
    pub path: String,
    /// The text.
    pub text: String,
    /// Whether it is a package (`name/__init__.py`).
    pub is_package: bool,
}

type Output = Box<dyn FnMut(&str)>;
type Resolver = Rc<dyn Fn(&str) -> Option<ModuleSource>>;

/// What the host gives to the machine.
pub(crate) struct Host {
    pub stdout: Output,
    pub stderr: Output,
    pub resolver: Option<Resolver>,
    /// Whether the resolver is asked before the runtime's own modules.
    pub prefer_resolver: bool,
    pub argv: Vec<String>,
    /// Functions that the host registered, by module.
    pub functions: HashMap<String, Vec<(String, Value)>>,
    pub start: std::time::Instant,
    /// What the host keeps, once it keeps anything.
    pub kept: Option<Rc<crate::kept::KeptTable>>,
}

/// Interned strings before it is asked for the first time which of them nobody else refers to: about twice those of the runtime.
const FIRST_MOST_INTERNED: usize = 8192;

/// A virtual machine for scripts. It belongs to one thread.
pub struct Vm {
    stack: Stack,
    handlers: dispatch::Handlers,
    pub(crate) classes: Classes,
    /// The names of [`Special`] methods, interned, by number.
    special_names: Vec<Value>,
    interned: FxHashMap<Box<str>, Value>,
    /// So many names, and those that nobody else refers to are let go of.
    most_interned: usize,
    /// One-character strings of Latin-1.
    characters: Vec<Value>,
    /// Where characters of long texts begin.
    pub(crate) text_places: text_places::TextPlaces,
    empty_str: Value,
    empty_tuple: Value,
    pub(crate) builtins: Ref<Dict>,
    pub(crate) modules: Ref<Dict>,
    /// The exception being handled, or empty.
    pub(crate) handled: Value,
    /// The value of the last `StopIteration` of a script that ended an iterator; `None` if it had none.
    pub(super) stopped: Value,
    /// What a handler leaves to the one that comes next.
    aside: [Value; 3],
    /// The total of a generator's items, on its way from the frame that ends to who asked for it.
    folded: Value,
    nan_count: u64,
    /// Changes whenever a class changes in a way that inline caches must notice.
    pub(crate) epoch: u32,
    /// The upper half of the keys of caches that were filled in this epoch.
    epoch_key: u64,
    next_shape: u32,
    next_uid: u32,
    next_keys_version: u32,
    class_cache: ClassCache,
    shape_cache: ShapeCache,
    /// How often an inline cache met another shape than it knows.
    cache_misses: u32,
    /// Loops and calls left to run before limits are looked at again.
    pub(crate) until_poll: i64,
    /// Loops and calls that the host's call may still make after the next poll; `None` is without limit.
    pub(crate) fuel: Option<u64>,
    /// Whether the host's call has used up its limit.
    pub(crate) ran_out: bool,
    /// How often the host's call was told to stop: what it does not heed the first time, it cannot catch the second.
    pub(crate) stops: u8,
    /// When the host's call must have ended.
    pub(crate) deadline: Option<std::time::Instant>,
    /// Whether anything was ever made that has code to run when it is freed.
    pub(crate) may_finalize: std::cell::Cell<bool>,
    /// Safepoints passed in stress mode.
    pub(crate) stress_points: u64,
    pub(crate) native_depth: usize,
    /// Up to which of them the native stack was found to have room.
    roomy_depth: usize,
    pub(crate) config: VmConfig,
    pub(crate) host: Host,
    pub(crate) gc: GcState,
    /// Values that the runtime's modules keep for themselves, by name.
    pub(crate) registry: FxHashMap<&'static str, Value>,
    /// Whether the heap has something queued for [`Vm::run_pending`].
    pending: Rc<std::cell::Cell<bool>>,
    /// Where texts are put together.
    text_buffer: String,
    /// Objects whose `repr` is being made: a container inside itself is shown as `...`.
    pub(crate) repr_stack: Vec<u64>,
    // Dropped last: everything above lets go of its values first.
    pub(crate) heap: Rc<Heap>,
}

impl Vm {
    /// A machine with the runtime's own classes, functions and modules.
    pub fn new(config: VmConfig) -> Vm {
        let heap = Rc::new(Heap::new(crate::objects::KINDS));
        let bootstrap = types::Bootstrap::new(&heap);
        let mut vm = Vm {
            stack: Stack::new(),
            handlers: dispatch::HANDLERS,
            classes: bootstrap.classes,
            special_names: Vec::new(),
            interned: FxHashMap::default(),
            most_interned: FIRST_MOST_INTERNED,
            characters: Vec::new(),
            text_places: text_places::TextPlaces::default(),
            empty_str: Value::NONE,
            empty_tuple: Value::NONE,
            builtins: bootstrap.builtins,
            modules: bootstrap.modules,
            handled: Value::EMPTY,
            stopped: Value::NONE,
            aside: [Value::EMPTY, Value::EMPTY, Value::EMPTY],
            folded: Value::EMPTY,
            nan_count: 0,
            epoch: 1,
            epoch_key: cache_key(0, 1),
            next_shape: 1,
            next_uid: bootstrap.next_uid,
            next_keys_version: 1,
            class_cache: ClassCache::new(),
            shape_cache: ShapeCache::new(),
            cache_misses: 0,
            until_poll: 0,
            fuel: None,
            ran_out: false,
            stops: 0,
            deadline: None,
            may_finalize: std::cell::Cell::new(false),
            stress_points: 0,
            native_depth: 0,
            roomy_depth: 0,
            config,
            host: Host {
                stdout: Box::new(|text| print!("{text}")),
                stderr: Box::new(|text| eprint!("{text}")),
                resolver: None,
                prefer_resolver: false,
                argv: Vec::new(),
                functions: HashMap::new(),
                start: std::time::Instant::now(),
                kept: None,
            },
            gc: GcState::default(),
            registry: FxHashMap::default(),
            pending: heap.pending_flag(),
            text_buffer: String::new(),
            repr_stack: Vec::new(),
            heap,
        };
        vm.empty_str = vm.make_str("").into_value();
        vm.empty_tuple = vm.make_tuple(Vec::new().into_iter()).into_value();
        vm.characters =
            (0..=255u8).map(|byte| vm.make_str(char::from(byte).encode_utf8(&mut [0; 4])).into_value()).collect();
        // A name of one of these is made of it, so two of them that are not the same are known to differ.
        vm.characters[..128].iter().filter_map(Value::downcast::<Str>).for_each(Str::set_interned);
        vm.special_names = SPECIAL_NAMES.iter().map(|name| vm.intern(name)).collect();
        vm.refill_fuel();
        vm.finish_types();
        crate::builtins::install(&mut vm);
        vm
    }

    /// The heap, for counters, census and walks.
    pub fn heap(&self) -> &Heap {
        &self.heap
    }

    /// The configuration.
    pub fn config(&self) -> &VmConfig {
        &self.config
    }

    /// The configuration, to be changed between calls.
    pub fn config_mut(&mut self) -> &mut VmConfig {
        &mut self.config
    }

    pub(crate) fn refill_fuel(&mut self) {
        self.fuel = self.config.instruction_limit;
        self.ran_out = false;
        self.stops = 0;
        let limit = self.config.time_limit.map(|limit| std::time::Instant::now() + limit);
        self.deadline = limit.into_iter().chain(self.config.deadline).min();
        // A call that is over before the first poll is not looked at while it runs.
        let look_at_once = self.config.stress
            || self.config.collect_threshold.is_some()
            || self.config.memory_limit_bytes.is_some_and(|limit| self.heap.live_bytes() > limit);
        let first = if look_at_once { 0 } else { memory::POLL_INTERVAL.min(self.fuel.unwrap_or(u64::MAX)) };
        self.fuel = self.fuel.map(|fuel| fuel - first);
        self.until_poll = first as i64;
        self.limit_frames();
    }

    /// The name of a special method, interned.
    #[inline(always)]
    pub(crate) fn special_name(&self, special: Special) -> &Value {
        &self.special_names[special as usize]
    }

    /// A class has changed: what caches note of classes holds no more.
    pub(crate) fn begin_epoch(&mut self) {
        self.epoch += 1;
        self.epoch_key = cache_key(0, self.epoch);
    }

    pub(crate) fn fresh_shape(&mut self) -> u32 {
        self.next_shape += 1;
        self.next_shape
    }

    /// A NaN of its own, as each that CPython makes is an object of its own.
    pub(crate) fn fresh_nan(&mut self, like: f64) -> Value {
        self.nan_count += 1;
        Value::numbered_nan(like, self.nan_count)
    }

    pub(crate) fn fresh_uid(&mut self) -> u32 {
        self.next_uid += 1;
        self.next_uid
    }

    /// The version of a dict's keys, made if need be.
    pub(crate) fn keys_version(&mut self, dict: &Dict) -> u32 {
        let next = &mut self.next_keys_version;
        dict.table.borrow_mut().keys_version(|| {
            *next += 1;
            *next
        })
    }

    // ---- making values ----

    fn make_str(&self, text: &str) -> Ref<Str> {
        let chars = count_chars(text);
        self.heap.alloc_text(self.classes.str.type_id.get(), text, |text| Str::new(text, chars), |str| &str.text)
    }

    /// A string of a text that was built for it.
    pub fn string(&self, text: String) -> Value {
        if text.len() < 2 {
            return self.str(&text);
        }
        let (type_id, chars) = (self.classes.str.type_id.get(), count_chars(&text));
        self.heap.alloc_string(type_id, text, |text| Str::new(text, chars), |str| &str.text).into_value()
    }

    /// A string.
    pub fn str(&self, text: &str) -> Value {
        match text.len() {
            0 => self.empty_str.clone(),
            1 => self.characters[text.as_bytes()[0] as usize].clone(),
            _ => self.make_str(text).into_value(),
        }
    }

    /// A string of one character.
    pub fn char(&self, character: char) -> Value {
        match u8::try_from(u32::from(character)) {
            Ok(byte) => self.characters[byte as usize].clone(),
            Err(_) => self.make_str(character.encode_utf8(&mut [0; 4])).into_value(),
        }
    }

    /// The one string of this text that names are made of.
    pub fn intern(&mut self, text: &str) -> Value {
        if let Some(known) = self.interned.get(text) {
            return known.clone();
        }
        let value = self.str(text);
        if let Some(body) = value.downcast::<Str>() {
            body.set_interned();
        }
        if self.interned.len() >= self.most_interned {
            self.forget_names();
        }
        self.interned.insert(text.into(), value.clone());
        value
    }

    /// Lets go of interned strings that nothing else refers to: scripts make names up (`setattr(object, f'part{n}', ...)`). A new
    /// epoch, for caches know names by their addresses, which other strings may have next.
    #[cold]
    fn forget_names(&mut self) {
        self.interned.retain(|_, name| name.header().is_none_or(|header| header.count() > 1));
        self.most_interned = (2 * self.interned.len()).max(FIRST_MOST_INTERNED);
        self.epoch += 1;
    }

    /// The interned string equal to `name`, which may be `name` itself.
    pub(crate) fn interned(&mut self, name: &Value) -> Value {
        match name.downcast::<Str>() {
            Some(body) if body.is_interned() => name.clone(),
            Some(body) => {
                let text = body.text.to_string();
                self.intern(&text)
            }
            None => name.clone(),
        }
    }

    /// An integer.
    #[inline]
    pub fn int(&self, value: i64) -> Value {
        Value::small_int(value).unwrap_or_else(|| self.wide(value.into()))
    }

    /// An integer from a size or count.
    pub fn size(&self, value: usize) -> Value {
        self.int(value as i64)
    }

    /// An integer of any size, in its one form.
    pub fn big(&self, value: num_bigint::BigInt) -> Value {
        match i64::try_from(&value).ok().and_then(Value::small_int) {
            Some(small) => small,
            None => self.heap.alloc(self.classes.int.type_id.get(), BigInt::new(value)).into_value(),
        }
    }

    /// Bytes.
    pub fn bytes(&self, bytes: impl Into<Box<[u8]>>) -> Value {
        self.heap.alloc(self.classes.bytes.type_id.get(), Bytes(bytes.into())).into_value()
    }

    /// A list.
    pub fn list(&self, items: Vec<Value>) -> Value {
        let list = List { items: std::cell::RefCell::new(items) };
        self.heap.alloc(self.classes.list.type_id.get(), list).into_value()
    }

    fn make_tuple(&self, items: impl ExactSizeIterator<Item = Value>) -> Ref<Tuple> {
        self.heap.alloc_fixed(self.classes.tuple.type_id.get(), items, |items| Tuple { items })
    }

    /// A tuple.
    pub fn tuple(&self, items: Vec<Value>) -> Value {
        self.tuple_from(items.into_iter())
    }

    /// A tuple of what an iterator gives.
    #[inline]
    pub fn tuple_from(&self, items: impl ExactSizeIterator<Item = Value>) -> Value {
        if items.len() == 0 { self.empty_tuple.clone() } else { self.make_tuple(items).into_value() }
    }

    /// A tuple of clones of values.
    pub fn tuple_of_clones(&self, items: &[Value]) -> Value {
        if items.is_empty() {
            return self.empty_tuple.clone();
        }
        let type_id = self.classes.tuple.type_id.get();
        self.heap.alloc_fixed_clones(type_id, items, |items| Tuple { items }).into_value()
    }

    /// A tuple of values that are moved out of `items`, which are left empty.
    #[inline]
    pub(crate) fn tuple_taken(&self, items: &mut [Value]) -> Value {
        if items.is_empty() {
            return self.empty_tuple.clone();
        }
        let type_id = self.classes.tuple.type_id.get();
        self.heap.alloc_fixed_taken(type_id, items, |items| Tuple { items }).into_value()
    }

    /// A tuple of two.
    #[inline]
    pub(crate) fn pair(&self, first: Value, second: Value) -> Value {
        self.tuple_taken(&mut [first, second])
    }

    /// An empty dict. Like CPython's it is a candidate of the collector only once it holds something that is.
    pub fn dict(&self) -> Ref<Dict> {
        self.dict_of(crate::objects::Table::default())
    }

    /// A dict of a table whose keys and values the collector need not follow, as far as is known.
    pub(crate) fn dict_of(&self, table: crate::objects::Table) -> Ref<Dict> {
        let dict = Dict { table: std::cell::RefCell::new(table) };
        let dict = self.heap.alloc(self.classes.dict.type_id.get(), dict);
        dict.header().set_tracked(false);
        dict
    }

    /// A set or frozen set of a table.
    pub fn set(&self, table: SetTable, frozen: bool) -> Value {
        let class = if frozen { &self.classes.frozenset } else { &self.classes.set };
        let set = Set { table: std::cell::RefCell::new(table), frozen, hash: std::cell::Cell::new(None) };
        self.heap.alloc(class.type_id.get(), set).into_value()
    }

    /// The class of a set.
    #[inline(always)]
    pub(crate) fn class_of_set(&self, set: &Set) -> &Ref<Class> {
        if set.frozen { &self.classes.frozenset } else { &self.classes.set }
    }

    /// An object of kind `T` counted as an instance of `class`.
    pub(crate) fn object<T: Object>(&self, class: &Ref<Class>, body: T) -> Ref<T> {
        self.heap.alloc(class.type_id.get(), body)
    }

    /// The native object of kind `T` that `value` is, or that it has inside as an instance of a subclass.
    #[inline]
    pub fn native<T: Object>(&self, value: &Value) -> Option<Ref<T>> {
        if let Some(native) = value.to_ref::<T>() {
            return Some(native);
        }
        value.downcast::<Instance>()?.payload()?.to_ref::<T>()
    }

    /// The text of a string, or of an instance of a subclass of `str`.
    pub fn text_of(&self, value: &Value) -> Option<Ref<Str>> {
        self.native::<Str>(value)
    }
}

/// The text of a value known to be a string; empty for anything else.
pub(crate) fn text(value: &Value) -> &str {
    value.downcast::<Str>().map_or("", |body| &body.text)
}
