"""Subclasses of random.Random whose numbers are their own: every other method asks for those."""
import random


class Loaded(random.Random):
    def __init__(self):
        self.drawn = 0
        super().__init__(7)

    def random(self):
        self.drawn += 1
        return (self.drawn * 37 % 101) / 101


class Bits(random.Random):
    turn = 0

    def getrandbits(self, k):
        self.turn += 1
        return 0x5DEECE66D * (k + self.turn) % (1 << k)


class Both(Loaded):
    def getrandbits(self, k):
        return k % 2


class Seeds(random.Random):
    def seed(self, *args):
        print("seeded", args)
        super().seed(*args)


def show(r):
    print(r.randrange(10), r.randint(1, 6), r.choice("abcdef"), r.sample(range(50), 6), r.uniform(1, 5), r.randrange(3, 30, 4))
    items = list(range(8))
    r.shuffle(items)
    print(items, r.choices("xyz", [1, 2, 3], k=4), r.choices("xyz", k=3))
    print(r.gauss(0, 1), r.gauss(1, 2), r.normalvariate(), r.triangular(1, 9), r.triangular(1, 9, 2))
    print(r.expovariate(2), r.gammavariate(2, 3), r.gammavariate(0.5, 1), r.betavariate(1, 2), r.paretovariate(3), r.weibullvariate(1, 2))
    print(r.vonmisesvariate(0, 4), r.lognormvariate(0, 1), r.sample("ab", 3, counts=[2, 2]))


show(Loaded())
bits = Bits(5)
print(bits.randrange(1000), bits.choice("abcdef"), bits.randbytes(4), bits.random(), bits.uniform(0, 1), bits.gauss(0, 1))
both = Both()
print(both.uniform(0, 1), both.random())
print(Seeds(3).random() == random.Random(3).random())


class Plain(random.Random):
    def roll(self):
        return self.randint(1, 6)


print([Plain(1).roll() for _ in range(3)], Plain(1).random() == random.Random(1).random())
for call in (lambda: Loaded().randrange(0), lambda: Loaded().randrange(5, 1), lambda: Loaded().choice([]), lambda: Loaded().sample([1], 2)):
    try:
        call()
    except (ValueError, IndexError) as error:
        print(error)
