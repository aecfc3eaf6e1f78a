//! Limits that hold inside the runtime's own functions. Whatever a script asks for, at once or by an iterator without an end:
//! with a limit of memory it gets an error, and what the process takes meanwhile stays near the limit. And where nothing is
//! kept of an endless iterator, or one piece of work would take hours, the limit of instructions ends it.

use std::fs;
use std::time::{Duration, Instant};

use linger_script::{Vm, VmConfig};

const LIMIT_BYTES: u64 = 16 << 20;
/// What may be taken beyond what there was: a buffer and the one twice as large that it grows into, and texts of four bytes a
/// character for the limit's one.
const MOST_BYTES: u64 = 8 * LIMIT_BYTES;

/// Expressions that need more than the limit, and those that would never end.
const GREEDY: &[&str] = &[
    // One object of a size that is known.
    "bytearray(1 << 40)",
    "bytes(1 << 62)",
    "[0] * (1 << 40)",
    "(0,) * (1 << 30)",
    "'a' * (1 << 32)",
    "b'a' * (1 << 30)",
    "bytearray(b'a') * (1 << 30)",
    "[1].__imul__(1 << 30)",
    "1 << (1 << 31)",
    "10 ** (1 << 31)",
    "(1).to_bytes(1 << 40, 'little')",
    "memoryview(bytearray(1 << 33))",
    "array('i', [0]) * (1 << 40)",
    "deque([0]) * (1 << 40)",
    // Texts by a width, a precision or parts.
    "'%*d' % (1 << 30, 1)",
    "'%.*f' % (1 << 30, 1.5)",
    "f'{1:{1 << 30}}'",
    "'x'.center(1 << 30)",
    "b'x'.ljust(1 << 30)",
    "'\\t'.expandtabs(1 << 30)",
    "('a' * (1 << 20)).replace('a', 'b' * 4096)",
    "(b'a' * (1 << 20)).replace(b'a', b'b' * 4096)",
    "('a' * (1 << 16)).join(['b'] * (1 << 14))",
    "(b'a' * (1 << 16)).join([b'b'] * (1 << 14))",
    "('a' * (1 << 20)).translate({97: 'b' * 4096})",
    "re.sub('a', 'b' * 4096, 'a' * (1 << 20))",
    "re.sub('a', lambda _: 'b' * (1 << 20), 'a' * 4096)",
    "textwrap.indent('a\\n' * 1000, ' ' * (1 << 20))",
    "json.dumps(['a' * (1 << 20)] * 4096)",
    "repr(['a' * (1 << 20)] * 4096)",
    "str(['a' * (1 << 20)] * 4096)",
    "'{0}{0}{0}{0}'.format('a' * (6 << 20))",
    "struct.pack('%dx' % (1 << 40))",
    "struct.pack('%dx' % (1 << 30))",
    "random.getrandbits(1 << 40)",
    "random.randbytes(1 << 30)",
    "random.choices([1], k=1 << 30)",
    "math.factorial(1 << 28)",
    "math.comb(1 << 40, 1 << 39)",
    // A position far behind the end.
    "(lambda io: (io.seek(1 << 40), io.write('x')))(StringIO())",
    "(lambda io: (io.seek(1 << 40), io.write(b'x')))(BytesIO())",
    // Ranges and iterators.
    "list(range(1 << 30))",
    "tuple(range(1 << 30))",
    "set(range(1 << 30))",
    "frozenset(range(1 << 30))",
    "sorted(range(1 << 30))",
    "dict.fromkeys(range(1 << 30))",
    "dict(zip(range(1 << 30), range(1 << 30)))",
    "{}.update(zip(range(1 << 30), range(1 << 30)))",
    "set().update(range(1 << 30))",
    "set().union(range(1 << 30))",
    "list(repeat(0))",
    "tuple(repeat(0))",
    "list(count())",
    "set(count())",
    "deque(count())",
    "bytes(repeat(0))",
    "bytearray(repeat(0))",
    "bytearray().extend(repeat(0))",
    "array('d', repeat(0.0))",
    "array('d').extend(repeat(0.0))",
    "[].extend(count())",
    "[].__iadd__(repeat(0))",
    "[0].__setitem__(slice(0, 0), repeat(0))",
    "[*count()]",
    "(lambda *args: 0)(*count())",
    "list(map(str, count()))",
    "list(zip(count(), count()))",
    "list(enumerate(repeat(0)))",
    "list(filter(None, count(1)))",
    "list(accumulate(repeat(1)))",
    "list(chain(repeat(0)))",
    "list(product(range(1 << 30)))",
    "list(permutations(range(1 << 28)))",
    "list(combinations(range(1 << 28), 2))",
    "list(tee(count())[0])",
    "list(x for x in repeat(0))",
    "[x for x in repeat(0)]",
    "{x for x in count()}",
    "{x: x for x in count()}",
    "'x'.join(map(str, count()))",
    "''.join(repeat('x'))",
    "b''.join(repeat(b'x'))",
    "Counter(count())",
    "list(iter(int, 1))",
    "list(reversed(range(1 << 30)))",
    "list(groupby(count()))",
    "max(*repeat(0))",
    "print(*repeat(0))",
    "print('a' * (1 << 20), sep='', *['a' * (1 << 20)] * 4096)",
    "StringIO().writelines(repeat('x' * 4096))",
    "BytesIO().writelines(repeat(b'x' * 4096))",
    "heapq.nsmallest(1 << 30, count())",
    "re.findall('', 'a' * (8 << 20))",
    "re.findall('ab', 'ab' * (4 << 20))",
    "('ab ' * (4 << 20)).split()",
    "('ab ' * (4 << 20)).split(' ')",
    "('ab ' * (4 << 20)).rsplit(' ')",
    "('ab\\n' * (4 << 20)).splitlines()",
    "(b'ab ' * (4 << 20)).split()",
    "(b'ab\\n' * (4 << 20)).splitlines()",
    "list('a' * (8 << 20))",
    "'{0}{0}{0}{0}'.format('a' * (8 << 20))",
    "'%s%s%s%s' % (('a' * (6 << 20),) * 4)",
    "(lambda x: f'{x}{x}{x}{x}')('a' * (6 << 20))",
    "(lambda x: x + x + x)('a' * (6 << 20))",
    "(lambda x: b'%b%b%b%b' % (x, x, x, x))(b'a' * (6 << 20))",
];

