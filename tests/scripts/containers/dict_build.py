# Making dicts.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

print({}, dict(), {"a": 1, 2: "b", None: [], (1, 2): {}})
print(dict(a=1, b=2), dict([("x", 1), ["y", 2]]), dict({"k": "v"}), dict({"k": "v"}, k="w", z=0), dict(["ab", "cd"]))
print(dict(zip("abc", range(3))), {k: v for k, v in [(1, 2), (3, 4)]}, {**{"a": 1}, "b": 2, **{"a": 3}})
print({1: "int", 1.0: "float", True: "bool"}, {"a": 1, "a": 2})
print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict.fromkeys(range(2), []))
attempt(lambda: dict(1))
attempt(lambda: dict([1]))
attempt(lambda: dict([(1,)]))
attempt(lambda: dict([(1, 2, 3)]))
attempt(lambda: dict(["abc"]))
attempt(lambda: dict({}, {}))
attempt(lambda: dict.fromkeys(1))
attempt(lambda: dict.fromkeys())
attempt(lambda: {[]: 1})
attempt(lambda: {{}: 1})

class Mapping:
    def keys(self):
        return iter(["one", "two"])
    def __getitem__(self, key):
        return key.upper()
print(dict(Mapping()), {**Mapping()}, dict(Mapping(), three=3))
def kw(**given):
    return given
print(kw(**Mapping(), x=1))
class NoItems:
    def keys(self):
        return [1]
attempt(lambda: dict(NoItems()))
