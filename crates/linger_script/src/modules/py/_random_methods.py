"""The methods of random.Random for subclasses with a `random` or `getrandbits` of their own: all numbers come from that.

The runtime's own methods draw from its generator without asking, and are what all other generators have.
"""

from _random import Random
from bisect import bisect
from itertools import accumulate
from math import acos, ceil, cos, e, exp, floor, isfinite, log, log2, pi, sin, sqrt
from operator import index

_BITS = 53
_UNIT = 2.0**-_BITS
_GAMMA = 1.0 + log(4.5)
_LOG4 = log(4.0)
_NORMAL = 4 * exp(-0.5) / sqrt(2.0)


def _below_by_bits(self, n):
    if not n:
        return 0
    k = n.bit_length()
    drawn = self.getrandbits(k)
    while drawn >= n:
        drawn = self.getrandbits(k)
    return drawn


def _below_by_random(self, n):
    most = 1 << _BITS
    if n >= most:
        from warnings import warn

        warn("Underlying random() generator does not supply \nenough bits to choose from a population range this large."
             "\nTo remove the range limitation, add a getrandbits() method.")
        return floor(self.random() * n)
    if not n:
        return 0
    limit = (most - most % n) / most
    drawn = self.random()
    while drawn >= limit:
        drawn = self.random()
    return floor(drawn * most) % n


def seed(self, a=None, version=2):
    self.__dict__.pop("_next_gauss", None)
    Random.seed(self, a, version)


def randbytes(self, n):
    return self.getrandbits(n * 8).to_bytes(n, "little")


def randrange(self, start, stop=None, step=1):
    start = index(start)
    if stop is None:
        if step != 1:
            raise TypeError("Missing a non-None stop argument")
        if start > 0:
            return self._randbelow(start)
        raise ValueError("empty range for randrange()")
    stop, step = index(stop), index(step)
    width = stop - start
    if step == 1:
        if width > 0:
            return start + self._randbelow(width)
        raise ValueError(f"empty range for randrange() ({start}, {stop}, {width})")
    if step == 0:
        raise ValueError("zero step for randrange()")
    count = (width + step + (-1 if step > 0 else 1)) // step
    if count <= 0:
        raise ValueError("empty range for randrange()")
    return start + step * self._randbelow(count)


def randint(self, a, b):
    return self.randrange(a, b + 1)


def choice(self, seq):
    if not len(seq):
        raise IndexError("Cannot choose from an empty sequence")
    return seq[self._randbelow(len(seq))]


def shuffle(self, x):
    for last in range(len(x) - 1, 0, -1):
        other = self._randbelow(last + 1)
        x[last], x[other] = x[other], x[last]


def sample(self, population, k, *, counts=None):
    from collections.abc import Sequence

    if not isinstance(population, Sequence):
        raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
    n = len(population)
    if counts is not None:
        totals = list(accumulate(counts))
        if len(totals) != n:
            raise ValueError("The number of counts does not match the population")
        total = totals.pop()
        if not isinstance(total, int):
            raise TypeError("Counts must be integers")
        if total <= 0:
            raise ValueError("Total of counts must be greater than zero")
        return [population[bisect(totals, s)] for s in self.sample(range(total), k=k)]
    if not 0 <= k <= n:
        raise ValueError("Sample larger than population or is negative")
    result = [None] * k
    # A set of what was chosen is smaller than a copy of the population from this size on.
    size = 21
    if k > 5:
        size += 4 ** ceil(log(k * 3, 4))
    if n <= size:
        pool = list(population)
        for i in range(k):
            j = self._randbelow(n - i)
            result[i] = pool[j]
            pool[j] = pool[n - i - 1]
        return result
    chosen = set()
    for i in range(k):
        j = self._randbelow(n)
        while j in chosen:
            j = self._randbelow(n)
        chosen.add(j)
        result[i] = population[j]
    return result


def choices(self, population, weights=None, *, cum_weights=None, k=1):
    n = len(population)
    if cum_weights is None:
        if weights is None:
            return [population[floor(self.random() * (n + 0.0))] for _ in range(k)]
        cum_weights = list(accumulate(weights))
    elif weights is not None:
        raise TypeError("Cannot specify both weights and cumulative weights")
    if len(cum_weights) != n:
        raise ValueError("The number of weights does not match the population")
    total = cum_weights[-1] + 0.0
    if total <= 0.0:
        raise ValueError("Total of weights must be greater than zero")
    if not isfinite(total):
        raise ValueError("Total of weights must be finite")
    return [population[bisect(cum_weights, self.random() * total, 0, n - 1)] for _ in range(k)]