const PRELUDE: &str = "
import heapq, json, math, operator, random, re, struct, textwrap
from array import array
from collections import Counter, deque
from functools import reduce
from io import BytesIO, StringIO
from itertools import *
";

/// What keeps nothing and would never end, or not for hours.
const ENDLESS: &[&str] = &[
    "1 in repeat(0)",
    "sum(repeat(0))",
    "min(repeat(0))",
    "max(count(), key=int)",
    "all(repeat(1))",
    "any(repeat(0))",
    "deque(repeat(0), maxlen=3)",
    "next(filter(None, repeat(0)))",
    "next(filterfalse(None, repeat(1)))",
    "next(dropwhile(bool, repeat(1)))",
    "next(compress(count(), repeat(0)))",
    "next(chain.from_iterable(repeat(())))",
    "next(islice(repeat(0), 1 << 60, None))",
    "(lambda groups: (next(groups), next(groups)))(groupby(repeat(0)))",
    "reduce(max, repeat(0))",
    "math.prod(repeat(1))",
    "operator.countOf(repeat(0), 1)",
    "operator.indexOf(repeat(0), 1)",
    "{1}.isdisjoint(repeat(0))",
    "{0}.issuperset(repeat(0))",
    "{1: 1}.keys().isdisjoint(repeat(0))",
    "{0: 0}.update(repeat((0, 0)))",
    "set(repeat(0))",
    "{0}.intersection(repeat(0))",
    "{0}.difference(repeat(0))",
    "Counter(repeat(0))",
    "dict.fromkeys(repeat(0))",
    "heapq.nsmallest(1, repeat(0))",
    "list(zip(repeat(0), filter(None, repeat(0))))",
    "object() in range(1 << 60)",
    "range(1 << 60).index(object())",
    "range(1 << 60).count(object())",
    "StringIO().writelines(repeat(''))",
    "BytesIO().writelines(repeat(b''))",
    "a, b = map(str, filter(None, repeat(0)))",
    "re.match('(a*)*b', 'a' * 4000)",
    "re.sub('(a|aa)+$', '', 'a' * 4000 + 'b')",
    // Numbers that nothing could stop once they are being worked out: their digits count.
    "math.factorial(1 << 24)",
    "3 ** (1 << 26)",
    "pow(3, 1 << 22, (1 << 100_000) + 1)",
    "math.comb(1 << 24, 1 << 23)",
    "math.perm(1 << 24)",
    "math.lcm(3 ** (1 << 22), 5 ** (1 << 22))",
    "math.gcd(3 ** (1 << 22), 5 ** (1 << 22))",
    "math.isqrt(1 << (1 << 26))",
    "(1 << (1 << 26)) // ((1 << (1 << 25)) + 1)",
    "x = 3 ** (1 << 18)\nwhile True: x = x * x",
];

