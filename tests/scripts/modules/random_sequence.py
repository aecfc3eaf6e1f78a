"""CPython's random numbers for a seed."""
import random

random.seed(42)
print([random.random() for _ in range(3)], random.randint(1, 100), random.randrange(0, 50, 5), random.choice("abcdef"))
print(random.sample(range(100), 5), random.choices([1, 2, 3], k=5), random.choices("ab", weights=[1, 9], k=6))
l = list(range(8))
random.shuffle(l)
print(l, random.uniform(1, 2), random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(), random.getrandbits(70))
print(random.triangular(0, 1, 0.5), random.betavariate(1, 2), random.expovariate(2), random.gammavariate(2, 1), random.lognormvariate(0, 1))
print(random.vonmisesvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2), random.randbytes(4))
r = random.Random("text")
print(r.random(), r.randint(0, 10**30))
state = r.getstate()
a = r.random()
r.setstate(state)
print(a == r.random(), state[0], len(state[1]))
for seed in (0, -5, 2.5, b"bytes", 10**40, True):
    print(random.Random(seed).random())
print(random.Random(1).sample(["a", "b"], counts=[3, 2], k=4))


class MyRandom(random.Random):
    def pick(self):
        return self.randint(1, 6)


print(MyRandom(7).pick())
for call in (
    lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.randrange(0),
    lambda: random.sample({1}, 1), lambda: random.getrandbits(-1), lambda: random.choices([], k=1),
):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
