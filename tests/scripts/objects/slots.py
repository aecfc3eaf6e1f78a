# __slots__.
class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
p = P(1, 2)
print(p.x, p.y, P.__slots__, hasattr(p, "__dict__"))
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)
attempt(lambda: setattr(p, "z", 3))
del p.x
attempt(lambda: p.x)
attempt(lambda: delattr(p, "x"))
p.x = 5
print(p.x, type(P.x).__name__, P.x.__name__, P.x.__get__(p), P.x)
class Q(P):
    __slots__ = "z"
q = Q(1, 2)
q.z = 3
print(q.x, q.y, q.z, [n for n in dir(q) if not n.startswith("__")])
attempt(lambda: setattr(q, "w", 1))
class R(P):
    pass
r = R(1, 2)
r.free = True
print(r.free, r.x)
class S:
    __slots__ = ["a", "__dict__"]
s = S()
s.a = 1
s.b = 2
print(s.a, s.b)
class Private:
    __slots__ = ("__hidden",)
    def __init__(self):
        self.__hidden = "h"
    def get(self):
        return self.__hidden
print(Private().get(), Private._Private__hidden.__name__)
def conflict():
    class T:
        __slots__ = ("a",)
        a = 1
attempt(conflict)
def not_text():
    class T:
        __slots__ = (1,)
attempt(not_text)
class Empty:
    __slots__ = ()
attempt(lambda: setattr(Empty(), "a", 1))
def two():
    class T(P, S):
        pass
attempt(two)
class Default:
    __slots__ = {"x": "documented"}
d = Default()
attempt(lambda: d.x)
P.x.__set__(p, 77)
print(p.x)
class Meth:
    __slots__ = ("v",)
    def inc(self):
        self.v = getattr(self, "v", 0) + 1
        return self.v
m = Meth()
print(m.inc(), m.inc())
attempt(lambda: setattr(m, "inc", 1))
