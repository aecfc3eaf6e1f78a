"""OrderedDict, ChainMap."""
from collections import ChainMap, OrderedDict

d = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
d.move_to_end("a")
print(d, list(d))
d.move_to_end("c", last=False)
print(d, d.popitem(), d.popitem(last=False), d)
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1}, OrderedDict())
d.update(x=1)
d["y"] = 2
print(d, list(reversed(d)), d.pop("x"), d.pop("zz", None), d.setdefault("q", 9), d.keys(), d.values(), d.items())
print(OrderedDict.fromkeys("ab", 0), d.copy() == d, d | {"new": 1})
try:
    OrderedDict().popitem()
except KeyError as e:
    print(e)
base, top = {"a": 1, "b": 2}, {"b": 20}
m = ChainMap(top, base)
print(m, m["a"], m["b"], len(m), sorted(m), "z" in m, m.get("z", 0), dict(m))
m["c"] = 3
print(top, m.new_child({"a": 9})["a"], m.parents, m.maps)
del m["c"]
try:
    del m["a"]
except KeyError as e:
    print(e)
try:
    m["nope"]
except KeyError as e:
    print(e)
