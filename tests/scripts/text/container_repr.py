# repr of containers, empty, nested and of subclasses.

print([], [1], [1, "a", None, 1.5, True, b"x"], (), (1,), (1, 2), {}, {"a": 1, 2: [3]}, set(), {1}, frozenset(), frozenset([1]))
print([[]], [()], ((),), {(): {}}, [{1: {2: (3,)}}], {"k": {"n": [1, (2,)]}}, [set(), frozenset({2})])
print(range(5), range(1, 5), range(1, 10, 2), range(0), slice(1), slice(1, 2), slice(None, None, -1), slice("a", [1]))
print({}.keys(), {"a": 1}.keys(), {"a": 1}.values(), {"a": 1, "b": [2]}.items(), {}.items())

class MyList(list):
    pass

class MyDict(dict):
    pass

class MySet(set):
    pass

class MyFrozen(frozenset):
    pass

class MyTuple(tuple):
    pass

class Array(bytearray):
    pass

print(MyList([1]), MyDict(a=1), MySet([1]), MySet(), MyFrozen([2]), MyFrozen(), MyTuple((1, 2)), Array(b"x"), str(MyList()), f"{MyDict()}")
print(list.__repr__(MyList([1])), dict.__repr__({1: 2}), tuple.__repr__((1,)), set.__repr__({1}), int.__repr__(True), object.__repr__([]).startswith("<list object at 0x"))
print(NotImplemented, ..., None, True, [None, ...])
