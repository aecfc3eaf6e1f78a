"""groupby and tee, which share what they have read."""
from itertools import groupby, tee

print([(k, list(g)) for k, g in groupby("aaabbcaa")])
print([(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
groups = list(groupby("aab"))
print([k for k, _ in groups], [list(g) for _, g in groups])
it = groupby("aabb")
k, g = next(it)
print(k, next(g))
k2, g2 = next(it)
print(k2, list(g), list(g2))
a, b = tee(iter(range(4)))
print(next(a), next(a), list(b), list(a))
a, b, c = tee("xyz", 3)
print(next(a), list(c), list(b), list(a))
import copy

a, = tee([1, 2, 3], 1)
next(a)
b = copy.copy(a)
print(list(a), list(b), tee([], 0))
