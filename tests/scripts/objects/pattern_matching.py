# match: every kind of pattern.
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y
class Color:
    RED = 1
    GREEN = 2
def f(v):
    match v:
        case 0 | -1:
            return "zero or minus one"
        case 1.5 | "text" | b"bytes" | None | True:
            return f"literal {v!r}"
        case Color.GREEN:
            return "green"
        case []:
            return "empty sequence"
        case [x]:
            return f"one {x}"
        case [1, [2, *inner], *rest]:
            return f"nested {inner} {rest}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case (a, b):
            return f"pair {a} {b}"
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case {"kind": kind, **others}:
            return f"{kind} with {others}"
        case {}:
            return "some mapping"
        case Point(0, 0):
            return "origin"
        case Point(x, y=0):
            return f"on x axis {x}"
        case Point(x=0) as p:
            return f"on y axis {p.y}"
        case Point():
            return "a point"
        case int(n) if n > 100:
            return f"big {n}"
        case int() | float():
            return f"number {v}"
        case str() as s:
            return f"string {s}"
        case _:
            return "other"
for v in (0, -1, 1.5, "text", b"bytes", None, True, 2, [], [7], (9,), [1, [2, 3, 4], 5, 6], [5, 6, 5], (1, 2), [1, 2, 3],
          {"kind": "circle", "r": 2}, {"kind": "box", "w": 1, "h": 2}, {"a": 1}, {}, Point(0, 0), Point(3, 0), Point(0, 4), Point(1, 1),
          500, 50, 2.5, "word", "", {1, 2}, range(0), range(2), "ab", bytearray(b"x"), False):
    print(repr(v) if not isinstance(v, Point) else (v.x, v.y), "->", f(v))
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
def too_many(v):
    match v:
        case Point(a, b, c):
            return a
attempt(lambda: too_many(Point(1, 2)))
def twice(v):
    match v:
        case Point(a, x=b):
            return a
attempt(lambda: twice(Point(1, 2)))
def not_class(v):
    match v:
        case f(1):
            return 1
attempt(lambda: not_class(1))
class NoArgs:
    pass
def no_args(v):
    match v:
        case NoArgs(1):
            return 1
attempt(lambda: no_args(NoArgs()))
def none_left(v):
    match v:
        case 1:
            return "one"
    return "fell through"
print(none_left(1), none_left(2))
def bind(v):
    match v:
        case [x, y] | {"x": x, "y": y}:
            return x, y
        case (1 | 2) as n, *_:
            return n
print(bind([1, 2]), bind({"x": 3, "y": 4, "z": 5}), bind([2, 3, 4]))
class Lazy:
    def __getattr__(self, name):
        print("asked", name)
        raise AttributeError
    pass
match Lazy():
    case Point(x=1):
        print("no")
    case Lazy(a=1):
        print("no")
    case _:
        print("default")
match = 5
case = 6
print(match, case)
