"""The abstract classes of containers."""
from collections import abc

for thing in ([], (), {}, set(), "", b"", range(1), iter([]), (x for x in []), len, 1, frozenset()):
    names = [n for n in ("Hashable", "Iterable", "Iterator", "Generator", "Sized", "Container", "Collection", "Callable",
             "Sequence", "MutableSequence", "Set", "MutableSet", "Mapping", "MutableMapping", "Reversible", "KeysView",
             "ItemsView", "ByteString") if isinstance(thing, getattr(abc, n))]
    print(type(thing).__name__, names)


class Bag(abc.MutableMapping):
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        return self.d[k]

    def __setitem__(self, k, v):
        self.d[k] = v

    def __delitem__(self, k):
        del self.d[k]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


b = Bag()
b.update(a=1, b=2)
print(b.pop("a"), b.setdefault("c", 5), list(b.items()), list(b.keys()), list(b.values()), b == {"b": 2, "c": 5}, "b" in b, b.get("z"))
print(b.popitem(), len(b))
b.clear()
print(list(b))


class Squares(abc.Sequence):
    def __len__(self):
        return 4

    def __getitem__(self, i):
        if i >= 4:
            raise IndexError
        return i * i


s = Squares()
print(list(s), 9 in s, s.index(4), s.count(1), list(reversed(s)))


class OddSet(abc.Set):
    def __init__(self, it):
        self.items = sorted(set(it))

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


a, c = OddSet([1, 3, 5]), OddSet([3, 7])
print(list(a & c), list(a | c), list(a - c), list(a ^ c), a <= c, OddSet([3]) < a, a.isdisjoint([2]), a == OddSet([5, 3, 1]))
try:
    abc.Mapping()
except TypeError as e:
    print(e)


class HasIter:
    def __iter__(self):
        return iter(())


print(issubclass(HasIter, abc.Iterable), isinstance(HasIter(), abc.Sized), issubclass(int, abc.Hashable), isinstance([], abc.Hashable))
match b:
    case {"x": 1}:
        print("no")
    case {}:
        print("mapping")
match s:
    case [0, 1, *rest]:
        print("sequence", rest)
