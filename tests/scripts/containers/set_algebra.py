# Union, intersection, difference, symmetric difference: methods, operators, in place.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, b - a, a ^ b)
print(a.union(b), a.union([9], (8,), "x" and [7]), a.union(), a.intersection(b), a.intersection([1, 3], range(4)), a.intersection())
print(a.difference(b), a.difference([1], [2]), a.difference(), a.symmetric_difference([1, 9]))
print(a.isdisjoint(b), a.isdisjoint([7]), {3, 4} <= a, a >= {1}, {1} < {1}, {1, 2} > {1}, a.issubset(range(10)), a.issuperset([1]))
c = {1, 2, 3}
alias = c
c |= {4}
c &= {2, 3, 4, 5}
c -= {3}
c ^= {2, 9}
print(c, alias is c)
c.update([1], {2}, "a" and (3,))
c.difference_update([1], {9})
c.intersection_update(range(10), [2, 3])
c.symmetric_difference_update([3, 7])
print(c)
attempt(lambda: a | [1])
attempt(lambda: a & 1)
attempt(lambda: a - None)
attempt(lambda: a ^ "x")
attempt(lambda: a < 1)
attempt(lambda: a.union(1))
attempt(lambda: a.update(1))
attempt(lambda: a.symmetric_difference(1, 2))
print(a == {4, 3, 2, 1}, a != b, a == [1, 2, 3, 4], {1} == frozenset({1}), {1} | frozenset({2}), frozenset({1}) | {2})
print(type(frozenset() | set()).__name__, type(set() | frozenset()).__name__, a.__or__([1]), a.__le__({1}))
self = {1, 2}
self -= self
print(self)
self = {1, 2}
self ^= self
print(self)
big, small = set(range(0, 60, 3)), set(range(0, 60, 5))
print(big & small, small & big, big - small, small - big, big ^ small, big | small)
print(set(range(20)) - {5}, set(range(20)).difference(range(5, 100)), set("a") | set())
