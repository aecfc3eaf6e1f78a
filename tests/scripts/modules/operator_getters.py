"""itemgetter, attrgetter, methodcaller."""
from operator import attrgetter, itemgetter, methodcaller


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def moved(self, by, *, up=0):
        return (self.x + by, self.y + up)


p = Point(1, 2)
q = Point(p, 3)
print(itemgetter(1)("abc"), itemgetter(0, 2)("abc"), itemgetter("k")({"k": 5}), itemgetter(slice(1, 3))("abcd"))
print(attrgetter("x")(p), attrgetter("x", "y")(p), attrgetter("x.y")(q))
print(methodcaller("upper")("abc"), methodcaller("moved", 2, up=1)(p), methodcaller("split", ",")("a,b"))
print(itemgetter(1), itemgetter(1, "a"), attrgetter("a.b", "c"), methodcaller("f", 1, k=2))
print(sorted([("b", 1), ("a", 2)], key=itemgetter(1), reverse=True), sorted([(2, 1), (1, 2)], key=itemgetter(0)))
for call in (lambda: itemgetter(), lambda: attrgetter(1), lambda: attrgetter("zz")(p), lambda: itemgetter(9)("a")):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
