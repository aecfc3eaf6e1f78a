# Subclasses of dict; __missing__.
def attempt(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

class Default(dict):
    def __missing__(self, key):
        self[key] = value = [key]
        return value
d = Default(a=1)
print(d["a"], d["b"], d, d.get("c"), "c" in d)
attempt(lambda: dict.__getitem__({}, "x"))
print(dict.__getitem__(d, "zz"), d.pop("zz"))

class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)
    def __getitem__(self, key):
        return super().__getitem__(key.upper())
    def __contains__(self, key):
        return super().__contains__(key.upper())
u = Upper()
u["a"] = 1
u.update({"b": 2})
print(u, u["A"], u["a"], "a" in u, "b" in u, "A" in u)
attempt(lambda: u["b"])
u.extra = "attribute"
print(u.extra, u.__dict__, type(u).__name__, isinstance(u, dict), len(u), list(u.items()))
print(type(u.copy()).__name__, type(u | {}).__name__, u == {"A": 1, "b": 2}, {**u}, dict(u))
print(Upper.fromkeys("xy", 0), type(Upper.fromkeys("xy")).__name__)
class Walks(dict):
    def keys(self):
        return ["k"]
    def __iter__(self):
        return iter(["i"])
    def __getitem__(self, key):
        return "got " + key
print(dict(Walks(real=1)), list(Walks(real=1)), {**Walks(real=1)}, len(Walks(real=1)))
class Counts(dict):
    def __init__(self, *args, **kw):
        self.made = True
        super().__init__(*args, **kw)
    def __repr__(self):
        return f"Counts({super().__repr__()})"
    def __eq__(self, other):
        return NotImplemented
c = Counts([(1, 2)], x=3)
print(c, c.made, c == {1: 2, "x": 3})
