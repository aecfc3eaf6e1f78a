# What is hashable, what equals must share, and what __hash__ may give.
def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


for value in [[], {}, set(), bytearray(), slice(1), ([],), {}.keys(), {}.items(), memoryview]:
    show(lambda: hash(value) is not None)
print(hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(0.5) == hash(0.5 + 0j), hash(-1), hash(-2), hash(0), hash(2 ** 61), hash(-(2 ** 61)))
print(hash(()) == hash(()), hash((1, 2)) == hash((1.0, 2.0)), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash("a") == hash("a"), hash(b"a") == hash(b"a"), hash(range(3)) == hash(range(0, 3)))


class Eq:
    def __eq__(self, other): return True
class Both(Eq):
    def __hash__(self): return 7
class Inherits(Both): pass
class Removed(Both):
    __hash__ = None
class Text:
    def __hash__(self): return "x"
class Large:
    def __hash__(self): return 2 ** 70
class Minus:
    def __hash__(self): return -1


for cls in (Eq, Both, Inherits, Removed, Text, Large, Minus):
    show(lambda: hash(cls()))
print(Eq.__hash__, Removed.__hash__, {Both(): 1}[Inherits()])
show(lambda: {Removed(): 1})
show(lambda: {Text(): 1})