/// The most memory that the process had at once since this was asked last, where the system tells; 0 elsewhere.
fn peak_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    // From here on the peak is that of what comes.
    let _ = fs::write("/proc/self/clear_refs", "5");
    kilobytes.unwrap_or_default() * 1024
}

/// A machine that has the modules of [`PRELUDE`].
fn limited(config: VmConfig) -> Vm {
    let mut vm = Vm::new(config);
    vm.set_output(Box::new(|_| {}));
    vm.load_module("prelude", "prelude.py", PRELUDE).expect("the modules of the runtime");
    vm
}

/// The error that a statement ends with.
fn error_of(vm: &mut Vm, statement: &str) -> String {
    let outcome = vm.load_module("tried", "tried.py", &format!("from prelude import *\n{statement}\n"));
    outcome.err().map_or_else(|| "no error".to_owned(), |error| error.message)
}

#[test]
fn greed_is_an_error_of_the_script() {
    let mut vm = limited(VmConfig { memory_limit_bytes: Some(LIMIT_BYTES), ..VmConfig::default() });
    let mut wrong = Vec::new();
    for statement in GREEDY {
        peak_bytes();
        let before = peak_bytes();
        let message = error_of(&mut vm, statement);
        let taken = peak_bytes().saturating_sub(before);
        if !(message.starts_with("MemoryError") || message.starts_with("OverflowError")) || taken > MOST_BYTES {
            wrong.push(format!("{statement}: {message}, {} MB", taken >> 20));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_never_ends_is_stopped() {
    let mut vm = limited(VmConfig { instruction_limit: Some(2_000_000), ..VmConfig::default() });
    let mut wrong = Vec::new();
    for statement in ENDLESS {
        let start = Instant::now();
        let message = error_of(&mut vm, statement);
        if !message.starts_with("TimeoutError") || start.elapsed() > Duration::from_secs(10) {
            wrong.push(format!("{statement}: {message}, {:?}", start.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn time_ends_a_search_of_a_pattern() {
    let mut vm = Vm::new(VmConfig { time_limit: Some(Duration::from_secs(1)), ..VmConfig::default() });
    vm.load_module("prelude", "prelude.py", "import re\n").expect("a module of the runtime");
    let message = error_of(&mut vm, "re.match('(a|aa)+$', 'a' * 4000 + 'b')");
    assert_eq!(message, "TimeoutError: script ran longer than its time limit");
}

#[test]
fn names_that_scripts_make_up_are_forgotten() {
    const SCRIPT: &str = "
class Thing: pass
serial = 0
def play():
    global serial
    for serial in range(serial + 1, serial + 50_001):
        thing = Thing()
        name = f'part{serial}'
        setattr(thing, name, serial)
        assert getattr(thing, name) == serial
        assert not hasattr(thing, name + '?')
";
    let mut vm = Vm::new(VmConfig::default());
    let module = vm.load_module("names", "names.py", SCRIPT).expect("a script without errors");
    let mut live_bytes = || {
        vm.call_function(&module, "play", &[]).expect("no error");
        vm.heap().live_bytes()
    };
    let first = live_bytes();
    let last = (0..5).map(|_| live_bytes()).last().expect("five rounds");
    assert!(last < first + (2 << 20), "{first} bytes after the first round, {last} after the last");
}
