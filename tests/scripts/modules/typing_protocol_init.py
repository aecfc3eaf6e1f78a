# A class that follows a protocol gets its __init__ from wherever it has one.
from dataclasses import dataclass
from typing import Protocol


class Placed(Protocol):
    x: int


@dataclass
class Point(Placed):
    x: int
    y: int = 2


class Plain(Placed):
    pass


class Base:
    def __init__(self, name):
        self.name = name


class Named(Placed, Base):
    pass


class Own(Placed):
    def __init__(self, x):
        self.x = x * 2


class Later(Placed):
    pass


Later.__init__ = lambda self, x: setattr(self, "x", x)
print(Point(1), Own(3).x, Named("n").name, Later(4).x, type(Plain()).__name__)
for make in (Placed, lambda: Plain(1), lambda: Named()):
    try:
        print(make())
    except TypeError as error:
        print(error)
