# The match statement: classes, sequences, mappings, captures, guards and values.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Color:
    RED = "red"
class Bad:
    __match_args__ = ["x"]
class Worse:
    __match_args__ = (1,)
class Seq:
    def __getitem__(self, i): return i
    def __len__(self): return 2


def kind(v):
    match v:
        case None: return "none"
        case True | False: return "bool"
        case 0: return "zero"
        case -1 | -1.5: return "negative"
        case 1 + 2j: return "complex"
        case "a" "b": return "ab"
        case b"x": return "bytes"
        case Color.RED: return "red"
        case int(n) if n > 100: return f"large {n}"
        case int() | float() as n: return f"number {n}"
        case str(s): return f"str {s}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case (x, y): return f"two {x} {y}"
        case [1, *rest, 9]: return f"1..9 {rest}"
        case [first, *_]: return f"first {first}"
        case {"k": v, **rest}: return f"k={v} {rest}"
        case {1: [a, {"deep": b}]}: return f"deep {a} {b}"
        case {}: return "mapping"
        case Point(0, y=0): return "origin"
        case Point(x, y=Point(a, b)): return f"nested {x} {a} {b}"
        case Point(x=x): return f"point {x}"
        case type(): return "a type"
        case _: return "other"


for v in [None, True, 0, 0.0, -1, -1.5, 1 + 2j, "ab", b"x", "red", 101, 50, 2.5, "text", [], (), [1], (1, 2), [1, 2, 3, 9], [1, 9, 9], [5, 6, 7], range(3), "xy", b"yz", bytearray(b"q"), {"k": 1}, {"k": 1, "z": 2}, {1: [2, {"deep": 3, "more": 4}]}, {}, {"q": 1}, Point(0, 0), Point(1, Point(2, 3)), Point(7, 8), int, {1, 2}, Seq(), iter([1]), Bad, object()]:
    print(repr(v) if " at 0x" not in repr(v) else type(v).__name__, "->", kind(v))


def attempt(text):
    names = dict(globals())
    try:
        exec(text, names)
        print("ok", names.get("r"))
    except Exception as error:
        print(type(error).__name__, error)


attempt("match Point(1, 2):\n case Point(a, b, c): r = 1")
attempt("match Bad():\n case Bad(x): r = 1")
attempt("match Worse():\n case Worse(x): r = 1")
attempt("match 5:\n case int(a, b): r = 1")
attempt("match 5:\n case Undefined(): r = 1")
attempt("match 5:\n case Color.BLUE: r = 1")
attempt("match Point(1, 2):\n case Point(1, x=1): r = 1")
attempt("five = 5\nmatch 5:\n case five(): r = 1")
attempt("match 5:\n case object(real=5, imag=i): r = i")
attempt("match {'a': 1}:\n case {'a': int(v)} if v > 5: r = 'big'\n case {'a': v}: r = ('small', v)")
attempt("match (1, (2, [3, 4])):\n case (a, (b, [*c])): r = (a, b, c)")
attempt("match [1, 2, 3]:\n case [*a, b]: r = (a, b)")
attempt("match 'x':\n case ('x' | 'y') as z: r = z")
attempt("match 1, 2:\n case 1, x: r = x")
attempt("match *[1], 2:\n case [a, b]: r = (a, b)")
attempt("x = 0\nmatch 5:\n case x if False: pass\n case _: r = x")
attempt("r = 'unset'\nmatch 5:\n case 6: r = 1")
attempt("import collections\nmatch collections.OrderedDict(a=1):\n case {'a': v}: r = v\nmatch collections.deque([1, 2]):\n case [a, b]: r = r, a, b")
attempt("match dict(a=1).items():\n case [x]: r = 1\n case _: r = 'no sequence'")
attempt("class D(dict):\n def __missing__(self, k): return 5\nmatch D():\n case {'z': v}: r = v\n case _: r = 'missing is not asked'")
attempt("match float('nan'):\n case float('nan'): r = 1")
attempt("match 1:\n case True: r = 'no'\n case 1.0: r = 'equal'")
attempt("match = 5; case = 6; r = match + case")
attempt("match(5)")
