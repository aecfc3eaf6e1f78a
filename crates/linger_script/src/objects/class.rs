//! Classes, their instances, and the shapes that say where an instance keeps which attribute.
//!
//! A shape is a list of attribute names; adding an attribute leads to another shape of the same class (a hidden class, as in
//! Self and V8). A shape's number is never used again, so an inline cache that notes it knows class and layout at once.

use std::cell::{Cell, RefCell};

use linger_heap::{Edge, GrowSlots, Ref, TypeId, Value, ValueCell};

use super::{Dict, Str, Tuple, visit_cell, visit_ref};
use crate::vm::{Result, Vm};

/// What a host's native class knows of its objects' attributes. Asked where a script names an attribute, before the class is
/// looked at: what it does not know is looked up as ever.
#[derive(Debug, Clone, Copy)]
pub struct AttributeHooks {
    /// The attribute of an object by its interned name.
    pub get: fn(&mut Vm, &Value, &Value) -> Result<Option<Value>>,
    /// Sets it; says whether it did.
    pub set: fn(&mut Vm, &Value, &Value, &Value) -> Result<bool>,
}

/// The number of a shape, unique in its virtual machine. 0 is none.
pub type ShapeId = u32;

/// What the instances of a class are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Attributes only.
    Object,
    /// `int`, and `bool`.
    Int,
    /// `float`
    Float,
    /// `complex`
    Complex,
    /// `str`
    Str,
    /// `bytes`
    Bytes,
    /// `bytearray`
    ByteArray,
    /// `list`
    List,
    /// `tuple`
    Tuple,
    /// `dict`
    Dict,
    /// `set`
    Set,
    /// `frozenset`
    FrozenSet,
    /// Exceptions.
    Exception,
    /// Classes.
    Type,
    /// `property`
    Property,
    /// `staticmethod` and `classmethod`
    Wrapper,
    /// `map`, `zip` and weak references, which scripts inherit from.
    Opaque,
    /// `types.ModuleType`
    Module,
    /// An object that a module of the runtime brings along.
    Native,
    /// A kind of the runtime that scripts can't inherit from.
    Sealed,
}

impl Layout {
    /// Whether an instance of a script's subclass keeps a native object beside its attributes.
    pub fn has_payload(self) -> bool {
        !matches!(self, Layout::Object | Layout::Type | Layout::Sealed | Layout::Native)
    }
}

/// What was found out about a class when it was made or changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassFlags {
    /// It belongs to the runtime: its attributes can't be set.
    pub builtin: bool,
    /// It has `__del__`.
    pub has_finalizer: bool,
    /// It has `__getattribute__` of its own.
    pub has_getattribute: bool,
    /// It has `__getattr__`.
    pub has_getattr: bool,
    /// It has `__setattr__` of its own.
    pub has_setattr: bool,
    /// It has `__delattr__` of its own.
    pub has_delattr: bool,
    /// Its instances have no `__dict__`.
    pub no_dict: bool,
    /// Instances can't be weakly referenced.
    pub no_weakref: bool,
    /// It can't be inherited from.
    pub is_final: bool,
    /// A mapping for patterns (`collections.abc.Mapping`).
    pub is_mapping: bool,
    /// A sequence for patterns (`collections.abc.Sequence`).
    pub is_sequence: bool,
    /// It has abstract methods.
    pub is_abstract: bool,
}

/// A shape.
#[derive(Debug)]
pub struct Shape {
    /// Its number.
    pub id: ShapeId,
    /// The names by slot. The hidden slot of a payload has an empty name.
    pub names: Vec<Value>,
    /// Shapes with one more name: the name's bits and the shape.
    pub next: Vec<(u64, ShapeId)>,
}

/// The shapes of one class, by number; a later shape has a higher number.
#[derive(Debug, Default)]
pub struct Shapes(Vec<Shape>);

impl Shapes {
    /// Adds the shape that new instances start with.
    pub fn with_root(id: ShapeId, names: Vec<Value>) -> Shapes {
        Shapes(vec![Shape { id, names, next: Vec::new() }])
    }

    /// The shape that new instances start with.
    pub fn root(&self) -> ShapeId {
        self.0.first().map_or(0, |shape| shape.id)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn position(&self, id: ShapeId) -> Option<usize> {
        self.0.binary_search_by_key(&id, |shape| shape.id).ok()
    }

    /// The shape of a number.
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.position(id).map(|position| &self.0[position])
    }

