# keys(), values(), items(): live, set-like, comparable.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items, len(keys), len(values))
d["c"] = 3
print(keys, values, items)
print("a" in keys, 1 in values, ("a", 1) in items, ("a", 2) in items, "a" in items, ("a",) in items)
print(sorted(keys & {"a", "z"}), sorted(keys | ["q"]), sorted(keys - {"a"}), sorted(keys ^ {"a", "y"}))
print(sorted({"a", "z"} & keys), sorted({"z"} | keys), sorted({"a", "z"} - keys), sorted({"a", "z"} ^ keys))
print(sorted(items & {("a", 1)}), sorted(items - {("a", 1)}), len(items | {1}))
print(keys == {"a", "b", "c"}, keys == d.keys(), keys == ["a", "b", "c"], keys < {"a", "b", "c", "d"}, keys >= {"a"}, keys > keys, keys <= keys)
print(items == {("a", 1), ("b", 2), ("c", 3)}, values == d.values(), values == values)
print(keys.isdisjoint(["x"]), keys.isdisjoint("a"), items.isdisjoint([]))
print(keys.mapping, type(keys.mapping).__name__, list(reversed(keys)), [*values])
attempt(lambda: keys + 1)
attempt(lambda: keys | 1)
attempt(lambda: keys < [1])
attempt(lambda: hash(keys))
attempt(lambda: keys[0])
attempt(lambda: keys.add(1))
attempt(lambda: values & values)
print({"x": {}.keys()}, {1: 2}.items().__class__.__name__, isinstance(keys, type({}.keys())))
print({1: [2]}.items() == {1: [2]}.items(), {}.keys() == set(), bool({}.keys()), bool(keys))
me = {}
me["v"] = me.values()
print(me)
