# copy and deepcopy through __reduce_ex__, __copy__ and __deepcopy__; weak references.
import copy
import weakref
class P:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __eq__(self, o):
        return (self.x, self.y) == (o.x, o.y)
    def __repr__(self):
        return f"P({self.x}, {self.y})"
p = P(1, [2])
q = copy.copy(p)
r = copy.deepcopy(p)
q.y.append(3)
print(p, q, r, q is p, type(r).__name__)
class L(list):
    pass
l = L([1, [2]])
l.tag = "t"
m = copy.deepcopy(l)
m[1].append(9)
print(l, m, m.tag, type(m).__name__)
class D(dict):
    pass
d = D(a=[1])
e = copy.copy(d)
e["a"].append(2)
print(d, e, type(e).__name__, copy.deepcopy({1: (2, [3])}))
class T(tuple):
    pass
print(copy.copy(T((1, 2))), type(copy.deepcopy(T(([1], 2)))).__name__)
class S:
    __slots__ = ("a", "b")
s = S()
s.a = [1]
s2 = copy.copy(s)
print(s2.a is s.a, hasattr(s2, "b"))
class C:
    def __copy__(self):
        return "copied"
    def __deepcopy__(self, memo):
        return "deep"
print(copy.copy(C()), copy.deepcopy([C()]))
loop = [1]
loop.append(loop)
loop2 = copy.deepcopy(loop)
print(loop2[1] is loop2, loop2)
class State:
    def __init__(self):
        self.n = 1
    def __getstate__(self):
        return {"n": self.n + 1}
    def __setstate__(self, state):
        self.n = state["n"] * 10
print(copy.copy(State()).n)
print(copy.copy(5), copy.copy("a"), copy.deepcopy(None), copy.copy(len) is len, copy.copy(P) is P)
x = P(1, 2)
w = weakref.ref(x)
print(w() is x, w() == P(1, 2))
del x
print(w())
called = []
x = P(3, 4)
w = weakref.ref(x, lambda ref: called.append(ref is w))
del x
print(called, w() is None)
try:
    weakref.ref(5)
except TypeError as error:
    print(error)
print(P(1, 2).__reduce_ex__(2)[1][0].__name__, P(1, 2).__getstate__(), object().__getstate__())