def uniform(self, a, b):
    return a + (b - a) * self.random()


def triangular(self, low=0.0, high=1.0, mode=None):
    u = self.random()
    try:
        c = 0.5 if mode is None else (mode - low) / (high - low)
    except ZeroDivisionError:
        return low
    if u > c:
        u, c = 1.0 - u, 1.0 - c
        low, high = high, low
    return low + (high - low) * sqrt(u * c)


def normalvariate(self, mu=0.0, sigma=1.0):
    while True:
        u = self.random()
        v = 1.0 - self.random()
        z = _NORMAL * (u - 0.5) / v
        if z * z / 4.0 <= -log(v):
            return mu + z * sigma


def gauss(self, mu=0.0, sigma=1.0):
    # Numbers are made in pairs; the second waits for the next call.
    z = self.__dict__.pop("_next_gauss", None)
    if z is None:
        angle = self.random() * (2.0 * pi)
        length = sqrt(-2.0 * log(1.0 - self.random()))
        z = cos(angle) * length
        self._next_gauss = sin(angle) * length
    return mu + z * sigma


def lognormvariate(self, mu, sigma):
    return exp(self.normalvariate(mu, sigma))


def expovariate(self, lambd):
    return -log(1.0 - self.random()) / lambd


def vonmisesvariate(self, mu, kappa):
    if kappa <= 1e-6:
        return 2.0 * pi * self.random()
    s = 0.5 / kappa
    r = s + sqrt(1.0 + s * s)
    while True:
        z = cos(pi * self.random())
        d = z / (r + z)
        u = self.random()
        if u < 1.0 - d * d or u <= (1.0 - d) * exp(d):
            break
    q = 1.0 / r
    f = (q + z) / (1.0 + q * z)
    return (mu + acos(f) if self.random() > 0.5 else mu - acos(f)) % (2.0 * pi)


def gammavariate(self, alpha, beta):
    if alpha <= 0.0 or beta <= 0.0:
        raise ValueError("gammavariate: alpha and beta must be > 0.0")
    if alpha > 1.0:
        a = sqrt(2.0 * alpha - 1.0)
        b, c = alpha - _LOG4, alpha + a
        while True:
            u = self.random()
            if not 1e-7 < u < 0.9999999:
                continue
            w = 1.0 - self.random()
            v = log(u / (1.0 - u)) / a
            x = alpha * exp(v)
            z = u * u * w
            r = b + c * v - x
            if r + _GAMMA - 4.5 * z >= 0.0 or r >= log(z):
                return x * beta
    if alpha == 1.0:
        return -log(1.0 - self.random()) * beta
    while True:
        u = self.random()
        b = (e + alpha) / e
        p = b * u
        x = p ** (1.0 / alpha) if p <= 1.0 else -log((b - p) / alpha)
        w = self.random()
        if p > 1.0:
            if w <= x ** (alpha - 1.0):
                break
        elif w <= exp(-x):
            break
    return x * beta


def betavariate(self, alpha, beta):
    y = self.gammavariate(alpha, 1.0)
    return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0


def paretovariate(self, alpha):
    return (1.0 - self.random()) ** (-1.0 / alpha)


def weibullvariate(self, alpha, beta):
    return alpha * (-log(1.0 - self.random())) ** (1.0 / beta)


def fit(cls):
    """Gives a subclass the methods that ask its own, save those that it or a base has already."""
    below = None
    for base in cls.__mro__:
        names = base.__dict__
        if base.__module__ in ("random", "_random") and base.__name__ == "Random":
            break
        if "_randbelow" in names:
            break
        if "getrandbits" in names:
            below = _below_by_bits
            break
        if "random" in names:
            below = _below_by_random
            break
    own = {name for base in cls.__mro__ if base.__name__ != "Random" and base is not object for name in base.__dict__}
    if not own & {"random", "getrandbits", "_randbelow"}:
        return
    if below is not None:
        cls._randbelow = below
    for method in (
        seed, randbytes, randrange, randint, choice, shuffle, sample, choices, uniform, triangular, normalvariate, gauss,
        lognormvariate, expovariate, vonmisesvariate, gammavariate, betavariate, paretovariate, weibullvariate,
    ):
        if method.__name__ not in own:
            setattr(cls, method.__name__, method)
