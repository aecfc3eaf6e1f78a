//! The classes of the runtime, and the class of every value.

use std::cell::{Cell, RefCell};

use linger_heap::{Heap, Object, Ref, Unpacked, Value, ValueCell, WeakRef};

use super::Vm;
use crate::objects::*;

macro_rules! classes {
    (
        plain { $($field:ident = $name:literal, $base:ident, $layout:ident;)* }
        exceptions { $($exception:ident = $exception_name:literal, $exception_base:ident;)* }
    ) => {
        /// The classes of the runtime.
        #[allow(missing_docs, reason = "each is the class of the name")]
        pub struct Classes {
            pub object: Ref<Class>,
            pub type_: Ref<Class>,
            $(pub $field: Ref<Class>,)*
            $(pub $exception: Ref<Class>,)*
        }

        impl Classes {
            fn new(maker: &mut Maker<'_>) -> Classes {
                let object = maker.class("object", Layout::Object);
                let type_ = maker.class("type", Layout::Type);
                $(let $field = maker.class($name, Layout::$layout);)*
                $(let $exception = maker.class($exception_name, Layout::Exception);)*
                Classes { object, type_, $($field,)* $($exception,)* }
            }

            /// Every class but `object`, with its base, bases first.
            fn with_bases(&self) -> Vec<(&Ref<Class>, &Ref<Class>)> {
                vec![(&self.type_, &self.object), $((&self.$field, &self.$base),)* $((&self.$exception, &self.$exception_base),)*]
            }

            /// Calls `visit` for every class.
            pub(crate) fn visit(&self, visit: &mut dyn FnMut(&Value)) {
                visit(&self.object.to_value());
                for (class, _) in self.with_bases() {
                    visit(&class.to_value());
                }
            }

            /// The exception classes, which are builtin names.
            pub fn exceptions(&self) -> Vec<&Ref<Class>> {
                vec![$(&self.$exception),*]
            }
        }
    };
}

