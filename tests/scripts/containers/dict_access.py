# Reading, writing and deleting entries.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

d = {"a": 1, "b": 2}
print(d["a"], d.get("a"), d.get("z"), d.get("z", 0), "a" in d, "z" in d, 1 not in d, len(d))
d["c"] = 3
d["a"] = 10
print(d)
del d["b"]
d["b"] = "again"
print(d, list(d))
print(d.setdefault("a", 5), d.setdefault("n"), d.setdefault("m", []), d)
d["m"].append(1)
print(d)
print(d.pop("a"), d.pop("zz", "default"), d.popitem(), d)
attempt(lambda: d["missing"])
attempt(lambda: d[("t", 1)])
attempt(lambda: d.pop("missing"))
attempt(lambda: {}.popitem())
attempt(lambda: d[[]])
attempt(lambda: d.get([]))
attempt(lambda: [] in d)
attempt(lambda: d.get())
attempt(lambda: d.get(1, 2, 3))
attempt(lambda: d.setdefault([]))
attempt(lambda: d.pop())
def delete(key):
    del d[key]
attempt(lambda: delete("missing"))
attempt(lambda: delete([]))
d.clear()
print(d, bool(d), bool({1: 1}))
many = {i: i * i for i in range(100)}
for i in range(0, 100, 2):
    del many[i]
for i in range(100, 105):
    many[i] = -i
print(len(many), list(many)[:3], list(many)[-6:], sum(many.values()))
print(1.0 in many, True in many, many[True], many.get(3.0))
