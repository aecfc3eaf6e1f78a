"""defaultdict."""
from collections import defaultdict

d = defaultdict(list)
d["a"].append(1)
d["b"].append(2)
d["a"].append(3)
print(d, dict(d), d.default_factory, len(d), "c" in d, d.get("c"))
n = defaultdict(int, {"x": 5}, y=1)
n["z"] += 1
print(n, sorted(n.items()), n.copy(), n == {"x": 5, "y": 1, "z": 1})
print(n | {"w": 0}, {"w": 0} | n, type(n | {}).__name__)
e = defaultdict()
try:
    e["missing"]
except KeyError as err:
    print("KeyError", err)
try:
    defaultdict(3)
except TypeError as err:
    print(err)
e.default_factory = lambda: "made"
print(e["q"], dict(e))
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 2
print(nested["a"]["b"], nested["x"])


class D(defaultdict):
    def __missing__(self, key):
        return key * 2


print(D()["ab"], isinstance(n, dict))