    /// The slot of an interned name.
    pub fn slot_of(&self, id: ShapeId, name: &Value) -> Option<usize> {
        self.get(id)?.names.iter().position(|other| other.is(name))
    }

    /// The shape with one more name, made if need be with the number that `fresh` gives.
    pub fn add(&mut self, id: ShapeId, name: &Value, fresh: impl FnOnce() -> ShapeId) -> ShapeId {
        let Some(position) = self.position(id) else { return 0 };
        if let Some((_, next)) = self.0[position].next.iter().find(|(bits, _)| *bits == name.bits()) {
            return *next;
        }
        let mut names = self.0[position].names.clone();
        names.push(name.clone());
        let next = fresh();
        self.0[position].next.push((name.bits(), next));
        self.0.push(Shape { id: next, names, next: Vec::new() });
        next
    }
}

macro_rules! specials {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// Methods that the runtime calls by itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        #[allow(missing_docs, reason = "each is the name of the method")]
        pub enum Special { $($name),* }
        /// Their names, by number.
        pub const SPECIAL_NAMES: &[&str] = &[$($text),*];
    };
}

specials! {
    Abs = "__abs__", Add = "__add__", AEnter = "__aenter__", AExit = "__aexit__", AIter = "__aiter__", And = "__and__",
    ANext = "__anext__", Annotations = "__annotations__", Await = "__await__", Bases = "__bases__", Bool = "__bool__",
    Bytes = "__bytes__", Call = "__call__", Cause = "__cause__", Ceil = "__ceil__", Class = "__class__",
    ClassCell = "__classcell__", ClassGetItem = "__class_getitem__", Complex = "__complex__", Contains = "__contains__", Context = "__context__",
    Copy = "__copy__", Del = "__del__", DelAttr = "__delattr__", DelItem = "__delitem__", Delete = "__delete__", Dict = "__dict__",
    Dir = "__dir__", DivMod = "__divmod__", Doc = "__doc__", Enter = "__enter__", Eq = "__eq__", Exit = "__exit__",
    File = "__file__", Float = "__float__", Floor = "__floor__", FloorDiv = "__floordiv__", Format = "__format__", Ge = "__ge__", Get = "__get__",
    GetAttr = "__getattr__", GetAttribute = "__getattribute__", GetItem = "__getitem__", Gt = "__gt__", Hash = "__hash__",
    IAdd = "__iadd__", IAnd = "__iand__", IFloorDiv = "__ifloordiv__", ILShift = "__ilshift__", IMatMul = "__imatmul__", IMod = "__imod__",
    IMul = "__imul__", Index = "__index__", Init = "__init__", InitSubclass = "__init_subclass__", InstanceCheck = "__instancecheck__",
    Int = "__int__", Invert = "__invert__", IOr = "__ior__", IPow = "__ipow__", IRShift = "__irshift__", ISub = "__isub__",
    Iter = "__iter__", ITrueDiv = "__itruediv__", IXor = "__ixor__", Le = "__le__", Len = "__len__", LengthHint = "__length_hint__",
    LShift = "__lshift__", Lt = "__lt__", Main = "__main__", MatchArgs = "__match_args__", MatMul = "__matmul__", Missing = "__missing__",
    Mod = "__mod__", Module = "__module__", Mro = "__mro__", MroEntries = "__mro_entries__", Mul = "__mul__", Name = "__name__", Ne = "__ne__", Neg = "__neg__",
    New = "__new__", Next = "__next__", Notes = "__notes__", Or = "__or__", Pos = "__pos__", Pow = "__pow__", Prepare = "__prepare__",
    Qualname = "__qualname__", RAdd = "__radd__", RAnd = "__rand__", RDivMod = "__rdivmod__", Repr = "__repr__", Reversed = "__reversed__",
    RFloorDiv = "__rfloordiv__", RLShift = "__rlshift__", RMatMul = "__rmatmul__", RMod = "__rmod__", RMul = "__rmul__", ROr = "__ror__",
    Round = "__round__", RPow = "__rpow__", RRShift = "__rrshift__", RShift = "__rshift__", RSub = "__rsub__", RTrueDiv = "__rtruediv__",
    RXor = "__rxor__", Set = "__set__", SetAttr = "__setattr__", SetItem = "__setitem__", SetName = "__set_name__", Slots = "__slots__",
    Str = "__str__", Sub = "__sub__", SubclassCheck = "__subclasscheck__", SuppressContext = "__suppress_context__",
    Traceback = "__traceback__", TrueDiv = "__truediv__", Trunc = "__trunc__", WeakRef = "__weakref__", Xor = "__xor__",
    AbstractMethods = "__abstractmethods__", IsAbstractMethod = "__isabstractmethod__", Builtins = "__builtins__", All = "__all__", Path = "__path__", Package = "__package__",
}

