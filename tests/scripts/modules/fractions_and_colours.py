"""Exact fractions, and colours in other terms."""
import colorsys
import math
import numbers
import operator as o
import random
from fractions import Fraction as F

random.seed(2)


def attempt(act, *args):
    try:
        result = act(*args)
        print(repr(result), type(result).__name__)
    except Exception as e:
        print(type(e).__name__, e)


for _ in range(20):
    parts = [random.random() for _ in range(3)]
    for change in (
        colorsys.rgb_to_yiq, colorsys.yiq_to_rgb, colorsys.rgb_to_hls, colorsys.hls_to_rgb, colorsys.rgb_to_hsv, colorsys.hsv_to_rgb,
    ):
        print([round(part, 12) for part in change(*parts)])
print(colorsys.rgb_to_hsv(1, 1, 1), colorsys.hsv_to_rgb(1.0, 1, 1), colorsys.rgb_to_hls(0, 0, 0), colorsys.hls_to_rgb(0.3, 0, 0.2))
for text in ("3/7", " -3/7 ", "1.5", "1e3", "-.5e-2", "3 / 4", "x", "1/0", "1_000/3", "", "+7"):
    attempt(F, text)
for arguments in ((1.1,), (3, 0), (6, -4), (F(1, 2), F(3, 4)), ("1", 2), ([],), (float("nan"),), (float("inf"),), (), (True,)):
    attempt(F, *arguments)
values = [F(1, 2), F(-7, 3), F(5), F(0), 3, -2, 0, 1.5, -0.25, 1j, float("inf"), "x"]
for one in values:
    for other in values:
        if isinstance(one, F) or isinstance(other, F):
            for act in (o.add, o.sub, o.mul, o.truediv, o.floordiv, o.mod, divmod, o.pow, o.eq, o.lt, o.ge):
                attempt(act, one, other)
for one in values[:4]:
    for act in (round, math.floor, math.ceil, int, float, hash, str, bool, abs, o.neg):
        attempt(act, one)
    attempt(round, one, 1)
    attempt(round, one, -1)
    attempt(one.limit_denominator, 2)
print(F(math.pi).limit_denominator(100), F.from_float(0.5), hash(F(3)) == hash(3), hash(F(1, 2)) == hash(0.5), sum([F(1, 3)] * 3))
print(F(3, 4).as_integer_ratio(), sorted([F(1, 2), F(1, 3)]), {F(1, 2): 1}[0.5], F(1, 3) ** -2, 2 ** F(1, 2), isinstance(F(1), numbers.Rational))
