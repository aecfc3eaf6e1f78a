import copy, operator
def attempt(go):
    try: print(go())
    except Exception as e: print(type(e).__name__, e)
d = {1: 2, 3: 4}
makers = [lambda: iter([1, 2, 3]), lambda: iter((1, 2)), lambda: iter('abc'), lambda: iter(b'ab'), lambda: iter(bytearray(b'ab')), lambda: iter({5}), lambda: iter(d), lambda: iter(d.items()), lambda: iter(d.values()),
          lambda: reversed([1, 2]), lambda: reversed(d), lambda: reversed(d.items()), lambda: reversed((1, 2)), lambda: iter(range(5)), lambda: iter(range(10**30, 10**30 + 3)), lambda: reversed(range(4)), lambda: enumerate('ab', 4), lambda: zip([1], [2]), lambda: map(str, [1]), lambda: filter(None, [0, 1]), lambda: iter([1, 2, 3].pop, 9)]
for make in makers:
    it = make()
    print(type(it).__name__, operator.length_hint(it, 99), hasattr(it, '__length_hint__'), hasattr(it, "__setstate__") or "long" in type(it).__name__, hasattr(it, '__reduce__'))
    next(it, None)
    print(operator.length_hint(it, 99))
    try: other = copy.copy(it); print(list(other) if type(it).__name__ != 'callable_iterator' else '')
    except Exception as e: print(type(e).__name__, e)
    try: print(it.__reduce__()[1:] if type(it).__name__ not in ("range_iterator", "longrange_iterator", "enumerate", "zip", "map", "filter", "callable_iterator") else "")
    except Exception as e: print(type(e).__name__, e)
class Seq:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i
    def __len__(self): return 4
s = iter(Seq()); next(s)
print(operator.length_hint(s), s.__reduce__()[1][0].__class__.__name__, s.__reduce__()[2]); s.__setstate__(-5); print(list(s))
s = iter([1, 2, 3]); s.__setstate__(2); print(list(s)); s = iter([1, 2]); s.__setstate__(-7); print(list(s)); s.__setstate__(0); print(list(s))
for t in [type(m()) for m in makers[:16]]: attempt(lambda: t())
class H:
    count = 0
    def __hash__(self): H.count += 1; return 1
d = dict.fromkeys(H() for _ in range(5)); print(H.count); s = set(d); print(H.count); s2 = set(s); f = frozenset(s); s.union(d); print(H.count); s.copy(); s | s2; s & s2; s - s2; dict.fromkeys(s); print(H.count)
# dicts and sets that change on the way
def mutate(view, action):
    d = {i: i for i in range(5)}
    for x in getattr(d, view)(): action(d)
def swap(d): del d[0]; d[0] = 0
def swap2(d): k = next(iter(d)); del d[k]; d[k + 10] = 1
for view in 'keys', 'values', 'items':
    for act in swap2, lambda d: d.clear(), lambda d: d.update({99: 1}), lambda d: d.pop(3):
        attempt(lambda: mutate(view, act))
def grow(d): d[len(d)] = 1
def m2():
    s = {1, 2, 3}
    for x in s: s.add(x + 10)
attempt(m2)
class Ev:
    def __init__(self, d): self.d = d
    def __hash__(self): return 1
    def __eq__(self, o): self.d.clear() if self.d else None; return False
def m3():
    d = {}; e = Ev(d); d.update({Ev({}): 1}); d[e] = 2
    d2 = {Ev(d): 1, 5: 6}
    d.update(d2)
attempt(m3)
class X:
    def __init__(s): s.lst = None
    def __eq__(self, o): self.lst.clear(); return NotImplemented
x = X(); l1 = [x]; l2 = [5]; x.lst = l1; print(l1 == l2, l1)
x = X(); l1 = [x, 3]; l2 = [x, 3]; x.lst = l2
print(l1 == [X()] if False else 'ok')
def sortmut():
    l = [5, 3, 1]
    def key(v): l.append(1); return v
    l.sort(key=key)
attempt(sortmut)
def sortmut2():
    l = [5, 3, 1]
    def key(v): del l[:]; l[:] = range(3); return v
    l.sort(key=key)
attempt(sortmut2)
class C:
    def __lt__(s, o): L.append(1) if L else None; return True
def sortmut3():
    class C:
        def __lt__(self, o):
            L.append(3); L.pop(); return True
    L = [C() for i in range(50)]
    L.sort()
attempt(sortmut3)
