"""Enum."""
from enum import Enum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def hot(self):
        return self is Color.RED

    @classmethod
    def first(cls):
        return cls.RED


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], Color.CRIMSON is Color.RED)
print(list(Color), len(Color), Color.RED in Color, Color.GREEN.hot(), Color.first(), type(Color.RED), isinstance(Color.RED, Color))
print(Color, dict(Color.__members__), Color.RED == Color.RED, Color.RED == 1, {Color.RED: "r"}[Color.RED], hash(Color.RED) == hash("RED"))
print(f"{Color.RED} {Color.RED!r} {Color.RED:>12}", list(reversed(Color)), bool(Color.RED))


class Auto(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()


print([m.value for m in Auto])


class Planet(Enum):
    MERCURY = (3.3, 2.4)
    EARTH = (5.9, 6.3)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def density(self):
        return self.mass / self.radius


print(Planet.EARTH.mass, Planet.EARTH.density, Planet.EARTH.value, Planet((3.3, 2.4)))


class Named(Enum):
    def _generate_next_value_(name, start, count, last):
        return name.lower()

    ONE = auto()
    TWO = auto()


print(list(Named))
for call in (
    lambda: Color(9), lambda: Color["PINK"], lambda: setattr(Color, "RED", 5), lambda: Color.PINK, lambda: setattr(Color.RED, "value", 3),
    lambda: unique(Color), lambda: Enum("X", "a a"),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
try:

    class More(Color):
        PINK = 4
except TypeError as e:
    print(e)
Animal = Enum("Animal", "ANT BEE CAT")
print(list(Animal), Animal.BEE.value, Animal.__module__)
print(Enum("Pair", {"A": "x", "B": "y"}).B, Enum("T", [("P", 5)]).P.value)


class WithMissing(Enum):
    DEFAULT = 0

    @classmethod
    def _missing_(cls, value):
        return cls.DEFAULT


print(WithMissing(77))
