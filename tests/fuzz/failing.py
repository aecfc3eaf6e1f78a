"""Programs that end in an uncaught exception: what counts is the traceback, its lines, its marks and its chain."""

FAILS = """1/0; None + 1; a + 'x'; undefined_name; b.missing; b.missing(1, 2); a[0]; b[10]; b['k']; c['nokey']; a(); b(1); len(5); int('zz'); float('x'); c[b]; -'a'; ~1.5; not_here.x.y; a.b.c; b.append(1, 2)
f'{a.zip}'; f'{a:zz}'; '%d' % 'x'; [x for x in a]; [1/x for x in (1, 0)]; {x: y for x in b}; sum(b + ['x']); sorted([1, 'a']); max([]); next(iter([])); a < 'x'; 1 < 'x' < 3; b @ b; a @ 1; b[1:2, 3]; b['x':]; 'abc'.upper(1); 'abc'.foo; (lambda: 1/0)(); (lambda q: q)(); (lambda q: q)(1, 2)
(lambda *, k: k)(); (lambda q: q)(z=1); print(sep=3); (a, *5); [*5]; {**5}; b.index(99); 'x'.index('y'); c.pop('none'); b.remove(9); [].pop(); set().pop(); chr(-1); ord('ab'); round('x'); abs('x'); pow(2, -1, 4); divmod(1, 0); 1 % 0; 2.0 // 0; 0 ** -1; int.from_bytes(5); range(1.5); range(1, 2, 0)
isinstance(1, 5); issubclass(1, int); iter(5); hash([]); {[]: 1}; {[], 1}; type('X', (int, str), {}); object().x; object(1); bytes([256]); b''.join(['x']); ','.join([1]); 'a' + 1; 'a' * 'b'; [] + (); (1,) + [2]; 5 in 5; 'x' in 5; 1 in 'x'; a.real.foo; super().x; helper(b); helper(); helper(1, 2, 3); helper(1, k=2)
a if a.x else b; not a.x; a and a.x; a.x or 1; b[a.x]; b[a.x:]; (yield_ := a.x); print(a, a.x); print(*a); print(**a); str(b, 'x', 'y', 'z'); int(x=1); Thing(1); Thing().nope; Thing().method(1); Thing.method(); Thing() + 1; 1 + Thing(); Thing() < 1; Thing()[0]; Thing()(); len(Thing()); iter(Thing()); -Thing(); abs(Thing()); bool(Thing()) + {}
__import__('no_such_module'); eval('1 +'); eval('1/0'); exec('x ='); exec('raise KeyError(1)'); compile('(', 'f', 'exec'); getattr(b, 'zz'); setattr(a, 'zz', 1); delattr(b, 'zz'); list(zip([1], [1, 2], strict=True)); list(map(int, ['x'])); b.__getitem__(9); a.__add__(); int.__add__('x', 1); str.upper(5)
Thing.__init__(5); [].sort(key=5); sorted([3, 1], key=lambda k: k.x); b.sort(cmp=1); dict([1]); dict([(1, 2, 3)]); dict(5); set(5); tuple(5); list(5); frozenset([[]]); 'x'.join(5); '{}'.format(); '{x}'.format(); '{0.x}'.format(1); '{:d}'.format('x'); format(1, 'zz'); format([], 'x'); math.sqrt(-1); json.dumps(1)
a.__class__.zip; 'x'.encode('nope'); b'\\xff'.decode(); '\\xe9'.encode('ascii'); memo[1][2][3]; memo['a']['b'](1); memo.get('x').y; (a).b(1)(2); [a.x for _ in b]; (lambda: [a.x for _ in b])(); list(a.x for _ in b); any(a.x for _ in b); {*a}; helper(*b, *a); helper(**c, **c); a[1] + b[2]""".replace("\n", "; ").split("; ")
STATEMENTS = ["x = {}", "{}", "return {}", "print({})", "x = y = {}", "x: int = {}", "if {}: pass", "while {}: break", "for q in {}: pass", "assert {}", "raise {}", "with {} as w: pass", "x = [\n{p}    {},\n{p}    2]", "x = (1 +\n{p}     {})",
              "helper(\n{p}    {},\n{p}    k=1)", "del {}", "x, y = {}", "x, *y = {}", "c[{}] = 1", "a += {}", "b[0] += {}", "b[0], x = 1, {}", "match {}:\n{p}    case 1: pass", "assert a is None, {}", "raise ValueError({})",
              "raise ValueError('v') from {}", "x = {} if a else 2", "return [{} for z in range(2)]", "lambda: {}", "a.attr = {}", "x = b[{}:1]", "x = 'é' + str({})", "global g; g = {}", "yield_ = not {}", "x = {{'k': {}}}", "x = f'{{a}}' + ({})", "import no_such_thing; {}", "from sys import nothing_here; {}", "from itertools import chain, nope; {}"]
