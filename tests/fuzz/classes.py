"""Classes: operators that do or do not answer, inheritance, descriptors, slots, attributes by hook, metaclasses."""

BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "@": "matmul", "&": "and", "|": "or", "^": "xor", "<<": "lshift", ">>": "rshift", "**": "pow"}
COMPARE = {"<": "lt", "<=": "le", "==": "eq", "!=": "ne", ">": "gt", ">=": "ge"}
UNARY = {"-": "neg", "+": "pos", "~": "invert"}
ANSWERS = ["NotImplemented", "({name!r}, '{method}', kind(other))", "({name!r}, '{method}', kind(other))", "self", "{n}"]
BASES = ["", "", "int", "str", "list", "dict", "tuple", "float", "Exception", "set"]
METHODS = [
    "def __getattr__(self, name):\n  if name.startswith('v'): return ('getattr', name)\n  raise AttributeError(name)",
    "def __setattr__(self, name, value):\n  print('set', name, value)\n  super().__setattr__(name, value)",
    "def __delattr__(self, name):\n  print('delete', name)\n  super().__delattr__(name)",
    "def __getattribute__(self, name):\n  if name == 'v1': return 'always'\n  return super().__getattribute__(name)",
    "def __len__(self): return {n}", "def __bool__(self): return {b}", "def __contains__(self, item): return item == {n}",
    "def __getitem__(self, key):\n  if isinstance(key, int) and key > 3: raise IndexError(key)\n  return ('item', key)",
    "def __setitem__(self, key, value): print('setitem', key, value)", "def __delitem__(self, key): print('delitem', key)",
    "def __call__(self, *args, **kwargs): return ('called', args, kwargs)", "def __iter__(self): return iter([{n}, {m}])",
    "def __hash__(self): return {n}", "def __repr__(self): return '<{name}>'", "def __str__(self): return 'str {name}'", "def __format__(self, spec): return 'fmt ' + spec", "def __index__(self): return {n}",
    "def __int__(self): return {n}", "def __float__(self): return {n}.5", "def __enter__(self): return 'entered'\n def __exit__(self, *info): return {b}", "@property\n def v2(self): return 'property {name}'",
    "@property\n def v3(self): return self._v3\n @v3.setter\n def v3(self, value): self._v3 = value * 2\n @v3.deleter\n def v3(self): del self._v3",
    "@classmethod\n def make(cls, *args): return (cls.__name__, args)", "@staticmethod\n def still(*args): return args", "def method(self, x=1): return ('{name}', x)",
    "def method(self, x=1): return ('{name}', x, super().method(x))", "v4 = Descriptor('{name}')", "v5 = Data('{name}')", "def __init_subclass__(cls, **kwargs): print('subclass of {name}:', cls.__name__, kwargs)",
    "__slots__ = ('s1', 's2')", "__slots__ = ()", "v6 = [{n}]", "def __class_getitem__(cls, item): return (cls.__name__, item)", "def __eq__(self, other): return isinstance(other, {name})", "def __reversed__(self): return ['reversed']",
    "def __missing__(self, key): return ('missing', key)", "def __new__(cls, *args):\n  print('new {name}', len(args))\n  return super().__new__(cls, *args)", "def __init__(self, *args):\n  print('init {name}')\n  super().__init__()", "def __round__(self, n=None): return ('round', n)",
    "def __divmod__(self, other): return 'divmod'", "def __neg__(self): return 'neg'", "def __dir__(self): return ['b', 'a']", "def __length_hint__(self): return {n}", "def __iadd__(self, other): return ('iadd', {n})", "def __bytes__(self): return b'{name}'", "def __next__(self): raise StopIteration",
    "def __set_name__(self, owner, name): print('never here')", "@functools.cached_property\n def v7(self):\n  print('computed')\n  return {n}", "@functools.singledispatchmethod\n def dispatch(self, x): return 'any'\n @dispatch.register\n def _(self, x: int): return 'int'", "__match_args__ = ('v1', 'v2')", "__hash__ = None",
]
USES = ["x.v1", "x.v2", "x.v3", "x.v4", "x.v5", "x.v6", "x.v7", "x.other", "setattr(x, 'v1', 5)", "setattr(x, 'v3', 5)", "setattr(x, 'v4', 6)", "setattr(x, 'v5', 7)", "setattr(x, 's1', 8)", "x.s1", "delattr(x, 'v1')", "delattr(x, 'v3')", "delattr(x, 'v5')", "setattr(x, 'v2', 1)", "delattr(x, 'v2')",
        "len(x)", "bool(x)", "{n} in x", "x[{n}]", "x['key']", "operator.setitem(x, 1, 2)", "operator.delitem(x, 0)", "x(1, k=2)", "list(x)", "hash(x) == hash(x)", "str(x)", "repr(x)", "f'{{x:>5}}'", "format(x, '')", "operator.index(x)", "int(x)", "float(x)", "[1, 2, 3, 4][x]", "x.method()", "x.method(5)", "type(x).method(x)", "type(x).make(1)",
        "x.make()", "x.still(1)", "type(x)[int]", "reversed(x)", "round(x)", "round(x, 2)", "divmod(x, 1)", "abs(x)", "complex_not(x)", "sorted([x, y], key=str) and 0", "x == y", "x != y", "x is y", "x in [y, x]", "isinstance(x, type(y))", "issubclass(type(y), type(x))", "[c.__name__ for c in type(x).__mro__]", "x.__class__.__name__",
        "next(x)", "iter(x) is x", "max(x)", "dict(x)", "tuple(x)", "set(x) and 1", "[*x]", "'%s %r' % (x, x)", "'%d' % x", "bytes(x)", "type(x).__name__", "type(x).__bases__", "x.__len__()", "getattr(x, 'zzz', 'default')", "hasattr(x, 'v1')", "dir(x)[:2]", "callable(x)", "x.dispatch(1)", "x.dispatch('s')", "type(x).v2", "type(x).v5", "type(x).s1", "x.__eq__(y)",
        "x.__lt__(y)", "copy.copy(x) is x", "x.__doc__", "type(x).__module__", "sum([x, y])", "x < y", "x and 1", "not x", "type(x)()", "type(x)(1)", "range(x)", "'ab' * x", "x.__init__()", "object.__repr__(x)[:1]", "x.__sizeof__() > 0", "enter(x)", "matched(x)", "inplace(x)", "object.__getattribute__(x, 'v1')", "super(type(x), x).method()", "super(type(x), x).v2", "x.__format__('d')", "chr(x)", "x.__dir__() and 1"]
