"""Small corners of the library: lengths guessed, keys hashed once, separators checked, names of one function."""
import bisect
import enum
import functools
import itertools
import json
import operator
import random


def said(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


class Hashed:
    count = 0

    def __hash__(self):
        Hashed.count += 1
        return 5


@functools.lru_cache(maxsize=2)
def cached(value):
    return 1


one, two, three = Hashed(), Hashed(), Hashed()
for value in (one, one, two, three, one):
    cached(value)
print(Hashed.count, cached.cache_info())
print(operator.length_hint(itertools.repeat(1), 12), operator.length_hint(itertools.repeat(1, 5)), operator.length_hint(5, 3))
said(lambda: list(itertools.islice(itertools.count(1j, 2), 3)))
said(lambda: itertools.count("a"))
said(lambda: random.choices([], k=1))
said(lambda: random.choices([], weights=[], k=1))
said(lambda: random.choices([1], weights=[], k=1))
said(lambda: json.dumps({1: 2}, separators=(1, 2)))
said(lambda: json.dumps({1: 2}, separators=(",", None)))
print(bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right, len(operator.__all__), "itemgetter" in operator.__all__)


class Part(bytes):
    pass


class Gives:
    def __bytes__(self):
        return Part(b"ab")


print(type(bytes(Gives())).__name__, type(bytes(Part(b"c"))).__name__, bytes(Gives()))


def place(value):
    array = bytearray(b"a")
    array[5] = value


said(lambda: place("x"))
said(lambda: place(300))
said(lambda: place(3))


class Level(enum.IntEnum):
    LOW = 1


class Color(enum.Enum):
    RED = 1

    def shout(self):
        return self.name


print(dir(Color), dir(Color.RED))
print({"LOW", "bit_length", "__members__"} <= set(dir(Level)), {"name", "value", "bit_length"} <= set(dir(Level.LOW)))
