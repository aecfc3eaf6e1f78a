"""namedtuple."""
from collections import namedtuple

Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), p._fields, p._asdict(), p._replace(x=9), len(p), Point._make([5, 6]))
x, y = p
print(x, y, hash(p) == hash((1, 2)), Point.__name__, Point.__module__, Point.__doc__, Point.x.__doc__)
D = namedtuple("D", ["a", "b", "c"], defaults=[10, 20])
print(D(1), D(1, 2), D._field_defaults, D.__match_args__)
print(namedtuple("R", "a class a _b", rename=True)._fields)


class P3(Point):
    __slots__ = ()

    def norm(self):
        return self.x ** 2 + self.y ** 2


print(P3(3, 4).norm(), P3(3, 4), isinstance(P3(1, 2), tuple))
match p:
    case Point(a, b):
        print("matched", a, b)
for call in (
    lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: p._replace(q=1), lambda: Point._make([1]),
    lambda: namedtuple("A", "a a"), lambda: namedtuple("A", "class"), lambda: namedtuple("A", "1x"), lambda: namedtuple("A", "_x"),
    lambda: setattr(p, "x", 5), lambda: p.zz, lambda: namedtuple("A", "a", defaults=[1, 2]),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
