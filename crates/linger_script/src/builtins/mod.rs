//! The builtin types and functions: what scripts find without importing anything.
//!
//! Each file is one type, or one group of functions, as tables of names and functions; this file puts them where they belong.

mod arity;
mod async_generator;
mod bool_type;
pub(crate) mod buffers;
mod bytearray_type;
mod bytes_case;
mod bytes_search;
pub(crate) mod bytes_type;
pub(crate) mod checks;
mod class_type;
mod code_type;
mod codecs;
mod complex_type;
mod descriptors;
mod dict_type;
mod dict_views;
pub(crate) mod dunders;
mod exception_fields;
mod exception_group;
mod exception_type;
mod float_type;
mod frames;
mod function_type;
mod functions;
mod generator_type;
mod generic_alias;
mod int_bytes;
mod int_type;
mod iterator_state;
mod iterators;
mod list_sort;
mod list_type;
mod memory_view;
mod mine;
mod module_type;
mod number_dunders;
mod object_type;
mod percent;
mod range_type;
mod reduce;
mod set_algebra;
mod set_type;
mod slice_type;
mod text_format;
mod text_search;
mod text_type;
mod tuple_type;
mod unicode_errors;

pub(crate) use class_type::claims_class;
pub(crate) use dict_type::{merge as merge_mapping, plain_dict};
pub(crate) use exception_group::combine as combine_exceptions;
pub(crate) use frames::frame_record;
pub(crate) use generator_type::waiting_at;
pub(crate) use generic_alias::make as generic_alias_of;
pub(crate) use list_type::{fill as extend_list, make as make_list};
pub(crate) use set_algebra::{add_all as set_add_all, is_subset, operator as set_operator};

use linger_heap::{Ref, Value};

use crate::objects::*;
use crate::vm::Vm;

type Table = &'static [(&'static str, NativeFn)];

/// Which of the functions that the machine knows this is.
pub(crate) fn quick(function: NativeFn) -> Quick {
    let known = [
        (functions::LEN, Quick::Len),
        (functions::IS_INSTANCE, Quick::IsInstance),
        (list_type::APPEND, Quick::Append),
        (functions::NEXT, Quick::Next),
        (generator_type::SEND, Quick::Send),
    ];
    let found = known.into_iter().find(|(known, _)| std::ptr::fn_addr_eq(*known, function));
    found.map_or(Quick::No, |(_, quick)| quick)
}

/// Gives the classes of the runtime their methods, and `builtins` its names.
pub(crate) fn install(vm: &mut Vm) {
    let classes = [
        (vm.classes.str.clone(), text_type::METHODS, &[] as Table, &[] as Table, text_type::STATIC),
        (vm.classes.bytes.clone(), bytes_type::METHODS, &[], bytes_type::CLASS, bytes_type::STATIC),
        (vm.classes.bytearray.clone(), bytearray_type::METHODS, &[], bytearray_type::CLASS, bytearray_type::STATIC),
        (vm.classes.int.clone(), int_type::METHODS, int_type::GETTERS, int_type::CLASS, &[]),
        (vm.classes.bool.clone(), bool_type::METHODS, &[], &[], &[]),
        (vm.classes.float.clone(), float_type::METHODS, float_type::GETTERS, float_type::CLASS, &[]),
        (vm.classes.complex.clone(), complex_type::METHODS, complex_type::GETTERS, &[], &[]),
        (vm.classes.weakref.clone(), crate::modules::weakref::METHODS, crate::modules::weakref::GETTERS, &[], &[]),
    ];
    for (class, methods, getters, class_methods, static_methods) in classes {
        vm.add_methods(&class, methods, getters);
        add_wrapped(vm, &class, class_methods, WrapperKind::Class);
        add_wrapped(vm, &class, static_methods, WrapperKind::Static);
    }
    let module = vm.new_module("builtins");
    if let Some(body) = module.downcast::<Module>() {
        // The names are those of the dict that code looks in.
        let names = body.dict.clone();
        let builtins = vm.builtins.clone();
        let _ = vm.dict_update(&builtins, &names);
    }
    let module = {
        let class = vm.classes.module.clone();
        let dict = vm.builtins.clone();
        vm.object(&class, Module { dict }).into_value()
    };
    vm.remember_module("builtins", module);
    add_classes(vm);
    add_constants(vm);
    mine::install(vm);
    let build = vm.native_function("builtins", "__build_class__", |vm, args| vm.build_class(args));
    let names = vm.builtins.clone();
    vm.dict_set_str(&names, "__build_class__", build);
}

/// Adds class methods or static methods to a class of the runtime.
pub(crate) fn add_wrapped(vm: &mut Vm, class: &Ref<Class>, table: &[(&'static str, NativeFn)], kind: WrapperKind) {
    for (name, function) in table {
        let native = vm.native_function("", name, *function);
        let row =
            if kind == WrapperKind::Static { vm.classes.staticmethod.clone() } else { vm.classes.classmethod.clone() };
        let wrapper = vm.object(&row, Wrapper::new(kind, native)).into_value();
        let name = vm.intern(name);
        vm.class_dict_set(class, &name, wrapper);
    }
}

fn add_classes(vm: &mut Vm) {
    let classes = &vm.classes;
    let mut named: Vec<Ref<Class>> = [
        &classes.object,
        &classes.type_,
        &classes.int,
        &classes.bool,
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
        &classes.range,
        &classes.slice,
        &classes.property,
        &classes.staticmethod,
        &classes.classmethod,
        &classes.super_,
        &classes.reversed,
        &classes.enumerate,
        &classes.zip,
        &classes.map,
        &classes.filter,
    ]
    .into_iter()
    .cloned()
    .collect();
    named.extend(classes.exceptions().into_iter().cloned());
    let builtins = vm.builtins.clone();
    for class in named {
        let name = class.name_text();
        vm.dict_set_str(&builtins, &name, class.to_value());
    }
    let class = memory_view::class(vm);
    vm.dict_set_str(&builtins, "memoryview", class.into_value());
    for alias in ["IOError", "EnvironmentError"] {
        let class = vm.classes.os_error.to_value();
        vm.dict_set_str(&builtins, alias, class);
    }
}

fn add_constants(vm: &mut Vm) {
    let builtins = vm.builtins.clone();
    let constants =
        [("NotImplemented", Value::NOT_IMPLEMENTED), ("Ellipsis", Value::ELLIPSIS), ("__debug__", Value::TRUE)];
    for (name, value) in constants {
        vm.dict_set_str(&builtins, name, value);
    }
}

/// The members of a union of types (`int | None`), if it is one.
pub(crate) fn union_members(vm: &mut Vm, value: &Value) -> Option<Vec<Value>> {
    let _ = vm;
    generic_alias::union_members(value)
}