/// How calling a class makes an instance.
#[derive(Debug, Clone, Copy)]
pub enum Plan {
    /// By the general way: metaclass, `__new__`, `__init__`.
    General,
    /// A plain instance, nothing to run.
    Plain,
    /// A plain instance, then the script's `__init__`, whose bits these are.
    Init(u64),
    /// A function of the runtime makes it, and another, if there is one, fills it.
    Native(super::NativeFn, Option<super::NativeFn>),
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// A number of its own, never used again.
    pub uid: u32,
    /// The row of its instances in the counters.
    pub type_id: Cell<TypeId>,
    /// `__name__`
    pub name: ValueCell,
    /// `__qualname__`
    pub qualname: ValueCell,
    /// The class of the class.
    pub metaclass: ValueCell,
    /// `__bases__`, a tuple.
    pub bases: ValueCell,
    /// `__mro__`, a tuple that starts with the class itself.
    pub mro: ValueCell,
    /// The attributes.
    pub dict: Ref<Dict>,
    /// What instances are made of.
    pub layout: Layout,
    /// See [`ClassFlags`].
    pub flags: Cell<ClassFlags>,
    /// The shapes of instances.
    pub shapes: RefCell<Shapes>,
    /// The first shape of instances.
    pub root_shape: Cell<ShapeId>,
    /// Slots that a new instance has from the start, empty.
    pub root_slots: Cell<u32>,
    /// Slots in a new instance: learned from the instances before.
    pub slot_hint: Cell<u8>,
    /// How calling the class makes an instance, as found out in epoch `plan_epoch`.
    pub plan: Cell<Plan>,
    /// See above.
    pub plan_epoch: Cell<u32>,
    /// The function of the runtime that gives an object's next item, if there is one, as found out in epoch `next_epoch`.
    pub next: Cell<Option<super::NextFn>>,
    /// See above.
    pub next_epoch: Cell<u32>,
    /// Whether items of an heir of `dict` are read and set as a dict's, as found out in epoch `items_epoch`.
    pub has_dict_items: Cell<bool>,
    /// See above.
    pub items_epoch: Cell<u32>,
    /// The epoch in which it was found out that every instance is true.
    pub true_epoch: Cell<u32>,
    /// What answers for its objects' attributes before anything is looked up.
    pub hooks: Cell<Option<AttributeHooks>>,
    /// Addresses of direct subclasses, as weak references.
    pub subclasses: RefCell<Vec<Value>>,
}

impl Class {
    /// A class without names, bases and instances so far, which whoever makes it fills in.
    pub fn new(uid: u32, type_id: TypeId, dict: Ref<Dict>, layout: Layout, flags: ClassFlags) -> Class {
        Class {
            uid,
            type_id: Cell::new(type_id),
            name: ValueCell::default(),
            qualname: ValueCell::default(),
            metaclass: ValueCell::default(),
            bases: ValueCell::default(),
            mro: ValueCell::default(),
            dict,
            layout,
            flags: Cell::new(flags),
            shapes: RefCell::default(),
            root_shape: Cell::new(0),
            root_slots: Cell::new(0),
            slot_hint: Cell::new(1),
            plan: Cell::new(Plan::General),
            plan_epoch: Cell::new(0),
            next: Cell::new(None),
            next_epoch: Cell::new(0),
            has_dict_items: Cell::new(false),
            items_epoch: Cell::new(0),
            true_epoch: Cell::new(0),
            hooks: Cell::new(None),
            subclasses: RefCell::default(),
        }
    }

    /// The class as text.
    pub fn name_text(&self) -> String {
        self.name.get().downcast::<Str>().map(|name| name.text.to_string()).unwrap_or_default()
    }

