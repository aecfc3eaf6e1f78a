"""lru_cache, cache, cached_property."""
from functools import cache, cached_property, lru_cache, wraps


@lru_cache(maxsize=2)
def square(x):
    print("computing", x)
    return x * x


print(square(2), square(2), square(3), square(4), square(2))
print(square.cache_info(), square.cache_parameters(), square.__name__, square.__wrapped__(5))
square.cache_clear()
print(square.cache_info())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())


@lru_cache(typed=True)
def kind(x, *, y=0):
    return type(x).__name__


print(kind(1), kind(1.0), kind(1, y=2), kind.cache_info().currsize)


class Box:
    def __init__(self, n):
        self.n = n

    @cached_property
    def double(self):
        """Twice the number."""
        print("doubling")
        return self.n * 2

    @lru_cache
    def plus(self, m):
        return self.n + m


b = Box(4)
print(b.double, b.double, b.__dict__, Box.double.__doc__, b.plus(1), b.plus(1), Box.plus.cache_info())
try:
    square([])
except TypeError as e:
    print(e)


def deco(f):
    @wraps(f)
    def inner(*a):
        """Inner."""
        return f(*a)

    return inner


@deco
def named(a):
    """Doc."""


print(named.__name__, named.__doc__, named.__wrapped__.__name__)
