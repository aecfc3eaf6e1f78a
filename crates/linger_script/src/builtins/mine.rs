//! Gives the containers, callables, iterators, exceptions, `object` and `type` their methods, and fills in the builtin functions.

use linger_heap::{Ref, Value};

use super::{
    async_generator, class_type, code_type, descriptors, dict_type, dict_views, exception_fields, exception_group,
    exception_type, frames, function_type, functions, generator_type, iterator_state, iterators, list_type,
    module_type, object_type, range_type, set_type, slice_type, text_format, tuple_type, unicode_errors,
};
use crate::objects::{Class, NativeFn, Wrapper, WrapperKind};
use crate::vm::Vm;

type Table = &'static [(&'static str, NativeFn)];

/// A class, and the tables of its methods and of its attributes.
fn add(vm: &mut Vm, class: &Ref<Class>, methods: &[Table], getters: &[Table]) {
    for table in methods {
        vm.add_methods(class, table, &[]);
    }
    for table in getters {
        vm.add_methods(class, &[], table);
    }
}

/// Methods that take the class first.
fn add_class_methods(vm: &mut Vm, class: &Ref<Class>, table: Table) {
    for (name, function) in table {
        let function = vm.native_function("", name, *function);
        let wrapper = Wrapper::new(WrapperKind::Class, function);
        let wrapper = vm.object(&vm.classes.classmethod, wrapper).into_value();
        let name = vm.intern(name);
        vm.class_dict_set(class, &name, wrapper);
    }
}

macro_rules! install {
    ($vm:ident; $($class:ident: [$($methods:expr),*], [$($getters:expr),*];)*) => {
        $({
            let class = $vm.classes.$class.clone();
            add($vm, &class, &[$($methods),*], &[$($getters),*]);
        })*
    };
}

/// Installs everything.
pub(super) fn install(vm: &mut Vm) {
    install_containers(vm);
    install_callables(vm);
    install_exceptions(vm);
    describe(vm, &vm.classes.object.clone());
    for table in functions::TABLES {
        for (name, function) in *table {
            let function = vm.native_function("", name, *function);
            let builtins = vm.builtins.clone();
            vm.dict_set_str(&builtins, name, function);
        }
    }
}

/// Gives every class of the runtime a docstring that says what it is.
fn describe(vm: &mut Vm, class: &Ref<Class>) {
    let name = vm.special_name(crate::objects::Special::Doc).clone();
    if vm.dict_get_name(&class.dict, &name).is_none() {
        // Of these CPython says nothing either.
        let silent = ["NoneType", "NotImplementedType", "ellipsis"].contains(&class.name_text().as_str());
        let text = match silent {
            true => Value::NONE,
            false => vm.str(&format!("The class {} of the runtime.", class.name_text())),
        };
        vm.class_dict_set(class, &name, text);
    }
    let subclasses = class.subclasses.borrow().clone();
    for weak in subclasses {
        let subclass = weak.downcast::<linger_heap::WeakRef>().map(|weak| vm.heap.upgrade(weak));
        if let Some(subclass) = subclass.and_then(|subclass| subclass.to_ref::<Class>()) {
            describe(vm, &subclass);
        }
    }
}

fn install_containers(vm: &mut Vm) {
    install! { vm;
        list: [list_type::METHODS], [];
        tuple: [tuple_type::METHODS], [];
        dict: [dict_type::METHODS], [];
        set: [set_type::SHARED_METHODS, set_type::METHODS], [];
        frozenset: [set_type::SHARED_METHODS, set_type::FROZEN_METHODS], [];
        range: [range_type::METHODS], [range_type::GETTERS];
        slice: [slice_type::METHODS], [slice_type::GETTERS];
        dict_keys: [dict_views::SHARED_METHODS, dict_views::SET_METHODS], [dict_views::GETTERS];
        dict_items: [dict_views::SHARED_METHODS, dict_views::SET_METHODS], [dict_views::GETTERS];
        dict_values: [dict_views::SHARED_METHODS], [dict_views::GETTERS];
        mappingproxy: [dict_views::PROXY_METHODS], [];
        enumerate: [iterators::ENUMERATE], [];
        zip: [iterators::ZIP], [];
        map: [iterators::MAP], [];
        filter: [iterators::FILTER], [];
        reversed: [iterators::REVERSED], [];
    }
    let classes = &vm.classes;
    let values = [
        &classes.int,
        &classes.float,
        &classes.complex,
        &classes.str,
        &classes.bytes,
        &classes.bytearray,
        &classes.list,
        &classes.tuple,
        &classes.dict,
        &classes.set,
        &classes.frozenset,
    ];
    for class in values.map(Ref::clone) {
        add(vm, &class, &[&object_type::ATTRIBUTES[..1]], &[]);
    }
    for index in 0..=iterators::LAST_CLASS {
        let class = vm.iterator_class(index).clone();
        add(vm, &class, &[iterators::METHODS, iterator_state::REDUCE], &[]);
        if iterators::has_hint(index) {
            add(vm, &class, &[iterator_state::HINT], &[]);
        }
        if iterators::has_place(index) {
            add(vm, &class, &[iterator_state::SET_STATE], &[]);
        }
    }
    for (class, table) in [
        (vm.classes.list.clone(), list_type::CLASS),
        (vm.classes.tuple.clone(), tuple_type::CLASS),
        (vm.classes.dict.clone(), dict_type::CLASS),
        (vm.classes.set.clone(), set_type::CLASS),
        (vm.classes.frozenset.clone(), set_type::CLASS),
    ] {
        add_class_methods(vm, &class, table);
    }
}

