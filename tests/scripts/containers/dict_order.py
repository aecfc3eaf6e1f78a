# Insertion order, iteration both ways, changes while iterating.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

d = {}
for key in "hello world":
    d[key] = d.get(key, 0) + 1
print(d)
print(list(d), list(reversed(d)), list(d.values()), list(d.items())[:2], list(reversed(d.values()))[:3], list(reversed(d.items()))[0])
first = next(iter(d))
value = d.pop(first)
d[first] = value
print(list(d))
def grow():
    for key in d:
        d[key * 2] = 0
attempt(grow)
def shrink():
    for key in d:
        del d[key]
attempt(shrink)
def replace():
    for key in d:
        d[key] = None
    return list(d.values())[0]
attempt(replace)
def grow_items():
    for key, value in d.items():
        d[key + "?"] = value
attempt(grow_items)
for key in list(d):
    del d[key]
print(d)
walker = iter({1: 2, 3: 4})
print(next(walker), next(walker), next(walker, None), next(walker, None))
print(type(iter({})).__name__, type(iter({}.values())).__name__, type(iter({}.items())).__name__, type(reversed({})).__name__)