classes! {
    plain {
        int = "int", object, Int;
        bool = "bool", int, Int;
        float = "float", object, Float;
        complex = "complex", object, Complex;
        str = "str", object, Str;
        bytes = "bytes", object, Bytes;
        bytearray = "bytearray", object, ByteArray;
        list = "list", object, List;
        tuple = "tuple", object, Tuple;
        dict = "dict", object, Dict;
        set = "set", object, Set;
        frozenset = "frozenset", object, FrozenSet;
        range = "range", object, Sealed;
        slice = "slice", object, Sealed;
        function = "function", object, Sealed;
        builtin_function = "builtin_function_or_method", object, Sealed;
        method_descriptor = "method_descriptor", object, Sealed;
        method_wrapper = "method-wrapper", object, Sealed;
        wrapper_descriptor = "wrapper_descriptor", object, Sealed;
        method = "method", object, Sealed;
        cell = "cell", object, Sealed;
        code = "code", object, Sealed;
        generator = "generator", object, Sealed;
        coroutine = "coroutine", object, Sealed;
        async_generator = "async_generator", object, Sealed;
        module = "module", object, Module;
        none_type = "NoneType", object, Sealed;
        not_implemented_type = "NotImplementedType", object, Sealed;
        ellipsis_type = "ellipsis", object, Sealed;
        property = "property", object, Property;
        staticmethod = "staticmethod", object, Wrapper;
        classmethod = "classmethod", object, Wrapper;
        super_ = "super", object, Native;
        member_descriptor = "member_descriptor", object, Sealed;
        getset_descriptor = "getset_descriptor", object, Sealed;
        weakref = "weakref", object, Opaque;
        mappingproxy = "mappingproxy", object, Sealed;
        dict_keys = "dict_keys", object, Sealed;
        dict_values = "dict_values", object, Sealed;
        dict_items = "dict_items", object, Sealed;
        traceback = "traceback", object, Sealed;
        // The order of the iterators' classes is that of `Iter::class_index`.
        list_iterator = "list_iterator", object, Sealed;
        list_reverseiterator = "list_reverseiterator", object, Sealed;
        tuple_iterator = "tuple_iterator", object, Sealed;
        str_iterator = "str_iterator", object, Sealed;
        bytes_iterator = "bytes_iterator", object, Sealed;
        range_iterator = "range_iterator", object, Sealed;
        longrange_iterator = "longrange_iterator", object, Sealed;
        dict_keyiterator = "dict_keyiterator", object, Sealed;
        dict_valueiterator = "dict_valueiterator", object, Sealed;
        dict_itemiterator = "dict_itemiterator", object, Sealed;
        dict_reversekeyiterator = "dict_reversekeyiterator", object, Sealed;
        set_iterator = "set_iterator", object, Sealed;
        iterator = "iterator", object, Sealed;
        reversed = "reversed", object, Opaque;
        callable_iterator = "callable_iterator", object, Sealed;
        enumerate = "enumerate", object, Opaque;
        zip = "zip", object, Opaque;
        map = "map", object, Opaque;
        filter = "filter", object, Opaque;
        str_ascii_iterator = "str_ascii_iterator", object, Sealed;
        bytearray_iterator = "bytearray_iterator", object, Sealed;
        dict_reverseitemiterator = "dict_reverseitemiterator", object, Sealed;
        dict_reversevalueiterator = "dict_reversevalueiterator", object, Sealed;
    }
    exceptions {
        base_exception = "BaseException", object;
        exception = "Exception", base_exception;
        system_exit = "SystemExit", base_exception;
        keyboard_interrupt = "KeyboardInterrupt", base_exception;
        generator_exit = "GeneratorExit", base_exception;
        base_exception_group = "BaseExceptionGroup", base_exception;
        exception_group = "ExceptionGroup", base_exception_group;
        arithmetic_error = "ArithmeticError", exception;
        floating_point_error = "FloatingPointError", arithmetic_error;
        overflow_error = "OverflowError", arithmetic_error;
        zero_division_error = "ZeroDivisionError", arithmetic_error;
        assertion_error = "AssertionError", exception;
        attribute_error = "AttributeError", exception;
        buffer_error = "BufferError", exception;
        eof_error = "EOFError", exception;
        import_error = "ImportError", exception;
        module_not_found_error = "ModuleNotFoundError", import_error;
        lookup_error = "LookupError", exception;
        index_error = "IndexError", lookup_error;
        key_error = "KeyError", lookup_error;
        memory_error = "MemoryError", exception;
        name_error = "NameError", exception;
        unbound_local_error = "UnboundLocalError", name_error;
        os_error = "OSError", exception;
        blocking_io_error = "BlockingIOError", os_error;
        child_process_error = "ChildProcessError", os_error;
        connection_error = "ConnectionError", os_error;
        broken_pipe_error = "BrokenPipeError", connection_error;
        connection_aborted_error = "ConnectionAbortedError", connection_error;
        connection_refused_error = "ConnectionRefusedError", connection_error;
        connection_reset_error = "ConnectionResetError", connection_error;
        file_exists_error = "FileExistsError", os_error;
        file_not_found_error = "FileNotFoundError", os_error;
        interrupted_error = "InterruptedError", os_error;
        is_a_directory_error = "IsADirectoryError", os_error;
        not_a_directory_error = "NotADirectoryError", os_error;
        permission_error = "PermissionError", os_error;
        process_lookup_error = "ProcessLookupError", os_error;
        timeout_error = "TimeoutError", os_error;
        reference_error = "ReferenceError", exception;
        runtime_error = "RuntimeError", exception;
        not_implemented_error = "NotImplementedError", runtime_error;
        recursion_error = "RecursionError", runtime_error;
        stop_iteration = "StopIteration", exception;
        stop_async_iteration = "StopAsyncIteration", exception;
        syntax_error = "SyntaxError", exception;
        indentation_error = "IndentationError", syntax_error;
        tab_error = "TabError", indentation_error;
        system_error = "SystemError", exception;
        type_error = "TypeError", exception;
        value_error = "ValueError", exception;
        unicode_error = "UnicodeError", value_error;
        unicode_decode_error = "UnicodeDecodeError", unicode_error;
        unicode_encode_error = "UnicodeEncodeError", unicode_error;
        unicode_translate_error = "UnicodeTranslateError", unicode_error;
        warning = "Warning", exception;
        bytes_warning = "BytesWarning", warning;
        deprecation_warning = "DeprecationWarning", warning;
        future_warning = "FutureWarning", warning;
        import_warning = "ImportWarning", warning;
        pending_deprecation_warning = "PendingDeprecationWarning", warning;
        resource_warning = "ResourceWarning", warning;
        runtime_warning = "RuntimeWarning", warning;
        syntax_warning = "SyntaxWarning", warning;
        unicode_warning = "UnicodeWarning", warning;
        user_warning = "UserWarning", warning;
        encoding_warning = "EncodingWarning", warning;
    }
}

