//! What the virtual machine takes for one thing at a time: calls, attributes, closures, generators, containers, text.
//!
//! Each program is a module whose `run()` does its thing [`TIMES`] times, called from the host. Knows nothing of other
//! runtimes: whole programs are compared with those from a shell, see docs/benchmarks.md.

#![allow(missing_docs, reason = "criterion makes a public function for each group")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use linger_heap::Value;
use linger_script::{Vm, VmConfig};

/// How often each program does its thing in one call of `run`.
const TIMES: u64 = 1_000;

/// A name, what stands before `run`, what `run` does first, and what it does again and again.
type Program = (&'static str, &'static str, &'static str, &'static str);

const CALLS: &[Program] = &[
    ("empty_loop", "", "", "pass"),
    ("function", "def f(a, b):\n    return a\n", "", "f(step, 2)"),
    ("function_by_keyword", "def f(a, *, b=1):\n    return a\n", "", "f(step, b=2)"),
    ("function_of_any_arguments", "def f(*args, **more):\n    return args\n", "", "f(step, 2, k=3)"),
    ("recursive", "def f(n):\n    return n if n < 1 else f(n - 1)\n", "", "f(10)"),
    ("builtin", "", "", "len(TEXT)"),
    (
        "closure",
        "def make():\n    n = 0\n    def add(by):\n        nonlocal n\n        n += by\n        return n\n    return add\n",
        "add = make()",
        "add(1)",
    ),
    ("closure_made", "def make(n):\n    def get():\n        return n\n    return get\n", "", "make(step)"),
    (
        "exception_caught",
        "",
        "",
        "try:\n            raise ValueError('no')\n        except ValueError:\n            pass",
    ),
];

const CLASSES: &[Program] = &[
    ("attribute_read", THING, "thing = Thing()", "thing.x"),
    ("attribute_written", THING, "thing = Thing()", "thing.x = step"),
    ("slot_read", "class Thing:\n    __slots__ = ('x',)\n", "thing = Thing(); thing.x = 1", "thing.x"),
    ("method", THING, "thing = Thing()", "thing.get()"),
    ("method_of_the_base", THING, "thing = Derived()", "thing.get()"),
    ("method_by_super", THING, "thing = Derived()", "thing.get_by_super()"),
    ("property", THING, "thing = Thing()", "thing.twice"),
    ("operator_of_a_class", THING, "thing = Thing()", "thing + thing"),
    ("instance_made", THING, "", "Thing()"),
    ("instances_in_a_cycle", THING, "", "thing = Thing(); thing.x = Thing(); thing.x.x = thing; thing.x = None"),
];

const THING: &str = "
class Thing:
    def __init__(self):
        self.x = 1
    def get(self):
        return self.x
    @property
    def twice(self):
        return self.x
    def __add__(self, other):
        return self.x

class Derived(Thing):
    def get_by_super(self):
        return super().get()
";

const GENERATORS: &[Program] = &[
    ("next", "def count():\n    while True:\n        yield 1\n", "numbers = count()", "next(numbers)"),
    ("drained", "def count(n):\n    for i in range(n):\n        yield i\n", "", "for _ in count(10): pass"),
    (
        "yield_from",
        "def inner():\n    while True:\n        yield 1\ndef outer():\n    yield from inner()\n",
        "numbers = outer()",
        "next(numbers)",
    ),
    ("expression", "", "", "sum(i for i in ROW)"),
];

const CONTAINERS: &[Program] = &[
    ("tuple_made", "", "", "(step, TEXT)"),
    ("tuple_unpacked", "", "pair = (1, 2)", "a, b = pair"),
    ("list_made", "", "", "[step, TEXT, None]"),
    ("list_appended_and_popped", "", "items = []", "items.append(step); items.pop()"),
    ("list_read_and_written", "", "items = list(ROW)", "items[3] = items[4]"),
    ("list_iterated", "", "", "for _ in ROW: pass"),
    ("list_comprehension", "", "", "[i + 1 for i in ROW]"),
    ("list_sorted", "", "", "sorted(ROW)"),
    ("dict_made", "", "", "{'x': step, 'y': 2}"),
    ("dict_read", "", "of = dict.fromkeys(range(100))", "of[step % 100]"),
    ("dict_read_by_text", "", "of = {'name': 1, 'size': 2}", "of['size']"),
    ("dict_written", "", "of = {}", "of[step % 100] = step"),
    ("dict_items_iterated", "", "of = dict.fromkeys(range(10))", "for key, value in of.items(): pass"),
    ("set_looked_into", "", "known = set(range(100))", "step in known"),
];

