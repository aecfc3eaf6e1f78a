# Sorting: stability, keys that fail, comparison that fails, lists changed meanwhile.
import functools


def show(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


data = [("b", 2), ("a", 2), ("c", 1), ("a", 1), ("b", 1)]
print(sorted(data), sorted(data, key=lambda p: p[1]), sorted(data, key=lambda p: p[0], reverse=True))
print(sorted(data, key=lambda p: (-p[1], p[0])), sorted("banana"), sorted({3: 1, 1: 2}), sorted([True, 0, 2.5, -1]))


class Only:
    def __init__(self, n, tag=""): self.n, self.tag = n, tag
    def __lt__(self, other): return self.n < other.n
    def __repr__(self): return f"{self.n}{self.tag}"


print(sorted([Only(2, "a"), Only(1, "b"), Only(2, "c"), Only(1, "d")]), sorted([Only(1, "x"), Only(1, "y")], reverse=True))
print(max([Only(1, "a"), Only(2, "b"), Only(2, "c")]) if hasattr(Only, "__gt__") else "", min([Only(2, "a"), Only(1, "b"), Only(1, "c")]))
show(lambda: sorted([1, "a", 2]))
show(lambda: sorted([None, 1]))
show(lambda: sorted([[1], [1, "a"], [1, 2]]))
show(lambda: sorted([{}, {}]))
show(lambda: sorted([1j, 2j]))
show(lambda: sorted([3, 1, 2], key=lambda v: 1 / (v - 1)))
show(lambda: sorted([3, 1], key=str.upper))
show(lambda: sorted(["b", "A"], key=str.lower))
show(lambda: sorted([1, 2], key=lambda: 0))
show(lambda: sorted([2, 1], cmp=lambda a, b: 0))
show(lambda: sorted([object(), object()]))
show(lambda: sorted([float("nan"), 1.0, 0.5])[1:] is not None)
show(lambda: sorted([2, 3, 1], key=functools.cmp_to_key(lambda a, b: b - a)))
show(lambda: sorted([2, 3, 1], key=functools.cmp_to_key(lambda a, b: "x")))
items = [3, 1, 2]


def spoil(v):
    items.append(v)
    return v


show(lambda: items.sort(key=spoil))
print(sorted(items) == items, len(items))
items = [5, 4, 3]


def fails(v):
    if v == 3: raise KeyError("key failed")
    return v


show(lambda: items.sort(key=fails))
print(items)
items = [3, 1, "a", 2]
show(lambda: items.sort())
print(len(items))
seen = []
sorted([3, 1, 2], key=lambda v: seen.append(v) or v)
print(seen)
big = [(i * 7919) % 1009 for i in range(1009)]
print(sorted(big) == list(range(1009)), sorted(big, reverse=True)[:3], sorted(big, key=lambda v: v % 10)[:5])
words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words, key=len), sorted(words, key=lambda w: w[::-1]), sorted(set(words), key=lambda w: (len(w), w)))
print(sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 5], []]), sorted([b"b", b"a"]), sorted(range(5), key=lambda v: -v))
print(sorted("bca", reverse=True), list(reversed(sorted("bca"))), sorted([1.5, 1, True]), sorted([-0.0, 0.0]))
