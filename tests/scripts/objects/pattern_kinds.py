"""What is a sequence and what a mapping to `match`, where a class inherits from both, and keys that are equal."""
import collections
from collections.abc import Mapping, Sequence


class Plain:
    pass


class M1(collections.UserDict, Sequence):
    pass


class M2(Plain, collections.UserDict, Sequence):
    pass


class M3(dict, Sequence, Plain):
    pass


class S1(collections.UserList, Mapping):
    pass


class S2(list, Plain, Mapping):
    pass


class S3(collections.UserList, dict):
    pass


def kind(value):
    match value:
        case []:
            return "sequence"
        case {}:
            return "mapping"
    return "neither"


def turned(value):
    match value:
        case {}:
            return "mapping"
        case []:
            return "sequence"
    return "neither"


for cls in (M1, M2, M3, S1, S2, S3, Plain):
    print(cls.__name__, kind(cls()), turned(cls()))


class Parent:
    pass


class Child(Parent):
    pass


print(kind(Child()))
Mapping.register(Parent)
print(kind(Child()), turned(Child()))
try:
    class Both(metaclass=type(Mapping)):
        __abc_tpflags__ = (1 << 5) | (1 << 6)
except TypeError as error:
    print(error)
for keys in ("0: _, False: _", "0: _, 0.0: _", "1: _, True: _", "-0: _, 0: _", "0.5: _, 1: _", "'a': _, b'a': _"):
    try:
        compile("match x:\n    case {" + keys + "}: pass", "text", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg)
match {1.0: "one", False: "no"}:
    case {True: a, 0: b}:
        print(a, b)