WRAPS = [
    "{call}",
    "try:\n    {call}\nexcept Exception as error:\n    raise RuntimeError('wrapped') from error",
    "try:\n    {call}\nexcept Exception:\n    raise KeyError('during')",
    "try:\n    {call}\nfinally:\n    print('finally')",
    "try:\n    {call}\nexcept Exception as error:\n    raise",
    "try:\n    {call}\nexcept Exception as error:\n    raise error from None",
    "try:\n    {call}\nexcept (OSError, EOFError):\n    print('no')",
    "for i in range(2):\n    {call}",
    "class Made:\n    x = 1\n    {call}",
    "[{call} for i in range(2)]",
    "list({call} for i in range(2))",
    "(lambda: {call})()",
    "with Manager():\n    {call}",
    "try:\n    {call}\nexcept Exception as error:\n    error.add_note('a note\\nof two lines'); raise",
    "try:\n    try:\n        {call}\n    finally:\n        undefined_in_finally\nexcept ValueError:\n    pass",
    "try:\n    {call}\nexcept Exception as error:\n    raise ExceptionGroup('group', [error, ValueError(1)])",
    "deco(lambda: {call})",
    "sorted([2, 1], key=lambda k: {call})",
    "@deco\ndef made():\n    return {call}",
    "{{k: {call} for k in range(3)}}",
    "next(gen(lambda: {call}))",
    "print(1,\n      {call},\n      2)",
    "x = ({call}\n     + 1)",
    "assert ({call}), 'message'",
    "Thing.run(lambda: {call})",
    "exec('helper(1, k=2)')\n{call}",
]
# What must leave the variable as it was, or as far as it came.
CAUGHT = ["x = {}", "x = y = {}", "x, y = {}", "x, y = 1, {}", "x += {}", "b[0] = {}", "x = [x, {}]", "x = (y, {})", "for x in {}: pass", "x = x or {}", "x = {} if x else y",
          "with Manager() as x: y = {}", "x = [x for x in [1, {}]]", "(x := {})", "del x; x = {}", "x = f'{{x}}' + {}", "a = {}", "c['k'], x = x, {}"]
PRELUDE = """import math, json, re
class Thing:
    def method(self): return self.field
    def __repr__(self): return 'Thing()'
    @staticmethod
    def run(function): return function()
    @property
    def broken(self): return self.no_such
class Manager:
    def __enter__(self): return self
    def __exit__(self, *info): print('exit', info[0].__name__ if info[0] else None)
def helper(p, q=2):
    return p
def deco(function):
    function()
    return function
def gen(function):
    yield function()
memo = {'a': {'b': None}}
"""


def program(random):
    choice = random.choice
    lines = [PRELUDE]
    depth = random.randrange(1, 4)
    is_generator = random.random() < 0.1
    for level in range(depth):
        lines.append(f"def f{level}(a=None, b=[1, 2], c={{'k': 1}}):")
        indent = " " * 4
        if random.random() < 0.3:
            lines.append(f"{indent}x = {random.randrange(5)}")
        if level == 0:
            if random.random() < 0.5:
                lines.append(f"{indent}x, y = 'x', ['y']")
                for _ in range(random.randrange(1, 5)):
                    statement = choice(CAUGHT).replace("{}", choice(FAILS)).replace("{{", "{").replace("}}", "}")
                    lines.append(f"{indent}try: {statement}")
                    lines.append(f"{indent}except Exception as error: print(type(error).__name__)")
                    lines.append(f"{indent}try: print(x, y, a, b, c)")
                    lines.append(f"{indent}except NameError as error: print(error); x = 'again'")
            statement = choice(STATEMENTS)
            lines.append(indent + statement.replace("{p}", indent).replace("{}", choice(FAILS)).replace("{{", "{").replace("}}", "}"))
            if is_generator: lines.append(f"{indent}yield")
            lines.append(f"{indent}raise LookupError('the end')")
        else:
            call = f"f{level - 1}({choice(['', 'a', '1', 'None, [3]', '*(1,)', 'c={}', chr(39) + 'x' + chr(39)])})"
            if level == 1 and is_generator: call = f"list({call})"
            lines += [indent + line for line in choice(WRAPS).format(call=call).split("\n")]
    call = f"f{depth - 1}()"
    if depth == 1 and is_generator: call = f"list({call})"
    lines += choice(WRAPS).format(call=call).split("\n")
    return "\n".join(lines) + "\n"
