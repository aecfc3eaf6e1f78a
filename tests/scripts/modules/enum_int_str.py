"""IntEnum, StrEnum, mixed enumerations."""
import json
from enum import Enum, IntEnum, StrEnum, auto


class Level(IntEnum):
    LOW = 1
    HIGH = 5


print(Level.LOW, repr(Level.LOW), Level.LOW + 1, Level.LOW < Level.HIGH, Level.HIGH == 5, f"{Level.HIGH}", f"{Level.HIGH:03d}", int(Level.LOW))
print([10, 20][Level.LOW], Level(5), isinstance(Level.LOW, int), {5: "five"}[Level.HIGH], "%d %s" % (Level.LOW, Level.LOW), sum(Level))


class Word(StrEnum):
    HELLO = "hello"
    WORLD = auto()


print(Word.HELLO, repr(Word.WORLD), Word.HELLO + "!", Word.WORLD == "world", Word.HELLO.upper(), f"{Word.HELLO:>8}", ", ".join(Word))


class Mixed(str, Enum):
    A = "a"


print(Mixed.A, repr(Mixed.A), Mixed.A == "a", Mixed.A.upper(), "{}".format(Mixed.A))


class Coord(bytes, Enum):
    def __new__(cls, value, label):
        obj = bytes.__new__(cls, [value])
        obj._value_ = value
        obj.label = label
        return obj

    PX = (0, "P.X")
    PY = (1, "P.Y")


print(Coord.PY.label, Coord.PY.value, Coord(1) is Coord.PY, len(Coord))
print(json.dumps({"level": Level.HIGH, "word": Word.HELLO}))
try:

    class Bad(StrEnum):
        X = 1
except TypeError as e:
    print(e)
