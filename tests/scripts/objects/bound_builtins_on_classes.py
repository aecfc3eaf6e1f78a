# What is bound already stays so on a class; keys that are sets; hashes that scripts compute; names that exec makes global.
import collections.abc
import copy
import numbers
import sys
import types
import weakref


class C:
    make = dict.fromkeys
    add = [].append


print(C().make("ab"), C().add(1), C.add.__self__)


class Hashed(frozenset):
    def __hash__(self):
        return int(id(self) & 0x7FFFFFFF)


class Changing(set):
    pass


hashed = Hashed()
print(hashed in {hashed}, Changing([1]) in {frozenset([1])}, {frozenset([1])}.discard(Changing([1])))


class Key:
    def __hash__(self):
        return hash("key3")

    def __eq__(self, other):
        return other == "key3"


print({"key1": 1, "key3": 44}[Key()], {Key(): 5}.get("key3"), "key3" in {Key(): 5}, {}.pop([], 3))


def kind(x):
    match x:
        case [a, *_]:
            return "sequence"
        case {}:
            return "mapping"
        case str():
            return "str"
        case _:
            return "other"


import array
print([kind(x) for x in ("ab", b"ab", bytearray(b"a"), [1], (1,), range(2), memoryview(b"a"), array.array("b", [1]), collections.deque([1]), {1: 2}, {1})])


def run():
    z = 1
    exec("z = 2\ndef triple():\n global z\n z = 3 * z\ntriple()")
    return z


print(run(), z)


class Proxy:
    def __init__(self, inner):
        self._inner = inner

    def __getattribute__(self, name):
        inner = object.__getattribute__(self, "_inner")
        return inner if name == "_inner" else getattr(inner, name)


print(isinstance(Proxy(3), int), isinstance(1j, numbers.Complex), copy.deepcopy([slice(1, None, 2), range(3)]))
for group in (ExceptionGroup("g", [OSError()]), OSError("plain")):
    try:
        try:
            raise group
        except* ExceptionGroup:
            pass
    except TypeError as error:
        print(error)


class Ref(weakref.ref):
    def __init__(self, target, callback=None, *, label):
        super().__init__(target, callback)
        self.label = label

    def __new__(cls, target, callback=None, *, label):
        return super().__new__(cls, target, callback)


target = C()
ref = Ref(target, label="x")
print(ref() is target, ref.label, type(ref).__name__)
del target
print(ref())
print(types.MappingProxyType({1: 2}) | {3: 4}, {3: 4} | types.MappingProxyType({1: 2}))
try:
    proxy = types.MappingProxyType({})
    proxy |= {}
except TypeError as error:
    print(error)
try:
    print >> 3
except TypeError as error:
    print(error)
print(sys.__stdout__ is sys.stdout)


def swap(a, b):
    b, c = 0, (lambda z=b: z + a)()
    return a, b, c


print(swap(1, 2))


def seen():
    a, b = 0, locals()
    return sorted(b)


print(seen())
