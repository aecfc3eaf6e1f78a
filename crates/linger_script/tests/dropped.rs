//! A machine that is dropped gives its heap back, whatever its scripts left behind.

use linger_heap::leaked_heaps;
use linger_script::{Vm, VmConfig};

fn run_and_drop(source: &str) {
    let before = leaked_heaps();
    let mut vm = Vm::new(VmConfig { allow_exec: true, ..VmConfig::default() });
    vm.set_output(Box::new(|_| {}));
    vm.set_error_output(Box::new(|_| {}));
    let _ = vm.load_module("__main__", "main.py", source);
    vm.finish();
    drop(vm);
    assert_eq!(leaked_heaps(), before, "the heap stays after: {source}");
}

#[test]
fn nothing_stays_of_an_empty_script() {
    run_and_drop("");
}

#[test]
fn nothing_stays_of_classes_and_metaclasses() {
    run_and_drop(
        "class M(type): pass\nclass A(metaclass=M):\n    __slots__ = ('a',)\nclass B(A): pass\nb = B()\nb.a = b",
    );
    run_and_drop("M = type('M', (type,), {})\nM.__class__ = M\nclass A(metaclass=M): pass");
}

#[test]
fn nothing_stays_of_modules_caches_and_errors() {
    run_and_drop(
        "import functools, collections, enum, dataclasses, re, json, weakref, typing, random\n\
         @functools.lru_cache\ndef f(x): return x\nf(f)\n\
         g = (i for i in range(3)); next(g)\n\
         try: 1 / 0\nexcept Exception as e: kept = e\n\
         class Color(enum.Enum): RED = 1\nexec('x = 1')\nraise KeyError(kept)",
    );
}
