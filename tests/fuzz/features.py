"""Small uses of the language's less trodden features: patterns with classes, descriptors, metaclasses, slots, async, groups, scopes."""

from library import Fields

SNIPPETS = [
    "class P:\n    __match_args__ = {matchargs}\n    def __init__(self, a, b): self.a, self.b = a, b\nmatch {subject}:\n    case {pattern}{guard}: print('first', sorted(k for k in locals() if len(k) == 1 and k.islower()))\n    case {pattern}: print('second')\n    case _: print('none')",
    "match {l}, {d}:\n    case {pattern}, {pattern}: print('both')\n    case [x, {{**rest}}]: print('rest', x, rest)\n    case other: print('other', other)",
    "a, *b, (c, *d) = {x}, *{l}, {s}\nprint(a, b, c, d)\n*a, = {s}\nprint(a)\nfor i, *j in [{t}, {s}]: print(i, j)",
    "l = list(range(8))\nl[{slice}] = {l}\nprint(l)\ndel l[{slice}]\nprint(l, l[{slice}])",
    "b = bytearray(range(8))\nb[{slice}] = {y}\nprint(b)\ndel b[{slice}]\nprint(b, b.{bytemethod})",
    "print({y}.{bytemethod}, {y}.{bytemethod})",
    "print({s}.{textmethod}, {s}.{textmethod})",
    "def f(a, b={n}, /, c={x}, *d, e={n}, **g): return a, b, c, d, e, sorted(g)\nprint(f({callargs}))",
    "def f({params}): return sorted(locals().items())\nprint(f({callargs}))",
    "class D:\n    def __init__(self, name=None): self.name = name\n    def __set_name__(self, owner, name): print('set_name', owner.__name__, name); self.name = self.name or name\n    {descriptor}\nclass C:\n    v = D()\n    w = D('v')\nc = C()\n{use}\n{use}\nprint(sorted(vars(c).items()), c.{member})",
    "class M(type):\n    {meta}\nclass A(metaclass=M): x = {n}\nclass B(A): y = {n}\n{metause}\n{metause}",
    "class S:\n    __slots__ = {slots}\n    z = {n}\n    def __init__(self): {slotuse}\ns = S()\n{slotuse2}\nprint(hasattr(s, 'a'), hasattr(s, '__dict__'), S.{slotattr})",
    "class A:\n    def __init_subclass__(cls, /, k={n}, **kw): print(cls.__name__, k, kw); super().__init_subclass__(**kw)\n    def __class_getitem__(cls, item): return cls.__name__, item\nclass B(A{classkw}): pass\nprint(B[{x}], A[{n}, {n}])",
    "async def co(n):\n    if n > {n}: raise {error}({x})\n    return n * 2\nasync def agen(n):\n    for i in range(n):\n        try: yield await co(i)\n        except {error}: yield 'caught'; {raises}\nasync def main():\n    async for v in agen(3): print('v', v)\n    print([v async for v in agen(2)], {{v: await co(v) for v in (0, 1)}})\n    async with CM() as m: print(m); {raises}\n    return await co({n})\ndrive(main())",
    "def gen():\n    try:\n        got = yield {n}\n        print('got', got)\n        {genbody}\n    except {error} as e: print('caught', repr(e)); {raises}\n    finally: print('finally'){genfinal}\ng = gen()\n{genuse}\n{genuse}\n{genuse}",
    "try:\n    {raises}\nexcept* {error} as g: print('first', repr(g)); {raises}\nexcept* ({error}, {error}) as g: print('second', repr(g))\nelse: print('else')\nfinally: print('finally')",
    "try:\n    try: {raises}\n    except {error} as e: {reraise}\n    finally: {final}\nexcept BaseException as e: print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)",
    "def outer():\n    x = {n}; y = [{x}]\n    def middle():\n        nonlocal x; x += {n}\n        def inner():\n            nonlocal x, y; x *= 2; y = y + [x]; {scope}\n            return x\n        return inner() + x\n    class K:\n        x = {n}; z = [x for _ in range(2)] if {b} else x\n        def m(self): return x\n    return middle(), x, y, K.x, K.z, K().m()\nprint(outer())",
    "x = {n}\nprint([x for x in range(3)], x, [(x := i) for i in range(3)], x, [[x + j for j in range(2)] for x in range(2)], {{x: y for x, y in zip('ab', range(x + 1))}}, x)\nprint([lambda: i for i in range(3)][0](), [*map(lambda f: f(), [lambda i=i: i for i in range(3)])])",
    "print({i} {cmp} {i} {cmp} {f}, {x} {cmp} {x} {cmp} {x}, ({n} {cmp} {n}) is (not {n} {cmp} {n}))",
    "class L(list):\n    {listover}\nl = L({l})\nprint(l, l + {l}, l * 2, l == {l}, {x} in l, [*l], type(l[:2]).__name__, l or 'empty', len(l))\nl += {l}; l.append({x}); print(l, sorted(map(str, l)))",
    "class N(int):\n    {intover}\nn = N({n})\nprint(n, n + 1, 1 + n, n * n, -n, n == {n}, hash(n) == hash({n}), {{n: 1}}.get({n}), [10, 20, 30][n % 3], f'{{n:>4}}', '%d|%s' % (n, n), int(n), n < {i}, divmod(n, 3))",
    "class T(str):\n    {textover}\nt = T({s})\nprint(t, t + 'x', 'x' + t, t * 2, t == {s}, t.upper(), [t][0], f'{{t!r:>8}}|{{t:6}}', '%s' % t, t in {{{s}: 1}}, type(t.strip()).__name__, len(t), t[:1], t < {s})",
    "class CMS:\n    def __init__(self, n): self.n = n\n    def __enter__(self): print('in', self.n); {enter}\n    def __exit__(self, kind, value, tb): print('out', self.n, kind and kind.__name__, value); {exit}\nwith CMS(1) as a, CMS(2) as (b), CMS(3): print('body', a, b); {raises}\nprint('after')",
    "def deco(n):\n    print('deco', n)\n    def wrap(f):\n        print('wrap', n, f.__name__)\n        {decobody}\n    return wrap\n@deco(1)\n@deco({n})\ndef target(a={x}): 'doc'; return a\nprint(target(), target.__name__, target.__doc__)",
    "x: {annotation} = {x}\ny: {annotation}\nclass A:\n    p: {annotation}\n    q: 'later' = {n}\n    (r): int = 1\ndef f(a: {annotation}, *b: {annotation}, c: 'x' = 1) -> {annotation}: z: undefined = 5; return z\nprint(sorted(__annotations__)[-2:], A.__annotations__, f.__annotations__, f(1))",
    "print(f'{{{x}!r:^{{{width}}}}}|{{{f}:{floatspec}}}|{{{i}:{intspec}}}|{{{s}:{textspec}}}|{{{b}:>6}}|{{{n}=}}|{{ {n} = !s:>4}}')",
    "print(format({f}, '{floatspec}'), format({i}, '{intspec}'), '{{:{floatspec}}}'.format({i}), '%{percent}' % {f}, '%{percent}' % {i}, format({s}, '{textspec}'))",
    "g = (i * j for i in range({width}) if i % 2 for j in {L})\nprint(next(g, 'end'), list(g), g.gi_frame, sum(x for x in {L} if x), any(x > 3 for x in {L}), sorted((y, x) for x, y in enumerate({L}))[:2])",
    "d = {{**{d}, 'k': {x}, **{d}}}\nprint(d, [*{l}, *{t}], {{*{L}, *{L}}} == set({L}), (*{s},), dict(**{{'a': 1}}, b=2), d | {{'z': 1}}, [*d], list(reversed(d)), d.pop('k'), d.setdefault('q', {n}), d.popitem())",
    "class E(Exception):\n    def __init__(self, *a, code={n}): super().__init__(*a); self.code = code\n    {errover}\ntry: raise E({x}, code={n}) from {cause}\nexcept E as e: print(repr(e), str(e), e.args, e.code, repr(e.__cause__)); e.add_note('n'); print(e.__notes__)\ntry: print(e)\nexcept NameError as error: print(error)",
    "i = 0\nwhile i < {width}:\n    i += 1\n    try:\n        if i % 2: continue\n        if i == {width} - 1: break\n        {raises}\n    except {error}: print('e', i)\n    finally: print('f', i)\nelse: print('else')\nprint(i)",
    "global_name = {n}\ndef f():\n    global global_name, made_here\n    global_name += {n}; made_here = {x}\n    del {deleted}\n    return global_name\nprint(f(), global_name)\nprint(made_here)",
    "import types\nns = types.SimpleNamespace(a={x}, b={n})\nns.c = {n}; del ns.a\nprint(ns, ns == types.SimpleNamespace(b=1), vars(ns))\nprint(type('Dyn', (object,), {{'m': lambda self: {n}, 'x': {x}}})().m(), types.new_class('NC', (), {{}}, lambda ns: ns.update(q={n})).q)",
    "class I:\n    def __index__(self): return {n}\n    def __len__(self): return {i}\n    def __bool__(self): return {b}\n    def __contains__(self, v): return {x}\n    def __getitem__(self, k): print('get', k); return {l}[k]\no = I()\nprint([1, 2, 3][o:], range(9)[o], bool(o), 1 in o, hex(o), 'x' * o)\nprint(len(o))\nprint(list(zip(o, range(3))), o[1:2], o[::2, ...])",
    "class O:\n    def __init__(self, v): self.v = v\n    def __{op}__(self, other): return ('{op}', self.v, getattr(other, 'v', other))\n    def __r{op}__(self, other): return ('r{op}', self.v, getattr(other, 'v', other))\n    def __{ordering}__(self, other): return NotImplemented if {b} else {x}\nclass Q(O):\n    def __r{op}__(self, other): return ('Q', other)\na, b = O({n}), Q({n})\nprint(a {sign} 1, 1 {sign} a, a {sign} b, b {sign} a, a == b, a != b)\nprint(a < b, sorted([a, a], key=lambda o: o.v) == [a, a])",
]
CHOICES = {
    "matchargs": ["('a', 'b')", "('a',)", "()", "['a']", "('a', 5)", "('zz',)"],
    "subject": ["P({n}, {n})", "P({x}, P(1, 2))", "{x}", "[P(1, 2), {n}]", "{{'k': P({n}, 1)}}", "{s}", "{n}", "{f}", "({n}, {n}, {n})"],
    "pattern": ["P(a, b)", "P(a=1, b=c)", "P(x, b=2) | P(b=x)", "[P(), *r]", "{{'k': P(a)}}", "int() | str()", "int(v)", "(1 | 2) as w", "[_, _, *_]", "str(s)", "-1 | 0 | 1", "{{}}", "[]", "P(int(), _)", "None | True", "[a, b, a2]", "float(q) | bool(q)", "(a, (b, c))", "{{'k': v, **rest}}", "'a' | b'a'", "bytes()", "dict()"],
    "guard": ["", "", " if {b}", " if {n} > 0"],
    "slice": ["1:3", "::2", "::-1", "5:1:-2", ":", "{n}:", ":{n}", "{n}:{n}:{n}", "2:2", "-3:", "9:", "{i}:"],
    "bytemethod": ["split()", "split({y}, {n})", "rsplit(b'a', 1)", "partition({y})", "rpartition({y})", "strip({y})", "lstrip()", "rstrip({y})", "center({n}, b'*')", "ljust(6)", "zfill(7)", "hex()", "hex(':', {n})", "find({y})", "rfind({y}, {n})", "index({y})", "count({y})", "replace({y}, {y})", "translate(bytes(range(256)), {y})", "startswith(({y}, {y}))", "endswith({y})", "title()", "swapcase()", "capitalize()", "expandtabs({n})", "splitlines({b})", "join([{y}, {y}])", "isalnum()", "isdigit()", "istitle()", "removeprefix({y})", "removesuffix({y})", "decode('utf-8', 'backslashreplace')", "decode('ascii', 'ignore')", "nope()", "upper(1)", "find('x')", "__contains__({n})"],
    "textmethod": ["split()", "split({s}, {n})", "rsplit(None, {n})", "partition({s})", "rpartition({s})", "strip({s})", "center({n}, '*')", "ljust({width}, {s})", "zfill({width})", "find({s}, {n})", "rindex({s})", "count({s}, {n}, {n})", "replace({s}, {s}, {n})", "translate({{97: 'X', 98: None}})", "splitlines({b})", "expandtabs({n})", "title()", "casefold()", "swapcase()", "removeprefix({s})", "encode('utf-16')", "encode('ascii', 'xmlcharrefreplace')", "encode('latin-1')", "isidentifier()", "isprintable()", "join({S})", "format_map({d})", "maketrans({s}, {s})", "startswith({s}, {n})", "endswith(({s}, {s}))", "__mod__({x})", "nope()", "upper(1)", "center('x')", "find(1)", "index({s}, -{width})"],
    "params": ["a, b", "a, b=1", "*a", "**k", "a, *, k", "a, /, b", "a, b=2, *c, d=3, **e", "*, a=1", "a, /, *, b", "a=1, /, b=2, *, c"],
    "callargs": ["", "1", "1, 2", "a=1", "*{l}", "**{d}", "1, b=2", "1, a=2", "1, *{t}, k=3", "1, k=1, **{{'k': 2}}", "*{s}, **{{'z': 1}}", "1, 2, 3, 4, 5", "k=1, e=2", "1, **{{1: 2}}"],
    "descriptor": ["def __get__(self, o, c): return (self.name, o is None, c.__name__)", "def __set__(self, o, v): print('set', v); o.__dict__[self.name] = v", "def __get__(self, o, c): return self if o is None else o.__dict__.get(self.name)\n    def __set__(self, o, v): o.__dict__[self.name] = v", "def __get__(self, o, c): raise AttributeError(self.name)", "def __delete__(self, o): print('delete', self.name)", "def __get__(self, o, c): return lambda *a: (self.name, a)"],
    "use": ["c.v = {x}", "print(c.v)", "print(C.v)", "del c.v", "c.w = {n}", "print(c.w)", "c.__dict__['v'] = {n}; print(c.v)", "print(getattr(c, 'v', 'default'))", "C.v = {n}; print(c.v)", "print(c.v(1))"],
    "member": ["a", "b", "v", "w"],
    # What a class answers to a position ends: CPython would take an endless one apart until memory is out.
    "meta": ["def __call__(cls, *a): print('call', cls.__name__, a); return super().__call__(*a)", "def __getattr__(cls, name): return (cls.__name__, name)", "def __len__(cls): return {n}", "def __getitem__(cls, k): return (cls.__name__, k, [0, 1, 2, 3][k])", "def __iter__(cls): return iter(dir(cls)[:0] + [cls.__name__])", "def __instancecheck__(cls, o): return {b}", "def __new__(m, name, bases, ns, **kw): ns['added'] = len(ns) * 0; return super().__new__(m, name, bases, ns)", "@property\n    def p(cls): return cls.__name__", "def mro(cls): return super().mro()", "def __setattr__(cls, k, v): print('setattr', k, v); super().__setattr__(k, v)", "def __eq__(cls, o): return {b}", "def __repr__(cls): return 'M:' + cls.__name__"],
    "metause": ["print(A(), B().y) if {b} else print(B)", "print(B.nope)", "print(len(B))", "print(A[{n}], B[1])", "print([*B])", "print(isinstance(5, A), issubclass(B, A))", "print(B.added)", "print(A.p, B.p)", "B.x = 1; print(B.x, A.x)", "print(A == B, A != B)", "print(type(B), repr(A), B.__mro__)", "B({x})", "del A.x; print(B.x)"],
    "slots": ["('a', 'b')", "['a']", "'a'", "()", "('a', '__dict__')", "{{'a': 'doc'}}", "('a', 'z')", "('__a', 'a')"],
    "slotuse": ["self.a = {n}", "self.b = {x}", "pass", "self.q = 1", "self.a = self.z"],
    "slotuse2": ["s.a = {x}; print(s.a)", "del s.a", "s.z = 1", "print(s.b)", "s.c = 2; print(s.c)", "print(S.a.__get__(s), S.a.__name__)"],
    "slotattr": ["__slots__", "a", "z", "__dict__['z']"],
    "classkw": ["", ", k={x}", ", other=1", ", **{{'k': 2}}", ", metaclass=type"],
    "raises": ["pass", "raise {error}({x})", "raise ExceptionGroup('g', [{error}(1), {error}(2)])", "raise ExceptionGroup('o', [{error}(1), ExceptionGroup('i', [{error}({n})])])", "1 / 0", "raise {error}", "[][{n}]", "{{}}['k']"],
    "error": ["ValueError", "KeyError", "ZeroDivisionError", "IndexError", "TypeError", "Exception", "LookupError", "ArithmeticError"],
    "reraise": ["raise", "raise {error}(2)", "raise {error}(2) from e", "raise e", "raise {error} from None", "del e", "e.args = ({x},); raise"],
    "final": ["pass", "print('f')", "1 / 0", "raise KeyError('final')"],
    "scope": ["pass", "y.append(1)", "x -= {n}", "z = 5"],
    "cmp": ["<", "<=", ">", ">=", "==", "!=", "is", "is not", "in", "not in"],
    "listover": ["pass", "def __eq__(self, o): return {b}", "def __contains__(self, v): return {b}", "def __iter__(self): return iter({l})", "def __len__(self): return {n}", "def __add__(self, o): return 'added'", "def __getitem__(self, k): return k", "def __bool__(self): return {b}", "def __repr__(self): return 'L' + super().__repr__()", "def append(self, v): super().append((v,))", "def __radd__(self, o): return 'radd'", "def __iadd__(self, o): return 'iadd'"],
    "intover": ["pass", "def __add__(self, o): return 'add'", "def __radd__(self, o): return 'radd'", "def __eq__(self, o): return {b}\n    __hash__ = int.__hash__", "def __repr__(self): return 'N!'", "def __str__(self): return 'S!'", "def __format__(self, s): return 'F' + s", "def __neg__(self): return 'neg'", "def __index__(self): return 1", "def __int__(self): return 7", "def __lt__(self, o): return {x}", "def __mul__(self, o): return NotImplemented", "def __divmod__(self, o): return 'dm'"],
    "textover": ["pass", "def __add__(self, o): return 'add'", "def __radd__(self, o): return 'radd'", "def __eq__(self, o): return {b}\n    __hash__ = str.__hash__", "def __repr__(self): return 'T!'", "def __str__(self): return 'S!'", "def __format__(self, s): return 'F' + s", "def __getitem__(self, k): return 'item'", "def __len__(self): return 9", "def __mul__(self, n): return n", "def upper(self): return 'UP'", "def __hash__(self): return 1", "def __lt__(self, o): return {x}"],
    "enter": ["return self.n", "return (self.n, {x})", "raise {error}(self.n)", "return None"],
    "exit": ["return {b}", "return None", "raise {error}(self.n)", "return {x}"],
    "decobody": ["return f", "return lambda *a: (n, f(*a))", "return n", "f.n = n; return f", "import functools\n        @functools.wraps(f)\n        def g(*a): return [f(*a)]\n        return g"],
    "annotation": ["int", "list[int]", "int | None", "'text'", "dict[str, {n}]", "{n}", "undefined_name", "tuple[int, ...]"],
    "width": ["5", "3", "8", "1", "12"],
    "floatspec": ["", ".2f", "10.3e", "+g", "%", ".0f", "_.3f", ",.1f", "#.3g", "<12", "=+12.2f", "z", "012.3f", ".3", "n", "d", "x", "^10.2", "0=8", ".20g", "E", "G", "F", ".1%", "s"],
    "intspec": ["", "d", "x", "#x", "o", "#b", "b", "c", ",", "_", "_x", "+d", " d", "08", "<8", "^+8", "=8", "e", ".2f", "g", "%", "n", "s", "X", "#_b", ".3", "zd"],
    "textspec": ["", "10", "<10", ">10", "^10", "*^10", ".3", "10.3", "=10", "010", "s", "d", "+", ",", "5s", "\u00e9>6"],
    "percent": ["d", "5.2f", "s", "r", "x", "e", "g", "+d", "-8d|", "08.3f", "c", "i", "o", "#x", "%%", ".3s", "a", "G", " d", "+.0e", "q"],
    "errover": ["pass", "def __str__(self): return 'S' + super().__str__()", "def __repr__(self): return 'R'", "def __eq__(self, o): return True", "__str__ = None", "def __str__(self): return {x}"],
    "cause": ["None", "KeyError({n})", "ValueError", "{x}"],
    "genbody": ["yield from {l}", "return {x}", "{raises}", "r = yield from sub(); print('sub', r)", "yield", "for _ in range(9): yield (yield 1)", "pass"],
    "genfinal": ["", "; yield 'in finally'", "; return 7", "; raise KeyError('gen final')"],
    "genuse": ["print(next(g))", "print(g.send({x}))", "print(g.send(None))", "print(g.throw({error}({n})))", "print(g.throw({error}))", "g.close()", "print(list(g))", "print(next(g, 'default'))", "for v in g: print('for', v); break", "print(g.gi_running, g.gi_frame is None, g.gi_yieldfrom is None)", "del g"],
    "deleted": ["made_here", "global_name", "nothing_here", "f"],
    "op": ["add", "sub", "mul", "matmul", "floordiv", "and", "lshift", "pow", "mod"],
    "sign": ["+", "-", "*", "@", "//", "&", "<<", "**", "%", "+", "-"],
    "ordering": ["lt", "eq", "ne", "gt", "le"],
}
PRELUDE = """class CM:
    async def __aenter__(self): return 'entered'
    async def __aexit__(self, kind, value, tb): print('aexit', kind and kind.__name__); return False
def drive(coroutine):
    try: coroutine.send(None)
    except StopIteration as end: print('done', end.value)
def sub():
    got = yield 'sub'
    return got
"""


class Choices(Fields):
    """As in the library's snippets, with these choices, which may have fields of their own."""

    choices = CHOICES

    def __missing__(self, name):
        if name in self.choices:
            return self.random.choice(self.choices[name]).format_map(self)
        return super().__missing__(name)


def snippet(random):
    """One that compiles, as the body of a function or, where it declares names, as a text of its own."""
    while True:
        text = random.choice(SNIPPETS).format_map(Choices(random))
        lines = ["    " + line for line in text.split("\n")]
        if "global" in text or "__annotations__)" in text:
            lines = [f"    exec({text!r}, {{'__name__': 'part'}})"]
        try:
            compile(text, "snippet", "exec")
            compile("\n".join(["def part():", *lines]), "snippet", "exec")
        except SyntaxError:
            continue
        return lines


def program(random):
    lines = [PRELUDE]
    for number in range(8):
        lines += [f"def part{number}():", *snippet(random), "try:", f"    part{number}()"]
        # Said when the exception is gone: until then CPython's holds the variables of its frames.
        lines[-2:-2] = ["said = None"]
        lines += ["except BaseException as error:", f"    said = {number}, type(error).__name__, str(error)[:300]", "if said: print(*said)"]
    return "\n".join(lines) + "\n"
