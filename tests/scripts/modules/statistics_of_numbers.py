"""Means, spreads and the normal distribution."""
import random
import statistics as s
from fractions import Fraction as F

random.seed(3)


def attempt(act, *args, **kwargs):
    try:
        result = act(*args, **kwargs)
        print(repr(result), type(result).__name__)
    except Exception as e:
        print(type(e).__name__, e)


names = [
    "mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high", "median_grouped", "mode", "multimode",
    "quantiles", "stdev", "pstdev", "variance", "pvariance",
]
for data in (
    [1, 2, 3, 4], [1.5, 2.5, 10.25, -3], [F(1, 2), F(3, 4)], [1], [], [2, 2, 3, 3], [1, 2.5, F(1, 3)], [10**20, 1, -(10**20)], [0.1] * 10,
    list("aabbc"), [True, False],
):
    for name in names:
        print(name, end=" ")
        attempt(getattr(s, name), data)
for _ in range(20):
    data = [random.gauss(0, 10 ** random.randrange(-5, 8)) for _ in range(random.randrange(2, 30))]
    other = [random.random() for _ in data]
    for name in ("mean", "fmean", "median", "stdev", "pstdev", "variance", "pvariance", "quantiles"):
        attempt(getattr(s, name), data)
    attempt(s.quantiles, data, n=10, method="inclusive")
    attempt(s.covariance, data, other)
    attempt(s.correlation, data, other)
    attempt(s.linear_regression, data, other)
attempt(s.harmonic_mean, [40, 60], weights=[5, 30])
attempt(s.fmean, [1, 2], [3, 1])
attempt(s.stdev, [1, 2], 2)
attempt(s.quantiles, [1, 2], n=0)
attempt(s.correlation, [1], [1])
attempt(s.correlation, [1, 1], [1, 2])
attempt(s.harmonic_mean, [-1, 2])
one = s.NormalDist(100, 15)
print(one, one.mean, one.variance, one.stdev, one.pdf(110), one.cdf(120), one.zscore(130), one == s.NormalDist(100, 15))
print(one + s.NormalDist(5, 3), one * 2, one / 3, -one, one - 5, 5 - one, one.overlap(s.NormalDist(110, 10)), one.samples(3, seed=4))
print([round(one.inv_cdf(p), 9) for p in (0.01, 0.25, 0.5, 0.9, 0.999)], [round(x, 9) for x in one.quantiles(5)])
attempt(s.NormalDist, 1, -1)
attempt(one.inv_cdf, 0)
