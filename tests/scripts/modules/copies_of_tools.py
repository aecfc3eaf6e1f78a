"""Copies of generators of random numbers go on where the original stands; getters and complex numbers are copied too."""
import copy
import operator
import random

r = random.Random(3)
r.random(), r.gauss(0, 1)
q, s = copy.deepcopy(r), copy.copy(r)
print(r.random() == q.random() == s.random(), r.gauss(0, 1) == q.gauss(0, 1), r.randint(1, 10**9) == q.randint(1, 10**9))


class Dice(random.Random):
    def roll(self):
        return self.randint(1, 6)


class Game:
    def __init__(self):
        self.dice = Dice(5)
        self.key = operator.itemgetter("name", 0)


game = Game()
game.dice.roll()
other = copy.deepcopy(game)
print([game.dice.roll() for _ in range(5)] == [other.dice.roll() for _ in range(5)], type(other.dice).__name__, other.key)
for getter in (operator.attrgetter("a.b", "c"), operator.methodcaller("join", "ab"), operator.methodcaller("f", 1, k=2)):
    print(copy.copy(getter), copy.deepcopy(getter))
print(copy.deepcopy(operator.methodcaller("join", ["a", "b"]))("-"), copy.copy(1j), len(r.__reduce__()), r.__reduce__()[1])