    /// Whether `other` is this class or one that it inherits from.
    #[inline]
    pub fn is_subclass_of(&self, other: &Class) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        self.mro.with(|mro| {
            mro.downcast::<Tuple>().is_some_and(|mro| {
                mro.items.iter().any(|base| base.downcast::<Class>().is_some_and(|base| std::ptr::eq(base, other)))
            })
        })
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let parts = [
            ("__name__", &self.name),
            ("__qualname__", &self.qualname),
            ("__class__", &self.metaclass),
            ("__bases__", &self.bases),
            ("__mro__", &self.mro),
        ];
        for (edge, cell) in parts {
            visit_cell(visit, Edge::Part(edge), cell);
        }
        visit_ref(visit, "__dict__", &self.dict);
        for shape in &self.shapes.borrow().0 {
            for name in shape.names.iter().filter(|name| name.is_object()) {
                visit(Edge::Part("attribute name"), name);
            }
        }
        for subclass in self.subclasses.borrow().iter() {
            visit(Edge::Part("__subclasses__"), subclass);
        }
    }
    pub(super) fn clear(&self) {
        self.mro.take();
        self.bases.take();
        let subclasses = self.subclasses.take();
        drop(subclasses);
        // The class of all classes is its own.
        if self.metaclass.with(|metaclass| metaclass.downcast::<Class>().is_some_and(|class| std::ptr::eq(class, self)))
        {
            self.metaclass.take();
        }
    }
    pub(super) fn extra_bytes(&self) -> usize {
        0
    }
}

/// An instance of a class: of a script's class, or of an exception class.
#[derive(Debug)]
#[repr(C)]
pub struct Instance {
    /// Its class.
    pub class: ValueCell,
    /// Which slot holds which attribute; 0 if a dict holds all but the declared ones, in the slot behind those.
    pub shape: Cell<ShapeId>,
    /// The payload, if the class has one, then the attributes.
    pub slots: GrowSlots,
}

impl Instance {
    /// The native object that an instance of a subclass of `list` and the like is, if it is one.
    #[inline(always)]
    pub fn payload(&self) -> Option<Value> {
        if self.has_payload() { Some(self.slots.get(0)) } else { None }
    }

    /// Whether the first slot is a payload.
    #[inline(always)]
    pub fn has_payload(&self) -> bool {
        self.class.with(|class| class.downcast::<Class>().is_some_and(|class| class.layout.has_payload()))
    }

    /// The slot of the dict, once the attributes are in one: behind the payload and the declared slots.
    pub fn dict_slot(&self) -> usize {
        self.class.with(|class| {
            class
                .downcast::<Class>()
                .map_or(0, |class| (class.root_slots.get() as usize).max(usize::from(class.layout.has_payload())))
        })
    }

    pub(super) fn traverse(&self, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        visit_cell(visit, Edge::Part("__class__"), &self.class);
        self.class.with(|class| {
            if let Some(class) = class.downcast::<Class>() {
                self.traverse_slots(class, visit);
            }
        });
    }

    fn traverse_slots(&self, class: &Class, visit: &mut dyn FnMut(Edge<'_>, &Value)) {
        let shapes = class.shapes.borrow();
        // Where a dict holds the attributes, the declared slots are still those of the first shape.
        let in_dict = self.shape.get() == 0;
        let shape = shapes.get(if in_dict { class.root_shape.get() } else { self.shape.get() });
        self.slots.visit(&mut |slot, value| {
            let name = shape.and_then(|shape| shape.names.get(slot)).and_then(|name| name.downcast::<Str>());
            match name {
                Some(name) => visit(Edge::Name(&name.text), value),
                None if slot == 0 && class.layout.has_payload() => visit(Edge::Part("contents"), value),
                None => visit(Edge::Part("__dict__"), value),
            }
        });
    }
    pub(super) fn clear(&self) {
        // The slots stay, so that the shape stays true; an exception's or list's payload is emptied where it is.
        for slot in usize::from(self.has_payload())..self.slots.len() {
            self.slots.set(slot, Value::EMPTY);
        }
        if let Some(payload) = self.payload()
            && let Some(header) = payload.header()
        {
            header.clear();
        }
    }
    pub(super) fn extra_bytes(&self) -> usize {
        self.slots.extra_bytes()
    }
}
