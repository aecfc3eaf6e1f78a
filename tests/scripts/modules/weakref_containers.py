"""Weak dictionaries and sets, proxies, finalize."""
import weakref


class Obj:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Obj({self.n})"

    def __len__(self):
        return self.n

    def __add__(self, other):
        return self.n + other

    def __call__(self):
        return "called"


a, b = Obj(1), Obj(2)
d = weakref.WeakValueDictionary(x=a)
d["y"] = b
print(sorted(d), d["x"], len(d), "x" in d, d.get("z"), sorted(k for k, v in d.items()))
del b
print(sorted(d), "y" in d, list(d.values()))
k = weakref.WeakKeyDictionary()
c = Obj(3)
k[a] = "a"
k[c] = "c"
print(len(k), k[a], a in k, sorted(k.values()))
del c
print(len(k), list(k.items()))
s = weakref.WeakSet([a])
e = Obj(5)
s.add(e)
print(len(s), e in s, sorted(o.n for o in s))
del e
print(len(s), [o.n for o in s], a in s)
s.discard(a)
print(len(s))
p = weakref.proxy(a)
print(p.n, len(p), p + 5, p(), str(p), bool(p), type(p).__name__)
p.n = 9
print(a.n)
log = []
f = weakref.finalize(a, log.append, "gone")
print(f.alive, f.peek()[2])
del a
print(log, f.alive, f(), len(d))
try:
    p.n
except ReferenceError as err:
    print(err)
g = Obj(7)
fin = weakref.finalize(g, print, "finalized", 1)
fin()
print(fin.alive, fin.detach())