fn install_callables(vm: &mut Vm) {
    install! { vm;
        object: [object_type::METHODS], [object_type::GETTERS];
        type_: [class_type::METHODS], [class_type::GETTERS];
        function: [function_type::FUNCTION], [function_type::FUNCTION_GETTERS];
        method: [function_type::METHOD], [function_type::METHOD_GETTERS];
        builtin_function: [function_type::NATIVE], [function_type::NATIVE_GETTERS];
        method_descriptor: [function_type::NATIVE], [function_type::NATIVE_GETTERS];
        method_wrapper: [function_type::NATIVE], [function_type::NATIVE_GETTERS];
        wrapper_descriptor: [function_type::NATIVE], [function_type::NATIVE_GETTERS];
        cell: [code_type::CELL], [code_type::CELL_GETTERS];
        code: [code_type::CODE], [code_type::CODE_GETTERS];
        property: [descriptors::PROPERTY], [descriptors::PROPERTY_GETTERS];
        staticmethod: [descriptors::STATICMETHOD], [descriptors::WRAPPER_GETTERS];
        classmethod: [descriptors::CLASSMETHOD], [descriptors::WRAPPER_GETTERS];
        super_: [descriptors::SUPER], [descriptors::SUPER_GETTERS];
        member_descriptor: [descriptors::MEMBER], [descriptors::MEMBER_GETTERS];
        getset_descriptor: [descriptors::MEMBER], [descriptors::MEMBER_GETTERS];
        generator: [generator_type::GENERATOR, generator_type::SHARED],
            [generator_type::SHARED_GETTERS, generator_type::GENERATOR_GETTERS];
        coroutine: [generator_type::COROUTINE, generator_type::SHARED],
            [generator_type::SHARED_GETTERS, generator_type::COROUTINE_GETTERS];
        async_generator: [async_generator::METHODS, generator_type::NAMED],
            [generator_type::SHARED_GETTERS, generator_type::ASYNC_GETTERS];
        traceback: [frames::TRACEBACK], [frames::TRACEBACK_GETTERS];
        module: [module_type::METHODS], [module_type::GETTERS];
        none_type: [&[
            ("__new__", object_type::new_none),
            ("__repr__", text_format::repr_method),
            ("__bool__", |vm, args| super::checks::special_takes(vm, &args, 0).map(|_| Value::FALSE)),
        ]], [];
        ellipsis_type: [&[("__new__", object_type::new_ellipsis), ("__repr__", text_format::repr_method)]], [];
        not_implemented_type: [&[("__new__", object_type::new_not_implemented), ("__repr__", text_format::repr_method)]], [];
    }
    for (class, table) in [
        (vm.classes.object.clone(), object_type::CLASS),
        (vm.classes.type_.clone(), class_type::CLASS),
        (vm.classes.generator.clone(), generator_type::CLASS),
        (vm.classes.async_generator.clone(), generator_type::CLASS),
    ] {
        add_class_methods(vm, &class, table);
    }
    let method = vm.classes.method.clone();
    vm.refresh_flags(&method);
    // Hashing these raises an error, which a script sees as a class without `__hash__`.
    let unhashable = [&vm.classes.list, &vm.classes.dict, &vm.classes.set, &vm.classes.slice, &vm.classes.bytearray];
    for class in unhashable.map(Ref::clone) {
        let name = vm.special_name(crate::objects::Special::Hash).clone();
        vm.class_dict_set(&class, &name, Value::NONE);
    }
}

fn install_exceptions(vm: &mut Vm) {
    exception_group::add_second_base(vm);
    install! { vm;
        base_exception: [exception_type::METHODS, object_type::ATTRIBUTES], [exception_type::GETTERS];
        key_error: [exception_type::KEY_ERROR], [];
        stop_iteration: [exception_type::STOP_ITERATION], [exception_type::STOP_ITERATION_GETTERS];
        system_exit: [exception_type::SYSTEM_EXIT], [exception_type::SYSTEM_EXIT_GETTERS];
        os_error: [exception_fields::OS_ERROR], [exception_fields::OS_ERROR_GETTERS];
        import_error: [exception_fields::IMPORT_ERROR], [exception_fields::IMPORT_ERROR_GETTERS];
        attribute_error: [exception_fields::ATTRIBUTE_ERROR], [exception_fields::ATTRIBUTE_ERROR_GETTERS];
        name_error: [exception_fields::NAME_ERROR], [exception_fields::NAME_ERROR_GETTERS];
        syntax_error: [exception_fields::SYNTAX_ERROR], [exception_fields::SYNTAX_ERROR_GETTERS];
        unicode_decode_error: [exception_fields::CODING_ERROR, unicode_errors::CODING_ERROR], [exception_fields::CODING_ERROR_GETTERS];
        unicode_encode_error: [exception_fields::CODING_ERROR, unicode_errors::CODING_ERROR], [exception_fields::CODING_ERROR_GETTERS];
        unicode_translate_error: [exception_fields::TRANSLATE_ERROR, unicode_errors::TRANSLATE_ERROR], [exception_fields::TRANSLATE_ERROR_GETTERS];
        base_exception_group: [exception_group::METHODS], [exception_group::GETTERS];
    }
    let class = vm.classes.base_exception_group.clone();
    add_class_methods(vm, &class, exception_group::CLASS);
}
