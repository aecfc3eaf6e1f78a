# Which values are the same key.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)


print({1: "a", 1.0: "b", True: "c", 2: "d"}, {0: 1, False: 2, 0.0: 3, -0.0: 4}, len({1, 1.0, True, "1", b"1"}))
print({(1, 2): "t"}[(1.0, 2)], {frozenset([1]): "f"}[frozenset([1.0])], {"a": 1} == {"a": 1.0}, {10 ** 20: 1}[1e20], hash(10 ** 20) == hash(1e20))
print(hash(1) == hash(1.0) == hash(True), hash(2 ** 61 - 1), hash(-1) == hash(-2), hash(0.0) == hash(-0.0), hash(float("inf")), hash(-float("inf")), hash(2 ** 1000) == hash(2.0 ** 1000))
print(hash((1, 2)), hash(()), hash((1, (2, 3))), hash((0,)), hash((-1,)), hash(frozenset()), hash(frozenset([1, 2, 3])), hash(range(3)) == hash(range(0, 3)))
print(hash(1.5), hash(-2.75), hash(1e100), hash(0.1), hash(10 ** 30), hash(-10 ** 30), hash(None) == hash(None), hash(...) == hash(...))
class K:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def __repr__(self): return f"K({self.n})"
d = {K(1): "one", K(2): "two"}
print(d[K(1)], K(3) in d, d, {K(1), K(1), K(2)}, [K(1)].index(K(1)), [K(1), K(1)].count(K(1)))
d[K(1)] = "changed"
print(d, len(d))
k = K(5)
d[k] = "moved"
k.n = 6
print(k in d, K(5) in d, K(6) in d, len(d))
class E:
    def __eq__(self, o): return True
attempt(lambda: {E(): 1})
class H(E):
    __hash__ = object.__hash__
print(len({H(), H()}), H() == H())
class N:
    __hash__ = None
attempt(lambda: hash(N()))
attempt(lambda: {N()})
print(sorted([hash(x) == hash(y) for x, y in ((1, 1.0), ("a", "a"), (b"a", b"a"), ((1, "a"), (1, "a")))]))
