"""weakref.ref, callbacks, counts."""
import weakref


class A:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return isinstance(other, A) and self.n == other.n

    def __hash__(self):
        return hash(self.n)


a = A(1)
r = weakref.ref(a)
print(r() is a, weakref.ref(a) is r, weakref.getweakrefcount(a), r == weakref.ref(A(1)), hash(r) == hash(a), r.__callback__)
gone = []
s = weakref.ref(a, lambda ref: gone.append(ref() is None))
print(s is r, weakref.getweakrefcount(a), len(weakref.getweakrefs(a)), s.__callback__ is not None)
del a
print(r(), gone, hash(r) == hash(1), r == s, r == r)
for thing in (1, "a", [], {}, (), None):
    try:
        weakref.ref(thing)
    except TypeError as e:
        print(e)
for thing in (A, print, len, set(), (x for x in [])):
    print(weakref.ref(thing)() is thing)
t = weakref.ref(set())
print(t())
try:
    hash(t)
except TypeError as e:
    print(e)
b = A(2)
w = weakref.WeakMethod(b.__eq__)
print(w()(A(2)), w == weakref.WeakMethod(b.__eq__))
del b
print(w())


class L(list):
    pass


l = L([1])
print(weakref.ref(l)() is l, isinstance(r, weakref.ReferenceType), type(r).__name__)
