"""Copies of iterators stand where the original stands; deep ones have items of their own."""
import copy
import itertools

makers = [
    lambda: itertools.count(5, 2), lambda: itertools.cycle([1, 2, 3]), lambda: itertools.repeat("x", 4),
    lambda: itertools.islice(range(20), 2, 12, 3), lambda: itertools.chain([1, 2], "abc"), lambda: itertools.accumulate([1, 2, 3, 4]),
    lambda: itertools.compress("abcdef", [1, 0, 1, 1, 1]), lambda: itertools.dropwhile(bool, [1, 0, 2, 3]),
    lambda: itertools.takewhile(str.isdigit, "1234a"), lambda: itertools.filterfalse(None, [0, 1, "", 3, None]),
    lambda: itertools.starmap(pow, [(2, 3), (3, 2), (4, 2)]), lambda: itertools.zip_longest("ab", [1, 2, 3], fillvalue="-"),
    lambda: itertools.product("ab", [1, 2]), lambda: itertools.permutations("abc", 2), lambda: itertools.combinations("abcd", 3),
    lambda: itertools.combinations_with_replacement("ab", 2),
]
for make in makers:
    original = make()
    next(original)
    deep = copy.deepcopy(original)
    print(type(original).__name__, list(itertools.islice(deep, 4)), list(itertools.islice(original, 4)))
counter = itertools.count(10)
next(counter)
other = copy.copy(counter)
print(next(counter), next(counter), next(other), counter, other)
items = [[1], [2]]
turn = itertools.cycle(items)
next(turn)
theirs = copy.deepcopy(turn)
print(next(theirs) == [2], next(theirs) is items[0], next(turn) is items[1])


class World:
    def __init__(self):
        self.ids = itertools.count(1)
        self.names = itertools.cycle(["a", "b"])

    def make(self):
        return next(self.ids), next(self.names)


world = World()
print(world.make(), world.make())
saved = copy.deepcopy(world)
print(world.make(), saved.make(), world.make(), saved.make())
