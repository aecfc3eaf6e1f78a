"""Abstract base classes."""
from abc import ABC, ABCMeta, abstractmethod, get_cache_token, update_abstractmethods


class Shape(ABC):
    @abstractmethod
    def area(self):
        """The area."""

    @property
    @abstractmethod
    def name(self):
        ...

    def double(self):
        return 2 * self.area()


class Square(Shape):
    def __init__(self, s):
        self.s = s

    def area(self):
        return self.s ** 2

    name = "square"


class Half(Shape):
    def area(self):
        return 0


print(Square(3).double(), Square(1).name, isinstance(Square(1), Shape), sorted(Shape.__abstractmethods__))
for cls in (Shape, Half):
    try:
        cls()
    except TypeError as e:
        print(e)


@Shape.register
class Other:
    pass


print(isinstance(Other(), Shape), issubclass(Other, Shape), issubclass(int, Shape), Other.__mro__[1].__name__)


class Drawable(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, C):
        if cls is Drawable:
            return any("draw" in B.__dict__ for B in C.__mro__) or NotImplemented
        return NotImplemented


class Line:
    def draw(self):
        pass


print(issubclass(Line, Drawable), isinstance(Line(), Drawable), isinstance(3, Drawable))


class Static(ABC):
    @staticmethod
    @abstractmethod
    def make():
        ...

    @classmethod
    @abstractmethod
    def build(cls):
        ...


try:
    Static()
except TypeError as e:
    print(e)
Half.name = "half"
update_abstractmethods(Half)
print(Half().name)
try:
    Shape.register(3)
except TypeError as e:
    print(e)
