# The protocols of containers on a script's class.
class Grid:
    def __init__(self):
        self.cells = {}
    def __getitem__(self, key):
        print("get", key)
        return self.cells[key]
    def __setitem__(self, key, value):
        print("set", key, value)
        self.cells[key] = value
    def __delitem__(self, key):
        print("del", key)
        del self.cells[key]
    def __len__(self):
        return len(self.cells)
    def __contains__(self, key):
        print("contains", key)
        return "maybe" if key in self.cells else ""
    def __iter__(self):
        return iter(sorted(self.cells))
    def __reversed__(self):
        return reversed(sorted(self.cells))
    def __call__(self, *args, **kw):
        return args, kw
    def __bool__(self):
        print("bool")
        return False
g = Grid()
g[1, 2] = "a"
g[3, 4] = "b"
print(g[1, 2], len(g), (1, 2) in g, 5 not in g, list(g), list(reversed(g)), g(1, x=2), bool(g))
g[3, 4] += "!"
del g[1, 2]
print(g.cells, "empty" if not g else "full", [*g], sorted(g), max(g))
first, = g
print(first)
class Missing:
    def __getitem__(self, key):
        if isinstance(key, slice):
            return (key.start, key.stop, key.step)
        raise IndexError(key)
m = Missing()
print(m[1:2], m[::3], list(m), 1 in m)
class Hint:
    def __length_hint__(self):
        return 3
    def __iter__(self):
        return iter([1, 2])
print(list(Hint()))
class Int:
    def __index__(self): return 2
    def __int__(self): return 5
    def __float__(self): return 2.5
    def __complex__(self): return 1
    def __bytes__(self): return b"bytes"
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __trunc__(self): return 9
    def __ceil__(self): return "ceil"
    def __floor__(self): return "floor"
i = Int()
print(int(i), float(i), str(i), repr(i), f"{i} {i!r} {i!s}", bytes(i), [10, 20, 30][i], range(i), "ab" * i, "%s %r" % (i, i))
import math
print(math.ceil(i), math.floor(i), math.trunc(i))