PRELUDE = """
import copy, functools, operator
def kind(value): return type(value).__name__
class Descriptor:
    def __init__(self, tag): self.tag = tag
    def __set_name__(self, owner, name): print('named', owner.__name__, name)
    def __get__(self, thing, owner=None): return ('get', self.tag, thing is None, kind(owner))
class Data(Descriptor):
    def __set__(self, thing, value): print('data set', value)
class Meta(type):
    def __call__(cls, *args):
        print('meta call', cls.__name__, len(args))
        return super().__call__(*args)
    def __getattr__(cls, name):
        if name == 'v1': return 'from meta'
        raise AttributeError('meta ' + name)
    def __contains__(cls, item): return True
    def __len__(cls): return 7
class OtherMeta(type):
    def __new__(meta, name, bases, space, **kwargs):
        space['v8'] = kwargs
        return super().__new__(meta, name, bases, space)
    def __init__(cls, name, bases, space, **kwargs): super().__init__(name, bases, space)
    @classmethod
    def __prepare__(meta, name, bases, **kwargs): return {'v6': 'prepared'}
def enter(x):
    with x as held: raise KeyError(held)
    return 'swallowed'
def matched(x):
    match x:
        case str(s): return ('str', s)
        case int(): return 'int'
        case [a, *_]: return ('sequence', a)
        case {}: return 'mapping'
        case A(v1=a): return ('A', a)
        case B(b): return ('B', b)
        case _: return 'other'
def inplace(x):
    x += 1
    return x
def show(number, make):
    try:
        value = make()
        print(number, kind(value), str(value)[:200])
    except Exception as error:
        print(number, kind(error), error)
"""


def members(random, name):
    n = lambda: random.randrange(5)
    lines = []
    for symbol, method in random.sample([*BINARY.items(), *COMPARE.items()], 5):
        for prefix in random.sample(["", "r", "i"] if symbol in BINARY else [""], 1):
            answer = random.choice(ANSWERS).format(name=name, method=prefix + method, n=n())
            lines.append(f" def __{prefix}{method}__(self, other): return {answer}")
    for text in random.sample(METHODS, random.randrange(2, 9)):
        lines.append(" " + text.replace("{name}", name).replace("{n}", str(n())).replace("{m}", str(n())).replace("{b}", random.choice(["True", "False"])))
    return lines


def program(random):
    choice = random.choice
    lines = [PRELUDE]
    names = "ABCDE"
    for index, name in enumerate(names):
        before = list(names[:index])
        bases = random.sample(before, min(len(before), random.randrange(3)))
        builtin = choice(BASES)
        if builtin and not bases: bases.append(builtin)
        keywords = choice([""] * 8 + ["metaclass=Meta", "metaclass=OtherMeta", "metaclass=OtherMeta, k=1", "k=2"])
        header = ", ".join(bases + ([keywords] if keywords else []))
        lines += ["try:", *("    " + line for line in [f"class {name}({header}):", *"\n".join(members(random, name)).split("\n")]),
                  "except Exception as error:", "    print(type(error).__name__, error)", f"    class {name}: pass"]
    number = 0
    for _ in range(4):
        one, other = choice(names), choice(names)
        lines += [f"try: x = {one}({choice(['', '', '', '1', chr(39) + 'k' + chr(39)])})", "except Exception as error:", "    print(type(error).__name__, error); x = None",
                  f"try: y = {other}()", "except Exception as error:", "    print(type(error).__name__, error); y = 1"]
        for _ in range(12):
            number += 1
            if random.random() < 0.35:
                symbol = choice([*BINARY, *COMPARE])
                use = choice([f"x {symbol} y", f"y {symbol} x", f"x {symbol} 1", f"1 {symbol} x", f"{choice(list(UNARY))}x", f"'s' {symbol} x", f"x {symbol} [1]"])
            else:
                use = choice(USES).format(n=random.randrange(5)) if "{n}" in (use := choice(USES)) else choice(USES).replace("{{", "{").replace("}}", "}").replace("{n}", "1")
            lines.append(f"show({number}, lambda: {use})")
    return "\n".join(lines) + "\n"
