"""Conversions that are still done, with a warning: whole floats as bounds, subclasses from conversion methods."""
import random
import sys
import warnings


class Whole(int):
    pass


class Real(float):
    pass


class Odd:
    def __int__(self):
        return Whole(5)

    def __index__(self):
        return True

    def __float__(self):
        return Real(1.5)


class Truncated:
    def __trunc__(self):
        return 7


def tried(function):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            print(repr(function()))
        except (TypeError, ValueError, OverflowError) as error:
            print(type(error).__name__, error)
    for warning in seen:
        print("   ", warning.category.__name__, warning.message)


tried(lambda: bool(NotImplemented))
tried(lambda: int(Odd()))
tried(lambda: float(Odd()))
tried(lambda: [1, 2][Odd()])
tried(lambda: int(Truncated()))
tried(lambda: int(True))
tried(lambda: float(Real(2)))
random.seed(3)
for bounds in (1.0, 6), (1, 6.0), (0, 2.5), (0.5, 2), (1, "a"), (None, 2), (1, float("inf")):
    tried(lambda: random.randint(*bounds))
for bounds in (10.0,), (1, 10.0), (1, 10, 2.0), (1, 2.5), (1.5, 3), (1, 10, 0.5), ("a",), (float("nan"),):
    tried(lambda: random.randrange(*bounds))
print([random.randint(0, 9 / 3) for _ in range(5)])
