# What counts as a mapping for dict(), update and **.
def attempt(act):
    try:
        print(act())
    except BaseException as error:
        print(type(error).__name__, error)


class Keys:
    def __init__(self, **entries): self.entries = entries
    def keys(self): print("keys"); return self.entries.keys()
    def __getitem__(self, key): print("get", key); return self.entries[key]
class Sub(dict):
    def keys(self): print("never asked"); return []
    def __getitem__(self, key): return "never asked"
class Walks(dict):
    def __iter__(self): print("iter"); return super().__iter__()
    def keys(self): print("keys of Walks"); return ["a"]
def f(**kw): return kw
for source in (Keys(a=1, b=2), Sub(a=1), Walks(a=1, b=2), [("a", 1)], (["a", 2],), iter(["ab"]), {}.items(), {"k": 1}.items()):
    attempt(lambda: dict(source))
d = {}
d.update(Keys(x=1)); d.update(Sub(y=2)); d.update(Walks(a=3))
print(d, {**Keys(a=1)}, {**Sub(z=1)}, f(**Keys(q=1)), f(**Sub(r=1)))
attempt(lambda: {**[("a", 1)]})
attempt(lambda: f(**[("a", 1)]))
attempt(lambda: f(**{1: 2}))
attempt(lambda: f(**{"a": 1}, **{"a": 2}))
attempt(lambda: f(a=1, **{"a": 2}))
class NoKeys:
    def __getitem__(self, key): return 1
attempt(lambda: {**NoKeys()})
attempt(lambda: dict(NoKeys()))
class BadKeys:
    def keys(self): return 5
    def __getitem__(self, key): return 1
attempt(lambda: {**BadKeys()})
class Raises:
    def keys(self): return ["a"]
    def __getitem__(self, key): raise KeyError("inside " + key)
attempt(lambda: {**Raises()})
attempt(lambda: dict([("a", 1), 5]))
attempt(lambda: dict([("a", 1), "abc"]))
attempt(lambda: dict(x for x in [(1, 2), (3,)]))
