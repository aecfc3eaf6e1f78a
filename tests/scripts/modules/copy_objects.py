"""copy and deepcopy."""
import copy
from collections import OrderedDict, defaultdict, deque, namedtuple


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


class Slotted:
    __slots__ = ("a", "b")


class Custom:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep"


class MyList(list):
    pass


p = Point([1], 2)
q, r = copy.copy(p), copy.deepcopy(p)
print(q.x is p.x, r.x is p.x, r.x, q.y)
l = [1, [2]]
l.append(l)
m = copy.deepcopy(l)
print(m[2] is m, m[1] is l[1], m[:2])
print(copy.copy(Custom()), copy.deepcopy([Custom()]))
s = Slotted()
s.a = [1]
t = copy.copy(s)
u = copy.deepcopy(s)
print(t.a is s.a, u.a is s.a, hasattr(t, "b"))
ml = MyList([1, [2]])
ml.note = ["n"]
c = copy.deepcopy(ml)
print(c, type(c).__name__, c.note, c.note is ml.note, c[1] is ml[1])
d = {"a": {"b": [1]}}
e = copy.deepcopy(d)
e["a"]["b"].append(2)
print(d, e, copy.copy(d)["a"] is d["a"])
T = namedtuple("T", "a b")
t = T([1], 2)
print(copy.deepcopy(t), copy.deepcopy(t).a is t.a, copy.copy(t) == t)
print(copy.deepcopy(deque([[1]], maxlen=3)), copy.copy(OrderedDict(a=1)), copy.deepcopy(defaultdict(list, a=[1])))
f = frozenset([1])
tup = (1, 2)
print(copy.copy(f) is f, copy.deepcopy(tup) is tup, copy.copy(print) is print, copy.deepcopy(Point) is Point)
shared = []
pair = copy.deepcopy([shared, shared])
print(pair[0] is pair[1], copy.deepcopy({1, 2}), copy.deepcopy(bytearray(b"x")), copy.copy(None))
exc = copy.copy(ValueError("a", 1))
print(repr(exc))
try:
    copy.copy(x for x in [])
except TypeError as e:
    print("cannot")