/// Makes the first classes, before there is a machine.
struct Maker<'a> {
    heap: &'a Heap,
    next_uid: u32,
    names: Vec<(&'static str, Layout)>,
}

impl Maker<'_> {
    fn class(&mut self, name: &'static str, layout: Layout) -> Ref<Class> {
        self.next_uid += 1;
        self.names.push((name, layout));
        let dict = self.heap.alloc(self.heap.type_id("dict"), Dict::default());
        let flags = ClassFlags {
            builtin: true,
            no_dict: layout != Layout::Exception,
            is_final: layout == Layout::Sealed || name == "bool",
            no_weakref: matches!(
                layout,
                Layout::Int
                    | Layout::Float
                    | Layout::Complex
                    | Layout::Str
                    | Layout::Bytes
                    | Layout::List
                    | Layout::Tuple
                    | Layout::Dict
            ) || name == "object",
            ..ClassFlags::default()
        };
        let class = Class::new(self.next_uid, self.heap.type_id(name), dict, layout, flags);
        self.heap.alloc(self.heap.type_id("type"), class)
    }
}

/// What a machine starts from.
pub(super) struct Bootstrap {
    pub classes: Classes,
    pub builtins: Ref<Dict>,
    pub modules: Ref<Dict>,
    pub next_uid: u32,
}

impl Bootstrap {
    pub fn new(heap: &Heap) -> Bootstrap {
        let mut maker = Maker { heap, next_uid: 0, names: Vec::new() };
        let classes = Classes::new(&mut maker);
        let dict_type = heap.type_id("dict");
        Bootstrap {
            builtins: heap.alloc(dict_type, Dict::default()),
            modules: heap.alloc(dict_type, Dict::default()),
            next_uid: maker.next_uid,
            classes,
        }
    }
}

impl Vm {
    /// Gives the first classes their names, bases and shapes.
    pub(super) fn finish_types(&mut self) {
        let pairs: Vec<(Ref<Class>, Option<Ref<Class>>)> = std::iter::once((self.classes.object.clone(), None))
            .chain(self.classes.with_bases().into_iter().map(|(class, base)| (class.clone(), Some(base.clone()))))
            .collect();
        let builtins_name = self.intern("builtins");
        for (class, base) in pairs {
            let type_name = self.heap.type_name(class.type_id.get()).to_string();
            let name = self.intern(&type_name);
            class.name.set(name.clone());
            class.qualname.set(name);
            class.metaclass.set(self.classes.type_.to_value());
            let mut mro = vec![class.to_value()];
            if let Some(base) = &base {
                class.bases.set(self.tuple(vec![base.to_value()]));
                if let Some(rest) = base.mro.get().downcast::<Tuple>() {
                    mro.extend(rest.items.iter().cloned());
                }
                self.add_subclass(base, &class);
            } else {
                class.bases.set(self.tuple(Vec::new()));
            }
            class.mro.set(self.tuple(mro));
            self.set_root_shape(&class, Vec::new());
            let module_name = self.special_name(Special::Module).clone();
            self.class_dict_set(&class, &module_name, builtins_name.clone());
        }
        for class in [&self.classes.dict, &self.classes.mappingproxy] {
            class.flags.set(ClassFlags { is_mapping: true, ..class.flags.get() });
        }
        for class in [&self.classes.list, &self.classes.tuple, &self.classes.range] {
            class.flags.set(ClassFlags { is_sequence: true, ..class.flags.get() });
        }
        self.classes.bool.flags.set(ClassFlags { is_final: true, ..self.classes.bool.flags.get() });
    }