const TEXTS_AND_NUMBERS: &[Program] = &[
    ("f_string", "", "", "f'{step}: {TEXT}'"),
    ("join", "", "parts = ['position'] * 10", "','.join(parts)"),
    ("concatenated", "", "text = ''", "text += 'x'"),
    ("compared", "", "other = 'posi' + 'tion'", "TEXT == other"),
    ("split", "", "", "'a b c d'.split()"),
    ("int_added", "", "total = 0", "total += step"),
    ("float_multiplied", "", "x = 1.5", "x * 1.25 + step"),
    ("int_of_200_bits", "", "big = 3 ** 126", "big * big"),
];

/// A machine with the program's module in it, which was called once.
fn ready(&(name, before, first, again): &Program) -> (Vm, Value) {
    let mut vm = Vm::new(VmConfig::default());
    let source = format!(
        "TEXT = 'position'\nROW = list(range(10))\n{before}\ndef run():\n    {first}\n    for step in range({TIMES}):\n        {again}\n    return 'done'\n",
        first = if first.is_empty() { "pass" } else { first },
    );
    let module = vm
        .load_module(name, &format!("{name}.py"), &source)
        .unwrap_or_else(|error| panic!("{name} does not load: {}", error.traceback));
    let result = call(&mut vm, &module);
    assert_eq!(vm.text_of(&result).map(|text| text.text.to_string()).as_deref(), Some("done"), "{name} was cut short");
    (vm, module)
}

fn call(vm: &mut Vm, module: &Value) -> Value {
    match vm.call_function(module, "run", &[]) {
        Ok(result) => result.expect("the module has `run`"),
        Err(error) => panic!("{}", error.traceback),
    }
}

fn programs(criterion: &mut Criterion, title: &str, programs: &[Program]) {
    let mut group = criterion.benchmark_group(title);
    group.throughput(Throughput::Elements(TIMES));
    for program in programs {
        let (mut vm, module) = ready(program);
        group.bench_function(program.0, |bencher| bencher.iter(|| call(&mut vm, &module)));
    }
    group.finish();
}

fn all_programs(criterion: &mut Criterion) {
    programs(criterion, "script_calls", CALLS);
    programs(criterion, "script_classes", CLASSES);
    programs(criterion, "script_generators", GENERATORS);
    programs(criterion, "script_containers", CONTAINERS);
    programs(criterion, "script_texts_and_numbers", TEXTS_AND_NUMBERS);
}

/// What the host pays: to start a machine, to load a script, to call a function that does nothing, to be called.
fn host(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("script_host");
    group.bench_function("start", |bencher| {
        bencher.iter_with_large_drop(|| Vm::new(VmConfig::default()));
    });
    group.bench_function("load_module", |bencher| {
        bencher.iter_batched(
            || Vm::new(VmConfig::default()),
            |mut vm| {
                let module = vm.load_module("thing", "thing.py", THING);
                (module, vm)
            },
            BatchSize::SmallInput,
        );
    });
    let mut vm = Vm::new(VmConfig::default());
    vm.register_function("game", "nothing", |_, _| Ok(Value::NONE));
    let source = format!(
        "from game import nothing\ndef update(dt):\n    pass\ndef run():\n    for step in range({TIMES}):\n        nothing(step)\n"
    );
    let module = vm.load_module("main", "main.py", &source).unwrap_or_else(|error| panic!("{}", error.traceback));
    let dt = [Value::small_int(16).expect("16 is small")];
    group.bench_function("call_from_host", |bencher| {
        bencher.iter(|| vm.call_function(&module, "update", &dt).is_ok());
    });
    group.throughput(Throughput::Elements(TIMES));
    group.bench_function("call_of_the_host", |bencher| bencher.iter(|| call(&mut vm, &module)));
    group.finish();
}

criterion_group!(benches, host, all_programs);
criterion_main!(benches);
