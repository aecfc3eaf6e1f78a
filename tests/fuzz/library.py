"""Small uses of the library: dataclasses, enum, functools, itertools, re, json, collections, contextlib and others."""

from expressions import Expressions

SNIPPETS = [
    "@dataclasses.dataclass({options})\nclass D:\n    a: int\n    b: str = {s}\n    c: list = dataclasses.field(default_factory=list, {field})\nd = D({i})\nprint(d, d == D({i}), dataclasses.asdict(d), dataclasses.replace(d, a=5))",
    "@dataclasses.dataclass({options})\nclass D:\n    a: int = {i}\n@dataclasses.dataclass\nclass E(D):\n    b: int = 0\n    def __post_init__(self): self.b += 1\nprint(E(), E({i}, {n}), dataclasses.astuple(E()), [f.name for f in dataclasses.fields(E)])",
    "@dataclasses.dataclass(order=True, frozen=True)\nclass P:\n    x: int\n    y: int = 0\nprint(sorted([P({n}), P({n}, 1), P(0)]), P(1) < P({n}), hash(P(1)) == hash(P(1)))\nP(1).x = 2",
    "class Color(enum.{enum}):\n    RED = enum.auto()\n    GREEN = {n}\n    BLUE = {n}\nprint(list(Color), Color.RED, repr(Color.BLUE), Color['GREEN'].value, Color(Color.RED.value), Color.RED == {n})\nprint(Color({i}))",
    "class F(enum.{flag}):\n    A = 1\n    B = 2\n    C = 4\n    AB = 3\nprint(F.A | F.C, repr(F.A | F.B), F.AB & F.A, ~F.A, F.B in F.AB, list(F.AB), F({n}), bool(F.A & F.B), F.A ^ F.AB)",
    "c = collections.Counter({s})\nc.update({L})\nprint(c.most_common({n}) if {n} > 0 else c.total(), c['a'], sorted(c.elements(), key=str)[:9], c + collections.Counter('ab'), c - collections.Counter('ab'), -c)",
    "q = collections.deque({l}, {maxlen})\nq.append({x}); q.appendleft({x}); q.rotate({n})\nprint(q, len(q), q[{n}], {x} in q)",
    "d = collections.defaultdict(list, {d})\nd['new'].append({i})\nprint(d, d[{n}])",
    "o = collections.OrderedDict(a={i}, b={i}, c=3)\no.move_to_end('a', last={b})\nprint(o, o.popitem(last={b}), list(reversed(o)), o == {{'b': 1}})",
    "T = collections.namedtuple('T', {names}, defaults=({n},))\nt = T(1, {i})\nprint(t, t._asdict(), t._replace(x=0), T._fields, t.x + 1, T({n}))",
    "m = collections.ChainMap({d}, {{'a': 'first', 'z': 0}})\nm['new'] = 1\nprint(m['z'], m.get('a'), len(m), m['nope'])",
    "@functools.lru_cache({maxlen})\ndef f(x, y=0):\n    print('computing', x)\n    return (x, y)\nprint(f({n}), f({n}), f({n}, y={n}), f.cache_info())",
    "print(functools.reduce(lambda a, b: {reduce}, {L}, {n}), functools.reduce(max, {l}))",
    "p = functools.partial(print, {x}, sep={s})\np({x}); print(p.args, p.keywords, p.func is print)\nfunctools.partial(int, base={n})({s})",
    "@functools.total_ordering\nclass T:\n    def __init__(self, v): self.v = v\n    def __eq__(self, o): return self.v == o.v\n    def __lt__(self, o): return self.v < o.v\nprint(T({n}) <= T({n}), T({n}) > T(2), T({n}) >= T({n}), T(1) <= 1)",
    "print(sorted({L}, key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b))), sorted({l}, key=functools.cmp_to_key(lambda a, b: 0)))",
    "print(list(itertools.{two}({l}, {l})))",
    "print(list(itertools.{one}({l}, {n})))",
    "print([(k, list(g)) for k, g in itertools.groupby({L}, key=lambda v: v % 3)], list(itertools.islice(itertools.count({i}, {n}), 4)), list(itertools.islice(itertools.cycle({s}), 5)))",
    "a, b = itertools.tee({l})\nprint(next(a, None), list(b), list(a), list(itertools.compress({s}, {l})), list(itertools.filterfalse(bool, {l})), list(itertools.dropwhile(bool, {l})))",
    "for found in re.finditer({P}, {s}):\n    print(found.span(), found.group(), found.groups(), found.lastindex)",
    "found = re.{search}({P}, {s}, {flags})\nprint(found and (found.group(0), found.start(), found.groupdict(), found.re.groups), re.sub({P}, {sub}, {s}, {count}), re.subn({P}, lambda f: '<' + f[0] + '>', {s}))",
    "print(re.compile({badpattern}))",
    "print(json.dumps({x}, indent={indent}, sort_keys={b}), json.loads({json}))",
    "print(json.dumps({d}, separators=(',', ':'), ensure_ascii={b}, skipkeys={b}, default=str))",
    "@contextlib.contextmanager\ndef managed(v):\n    print('in', v)\n    try: yield v\n    except {error} as e: print('saw', repr(e))\n    finally: print('out')\nwith managed({x}) as v, contextlib.suppress({error}):\n    {fail}\nprint('after')",
    "with contextlib.ExitStack() as stack:\n    stack.callback(print, 'first'); stack.push(lambda *a: {b}); stack.callback(print, {x})\n    {fail}\nprint('after')",
    "out = io.StringIO()\nwith contextlib.redirect_stdout(out): print({x}, end='|')\nprint(repr(out.getvalue()))\ns = io.StringIO({s}); print(s.read({n}), s.readline(), s.readlines(), s.tell())",
    "print(textwrap.wrap({s} * 9, {width}), repr(textwrap.dedent('  a\\n   b\\n')), textwrap.shorten({s} + ' word' * 5, {width}), repr(textwrap.indent({s}, '> ')))",
    "h = {L}\nheapq.heapify(h); heapq.heappush(h, {i}); print(heapq.heappop(h), heapq.heappushpop(h, {n}), heapq.nlargest(2, h), h, list(heapq.merge(sorted({L}), [1, 5])))",
    "a = sorted({L})\nprint(bisect.bisect_left(a, {i}), bisect.bisect(a, {n}, 0), bisect.insort(a, {n}), a, bisect.bisect_right(a, 1, key=lambda v: -v))",
    "print(operator.itemgetter({n})({l}), operator.attrgetter('real')({i}), operator.methodcaller('upper')({s}), operator.itemgetter(0, -1)({l}))",
    "print(string.Template('$a ${{b}} $$').substitute(a={x}, b={n}), string.capwords({s}), string.Formatter().format('{{0}} {{x}}', {x}, x={i}), string.Template('$a $z').safe_substitute(a=1))",
    "r = random.Random({i})\nprint(r.random(), r.randint(0, {n} % 9 + 5), r.choice('abc'), r.sample(range(20), 4), r.uniform(1, {n}), r.gauss(0, 1), r.getrandbits(40), r.choices('xyz', [1, 2, 3], k=3))\nv = list(range(6)); r.shuffle(v); print(v, r.randrange({n}))",
    "x = {x}\nprint(copy.copy(x) == x, copy.deepcopy([x, [x]]), copy.replace if hasattr(copy, 'replace') else 'no replace')",
    "class A(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\n    @property\n    @abc.abstractmethod\n    def g(self): ...\nclass B(A):\n    def f(self): return 1\nprint(isinstance({x}, collections.abc.{protocol}), issubclass(list, collections.abc.{protocol}))\nB()",
    "print(math.factorial({n}), math.gcd({i}, {i}), math.lcm({n}, {n}), math.prod({L}), math.dist([{n}, 1], [2, {n}]), math.perm(6, abs({n})), math.isqrt({i}), math.log2(abs({i}) + 1), math.degrees(1), math.nextafter({n}, 9), math.ulp({f}))",
    "print(traceback.format_exception_only(ValueError({x})))\ntry: {fail}\nexcept Exception as e: print(traceback.format_exc()); print(repr(e), e.args)",
    "def f(a, b=1, *c, d, e=2, **k): return (a, b, c, d, e, k)\nprint(f({x}, *{l}, d={x}, **{{'z': 1}}))\nprint(f(1, {n}, **{d}))",
    "print(types.SimpleNamespace(a={x}, b={n}), types.MappingProxyType({d}), typing.Optional[int], typing.List[{type}], dict[str, {type}], {type} | None, typing.get_type_hints(lambda: 0))",
    "print(list(zip({l}, {s}, strict={b})))",
    "print(type({x}).__mro__, isinstance({x}, (int, str | None)), int.__name__)",
    "a, *b = {l}\nprint(a, b)\n[c, (d, *e)] = [{x}, {s}]\nprint(c, d, e)\nx, y = {t}",
    "print(reprlib.repr(list(range({n}, 40))), reprlib.repr({s} * 20))",
    "print('%s' % {x}, '{{!r:>{{}}}}'.format({x}, {width}), '{{0:{{1}}.{{2}}f}}'.format({f}, {width}, abs({n})))",
]
CHOICES = {
    "options": ["", "order=True", "frozen=True", "eq=False", "slots=True", "kw_only=True", "repr=False", "unsafe_hash=True"], "field": ["", "repr=False", "compare=False", "init=False", "kw_only=True"],
    "enum": ["Enum", "IntEnum", "Enum", "StrEnum"], "flag": ["Flag", "IntFlag"], "maxlen": ["None", "2", "3", "0", "-1"], "names": ["'x y'", "['x', 'y']", "'x, y, def'", "'x x'", "'x _y'", "'x y z'"],
    "reduce": ["a + b", "a * 2 - b", "a // b", "(a, b)"], "two": ["chain", "zip_longest", "product", "chain.from_iterable"], "one": ["combinations", "permutations", "repeat", "islice", "combinations_with_replacement", "batched"],
    "search": ["search", "match", "fullmatch"], "flags": ["0", "re.I", "re.M", "re.S | re.X"], "sub": ["'-'", "r'[\\g<0>]'", "r'\\1'", "''", "r'\\q'"], "count": ["0", "1", "count=2"], "badpattern": ["'('", "'a**'", "'[z-a]'", "'(?P<1>a)'", "'\\\\'", "'(?<=a+)b'", "'x{2,1}'", "'(?z)'", "'(a)(?P=b)'", "'*'", "')'", "'[a'"],
    "indent": ["None", "2", "'\\t'", "0"], "json": ["'[1, 2.5, null]'", "'{\"a\": [true]}'", "'{\"a\" 1}'", "'[1,]'", "'nul'", "''", "'\"\\\\u00e9\"'", "'\"a\\nb\"'", "'1e400'", "'-'", "'[1] x'", "' 7 '", "'{1: 2}'", "'NaN'"], "error": ["ValueError", "KeyError", "ZeroDivisionError", "Exception"],
    "fail": ["1/0", "raise ValueError({x})", "int({s})", "{{}}['k']", "pass", "raise KeyError", "[][{n}]", "None.attr"], "width": ["5", "10", "1", "20", "12"], "type": ["int", "str", "'Later'", "list[int]"],
    "protocol": ["Iterable", "Sequence", "Mapping", "Hashable", "Sized", "Callable", "MutableSequence", "Set", "Container", "Iterator", "Reversible"],
}
PRELUDE = "import abc, bisect, collections, collections.abc, contextlib, copy, dataclasses, enum, functools, heapq, io, itertools, json, math, operator, random, re, reprlib, string, textwrap, traceback, types, typing\n"


class Fields(dict):
    """What stands for a field of a snippet: one of its choices, or an expression of the type that it names."""

    def __init__(self, random):
        self.random, self.expressions = random, Expressions(random)

    def __missing__(self, name):
        if name == "fail":
            return self.random.choice(CHOICES[name]).format_map(self)
        if name in CHOICES:
            return self.random.choice(CHOICES[name])
        return self.expressions.make(name, 1 if self.random.random() < 0.2 else 0)


def program(random):
    lines = [PRELUDE]
    for number in range(8):
        text = random.choice(SNIPPETS).format_map(Fields(random))
        lines += [f"try:", *("    " + line for line in text.split("\n")), "except Exception as error:", f"    print({number}, type(error).__name__, str(error)[:300])"]
    return "\n".join(lines) + "\n"