    /// Remembers a subclass without keeping it alive.
    pub(crate) fn add_subclass(&mut self, base: &Ref<Class>, class: &Ref<Class>) {
        let type_id = self.classes.weakref.type_id.get();
        if let Some(weak) = self.heap.weak_ref(type_id, &class.to_value(), Value::EMPTY) {
            let mut subclasses = base.subclasses.borrow_mut();
            subclasses.retain(|weak| weak.downcast::<WeakRef>().is_some_and(|weak| !weak.is_dead()));
            weak.header().set_tracked(false);
            subclasses.push(weak.into_value());
        }
    }

    /// The class of a value.
    #[inline]
    pub fn class_of(&self, value: &Value) -> Ref<Class> {
        self.class_ref(value).into_owned()
    }

    /// The class of a value, borrowed from the machine or made by counting.
    #[inline]
    pub(crate) fn class_ref(&self, value: &Value) -> std::borrow::Cow<'_, RefClass> {
        let classes = &self.classes;
        let class = match value.unpack() {
            Unpacked::Int(_) => &classes.int,
            Unpacked::Float(_) => &classes.float,
            Unpacked::Bool(_) => &classes.bool,
            Unpacked::None | Unpacked::Empty => &classes.none_type,
            Unpacked::NotImplemented => &classes.not_implemented_type,
            Unpacked::Ellipsis => &classes.ellipsis_type,
            Unpacked::Object(header) => {
                let kind = header.kind();
                if kind == Instance::KIND {
                    let class =
                        value.downcast::<Instance>().and_then(|instance| instance.class.get().to_ref::<Class>());
                    return std::borrow::Cow::Owned(class.unwrap_or_else(|| classes.object.clone()));
                }
                return self.class_of_kind(value, kind);
            }
        };
        std::borrow::Cow::Borrowed(class)
    }

    fn class_of_kind(&self, value: &Value, kind: linger_heap::Kind) -> std::borrow::Cow<'_, RefClass> {
        let classes = &self.classes;
        let owned =
            |class: Option<Ref<Class>>| std::borrow::Cow::Owned(class.unwrap_or_else(|| classes.object.clone()));
        let class = match kind {
            Str::KIND => &classes.str,
            BigInt::KIND => &classes.int,
            Complex::KIND => &classes.complex,
            Bytes::KIND => &classes.bytes,
            ByteArray::KIND => &classes.bytearray,
            List::KIND => &classes.list,
            Tuple::KIND => &classes.tuple,
            Dict::KIND => &classes.dict,
            Set::KIND => match value.downcast::<Set>() {
                Some(set) if set.frozen => &classes.frozenset,
                _ => &classes.set,
            },
            Range::KIND => &classes.range,
            Slice::KIND => &classes.slice,
            crate::objects::Cell::KIND => &classes.cell,
            Function::KIND => &classes.function,
            Code::KIND => &classes.code,
            BoundMethod::KIND => &classes.method,
            Native::KIND => match value.downcast::<Native>() {
                Some(native) if native.is_getter() => &classes.getset_descriptor,
                Some(native) if native.is_method() && native.is_slot() => &classes.wrapper_descriptor,
                Some(native) if native.is_method() => &classes.method_descriptor,
                Some(native) if native.binds && native.is_slot() => &classes.method_wrapper,
                _ => &classes.builtin_function,
            },
            Class::KIND => {
                return owned(value.downcast::<Class>().and_then(|class| class.metaclass.get().to_ref::<Class>()));
            }
            Generator::KIND => match value.downcast::<Generator>().map(|generator| generator.kind) {
                Some(GeneratorKind::Coroutine) => &classes.coroutine,
                Some(GeneratorKind::AsyncGenerator) => &classes.async_generator,
                _ => &classes.generator,
            },
            Module::KIND => &classes.module,
            Iter::KIND => self.iterator_class(value.downcast::<Iter>().map_or(0, |iter| iter.class_index.get())),
            Property::KIND => &classes.property,
            Wrapper::KIND => match value.downcast::<Wrapper>().map(|wrapper| wrapper.kind) {
                Some(WrapperKind::Static) => &classes.staticmethod,
                _ => &classes.classmethod,
            },
            SlotMember::KIND => match value.header().map(linger_heap::Header::type_id) {
                Some(id) if id == classes.getset_descriptor.type_id.get() => &classes.getset_descriptor,
                _ => &classes.member_descriptor,
            },
            Super::KIND => &classes.super_,
            DictView::KIND => match value.downcast::<DictView>().map(|view| view.kind) {
                Some(ViewKind::Keys) => &classes.dict_keys,
                Some(ViewKind::Values) => &classes.dict_values,
                Some(ViewKind::Items) => &classes.dict_items,
                _ => &classes.mappingproxy,
            },
            Traceback::KIND => &classes.traceback,
            NativeObject::KIND => return owned(value.downcast::<NativeObject>().map(|native| native.class.clone())),
            WeakRef::KIND => &classes.weakref,
            _ => &classes.object,
        };
        std::borrow::Cow::Borrowed(class)
    }

    /// The class of an iterator by its number.
    pub(crate) fn iterator_class(&self, index: u8) -> &Ref<Class> {
        let classes = &self.classes;
        let table = [
            &classes.list_iterator,
            &classes.list_reverseiterator,
            &classes.tuple_iterator,
            &classes.str_iterator,
            &classes.bytes_iterator,
            &classes.range_iterator,
            &classes.longrange_iterator,
            &classes.dict_keyiterator,
            &classes.dict_valueiterator,
            &classes.dict_itemiterator,
            &classes.dict_reversekeyiterator,
            &classes.set_iterator,
            &classes.iterator,
            &classes.reversed,
            &classes.callable_iterator,
            &classes.enumerate,
            &classes.zip,
            &classes.map,
            &classes.filter,
            &classes.str_ascii_iterator,
            &classes.bytearray_iterator,
            &classes.dict_reverseitemiterator,
            &classes.dict_reversevalueiterator,
        ];
        table.get(index as usize).copied().unwrap_or(&classes.iterator)
    }

    /// An iterator of the runtime.
    pub(crate) fn iterator(&self, state: IterState) -> Value {
        let class_index = match &state {
            IterState::Done | IterState::List(..) => 0,
            IterState::ListReversed(..) => 1,
            IterState::Tuple(..) => 2,
            IterState::Str(text, _) if text.downcast::<Str>().is_some_and(Str::is_ascii) => 19,
            IterState::Str(..) => 3,
            IterState::Bytes(bytes, _) if bytes.is_kind::<ByteArray>() => 20,
            IterState::Bytes(..) => 4,
            IterState::Range(..) => 5,
            IterState::BigRange(..) => 6,
            IterState::DictKeys(..) => 7,
            IterState::DictValues(..) => 8,
            IterState::DictItems(..) => 9,
            IterState::DictReversed(_, _, _, 2) => 21,
            IterState::DictReversed(_, _, _, 1) => 22,
            IterState::DictReversed(..) => 10,
            IterState::Set(..) => 11,
            IterState::Sequence(..) => 12,
            IterState::SequenceReversed(..) => 13,
            IterState::Call(..) => 14,
            IterState::Enumerate(..) => 15,
            IterState::ZipTwo { .. } | IterState::Zip(..) => 16,
            IterState::Map(..) => 17,
            IterState::Filter(..) => 18,
        };
        let class = self.iterator_class(class_index);
        let feed = super::iterator_steps::feed_of(&state);
        let shows = Cell::new(super::iterator_steps::only_shows(&state));
        let (class_index, owner) = (Cell::new(class_index), ValueCell::default());
        let iter = Iter { state: RefCell::new(state), feed, shows, class_index, owner };
        self.heap.alloc(class.type_id.get(), iter).into_value()
    }

    /// The name of a value's class.
    pub fn type_name(&self, value: &Value) -> String {
        self.class_of(value).name_text()
    }

    /// Whether the class of `value` is `class` or inherits from it.
    #[inline]
    pub fn is_instance(&self, value: &Value, class: &Class) -> bool {
        self.class_ref(value).is_subclass_of(class)
    }

    /// Whether a script (or a module of the runtime) may have defined methods for the value.
    #[inline]
    pub(crate) fn has_script_class(&self, value: &Value) -> bool {
        value.is_kind::<Instance>()
            || value.is_kind::<NativeObject>()
            || value.is_kind::<Class>()
            || value.is_kind::<WeakRef>()
    }
}

/// A counted reference to a class, by a name that `Cow` can borrow.
pub(crate) type RefClass = Ref<Class>;
