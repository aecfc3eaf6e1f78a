"""singledispatch, singledispatchmethod, total_ordering."""
from collections.abc import Sequence
from functools import singledispatch, singledispatchmethod, total_ordering


@singledispatch
def show(x):
    return f"thing {x!r}"


@show.register
def _(x: int):
    return f"int {x}"


@show.register(list)
def _(x):
    return f"list of {len(x)}"


@show.register(Sequence)
def _(x):
    return "sequence"


@show.register(float | complex)
def _(x):
    return "number"


print(show(1), show(True), show([1]), show("ab"), show((1,)), show(2.5), show(None), show({}))
print(show.dispatch(bool) is show.registry[int], sorted(c.__name__ for c in show.registry))


class Shower:
    @singledispatchmethod
    def show(self, x):
        return "other"

    @show.register
    def _(self, x: str):
        return "text " + x


print(Shower().show("a"), Shower().show(1))


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


a, b = Version(1), Version(2)
print(a < b, a <= b, a > b, a >= b, a <= Version(1), a >= Version(1))
try:
    total_ordering(type("Empty", (), {}))
except ValueError as e:
    print(e)
try:
    show()
except TypeError as e:
    print(e)
